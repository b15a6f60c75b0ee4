"""The first sheet of an Excel workbook (.xlsx) as rows of text, without trusting it.

An xlsx is a zip of XML. The size of every part is counted while it is unpacked (the sizes a zip claims prove nothing),
DTDs and entities are refused by defusedxml before they are read, links to other files are never followed, and a formula
is not calculated: what stands beside it as its last answer is read. Texts, rows and cells are capped.
"""

import xml.sax
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesNSImpl

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from banenafspraak.bemiddeling.profiellevering import Onleesbaar

MAX_PARTS = 2_000
MAX_UNPACKED = 1_500_000_000
"""Bytes of one part, unpacked."""
MAX_RATIO = 100
"""How many times larger a part may become; XML of a sheet packs about ten to thirty times."""
_SMALL = 5_000_000
"""A part up to this size may pack as well as it likes."""
MAX_SHARED = 300_000_000
"""Signs of all shared texts together."""
MAX_CELL = 32_767
"""Signs of one cell; Excel holds no more."""
MAX_COLUMNS = 200
MAX_ROWS = 1_048_576
MAX_SILENCE = 2_000_000
"""Elements without a row that says something; a sheet may have a million empty rows."""
_BLOCK = 1 << 16
_DEPTH = 64

_MAIN = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
_RELATION = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_CURE = "Sla het in Excel opnieuw op als .xlsx, of lever CSV (UTF-8)."


def rows(stream: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, with their number in the sheet. Raises `Onleesbaar`."""
    try:
        with zipfile.ZipFile(stream) as bundle:
            names = _names(bundle)
            sheet = _first_sheet(bundle, names)
            shared = _shared_texts(bundle, names)
            yield from _sheet_rows(bundle, sheet, shared)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, OSError, ValueError):
        # RuntimeError: the part is encrypted. NotImplementedError: a compression Excel does not use.
        raise Onleesbaar("Dit is geen Excel-bestand (.xlsx), of het is beschadigd of beveiligd.", _CURE) from None
    except DefusedXmlException:
        raise Onleesbaar("In dit bestand staat een DTD of een entiteit; dat lezen wij niet.", _CURE) from None
    except xml.sax.SAXException:
        raise Onleesbaar("Een deel van dit Excel-bestand is geen XML.", _CURE) from None


def _names(bundle: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    infos = bundle.infolist()
    if len(infos) > MAX_PARTS:
        raise Onleesbaar("Dit bestand heeft onmogelijk veel delen.", _CURE)
    return {info.filename.lower().lstrip("/"): info for info in infos}


def _parse(bundle: zipfile.ZipFile, info: zipfile.ZipInfo, handler: ContentHandler) -> Iterator[None]:
    """Feed a part to the handler, block by block; the caller takes what the handler made of it so far."""
    parser = DefusedExpatParser(forbid_dtd=True, forbid_entities=True, forbid_external=True)
    parser.setFeature(xml.sax.handler.feature_namespaces, True)
    parser.setContentHandler(handler)
    unpacked = 0
    with bundle.open(info) as part:
        while block := part.read(_BLOCK):
            unpacked += len(block)
            if unpacked > MAX_UNPACKED or unpacked > max(_SMALL, MAX_RATIO * max(info.compress_size, 1)):
                raise Onleesbaar("Dit bestand wordt uitgepakt onmogelijk groot.", _CURE)
            parser.feed(block)
            yield
    if not unpacked:
        raise xml.sax.SAXException("nothing there")
    parser.close()
    yield


class _Part(ContentHandler):
    """Knows how deep it is; only elements of the sheet's own namespaces have a name."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._elements = 0

    def startElementNS(self, name: tuple[str | None, str], qname: str | None, attrs: AttributesNSImpl) -> None:
        self._depth += 1
        self._elements += 1
        if self._elements > MAX_SILENCE:
            raise Onleesbaar("In dit bestand staan onmogelijk veel lege delen.", _CURE)
        if self._depth > _DEPTH:
            raise Onleesbaar("Een deel van dit bestand is onmogelijk diep genest.", _CURE)
        self.begin(name[1] if name[0] in _MAIN else "", attrs)

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:
        self._depth -= 1
        self.end(name[1] if name[0] in _MAIN else "")

    def begin(self, name: str, attrs: AttributesNSImpl) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""


def _attribute(attrs: AttributesNSImpl, name: str, spaces: tuple[str | None, ...] = (None,)) -> str:
    return next((str(attrs[space, name]) for space in spaces if (space, name) in attrs), "")


class _Workbook(_Part):
    first = ""

    def begin(self, name: str, attrs: AttributesNSImpl) -> None:
        if name == "sheet" and not self.first and _attribute(attrs, "state") not in ("hidden", "veryHidden"):
            self.first = _attribute(attrs, "id", _RELATION)


class _Relations(_Part):
    def __init__(self) -> None:
        super().__init__()
        self.targets: dict[str, str] = {}

    def startElementNS(self, name: tuple[str | None, str], qname: str | None, attrs: AttributesNSImpl) -> None:
        if name[1] == "Relationship" and _attribute(attrs, "TargetMode") != "External":
            self.targets[_attribute(attrs, "Id")] = _attribute(attrs, "Target")


def _first_sheet(bundle: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo]) -> zipfile.ZipInfo:
    """The first sheet one can see; by the usual name when the workbook does not say."""
    workbook, relations = _Workbook(), _Relations()
    for part, handler in (("xl/workbook.xml", workbook), ("xl/_rels/workbook.xml.rels", relations)):
        if part in names:
            for _ in _parse(bundle, names[part], handler):
                pass
    target = relations.targets.get(workbook.first, "worksheets/sheet1.xml").lower()
    path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    if path not in names:
        raise Onleesbaar("In dit bestand staat geen werkblad.", _CURE)
    return names[path]


class _Shared(_Part):
    """The texts that cells refer to by number; pronunciations beside them (rPh) are not part of the text."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._in_text = self._in_sound = False
        self._signs = 0

    def begin(self, name: str, attrs: AttributesNSImpl) -> None:
        if name == "si":
            self._parts = []
        self._in_sound = self._in_sound or name == "rPh"
        self._in_text = name == "t" and not self._in_sound

    def end(self, name: str) -> None:
        if name == "si":
            self._elements = 0
            self.texts.append("".join(self._parts))
        elif name == "rPh":
            self._in_sound = False
        elif name == "t":
            self._in_text = False

    def characters(self, content: str) -> None:
        if self._in_text:
            self._signs += len(content)
            if self._signs > MAX_SHARED:
                raise Onleesbaar("In dit bestand staat onmogelijk veel tekst.", _CURE)
            self._parts.append(content)


def _shared_texts(bundle: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo]) -> list[str]:
    handler = _Shared()
    if "xl/sharedstrings.xml" in names:
        for _ in _parse(bundle, names["xl/sharedstrings.xml"], handler):
            pass
    return handler.texts


class _Sheet(_Part):
    """Rows as they end, in `done`. A cell without a place of its own stands after the one before it."""

    def __init__(self, shared: list[str]) -> None:
        super().__init__()
        self.done: list[tuple[int, list[str]]] = []
        self._shared = shared
        self._row: dict[int, str] = {}
        self._number = 0
        self._column = -1
        self._kind = ""
        self._parts: list[str] | None = None
        self._signs = 0

    def begin(self, name: str, attrs: AttributesNSImpl) -> None:
        if name == "row":
            given = _attribute(attrs, "r")
            self._number = int(given) if given.isascii() and given.isdigit() else self._number + 1
            if self._number > MAX_ROWS:
                raise Onleesbaar("Dit werkblad heeft onmogelijk veel rijen.", _CURE)
            self._row, self._column = {}, -1
        elif name == "c":
            place = _column(_attribute(attrs, "r"))
            self._column = self._column + 1 if place is None else place
            self._kind = _attribute(attrs, "t")
            if self._column >= MAX_COLUMNS:
                raise Onleesbaar("Dit werkblad heeft onmogelijk veel kolommen.", _CURE)
        elif name in ("v", "t"):
            self._parts, self._signs = [], 0

    def characters(self, content: str) -> None:
        if self._parts is not None:
            self._signs += len(content)
            if self._signs <= MAX_CELL + 1:
                self._parts.append(content)

    def end(self, name: str) -> None:
        if name in ("v", "t") and self._parts is not None:
            text = "".join(self._parts)
            self._parts = None
            if name == "v":
                text = self._value(text)
            before = self._row.get(self._column, "")
            self._row[self._column] = before + text if len(before) <= MAX_CELL else before
        elif name == "row" and any(text.strip() for text in self._row.values()):
            self._elements = 0
            width = max(self._row) + 1
            self.done.append((self._number, [self._row.get(place, "") for place in range(width)]))

    def _value(self, text: str) -> str:
        if self._kind == "s":
            place = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
            return self._shared[place] if 0 <= place < len(self._shared) else ""
        if self._kind in ("", "n"):
            return _number(text)
        # A fault that a formula came to (t="e") is no answer.
        return "" if self._kind == "e" else text


def _sheet_rows(bundle: zipfile.ZipFile, sheet: zipfile.ZipInfo, shared: list[str]) -> Iterator[tuple[int, list[str]]]:
    handler = _Sheet(shared)
    for _ in _parse(bundle, sheet, handler):
        done, handler.done = handler.done, []
        yield from done


def _column(reference: str) -> int | None:
    """The place of a column named as in "AB12", from 0."""
    letters = reference.rstrip("0123456789")
    if not letters or len(letters) > 3 or not letters.isascii() or not letters.isalpha():
        return None
    place = 0
    for letter in letters.upper():
        place = 26 * place + ord(letter) - 64
    return place - 1


def _number(text: str) -> str:
    """A number as people write it: Excel keeps 24 as 24 or 24.0, and a BSN as 9.99990019E8."""
    try:
        value = float(text)
    except ValueError:
        return text
    return str(int(value)) if abs(value) < 1e15 and value.is_integer() else text
