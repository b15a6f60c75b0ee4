"""The file of a population, as CSV, ODS or JSON: the four data of Besluit SUWI 3.2 lid 1 and nothing else.

The same rows give the same bytes, so that two deliveries of the same moment have the same sha256.
"""

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from banenafspraak.register.populatie import Populatieregel
from banenafspraak.register.populatiewoorden import GRONDSLAG, Bestandsvorm

KOLOMMEN = ("bsn", "grond", "vanaf", "tot")
MEDIA_TYPES = {
    Bestandsvorm.CSV: "text/csv; charset=utf-8",
    Bestandsvorm.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    Bestandsvorm.JSON: "application/json",
}

# What a spreadsheet would run instead of show, when it stands first in a cell.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
# Fixed, so that the same rows give the same file.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_MIMETYPE = MEDIA_TYPES[Bestandsvorm.ODS]
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{_MIMETYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
_CONTENT_BEGIN = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">'
    '<office:body><office:spreadsheet><table:table table:name="Populatie">'
)
_CONTENT_END = "</table:table></office:spreadsheet></office:body></office:document-content>"


def render(vorm: Bestandsvorm, regels: Sequence[Populatieregel], *, gemeente: str, peildatum: date) -> bytes:
    """The file in this form. `gemeente` (code) and `peildatum` stand in the JSON only, which has room for them."""
    rows = [_cells(regel) for regel in regels]
    match vorm:
        case Bestandsvorm.CSV:
            return _csv(rows)
        case Bestandsvorm.ODS:
            return _ods(rows)
    return _json(rows, gemeente, peildatum)


def guarded(text: str) -> str:
    """The text so that a spreadsheet shows it and never runs it: what looks like a formula gets an apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cells(regel: Populatieregel) -> tuple[str, ...]:
    tot = regel.tot.isoformat() if regel.tot else ""
    return regel.bsn.reveal(), regel.label.value, regel.vanaf.isoformat(), tot


def _csv(rows: Sequence[tuple[str, ...]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(KOLOMMEN)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    # The mark at the front makes an office read it as UTF-8.
    return out.getvalue().encode("utf-8-sig")


def _json(rows: Sequence[tuple[str, ...]], gemeente: str, peildatum: date) -> bytes:
    inhoud = {
        "gemeente": gemeente,
        "peildatum": peildatum.isoformat(),
        "grondslag": f"{GRONDSLAG}; Besluit SUWI art. 3.2 lid 1",
        "registraties": [dict(zip(KOLOMMEN, (*row[:-1], row[-1] or None), strict=True)) for row in rows],
    }
    return json.dumps(inhoud, ensure_ascii=False, indent=1).encode()


def _ods(rows: Sequence[tuple[str, ...]]) -> bytes:
    """Every cell is text, so that a BSN keeps its zeros and nothing is ever a formula."""
    content = [_CONTENT_BEGIN, _ods_row(KOLOMMEN), *(_ods_row(row) for row in rows), _CONTENT_END]
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as bundle:
        # The first part tells what the bundle is, and may not be compressed (OpenDocument 1.3, part 2, 3.3).
        bundle.writestr(ZipInfo("mimetype", _ZIP_TIME), _MIMETYPE)
        for name, text in (("META-INF/manifest.xml", _MANIFEST), ("content.xml", "".join(content))):
            bundle.writestr(ZipInfo(name, _ZIP_TIME), text, compress_type=ZIP_DEFLATED)
    return out.getvalue()


def _ods_row(row: Sequence[str]) -> str:
    cells = (
        f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
        for cell in row
    )
    return f"<table:table-row>{''.join(cells)}</table:table-row>"
