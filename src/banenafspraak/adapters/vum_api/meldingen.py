"""What goes wrong, in the codes of the standard: a code, a message in Dutch, and details that repeat nothing asked."""

import json
from typing import Final

from django.http import HttpRequest, HttpResponse

VERSIE: Final = "3.0.0"
_ECHOED = (("X-VUM-fromParty", "X-VUM-toParty"), ("X-VUM-toParty", "X-VUM-fromParty"), ("X-VUM-viaParty",) * 2)


class Fout(Exception):
    """A call that is refused, with the status and the code of the standard."""

    status, code, message = 400, "400.01", "Ongeldige aanroep"

    def __init__(self, details: str = "") -> None:
        super().__init__(self.code)
        self.details = details


class Ongeldig(Fout):
    """Something in the call has another form than the standard says."""


class Onvolledig(Fout):
    """Something that the standard requires is missing."""

    code, message = "400.02", "Onvolledige aanroep"


class Onbekend(Fout):
    """Who calls is not known here, or is not who the certificate says."""

    status, code, message = 401, "401", "Niet toegestaan"


class Limiet(Fout):
    """The caller asks more than it may."""

    status, code, message = 429, "429.01", "Limiet overschreden"


class Storing(Fout):
    """Our own fault."""

    status, code, message = 500, "500.1", "Interne fout"


class NietBereikbaar(Fout):
    """The database does not answer, or nothing may be written down now."""

    status, code, message = 503, "503.3", "Tijdelijk niet beschikbaar"


def answer(request: HttpRequest, content: object, *, status: int = 200) -> HttpResponse:
    """An answer, with the headers of the standard: who asked is whom it goes to. No cache keeps it."""
    response = HttpResponse(
        json.dumps(content, ensure_ascii=False, separators=(",", ":")), status=status, content_type="application/json"
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["API-Version"] = response.headers["X-VUM-berichtVersie"] = VERSIE
    for name, given in _ECHOED:
        value = request.headers.get(given, "")
        if value.isascii() and value.isdigit() and len(value) == 20:
            response.headers[name] = value
    return response


def refusal(request: HttpRequest, fout: Fout) -> HttpResponse:
    """The answer that says what was wrong."""
    content = {"code": fout.code, "message": fout.message}
    return answer(request, content | ({"details": fout.details[:2000]} if fout.details else {}), status=fout.status)
