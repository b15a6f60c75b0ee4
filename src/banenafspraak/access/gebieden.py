"""Which gemeente lies in which arbeidsmarktregio, on a given day.

The source is `gebieden.csv`, our own table of facts published by Statistics Netherlands ("Gebieden in Nederland",
tables 84929NED of 2021 and 86247NED of 2026) and of the mergers and the one move between those years. The table of
2021 is the oldest one held: for every earlier day it is read backwards, and `zekerheid_op` says so. Elburg, Nunspeet
and Olst-Wijhe changed region between 2021 and 2026 on a day we could not find; they stay in the old region until
2026-01-01, marked as such.

The functions read the file, once a process, so that a count can be repeated with nothing but the code and its
deliveries. The tables of the database are a copy of the file, for foreign keys; `load_gebieden` makes that copy.
"""

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


class Zekerheid(StrEnum):
    """How sure we are that a gemeente lay in a region on a day."""

    CBS = "cbs"
    DATUM_ONBEKEND = "datum_onbekend"
    TERUGGELEZEN = "teruggelezen"


@dataclass(frozen=True)
class Regio:
    """An arbeidsmarktregio: CBS code (`AM12`), present name, and the names it had before."""

    code: str
    naam: str
    eerdere_namen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gebied:
    """A gemeente: CBS code (`GM0402`), name, and when it existed; None where no date is held."""

    code: str
    naam: str
    vanaf: date | None
    tot: date | None

    def exists_on(self, peildatum: date) -> bool:
        """Whether the gemeente existed on that day, as far as we know."""
        return _covers(self.vanaf, self.tot, peildatum)


@dataclass(frozen=True)
class Indeling:
    """That a gemeente lay in a region from `vanaf` until, not including, `tot`."""

    gemeente: str
    regio: str
    vanaf: date | None
    tot: date | None
    zekerheid: Zekerheid


@dataclass(frozen=True)
class _Tabel:
    regios: Mapping[str, Regio]
    gemeenten: Mapping[str, Gebied]
    indelingen: Mapping[str, tuple[Indeling, ...]]


def _covers(vanaf: date | None, tot: date | None, peildatum: date) -> bool:
    return (vanaf is None or vanaf <= peildatum) and (tot is None or peildatum < tot)


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def _tabel() -> _Tabel:
    namen: dict[str, str] = {}
    eerdere: dict[str, list[str]] = defaultdict(list)
    gemeenten: dict[str, Gebied] = {}
    indelingen: dict[str, list[Indeling]] = defaultdict(list)
    with files("banenafspraak.access").joinpath("gebieden.csv").open(encoding="utf-8") as bestand:
        for rij in csv.DictReader(bestand, delimiter=";"):
            vanaf, tot = _date(rij["vanaf"]), _date(rij["tot"])
            match rij["soort"]:
                case "regio":
                    namen[rij["code"]] = rij["naam"]
                case "eerdere_naam":
                    eerdere[rij["code"]].append(rij["naam"])
                case "gemeente":
                    gemeenten[rij["code"]] = Gebied(rij["code"], rij["naam"], vanaf, tot)
                case "indeling":
                    indelingen[rij["code"]].append(
                        Indeling(rij["code"], rij["regio"], vanaf, tot, Zekerheid(rij["zekerheid"]))
                    )
                case soort:
                    raise ValueError(f"gebieden.csv: unknown soort {soort!r}")
    return _Tabel(
        regios=MappingProxyType(
            {code: Regio(code, naam, tuple(eerdere[code])) for code, naam in sorted(namen.items())}
        ),
        gemeenten=MappingProxyType(dict(sorted(gemeenten.items()))),
        # The newest first: most questions are about a recent day.
        indelingen=MappingProxyType(
            {
                code: tuple(sorted(rijen, key=lambda i: i.vanaf or date.min, reverse=True))
                for code, rijen in sorted(indelingen.items())
            }
        ),
    )


def _indeling_op(gemeente_code: str, peildatum: date) -> Indeling | None:
    for indeling in _tabel().indelingen.get(gemeente_code, ()):
        if _covers(indeling.vanaf, indeling.tot, peildatum):
            return indeling
    return None


def regio_op(gemeente_code: str, peildatum: date) -> str | None:
    """The code of the region the gemeente lay in on that day; None if the gemeente is unknown or did not exist."""
    indeling = _indeling_op(gemeente_code, peildatum)
    return indeling.regio if indeling else None


def zekerheid_op(gemeente_code: str, peildatum: date) -> Zekerheid | None:
    """How sure the answer of `regio_op` is; None where that gives None."""
    indeling = _indeling_op(gemeente_code, peildatum)
    return indeling.zekerheid if indeling else None


def gemeente(code: str) -> Gebied | None:
    """The gemeente with this CBS code, or None when the code is not in our table."""
    return _tabel().gemeenten.get(code)


def gemeenten_op(peildatum: date) -> list[Gebied]:
    """All gemeenten that existed on that day, by code."""
    return [gebied for gebied in _tabel().gemeenten.values() if gebied.exists_on(peildatum)]


def regios() -> list[tuple[str, str]]:
    """All 35 regions as (code, present name), by code."""
    return [(regio.code, regio.naam) for regio in _tabel().regios.values()]


def regio(code: str) -> Regio:
    """The region with this code. Raises `KeyError` for a code that does not exist."""
    return _tabel().regios[code]


def indeling() -> list[tuple[str, str, date | None, date | None]]:
    """The whole dated map as (gemeente code, region code, from, until), half-open, None for unbounded; by gemeente.

    Adjoining rows of one gemeente may name the same region: they differ in how sure we are.
    """
    return [(i.gemeente, i.regio, i.vanaf, i.tot) for rijen in _tabel().indelingen.values() for i in reversed(rijen)]


def load_gebieden(apps: Any, alias: str = "default") -> None:
    """Make the three tables equal to the file, inside the caller's transaction. Idempotent.

    `apps` is a registry of models: the historical one inside a migration, `django.apps.apps` elsewhere.
    A gemeente or region that left the file stays in its table, because rows elsewhere may still point to it.
    """
    tabel = _tabel()
    regio_model = apps.get_model("access", "Arbeidsmarktregio")
    gemeente_model = apps.get_model("access", "Gemeente")
    indeling_model = apps.get_model("access", "GemeenteIndeling")
    regio_model.objects.using(alias).bulk_create(
        [regio_model(code=r.code, naam=r.naam, eerdere_namen=list(r.eerdere_namen)) for r in tabel.regios.values()],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["naam", "eerdere_namen"],
    )
    gemeente_model.objects.using(alias).bulk_create(
        [gemeente_model(code=g.code, naam=g.naam, geldig=(g.vanaf, g.tot)) for g in tabel.gemeenten.values()],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["naam", "geldig"],
    )
    indeling_model.objects.using(alias).all().delete()
    indeling_model.objects.using(alias).bulk_create(
        [
            indeling_model(gemeente_id=i.gemeente, regio_id=i.regio, geldig=(i.vanaf, i.tot), zekerheid=i.zekerheid)
            for rijen in tabel.indelingen.values()
            for i in rijen
        ]
    )
