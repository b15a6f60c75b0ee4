"""How near two kinds of work are: through the groups of ISCO-08, those of the BRC where they are loaded, and our list.

Plain Python; the groups of the BRC (Statistics Netherlands and ROA) come in as an argument, because they are data.
"""

from collections.abc import Iterable, Mapping
from enum import IntEnum
from functools import lru_cache
from types import MappingProxyType

from banenafspraak.bemiddeling.werksoorten import WERKSOORTEN


class Nabijheid(IntEnum):
    """How near, the nearest highest."""

    NIET = 0
    WERKVELD = 1
    GROEP = 2
    VERWANT = 3
    ZELFDE = 4


GEEN_GROEPEN: Mapping[str, str] = MappingProxyType({})
"""No groups of the BRC are loaded."""


def nearness(een: str, ander: str, groepen: Mapping[str, str] = GEEN_GROEPEN) -> Nabijheid:
    """How near two kinds of work of our list are; symmetric. Raises `KeyError` for a code that is not in it.

    VERWANT is the same unit group of ISCO-08 (four digits); GROEP the same minor group (three digits) or the same group
    of the BRC by `groepen` (unit group -> BRC). A unit group that ends in 9 holds what fits nowhere else: two kinds in
    it are VERWANT only in the same werkveld.
    """
    if een == ander:
        return Nabijheid.ZELFDE
    this, that = WERKSOORTEN[een], WERKSOORTEN[ander]
    same_field = this.werkveld == that.werkveld
    if this.isco08 == that.isco08:
        return Nabijheid.VERWANT if same_field or not this.isco08.endswith("9") else Nabijheid.GROEP
    brc = groepen.get(this.isco08)
    if this.isco08[:3] == that.isco08[:3] or (brc is not None and brc == groepen.get(that.isco08)):
        return Nabijheid.GROEP
    return Nabijheid.WERKVELD if same_field else Nabijheid.NIET


def nearest(some: Iterable[str], others: Iterable[str], groepen: Mapping[str, str] = GEEN_GROEPEN) -> Nabijheid:
    """How near the nearest two of these are; NIET when either side is empty."""
    other = tuple(others)
    return max((nearness(een, ander, groepen) for een in some for ander in other), default=Nabijheid.NIET)


def near_kinds(soorten: tuple[str, ...], groepen: Mapping[str, str] = GEEN_GROEPEN) -> Mapping[str, Nabijheid]:
    """Every kind of work that is anything near to one of these, with how near."""
    if not groepen:
        return _near_without_groups(soorten)
    return _near(soorten, groepen)


@lru_cache(maxsize=2048)
def _near_without_groups(soorten: tuple[str, ...]) -> Mapping[str, Nabijheid]:
    return _near(soorten, GEEN_GROEPEN)


def _near(soorten: tuple[str, ...], groepen: Mapping[str, str]) -> Mapping[str, Nabijheid]:
    found = {code: nearest((code,), soorten, groepen) for code in WERKSOORTEN}
    return MappingProxyType({code: near for code, near in found.items() if near is not Nabijheid.NIET})
