"""The OpenAPI document of the API: what django-ninja knows, with what the NL API Design Rules want said besides."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from banenafspraak.web.api.problems import API_PREFIX, API_VERSION, KEY_PREFIX, PROBLEM_JSON
from banenafspraak.web.api.routes import api
from banenafspraak.web.api.schemas import Problem

_WITH_KEY = KEY_PREFIX.removeprefix(API_PREFIX.rstrip("/"))
_VERSION_HEADER = {
    "description": "Volledige versie van de API.",
    "schema": {"type": "string", "examples": [API_VERSION]},
}
_PROBLEM = {"schema": {"$ref": "#/components/schemas/Problem"}}
_ERRORS = {
    "400": "De vraag klopt niet; onder errors staat elke fout.",
    "401": "Er is geen sleutel meegestuurd, of hij werkt niet meer.",
    "403": "Dit is niet voor uw organisatie, of er is geen mandaat.",
    "404": "Dit is er niet.",
    "409": "De Idempotency-Key hoort bij een ander verzoek.",
    "500": "Er ging iets mis bij ons.",
}


@cache
def _operations() -> dict[str, Any]:
    """Paths and schemas, without the address of a server."""
    generated = api.get_openapi_schema(path_prefix="")
    paths: dict[str, Any] = {}
    for path, methods in generated["paths"].items():
        method = "post" if "post" in methods else "get"
        operation = methods[method]
        # `format` other than those of the Design Rules is not used; a title repeats the name.
        for parameter in operation.setdefault("parameters", []):
            parameter["schema"].pop("title", None)
        statuses = ["400", "404", "500"] if "{" in path else ["400", "500"]
        if method == "post" and path.startswith(_WITH_KEY):
            statuses = ["400", "401", "403", "409", "500"]
            operation["security"] = [{"sleutel": []}]
        operation["responses"] = {str(status): answer for status, answer in operation["responses"].items()} | {
            status: {"description": _ERRORS[status], "content": {PROBLEM_JSON: _PROBLEM}} for status in statuses
        }
        for answer in operation["responses"].values():
            answer["headers"] = {"API-Version": _VERSION_HEADER}
        paths[path] = {method: operation}
    definitions = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas = generated["components"]["schemas"] | definitions.pop("$defs") | {"Problem": definitions}
    keys = {"sleutel": {"type": "http", "scheme": "bearer", "description": "Een API-sleutel van uw organisatie."}}
    return {"paths": paths, "components": {"schemas": schemas, "securitySchemes": keys}}


def document(request: HttpRequest) -> dict[str, Any]:
    """The whole document. Its server is the address it is asked at: in use over https, in a demo without."""
    path = API_PREFIX.rstrip("/")
    servers = [{"url": f"https://{request.get_host()}{path}", "description": "Deze server"}]
    if not request.is_secure():
        servers.append({"url": path, "description": "Deze server zonder https, voor een demo"})
    return {
        "openapi": "3.1.0",
        "info": {
            "title": api.title,
            "version": API_VERSION,
            "description": api.description,
            "contact": {
                "name": "Beheer van dit platform",
                "url": f"https://{request.get_host()}{reverse('about')}",
                # Nobody's address, until the organisation that runs the platform fills in its own.
                "email": settings.CONTACT_EMAIL or "beheer@banenafspraak.invalid",
            },
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": servers,
        "tags": [
            {"name": "Arbeidsmarktregio's", "description": "De regio's waarin Nederland is verdeeld."},
            {"name": "Factsheets", "description": "Alle cijfers van een regio en een kwartaal."},
            {"name": "Regels", "description": "Wat de wet zegt over opgegeven feiten, met stappen en bronnen."},
            {"name": "Raadplegingen", "description": "Staat iemand in het doelgroepregister? Alleen met een sleutel."},
        ],
        **_operations(),
    }


@require_safe
def openapi_json(request: HttpRequest) -> JsonResponse:
    """The document as JSON, readable from any site."""
    response = JsonResponse(document(request), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
