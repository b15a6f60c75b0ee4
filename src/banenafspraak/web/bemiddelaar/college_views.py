"""What the college decides and establishes itself: beschut werk, the loonwaarde, and the messages of UWV."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from banenafspraak.register import beschutwerk, gemeenteberichten, praktijkroute
from banenafspraak.register.overgangen import NietMogelijk
from banenafspraak.web import aanvragen as shared
from banenafspraak.web.bemiddelaar.aanvraag_forms import BerekeningForm, CollegebesluitForm, PlaatsingForm
from banenafspraak.web.bemiddelaar.aanvraag_views import PAGE, crumbs, require_college
from banenafspraak.web.components.formulier import in_words
from banenafspraak.web.components.papieren import show
from banenafspraak.web.components.parts import Crumb
from banenafspraak.web.requests import ActorRequest
from banenafspraak.wet.feiten import FeitenFout
from banenafspraak.wet.loonwaarde import loonwaarde


@never_cache
@require_safe
def advices(request: ActorRequest) -> HttpResponse:
    """UWV's advices about beschut werk for inhabitants; what still needs a decision comes first."""
    require_college(request.actor)
    found = beschutwerk.visible_to(request.actor).order_by(F("besloten_op").desc(nulls_first=True), "geadviseerd_op")
    page = Paginator(found, PAGE).get_page(request.GET.get("pagina"))
    rows = [
        {
            "id": a.pk,
            "kenmerk": shared.reference(a.pk, "B"),
            "advies": _("Positief") if a.positief else _("Negatief"),
            "dag": in_words(a.geadviseerd_op),
            "besluit": _decision_in_words(a.vastgesteld),
            "open": a.vastgesteld is None,
        }
        for a in page
    ]
    context = {"rows": rows, "page": page, "crumbs": crumbs(Crumb(_("Beschut werk")))}
    return render(request, "bemiddelaar/adviezen.html", context)


def _decision_in_words(vastgesteld: bool | None) -> str:
    if vastgesteld is None:
        return _("Nog geen besluit")
    return _("Beschut werk vastgesteld") if vastgesteld else _("Geen beschut werk")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def advice(request: ActorRequest, advies_id: UUID) -> HttpResponse:
    """One advice: the college's decision, and after that the sheltered place."""
    require_college(request.actor)
    now = timezone.now()
    found = beschutwerk.visible_to(request.actor).filter(pk=advies_id).first()
    if found is None:
        raise Http404(_("Dit advies is er niet, of het is niet van uw gemeente."))
    placing = found.vastgesteld is True
    form: Any = (PlaatsingForm if placing else CollegebesluitForm)(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            if placing:
                beschutwerk.place(actor=request.actor, advies_id=advies_id, vanaf=form.cleaned_data["vanaf"], now=now)
                messages.success(request, _("De plaatsing is bewaard."))
            else:
                end = beschutwerk.decide(actor=request.actor, advies_id=advies_id, now=now, **form.cleaned_data)
                text = _("Het besluit is bewaard.")
                if end is not None:
                    text += " " + _("De registratie eindigt op %(dag)s.") % {"dag": in_words(end)}
                messages.success(request, text)
        except ValidationError as error:
            show(form, error)
        except NietMogelijk as error:
            form.add_error(None, error.melding)
        else:
            return redirect("gemeente-advies", advies_id)
    context = {
        "form": form,
        "kenmerk": shared.reference(advies_id, "B"),
        "bsn": beschutwerk.reveal_bsn(actor=request.actor, advies_id=advies_id, now=now).reveal(),
        "positive": found.positief,
        "asked_by_person": found.aanvrager == "persoon",
        "dag": in_words(found.geadviseerd_op),
        "besluit": _decision_in_words(found.vastgesteld),
        "besluit_dag": in_words(found.besloten_op) if found.besloten_op else "",
        "decided": found.vastgesteld is not None,
        "placing": placing,
        "places": [
            (in_words(p.geldig.lower), in_words(p.geldig.upper) if p.geldig.upper else "")
            for p in found.plaatsingen.all()
        ],
        "crumbs": crumbs(
            Crumb(_("Beschut werk"), reverse("gemeente-adviezen")), Crumb(shared.reference(advies_id, "B"))
        ),
    }
    return render(request, "bemiddelaar/advies.html", context)


@never_cache
@require_safe
def wage_values(request: ActorRequest) -> HttpResponse:
    """The loonwaarden this gemeente established, newest first."""
    require_college(request.actor)
    found = praktijkroute.visible_to(request.actor).order_by("-recorded_at")
    page = Paginator(found, PAGE).get_page(request.GET.get("pagina"))
    rows = [
        {
            "kenmerk": value.kenmerk,
            "dag": in_words(value.vastgesteld_op),
            "percentage": "-" if value.percentage is None else f"{value.percentage}%",
            "gevolg": _effect(value.registratie_id is not None, value.was_al_geregistreerd),
        }
        for value in page
    ]
    context = {"rows": rows, "page": page, "crumbs": crumbs(Crumb(_("Loonwaarde")))}
    return render(request, "bemiddelaar/loonwaarden.html", context)


def _effect(registered: bool, already: bool) -> str:
    if registered:
        return _("Ingeschreven in het register")
    return _("Stond al in het register") if already else _("Geen inschrijving")


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def wage_value(request: ActorRequest) -> HttpResponse:
    """Establish a loonwaarde: first the calculation with its steps, then keep it. The same reference twice is once."""
    require_college(request.actor)
    now = timezone.now()
    form = BerekeningForm(request.POST if request.method == "POST" else None)
    uitkomst = None
    if request.method == "POST" and form.is_valid():
        try:
            feiten = form.feiten()
            uitkomst = loonwaarde(feiten, peildatum=timezone.localdate())
            if request.POST.get("handeling") == "vastleggen":
                kept = praktijkroute.record(
                    actor=request.actor,
                    bsn=form.cleaned_data["bsn"],
                    geboortedatum=form.cleaned_data["geboortedatum"],
                    kenmerk=form.cleaned_data["kenmerk"],
                    feiten=feiten,
                    now=now,
                )
                effect = _effect(kept.ingeschreven_vanaf is not None, kept.was_al_geregistreerd)
                messages.success(request, _("De loonwaarde is vastgelegd. Gevolg: %(gevolg)s.") % {"gevolg": effect})
                return redirect("gemeente-loonwaarden")
        except FeitenFout as error:
            for text in error.fouten:
                form.add_error(None, text.partition(": ")[2].capitalize() or text)
        except ValidationError as error:
            show(form, error)
    context = {
        "form": form,
        "uitkomst": uitkomst,
        "crumbs": crumbs(Crumb(_("Loonwaarde"), reverse("gemeente-loonwaarden")), Crumb(_("Nieuwe loonwaarde"))),
    }
    return render(request, "bemiddelaar/loonwaarde.html", context)


_NOTICES: dict[str, Promise] = {
    "advies_beschut_werk": gettext_lazy("UWV gaf een advies over beschut werk"),
    "besluit": gettext_lazy("UWV besloot op een aanvraag"),
    "uitschrijving": gettext_lazy("Iemand is uitgeschreven uit het register"),
}


@never_cache
@require_safe
def notices(request: ActorRequest) -> HttpResponse:
    """What UWV tells this gemeente about its inhabitants. About whom stands on the page of the message itself."""
    require_college(request.actor)
    found = gemeenteberichten.visible_to(request.actor)
    page = Paginator(found, PAGE).get_page(request.GET.get("pagina"))
    rows = [
        {"id": b.pk, "tekst": str(_NOTICES[b.soort]), "dag": in_words(b.datum), "gelezen": b.gelezen_at is not None}
        for b in page
    ]
    context = {"rows": rows, "page": page, "crumbs": crumbs(Crumb(_("Berichten van UWV")))}
    return render(request, "bemiddelaar/berichten.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: ActorRequest, bericht_id: UUID) -> HttpResponse:
    """One message with the person it is about, which is logged; a POST notes that it was read."""
    require_college(request.actor)
    now = timezone.now()
    found = gemeenteberichten.visible_to(request.actor).filter(pk=bericht_id).first()
    if found is None:
        raise Http404(_("Dit bericht is er niet, of het is niet voor uw gemeente."))
    if request.method == "POST":
        gemeenteberichten.mark_read(actor=request.actor, bericht_id=bericht_id, now=now)
        return redirect("gemeente-berichten")
    context = {
        "tekst": str(_NOTICES[found.soort]),
        "dag": in_words(found.datum),
        "bsn": gemeenteberichten.reveal_bsn(actor=request.actor, bericht_id=bericht_id, now=now).reveal(),
        "gelezen": found.gelezen_at is not None,
        "crumbs": crumbs(Crumb(_("Berichten van UWV"), reverse("gemeente-berichten")), Crumb(_("Bericht"))),
    }
    return render(request, "bemiddelaar/bericht.html", context)
