"""The tables of this room. Other rooms use the noun modules (`actor`, `gebieden`, `logboek`), never these classes."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import make_password
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import Exact

from banenafspraak.access.bsn import SEALED_LENGTH
from banenafspraak.access.gebieden import Zekerheid
from banenafspraak.access.permissions import ROLLEN, Rol


def no_password() -> str:
    """A fresh value that can never match a password. Replacing it ends every session of the user."""
    return make_password(None)


def bsn_context(gebruiker_id: uuid.UUID | str) -> str:
    """What the sealed BSN of this user is bound to, so that it opens in no other row."""
    return f"access.gebruiker.bsn_verzegeld:{gebruiker_id}"


class Gebruiker(AbstractBaseUser):
    """Somebody who can sign in. Identity comes from an identity provider; no password is ever kept here.

    `sub` is the provider's stable name for the person (issuer and subject of OpenID Connect); empty until the
    first sign-in, and for demo users for ever. What somebody may do hangs on a `Lidmaatschap`, not on this row.
    `bsn_verzegeld` is there for a burger only: DigiD vouched for the number, and the own data are found by it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Django derives the session's fingerprint from this column; the constraint below keeps passwords out of it.
    password = models.CharField(max_length=128, default=no_password, editable=False)
    sub = models.CharField(max_length=255, null=True, blank=True, unique=True)
    email = models.EmailField(unique=True)
    naam = models.CharField(max_length=200)
    bsn_verzegeld = models.BinaryField(null=True, editable=False)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = BaseUserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["naam"]

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"
        constraints = [
            models.CheckConstraint(
                name="gebruiker_heeft_nooit_een_wachtwoord",
                condition=Q(password__startswith="!"),  # noqa: S106
                violation_error_message="Een gebruiker heeft hier geen wachtwoord: inloggen gaat via de inlogdienst.",
            ),
            models.CheckConstraint(
                name="bsn_van_gebruiker_is_verzegeld",
                condition=Q(bsn_verzegeld__isnull=True)
                | Q(
                    Exact(
                        Func(F("bsn_verzegeld"), function="octet_length", output_field=models.IntegerField()),
                        SEALED_LENGTH,
                    )
                ),
                violation_error_message="Het BSN is niet verzegeld.",
            ),
            models.CheckConstraint(
                name="gebruiker_heeft_een_naam",
                condition=~Q(naam=""),
                violation_error_message="Vul de naam van de gebruiker in.",
            ),
        ]

    def get_full_name(self) -> str:
        """The name as shown on a page."""
        return self.naam

    def get_short_name(self) -> str:
        """The name as shown on a page; there is no shorter one."""
        return self.naam


class Gemeente(models.Model):
    """A gemeente by its CBS code, with the time in which it existed (unbounded where we hold no date)."""

    code = models.CharField(max_length=6, primary_key=True)
    naam = models.CharField(max_length=100)
    geldig = DateRangeField()

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"
        constraints = [
            models.CheckConstraint(
                name="gemeentecode_is_gm_met_vier_cijfers",
                condition=Q(code__regex=r"^GM[0-9]{4}$"),
                violation_error_message="Een gemeentecode is GM met vier cijfers, bijvoorbeeld GM0402.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class Arbeidsmarktregio(models.Model):
    """A labour-market region by its CBS code, under its present name and the names it had before."""

    code = models.CharField(max_length=4, primary_key=True)
    naam = models.CharField(max_length=100, unique=True)
    eerdere_namen = ArrayField(models.CharField(max_length=100), default=list, blank=True)

    class Meta:
        verbose_name = "arbeidsmarktregio"
        verbose_name_plural = "arbeidsmarktregio's"
        constraints = [
            models.CheckConstraint(
                name="regiocode_is_am_met_twee_cijfers",
                condition=Q(code__regex=r"^AM[0-9]{2}$"),
                violation_error_message="Een regiocode is AM met twee cijfers, bijvoorbeeld AM12.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class GemeenteIndeling(models.Model):
    """In which arbeidsmarktregio a gemeente lay, during a half-open range of days; at most one on each day."""

    gemeente = models.ForeignKey("access.Gemeente", on_delete=models.PROTECT, related_name="indelingen")
    regio = models.ForeignKey("access.Arbeidsmarktregio", on_delete=models.PROTECT, related_name="indelingen")
    geldig = DateRangeField()
    zekerheid = models.CharField(max_length=20, choices=[(z.value, z.value) for z in Zekerheid])

    class Meta:
        verbose_name = "gemeente-indeling"
        verbose_name_plural = "gemeente-indelingen"
        constraints = [
            ExclusionConstraint(
                name="gemeente_ligt_op_elke_dag_in_hoogstens_een_regio",
                expressions=[(F("gemeente"), RangeOperators.EQUAL), (F("geldig"), RangeOperators.OVERLAPS)],
                violation_error_message="Deze gemeente hoort in (een deel van) deze tijd al bij een andere regio.",
            ),
            models.CheckConstraint(
                name="indeling_duurt_minstens_een_dag",
                condition=Q(geldig__isempty=False),
                violation_error_message="De einddatum moet na de begindatum liggen.",
            ),
            models.CheckConstraint(
                name="indeling_zegt_hoe_zeker_ze_is",
                condition=Q(zekerheid__in=[z.value for z in Zekerheid]),
                violation_error_message="Zeg hoe zeker deze indeling is.",
            ),
        ]


class Organisatie(models.Model):
    """On whose behalf somebody acts: a gemeente, a service point, UWV, an employer, a ministry, a supervisor."""

    class Soort(models.TextChoices):
        """What kind of organisation; it decides which of the identifying fields must be there."""

        GEMEENTE = "gemeente", "Gemeente"
        MINISTERIE = "ministerie", "Ministerie"
        TOEZICHTHOUDER = "toezichthouder", "Toezichthouder"
        UWV = "uwv", "UWV"
        WERKGEVER = "werkgever", "Werkgever"
        WSP = "wsp", "Werkgeversservicepunt"

    soort = models.CharField(max_length=20, choices=Soort)
    naam = models.CharField(max_length=200)
    oin = models.CharField(max_length=20, null=True, blank=True, unique=True)
    kvk = models.CharField(max_length=8, null=True, blank=True, unique=True)
    gemeente = models.ForeignKey("access.Gemeente", on_delete=models.PROTECT, null=True, blank=True)
    regio = models.ForeignKey("access.Arbeidsmarktregio", on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        constraints = [
            models.CheckConstraint(
                name="oin_is_twintig_cijfers",
                condition=Q(oin__isnull=True) | Q(oin__regex=r"^[0-9]{20}$"),
                violation_error_message="Een OIN heeft twintig cijfers.",
            ),
            models.CheckConstraint(
                name="kvk_nummer_is_acht_cijfers",
                condition=Q(kvk__isnull=True) | Q(kvk__regex=r"^[0-9]{8}$"),
                violation_error_message="Een KvK-nummer heeft acht cijfers.",
            ),
            models.CheckConstraint(
                name="organisatie_van_soort_gemeente_noemt_haar_gemeente",
                condition=~Q(soort="gemeente") | Q(gemeente__isnull=False),
                violation_error_message="Kies de gemeente waar deze organisatie voor werkt.",
            ),
            models.CheckConstraint(
                name="werkgeversservicepunt_noemt_zijn_regio",
                condition=~Q(soort="wsp") | Q(regio__isnull=False),
                violation_error_message="Kies de arbeidsmarktregio van dit werkgeversservicepunt.",
            ),
            models.CheckConstraint(
                name="werkgever_is_te_herkennen_aan_kvk_of_oin",
                condition=~Q(soort="werkgever") | Q(kvk__isnull=False) | Q(oin__isnull=False),
                violation_error_message="Vul het KvK-nummer of het OIN van de werkgever in.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class Lidmaatschap(models.Model):
    """That a user may play a role for an organisation, during a half-open range of days.

    A burger acts for nobody but themselves: that membership, and only that one, has no organisation.
    """

    gebruiker = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, related_name="lidmaatschappen")
    organisatie = models.ForeignKey(
        "access.Organisatie", on_delete=models.PROTECT, null=True, blank=True, related_name="lidmaatschappen"
    )
    rol = models.CharField(
        max_length=20, choices=[(r.value, ROLLEN[r].naam) for r in Rol if r not in (Rol.ANONIEM, Rol.SYSTEEM)]
    )
    geldig = DateRangeField()

    class Meta:
        verbose_name = "lidmaatschap"
        verbose_name_plural = "lidmaatschappen"
        constraints = [
            models.CheckConstraint(
                name="lidmaatschap_heeft_een_bekende_rol",
                condition=Q(rol__in=sorted(r.value for r in Rol if r not in (Rol.ANONIEM, Rol.SYSTEEM))),
                violation_error_message="Kies een rol die bestaat.",
            ),
            models.CheckConstraint(
                name="alleen_een_burger_handelt_zonder_organisatie",
                condition=Q(rol="burger", organisatie__isnull=True) | (~Q(rol="burger") & Q(organisatie__isnull=False)),
                violation_error_message="Een burger handelt voor zichzelf; elke andere rol hoort bij een organisatie.",
            ),
            models.CheckConstraint(
                name="lidmaatschap_duurt_minstens_een_dag",
                condition=Q(geldig__isempty=False),
                violation_error_message="De einddatum moet na de begindatum liggen.",
            ),
            ExclusionConstraint(
                name="lidmaatschap_staat_er_op_elke_dag_hoogstens_een_keer",
                expressions=[
                    (F("gebruiker"), RangeOperators.EQUAL),
                    # An exclusion never compares NULL; 0 stands for 'no organisation', which no row has as its id.
                    (Func(F("organisatie"), 0, function="COALESCE"), RangeOperators.EQUAL),
                    (F("rol"), RangeOperators.EQUAL),
                    (F("geldig"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze gebruiker heeft deze rol in (een deel van) deze tijd al.",
            ),
        ]


class Logregel(models.Model):
    """One thing done or looked at. The database refuses to change or remove it (see the migration's triggers).

    Carries the keyed index of the person concerned, never a BSN, and no free text typed by a user.
    """

    recorded_at = models.DateTimeField(db_index=True)
    # No cascade and no SET NULL: who did it must stay, so the user's row may only lose its name and address.
    gebruiker = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, null=True, related_name="+")
    organisatie = models.ForeignKey("access.Organisatie", on_delete=models.PROTECT, null=True, related_name="+")
    rol = models.CharField(max_length=20)
    doel = models.CharField(max_length=200)
    handeling = models.CharField(max_length=100)
    onderwerp = models.CharField(max_length=200, blank=True)
    persoon_bsn_index = models.BinaryField(null=True, max_length=32)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = "logregel"
        verbose_name_plural = "logregels"
        indexes = [
            models.Index(
                name="logregel_per_persoon",
                fields=["persoon_bsn_index", "recorded_at"],
                condition=Q(persoon_bsn_index__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="logregel_noemt_handeling_en_doel",
                condition=~Q(handeling="") & ~Q(doel=""),
                violation_error_message="Een logregel noemt wat er gebeurde en waarvoor.",
            ),
        ]
