"""The Kandidatenverkenner: searching among cards, looking at one, and keeping cards and searches.

A page shows what the address asks, so that it can be sent to a colleague and the back button works. Everything on it
comes from `bemiddeling.verkenner`, which knows classes of ten or more people and nothing finer.
"""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from banenafspraak.access import logboek
from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import bewaard, verkenner
from banenafspraak.bemiddeling.bewaard import Bewaard
from banenafspraak.bemiddeling.vensterindex import Kaart
from banenafspraak.bemiddeling.verkenner import Gevonden, Zoekresultaat
from banenafspraak.bemiddeling.wens import Wens, of_query
from banenafspraak.bemiddeling.werksoorten import WERKSOORTEN, WERKVELDEN
from banenafspraak.web.components import kaartwoorden, regiokaart
from banenafspraak.web.components.formulier import Form, Select, TextInput, in_words, show_errors
from banenafspraak.web.components.parts import Crumb, number
from banenafspraak.web.requests import ActorRequest

_ANY = ("", _("Maakt niet uit"))


class ZoekForm(Form):
    """What somebody looks for; every question may stay open."""

    waar = forms.CharField(
        label=_("Waar is het werk?"),
        help_text=_("Postcode of plaats."),
        required=False,
        max_length=60,
        widget=TextInput({"autocomplete": "postal-code"}),
    )
    werk = forms.CharField(
        label=_("Welk werk is het?"),
        help_text=_("Bijvoorbeeld: schoonmaken, inpakken."),
        required=False,
        max_length=100,
        widget=TextInput({"autocomplete": "off"}),
    )
    werkveld = forms.ChoiceField(label=_("Of kies een sector"), required=False, widget=Select())
    uren = forms.ChoiceField(label=_("Hoeveel uur per week?"), required=False, widget=Select())
    dagen = forms.ChoiceField(
        label=_("Op welke dagen?"),
        choices=[_ANY, ("31", _("Doordeweeks")), ("96", _("In het weekend"))],
        required=False,
        widget=Select(),
    )
    niveau = forms.ChoiceField(
        label=_("Opleiding, minstens"),
        choices=[
            _ANY,
            ("3", _("Vmbo")),
            ("4", _("Mbo, havo of vwo")),
            ("5", _("Hbo")),
            ("6", _("Universiteit")),
        ],
        required=False,
        widget=Select(),
    )
    straal = forms.ChoiceField(label=_("Hoe ver mag iemand wonen?"), required=False, widget=Select())
    vervoer = forms.ChoiceField(
        label=_("Vervoer"),
        choices=[_ANY, ("eigen", _("Auto, motor of bromfiets nodig"))],
        required=False,
        widget=Select(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._fill("werkveld", sorted(WERKVELDEN.items(), key=lambda one: one[1]))
        self._fill(
            "uren", [(str(n), gettext("%(uren)d uur") % {"uren": n}) for n in (8, 12, 16, 20, 24, 28, 32, 36, 40)]
        )
        self._fill("straal", [(str(n), gettext("%(km)d kilometer") % {"km": n}) for n in (5, 10, 20, 30, 50)])

    def _fill(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [_ANY, *choices]


class BewaarForm(Form):
    """A name for a search, and whether a message is wanted."""

    titel = forms.CharField(label=_("Naam van deze zoekopdracht"), max_length=80, widget=TextInput())
    attendering = forms.BooleanField(label=_("Mail mij elke week hoeveel mensen passen"), required=False)
    vraag = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)


@dataclass(frozen=True)
class Kaartbeeld:
    """A card as a page shows it."""

    url: str
    titel: str
    past: str
    is_persoon: bool
    feiten: tuple[kaartwoorden.Feit, ...]
    werk: list[str]
    redenen: tuple[tuple[str, bool], ...] = ()

    @property
    def getoond(self) -> tuple[kaartwoorden.Feit, ...]:
        """What the card says; what is on request stands in one line (`op_aanvraag`)."""
        on_request = gettext("op aanvraag")
        return tuple(feit for feit in self.feiten if feit.tekst != on_request)

    @property
    def op_aanvraag(self) -> str:
        """The names of what is not shown."""
        return kaartwoorden.hidden_names(self.feiten)


@dataclass(frozen=True)
class Keuze:
    """One value of a facet with how many people, and the search that chooses it or lets it go."""

    tekst: str
    aantal: str
    query: str
    gekozen: bool


def _crumbs(*last: Crumb) -> tuple[Crumb, ...]:
    home = Crumb(gettext("Werkgever"), reverse("employer"))
    return (home, Crumb(gettext("Kandidaten zoeken"), reverse("employer-candidates") if last else ""), *last)


@never_cache
@require_safe
def search(request: ActorRequest) -> HttpResponse:
    """Search among the cards: the form, the cards with their reasons, what to narrow by, and the map."""
    require(request.actor, Permission.KANDIDATEN_SEARCH)
    now = timezone.now()
    wens = of_query(request.GET)
    pagina = request.GET.get("pagina", "1")
    result = verkenner.search(
        wens, actor=request.actor, now=now, pagina=int(pagina) if pagina.isdecimal() and len(pagina) < 5 else 1
    )
    page = Paginator(range(result.kaarten), verkenner.PER_PAGE).get_page(pagina)
    if page.number != result.pagina:
        result = verkenner.search(wens, actor=request.actor, now=now, pagina=page.number)
    form = ZoekForm(request.GET or None)
    context = {
        "form": form,
        "keep_form": BewaarForm(initial={"vraag": wens.query(), "titel": wens.werk or wens.waar}),
        "wens": wens,
        "query": wens.query(),
        "result": result,
        "page": page,
        "cards": [_found(one, wens) for one in result.gevonden],
        "people": number(result.tientallen),
        "kinds": [WERKSOORTEN[code].naam for code in wens.werksoorten],
        "facets": _facets(result),
        "relaxed": [
            (kaartwoorden.part(one.deel), number(one.tientallen), one.wens.query()) for one in result.versoepelingen
        ],
        "chosen": [(name, value) for name, value in ((f"k_{k}", v) for k, v in wens.keuzes.items())],
        "map": regiokaart.draw(result.facetten["regio"]) if result.tientallen else "",
        "tiles": [
            (one.naam, f"{number(one.aantal)}+", replace(wens, keuzes={**wens.keuzes, "regio": one.code}).query())
            for one in regiokaart.tiles(result.facetten["regio"])
            if one.aantal
        ],
        "crumbs": _crumbs(),
    }
    return render(request, "werkgever/kandidaten.html", context)


def _found(one: Gevonden, wens: Wens) -> Kaartbeeld:
    reasons = tuple(
        (kaartwoorden.reason(reden, one.kaart.waarden), reden.past is verkenner.Past.ONBEKEND) for reden in one.redenen
    )
    # What was searched for goes along, so that who fits it best is thought of first.
    return _shown(one.kaart, f"{reverse('employer-card', args=[one.nummer])}?{wens.query()}".rstrip("?"), reasons)


def _shown(kaart: Kaart, url: str, reasons: tuple[tuple[str, bool], ...] = ()) -> Kaartbeeld:
    fits = gettext("Kaart van één persoon") if kaart.is_persoon else kaartwoorden.fits(kaart.tientallen)
    return Kaartbeeld(
        url,
        kaartwoorden.title(kaart.waarden),
        fits,
        kaart.is_persoon,
        kaartwoorden.facts(kaart.waarden),
        kaartwoorden.kinds_of_work(kaart.zelf),
        reasons,
    )


def _facets(result: Zoekresultaat) -> list[tuple[str, list[Keuze]]]:
    return [
        (str(kaartwoorden.NAMES[kenmerk]), _choices(result.wens, kenmerk, counts))
        for kenmerk, counts in result.facetten.items()
        if counts and kenmerk != "regio"
    ]


def _choices(wens: Wens, kenmerk: str, counts: dict[str, int]) -> list[Keuze]:
    chosen = wens.keuzes.get(kenmerk)
    found = []
    for value, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        keuzes = {name: kept for name, kept in wens.keuzes.items() if name != kenmerk}
        if value and value != chosen:
            keuzes[kenmerk] = value
        query = replace(wens, keuzes=keuzes).query() if value else ""
        found.append(Keuze(kaartwoorden.word(kenmerk, value), f"{number(count)}+", query, value == chosen))
    return found


@never_cache
@require_safe
def card(request: ActorRequest, kaart: str) -> HttpResponse:
    """One card, to keep it or to ask for contact; one that is gone says so, and leads back to searching."""
    require(request.actor, Permission.KANDIDATEN_SEARCH)
    now = timezone.now()
    shown = verkenner.card(kaart, actor=request.actor, now=now)
    if shown is None:
        return _gone(request)
    if shown.is_persoon:
        logboek.record(
            actor=request.actor, handeling="kaart van een persoon bekeken", onderwerp=f"kaart {-shown.nummer}",
            activiteit=logboek.Activiteit.INZAGE, now=now,
        )  # fmt: skip
    context = {
        "card": _shown(shown, ""),
        "nummer": kaart,
        "ask": f"{_ask(kaart)}?{of_query(request.GET).query()}".rstrip("?"),
        "crumbs": _crumbs(Crumb(gettext("Kaart"))),
    }
    return render(request, "werkgever/kaart.html", context)


def _ask(kaart: str) -> str:
    return reverse("employer-ask", args=[kaart])


def _gone(request: ActorRequest) -> HttpResponse:
    return render(request, "werkgever/kaart_is_weg.html", {"crumbs": _crumbs(Crumb(gettext("Kaart")))}, status=404)


@require_POST
def keep(request: ActorRequest, kaart: str) -> HttpResponse:
    """Keep a card."""
    require(request.actor, Permission.KANDIDATEN_SEARCH)
    now = timezone.now()
    shown = verkenner.card(kaart, actor=request.actor, now=now)
    if shown is None:
        return _gone(request)
    try:
        bewaard.keep(shown, actor=request.actor, now=now)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, gettext("De kaart is bewaard."))
    return redirect("employer-kept")


@never_cache
@require_safe
def kept(request: ActorRequest) -> HttpResponse:
    """The cards and searches that were kept; a card that is gone says so."""
    require(request.actor, Permission.KANDIDATEN_SEARCH)
    now = timezone.now()
    context = {
        "cards": [_kept(one) for one in bewaard.cards_of(request.actor, now=now)],
        "searches": bewaard.searches_of(request.actor),
        "crumbs": _crumbs(Crumb(gettext("Bewaard"))),
    }
    return render(request, "werkgever/bewaard.html", context)


def _kept(one: Bewaard) -> dict[str, Any]:
    shown = _shown(one.kaart, reverse("employer-card", args=[one.id])) if one.kaart is not None else None
    days = [in_words(timezone.localtime(moment).date()) for moment in (one.bewaard_at, one.vervalt_at)]
    return {
        "id": one.id,
        "card": shown,
        "there": one.is_er,
        "since": days[0],
        "until": days[1],
        "ask": _ask(str(one.id)),
    }


@require_POST
def discard(request: ActorRequest, kaart_id: UUID) -> HttpResponse:
    """Let a kept card go."""
    if not bewaard.discard(kaart_id, actor=request.actor):
        raise Http404
    messages.success(request, gettext("De kaart is weg."))
    return redirect("employer-kept")


@require_POST
def keep_search(request: ActorRequest) -> HttpResponse:
    """Keep a search, with a weekly message if that is wanted."""
    require(request.actor, Permission.KANDIDATEN_SEARCH)
    form = BewaarForm(request.POST)
    if form.is_valid():
        wens = of_query(form.cleaned_data["vraag"])
        try:
            bewaard.keep_search(
                wens, titel=form.cleaned_data["titel"], attendering=form.cleaned_data["attendering"],
                actor=request.actor, now=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, gettext("De zoekopdracht is bewaard."))
            return redirect("employer-kept")
    crumbs = _crumbs(Crumb(gettext("Zoekopdracht bewaren")))
    return render(request, "werkgever/zoekopdracht.html", {"form": form, "crumbs": crumbs}, status=400)


@require_POST
def discard_search(request: ActorRequest, zoekopdracht_id: UUID) -> HttpResponse:
    """Let a kept search go; its messages stop."""
    if not bewaard.discard_search(zoekopdracht_id, actor=request.actor):
        raise Http404
    messages.success(request, gettext("De zoekopdracht is weg."))
    return redirect("employer-kept")
