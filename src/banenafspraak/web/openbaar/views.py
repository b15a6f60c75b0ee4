"""The pages everybody may see: the start page, the figures, and what we owe the visitor to say."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, Rol, require
from banenafspraak.metingen.rapportage import Factsheet, to_csv
from banenafspraak.web import figures, roles
from banenafspraak.web.components.factsheet import build
from banenafspraak.web.components.parts import Crumb, quarter_short
from banenafspraak.web.openbaar.forms import FiguresForm
from banenafspraak.web.requests import ActorRequest

# A sealed figure never changes, but a corrected delivery makes a new seal: an hour is how long an old one may live on.
DOWNLOAD_CACHE = "public, max-age=3600"
PER_PAGE = 40


@require_safe
def home(request: ActorRequest) -> HttpResponse:
    """What this is, for whom, and the way in for each role."""
    return render(
        request,
        "openbaar/home.html",
        {"entrances": roles.entrances(request.actor), "newest": figures.newest()},
    )


@require_safe
def figures_index(request: ActorRequest) -> HttpResponse:
    """Choose a region and a quarter; the choice stands in the address, so that it can be shared and reloaded."""
    require(request.actor, Permission.CIJFERS_AFGEROND_VIEW)
    published = figures.published()
    form = FiguresForm(request.GET, published=published)
    page = Paginator(form.matching(), PER_PAGE).get_page(request.GET.get("pagina"))
    return render(
        request,
        "openbaar/figures.html",
        {
            "form": form,
            "page": page,
            "found": [(p, quarter_short(p.kwartaal)) for p in page],
            "query": urlencode({name: value for name, value in form.data.items() if name != "pagina"}),
            "any": bool(published),
            "crumbs": (Crumb(_("Cijfers")),),
        },
    )


@require_safe
def factsheet(request: ActorRequest, regio: str, kwartaal: str) -> HttpResponseBase:
    """The public factsheet: rounded figures with their charts, tables and downloads."""
    require(request.actor, Permission.CIJFERS_AFGEROND_VIEW)
    sheet = figures.factsheet_or_404(regio, kwartaal)

    def page() -> HttpResponse:
        crumbs = (
            Crumb(_("Cijfers"), reverse("figures")),
            Crumb(f"{sheet.regio.naam}, {quarter_short(sheet.kwartaal)}"),
        )
        return render(request, "openbaar/factsheet.html", {"page": build(sheet), "sheet": sheet, "crumbs": crumbs})

    if not _is_plain_visit(request):  # the header names the role, or a message is waiting: this page is of nobody else
        response = page()
        response.headers["Cache-Control"] = "private, no-cache"
        return response
    etag = figures.etag(sheet, kind="page")

    def kept_page() -> HttpResponse:
        content = cache.get_or_set(f"page:{etag}", lambda: page().content, timeout=None)
        return HttpResponse(content)

    return _cacheable(request, etag, kept_page, "no-cache")


def _is_plain_visit(request: ActorRequest) -> bool:
    """Whether the page is the same for everybody who asks like this: no cookie but that of the language."""
    return request.actor.rol is Rol.ANONIEM and set(request.COOKIES) <= {settings.LANGUAGE_COOKIE_NAME}


@require_safe
def factsheet_json(request: ActorRequest, regio: str, kwartaal: str) -> HttpResponseBase:
    """The rounded factsheet as JSON, the same for everybody."""
    sheet = _public(regio, kwartaal)

    def download() -> HttpResponse:
        return _download(sheet, figures.as_json(sheet), "json", "application/json")

    return _cacheable(request, figures.etag(sheet, kind="json"), download, DOWNLOAD_CACHE)


@require_safe
def factsheet_csv(request: ActorRequest, regio: str, kwartaal: str) -> HttpResponseBase:
    """The rounded factsheet as CSV, one figure a line, the same for everybody."""
    sheet = _public(regio, kwartaal)

    def download() -> HttpResponse:
        return _download(sheet, to_csv(sheet), "csv", "text/csv; charset=utf-8")

    return _cacheable(request, figures.etag(sheet, kind="csv"), download, DOWNLOAD_CACHE)


def _public(regio: str, kwartaal: str) -> Factsheet:
    # A download is the same whoever asks, so it is asked for as a visitor: then a cache may keep it for all.
    require(Actor.anonymous(), Permission.CIJFERS_AFGEROND_VIEW)
    return figures.factsheet_or_404(regio, kwartaal)


def _download(sheet: Factsheet, text: str, extension: str, content_type: str) -> HttpResponse:
    name = f"banenafspraak-{sheet.regio.code}-{sheet.kwartaal}.{extension}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=content_type, headers=headers)


def _cacheable(
    request: ActorRequest, etag: str, make: Callable[[], HttpResponse], cache_control: str
) -> HttpResponseBase:
    """The answer with its ETag; 304 without making it when the browser has it already."""
    response = get_conditional_response(request, etag=etag) or make()
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = cache_control
    return response


@require_safe
def about(request: ActorRequest) -> HttpResponse:
    """What the platform is, where the figures come from, what is kept of a visitor, and under which licence."""
    return render(request, "openbaar/about.html", {"crumbs": (Crumb(_("Over dit platform en bronnen")),)})


@require_safe
def accessibility(request: ActorRequest) -> HttpResponse:
    """The accessibility statement; its status is honest: nobody from outside has tested this yet."""
    context = {"crumbs": (Crumb(_("Toegankelijkheid")),)}
    return render(request, "openbaar/accessibility.html", context)


@require_safe
def security(request: ActorRequest) -> HttpResponse:
    """How to report a vulnerability."""
    context = {"contact": settings.SECURITY_CONTACT, "crumbs": (Crumb(_("Kwetsbaarheid melden")),)}
    return render(request, "openbaar/security.html", context)
