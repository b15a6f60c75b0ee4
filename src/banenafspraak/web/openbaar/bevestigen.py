"""'Bent u nog beschikbaar?': the page behind the link of a mail, for somebody who is not signed in.

Looking changes nothing (scanners of mail follow links); the button does. The page says nothing about anybody, so that
who finds a link learns nothing from it, and every link that does not work gives one and the same page.
"""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from banenafspraak.bemiddeling import bevestigingen
from banenafspraak.bemiddeling.bevestigingen import Bevestigingsantwoord
from banenafspraak.web.components.formulier import Form, RadioSelect
from banenafspraak.web.requests import ActorRequest

ANTWOORDEN = {
    Bevestigingsantwoord.JA: _("Ja, ik ben nog beschikbaar"),
    Bevestigingsantwoord.NEE: _("Nee, ik ben niet meer beschikbaar"),
    Bevestigingsantwoord.PAUZE: _("Nu even niet. Vraag het over drie maanden opnieuw"),
}
GONE = 410


class BevestigForm(Form):
    """One of three answers."""

    antwoord = forms.ChoiceField(
        label=_("Bent u nog beschikbaar voor werk?"),
        choices=[*ANTWOORDEN.items()],
        widget=RadioSelect,
        error_messages={"required": _("Kies een antwoord."), "invalid_choice": _("Kies een antwoord.")},
    )


@never_cache
@sensitive_variables("geheim")
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: ActorRequest, geheim: str) -> HttpResponse:
    """The question with three answers; sent in, the link is used up."""
    form = BevestigForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        antwoord = Bevestigingsantwoord(form.cleaned_data["antwoord"])
        if bevestigingen.confirm(actor=request.actor, secret=geheim, antwoord=antwoord, now=timezone.now()):
            return redirect("bevestigd", antwoord.value)
    elif bevestigingen.link_works(geheim, now=timezone.now()):
        return render(request, "openbaar/bevestigen.html", {"form": form})
    return render(request, "openbaar/bevestigen_werkt_niet.html", status=GONE)


@never_cache
@require_safe
def done(request: ActorRequest, antwoord: str) -> HttpResponse:
    """What follows from the answer; the same for everybody."""
    return render(request, "openbaar/bevestigd.html", {"antwoord": antwoord})
