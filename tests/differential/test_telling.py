"""The Ibis count against the slow reference: every figure of every region, for random worlds."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import ibis
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ibis.backends.sql.compilers import PySparkCompiler

from banenafspraak.access import gebieden
from banenafspraak.metingen import kubus
from banenafspraak.metingen.engine import Engine, open_engine
from banenafspraak.metingen.grootheden import Kwartaal
from banenafspraak.metingen.kwartaal import count_kwartaal
from tests.differential import reference
from tests.differential.reference import Loonregel, Wereld
from tests.differential.strategies import loonregels, werelden

REGIOS = [code for code, _ in gebieden.regios()]
KWARTALEN = [Kwartaal(2018, 1), Kwartaal(2022, 1)]


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with open_engine("duckdb") as opened:
        yield opened


def load(engine: Engine, wereld: Wereld, lonen: dict[str, list[Loonregel]]) -> dict:
    """The tables of a count, on the engine."""
    columns = {
        "registraties": (wereld.registraties, {"grond", "route", "einde_reden"}, {"vanaf", "tot"}),
        "woonplaatsen": (wereld.woonplaatsen, {"gemeente"}, {"vanaf", "tot"}),
    }
    tables = {}
    for name, (rows, texts, dates) in columns.items():
        fields = [("pseudoniem", pa.int64()), *((t, pa.string()) for t in sorted(texts))]
        fields += [(d, pa.date32()) for d in sorted(dates)]
        data = {field: pa.array([getattr(row, field) for row in rows], kind) for field, kind in fields}
        tables[name] = engine.load(name, pa.table(data))
    for name, rows in lonen.items():
        kinds = {
            "pseudoniem": pa.int64(),
            "srtiv": pa.int16(),
            "cdaard": pa.int16(),
            "uren": pa.decimal128(9, 2),
            "met_loon": pa.bool_(),
            "sector": pa.string(),
        }
        data = {field: pa.array([getattr(row, field) for row in rows], kind) for field, kind in kinds.items()}
        tables[name] = engine.load(name, pa.table(data))
    return tables


def count(engine: Engine, kwartaal: Kwartaal, wereld: Wereld, lonen: list, eerder: list | None) -> dict:
    both = {"lonen": lonen} if eerder is None else {"lonen": lonen, "lonen_eerder": eerder}
    tables = {"lonen_eerder": None} | load(engine, wereld, both)
    return kubus.lay_out(count_kwartaal(engine, kwartaal, **tables))


@pytest.mark.parametrize("kwartaal", KWARTALEN, ids=str)
@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_every_figure_of_two_quarters_equals_the_reference(engine: Engine, kwartaal: Kwartaal, data) -> None:
    wereld = data.draw(werelden(kwartaal))
    lonen = {n: data.draw(loonregels()) for n in range(3)}
    earlier: dict[kubus.Cel, Decimal] = {}
    for n in (1, 0):
        quarter = kwartaal.earlier(n)
        counted = count(engine, quarter, wereld, lonen[n], lonen[n + 1])
        expected = reference.count(
            wereld,
            begin=quarter.begin_op,
            day=quarter.peildatum,
            rows=lonen[n],
            before=quarter.earlier().peildatum,
            rows_before=lonen[n + 1],
        )
        assert {tuple(map(str, cel)): value for cel, value in counted.items()} == expected
        relations = list(kubus.relations(REGIOS, verloop=True, eerder=bool(n == 0)))
        assert kubus.broken({**counted, **earlier}, relations) == []
        earlier = kubus.stock(counted)


@given(data=st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_quarter_without_one_before_has_stocks_and_no_flow(engine: Engine, data) -> None:
    kwartaal = Kwartaal(2018, 1)
    wereld, lonen = data.draw(werelden(kwartaal)), data.draw(loonregels())
    counted = count(engine, kwartaal, wereld, lonen, None)
    expected = reference.count(
        wereld, begin=kwartaal.begin_op, day=kwartaal.peildatum, rows=lonen, before=None, rows_before=[]
    )
    assert {tuple(map(str, cel)): value for cel, value in counted.items()} == expected
    assert kubus.broken(counted, kubus.relations(REGIOS, verloop=False, eerder=False)) == []


def test_more_than_62_combinations_of_ground_and_route_still_give_each_person_one_category(engine: Engine) -> None:
    kwartaal = Kwartaal(2018, 1)
    pairs = [
        (str(grond), str(route))
        for grond in reference.doelgroep.Grond
        if grond is not reference.doelgroep.Grond.GEEN
        for route in reference.doelgroep.Route
    ]
    wereld = Wereld(
        [
            reference.Registratie(i // 2, grond, route, kwartaal.begin_op, None, None)
            for i, (grond, route) in enumerate(pairs)
        ],
        [],
    )
    counted = count(engine, kwartaal, wereld, [], None)
    expected = reference.count(
        wereld, begin=kwartaal.begin_op, day=kwartaal.peildatum, rows=[], before=None, rows_before=[]
    )
    assert len(pairs) > 124
    assert {tuple(map(str, cel)): value for cel, value in counted.items()} == expected


def test_of_two_reasons_on_one_day_the_first_in_the_alphabet_counts(engine: Engine) -> None:
    kwartaal = Kwartaal(2018, 1)
    last = date(2018, 2, 1)
    wereld = Wereld(
        [
            reference.Registratie(1, "wajong", "wajong_2015", date(2015, 1, 1), last, "overlijden"),
            reference.Registratie(1, "wiw_id", "wiw_id", date(2015, 1, 1), last, "aow"),
            reference.Registratie(1, "wsw", "wsw_detachering", date(2015, 1, 1), last, None),
        ],
        [],
    )
    counted = count(engine, kwartaal, wereld, [], [])
    reasons = {cel.kenmerk for cel in counted if cel.grootheid == kubus.Grootheid.UITSTROOMREDEN}
    assert reasons == {"aow"}


def test_every_expression_can_be_said_to_spark(engine: Engine, monkeypatch) -> None:
    said: list[ibis.Table] = []
    for verb in ("hold", "fetch"):
        original = getattr(engine, verb)

        def heard(*arguments, _original=original):
            said.append(arguments[-1])
            return _original(*arguments)

        monkeypatch.setattr(engine, verb, heard)
    count(
        engine,
        Kwartaal(2018, 1),
        Wereld([reference.Registratie(1, "wsw", "vso", date(2015, 1, 1), None, None)], []),
        [],
        [],
    )
    compiler = PySparkCompiler()
    texts = [compiler.to_sqlglot(expression).sql("spark") for expression in said]
    assert len(texts) >= 9
    assert all(text.startswith(("SELECT", "WITH")) for text in texts)
