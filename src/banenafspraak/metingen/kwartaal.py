"""Counting one quarter: the expressions of `telling` on an engine, and `wet` on what their sums stand for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import ibis
import pyarrow as pa

from banenafspraak.access import gebieden
from banenafspraak.metingen import telling
from banenafspraak.metingen.engine import Engine
from banenafspraak.metingen.grootheden import Kwartaal
from banenafspraak.metingen.kubus import ONBEKEND, Overgang, Telling
from banenafspraak.wet import banen, doelgroep


@dataclass(frozen=True)
class Moment:
    """One peildatum with everything an expression needs of it, held by the engine."""

    peildatum: date
    stand: ibis.Table
    regels: ibis.Table
    werkenden: ibis.Table


class Categorieen:
    """The category of a combination of registrations, by its key; asked of `wet` once for each day and key."""

    def __init__(self, bevolking: telling.Bevolking) -> None:
        self._bevolking = bevolking
        self._known: dict[tuple[date, tuple[int, ...]], str] = {}

    def of(self, answer: pa.Table, peildatum: date, suffix: str = "") -> list[Any]:
        """The category in each row, by the columns `gronden_0` and so on with `suffix` behind their names; None where
        they are null."""
        columns = [answer.column(f"{name}{suffix}").to_pylist() for name in self._bevolking.sleutels]
        keys = list(zip(*columns, strict=True))
        for key in set(keys):
            if None not in key and (peildatum, key) not in self._known:
                self._known[peildatum, key] = self._ask(key, peildatum)
        return [self._known.get((peildatum, key)) for key in keys]

    def _ask(self, key: tuple[int, ...], peildatum: date) -> str:
        pairs = frozenset(
            (doelgroep.Grond(grond), doelgroep.Route(route)) for grond, route in self._bevolking.gronden(key)
        )
        return str(doelgroep.categorie(pairs, peildatum=peildatum).waarde)


@cache
def regios() -> tuple[str, ...]:
    """The regions by their number in a count; number 0 is `onbekend`."""
    return (ONBEKEND, *(code for code, _ in gebieden.regios()))


def gebieden_op(peildatum: date) -> pa.Table:
    """Which gemeente lay in which region on the day: gemeente, regio (its number in `regios`)."""
    numbers = {code: number for number, code in enumerate(regios())}
    rows = [
        (gemeente, regio)
        for gemeente, regio, vanaf, tot in gebieden.indeling()
        if (vanaf is None or vanaf <= peildatum) and (tot is None or peildatum < tot)
    ]
    return pa.table(
        {
            "gemeente": pa.array([gemeente for gemeente, _ in rows], pa.string()),
            "regio": pa.array([numbers[regio] for _, regio in rows], pa.int16()),
        }
    )


def load_bevolking(engine: Engine, registraties: ibis.Table, woonplaatsen: ibis.Table) -> telling.Bevolking:
    """The population, held by the engine under its own names; every question after this reads those."""
    found = engine.fetch(telling.combinaties(registraties)).to_pylist()
    present = [(row["grond"], row["route"]) for row in found]
    nummers = engine.load("combinatie", telling.nummering(present))
    return telling.Bevolking(
        combinaties=tuple(sorted(present)),
        registraties=engine.hold("registratie_genummerd", telling.prepare(registraties, nummers)),
        woonplaatsen=engine.hold("woonplaats_gesloten", telling.prepare_woonplaatsen(woonplaatsen)),
    )


def load_moment(
    engine: Engine,
    naam: str,
    bevolking: telling.Bevolking,
    lonen: ibis.Table,
    *,
    peildatum: date,
    met_uren: bool = True,
) -> Moment:
    """The stand on the day and the wage rows of its people, computed once and held under names with `naam` in them.

    Without `met_uren` the rows say only who works: enough for `count_overgangen`, and no more.
    """
    gebied = engine.load(f"gebied_{naam}", gebieden_op(peildatum))
    stand = engine.hold(f"stand_{naam}", telling.stand(bevolking, gebied, peildatum=peildatum))
    rows = telling.loonregels(lonen, stand) if met_uren else telling.loon(lonen, stand)
    regels = engine.hold(f"regel_{naam}", rows)
    return Moment(peildatum, stand, regels, telling.werkenden(regels, banen.loonsoorten(peildatum)))


def count_uren(
    engine: Engine, bevolking: telling.Bevolking, moment: Moment, categorieen: Categorieen
) -> dict[tuple[str, str, str], Decimal]:
    """Exact verloonde uren that count, by (regio, categorie, column): inleen is a column of its own."""
    aarden = banen.aard_arbeidsverhouding(moment.peildatum)
    query = telling.uren(moment.regels, bevolking.sleutels, banen.loonsoorten(moment.peildatum))
    answer = engine.fetch(query)
    sums: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for regio, categorie, cdaard, sector, hours in zip(
        _regios(answer, "regio"),
        categorieen.of(answer, moment.peildatum),
        *(answer.column(name).to_pylist() for name in ("cdaard", "sector", "uren")),
        strict=True,
    ):
        aard = aarden.get(cdaard)
        if aard is not None and aard.telt:
            kolom = banen.Kolom.UITZEND_DETACHERING if aard.inleen else banen.Kolom(sector)
            sums[regio, categorie, str(kolom)] += hours
    return {key: value for key, value in sums.items() if value}


def _regios(answer: pa.Table, column: str) -> list[Any]:
    """The regions in a column of numbers; None where it is null."""
    names = regios()
    return [None if number is None else names[number] for number in answer.column(column).to_pylist()]


def count_personen(
    engine: Engine, bevolking: telling.Bevolking, moment: Moment, categorieen: Categorieen
) -> tuple[dict[tuple[str, str], int], dict[tuple[str, str], int]]:
    """Persons in the register, and those of them who work, by (regio, categorie)."""
    loonsoorten = banen.loonsoorten(moment.peildatum)

    def count(query: ibis.Table) -> dict[tuple[str, str], int]:
        answer = engine.fetch(query)
        sums: dict[tuple[str, str], int] = defaultdict(int)
        for regio, categorie, count in zip(
            _regios(answer, "regio"),
            categorieen.of(answer, moment.peildatum),
            answer.column("personen").to_pylist(),
            strict=True,
        ):
            sums[regio, categorie] += count
        return dict(sums)

    return (
        count(telling.personen(moment.stand, bevolking.sleutels)),
        count(telling.werkzamen(moment.regels, bevolking.sleutels, loonsoorten)),
    )


def count_overgangen(
    engine: Engine, bevolking: telling.Bevolking, eerder: Moment, nu: Moment, categorieen: Categorieen
) -> list[Overgang]:
    """Everybody in the register on either day, by where they were then and where they are now."""
    redenen = telling.einde_redenen(bevolking, na=eerder.peildatum, tot_en_met=nu.peildatum)
    query = telling.overgangen(eerder.stand, eerder.werkenden, nu.stand, nu.werkenden, redenen, bevolking.sleutels)
    answer = engine.fetch(query)
    columns = (
        _regios(answer, "regio_0"),
        categorieen.of(answer, eerder.peildatum, "_0"),
        map(bool, answer.column("werkend_0").to_pylist()),
        _regios(answer, "regio_1"),
        categorieen.of(answer, nu.peildatum, "_1"),
        map(bool, answer.column("werkend_1").to_pylist()),
        answer.column("einde_reden").to_pylist(),
        answer.column("personen").to_pylist(),
    )
    return [Overgang(*row) for row in zip(*columns, strict=True)]


def count_praktijkroute(engine: Engine, bevolking: telling.Bevolking, kwartaal: Kwartaal) -> dict[str, int]:
    """Registrations through the Praktijkroute that begin in the quarter, by region of residence on their first day."""
    gebied = engine.load("gebied_praktijkroute", gebieden_op(kwartaal.peildatum))
    query = telling.instroom_via(
        bevolking,
        gebied,
        route=str(doelgroep.Route.PRAKTIJKROUTE),
        vanaf=kwartaal.begin_op,
        tot_en_met=kwartaal.peildatum,
    )
    answer = engine.fetch(query)
    return {
        regio: int(count)
        for regio, count in zip(_regios(answer, "regio"), answer.column("instroom").to_pylist(), strict=True)
    }


def count_kwartaal(
    engine: Engine,
    kwartaal: Kwartaal,
    *,
    registraties: ibis.Table,
    woonplaatsen: ibis.Table,
    lonen: ibis.Table,
    lonen_eerder: ibis.Table | None,
) -> Telling:
    """Count a quarter. The tables are those of `telling`, on this engine; `lonen_eerder` None: no flow."""
    bevolking = load_bevolking(engine, registraties, woonplaatsen)
    categorieen = Categorieen(bevolking)
    nu = load_moment(engine, "nu", bevolking, lonen, peildatum=kwartaal.peildatum)
    personen, werkzamen = count_personen(engine, bevolking, nu, categorieen)
    overgangen: Sequence[Overgang] | None = None
    if lonen_eerder is not None:
        before = kwartaal.earlier().peildatum
        eerder = load_moment(engine, "eerder", bevolking, lonen_eerder, peildatum=before, met_uren=False)
        overgangen = count_overgangen(engine, bevolking, eerder, nu, categorieen)
    return Telling(
        personen=personen,
        werkzamen=werkzamen,
        uren=count_uren(engine, bevolking, nu, categorieen),
        overgangen=overgangen,
        praktijkroute=count_praktijkroute(engine, bevolking, kwartaal),
    )
