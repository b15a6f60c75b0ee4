"""The requests of an employer for contact: ask from a card, see how far they are, and who said yes.

No page says how many people were thought of, who judged, or why somebody is not there. What these pages show follows
from the request itself, the clock, and a yes that was released.
"""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import bewaard, contact, toestemmingen, verkenner
from banenafspraak.bemiddeling.contact import Contactverzoek
from banenafspraak.bemiddeling.contactwoorden import Contactdoel, Contactstatus, Contactuitkomst
from banenafspraak.bemiddeling.toestemmingen import Vrijgave
from banenafspraak.bemiddeling.wens import of_query
from banenafspraak.web import contactpuntpagina
from banenafspraak.web.components.formulier import in_words, show_errors
from banenafspraak.web.components.parts import Clock, Crumb, clock
from banenafspraak.web.contactwoorden import DOELEN, UITKOMSTEN, answers_of
from banenafspraak.web.requests import ActorRequest, understood
from banenafspraak.web.werkgever.contact_forms import UitkomstForm, VerzoekenForm, VraagForm

PAGE = 25


def _crumbs(*last: Crumb) -> tuple[Crumb, ...]:
    own = Crumb(_("Uw verzoeken om contact"), reverse("employer-requests") if last else "")
    return (Crumb(_("Werkgever"), reverse("employer")), own, *last)


@never_cache
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """The own requests, the newest first. Names nobody."""
    require(request.actor, Permission.CONTACT_ASK)
    now = timezone.now()
    form = VerzoekenForm(request.GET)
    chosen = understood(form)
    found = contact.requests_of(request.actor)
    if chosen.get("stand") == "lopend":
        found = found.filter(status=Contactstatus.OPEN, sluit_at__gt=now)
    elif chosen.get("stand") == "klaar":
        found = found.exclude(status=Contactstatus.OPEN, sluit_at__gt=now)
    page = Paginator(found, PAGE).get_page(request.GET.get("pagina"))
    released = _by_request(toestemmingen.released_to(actor=request.actor, now=now))
    context = {
        "rows": [_row(verzoek, released.get(verzoek.pk, []), now) for verzoek in page],
        "page": page,
        "form": form,
        "query": urlencode(chosen),
        "filtered": bool(chosen),
        "crumbs": _crumbs(),
    }
    return render(request, "werkgever/verzoeken.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: ActorRequest, kaart: str) -> HttpResponse:
    """Ask for contact with people who fit a card; one that is gone says so, and leads back to searching."""
    require(request.actor, Permission.CONTACT_ASK)
    now = timezone.now()
    if not _is_there(request, kaart, now):
        crumbs = (Crumb(_("Werkgever"), reverse("employer")), Crumb(_("Vragen om contact")))
        return render(request, "werkgever/kaart_is_weg.html", {"crumbs": crumbs}, status=404)
    form = VraagForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            verzoek_id = contact.ask(
                actor=request.actor,
                kaart_id=kaart,
                aantal=data["aantal"],
                vacature_tekst=data["vacature_tekst"],
                aanbod=data["aanbod"],
                doel=Contactdoel(data["doel"]),
                wens=of_query(request.GET).query(),
                sleutel=data["sleutel"],
                now=now,
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Uw verzoek is verstuurd."))
            return redirect("employer-request", verzoek_id)
    context = {
        "form": form,
        "days": contact.LOOPTIJD,
        "crumbs": (Crumb(_("Werkgever"), reverse("employer")), Crumb(_("Vragen om contact"))),
    }
    return render(request, "werkgever/vraag_contact.html", context, status=400 if form.errors else 200)


def _is_there(request: ActorRequest, kaart: str, now: datetime) -> bool:
    """Whether this employer may see the card now: one of this week's search, or one that it saved."""
    try:
        saved = bewaard.card(UUID(kaart), actor=request.actor, now=now)
    except ValueError:
        return verkenner.card(kaart, actor=request.actor, now=now) is not None
    return saved is not None and saved.is_er


@never_cache
@require_safe
def detail(request: ActorRequest, verzoek_id: UUID) -> HttpResponse:
    """One own request, with whoever said yes. Each name on the page is a row in the logboek."""
    require(request.actor, Permission.CONTACT_ASK)
    now = timezone.now()
    verzoek = _own_or_404(request, verzoek_id)
    released = _by_request(toestemmingen.released_to(actor=request.actor, now=now)).get(verzoek_id, [])
    vacature, aanbod = contact.texts_of(verzoek)
    context = {
        **_row(verzoek, released, now),
        "vacature": vacature,
        "aanbod": aanbod,
        "people": [person for v in released if (person := _person(request, v, now))],
        "past": [_past(v) for v in released if not v.leeft],
        "may_stop": verzoek.status == Contactstatus.OPEN and (verzoek.sluit_at > now or any(v.leeft for v in released)),
        "held": verzoek.controle == "vastgehouden",
        "contactkaarten": contactpuntpagina.for_employer(request.actor, first=_region_of(verzoek)),
        "crumbs": _crumbs(Crumb(_("Verzoek"))),
    }
    return render(request, "werkgever/verzoek.html", context)


def _region_of(verzoek: Contactverzoek) -> str:
    """Where this employer was looking, as far as it said so."""
    plek = of_query(verzoek.wens).plek if verzoek.wens else None
    return plek.regio if plek else ""


@require_POST
def stop(request: ActorRequest, verzoek_id: UUID) -> HttpResponse:
    """Ask no more: what was given is not shown any longer."""
    verzoek = _own_or_404(request, verzoek_id)
    if contact.stop(actor=request.actor, verzoek_id=verzoek.pk, now=timezone.now()):
        messages.success(request, _("Uw verzoek is ingetrokken. U ziet geen gegevens meer."))
    return redirect("employer-request", verzoek_id)


@require_POST
def outcome(request: ActorRequest, verzoek_id: UUID, toestemming_id: UUID) -> HttpResponse:
    """Say what came of one contact."""
    _own_or_404(request, verzoek_id)
    form = UitkomstForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Kies wat ervan is gekomen."))
    elif toestemmingen.finish(
        actor=request.actor,
        toestemming_id=toestemming_id,
        uitkomst=Contactuitkomst(form.cleaned_data["uitkomst"]),
        now=timezone.now(),
    ):
        messages.success(request, _("Bedankt. De bemiddelaar ziet wat ervan is gekomen."))
    else:
        messages.warning(request, _("Dit kan niet meer: u mag deze gegevens niet meer gebruiken."))
    return redirect("employer-request", verzoek_id)


def _own_or_404(request: ActorRequest, verzoek_id: UUID) -> Contactverzoek:
    require(request.actor, Permission.CONTACT_ASK)
    verzoek = contact.requests_of(request.actor).filter(pk=verzoek_id).first()
    if verzoek is None:
        raise Http404
    return verzoek


def _by_request(released: list[Vrijgave]) -> dict[UUID, list[Vrijgave]]:
    found: dict[UUID, list[Vrijgave]] = {}
    for vrijgave in released:
        found.setdefault(vrijgave.verzoek_id, []).append(vrijgave)
    return found


def _row(verzoek: Contactverzoek, released: list[Vrijgave], now: datetime) -> dict[str, Any]:
    closes, today = timezone.localtime(verzoek.sluit_at).date(), timezone.localtime(now).date()
    return {
        "id": verzoek.pk,
        "doel": DOELEN[Contactdoel(verzoek.doel)],
        "asked": in_words(timezone.localtime(verzoek.gevraagd_at).date()),
        "closes": in_words(closes),
        "status": _status(verzoek, released, now),
        "clock": clock(closes, today) if _runs(verzoek, now) else None,
        "runs": _runs(verzoek, now),
        "aantal": verzoek.aantal,
    }


def _runs(verzoek: Contactverzoek, now: datetime) -> bool:
    return verzoek.status == Contactstatus.OPEN and verzoek.sluit_at > now


def _status(verzoek: Contactverzoek, released: list[Vrijgave], now: datetime) -> str:
    if verzoek.status == Contactstatus.INGETROKKEN:
        return _("Ingetrokken")
    living = sum(v.leeft for v in released)
    if living:
        return ngettext("%(aantal)d kandidaat wil contact", "%(aantal)d kandidaten willen contact", living) % {
            "aantal": living
        }
    if released:
        return _("Contact gehad")
    return _("Loopt") if verzoek.sluit_at > now else _("Klaar: er kwam geen contact")


def _person(request: ActorRequest, vrijgave: Vrijgave, now: datetime) -> dict[str, Any] | None:
    """What may be seen of one person; None when it was taken back in between."""
    if not vrijgave.leeft:
        return None
    seen = toestemmingen.look_at(actor=request.actor, toestemming_id=vrijgave.toestemming_id, now=now)
    if seen is None:
        return None
    last: Clock = clock(seen.geldig_tot - timedelta(days=1), timezone.localtime(now).date())
    return {
        "id": vrijgave.toestemming_id,
        "naam": seen.gegevens.contact.naam,
        "answers": answers_of(seen.gegevens),
        "until": in_words(seen.geldig_tot - timedelta(days=1)),
        "clock": last,
        "form": UitkomstForm(auto_id=f"id_{vrijgave.toestemming_id.hex[:8]}_%s"),
    }


def _past(vrijgave: Vrijgave) -> str:
    if vrijgave.uitkomst is not None:
        return str(UITKOMSTEN[vrijgave.uitkomst])
    return _("De toestemming is voorbij")
