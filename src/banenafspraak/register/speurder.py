"""How much an employer may still ask, and when asking looks like guessing: arithmetic only, no clock and no database.

The function `register_raadpleeg` of the database does this for real, inside the transaction of the answer; a test holds
the two together. The choices are ours, not the law's:

* A year's quota of people who are new to this employer: five, and a quarter of the headcount. They come in a bucket of
  ten at most, which fills steadily, so that a year is not spent in a day.
* Page's test (CUSUM) on the new people: who hires from the doelgroep finds at least one in five registered; who guesses
  finds fewer than one in a hundred (half a million people among 91 million numbers). At 7.0 it is guessing: 33 misses.
* Three numbers of people that lie within a thousand of each other among the last twenty: going along the numbers.
* Ten times on one day going on after the quota is used, or trying a code that is not right.
"""

from collections.abc import Sequence
from math import floor, log
from typing import Final

BASIS: Final = 5
DEEL_VAN_DE_WERKNEMERS: Final = 0.25
DIEPTE: Final = 10
JAAR_SECONDEN: Final = 31_536_000

TREFKANS_WERKGEVER: Final = 0.20
TREFKANS_RADER: Final = 0.01
DREMPEL: Final = 7.0
TREFFER: Final = log(TREFKANS_RADER / TREFKANS_WERKGEVER)
MISSER: Final = log((1 - TREFKANS_RADER) / (1 - TREFKANS_WERKGEVER))

ONTHOUDEN: Final = 20
BUREN: Final = 3
AANDRINGEN: Final = 10

BUURT: Final = 1_000
TESTBUURT: Final = 50
"""The made-up numbers are a hundred thousand in all: in neighbourhoods of a thousand everybody would be close."""


def quotum(werknemers: int) -> int:
    """How many new people an employer of this size may ask about in a calendar year."""
    return BASIS + floor(DEEL_VAN_DE_WERKNEMERS * werknemers)


def refilled(tegoed: float, seconds: float, quotum: int) -> float:
    """What is in the bucket after so many seconds; a clock that went back adds nothing."""
    return min(min(DIEPTE, quotum), tegoed + quotum * max(0.0, seconds) / JAAR_SECONDEN)


def may_ask(tegoed: float, gebruikt: int, quotum: int) -> bool:
    """Whether one more new person may be asked about now."""
    return tegoed >= 0.999999 and gebruikt < quotum


def cusum_after(cusum: float, treffer: bool) -> float:
    """The evidence for guessing after one more answer."""
    return max(0.0, cusum + (TREFFER if treffer else MISSER))


def is_guessing(cusum: float) -> bool:
    """Whether the evidence is enough to stop."""
    return cusum >= DREMPEL


def is_walking(buurt: int, onder: int, boven: int, before: Sequence[int]) -> bool:
    """Whether this number and two of the `ONTHOUDEN - 1` before it lie in one neighbourhood and the next.

    Numbers within `BUURT` of each other always do; three that are up to twice that apart may.
    """
    last = before[: ONTHOUDEN - 1]
    low, high = sum(b in (buurt, onder) for b in last), sum(b in (buurt, boven) for b in last)
    return max(low, high) >= BUREN - 1
