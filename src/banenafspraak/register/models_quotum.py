"""The table of what employers keep of their own quotum: figures of a year, sealed, about nobody by name."""

import uuid

from django.db import models
from django.db.models import F, Q


class Bewaardquotum(models.Model):
    """The picture of a year that an employer chose to keep (`quotumbeeld`), with neither a BSN nor a name in it.

    Sealed all the same: of a small employer the hours of one month may tell about one person. `id` is made with the
    picture itself, so that sending the same page twice keeps it once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisatie = models.ForeignKey("access.Organisatie", on_delete=models.PROTECT, related_name="+", db_index=False)
    jaar = models.SmallIntegerField()
    gerekend_at = models.DateTimeField()
    bewaard_at = models.DateTimeField()
    beeld_verzegeld = models.BinaryField()

    class Meta:
        verbose_name = "bewaard quotum"
        verbose_name_plural = "bewaarde quota"
        ordering = ["-jaar", "-gerekend_at", "pk"]
        indexes = [models.Index(name="bewaardquotum_per_organisatie", fields=["organisatie", "-jaar", "-gerekend_at"])]
        constraints = [
            models.CheckConstraint(
                name="bewaard_quotum_is_van_een_jaar_van_de_banenafspraak",
                condition=Q(jaar__gte=2015, jaar__lte=2100),
                violation_error_message="Dit jaar hoort niet bij de quotumregeling.",
            ),
            models.CheckConstraint(
                name="bewaard_quotum_is_na_het_rekenen_bewaard",
                condition=Q(bewaard_at__gte=F("gerekend_at")),
                violation_error_message="Een resultaat wordt bewaard nadat het is gemaakt.",
            ),
        ]


def beeld_context(pk: uuid.UUID) -> str:
    """What the sealed picture of a row is bound to."""
    return f"register.bewaardquotum.beeld_verzegeld:{pk}"
