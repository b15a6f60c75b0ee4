"""Financieel CV: who helps on the job by ground and benefit, and what is not known of earlier years."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from banenafspraak.wet.feiten import FeitenFout
from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.instrumenten.cv_feiten import CvRegel, FinancieelCvFeiten, Instrument, Uitkering, Vastheid
from banenafspraak.wet.instrumenten.financieel_cv import financieel_cv
from banenafspraak.wet.uitkomst import Zekerheid

NU = date(2026, 11, 25)
LATER, EARLIER = date(2026, 12, 1), date(2022, 1, 3)


def cv(begin: date, grond: Grond, **meer: Any) -> Any:
    facts = {"uren_per_week": Decimal(28), "leeftijd": 30, **meer}
    return financieel_cv(FinancieelCvFeiten(begin_dienstbetrekking=begin, grond=grond, **facts), peildatum=NU).waarde


def line(found: Any, instrument: Instrument) -> CvRegel:
    (one,) = (regel for regel in found.regels if regel.instrument is instrument)
    return one


def test_before_july_2023_the_law_said_nothing_of_guidance_by_the_gemeente_and_the_step_says_so() -> None:
    found = cv(EARLIER, Grond.PWET_LKS_UWV_LOONWAARDE, einde_dienstbetrekking=date(2022, 12, 31))
    one = line(found, Instrument.JOBCOACH)
    assert one.vastheid is Vastheid.NIET
    assert "de eerste bekende waarde geldt vanaf 1-7-2023" in one.stappen[0].uitkomst
    assert one.zekerheid is Zekerheid.INDICATIE


def test_work_that_has_begun_asks_no_rule_of_a_proefplaatsing() -> None:
    (step,) = line(cv(EARLIER, Grond.WAJONG), Instrument.PROEFPLAATSING).stappen
    assert "het werk begon op 3-1-2022" in step.uitkomst


def test_without_a_ground_the_benefit_says_who_helps() -> None:
    by = {
        uitkering: line(cv(LATER, Grond.GEEN, wia_bij_begin=False, uitkering=uitkering), Instrument.JOBCOACH)
        for uitkering in (Uitkering.GEMEENTE, Uitkering.UWV)
    }
    assert "gemeente" in by[Uitkering.GEMEENTE].hangt_af_van[0]
    assert "UWV" in by[Uitkering.UWV].hangt_af_van[0]


@pytest.mark.parametrize(("uitkering", "waits"), [(None, 2), (Uitkering.UWV, 1)])
def test_a_proefplaatsing_waits_for_a_benefit_only_when_it_is_not_known(
    uitkering: Uitkering | None, waits: int
) -> None:
    assert len(line(cv(LATER, Grond.WAJONG, uitkering=uitkering), Instrument.PROEFPLAATSING).hangt_af_van) == waits


def test_loonkostensubsidie_is_asked_for_before_the_work_begins() -> None:
    found = cv(LATER, Grond.PWET_LKS_UWV_LOONWAARDE)
    (actie,) = (actie for actie in found.acties if actie.instrument is Instrument.LOONKOSTENSUBSIDIE)
    assert actie.uiterlijk == date(2026, 11, 30)
    assert "tot en met 1-6-2027" in actie.wat


def test_work_that_ends_with_the_known_year_has_no_period_without_an_amount() -> None:
    found = cv(date(2026, 7, 1), Grond.WAJONG, einde_dienstbetrekking=date(2026, 12, 31))
    (period,) = line(found, Instrument.LKV_BANENAFSPRAAK).periodes
    assert (period.vanaf, period.tot, period.bekend) == (date(2026, 7, 1), date(2027, 1, 1), True)


def test_without_a_ground_there_is_no_no_riskpolis_to_ask_for() -> None:
    found = cv(date(2026, 7, 1), Grond.GEEN, wia_bij_begin=False)
    due = {actie.instrument for actie in found.acties}
    assert line(found, Instrument.NORISKPOLIS).vastheid is Vastheid.NIET
    assert Instrument.NORISKPOLIS not in due
    assert Instrument.JOBCOACH in due


def test_who_has_a_wsw_indication_has_no_jobcoach_to_ask_for() -> None:
    due = {actie.instrument for actie in cv(date(2026, 7, 1), Grond.WSW, wia_bij_begin=False).acties}
    assert Instrument.JOBCOACH not in due
    assert Instrument.NORISKPOLIS in due


def test_the_rule_itself_refuses_facts_that_contradict_each_other() -> None:
    with pytest.raises(FeitenFout, match="leeftijd ontbreekt"):
        cv(LATER, Grond.WAJONG, leeftijd=None)
