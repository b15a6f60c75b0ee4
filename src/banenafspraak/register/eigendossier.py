"""What somebody asked of UWV and what was found about them, as plain values for the one download (AVG art. 15).

Starts at the `visible_to` of each noun, so it never holds more than the pages show. Sealed texts are opened, for they
are about the reader. Whoever worked on a case is left out: an organisation is named, an employee is not.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.backends.postgresql.psycopg_any import Range

from banenafspraak.access.actor import Actor
from banenafspraak.register import aanvragen, beoordeling, beschutwerk, kandidaatcodes, praktijkroute, uitschrijving
from banenafspraak.register.aanvraagzicht import visible_to as aanvragen_of


def dossier(*, actor: Actor, now: datetime) -> dict[str, Any]:
    """The own aanvragen with their decisions, requests to leave, advices, loonwaarden and codes; looks are logged."""
    return {
        "aanvragen": [_aanvraag(actor, pk, now) for pk in _ids(aanvragen_of(actor))],
        "uitschrijfverzoeken": [
            plain(uitschrijving.look_at(actor=actor, verzoek_id=pk, now=now))
            for pk in _ids(uitschrijving.visible_to(actor))
        ],
        "adviezen_beschut_werk": rows_of(beschutwerk.visible_to(actor)),
        "loonwaarden": rows_of(praktijkroute.visible_to(actor)),
        "codes_voor_werkgevers": rows_of(kandidaatcodes.visible_to(actor)),
    }


def _aanvraag(actor: Actor, pk: UUID, now: datetime) -> dict[str, Any]:
    found: dict[str, Any] = plain(aanvragen.look_at(actor=actor, aanvraag_id=pk, now=now))
    try:
        found["besluit"] = plain(beoordeling.read_besluit(actor=actor, aanvraag_id=pk, now=now))
    except ObjectDoesNotExist:
        found["besluit"] = None
    return found


def _ids(rows: models.QuerySet[Any]) -> list[UUID]:
    return list(rows.order_by("pk").values_list("pk", flat=True))


def rows_of(rows: Iterable[models.Model]) -> list[dict[str, Any]]:
    """The columns that mean something to a reader: no keys of other tables, nothing sealed and no index."""
    return [
        {
            field.name: plain(getattr(row, field.name))
            for field in row._meta.concrete_fields
            if not field.is_relation and not isinstance(field, models.BinaryField) and not field.primary_key
        }
        for row in rows
    ]


def plain(value: Any) -> Any:
    """The value in plain JSON types, for a download of own data; without keys of rows, and what could be done."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, Range):
        return {"van": plain(value.lower), "tot": plain(value.upper)}
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value) if not _hidden(f.name)}
    if hasattr(value, "_asdict"):  # a NamedTuple: its names say what stands where
        value = value._asdict()
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list | frozenset | set):
        return [plain(item) for item in value]
    return value


def _hidden(name: str) -> bool:
    return name == "id" or name.endswith("_id") or name.startswith("mag")
