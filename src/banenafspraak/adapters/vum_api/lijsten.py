"""The list of the pilot: all profiles of one organisation, delivered and asked for as a whole.

A delivery takes the place of the list before it in all or nothing. Who is not in it any more is told and never removed:
a list that came in cut off must not make people disappear. Both VUM 3.0 and its predecessor UM 0.8.7 are read.
"""

import io
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from banenafspraak.access import database
from banenafspraak.access.actor import Actor
from banenafspraak.adapters import vacatures
from banenafspraak.adapters.profielen import um, vum
from banenafspraak.adapters.profielen.jsonlijst import items
from banenafspraak.adapters.vum_api import antwoorden
from banenafspraak.adapters.vum_api.koppen import Beller
from banenafspraak.adapters.vum_api.meldingen import Onbekend, Ongeldig, Onvolledig, answer
from banenafspraak.adapters.vum_api.views import body_of, door
from banenafspraak.bemiddeling import profielbestand, profielimport, vacatureimport, vumdeling
from banenafspraak.bemiddeling.profielimport import Importverslag
from banenafspraak.bemiddeling.profiellevering import Bronnummers, Onleesbaar, Profielregel
from banenafspraak.bemiddeling.vacaturelevering import Vacatureformaat
from banenafspraak.register.moment import day_of
from banenafspraak.register.records import Regelfout

MAX_BYTES = 50_000_000
"""Of a list; a larger one goes through `import_profielen`."""
_SHOWN = 20
_LEGACY = frozenset({"voorkeursland", "gedragscompetentie", "vakvaardigheid"})
_LEGACY_OCCUPATION = frozenset(
    {"omschrijvingBeroepsnaam", "naamBeroepOngecodeerd", "beroepsnaamGecodeerd", "beroepsnaamOngecodeerd"}
)


@door("GET", "POST")
def profile_list(request: HttpRequest, beller: Beller, oin: str) -> HttpResponse:
    """`GET` and `POST /werkzoekende/lijst/{oin}`, for the organisation with that OIN only."""
    actor = _supplier(beller, oin)
    now = timezone.now()
    with database.acting(actor):
        if request.method == "GET":
            found = vumdeling.supplied(actor=actor, now=now)
            return answer(request, [profielbestand.vum(one.nummer, one.record) for one in found])
        try:
            verslag = profielimport.take_in(
                _read(_list_of(request), beller.partij.organisatie_id),
                organisatie_id=beller.partij.organisatie_id,
                actor=actor,
                now=now,
            )
        except Onleesbaar as error:
            raise Ongeldig(str(error)) from None
    if not verslag.ingelezen:
        raise Ongeldig(_faults("Profiel", verslag))
    return answer(request, _report(verslag))


@door("GET", "POST")
def vacature_list(request: HttpRequest, beller: Beller, oin: str) -> HttpResponse:
    """`GET` and `POST /vacature/lijst/{oin}`, for the organisation with that OIN only."""
    actor = _supplier(beller, oin)
    now = timezone.now()
    with database.acting(actor):
        if request.method == "GET":
            offered = vumdeling.supplied_vacatures(actor=actor, now=now)
            return answer(request, [antwoorden.vacature_detail(one) for one in offered])
        try:
            verslag = vacatureimport.take_in(
                vacatures.read(io.BytesIO(_list_of(request)), Vacatureformaat.VUM),
                organisatie_id=beller.partij.organisatie_id,
                actor=actor,
                now=now,
            )
        except Onleesbaar as error:
            raise Ongeldig(str(error)) from None
    if not verslag.ingelezen:
        raise Ongeldig(_faults("Vacature", verslag))
    return answer(request, _report(verslag))


def _list_of(request: HttpRequest) -> bytes:
    body = body_of(request, MAX_BYTES)
    if not body.strip():
        raise Onvolledig("De lijst ontbreekt.")
    return body


def _supplier(beller: Beller, oin: str) -> Actor:
    actor = beller.partij.supplier(peildatum=day_of(timezone.now()))
    if actor is None or oin != beller.partij.oin:
        raise Onbekend("Een lijst is alleen voor de organisatie zelf.")
    return actor


def _read(body: bytes, organisatie_id: int) -> Iterator[Profielregel | Regelfout]:
    bronnummers = Bronnummers(organisatie_id)
    for nummer, item in enumerate(items(io.BytesIO(body)), start=1):
        reader = um if _is_legacy(item) else vum
        yield reader.read_one(nummer, item, bronnummers)


def _is_legacy(item: Any) -> bool:
    """Whether a profile has what only the predecessor of the standard knows."""
    if not isinstance(item, dict):
        return False
    kwalificatie, flex = item.get("arbeidsmarktkwalificatie"), item.get("flexibiliteit")
    inside = set(kwalificatie) if isinstance(kwalificatie, dict) else set()
    beroepen = item.get("bemiddelingsberoep")
    named = {key for one in beroepen if isinstance(one, dict) for key in one} if isinstance(beroepen, list) else set()
    radius = isinstance(flex, dict) and "codeRegiostraal" in flex
    return bool(radius or _LEGACY & (set(item) | inside) or _LEGACY_OCCUPATION & named)


def _faults(what: str, verslag: Importverslag | vacatureimport.Importverslag) -> str:
    told = [f"{what} {fout.regel}: {fout.melding} {fout.herstel}" for fout in verslag.fouten[:_SHOWN]]
    return " ".join([f"Er is niets ingelezen: {verslag.fouten_totaal} fout(en).", *told])


def _report(verslag: Importverslag | vacatureimport.Importverslag) -> dict[str, Any]:
    return {
        "nieuw": verslag.nieuw,
        "gewijzigd": verslag.gewijzigd,
        "gelijk": verslag.gelijk,
        "nietMeerGeleverd": verslag.ontbreekt_totaal,
        "nietMeerGeleverdeIds": list(verslag.ontbreekt),
    }
