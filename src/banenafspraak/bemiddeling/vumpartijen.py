"""Who may ask through VUM: organisations by their OIN, kept as data and not as a setting."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction

from banenafspraak.access import logboek, mandaten
from banenafspraak.access.actor import Actor, werkgebied_of
from banenafspraak.access.permissions import Permission, Rol, require
from banenafspraak.bemiddeling.models import Vumpartij

DOEL = "matchingsgegevens uitwisselen via VUM"
MAX_PER_MINUUT = 600
COUNTRY = "NL"
"""The part of the country of who delivers for all of it."""


@dataclass(frozen=True)
class Partij:
    """A party that may ask; `verwerker_oin` is who connects for it, empty when it does so itself."""

    organisatie_id: int
    oin: str
    suwi: bool
    verwerker_oin: str
    vragen_per_minuut: int

    @property
    def actor(self) -> Actor:
        """As who it asks: without a part of the country, so that nobody shows by where they live."""
        return Actor(gebruiker_id=None, organisatie_id=self.organisatie_id, rol=Rol.VUM, regio=None, doel=DOEL)

    def supplier(self, *, peildatum: date) -> Actor | None:
        """As who it delivers own people: for its gemeente, its region, or as UWV for the country; None for others."""
        gebied = werkgebied_of(self.organisatie_id, peildatum=peildatum)
        if gebied is None:
            return None
        regio = COUNTRY if gebied.gemeente is None and gebied.regio is None else gebied.regio
        return replace(self.actor, gemeente=gebied.gemeente, regio=regio)


def find(oin: str) -> Partij | None:
    """The party with this OIN, or None when nobody let it in, or it was sent away. One query."""
    row = Vumpartij.objects.filter(organisatie__oin=oin, actief=True).select_related("organisatie").first()
    if row is None:
        return None
    return Partij(row.organisatie_id, oin, row.suwi, row.verwerker_oin, row.vragen_per_minuut)


@transaction.atomic
def admit(
    *, actor: Actor, oin: str, suwi: bool, verwerker_oin: str = "", per_minuut: int = MAX_PER_MINUUT, now: datetime
) -> bool:
    """Let a party in, or change what it may; False when that was so already.

    Raises `ObjectDoesNotExist` when no organisation has this OIN, `ValidationError`, `PermissionDenied`.
    """
    require(actor, Permission.VUM_MANAGE)
    organisatie_id = mandaten.organisatie_with_oin(oin)
    if organisatie_id is None:
        raise ObjectDoesNotExist("no organisation with this oin")
    row = Vumpartij.objects.select_for_update().filter(organisatie=organisatie_id).first()
    before = (row.suwi, row.verwerker_oin, row.vragen_per_minuut, row.actief) if row else None
    if before == (suwi, verwerker_oin, per_minuut, True):
        return False
    row = row or Vumpartij(organisatie_id=organisatie_id, toegevoegd_at=now)
    row.suwi, row.verwerker_oin, row.vragen_per_minuut, row.actief = suwi, verwerker_oin, per_minuut, True
    try:
        row.full_clean(exclude=["organisatie"])
    except ValidationError as error:
        raise ValidationError([one for faults in error.message_dict.values() for one in faults]) from None
    row.save()
    _log(actor, "VUM-partij toegelaten", organisatie_id, now, suwi=suwi)
    return True


@transaction.atomic
def dismiss(*, actor: Actor, oin: str, now: datetime) -> bool:
    """Answer this party no more, from now on; False when it was not let in. Raises `PermissionDenied`."""
    require(actor, Permission.VUM_MANAGE)
    row = Vumpartij.objects.select_for_update(of=("self",)).filter(organisatie__oin=oin, actief=True).first()
    if row is None:
        return False
    row.actief = False
    row.save(update_fields=["actief"])
    _log(actor, "VUM-partij geweigerd", row.organisatie_id, now)
    return True


def _log(actor: Actor, handeling: str, organisatie_id: int, now: datetime, **details: bool) -> None:
    logboek.record(
        actor=actor, handeling=handeling, onderwerp=f"organisatie {organisatie_id}", details=details, now=now
    )
