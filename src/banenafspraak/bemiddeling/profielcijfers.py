"""How many people have a complete, fresh, public profile, and why the others have not: the count of seed 001, kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q

from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import volledigheid
from banenafspraak.bemiddeling.profielwoorden import NietOpenbaarReden, Profielstatus
from banenafspraak.bemiddeling.profielzicht import visible_q, visible_to
from banenafspraak.register import queries


@dataclass(frozen=True)
class Profielcijfers:
    """Counts of the people an actor works for, on one day.

    `personen` are in the register; `met_profiel` of them have one. `volledig` and `vers` are of those with a profile;
    `vindbaar` are the ones that employers can find that day. `openbaar`, `concept` and the reasons of `niet_openbaar`
    add up to `met_profiel`; in 2018 the consulenten of Gooi en Vechtstreek counted 100 public and 120 not.
    """

    personen: int
    met_profiel: int
    volledig: int
    vers: int
    openbaar: int
    vindbaar: int
    concept: int
    niet_openbaar: Mapping[NietOpenbaarReden, int]

    @property
    def zonder_profiel(self) -> int:
        """In the register and without a profile."""
        return self.personen - self.met_profiel

    @property
    def niet_openbaar_totaal(self) -> int:
        """For any reason."""
        return sum(self.niet_openbaar.values())


def figures(actor: Actor, *, peildatum: date, known_at: datetime) -> Profielcijfers:
    """The counts over everybody this actor may see. Two queries. Raises `PermissionDenied`, `TypeError`."""
    require(actor, Permission.PROFIEL_VIEW)
    people = queries.people_visible_to(actor, peildatum=peildatum, known_at=known_at).count()
    fresh = Q(beschikbaar_bevestigd_op__gte=volledigheid.fresh_since(peildatum))
    counted: dict[str, Any] = visible_to(actor, peildatum=peildatum, known_at=known_at).aggregate(
        met_profiel=Count("pk"),
        volledig=Count("pk", filter=Q(volledig=True)),
        vers=Count("pk", filter=fresh),
        openbaar=Count("pk", filter=Q(status=Profielstatus.OPENBAAR)),
        vindbaar=Count("pk", filter=visible_q(peildatum)),
        concept=Count("pk", filter=Q(status=Profielstatus.CONCEPT)),
        **{reden.value: Count("pk", filter=Q(niet_openbaar_reden=reden)) for reden in NietOpenbaarReden},
    )
    reasons = {reden: counted.pop(reden.value) for reden in NietOpenbaarReden}
    return Profielcijfers(personen=people, niet_openbaar=reasons, **counted)
