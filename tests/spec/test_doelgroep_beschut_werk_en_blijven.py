"""The exclusion of beschut werk (chapeau), staying on lid 6, and the one label when several grounds are met."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tests.spec.regel import Geval, Regel, wet

_ASK = wet("doelgroep")


def _answer(feiten: Mapping[str, Any], peildatum: date) -> Any:
    waarde = _ASK(feiten, peildatum)
    return {"grond": waarde["grond"], "voldoet_aan": [g["grond"] for g in waarde["gronden"] if g["voldoet"]]}


def _case(titel: str, dag: date, gronden: list[str], bron: str, **feiten: Any) -> Geval:
    return Geval(titel, feiten, dag, {"grond": gronden[0] if gronden else "geen", "voldoet_aan": gronden}, bron)


_A, _WSW, _WAJONG = "pwet_lks_uwv_loonwaarde", "wsw", "wajong"
_LID_2, _BLIJF, _WIW = "jonggehandicapt_uwv_oordeel", "blijfgrond_38b_6", "wiw_id"
_BESCHUT = {"beschut_werk_vastgesteld": True, "beschut_werk_vastgesteld_op": "2020-03-10"}
_COLLEGE = {
    "ondersteuning_pwet_7_1_a": True,
    "uwv_oordeel_kan_geen_wml_verdienen": True,
    "uwv_oordeel_aanvrager": "college",
    "uwv_oordeel_op": "2015-06-01",
}
_VROEG = {
    "uwv_oordeel_jonggehandicapt": True,
    "kan_zonder_voorziening_geen_wml_verdienen": True,
    "ontvangt_voorziening": True,
}
_OPGENOMEN = {"opgenomen_in_register_op": "2016-01-01"}

REGEL = Regel(
    slug="doelgroep-5-beschut-werk-en-blijven",
    titel="Beschut werk, blijven staan, en meer gronden tegelijk",
    uitleg=(
        "Wie volgens het college alleen beschut kan werken, valt buiten lid 1 en lid 6. Lid 2 noemt die uitsluiting "
        "niet. In de eerste tekst van 2015 gold de uitsluiting alleen voor onderdeel a, en alleen voor wie er al in "
        "werkte.",
        "Lid 6: wie niet meer aan een grond voldoet blijft erin zolang zijn registratie niet is geëindigd.",
        "Voldoet iemand aan meer gronden, dan worden zij allemaal genoemd. Het ene etiket volgt de volgorde van het "
        "artikel: lid 1 a tot en met g, lid 2, de gelijkstelling van 38f, en als laatste lid 6.",
    ),
    artikelen=("38b lid 1 (aanhef), lid 2 en lid 6 Wfsv", "10b Participatiewet", "38f lid 5 Wfsv"),
    antwoord=_answer,
    vraag="doelgroep",
    parameters=(("doelgroepregister", "beschut_werk"), ("doelgroepregister", "onderdeel_f")),
    let_op=(
        "De wet kent niet één etiket per persoon. De volgorde is een keuze; alle gronden staan daarom in het antwoord.",
        "Voor WIW/ID noemt artikel 38f de uitsluiting van beschut werk niet; zij is hier niet toegepast.",
        "Besluit SUWI 3.2 lid 3 beëindigt de registratie na beschut werk ook voor wie op lid 2 staat, al blijft hij "
        "naar de letter van lid 2 arbeidsbeperkte.",
    ),
    gevallen=(
        _case("Beschut werk sluit de Participatiewet uit", date(2020, 3, 10), [], "38b lid 1", **_COLLEGE, **_BESCHUT),
        _case("De dag voor de vaststelling nog niet", date(2020, 3, 9), [_A], "38b lid 1", **_COLLEGE, **_BESCHUT),
        _case("Beschut werk sluit de Wsw uit", date(2026, 7, 1), [], "38b lid 1", heeft_wsw_indicatie=True,
              **_BESCHUT),
        _case("Beschut werk sluit de Wajong uit", date(2026, 7, 1), [], "38b lid 1",
              wajong_status="arbeidsondersteuning", **_BESCHUT),
        _case("Beschut werk sluit VSO uit", date(2026, 7, 1), [], "38b lid 1; 2.24 lid 3 Besluit Wfsv",
              onderwijs="vso", schriftelijk_gemeld_bij_uwv=True, **_BESCHUT),
        _case("Beschut werk sluit lid 2 niet uit", date(2026, 7, 1), [_LID_2], "38b lid 2", **_VROEG, **_BESCHUT),
        _case("Beschut werk sluit WIW/ID niet uit", date(2026, 7, 1), [_WIW], "38f lid 5",
              heeft_wiw_of_id_baan=True, **_BESCHUT),
        _case("Beschut werk sluit blijven uit", date(2026, 7, 1), [], "38b lid 6", **_OPGENOMEN, **_BESCHUT),
        _case("Begin 2015: de vaststelling alleen sluit niemand uit", date(2015, 7, 1), [_A], "38b (2015)",
              **_COLLEGE, beschut_werk_vastgesteld=True),
        _case("Begin 2015: wie in beschut werk werkt valt uit onderdeel a", date(2015, 7, 1), [], "38b lid 1 a (2015)",
              **_COLLEGE, werkt_in_beschut_werk=True),
        _case("Begin 2015: de Wajong bleef ook dan staan", date(2015, 7, 1), [_WAJONG], "38b lid 1 c (2015)",
              wajong_status="arbeidsondersteuning", werkt_in_beschut_werk=True),
        _case("Niet meer aan de voorwaarden, wel geregistreerd", date(2026, 7, 1), [_BLIJF], "38b lid 6",
              **_OPGENOMEN),
        _case("Blijfgrond vanaf 1-12-2018", date(2018, 12, 1), [_BLIJF], "38b lid 6 (2020)", **_OPGENOMEN),
        _case("Op 30-11-2018 bestond lid 6 niet", date(2018, 11, 30), [], "38b (2018)", **_OPGENOMEN),
        _case("Registratie geëindigd", date(2026, 7, 1), [], "38b lid 6", **_OPGENOMEN,
              registratie_geeindigd_op="2026-07-01"),
        _case("Laatste dag van de registratie", date(2026, 6, 30), [_BLIJF], "38b lid 6", **_OPGENOMEN,
              registratie_geeindigd_op="2026-07-01"),
        _case("Nooit opgenomen", date(2026, 7, 1), [], "38b lid 6", opgenomen_in_register=False),
        _case("Nog niet opgenomen", date(2019, 1, 1), [], "38b lid 6", opgenomen_in_register_op="2019-01-02"),
        _case("AOW-leeftijd bereikt", date(2026, 7, 1), [], "3.2 lid 2 Besluit SUWI", **_OPGENOMEN,
              geboortedatum="1959-07-01"),
        _case("Dag voor de AOW-leeftijd", date(2026, 6, 30), [_BLIJF], "3.2 lid 2 Besluit SUWI", **_OPGENOMEN,
              geboortedatum="1959-07-01"),
        _case("AOW-leeftijd bereikt, zonder geboortedatum", date(2026, 7, 1), [], "3.2 lid 2 Besluit SUWI",
              **_OPGENOMEN, aow_leeftijd_bereikt=True),
        _case("Blijfgrond is niet nodig voor wie nog voldoet", date(2026, 7, 1), [_WSW], "38b lid 6", **_OPGENOMEN,
              heeft_wsw_indicatie=True),
        _case("Participatiewet en Wajong: eerst a", date(2026, 7, 1), [_A, _WAJONG], "Volgorde van 38b",
              **_COLLEGE, wajong_status="arbeidsondersteuning"),
        _case("Wsw en Wajong: eerst b", date(2026, 7, 1), [_WSW, _WAJONG], "Volgorde van 38b",
              heeft_wsw_indicatie=True, wajong_status="arbeidsondersteuning"),
        _case("Lid 2 en WIW/ID: eerst lid 2", date(2026, 7, 1), [_LID_2, _WIW], "Volgorde van 38b en 38f", **_VROEG,
              heeft_wiw_of_id_baan=True),
    ),
)  # fmt: skip


@REGEL.cases()
def test_beschut_werk_blijven_en_volgorde(geval: Geval) -> None:
    REGEL.check(geval)
