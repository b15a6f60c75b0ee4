"""Asking to leave the register: what it means, the request, how far it is, and the letter."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from banenafspraak.register import uitschrijving
from banenafspraak.register.overgangen import NietMogelijk
from banenafspraak.register.uitschrijving import Uitschrijfhandeling
from banenafspraak.web import uitschrijvingen as shared
from banenafspraak.web.aanvragen import reference, require_burger
from banenafspraak.web.components.formulier import in_words
from banenafspraak.web.components.parts import Crumb, clock
from banenafspraak.web.requests import ActorRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: ActorRequest) -> HttpResponse:
    """What leaving means and when it cannot be; asked from here. Asking twice asks once."""
    require_burger(request.actor)
    problems: list[str] = []
    if request.method == "POST":
        try:
            verzoek_id = uitschrijving.request(actor=request.actor, now=timezone.now())
        except ValidationError as error:
            problems = error.messages
        else:
            return redirect("burger-uitschrijven-status", verzoek_id)
    found = list(uitschrijving.visible_to(request.actor).order_by("-verzocht_at"))
    own = [{"id": v.pk, "dag": in_words(v.verzocht_op), "status": shared.status_name(v.status)} for v in found]
    running = any(v.status in shared.RUNNING for v in found)
    crumbs = (Crumb(_("Aanvraag"), reverse("burger-aanvraag")), Crumb(_("Uitschrijven")))
    registered = uitschrijving.is_registered(actor=request.actor, now=timezone.now())
    context = {
        "own": own,
        "registered": registered,
        "may_ask": registered and not running,
        "problems": problems,
        "crumbs": crumbs,
    }
    return render(request, "burger/uitschrijven.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def status(request: ActorRequest, verzoek_id: UUID) -> HttpResponse:
    """How far the request is; a POST withdraws it."""
    require_burger(request.actor)
    now = timezone.now()
    inzage = shared.look_or_404(request.actor, verzoek_id, now)
    if request.method == "POST":
        try:
            uitschrijving.withdraw(actor=request.actor, verzoek_id=verzoek_id, now=now)
        except NietMogelijk as error:
            messages.warning(request, error.melding)
        else:
            messages.success(request, _("Uw verzoek is gestopt. U blijft in het register."))
        return redirect("burger-uitschrijven-status", verzoek_id)
    running = inzage.status in shared.RUNNING
    context = {
        "verzoek_id": verzoek_id,
        "kenmerk": reference(verzoek_id, "U"),
        "status": shared.status_name(inzage.status),
        "running": running,
        "clock": clock(inzage.uiterlijk_op, timezone.localdate()) if running else None,
        "last_day": in_words(inzage.uiterlijk_op),
        "decided": inzage.besloten_op is not None,
        "may_withdraw": Uitschrijfhandeling.INTREKKEN in inzage.mag,
        "crumbs": (
            Crumb(_("Aanvraag"), reverse("burger-aanvraag")),
            Crumb(_("Uitschrijven"), reverse("burger-uitschrijven")),
            Crumb(reference(verzoek_id, "U")),
        ),
    }
    return render(request, "burger/uitschrijven_status.html", context)


@never_cache
@require_safe
def letter(request: ActorRequest, verzoek_id: UUID) -> HttpResponse:
    """The letter with the decision, as PDF."""
    require_burger(request.actor)
    now = timezone.now()
    inzage = shared.look_or_404(request.actor, verzoek_id, now)
    if inzage.besloten_op is None:
        raise Http404(_("Deze brief is er niet."))
    return shared.letter_response(request.actor, inzage, now)
