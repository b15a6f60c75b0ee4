"""What may be read from the register: by a person in a role, and by the counting."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from banenafspraak.access import bsn as bsns
from banenafspraak.access import gebieden
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, Rol, may
from banenafspraak.register import persoonsindex
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


def people_visible_to(actor: Actor, *, peildatum: date, known_at: datetime) -> QuerySet[Persoon]:
    """The registered people for whom this actor may do something: oneself, or who lives in the own gemeente or region.

    Registered means valid on the peildatum as known at `known_at`. Empty for every other role. One query.
    Raises `TypeError` for `actor=None`.
    """
    if actor is None:
        raise TypeError("an actor is required")
    people = registered_people(peildatum=peildatum, known_at=known_at)
    if actor.rol is Rol.BURGER and actor.bsn is not None:
        return people.filter(persoonsindex.is_person(actor.bsn))
    if actor.rol is not Rol.BEMIDDELAAR:
        return people.none()
    lives_here = Woonplaats.objects.filter(
        persoon=OuterRef("pk"),
        gemeente__in=_gemeenten_of(actor, peildatum),
        geldig__contains=peildatum,
        bekend__contains=known_at,
    )
    return people.filter(Exists(lives_here))


def registered_people(*, peildatum: date, known_at: datetime) -> QuerySet[Persoon]:
    """Everybody registered on that day, as known at that moment. Decides nothing about who may see them."""
    registered = Registratie.objects.filter(
        persoon=OuterRef("pk"), geldig__contains=peildatum, bekend__contains=known_at
    )
    return Persoon.objects.filter(Exists(registered))


def own_people(actor: Actor, *, peildatum: date, known_at: datetime, gemeente: str | None = None) -> QuerySet[Any]:
    """The ids of who lives, on that day, in the own gemeente or else the own region of a bemiddelaar: for a subquery.

    With `gemeente` (a code) only those who live there; nobody when that is not in the own part. Nobody for everybody
    else. Raises `TypeError` for `actor=None`.
    """
    if actor is None:
        raise TypeError("an actor is required")
    gemeenten = _gemeenten_of(actor, peildatum) if actor.rol is Rol.BEMIDDELAAR else []
    if gemeente is not None:
        gemeenten = [one for one in gemeenten if one == gemeente]
    here = Woonplaats.objects.filter(gemeente__in=gemeenten, geldig__contains=peildatum, bekend__contains=known_at)
    return here.values("persoon_id")


def gemeenten_of_people(persoon_ids: Iterable[UUID], *, peildatum: date, known_at: datetime) -> dict[UUID, str]:
    """The code of the gemeente in which each of these people lives on that day, as far as who asks may know. One query.

    Who lives nowhere that is known is not in it.
    """
    found = Woonplaats.objects.filter(
        persoon__in=list(persoon_ids), geldig__contains=peildatum, bekend__contains=known_at
    )
    return dict(found.values_list("persoon_id", "gemeente_id"))


def gemeenten_of_everybody(*, peildatum: date, known_at: datetime) -> dict[UUID, str]:
    """Where each person of the register lives on that day (code of the gemeente): for a job that counts. One query."""
    found = Woonplaats.objects.filter(geldig__contains=peildatum, bekend__contains=known_at)
    return dict(found.values_list("persoon_id", "gemeente_id").iterator())


def gemeenten_of(actor: Actor, *, peildatum: date) -> list[tuple[str, str]]:
    """The gemeenten whose people a bemiddelaar works for, as (code, name), by name; none for everybody else."""
    codes = set(_gemeenten_of(actor, peildatum)) if actor.rol is Rol.BEMIDDELAAR else set()
    return sorted(((g.code, g.naam) for g in gebieden.gemeenten_op(peildatum) if g.code in codes), key=lambda g: g[1])


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


_PERSONEN = """
SELECT p.id::text, p.bsn_verzegeld FROM register_persoon AS p
WHERE EXISTS (SELECT FROM register_registratie AS r WHERE r.persoon_id = p.id AND r.bekend @> %(known_at)s)
"""
# Days since 1970, as Arrow keeps them.
_REGISTRATIES = """
SELECT persoon_id::text, grond, route, lower(geldig) - date '1970-01-01', upper(geldig) - date '1970-01-01',
       nullif(einde_reden, '')
FROM register_registratie WHERE bekend @> %(known_at)s
"""
_WOONPLAATSEN = """
SELECT w.persoon_id::text, w.gemeente_code, lower(w.geldig) - date '1970-01-01', upper(w.geldig) - date '1970-01-01'
FROM register_woonplaats AS w WHERE w.bekend @> %(known_at)s
AND EXISTS (SELECT FROM register_registratie AS r WHERE r.persoon_id = w.persoon_id AND r.bekend @> %(known_at)s)
"""
_REGISTRATIE_COLUMNS = ("grond", "route", "vanaf", "tot", "einde_reden")
_WOONPLAATS_COLUMNS = ("gemeente", "vanaf", "tot")
_DATES = frozenset({"vanaf", "tot"})


def meetpopulatie(*, known_at: datetime) -> Meetpopulatie:
    """The people to count with, as known at that moment; waits for who is still writing, so that it is final.

    Raises `ValueError` for a moment without time zone, `SealError` when a sealed BSN does not open.
    """
    await_writers(known_at)
    with transaction.atomic():
        personen, pseudoniemen = _pseudoniemen(known_at)
        return Meetpopulatie(
            registraties=_under_pseudonym(
                _REGISTRATIES, _REGISTRATIE_COLUMNS, known_at, personen, pseudoniemen, ("vanaf", "grond")
            ),
            woonplaatsen=_under_pseudonym(
                _WOONPLAATSEN, _WOONPLAATS_COLUMNS, known_at, personen, pseudoniemen, ("vanaf",)
            ),
        )


def _chunks(query: str, known_at: datetime) -> Iterator[list[tuple[Any, ...]]]:
    """The columns of the answer, some thousands of rows at a time: half a million people never stand in memory."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(query, {"known_at": known_at})
        while rows := cursor.fetchmany(_CHUNK):
            yield list(zip(*rows, strict=True))


def _pseudoniemen(known_at: datetime) -> tuple[pa.ChunkedArray, pa.ChunkedArray]:
    ids: list[pa.Array] = []
    pseudoniemen: list[pa.Array] = []
    for personen, verzegeld in _chunks(_PERSONEN, known_at):
        contexts = map(bsn_context, personen)
        ids.append(pa.array(personen, pa.string()))
        pseudoniemen.append(pa.array(bsns.meting_pseudoniemen_of_sealed(zip(verzegeld, contexts, strict=True))))
    return pa.chunked_array(ids, pa.string()), pa.chunked_array(pseudoniemen, pa.int64())


def _under_pseudonym(
    query: str,
    columns: tuple[str, ...],
    known_at: datetime,
    personen: pa.ChunkedArray,
    pseudoniemen: pa.ChunkedArray,
    order: tuple[str, ...],
) -> pa.Table:
    """The rows with the pseudonym in the place of the register's id, ordered by it and by the given columns."""
    types = {"persoon": pa.string()} | {name: pa.date32() if name in _DATES else pa.string() for name in columns}
    blocks = [
        pa.table(
            [
                pa.array(values, pa.int32()).cast(kind) if pa.types.is_date(kind) else pa.array(values, kind)
                for values, kind in zip(chunk, types.values(), strict=True)
            ],
            schema=pa.schema(types),
        )
        for chunk in _chunks(query, known_at)
    ]
    rows = pa.concat_tables([pa.schema(types).empty_table(), *blocks])
    places = pc.index_in(rows["persoon"], value_set=personen)
    named = rows.set_column(0, pa.field("pseudoniem", pa.int64()), pc.take(pseudoniemen, places))
    # Whoever came in between the queries has no pseudonym here, and was not known at that moment either.
    named = named.filter(pc.is_valid(named["pseudoniem"]))
    return named.sort_by([(column, "ascending") for column in ("pseudoniem", *order)]).combine_chunks()
