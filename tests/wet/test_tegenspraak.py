"""Facts that cannot all be true are refused, each fault begins with the name of its fact, and the nearest possible
facts are taken: a form links the fault to its field by that name.
"""

import json
from datetime import date
from typing import Any

import pytest

from banenafspraak.wet import feiten
from banenafspraak.wet.feiten import FeitenFout
from banenafspraak.wet.parameters import ParameterFout
from banenafspraak.wet.regels import RULES

_WAJONG = {"grond": "wajong", "route": "owajong", "vanaf": "2016-01-01"}
_BASE: dict[str, dict[str, Any]] = {
    "antwoordtermijn": {"ontvangen_op": "2026-07-01"},
    "arbeidsvermogen": {"aanvrager": "persoon", "gevraagd": "banenafspraak", "verzocht_op": "2026-06-01"},
    "banen": {"soort_werk": "arbeidsovereenkomst", "verloonde_uren": 100, "per": "maand", "in_doelgroepregister": True},
    "beschutwerk": {"aanvrager": "college"},
    "categorie": {"registraties": [{"grond": "wajong", "route": "owajong"}]},
    "doelgroep": {"heeft_wsw_indicatie": True},
    "financieel-cv": {"begin_dienstbetrekking": "2026-07-01", "uren_per_week": 28, "geboortedatum": "2002-05-01"},
    "jobcoach": {"loket": "uwv", "begin_dienstbetrekking": "2026-01-01", "uren_per_week": 24},
    "liv": {"jaarloon": 1000, "verloonde_uren": 100},
    "lkv": {"begin_dienstbetrekking": "2026-01-01", "verloonde_uren": 100, "geregistreerd": True},
    "lks": {"begin_dienstbetrekking": "2026-01-01", "uren_per_week": 36, "leeftijd": 30, "loonwaarde_percentage": 50,
            "ondersteuning_pwet_7_1_a": True},
    "loondispensatie": {"grond": "wajong", "aanvraag_op": "2026-03-17", "geboortedatum": "2000-05-01",
                        "prestatie_percentage": 50},
    "loonwaarde": {"vastgesteld_op": "2026-06-01", "vastgesteld_percentage": 50},
    "minimumloon": {"voltijd_uren": 36, "leeftijd": 30},
    "no-riskpolis": {"begin_dienstbetrekking": "2026-01-01", "ziek_vanaf": "2026-06-01", "dagloon": 100,
                     "grond": "wajong"},
    "quotum": {"verloonde_uren": 100000, "verloonde_uren_vorig_jaar": 100000, "uren_arbeidsbeperkten": 0,
               "sector": "overheid"},
    "quotumuren": {"tijdvak_begin": "2026-03-01", "tijdvak_einde": "2026-03-31", "verloonde_uren": 100,
                   "loonsoort": 15, "aard": 1},
    "registratie": {"gronden": [_WAJONG]},
    "termijn": {"soort": "banenafspraak", "ontvangen_op": "2026-06-09"},
    "uitschrijving": {"gronden": [_WAJONG], "verzocht_op": "2026-06-01"},
}  # fmt: skip


def _gronden(**meer: Any) -> dict[str, Any]:
    return {"gronden": [{**_WAJONG, **meer}]}


def _taken(*aandelen: int) -> dict[str, Any]:
    task = {"tempo": 50, "kwaliteit": 50, "netto_werktijd": 50}
    return {"vastgesteld_percentage": None, "taken": [{**task, "tijdaandeel": deel} for deel in aandelen]}


# The rule, the fact that is named, the impossible facts, and the nearest that are possible.
_CASES: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("registratie", "gronden[0].voldoet_niet_meer_vanaf", _gronden(voldoet_niet_meer_vanaf="2016-01-01"),
     _gronden(voldoet_niet_meer_vanaf="2016-01-02")),
    ("registratie", "gronden[0].grond", _gronden(grond="geen"), _gronden()),
    ("registratie", "gronden[0].grond", _gronden(grond="blijfgrond_38b_6"), _gronden()),
    ("registratie", "uitschrijving_vastgesteld_op", {"uitschrijving_vastgesteld_op": "2022-03-01"},
     {"uitschrijving_verzocht_op": "2022-03-01", "uitschrijving_vastgesteld_op": "2022-03-01"}),
    ("registratie", "uitschrijving_vastgesteld_op",
     {"uitschrijving_verzocht_op": "2022-03-02", "uitschrijving_vastgesteld_op": "2022-03-01"},
     {"uitschrijving_verzocht_op": "2022-03-01", "uitschrijving_vastgesteld_op": "2022-03-01"}),
    ("registratie", "overleden_op", {"geboortedatum": "2000-05-02", "overleden_op": "2000-05-01"},
     {"geboortedatum": "2000-05-01", "overleden_op": "2000-05-01"}),
    ("registratie", "beschut_werk_vastgesteld_op",
     {"geboortedatum": "2000-05-02", "beschut_werk_vastgesteld_op": "2000-05-01"},
     {"geboortedatum": "2000-05-01", "beschut_werk_vastgesteld_op": "2000-05-01"}),
    ("categorie", "registraties", {"registraties": [{"grond": "geen", "route": "vso"}]},
     {"registraties": [{"grond": "amvb_38b_1_d", "route": "vso"}]}),
    ("banen", "in_loonaangifte", {"soort_werk": "stage"}, {"soort_werk": "stage", "in_loonaangifte": False}),
    ("banen", "uren_met_ufo_premie", {"uren_met_ufo_premie": 1},
     {"uren_met_ufo_premie": 1, "uren_zonder_ufo_premie": 0}),
    ("banen", "uren_met_ufo_premie", {"uren_zonder_ufo_premie": 1},
     {"uren_met_ufo_premie": 0, "uren_zonder_ufo_premie": 1}),
    ("banen", "sector_inlener", {"sector_inlener": "uitzend_detachering"}, {"sector_inlener": "markt"}),
    ("banen", "sector_werkgever", {"sector_werkgever": "uitzend_detachering"}, {"sector_werkgever": "markt"}),
    ("banen", "sector_werkgever",
     {"sector_werkgever": "markt", "uren_met_ufo_premie": 0, "uren_zonder_ufo_premie": 1},
     {"uren_met_ufo_premie": 0, "uren_zonder_ufo_premie": 1}),
    ("banen", "verloonde_uren", {"per": "week", "verloonde_uren": 169}, {"per": "week", "verloonde_uren": 168}),
    ("banen", "verloonde_uren", {"per": "maand", "verloonde_uren": 745}, {"per": "maand", "verloonde_uren": 744}),
    ("banen", "verloonde_uren", {"per": "jaar", "verloonde_uren": 8785}, {"per": "jaar", "verloonde_uren": 8784}),
    ("beschutwerk", "college_stelt_vast", {"college_stelt_vast": True},
     {"college_stelt_vast": True, "college_besloot_op": "2026-06-01"}),
    ("beschutwerk", "college_stelt_vast", {"college_besloot_op": "2026-06-01"},
     {"college_stelt_vast": False, "college_besloot_op": "2026-06-01"}),
    *(
        ("doelgroep", naam, {naam: False, f"{naam}_op": "2020-01-01", **more}, {naam: True, f"{naam}_op": "2020-01-01"})
        for naam, more in (
            ("beschut_werk_vastgesteld", {}),
            ("wajong_duurzaam_geen_mogelijkheden", {}),
            ("schriftelijk_gemeld_bij_uwv", {}),
            ("uwv_oordeel_jonggehandicapt", {}),
            ("opgenomen_in_register", {}),
        )
    ),
    ("doelgroep", "uwv_oordeel_kan_geen_wml_verdienen",
     {"uwv_oordeel_kan_geen_wml_verdienen": False, "uwv_oordeel_op": "2020-01-01", "uwv_oordeel_aanvrager": "college"},
     {"uwv_oordeel_kan_geen_wml_verdienen": True, "uwv_oordeel_op": "2020-01-01", "uwv_oordeel_aanvrager": "college"}),
    ("doelgroep", "uwv_oordeel_aanvrager", {"uwv_oordeel_kan_geen_wml_verdienen": True},
     {"uwv_oordeel_kan_geen_wml_verdienen": True, "uwv_oordeel_aanvrager": "college"}),
    ("doelgroep", "uwv_oordeel_aanvrager", {"uwv_oordeel_op": "2020-01-01"},
     {"uwv_oordeel_op": "2020-01-01", "uwv_oordeel_aanvrager": "persoon"}),
    ("doelgroep", "was_wsw_of_wajong_op_1_mei_2015", {"was_wsw_of_wajong_op_of_na_1_januari_2013": True},
     {"was_wsw_of_wajong_op_of_na_1_januari_2013": True, "was_wsw_of_wajong_op_1_mei_2015": False}),
    ("doelgroep", "wajong_aanvraag_op", {"wajong_afwijzing": "alleen_leeftijd"},
     {"wajong_afwijzing": "alleen_leeftijd", "wajong_aanvraag_op": "2016-01-01"}),
    ("doelgroep", "wsw_indicatie_tot", {"wsw_indicatie_vanaf": "2014-01-01", "wsw_indicatie_tot": "2014-01-01"},
     {"wsw_indicatie_vanaf": "2014-01-01", "wsw_indicatie_tot": "2014-01-02"}),
    ("doelgroep", "wajong_tot", {"wajong_vanaf": "2014-01-01", "wajong_tot": "2014-01-01"},
     {"wajong_vanaf": "2014-01-01", "wajong_tot": "2014-01-02"}),
    ("uitschrijving", "heeft_werkgever", {"heeft_werkgever": False, "werkgever_gehoord": True},
     {"heeft_werkgever": False, "werkgever_gehoord": False}),
    ("uitschrijving", "werkgever_heeft_bezwaar", {"werkgever_gehoord": False, "werkgever_heeft_bezwaar": False},
     {"werkgever_gehoord": True, "werkgever_heeft_bezwaar": False}),
    ("uitschrijving", "is_werkloos", {"is_werkloos": True, "heeft_werkgever": True},
     {"is_werkloos": True, "heeft_werkgever": False}),
    ("arbeidsvermogen", "keuze_aan_uwv", {"keuze_aan_uwv": True}, {"keuze_aan_uwv": True, "gevraagd": None}),
    ("arbeidsvermogen", "keuze_aan_uwv", {"keuze_aan_uwv": True, "gevraagd": None, "aanvrager": "college"},
     {"keuze_aan_uwv": True, "gevraagd": None}),
    ("arbeidsvermogen", "gevraagd", {"gevraagd": "wajong", "aanvrager": "college"}, {"gevraagd": "wajong"}),
    ("arbeidsvermogen", "twee_uur_belastbaar", {"vier_uur_belastbaar": True, "twee_uur_belastbaar": False},
     {"vier_uur_belastbaar": True, "twee_uur_belastbaar": True}),
    *(
        ("arbeidsvermogen", naam, {"geboortedatum": "2000-05-02", naam: "2000-05-01"},
         {"geboortedatum": "2000-05-01", naam: "2000-05-01"})
        for naam in ("verzocht_op", "beperking_sinds", "geen_mogelijkheden_sinds")
    ),
    ("loonwaarde", "reguliere_prestatie", {**_taken(100), "reguliere_prestatie": True}, _taken(100)),
    ("loonwaarde", "vastgesteld_percentage", {**_taken(100), "vastgesteld_percentage": 50}, _taken(100)),
    ("loonwaarde", "vastgesteld_percentage", {"reguliere_prestatie": True}, {"reguliere_prestatie": False}),
    ("loonwaarde", "forfaitair", {**_taken(100), "forfaitair": True}, _taken(100)),
    ("loonwaarde", "forfaitair", {"vastgesteld_percentage": None, "reguliere_prestatie": True, "forfaitair": True},
     {"vastgesteld_percentage": None, "reguliere_prestatie": True}),
    ("loonwaarde", "forfaitair", {"forfaitair": True}, {"vastgesteld_percentage": None, "forfaitair": True}),
    ("loonwaarde", "taken", _taken(60, 39), _taken(60, 40)),
    ("loonwaarde", "taken", _taken(60, 41), _taken(60, 40)),
    ("loonwaarde", "uren_per_week", {"uren_per_week": 20}, {"uren_per_week": 20, "werkdagen_per_week": 4}),
    ("loonwaarde", "uren_per_week", {"werkdagen_per_week": 4}, {"uren_per_week": 20, "werkdagen_per_week": 4}),
    ("termijn", "aanvulling_gevraagd_op", {"aanvulling_gevraagd_op": "2026-06-08"},
     {"aanvulling_gevraagd_op": "2026-06-09"}),
    ("termijn", "aangevuld_op", {"aangevuld_op": "2026-06-12"},
     {"aanvulling_gevraagd_op": "2026-06-12", "aangevuld_op": "2026-06-12"}),
    ("termijn", "aangevuld_op", {"aanvulling_gevraagd_op": "2026-06-12", "aangevuld_op": "2026-06-11"},
     {"aanvulling_gevraagd_op": "2026-06-12", "aangevuld_op": "2026-06-12"}),
    ("termijn", "verlengd_tot_en_met", {"verlengd_tot_en_met": "2026-09-01"},
     {"verlengd_tot_en_met": "2026-09-01", "verlenging_meegedeeld_op": "2026-06-09"}),
    ("termijn", "verlengd_tot_en_met", {"verlenging_meegedeeld_op": "2026-06-09"},
     {"verlengd_tot_en_met": "2026-09-01", "verlenging_meegedeeld_op": "2026-06-09"}),
    ("termijn", "verlenging_meegedeeld_op",
     {"verlengd_tot_en_met": "2026-09-01", "verlenging_meegedeeld_op": "2026-06-08"},
     {"verlengd_tot_en_met": "2026-09-01", "verlenging_meegedeeld_op": "2026-06-09"}),
    ("antwoordtermijn", "ontvangen_op", {"ontvangen_op": "2026-07-02"}, {"ontvangen_op": "2026-07-01"}),
    ("antwoordtermijn", "verlenging_meegedeeld_op",
     {"ontvangen_op": "2026-06-15", "verlenging_meegedeeld_op": "2026-06-14"},
     {"ontvangen_op": "2026-06-15", "verlenging_meegedeeld_op": "2026-06-15"}),
    ("termijn", "ontvangen_op", {"ontvangen_op": "2026-07-02"}, {"ontvangen_op": "2026-07-01"}),
    ("loonwaarde", "vastgesteld_op", {"vastgesteld_op": "2026-07-02"}, {"vastgesteld_op": "2026-07-01"}),
    ("uitschrijving", "verzocht_op", {"verzocht_op": "2026-07-02"}, {"verzocht_op": "2026-07-01"}),
    *(
        ("arbeidsvermogen", naam, {naam: "2026-07-02"}, {naam: "2026-07-01"})
        for naam in ("verzocht_op", "beperking_sinds", "geen_mogelijkheden_sinds")
    ),
    ("arbeidsvermogen", "geboortedatum", {"verzocht_op": None, "geboortedatum": "2026-07-02"},
     {"verzocht_op": None, "geboortedatum": "2026-07-01"}),
    ("jobcoach", "begin_dienstbetrekking", {"begin_dienstbetrekking": "2026-07-02"},
     {"begin_dienstbetrekking": "2026-07-01"}),
    ("lkv", "tijdvak_begin", {"tijdvak_begin": "2026-07-02", "tijdvak_einde": "2026-07-31"},
     {"tijdvak_begin": "2026-07-01", "tijdvak_einde": "2026-07-31"}),
    ("lkv", "tijdvak_begin", {"tijdvak_begin": "2026-06-01", "tijdvak_einde": "2026-06-30"},
     {"tijdvak_begin": "2026-06-01", "tijdvak_einde": "2026-07-01"}),
    ("lkv", "liv_bedrag", {"liv_bedrag": 100}, {}),
    ("minimumloon", "leeftijd", {"leeftijd": None, "geboortedatum": "2011-07-02"},
     {"leeftijd": None, "geboortedatum": "2011-07-01"}),
    ("no-riskpolis", "ziek_vanaf", {"ziek_vanaf": "2026-07-02"}, {"ziek_vanaf": "2026-07-01"}),
    ("lks", "loon_per_uur", {"loon_per_uur": 14.98}, {"loon_per_uur": 14.99}),
    ("minimumloon", "leeftijd", {"leeftijd": None}, {}),
    ("minimumloon", "leeftijd", {"geboortedatum": "1990-01-01"}, {"leeftijd": None, "geboortedatum": "1990-01-01"}),
    ("lks", "uren_per_week", {"uren_per_week": 0}, {"uren_per_week": 1}),
    ("lks", "loonwaarde_vastgesteld_op", {"forfaitair": True},
     {"forfaitair": True, "loonwaarde_vastgesteld_op": "2026-01-01"}),
    ("lks", "einde_dienstbetrekking", {"einde_dienstbetrekking": "2025-12-31"},
     {"einde_dienstbetrekking": "2026-01-01"}),
    ("lks", "geboortedatum", {"begin_dienstbetrekking": "2009-01-01", "leeftijd": None, "geboortedatum": "2009-01-01"},
     {"begin_dienstbetrekking": "2009-01-02", "leeftijd": None, "geboortedatum": "2009-01-01"}),
    ("lks", "onderwijs", {"onderwijs_tot": "2025-07-01"}, {"onderwijs_tot": "2025-07-01", "onderwijs": "entree"}),
    ("lkv", "einde_dienstbetrekking", {"einde_dienstbetrekking": "2025-12-31"},
     {"einde_dienstbetrekking": "2026-01-01"}),
    ("lkv", "tijdvak_einde", {"tijdvak_begin": "2026-07-01", "tijdvak_einde": "2026-06-30"},
     {"tijdvak_begin": "2026-07-01", "tijdvak_einde": "2026-07-01"}),
    ("lkv", "tijdvak_begin", {"tijdvak_begin": "2026-07-01"},
     {"tijdvak_begin": "2026-07-01", "tijdvak_einde": "2026-07-31"}),
    ("lkv", "tijdvak_begin", {"tijdvak_einde": "2026-07-31"},
     {"tijdvak_begin": "2026-07-01", "tijdvak_einde": "2026-07-31"}),
    ("lkv", "geregistreerd_tot", {"geregistreerd_vanaf": "2026-01-02", "geregistreerd_tot": "2026-01-01"},
     {"geregistreerd_vanaf": "2026-01-02", "geregistreerd_tot": "2026-01-02"}),
    ("lkv", "geregistreerd", {"geregistreerd": False, "geregistreerd_vanaf": "2026-01-02"},
     {"geregistreerd": True, "geregistreerd_vanaf": "2026-01-02"}),
    ("lkv", "eerder_in_dienst_tot", {"eerder_in_dienst_tot": "2026-01-01"}, {"eerder_in_dienst_tot": "2025-12-31"}),
    ("lkv", "geboortedatum", {"geboortedatum": "2026-01-01"}, {"geboortedatum": "2025-12-31"}),
    *(
        ("lkv", naam, {naam: False, f"{naam}_aangevraagd_op": "2026-01-02"},
         {naam: True, f"{naam}_aangevraagd_op": "2026-01-02"})
        for naam in ("doelgroepverklaring", "verklaring_arbeidsgehandicapt")
    ),
    ("liv", "verloonde_uren", {"verloonde_uren": 0}, {"verloonde_uren": 1}),
    ("loondispensatie", "geboortedatum", {"geboortedatum": "2026-03-17"}, {"geboortedatum": "2010-03-17"}),
    ("loondispensatie", "verlengd_tot", {"verlengd_tot": "2026-03-17"}, {"verlengd_tot": "2026-03-18"}),
    ("no-riskpolis", "ziek_vanaf", {"ziek_vanaf": "2025-12-31"}, {"ziek_vanaf": "2026-01-01"}),
    ("no-riskpolis", "geregistreerd_tot", {"geregistreerd_vanaf": "2026-02-02", "geregistreerd_tot": "2026-02-01"},
     {"geregistreerd_vanaf": "2026-02-02", "geregistreerd_tot": "2026-02-02"}),
    ("jobcoach", "regime", {"soort": "intern", "regime": "zeer_licht"}, {"soort": "extern", "regime": "zeer_licht"}),
    ("quotum", "uren_met_ufo_premie", {"uren_met_ufo_premie": 1},
     {"uren_met_ufo_premie": 1, "uren_zonder_ufo_premie": 0}),
    ("quotum", "uren_met_ufo_premie", {"uren_zonder_ufo_premie": 1},
     {"uren_met_ufo_premie": 0, "uren_zonder_ufo_premie": 1}),
    ("quotum", "sector", {"sector": None}, {"sector": None, "uren_met_ufo_premie": 1, "uren_zonder_ufo_premie": 0}),
    ("quotum", "uren_met_ufo_premie", {"sector": None, "uren_met_ufo_premie": 0, "uren_zonder_ufo_premie": 0},
     {"sector": None, "uren_met_ufo_premie": 0, "uren_zonder_ufo_premie": 1}),
    ("quotum", "uren_met_ufo_premie", {"sector": None, "uren_met_ufo_premie": 0, "uren_zonder_ufo_premie": 0},
     {"uren_met_ufo_premie": 0, "uren_zonder_ufo_premie": 0}),
    ("quotum", "verloonde_uren", {"uren_uitzendpersoneel": 60000, "uren_wsw": 40001},
     {"uren_uitzendpersoneel": 60000, "uren_wsw": 40000}),
    ("quotum", "verloonde_uren_vorig_jaar", {"uren_wsw_vorig_jaar": 100001}, {"uren_wsw_vorig_jaar": 100000}),
    ("quotumuren", "tijdvak_einde", {"tijdvak_einde": "2026-02-28"}, {"tijdvak_einde": "2026-03-01"}),
    ("quotumuren", "geregistreerd_vanaf", {"geregistreerd_tot": "2026-03-02"},
     {"geregistreerd_vanaf": "2026-03-01", "geregistreerd_tot": "2026-03-02"}),
    ("quotumuren", "geregistreerd_tot", {"geregistreerd_vanaf": "2026-03-02", "geregistreerd_tot": "2026-03-02"},
     {"geregistreerd_vanaf": "2026-03-02", "geregistreerd_tot": "2026-03-03"}),
    ("financieel-cv", "begin_dienstbetrekking", {"begin_dienstbetrekking": "2012-12-31"},
     {"begin_dienstbetrekking": "2026-01-01"}),
    ("financieel-cv", "einde_dienstbetrekking", {"einde_dienstbetrekking": "2026-06-30"},
     {"einde_dienstbetrekking": "2026-07-01"}),
    ("financieel-cv", "grond", {"grond": "wajong", "in_register": False}, {"grond": "wajong", "in_register": True}),
    ("financieel-cv", "grond", {"grond": "geen", "in_register": True}, {"grond": "geen", "in_register": False}),
    ("financieel-cv", "loonwaarde_percentage", {"loonwaarde_vastgesteld": True},
     {"loonwaarde_vastgesteld": True, "loonwaarde_percentage": 50}),
    ("financieel-cv", "geboortedatum", {"geboortedatum": "2026-07-01"}, {"geboortedatum": "2010-07-01"}),
    ("quotum", "uren_arbeidsbeperkten", {"uren_arbeidsbeperkten": 100001}, {"uren_arbeidsbeperkten": 100000}),
]  # fmt: skip


def _faults(naam: str, change: dict[str, Any]) -> tuple[str, ...]:
    rule = RULES[naam]
    peildatum = date(2026, 7, 1)
    try:
        rule.answer(feiten.read(rule.facts, json.dumps({**_BASE[naam], **change})), peildatum=peildatum)
    except (feiten.FeitOntbreekt, ParameterFout):
        return ()  # a question not answered yet, or a day before the rule was there, is no fault between facts
    except FeitenFout as fault:
        return fault.fouten
    return ()


def _id(case: object) -> str | None:
    return case if isinstance(case, str) else ""


@pytest.mark.parametrize(("naam", "feit", "impossible", "possible"), _CASES, ids=_id)
def test_what_cannot_be_is_refused_under_the_name_of_its_fact(
    naam: str, feit: str, impossible: dict[str, Any], possible: dict[str, Any]
) -> None:
    (fout,) = _faults(naam, impossible)
    assert fout.removeprefix(feit)[:1] in (" ", ":")
    assert fout.endswith(".")


@pytest.mark.parametrize(("naam", "feit", "impossible", "possible"), _CASES, ids=_id)
def test_the_nearest_that_can_be_is_taken(
    naam: str, feit: str, impossible: dict[str, Any], possible: dict[str, Any]
) -> None:
    assert _faults(naam, possible) == ()


def test_every_rule_with_contradictions_is_looked_at() -> None:
    assert {naam for naam, rule in RULES.items() if hasattr(rule.facts, "contradictions")} <= set(_BASE)
