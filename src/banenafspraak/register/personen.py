"""The people of the register, registered or not: found by their BSN, locked while something is decided about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from banenafspraak.access import bsn as bsns
from banenafspraak.access import gebieden
from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import Bsn
from banenafspraak.access.permissions import Rol
from banenafspraak.register import persoonsindex
from banenafspraak.register.models import Persoon, Registratie, Woonplaats, bsn_context
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.parameters import parameter
from banenafspraak.wet.registratie import Grondperiode


def find_or_add(bsn: Bsn, geboortedatum: date) -> UUID:
    """The id of the person with this BSN, made with this date of birth when the register did not know them.

    Somebody it does know keeps the date of birth it holds: compare. A college that asks for an inhabitant the register
    does not show it gets no more than the id. Outside productie only made-up people are added (`ValidationError`).
    """
    if settings.OMGEVING != "productie" and not bsn.is_test:
        raise ValidationError({"bsn": "Dit is geen productie: gebruik alleen testnummers (9999xxxxx)."})
    made = persoonsindex.new(bsn, geboortedatum=geboortedatum)
    indexes = [index for index in (made.bsn_index, made.bsn_index_eerder) if index is not None]
    values: tuple[Any, ...] = (made.pk, indexes, made.index_versie, made.bsn_verzegeld, geboortedatum)
    with connection.cursor() as cursor:
        cursor.execute("SELECT register_vind_of_maak_persoon(%s, %s, %s, %s, %s)", values)
        found: UUID = cursor.fetchone()[0]
    return found


@dataclass(frozen=True)
class Vindplaats:
    """Somebody who is registered on a day, and where they live then (None: the register does not know)."""

    persoon_id: UUID
    gemeente: str | None


_LOCATE = """
SELECT i.plaats, p.id, w.gemeente_code
FROM unnest(%(plaatsen)s::int[], %(indexen)s::bytea[]) AS i(plaats, bsn_index)
JOIN register_persoon AS p ON p.bsn_index = i.bsn_index
LEFT JOIN register_woonplaats AS w
    ON w.persoon_id = p.id AND w.geldig @> %(dag)s::date AND w.bekend @> %(moment)s::timestamptz
WHERE EXISTS (SELECT FROM register_registratie AS r
              WHERE r.persoon_id = p.id AND r.geldig @> %(dag)s::date AND r.bekend @> %(moment)s::timestamptz)
"""


def locate(numbers: Sequence[Bsn], *, peildatum: date, known_at: datetime) -> list[Vindplaats | None]:
    """For each BSN the person who is registered on that day, or None. One query for all. Decides nothing about who may.

    Meant for deliveries: some thousands at a time.
    """
    indexer = bsns.indexer(doel="register")
    pairs = [(place, index) for place, bsn in enumerate(numbers) for index in indexer.indexes(bsn)]
    found: list[Vindplaats | None] = [None] * len(numbers)
    if not pairs:
        return found
    places, indexes = zip(*pairs, strict=True)
    values: dict[str, Any] = {"plaatsen": list(places), "indexen": list(indexes), "dag": peildatum, "moment": known_at}
    with connection.cursor() as cursor:
        cursor.execute(_LOCATE, values)
        for place, persoon_id, gemeente in cursor.fetchall():
            found[place] = Vindplaats(persoon_id, gemeente)
    return found


def lock(persoon_id: UUID) -> None:
    """One writer per person at a time, so that nobody decides on what another is changing.

    An advisory lock of the transaction: who may ask for somebody may not therefore change their row.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"register.persoon:{persoon_id}"])


def bsn_of(persoon: Persoon) -> Bsn:
    """The BSN of a person, opened. Raises `SealError`."""
    return Bsn.parse(bsns.unseal(persoon.bsn_verzegeld, context=bsn_context(persoon.pk)))


def audit_index(persoon: Persoon) -> bytes:
    """Under what the logboek knows this person."""
    return bsns.index(bsn_of(persoon), doel="audit")


def audit_index_of(persoon_id: UUID) -> bytes:
    """Under what the logboek knows the person with this id. Raises `Persoon.DoesNotExist`."""
    return audit_index(Persoon.objects.only("bsn_verzegeld").get(pk=persoon_id))


def audit_indexes_of(ids: Sequence[UUID]) -> list[bytes]:
    """Under what the logboek knows these people, in no order. One query."""
    return [audit_index(persoon) for persoon in Persoon.objects.filter(pk__in=ids).only("bsn_verzegeld")]


def own_indexes(actor: Actor) -> tuple[bytes, ...]:
    """Under what the register may know the person who acts for themself; nothing for everybody else."""
    if actor.rol is not Rol.BURGER or actor.bsn is None:
        return ()
    return bsns.indexes(actor.bsn, doel="register")


def known_registraties(persoon: Persoon, *, known_at: datetime) -> list[Registratie]:
    """What is known of a person's registrations, oldest first."""
    return list(Registratie.objects.filter(persoon=persoon, bekend__contains=known_at).order_by("geldig", "grond"))


def latest_registraties(persoon: Persoon) -> list[Registratie]:
    """What is known now of a person's registrations, oldest first: the rows that nobody replaced."""
    rows = Registratie.objects.filter(persoon=persoon, bekend__endswith__isnull=True)
    return list(rows.order_by("geldig", "grond"))


def runs_on(registratie: Registratie, day: date) -> bool:
    """Whether a registration is valid on that day."""
    tot = registratie.geldig.upper
    return registratie.geldig.lower <= day and (tot is None or day < tot)


def grondperioden(registraties: list[Registratie]) -> tuple[Grondperiode, ...]:
    """The registrations as facts for the law.

    Who is in on 38b lid 6 no longer meets the ground they came in on; the register does not hold that ground any more,
    so the route stands for it.
    """
    return tuple(_grondperiode(registratie) for registratie in registraties)


def _grondperiode(registratie: Registratie) -> Grondperiode:
    grond, route, vanaf = Grond(registratie.grond), Route(registratie.route), registratie.geldig.lower
    if grond is not Grond.BLIJFGROND_38B_6:
        return Grondperiode(grond=grond, route=route, vanaf=vanaf)
    # Lid 6 came with the herinschrijving; a delivery may date it from the day of the ground that went before.
    lost = max(vanaf, parameter("doelgroepregister", "herinschrijving").constant())
    before = lost - timedelta(days=1)
    return Grondperiode(grond=Grond.AMVB_38B_1_D, route=route, vanaf=before, voldoet_niet_meer_vanaf=lost)


def settle(persoon: Persoon, gemeente: str, *, vanaf: date, now: datetime) -> None:
    """Note where a person lives from that day on, unless the register knows a residence on or after it."""
    if gebieden.gemeente(gemeente) is None:
        raise ValidationError({"woongemeente": "Deze gemeente bestaat niet."})
    known = Woonplaats.objects.filter(persoon=persoon, bekend__contains=now, geldig__overlap=(vanaf, None))
    if known.exists():
        return
    try:
        with transaction.atomic():
            Woonplaats.objects.create(persoon=persoon, gemeente_id=gemeente, geldig=(vanaf, None), bekend=(now, None))
    except IntegrityError:
        # A college does not see that somebody lives elsewhere; the database does, and keeps what it knows.
        return
