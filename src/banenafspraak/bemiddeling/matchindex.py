"""The points of `matching` for everybody at once, over the columns of the search index.

`Matchindex` adds to `Zoekindex` what only matching asks. Its points are those of `matching.judge` in the direction
`Richting.MENSEN`; a test by Hypothesis holds the one to the other. A vacature is put beside 200,000 people in some
milliseconds: who is too far away drops out first, by the kilometres of the four thousand postcodes.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

import numpy as np
from pyroaring import BitMap

from banenafspraak.bemiddeling import beroepen, matching
from banenafspraak.bemiddeling.beroepen import Beroepentabel
from banenafspraak.bemiddeling.kenmerken import Zoekregel
from banenafspraak.bemiddeling.matching import CONTRACTCODES, Criterium, Richting, Vacaturevraag, Werkzoekende
from banenafspraak.bemiddeling.nabijheid import Nabijheid, near_kinds
from banenafspraak.bemiddeling.postcodes import Postcodetabel
from banenafspraak.bemiddeling.profielrecord import RIJBEWIJZEN, Vervoer
from banenafspraak.bemiddeling.zoekindex import KIND_PLACES, Zoekindex, licence_bits

_EPOCH = date(2020, 1, 1)
_NOW = np.int16(-32000)
_UNKNOWN = 255
_CONTRACTS = {code: 1 << place for place, code in enumerate(CONTRACTCODES)}
_WEIGHTS = matching.WEGING[Richting.MENSEN]
_BEYOND = 255


def mens_of(regel: Zoekregel, tabel: Postcodetabel) -> Werkzoekende:
    """What matching takes from a row of the index; the one place where that is decided."""
    return Werkzoekende(
        werksoorten=regel.werksoorten,
        ervaring=None if regel.ervaring is None else regel.ervaren_in,
        plek=None if regel.plek < 0 else (float(tabel.x[regel.plek]), float(tabel.y[regel.plek])),
        reisafstand=regel.reisafstand,
        uren_min=regel.uren_min,
        uren_max=regel.uren_max,
        dagen=regel.dagen,
        onregelmatig=regel.onregelmatig,
        kantoortijden=regel.kantoortijden,
        niveau=regel.niveau,
        rijbewijzen=None if regel.rijbewijzen is None else matching.held(regel.rijbewijzen),
        vervoermiddelen=frozenset(regel.vervoermiddelen),
        taal=regel.taal,
        contracten=frozenset(regel.contracten),
        overeenkomsten=frozenset(regel.overeenkomsten),
        beschikbaar_vanaf=regel.beschikbaar_vanaf,
    )


@dataclass(frozen=True)
class Rangorde:
    """How many people can match at all, and the best of them with their points, the best first."""

    aantal: int
    beste: tuple[tuple[UUID, int], ...]


class Matchindex(Zoekindex):
    """All profiles as columns, with what a vacature asks besides a search."""

    _KINDS_OF_COLUMN: dict[str, Any] = {
        **Zoekindex._KINDS_OF_COLUMN,
        "hours": np.uint8,
        "tijden": np.uint8,
        "taal": np.uint8,
        "contract": np.uint8,
        "start": np.int16,
        "past_known": np.uint8,
    }
    _hours: np.ndarray
    _tijden: np.ndarray
    _taal: np.ndarray
    _contract: np.ndarray
    _start: np.ndarray
    _past_known: np.ndarray
    """0: nobody asked, 1: no job before, 2: some job before."""

    def _clear(self) -> None:
        super()._clear()
        self._of_past: dict[str, BitMap] = {}
        self._lijst: Beroepentabel = beroepen.EMPTY

    def refresh(self, peildatum: date) -> None:
        """As `Zoekindex.refresh`; everything again with another list of occupations."""
        with self._lock:
            lijst = beroepen.table()
            if self._lijst is not lijst:
                self.forget()
                self._lijst = lijst
            super().refresh(peildatum)
            self._lijst = lijst

    def fill_only(self, profielen: Iterable[UUID], *, peildatum: date) -> None:
        """As `Zoekindex.fill_only`."""
        self._lijst = beroepen.table()
        super().fill_only(profielen, peildatum=peildatum)

    def _put(self, row: int, regel: Zoekregel) -> None:
        super()._put(row, regel)
        self._hours[row] = _UNKNOWN if regel.uren_max is None else min(regel.uren_max, 254)
        self._tijden[row] = _tijden(regel.onregelmatig, regel.kantoortijden)
        self._taal[row] = regel.taal or 0
        self._contract[row] = _contracts(regel.contracten, regel.overeenkomsten)
        self._start[row] = _NOW if regel.beschikbaar_vanaf is None else _days(regel.beschikbaar_vanaf)
        self._past_known[row] = 0 if regel.ervaring is None else 2 if regel.ervaren_in else 1
        for code in regel.ervaren_in:
            self._of_past.setdefault(code, BitMap()).add(row)

    def _take_out(self, row: int) -> None:
        super()._take_out(row)
        for bitmap in self._of_past.values():
            bitmap.discard(row)

    # --- One vacature against everybody ---------------------------------------------------------------------------

    def rank(
        self,
        vraag: Vacaturevraag,
        *,
        peildatum: date,
        limit: int,
        zaad: int,
        alleen: Iterable[UUID] | None = None,
    ) -> Rangorde:
        """Who matches best, out of those that employers may see that day, or out of `alleen` whoever they are.

        Does not refresh: `refresh` first. The caller decides who may see whom and says so in `alleen`. `zaad` is the
        seed of the lot by which equals are put in order (`matching.lot`).
        """
        with self._lock:
            if alleen is None:
                mask = self._there(peildatum, everybody=False)
            else:
                mask = np.zeros(self.count, dtype=bool)
                mask[[row for one in alleen if (row := self._row_of(one.bytes)) is not None]] = True
            rows, points = self._judged(vraag, mask)
            return Rangorde(len(rows), self._first(rows, points, limit, zaad))

    def points_for(self, vraag: Vacaturevraag, profielen: Iterable[UUID]) -> dict[UUID, int]:
        """The points of these people; -1 for who cannot match, and who is not known here is left out."""
        with self._lock:
            found = {one: row for one in profielen if (row := self._row_of(one.bytes)) is not None}
            mask = np.zeros(self.count, dtype=bool)
            mask[list(found.values())] = True
            rows, points = self._judged(vraag, mask)
            by_row = dict(zip(rows.tolist(), points.tolist(), strict=True))
            return {one: by_row.get(row, -1) for one, row in found.items()}

    def _first(self, rows: np.ndarray, points: np.ndarray, limit: int, zaad: int) -> tuple[tuple[UUID, int], ...]:
        key = (np.int64(100) - points << np.int64(32)) + _lots(zaad, self._tie[rows]).astype(np.int64)
        if len(rows) > limit:
            keep = np.flatnonzero(key <= np.partition(key, limit - 1)[limit - 1])
            rows, points, key = rows[keep], points[keep], key[keep]
        order = np.lexsort((self._id[rows], key))[:limit]
        return tuple(
            (UUID(bytes=bytes(self._id[row]).ljust(16, b"\0")), int(n))
            for row, n in zip(rows[order], points[order], strict=True)
        )

    def _judged(self, vraag: Vacaturevraag, mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Who of these can match, and with how many points; what leaves out most comes first."""
        km = self._kilometres(vraag)
        if km is None:
            rows = np.flatnonzero(mask)
        else:
            away = km[self._plek[: self.count]]
            rows = np.flatnonzero(mask & (away <= self._afstand[: self.count]) & (away < _BEYOND))
        points = np.zeros(len(rows), dtype=np.int16)
        if vraag.rijbewijzen:
            rows, points = _kept(
                rows, points, _table(_licence_question(vraag), Criterium.RIJBEWIJS)[self._has(vraag, rows)]
            )
        else:
            points += _share(Criterium.RIJBEWIJS, 100)
        for criterium, column, asked in (
            (Criterium.NIVEAU, self._niveau, replace(_nothing(vraag), niveau=vraag.niveau)),
            (Criterium.DAGEN, self._dagen, replace(_nothing(vraag), dagen=vraag.dagen)),
            (Criterium.TAAL, self._taal, replace(_nothing(vraag), taal=vraag.taal)),
            (Criterium.WERKTIJDEN, self._tijden, replace(_nothing(vraag), onregelmatig=vraag.onregelmatig)),
            (
                Criterium.CONTRACT,
                self._contract,
                replace(_nothing(vraag), contracten=vraag.contracten, overeenkomsten=vraag.overeenkomsten),
            ),
        ):
            rows, points = _kept(rows, points, _table(asked, criterium)[column[rows]])
        rows, points = self._with_hours(vraag, rows, points)
        points = points + self._kind_points(vraag, rows) + self._transport_points(vraag, km, rows)
        points += self._distance_points(km, rows) if km is not None else _open(Criterium.AFSTAND)
        points += self._start_points(vraag, rows)
        return rows, points

    def _kilometres(self, vraag: Vacaturevraag) -> np.ndarray | None:
        """For each postcode the whole kilometres to the work, `_BEYOND` outside the straal; at the end 0, for who has
        no postcode. None when nobody knows where the work is.
        """
        if vraag.plek is None:
            return None
        assert self._tabel is not None
        east, north = self._tabel.x.astype(float) - vraag.plek[0], self._tabel.y.astype(float) - vraag.plek[1]
        distance = np.sqrt(east * east + north * north)
        km = np.minimum(np.ceil(distance), matching.MEESTE_KM).astype(np.uint8)
        if vraag.straal is not None:
            km[distance > vraag.straal] = _BEYOND
        return np.append(km, np.uint8(0))

    def _distance_points(self, km: np.ndarray, rows: np.ndarray) -> np.ndarray:
        plek = self._plek[rows]
        points: np.ndarray = _distance_table()[km[plek], self._afstand[rows]]
        points[plek < 0] = _open(Criterium.AFSTAND)
        return points

    def _with_hours(self, vraag: Vacaturevraag, rows: np.ndarray, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        if vraag.uren is None:
            return rows, points + _open(Criterium.UREN)
        asked = replace(_nothing(vraag), uren_min=vraag.uren_min, uren_max=vraag.uren_max)
        too_little = np.int16(_share(Criterium.UREN, matching.AANDEEL_BIJNA))
        table = _table(asked, Criterium.UREN)
        return _kept(rows, points, np.where(self._least[rows] > vraag.uren[1], too_little, table[self._hours[rows]]))

    def _kind_points(self, vraag: Vacaturevraag, rows: np.ndarray) -> np.ndarray:
        """The points for the kind of work and for experience."""
        near = near_kinds(vraag.werksoorten, self._lijst.groepen) if vraag.werksoorten else {}
        unknown = np.int16(_share(Criterium.WERK, matching.AANDEEL_WERK_ONBEKEND))
        by_near = [_share(Criterium.WERK, matching.AANDEEL_WERK[level]) for level in Nabijheid]
        wanted = self._nearness(near, lambda code: self._of_kind[KIND_PLACES[code]])
        if vraag.werksoorten:
            wanted[np.frombuffer(self._without_work.to_array(), np.uint32)] = len(by_near)
        else:
            wanted[:] = len(by_near)
        work = np.array([*by_near, unknown], dtype=np.int16)[wanted[rows]]
        asked = vraag.ervaring_gevraagd
        some_job = matching.AANDEEL_ANDERE_ERVARING if asked else matching.AANDEEL_ERVARING[Nabijheid.NIET]
        no_job = matching.AANDEEL_GEEN_ERVARING if asked else matching.AANDEEL_NIET_NODIG
        shares = (matching.AANDEEL_ONBEKEND, no_job, some_job, *(matching.AANDEEL_ERVARING[n] for n in Nabijheid))
        past = self._nearness(near, self._of_past.get)[rows]
        place = np.where(past > 0, past + 3, self._past_known[rows])
        points: np.ndarray = work + np.array([_share(Criterium.ERVARING, one) for one in shares], dtype=np.int16)[place]
        return points

    def _nearness(self, near: Mapping[str, Nabijheid], bitmap_of: Callable[[str], BitMap | None]) -> np.ndarray:
        levels = np.zeros(self.count, dtype=np.int8)
        for code, level in sorted(near.items(), key=lambda one: one[1]):
            if bitmap := bitmap_of(code):
                levels[np.frombuffer(bitmap.to_array(), np.uint32)] = level
        return levels

    def _has(self, vraag: Vacaturevraag, rows: np.ndarray) -> np.ndarray:
        """Of the licences that are asked: 0 unknown, 1 lacks one, 2 has them all."""
        asked = np.uint32(licence_bits(vraag.rijbewijzen))
        licences = self._rijbewijs[rows]
        known = vraag.rijbewijzen <= set(RIJBEWIJZEN)
        has = licences & asked == asked if known else np.zeros(len(rows), dtype=bool)
        return np.where(licences == 0, 0, np.where(has, 2, 1)).astype(np.uint8)

    def _transport_points(self, vraag: Vacaturevraag, km: np.ndarray | None, rows: np.ndarray) -> np.ndarray:
        whole = _share(Criterium.VERVOER, 100)
        if not vraag.vervoermiddelen:
            return np.full(len(rows), whole, dtype=np.int16)
        has = self._vervoer[rows]
        fits = has & np.uint8(sum(1 << (one if one < 8 else 7) for one in vraag.vervoermiddelen)) > 0
        if km is not None:
            plek = self._plek[rows]
            near = (plek >= 0) & (km[plek] <= matching.FIETSAFSTAND)
            fits |= near & (has & np.uint8(1 << Vervoer.FIETS) > 0)
        return np.where(has == 0, _open(Criterium.VERVOER), np.where(fits, whole, 0)).astype(np.int16)

    def _start_points(self, vraag: Vacaturevraag, rows: np.ndarray) -> np.ndarray:
        late = self._start[rows].astype(np.int32) - int(_days(vraag.start))
        in_time, later, much_later = (
            _share(Criterium.BESCHIKBAAR, share) for share in (100, matching.AANDEEL_LATER, matching.AANDEEL_VEEL_LATER)
        )
        return np.where(
            late <= matching.RUIM.days, in_time, np.where(late <= matching.LATER.days, later, much_later)
        ).astype(np.int16)


def _kept(rows: np.ndarray, points: np.ndarray, more: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Adds points; who has less than none cannot match and drops out."""
    keep = more >= 0
    if keep.all():
        return rows, points + more
    return rows[keep], points[keep] + more[keep]


def _nothing(vraag: Vacaturevraag) -> Vacaturevraag:
    return Vacaturevraag(peildatum=vraag.peildatum)


@lru_cache(maxsize=4096)
def _table(vraag: Vacaturevraag, criterium: Criterium) -> np.ndarray:
    """The points of one criterion for each value of its column, as `matching` gives them; -1 for who cannot match."""
    size, person = _PEOPLE[criterium]
    found = [matching.judge(person(n), vraag, Richting.MENSEN, criteria=(criterium,)).telling for n in range(size)]
    return np.array(found, dtype=np.int16)


@cache
def _distance_table() -> np.ndarray:
    """The points by kilometres (row) and by reisafstand (column, the last for unknown)."""
    shares = [
        [matching.aandeel_of_distance(km, None if most == _UNKNOWN else most) for most in range(256)]
        for km in range(_BEYOND + 1)
    ]
    return (_WEIGHTS[Criterium.AFSTAND] * np.array(shares) // 100).astype(np.int16)


def _share(criterium: Criterium, aandeel: int) -> int:
    return _WEIGHTS[criterium] * aandeel // 100


def _open(criterium: Criterium) -> np.int16:
    return np.int16(_share(criterium, matching.AANDEEL_ONBEKEND))


def _tijden(onregelmatig: bool | None, kantoortijden: bool | None) -> int:
    if onregelmatig is not None:
        return 1 if onregelmatig else 2
    return 3 if kantoortijden else 0


def _with_times(n: int) -> Werkzoekende:
    return (
        Werkzoekende(),
        Werkzoekende(onregelmatig=True),
        Werkzoekende(onregelmatig=False),
        Werkzoekende(kantoortijden=True),
    )[n]


def _with_licence(n: int) -> Werkzoekende:
    return Werkzoekende(rijbewijzen=(None, frozenset[str](), frozenset({"X"}))[n])


def _licence_question(vraag: Vacaturevraag) -> Vacaturevraag:
    """Some licence that is asked, of which a person has it or not: which ones was worked out before."""
    return Vacaturevraag(peildatum=vraag.peildatum, rijbewijzen=frozenset({"X"}))


def _contracts(contracten: Iterable[str], overeenkomsten: Iterable[str]) -> int:
    return sum(_CONTRACTS.get(one, 0) for one in {*contracten, *overeenkomsten})


def _with_contracts(n: int) -> Werkzoekende:
    chosen = {code for code, bit in _CONTRACTS.items() if n & bit}
    return Werkzoekende(
        contracten=frozenset(one for one in chosen if not one.isdigit()),
        overeenkomsten=frozenset(one for one in chosen if one.isdigit()),
    )


_PEOPLE: Mapping[Criterium, tuple[int, Callable[[int], Werkzoekende]]] = {
    Criterium.RIJBEWIJS: (3, _with_licence),
    Criterium.NIVEAU: (7, lambda n: Werkzoekende(niveau=n or None)),
    Criterium.DAGEN: (128, lambda n: Werkzoekende(dagen=n or None)),
    Criterium.TAAL: (5, lambda n: Werkzoekende(taal=n or None)),
    Criterium.WERKTIJDEN: (4, _with_times),
    Criterium.CONTRACT: (1 << len(CONTRACTCODES), _with_contracts),
    Criterium.UREN: (256, lambda n: Werkzoekende(uren_max=None if n == _UNKNOWN else n)),
}
"""For each column, how many values it has and a person with each of them."""


def _days(day: date) -> np.int16:
    return np.int16(max(-31999, min(32000, (day - _EPOCH).days)))


def _lots(zaad: int, numbers: np.ndarray) -> np.ndarray:
    """`matching.lot` of many."""
    mixed = (numbers.astype(np.uint64) ^ np.uint64(zaad)) * np.uint64(0x9E3779B1) & np.uint64(0xFFFFFFFF)
    return (mixed ^ mixed >> np.uint64(15)) * np.uint64(0x85EBCA77) & np.uint64(0xFFFFFFFF)


INDEX = Matchindex()
"""The one of this process."""
