"""Taking in the profiles that an organisation delivers: judge each, then write all of them in one transaction.

Idempotent on (organisation, its own number): for each step a keyed digest of what was delivered last is kept, so that
only what the supplier changed is a change. Hence what somebody answered here, or a bemiddelaar in conversation, is not
undone by delivering the same once more, and the same file twice changes nothing, not even a date. An answer that the
person gave stays also when the supplier did change it, and is reported. Unknown never takes the place of known.

Some thousands at a time are looked up, sealed and sent to a staging table; memory stays small, and the table itself
changes in two statements.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from psycopg import sql
from psycopg.types.json import Jsonb

from banenafspraak.access import bsn as bsns
from banenafspraak.access import gebieden, logboek
from banenafspraak.access.actor import Actor, Werkgebied, werkgebied_of
from banenafspraak.access.bsn import Bsn
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.permissions import Permission, Rol, require
from banenafspraak.bemiddeling import volledigheid
from banenafspraak.bemiddeling.models import Klantprofiel
from banenafspraak.bemiddeling.profielcontrole import fouten_in
from banenafspraak.bemiddeling.profielrecord import STAPPEN, ProfielRecord, Stap
from banenafspraak.bemiddeling.profielrijen import columns_of, fingerprints, is_answered, record_of
from banenafspraak.bemiddeling.profielwoorden import NietOpenbaarReden, Profielstatus
from banenafspraak.register import personen
from banenafspraak.register.overgangen import Overtaken
from banenafspraak.register.personen import Vindplaats

Levering = tuple[Bsn, str, ProfielRecord, bool | None]

LEVERING = "levering"
"""Who answered, where nobody did: an import."""

_CHUNK = 2_000
_TOESTEMMING = "toestemming"
_UNKNOWN = ProfielRecord()


@dataclass(frozen=True)
class Profielfout:
    """Why one delivered profile is not taken in. `plaats` counts the deliveries from 0; no text holds a value of it."""

    plaats: int
    bronnummer: str
    veld: str
    melding: str
    herstel: str


@dataclass(frozen=True)
class Inlezing:
    """What a delivery of profiles did. `behouden` are (bronnummer, step) where the person's own answer stayed.

    With `fouten`, and without `goede_regels`, nothing was stored, and the numbers say what would have been.
    """

    nieuw: int
    gewijzigd: int
    gelijk: int
    fouten: tuple[Profielfout, ...] = ()
    behouden: tuple[tuple[str, Stap], ...] = ()


@transaction.atomic
def take_in(
    leveringen: Iterable[Levering],
    *,
    organisatie_id: int,
    actor: Actor,
    now: datetime,
    proef: bool = False,
    goede_regels: bool = False,
) -> Inlezing:
    """Take in profiles as (BSN, the supplier's own number, record, consent to be found), in one transaction.

    All or nothing: one error and nothing is stored, unless `goede_regels` says that who read the errors wants the rest.
    `proef` judges and counts only. The person must be registered and, for a gemeente or a service point, live there:
    whoever does not and whoever does not exist get the same message. Consent None says nothing about being found, True
    opens a profile that nobody decided about, False closes it.

    Raises `PermissionDenied` for a bemiddelaar who delivers for another organisation, `Overtaken` when somebody made
    one of these profiles in the meantime; whatever `leveringen` raises undoes everything.
    """
    require(actor, Permission.PROFIEL_IMPORT)
    today = timezone.localtime(now).date()
    gebied = werkgebied_of(organisatie_id, peildatum=today)
    if gebied is None or (actor.rol is not Rol.SYSTEEM and actor.organisatie_id != organisatie_id):
        raise PermissionDenied("this organisation delivers no profiles, or not through this actor")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"profielinlezing:{organisatie_id}"])
    reading = _Reading(organisatie_id, gebied, today, now, seals=not proef)
    if not proef:
        _stage()
    numbered = enumerate(leveringen)
    while chunk := list(islice(numbered, _CHUNK)):
        rows = list(reading.judge(chunk))
        if not proef:
            _copy(rows)
    if not proef and (goede_regels or not reading.fouten):
        _write()
        if reading.betrokkenen:
            logboek.record_many(
                actor=actor,
                handeling="klantprofielen ingelezen",
                onderwerp=f"organisatie {organisatie_id}",
                persoon_bsn_indexes=reading.betrokkenen,
                details={"nieuw": reading.nieuw, "gewijzigd": reading.gewijzigd, "gelijk": reading.gelijk},
                activiteit=Activiteit.BEMIDDELING,
                now=now,
            )
    return Inlezing(reading.nieuw, reading.gewijzigd, reading.gelijk, tuple(reading.fouten), tuple(reading.behouden))


def delivered_numbers(organisatie_id: int) -> Iterator[str]:
    """The own numbers of all profiles that this organisation delivered: for what is missing from a next delivery."""
    rows = Klantprofiel.objects.filter(bron=organisatie_id).order_by("bronnummer")
    return rows.values_list("bronnummer", flat=True).iterator(chunk_size=_CHUNK)


@dataclass(frozen=True)
class _Row:
    """A profile as it will stand in the table."""

    profiel: Klantprofiel
    nieuw: bool


@dataclass
class _Reading:
    """One delivery on its way in: what was seen so far."""

    organisatie_id: int
    gebied: Werkgebied
    today: date
    now: datetime
    seals: bool
    nieuw: int = 0
    gewijzigd: int = 0
    gelijk: int = 0
    fouten: list[Profielfout] = field(default_factory=list)
    behouden: list[tuple[str, Stap]] = field(default_factory=list)
    betrokkenen: list[bytes] = field(default_factory=list)
    _nummers: set[str] = field(default_factory=set)
    _personen: set[uuid.UUID] = field(default_factory=set)

    def judge(self, chunk: list[tuple[int, Levering]]) -> Iterator[_Row]:
        """The rows to write for some thousands of deliveries; counts, and notes what is wrong."""
        places = personen.locate([bsn for _, (bsn, *_) in chunk], peildatum=self.today, known_at=self.now)
        known = self._known(places, [nummer for _, (_, nummer, *_) in chunk])
        good = []
        for (plaats, levering), place in zip(chunk, places, strict=True):
            bsn, nummer, record, _ = levering
            fault = self._fault(bsn, nummer, place, known) or next(iter(fouten_in(record).items()), None)
            if fault is not None:
                self._note(plaats, nummer, *fault)
                continue
            assert place is not None
            self._personen.add(place.persoon_id)
            good.append((plaats, levering, place.persoon_id))
        whole = self._whole(good, known)
        for plaats, levering, persoon_id in good:
            light = known.persons.get(persoon_id)
            row: _Row | None
            if light is None:
                row = self._new(levering, persoon_id)
            elif light.pk not in whole:
                self.gelijk += 1
                continue
            else:
                row = self._changed(plaats, levering, whole[light.pk])
            if row is not None:
                if row.profiel.gewijzigd_at == self.now:
                    self.betrokkenen.append(bsns.index(levering[0], doel="audit"))
                yield row

    def _whole(self, good: list[tuple[int, Levering, uuid.UUID]], known: "_Known") -> dict[uuid.UUID, Klantprofiel]:
        """The existing profiles of which the supplier changed something, whole; the others need not be opened."""
        changed = []
        for _, (_, nummer, record, toestemming), persoon_id in good:
            light = known.persons.get(persoon_id)
            if light is not None:
                mine = (light.bron_id, light.bronnummer) == (self.organisatie_id, nummer)
                if not mine or light.levering_afdruk != self._afdruk(record, light, toestemming):
                    changed.append(light.pk)
        rows = Klantprofiel.objects.filter(pk__in=changed)
        return {profiel.pk: profiel for profiel in (rows.select_for_update() if self.seals else rows)}

    def _note(self, plaats: int, nummer: str, veld: str, melding: str) -> None:
        herstel = _HERSTEL.get(melding, "Herstel dit in uw eigen systeem, en lever het opnieuw.")
        shown = nummer if melding not in (_GEEN_NUMMER, _BSN_ALS_NUMMER) else ""
        self.fouten.append(Profielfout(plaats, shown, veld, melding, herstel))

    def _known(self, places: list[Vindplaats | None], nummers: list[str]) -> "_Known":
        columns = ("pk", "persoon_id", "bron_id", "bronnummer", "levering_afdruk")
        ids = [place.persoon_id for place in places if place is not None]
        by_person = Klantprofiel.objects.filter(persoon__in=ids).only(*columns)
        by_number = Klantprofiel.objects.filter(bron=self.organisatie_id, bronnummer__in=nummers)
        return _Known(
            persons={profiel.persoon_id: profiel for profiel in by_person},
            numbers=dict(by_number.values_list("bronnummer", "persoon_id")),
        )

    def _fault(self, bsn: Bsn, nummer: str, place: Vindplaats | None, known: "_Known") -> tuple[str, str] | None:
        """What is wrong with a delivery apart from its record: (field, message)."""
        if not nummer or len(nummer) > 200 or not nummer.isprintable():
            return "bronnummer", _GEEN_NUMMER
        if bsn.reveal() in nummer:
            return "bronnummer", _BSN_ALS_NUMMER
        if nummer in self._nummers:
            return "bronnummer", _NUMMER_DUBBEL
        self._nummers.add(nummer)
        if place is None or not self._lives_here(place):
            return "bsn", _NIET_HIER
        if place.persoon_id in self._personen:
            return "bsn", _PERSOON_DUBBEL
        existing = known.persons.get(place.persoon_id)
        if existing is not None and existing.bron_id not in (None, self.organisatie_id):
            return "bsn", _ANDERE_BRON
        if known.numbers.get(nummer, place.persoon_id) != place.persoon_id:
            return "bronnummer", _NUMMER_VAN_ANDER
        return None

    def _lives_here(self, place: Vindplaats) -> bool:
        if self.gebied.gemeente is not None:
            return place.gemeente == self.gebied.gemeente
        if self.gebied.regio is not None:
            return place.gemeente is not None and gebieden.regio_op(place.gemeente, self.today) == self.gebied.regio
        return True

    def _new(self, levering: Levering, persoon_id: uuid.UUID) -> _Row:
        _, nummer, record, toestemming = levering
        profiel = Klantprofiel(persoon_id=persoon_id, gemaakt_at=self.now, versie=0)
        profiel.bron_id, profiel.bronnummer = self.organisatie_id, nummer
        profiel.levering_afdruk = self._afdruk(record, profiel, toestemming)
        self._decide(profiel, toestemming)
        self._fill(profiel, record, [stap for stap in Stap if is_answered(record, stap)])
        self.nieuw += 1
        return _Row(profiel, nieuw=True)

    def _changed(self, plaats: int, levering: Levering, profiel: Klantprofiel) -> _Row | None:
        _, nummer, record, toestemming = levering
        afdruk = self._afdruk(record, profiel, toestemming)
        changed = [stap for stap in Stap if profiel.levering_afdruk.get(stap.value) != afdruk[stap.value]]
        merged, answered, kept = _merge(record_of(profiel), record, changed, profiel.beantwoord_door)
        if faults := fouten_in(merged):
            self._note(plaats, nummer, *next(iter(faults.items())))
            return None
        self.behouden += [(nummer, stap) for stap in kept]
        before = (profiel.status, profiel.bron_id, profiel.bronnummer)
        if profiel.levering_afdruk.get(_TOESTEMMING) != afdruk[_TOESTEMMING]:
            self._decide(profiel, toestemming)
        profiel.bron_id, profiel.bronnummer = self.organisatie_id, nummer
        profiel.levering_afdruk = afdruk
        if not answered and before == (profiel.status, profiel.bron_id, profiel.bronnummer):
            # Only what the supplier said last is kept, so that it is told once that an own answer stayed.
            self.gelijk += 1
        else:
            self.gewijzigd += 1
            self._fill(profiel, merged, answered)
        return _Row(profiel, nieuw=False)

    def _afdruk(self, record: ProfielRecord, profiel: Klantprofiel, toestemming: bool | None) -> dict[str, str]:
        said = {True: "ja", False: "nee", None: ""}[toestemming]
        return fingerprints(record, profiel.pk) | {_TOESTEMMING: said}

    def _decide(self, profiel: Klantprofiel, toestemming: bool | None) -> None:
        """What the consent of a delivery means for who is found; what a person or a bemiddelaar decided stays."""
        if toestemming is False and profiel.status != Profielstatus.NIET_OPENBAAR:
            profiel.status = Profielstatus.NIET_OPENBAAR
            profiel.niet_openbaar_reden = NietOpenbaarReden.TOESTEMMING_INGETROKKEN
            profiel.status_door = LEVERING
        elif toestemming and profiel.status != Profielstatus.OPENBAAR and profiel.status_door in ("", LEVERING):
            profiel.status, profiel.niet_openbaar_reden = Profielstatus.OPENBAAR, ""
            profiel.status_door = LEVERING

    def _fill(self, profiel: Klantprofiel, record: ProfielRecord, answered: Iterable[Stap]) -> None:
        if self.seals:
            for name, value in columns_of(record, profiel.pk).items():
                setattr(profiel, name, value)
        for stap in answered:
            profiel.beantwoord[stap.value] = self.today.isoformat()
            profiel.beantwoord_door[stap.value] = LEVERING
            if stap is Stap.BESCHIKBAAR and record.beschikbaar is not None:
                profiel.beschikbaar_bevestigd_op = self.today
                profiel.verlopen_op = profiel.vraag_weer_op = None
        found = volledigheid.completeness(record, {}, self.today)
        profiel.score, profiel.volledig = found.score, found.volledig
        profiel.versie += 1
        profiel.gewijzigd_at = self.now


@dataclass(frozen=True)
class _Known:
    """What the table holds of the people and numbers of some deliveries."""

    persons: Mapping[uuid.UUID, Klantprofiel]
    numbers: Mapping[str, uuid.UUID]


_GEEN_NUMMER = "Dit profiel heeft geen nummer van uw eigen systeem, of een nummer dat te lang is."
_BSN_ALS_NUMMER = "Het nummer van dit profiel is het BSN. Dat mag niet."
_NUMMER_DUBBEL = "Dit nummer staat twee keer in de levering."
_NIET_HIER = "Deze persoon staat niet in het doelgroepregister, of woont niet in uw gemeente of regio."
_PERSOON_DUBBEL = "Deze persoon staat twee keer in de levering."
_ANDERE_BRON = "Voor deze persoon is er al een profiel van een andere organisatie."
_NUMMER_VAN_ANDER = "Dit nummer hoort bij u al bij iemand anders."
_HERSTEL = {
    _GEEN_NUMMER: "Geef elk profiel een eigen nummer van hoogstens 200 tekens.",
    _BSN_ALS_NUMMER: "Gebruik een nummer uit uw eigen systeem dat niets over de persoon zegt.",
    _NUMMER_DUBBEL: "Haal een van de twee regels weg.",
    _NIET_HIER: "Controleer het BSN. Woont deze persoon bij u, vraag dan eerst een beoordeling aan bij UWV.",
    _PERSOON_DUBBEL: "Een persoon heeft één profiel. Haal een van de twee regels weg.",
    _ANDERE_BRON: "Vraag de kandidaat wie het profiel bijhoudt, en spreek dat af met de andere organisatie.",
    _NUMMER_VAN_ANDER: "Een nummer blijft altijd bij dezelfde persoon. Gebruik een nieuw nummer.",
}


def _merge(
    before: ProfielRecord, delivered: ProfielRecord, changed: Iterable[Stap], door: Mapping[str, str]
) -> tuple[ProfielRecord, list[Stap], list[Stap]]:
    """The record with what the supplier changed; the steps that became other, and those where the own answer stayed."""
    merged, answered, kept = before, [], []
    for stap in changed:
        other = replace(
            merged,
            **{name: _known_value(getattr(before, name), getattr(delivered, name), name) for name in STAPPEN[stap]},
        )
        if other == merged:
            continue
        if door.get(stap.value) == Rol.BURGER.value:
            kept.append(stap)
        else:
            merged = other
            answered.append(stap)
    return merged, answered, kept


def _known_value(old: Any, new: Any, name: str) -> Any:
    if name in ("eis_aan_werk", "contact"):
        return replace(old, **{f.name: v for f in fields(new) if (v := getattr(new, f.name)) not in (None, "")})
    return old if new == getattr(_UNKNOWN, name) else new


# --- writing ----------------------------------------------------------------------------------------------------

_COLUMNS = tuple(str(f.column) for f in Klantprofiel._meta.concrete_fields)
_JSON = frozenset(str(f.column) for f in Klantprofiel._meta.concrete_fields if f.get_internal_type() == "JSONField")
_NAMES = sql.SQL(", ").join(map(sql.Identifier, _COLUMNS))


def _stage() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.profielinlezing")
        cursor.execute(
            "CREATE TEMPORARY TABLE profielinlezing ON COMMIT DROP AS "
            "SELECT true AS nieuw, * FROM bemiddeling_klantprofiel LIMIT 0"
        )


def _copy(rows: Iterable[_Row]) -> None:
    statement = sql.SQL("COPY profielinlezing (nieuw, {}) FROM STDIN").format(_NAMES)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            values = {f.column: getattr(row.profiel, f.attname) for f in Klantprofiel._meta.concrete_fields}
            copy.write_row([row.nieuw, *(_database_value(column, values[column]) for column in _COLUMNS)])


def _database_value(column: str, value: Any) -> Any:
    if value is None:
        return None
    return Jsonb(value) if column in _JSON else bytes(value) if isinstance(value, memoryview) else value


def _write() -> None:
    others = [column for column in _COLUMNS if column not in ("id", "persoon_id", "gemaakt_at")]
    changes = sql.SQL(", ").join(sql.SQL("{0} = s.{0}").format(sql.Identifier(column)) for column in others)
    table = sql.Identifier(Klantprofiel._meta.db_table)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                sql.SQL("INSERT INTO {} ({names}) SELECT {names} FROM profielinlezing WHERE nieuw").format(
                    table, names=_NAMES
                )
            )
            cursor.execute(
                sql.SQL("UPDATE {} AS k SET {} FROM profielinlezing AS s WHERE NOT s.nieuw AND k.id = s.id").format(
                    table, changes
                )
            )
    except IntegrityError as error:
        if getattr(error.__cause__, "sqlstate", "") != "23505":
            raise
        raise Overtaken("Iemand maakte intussen een van deze profielen. Lees de levering nog een keer in.") from None
