"""38b lid 1 b (Wsw), c (Wajong), f (transition), and 38f lid 5 (WIW/ID)."""

from datetime import date
from typing import Any

from tests.spec.regel import Geval, Regel, wet


def _case(titel: str, dag: date, grond: str, bron: str, **feiten: Any) -> Geval:
    return Geval(titel, feiten, dag, {"grond": grond, "behoort_tot_doelgroep": grond != "geen"}, bron)


_WAJONG = {"wajong_status": "arbeidsondersteuning", "wajong_vanaf": "2010-05-01"}
_DGM = {**_WAJONG, "wajong_duurzaam_geen_mogelijkheden": True, "wajong_duurzaam_geen_mogelijkheden_op": "2016-02-01"}
_F = {"was_wsw_of_wajong_op_of_na_1_januari_2013": True, "was_wsw_of_wajong_op_1_mei_2015": False}
_GROND_F = "overgangsrecht_38b_1_f"

REGEL = Regel(
    slug="doelgroep-2-wsw-wajong",
    titel="De doelgroep via de Wsw, de Wajong en WIW/ID",
    uitleg=(
        "Onderdeel b: wie een geldige Wsw-indicatie heeft. Onderdeel c: wie recht heeft op arbeidsondersteuning of een "
        "uitkering op grond van de Wajong. Wie duurzaam geen mogelijkheden heeft om te werken, valt daar tot en met "
        "2025 buiten. Vanaf 1-1-2026 telt hij mee zolang hij in een dienstbetrekking werkt.",
        "Onderdeel f is overgangsrecht: wie op of na 1-1-2013 onder b of c viel en op 1-5-2015 niet meer. Een WIW- of "
        "ID-baan is gelijkgesteld.",
    ),
    artikelen=("38b lid 1 onderdeel b, c en f Wfsv", "38f lid 5 en 6 Wfsv"),
    antwoord=wet("doelgroep"),
    vraag="doelgroep",
    parameters=(
        ("doelgroepregister", "artikel_38b_in_werking"),
        ("doelgroepregister", "onderdeel_b"),
        ("doelgroepregister", "onderdeel_c"),
        ("doelgroepregister", "onderdeel_f"),
        ("doelgroepregister", "wiw_id"),
    ),
    let_op=(
        "Onderdeel f staat sinds 1-1-2020 in de wettekst. Dat het terugwerkt tot 1-12-2018 is afgeleid.",
        "Onderdeel f sluit wie duurzaam geen mogelijkheden heeft ook in 2026 uit, zelfs als hij werkt. Onderdeel c "
        "niet.",
    ),
    gevallen=(
        _case("Geldige Wsw-indicatie", date(2018, 3, 31), "wsw", "38b lid 1 b", heeft_wsw_indicatie=True),
        _case("Wsw-indicatie begint morgen", date(2018, 3, 31), "geen", "38b lid 1 b",
              heeft_wsw_indicatie=True, wsw_indicatie_vanaf="2018-04-01"),
        _case("Wsw-indicatie: laatste dag", date(2018, 3, 31), "wsw", "38b lid 1 b",
              heeft_wsw_indicatie=True, wsw_indicatie_tot="2018-04-01"),
        _case("Wsw-indicatie: eerste dag zonder", date(2018, 4, 1), "geen", "38b lid 1 b",
              heeft_wsw_indicatie=True, wsw_indicatie_tot="2018-04-01"),
        _case("Wsw al in 2013, voor de wet bestond", date(2013, 1, 1), "wsw", "Nulmeting; 38b lid 1 b",
              heeft_wsw_indicatie=True),
        _case("Wajong met arbeidsondersteuning", date(2018, 3, 31), "wajong", "38b lid 1 c", **_WAJONG),
        _case("Wajong met uitkering", date(2018, 3, 31), "wajong", "38b lid 1 c",
              wajong_status="arbeidsongeschiktheidsuitkering"),
        _case("Wajongrecht geëindigd", date(2018, 3, 31), "geen", "38b lid 1 c", **_WAJONG, wajong_tot="2018-03-31"),
        _case("Wajongrecht: laatste dag", date(2018, 3, 30), "wajong", "38b lid 1 c", **_WAJONG,
              wajong_tot="2018-03-31"),
        _case("Wajongrecht: eerste dag", date(2013, 5, 1), "wajong", "38b lid 1 c",
              wajong_status="arbeidsondersteuning", wajong_vanaf="2013-05-01"),
        _case("Wajongrecht: de dag ervoor", date(2013, 4, 30), "geen", "38b lid 1 c",
              wajong_status="arbeidsondersteuning", wajong_vanaf="2013-05-01"),
        _case("Wsw op de dag waarop 38b in werking trad", date(2015, 5, 1), "wsw", "38b lid 1 b",
              heeft_wsw_indicatie=True),
        _case("Wsw op de dag waarop de tekst is nagelopen", date(2026, 11, 21), "wsw", "38b lid 1 b",
              heeft_wsw_indicatie=True),
        _case("Wajong in 2013", date(2013, 1, 1), "wajong", "Nulmeting; 38b lid 1 c", **_WAJONG),
        _case("Duurzaam geen mogelijkheden, 2025, werkt wel", date(2025, 12, 31), "geen", "38b lid 1 c (2015)",
              **_DGM, werkt_in_dienstbetrekking=True),
        _case("Duurzaam geen mogelijkheden, 2026, werkt", date(2026, 1, 1), "wajong", "38b lid 1 c (2026)",
              **_DGM, werkt_in_dienstbetrekking=True),
        _case("Duurzaam geen mogelijkheden, 2026, werkt niet", date(2026, 7, 1), "geen", "38b lid 1 c (2026)",
              **_DGM, werkt_in_dienstbetrekking=False),
        _case("Duurzaam geen mogelijkheden, werk niet opgegeven: aangenomen van niet", date(2026, 7, 1), "geen",
              "38b lid 1 c (2026)", **_DGM),
        _case("Voor de vaststelling telde hij nog mee", date(2016, 1, 31), "wajong", "38b lid 1 c (2015)", **_DGM),
        _case("Overgangsrecht in 2018, dag voor de terugwerkende kracht", date(2018, 11, 30), "geen", "38b lid 1 f",
              **_F),
        _case("Overgangsrecht vanaf 1-12-2018", date(2018, 12, 1), _GROND_F, "38b lid 1 f (2020); Kennisdocument",
              **_F),
        _case("Overgangsrecht in 2026", date(2026, 7, 1), _GROND_F, "38b lid 1 f", **_F),
        _case("Op 1-5-2015 nog wel Wajonger: geen overgangsrecht", date(2020, 1, 1), "geen", "38b lid 1 f",
              **{**_F, "was_wsw_of_wajong_op_1_mei_2015": True}),
        _case("Overgangsrecht niet bij duurzaam geen mogelijkheden", date(2020, 1, 1), "geen", "38b lid 1 f",
              **_F, wajong_duurzaam_geen_mogelijkheden=True),
        _case("In 2026 werkend zonder mogelijkheden: c wel, f niet", date(2026, 7, 1), "wajong", "38b lid 1 c en f",
              **_F, **_DGM, werkt_in_dienstbetrekking=True),
        _case("WIW- of ID-baan", date(2018, 3, 31), "wiw_id", "38f lid 5", heeft_wiw_of_id_baan=True),
        _case("Geen van alle", date(2018, 3, 31), "geen", "38b", heeft_wsw_indicatie=False, wajong_status="geen"),
    ),
)  # fmt: skip


@REGEL.cases()
def test_doelgroep_via_wsw_wajong_of_wiw_id(geval: Geval) -> None:
    REGEL.check(geval)
