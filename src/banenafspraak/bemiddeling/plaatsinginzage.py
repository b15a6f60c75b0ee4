"""What an employer sees of placements: those that the person shares with just this employer, each look logged.

There is no other way for an employer's role to a placement than the functions of the database that are called here.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, Rol, require
from banenafspraak.bemiddeling import plaatsingen
from banenafspraak.bemiddeling.plaatsingwoorden import Plaatsingsector, Plaatsingsoort, Plaatsingstatus

DOEL = "plaatsing van iemand die meekijken goedvond"
DOEL_CV = "financieel cv bij een plaatsing van iemand die meekijken goedvond"


@dataclass(frozen=True)
class GedeeldePlaatsing:
    """One placement as an employer may see it. No ground, no benefit, and no reason why it ended."""

    plaatsing_id: UUID
    naam: str
    soort: Plaatsingsoort
    uren_per_week: Decimal
    begint_op: date
    eindigt_op: date | None
    status: Plaatsingstatus
    sector: Plaatsingsector
    werkgever: str
    inlener: str
    met_loonheffing: bool
    in_register: bool


_COLUMNS = (
    "plaatsing, naam_verzegeld, soort, uren_per_week, begint_op, eindigt_op, status, sector,"
    " werkgever_naam, inlener_naam, met_loonheffing, in_register"
)


def shared_with(*, actor: Actor, now: datetime) -> list[GedeeldePlaatsing]:
    """The placements that people share with this employer, the newest first; each person is in the logboek.

    One statement. Raises `PermissionDenied`, also for a bemiddelaar, who has `plaatsingen.visible_to`.
    """
    return _asked("bemiddeling_plaatsingen_van(%s, %s, %s, %s, %s)", [], DOEL, actor=actor, now=now)


def one_shared(*, actor: Actor, plaatsing_id: UUID, now: datetime) -> GedeeldePlaatsing | None:
    """One placement that a person shares with this employer, for its Financieel CV; None when it is not shared now.

    Only that person is in the logboek. One statement. Raises `PermissionDenied` as `shared_with` does.
    """
    found = _asked("bemiddeling_plaatsing_van(%s, %s, %s, %s, %s, %s)", [plaatsing_id], DOEL_CV, actor=actor, now=now)
    return found[0] if found else None


def _asked(function: str, first: list[UUID], doel: str, *, actor: Actor, now: datetime) -> list[GedeeldePlaatsing]:
    require(actor, Permission.PLAATSING_VIEW)
    if actor.rol is not Rol.WERKGEVER or actor.organisatie_id is None:
        raise PermissionDenied("an employer looks for an organisation")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM {function}",  # noqa: S608  both are written above
            [*first, actor.organisatie_id, actor.gebruiker_id, doel, logboek.trace_id.get(), now],
        )
        rows = cursor.fetchall()
    return [
        GedeeldePlaatsing(
            pk,
            plaatsingen.open_name(naam, pk),
            Plaatsingsoort(soort),
            uren,
            begint,
            eindigt,
            Plaatsingstatus(status),
            Plaatsingsector(sector),
            werkgever,
            inlener,
            loonheffing,
            registered,
        )
        for pk, naam, soort, uren, begint, eindigt, status, sector, werkgever, inlener, loonheffing, registered in rows
    ]
