"""Instruments: facts that cannot be are refused with the cure, and beyond the last known amount there is no answer."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from banenafspraak.wet import feiten
from banenafspraak.wet.feiten import FeitenFout, FeitOntbreekt
from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.instrumenten.jobcoach import Coachsoort, JobcoachFeiten, Regime
from banenafspraak.wet.instrumenten.lageinkomensvoordeel import LivFeiten
from banenafspraak.wet.instrumenten.loondispensatie import LoondispensatieFeiten
from banenafspraak.wet.instrumenten.loonkostensubsidie import LksFeiten
from banenafspraak.wet.instrumenten.loonkostenvoordeel import LkvFeiten
from banenafspraak.wet.instrumenten.minimumloon import MinimumloonFeiten
from banenafspraak.wet.instrumenten.noriskpolis import NoRiskFeiten
from banenafspraak.wet.instrumenten.proefplaatsing import Loket, last_day_allowed
from banenafspraak.wet.parameters import ParameterFout
from banenafspraak.wet.quotum import QuotumFeiten
from banenafspraak.wet.redenering import to_cents
from banenafspraak.wet.regels import RULES
from banenafspraak.wet.uitkomst import Zekerheid

LKS = {"begin_dienstbetrekking": "2026-01-01", "uren_per_week": 36, "leeftijd": 30, "loonwaarde_percentage": 50,
       "ondersteuning_pwet_7_1_a": True}  # fmt: skip
LKV = {"begin_dienstbetrekking": "2026-01-01", "verloonde_uren": 100, "geregistreerd": True}

LD = {"grond": "wajong", "aanvraag_op": "2026-03-17", "geboortedatum": "2000-05-01", "prestatie_percentage": 50}
NRP = {"begin_dienstbetrekking": "2026-01-01", "ziek_vanaf": "2026-06-01", "dagloon": 100, "grond": "wajong"}
COACH = {"loket": "uwv", "begin_dienstbetrekking": "2026-01-01", "uren_per_week": 24}

QUOTUM = {"verloonde_uren": 100000, "verloonde_uren_vorig_jaar": 100000, "uren_arbeidsbeperkten": 0,
          "sector": "overheid"}  # fmt: skip


def ask(naam: str, facts: dict[str, Any], dag: str = "2026-07-01") -> Any:
    rule = RULES[naam]
    peildatum = feiten.as_date(dag)
    assert peildatum is not None
    return rule.answer(feiten.read(rule.facts, json.dumps(facts)), peildatum=peildatum)


@pytest.mark.parametrize(
    ("naam", "facts", "message"),
    [
        ("minimumloon", {"voltijd_uren": 36}, "geef leeftijd of geboortedatum"),
        ("minimumloon", {"leeftijd": 20, "geboortedatum": "2000-01-01"}, "laat een van beide weg"),
        ("minimumloon", {"leeftijd": 14}, "van 15 tot en met 120"),
        ("minimumloon", {"geboortedatum": "2011-07-02"}, "jonger dan 15 jaar"),
        ("lks", {**LKS, "loonwaarde_percentage": 0}, "van 1 tot en met 100"),
        ("lks", {**LKS, "loonwaarde_percentage": 101}, "van 1 tot en met 100"),
        ("lks", {**LKS, "uren_per_week": 0}, "meer dan 0 uur"),
        ("lks", {**LKS, "loon_per_uur": 14.98}, "minder dan het minimumloon van € 14,99"),
        ("lks", {**LKS, "einde_dienstbetrekking": "2025-12-31"}, "draai de datums om"),
        ("lks", {**LKS, "leeftijd": None, "geboortedatum": "2026-01-01"}, "geboortedatum ligt niet voor"),
        ("lks", {**LKS, "leeftijd": None, "geboortedatum": "2011-07-02"}, "jonger dan 15 jaar"),
        ("lks", {**LKS, "leeftijd": None}, "geef leeftijd of geboortedatum"),
        ("lks", {**LKS, "onderwijs_tot": "2025-07-01"}, "onderwijs ontbreekt"),
        ("lks", {**LKS, "forfaitair": True}, "loonwaarde_vastgesteld_op ontbreekt"),
        ("lks", {**LKS, "aanvraag_op": "2026-03-01"}, "ondersteund_tot ontbreekt"),
        ("lks", {**LKS, "ondersteuning_pwet_7_1_a": None}, "ondersteuning_pwet_7_1_a ontbreekt"),
        ("lks", {**LKS, "ondersteuning_pwet_7_1_a": None, "grond": "amvb_38b_1_d"}, "7_1_a ontbreekt"),
        ("lkv", {**LKV, "einde_dienstbetrekking": "2025-12-31"}, "einde_dienstbetrekking ligt voor"),
        ("lkv", {**LKV, "tijdvak_begin": "2026-07-01"}, "tijdvak_begin en tijdvak_einde horen bij elkaar"),
        ("lkv", {**LKV, "tijdvak_begin": "2026-07-02", "tijdvak_einde": "2026-07-31"}, "peildatum ligt niet in"),
        ("lkv", {**LKV, "tijdvak_begin": "2026-06-01", "tijdvak_einde": "2026-06-30"}, "peildatum ligt niet in"),
        ("lkv", {**LKV, "tijdvak_begin": "2026-07-31", "tijdvak_einde": "2026-07-01"}, "draai de datums om"),
        ("lkv", {**LKV, "geregistreerd": False, "geregistreerd_vanaf": "2026-01-01"}, "geregistreerd is onwaar"),
        ("lkv", {**LKV, "geregistreerd_vanaf": "2026-03-01", "geregistreerd_tot": "2026-02-01"}, "geregistreerd_tot"),
        ("lkv", {**LKV, "eerder_in_dienst_tot": "2026-01-01"}, "eerder_in_dienst_tot ligt niet voor"),
        ("lkv", {**LKV, "geboortedatum": "2026-01-01"}, "geboortedatum ligt niet voor"),
        ("lkv", {**LKV, "doelgroepverklaring": False, "doelgroepverklaring_aangevraagd_op": "2026-01-02"}, "is onwaar"),
        ("lkv", {**LKV, "geregistreerd": None}, "geregistreerd ontbreekt"),
        ("lkv", {**LKV, "liv_bedrag": 100}, "bestaat sinds 2025 niet meer"),
        ("liv", {"jaarloon": 1000, "verloonde_uren": 0}, "meer dan 0 uur"),
        ("loondispensatie", {**LD, "geboortedatum": "2026-03-17"}, "geboortedatum ligt niet voor"),
        ("loondispensatie", {**LD, "verlengd_tot": "2026-03-17"}, "verlengd_tot ligt niet na"),
        ("no-riskpolis", {**NRP, "ziek_vanaf": "2025-12-31"}, "ziek_vanaf ligt voor"),
        ("no-riskpolis", {**NRP, "ziek_vanaf": "2026-07-02"}, "ziek_vanaf ligt na 1-7-2026"),
        ("no-riskpolis", {**NRP, "geregistreerd_vanaf": "2026-02-01", "geregistreerd_tot": "2026-01-01"}, "draai"),
        ("no-riskpolis", {**NRP, "loonkostensubsidie": True}, "loonwaarde_percentage ontbreekt"),
        ("no-riskpolis", {**NRP, "dienstbetrekking": "wsw_begeleid_werken"}, "wsw_subsidie_per_dag ontbreekt"),
        ("jobcoach", {**COACH, "soort": "intern", "regime": "zeer_licht"}, "alleen voor een externe jobcoach"),
        ("jobcoach", {**COACH, "begin_dienstbetrekking": "2026-07-02"}, "ligt na 1-7-2026"),
        ("jobcoach", {**COACH, "loket": "gemeente"}, "doelgroep_loonkostensubsidie ontbreekt"),
        ("quotum", {**QUOTUM, "sector": None}, "sector ontbreekt"),
        ("quotum", {**QUOTUM, "uren_met_ufo_premie": 1}, "horen bij elkaar"),
        ("quotum", {**QUOTUM, "uren_uitzendpersoneel": 60000, "uren_wsw": 50000}, "worden meer uren afgetrokken"),
        ("quotum", {**QUOTUM, "uren_wsw_vorig_jaar": 100001}, "verloonde_uren_vorig_jaar: er worden meer uren"),
        ("quotum", {**QUOTUM, "uren_arbeidsbeperkten": 100001}, "meer uren dan alle verloonde uren"),
        ("quotum", {**QUOTUM, "inleen": [{"richting": "op", "uren": 1}]}, "kies uit in, uit"),
    ],
)
def test_facts_that_cannot_be_are_refused(naam: str, facts: dict[str, Any], message: str) -> None:
    with pytest.raises(FeitenFout, match=message):
        ask(naam, facts)


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"begin_dienstbetrekking": "2024-01-01", "verloonde_uren": 1}, "grond ontbreekt"),
        (
            {"begin_dienstbetrekking": "2024-01-01", "verloonde_uren": 1, "grond": "wsw"},
            "doelgroepverklaring ontbreekt",
        ),
    ],
)
def test_before_2026_the_ground_and_the_declaration_are_never_assumed(facts: dict[str, Any], message: str) -> None:
    with pytest.raises(FeitenFout, match=message):
        ask("lkv", facts, "2025-01-01")


@pytest.mark.parametrize(
    ("naam", "facts", "dag", "message"),
    [
        ("minimumloon", {"leeftijd": 30}, "2027-01-01", "bekend tot en met 31-12-2026"),
        ("minimumloon", {"leeftijd": 30}, "2014-12-31", "eerste bekende waarde geldt vanaf 1-1-2015"),
        ("lks", LKS, "2027-01-01", "bekend tot en met 31-12-2026"),
        ("lks", {**LKS, "begin_dienstbetrekking": "2014-01-01"}, "2014-12-31", "vanaf 1-1-2015"),
        ("lkv", LKV, "2027-01-01", "bekend tot en met 31-12-2026"),
        ("lkv", {**LKV, "begin_dienstbetrekking": "2017-01-01"}, "2017-12-31", "vanaf 1-1-2018"),
        ("liv", {"jaarloon": 1, "verloonde_uren": 1}, "2016-12-31", "vanaf 1-1-2017"),
        ("loondispensatie", LD, "2027-01-01", "bekend tot en met 31-12-2026"),
        ("loondispensatie", {**LD, "aanvraag_op": "2014-01-01"}, "2014-12-31", "vanaf 1-1-2015"),
        (
            "no-riskpolis",
            {**NRP, "begin_dienstbetrekking": "2014-01-01", "ziek_vanaf": "2014-06-01"},
            "2014-12-31",
            "vanaf 1-1-2015",
        ),
        ("proefplaatsing", {"loket": "gemeente", "begin": "2023-06-30", "duur_maanden": 2}, "2023-06-30", "1-7-2023"),
        ("proefplaatsing", {"loket": "uwv", "begin": "2012-06-30", "duur_maanden": 2}, "2012-12-31", "vanaf 1-1-2013"),
        ("jobcoach", {**COACH, "begin_dienstbetrekking": "2013-01-01"}, "2013-12-31", "vanaf 1-1-2014"),
        ("werkvoorziening", {"grond": "wajong", "soort": "vervoer"}, "2014-12-31", "vanaf 1-1-2015"),
        ("quotum", QUOTUM, "2027-01-01", "bekend tot en met 31-12-2026"),
        ("quotum", QUOTUM, "2015-04-30", "vanaf 1-5-2015"),
        ("quotumpercentage", {"sector": "markt", "werknemers": 1}, "2016-12-31", "vanaf 1-1-2017"),
    ],
)
def test_outside_the_known_years_the_error_names_the_known_day(
    naam: str, facts: dict[str, Any], dag: str, message: str
) -> None:
    with pytest.raises(ParameterFout, match=message):
        ask(naam, facts, dag)


@pytest.mark.parametrize(
    ("naam", "facts"),
    [
        ("minimumloon", MinimumloonFeiten()),
        ("lks", LksFeiten(begin_dienstbetrekking=date(2026, 1, 1), uren_per_week=Decimal(0))),
        ("lkv", LkvFeiten(begin_dienstbetrekking=date(2026, 1, 1), verloonde_uren=Decimal(1), tijdvak_begin=date.min)),
        ("liv", LivFeiten(jaarloon=Decimal(1), verloonde_uren=Decimal(0))),
        (
            "loondispensatie",
            LoondispensatieFeiten(
                grond=Grond.WAJONG, aanvraag_op=date.min, geboortedatum=date.max, prestatie_percentage=Decimal(1)
            ),
        ),
        (
            "no-riskpolis",
            NoRiskFeiten(begin_dienstbetrekking=date.max, ziek_vanaf=date.min, dagloon=Decimal(1)),
        ),
        (
            "quotum",
            QuotumFeiten(
                verloonde_uren=Decimal(1), verloonde_uren_vorig_jaar=Decimal(1), uren_arbeidsbeperkten=Decimal(0)
            ),
        ),
        (
            "jobcoach",
            JobcoachFeiten(
                loket=Loket.UWV,
                begin_dienstbetrekking=date.min,
                uren_per_week=Decimal(1),
                soort=Coachsoort.INTERN,
                regime=Regime.ZEER_LICHT,
            ),
        ),
    ],
)
def test_a_rule_itself_refuses_facts_that_contradict_each_other(naam: str, facts: Any) -> None:
    with pytest.raises(FeitenFout):
        RULES[naam].answer(facts, peildatum=date(2026, 7, 1))


def test_a_remembered_amount_makes_the_step_uncertain() -> None:
    steps = {stap.vraag: stap.zekerheid for stap in ask("lks", LKS).stappen}
    assert steps["Welk minimumloon telt?"] is Zekerheid.UIT_GEHEUGEN
    assert steps["Hoeveel uren tellen?"] is Zekerheid.BRON


def test_the_age_of_a_birthday_on_leap_day_changes_on_the_first_of_march() -> None:
    facts = {"geboortedatum": "2004-02-29"}
    ages = [ask("minimumloon", facts, dag).waarde.leeftijd for dag in ("2026-02-28", "2026-03-01")]
    assert ages == [21, 22]


def test_a_later_registration_covers_with_the_certainty_of_an_indication() -> None:
    late = ask("no-riskpolis", {**NRP, "grond": "amvb_38b_1_d", "geregistreerd_vanaf": "2026-02-01"})
    steps = {stap.vraag: stap.zekerheid for stap in late.stappen}
    assert steps["Dekt de grond deze ziekte?"] is Zekerheid.INDICATIE


def test_an_unknown_amount_of_the_jobcoach_names_the_last_known_day() -> None:
    answer = ask("jobcoach", COACH)
    assert answer.waarde.bedrag_per_jaar is None
    assert any("bekend van 1-1-2015 tot en met 31-12-2015" in stap.uitkomst for stap in answer.stappen)


@pytest.mark.parametrize(
    ("loket", "begin", "verlengd", "ziek", "laatste"),
    [
        (Loket.GEMEENTE, date(2026, 4, 1), False, 0, date(2026, 5, 31)),
        (Loket.GEMEENTE, date(2026, 4, 1), True, 0, date(2026, 9, 30)),
        (Loket.UWV, date(2026, 4, 15), False, 0, date(2026, 6, 14)),
        (Loket.UWV, date(2026, 4, 15), True, 0, date(2026, 10, 14)),
        (Loket.UWV, date(2026, 11, 15), False, 0, date(2027, 1, 14)),
        (Loket.GEMEENTE, date(2026, 12, 31), False, 0, date(2027, 2, 27)),
        (Loket.UWV, date(2026, 4, 1), False, 10, date(2026, 6, 10)),
        (Loket.UWV, date(2015, 4, 1), False, 0, date(2015, 5, 31)),
    ],
    ids=[
        "gemeente",
        "extended",
        "uwv",
        "with a reason",
        "next year",
        "a shorter month",
        "ten days of sickness",
        "uwv, before there was a rule for the gemeente",
    ],
)
def test_the_last_day_a_proefplaatsing_may_have(
    loket: Loket, begin: date, verlengd: bool, ziek: int, laatste: date
) -> None:
    assert last_day_allowed(loket=loket, begin=begin, verlengd=verlengd, ziektedagen=ziek) == laatste
    if not ziek:
        assert last_day_allowed(loket=loket, begin=begin, verlengd=verlengd) == laatste


def test_before_july_2023_the_law_set_no_term_for_the_gemeente() -> None:
    with pytest.raises(ParameterFout, match="vanaf 1-7-2023"):
        last_day_allowed(loket=Loket.GEMEENTE, begin=date(2023, 6, 30), verlengd=False)


_LKV_OUD = {"begin_dienstbetrekking": "2024-01-01", "verloonde_uren": 1}


@pytest.mark.parametrize(
    ("naam", "facts", "dag", "feit", "artikel"),
    [
        ("no-riskpolis", {**NRP, "dienstbetrekking": "wsw_begeleid_werken"}, "2026-07-01", "wsw_subsidie_per_dag",
         "29b lid 7 ZW"),
        ("no-riskpolis", {**NRP, "loonkostensubsidie": True}, "2026-07-01", "loonwaarde_percentage",
         "Kamerstukken II 35 897, nr. 5"),
        ("jobcoach", {**COACH, "loket": "gemeente"}, "2026-07-01", "doelgroep_loonkostensubsidie",
         "10da Participatiewet"),
        ("lks", {**LKS, "ondersteuning_pwet_7_1_a": None}, "2026-07-01", "ondersteuning_pwet_7_1_a",
         "10d Participatiewet"),
        ("lkv", _LKV_OUD, "2025-01-01", "grond", "2.10 lid 1 onderdeel a Wtl"),
        ("lkv", {**_LKV_OUD, "grond": "wsw"}, "2025-01-01", "doelgroepverklaring",
         "2.10 lid 1 onderdeel c en 2.11 Wtl"),
        ("lkv", {**LKV, "geregistreerd": None}, "2026-07-01", "geregistreerd", "2.10 lid 1 Wtl"),
    ],
)  # fmt: skip
def test_what_may_not_be_assumed_is_asked_for_with_its_article(
    naam: str, facts: dict[str, Any], dag: str, feit: str, artikel: str
) -> None:
    with pytest.raises(FeitOntbreekt) as missing:
        ask(naam, facts, dag)
    assert (missing.value.naam, missing.value.artikel) == (feit, artikel)
    assert missing.value.fouten == (f"{feit} ontbreekt: {feiten.explanation(RULES[naam].facts, feit)}",)


@pytest.mark.parametrize(("amount", "cents"), [("0.005", "0.01"), ("0.0049", "0.00"), ("2.345", "2.35"), ("7", "7.00")])
def test_half_a_cent_goes_up(amount: str, cents: str) -> None:
    assert to_cents(Decimal(amount)) == Decimal(cents)


def test_the_lage_inkomensvoordeel_ended_with_2024() -> None:
    across = {"tijdvak_begin": "2024-12-05", "tijdvak_einde": "2025-01-01"}
    facts = {**_LKV_OUD, "grond": "wsw", "doelgroepverklaring": True, "liv_bedrag": 1}
    assert ask("lkv", facts, "2024-12-31").waarde.recht
    with pytest.raises(FeitenFout, match=r"^liv_bedrag: het lage-inkomensvoordeel bestaat sinds 2025 niet meer"):
        ask("lkv", {**facts, **across}, "2024-12-31")


@pytest.mark.parametrize(("voltijd", "lowest"), [(36, 12.79), (40, 11.51)])
def test_before_2024_the_lowest_legal_wage_depends_on_the_full_week(voltijd: int, lowest: float) -> None:
    facts = {**LKS, "begin_dienstbetrekking": "2023-07-01", "voltijd_uren": voltijd}
    assert ask("lks", {**facts, "loon_per_uur": lowest}, "2023-07-01").waarde.recht
    with pytest.raises(FeitenFout, match="Met loonkostensubsidie betaalt de werkgever ten minste het minimumloon"):
        ask("lks", {**facts, "loon_per_uur": round(lowest - 0.01, 2)}, "2023-07-01")


@pytest.mark.parametrize(
    ("begin", "sure"),
    [("2025-06-30", "uit geheugen"), ("2025-07-01", "indicatie"), ("2025-12-31", "indicatie")],
)
def test_which_wage_holds_for_who_began_in_the_second_half_is_only_an_indication(begin: str, sure: str) -> None:
    (stap,) = (s for s in ask("lks", {**LKS, "begin_dienstbetrekking": begin}).stappen if s.vraag.startswith("Welk mi"))
    assert ("sinds 1 juli" in stap.toelichting) == (sure == "indicatie")
