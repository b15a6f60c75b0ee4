"""A document as accessible PDF (PDF/UA-1), made from a Typst template and data.

It stands in this room because two rooms that may not import each other make documents: `web` the letters to people,
`adapters` the reports. It knows no noun of either. Data reaches a template only as JSON, never as Typst source, so a
name that looks like a command is printed as a name.
"""

import json
import struct
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

UNKNOWN_CHARACTER = "\N{WHITE SQUARE}"

# What only steers how text is shown: none of it belongs in a letter, and some of it turns a line around.
_STEERING = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def compile_pdf(template: Path, data: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """The PDF of this template, which finds the data as JSON text in `sys.inputs.data`.

    `data` holds texts, whole numbers, booleans, lists and mappings with keys of ours. A character that the letter type
    does not have becomes a white square, because PDF/UA forbids text that cannot be shown. The same input gives the
    same bytes. Raises `typst.TypstError` for a template at fault.
    """
    made = typst.compile(
        template,
        root=template.parent,
        font_paths=_fonts(settings.FONT_DIR),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_printable(data), ensure_ascii=False)},
        format="pdf",
        pdf_standards="ua-1",
        timestamp=made_at.replace(microsecond=0),
    )
    assert isinstance(made, bytes)
    return made


@cache
def _fonts(folder: Path) -> typst.Fonts:
    """Only the letters that come with the code, so that a document does not depend on the machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def _printable(value: Any) -> Any:
    """The same data with every text made of characters that can be printed."""
    if isinstance(value, str):
        known = _known_characters(settings.FONT_DIR)
        kept = (c for c in unicodedata.normalize("NFC", value) if c == "\n" or unicodedata.category(c) not in _STEERING)
        return "".join(c if c == "\n" or c in known else UNKNOWN_CHARACTER for c in kept)
    if isinstance(value, Mapping):
        return {key: _printable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(item) for item in value]
    return value


@cache
def _known_characters(folder: Path) -> frozenset[str]:
    """The characters that every font in the folder has."""
    return frozenset.intersection(*(_characters(path.read_bytes()) for path in sorted(folder.glob("*.otf"))))


def _characters(font: bytes) -> frozenset[str]:
    """The characters a font has a glyph for, from its cmap table (OpenType, format 12)."""
    (count,) = struct.unpack_from(">H", font, 4)
    tables = {font[12 + 16 * n : 16 + 16 * n]: struct.unpack_from(">I", font, 20 + 16 * n)[0] for n in range(count)}
    cmap = tables[b"cmap"]
    (subtables,) = struct.unpack_from(">H", font, cmap + 2)
    found: set[str] = set()
    for n in range(subtables):
        (offset,) = struct.unpack_from(">I", font, cmap + 8 + 8 * n)
        at = cmap + offset
        if struct.unpack_from(">H", font, at)[0] == 12:
            (groups,) = struct.unpack_from(">I", font, at + 12)
            for first, last, _glyph in struct.iter_unpack(">III", font[at + 16 : at + 16 + 12 * groups]):
                found.update(map(chr, range(first, last + 1)))
    if not found:
        raise ValueError("the font has no cmap of format 12")
    return frozenset(found)
