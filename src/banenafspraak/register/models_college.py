"""The tables of what the college of a gemeente decides and reports: beschut werk, loonwaarde, and what it is told."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from banenafspraak.wet.gronden import Aanvrager


class Beschutwerkadvies(models.Model):
    """UWV's advice about beschut werk, and what the college then decided (Participatiewet 10b).

    `vastgesteld` is empty until the college decides.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    besluit = models.OneToOneField("register.Besluit", on_delete=models.PROTECT, related_name="beschutwerkadvies")
    persoon = models.ForeignKey("register.Persoon", on_delete=models.PROTECT, related_name="beschutwerkadviezen")
    gemeente = models.ForeignKey("access.Gemeente", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    aanvrager = models.CharField(max_length=20, choices=[(a.value, a.value) for a in Aanvrager])
    positief = models.BooleanField()
    geadviseerd_op = models.DateField()
    vastgesteld = models.BooleanField(null=True, blank=True)
    besloten_op = models.DateField(null=True, blank=True)
    besloten_at = models.DateTimeField(null=True, blank=True)
    besloten_door = models.ForeignKey(
        "access.Gebruiker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "advies beschut werk"
        verbose_name_plural = "adviezen beschut werk"
        indexes = [models.Index(fields=["gemeente", "geadviseerd_op"], name="beschutwerkadvies_per_gemeente")]
        constraints = [
            models.CheckConstraint(
                name="besluit_van_het_college_heeft_een_dag_na_het_advies",
                condition=Q(
                    vastgesteld__isnull=True,
                    besloten_op__isnull=True,
                    besloten_at__isnull=True,
                    besloten_door__isnull=True,
                )
                | Q(
                    vastgesteld__isnull=False,
                    besloten_op__gte=F("geadviseerd_op"),
                    besloten_at__isnull=False,
                    besloten_door__isnull=False,
                ),
                violation_error_message="Het besluit van het college komt op of na de dag van het advies.",
            ),
        ]


class Beschutplaatsing(models.Model):
    """That somebody works in a sheltered job: from the first day until, not including, the last (empty: still).

    `beeindigd_at` is since when the end is known, so that figures of before keep their answer.
    """

    advies = models.ForeignKey("register.Beschutwerkadvies", on_delete=models.PROTECT, related_name="plaatsingen")
    geldig = DateRangeField()
    recorded_at = models.DateTimeField()
    beeindigd_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "plaatsing beschut werk"
        verbose_name_plural = "plaatsingen beschut werk"
        constraints = [
            models.CheckConstraint(
                name="plaatsing_duurt_minstens_een_dag",
                condition=Q(geldig__isempty=False, geldig__startswith__isnull=False),
                violation_error_message="De einddatum moet na de begindatum liggen, en de begindatum moet er zijn.",
            ),
            models.CheckConstraint(
                name="einde_van_een_plaatsing_is_bekend_sinds_een_moment",
                condition=Q(geldig__endswith__isnull=True, beeindigd_at__isnull=True)
                | Q(geldig__endswith__isnull=False, beeindigd_at__gte=F("recorded_at")),
                violation_error_message="Het einde van de plaatsing heeft geen moment.",
            ),
            ExclusionConstraint(
                name="iemand_heeft_op_elke_dag_hoogstens_een_beschutte_plaats",
                expressions=[(F("advies"), RangeOperators.EQUAL), (F("geldig"), RangeOperators.OVERLAPS)],
                violation_error_message="Deze persoon werkt in (een deel van) deze tijd al beschut.",
            ),
        ]


class Loonwaarde(models.Model):
    """A loonwaarde that a college established, by form or by re-integratiebericht, and what it did to the register.

    `kenmerk` is the college's own reference: the same reference twice is the same loonwaarde.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    persoon = models.ForeignKey("register.Persoon", on_delete=models.PROTECT, related_name="loonwaarden")
    gemeente = models.ForeignKey("access.Gemeente", on_delete=models.PROTECT, related_name="+")
    kenmerk = models.CharField(max_length=40)
    vastgesteld_op = models.DateField()
    percentage = models.PositiveSmallIntegerField(null=True, blank=True)
    forfaitair = models.BooleanField(default=False)
    gegevens_verzegeld = models.BinaryField()
    uitkomst_verzegeld = models.BinaryField()
    registratie = models.ForeignKey(
        "register.Registratie", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    was_al_geregistreerd = models.BooleanField(default=False)
    levering = models.CharField(max_length=64, blank=True, default="")
    recorded_at = models.DateTimeField()
    gebruiker = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "loonwaarde"
        verbose_name_plural = "loonwaarden"
        constraints = [
            models.UniqueConstraint(
                fields=["gemeente", "kenmerk"],
                name="gemeente_gebruikt_een_kenmerk_voor_een_loonwaarde",
                violation_error_message="Met dit kenmerk is al een loonwaarde gemeld.",
            ),
            models.CheckConstraint(
                name="forfaitaire_loonwaarde_schrijft_niemand_in",
                condition=Q(forfaitair=False) | Q(percentage__isnull=True, registratie__isnull=True),
                violation_error_message="Forfaitaire loonkostensubsidie is geen vastgestelde loonwaarde.",
            ),
            models.CheckConstraint(
                name="inschrijving_volgt_uit_een_loonwaarde_onder_honderd_procent",
                condition=Q(registratie__isnull=True) | Q(percentage__lt=100),
                violation_error_message="Alleen een loonwaarde onder 100% leidt tot een inschrijving.",
            ),
        ]


class Reintegratielevering(models.Model):
    """A file of re-integratieberichten that was taken in whole: what it was, and what it changed. Never a person."""

    sha256 = models.CharField(max_length=64, unique=True)
    bestandsnaam = models.CharField(max_length=255)
    ingelezen_at = models.DateTimeField()
    aantallen = models.JSONField()

    class Meta:
        verbose_name = "levering re-integratieberichten"
        verbose_name_plural = "leveringen re-integratieberichten"
        ordering = ["ingelezen_at"]
        constraints = [
            models.CheckConstraint(
                name="reintegratielevering_heeft_een_sha256",
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                violation_error_message="De sha256 van het bestand ontbreekt.",
            ),
        ]


class Gemeentebericht(models.Model):
    """What UWV tells a gemeente about an inhabitant: that a registration ended, or that there is an advice."""

    class Soort(models.TextChoices):
        """What it is about."""

        ADVIES_BESCHUT_WERK = "advies_beschut_werk", "Advies beschut werk"
        BESLUIT = "besluit", "Besluit op een aanvraag"
        UITSCHRIJVING = "uitschrijving", "Uitschrijving"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey("access.Gemeente", on_delete=models.PROTECT, related_name="+")
    persoon = models.ForeignKey("register.Persoon", on_delete=models.PROTECT, related_name="+")
    soort = models.CharField(max_length=40, choices=Soort)
    datum = models.DateField()
    created_at = models.DateTimeField()
    gelezen_at = models.DateTimeField(null=True, blank=True)
    gelezen_door = models.ForeignKey(
        "access.Gebruiker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "bericht aan een gemeente"
        verbose_name_plural = "berichten aan gemeenten"
        ordering = ["-created_at", "pk"]
