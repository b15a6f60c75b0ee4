"""`banenafspraak wet`: JSON in, JSON out, exit 2 with a message and never a traceback, and no database."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from banenafspraak.adapters.management.commands import wet as command

FACTS = '{"heeft_wsw_indicatie": true}'


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(naam: str, data: str | bytes, *options: str) -> tuple[int, str, str]:
        raw = data if isinstance(data, bytes) else data.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        code = 0
        try:
            call_command("wet", naam, *options)
        except SystemExit as stop:
            code = int(stop.code or 0)
        out = capsys.readouterr()
        return code, out.out, out.err

    return run


def test_an_answer_has_value_steps_and_sources(ask: Any) -> None:
    code, out, err = ask("doelgroep", FACTS, "--peildatum", "2026-07-01")
    answer = json.loads(out)
    assert (code, err, list(answer)) == (0, "", ["waarde", "stappen", "bronnen"])
    assert answer["waarde"]["grond"] == "wsw"
    assert all(stap["vraag"] and stap["artikel"] and stap["uitkomst"] for stap in answer["stappen"])


def test_a_byte_order_mark_does_no_harm(ask: Any) -> None:
    assert ask("doelgroep", b"\xef\xbb\xbf" + FACTS.encode(), "--peildatum", "2026-07-01")[0] == 0


@pytest.mark.parametrize("naam", sorted(command.RULES))
def test_every_question_prints_its_schema_without_reading_facts(ask: Any, naam: str) -> None:
    code, out, _ = ask(naam, "", "--schema")
    assert code == 0
    assert json.loads(out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize(
    ("naam", "data", "peildatum", "message"),
    [
        ("doelgroep", '{"heeft_wsw_indicate": true}', "2026-07-01", "bedoelt u 'heeft_wsw_indicatie'?"),
        ("doelgroep", "{}", "2026-07-01", "geen enkel feit opgegeven"),
        ("doelgroep", "niets", "2026-07-01", "geen geldige JSON"),
        ("doelgroep", FACTS, "2012-12-31", "kies een peildatum vanaf 1-1-2013"),
        ("doelgroep", FACTS, "2026-02-30", "geen bestaande datum"),
        ("doelgroep", FACTS, "20260701", "geen bestaande datum"),
        ("doelgroep", b"\xff\xfe", "2026-07-01", "geen UTF-8"),
        ("doelgroep", " " * (command.MAX_INPUT_BYTES + 1), "2026-07-01", "groter dan 1 MB"),
        ("banen", '{"per": "week"}', "2018-03-31", "soort_werk ontbreekt"),
        ("categorie", '{"registraties": []}', "2018-03-31", "ten minste één onderdeel"),
        ("categorie", '{"registraties": [{"grond": "geen", "route": "vso"}]}', "2018-03-31", "geen grond"),
        ("registratie", '{"gronden": [{"grond": "wsw"}]}', "2018-03-31", "gronden[0].route ontbreekt"),
    ],
)
def test_unusable_input_ends_in_2_with_the_cure(ask: Any, naam: str, data: Any, peildatum: str, message: str) -> None:
    code, out, err = ask(naam, data, "--peildatum", peildatum)
    assert (code, out) == (2, "")
    assert message in err
    assert "Traceback" not in err


def test_without_a_peildatum_there_is_no_answer(ask: Any) -> None:
    code, _, err = ask("doelgroep", FACTS)
    assert (code, "peildatum ontbreekt" in err) == (2, True)


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"uwv_oordeel_kan_geen_wml_verdienen": True}, "uwv_oordeel_aanvrager ontbreekt"),
        ({"uwv_oordeel_kan_geen_wml_verdienen": False, "uwv_oordeel_op": "2018-01-01"}, "laat een weg"),
        ({"beschut_werk_vastgesteld": False, "beschut_werk_vastgesteld_op": "2018-01-01"}, "laat een van beide weg"),
        ({"was_wsw_of_wajong_op_of_na_1_januari_2013": True}, "was_wsw_of_wajong_op_1_mei_2015 ontbreekt"),
        ({"wajong_afwijzing": "alleen_leeftijd"}, "wajong_aanvraag_op ontbreekt"),
        ({"wajong_vanaf": "2018-01-01", "wajong_tot": "2018-01-01"}, "wajong_tot ligt niet na wajong_vanaf"),
    ],
)
def test_facts_that_contradict_each_other_are_refused(ask: Any, facts: dict[str, Any], message: str) -> None:
    code, _, err = ask("doelgroep", json.dumps(facts), "--peildatum", "2026-07-01")
    assert code == 2
    assert message in err


_GROND = {"grond": "wsw", "route": "wsw_detachering", "vanaf": "2015-01-01"}


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"gronden": [{**_GROND, "voldoet_niet_meer_vanaf": "2015-01-01"}]}, "ligt niet na vanaf"),
        ({"gronden": [{**_GROND, "grond": "blijfgrond_38b_6"}]}, "de blijfgrond volgt uit de regels"),
        ({"gronden": [_GROND], "uitschrijving_vastgesteld_op": "2022-01-01"}, "eerder uitschrijving_verzocht_op"),
        ({"gronden": [_GROND], "geboortedatum": "1990-01-01", "overleden_op": "1980-01-01"}, "voor de geboortedatum"),
    ],
)
def test_a_history_that_cannot_be_is_refused(ask: Any, facts: dict[str, Any], message: str) -> None:
    code, _, err = ask("registratie", json.dumps(facts), "--peildatum", "2026-07-01")
    assert code == 2
    assert message in err


_WERK = {"soort_werk": "stage", "verloonde_uren": 10, "per": "week", "in_doelgroepregister": True}


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        (_WERK, "in_loonaangifte ontbreekt"),
        ({**_WERK, "in_loonaangifte": True, "verloonde_uren": 169}, "ten hoogste 168 uren"),
        ({**_WERK, "in_loonaangifte": True, "uren_met_ufo_premie": 3}, "horen bij elkaar"),
        ({**_WERK, "in_loonaangifte": True, "sector_inlener": "uitzend_detachering"}, "kies overheid of markt"),
    ],
)
def test_work_that_cannot_be_is_refused(ask: Any, facts: dict[str, Any], message: str) -> None:
    code, _, err = ask("banen", json.dumps(facts), "--peildatum", "2018-03-31")
    assert code == 2
    assert message in err


_TAAK = {"tijdaandeel": 100, "tempo": 80, "kwaliteit": 100, "netto_werktijd": 100}
_LOON = {"vastgesteld_op": "2023-03-01"}
_VERZOEK = {
    "verzocht_op": "2026-05-04",
    "gronden": [{"grond": "amvb_38b_1_d", "route": "vso", "vanaf": "2016-01-01"}],
}
_AANVRAAG = {"soort": "wajong", "ontvangen_op": "2026-06-09"}


@pytest.mark.parametrize(
    ("naam", "facts", "message"),
    [
        ("arbeidsvermogen", {"aanvrager": "college", "gevraagd": "wajong"}, "een gemeente kan geen Wajong aanvragen"),
        ("arbeidsvermogen", {"vier_uur_belastbaar": True, "twee_uur_belastbaar": False}, "twee_uur_belastbaar is onw"),
        ("arbeidsvermogen", {"geboortedatum": "2000-01-01", "beperking_sinds": "1999-12-31"}, "voor de geboortedatum"),
        ("arbeidsvermogen", {"aanvrager": "college"}, "gevraagd ontbreekt: Welke beoordeling is gevraagd?"),
        ("arbeidsvermogen", {"maanden_studerend_bij_beperking": 13}, "geef een getal van 0 tot en met 12"),
        ("beschutwerk", {"aanvrager": "college", "college_stelt_vast": True}, "horen bij elkaar"),
        ("beschutwerk", {"aanvrager": "college"}, "heeft_arbeidsvermogen ontbreekt"),
        ("loonwaarde", {**_LOON, "taken": [{**_TAAK, "tijdaandeel": 99}]}, "samen geen 100%"),
        ("loonwaarde", {**_LOON, "taken": [_TAAK], "reguliere_prestatie": True}, "er zijn taken ingevuld"),
        ("loonwaarde", {**_LOON, "taken": [_TAAK], "forfaitair": True}, "er is een meting ingevuld"),
        ("loonwaarde", {**_LOON, "taken": [_TAAK], "uren_per_week": 36}, "horen bij elkaar"),
        ("loonwaarde", {"vastgesteld_op": "2026-07-02", "taken": [_TAAK]}, "ligt na de peildatum"),
        ("loonwaarde", {"vastgesteld_op": "2014-12-31", "taken": [_TAAK]}, "Geen waarde voor 'Methode"),
        ("uitschrijving", {**_VERZOEK, "verzocht_op": "2026-07-02"}, "nog niet gedaan"),
        ("uitschrijving", {**_VERZOEK, "verzocht_op": "2019-12-31"}, "Geen waarde voor 'Omstandigheden"),
        ("uitschrijving", _VERZOEK, "krijgt_ondersteuning ontbreekt"),
        ("uitschrijving", {**_VERZOEK, "heeft_werkgever": False, "werkgever_gehoord": True}, "gehoord is waar"),
        ("uitschrijving", {**_VERZOEK, "werkgever_gehoord": False, "werkgever_heeft_bezwaar": True}, "niet gehoord"),
        ("uitschrijving", {**_VERZOEK, "is_werkloos": True, "heeft_werkgever": True}, "beide waar"),
        ("termijn", {**_AANVRAAG, "aanvulling_gevraagd_op": "2026-06-08"}, "ligt voor ontvangen_op"),
        ("termijn", {**_AANVRAAG, "aangevuld_op": "2026-06-10"}, "eerder aanvulling_gevraagd_op"),
        ("termijn", {**_AANVRAAG, "verlengd_tot_en_met": "2026-12-01"}, "geef beide of geen"),
        (
            "termijn",
            {**_AANVRAAG, "verlengd_tot_en_met": "2026-12-01", "verlenging_meegedeeld_op": "2026-06-08"},
            "verlenging_meegedeeld_op ligt voor ontvangen_op",
        ),
        ("termijn", {**_AANVRAAG, "ontvangen_op": "2026-07-02"}, "nog niet ontvangen"),
        ("termijn", {**_AANVRAAG, "ontvangen_op": "2014-12-31"}, "Geen waarde voor 'Termijn"),
    ],
)
def test_an_application_that_cannot_be_is_refused(ask: Any, naam: str, facts: dict[str, Any], message: str) -> None:
    code, out, err = ask(naam, json.dumps(facts), "--peildatum", "2026-07-01")
    assert (code, out) == (2, "")
    assert message in err
    assert "Traceback" not in err


def test_no_message_holds_a_bsn_that_was_typed_as_a_fact(ask: Any) -> None:
    _, out, err = ask("doelgroep", '{"bsn": "999990019", "geboortedatum": "999990019"}', "--peildatum", "2026-07-01")
    assert "999990019" not in out + err


def test_the_law_needs_no_database(tmp_path: Path) -> None:
    env = {**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "BANENAFSPRAAK_VAR": str(tmp_path)}
    command_line = [str(Path(sys.executable).parent / "banenafspraak"), "wet", "doelgroep", "--peildatum", "2026-07-01"]
    done = subprocess.run(command_line, input=FACTS, capture_output=True, text=True, env=env, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["waarde"]["behoort_tot_doelgroep"] is True
