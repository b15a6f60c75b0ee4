"""The API: rounded figures for everybody, and the check for employers with a key. Follows the NL API Design Rules."""

from typing import Annotated

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Path, Query
from ninja.errors import ValidationError

from banenafspraak.access import gebieden
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, require
from banenafspraak.web import figures
from banenafspraak.web.api import schemas
from banenafspraak.web.api.problems import API_VERSION, problem
from banenafspraak.web.api.raadplegingen import router as raadplegingen
from banenafspraak.web.api.regels import router as regels

REGIO = r"^(AM[0-9]{2}|NL)$"
KWARTAAL = r"^[0-9]{4}Q[1-4]$"

api = NinjaAPI(
    title="Banenafspraak",
    version=API_VERSION,
    description=(
        "Openbare cijfers over de banenafspraak per arbeidsmarktregio en kwartaal. De cijfers zijn afgerond en gaan "
        "nooit over één persoon of één werkgever. Er is geen sleutel nodig. Werkgevers en administratiekantoren vragen "
        "met een sleutel of iemand in het doelgroepregister staat; die maken zij op hun eigen pagina. De regels van de "
        "wet zijn voor iedereen te vragen; van een vraag wordt niets bewaard."
    ),
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
)
api.add_router("", raadplegingen)
api.add_router("", regels)


@api.api_operation(
    ["GET", "HEAD"],
    "/arbeidsmarktregios",
    response=schemas.Arbeidsmarktregios,
    operation_id="listArbeidsmarktregios",
    summary="Alle arbeidsmarktregio's, met de kwartalen waarvan er cijfers zijn",
    tags=["Arbeidsmarktregio's"],
    url_name="regions",
)
def regions(
    request: HttpRequest,
    kwartaal: Annotated[
        str | None, Query(pattern=KWARTAAL, description="Alleen regio's met cijfers van dit kwartaal, zoals 2018Q1.")
    ] = None,
) -> dict[str, list[dict[str, object]]]:
    """All regions by code; the whole country (NL) last."""
    require(Actor.anonymous(), Permission.CIJFERS_AFGEROND_VIEW)
    quarters: dict[str, list[str]] = {}
    for publication in figures.published():
        quarters.setdefault(publication.regio, []).append(publication.kwartaal)
    codes = [code for code, _naam in gebieden.regios()] + [figures.NATIONAL]
    return {
        "arbeidsmarktregios": [
            {
                "code": code,
                "naam": figures.region_name(code),
                "kwartalen": sorted(quarters.get(code, []), reverse=True),
            }
            for code in codes
            if kwartaal is None or kwartaal in quarters.get(code, [])
        ]
    }


@api.api_operation(
    ["GET", "HEAD"],
    "/factsheets/{regio}/{kwartaal}",
    response=schemas.Factsheet,
    operation_id="getFactsheet",
    summary="De afgeronde cijfers van een regio en een kwartaal",
    tags=["Factsheets"],
    url_name="factsheet",
)
def factsheet(
    request: HttpRequest,
    regio: Annotated[str, Path(pattern=REGIO, description="Code van de regio, zoals AM12, of NL.")],
    kwartaal: Annotated[str, Path(pattern=KWARTAAL, description="Het kwartaal, zoals 2018Q1.")],
) -> HttpResponseBase:
    """The factsheet, with the seal of its figures as ETag."""
    require(Actor.anonymous(), Permission.CIJFERS_AFGEROND_VIEW)
    sheet = figures.factsheet_or_404(regio, kwartaal)
    etag = figures.etag(sheet, kind="api")
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        figures.as_json(sheet), content_type="application/json"
    )
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Every parameter that is wrong, at once."""
    cures = {
        "regio": _("Schrijf de regio als AM met twee cijfers, of als NL."),
        "kwartaal": _("Schrijf het kwartaal als 2018Q1: jaar, Q, en 1 tot en met 4."),
    }
    names = [".".join(str(part) for part in one["loc"][2:]) or str(one["loc"][-1]) for one in error.errors]
    faults = [{"veld": name, "reden": cures.get(name, _("Deze waarde klopt niet."))} for name in names]
    return problem(status=400, detail=_("Verbeter wat onder errors staat en vraag het opnieuw."), errors=faults)


@api.exception_handler(PermissionDenied)
def _denied(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    """The database undoes what was begun; which of the two it was, is not said."""
    return problem(status=403, detail=_("Dit is niet voor uw organisatie, of u hebt geen mandaat van deze werkgever."))


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    """No figures of this region and quarter."""
    return problem(status=404, detail=str(error))
