"""Facts as frozen dataclasses: their JSON Schema, strict reading from JSON, and who used which fact in a step.

A fact that may be left out has the type ``X | None`` and a stated ``aanname``. A rule reads it through a FactReader,
which hands out the assumption when the fact is absent and remembers that it did: the step then says so. So a fact that
is left out is never used in silence.
"""

from __future__ import annotations

import json
import re
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Generic, TypeVar

# Two centuries hold every date of a living person and of the law; anything else is a slip of the keyboard.
_EERSTE_JAAR, _LAATSTE_JAAR = 1900, 2100
_NAAM = re.compile(r"[a-z][a-z0-9_]{0,79}")
_NEGEN_CIJFERS = re.compile(r"[0-9]{9}")
_MAX_DIEPTE = 6


F = TypeVar("F")


class FeitenFout(ValueError):
    """Facts that cannot be used; ``fouten`` says per fact what is wrong and how to put it right.

    No message repeats a value that was given: what is typed in the wrong place may be a BSN.
    """

    def __init__(self, fouten: list[str]) -> None:
        super().__init__("; ".join(fouten))
        self.fouten = tuple(fouten)


@dataclass(frozen=True, slots=True)
class Feit:
    """What a fact means, for ``Annotated[type, Feit(...)]``: its Dutch explanation, its bounds, and its assumption.

    A fact with the type ``X | None`` and default None may be left out; ``aanname`` is what is then assumed. Without an
    ``aanname`` nothing is assumed, and the rule itself says what it does.
    """

    uitleg: str
    aanname: Any = None
    minimum: int | None = None
    maximum: int | None = None


class FactReader(Generic[F]):
    """Reads facts for one step and remembers which were used and which had to be assumed."""

    def __init__(self, feiten: F) -> None:
        self._feiten = feiten
        self._used: dict[str, Any] = {}
        self._assumed: list[str] = []

    def __getitem__(self, naam: str) -> Any:
        """The fact, or its stated assumption when it was not given."""
        value = getattr(self._feiten, naam)
        if value is None and naam not in self._used:
            value = _specs(type(self._feiten))[naam].feit.aanname
            if value is not None:
                self._assumed.append(naam)
        elif value is None:
            value = self._used[naam]
        self._used[naam] = value
        return value

    def since(self, naam: str, op: str, peildatum: date) -> bool:
        """Whether something holds on ``peildatum``: fact ``naam`` is true and its date ``op`` has come.

        A date alone means that the fact is true.
        """
        if getattr(self._feiten, naam) is None and getattr(self._feiten, op) is not None:
            return self.come(op, peildatum)
        return bool(self[naam]) and self.come(op, peildatum)

    def come(self, op: str, peildatum: date) -> bool:
        """Whether the date ``op`` has come; an absent date is taken to have come, and the step says so."""
        day: date | None = getattr(self._feiten, op)
        if day is None:
            self._assumed.append(op)
            self._used[op] = f"op of voor {peildatum.isoformat()}"
            return True
        self._used[op] = day
        return day <= peildatum

    def within(self, vanaf: str, tot: str, peildatum: date) -> bool:
        """Whether ``peildatum`` lies in a half-open period; an absent bound is taken as open, and the step says so."""
        end: date | None = getattr(self._feiten, tot)
        if end is None:
            self._assumed.append(tot)
            self._used[tot] = f"na {peildatum.isoformat()}"
        else:
            self._used[tot] = end
        return self.come(vanaf, peildatum) and (end is None or peildatum < end)

    def take(self) -> tuple[dict[str, Any], tuple[str, ...]]:
        """The facts used since the last call, and the names of those that were assumed."""
        used, assumed = self._used, tuple(dict.fromkeys(self._assumed))
        self._used, self._assumed = {}, []
        return used, assumed


class FeitOntbreekt(FeitenFout):
    """A fact that a rule needs, that may not be assumed and that was not given: its name, and the article behind it."""

    def __init__(self, naam: str, uitleg: str, artikel: str) -> None:
        super().__init__([f"{naam} ontbreekt: {uitleg}"])
        self.naam, self.artikel = naam, artikel


def explanation(cls: type[Any], naam: str) -> str:
    """What a fact of this class means, in Dutch: the question to ask for it."""
    return _specs(cls)[naam].feit.uitleg


# --- JSON Schema -------------------------------------------------------------------------------------------------


def schema(cls: type[F]) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of these facts, with Dutch descriptions. Exactly what `parse` accepts."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": cls.__name__, **_object_schema(cls)}


def field_schema(cls: type[Any], naam: str) -> dict[str, Any]:
    """The JSON Schema of one fact, for who builds a form field by field."""
    return _field_schema(_specs(cls)[naam])


def _object_schema(cls: type[Any]) -> dict[str, Any]:
    specs = _specs(cls)
    shape: dict[str, Any] = {
        "type": "object",
        "description": (cls.__doc__ or "").strip().splitlines()[0],
        "properties": {naam: _field_schema(spec) for naam, spec in specs.items()},
        "additionalProperties": False,
    }
    if required := [naam for naam, spec in specs.items() if spec.required]:
        shape["required"] = required
    else:
        shape["minProperties"] = 1
    return shape


def _field_schema(spec: _Spec) -> dict[str, Any]:
    shape = _type_schema(spec.kind)
    shape["description"] = spec.feit.uitleg
    if spec.required and shape["type"] == "array":
        shape["minItems"] = 1
    for bound in ("minimum", "maximum"):
        if getattr(spec.feit, bound) is not None:
            shape[bound] = getattr(spec.feit, bound)
    if (aanname := spec.feit.aanname) is not None:
        plain = float(aanname) if isinstance(aanname, Decimal) else aanname
        shape["default"] = aanname.value if isinstance(aanname, StrEnum) else plain
        shape["description"] += f" Niet opgegeven: aangenomen {_said(aanname)}."
    if not spec.required:
        shape["type"] = [shape["type"], "null"]
        if "enum" in shape:
            shape["enum"] = [*shape["enum"], None]
    return shape


def _type_schema(kind: Any) -> dict[str, Any]:
    if typing.get_origin(kind) is tuple:
        return {"type": "array", "items": _type_schema(typing.get_args(kind)[0])}
    if is_dataclass(kind):
        return _object_schema(typing.cast(type[Any], kind))
    if issubclass(kind, StrEnum):
        return {"type": "string", "enum": [member.value for member in kind]}
    if kind is date:
        return {"type": "string", "format": "date"}
    return {"type": {bool: "boolean", int: "integer", Decimal: "number", str: "string"}[kind]}


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "dat dit zo is" if value else "dat dit niet zo is"
    return f"'{value}'"


# --- Reading -----------------------------------------------------------------------------------------------------


def read(cls: type[F], text: str) -> F:
    """Facts from a JSON text. Raises FeitenFout naming everything that is wrong at once."""
    return parse(cls, load(text))


def load(text: str) -> object:
    """What a JSON text says, with exact numbers. Raises FeitenFout when it is no JSON, or has a name twice."""
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_no_duplicates)
    except FeitenFout:
        raise
    except (ValueError, ArithmeticError, RecursionError) as error:  # an exponent of twenty digits is arithmetic
        place = f" (regel {error.lineno}, teken {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
        raise FeitenFout([f"De invoer is geen geldige JSON{place}. Geef één object met feiten."]) from None


def parse(cls: type[F], data: object) -> F:
    """Facts from a JSON object that was read with exact numbers (Decimal). Raises FeitenFout with every fault.

    Unknown and missing facts, wrong types, impossible dates and facts that contradict each other are all faults.
    """
    fouten: list[str] = []
    result = _object(cls, data, "", fouten, 0)
    if fouten:
        raise FeitenFout(fouten)
    return typing.cast(F, result)


def parse_field(cls: type[Any], naam: str, value: object) -> Any:
    """One fact by itself, as strict as `parse`. Raises FeitenFout when it is not a value of this fact."""
    fouten: list[str] = []
    spec = _specs(cls)[naam]
    result = _value(spec, spec.kind, value, naam, fouten, 0)
    if fouten:
        raise FeitenFout(fouten)
    return result


def _object(cls: type[Any], data: object, path: str, fouten: list[str], depth: int) -> Any:
    specs = _specs(cls)
    if not isinstance(data, Mapping) or depth > _MAX_DIEPTE:
        fouten.append(f'{path or "De invoer"}: geef een object met feiten, zoals {{"{next(iter(specs))}": ...}}.')
        return None
    faults = len(fouten)
    fouten.extend(_unknown(path, naam, specs) for naam in data if naam not in specs)
    missing = [naam for naam, spec in specs.items() if spec.required and data.get(naam) is None]
    fouten.extend(f"{path}{naam} ontbreekt: {specs[naam].feit.uitleg}" for naam in missing)
    if not data:
        fouten.append(f"{path or 'De invoer'}: er is geen enkel feit opgegeven. Bekende feiten: {', '.join(specs)}.")
    values = {
        naam: _value(spec, spec.kind, data[naam], f"{path}{naam}", fouten, depth)
        for naam, spec in specs.items()
        if data.get(naam) is not None
    }
    if len(fouten) > faults:
        return None
    result = cls(**values)
    if hasattr(result, "contradictions"):
        fouten.extend(f"{path}{fout}" for fout in result.contradictions())
    return result


def _value(spec: _Spec, kind: Any, value: Any, path: str, fouten: list[str], depth: int) -> Any:
    if typing.get_origin(kind) is tuple:
        return _array(spec, typing.get_args(kind)[0], value, path, fouten, depth)
    if is_dataclass(kind):
        return _object(typing.cast(type[Any], kind), value, f"{path}.", fouten, depth + 1)
    return _scalar(kind, spec.feit, value, path, fouten)


def _array(spec: _Spec, item_kind: Any, value: Any, path: str, fouten: list[str], depth: int) -> Any:
    if not isinstance(value, list) or (spec.required and not value):
        fouten.append(f"{path}: geef een lijst met ten minste één onderdeel, tussen [ en ].")
        return None
    return tuple(_value(spec, item_kind, item, f"{path}[{i}]", fouten, depth) for i, item in enumerate(value))


def _scalar(kind: Any, feit: Feit, value: Any, path: str, fouten: list[str]) -> Any:
    if kind is bool:
        if isinstance(value, bool):
            return value
        fouten.append(f"{path}: geef true of false.")
    elif kind is date:
        if (day := as_date(value)) is not None:
            return day
        fouten.append(f'{path}: geef een bestaande datum als "JJJJ-MM-DD", tussen {_EERSTE_JAAR} en {_LAATSTE_JAAR}.')
    elif kind in (int, Decimal):
        return _as_number(kind, feit, value, path, fouten)
    elif issubclass(kind, StrEnum):
        if isinstance(value, str) and value in list(kind):
            return kind(value)
        fouten.append(f"{path}: kies uit {', '.join(member.value for member in kind)}.")
    elif isinstance(value, str) and 0 < len(value) <= 200:
        return value
    else:
        fouten.append(f"{path}: geef een tekst van 1 tot 200 tekens.")
    return None


def _as_number(kind: Any, feit: Feit, value: Any, path: str, fouten: list[str]) -> Any:
    minimum, maximum = feit.minimum, feit.maximum
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not (whole or (kind is Decimal and isinstance(value, Decimal))):
        fouten.append(f"{path}: geef een getal met een punt als decimaalteken, zonder aanhalingstekens.")
    elif (minimum is not None and value < minimum) or (maximum is not None and value > maximum):
        bounds = f"van {minimum} tot en met {maximum}" if maximum is not None else f"van {minimum} of meer"
        fouten.append(f"{path}: geef een getal {bounds}.")
    else:
        return kind(value)
    return None


def as_date(value: object) -> date | None:
    """The date that is written as JJJJ-MM-DD, or None when it is not, does not exist or lies in another century."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if _EERSTE_JAAR <= day.year <= _LAATSTE_JAAR else None


def _unknown(path: str, naam: str, known: Mapping[str, _Spec]) -> str:
    if not _NAAM.fullmatch(naam) or _NEGEN_CIJFERS.search(naam):
        return f"{path}Een van de namen is geen naam van een feit (de naam wordt hier niet herhaald)."
    alike = get_close_matches(naam, known, n=1)
    hint = f"bedoelt u '{path}{alike[0]}'?" if alike else f"bekende feiten: {', '.join(known)}."
    return f"{path}{naam} is geen bekend feit; {hint}"


def _no_constant(_: str) -> Any:
    raise FeitenFout(["NaN en Infinity zijn geen getallen waarmee gerekend kan worden; geef een gewoon getal."])


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise FeitenFout(["Een feit staat er twee keer; laat er één staan."])
    return result


# --- Looking at the dataclass ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Spec:
    """A field of a facts class: its type without None, whether it must be given, and its Feit."""

    kind: Any
    required: bool
    feit: Feit


def _specs(cls: Any) -> Mapping[str, _Spec]:
    return _read_specs(cls)


@cache
def _read_specs(cls: Any) -> Mapping[str, _Spec]:
    hints = typing.get_type_hints(cls, include_extras=True)
    result = {}
    for f in fields(cls):
        hint, feit = typing.get_args(hints[f.name])
        if isinstance(hint, types.UnionType):
            hint = next(arg for arg in typing.get_args(hint) if arg is not type(None))
        result[f.name] = _Spec(hint, f.default is MISSING, feit)
    return result


@dataclass(frozen=True, slots=True)
class Periode:
    """Een periode van een eerste dag tot (niet tot en met) een laatste dag."""

    vanaf: Annotated[date, Feit("Eerste dag van de periode.")]
    tot: Annotated[date | None, Feit("Eerste dag na de periode; leeg als zij nog loopt.")] = None

    def contradictions(self) -> list[str]:
        """Faults between the two days."""
        if self.tot and self.tot <= self.vanaf:
            return ["tot ligt niet na vanaf: draai de datums om of laat tot weg."]
        return []
