"""Taking on the role of an actor in PostgreSQL, for the time of a transaction and not a statement longer.

Everything is set with `set_config(..., true)`, which ends with the transaction: behind a pool that hands one
connection to many, nothing of one actor is left for the next. A setting that ended reads as an empty string; the
functions `app_...()` of the database turn that into NULL, and NULL opens nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection

from banenafspraak.access import bsn as bsns
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Rol

_SETTINGS = ("app.gebruiker", "app.organisatie", "app.gemeente", "app.regio", "app.burger", "app.burger_audit", "role")
_ENTER = "SELECT " + ", ".join(f"set_config('{setting}', %s, true)" for setting in _SETTINGS)

_acting: ContextVar[Actor | None] = ContextVar("acting", default=None)


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """Run the block as this actor in the database. One statement; a visitor, who has no role there, costs none.

    Raises `RuntimeError` outside a transaction: the role would be gone before the next statement. The system acts as
    the owner of the tables, which only a process of its own is (a command, a job), never the website.
    """
    if actor.rol in (Rol.ANONIEM, Rol.SYSTEEM):
        yield
        return
    if not connection.in_atomic_block:
        raise RuntimeError("an actor acts inside a transaction")
    nested, before = bool(connection.savepoint_ids), _acting.get()
    _enter(actor)
    token = _acting.set(actor)
    try:
        yield
    finally:
        _acting.reset(token)
    # After an error PostgreSQL takes the settings back with the savepoint or the transaction. Without one, only a
    # surrounding transaction of somebody else would go on in this role.
    if nested and not connection.needs_rollback:
        _enter(before)


def _enter(actor: Actor | None) -> None:
    values = ["", "", "", "", "", "", "none"]
    if actor is not None:
        values = [
            str(actor.gebruiker_id or ""),
            str(actor.organisatie_id or ""),
            actor.gemeente or "",
            actor.regio or "",
            _indexes(actor, "register"),
            _indexes(actor, "audit"),
            f"ba_{actor.rol.value}",
        ]
    with connection.cursor() as cursor:
        cursor.execute(_ENTER, values)


def _indexes(actor: Actor, doel: bsns.Doel) -> str:
    if actor.bsn is None:
        return ""
    return ",".join(index.hex() for index in bsns.indexes(actor.bsn, doel=doel))
