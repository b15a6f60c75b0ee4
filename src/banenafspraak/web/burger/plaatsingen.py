"""Where I work according to my bemiddelaar, what it counts for, and which employer may look along."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from banenafspraak.bemiddeling import mensen, plaatsingen
from banenafspraak.bemiddeling.plaatsingen import Plaatsing
from banenafspraak.bemiddeling.plaatsingwoorden import Eindreden, Plaatsingstatus
from banenafspraak.register import inzage, queries
from banenafspraak.register.overgangen import NietMogelijk
from banenafspraak.web.components.parts import Crumb
from banenafspraak.web.plaatsingwoorden import EINDREDENEN, SOORTEN, decimal, feiten_of, period, stand_of, telzin
from banenafspraak.web.requests import ActorRequest


@never_cache
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """My placements, the newest first, with who looks along."""
    inzage.require_own_bsn(request.actor)
    now = timezone.now()
    found = list(plaatsingen.visible_to(request.actor, now=now))
    today = timezone.localtime(now).date()
    registered = bool(found) and queries.people_visible_to(request.actor, peildatum=today, known_at=now).exists()
    context = {
        "rows": [_row(one, registered, now) for one in found],
        "naam": mensen.own_record(request.actor, now=now).contact.naam,
        "crumbs": (Crumb(_("Mijn overzicht"), reverse("burger")), Crumb(_("Mijn werk"))),
    }
    return render(request, "burger/plaatsingen.html", context)


def _row(one: Plaatsing, registered: bool, now: datetime) -> dict[str, Any]:
    inhoud, status = plaatsingen.inhoud_of(one), Plaatsingstatus(one.status)
    today = timezone.localtime(now).date()
    may_share = status is not Plaatsingstatus.INGETROKKEN
    return {
        "id": one.pk,
        "soort": SOORTEN[inhoud.soort],
        "werkgever": inhoud.werkgever.naam,
        "inlener": inhoud.inlener.naam if inhoud.inlener else "",
        "period": period(inhoud.begint_op, inhoud.eindigt_op),
        "uren": decimal(inhoud.uren_per_week),
        "status": stand_of(status, inhoud.eindigt_op, today),
        "reden": EINDREDENEN[Eindreden(one.eindreden)] if one.eindreden else "",
        "telt": telzin(feiten_of(inhoud), status, inhoud.eindigt_op, in_register=registered, peildatum=today),
        "employers": [
            {"kvk": bedrijf.kvk, "naam": bedrijf.naam, "sees": bedrijf.kvk in one.gedeeld_met}
            for bedrijf in (inhoud.werkgever, inhoud.inlener)
            if bedrijf is not None and may_share
        ],
    }


@require_POST
@sensitive_post_parameters("naam")
def share(request: ActorRequest, plaatsing_id: UUID) -> HttpResponse:
    """Let an employer look along, or stop that: it acts at once."""
    inzage.require_own_bsn(request.actor)
    kvk, now = request.POST.get("kvk", ""), timezone.now()
    try:
        if request.POST.get("handeling") == "stoppen":
            plaatsingen.stop_sharing(actor=request.actor, plaatsing_id=plaatsing_id, kvk=kvk, now=now)
            messages.success(request, _("Gestopt. De werkgever ziet dit niet meer."))
        else:
            naam = request.POST.get("naam", "")
            plaatsingen.share(actor=request.actor, plaatsing_id=plaatsing_id, kvk=kvk, naam=naam, now=now)
            messages.success(request, _("De werkgever kan dit nu zien. U kunt dat altijd stoppen."))
    except PermissionDenied:
        raise Http404 from None
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    except NietMogelijk as refused:
        messages.warning(request, refused.melding)
    return redirect("burger-plaatsingen")
