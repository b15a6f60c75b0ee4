"""The AOW age, by the birthdays between which article 7a AOW changes it."""

from datetime import date

import pytest

from banenafspraak.wet.aow import add_months, aow_datum, aow_reached
from banenafspraak.wet.parameters import ParameterFout


@pytest.mark.parametrize(
    ("born", "reached"),
    [
        (date(1940, 2, 29), date(2005, 3, 1)),
        (date(1946, 12, 31), date(2011, 12, 31)),
        (date(1947, 1, 1), date(2012, 1, 1)),
        (date(1947, 12, 31), date(2012, 12, 31)),  # born before 1-1-1948: 65
        (date(1948, 1, 1), date(2013, 2, 1)),  # 65 and a month
        (date(1948, 11, 30), date(2013, 12, 30)),
        (date(1948, 12, 1), date(2014, 2, 1)),  # 65 and two months
        (date(1949, 10, 31), date(2014, 12, 31)),
        (date(1949, 11, 1), date(2015, 2, 1)),  # 65 and three months
        (date(1950, 9, 30), date(2015, 12, 30)),
        (date(1950, 10, 1), date(2016, 4, 1)),  # 65 and six months
        (date(1951, 6, 30), date(2016, 12, 30)),
        (date(1951, 7, 1), date(2017, 4, 1)),  # 65 and nine months
        (date(1952, 3, 31), date(2017, 12, 31)),
        (date(1952, 4, 1), date(2018, 4, 1)),  # 66
        (date(1952, 12, 31), date(2018, 12, 31)),
        (date(1953, 1, 1), date(2019, 5, 1)),  # 66 and four months, for three years
        (date(1955, 8, 31), date(2021, 12, 31)),
        (date(1955, 9, 1), date(2022, 4, 1)),  # 66 and seven months
        (date(1956, 5, 31), date(2022, 12, 31)),
        (date(1956, 6, 1), date(2023, 4, 1)),  # 66 and ten months
        (date(1957, 2, 28), date(2023, 12, 28)),
        (date(1957, 3, 1), date(2024, 3, 1)),  # 67
        (date(1960, 12, 31), date(2027, 12, 31)),
        (date(1961, 1, 1), None),  # the age of 2028 is not known here
    ],
)
def test_the_age_of_the_year_in_which_it_is_reached(born: date, reached: date | None) -> None:
    assert aow_datum(born) == reached


@pytest.mark.parametrize(
    ("born", "day", "reached"),
    [
        (date(1957, 3, 1), date(2024, 2, 29), False),
        (date(1957, 3, 1), date(2024, 3, 1), True),
        (date(1961, 1, 1), date(2027, 12, 31), False),  # younger than 67, whatever comes
        (date(1990, 5, 1), date(2030, 1, 1), False),
    ],
)
def test_it_is_reached_on_the_day_itself(born: date, day: date, reached: bool) -> None:
    assert aow_reached(born, day) is reached


def test_who_turns_67_in_a_year_that_is_not_known_gets_no_answer() -> None:
    with pytest.raises(ParameterFout, match=r"^De AOW-leeftijd op 1-1-2028 is niet bekend\.$"):
        aow_reached(date(1961, 1, 1), date(2028, 1, 1))


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 3, 1)),  # a day that February lacks
        (date(2028, 1, 29), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2026, 6, 9), 0, date(2026, 6, 9)),
    ],
)
def test_months_later_is_the_same_day_or_the_first_of_the_next_month(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later
