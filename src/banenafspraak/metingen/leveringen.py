"""Wage data as it is kept: Parquet by peilmaand, one file for each delivery, and what is in force in a month.

A delivery comes in whole or not at all. Its files are written beside the others, moved to their place, and count from
the moment the rows of `Levering` are committed; whatever a crash leaves behind is nobody's file, and the next intake
removes it. One intake runs at a time (an advisory lock of PostgreSQL, gone with the process).

What is in force in a month: the last delivery of the whole month and everything after it. A later return of an
employer about a tijdvak replaces that employer's rows of that tijdvak; a later row replaces the earlier one of the
same (lhnr, pseudoniem, numiv) in that tijdvak. Tijdvakken of one employer that overlap without being equal cannot be
told apart in a month and are refused. Hours of different tijdvakken in one month (four weeks) add up.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, Q

from banenafspraak.access import bsn, logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, require
from banenafspraak.metingen.models import Levering

LOONREGEL: pa.Schema = pa.schema(
    [
        pa.field("pseudoniem", pa.int64(), nullable=False),
        pa.field("lhnr", pa.int64(), nullable=False),
        pa.field("numiv", pa.int32(), nullable=False),
        pa.field("srtiv", pa.int16(), nullable=False),
        pa.field("cdaard", pa.int16(), nullable=False),
        pa.field("uren", pa.decimal128(9, 2), nullable=False),
        pa.field("met_loon", pa.bool_(), nullable=False),
        pa.field("ufo", pa.bool_(), nullable=False),
    ]
)
"""One inkomstenverhouding in one month. `pseudoniem` (person) and `lhnr` (employer) are keyed pseudonyms; `uren` are
the verloonde uren; `met_loon`: loon SV above zero; `ufo`: premieloon Ufo above zero. srtiv 0 is a withdrawn one."""

Soort = Literal["loonaangifte", "polis"]
Dekking = Literal["maand", "werkgever", "rij"]

_LOCK = 0x6C6F6E656E  # "lonen"


_EMPLOYER = 1 << 62


def werkgever_pseudoniemen(lhnrs: np.ndarray) -> np.ndarray:
    """The int64 pseudonym of each loonheffingennummer (nine digits and two, as one whole number).

    The nine digits of a sole trader are a BSN, so an employer is hidden the way a person is; the added bit keeps an
    employer from ever sharing a pseudonym with the person of the same digits.
    """
    return bsn.meting_pseudoniemen(lhnrs.astype(np.int64) + _EMPLOYER)


class InnameBezet(Exception):
    """Another intake of wage data is running."""


class TijdvakConflict(Exception):
    """A return about a tijdvak that overlaps, without being equal to, one of the same employer that is in force."""

    def __init__(self, deel: "Deel") -> None:
        super().__init__(f"{deel.maand}: tijdvak {deel.tijdvak_vanaf} overlapt een ander tijdvak van deze werkgever")
        self.deel = deel


@dataclass(frozen=True)
class Deel:
    """What a part of a file states about one calendar month; the rows themselves come in batches."""

    maand: str
    dekking: Dekking
    tijdvak_vanaf: date
    tijdvak_tot: date
    """The first day after the tijdvak."""
    lhnr: int | None = None
    """Pseudonym of the employer; None for a delivery of the whole month."""

    @classmethod
    def hele_maand(cls, maand: str) -> "Deel":
        """The part that states everything about all employers in "2018-03"."""
        begin = date(int(maand[:4]), int(maand[5:]), 1)
        return cls(maand, "maand", begin, (begin + timedelta(days=32)).replace(day=1))


def parquet_writer(pad: Path) -> pq.ParquetWriter:
    """A writer of `LOONREGEL` batches in the form in which wage data is kept."""
    return pq.ParquetWriter(
        pad,
        LOONREGEL,
        # A pseudonym looks like noise: compressing it or keeping a dictionary costs time and wins nothing. Hours
        # repeat: a dictionary is as small as compression, and counting reads it in a tenth less time.
        compression={name: "NONE" if name in ("pseudoniem", "uren") else "ZSTD" for name in LOONREGEL.names},
        use_dictionary=["lhnr", "numiv", "srtiv", "cdaard", "uren"],
        store_decimal_as_integer=True,
        store_schema=False,
    )


@dataclass
class _Stuk:
    """A part on disk that is not yet in force."""

    deel: Deel
    pad: Path
    rijen: int = 0
    schrijver: pq.ParquetWriter | None = None

    def write(self, batch: pa.RecordBatch) -> None:
        if self.schrijver is None:
            os.close(os.open(self.pad, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            self.schrijver = parquet_writer(self.pad)
        self.schrijver.write_batch(batch)
        self.rijen += batch.num_rows

    def close(self) -> None:
        if self.schrijver is not None:
            self.schrijver.close()
            self.schrijver = None
            fsync(self.pad)


@dataclass
class Aanlevering:
    """One file on its way in. Made by `Inname.begin`."""

    soort: Soort
    bestandsnaam: str
    map: Path
    sha256: str = ""
    al_ingelezen: bool = False
    _stukken: dict[Deel, _Stuk] = field(default_factory=dict)

    def add(self, deel: Deel, batch: pa.RecordBatch | None = None) -> None:
        """Take rows of a part (schema `LOONREGEL`). A part without rows counts too: it may replace earlier rows."""
        stuk = self._stukken.get(deel)
        if stuk is None:
            stuk = self._stukken[deel] = _Stuk(deel, self.map / f"{uuid4().hex}.parquet")
        if batch is not None and batch.num_rows:
            stuk.write(batch)

    def finish(self, sha256: str) -> None:
        """All rows have been given; the digest of the file says whether it came in before."""
        for stuk in self._stukken.values():
            stuk.close()
        self.sha256 = sha256
        self.al_ingelezen = Levering.objects.filter(sha256=sha256).exists()

    @property
    def rijen(self) -> dict[str, int]:
        """Rows by peilmaand."""
        counts: dict[str, int] = {}
        for stuk in self._stukken.values():
            counts[stuk.deel.maand] = counts.get(stuk.deel.maand, 0) + stuk.rijen
        return dict(sorted(counts.items()))

    def delen(self) -> list[tuple[Deel, Path, int]]:
        """The parts, in the order in which the file stated them."""
        return [(stuk.deel, stuk.pad, stuk.rijen) for stuk in self._stukken.values()]


class Inname:
    """Files that come into force together, or not at all. Made by `intake`."""

    def __init__(self, actor: Actor, map_: Path) -> None:
        self._actor = actor
        self._map = map_
        self._aanleveringen: list[Aanlevering] = []

    @property
    def map(self) -> Path:
        """A private folder for this intake; gone afterwards."""
        return self._map

    def begin(self, soort: Soort, bestandsnaam: str) -> Aanlevering:
        """Start a file; give its rows with `add` and close it with `finish`."""
        aanlevering = Aanlevering(soort, bestandsnaam, self._map)
        self._aanleveringen.append(aanlevering)
        return aanlevering

    def commit(self, *, now: datetime, proef: bool = False) -> None:
        """Put everything into force, in the order of `begin`. With `proef` do all but that.

        A file that came in before (or twice in this intake) is left out: nothing changes by it. Raises
        `TijdvakConflict`; then nothing has changed.
        """
        with transaction.atomic():
            number = (Levering.objects.aggregate(last=Max("volgnummer"))["last"] or 0) + 1
            rows: list[Levering] = []
            for aanlevering in self._aanleveringen:
                if Levering.objects.filter(sha256=aanlevering.sha256).exists():
                    aanlevering.al_ingelezen = True
                    continue
                for deel, pad, rijen in aanlevering.delen():
                    if deel.lhnr is not None and _overlaps(deel):
                        raise TijdvakConflict(deel)
                    rows.append(_row(aanlevering, deel, pad, rijen, number + len(rows), now))
                    rows[-1].save(force_insert=True)
                logboek.record(
                    actor=self._actor,
                    handeling="lonen ingelezen",
                    onderwerp=aanlevering.sha256,
                    details={"soort": aanlevering.soort, "rijen": aanlevering.rijen},
                    now=now,
                )
            if proef:
                transaction.set_rollback(True)
                return
            # Last of all, so that almost nothing can still go wrong between the moves and the commit.
            for row in rows:
                if row.pad:
                    _move(row)


def _row(aanlevering: Aanlevering, deel: Deel, pad: Path, rijen: int, number: int, now: datetime) -> Levering:
    return Levering(
        soort=aanlevering.soort,
        bestandsnaam=aanlevering.bestandsnaam,
        sha256=aanlevering.sha256,
        peilmaand=deel.maand,
        dekking=deel.dekking,
        lhnr=deel.lhnr,
        tijdvak_vanaf=deel.tijdvak_vanaf,
        tijdvak_tot=deel.tijdvak_tot,
        rijen=rijen,
        pad=str(pad.relative_to(lonen_dir())) if rijen else "",
        ontvangen_at=now,
        volgnummer=number,
    )


def _move(row: Levering) -> None:
    """Give a new file its place among the others of its month."""
    place = lonen_dir() / row.peilmaand / f"{row.volgnummer:09d}-{row.sha256[:12]}.parquet"
    private_dir(place.parent)
    (lonen_dir() / row.pad).rename(place)
    fsync(place.parent)
    row.pad = str(place.relative_to(lonen_dir()))
    row.save(update_fields=["pad"])


@contextmanager
def intake(*, actor: Actor) -> Iterator[Inname]:
    """Room for a new set of files. Raises `PermissionDenied`, or `InnameBezet` while another intake runs.

    What was not committed at the end is removed, as is what an intake that was cut off has left behind.
    """
    require(actor, Permission.LEVERING_IMPORT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        row = cursor.fetchone()
    if not row or not row[0]:
        raise InnameBezet("er loopt al een andere import van lonen")
    try:
        _sweep()
        place = private_dir(_new_dir() / uuid4().hex)
        try:
            yield Inname(actor, place)
        finally:
            shutil.rmtree(place)
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def lonen_dir() -> Path:
    """Where the wage data lives; only this process's user may look inside."""
    return Path(settings.DATA_DIR) / "lonen"


def maanden() -> list[str]:
    """The peilmaanden with wage data ("2018-03"), in order."""
    return list(Levering.objects.order_by("peilmaand").values_list("peilmaand", flat=True).distinct())


def vingerafdruk(maand: str) -> str:
    """Digest of all that is in force in a month: which files, in which order, stating what. Hexadecimal sha256."""
    return digest(
        [row.sha256, row.dekking, row.lhnr, str(row.tijdvak_vanaf), str(row.tijdvak_tot), row.rijen]
        for row in in_force(maand)
    )


def in_force(maand: str) -> list[Levering]:
    """The deliveries that say something about a month, in order: the last of the whole month, and all later ones."""
    rows = list(Levering.objects.filter(peilmaand=maand).order_by("volgnummer"))
    start = max((i for i, row in enumerate(rows) if row.dekking == Levering.Dekking.MAAND), default=0)
    return rows[start:]


def create_loonregel(
    con: duckdb.DuckDBPyConnection, leveringen: list[Levering], *, only: str = "", name: str = "loonregel"
) -> None:
    """Make the view `name` of the rows in force: LOONREGEL plus tijdvak_vanaf and tijdvak_tot, without withdrawn rows.

    `leveringen` comes from `in_force`. `only` is a condition on the rows of the files (SQL, ours, never input), which
    narrows what is read: it may speak of people and employers, not of what a row says.
    """
    files = [row for row in leveringen if row.rijen]
    where = f"WHERE {only}" if only else ""
    columns = LOONREGEL.names
    facts = pa.table(
        {
            "pad": pa.array([str(lonen_dir() / row.pad) for row in leveringen], pa.string()),
            "volgnummer": pa.array([row.volgnummer for row in leveringen], pa.int64()),
            "lhnr": pa.array([row.lhnr for row in leveringen], pa.int64()),
            "tijdvak_vanaf": pa.array([row.tijdvak_vanaf for row in leveringen], pa.date32()),
            "tijdvak_tot": pa.array([row.tijdvak_tot for row in leveringen], pa.date32()),
            "hele_werkgever": pa.array([row.dekking == Levering.Dekking.WERKGEVER for row in leveringen], pa.bool_()),
        }
    )
    con.register("feiten", facts)
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name}_levering AS FROM feiten")
    # The first file is nearly always the big one, and nothing in it replaces anything: no need to name its rows.
    parts = []
    for row in files[:1]:
        facts_of_row = f"{row.volgnummer}::BIGINT, DATE '{row.tijdvak_vanaf}', DATE '{row.tijdvak_tot}'"
        source = f"read_parquet({quote(lonen_dir() / row.pad)})"
        parts.append(f"SELECT {', '.join(columns)}, {facts_of_row} FROM {source} {where}")  # noqa: S608
    if files[1:]:
        paths = ", ".join(quote(lonen_dir() / row.pad) for row in files[1:])
        source = f"read_parquet([{paths}], filename='pad')"
        parts.append(
            f"SELECT {', '.join(f'r.{c}' for c in columns)}, l.volgnummer, l.tijdvak_vanaf, l.tijdvak_tot "  # noqa: S608
            f"FROM (SELECT * FROM {source} {where}) r JOIN {name}_levering l USING (pad)"
        )
    if not parts:
        empty = ", ".join(f"NULL::{_SQL_TYPES[f.name]} AS {f.name}" for f in LOONREGEL)
        parts.append(f"SELECT {empty}, 0::BIGINT, NULL::DATE, NULL::DATE LIMIT 0")
    names = ", ".join([*columns, "volgnummer", "tijdvak_vanaf", "tijdvak_tot"])
    con.execute(f"CREATE OR REPLACE TEMP VIEW {name}_alle({names}) AS {' UNION ALL '.join(parts)}")
    # Joins against the few rows that replace something: each key at most once, so no row is doubled.
    replaced = _REPLACED.format(name=name, first=files[0].volgnummer) if len(leveringen) > 1 and files else "WHERE"
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW {name} AS "  # noqa: S608
        f"SELECT {', '.join(f'r.{c}' for c in columns)}, r.tijdvak_vanaf, r.tijdvak_tot FROM {name}_alle r "
        f"{replaced} r.srtiv <> 0"
    )


_SQL_TYPES = {
    "pseudoniem": "BIGINT",
    "lhnr": "BIGINT",
    "numiv": "INTEGER",
    "srtiv": "SMALLINT",
    "cdaard": "SMALLINT",
    "uren": "DECIMAL(9, 2)",
    "met_loon": "BOOLEAN",
    "ufo": "BOOLEAN",
}

_REPLACED = """
    LEFT JOIN (
      SELECT lhnr, tijdvak_vanaf, max(volgnummer) AS laatste FROM {name}_levering WHERE hele_werkgever GROUP BY ALL
    ) w ON w.lhnr = r.lhnr AND w.tijdvak_vanaf = r.tijdvak_vanaf
    LEFT JOIN (
      SELECT lhnr, pseudoniem, numiv, tijdvak_vanaf, max(volgnummer) AS laatste
      FROM {name}_alle WHERE volgnummer > {first} GROUP BY ALL
    ) n ON n.lhnr = r.lhnr AND n.pseudoniem = r.pseudoniem AND n.numiv = r.numiv AND n.tijdvak_vanaf = r.tijdvak_vanaf
    WHERE coalesce(w.laatste, 0) <= r.volgnummer AND coalesce(n.laatste, 0) <= r.volgnummer AND
"""


def connect() -> duckdb.DuckDBPyConnection:
    """An engine in memory with bounded memory; what does not fit goes to a private folder."""
    return duckdb.connect(
        config={
            "memory_limit": "512MB",
            "temp_directory": str(private_dir(lonen_dir() / ".tijdelijk")),
            "threads": _THREADS,
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
    )


_THREADS = max(1, min(8, os.cpu_count() or 1))


def quote(path: Path) -> str:
    """A path as an SQL literal."""
    return "'" + str(path).replace("'", "''") + "'"


def digest(parts: Iterable[Any]) -> str:
    """Hexadecimal sha256 of values that fit JSON."""
    return hashlib.sha256(json.dumps(list(parts)).encode()).hexdigest()


def private_dir(path: Path) -> Path:
    """Make the folder and those above it that are not there, for this user only."""
    if not path.is_dir():
        private_dir(path.parent)
        path.mkdir(mode=0o700, exist_ok=True)
    return path


def fsync(path: Path) -> None:
    """Make a file, or the names in a folder, survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _overlaps(deel: Deel) -> bool:
    """Whether the employer has rows in force in this month about another tijdvak that shares days with this one."""
    others = Levering.objects.filter(
        Q(lhnr__isnull=True) | Q(lhnr=deel.lhnr),
        peilmaand=deel.maand,
        rijen__gt=0,
        tijdvak_vanaf__lt=deel.tijdvak_tot,
        tijdvak_tot__gt=deel.tijdvak_vanaf,
    ).exclude(tijdvak_vanaf=deel.tijdvak_vanaf, tijdvak_tot=deel.tijdvak_tot)
    if not others.exists():
        return False
    with connect() as con:
        create_loonregel(con, in_force(deel.maand), only=f"lhnr = {deel.lhnr:d}")
        found = con.execute(
            "SELECT 1 FROM loonregel WHERE tijdvak_vanaf < ? AND ? < tijdvak_tot "
            "AND (tijdvak_vanaf, tijdvak_tot) <> (?, ?) LIMIT 1",
            [deel.tijdvak_tot, deel.tijdvak_vanaf, deel.tijdvak_vanaf, deel.tijdvak_tot],
        ).fetchall()
    return bool(found)


def _new_dir() -> Path:
    return private_dir(lonen_dir()) / ".nieuw"


def _sweep() -> None:
    """Remove what no row of Levering speaks of: the leavings of an intake that was cut off."""
    shutil.rmtree(_new_dir(), ignore_errors=True)
    known = set(Levering.objects.exclude(pad="").values_list("pad", flat=True))
    for file in lonen_dir().glob("[0-9][0-9][0-9][0-9]-[0-9][0-9]/*.parquet"):
        if str(file.relative_to(lonen_dir())) not in known:
            file.unlink()
