"""What goes wrong at `/vum/` and nobody caught: an answer in the words of the standard; the log has its kind only."""

from collections.abc import Callable

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from banenafspraak.adapters.vum_api.meldingen import Fout, NietBereikbaar, Storing, refusal

PREFIX = "/vum/"
log = structlog.get_logger("banenafspraak.vum")


class VumMiddleware:
    """Answers for the views of this package; leaves all others alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer to what a view raised."""
        if not request.path_info.startswith(PREFIX):
            return None
        if isinstance(exception, Fout):
            return refusal(request, exception)
        # Not the text of the exception: it may hold what was asked.
        log.error("vum failed", kind=type(exception).__name__)
        away = isinstance(exception, OperationalError | InterfaceError)
        return refusal(request, NietBereikbaar() if away else Storing())
