"""The code a candidate gives to an employer: with it the employer may ask once, and it costs no quota.

Eight characters without look-alikes, valid for thirty days, for the employer with one KvK number or for the first who
uses it. It is shown once; here stays a keyed index.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet

from banenafspraak.access import bsn as bsns
from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, require
from banenafspraak.register.models_raadpleging import Kandidaatcode
from banenafspraak.register.raadpleging import code_index

TEKENS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTE: Final = 8
GELDIG: Final = timedelta(days=30)
MAX_OPEN: Final = 10


@dataclass(frozen=True)
class NieuweCode:
    """A code just made: `code` (such as ABCD-EFGH) is what the candidate passes on, and is nowhere kept."""

    id: UUID
    code: str
    geldig_tot: datetime

    def __repr__(self) -> str:
        return f"NieuweCode(id={self.id})"


def visible_to(actor: Actor) -> QuerySet[Kandidaatcode]:
    """The codes a burger made, the newest first; nobody else sees any. `actor=None` raises `TypeError`."""
    if actor is None:
        raise TypeError("an actor is required")
    rows = Kandidaatcode.objects.order_by("-made_at", "-pk")
    if actor.bsn is None:
        return rows.none()
    return rows.filter(bsn_index__in=bsns.indexes(actor.bsn, doel="register"))


@transaction.atomic
def make_kandidaatcode(*, actor: Actor, kvk: str = "", now: datetime) -> NieuweCode:
    """A code for the actor's own BSN. Raises `PermissionDenied`, `ValidationError` (Dutch, for a form)."""
    require(actor, Permission.KANDIDAATCODE_MAKE)
    if actor.bsn is None:
        raise PermissionDenied("a code is for the own BSN")
    open_codes = visible_to(actor).filter(gebruikt_at__isnull=True, ingetrokken_at__isnull=True, geldig_tot__gt=now)
    if open_codes.count() >= MAX_OPEN:
        raise ValidationError("U heeft al 10 codes die nog niet zijn gebruikt. Trek er eerst een in.")
    code = "".join(secrets.choice(TEKENS) for _ in range(LENGTE))
    made = Kandidaatcode(
        bsn_index=bsns.index(actor.bsn, doel="register"),
        code_index=code_index(code),
        kvk=kvk,
        made_at=now,
        geldig_tot=now + GELDIG,
    )
    made.full_clean()
    made.save(force_insert=True)
    _log(actor, "kandidaatcode gemaakt", made.pk, now=now)
    return NieuweCode(made.pk, f"{code[:4]}-{code[4:]}", made.geldig_tot)


@transaction.atomic
def withdraw(*, actor: Actor, kandidaatcode_id: UUID, now: datetime) -> None:
    """Let a code that was not used stop; a second time does nothing.

    Raises `PermissionDenied`; `Kandidaatcode.DoesNotExist` for a code of somebody else.
    """
    require(actor, Permission.KANDIDAATCODE_MAKE)
    mine = visible_to(actor).filter(pk=kandidaatcode_id)
    if mine.filter(ingetrokken_at__isnull=True, gebruikt_at__isnull=True).update(ingetrokken_at=now):
        _log(actor, "kandidaatcode ingetrokken", kandidaatcode_id, now=now)
    elif not mine.exists():
        raise Kandidaatcode.DoesNotExist


def _log(actor: Actor, handeling: str, kandidaatcode_id: UUID, *, now: datetime) -> None:
    assert actor.bsn is not None
    logboek.record(
        actor=actor,
        handeling=handeling,
        onderwerp=f"kandidaatcode {kandidaatcode_id}",
        persoon_bsn_index=bsns.index(actor.bsn, doel="audit"),
        now=now,
    )
