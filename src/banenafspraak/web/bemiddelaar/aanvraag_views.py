"""What a gemeente asks of UWV about an inhabitant, and what it is told. Never anything about health."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, SuspiciousOperation, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banenafspraak.access.actor import Actor, college_of
from banenafspraak.register import aanvraagdocumenten, aanvragen, beoordeling, gemeenteberichten
from banenafspraak.register.aanvragen import Aanvraaghandeling, Aanvraagsoort, Aanvraagstatus
from banenafspraak.register.overgangen import NietMogelijk
from banenafspraak.web import aanvragen as shared
from banenafspraak.web.bemiddelaar.aanvraag_forms import InwonerForm, ListForm
from banenafspraak.web.components.formulier import in_words
from banenafspraak.web.components.papieren import DocumentForm, show
from banenafspraak.web.components.parts import Crumb, clock
from banenafspraak.web.requests import ActorRequest

_RUNNING = (
    Aanvraagstatus.INGEDIEND,
    Aanvraagstatus.ONTVANGST_BEVESTIGD,
    Aanvraagstatus.IN_BEHANDELING,
    Aanvraagstatus.WACHT_OP_AANVULLING,
)
_GROUPS = {"lopend": _RUNNING, "beslist": (Aanvraagstatus.BESLIST,), "concept": (Aanvraagstatus.CONCEPT,)}
PAGE = 25


def require_college(actor: Actor) -> str:
    """The CBS code of the gemeente this actor acts for. Raises `PermissionDenied` for anybody else."""
    code = college_of(actor)
    if code is None:
        raise PermissionDenied("only who acts for a gemeente")
    return code


def crumbs(*more: Crumb) -> tuple[Crumb, ...]:
    """The way back to the list."""
    return (Crumb(_("Aanvragen"), reverse("gemeente-aanvragen") if more else ""), *more)


@never_cache
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """The applications of this gemeente, newest first, by status."""
    code = require_college(request.actor)
    today = timezone.localdate()
    form = ListForm(request.GET)
    chosen = form.cleaned_data["status"] if form.is_valid() else ""
    found = aanvragen.visible_to(request.actor).order_by("-begonnen_at")
    if chosen:
        found = found.filter(status__in=_GROUPS[chosen])
    page = Paginator(found, PAGE).get_page(request.GET.get("pagina"))
    rows = [
        {
            "id": a.pk,
            "kenmerk": shared.reference(a.pk),
            "soort": shared.kind_name(a.soort),
            "status": shared.status_name(a.status),
            "ontvangen": in_words(a.ontvangen_op) if a.ontvangen_op else "",
            "clock": clock(a.laatste_dag, today) if a.status in _RUNNING else None,
        }
        for a in page
    ]
    context = {
        "rows": rows,
        "page": page,
        "form": form,
        "query": urlencode({"status": chosen}) if chosen else "",
        "chosen": chosen,
        "gemeente": shared.gemeente_name(code),
        "unread": gemeenteberichten.visible_to(request.actor).filter(gelezen_at=None).count(),
        "crumbs": crumbs(),
    }
    return render(request, "bemiddelaar/aanvragen.html", context)


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: ActorRequest) -> HttpResponse:
    """Ask for an inhabitant; the BSN is typed here and stands in no address."""
    code = require_college(request.actor)
    form = InwonerForm(request.POST if request.method == "POST" else None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        cleaned, now = form.cleaned_data, timezone.now()
        try:
            aanvraag_id = aanvragen.start(
                actor=request.actor, geboortedatum=cleaned["geboortedatum"], bsn=cleaned["bsn"], now=now
            )
            aanvragen.save_step(
                actor=request.actor,
                aanvraag_id=aanvraag_id,
                stap="persoon",
                velden={naam: cleaned[naam] for naam in ("naam", "adres", "postcode", "plaats", "reden")},
                soort=Aanvraagsoort(cleaned["soort"]),
                woongemeente=code,
                woont_in_buitenland=False,
                geboortedatum=cleaned["geboortedatum"],
                now=now,
            )
        except ValidationError as error:
            show(form, error)
        except NietMogelijk:
            messages.warning(request, _("Uw gemeente heeft voor deze persoon al een aanvraag lopen."))
            return redirect("gemeente-aanvraag", aanvraag_id)
        else:
            messages.success(request, _("De aanvraag is bewaard. Voeg documenten toe en verstuur haar daarna."))
            return redirect("gemeente-aanvraag", aanvraag_id)
    context = {"form": form, "gemeente": shared.gemeente_name(code), "crumbs": crumbs(Crumb(_("Nieuwe aanvraag")))}
    return render(request, "bemiddelaar/aanvraag_nieuw.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: ActorRequest, aanvraag_id: UUID) -> HttpResponse:
    """One application: how far it is, the own documents, and the outcome. A POST adds a document."""
    require_college(request.actor)
    now = timezone.now()
    inzage = shared.look_or_404(request.actor, aanvraag_id, now)
    form: forms.Form = DocumentForm()
    if request.method == "POST":
        form = DocumentForm.received(request)
        if form.is_valid() and form.add(actor=request.actor, aanvraag_id=aanvraag_id, now=now):
            messages.success(request, _("Het document is toegevoegd."))
            return redirect("gemeente-aanvraag", aanvraag_id)
    decided = inzage.status is Aanvraagstatus.BESLIST
    outcome: dict[str, Any] = {}
    if decided:
        beslissing = beoordeling.read_besluit(actor=request.actor, aanvraag_id=aanvraag_id, now=now)
        outcome = {
            "naam": shared.outcome_name(beslissing.uitkomst),
            "dag": in_words(beslissing.genomen_op),
            "ingeschreven": beslissing.ingeschreven,
            "was_al": beslissing.was_al_geregistreerd,
            "advies_id": beslissing.beschutwerkadvies_id,
        }
    running = inzage.status in _RUNNING
    context = {
        "form": form,
        "aanvraag_id": aanvraag_id,
        "kenmerk": shared.reference(aanvraag_id),
        "soort": shared.kind_name(inzage.soort),
        "status": shared.status_name(inzage.status),
        "concept": inzage.status is Aanvraagstatus.CONCEPT,
        "clock": clock(inzage.laatste_dag, timezone.localdate(), still=inzage.staat_stil) if running else None,
        "last_day": in_words(inzage.laatste_dag) if running and inzage.laatste_dag else "",
        "asked": inzage.aanvulling,
        "outcome": outcome,
        "may_send": Aanvraaghandeling.INDIENEN in inzage.mag,
        "may_add": Aanvraaghandeling.AANVULLEN in inzage.mag,
        "may_upload": inzage.status not in (Aanvraagstatus.BESLIST, Aanvraagstatus.INGETROKKEN),
        "may_withdraw": Aanvraaghandeling.INTREKKEN in inzage.mag,
        "moments": shared.moments(inzage),
        "papers": shared.papers(request.actor, aanvraag_id),
        "crumbs": crumbs(Crumb(shared.reference(aanvraag_id))),
    }
    return render(request, "bemiddelaar/aanvraag.html", context)


@never_cache
@require_POST
def act(request: ActorRequest, aanvraag_id: UUID) -> HttpResponse:
    """Send the application, or say that what was asked has been sent; which of the two stands in the button."""
    require_college(request.actor)
    now = timezone.now()
    try:
        if request.POST.get("handeling") == "versturen":
            aanvragen.submit(actor=request.actor, aanvraag_id=aanvraag_id, now=now)
            messages.success(request, _("De aanvraag is verstuurd naar UWV."))
        elif request.POST.get("handeling") == "aanvullen":
            aanvragen.complete(actor=request.actor, aanvraag_id=aanvraag_id, now=now)
            messages.success(request, _("UWV gaat verder met de aanvraag."))
        else:
            raise SuspiciousOperation("unknown action")
    except ObjectDoesNotExist:
        shared.look_or_404(request.actor, aanvraag_id, now)
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
    except NietMogelijk as error:
        messages.warning(request, error.melding)
    return redirect("gemeente-aanvraag", aanvraag_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ActorRequest, aanvraag_id: UUID) -> HttpResponse:
    """Stop the application, after a page that asks whether to."""
    require_college(request.actor)
    now = timezone.now()
    inzage = shared.look_or_404(request.actor, aanvraag_id, now)
    if request.method == "POST":
        try:
            aanvragen.withdraw(actor=request.actor, aanvraag_id=aanvraag_id, now=now)
        except NietMogelijk as error:
            messages.warning(request, error.melding)
        else:
            messages.success(request, _("De aanvraag is gestopt."))
        return redirect("gemeente-aanvraag", aanvraag_id)
    if Aanvraaghandeling.INTREKKEN not in inzage.mag:
        return redirect("gemeente-aanvraag", aanvraag_id)
    context = {"kenmerk": shared.reference(aanvraag_id), "aanvraag_id": aanvraag_id}
    context["crumbs"] = crumbs(Crumb(_("Aanvraag stoppen")))
    return render(request, "bemiddelaar/aanvraag_intrekken.html", context)


@never_cache
@require_safe
def document(request: ActorRequest, aanvraag_id: UUID, document_id: UUID) -> HttpResponse:
    """Download a document that the gemeente sent in itself."""
    require_college(request.actor)
    return shared.paper_response(request.actor, document_id, aanvraag_id, timezone.now())


@never_cache
@require_POST
def remove_document(request: ActorRequest, aanvraag_id: UUID, document_id: UUID) -> HttpResponse:
    """Take a document away, as long as the application was not sent; one that is gone already is no fault."""
    require_college(request.actor)
    try:
        aanvraagdocumenten.remove(actor=request.actor, document_id=document_id, now=timezone.now())
    except ObjectDoesNotExist:
        pass
    except NietMogelijk as error:
        messages.warning(request, error.melding)
    return redirect("gemeente-aanvraag", aanvraag_id)
