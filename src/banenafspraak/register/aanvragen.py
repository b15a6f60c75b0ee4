"""The aanvraag beoordeling arbeidsvermogen (ABA), from the first step of its form to the objection.

Asked by somebody about themself, or by the college of a gemeente about an inhabitant. The papers are in
`aanvraagdocumenten`, the questions and the decision in `beoordeling`.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from banenafspraak.access import logboek, verzegeling
from banenafspraak.access.actor import Actor, college_of
from banenafspraak.access.bsn import Bsn
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.permissions import Permission, Rol, require
from banenafspraak.register import aanvraagtermijn, personen
from banenafspraak.register.aanvraagformulier import (
    MAX_TEKST,
    check_complete,
    check_geboortedatum,
    fill,
    read_inhoud,
    write_inhoud,
)
from banenafspraak.register.aanvraagzicht import is_applicant, visible_to, worklist
from banenafspraak.register.models import (
    LOPEND,
    Aanvraag,
    Aanvraagsoort,
    Aanvraagstap,
    Aanvraagstatus,
)
from banenafspraak.register.moment import day_of
from banenafspraak.register.overgangen import Levensloop, NietMogelijk, Overgang, Overtaken
from banenafspraak.wet.gronden import Aanvrager

__all__ = [
    "LEVENSLOOP",
    "Aanvraaghandeling",
    "Aanvraaginzage",
    "Aanvraagsoort",
    "Aanvraagstatus",
    "Aanvrager",
    "NietMogelijk",
    "Overtaken",
    "Stapinzage",
    "ask_aanvulling",
    "claim",
    "complete",
    "confirm_receipt",
    "confirm_receipts",
    "correct_geboortedatum",
    "extend",
    "look_at",
    "note_bezwaar",
    "release",
    "save_step",
    "start",
    "submit",
    "take_over",
    "visible_to",
    "withdraw",
    "worklist",
]


class Aanvraaghandeling(StrEnum):
    """What can be done with an aanvraag."""

    BEGINNEN = "beginnen"
    BEWAREN = "bewaren"
    INDIENEN = "indienen"
    ONTVANGST_BEVESTIGEN = "ontvangst_bevestigen"
    OPPAKKEN = "oppakken"
    TERUGLEGGEN = "terugleggen"
    OVERNEMEN = "overnemen"
    AANVULLING_VRAGEN = "aanvulling_vragen"
    AANVULLEN = "aanvullen"
    VERLENGEN = "verlengen"
    BESLISSEN = "beslissen"
    INTREKKEN = "intrekken"
    BEZWAAR_NOTEREN = "bezwaar_noteren"


_S = Aanvraagstatus
_VRAAGT, _BEOORDEELT = Permission.AANVRAAG_INDIENEN, Permission.AANVRAAG_BEOORDELEN

LEVENSLOOP: Levensloop[Aanvraaghandeling] = Levensloop(
    "de aanvraag",
    MappingProxyType(
        {
            Aanvraaghandeling.BEGINNEN: Overgang((), _S.CONCEPT, _VRAAGT, "Iemand begint een aanvraag."),
            Aanvraaghandeling.BEWAREN: Overgang(
                (_S.CONCEPT,), None, _VRAAGT, "Een stap van het formulier is bewaard; u kunt later verder."
            ),
            Aanvraaghandeling.INDIENEN: Overgang(
                (_S.CONCEPT,), _S.INGEDIEND, _VRAAGT, "De aanvraag is verstuurd; de termijn begint."
            ),
            Aanvraaghandeling.ONTVANGST_BEVESTIGEN: Overgang(
                (_S.INGEDIEND,),
                _S.ONTVANGST_BEVESTIGD,
                Permission.AANVRAAG_BEVESTIGEN,
                "UWV laat weten dat de aanvraag er is.",
            ),
            Aanvraaghandeling.OPPAKKEN: Overgang(
                (_S.ONTVANGST_BEVESTIGD,), _S.IN_BEHANDELING, _BEOORDEELT, "Een beoordelaar pakt de aanvraag op."
            ),
            Aanvraaghandeling.TERUGLEGGEN: Overgang(
                (_S.IN_BEHANDELING,), _S.ONTVANGST_BEVESTIGD, _BEOORDEELT, "De beoordelaar legt de aanvraag terug."
            ),
            Aanvraaghandeling.OVERNEMEN: Overgang(
                (_S.IN_BEHANDELING, _S.WACHT_OP_AANVULLING),
                None,
                _BEOORDEELT,
                "Een andere beoordelaar neemt de aanvraag over.",
            ),
            Aanvraaghandeling.AANVULLING_VRAGEN: Overgang(
                (_S.IN_BEHANDELING,),
                _S.WACHT_OP_AANVULLING,
                _BEOORDEELT,
                "UWV vraagt om een aanvulling; de termijn staat stil (Awb 4:15).",
            ),
            Aanvraaghandeling.AANVULLEN: Overgang(
                (_S.WACHT_OP_AANVULLING,), _S.IN_BEHANDELING, _VRAAGT, "De aanvulling is er; de termijn loopt weer."
            ),
            Aanvraaghandeling.VERLENGEN: Overgang(
                (_S.ONTVANGST_BEVESTIGD, _S.IN_BEHANDELING, _S.WACHT_OP_AANVULLING),
                None,
                _BEOORDEELT,
                "UWV schrijft dat het besluit later komt, en wanneer.",
            ),
            Aanvraaghandeling.BESLISSEN: Overgang(
                (_S.IN_BEHANDELING,),
                _S.BESLIST,
                _BEOORDEELT,
                "UWV beslist; wie bij de doelgroep hoort is ingeschreven.",
            ),
            Aanvraaghandeling.INTREKKEN: Overgang(
                (_S.CONCEPT, _S.INGEDIEND, _S.ONTVANGST_BEVESTIGD, _S.IN_BEHANDELING, _S.WACHT_OP_AANVULLING),
                _S.INGETROKKEN,
                _VRAAGT,
                "De aanvrager trekt de aanvraag in.",
            ),
            Aanvraaghandeling.BEZWAAR_NOTEREN: Overgang(
                (_S.BESLIST,), None, _BEOORDEELT, "Er is bezwaar gemaakt tegen het besluit."
            ),
        }
    ),
)
"""The life of an aanvraag; docs/levenslopen.md is made from it."""


@dataclass(frozen=True)
class Stapinzage:
    """One step of the history as this reader may see it; `toelichting` is "" for who may not read it."""

    handeling: Aanvraaghandeling
    op: date
    recorded_at: datetime
    rol: str
    naar: Aanvraagstatus
    toelichting: str


@dataclass(frozen=True)
class Aanvraaginzage:
    """One aanvraag as this reader may see it.

    `velden` are the sealed answers of the form by step (empty for who may not read them). `mag` are the actions this
    reader can take now. `aanvulling` is what UWV asked to add, as long as it waits for that.
    """

    id: UUID
    persoon_id: UUID
    aanvrager: Aanvrager
    soort: Aanvraagsoort | None
    status: Aanvraagstatus
    geboortedatum: date
    geboortedatum_wijkt_af: bool
    gemeente: str | None
    woongemeente: str | None
    woont_in_buitenland: bool
    ontvangen_op: date | None
    bevestigen_uiterlijk_op: date | None
    bevestigd_op: date | None
    laatste_dag: date | None
    staat_stil: bool
    verlengd_tot_en_met: date | None
    beoordelaar_id: UUID | None
    velden: Mapping[str, Mapping[str, Any]]
    aanvulling: str
    stappen: tuple[Stapinzage, ...]
    mag: frozenset[Aanvraaghandeling]
    mag_medisch: bool


@transaction.atomic
def start(*, actor: Actor, geboortedatum: date, bsn: Bsn | None = None, now: datetime) -> UUID:
    """Begin an aanvraag, or give the id of the one this applicant already has running for this person.

    A burger asks about themself (`bsn` stays None), a gemeente names the BSN of the inhabitant. Raises
    `PermissionDenied`, `ValidationError` (Dutch) for a date of birth that cannot be.
    """
    require(actor, Permission.AANVRAAG_INDIENEN)
    college = college_of(actor)
    about = actor.bsn if actor.rol is Rol.BURGER else bsn
    if about is None or (actor.rol is not Rol.BURGER and college is None):
        raise PermissionDenied("Alleen de persoon zelf of zijn gemeente vraagt een beoordeling aan.")
    check_geboortedatum(geboortedatum, now)
    persoon_id = personen.find_or_add(about, geboortedatum)
    personen.lock(persoon_id)
    aanvrager = Aanvrager.PERSOON if college is None else Aanvrager.COLLEGE
    running = Aanvraag.objects.filter(
        persoon_id=persoon_id, aanvrager=aanvrager, gemeente=college, status__in=LOPEND
    ).first()
    if running is not None:
        return running.pk
    aanvraag = Aanvraag(
        persoon_id=persoon_id,
        geboortedatum=geboortedatum,
        aanvrager=aanvrager.value,
        gemeente_id=college,
        woongemeente_id=college,
        begonnen_at=now,
    )
    aanvraag.save(force_insert=True)
    _write_step(aanvraag, Aanvraaghandeling.BEGINNEN, van="", actor=actor, now=now)
    return aanvraag.pk


@transaction.atomic
def save_step(
    *,
    actor: Actor,
    aanvraag_id: UUID,
    stap: str,
    velden: Mapping[str, Any],
    soort: Aanvraagsoort | None = None,
    woongemeente: str | None = None,
    woont_in_buitenland: bool | None = None,
    geboortedatum: date | None = None,
    now: datetime,
) -> None:
    """Keep one step of the form: `velden` (plain JSON values) sealed under the name `stap`, and what must lie open.

    None leaves an open field as it was; an empty `velden` clears the step. Raises `NietMogelijk` once it was sent,
    `ValidationError` for a kind the applicant cannot ask or a gemeente that does not exist.
    """
    aanvraag = _locked_for_applicant(actor, aanvraag_id)
    LEVENSLOOP.require(Aanvraaghandeling.BEWAREN, aanvraag.status)
    fill(aanvraag, soort, woongemeente, woont_in_buitenland, now)
    if geboortedatum is not None:
        check_geboortedatum(geboortedatum, now)
        aanvraag.geboortedatum = geboortedatum
    write_inhoud(aanvraag, stap, velden)
    aanvraag.save()
    # A draft is saved with every step of the form: the log has it, the history of the aanvraag does not.
    _log(aanvraag, "aanvraag bewaard", actor=actor, now=now)


@transaction.atomic
def submit(*, actor: Actor, aanvraag_id: UUID, now: datetime) -> UUID:
    """Send the aanvraag: the term begins. Sending twice changes nothing and gives the same id.

    Raises `ValidationError` for what is still missing, `NietMogelijk` for an aanvraag that was withdrawn.
    """
    aanvraag = _locked_for_applicant(actor, aanvraag_id)
    if aanvraag.status not in (_S.CONCEPT, _S.INGETROKKEN):
        return aanvraag.pk
    LEVENSLOOP.require(Aanvraaghandeling.INDIENEN, aanvraag.status)
    check_complete(aanvraag)
    aanvraag.ontvangen_op = day_of(now)
    aanvraag.bevestigen_uiterlijk_op = aanvraagtermijn.confirm_by(aanvraag.ontvangen_op)
    aanvraag.laatste_dag = aanvraagtermijn.termijn(aanvraag, peildatum=aanvraag.ontvangen_op).waarde.laatste_dag
    _move(aanvraag, Aanvraaghandeling.INDIENEN, actor=actor, now=now)
    return aanvraag.pk


@transaction.atomic
def confirm_receipt(*, actor: Actor, aanvraag_id: UUID, now: datetime) -> None:
    """Say that the aanvraag came in; due by `bevestigen_uiterlijk_op`. By a beoordelaar, or the system itself.

    Once more changes nothing.
    """
    require(actor, Permission.AANVRAAG_BEVESTIGEN)
    aanvraag = _locked(actor, aanvraag_id)
    if aanvraag.bevestigd_op is not None:
        return
    aanvraag.bevestigd_op = day_of(now)
    _move(aanvraag, Aanvraaghandeling.ONTVANGST_BEVESTIGEN, actor=actor, now=now)


def confirm_receipts(*, actor: Actor, now: datetime) -> int:
    """Confirm every aanvraag that came in and was not confirmed; returns how many. Each in a transaction of its own."""
    waiting = visible_to(actor).filter(status=_S.INGEDIEND).order_by("ontvangen_op", "pk")
    confirmed = 0
    for aanvraag_id in list(waiting.values_list("pk", flat=True)):
        with suppress(Aanvraag.DoesNotExist):  # somebody else confirmed it, or it was withdrawn, in between
            confirm_receipt(actor=actor, aanvraag_id=aanvraag_id, now=now)
            confirmed += 1
    return confirmed


@transaction.atomic
def claim(*, actor: Actor, aanvraag_id: UUID, now: datetime) -> None:
    """Take the aanvraag up. Raises `Overtaken` when another beoordelaar has it; one's own claim again is nothing."""
    require(actor, Permission.AANVRAAG_BEOORDELEN)
    aanvraag = _locked(actor, aanvraag_id)
    if aanvraag.status in (_S.IN_BEHANDELING, _S.WACHT_OP_AANVULLING):
        require_mine(aanvraag, actor)
        return
    LEVENSLOOP.require(Aanvraaghandeling.OPPAKKEN, aanvraag.status)
    aanvraag.beoordelaar_id = actor.gebruiker_id
    _move(aanvraag, Aanvraaghandeling.OPPAKKEN, actor=actor, now=now)


@transaction.atomic
def release(*, actor: Actor, aanvraag_id: UUID, now: datetime) -> None:
    """Put the aanvraag back on the list. Raises `Overtaken` for who does not have it."""
    aanvraag = lock_mine(actor, aanvraag_id, Aanvraaghandeling.TERUGLEGGEN)
    aanvraag.beoordelaar_id = None
    _move(aanvraag, Aanvraaghandeling.TERUGLEGGEN, actor=actor, now=now)


@transaction.atomic
def take_over(*, actor: Actor, aanvraag_id: UUID, van: UUID, now: datetime) -> None:
    """Take the aanvraag over from beoordelaar `van`. Raises `Overtaken` when that one does not have it any more."""
    require(actor, Permission.AANVRAAG_BEOORDELEN)
    aanvraag = _locked(actor, aanvraag_id)
    LEVENSLOOP.require(Aanvraaghandeling.OVERNEMEN, aanvraag.status)
    if aanvraag.beoordelaar_id == actor.gebruiker_id:
        return
    if aanvraag.beoordelaar_id != van:
        raise Overtaken("Een andere collega heeft deze aanvraag intussen overgenomen.")
    aanvraag.beoordelaar_id = actor.gebruiker_id
    _move(aanvraag, Aanvraaghandeling.OVERNEMEN, actor=actor, now=now)


@transaction.atomic
def ask_aanvulling(*, actor: Actor, aanvraag_id: UUID, vraag: str, now: datetime) -> None:
    """Ask the applicant to complete the aanvraag; the term stands still from this day.

    A request after the last day does not stop the term any more. Raises `ValidationError` for an empty question.
    """
    if not vraag.strip():
        raise ValidationError({"vraag": "Schrijf op wat de aanvrager moet aanvullen."})
    aanvraag = lock_mine(actor, aanvraag_id, Aanvraaghandeling.AANVULLING_VRAGEN)
    aanvraagtermijn.stop(aanvraag, day_of(now))
    _move(aanvraag, Aanvraaghandeling.AANVULLING_VRAGEN, actor=actor, now=now, toelichting=vraag)


@transaction.atomic
def complete(*, actor: Actor, aanvraag_id: UUID, toelichting: str = "", now: datetime) -> None:
    """The applicant completed the aanvraag, or its beoordelaar says that the time for it is over: the term runs on."""
    if actor.rol is Rol.BEOORDELAAR:
        aanvraag = lock_mine(actor, aanvraag_id, Aanvraaghandeling.AANVULLEN)
    else:
        aanvraag = _locked_for_applicant(actor, aanvraag_id)
    LEVENSLOOP.require(Aanvraaghandeling.AANVULLEN, aanvraag.status)
    aanvraagtermijn.run_on(aanvraag, day_of(now))
    _move(aanvraag, Aanvraaghandeling.AANVULLEN, actor=actor, now=now, toelichting=toelichting)


@transaction.atomic
def extend(*, actor: Actor, aanvraag_id: UUID, tot_en_met: date, reden: str, now: datetime) -> None:
    """Say in writing that the decision comes later, at the latest on `tot_en_met`.

    Raises `ValidationError` when the law does not lengthen this term that way, or without a reason.
    """
    if not reden.strip():
        raise ValidationError({"reden": "Schrijf op waarom het besluit later komt."})
    require(actor, Permission.AANVRAAG_BEOORDELEN)
    aanvraag = _locked(actor, aanvraag_id)
    LEVENSLOOP.require(Aanvraaghandeling.VERLENGEN, aanvraag.status)
    if aanvraag.beoordelaar_id is not None:
        require_mine(aanvraag, actor)
    aanvraagtermijn.lengthen(aanvraag, tot_en_met, day_of(now))
    _move(aanvraag, Aanvraaghandeling.VERLENGEN, actor=actor, now=now, toelichting=reden)


@transaction.atomic
def withdraw(*, actor: Actor, aanvraag_id: UUID, reden: str = "", now: datetime) -> None:
    """The applicant withdraws; once more changes nothing. Raises `NietMogelijk` after the decision.

    What was never sent is wiped.
    """
    aanvraag = _locked_for_applicant(actor, aanvraag_id)
    if aanvraag.status == _S.INGETROKKEN:
        return
    LEVENSLOOP.require(Aanvraaghandeling.INTREKKEN, aanvraag.status)
    if aanvraag.status == _S.CONCEPT:
        aanvraag.inhoud_verzegeld = None
        aanvraag.documenten.all().delete()
    aanvraag.laatste_dag = None
    _move(aanvraag, Aanvraaghandeling.INTREKKEN, actor=actor, now=now, toelichting=reden)


@transaction.atomic
def note_bezwaar(*, actor: Actor, aanvraag_id: UUID, op: date, now: datetime) -> None:
    """Note that an objection came in on that day. Raises `ValidationError` for a day that cannot be."""
    require(actor, Permission.AANVRAAG_BEOORDELEN)
    aanvraag = _locked(actor, aanvraag_id)
    LEVENSLOOP.require(Aanvraaghandeling.BEZWAAR_NOTEREN, aanvraag.status)
    besluit = aanvraag.besluit
    if not besluit.genomen_op <= op <= day_of(now):
        raise ValidationError({"op": "De dag van het bezwaar ligt tussen het besluit en vandaag."})
    besluit.bezwaar_op = op
    besluit.save(update_fields=["bezwaar_op"])
    _move(aanvraag, Aanvraaghandeling.BEZWAAR_NOTEREN, actor=actor, now=now)


@transaction.atomic
def correct_geboortedatum(*, actor: Actor, aanvraag_id: UUID, geboortedatum: date, now: datetime) -> None:
    """Set the date of birth right, by the beoordelaar who has the aanvraag; also of a person not yet registered."""
    aanvraag = lock_mine(actor, aanvraag_id, Aanvraaghandeling.BESLISSEN)
    check_geboortedatum(geboortedatum, now)
    aanvraag.geboortedatum = geboortedatum
    aanvraag.save(update_fields=["geboortedatum"])
    personen.lock(aanvraag.persoon_id)
    persoon = aanvraag.persoon
    if not persoon.registraties.exists():
        persoon.geboortedatum = geboortedatum
        persoon.save(update_fields=["geboortedatum"])
    _log(aanvraag, "geboortedatum bij aanvraag hersteld", actor=actor, now=now)


@transaction.atomic
def look_at(*, actor: Actor, aanvraag_id: UUID, now: datetime) -> Aanvraaginzage:
    """One aanvraag as this actor may see it; the look is logged. Raises `Aanvraag.DoesNotExist` for who may not."""
    aanvraag = visible_to(actor).get(pk=aanvraag_id)
    stappen = tuple(
        Stapinzage(
            handeling=Aanvraaghandeling(stap.handeling),
            op=stap.op,
            recorded_at=stap.recorded_at,
            rol=stap.rol,
            naar=Aanvraagstatus(stap.naar),
            toelichting=_toelichting(stap),
        )
        for stap in aanvraag.stappen.all()
    )
    asked = [stap.toelichting for stap in stappen if stap.handeling is Aanvraaghandeling.AANVULLING_VRAGEN]
    waits = aanvraag.status == _S.WACHT_OP_AANVULLING
    _log(aanvraag, "aanvraag ingezien", actor=actor, now=now)
    return Aanvraaginzage(
        id=aanvraag.pk,
        persoon_id=aanvraag.persoon_id,
        aanvrager=Aanvrager(aanvraag.aanvrager),
        soort=Aanvraagsoort(aanvraag.soort) if aanvraag.soort else None,
        status=Aanvraagstatus(aanvraag.status),
        geboortedatum=aanvraag.geboortedatum,
        geboortedatum_wijkt_af=actor.rol is Rol.BEOORDELAAR
        and aanvraag.geboortedatum != aanvraag.persoon.geboortedatum,
        gemeente=aanvraag.gemeente_id,
        woongemeente=aanvraag.woongemeente_id,
        woont_in_buitenland=aanvraag.woont_in_buitenland,
        ontvangen_op=aanvraag.ontvangen_op,
        bevestigen_uiterlijk_op=aanvraag.bevestigen_uiterlijk_op,
        bevestigd_op=aanvraag.bevestigd_op,
        laatste_dag=aanvraag.laatste_dag,
        staat_stil=waits and aanvraag.laatste_dag is None,
        verlengd_tot_en_met=aanvraag.verlengd_tot_en_met,
        beoordelaar_id=aanvraag.beoordelaar_id,
        velden=read_inhoud(aanvraag),
        aanvulling=asked[-1] if asked and waits else "",
        stappen=stappen,
        mag=_may_now(aanvraag, actor),
        mag_medisch=actor.rol in (Rol.BEOORDELAAR, Rol.BURGER),
    )


# --- For the other modules of this room --------------------------------------------------------------------------


def lock_mine(actor: Actor, aanvraag_id: UUID, handeling: Aanvraaghandeling) -> Aanvraag:
    """The aanvraag, locked, for the beoordelaar who has it and wants to do this. Raises as the actions above."""
    require(actor, Permission.AANVRAAG_BEOORDELEN)
    aanvraag = _locked(actor, aanvraag_id)
    if aanvraag.beoordelaar_id is not None:
        require_mine(aanvraag, actor)
    LEVENSLOOP.require(handeling, aanvraag.status)
    return aanvraag


def lock_visible(actor: Actor, aanvraag_id: UUID) -> Aanvraag:
    """The aanvraag, locked, for who may see it. Raises `Aanvraag.DoesNotExist`."""
    return _locked(actor, aanvraag_id)


def require_mine(aanvraag: Aanvraag, actor: Actor) -> None:
    """Raise `Overtaken` unless this beoordelaar has the aanvraag."""
    if aanvraag.beoordelaar_id != actor.gebruiker_id:
        raise Overtaken("Een collega heeft deze aanvraag al opgepakt.")


def close_with_decision(aanvraag: Aanvraag, *, actor: Actor, now: datetime) -> None:
    """Note that the decision was taken."""
    _move(aanvraag, Aanvraaghandeling.BESLISSEN, actor=actor, now=now)


# --- Inside ------------------------------------------------------------------------------------------------------


def _locked(actor: Actor, aanvraag_id: UUID) -> Aanvraag:
    return visible_to(actor).select_for_update(of=("self",), no_key=True).get(pk=aanvraag_id)


def _locked_for_applicant(actor: Actor, aanvraag_id: UUID) -> Aanvraag:
    require(actor, Permission.AANVRAAG_INDIENEN)
    aanvraag = _locked(actor, aanvraag_id)
    if not is_applicant(aanvraag, actor):
        raise PermissionDenied("Alleen wie de aanvraag deed, kan dit doen.")
    return aanvraag


def _move(
    aanvraag: Aanvraag, handeling: Aanvraaghandeling, *, actor: Actor, now: datetime, toelichting: str = ""
) -> None:
    van = aanvraag.status
    aanvraag.status = LEVENSLOOP.require(handeling, van)
    aanvraag.save()
    _write_step(aanvraag, handeling, van=van, actor=actor, now=now, toelichting=toelichting)


def _write_step(
    aanvraag: Aanvraag, handeling: Aanvraaghandeling, *, van: str, actor: Actor, now: datetime, toelichting: str = ""
) -> None:
    text = toelichting.strip()
    if len(text) > MAX_TEKST:
        raise ValidationError(f"De toelichting is te lang. Gebruik hoogstens {MAX_TEKST} tekens.")
    Aanvraagstap.objects.create(
        aanvraag=aanvraag,
        handeling=handeling.value,
        van=van,
        naar=aanvraag.status,
        op=day_of(now),
        recorded_at=now,
        gebruiker_id=actor.gebruiker_id,
        rol=actor.rol.value,
        toelichting_verzegeld=verzegeling.seal_text(text, context=_stap_context(aanvraag.pk)) if text else None,
    )
    _log(aanvraag, f"aanvraag {handeling.value.replace('_', ' ')}", actor=actor, now=now)


def _log(aanvraag: Aanvraag, what: str, *, actor: Actor, now: datetime) -> None:
    logboek.record(
        actor=actor,
        handeling=what,
        onderwerp=f"aanvraag {aanvraag.pk}",
        persoon_bsn_index=personen.audit_index(aanvraag.persoon),
        activiteit=Activiteit.AANVRAAG,
        now=now,
    )


def _stap_context(aanvraag_id: UUID) -> str:
    return f"register.aanvraagstap.toelichting:{aanvraag_id}"


def _toelichting(stap: Aanvraagstap) -> str:
    if stap.toelichting_verzegeld is None:
        return ""
    return verzegeling.unseal_text(stap.toelichting_verzegeld, context=_stap_context(stap.aanvraag_id))


_APPLICANTS = frozenset(
    {
        Aanvraaghandeling.BEWAREN,
        Aanvraaghandeling.INDIENEN,
        Aanvraaghandeling.AANVULLEN,
        Aanvraaghandeling.INTREKKEN,
    }
)
_OF_ANY_BEOORDELAAR = frozenset(
    {Aanvraaghandeling.ONTVANGST_BEVESTIGEN, Aanvraaghandeling.OPPAKKEN, Aanvraaghandeling.BEZWAAR_NOTEREN}
)


def _may_now(aanvraag: Aanvraag, actor: Actor) -> frozenset[Aanvraaghandeling]:
    possible = set(LEVENSLOOP.possible(aanvraag.status))
    if actor.rol is not Rol.BEOORDELAAR:
        return frozenset(possible & _APPLICANTS) if is_applicant(aanvraag, actor) else frozenset()
    mine = aanvraag.beoordelaar_id == actor.gebruiker_id
    possible -= _APPLICANTS - ({Aanvraaghandeling.AANVULLEN} if mine else set())
    if mine:
        return frozenset(possible - {Aanvraaghandeling.OVERNEMEN})
    if aanvraag.beoordelaar_id is None:
        return frozenset(possible)
    return frozenset(possible & (_OF_ANY_BEOORDELAAR | {Aanvraaghandeling.OVERNEMEN}))
