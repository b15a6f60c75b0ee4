"""The memory of what was done and looked at. Written in the transaction of the thing itself, and never changed.

A row names the actor, the purpose, the action and, where it concerns a person, that person's keyed index under the
audit key: without that key the log cannot be joined to the register. Never a BSN, a name or free text of a user.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel

_COLUMNS = "recorded_at, gebruiker_id, organisatie_id, rol, doel, handeling, onderwerp, persoon_bsn_index, details"


def record(
    *,
    actor: Actor,
    handeling: str,
    onderwerp: str = "",
    persoon_bsn_index: bytes | None = None,
    details: Mapping[str, Any] | None = None,
    now: datetime,
) -> None:
    """Write one row. Raises `ValueError` for a naive `now`; a refusal of the database stops the caller's transaction.

    `handeling` is a noun phrase such as "registratie beëindigd", `onderwerp` an id or a code, `persoon_bsn_index` comes
    from `bsn.index(..., doel="audit")`, `details` holds counts and codes and must fit JSON.
    """
    _check(now)
    Logregel.objects.create(
        recorded_at=now,
        gebruiker_id=actor.gebruiker_id,
        organisatie_id=actor.organisatie_id,
        rol=actor.rol.value,
        doel=actor.doel,
        handeling=handeling,
        onderwerp=onderwerp,
        persoon_bsn_index=persoon_bsn_index,
        details=dict(details or {}),
    )


def record_many(
    *,
    actor: Actor,
    handeling: str,
    onderwerp: str = "",
    persoon_bsn_indexes: Iterable[bytes],
    details: Mapping[str, Any] | None = None,
    now: datetime,
) -> int:
    """Write one row for each person, as `record` does; returns how many. Built for whole deliveries (COPY)."""
    _check(now)
    shared = (now, actor.gebruiker_id, actor.organisatie_id, actor.rol.value, actor.doel, handeling, onderwerp)
    encoded = json.dumps(dict(details or {}))
    written = 0
    with (
        transaction.atomic(),
        connection.cursor() as cursor,
        cursor.copy(f"COPY access_logregel ({_COLUMNS}) FROM STDIN") as copy,
    ):
        for persoon_bsn_index in persoon_bsn_indexes:
            copy.write_row((*shared, persoon_bsn_index, encoded))
            written += 1
    return written


def _check(now: datetime) -> None:
    if now.tzinfo is None:
        raise ValueError("now must carry a time zone")
