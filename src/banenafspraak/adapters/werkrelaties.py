"""Who works where, kept aside while a wage delivery is read, and handed to the register when it comes into force.

Fourteen bytes for each row of a recent month, in memory only and only until the delivery is in: nothing is written.
"""

from collections.abc import Iterator
from datetime import date

import numpy as np

from banenafspraak.access.bsn import Bsn
from banenafspraak.register.werkrelaties import Relatie, Vervanging

_Rows = tuple[np.ndarray, np.ndarray, np.ndarray]


class Werkrelaties:
    """The rows of one file about months from `begin` on, in the order in which they were read."""

    def __init__(self, begin: date) -> None:
        self._begin = f"{begin:%Y-%m}"
        self._parts: list[tuple[str, str | None, _Rows | None, bool]] = []

    def wants(self, maand: str) -> bool:
        """Whether the register keeps this month ("2026-03")."""
        return maand >= self._begin

    def replace(self, maand: str, lhnr: str | None) -> None:
        """What follows is all there is about the month, of one employer or of everybody."""
        if self.wants(maand):
            self._parts.append((maand, lhnr, None, True))

    def add(self, maand: str, bsns: np.ndarray, lhnrs: np.ndarray, numivs: np.ndarray, *, bestaat: bool = True) -> None:
        """People, their employers and which inkomstenverhouding, as whole numbers (an employer's has eleven digits)."""
        if self.wants(maand) and len(bsns):
            rows = (bsns.astype(np.uint32), lhnrs.astype(np.uint64), numivs.astype(np.uint16))
            self._parts.append((maand, None, rows, bestaat))

    def records(self) -> Iterator[Relatie | Vervanging]:
        """Everything, for `register.werkrelaties.take_in_werkrelaties`."""
        for maand, lhnr, rows, bestaat in self._parts:
            month = date(int(maand[:4]), int(maand[5:]), 1)
            if rows is None:
                yield Vervanging(month, lhnr)
                continue
            for number, employer, numiv in zip(*(column.tolist() for column in rows), strict=True):
                text = f"{employer // 100:09d}L{employer % 100:02d}"
                yield Relatie(month, text, Bsn.parse(f"{number:09d}"), bestaat, numiv)
