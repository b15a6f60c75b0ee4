"""What hiring me costs and brings an employer: the Financieel CV with my own data, to read or to take along.

The register knows the own ground and date of birth, and a gemeente perhaps the loonwaarde; the rest is asked. The own
look is logged like every other.
"""

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from banenafspraak.register import inzage, praktijkroute
from banenafspraak.web import financieelcv
from banenafspraak.web.components.formulier import in_words
from banenafspraak.web.components.parts import Crumb
from banenafspraak.web.financieelcv import CvForm
from banenafspraak.web.financieelcvwoorden import GRONDNAMEN
from banenafspraak.web.requests import ActorRequest


class EigenCvForm(CvForm):
    """Only what the register does not know of me: the work itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for known in ("grond", "leeftijd", "verklaring"):
            del self.fields[known]
        self.fields["loonwaarde"].label = gettext_lazy("Mijn loonwaarde in procenten (niet verplicht)")
        self.fields["loonwaarde"].help_text = gettext_lazy(
            "Alleen als de gemeente die heeft laten meten. Leeg: weet ik niet."
        )
        self.fields["uitkering"].label = gettext_lazy("Wie betaalt nu uw uitkering?")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: ActorRequest) -> HttpResponse:
    """The questions about the work, and by POST the page with my own ground and age."""
    inzage.require_own_bsn(request.actor)
    now = timezone.now()
    today = timezone.localtime(now).date()
    known = inzage.own_overview(actor=request.actor, peildatum=today, now=now)
    crumbs = (Crumb(_("Mijn overzicht"), reverse("burger")), Crumb(_("Wat ik een werkgever breng")))
    facts: dict[str, Any] = {"leeftijd": None, "geboortedatum": known.geboortedatum}
    if known.lopend:
        facts |= {"grond": known.lopend[0].grond, "in_register": True, "wia_bij_begin": False}
    more = {
        "title": _("Dit kost en levert het een werkgever op"),
        "lead": _("Zie wat een werkgever krijgt als hij u aanneemt. U kunt het blad meenemen naar een gesprek."),
        "notes": _notes(known.geboortedatum, facts),
        "intro": "burger/_financieelcv.html",
        "bare": bool(known.lopend),
    }
    given = request.POST if request.method == "POST" else None
    if known.geboortedatum is None:
        # Nobody the register knows nothing of has anything filled in: the same questions as everybody gets.
        everybody = CvForm(given, initial=financieelcv.first_answers(today))
        return financieelcv.respond(request, form=everybody, crumbs=crumbs, more=more)
    form = EigenCvForm(given, initial=_initial(request, now))
    return financieelcv.respond(request, form=form, crumbs=crumbs, known=facts, more=more, form_class=EigenCvForm)


def _initial(request: ActorRequest, now: datetime) -> dict[str, Any]:
    measured = (
        praktijkroute.visible_to(request.actor)
        .filter(percentage__isnull=False)
        .order_by("-vastgesteld_op")
        .values_list("percentage", flat=True)
        .first()
    )
    answers = financieelcv.first_answers(timezone.localtime(now).date())
    return {**answers, "loonwaarde": measured}


def _notes(born: date | None, facts: dict[str, Any]) -> tuple[str, ...]:
    if born is None:
        return (_("Wij hebben geen gegevens over u in het register. Vul zelf in wat u weet."),)
    found = [_("Wij vullen uw geboortedatum in: %(dag)s.") % {"dag": in_words(born)}]
    if "grond" in facts:
        found.append(
            _("Wij vullen in waarom u in het register staat: %(reden)s.") % {"reden": GRONDNAMEN[facts["grond"]]}
        )
    else:
        found.append(_("U staat nu niet in het register. Daarom is nog niet zeker wat een werkgever krijgt."))
    return tuple(found)
