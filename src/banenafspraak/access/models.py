"""The tables of this room. Other rooms use the noun modules (`actor`, `gebieden`, `logboek`), never these classes."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import make_password
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.expressions import RawSQL
from django.db.models.lookups import Exact

from banenafspraak.access.bsn import SEALED_LENGTH
from banenafspraak.access.gebieden import Zekerheid
from banenafspraak.access.permissions import NOT_A_USER, ROLLEN, Rol


def no_password() -> str:
    """A fresh value that can never match a password. Replacing it ends every session of the user."""
    return make_password(None)


def _length(column: str) -> Func:
    return Func(F(column), function="octet_length", output_field=models.IntegerField())


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
                condition=Q(bsn_verzegeld__isnull=True) | Q(Exact(_length("bsn_verzegeld"), SEALED_LENGTH)),
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
    rol = models.CharField(max_length=20, choices=[(r.value, ROLLEN[r].naam) for r in Rol if r not in NOT_A_USER])
    geldig = DateRangeField()

    class Meta:
        verbose_name = "lidmaatschap"
        verbose_name_plural = "lidmaatschappen"
        constraints = [
            models.CheckConstraint(
                name="lidmaatschap_heeft_een_bekende_rol",
                condition=Q(rol__in=sorted(r.value for r in Rol if r not in NOT_A_USER)),
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


class _Verzegelbaar(models.Model):
    """What a row of the logboek needs to be sealed: a salt, the transaction it came in, and its leaf once it is erased.

    The salt keeps somebody with only the leaf from trying every BSN. `blad` is empty until the row's content is erased
    after its term; then it holds the hash of what was there, and the seal over it stays true.
    """

    salt = models.BinaryField(db_default=RawSQL("uuid_send(gen_random_uuid())", ()), editable=False)
    xid = models.BigIntegerField(db_default=RawSQL("pg_current_xact_id()::text::bigint", ()), editable=False)
    blad = models.BinaryField(null=True, max_length=32, editable=False)

    class Meta:
        abstract = True


class Logregel(_Verzegelbaar):
    """One thing done or looked at, and by whom. The database refuses to change or remove it (see the triggers).

    Never a BSN, never free text typed by a user. Which persons it concerned stands in `Verwerking`, by
    `operation_id`.
    """

    recorded_at = models.DateTimeField(db_index=True)
    # No cascade and no SET NULL: who did it must stay, so the user's row may only lose its name and address.
    gebruiker = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, null=True, related_name="+")
    organisatie = models.ForeignKey("access.Organisatie", on_delete=models.PROTECT, null=True, related_name="+")
    rol = models.CharField(max_length=20)
    doel = models.CharField(max_length=200)
    handeling = models.CharField(max_length=100)
    onderwerp = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict, blank=True)
    operation_id = models.CharField(
        max_length=16, db_default=RawSQL("left(encode(uuid_send(gen_random_uuid()), 'hex'), 16)", ())
    )
    trace_id = models.CharField(max_length=32, blank=True, default="")

    class Meta:
        verbose_name = "logregel"
        verbose_name_plural = "logregels"
        indexes = [BrinIndex(name="logregel_per_transactie", fields=["xid"], autosummarize=True)]
        constraints = [
            models.UniqueConstraint(name="operatie_staat_een_keer_in_het_logboek", fields=["operation_id"]),
            models.CheckConstraint(
                name="logregel_noemt_handeling_en_doel",
                condition=(~Q(handeling="") & ~Q(doel="")) | Q(blad__isnull=False),
                violation_error_message="Een logregel noemt wat er gebeurde en waarvoor.",
            ),
        ]


class Verwerking(_Verzegelbaar):
    """That data of one person were processed: the fields of the standard Logboek Dataverwerkingen, without a user.

    A list of forty people gives forty rows. Who did it stands in the Logregel with `parent_operation_id`.
    `status_code`: 1 went well, 2 failed. The person is the keyed index of the audit key, never a BSN.
    """

    operation_id = models.CharField(
        max_length=16, db_default=RawSQL("left(encode(uuid_send(gen_random_uuid()), 'hex'), 16)", ())
    )
    parent_operation_id = models.CharField(max_length=16)
    trace_id = models.CharField(max_length=32, blank=True, default="")
    naam = models.CharField(max_length=100)
    activiteit = models.CharField(max_length=60)
    status_code = models.SmallIntegerField(default=1)
    start_time = models.DateTimeField()
    end_time = models.DateTimeField()
    betrokkene_index = models.BinaryField(null=True, max_length=32)

    class Meta:
        verbose_name = "verwerking"
        verbose_name_plural = "verwerkingen"
        indexes = [
            models.Index(name="verwerking_per_betrokkene", fields=["betrokkene_index", "-start_time"]),
            models.Index(name="verwerking_per_operatie", fields=["parent_operation_id"]),
            BrinIndex(name="verwerking_per_transactie", fields=["xid"], autosummarize=True),
        ]
        constraints = [
            models.CheckConstraint(
                name="verwerking_heeft_een_status_van_de_standaard",
                condition=Q(status_code__in=[0, 1, 2]),
                violation_error_message="De status van een verwerking is 0, 1 of 2.",
            ),
            models.CheckConstraint(
                name="verwerking_gaat_over_een_persoon",
                condition=Q(Exact(_length("betrokkene_index"), 32)) | Q(blad__isnull=False),
                violation_error_message="Een verwerking gaat over een persoon.",
            ),
        ]


class Logzegel(models.Model):
    """A seal over the rows of the logboek of the transactions from `van_xid` until, not including, `tot_xid`.

    `wortel` is the root of the Merkle tree over those rows, `vorige` the hash of the seal before it, `handtekening` an
    Ed25519 signature over both. The same line stands in a file outside the database.
    """

    nummer = models.BigIntegerField(primary_key=True)
    van_xid = models.BigIntegerField(unique=True)
    tot_xid = models.BigIntegerField(unique=True)
    aantal = models.BigIntegerField()
    wortel = models.BinaryField(max_length=32)
    vorige = models.BinaryField(max_length=32)
    handtekening = models.BinaryField(max_length=64)
    verzegeld_at = models.DateTimeField()

    class Meta:
        verbose_name = "logzegel"
        verbose_name_plural = "logzegels"
        constraints = [
            models.CheckConstraint(
                name="logzegel_gaat_over_later_dan_het_vorige",
                condition=Q(tot_xid__gt=F("van_xid")),
                violation_error_message="Een zegel eindigt na zijn begin.",
            ),
        ]


# A second file, because this one would grow too long; Django looks for tables here.
from banenafspraak.access.models_werkgever import ApiSleutel, Loonheffingennummer, Mandaat  # noqa: E402, F401
