"""Whether somebody had a wage in a month, and from one employer: yes or no, for who compares it with what was agreed.

What the wage deliveries said stands in `werkrelaties`. Which other employers somebody has, and how much they pay, does
not come out: not even the role that asks can read that (migration 0060).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from banenafspraak.access import bsn as bsns
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, require
from banenafspraak.register import personen
from banenafspraak.register.models import Persoon


@dataclass(frozen=True)
class Loonantwoord:
    """Whether there was any wage in the month, and from the employer that was named (None: its number is not known)."""

    loon: bool
    hier: bool | None


def newest_month() -> date | None:
    """The first day of the newest month of which wages were delivered; None before there are any."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT register_nieuwste_loonmaand()")
        found: date | None = cursor.fetchone()[0]
    return found


def wages(*, actor: Actor, vragen: Iterable[tuple[Persoon, str]], maand: date) -> list[Loonantwoord]:
    """For each person and KvK number (empty: no employer in particular) whether there was a wage. One query for all.

    Whom the actor may ask about is decided by where the people came from, and looks are logged by the caller. Raises
    `PermissionDenied`, `SealError`.
    """
    require(actor, Permission.PLAATSING_CHANGE)
    asked, keyer = list(vragen), bsns.keyer("raadpleging")
    # The wage relations keep one index for each person: the oldest key's.
    indexes = [keyer.indexes(personen.bsn_of(persoon).reveal())[-1] for persoon, _ in asked]
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT loon, hier FROM register_loon_van(%s, %s, %s) ORDER BY plaats",
            [indexes, [kvk for _, kvk in asked], maand],
        )
        return [Loonantwoord(loon, hier) for loon, hier in cursor.fetchall()]
