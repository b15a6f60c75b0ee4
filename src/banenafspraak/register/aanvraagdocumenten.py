"""The papers with an aanvraag: judged by their content, sealed, and opened only for who may read them."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet, Sum

from banenafspraak.access import logboek, verzegeling
from banenafspraak.access.actor import Actor
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.permissions import Rol
from banenafspraak.register import documentsoorten, personen
from banenafspraak.register.aanvraagzicht import is_applicant
from banenafspraak.register.aanvraagzicht import visible_to as aanvragen_visible_to
from banenafspraak.register.aanvragen import lock_visible, require_mine
from banenafspraak.register.models import LOPEND, Aanvraag, Aanvraagdocument, Aanvraagstatus, Inbrenger
from banenafspraak.register.overgangen import NietMogelijk

__all__ = [
    "MAX_AANTAL",
    "MAX_BYTES",
    "MAX_TOTAAL",
    "Document",
    "Inbrenger",
    "add",
    "check_length",
    "name_of",
    "read",
    "remove",
    "visible_to",
]

MAX_BYTES = 10 * 1024 * 1024
MAX_TOTAAL = 25 * 1024 * 1024
MAX_AANTAL = 50
# What a form adds to the file itself: the other fields and the lines between them.
_FORM = 64 * 1024
_CHUNK = 256 * 1024


class Readable(Protocol):
    """Anything that gives bytes bit by bit, such as an uploaded file."""

    def read(self, size: int = -1, /) -> bytes:
        """At most so many bytes; none at the end."""
        ...


@dataclass(frozen=True)
class Document:
    """A document opened: its cleaned name, its media type by content, and the content."""

    bestandsnaam: str
    mediatype: str
    inhoud: bytes


def check_length(content_length: int | None) -> None:
    """Refuse a request that is too large before it is read. Raises `ValidationError` (Dutch, field `bestand`).

    `content_length` is what the request says it is; None or a negative number is refused as well.
    """
    if content_length is None or not 0 <= content_length <= MAX_BYTES + _FORM:
        raise ValidationError({"bestand": _TOO_LARGE})


@transaction.atomic
def add(*, actor: Actor, aanvraag_id: UUID, bestandsnaam: str, stream: Readable, now: datetime) -> UUID:
    """Add a document; the same content again gives the same id. Never reads more than `MAX_BYTES` and one byte.

    Raises `ValidationError` (Dutch, field `bestand`) for what is too large, empty or of a kind that is not taken,
    `NietMogelijk` for an aanvraag that is decided or withdrawn, `Aanvraag.DoesNotExist` for who may not see it.
    """
    aanvraag = lock_visible(actor, aanvraag_id)
    inbrenger = _side(aanvraag, actor)
    if aanvraag.status not in LOPEND:
        raise NietMogelijk("Deze aanvraag is klaar. U kunt geen documenten meer toevoegen.")
    content = _read_limited(stream)
    soort = documentsoorten.recognise(content)
    sha256 = hashlib.sha256(content).hexdigest()
    same = aanvraag.documenten.filter(sha256=sha256, inbrenger=inbrenger).first()
    if same is not None:
        return same.pk
    so_far = aanvraag.documenten.aggregate(total=Sum("bytes"))["total"] or 0
    if so_far + len(content) > MAX_TOTAAL or aanvraag.documenten.count() >= MAX_AANTAL:
        raise ValidationError({"bestand": "Alle documenten samen zijn te groot. Samen mogen zij 25 MB zijn."})
    document = Aanvraagdocument(
        aanvraag=aanvraag,
        mediatype=soort.mediatype,
        bytes=len(content),
        sha256=sha256,
        inbrenger=inbrenger.value,
        toegevoegd_at=now,
        gebruiker_id=actor.gebruiker_id,
    )
    name = documentsoorten.clean_name(bestandsnaam, soort.extension)
    document.bestandsnaam_verzegeld = verzegeling.seal_text(name, context=_context(document, "bestandsnaam"))
    document.inhoud_verzegeld = verzegeling.seal_bytes(content, context=_context(document, "inhoud"))
    document.save(force_insert=True)
    _log(document, "document toegevoegd", actor=actor, now=now)
    return document.pk


@transaction.atomic
def remove(*, actor: Actor, document_id: UUID, now: datetime) -> None:
    """Take a document away that this actor's side sent in, as long as the aanvraag was not sent. Raises as `add`."""
    document = visible_to(actor).select_related("aanvraag__persoon").get(pk=document_id)
    aanvraag = lock_visible(actor, document.aanvraag_id)
    if document.inbrenger != _side(aanvraag, actor):
        raise PermissionDenied("Alleen wie het document toevoegde, haalt het weg.")
    if aanvraag.status != Aanvraagstatus.CONCEPT:
        raise NietMogelijk("De aanvraag is al verstuurd. U kunt dit document niet meer weghalen.")
    _log(document, "document weggehaald", actor=actor, now=now)
    document.delete()


@transaction.atomic
def read(*, actor: Actor, document_id: UUID, now: datetime) -> Document:
    """Open a document; the look is logged. Raises `Aanvraagdocument.DoesNotExist` for who may not."""
    document = visible_to(actor).defer(None).select_related("aanvraag__persoon").get(pk=document_id)
    _log(document, "document ingezien", actor=actor, now=now)
    content = verzegeling.unseal_bytes(document.inhoud_verzegeld, context=_context(document, "inhoud"))
    return Document(name_of(document), document.mediatype, content)


def visible_to(actor: Actor) -> QuerySet[Aanvraagdocument]:
    """The documents this actor may read: a gemeente only what it sent in itself. The sealed content is deferred."""
    documents = Aanvraagdocument.objects.filter(aanvraag__in=aanvragen_visible_to(actor).values("pk"))
    if actor.rol is Rol.SYSTEEM:
        return documents.none()
    if actor.rol is Rol.BEMIDDELAAR:
        documents = documents.filter(inbrenger=Inbrenger.COLLEGE)
    return documents.defer("inhoud_verzegeld")


def name_of(document: Aanvraagdocument) -> str:
    """The name of a document from `visible_to`."""
    return verzegeling.unseal_text(document.bestandsnaam_verzegeld, context=_context(document, "bestandsnaam"))


_TOO_LARGE = "Dit bestand is te groot. Een bestand mag hoogstens 10 MB zijn."


def _read_limited(stream: Readable) -> bytes:
    content = bytearray()
    while chunk := stream.read(min(_CHUNK, MAX_BYTES + 1 - len(content))):
        content += chunk
        if len(content) > MAX_BYTES:
            raise ValidationError({"bestand": _TOO_LARGE})
    return bytes(content)


def _side(aanvraag: Aanvraag, actor: Actor) -> Inbrenger:
    """On whose side this actor stands; a beoordelaar adds only to what they have."""
    if actor.rol is Rol.BEOORDELAAR:
        require_mine(aanvraag, actor)
        return Inbrenger.UWV
    if actor.rol is Rol.BURGER:
        return Inbrenger.PERSOON
    if not is_applicant(aanvraag, actor):
        raise PermissionDenied("Alleen de aanvrager voegt documenten toe.")
    return Inbrenger.COLLEGE


def _context(document: Aanvraagdocument, what: str) -> str:
    return f"register.aanvraagdocument.{what}:{document.pk}"


def _log(document: Aanvraagdocument, what: str, *, actor: Actor, now: datetime) -> None:
    logboek.record(
        actor=actor,
        handeling=what,
        onderwerp=f"document {document.pk}",
        persoon_bsn_index=personen.audit_index(document.aanvraag.persoon),
        activiteit=Activiteit.AANVRAAG,
        now=now,
    )
