"""What UWV tells a gemeente about an inhabitant: a row on its list, read or not."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from banenafspraak.access.actor import Actor
from banenafspraak.register.models import Gemeentebericht

__all__ = ["Gemeentebericht", "mark_read", "visible_to"]


def visible_to(actor: Actor) -> QuerySet[Gemeentebericht]:
    """The messages to the gemeente this actor acts for, newest first; everybody else none."""
    raise NotImplementedError


def mark_read(*, actor: Actor, bericht_id: UUID, now: datetime) -> None:
    """Note that the gemeente read it; once more changes nothing. Raises `Gemeentebericht.DoesNotExist`."""
    raise NotImplementedError
