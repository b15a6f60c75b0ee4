"""A selection among profiles or vacatures as a value: conditions on fields and lists, joined by and, or and not.

What an answer nobody gave does to a condition follows MongoDB, whose language the VUM standard borrows: it meets no
comparison, so it is not found; and because `$ne` is there the opposite of `$eq`, it does meet a `Not`. Several
conditions on one list may be met by different elements of it, unless they stand inside one `Element`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = int | str | date


class Operator(StrEnum):
    """How an answer is compared."""

    EQ = "eq"
    IN = "in"
    LT = "lt"
    LTE = "lte"
    GT = "gt"
    GTE = "gte"


@dataclass(frozen=True)
class Compare:
    """That a field meets a comparison with one of these values (one, except for `IN`)."""

    veld: str
    operator: Operator
    waarden: tuple[Value, ...]


@dataclass(frozen=True)
class Element:
    """That some element of a list meets a condition, whose fields are those of the element."""

    lijst: str
    inner: "Condition"


@dataclass(frozen=True)
class And:
    """That all of these hold; without any, everything does."""

    parts: tuple["Condition", ...] = ()


@dataclass(frozen=True)
class Or:
    """That one of these holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Not:
    """That this does not hold."""

    inner: "Condition"


Condition: TypeAlias = Compare | Element | And | Or | Not


@dataclass(frozen=True)
class Selectie:
    """Who is asked for: within a distance of a postcode (in the unit of the standard), and under a condition."""

    postcode: str
    afstand: int
    condition: Condition = And()


def leaves(condition: Condition) -> Iterator[Compare]:
    """Every comparison in a condition."""
    match condition:
        case Compare():
            yield condition
        case Element() | Not():
            yield from leaves(condition.inner)
        case And() | Or():
            for part in condition.parts:
                yield from leaves(part)
