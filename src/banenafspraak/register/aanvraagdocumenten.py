"""The papers with an aanvraag: judged by their content, sealed, and opened only for who may read them."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db.models import QuerySet

from banenafspraak.access.actor import Actor
from banenafspraak.register.models import Aanvraagdocument, Inbrenger

__all__ = ["MAX_BYTES", "MAX_TOTAAL", "Document", "Inbrenger", "add", "check_length", "read", "remove", "visible_to"]

MAX_BYTES = 10 * 1024 * 1024
MAX_TOTAAL = 25 * 1024 * 1024


@dataclass(frozen=True)
class Document:
    """A document opened: its cleaned name, its media type by content, and the content."""

    bestandsnaam: str
    mediatype: str
    inhoud: bytes


def check_length(content_length: int | None) -> None:
    """Refuse a request that is too large before it is read. Raises `ValidationError` (Dutch).

    `content_length` is what the request says it is; None or a negative number is refused as well.
    """
    raise NotImplementedError


def add(*, actor: Actor, aanvraag_id: UUID, bestandsnaam: str, stream: BinaryIO, now: datetime) -> UUID:
    """Add a document; the same content again gives the same id. Never reads more than `MAX_BYTES` and one byte.

    Raises `ValidationError` (Dutch, field `bestand`) for what is too large, empty or of a kind that is not taken,
    `NietMogelijk` for an aanvraag that is decided or withdrawn, `Aanvraag.DoesNotExist` for who may not see it.
    """
    raise NotImplementedError


def remove(*, actor: Actor, document_id: UUID, now: datetime) -> None:
    """Take a document away that this actor's side sent in, as long as the aanvraag was not sent. Raises as `add`."""
    raise NotImplementedError


def read(*, actor: Actor, document_id: UUID, now: datetime) -> Document:
    """Open a document; the look is logged. Raises `Aanvraagdocument.DoesNotExist` for who may not."""
    raise NotImplementedError


def visible_to(actor: Actor) -> QuerySet[Aanvraagdocument]:
    """The documents this actor may read: a gemeente only what it sent in itself. The sealed content is deferred."""
    raise NotImplementedError


def name_of(document: Aanvraagdocument) -> str:
    """The name of a document from `visible_to`."""
    raise NotImplementedError
