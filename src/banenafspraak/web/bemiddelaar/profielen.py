"""The klantprofielen of the own people: who to call first, filling in together, and why somebody is not found."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import profielen, profiellijst
from banenafspraak.bemiddeling.profielcijfers import Profielcijfers
from banenafspraak.bemiddeling.profielen import Profielhandeling, Profielinzage
from banenafspraak.bemiddeling.profiellijst import Lijstkeuze, Lijstregel, Selectie, Sortering
from banenafspraak.bemiddeling.profielwoorden import NietOpenbaarReden
from banenafspraak.register.overgangen import NietMogelijk
from banenafspraak.web.components.formulier import Form, RadioSelect, Select, in_words
from banenafspraak.web.components.parts import Crumb, KeyFigure, Table, number, table
from banenafspraak.web.profielpagina import Omgeving, answer_step, answers_of, progress, step_or_404
from banenafspraak.web.profielwoorden import REDENEN, STATUSSEN, freshness_text
from banenafspraak.web.requests import ActorRequest, understood

SELECTIES = {
    Selectie.ALLE: gettext_lazy("Iedereen met een profiel"),
    Selectie.TE_VERVERSEN: gettext_lazy("Te bellen: beschikbaarheid bijna of helemaal verlopen"),
    Selectie.ONVOLLEDIG: gettext_lazy("Nog niet volledig"),
    Selectie.VINDBAAR: gettext_lazy("Nu te vinden voor werkgevers"),
    Selectie.CONCEPT: gettext_lazy("Nog niet aangezet"),
    Selectie.NIET_OPENBAAR: gettext_lazy("Niet te vinden, met reden"),
    Selectie.ZONDER_PROFIEL: gettext_lazy("Nog geen profiel"),
}
SORTERINGEN = {
    Sortering.OUDSTE: gettext_lazy("Oudste antwoord eerst"),
    Sortering.SCORE: gettext_lazy("Minst volledig eerst"),
    Sortering.GEWIJZIGD: gettext_lazy("Laatst gewijzigd eerst"),
}


class LijstForm(Form):
    """What the list is narrowed to; stands in the address, so without anything about a person."""

    toon = forms.ChoiceField(label=gettext_lazy("Wie"), required=False, choices=[*SELECTIES.items()], widget=Select)
    reden = forms.ChoiceField(
        label=gettext_lazy("Reden"),
        required=False,
        choices=[("", gettext_lazy("Alle redenen")), *REDENEN.items()],
        widget=Select,
    )
    volgorde = forms.ChoiceField(
        label=gettext_lazy("Volgorde"), required=False, choices=[*SORTERINGEN.items()], widget=Select
    )

    def choice(self) -> Lijstkeuze:
        """The choice; what is not filled in or not valid narrows nothing."""
        data = self.cleaned_data if self.is_valid() else {}
        return Lijstkeuze(
            selectie=Selectie(data.get("toon") or Selectie.ALLE),
            reden=NietOpenbaarReden(data["reden"]) if data.get("reden") else None,
            sortering=Sortering(data.get("volgorde") or Sortering.OUDSTE),
        )


class VerbergForm(Form):
    """Why somebody cannot be found."""

    reden = forms.ChoiceField(
        label=gettext_lazy("Waarom kunnen werkgevers deze kandidaat niet vinden?"),
        choices=[
            (reden.value, REDENEN[reden])
            for reden in NietOpenbaarReden
            # The person takes the consent back, and the register says who is not in it.
            if reden not in (NietOpenbaarReden.TOESTEMMING_INGETROKKEN, NietOpenbaarReden.NIET_IN_REGISTER)
        ],
        widget=RadioSelect,
        error_messages={"required": gettext_lazy("Kies een reden.")},
    )


class PubliceerForm(Form):
    """That the person is there and says yes."""

    akkoord = forms.BooleanField(
        label=gettext_lazy("De kandidaat weet dit en zegt ja"),
        error_messages={"required": gettext_lazy("Vraag het eerst aan de kandidaat.")},
    )


def _crumbs(*more: Crumb) -> tuple[Crumb, ...]:
    own = Crumb(_("Profielen"), reverse("bemiddelaar-profielen") if more else "")
    return (Crumb(_("Mijn werk"), reverse("bemiddelaar")), own, *more)


@never_cache
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """The own people, narrowed and ordered by the address, with the counts; everybody on the page is logged."""
    require(request.actor, Permission.PROFIEL_CHANGE)
    _not_a_burger(request)
    form = LijstForm(request.GET)
    now = timezone.now()
    found = profiellijst.look_at_page(actor=request.actor, keuze=form.choice(), nummer=_page_number(request), now=now)
    counts = profielen.figures(request.actor, peildatum=timezone.localdate(), known_at=now)
    chosen = understood(form)
    context = {
        "form": form,
        "rows": [_row(regel) for regel in found.regels],
        "page": Paginator(range(found.aantal), profiellijst.PER_PAGE).get_page(found.nummer),
        "aantal": number(found.aantal),
        "query": urlencode(chosen),
        "filtered": bool(chosen),
        "figures": _figures(counts),
        "reasons": _reasons(counts),
        "crumbs": _crumbs(),
    }
    return render(request, "bemiddelaar/profielen.html", context)


def _not_a_burger(request: ActorRequest) -> None:
    # A burger may see a profile as well: the own one, at another address.
    if request.actor.bsn is not None or request.actor.organisatie_id is None:
        raise PermissionDenied("only who works for an organisation")


def _row(regel: Lijstregel) -> dict[str, Any]:
    return {
        "url": reverse("bemiddelaar-profiel", args=[regel.persoon_id]),
        "naam": regel.naam or _("Naam niet bekend"),
        "geboren": in_words(regel.geboortedatum),
        "score": _("%(score)d van 100") % {"score": regel.score} if regel.status else "–",
        "beschikbaar": _available(regel),
        "status": STATUSSEN[regel.status] if regel.status else _("Geen profiel"),
        "reden": REDENEN[regel.reden] if regel.reden else "",
    }


def _available(regel: Lijstregel) -> str:
    if regel.beschikbaar is None or regel.bevestigd_op is None:
        return _("niet bekend")
    answer = _("ja, gezegd op %(dag)s") if regel.beschikbaar else _("nee, gezegd op %(dag)s")
    return answer % {"dag": in_words(regel.bevestigd_op)}


def _figures(counts: Profielcijfers) -> tuple[KeyFigure, ...]:
    return (
        KeyFigure(_("In het register"), number(counts.personen), _("mensen voor wie u werkt")),
        KeyFigure(_("Met profiel"), number(counts.met_profiel), _("volledig of niet")),
        KeyFigure(_("Volledig"), number(counts.volledig), _("een werkgever ziet er genoeg aan")),
        KeyFigure(_("Vers"), number(counts.vers), _("in de laatste 60 dagen gezegd of zij beschikbaar zijn")),
        KeyFigure(_("Openbaar"), number(counts.openbaar), _("aangezet voor werkgevers")),
        KeyFigure(_("Nu te vinden"), number(counts.vindbaar), _("openbaar, beschikbaar en vers")),
    )


def _reasons(counts: Profielcijfers) -> Table:
    rows = [(str(REDENEN[reden]), [number(count)]) for reden, count in counts.niet_openbaar.items() if count]
    rows = [
        *rows,
        (_("Nog niet aangezet"), [number(counts.concept)]),
        (_("Nog geen profiel"), [number(counts.zonder_profiel)]),
        (_("Samen"), [number(counts.niet_openbaar_totaal + counts.concept + counts.zonder_profiel)]),
    ]
    return table(
        id="redenen",
        caption=_("Niet openbaar, en waarom"),
        columns=(_("Reden"), _("Mensen")),
        rows=rows,
        totals=frozenset({len(rows) - 1}),
    )


def _page_number(request: ActorRequest) -> int:
    text = request.GET.get("pagina", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _look(request: ActorRequest, persoon_id: UUID) -> Profielinzage:
    """The profile of one of the own people; anybody else is not found, whether they exist or not."""
    require(request.actor, Permission.PROFIEL_CHANGE)
    _not_a_burger(request)
    try:
        return profielen.look_at(actor=request.actor, persoon_id=persoon_id, now=timezone.now())
    except PermissionDenied:
        raise Http404(_("Deze kandidaat is niet gevonden.")) from None


def _place(persoon_id: UUID) -> Omgeving:
    def step_url(stap: str) -> str:
        return reverse("bemiddelaar-profiel-stap", args=[persoon_id, stap])

    overview = reverse("bemiddelaar-profiel", args=[persoon_id])
    crumbs = (*_crumbs(Crumb(_("Kandidaat"), overview)),)
    return Omgeving(step_url, overview, crumbs, samen=True)


@never_cache
@require_safe
def detail(request: ActorRequest, persoon_id: UUID) -> HttpResponse:
    """One profile: what is missing, the answers and their days, whether employers find it; the look is logged."""
    inzage = _look(request, persoon_id)
    return _detail_page(request, inzage, VerbergForm(), PubliceerForm())


def _detail_page(
    request: ActorRequest, inzage: Profielinzage, verberg: VerbergForm, publiceer: PubliceerForm
) -> HttpResponse:
    today, place = timezone.localdate(), _place(inzage.persoon_id)
    naam = inzage.record.contact.naam
    context = {
        "persoon_id": inzage.persoon_id,
        "naam": naam or _("Kandidaat zonder naam"),
        "status": STATUSSEN[inzage.status],
        "reden": REDENEN[inzage.reden] if inzage.reden else "",
        "own_decision": inzage.zelf and inzage.reden is not None,
        "fresh_text": freshness_text(inzage.versheid(today)) if inzage.record.beschikbaar else "",
        "may_publish": Profielhandeling.PUBLICEREN in inzage.mag,
        "may_hide": Profielhandeling.VERBERGEN in inzage.mag,
        "verberg": verberg,
        "publiceer": publiceer,
        "given": answers_of(inzage, place),
        "crumbs": _crumbs(Crumb(naam or _("Kandidaat"))),
        **progress(inzage, place, peildatum=today),
    }
    return render(request, "bemiddelaar/profiel.html", context)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: ActorRequest, persoon_id: UUID, stap: str) -> HttpResponse:
    """One of the ten steps, filled in together with the person; the look is logged, and so is the change."""
    inzage = _look(request, persoon_id)
    return answer_step(request, persoon_id, step_or_404(stap), inzage, _place(persoon_id))


@never_cache
@require_POST
def visible(request: ActorRequest, persoon_id: UUID) -> HttpResponse:
    """Open the profile with the person's yes, or write down why employers do not find it."""
    inzage = _look(request, persoon_id)
    opening = "akkoord" in request.POST or request.POST.get("actie") == "publiceren"
    publiceer = PubliceerForm(request.POST if opening else None)
    verberg = VerbergForm(None if opening else request.POST)
    form: Form = publiceer if opening else verberg
    if not form.is_valid():
        return _detail_page(request, inzage, verberg, publiceer)
    try:
        if opening:
            profielen.publish(actor=request.actor, persoon_id=persoon_id, now=timezone.now())
        else:
            reden = NietOpenbaarReden(form.cleaned_data["reden"])
            profielen.hide(actor=request.actor, persoon_id=persoon_id, reden=reden, now=timezone.now())
    except NietMogelijk as refused:
        messages.warning(request, refused.melding)
    else:
        done = _("Werkgevers kunnen dit profiel nu vinden.") if opening else _("De reden is bewaard.")
        messages.success(request, done)
    return redirect("bemiddelaar-profiel", persoon_id)
