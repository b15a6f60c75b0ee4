"""The finished figures as pages and downloads ask for them: what there is, one factsheet, and its fingerprint."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _

from banenafspraak.access import gebieden
from banenafspraak.access.actor import Actor
from banenafspraak.metingen import rapportage, store
from banenafspraak.metingen.kubus import Cel, Grootheid
from banenafspraak.metingen.rapportage import Factsheet
from banenafspraak.metingen.store import Verzegeld
from banenafspraak.web.components.factsheet import build as build_page

NATIONAL = "NL"


@dataclass(frozen=True)
class Publication:
    """That there are figures of this region for this quarter."""

    regio: str
    naam: str
    kwartaal: str


def region_name(code: str) -> str:
    """The present name of a region; of the whole country for NL. KeyError for a code that does not exist."""
    return _("Nederland") if code == NATIONAL else gebieden.regio(code).naam


def published() -> list[Publication]:
    """Everything there are figures of: the newest quarter first, and in it the country, then the regions by name.

    A region where nobody of the doelgroep lives, as in a demo of one region, has no figures to show. One query.
    """
    found = [
        Publication(regio, region_name(regio), kwartaal)
        for kwartaal, verzegeld in store.in_force().items()
        for regio in _regions(verzegeld)
    ]
    by_name = sorted(found, key=lambda p: (p.regio != NATIONAL, p.naam))
    return sorted(by_name, key=lambda p: p.kwartaal, reverse=True)


def newest() -> Publication | None:
    """What the start page shows first: the newest quarter, of the whole country, or of the region the platform is for.

    That is a region where at least a fifth of the people of the doelgroep live; of the whole country no region has a
    tenth.
    """
    found = published()
    if not found:
        return None
    leading = _leading_region(store.in_force()[found[0].kwartaal])
    return next(p for p in found if p.regio == leading)


@lru_cache(maxsize=256)
def _leading_region(verzegeld: Verzegeld) -> str:
    persons = {
        cel.regio: aantal
        for cel, aantal in verzegeld.read().afgerond.items()
        if cel == Cel(cel.regio, Grootheid.PERSONEN) and cel.regio in _regions(verzegeld)
    }
    largest = max((regio for regio in persons if regio != NATIONAL), key=lambda regio: persons[regio], default=NATIONAL)
    return largest if persons[largest] * 5 >= persons[NATIONAL] else NATIONAL


@lru_cache(maxsize=256)
def _regions(verzegeld: Verzegeld) -> frozenset[str]:
    """The regions with a figure other than zero in one sealed file, which can never change."""
    known = {code for code, _naam in gebieden.regios()} | {NATIONAL}
    return frozenset(cel.regio for cel, aantal in verzegeld.read().afgerond.items() if aantal) & known


def factsheet_or_404(regio: str, kwartaal: str) -> Factsheet:
    """The rounded figures, or Http404 with what to do when there are none of this region and quarter. One query."""
    in_force = store.in_force()
    _published_or_404(regio, kwartaal, in_force)
    return _factsheet(regio, kwartaal, tuple(in_force.items()))


def unrounded_factsheet_or_404(regio: str, kwartaal: str, *, actor: Actor, now: datetime) -> Factsheet:
    """The figures as counted; the look is written in the logboek first. Raises `PermissionDenied`, Http404."""
    _published_or_404(regio, kwartaal, store.in_force())
    return rapportage.unrounded_factsheet(regio, kwartaal, actor=actor, now=now)


def _published_or_404(regio: str, kwartaal: str, in_force: dict[str, Verzegeld]) -> None:
    if kwartaal not in in_force or regio not in _regions(in_force[kwartaal]):
        raise Http404(
            _("Van deze regio en dit kwartaal zijn geen cijfers. Kies bij Cijfers een regio en een kwartaal.")
        )


@lru_cache(maxsize=256)
def _factsheet(regio: str, kwartaal: str, in_force: tuple[tuple[str, Verzegeld], ...]) -> Factsheet:
    """Made once for the metingen in force, which say everything that stands in it."""
    return rapportage.factsheet(regio, kwartaal, afgerond=True)


@cache
def code_digest() -> str:
    """A fingerprint of this room's code, templates, translations and style: a page changes when one of them does."""
    digest = hashlib.sha256(settings.PROJECT_VERSION.encode())
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in {".py", ".html", ".css", ".mo", ".js"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()


def etag(factsheet: Factsheet, *, kind: str) -> str:
    """A strong ETag: the figures, the form they are shown in, the language and our own code."""
    text = f"{kind}:{translation.get_language()}:{settings.DEMO}:{code_digest()}:{as_json(factsheet)}"
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def as_json(factsheet: Factsheet) -> str:
    """The factsheet as a JSON text, in the shape that is promised to machines."""
    return json.dumps(factsheet.to_json(), ensure_ascii=False, indent=1) + "\n"


def warm(kwartaal: str, regio: str = "") -> int:
    """Draw the charts of a quarter beforehand, of all regions or one, in each language; returns how many regions."""
    regions = [p.regio for p in published() if p.kwartaal == kwartaal and regio in ("", p.regio)]
    for each in regions:
        sheet = factsheet_or_404(each, kwartaal)
        for language, _naam in settings.LANGUAGES:
            with translation.override(language):
                build_page(sheet)
    return len(regions)
