"""The advice about beschut werk, and the college's decision."""

from datetime import date
from typing import Any

from tests.spec.regel import Geval, Regel, wet

_DAG = date(2026, 7, 1)
_ART_3 = "3 Besluit advisering beschut werk"


def _geval(titel: str, verwacht: dict[str, Any], bron: str = _ART_3, **feiten: Any) -> Geval:
    facts = {"aanvrager": "college", "heeft_arbeidsvermogen": True, "begeleid_werken": "geen_advies", **feiten}
    return Geval(titel, facts, _DAG, verwacht, bron)


_JA_A = {"aanpassingen_niet_redelijk": True}
_JA_B = {"aanpassingen_niet_redelijk": False, "toezicht_niet_redelijk": True}
_NEE = {"aanpassingen_niet_redelijk": False, "toezicht_niet_redelijk": False}

REGEL = Regel(
    slug="aanvraag-3-beschut-werk",
    titel="Advies beschut werk, en het besluit van het college",
    uitleg=(
        "UWV adviseert beschut werk voor wie arbeidsvermogen heeft en iets nodig heeft dat geen werkgever redelijk kan "
        "bieden: aanpassingen, technisch of in de organisatie, of permanent toezicht of intensieve begeleiding. Een "
        "van de twee is genoeg.",
        "Het college beslist. Stelt het college vast dat iemand alleen beschut kan werken, dan eindigt een registratie "
        "in het doelgroepregister op de dag erna. Een advies alleen verandert niets.",
        "Zonder nieuw onderzoek blijft het oordeel over begeleid werken bij een Wsw-indicatie staan, en krijgt wie "
        "zelf binnen twaalf maanden opnieuw vraagt een negatief advies. Nieuwe feiten leiden wel tot onderzoek.",
    ),
    artikelen=("2 en 3 Besluit advisering beschut werk", "10b Participatiewet", "3.2 lid 3 Besluit SUWI"),
    antwoord=wet("beschutwerk"),
    vraag="beschutwerk",
    parameters=(
        ("arbeidsvermogen", "beschut_werk"),
        ("arbeidsvermogen", "eerder_advies"),
        ("arbeidsvermogen", "college_beslist"),
    ),
    gevallen=(
        _geval("Aanpassingen die niet redelijk zijn: positief", {"advies_positief": True, "vastgesteld": None,
               "registratie_eindigt_op": None}, **_JA_A),
        _geval("Toezicht dat niet redelijk is: positief", {"advies_positief": True}, **_JA_B),
        _geval("Geen van beide: negatief", {"advies_positief": False, "zonder_onderzoek": False}, **_NEE),
        _geval("Geen arbeidsvermogen: negatief", {"advies_positief": False}, heeft_arbeidsvermogen=False, **_JA_A),
        _geval("Wsw: in staat tot begeleid werken, dus negatief",
               {"advies_positief": False, "zonder_onderzoek": True}, begeleid_werken="in_staat", nieuwe_feiten=False),
        _geval("Wsw: niet in staat tot begeleid werken, dus positief",
               {"advies_positief": True, "zonder_onderzoek": True}, begeleid_werken="niet_in_staat",
               nieuwe_feiten=False),
        _geval("Wsw met nieuwe feiten: onderzoek", {"advies_positief": False, "zonder_onderzoek": False},
               begeleid_werken="niet_in_staat", nieuwe_feiten=True, **_NEE),
        _geval("Zelf opnieuw gevraagd binnen een jaar: negatief", {"advies_positief": False, "zonder_onderzoek": True},
               aanvrager="persoon", eerder_advies=True, nieuwe_feiten=False),
        _geval("Zelf opnieuw gevraagd met nieuws: onderzoek", {"advies_positief": True, "zonder_onderzoek": False},
               aanvrager="persoon", eerder_advies=True, nieuwe_feiten=True, **_JA_A),
        _geval("Zelf gevraagd, geen eerder advies: onderzoek", {"advies_positief": True, "zonder_onderzoek": False},
               aanvrager="persoon", eerder_advies=False, **_JA_B),
        _geval("Het college stelt vast: registratie eindigt de dag erna",
               {"vastgesteld": True, "registratie_eindigt_op": "2026-06-16"}, "3.2 lid 3 Besluit SUWI",
               college_stelt_vast=True, college_besloot_op="2026-06-15", **_JA_A),
        _geval("Vastgesteld op 28 februari van een schrikkeljaar", {"registratie_eindigt_op": "2024-02-29"},
               "3.2 lid 3 Besluit SUWI", college_stelt_vast=True, college_besloot_op="2024-02-28", **_JA_A),
        _geval("Het college besluit anders: registratie blijft", {"vastgesteld": False, "registratie_eindigt_op": None},
               "10b Participatiewet", college_stelt_vast=False, college_besloot_op="2026-06-15", **_JA_A),
        _geval("Het besluit valt pas na de peildatum", {"vastgesteld": None, "registratie_eindigt_op": None},
               "3.2 lid 3 Besluit SUWI", college_stelt_vast=True, college_besloot_op="2026-07-02", **_JA_A),
        _geval("Het besluit valt op de peildatum zelf", {"vastgesteld": True, "registratie_eindigt_op": "2026-07-02"},
               "3.2 lid 3 Besluit SUWI", college_stelt_vast=True, college_besloot_op="2026-07-01", **_JA_A),
        _geval("Het college wijkt af van een negatief advies",
               {"advies_positief": False, "vastgesteld": True, "registratie_eindigt_op": "2026-06-16"},
               "10b Participatiewet", college_stelt_vast=True, college_besloot_op="2026-06-15", **_NEE),
    ),
)  # fmt: skip


@REGEL.cases()
def test_advies_en_besluit_beschut_werk(geval: Geval) -> None:
    REGEL.check(geval)
