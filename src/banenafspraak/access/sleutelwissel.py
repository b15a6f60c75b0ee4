"""Replacing keys while the work goes on: every index of a BSN and every sealed value under the newest version.

    begin     the key file gets a next version; whoever still works with the old file is waited for
    wissel    row after row gets the new index (and keeps the one before), and its data keys the new wrapping
    ruim_op   the old version leaves the key file, and the rows lose the index before

Each step goes on where it stopped: what is left to do stands in the rows themselves. Readers look people up under both
versions (`bsn.indexes`) and never wait. A batch is one short transaction and changes a row only if it still is what was
read, so that nobody's work is lost. Rows of the logboek are sealed and keep the index they were written with; they are
looked up under every version, and those versions stay in the key file.
"""

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from django.db import OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from banenafspraak.access import bsn as bsns
from banenafspraak.access import logboek, sleutelbestand
from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import Bsn
from banenafspraak.access.permissions import Permission, require
from banenafspraak.access.sleutelbestand import Sleuteldoel
from banenafspraak.access.verzegeld import Index, Tabel, Volger, indexen, tabellen, volgers

Cursor = psycopg.Cursor[tuple[Any, ...]]

Progress = Callable[[str, int], None]
"""Hears the name of the table (as in the database) and how many of its rows just changed."""

_LOCK = 0x736C_6575_7465_6C73  # "sleutels"
# What one transaction passes by, and changes at most.
_PAGES = 64
_ROWS = 5_000
_ATTEMPTS = 10


class WisselBezet(Exception):
    """Another process is replacing keys."""


class NietKlaar(Exception):
    """Rows still need an older version, so it cannot go."""


@dataclass(frozen=True)
class Stand:
    """Where a change of keys is: the versions in the key file, and the rows that are not under the newest.

    `te_doen` counts rows by table; `achter` counts rows that still carry the index before, which `ruim_op` takes away.
    """

    versies: Mapping[Sleuteldoel, tuple[int, ...]]
    te_doen: Mapping[str, int]
    achter: Mapping[str, int]

    @property
    def loopt(self) -> bool:
        """Whether a change was begun and is not finished, its clearing up included."""
        oud = any(len(self.versies[doel]) > 1 for doel in ("kek", "register"))
        return oud or any(self.te_doen.values()) or any(self.achter.values())


def stand() -> Stand:
    """How things stand now. Reads every table with sealed columns once."""
    with connection.cursor() as cursor:
        te_doen = {
            tabel.naam: sum(_count(cursor, tabel.naam, _old(tabel.naam, kolom)) for kolom in tabel.kolommen)
            for tabel in tabellen()
        }
        achter = {
            index.naam: _count(cursor, index.naam, sql.SQL("bsn_index_eerder IS NOT NULL")) for index in indexen()
        }
    return Stand(sleutelbestand.versies(), te_doen, achter)


@contextmanager
def alone() -> Iterator[None]:
    """Nobody else replaces keys during the block. Raises `WisselBezet`; the hold ends with the process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        if cursor.fetchone() != (True,):
            raise WisselBezet("another process is replacing keys")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def begin(*, actor: Actor, doelen: Collection[Sleuteldoel], now: datetime) -> None:
    """Put a next version of each purpose in the key file. Raises `PermissionDenied`, `SleutelbestandError`."""
    require(actor, Permission.SLEUTELS_CHANGE)
    sleutelbestand.add_versies(doelen)
    _log(actor, "sleutels toegevoegd", {doel: sleutelbestand.versies()[doel][0] for doel in doelen}, now=now)


def wissel(
    *, actor: Actor, now: datetime, patience: float = 10.0, progress: Progress = lambda tabel, rijen: None
) -> int:
    """Bring every row under the newest versions; returns how many rows changed. Safe to stop and to start again.

    Waits for writers that began with an older key file, and at most `patience` seconds for other transactions that are
    open (a backup reads for hours, and looks nobody up). Raises `PermissionDenied`, `SealError` when a value does not
    open, `SleutelbestandError`.
    """
    require(actor, Permission.SLEUTELS_CHANGE)
    _await_transactions(patience)
    changed = {tabel.naam: _until_done(tabel, progress) for tabel in tabellen()}
    changed |= {volger.naam: _follow(volger) for volger in volgers()}
    _log(actor, "sleutels gewisseld", changed, now=now)
    return sum(changed.values())


def ruim_op(*, actor: Actor, now: datetime, patience: float = 10.0) -> Mapping[Sleuteldoel, tuple[int, ...]]:
    """Take the older versions of `kek` and `register` out of the key file and out of the rows; returns which.

    What was made with them (in an old copy of the database) is unreadable from then on. In productie the keeper has
    taken them out already. Raises `NietKlaar` while a row needs one; `PermissionDenied`; `SleutelbestandError`.
    """
    require(actor, Permission.SLEUTELS_CHANGE)
    # Whoever began before the newest version came may still be writing under an older one.
    _await_transactions(patience)
    _refuse_unfinished()
    for volger in volgers():
        _follow(volger)
    versies = sleutelbestand.versies()
    oud: dict[Sleuteldoel, tuple[int, ...]] = {
        doel: versies[doel][1:] for doel in ("kek", "register") if len(versies[doel]) > 1
    }
    with sleutelbestand.without(oud):
        # Once more without the old versions: a row that came in between brings them back.
        _await_transactions(patience)
        _refuse_unfinished()
    for index in indexen():
        _clear(index)
    _log(actor, "oude sleutels opgeruimd", {doel: list(nummers) for doel, nummers in oud.items()}, now=now)
    return oud


def _refuse_unfinished() -> None:
    if any(stand().te_doen.values()):
        raise NietKlaar("rows are still under an older version")


# --- one pass over a table ----------------------------------------------------------------------------------------


def _until_done(tabel: Tabel, progress: Progress) -> int:
    """Passes over the table until one finds nothing left: rows that changed moved to its end, and new ones came."""
    changed = 0
    while passed := sum(_batches(tabel, progress)):
        changed += passed
    return changed


def _batches(tabel: Tabel, progress: Progress) -> Iterator[int]:
    for first in _blocks(tabel.naam):
        changed = _ROWS
        while changed >= _ROWS:
            changed = _batch(tabel, first)
            progress(tabel.naam, changed)
            yield changed


def _blocks(naam: str) -> range:
    """The first page of each batch, in the order on disk: no index is needed, and each page is read once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size(%s::regclass) / current_setting('block_size')::bigint", [f'"{naam}"'])
        (pages,) = cursor.fetchone()
    return range(0, pages, _PAGES)


def _batch(tabel: Tabel, first: int) -> int:
    """The rows of these pages that are not under the newest versions; tried again when somebody was in between."""
    for attempt in range(_ATTEMPTS):
        try:
            with transaction.atomic(), psycopg.Cursor(connection.connection) as cursor:
                # Binary both ways, and bound by the server: half a million sealed values are not written out as text.
                cursor.format = psycopg.pq.Format.BINARY
                index = next((index for index in indexen() if index.naam == tabel.naam), None)
                return _reindex(cursor, index, first) if index else _rewrap(cursor, tabel, first)
        except (OperationalError, psycopg.OperationalError):  # a deadlock or a lock timeout: the other one goes first
            if attempt == _ATTEMPTS - 1:
                raise
            time.sleep(0.05 * 2**attempt)
    raise AssertionError("unreachable")


def _rewrap(cursor: Cursor, tabel: Tabel, first: int) -> int:
    """Only envelopes come out and go in: what is sealed may be a document of megabytes."""
    rewrap = bsns.rewrapper()
    changed = 0
    for kolom in tabel.kolommen:
        envelope = sql.SQL("substring({} FROM 1 FOR {})").format(sql.Identifier(kolom), sql.Literal(bsns.ENVELOPE))
        rows = _read(cursor, tabel.naam, (sql.Identifier(tabel.sleutel), envelope), _old(tabel.naam, kolom), first)
        new = sql.SQL("n.n0 || substring(t.{} FROM {})").format(sql.Identifier(kolom), sql.Literal(bsns.ENVELOPE + 1))
        done = [(pk, old, (rewrap(old),)) for pk, old in rows]
        changed += _update(cursor, tabel.naam, tabel.sleutel, {kolom: new}, done, envelope)
    return changed


def _reindex(cursor: Cursor, index: Index, first: int) -> int:
    """As `_rewrap`, and the index with it: the number is opened once, and a row is written once."""
    blob = sql.Identifier("bsn_verzegeld")
    rows = _read(cursor, index.naam, (sql.Identifier(index.sleutel), blob), _old(index.naam, "bsn_verzegeld"), first)
    rewrap, indexer = bsns.rewrapper(), bsns.indexer(doel="register")
    done = []
    for pk, old in rows:
        nieuw, *eerder = indexer.indexes(Bsn(bsns.unseal(old, context=index.context(str(pk)))))
        sealed = rewrap(old[: bsns.ENVELOPE]) + old[bsns.ENVELOPE :]
        done.append((pk, old, (sealed, nieuw, eerder[0] if eerder else None, indexer.versies[0])))
    columns = ("bsn_verzegeld", "bsn_index", "bsn_index_eerder", "index_versie")
    sets: dict[str, sql.Composable] = {column: sql.SQL(f"n.n{place}") for place, column in enumerate(columns)}
    return _update(cursor, index.naam, index.sleutel, sets, done, blob)


def _follow(volger: Volger) -> int:
    """The rows that have an index and no number: the number lies sealed with the user who made them."""
    indexer, changed = bsns.indexer(doel="register"), 0
    moved = sql.SQL(
        "UPDATE {} AS t SET bsn_index = n.nieuw FROM unnest(%s::bytea[], %s::bytea[]) AS n(oud, nieuw) "
        "WHERE t.bsn_index = n.oud"
    ).format(sql.Identifier(volger.naam))
    for part in volger.numbers(_ROWS):
        pairs = [(oud, nieuw) for number in part for nieuw, *ouder in [indexer.indexes(Bsn(number))] for oud in ouder]
        if pairs:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(moved, [[oud for oud, _ in pairs], [nieuw for _, nieuw in pairs]])
                changed += cursor.rowcount
    return changed


def _clear(index: Index) -> None:
    clear = sql.SQL(
        "UPDATE {} SET bsn_index_eerder = NULL WHERE bsn_index_eerder IS NOT NULL AND ctid >= {} AND ctid < {}"
    )
    cleared = True
    while cleared:
        cleared = False
        for first in _blocks(index.naam):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(clear.format(sql.Identifier(index.naam), *_page_range(first)))
                cleared = cleared or cursor.rowcount > 0


# --- SQL ----------------------------------------------------------------------------------------------------------


def _old(naam: str, kolom: str) -> sql.Composable:
    """The condition that a row has something sealed in this column, and is not under the newest versions."""
    # The version stands in the second and third byte of every sealed value.
    condition = sql.SQL("substring({} FROM 2 FOR 2) <> {}").format(
        sql.Identifier(kolom), sql.Literal(bsns.kek_versies()[0].to_bytes(2, "big"))
    )
    if any(index.naam == naam for index in indexen()):
        condition += sql.SQL(" OR index_versie < {}").format(sql.Literal(bsns.newest_register_versie()))
    return condition


def _count(cursor: CursorWrapper, naam: str, condition: sql.Composable) -> int:
    cursor.execute(sql.SQL("SELECT count(*) FROM {} WHERE {}").format(sql.Identifier(naam), condition))
    (count,) = cursor.fetchone()
    return int(count)


def _page_range(first: int) -> tuple[sql.Composable, sql.Composable]:
    return tuple(sql.SQL("{}::tid").format(sql.Literal(f"({page},0)")) for page in (first, first + _PAGES))  # type: ignore[return-value]


def _read(
    cursor: Cursor, naam: str, columns: Sequence[sql.Composable], condition: sql.Composable, first: int
) -> list[tuple[Any, ...]]:
    cursor.execute(
        sql.SQL("SELECT {} FROM {} WHERE ({}) AND ctid >= {} AND ctid < {} LIMIT {}").format(
            sql.SQL(", ").join(columns), sql.Identifier(naam), condition, *_page_range(first), sql.Literal(_ROWS)
        )
    )
    return cursor.fetchall()


def _update(
    cursor: Cursor,
    naam: str,
    sleutel: str,
    sets: Mapping[str, sql.Composable],
    rows: Sequence[tuple[Any, bytes, tuple[Any, ...]]],
    was: sql.Composable,
) -> int:
    """Change rows (primary key, what was read, new values n0, n1...) of which `was` still is what was read."""
    if not rows:
        return 0
    values = list(zip(*(new for _, _, new in rows), strict=True))
    kinds = ["smallint" if isinstance(column[0], int) else "bytea" for column in values]
    statement = sql.SQL(
        "UPDATE {table} AS t SET {sets} FROM unnest(%t::text[], %b::bytea[], {kinds}) AS n(pk, was, {names}) "
        "WHERE t.{key} = n.pk::{key_kind} AND {was} = n.was"
    ).format(
        table=sql.Identifier(naam),
        sets=sql.SQL(", ").join(sql.SQL("{} = {}").format(sql.Identifier(name), new) for name, new in sets.items()),
        kinds=sql.SQL(", ").join(sql.SQL(f"%b::{kind}[]") for kind in kinds),
        names=sql.SQL(", ").join(sql.SQL(f"n{place}") for place in range(len(values))),
        key=sql.Identifier(sleutel),
        key_kind=sql.SQL(_kind(cursor, naam, sleutel)),
        was=was,
    )
    cursor.execute(statement, [[str(pk) for pk, _, _ in rows], [old for _, old, _ in rows], *map(list, values)])
    return cursor.rowcount


def _kind(cursor: Cursor, naam: str, kolom: str) -> str:
    cursor.execute(
        "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = %s::regclass AND attname = %s",
        [f'"{naam}"', kolom],
    )
    row = cursor.fetchone()
    assert row is not None
    return str(row[0])


# --- waiting ------------------------------------------------------------------------------------------------------

# Who has no user is a process of PostgreSQL itself. Whoever has written anything, if only to a temporary table, has a
# transaction id.
_OPEN = """
SELECT v.virtualtransaction, coalesce(bool_or(w.pid IS NOT NULL), false)
FROM pg_locks AS v
JOIN pg_stat_activity AS a ON a.pid = v.pid AND a.datname = current_database() AND a.usesysid IS NOT NULL
LEFT JOIN pg_locks AS w ON w.pid = v.pid AND w.locktype = 'transactionid' AND w.mode = 'ExclusiveLock'
WHERE v.locktype = 'virtualxid' AND v.pid <> pg_backend_pid()
GROUP BY v.virtualtransaction
"""


def _await_transactions(patience: float) -> None:
    """Return when every transaction that was open is gone, and in any case everybody who was writing.

    New ones are not held up. After `patience` seconds only writers are still waited for.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OPEN)
        waiting = {name for name, _ in cursor.fetchall()}
        deadline = time.monotonic() + patience
        while waiting:
            cursor.execute(_OPEN)
            still = dict(cursor.fetchall())
            late = time.monotonic() > deadline
            waiting = {name for name in waiting if name in still and (still[name] or not late)}
            if waiting:
                time.sleep(0.02)


def _log(actor: Actor, handeling: str, details: Mapping[str, Any], *, now: datetime) -> None:
    logboek.record(actor=actor, handeling=handeling, onderwerp="sleutels", details=details, now=now)
