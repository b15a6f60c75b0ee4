"""What the pages of citizen and assessor share about a request to leave the register."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banenafspraak.access.actor import Actor
from banenafspraak.register import uitschrijving
from banenafspraak.register.uitschrijving import Uitschrijfinzage, Uitschrijfstatus
from banenafspraak.web.aanvragen import download, reference
from banenafspraak.web.components import brief
from banenafspraak.wet.uitkomst import Stap
from banenafspraak.wet.uitschrijving import Weigering

RUNNING = (Uitschrijfstatus.INGEDIEND, Uitschrijfstatus.IN_BEHANDELING)

_STATUSSEN: dict[str, Promise] = {
    Uitschrijfstatus.INGEDIEND: gettext_lazy("Ontvangen"),
    Uitschrijfstatus.IN_BEHANDELING: gettext_lazy("In behandeling"),
    Uitschrijfstatus.TOEGEWEZEN: gettext_lazy("Toegewezen"),
    Uitschrijfstatus.AFGEWEZEN: gettext_lazy("Afgewezen"),
    Uitschrijfstatus.INGETROKKEN: gettext_lazy("Gestopt door de aanvrager"),
}

# For the letter, so in Dutch whatever the language of the page.
_WEIGERINGEN = {
    Weigering.GROND: "De reden waarom u in het register staat, laat uitschrijven op eigen verzoek niet toe.",
    Weigering.KRIJGT_ONDERSTEUNING: "U krijgt hulp van de gemeente of van UWV.",
    Weigering.WERKGEVER_KRIJGT_FINANCIELE_STEUN: "Uw werkgever krijgt geld omdat u bij hem werkt.",
    Weigering.HEEFT_JOBCOACH: "U hebt een jobcoach.",
    Weigering.HEEFT_UWV_UITKERING: "U hebt een uitkering van UWV.",
    Weigering.HEEFT_WSW_INDICATIE: "U hebt een Wsw-indicatie.",
    Weigering.INKOMEN_ONDER_MINIMUMLOON: "U verdient minder dan het minimumloon.",
    Weigering.IS_WERKLOOS: "U hebt geen werk.",
}


def status_name(status: str) -> str:
    """Where a request is, in the language of the page."""
    return str(_STATUSSEN[Uitschrijfstatus(status)])


def look_or_404(actor: Actor, verzoek_id: UUID, now: datetime) -> Uitschrijfinzage:
    """The request as this actor may see it; the look is logged. 404 for who may not see it."""
    try:
        return uitschrijving.look_at(actor=actor, verzoek_id=verzoek_id, now=now)
    except ObjectDoesNotExist:
        raise Http404(_("Dit verzoek is er niet, of u mag het niet zien.")) from None


def letter_response(actor: Actor, inzage: Uitschrijfinzage, now: datetime) -> HttpResponse:
    """The letter with the decision as PDF."""
    assert inzage.besloten_op is not None
    kenmerk = reference(inzage.id, "U")
    made = brief.uitschrijving(
        brief.Kop("mevrouw, meneer", (), kenmerk, inzage.besloten_op),
        gevraagd_op=inzage.verzocht_op,
        eindigt_op=inzage.eindigt_op,
        weigeringen=[_WEIGERINGEN[reden] for reden in inzage.weigeringen],
        steps=tuple(Stap(*step) for step in inzage.stappen),
    )
    return download(brief.to_pdf(made, made_at=now), f"besluit-{kenmerk}.pdf", "application/pdf")
