"""The table of what people say is not right about their own data. Private to this room, like `models`.

What somebody writes may tell of an illness, and so may the answer: both lie sealed (`access.verzegeling`).
"""

import uuid

from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import Exact

from banenafspraak.access.bsn import SEALED_LENGTH
from banenafspraak.register.meldingwoorden import BEANTWOORD, SOORTEN, Meldingonderwerp, Meldingsoort, Meldingstatus


def melding_context(kolom: str, melding_id: uuid.UUID | str) -> str:
    """What a sealed column of this melding is bound to."""
    return f"register.melding.{kolom}:{melding_id}"


class Melding(models.Model):
    """That somebody says the register is wrong about them, or that a look at their data should not have been.

    By the person, never by another; `melder` is who signed in, for whoever is not in the register may report too.
    `blik` is the id of the look in the logboek. `uiterlijk_op` is the last day on which an answer is in time.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    melder = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, related_name="+", db_index=False)
    bsn_verzegeld = models.BinaryField()
    onderwerp = models.CharField(max_length=20, choices=[(o.value, o.value) for o in Meldingonderwerp])
    registratie = models.ForeignKey("register.Registratie", on_delete=models.PROTECT, null=True, related_name="+")
    blik = models.CharField(max_length=40, blank=True, default="")
    soort = models.CharField(max_length=40, choices=[(s.value, s.value) for s in Meldingsoort])
    toelichting_verzegeld = models.BinaryField()
    status = models.CharField(max_length=20, choices=[(s.value, s.value) for s in Meldingstatus])
    ingediend_at = models.DateTimeField()
    ontvangen_op = models.DateField()
    uiterlijk_op = models.DateField()
    verlengd_op = models.DateField(null=True)
    verlenging_verzegeld = models.BinaryField(null=True)
    behandelaar = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, null=True, related_name="+")
    antwoord_verzegeld = models.BinaryField(null=True)
    beantwoord_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "melding"
        verbose_name_plural = "meldingen"
        indexes = [
            models.Index(name="melding_van_melder", fields=["melder", "-ingediend_at"]),
            models.Index(
                name="melding_die_loopt",
                fields=["onderwerp", "uiterlijk_op"],
                condition=Q(status__in=[Meldingstatus.INGEDIEND.value, Meldingstatus.IN_BEHANDELING.value]),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="melding_heeft_een_bekende_status",
                condition=Q(status__in=sorted(s.value for s in Meldingstatus)),
                violation_error_message="Deze status bestaat niet.",
            ),
            models.CheckConstraint(
                name="melding_gaat_over_een_registratie_of_over_een_blik",
                condition=Q(onderwerp=Meldingonderwerp.REGISTRATIE.value, blik="")
                | (Q(onderwerp=Meldingonderwerp.BLIK.value, registratie__isnull=True) & ~Q(blik="")),
                violation_error_message="Kies waar uw melding over gaat.",
            ),
            models.CheckConstraint(
                name="melding_zegt_wat_er_niet_klopt",
                condition=Q(
                    onderwerp=Meldingonderwerp.REGISTRATIE.value,
                    soort__in=sorted(s.value for s in SOORTEN[Meldingonderwerp.REGISTRATIE]),
                )
                | Q(
                    onderwerp=Meldingonderwerp.BLIK.value,
                    soort__in=sorted(s.value for s in SOORTEN[Meldingonderwerp.BLIK]),
                ),
                violation_error_message="Kies wat er niet klopt.",
            ),
            models.CheckConstraint(
                name="melding_is_beantwoord_met_een_antwoord_en_een_moment",
                condition=Q(
                    status__in=sorted(s.value for s in BEANTWOORD),
                    antwoord_verzegeld__isnull=False,
                    beantwoord_at__isnull=False,
                    behandelaar__isnull=False,
                )
                | (
                    ~Q(status__in=sorted(s.value for s in BEANTWOORD))
                    & Q(antwoord_verzegeld__isnull=True, beantwoord_at__isnull=True)
                ),
                violation_error_message="Schrijf een antwoord.",
            ),
            models.CheckConstraint(
                name="verlenging_van_melding_heeft_een_reden",
                condition=Q(verlengd_op__isnull=True, verlenging_verzegeld__isnull=True)
                | Q(verlengd_op__isnull=False, verlenging_verzegeld__isnull=False),
                violation_error_message="Schrijf op waarom het antwoord later komt.",
            ),
            models.CheckConstraint(
                name="antwoordtermijn_van_melding_ligt_na_de_ontvangst",
                condition=Q(uiterlijk_op__gt=F("ontvangen_op")),
                violation_error_message="De laatste dag ligt na de dag van ontvangst.",
            ),
            models.CheckConstraint(
                name="bsn_van_melding_is_verzegeld",
                condition=Q(
                    Exact(
                        Func(F("bsn_verzegeld"), function="octet_length", output_field=models.IntegerField()),
                        SEALED_LENGTH,
                    )
                ),
                violation_error_message="Het BSN is niet verzegeld.",
            ),
            models.UniqueConstraint(
                name="over_een_ding_loopt_hoogstens_een_melding",
                fields=["melder", "onderwerp", "registratie", "blik", "soort"],
                condition=Q(status__in=[Meldingstatus.INGEDIEND.value, Meldingstatus.IN_BEHANDELING.value]),
                nulls_distinct=False,
                violation_error_message="U hebt dit al gemeld. Wij zijn ermee bezig.",
            ),
        ]
