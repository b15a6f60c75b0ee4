"""What must hold for every application, loonwaarde, request to leave and term."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from banenafspraak.wet import arbeidsvermogen, beschutwerk, uitschrijving, vragen
from banenafspraak.wet.arbeidsvermogen import AbaUitkomst, ArbeidsvermogenFeiten, SoortAanvraag, beoordeel
from banenafspraak.wet.beschutwerk import BeschutWerkFeiten
from banenafspraak.wet.doelgroep import Route
from banenafspraak.wet.feiten import FeitenFout, FeitOntbreekt
from banenafspraak.wet.gronden import Aanvrager, Grond
from banenafspraak.wet.loonwaarde import LoonwaardeFeiten, Taak, loonwaarde
from banenafspraak.wet.parameters import ParameterFout
from banenafspraak.wet.registratie import Grondperiode
from banenafspraak.wet.termijnen import TermijnFeiten, Termijnsoort, beslistermijn, feestdagen, first_werkdag
from banenafspraak.wet.uitschrijving import Uitschrijfbesluit, UitschrijvingFeiten, Weigering

PEILDATUM = date(2026, 7, 1)
slow = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None)


def _fact(kind: Any) -> st.SearchStrategy[Any]:
    if kind is bool:
        return st.booleans()
    if kind is date:
        return st.dates(date(2015, 1, 1), PEILDATUM)
    return st.integers(0, 12) if kind is int else st.sampled_from(list(kind))


def _kinds(cls: type[Any], skip: tuple[str, ...] = ()) -> dict[str, Any]:
    hints = {naam: hint for naam, hint in get_type_hints(cls).items() if naam not in skip}
    return {naam: next(arg for arg in get_args(hint) if arg is not type(None)) for naam, hint in hints.items()}


KINDS = _kinds(ArbeidsvermogenFeiten)
_life = {
    "geboortedatum": st.dates(date(1990, 1, 1), date(2008, 1, 1)),
    "beperking_sinds": st.dates(date(2008, 1, 2), PEILDATUM),
    "geen_mogelijkheden_sinds": st.dates(date(2008, 1, 2), PEILDATUM),
}
applications = st.builds(
    ArbeidsvermogenFeiten, **{naam: _life.get(naam, _fact(kind)) for naam, kind in KINDS.items()}
).filter(lambda facts: not facts.contradictions())


def _answered(full: ArbeidsvermogenFeiten) -> Iterator[ArbeidsvermogenFeiten]:
    """The facts after each answer of the guided form, until it has no more questions."""
    facts = ArbeidsvermogenFeiten()
    while (vraag := arbeidsvermogen.next_question(facts, peildatum=PEILDATUM)) is not None:
        assert getattr(facts, vraag.naam) is None
        assert vraag.tekst.endswith("?") or "Zonder indicatie" in vraag.tekst
        assert vraag.artikel
        facts = replace(facts, **{vraag.naam: getattr(full, vraag.naam)})
        yield facts


# --- The guided form ---------------------------------------------------------------------------------------------


@slow
@given(applications)
def test_the_form_ends_and_leads_to_the_answer_of_all_facts(full: ArbeidsvermogenFeiten) -> None:
    *_, last = _answered(full)
    assert beoordeel(last, peildatum=PEILDATUM).waarde == beoordeel(full, peildatum=PEILDATUM).waarde


@slow
@given(applications)
def test_until_the_form_ends_there_is_no_answer(full: ArbeidsvermogenFeiten) -> None:
    *before, _ = _answered(full)
    for facts in before:
        with pytest.raises(FeitOntbreekt):
            beoordeel(facts, peildatum=PEILDATUM)


@slow
@given(applications)
def test_a_fact_that_was_not_asked_changes_nothing(full: ArbeidsvermogenFeiten) -> None:
    *_, last = _answered(full)
    unasked = [naam for naam in KINDS if getattr(last, naam) is None]
    for naam in unasked:
        more = replace(last, **{naam: getattr(full, naam)})
        if not more.contradictions():
            assert beoordeel(more, peildatum=PEILDATUM) == beoordeel(last, peildatum=PEILDATUM)


@slow
@given(applications)
def test_every_answer_says_why_and_assumes_nothing(full: ArbeidsvermogenFeiten) -> None:
    uitkomst = beoordeel(full, peildatum=PEILDATUM)
    assert uitkomst.bronnen
    assert all(stap.vraag and stap.uitkomst and stap.artikel and not stap.aangenomen for stap in uitkomst.stappen)
    asked = [stap.vraag for stap in uitkomst.stappen if stap.feiten]
    assert len(asked) == len(set(asked))


@slow
@given(applications)
def test_a_gemeente_gets_what_it_asked_or_nothing(full: ArbeidsvermogenFeiten) -> None:
    assume(full.gevraagd is not SoortAanvraag.WAJONG)
    asked = replace(full, aanvrager=Aanvrager.COLLEGE)
    waarde = beoordeel(asked, peildatum=PEILDATUM).waarde
    possible = {
        SoortAanvraag.BANENAFSPRAAK: AbaUitkomst.DOELGROEP_BANENAFSPRAAK,
        SoortAanvraag.WERKEN_MET_VOORZIENING: AbaUitkomst.WERKEN_MET_VOORZIENING,
        SoortAanvraag.BESCHUT_WERK: AbaUitkomst.ADVIES_BESCHUT_WERK,
    }
    assert waarde.uitkomst in (possible[waarde.gevraagd], AbaUitkomst.GEEN)
    assert not waarde.gewisseld


@slow
@given(applications)
def test_a_registration_needs_a_ground_and_a_route_together(full: ArbeidsvermogenFeiten) -> None:
    waarde = beoordeel(full, peildatum=PEILDATUM).waarde
    registers = waarde.uitkomst in (AbaUitkomst.DOELGROEP_BANENAFSPRAAK, AbaUitkomst.WERKEN_MET_VOORZIENING)
    assert (waarde.grond is not None, waarde.route is not None) == (registers, registers)


@slow
@given(applications)
def test_who_can_do_all_four_never_gets_wajong(full: ArbeidsvermogenFeiten) -> None:
    able = replace(
        full,
        kan_taak_uitvoeren=True,
        heeft_werknemersvaardigheden=True,
        kan_uur_aaneengesloten_werken=True,
        vier_uur_belastbaar=True,
        twee_uur_belastbaar=True,
    )
    assert beoordeel(able, peildatum=PEILDATUM).waarde.uitkomst is not AbaUitkomst.WAJONG_2015


def test_a_gemeente_is_not_offered_wajong() -> None:
    facts = ArbeidsvermogenFeiten(aanvrager=Aanvrager.COLLEGE)
    vraag = arbeidsvermogen.next_question(facts, peildatum=PEILDATUM)
    assert vraag is not None
    assert (vraag.naam, vraag.soort) == ("gevraagd", "keuze")
    assert vraag.keuzes == ("banenafspraak", "werken_met_voorziening", "beschut_werk")


def test_the_kinds_of_question() -> None:
    facts = ArbeidsvermogenFeiten(aanvrager=Aanvrager.PERSOON, gevraagd=SoortAanvraag.WAJONG)
    day = arbeidsvermogen.next_question(facts, peildatum=PEILDATUM)
    yes_no = arbeidsvermogen.next_question(replace(facts, verzocht_op=PEILDATUM), peildatum=PEILDATUM)
    assert (day and day.soort, day and day.keuzes) == ("datum", ())
    assert (yes_no and yes_no.naam, yes_no and yes_no.soort) == ("kan_taak_uitvoeren", "ja_nee")


@pytest.mark.parametrize("naam", ["verzocht_op", "geboortedatum", "beperking_sinds", "geen_mogelijkheden_sinds"])
def test_a_day_after_the_peildatum_is_refused(naam: str) -> None:
    with pytest.raises(FeitenFout, match=f"{naam} ligt na de peildatum 1-7-2026"):
        beoordeel(ArbeidsvermogenFeiten(**{naam: date(2026, 7, 2)}), peildatum=PEILDATUM)


def test_an_assessment_before_2015_has_no_rule() -> None:
    facts = ArbeidsvermogenFeiten(aanvrager=Aanvrager.PERSOON)
    with pytest.raises(ParameterFout):
        beoordeel(facts, peildatum=date(2014, 12, 31))


# --- Beschut werk ------------------------------------------------------------------------------------------------

_BESCHUT = _kinds(BeschutWerkFeiten, ("college_stelt_vast", "college_besloot_op"))


@slow
@given(st.builds(BeschutWerkFeiten, **{naam: _fact(kind) for naam, kind in _BESCHUT.items()}), st.booleans(), st.data())
def test_only_the_college_ends_a_registration(facts: BeschutWerkFeiten, found: bool, data: st.DataObject) -> None:
    day = data.draw(st.dates(date(2015, 1, 1), date(2027, 1, 1)))
    decided = replace(facts, college_stelt_vast=found, college_besloot_op=day)
    waarde = beschutwerk.beschut_werk(decided, peildatum=PEILDATUM).waarde
    ends = found and day <= PEILDATUM
    assert waarde.registratie_eindigt_op == (day + timedelta(days=1) if ends else None)
    assert waarde.advies_positief == beschutwerk.beschut_werk(facts, peildatum=PEILDATUM).waarde.advies_positief
    assert beschutwerk.beschut_werk(facts, peildatum=PEILDATUM).waarde.vastgesteld is None


def test_the_advice_asks_for_what_it_needs() -> None:
    vraag = vragen.next_question(beschutwerk.beschut_werk, BeschutWerkFeiten(), peildatum=PEILDATUM)
    assert vraag is not None
    assert vraag.naam == "heeft_arbeidsvermogen"


# --- Loonwaarde --------------------------------------------------------------------------------------------------

_percentages = st.decimals(0, 100, places=1)


@st.composite
def work(draw: st.DrawFn) -> LoonwaardeFeiten:
    cuts = sorted(draw(st.lists(st.integers(1, 15), max_size=4, unique=True)))
    edges = [0, *cuts, 16]
    shares = [Decimal(b - a) * Decimal("6.25") for a, b in pairwise(edges)]
    taken = tuple(
        Taak(tijdaandeel=share, tempo=tempo, kwaliteit=kwaliteit, netto_werktijd=netto)
        for share in shares
        for tempo, kwaliteit, netto in [draw(st.tuples(_percentages, _percentages, _percentages))]
    )
    day = draw(st.dates(date(2015, 1, 1), PEILDATUM))
    return LoonwaardeFeiten(vastgesteld_op=day, taken=taken, ondersteuning_pwet_7_1_a=True)


@slow
@given(work())
def test_loonwaarde_lies_between_the_worst_and_the_best_task(facts: LoonwaardeFeiten) -> None:
    waarde = loonwaarde(facts, peildatum=PEILDATUM).waarde
    assert waarde.onafgerond is not None
    assert waarde.percentage is not None
    products = [t.tempo * t.kwaliteit * t.netto_werktijd / 10000 for t in facts.taken or ()]
    assert min(products) <= waarde.onafgerond <= max(products)
    assert abs(waarde.percentage - waarde.onafgerond) <= Decimal("0.5")


@slow
@given(work())
def test_the_register_opens_exactly_below_a_hundred(facts: LoonwaardeFeiten) -> None:
    waarde = loonwaarde(facts, peildatum=PEILDATUM).waarde
    assert waarde.percentage is not None
    assert waarde.onder_minimumloon == (waarde.percentage < 100)
    expected = max(facts.vastgesteld_op, date(2017, 1, 1)) if waarde.percentage < 100 else None
    assert waarde.registratie_vanaf == expected


@slow
@given(work(), st.data())
def test_a_better_performance_never_lowers_the_loonwaarde(facts: LoonwaardeFeiten, data: st.DataObject) -> None:
    taken = list(facts.taken or ())
    which = data.draw(st.integers(0, len(taken) - 1))
    taken[which] = replace(taken[which], tempo=data.draw(st.decimals(taken[which].tempo, 100, places=1)))
    better = loonwaarde(replace(facts, taken=tuple(taken)), peildatum=PEILDATUM).waarde
    before = loonwaarde(facts, peildatum=PEILDATUM).waarde
    assert better.percentage is not None
    assert before.percentage is not None
    assert better.percentage >= before.percentage


def test_a_contradiction_is_refused_when_the_rule_is_called_directly() -> None:
    facts = LoonwaardeFeiten(vastgesteld_op=PEILDATUM, forfaitair=True, reguliere_prestatie=True)
    with pytest.raises(FeitenFout, match="forfaitair is waar"):
        loonwaarde(facts, peildatum=PEILDATUM)


# --- Uitschrijving -----------------------------------------------------------------------------------------------

_REFUSALS = [reason.value for reason in Weigering if reason is not Weigering.GROND]
_VSO = Grondperiode(grond=Grond.AMVB_38B_1_D, route=Route.VSO, vanaf=date(2016, 1, 1))


@slow
@given(st.sets(st.sampled_from(_REFUSALS)), st.dates(date(2020, 1, 1), date(2026, 5, 1)), st.integers(0, 60))
def test_every_circumstance_refuses_and_is_named(reasons: set[str], asked: date, days: int) -> None:
    answers = {naam: naam in reasons for naam in _REFUSALS}
    facts = UitschrijvingFeiten(gronden=(_VSO,), verzocht_op=asked, heeft_werkgever=False, **answers)
    waarde = uitschrijving.uitschrijving(facts, peildatum=asked + timedelta(days)).waarde
    assert {reason.value for reason in waarde.weigeringen} == reasons
    assert (waarde.besluit is Uitschrijfbesluit.TOEWIJZEN) == (not reasons)
    if waarde.eindigt_op is not None:
        assert waarde.eindigt_op == max(asked + timedelta(days), date(2021, 1, 1))


def test_a_request_is_answered_question_by_question() -> None:
    facts = UitschrijvingFeiten(gronden=(_VSO,), verzocht_op=PEILDATUM)
    asked = []
    while (vraag := uitschrijving.next_question(facts, peildatum=PEILDATUM)) is not None:
        asked.append(vraag.naam)
        facts = replace(facts, **{vraag.naam: vraag.naam in ("heeft_werkgever", "werkgever_gehoord")})
    assert asked == [*_REFUSALS, "heeft_werkgever", "werkgever_gehoord", "werkgever_heeft_bezwaar"]


# --- Termijnen ---------------------------------------------------------------------------------------------------

received = st.dates(date(2015, 1, 1), date(2035, 12, 31))
_SHORT = [Termijnsoort.BANENAFSPRAAK, Termijnsoort.BESCHUT_WERK, Termijnsoort.UITSCHRIJVING]


def _last(soort: Termijnsoort, day: date, **more: Any) -> date:
    last = beslistermijn(TermijnFeiten(soort=soort, ontvangen_op=day, **more), peildatum=day).waarde.laatste_dag
    assert last is not None
    return last


@given(st.sampled_from(_SHORT), received)
def test_a_short_term_ends_on_a_working_day_at_most_nine_days_late(soort: Termijnsoort, day: date) -> None:
    last = _last(soort, day)
    assert last == first_werkdag(last)
    assert 0 <= (last - day).days - 56 <= 9


@given(received)
def test_wajong_ends_on_the_same_weekday(day: date) -> None:
    assert _last(Termijnsoort.WAJONG, day) == day + timedelta(weeks=14)


@given(received)
def test_six_months_abroad_are_six_calendar_months(day: date) -> None:
    base, last = day + timedelta(weeks=14), _last(Termijnsoort.WAJONG, day, woont_in_buitenland=True)
    assert (last.year * 12 + last.month) - (base.year * 12 + base.month) == 6
    assert last.day == base.day or ((last + timedelta(days=1)).day == 1 and last.day < base.day)


@given(st.sampled_from(list(Termijnsoort)), received)
def test_a_request_of_a_day_later_never_ends_earlier(soort: Termijnsoort, day: date) -> None:
    assert _last(soort, day) <= _last(soort, day + timedelta(days=1))


@given(received, st.integers(0, 55), st.integers(0, 100))
def test_waiting_for_the_applicant_moves_the_last_day_by_as_much(day: date, asked: int, waited: int) -> None:
    facts = TermijnFeiten(
        soort=Termijnsoort.WAJONG,
        ontvangen_op=day,
        aanvulling_gevraagd_op=day + timedelta(asked),
        aangevuld_op=day + timedelta(asked + waited),
    )
    waarde = beslistermijn(facts, peildatum=day + timedelta(200)).waarde
    assert waarde.laatste_dag == day + timedelta(14 * 7 + max(waited - 1, 0))


@given(st.integers(2015, 2100))
def test_a_year_has_its_nine_holidays(jaar: int) -> None:
    names = list(feestdagen(jaar).values())
    fixed = [naam for naam in names if not naam.startswith("dag die")]
    # Two can fall on one day: Ascension Day and 5 May.
    assert 8 <= len(fixed) <= 9
    assert all(day.year == jaar for day in feestdagen(jaar))


@pytest.mark.parametrize(
    ("jaar", "easter_monday"),
    [
        (2018, (4, 2)),
        (2019, (4, 22)),
        (2024, (4, 1)),
        (2025, (4, 21)),
        (2026, (4, 6)),
        (2038, (4, 26)),
        (2049, (4, 19)),
        (2076, (4, 20)),
        (2106, (4, 19)),
        (2285, (3, 23)),
    ],
)
def test_easter_is_where_it_is(jaar: int, easter_monday: tuple[int, int]) -> None:
    assert feestdagen(jaar)[date(jaar, *easter_monday)] == "Tweede Paasdag"


def test_koningsdag_on_a_sunday_is_kept_on_saturday() -> None:
    assert feestdagen(2025)[date(2025, 4, 26)] == "Koningsdag"
    assert date(2025, 4, 27) not in feestdagen(2025)


def test_before_the_receipt_there_is_no_term() -> None:
    facts = TermijnFeiten(soort=Termijnsoort.WAJONG, ontvangen_op=PEILDATUM)
    with pytest.raises(FeitenFout, match="nog niet ontvangen"):
        beslistermijn(facts, peildatum=PEILDATUM - timedelta(days=1))


def _certainty(day: date) -> list[str]:
    facts = TermijnFeiten(soort=Termijnsoort.BESCHUT_WERK, ontvangen_op=day - timedelta(56))
    return [stap.zekerheid for stap in beslistermijn(facts, peildatum=day - timedelta(56)).stappen[:2]]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 8, 7), "bron"),  # an ordinary Friday
        (date(2026, 8, 8), "bron"),  # a Saturday
        (date(2024, 4, 27), "bron"),  # the King's birthday on a Saturday: not a working day anyhow
        (date(2026, 4, 6), "bron"),  # Easter Monday
        (date(2026, 4, 27), "uit geheugen"),  # the King's birthday: the law names no day
        (date(2026, 5, 15), "afgeleid"),  # equated, by a decree that was only quoted
        (date(2022, 5, 6), "uit geheugen"),  # between a holiday and the weekend, in years whose decree was not found
        (date(2021, 4, 26), "uit geheugen"),  # a Monday before a holiday, likewise
    ],
)
def test_a_deadline_says_how_sure_it_is(day: date, expected: str) -> None:
    assert _certainty(day)[1] == expected
