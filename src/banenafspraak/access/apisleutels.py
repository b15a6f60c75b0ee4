"""Keys with which the program of an employer signs in: made and withdrawn on a page, looked up in one query.

A key is shown once. It acts for its organisation in the role of a werkgever, under the user who made it; when that
user no longer works there, the key stops. `access_apisleutel_actor` is a function of the database, so that the
website's own login never reads the table.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet

from banenafspraak.access import bsn as bsns
from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.models_werkgever import ApiSleutel
from banenafspraak.access.permissions import Permission, Rol, require

GELDIG: Final = timedelta(days=365)
MAX_SLEUTELS = 20
_PREFIX = "bna_"
_FORM = re.compile(r"bna_[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class NieuweSleutel:
    """A key just made; `geheim` is what the program sends, and is nowhere kept."""

    id: int
    geheim: str

    def __repr__(self) -> str:
        return f"NieuweSleutel(id={self.id})"


def visible_to(actor: Actor) -> QuerySet[ApiSleutel]:
    """The keys of the actor's organisation, the newest first. `actor=None` raises `TypeError`."""
    if actor is None:
        raise TypeError("an actor is required")
    rows = ApiSleutel.objects.order_by("-created_at", "-pk")
    return rows.filter(organisatie=actor.organisatie_id) if actor.organisatie_id is not None else rows.none()


@transaction.atomic
def make(*, actor: Actor, naam: str, now: datetime) -> NieuweSleutel:
    """A new key for the actor's organisation, valid for a year. Raises `PermissionDenied`, `ValidationError`."""
    require(actor, Permission.WERKGEVER_MANAGE)
    if actor.organisatie_id is None or actor.gebruiker_id is None:
        raise PermissionDenied("a key belongs to an organisation, and somebody answers for it")
    if bsns.occurs_in(naam):
        raise ValidationError({"naam": "Hier staat een BSN in. Noem het programma, niet een persoon."})
    working = visible_to(actor).filter(ingetrokken_at__isnull=True, geldig_tot__gt=now).count()
    if working >= MAX_SLEUTELS:
        raise ValidationError("U heeft al 20 sleutels. Trek er eerst een in.")
    geheim = _PREFIX + secrets.token_urlsafe(32)
    sleutel = ApiSleutel(
        organisatie_id=actor.organisatie_id,
        gebruiker_id=actor.gebruiker_id,
        naam=naam.strip(),
        begin=geheim[:8],
        sleutel_hash=_digest(geheim),
        created_at=now,
        geldig_tot=now + GELDIG,
    )
    sleutel.full_clean(exclude=["organisatie", "gebruiker"])
    sleutel.save(force_insert=True)
    logboek.record(actor=actor, handeling="API-sleutel gemaakt", onderwerp=f"sleutel {sleutel.pk}", now=now)
    return NieuweSleutel(sleutel.pk, geheim)


@transaction.atomic
def withdraw(*, actor: Actor, sleutel_id: int, now: datetime) -> bool:
    """Let a key stop at once; a second time does nothing. False for no such key. Raises `PermissionDenied`."""
    require(actor, Permission.WERKGEVER_MANAGE)
    changed = visible_to(actor).filter(pk=sleutel_id, ingetrokken_at__isnull=True).update(ingetrokken_at=now)
    if changed:
        logboek.record(actor=actor, handeling="API-sleutel ingetrokken", onderwerp=f"sleutel {sleutel_id}", now=now)
    return bool(changed) or visible_to(actor).filter(pk=sleutel_id).exists()


def actor_of(geheim: str, *, now: datetime, doel: str) -> Actor:
    """The actor behind a key, the anonymous one for anything that is no working key. One query, or none."""
    if not _FORM.fullmatch(geheim):
        return Actor.anonymous()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT gebruiker_id, organisatie_id FROM access_apisleutel_actor(%s, %s)", [_digest(geheim), now]
        )
        row = cursor.fetchone()
    if row is None:
        return Actor.anonymous()
    return Actor(gebruiker_id=row[0], organisatie_id=row[1], rol=Rol.WERKGEVER, regio=None, doel=doel)


def _digest(geheim: str) -> bytes:
    return hashlib.sha256(geheim.encode()).digest()
