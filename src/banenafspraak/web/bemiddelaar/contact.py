"""Requests for contact on the bemiddelaar's desk: the list with its clocks, one request, and answers passed on."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import contact, mensen, toestemmingen
from banenafspraak.bemiddeling.contact import Voorstel
from banenafspraak.bemiddeling.contactwoorden import (
    LOPEND,
    Contactdoel,
    Contactuitkomst,
    Ongeschiktreden,
    Voorstelstatus,
)
from banenafspraak.register.overgangen import NietMogelijk
from banenafspraak.web.bemiddelaar.contact_forms import AnderForm, DoorgeefForm, OordeelForm, VerzoekenForm
from banenafspraak.web.components.formulier import in_words, show_errors
from banenafspraak.web.components.parts import Crumb, clock
from banenafspraak.web.contactwoorden import DOELEN, REDENEN, UITKOMSTEN, VOOR_BEMIDDELAAR, answers_of
from banenafspraak.web.requests import ActorRequest, understood

PAGE = 25


def _crumbs(*last: Crumb) -> tuple[Crumb, ...]:
    own = Crumb(_("Vragen van werkgevers"), reverse("bemiddelaar-verzoeken") if last else "")
    return (Crumb(_("Mijn werk"), reverse("bemiddelaar")), own, *last)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def worklist(request: ActorRequest) -> HttpResponse:
    """What waits, what must be done first on top; several can be judged at once. Each person shown is logged."""
    require(request.actor, Permission.CONTACT_HANDLE)
    now = timezone.now()
    if request.method == "POST":
        return _judge_chosen(request, now)
    form = VerzoekenForm(request.GET)
    chosen = understood(form)
    found = _ordered(_narrowed(contact.visible_to(request.actor, now=now), chosen.get("stand", ""), now), chosen)
    page = Paginator(found, PAGE).get_page(request.GET.get("pagina"))
    shown = list(page)
    names = mensen.names_of(request.actor, [v.persoon_id for v in shown], now=now)
    mensen.log_requests(request.actor, shown, now=now)
    context = {
        "rows": [_row(v, names, now) for v in shown],
        "may_judge": any(v.status == Voorstelstatus.VOORGESTELD for v in shown),
        "page": page,
        "form": form,
        "oordeel": OordeelForm(),
        "query": urlencode(chosen),
        "filtered": bool(chosen),
        "crumbs": _crumbs(),
    }
    return render(request, "bemiddelaar/verzoeken.html", context)


def _narrowed(found: QuerySet[Voorstel], stand: str, now: datetime) -> QuerySet[Voorstel]:
    today = timezone.localtime(now).date()
    conditions = {
        "": Q(status=Voorstelstatus.VOORGESTELD),
        "gevraagd": Q(status=Voorstelstatus.GEVRAAGD),
        "bellen": mensen.to_call(now),
        "te-laat": Q(status=Voorstelstatus.VOORGESTELD, eerste_antwoord_op__lt=today),
        "ja": Q(status=Voorstelstatus.JA),
        "klaar": ~Q(status__in=[s.value for s in (*LOPEND, Voorstelstatus.JA)]),
    }
    return found.filter(conditions.get(stand, Q()))


def _ordered(found: QuerySet[Voorstel], chosen: dict[str, str]) -> QuerySet[Voorstel]:
    match chosen.get("volgorde"):
        case "nieuw":
            return found.order_by("-voorgesteld_at", "pk")
        case "werkgever":
            return found.order_by("werkgever__naam", "eerste_antwoord_op", "pk")
    return found.order_by("eerste_antwoord_op", "voorgesteld_at", "pk")


def _judge_chosen(request: ActorRequest, now: datetime) -> HttpResponse:
    form = OordeelForm(request.POST)
    ids = [UUID(text) for text in request.POST.getlist("voorstel") if _is_uuid(text)][:PAGE]
    back = redirect(f"{reverse('bemiddelaar-verzoeken')}?{urlencode(understood(VerzoekenForm(request.GET)))}")
    fits = request.POST.get("oordeel") == "past"
    if not form.is_valid() or (not fits and not form.cleaned_data["reden"]):
        messages.warning(request, _("Kies een reden waarom het niet past."))
        return back
    if not ids:
        messages.warning(request, _("Kies eerst een of meer vragen."))
        return back
    reden = None if fits else Ongeschiktreden(form.cleaned_data["reden"])
    done, late = contact.judge_many(actor=request.actor, voorstel_ids=ids, reden=reden, now=now)
    if done:
        text = ngettext("%(aantal)d vraag is behandeld.", "%(aantal)d vragen zijn behandeld.", done)
        messages.success(request, text % {"aantal": done})
    if late:
        text = ngettext(
            "%(aantal)d vraag was intussen al veranderd.", "%(aantal)d vragen waren intussen al veranderd.", late
        )
        messages.warning(request, text % {"aantal": late})
    return back


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _row(voorstel: Voorstel, names: dict[UUID, str], now: datetime) -> dict[str, Any]:
    today = timezone.localtime(now).date()
    waits = voorstel.status == Voorstelstatus.VOORGESTELD
    last = voorstel.eerste_antwoord_op if waits else voorstel.antwoord_op
    return {
        "id": voorstel.pk,
        "persoon_id": voorstel.persoon_id,
        "naam": names.get(voorstel.persoon_id, ""),
        "werkgever": voorstel.werkgever.naam,
        "doel": DOELEN[Contactdoel(voorstel.doel)],
        "status": VOOR_BEMIDDELAAR[Voorstelstatus(voorstel.status)],
        "waits": waits,
        "clock": clock(last, today) if voorstel.status in [s.value for s in LOPEND] else None,
        "asked": in_words(timezone.localtime(voorstel.voorgesteld_at).date()),
        "escalated": voorstel.te_laat_at is not None and waits,
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: ActorRequest, voorstel_id: UUID) -> HttpResponse:
    """One request for one person: who asks what, and what can be done now. The look is logged."""
    require(request.actor, Permission.CONTACT_HANDLE)
    now = timezone.now()
    voorstel = _own_or_404(request, voorstel_id, now)
    oordeel = OordeelForm(request.POST if request.POST.get("handeling") == "past-niet" else None)
    ander: AnderForm | None = None
    if voorstel.status == Voorstelstatus.VOORGESTELD:
        people = mensen.people_to_choose(request.actor, voorstel=voorstel, now=now)
        ander = AnderForm(request.POST if request.POST.get("handeling") == "iemand-anders" else None, people=people)
    if request.method == "POST" and _act(request, voorstel, oordeel, ander, now):
        return redirect("bemiddelaar-verzoek", voorstel_id)
    mensen.log_requests(request.actor, [voorstel], now=now)
    names = mensen.names_of(request.actor, [voorstel.persoon_id], now=now)
    vacature, aanbod = contact.texts_of(voorstel.verzoek)
    given = toestemmingen.visible_to(request.actor, now=now).filter(voorstel=voorstel).first()
    data = toestemmingen.given(given) if given else None
    status = Voorstelstatus(voorstel.status)
    context = {
        **_row(voorstel, names, now),
        "vacature": vacature,
        "aanbod": aanbod,
        "held": voorstel.verzoek.controle == "vastgehouden",
        "first_by": in_words(voorstel.eerste_antwoord_op),
        "answer_by": in_words(voorstel.antwoord_op),
        "reden": REDENEN[Ongeschiktreden(voorstel.reden)] if voorstel.reden else "",
        "uitkomst": UITKOMSTEN[Contactuitkomst(voorstel.uitkomst)] if voorstel.uitkomst else "",
        "asked_person": status is Voorstelstatus.GEVRAAGD,
        "oordeel": oordeel,
        "ander": ander,
        "form": ander if ander is not None and ander.is_bound else oordeel,
        "consent": given.pk if given and given.geeindigd_at is None else None,
        "until": in_words(given.geldig_tot - timedelta(days=1)) if given else "",
        "answers": answers_of(data) if data else (),
        "crumbs": _crumbs(Crumb(_("Vraag"))),
    }
    return render(request, "bemiddelaar/verzoek.html", context)


def _own_or_404(request: ActorRequest, voorstel_id: UUID, now: datetime) -> Voorstel:
    voorstel = contact.visible_to(request.actor, now=now).filter(pk=voorstel_id).first()
    if voorstel is None:
        raise Http404
    return voorstel


def _act(
    request: ActorRequest, voorstel: Voorstel, oordeel: OordeelForm, ander: AnderForm | None, now: datetime
) -> bool:
    """Do what was pressed; False when the page should show what is missing."""
    handeling, pk = request.POST.get("handeling"), voorstel.pk
    try:
        if handeling == "past":
            contact.approve(actor=request.actor, voorstel_id=pk, now=now)
            messages.success(request, _("De persoon krijgt de vraag."))
        elif handeling == "past-niet":
            if not oordeel.is_valid() or not oordeel.cleaned_data["reden"]:
                oordeel.add_error("reden", _("Kies een reden waarom het niet past."))
                return False
            reden = Ongeschiktreden(oordeel.cleaned_data["reden"])
            contact.reject(actor=request.actor, voorstel_id=pk, reden=reden, now=now)
            messages.success(request, _("Vastgelegd. De werkgever merkt hier niets van."))
        elif handeling == "iemand-anders" and ander is not None:
            if not ander.is_valid():
                return False
            contact.think_of_other(
                actor=request.actor, voorstel_id=pk, persoon_id=UUID(ander.cleaned_data["persoon"]), now=now
            )
            messages.success(request, _("U dacht aan iemand anders. Die vraag staat nu in uw lijst."))
        elif handeling == "nee":
            contact.decline(actor=request.actor, voorstel_id=pk, now=now)
            messages.success(request, _("Vastgelegd. De werkgever merkt hier niets van."))
        else:
            messages.warning(request, _("Dit kan hier niet."))
    except NietMogelijk as refused:
        messages.warning(request, refused.melding)
    return True


@never_cache
@sensitive_post_parameters("naam", "telefoonnummer", "emailadres")
@require_http_methods(["GET", "HEAD", "POST"])
def pass_on(request: ActorRequest, voorstel_id: UUID) -> HttpResponse:
    """A yes that the person gave in a conversation: the same choices as the person has, with the same words."""
    require(request.actor, Permission.CONTACT_HANDLE)
    now = timezone.now()
    voorstel = _own_or_404(request, voorstel_id, now)
    record = mensen.record_of(request.actor, voorstel.persoon_id, now=now)
    form = DoorgeefForm(request.POST if request.method == "POST" else None, record=record)
    if request.method == "POST" and form.is_valid():
        try:
            toestemmingen.give(
                actor=request.actor,
                voorstel_id=voorstel_id,
                record=record,
                gegevens=form.gekozen(),
                bereikbaar=form.bereikbaar(),
                weken=form.cleaned_data["weken"],
                now=now,
            )
        except ValidationError as error:
            show_errors(form, error)
        except NietMogelijk as refused:
            messages.warning(request, refused.melding)
            return redirect("bemiddelaar-verzoek", voorstel_id)
        else:
            messages.success(request, _("Het ja is doorgegeven. De persoon krijgt er een bericht over."))
            return redirect("bemiddelaar-verzoek", voorstel_id)
    mensen.log_requests(request.actor, [voorstel], now=now)
    context = {
        "form": form,
        "werkgever": voorstel.werkgever.naam,
        "id": voorstel_id,
        "crumbs": _crumbs(
            Crumb(_("Vraag"), reverse("bemiddelaar-verzoek", args=[voorstel_id])), Crumb(_("Ja doorgeven"))
        ),
    }
    return render(request, "bemiddelaar/ja_doorgeven.html", context, status=400 if form.errors else 200)


@require_POST
def withdraw(request: ActorRequest, toestemming_id: UUID) -> HttpResponse:
    """Pass on that the person takes a yes back."""
    now = timezone.now()
    try:
        done = toestemmingen.withdraw(actor=request.actor, toestemming_id=toestemming_id, now=now)
    except PermissionDenied:
        require(request.actor, Permission.CONTACT_HANDLE)
        raise Http404 from None
    messages.success(request, _("Ingetrokken. De werkgever ziet niets meer.") if done else _("Dit was al voorbij."))
    voorstel_id = (
        toestemmingen.visible_to(request.actor, now=now).values_list("voorstel_id", flat=True).get(pk=toestemming_id)
    )
    return redirect("bemiddelaar-verzoek", voorstel_id)
