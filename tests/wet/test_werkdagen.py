"""Working days: how many later, over weekends and public holidays."""

from datetime import date

import pytest

from banenafspraak.wet.termijnen import first_werkdag, werkdagen_later


@pytest.mark.parametrize(
    ("day", "count", "later"),
    [
        (date(2026, 6, 9), 0, date(2026, 6, 9)),
        (date(2026, 6, 9), 1, date(2026, 6, 10)),  # Tuesday to Wednesday
        (date(2026, 6, 12), 1, date(2026, 6, 15)),  # over a weekend
        (date(2026, 6, 13), 1, date(2026, 6, 15)),  # from a Saturday: the first day that counts is Monday
        (date(2026, 6, 9), 5, date(2026, 6, 16)),  # a week
        (date(2026, 4, 2), 2, date(2026, 4, 8)),  # over Good Friday and Easter Monday
        (date(2026, 12, 24), 1, date(2026, 12, 28)),  # over Christmas on Friday and Saturday
        (date(2026, 5, 13), 1, date(2026, 5, 18)),  # Ascension Day, and the Friday that was equated with it
    ],
)
def test_working_days_later(day: date, count: int, later: date) -> None:
    assert werkdagen_later(day, count) == later


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 6, 12), date(2026, 6, 12)),
        (date(2026, 6, 13), date(2026, 6, 15)),
        (date(2026, 6, 14), date(2026, 6, 15)),
        (date(2026, 4, 27), date(2026, 4, 28)),
    ],
)
def test_the_first_working_day_may_be_the_day_itself(day: date, first: date) -> None:
    assert first_werkdag(day) == first
