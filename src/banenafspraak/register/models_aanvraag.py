"""The tables of what people and gemeenten ask of UWV: the aanvraag, its papers and answers, the besluit, and leaving.

What says something about somebody's health (what is written, answered or sent in) lies sealed; see
`access.verzegeling`. What must be counted or ordered (kind, dates, state, outcome) lies open.
"""

import uuid

from django.db import models
from django.db.models import F, Q

from banenafspraak.wet.arbeidsvermogen import AbaUitkomst, SoortAanvraag
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.gronden import Aanvrager


class Aanvraagsoort(models.TextChoices):
    """What somebody asks for: one of the assessments, the check of school data, or "ik weet het niet"."""

    WAJONG = SoortAanvraag.WAJONG.value, "Wajong"
    BANENAFSPRAAK = SoortAanvraag.BANENAFSPRAAK.value, "Indicatie banenafspraak"
    WERKEN_MET_VOORZIENING = SoortAanvraag.WERKEN_MET_VOORZIENING.value, "Werken met een voorziening"
    BESCHUT_WERK = SoortAanvraag.BESCHUT_WERK.value, "Advies beschut werk"
    SCHOOL = "school", "Inschrijving na vso, praktijkonderwijs of entree"
    WEET_NIET = "weet_niet", "Ik weet het niet"


class Aanvraagstatus(models.TextChoices):
    """Where an aanvraag is in its life."""

    CONCEPT = "concept", "Nog niet verstuurd"
    INGEDIEND = "ingediend", "Verstuurd"
    ONTVANGST_BEVESTIGD = "ontvangst_bevestigd", "Ontvangen"
    IN_BEHANDELING = "in_behandeling", "In behandeling"
    WACHT_OP_AANVULLING = "wacht_op_aanvulling", "Wacht op aanvulling"
    BESLIST = "beslist", "Beslist"
    INGETROKKEN = "ingetrokken", "Ingetrokken"


LOPEND = (
    Aanvraagstatus.CONCEPT,
    Aanvraagstatus.INGEDIEND,
    Aanvraagstatus.ONTVANGST_BEVESTIGD,
    Aanvraagstatus.IN_BEHANDELING,
    Aanvraagstatus.WACHT_OP_AANVULLING,
)
_VAN_HET_COLLEGE = (Aanvraagsoort.BANENAFSPRAAK, Aanvraagsoort.WERKEN_MET_VOORZIENING, Aanvraagsoort.BESCHUT_WERK)


def inhoud_context(aanvraag_id: uuid.UUID | str) -> str:
    """What the sealed text of this aanvraag is bound to."""
    return f"register.aanvraag.inhoud:{aanvraag_id}"


class Aanvraag(models.Model):
    """An application for an ABA, by somebody about themself or by a gemeente about an inhabitant.

    `gemeente` is the gemeente that asked (empty for a citizen), `woongemeente` where the person lives. `laatste_dag` is
    the last day on which a decision is in time, empty while the term stands still or has not begun.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    persoon = models.ForeignKey("register.Persoon", on_delete=models.PROTECT, related_name="aanvragen")
    geboortedatum = models.DateField()
    aanvrager = models.CharField(max_length=20, choices=[(a.value, a.value) for a in Aanvrager])
    gemeente = models.ForeignKey("access.Gemeente", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    woongemeente = models.ForeignKey(
        "access.Gemeente", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    soort = models.CharField(max_length=40, choices=Aanvraagsoort, blank=True, default="")
    status = models.CharField(max_length=40, choices=Aanvraagstatus, default=Aanvraagstatus.CONCEPT)
    woont_in_buitenland = models.BooleanField(default=False)
    inhoud_verzegeld = models.BinaryField(null=True, blank=True)
    begonnen_at = models.DateTimeField()
    ontvangen_op = models.DateField(null=True, blank=True)
    bevestigen_uiterlijk_op = models.DateField(null=True, blank=True)
    bevestigd_op = models.DateField(null=True, blank=True)
    aanvulling_gevraagd_op = models.DateField(null=True, blank=True)
    aangevuld_op = models.DateField(null=True, blank=True)
    eerdere_stilstand = models.PositiveIntegerField(default=0)
    verlengd_tot_en_met = models.DateField(null=True, blank=True)
    verlenging_meegedeeld_op = models.DateField(null=True, blank=True)
    laatste_dag = models.DateField(null=True, blank=True)
    beoordelaar = models.ForeignKey(
        "access.Gebruiker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "aanvraag"
        verbose_name_plural = "aanvragen"
        indexes = [models.Index(fields=["laatste_dag", "ontvangen_op"], name="aanvraag_op_laatste_dag")]
        constraints = [
            models.CheckConstraint(
                name="aanvraag_van_het_college_noemt_de_gemeente",
                condition=Q(aanvrager=Aanvrager.COLLEGE.value, gemeente__isnull=False)
                | Q(aanvrager=Aanvrager.PERSOON.value, gemeente__isnull=True),
                violation_error_message="Kies de gemeente die de aanvraag doet.",
            ),
            models.CheckConstraint(
                name="gemeente_vraagt_alleen_voor_een_eigen_inwoner",
                condition=Q(gemeente__isnull=True) | Q(woongemeente__isnull=True) | Q(woongemeente=F("gemeente")),
                violation_error_message="Een gemeente vraagt alleen voor een eigen inwoner.",
            ),
            models.CheckConstraint(
                name="gemeente_vraagt_alleen_wat_een_gemeente_kan_vragen",
                condition=Q(aanvrager=Aanvrager.PERSOON.value) | Q(soort__in=["", *sorted(_VAN_HET_COLLEGE)]),
                violation_error_message="Deze beoordeling kan alleen de persoon zelf aanvragen.",
            ),
            models.CheckConstraint(
                name="aanvraag_heeft_een_bekende_soort",
                condition=Q(soort__in=["", *sorted(Aanvraagsoort.values)]),
                violation_error_message="Kies wat u aanvraagt.",
            ),
            models.CheckConstraint(
                name="aanvraag_heeft_een_bekende_status",
                condition=Q(status__in=sorted(Aanvraagstatus.values)),
                violation_error_message="Deze stap bestaat niet.",
            ),
            models.CheckConstraint(
                name="verstuurde_aanvraag_heeft_soort_woonplaats_en_ontvangstdag",
                condition=Q(status__in=[Aanvraagstatus.CONCEPT, Aanvraagstatus.INGETROKKEN])
                | Q(
                    ~Q(soort=""),
                    ontvangen_op__isnull=False,
                    bevestigen_uiterlijk_op__isnull=False,
                    woongemeente__isnull=False,
                )
                | Q(
                    ~Q(soort=""),
                    ontvangen_op__isnull=False,
                    bevestigen_uiterlijk_op__isnull=False,
                    woont_in_buitenland=True,
                ),
                violation_error_message="Vul eerst in wat u aanvraagt en in welke gemeente de persoon woont.",
            ),
            models.CheckConstraint(
                name="aanvraag_in_behandeling_heeft_een_beoordelaar",
                condition=Q(
                    status__in=[
                        Aanvraagstatus.IN_BEHANDELING,
                        Aanvraagstatus.WACHT_OP_AANVULLING,
                        Aanvraagstatus.BESLIST,
                    ],
                    beoordelaar__isnull=False,
                )
                | Q(
                    status__in=[
                        Aanvraagstatus.CONCEPT,
                        Aanvraagstatus.INGEDIEND,
                        Aanvraagstatus.ONTVANGST_BEVESTIGD,
                    ],
                    beoordelaar__isnull=True,
                )
                | Q(status=Aanvraagstatus.INGETROKKEN),
                violation_error_message="Een beoordelaar moet de aanvraag eerst oppakken.",
            ),
            models.CheckConstraint(
                name="termijn_loopt_alleen_niet_voor_het_begin_en_bij_stilstand",
                condition=Q(laatste_dag__isnull=False, ontvangen_op__isnull=False)
                | Q(
                    laatste_dag__isnull=True,
                    status__in=[
                        Aanvraagstatus.CONCEPT,
                        Aanvraagstatus.WACHT_OP_AANVULLING,
                        Aanvraagstatus.INGETROKKEN,
                    ],
                ),
                violation_error_message="De laatste dag om te beslissen ontbreekt.",
            ),
            models.CheckConstraint(
                name="aangevuld_hoort_bij_een_eerdere_vraag_om_aanvulling",
                condition=Q(aangevuld_op__isnull=True)
                | Q(aanvulling_gevraagd_op__isnull=False, aangevuld_op__gte=F("aanvulling_gevraagd_op")),
                violation_error_message="De aanvulling kwam voor de vraag om aanvulling.",
            ),
            models.CheckConstraint(
                name="verlenging_heeft_een_dag_en_een_mededeling",
                condition=Q(verlengd_tot_en_met__isnull=True, verlenging_meegedeeld_op__isnull=True)
                | Q(verlengd_tot_en_met__gt=F("verlenging_meegedeeld_op")),
                violation_error_message="Noem de nieuwe laatste dag en de dag van de brief.",
            ),
            models.UniqueConstraint(
                fields=["persoon", "aanvrager", "gemeente"],
                condition=Q(status__in=[status.value for status in LOPEND]),
                nulls_distinct=False,
                name="persoon_heeft_hoogstens_een_lopende_aanvraag_per_aanvrager",
                violation_error_message="Er loopt al een aanvraag voor deze persoon.",
            ),
        ]


class Aanvraagstap(models.Model):
    """One thing that happened to an aanvraag. Rows are added and never changed."""

    aanvraag = models.ForeignKey("register.Aanvraag", on_delete=models.PROTECT, related_name="stappen")
    handeling = models.CharField(max_length=40)
    van = models.CharField(max_length=40, choices=Aanvraagstatus, blank=True, default="")
    naar = models.CharField(max_length=40, choices=Aanvraagstatus)
    op = models.DateField()
    recorded_at = models.DateTimeField()
    gebruiker = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    rol = models.CharField(max_length=20)
    toelichting_verzegeld = models.BinaryField(null=True, blank=True)

    class Meta:
        verbose_name = "stap van een aanvraag"
        verbose_name_plural = "stappen van aanvragen"
        ordering = ["pk"]


class Aanvraagantwoord(models.Model):
    """What a beoordelaar answered to one question of the assessment; the latest row of a fact counts.

    An empty `waarde_verzegeld` takes the answer back. Rows are added and never changed.
    """

    aanvraag = models.ForeignKey("register.Aanvraag", on_delete=models.PROTECT, related_name="antwoorden")
    feit = models.CharField(max_length=60)
    waarde_verzegeld = models.BinaryField(null=True, blank=True)
    gegeven_at = models.DateTimeField()
    beoordelaar = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "antwoord in een beoordeling"
        verbose_name_plural = "antwoorden in beoordelingen"
        ordering = ["pk"]


class Inbrenger(models.TextChoices):
    """Who sent a document in."""

    PERSOON = "persoon", "De persoon"
    COLLEGE = "college", "De gemeente"
    UWV = "uwv", "UWV"


class Aanvraagdocument(models.Model):
    """A paper with an aanvraag. Name and content lie sealed in the database, so that no file is ever left behind."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    aanvraag = models.ForeignKey("register.Aanvraag", on_delete=models.PROTECT, related_name="documenten")
    bestandsnaam_verzegeld = models.BinaryField()
    mediatype = models.CharField(max_length=100)
    bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    inhoud_verzegeld = models.BinaryField()
    inbrenger = models.CharField(max_length=20, choices=Inbrenger)
    toegevoegd_at = models.DateTimeField()
    gebruiker = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "document bij een aanvraag"
        verbose_name_plural = "documenten bij aanvragen"
        ordering = ["toegevoegd_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["aanvraag", "sha256", "inbrenger"],
                name="hetzelfde_document_staat_een_keer_bij_een_aanvraag",
                violation_error_message="Dit document is al toegevoegd.",
            ),
            models.CheckConstraint(
                name="document_is_niet_leeg_en_hoogstens_tien_megabyte",
                condition=Q(bytes__gt=0, bytes__lte=10 * 1024 * 1024),
                violation_error_message="Een document is niet leeg en hoogstens 10 MB groot.",
            ),
        ]


class Besluit(models.Model):
    """What UWV decided on an aanvraag, with its reasons; at most one for each.

    `uitkomst_verzegeld` holds the steps and articles it rests on, and which other ways exist.
    """

    aanvraag = models.OneToOneField("register.Aanvraag", on_delete=models.PROTECT, related_name="besluit")
    genomen_op = models.DateField()
    genomen_at = models.DateTimeField()
    beoordelaar = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, related_name="+")
    uitkomst = models.CharField(max_length=40, choices=[(u.value, u.value) for u in AbaUitkomst])
    gewisseld = models.BooleanField(default=False)
    grond = models.CharField(max_length=40, blank=True, default="", choices=[(g.value, g.value) for g in Grond])
    route = models.CharField(max_length=40, blank=True, default="", choices=[(r.value, r.value) for r in Route])
    registratie = models.ForeignKey(
        "register.Registratie", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    was_al_geregistreerd = models.BooleanField(default=False)
    uitkomst_verzegeld = models.BinaryField()
    bezwaar_op = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "besluit"
        verbose_name_plural = "besluiten"
        constraints = [
            models.CheckConstraint(
                name="besluit_met_grond_noemt_route_en_registratie",
                condition=Q(grond="", route="", registratie__isnull=True)
                | (~Q(grond="") & ~Q(route="") & Q(registratie__isnull=False)),
                violation_error_message="Een inschrijving heeft een grond en een route.",
            ),
            models.CheckConstraint(
                name="besluit_heeft_een_bekende_uitkomst",
                condition=Q(uitkomst__in=sorted(u.value for u in AbaUitkomst)),
                violation_error_message="Deze uitkomst bestaat niet.",
            ),
            models.CheckConstraint(
                name="bezwaar_komt_niet_voor_het_besluit",
                condition=Q(bezwaar_op__isnull=True) | Q(bezwaar_op__gte=F("genomen_op")),
                violation_error_message="Een bezwaar komt na het besluit.",
            ),
        ]


class Uitschrijfstatus(models.TextChoices):
    """Where a request to leave the register is in its life."""

    INGEDIEND = "ingediend", "Ontvangen"
    IN_BEHANDELING = "in_behandeling", "In behandeling"
    TOEGEWEZEN = "toegewezen", "Toegewezen"
    AFGEWEZEN = "afgewezen", "Afgewezen"
    INGETROKKEN = "ingetrokken", "Ingetrokken"


class Uitschrijfverzoek(models.Model):
    """Somebody's own request to leave the register: what was found, what the employer thought, what UWV decided."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    persoon = models.ForeignKey("register.Persoon", on_delete=models.PROTECT, related_name="uitschrijfverzoeken")
    verzocht_op = models.DateField()
    verzocht_at = models.DateTimeField()
    uiterlijk_op = models.DateField()
    status = models.CharField(max_length=40, choices=Uitschrijfstatus, default=Uitschrijfstatus.INGEDIEND)
    beoordelaar = models.ForeignKey(
        "access.Gebruiker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    feiten_verzegeld = models.BinaryField(null=True, blank=True)
    werkgever_gehoord_op = models.DateField(null=True, blank=True)
    besloten_op = models.DateField(null=True, blank=True)
    eindigt_op = models.DateField(null=True, blank=True)
    uitkomst_verzegeld = models.BinaryField(null=True, blank=True)

    class Meta:
        verbose_name = "verzoek om uitschrijving"
        verbose_name_plural = "verzoeken om uitschrijving"
        constraints = [
            models.UniqueConstraint(
                fields=["persoon"],
                condition=Q(status__in=[Uitschrijfstatus.INGEDIEND, Uitschrijfstatus.IN_BEHANDELING]),
                name="persoon_heeft_hoogstens_een_lopend_verzoek_om_uitschrijving",
                violation_error_message="Er loopt al een verzoek om uitschrijving.",
            ),
            models.CheckConstraint(
                name="uitschrijving_in_behandeling_heeft_een_beoordelaar",
                condition=Q(status__in=[Uitschrijfstatus.INGEDIEND, Uitschrijfstatus.INGETROKKEN])
                | Q(beoordelaar__isnull=False),
                violation_error_message="Een beoordelaar moet het verzoek eerst oppakken.",
            ),
            models.CheckConstraint(
                name="besloten_uitschrijving_heeft_dag_en_redenen",
                condition=Q(
                    status__in=[Uitschrijfstatus.TOEGEWEZEN, Uitschrijfstatus.AFGEWEZEN],
                    besloten_op__isnull=False,
                    uitkomst_verzegeld__isnull=False,
                )
                | Q(
                    status__in=[
                        Uitschrijfstatus.INGEDIEND,
                        Uitschrijfstatus.IN_BEHANDELING,
                        Uitschrijfstatus.INGETROKKEN,
                    ],
                    besloten_op__isnull=True,
                    uitkomst_verzegeld__isnull=True,
                ),
                violation_error_message="Een besluit heeft een dag en redenen.",
            ),
            models.CheckConstraint(
                name="alleen_een_toegewezen_uitschrijving_heeft_een_einddag",
                condition=Q(status=Uitschrijfstatus.TOEGEWEZEN, eindigt_op__isnull=False)
                | (~Q(status=Uitschrijfstatus.TOEGEWEZEN) & Q(eindigt_op__isnull=True)),
                violation_error_message="Een toegewezen uitschrijving noemt de dag waarop de registratie eindigt.",
            ),
        ]


class Uitschrijfstap(models.Model):
    """One thing that happened to a request to leave. Rows are added and never changed."""

    verzoek = models.ForeignKey("register.Uitschrijfverzoek", on_delete=models.PROTECT, related_name="stappen")
    handeling = models.CharField(max_length=40)
    van = models.CharField(max_length=40, choices=Uitschrijfstatus, blank=True, default="")
    naar = models.CharField(max_length=40, choices=Uitschrijfstatus)
    op = models.DateField()
    recorded_at = models.DateTimeField()
    gebruiker = models.ForeignKey("access.Gebruiker", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    rol = models.CharField(max_length=20)
    toelichting_verzegeld = models.BinaryField(null=True, blank=True)

    class Meta:
        verbose_name = "stap van een uitschrijving"
        verbose_name_plural = "stappen van uitschrijvingen"
        ordering = ["pk"]
