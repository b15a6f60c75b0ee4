"""Until when somebody can object to a decision of UWV."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from banenafspraak.wet.termijnen import last_day_of_bezwaar
from tests.spec.regel import Geval, Regel

_AWB = "6:7 en 6:8 Awb"


def _answer(feiten: Mapping[str, Any], peildatum: date) -> Any:
    return {"laatste_dag": last_day_of_bezwaar(date.fromisoformat(feiten["bekend_op"]))}


def _bezwaar(titel: str, bekend_op: str, laatste_dag: str, bron: str = _AWB) -> Geval:
    return Geval(titel, {"bekend_op": bekend_op}, date.fromisoformat(bekend_op), {"laatste_dag": laatste_dag}, bron)


REGEL = Regel(
    slug="aanvraag-6-bezwaar",
    titel="Tot wanneer bezwaar kan",
    uitleg=(
        "Wie het niet eens is met een besluit, kan daartegen bezwaar maken. Dat kan tot en met zes weken na de dag "
        "waarop het besluit bekend is gemaakt.",
        "Eindigt de termijn op een zaterdag, een zondag of een feestdag, dan loopt zij door tot en met de eerste "
        "werkdag erna.",
    ),
    artikelen=(_AWB, "1 en 3 Algemene termijnenwet"),
    antwoord=_answer,
    parameters=(("termijnen", "termijn_bezwaar"),),
    gevallen=(
        _bezwaar("Zes weken, op een gewone dag", "2026-06-09", "2026-07-21"),
        _bezwaar("Een dag later bekendgemaakt, een dag later voorbij", "2026-06-10", "2026-07-22"),
        _bezwaar("Zes weken later is het Tweede Pinksterdag", "2026-04-13", "2026-05-26",
                 "1 en 3 Algemene termijnenwet"),
        _bezwaar("Over een schrikkeldag heen", "2024-02-01", "2024-03-14"),
        _bezwaar("Op Hemelvaartsdag, en de vrijdag erna is gelijkgesteld", "2026-04-02", "2026-05-18",
                 "1 en 3 Algemene termijnenwet"),
    ),
)  # fmt: skip


@REGEL.cases()
def test_tot_wanneer_bezwaar_kan(geval: Geval) -> None:
    REGEL.check(geval)
