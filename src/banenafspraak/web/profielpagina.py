"""One step of a klantprofiel as a page, for the person and for the bemiddelaar alike: read, save, on to the next."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from banenafspraak.bemiddeling import profielen
from banenafspraak.bemiddeling.profielen import Profielinzage
from banenafspraak.bemiddeling.profielrecord import Stap
from banenafspraak.register.overgangen import Overtaken
from banenafspraak.web.components.formulier import in_words
from banenafspraak.web.components.parts import Answer, Crumb
from banenafspraak.web.profielstappen import FORMS, StapForm, WerkForm
from banenafspraak.web.profielwoorden import ONDERDELEN, STAPNAMEN, summary
from banenafspraak.web.requests import ActorRequest

STEPS = tuple(FORMS)


@dataclass(frozen=True)
class Omgeving:
    """Where a step stands: the address of each step and of the overview, the way back, and who it is about.

    `samen`: a bemiddelaar fills it in together with the person.
    """

    step_url: Callable[[str], str]
    overview_url: str
    crumbs: tuple[Crumb, ...]
    samen: bool = False


def step_or_404(slug: str) -> Stap:
    """The step of an address. Raises `Http404`."""
    if slug not in {stap.value for stap in STEPS}:
        raise Http404(_("Deze stap bestaat niet."))
    return Stap(slug)


def answer_step(
    request: ActorRequest, persoon_id: UUID, stap: Stap, inzage: Profielinzage, place: Omgeving
) -> HttpResponse:
    """Show the form of a step, or save it and go on; what somebody else saved meanwhile is told and nothing is lost."""
    form = FORMS[stap](request.POST if request.method == "POST" else None, record=inzage.record)
    versie = inzage.versie
    searching = "zoeken" in request.POST
    if request.method == "POST" and not searching and form.is_valid():
        try:
            profielen.save_stap(
                actor=request.actor,
                persoon_id=persoon_id,
                stap=stap,
                antwoorden=form.answers(),
                versie=_version_read(request),
                now=timezone.now(),
            )
        except ValidationError as error:
            _show(form, error)
        except Overtaken as error:
            messages.warning(request, error.melding)
        else:
            messages.success(request, _("Uw antwoord is bewaard."))
            at = STEPS.index(stap) + 1
            later = "later" in request.POST or at == len(STEPS)
            return redirect(place.overview_url if later else place.step_url(STEPS[at].value))
    at = STEPS.index(stap)
    context = {
        "form": form,
        "versie": versie,
        "stap": stap.value,
        "naam": STAPNAMEN[stap],
        "nummer": at + 1,
        "totaal": len(STEPS),
        "searching": searching,
        "found_nothing": searching and isinstance(form, WerkForm) and form.found_nothing,
        "fields": [field for field in form if field.name not in ("zoek", "werkveld")],
        "back": place.step_url(STEPS[at - 1].value) if at else place.overview_url,
        "skip": place.step_url(STEPS[at + 1].value) if at + 1 < len(STEPS) else place.overview_url,
        "overview": place.overview_url,
        "samen": place.samen,
        "crumbs": (*place.crumbs, Crumb(str(STAPNAMEN[stap]))),
    }
    return render(request, "profiel/stap.html", context)


def _version_read(request: ActorRequest) -> int:
    text = request.POST.get("versie", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _show(form: StapForm, error: ValidationError) -> None:
    """What the domain refused, beside the field in which it was filled in."""
    for name, errors in error.message_dict.items():
        place = form.places.get(name, name)
        form.add_error(place if place in form.fields else None, errors)


def answers_of(inzage: Profielinzage, place: Omgeving) -> tuple[Answer, ...]:
    """What was answered in each step, and since when, with the way to change it."""
    found = []
    for stap in STEPS:
        text = summary(stap, inzage.record)
        day = inzage.beantwoord.get(stap.value)
        if text and day is not None:
            text = _("%(antwoord)s (%(dag)s)") % {"antwoord": text, "dag": in_words(day)}
        found.append(Answer(str(STAPNAMEN[stap]), text, place.step_url(stap.value)))
    return tuple(found)


def progress(inzage: Profielinzage, place: Omgeving, *, peildatum: date) -> dict[str, Any]:
    """How complete it is, what is missing and why that matters, and which step to do next."""
    found = inzage.volledigheid(peildatum)
    return {
        "score": found.score,
        "volledig": found.volledig,
        "missing": [
            {"text": ONDERDELEN[part], "url": place.step_url(profielen.step_of(part).value)} for part in found.ontbreekt
        ],
        "next_url": place.step_url(found.volgende.value) if found.volgende else "",
        "next_name": STAPNAMEN[found.volgende] if found.volgende else "",
        "versheid": inzage.versheid(peildatum),
    }
