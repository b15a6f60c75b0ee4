"""The table of what was put right in the register after a melding, and why. Private to this room, like `models`.

The rows of history say what changed and when; here stands which melding led to it, and the reason in words. A reason
may tell of an illness: it lies sealed (`access.verzegeling`).
"""

import uuid
from enum import StrEnum

from django.db import models
from django.db.models import Q


class Herstelsoort(StrEnum):
    """What was done: a registration says something else, one was added, or one should never have been there."""

    GEWIJZIGD = "gewijzigd"
    TOEGEVOEGD = "toegevoegd"
    VERVALLEN = "vervallen"


def herstel_context(herstel_id: uuid.UUID | str) -> str:
    """What the sealed reason of this herstel is bound to."""
    return f"register.herstel.reden_verzegeld:{herstel_id}"


class Herstel(models.Model):
    """One correction of the register: the row that is no longer what is known (`oud`) and the one that is (`nieuw`).

    Nothing is overwritten: both rows stay, with the moments between which they were known. A herstel is never changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    persoon = models.ForeignKey("register.Persoon", on_delete=models.PROTECT, related_name="+")
    melding = models.ForeignKey("register.Melding", on_delete=models.PROTECT, related_name="+")
    soort = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Herstelsoort])
    oud = models.OneToOneField("register.Registratie", on_delete=models.PROTECT, null=True, related_name="+")
    nieuw = models.OneToOneField("register.Registratie", on_delete=models.PROTECT, null=True, related_name="+")
    reden_verzegeld = models.BinaryField()
    hersteld_at = models.DateTimeField()
    gebruiker = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = "herstel"
        verbose_name_plural = "herstellingen"
        constraints = [
            models.CheckConstraint(
                name="herstel_noemt_wat_er_stond_en_wat_er_nu_staat",
                condition=Q(soort=Herstelsoort.GEWIJZIGD.value, oud__isnull=False, nieuw__isnull=False)
                | Q(soort=Herstelsoort.TOEGEVOEGD.value, oud__isnull=True, nieuw__isnull=False)
                | Q(soort=Herstelsoort.VERVALLEN.value, oud__isnull=False, nieuw__isnull=True),
                violation_error_message="Noem welke registratie wordt hersteld, en wat er dan staat.",
            ),
        ]
