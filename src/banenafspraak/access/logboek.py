"""The memory of what was done and looked at. Written in the transaction of the thing itself, and never changed.

Each action is one `Logregel`: who, for whom, what for. Each person it concerned is one `Verwerking` beside it, also in
bulk, by the fields of the standard Logboek Dataverwerkingen and without the user. A person stands there as the keyed
index under the audit key: without that key the logboek cannot be joined to the register. Never a BSN, a name or free
text of a user.
"""

import json
import secrets
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Any

from django.db import connection, transaction

from banenafspraak.access import bsn as bsns
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Rol

trace_id: ContextVar[str] = ContextVar("trace_id", default="")
"""The trace that the request belongs to (W3C Trace Context, 32 hexadecimal digits); the door sets it."""

_CHUNK = 20_000


class Activiteit(StrEnum):
    """Which processing of the register of processing (AVG art. 30) a row belongs to: the `id` in that document."""

    AANVRAAG = "aanvraag"
    BEMIDDELING = "bemiddeling"
    CONTACT = "contact-met-werkgever"
    GEMEENTE = "gegevens-aan-gemeente"
    INZAGE = "inzage"
    PLAATSING = "plaatsing"
    RAADPLEGING = "raadpleging-werkgever"
    REGISTRATIE = "registratie"
    TOEZICHT = "toezicht"
    VUM = "uitwisseling-vum"
    WERKGEVERS = "contact-met-werkgevers"


# One statement, so that an action without its persons cannot exist. The rows of persons follow the action's own.
_RECORD = """
WITH regel AS (
    INSERT INTO access_logregel
        (recorded_at, gebruiker_id, organisatie_id, rol, doel, handeling, onderwerp, details, operation_id, trace_id)
    VALUES (%(now)s, %(gebruiker)s, %(organisatie)s, %(rol)s, %(doel)s, %(handeling)s, %(onderwerp)s, %(details)s,
            %(operation)s, %(trace)s)
)
"""
_PERSONS = """
INSERT INTO access_verwerking
    (parent_operation_id, trace_id, naam, activiteit, status_code, start_time, end_time, betrokkene_index)
SELECT %(operation)s, %(trace)s, %(handeling)s, %(activiteit)s, %(status)s, %(now)s, %(now)s, persoon
FROM unnest(%(personen)s::bytea[]) AS personen(persoon)
"""


def record(
    *,
    actor: Actor,
    handeling: str,
    onderwerp: str = "",
    persoon_bsn_index: bytes | None = None,
    details: Mapping[str, Any] | None = None,
    activiteit: Activiteit = Activiteit.REGISTRATIE,
    gelukt: bool = True,
    now: datetime,
) -> str:
    """Write down one action, and the person it concerned; returns the operation's id.

    `handeling` is a noun phrase such as "registratie beëindigd", `onderwerp` an id or a code, `persoon_bsn_index` comes
    from `bsn.index(..., doel="audit")`, `details` holds counts and codes and must fit JSON. Raises `ValueError` for a
    naive `now`; a refusal of the database stops the caller's transaction.
    """
    persons = () if persoon_bsn_index is None else (persoon_bsn_index,)
    values = _values(actor, handeling, onderwerp, details, activiteit, gelukt, now)
    with connection.cursor() as cursor:
        cursor.execute(_RECORD + _PERSONS, values | {"personen": list(persons)})
    return str(values["operation"])


def record_many(
    *,
    actor: Actor,
    handeling: str,
    onderwerp: str = "",
    persoon_bsn_indexes: Iterable[bytes],
    details: Mapping[str, Any] | None = None,
    activiteit: Activiteit = Activiteit.REGISTRATIE,
    gelukt: bool = True,
    now: datetime,
) -> int:
    """Write down one action that concerned many persons, one row for each; returns how many. Built for deliveries."""
    values = _values(actor, handeling, onderwerp, details, activiteit, gelukt, now)
    persons = iter(persoon_bsn_indexes)
    written, statement = 0, _RECORD + _PERSONS
    with transaction.atomic(), connection.cursor() as cursor:
        while (chunk := list(islice(persons, _CHUNK))) or not written:
            cursor.execute(statement, values | {"personen": chunk})
            statement = _PERSONS
            written += len(chunk)
            if len(chunk) < _CHUNK:
                break
    return written


def _values(
    actor: Actor,
    handeling: str,
    onderwerp: str,
    details: Mapping[str, Any] | None,
    activiteit: Activiteit,
    gelukt: bool,
    now: datetime,
) -> dict[str, Any]:
    if now.tzinfo is None:
        raise ValueError("now must carry a time zone")
    return {
        "now": now,
        "gebruiker": actor.gebruiker_id,
        "organisatie": actor.organisatie_id,
        "rol": actor.rol.value,
        "doel": actor.doel,
        "handeling": handeling,
        "onderwerp": onderwerp,
        "details": json.dumps(dict(details or {})),
        "operation": secrets.token_hex(8),
        "trace": trace_id.get(),
        "activiteit": activiteit.value,
        "status": 1 if gelukt else 2,
    }


@dataclass(frozen=True)
class Blik:
    """One look or change as the person it concerns may see it: the organisation by name, never the user.

    `rol` is the value of the Rol; `organisatie` is empty for the person's own looks and for jobs of the system.
    """

    operation_id: str
    at: datetime
    organisatie: str
    rol: str
    doel: str
    handeling: str
    onderwerp: str
    gelukt: bool


@dataclass(frozen=True)
class Keuze:
    """What the list of looks is narrowed to: one organisation (by name), and a half-open range of moments."""

    organisatie: str = ""
    vanaf: datetime | None = None
    tot: datetime | None = None


_ALLES = Keuze()

# Somebody's own look at the own data is written down as well, and is no news to them.
_ABOUT = """
    FROM access_verwerking AS v
    WHERE v.betrokkene_index = ANY (%(personen)s) AND v.activiteit <> %(inzage)s {narrowed}
"""
_BY_ORGANISATIE = """ AND EXISTS (
    SELECT FROM access_logregel AS e JOIN access_organisatie AS eo ON eo.id = e.organisatie_id
    WHERE e.operation_id = v.parent_operation_id AND eo.naam = %(organisatie)s)"""
_LOOKS = """
SELECT v.operation_id, v.start_time, coalesce(o.naam, ''), r.rol, r.doel, r.handeling, r.onderwerp, v.status_code <> 2
FROM (
    SELECT v.id, v.operation_id, v.parent_operation_id, v.start_time, v.status_code
    {about}
    ORDER BY v.start_time DESC, v.id DESC LIMIT %(limit)s OFFSET %(offset)s
) AS v
JOIN access_logregel AS r ON r.operation_id = v.parent_operation_id
LEFT JOIN access_organisatie AS o ON o.id = r.organisatie_id
ORDER BY v.start_time DESC, v.id DESC
"""
_LOOKERS = """
SELECT DISTINCT o.naam FROM (SELECT v.parent_operation_id {about}) AS v
JOIN access_logregel AS r ON r.operation_id = v.parent_operation_id
JOIN access_organisatie AS o ON o.id = r.organisatie_id
ORDER BY o.naam
"""


def looks_at(actor: Actor, *, keuze: Keuze = _ALLES, limit: int = 50, offset: int = 0) -> list[Blik]:
    """What was done with the data of this burger, the newest first: AVG art. 15, named recipients, no users.

    Without the own looks at the own data. Empty for anybody but a burger whose BSN is known. One query, by index,
    however long the logboek is. Raises `TypeError` for `actor=None`.
    """
    return [Blik(*row) for row in _asked(_LOOKS, actor, keuze, limit=limit, offset=offset)]


def count_looks(actor: Actor, *, keuze: Keuze = _ALLES) -> int:
    """How many looks there are at this burger; 0 for anybody else. One query. Raises `TypeError` for `actor=None`."""
    rows = _asked("SELECT count(*) {about}", actor, keuze)
    return int(rows[0][0]) if rows else 0


def lookers(actor: Actor) -> list[str]:
    """The names of the organisations that looked, in alphabetical order. One query. Raises as `looks_at`."""
    return [naam for (naam,) in _asked(_LOOKERS, actor, _ALLES)]


def look(actor: Actor, operation_id: str) -> Blik | None:
    """One look at the data of this burger, or None when there is no such. One query. Raises as `looks_at`."""
    rows = _asked(_LOOKS, actor, _ALLES, operation=operation_id, limit=1, offset=0)
    return Blik(*rows[0]) if rows else None


def _asked(query: str, actor: Actor, keuze: Keuze, **values: Any) -> list[tuple[Any, ...]]:
    if actor is None:
        raise TypeError("an actor is required")
    if actor.rol is not Rol.BURGER or actor.bsn is None:
        return []
    narrowed = _BY_ORGANISATIE if keuze.organisatie else ""
    narrowed += " AND v.start_time >= %(vanaf)s" if keuze.vanaf else ""
    narrowed += " AND v.start_time < %(tot)s" if keuze.tot else ""
    narrowed += " AND v.operation_id = %(operation)s" if "operation" in values else ""
    values |= {
        "personen": list(bsns.indexes(actor.bsn, doel="audit")),
        "inzage": Activiteit.INZAGE.value,
        "organisatie": keuze.organisatie,
        "vanaf": keuze.vanaf,
        "tot": keuze.tot,
    }
    with connection.cursor() as cursor:
        cursor.execute(query.replace("{about}", _ABOUT.format(narrowed=narrowed)), values)
        return list(cursor.fetchall())
