"""Signing in, choosing a role, signing out, and the language of the screen."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.core.exceptions import ObjectDoesNotExist, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from banenafspraak.access import actor as actors
from banenafspraak.access import demo
from banenafspraak.access.permissions import Rol
from banenafspraak.web import roles
from banenafspraak.web.components.parts import Crumb
from banenafspraak.web.middleware import outside_role
from banenafspraak.web.requests import ActorRequest, without_bsn


@outside_role
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: ActorRequest) -> HttpResponse:
    """One button for each demo role, or the way to the identity provider; then the choice of a role."""
    if request.method == "POST":
        return _sign_in_demo(request)
    choices = _choices(request)
    if not (settings.DEMO or settings.OIDC_ENABLED):
        return render(request, "openbaar/no_sign_in.html", {"crumbs": (Crumb(_("Inloggen")),)}, status=404)
    buttons = [
        (rol.sleutel, roles.demo_label(rol.sleutel), rol.organisatie.naam if rol.organisatie else "")
        for rol in (demo.DEMO_ROLLEN if settings.DEMO else ())
    ]
    return render(
        request,
        "openbaar/sign_in.html",
        {
            "buttons": buttons,
            "choices": [(c.lidmaatschap_id, roles.role_name(c.rol), c.organisatie) for c in choices],
            "provider_url": reverse("oidc_authentication_init") if settings.OIDC_ENABLED else "",
            "crumbs": (Crumb(_("Inloggen")),),
        },
    )


def _sign_in_demo(request: ActorRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404(_("Inloggen met een knop kan alleen in de demo."))
    sleutel = request.POST.get("rol", "")
    if sleutel not in {rol.sleutel for rol in demo.DEMO_ROLLEN}:
        raise SuspiciousOperation("unknown demo role")
    try:
        gebruiker, lidmaatschap_id = demo.demo_sign_in(sleutel)
    except ObjectDoesNotExist:
        demo.ensure_demo_roles()
        gebruiker, lidmaatschap_id = demo.demo_sign_in(sleutel)
    logout(request)  # nothing of an earlier role stays behind
    login(request, gebruiker)
    request.session[actors.SESSION_LIDMAATSCHAP] = lidmaatschap_id
    messages.success(request, _("U bent ingelogd als %(rol)s.") % {"rol": roles.demo_label(sleutel)})
    return redirect("home")


@outside_role
@never_cache
@require_POST
def choose_role(request: ActorRequest) -> HttpResponse:
    """Take one of one's own roles; any other number is refused."""
    chosen = request.POST.get("lidmaatschap", "")
    for choice in _choices(request):
        if str(choice.lidmaatschap_id) == chosen:
            request.session.cycle_key()
            request.session[actors.SESSION_LIDMAATSCHAP] = choice.lidmaatschap_id
            messages.success(request, _("U bent ingelogd als %(rol)s.") % {"rol": roles.role_name(choice.rol)})
            return redirect("home")
    raise SuspiciousOperation("not a role of this user")


def _choices(request: ActorRequest) -> list[actors.Rolkeuze]:
    """The roles a signed-in user may still choose from; none for a visitor and for who has already chosen."""
    if not request.user.is_authenticated or request.actor.rol is not Rol.ANONIEM:
        return []
    return actors.choices_of(request.user, peildatum=timezone.localdate())


@outside_role
@never_cache
@require_POST
def sign_out(request: ActorRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    messages.success(request, _("U bent uitgelogd."))
    return redirect("home")


@csrf_exempt
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the language and go back to the same page.

    Without a CSRF token, so that a public page carries no cookie only because it has this button; a post from another
    site is refused by what the browser says about it, and could do no more than change the language.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise SuspiciousOperation("language chosen from another site")
    code = request.POST.get("taal", "")
    if code not in dict(settings.LANGUAGES):
        raise SuspiciousOperation("unknown language")
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        target = "/"
    response = HttpResponseRedirect(without_bsn(target))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=365 * 24 * 3600,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
