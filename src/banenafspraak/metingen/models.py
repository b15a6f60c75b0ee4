"""The tables of this room: what came in, and what was published."""

from django.db import models
from django.db.models import F, Q


class Levering(models.Model):
    """One peilmaand of one delivered file of wage data, immutable. This row is what makes its Parquet file count.

    A wage delivery (soort ``polis``) states a whole month. A wage return (soort ``loonaangifte``) states a tijdvak of
    one employer, or only the rows named in it; a four-weekly tijdvak gives a row for each calendar month it touches.
    Neither a person nor an employer can be read from it: `lhnr` is the keyed pseudonym of the loonheffingennummer,
    because that number of a sole trader is a BSN with a suffix.
    """

    class Soort(models.TextChoices):
        LOONAANGIFTE = "loonaangifte", "loonaangifte"
        POLIS = "polis", "polisadministratie"

    class Dekking(models.TextChoices):
        MAAND = "maand", "alle werkgevers in de maand"
        WERKGEVER = "werkgever", "een werkgever in het tijdvak"
        RIJ = "rij", "alleen de genoemde inkomstenverhoudingen"

    soort = models.CharField(max_length=16, choices=Soort)
    bestandsnaam = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    peilmaand = models.CharField(max_length=7, db_index=True)
    dekking = models.CharField(max_length=16, choices=Dekking)
    lhnr = models.BigIntegerField(null=True, blank=True)
    tijdvak_vanaf = models.DateField()
    tijdvak_tot = models.DateField()
    rijen = models.BigIntegerField()
    pad = models.CharField(max_length=255, blank=True)
    ontvangen_at = models.DateTimeField()
    volgnummer = models.BigIntegerField(unique=True)

    class Meta:
        verbose_name = "levering"
        verbose_name_plural = "leveringen"
        ordering = ["volgnummer"]
        constraints = [
            models.CheckConstraint(
                name="levering_heeft_een_echte_peilmaand",
                condition=Q(peilmaand__regex=r"^[0-9]{4}-(0[1-9]|1[0-2])$"),
                violation_error_message="De peilmaand is een jaar en een maand, zoals 2018-03.",
            ),
            models.CheckConstraint(
                name="levering_heeft_een_sha256",
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                violation_error_message="De sha256 van het bestand ontbreekt.",
            ),
            models.CheckConstraint(
                name="levering_tijdvak_loopt_vooruit",
                condition=Q(tijdvak_vanaf__lt=F("tijdvak_tot")),
                violation_error_message="Het tijdvak eindigt voor het begint.",
            ),
            models.CheckConstraint(
                name="levering_van_een_hele_maand_noemt_geen_werkgever",
                condition=Q(dekking="maand", lhnr__isnull=True) | (~Q(dekking="maand") & Q(lhnr__isnull=False)),
                violation_error_message="Een levering per werkgever noemt de werkgever; een hele maand niet.",
            ),
            models.CheckConstraint(
                name="levering_met_rijen_heeft_een_bestand",
                condition=Q(rijen=0, pad="") | (Q(rijen__gt=0) & ~Q(pad="")),
                violation_error_message="Een levering met rijen hoort bij een Parquet-bestand.",
            ),
            models.UniqueConstraint(
                fields=["sha256", "peilmaand", "tijdvak_vanaf", "lhnr"],
                name="levering_van_een_bestand_komt_een_keer_binnen",
                nulls_distinct=False,
                violation_error_message="Dit bestand is al ingelezen.",
            ),
        ]


class Meting(models.Model):
    """What was published of one quarter: a sealed file, and from what it was made. Immutable (see the migration).

    A quarter that is measured again gets a new row with the next `versie`; the highest one is in force. `zegel` is the
    SHA-256 of the file; `invoer` holds the digests of everything the figures depend on; `vorige` is the seal of the
    quarter before, whose stock this one starts from, and `eerdere` that of the version before this one.
    """

    kwartaal = models.CharField(max_length=6)
    versie = models.PositiveIntegerField()
    zegel = models.CharField(max_length=64, unique=True)
    bestand = models.CharField(max_length=255)
    known_at = models.DateTimeField()
    built_at = models.DateTimeField()
    engine = models.CharField(max_length=16)
    invoer = models.JSONField()
    vorige = models.CharField(max_length=64, blank=True)
    eerdere = models.CharField(max_length=64, blank=True)
    versoepeld = models.PositiveIntegerField()

    class Meta:
        verbose_name = "meting"
        verbose_name_plural = "metingen"
        ordering = ["kwartaal", "versie"]
        constraints = [
            models.CheckConstraint(
                name="meting_heeft_een_echt_kwartaal",
                condition=Q(kwartaal__regex=r"^[0-9]{4}Q[1-4]$"),
                violation_error_message="Een kwartaal is een jaar, Q en een cijfer, zoals 2018Q1.",
            ),
            models.CheckConstraint(
                name="meting_heeft_een_zegel",
                condition=Q(zegel__regex=r"^[0-9a-f]{64}$"),
                violation_error_message="Het zegel van de meting ontbreekt.",
            ),
            models.UniqueConstraint(
                fields=["kwartaal", "versie"],
                name="meting_heeft_een_versie_per_kwartaal",
                violation_error_message="Deze versie van dit kwartaal bestaat al.",
            ),
        ]
