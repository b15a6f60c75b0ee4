"""Asking for a beoordeling arbeidsvermogen, from the explanation to the letter with the decision."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banenafspraak.access.actor import Actor
from banenafspraak.register import aanvraagdocumenten, aanvragen
from banenafspraak.register.aanvragen import Aanvraaghandeling, Aanvraaginzage, Aanvraagsoort, Aanvraagstatus
from banenafspraak.register.overgangen import NietMogelijk
from banenafspraak.web import aanvragen as shared
from banenafspraak.web.burger.aanvraag_forms import STAPPEN, AanvullingForm, steps_for
from banenafspraak.web.components.formulier import in_words
from banenafspraak.web.components.papieren import DocumentForm, show
from banenafspraak.web.components.parts import Crumb, clock
from banenafspraak.web.requests import ActorRequest

ONTVANGST = "ontvangst van een aanvraag bevestigen"


def _crumbs(*more: Crumb) -> tuple[Crumb, ...]:
    return (Crumb(_("Aanvraag"), reverse("burger-aanvraag") if more else ""), *more)


def _own(request: ActorRequest, aanvraag_id: UUID) -> Aanvraaginzage:
    shared.require_burger(request.actor)
    return shared.look_or_404(request.actor, aanvraag_id, timezone.now())


@never_cache
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """What an application is, in plain words, and the own applications."""
    shared.require_burger(request.actor)
    today = timezone.localdate()
    own = [
        {
            "id": a.pk,
            "kenmerk": shared.reference(a.pk),
            "soort": shared.kind_name(a.soort),
            "status": shared.status_name(a.status),
            "concept": a.status == Aanvraagstatus.CONCEPT,
            "clock": clock(a.laatste_dag, today) if a.laatste_dag and a.status in _RUNNING else None,
        }
        for a in aanvragen.visible_to(request.actor).order_by("-begonnen_at")
    ]
    running = any(a["concept"] for a in own)
    return render(request, "burger/aanvraag.html", {"own": own, "running": running, "crumbs": _crumbs()})


_RUNNING = (Aanvraagstatus.INGEDIEND, Aanvraagstatus.ONTVANGST_BEVESTIGD, Aanvraagstatus.IN_BEHANDELING)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: ActorRequest) -> HttpResponse:
    """The first step; sent in, it makes the aanvraag. Who has one running goes on with that."""
    shared.require_burger(request.actor)
    naam, cls = STAPPEN["persoon"]
    form = cls(request.POST if request.method == "POST" else None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            aanvraag_id = aanvragen.start(
                actor=request.actor, geboortedatum=form.cleaned_data["geboortedatum"], now=timezone.now()
            )
            _keep(request.actor, aanvraag_id, "persoon", form.cleaned_data)
        except ValidationError as error:
            show(form, error)
        except NietMogelijk:
            return redirect("burger-aanvraag-status", aanvraag_id)
        else:
            if "later" in request.POST:
                return _kept(request)
            return redirect("burger-aanvraag-stap", aanvraag_id, "vraag")
    return _step_page(request, "persoon", str(naam), form, None, steps_for(None))


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: ActorRequest, aanvraag_id: UUID, stap: str) -> HttpResponse:
    """One step of the form. "Later verder" keeps what can be kept, also when something is still missing."""
    inzage = _own(request, aanvraag_id)
    if stap not in STAPPEN:
        raise Http404(_("Deze stap bestaat niet."))
    if inzage.status is not Aanvraagstatus.CONCEPT:
        return redirect("burger-aanvraag-status", aanvraag_id)
    naam, cls = STAPPEN[stap]
    data = request.POST if request.method == "POST" else None
    form = cls(data, initial=dict(inzage.velden.get(stap, {})), today=timezone.localdate())
    if data is not None:
        complete = form.is_valid()
        later = "later" in data
        if complete or later:
            try:
                _keep(request.actor, aanvraag_id, stap, form.cleaned_data)
            except ValidationError as error:
                show(form, error)
            except NietMogelijk as error:
                messages.warning(request, error.melding)
                return redirect("burger-aanvraag-status", aanvraag_id)
            else:
                if later:
                    return _kept(request)
                soort = form.cleaned_data.get("soort") or inzage.soort
                return redirect(_next(request, aanvraag_id, stap, soort))
    return _step_page(request, stap, str(naam), form, aanvraag_id, steps_for(inzage.soort))


def _next(request: ActorRequest, aanvraag_id: UUID, stap: str, soort: str | None) -> str:
    """Where a step leads: back to the summary for who came from there, else on to the next."""
    steps = steps_for(soort)
    after = steps[steps.index(stap) + 1 :] if stap in steps else ()
    if request.GET.get("terug") == "controleren" or not after:
        name = "burger-aanvraag-controleren" if request.GET.get("terug") else "burger-aanvraag-documenten"
        return reverse(name, args=[aanvraag_id])
    return reverse("burger-aanvraag-stap", args=[aanvraag_id, after[0]])


def _keep(actor: Actor, aanvraag_id: UUID, stap: str, cleaned: dict[str, Any]) -> None:
    """Keep one step: what must be found lies open, the rest sealed."""
    velden = {naam: shared.to_plain(value) for naam, value in cleaned.items() if value not in (None, "")}
    opened: dict[str, Any] = {}
    if stap == "persoon":
        opened = {
            "geboortedatum": cleaned.get("geboortedatum"),
            "woongemeente": cleaned.get("woongemeente") or None,
            "woont_in_buitenland": bool(cleaned.get("buitenland")),
        }
    elif stap == "vraag" and cleaned.get("soort"):
        opened = {"soort": Aanvraagsoort(cleaned["soort"])}
    aanvragen.save_step(actor=actor, aanvraag_id=aanvraag_id, stap=stap, velden=velden, **opened, now=timezone.now())


def _kept(request: ActorRequest) -> HttpResponse:
    messages.success(request, _("Wij hebben uw antwoorden bewaard. U kunt later verder."))
    return redirect("burger-aanvraag")


def _step_page(
    request: ActorRequest, stap: str, naam: str, form: forms.Form, aanvraag_id: UUID | None, steps: tuple[str, ...]
) -> HttpResponse:
    at = steps.index(stap) if stap in steps else 0
    back = reverse("burger-aanvraag")
    if request.GET.get("terug") == "controleren" and aanvraag_id:
        back = reverse("burger-aanvraag-controleren", args=[aanvraag_id])
    elif at and aanvraag_id:
        back = reverse("burger-aanvraag-stap", args=[aanvraag_id, steps[at - 1]])
    context = {
        "form": form,
        "naam": naam,
        "stap": stap,
        "nummer": at + 1,
        "totaal": len(steps) + 2,
        "back": back,
        "may_wait": aanvraag_id is not None,
        "single": len(form.fields) == 1,
        "crumbs": _crumbs(Crumb(naam)),
    }
    return render(request, "burger/aanvraag_stap.html", context)


# --- Documents ---------------------------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: ActorRequest, aanvraag_id: UUID) -> HttpResponse:
    """Add documents, and take them away again as long as the form was not sent."""
    inzage = _own(request, aanvraag_id)
    if inzage.status not in (Aanvraagstatus.CONCEPT, Aanvraagstatus.WACHT_OP_AANVULLING):
        return redirect("burger-aanvraag-status", aanvraag_id)
    form = DocumentForm()
    if request.method == "POST":
        form = DocumentForm.received(request)
        if form.is_valid() and form.add(actor=request.actor, aanvraag_id=aanvraag_id, now=timezone.now()):
            messages.success(request, _("Het document is toegevoegd."))
            return redirect("burger-aanvraag-documenten", aanvraag_id)
    concept = inzage.status is Aanvraagstatus.CONCEPT
    last = steps_for(inzage.soort)[-1]
    context = {
        "form": form,
        "papers": shared.papers(request.actor, aanvraag_id),
        "aanvraag_id": aanvraag_id,
        "may_remove": concept,
        "nummer": len(steps_for(inzage.soort)) + 1,
        "totaal": len(steps_for(inzage.soort)) + 2,
        "concept": concept,
        "back": reverse("burger-aanvraag-stap", args=[aanvraag_id, last])
        if concept
        else reverse("burger-aanvraag-status", args=[aanvraag_id]),
        "next": reverse("burger-aanvraag-controleren" if concept else "burger-aanvraag-aanvullen", args=[aanvraag_id]),
        "crumbs": _crumbs(Crumb(_("Documenten"))),
    }
    return render(request, "burger/aanvraag_documenten.html", context)


@never_cache
@require_POST
def remove_document(request: ActorRequest, aanvraag_id: UUID, document_id: UUID) -> HttpResponse:
    """Take a document away; one that is gone already is no fault."""
    shared.require_burger(request.actor)
    try:
        aanvraagdocumenten.remove(actor=request.actor, document_id=document_id, now=timezone.now())
    except ObjectDoesNotExist:
        pass
    except NietMogelijk as error:
        messages.warning(request, error.melding)
        return redirect("burger-aanvraag-status", aanvraag_id)
    else:
        messages.success(request, _("Het document is weggehaald."))
    return redirect("burger-aanvraag-documenten", aanvraag_id)


@never_cache
@require_safe
def document(request: ActorRequest, aanvraag_id: UUID, document_id: UUID) -> HttpResponse:
    """Download one of the documents."""
    shared.require_burger(request.actor)
    return shared.paper_response(request.actor, document_id, aanvraag_id, timezone.now())


# --- Check, send, follow -----------------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: ActorRequest, aanvraag_id: UUID) -> HttpResponse:
    """Every answer with a link to change it; sent from here. Sending twice sends once."""
    inzage = _own(request, aanvraag_id)
    if inzage.status is not Aanvraagstatus.CONCEPT:
        return redirect("burger-aanvraag-verstuurd", aanvraag_id)
    today = timezone.localdate()
    steps = steps_for(inzage.soort)
    missing = [naam for naam in steps if not _is_complete(naam, inzage)]
    problems: list[str] = []
    if request.method == "POST" and not missing:
        try:
            aanvragen.submit(actor=request.actor, aanvraag_id=aanvraag_id, now=timezone.now())
        except ValidationError as error:
            problems = error.messages
        except NietMogelijk as error:
            messages.warning(request, error.melding)
            return redirect("burger-aanvraag-status", aanvraag_id)
        else:
            return redirect("burger-aanvraag-verstuurd", aanvraag_id)
    sections = []
    for naam in steps:
        title, cls = STAPPEN[naam]
        url = reverse("burger-aanvraag-stap", args=[aanvraag_id, naam]) + "?terug=controleren"
        found = shared.answers_of(cls(today=today), inzage.velden.get(naam, {}), url)
        sections.append({"title": str(title), "answers": found, "missing": naam in missing, "url": url})
    context = {
        "sections": sections,
        "missing": bool(missing),
        "problems": problems,
        "papers": shared.papers(request.actor, aanvraag_id),
        "aanvraag_id": aanvraag_id,
        "nummer": len(steps) + 2,
        "crumbs": _crumbs(Crumb(_("Controleren"))),
    }
    return render(request, "burger/aanvraag_controleren.html", context)


def _is_complete(stap: str, inzage: Aanvraaginzage) -> bool:
    cls = STAPPEN[stap][1]
    return cls(dict(inzage.velden.get(stap, {})), today=timezone.localdate()).is_valid()


@never_cache
@require_safe
def sent(request: ActorRequest, aanvraag_id: UUID) -> HttpResponse:
    """It came in: the reference, what happens now, by when, and the receipt to keep."""
    inzage = _own(request, aanvraag_id)
    if inzage.ontvangen_op is None:
        return redirect("burger-aanvraag-controleren", aanvraag_id)
    context = {
        "kenmerk": shared.reference(aanvraag_id),
        "last_day": in_words(inzage.laatste_dag) if inzage.laatste_dag else "",
        "confirm_by": in_words(inzage.bevestigen_uiterlijk_op) if inzage.bevestigen_uiterlijk_op else "",
        "aanvraag_id": aanvraag_id,
        "crumbs": _crumbs(Crumb(_("Verstuurd"))),
    }
    return render(request, "burger/aanvraag_verstuurd.html", context)


@never_cache
@require_safe
def status(request: ActorRequest, aanvraag_id: UUID) -> HttpResponse:
    """How far it is: what happened, what is asked, the letters, and how to stop."""
    inzage = _own(request, aanvraag_id)
    today = timezone.localdate()
    running = inzage.status in (*_RUNNING, Aanvraagstatus.WACHT_OP_AANVULLING)
    context = {
        "inzage": inzage,
        "kenmerk": shared.reference(aanvraag_id),
        "soort": shared.kind_name(inzage.soort),
        "status": shared.status_name(inzage.status),
        "clock": clock(inzage.laatste_dag, today, still=inzage.staat_stil) if running else None,
        "last_day": in_words(inzage.laatste_dag) if inzage.laatste_dag and running else "",
        "concept": inzage.status is Aanvraagstatus.CONCEPT and Aanvraaghandeling.BEWAREN in inzage.mag,
        "decided": inzage.status is Aanvraagstatus.BESLIST,
        "asked": inzage.aanvulling,
        "may_add": Aanvraaghandeling.AANVULLEN in inzage.mag,
        "may_withdraw": Aanvraaghandeling.INTREKKEN in inzage.mag,
        "moments": shared.moments(inzage),
        "letters": shared.letters(inzage),
        "papers": shared.papers(request.actor, aanvraag_id),
        "crumbs": _crumbs(Crumb(shared.reference(aanvraag_id))),
    }
    return render(request, "burger/aanvraag_status.html", context)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: ActorRequest, aanvraag_id: UUID) -> HttpResponse:
    """Answer the request for more: documents first, then what one wants to write, then send."""
    inzage = _own(request, aanvraag_id)
    if Aanvraaghandeling.AANVULLEN not in inzage.mag:
        return redirect("burger-aanvraag-status", aanvraag_id)
    form = AanvullingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            aanvragen.complete(
                actor=request.actor,
                aanvraag_id=aanvraag_id,
                toelichting=form.cleaned_data["toelichting"],
                now=timezone.now(),
            )
        except NietMogelijk as error:
            messages.warning(request, error.melding)
        else:
            messages.success(request, _("Dank u. Wij hebben uw informatie ontvangen en gaan verder met uw aanvraag."))
        return redirect("burger-aanvraag-status", aanvraag_id)
    context = {
        "form": form,
        "asked": inzage.aanvulling,
        "papers": shared.papers(request.actor, aanvraag_id),
        "aanvraag_id": aanvraag_id,
        "crumbs": _crumbs(Crumb(_("Informatie sturen"))),
    }
    return render(request, "burger/aanvraag_aanvullen.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ActorRequest, aanvraag_id: UUID) -> HttpResponse:
    """Stop the application, after a page that says what that means."""
    inzage = _own(request, aanvraag_id)
    if request.method == "POST":
        try:
            aanvragen.withdraw(actor=request.actor, aanvraag_id=aanvraag_id, now=timezone.now())
        except NietMogelijk as error:
            messages.warning(request, error.melding)
        else:
            messages.success(request, _("Uw aanvraag is gestopt. U kunt altijd een nieuwe aanvraag doen."))
        return redirect("burger-aanvraag-status", aanvraag_id)
    if Aanvraaghandeling.INTREKKEN not in inzage.mag:
        return redirect("burger-aanvraag-status", aanvraag_id)
    context = {"kenmerk": shared.reference(aanvraag_id), "aanvraag_id": aanvraag_id}
    context["crumbs"] = _crumbs(Crumb(_("Aanvraag stoppen")))
    return render(request, "burger/aanvraag_intrekken.html", context)


@never_cache
@require_safe
def letter(request: ActorRequest, aanvraag_id: UUID, brief: str) -> HttpResponse:
    """One of the letters about this aanvraag, as PDF."""
    return shared.letter_response(request.actor, _own(request, aanvraag_id), brief, timezone.now())
