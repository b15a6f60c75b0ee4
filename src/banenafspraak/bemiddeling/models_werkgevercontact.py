"""The tables of who spoke with which employer, and who wants to be left alone. Private to this room, like `models`.

An employer is a KvK number, so that what a gemeente wrote down is found by the service point and the other way round.
"""

import uuid
from collections.abc import Iterable
from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from banenafspraak.bemiddeling.werkgeverwoorden import Contactaanleiding, Contactwijze


def contact_context(contact_id: uuid.UUID | str) -> str:
    """What the sealed note of this contact is bound to."""
    return f"bemiddeling.werkgevercontact.notitie:{contact_id}"


def _known(words: Iterable[StrEnum]) -> list[str]:
    return sorted(word.value for word in words)


def _choices(words: Iterable[StrEnum]) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


class Werkgevercontact(models.Model):
    """That somebody of an organisation spoke with an employer; every bemiddelaar of the region reads it.

    `werkgever_belde`: the employer asked, so nobody disturbed it. `tegen_rust`: it was done although the employer had
    asked to be left alone; kept as it was that day. `vervolg_op` is when the same organisation speaks with it again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sleutel = models.UUIDField(default=uuid.uuid4, unique=True)
    kvk = models.CharField(max_length=8)
    naam = models.CharField(max_length=200)
    regio = models.ForeignKey("access.Arbeidsmarktregio", on_delete=models.PROTECT, related_name="+")
    organisatie = models.ForeignKey("access.Organisatie", on_delete=models.PROTECT, related_name="+")
    gebruiker = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, related_name="+")
    gebruiker_naam = models.CharField(max_length=200, blank=True, default="")
    contact_op = models.DateField()
    wijze = models.CharField(max_length=20, choices=_choices(Contactwijze))
    aanleiding = models.CharField(max_length=20, choices=_choices(Contactaanleiding))
    werkgever_belde = models.BooleanField(default=False)
    tegen_rust = models.BooleanField(default=False)
    notitie_verzegeld = models.BinaryField(null=True)
    vervolg_op = models.DateField(null=True)
    gemaakt_at = models.DateTimeField()

    class Meta:
        verbose_name = "werkgevercontact"
        verbose_name_plural = "werkgevercontacten"
        indexes = [
            models.Index(name="werkgevercontact_in_regio", fields=["regio", "kvk", "-contact_op"]),
            models.Index(name="werkgevercontact_met_vervolg", fields=["organisatie", "vervolg_op"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="werkgevercontact_noemt_een_kvk_nummer_en_een_naam",
                condition=Q(kvk__regex=r"^[0-9]{8}$") & ~Q(naam=""),
                violation_error_message="Vul de naam van de werkgever in, en het KvK-nummer van acht cijfers.",
            ),
            models.CheckConstraint(
                name="werkgevercontact_heeft_een_bekende_wijze_en_aanleiding",
                condition=Q(wijze__in=_known(Contactwijze), aanleiding__in=_known(Contactaanleiding)),
                violation_error_message="Kies hoe u de werkgever sprak, en waarover.",
            ),
            models.CheckConstraint(
                name="vervolg_van_werkgevercontact_komt_na_het_contact",
                condition=Q(vervolg_op__isnull=True) | Q(vervolg_op__gt=F("contact_op")),
                violation_error_message="Het volgende contact komt na dit contact.",
            ),
        ]


class Werkgeverrust(models.Model):
    """That an employer wants to be left alone, from a day to a last day; in every region, whoever wrote it down."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kvk = models.CharField(max_length=8)
    vanaf = models.DateField()
    tot_en_met = models.DateField()
    door_werkgever = models.BooleanField()
    organisatie = models.ForeignKey("access.Organisatie", on_delete=models.PROTECT, related_name="+")
    gebruiker = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, related_name="+")
    gemaakt_at = models.DateTimeField()
    opgeheven_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "werkgeverrust"
        verbose_name_plural = "werkgeverrusten"
        constraints = [
            models.CheckConstraint(
                name="rust_van_werkgever_noemt_een_kvk_nummer",
                condition=Q(kvk__regex=r"^[0-9]{8}$"),
                violation_error_message="Een KvK-nummer heeft acht cijfers.",
            ),
            models.CheckConstraint(
                name="rust_van_werkgever_eindigt_niet_voor_het_begin",
                condition=Q(tot_en_met__gte=F("vanaf")),
                violation_error_message="De laatste dag ligt voor de eerste dag.",
            ),
            models.UniqueConstraint(
                name="werkgever_vraagt_een_keer_tegelijk_om_rust",
                fields=["kvk"],
                condition=Q(opgeheven_at__isnull=True),
                violation_error_message="Deze werkgever vroeg al om rust.",
            ),
        ]
