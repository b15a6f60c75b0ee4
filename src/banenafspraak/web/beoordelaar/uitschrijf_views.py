"""Requests to leave the register: the list, the questions of the law, the employer's view, the decision."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, SuspiciousOperation
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banenafspraak.access.permissions import Permission, require
from banenafspraak.register import uitschrijving
from banenafspraak.register.overgangen import NietMogelijk
from banenafspraak.register.uitschrijving import Uitschrijfhandeling, Uitschrijfinzage
from banenafspraak.web import uitschrijvingen as shared
from banenafspraak.web.aanvragen import reference
from banenafspraak.web.beoordelaar.forms import EmployerForm
from banenafspraak.web.beoordelaar.views import PAGE
from banenafspraak.web.components.formulier import in_words
from banenafspraak.web.components.parts import Answer, Crumb, clock
from banenafspraak.web.components.vragen import VraagForm, answer_label
from banenafspraak.web.requests import ActorRequest
from banenafspraak.wet.feiten import FeitenFout, FeitOntbreekt
from banenafspraak.wet.uitschrijving import UitschrijvingFeiten
from banenafspraak.wet.vragen import question_of


def _crumbs(*more: Crumb) -> tuple[Crumb, ...]:
    return (
        Crumb(_("Werklijst"), reverse("beoordelaar")),
        Crumb(_("Uitschrijvingen"), reverse("beoordelaar-uitschrijvingen") if more else ""),
        *more,
    )


def _case(request: ActorRequest, verzoek_id: UUID) -> Uitschrijfinzage:
    require(request.actor, Permission.UITSCHRIJVING_BEOORDELEN)
    return shared.look_or_404(request.actor, verzoek_id, timezone.now())


def _who(request: ActorRequest, beoordelaar_id: UUID | None) -> str:
    if beoordelaar_id is None:
        return _("Nog niemand")
    return _("U") if beoordelaar_id == request.actor.gebruiker_id else _("Een collega")


@never_cache
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """The requests that wait for a decision; what must be decided first comes first."""
    require(request.actor, Permission.UITSCHRIJVING_BEOORDELEN)
    today = timezone.localdate()
    page = Paginator(uitschrijving.worklist(request.actor), PAGE).get_page(request.GET.get("pagina"))
    rows = [
        {
            "id": v.pk,
            "kenmerk": reference(v.pk, "U"),
            "status": shared.status_name(v.status),
            "dag": in_words(v.uiterlijk_op),
            "clock": clock(v.uiterlijk_op, today),
            "wie": _who(request, v.beoordelaar_id),
        }
        for v in page
    ]
    return render(request, "beoordelaar/uitschrijvingen.html", {"rows": rows, "page": page, "crumbs": _crumbs()})


@never_cache
@require_safe
def case(request: ActorRequest, verzoek_id: UUID) -> HttpResponse:
    """One request: what was answered, what the employer thinks, and what the law says of it."""
    inzage = _case(request, verzoek_id)
    may = {handeling.value for handeling in inzage.mag}
    mine = inzage.beoordelaar_id == request.actor.gebruiker_id
    uitkomst, vraag = None, None
    if mine and inzage.besloten_op is None:
        try:
            vraag = uitschrijving.next_question(
                actor=request.actor, verzoek_id=verzoek_id, peildatum=timezone.localdate()
            )
            if vraag is None:
                uitkomst = uitschrijving.preview(
                    actor=request.actor, verzoek_id=verzoek_id, peildatum=timezone.localdate()
                )
        except FeitenFout as error:
            for text in error.fouten:
                messages.error(request, text)
    context = {
        "verzoek_id": verzoek_id,
        "kenmerk": reference(verzoek_id, "U"),
        "status": shared.status_name(inzage.status),
        "asked_on": in_words(inzage.verzocht_op),
        "last_day": in_words(inzage.uiterlijk_op),
        "clock": clock(inzage.uiterlijk_op, timezone.localdate()) if inzage.status in shared.RUNNING else None,
        "who": _who(request, inzage.beoordelaar_id),
        "may": may,
        "mine": mine,
        "may_ask": vraag is not None,
        "may_hear": Uitschrijfhandeling.WERKGEVER_HOREN in inzage.mag and mine,
        "given": _answers(verzoek_id, inzage),
        "heard_on": in_words(inzage.werkgever_gehoord_op) if inzage.werkgever_gehoord_op else "",
        "objects": inzage.werkgever_heeft_bezwaar,
        "opinion": inzage.mening,
        "uitkomst": uitkomst,
        "besluit": uitkomst.waarde.besluit.value if uitkomst else "",
        "decided": inzage.besloten_op is not None,
        "decided_on": in_words(inzage.besloten_op) if inzage.besloten_op else "",
        "ends_on": in_words(inzage.eindigt_op) if inzage.eindigt_op else "",
        "crumbs": _crumbs(Crumb(reference(verzoek_id, "U"))),
    }
    return render(request, "beoordelaar/uitschrijving.html", context)


def _answers(verzoek_id: UUID, inzage: Uitschrijfinzage) -> tuple[Answer, ...]:
    found = []
    for feit, waarde in inzage.antwoorden.items():
        try:
            tekst = question_of(UitschrijvingFeiten, feit).tekst
        except KeyError:
            continue
        url = (
            reverse("beoordelaar-uitschrijving-antwoord", args=[verzoek_id, feit]) if inzage.besloten_op is None else ""
        )
        found.append(Answer(tekst, answer_label(feit, waarde), url))
    return tuple(found)


@never_cache
@require_POST
def act(request: ActorRequest, verzoek_id: UUID) -> HttpResponse:
    """Take the request up, or decide on it. Which of the two stands in the button."""
    require(request.actor, Permission.UITSCHRIJVING_BEOORDELEN)
    now = timezone.now()
    common: dict[str, Any] = {"actor": request.actor, "verzoek_id": verzoek_id, "now": now}
    try:
        match request.POST.get("handeling"):
            case "oppakken":
                uitschrijving.claim(**common)
                messages.success(request, _("Deze zaak is nu van u."))
            case "beslissen":
                status = uitschrijving.decide(**common)
                messages.success(request, _("Besloten: %(wat)s.") % {"wat": shared.status_name(status).lower()})
            case _:
                raise SuspiciousOperation("unknown action")
    except ObjectDoesNotExist:
        raise Http404(_("Dit verzoek is er niet, of u mag het niet zien.")) from None
    except FeitOntbreekt:
        return redirect("beoordelaar-uitschrijving-vraag", verzoek_id)
    except NietMogelijk as error:
        messages.warning(request, error.melding)
    return redirect("beoordelaar-uitschrijving", verzoek_id)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: ActorRequest, verzoek_id: UUID, feit: str = "") -> HttpResponse:
    """The next question, or with `feit` one that was answered before."""
    inzage = _case(request, verzoek_id)
    if inzage.beoordelaar_id != request.actor.gebruiker_id or inzage.besloten_op is not None:
        messages.warning(request, _("Pak de zaak eerst op. Daarna kunt u de vragen beantwoorden."))
        return redirect("beoordelaar-uitschrijving", verzoek_id)
    if feit:
        try:
            vraag = question_of(UitschrijvingFeiten, feit)
        except KeyError:
            raise Http404(_("Deze vraag bestaat niet.")) from None
    else:
        found = uitschrijving.next_question(actor=request.actor, verzoek_id=verzoek_id, peildatum=timezone.localdate())
        if found is None:
            return redirect("beoordelaar-uitschrijving", verzoek_id)
        vraag = found
    if vraag.naam in ("werkgever_gehoord", "werkgever_heeft_bezwaar"):
        return redirect("beoordelaar-uitschrijving-werkgever", verzoek_id)
    known = inzage.antwoorden.get(vraag.naam)
    initial = {True: "ja", False: "nee"}.get(known) if isinstance(known, bool) else None
    form = VraagForm(request.POST if request.method == "POST" else None, vraag=vraag, initial={"antwoord": initial})
    if request.method == "POST" and form.is_valid():
        try:
            uitschrijving.answer(
                actor=request.actor,
                verzoek_id=verzoek_id,
                feit=vraag.naam,
                waarde=form.cleaned_data["antwoord"],
                now=timezone.now(),
            )
        except FeitenFout as error:
            for text in error.fouten:
                form.add_error("antwoord", text)
        except NietMogelijk as error:
            messages.warning(request, error.melding)
            return redirect("beoordelaar-uitschrijving", verzoek_id)
        else:
            return redirect("beoordelaar-uitschrijving-vraag", verzoek_id)
    context = {
        "form": form,
        "vraag": vraag,
        "reason": "",
        "choice": True,
        "answered": len(inzage.antwoorden),
        "given": _answers(verzoek_id, inzage),
        "back": reverse("beoordelaar-uitschrijving", args=[verzoek_id]),
        "crumbs": _crumbs(
            Crumb(reference(verzoek_id, "U"), reverse("beoordelaar-uitschrijving", args=[verzoek_id])),
            Crumb(_("Vraag")),
        ),
    }
    return render(request, "beoordelaar/vraag.html", context)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def employer(request: ActorRequest, verzoek_id: UUID) -> HttpResponse:
    """Write down what the employer thinks of it."""
    inzage = _case(request, verzoek_id)
    if Uitschrijfhandeling.WERKGEVER_HOREN not in inzage.mag:
        return redirect("beoordelaar-uitschrijving", verzoek_id)
    form = EmployerForm(request.POST if request.method == "POST" else None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            uitschrijving.hear_employer(
                actor=request.actor, verzoek_id=verzoek_id, now=timezone.now(), **form.cleaned_data
            )
        except NietMogelijk as error:
            messages.warning(request, error.melding)
        else:
            messages.success(request, _("De mening van de werkgever is bewaard."))
        return redirect("beoordelaar-uitschrijving", verzoek_id)
    back = reverse("beoordelaar-uitschrijving", args=[verzoek_id])
    context = {
        "form": form,
        "title": _("De werkgever horen"),
        "text": _("UWV vraagt de werkgever wat hij vindt. Zijn bezwaar houdt de uitschrijving niet tegen."),
        "button": _("Bewaren"),
        "back": back,
        "crumbs": _crumbs(Crumb(reference(verzoek_id, "U"), back), Crumb(_("Werkgever"))),
    }
    return render(request, "beoordelaar/formulier.html", context)


@never_cache
@require_safe
def letter(request: ActorRequest, verzoek_id: UUID) -> HttpResponse:
    """The letter with the decision, as PDF."""
    inzage = _case(request, verzoek_id)
    if inzage.besloten_op is None:
        raise Http404(_("Deze brief is er niet."))
    return shared.letter_response(request.actor, inzage, timezone.now())
