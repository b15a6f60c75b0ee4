"""How a Werkgeversservicepunt does, for its region and its yearly report: counts only, and none about one person.

The counts come from functions of the database that answer for the own region (migration 0101). What is split by ground
could point at somebody: it is rounded to fives, totals and all, and what is under five is not shown. An average of less
than five answers is not shown either, nor one that could be computed from what is.

Voordrachten and placements are erased two years after they are over, so only this year and the year before are whole.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from banenafspraak.access import gebieden, logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.permissions import Permission, Rol, require
from banenafspraak.bemiddeling.plaatsingwoorden import Plaatsingsector
from banenafspraak.bemiddeling.vacaturerecord import Sluitreden
from banenafspraak.register.moment import day_of
from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.grondlabel import Grondlabel, label_of

DREMPEL = 5
"""Less than this about a ground, and less answers than this, are not shown."""
CIJFERS_BEKEKEN = "cijfers van werkgeversservicepunt bekeken"
LABELS = (Grondlabel.A, Grondlabel.B, Grondlabel.C, Grondlabel.D, Grondlabel.E, Grondlabel.NIET_VERMELD)
"""The grounds that are told apart; all others, and no known one, stand under `NIET_VERMELD`."""


@dataclass(frozen=True)
class Periode:
    """A year, or one quarter of it."""

    jaar: int
    kwartaal: int | None = None

    @property
    def vanaf(self) -> date:
        """The first day."""
        return date(self.jaar, 3 * (self.kwartaal or 1) - 2, 1)

    @property
    def tot(self) -> date:
        """The first day that is no longer in it."""
        if self.kwartaal in (None, 4):
            return date(self.jaar + 1, 1, 1)
        return date(self.jaar, 3 * (self.kwartaal or 0) + 1, 1)

    @property
    def code(self) -> str:
        """As 2026 or 2026Q1."""
        return f"{self.jaar}" if self.kwartaal is None else f"{self.jaar}Q{self.kwartaal}"


def periods(today: date) -> list[Periode]:
    """What can be asked for: the years that are whole, and their quarters that began, the newest first."""
    found: list[Periode] = []
    for jaar in (today.year, today.year - 1):
        found.append(Periode(jaar))
        found += [one for q in (4, 3, 2, 1) if (one := Periode(jaar, q)).vanaf <= today]
    return found


@dataclass(frozen=True)
class Wachttijd:
    """Of `geplaatst` vacatures `voorgedragen` had a voordracht; the days until the first of it, None without any."""

    geplaatst: int
    voorgedragen: int
    mediaan: int | None
    negentig: int | None


@dataclass(frozen=True)
class Vervuld:
    """How many people began on a vacature of the region; a trial is apart, until it becomes a contract."""

    aan_het_werk: int
    op_proef: int


@dataclass(frozen=True)
class Tevredenheid:
    """How many employers answered and what they said on average; both None when that could point at one of them."""

    antwoorden: int | None
    gemiddelde: Decimal | None


_GEEN = Tevredenheid(0, None)
_VERBORGEN = Tevredenheid(None, None)


@dataclass(frozen=True)
class Kwartaalregel:
    """The figures of one quarter, or of the whole period."""

    wachttijd: Wachttijd
    vervuld: Vervuld
    gesloten: int
    tevredenheid: Tevredenheid


@dataclass(frozen=True)
class Wspcijfers:
    """The figures of one region and period. `kwartalen` maps the quarters that began to their figures, in order.

    `kruis` has for each ground (rows of `LABELS`) and each sector the filled places in fives, None for less than five;
    so have `per_grond` and `per_sector`, each rounded by itself. `redenen`: how vacatures were closed.
    """

    regio: str
    periode: Periode
    op: date
    totaal: Kwartaalregel
    kwartalen: Mapping[str, Kwartaalregel]
    kruis: Mapping[tuple[Grondlabel, Plaatsingsector], int | None]
    per_grond: Mapping[Grondlabel, int | None]
    per_sector: Mapping[Plaatsingsector, int | None]
    redenen: Mapping[Sluitreden, int]


def shielded(aantal: int) -> int | None:
    """A count of people as it may be shown: to the nearest five, None for less than five."""
    return None if aantal < DREMPEL else (2 * aantal + 5) // 10 * 5


def told_averages(
    counts: Mapping[str, tuple[int, int | None]], total: tuple[int, int | None]
) -> dict[str, Tevredenheid]:
    """Which quarters may show their answers beside the whole: none with less than five, and none that leaves so few.

    `counts` are answers and their sum by quarter. What is left over between the whole and what is shown could be
    computed, so it is nothing or at least five as well.
    """
    shown = {one for one, (n, _som) in counts.items() if n >= DREMPEL}
    while shown and 0 < total[0] - sum(counts[one][0] for one in shown) < DREMPEL:
        shown.remove(min(shown, key=lambda one: (counts[one][0], one)))
    return {
        one: _average(n, som) if one in shown else (_GEEN if n == 0 else _VERBORGEN) for one, (n, som) in counts.items()
    }


def _average(antwoorden: int, som: int | None) -> Tevredenheid:
    if antwoorden == 0:
        return _GEEN
    if antwoorden < DREMPEL or som is None:
        return _VERBORGEN
    mean = (Decimal(som) / antwoorden).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return Tevredenheid(antwoorden, mean)


def may_see(actor: Actor, regio: str) -> bool:
    """Whether these are the figures of the own region; a policy adviser of the whole country sees every one."""
    return actor.regio == regio or (actor.rol is Rol.BELEID and actor.regio is None)


@transaction.atomic
def look_at(*, actor: Actor, regio: str, periode: Periode, now: datetime) -> Wspcijfers:
    """The figures of one region; the look is logged. Five queries.

    Raises `PermissionDenied` for another region, `ValueError` for a period that is not whole or not there.
    """
    require(actor, Permission.WSP_CIJFERS_VIEW)
    if not may_see(actor, regio) or regio not in dict(gebieden.regios()):
        raise PermissionDenied("figures of another region")
    today = day_of(now)
    if periode not in periods(today):
        raise ValueError("no such period")
    logboek.record(
        actor=actor,
        handeling=CIJFERS_BEKEKEN,
        onderwerp=f"{regio} {periode.code}",
        activiteit=Activiteit.WERKGEVERS,
        now=now,
    )
    asked = (regio, periode.vanaf, periode.tot)
    waits = {
        row[0]: Wachttijd(row[1], row[2], _days(row[3]), _days(row[4])) for row in _rows("eerste_voordracht", asked)
    }
    filled = _rows("vervuld", asked)
    closed = _rows("gesloten", asked)
    answers = {row[0]: (row[1], row[2]) for row in _rows("tevredenheid", asked)}
    total = answers.pop(None, (0, None))
    quarters = [
        one.code for one in reversed(periods(today)) if one.kwartaal and periode.vanaf <= one.vanaf < periode.tot
    ]
    told = told_averages({one: answers.get(one, (0, None)) for one in quarters}, total)
    none = Wachttijd(0, 0, None, None)
    working = [row for row in filled if not row[1]]
    cells: dict[Any, int] = defaultdict(int)
    for _kwartaal, _proef, grond, sector, aantal in working:
        label, place = _label(grond), Plaatsingsector(sector)
        for cell in ((label, place), label, place):
            cells[cell] += aantal
    redenen: dict[Sluitreden, int] = dict.fromkeys(Sluitreden, 0)
    for _kwartaal, reden, aantal in closed:
        redenen[Sluitreden(reden)] += aantal
    return Wspcijfers(
        regio=regio,
        periode=periode,
        op=today,
        totaal=Kwartaalregel(waits.get(None, none), _filled(filled), sum(row[2] for row in closed), _average(*total)),
        kwartalen={
            one: Kwartaalregel(
                waits.get(one, none),
                _filled([row for row in filled if row[0] == one]),
                sum(row[2] for row in closed if row[0] == one),
                told[one],
            )
            for one in quarters
        },
        kruis={(one, place): shielded(cells[(one, place)]) for one in LABELS for place in Plaatsingsector},
        per_grond={one: shielded(cells[one]) for one in LABELS},
        per_sector={place: shielded(cells[place]) for place in Plaatsingsector},
        redenen=redenen,
    )


def _rows(name: str, asked: tuple[str, date, date]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM bemiddeling_wsp_{name}(%s, %s, %s)", asked)  # noqa: S608  names of ours
        return list(cursor.fetchall())


def _filled(rows: Iterable[tuple[Any, ...]]) -> Vervuld:
    counted = {True: 0, False: 0}
    for _kwartaal, proef, _grond, _sector, aantal in rows:
        counted[proef] += aantal
    return Vervuld(counted[False], counted[True])


def _label(grond: str) -> Grondlabel:
    label = label_of(Grond(grond)) if grond else Grondlabel.NIET_VERMELD
    return label if label in LABELS else Grondlabel.NIET_VERMELD


def _days(value: Decimal | None) -> int | None:
    return None if value is None else int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))
