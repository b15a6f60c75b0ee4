"""The description of these doors for machines: OpenAPI 3.1, with the schemas of the standard in `schema.json`."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from banenafspraak.adapters.vum_api.meldingen import VERSIE

_ERRORS = {
    "400": "Ongeldige (400.01) of onvolledige (400.02) aanroep; ook wat hier niet te vinden is.",
    "401": "Deze partij is niet aangesloten, of het certificaat hoort niet bij haar.",
    "429": "Limiet overschreden (429.01).",
    "500": "Interne fout (500.1).",
    "503": "Tijdelijk niet beschikbaar (503.3).",
}
_OIN = {"type": "string", "pattern": "^[0-9]{20}$"}
_HEADERS: dict[str, dict[str, Any]] = {
    "API-Version": {"type": "string", "const": VERSIE},
    "X-VUM-berichtVersie": {"type": "string", "const": VERSIE},
    "X-VUM-fromParty": _OIN,
    "X-VUM-toParty": _OIN,
    "X-VUM-viaParty": _OIN,
}
_REPORT = {
    "type": "object",
    "properties": {
        **{name: {"type": "integer"} for name in ("nieuw", "gewijzigd", "gelijk", "nietMeerGeleverd")},
        "nietMeerGeleverdeIds": {"type": "array", "items": {"type": "string"}},
    },
}


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """`GET /vum/v3/openapi.json`: for everybody, it says nothing of anybody."""
    return JsonResponse(description())


@cache
def description() -> dict[str, Any]:
    """The document."""
    schemas = json.loads(Path(__file__).with_name("schema.json").read_text(encoding="utf-8"))
    named = {name: _moved(schema, side) for side, some in schemas.items() for name, schema in _renamed(some, side)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "VUM-bron van de banenafspraak",
            "version": VERSIE,
            "description": "Werkzoekenden en vacatures voor aangesloten partijen, volgens VUM 3.0.0. Zie docs/vum.md.",
            "contact": {"name": "Beheer", "url": "https://www.matchingsgegevens.nl", "email": "beheer@example.org"},
        },
        "servers": [{"url": "/vum/v3"}],
        "paths": {
            "/werkzoekendeProfielen/matches": {"post": _search("searchWerkzoekenden", "MPWerkzoekendeMatch")},
            "/werkzoekendeProfielen/{idWerkzoekende}": {
                "get": _detail("getWerkzoekende", "idWerkzoekende", "Werkzoekende")
            },
            "/vacatures/matches": {"post": _search("searchVacatures", "MPVacatureMatch")},
            "/vacatures/{idVacature}": {"get": _detail("getVacature", "idVacature", "Vacature")},
            "/werkzoekende/lijst/{oin}": _list("Werkzoekenden", "Werkzoekende"),
            "/vacature/lijst/{oin}": _list("Vacatures", "Vacature"),
        },
        "components": {"schemas": named},
    }


def _renamed(schemas: dict[str, Any], side: str) -> list[tuple[str, Any]]:
    whole = {"Werkzoekende", "MPWerkzoekendeMatch", "Vacature", "MPVacatureMatch", "Error"}
    return [(name if name in whole else f"{side.capitalize()}{name}", schema) for name, schema in schemas.items()]


def _moved(schema: Any, side: str) -> Any:
    """The same schema with its references among the components of the document."""
    if isinstance(schema, dict):
        return {
            key: f"#/components/schemas/{side.capitalize()}{value.rpartition('/')[2]}"
            if key == "$ref"
            else _moved(value, side)
            for key, value in schema.items()
        }
    return [_moved(one, side) for one in schema] if isinstance(schema, list) else schema


def _operation(name: str, summary: str, answer: dict[str, Any], **more: Any) -> dict[str, Any]:
    headers = [{"in": "header", "name": key, "required": True, "schema": schema} for key, schema in _HEADERS.items()]
    headers.append({"in": "header", "name": "X-VUM-SUWIparty", "required": True, "schema": {"type": "boolean"}})
    told = {key: {"schema": schema} for key, schema in _HEADERS.items()}
    errors = {
        status: {"description": text, "headers": told, "content": _json({"$ref": "#/components/schemas/Error"})}
        for status, text in _ERRORS.items()
    }
    return {
        "operationId": name,
        "summary": summary,
        **more,
        "parameters": headers + more.get("parameters", []),
        "responses": {"200": {"description": "OK", "headers": told, "content": _json(answer)}, **errors},
    }


def _search(name: str, match: str) -> dict[str, Any]:
    area = {
        "type": "object",
        "required": ["postcode", "afstand"],
        "properties": {
            "postcode": {"type": "string", "pattern": "^[0-9]{4}[a-zA-Z]{2}$"},
            "afstand": {"type": "integer", "minimum": 0, "maximum": 999},
        },
    }
    vraag = {"type": "object", "required": ["selectiegebied"], "properties": {"selectiegebied": area}}
    body = {"type": "object", "required": ["vraagObject"], "properties": {"vraagObject": vraag}}
    answer = {
        "type": "object",
        "additionalProperties": False,
        "required": ["maximumAantalResultatenBereikt", "matches"],
        "properties": {
            "maximumAantalResultatenBereikt": {"type": "boolean"},
            "matches": {"type": "array", "maxItems": 100, "items": {"$ref": f"#/components/schemas/{match}"}},
        },
    }
    summary = "Zoeken in de selectietaal van VUM; onbekende velden en operatoren worden genegeerd"
    return _operation(name, summary, answer, requestBody={"required": True, "content": _json(body)})


def _detail(name: str, parameter: str, schema: str) -> dict[str, Any]:
    nummer = {"type": "string", "pattern": "^[a-zA-Z0-9_.-]{1,200}$"}
    parameters = [{"in": "path", "name": parameter, "required": True, "schema": nummer}]
    summary = "Een van de gevonden matches in detail; hoogstens tien per antwoord"
    return _operation(name, summary, {"$ref": f"#/components/schemas/{schema}"}, parameters=parameters)


def _list(name: str, schema: str) -> dict[str, Any]:
    items = {"type": "array", "items": {"$ref": f"#/components/schemas/{schema}"}}
    parameters = [{"in": "path", "name": "oin", "required": True, "schema": _OIN}]
    body = {"required": True, "content": _json({"type": "array", "items": {"type": "object"}})}
    return {
        "get": _operation(f"list{name}", "De eigen lijst", items, parameters=parameters),
        "post": _operation(
            f"replace{name}", "De eigen lijst leveren", _REPORT, parameters=parameters, requestBody=body
        ),
    }


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
