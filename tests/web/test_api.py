"""The API keeps the NL API Design Rules, without a linter from elsewhere: its rules are written out here."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from banenafspraak.metingen import rapportage
from banenafspraak.web.api import schemas

SPEC = "/api/v1/openapi.json"
FACTSHEET = "/api/v1/factsheets/AM12/2018Q1"


@pytest.fixture
def spec(db: None) -> dict[str, Any]:
    document: dict[str, Any] = Client().get(SPEC).json()
    return document


def operations(spec: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_core_doc_openapi_the_document_is_openapi_3(spec: dict[str, Any]) -> None:
    assert re.fullmatch(r"3(\.\d+){1,2}", spec["openapi"])


def test_core_publish_openapi_it_stands_at_the_root_and_may_be_read_from_anywhere(db: None) -> None:
    response = Client().get(SPEC, headers={"Origin": "https://elders.example"})

    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Content-Type"] == "application/json"


def test_core_doc_openapi_contact_names_somebody(spec: dict[str, Any]) -> None:
    assert all(spec["info"]["contact"][field] for field in ("name", "email", "url"))


def test_core_semver_and_version_header_agree(spec: dict[str, Any], published: None) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", spec["info"]["version"])
    assert Client().get(FACTSHEET).headers["API-Version"] == spec["info"]["version"]


def test_core_uri_version_only_the_major_version_stands_in_the_address(spec: dict[str, Any]) -> None:
    assert all(server["url"].endswith("/v1") for server in spec["servers"])


def test_core_transport_security_the_server_is_https(spec: dict[str, Any]) -> None:
    assert spec["servers"][0]["url"].startswith("https://")
    assert not any(server["url"].startswith("http://") for server in spec["servers"])


def test_core_unique_operation_ids(spec: dict[str, Any]) -> None:
    ids = [operation["operationId"] for _, _, operation in operations(spec)]

    assert len(ids) == len(set(ids)) > 0


def test_core_no_trailing_slash(spec: dict[str, Any]) -> None:
    assert not [path for path in spec["paths"] if path.endswith("/")]


def test_core_path_segments_are_kebab_case(spec: dict[str, Any]) -> None:
    assert all(re.fullmatch(r"(/([a-z0-9\-]+|\{[a-zA-Z]+\}))+", path) for path in spec["paths"])


def test_core_query_keys_are_camel_case(spec: dict[str, Any]) -> None:
    names = [p["name"] for _, _, operation in operations(spec) for p in operation["parameters"] if p["in"] == "query"]

    assert names
    assert all(re.fullmatch(r"[a-z][a-z\d]*([A-Z][a-z\d]*)*", name) for name in names)


def test_core_schema_names_are_upper_camel_case(spec: dict[str, Any]) -> None:
    assert all(re.fullmatch(r"([A-Z][a-z0-9]*)+", name) for name in spec["components"]["schemas"])


def test_core_only_standard_methods(spec: dict[str, Any]) -> None:
    assert {method for _, method, _ in operations(spec)} <= {"get", "post", "put", "patch", "delete"}


def test_core_version_header_is_described_on_every_success(spec: dict[str, Any]) -> None:
    for path, method, operation in operations(spec):
        for status, answer in operation["responses"].items():
            if status[0] in "23":
                assert "API-Version" in answer["headers"], (path, method, status)


def test_core_errors_are_described_as_problems(spec: dict[str, Any]) -> None:
    for path, _, operation in operations(spec):
        errors = {status: answer for status, answer in operation["responses"].items() if status[0] in "45"}
        assert errors, path
        assert all(list(answer["content"]) == ["application/problem+json"] for answer in errors.values())
    assert {"status", "title", "detail"} <= set(spec["components"]["schemas"]["Problem"]["properties"])


def test_core_a_question_with_parameters_may_be_answered_400(spec: dict[str, Any]) -> None:
    assert all("400" in operation["responses"] for _, _, operation in operations(spec) if operation["parameters"])


def test_core_a_question_about_one_thing_may_be_answered_404(spec: dict[str, Any]) -> None:
    assert all("404" in operation["responses"] for path, _, operation in operations(spec) if "{" in path)


def test_core_a_date_is_described_as_a_date(spec: dict[str, Any]) -> None:
    factsheet = spec["components"]["schemas"]["Factsheet"]["properties"]

    assert factsheet["peildatum"]["format"] == "date"
    assert set(re.findall(r'"format": "([^"]*)"', json.dumps(spec))) <= {"date", "date-time"}


def test_every_reference_leads_somewhere(spec: dict[str, Any]) -> None:
    wanted = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(spec)))

    assert wanted == set(spec["components"]["schemas"]) - {"Arbeidsmarktregios"} | wanted & {"Arbeidsmarktregios"}


def test_the_document_describes_every_address_there_is(spec: dict[str, Any]) -> None:
    api = next(r for r in get_resolver("banenafspraak.web.urls").url_patterns if str(r.pattern) == "api/v1/")
    routes = {"/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(p.pattern)) for p in api.url_patterns} - {"/"}

    assert routes == set(spec["paths"])


@pytest.mark.parametrize("kwartaal", ["2012Q4", "2018Q1"])
def test_a_factsheet_is_what_its_schema_says(kwartaal: str, published: None) -> None:
    answer = Client().get(f"/api/v1/factsheets/AM12/{kwartaal}").json()

    assert answer == rapportage.factsheet("AM12", kwartaal, afgerond=True).to_json()
    # Field for field: nothing that is not described, nothing described that is not there.
    assert schemas.Factsheet.model_validate(answer).model_dump(mode="json") == answer


def test_the_regions_name_the_quarters_they_have(published: None) -> None:
    answer = Client().get("/api/v1/arbeidsmarktregios").json()["arbeidsmarktregios"]

    regions = {region["code"]: region for region in answer}
    assert len(regions) == 36
    assert regions["AM12"]["naam"] == "Gooi en Vechtstreek"
    assert regions["AM12"]["kwartalen"][0] == "2018Q1"
    assert regions["AM01"]["kwartalen"] == []


def test_the_regions_can_be_asked_for_by_quarter(published: None) -> None:
    answer = Client().get("/api/v1/arbeidsmarktregios?kwartaal=2018Q1").json()["arbeidsmarktregios"]

    assert [region["code"] for region in answer] == ["AM12", "AM24", "NL"]


@pytest.mark.parametrize(
    ("address", "status", "fields"),
    [
        ("/api/v1/factsheets/am12/2018-1", 400, ["regio", "kwartaal"]),
        ("/api/v1/factsheets/AM12/2018Q9", 400, ["kwartaal"]),
        ("/api/v1/arbeidsmarktregios?kwartaal=morgen", 400, ["kwartaal"]),
        ("/api/v1/factsheets/AM12/1999Q1", 404, []),
        ("/api/v1/factsheets/AM99/2018Q1", 404, []),
        ("/api/v1/bestaat-niet", 404, []),
    ],
)
def test_a_wrong_question_is_answered_with_every_fault_at_once(
    address: str, status: int, fields: list[str], published: None
) -> None:
    response = Client().get(address)
    problem = response.json()

    assert response.status_code == problem["status"] == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["API-Version"]
    assert problem["title"]
    assert problem["detail"]
    assert [fault["veld"] for fault in problem.get("errors", [])] == fields


def test_another_method_is_a_problem_that_names_the_right_one(published: None) -> None:
    response = Client().post(FACTSHEET)

    assert response.status_code == 405
    assert response.headers["Content-Type"] == "application/problem+json"
    assert {"GET", "HEAD"} <= {method.strip() for method in response.headers["Allow"].split(",")}


def test_head_gives_the_headers_of_get(published: None) -> None:
    assert Client().head(FACTSHEET).headers["ETag"] == Client().get(FACTSHEET).headers["ETag"]


def test_the_api_never_sets_a_cookie_and_may_be_kept_by_every_cache(published: None) -> None:
    response = Client().get(FACTSHEET)

    assert not response.cookies
    assert response.headers["Cache-Control"] == "public, max-age=3600"
    assert "Cookie" not in response.headers.get("Vary", "")


def test_the_documentation_page_shows_every_operation_and_schema(spec: dict[str, Any]) -> None:
    page = Client().get("/api/docs/").content.decode()

    assert all(f"{method.upper()} {path}" in page for path, methods in spec["paths"].items() for method in methods)
    assert all(f"<code>{name}</code>" in page for name in spec["components"]["schemas"])
