"""Facts about a tijdvak that cannot be, and the amount of the LKV over a year at its bounds."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banenafspraak.wet.feiten import FeitenFout
from banenafspraak.wet.instrumenten.loonkostenvoordeel import banenafspraak_bedrag
from banenafspraak.wet.parameters import ParameterFout
from banenafspraak.wet.quotumuren import QuotumurenFeiten, quotumuren

LAST = date(2026, 3, 31)


def feiten(**more: Any) -> QuotumurenFeiten:
    values: dict[str, Any] = {
        "tijdvak_begin": date(2026, 3, 1),
        "tijdvak_einde": LAST,
        "verloonde_uren": Decimal(100),
        "loonsoort": 15,
        "aard": 1,
    }
    return QuotumurenFeiten(**(values | more))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"tijdvak_begin": date(2026, 4, 1)}, "tijdvak_einde ligt voor tijdvak_begin"),
        ({"geregistreerd_tot": date(2026, 3, 2)}, "geregistreerd_vanaf ontbreekt"),
        (
            {"geregistreerd_vanaf": date(2026, 3, 2), "geregistreerd_tot": date(2026, 3, 2)},
            "geregistreerd_tot ligt niet na geregistreerd_vanaf",
        ),
    ],
)
def test_days_that_cannot_be_are_told(wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(FeitenFout, match=told) as refused:
        quotumuren(feiten(**wrong), peildatum=LAST)

    assert len(refused.value.fouten) == 1


def test_a_tijdvak_and_a_registration_of_one_day_can_be() -> None:
    day = {"tijdvak_begin": LAST, "geregistreerd_vanaf": LAST, "geregistreerd_tot": date(2026, 4, 1)}

    assert quotumuren(feiten(**day), peildatum=LAST).waarde.telt


def test_before_the_quotum_there_is_no_answer() -> None:
    with pytest.raises(ParameterFout):
        quotumuren(feiten(), peildatum=date(2015, 4, 30))


@given(
    st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.integers(1, 400), st.dates(date(2025, 1, 1), date(2027, 12, 31))
)
def test_any_day_in_common_makes_the_whole_tijdvak_count(since: date, days: int, begin: date) -> None:
    until, end = date.fromordinal(since.toordinal() + days), date.fromordinal(begin.toordinal() + 27)
    common = any(since <= date.fromordinal(n) < until for n in range(begin.toordinal(), end.toordinal() + 1))
    asked = feiten(tijdvak_begin=begin, tijdvak_einde=end, geregistreerd_vanaf=since, geregistreerd_tot=until)

    assert quotumuren(asked, peildatum=LAST).waarde.uren == (100 if common else 0)


@pytest.mark.parametrize(
    ("uren", "bedrag"),
    [("0", "0"), ("100", "101.00"), ("1980.19", "1999.99"), ("1980.20", "2000.00"), ("2100", "2000")],
)
def test_the_lkv_of_a_year_has_a_maximum(uren: str, bedrag: str) -> None:
    assert banenafspraak_bedrag(Decimal(uren), peildatum=LAST) == Decimal(bedrag)


@pytest.mark.parametrize("peildatum", [date(2017, 12, 31), date(2027, 1, 1)])
def test_the_lkv_of_an_unknown_year_is_refused(peildatum: date) -> None:
    with pytest.raises(ParameterFout):
        banenafspraak_bedrag(Decimal(1), peildatum=peildatum)
