"""What happens around every request: who acts, in which language, under which headers and which number."""

import dataclasses
import math
import re
import time
import uuid
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any, TypeVar

import structlog
from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.common import CommonMiddleware
from django.middleware.gzip import GZipMiddleware
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from banenafspraak.access import actor as actors
from banenafspraak.access import apisleutels, database, logboek, zegels
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Rol
from banenafspraak.web import fouten, metrics
from banenafspraak.web.api import problems
from banenafspraak.web.requests import without_bsn

GetResponse = Callable[[HttpRequest], HttpResponseBase]
View = TypeVar("View", bound=Callable[..., HttpResponseBase])

log = structlog.get_logger("banenafspraak.web")

# Methods that change nothing.
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

# Why a page is looked at, as whom it is about reads it; an action with a purpose of its own says so itself.
DOEL = "gebruik van de website"
DOELEN = {
    Rol.BEHEER: "het systeem beheren",
    Rol.BELEID: "beleid maken over de banenafspraak",
    Rol.BEMIDDELAAR: "mensen aan werk helpen, en taken van de gemeente daarbij",
    Rol.BEOORDELAAR: "beoordelen wie in het doelgroepregister hoort, en meldingen daarover behandelen",
    Rol.TOEZICHT: "toezicht houden op wie gegevens bekijkt",
    Rol.WERKGEVER: "mensen in dienst nemen of houden",
}

# Everything a page of ours needs comes from our own address; nothing may run, load or frame from elsewhere.
SECURITY_HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "microphone=(), payment=(), usb=()"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class HeadersMiddleware:
    """First in the row, so that static files, refusals and errors get the same headers and log line as pages.

    Gives the request a random number (never one that came from outside, so nobody can write in our logs), binds it to
    the log context, and logs one line per request: route, status and duration. Not the path, the address or the user:
    a path can hold something personal, a route cannot.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = uuid.uuid4().hex
        logboek.trace_id.set(_trace(request) or request_id)
        request.request_id = request_id  # type: ignore[attr-defined]
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
            if request.path_info.startswith(problems.API_PREFIX):
                response = problems.as_api_answer(request, response)
            for name, value in SECURITY_HEADERS.items():
                response.headers.setdefault(name, value)
            response.headers["X-Request-ID"] = request_id
            seconds = time.perf_counter() - started
            route = request.resolver_match.route if request.resolver_match else ""
            metrics.count_request(
                method=request.method or "", route=route, status=response.status_code, seconds=seconds
            )
            log.info(
                "request",
                method=request.method,
                route=route,
                status=response.status_code,
                ms=round(seconds * 1000, 1),
            )
        return response


def _trace(request: HttpRequest) -> str:
    """The trace of a caller that follows W3C Trace Context, so that both logs can be laid side by side; else empty.

    A trace is random, so one without a letter is not a trace but a number of something, perhaps of somebody.
    """
    found = re.fullmatch(r"00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}", request.headers.get("traceparent", ""))
    return found[1] if found and not found[1].isdecimal() else ""


class LanguageMiddleware:
    """Dutch, unless the visitor chose English here.

    The language of the browser is not followed: who sends a link to a colleague must know what the colleague reads,
    and these are Dutch pages first. Used instead of Django's LocaleMiddleware.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("Cookie",))
        return response


class OwnSessionMiddleware(SessionMiddleware):
    """Sessions whose key we can have given out; any other text in the cookie is not asked of the database."""

    def process_request(self, request: HttpRequest) -> None:
        """Forget a cookie that is not ours before it is looked up."""
        if not re.fullmatch("[0-9a-z]{32}", request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")):
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        super().process_request(request)


class AddressMiddleware(CommonMiddleware):
    """Django's redirect to the address with a slash, which leaves out a query that a BSN was typed in."""

    def get_full_path_with_slash(self, request: HttpRequest) -> str:
        """Where the redirect goes."""
        return without_bsn(super().get_full_path_with_slash(request))


class ActorMiddleware:
    """Sets `request.actor`, and runs the view in one transaction under that actor's role in the database.

    After AuthenticationMiddleware, and last: who signed in was looked up before the role was taken on. A view that
    changes the session itself (`outside_role`) stays in the website's own role.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self._locked, self._asked_at = False, -math.inf

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = _actor_of(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Answer only after the transaction is over: what the answer says is then really so."""
        if getattr(view, "_non_atomic_requests", None):
            return None
        actor: Actor = request.actor  # type: ignore[attr-defined]
        if actor.rol is not Rol.ANONIEM:
            if request.method not in SAFE and self._read_only():
                return fouten.read_only(request)
            if request.method in SAFE and (address := without_bsn(request.get_full_path())) != request.get_full_path():
                # Whoever searches by a number would leave it in histories and logs: it goes, and nothing repeats it.
                messages.error(request, _("Zoek niet op een BSN: een adres blijft bewaard. Wij hebben het weggehaald."))
                return HttpResponseRedirect(address)
        role = nullcontext() if getattr(view, "outside_role", False) else database.acting(actor)
        with transaction.atomic(), role:
            return view(request, *args, **kwargs)

    def _read_only(self) -> bool:
        """Whether the logboek is not being sealed: then nothing may be changed. Asked again twice a minute."""
        if time.monotonic() > self._asked_at + 30:
            since = zegels.behind_since(now=timezone.now())
            self._locked, self._asked_at = since is not None, time.monotonic()
            if since is not None:
                log.error("read only: the logboek is not being sealed", since=since.isoformat())
        return self._locked


def outside_role(view: View) -> View:
    """Mark a view that changes the session: only the website's own role may touch the table of sessions."""
    view.outside_role = True  # type: ignore[attr-defined]
    return view


class CompressionMiddleware(GZipMiddleware):
    """Compression, except of an answer that must not show by its length what it says (`same_length`)."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """As Django's, for what may be compressed."""
        return response if getattr(response, "same_length", False) else super().process_response(request, response)


def _actor_of(request: HttpRequest) -> Actor:
    # A program signs in with a key, at the addresses made for programs only. One query.
    if request.path_info.startswith(problems.KEY_PREFIX) and "Authorization" in request.headers:
        scheme, _, key = request.headers["Authorization"].partition(" ")
        if scheme.lower() != "bearer":
            return Actor.anonymous()
        return apisleutels.actor_of(key.strip(), now=timezone.now(), doel=DOEL)
    # Without a session cookie there is nothing to look up, and a page for visitors stays without a cookie of its own.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return Actor.anonymous()
    actor = actors.of_user(
        request.user,
        lidmaatschap_id=request.session.get(actors.SESSION_LIDMAATSCHAP),
        peildatum=timezone.localdate(),
        doel=DOEL,
    )
    return dataclasses.replace(actor, doel=DOELEN.get(actor.rol, actor.doel))
