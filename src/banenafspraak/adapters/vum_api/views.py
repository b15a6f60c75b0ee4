"""The doors: one function for each address of the standard."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.transaction import non_atomic_requests
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from banenafspraak.access import database, zegels
from banenafspraak.adapters.vum_api import antwoorden, vraag
from banenafspraak.adapters.vum_api.koppen import Beller, caller
from banenafspraak.adapters.vum_api.meldingen import Limiet, NietBereikbaar, Onbekend, Ongeldig, answer
from banenafspraak.bemiddeling import vumdeling
from banenafspraak.bemiddeling.vumdeling import TeVeel

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Beller, P], HttpResponse]

NOT_HERE = "Dit is hier niet te vinden, of niet meer."
_TOO_MUCH = "Deze partij vroeg te veel. Stel eerst een nieuwe zoekvraag, of wacht een minuut."


def door(*methods: str) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponse]]:
    """A view for these methods that a party calls: who that is, is judged before anything is read.

    The view runs in one transaction, in the role of the database that answers. Raises `meldingen.Fout`, which the
    middleware answers.
    """

    def decorate(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @csrf_exempt
        @non_atomic_requests
        @wraps(view)
        def judged(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method not in methods:
                raise Ongeldig(f"Gebruik hier {' of '.join(methods)}.")
            beller = caller(request)
            if zegels.behind_since(now=timezone.now()) is not None:
                raise NietBereikbaar
            try:
                with transaction.atomic(), database.acting(beller.partij.actor):
                    return view(request, beller, *args, **kwargs)
            except TeVeel:
                raise Limiet(_TOO_MUCH) from None
            except PermissionDenied:
                raise Onbekend("Deze partij mag dit niet.") from None

        return judged  # type: ignore[return-value]

    return decorate


@door("POST")
def profile_matches(request: HttpRequest, beller: Beller) -> HttpResponse:
    """`POST /werkzoekendeProfielen/matches`."""
    selectie = vraag.read(body_of(request, vraag.MAX_BYTES), vraag.WERKZOEKENDE)
    found = vumdeling.search_profiles(
        actor=beller.partij.actor, partij=beller.partij, bron=beller.bron, selectie=selectie, now=timezone.now()
    )
    matches = [antwoorden.profile_match(one) for one in found.profielen]
    return answer(request, {"maximumAantalResultatenBereikt": found.meer, "matches": matches})


@door("POST")
def vacature_matches(request: HttpRequest, beller: Beller) -> HttpResponse:
    """`POST /vacatures/matches`."""
    selectie = vraag.read(body_of(request, vraag.MAX_BYTES), vraag.VACATURE)
    found = vumdeling.search_vacatures(
        actor=beller.partij.actor, partij=beller.partij, bron=beller.bron, selectie=selectie, now=timezone.now()
    )
    matches = [antwoorden.vacature_match(one) for one in found.vacatures]
    return answer(request, {"maximumAantalResultatenBereikt": found.meer, "matches": matches})


@door("GET")
def profile_detail(request: HttpRequest, beller: Beller, nummer: str) -> HttpResponse:
    """`GET /werkzoekendeProfielen/{idWerkzoekende}`."""
    found = vumdeling.profile(
        actor=beller.partij.actor, partij=beller.partij, bron=beller.bron, nummer=nummer, now=timezone.now()
    )
    if found is None:
        raise Ongeldig(NOT_HERE)
    return answer(request, antwoorden.profile_detail(found, suwi=beller.partij.suwi))


@door("GET")
def vacature_detail(request: HttpRequest, beller: Beller, nummer: str) -> HttpResponse:
    """`GET /vacatures/{idVacature}`."""
    found = vumdeling.vacature(
        actor=beller.partij.actor, partij=beller.partij, bron=beller.bron, nummer=nummer, now=timezone.now()
    )
    if found is None:
        raise Ongeldig(NOT_HERE)
    return answer(request, antwoorden.vacature_detail(found))


@csrf_exempt
@non_atomic_requests
def nowhere(request: HttpRequest) -> HttpResponse:
    """Any other address below `/vum/`."""
    raise Ongeldig("Dit adres bestaat niet.")


def body_of(request: HttpRequest, most: int) -> bytes:
    """The body, read no further than so many bytes. Raises `Ongeldig` when there is more."""
    length = request.headers.get("Content-Length") or "0"
    if not (length.isascii() and length.isdigit()) or len(length) > 12 or int(length) > most:
        raise Ongeldig("Deze aanroep is te groot.")
    body = request.read(most + 1)
    if len(body) > most:
        raise Ongeldig("Deze aanroep is te groot.")
    return body
