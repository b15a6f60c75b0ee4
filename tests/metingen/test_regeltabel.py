"""The table form of LKV and LKS gives the answers of the single call, for every row it says it is sure of."""

import dataclasses
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from banenafspraak.metingen import regeltabel
from banenafspraak.metingen.regeltabel import NIETS, TEGEMOETKOMINGEN, Tabelantwoord
from banenafspraak.wet import feiten
from banenafspraak.wet.feiten import FeitenFout
from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.instrumenten.loonkostensubsidie import LksFeiten, Onderwijs, loonkostensubsidie
from banenafspraak.wet.instrumenten.loonkostenvoordeel import Dienst, LkvFeiten, loonkostenvoordeel
from banenafspraak.wet.parameters import ParameterFout
from tests.spec import test_loonkostensubsidie, test_loonkostenvoordeel

Case = tuple[Any, date]


def columns(names: Sequence[str], cases: Sequence[Case]) -> dict[str, Any]:
    def value(case: Case, naam: str) -> int:
        found = regeltabel.cell(case[1] if naam == "peildatum" else getattr(case[0], naam))
        assert found is not None
        return found

    return {naam: np.array([value(case, naam) for case in cases], np.int64) for naam in names}


def single_lkv(facts: LkvFeiten, day: date) -> tuple[bool, int, int] | None:
    try:
        waarde = loonkostenvoordeel(facts, peildatum=day).waarde
    except (FeitenFout, ParameterFout):
        return None
    code = -1 if waarde.toegekend is None else TEGEMOETKOMINGEN.index(waarde.toegekend)
    return waarde.recht, int(waarde.bedrag * 100), code


def single_lks(facts: LksFeiten, day: date) -> tuple[bool, int, int] | None:
    try:
        waarde = loonkostensubsidie(facts, peildatum=day).waarde
    except (FeitenFout, ParameterFout):
        return None
    return waarde.recht, int((waarde.bedrag_per_maand or 0) * 100), -1


def row(answer: Tabelantwoord, number: int) -> tuple[bool, int, int]:
    return bool(answer.recht[number]), int(answer.bedrag[number]), int(answer.toegekend[number])


# Near the days on which something changes, so that the boundaries are met often.
_TURNS = [date(2016, 1, 1), date(2018, 1, 1), date(2020, 1, 1), date(2024, 1, 1), date(2026, 1, 1), date(2026, 7, 1)]
near = st.builds(lambda day, n: day + timedelta(n), st.sampled_from(_TURNS), st.integers(-400, 400))
days = near | st.dates(date(2014, 6, 1), date(2027, 3, 1))
births = st.dates(date(1950, 1, 1), date(2012, 1, 1))
maybe_day = st.none() | days
maybe = st.none() | st.booleans()
hours = st.decimals(0, 2500, places=2)

lkv_facts = st.builds(
    LkvFeiten,
    begin_dienstbetrekking=days,
    verloonde_uren=hours,
    eerder_verloonde_uren=st.none() | hours,
    einde_dienstbetrekking=st.none() | days,
    tijdvak_begin=st.none(),
    tijdvak_einde=st.none(),
    geregistreerd=maybe,
    geregistreerd_vanaf=maybe_day,
    geregistreerd_tot=maybe_day,
    grond=st.none() | st.sampled_from(Grond),
    scholingsbelemmerd=maybe,
    quotum_geactiveerd=maybe,
    eerder_in_dienst_tot=maybe_day,
    doelgroepverklaring=maybe,
    doelgroepverklaring_aangevraagd_op=maybe_day,
    wia_bij_begin=maybe,
    herplaatst_op=maybe_day,
    verklaring_arbeidsgehandicapt=maybe,
    verklaring_arbeidsgehandicapt_aangevraagd_op=maybe_day,
    geboortedatum=st.none() | births,
    dienstbetrekking=st.none() | st.sampled_from(Dienst),
    verzoek_in_loonaangifte=st.none() | st.just(True) | st.booleans(),
    liv_bedrag=st.none() | st.decimals(0, 2000, places=2),
)
lks_facts = st.builds(
    LksFeiten,
    begin_dienstbetrekking=days,
    uren_per_week=st.decimals("0.01", 60, places=2),
    einde_dienstbetrekking=st.none() | days,
    voltijd_uren=st.none() | st.decimals(1, 60, places=2),
    leeftijd=st.none() | st.integers(15, 70),
    geboortedatum=st.none() | births,
    loonwaarde_percentage=st.none() | st.decimals(1, 100, places=2),
    loonwaarde_vastgesteld_op=maybe_day,
    forfaitair=maybe,
    grond=st.none() | st.sampled_from(Grond),
    ondersteuning_pwet_7_1_a=maybe,
    aanvraag_op=maybe_day,
    onderwijs=st.none() | st.sampled_from(Onderwijs),
    onderwijs_tot=maybe_day,
    ondersteund_tot=maybe_day,
    wsw_dienstbetrekking=st.none() | st.booleans(),
    loondispensatie=st.none() | st.booleans(),
    loon_per_uur=st.none() | st.decimals(0, 30, places=2),
)


def _tijdvak(facts: LkvFeiten, day: date, shape: int) -> LkvFeiten:
    """The facts with a tijdvak of their own: none, four weeks around the day, or half a one."""
    if shape == 0:
        return facts
    begin = day - timedelta(shape)
    return dataclasses.replace(facts, tijdvak_begin=begin, tijdvak_einde=begin + timedelta(27))


@settings(deadline=None, max_examples=600)
@given(lkv_facts, days, st.integers(0, 29))
@example(LkvFeiten(begin_dienstbetrekking=date(2026, 1, 1), verloonde_uren=Decimal("0.5"), geregistreerd=True),
         date(2026, 7, 1), 0)  # fmt: skip
def test_a_row_of_lkv_is_the_single_answer(facts: LkvFeiten, day: date, shape: int) -> None:
    facts = _tijdvak(facts, day, shape)
    answer = regeltabel.lkv(columns(regeltabel.LKV_FEITEN, [(facts, day)]))
    expected = single_lkv(facts, day)
    if answer.zeker[0]:
        assert row(answer, 0) == expected
    if facts.contradictions():
        assert not answer.zeker[0]


@settings(deadline=None, max_examples=600)
@given(lks_facts, days)
def test_a_row_of_lks_is_the_single_answer(facts: LksFeiten, day: date) -> None:
    answer = regeltabel.lks(columns(regeltabel.LKS_FEITEN, [(facts, day)]))
    if answer.zeker[0]:
        assert row(answer, 0) == single_lks(facts, day)
    if facts.contradictions():
        assert not answer.zeker[0]


def _spec(regel: Any, facts: type[Any]) -> list[Case]:
    return [(feiten.parse(facts, _exact(geval.feiten)), geval.peildatum) for geval in regel.gevallen]


def _exact(facts: Any) -> dict[str, Any]:
    return {k: Decimal(str(v)) if isinstance(v, float) else v for k, v in facts.items()}


def test_every_case_of_the_manual_on_lkv_is_sure_and_the_same() -> None:
    cases = _spec(test_loonkostenvoordeel.REGEL, LkvFeiten)
    answer = regeltabel.lkv(columns(regeltabel.LKV_FEITEN, cases))
    assert answer.zeker.all()
    assert [row(answer, n) for n in range(len(cases))] == [single_lkv(*case) for case in cases]


def test_every_case_of_the_manual_on_lks_is_sure_and_the_same() -> None:
    cases = _spec(test_loonkostensubsidie.REGEL, LksFeiten)
    answer = regeltabel.lks(columns(regeltabel.LKS_FEITEN, cases))
    assert answer.zeker.all()
    assert [row(answer, n) for n in range(len(cases))] == [single_lks(*case) for case in cases]


def test_chunks_and_threads_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = _spec(test_loonkostenvoordeel.REGEL, LkvFeiten)
    whole = regeltabel.lkv(columns(regeltabel.LKV_FEITEN, cases))
    monkeypatch.setattr(regeltabel, "CHUNK", 7)
    for threads in (1, 2):
        split = regeltabel.lkv(columns(regeltabel.LKV_FEITEN, cases), threads=threads)
        assert [row(split, n) for n in range(len(cases))] == [row(whole, n) for n in range(len(cases))]


def test_a_number_finer_than_a_hundredth_has_no_cell() -> None:
    assert regeltabel.cell(Decimal("1.005")) is None
    assert (regeltabel.cell(Decimal("1.05")), regeltabel.cell(None)) == (105, int(NIETS))
