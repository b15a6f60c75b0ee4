"""By which day UWV must decide."""

from datetime import date
from typing import Any

from tests.spec.regel import Geval, Regel, wet

_AWB, _WAJONG, _ATW = "4:13 Awb", "6:1 Wajong", "1, 3 en 4 Algemene termijnenwet"
_BESCHUT = "2 lid 1 Besluit advisering beschut werk"
_UWV = "UWV, tijdlijn aanvraag beoordeling arbeidsvermogen"


def _termijn(
    titel: str, soort: str, ontvangen: str, laatste_dag: str | None, bron: str, peildatum: date | None = None,
    verwacht: dict[str, Any] | None = None, uitleg: str = "", **meer: Any,
) -> Geval:  # fmt: skip
    facts = {"soort": soort, "ontvangen_op": ontvangen, **meer}
    day = peildatum or date.fromisoformat(ontvangen)
    return Geval(titel, facts, day, {"laatste_dag": laatste_dag, **(verwacht or {})}, bron, uitleg)


REGEL = Regel(
    slug="aanvraag-5-termijnen",
    titel="Wanneer UWV uiterlijk moet beslissen",
    uitleg=(
        "Over Wajong beslist UWV binnen 14 weken, en als de aanvrager in het buitenland woont 6 maanden later. Over de "
        "banenafspraak, werken met een voorziening, beschut werk en uitschrijving binnen 8 weken. De ontvangst van een "
        "aanvraag bevestigt UWV binnen 5 dagen. De dag van de ontvangst telt niet mee.",
        "Eindigt een wettelijke termijn op een zaterdag, een zondag of een feestdag, dan loopt zij door tot en met de "
        "eerste werkdag erna. Dat geldt niet voor een termijn van meer dan twaalf weken: Wajong schuift dus niet op.",
        "UWV kan een termijn schriftelijk verlengen zolang zij niet voorbij is. Vraagt UWV om een aanvulling, dan "
        "staat de termijn stil van de dag erna tot de dag van de aanvulling.",
    ),
    artikelen=("4:13, 4:14 en 4:15 Awb", "6:1 Wajong", _BESCHUT, "1 tot en met 5 Algemene termijnenwet"),
    antwoord=wet("termijn"),
    vraag="termijn",
    parameters=tuple(
        ("termijnen", naam)
        for naam in (
            "termijn_wajong",
            "wajong_buitenland",
            "termijn_beschut_werk",
            "termijn_banenafspraak",
            "termijn_werken_met_voorziening",
            "termijn_uitschrijving",
            "termijn_ontvangstbevestiging",
            "uitstel",
            "opschorting",
            "termijnenwet_grens",
            "vaste_feestdagen",
            "koningsdag",
            "gelijkgestelde_dagen",
        )
    ),
    let_op=(
        "De dagen die bij koninklijk besluit met een feestdag zijn gelijkgesteld, zijn voor 2015, 2016 en 2020 tot en "
        "met 2022 niet volledig gevonden.",
        "Een dag die UWV zelf noemt in een verlenging is geen termijn in een wet; die dag schuift niet op.",
    ),
    gevallen=(
        _termijn("Banenafspraak: acht weken", "banenafspraak", "2026-06-09", "2026-08-04", _AWB),
        _termijn("Eindigt op zaterdag: maandag", "banenafspraak", "2026-06-13", "2026-08-10", _ATW),
        _termijn("Eindigt op zondag: maandag", "werken_met_voorziening", "2026-06-14", "2026-08-10", _ATW),
        _termijn("Eindigt op vrijdag: schuift niet", "beschut_werk", "2026-06-12", "2026-08-07", _BESCHUT),
        _termijn("Wajong: veertien weken", "wajong", "2026-06-09", "2026-09-15", _WAJONG),
        _termijn("Wajong op zaterdag: schuift niet op", "wajong", "2026-06-13", "2026-09-19", _ATW,
                 uitleg="Langer dan twaalf weken."),
        _termijn("Wajong uit het buitenland: zes maanden erbij", "wajong", "2026-06-09", "2027-03-15", _WAJONG,
                 woont_in_buitenland=True),
        _termijn("Buitenland telt niet bij de banenafspraak", "banenafspraak", "2026-06-09", "2026-08-04", _AWB,
                 woont_in_buitenland=True),
        _termijn("Zes maanden na 31 augustus: de laatste dag van februari", "wajong", "2026-05-25", "2027-02-28",
                 _WAJONG, woont_in_buitenland=True),
        _termijn("Zes maanden na 31 augustus in een schrikkeljaar", "wajong", "2027-05-25", "2028-02-29",
                 _WAJONG, woont_in_buitenland=True),
        _termijn("Ontvangen op 29 februari", "banenafspraak", "2028-02-29", "2028-04-25", _AWB),
        _termijn("Over de zomertijd heen", "banenafspraak", "2026-03-02", "2026-04-28", _ATW,
                 uitleg="Acht weken later is Koningsdag."),
        _termijn("Over de wintertijd heen", "banenafspraak", "2026-09-15", "2026-11-10", _AWB),
        _termijn("Goede Vrijdag, Pasen: dinsdag", "beschut_werk", "2026-02-06", "2026-04-07", _ATW),
        _termijn("Hemelvaartsdag en de dag erna: maandag", "uitschrijving", "2026-03-19", "2026-05-18", _ATW,
                 uitleg="15-5-2026 is gelijkgesteld met een feestdag."),
        _termijn("De dag voor Hemelvaartsdag: schuift niet", "uitschrijving", "2026-03-18", "2026-05-13", _ATW),
        _termijn("Tweede Pinksterdag", "uitschrijving", "2026-03-30", "2026-05-26", _ATW),
        _termijn("Bevrijdingsdag, ook buiten een lustrum", "uitschrijving", "2026-03-10", "2026-05-06", _ATW),
        _termijn("Kerst 2026 is vrijdag en zaterdag: maandag", "banenafspraak", "2026-10-30", "2026-12-28", _ATW),
        _termijn("Oudejaarsdag is een werkdag", "banenafspraak", "2026-11-05", "2026-12-31", _ATW),
        _termijn("Nieuwjaarsdag en de dag erna", "banenafspraak", "2025-11-06", "2026-01-05", _ATW),
        _termijn("Koningsdag op zondag: zaterdag gevierd", "banenafspraak", "2025-02-28", "2025-04-25", _ATW),
        _termijn("Ontvangst bevestigen: vijf dagen", "ontvangstbevestiging", "2026-06-08", "2026-06-13", _UWV,
                 uitleg="Geen wettelijke termijn; zij schuift niet op."),
        _termijn("De laatste dag is nog op tijd", "banenafspraak", "2026-06-09", "2026-08-04", _AWB,
                 date(2026, 8, 4), {"verstreken": False, "resterende_dagen": 0}),
        _termijn("De dag erna is te laat", "banenafspraak", "2026-06-09", "2026-08-04", _AWB,
                 date(2026, 8, 5), {"verstreken": True, "resterende_dagen": -1}),
        _termijn("Schriftelijk verlengd", "wajong", "2026-06-09", "2026-10-31", _WAJONG, date(2026, 9, 20),
                 {"verlengd": True}, verlengd_tot_en_met="2026-10-31", verlenging_meegedeeld_op="2026-09-15"),
        _termijn("Een dag te laat meegedeeld: niet verlengd", "wajong", "2026-06-09", "2026-09-15", _WAJONG,
                 date(2026, 9, 20), {"verlengd": False, "verstreken": True}, verlengd_tot_en_met="2026-10-31",
                 verlenging_meegedeeld_op="2026-09-16"),
        _termijn("Verlenging tot een eerdere dag doet niets", "wajong", "2026-06-09", "2026-09-15", _WAJONG,
                 date(2026, 9, 1), {"verlengd": False}, verlengd_tot_en_met="2026-09-15",
                 verlenging_meegedeeld_op="2026-09-01"),
        _termijn("Een advies over beschut werk is niet te verlengen", "beschut_werk", "2026-06-09", "2026-08-04",
                 _BESCHUT, date(2026, 8, 1), {"verlengd": False}, verlengd_tot_en_met="2026-09-15",
                 verlenging_meegedeeld_op="2026-07-15"),
        _termijn("Tien dagen gewacht op een aanvulling", "banenafspraak", "2026-06-09", "2026-08-14", "4:15 Awb",
                 date(2026, 7, 1), {"staat_stil": False}, aanvulling_gevraagd_op="2026-06-12",
                 aangevuld_op="2026-06-23"),
        _termijn("De volgende dag aangevuld: geen dag stil", "banenafspraak", "2026-06-09", "2026-08-04",
                 "4:15 Awb", date(2026, 7, 1), aanvulling_gevraagd_op="2026-06-12", aangevuld_op="2026-06-13"),
        _termijn("Om aanvulling gevraagd op de laatste dag: de termijn staat stil", "banenafspraak", "2026-06-09", None,
                 "4:15 Awb", date(2026, 8, 4), {"staat_stil": True}, aanvulling_gevraagd_op="2026-08-04"),
        _termijn("Aangevuld op de peildatum: de termijn loopt weer", "banenafspraak", "2026-06-09", "2026-08-14",
                 "4:15 Awb", date(2026, 6, 23), {"staat_stil": False}, aanvulling_gevraagd_op="2026-06-12",
                 aangevuld_op="2026-06-23"),
        _termijn("Pas morgen aangevuld: de termijn staat nog stil", "banenafspraak", "2026-06-09", None,
                 "4:15 Awb", date(2026, 6, 22), {"staat_stil": True}, aanvulling_gevraagd_op="2026-06-12",
                 aangevuld_op="2026-06-23"),
        _termijn("Dezelfde dag gevraagd en aangevuld: geen dag stil", "banenafspraak", "2026-06-09", "2026-08-04",
                 "4:15 Awb", date(2026, 7, 1), {"staat_stil": False}, aanvulling_gevraagd_op="2026-06-12",
                 aangevuld_op="2026-06-12"),
        _termijn("UWV wacht nog: de termijn staat stil", "banenafspraak", "2026-06-09", None, "4:15 Awb",
                 date(2026, 7, 1), {"staat_stil": True, "verstreken": False}, aanvulling_gevraagd_op="2026-06-12"),
        _termijn("UWV wacht nog en noemde een latere dag: die dag", "banenafspraak", "2026-06-09", "2026-10-31",
                 "4:14 en 4:15 Awb", date(2026, 7, 20), {"staat_stil": False, "verlengd": True},
                 aanvulling_gevraagd_op="2026-06-12", verlengd_tot_en_met="2026-10-31",
                 verlenging_meegedeeld_op="2026-07-15"),
        _termijn("UWV wacht nog: een mededeling na de acht weken is op tijd", "banenafspraak", "2026-06-09",
                 "2026-10-31", "4:14 en 4:15 Awb", date(2026, 8, 12), {"staat_stil": False, "verlengd": True},
                 aanvulling_gevraagd_op="2026-06-12", verlengd_tot_en_met="2026-10-31",
                 verlenging_meegedeeld_op="2026-08-10", uitleg="De termijn staat stil en is dus niet voorbij."),
        _termijn("UWV wacht nog en noemde een eerdere dag: de termijn staat stil", "banenafspraak", "2026-06-09", None,
                 "4:14 en 4:15 Awb", date(2026, 7, 2), {"staat_stil": True, "verlengd": False},
                 aanvulling_gevraagd_op="2026-06-12", verlengd_tot_en_met="2026-07-20",
                 verlenging_meegedeeld_op="2026-07-01"),
        _termijn("Ingeklemde vrijdag in 2022: het besluit is niet gevonden", "banenafspraak", "2022-03-11",
                 "2022-05-06", _ATW),
        _termijn("De vraag om aanvulling komt pas na de peildatum", "banenafspraak", "2026-06-09", "2026-08-04",
                 "4:15 Awb", date(2026, 7, 1), {"staat_stil": False}, aanvulling_gevraagd_op="2026-07-02"),
        _termijn("Om aanvulling gevraagd toen de termijn al voorbij was", "banenafspraak", "2026-06-09", "2026-08-04",
                 "4:15 Awb", date(2026, 9, 1), {"verstreken": True}, aanvulling_gevraagd_op="2026-08-05"),
    ),
)  # fmt: skip


@REGEL.cases()
def test_wanneer_uwv_uiterlijk_beslist(geval: Geval) -> None:
    REGEL.check(geval)
