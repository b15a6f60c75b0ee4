"""Hours become banen."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from banenafspraak.wet import banen
from tests.spec.regel import Geval, Regel


def _answer(feiten: Mapping[str, Any], peildatum: date) -> Any:
    count = banen.count_banen(Decimal(str(feiten["verloonde_uren"])), peildatum=peildatum, per=feiten["per"])
    return {"banen": count.quantize(Decimal("0.01")), "afgerond": banen.round_half_up(count)}


def _hours(
    titel: str, uren: float, per: str, count: float, afgerond: int, bron: str, dag: date, uitleg: str = ""
) -> Geval:
    facts = {"verloonde_uren": uren, "per": per}
    return Geval(titel, facts, dag, {"banen": count, "afgerond": afgerond}, bron, uitleg)


_FACTSHEET = "UWV, Factsheet Gooi en Vechtstreek, 2018 Q1"
_KENNIS = "Kennisdocument Banenafspraak (SZW, 2023)"
_REGELING = "Regeling Wfsv 3.28"

REGEL = Regel(
    slug="banen-1-tellen",
    titel="Hoeveel banen zijn dit",
    uitleg=(
        "Een baan is geen contract. Eén baan is 25,5 verloonde uren per week. Per maand is dat 110,92 uren en per jaar "
        "1.331 uren. Wie meer of minder werkt, telt naar rato: 36 uur per week is 1,41 baan.",
        "Eerst worden de uren opgeteld, daarna wordt één keer gedeeld. Pas het eindgetal wordt afgerond.",
    ),
    artikelen=("3.28 Regeling Wfsv", "38b lid 4 Wfsv"),
    antwoord=_answer,
    parameters=(
        ("banenafspraak", "uren_per_week"),
        ("banenafspraak", "uren_per_maand"),
        ("banenafspraak", "uren_per_jaar"),
    ),
    let_op=(
        "110,92 keer 12 is 1.331,04: de maat per maand en de maat per jaar zijn niet precies gelijk. Elke meting "
        "gebruikt haar eigen maat.",
        "De maat begint in december 2012, de maand van de nulmeting, omdat die in dezelfde maat is gepubliceerd.",
    ),
    gevallen=(
        _hours("25,5 uur per week is één baan", 25.5, "week", 1, 1, _KENNIS, date(2018, 3, 31)),
        _hours("36 uur per week is 1,41 baan", 36, "week", 1.41, 1, _KENNIS, date(2023, 12, 31), "In de tekst: 1,4."),
        _hours("12,75 uur per week is een halve baan", 12.75, "week", 0.5, 1, _KENNIS, date(2018, 3, 31)),
        _hours("110,92 uren per maand is één baan", 110.92, "maand", 1, 1, _FACTSHEET, date(2018, 3, 31)),
        _hours("95.834,88 uren in maart 2018 is 864 banen", 95834.88, "maand", 864, 864, _FACTSHEET, date(2018, 3, 31)),
        _hours("De nulmeting gebruikt dezelfde maat", 57123.8, "maand", 515, 515, _FACTSHEET, date(2012, 12, 31)),
        _hours("1.331 uren per jaar is één baan", 1331, "jaar", 1, 1, _REGELING, date(2020, 12, 31)),
        _hours("Geen uren is geen baan", 0, "maand", 0, 0, _REGELING, date(2020, 12, 31)),
        _hours("Net geen halve baan rondt af naar nul", 55.45, "maand", 0.5, 0, _REGELING, date(2020, 12, 31)),
        _hours("Precies een halve baan rondt af naar één", 55.46, "maand", 0.5, 1, _REGELING, date(2020, 12, 31)),
    ),
)


@REGEL.cases()
def test_uren_worden_banen(geval: Geval) -> None:
    REGEL.check(geval)
