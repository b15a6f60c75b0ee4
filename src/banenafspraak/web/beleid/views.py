"""Unrounded figures, for who makes policy or supervises. Each look is written in the logboek."""

import dataclasses

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, require
from banenafspraak.web import figures
from banenafspraak.web.components.factsheet import build
from banenafspraak.web.components.parts import Crumb, quarter_short
from banenafspraak.web.requests import ActorRequest

DOEL = "beleid en verantwoording over de banenafspraak"


def may_see(actor: Actor, regio: str) -> bool:
    """Whether the actor works for this region: a national organisation for all, a regional one for its own only."""
    return actor.regio is None or actor.regio == regio


@never_cache
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """Which unrounded figures this actor may open."""
    require(request.actor, Permission.CIJFERS_ONAFGEROND_VIEW)
    found = [(p, quarter_short(p.kwartaal)) for p in figures.published() if may_see(request.actor, p.regio)]
    context = {"found": found, "regio": request.actor.regio, "crumbs": (Crumb(_("Onafgeronde cijfers")),)}
    return render(request, "beleid/figures.html", context)


@never_cache
@require_safe
def factsheet(request: ActorRequest, regio: str, kwartaal: str) -> HttpResponse:
    """The factsheet as counted. Without a row in the logboek there are no figures."""
    require(request.actor, Permission.CIJFERS_ONAFGEROND_VIEW)
    if not may_see(request.actor, regio):
        raise PermissionDenied("unrounded figures of another region")
    actor = dataclasses.replace(request.actor, doel=DOEL)
    sheet = figures.unrounded_factsheet_or_404(regio, kwartaal, actor=actor, now=timezone.now())
    crumbs = (
        Crumb(_("Onafgeronde cijfers"), reverse("internal-figures")),
        Crumb(f"{sheet.regio.naam}, {quarter_short(sheet.kwartaal)}"),
    )
    return render(request, "beleid/factsheet.html", {"page": build(sheet), "sheet": sheet, "crumbs": crumbs})
