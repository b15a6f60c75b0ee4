"""The klantprofiel of a person: who may see it, filling it in, opening it to employers and taking it back.

    publiceren   concept, niet_openbaar            -> openbaar        by the person, or a bemiddelaar with the person
    intrekken    concept, openbaar                 -> niet_openbaar   by the person, who alone can open it again
    verbergen    concept, openbaar, niet_openbaar  -> niet_openbaar   by a bemiddelaar, with a reason that is counted

Taking in what a supplier delivers is `profielinlezing`, when a profile is complete and fresh is `volledigheid`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.permissions import Permission, Rol, may, require
from banenafspraak.bemiddeling import volledigheid
from banenafspraak.bemiddeling.models import Klantprofiel
from banenafspraak.bemiddeling.profielcijfers import Profielcijfers, figures
from banenafspraak.bemiddeling.profielcontrole import fouten_in
from banenafspraak.bemiddeling.profielinlezing import Inlezing, Profielfout, take_in
from banenafspraak.bemiddeling.profielrecord import STAPPEN, ProfielRecord, Stap
from banenafspraak.bemiddeling.profielrijen import columns_of, is_answered, record_of, shown_record_of
from banenafspraak.bemiddeling.profielwoorden import NietOpenbaarReden, Profielstatus
from banenafspraak.bemiddeling.profielzicht import starts_in_time, visible_q, visible_to
from banenafspraak.bemiddeling.volledigheid import Versheid, Volledigheid
from banenafspraak.register import personen, queries
from banenafspraak.register.overgangen import Levensloop, NietMogelijk, Overgang, Overtaken

__all__ = [
    "Inlezing",
    "Profielcijfers",
    "Profielfout",
    "Profielhandeling",
    "Profielinzage",
    "figures",
    "get",
    "hide",
    "look_at",
    "own_persoon",
    "publish",
    "record_of",
    "save_stap",
    "shown_record_of",
    "starts_in_time",
    "take_in",
    "visible_q",
    "visible_to",
    "withdraw",
]


class Profielhandeling(StrEnum):
    """What can be done with the visibility of a profile."""

    PUBLICEREN = "publiceren"
    INTREKKEN = "intrekken"
    VERBERGEN = "verbergen"


_S, _H = Profielstatus, Profielhandeling

LEVENSLOOP: Levensloop[Profielhandeling] = Levensloop(
    "het profiel",
    {
        _H.PUBLICEREN: Overgang(
            (_S.CONCEPT, _S.NIET_OPENBAAR),
            _S.OPENBAAR,
            Permission.PROFIEL_CHANGE,
            "Werkgevers kunnen het profiel vinden, zonder naam.",
        ),
        _H.INTREKKEN: Overgang(
            (_S.CONCEPT, _S.OPENBAAR),
            _S.NIET_OPENBAAR,
            Permission.PROFIEL_CHANGE,
            "De persoon haalt het profiel weg bij werkgevers. Alleen de persoon zelf kan het weer openen.",
        ),
        _H.VERBERGEN: Overgang(
            (_S.CONCEPT, _S.OPENBAAR, _S.NIET_OPENBAAR),
            _S.NIET_OPENBAAR,
            Permission.PROFIEL_CHANGE,
            "De bemiddelaar schrijft op waarom werkgevers het profiel niet kunnen vinden.",
        ),
    },
)

_NEWER = "Dit profiel is intussen veranderd. Kijk het na en probeer het opnieuw."
_OWN_DECISION = "Deze persoon heeft het profiel zelf weggehaald. Alleen deze persoon kan het weer openen."


@dataclass(frozen=True)
class Profielinzage:
    """A profile as one who may see it all reads it, opened; of somebody without one everything is unknown.

    `versie` goes along with what is saved (0: there is no profile), `mag` is what the reader can do now. `zelf`: the
    person took it away, or opened it, and not somebody else.
    """

    persoon_id: UUID
    record: ProfielRecord
    versie: int
    status: Profielstatus
    reden: NietOpenbaarReden | None
    zelf: bool
    beantwoord: Mapping[str, date]
    bevestigd_op: date | None
    verlopen_op: date | None
    mag: frozenset[Profielhandeling]

    def volledigheid(self, peildatum: date) -> Volledigheid:
        """How complete it is on that day."""
        return volledigheid.completeness(self.record, self.beantwoord, peildatum)

    def versheid(self, peildatum: date) -> Versheid:
        """Whether its 'available' still holds on that day."""
        return volledigheid.freshness(self.bevestigd_op if self.record.beschikbaar else None, peildatum)


def get(actor: Actor, persoon_id: UUID, *, peildatum: date, known_at: datetime) -> Klantprofiel | None:
    """The profile of this person, or None where there is none yet.

    Raises `PermissionDenied` when the actor may not see the person, who is perhaps not in the register any more.
    """
    require(actor, Permission.PROFIEL_VIEW)
    if not queries.people_visible_to(actor, peildatum=peildatum, known_at=known_at).filter(pk=persoon_id).exists():
        raise PermissionDenied("this person is not for this actor")
    return visible_to(actor, peildatum=peildatum, known_at=known_at).filter(persoon=persoon_id).first()


def own_persoon(actor: Actor, *, peildatum: date, known_at: datetime) -> UUID | None:
    """The id of who acts for themself; None for who is not in the register that day. Raises `PermissionDenied`."""
    require(actor, Permission.PROFIEL_CHANGE)
    if actor.rol is not Rol.BURGER:
        raise PermissionDenied("only who acts for themself")
    people = queries.people_visible_to(actor, peildatum=peildatum, known_at=known_at)
    return people.values_list("pk", flat=True).first()


def look_at(*, actor: Actor, persoon_id: UUID, now: datetime) -> Profielinzage:
    """The profile of this person, opened; the look stands in the logboek. Raises as `get`, and `SealError`."""
    profiel = get(actor, persoon_id, peildatum=timezone.localtime(now).date(), known_at=now)
    _log(actor, "klantprofiel bekeken", persoon_id, {}, now=now)
    return describe(actor, persoon_id, profiel)


def describe(actor: Actor, persoon_id: UUID, profiel: Klantprofiel | None) -> Profielinzage:
    """A profile out of `get`, opened; the caller logs the look. Raises `SealError`."""
    return Profielinzage(
        persoon_id=persoon_id,
        record=record_of(profiel) if profiel else ProfielRecord(),
        versie=profiel.versie if profiel else 0,
        status=Profielstatus(profiel.status) if profiel else Profielstatus.CONCEPT,
        reden=NietOpenbaarReden(profiel.niet_openbaar_reden) if profiel and profiel.niet_openbaar_reden else None,
        zelf=profiel is not None and profiel.status_door == Rol.BURGER.value,
        beantwoord=beantwoord_of(profiel) if profiel else {},
        bevestigd_op=profiel.beschikbaar_bevestigd_op if profiel else None,
        verlopen_op=profiel.verlopen_op if profiel else None,
        mag=possible(actor, profiel),
    )


def step_of(onderdeel: volledigheid.Onderdeel) -> Stap:
    """In which step a missing part is asked."""
    return volledigheid.REGELS[onderdeel].stap


@transaction.atomic
def save_stap(
    *, actor: Actor, persoon_id: UUID, stap: Stap, antwoorden: Mapping[str, Any], versie: int, now: datetime
) -> Klantprofiel:
    """Save the answers of one step, and make the profile when there is none; saving the same twice changes nothing.

    `antwoorden` has fields of this step only; what is left out stays. `versie` is the one that was read, 0 where there
    was no profile. An answer that became unknown again loses its date.

    Raises `PermissionDenied` when the person is not for this actor (or not registered), `Overtaken` when somebody
    saved in the meantime, `ValidationError` (Dutch, by field), `ValueError` for a field of another step, `SealError`.
    """
    require(actor, Permission.PROFIEL_CHANGE)
    if not set(antwoorden) <= set(STAPPEN[stap]):
        raise ValueError("these answers do not belong to this step")
    today = timezone.localtime(now).date()
    profiel = _locked(actor, persoon_id, now=now)
    before = record_of(profiel) if profiel else ProfielRecord()
    record = replace(before, **antwoorden)
    if profiel and record == before and profiel.beantwoord.get(stap) == today.isoformat():
        return profiel
    if (profiel.versie if profiel else 0) != versie:
        raise Overtaken(_NEWER)
    if fouten := {name: fault for name, fault in fouten_in(record).items() if name in STAPPEN[stap]}:
        raise ValidationError({name: [fault] for name, fault in fouten.items()})
    if profiel is None:
        profiel = Klantprofiel(persoon_id=persoon_id, gemaakt_at=now, versie=0)
    fill(profiel, record, {stap: actor.rol.value}, peildatum=today, now=now)
    profiel.save()
    _log(actor, "klantprofiel ingevuld", persoon_id, {"stap": stap.value, "versie": profiel.versie}, now=now)
    return profiel


def fill(
    profiel: Klantprofiel, record: ProfielRecord, door: Mapping[Stap, str], *, peildatum: date, now: datetime
) -> None:
    """Put a record in the columns of a profile that is not saved yet; `door` says who answered which steps that day."""
    for name, value in columns_of(record, profiel.pk).items():
        setattr(profiel, name, value)
    for stap, wie in door.items():
        if is_answered(record, stap):
            profiel.beantwoord[stap.value] = peildatum.isoformat()
            profiel.beantwoord_door[stap.value] = wie
        else:
            profiel.beantwoord.pop(stap.value, None)
            profiel.beantwoord_door.pop(stap.value, None)
    if Stap.BESCHIKBAAR in door:
        profiel.beschikbaar_bevestigd_op = None if record.beschikbaar is None else peildatum
        profiel.verlopen_op = profiel.vraag_weer_op = None
    found = volledigheid.completeness(record, beantwoord_of(profiel), peildatum)
    profiel.score, profiel.volledig = found.score, found.volledig
    profiel.versie += 1
    profiel.gewijzigd_at = now


def beantwoord_of(profiel: Klantprofiel) -> dict[str, date]:
    """On which day each step was answered."""
    return {stap: date.fromisoformat(day) for stap, day in profiel.beantwoord.items()}


# --- open to employers, or not ----------------------------------------------------------------------------------


@transaction.atomic
def publish(*, actor: Actor, persoon_id: UUID, now: datetime) -> None:
    """Let employers find it; a bemiddelaar does so only together with the person. Twice is once.

    Raises `PermissionDenied`, `NietMogelijk` (Dutch) where there is no profile or the person took it away.
    """
    _move(actor, persoon_id, _H.PUBLICEREN, "", now=now)


@transaction.atomic
def withdraw(*, actor: Actor, persoon_id: UUID, now: datetime) -> None:
    """The person takes the profile back from employers, at once. Twice is once. Raises as `publish`."""
    if actor is not None and actor.rol is not Rol.BURGER:
        raise PermissionDenied("only the person takes a profile back; a bemiddelaar hides it with a reason")
    _move(actor, persoon_id, _H.INTREKKEN, NietOpenbaarReden.TOESTEMMING_INGETROKKEN, now=now)


@transaction.atomic
def hide(*, actor: Actor, persoon_id: UUID, reden: NietOpenbaarReden, now: datetime) -> None:
    """Note that employers cannot find this person, and why; makes a profile to hold the reason where there is none.

    Raises `PermissionDenied`, `NietMogelijk` when the person took it away.
    """
    _move(actor, persoon_id, _H.VERBERGEN, reden, now=now)


def _move(actor: Actor, persoon_id: UUID, handeling: Profielhandeling, reden: str, *, now: datetime) -> None:
    overgang = LEVENSLOOP.overgangen[handeling]
    require(actor, overgang.permission)
    profiel = _locked(actor, persoon_id, now=now)
    if profiel is None:
        if handeling is not _H.VERBERGEN:
            raise NietMogelijk("Er is nog geen profiel. Vul eerst een vraag in.")
        profiel = Klantprofiel(persoon_id=persoon_id, gemaakt_at=now, versie=0)
    if (profiel.status, profiel.niet_openbaar_reden) == (overgang.naar, reden):
        return
    if is_own_decision(profiel) and actor.rol is not Rol.BURGER:
        raise NietMogelijk(_OWN_DECISION)
    if handeling is _H.INTREKKEN and profiel.status == _S.NIET_OPENBAAR:
        # What a bemiddelaar wrote down is not what the person decides now.
        LEVENSLOOP.require(_H.VERBERGEN, profiel.status)
    else:
        LEVENSLOOP.require(handeling, profiel.status)
    profiel.status, profiel.niet_openbaar_reden = str(overgang.naar), str(reden)
    profiel.status_door = actor.rol.value
    profiel.versie += 1
    profiel.gewijzigd_at = now
    profiel.save()
    words = {
        _H.PUBLICEREN: "klantprofiel gepubliceerd",
        _H.INTREKKEN: "klantprofiel weggehaald",
        _H.VERBERGEN: "klantprofiel verborgen",
    }
    _log(actor, words[handeling], persoon_id, {"reden": str(reden)} if reden else {}, now=now)


def is_own_decision(profiel: Klantprofiel) -> bool:
    """Whether the person took it away: then nobody else opens it, nor writes another reason over that."""
    return profiel.status == _S.NIET_OPENBAAR and profiel.status_door == Rol.BURGER.value


def possible(actor: Actor, profiel: Klantprofiel | None) -> frozenset[Profielhandeling]:
    """What this actor can do now with the visibility of this profile."""
    if not may(actor, Permission.PROFIEL_CHANGE):
        return frozenset()
    if profiel is None:
        return frozenset() if actor.rol is Rol.BURGER else frozenset({_H.VERBERGEN})
    if is_own_decision(profiel) and actor.rol is not Rol.BURGER:
        return frozenset()
    not_mine = _H.VERBERGEN if actor.rol is Rol.BURGER else _H.INTREKKEN
    return frozenset(LEVENSLOOP.possible(profiel.status)) - {not_mine}


def _locked(actor: Actor, persoon_id: UUID, *, now: datetime) -> Klantprofiel | None:
    """The profile under the lock of its person; None where there is none. Raises `PermissionDenied`."""
    people = queries.people_visible_to(actor, peildatum=timezone.localtime(now).date(), known_at=now)
    if not people.filter(pk=persoon_id).exists():
        raise PermissionDenied("this person is not for this actor")
    personen.lock(persoon_id)
    return Klantprofiel.objects.select_for_update().filter(persoon=persoon_id).first()


def _log(actor: Actor, handeling: str, persoon_id: UUID, details: Mapping[str, Any], *, now: datetime) -> None:
    logboek.record(
        actor=actor,
        handeling=handeling,
        onderwerp=f"klantprofiel van {persoon_id}",
        persoon_bsn_index=personen.audit_index_of(persoon_id),
        details=details,
        # What somebody does with the own data is no look by another.
        activiteit=Activiteit.INZAGE if actor.rol is Rol.BURGER else Activiteit.BEMIDDELING,
        now=now,
    )
