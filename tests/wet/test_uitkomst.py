"""An Uitkomst never comes without steps, and turns into plain JSON."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from banenafspraak.wet.uitkomst import (
    Bron,
    Stap,
    Trail,
    Uitkomst,
    Zekerheid,
    least_certain,
    show_date,
    show_number,
    to_plain,
)

WET = Bron("Een wet", artikel="1", bwb="BWBR0000001", url="https://wetten.overheid.nl/BWBR0000001/2020-01-01#Artikel1")
KRANT = Bron("Een brief", vindplaats="Ministerie, 2020")


@dataclass(frozen=True)
class Paar:
    dag: date
    uren: Decimal


def test_an_answer_without_steps_is_none() -> None:
    with pytest.raises(ValueError, match="legt niets uit"):
        Uitkomst(1, (), ())


def test_a_trail_lists_a_source_once_and_keeps_the_order() -> None:
    trail = Trail()
    for bron in (WET, KRANT, WET):
        trail.add(Stap("Vraag?", "Ja.", "1"), bron)
    assert trail.finish(1).bronnen == (WET, KRANT)


def test_to_json_is_plain_json_with_three_parts() -> None:
    trail = Trail()
    trail.add(Stap("Vraag?", "Ja.", "1", feiten={"dag": date(2018, 3, 31)}, zekerheid=Zekerheid.AFGELEID), WET)
    data = trail.finish(Paar(date(2018, 3, 31), Decimal("1.5"))).to_json()
    assert list(json.loads(json.dumps(data))) == ["waarde", "stappen", "bronnen"]
    assert data["waarde"] == {"dag": "2018-03-31", "uren": 1.5}
    assert (data["stappen"][0]["feiten"], data["stappen"][0]["zekerheid"]) == ({"dag": "2018-03-31"}, "afgeleid")
    assert data["bronnen"][0]["bwb"] == "BWBR0000001"


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (Decimal("864"), 864),
        (Decimal("8.64E+2"), 864),
        (Decimal("0.5"), 0.5),
        (Zekerheid.BRON, "bron"),
        ((1, None, True), [1, None, True]),
        (frozenset({"b", "a"}), ["a", "b"]),
        ({Zekerheid.BRON: [1]}, {"bron": [1]}),
    ],
)
def test_values_become_plain(value: Any, plain: Any) -> None:
    assert to_plain(value) == plain


def test_an_unknown_type_is_our_own_mistake() -> None:
    with pytest.raises(TypeError, match="object"):
        to_plain(object())


def test_a_source_says_where_it_stands() -> None:
    assert (str(WET), str(KRANT)) == ("Een wet, artikel 1", "Een brief (Ministerie, 2020)")
    assert (WET.is_wettelijk, KRANT.is_wettelijk) == (True, False)


def test_a_step_is_as_sure_as_its_least_sure_figure() -> None:
    assert least_certain([Zekerheid.BRON, Zekerheid.UIT_GEHEUGEN, Zekerheid.AFGELEID]) is Zekerheid.UIT_GEHEUGEN
    assert least_certain([]) is Zekerheid.BRON


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("1331", "1.331"),
        ("110.92", "110,92"),
        ("1.411764705", "1,4118"),
        ("0", "0"),
        ("100", "100"),
        ("-2041.5", "-2.041,5"),
    ],
)
def test_numbers_and_dates_are_written_the_dutch_way(number: str, text: str) -> None:
    assert show_number(Decimal(number)) == text
    assert show_date(date(2018, 12, 1)) == "1-12-2018"
