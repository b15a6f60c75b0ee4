"""The tables of the exchange through VUM: who may ask, and what each question was answered with.

Private to this room, like `models`. Whether a klantprofiel is shared at all stands with it (`Klantprofiel.delen_vum`).
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from banenafspraak.bemiddeling.vumwoorden import MAX_DETAILS, MAX_MATCHES, Vumsoort


class Vumpartij(models.Model):
    """An organisation that may ask through VUM, known by its OIN.

    `suwi`: it carries out the Wet SUWI (a gemeente or UWV). `verwerker_oin` is the organisation whose certificate it
    uses when it does not connect itself; empty when it does.
    """

    organisatie = models.OneToOneField("access.Organisatie", on_delete=models.PROTECT, related_name="+")
    suwi = models.BooleanField()
    verwerker_oin = models.CharField(max_length=20, blank=True, default="")
    vragen_per_minuut = models.PositiveSmallIntegerField(default=600)
    actief = models.BooleanField(default=True)
    toegevoegd_at = models.DateTimeField()

    class Meta:
        verbose_name = "VUM-partij"
        verbose_name_plural = "VUM-partijen"
        constraints = [
            models.CheckConstraint(
                name="verwerker_van_vum_partij_heeft_een_oin",
                condition=Q(verwerker_oin="") | Q(verwerker_oin__regex=r"^[0-9]{20}$"),
                violation_error_message="Een OIN heeft twintig cijfers.",
            ),
            models.CheckConstraint(
                name="vum_partij_mag_minstens_een_vraag_per_minuut",
                condition=Q(vragen_per_minuut__gte=1),
                violation_error_message="Vul in hoeveel vragen per minuut deze partij mag stellen, minstens een.",
            ),
        ]


class Vumvraag(models.Model):
    """One question of a party to one bron, kept for a day: `gevonden` are the ids in the answer, `details` how many
    of them were asked for since.
    """

    partij = models.ForeignKey("access.Organisatie", on_delete=models.PROTECT, related_name="+")
    bron = models.ForeignKey("access.Organisatie", on_delete=models.PROTECT, related_name="+")
    soort = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Vumsoort])
    gesteld_at = models.DateTimeField()
    gevonden = ArrayField(models.UUIDField(), default=list)
    details = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "VUM-vraag"
        verbose_name_plural = "VUM-vragen"
        indexes = [models.Index(name="vum_vraag_van_partij", fields=["partij", "-gesteld_at"])]
        constraints = [
            models.CheckConstraint(
                name="vum_vraag_gaat_over_werkzoekenden_of_vacatures",
                condition=Q(soort__in=sorted(s.value for s in Vumsoort)),
                violation_error_message="Een VUM-vraag gaat over werkzoekenden of over vacatures.",
            ),
            models.CheckConstraint(
                name="antwoord_op_vum_vraag_heeft_hoogstens_honderd_matches",
                condition=Q(gevonden__len__lte=MAX_MATCHES),
                violation_error_message="Een antwoord heeft hoogstens honderd matches.",
            ),
            models.CheckConstraint(
                name="per_vum_vraag_hoogstens_tien_details",
                condition=Q(details__lte=MAX_DETAILS),
                violation_error_message="Per zoekvraag zijn hoogstens tien details te bekijken.",
            ),
        ]
