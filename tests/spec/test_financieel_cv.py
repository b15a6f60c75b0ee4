"""Financieel CV: what one job brings, until when, what is certain of it, and what to do by which date."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from banenafspraak.wet import feiten
from banenafspraak.wet.instrumenten.cv_feiten import FinancieelCv, FinancieelCvFeiten
from banenafspraak.wet.instrumenten.financieel_cv import financieel_cv
from tests.spec.regel import Geval, Regel

_DOSSIER = "Dossier financieel CV (MinBZK, 2026)"
_WTL_2026, _WTL_OVER, _WTL_4_1 = "Wtl 2.10 - 2.13 (2026)", "Wtl 6.2 (2026)", "Wtl 4.1 lid 3"
_PWET, _WAJONG, _ZW = "Participatiewet 10d (2025)", "Wajong 2:20", "Ziektewet 29b"
NU = date(2026, 11, 25)


def ask(facts: Mapping[str, Any], peildatum: date = NU) -> FinancieelCv:
    """The value for facts as they are typed."""
    return financieel_cv(feiten.read(FinancieelCvFeiten, json.dumps(facts)), peildatum=peildatum).waarde


def antwoord(facts: Mapping[str, Any], peildatum: date) -> dict[str, Any]:
    """The answer by name: a line per instrument, a total per year, a day per action; amounts in cents."""
    found = ask(facts, peildatum)
    lines = {
        regel.instrument.value: {
            "vastheid": regel.vastheid,
            "periodes": [[p.vanaf, p.tot, p.per_maand] for p in regel.periodes],
            "jaren": {str(j.jaar): [j.zeker, j.hoogstens] for j in regel.jaren},
            "vol_jaar": [regel.vol_jaar.zeker, regel.vol_jaar.hoogstens] if regel.vol_jaar else None,
            "waarom": regel.waarom,
            "hangt_af_van": list(regel.hangt_af_van),
        }
        for regel in found.regels
    }
    years = {str(j.jaar): [j.zeker, j.hoogstens] for j in found.jaren}
    return {
        **lines,
        "jaren": years,
        "vol_jaar": [found.vol_jaar.zeker, found.vol_jaar.hoogstens],
        "loonkosten": [found.vol_jaar.loon, found.vol_jaar.lasten],
        "uiterlijk": {a.instrument.value: a.uiterlijk for a in found.acties if a.instrument},
        "verklaring": [[a.instrument, a.uiterlijk] for a in found.acties if "doelgroepverklaring" in a.wat],
        "te_laat": sorted(a.instrument.value for a in found.acties if a.te_laat and a.instrument),
        "mogelijkheden": {f"{m.grond}{'+wia' * m.wia}": [m.zeker, m.hoogstens] for m in found.mogelijkheden},
    }


def _g(titel: str, verwacht: dict[str, Any], bron: str, uitleg: str = "", op: str = "2026-11-25", **f: Any) -> Geval:
    return Geval(titel, f, date.fromisoformat(op), verwacht, bron, uitleg)


_VERKLARING = "Er is een doelgroepverklaring; die vraagt de werknemer binnen drie maanden na het begin bij UWV aan."
WAJONGER: dict[str, Any] = {
    "begin_dienstbetrekking": "2026-07-01",
    "uren_per_week": 28,
    "leeftijd": 24,
    "grond": "wajong",
}
_KOEN: dict[str, Any] = {
    "begin_dienstbetrekking": "2025-11-03",
    "uren_per_week": 32,
    "leeftijd": 30,
    "grond": "pwet_lks_uwv_loonwaarde",
}

_IN_2023: dict[str, Any] = {
    "begin_dienstbetrekking": "2023-07-01",
    "einde_dienstbetrekking": "2023-12-31",
    "uren_per_week": 28,
    "leeftijd": 30,
    "grond": "pwet_lks_uwv_loonwaarde",
    "loonwaarde_percentage": 50,
    "loonwaarde_vastgesteld": True,
}

REGEL = Regel(
    slug="instrument-0-financieel-cv",
    titel="Financieel CV",
    uitleg=(
        "Het Financieel CV zet voor een werkgever alle instrumenten bij één persoon en één baan op een rij: wat "
        "het is, van wanneer tot wanneer, hoeveel het is, en wat hij voor welke dag moet doen. Elk bedrag komt uit de "
        "regel van het instrument zelf.",
        "Zeker is wat uit de antwoorden volgt. Wat nog afhangt van een beslissing of van een open vraag is een "
        "voorwaarde, en telt alleen mee in het bedrag dat hoogstens kan. Weet u de grond niet, dan wordt met elke "
        "grond gerekend: zeker is het laagste van die antwoorden, hoogstens het hoogste.",
        "Een vol jaar is twaalf hele maanden met de bedragen van de laatste dag die bekend is. Na die dag loopt een "
        "recht door zonder bedrag.",
        "Van loonkostenvoordelen en lage-inkomensvoordeel telt over een kalenderjaar alleen het hoogste. "
        "Loonkostensubsidie en loondispensatie gaan niet samen.",
        "Op de website staat dit blad op /financieel-cv/, zonder inloggen en zonder dat iets wordt bewaard.",
    ),
    artikelen=("2.1 tot en met 2.17, 3.1, 3.2 en 4.1 Wtl", "10d Participatiewet", "2:20 Wajong", "29b Ziektewet"),
    antwoord=antwoord,
    vraag="financieel-cv",
    parameters=(
        ("loonkostenvoordeel", "banenafspraak"),
        ("loonkostensubsidie", "werkgeverslasten"),
        ("minimumloon", "uurbedrag"),
        ("noriskpolis", "dagloondagen"),
        ("instrumenten", "aanvragen"),
    ),
    let_op=(
        "De werkgeverslasten zijn een richtgetal: het percentage waarmee de wet bij loonkostensubsidie rekent. De "
        "premies van een werkgever kunnen anders zijn.",
        "Het dagloon van de no-riskpolis is een schatting; UWV stelt het vast. Ziekengeld telt in geen totaal mee.",
        "De uren zijn de afgesproken uren over 52 weken; wat telt zijn de verloonde uren in de loonaangifte.",
        "Is alleen een leeftijd bekend, dan is de eerste werkdag als verjaardag genomen.",
    ),
    gevallen=(
        _g("Een Wajonger van 24, 28 uur per week", {
            "vol_jaar": [147056, 147056],
            "lkv_banenafspraak": {"vastheid": "zeker", "jaren": {"2026": [73528, 73528]},
                "periodes": [["2026-07-01", "2027-01-01", None], ["2027-01-01", None, None]]},
            "no_riskpolis": {"vastheid": "zeker", "periodes": [["2026-07-01", None, None]]},
            "loondispensatie": {"vastheid": "voorwaarde"},
            "loonkostensubsidie": {"vastheid": "niet"},
            "loonkosten": [2357148, 553930],
        }, _WTL_2026, "28 x 52 = 1.456 uur x € 1,01 = € 1.470,56 in een vol jaar; een half jaar in 2026.", **WAJONGER),
        _g("Dezelfde met een prestatie van 60%", {
            "vol_jaar": [147056, 147056 + 943488],
            "loondispensatie": {"vastheid": "voorwaarde", "jaren": {"2026": [0, 471744]},
                "periodes": [["2026-07-01", "2027-01-01", 78624], ["2027-01-01", "2031-07-01", None]]},
        }, _WAJONG, "€ 14,99 - € 8,99 = € 6,00 per uur, met 8% vakantiebijslag; ten hoogste vijf jaar.",
            loonwaarde_percentage=60, **WAJONGER),
        _g("Met een prestatie van 80% is er geen loondispensatie", {
            "loondispensatie": {"vastheid": "niet", "waarom": "De prestatie is niet ten minste 25% lager."},
            "vol_jaar": [147056, 147056],
        }, _WAJONG, loonwaarde_percentage=80, **WAJONGER),
        _g("Koen: 1.664 uur in 2026", {
            "lkv_banenafspraak": {"jaren": {"2025": [0, 27077], "2026": [168064, 168064]},
                                  "vol_jaar": [168064, 168064]},
        }, _DOSSIER, "€ 1.680,64, en in 2025 alleen met een doelgroepverklaring.", **_KOEN),
        _g("Sadee: een Wajonger krijgt niet het bedrag van een arbeidsgehandicapte", {
            "lkv_banenafspraak": {"vol_jaar": [168064, 168064]},
            "lkv_arbeidsgehandicapte": {"vastheid": "niet", "vol_jaar": [0, 0]},
            "vol_jaar": [168064, 168064],
        }, _DOSSIER, "€ 1.680,64, niet € 5.075,20.", **{**WAJONGER, "uren_per_week": 32}),
        _g("Koen met een doelgroepverklaring", {
            "lkv_banenafspraak": {"vastheid": "zeker", "jaren": {"2025": [27077, 27077], "2026": [168064, 168064]},
                "periodes": [["2025-11-03", "2027-01-01", None], ["2027-01-01", None, None]]},
        }, _WTL_OVER, "Wat voor 2026 begon en liep, loopt sinds 2026 zonder einde door.", doelgroepverklaring=True,
            **_KOEN),
        _g("Begonnen in 2022: de drie jaar eindigen in 2025, en per 1 januari 2026 begint het opnieuw", {
            "lkv_banenafspraak": {"periodes": [["2022-02-01", "2025-02-01", None], ["2026-01-01", "2027-01-01", None],
                                               ["2027-01-01", None, None]]},
            "jaren": {"2025": [14005, 14005], "2026": [168064, 168064]},
        }, _WTL_OVER, uren_per_week=32, leeftijd=30, begin_dienstbetrekking="2022-02-01", grond="wajong",
            doelgroepverklaring=True, loonwaarde_percentage=100),
        _g("Vastgestelde loonwaarde van 50%", {
            "loonkostensubsidie": {"vastheid": "zeker", "periodes": [["2026-07-01", "2027-01-01", 155855],
                                                                     ["2027-01-01", None, None]],
                                   "jaren": {"2026": [935130, 935130]}},
        }, _PWET, "De uitkomst van de regel zelf bij 36 uur, zes maanden lang.", begin_dienstbetrekking="2026-07-01",
            uren_per_week=36, leeftijd=30, grond="pwet_lks_uwv_loonwaarde", loonwaarde_percentage=50,
            loonwaarde_vastgesteld=True),
        _g("Een lopende subsidie verandert alleen op 1 januari", {
            "loonkostensubsidie": {"periodes": [["2025-11-03", "2026-01-01", 133131],
                                                ["2026-01-01", "2027-01-01", 136012],
                                                ["2027-01-01", None, None]]},
        }, _PWET, "Niet op 1 juli 2026.", loonwaarde_percentage=50, loonwaarde_vastgesteld=True, **_KOEN),
        _g("Zonder loonwaarde staat het hoogste bedrag er als voorwaarde", {
            "loonkostensubsidie": {"vastheid": "voorwaarde", "jaren": {"2026": [0, 1309176]}},
        }, _PWET, "Bij 30% of minder: € 2.181,96 per maand.", begin_dienstbetrekking="2026-07-01", uren_per_week=36,
            leeftijd=30, grond="pwet_lks_uwv_loonwaarde"),
        _g("WIA: drie jaar, en alleen met een verklaring", {
            "lkv_arbeidsgehandicapte": {"vastheid": "voorwaarde", "vol_jaar": [0, 444080],
                "periodes": [["2026-07-01", "2027-01-01", None], ["2027-01-01", "2029-07-01", None]]},
            "uiterlijk": {"lkv_arbeidsgehandicapte": "2027-05-01"},
        }, _WTL_2026, "1.456 uur x € 3,05.", **{**WAJONGER, "grond": "geen", "wia_bij_begin": True}),
        _g("Een WIA-verklaring: alleen het hoogste telt", {
            "vol_jaar": [444080, 444080], "lkv_banenafspraak": {"vol_jaar": [147056, 147056]},
        }, _WTL_4_1, **{**WAJONGER, "wia_bij_begin": True, "doelgroepverklaring": True}),
        _g("Weet ik niet: niets is zeker", {
            "vol_jaar": [0, 2183552],
            "mogelijkheden": {"wajong": [147056, 147056], "pwet_lks_uwv_loonwaarde": [147056, 2183552],
                              "jonggehandicapt_uwv_oordeel": [147056, 147056], "geen+wia": [0, 444080]},
        }, _WTL_2026, "Het hoogste is bij de Participatiewet met een loonwaarde van 30% of minder.",
            begin_dienstbetrekking="2026-12-01", uren_per_week=28, leeftijd=24),
        _g("In het register, grond onbekend: het LKV is zeker", {
            "vol_jaar": [147056, 2183552], "lkv_banenafspraak": {"vastheid": "zeker"},
            "no_riskpolis": {"vastheid": "voorwaarde"},
        }, _WTL_2026, "Hoe lang de no-riskpolis duurt, hangt nog van de grond af.",
            begin_dienstbetrekking="2026-12-01", uren_per_week=28, leeftijd=24, in_register=True, wia_bij_begin=False),
        _g("Wat te doen voor werk dat nog begint", {
            "uiterlijk": {"proefplaatsing": "2026-11-30", "loondispensatie": "2026-12-31", "jobcoach": "2026-12-29",
                          "lkv_banenafspraak": "2027-05-01", "no_riskpolis": None},
            "te_laat": [],
            "proefplaatsing": {"vastheid": "voorwaarde", "periodes": [["2026-11-25", "2026-12-01", None]]},
        }, _DOSSIER, **{**WAJONGER, "begin_dienstbetrekking": "2026-12-01"}),
        _g("Wie al werkt, kan geen proefplaatsing meer krijgen", {
            "proefplaatsing": {"vastheid": "niet", "waarom": "Het werk is al begonnen."},
            "te_laat": ["jobcoach", "loondispensatie"],
        }, "Wajong 2:24", **WAJONGER),
        _g("Niet in het register, met bijstand: de gemeente helpt, en een no-riskpolis is er niet", {
            "jobcoach": {"vastheid": "voorwaarde", "waarom": "De gemeente geeft begeleiding.",
                         "periodes": [["2026-12-01", None, None]], "hangt_af_van": [
                "De gemeente ondersteunt de persoon; hoeveel begeleiding staat in haar verordening."]},
            "proefplaatsing": {"vastheid": "voorwaarde", "hangt_af_van": [
                "UWV of de gemeente geeft toestemming, en u wilt daarna een contract van ten minste zes maanden geven."
            ]},
            "no_riskpolis": {"vastheid": "niet", "waarom": "De werknemer hoort bij geen groep van artikel 29b."},
            "uiterlijk": {"loonkostensubsidie": "2026-11-30", "proefplaatsing": "2026-11-30", "jobcoach": None,
                          "no_riskpolis": "(ontbreekt)", "werkvoorziening": None},
            "werkvoorziening": {"waarom": "Is een aanpassing, een hulpmiddel, een tolk of vervoer nodig om te werken, "
                "dan kan de gemeente dat betalen."},
        }, "Participatiewet 8a en 10da", "Wie de uitkering betaalt is bekend, en staat dus niet meer als vraag open. "
            "De vier weken om een jobcoach te vragen zijn een regel van UWV, niet van de gemeente.",
            begin_dienstbetrekking="2026-12-01", uren_per_week=28, leeftijd=24, grond="geen", wia_bij_begin=False,
            uitkering="gemeente"),
        _g("Een Wajonger met aanvullende bijstand: de jobcoach blijft van UWV", {
            "jobcoach": {"vastheid": "voorwaarde",
                         "hangt_af_van": ["UWV vindt begeleiding nodig. Vraag binnen vier weken na het begin."]},
            "werkvoorziening": {"vastheid": "voorwaarde", "waarom": "Is een aanpassing, een hulpmiddel, een tolk of "
                "vervoer nodig om te werken, dan kan UWV dat betalen."},
            "loonkostensubsidie": {"vastheid": "niet"},
        }, "Wajong 2:22", "De grond beslist wie helpt, niet wie de uitkering betaalt.", uitkering="gemeente",
            **WAJONGER),
        _g("Zonder uitkering is er geen proefplaatsing", {
            "proefplaatsing": {"vastheid": "niet", "waarom": "De persoon heeft geen uitkering van dit loket."},
            "uiterlijk": {"proefplaatsing": "(ontbreekt)"},
        }, "Wajong 2:24", uitkering="geen", **{**WAJONGER, "begin_dienstbetrekking": "2026-12-01"}),
        _g("Een contract van vijf maanden: geen jobcoach en geen proefplaatsing", {
            "jobcoach": {"vastheid": "niet", "waarom": "Het contract is korter dan zes maanden."},
            "proefplaatsing": {"vastheid": "niet",
                               "waarom": "Er is geen plan voor een contract van ten minste zes maanden."},
            "uiterlijk": {"jobcoach": "(ontbreekt)", "proefplaatsing": "(ontbreekt)", "loondispensatie": "2026-12-31"},
        }, "Protocol Jobcoach UWV 1", "Voor allebei is zes maanden nodig; loondispensatie kan wel.",
            **{**WAJONGER, "begin_dienstbetrekking": "2026-12-01"}, einde_dienstbetrekking="2027-04-30"),
        _g("Een contract van precies zes maanden: wel een jobcoach en een proefplaatsing", {
            "jobcoach": {"vastheid": "voorwaarde", "periodes": [["2026-12-01", "2027-06-01", None]]},
            "proefplaatsing": {"vastheid": "voorwaarde"},
        }, "Protocol Jobcoach UWV 1", **{**WAJONGER, "begin_dienstbetrekking": "2026-12-01"},
            einde_dienstbetrekking="2027-05-31"),
        _g("Een dag minder dan zes maanden, midden in de maand begonnen", {
            "jobcoach": {"vastheid": "niet", "waarom": "Het contract is korter dan zes maanden."},
            "proefplaatsing": {"vastheid": "niet"},
        }, "Protocol Jobcoach UWV 1", "Zes maanden lopen van 15 december tot en met 14 juni.",
            **{**WAJONGER, "begin_dienstbetrekking": "2026-12-15"}, einde_dienstbetrekking="2027-06-13"),
        _g("Participatiewet met een uitkering van UWV: de proefplaatsing volgt de regels van UWV", {
            "proefplaatsing": {"vastheid": "niet",
                               "waarom": "Er is geen plan voor een contract van ten minste zes maanden."},
            "jobcoach": {"vastheid": "voorwaarde", "waarom": "De gemeente geeft begeleiding."},
        }, "Beleidsregels proefplaatsing 2013", "Wie de uitkering betaalt beslist over de proefplaatsing, de grond "
            "over de jobcoach.", **{**_KOEN, "begin_dienstbetrekking": "2026-12-01"}, uitkering="uwv",
            einde_dienstbetrekking="2027-04-30"),
        _g("Op de eerste werkdag is het voor een proefplaatsing te laat", {
            "proefplaatsing": {"vastheid": "niet", "waarom": "Het werk is al begonnen."},
        }, "Wajong 2:24", "Zij gaat aan het contract vooraf.", op="2026-12-01",
            **{**WAJONGER, "begin_dienstbetrekking": "2026-12-01"}),
        _g("Begonnen voor juli 2023: het recht op begeleiding van de gemeente begon op 1 juli 2023", {
            "jobcoach": {"vastheid": "voorwaarde", "waarom": "De gemeente geeft begeleiding.",
                         "periodes": [["2023-07-01", None, None]]},
            "proefplaatsing": {"vastheid": "niet", "waarom": "Het werk is al begonnen."},
            "lkv_banenafspraak": {"vastheid": "voorwaarde"},
        }, "Participatiewet 10da (2023)", "Ook in werk dat al liep.",
            **{**_KOEN, "begin_dienstbetrekking": "2022-06-30"}),
        _g("Begonnen op 1 juli 2023", {
            "jobcoach": {"vastheid": "voorwaarde", "periodes": [["2023-07-01", None, None]]},
        }, "Participatiewet 10da (2023)", **{**_KOEN, "begin_dienstbetrekking": "2023-07-01"}),
        _g("Werk dat voor juli 2023 ophield: alleen de verordening van toen zegt wat de gemeente deed", {
            "jobcoach": {"vastheid": "niet", "hangt_af_van": [], "waarom": "Wat de gemeente toen deed, stond in haar "
                "verordening. Vraag het aan de gemeente."},
            "uiterlijk": {"jobcoach": "(ontbreekt)"},
        }, "Participatiewet 8a lid 2", **{**_KOEN, "begin_dienstbetrekking": "2022-06-30"},
            einde_dienstbetrekking="2023-06-30"),
        _g("Het laatste werk van een dag met dat recht", {
            "jobcoach": {"vastheid": "voorwaarde", "periodes": [["2023-07-01", "2023-07-02", None]]},
        }, "Participatiewet 10da (2023)", **{**_KOEN, "begin_dienstbetrekking": "2022-06-30"},
            einde_dienstbetrekking="2023-07-01"),
        _g("Bekeken in 2022: ook de proefplaatsing van de gemeente stond in de verordening", {
            "proefplaatsing": {"vastheid": "niet", "waarom": "Wat de gemeente toen deed, stond in haar verordening. "
                "Vraag het aan de gemeente."},
        }, "Participatiewet 8a lid 2", op="2022-11-01", **{**_KOEN, "begin_dienstbetrekking": "2022-12-01"},
            uitkering="gemeente"),
        _g("WIA bij het begin en de Participatiewet: UWV helpt op het werk", {
            "jobcoach": {"hangt_af_van": ["UWV vindt begeleiding nodig. Vraag binnen vier weken na het begin."]},
            "werkvoorziening": {"waarom": "Is een aanpassing, een hulpmiddel, een tolk of vervoer nodig om te werken, "
                "dan kan UWV dat betalen."},
            "uiterlijk": {"jobcoach": "2025-12-01"},
        }, "Wet WIA 35", **_KOEN, wia_bij_begin=True, uitkering="gemeente"),
        _g("Werken met een voorziening, met bijstand: de gemeente betaalt haar", {
            "werkvoorziening": {"waarom": "Is een aanpassing, een hulpmiddel, een tolk of vervoer nodig om te werken, "
                "dan kan de gemeente dat betalen."},
            "jobcoach": {"vastheid": "niet", "waarom": "De persoon hoort niet tot de doelgroep loonkostensubsidie. De "
                "gemeente kan wel begeleiding geven als voorziening."},
        }, "Participatiewet 7 lid 1 onderdeel a en 10", **{**WAJONGER, "grond": "jonggehandicapt_uwv_oordeel"},
            uitkering="gemeente"),
        _g("Werken met een voorziening, met een uitkering van UWV", {
            "werkvoorziening": {"waarom": "Is een aanpassing, een hulpmiddel, een tolk of vervoer nodig om te werken, "
                "dan kan UWV dat betalen."},
            "jobcoach": {"vastheid": "voorwaarde"},
        }, "Wet WIA 35", **{**WAJONGER, "grond": "jonggehandicapt_uwv_oordeel"}, uitkering="uwv"),
        _g("Niet in het register, WIA niet bekend", {
            "mogelijkheden": {"geen": [0, 2036496], "geen+wia": [0, 444080], "wajong": "(ontbreekt)"},
        }, _WTL_2026, "Alleen wie er niet in staat, met en zonder WIA.", begin_dienstbetrekking="2026-12-01",
            uren_per_week=28, leeftijd=24, in_register=False),
        _g("Grond geen, WIA niet bekend: dezelfde twee", {
            "mogelijkheden": {"geen": [0, 2036496], "geen+wia": [0, 444080], "wajong": "(ontbreekt)"},
        }, _WTL_2026, begin_dienstbetrekking="2026-12-01", uren_per_week=28, leeftijd=24, grond="geen"),
        _g("In het register en WIA: elke grond met WIA", {
            "mogelijkheden": {"wajong+wia": [147056, 444080], "wajong": "(ontbreekt)", "geen+wia": "(ontbreekt)"},
            "vol_jaar": [147056, 2480576],
        }, _WTL_4_1, "Zonder verklaring is het LKV arbeidsgehandicapte een voorwaarde; het hoogste telt.",
            begin_dienstbetrekking="2026-12-01", uren_per_week=28, leeftijd=24, in_register=True, wia_bij_begin=True),
        _g("De proef met IVA: dat is WIA", {
            "lkv_arbeidsgehandicapte": {"vastheid": "voorwaarde", "vol_jaar": [0, 444080]},
        }, _WTL_2026, "Wfsv 38b lid 1 onderdeel g.", **{**WAJONGER, "grond": "wia_iva_experiment"}),
        _g("In het register, en de WIA niet beantwoord", {
            "lkv_arbeidsgehandicapte": {"vastheid": "voorwaarde", "vol_jaar": [0, 444080], "hangt_af_van": [
                "De persoon had meteen voor dit werk recht op WIA.",
                _VERKLARING]},
            "mogelijkheden": {"wajong": [147056, 147056], "wajong+wia": "(ontbreekt)",
                              "jonggehandicapt_uwv_oordeel": [147056, 147056],
                              "jonggehandicapt_uwv_oordeel+wia": [147056, 444080]},
            "vol_jaar": [147056, 2183552],
        }, _WTL_2026, "Niet beantwoord is weet ik niet. Een Wajonger heeft geen WIA, en wie de gemeente ondersteunt "
            "ook niet.", begin_dienstbetrekking="2026-12-01", uren_per_week=28, leeftijd=24, in_register=True),
        _g("Zonder uitkering is er geen WIA", {
            "lkv_arbeidsgehandicapte": {"vastheid": "niet"}, "mogelijkheden": {"geen+wia": "(ontbreekt)"},
        }, _WTL_2026, begin_dienstbetrekking="2026-12-01", uren_per_week=28, leeftijd=24, uitkering="geen"),
        _g("Met bijstand ook niet", {
            "lkv_arbeidsgehandicapte": {"vastheid": "niet"}, "mogelijkheden": {"geen+wia": "(ontbreekt)"},
        }, _WTL_2026, begin_dienstbetrekking="2026-12-01", uren_per_week=28, leeftijd=24, uitkering="gemeente"),
        _g("Met een uitkering van UWV kan het WIA zijn", {
            "mogelijkheden": {"geen+wia": [0, 444080]},
        }, _WTL_2026, begin_dienstbetrekking="2026-12-01", uren_per_week=28, leeftijd=24, uitkering="uwv"),
        _g("Met een vastgestelde loonwaarde blijft naast de subsidie de helft van het ziekengeld over", {
            "no_riskpolis": {"vastheid": "zeker", "waarom": "Wordt de werknemer ziek, dan betaalt UWV ongeveer € 40,64 "
                "per werkdag (70% van het dagloon). Op uw verzoek is het de eerste 52 weken ongeveer € 58,06 (100%). "
                "De loonkostensubsidie loopt door; dit is het deel dat overblijft."},
        }, _ZW, begin_dienstbetrekking="2026-07-01", uren_per_week=36, leeftijd=30, grond="pwet_lks_uwv_loonwaarde",
            loonwaarde_percentage=50, loonwaarde_vastgesteld=True),
        _g("Zonder vastgestelde loonwaarde staat er dat het minder kan zijn", {
            "no_riskpolis": {"waarom": "Wordt de werknemer ziek, dan betaalt UWV ongeveer € 81,28 per werkdag (70% van "
                "het dagloon). Op uw verzoek is het de eerste 52 weken ongeveer € 116,12 (100%). Loopt er "
                "loonkostensubsidie door, dan is het minder."},
        }, _ZW, begin_dienstbetrekking="2026-07-01", uren_per_week=36, leeftijd=30, grond="pwet_lks_uwv_loonwaarde"),
        _g("Wie de doelgroepverklaring heeft, hoeft haar alleen te bewaren", {
            "verklaring": [["lkv_banenafspraak", None]], "te_laat": ["loonkostensubsidie"],
        }, _WTL_OVER, doelgroepverklaring=True, **_KOEN),
        _g("Tien uur per week: een jobcoach als het werk groeit", {
            "jobcoach": {"vastheid": "voorwaarde", "hangt_af_van": [
                "UWV vindt begeleiding nodig. Vraag binnen vier weken na het begin.",
                "Het werk groeit binnen een jaar naar 12 uur per week."]},
        }, "Protocol Jobcoach UWV 1", **{**WAJONGER, "uren_per_week": 10}),
        _g("Zeven uur is te weinig", {
            "jobcoach": {"vastheid": "niet", "waarom": "Het werk is minder dan 12 uur per week."},
        }, "Protocol Jobcoach UWV 1", **{**WAJONGER, "uren_per_week": 7}),
        _g("Een loonwaarde van 34%: een jobcoach als UWV een uitzondering maakt", {
            "jobcoach": {"vastheid": "voorwaarde", "hangt_af_van": [
                "UWV vindt begeleiding nodig. Vraag binnen vier weken na het begin.",
                "UWV maakt een uitzondering: de loonwaarde is lager dan 35%."]},
        }, "Protocol Jobcoach UWV 1", loonwaarde_percentage=34, **WAJONGER),
        _g("Een loonwaarde van 35% is genoeg", {
            "jobcoach": {"vastheid": "voorwaarde", "hangt_af_van": [
                "UWV vindt begeleiding nodig. Vraag binnen vier weken na het begin."]},
        }, "Protocol Jobcoach UWV 1", loonwaarde_percentage=35, **WAJONGER),
        _g("Een loonwaarde van 19% is te laag", {
            "jobcoach": {"vastheid": "niet", "waarom": "De loonwaarde is lager dan 35%."},
        }, "Protocol Jobcoach UWV 1", loonwaarde_percentage=19, **WAJONGER),
        _g("Alles onbekend: de grond zegt wie helpt", {
            "jobcoach": {"waarom": "UWV vergoedt een jobcoach, of de gemeente geeft begeleiding: de grond zegt wie."},
            "werkvoorziening": {"waarom": "Is een aanpassing, een hulpmiddel, een tolk of vervoer nodig om te werken, "
                "dan kan UWV of de gemeente dat betalen: de grond zegt wie."},
        }, "Wajong 2:22; Participatiewet 10", begin_dienstbetrekking="2026-12-01", uren_per_week=28, leeftijd=24),
        _g("Grond niet bekend, zeker geen WIA", {
            "mogelijkheden": {"wajong": [147056, 147056], "geen": [0, 2036496], "geen+wia": "(ontbreekt)"},
        }, _WTL_2026, begin_dienstbetrekking="2026-12-01", uren_per_week=28, leeftijd=24, wia_bij_begin=False),
        _g("Loonwaarde bekend, maar niet vastgesteld", {
            "loonkostensubsidie": {"vastheid": "voorwaarde", "jaren": {"2026": [0, 935130]}, "hangt_af_van": [
                "De gemeente stelt de loonwaarde op deze werkplek vast. Komt er iets anders uit, dan verandert het "
                "bedrag."]},
        }, _PWET, begin_dienstbetrekking="2026-07-01", uren_per_week=36, leeftijd=30, grond="pwet_lks_uwv_loonwaarde",
            loonwaarde_percentage=50),
        _g("School als grond: of de gemeente helpt, is niet bekend", {
            "loonkostensubsidie": {"vastheid": "voorwaarde", "hangt_af_van": [
                "De persoon had meteen voor dit werk geen recht op WIA.",
                "De gemeente ondersteunt de persoon naar werk. Vraag het aan de persoon of aan de gemeente."]},
            "lkv_arbeidsgehandicapte": {"vastheid": "voorwaarde", "hangt_af_van": [
                "De persoon had meteen voor dit werk recht op WIA.",
                _VERKLARING]},
        }, _PWET, "Met WIA helpt UWV: dan is er geen loonkostensubsidie.", begin_dienstbetrekking="2026-07-01",
            uren_per_week=36, leeftijd=30, grond="amvb_38b_1_d",
            loonwaarde_percentage=50, loonwaarde_vastgesteld=True),
        _g("Loondispensatie vanaf de helft van de maand", {
            "loondispensatie": {"jaren": {"2026": [0, 541403]},
                "periodes": [["2026-07-16", "2027-01-01", 98149], ["2027-01-01", "2031-07-01", None]]},
        }, _WAJONG, "16 van de 31 dagen van juli: € 981,49 x 16 / 31 = € 506,58, en vijf hele maanden; vijf jaar vanaf "
            "de eerste dag van de maand van de aanvraag.", loonwaarde_percentage=50,
            **{**WAJONGER, "begin_dienstbetrekking": "2026-07-16"}),
        _g("Voor 2024 telt hoeveel uur een volledige baan is: 36 uur", {
            "loonkostensubsidie": {"periodes": [["2023-07-01", "2024-01-01", 103481]]},
            "loonkosten": [2011202, 472632],
        }, "WML 8 (2023)", "€ 1.995,00 per maand x 28 / 36 x 1,08 x 50% x 1,235 = € 1.034,81.", **_IN_2023),
        _g("Voor 2024 telt hoeveel uur een volledige baan is: 40 uur", {
            "loonkostensubsidie": {"periodes": [["2023-07-01", "2024-01-01", 93133]]},
            "loonkosten": [1809924, 425332],
        }, "WML 8 (2023)", "€ 1.995,00 per maand x 28 / 40 x 1,08 x 50% x 1,235 = € 931,33.", voltijd_uren=40,
            **_IN_2023),
        _g("Loondispensatie in 2023, volledige baan van 40 uur", {
            "loondispensatie": {"periodes": [["2023-07-01", "2024-01-01", 75348]]},
        }, _WAJONG, "(€ 11,51 - € 5,76) x 28 x 52 / 12 x 1,08.", voltijd_uren=40,
            **{**_IN_2023, "grond": "wajong", "loonwaarde_vastgesteld": None}),
        _g("De doelgroepverklaring bij een begin op 31 december 2025: voor het register", {
            "verklaring": [["lkv_banenafspraak", "2026-03-31"]],
        }, _WTL_OVER, **{**_KOEN, "begin_dienstbetrekking": "2025-12-31"}),
        _g("Bij een begin op 1 januari 2026 is zij voor het register niet meer nodig", {"verklaring": []}, _WTL_2026,
            **{**_KOEN, "begin_dienstbetrekking": "2026-01-01"}),
        _g("Voor de WIA nog wel", {"verklaring": [["lkv_arbeidsgehandicapte", "2026-04-01"]]}, _WTL_2026,
            **{**_KOEN, "begin_dienstbetrekking": "2026-01-01", "grond": "geen", "wia_bij_begin": True}),
        _g("Ook bij een begin voor 2026 hoort zij dan bij het LKV arbeidsgehandicapte", {
            "verklaring": [["lkv_arbeidsgehandicapte", "2026-03-31"]],
        }, _WTL_OVER, **{**_KOEN, "begin_dienstbetrekking": "2025-12-31", "grond": "geen", "wia_bij_begin": True}),
        _g("De eerste verklaringen waren voor wie op 1 januari 2018 begon", {
            "verklaring": [["lkv_banenafspraak", "2018-04-03"]],
            "lkv_banenafspraak": {"jaren": {"2018": [0, 168064]}},
            "liv": {"jaren": {"2018": [84864, 84864]}},
        }, "Wtl 2.7 (2018)", "1 april 2018 was Pasen: de termijn loopt door tot en met 3 april.",
            **{**_KOEN, "begin_dienstbetrekking": "2018-01-01", "einde_dienstbetrekking": "2018-12-31"}),
        _g("Begonnen in 2016: LIV vanaf 2017, LKV vanaf 2018 voor de rest van de drie jaar", {
            "liv": {"jaren": {"2017": [74256, 74256], "2023": [71344, 71344], "2024": [71344, 71344],
                                                   "2025": "(ontbreekt)"},
                    "periodes": [["2017-01-01", "2025-01-01", None]]},
            "lkv_banenafspraak": {"periodes": [["2018-01-01", "2019-07-01", None], ["2026-01-01", "2027-01-01", None],
                                               ["2027-01-01", None, None]]},
            "verklaring": [],
        }, "Wtl 6.1", "Het loon van het LIV is met vakantiebijslag: in 2024 gemiddeld € 14,55 per uur, bij grenzen van "
            "€ 14,33 en € 14,91.", doelgroepverklaring=True,
            **{**WAJONGER, "begin_dienstbetrekking": "2016-07-01"}),
        _g("Op de laatste dag kan een correctie nog", {
            "uiterlijk": {"lkv_banenafspraak": "2026-05-01"}, "te_laat": ["lkv_banenafspraak", "loonkostensubsidie"],
        }, "Wtl 4.2", "Te laat is de doelgroepverklaring, niet de correctie.", op="2026-05-01", **_KOEN),
        _g("Een dag later is het volgende jaar aan de beurt", {
            "uiterlijk": {"lkv_banenafspraak": "2027-05-01"},
        }, "Wtl 4.2", op="2026-05-02", **_KOEN),
        _g("Op de laatste dag om een jobcoach te vragen is het nog niet te laat", {"te_laat": []},
            "Protocol Jobcoach UWV 3", op="2026-07-29", **WAJONGER),
        _g("Een dag later wel", {"te_laat": ["jobcoach"]}, "Protocol Jobcoach UWV 3", op="2026-07-30", **WAJONGER),
        _g("Het laatste loon onder de oude regels van het minimumloon en het eerste onder de nieuwe", {
            "loonkosten": [2151153, 505521],
        }, "WML 8 (2024)", **{**WAJONGER, "begin_dienstbetrekking": "2024-07-01",
                              "einde_dienstbetrekking": "2024-12-31"}),
        _g("De laatste dag voor de AOW", {"lkv_banenafspraak": {"periodes": [["2026-09-14", "2026-09-15", None]]}},
            "Wtl 2.10 lid 2", uren_per_week=28, begin_dienstbetrekking="2026-09-14", geboortedatum="1959-09-15",
            grond="wajong"),
        _g("Een contract tot en met de laatste bekende dag loopt niet door", {
            "lkv_banenafspraak": {"periodes": [["2026-01-01", "2027-01-01", None]], "vol_jaar": [147056, 147056]},
            "no_riskpolis": {"periodes": [["2026-01-01", "2027-01-01", None]]},
        }, _WTL_2026, "Na 31 december 2026 is er geen werk meer, dus ook geen recht zonder bedrag.",
            **{**WAJONGER, "begin_dienstbetrekking": "2026-01-01"}, einde_dienstbetrekking="2026-12-31"),
        _g("Een dag langer wel", {
            "lkv_banenafspraak": {"periodes": [["2026-01-01", "2027-01-01", None], ["2027-01-01", "2027-01-02", None]]},
        }, _WTL_2026, **{**WAJONGER, "begin_dienstbetrekking": "2026-01-01"}, einde_dienstbetrekking="2027-01-01"),
        _g("LIV en LKV in 2022: het hoogste telt", {
            "jaren": {"2022": [168064, 168064]}, "lkv_banenafspraak": {"jaren": {"2022": [168064, 168064]}},
            "liv": {"jaren": {"2022": [129792, 129792]}},
        }, _WTL_4_1, "1.664 uur x € 0,78 = € 1.297,92; x € 1,01 = € 1.680,64.", uren_per_week=32, leeftijd=30,
            begin_dienstbetrekking="2022-01-01", einde_dienstbetrekking="2022-12-31", grond="wajong",
            doelgroepverklaring=True),
        _g("De AOW-leeftijd is het einde", {
            "lkv_banenafspraak": {"periodes": [["2026-01-01", "2026-09-15", None]]},
        }, "Wtl 2.10 lid 2", uren_per_week=32, begin_dienstbetrekking="2026-01-01", geboortedatum="1959-09-15",
            grond="wajong"),
        _g("Van 2013 en 2014 zijn geen bedragen bekend", {
            "jaren": {"2015": [0, 0]}
        }, "WML 8", "Alleen 2015 staat er, en het LKV bestond nog niet.", uren_per_week=32, leeftijd=30,
            begin_dienstbetrekking="2014-06-01", einde_dienstbetrekking="2015-12-31", grond="wajong"),
    ),
)  # fmt: skip


@REGEL.cases()
def test_financieel_cv(geval: Geval) -> None:
    REGEL.check(geval)
