"""Addresses for the people and machines that keep the platform running, and the duty of RFC 9116.

None of them opens the transaction that other requests get: they must answer while the database does not.
"""

import hmac
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.db.transaction import non_atomic_requests
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from banenafspraak.metingen import store
from banenafspraak.web import figures, metrics

LOOPBACK = frozenset({"127.0.0.1", "::1"})
# Set by a proxy: then the address of the connection says nothing about who asks.
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP")


@non_atomic_requests
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of the database, so that a slow one does not make every worker restart."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@non_atomic_requests
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Whether the database answers and the newest meting can be read: 200, else 503 and which of the two fails."""
    checks = {"database": _database_answers(), "meting": _newest_meting()}
    ready = checks["database"] and checks["meting"] != "unreadable"
    return JsonResponse({"ready": ready, "checks": checks}, status=200 if ready else 503)


@non_atomic_requests
@never_cache
@require_safe
def prometheus(request: HttpRequest) -> HttpResponse:
    """Counters for Prometheus: from this machine itself, or with the token of BANENAFSPRAAK_METRICS_TOKEN."""
    if not _may_read_metrics(request):
        raise PermissionDenied("metrics from outside")
    database_up = _database_answers()
    factsheets = len(figures.published()) if database_up else 0
    text = metrics.render(version=settings.PROJECT_VERSION, factsheets=factsheets, database_up=database_up)
    return HttpResponse(text, content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_read_metrics(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if token and scheme == "Bearer" and hmac.compare_digest(given.encode(), token.encode()):
        return True
    forwarded = any(header in request.headers for header in FORWARDED)
    return request.META.get("REMOTE_ADDR") in LOOPBACK and not forwarded


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError:
        return False


def _newest_meting() -> str:
    """ "none" when nothing was counted yet, "readable", or "unreadable"."""
    try:
        quarters = store.in_force()
        if not quarters:
            return "none"
        store.read(max(quarters))
    except (DatabaseError, store.ZegelGebroken):
        return "unreadable"
    return "readable"


@non_atomic_requests
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116. Expires is between six and seven months away, the same all month, so that caches can keep it."""
    lines = [
        f"Contact: {settings.SECURITY_CONTACT or request.build_absolute_uri(reverse('security'))}",
        f"Expires: {_expires(timezone.now()):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {request.build_absolute_uri(reverse('security-txt'))}",
        f"Policy: {request.build_absolute_uri(reverse('security'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _expires(now: datetime) -> datetime:
    first = now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return (first + timedelta(days=7 * 31)).replace(day=1)
