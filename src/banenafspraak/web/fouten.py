"""The pages for when something is refused, missing or broken: what happened, and what the visitor can do."""

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from banenafspraak.web.components.parts import Crumb


def _page(request: HttpRequest, template: str, title: str, status: int, **context: object) -> HttpResponse:
    return render(request, template, {"crumbs": (Crumb(title),), **context}, status=status)


@requires_csrf_token
def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request could not be understood. The text of the exception is for the log, not for the page."""
    return _page(request, "errors/400.html", _("Dit ging niet goed"), 400)


@requires_csrf_token
def handler403(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The actor may not do this."""
    return _page(request, "errors/403.html", _("Dit mag u niet zien"), 403)


@requires_csrf_token
def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing stands here. An Http404 that carries a sentence of ours shows it."""
    reason = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return _page(request, "errors/404.html", _("Deze pagina is er niet"), 404, reason=reason)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its token, most often because the page had been open for a long time."""
    return _page(request, "errors/csrf.html", _("Dit formulier is verlopen"), 403)


def read_only(request: HttpRequest) -> HttpResponse:
    """Nothing may be changed now; looking goes on."""
    return _page(request, "errors/503.html", _("U kunt nu alleen kijken"), 503)


@requires_csrf_token
def handler500(request: HttpRequest) -> HttpResponse:
    """Our own fault. Asks nothing of the session or the database: they may be what is broken."""
    number = getattr(request, "request_id", "")
    return HttpResponseServerError(get_template("errors/500.html").render({"number": number}))
