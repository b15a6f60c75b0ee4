"""How long a proefplaatsing may last."""

from datetime import date
from typing import Any

from tests.spec.regel import Geval, Regel, wet

_PWET, _WAJONG, _UWV = "8a lid 2 onder d Participatiewet", "2:24 Wajong", "Beleidsregels proefplaatsing UWV"


def _geval(
    titel: str, route: str, begint_op: str, laatste_dag: str, bron: str, *, verlengd: bool, **meer: Any
) -> Geval:
    feiten = {"route": route, "begint_op": begint_op, "verlengd": verlengd, **meer}
    return Geval(titel, feiten, date.fromisoformat(begint_op), {"laatste_dag": laatste_dag}, bron)


REGEL = Regel(
    slug="plaatsing-1-proefplaatsing",
    titel="Hoe lang een proefplaatsing duurt",
    uitleg=(
        "Bij een proefplaatsing werkt iemand zonder loon en met behoud van uitkering, om te zien of het werk past.",
        "Via de gemeente duurt dat twee maanden. Daarna kan de gemeente ten hoogste vier maanden verlengen.",
        "Via UWV duurt het twee maanden, en ten hoogste zes als daar een reden voor is.",
        "Een proefplaatsing telt niet mee voor de banenafspraak: er wordt geen loon betaald.",
    ),
    artikelen=(_PWET, _WAJONG, "37 Wet WIA"),
    antwoord=wet("proefplaatsing"),
    vraag="proefplaatsing",
    parameters=(
        ("proefplaatsing", "gemeente_gewoon"),
        ("proefplaatsing", "gemeente_verlengd"),
        ("proefplaatsing", "uwv_gewoon"),
        ("proefplaatsing", "uwv_verlengd"),
    ),
    let_op=("Dagen waarop iemand ziek is tellen bij UWV niet mee. Hoeveel dat er zijn, zegt wie het vastlegt.",),
    gevallen=(
        _geval("Gemeente, gewoon", "gemeente", "2026-04-01", "2026-05-31", _PWET, verlengd=False),
        _geval("Gemeente, verlengd met vier maanden", "gemeente", "2026-04-01", "2026-09-30", _PWET, verlengd=True),
        _geval("UWV, gewoon", "uwv", "2026-04-15", "2026-06-14", _UWV, verlengd=False),
        _geval("UWV, met een reden voor langer", "uwv", "2026-04-15", "2026-10-14", _WAJONG, verlengd=True),
        _geval("Over de jaargrens", "uwv", "2026-11-15", "2027-01-14", _UWV, verlengd=False),
        _geval("Naar een kortere maand", "gemeente", "2026-12-31", "2027-02-27", _PWET, verlengd=False),
        _geval("Tien dagen ziek tellen niet mee", "uwv", "2026-04-01", "2026-06-10", _UWV, verlengd=False,
               onderbroken_dagen=10),
    ),
)  # fmt: skip


@REGEL.cases()
def test_hoe_lang_een_proefplaatsing_duurt(geval: Geval) -> None:
    REGEL.check(geval)
