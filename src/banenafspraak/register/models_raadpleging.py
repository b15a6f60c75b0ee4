"""The tables of the employer's check: who works where, who asked about whom, and how much an employer still may ask.

A person is here an index under a key of its own (tag "raadpleging"), so that these tables cannot be joined to the
register or to the logboek without the keys. What the register answered is kept nowhere: it can be asked again as it
was known at that moment.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import Exact

from banenafspraak.access import verzegeld
from banenafspraak.access.actor import burger_numbers
from banenafspraak.access.bsn import SEALED_LENGTH
from banenafspraak.wet.raadpleging import Raadpleegsoort

SOORTEN = tuple(sorted(soort.value for soort in Raadpleegsoort))
UITKOMSTEN = ("beantwoord", "code_onjuist", "geblokkeerd", "geen_werknemer", "quotum_op")
BLOKREDENEN = ("aandringen", "buren", "weinig_treffers")


def _length(column: str) -> Func:
    return Func(F(column), function="octet_length", output_field=models.IntegerField())


def _whole_hmac(column: str, *, name: str, message: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(Exact(_length(column), 32)), violation_error_message=message)


class Werkrelatie(models.Model):
    """That somebody had a wage from an employer in months of one year: bit 0 of `maanden` is January.

    `numiv` tells the inkomstenverhoudingen of one person at one employer apart, so that taking back one of them leaves
    the other; None is of before it was kept. Who counts people counts each `bsn_index` once. Taken in at the door of
    the wage deliveries, for this calendar year and the one before: longer ago no employer may ask about. Everybody is
    in it, registered or not, or it would itself say who is. The number lies sealed here, so that the list of own staff
    can be answered and logged person by person.
    """

    lhnr_index = models.BinaryField(max_length=32)
    bsn_index = models.BinaryField(max_length=32)
    bsn_verzegeld = models.BinaryField()
    jaar = models.SmallIntegerField()
    numiv = models.SmallIntegerField(null=True)
    maanden = models.SmallIntegerField()

    class Meta:
        verbose_name = "werkrelatie"
        verbose_name_plural = "werkrelaties"
        constraints = [
            models.UniqueConstraint(
                name="werkrelatie_staat_er_per_jaar_een_keer",
                fields=["lhnr_index", "bsn_index", "jaar", "numiv"],
                nulls_distinct=False,
                violation_error_message="Deze werkrelatie staat er al.",
            ),
            models.CheckConstraint(
                name="bsn_van_werkrelatie_is_verzegeld",
                condition=Q(Exact(_length("bsn_verzegeld"), SEALED_LENGTH)),
                violation_error_message="Het BSN is niet verzegeld.",
            ),
            models.CheckConstraint(
                name="werkrelatie_heeft_minstens_een_maand",
                condition=Q(maanden__gte=1, maanden__lte=4095),
                violation_error_message="Een werkrelatie duurt minstens een maand van het jaar.",
            ),
        ]


class Werkgeversomvang(models.Model):
    """How many people an employer paid in the newest month that was delivered; the quota is a share of it."""

    lhnr_index = models.BinaryField(max_length=32, primary_key=True)
    maand = models.DateField()
    werknemers = models.IntegerField()

    class Meta:
        verbose_name = "werkgeversomvang"
        verbose_name_plural = "werkgeversomvangen"
        constraints = [
            models.CheckConstraint(
                name="werkgeversomvang_is_niet_negatief",
                condition=Q(werknemers__gte=0),
                violation_error_message="Een aantal werknemers is niet negatief.",
            ),
        ]


class Raadpleegstand(models.Model):
    """How much an organisation may still ask, and what the detector remembers of what it asked. One row, locked.

    `tegoed` is the bucket as it stood at `tegoed_at`; `cusum` the sum of evidence for blind guessing; `buurten` the
    keyed neighbourhoods of the last twenty numbers that were answered.
    """

    organisatie = models.OneToOneField(
        "access.Organisatie", on_delete=models.PROTECT, related_name="+", primary_key=True
    )
    tegoed = models.FloatField()
    tegoed_at = models.DateTimeField()
    jaar = models.SmallIntegerField()
    gebruikt = models.IntegerField(default=0)
    cusum = models.FloatField(default=0)
    gevraagd = models.IntegerField(default=0)
    treffers = models.IntegerField(default=0)
    buurten = ArrayField(models.BigIntegerField(), default=list)
    fouten_op = models.DateField(null=True, blank=True)
    fouten = models.IntegerField(default=0)
    elfproef_fouten = models.IntegerField(default=0)
    geblokkeerd = models.BooleanField(default=False)

    class Meta:
        verbose_name = "raadpleegstand"
        verbose_name_plural = "raadpleegstanden"
        constraints = [
            models.CheckConstraint(
                name="raadpleegstand_telt_nooit_onder_nul",
                condition=Q(tegoed__gte=0, gebruikt__gte=0, cusum__gte=0, fouten__gte=0, elfproef_fouten__gte=0),
                violation_error_message="Een stand kan niet onder nul komen.",
            ),
            models.CheckConstraint(
                name="raadpleegstand_heeft_hoogstens_zoveel_treffers_als_vragen",
                condition=Q(treffers__gte=0, treffers__lte=F("gevraagd")),
                violation_error_message="Er zijn meer treffers dan vragen.",
            ),
        ]


class Raadpleegverzoek(models.Model):
    """One request with one or more questions: by whom, for whom, when. A repeated key gives the same answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    werkgever = models.ForeignKey("access.Organisatie", on_delete=models.PROTECT, related_name="+")
    door = models.ForeignKey("access.Organisatie", on_delete=models.PROTECT, related_name="+", db_index=False)
    gebruiker = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    sleutel = models.BinaryField(max_length=32, null=True)
    inhoud = models.BinaryField(max_length=32, null=True)

    class Meta:
        verbose_name = "raadpleegverzoek"
        verbose_name_plural = "raadpleegverzoeken"
        indexes = [
            # What an office asked for others; most requests are for whoever asks, and are not in it.
            models.Index(name="raadpleegverzoek_van_kantoor", fields=["door"], condition=~Q(werkgever=F("door")))
        ]
        constraints = [
            models.UniqueConstraint(
                name="raadpleegverzoek_met_deze_sleutel_is_er_een_keer",
                fields=["door", "sleutel"],
                condition=Q(sleutel__isnull=False),
                violation_error_message="Dit verzoek is al gedaan.",
            ),
        ]


class Raadpleging(models.Model):
    """One question about one person, and how it ended; not what the register said."""

    verzoek = models.ForeignKey("register.Raadpleegverzoek", on_delete=models.PROTECT, related_name="+")
    volgnummer = models.SmallIntegerField()
    werkgever = models.ForeignKey("access.Organisatie", on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    bsn_index = models.BinaryField(max_length=32)
    soort = models.CharField(max_length=12)
    gevraagde_dag = models.DateField()
    uitlener = models.CharField(max_length=8, blank=True, default="")
    uitkomst = models.CharField(max_length=16)
    kost_quotum = models.BooleanField()

    class Meta:
        verbose_name = "raadpleging"
        verbose_name_plural = "raadplegingen"
        indexes = [
            models.Index(name="raadpleging_per_persoon", fields=["bsn_index", "werkgever"]),
            models.Index(name="raadpleging_per_werkgever", fields=["werkgever", "-asked_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="raadpleging_heeft_een_bekende_soort_en_uitkomst",
                condition=Q(soort__in=SOORTEN, uitkomst__in=UITKOMSTEN),
                violation_error_message="Deze soort vraag bestaat niet.",
            ),
            models.CheckConstraint(
                name="raadpleging_van_een_ingeleende_noemt_de_uitlener",
                condition=Q(soort="ingeleend", uitlener__regex=r"^[0-9]{8}$")
                | (~Q(soort="ingeleend") & Q(uitlener="")),
                violation_error_message="Noem het KvK-nummer van wie u de persoon inleent.",
            ),
            models.CheckConstraint(
                name="alleen_een_beantwoorde_raadpleging_kost_quotum",
                condition=Q(kost_quotum=False) | Q(uitkomst="beantwoord"),
                violation_error_message="Een vraag zonder antwoord kost niets.",
            ),
        ]


class Kandidaatcode(models.Model):
    """A code with which a candidate lets one employer ask without using quota. Kept as a keyed index only.

    `bsn_index` is that of the register, by which the candidate finds the own codes back. Without `kvk` the code is for
    the first employer who uses it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bsn_index = models.BinaryField(max_length=32)
    code_index = models.BinaryField(max_length=32)
    kvk = models.CharField(max_length=8, blank=True, default="")
    made_at = models.DateTimeField()
    geldig_tot = models.DateTimeField()
    ingetrokken_at = models.DateTimeField(null=True, blank=True)
    gebruikt_at = models.DateTimeField(null=True, blank=True)
    gebruikt_door = models.ForeignKey(
        "access.Organisatie", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "kandidaatcode"
        verbose_name_plural = "kandidaatcodes"
        indexes = [models.Index(name="kandidaatcode_per_persoon", fields=["bsn_index"])]
        constraints = [
            _whole_hmac(
                "code_index",
                name="kandidaatcode_is_alleen_als_index_bewaard",
                message="Bewaar van een code alleen de index.",
            ),
            models.CheckConstraint(
                name="kandidaatcode_is_voor_een_kvk_nummer_of_nog_open",
                condition=Q(kvk="") | Q(kvk__regex=r"^[0-9]{8}$"),
                violation_error_message="Een KvK-nummer heeft acht cijfers.",
            ),
            models.CheckConstraint(
                name="kandidaatcode_verloopt_na_haar_begin",
                condition=Q(geldig_tot__gt=F("made_at")),
                violation_error_message="De code moet nog enige tijd geldig zijn.",
            ),
            models.CheckConstraint(
                name="gebruikte_kandidaatcode_noemt_door_wie",
                condition=Q(gebruikt_at__isnull=True, gebruikt_door__isnull=True)
                | Q(gebruikt_at__isnull=False, gebruikt_door__isnull=False),
                violation_error_message="Leg vast wie de code gebruikte.",
            ),
        ]


verzegeld.add_volger(Kandidaatcode, numbers=burger_numbers)


class Blokkade(models.Model):
    """That an organisation may not ask about new people, why, and what the detector had seen; until it is lifted."""

    organisatie = models.ForeignKey("access.Organisatie", on_delete=models.PROTECT, related_name="+")
    reden = models.CharField(max_length=16, choices=[(r, r) for r in BLOKREDENEN])
    since = models.DateTimeField()
    gevraagd = models.IntegerField()
    treffers = models.IntegerField()
    cusum = models.FloatField()
    fouten = models.IntegerField()
    opgeheven_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "blokkade"
        verbose_name_plural = "blokkades"
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="organisatie_heeft_hoogstens_een_blokkade_tegelijk",
                fields=["organisatie"],
                condition=Q(opgeheven_at__isnull=True),
                violation_error_message="Deze organisatie is al geblokkeerd.",
            ),
            models.CheckConstraint(
                name="blokkade_heeft_een_bekende_reden",
                condition=Q(reden__in=BLOKREDENEN),
                violation_error_message="Deze reden bestaat niet.",
            ),
        ]


class Bezwaar(models.Model):
    """An employer's objection to a blokkade, and what the supervisor decided about it, with the reason."""

    class Stand(models.TextChoices):
        """Where it is in its life: see `bezwaren`."""

        INGEDIEND = "ingediend", "Ingediend"
        TOEGEWEZEN = "toegewezen", "Toegewezen"
        AFGEWEZEN = "afgewezen", "Afgewezen"

    blokkade = models.ForeignKey("register.Blokkade", on_delete=models.PROTECT, related_name="bezwaren")
    volgnummer = models.SmallIntegerField()
    toelichting = models.TextField(max_length=2000)
    ingediend_at = models.DateTimeField()
    stand = models.CharField(max_length=10, choices=Stand, default=Stand.INGEDIEND)
    besloten_at = models.DateTimeField(null=True, blank=True)
    motivering = models.TextField(max_length=2000, blank=True, default="")

    class Meta:
        verbose_name = "bezwaar"
        verbose_name_plural = "bezwaren"
        ordering = ["ingediend_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="bezwaren_bij_een_blokkade_zijn_geteld",
                fields=["blokkade", "volgnummer"],
                violation_error_message="Dit bezwaar is al ingediend.",
            ),
            models.UniqueConstraint(
                name="bij_een_blokkade_loopt_hoogstens_een_bezwaar",
                fields=["blokkade"],
                condition=Q(stand="ingediend"),
                violation_error_message="Uw bezwaar wordt al behandeld.",
            ),
            models.CheckConstraint(
                name="besloten_bezwaar_noemt_wanneer_en_waarom",
                condition=Q(stand="ingediend", besloten_at__isnull=True, motivering="")
                | (Q(stand__in=["toegewezen", "afgewezen"], besloten_at__isnull=False) & ~Q(motivering="")),
                violation_error_message="Schrijf op waarom u zo beslist.",
            ),
            models.CheckConstraint(
                name="bezwaar_zegt_waarom_het_er_is",
                condition=~Q(toelichting=""),
                violation_error_message="Schrijf op waarom u bezwaar maakt.",
            ),
        ]
