"""What there was in December 2012, in several versions."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from banenafspraak.wet import banen
from tests.spec.regel import Geval, Regel


def _answer(feiten: Mapping[str, Any], peildatum: date) -> Any:
    start = banen.nulmeting(feiten["nulmeting"])
    if "banen" in feiten:
        return banen.extra_banen(Decimal(feiten["banen"]), sinds=start)
    return {"waarde": start.waarde, "eenheid": start.eenheid}


def _meting(titel: str, naam: str, waarde: int, eenheid: str, bron: str) -> Geval:
    return Geval(titel, {"nulmeting": naam}, date(2012, 12, 31), {"waarde": waarde, "eenheid": eenheid}, bron)


REGEL = Regel(
    slug="banen-5-nulmeting",
    titel="Wat er in december 2012 was",
    uitleg=(
        "Er zijn verschillende nulmetingen. Zij zijn op andere momenten gemaakt en tellen anders. Elke nulmeting houdt "
        "daarom haar eigen naam, bron en datum; er is er niet één die altijd klopt.",
        "Extra banen zijn de banen van nu min die van een genoemde nulmeting. Dat kan minder dan nul zijn.",
    ),
    artikelen=("3.29 lid 1 Regeling Wfsv",),
    antwoord=_answer,
    parameters=tuple(
        ("nulmeting", naam)
        for naam in (
            "banen_landelijk",
            "uren_overheid",
            "uren_markt",
            "personen_landelijk",
            "banen_am12",
            "personen_am12",
            "werkzaam_am12",
        )
    ),
    let_op=(
        "De regeling van 2015 telt op tot 71.853 banen; de monitor gebruikt 75.179. "
        "De monitor voegde later gegevens toe.",
    ),
    gevallen=(
        _meting("Banen volgens de monitor", "banen_landelijk", 75179, "banen", "Kamerstuk 34352 nr. 166"),
        _meting(
            "Uren van de overheid", "uren_overheid", 1055474, "verloonde uren in december", "Regeling Wfsv 3.29 lid 1"
        ),
        _meting("Uren van de markt", "uren_markt", 6914491, "verloonde uren in december", "Regeling Wfsv 3.29 lid 1"),
        _meting("Personen", "personen_landelijk", 247739, "personen", "Trendrapportages UWV, teruggerekend"),
        _meting("Banen Gooi en Vechtstreek", "banen_am12", 515, "banen", "Factsheet 2018 Q1"),
        _meting("Personen Gooi en Vechtstreek", "personen_am12", 2299, "personen", "Factsheet 2018 Q1"),
        _meting("Werkenden Gooi en Vechtstreek", "werkzaam_am12", 492, "personen", "Factsheet 2018 Q1"),
        Geval(
            "Extra banen in Gooi en Vechtstreek",
            {"nulmeting": "banen_am12", "banen": 864},
            date(2018, 3, 31),
            349,
            "Factsheet 2018 Q1",
            "De begeleidende brief noemt 344; de factsheet 349.",
        ),
        Geval(
            "Landelijk eind 2018: 127.135 banen",
            {"nulmeting": "banen_landelijk", "banen": 127135},
            date(2018, 12, 31),
            51956,
            "Kamerstuk 34352 nr. 166",
        ),
    ),
)


@REGEL.cases()
def test_de_nulmetingen(geval: Geval) -> None:
    REGEL.check(geval)


def test_de_twee_landelijke_nulmetingen_verschillen() -> None:
    hours = banen.nulmeting("uren_overheid").waarde + banen.nulmeting("uren_markt").waarde
    regulation = banen.round_half_up(banen.count_banen(hours, peildatum=date(2012, 12, 31)))
    assert (regulation, banen.nulmeting("banen_landelijk").waarde) == (71853, 75179)
