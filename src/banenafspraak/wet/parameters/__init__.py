"""Statutory numbers and choices, each dated and with its source, from one TOML file per regeling."""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from banenafspraak.wet.uitkomst import Bron, Zekerheid, show_date


class ParameterFout(LookupError):
    """A value that is not there: an unknown name, a date without a value, or a file that says something impossible."""


def _number(value: Any) -> bool:
    return isinstance(value, Decimal)


# Every unit a parameter may have, and what a value in it looks like. Whole numbers are read as Decimal too.
EENHEDEN: Mapping[str, Callable[[Any], bool]] = MappingProxyType(
    {
        "verloonde uren per week": _number,
        "verloonde uren per maand": _number,
        "verloonde uren per jaar": _number,
        "verloonde uren in december": _number,
        "banen": _number,
        "personen": _number,
        "deel": lambda v: _number(v) and 0 <= v <= 1,
        "jaren": _number,
        "maanden": _number,
        "weken": _number,
        "dagen": _number,
        "uren": _number,
        "uren per week": _number,
        "verloonde uren": _number,
        "procent": _number,
        "euro": _number,
        "euro per uur": _number,
        "euro per maand": _number,
        "minuten per werkdag": _number,
        "hoofdtaken": _number,
        "datum": lambda v: isinstance(v, date),
        "keuze": lambda v: isinstance(v, str),
        "codes": lambda v: isinstance(v, list) and all(_number(x) for x in v),
        "beslistabel": lambda v: isinstance(v, list) and all(isinstance(x, dict) for x in v),
        "leeftijd": lambda v: isinstance(v, dict) and set(v) == {"jaren", "maanden"},
        "dagen in het jaar": lambda v: isinstance(v, list) and all(set(x) == {"maand", "dag", "naam"} for x in v),
    }
)


@dataclass(frozen=True, slots=True)
class Stand:
    """One value of a parameter from a day on. ``waarde`` None means that it lapsed on that day."""

    vanaf: date
    waarde: Any
    bron: Bron
    zekerheid: Zekerheid
    toelichting: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number or choice of the law through time.

    ``eenheid`` is one of EENHEDEN and fixes the type of the values. ``gecontroleerd_op`` is the day on which a person
    last compared every value with its source. ``bekend_tot`` is the first day of which the value is not known: an
    amount that is set again every year or half year says nothing about the next one.
    """

    regeling: str
    naam: str
    omschrijving: str
    eenheid: str
    standen: tuple[Stand, ...]
    gecontroleerd_op: date
    bekend_tot: date | None = None

    def stand_op(self, peildatum: date) -> Stand:
        """The Stand in force on ``peildatum``, with its source and certainty.

        Raises ParameterFout when there is no value on that day; a neighbour's value is never used.
        """
        index = bisect_right(self.standen, peildatum, key=lambda stand: stand.vanaf)
        stand = self.standen[index - 1] if index else None
        if self.bekend_tot and peildatum >= self.bekend_tot:
            last = show_date(self.bekend_tot - timedelta(days=1))
            raise ParameterFout(
                f"Geen waarde voor '{self.omschrijving}' op {show_date(peildatum)}: bekend tot en met {last}. "
                "Kies een eerdere peildatum."
            )
        if stand is None or stand.waarde is None:
            raise ParameterFout(
                f"Geen waarde voor '{self.omschrijving}' op {show_date(peildatum)}: {self._known_span()}."
            )
        return stand

    def op(self, peildatum: date) -> Any:
        """The value in force on ``peildatum``; its type follows from ``eenheid``. Raises ParameterFout without one."""
        return self.stand_op(peildatum).waarde

    def constant(self) -> Any:
        """The value that never changed, for a rule without a date. Raises ParameterFout as soon as there are two."""
        if len(self.standen) != 1:
            raise ParameterFout(f"'{self.omschrijving}' is door de jaren veranderd: geef een peildatum.")
        return self.standen[0].waarde

    def _known_span(self) -> str:
        first, last = self.standen[0].vanaf, self.standen[-1]
        if last.waarde is None:
            return f"bekend van {show_date(first)} tot {show_date(last.vanaf)}, daarna vervallen"
        return f"de eerste bekende waarde geldt vanaf {show_date(first)}"


def parameter(regeling: str, naam: str) -> Parameter:
    """The parameter of that name in that regeling (the TOML file's stem). Raises ParameterFout for an unknown one."""
    try:
        return parameters(regeling)[naam]
    except KeyError:
        raise ParameterFout(f"De regeling '{regeling}' heeft geen parameter '{naam}'.") from None


@cache
def parameters(regeling: str) -> Mapping[str, Parameter]:
    """All parameters of a regeling, by name. Raises ParameterFout for an unknown regeling or an unusable file."""
    if regeling not in regelingen():
        raise ParameterFout(f"De regeling '{regeling}' is niet bekend; wel: {', '.join(regelingen())}.")
    return read(regeling, (files(__package__) / f"{regeling}.toml").read_text("utf-8"))


@cache
def regelingen() -> tuple[str, ...]:
    """The names of all regelingen there is a file for, in alphabetical order."""
    return tuple(sorted(f.name.removesuffix(".toml") for f in files(__package__).iterdir() if f.name.endswith(".toml")))


def read(regeling: str, text: str) -> Mapping[str, Parameter]:
    """Read a TOML file: top-level ``gecontroleerd_op`` and ``bronnen``, and a table per parameter.

    Raises ParameterFout naming the parameter that is incomplete, unsorted, of an unknown unit or of the wrong type.
    """
    table = tomllib.loads(text, parse_float=Decimal)
    gecontroleerd_op: date = table.pop("gecontroleerd_op")
    bronnen = {key: Bron(**value) for key, value in table.pop("bronnen").items()}
    return MappingProxyType(
        {naam: _parameter(regeling, naam, entry, bronnen, gecontroleerd_op) for naam, entry in table.items()}
    )


def _parameter(
    regeling: str, naam: str, entry: dict[str, Any], bronnen: Mapping[str, Bron], gecontroleerd_op: date
) -> Parameter:
    where = f"{regeling}.toml [{naam}]"
    try:
        eenheid, omschrijving = entry["eenheid"], entry["omschrijving"]
        fits = EENHEDEN[eenheid]
        standen = tuple(
            Stand(
                vanaf=item["vanaf"],
                waarde=_exact(item.get("waarde")),
                bron=bronnen[item.get("bron", entry.get("bron"))],
                zekerheid=Zekerheid(item.get("zekerheid", entry.get("zekerheid"))),
                toelichting=item.get("toelichting", ""),
            )
            for item in entry["waarden"]
        )
    except (KeyError, ValueError) as error:
        raise ParameterFout(f"{where}: {error} ontbreekt of is onbekend.") from error
    if not standen or any(a.vanaf >= b.vanaf for a, b in pairwise(standen)):
        raise ParameterFout(f"{where}: de waarden staan niet op volgorde van datum.")
    if wrong := [s.vanaf for s in standen if s.waarde is not None and not fits(s.waarde)]:
        raise ParameterFout(f"{where}: de waarde vanaf {show_date(wrong[0])} past niet bij '{eenheid}'.")
    bekend_tot = entry.get("bekend_tot")
    if bekend_tot is not None and bekend_tot <= standen[-1].vanaf:
        raise ParameterFout(f"{where}: bekend_tot ligt niet na de laatste waarde.")
    return Parameter(regeling, naam, omschrijving, eenheid, standen, gecontroleerd_op, bekend_tot)


def _exact(value: Any) -> Any:
    """Whole numbers as Decimal, so that a value has one type whether or not it is written with a point."""
    if isinstance(value, bool | str | date) or value is None:
        return value
    if isinstance(value, list):
        return [_exact(item) for item in value]
    if isinstance(value, dict):
        return {key: _exact(item) for key, item in value.items()}
    return Decimal(value)
