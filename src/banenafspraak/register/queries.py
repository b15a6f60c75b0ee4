"""What may be read from the register: by a person in a role, and by the counting."""

import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import LiteralString

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from psycopg import sql

from banenafspraak.access import bsn as bsns
from banenafspraak.access import gebieden
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, Rol, may
from banenafspraak.register.models import Persoon, Registratie, Woonplaats, bsn_context
from banenafspraak.register.moment import await_writers

_CHUNK = 20_000


def visible_to(actor: Actor, *, peildatum: date, known_at: datetime) -> QuerySet[Registratie]:
    """The registrations this actor may see; lists and single objects both start here. One query.

    A beoordelaar sees the register as known at `known_at`. A bemiddelaar sees what is valid on the peildatum of people
    who live, on that day, in the own gemeente or else the own region. Everybody else sees nothing.
    Raises `TypeError` for `actor=None`: forgetting the actor must never mean seeing everything.
    """
    if actor is None:
        raise TypeError("an actor is required")
    known = Registratie.objects.filter(bekend__contains=known_at).select_related("persoon")
    if not may(actor, Permission.REGISTER_VIEW):
        return known.none()
    if actor.rol is Rol.BEOORDELAAR:
        return known
    if actor.rol is not Rol.BEMIDDELAAR:
        return known.none()
    gemeenten = _gemeenten_of(actor, peildatum)
    lives_here = Woonplaats.objects.filter(
        persoon=OuterRef("persoon"),
        gemeente__in=gemeenten,
        geldig__contains=peildatum,
        bekend__contains=known_at,
    )
    return known.filter(Exists(lives_here), geldig__contains=peildatum)


def _gemeenten_of(actor: Actor, peildatum: date) -> list[str]:
    if actor.gemeente is not None:
        return [actor.gemeente]
    if actor.regio is None:
        return []
    return [g.code for g in gebieden.gemeenten_op(peildatum) if gebieden.regio_op(g.code, peildatum) == actor.regio]


@dataclass(frozen=True)
class Meetpopulatie:
    """Everybody who was ever registered, under the pseudonyms of the counting; no BSN, no id of the register.

    `registraties`: pseudoniem int64, grond, route, vanaf date32, tot date32 or null, einde_reden or null.
    `woonplaatsen`: pseudoniem int64, gemeente, vanaf date32, tot date32 or null.
    Periods are half-open. Both are in a fixed order, so that equal registers give equal tables.
    """

    registraties: pa.Table
    woonplaatsen: pa.Table


_REGISTRATIES = """
COPY (
    SELECT persoon_id AS persoon, grond, route, lower(geldig) AS vanaf, upper(geldig) AS tot,
           nullif(einde_reden, '') AS einde_reden
    FROM register_registratie WHERE bekend @> {known_at}::timestamptz
) TO STDOUT (FORMAT CSV, HEADER)
"""
_WOONPLAATSEN = """
COPY (
    SELECT w.persoon_id AS persoon, w.gemeente_code AS gemeente, lower(w.geldig) AS vanaf, upper(w.geldig) AS tot
    FROM register_woonplaats AS w WHERE w.bekend @> {known_at}::timestamptz
    AND EXISTS (
        SELECT FROM register_registratie AS r WHERE r.persoon_id = w.persoon_id AND r.bekend @> {known_at}::timestamptz
    )
) TO STDOUT (FORMAT CSV, HEADER)
"""
_TYPES = {
    "persoon": pa.string(),
    "grond": pa.string(),
    "route": pa.string(),
    "gemeente": pa.string(),
    "vanaf": pa.date32(),
    "tot": pa.date32(),
    "einde_reden": pa.string(),
}


def meetpopulatie(*, known_at: datetime) -> Meetpopulatie:
    """The people to count with, as known at that moment; waits for who is still writing, so that it is final.

    Raises `ValueError` for a moment without time zone, `SealError` when a sealed BSN does not open.
    """
    await_writers(known_at)
    with transaction.atomic():
        personen, pseudoniemen = _pseudoniemen(known_at)
        registraties = _fetch(_REGISTRATIES, known_at)
        woonplaatsen = _fetch(_WOONPLAATSEN, known_at)
    return Meetpopulatie(
        registraties=_under_pseudonym(registraties, personen, pseudoniemen, ("vanaf", "grond")),
        woonplaatsen=_under_pseudonym(woonplaatsen, personen, pseudoniemen, ("vanaf",)),
    )


def _pseudoniemen(known_at: datetime) -> tuple[pa.Array, np.ndarray]:
    registered = Registratie.objects.filter(persoon=OuterRef("pk"), bekend__contains=known_at)
    rows = Persoon.objects.filter(Exists(registered)).values_list("pk", "bsn_verzegeld")
    ids: list[pa.Array] = []
    numbers: list[np.ndarray] = []
    chunk: list[tuple[str, int]] = []

    def flush() -> None:
        ids.append(pa.array([persoon for persoon, _ in chunk], pa.string()))
        numbers.append(bsns.meting_pseudoniemen(np.array([number for _, number in chunk], dtype=np.uint64)))
        chunk.clear()

    for persoon_id, verzegeld in rows.iterator(chunk_size=_CHUNK):
        chunk.append((str(persoon_id), int(bsns.unseal(verzegeld, context=bsn_context(persoon_id)))))
        if len(chunk) == _CHUNK:
            flush()
    flush()
    return pa.concat_arrays(ids), np.concatenate(numbers)


def _fetch(query: LiteralString, known_at: datetime) -> pa.Table:
    data = io.BytesIO()
    # COPY takes no parameters from Django's cursor, so the driver writes the moment into the statement.
    statement = sql.SQL(query).format(known_at=sql.Literal(known_at)).as_string(connection.connection)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for block in copy:
            data.write(block)
    data.seek(0)
    return pa_csv.read_csv(
        data,
        convert_options=pa_csv.ConvertOptions(column_types=_TYPES, strings_can_be_null=True, null_values=[""]),
    )


def _under_pseudonym(rows: pa.Table, personen: pa.Array, pseudoniemen: np.ndarray, order: tuple[str, ...]) -> pa.Table:
    """The rows with the pseudonym in the place of the register's id, ordered by it and by the given columns."""
    places = pc.index_in(rows["persoon"], value_set=personen)
    named = rows.drop_columns(["persoon"]).add_column(
        0, pa.field("pseudoniem", pa.int64()), pc.take(pa.array(pseudoniemen, pa.int64()), places)
    )
    # A person who came in between the two queries has no pseudonym yet, and was not known at that moment.
    named = named.filter(pc.is_valid(named["pseudoniem"]))
    return named.sort_by([(column, "ascending") for column in ("pseudoniem", *order)]).combine_chunks()
