"""The tables of access about employers: their numbers, who acts for them, and the keys of their programs."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import Exact


def _whole_hmac(column: str, *, name: str, message: str) -> models.CheckConstraint:
    length = Func(F(column), function="octet_length", output_field=models.IntegerField())
    return models.CheckConstraint(name=name, condition=Q(Exact(length, 32)), violation_error_message=message)


class Loonheffingennummer(models.Model):
    """Under which number an employer declares wages. Of a sole trader its nine digits are a BSN: kept as an index.

    `staart` holds the last two digits and the part after the L, by which the employer knows which one it is.
    """

    organisatie = models.ForeignKey("access.Organisatie", on_delete=models.PROTECT, related_name="+")
    lhnr_index = models.BinaryField(max_length=32, unique=True)
    staart = models.CharField(max_length=5)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "loonheffingennummer"
        verbose_name_plural = "loonheffingennummers"
        constraints = [
            _whole_hmac(
                "lhnr_index",
                name="index_van_loonheffingennummer_is_een_hele_hmac",
                message="De index van het loonheffingennummer is niet compleet.",
            ),
            models.CheckConstraint(
                name="staart_van_loonheffingennummer_herkent_maar_verraadt_niet",
                condition=Q(staart__regex=r"^[0-9]{2}L[0-9]{2}$"),
                violation_error_message="Bewaar van een loonheffingennummer alleen het einde.",
            ),
        ]


class Mandaat(models.Model):
    """That an administration office may act for an employer, during a half-open range of days."""

    class Stand(models.TextChoices):
        """Where it is in its life: see `mandaten`."""

        GEGEVEN = "gegeven", "Gegeven, nog niet aanvaard"
        AANVAARD = "aanvaard", "Aanvaard"
        GEWEIGERD = "geweigerd", "Niet aanvaard"
        INGETROKKEN = "ingetrokken", "Ingetrokken"

    werkgever = models.ForeignKey("access.Organisatie", on_delete=models.PROTECT, related_name="+")
    kantoor = models.ForeignKey("access.Organisatie", on_delete=models.PROTECT, related_name="+")
    geldig = DateRangeField()
    stand = models.CharField(max_length=12, choices=Stand, default=Stand.GEGEVEN)
    gegeven_at = models.DateTimeField()
    beslist_at = models.DateTimeField(null=True, blank=True)
    ingetrokken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "mandaat"
        verbose_name_plural = "mandaten"
        constraints = [
            models.CheckConstraint(
                name="niemand_geeft_zichzelf_een_mandaat",
                condition=~Q(werkgever=F("kantoor")),
                violation_error_message="Een werkgever handelt voor zichzelf zonder mandaat.",
            ),
            models.CheckConstraint(
                name="mandaat_duurt_minstens_een_dag_vanaf_een_bekende_dag",
                condition=Q(geldig__isempty=False, geldig__startswith__isnull=False),
                violation_error_message="De einddatum moet na de begindatum liggen.",
            ),
            models.CheckConstraint(
                name="mandaat_heeft_een_bekende_stand",
                condition=Q(stand__in=["gegeven", "aanvaard", "geweigerd", "ingetrokken"]),
                violation_error_message="Deze stand van een mandaat bestaat niet.",
            ),
            models.CheckConstraint(
                name="aanvaard_of_geweigerd_mandaat_noemt_wanneer",
                condition=~Q(stand__in=["aanvaard", "geweigerd"]) | Q(beslist_at__isnull=False),
                violation_error_message="Leg vast wanneer het kantoor besliste.",
            ),
            models.CheckConstraint(
                name="ingetrokken_mandaat_noemt_wanneer",
                condition=~Q(stand="ingetrokken") | Q(ingetrokken_at__isnull=False),
                violation_error_message="Leg vast wanneer het mandaat is ingetrokken.",
            ),
            ExclusionConstraint(
                name="kantoor_heeft_per_dag_hoogstens_een_mandaat_van_een_werkgever",
                expressions=[
                    (F("werkgever"), RangeOperators.EQUAL),
                    (F("kantoor"), RangeOperators.EQUAL),
                    (F("geldig"), RangeOperators.OVERLAPS),
                ],
                condition=Q(stand__in=["gegeven", "aanvaard"]),
                violation_error_message="Dit kantoor heeft in (een deel van) deze tijd al een mandaat van u.",
            ),
        ]


class ApiSleutel(models.Model):
    """With what a program of an organisation signs in. The key itself is shown once; here stands only its SHA-256.

    It holds 256 random bits, so a plain digest cannot be guessed back. It works as long as the user who made it still
    works for the organisation as a werkgever: somebody answers for every key.
    """

    organisatie = models.ForeignKey("access.Organisatie", on_delete=models.PROTECT, related_name="+")
    gebruiker = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, related_name="+")
    naam = models.CharField(max_length=60)
    begin = models.CharField(max_length=8)
    sleutel_hash = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField()
    geldig_tot = models.DateTimeField()
    ingetrokken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "API-sleutel"
        verbose_name_plural = "API-sleutels"
        constraints = [
            _whole_hmac(
                "sleutel_hash",
                name="api_sleutel_is_alleen_als_hash_bewaard",
                message="Bewaar van een sleutel alleen de hash.",
            ),
            models.CheckConstraint(
                name="api_sleutel_heeft_een_naam",
                condition=~Q(naam=""),
                violation_error_message="Geef de sleutel een naam, zodat u weet welk programma hem gebruikt.",
            ),
            models.CheckConstraint(
                name="api_sleutel_verloopt_na_zijn_begin",
                condition=Q(geldig_tot__gt=F("created_at")),
                violation_error_message="De sleutel moet nog enige tijd geldig zijn.",
            ),
        ]
