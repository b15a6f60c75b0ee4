"""The table of the links with which somebody says 'I am still available'. Private to this room, like `models`."""

import uuid
from enum import StrEnum

from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import Exact


class Aanleiding(StrEnum):
    """Why somebody is asked: the first and the second reminder, or the end of a pause."""

    EERSTE = "eerste"
    TWEEDE = "tweede"
    NA_PAUZE = "na_pauze"


class Bevestigingsantwoord(StrEnum):
    """What somebody may answer: yes, no, or not for now."""

    JA = "ja"
    NEE = "nee"
    PAUZE = "pauze"


def bevestiging_context(kolom: str, link_id: uuid.UUID | str) -> str:
    """What a sealed column of this link is bound to."""
    return f"bemiddeling.bevestigingslink.{kolom}:{link_id}"


class Bevestigingslink(models.Model):
    """One mail that asks whether somebody is still available, and the secret with which to answer it, once.

    Only a digest of the secret (256 random bits) stands here. `gaat_over` is the day of the answer that wears out: the
    same answer is asked about once for each `aanleiding`. `betrokkene_verzegeld` is the sealed index under which the
    logboek knows the person, for who answers is not signed in. `verzonden_at` is empty until the mail went out.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    profiel = models.ForeignKey("bemiddeling.Klantprofiel", on_delete=models.CASCADE, related_name="+")
    aanleiding = models.CharField(max_length=20, choices=[(a.value, a.value) for a in Aanleiding])
    gaat_over = models.DateField()
    geheim_hash = models.BinaryField(max_length=32, unique=True)
    betrokkene_verzegeld = models.BinaryField()
    gemaakt_at = models.DateTimeField()
    verzonden_at = models.DateTimeField(null=True)
    verloopt_at = models.DateTimeField()
    gebruikt_at = models.DateTimeField(null=True)
    antwoord = models.CharField(
        max_length=10, blank=True, default="", choices=[(a.value, a.value) for a in Bevestigingsantwoord]
    )

    class Meta:
        verbose_name = "bevestigingslink"
        verbose_name_plural = "bevestigingslinks"
        constraints = [
            models.UniqueConstraint(
                name="over_een_antwoord_wordt_per_aanleiding_een_keer_gevraagd",
                fields=["profiel", "aanleiding", "gaat_over"],
                violation_error_message="Dit is al gevraagd.",
            ),
            models.CheckConstraint(
                name="aanleiding_van_bevestigingslink_is_bekend",
                condition=Q(aanleiding__in=sorted(a.value for a in Aanleiding)),
                violation_error_message="Deze aanleiding bestaat niet.",
            ),
            models.CheckConstraint(
                name="bevestigingslink_heeft_een_antwoord_als_zij_is_gebruikt",
                condition=Q(gebruikt_at__isnull=True, antwoord="")
                | Q(gebruikt_at__isnull=False, antwoord__in=sorted(a.value for a in Bevestigingsantwoord)),
                violation_error_message="Kies een antwoord.",
            ),
            models.CheckConstraint(
                name="bevestigingslink_wordt_gebruikt_voor_zij_verloopt",
                condition=Q(verloopt_at__gt=F("gemaakt_at"))
                & (Q(gebruikt_at__isnull=True) | Q(gebruikt_at__lt=F("verloopt_at"))),
                violation_error_message="Deze link werkt niet meer.",
            ),
            models.CheckConstraint(
                name="geheim_van_bevestigingslink_staat_er_alleen_als_hele_hash",
                condition=Q(
                    Exact(Func(F("geheim_hash"), function="octet_length", output_field=models.IntegerField()), 32)
                ),
                violation_error_message="De link is niet compleet.",
            ),
        ]
