"""The Werkgeversservicepunt of a region: what waits, who waits, how it does, and what employers wrote."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from banenafspraak.access import gebieden
from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import contactpunten, tevredenheid, werkgeversservicepunt
from banenafspraak.bemiddeling.werkgeversservicepunt import PER_PAGE, Mensfilter, Openstaand, Vacaturefilter, Wachtende
from banenafspraak.bemiddeling.wspwoorden import Mensvolgorde, Passend, Vacaturevolgorde, Voorgeschiedenis
from banenafspraak.register import queries
from banenafspraak.web import wsppagina
from banenafspraak.web.components.formulier import Form, SearchField, Select, in_words
from banenafspraak.web.components.parts import Crumb, KeyFigure, clock, number
from banenafspraak.web.contactpuntpagina import shown
from banenafspraak.web.requests import ActorRequest, understood
from banenafspraak.web.wsppagina import Plek

_EARLIER = [
    ("", gettext_lazy("Maakt niet uit")),
    (Voorgeschiedenis.NOOIT.value, gettext_lazy("Nog nooit")),
    (Voorgeschiedenis.EERDER.value, gettext_lazy("Eerder wel")),
]


class VacatureForm(Form):
    """Which vacatures, and in which order; stands in the address."""

    zoek = SearchField(label=gettext_lazy("Zoek op naam of werkgever"), max_length=100)
    passend = forms.ChoiceField(
        label=gettext_lazy("Past er iemand?"),
        choices=[
            ("", gettext_lazy("Maakt niet uit")),
            (Passend.NIEMAND.value, gettext_lazy("Niemand past")),
            (Passend.MINSTENS_EEN.value, gettext_lazy("Er past iemand")),
            (Passend.ONGETELD.value, gettext_lazy("Nog niet geteld")),
        ],
        required=False,
        widget=Select,
    )
    eerder = forms.ChoiceField(
        label=gettext_lazy("Is er al iemand voorgedragen?"), choices=_EARLIER, required=False, widget=Select
    )
    geschikt = forms.ChoiceField(
        label=gettext_lazy("Geschikt voor de doelgroep"),
        choices=[("", gettext_lazy("Maakt niet uit")), ("ja", gettext_lazy("Beoordeeld als geschikt"))],
        required=False,
        widget=Select,
    )
    volgorde = forms.ChoiceField(
        label=gettext_lazy("Volgorde"),
        choices=[
            ("", gettext_lazy("Het langst open eerst")),
            (Vacaturevolgorde.SLUIT.value, gettext_lazy("Wat het eerst sluit")),
            (Vacaturevolgorde.MINST_PASSEND.value, gettext_lazy("Minste mensen die passen eerst")),
            (Vacaturevolgorde.NAAM.value, gettext_lazy("Naam van het werk")),
        ],
        required=False,
        widget=Select,
    )

    def keuze(self) -> Vacaturefilter:
        """What was understood of it."""
        chosen = understood(self)
        return Vacaturefilter(
            zoek=chosen.get("zoek", ""),
            passend=Passend(chosen["passend"]) if "passend" in chosen else None,
            voorgeschiedenis=Voorgeschiedenis(chosen["eerder"]) if "eerder" in chosen else None,
            geschikt=True if "geschikt" in chosen else None,
            volgorde=Vacaturevolgorde(chosen.get("volgorde", Vacaturevolgorde.LANGST_OPEN)),
        )


class MensForm(Form):
    """Which people, and in which order; stands in the address."""

    gemeente = forms.ChoiceField(label=gettext_lazy("Woont in"), required=False, widget=Select)
    eerder = forms.ChoiceField(
        label=gettext_lazy("Al eens voorgesteld aan een werkgever?"), choices=_EARLIER, required=False, widget=Select
    )
    volgorde = forms.ChoiceField(
        label=gettext_lazy("Volgorde"),
        choices=[
            ("", gettext_lazy("Wie het langst niet is voorgesteld eerst")),
            (Mensvolgorde.BEVESTIGD.value, gettext_lazy("Wie het langst niets bevestigde eerst")),
        ],
        required=False,
        widget=Select,
    )

    def __init__(self, *args: Any, gemeenten: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gemeente"].choices = [("", _("Alle gemeenten")), *gemeenten]  # type: ignore[attr-defined]

    def keuze(self) -> Mensfilter:
        """What was understood of it."""
        chosen = understood(self)
        return Mensfilter(
            gemeente=chosen.get("gemeente", ""),
            voorgeschiedenis=Voorgeschiedenis(chosen["eerder"]) if "eerder" in chosen else None,
            volgorde=Mensvolgorde(chosen.get("volgorde", Mensvolgorde.LANGST_WACHTEND)),
        )


def _crumbs(*last: Crumb) -> tuple[Crumb, ...]:
    own = Crumb(_("Werkgeversservicepunt"), reverse("wsp") if last else "")
    return (Crumb(_("Mijn werk"), reverse("bemiddelaar")), own, *last)


def _region(request: ActorRequest) -> str:
    return werkgeversservicepunt.region_of(request.actor)


def _page_number(request: ActorRequest) -> int:
    text = request.GET.get("pagina", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


# --- What waits --------------------------------------------------------------------------------------------------


@never_cache
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """How much there is to do, and the vacatures for which nobody is on the way. Looking counts nothing anew."""
    regio, now = _region(request), timezone.now()
    form = VacatureForm(request.GET)
    chosen = understood(form)
    found = werkgeversservicepunt.vacatures_without_match(
        actor=request.actor, keuze=form.keuze(), nummer=_page_number(request), now=now
    )
    stand = werkgeversservicepunt.stand(request.actor, now=now)
    punt = contactpunten.of_region(regio)
    context = {
        "regio": gebieden.regio(regio).naam,
        "figures": (
            KeyFigure(_("Open vacatures"), number(stand.open), _("in de regio")),
            KeyFigure(_("Zonder match"), number(stand.zonder_match), _("er is niemand onderweg")),
            KeyFigure(_("Niemand past"), number(stand.niemand_past), _("van die zonder match")),
            KeyFigure(_("Mensen zonder voordracht"), number(stand.mensen), _("te vinden, en er loopt niets")),
        ),
        "rows": [_vacature(one) for one in found.regels],
        "page": Paginator(range(found.aantal), PER_PAGE).get_page(found.nummer),
        "form": form,
        "query": urlencode(chosen),
        "filtered": bool(chosen),
        "counted": _moment(found.geteld_at) if found.geteld_at else "",
        "kaart": shown(punt) if punt else None,
        "contact_url": reverse("contactpunt-wijzigen", args=[regio]),
        "crumbs": _crumbs(),
    }
    return render(request, "wsp/vacatures.html", context)


def _moment(at: Any) -> str:
    local = timezone.localtime(at)
    return f"{in_words(local.date())}, {local:%H.%M}"


def _vacature(one: Openstaand) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "url": reverse("bemiddelaar-vacature", args=[one.vacature_id]),
        "matches_url": reverse("bemiddelaar-matches", args=[one.vacature_id]),
        "naam": one.naam,
        "werkgever": one.werkgever,
        "plaats": one.plaats,
        "plaatsen": number(one.plaatsen),
        "open": number(one.dagen_open),
        "passend": _("Nog niet geteld") if one.passend is None else number(one.passend),
        "stale": one.verouderd,
        "eerder": in_words(one.eerder_op) if one.eerder_op else _("Nog nooit"),
        "clock": clock(one.sluit_op, today) if one.sluit_op else None,
    }


@never_cache
@require_safe
def vacatures_csv(request: ActorRequest) -> HttpResponse:
    """The list with its filters as a file. There is nobody in it."""
    found = werkgeversservicepunt.vacatures_without_match(
        actor=request.actor, keuze=VacatureForm(request.GET).keuze(), nummer=None, now=timezone.now()
    )
    head = (
        "vacature", "naam", "werkgever", "plaats", "plaatsen", "dagen_open", "sluit_op", "mensen_die_passen",
        "geteld_op", "laatste_voordracht",
    )  # fmt: skip
    rows = (
        (
            one.vacature_id, one.naam, one.werkgever, one.plaats, one.plaatsen, one.dagen_open, one.sluit_op or "",
            "" if one.passend is None else one.passend,
            timezone.localtime(one.geteld_at).date() if one.geteld_at else "", one.eerder_op or "",
        )
        for one in found.regels
    )  # fmt: skip
    return wsppagina.csv_of(head, rows, f"vacatures-zonder-match-{timezone.localdate().isoformat()}.csv")


# --- Who waits ---------------------------------------------------------------------------------------------------


@never_cache
@require_safe
def people(request: ActorRequest) -> HttpResponse:
    """The own people for whom nothing goes on. Everybody on the page is logged."""
    regio, now = _region(request), timezone.now()
    gemeenten = queries.gemeenten_of(request.actor, peildatum=timezone.localdate())
    form = MensForm(request.GET, gemeenten=gemeenten)
    chosen = understood(form)
    found = werkgeversservicepunt.people_without_proposal(
        actor=request.actor, keuze=form.keuze(), nummer=_page_number(request), now=now
    )
    context = {
        "regio": gebieden.regio(regio).naam,
        "rows": [_person(one) for one in found.regels],
        "page": Paginator(range(found.aantal), PER_PAGE).get_page(found.nummer),
        "form": form,
        "query": urlencode(chosen),
        "filtered": bool(chosen),
        "crumbs": _crumbs(Crumb(_("Mensen zonder voordracht"))),
    }
    return render(request, "wsp/mensen.html", context)


def _person(one: Wachtende) -> dict[str, Any]:
    gebied = gebieden.gemeente(one.gemeente)
    return {
        "url": reverse("bemiddelaar-mens", args=[one.persoon_id]),
        "jobs_url": reverse("bemiddelaar-mens-banen", args=[one.persoon_id]),
        "naam": one.naam,
        "gemeente": gebied.naam if gebied else "",
        "bevestigd": in_words(one.bevestigd_op) if one.bevestigd_op else "",
        "eerder": in_words(one.eerder_op) if one.eerder_op else _("Nog nooit"),
    }


@never_cache
@require_safe
def people_csv(request: ActorRequest) -> HttpResponse:
    """The list with its filters as a file, without names and numbers; everybody in it is logged."""
    _region(request)
    gemeenten = queries.gemeenten_of(request.actor, peildatum=timezone.localdate())
    keuze = MensForm(request.GET, gemeenten=gemeenten).keuze()
    found = werkgeversservicepunt.people_without_proposal(
        actor=request.actor, keuze=keuze, nummer=None, now=timezone.now()
    )
    names = dict(gemeenten)
    rows = (
        (one.persoon_id, names.get(one.gemeente, ""), one.bevestigd_op or "", one.eerder_op or "")
        for one in found.regels
    )
    head = ("persoon", "gemeente", "bevestigd_op", "laatst_voorgesteld_op")
    return wsppagina.csv_of(head, rows, f"mensen-zonder-voordracht-{timezone.localdate().isoformat()}.csv")


# --- How it does -------------------------------------------------------------------------------------------------


def _plek(request: ActorRequest, *last: Crumb) -> Plek:
    require(request.actor, Permission.WSP_CIJFERS_VIEW)
    return Plek(
        regio=_region(request),
        cijfers=reverse("wsp-cijfers"),
        csv=reverse("wsp-cijfers-csv"),
        json=reverse("wsp-cijfers-json"),
        jaarverslag=reverse("wsp-jaarverslag"),
        toelichtingen=reverse("wsp-toelichtingen"),
        crumbs=_crumbs(*last),
    )


@never_cache
@require_safe
def figures(request: ActorRequest) -> HttpResponse:
    """The figures of the own region. The look is logged."""
    return wsppagina.figures(request, _plek(request, Crumb(_("Cijfers"))))


@never_cache
@require_safe
def figures_csv(request: ActorRequest) -> HttpResponse:
    """The same as CSV."""
    return wsppagina.as_csv(request, _plek(request))


@never_cache
@require_safe
def figures_json(request: ActorRequest) -> HttpResponse:
    """The same as JSON."""
    return wsppagina.as_json(request, _plek(request))


@never_cache
@require_safe
def report(request: ActorRequest) -> HttpResponse:
    """The yearly report of the own region."""
    return wsppagina.report(request, _plek(request, Crumb(_("Jaarverslag"))))


@never_cache
@require_safe
def remarks(request: ActorRequest) -> HttpResponse:
    """What employers wrote, without a name. The look is logged."""
    plek, today = _plek(request, Crumb(_("Wat werkgevers schrijven"))), timezone.localdate()
    # By the year only: a quarter beside its year would say what was written in the quarters with few answers.
    periode = wsppagina.asked_period(request, today, years_only=True)
    texts = tevredenheid.read_remarks(actor=request.actor, regio=plek.regio, periode=periode, now=timezone.now())
    context = {
        "texts": texts,
        "form": wsppagina.PeriodeForm({"periode": periode.code}, today=today, years_only=True),
        "crumbs": plek.crumbs,
    }
    return render(request, "wsp/toelichtingen.html", context)
