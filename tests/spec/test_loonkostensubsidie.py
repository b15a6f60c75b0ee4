"""Loonkostensubsidie: whether, how much, and on which minimum wage."""

from datetime import date
from typing import Any

from tests.spec.regel import Geval, Regel, wet

_D4, _D5, _D2, _D7 = (f"10d lid {lid} Participatiewet" for lid in (4, 5, 2, 7))
_STEUN = {"ondersteuning_pwet_7_1_a": True}


def _g(titel: str, dag: str, verwacht: dict[str, Any], bron: str, uitleg: str = "", **feiten: Any) -> Geval:
    basis = {"begin_dienstbetrekking": dag, "uren_per_week": 36, "leeftijd": 30, "loonwaarde_percentage": 50, **_STEUN}
    basis.update(feiten)
    if "geboortedatum" in feiten:
        del basis["leeftijd"]
    return Geval(
        titel, {k: v for k, v in basis.items() if v is not None}, date.fromisoformat(dag), verwacht, bron, uitleg
    )


def _op(
    titel: str, begin: str, dag: str, verwacht: dict[str, Any], bron: str, uitleg: str = "", **feiten: Any
) -> Geval:
    geval = _g(titel, begin, verwacht, bron, uitleg, **feiten)
    return Geval(titel, geval.feiten, date.fromisoformat(dag), verwacht, bron, uitleg)


def _euro(bedrag: float, **meer: Any) -> dict[str, Any]:
    return {"recht": True, "bedrag_per_maand": bedrag, **meer}


_NEE: dict[str, Any] = {"recht": False, "bedrag_per_maand": None}
_LATER = {"aanvraag_op": "2026-06-30", "ondersteuning_pwet_7_1_a": None}

REGEL = Regel(
    slug="instrument-2-loonkostensubsidie",
    titel="Loonkostensubsidie",
    uitleg=(
        "Wie voltijds niet het minimumloon kan verdienen, krijgt van de werkgever het gewone loon; de gemeente "
        "betaalt de "
        "werkgever het verschil tussen minimumloon en loonwaarde, allebei met vakantiebijslag. Dat is ten hoogste "
        "70% van "
        "het minimumloon met vakantiebijslag. Daar komt een vergoeding voor werkgeverslasten bovenop. Het geheel "
        "gaat naar "
        "rato van 36 uur per week; uren boven de 36 tellen tot een volledige baan in dat werk.",
        "Zonder gemeten loonwaarde is het 50%, in de eerste zes maanden.",
        "Een lopende subsidie verandert alleen op 1 januari. Het minimumloon van juli telt alleen voor wie na 1 juli "
        "begint.",
        "Voor werk dat al begonnen is, moet de aanvraag er binnen zes maanden zijn, en moet de persoon in de zes "
        "maanden "
        "ervoor op praktijkonderwijs, vso of entree hebben gezeten of door het college zijn ondersteund.",
    ),
    artikelen=("6, 7, 10c en 10d Participatiewet", "1 Regeling loonkostensubsidie Participatiewet 2021"),
    antwoord=wet("lks"),
    vraag="lks",
    parameters=(
        ("instrumenten", "aanvragen"),
        *(
            ("loonkostensubsidie", naam)
            for naam in (
                "tekst",
                "hoogste_deel",
                "forfaitair_deel",
                "forfaitair_maanden",
                "werkgeverslasten",
                "maatstaf",
                "norm_uren",
                "aanvraag_maanden",
                "beslisweken",
            )
        ),
    ),
    let_op=(
        "De grond telt, niet het register: een Wajonger krijgt loondispensatie, geen loonkostensubsidie.",
        "De vergoeding was 23% tot en met 2017 en is 23,5% sinds 2018. Een eerste regeling voor 2015 zei 23,5%; zij is "
        "voor de ingang vervangen. Dat het in 2023 24% zou zijn, is niet gevonden. Voor 2024 tot en met 2026 is "
        "23,5% niet "
        "nagelezen.",
        "De tekst van 2025 is ook op oudere dagen toegepast.",
        "Wordt een werknemer jonger dan 21 een jaar ouder, dan stijgt zijn minimumloon op die dag, en de subsidie mee. "
        "Dat de gemeente dat ook buiten 1 januari doet, is afgeleid.",
        "Lid 7 spreekt van de ontwikkeling van 1 januari tot 1 januari. Letterlijk zou wie na 1 juli begon de "
        "verhoging van "
        "juli twee keer krijgen; hier is het bedrag van 1 januari zelf genomen.",
        "De wet zegt niet hoe het bedrag wordt afgerond: hier één keer aan het eind, op centen.",
    ),
    gevallen=(
        _g("Loonwaarde 50%, 36 uur", "2026-07-01", _euro(1558.55, zonder_werkgeverslasten=1261.98), _D4),
        _g(
            "Loonwaarde 80%", "2026-07-01", _euro(623.42, zonder_werkgeverslasten=504.79), _D4, loonwaarde_percentage=80
        ),
        _g("Loonwaarde 30% is precies het maximum", "2026-07-01", _euro(2181.96), _D4, loonwaarde_percentage=30),
        _g(
            "Loonwaarde 20% geeft niet meer",
            "2026-07-01",
            _euro(2181.96, zonder_werkgeverslasten=1766.77),
            _D4,
            loonwaarde_percentage=20,
        ),
        _g("Loonwaarde 31% net minder", "2026-07-01", _euro(2150.79), _D4, loonwaarde_percentage=31),
        _g("Loonwaarde 99%", "2026-07-01", _euro(31.17), _D4, loonwaarde_percentage=99),
        _g("Loonwaarde 100%: niets", "2026-07-01", _NEE, "10d lid 1 Participatiewet", loonwaarde_percentage=100),
        _g(
            "Geen loonwaarde en niet forfaitair: niets",
            "2026-07-01",
            _NEE,
            "10d lid 1 Participatiewet",
            loonwaarde_percentage=None,
        ),
        _g("18 uur is de helft", "2026-07-01", _euro(779.27), _D4, uren_per_week=18),
        _g(
            "40 uur telt als dat de volle week is", "2026-07-01", _euro(1731.72), _D4, uren_per_week=40, voltijd_uren=40
        ),
        _g(
            "40 uur telt tot een volle week van 38",
            "2026-07-01",
            _euro(1645.13),
            _D4,
            uren_per_week=40,
            voltijd_uren=38,
        ),
        _g("Een volle week van 36 is aangenomen", "2026-07-01", _euro(1558.55), _D4, uren_per_week=40),
        _g("20 jaar: 80% van het minimumloon", "2026-07-01", _euro(1246.84), _D4, leeftijd=20),
        _g("Geboortedatum: net 21", "2026-07-01", _euro(1558.55), _D4, geboortedatum="2005-07-01"),
        _g("Geboortedatum: morgen 21", "2026-07-01", _euro(1246.84), _D4, geboortedatum="2005-07-02"),
        _op(
            "Begonnen in januari: juli verandert niets",
            "2026-01-01",
            "2026-08-01",
            _euro(1530.14, maatstaf_op="2026-01-01", opnieuw_vastgesteld_op="2027-01-01"),
            _D7,
        ),
        _op(
            "Begonnen op 30 juni: het bedrag van januari",
            "2026-06-30",
            "2026-08-01",
            _euro(1530.14, maatstaf_op="2026-06-30"),
            _D7,
        ),
        _op("Begonnen op 1 juli: het bedrag van juli", "2026-07-01", "2026-08-01", _euro(1558.55), _D7),
        _op(
            "Vorig jaar begonnen: opnieuw vastgesteld op 1 januari",
            "2025-03-01",
            "2026-09-01",
            _euro(1530.14, maatstaf_op="2026-01-01"),
            _D7,
        ),
        _op(
            "Vorig jaar na juli begonnen: het bedrag van 1 januari zelf",
            "2025-08-01",
            "2026-01-01",
            _euro(1530.14, maatstaf_op="2026-01-01"),
            _D7,
            "Zie: let op.",
        ),
        _op(
            "De laatste dag van het jaar nog het oude",
            "2025-03-01",
            "2025-12-31",
            _euro(1461.71, maatstaf_op="2025-03-01"),
            _D7,
        ),
        _op(
            "Forfaitair: 50%",
            "2026-07-01",
            "2026-12-31",
            _euro(1558.55, forfaitair=True, loonwaarde_voor="2027-01-01"),
            _D5,
            loonwaarde_percentage=None,
            forfaitair=True,
        ),
        _op(
            "Forfaitair: de laatste dag van zes maanden",
            "2026-03-10",
            "2026-09-09",
            _euro(1530.14, forfaitair=True),
            _D5,
            loonwaarde_percentage=None,
            forfaitair=True,
        ),
        _op(
            "Forfaitair: na zes maanden niet meer",
            "2026-03-10",
            "2026-09-10",
            _NEE,
            _D5,
            loonwaarde_percentage=None,
            forfaitair=True,
        ),
        _op(
            "Forfaitair tot de loonwaarde er is",
            "2026-03-10",
            "2026-06-01",
            _euro(1224.11, forfaitair=False),
            _D5,
            forfaitair=True,
            loonwaarde_percentage=60,
            loonwaarde_vastgesteld_op="2026-06-01",
        ),
        _op(
            "Forfaitair: de dag voor de loonwaarde",
            "2026-03-10",
            "2026-05-31",
            _euro(1530.14, forfaitair=True),
            _D5,
            forfaitair=True,
            loonwaarde_percentage=60,
            loonwaarde_vastgesteld_op="2026-06-01",
        ),
        _op(
            "De gemeente beslist binnen vijf weken",
            "2026-03-10",
            "2026-06-01",
            _euro(1224.11, beslissing_uiterlijk="2026-07-06"),
            "10d lid 12 Participatiewet",
            loonwaarde_percentage=60,
            loonwaarde_vastgesteld_op="2026-06-01",
        ),
        _g(
            "2015: 23% en een volle week van 40",
            "2015-01-01",
            _euro(997.50),
            "Regeling Stcrt. 2014, 35743",
            voltijd_uren=40,
            uren_per_week=40,
        ),
        _g("2017 nog 23%", "2017-12-31", _euro(1039.74), "noordnegentig.nl 2017"),
        _g("2018: 23,5%", "2018-01-01", _euro(1052.37), "noordnegentig.nl 2017"),
        _g(
            "2023: 30 van 40 uur",
            "2023-07-01",
            _euro(997.85),
            "Tekst tot 2024 (geheugen)",
            voltijd_uren=40,
            uren_per_week=30,
        ),
        _g(
            "2024: 30 van 36 uur, ook bij een volle week van 40",
            "2024-01-01",
            _euro(1150.07),
            _D4,
            voltijd_uren=40,
            uren_per_week=30,
        ),
        _g(
            "Een Wajonger: geen loonkostensubsidie",
            "2026-07-01",
            _NEE,
            "6 en 7 Participatiewet",
            grond="wajong",
            ondersteuning_pwet_7_1_a=None,
        ),
        _g(
            "De grond Participatiewet zegt zelf dat het college ondersteunt",
            "2026-07-01",
            _euro(1558.55),
            "38b lid 1 a Wfsv",
            grond="pwet_lks_uwv_loonwaarde",
            ondersteuning_pwet_7_1_a=None,
        ),
        _g(
            "Wel in het register, niet ondersteund",
            "2026-07-01",
            _NEE,
            "10d lid 1 Participatiewet",
            "In het register staan is niet genoeg.",
            grond="amvb_38b_1_d",
            ondersteuning_pwet_7_1_a=False,
        ),
        _g("Geen baan van de Wsw", "2026-07-01", _NEE, "10d lid 3 Participatiewet", wsw_dienstbetrekking=True),
        _g("Niet samen met loondispensatie", "2026-07-01", _NEE, "10d lid 9 Participatiewet", loondispensatie=True),
        _g("Wie AOW heeft, niet", "2026-07-01", _NEE, "7 Participatiewet", geboortedatum="1959-07-01"),
        _g(
            "Wie nog geen AOW heeft, wel", "2026-07-01", _euro(1558.55), "7 Participatiewet", geboortedatum="1959-07-02"
        ),
        _op(
            "Van het praktijkonderwijs, op de laatste dag aangevraagd",
            "2026-01-01",
            "2026-07-01",
            _euro(1530.14),
            _D2,
            aanvraag_op="2026-07-01",
            onderwijs="praktijkonderwijs",
            onderwijs_tot="2025-07-01",
            ondersteuning_pwet_7_1_a=None,
        ),
        _op(
            "Een dag te laat aangevraagd",
            "2026-01-01",
            "2026-07-02",
            {**_NEE, "aanvragen_tot_en_met": "2026-07-01"},
            _D2,
            aanvraag_op="2026-07-02",
            onderwijs="praktijkonderwijs",
            onderwijs_tot="2025-12-01",
            ondersteuning_pwet_7_1_a=None,
        ),
        _op(
            "Een dag te lang van school",
            "2026-01-01",
            "2026-07-01",
            _NEE,
            _D2,
            onderwijs="entree",
            onderwijs_tot="2025-06-30",
            **_LATER,
        ),
        _op(
            "Van het vso",
            "2026-01-01",
            "2026-07-01",
            _euro(1530.14),
            _D2,
            onderwijs="voortgezet_speciaal_onderwijs",
            **_LATER,
        ),
        _op(
            "Van ander onderwijs niet",
            "2026-01-01",
            "2026-07-01",
            _NEE,
            _D2,
            onderwijs="ander",
            onderwijs_tot="2025-12-01",
            **_LATER,
        ),
        _op(
            "Eerder ondersteund door het college",
            "2026-01-01",
            "2026-07-01",
            _euro(1530.14),
            _D2,
            ondersteund_tot="2025-07-01",
            **_LATER,
        ),
        _op(
            "Te lang geleden ondersteund", "2026-01-01", "2026-07-01", _NEE, _D2, ondersteund_tot="2025-06-30", **_LATER
        ),
        _g(
            "Op de eerste dag aangevraagd is op tijd",
            "2026-07-01",
            _euro(1558.55),
            "10d lid 1 Participatiewet",
            aanvraag_op="2026-07-01",
        ),
        _op("Voor het begin nog niets", "2026-07-02", "2026-07-01", _NEE, "10d lid 1 Participatiewet"),
        _op(
            "Na de laatste dag niets meer",
            "2026-01-01",
            "2026-07-01",
            _NEE,
            "10d lid 1 Participatiewet",
            einde_dienstbetrekking="2026-06-30",
        ),
        _op(
            "Op de laatste dag nog wel",
            "2026-01-01",
            "2026-06-30",
            _euro(1530.14),
            "10d lid 1 Participatiewet",
            einde_dienstbetrekking="2026-06-30",
        ),
        _g("Een loon op het minimum", "2026-07-01", _euro(1558.55), "7 WML", loon_per_uur=14.99),
    ),
)


@REGEL.cases()
def test_loonkostensubsidie(geval: Geval) -> None:
    REGEL.check(geval)
