"""The tables of this room. Other rooms use the modules of its nouns, never these classes.

What an employer may find somebody by stands in columns. What may tell of an illness, free text, and how to reach
somebody lie sealed (`access.verzegeling`) and open only after consent.
"""

import uuid
from enum import Enum

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from banenafspraak.bemiddeling.profielrecord import Contracttype, Niveau, Overeenkomst, Vervoer
from banenafspraak.bemiddeling.profielwoorden import NietOpenbaarReden, Profielstatus
from banenafspraak.bemiddeling.vumwoorden import DelenVum


def profiel_context(kolom: str, profiel_id: uuid.UUID | str) -> str:
    """What a sealed column of this klantprofiel is bound to."""
    return f"bemiddeling.klantprofiel.{kolom}:{profiel_id}"


def _known(name: str, kinds: type[Enum], message: str) -> models.CheckConstraint:
    values = sorted(kind.value for kind in kinds)
    return models.CheckConstraint(
        name=f"{name}_van_klantprofiel_zijn_bekend",
        condition=Q(**{f"{name}__contained_by": values}),
        violation_error_message=message,
    )


class Klantprofiel(models.Model):
    """What one person can and wants (`profielrecord.ProfielRecord`); at most one for each person of the register.

    `beantwoord` maps each answered step to the day of its answer. `beschikbaar_bevestigd_op` is the day on which the
    person or the bemiddelaar last said that `beschikbaar` is so; it wears out (`volledigheid`). `bron` with
    `bronnummer` is where an import took it from, under the supplier's own number. `versie` counts changes: who saves
    says which one was read. `gewijzigd_at` is when any of it last changed.

    `beantwoord_door` maps each answered step to the Rol of who said so last ('levering' for an import), `status_door`
    says it of the status: what somebody decided for themself is not undone by another. `levering_afdruk` has a keyed
    digest of each step as it was last delivered, so that only what the supplier changed is a change. `score` and
    `volledig` are `volledigheid.completeness`, kept to sort and count by. `verlopen_op` is the day on which
    `beschikbaar` turned out to be worn out, `vraag_weer_op` the day to ask again who said 'not now'. `delen_vum` is
    what was said about sharing it through VUM (`vumdeling`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    persoon = models.OneToOneField("register.Persoon", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=[(s.value, s.value) for s in Profielstatus], default="concept")
    niet_openbaar_reden = models.CharField(
        max_length=30, blank=True, default="", choices=[(r.value, r.value) for r in NietOpenbaarReden]
    )
    bron = models.ForeignKey("access.Organisatie", on_delete=models.PROTECT, null=True, related_name="+")
    bronnummer = models.CharField(max_length=200, blank=True, default="")
    versie = models.PositiveIntegerField(default=1)
    gemaakt_at = models.DateTimeField()
    gewijzigd_at = models.DateTimeField()
    beantwoord = models.JSONField(default=dict)
    beschikbaar_bevestigd_op = models.DateField(null=True)
    beantwoord_door = models.JSONField(default=dict)
    status_door = models.CharField(max_length=20, blank=True, default="")
    levering_afdruk = models.JSONField(default=dict)
    score = models.PositiveSmallIntegerField(default=0)
    volledig = models.BooleanField(default=False)
    verlopen_op = models.DateField(null=True)
    vraag_weer_op = models.DateField(null=True)
    delen_vum = models.CharField(
        max_length=10, blank=True, default="", db_default="", choices=[(one.value, one.value) for one in DelenVum]
    )

    bemiddelingspostcode = models.CharField(max_length=6, blank=True, default="")
    maximale_reisafstand = models.PositiveSmallIntegerField(null=True)
    maximale_reistijd = models.PositiveSmallIntegerField(null=True)
    vervoermiddelen = ArrayField(models.PositiveSmallIntegerField(), default=list)
    rijbewijzen = ArrayField(models.CharField(max_length=3), null=True)
    aantal_werkuren_per_week_minimaal = models.PositiveSmallIntegerField(null=True)
    aantal_werkuren_per_week_maximaal = models.PositiveSmallIntegerField(null=True)
    werkdagen = models.PositiveSmallIntegerField(null=True)
    indicatie_kantoortijden = models.BooleanField(null=True)
    indicatie_onregelmatig_werk_of_ploegendienst = models.BooleanField(null=True)
    beschikbaar = models.BooleanField(null=True)
    datum_aanvang_beschikbaar_voor_werk = models.DateField(null=True)
    datum_einde_beschikbaar_voor_werk = models.DateField(null=True)
    typen_arbeidscontract = ArrayField(models.CharField(max_length=1), default=list)
    typen_overeenkomst = ArrayField(models.CharField(max_length=2), default=list)
    sectoren = ArrayField(models.PositiveIntegerField(), default=list)
    werksoorten = ArrayField(models.CharField(max_length=40), default=list)
    bemiddelingsberoepen = ArrayField(models.CharField(max_length=200), default=list)
    interesses = ArrayField(models.CharField(max_length=120), default=list)
    competenties = ArrayField(models.CharField(max_length=200), default=list)
    code_werk_en_denkniveau = models.PositiveSmallIntegerField(null=True)
    opleidingen = models.JSONField(null=True)
    cursussen = models.JSONField(default=list)
    werkervaringen = models.JSONField(null=True)
    taalbeheersing = models.JSONField(default=list)
    eis_aan_werk_verzegeld = models.BinaryField(null=True)
    vrije_tekst_verzegeld = models.BinaryField(null=True)
    contact_verzegeld = models.BinaryField(null=True)

    class Meta:
        verbose_name = "klantprofiel"
        verbose_name_plural = "klantprofielen"
        indexes = [
            models.Index(name="klantprofiel_naar_status", fields=["status", "beschikbaar_bevestigd_op"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="klantprofiel_heeft_een_bekende_status",
                condition=Q(status__in=sorted(s.value for s in Profielstatus)),
                violation_error_message="Deze status bestaat niet.",
            ),
            models.CheckConstraint(
                name="klantprofiel_dat_niet_openbaar_is_heeft_een_reden",
                condition=(
                    Q(status="niet_openbaar", niet_openbaar_reden__in=sorted(r.value for r in NietOpenbaarReden))
                    | (~Q(status="niet_openbaar") & Q(niet_openbaar_reden=""))
                ),
                violation_error_message="Kies waarom dit profiel niet te vinden is.",
            ),
            models.CheckConstraint(
                name="klantprofiel_heeft_bron_en_nummer_van_die_bron_samen",
                condition=(Q(bron__isnull=True, bronnummer="") | (Q(bron__isnull=False) & ~Q(bronnummer=""))),
                violation_error_message="Een profiel uit een levering heeft een nummer van de leverancier.",
            ),
            models.UniqueConstraint(
                name="nummer_van_een_bron_hoort_bij_een_klantprofiel",
                fields=["bron", "bronnummer"],
                condition=Q(bron__isnull=False),
                violation_error_message="Dit nummer hoort al bij een ander profiel.",
            ),
            models.CheckConstraint(
                name="postcode_van_klantprofiel_is_vier_cijfers_met_of_zonder_letters",
                condition=Q(bemiddelingspostcode="") | Q(bemiddelingspostcode__regex=r"^[1-9][0-9]{3}([A-Z]{2})?$"),
                violation_error_message="Vul een postcode in, zoals 1211 AB.",
            ),
            models.CheckConstraint(
                name="reisafstand_en_reistijd_van_klantprofiel_onder_duizend",
                condition=(Q(maximale_reisafstand__isnull=True) | Q(maximale_reisafstand__lte=999))
                & (Q(maximale_reistijd__isnull=True) | Q(maximale_reistijd__lte=999)),
                violation_error_message="Vul een getal in van 0 tot en met 999.",
            ),
            models.CheckConstraint(
                name="werkuren_van_klantprofiel_lopen_op_en_zijn_hoogstens_99",
                condition=(
                    (Q(aantal_werkuren_per_week_maximaal__isnull=True) | Q(aantal_werkuren_per_week_maximaal__lte=99))
                    & (Q(aantal_werkuren_per_week_minimaal__isnull=True) | Q(aantal_werkuren_per_week_minimaal__lte=99))
                    & (
                        Q(aantal_werkuren_per_week_minimaal__isnull=True)
                        | Q(aantal_werkuren_per_week_maximaal__isnull=True)
                        | Q(aantal_werkuren_per_week_minimaal__lte=F("aantal_werkuren_per_week_maximaal"))
                    )
                ),
                violation_error_message="Het minste aantal uren is niet meer dan het meeste.",
            ),
            models.CheckConstraint(
                name="werkdagen_van_klantprofiel_is_minstens_een_dag",
                condition=Q(werkdagen__isnull=True) | Q(werkdagen__gte=1, werkdagen__lte=127),
                violation_error_message="Kies minstens één dag.",
            ),
            models.CheckConstraint(
                name="beschikbaarheid_van_klantprofiel_eindigt_niet_voor_het_begin",
                condition=(
                    Q(datum_aanvang_beschikbaar_voor_werk__isnull=True)
                    | Q(datum_einde_beschikbaar_voor_werk__isnull=True)
                    | Q(datum_einde_beschikbaar_voor_werk__gte=F("datum_aanvang_beschikbaar_voor_werk"))
                ),
                violation_error_message="De laatste dag ligt voor de eerste dag.",
            ),
            models.CheckConstraint(
                name="bevestiging_van_klantprofiel_gaat_over_een_antwoord",
                condition=Q(beschikbaar_bevestigd_op__isnull=True) | Q(beschikbaar__isnull=False),
                violation_error_message="Zeg eerst of deze persoon beschikbaar is.",
            ),
            models.CheckConstraint(
                name="verlopen_beschikbaarheid_van_klantprofiel_was_ooit_bevestigd",
                condition=Q(verlopen_op__isnull=True) | Q(verlopen_op__gt=F("beschikbaar_bevestigd_op")),
                violation_error_message="Wat nooit is gezegd, kan niet verlopen.",
            ),
            models.CheckConstraint(
                name="score_van_klantprofiel_is_hoogstens_honderd",
                condition=Q(score__lte=100),
                violation_error_message="De score gaat van 0 tot en met 100.",
            ),
            models.CheckConstraint(
                name="denkniveau_van_klantprofiel_is_bekend",
                condition=Q(code_werk_en_denkniveau__isnull=True)
                | Q(code_werk_en_denkniveau__in=sorted(n.value for n in Niveau)),
                violation_error_message="Dit niveau bestaat niet.",
            ),
            models.CheckConstraint(
                name="delen_van_klantprofiel_langs_vum_is_bekend",
                condition=Q(delen_vum="") | Q(delen_vum__in=sorted(one.value for one in DelenVum)),
                violation_error_message="Kies of u uw profiel wilt delen, en hoe.",
            ),
            _known("vervoermiddelen", Vervoer, "Dit vervoermiddel bestaat niet."),
            _known("typen_arbeidscontract", Contracttype, "Dit soort contract bestaat niet."),
            _known("typen_overeenkomst", Overeenkomst, "Deze overeenkomst bestaat niet."),
        ]


# Django finds a table when its module is imported. At the end, because those modules may need the tables above.
from banenafspraak.bemiddeling import models_import  # noqa: E402
from banenafspraak.bemiddeling.models_beroep import Beroep, Beroepenlevering, Beroepsgroep  # noqa: E402
from banenafspraak.bemiddeling.models_bevestiging import Bevestigingslink  # noqa: E402
from banenafspraak.bemiddeling.models_contact import (  # noqa: E402
    Bericht,
    Contactverzoek,
    Toestemming,
    Voorstel,
    Voorstelstap,
)
from banenafspraak.bemiddeling.models_plaatsing import Plaatsing, Plaatsingstap  # noqa: E402
from banenafspraak.bemiddeling.models_vacature import (  # noqa: E402
    OpenbareTaak,
    OpenbareVacature,
    Vacature,
    Vacaturetaak,
)
from banenafspraak.bemiddeling.models_venster import (  # noqa: E402
    HIDES_BELOW,
    OPENS_AT,
    Bewaardekaart,
    Klasse,
    Klasselid,
    Klassevloer,
    Postcode,
    Postcodelevering,
    Verberging,
    Vindbaarheid,
    Zoekopdracht,
)
from banenafspraak.bemiddeling.models_vum import Vumpartij, Vumvraag  # noqa: E402
from banenafspraak.bemiddeling.models_werkgevercontact import Werkgevercontact, Werkgeverrust  # noqa: E402
from banenafspraak.bemiddeling.models_wsp import Contactpunt, Vacaturetelling, Werkgeversoordeel  # noqa: E402

__all__ = [
    "HIDES_BELOW",
    "OPENS_AT",
    "Bericht",
    "Beroep",
    "Beroepenlevering",
    "Beroepsgroep",
    "Bevestigingslink",
    "Bewaardekaart",
    "Contactpunt",
    "Contactverzoek",
    "Klantprofiel",
    "Klasse",
    "Klasselid",
    "Klassevloer",
    "OpenbareTaak",
    "OpenbareVacature",
    "Plaatsing",
    "Plaatsingstap",
    "Postcode",
    "Postcodelevering",
    "Toestemming",
    "Vacature",
    "Vacaturetaak",
    "Vacaturetelling",
    "Verberging",
    "Vindbaarheid",
    "Voorstel",
    "Voorstelstap",
    "Vumpartij",
    "Vumvraag",
    "Werkgevercontact",
    "Werkgeverrust",
    "Werkgeversoordeel",
    "Zoekopdracht",
    "models_import",
    "profiel_context",
]
