"""What UWV tells a gemeente about an inhabitant: a row on its list, read or not."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor, college_of
from banenafspraak.access.bsn import Bsn
from banenafspraak.access.permissions import Permission, may
from banenafspraak.register import personen
from banenafspraak.register.models import Gemeentebericht, Persoon

__all__ = ["Gemeentebericht", "mark_read", "reveal_bsn", "tell", "visible_to"]


def visible_to(actor: Actor) -> QuerySet[Gemeentebericht]:
    """The messages to the gemeente this actor acts for, newest first; everybody else none.

    Raises `TypeError` for `actor=None`.
    """
    if actor is None:
        raise TypeError("an actor is required")
    college = college_of(actor) if may(actor, Permission.AANVRAAG_VIEW) else None
    berichten = Gemeentebericht.objects.select_related("persoon")
    return berichten.filter(gemeente=college) if college is not None else berichten.none()


@transaction.atomic
def mark_read(*, actor: Actor, bericht_id: UUID, now: datetime) -> None:
    """Note that the gemeente read it; once more changes nothing. Raises `Gemeentebericht.DoesNotExist`."""
    bericht = visible_to(actor).select_for_update(of=("self",), no_key=True).get(pk=bericht_id)
    if bericht.gelezen_at is not None:
        return
    bericht.gelezen_at, bericht.gelezen_door_id = now, actor.gebruiker_id
    bericht.save(update_fields=["gelezen_at", "gelezen_door"])
    logboek.record(
        actor=actor,
        handeling="bericht aan gemeente gelezen",
        onderwerp=f"bericht {bericht.pk}",
        persoon_bsn_index=personen.audit_index(bericht.persoon),
        now=now,
    )


@transaction.atomic
def reveal_bsn(*, actor: Actor, bericht_id: UUID, now: datetime) -> Bsn:
    """Whom a message is about, for the gemeente it went to; the look is logged. Raises `Gemeentebericht.DoesNotExist`.

    Without it the gemeente would not know for whom to stop or start something (Wfsv 38d lid 4).
    """
    bericht = visible_to(actor).get(pk=bericht_id)
    logboek.record(
        actor=actor,
        handeling="bericht aan gemeente ingezien",
        onderwerp=f"bericht {bericht.pk}",
        persoon_bsn_index=personen.audit_index(bericht.persoon),
        now=now,
    )
    return personen.bsn_of(bericht.persoon)


def tell(gemeente: str, persoon: Persoon, soort: Gemeentebericht.Soort, *, datum: date, now: datetime) -> None:
    """Put a message on the list of a gemeente. For the decisions of this room, in their transaction."""
    Gemeentebericht.objects.create(
        gemeente_id=gemeente, persoon=persoon, soort=soort.value, datum=datum, created_at=now
    )
