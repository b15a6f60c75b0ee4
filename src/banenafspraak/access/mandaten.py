"""Who acts for an employer: the employer's own numbers, and the administration offices that got a mandate.

    give      -                 -> gegeven       by the employer
    accept    gegeven           -> aanvaard      by the office
    refuse    gegeven           -> geweigerd     by the office
    withdraw  gegeven, aanvaard -> ingetrokken   by either of the two

Only an accepted mandate opens something, on the days it holds. A mandate that ends stops working at once.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from banenafspraak.access import bsn as bsns
from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Organisatie
from banenafspraak.access.models_werkgever import Loonheffingennummer, Mandaat
from banenafspraak.access.permissions import Permission, require

_Stand = Mandaat.Stand
_LHNR = re.compile(r"([0-9]{9})L([0-9]{2})")


@dataclass(frozen=True)
class Overgang:
    """A step in the life of a mandate: from which stand, to which, and whose step it is ("werkgever", "kantoor")."""

    van: frozenset[str]
    naar: str
    door: frozenset[str]


OVERGANGEN: Mapping[str, Overgang] = MappingProxyType(
    {
        "accept": Overgang(frozenset({_Stand.GEGEVEN}), _Stand.AANVAARD, frozenset({"kantoor"})),
        "refuse": Overgang(frozenset({_Stand.GEGEVEN}), _Stand.GEWEIGERD, frozenset({"kantoor"})),
        "withdraw": Overgang(
            frozenset({_Stand.GEGEVEN, _Stand.AANVAARD}), _Stand.INGETROKKEN, frozenset({"werkgever", "kantoor"})
        ),
    }
)

_HANDELING = {"accept": "mandaat aanvaard", "refuse": "mandaat geweigerd", "withdraw": "mandaat ingetrokken"}


class MandaatGewijzigd(Exception):
    """The mandate is not where this step starts: somebody changed it in the meantime, or it is not yours."""


class LhnrError(ValueError):
    """A text is not a loonheffingennummer. The message never contains the text: it may hold a BSN."""


def lhnr_indexes(lhnr: str) -> tuple[bytes, ...]:
    """The keyed indexes of a loonheffingennummer (nine digits, L, two digits), the newest key first.

    Raises `LhnrError` for another text.
    """
    text = lhnr.strip().upper()
    found = _LHNR.fullmatch(text)
    if not found or not bsns.is_valid(found[1]):
        raise LhnrError("een loonheffingennummer is negen cijfers (elfproef), een L en twee cijfers")
    return bsns.keyed(text, tag="lhnr")


@transaction.atomic
def link_loonheffingennummer(*, actor: Actor, organisatie_id: int, lhnr: str, now: datetime) -> int:
    """Write down that this employer declares wages under that number; the same again changes nothing. Returns its id.

    Not for the employer to say: it comes from eHerkenning's RSIN or from UWV. Raises `PermissionDenied`, `LhnrError`,
    `ValidationError` when the number belongs to somebody else.
    """
    require(actor, Permission.LOONHEFFINGENNUMMER_LINK)
    indexes = lhnr_indexes(lhnr)
    known = Loonheffingennummer.objects.filter(lhnr_index__in=indexes).first()
    if known is not None and known.organisatie_id != organisatie_id:
        raise ValidationError("Dit loonheffingennummer hoort bij een andere organisatie.")
    if known is not None:
        return known.pk
    text = lhnr.strip().upper()
    made = Loonheffingennummer(organisatie_id=organisatie_id, lhnr_index=indexes[0], staart=text[7:], created_at=now)
    made.full_clean(exclude=["organisatie"])
    made.save(force_insert=True)
    logboek.record(
        actor=actor, handeling="loonheffingennummer gekoppeld", onderwerp=f"organisatie {organisatie_id}", now=now
    )
    return made.pk


@dataclass(frozen=True)
class Nummer:
    """A loonheffingennummer as it may be shown: its id, its last characters, and the index behind it."""

    id: int
    staart: str
    index: bytes


def count_loonheffingennummers() -> int:
    """How many numbers are linked to an employer."""
    return Loonheffingennummer.objects.count()


def loonheffingennummers(organisatie_id: int) -> list[Nummer]:
    """The numbers of an employer, in the order of what is shown of them."""
    rows = Loonheffingennummer.objects.filter(organisatie=organisatie_id).order_by("staart", "pk")
    return [Nummer(row.pk, row.staart, bytes(row.lhnr_index)) for row in rows]


def visible_to(actor: Actor) -> QuerySet[Mandaat]:
    """The mandates that the actor's organisation gave or got, the newest first. `actor=None` raises `TypeError`."""
    if actor is None:
        raise TypeError("an actor is required")
    rows = Mandaat.objects.select_related("werkgever", "kantoor").order_by("-gegeven_at", "-pk")
    if actor.organisatie_id is None:
        return rows.none()
    return rows.filter(Q(werkgever=actor.organisatie_id) | Q(kantoor=actor.organisatie_id))


def werkgevers_of(actor: Actor, *, peildatum: date) -> list[tuple[int, str]]:
    """For whom the actor may act on that day: (id, name), the own organisation first."""
    if actor.organisatie_id is None:
        return []
    own = Organisatie.objects.filter(pk=actor.organisatie_id).values_list("pk", "naam")
    given = (
        visible_to(actor)
        .filter(kantoor=actor.organisatie_id, stand=_Stand.AANVAARD, geldig__contains=peildatum)
        .order_by("werkgever__naam")
        .values_list("werkgever_id", "werkgever__naam")
    )
    return [*own, *given]


def werkgever_with_kvk(kvk: str) -> int | None:
    """The id of the employer with this KvK number; None when there is none. Says nothing about a mandate."""
    return Organisatie.objects.filter(kvk=kvk).values_list("pk", flat=True).first()


def organisatie_with_oin(oin: str) -> int | None:
    """The id of the organisation with this OIN, of any kind; None when there is none."""
    return Organisatie.objects.filter(oin=oin).values_list("pk", flat=True).first()


@transaction.atomic
def give(*, actor: Actor, kvk: str, vanaf: date, tot: date | None, now: datetime) -> int:
    """Let the office with this KvK number act for the actor's employer, once the office accepts. Returns the id.

    Raises `PermissionDenied`, `ValidationError` (for a form) when there is no such office or the days are not right.
    """
    require(actor, Permission.WERKGEVER_MANAGE)
    if actor.organisatie_id is None:
        raise PermissionDenied("only an organisation gives a mandate")
    kantoor = Organisatie.objects.filter(kvk=kvk, soort=Organisatie.Soort.WERKGEVER).first()
    if kantoor is None:
        raise ValidationError({"kvk": "Er is geen organisatie met dit KvK-nummer die hier werkt."})
    if vanaf < timezone.localtime(now).date():
        raise ValidationError({"vanaf": "De begindatum ligt in het verleden."})
    if tot is not None and tot <= vanaf:
        raise ValidationError({"tot": "De einddatum moet na de begindatum liggen."})
    mandaat = Mandaat(werkgever_id=actor.organisatie_id, kantoor=kantoor, geldig=(vanaf, tot), gegeven_at=now)
    mandaat.full_clean(exclude=["werkgever"])
    mandaat.save(force_insert=True)
    logboek.record(actor=actor, handeling="mandaat gegeven", onderwerp=f"mandaat {mandaat.pk}", now=now)
    return mandaat.pk


@transaction.atomic
def step(*, actor: Actor, mandaat_id: int, action: str, now: datetime) -> None:
    """Accept, refuse or withdraw (`OVERGANGEN`). Raises `PermissionDenied`, `MandaatGewijzigd`, `KeyError`."""
    require(actor, Permission.WERKGEVER_MANAGE)
    overgang = OVERGANGEN[action]
    mine = Q()
    for party in sorted(overgang.door):
        mine |= Q(**{party: actor.organisatie_id})
    stamp = "ingetrokken_at" if overgang.naar == _Stand.INGETROKKEN else "beslist_at"
    changed = Mandaat.objects.filter(mine, pk=mandaat_id, stand__in=overgang.van).update(
        stand=overgang.naar, **{stamp: now}
    )
    if not changed:
        raise MandaatGewijzigd("this mandate cannot take that step, or not by you")
    logboek.record(actor=actor, handeling=_HANDELING[action], onderwerp=f"mandaat {mandaat_id}", now=now)
