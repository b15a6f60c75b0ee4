"""The tables of contact by consent. Private to this room, like `models`.

What an employer writes is sealed, for nobody can say beforehand that there is no person in it. The employer's own row
(`Contactverzoek`) holds nothing that changes with what a person or a bemiddelaar does: how far it is with whom stands
in `Voorstel`, which the employer's role cannot read, and what may be read in `Toestemming`, through one function.
"""

import uuid
from collections.abc import Iterable
from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from banenafspraak.bemiddeling.contactwoorden import (
    BEANTWOORD,
    Berichtsoort,
    Contactdoel,
    Contactstatus,
    Contactuitkomst,
    Gegeven,
    Ongeschiktreden,
    Tekstcontrole,
    Voorstelstatus,
)

MAX_AANTAL = 10


def verzoek_context(kolom: str, verzoek_id: uuid.UUID | str) -> str:
    """What a sealed column of this contactverzoek is bound to."""
    return f"bemiddeling.contactverzoek.{kolom}:{verzoek_id}"


def toestemming_context(toestemming_id: uuid.UUID | str) -> str:
    """What the sealed data of this consent are bound to."""
    return f"bemiddeling.toestemming.gegevens:{toestemming_id}"


def _known(words: Iterable[StrEnum]) -> list[str]:
    return sorted(word.value for word in words)


def _choices(words: Iterable[StrEnum]) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


class Contactverzoek(models.Model):
    """That an employer wants to meet one or more people who fit a card; the same for ever, whatever they answer.

    `kaart` is the id under which this employer saw the card, `wens` what it searched for, as in the address. `sleutel`
    makes a second press of the button the same request. `controle` stays as it was when the request was made.
    `sluit_at` is when the employer hears who wants contact at the latest; it is set when the request is made.

    With `vacature` it is a voordracht: not the employer asks but a bemiddelaar, of the organisation `voordracht_van`,
    who knows whom. Then there is no card, and the employer's role sees the row no more than the proposals.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    werkgever = models.ForeignKey("access.Organisatie", on_delete=models.PROTECT, related_name="+")
    gevraagd_door = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, related_name="+")
    sleutel = models.UUIDField(default=uuid.uuid4)
    vacature = models.ForeignKey("bemiddeling.Vacature", on_delete=models.DO_NOTHING, null=True, related_name="+")
    voordracht_van = models.ForeignKey("access.Organisatie", on_delete=models.PROTECT, null=True, related_name="+")
    kaart = models.CharField(max_length=64, blank=True)
    wens = models.CharField(max_length=500, blank=True, default="")
    aantal = models.PositiveSmallIntegerField()
    doel = models.CharField(max_length=20, choices=_choices(Contactdoel))
    vacature_verzegeld = models.BinaryField()
    aanbod_verzegeld = models.BinaryField()
    controle = models.CharField(max_length=20, choices=_choices(Tekstcontrole))
    status = models.CharField(max_length=20, choices=_choices(Contactstatus))
    gevraagd_at = models.DateTimeField()
    sluit_at = models.DateTimeField()

    class Meta:
        verbose_name = "contactverzoek"
        verbose_name_plural = "contactverzoeken"
        indexes = [models.Index(name="contactverzoek_van_werkgever", fields=["werkgever", "-gevraagd_at"])]
        constraints = [
            models.UniqueConstraint(
                name="contactverzoek_wordt_een_keer_verstuurd",
                fields=["werkgever", "sleutel"],
                violation_error_message="Dit verzoek is al verstuurd.",
            ),
            models.CheckConstraint(
                name="contactverzoek_vraagt_om_een_tot_tien_mensen",
                condition=Q(aantal__gte=1, aantal__lte=MAX_AANTAL),
                violation_error_message="Vraag om 1 tot en met 10 mensen.",
            ),
            models.CheckConstraint(
                name="contactverzoek_heeft_een_bekend_doel",
                condition=Q(doel__in=_known(Contactdoel)),
                violation_error_message="Kies wat u aanbiedt.",
            ),
            models.CheckConstraint(
                name="contactverzoek_heeft_een_bekende_status",
                condition=Q(status__in=_known(Contactstatus)),
                violation_error_message="Deze status bestaat niet.",
            ),
            models.CheckConstraint(
                name="tekst_van_contactverzoek_is_vrij_of_vastgehouden",
                condition=Q(controle__in=_known(Tekstcontrole)),
                violation_error_message="Zeg of deze tekst mag worden getoond.",
            ),
            models.CheckConstraint(
                name="voordracht_noemt_een_vacature_en_wie_haar_doet",
                condition=Q(vacature__isnull=True, voordracht_van__isnull=True) & ~Q(kaart="")
                | Q(vacature__isnull=False, voordracht_van__isnull=False, kaart=""),
                violation_error_message="Een voordracht hoort bij een vacature.",
            ),
            models.CheckConstraint(
                name="contactverzoek_sluit_nadat_het_is_gedaan",
                condition=Q(sluit_at__gt=F("gevraagd_at")),
                violation_error_message="Een verzoek sluit na de dag waarop het is gedaan.",
            ),
        ]


class Voorstel(models.Model):
    """That one person is thought of for one request, and how far that is. An employer's role cannot see these rows.

    `werkgever` and `doel` are those of the request, repeated so that the database itself refuses the second time:
    nobody is asked twice by one employer for one purpose, or for one `vacature` that they are put forward for.
    `eerste_antwoord_op` is the last day on which the bemiddelaar
    answers in time, `te_laat_at` when that was found to be past, `antwoord_op` the last day for the person.
    `betrokkene_index` is under what the logboek knows the person, so that a look can be written down by the database.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    verzoek = models.ForeignKey(
        "bemiddeling.Contactverzoek", on_delete=models.PROTECT, related_name="voorstellen", db_index=False
    )
    werkgever = models.ForeignKey("access.Organisatie", on_delete=models.PROTECT, related_name="+", db_index=False)
    doel = models.CharField(max_length=20, choices=_choices(Contactdoel))
    vacature = models.ForeignKey("bemiddeling.Vacature", on_delete=models.DO_NOTHING, null=True, related_name="+")
    persoon = models.ForeignKey("register.Persoon", on_delete=models.PROTECT, related_name="+")
    betrokkene_index = models.BinaryField(max_length=32)
    status = models.CharField(max_length=20, choices=_choices(Voorstelstatus))
    reden = models.CharField(max_length=30, blank=True, default="", choices=_choices(Ongeschiktreden))
    uitkomst = models.CharField(max_length=30, blank=True, default="", choices=_choices(Contactuitkomst))
    voorgesteld_at = models.DateTimeField()
    eerste_antwoord_op = models.DateField()
    te_laat_at = models.DateTimeField(null=True)
    beoordelaar = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, null=True, related_name="+")
    beoordeeld_at = models.DateTimeField(null=True)
    antwoord_op = models.DateField()
    beantwoord_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "voorstel"
        verbose_name_plural = "voorstellen"
        indexes = [
            models.Index(name="voorstel_dat_wacht", fields=["eerste_antwoord_op"], condition=Q(status="voorgesteld")),
            models.Index(name="voorstel_dat_is_gevraagd", fields=["antwoord_op"], condition=Q(status="gevraagd")),
        ]
        constraints = [
            models.UniqueConstraint(
                name="niemand_wordt_twee_keer_gevraagd_voor_een_doel",
                fields=["werkgever", "doel", "persoon", "vacature"],
                nulls_distinct=False,
                violation_error_message="Deze werkgever heeft deze persoon hier al voor gevraagd.",
            ),
            models.UniqueConstraint(
                name="iemand_staat_een_keer_in_een_verzoek",
                fields=["verzoek", "persoon"],
                violation_error_message="Deze persoon is voor dit verzoek al voorgesteld.",
            ),
            models.CheckConstraint(
                name="voorstel_heeft_een_bekende_status",
                condition=Q(status__in=_known(Voorstelstatus)),
                violation_error_message="Deze status bestaat niet.",
            ),
            models.CheckConstraint(
                name="voorstel_dat_niet_past_heeft_een_reden",
                condition=Q(status="niet_geschikt", reden__in=_known(Ongeschiktreden))
                | (~Q(status="niet_geschikt") & Q(reden="")),
                violation_error_message="Kies waarom het niet past.",
            ),
            models.CheckConstraint(
                name="voorstel_dat_is_afgerond_heeft_een_uitkomst",
                condition=Q(status="afgerond", uitkomst__in=_known(Contactuitkomst))
                | (~Q(status="afgerond") & Q(uitkomst="")),
                violation_error_message="Kies wat er van het contact is gekomen.",
            ),
            models.CheckConstraint(
                name="niemand_wordt_gevraagd_zonder_oordeel_van_een_bemiddelaar",
                condition=Q(beoordeeld_at__isnull=False, beoordelaar__isnull=False)
                | Q(status__in=["gestopt", "verlopen", "voorgesteld"]),
                violation_error_message="Een bemiddelaar beoordeelt dit eerst.",
            ),
            models.CheckConstraint(
                name="antwoord_van_voorstel_heeft_een_moment",
                condition=Q(status__in=_known(BEANTWOORD), beantwoord_at__isnull=False)
                | (~Q(status__in=_known(BEANTWOORD)) & Q(beantwoord_at__isnull=True)),
                violation_error_message="Dit voorstel is nog niet beantwoord.",
            ),
        ]


class Voorstelstap(models.Model):
    """One thing that happened to a voorstel; the table only grows. `gebruiker` is None for what the clock did."""

    voorstel = models.ForeignKey("bemiddeling.Voorstel", on_delete=models.PROTECT, related_name="stappen")
    handeling = models.CharField(max_length=30)
    van = models.CharField(max_length=20, blank=True, default="")
    naar = models.CharField(max_length=20)
    at = models.DateTimeField()
    rol = models.CharField(max_length=20)
    gebruiker = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "voorstelstap"
        verbose_name_plural = "voorstelstappen"


class Toestemming(models.Model):
    """A yes: this employer may use just these data, for this purpose, until a day. Withdrawn, over or used: data gone.

    `gegevens_verzegeld` is what the person saw and gave, as it was then: no more is ever shown. `geldig_tot` is the
    first day on which it is over. `vrij_at` is the fixed moment from which the employer sees it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    voorstel = models.OneToOneField("bemiddeling.Voorstel", on_delete=models.PROTECT, related_name="toestemming")
    werkgever = models.ForeignKey("access.Organisatie", on_delete=models.PROTECT, related_name="+")
    doel = models.CharField(max_length=20, choices=_choices(Contactdoel))
    vacature = models.ForeignKey("bemiddeling.Vacature", on_delete=models.DO_NOTHING, null=True, related_name="+")
    persoon = models.ForeignKey("register.Persoon", on_delete=models.PROTECT, related_name="+")
    gegevens = ArrayField(models.CharField(max_length=20))
    gegevens_verzegeld = models.BinaryField(null=True)
    gegeven_at = models.DateTimeField()
    doorgegeven_door = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, null=True, related_name="+")
    vrij_at = models.DateTimeField()
    geldig_tot = models.DateField()
    geeindigd_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "toestemming"
        verbose_name_plural = "toestemmingen"
        indexes = [
            models.Index(name="toestemming_die_loopt", fields=["geldig_tot"], condition=Q(geeindigd_at__isnull=True)),
        ]
        constraints = [
            models.UniqueConstraint(
                name="toestemming_geldt_voor_een_werkgever_en_een_doel",
                fields=["persoon", "werkgever", "doel", "vacature"],
                nulls_distinct=False,
                violation_error_message="U hebt deze werkgever hiervoor al toestemming gegeven.",
            ),
            models.CheckConstraint(
                name="toestemming_noemt_welke_gegevens_het_zijn",
                condition=Q(gegevens__contained_by=_known(Gegeven), gegevens__contains=["contact"]),
                violation_error_message="Kies welke gegevens u geeft.",
            ),
            models.CheckConstraint(
                name="toestemming_die_voorbij_is_heeft_geen_gegevens",
                condition=Q(geeindigd_at__isnull=True, gegevens_verzegeld__isnull=False)
                | Q(geeindigd_at__isnull=False, gegevens_verzegeld__isnull=True),
                violation_error_message="Deze toestemming is voorbij.",
            ),
            models.CheckConstraint(
                name="werkgever_ziet_gegevens_pas_na_de_toestemming",
                condition=Q(vrij_at__gte=F("gegeven_at")),
                violation_error_message="Een werkgever ziet gegevens pas na uw toestemming.",
            ),
        ]


class Bericht(models.Model):
    """A message that waits for a person or an organisation; the mail about it says no more than that.

    `over` is the id of what it is about, which the receiver sees after signing in.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    persoon = models.ForeignKey("register.Persoon", on_delete=models.PROTECT, null=True, related_name="+")
    organisatie = models.ForeignKey("access.Organisatie", on_delete=models.PROTECT, null=True, related_name="+")
    soort = models.CharField(max_length=30, choices=_choices(Berichtsoort))
    over = models.UUIDField(null=True)
    gemaakt_at = models.DateTimeField()
    verzonden_at = models.DateTimeField(null=True)
    gelezen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        indexes = [models.Index(name="bericht_dat_wacht", fields=["gemaakt_at"], condition=Q(verzonden_at=None))]
        constraints = [
            models.CheckConstraint(
                name="bericht_is_voor_een_persoon_of_een_organisatie",
                condition=Q(persoon__isnull=False, organisatie__isnull=True)
                | Q(persoon__isnull=True, organisatie__isnull=False),
                violation_error_message="Een bericht is voor een persoon of voor een organisatie.",
            ),
            models.CheckConstraint(
                name="bericht_heeft_een_bekende_soort",
                condition=Q(soort__in=_known(Berichtsoort)),
                violation_error_message="Dit soort bericht bestaat niet.",
            ),
            models.UniqueConstraint(
                name="bericht_over_een_ding_wordt_een_keer_gestuurd",
                fields=["persoon", "organisatie", "soort", "over"],
                condition=Q(over__isnull=False),
                nulls_distinct=False,
                violation_error_message="Dit bericht is al gestuurd.",
            ),
        ]
