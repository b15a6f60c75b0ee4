"""The tables of this room. Other rooms use `registraties` and `queries`, never these classes.

Two times run through them. `geldig` is when something was so, in days; `bekend` is when we knew it, from the moment a
row came in until the moment it was replaced. Nothing that was ever known is changed: the database only lets a row's
`bekend` be closed, so "valid on that day, as known at that moment" keeps its answer for ever.
"""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Case, F, Func, Q, When
from django.db.models.lookups import Exact

from banenafspraak.access import verzegeld
from banenafspraak.access.bsn import SEALED_LENGTH, newest_register_versie
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.registratie import EindeReden

GRONDEN = tuple(grond for grond in Grond if grond is not Grond.GEEN)


def _length(column: str) -> Func:
    return Func(F(column), function="octet_length", output_field=models.IntegerField())


def _history_constraints(what: str) -> list[models.CheckConstraint]:
    """The invariants of `geldig` and `bekend`, the same for every table that has both."""
    return [
        models.CheckConstraint(
            name=f"{what}_geldt_minstens_een_dag_vanaf_een_bekende_dag",
            condition=Q(geldig__isempty=False, geldig__startswith__isnull=False),
            violation_error_message="De einddatum moet na de begindatum liggen, en de begindatum moet er zijn.",
        ),
        models.CheckConstraint(
            name=f"{what}_is_bekend_vanaf_een_moment_tot_een_later_moment",
            condition=Q(
                bekend__isempty=False,
                bekend__startswith__isnull=False,
                bekend__lower_inc=True,
                bekend__upper_inc=False,
            ),
            violation_error_message="Dit gegeven is intussen gewijzigd. Probeer het opnieuw.",
        ),
    ]


def bsn_context(persoon_id: uuid.UUID | str) -> str:
    """What the sealed BSN of this person is bound to, so that it opens in no other row."""
    return f"register.persoon.bsn_verzegeld:{persoon_id}"


def _index_of_versies(rest: int) -> Case:
    """The index that a person has under the key whose version is even (0) or odd (1); NULL without such a one."""
    return Case(
        When(Exact(Func(F("index_versie"), 2, function="mod", output_field=models.IntegerField()), rest),
             then=F("bsn_index")),
        default=F("bsn_index_eerder"),
    )  # fmt: skip


class Persoon(models.Model):
    """Somebody who is, or was, in the register. Found by a keyed index of the BSN; the BSN itself lies sealed here.

    The id says nothing about the person and is made by us, so it may stand in an address or a log. Write and find
    people through `persoonsindex` only: while keys are being replaced a row also has its index under the version before
    (`bsn_index_eerder`), so that any two rows share a key under which the database sees that they are one person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bsn_index = models.BinaryField(max_length=32, unique=True)
    bsn_index_eerder = models.BinaryField(max_length=32, null=True, blank=True, editable=False)
    index_versie = models.PositiveSmallIntegerField(default=newest_register_versie, editable=False)
    bsn_verzegeld = models.BinaryField()
    geboortedatum = models.DateField()
    overleden_op = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "persoon"
        verbose_name_plural = "personen"
        constraints = [
            models.CheckConstraint(
                name="persoon_overlijdt_niet_voor_zijn_geboorte",
                condition=Q(overleden_op__isnull=True) | Q(overleden_op__gte=F("geboortedatum")),
                violation_error_message="De overlijdensdatum ligt voor de geboortedatum.",
            ),
            models.CheckConstraint(
                name="bsn_index_van_persoon_is_een_hele_hmac",
                condition=Q(Exact(_length("bsn_index"), 32)),
                violation_error_message="De index van het BSN is niet compleet.",
            ),
            models.CheckConstraint(
                name="eerdere_bsn_index_van_persoon_is_een_hele_hmac",
                condition=Q(bsn_index_eerder__isnull=True) | Q(Exact(_length("bsn_index_eerder"), 32)),
                violation_error_message="De eerdere index van het BSN is niet compleet.",
            ),
            *(
                models.UniqueConstraint(
                    _index_of_versies(rest),
                    name=f"persoon_staat_er_een_keer_onder_elke_{soort}_sleutel",
                    violation_error_message="Deze persoon staat al in het register.",
                )
                for rest, soort in ((0, "even"), (1, "oneven"))
            ),
            models.CheckConstraint(
                name="bsn_van_persoon_is_verzegeld",
                condition=Q(Exact(_length("bsn_verzegeld"), SEALED_LENGTH)),
                violation_error_message="Het BSN is niet verzegeld.",
            ),
        ]
        indexes = [
            # Which key versions are in use, and which rows still wait for the newest: asked at every new person.
            models.Index(
                F("index_versie"),
                models.ExpressionWrapper(Q(bsn_index_eerder__isnull=True), output_field=models.BooleanField()),
                name="persoon_per_sleutelversie",
            ),
            # Empty, except while keys are being replaced.
            models.Index(
                fields=["bsn_index_eerder"],
                condition=Q(bsn_index_eerder__isnull=False),
                name="persoon_op_eerdere_index",
            ),
        ]


verzegeld.add_index(Persoon, context=bsn_context)


class Registratie(models.Model):
    """That a person belonged to the doelgroep on a ground (Wfsv art. 38b), and by which route that was established.

    `levering` names the delivery it came from (its sha256), empty for a registration entered here.
    """

    # The exclusion constraint's index begins with persoon, so the usual index of a foreign key would be a second one.
    persoon = models.ForeignKey(
        "register.Persoon", on_delete=models.PROTECT, related_name="registraties", db_index=False
    )
    grond = models.CharField(max_length=40, choices=[(g.value, g.value) for g in GRONDEN])
    route = models.CharField(max_length=40, choices=[(r.value, r.value) for r in Route])
    geldig = DateRangeField()
    bekend = DateTimeRangeField()
    einde_reden = models.CharField(
        max_length=40, choices=[(e.value, e.value) for e in EindeReden], blank=True, default=""
    )
    levering = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        verbose_name = "registratie"
        verbose_name_plural = "registraties"
        constraints = [
            *_history_constraints("registratie"),
            models.CheckConstraint(
                name="registratie_heeft_een_grond_uit_de_wet",
                condition=Q(grond__in=sorted(g.value for g in GRONDEN)),
                violation_error_message="Kies een grond die de wet kent.",
            ),
            models.CheckConstraint(
                name="registratie_heeft_een_bekende_route",
                condition=Q(route__in=sorted(r.value for r in Route)),
                violation_error_message="Kies een route die bestaat.",
            ),
            models.CheckConstraint(
                name="registratie_noemt_een_bekende_reden_alleen_bij_een_einde",
                condition=Q(einde_reden="")
                | Q(einde_reden__in=sorted(e.value for e in EindeReden), geldig__endswith__isnull=False),
                violation_error_message="Een reden van einde hoort bij een einddatum, en moet bestaan.",
            ),
            ExclusionConstraint(
                name="persoon_staat_op_elke_dag_hoogstens_een_keer_op_een_grond",
                expressions=[
                    (F("persoon"), RangeOperators.EQUAL),
                    (F("grond"), RangeOperators.EQUAL),
                    (F("geldig"), RangeOperators.OVERLAPS),
                    (F("bekend"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze persoon staat in (een deel van) deze tijd al op deze grond ingeschreven.",
            ),
        ]


class Woonplaats(models.Model):
    """In which gemeente a person lived; at most one on each day, as known at each moment."""

    persoon = models.ForeignKey(
        "register.Persoon", on_delete=models.PROTECT, related_name="woonplaatsen", db_index=False
    )
    gemeente = models.ForeignKey(
        "access.Gemeente", on_delete=models.PROTECT, related_name="+", db_column="gemeente_code"
    )
    geldig = DateRangeField()
    bekend = DateTimeRangeField()
    levering = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        verbose_name = "woonplaats"
        verbose_name_plural = "woonplaatsen"
        constraints = [
            *_history_constraints("woonplaats"),
            ExclusionConstraint(
                name="persoon_woont_op_elke_dag_in_hoogstens_een_gemeente",
                expressions=[
                    (F("persoon"), RangeOperators.EQUAL),
                    (F("geldig"), RangeOperators.OVERLAPS),
                    (F("bekend"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze persoon heeft in (een deel van) deze tijd al een woonplaats.",
            ),
        ]


class Registerlevering(models.Model):
    """A delivery of the doelgroepregister that was taken in whole: what it was, and what it changed. Never a person."""

    sha256 = models.CharField(max_length=64, unique=True)
    bestandsnaam = models.CharField(max_length=255)
    ingelezen_at = models.DateTimeField()
    aantallen = models.JSONField()

    class Meta:
        verbose_name = "registerlevering"
        verbose_name_plural = "registerleveringen"
        ordering = ["ingelezen_at"]
        constraints = [
            models.CheckConstraint(
                name="registerlevering_heeft_een_sha256",
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                violation_error_message="De sha256 van het bestand ontbreekt.",
            ),
        ]


# The tables of applications and of the gemeente live next door; Django looks for them here.
from banenafspraak.register import models_quotum, models_raadpleging  # noqa: E402
from banenafspraak.register.models_aanvraag import (  # noqa: E402
    LOPEND,
    Aanvraag,
    Aanvraagantwoord,
    Aanvraagdocument,
    Aanvraagsoort,
    Aanvraagstap,
    Aanvraagstatus,
    Besluit,
    Inbrenger,
    Uitschrijfstap,
    Uitschrijfstatus,
    Uitschrijfverzoek,
    inhoud_context,
)
from banenafspraak.register.models_college import (  # noqa: E402
    Beschutplaatsing,
    Beschutwerkadvies,
    Gemeentebericht,
    Loonwaarde,
    Reintegratielevering,
)
from banenafspraak.register.models_herstel import Herstel, Herstelsoort, herstel_context  # noqa: E402
from banenafspraak.register.models_melding import Melding, melding_context  # noqa: E402
from banenafspraak.register.models_populatie import (  # noqa: E402
    Populatielevering,
    Populatiestand,
    Populatievenster,
    Populatieverzoek,
)

__all__ = [
    "GRONDEN",
    "LOPEND",
    "Aanvraag",
    "Aanvraagantwoord",
    "Aanvraagdocument",
    "Aanvraagsoort",
    "Aanvraagstap",
    "Aanvraagstatus",
    "Beschutplaatsing",
    "Beschutwerkadvies",
    "Besluit",
    "Gemeentebericht",
    "Herstel",
    "Herstelsoort",
    "Inbrenger",
    "Loonwaarde",
    "Melding",
    "Persoon",
    "Populatielevering",
    "Populatiestand",
    "Populatievenster",
    "Populatieverzoek",
    "Registerlevering",
    "Registratie",
    "Reintegratielevering",
    "Uitschrijfstap",
    "Uitschrijfstatus",
    "Uitschrijfverzoek",
    "Woonplaats",
    "bsn_context",
    "herstel_context",
    "inhoud_context",
    "melding_context",
    "models_quotum",
    "models_raadpleging",
]
