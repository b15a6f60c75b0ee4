"""The picture of a year: hours that count, banen, LKV that was missed or not due, and what is not there."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banenafspraak.register.loonopgaven import Tijdvakopgave, combine
from banenafspraak.register.quotumbeeld import (
    Loonlijst,
    Quotumbeeld,
    Regelsoort,
    Registerantwoord,
    Resultaat,
    explain_lkv,
    explain_month,
    from_record,
    to_record,
)
from banenafspraak.register.quotumtelling import reckon
from banenafspraak.register.raadpleging import Periode
from tests.factories import bsn, lhnr
from tests.register.quotum import opgave, tijdvak

YES = Registerantwoord(True, (Periode(date(2025, 1, 1), None),))
NO = Registerantwoord(True)
NOT_STAFF = Registerantwoord(False)
LATER = date(2027, 2, 1)


def result(*said: Tijdvakopgave, answers: dict[int, Registerantwoord] | None = None, **more: Any) -> Resultaat:
    known = dict.fromkeys(range(8), NO) | (answers or {})
    return reckon(
        combine(said),
        {bsn(n).reveal(): answer for n, answer in known.items()},
        **({"jaar": 2026, "vandaag": LATER} | more),
    )


def beeld(*said: Tijdvakopgave, **more: Any) -> Quotumbeeld:
    return result(*said, **more).beeld


def lines(found: Resultaat) -> dict[str, tuple[str, Decimal | None]]:
    return {regel.soort.value: (regel.kenmerk, regel.bedrag) for regel in found.regels}


# --- Hours and banen ----------------------------------------------------------------------------------------------


def test_hours_of_registered_people_are_banen() -> None:
    found = beeld(tijdvak(3, opgave(0, uren="110.92"), opgave(1, uren="150")), answers={0: YES})

    march = found.maanden[2]
    assert (march.uren, march.uren_arbeidsbeperkten, march.banen) == (Decimal("260.92"), Decimal("110.92"), 1)
    assert (march.mensen, march.arbeidsbeperkten, march.inkomstenverhoudingen) == (2, 1, 2)
    assert (found.uren, found.banen) == (Decimal("260.92"), Decimal("110.92") / 1331)


def test_one_registered_day_makes_the_whole_tijdvak_count() -> None:
    begins_on_the_last_day = Registerantwoord(True, (Periode(date(2026, 3, 31), None),))

    found = beeld(tijdvak(2, opgave(0, maand=2)), tijdvak(3, opgave(0)), answers={0: begins_on_the_last_day})

    assert [m.uren_arbeidsbeperkten for m in found.maanden[1:3]] == [0, 100]


def test_beschut_werk_and_benefits_do_not_count() -> None:
    found = beeld(tijdvak(3, opgave(0, aard=24), opgave(1, loonsoort=36)), answers={0: YES, 1: YES})

    assert (found.uren_arbeidsbeperkten, found.arbeidsbeperkten, found.uren) == (0, 0, 100)


def test_several_inkomstenverhoudingen_of_one_person_add_up_and_the_person_counts_once() -> None:
    found = beeld(tijdvak(3, opgave(0, numiv=1), opgave(0, numiv=2, uren="10")), answers={0: YES})

    assert (found.uren_arbeidsbeperkten, found.arbeidsbeperkten, found.maanden[2].mensen) == (110, 1, 1)


def test_hours_that_may_be_deducted_are_set_apart() -> None:
    found = beeld(tijdvak(3, opgave(0, aard=11), opgave(1, aard=21, uren="30"), opgave(2, aard=22, uren="7")))

    assert (found.uren_uitzendpersoneel, found.uren_wsw) == (100, 37)


def test_the_sector_is_read_from_the_newest_tijdvak() -> None:
    found = beeld(tijdvak(2, opgave(0, maand=2, ufo=False)), tijdvak(3, opgave(0, ufo=True), opgave(1, uren="40")))

    assert (found.uren_ufo, found.uren_zonder_ufo) == (100, 40)


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 20_000), st.integers(1, 12)), max_size=30))
def test_months_add_up_to_the_year_to_the_hundredth(rows: list[tuple[int, int, int]]) -> None:
    months: dict[int, dict[int, int]] = {1: {0: 0}}
    for nummer, hundredths, maand in rows:
        months.setdefault(maand, {})[nummer] = hundredths
    said = [
        tijdvak(maand, *(opgave(n, maand=maand, uren=str(Decimal(h).scaleb(-2))) for n, h in people.items()))
        for maand, people in months.items()
    ]

    found = beeld(*said, answers={0: YES, 3: YES, 5: NOT_STAFF})

    assert sum(m.uren for m in found.maanden) == found.uren
    counted = sum(Decimal(h).scaleb(-2) for people in months.values() for n, h in people.items() if n in (0, 3))
    assert found.uren_arbeidsbeperkten == counted


# --- What is there and what is not --------------------------------------------------------------------------------


def test_months_without_a_return_are_named_once_they_were_due() -> None:
    found = beeld(tijdvak(1, opgave(0, maand=1)), tijdvak(3, opgave(0)), vandaag=date(2026, 5, 31))

    assert found.ontbreekt == (2,)
    assert beeld(tijdvak(1, opgave(0, maand=1)), vandaag=date(2026, 6, 1)).ontbreekt == (2, 3, 4)


def test_december_is_due_at_the_end_of_january() -> None:
    said = [tijdvak(maand, opgave(0, maand=maand)) for maand in range(1, 12)]

    assert beeld(*said, vandaag=date(2027, 1, 31)).ontbreekt == ()
    assert beeld(*said, vandaag=date(2027, 2, 1)).ontbreekt == (12,)


def test_a_supplement_alone_does_not_make_a_month_whole() -> None:
    assert not beeld(tijdvak(3, opgave(0), volledig=False)).maanden[2].aangeleverd


def test_every_number_must_have_its_return() -> None:
    other = tijdvak(2, opgave(1, maand=2), lhnr=lhnr(9_001))

    found = beeld(tijdvak(2, opgave(0, maand=2)), tijdvak(3, opgave(0)), other)

    assert [m.maand for m in found.maanden if m.aangeleverd] == [2]


def test_thirteen_times_four_weeks_are_a_whole_year() -> None:
    begin = date(2025, 12, 29).toordinal()
    said = [
        Tijdvakopgave(
            lhnr(), date.fromordinal(begin + 28 * n), date.fromordinal(begin + 28 * n + 27), True, None, (opgave(0),)
        )
        for n in range(13)
    ]

    assert beeld(*said).volledig
    assert not beeld(*said[:6], *said[7:]).volledig


def test_the_year_before_is_added_up_when_it_is_whole() -> None:
    last_year = [tijdvak(m, opgave(0, maand=m), jaar=2025) for m in range(1, 13)]

    assert beeld(*last_year, tijdvak(3, opgave(0))).uren_vorig_jaar == 1200
    assert beeld(*last_year[1:], tijdvak(3, opgave(0))).uren_vorig_jaar is None


def test_several_full_returns_of_one_month_are_told() -> None:
    assert beeld(tijdvak(3, opgave(0), gemaakt=90), tijdvak(3, opgave(0), gemaakt=91)).dubbel == (3,)


def test_who_is_in_the_wage_data_and_not_in_the_returns_is_found() -> None:
    lijst = Loonlijst(lhnr(), date(2026, 3, 1), frozenset(bsn(n).reveal() for n in (0, 1, 2)))

    found = result(tijdvak(3, opgave(0)), loonlijsten=[lijst], answers={1: YES})

    assert found.beeld.zonder_opgave == 2
    assert lines(found)["zonder_opgave"][0] == bsn(1).reveal()


def test_a_payroll_of_another_month_is_not_compared() -> None:
    lijst = Loonlijst(lhnr(), date(2026, 2, 1), frozenset({bsn(1).reveal()}))

    assert beeld(tijdvak(3, opgave(0)), loonlijsten=[lijst]).zonder_opgave == 0


# --- LKV ----------------------------------------------------------------------------------------------------------


def test_lkv_that_is_due_and_not_asked_is_missed() -> None:
    found = result(tijdvak(3, opgave(0)), answers={0: YES})

    assert (found.beeld.lkv.gemist, found.beeld.lkv.gemist_mensen) == (101, 1)
    assert lines(found)["gemist"] == ("P0", 101)


def test_lkv_that_is_due_and_asked_is_right() -> None:
    found = result(tijdvak(3, opgave(0, lkv=True)), answers={0: YES})

    assert (found.beeld.lkv.juist, found.beeld.lkv.gemist) == (101, 0)
    assert "gemist" not in lines(found)


def test_lkv_asked_for_who_is_not_registered_and_began_this_year_is_wrong() -> None:
    found = result(tijdvak(3, opgave(0, lkv=True, aanvang=date(2026, 2, 1))))

    assert lines(found) == {"onterecht": ("P0", 101)}


def test_lkv_asked_three_years_after_the_start_is_wrong() -> None:
    assert "onterecht" in lines(result(tijdvak(3, opgave(0, lkv=True, aanvang=date(2023, 2, 28)))))


def test_lkv_within_three_years_of_a_start_before_2026_may_be_transitional() -> None:
    found = result(tijdvak(3, opgave(0, lkv=True, aanvang=date(2025, 2, 1))))

    assert lines(found) == {"overgang": ("P0", 101)}
    assert "6.2 lid 1" in found.regels[0].uitkomst.stappen[0].artikel


def test_lkv_of_a_pensioner_is_wrong() -> None:
    born = date(1950, 1, 1)

    assert "onterecht" in lines(result(tijdvak(3, opgave(0, lkv=True, geboortedatum=born)), answers={0: YES}))


def test_another_lkv_of_the_same_person_is_not_a_missed_one() -> None:
    assert beeld(tijdvak(3, opgave(0, lkv_anders=True)), answers={0: YES}).lkv.gemist == 0


def test_who_cannot_be_looked_up_is_told_and_not_judged() -> None:
    found = result(tijdvak(3, opgave(0, lkv=True)), answers={0: NOT_STAFF})

    assert lines(found) == {"niet_nagekeken": ("P0", None)}
    assert found.beeld.niet_nagekeken == 1


def test_the_yearly_maximum_of_a_person_bounds_what_was_missed() -> None:
    months = [tijdvak(m, opgave(0, maand=m, uren="180", lkv=m < 11)) for m in range(1, 13)]

    lkv = beeld(*months, answers={0: YES}).lkv

    # 2.160 hours would be € 2.181,60, and the maximum is € 2.000: asked were € 1.818.
    assert (lkv.juist, lkv.gemist) == (1818, 182)


def test_a_year_without_known_amounts_says_so() -> None:
    lkv = beeld(tijdvak(1, opgave(0, maand=1), jaar=2027), answers={0: YES}, jaar=2027, vandaag=date(2027, 3, 1)).lkv

    assert "2027" in lkv.onbekend
    assert lkv.gemist == 0


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 240), st.integers(1, 12), st.booleans()), min_size=1, max_size=40
    )
)
def test_missed_and_right_together_are_what_asking_for_everything_gives(rows: list[tuple[int, int, int, bool]]) -> None:
    def year(everything: bool) -> Quotumbeeld:
        months: dict[int, dict[int, Any]] = {}
        for nummer, uren, maand, lkv in rows:
            one = opgave(nummer, maand=maand, uren=str(uren), lkv=lkv or everything)
            months.setdefault(maand, {})[nummer] = one
        return beeld(
            *(tijdvak(m, *people.values()) for m, people in months.items()), answers=dict.fromkeys(range(4), YES)
        )

    asked, all_asked = year(everything=False).lkv, year(everything=True).lkv

    assert asked.juist + asked.gemist == all_asked.juist
    assert all_asked.gemist == 0


# --- Why, and what is kept ----------------------------------------------------------------------------------------


def test_every_line_that_was_judged_opens_to_an_article() -> None:
    found = result(
        tijdvak(3, opgave(0), opgave(1, lkv=True), opgave(2, lkv=True, aanvang=date(2025, 2, 1))), answers={0: YES}
    )

    assert {regel.soort for regel in found.regels} == {
        Regelsoort.TELT,
        Regelsoort.GEMIST,
        Regelsoort.ONTERECHT,
        Regelsoort.OVERGANG,
    }
    assert all(stap.artikel for regel in found.regels for stap in regel.uitkomst.stappen)


def test_the_sums_open_to_an_article() -> None:
    found = beeld(tijdvak(3, opgave(0)), answers={0: YES})

    assert "110,92" in explain_month(found.maanden[2], 2026).stappen[1].uitkomst
    assert "€ 101,00 van 1 werknemer" in explain_lkv(found).stappen[2].uitkomst


def test_a_picture_comes_back_as_it_was() -> None:
    found = beeld(tijdvak(3, opgave(0), opgave(1, lkv=True)), answers={0: YES})

    assert from_record(to_record(found)) == found


def test_a_picture_names_nobody() -> None:
    record = str(to_record(beeld(tijdvak(3, opgave(0)), answers={0: YES})))

    assert bsn(0).reveal() not in record
    assert "P0" not in record


@pytest.mark.parametrize("broken", [{}, {"maanden": []}, {"maanden": [], "lkv": {}, "onzin": 1}])
def test_another_record_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError)):
        from_record(broken)
