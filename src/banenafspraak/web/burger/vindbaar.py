"""How employers see me: as one of a class, or with a card of my own; and from whom I hide."""

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from banenafspraak.access import organisaties
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import profielen, vindbaarheid, vumdeling
from banenafspraak.bemiddeling.vumwoorden import DelenVum
from banenafspraak.register import inzage
from banenafspraak.web.components import kaartwoorden
from banenafspraak.web.components.parts import Crumb, number
from banenafspraak.web.requests import ActorRequest


@never_cache
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """What employers see of me now, what a card of my own would say, and the employers who do not see me."""
    inzage.require_own_bsn(request.actor)
    require(request.actor, Permission.PROFIEL_VIEW)
    crumbs = (Crumb(_("Mijn overzicht"), reverse("burger")), Crumb(_("Hoe werkgevers mij vinden")))
    try:
        stand = vindbaarheid.stand(request.actor, now=timezone.now())
    except ObjectDoesNotExist:
        return render(request, "burger/vindbaar_leeg.html", {"crumbs": crumbs})
    asked = request.GET.get("zoek", "")[:80]
    hidden = list(vindbaarheid.hidden_from(request.actor))
    found = organisaties.find_werkgevers(asked)
    context = {
        "stand": stand,
        "class_facts": kaartwoorden.facts(stand.klasse) if stand.klasse else (),
        "own": _card(stand.zelf) if stand.zelf else None,
        "proposal": _card(stand.voorstel),
        "seen": json.dumps(stand.voorstel, sort_keys=True),
        "others": number(stand.ook_passend),
        "changed": bool(stand.zelf) and stand.zelf != stand.voorstel,
        "asked": asked,
        "found": [one for one in found if one.id not in {h.organisatie_id for h in hidden}],
        "hidden": hidden,
        "sharing": _sharing(request.actor),
        "crumbs": crumbs,
    }
    return render(request, "burger/vindbaar.html", context)


def _sharing(actor: Actor) -> dict[str, Any]:
    """The question whether the profile goes to other organisations, with the answer that holds now."""
    now = timezone.now()
    stand = vumdeling.choice_of(actor, now=now)
    words = {
        DelenVum.NIET: _("Nee, niet delen."),
        DelenVum.PROFIEL: _("Ja, maar niet hoe ik te bereiken ben, en niet wat ik nodig heb op het werk."),
        DelenVum.VOLLEDIG: _(
            "Ja, ook hoe ik te bereiken ben. Een gemeente of UWV ziet dan ook wat ik nodig heb op het werk."
        ),
    }
    return {
        "options": [(one.value, text, one is stand.keuze) for one, text in words.items()],
        "leverancier": stand.leverancier,
        "shares_now": stand.deelt_nu,
    }


@require_POST
def share(request: ActorRequest) -> HttpResponse:
    """Say whether my profile goes to other organisations through VUM."""
    inzage.require_own_bsn(request.actor)
    now = timezone.now()
    today = timezone.localtime(now).date()
    persoon_id = profielen.own_persoon(request.actor, peildatum=today, known_at=now)
    offered = {one.value: one for one in (DelenVum.NIET, DelenVum.PROFIEL, DelenVum.VOLLEDIG)}
    keuze = offered.get(request.POST.get("delen", ""))
    if persoon_id is None or profielen.get(request.actor, persoon_id, peildatum=today, known_at=now) is None:
        raise Http404
    if keuze is None:
        messages.warning(request, _("Kies of u uw profiel wilt delen, en hoe."))
    else:
        vumdeling.choose(actor=request.actor, persoon_id=persoon_id, keuze=keuze, now=now)
        messages.success(request, _("Uw keuze is bewaard en geldt vanaf nu."))
    return redirect("burger-vindbaar")


def _card(kaart: dict[str, Any]) -> dict[str, Any]:
    return {"facts": kaartwoorden.facts(tuple(kaart["waarden"])), "work": kaartwoorden.kinds_of_work(kaart)}


@require_POST
def show(request: ActorRequest) -> HttpResponse:
    """Show a card of my own, exactly as I saw it."""
    inzage.require_own_bsn(request.actor)
    try:
        seen = json.loads(request.POST.get("gezien", ""))
        vindbaarheid.show_more(actor=request.actor, gezien=seen, now=timezone.now())
    except (ObjectDoesNotExist, json.JSONDecodeError, RecursionError):
        raise Http404 from None
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, _("Werkgevers zien nu uw eigen kaart. U kunt dat hier altijd stoppen."))
    return redirect("burger-vindbaar")


@require_POST
def take_back(request: ActorRequest) -> HttpResponse:
    """Show no card of my own any more, from now on."""
    inzage.require_own_bsn(request.actor)
    try:
        vindbaarheid.take_back(actor=request.actor, now=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    messages.success(request, _("Uw eigen kaart is weg. Geen werkgever ziet hem nog."))
    return redirect("burger-vindbaar")


@require_POST
def hide(request: ActorRequest, organisatie_id: int) -> HttpResponse:
    """Hide from an employer."""
    inzage.require_own_bsn(request.actor)
    try:
        vindbaarheid.hide(organisatie_id, actor=request.actor, now=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    messages.success(request, _("Deze werkgever ziet u niet meer."))
    return redirect("burger-vindbaar")


@require_POST
def unhide(request: ActorRequest, organisatie_id: int) -> HttpResponse:
    """Be shown to an employer again."""
    inzage.require_own_bsn(request.actor)
    try:
        vindbaarheid.unhide(organisatie_id, actor=request.actor, now=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    messages.success(request, _("Deze werkgever kan u weer zien."))
    return redirect("burger-vindbaar")
