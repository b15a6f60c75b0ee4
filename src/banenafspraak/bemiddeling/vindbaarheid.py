"""What somebody decides about being found: showing more than a class does, and hiding from an employer.

Who shows more has a card of one person, with exactly what was seen and agreed to, and counts in no class. It is taken
back at once; the person is then shown as a class again from the next weekly publication on, and never finer than
before.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from banenafspraak.access import bsn as bsns
from banenafspraak.access import logboek, organisaties
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, Rol, require
from banenafspraak.bemiddeling import zoekindex, zoekregels
from banenafspraak.bemiddeling.kenmerken import Kaartwaarden, Zoekregel, finest
from banenafspraak.bemiddeling.models import Klantprofiel, Verberging, Vindbaarheid
from banenafspraak.register import personen


@dataclass(frozen=True)
class Stand:
    """How the own profile is shown now.

    `is_zichtbaar`: employers may see it today. `klasse` is what the card of the class says, None while it is on no
    card; `anderen` how many others that card is of. `zelf` is what the card of one's own says, if there is one.
    `voorstel` is what such a card would say; `ook_passend` the tens of people whom that would fit as well.
    """

    is_zichtbaar: bool
    klasse: Kaartwaarden | None
    anderen: int
    zelf: dict[str, Any] | None
    voorstel: dict[str, Any]
    ook_passend: int


def own_profile(actor: Actor) -> Klantprofiel:
    """The klantprofiel of the person who acts. Raises `ObjectDoesNotExist`."""
    require(actor, Permission.PROFIEL_VIEW)
    if actor.rol is not Rol.BURGER:
        raise ObjectDoesNotExist
    return Klantprofiel.objects.get(persoon__bsn_index__in=personen.own_indexes(actor))


def stand(actor: Actor, *, now: datetime) -> Stand:
    """How the own profile is shown, and how it could be. Raises `ObjectDoesNotExist` without a profile."""
    profiel = own_profile(actor)
    today = timezone.localtime(now).date()
    [regel] = zoekregels.read(None, peildatum=today, alleen=[profiel.pk])
    own = Vindbaarheid.objects.filter(profiel=profiel).first()
    with connection.cursor() as cursor:
        cursor.execute("SELECT waarden, open, anderen FROM bemiddeling_mijn_klasse(%s)", [today])
        row = cursor.fetchone()
    shown = row is not None and row[1]
    zoekindex.INDEX.refresh(today)
    return Stand(
        is_zichtbaar=regel.is_visible_on(today),
        klasse=tuple(row[0]) if shown else None,
        anderen=row[2] if shown else 0,
        zelf=own.kaart if own else None,
        voorstel=_card(regel, now),
        ook_passend=zoekindex.INDEX.like(regel, peildatum=today) // 10 * 10,
    )


def _card(regel: Zoekregel, now: datetime) -> dict[str, Any]:
    """What a card of one's own says: the finest words of a card, and the kinds of work."""
    return {
        "waarden": list(finest(regel, timezone.localtime(now).date())),
        "werksoorten": list(regel.werksoorten),
        "werkvelden": list(regel.werkvelden),
    }


def show_more(*, actor: Actor, gezien: dict[str, Any], now: datetime) -> None:
    """Show a card of one's own. `gezien` is what the person saw on the page and agreed to.

    Raises `ValidationError` when that is not what it would be now, or when employers may not see the profile.
    """
    require(actor, Permission.PROFIEL_CHANGE)
    profiel = own_profile(actor)
    today = timezone.localtime(now).date()
    [regel] = zoekregels.read(None, peildatum=today, alleen=[profiel.pk])
    if not regel.is_visible_on(today):
        raise ValidationError("Werkgevers kunnen uw profiel nu niet vinden. Maak het eerst openbaar.")
    kaart = _card(regel, now)
    if gezien != kaart:
        raise ValidationError("Uw profiel is intussen veranderd. Kijk na wat werkgevers nu zouden zien.")
    with transaction.atomic():
        known = Vindbaarheid.objects.filter(profiel=profiel)
        if known.filter(kaart=kaart).exists():
            return
        known.delete()
        Vindbaarheid.objects.create(profiel=profiel, kaart=kaart, sinds_at=now)
        _record(actor, "laat meer van zich zien", now)


def take_back(*, actor: Actor, now: datetime) -> None:
    """Show no more than a class any more, from this moment on."""
    require(actor, Permission.PROFIEL_CHANGE)
    profiel = own_profile(actor)
    with transaction.atomic():
        if Vindbaarheid.objects.filter(profiel=profiel).delete()[0]:
            _record(actor, "laat niet meer van zich zien", now)


# --- Hiding from an employer --------------------------------------------------------------------------------------


def hidden_from(actor: Actor) -> QuerySet[Verberging]:
    """The employers who do not see this person, by name."""
    own = Verberging.objects.filter(profiel=own_profile(actor))
    return own.select_related("organisatie").order_by("organisatie__naam", "pk")


def hide(organisatie_id: int, *, actor: Actor, now: datetime) -> None:
    """Hide from an employer, at once. Raises `ObjectDoesNotExist` for what is no employer."""
    require(actor, Permission.PROFIEL_CHANGE)
    profiel = own_profile(actor)
    werkgever = organisaties.werkgever(organisatie_id)
    with transaction.atomic():
        made = Verberging(profiel=profiel, organisatie_id=werkgever.id, sinds_at=now)
        if not Verberging.objects.filter(profiel=profiel, organisatie=werkgever.id).exists():
            Verberging.objects.bulk_create([made], ignore_conflicts=True)
            _record(actor, "verbergt zich voor een werkgever", now)


def unhide(organisatie_id: int, *, actor: Actor, now: datetime) -> None:
    """Be shown to an employer again."""
    require(actor, Permission.PROFIEL_CHANGE)
    with transaction.atomic():
        if Verberging.objects.filter(profiel=own_profile(actor), organisatie=organisatie_id).delete()[0]:
            _record(actor, "verbergt zich niet meer voor een werkgever", now)


def _record(actor: Actor, handeling: str, now: datetime) -> None:
    assert actor.bsn is not None
    logboek.record(actor=actor, handeling=handeling, persoon_bsn_index=bsns.index(actor.bsn, doel="audit"), now=now)
