"""The cards that employers may see, as columns in the process: what a class says, and how many tens it fits.

Filled under the employer's own role from two functions of the database that give nothing but classes of ten or more,
counted in tens, and the cards that people made of themselves. Before every search the index reads what was committed
since the last one: a class that was hidden, or a card that was taken back, is gone from the next answer of every
process.
"""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from django.db import connection

from banenafspraak.bemiddeling import werksoorten, zoekregels
from banenafspraak.bemiddeling.kenmerken import KENMERKEN, OP_AANVRAAG, Kaartwaarden

_MOST_IDLE = 12 * 3600.0
"""Seconds without a search after which everything is read again: changes are kept for a day (`klassen`)."""

WERKVELD_BITS = {code: 1 << place for place, code in enumerate(werksoorten.WERKVELDEN)}


@dataclass(frozen=True)
class Kaart:
    """A card: the number of its class, or below zero of the one person it is of; what it says; how many tens it fits.

    `zelf` is what that one person chose to show besides, empty for a class.
    """

    nummer: int
    waarden: Kaartwaarden
    tientallen: int
    zelf: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def is_persoon(self) -> bool:
        """Whether somebody made this card of themself."""
        return self.nummer < 0

    def waarde(self, kenmerk: str) -> str:
        """What the card says about one kenmerk."""
        return self.waarden[KENMERKEN.index(kenmerk)]


class Vensterindex:
    """All cards as columns; use it inside `fresh()`, which brings it up to date and keeps others out."""

    def __init__(self, room: int = 256) -> None:
        self._lock, self._start = threading.RLock(), room
        self._clear()

    def _clear(self) -> None:
        self._horizon: str | None = None
        self._day: date | None = None
        self._read_at = 0.0
        self._place: dict[int, int] = {}
        self._free: list[int] = []
        self.kaarten: list[Kaart | None] = []
        self.vocabulary: list[dict[str, int]] = [{OP_AANVRAAG: 0} for _ in KENMERKEN]
        self._room(self._start)
        self.personal: set[int] = set()

    def _room(self, size: int) -> None:
        before = len(self.kaarten)
        self.values = np.vstack([self.values, np.zeros((size - before, len(KENMERKEN)), np.uint8)]) if before else (
            np.zeros((size, len(KENMERKEN)), np.uint8)
        )  # fmt: skip
        grown = {"tens": np.int32, "numbers": np.int64, "fields": np.uint32}
        for name, kind in grown.items():
            new = np.zeros(size, kind)
            if before:
                new[:before] = getattr(self, name)
            setattr(self, name, new)
        self.alive = np.concatenate([self.alive, np.zeros(size - before, bool)]) if before else np.zeros(size, bool)
        self.kaarten += [None] * (size - before)
        self._free += range(size - 1, before - 1, -1)

    values: np.ndarray
    """A row per card, a column per kenmerk: the place of the value in `vocabulary`."""
    tens: np.ndarray
    numbers: np.ndarray
    fields: np.ndarray
    """The werkvelden of a card as bits; none for unknown or not shown."""
    alive: np.ndarray

    def forget(self) -> None:
        """Read everything at the next search."""
        with self._lock:
            self._clear()

    @contextmanager
    def fresh(self, peildatum: date) -> Iterator[None]:
        """Up to date with all that was committed before, for the time of the block."""
        with self._lock:
            self._refresh(peildatum)
            yield

    def _refresh(self, peildatum: date) -> None:
        now = time.monotonic()
        if self._day != peildatum or now - self._read_at > _MOST_IDLE:
            self._clear()
        changed = zoekregels.changed_since(self._horizon)
        if changed.klassen:
            self._read(peildatum)
        self._horizon, self._day, self._read_at = changed.horizon, peildatum, now

    def _read(self, peildatum: date) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT klasse_id, waarden, tientallen FROM bemiddeling_klassen_sinds(%s::xid8, %s)",
                [self._horizon, peildatum],
            )
            for klasse_id, waarden, tientallen in cursor.fetchall():
                self._put(Kaart(klasse_id, tuple(waarden), tientallen) if tientallen else None, klasse_id)
            cursor.execute(
                "SELECT nummer, kaart FROM bemiddeling_vindbaren_sinds(%s::xid8, %s)", [self._horizon, peildatum]
            )
            for nummer, kaart in cursor.fetchall():
                shown = as_json(kaart)
                self._put(Kaart(-nummer, tuple(shown["waarden"]), 0, shown) if shown is not None else None, -nummer)

    def put(self, kaart: Kaart) -> None:
        """Add a card, or replace what it said."""
        self._put(kaart, kaart.nummer)

    def _put(self, kaart: Kaart | None, nummer: int) -> None:
        place = self._place.get(nummer)
        if kaart is None:
            if place is not None:
                del self._place[nummer]
                self.kaarten[place], self.alive[place], self.tens[place] = None, False, 0
                self._free.append(place)
                self.personal.discard(place)
            return
        if place is None:
            if not self._free:
                self._room(2 * len(self.kaarten))
            place = self._place[nummer] = self._free.pop()
        self.kaarten[place], self.alive[place] = kaart, True
        self.tens[place], self.numbers[place] = kaart.tientallen, nummer
        for column, value in enumerate(kaart.waarden):
            words = self.vocabulary[column]
            self.values[place, column] = words.setdefault(value, len(words))
        fields = [kaart.waarde("werkveld")]
        if kaart.is_persoon:
            self.personal.add(place)
            fields += kaart.zelf.get("werkvelden", [])
        self.fields[place] = sum({WERKVELD_BITS.get(code, 0) for code in fields})

    def place_of(self, nummer: int) -> int | None:
        """The row of a card; None when it is not there any more."""
        return self._place.get(nummer)


def as_json(value: Any) -> Any:
    """What a column of JSON holds, which Django leaves as text outside its models."""
    return json.loads(value) if isinstance(value, str) else value


INDEX = Vensterindex()
"""The one of this process."""


def hidden_from(peildatum: date) -> dict[int, int]:
    """For the employer who asks: the tens of each card in which somebody hides from that employer, by its number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT klasse_id, nummer, tientallen FROM bemiddeling_verborgen_voor_mij(%s)", [peildatum])
        return {klasse_id or -nummer: tens for klasse_id, nummer, tens in cursor.fetchall()}
