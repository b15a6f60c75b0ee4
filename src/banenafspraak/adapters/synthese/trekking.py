"""Draws that several modules make: a key by weight, a day in a range, a birth date by the day of AOW."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TypeVar

import numpy as np

from banenafspraak.wet.aow import add_months, aow_datum

_T = TypeVar("_T")


def choose(weights: Mapping[_T, float], rng: np.random.Generator) -> _T:
    """One of the keys, with chances in proportion to the weights."""
    keys = list(weights)
    total = np.cumsum([weights[key] for key in keys], dtype=float)
    return keys[int(np.searchsorted(total, rng.random() * total[-1], side="right"))]


def day_between(rng: np.random.Generator, vanaf: date, tot: date) -> date:
    """A day with vanaf <= day < tot; `vanaf` itself when the range is empty."""
    return vanaf + timedelta(days=int(rng.integers(0, max(1, (tot - vanaf).days))))


def aow_between(rng: np.random.Generator, vanaf: date, tot: date) -> tuple[date, date]:
    """Birth date and the day of reaching AOW age (AOW art. 7a), with vanaf <= that day < tot.

    ValueError when hardly anybody reaches it in that range: the age rose, so in some months nobody did.
    """
    for _ in range(1000):
        geboren = day_between(rng, add_months(vanaf, -12 * 67), add_months(tot, -12 * 65))
        day = aow_datum(geboren)
        # In a year in which the age rises, the law lets nobody reach it on a first of January that is a leftover.
        if day is not None and vanaf <= day < tot and (day.month, day.day) != (1, 1):
            return geboren, day
    raise ValueError(f"nobody reaches AOW age from {vanaf} to {tot}")
