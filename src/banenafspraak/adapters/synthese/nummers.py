"""Numbers of synthetic people and employers: never one that can belong to somebody."""

from __future__ import annotations

from typing import Final

import numpy as np

from banenafspraak.access import bsn

_TEST_BSNS: Final = range(999_900_000, 1_000_000_000)
"""The BSNs kept apart for tests all begin with 9999; of these 100.000 numbers 9.091 pass the elfproef."""


class NummersOp(ValueError):
    """There are more people and employers to be numbered than there are lawful test numbers."""


class Nummervoorraad:
    """Hands out each lawful test number once, in an order drawn by the seed.

    People and employers draw from the same stock: an RSIN passes the same elfproef as a BSN, and the
    loonheffingennummer of a one-man business is made of its owner's BSN. So every nine-digit number in a synthetic
    delivery is a test number, and none of them means two things.
    """

    def __init__(self, zaad: int) -> None:
        stock = lawful_numbers()
        order = np.random.default_rng([zaad, 9999]).permutation(len(stock))
        self._left: list[str] = [stock[i] for i in order]

    @property
    def over(self) -> int:
        """How many numbers are left."""
        return len(self._left)

    def next_bsn(self) -> str:
        """The next number, nine digits; NummersOp when none is left."""
        if not self._left:
            raise NummersOp(f"Er zijn maar {len(lawful_numbers())} testnummers (9999xxxxx) die de elfproef doorstaan.")
        return self._left.pop()

    def next_lhnr(self) -> str:
        """The next loonheffingennummer: RSIN, L and 01; NummersOp when none is left."""
        return f"{self.next_bsn()}L01"


def lawful_numbers() -> tuple[str, ...]:
    """All test numbers that pass the elfproef, ascending."""
    return tuple(text for number in _TEST_BSNS if bsn.is_valid(text := str(number)))
