"""A delivered file: told apart by its first bytes, and faults in it told to people.

The file name and every message are safe to print: a number that could be a BSN never appears in them. That is why a
`Fout` is built from a line number and fixed words, never from a value that stood in the file, and why the exceptions
of the parsers underneath (they quote their input) are not passed on.
"""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from banenafspraak.access import bsn

MAX_FOUTEN = 100
"""After so many faults reading stops: nothing of the file is going to be stored, and the cure is clear by then."""


class Formaat(StrEnum):
    """What a file is, by its content; the name proves nothing."""

    CSV = "csv"
    PARQUET = "parquet"
    XML = "xml"


@dataclass(frozen=True)
class Fout:
    """One thing wrong with a delivered file: where, what, and what to do about it (Dutch, B1, without any BSN)."""

    bestand: str
    regel: int | None
    reden: str
    oplossing: str
    plaats: str = "regel"
    """What `regel` counts: lines of text, or rows ("rij") of a Parquet file."""

    def __str__(self) -> str:
        where = self.bestand if self.regel is None else f"{self.bestand}, {self.plaats} {self.regel}"
        return f"{where}: {self.reden} {self.oplossing}"


class Onbruikbaar(Exception):
    """The file cannot be read at all; there are no rows to judge."""

    def __init__(self, fout: Fout) -> None:
        super().__init__(str(fout))
        self.fout = fout


@dataclass(frozen=True)
class Bestand:
    """A file that exists, is not empty and is of a known kind."""

    pad: Path
    naam: str
    """File name for messages and tables, with anything that could be a BSN replaced by asterisks."""
    formaat: Formaat
    grootte: int
    """Bytes."""
    inhoud: bytes | None = field(default=None, repr=False)
    """The content, of a file that is in memory only and never on disk; then `pad` is no more than its name."""

    def fout(self, regel: int | None, reden: str, oplossing: str, *, plaats: str = "regel") -> Fout:
        """A fault of this file."""
        return Fout(self.naam, regel, reden, oplossing, plaats)

    def onbruikbaar(self, reden: str, oplossing: str, *, regel: int | None = None) -> Onbruikbaar:
        """The exception that says that this file cannot be read."""
        return Onbruikbaar(self.fout(regel, reden, oplossing))

    def open(self) -> BinaryIO:
        """The content from its beginning. Raises `OSError`."""
        return self.pad.open("rb", buffering=0) if self.inhoud is None else io.BytesIO(self.inhoud)

    def sha256(self) -> str:
        """Digest of the whole content, hexadecimal."""
        if self.inhoud is not None:
            return hashlib.sha256(self.inhoud).hexdigest()
        with self.pad.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()


# First bytes of what people send instead of the file itself.
_NOT_A_DELIVERY = (
    (b"PK\x03\x04", "Dit is een zip-bestand of een Excel-bestand.", "Pak het uit, of sla het op als CSV (UTF-8)."),
    (b"PK\x05\x06", "Dit is een leeg zip-bestand.", "Lever het CSV-, Parquet- of XML-bestand zelf aan."),
    (b"\x1f\x8b", "Dit is een gzip-bestand.", "Pak het eerst uit."),
    (b"BZh", "Dit is een bzip2-bestand.", "Pak het eerst uit."),
    (b"\xfd7zXZ\x00", "Dit is een xz-bestand.", "Pak het eerst uit."),
    (b"\x28\xb5\x2f\xfd", "Dit is een zstd-bestand.", "Pak het eerst uit."),
    (b"7z\xbc\xaf\x27\x1c", "Dit is een 7z-bestand.", "Pak het eerst uit."),
    (b"\xd0\xcf\x11\xe0", "Dit is een oud Excel-bestand.", "Sla het op als CSV (UTF-8)."),
    (b"%PDF", "Dit is een pdf.", "Lever het CSV-, Parquet- of XML-bestand aan."),
    (b"\xff\xfe", "De tekst staat in UTF-16.", "Sla het bestand op als UTF-8."),
    (b"\xfe\xff", "De tekst staat in UTF-16.", "Sla het bestand op als UTF-8."),
)


def safe_name(pad: Path) -> str:
    """The file name without its folder, at most 200 characters, every valid BSN in it hidden."""
    name = "".join(c if c.isprintable() else "?" for c in pad.name)[:200]
    return bsn.hide(name)


def recognise(pad: Path) -> Bestand:
    """Look at the first bytes and say what the file is; raises `Onbruikbaar` when no adapter can read it."""
    naam = safe_name(pad)
    try:
        if pad.is_dir():
            raise Onbruikbaar(Fout(naam, None, "Dit is een map, geen bestand.", "Noem het bestand in de map."))
        if not pad.is_file():
            raise Onbruikbaar(Fout(naam, None, "Dit bestand bestaat niet.", "Kijk de naam en de map na."))
        size = pad.stat().st_size
        with pad.open("rb") as stream:
            head = stream.read(4096)
    except OSError:
        reden = "Dit bestand is niet te openen."
        raise Onbruikbaar(Fout(naam, None, reden, "Kijk na of u het mag lezen.")) from None
    return Bestand(pad, naam, _formaat(naam, head), size)


def in_memory(naam: str, inhoud: bytes) -> Bestand:
    """As `recognise`, of a file that came in over the web and must not be written anywhere."""
    pad = Path(PurePosixPath(naam.replace("\\", "/")).name or "bestand")
    name = safe_name(pad)
    return Bestand(pad, name, _formaat(name, inhoud[:4096]), len(inhoud), inhoud)


def _formaat(naam: str, head: bytes) -> Formaat:
    """What a file with this beginning is; raises `Onbruikbaar`."""
    if not head.strip():
        raise Onbruikbaar(Fout(naam, None, "Dit bestand is leeg.", "Lever het bestand opnieuw aan."))
    for magic, reden, oplossing in _NOT_A_DELIVERY:
        if head.startswith(magic):
            raise Onbruikbaar(Fout(naam, None, reden, oplossing))
    if head.startswith(b"PAR1"):
        return Formaat.PARQUET
    if b"\x00" in head:
        reden = "Dit is geen tekst: er staan nul-bytes in (misschien UTF-16)."
        raise Onbruikbaar(Fout(naam, None, reden, "Sla het bestand op als UTF-8."))
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return Formaat.XML if text.startswith(b"<") else Formaat.CSV


def blocks(bestand: Bestand, size: int) -> Iterator[bytes]:
    """The content in blocks of `size` bytes; a disk that fails half-way makes the file unusable, not shorter."""
    try:
        with bestand.open() as stream:
            while block := stream.read(size):
                yield block
    except OSError:
        raise bestand.onbruikbaar("Het lezen van dit bestand brak af.", "Probeer het opnieuw.") from None


class Borrowed(io.RawIOBase):
    """A file that is read and not closed: it belongs to who opened it, who may read it again."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def readinto(self, buffer: Any, /) -> int:
        block = self._stream.read(len(buffer))
        buffer[: len(block)] = block
        return len(block)
