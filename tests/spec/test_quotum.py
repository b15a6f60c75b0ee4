"""The quotum of an employer: threshold, hours, percentage, shortage, levy, and what one person more changes."""

from datetime import date
from typing import Any

from tests.spec.regel import Geval, Regel, wet

_DREMPEL, _TEKORT, _AFROND = "34 lid 4 en 6 Wfsv", "38g lid 3 Wfsv", "2.23 Besluit Wfsv"
_INLEEN, _AFTREK, _STAND = "2.27 - 2.31 Besluit Wfsv", "2.33 Besluit Wfsv", "122n Wfsv; 34 352 nr. 113"


def _g(titel: str, jaar: int, verwacht: dict[str, Any], bron: str, uitleg: str = "", **feiten: Any) -> Geval:
    basis = {
        "verloonde_uren": 100000,
        "verloonde_uren_vorig_jaar": 100000,
        "uren_arbeidsbeperkten": 0,
        "sector": "overheid",
    }
    facts = {k: v for k, v in {**basis, **feiten}.items() if v is not None}
    return Geval(titel, facts, date(jaar, 12, 31), verwacht, bron, uitleg)


def _tekort(tekort: float, heffing: float, **meer: Any) -> dict[str, Any]:
    return {"onder_de_regeling": True, "tekort": tekort, "heffing": heffing, **meer}


def _verband(richting: str, uren: float, uitlener: str | None, inlener: str | None, **meer: Any) -> dict[str, Any]:
    days = {"akkoord_uitlener_op": uitlener, "akkoord_inlener_op": inlener}
    return {"richting": richting, "uren": uren, **{k: v for k, v in days.items() if v}, **meer}


_OP_TIJD = "2019-07-31"
_NIET = {"onder_de_regeling": False, "tekort": None, "heffing": None}

REGEL = Regel(
    slug="quotum-1-werkgever",
    titel="Quotum van een werkgever",
    uitleg=(
        "Een werkgever met ten minste 40.575 verloonde uren, in het jaar zelf en in het jaar ervoor, valt onder de "
        "quotumregeling. Uren van uitzendpersoneel (bij een ingeschreven uitzendonderneming) en van artikel 2 Wsw "
        "gaan eraf.",
        "Gevraagd wordt het quotumpercentage van alle uren; daarvan gaan de uren van arbeidsbeperkten af. Wat "
        "overblijft, "
        "gedeeld door 1.331 uren, is het tekort, naar beneden afgerond op één cijfer achter de komma. De heffing is "
        "€ 5.000 "
        "per ontbrekende baan.",
        "Er wordt geen heffing opgelegd: voor de markt is zij nooit geactiveerd, voor de overheid is zij opgeschort.",
        "De sector volgt uit het laatste aangiftetijdvak van het jaar ervoor en geldt het hele jaar. Ingeleende uren "
        "van een "
        "arbeidsbeperkte tellen bij de inlener als beide partijen het eens zijn voor 1 augustus van het jaar erna.",
    ),
    artikelen=(
        "34 en 38b tot en met 38j Wfsv",
        "2.20 tot en met 2.33 Besluit Wfsv",
        "3.27 tot en met 3.31 Regeling Wfsv",
        "2 tot en met 6 Wet banenafspraak",
    ),
    antwoord=wet("quotum"),
    vraag="quotum",
    parameters=tuple(
        ("quotum", naam)
        for naam in (
            "drempel",
            "deel_van_het_jaar",
            "aftrek",
            "tekortformule",
            "afronding",
            "heffing",
            "stand_overheid",
            "stand_markt",
            "percentage_overheid",
            "kalender",
            "betaalweken",
            "inleen",
            "bonus",
            "opslag_vanaf",
        )
    ),
    let_op=(
        "De formule van het tekort is in de wet een plaatje: de opzet is afgeleid.",
        "De percentages van 2020 tot en met 2024 zijn indicaties uit 2018; voor 2025 is niets gevonden; van 2026 is "
        "niet "
        "bekend van welke sector 2,58 is. Voor de markt is geen percentage bekend.",
        "Het Kennisdocument zegt dat de heffing is opgeschort tot uiterlijk 1-1-2026. De wet van 1-7-2026 heeft de "
        "heffing "
        "nog; dat er niet wordt geheven is een gevolgtrekking.",
        "Wat de Wet banenafspraak brengt (opslag en bonus) is een verwachting: dat deel is niet in werking, en de "
        "bedragen "
        "zijn niet vastgesteld.",
        "Een werkgever van 2.500 voltijders van 36 uur moest in 2018 volgens de VO-raad 68 banen hebben; hier 68,1.",
    ),
    gevallen=(
        _g("1,93% van 100.000 uren in 2018", 2018, _tekort(1.4, 7000, percentage=1.93), _TEKORT),
        _g(
            "2.500 voltijders in 2018: 68 banen",
            2018,
            _tekort(68.1, 340500),
            "vo-raad.nl 2017",
            "90.000 uur per week.",
            verloonde_uren=4697647.06,
        ),
        _g("Precies één baan tekort", 2018, _tekort(1, 5000), _AFROND, uren_arbeidsbeperkten=599),
        _g("Een honderdste uur minder tekort", 2018, _tekort(0.9, 4500), _AFROND, uren_arbeidsbeperkten=599.01),
        _g(
            "Een duizendste uur telt niet",
            2018,
            _tekort(1, 5000, uren_arbeidsbeperkten=599),
            _AFROND,
            uren_arbeidsbeperkten=599.009,
        ),
        _g("Precies het quotum", 2018, _tekort(0, 0), _TEKORT, uren_arbeidsbeperkten=1930),
        _g("Meer dan het quotum geeft niets terug", 2018, _tekort(0, 0), _TEKORT, uren_arbeidsbeperkten=5000),
        _g(
            "De drempel precies gehaald",
            2018,
            {"onder_de_regeling": True},
            _DREMPEL,
            verloonde_uren=40575,
            verloonde_uren_vorig_jaar=40575,
        ),
        _g("Vorig jaar net onder de drempel", 2018, _NIET, _DREMPEL, verloonde_uren_vorig_jaar=40574.99),
        _g("Dit jaar net onder de drempel", 2018, _NIET, _DREMPEL, verloonde_uren=40574.99),
        _g(
            "Een half jaar werkgever: omgerekend",
            2018,
            {"onder_de_regeling": True},
            "34 lid 8 Wfsv",
            "Indicatie.",
            verloonde_uren=20287.5,
            maanden_werkgever=6,
        ),
        _g(
            "Een half jaar werkgever, net te weinig",
            2018,
            _NIET,
            "34 lid 8 Wfsv",
            verloonde_uren=20287.49,
            maanden_werkgever=6,
        ),
        _g(
            "Uitzendpersoneel gaat eraf",
            2018,
            _NIET,
            _AFTREK,
            verloonde_uren=50000,
            uren_uitzendpersoneel=9425.01,
            uitzendonderneming_ingeschreven=True,
        ),
        _g(
            "Uitzendpersoneel, net genoeg over",
            2018,
            {"onder_de_regeling": True, "totaal_uren": 40575},
            _AFTREK,
            verloonde_uren=50000,
            uren_uitzendpersoneel=9425,
            uitzendonderneming_ingeschreven=True,
        ),
        _g(
            "Niet ingeschreven: het telt mee",
            2018,
            {"onder_de_regeling": True, "totaal_uren": 50000},
            _AFTREK,
            verloonde_uren=50000,
            uren_uitzendpersoneel=9425.01,
        ),
        _g(
            "Uitzendpersoneel van vorig jaar",
            2018,
            _NIET,
            _AFTREK,
            uren_uitzendpersoneel_vorig_jaar=60000,
            uitzendonderneming_ingeschreven=True,
        ),
        _g("Wsw artikel 2 gaat eraf", 2018, {"onder_de_regeling": True, "totaal_uren": 40575}, _AFTREK, uren_wsw=59425),
        _g("Wsw artikel 2 van vorig jaar", 2018, _NIET, _AFTREK, uren_wsw_vorig_jaar=59425.01),
        _g(
            "Sector: minder dan de helft buiten het Ufo",
            2018,
            {"sector": "overheid"},
            "3.27 Regeling Wfsv",
            sector=None,
            uren_met_ufo_premie=51,
            uren_zonder_ufo_premie=49,
        ),
        _g(
            "Sector: precies de helft is markt",
            2018,
            {"sector": "markt", "tekort": None},
            "3.27 Regeling Wfsv",
            sector=None,
            uren_met_ufo_premie=50,
            uren_zonder_ufo_premie=50,
        ),
        _g(
            "Markt: geen percentage bekend",
            2026,
            {"percentage": None, "tekort": None, "stand": "niet_geactiveerd", "wordt_opgelegd": False, "erbij": None},
            _STAND,
            sector="markt",
        ),
        _g(
            "Markt met een eigen percentage",
            2026,
            _tekort(1.5, 7500, percentage=2),
            _TEKORT,
            sector="markt",
            quotumpercentage=2.009,
        ),
        _g("Overheid in 2017: nog niet geactiveerd", 2017, {"percentage": None, "stand": "niet_geactiveerd"}, _STAND),
        _g("Overheid in 2018: opgeschort", 2018, {"stand": "opgeschort", "wordt_opgelegd": False}, _STAND),
        _g("2019: 2,14%", 2019, _tekort(1.6, 8000, percentage=2.14), "arbeidsmarktplatformpo.nl"),
        _g("2020: 2,36%", 2020, _tekort(1.7, 8500, percentage=2.36), "voion.nl 2018", "Indicatie."),
        _g("2024: 3,09%", 2024, _tekort(2.3, 11500, percentage=3.09), "voion.nl 2018", "Indicatie."),
        _g("2025: niet gevonden", 2025, {"percentage": None, "gevraagde_banen": None, "tekort": None}, "Niet gevonden"),
        _g(
            "2026: 2,58%",
            2026,
            _tekort(1.9, 9500, percentage=2.58, stand="opgeschort"),
            "denormaalstezaak.nl 2026",
            "Van welke sector is niet bekend.",
        ),
        _g(
            "Inleen telt als beiden het op tijd eens zijn",
            2018,
            _tekort(1, 5000, uren_arbeidsbeperkten=500),
            _INLEEN,
            inleen=[_verband("in", 500, _OP_TIJD, _OP_TIJD)],
        ),
        _g(
            "Inleen: de inlener op 1 augustus is te laat",
            2018,
            _tekort(1.4, 7000, uren_arbeidsbeperkten=0),
            _INLEEN,
            inleen=[_verband("in", 500, _OP_TIJD, "2019-08-01")],
        ),
        _g(
            "Inleen: de uitlener op 1 augustus is te laat",
            2018,
            {"uren_arbeidsbeperkten": 0},
            _INLEEN,
            inleen=[_verband("in", 500, "2019-08-01", _OP_TIJD)],
        ),
        _g(
            "Inleen: maar één partij",
            2018,
            {"uren_arbeidsbeperkten": 0},
            _INLEEN,
            inleen=[_verband("in", 500, _OP_TIJD, None)],
        ),
        _g(
            "Inleen: niet meer dan de uren van de persoon",
            2018,
            {"uren_arbeidsbeperkten": 400},
            _INLEEN,
            inleen=[_verband("in", 500, _OP_TIJD, _OP_TIJD, uren_persoon=400)],
        ),
        _g(
            "Uitgeleende uren gaan eraf",
            2018,
            {"uren_arbeidsbeperkten": 700},
            _INLEEN,
            uren_arbeidsbeperkten=1000,
            inleen=[_verband("uit", 300, _OP_TIJD, _OP_TIJD)],
        ),
        _g(
            "In en uit tegelijk",
            2018,
            {"uren_arbeidsbeperkten": 1100},
            _INLEEN,
            uren_arbeidsbeperkten=1000,
            inleen=[_verband("uit", 300, _OP_TIJD, _OP_TIJD), _verband("in", 400, _OP_TIJD, _OP_TIJD)],
        ),
        _g(
            "Twee keer ingeleend, met een verband ertussen dat niet telt",
            2018,
            {"uren_arbeidsbeperkten": 1600},
            _INLEEN,
            uren_arbeidsbeperkten=1000,
            inleen=[
                _verband("in", 400, _OP_TIJD, _OP_TIJD),
                _verband("in", 500, _OP_TIJD, None),
                _verband("in", 200, _OP_TIJD, _OP_TIJD),
            ],
        ),
        _g(
            "Nooit minder dan nul uren",
            2018,
            {"uren_arbeidsbeperkten": 0},
            _INLEEN,
            uren_arbeidsbeperkten=100,
            inleen=[_verband("uit", 300, _OP_TIJD, _OP_TIJD)],
        ),
        _g(
            "Eén persoon van 25,5 uur erbij",
            2018,
            {
                "erbij": {
                    "uren_per_week": 25.5,
                    "banen": 1,
                    "tekort": 0.4,
                    "minder_heffing": 5000,
                    "personen_tot_quotum": 2,
                }
            },
            _TEKORT,
        ),
        _g(
            "Met één persoon blijft minder dan een tiende baan over: dat is geen tekort meer",
            2018,
            {"tekort": 1, "erbij": {"tekort": 0, "personen_tot_quotum": 1}},
            _AFROND,
            "Het tekort van 1 - 0,9807 = 0,0193 baan wordt naar beneden afgerond.",
            uren_arbeidsbeperkten=599,
        ),
        _g(
            "Met één persoon blijft een tiende baan over: er is nog iemand nodig",
            2018,
            {"tekort": 1.1, "erbij": {"tekort": 0.1, "personen_tot_quotum": 2}},
            _AFROND,
            "Het tekort van 1,1001 - 0,9807 = 0,1194 baan wordt 0,1.",
            uren_arbeidsbeperkten=465.9,
        ),
        _g(
            "Eén persoon van 12,75 uur erbij",
            2018,
            {"erbij": {"banen": 0.5, "tekort": 0.9, "minder_heffing": 2500, "personen_tot_quotum": 3}},
            _TEKORT,
            extra_uren_per_week=12.75,
        ),
        _g(
            "Zonder tekort is niemand meer nodig",
            2018,
            {"erbij": {"tekort": 0, "minder_heffing": 0, "personen_tot_quotum": 0}},
            _TEKORT,
            uren_arbeidsbeperkten=1930,
        ),
        _g(
            "Bij 100% helpt niemand erbij",
            2018,
            {"erbij": {"personen_tot_quotum": 0, "minder_heffing": 0}},
            _TEKORT,
            quotumpercentage=100,
        ),
        _g(
            "Stap voor stap naar het quotum",
            2018,
            {
                "naar_quotum": [
                    {"personen": 0, "gevraagde_banen": 1.93, "banen": 0, "tekort": 1.9, "heffing": 9500},
                    {"personen": 1, "gevraagde_banen": 1.9493, "banen": 1, "tekort": 0.9, "heffing": 4500},
                    {"personen": 2, "gevraagde_banen": 1.9686, "banen": 2, "tekort": 0, "heffing": 0},
                ]
            },
            _TEKORT,
            "Met wie erbij komt, groeien ook alle uren: er wordt iets meer gevraagd.",
            verloonde_uren=133100,
        ),
        _g(
            "Zonder tekort is er geen weg te gaan",
            2018,
            {
                "naar_quotum": [
                    {"personen": 0, "gevraagde_banen": 1.93, "banen": 2, "tekort": 0, "heffing": 0},
                ]
            },
            _TEKORT,
            verloonde_uren=133100,
            uren_arbeidsbeperkten=2662,
        ),
        _g("Onder de drempel is er geen weg te gaan", 2018, {"naar_quotum": []}, _DREMPEL, verloonde_uren=40574.99),
        _g(
            "Het pad van 2023",
            2023,
            {
                "pad": [
                    {
                        "jaar": 2024,
                        "percentage": 3.09,
                        "zekerheid": "indicatie",
                        "gevraagde_banen": 3.09,
                        "tekort": 3,
                    },
                    {
                        "jaar": 2026,
                        "percentage": 2.58,
                        "zekerheid": "indicatie",
                        "gevraagde_banen": 2.58,
                        "tekort": 2.5,
                    },
                ]
            },
            "voion.nl; denormaalstezaak.nl",
            "2025 is onbekend.",
            verloonde_uren=133100,
        ),
        _g("Na 2026 is er geen pad", 2026, {"pad": []}, "Niet gevonden"),
        _g("De markt heeft geen pad", 2023, {"pad": []}, "Niet gevonden", sector="markt"),
        _g(
            "De dagen in het jaar erna",
            2018,
            {"gegevens_tot_en_met": "2019-05-01", "inleen_eens_voor": "2019-08-01", "besluit_voor": "2019-11-01"},
            "38e, 38g en 38h Wfsv",
        ),
        _g(
            "Verwachting: opslag en bonus in evenwicht",
            2026,
            {"verwachting": {"bonus": 5000, "opslag": 5000, "saldo": 0, "opslag_vanaf": None}},
            "6 Wet banenafspraak; verwachting",
            uren_arbeidsbeperkten=1331,
            loonsom_aof_hoog=1000000,
            opslag_percentage=0.5,
        ),
        _g(
            "Verwachting: zonder percentage onbekend",
            2026,
            {"verwachting": {"bonus": 2500, "opslag": None, "saldo": None}},
            "6 Wet banenafspraak; verwachting",
            uren_arbeidsbeperkten=665.5,
            loonsom_aof_hoog=1000000,
        ),
        _g(
            "Verwachting: een kleine werkgever betaalt geen opslag",
            2026,
            {"verwachting": {"opslag": 0, "saldo": 5000}},
            "6 Wet banenafspraak",
            uren_arbeidsbeperkten=1331,
            kleine_werkgever=True,
        ),
        _g(
            "Verwachting: opslag vanaf het tweede kalenderjaar",
            2026,
            {"verwachting": {"opslag_vanaf": "2028-01-01"}},
            "6 Wet banenafspraak",
            activering_op="2026-12-31",
        ),
        _g(
            "Verwachting: een eigen bedrag voor de bonus",
            2026,
            {"verwachting": {"bonus": 4000}},
            "2.13 lid 2 Wtl (verwacht)",
            "Het bedrag van de wet is niet gezien: vul in waarmee u wilt rekenen.",
            uren_arbeidsbeperkten=1331,
            bonus_per_baan=4000,
        ),
        _g("Voor 2026 rekent niemand met de nieuwe wet", 2024, {"verwachting": None}, "Wet banenafspraak"),
    ),
)


@REGEL.cases()
def test_quotum(geval: Geval) -> None:
    REGEL.check(geval)
