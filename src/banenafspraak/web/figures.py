"""The finished figures as pages and downloads ask for them: what there is, one factsheet, and its fingerprint."""

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _

from banenafspraak.access import gebieden
from banenafspraak.metingen import rapportage, store
from banenafspraak.metingen.rapportage import Factsheet
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
    """Everything there are figures of: by name of the region, the newest quarter first."""
    found = [Publication(regio, region_name(regio), kwartaal) for regio, kwartaal in store.available()]
    newest_first = sorted(found, key=lambda p: p.kwartaal, reverse=True)
    return sorted(newest_first, key=lambda p: (p.regio == NATIONAL, p.naam))


def factsheet_or_404(regio: str, kwartaal: str, *, afgerond: bool) -> Factsheet:
    """The figures, or Http404 with what to do when there are none of this region and quarter."""
    if (regio, kwartaal) not in store.available():
        raise Http404(
            _("Van deze regio en dit kwartaal zijn geen cijfers. Kies bij Cijfers een regio en een kwartaal.")
        )
    return rapportage.factsheet(regio, kwartaal, afgerond=afgerond)


@cache
def code_digest() -> str:
    """A fingerprint of this room's code, templates, translations and style: a page changes when one of them does."""
    digest = hashlib.sha256(settings.PROJECT_VERSION.encode())
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in {".py", ".html", ".css", ".mo", ".js"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()


def etag(factsheet: Factsheet, *, kind: str) -> str:
    """A strong ETag: the seal of the figures, the form they are shown in, the language and our own code."""
    text = f"{factsheet.zegel}:{factsheet.regio.code}:{factsheet.kwartaal}:{factsheet.afgerond}:{kind}"
    language = translation.get_language() or ""
    return f'"{hashlib.sha256(f"{text}:{language}:{settings.DEMO}:{code_digest()}".encode()).hexdigest()[:32]}"'


def as_json(factsheet: Factsheet) -> str:
    """The factsheet as a JSON text, in the shape that is promised to machines."""
    return json.dumps(factsheet.to_json(), ensure_ascii=False, indent=1) + "\n"


def as_csv(factsheet: Factsheet) -> str:
    """The factsheet as one figure a line: semicolons, and a byte order mark, so that a spreadsheet opens it right."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(["regio", "regionaam", "kwartaal", "peildatum", "afgerond", "cijfer", "waarde"])
    plain = factsheet.to_json()
    about = (
        factsheet.regio.code,
        factsheet.regio.naam,
        factsheet.kwartaal,
        factsheet.peildatum.isoformat(),
        "ja" if factsheet.afgerond else "nee",
    )
    for name, value in _flat({k: v for k, v in plain.items() if isinstance(v, dict | list) and k != "regio"}):
        writer.writerow([*about, name, value])
    return "\ufeff" + out.getvalue()


def _flat(value: Any, name: str = "") -> Iterator[tuple[str, int | str]]:
    """The figures of a nested answer with dotted names; lists by quarter. What is not known is left out."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key != "kwartaal":
                yield from _flat(item, f"{name}.{key}" if name else key)
    elif isinstance(value, list):
        for item in value:
            yield from _flat(item, f"{name}.{item['kwartaal']}")
    elif value is not None:
        yield name, value


def warm(kwartaal: str) -> int:
    """Draw the charts of every region of a quarter beforehand, in each language; returns how many factsheets."""
    regions = [regio for regio, available in store.available() if available == kwartaal]
    for regio in regions:
        sheet = rapportage.factsheet(regio, kwartaal, afgerond=True)
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                build_page(sheet)
    return len(regions)
