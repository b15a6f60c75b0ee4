"""The own wage returns of an employer, as far as they are compared with the register: read once, and kept nowhere.

A return says something of one loonheffingennummer and one tijdvak. A full one says all there is and replaces what was
said before; any other says something of the inkomstenverhoudingen that it names. Which came later stands in the
messages themselves, so the order in which somebody chose the files does not matter.

The format is read by an adapter; `lezer` finds the one that `settings.LOONAANGIFTELEZER` names, so that a page reads
through it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from importlib import import_module
from itertools import combinations
from types import MappingProxyType
from typing import Protocol, cast

from django.conf import settings

from banenafspraak.access.bsn import Bsn


@dataclass(frozen=True, slots=True)
class Loonopgave:
    """What a return says of one inkomstenverhouding in one tijdvak.

    `uren_per_maand` divides the hours over the calendar months of the tijdvak's year (1 to 12). `lkv`: the employer
    asks for the LKV doelgroep banenafspraak; `lkv_anders`: for another one.
    """

    bsn: Bsn = field(repr=False)
    numiv: int
    loonsoort: int
    aard: int
    uren: Decimal
    uren_per_maand: tuple[tuple[int, Decimal], ...]
    aanvang: date | None = None
    einde: date | None = None
    geboortedatum: date | None = field(default=None, repr=False)
    persnr: str = field(default="", repr=False)
    ufo: bool = False
    lkv: bool = False
    lkv_anders: bool = False

    @property
    def sleutel(self) -> tuple[str, int]:
        """By which a later return names the same inkomstenverhouding."""
        return self.bsn.reveal(), self.numiv


@dataclass(frozen=True, slots=True)
class Tijdvakopgave:
    """What one message says of one tijdvak; both days belong to it. `gemaakt_at` is None when it does not say when."""

    lhnr: str = field(repr=False)
    begin: date
    einde: date
    volledig: bool
    gemaakt_at: datetime | None
    opgaven: tuple[Loonopgave, ...]
    intrekkingen: frozenset[tuple[str, int]] = field(default=frozenset(), repr=False)
    zonder_bsn: int = 0
    bestand: str = ""
    regel: int = 0

    @property
    def plaats(self) -> tuple[str, date, date]:
        """Of which number and which days it speaks."""
        return self.lhnr, self.begin, self.einde

    @property
    def sleutels(self) -> frozenset[tuple[str, int]]:
        """The inkomstenverhoudingen that it names."""
        return frozenset(opgave.sleutel for opgave in self.opgaven) | self.intrekkingen


@dataclass(frozen=True, slots=True)
class Leesfout:
    """What is wrong with a file, on which line, and what to do (Dutch, B1; never a value out of the file)."""

    bestand: str
    regel: int | None
    reden: str
    oplossing: str


class Onbruikbaar(Exception):
    """The files cannot be compared: what is wrong with them, in Dutch."""

    def __init__(self, *fouten: Leesfout) -> None:
        super().__init__(" ".join(fout.reden for fout in fouten))
        self.fouten = fouten


class Loonaangiftelezer(Protocol):
    """What `settings.LOONAANGIFTELEZER` names."""

    def read(self, naam: str, inhoud: bytes, *, alleen_test: bool) -> Iterator[Tijdvakopgave | Leesfout]:
        """The tijdvakken of one message, in order; what makes the whole file unusable is a `Leesfout` as well."""


def lezer() -> Loonaangiftelezer:
    """The reader that the settings name."""
    return cast(Loonaangiftelezer, import_module(settings.LOONAANGIFTELEZER))


@dataclass(frozen=True, slots=True)
class Tijdvakstand:
    """What is said in the end of one tijdvak under one number.

    `volledig`: somebody said all of it. `volledige` is how many full returns there were, of which the newest counts.
    """

    lhnr: str = field(repr=False)
    begin: date
    einde: date
    volledig: bool
    volledige: int
    opgaven: Mapping[tuple[str, int], Loonopgave] = field(repr=False)
    zonder_bsn: int

    @property
    def maanden(self) -> tuple[int, ...]:
        """The calendar months that it covers to the end, of the year in which it ends."""
        return tuple(
            month
            for month in range(1, 13)
            if self.begin <= date(self.einde.year, month, 1) and last_day(self.einde.year, month) <= self.einde
        )


def last_day(jaar: int, maand: int) -> date:
    """The last day of a month."""
    return (date(jaar, maand, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def combine(opgaven: Iterable[Tijdvakopgave]) -> tuple[Tijdvakstand, ...]:
    """What the messages say together, in whatever order they are given; the same message twice says it once.

    Raises `Onbruikbaar` when two of them contradict each other and do not say which came last, and when two tijdvakken
    of one number overlap.
    """
    places: dict[tuple[str, date, date], list[Tijdvakopgave]] = {}
    for opgave in opgaven:
        found = places.setdefault(opgave.plaats, [])
        if not any(_same(opgave, other) for other in found):
            found.append(opgave)
    for said in places.values():
        _check_order(said)
    _check_overlap(places)
    return tuple(_fold(said) for _, said in sorted(places.items(), key=lambda item: item[0]))


def _same(one: Tijdvakopgave, other: Tijdvakopgave) -> bool:
    return replace(one, bestand="", regel=0) == replace(other, bestand="", regel=0)


def _check_order(said: list[Tijdvakopgave]) -> None:
    for one, other in combinations(said, 2):
        unknown = one.gemaakt_at is None or other.gemaakt_at is None or one.gemaakt_at == other.gemaakt_at
        if unknown and (one.volledig or other.volledig or one.sleutels & other.sleutels):
            reden = (
                f"Over {one.begin:%-d-%-m-%Y} tot en met {one.einde:%-d-%-m-%Y} zijn er twee opgaven, en er staat niet "
                "in welke de nieuwste is."
            )
            raise Onbruikbaar(Leesfout(other.bestand, other.regel, reden, "Lever alleen de nieuwste van de twee."))


def _check_overlap(places: Mapping[tuple[str, date, date], list[Tijdvakopgave]]) -> None:
    before: tuple[str, date, date] | None = None
    for place in sorted(places):
        if before is not None and before[0] == place[0] and place[1] <= before[2]:
            said = places[place][0]
            reden = "Dit tijdvak loopt door een ander tijdvak heen, van hetzelfde loonheffingennummer."
            raise Onbruikbaar(Leesfout(said.bestand, said.regel, reden, "Lever per dag maar één soort tijdvak."))
        before = place


def _fold(said: list[Tijdvakopgave]) -> Tijdvakstand:
    """Who is not dated speaks of other people than the rest (`_check_order`), so may go first."""
    state: dict[tuple[str, int], Loonopgave] = {}
    without = 0
    for opgave in sorted(said, key=lambda o: o.gemaakt_at.isoformat() if o.gemaakt_at else ""):
        if opgave.volledig:
            state, without = {}, 0
        for sleutel in opgave.intrekkingen:
            state.pop(sleutel, None)
        state |= {one.sleutel: one for one in opgave.opgaven}
        without += opgave.zonder_bsn
    full = sum(opgave.volledig for opgave in said)
    lhnr, begin, einde = said[0].plaats
    return Tijdvakstand(lhnr, begin, einde, full > 0, full, MappingProxyType(state), without)
