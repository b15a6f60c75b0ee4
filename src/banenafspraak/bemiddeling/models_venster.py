"""The tables of the employer's window: where postcodes lie, the classes of the cards, and what employers kept.

Who may read them is said in `migrations/0021_venster_rechten`: an employer reaches no member of any class, only
what the functions of that migration answer.
"""

import uuid

from django.db import models
from django.db.models import F, Q

from banenafspraak.bemiddeling.kenmerken import KENMERKEN

OPENS_AT = 15
HIDES_BELOW = 10


class Postcode(models.Model):
    """Where the four digits of a postcode lie, from a file that was taken in (WGS 84, degrees)."""

    pc4 = models.PositiveSmallIntegerField(primary_key=True)
    lat = models.FloatField()
    lon = models.FloatField()

    class Meta:
        verbose_name = "postcode"
        verbose_name_plural = "postcodes"
        constraints = [
            models.CheckConstraint(
                name="postcode_ligt_in_nederland",
                condition=Q(pc4__gte=1000, pc4__lte=9999, lat__gte=50.5, lat__lte=53.8, lon__gte=3.0, lon__lte=7.4),
                violation_error_message="Deze postcode of plek ligt niet in Nederland.",
            ),
        ]


class Postcodelevering(models.Model):
    """A table of postcodes that was taken in; the newest one is in use."""

    sha256 = models.CharField(max_length=64)
    ingelezen_at = models.DateTimeField()
    aantal = models.PositiveIntegerField()

    class Meta:
        verbose_name = "postcodelevering"
        verbose_name_plural = "postcodeleveringen"


class Klasse(models.Model):
    """One cell of the fixed hierarchy: what all its members share, '' where that is not shown ('op aanvraag').

    `aantal` counts its members and is kept by the database, which closes the class in the statement that brings it
    below ten. A class never changes what it says.
    """

    regio = models.CharField(max_length=10, blank=True)
    opleiding = models.CharField(max_length=20, blank=True)
    werkveld = models.CharField(max_length=40, blank=True)
    uren = models.CharField(max_length=20, blank=True)
    dagen = models.CharField(max_length=20, blank=True)
    beschikbaar = models.CharField(max_length=20, blank=True)
    reisafstand = models.CharField(max_length=20, blank=True)
    vervoer = models.CharField(max_length=20, blank=True)
    ervaring = models.CharField(max_length=20, blank=True)
    open = models.BooleanField(default=False)
    aantal = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "klasse"
        verbose_name_plural = "klassen"
        constraints = [
            models.UniqueConstraint(
                name="klasse_staat_er_een_keer",
                fields=list(KENMERKEN),
                violation_error_message="Deze klasse bestaat al.",
            ),
            models.CheckConstraint(
                name="klasse_die_open_is_past_bij_minstens_tien_mensen",
                condition=Q(open=False) | Q(aantal__gte=HIDES_BELOW),
                violation_error_message="Deze kaart past bij te weinig mensen om te laten zien.",
            ),
        ]


class Klasselid(models.Model):
    """That a klantprofiel is shown as this class, from the publication of `sinds_at` up to and with `zichtbaar_tot`."""

    profiel = models.OneToOneField(
        "bemiddeling.Klantprofiel", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    klasse = models.ForeignKey("bemiddeling.Klasse", on_delete=models.PROTECT, related_name="+")
    sinds_at = models.DateTimeField()
    zichtbaar_tot = models.DateField()

    class Meta:
        verbose_name = "klasselid"
        verbose_name_plural = "klasseleden"


class Klassevloer(models.Model):
    """In which class somebody was shown lately: back within that time means the same class or a coarser one."""

    profiel = models.OneToOneField(
        "bemiddeling.Klantprofiel", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    klasse = models.ForeignKey("bemiddeling.Klasse", on_delete=models.PROTECT, related_name="+")
    tot_at = models.DateTimeField()

    class Meta:
        verbose_name = "klassevloer"
        verbose_name_plural = "klassevloeren"


class Vindbaarheid(models.Model):
    """That somebody wants to be found better: a card of one person, with exactly what the person saw and agreed to."""

    profiel = models.OneToOneField("bemiddeling.Klantprofiel", on_delete=models.CASCADE, related_name="+")
    kaart = models.JSONField()
    sinds_at = models.DateTimeField()

    class Meta:
        verbose_name = "vindbaarheid"
        verbose_name_plural = "vindbaarheden"


class Verberging(models.Model):
    """That somebody does not want to be shown to this employer."""

    profiel = models.ForeignKey("bemiddeling.Klantprofiel", on_delete=models.CASCADE, related_name="+")
    organisatie = models.ForeignKey("access.Organisatie", on_delete=models.CASCADE, related_name="+")
    sinds_at = models.DateTimeField()

    class Meta:
        verbose_name = "verberging"
        verbose_name_plural = "verbergingen"
        constraints = [
            models.UniqueConstraint(
                name="klantprofiel_verbergt_zich_een_keer_voor_een_werkgever",
                fields=["profiel", "organisatie"],
                violation_error_message="Deze werkgever ziet u al niet.",
            ),
        ]


class Bewaardekaart(models.Model):
    """A card that an employer kept: a class, or the card of somebody who wants to be found better."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisatie = models.ForeignKey("access.Organisatie", on_delete=models.CASCADE, related_name="+")
    klasse = models.ForeignKey("bemiddeling.Klasse", on_delete=models.PROTECT, null=True, related_name="+")
    # Who takes a card back leaves no trace here but a number that leads nowhere.
    vindbaarheid = models.ForeignKey(
        "bemiddeling.Vindbaarheid", on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    bewaard_at = models.DateTimeField()
    vervalt_at = models.DateTimeField()

    class Meta:
        verbose_name = "bewaarde kaart"
        verbose_name_plural = "bewaarde kaarten"
        constraints = [
            models.CheckConstraint(
                name="bewaarde_kaart_is_van_een_klasse_of_van_een_persoon",
                condition=Q(klasse__isnull=True) | Q(vindbaarheid__isnull=True),
                violation_error_message="Een kaart is van een groep of van een persoon.",
            ),
            models.CheckConstraint(
                name="bewaarde_kaart_vervalt_na_het_bewaren",
                condition=Q(vervalt_at__gt=F("bewaard_at")),
                violation_error_message="Een kaart blijft een tijd bewaard.",
            ),
            models.UniqueConstraint(
                name="werkgever_bewaart_een_klasse_een_keer",
                fields=["organisatie", "klasse"],
                condition=Q(klasse__isnull=False),
                violation_error_message="Deze kaart is al bewaard.",
            ),
            models.UniqueConstraint(
                name="werkgever_bewaart_een_persoon_een_keer",
                fields=["organisatie", "vindbaarheid"],
                condition=Q(vindbaarheid__isnull=False),
                violation_error_message="Deze kaart is al bewaard.",
            ),
        ]


class Zoekopdracht(models.Model):
    """A search that an employer kept, as the query of its address; with `attendering` there is a message each week."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisatie = models.ForeignKey("access.Organisatie", on_delete=models.CASCADE, related_name="+")
    gebruiker = models.ForeignKey("access.Gebruiker", on_delete=models.CASCADE, related_name="+")
    titel = models.CharField(max_length=80)
    vraag = models.CharField(max_length=400)
    attendering = models.BooleanField(default=False)
    gemaakt_at = models.DateTimeField()

    class Meta:
        verbose_name = "zoekopdracht"
        verbose_name_plural = "zoekopdrachten"
        constraints = [
            models.UniqueConstraint(
                name="werkgever_bewaart_een_zoekopdracht_een_keer",
                fields=["organisatie", "gebruiker", "vraag"],
                violation_error_message="Deze zoekopdracht is al bewaard.",
            ),
        ]
