"""The only door to finished metingen: files that are opened read-only, checked against their seal, and never changed.

A file holds the exact and the rounded cube of one quarter and what it was made from. Publications read the rounded
one. Reading is cheap: a file is read once by each process, because a seal can only ever mean the same figures.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import duckdb
import pyarrow as pa
from django.conf import settings

from banenafspraak.access import gebieden
from banenafspraak.metingen.kubus import NL, Cel
from banenafspraak.metingen.models import Meting

_ALIAS = "meting"
_HEADERS = (0, 4096, 8192)
_HEADER_SIZE = 4096
_ID = slice(124, 140)
_MASK = (1 << 64) - 1
_LONGEST = 1000


class CijfersOntbreken(LookupError):
    """There is no meting of that quarter; the message (Dutch) says how to make one."""


class ZegelGebroken(Exception):
    """A file is gone or is not the one that was sealed; the message (Dutch) names it."""


@dataclass(frozen=True)
class Inhoud:
    """What a file holds. `exact`: persons and verloonde uren; `afgerond`: persons and jobs; absent cells are zero."""

    exact: Mapping[Cel, Decimal]
    afgerond: Mapping[Cel, int]
    versoepeld: frozenset[Cel]
    """Cells rounded a whole base unit or further from the exact value, so that everything adds up."""
    kenmerken: Mapping[str, str]
    """What the meting is about and what it was made from."""
    zegel: str


def metingen_dir() -> Path:
    """Where the files are."""
    return Path(settings.DATA_DIR) / "metingen"


@dataclass(frozen=True)
class Verzegeld:
    """Where the figures of a quarter are, and what they must hash to."""

    zegel: str
    bestand: str

    def read(self) -> Inhoud:
        """The figures. Raises `ZegelGebroken`."""
        return open_sealed(metingen_dir() / self.bestand, self.zegel)


def in_force() -> dict[str, Verzegeld]:
    """The meting in force of every quarter that was measured, by quarter ("2018Q1"), oldest first. One query."""
    rows = Meting.objects.order_by("kwartaal", "versie").values_list("kwartaal", "zegel", "bestand")
    return {kwartaal: Verzegeld(zegel, bestand) for kwartaal, zegel, bestand in rows}


def available() -> list[tuple[str, str]]:
    """Every (region, quarter) with figures, the whole country ("NL") included; by quarter, then region. One query."""
    regios = [*(code for code, _ in gebieden.regios()), NL]
    return [(regio, kwartaal) for kwartaal in in_force() for regio in regios]


def read(kwartaal: str) -> Inhoud:
    """The figures in force of a quarter. Raises `CijfersOntbreken` or `ZegelGebroken`."""
    found = in_force().get(kwartaal)
    if found is None:
        raise missing(kwartaal)
    return found.read()


def missing(kwartaal: str) -> CijfersOntbreken:
    """The error for a quarter without a meting, with the cure."""
    return CijfersOntbreken(
        f"Van {kwartaal} zijn geen cijfers. Maak ze met: banenafspraak build_meting --kwartaal {kwartaal}."
    )


def read_sealed(zegel: str) -> Inhoud:
    """The figures of one seal, also of a version that is no longer in force. Raises as `read`."""
    bestand = Meting.objects.filter(zegel=zegel).values_list("bestand", flat=True).first()
    if bestand is None:
        raise CijfersOntbreken(f"Er is geen meting met zegel {zegel[:16]}.")
    return Verzegeld(zegel, bestand).read()


@lru_cache(maxsize=128)
def open_sealed(path: Path, zegel: str) -> Inhoud:
    """Read a file, after checking that it is the one with this seal. Raises `ZegelGebroken`."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise ZegelGebroken(f"Het bestand {path.name} is weg. Zet het terug uit de reservekopie.") from None
    if hashlib.sha256(content).hexdigest() != zegel:
        raise ZegelGebroken(f"Het bestand {path.name} is veranderd: het zegel klopt niet. Zet het goede bestand terug.")
    connection = duckdb.connect(
        str(path),
        read_only=True,
        config={
            "threads": 1,
            "enable_external_access": "false",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "lock_configuration": "true",
        },
    )
    try:
        exact = connection.execute("SELECT regio, grootheid, categorie, kenmerk, waarde FROM exact").fetchall()
        afgerond = connection.execute("SELECT regio, grootheid, categorie, kenmerk, waarde FROM afgerond").fetchall()
        versoepeld = connection.execute("SELECT regio, grootheid, categorie, kenmerk FROM versoepeld").fetchall()
        kenmerken = connection.execute("SELECT naam, waarde FROM herkomst").fetchall()
    finally:
        connection.close()
    return Inhoud(
        exact=MappingProxyType({Cel(*row[:4]): row[4] for row in exact}),
        afgerond=MappingProxyType({Cel(*row[:4]): row[4] for row in afgerond}),
        versoepeld=frozenset(Cel(*row) for row in versoepeld),
        kenmerken=MappingProxyType(dict(kenmerken)),
        zegel=zegel,
    )


def write_sealed(
    folder: Path,
    *,
    exact: Mapping[Cel, Decimal],
    afgerond: Mapping[Cel, int],
    versoepeld: Collection[Cel],
    kenmerken: Mapping[str, str],
) -> tuple[Path, str]:
    """Write a file in an empty folder and give its path and seal: equal contents give equal bytes.

    One thread, ordered rows, one fixed name, and the random number DuckDB puts in its header replaced by one made from
    the features. No compression, and no text of more than 1000 characters (`ValueError`): both leave bytes of unused
    memory in the file. The bytes depend on the version of DuckDB, which is one of the features.
    """
    if any(len(text) > _LONGEST for item in kenmerken.items() for text in item):
        raise ValueError(f"a feature of a meting has at most {_LONGEST} characters")
    path = folder / f"{_ALIAS}.duckdb"
    connection = duckdb.connect(":memory:", config={"threads": 1, "force_compression": "uncompressed"})
    try:
        connection.execute("ATTACH '" + str(path).replace("'", "''") + f"' AS {_ALIAS}")
        for name, table in (
            ("exact", _columns(exact, pa.decimal128(20, 2))),
            ("afgerond", _columns(afgerond, pa.int64())),
            ("versoepeld", _columns(dict.fromkeys(versoepeld, 0), pa.int64()).drop_columns("waarde")),
            ("herkomst", pa.table({"naam": sorted(kenmerken), "waarde": [kenmerken[k] for k in sorted(kenmerken)]})),
        ):
            connection.from_arrow(table).create(f"{_ALIAS}.{name}")
        connection.execute(f"CHECKPOINT {_ALIAS}")
        connection.execute(f"DETACH {_ALIAS}")
    finally:
        connection.close()
    digest = hashlib.sha256(repr(sorted(kenmerken.items())).encode()).digest()
    content = _with_fixed_id(path.read_bytes(), digest[:16])
    path.write_bytes(content)
    return path, hashlib.sha256(content).hexdigest()


def _columns(cells: Mapping[Cel, Decimal] | Mapping[Cel, int], kind: pa.DataType) -> pa.Table:
    rows = sorted((*map(str, cel), value) for cel, value in cells.items())
    kinds = {**dict.fromkeys(Cel._fields, pa.string()), "waarde": kind}
    return pa.table({name: pa.array([row[i] for row in rows], k) for i, (name, k) in enumerate(kinds.items())})


def _with_fixed_id(content: bytes, identifier: bytes) -> bytes:
    """The file with another database identifier: 16 bytes in the main header, seen again in what reused its buffer.

    Each header of 4096 bytes begins with a checksum over the rest of it, which is made anew.
    """
    old = content[_ID]
    changed = bytearray(content)
    for start in _HEADERS:
        header = changed[start : start + _HEADER_SIZE]
        if header[_ID] == old:
            header[_ID] = identifier
            header[:8] = _checksum(bytes(header[8:])).to_bytes(8, "little")
            changed[start : start + _HEADER_SIZE] = header
    return bytes(changed)


def _checksum(payload: bytes) -> int:
    """DuckDB's checksum of a block: 5381, exclusive-or the product of every 8-byte word and one odd constant."""
    result = 5381
    for (word,) in struct.iter_unpack("<Q", payload):
        result ^= (word * 0xBF58476D1CE4E5B9) & _MASK
    return result
