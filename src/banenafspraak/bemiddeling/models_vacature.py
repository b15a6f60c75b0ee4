"""The tables of vacatures. Private to this room, like `models`.

What everybody may read of an open vacature stands in a view of the database (`OpenbareVacature`, `OpenbareTaak`); the
tables themselves show an employer its own rows and a bemiddelaar those of the region. Whom to call at the employer
lies sealed in `contact_verzegeld`, which the view does not have.
"""

import uuid
from collections.abc import Iterable
from enum import Enum

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from banenafspraak.bemiddeling.profielrecord import RIJBEWIJZEN, Contracttype, Niveau, Overeenkomst, Vervoer
from banenafspraak.bemiddeling.vacaturerecord import (
    MAX_BRONNUMMER,
    MAX_HANDELSNAAM,
    MAX_KORT,
    MAX_NAAM,
    MAX_PLAATSEN,
    MAX_SALARIS,
    MAX_TAAK,
    MAX_TEKST,
    MAX_UREN,
    Geschiktreden,
    Sluitreden,
    Sollicitatiewijze,
    Vacaturebron,
    Vacaturesoort,
    Vacaturestatus,
)


def vacature_context(kolom: str, vacature_id: uuid.UUID | str) -> str:
    """What a sealed column of this vacature is bound to."""
    return f"bemiddeling.vacature.{kolom}:{vacature_id}"


def _known(kinds: Iterable[Enum]) -> list[str]:
    return sorted(kind.value for kind in kinds)


def _choices(kinds: Iterable[Enum]) -> list[tuple[str, str]]:
    return [(kind.value, kind.value) for kind in kinds]


def _at_most(name: str, most: int) -> Q:
    return Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 1, f"{name}__lte": most})


class _Openbaar(models.Model):
    """The columns that everybody may read once a vacature is open and public; names as in `VacatureRecord`."""

    naam_vacature = models.CharField(max_length=MAX_NAAM, blank=True, default="")
    omschrijving_vacature = models.TextField(max_length=MAX_TEKST, blank=True, default="")
    sluitingsdatum_vacature = models.DateField(null=True)
    geschikt = models.BooleanField(null=True)
    aantal_plaatsen = models.PositiveSmallIntegerField(default=1)
    handelsnaam_organisatie = models.CharField(max_length=MAX_HANDELSNAAM, blank=True, default="")
    webadres = models.CharField(max_length=200, blank=True, default="")
    sollicitatiewijzen = ArrayField(models.CharField(max_length=1), default=list)
    webadres_sollicitatie = models.CharField(max_length=200, blank=True, default="")
    code_sbi = models.PositiveIntegerField(null=True)
    postcode = models.CharField(max_length=6, blank=True, default="")
    plaatsnaam = models.CharField(max_length=80, blank=True, default="")
    regio = models.CharField(max_length=4, blank=True, default="")
    bereikbaar_met_ov = models.BooleanField(null=True)
    werksoort = models.CharField(max_length=40, blank=True, default="")
    code_beroepsnaam = models.CharField(max_length=200, blank=True, default="")
    naam_beroep = models.CharField(max_length=MAX_KORT, blank=True, default="")
    code_werk_en_denkniveau_minimaal = models.PositiveSmallIntegerField(null=True)
    aantal_jaren_werkzaam_in_beroep = models.PositiveSmallIntegerField(null=True)
    opleidingen = models.JSONField(default=list)
    cursussen = ArrayField(models.CharField(max_length=MAX_KORT), default=list)
    competenties = ArrayField(models.CharField(max_length=200), default=list)
    rijbewijzen = ArrayField(models.CharField(max_length=3), null=True)
    vervoermiddelen = ArrayField(models.PositiveSmallIntegerField(), default=list)
    taalbeheersing = models.JSONField(default=list)
    aantal_werkuren_per_week_minimaal = models.PositiveSmallIntegerField(null=True)
    aantal_werkuren_per_week_maximaal = models.PositiveSmallIntegerField(null=True)
    werkdagen = models.PositiveSmallIntegerField(null=True)
    indicatie_kantoortijden = models.BooleanField(null=True)
    indicatie_onregelmatig_werk_of_ploegendienst = models.BooleanField(null=True)
    typen_arbeidscontract = ArrayField(models.CharField(max_length=1), default=list)
    typen_overeenkomst = ArrayField(models.CharField(max_length=2), default=list)
    datum_aanvang_werkzaamheden = models.DateField(null=True)
    datum_einde_werkzaamheden = models.DateField(null=True)
    salaris_indicatie = models.CharField(max_length=MAX_SALARIS, blank=True, default="")
    omschrijving_arbeidsvoorwaarden = models.TextField(max_length=MAX_TEKST, blank=True, default="")
    biedt_aanpassing_werkomgeving = models.BooleanField(null=True)
    biedt_begeleiding = models.BooleanField(null=True)
    biedt_werkvariatie = models.BooleanField(null=True)
    geopend_op = models.DateField(null=True)
    gewijzigd_at = models.DateTimeField()

    class Meta:
        abstract = True


class Vacature(_Openbaar):
    """A job that is free, or existing work to carve tasks out of (`soort`); see `vacatures` for its life cycle.

    `werkgever` is the employer as it is known here, None while it is known by `kvk` or by name only. `geplaatst_door`
    is the organisation that brought it in and keeps it, the same as `werkgever` when that did so itself. `bronnummer`
    is the number under which that organisation knows it. `openbaar` says whether everybody may read it. `geschikt` is
    a bemiddelaar's judgement (None: nobody judged) with its reason, who gave it, and when. `regio` follows from the
    postcode. `versie` counts changes: who saves says which one was read. `sleutel` makes a second press of the button
    the same vacature.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    soort = models.CharField(max_length=10, choices=_choices(Vacaturesoort), default="vacature")
    status = models.CharField(max_length=10, choices=_choices(Vacaturestatus), default="concept")
    werkgever = models.ForeignKey("access.Organisatie", on_delete=models.PROTECT, null=True, related_name="+")
    kvk = models.CharField(max_length=8, blank=True, default="")
    geplaatst_door = models.ForeignKey("access.Organisatie", on_delete=models.PROTECT, related_name="+")
    gemaakt_door = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, null=True, related_name="+")
    bron = models.CharField(max_length=12, choices=_choices(Vacaturebron))
    bronnummer = models.CharField(max_length=MAX_BRONNUMMER, blank=True, default="")
    sleutel = models.UUIDField(default=uuid.uuid4)
    versie = models.PositiveIntegerField(default=1)
    openbaar = models.BooleanField(default=True)
    gemaakt_at = models.DateTimeField()
    gesloten_at = models.DateTimeField(null=True)
    sluitreden = models.CharField(max_length=20, blank=True, default="", choices=_choices(Sluitreden))
    geschikt_reden = models.CharField(max_length=30, blank=True, default="", choices=_choices(Geschiktreden))
    geschikt_toelichting = models.CharField(max_length=500, blank=True, default="")
    geschikt_door = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, null=True, related_name="+")
    geschikt_at = models.DateTimeField(null=True)
    contact_verzegeld = models.BinaryField(null=True)

    class Meta:
        verbose_name = "vacature"
        verbose_name_plural = "vacatures"
        indexes = [
            models.Index(name="vacature_van_werkgever", fields=["werkgever", "-gewijzigd_at"]),
            models.Index(name="vacature_die_open_is", fields=["regio", "-geopend_op"], condition=Q(status="open")),
            models.Index(name="vacature_die_verloopt", fields=["sluitingsdatum_vacature"], condition=Q(status="open")),
        ]
        constraints = [
            models.UniqueConstraint(
                name="vacature_wordt_een_keer_gemaakt",
                fields=["geplaatst_door", "sleutel"],
                violation_error_message="Deze vacature is al gemaakt.",
            ),
            models.UniqueConstraint(
                name="nummer_van_een_bron_hoort_bij_een_vacature",
                fields=["geplaatst_door", "bronnummer"],
                condition=~Q(bronnummer=""),
                violation_error_message="Dit nummer hoort al bij een andere vacature.",
            ),
            models.CheckConstraint(
                name="vacature_heeft_een_bekende_soort_status_en_bron",
                condition=Q(
                    soort__in=_known(Vacaturesoort), status__in=_known(Vacaturestatus), bron__in=_known(Vacaturebron)
                ),
                violation_error_message="Deze soort, status of bron bestaat niet.",
            ),
            models.CheckConstraint(
                name="functie_staat_nooit_open",
                condition=~Q(soort="functie", status="open"),
                violation_error_message="Een functie is bestaand werk. Maak er eerst een vacature van.",
            ),
            models.CheckConstraint(
                name="vacature_uit_een_levering_heeft_een_nummer",
                condition=~Q(bron="levering") | ~Q(bronnummer=""),
                violation_error_message="Een vacature uit een levering heeft een nummer van de leverancier.",
            ),
            models.CheckConstraint(
                name="kvk_nummer_van_vacature_is_acht_cijfers",
                condition=Q(kvk="") | Q(kvk__regex=r"^[0-9]{8}$"),
                violation_error_message="Een KvK-nummer heeft acht cijfers.",
            ),
            models.CheckConstraint(
                name="open_vacature_noemt_haar_werkgever",
                condition=~Q(status="open")
                | (~Q(handelsnaam_organisatie="") & (Q(werkgever__isnull=False) | ~Q(kvk=""))),
                violation_error_message="Vul in van welke werkgever deze vacature is, met het KvK-nummer.",
            ),
            models.CheckConstraint(
                name="open_vacature_zegt_welk_werk_het_is_en_waar",
                condition=~Q(status="open")
                | (
                    ~Q(naam_vacature="")
                    & ~Q(omschrijving_vacature="")
                    & ~Q(postcode="")
                    & (~Q(werksoort="") | ~Q(naam_beroep=""))
                    & Q(aantal_werkuren_per_week_maximaal__isnull=False, geopend_op__isnull=False)
                ),
                violation_error_message="Vul eerst in welk werk het is, waar, en hoeveel uur.",
            ),
            models.CheckConstraint(
                name="vacature_die_gesloten_is_heeft_een_reden_en_een_moment",
                condition=Q(status="gesloten", sluitreden__in=_known(Sluitreden), gesloten_at__isnull=False)
                | (~Q(status="gesloten") & Q(sluitreden="", gesloten_at__isnull=True)),
                violation_error_message="Kies waarom u deze vacature sluit.",
            ),
            models.CheckConstraint(
                name="oordeel_over_vacature_heeft_een_reden_en_wie_het_gaf",
                condition=Q(geschikt__isnull=True, geschikt_reden="", geschikt_at__isnull=True)
                | Q(geschikt__isnull=False, geschikt_reden__in=_known(Geschiktreden), geschikt_at__isnull=False),
                violation_error_message="Kies waarom deze vacature wel of niet geschikt is.",
            ),
            models.CheckConstraint(
                name="werkuren_van_vacature_lopen_op_en_zijn_hoogstens_60",
                condition=_at_most("aantal_werkuren_per_week_minimaal", MAX_UREN)
                & _at_most("aantal_werkuren_per_week_maximaal", MAX_UREN)
                & (
                    Q(aantal_werkuren_per_week_minimaal__isnull=True)
                    | Q(aantal_werkuren_per_week_maximaal__isnull=True)
                    | Q(aantal_werkuren_per_week_minimaal__lte=F("aantal_werkuren_per_week_maximaal"))
                ),
                violation_error_message="Vul uren in van 1 tot en met 60, het minste aantal eerst.",
            ),
            models.CheckConstraint(
                name="vacature_heeft_een_tot_negenennegentig_plaatsen",
                condition=Q(aantal_plaatsen__gte=1, aantal_plaatsen__lte=MAX_PLAATSEN),
                violation_error_message="Vul een aantal plaatsen in van 1 tot en met 99.",
            ),
            models.CheckConstraint(
                name="postcode_van_vacature_is_vier_cijfers_met_of_zonder_letters",
                condition=Q(postcode="") | Q(postcode__regex=r"^[1-9][0-9]{3}([A-Z]{2})?$"),
                violation_error_message="Vul een postcode in, zoals 1211 AB.",
            ),
            models.CheckConstraint(
                name="werkdagen_van_vacature_is_minstens_een_dag",
                condition=_at_most("werkdagen", 127),
                violation_error_message="Kies minstens één dag.",
            ),
            models.CheckConstraint(
                name="werk_van_vacature_eindigt_niet_voor_het_begin",
                condition=Q(datum_aanvang_werkzaamheden__isnull=True)
                | Q(datum_einde_werkzaamheden__isnull=True)
                | Q(datum_einde_werkzaamheden__gte=F("datum_aanvang_werkzaamheden")),
                violation_error_message="De laatste werkdag ligt voor de eerste werkdag.",
            ),
            models.CheckConstraint(
                name="vacature_sluit_niet_voor_zij_open_is",
                condition=Q(sluitingsdatum_vacature__isnull=True)
                | Q(geopend_op__isnull=True)
                | Q(sluitingsdatum_vacature__gte=F("geopend_op")),
                violation_error_message="De sluitingsdatum ligt voor de dag waarop de vacature open ging.",
            ),
            models.CheckConstraint(
                name="niveau_van_vacature_is_bekend",
                condition=Q(code_werk_en_denkniveau_minimaal__isnull=True)
                | Q(code_werk_en_denkniveau_minimaal__in=sorted(n.value for n in Niveau)),
                violation_error_message="Dit niveau bestaat niet.",
            ),
            models.CheckConstraint(
                name="jaren_ervaring_van_vacature_onder_honderd",
                condition=Q(aantal_jaren_werkzaam_in_beroep__isnull=True) | Q(aantal_jaren_werkzaam_in_beroep__lte=99),
                violation_error_message="Vul een getal in van 0 tot en met 99.",
            ),
            models.CheckConstraint(
                name="codes_van_vacature_zijn_bekend",
                condition=Q(
                    vervoermiddelen__contained_by=sorted(v.value for v in Vervoer),
                    typen_arbeidscontract__contained_by=_known(Contracttype),
                    typen_overeenkomst__contained_by=_known(Overeenkomst),
                    sollicitatiewijzen__contained_by=_known(Sollicitatiewijze),
                )
                & (Q(rijbewijzen__isnull=True) | Q(rijbewijzen__contained_by=sorted(RIJBEWIJZEN))),
                violation_error_message="Deze code voor vervoer, rijbewijs, contract of reageren bestaat niet.",
            ),
        ]


class _Taakvelden(models.Model):
    """The columns of a task; names as in `vacaturerecord.Taak`."""

    volgorde = models.PositiveSmallIntegerField()
    omschrijving = models.CharField(max_length=MAX_TAAK)
    werksoort = models.CharField(max_length=40, blank=True, default="")
    uren_per_week = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    code_werk_en_denkniveau_minimaal = models.PositiveSmallIntegerField(null=True)
    rijbewijzen = ArrayField(models.CharField(max_length=3), default=list)

    class Meta:
        abstract = True


class Vacaturetaak(_Taakvelden):
    """One task of a vacature; `komt_uit` is the task of another one that it was carved out of."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    vacature = models.ForeignKey(Vacature, on_delete=models.CASCADE, related_name="taken", db_index=False)
    komt_uit = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = "taak van een vacature"
        verbose_name_plural = "taken van een vacature"
        constraints = [
            models.UniqueConstraint(
                name="taken_van_een_vacature_hebben_een_volgorde",
                fields=["vacature", "volgorde"],
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Op deze plaats staat al een taak.",
            ),
            models.CheckConstraint(
                name="taak_zegt_wat_er_gebeurt",
                condition=~Q(omschrijving=""),
                violation_error_message="Vul in wat de taak is.",
            ),
            models.CheckConstraint(
                name="uren_van_taak_zijn_meer_dan_nul_en_hoogstens_60",
                condition=Q(uren_per_week__isnull=True) | Q(uren_per_week__gt=0, uren_per_week__lte=MAX_UREN),
                violation_error_message="Vul uren per week in, meer dan 0 en hoogstens 60.",
            ),
            models.CheckConstraint(
                name="niveau_en_rijbewijzen_van_taak_zijn_bekend",
                condition=(
                    Q(code_werk_en_denkniveau_minimaal__isnull=True)
                    | Q(code_werk_en_denkniveau_minimaal__in=sorted(n.value for n in Niveau))
                )
                & Q(rijbewijzen__contained_by=sorted(RIJBEWIJZEN)),
                violation_error_message="Dit niveau of rijbewijs bestaat niet.",
            ),
        ]


class OpenbareVacature(_Openbaar):
    """What everybody may read: a view on the open, public vacatures (`0041`). On which day is up to the query."""

    id = models.UUIDField(primary_key=True)

    class Meta:
        managed = False
        db_table = "bemiddeling_openbarevacature"
        verbose_name = "openbare vacature"
        verbose_name_plural = "openbare vacatures"


class OpenbareTaak(_Taakvelden):
    """A task of an `OpenbareVacature`."""

    id = models.UUIDField(primary_key=True)
    vacature = models.ForeignKey(OpenbareVacature, on_delete=models.DO_NOTHING, related_name="taken")

    class Meta:
        managed = False
        db_table = "bemiddeling_openbaretaak"
        verbose_name = "openbare taak"
        verbose_name_plural = "openbare taken"
