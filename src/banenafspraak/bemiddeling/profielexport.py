"""Giving out the profiles of the people somebody works for, as a file; a row in the logboek for each person in it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from banenafspraak.access import bsn as bsns
from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import profielen
from banenafspraak.bemiddeling.models import Klantprofiel
from banenafspraak.bemiddeling.profielbestand import Exportregel, Exportvorm, render
from banenafspraak.bemiddeling.profielrecord import ProfielRecord
from banenafspraak.bemiddeling.profielwoorden import NietOpenbaarReden, Profielstatus
from banenafspraak.register import personen


@dataclass(frozen=True)
class Profielbestand:
    """A file of profiles: its content, how many it tells of, and of how many it only says that they do not consent."""

    inhoud: bytes
    aantal: int
    zonder_toestemming: int


def may_leave(profiel: Klantprofiel) -> bool:
    """Whether what a profile holds may leave: not when the person took the consent back."""
    withdrawn = NietOpenbaarReden.TOESTEMMING_INGETROKKEN
    return not (profiel.status == Profielstatus.NIET_OPENBAAR and profiel.niet_openbaar_reden == withdrawn)


def countable(actor: Actor, *, now: datetime) -> int:
    """How many profiles this actor can give out."""
    require(actor, Permission.PROFIEL_IMPORT)
    return profielen.visible_to(actor, peildatum=timezone.localtime(now).date(), known_at=now).count()


@transaction.atomic
def export(*, actor: Actor, vorm: Exportvorm, now: datetime) -> Profielbestand:
    """All profiles this actor may see, in this form. Who took consent back is not opened, and leaves as a number only.

    Raises `PermissionDenied`, `SealError`.
    """
    require(actor, Permission.PROFIEL_IMPORT)
    found = profielen.visible_to(actor, peildatum=timezone.localtime(now).date(), known_at=now)
    regels, indexes = [], []
    for profiel in found.select_related("persoon").order_by("bronnummer", "pk").iterator(chunk_size=500):
        leaves = may_leave(profiel)
        record = profielen.record_of(profiel) if leaves else ProfielRecord()
        regels.append(Exportregel(profiel.bronnummer or str(profiel.pk), record, toestemming=leaves))
        indexes.append(bsns.index(personen.bsn_of(profiel.persoon), doel="audit"))
    without = sum(not regel.toestemming for regel in regels)
    if indexes:
        logboek.record_many(
            actor=actor,
            handeling="klantprofielen opgehaald als bestand",
            onderwerp=f"vorm {vorm.value}",
            persoon_bsn_indexes=sorted(indexes),
            details={"aantal": len(regels) - without, "zonder_toestemming": without},
            activiteit=Activiteit.BEMIDDELING,
            now=now,
        )
    return Profielbestand(render(vorm, regels), len(regels) - without, without)
