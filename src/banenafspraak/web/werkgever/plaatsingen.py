"""What an employer sees of people who work there or want to, and its own wish to be left alone."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from banenafspraak.access import organisaties
from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import plaatsinginzage, tevredenheid, toestemmingen, voordrachten, werkgevercontacten
from banenafspraak.bemiddeling.contactwoorden import Contactuitkomst
from banenafspraak.bemiddeling.meetelling import Werkfeiten
from banenafspraak.bemiddeling.plaatsinginzage import GedeeldePlaatsing
from banenafspraak.bemiddeling.voordrachten import Voorgedragene
from banenafspraak.bemiddeling.wspwoorden import Uitkomstsoort
from banenafspraak.web.components.formulier import DateField, Form, in_words, show_errors
from banenafspraak.web.components.parts import Crumb, clock
from banenafspraak.web.contactwoorden import UITKOMSTEN, answers_of
from banenafspraak.web.plaatsingwoorden import SOORTEN, decimal, period, stand_of, telzin
from banenafspraak.web.requests import ActorRequest
from banenafspraak.web.werkgever.contact_forms import UitkomstForm
from banenafspraak.web.werkgever.tevredenheid import question_urls


class RustForm(Form):
    """Until when this employer wants to be left alone."""

    tot_en_met = DateField(
        label=gettext_lazy("Bel ons niet tot en met"),
        error_messages={"required": gettext_lazy("Vul de laatste dag in.")},
    )


def _crumbs(*last: Crumb) -> tuple[Crumb, ...]:
    return (Crumb(_("Werkgever"), reverse("employer")), *last)


@never_cache
@require_safe
def placements(request: ActorRequest) -> HttpResponse:
    """The placements that people share with this employer, and what they count for. Each person is logged."""
    now = timezone.now()
    found = plaatsinginzage.shared_with(actor=request.actor, now=now)
    asked = question_urls(tevredenheid.outcomes_of(actor=request.actor, now=now))
    context = {
        "rows": [
            _placement(one, now) | {"vraag": asked.get((Uitkomstsoort.PLAATSING, one.plaatsing_id), "")}
            for one in found
        ],
        "crumbs": _crumbs(Crumb(_("Plaatsingen"))),
    }
    return render(request, "werkgever/plaatsingen.html", context)


def _placement(one: GedeeldePlaatsing, now: datetime) -> dict[str, Any]:
    today = timezone.localtime(now).date()
    feiten = Werkfeiten(one.soort, one.uren_per_week, one.sector, one.met_loonheffing)
    return {
        "id": one.plaatsing_id,
        "naam": one.naam,
        "soort": SOORTEN[one.soort],
        "status": stand_of(one.status, one.eindigt_op, today),
        "period": period(one.begint_op, one.eindigt_op),
        "uren": decimal(one.uren_per_week),
        "werkgever": one.werkgever,
        "inlener": one.inlener,
        "telt": telzin(feiten, one.status, one.eindigt_op, in_register=one.in_register, peildatum=today),
    }


@never_cache
@require_safe
def presented(request: ActorRequest) -> HttpResponse:
    """Who said yes to a vacature of this employer. Names nobody."""
    now = timezone.now()
    found = voordrachten.released_to(actor=request.actor, now=now)
    asked = question_urls(tevredenheid.outcomes_of(actor=request.actor, now=now))
    context = {
        "rows": [
            _presented(one, now) | {"vraag": asked.get((Uitkomstsoort.VOORDRACHT, one.toestemming_id), "")}
            for one in found
        ],
        "crumbs": _crumbs(Crumb(_("Voorgedragen kandidaten"))),
    }
    return render(request, "werkgever/voordrachten.html", context)


def _presented(one: Voorgedragene, now: datetime) -> dict[str, Any]:
    today, last = timezone.localtime(now).date(), one.geldig_tot - timedelta(days=1)
    return {
        "id": one.toestemming_id,
        "vacature": one.vacature,
        "van": one.van,
        "since": in_words(timezone.localtime(one.vrij_at).date()),
        "lives": one.leeft,
        "clock": clock(last, today) if one.leeft else None,
        "uitkomst": UITKOMSTEN[one.uitkomst] if one.uitkomst else _("De toestemming is voorbij"),
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def candidate(request: ActorRequest, toestemming_id: UUID) -> HttpResponse:
    """One person who said yes: what may be seen until when, logged; and saying what came of it."""
    require(request.actor, Permission.CONTACT_ASK)
    now = timezone.now()
    known = {one.toestemming_id: one for one in voordrachten.released_to(actor=request.actor, now=now)}
    one = known.get(toestemming_id)
    if one is None:
        raise Http404
    form = UitkomstForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        uitkomst = Contactuitkomst(form.cleaned_data["uitkomst"])
        if toestemmingen.finish(actor=request.actor, toestemming_id=toestemming_id, uitkomst=uitkomst, now=now):
            messages.success(request, _("Bedankt. De bemiddelaar ziet wat ervan is gekomen."))
        else:
            messages.warning(request, _("Dit kan niet meer: u mag deze gegevens niet meer gebruiken."))
        return redirect("employer-presented")
    seen = toestemmingen.look_at(actor=request.actor, toestemming_id=toestemming_id, now=now) if one.leeft else None
    if seen is None:
        messages.info(request, _("U mag deze gegevens niet meer zien."))
        return redirect("employer-presented")
    context = {
        **_presented(one, now),
        "naam": seen.gegevens.contact.naam,
        "answers": answers_of(seen.gegevens),
        "until": in_words(seen.geldig_tot - timedelta(days=1)),
        "form": form,
        "crumbs": _crumbs(Crumb(_("Voorgedragen kandidaten"), reverse("employer-presented")), Crumb(_("Kandidaat"))),
    }
    return render(request, "werkgever/voorgedragen.html", context, status=400 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rest(request: ActorRequest) -> HttpResponse:
    """Whether advisers may call this employer: its own wish, in every region."""
    require(request.actor, Permission.WERKGEVER_MANAGE)
    now = timezone.now()
    kvk = organisaties.of_id(request.actor.organisatie_id).kvk if request.actor.organisatie_id else ""
    form = RustForm(request.POST if request.method == "POST" and request.POST.get("handeling") != "opheffen" else None)
    if request.method == "POST" and kvk:
        if not form.is_bound:
            werkgevercontacten.lift_rest(actor=request.actor, kvk=kvk, now=now)
            messages.success(request, _("Bemiddelaars mogen u weer bellen."))
            return redirect("employer-rest")
        if form.is_valid():
            try:
                until = form.cleaned_data["tot_en_met"]
                werkgevercontacten.ask_rest(actor=request.actor, kvk=kvk, tot_en_met=until, now=now)
            except ValidationError as error:
                show_errors(form, error)
            else:
                messages.success(request, _("Vastgelegd. Bemiddelaars zien dat u niet gebeld wilt worden."))
                return redirect("employer-rest")
    running = werkgevercontacten.rest_of(kvk, today=timezone.localtime(now).date()) if kvk else None
    context = {
        "form": form,
        "kvk": kvk,
        "until": in_words(running.tot_en_met) if running else "",
        "crumbs": _crumbs(Crumb(_("Niet gebeld worden"))),
    }
    return render(request, "werkgever/rust.html", context, status=400 if form.errors else 200)
