"""The counting expressions, written once in Ibis: they run on DuckDB and, unchanged, on Spark.

SQL joins and adds; Python decides and divides. No expression here knows what a ground, a wage type or a sort of
employment means: persons are added up by the combination of their registrations and by region, hours by sector and
`cdaard`, and `banenafspraak.metingen.kubus` asks `wet` what those combinations and codes count for. So no statutory
number and no statutory choice stands in a query.

Tables that come in:

- registraties: pseudoniem int64, grond string, route string, vanaf date, tot date or null, einde_reden string or null
- woonplaatsen: pseudoniem int64, gemeente string, vanaf date, tot date or null
- gebieden: gemeente string, regio int16 (a number, for a region is written with every row); each gemeente once
- lonen: pseudoniem int64, srtiv int16, cdaard int16, uren decimal(9,2), met_loon bool, sector string

Only equality joins, and `.view()` before a second join of the same relation (ibis-project/ibis issue 10293).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import ibis
import pyarrow as pa

ONBEKEND = 0
"""The number of the region of a person whose gemeente is not known on the peildatum."""

_UNKNOWN = ibis.literal(ONBEKEND, "int16")
_END_OF_TIME = date(9999, 12, 31)
_BITS = 62


@dataclass(frozen=True)
class Bevolking:
    """Everybody who was ever registered, ready to be read on any day: open ends closed.

    `combinaties` numbers each (grond, route) that occurs; `registraties` carries that number as one bit in the columns
    `gronden_0`, `gronden_1`, ... (62 bits each), so that a person's set of registrations is one small key.
    """

    combinaties: tuple[tuple[str, str], ...]
    registraties: ibis.Table
    woonplaatsen: ibis.Table

    @property
    def sleutels(self) -> list[str]:
        """The key columns: as many as the combinations need, at least one."""
        return [f"gronden_{i}" for i in range(max(1, -(-len(self.combinaties) // _BITS)))]

    def gronden(self, sleutel: Sequence[int]) -> frozenset[tuple[str, str]]:
        """The set of (grond, route) that a key stands for."""
        return frozenset(
            combinatie
            for index, combinatie in enumerate(self.combinaties)
            if sleutel[index // _BITS] >> (index % _BITS) & 1
        )


@ibis.udf.agg.builtin  # type: ignore[untyped-decorator]
def bit_or(bits: int) -> int:  # type: ignore[empty-body]
    """Every engine has this aggregate under this name; Ibis itself knows it on some only."""


def combinaties(registraties: ibis.Table) -> ibis.Table:
    """Every (grond, route) that occurs, once, in alphabetical order."""
    return registraties.select("grond", "route").distinct().order_by(["grond", "route"])


def nummering(present: Iterable[tuple[str, str]]) -> pa.Table:
    """The combinations with the bit of each, to be loaded into the engine for `prepare`."""
    known = sorted(present)
    columns = max(1, -(-len(known) // _BITS))
    bits = {
        f"gronden_{column}": [1 << (i % _BITS) if i // _BITS == column else 0 for i in range(len(known))]
        for column in range(columns)
    }
    return pa.table(
        {"grond": pa.array([g for g, _ in known], pa.string()), "route": pa.array([r for _, r in known], pa.string())}
        | {column: pa.array(values, pa.int64()) for column, values in bits.items()}
    )


def prepare(registraties: ibis.Table, nummers: ibis.Table) -> ibis.Table:
    """The registrations with closed ends and the bit of their combination, for `Bevolking.registraties`."""
    numbered = registraties.inner_join(nummers, ["grond", "route"])
    keys = [name for name in nummers.columns if name.startswith("gronden_")]
    tot = ibis.coalesce(numbered.tot, ibis.literal(_END_OF_TIME))
    return numbered.select("pseudoniem", "route", "vanaf", "einde_reden", *keys, tot=tot)


def prepare_woonplaatsen(woonplaatsen: ibis.Table) -> ibis.Table:
    """The residences with closed ends, for `Bevolking.woonplaatsen`."""
    tot = ibis.coalesce(woonplaatsen.tot, ibis.literal(_END_OF_TIME))
    return woonplaatsen.select("pseudoniem", "gemeente", "vanaf", tot=tot)


def _on(periods: ibis.Table, peildatum: date) -> ibis.Table:
    day = ibis.literal(peildatum)
    return periods.filter(periods.vanaf <= day, periods.tot > day)


def _longer_than_a_day(periods: ibis.Table) -> ibis.Table:
    return periods.filter(periods.tot > periods.vanaf + ibis.interval(days=1))


def stand(bevolking: Bevolking, gebieden: ibis.Table, *, peildatum: date) -> ibis.Table:
    """One row per person registered on the day: pseudoniem, regio of residence, and the key of their registrations.

    A gemeente outside `gebieden`, or no residence at all, gives `ONBEKEND`. Registrations of one day are left out, as
    UWV does in the quarterly figures (made and withdrawn).
    """
    registered = _longer_than_a_day(_on(bevolking.registraties, peildatum))
    persons = registered.group_by("pseudoniem").aggregate(
        **{key: bit_or(registered[key]) for key in bevolking.sleutels}
    )
    homes = _on(bevolking.woonplaatsen, peildatum).inner_join(gebieden, "gemeente")
    housed = persons.left_join(homes.select(bewoner="pseudoniem", regio="regio"), [("pseudoniem", "bewoner")])
    return housed.select("pseudoniem", *bevolking.sleutels, regio=ibis.coalesce(housed.regio, _UNKNOWN))


def loonregels(lonen: ibis.Table, stand: ibis.Table) -> ibis.Table:
    """The wage rows of the persons in the stand, with their region and key.

    The join comes first and alone, so that an engine can test the pseudonym before it decodes the other columns.
    """
    return lonen.inner_join(stand, "pseudoniem")


def loon(lonen: ibis.Table, stand: ibis.Table) -> ibis.Table:
    """Only what says whether the persons in the stand work: pseudoniem, srtiv and met_loon of their wage rows."""
    return lonen.select("pseudoniem", "srtiv", "met_loon").semi_join(stand, "pseudoniem")


def uren(regels: ibis.Table, sleutels: Sequence[str], loonsoorten: Iterable[int]) -> ibis.Table:
    """The exact sum of verloonde uren by regio, key, sector and cdaard, over rows whose srtiv is a loonsoort."""
    paid = regels.filter(regels.srtiv.isin(sorted(loonsoorten)))
    return paid.group_by(["regio", *sleutels, "sector", "cdaard"]).aggregate(uren=paid.uren.sum())


def werkenden(regels: ibis.Table, loonsoorten: Iterable[int]) -> ibis.Table:
    """The pseudonyms (column `werkende`, each once) with wage from at least one row of a loonsoort."""
    paid = regels.filter(regels.srtiv.isin(sorted(loonsoorten)), regels.met_loon)
    return paid.select(werkende="pseudoniem").distinct()


def personen(stand: ibis.Table, sleutels: Sequence[str]) -> ibis.Table:
    """Persons in the register by regio and key."""
    return stand.group_by(["regio", *sleutels]).aggregate(personen=stand.count())


def werkzamen(regels: ibis.Table, sleutels: Sequence[str], loonsoorten: Iterable[int]) -> ibis.Table:
    """Working persons by regio and key: those of `werkenden`."""
    paid = regels.filter(regels.srtiv.isin(sorted(loonsoorten)), regels.met_loon)
    once = paid.select("regio", *sleutels, "pseudoniem").distinct()
    return once.group_by(["regio", *sleutels]).aggregate(personen=once.count())


def _marked(stand: ibis.Table, werkenden: ibis.Table) -> ibis.Table:
    joined = stand.left_join(werkenden, [("pseudoniem", "werkende")])
    return joined.mutate(werkend=joined.werkende.notnull()).drop("werkende")


def einde_redenen(bevolking: Bevolking, *, na: date, tot_en_met: date) -> ibis.Table:
    """Why the last registration ended, of everybody with one that ended between the two days.

    Columns `vertrokkene`, `einde_reden` (null when none was given). When several ended on the same day, the first
    reason in the alphabet: a choice, made so that every engine makes the same.
    """
    after, until = ibis.literal(na), ibis.literal(tot_en_met)
    periods = bevolking.registraties
    ended = _longer_than_a_day(periods.filter(periods.tot > after, periods.tot <= until))
    last = ended.group_by("pseudoniem").aggregate(laatste=ended.tot.max())
    reasons = ended.view().inner_join(last.view(), [("pseudoniem", "pseudoniem"), ("tot", "laatste")])
    return reasons.group_by(vertrokkene=reasons.pseudoniem).aggregate(einde_reden=reasons.einde_reden.min())


def overgangen(
    eerder: ibis.Table,
    eerder_werkend: ibis.Table,
    nu: ibis.Table,
    nu_werkend: ibis.Table,
    redenen: ibis.Table,
    sleutels: Sequence[str],
) -> ibis.Table:
    """Persons by where they were on the earlier day and where they are now.

    Columns: regio_0, key_0, werkend_0 (null: not registered then), regio_1, key_1, werkend_1 (null: not registered
    now), einde_reden and personen. Every stock and every flow between the two days is a sum of these rows.
    """
    first = _marked(eerder, eerder_werkend).rename("{name}_0")
    second = _marked(nu, nu_werkend).rename("{name}_1")
    both = first.outer_join(second, [("pseudoniem_0", "pseudoniem_1")]).view()
    told = both.left_join(redenen, [("pseudoniem_0", "vertrokkene")])
    moved = told.mutate(einde_reden=ibis.ifelse(told.pseudoniem_1.isnull(), told.einde_reden, ibis.null("string")))
    names = ["regio", *sleutels, "werkend"]
    keys = [f"{name}_0" for name in names] + [f"{name}_1" for name in names] + ["einde_reden"]
    return moved.group_by(keys).aggregate(personen=moved.count())


def instroom_via(
    bevolking: Bevolking, gebieden: ibis.Table, *, route: str, vanaf: date, tot_en_met: date
) -> ibis.Table:
    """Registrations of the route that begin in the period, by the region where the person lived on that day."""
    periods = bevolking.registraties
    first, last = ibis.literal(vanaf), ibis.literal(tot_en_met)
    begun = periods.filter(periods.route == route, periods.vanaf >= first, periods.vanaf <= last)
    begun = _longer_than_a_day(begun)
    begun = begun.group_by("pseudoniem", "vanaf").aggregate(registraties=begun.count())
    homes = bevolking.woonplaatsen.inner_join(gebieden, "gemeente")
    at_home = begun.inner_join(
        homes.select(bewoner="pseudoniem", regio="regio", woont_vanaf="vanaf", woont_tot="tot"),
        [("pseudoniem", "bewoner")],
    )
    lived = at_home.filter(at_home.woont_vanaf <= at_home.vanaf, at_home.woont_tot > at_home.vanaf)
    found = lived.select(gevonden="pseudoniem", gevonden_op="vanaf", regio="regio")
    told = begun.view().left_join(found, [("pseudoniem", "gevonden"), ("vanaf", "gevonden_op")])
    placed = told.mutate(regio=ibis.coalesce(told.regio, _UNKNOWN))
    return placed.group_by("regio").aggregate(instroom=placed.registraties.sum())
