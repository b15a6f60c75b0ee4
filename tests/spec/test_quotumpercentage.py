"""The quotum percentage of a sector by the formula of the law."""

from datetime import date
from typing import Any

from tests.spec.regel import Geval, Regel, wet

_BRON = "38f lid 2 Wfsv; 3.31 Regeling Wfsv"


def _g(titel: str, jaar: int, sector: str, percentage: float, uitleg: str = "", **feiten: Any) -> Geval:
    facts = {"sector": sector, "werknemers": 1000000, **feiten}
    return Geval(titel, facts, date(jaar, 12, 31), {"percentage": percentage}, _BRON, uitleg)


REGEL = Regel(
    slug="quotum-2-percentage",
    titel="Het quotumpercentage zelf",
    uitleg=(
        "Het percentage is het aantal banen dat er moet zijn (A en B, min H), in uren, en de uren van F, gedeeld "
        "door alle "
        "uren bij werkgevers boven de drempel (D werknemers van 1.623 uren). Het wordt naar beneden afgerond op twee "
        "cijfers achter de komma.",
    ),
    artikelen=("38f lid 1 en 2 Wfsv", "3.31 Regeling Wfsv", "2.32 Besluit Wfsv"),
    antwoord=wet("quotumpercentage"),
    vraag="quotumpercentage",
    parameters=tuple(
        ("quotum", naam)
        for naam in ("percentageformule", "variabele_a", "variabele_b", "variabele_f", "uren_per_werknemer")
    ),
    let_op=(
        "De formule is in de wet een plaatje; het teken van H is afgeleid. Variabele D is niet gevonden: het aantal "
        "werknemers moet worden opgegeven.",
    ),
    gevallen=(
        _g("Overheid 2018 bij een miljoen werknemers", 2018, "overheid", 1.96, "1,9665..."),
        _g("Markt 2018", 2018, "markt", 5.22),
        _g("Overheid 2017", 2017, "overheid", 1.73),
        _g("Overheid 2024 en later gelijk", 2024, "overheid", 3.2),
        _g("Overheid 2026", 2026, "overheid", 3.2),
        _g("Markt 2026", 2026, "markt", 11.56),
        _g("H gaat eraf", 2018, "overheid", 1.92, variabele_h=534),
        _g("Twee keer zo veel werknemers, de helft", 2018, "overheid", 0.98, werknemers=2000000),
    ),
)


@REGEL.cases()
def test_quotumpercentage(geval: Geval) -> None:
    REGEL.check(geval)
