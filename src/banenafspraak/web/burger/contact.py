"""What employers ask of me: who, what, which data, until when; my yes and no; what runs, and how to take it back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banenafspraak.bemiddeling import berichten, contact, mensen, toestemmingen
from banenafspraak.bemiddeling.contact import Voorstel
from banenafspraak.bemiddeling.contactwoorden import Contactdoel, Contactuitkomst, Voorstelstatus
from banenafspraak.bemiddeling.toestemmingen import Toestemming
from banenafspraak.register import inzage
from banenafspraak.register.overgangen import NietMogelijk
from banenafspraak.web.components.formulier import in_words, show_errors
from banenafspraak.web.components.parts import Crumb, clock
from banenafspraak.web.components.registerwoorden import last_day
from banenafspraak.web.contactwoorden import DOELEN, UITKOMSTEN, VOOR_BURGER, answers_of
from banenafspraak.web.requests import ActorRequest
from banenafspraak.web.toestemmingformulier import ToestemmingForm


def _crumbs(*last: Crumb) -> tuple[Crumb, ...]:
    own = Crumb(_("Vragen van werkgevers"), reverse("burger-contact") if last else "")
    return (Crumb(_("Mijn overzicht"), reverse("burger")), own, *last)


@never_cache
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """What waits for my answer, what I gave and to whom, and what there was before."""
    inzage.require_own_bsn(request.actor)
    now = timezone.now()
    found = [_row(v, now) for v in contact.visible_to(request.actor, now=now).order_by("-voorgesteld_at", "pk")]
    given = list(toestemmingen.visible_to(request.actor, now=now))
    context = {
        "waiting": [row for row in found if row["waits"]],
        "consents": [_consent(t) for t in given if t.geeindigd_at is None],
        "others": [row for row in found if not row["waits"] and row["status_code"] != Voorstelstatus.JA],
        "crumbs": _crumbs(),
    }
    return render(request, "burger/contact.html", context)


def _row(voorstel: Voorstel, now: datetime) -> dict[str, Any]:
    today = timezone.localtime(now).date()
    waits = voorstel.status == Voorstelstatus.GEVRAAGD and voorstel.antwoord_op >= today
    return {
        "id": voorstel.pk,
        "werkgever": voorstel.werkgever.naam,
        "doel": DOELEN[Contactdoel(voorstel.doel)],
        "status": VOOR_BURGER[Voorstelstatus(voorstel.status)],
        "status_code": voorstel.status,
        "uitkomst": UITKOMSTEN[Contactuitkomst(voorstel.uitkomst)] if voorstel.uitkomst else "",
        "day": in_words(timezone.localtime(voorstel.voorgesteld_at).date()),
        "last": in_words(voorstel.antwoord_op),
        "clock": clock(voorstel.antwoord_op, today) if waits else None,
        "waits": waits,
    }


def _consent(toestemming: Toestemming) -> dict[str, Any]:
    given = toestemmingen.given(toestemming)
    return {
        "id": toestemming.pk,
        "werkgever": toestemming.werkgever.naam,
        "doel": DOELEN[Contactdoel(toestemming.doel)],
        "until": in_words(last_day(toestemming.geldig_tot)),
        "day": in_words(timezone.localtime(toestemming.gegeven_at).date()),
        "answers": answers_of(given) if given else (),
        "passed_on": toestemming.doorgegeven_door_id is not None,
    }


@never_cache
@sensitive_post_parameters("naam", "telefoonnummer", "emailadres")
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: ActorRequest, voorstel_id: UUID) -> HttpResponse:
    """One question: who asks what, what a yes would give, and both answers."""
    inzage.require_own_bsn(request.actor)
    now = timezone.now()
    voorstel = contact.visible_to(request.actor, now=now).filter(pk=voorstel_id).first()
    if voorstel is None:
        raise Http404
    row = _row(voorstel, now)
    form: ToestemmingForm | None = None
    if row["waits"]:
        record = mensen.own_record(request.actor, now=now)
        form = ToestemmingForm(request.POST if request.method == "POST" else None, record=record)
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
                return redirect("burger-contact")
            else:
                messages.success(request, _("U zei ja. U kunt dat altijd weer intrekken."))
                return redirect("burger-contact")
    elif request.method == "POST":
        messages.warning(request, _("U hebt hier al op geantwoord, of het kan niet meer."))
        return redirect("burger-contact")
    berichten.mark_read(actor=request.actor, over=voorstel_id, now=now)
    vacature, aanbod = contact.texts_of(voorstel.verzoek) if contact.may_read(voorstel) else ("", "")
    context = {
        **row,
        "form": form,
        "vacature": vacature,
        "aanbod": aanbod,
        "crumbs": _crumbs(Crumb(_("Vraag"))),
    }
    return render(request, "burger/contactvraag.html", context, status=400 if form and form.errors else 200)


@require_POST
def decline(request: ActorRequest, voorstel_id: UUID) -> HttpResponse:
    """Say no. The employer is not told."""
    inzage.require_own_bsn(request.actor)
    try:
        contact.decline(actor=request.actor, voorstel_id=voorstel_id, now=timezone.now())
        messages.success(request, _("U zei nee. De werkgever krijgt uw naam niet, en hoort niet dat u nee zei."))
    except PermissionDenied:
        raise Http404 from None
    except NietMogelijk as refused:
        messages.warning(request, refused.melding)
    return redirect("burger-contact")


@require_POST
def withdraw(request: ActorRequest, toestemming_id: UUID) -> HttpResponse:
    """Take a yes back: it acts at once."""
    inzage.require_own_bsn(request.actor)
    try:
        done = toestemmingen.withdraw(actor=request.actor, toestemming_id=toestemming_id, now=timezone.now())
    except PermissionDenied:
        raise Http404 from None
    if done:
        messages.success(request, _("Ingetrokken. De werkgever ziet uw gegevens niet meer."))
    else:
        messages.info(request, _("Deze toestemming was al voorbij."))
    return redirect("burger-contact")
