"""Answers of many people or vacatures as numpy columns, on which a selection (`selectie`) is worked out all at once.

A row is only ever added; a newer one of the same key takes the place of the older, which stays dead until the next
building. Lists stand in tables of their own, whose rows name the row they belong to.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np

from banenafspraak.bemiddeling.selectie import And, Compare, Condition, Element, Not, Operator, Or, Value

_MISSING = np.int32(-(2**31))
_COMPARISONS = {
    Operator.LT: np.less,
    Operator.LTE: np.less_equal,
    Operator.GT: np.greater,
    Operator.GTE: np.greater_equal,
}
_Fields = Mapping[str, type[Any]]


class _Column:
    """Whole numbers that grow at the end; days are counted, texts have a number in `words`."""

    def __init__(self, kind: type[Any]) -> None:
        self.kind = kind
        self.size = 0
        self.words: dict[str, int] = {}
        self._room = np.empty(256, np.int32)

    @property
    def values(self) -> np.ndarray:
        return self._room[: self.size]

    def extend(self, values: Iterable[Value | None]) -> None:
        new = np.fromiter((self._number(value) for value in values), np.int32)
        if self.size + len(new) > len(self._room):
            room = np.empty(max(self.size + len(new), len(self._room) * 3 // 2), np.int32)
            room[: self.size] = self.values
            self._room = room
        self._room[self.size : self.size + len(new)] = new
        self.size += len(new)

    def _number(self, value: Value | None) -> int:
        if value is None:
            return int(_MISSING)
        if isinstance(value, str):
            return self.words.setdefault(value, len(self.words))
        return value.toordinal() if isinstance(value, date) else int(value)

    def meets(self, compare: Compare) -> np.ndarray:
        """Whether each value meets a comparison; a missing one meets none, and a value of another kind neither."""
        wanted = [one for one in compare.waarden if isinstance(one, self.kind)]
        if self.kind is str:
            return self._text_meets(compare.operator, [str(one) for one in wanted])
        numbers = [one.toordinal() if isinstance(one, date) else int(one) for one in wanted]
        found = np.zeros(self.size, bool)
        for number in numbers:
            if compare.operator in _COMPARISONS:
                found |= _COMPARISONS[compare.operator](self.values, number)
            else:
                found |= self.values == number
        found &= self.values != _MISSING
        return found

    def _text_meets(self, operator: Operator, wanted: list[str]) -> np.ndarray:
        if operator in _COMPARISONS:
            fits = [n for word, n in self.words.items() if any(_in_order(operator, word, one) for one in wanted)]
        else:
            fits = [self.words[one] for one in wanted if one in self.words]
        if not fits:
            return np.zeros(self.size, bool)
        if len(fits) == 1:
            found: np.ndarray = self.values == fits[0]
            return found
        table = np.zeros(len(self.words) + 1, bool)
        table[fits] = True
        return table[np.where(self.values == _MISSING, len(self.words), self.values)]


def _in_order(operator: Operator, word: str, one: str) -> bool:
    if operator in (Operator.LT, Operator.LTE):
        return word < one or (operator is Operator.LTE and word == one)
    return word > one or (operator is Operator.GTE and word == one)


class _Part:
    """A table of columns of equal length."""

    def __init__(self, fields: _Fields) -> None:
        self.columns = {name: _Column(kind) for name, kind in fields.items()}
        self.size = 0

    def extend(self, rows: list[Mapping[str, Any]]) -> None:
        for name, column in self.columns.items():
            column.extend(row.get(name) for row in rows)
        self.size += len(rows)


@dataclass(frozen=True)
class Rij:
    """One row: its key, its fields, and for each list its elements; a field that is not there is not known."""

    sleutel: UUID
    velden: Mapping[str, Any]
    lijsten: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)


class Kolomtabel:
    """Rows with these fields, and with lists whose elements have these fields; kinds are int, str and date."""

    def __init__(self, velden: _Fields, lijsten: Mapping[str, _Fields]) -> None:
        self._velden, self._lijsten = velden, lijsten
        self.clear()

    def clear(self) -> None:
        """Forget all rows."""
        self._rows = _Part(self._velden)
        self._lists = {name: _Part(fields) for name, fields in self._lijsten.items()}
        self._owners = {name: _Column(int) for name in self._lijsten}
        self._keys = np.empty(0, "S16")
        self.alive = np.empty(0, bool)

    @property
    def size(self) -> int:
        """How many rows there are, dead ones too."""
        return self._rows.size

    @property
    def bytes(self) -> int:
        """What the columns take."""
        parts = [self._rows, *self._lists.values()]
        columns = [column for part in parts for column in part.columns.values()] + list(self._owners.values())
        return int(sum(c.values.nbytes for c in columns) + self._keys.nbytes + self.alive.nbytes)

    def replace(self, rows: Iterable[Rij], gone: Iterable[UUID] = ()) -> None:
        """Add rows, in the place of what was known of them, and let go of those that are gone."""
        new = list(rows)
        old = np.array([row.sleutel.bytes for row in new] + [one.bytes for one in gone], "S16")
        if self.size and len(old):
            self.alive[np.isin(self._keys, old)] = False
        first = self.size
        self._rows.extend([row.velden for row in new])
        for name, part in self._lists.items():
            elements = [(first + place, one) for place, row in enumerate(new) for one in row.lijsten.get(name, ())]
            part.extend([one for _, one in elements])
            self._owners[name].extend(owner for owner, _ in elements)
        self._keys = np.append(self._keys, old[: len(new)])
        self.alive = np.append(self.alive, np.ones(len(new), bool))

    def column(self, veld: str) -> np.ndarray:
        """The numbers of a field by row; `known` says which of them are any."""
        return self._rows.columns[veld].values

    def known(self, veld: str) -> np.ndarray:
        """For which rows the field is known."""
        known: np.ndarray = self.column(veld) != _MISSING
        return known

    def key_of(self, row: int) -> UUID:
        """The key of a row."""
        return UUID(bytes=bytes(self._keys[row]).ljust(16, b"\0"))

    def row_of(self, sleutel: UUID) -> int | None:
        """The living row of a key."""
        found = np.flatnonzero((self._keys == np.bytes_(sleutel.bytes)) & self.alive)
        return int(found[0]) if len(found) else None

    def meets(self, condition: Condition) -> np.ndarray:
        """Whether each row meets a condition, dead ones too."""
        return self._meets(condition, self._rows)

    def _meets(self, condition: Condition, part: _Part) -> np.ndarray:
        match condition:
            case Compare():
                return part.columns[condition.veld].meets(condition)
            case Element():
                inside = self._meets(condition.inner, self._lists[condition.lijst])
                found = np.zeros(self.size, bool)
                found[self._owners[condition.lijst].values[inside]] = True
                return found
            case Not():
                return ~self._meets(condition.inner, part)
            case Or():
                found = np.zeros(part.size, bool)
                for one in condition.parts:
                    found |= self._meets(one, part)
                return found
            case And():
                found = np.ones(part.size, bool)
                for one in condition.parts:
                    found &= self._meets(one, part)
                return found
