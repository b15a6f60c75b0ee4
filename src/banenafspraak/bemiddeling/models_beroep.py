"""Occupations of ESCO or CompetentNL and the groups of the BRC, as taken in; no person is in these tables."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Beroep(models.Model):
    """An occupation of a published list: its URI, names, ISCO-08 unit group, and the werksoort of ours it stands for.

    `werksoort` is empty where our list has nothing that comes near enough.
    """

    uri = models.CharField(max_length=200, primary_key=True)
    formaat = models.CharField(max_length=20)
    label = models.CharField(max_length=200)
    synoniemen = ArrayField(models.CharField(max_length=200), default=list)
    isco08 = models.CharField(max_length=4, blank=True, default="")
    werksoort = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        verbose_name = "beroep"
        verbose_name_plural = "beroepen"
        constraints = [
            models.CheckConstraint(
                name="isco_van_beroep_is_leeg_of_vier_cijfers",
                condition=Q(isco08="") | Q(isco08__regex=r"^[0-9]{4}$"),
                violation_error_message="Een ISCO-08-code van een beroep heeft vier cijfers.",
            ),
        ]


class Beroepsgroep(models.Model):
    """Which group of the BRC a unit group of ISCO-08 belongs to."""

    isco08 = models.CharField(max_length=4, primary_key=True)
    brc = models.CharField(max_length=4)

    class Meta:
        verbose_name = "beroepsgroep"
        verbose_name_plural = "beroepsgroepen"
        constraints = [
            models.CheckConstraint(
                name="beroepsgroep_heeft_isco_en_brc_van_vier_cijfers",
                condition=Q(isco08__regex=r"^[0-9]{4}$", brc__regex=r"^[0-9]{4}$"),
                violation_error_message="Een ISCO-08-code en een BRC-code hebben vier cijfers.",
            ),
        ]


class Beroepenlevering(models.Model):
    """That a list was taken in: which, and the digest of what it held."""

    formaat = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    aantal = models.PositiveIntegerField()
    ingelezen_at = models.DateTimeField()

    class Meta:
        verbose_name = "beroepenlevering"
        verbose_name_plural = "beroepenleveringen"
