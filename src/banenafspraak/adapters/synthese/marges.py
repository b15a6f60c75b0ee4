"""Margins: the figures of a region that a synthetic population must give exactly, and weights that shape the rest."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from banenafspraak.metingen.grootheden import Kwartaal

CATEGORIEEN: Final = ("wsw", "wajong", "participatiewet")
"""The three categories of the publications; everybody in the register is in exactly one."""

KOLOMMEN: Final = ("markt", "overheid", "uitzend_detachering")
"""The three columns in which jobs are published."""


@dataclass(frozen=True)
class Categoriemarge:
    """What is published of one category in one quarter; None is not published."""

    personen: int | None = None
    werkzaam: int | None = None
    percentage: int | None = None

    def bereik(self) -> range:
        """The numbers of persons that agree with what is published; unbounded below means from 0 to a million."""
        if self.personen is not None:
            return range(self.personen, self.personen + 1)
        if self.werkzaam is not None and self.percentage is not None:
            return personen_bij(self.werkzaam, self.percentage)
        return range(1_000_000)


@dataclass(frozen=True)
class Kwartaalmarge:
    """What is published of one quarter; None is not published, and drawn by the seed."""

    kwartaal: Kwartaal
    banen: int | None = None
    personen: int | None = None
    werkzaam: int | None = None
    praktijkroute: int | None = None
    verdeling: Mapping[str, int] | None = None
    categorieen: Mapping[str, Categoriemarge] | None = None

    def categorie(self, naam: str) -> Categoriemarge:
        """The margin of a category (or of `wajong_en_participatiewet`); an empty one when none is published."""
        return (self.categorieen or {}).get(naam, Categoriemarge())


@dataclass(frozen=True)
class Verloopmarge:
    """What is published of the flow between the previous quarter and this one."""

    kwartaal: Kwartaal
    instroom: int
    baanvinders: int
    baanverliezers: int
    uitstroomredenen: Mapping[str, int]
    baanverliezers_is_hoogste: bool = False


@dataclass(frozen=True)
class Marges:
    """All margins of one region, oldest quarter first."""

    regio: str
    gemeenten: Mapping[str, int]
    buurgemeenten: Mapping[str, int]
    kwartalen: tuple[Kwartaalmarge, ...]
    verloop: Mapping[Kwartaal, Verloopmarge]

    @property
    def reeks(self) -> tuple[Kwartaal, ...]:
        """The quarters of the margins, oldest first."""
        return tuple(marge.kwartaal for marge in self.kwartalen)


def beschikbare_marges() -> tuple[str, ...]:
    """The regions whose published figures come with the program."""
    return tuple(sorted(f.name[:-5] for f in _map().iterdir() if f.name.startswith("AM") and f.name.endswith(".toml")))


@cache
def load_marges(regio: str) -> Marges:
    """Read the published margins of a region; KeyError when none come with the program."""
    if regio not in beschikbare_marges():
        raise KeyError(regio)
    table = tomllib.loads((_map() / f"{regio}.toml").read_text(encoding="utf-8"))
    verloop = [_verloop(item) for item in table["verloop"]]
    return Marges(
        regio=table["regio"],
        gemeenten=table["gemeenten"],
        buurgemeenten=table["buurgemeenten"],
        kwartalen=tuple(_kwartaal(item) for item in table["kwartalen"]),
        verloop={item.kwartaal: item for item in verloop},
    )


@cache
def inwoners_per_regio() -> Mapping[str, int]:
    """Inhabitants per arbeidsmarktregio in thousands: the weight of each region in a national population."""
    weights: dict[str, int] = tomllib.loads((_map() / "regios.toml").read_text(encoding="utf-8"))["inwoners_duizend"]
    return weights


def percentage(deel: int, geheel: int) -> int:
    """`deel` as a percentage of `geheel`, rounded half up to a whole number, as the publications print it."""
    return (200 * deel + geheel) // (2 * geheel)


def personen_bij(werkzaam: int, gedrukt: int) -> range:
    """The numbers of persons of whom `werkzaam` are printed as `gedrukt` percent; 0 < gedrukt < 100."""
    # gedrukt - 1/2 <= 100 * werkzaam / n < gedrukt + 1/2
    lowest = 200 * werkzaam // (2 * gedrukt + 1) + 1
    highest = 200 * werkzaam // (2 * gedrukt - 1)
    return range(lowest, highest + 1)


def _map() -> Any:
    return resources.files(__package__) / "marges"


def _kwartaal(item: dict[str, Any]) -> Kwartaalmarge:
    return Kwartaalmarge(
        kwartaal=Kwartaal.parse(item["kwartaal"]),
        categorieen={naam: Categoriemarge(**marge) for naam, marge in item.get("categorieen", {}).items()},
        **{key: item.get(key) for key in ("banen", "personen", "werkzaam", "praktijkroute", "verdeling")},
    )


def _verloop(item: dict[str, Any]) -> Verloopmarge:
    return Verloopmarge(
        kwartaal=Kwartaal.parse(item["kwartaal"]),
        instroom=item["instroom"],
        baanvinders=item["baanvinders"],
        baanverliezers=item["baanverliezers"],
        uitstroomredenen=item["uitstroomredenen"],
        baanverliezers_is_hoogste=item.get("baanverliezers_is_hoogste", False),
    )
