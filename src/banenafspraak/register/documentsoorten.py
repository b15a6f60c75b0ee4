"""What a document is by its content, and what is not taken in.

The name and the type that a browser sends say nothing: only the bytes do. Text in any language is fine; programmes,
web pages, macros and what cannot be opened are not.
"""

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import NoReturn

from django.core.exceptions import ValidationError

_PDF = "application/pdf"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ODT = "application/vnd.oasis.opendocument.text"

_EXTENSIONS = {_PDF: ".pdf", "image/png": ".png", "image/jpeg": ".jpg", _DOCX: ".docx", _ODT: ".odt"}
_KINDS = "pdf, png, jpg, docx of odt"
_MAX_NAAM = 100
_MAX_MEMBERS = 2_000
_MAX_UNPACKED = 100 * 1024 * 1024
_MAX_RATIO = 200
# What starts something or carries another file, inside a PDF or an office document.
_PDF_ACTIVE = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia")
_ACTIVE_MEMBER = re.compile(
    r"(vbaproject|vbadata|oleobject|activex|\.(bin|exe|dll|com|scr|bat|cmd|js|jse|vbs|vbe|wsf|ps1|jar|msi|hta|lnk)$)",
    re.IGNORECASE,
)
_ODT_ACTIVE = ("Basic/", "Scripts/", "Object ")


@dataclass(frozen=True)
class Soort:
    """The media type of a document, and the ending its name gets."""

    mediatype: str
    extension: str


def recognise(content: bytes) -> Soort:
    """What this content is. Raises `ValidationError` (field `bestand`, Dutch) for everything that is not taken in."""
    if not content:
        _refuse("Dit bestand is leeg.")
    mediatype = _mediatype(content)
    return Soort(mediatype, _EXTENSIONS[mediatype])


def clean_name(name: str, extension: str) -> str:
    """A name that is safe to show and to save: no path, no control or direction signs, the ending of its content."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(c if unicodedata.category(c)[0] in "LNPSMZ" else "" for c in last)
    stem = re.sub(r'[<>:"|?*\s]+', " ", shown).strip(" .")
    # Every ending goes, so that "brief.exe.pdf" cannot lose its last one and become something else.
    while (suffix := PurePosixPath(stem).suffix) and re.fullmatch(r"\.[A-Za-z0-9]{1,5}", suffix):
        stem = stem[: -len(suffix)].rstrip(" .")
    return f"{stem[:_MAX_NAAM] or 'document'}{extension}"


def _mediatype(content: bytes) -> str:
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        _refuse("Dit is een oud of beveiligd Office-bestand. Sla het op als docx of pdf, zonder wachtwoord.")
    _refuse(f"Dit soort bestand nemen we niet aan. Stuur een {_KINDS}.")


def _pdf(content: bytes) -> str:
    if b"/Encrypt" in content:
        _refuse("Deze pdf is beveiligd met een wachtwoord. Stuur een pdf zonder wachtwoord.")
    if any(mark in content for mark in _PDF_ACTIVE):
        _refuse("Deze pdf bevat een programma of een ander bestand. Druk hem af naar een nieuwe pdf.")
    return _PDF


def _office(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _check_members(members, len(content))
            names = {member.filename for member in members}
            if "word/document.xml" in names and "[Content_Types].xml" in names:
                if b"macroEnabled" in archive.read("[Content_Types].xml"):
                    _refuse("Dit document bevat een macro. Sla het op als gewone docx of als pdf.")
                return _DOCX
            if members[0].filename == "mimetype" and archive.read("mimetype") == _ODT.encode():
                if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                    _refuse("Dit document is beveiligd met een wachtwoord. Stuur het zonder wachtwoord.")
                if any(name.startswith(_ODT_ACTIVE) for name in names):
                    _refuse("Dit document bevat een macro of een ander bestand. Sla het op als pdf.")
                return _ODT
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, IndexError, ValueError):
        _refuse("Dit bestand is beschadigd en gaat niet open. Sla het opnieuw op, en stuur het nog een keer.")
    _refuse(f"Een zip-bestand nemen we niet aan. Stuur de documenten los, als {_KINDS}.")


def _check_members(members: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(member.file_size for member in members)
    if len(members) > _MAX_MEMBERS or unpacked > _MAX_UNPACKED or unpacked > size * _MAX_RATIO:
        _refuse("Dit bestand wordt bij het openen veel te groot. Sla het op als pdf.")
    if sum(member.compress_size for member in members) > size:
        _refuse("Dit bestand is beschadigd en gaat niet open. Sla het opnieuw op, en stuur het nog een keer.")
    if any(member.flag_bits & 0x1 for member in members):
        _refuse("Dit bestand is beveiligd met een wachtwoord. Stuur het zonder wachtwoord.")
    if any(_ACTIVE_MEMBER.search(member.filename) for member in members):
        _refuse("Dit document bevat een macro of een programma. Sla het op als pdf.")


def _refuse(why: str) -> NoReturn:
    raise ValidationError({"bestand": why})
