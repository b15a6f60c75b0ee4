"""Every klantprofiel in full detail as columns in the process: for a bemiddelaar who searches, and for matching.

Some 60 bytes a person in numpy columns, and a roaring bitmap of the people for each kind of work. PostgreSQL is the
source; before every search the index reads what was committed since the last one. `zoekreferentie` asks the same of
PostgreSQL alone, and tests hold the one against the other. Nothing in this module knows a name, a BSN or free text.

Search before you write: a profile that the own transaction changed is read as changed, also when that is undone later.
"""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any
from uuid import UUID

import numpy as np
from django.db import transaction
from pyroaring import BitMap

from banenafspraak.bemiddeling import postcodes, werksoorten, zoekregels
from banenafspraak.bemiddeling.kenmerken import Zoekregel, niveau_of, reisafstand_of, uren_of
from banenafspraak.bemiddeling.postcodes import REGIOS, Postcodetabel
from banenafspraak.bemiddeling.wens import Wens

TOP = 20
KINDS = 4
"""How many kinds of work of one person are counted in the facet; all of them are searched."""
_EPOCH = date(2020, 1, 1)
_NEVER = np.int16(32767)
_UNKNOWN = 255
_MOST_IDLE = 12 * 3600.0

_CODES = {code: place + 1 for place, code in enumerate(werksoorten.WERKSOORTEN)}
_KINDS_BY_PLACE = ("", *werksoorten.WERKSOORTEN)
_FIELDS = {code: place + 1 for place, code in enumerate(werksoorten.WERKVELDEN)}
_FIELDS_BY_PLACE = ("", *werksoorten.WERKVELDEN)
_ALPHABETICAL = np.argsort(np.argsort(np.array(_KINDS_BY_PLACE)))
_BITS = (np.arange(128)[:, None] >> np.arange(7)) & 1
HOURS = (0, 16, 24, 32)
"""The least hours of each value of the facet of hours."""

POINTS = {
    "plek": (20, 10),
    "werk": (40, 12),
    "werkveld": (25, 12),
    "uren": (15, 6),
    "dagen": (10, 4),
    "niveau": (15, 6),
    "vervoer": (10, 4),
}
"""Points for a part of a wish that fits, and for one that is unknown; living near gives ten more at most."""
NEAR = 10
ERVARING = 8
"""Points for having worked in the field."""


@dataclass(frozen=True)
class Treffer:
    """Somebody who fits, with the points that decided the order."""

    profiel_id: UUID
    punten: int


@dataclass(frozen=True)
class Treffers:
    """How many fit, six facets by value, and the best twenty; equal ones in the order of their id."""

    aantal: int
    facetten: dict[str, dict[str, int]]
    beste: tuple[Treffer, ...]


def needed_kilometres(wens: Wens, tabel: Postcodetabel) -> np.ndarray:
    """For each postcode the whole kilometres to the place of the work, at most 254; 255 beyond the straal.

    One more at the end for who has no postcode: no kilometre, nobody is left out for that.
    """
    assert wens.plek is not None
    east, north = tabel.x.astype(float) - wens.plek.x, tabel.y.astype(float) - wens.plek.y
    distance = np.sqrt(east * east + north * north)
    need = np.minimum(np.ceil(distance), 254).astype(np.uint8)
    if wens.straal is not None:
        need[distance > wens.straal] = 255
    return np.append(need, np.uint8(0))


class Zoekindex:
    """All profiles as columns."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._clear()

    def _clear(self) -> None:
        self._horizon: str | None = None
        self._day: date | None = None
        self._read_at = 0.0
        self._tabel: Postcodetabel | None = None
        self._sorted_ids = np.empty(0, "S16")
        self._sorted_rows = np.empty(0, np.int32)
        self._newer: dict[bytes, int] = {}
        self.count = 0
        self._columns(1024)
        self._of_kind: list[BitMap] = [BitMap() for _ in _KINDS_BY_PLACE]
        self._of_field: list[BitMap] = [BitMap() for _ in _FIELDS_BY_PLACE]
        self._without_work = BitMap()
        self._gemeenten: dict[str, int] = {"": 0}
        self._found_on: dict[date | None, np.ndarray] = {}

    _KINDS_OF_COLUMN: dict[str, Any] = {
        "id": "S16",
        "tie": np.uint32,
        "plek": np.int16,
        "gemeente": np.int16,
        "regio": np.int8,
        "afstand": np.uint8,
        "niveau": np.uint8,
        "least": np.uint8,
        "most": np.uint8,
        "dagen": np.uint8,
        "vervoer": np.uint8,
        "vanaf": np.int16,
        "tot": np.int16,
        "ervaring": np.uint32,
        "veld": np.uint8,
        "is_there": bool,
    }

    def _columns(self, room: int) -> None:
        before = self.count
        for name, kind in self._KINDS_OF_COLUMN.items():
            new = np.zeros(room, kind)
            if before:
                new[:before] = getattr(self, f"_{name}")[:before]
            setattr(self, f"_{name}", new)
        kinds = np.zeros((room, KINDS), np.uint16)
        if before:
            kinds[:before] = self._kinds[:before]
        self._kinds = kinds

    _id: np.ndarray
    _tie: np.ndarray
    _plek: np.ndarray
    _gemeente: np.ndarray
    _regio: np.ndarray
    _afstand: np.ndarray
    _niveau: np.ndarray
    _least: np.ndarray
    _most: np.ndarray
    _dagen: np.ndarray
    _vervoer: np.ndarray
    _vanaf: np.ndarray
    _tot: np.ndarray
    _ervaring: np.ndarray
    _veld: np.ndarray
    _is_there: np.ndarray
    _kinds: np.ndarray

    @property
    def size(self) -> int:
        """What the columns and bitmaps take."""
        columns = sum(getattr(self, f"_{name}").nbytes for name in self._KINDS_OF_COLUMN)
        bitmaps = [*self._of_kind, *self._of_field, self._without_work]
        return int(
            columns
            + self._kinds.nbytes
            + self._sorted_ids.nbytes
            + self._sorted_rows.nbytes
            + sum(len(bitmap.serialize()) for bitmap in bitmaps)
            + 200 * len(self._newer)
        )

    # --- Filling -------------------------------------------------------------------------------------------------

    def forget(self) -> None:
        """Read everything at the next search."""
        with self._lock:
            self._clear()

    def refresh(self, peildatum: date) -> None:
        """Read what was committed since the last time; everything on another day or with another table of postcodes."""
        with self._lock:
            now, tabel = time.monotonic(), postcodes.table()
            if self._day != peildatum or now - self._read_at > _MOST_IDLE or self._tabel is not tabel:
                self._clear()
            changed, whole = zoekregels.changed_since(self._horizon), self._horizon is None
            self._tabel = tabel
            if changed.profielen:
                with transaction.atomic():
                    self.fill(zoekregels.read(self._horizon, peildatum=peildatum))
            if whole:
                self.settle()
            self._horizon, self._day, self._read_at = changed.horizon, peildatum, now

    def fill(self, regels: Iterable[Zoekregel]) -> None:
        """Take in rows: new ones, and others for those that were known."""
        for regel in regels:
            self._found_on = {}
            key = regel.profiel_id.bytes
            row = self._row_of(key)
            if row is not None:
                self._take_out(row)
            elif regel.vanaf is None and not regel.versie:
                continue
            else:
                row = self._add(key)
            self._put(row, regel)

    def fill_only(self, profielen: Iterable[UUID], *, peildatum: date) -> None:
        """Take in these people and nobody else: for a choice among some, without reading the whole country."""
        self._tabel = postcodes.table()
        self.fill(zoekregels.read(None, peildatum=peildatum, alleen=profielen))

    def settle(self) -> None:
        """Make the ids searchable in one array, and give back the room that is not used."""
        with self._lock:
            self._columns(max(1024, self.count + self.count // 50))
            order = np.argsort(self._id[: self.count], kind="stable").astype(np.int32)
            self._sorted_ids, self._sorted_rows = self._id[: self.count][order], order
            self._newer = {}
            for bitmap in (*self._of_kind, *self._of_field, self._without_work):
                bitmap.run_optimize()
                bitmap.shrink_to_fit()

    def _row_of(self, key: bytes) -> int | None:
        if (row := self._newer.get(key)) is not None:
            return row
        # A column gives its bytes back without the zeros at the end; one id in 256 has some.
        wanted = np.bytes_(key.rstrip(b"\0"))
        at = int(np.searchsorted(self._sorted_ids, wanted))
        if at < len(self._sorted_ids) and self._sorted_ids[at] == wanted:
            return int(self._sorted_rows[at])
        return None

    def _add(self, key: bytes) -> int:
        if self.count == len(self._id):
            self._columns(self.count + self.count // 2)
        row, self.count = self.count, self.count + 1
        self._id[row] = key
        self._tie[row] = int.from_bytes(key[:4], "big")
        self._newer[key] = row
        return row

    def _take_out(self, row: int) -> None:
        for kind in self._kinds[row]:
            self._of_kind[kind].discard(row)
        # More kinds than the facet counts stand in the bitmaps only.
        for bitmap in self._of_kind if self._kinds[row, KINDS - 1] else ():
            bitmap.discard(row)
        for bitmap in (*self._of_field, self._without_work):
            bitmap.discard(row)

    def _put(self, row: int, regel: Zoekregel) -> None:
        self._is_there[row] = regel.versie > 0
        self._plek[row] = regel.plek
        self._gemeente[row] = self._gemeenten.setdefault(regel.gemeente, len(self._gemeenten))
        self._regio[row] = REGIOS.index(regel.regio) if regel.regio else -1
        self._afstand[row] = _small(regel.reisafstand)
        self._niveau[row] = regel.niveau or 0
        self._least[row] = 0 if regel.uren_min is None else regel.uren_min
        self._most[row] = _small(regel.uren_max if regel.uren_max is not None else regel.uren_min)
        self._dagen[row] = regel.dagen or 0
        self._vervoer[row] = sum(1 << (one if one < 8 else 7) for one in regel.vervoermiddelen)
        self._vanaf[row] = _day(regel.vanaf)
        self._tot[row] = _day(regel.tot) if regel.tot is not None else -_NEVER
        self._ervaring[row] = sum(1 << _FIELDS[code] for code in regel.ervaring or ())
        codes = [_CODES[code] for code in regel.werksoorten]
        self._kinds[row] = (codes + [0] * KINDS)[:KINDS]
        self._veld[row] = _FIELDS[regel.werkvelden[0]] if regel.werkvelden else 0
        for code in codes:
            self._of_kind[code].add(row)
        for werkveld in regel.werkvelden:
            self._of_field[_FIELDS[werkveld]].add(row)
        if not codes:
            self._without_work.add(row)

    # --- Searching -----------------------------------------------------------------------------------------------

    def search(
        self, wens: Wens, *, peildatum: date, gemeenten: frozenset[str] | None = None, everybody: bool = False
    ) -> Treffers:
        """Who fits, out of those that employers may see that day, or `everybody`; of these gemeenten only, if given.

        Does not refresh: `refresh` first. The caller decides who may see whom and says so in `gemeenten`.
        """
        with self._lock:
            mask = self._there(peildatum, everybody)
            if gemeenten is not None:
                table = np.zeros(len(self._gemeenten), dtype=bool)
                table[[place for code, place in self._gemeenten.items() if code in gemeenten]] = True
                mask = mask & table[self._gemeente[: self.count]]
            rows, points = self._points(wens, np.flatnonzero(self._reachable(wens, mask)))
            return Treffers(len(rows), self._facets(rows), self._best(rows, points))

    def _there(self, peildatum: date, everybody: bool) -> np.ndarray:
        """Whether each row may be found on that day; kept until something changes."""
        key = None if everybody else peildatum
        if key not in self._found_on:
            day = np.int16((peildatum - _EPOCH).days)
            shown = (self._vanaf[: self.count] <= day) & (self._tot[: self.count] >= day)
            self._found_on = {**self._found_on, key: self._is_there[: self.count].copy() if everybody else shown}
        return self._found_on[key]

    def _reachable(self, wens: Wens, mask: np.ndarray) -> np.ndarray:
        """Who of these would travel to the place, and lives within the straal."""
        if wens.plek is None:
            return mask
        assert self._tabel is not None
        need = needed_kilometres(wens, self._tabel)[self._plek[: self.count]]
        near: np.ndarray = mask & (need <= self._afstand[: self.count]) & (need < 255)
        return near

    def points_of(self, wens: Wens, profielen: Iterable[UUID]) -> dict[UUID, int]:
        """The points of these people for a wish; who does not fit gets -1, who is not known here is left out."""
        with self._lock:
            found = {one: row for one in profielen if (row := self._row_of(one.bytes)) is not None}
            mask = np.zeros(self.count, dtype=bool)
            mask[list(found.values())] = True
            rows, points = self._points(wens, np.flatnonzero(self._reachable(wens, mask)))
            by_row = dict(zip(rows.tolist(), points.tolist(), strict=True))
            return {one: by_row.get(row, -1) for one, row in found.items()}

    def like(self, regel: Zoekregel, *, peildatum: date) -> int:
        """How many others whom employers may see have the same words on a card of their own as this person."""
        with self._lock:
            rows = np.arange(self.count)
            day = np.int16((peildatum - _EPOCH).days)
            rows = rows[(self._vanaf[rows] <= day) & (self._tot[rows] >= day)]
            rows = rows[self._regio[rows] == (REGIOS.index(regel.regio) if regel.regio else -1)]
            rows = rows[self._veld[rows] == (_FIELDS[regel.werkvelden[0]] if regel.werkvelden else 0)]
            levels = [n for n in range(7) if niveau_of(n or None) == niveau_of(regel.niveau)]
            rows = rows[np.isin(self._niveau[rows], levels)]
            hours = uren_of(regel.uren_min, regel.uren_max)
            same = np.array([uren_of(None, None if n == _UNKNOWN else n) == hours for n in range(256)])
            rows = rows[same[self._most[rows]]]
            far = reisafstand_of(regel.reisafstand)
            same = np.array([reisafstand_of(None if n == _UNKNOWN else n) == far for n in range(256)])
            rows = rows[same[self._afstand[rows]]]
            return int((self._id[rows] != np.bytes_(regel.profiel_id.bytes)).sum())

    def _points(self, wens: Wens, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Who of these fits, and with how many points; the parts that leave out most come first."""
        points = np.zeros(len(rows), dtype=np.int16)
        if wens.werkvelden:
            more = self._work_points(wens)[rows]
            keep = more > 0
            rows, points = rows[keep], more[keep].astype(np.int16)
            wanted = np.uint32(sum(1 << _FIELDS[code] for code in wens.werkvelden))
            points += ((self._ervaring[rows] & wanted) > 0).astype(np.int16) * np.int16(ERVARING)
        if wens.niveau is not None:
            least_niveau = wens.niveau
            rows, points = self._table(rows, points, self._niveau, 7, "niveau", lambda n: n >= least_niveau, {0})
        if wens.uren is not None:
            least, most = self._least[rows], self._most[rows]
            unknown = most == _UNKNOWN
            keep = unknown | ((least <= wens.uren) & (most >= wens.uren))
            rows, unknown = rows[keep], unknown[keep]
            points = points[keep] + np.where(unknown, *reversed(POINTS["uren"])).astype(np.int16)
        if wens.dagen:
            rows, points = self._table(
                rows, points, self._dagen, 128, "dagen", lambda mask: mask & wens.dagen == wens.dagen, {0}
            )
        if wens.gemotoriseerd:
            rows, points = self._table(
                rows, points, self._vervoer, 256, "vervoer", lambda mask: bool(mask & (2 | 4 | 16)), {0}
            )
        if wens.plek is not None:
            points = points + self._near_points(wens, rows)
        return rows, points

    @staticmethod
    def _table(
        rows: np.ndarray,
        points: np.ndarray,
        column: np.ndarray,
        size: int,
        part: str,
        fits: Callable[[int], bool],
        unknown: set[int],
    ) -> tuple[np.ndarray, np.ndarray]:
        """Who fits by a small column: the points of each of its values are worked out once."""
        fit, open_ = POINTS[part]
        table = np.array(
            [open_ if value in unknown else fit if fits(value) else -1 for value in range(size)], dtype=np.int16
        )
        more = table[column[rows]]
        keep = more >= 0
        return rows[keep], points[keep] + more[keep]

    def _near_points(self, wens: Wens, rows: np.ndarray) -> np.ndarray:
        assert self._tabel is not None
        plek, most = self._plek[rows], self._afstand[rows]
        need = needed_kilometres(wens, self._tabel)[plek].astype(np.int16)
        fit, open_ = POINTS["plek"]
        near = fit + NEAR - need * NEAR // np.maximum(most, 1)
        return np.where((most == _UNKNOWN) | (plek < 0), open_, near).astype(np.int16)

    def _work_points(self, wens: Wens) -> np.ndarray:
        """For every row the points for the work that was asked for; none for who wants other work."""
        field, open_ = POINTS["werkveld"]
        points = np.zeros(self.count, dtype=np.int8)
        for werkveld in wens.werkvelden:
            points[_rows(self._of_field[_FIELDS[werkveld]])] = field
        points[_rows(self._without_work)] = open_
        for code in wens.werksoorten:
            points[_rows(self._of_kind[_CODES[code]])] = POINTS["werk"][0]
        return points

    def _facets(self, rows: np.ndarray) -> dict[str, dict[str, int]]:
        regio = np.bincount(self._regio[rows].astype(np.int64) + 1, minlength=len(REGIOS) + 1)
        niveau = np.bincount(self._niveau[rows], minlength=7)
        hours = np.bincount(self._most[rows], minlength=256)
        days = np.bincount(self._dagen[rows], minlength=128)
        veld = np.bincount(self._veld[rows], minlength=len(_FIELDS_BY_PLACE))
        kinds = np.bincount(self._kinds[rows].ravel(), minlength=len(_KINDS_BY_PLACE))
        kinds[0] = 0
        bounds = (*HOURS, _UNKNOWN)
        top = [place for place in np.lexsort((_ALPHABETICAL, -kinds))[:10].tolist() if kinds[place]]
        per_day = days @ _BITS
        return {
            "regio": {code: int(n) for code, n in zip(("", *REGIOS), regio, strict=True) if n},
            "niveau": {str(value) if value else "": int(n) for value, n in enumerate(niveau) if n},
            "uren": {str(low): int(n) for low, high in pairwise(bounds) if (n := hours[low:high].sum())}
            | ({"": int(hours[_UNKNOWN])} if hours[_UNKNOWN] else {}),
            "dagen": {str(1 << bit): int(n) for bit, n in enumerate(per_day) if n},
            "werkveld": {code: int(n) for code, n in zip(_FIELDS_BY_PLACE, veld, strict=True) if n},
            "werksoort": {_KINDS_BY_PLACE[place]: int(kinds[place]) for place in top},
        }

    def _best(self, rows: np.ndarray, points: np.ndarray) -> tuple[Treffer, ...]:
        if len(rows) > TOP:
            counts = np.bincount(points)
            at_least = np.cumsum(counts[::-1])[::-1]
            least = int(np.flatnonzero(at_least >= TOP)[-1])
            keep = points >= least
            rows, points = rows[keep], points[keep]
            if len(rows) > 8 * TOP:
                sure = points > least
                equal = rows[~sure]
                first = equal[np.argpartition(self._tie[equal], TOP)[: TOP + 1]]
                rows, points = np.append(rows[sure], first), np.append(points[sure], np.full(len(first), least))
        order = np.lexsort((self._id[rows], -points.astype(np.int32)))[:TOP]
        return tuple(
            Treffer(UUID(bytes=bytes(self._id[row]).ljust(16, b"\0")), int(n))
            for row, n in zip(rows[order], points[order], strict=True)
        )


def _rows(bitmap: BitMap) -> np.ndarray:
    return np.frombuffer(bitmap.to_array(), np.uint32)


def _small(value: int | None) -> int:
    return _UNKNOWN if value is None else min(value, 254)


def _day(day: date | None) -> int:
    return int(_NEVER) if day is None else max(-32000, min(32000, (day - _EPOCH).days))


INDEX = Zoekindex()
"""The one of this process."""
