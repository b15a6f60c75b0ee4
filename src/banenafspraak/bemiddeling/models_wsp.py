"""The tables of the Werkgeversservicepunt: its contact point, counts of matches, and what employers thought of it.

Private to this room, like `models`. What an employer wrote is sealed: nobody can say beforehand that nobody is in it.
"""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from banenafspraak.bemiddeling.wspwoorden import Uitkomstsoort

MAX_NAAM = 120
MAX_TIJDEN = 300


def oordeel_context(oordeel_id: uuid.UUID | str) -> str:
    """What the sealed remark of this werkgeversoordeel is bound to."""
    return f"bemiddeling.werkgeversoordeel.toelichting:{oordeel_id}"


class Contactpunt(models.Model):
    """Where employers of one region turn to: an office and never a person. Everybody may read it.

    `versie` counts changes: who saves says which one was read.
    """

    regio = models.OneToOneField(
        "access.Arbeidsmarktregio", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    naam = models.CharField(max_length=MAX_NAAM)
    telefoonnummer = models.CharField(max_length=20, blank=True, default="")
    emailadres = models.CharField(max_length=200, blank=True, default="")
    openingstijden = models.CharField(max_length=MAX_TIJDEN, blank=True, default="")
    straat_en_huisnummer = models.CharField(max_length=120, blank=True, default="")
    postcode = models.CharField(max_length=6, blank=True, default="")
    plaatsnaam = models.CharField(max_length=80, blank=True, default="")
    webadres = models.CharField(max_length=200, blank=True, default="")
    versie = models.PositiveIntegerField(default=1)
    gewijzigd_at = models.DateTimeField()
    gewijzigd_door = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "contactpunt"
        verbose_name_plural = "contactpunten"
        constraints = [
            models.CheckConstraint(
                name="contactpunt_heeft_een_naam",
                condition=~Q(naam=""),
                violation_error_message="Vul de naam van het Werkgeversservicepunt in.",
            ),
            models.CheckConstraint(
                name="contactpunt_is_te_bellen_of_te_mailen",
                condition=~Q(telefoonnummer="") | ~Q(emailadres=""),
                violation_error_message="Vul een telefoonnummer of een e-mailadres in.",
            ),
            models.CheckConstraint(
                name="telefoonnummer_van_contactpunt_is_een_nummer",
                condition=Q(telefoonnummer="")
                | Q(telefoonnummer__regex=r"^(0[0-9]{9}|14[0-9]{2,4}|0[89]00[0-9]{4,7})$"),
                violation_error_message="Vul een Nederlands telefoonnummer in, zoals 035 000 00 00.",
            ),
            models.CheckConstraint(
                name="adres_van_contactpunt_is_heel_of_leeg",
                condition=Q(straat_en_huisnummer="", postcode="", plaatsnaam="")
                | (~Q(straat_en_huisnummer="") & ~Q(plaatsnaam="") & Q(postcode__regex=r"^[1-9][0-9]{3}[A-Z]{2}$")),
                violation_error_message="Vul het hele adres in: straat, postcode en plaats. Of laat het leeg.",
            ),
        ]


class Vacaturetelling(models.Model):
    """How many people of the region of an open vacature could do it, and when that was counted; not who."""

    # A vacature that was ever open stays; and whoever throws a draft away has no business in this table.
    vacature = models.OneToOneField(
        "bemiddeling.Vacature", on_delete=models.DO_NOTHING, primary_key=True, related_name="telling"
    )
    passend = models.PositiveIntegerField()
    geteld_at = models.DateTimeField()

    class Meta:
        verbose_name = "vacaturetelling"
        verbose_name_plural = "vacaturetellingen"


class Werkgeversoordeel(models.Model):
    """What an employer thought of the help with one outcome (`soort`, `over`), from 1 to 5; None: it skipped that.

    `over` is the id of the consent of a voordracht, of the plaatsing or of the vacature. `regio` follows from the
    vacature that it began with. `afgelopen_op` is the day of the outcome.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    werkgever = models.ForeignKey("access.Organisatie", on_delete=models.PROTECT, related_name="+")
    gebruiker = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, null=True, related_name="+")
    soort = models.CharField(max_length=20, choices=[(s.value, s.value) for s in Uitkomstsoort])
    over = models.UUIDField()
    regio = models.ForeignKey("access.Arbeidsmarktregio", on_delete=models.PROTECT, related_name="+")
    afgelopen_op = models.DateField()
    cijfer = models.PositiveSmallIntegerField(null=True, validators=[MinValueValidator(1), MaxValueValidator(5)])
    toelichting_verzegeld = models.BinaryField(null=True)
    gegeven_at = models.DateTimeField()
    gewijzigd_at = models.DateTimeField()

    class Meta:
        verbose_name = "werkgeversoordeel"
        verbose_name_plural = "werkgeversoordelen"
        indexes = [models.Index(name="werkgeversoordeel_per_regio", fields=["regio", "afgelopen_op"])]
        constraints = [
            models.UniqueConstraint(
                name="werkgever_geeft_een_oordeel_per_uitkomst",
                fields=["werkgever", "soort", "over"],
                violation_error_message="U hebt hier al op geantwoord.",
            ),
            models.CheckConstraint(
                name="werkgeversoordeel_gaat_over_een_bekende_soort_uitkomst",
                condition=Q(soort__in=sorted(soort.value for soort in Uitkomstsoort)),
                violation_error_message="Deze uitkomst bestaat niet.",
            ),
            models.CheckConstraint(
                name="werkgeversoordeel_is_een_tot_en_met_vijf",
                condition=Q(cijfer__isnull=True) | Q(cijfer__gte=1, cijfer__lte=5),
                violation_error_message="Kies een antwoord van 1 tot en met 5.",
            ),
            models.CheckConstraint(
                name="wie_de_vraag_overslaat_schrijft_er_niets_bij",
                condition=Q(cijfer__isnull=False) | Q(toelichting_verzegeld__isnull=True),
                violation_error_message="Kies eerst een antwoord.",
            ),
            models.CheckConstraint(
                name="werkgeversoordeel_wijzigt_niet_voor_het_er_is",
                condition=Q(gewijzigd_at__gte=F("gegeven_at")),
                violation_error_message="Dit antwoord is al gewijzigd.",
            ),
        ]
