"""UWV answers what people say is not right about their registration."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from banenafspraak.access.permissions import Permission
from banenafspraak.web import meldingen
from banenafspraak.web.requests import ActorRequest

LOKET = meldingen.Loket(
    Permission.MELDING_DECIDE, "beoordelaar-meldingen", "beoordelaar-melding", "beoordelaar-registraties"
)


@never_cache
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """What waits for an answer."""
    return meldingen.worklist(request, LOKET)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: ActorRequest, melding_id: UUID) -> HttpResponse:
    """One melding, and what can be done with it."""
    return meldingen.detail(request, LOKET, melding_id)
