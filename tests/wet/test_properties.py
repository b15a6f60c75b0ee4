"""What must hold for every person, every number of hours and every day from 2013 to 2026."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from banenafspraak.wet import banen
from banenafspraak.wet.aow import add_months, aow_datum, aow_reached
from banenafspraak.wet.doelgroep import Categorie, DoelgroepFeiten, Grond, Route, beoordeel, categorie
from banenafspraak.wet.feiten import Periode
from banenafspraak.wet.gronden import Aanvrager
from banenafspraak.wet.parameters import ParameterFout
from banenafspraak.wet.registratie import Grondperiode, RegistratieFeiten, registratie

days = st.dates(date(2013, 1, 1), date(2026, 12, 31))
lives = st.dates(date(1940, 1, 1), date(2010, 12, 31))
hours = st.decimals(0, 10**9, places=2)


def _fact(hint: Any) -> st.SearchStrategy[Any]:
    kind = next(arg for arg in get_args(hint) if arg is not type(None))
    if kind is bool:
        return st.none() | st.booleans()
    if kind is date:
        return st.none() | st.dates(date(2009, 1, 1), date(2026, 12, 31))
    if kind is Decimal:
        return st.none() | st.decimals(0, 120, places=1)
    return st.none() | st.sampled_from(list(kind))


people = st.builds(DoelgroepFeiten, **{n: _fact(h) for n, h in get_type_hints(DoelgroepFeiten).items()}).filter(
    lambda facts: not facts.contradictions()
)
_ROUTES = st.tuples(st.sampled_from([g for g in Grond if g is not Grond.GEEN]), st.sampled_from(list(Route)))


@st.composite
def histories(draw: st.DrawFn) -> RegistratieFeiten:
    def ground() -> Grondperiode:
        grond = draw(st.sampled_from([g for g in Grond if g not in (Grond.GEEN, Grond.BLIJFGROND_38B_6)]))
        vanaf = draw(st.dates(date(2009, 1, 1), date(2026, 6, 30)))
        length = draw(st.none() | st.integers(1, 4000))
        lost = vanaf + timedelta(length) if length else None
        return Grondperiode(
            grond=grond, route=draw(st.sampled_from(list(Route))), vanaf=vanaf, voldoet_niet_meer_vanaf=lost
        )

    some = st.none() | st.dates(date(2010, 1, 1), date(2026, 12, 31))
    asked = draw(some)
    werk = [Periode(start, start + timedelta(draw(st.integers(1, 900)))) for start in draw(st.lists(days, max_size=2))]
    return RegistratieFeiten(
        gronden=tuple(ground() for _ in range(draw(st.integers(1, 3)))),
        geboortedatum=draw(st.none() | st.dates(date(1940, 1, 1), date(2005, 1, 1))),
        overleden_op=draw(some),
        beschut_werk_vastgesteld_op=draw(some),
        wsw_beschut_vanaf=draw(some),
        wajong_duurzaam_geen_mogelijkheden_op=draw(some),
        dienstbetrekkingen=tuple(werk) or None,
        uitschrijving_verzocht_op=asked,
        uitschrijving_vastgesteld_op=asked and draw(st.none() | st.just(asked + timedelta(40))),
    )


@given(st.lists(hours, max_size=5), days)
def test_banen_add_up_like_their_hours(parts: list[Decimal], day: date) -> None:
    whole = banen.count_banen(sum(parts, Decimal(0)), peildatum=day)
    assert abs(whole - sum((banen.count_banen(part, peildatum=day) for part in parts), Decimal(0))) < Decimal("1e-15")


@given(hours, days)
def test_week_month_and_year_agree_to_a_part_in_a_hundred(uren: Decimal, day: date) -> None:
    year = banen.count_banen(uren * 12, peildatum=day, per="jaar")
    month = banen.count_banen(uren, peildatum=day)
    assert abs(year - month) <= month / 100


@given(hours, hours)
def test_an_employer_has_exactly_one_sector_and_more_ufo_never_makes_it_markt(ufo: Decimal, other: Decimal) -> None:
    sector = banen.sector_werkgever(ufo, other)
    assert sector in ("overheid", "markt")
    if sector == "overheid":
        assert banen.sector_werkgever(ufo + 1, other) == "overheid"


@given(st.decimals(-(10**6), 10**6, places=3))
def test_rounding_is_to_the_nearest_and_never_further_than_a_half(number: Decimal) -> None:
    assert abs(banen.round_half_up(number) - number) <= Decimal("0.5")


@given(st.frozensets(_ROUTES, min_size=1, max_size=4), days)
def test_everybody_is_in_exactly_one_category(registraties: frozenset[tuple[Grond, Route]], day: date) -> None:
    assert categorie(registraties, peildatum=day).waarde in set(Categorie)


@given(st.frozensets(_ROUTES, min_size=1, max_size=3), days)
def test_wsw_detachering_always_decides(registraties: frozenset[tuple[Grond, Route]], day: date) -> None:
    more = registraties | {(Grond.WSW, Route.WSW_DETACHERING)}
    assert categorie(more, peildatum=day).waarde is Categorie.WSW


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow], deadline=None)
@given(people, days)
def test_every_person_gets_an_answer_on_every_day(facts: DoelgroepFeiten, day: date) -> None:
    uitkomst = beoordeel(facts, peildatum=day)
    waarde = uitkomst.waarde
    met = [o.grond for o in waarde.gronden if o.voldoet]
    assert waarde.behoort_tot_doelgroep == bool(met) == (waarde.grond is not Grond.GEEN)
    assert not met or waarde.grond in met
    assert not waarde.telt_voor_banenafspraak or waarde.behoort_tot_doelgroep
    assert [o.grond for o in waarde.gronden] == list(_ORDER)
    assert uitkomst.bronnen


_ORDER = (
    Grond.PWET_LKS_UWV_LOONWAARDE,
    Grond.WSW,
    Grond.WAJONG,
    Grond.AMVB_38B_1_D,
    Grond.PWET_UWV_WML_EIGEN_VERZOEK,
    Grond.OVERGANGSRECHT_38B_1_F,
    Grond.WIA_IVA_EXPERIMENT,
    Grond.JONGGEHANDICAPT_UWV_OORDEEL,
    Grond.WIW_ID,
    Grond.BLIJFGROND_38B_6,
)


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow], deadline=None)
@given(people, st.dates(date(2016, 1, 1), date(2026, 12, 31)))
def test_beschut_werk_leaves_at_most_lid_2_and_wiw_id(facts: DoelgroepFeiten, day: date) -> None:
    values = {name: getattr(facts, name) for name in get_type_hints(DoelgroepFeiten)}
    values |= {"beschut_werk_vastgesteld": True, "beschut_werk_vastgesteld_op": date(2015, 12, 31)}
    waarde = beoordeel(DoelgroepFeiten(**values), peildatum=day).waarde
    assert {o.grond for o in waarde.gronden if o.voldoet} <= {Grond.JONGGEHANDICAPT_UWV_OORDEEL, Grond.WIW_ID}


@given(st.sampled_from([date(2015, 6, 1), date(2020, 6, 1), date(2025, 6, 1), date(2026, 7, 1)]))
def test_a_fact_that_is_left_out_is_never_used_in_silence(day: date) -> None:
    facts = DoelgroepFeiten(ondersteuning_pwet_7_1_a=True, uwv_oordeel_aanvrager=Aanvrager.COLLEGE)
    given_facts = {"ondersteuning_pwet_7_1_a", "uwv_oordeel_aanvrager"}
    for stap in beoordeel(facts, peildatum=day).stappen:
        defaulted = {naam for naam, value in stap.feiten.items() if naam not in given_facts and value is not None}
        assert defaulted <= set(stap.aangenomen)


@given(days, days)
def test_regimes_only_widen_who_works_with_duurzaam_geen_mogelijkheden(one: date, other: date) -> None:
    early, late = sorted((one, other))
    facts = DoelgroepFeiten(
        wajong_status="arbeidsondersteuning",  # type: ignore[arg-type]
        wajong_duurzaam_geen_mogelijkheden=True,
        werkt_in_dienstbetrekking=True,
    )
    answers = [beoordeel(facts, peildatum=day).waarde.behoort_tot_doelgroep for day in (early, late)]
    assert answers == sorted(answers)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(histories(), days)
def test_periods_are_half_open_sorted_and_apart(facts: RegistratieFeiten, day: date) -> None:
    stand = registratie(facts, peildatum=day).waarde
    for periode in stand.perioden:
        assert periode.tot is None or periode.vanaf < periode.tot
        assert (periode.tot is None) == (periode.einde_reden is None)
        assert periode.vanaf >= date(2013, 1, 1)
    for one, next_one in pairwise(stand.perioden):
        assert one.tot is not None
        assert one.tot < next_one.vanaf
    assert stand.geregistreerd == any(p.contains(day) for p in stand.perioden)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(histories())
def test_the_history_does_not_depend_on_the_day_it_is_asked(facts: RegistratieFeiten) -> None:
    asked = [registratie(facts, peildatum=day).waarde.perioden for day in (date(2013, 1, 1), date(2026, 12, 31))]
    assert asked[0] == asked[1]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(histories())
def test_nobody_is_registered_after_death_or_beyond_the_aow_age(facts: RegistratieFeiten) -> None:
    perioden = registratie(facts, peildatum=date(2026, 12, 31)).waarde.perioden
    ends = [facts.overleden_op, facts.geboortedatum and aow_datum(facts.geboortedatum)]
    for end in ends:
        assert end is None or not any(p.contains(end) for p in perioden)


@given(lives)
def test_the_aow_age_lies_between_65_and_67_and_comes_once(born: date) -> None:
    day = aow_datum(born)
    if day is None:
        assert born >= date(1960, 12, 31)
    else:
        assert add_months(born, 65 * 12) <= day <= add_months(born, 67 * 12)
        assert aow_reached(born, day)
        assert not aow_reached(born, day - timedelta(days=1))


@given(lives, st.integers(1, 400))
def test_who_is_born_later_reaches_it_no_earlier(born: date, later: int) -> None:
    days_of = [aow_datum(day) for day in (born, born + timedelta(later))]
    if None not in days_of:
        assert days_of == sorted(day for day in days_of if day)


def test_beyond_the_years_that_are_set_only_the_young_get_an_answer() -> None:
    assert not aow_reached(date(1990, 5, 1), date(2030, 1, 1))
    with pytest.raises(ParameterFout, match="niet bekend"):
        aow_reached(date(1961, 5, 1), date(2029, 1, 1))


@pytest.mark.parametrize("day", [date(2012, 12, 31), date(1900, 1, 1)])
def test_before_2013_there_is_no_doelgroep(day: date) -> None:
    with pytest.raises(ParameterFout, match="kies een peildatum vanaf 1-1-2013"):
        beoordeel(DoelgroepFeiten(heeft_wsw_indicatie=True), peildatum=day)
    one = Grondperiode(grond=Grond.WSW, route=Route.WSW_DETACHERING, vanaf=date(2010, 1, 1))
    with pytest.raises(ParameterFout, match="kies een peildatum vanaf 1-1-2013"):
        registratie(RegistratieFeiten(gronden=(one,)), peildatum=day)


@pytest.mark.parametrize(
    ("day", "sure", "said"), [(date(2015, 4, 30), "afgeleid", True), (date(2015, 5, 1), "bron", False)]
)
def test_a_registration_says_only_before_may_2015_that_the_first_text_is_applied_backwards(
    day: date, sure: str, said: bool
) -> None:
    one = Grondperiode(grond=Grond.WSW, route=Route.WSW_DETACHERING, vanaf=date(2010, 1, 1))
    last = registratie(RegistratieFeiten(gronden=(one,)), peildatum=day).stappen[-1]
    assert (last.zekerheid, "de tekst van 1-5-2015 toegepast" in last.toelichting) == (sure, said)


def test_the_first_text_applied_backwards_and_a_day_after_the_last_check_are_both_said() -> None:
    facts = DoelgroepFeiten(heeft_wsw_indicatie=True)
    first = {day: beoordeel(facts, peildatum=day).stappen[0] for day in (date(2014, 1, 1), date(2027, 1, 1))}
    assert "eerste tekst toegepast" in first[date(2014, 1, 1)].uitkomst
    assert "later kan zij zijn veranderd" in first[date(2027, 1, 1)].uitkomst
    assert {stap.zekerheid for stap in first.values()} == {"afgeleid"}
    assert "de tekst van 1-5-2015 toegepast" in first[date(2014, 1, 1)].toelichting
    assert first[date(2027, 1, 1)].toelichting == ""


def test_before_december_2012_there_are_no_banen_and_no_categories() -> None:
    with pytest.raises(ParameterFout):
        banen.count_banen(Decimal(1), peildatum=date(2012, 11, 30))
    with pytest.raises(ParameterFout):
        categorie(frozenset({(Grond.WSW, Route.WSW_DETACHERING)}), peildatum=date(2012, 11, 30))
