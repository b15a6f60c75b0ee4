"""What was agreed beside what was paid: who has a placement but no wage, and who has a wage but no placement.

A list of work, not a verdict: wages come weeks later, and a number may be missing. It is about the newest month of
which wages were delivered, and only about the own people. That somebody earns something is said as yes or no; where
else and how much is not asked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import plaatsingen
from banenafspraak.bemiddeling.models import Plaatsing
from banenafspraak.bemiddeling.plaatsingwoorden import ZONDER_LOON, Plaatsingstatus
from banenafspraak.register import loonvergelijking, personen, queries
from banenafspraak.register.moment import day_of
from banenafspraak.wet.termijnen import months_later

_CHUNK = 1_000
MEEST = 200
"""How many lines a list shows at most; it says so when there are more."""
BEKEKEN = "plaatsing vergeleken met loon"


class Verschil(StrEnum):
    """What is different for one person."""

    GEEN_LOON = "geen_loon"
    NUMMER_ONBEKEND = "nummer_onbekend"
    GEEN_PLAATSING = "geen_plaatsing"


@dataclass(frozen=True)
class Verschilregel:
    """One difference. `plaatsing` is None for who has a wage and no placement."""

    verschil: Verschil
    persoon_id: UUID
    plaatsing: Plaatsing | None = None


@dataclass(frozen=True)
class Afstemming:
    """The differences of one month (None: no wages were ever delivered), and whether there are more than shown."""

    maand: date | None
    regels: tuple[Verschilregel, ...]
    meer: bool


@transaction.atomic
def look_at(*, actor: Actor, verschil: Verschil, now: datetime) -> Afstemming:
    """The own people with this difference in the newest month; everybody shown is logged.

    `GEEN_LOON`: a placement with wage, while the employer paid nothing, or nobody paid anything. `NUMMER_ONBEKEND`: a
    wage from somebody, and nobody knows under which number this employer pays. `GEEN_PLAATSING`: registered, a wage,
    and no placement in that month. Raises `PermissionDenied`, `SealError`.
    """
    require(actor, Permission.PLAATSING_CHANGE)
    maand = loonvergelijking.newest_month()
    if maand is None:
        return Afstemming(None, (), False)
    rows = _without_placement(actor, maand, now) if verschil is Verschil.GEEN_PLAATSING else _placed(actor, maand, now)
    found = list(islice((row for row in rows if row[0].verschil is verschil), MEEST + 1))
    shown = found[:MEEST]
    if shown:
        logboek.record_many(
            actor=actor,
            handeling=BEKEKEN,
            persoon_bsn_indexes=sorted({personen.audit_index(persoon) for _, persoon in shown}),
            activiteit=Activiteit.PLAATSING,
            now=now,
        )
    return Afstemming(maand, tuple(regel for regel, _ in shown), len(found) > MEEST)


def _placed(actor: Actor, maand: date, now: datetime) -> Iterator[tuple[Verschilregel, Any]]:
    """Each placement with wage that ran in the month, with what is different about it."""
    with_wage = ~Q(soort__in=[soort.value for soort in ZONDER_LOON]) | Q(met_loonheffing=True)
    next_month = months_later(maand, 1)
    running = plaatsingen.visible_to(actor, now=now).filter(
        with_wage,
        Q(eindigt_op__isnull=True) | Q(eindigt_op__gte=maand),
        status__in=[Plaatsingstatus.LOPEND, Plaatsingstatus.BEEINDIGD],
        begint_op__lt=next_month,
    )
    for chunk in _in_chunks(running.order_by("begint_op", "pk")):
        answers = loonvergelijking.wages(actor=actor, vragen=[(p.persoon, p.werkgever_kvk) for p in chunk], maand=maand)
        for plaatsing, answer in zip(chunk, answers, strict=True):
            if answer.hier is False or not answer.loon:
                yield Verschilregel(Verschil.GEEN_LOON, plaatsing.persoon_id, plaatsing), plaatsing.persoon
            elif answer.hier is None:
                yield Verschilregel(Verschil.NUMMER_ONBEKEND, plaatsing.persoon_id, plaatsing), plaatsing.persoon


def _without_placement(actor: Actor, maand: date, now: datetime) -> Iterator[tuple[Verschilregel, Any]]:
    """Each of the own registered people who had a wage in the month and no placement then."""
    then = Plaatsing.objects.filter(
        Q(eindigt_op__isnull=True) | Q(eindigt_op__gte=maand),
        persoon=OuterRef("pk"),
        begint_op__lt=months_later(maand, 1),
    ).exclude(status=Plaatsingstatus.INGETROKKEN)
    people = queries.people_visible_to(actor, peildatum=day_of(now), known_at=now).filter(~Exists(then))
    for chunk in _in_chunks(people.order_by("pk")):
        answers = loonvergelijking.wages(actor=actor, vragen=[(persoon, "") for persoon in chunk], maand=maand)
        for persoon, answer in zip(chunk, answers, strict=True):
            if answer.loon:
                yield Verschilregel(Verschil.GEEN_PLAATSING, persoon.pk), persoon


def _in_chunks(found: QuerySet[Any]) -> Iterator[list[Any]]:
    rows = found.iterator(chunk_size=_CHUNK)
    while chunk := list(islice(rows, _CHUNK)):
        yield chunk
