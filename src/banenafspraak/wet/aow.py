"""The day on which somebody reaches the pensioengerechtigde leeftijd (AOW 7a)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from banenafspraak.wet.parameters import Parameter, ParameterFout, parameter
from banenafspraak.wet.uitkomst import show_date


def aow_datum(geboortedatum: date) -> date | None:
    """The day somebody born on this day reaches the AOW age, or None when it lies beyond the years that are set.

    The age of a year holds for who reaches it in that year (AOW 7a lid 1); a rise between two years moves the day of
    who would have reached it just after the turn. Who turned 65 before 2012 reached it on that birthday.
    """
    leeftijd = _leeftijd()
    first_year = leeftijd.standen[0].vanaf.year
    if geboortedatum.year + 65 < first_year:
        return add_months(geboortedatum, 65 * 12)
    year = geboortedatum.year + 65
    while True:
        try:
            age = leeftijd.op(date(year, 1, 1))
        except ParameterFout:
            return None
        day = add_months(geboortedatum, int(age["jaren"]) * 12 + int(age["maanden"]))
        if day.year == year:
            return day
        year += 1


def aow_reached(geboortedatum: date, peildatum: date) -> bool:
    """Whether somebody born on this day has reached the AOW age on ``peildatum``.

    Beyond the years that are set, who is younger than the last age has not reached it: the age never falls (AOW 7a
    lid 2). For anybody older the answer is not known: ParameterFout.
    """
    day = aow_datum(geboortedatum)
    if day is not None:
        return day <= peildatum
    leeftijd = _leeftijd()
    last = [stand for stand in leeftijd.standen if stand.waarde is not None][-1]
    if peildatum < add_months(geboortedatum, int(last.waarde["jaren"]) * 12 + int(last.waarde["maanden"])):
        return False
    raise ParameterFout(f"De AOW-leeftijd op {show_date(peildatum)} is niet bekend.")


def add_months(day: date, months: int) -> date:
    """The same day so many months later; of a day that month lacks, the first of the next month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)) + timedelta(days=day.day > last)


def _leeftijd() -> Parameter:
    return parameter("doelgroepregister", "aow_leeftijd")
