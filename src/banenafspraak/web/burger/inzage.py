"""Own insight: am I registered and why, what it means, who looked, what is not right, and everything at once."""

import json
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banenafspraak.access import logboek
from banenafspraak.access.logboek import Blik
from banenafspraak.access.permissions import Permission, Rol, require
from banenafspraak.bemiddeling import contact, eigeninzage
from banenafspraak.register import herstel, inzage, meldingen
from banenafspraak.register.inzage import EigenRegistratie
from banenafspraak.register.meldingen import Meldinghandeling
from banenafspraak.register.meldingwoorden import Meldingonderwerp, Meldingsoort, Meldingstatus
from banenafspraak.register.overgangen import NietMogelijk
from banenafspraak.web.burger import gegevens_pdf
from banenafspraak.web.burger.inzage_forms import BlikkenForm, MeldingForm
from banenafspraak.web.components.formulier import in_words, show_errors
from banenafspraak.web.components.parts import Crumb, number
from banenafspraak.web.components.registerwoorden import (
    EINDEREDENEN,
    GEVOLGEN,
    GRONDEN,
    ZELF_SYSTEEM,
    gezien_text,
    handeling_text,
    last_day,
)
from banenafspraak.web.herstelwoorden import made
from banenafspraak.web.meldingwoorden import SOORTNAMEN, STATUSNAMEN
from banenafspraak.web.requests import ActorRequest, understood
from banenafspraak.wet.gevolgen import ARTIKELEN

PER_PAGE = 25
ON_THE_FRONT = 5


def _home() -> Crumb:
    return Crumb(_("Mijn overzicht"), reverse("burger"))


def _questions(aantal: int) -> str:
    if not aantal:
        return ""
    text = ngettext(
        "%(aantal)d werkgever wacht op uw antwoord.", "%(aantal)d werkgevers wachten op uw antwoord.", aantal
    )
    return text % {"aantal": aantal}


@never_cache
@require_safe
def home(request: ActorRequest) -> HttpResponse:
    """Am I registered, since when, on which ground and what does that mean; and who looked last."""
    require(request.actor, Permission.OWN_VIEW)
    if request.actor.bsn is None:
        return render(request, "burger/zonder_bsn.html", {"crumbs": (Crumb(_("Mijn overzicht")),)})
    found = inzage.own_overview(actor=request.actor, peildatum=timezone.localdate(), now=timezone.now())
    running = [
        {
            **_registration(registratie),
            "on_registration": [(GEVOLGEN[g], ARTIKELEN[g]) for g in gevolgen.op_registratie],
            "on_ground": [(GEVOLGEN[g], ARTIKELEN[g]) for g in gevolgen.op_grond],
        }
        for registratie, gevolgen in found.gevolgen()
    ]
    own = list(meldingen.visible_to(request.actor)[:ON_THE_FRONT])
    context = {
        "overview": found,
        "questions": _questions(contact.waiting_for_answer(request.actor, now=timezone.now())),
        "today": in_words(found.peildatum),
        "since": in_words(found.sinds) if found.sinds else "",
        "running": running,
        "others": [_registration(registratie) for registratie in found.overig],
        "before": [_registration(registratie) for registratie in found.eerder],
        "gemeente": found.woonplaats.gemeente if found.woonplaats else "",
        "looks": [_look(blik) for blik in logboek.looks_at(request.actor, limit=ON_THE_FRONT)],
        "meldingen": [_report_row(m) for m in own],
        "crumbs": (Crumb(_("Mijn overzicht")),),
    }
    return render(request, "burger/overzicht.html", context)


@never_cache
@require_safe
def looks(request: ActorRequest) -> HttpResponse:
    """Who did what with my data, newest first; by organisation and period."""
    inzage.require_own_bsn(request.actor)
    form = BlikkenForm(request.GET, organisaties=list(logboek.lookers(request.actor)))
    keuze = form.keuze()
    total = logboek.count_looks(request.actor, keuze=keuze)
    page = Paginator(range(total), PER_PAGE).get_page(request.GET.get("pagina"))
    found = logboek.looks_at(request.actor, keuze=keuze, limit=PER_PAGE, offset=(page.number - 1) * PER_PAGE)
    chosen = understood(form)
    context = {
        "form": form,
        "looks": [_look(blik) for blik in found],
        "total": number(total),
        "page": page,
        "query": urlencode(chosen),
        "filtered": bool(chosen),
        "crumbs": (_home(), Crumb(_("Wie keek er mee"))),
    }
    return render(request, "burger/blikken.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: ActorRequest, registratie_id: int | None = None, blik: str = "") -> HttpResponse:
    """Say that the registration, its absence, or one look is not right."""
    inzage.require_own_bsn(request.actor)
    about = logboek.look(request.actor, blik) if blik else None
    if blik and about is None:
        raise Http404
    onderwerp = Meldingonderwerp.BLIK if blik else Meldingonderwerp.REGISTRATIE
    form = MeldingForm(request.POST if request.method == "POST" else None, onderwerp=onderwerp)
    if request.method == "POST" and form.is_valid():
        try:
            melding_id = meldingen.report(
                actor=request.actor,
                soort=Meldingsoort(form.cleaned_data["soort"]),
                toelichting=form.cleaned_data["toelichting"],
                registratie_id=registratie_id,
                blik=blik,
                peildatum=timezone.localdate(),
                now=timezone.now(),
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Wij hebben uw melding ontvangen."))
            return redirect("burger-melding", melding_id)
    own = None
    if registratie_id is not None:
        own = inzage.own_registratie(actor=request.actor, registratie_id=registratie_id, now=timezone.now())
    context = {
        "form": form,
        "look": _look(about) if about else None,
        "registration": _registration(own) if own else None,
        "crumbs": (_home(), Crumb(_("Er klopt iets niet"))),
    }
    return render(request, "burger/klopt_niet.html", context)


@never_cache
@require_safe
def reports(request: ActorRequest) -> HttpResponse:
    """Everything I reported, newest first."""
    inzage.require_own_bsn(request.actor)
    page = Paginator(meldingen.visible_to(request.actor), PER_PAGE).get_page(request.GET.get("pagina"))
    context = {"rows": [_report_row(m) for m in page], "page": page, "crumbs": (_home(), Crumb(_("Mijn meldingen")))}
    return render(request, "burger/meldingen.html", context)


@never_cache
@require_safe
def report_detail(request: ActorRequest, melding_id: UUID) -> HttpResponse:
    """One melding of mine: how far it is, by when there is an answer, and the answer."""
    inzage.require_own_bsn(request.actor)
    try:
        seen = meldingen.look_at(actor=request.actor, melding_id=melding_id, now=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    about = logboek.look(request.actor, seen.blik) if seen.blik else None
    context = {
        "melding": seen,
        "soort": SOORTNAMEN[seen.soort],
        "status": STATUSNAMEN[seen.status],
        "reported": in_words(timezone.localtime(seen.ingediend_at).date()),
        "last_day": in_words(seen.uiterlijk_op),
        "waiting": seen.status in (Meldingstatus.INGEDIEND, Meldingstatus.IN_BEHANDELING),
        "answered": in_words(timezone.localtime(seen.beantwoord_at).date()) if seen.beantwoord_at else "",
        "may_withdraw": Meldinghandeling.INTREKKEN in seen.mag,
        "look": _look(about) if about else None,
        "mended": made(herstel.made_for(actor=request.actor, melding_id=melding_id)),
        "crumbs": (_home(), Crumb(_("Mijn meldingen"), reverse("burger-meldingen")), Crumb(_("Melding"))),
    }
    return render(request, "burger/melding.html", context)


@require_POST
def withdraw(request: ActorRequest, melding_id: UUID) -> HttpResponse:
    """Take a melding back."""
    inzage.require_own_bsn(request.actor)
    if not meldingen.visible_to(request.actor).filter(pk=melding_id).exists():
        raise Http404
    try:
        meldingen.withdraw(actor=request.actor, melding_id=melding_id, now=timezone.now())
        messages.success(request, _("Uw melding is ingetrokken."))
    except NietMogelijk as refused:
        messages.warning(request, refused.melding)
    return redirect("burger-melding", melding_id)


@never_cache
@require_safe
def data(request: ActorRequest) -> HttpResponse:
    """What the download holds, and the ways to fetch it."""
    inzage.require_own_bsn(request.actor)
    return render(request, "burger/gegevens.html", {"crumbs": (_home(), Crumb(_("Al mijn gegevens")))})


@never_cache
@require_POST
def data_json(request: ActorRequest) -> HttpResponse:
    """Everything, for a programme. With POST: it is logged, and no link from elsewhere starts it."""
    found = _everything(request, timezone.now())
    text = json.dumps(found, ensure_ascii=False, indent=2)
    return _download(text.encode(), "json", "application/json")


@never_cache
@require_POST
def data_pdf(request: ActorRequest) -> HttpResponse:
    """Everything, to read."""
    now = timezone.now()
    found = _everything(request, now)
    return _download(gegevens_pdf.to_pdf(found, made_at=now), "pdf", "application/pdf")


def _everything(request: ActorRequest, now: datetime) -> dict[str, Any]:
    found = inzage.everything(actor=request.actor, peildatum=timezone.localtime(now).date(), now=now)
    return {**found, **eigeninzage.dossier(actor=request.actor, now=now)}


def _download(content: bytes, extension: str, media_type: str) -> HttpResponse:
    naam = f"mijn-gegevens-{timezone.localdate().isoformat()}.{extension}"
    return HttpResponse(
        content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{naam}"'}
    )


def _registration(registratie: EigenRegistratie) -> dict[str, object]:
    uitleg, mended = GRONDEN[registratie.grond], registratie.herstel
    return {
        "id": registratie.id,
        "title": uitleg.title,
        "text": uitleg.text,
        "article": registratie.artikel,
        "from": in_words(registratie.vanaf),
        "until": in_words(last_day(registratie.tot)) if registratie.tot else "",
        "reason": EINDEREDENEN[registratie.einde_reden] if registratie.einde_reden else "",
        "written": in_words(timezone.localtime(registratie.vastgelegd_at).date()),
        "replaced": in_words(timezone.localtime(registratie.vervangen_at).date()) if registratie.vervangen_at else "",
        "mended": in_words(timezone.localtime(mended.hersteld_at).date()) if mended else "",
        "mended_reason": mended.reden if mended else "",
        "gone": mended is not None and mended.na is None,
    }


def _look(blik: Blik) -> dict[str, object]:
    at = timezone.localtime(blik.at)
    return {
        "key": blik.operation_id,
        "organisatie": _("U zelf") if blik.rol == Rol.BURGER else blik.organisatie or ZELF_SYSTEEM,
        "moment": f"{in_words(at.date())}, {at:%H:%M}",
        "handeling": handeling_text(blik.handeling),
        "doel": blik.doel,
        "gezien": gezien_text(blik.handeling, gelukt=blik.gelukt),
    }


def _report_row(melding: meldingen.Melding) -> dict[str, object]:
    return {
        "id": melding.pk,
        "soort": SOORTNAMEN[Meldingsoort(melding.soort)],
        "status": STATUSNAMEN[Meldingstatus(melding.status)],
        "day": in_words(melding.ontvangen_op),
    }
