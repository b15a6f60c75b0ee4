"""The one question to an employer after an outcome: how was the help? It may be skipped, and changed for a while."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import tevredenheid
from banenafspraak.bemiddeling.tevredenheid import Uitkomst
from banenafspraak.bemiddeling.wspwoorden import Uitkomstsoort
from banenafspraak.register.overgangen import NietMogelijk
from banenafspraak.web.components.formulier import Form, RadioSelect, Textarea, in_words, show_errors
from banenafspraak.web.components.parts import Crumb
from banenafspraak.web.requests import ActorRequest

ANTWOORDEN = {
    "5": gettext_lazy("5: heel tevreden"),
    "4": gettext_lazy("4: tevreden"),
    "3": gettext_lazy("3: niet tevreden en niet ontevreden"),
    "2": gettext_lazy("2: ontevreden"),
    "1": gettext_lazy("1: heel ontevreden"),
}
SOORTEN = {
    Uitkomstsoort.VACATURE: gettext_lazy("Uw vacature is gesloten"),
    Uitkomstsoort.VOORDRACHT: gettext_lazy("Een kandidaat is voorgedragen"),
    Uitkomstsoort.PLAATSING: gettext_lazy("Een plaatsing is gestopt"),
}


class OordeelForm(Form):
    """One answer, and room to say why."""

    cijfer = forms.ChoiceField(
        label=gettext_lazy("Hoe tevreden bent u over de hulp die u kreeg?"),
        choices=list(ANTWOORDEN.items()),
        error_messages={"required": gettext_lazy("Kies een antwoord, of sla de vraag over.")},
        widget=RadioSelect,
    )
    toelichting = forms.CharField(
        label=gettext_lazy("Wat ging goed, wat kan beter? (mag leeg blijven)"),
        help_text=gettext_lazy(
            "Bemiddelaars van de regio lezen dit zonder uw naam. Schrijf niets over een kandidaat, en geen namen."
        ),
        max_length=tevredenheid.MAX_TOELICHTING,
        required=False,
        widget=Textarea({"rows": 4}),
    )


def _crumbs(*last: Crumb) -> tuple[Crumb, ...]:
    own = Crumb(_("Uw mening"), reverse("employer-opinions") if last else "")
    return (Crumb(_("Werkgever"), reverse("employer")), own, *last)


def question_urls(found: list[Uitkomst]) -> dict[tuple[Uitkomstsoort, UUID], str]:
    """The addresses of the questions that stand, by outcome."""
    return {(one.soort, one.over): _url(one) for one in found if one.vraagt}


def _url(one: Uitkomst) -> str:
    return reverse("employer-opinion", args=[one.soort.value, one.over])


def _row(one: Uitkomst) -> dict[str, Any]:
    said = "" if one.oordeel is None else str(ANTWOORDEN[str(one.cijfer)]) if one.cijfer else _("Overgeslagen")
    return {
        "soort": SOORTEN[one.soort],
        "vacature": one.naam_vacature,
        "dag": in_words(one.afgelopen_op),
        "said": said,
        "url": _url(one) if one.vraagt or one.wijzigbaar else "",
    }


@never_cache
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """What was asked and answered. Names nobody."""
    require(request.actor, Permission.CONTACT_ASK)
    found = tevredenheid.outcomes_of(actor=request.actor, now=timezone.now())
    context = {
        "waiting": [_row(one) for one in found if one.vraagt],
        "answered": [_row(one) for one in found if not one.vraagt],
        "days": tevredenheid.WIJZIGBAAR.days,
        "crumbs": _crumbs(),
    }
    return render(request, "werkgever/meningen.html", context)


@never_cache
@sensitive_post_parameters("toelichting")
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: ActorRequest, soort: str, over: UUID) -> HttpResponse:
    """The question about one outcome of this employer."""
    require(request.actor, Permission.CONTACT_ASK)
    now = timezone.now()
    if soort not in {one.value for one in Uitkomstsoort}:
        raise Http404
    one = tevredenheid.outcome_of(actor=request.actor, soort=Uitkomstsoort(soort), over=over, now=now)
    if one is None:
        raise Http404
    skips = request.POST.get("handeling") == "overslaan"
    form = OordeelForm(request.POST if request.method == "POST" and not skips else None, initial=_initial(one))
    if request.method == "POST" and (skips or form.is_valid()):
        data = {} if skips else form.cleaned_data
        try:
            tevredenheid.answer(
                actor=request.actor,
                soort=one.soort,
                over=one.over,
                cijfer=None if skips else int(data["cijfer"]),
                toelichting="" if skips else data["toelichting"],
                now=now,
            )
        except ValidationError as error:
            show_errors(form, error)
        except NietMogelijk as error:
            messages.warning(request, error.melding)
            return redirect("employer-opinions")
        else:
            messages.success(request, _("Overgeslagen. Wij vragen het niet nog eens.") if skips else _("Bedankt."))
            return redirect("employer-opinions")
    if not one.wijzigbaar:
        messages.info(request, _("U kunt dit antwoord niet meer wijzigen."))
        return redirect("employer-opinions")
    context = {
        **_row(one),
        "form": form,
        "days": tevredenheid.WIJZIGBAAR.days,
        "may_skip": one.oordeel is None,
        "crumbs": _crumbs(Crumb(one.naam_vacature)),
    }
    return render(request, "werkgever/mening.html", context, status=400 if form.errors else 200)


def _initial(one: Uitkomst) -> dict[str, Any]:
    if one.oordeel is None or one.cijfer is None:
        return {}
    return {"cijfer": str(one.cijfer), "toelichting": tevredenheid.remark_of(one.oordeel)}
