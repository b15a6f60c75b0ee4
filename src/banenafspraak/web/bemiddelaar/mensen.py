"""The bench of a bemiddelaar: what waits, the own people, and one of them with the whole story."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from banenafspraak.access import gebieden
from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import gegeven, mensen, plaatsingen
from banenafspraak.bemiddeling.contact import LEVENSLOOP, Voorstelhandeling
from banenafspraak.bemiddeling.contactwoorden import Contactdoel, Gegeven, Voorstelstatus
from banenafspraak.bemiddeling.mensen import Volgorde, Zicht
from banenafspraak.bemiddeling.plaatsingen import Plaatsing
from banenafspraak.bemiddeling.plaatsingwoorden import Plaatsingstatus
from banenafspraak.bemiddeling.profielrecord import Contact
from banenafspraak.bemiddeling.profielwoorden import Profielstatus
from banenafspraak.bemiddeling.wens import of_query
from banenafspraak.web.bemiddelaar.contact_forms import MensenForm
from banenafspraak.web.components.formulier import in_words
from banenafspraak.web.components.parts import Crumb, Moment, number
from banenafspraak.web.components.registerwoorden import LABELS, last_day
from banenafspraak.web.contactwoorden import DOELEN, STAPPEN, VOOR_BEMIDDELAAR, profile_answers, profile_status
from banenafspraak.web.plaatsingwoorden import SOORTEN, feiten_of, period, stand_of, telzin
from banenafspraak.web.requests import ActorRequest, understood
from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.grondlabel import label_of


def _crumbs(*last: Crumb) -> tuple[Crumb, ...]:
    own = Crumb(_("Mijn mensen"), reverse("bemiddelaar-mensen") if last else "")
    return (Crumb(_("Mijn werk"), reverse("bemiddelaar")), own, *last)


@never_cache
@require_safe
def home(request: ActorRequest) -> HttpResponse:
    """What waits for this bemiddelaar, in numbers that lead to the lists; a gemeente gets its own tasks below."""
    require(request.actor, Permission.CONTACT_HANDLE)
    supply = mensen.supply(request.actor, now=timezone.now())
    gemeente = gebieden.gemeente(request.actor.gemeente) if request.actor.gemeente else None
    context = {
        "gemeente": gemeente.naam if gemeente else "",
        "supply": supply,
        "crumbs": (Crumb(_("Mijn werk")),),
    }
    return render(request, "bemiddelaar/home.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: ActorRequest) -> HttpResponse:
    """The own people, a page at a time; several can be asked at once to look at their profile. Each is logged."""
    require(request.actor, Permission.CONTACT_HANDLE)
    now = timezone.now()
    if request.method == "POST":
        return _ask_chosen(request)
    form = MensenForm(request.GET)
    chosen = understood(form)
    found = mensen.look_at_page(
        actor=request.actor,
        zicht=Zicht(chosen.get("zicht", Zicht.ALLE)),
        volgorde=Volgorde(chosen.get("volgorde", Volgorde.BEVESTIGD)),
        nummer=_page_number(request),
        wens=of_query(chosen) if chosen.get("werk") or chosen.get("waar") else None,
        now=now,
    )
    context = {
        "rows": [_row(regel) for regel in found.regels],
        "page": Paginator(range(found.aantal), mensen.PER_PAGE).get_page(found.nummer),
        "aantal": number(found.aantal),
        "form": form,
        "query": urlencode(chosen),
        "filtered": bool(chosen),
        "crumbs": _crumbs(),
    }
    return render(request, "bemiddelaar/mensen.html", context)


def _ask_chosen(request: ActorRequest) -> HttpResponse:
    back = redirect(f"{reverse('bemiddelaar-mensen')}?{urlencode(understood(MensenForm(request.GET)))}")
    ids = []
    for text in request.POST.getlist("persoon")[: mensen.PER_PAGE]:
        try:
            ids.append(UUID(text))
        except ValueError:
            continue
    if not ids:
        messages.warning(request, _("Kies eerst een of meer mensen."))
        return back
    done = mensen.ask_to_confirm(actor=request.actor, persoon_ids=ids, now=timezone.now())
    text = ngettext("%(aantal)d persoon krijgt een bericht.", "%(aantal)d mensen krijgen een bericht.", done)
    messages.success(request, text % {"aantal": done})
    return back


def _row(regel: mensen.Mensregel) -> dict[str, Any]:
    gebied = gebieden.gemeente(regel.gemeente)
    return {
        "id": regel.persoon_id,
        "naam": regel.naam or regel.bsn.reveal(),
        "gemeente": gebied.naam if gebied else "",
        "status": profile_status(regel.status, regel.te_vinden),
        "bevestigd": in_words(regel.bevestigd_op) if regel.bevestigd_op else _("Nog nooit"),
        "verzoeken": regel.verzoeken,
    }


@never_cache
@require_safe
def detail(request: ActorRequest, persoon_id: UUID) -> HttpResponse:
    """One of the own people: register, profile, questions of employers, consents. The look is logged."""
    require(request.actor, Permission.CONTACT_HANDLE)
    try:
        mens = mensen.look_at(actor=request.actor, persoon_id=persoon_id, now=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    gebied = gebieden.gemeente(mens.gemeente)
    shown = [k for k in Gegeven if k is not Gegeven.CONTACT]
    context = {
        "id": persoon_id,
        "naam": mens.bereikbaar.naam or _("Naam is niet ingevuld"),
        "contact": mens.bereikbaar,
        "bsn": mens.bsn.reveal(),
        "born": in_words(mens.geboortedatum) if mens.geboortedatum else "",
        "gemeente": gebied.naam if gebied else "",
        "status": profile_status(Profielstatus(mens.profiel.status), mens.te_vinden),
        "confirmed": in_words(mens.profiel.beschikbaar_bevestigd_op) if mens.profiel.beschikbaar_bevestigd_op else "",
        "registraties": [
            {
                "grond": LABELS[label_of(Grond(r.grond))],
                "from": in_words(r.vanaf),
                "until": in_words(last_day(r.tot)) if r.tot else "",
            }
            for r in mens.registraties
        ],
        "answers": profile_answers(gegeven.gather(mens.record, shown, Contact()).profiel),
        "requests": [
            {
                "id": v.pk,
                "werkgever": v.werkgever.naam,
                "doel": DOELEN[Contactdoel(v.doel)],
                "status": VOOR_BEMIDDELAAR[Voorstelstatus(v.status)],
                "day": in_words(timezone.localtime(v.voorgesteld_at).date()),
            }
            for v in mens.voorstellen
        ],
        "placements": [_placement(p, bool(mens.registraties)) for p in mens.plaatsingen],
        "consents": [
            {
                "id": t.pk,
                "werkgever": t.werkgever.naam,
                "until": in_words(last_day(t.geldig_tot)),
                "lives": t.geeindigd_at is None,
            }
            for t in mens.toestemmingen
        ],
        "moments": tuple(
            Moment(
                title=f"{STAPPEN[Voorstelhandeling(s.handeling)]}: {s.voorstel.werkgever.naam}",
                day=in_words(timezone.localtime(s.at).date()),
            )
            for s in mens.stappen
            if s.handeling in LEVENSLOOP.overgangen
        ),
        "crumbs": _crumbs(Crumb(_("Een persoon"))),
    }
    return render(request, "bemiddelaar/mens.html", context)


def _placement(plaatsing: Plaatsing, in_register: bool) -> dict[str, Any]:
    inhoud, status = plaatsingen.inhoud_of(plaatsing), Plaatsingstatus(plaatsing.status)
    return {
        "id": plaatsing.pk,
        "werkgever": (inhoud.inlener or inhoud.werkgever).naam,
        "soort": SOORTEN[inhoud.soort],
        "period": period(inhoud.begint_op, inhoud.eindigt_op),
        "status": stand_of(status, inhoud.eindigt_op, timezone.localdate()),
        "telt": telzin(
            feiten_of(inhoud), status, inhoud.eindigt_op, in_register=in_register, peildatum=timezone.localdate()
        ).zin,
    }


def _page_number(request: ActorRequest) -> int:
    text = request.GET.get("pagina", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
