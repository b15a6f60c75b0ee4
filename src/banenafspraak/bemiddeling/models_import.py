"""The tables of taking in profiles: a file between its preview and its end, and what an organisation calls its columns.

Private to this room, like `models`.
"""

import uuid

from django.db import models
from django.db.models import F, Q

from banenafspraak.bemiddeling.profiellevering import Profielformaat


def upload_context(upload_id: uuid.UUID | str) -> str:
    """What the sealed file of this upload is bound to."""
    return f"bemiddeling.profielupload.inhoud:{upload_id}"


class Profielupload(models.Model):
    """A delivered file that somebody looked at and did not take in yet: sealed, of that person only, for an hour."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisatie = models.ForeignKey("access.Organisatie", on_delete=models.PROTECT, related_name="+")
    gebruiker = models.ForeignKey("access.Gebruiker", on_delete=models.CASCADE, related_name="+")
    formaat = models.CharField(max_length=10, choices=[(f.value, f.value) for f in Profielformaat])
    bytes = models.PositiveIntegerField()
    inhoud_verzegeld = models.BinaryField()
    gemaakt_at = models.DateTimeField()
    verloopt_at = models.DateTimeField()

    class Meta:
        verbose_name = "profielupload"
        verbose_name_plural = "profieluploads"
        indexes = [models.Index(name="profielupload_naar_verloop", fields=["verloopt_at"])]
        constraints = [
            models.CheckConstraint(
                name="profielupload_heeft_een_bekend_formaat",
                condition=Q(formaat__in=sorted(f.value for f in Profielformaat)),
                violation_error_message="Kies wat voor bestand het is.",
            ),
            models.CheckConstraint(
                name="profielupload_verloopt_na_het_begin",
                condition=Q(verloopt_at__gt=F("gemaakt_at")),
                violation_error_message="Dit bestand kan niet al verlopen zijn.",
            ),
            models.UniqueConstraint(
                name="gebruiker_heeft_per_organisatie_een_profielupload",
                fields=["organisatie", "gebruiker"],
                violation_error_message="Er staat al een bestand van u klaar.",
            ),
        ]


class Kolomindeling(models.Model):
    """What an organisation calls its columns: `kolommen` maps `Profielveld` to the name of a column of its CSV."""

    organisatie = models.OneToOneField("access.Organisatie", on_delete=models.PROTECT, related_name="+")
    kolommen = models.JSONField()
    gewijzigd_at = models.DateTimeField()

    class Meta:
        verbose_name = "kolomindeling"
        verbose_name_plural = "kolomindelingen"
