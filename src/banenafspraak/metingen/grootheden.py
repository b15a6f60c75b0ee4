"""The quantities of a Meting. Persons are not jobs, and a quarter is not a year: mixing them is a TypeError."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

_KWARTAAL = re.compile(r"([0-9]{4})Q([1-4])")


class _Aantal(int):
    """A count of one kind of thing; adding or subtracting another kind is a TypeError."""

    def __add__(self, other: int) -> Self:
        return type(self)(int(self) + self._same(other))

    __radd__ = __add__

    def __sub__(self, other: int) -> Self:
        return type(self)(int(self) - self._same(other))

    def __rsub__(self, other: int) -> Self:
        return type(self)(self._same(other) - int(self))

    def _same(self, other: object) -> int:
        if isinstance(other, _Aantal) and type(other) is not type(self):
            raise TypeError(f"{type(self).__name__} and {type(other).__name__} are different things")
        if not isinstance(other, int):
            raise TypeError(f"{type(self).__name__} cannot be combined with {type(other).__name__}")
        return int(other)


class AantalPersonen(_Aantal):
    """A number of people in the register, working or not."""


class AantalBanen(_Aantal):
    """A number of jobs: verloonde uren divided by the hours of one job (Regeling Wfsv art. 3.28), rounded half up."""


@dataclass(frozen=True, order=True)
class Kwartaal:
    """A quarter of a calendar year, written 2018Q1."""

    jaar: int
    nummer: int

    @classmethod
    def parse(cls, text: str) -> Kwartaal:
        """Read "2018Q1"; ValueError (with the cure, in Dutch) for any other text."""
        match = _KWARTAAL.fullmatch(text)
        if match is None:
            # What was typed is not repeated: in the wrong place it may be a BSN.
            raise ValueError("Dit is geen kwartaal. Schrijf jaar, Q en 1 tot en met 4, zoals 2018Q1.")
        return cls(int(match[1]), int(match[2]))

    @property
    def peildatum(self) -> date:
        """The last day of the quarter: the day on which the register is read."""
        maand = self.nummer * 3
        return (date(self.jaar, maand, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)

    @property
    def begin_op(self) -> date:
        """The first day of the quarter."""
        return date(self.jaar, self.nummer * 3 - 2, 1)

    @property
    def peilmaand(self) -> str:
        """The month (YYYY-MM) whose wages are counted: the last of the quarter."""
        return f"{self.jaar:04d}-{self.nummer * 3:02d}"

    def earlier(self, kwartalen: int = 1) -> Kwartaal:
        """The quarter this many quarters before."""
        index = self.jaar * 4 + self.nummer - 1 - kwartalen
        return Kwartaal(index // 4, index % 4 + 1)

    def __str__(self) -> str:
        return f"{self.jaar:04d}Q{self.nummer}"


NULMETING = Kwartaal(2012, 4)
"""The quarter of the nulmeting: jobs are compared with December 2012 (Wfsv art. 122n)."""


@dataclass(frozen=True)
class Kwartaalmeting:
    """An indicative regional measurement at the end of a quarter: jobs per region, inleen as a column of its own.

    It is not the official yearly figure. Subtracting a Jaarmeting from it is a TypeError; subtracting an earlier
    Kwartaalmeting gives the change in jobs per region that both have.
    """

    kwartaal: Kwartaal
    banen: Mapping[str, AantalBanen]

    def __sub__(self, other: Kwartaalmeting) -> dict[str, AantalBanen]:
        if not isinstance(other, Kwartaalmeting):
            raise TypeError("a Kwartaalmeting can only be compared with a Kwartaalmeting")
        return {regio: aantal - other.banen[regio] for regio, aantal in self.banen.items() if regio in other.banen}


@dataclass(frozen=True)
class Jaarmeting:
    """The official national measurement: December of a year against December 2012 (Wfsv art. 122n and 38f).

    National only; inleen is divided over markt and overheid by the yearly key of Regeling Wfsv art. 3.30. Subtracting a
    Kwartaalmeting from it is a TypeError; subtracting an earlier Jaarmeting gives the change per sector.
    """

    jaar: int
    banen: Mapping[str, AantalBanen]

    def __sub__(self, other: Jaarmeting) -> dict[str, AantalBanen]:
        if not isinstance(other, Jaarmeting):
            raise TypeError("a Jaarmeting can only be compared with a Jaarmeting")
        return {sector: aantal - other.banen[sector] for sector, aantal in self.banen.items() if sector in other.banen}
