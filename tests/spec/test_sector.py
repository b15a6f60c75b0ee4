"""Overheid or markt."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from banenafspraak.wet import banen
from tests.spec.regel import Geval, Regel


def _answer(feiten: Mapping[str, Any], peildatum: date) -> Any:
    return banen.sector_werkgever(
        Decimal(str(feiten["uren_met_ufo_premie"])), Decimal(str(feiten["uren_zonder_ufo_premie"]))
    )


def _uren(
    titel: str, ufo: float, overig: float, sector: str, bron: str = "Regeling Wfsv 3.27", uitleg: str = ""
) -> Geval:
    facts = {"uren_met_ufo_premie": ufo, "uren_zonder_ufo_premie": overig}
    return Geval(titel, facts, date(2018, 3, 31), sector, bron, uitleg)


REGEL = Regel(
    slug="banen-3-sector",
    titel="In welke sector hoort een werkgever",
    uitleg=(
        "Een werkgever hoort een heel kalenderjaar bij één sector. Dat wordt bepaald met de verloonde uren in het "
        "laatste aangiftetijdvak van het vorige jaar.",
        "Zonder uren met Ufo-premie hoort een werkgever bij de markt. Valt de helft van de uren of meer buiten het "
        "Ufo, dan ook. Anders hoort hij bij de overheid.",
    ),
    artikelen=("3.27 Regeling Wfsv",),
    antwoord=_answer,
    parameters=(("banenafspraak", "deel_buiten_ufo"),),
    let_op=(
        "De bronnen verschillen bij precies de helft. De regeling zegt: de helft of meer buiten het Ufo is markt. Het "
        "Kennisdocument zegt: 50% of meer Ufo-premie is overheid. Hier gaat de regeling voor.",
    ),
    gevallen=(
        _uren("Gemeente met alleen Ufo-uren", 10000, 0, "overheid"),
        _uren("Bedrijf zonder Ufo-uren", 0, 10000, "markt"),
        _uren("Iets meer dan de helft Ufo", 5001, 4999, "overheid"),
        _uren(
            "Precies de helft: de bronnen verschillen",
            5000,
            5000,
            "markt",
            "Regeling Wfsv 3.27, anders dan het Kennisdocument",
        ),
        _uren("Iets minder dan de helft Ufo", 4999, 5001, "markt"),
        _uren("Eén uur Ufo op een grote zorgorganisatie", 1, 100000, "markt"),
        _uren(
            "Werkgever zonder uren", 0, 0, "markt", uitleg="Zonder Ufo-uren is een werkgever geen overheidswerkgever."
        ),
    ),
)


@REGEL.cases()
def test_een_werkgever_hoort_bij_een_sector(geval: Geval) -> None:
    REGEL.check(geval)
