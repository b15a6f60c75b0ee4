"""Who works where, kept aside while a wage delivery is read, and handed to the register when it comes into force.

Twelve bytes for each row of a recent month, in memory only and only until the delivery is in: nothing is written.
"""

from collections.abc import Iterator
from datetime import date

import numpy as np

from banenafspraak.access.bsn import Bsn
from banenafspraak.register.werkrelaties import Relatie, Vervanging


class Werkrelaties:
    """The rows of one file about months from `begin` on, in the order in which they were read."""

    def __init__(self, begin: date) -> None:
        self._begin = f"{begin:%Y-%m}"
        self._parts: list[tuple[str, str | None, np.ndarray | None, np.ndarray | None, bool]] = []

    def wants(self, maand: str) -> bool:
        """Whether the register keeps this month ("2026-03")."""
        return maand >= self._begin

    def replace(self, maand: str, lhnr: str | None) -> None:
        """What follows is all there is about the month, of one employer or of everybody."""
        if self.wants(maand):
            self._parts.append((maand, lhnr, None, None, True))

    def add(self, maand: str, bsns: np.ndarray, lhnrs: np.ndarray, *, bestaat: bool = True) -> None:
        """People and their employers, as whole numbers (an employer's has eleven digits)."""
        if self.wants(maand) and len(bsns):
            self._parts.append((maand, None, bsns.astype(np.uint32), lhnrs.astype(np.uint64), bestaat))

    def records(self) -> Iterator[Relatie | Vervanging]:
        """Everything, for `register.werkrelaties.take_in_werkrelaties`."""
        for maand, lhnr, bsns, lhnrs, bestaat in self._parts:
            month = date(int(maand[:4]), int(maand[5:]), 1)
            if bsns is None or lhnrs is None:
                yield Vervanging(month, lhnr)
                continue
            for number, employer in zip(bsns.tolist(), lhnrs.tolist(), strict=True):
                yield Relatie(month, f"{employer // 100:09d}L{employer % 100:02d}", Bsn.parse(f"{number:09d}"), bestaat)
