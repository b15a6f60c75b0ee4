"""Persons are not jobs, and a quarter is not a year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banenafspraak.metingen.grootheden import AantalBanen, AantalPersonen, Jaarmeting, Kwartaal, Kwartaalmeting

QUARTER = Kwartaalmeting(Kwartaal(2018, 1), {"AM12": AantalBanen(864)})
YEAR = Jaarmeting(2017, {"markt": AantalBanen(30_433), "overheid": AantalBanen(6_471)})


def test_jobs_minus_jobs_are_jobs() -> None:
    extra = AantalBanen(864) - AantalBanen(515)
    assert (extra, type(extra)) == (349, AantalBanen)


@pytest.mark.parametrize(
    ("left", "right"), [(AantalBanen(864), AantalPersonen(798)), (AantalPersonen(1), AantalBanen(1))]
)
def test_persons_and_jobs_are_never_added_or_subtracted(left, right) -> None:
    with pytest.raises(TypeError, match="different things"):
        left - right
    with pytest.raises(TypeError, match="different things"):
        left + right


def test_a_fraction_is_no_count() -> None:
    with pytest.raises(TypeError):
        AantalPersonen(1) - 0.5


def test_a_quarter_minus_a_quarter_is_the_change_by_region() -> None:
    earlier = Kwartaalmeting(Kwartaal(2017, 4), {"AM12": AantalBanen(859), "AM01": AantalBanen(4)})
    assert QUARTER - earlier == {"AM12": 5}


def test_a_year_minus_a_year_is_the_change_by_sector() -> None:
    assert YEAR - Jaarmeting(2016, {"markt": AantalBanen(30_000)}) == {"markt": 433}


@pytest.mark.parametrize(("left", "right"), [(QUARTER, YEAR), (YEAR, QUARTER)])
def test_a_quarter_and_a_year_are_never_compared(left, right) -> None:
    with pytest.raises(TypeError, match="can only be compared with"):
        left - right


@given(st.integers(2000, 2100), st.integers(1, 4))
def test_quarters_follow_each_other_without_a_gap(jaar: int, nummer: int) -> None:
    quarter = Kwartaal(jaar, nummer)
    assert quarter.earlier().peildatum + timedelta(days=1) == quarter.begin_op
    assert Kwartaal.parse(str(quarter)) == quarter
    assert quarter.earlier(4) == Kwartaal(jaar - 1, nummer)
    assert quarter.peilmaand == f"{quarter.peildatum:%Y-%m}"


def test_the_peildatum_is_the_last_day() -> None:
    assert [Kwartaal(2018, n).peildatum for n in (1, 2, 3, 4)] == [
        date(2018, 3, 31),
        date(2018, 6, 30),
        date(2018, 9, 30),
        date(2018, 12, 31),
    ]


@pytest.mark.parametrize("text", ["2018", "2018Q5", "2018-Q1", "2018q1", "18Q1", "2018Q1 ", "２０１８Q1", ""])
def test_another_text_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="zoals 2018Q1"):
        Kwartaal.parse(text)


def test_a_bsn_in_the_place_of_a_quarter_is_not_repeated() -> None:
    with pytest.raises(ValueError, match="geen kwartaal") as refused:
        Kwartaal.parse("999990019")
    assert "999990019" not in str(refused.value)
