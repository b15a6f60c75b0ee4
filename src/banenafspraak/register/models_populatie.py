"""The tables of what a gemeente gets to see of its own inhabitants. Private to this room, like `models`.

The file of a population itself is never kept: only who asked for it, what was decided, how many people it held and the
sha256 by which a gemeente can show which file it has.
"""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from banenafspraak.register.populatiewoorden import Bestandsvorm, Gemeentedoel, Verzoekstatus

_BESLOTEN = sorted({s.value for s in Verzoekstatus} - {Verzoekstatus.INGEDIEND.value, Verzoekstatus.INGETROKKEN.value})
_LOPEND = sorted({s.value for s in Verzoekstatus} - {Verzoekstatus.AFGEWEZEN.value, Verzoekstatus.INGETROKKEN.value})


class Populatievenster(models.Model):
    """The days on which gemeenten may ask for their one-off file: offered by UWV, half-open, one at a time."""

    open = DateRangeField()
    gebruiker = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, related_name="+")
    aangemaakt_at = models.DateTimeField()

    class Meta:
        verbose_name = "populatievenster"
        verbose_name_plural = "populatievensters"
        constraints = [
            models.CheckConstraint(
                name="populatievenster_heeft_een_eerste_en_een_laatste_dag",
                condition=Q(open__isempty=False, open__startswith__isnull=False, open__endswith__isnull=False),
                violation_error_message="De laatste dag moet op of na de eerste dag liggen.",
            ),
            ExclusionConstraint(
                name="populatievensters_overlappen_elkaar_niet",
                expressions=[(F("open"), RangeOperators.OVERLAPS)],
                violation_error_message="In (een deel van) deze tijd is er al een venster.",
            ),
        ]


class Populatieverzoek(models.Model):
    """That a gemeente asked for its population file, for what, agreeing to what, and what UWV decided."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    venster = models.ForeignKey("register.Populatievenster", on_delete=models.PROTECT, related_name="verzoeken")
    organisatie = models.ForeignKey("access.Organisatie", on_delete=models.PROTECT, related_name="+")
    gemeente = models.ForeignKey(
        "access.Gemeente", on_delete=models.PROTECT, related_name="+", db_column="gemeente_code"
    )
    aanvrager = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, related_name="+")
    doel = models.CharField(max_length=40, choices=[(d.value, d.value) for d in Gemeentedoel])
    # The text itself stands in `populatiewoorden`, by version, so that it can be read back for ever.
    akkoord_versie = models.PositiveSmallIntegerField()
    ingediend_at = models.DateTimeField()
    status = models.CharField(max_length=20, choices=[(s.value, s.value) for s in Verzoekstatus])
    beslisser = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, null=True, related_name="+")
    besloten_at = models.DateTimeField(null=True)
    reden = models.TextField(max_length=1000, blank=True, default="")

    class Meta:
        verbose_name = "populatieverzoek"
        verbose_name_plural = "populatieverzoeken"
        constraints = [
            models.CheckConstraint(
                name="populatieverzoek_heeft_een_bekende_status",
                condition=Q(status__in=sorted(s.value for s in Verzoekstatus)),
                violation_error_message="Deze status bestaat niet.",
            ),
            models.CheckConstraint(
                name="populatieverzoek_heeft_een_bekend_doel",
                condition=Q(doel__in=sorted(d.value for d in Gemeentedoel)),
                violation_error_message="Kies waarvoor u het bestand nodig heeft.",
            ),
            models.CheckConstraint(
                name="besluit_op_populatieverzoek_noemt_wie_wanneer_en_waarom",
                condition=~Q(status__in=_BESLOTEN)
                | (Q(beslisser__isnull=False, besloten_at__isnull=False) & ~Q(reden="")),
                violation_error_message="Schrijf op waarom u dit besluit neemt.",
            ),
            models.UniqueConstraint(
                name="gemeente_krijgt_per_venster_een_keer_een_bestand",
                fields=["venster", "gemeente"],
                condition=Q(status__in=_LOPEND),
                violation_error_message="Uw gemeente heeft in deze periode al een verzoek gedaan.",
            ),
        ]


class Populatielevering(models.Model):
    """The right to fetch the file once. Its id is the token: nobody can guess it, and it works one time.

    Filled in when it is used: which form, how many rows, which file. A second right exists only when UWV gave one
    because the first transfer failed; it repeats the same peildatum and the same moment, so the same data.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    verzoek = models.ForeignKey("register.Populatieverzoek", on_delete=models.PROTECT, related_name="leveringen")
    volgnummer = models.PositiveSmallIntegerField()
    uitgegeven_at = models.DateTimeField()
    gebruikt_at = models.DateTimeField(null=True)
    gebruiker = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, null=True, related_name="+")
    vorm = models.CharField(max_length=10, choices=[(v.value, v.value) for v in Bestandsvorm], blank=True, default="")
    peildatum = models.DateField(null=True)
    bekend_op = models.DateTimeField(null=True)
    aantal = models.PositiveIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        verbose_name = "populatielevering"
        verbose_name_plural = "populatieleveringen"
        ordering = ["volgnummer"]
        constraints = [
            models.UniqueConstraint(
                name="populatielevering_heeft_een_eigen_volgnummer",
                fields=["verzoek", "volgnummer"],
                violation_error_message="Voor dit verzoek is al een levering klaargezet.",
            ),
            models.UniqueConstraint(
                name="er_staat_hoogstens_een_levering_klaar",
                fields=["verzoek"],
                condition=Q(gebruikt_at__isnull=True),
                violation_error_message="Er staat al een bestand klaar.",
            ),
            models.CheckConstraint(
                name="gebruikte_levering_zegt_wat_er_geleverd_is",
                condition=Q(gebruikt_at__isnull=True, sha256="", vorm="", aantal__isnull=True)
                | Q(
                    gebruikt_at__isnull=False,
                    gebruiker__isnull=False,
                    peildatum__isnull=False,
                    bekend_op__isnull=False,
                    aantal__isnull=False,
                    sha256__regex=r"^[0-9a-f]{64}$",
                    vorm__in=sorted(v.value for v in Bestandsvorm),
                ),
                violation_error_message="Van deze levering is niet alles vastgelegd.",
            ),
        ]


class Populatiestand(models.Model):
    """The moment at which a gemeente closed its overview of its own population: what came after it is a change."""

    organisatie = models.ForeignKey("access.Organisatie", on_delete=models.PROTECT, related_name="+")
    gemeente = models.ForeignKey(
        "access.Gemeente", on_delete=models.PROTECT, related_name="+", db_column="gemeente_code"
    )
    gebruiker = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, related_name="+")
    peildatum = models.DateField()
    bekend_op = models.DateTimeField()
    aantal = models.PositiveIntegerField()

    class Meta:
        verbose_name = "populatiestand"
        verbose_name_plural = "populatiestanden"
        ordering = ["-bekend_op"]
        constraints = [
            models.UniqueConstraint(
                name="gemeente_sluit_haar_overzicht_op_een_moment_een_keer_af",
                fields=["gemeente", "bekend_op"],
                violation_error_message="Uw overzicht is op dit moment al bijgewerkt.",
            ),
        ]
