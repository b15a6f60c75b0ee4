"""Work that fits me: open vacatures, and why."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import passend
from banenafspraak.register import inzage
from banenafspraak.web.components.parts import Crumb
from banenafspraak.web.matchwoorden import job_facts, words_of
from banenafspraak.web.requests import ActorRequest


@never_cache
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """The vacatures that fit me best, each with every reason; logged as my own look."""
    inzage.require_own_bsn(request.actor)
    require(request.actor, Permission.MATCH_VIEW)
    found = passend.own_banen(actor=request.actor, now=timezone.now())
    context = {
        "known": found.bekend,
        "aantal": found.aantal,
        "rows": [
            {
                "id": one.vacature.pk,
                "naam": one.record.naam_vacature,
                "facts": job_facts(one.record),
                "match": words_of(
                    one.uitslag,
                    id=f"punten-{place}",
                    caption=_("Punten van %(naam)s") % {"naam": one.record.naam_vacature},
                    aan_de_persoon=True,
                ),
            }
            for place, one in enumerate(found.matches, 1)
        ],
        "crumbs": (Crumb(_("Mijn overzicht"), reverse("burger")), Crumb(_("Werk dat bij u past"))),
    }
    return render(request, "burger/banen.html", context)
