"""Taking in a delivery of vacatures: what is wrong by row, what changes, what is no longer delivered; all or nothing.

What is complete comes in open, what still misses something (in VUM always the KvK number) as a draft: nothing is lost.
The same file twice changes nothing. What this organisation closed stays closed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from banenafspraak.access import logboek, organisaties
from banenafspraak.access.actor import Actor
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.organisaties import Werkgever
from banenafspraak.access.permissions import Permission, Rol, require
from banenafspraak.bemiddeling import vacaturecontrole, vacaturerijen, vacatures
from banenafspraak.bemiddeling.models import Vacature, Vacaturetaak
from banenafspraak.bemiddeling.vacaturelevering import Vacatureregel
from banenafspraak.bemiddeling.vacaturerecord import Geschiktreden, VacatureRecord, Vacaturestatus
from banenafspraak.register.moment import day_of
from banenafspraak.register.records import Regelfout

MAX_FOUTEN = 100
"""So many faults are told; the others are counted."""
MAX_ONTBREEKT = 200
_CHUNK = 500


@dataclass(frozen=True)
class Importverslag:
    """What a delivery did, or in a proef would do.

    `concept` of those that are new or changed are not complete and wait as a draft. `ontbreekt` are numbers of open
    vacatures that this organisation delivered before and not now: told, never closed. `ingelezen`: stored.
    """

    nieuw: int
    gewijzigd: int
    gelijk: int
    concept: int
    fouten: tuple[Regelfout, ...]
    fouten_totaal: int
    ontbreekt: tuple[str, ...]
    ontbreekt_totaal: int
    ingelezen: bool

    @property
    def goed(self) -> int:
        """How many rows can be taken in."""
        return self.nieuw + self.gewijzigd + self.gelijk


@dataclass
class _Inlezing:
    """A delivery being taken in."""

    actor: Actor
    organisatie_id: int
    own: Werkgever | None
    now: datetime
    known: dict[str, Vacature]
    nieuw: int = 0
    gewijzigd: int = 0
    gelijk: int = 0
    concept: int = 0
    fouten: list[Regelfout] = field(default_factory=list)
    fouten_totaal: int = 0
    nummers: set[str] = field(default_factory=set)
    rows: list[Vacature] = field(default_factory=list)
    tasks: list[Vacaturetaak] = field(default_factory=list)
    werkgevers: dict[str, Werkgever | None] = field(default_factory=dict)

    def _with_kvk(self, kvk: str) -> Werkgever | None:
        if kvk not in self.werkgevers:
            self.werkgevers[kvk] = organisaties.with_kvk(kvk)
        return self.werkgevers[kvk]

    def note(self, regel: int, melding: str, herstel: str) -> None:
        self.fouten_totaal += 1
        if len(self.fouten) < MAX_FOUTEN:
            self.fouten.append(Regelfout(regel, melding, herstel))

    def take(self, row: Vacatureregel) -> None:
        nummer = row.record.nummer_vacature
        if nummer in self.nummers:
            self.note(row.regel, "Dit nummer stond eerder al in dit bestand.", "Geef elke vacature een eigen nummer.")
            return
        self.nummers.add(nummer)
        try:
            werkgever, record = vacatures.whose(row.record, own=self.own, known=self._with_kvk)
            self._put(werkgever, record)
        except ValidationError as error:
            told = [f"{veld}: {' '.join(texts)}" for veld, texts in error.message_dict.items()][:5]
            self.note(row.regel, " ".join(told), "Herstel dit en lever het bestand opnieuw.")

    def _put(self, werkgever: Werkgever | None, record: VacatureRecord) -> None:
        today = day_of(self.now)
        vacature = self.known.get(record.nummer_vacature)
        if vacature is None:
            vacaturecontrole.check(record, today=today)
            self._new(werkgever, record)
            return
        before = vacatures.as_shown(vacature, with_contact=True)
        # Whether it suits the doelgroep is for a person to say, once somebody did.
        same = replace(
            record,
            nummer_vacature=before.nummer_vacature,
            indicatie_ldr_registratie=before.indicatie_ldr_registratie,
        )
        if vacature.status == Vacaturestatus.GESLOTEN or same == before:
            self.gelijk += 1
            return
        vacaturecontrole.check(same, today=today, before=before)
        complete = not vacaturecontrole.missing(same) and bool(werkgever or same.kvk)
        if vacature.status == Vacaturestatus.OPEN and not complete:
            raise ValidationError(dict(vacaturecontrole.missing(same)) or {"kvk": "Vul het KvK-nummer in."})
        if vacature.status == Vacaturestatus.CONCEPT and complete:
            vacature.status, vacature.geopend_op = Vacaturestatus.OPEN, today
        self.concept += not complete
        self.gewijzigd += 1
        columns = vacaturerijen.columns_of(same, vacature.pk)
        for name, value in columns.items():
            setattr(vacature, name, value)
        if self.own is None:
            vacature.werkgever_id = werkgever.id if werkgever else None
        vacature.versie, vacature.gewijzigd_at = vacature.versie + 1, self.now
        names = [*columns, "status", "geopend_op", "versie", "gewijzigd_at"]
        vacature.save(update_fields=names if self.own else [*names, "werkgever_id"])
        vacaturerijen.save_tasks(vacature.pk, same.taken)

    def _new(self, werkgever: Werkgever | None, record: VacatureRecord) -> None:
        vacature_id = uuid4()
        complete = not vacaturecontrole.missing(record) and bool(werkgever or record.kvk)
        suits = record.indicatie_ldr_registratie is True and self.own is None
        self.rows.append(
            Vacature(
                id=vacature_id,
                status=Vacaturestatus.OPEN if complete else Vacaturestatus.CONCEPT,
                werkgever_id=werkgever.id if werkgever else None,
                geplaatst_door_id=self.organisatie_id,
                gemaakt_door_id=self.actor.gebruiker_id,
                bron="levering",
                bronnummer=record.nummer_vacature,
                gemaakt_at=self.now,
                gewijzigd_at=self.now,
                geopend_op=day_of(self.now) if complete else None,
                geschikt=True if suits else None,
                geschikt_reden=Geschiktreden.WERKGEVER_WIL_DIT if suits else "",
                geschikt_at=self.now if suits else None,
                **vacaturerijen.columns_of(record, vacature_id),
            )
        )
        self.tasks += vacaturerijen.new_tasks(vacature_id, record.taken)
        self.nieuw += 1
        self.concept += not complete
        if len(self.rows) >= _CHUNK:
            self.flush()

    def flush(self) -> None:
        Vacature.objects.bulk_create(self.rows)
        Vacaturetaak.objects.bulk_create(self.tasks)
        self.rows, self.tasks = [], []


@transaction.atomic
def take_in(
    regels: Iterable[Vacatureregel | Regelfout],
    *,
    organisatie_id: int,
    actor: Actor,
    now: datetime,
    proef: bool = False,
    goede_regels: bool = False,
) -> Importverslag:
    """Take in the rows of a delivery of this organisation, in one transaction.

    With a fault in any row nothing is stored, unless `goede_regels`: then the rows without one are. `proef` stores
    nothing. Raises what reading the rows raises (`vacaturelevering.Onleesbaar`), and `PermissionDenied`, also for an
    organisation that the actor does not act for.
    """
    require(actor, Permission.VACATURE_IMPORT)
    if actor.rol is not Rol.SYSTEEM and actor.organisatie_id != organisatie_id:
        raise PermissionDenied("a delivery is taken in for the own organisation")
    as_employer = actor.rol is Rol.WERKGEVER or (actor.rol is Rol.SYSTEEM and organisaties.is_werkgever(organisatie_id))
    kept = Vacature.objects.filter(geplaatst_door=organisatie_id).prefetch_related("taken")
    with transaction.atomic():
        inlezing = _Inlezing(
            actor=actor,
            organisatie_id=organisatie_id,
            own=organisaties.of_id(organisatie_id) if as_employer else None,
            now=now,
            known={number_of(one): one for one in kept},
        )
        for row in _rows(regels, inlezing):
            inlezing.take(row)
        inlezing.flush()
        stored = not proef and (goede_regels or not inlezing.fouten_totaal)
        if not stored:
            transaction.set_rollback(True)
    missing = sorted(
        nummer
        for nummer, one in inlezing.known.items()
        if one.bronnummer and one.status == Vacaturestatus.OPEN and nummer not in inlezing.nummers
    )
    verslag = Importverslag(
        nieuw=inlezing.nieuw,
        gewijzigd=inlezing.gewijzigd,
        gelijk=inlezing.gelijk,
        concept=inlezing.concept,
        fouten=tuple(inlezing.fouten),
        fouten_totaal=inlezing.fouten_totaal,
        ontbreekt=tuple(missing[:MAX_ONTBREEKT]),
        ontbreekt_totaal=len(missing),
        ingelezen=stored,
    )
    logboek.record(
        actor=actor,
        handeling="levering van vacatures ingelezen" if stored else "levering van vacatures nagekeken",
        onderwerp=f"organisatie {organisatie_id}",
        details={"nieuw": verslag.nieuw, "gewijzigd": verslag.gewijzigd, "fout": verslag.fouten_totaal},
        activiteit=Activiteit.BEMIDDELING,
        now=now,
    )
    return verslag


def _rows(regels: Iterable[Vacatureregel | Regelfout], inlezing: _Inlezing) -> Iterator[Vacatureregel]:
    for row in regels:
        if isinstance(row, Regelfout):
            inlezing.note(row.regel, row.melding, row.herstel)
        else:
            yield row


def number_of(vacature: Vacature) -> str:
    """The number under which a vacature leaves, and comes back: that of its source, or its own id."""
    return vacature.bronnummer or str(vacature.pk)
