"""Seals over the logboek, so that whoever changes, removes or reorders a row afterwards is found out, also a superuser.

Once a minute the rows of all transactions that are over become the leaves of a Merkle tree (RFC 6962: 0x00 before a
leaf, 0x01 before a node). The root, the hash of the seal before it and an Ed25519 signature are one line in a file
outside the database, with the leaves beside it, and one row in it. A transaction that is still busy is left for the
next seal, so a late commit never slips behind one. A row erased after its term leaves its leaf, and its seal holds.
"""

import base64
import fcntl
import hashlib
import json
import os
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

NIETS = bytes(32)
"""What the first seal names as the one before it."""

# Any number will do, as long as nothing else in this database takes an advisory lock on it.
_LOCK = 0x6C6F_677A_6567_656C  # "logzegel"
_CHUNK = 20_000
_MAX_ROWS = 200_000

# A row as one text that means one thing: columns in a fixed order, times in microseconds, and jsonb sorts its keys.
_ROWS = {
    "logregel": """
SELECT id, blad, salt, jsonb_build_array('logregel', id, xid, (extract(epoch FROM recorded_at) * 1000000)::bigint,
    gebruiker_id, organisatie_id, rol, doel, handeling, onderwerp, details, operation_id, trace_id)::text
FROM access_logregel WHERE xid >= %s AND xid < %s ORDER BY id""",
    "verwerking": """
SELECT id, blad, salt, jsonb_build_array('verwerking', id, xid, operation_id, parent_operation_id, trace_id, naam,
    activiteit, status_code, (extract(epoch FROM start_time) * 1000000)::bigint,
    (extract(epoch FROM end_time) * 1000000)::bigint, encode(betrokkene_index, 'hex'))::text
FROM access_verwerking WHERE xid >= %s AND xid < %s ORDER BY id""",
}


@dataclass(frozen=True)
class Zegel:
    """One seal: the transactions from `van_xid` until, not including, `tot_xid`."""

    nummer: int
    van_xid: int
    tot_xid: int
    aantal: int
    wortel: bytes
    vorige: bytes
    handtekening: bytes
    verzegeld_at: str

    def message(self) -> bytes:
        """What is signed and what the next seal names: everything but the signature."""
        parts = (self.nummer, self.van_xid, self.tot_xid, self.aantal, self.wortel.hex(), self.vorige.hex())
        return json.dumps([*parts, self.verzegeld_at]).encode("ascii")

    def digest(self) -> bytes:
        """The hash by which the next seal knows this one."""
        return hashlib.sha256(self.message()).digest()

    def line(self) -> str:
        """The line in the file outside the database."""
        plain = {name: value.hex() if isinstance(value, bytes) else value for name, value in self.__dict__.items()}
        return json.dumps(plain)

    @classmethod
    def from_line(cls, line: str) -> "Zegel":
        """Raises `ValueError` for a line that is no seal."""
        plain = json.loads(line)
        if not isinstance(plain, dict) or set(plain) != set(cls.__dataclass_fields__):
            raise ValueError("not a seal")
        for name in ("wortel", "vorige", "handtekening"):
            plain[name] = bytes.fromhex(plain[name])
        return cls(**plain)


class Teruggezet(Exception):
    """The database was put back in a way that breaks the order of the logboek; nothing is sealed until it is mended."""


class Merkleboom:
    """The root of a Merkle tree over leaves that come one by one; memory grows with the height only."""

    def __init__(self) -> None:
        self.aantal = 0
        self._peaks: list[tuple[int, bytes]] = []

    def add(self, blad: bytes) -> None:
        """The next leaf, already hashed."""
        height, node = 0, blad
        while self._peaks and self._peaks[-1][0] == height:
            node = hashlib.sha256(b"\x01" + self._peaks.pop()[1] + node).digest()
            height += 1
        self._peaks.append((height, node))
        self.aantal += 1

    def root(self) -> bytes:
        """The root over all leaves so far; the hash of nothing when there are none."""
        if not self._peaks:
            return hashlib.sha256(b"").digest()
        node = self._peaks[-1][1]
        for _, left in reversed(self._peaks[:-1]):
            node = hashlib.sha256(b"\x01" + left + node).digest()
        return node


def seal(*, now: datetime) -> int:
    """Seal all rows of transactions that are over; returns how many. Does nothing while another process is sealing.

    The file outside the database is written and flushed before the database knows of the seal. After a crash in between
    the next run takes over what stands in the file.
    """
    sealed = 0
    while (rows := _seal_once(now)) is not None:
        sealed += rows
    return sealed


def _seal_once(now: datetime) -> int | None:
    """Seal one stretch of transactions; None when there is nothing to seal, or somebody else is busy."""
    kopie = Kopie.open()
    with transaction.atomic(), connection.cursor() as cursor, kopie.locked():
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return None
        last = _last(cursor)
        found = kopie.zegels()
        if found and (last is None or found[-1].nummer > last.nummer):
            zegel = found[last.nummer if last else 0]
            _insert(cursor, zegel)
            return zegel.aantal
        van = last.tot_xid if last else 0
        tot = _horizon(cursor, van)
        if tot is None:
            return None
        boom, bladen = Merkleboom(), bytearray()
        for _, blad in _leaves(van, tot):
            boom.add(blad)
            bladen += blad
        zegel = _sign(
            Zegel(
                nummer=last.nummer + 1 if last else 1,
                van_xid=van,
                tot_xid=tot,
                aantal=boom.aantal,
                wortel=boom.root(),
                vorige=last.digest() if last else NIETS,
                handtekening=b"",
                verzegeld_at=now.astimezone(UTC).isoformat(),
            )
        )
        kopie.append(zegel, bytes(bladen))
        _insert(cursor, zegel)
        return zegel.aantal


def _horizon(cursor: CursorWrapper, van: int) -> int | None:
    """Until which transaction to seal: those that are over, and not more rows than one seal is meant for."""
    cursor.execute(
        """
        WITH grens AS (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS tot),
        stand AS (
            SELECT xid, sum(count(*)) OVER (ORDER BY xid) AS rijen FROM (
                SELECT xid FROM access_logregel WHERE xid >= %(van)s
                UNION ALL SELECT xid FROM access_verwerking WHERE xid >= %(van)s
            ) AS alle, grens WHERE xid < tot GROUP BY xid
        )
        SELECT (SELECT tot FROM grens), count(*), max(xid) FILTER (WHERE rijen <= %(max)s), min(xid) FROM stand
        """,
        {"van": van, "max": _MAX_ROWS},
    )
    tot, transactions, fits, first = cursor.fetchone()
    if tot < van:
        # A dump that was put back in a new server starts counting transactions anew, and its rows would seem sealed.
        raise Teruggezet("deze server telt transacties lager dan het laatste zegel: zet een fysieke back-up terug")
    if not transactions:
        return None
    # A transaction is never split: one delivery of half a million people is one seal.
    last = fits if fits is not None else first
    cursor.execute(
        "SELECT min(xid) FROM (SELECT xid FROM access_logregel WHERE xid > %(last)s UNION ALL"
        " SELECT xid FROM access_verwerking WHERE xid > %(last)s) AS later WHERE xid < %(tot)s",
        {"last": last, "tot": tot},
    )
    (following,) = cursor.fetchone()
    return int(following if following is not None else tot)


def _leaves(van: int, tot: int) -> Iterator[tuple[tuple[str, int], bytes]]:
    """The leaf of each row of these transactions, with its table and id, in the order of the seal."""
    sha256 = hashlib.sha256
    for soort, query in _ROWS.items():
        with connection.chunked_cursor() as cursor:
            cursor.execute(query, [van, tot])
            while rows := cursor.fetchmany(_CHUNK):
                for pk, blad, salt, text in rows:
                    if blad is not None:
                        yield (soort, pk), bytes(blad)
                    else:
                        yield (soort, pk), sha256(b"\x00" + bytes(salt) + text.encode()).digest()


# What is left of a row whose term is over: its place, its transaction, and its leaf.
_ERASED = {
    "logregel": (
        "gebruiker_id = NULL, organisatie_id = NULL, rol = '', doel = '', handeling = '', onderwerp = '',"
        " details = '{}', trace_id = ''",
        "recorded_at",
    ),
    "verwerking": ("betrokkene_index = NULL, naam = '', activiteit = '', trace_id = ''", "start_time"),
}
_ERASE = """
WITH rijen AS ({rows} AND t.blad IS NULL AND t.{moment} < %s ORDER BY id LIMIT %s)
UPDATE access_{soort} AS t SET blad = sha256('\\x00'::bytea || rijen.salt || convert_to(rijen.tekst, 'UTF8')),
    salt = '', {erased}
FROM rijen WHERE t.id = rijen.id
"""


def erase_content(*, before: datetime, limit: int) -> dict[str, int]:
    """Erase the content and the salt of sealed rows from before that moment, at most so many of each table.

    Their leaves stay, so the seals over them stay true, and without the salt nobody finds out from a leaf who it was.
    Returns how many by table, empty when there were none. The database refuses rows of less than five years ago.
    """
    erased = {}
    with transaction.atomic(), connection.cursor() as cursor:
        last = _last(cursor)
        for soort, (content, moment) in _ERASED.items():
            rows = _ROWS[soort].removesuffix(" ORDER BY id").replace(")::text\n", ")::text AS tekst\n", 1)
            rows = rows.replace(f"FROM access_{soort}", f"FROM access_{soort} AS t")
            query = _ERASE.format(soort=soort, rows=rows, erased=content, moment=moment)
            cursor.execute(query, [0, last.tot_xid if last else 0, before, limit])
            if cursor.rowcount:
                erased[f"access_{soort}"] = cursor.rowcount
    return erased


def _last(cursor: CursorWrapper) -> Zegel | None:
    found = _stored(cursor, 1)
    return found[0] if found else None


_STORED = """
SELECT nummer, van_xid, tot_xid, aantal, wortel, vorige, handtekening, verzegeld_at FROM access_logzegel
ORDER BY nummer DESC LIMIT %s
"""


def _stored(cursor: CursorWrapper, limit: int | None = None) -> list[Zegel]:
    """The seals in the database, the oldest first; with `limit` only the newest so many."""
    cursor.execute(_STORED, [limit])
    return [
        Zegel(n, van, tot, aantal, bytes(wortel), bytes(vorige), bytes(handtekening), at.isoformat())
        for n, van, tot, aantal, wortel, vorige, handtekening, at in reversed(cursor.fetchall())
    ]


def _insert(cursor: CursorWrapper, zegel: Zegel) -> None:
    cursor.execute(
        "INSERT INTO access_logzegel (nummer, van_xid, tot_xid, aantal, wortel, vorige, handtekening, verzegeld_at)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
        [*zegel.__dict__.values()],
    )


# --- The copy outside the database -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kopie:
    """Seals and leaves in files outside the database: `zegels.jsonl`, and `bladen/<nummer>.bin` of 32 bytes a leaf."""

    map: Path

    @classmethod
    def open(cls) -> "Kopie":
        """The copy of BANENAFSPRAAK_LOGBOEK_KOPIE; made when it is not there."""
        kopie = cls(Path(settings.LOGBOEK_KOPIE))
        (kopie.map / "bladen").mkdir(parents=True, exist_ok=True, mode=0o700)
        return kopie

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One writer at a time, also when two databases were pointed at one copy by mistake."""
        with (self.map / "slot").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def zegels(self) -> list[Zegel]:
        """Every seal in the file, a half line at the end left out: that one was never finished."""
        with suppress(FileNotFoundError):
            text = (self.map / "zegels.jsonl").read_text(encoding="ascii")
            return [Zegel.from_line(line) for line in text[: text.rfind("\n") + 1].splitlines()]
        return []

    def bladen(self, nummer: int) -> list[bytes] | None:
        """The leaves of a seal, or None when their file is gone."""
        with suppress(FileNotFoundError):
            data = (self.map / "bladen" / f"{nummer}.bin").read_bytes()
            return [data[i : i + 32] for i in range(0, len(data), 32)]
        return None

    def append(self, zegel: Zegel, bladen: bytes) -> None:
        """Write the leaves, then the line, each flushed to the disk before the next step."""
        _write(self.map / "bladen" / f"{zegel.nummer}.bin", bladen, os.O_TRUNC)
        path = self.map / "zegels.jsonl"
        if path.exists() and not (text := path.read_bytes()).endswith(b"\n") and text:
            os.truncate(path, text.rfind(b"\n") + 1)
        _write(path, zegel.line().encode("ascii") + b"\n", os.O_APPEND)


def _write(path: Path, data: bytes, how: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | how, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


# --- The key -----------------------------------------------------------------------------------------------------


class ZegelsleutelError(Exception):
    """The key of the seals is missing or unreadable. The message never contains the key."""


def _key() -> Ed25519PrivateKey:
    path = Path(settings.ZEGELSLEUTEL)
    if not path.exists():
        if settings.OMGEVING == "productie":
            raise ZegelsleutelError(f"{path} bestaat niet. In productie wordt het nooit vanzelf gemaakt.")
        _make_key(path)
    if path.stat().st_mode & 0o077:
        raise ZegelsleutelError(f"{path} is te lezen voor anderen. Herstel: chmod 600 {path}")
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except ValueError:
        raise ZegelsleutelError(f"{path} is geen sleutel, of is beschadigd") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise ZegelsleutelError(f"{path} is geen Ed25519-sleutel")
    return key


def _make_key(path: Path) -> None:
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    _write(draft, pem, os.O_EXCL)
    try:
        with suppress(FileExistsError):  # another process was first; its key is the key
            os.link(draft, path)
    finally:
        draft.unlink()


def public_key() -> str:
    """The public half as base64, for whoever checks the seals elsewhere."""
    raw = _key().public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return base64.b64encode(raw).decode("ascii")


def _sign(zegel: Zegel) -> Zegel:
    signed = dict(zegel.__dict__) | {"handtekening": _key().sign(zegel.message())}
    return Zegel(**signed)


# --- Checking ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Breuk:
    """A place where the logboek is not what was sealed. `nummer` is the seal, 0 for the chain as a whole."""

    nummer: int
    melding: str


@dataclass(frozen=True)
class Controle:
    """What a check found: how much was looked at, what is broken, and how many rows wait for their first seal."""

    zegels: int
    regels: int
    wachtend: int
    breuken: tuple[Breuk, ...]

    @property
    def heel(self) -> bool:
        """Whether nothing is broken."""
        return not self.breuken


def verify(*, nummers: Iterable[int] | None = None) -> Controle:
    """Recompute the seals from the rows, and hold the database against the copy outside it.

    With `nummers` only those seals are recomputed; the chain is always checked. Raises `ZegelsleutelError` when the key
    cannot be read.
    """
    kopie, public = Kopie.open(), _key().public_key()
    try:
        outside = kopie.zegels()
    except (ValueError, TypeError):
        return Controle(0, 0, 0, (Breuk(0, "de kopie buiten de database is beschadigd: een regel is geen zegel"),))
    breuken: list[Breuk] = []
    with transaction.atomic(), connection.cursor() as cursor:
        inside = _stored(cursor)
        breuken += _compare(inside, outside)
        breuken += _check_chain(outside, public)
        wanted = None if nummers is None else set(nummers)
        regels = 0
        for zegel in outside:
            if wanted is None or zegel.nummer in wanted:
                found, aantal = _check_rows(zegel, kopie)
                breuken += found
                regels += aantal
        cursor.execute(
            "SELECT (SELECT count(*) FROM access_logregel WHERE xid >= %(tot)s)"
            " + (SELECT count(*) FROM access_verwerking WHERE xid >= %(tot)s)",
            {"tot": outside[-1].tot_xid if outside else 0},
        )
        (wachtend,) = cursor.fetchone()
    return Controle(len(outside), regels, int(wachtend), tuple(breuken))


def _compare(inside: list[Zegel], outside: list[Zegel]) -> Iterator[Breuk]:
    database = {zegel.nummer: zegel for zegel in inside}
    kopie = {zegel.nummer: zegel for zegel in outside}
    for nummer in sorted(database.keys() | kopie.keys()):
        if nummer not in database:
            yield Breuk(nummer, "het zegel staat in de kopie, maar niet in de database")
        elif nummer not in kopie:
            yield Breuk(nummer, "het zegel staat in de database, maar niet in de kopie")
        elif (database[nummer].message(), database[nummer].handtekening) != (
            kopie[nummer].message(),
            kopie[nummer].handtekening,
        ):
            yield Breuk(nummer, "het zegel in de database is anders dan in de kopie")


def _check_chain(zegels: list[Zegel], public: Ed25519PublicKey) -> Iterator[Breuk]:
    before: Zegel | None = None
    for zegel in zegels:
        expected = (before.nummer + 1, before.tot_xid, before.digest()) if before else (1, 0, NIETS)
        if (zegel.nummer, zegel.van_xid, zegel.vorige) != expected:
            yield Breuk(zegel.nummer, "het zegel sluit niet aan op het vorige")
        try:
            public.verify(zegel.handtekening, zegel.message())
        except InvalidSignature:
            yield Breuk(zegel.nummer, "de handtekening klopt niet")
        before = zegel


def _check_rows(zegel: Zegel, kopie: Kopie) -> tuple[list[Breuk], int]:
    boom = Merkleboom()
    for _, blad in _leaves(zegel.van_xid, zegel.tot_xid):
        boom.add(blad)
    if (boom.aantal, boom.root()) == (zegel.aantal, zegel.wortel):
        return [], boom.aantal
    return list(_places(zegel, kopie.bladen(zegel.nummer))), boom.aantal


def _places(zegel: Zegel, bladen: list[bytes] | None) -> Iterator[Breuk]:
    """Which rows are not those that were sealed, by the leaves outside the database."""
    check = Merkleboom()
    for blad in bladen or ():
        check.add(blad)
    if bladen is None or check.root() != zegel.wortel:
        yield Breuk(
            zegel.nummer, "de regels zijn niet die van het zegel; de bladen in de kopie wijzen de plaats niet aan"
        )
        return
    left, strange = Counter(bladen), []
    for place, blad in _leaves(zegel.van_xid, zegel.tot_xid):
        if left[blad]:
            left[blad] -= 1
        else:
            strange.append(place)
    for soort, pk in strange:
        yield Breuk(zegel.nummer, f"{soort} {pk} is gewijzigd of toegevoegd")
    if missing := sum(left.values()) - len(strange):
        yield Breuk(zegel.nummer, f"{max(missing, 0)} regels ontbreken")
    if not strange and not sum(left.values()):
        yield Breuk(zegel.nummer, "de volgorde van de regels is gewijzigd")


def behind_since(*, now: datetime) -> datetime | None:
    """Since when the logboek waits for a seal, when that is longer than it may be; None when it is not.

    Sealing that does not happen is a broken lock: as long as it lasts nothing may be changed (`web.middleware`).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_langst_onverzegeld()")
        (oldest,) = cursor.fetchone()
    return oldest if isinstance(oldest, datetime) and oldest < now - settings.ZEGEL_UITERLIJK else None
