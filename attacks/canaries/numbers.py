"""The canaries: lawful test numbers that are used for nothing else, and a net that finds them in any disguise.

A number that is found tells where it was put in, because each field of each form is given a number of its own.
"""

import base64
import gzip
import hashlib
import html
import io
import math
import random
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

MAX_LAYERS = 4
MAX_UNPACKED = 64_000_000

# One sign may stand between two digits: a space, a dot, a dash, and how a URL or a page writes those.
_GAP = rb"(?:[ .\-_/+:]|%20|%2[EeDd]|&nbsp;|&#160;|\xc2\xa0)?"
_DIGITS = re.compile(
    rb"(?<![0-9])0*(9" + _GAP + rb"9" + _GAP + rb"9" + _GAP + rb"9(?:" + _GAP + rb"[0-9]){5})(?![0-9])"
)
_WIDE = re.compile(rb"(?:9\0{1,3}){4}(?:[0-9]\0{1,3}){4}[0-9]")
_HEX = re.compile(rb"39393939(?:3[0-9]){5}")
_HEX_RUN = re.compile(rb"(?<![0-9A-Fa-f])[0-9A-Fa-f]{32,128}(?![0-9A-Fa-f])")
# 9999xxxxx as an integer is 0x3B99.... or 0x3B9A....: eight bytes, or four behind the tag of pickle, MessagePack, CBOR.
_INT64 = re.compile(rb"(?=(..[\x99\x9a]\x3b)\0{4}|\0{4}(\x3b[\x99\x9a]..))", re.DOTALL)
_TAGGED = re.compile(rb"(?=J(..[\x99\x9a]\x3b)|[\xce\x1a\xd2](\x3b[\x99\x9a]..))", re.DOTALL)
_INT32 = re.compile(rb"(?=(..[\x99\x9a]\x3b)|(\x3b[\x99\x9a]..))", re.DOTALL)
_DEFLATED = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_BASE64_RUN = re.compile(rb"[A-Za-z0-9+/_-]{24,}={0,2}")


@dataclass
class Flock:
    """Every canary that was let loose, and where.

    `residents` stand in the register, `strangers` do not; both play the person. The others are typed into fields.
    """

    stock: list[str]
    residents: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    typed: dict[str, str] = field(default_factory=dict)
    """For each number that was typed somewhere: in which field."""
    _next: int = 0

    @classmethod
    def hatch(cls, numbers: list[str], seed: int, *, people: int) -> "Flock":
        """Shuffle the lawful numbers; the first are people."""
        stock = list(numbers)
        random.Random(seed).shuffle(stock)
        return cls(stock[2 * people :], stock[:people], stock[people : 2 * people])

    def type_in(self, where: str) -> str:
        """A number for this field. When all have flown once, they fly again."""
        number = self.stock[self._next % len(self.stock)]
        self._next += 1
        self.typed.setdefault(number, where)
        return number

    def spare(self) -> str:
        """A number that is used for something that is no canary, such as an employer."""
        return self.stock.pop()

    @property
    def people(self) -> list[str]:
        """Those who are a person."""
        return self.residents + self.strangers

    @property
    def loose(self) -> list[str]:
        """All that can be found back."""
        return self.people + list(self.typed)

    def came_from(self, number: str) -> str:
        """Where it was put in, in words that hold no number."""
        if number in self.typed:
            return self.typed[number]
        return "a person in the register" if number in self.residents else "a person who is not in the register"


class Net:
    """Finds canaries in bytes: as digits, in UTF-16 and UTF-32, URL-encoded, in base64 and hex, as integers in both
    orders, hashed without a key, and all of that inside gzip, zlib, zip, base64 and PDF."""

    def __init__(self, numbers: list[str]) -> None:
        self.numbers = frozenset(numbers)
        self._base64: dict[bytes, str] = {}
        self._base64_patterns = []
        for before in range(3):
            # Which letters hold bits of these nine bytes only, whatever stands around them.
            begin, end = -(-8 * before // 6), 8 * (before + 9) // 6
            texts = {base64.b64encode(b"\0" * before + n.encode())[begin:end]: n for n in numbers}
            self._base64 |= texts
            start = _common_start(list(texts))
            rest = end - begin - len(start)
            self._base64_patterns.append(re.compile(b"(?=(%s[A-Za-z0-9+/]{%d}))" % (re.escape(start), rest)))
        self._hashes = {
            digest: number
            for number in numbers
            for algorithm in (hashlib.md5, hashlib.sha1, hashlib.sha256, hashlib.sha512)
            for digest in (algorithm(number.encode()).digest(),)
        }

    def find(self, data: bytes, *, layers: int = MAX_LAYERS) -> dict[str, str]:
        """The canaries in the data, each with the form in which it was first seen."""
        found: dict[str, str] = {}
        for number, form in self._plain(data):
            found.setdefault(number, form)
        if layers:
            for form, inner in _unpack(data):
                for number, inner_form in self.find(inner, layers=layers - 1).items():
                    found.setdefault(number, f"{inner_form} in {form}")
        return found

    def _plain(self, data: bytes) -> Iterator[tuple[str, str]]:
        for match in _DIGITS.finditer(data):
            if data[max(0, match.start() - 2) : match.start()][-1:] == b"." and _is_fraction(data, match.start()):
                continue
            text = match.group(1)
            number = re.sub(rb"%..|&#160;|[^0-9]", b"", text).decode()
            if number in self.numbers:
                yield number, "digits" if len(text) == 9 else "digits with signs between"
        for match in _WIDE.finditer(data):
            yield from self._known(match.group().replace(b"\0", b""), "UTF-16")
        for match in _HEX.finditer(data):
            yield from self._known(bytes.fromhex(match.group().decode()), "hex")
        for match in _HEX_RUN.finditer(data):
            if len(match.group()) % 2 == 0 and (number := self._hashes.get(bytes.fromhex(match.group().decode()))):
                yield number, "hash without a key"
        if len(data) in (16, 20, 32, 64) and (number := self._hashes.get(data)):
            yield number, "hash without a key"
        for pattern in self._base64_patterns:
            for match in pattern.finditer(data.replace(b"-", b"+").replace(b"_", b"/")):
                if number := self._base64.get(match.group(1)):
                    yield number, "base64"
        for pattern, form in ((_INT64, "int64"), (_TAGGED, "integer in a pickle")):
            for number in _integers(pattern, data):
                if number in self.numbers:
                    yield number, form
        if b"%3" in data and (plain := unquote_to_bytes(data)) != data:
            yield from ((number, f"{form}, URL-encoded") for number, form in self._plain(plain.replace(b"%", b"")))
        if b"&#5" in data or b"&#x3" in data:
            plain = html.unescape(data.decode("utf-8", "replace")).encode()
            if plain != data and b"&#" not in plain:
                yield from self._plain(plain)

    def _known(self, digits: bytes, form: str) -> Iterator[tuple[str, str]]:
        if (number := digits.decode()) in self.numbers:
            yield number, form

    def too_many_int32(self, data: list[bytes], people: list[str]) -> int:
        """How often people stand there as integers of four bytes, if that is more than chance; else 0.

        Random bytes look like some number once in four billion places: so a count is held against what chance gives.
        """
        wanted = frozenset(people)
        seen = sum(number in wanted for part in data for number in _integers(_INT32, part))
        expected = 2 * len(wanted) * sum(len(part) for part in data) / 2**32
        return seen if seen > expected + 6 * math.sqrt(expected) + 3 else 0


def _common_start(texts: list[bytes]) -> bytes:
    low, high = min(texts), max(texts)
    same = next((place for place, (a, b) in enumerate(zip(low, high, strict=True)) if a != b), len(low))
    return low[:same]


def _is_fraction(data: bytes, start: int) -> bool:
    """Whether a digit and a point come before: 0.999912345 is a share, not a person."""
    return start >= 2 and data[start - 2 : start - 1].isdigit()


def _integers(pattern: re.Pattern[bytes], data: bytes) -> Iterator[str]:
    for match in pattern.finditer(data):
        for group, order in ((1, "little"), (2, "big")):
            if (part := match.group(group)) is not None:
                yield f"{int.from_bytes(part, order):09d}"  # type: ignore[arg-type]


def _unpack(data: bytes) -> Iterator[tuple[str, bytes]]:
    """What is packed inside the data."""
    if data.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for info in archive.infolist():
                    yield "zip", info.filename.encode()
                    if info.file_size < MAX_UNPACKED:
                        yield "zip", archive.read(info)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error):
            pass
    elif data.startswith(b"\x1f\x8b\x08"):
        with suppress(OSError, EOFError, zlib.error):
            yield "gzip", gzip.decompress(data)
    else:
        if b"%PDF-" in data[:1024]:
            yield "PDF", _pdf_text(data)
        for match in _DEFLATED.finditer(data):
            try:
                plain = zlib.decompressobj().decompress(data[match.start() :], MAX_UNPACKED)
            except zlib.error:
                continue
            if len(plain) > 8:
                yield "zlib", plain
        # Packed and then written as letters, as a signed cookie or a session is.
        for match in _BASE64_RUN.finditer(data):
            text = match.group().rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
            if not text.startswith((b"eJ", b"eN", b"eF", b"eA", b"H4sI")):
                continue
            try:
                yield "base64", base64.b64decode(text[: len(text) // 4 * 4])
            except ValueError:
                continue


def _pdf_text(data: bytes) -> bytes:
    """The text as a reader of the PDF would copy it, and what the file says of itself."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        parts = [str(reader.metadata or ""), *(page.extract_text() for page in reader.pages)]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return b""
    return "\n".join(parts).encode("utf-8", "replace")
