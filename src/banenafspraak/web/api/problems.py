"""Errors of the API as application/problem+json (RFC 9457), and the headers every answer of the API carries."""

import json
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

API_PREFIX = "/api/v1/"
KEY_PREFIX = "/api/v1/raadplegingen"
"""Where a program may sign in with a key; the rest of the API is for everybody."""
API_VERSION = "1.1.0"
PROBLEM_JSON = "application/problem+json"


def problem(*, status: int, detail: str, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    """An error answer. `errors` names every fault that was found, not only the first."""
    body: dict[str, object] = {"type": "about:blank", "title": title(status), "status": status, "detail": detail}
    if errors:
        body["errors"] = errors
    return HttpResponse(
        json.dumps(body, ensure_ascii=False),
        status=status,
        content_type=PROBLEM_JSON,
        headers={"Cache-Control": "no-store"},
    )


def title(status: int) -> str:
    """What went wrong in a few words, in the language of the request."""
    titles = {
        400: _("De vraag klopt niet"),
        401: _("Log in met een sleutel"),
        403: _("Dit mag u niet zien"),
        404: _("Niet gevonden"),
        405: _("Deze methode kan hier niet"),
        409: _("Dit verzoek is al gedaan"),
        500: _("Er ging iets mis bij ons"),
        503: _("U kunt nu alleen kijken"),
    }
    return titles.get(status, HTTPStatus(status).phrase)


def as_api_answer(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The same answer with the headers of the API; an error that came as a page becomes a problem.

    Anyone may read the figures from a script on another site: they are public, and no cookie is looked at. What asks
    for a key is not for scripts of other sites.
    """
    if response.status_code >= 400 and response.headers.get("Content-Type", "") != PROBLEM_JSON:
        allow = response.headers.get("Allow")
        response = problem(status=response.status_code, detail=_detail(response.status_code))
        if allow:
            response.headers["Allow"] = allow
    response.headers["API-Version"] = API_VERSION
    if request.path_info.startswith(KEY_PREFIX):
        return response
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "API-Version, ETag"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _detail(status: int) -> str:
    details = {
        401: _("Stuur een sleutel mee: Authorization: Bearer, en dan de sleutel."),
        403: _("Dit is niet voor uw organisatie, of u hebt geen mandaat van deze werkgever."),
        404: _("Dit adres bestaat niet. In /api/docs/ staat welke adressen er zijn."),
        405: _("Gebruik een methode die in de kop Allow staat."),
        503: _("Het logboek wordt nu niet goed bewaard. Zolang dat zo is, kan niemand iets wijzigen of vragen."),
        500: _("Probeer het later nog eens. Blijft het misgaan, meld het dan met het nummer in de kop X-Request-ID."),
    }
    return details.get(status, _("De vraag kon niet worden beantwoord."))
