"""The pages on which a melding is answered: the same for UWV (the register) and the supervisor (who looked)."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from banenafspraak.access.permissions import Permission, require
from banenafspraak.register import herstel, meldingen
from banenafspraak.register.meldingen import Meldinghandeling, Meldinginzage
from banenafspraak.register.meldingwoorden import Meldingonderwerp, Meldingsoort, Meldingstatus
from banenafspraak.register.overgangen import NietMogelijk
from banenafspraak.web.components.formulier import RadioSelect, Textarea, in_words, show_errors
from banenafspraak.web.components.parts import Crumb, clock
from banenafspraak.web.herstelwoorden import made
from banenafspraak.web.meldingwoorden import SOORTNAMEN, STANDEN
from banenafspraak.web.requests import ActorRequest

PER_PAGE = 25


@dataclass(frozen=True)
class Loket:
    """Which meldingen are answered here, by whom, and the names of the addresses; `mend_url`: of where to put right."""

    permission: Permission
    list_url: str
    detail_url: str
    mend_url: str = ""


class AntwoordForm(forms.Form):
    """The answer: right or not, and why."""

    use_required_attribute = False

    oordeel = forms.ChoiceField(
        label=lazy("Klopt de melding?"),
        choices=[
            ("gegrond", lazy("Ja, het klopt niet wat er stond of gebeurde")),
            ("ongegrond", lazy("Nee, het klopt wel")),
        ],
        error_messages={"required": lazy("Kies of de melding klopt.")},
        widget=RadioSelect,
    )
    antwoord = forms.CharField(
        label=lazy("Uw antwoord"),
        help_text=lazy("De melder leest dit. Schrijf wat u hebt gevonden, en wat u hebt gedaan. Gebruik korte zinnen."),
        max_length=meldingen.MAX_TEKST,
        error_messages={"required": lazy("Schrijf een antwoord.")},
        widget=Textarea,
    )


class UitstelForm(forms.Form):
    """Why the answer comes later."""

    use_required_attribute = False

    reden = forms.CharField(
        label=lazy("Waarom komt het antwoord later?"),
        help_text=lazy("De melder leest dit."),
        max_length=meldingen.MAX_TEKST,
        error_messages={"required": lazy("Schrijf op waarom het antwoord later komt.")},
        widget=Textarea({"rows": 3}),
    )


def worklist(request: ActorRequest, loket: Loket) -> HttpResponse:
    """What waits for an answer, the most urgent first."""
    require(request.actor, loket.permission)
    page = Paginator(meldingen.worklist(request.actor), PER_PAGE).get_page(request.GET.get("pagina"))
    today = timezone.localdate()
    rows = [
        {
            "url": reverse(loket.detail_url, args=[m.pk]),
            "soort": SOORTNAMEN[Meldingsoort(m.soort)],
            "status": STANDEN[Meldingstatus(m.status)],
            "mine": m.behandelaar_id == request.actor.gebruiker_id,
            "received": in_words(m.ontvangen_op),
            "clock": clock(m.uiterlijk_op, today),
        }
        for m in page
    ]
    context = {"rows": rows, "page": page, "crumbs": (Crumb(_("Meldingen")),)}
    return render(request, "meldingen/werklijst.html", context)


def detail(request: ActorRequest, loket: Loket, melding_id: UUID) -> HttpResponse:
    """One melding with what can be done now. A form that was refused comes back with what was typed."""
    require(request.actor, loket.permission)
    answer_form, delay_form = AntwoordForm(), UitstelForm()
    if request.method == "POST":
        kind = request.POST.get("actie", "")
        answer_form = AntwoordForm(request.POST) if kind == "beantwoorden" else answer_form
        delay_form = UitstelForm(request.POST) if kind == "uitstellen" else delay_form
        done = _act(request, melding_id, kind, answer_form, delay_form)
        if done == "bad":
            return HttpResponse(status=400)
        if done:
            return redirect(loket.detail_url, melding_id)
    seen = _look(request, melding_id)
    context = {
        "melding": seen,
        "number": str(seen.id)[:8],
        "soort": SOORTNAMEN[seen.soort],
        "status": STANDEN[seen.status],
        "about_look": seen.onderwerp is Meldingonderwerp.BLIK,
        "bsn": seen.bsn.reveal() if seen.bsn else "",
        "received": in_words(timezone.localtime(seen.ingediend_at).date()),
        "last_day": in_words(seen.uiterlijk_op),
        "clock": clock(seen.uiterlijk_op, timezone.localdate()) if seen.beantwoord_at is None else None,
        "answered": in_words(timezone.localtime(seen.beantwoord_at).date()) if seen.beantwoord_at else "",
        "mend_url": reverse(loket.mend_url, args=[seen.id]) if loket.mend_url and seen.herstelbaar else "",
        "mended": made(herstel.made_for(actor=request.actor, melding_id=seen.id)) if loket.mend_url else [],
        "can": {handeling.value for handeling in seen.mag},
        "answer_form": answer_form,
        "delay_form": delay_form,
        "crumbs": (Crumb(_("Meldingen"), reverse(loket.list_url)), Crumb(_("Melding"))),
    }
    return render(request, "meldingen/melding.html", context)


def _look(request: ActorRequest, melding_id: UUID) -> Meldinginzage:
    try:
        return meldingen.look_at(actor=request.actor, melding_id=melding_id, now=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None


def _act(request: ActorRequest, melding_id: UUID, kind: str, answer_form: AntwoordForm, delay_form: UitstelForm) -> str:
    """Do it; "done" when the page starts anew, "" when a form has something to say, "bad" for what does not exist."""
    if not meldingen.visible_to(request.actor).filter(pk=melding_id).exists():
        raise Http404
    actor, now = request.actor, timezone.now()
    simple: dict[str, Callable[[], object]] = {
        Meldinghandeling.OPPAKKEN.value: lambda: meldingen.claim(actor=actor, melding_id=melding_id, now=now),
        Meldinghandeling.TERUGLEGGEN.value: lambda: meldingen.release(actor=actor, melding_id=melding_id, now=now),
    }
    try:
        if kind in simple:
            simple[kind]()
        elif kind == "beantwoorden" and answer_form.is_valid():
            meldingen.answer(
                actor=actor,
                melding_id=melding_id,
                gegrond=answer_form.cleaned_data["oordeel"] == "gegrond",
                antwoord=answer_form.cleaned_data["antwoord"],
                now=now,
            )
            messages.success(request, _("Uw antwoord is verstuurd. De melder kan het lezen."))
        elif kind == "uitstellen" and delay_form.is_valid():
            reden = delay_form.cleaned_data["reden"]
            meldingen.extend(actor=actor, melding_id=melding_id, reden=reden, peildatum=timezone.localdate(), now=now)
            messages.success(request, _("De termijn is verlengd. De melder kan de reden lezen."))
        else:
            return "" if kind in ("beantwoorden", "uitstellen") else "bad"
    except ValidationError as error:
        show_errors(answer_form if kind == "beantwoorden" else delay_form, error)
        return ""
    except NietMogelijk as refused:
        messages.warning(request, refused.melding)
    return "done"
