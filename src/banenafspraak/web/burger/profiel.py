"""The own klantprofiel: how far it is, what employers see, ten small steps, and switching it on and off."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banenafspraak.bemiddeling import profielen
from banenafspraak.bemiddeling.profielen import Profielhandeling, Profielinzage
from banenafspraak.bemiddeling.profielrecord import Stap
from banenafspraak.bemiddeling.profielwoorden import Profielstatus
from banenafspraak.register.overgangen import NietMogelijk
from banenafspraak.web.components.parts import Crumb
from banenafspraak.web.profielpagina import Omgeving, answer_step, answers_of, progress, step_or_404
from banenafspraak.web.profielwoorden import freshness_text
from banenafspraak.web.requests import ActorRequest


def _crumbs(*more: Crumb) -> tuple[Crumb, ...]:
    own = Crumb(_("Mijn profiel"), reverse("burger-profiel") if more else "")
    return (Crumb(_("Mijn overzicht"), reverse("burger")), own, *more)


def _place() -> Omgeving:
    def step_url(stap: str) -> str:
        return reverse("burger-profiel-stap", args=[stap])

    overview = reverse("burger-profiel")
    return Omgeving(step_url, overview, (*_crumbs()[:1], Crumb(_("Mijn profiel"), overview)))


def _own(request: ActorRequest) -> UUID | None:
    return profielen.own_persoon(request.actor, peildatum=timezone.localdate(), known_at=timezone.now())


def _not_registered(request: ActorRequest) -> HttpResponse:
    return render(request, "burger/profiel_niet_in_register.html", {"crumbs": _crumbs()})


@never_cache
@require_safe
def overview(request: ActorRequest) -> HttpResponse:
    """How complete, how fresh, what employers see, the next question, and on or off."""
    persoon_id = _own(request)
    if persoon_id is None:
        return _not_registered(request)
    inzage = profielen.look_at(actor=request.actor, persoon_id=persoon_id, now=timezone.now())
    today, place = timezone.localdate(), _place()
    why_not = _why_not(inzage, today)
    context = {
        "inzage": inzage,
        "found": not why_not,
        "why_not": why_not,
        "fresh_text": freshness_text(inzage.versheid(today)),
        "may_confirm": inzage.record.beschikbaar is True and inzage.bevestigd_op != today,
        "may_publish": Profielhandeling.PUBLICEREN in inzage.mag,
        "may_withdraw": Profielhandeling.INTREKKEN in inzage.mag,
        "given": answers_of(inzage, place),
        "crumbs": _crumbs(),
        **progress(inzage, place, peildatum=today),
    }
    return render(request, "burger/profiel.html", context)


def _why_not(inzage: Profielinzage, today: date) -> str:
    """Why employers do not find it today, and what helps; empty when they do."""
    if inzage.versie == 0:
        return _("U hebt nog niets ingevuld. Begin met de eerste vraag. U kunt altijd stoppen en later verdergaan.")
    if inzage.status is Profielstatus.NIET_OPENBAAR and inzage.zelf:
        return _("U hebt uw profiel uitgezet.")
    if inzage.status is Profielstatus.NIET_OPENBAAR:
        return _("Uw bemiddelaar of gemeente heeft het uitgezet. U kunt het zelf weer aanzetten.")
    if inzage.status is Profielstatus.CONCEPT:
        return _("Het staat nog niet aan.")
    if inzage.record.beschikbaar is False:
        return _("U zei dat u niet beschikbaar bent. Is dat veranderd? Pas dan uw antwoord aan.")
    if inzage.record.beschikbaar is None or not inzage.versheid(today).vers:
        return freshness_text(inzage.versheid(today))
    if not profielen.starts_in_time(inzage.record, today):
        return _("U kunt pas over meer dan een jaar beginnen, of uw laatste dag is voorbij.")
    return ""


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: ActorRequest, stap: str) -> HttpResponse:
    """One of the ten steps; saved at once, and every answer may be skipped."""
    persoon_id = _own(request)
    chosen = step_or_404(stap)
    if persoon_id is None:
        return _not_registered(request)
    inzage = profielen.look_at(actor=request.actor, persoon_id=persoon_id, now=timezone.now())
    return answer_step(request, persoon_id, chosen, inzage, _place())


@never_cache
@require_POST
def visible(request: ActorRequest) -> HttpResponse:
    """Switch the profile on for employers, or off; twice is once."""
    persoon_id = _own(request)
    if persoon_id is None:
        return _not_registered(request)
    on = request.POST.get("zichtbaar") == "ja"
    act = profielen.publish if on else profielen.withdraw
    try:
        act(actor=request.actor, persoon_id=persoon_id, now=timezone.now())
    except NietMogelijk as refused:
        messages.warning(request, refused.melding)
    else:
        messages.success(request, _("Uw profiel staat aan.") if on else _("Uw profiel staat uit."))
    return redirect("burger-profiel")


@never_cache
@require_POST
def still_available(request: ActorRequest) -> HttpResponse:
    """Say again that one is available: the answer holds from today on."""
    persoon_id = _own(request)
    if persoon_id is None:
        return _not_registered(request)
    now = timezone.now()
    inzage = profielen.look_at(actor=request.actor, persoon_id=persoon_id, now=now)
    try:
        profielen.save_stap(
            actor=request.actor,
            persoon_id=persoon_id,
            stap=Stap.BESCHIKBAAR,
            antwoorden={"beschikbaar": True},
            versie=inzage.versie,
            now=now,
        )
    except NietMogelijk as refused:
        messages.warning(request, refused.melding)
    else:
        messages.success(request, _("Dank u. Wij weten dat u nog beschikbaar bent."))
    return redirect("burger-profiel")
