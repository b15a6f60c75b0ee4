"""The tables of placements. Private to this room, like `models`.

Employers are KvK numbers and not organisations of this platform: most of them never sign in. An employer's role sees
none of these rows; what it may read of the people it shares one with comes through one function (migration 0062).
"""

import uuid
from collections.abc import Iterable
from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import DateTimeField, F, Func, Q

from banenafspraak.bemiddeling.plaatsingwoorden import (
    BIJ_EEN_ANDER,
    MAG_BIJ_EEN_ANDER,
    Eindreden,
    Plaatsingsector,
    Plaatsingsoort,
    Plaatsingstatus,
)
from banenafspraak.wet.instrumenten.proefplaatsing import Loket

MAX_UREN = 60


def plaatsing_context(plaatsing_id: uuid.UUID | str) -> str:
    """What the sealed name of this placement is bound to."""
    return f"bemiddeling.plaatsing.naam:{plaatsing_id}"


def _known(words: Iterable[StrEnum]) -> list[str]:
    return sorted(word.value for word in words)


def _choices(words: Iterable[StrEnum]) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


def _after_months(months: int) -> Func:
    """The first day that is too late for a trial of so many months, and the days that do not count."""
    end = Func(F("begint_op"), template=f"(%(expressions)s + interval '{months} months')", output_field=DateTimeField())
    return Func(
        end,
        F("onderbroken_dagen"),
        arg_joiner=" + interval '1 day' * ",
        template="(%(expressions)s)",
        output_field=DateTimeField(),
    )


class Plaatsing(models.Model):
    """That somebody works somewhere, will, or did: from the first day to the last (empty: no end was agreed).

    `werkgever` is the formal employer, `inlener` where the work is done when that is another one. `sector` is that of
    where it counts. `gedeeld_met` names the employers to whom the person shows it, `naam_verzegeld` under which name;
    without one there is none. `verlengd` and `onderbroken_dagen` are of a proefplaatsing only: that its term was made
    longer, and how many days did not count. `voorstel` is the yes it comes from, `vacature` what it fills, `vorige`
    what it continues. `betrokkene_index` is under what the logboek knows the person. `sleutel` makes a second press
    the same placement.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sleutel = models.UUIDField(default=uuid.uuid4, unique=True)
    persoon = models.ForeignKey("register.Persoon", on_delete=models.PROTECT, related_name="+")
    betrokkene_index = models.BinaryField(max_length=32)
    soort = models.CharField(max_length=20, choices=_choices(Plaatsingsoort))
    route = models.CharField(max_length=10, blank=True, default="", choices=_choices(Loket))
    verlengd = models.BooleanField(default=False)
    onderbroken_dagen = models.PositiveSmallIntegerField(default=0)
    met_loonheffing = models.BooleanField(default=False)
    uren_per_week = models.DecimalField(max_digits=4, decimal_places=1)
    begint_op = models.DateField()
    eindigt_op = models.DateField(null=True)
    werkgever_kvk = models.CharField(max_length=8)
    werkgever_naam = models.CharField(max_length=200)
    inlener_kvk = models.CharField(max_length=8, blank=True, default="")
    inlener_naam = models.CharField(max_length=200, blank=True, default="")
    sector = models.CharField(max_length=10, choices=_choices(Plaatsingsector))
    status = models.CharField(max_length=20, choices=_choices(Plaatsingstatus))
    eindreden = models.CharField(max_length=20, blank=True, default="", choices=_choices(Eindreden))
    gedeeld_met = ArrayField(models.CharField(max_length=8), default=list)
    naam_verzegeld = models.BinaryField(null=True)
    vacature = models.ForeignKey("bemiddeling.Vacature", on_delete=models.DO_NOTHING, null=True, related_name="+")
    voorstel = models.OneToOneField("bemiddeling.Voorstel", on_delete=models.SET_NULL, null=True, related_name="+")
    vorige = models.OneToOneField("self", on_delete=models.SET_NULL, null=True, related_name="vervolg")
    gemaakt_at = models.DateTimeField()
    gemaakt_door = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, null=True, related_name="+")
    gewijzigd_at = models.DateTimeField()

    class Meta:
        verbose_name = "plaatsing"
        verbose_name_plural = "plaatsingen"
        indexes = [
            models.Index(name="plaatsing_van_persoon", fields=["persoon", "begint_op"]),
            models.Index(name="plaatsing_die_eindigt", fields=["eindigt_op"], condition=Q(status="lopend")),
            models.Index(name="plaatsing_bij_werkgever", fields=["werkgever_kvk"]),
            models.Index(name="plaatsing_bij_inlener", fields=["inlener_kvk"], condition=~Q(inlener_kvk="")),
        ]
        constraints = [
            models.CheckConstraint(
                name="plaatsing_heeft_een_bekende_soort_en_sector",
                condition=Q(soort__in=_known(Plaatsingsoort), sector__in=_known(Plaatsingsector)),
                violation_error_message="Kies het soort werk en de sector.",
            ),
            models.CheckConstraint(
                name="plaatsing_eindigt_niet_voor_het_begin",
                condition=Q(eindigt_op__isnull=True) | Q(eindigt_op__gte=F("begint_op")),
                violation_error_message="De laatste dag ligt voor de eerste dag.",
            ),
            models.CheckConstraint(
                name="plaatsing_is_meer_dan_nul_en_hoogstens_60_uur",
                condition=Q(uren_per_week__gt=0, uren_per_week__lte=MAX_UREN),
                violation_error_message="Vul meer dan 0 en hoogstens 60 uur per week in.",
            ),
            models.CheckConstraint(
                name="alleen_een_proefplaatsing_heeft_een_route_en_altijd_een_einde",
                condition=Q(soort="proefplaatsing", route__in=_known(Loket), eindigt_op__isnull=False)
                | (~Q(soort="proefplaatsing") & Q(route="", verlengd=False, onderbroken_dagen=0)),
                violation_error_message="Zeg wie de proefplaatsing toestaat, en wat de laatste dag is.",
            ),
            models.CheckConstraint(
                name="proefplaatsing_duurt_niet_langer_dan_de_wet_toestaat",
                condition=~Q(soort="proefplaatsing")
                | Q(verlengd=False, eindigt_op__lt=_after_months(2))
                | Q(verlengd=True, eindigt_op__lt=_after_months(6)),
                violation_error_message="Een proefplaatsing duurt hoogstens twee maanden, en met verlenging zes.",
            ),
            models.CheckConstraint(
                name="loonheffing_wordt_alleen_gevraagd_bij_een_werkervaringsplaats",
                condition=Q(met_loonheffing=False) | Q(soort="werkervaringsplaats"),
                violation_error_message="Alleen bij een werkervaringsplaats is dit de vraag.",
            ),
            models.CheckConstraint(
                name="kvk_nummers_van_plaatsing_zijn_acht_cijfers",
                condition=Q(werkgever_kvk__regex=r"^[0-9]{8}$")
                & (Q(inlener_kvk="", inlener_naam="") | (Q(inlener_kvk__regex=r"^[0-9]{8}$") & ~Q(inlener_naam="")))
                & ~Q(werkgever_naam=""),
                violation_error_message="Vul de naam van de werkgever in, en het KvK-nummer van acht cijfers.",
            ),
            models.CheckConstraint(
                name="uitzend_en_detachering_noemen_waar_iemand_werkt",
                condition=(~Q(soort__in=_known(BIJ_EEN_ANDER)) | ~Q(inlener_kvk=""))
                & (Q(soort__in=_known(MAG_BIJ_EEN_ANDER)) | Q(inlener_kvk=""))
                & ~Q(inlener_kvk=F("werkgever_kvk")),
                violation_error_message="Vul bij uitzend en detachering in bij welk ander bedrijf iemand werkt.",
            ),
            models.CheckConstraint(
                name="plaatsing_heeft_een_bekende_status",
                condition=Q(status__in=_known(Plaatsingstatus)),
                violation_error_message="Deze status bestaat niet.",
            ),
            models.CheckConstraint(
                name="plaatsing_die_voorbij_is_heeft_een_reden_en_een_laatste_dag",
                condition=Q(status="beeindigd", eindreden__in=_known(Eindreden), eindigt_op__isnull=False)
                | (~Q(status="beeindigd") & Q(eindreden="")),
                violation_error_message="Zeg wat de laatste dag was, en waarom het stopte.",
            ),
            models.CheckConstraint(
                name="plaatsing_wordt_alleen_gedeeld_met_wie_erbij_hoort",
                condition=Q(gedeeld_met__contained_by=[F("werkgever_kvk"), F("inlener_kvk")]),
                violation_error_message="Deze werkgever hoort niet bij deze plaatsing.",
            ),
            models.CheckConstraint(
                name="naam_staat_alleen_bij_een_plaatsing_die_wordt_gedeeld",
                condition=Q(gedeeld_met=[], naam_verzegeld__isnull=True)
                | (~Q(gedeeld_met=[]) & Q(naam_verzegeld__isnull=False)),
                violation_error_message="Wie de plaatsing deelt, doet dat met een naam.",
            ),
        ]


class Plaatsingstap(models.Model):
    """One thing that happened to a placement, with its last day and its hours afterwards; the table only grows."""

    plaatsing = models.ForeignKey("bemiddeling.Plaatsing", on_delete=models.PROTECT, related_name="stappen")
    handeling = models.CharField(max_length=30)
    van = models.CharField(max_length=20, blank=True, default="")
    naar = models.CharField(max_length=20)
    eindigt_op = models.DateField(null=True)
    uren_per_week = models.DecimalField(max_digits=4, decimal_places=1)
    at = models.DateTimeField()
    rol = models.CharField(max_length=20)
    gebruiker = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "plaatsingstap"
        verbose_name_plural = "plaatsingstappen"
