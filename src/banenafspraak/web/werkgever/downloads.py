"""The list of own staff as a file: CSV for a program, ODS for an office. No cell can be taken for a formula."""

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _
from odfdo import Document, Table

from banenafspraak.register.raadpleging import Lijst

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(cell: str) -> str:
    """The text, with a mark before it when a spreadsheet could take it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def rows(lijst: Lijst) -> list[list[str]]:
    """A heading, and a row for each period of each registered employee."""
    heading = [_("BSN"), _("geregistreerd vanaf"), _("geregistreerd tot")]
    body = [
        [werknemer.bsn.reveal(), periode.vanaf.isoformat(), periode.tot.isoformat() if periode.tot else ""]
        for werknemer in lijst.geregistreerd
        for periode in werknemer.perioden
    ]
    return [[harmless(cell) for cell in row] for row in [heading, *body]]


def as_csv(table: Iterable[Iterable[str]]) -> bytes:
    """Semicolons and a byte order mark, as a Dutch spreadsheet program expects."""
    file = io.StringIO()
    csv.writer(file, delimiter=";", lineterminator="\r\n").writerows(table)
    return file.getvalue().encode("utf-8-sig")


def as_ods(table: Iterable[Iterable[str]]) -> bytes:
    """A spreadsheet with one sheet, every cell as text: a BSN keeps its first zero."""
    document = Document("spreadsheet")
    document.body.clear()
    sheet = Table("lijst")
    for place, row in enumerate(table):
        sheet.set_row_values(place, list(row), cell_type="string")
    document.body.append(sheet)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
