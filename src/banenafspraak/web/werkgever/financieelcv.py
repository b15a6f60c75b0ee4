"""The Financieel CV of somebody who lets this employer look: who works here, or who said yes to contact.

Filled in is just what that person shares: of a placement the hours, the days and that somebody is in the register, of a
yes the hours when they were given. Never the ground, the loonwaarde or the age: the reason stays open, and the
employer's own answers complete the page. Each look is a row in the logboek.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import plaatsinginzage, toestemmingen
from banenafspraak.bemiddeling.plaatsinginzage import GedeeldePlaatsing
from banenafspraak.web import financieelcv
from banenafspraak.web.components.parts import Crumb
from banenafspraak.web.financieelcv import CvForm
from banenafspraak.web.requests import ActorRequest


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: ActorRequest, plaatsing_id: UUID) -> HttpResponse:
    """The questions with what is shared filled in, and by POST the page; 404 when it is not shared (any more)."""
    require(request.actor, Permission.PLAATSING_VIEW)
    now = timezone.now()
    one = plaatsinginzage.one_shared(actor=request.actor, plaatsing_id=plaatsing_id, now=now)
    if one is None:
        raise Http404
    shared = _("Ingevuld is alleen wat de persoon met u deelt: de uren, de dagen, en of iemand in het register staat.")
    lead = _("Zie wat deze plaatsing u brengt, tot wanneer, en wat u daarvoor moet doen.")
    found = Crumb(_("Plaatsingen"), reverse("employer-placements"))
    return _about(request, one.naam, _known(one, now), lead=lead, shared=shared, crumbs=(found,))


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def of_candidate(request: ActorRequest, toestemming_id: UUID) -> HttpResponse:
    """The same for somebody who said yes to this employer; 404 when the consent is not there (any more)."""
    require(request.actor, Permission.CONTACT_ASK)
    now = timezone.now()
    seen = toestemmingen.look_at(actor=request.actor, toestemming_id=toestemming_id, now=now)
    if seen is None:
        raise Http404
    given = seen.gegevens.profiel
    hours = given.get("aantal_werkuren_per_week_maximaal") or given.get("aantal_werkuren_per_week_minimaal") or ""
    answers = financieelcv.first_answers(timezone.localtime(now).date()) | {"uren": hours}
    shared = _("De uren vullen wij in als de persoon die met u deelt. Verander wat u wilt.")
    lead = _("Zie wat het u brengt als u deze persoon aanneemt, tot wanneer, en wat u daarvoor moet doen.")
    # A yes belongs to a request or to a voordracht, so no list of either stands above it.
    return _about(request, seen.gegevens.contact.naam, answers, lead=lead, shared=shared)


def _about(
    request: ActorRequest, naam: str, answers: dict[str, Any], *, lead: str, shared: str, crumbs: tuple[Crumb, ...] = ()
) -> HttpResponse:
    """The page about one person, with what was shared filled in and what never is said."""
    form = CvForm(request.POST) if request.method == "POST" else CvForm(initial=answers)
    more = {
        "title": _("Financieel CV: %(naam)s") % {"naam": naam},
        "lead": lead,
        "notes": (
            shared,
            _("Waarom iemand in het register staat, ziet u niet. De persoon mag dat zelf vertellen."),
            _("Dat u kijkt, staat in het logboek. De persoon kan het lezen."),
        ),
    }
    trail = (Crumb(_("Werkgever"), reverse("employer")), *crumbs, Crumb(_("Financieel CV")))
    return financieelcv.respond(request, form=form, crumbs=trail, more=more)


def _known(one: GedeeldePlaatsing, now: datetime) -> dict[str, Any]:
    answers: dict[str, Any] = financieelcv.first_answers(timezone.localtime(now).date())
    begin: date = one.begint_op
    return {
        **answers,
        "grond": "register" if one.in_register else "onbekend",
        "uren": financieelcv.plain(one.uren_per_week),
        "begin": begin,
        "einde": one.eindigt_op,
    }
