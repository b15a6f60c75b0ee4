"""The Praktijkroute: a loonwaarde that the college established on the job, and the registration it may open.

`wet.loonwaarde` decides; a loonwaarde comes in by form (`record`) or in a file of re-integratieberichten (`take_in`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import Bsn
from banenafspraak.register.models import Loonwaarde
from banenafspraak.register.records import Regelfout
from banenafspraak.wet.loonwaarde import Loonwaarde as Loonwaardeuitkomst
from banenafspraak.wet.loonwaarde import LoonwaardeFeiten
from banenafspraak.wet.uitkomst import Uitkomst


@dataclass(frozen=True, slots=True)
class LoonwaardeRecord:
    """One re-integratiebericht: `regel` counts from 1, `gemeente` is the CBS code of the college that reports."""

    regel: int
    kenmerk: str
    gemeente: str
    bsn: Bsn
    geboortedatum: date
    feiten: LoonwaardeFeiten


@dataclass(frozen=True)
class Vastlegging:
    """What came of one loonwaarde: its id, the answer of the law, and whether somebody was registered by it.

    `ingeschreven_vanaf` is set when this made a registration. `was_al_geregistreerd`: the loonwaarde would have, but
    the person already was on this ground.
    """

    loonwaarde_id: UUID
    uitkomst: Uitkomst[Loonwaardeuitkomst]
    ingeschreven_vanaf: date | None
    was_al_geregistreerd: bool


@dataclass(frozen=True)
class Berichtinlezing:
    """What came of a file: counts (`berichten`, `nieuw`, `ingeschreven`), or the errors because of which nothing was."""

    aantallen: dict[str, int]
    fouten: tuple[Regelfout, ...] = ()
    fouten_totaal: int = 0
    proef: bool = False
    al_ingelezen: bool = False


def record(
    *, actor: Actor, bsn: Bsn, geboortedatum: date, kenmerk: str, feiten: LoonwaardeFeiten, now: datetime
) -> Vastlegging:
    """Keep a loonwaarde of the college this actor acts for, and register who it puts in the register.

    The same `kenmerk` with the same facts again gives the same answer and changes nothing. Raises `PermissionDenied`,
    `FeitenFout`, `ValidationError` (Dutch) for a reference already used for something else or a date of birth that is
    not the one of the register.
    """
    raise NotImplementedError


def take_in(
    *,
    actor: Actor,
    records: Callable[[], Iterable[LoonwaardeRecord | Regelfout]],
    sha256: str,
    bestandsnaam: str,
    proef: bool,
    now: datetime,
) -> Berichtinlezing:
    """Take a file of re-integratieberichten in, whole or not at all; the same file twice changes nothing."""
    raise NotImplementedError


def visible_to(actor: Actor) -> QuerySet[Loonwaarde]:
    """The loonwaarden this actor may see: a beoordelaar all, a gemeente its own, a burger those about themself."""
    raise NotImplementedError
