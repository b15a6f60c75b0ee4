"""What a card may say of somebody, and how each of those words becomes coarser: the fixed hierarchy of the classes.

A value is a word from a short list. `onbekend` is a value like any other: nobody asked. The empty value is the coarsest
and means 'op aanvraag': not shown. Geography ends at the arbeidsmarktregio, each of which has more than 100,000
inhabitants; what somebody needs at work is on no card at all (G5 and G6 of `docs/privacybelofte.md`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from types import MappingProxyType
from uuid import UUID

import numpy as np

from banenafspraak.access import gebieden

KENMERKEN = (
    "regio",
    "opleiding",
    "werkveld",
    "uren",
    "dagen",
    "beschikbaar",
    "reisafstand",
    "vervoer",
    "ervaring",
)
"""What a class may say, in the order of its tuple."""

ONBEKEND = "onbekend"
OP_AANVRAAG = ""

Kaartwaarden = tuple[str, ...]
"""One value for each of `KENMERKEN`."""

LANDSDELEN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "noord": ("AM01", "AM02", "AM03"),
        "oost": ("AM05", "AM06", "AM07", "AM08", "AM09", "AM10", "AM11", "AM36", "AM38"),
        "west": (
            "AM12", "AM13", "AM14", "AM15", "AM17", "AM18", "AM19", "AM20", "AM21", "AM22", "AM23", "AM24", "AM34",
            "AM35", "AM37",
        ),
        "zuid": ("AM25", "AM26", "AM27", "AM28", "AM29", "AM30", "AM32", "AM33"),
    }
)  # fmt: skip
"""The four parts of the country of Statistics Netherlands, by the arbeidsmarktregio's that lie in them."""

OPLEIDINGEN = ("basis", "vmbo", "mbo_havo_vwo", "hbo", "wo")
_OF_NIVEAU = {1: "basis", 2: "basis", 3: "vmbo", 4: "mbo_havo_vwo", 5: "hbo", 6: "wo"}
_COARSE_OPLEIDING = {"basis": "laag", "vmbo": "laag", "hbo": "hoog", "wo": "hoog"}
UREN = ("tot_16", "16_tot_24", "24_tot_32", "32_en_meer")
DAGEN = ("doordeweeks", "ook_weekend")
BESCHIKBAAR = ("nu", "later")
REISAFSTANDEN: Mapping[str, int] = MappingProxyType({"tot_10": 10, "tot_25": 25, "tot_50": 50, "verder": 100})
"""How far somebody will travel, with the most kilometres each word stands for."""
VERVOER = ("gemotoriseerd", "fiets_of_ov")
ERVARING = ("in_dit_werk", "in_ander_werk", "geen")

_WEEKEND = 32 | 64
# What an employer can use most weighs most: where, what work, which education.
_WEIGHTS: Mapping[str, tuple[float, ...]] = {
    "regio": (9.0, 3.0, 0.0),
    "opleiding": (4.0, 2.5, 0.0),
    "werkveld": (8.0, 0.0),
    "uren": (3.0, 0.0),
    "dagen": (1.5, 0.0),
    "beschikbaar": (1.5, 0.0),
    "reisafstand": (2.0, 0.0),
    "vervoer": (1.0, 0.0),
    "ervaring": (2.0, 0.0),
}


@dataclass(frozen=True, slots=True)
class Zoekregel:
    """What the search and the classes take from one klantprofiel; None or empty is unknown.

    `vanaf` and `tot` are the first and last day on which employers may see it, None for never. `plek` is the row of
    its postcode in the `Postcodetabel`, -1 where there is none; `niveau` is 1 to 6 (`profielrecord.Niveau`), hours are
    per week, `reisafstand` kilometres, `dagen` bits, and `ervaring` the werkvelden of the jobs somebody had, None
    where nobody asked. `ervaren_in` are the werksoorten of those jobs, as far as our list knows them, and `taal` how
    well somebody speaks Dutch (`profielrecord.Taalniveau`).
    """

    profiel_id: UUID
    versie: int = 0
    vanaf: date | None = None
    tot: date | None = None
    plek: int = -1
    gemeente: str = ""
    regio: str = ""
    reisafstand: int | None = None
    vervoermiddelen: tuple[int, ...] = ()
    rijbewijzen: tuple[str, ...] | None = None
    uren_min: int | None = None
    uren_max: int | None = None
    dagen: int | None = None
    beschikbaar_vanaf: date | None = None
    sectoren: tuple[int, ...] = ()
    werksoorten: tuple[str, ...] = ()
    werkvelden: tuple[str, ...] = ()
    niveau: int | None = None
    ervaring: tuple[str, ...] | None = None
    ervaren_in: tuple[str, ...] = ()
    onregelmatig: bool | None = None
    kantoortijden: bool | None = None
    taal: int | None = None
    contracten: tuple[str, ...] = ()
    overeenkomsten: tuple[str, ...] = ()

    def is_visible_on(self, day: date) -> bool:
        """Whether employers may see this profile on that day."""
        return self.vanaf is not None and self.tot is not None and self.vanaf <= day <= self.tot


def finest(regel: Zoekregel, peildatum: date) -> Kaartwaarden:
    """The finest a card could say of this person on that day."""
    werkveld = regel.werkvelden[0] if regel.werkvelden else ONBEKEND
    return (
        regel.regio,
        niveau_of(regel.niveau),
        werkveld,
        uren_of(regel.uren_min, regel.uren_max),
        dagen_of(regel.dagen),
        "later" if regel.beschikbaar_vanaf is not None and regel.beschikbaar_vanaf > peildatum else "nu",
        reisafstand_of(regel.reisafstand),
        vervoer_of(regel.vervoermiddelen),
        _ervaring_of(regel.ervaring, werkveld),
    )


def niveau_of(niveau: int | None) -> str:
    """The word for a level of working and thinking (1-6)."""
    return _OF_NIVEAU.get(niveau or 0, ONBEKEND)


def uren_of(least: int | None, most: int | None) -> str:
    """The word for how many hours somebody wants at most."""
    hours = most if most is not None else least
    if hours is None:
        return ONBEKEND
    return UREN[sum(hours >= bound for bound in (16, 24, 32))]


def dagen_of(dagen: int | None) -> str:
    """Whether the weekend is among somebody's days."""
    return ONBEKEND if not dagen else DAGEN[bool(dagen & _WEEKEND)]


def reisafstand_of(kilometres: int | None) -> str:
    """The word for how far somebody will travel."""
    if kilometres is None:
        return ONBEKEND
    return next((word for word, most in REISAFSTANDEN.items() if kilometres <= most), "verder")


def vervoer_of(vervoermiddelen: Iterable[int]) -> str:
    """Whether somebody has an engine: a car, moped or motorbike."""
    known = set(vervoermiddelen)
    return ONBEKEND if not known else VERVOER[not known & {1, 2, 4}]


def _ervaring_of(werkvelden: tuple[str, ...] | None, werkveld: str) -> str:
    if werkvelden is None:
        return ONBEKEND
    if not werkvelden:
        return "geen"
    return "in_dit_werk" if werkveld in werkvelden and werkveld != ONBEKEND else "in_ander_werk"


def coarser(kenmerk: str, value: str, level: int) -> str:
    """The value of a kenmerk one or two steps up; level 0 is the value itself."""
    if level == 0 or value == OP_AANVRAAG:
        return value
    if level == len(_WEIGHTS[kenmerk]) - 1:
        return OP_AANVRAAG
    if kenmerk == "regio":
        return _landsdeel_of().get(value, value)
    return _COARSE_OPLEIDING.get(value, value)


@cache
def _landsdeel_of() -> Mapping[str, str]:
    return {regio: landsdeel for landsdeel, regios in LANDSDELEN.items() for regio in regios}


def level_of(kenmerk: str, value: str) -> int:
    """How coarse a value is, 0 the finest."""
    top = len(_WEIGHTS[kenmerk]) - 1
    if value == OP_AANVRAAG:
        return top
    return int(top == 2 and value in {*LANDSDELEN, "laag", "hoog"})


def fits(finest_values: Kaartwaarden, card: Kaartwaarden) -> bool:
    """Whether a card says nothing that is not so of somebody with these values."""
    return all(
        shown in {coarser(kenmerk, value, level) for level in range(len(_WEIGHTS[kenmerk]))}
        for kenmerk, value, shown in zip(KENMERKEN, finest_values, card, strict=True)
    )


@cache
def levels() -> tuple[tuple[int, ...], ...]:
    """Every combination of levels, the one that tells an employer most first; a fixed order."""
    every = product(*(range(len(_WEIGHTS[kenmerk])) for kenmerk in KENMERKEN))

    def worth(combination: tuple[int, ...]) -> float:
        return sum(_WEIGHTS[kenmerk][level] for kenmerk, level in zip(KENMERKEN, combination, strict=True))

    return tuple(sorted(every, key=lambda combination: (-worth(combination), combination)))


@cache
def regio_codes() -> tuple[str, ...]:
    """The 35 arbeidsmarktregio's by code."""
    return tuple(code for code, _ in gebieden.regios())


class Cijfers:
    """The values of many people as numbers, so that cells can be counted at once.

    Each kenmerk has a list of values; a person is a row of places in those lists, and a cell one whole number.
    """

    def __init__(self, people: list[Kaartwaarden]) -> None:
        self.count = len(people)
        self._values: list[list[str]] = []
        self._steps: list[list[np.ndarray]] = []
        columns = []
        for place, kenmerk in enumerate(KENMERKEN):
            found = sorted({person[place] for person in people})
            domain = list(found)
            known = {value: at for at, value in enumerate(domain)}
            steps = [np.arange(len(found), dtype=np.int64)]
            for level in range(1, len(_WEIGHTS[kenmerk])):
                places = []
                for value in found:
                    up = coarser(kenmerk, value, level)
                    if up not in known:
                        known[up] = len(domain)
                        domain.append(up)
                    places.append(known[up])
                steps.append(np.array(places, dtype=np.int64))
            self._values.append(domain)
            self._steps.append(steps)
            columns.append(np.array([known[person[place]] for person in people], dtype=np.int64))
        self._columns = columns

    def keys(self, combination: tuple[int, ...], rows: np.ndarray) -> np.ndarray:
        """The cell of each of these people at these levels, as one number."""
        key = np.zeros(len(rows), dtype=np.int64)
        for place, level in enumerate(combination):
            key = key * len(self._values[place]) + self._steps[place][level][self._columns[place][rows]]
        return key

    def key_of(self, card: Kaartwaarden) -> int | None:
        """The number of this cell; None when no person here could be in it."""
        key = 0
        for domain, value in zip(self._values, card, strict=True):
            if value not in domain:
                return None
            key = key * len(domain) + domain.index(value)
        return key

    def card(self, key: int) -> Kaartwaarden:
        """What the cell with this number says."""
        values = []
        for domain in reversed(self._values):
            key, place = divmod(key, len(domain))
            values.append(domain[place])
        return tuple(reversed(values))
