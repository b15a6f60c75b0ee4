"""By which day somebody must have an answer about the own data."""

from datetime import date
from typing import Any

from tests.spec.regel import Geval, Regel, wet

_AVG = "12 lid 3 AVG"


def _geval(
    titel: str, op: str, laatste_dag: str, *, dag: date | None = None, verlengd: bool = False, **meer: Any
) -> Geval:
    feiten = {"ontvangen_op": op, **meer}
    return Geval(
        titel, feiten, dag or date.fromisoformat(laatste_dag),
        {"laatste_dag": laatste_dag, "verlengd": verlengd}, _AVG,
    )  # fmt: skip


REGEL = Regel(
    slug="inzage-1-antwoordtermijn",
    titel="Wanneer iemand antwoord krijgt over de eigen gegevens",
    uitleg=(
        "Wie meldt dat iets niet klopt, of om inzage vraagt, krijgt binnen een maand antwoord.",
        "Is het ingewikkeld, dan mogen er twee maanden bij komen. Dat moet binnen de eerste maand worden verteld, met "
        "de reden.",
        "Valt de laatste dag in het weekend of op een feestdag, dan is het de eerste werkdag daarna.",
    ),
    artikelen=(_AVG, "16 AVG", "15 AVG"),
    antwoord=wet("antwoordtermijn"),
    vraag="antwoordtermijn",
    parameters=(("avg", "antwoordtermijn"), ("avg", "verlenging")),
    gevallen=(
        _geval("Een gewone maand", "2026-04-01", "2026-05-01"),
        _geval("Ontvangen op de 31e: de laatste dag van de kortere maand", "2026-03-31", "2026-04-30"),
        _geval("Ontvangen eind januari in een schrikkeljaar", "2028-01-31", "2028-02-29"),
        _geval("De laatste dag is een zaterdag: maandag", "2026-04-02", "2026-05-04"),
        _geval("De laatste dag is Koningsdag: de dag daarna", "2026-03-27", "2026-04-28"),
        _geval("Over de jaargrens", "2026-12-15", "2027-01-15"),
        _geval("Verlengd op de laatste dag van de maand", "2026-04-01", "2026-07-01", verlengd=True,
               verlenging_meegedeeld_op="2026-05-01"),
        _geval("Een dag te laat verlengd: niet verlengd", "2026-04-01", "2026-05-01", dag=date(2026, 5, 2),
               verlenging_meegedeeld_op="2026-05-02"),
        _geval("De mededeling van vandaag telt vandaag", "2026-04-01", "2026-07-01", dag=date(2026, 4, 20),
               verlengd=True, verlenging_meegedeeld_op="2026-04-20"),
        _geval("De mededeling van morgen telt vandaag nog niet", "2026-04-01", "2026-05-01", dag=date(2026, 4, 20),
               verlenging_meegedeeld_op="2026-04-21"),
        _geval("Meegedeeld op de dag van de ontvangst", "2026-04-01", "2026-07-01", dag=date(2026, 4, 1),
               verlengd=True, verlenging_meegedeeld_op="2026-04-01"),
        Geval("Een dag na de laatste dag is de termijn voorbij", {"ontvangen_op": "2026-04-01"}, date(2026, 5, 2),
              {"verstreken": True}, _AVG),
        Geval("Op de laatste dag is de termijn nog niet voorbij", {"ontvangen_op": "2026-04-01"}, date(2026, 5, 1),
              {"verstreken": False}, _AVG),
    ),
)  # fmt: skip


@REGEL.cases()
def test_wanneer_iemand_uiterlijk_antwoord_krijgt(geval: Geval) -> None:
    REGEL.check(geval)
