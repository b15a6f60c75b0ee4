"""38b lid 2 (early limitation) and lid 1 g (IVA experiment)."""

from datetime import date
from typing import Any

from tests.spec.regel import Geval, Regel, wet

_LID_2 = "jonggehandicapt_uwv_oordeel"
_FEITEN = {
    "uwv_oordeel_jonggehandicapt": True,
    "uwv_oordeel_jonggehandicapt_op": "2015-09-01",
    "kan_zonder_voorziening_geen_wml_verdienen": True,
}
_IVA = {"recht_op_iva_uitkering": True, "experiment_loondispensatie": True}


def _case(titel: str, dag: date, grond: str, telt: bool, bron: str, **feiten: Any) -> Geval:
    verwacht = {"grond": grond, "behoort_tot_doelgroep": grond != "geen", "telt_voor_banenafspraak": telt}
    return Geval(titel, feiten, dag, verwacht, bron)


REGEL = Regel(
    slug="doelgroep-4-lid-2-en-g",
    titel="De doelgroep via een vroege beperking, en via de IVA",
    uitleg=(
        "Lid 2: UWV oordeelt dat de belemmering ontstond voor het 18e jaar of tijdens de studie, en dat iemand zonder "
        "voorziening het minimumloon niet kan verdienen. Tot en met 2025 moest hij de voorziening ook ontvangen.",
        "Voor 1-12-2018 was dit een aparte groep: zij telde alleen voor het quotum. Per 1-1-2020 is zij bij de "
        "doelgroep gevoegd, met terugwerkende kracht tot 1-12-2018.",
        "Onderdeel g is nieuw sinds 1-1-2026: een IVA-uitkering met loondispensatie als experiment.",
    ),
    artikelen=("38b lid 2 Wfsv", "38b lid 1 onderdeel g Wfsv"),
    antwoord=wet("doelgroep"),
    vraag="doelgroep",
    parameters=(
        ("doelgroepregister", "lid_2"),
        ("doelgroepregister", "lid_2_banenafspraak"),
        ("doelgroepregister", "onderdeel_g"),
    ),
    gevallen=(
        _case("Met voorziening, 2025", date(2025, 12, 31), _LID_2, True, "38b lid 2 (2015)",
              **_FEITEN, ontvangt_voorziening=True),
        _case("Zonder voorziening, 2025", date(2025, 12, 31), "geen", False, "38b lid 2 (2015)",
              **_FEITEN, ontvangt_voorziening=False),
        _case("Zonder voorziening, 2026: niet meer nodig", date(2026, 1, 1), _LID_2, True, "38b lid 2 (2026)",
              **_FEITEN, ontvangt_voorziening=False),
        _case("Kan ook zonder voorziening het minimumloon verdienen", date(2026, 7, 1), "geen", False,
              "38b lid 2 (2026)", **{**_FEITEN, "kan_zonder_voorziening_geen_wml_verdienen": False}),
        _case("Nog geen oordeel van UWV", date(2015, 8, 31), "geen", False, "38b lid 2", **_FEITEN,
              ontvangt_voorziening=True),
        _case("2016: alleen voor het quotum", date(2016, 6, 1), _LID_2, False, "38b lid 2; Kennisdocument",
              **_FEITEN, ontvangt_voorziening=True),
        _case("30-11-2018: alleen voor het quotum", date(2018, 11, 30), _LID_2, False, "Kennisdocument",
              **_FEITEN, ontvangt_voorziening=True),
        _case("1-12-2018: telt voor de banenafspraak", date(2018, 12, 1), _LID_2, True, "Kennisdocument",
              **_FEITEN, ontvangt_voorziening=True),
        _case("2016, ook Wajong: telt wel", date(2016, 6, 1), "wajong", True, "38b lid 1 c en lid 2",
              **_FEITEN, ontvangt_voorziening=True, wajong_status="arbeidsondersteuning"),
        _case("IVA met experiment, 2026", date(2026, 1, 1), "wia_iva_experiment", True, "38b lid 1 g", **_IVA),
        _case("IVA met experiment, 2025", date(2025, 12, 31), "geen", False, "38b (2025)", **_IVA),
        _case("IVA zonder experiment", date(2026, 7, 1), "geen", False, "38b lid 1 g", recht_op_iva_uitkering=True),
        _case("Experiment zonder IVA", date(2026, 7, 1), "geen", False, "38b lid 1 g",
              experiment_loondispensatie=True),
    ),
)  # fmt: skip


@REGEL.cases()
def test_doelgroep_via_lid_2_of_onderdeel_g(geval: Geval) -> None:
    REGEL.check(geval)
