"""The documentation of the API as a page of our own: no script, nothing from elsewhere."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from banenafspraak.web.api.openapi import document
from banenafspraak.web.api.problems import API_PREFIX
from banenafspraak.web.components.parts import Crumb


@dataclass(frozen=True)
class Field:
    """One parameter or one property of an answer."""

    name: str
    kind: str
    text: str
    required: bool


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked."""

    id: str
    method: str
    path: str
    summary: str
    parameters: tuple[Field, ...]
    answers: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class SchemaTable:
    """One kind of answer with its fields."""

    name: str
    fields: tuple[Field, ...]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Every operation with its parameters and answers, and every schema, from the OpenAPI document itself."""
    spec = document(request)
    operations = [
        _operation(method, path, operation)
        for path, methods in spec["paths"].items()
        for method, operation in methods.items()
    ]
    schemas = [_schema(name, schema) for name, schema in sorted(spec["components"]["schemas"].items())]
    context = {
        "spec": spec,
        "server": request.build_absolute_uri(API_PREFIX).rstrip("/"),
        "operations": operations,
        "schemas": schemas,
        "crumbs": (Crumb(_("API voor ontwikkelaars")),),
    }
    return render(request, "openbaar/api_docs.html", context)


def _operation(method: str, path: str, operation: dict[str, Any]) -> Operation:
    return Operation(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        parameters=tuple(
            Field(p["name"], _kind(p["schema"]), p.get("description", ""), p["required"])
            for p in operation["parameters"]
        ),
        answers=tuple(
            (status, answer["description"], next((_kind(c["schema"]) for c in answer.get("content", {}).values()), ""))
            for status, answer in operation["responses"].items()
        ),
    )


def _schema(name: str, schema: dict[str, Any]) -> SchemaTable:
    required = set(schema.get("required", []))
    return SchemaTable(
        name,
        tuple(
            Field(key, _kind(value), value.get("description", ""), key in required)
            for key, value in schema["properties"].items()
        ),
    )


def _kind(schema: dict[str, Any]) -> str:
    """The type of a value in a few characters: "integer of null", "list van Regio"."""
    if "$ref" in schema:
        return str(schema["$ref"].rsplit("/", 1)[-1])
    if "anyOf" in schema:
        return _(" of ").join(_kind(option) for option in schema["anyOf"])
    if schema.get("type") == "array":
        return _("lijst van %(soort)s") % {"soort": _kind(schema["items"])}
    if schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), dict):
        return _("object met per sleutel: %(soort)s") % {"soort": _kind(schema["additionalProperties"])}
    kind = str(schema.get("type", "object"))
    return f"{kind} ({schema['format']})" if "format" in schema else kind
