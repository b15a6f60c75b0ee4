"""The own vacatures of an employer: a list, a form in steps, closing, carving, and files."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banenafspraak.access.permissions import Permission, Rol, require
from banenafspraak.bemiddeling import tevredenheid, vacatures
from banenafspraak.bemiddeling.vacaturerecord import Vacaturestatus
from banenafspraak.bemiddeling.wspwoorden import Uitkomstsoort
from banenafspraak.web import contactpuntpagina, vacaturebestanden, vacaturepagina
from banenafspraak.web.requests import ActorRequest
from banenafspraak.web.vacaturepagina import LijstForm, Omgeving, one_or_404
from banenafspraak.web.werkgever.tevredenheid import question_urls


def _place(request: ActorRequest) -> Omgeving:
    require(request.actor, Permission.VACATURE_PLACE)
    # A bemiddelaar has pages of the own kind, with the same right.
    require(request.actor, Permission.KANDIDATEN_SEARCH)
    assert request.actor.rol is Rol.WERKGEVER
    return Omgeving("employer", _("Werkgever"))


@never_cache
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """The own vacatures, with filters and an order."""
    place = _place(request)
    lead = _("Zet uw werk hier neer. Dan vinden kandidaten en bemiddelaars het.")
    found = vacatures.visible_to(request.actor)
    kaarten = contactpuntpagina.for_employer(request.actor)
    return vacaturepagina.show_list(
        request, place, LijstForm(request.GET), found, lead=lead, by_employer=False, contactkaarten=kaarten
    )


@require_POST
def new(request: ActorRequest) -> HttpResponse:
    """Begin a draft."""
    return vacaturepagina.begin(request, _place(request))


@never_cache
@require_safe
def detail(request: ActorRequest, vacature_id: UUID) -> HttpResponse:
    """One own vacature with everything."""
    place = _place(request)
    vacature = one_or_404(vacatures.visible_to(request.actor), vacature_id)
    return vacaturepagina.show_one(
        request,
        place,
        vacature,
        oordeel=None,
        judge_url="",
        vraag=_question(request, vacature),
        contactkaarten=contactpuntpagina.for_employer(request.actor, first=vacature.regio),
    )


def _question(request: ActorRequest, vacature: vacatures.Vacature) -> str:
    """Where to say how the help was, once this vacature is closed and as long as the question stands."""
    if vacature.status != Vacaturestatus.GESLOTEN:
        return ""
    one = tevredenheid.outcome_of(
        actor=request.actor, soort=Uitkomstsoort.VACATURE, over=vacature.pk, now=timezone.now()
    )
    return question_urls([one]).get((one.soort, one.over), "") if one else ""


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: ActorRequest, vacature_id: UUID, stap: str) -> HttpResponse:
    """One step of the form; saved at once."""
    place = _place(request)
    return vacaturepagina.answer_step(request, place, one_or_404(vacatures.own_of(request.actor), vacature_id), stap)


@require_POST
def act(request: ActorRequest, vacature_id: UUID) -> HttpResponse:
    """Open, copy, close or throw away."""
    return vacaturepagina.act(request, _place(request), vacature_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def carve(request: ActorRequest) -> HttpResponse:
    """A new job out of tasks of the own work."""
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
    return vacaturebestanden.give_out(request, vacatures.visible_to(request.actor), LijstForm(request.GET))
