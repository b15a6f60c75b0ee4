"""Reading a question: the selection language of the standard as a `selectie`, whatever comes in.

What the standard does not know (a field, an operator) is accepted and ignored, and an empty value is an absent one, so
that neither narrows nor widens what is found. What it does know must have the form it says. In an `$or` an ignored part
is left out; an `$or` of nothing but ignored parts is ignored itself.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from banenafspraak.adapters.vum_api.meldingen import Ongeldig, Onvolledig
from banenafspraak.bemiddeling.profielrecord import RIJBEWIJZEN
from banenafspraak.bemiddeling.selectie import And, Compare, Condition, Element, Not, Operator, Or, Selectie, Value

MAX_BYTES = 1_000_000
MAX_NODES = 5_000
"""Values in a question, of whatever kind; who asks for five hundred occupations has some thousands."""
MAX_CLAUSES = 1_000
MAX_DEPTH = 20
_POSTCODE = re.compile(r"[0-9]{4}[a-zA-Z]{2}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OPERATORS = {f"${one.value}": one for one in Operator} | {"$ne": Operator.EQ}


@dataclass(frozen=True)
class _Field:
    """A field as we know it, and how its value is read; raises `ValueError` for another form."""

    naam: str
    read: Callable[[object], Value]


@dataclass(frozen=True)
class _Scope:
    """The fields and lists that have a name at some place in a question."""

    fields: Mapping[str, _Field]
    lists: Mapping[str, tuple[str, "_Scope"]] = field(default_factory=dict)
    required: tuple[str, ...] = ()


def _number(low: int, high: int) -> Callable[[object], Value]:
    def read(value: object) -> Value:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError
        return value

    return read


def _word(words: tuple[str, ...]) -> Callable[[object], Value]:
    def read(value: object) -> Value:
        if not isinstance(value, str) or value not in words:
            raise ValueError
        return value

    return read


def _uri(value: object) -> Value:
    if not isinstance(value, str) or len(value) > 200:
        raise ValueError
    return value


def _language(value: object) -> Value:
    if not isinstance(value, str) or not re.fullmatch("[a-z]{3}", value):
        raise ValueError
    return value


def _day(value: object) -> Value:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError
    return date.fromisoformat(value)


def _niveau(value: object) -> Value:
    if not isinstance(value, str) or value not in "01234567" or len(value) != 1:
        raise ValueError
    return int(value)


_BEROEP = _Field("code", _uri)
_SPOKEN = {
    f"codeNiveauTaalbeheersing{skill.capitalize()}": _Field(skill, _number(0, 8))
    for skill in ("mondeling", "schriftelijk")
}
_TAAL = _Scope({"codeTaal": _Field("code", _language), **_SPOKEN}, required=("codeTaal",))
_RIJBEWIJS = _Scope({"codeSoortRijbewijs": _Field("code", _word(RIJBEWIJZEN))})
_WERK = {
    "flexibiliteit.indicatieOnregelmatigWerkOfPloegendienst": _Field("onregelmatig", _number(0, 2)),
    "werktijden.aantalWerkurenPerWeekMinimaal": _Field("uren_min", _number(0, 99)),
    "werktijden.aantalWerkurenPerWeekMaximaal": _Field("uren_max", _number(0, 99)),
}
WERKZOEKENDE = _Scope(
    fields={
        **_WERK,
        "werktijden.indicatieKantoortijden": _Field("kantoortijden", _number(0, 2)),
        # The contract names it without the group that it stands in.
        "datumAanvangBeschikbaarVoorWerk": _Field("aanvang", _day),
        "flexibiliteit.datumAanvangBeschikbaarVoorWerk": _Field("aanvang", _day),
    },
    lists={
        # The contract says beroep.codeBeroepsnaam of a list whose elements have a codeBeroepsnaam: both are understood.
        "bemiddelingsberoep": ("beroep", _Scope({"codeBeroepsnaam": _BEROEP, "beroep.codeBeroepsnaam": _BEROEP})),
        "contractvorm": ("contract", _Scope({"codeTypeArbeidscontract": _Field("code", _word(("B", "O")))})),
        "arbeidsmarktkwalificatie.rijbewijs": ("rijbewijs", _RIJBEWIJS),
        "arbeidsmarktkwalificatie.taalbeheersing": ("taal", _TAAL),
    },
)
"""What `MPWerkzoekende` may ask."""
VACATURE = _Scope(
    fields={
        **_WERK,
        "beroep.codeBeroepsnaam": _Field("beroep", _uri),
        "codeBeroepsnaam": _Field("beroep", _uri),
        "codeWerkEnDenkniveauMinimaal": _Field("niveau", _niveau),
        "datumAanvangWerkzaamheden": _Field("aanvang", _day),
        "arbeidsVoorwaarden.datumAanvangWerkzaamheden": _Field("aanvang", _day),
    },
    lists={"rijbewijs": ("rijbewijs", _RIJBEWIJS), "taalbeheersing": ("taal", _TAAL)},
)
"""What `MPVacature` may ask."""


def read(body: bytes, scope: _Scope) -> Selectie:
    """The selection that a body asks for. Raises `Ongeldig`, `Onvolledig`; never anything else, whatever it holds."""
    if not body.strip():
        raise Onvolledig("vraagObject ontbreekt.")
    if len(body) > MAX_BYTES:
        raise Ongeldig("Deze zoekvraag is te groot.")
    try:
        found = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Ongeldig("Dit is geen JSON die wij kunnen lezen.") from None
    if not isinstance(found, dict):
        raise Ongeldig("Stuur een object met een vraagObject.")
    _hold_to_size(found)
    vraag = found.get("vraagObject")
    if _is_empty(vraag):
        raise Onvolledig("vraagObject ontbreekt.")
    if not isinstance(vraag, dict):
        raise Ongeldig("vraagObject is een object.")
    postcode, afstand = _gebied(vraag.get("selectiegebied"))
    reading = _Reading()
    conditions = reading.conditions({k: v for k, v in vraag.items() if k != "selectiegebied"}, scope)
    return Selectie(postcode, afstand, And(tuple(conditions)))


def _gebied(gebied: object) -> tuple[str, int]:
    if _is_empty(gebied):
        raise Onvolledig("selectiegebied ontbreekt.")
    if not isinstance(gebied, dict):
        raise Ongeldig("selectiegebied is een object met postcode en afstand.")
    for name in ("postcode", "afstand"):
        if _is_empty(gebied.get(name)):
            raise Onvolledig(f"selectiegebied.{name} ontbreekt.")
    postcode = gebied["postcode"]
    if not isinstance(postcode, str) or not _POSTCODE.fullmatch(postcode):
        raise Ongeldig("selectiegebied.postcode: vul vier cijfers en twee letters in.")
    try:
        afstand = _number(0, 999)(gebied["afstand"])
    except ValueError:
        raise Ongeldig("selectiegebied.afstand: vul een geheel getal in van 0 tot en met 999.") from None
    assert isinstance(afstand, int)
    return postcode, afstand


class _Reading:
    """One question on its way in; counts its clauses."""

    def __init__(self) -> None:
        self._clauses = 0

    def conditions(self, part: Mapping[str, Any], scope: _Scope, prefix: str = "") -> list[Condition]:
        """What an object asks, without what is ignored."""
        found: list[Condition] = []
        for key, value in part.items():
            name = prefix + key
            if _is_empty(value):
                continue
            if key in ("$or", "$and"):
                found += self._joined(key, value, scope, prefix)
            elif key.startswith("$"):
                continue
            elif name in scope.lists:
                found += self._list(name, value, *scope.lists[name])
            elif name in scope.fields:
                found += self._field(name, value, scope.fields[name])
            elif (within := _list_before(name, scope)) is not None:
                lijst, inner = scope.lists[within]
                rest = name[len(within) + 1 :]
                if rest in inner.fields:
                    # Outside $elemMatch each operator may be met by another element.
                    found += self._field(name, value, inner.fields[rest], lijst)
            elif isinstance(value, dict) and any(one.startswith(name + ".") for one in (*scope.fields, *scope.lists)):
                found += self.conditions(value, scope, name + ".")
        return found

    def _joined(self, key: str, value: object, scope: _Scope, prefix: str) -> list[Condition]:
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise Ongeldig(f"{key}: hier hoort een lijst van voorwaarden.")
        parts = [And(tuple(some)) for one in value if (some := self.conditions(one, scope, prefix))]
        if not parts:
            return []
        return [Or(tuple(parts))] if key == "$or" else list(parts)

    def _list(self, name: str, value: object, lijst: str, inner: _Scope) -> list[Condition]:
        if not isinstance(value, dict):
            raise Ongeldig(f"{name}: hier hoort een object met $elemMatch of $all.")
        found: list[Condition] = []
        for key, operand in value.items():
            if _is_empty(operand):
                continue
            if key == "$elemMatch":
                found += self._element(name, operand, lijst, inner)
            elif key == "$all":
                if not isinstance(operand, list):
                    raise Ongeldig(f"{name}.$all: hier hoort een lijst.")
                for one in operand:
                    if not isinstance(one, dict):
                        raise Ongeldig(f"{name}.$all: hier hoort een lijst van $elemMatch.")
                    found += self._element(name, one.get("$elemMatch"), lijst, inner)
            elif key in inner.fields:
                found += self._field(f"{name}.{key}", operand, inner.fields[key], lijst)
        return found

    def _element(self, name: str, operand: object, lijst: str, inner: _Scope) -> list[Condition]:
        if _is_empty(operand):
            return []
        if not isinstance(operand, dict):
            raise Ongeldig(f"{name}.$elemMatch: hier hoort een object.")
        conditions = self.conditions(operand, inner)
        for one in inner.required:
            if conditions and not _mentions(operand, one):
                raise Onvolledig(f"{name}: {one} ontbreekt.")
        return [Element(lijst, And(tuple(conditions)))] if conditions else []

    def _field(self, name: str, value: object, known: _Field, lijst: str = "") -> list[Condition]:
        if isinstance(value, list):
            raise Ongeldig(f"{name}: hier hoort een vergelijking, geen lijst.")
        operands = value if isinstance(value, dict) else {"$eq": value}
        found: list[Condition] = []
        for key, operand in operands.items():
            if _is_empty(operand):
                continue
            if key == "$all":
                found += [
                    self._compare(f"{name}.$all", Operator.EQ, [one], known, lijst) for one in _listed(name, operand)
                ]
            elif key in _OPERATORS:
                operator = _OPERATORS[key]
                values = _listed(f"{name}.$in", operand) if operator is Operator.IN else [operand]
                if not values:
                    continue
                compare = self._compare(f"{name}.{key}", operator, values, known, lijst)
                found.append(Not(compare) if key == "$ne" else compare)
        return found

    def _compare(self, name: str, operator: Operator, values: list[Any], known: _Field, lijst: str) -> Condition:
        self._clauses += len(values)
        if self._clauses > MAX_CLAUSES:
            raise Ongeldig("Deze zoekvraag heeft te veel voorwaarden.")
        try:
            read = tuple(known.read(one) for one in values)
        except ValueError:
            raise Ongeldig(f"{name}: deze waarde past niet bij dit veld.") from None
        compare = Compare(known.naam, operator, read)
        return Element(lijst, compare) if lijst else compare


def _listed(name: str, operand: object) -> list[Any]:
    if not isinstance(operand, list):
        raise Ongeldig(f"{name}: hier hoort een lijst.")
    return [one for one in operand if not _is_empty(one)]


def _list_before(name: str, scope: _Scope) -> str | None:
    return next((one for one in scope.lists if name.startswith(one + ".")), None)


def _mentions(part: object, name: str) -> bool:
    """Whether a condition on this field stands anywhere in it."""
    if isinstance(part, dict):
        return any((key == name and not _is_empty(one)) or _mentions(one, name) for key, one in part.items())
    return isinstance(part, list) and any(_mentions(one, name) for one in part)


def _is_empty(value: object) -> bool:
    return value is None or value == "" or value == [] or value == {}


def _hold_to_size(root: object) -> None:
    """Refuse what is too deep or too much, before anything is read of it; also what would have been ignored."""
    seen, level = 0, [root]
    for _ in range(MAX_DEPTH + 1):
        below: list[object] = []
        for one in level:
            below += list(one.values()) if isinstance(one, dict) else one if isinstance(one, list) else []
        seen += len(below)
        if seen > MAX_NODES:
            raise Ongeldig("Deze zoekvraag heeft te veel voorwaarden.")
        if not below:
            return
        level = below
    raise Ongeldig("Deze zoekvraag is te diep genest.")


def _no_number(_: str) -> None:
    raise ValueError("no number of JSON")
