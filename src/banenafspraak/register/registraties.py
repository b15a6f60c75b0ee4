"""Who belongs to the doelgroep, and since when we know: the actions on one registration, and the question behind all.

Whole deliveries come in through `take_in`. Each action asks permission, changes and logs in one transaction, and adds
to what was known instead of changing it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from banenafspraak.access import bsn as bsns
from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import Bsn
from banenafspraak.access.permissions import Permission, require
from banenafspraak.register.inlezing import MAX_FOUTEN, take_in
from banenafspraak.register.models import Persoon, Registratie
from banenafspraak.register.moment import begin_writing
from banenafspraak.register.personen import bsn_of, find_or_add, lock
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.registratie import EindeReden

__all__ = [
    "MAX_FOUTEN",
    "Inhoud",
    "Overtaken",
    "correct",
    "end",
    "enter",
    "register",
    "registered_on",
    "take_in",
    "void",
]


class Overtaken(Exception):
    """The registration was corrected or ended by somebody else in the meantime, or is not the one known now."""


@dataclass(frozen=True)
class Inhoud:
    """What a registration says: valid from `vanaf` until, not including, `tot` (None: still valid)."""

    grond: Grond
    route: Route
    vanaf: date
    tot: date | None = None
    einde_reden: EindeReden | None = None


def registered_on(peildatum: date, *, known_at: datetime) -> QuerySet[Registratie]:
    """The registrations valid on that day, as known at that moment: `geldig_vanaf <= peildatum < geldig_tot`.

    For a `known_at` in the past the answer never changes any more (`moment` says how). Decides nothing about who may
    see it: pages start at `queries.visible_to`.
    """
    return Registratie.objects.filter(geldig__contains=peildatum, bekend__contains=known_at)


@transaction.atomic
def register(*, actor: Actor, bsn: Bsn, geboortedatum: date, inhoud: Inhoud, now: datetime) -> int:
    """Register somebody, whether or not the register knew them; returns the id of the registration.

    Raises `PermissionDenied`, `ValidationError` (Dutch, for a form) when the registration overlaps another on the same
    ground, its period is empty, or the date of birth is not the one we hold.
    """
    require(actor, Permission.REGISTER_CHANGE)
    persoon = Persoon.objects.get(pk=find_or_add(bsn, geboortedatum))
    if persoon.geboortedatum != geboortedatum:
        raise ValidationError({"geboortedatum": "Deze persoon staat in het register met een andere geboortedatum."})
    return enter(actor=actor, persoon=persoon, inhoud=inhoud, now=now)


@transaction.atomic
def enter(
    *, actor: Actor, persoon: Persoon, inhoud: Inhoud, now: datetime, by: Permission = Permission.REGISTER_CHANGE
) -> int:
    """As `register`, for a person this room already holds. `by` is the permission of the decision that it follows from.

    For use in this room only: a page or an import calls the decision.
    """
    require(actor, _decides(by))
    begin_writing(now)
    lock(persoon.pk)
    registratie = _add(persoon, inhoud, now=now)
    _log(actor, "registratie ingeschreven", registratie, bsn_of(persoon), now=now)
    return registratie.pk


@transaction.atomic
def correct(
    *,
    actor: Actor,
    registratie_id: int,
    inhoud: Inhoud,
    now: datetime,
    by: Permission = Permission.REGISTER_CHANGE,
) -> int:
    """Replace what a registration says, from `now` on; returns the id of the row that replaces it.

    What it said before stays on record as what was known until `now`. Raises `PermissionDenied`, `Overtaken`,
    `ValidationError`; `ValueError` for a `now` at or before the moment the row became known.
    """
    require(actor, _decides(by))
    begin_writing(now)
    replaced = _close(registratie_id, now=now)
    registratie = _add(replaced.persoon, inhoud, now=now)
    _log(actor, "registratie hersteld", registratie, bsn_of(replaced.persoon), now=now)
    return registratie.pk


@transaction.atomic
def end(
    *,
    actor: Actor,
    registratie_id: int,
    tot: date,
    einde_reden: EindeReden,
    now: datetime,
    by: Permission = Permission.REGISTER_CHANGE,
) -> int:
    """End a registration: `tot` is the first day it no longer holds. Returns the id of the row that says so.

    Raises as `correct` does; also `Overtaken` for a registration that already has an end.
    """
    require(actor, _decides(by))
    begin_writing(now)
    replaced = _close(registratie_id, now=now)
    if replaced.geldig.upper is not None:
        raise Overtaken("the registration already has an end; correct it instead")
    inhoud = Inhoud(Grond(replaced.grond), Route(replaced.route), replaced.geldig.lower, tot, einde_reden)
    registratie = _add(replaced.persoon, inhoud, now=now)
    _log(actor, "registratie beëindigd", registratie, bsn_of(replaced.persoon), now=now)
    return registratie.pk


@transaction.atomic
def void(*, actor: Actor, registratie_id: int, now: datetime) -> None:
    """From `now` on the registration is no longer known: it should never have been there.

    That it was known until `now` stays on record. Raises as `correct` does.
    """
    require(actor, Permission.REGISTER_CHANGE)
    begin_writing(now)
    voided = _close(registratie_id, now=now)
    _log(actor, "registratie vervallen", voided, bsn_of(voided.persoon), now=now)


_DECISIONS = frozenset(
    {
        Permission.BESCHUT_WERK_BESLISSEN,
        Permission.LOONWAARDE_VASTLEGGEN,
        Permission.REGISTER_CHANGE,
        Permission.REGISTER_IMPORT,
    }
)


def _decides(by: Permission) -> Permission:
    """Raises `ValueError` for a permission that changes nothing in the register by itself."""
    if by not in _DECISIONS:
        raise ValueError(f"{by.value} does not decide on a registration")
    return by


def _add(persoon: Persoon, inhoud: Inhoud, *, now: datetime) -> Registratie:
    if inhoud.tot is not None and inhoud.tot <= inhoud.vanaf:
        raise ValidationError({"tot": "De einddatum moet na de begindatum liggen."})
    if inhoud.vanaf < persoon.geboortedatum:
        raise ValidationError({"vanaf": "De begindatum ligt voor de geboortedatum."})
    if persoon.overleden_op is not None and inhoud.vanaf > persoon.overleden_op:
        raise ValidationError({"vanaf": "De begindatum ligt na de overlijdensdatum."})
    registratie = Registratie(
        persoon=persoon,
        grond=inhoud.grond.value,
        route=inhoud.route.value,
        geldig=(inhoud.vanaf, inhoud.tot),
        bekend=(now, None),
        einde_reden=inhoud.einde_reden.value if inhoud.einde_reden else "",
    )
    registratie.full_clean()
    registratie.save(force_insert=True)
    return registratie


def _close(registratie_id: int, *, now: datetime) -> Registratie:
    registratie = Registratie.objects.select_related("persoon").filter(pk=registratie_id).first()
    if registratie is None:
        raise Overtaken("there is no such registration")
    lock(registratie.persoon_id)
    registratie.refresh_from_db(fields=["bekend"])
    if registratie.bekend.upper is not None:
        raise Overtaken("this registration was replaced in the meantime")
    if now <= registratie.bekend.lower:
        raise ValueError("now must be later than the moment the registration became known")
    Registratie.objects.filter(pk=registratie_id).update(bekend=(registratie.bekend.lower, now))
    return registratie


def _log(actor: Actor, handeling: str, registratie: Registratie, bsn: Bsn, *, now: datetime) -> None:
    logboek.record(
        actor=actor,
        handeling=handeling,
        onderwerp=f"registratie {registratie.pk}",
        persoon_bsn_index=bsns.index(bsn, doel="audit"),
        now=now,
    )
