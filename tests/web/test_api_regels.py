"""The rules of the law for programs: the same answers as the command line, and errors that repeat nothing."""

import json
from typing import Any

import jsonschema
import pytest
from django.test import Client

from banenafspraak.access.models import Logregel
from banenafspraak.wet.regels import RULES
from tests.spec.regel import all_regels, wet

KOEN = {"begin_dienstbetrekking": "2025-11-03", "verloonde_uren": 1664, "geregistreerd": True}


def ask(regel: str, body: Any, **headers: str) -> Any:
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return Client().post(f"/api/v1/regels/{regel}/uitkomsten", text, content_type="application/json", headers=headers)


@pytest.fixture
def spec(db: None) -> dict[str, Any]:
    found: dict[str, Any] = Client().get("/api/v1/openapi.json").json()
    return found


def test_an_answer_has_value_steps_and_sources(db: None) -> None:
    response = ask("lkv", {"peildatum": "2026-07-01", "feiten": KOEN})

    assert response.status_code == 200
    body = response.json()
    assert body["waarde"]["bedrag"] == 1680.64
    assert all(stap["vraag"] and stap["artikel"] for stap in body["stappen"])
    assert (response.headers["Cache-Control"], response.headers["API-Version"]) == ("no-store", "1.1.0")


def test_the_answer_is_what_openapi_says(spec: dict[str, Any]) -> None:
    body = ask("lks", {"peildatum": "2026-08-01", "feiten": {
        "begin_dienstbetrekking": "2026-07-01", "uren_per_week": 36, "leeftijd": 30, "loonwaarde_percentage": 50,
        "ondersteuning_pwet_7_1_a": True}}).json()  # fmt: skip
    shape = {"$ref": "#/components/schemas/UitkomstUit", "components": spec["components"]}

    jsonschema.validate(body, shape)
    assert body["waarde"]["bedrag_per_maand"] == 1558.55


@pytest.mark.parametrize("regel", [regel for regel in all_regels() if regel.vraag], ids=lambda regel: regel.slug)
def test_a_case_of_the_manual_gives_the_same_over_http(regel: Any, db: None) -> None:
    geval = regel.gevallen[0]
    body = ask(regel.vraag, {"peildatum": geval.peildatum.isoformat(), "feiten": geval.feiten}).json()

    expected = wet(regel.vraag)(geval.feiten, geval.peildatum)
    assert body["waarde"] == json.loads(json.dumps(expected, default=float))


def test_every_rule_is_listed_with_a_schema_that_is_one(db: None) -> None:
    listed = [row["regel"] for row in Client().get("/api/v1/regels").json()["regels"]]
    assert listed == sorted(RULES)
    for naam in listed:
        response = Client().get(f"/api/v1/regels/{naam}")
        jsonschema.Draft202012Validator.check_schema(response.json())
        assert response.headers["Content-Type"] == "application/schema+json"


@pytest.mark.parametrize(
    ("body", "field", "reason"),
    [
        ({"peildatum": "2026-07-01", "feiten": {**KOEN, "geregistreerd": None}}, "geregistreerd", "ontbreekt"),
        ({"peildatum": "2026-07-01", "feiten": {**KOEN, "uren": 1}}, "feiten", "uren is geen bekend feit"),
        ({"peildatum": "2027-01-01", "feiten": KOEN}, "peildatum", "bekend tot en met 31-12-2026"),
        ({"peildatum": "2026-02-30", "feiten": KOEN}, "feiten", "geen bestaande datum"),
        ({"feiten": KOEN}, "feiten", "precies peildatum en feiten"),
        ([], "feiten", "precies peildatum en feiten"),
        ("niets", "feiten", "geen geldige JSON"),
        (b"\xff\xfe", "feiten", "geen UTF-8"),
        (" " * 1_000_001, "feiten", "groter dan 1 MB"),
    ],
    ids=["missing", "unknown", "year", "date", "envelope", "list", "text", "bytes", "large"],
)
def test_an_unusable_question_is_a_problem_that_names_the_fault(body: Any, field: str, reason: str, db: None) -> None:
    response = ask("lkv", body)

    assert (response.status_code, response.headers["Content-Type"]) == (400, "application/problem+json")
    errors = response.json()["errors"]
    assert any(error["veld"] == field and reason in error["reden"] for error in errors)


def test_an_unknown_rule_is_not_found(db: None) -> None:
    for response in (ask("niets", {}), Client().get("/api/v1/regels/niets")):
        assert (response.status_code, response.headers["Content-Type"]) == (404, "application/problem+json")


def test_another_method_names_the_right_one(db: None) -> None:
    response = Client().get("/api/v1/regels/lkv/uitkomsten")

    assert (response.status_code, response.headers["Allow"]) == (405, "POST")


def test_a_bsn_that_was_typed_comes_back_nowhere_and_nothing_is_kept(db: None) -> None:
    before = Logregel.objects.count()
    response = ask("lkv", {"peildatum": "2026-07-01", "feiten": {"bsn": "999990019", "geboortedatum": "999990019"}})

    assert "999990019" not in response.content.decode()
    assert Logregel.objects.count() == before


def test_a_question_asks_the_database_only_for_its_role(db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        ask("lkv", {"peildatum": "2026-07-01", "feiten": KOEN})


def test_no_key_is_asked_for(spec: dict[str, Any]) -> None:
    operation = spec["paths"]["/regels/{regel}/uitkomsten"]["post"]

    assert "security" not in operation
    assert set(operation["responses"]) == {"200", "400", "404", "500"}
    assert operation["requestBody"]["content"]["application/json"]["schema"]["required"] == ["peildatum", "feiten"]
