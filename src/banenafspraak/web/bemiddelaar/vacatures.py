"""The vacatures of a bemiddelaar: of the region and of the own organisation; placing, judging and carving them."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import vacatures, voordrachten
from banenafspraak.bemiddeling.vacaturerecord import VOOR_GESCHIKT, Geschiktreden, Sluitreden, Vacaturestatus
from banenafspraak.bemiddeling.vacatures import Vacature
from banenafspraak.register.overgangen import NietMogelijk
from banenafspraak.web import vacaturebestanden, vacaturepagina
from banenafspraak.web.components.formulier import Form, RadioSelect, Select, Textarea
from banenafspraak.web.requests import ActorRequest
from banenafspraak.web.vacaturepagina import LijstForm, Omgeving, one_or_404
from banenafspraak.web.vacaturewoorden import GESCHIKTREDENEN


class ZoekForm(LijstForm):
    """The filters of the list, and whose vacatures it is about."""

    van = forms.ChoiceField(
        label=gettext_lazy("Van wie"),
        choices=[
            ("", gettext_lazy("Mijn regio en mijn organisatie")),
            ("eigen", gettext_lazy("Van mijn organisatie")),
            ("alle", gettext_lazy("Ook uit andere regio's")),
        ],
        required=False,
        widget=Select,
    )
    field_order = ("van", "zoek", "stand", "geschikt", "volgorde")


class OordeelForm(Form):
    """Whether it suits the doelgroep, and why."""

    geschikt = forms.ChoiceField(
        label=gettext_lazy("Is deze vacature geschikt?"),
        choices=[("ja", gettext_lazy("Ja, geschikt")), ("nee", gettext_lazy("Nee, niet geschikt"))],
        error_messages={"required": gettext_lazy("Kies ja of nee.")},
        widget=RadioSelect,
    )
    reden = forms.ChoiceField(
        label=gettext_lazy("Waarom?"),
        choices=[
            ("", gettext_lazy("Kies een reden")),
            (gettext_lazy("Geschikt"), [(r.value, GESCHIKTREDENEN[r]) for r in Geschiktreden if r in VOOR_GESCHIKT]),
            (
                gettext_lazy("Niet geschikt"),
                [(r.value, GESCHIKTREDENEN[r]) for r in Geschiktreden if r not in VOOR_GESCHIKT],
            ),
        ],
        error_messages={"required": gettext_lazy("Kies een reden.")},
        widget=Select,
    )
    toelichting = forms.CharField(
        label=gettext_lazy("Toelichting (mag leeg blijven)"),
        help_text=gettext_lazy("De werkgever kan dit lezen. Schrijf niets over een kandidaat."),
        max_length=500,
        required=False,
        widget=Textarea({"rows": 3}),
    )


def _place(request: ActorRequest) -> Omgeving:
    require(request.actor, Permission.VACATURE_JUDGE)
    return Omgeving("bemiddelaar", _("Mijn werk"))


def _found(actor: Actor, form: ZoekForm) -> QuerySet[Vacature]:
    found, whose = vacatures.visible_to(actor), form.data.get("van", "")
    if whose == "eigen":
        return vacatures.own_of(actor)
    if whose == "alle":
        return found
    here = Q(regio=actor.regio) if actor.regio else Q(pk__in=())
    return found.filter(Q(geplaatst_door=actor.organisatie_id) | here)


@never_cache
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """What is open in the region and what the own organisation brought in, with filters and an order."""
    place, form = _place(request), ZoekForm(request.GET)
    lead = _("Vacatures uit uw regio. Plaats er een voor een werkgever, of maak er een van losse taken.")
    return vacaturepagina.show_list(request, place, form, _found(request.actor, form), lead=lead, by_employer=True)


@require_POST
def new(request: ActorRequest) -> HttpResponse:
    """Begin a draft for an employer."""
    return vacaturepagina.begin(request, _place(request))


@never_cache
@require_safe
def detail(request: ActorRequest, vacature_id: UUID) -> HttpResponse:
    """One vacature with everything, and the judgement."""
    place = _place(request)
    return _show(request, place, one_or_404(vacatures.visible_to(request.actor), vacature_id), None)


def _show(request: ActorRequest, place: Omgeving, vacature: Vacature, form: OordeelForm | None) -> HttpResponse:
    near = vacatures.judgeable_by(request.actor).filter(pk=vacature.pk).exists()
    may_judge = near and vacature.status != Vacaturestatus.GESLOTEN
    said = {True: "ja", False: "nee", None: ""}[vacature.geschikt]
    initial: dict[str, Any] = {
        "geschikt": said,
        "reden": vacature.geschikt_reden,
        "toelichting": vacature.geschikt_toelichting,
    }
    judge = (form or OordeelForm(initial=initial)) if may_judge else None
    return vacaturepagina.show_one(
        request,
        place,
        vacature,
        oordeel=judge,
        judge_url=place.url("vacature-judge", vacature.pk),
        with_contact=near,
        mensen=_people_for(request, vacature, near=near),
    )


def _people_for(request: ActorRequest, vacature: Vacature, *, near: bool) -> dict[str, Any] | None:
    """How far it is with people for an open vacature, and whether the last place seems taken."""
    if vacature.status != Vacaturestatus.OPEN:
        return None
    stand = voordrachten.stand_of(request.actor, vacature.pk, now=timezone.now())
    return {
        "stand": stand,
        "plaatsen": vacature.aantal_plaatsen,
        "vol": near and stand.vervuld >= vacature.aantal_plaatsen,
    }


@never_cache
@sensitive_post_parameters()
@require_POST
def judge(request: ActorRequest, vacature_id: UUID) -> HttpResponse:
    """Say whether it suits the doelgroep, and why."""
    place = _place(request)
    vacature = one_or_404(vacatures.judgeable_by(request.actor), vacature_id)
    form = OordeelForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            vacatures.judge(
                actor=request.actor,
                vacature_id=vacature.pk,
                geschikt=data["geschikt"] == "ja",
                reden=Geschiktreden(data["reden"]),
                toelichting=data["toelichting"],
                now=timezone.now(),
            )
        except ValidationError as error:
            for name, errors in error.message_dict.items():
                form.add_error(name if name in form.fields else None, errors)
        except NietMogelijk as error:
            messages.warning(request, error.melding)
            return redirect(place.url("vacature", vacature.pk))
        else:
            messages.success(request, _("Uw oordeel is bewaard."))
            return redirect(place.url("vacature", vacature.pk))
    response = _show(request, place, vacature, form)
    response.status_code = 400
    return response


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: ActorRequest, vacature_id: UUID, stap: str) -> HttpResponse:
    """One step of the form; saved at once."""
    place = _place(request)
    return vacaturepagina.answer_step(request, place, one_or_404(vacatures.own_of(request.actor), vacature_id), stap)


@require_POST
def act(request: ActorRequest, vacature_id: UUID) -> HttpResponse:
    """Open, copy, close or throw away; that somebody of the doelgroep has the job can be said of any in the region."""
    place = _place(request)
    if request.POST.get("handeling") != "vervuld":
        return vacaturepagina.act(request, place, vacature_id)
    vacature = one_or_404(vacatures.judgeable_by(request.actor), vacature_id)
    try:
        reden, now = Sluitreden.VERVULD_DOELGROEP, timezone.now()
        vacatures.close(actor=request.actor, vacature_id=vacature.pk, reden=reden, now=now)
        messages.success(request, _("De vacature is gesloten."))
    except NietMogelijk as error:
        messages.warning(request, error.melding)
    return redirect(place.url("vacature", vacature.pk))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def carve(request: ActorRequest) -> HttpResponse:
    """A new job out of tasks of one employer."""
    return vacaturepagina.carve(request, _place(request))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: ActorRequest) -> HttpResponse:
    """Vacatures out of a file."""
    return vacaturebestanden.take_in(request, _place(request))


@never_cache
@require_safe
def give_out(request: ActorRequest) -> HttpResponse:
    """The list as a file."""
    _place(request)
    form = ZoekForm(request.GET)
    return vacaturebestanden.give_out(request, _found(request.actor, form), form)
