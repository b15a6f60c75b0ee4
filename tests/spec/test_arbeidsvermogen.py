"""The beoordeling arbeidsvermogen: Wajong, banenafspraak, werken met een voorziening, or an advice."""

from datetime import date
from typing import Any

from tests.spec.regel import Geval, Regel, wet

_DAG = date(2026, 7, 1)
_1A, _1A1, _35 = "1a Schattingsbesluit", "1a:1 Wajong", "3.5 Besluit SUWI"
_KENNIS, _RAPPORT = "Kennisdocument Banenafspraak (SZW, 2023)", "UWV, rapportage Gooi en Vechtstreek, juli 2018"

_KAN_WERKEN = {
    "kan_taak_uitvoeren": True,
    "heeft_werknemersvaardigheden": True,
    "kan_uur_aaneengesloten_werken": True,
    "vier_uur_belastbaar": True,
}
_KAN_NIET = {"kan_taak_uitvoeren": False}
_BURGER = {"aanvrager": "persoon", "verzocht_op": "2026-05-01", "onderwijs": "geen", "ondersteuning_pwet_7_1_a": True}
_COLLEGE = {"aanvrager": "college", "verzocht_op": "2026-05-01"}
_DUURZAAM = {
    **_KAN_NIET,
    "woont_in_nederland": True,
    "gevolg_van_ziekte": True,
    "duurzaam_geen_arbeidsvermogen": True,
    "geboortedatum": "2004-03-10",
}
_GEEN_BESCHUT = {
    "begeleid_werken": "geen_advies",
    "eerder_advies": False,
    "aanpassingen_niet_redelijk": False,
    "toezicht_niet_redelijk": False,
}
_KAN_GEEN_DREMPEL = {"drempelfunctie": "geen", "beperkingen_nog_zes_maanden": True}
_VROEG = {"geboortedatum": "2004-03-10", "beperking_sinds": "2010-01-01"}


def _aba(
    titel: str, uitkomst: str, bron: str, *delen: dict[str, Any], gevraagd: str = "banenafspraak",
    peildatum: date = _DAG, verwacht: dict[str, Any] | None = None, uitleg: str = "", **meer: Any,
) -> Geval:  # fmt: skip
    facts: dict[str, Any] = {"gevraagd": gevraagd}
    for deel in (*delen, meer):
        facts.update(deel)
    return Geval(titel, facts, peildatum, {"uitkomst": uitkomst, **(verwacht or {})}, bron, uitleg)


_W, _B, _V, _S, _G = (
    "wajong_2015",
    "doelgroep_banenafspraak",
    "werken_met_voorziening",
    "advies_beschut_werk",
    "geen",
)

REGEL = Regel(
    slug="aanvraag-1-arbeidsvermogen",
    titel="Beoordeling arbeidsvermogen: wat is de uitkomst",
    uitleg=(
        "Arbeidsvermogen heeft wie een taak kan uitvoeren, basale werknemersvaardigheden heeft, een uur achter elkaar "
        "kan werken, en vier uur per dag belastbaar is. Twee uur is genoeg voor wie per uur het minimumloon verdient.",
        "Wajong 2015 is voor wie duurzaam geen arbeidsvermogen heeft: op zijn 18e, of terwijl hij ten minste zes "
        "maanden studeerde, of binnen vijf jaar daarna door dezelfde oorzaak. Wie tien jaar lang tijdelijk geen "
        "arbeidsvermogen had, krijgt ook Wajong.",
        "De indicatie banenafspraak is voor wie geen drempelfunctie kan uitvoeren, of maar voor een deel, als dat naar "
        "verwachting nog zes maanden duurt. Wie het alleen met een voorziening kan en al voor zijn 18e of tijdens zijn "
        "studie beperkingen had, komt ook in het register.",
        "Een gemeente krijgt precies de beoordeling die zij vroeg. Bij een burger kan UWV wisselen. Bij vso en "
        "praktijkonderwijs controleert UWV alleen de gegevens van de school; bij entree is een beoordeling nodig.",
    ),
    artikelen=(
        "1a Schattingsbesluit arbeidsongeschiktheidswetten", "1a:1 Wajong", "3.5 Besluit SUWI",
        "38b lid 1 en 2 Wfsv", "2.24 en 2.25 Besluit Wfsv", "3 Besluit advisering beschut werk",
    ),
    antwoord=wet("arbeidsvermogen"),
    vraag="arbeidsvermogen",
    parameters=tuple(
        ("arbeidsvermogen", naam)
        for naam in (
            "wisselen", "uren_aaneengesloten", "uren_per_dag", "uren_per_dag_met_minimumloon", "studerend",
            "zelfde_oorzaak", "tijdelijk_geen", "drempelfunctie", "beperkingen", "geen_arbeidsvermogen",
            "werken_met_voorziening",
        )
    ),
    let_op=(
        "Of iemand om een andere reden geen Wajong krijgt (artikel 1a:6 Wajong: gevangenis, verblijf, AOW-leeftijd) "
        "wordt hier niet beoordeeld, behalve wonen in Nederland.",
        "Er wordt niets aangenomen: ontbreekt een feit dat nodig is, dan is dat de volgende vraag.",
    ),
    gevallen=(
        # Arbeidsvermogen: each of the four criteria, and their near misses.
        _aba("Geen drempelfunctie: doelgroep", _B, _35, _BURGER, _KAN_WERKEN, _KAN_GEEN_DREMPEL,
             verwacht={"grond": "pwet_uwv_wml_eigen_verzoek", "route": "indicatie_banenafspraak", "gewisseld": False}),
        _aba("Maar een deel van een drempelfunctie: doelgroep", _B, _35, _BURGER, _KAN_WERKEN,
             _KAN_GEEN_DREMPEL, drempelfunctie="voor_een_deel"),
        _aba("Korter dan zes maanden: geen indicatie", _G, "3.5 lid 6 Besluit SUWI", _BURGER, _KAN_WERKEN,
             _GEEN_BESCHUT, drempelfunctie="geen", beperkingen_nog_zes_maanden=False),
        _aba("Zelfstandig een drempelfunctie: geen indicatie", _G, "3.5 lid 7 Besluit SUWI", _BURGER, _KAN_WERKEN,
             drempelfunctie="zelfstandig"),
        _aba("Met aanpassingen: geen indicatie", _G, "3.5 lid 7 Besluit SUWI", _BURGER, _KAN_WERKEN,
             drempelfunctie="met_aanpassingen"),
        _aba("Met begeleiding: doelgroep", _B, "3.5 lid 7 Besluit SUWI", _BURGER, _KAN_WERKEN, _KAN_GEEN_DREMPEL,
             drempelfunctie="met_begeleiding"),
        _aba("Met begeleiding, gevraagd op 28-10-2016: doelgroep", _B, "3.5 lid 9 Besluit SUWI", _COLLEGE, _KAN_WERKEN,
             _KAN_GEEN_DREMPEL, drempelfunctie="met_begeleiding", verzocht_op="2016-10-28",
             peildatum=date(2016, 12, 1)),
        _aba("Met begeleiding, gevraagd op 27-10-2016: geen indicatie", _G, "3.5 lid 9 Besluit SUWI", _COLLEGE,
             _KAN_WERKEN, drempelfunctie="met_begeleiding", verzocht_op="2016-10-27", peildatum=date(2016, 12, 1)),
        _aba("Twee uur per dag en het minimumloon per uur: arbeidsvermogen", _G, "1a lid 1 d Schattingsbesluit",
             _BURGER, _KAN_WERKEN, vier_uur_belastbaar=False, twee_uur_belastbaar=True,
             verdient_minimumloon_per_uur=True, drempelfunctie="zelfstandig"),
        _aba("Twee uur per dag zonder minimumloon per uur: geen arbeidsvermogen", _W, "1a lid 1 d Schattingsbesluit",
             _BURGER, _DUURZAAM, _KAN_WERKEN, gevraagd="wajong", vier_uur_belastbaar=False, twee_uur_belastbaar=True,
             verdient_minimumloon_per_uur=False, geen_mogelijkheden_sinds="2010-01-01"),
        _aba("Geen twee uur per dag: geen arbeidsvermogen", _W, "1a lid 1 d Schattingsbesluit", _BURGER, _DUURZAAM,
             _KAN_WERKEN, gevraagd="wajong", vier_uur_belastbaar=False, twee_uur_belastbaar=False,
             geen_mogelijkheden_sinds="2010-01-01"),
        _aba("Geen werknemersvaardigheden: geen arbeidsvermogen", _W, "1a lid 1 b Schattingsbesluit", _BURGER,
             _DUURZAAM, gevraagd="wajong", kan_taak_uitvoeren=True, heeft_werknemersvaardigheden=False,
             geen_mogelijkheden_sinds="2010-01-01"),
        _aba("Geen uur achter elkaar: geen arbeidsvermogen", _W, "1a lid 1 c Schattingsbesluit", _BURGER, _DUURZAAM,
             _KAN_WERKEN, gevraagd="wajong", kan_uur_aaneengesloten_werken=False,
             geen_mogelijkheden_sinds="2010-01-01"),
        # Who leaves the choice to UWV is assessed for everything, and nothing is switched.
        _aba("Keuze aan UWV, duurzaam geen arbeidsvermogen: Wajong", _W, _35, _BURGER, _DUURZAAM, gevraagd=None,
             keuze_aan_uwv=True, geen_mogelijkheden_sinds="2010-01-01", verwacht={"gewisseld": False, "grond": None}),
        _aba("Keuze aan UWV, geen drempelfunctie: doelgroep", _B, _35, _BURGER, _KAN_WERKEN, _KAN_GEEN_DREMPEL,
             gevraagd=None, keuze_aan_uwv=True,
             verwacht={"gevraagd": "banenafspraak", "gewisseld": False, "grond": "pwet_uwv_wml_eigen_verzoek"}),
        _aba("Keuze aan UWV, alleen met een voorziening: lid 2", _V, "38b lid 2 Wfsv", _BURGER, _KAN_WERKEN, _VROEG,
             gevraagd=None, keuze_aan_uwv=True, drempelfunctie="met_voorziening", beperkingen_nog_zes_maanden=True,
             verwacht={"gewisseld": False, "grond": "jonggehandicapt_uwv_oordeel"}),
        _aba("Keuze aan UWV, zelfstandig een drempelfunctie: niets", _G, _35, _BURGER, _KAN_WERKEN,
             gevraagd=None, keuze_aan_uwv=True, drempelfunctie="zelfstandig", verwacht={"gewisseld": False}),
        _aba("Beperking op de 18e verjaardag zelf, alleen met een voorziening: lid 2", _V, "38b lid 2 Wfsv", _BURGER,
             _KAN_WERKEN, _VROEG, gevraagd="werken_met_voorziening", beperking_sinds="2022-03-10",
             drempelfunctie="met_voorziening", beperkingen_nog_zes_maanden=True),
        _aba("Beperking een dag na de 18e verjaardag, geen studie: geen lid 2", _G, "38b lid 2 Wfsv", _BURGER,
             _KAN_WERKEN, _VROEG, gevraagd="werken_met_voorziening", beperking_sinds="2022-03-11",
             maanden_studerend_bij_beperking=0, drempelfunctie="met_voorziening", beperkingen_nog_zes_maanden=True),
        # Wajong: the onset.
        _aba("Geen taak, duurzaam, op het 18e: Wajong", _W, "1a:1 lid 1 a Wajong", _BURGER, _DUURZAAM,
             gevraagd="wajong", geen_mogelijkheden_sinds="2022-03-10",
             verwacht={"grond": None, "route": None}, uitleg="De 18e verjaardag zelf telt mee."),
        _aba("Zes maanden studerende toen het intrad: Wajong", _W, "1a:1 lid 1 b Wajong", _BURGER, _DUURZAAM,
             gevraagd="wajong", geen_mogelijkheden_sinds="2024-05-01", maanden_studerend_bij_geen_mogelijkheden=6),
        _aba("Vijf maanden studerende: geen Wajong", _G, "1a:1 lid 1 b Wajong", _BURGER, _DUURZAAM, gevraagd="wajong",
             geen_mogelijkheden_sinds="2024-05-01", maanden_studerend_bij_geen_mogelijkheden=5,
             beperking_sinds="2024-05-01", maanden_studerend_bij_beperking=5),
        _aba("Binnen vijf jaar na het 18e, zelfde oorzaak: Wajong", _W, "1a:1 lid 2 Wajong", _BURGER, _DUURZAAM,
             gevraagd="wajong", geboortedatum="2000-03-10", beperking_sinds="2010-01-01",
             geen_mogelijkheden_sinds="2023-03-10", maanden_studerend_bij_geen_mogelijkheden=0, zelfde_oorzaak=True),
        _aba("Een dag na vijf jaar: geen Wajong", _G, "1a:1 lid 2 Wajong", _BURGER, _DUURZAAM, gevraagd="wajong",
             geboortedatum="2000-03-10", beperking_sinds="2010-01-01", geen_mogelijkheden_sinds="2023-03-11",
             maanden_studerend_bij_geen_mogelijkheden=0),
        _aba("Binnen vijf jaar, andere oorzaak: geen Wajong", _G, "1a:1 lid 2 Wajong", _BURGER, _DUURZAAM,
             gevraagd="wajong", geboortedatum="2000-03-10", beperking_sinds="2010-01-01",
             geen_mogelijkheden_sinds="2022-01-01", maanden_studerend_bij_geen_mogelijkheden=0, zelfde_oorzaak=False),
        _aba("Beperking uit de studie, vier jaar later: Wajong", _W, "1a:1 lid 2 Wajong", _BURGER, _DUURZAAM,
             gevraagd="wajong", geboortedatum="1998-01-01", beperking_sinds="2019-05-01",
             maanden_studerend_bij_beperking=12, geen_mogelijkheden_sinds="2023-05-01",
             maanden_studerend_bij_geen_mogelijkheden=0, zelfde_oorzaak=True),
        _aba("Geboren op 29 februari: 18 op 1 maart", _W, "1a:1 lid 1 a Wajong", _BURGER, _DUURZAAM,
             gevraagd="wajong", geboortedatum="2008-02-29", geen_mogelijkheden_sinds="2026-03-01"),
        _aba("Tien jaar lang tijdelijk geen arbeidsvermogen: Wajong", _W, "1a:1 lid 3 Wajong", _BURGER, _DUURZAAM,
             gevraagd="wajong", duurzaam_geen_arbeidsvermogen=False, geboortedatum="1998-07-01",
             geen_mogelijkheden_sinds="2010-01-01"),
        _aba("Een dag te kort voor tien jaar: doelgroep", _B, "1a:1 lid 3 Wajong", _BURGER, _DUURZAAM,
             gevraagd="wajong", duurzaam_geen_arbeidsvermogen=False, geboortedatum="1998-07-02",
             geen_mogelijkheden_sinds="2010-01-01", beperkingen_nog_zes_maanden=True,
             verwacht={"gewisseld": True, "grond": "amvb_38b_1_d", "route": "afgewezen_wajong"}),
        _aba("Niet in Nederland: geen Wajong", _G, "1a:1 lid 1 Wajong", _BURGER, _DUURZAAM, gevraagd="wajong",
             woont_in_nederland=False),
        _aba("Geen gevolg van ziekte: geen Wajong", _G, "1a:1 lid 1 Wajong", _BURGER, _DUURZAAM, gevraagd="wajong",
             gevolg_van_ziekte=False),
        # Switching.
        _aba("Burger vroeg Wajong en kan werken: wisselen naar banenafspraak", _B, _RAPPORT, _BURGER, _KAN_WERKEN,
             _KAN_GEEN_DREMPEL, gevraagd="wajong",
             verwacht={"gewisseld": True, "grond": "amvb_38b_1_d", "route": "afgewezen_wajong"}),
        _aba("Burger vroeg banenafspraak en kan duurzaam niet werken: wisselen naar Wajong", _W, _RAPPORT, _BURGER,
             _DUURZAAM, geen_mogelijkheden_sinds="2010-01-01", verwacht={"gewisseld": True}),
        _aba("Burger vroeg banenafspraak: wisselen naar beschut werk", _S, _RAPPORT, _BURGER, _KAN_WERKEN,
             _GEEN_BESCHUT, drempelfunctie="geen", beperkingen_nog_zes_maanden=False, toezicht_niet_redelijk=True,
             verwacht={"gewisseld": True}),
        _aba("Gemeente vroeg banenafspraak, duurzaam geen arbeidsvermogen: geen", _G, _RAPPORT, _COLLEGE, _KAN_NIET,
             duurzaam_geen_arbeidsvermogen=True, uitleg="UWV wisselt bij een gemeente niet naar Wajong."),
        _aba("Gemeente vroeg banenafspraak: doelgroep", _B, "38b lid 1 onderdeel a Wfsv", _COLLEGE, _KAN_WERKEN,
             _KAN_GEEN_DREMPEL, verwacht={"grond": "pwet_lks_uwv_loonwaarde", "route": "indicatie_banenafspraak"}),
        _aba("Gemeente, tijdelijk geen arbeidsvermogen: doelgroep", _B, "3.5 lid 6 Besluit SUWI", _COLLEGE, _KAN_NIET,
             duurzaam_geen_arbeidsvermogen=False, beperkingen_nog_zes_maanden=True,
             uitleg="Afgeleid: wie niet kan werken, kan ook geen drempelfunctie uitvoeren."),
        _aba("Gemeente vroeg beschut werk: positief advies", _S, "3 Besluit advisering beschut werk", _COLLEGE,
             _KAN_WERKEN, gevraagd="beschut_werk", begeleid_werken="geen_advies", aanpassingen_niet_redelijk=True,
             verwacht={"grond": None, "gewisseld": False}),
        _aba("Gemeente vroeg beschut werk, negatief: niet naar banenafspraak", _G, _RAPPORT, _COLLEGE, _KAN_WERKEN,
             gevraagd="beschut_werk", begeleid_werken="geen_advies", aanpassingen_niet_redelijk=False,
             toezicht_niet_redelijk=False),
        _aba("Gemeente vroeg beschut werk, geen arbeidsvermogen: negatief", _G, "3 Besluit advisering beschut werk",
             _COLLEGE, _KAN_NIET, gevraagd="beschut_werk"),
        # Werken met een voorziening.
        _aba("Alleen met een voorziening, beperking van voor het 18e", _V, "38b lid 2 Wfsv", _BURGER, _KAN_WERKEN,
             _VROEG, gevraagd="werken_met_voorziening", drempelfunctie="met_voorziening",
             beperkingen_nog_zes_maanden=True,
             verwacht={"grond": "jonggehandicapt_uwv_oordeel", "route": "werken_met_voorziening"}),
        _aba("Burger vroeg banenafspraak, kan alleen met een voorziening: wisselen", _V, _RAPPORT, _BURGER,
             _KAN_WERKEN, _VROEG, drempelfunctie="met_voorziening", beperkingen_nog_zes_maanden=True,
             verwacht={"gewisseld": True}),
        _aba("Gemeente vroeg banenafspraak, kan alleen met een voorziening: geen", _G, _RAPPORT, _COLLEGE,
             _KAN_WERKEN, _VROEG, drempelfunctie="met_voorziening", beperkingen_nog_zes_maanden=True),
        _aba("Gemeente vroeg de voorziening zelf", _V, "38b lid 2 Wfsv", _COLLEGE, _KAN_WERKEN, _VROEG,
             gevraagd="werken_met_voorziening", drempelfunctie="met_voorziening", beperkingen_nog_zes_maanden=True),
        _aba("Met voorziening, beperking uit de studie", _V, "38b lid 2 Wfsv", _BURGER, _KAN_WERKEN,
             gevraagd="werken_met_voorziening", drempelfunctie="met_voorziening", beperkingen_nog_zes_maanden=True,
             geboortedatum="2000-01-01", beperking_sinds="2021-01-01", maanden_studerend_bij_beperking=6),
        _aba("Met voorziening, beperking van later", _G, "38b lid 2 Wfsv", _COLLEGE, _KAN_WERKEN,
             gevraagd="werken_met_voorziening", drempelfunctie="met_voorziening", beperkingen_nog_zes_maanden=True,
             geboortedatum="2000-01-01", beperking_sinds="2021-01-01", maanden_studerend_bij_beperking=5),
        _aba("Met voorziening, maar korter dan zes maanden", _G, "3.5 lid 6 en 8 Besluit SUWI", _COLLEGE, _KAN_WERKEN,
             _VROEG, gevraagd="werken_met_voorziening", drempelfunctie="met_voorziening",
             beperkingen_nog_zes_maanden=False),
        _aba("Kan het ook zonder voorziening", _G, "3.5 lid 8 Besluit SUWI", _COLLEGE, _KAN_WERKEN,
             gevraagd="werken_met_voorziening", drempelfunctie="zelfstandig"),
        _aba("Voorziening zonder arbeidsvermogen", _G, "3.5 lid 3 en 8 Besluit SUWI", _COLLEGE, _KAN_NIET,
             gevraagd="werken_met_voorziening"),
        _aba("Voorziening gevraagd op 31-12-2019: nog niet", _G, _KENNIS, _COLLEGE, gevraagd="werken_met_voorziening",
             verzocht_op="2019-12-31", peildatum=date(2020, 3, 1)),
        # School.
        _aba("Vso: alleen de gegevens van de school", _B, "2.24 lid 1 Besluit Wfsv", _BURGER, onderwijs="vso",
             duurzaam_geen_vastgesteld=False, schoolgegevens_kloppen=True,
             verwacht={"grond": "amvb_38b_1_d", "route": "vso"}),
        _aba("Praktijkonderwijs: alleen de gegevens van de school", _B, "2.24 lid 1 Besluit Wfsv", _BURGER,
             onderwijs="pro", duurzaam_geen_vastgesteld=False, schoolgegevens_kloppen=True,
             verwacht={"grond": "amvb_38b_1_d", "route": "pro"}),
        _aba("Vso dat de school niet bevestigt: toch beoordelen", _G, "2.24 lid 1 Besluit Wfsv", _BURGER, _KAN_WERKEN,
             onderwijs="vso", duurzaam_geen_vastgesteld=False, schoolgegevens_kloppen=False,
             drempelfunctie="zelfstandig"),
        _aba("Vso, maar duurzaam geen mogelijkheden: toch beoordelen", _W, "2.24 lid 3 Besluit Wfsv", _BURGER,
             _DUURZAAM, onderwijs="vso", duurzaam_geen_vastgesteld=True, geen_mogelijkheden_sinds="2010-01-01",
             verwacht={"gewisseld": True}),
        _aba("Praktijkonderwijs, gevraagd op 27-10-2016: beoordelen", _G, "2.24 lid 2 Besluit Wfsv", _BURGER,
             _KAN_WERKEN, onderwijs="pro", verzocht_op="2016-10-27", peildatum=date(2016, 12, 1),
             drempelfunctie="zelfstandig"),
        _aba("Vso voor 18-7-2015: de regel bestaat nog niet", _G, "2.24 Besluit Wfsv", _BURGER, _KAN_WERKEN,
             onderwijs="vso", verzocht_op="2015-07-17", peildatum=date(2015, 8, 1), drempelfunctie="zelfstandig"),
        _aba("Entree: een beoordeling is nodig", _B, "2.25 lid 1 a Besluit Wfsv", _BURGER, _KAN_WERKEN,
             _KAN_GEEN_DREMPEL, onderwijs="entree", ondersteuning_pwet_7_1_a=False,
             verwacht={"grond": "amvb_38b_1_d", "route": "entree"}),
        _aba("Entree en zelfstandig: geen indicatie", _G, "2.25 lid 1 a Besluit Wfsv", _BURGER, _KAN_WERKEN,
             onderwijs="entree", drempelfunctie="zelfstandig"),
        _aba("Eigen verzoek buiten de Participatiewet: geen indicatie", _G, "38b lid 1 onderdeel e Wfsv", _BURGER,
             _KAN_WERKEN, _GEEN_BESCHUT, ondersteuning_pwet_7_1_a=False, drempelfunctie="geen",
             beperkingen_nog_zes_maanden=True),
        _aba("Eigen verzoek in 2016: ondersteuning hoefde nog niet", _B, "38b lid 1 onderdeel e Wfsv (2016)", _BURGER,
             _KAN_WERKEN, _KAN_GEEN_DREMPEL, ondersteuning_pwet_7_1_a=False, verzocht_op="2016-11-01",
             peildatum=date(2016, 12, 31)),
        _aba("Eigen verzoek voor 11-12-2015: de grond bestaat nog niet", _G, "38b lid 1 onderdeel e Wfsv", _BURGER,
             _KAN_WERKEN, _GEEN_BESCHUT, verzocht_op="2015-09-01", peildatum=date(2015, 12, 10),
             drempelfunctie="geen", beperkingen_nog_zes_maanden=True),
    ),
)  # fmt: skip


@REGEL.cases()
def test_uitkomst_van_de_beoordeling(geval: Geval) -> None:
    REGEL.check(geval)
