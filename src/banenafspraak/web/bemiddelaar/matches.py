"""Matches: the own people for a vacature, and vacatures for one of them, each with the reasons why."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import passend, voordrachten
from banenafspraak.bemiddeling.contactwoorden import Voorstelstatus
from banenafspraak.web.components.parts import Crumb
from banenafspraak.web.contactwoorden import VOOR_BEMIDDELAAR
from banenafspraak.web.matchwoorden import job_facts, words_of
from banenafspraak.web.requests import ActorRequest


@never_cache
@require_safe
def people(request: ActorRequest, vacature_id: UUID) -> HttpResponse:
    """The own people who fit this vacature, the best first. Everybody on the page is logged."""
    require(request.actor, Permission.MATCH_VIEW)
    require(request.actor, Permission.CONTACT_HANDLE)
    try:
        found = passend.look_at_people(
            actor=request.actor, vacature_id=vacature_id, nummer=_page_number(request), now=timezone.now()
        )
    except ObjectDoesNotExist:
        raise Http404 from None
    chosen = [one.persoon_id for one in found.matches]
    listed = voordrachten.thought_of(request.actor, vacature_id, chosen, now=timezone.now())
    context = {
        "vacature_id": vacature_id,
        "may_choose": voordrachten.open_vacatures(request.actor).filter(pk=vacature_id).exists(),
        "vacature": found.record,
        "facts": job_facts(found.record),
        "aantal": found.aantal,
        "meest": passend.MEESTE,
        "rows": [
            {
                "id": one.persoon_id,
                "naam": one.naam,
                "listed": _listed(listed.get(one.persoon_id)),
                "match": words_of(
                    one.uitslag,
                    id=f"punten-{place}",
                    caption=_("Punten van %(naam)s") % {"naam": one.naam},
                    aan_de_persoon=False,
                ),
            }
            for place, one in enumerate(found.matches, 1)
        ],
        "page": Paginator(range(found.getoond), passend.PER_PAGE).get_page(found.nummer),
        "crumbs": (
            Crumb(_("Mijn werk"), reverse("bemiddelaar")),
            Crumb(_("Vacatures"), reverse("bemiddelaar-vacatures")),
            Crumb(found.record.naam_vacature, reverse("bemiddelaar-vacature", args=[vacature_id])),
            Crumb(_("Mensen die passen")),
        ),
    }
    return render(request, "bemiddelaar/matches.html", context)


def _listed(status: Voorstelstatus | None) -> str:
    if status is None:
        return ""
    if status is Voorstelstatus.VOORGESTELD:
        return _("Staat al op de lijst, nog niet gevraagd.")
    return f"{VOOR_BEMIDDELAAR[status]}."


@never_cache
@require_safe
def jobs(request: ActorRequest, persoon_id: UUID) -> HttpResponse:
    """The open vacatures that fit one of the own people, the best first. The look is logged."""
    require(request.actor, Permission.MATCH_VIEW)
    require(request.actor, Permission.CONTACT_HANDLE)
    try:
        found = passend.look_at_banen(actor=request.actor, persoon_id=persoon_id, now=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    rows: list[dict[str, Any]] = [
        {
            "id": one.vacature.pk,
            "naam": one.record.naam_vacature,
            "facts": job_facts(one.record),
            "match": words_of(
                one.uitslag,
                id=f"punten-{place}",
                caption=_("Punten van %(naam)s") % {"naam": one.record.naam_vacature},
                aan_de_persoon=False,
            ),
        }
        for place, one in enumerate(found.matches, 1)
    ]
    context = {
        "naam": found.naam,
        "persoon_id": persoon_id,
        "aantal": found.aantal,
        "rows": rows,
        "crumbs": (
            Crumb(_("Mijn werk"), reverse("bemiddelaar")),
            Crumb(_("Mijn mensen"), reverse("bemiddelaar-mensen")),
            Crumb(_("Een persoon"), reverse("bemiddelaar-mens", args=[persoon_id])),
            Crumb(_("Vacatures die passen")),
        ),
    }
    return render(request, "bemiddelaar/mens_banen.html", context)


def _page_number(request: ActorRequest) -> int:
    text = request.GET.get("pagina", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
