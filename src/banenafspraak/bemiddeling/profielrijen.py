"""A ProfielRecord as the columns of its row, and back: what is free, tells of an illness or reaches somebody is sealed.

The lists keep in their JSON what may be searched; the free texts of their rows (names of schools and employers,
explanations) lie sealed, by their place in the list.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from types import UnionType
from typing import Any, TypeVar, get_args, get_type_hints
from uuid import UUID

from banenafspraak.access import bsn as bsns
from banenafspraak.access import verzegeling
from banenafspraak.bemiddeling.models import Klantprofiel, profiel_context
from banenafspraak.bemiddeling.profielrecord import (
    STAPPEN,
    VELDEN,
    Contact,
    Cursus,
    Dag,
    EisAanWerk,
    Opleiding,
    ProfielRecord,
    Stap,
    Taalbeheersing,
    Werkervaring,
)

T = TypeVar("T", Opleiding, Cursus, Werkervaring, Taalbeheersing, EisAanWerk, Contact)

_LISTS: Mapping[str, type[Any]] = {
    "opleidingen": Opleiding,
    "cursussen": Cursus,
    "werkervaringen": Werkervaring,
    "taalbeheersing": Taalbeheersing,
}
_FREE = frozenset({"naam_opleidingsinstituut", "naam_organisatie", "toelichting"})
_SEALED = ("eis_aan_werk", "persoonlijke_presentatie", "contact")
VERZEGELD = ("eis_aan_werk_verzegeld", "vrije_tekst_verzegeld", "contact_verzegeld")
"""The sealed columns."""

KOLOMMEN = (*(name for name in VELDEN if name not in _SEALED), *VERZEGELD)
"""Every column that a record fills."""


def columns_of(record: ProfielRecord, profiel_id: UUID) -> dict[str, Any]:
    """The values of `KOLOMMEN` for this profile, sealed anew."""
    columns: dict[str, Any] = {}
    for name in VELDEN:
        value = getattr(record, name)
        if name in _LISTS:
            columns[name] = None if value is None else [_shown(one) for one in value]
        elif name not in _SEALED:
            columns[name] = list(value) if isinstance(value, tuple) else value
    if record.werkdagen is not None:
        columns["werkdagen"] = int(record.werkdagen)
    texts = (_whole(record.eis_aan_werk), _free_texts(record), _whole(record.contact))
    for column, content in zip(VERZEGELD, texts, strict=True):
        columns[column] = _sealed(column, profiel_id, content)
    return columns


def record_of(profiel: Klantprofiel) -> ProfielRecord:
    """Everything a profile holds, opened. Raises `SealError`."""
    free = _opened(profiel, "vrije_tekst_verzegeld")
    record = shown_record_of(profiel)
    opened: dict[str, Any] = {
        name: tuple(replace(one, **texts) for one, texts in zip(getattr(record, name), free[name], strict=True))
        for name in _LISTS
        if free.get(name)
    }
    return replace(
        record,
        **opened,
        eis_aan_werk=_made(EisAanWerk, _opened(profiel, "eis_aan_werk_verzegeld")),
        persoonlijke_presentatie=free.get("persoonlijke_presentatie", ""),
        contact=_made(Contact, _opened(profiel, "contact_verzegeld")),
    )


def shown_record_of(profiel: Klantprofiel) -> ProfielRecord:
    """What lies open of a profile: as `record_of`, with nothing in the place of what is sealed."""
    values: dict[str, Any] = {}
    for name in VELDEN:
        if name in _SEALED:
            continue
        value = getattr(profiel, name)
        if name in _LISTS:
            values[name] = None if value is None else tuple(_made(_LISTS[name], one) for one in value)
        else:
            values[name] = tuple(value) if isinstance(value, list) else value
    if values["werkdagen"] is not None:
        values["werkdagen"] = Dag(values["werkdagen"])
    return ProfielRecord(**values)


def contact_of(profiel: Klantprofiel) -> Contact:
    """How to reach somebody, opened. Raises `SealError`."""
    return _made(Contact, _opened(profiel, "contact_verzegeld"))


def is_answered(record: ProfielRecord, stap: Stap) -> bool:
    """Whether anything of this step is known."""
    return any(getattr(record, name) != getattr(_UNKNOWN, name) for name in STAPPEN[stap])


_UNKNOWN = ProfielRecord()


def fingerprints(record: ProfielRecord, profiel_id: UUID | str) -> dict[str, str]:
    """For each step a keyed digest of its answers: says whether a delivery changed, and nothing of what it said.

    Bound to the profile, so that equal answers of two people do not look equal.
    """
    keyer = bsns.keyer("klantprofiel-levering")
    return {
        stap.value: keyer.indexes(f"{profiel_id}|{stap.value}|{_canonical(record, names)}")[0].hex()[:32]
        for stap, names in STAPPEN.items()
    }


def _canonical(record: ProfielRecord, names: Iterable[str]) -> str:
    return repr([(name, getattr(record, name)) for name in names])


# --- one part of a record as plain JSON ------------------------------------------------------------------------


def _whole(part: EisAanWerk | Contact) -> dict[str, Any]:
    return {f.name: _plain(value) for f in fields(part) if (value := getattr(part, f.name)) not in (None, "")}


def _shown(part: Any) -> dict[str, Any]:
    return {
        f.name: _plain(value)
        for f in fields(part)
        if f.name not in _FREE and (value := getattr(part, f.name)) not in (None, "")
    }


def _free_texts(record: ProfielRecord) -> dict[str, Any]:
    """The free texts by list and place; nothing at all where nobody wrote anything."""
    found: dict[str, Any] = {}
    for name, kind in _LISTS.items():
        free = [f.name for f in fields(kind) if f.name in _FREE]
        rows = [
            {text: getattr(one, text) for text in free if getattr(one, text)} for one in getattr(record, name) or ()
        ]
        if any(rows):
            found[name] = rows
    if record.persoonlijke_presentatie:
        found["persoonlijke_presentatie"] = record.persoonlijke_presentatie
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _made(kind: type[T], values: Mapping[str, Any]) -> T:
    days = _days(kind)
    fields_of: dict[str, Any] = {name: date.fromisoformat(v) if name in days else v for name, v in values.items()}
    return kind(**fields_of)


def _days(kind: type[Any]) -> frozenset[str]:
    if kind not in _DAYS:
        hints = get_type_hints(kind)
        _DAYS[kind] = frozenset(
            n for n, hint in hints.items() if isinstance(hint, UnionType) and date in get_args(hint)
        )
    return _DAYS[kind]


_DAYS: dict[type[Any], frozenset[str]] = {}


def _sealed(column: str, profiel_id: UUID, content: Mapping[str, Any]) -> bytes | None:
    if not content:
        return None
    return verzegeling.seal_text(json.dumps(content, ensure_ascii=False), context=profiel_context(column, profiel_id))


def _opened(profiel: Klantprofiel, column: str) -> dict[str, Any]:
    blob = getattr(profiel, column)
    if not blob:
        return {}
    opened: dict[str, Any] = json.loads(verzegeling.unseal_text(blob, context=profiel_context(column, profiel.pk)))
    return opened
