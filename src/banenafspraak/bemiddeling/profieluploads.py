"""A delivered file between its preview and its end, and what an organisation calls its columns.

klaarzetten   -> held: sealed, for an hour, seen by who sent it only; the next file of that person takes its place
inlezen       held -> gone: taken in
weggooien     held -> gone: by the person, or when its hour is over
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet

from banenafspraak.access import logboek, verzegeling
from banenafspraak.access.actor import Actor
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.permissions import Permission, Rol, may, require
from banenafspraak.bemiddeling.models_import import Kolomindeling, Profielupload, upload_context
from banenafspraak.bemiddeling.profiellevering import Profielformaat, Profielveld

MAX_BYTES = 10 * 1024 * 1024
"""Of a file on the page; larger ones go through the command."""
TERM = timedelta(hours=1)


@dataclass(frozen=True)
class Klaarstaand:
    """A file that is held, opened."""

    id: UUID
    formaat: Profielformaat
    bytes: int
    verloopt_at: datetime
    stream: BinaryIO


def visible_to(actor: Actor, *, now: datetime) -> QuerySet[Profielupload]:
    """The files this actor holds: the own ones only, as long as their hour lasts. Raises `TypeError` for None."""
    if actor is None:
        raise TypeError("an actor is required")
    if actor.rol is not Rol.BEMIDDELAAR or not may(actor, Permission.PROFIEL_IMPORT):
        return Profielupload.objects.none()
    return Profielupload.objects.filter(
        gebruiker=actor.gebruiker_id, organisatie=actor.organisatie_id, verloopt_at__gt=now
    )


@transaction.atomic
def hold(*, actor: Actor, formaat: Profielformaat, inhoud: bytes, now: datetime) -> UUID:
    """Hold a file; an earlier one of this person goes. Raises `ValidationError` (`bestand`), `PermissionDenied`."""
    gebruiker_id, organisatie_id = _own(actor)
    if not inhoud:
        raise ValidationError({"bestand": "Dit bestand is leeg. Kies een ander bestand."})
    if len(inhoud) > MAX_BYTES:
        raise ValidationError({"bestand": "Dit bestand is te groot. Een bestand mag hoogstens 10 MB zijn."})
    Profielupload.objects.filter(gebruiker=gebruiker_id, organisatie=organisatie_id).delete()
    upload = Profielupload(
        gebruiker_id=gebruiker_id,
        organisatie_id=organisatie_id,
        formaat=formaat.value,
        bytes=len(inhoud),
        gemaakt_at=now,
        verloopt_at=now + TERM,
    )
    upload.inhoud_verzegeld = verzegeling.seal_bytes(inhoud, context=upload_context(upload.pk))
    upload.save(force_insert=True)
    _log(actor, "levering van klantprofielen ontvangen", upload, now=now)
    return upload.pk


def open_held(*, actor: Actor, upload_id: UUID, now: datetime, lock: bool = False) -> Klaarstaand:
    """A file that is held, opened. Raises `Profielupload.DoesNotExist` for another's, or one that is gone."""
    found = visible_to(actor, now=now)
    upload = (found.select_for_update() if lock else found).get(pk=upload_id)
    inhoud = verzegeling.unseal_bytes(upload.inhoud_verzegeld, context=upload_context(upload.pk))
    return Klaarstaand(upload.pk, Profielformaat(upload.formaat), upload.bytes, upload.verloopt_at, io.BytesIO(inhoud))


def held(actor: Actor, *, now: datetime) -> UUID | None:
    """The id of the file this actor holds."""
    return visible_to(actor, now=now).values_list("pk", flat=True).first()


@transaction.atomic
def discard(*, actor: Actor, upload_id: UUID, now: datetime) -> bool:
    """Throw a file away; False when it was gone already."""
    upload = visible_to(actor, now=now).defer("inhoud_verzegeld").filter(pk=upload_id).first()
    if upload is None:
        return False
    _log(actor, "levering van klantprofielen weggegooid", upload, now=now)
    upload.delete()
    return True


def erase_expired(*, actor: Actor, now: datetime) -> int:
    """Erase every file whose hour is over; returns how many. For the queue."""
    require(actor, Permission.GEGEVENS_ERASE)
    return Profielupload.objects.filter(verloopt_at__lte=now).delete()[0]


def saved_columns(organisatie_id: int) -> dict[str, str] | None:
    """What an organisation once chose; None when it never did."""
    return Kolomindeling.objects.filter(organisatie=organisatie_id).values_list("kolommen", flat=True).first()


@transaction.atomic
def save_columns(*, actor: Actor, kolommen: Mapping[str, str], now: datetime) -> None:
    """Keep what this organisation calls its columns, for this file and the next.

    Raises `ValidationError` (Dutch) when no column tells who it is about, or one column is chosen for two fields.
    """
    _, organisatie_id = _own(actor)
    chosen = {veld.value: kolommen[veld] for veld in Profielveld if kolommen.get(veld)}
    if not {Profielveld.BSN.value, Profielveld.BRONNUMMER.value} & set(chosen):
        raise ValidationError({Profielveld.BSN.value: "Kies de kolom met het BSN, of die met uw eigen nummer."})
    taken: dict[str, str] = {}
    for veld, kolom in chosen.items():
        if kolom in taken:
            raise ValidationError({veld: "Deze kolom is al gekozen. Kies elke kolom één keer."})
        taken[kolom] = veld
    Kolomindeling.objects.update_or_create(
        organisatie_id=organisatie_id, defaults={"kolommen": chosen, "gewijzigd_at": now}
    )
    logboek.record(
        actor=actor,
        handeling="kolomindeling van profielen vastgelegd",
        onderwerp=f"organisatie {organisatie_id}",
        details={"velden": len(chosen)},
        activiteit=Activiteit.BEMIDDELING,
        now=now,
    )


def _own(actor: Actor) -> tuple[UUID, int]:
    require(actor, Permission.PROFIEL_IMPORT)
    if actor.gebruiker_id is None or actor.organisatie_id is None:
        raise PermissionDenied("a file is held for a user of an organisation")
    return actor.gebruiker_id, actor.organisatie_id


def _log(actor: Actor, handeling: str, upload: Profielupload, *, now: datetime) -> None:
    logboek.record(
        actor=actor,
        handeling=handeling,
        onderwerp=f"profielupload {upload.pk}",
        details={"formaat": upload.formaat, "bytes": upload.bytes},
        activiteit=Activiteit.BEMIDDELING,
        now=now,
    )
