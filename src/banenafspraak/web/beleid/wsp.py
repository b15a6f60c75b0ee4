"""How the Werkgeversservicepunten do, for who makes policy: the own region, or every one for the whole country."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from banenafspraak.access import gebieden
from banenafspraak.access.permissions import Permission, Rol, require
from banenafspraak.bemiddeling import wspcijfers
from banenafspraak.web import wsppagina
from banenafspraak.web.components.parts import Crumb
from banenafspraak.web.requests import ActorRequest
from banenafspraak.web.wsppagina import Plek


def _plek(request: ActorRequest, regio: str, *last: Crumb) -> Plek:
    require(request.actor, Permission.WSP_CIJFERS_VIEW)
    if request.actor.rol is not Rol.BELEID or not wspcijfers.may_see(request.actor, regio):
        raise PermissionDenied("figures of another region")
    naam = dict(gebieden.regios()).get(regio, "")
    here = reverse("beleid-wsp-regio", args=[regio]) if last else ""
    return Plek(
        regio=regio,
        cijfers=reverse("beleid-wsp-regio", args=[regio]),
        csv=reverse("beleid-wsp-csv", args=[regio]),
        json=reverse("beleid-wsp-json", args=[regio]),
        jaarverslag=reverse("beleid-wsp-jaarverslag", args=[regio]),
        toelichtingen="",
        crumbs=(Crumb(_("Werkgeversservicepunten"), reverse("beleid-wsp")), Crumb(naam, here), *last),
    )


@never_cache
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """The regions whose figures this actor may open."""
    require(request.actor, Permission.WSP_CIJFERS_VIEW)
    if request.actor.rol is not Rol.BELEID:
        raise PermissionDenied("a bemiddelaar has pages of the own region")
    found = [
        {"naam": naam, "url": reverse("beleid-wsp-regio", args=[code])}
        for code, naam in sorted(gebieden.regios(), key=lambda one: one[1])
        if wspcijfers.may_see(request.actor, code)
    ]
    return render(request, "beleid/wsp.html", {"found": found, "crumbs": (Crumb(_("Werkgeversservicepunten")),)})


@never_cache
@require_safe
def figures(request: ActorRequest, regio: str) -> HttpResponse:
    """The figures of one region. The look is logged."""
    return wsppagina.figures(request, _plek(request, regio))


@never_cache
@require_safe
def figures_csv(request: ActorRequest, regio: str) -> HttpResponse:
    """The same as CSV."""
    return wsppagina.as_csv(request, _plek(request, regio))


@never_cache
@require_safe
def figures_json(request: ActorRequest, regio: str) -> HttpResponse:
    """The same as JSON."""
    return wsppagina.as_json(request, _plek(request, regio))


@never_cache
@require_safe
def report(request: ActorRequest, regio: str) -> HttpResponse:
    """The yearly report of one region."""
    return wsppagina.report(request, _plek(request, regio, Crumb(_("Jaarverslag"))))
