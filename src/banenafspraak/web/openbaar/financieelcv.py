"""The Financieel CV for everybody: a few questions, one page, nothing kept."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from banenafspraak.access.permissions import Permission, require
from banenafspraak.web import financieelcv
from banenafspraak.web.components.parts import Crumb
from banenafspraak.web.financieelcv import CvForm
from banenafspraak.web.requests import ActorRequest


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: ActorRequest) -> HttpResponse:
    """The questions, and by POST what follows from them."""
    require(request.actor, Permission.CIJFERS_AFGEROND_VIEW)
    form = CvForm(request.POST) if request.method == "POST" else CvForm(initial=_first())
    return financieelcv.respond(request, form=form, crumbs=(Crumb(_("Financieel CV")),))


def _first() -> dict[str, object]:
    return financieelcv.first_answers(timezone.localdate())
