"""The aanvraag beoordeling arbeidsvermogen (ABA), from the first step of its form to the objection.

Asked by somebody about themself, or by the college of a gemeente about an inhabitant. The papers are in
`aanvraagdocumenten`, the questions and the decision in `beoordeling`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import Bsn
from banenafspraak.access.permissions import Permission
from banenafspraak.register.models import Aanvraag, Aanvraagsoort, Aanvraagstatus
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


def start(*, actor: Actor, geboortedatum: date, bsn: Bsn | None = None, now: datetime) -> UUID:
    """Begin an aanvraag, or give the id of the one this applicant already has running for this person.

    A burger asks about themself (`bsn` stays None), a gemeente names the BSN of the inhabitant. Raises
    `PermissionDenied`, `ValidationError` (Dutch) for a date of birth that cannot be.
    """
    raise NotImplementedError


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
    raise NotImplementedError


def submit(*, actor: Actor, aanvraag_id: UUID, now: datetime) -> UUID:
    """Send the aanvraag: the term begins. Sending twice changes nothing and gives the same id.

    Raises `ValidationError` for what is still missing, `NietMogelijk` for an aanvraag that was withdrawn.
    """
    raise NotImplementedError


def confirm_receipt(*, actor: Actor, aanvraag_id: UUID, now: datetime) -> None:
    """Say that the aanvraag came in; due by `bevestigen_uiterlijk_op`. By a beoordelaar, or the system itself."""
    raise NotImplementedError


def claim(*, actor: Actor, aanvraag_id: UUID, now: datetime) -> None:
    """Take the aanvraag up. Raises `Overtaken` when another beoordelaar has it; one's own claim again is nothing."""
    raise NotImplementedError


def release(*, actor: Actor, aanvraag_id: UUID, now: datetime) -> None:
    """Put the aanvraag back on the list. Raises `Overtaken` for who does not have it."""
    raise NotImplementedError


def take_over(*, actor: Actor, aanvraag_id: UUID, van: UUID, now: datetime) -> None:
    """Take the aanvraag over from beoordelaar `van`. Raises `Overtaken` when that one does not have it any more."""
    raise NotImplementedError


def ask_aanvulling(*, actor: Actor, aanvraag_id: UUID, vraag: str, now: datetime) -> None:
    """Ask the applicant to complete the aanvraag; the term stands still from this day."""
    raise NotImplementedError


def complete(*, actor: Actor, aanvraag_id: UUID, toelichting: str = "", now: datetime) -> None:
    """The applicant completed the aanvraag, or its beoordelaar says that the time for it is over: the term runs on."""
    raise NotImplementedError


def extend(*, actor: Actor, aanvraag_id: UUID, tot_en_met: date, reden: str, now: datetime) -> None:
    """Say in writing that the decision comes later, at the latest on `tot_en_met`.

    Raises `ValidationError` when the law does not lengthen this term that way.
    """
    raise NotImplementedError


def withdraw(*, actor: Actor, aanvraag_id: UUID, reden: str = "", now: datetime) -> None:
    """The applicant withdraws; once more changes nothing. Raises `NietMogelijk` after the decision."""
    raise NotImplementedError


def note_bezwaar(*, actor: Actor, aanvraag_id: UUID, op: date, now: datetime) -> None:
    """Note that an objection came in on that day."""
    raise NotImplementedError


def correct_geboortedatum(*, actor: Actor, aanvraag_id: UUID, geboortedatum: date, now: datetime) -> None:
    """Set the date of birth right, by the beoordelaar who has the aanvraag; also of a person not yet registered."""
    raise NotImplementedError


def visible_to(actor: Actor) -> QuerySet[Aanvraag]:
    """The aanvragen this actor may see; lists and single ones start here.

    A beoordelaar sees what was sent in, a burger every aanvraag about themself (of a gemeente: once sent in), a gemeente
    those it made. Everybody else sees nothing. Raises `TypeError` for `actor=None`.
    """
    raise NotImplementedError


def worklist(actor: Actor) -> QuerySet[Aanvraag]:
    """What a beoordelaar has to do: every aanvraag that runs, by last day; what stands still comes last."""
    raise NotImplementedError


def look_at(*, actor: Actor, aanvraag_id: UUID, now: datetime) -> Aanvraaginzage:
    """One aanvraag as this actor may see it; the look is logged. Raises `Aanvraag.DoesNotExist` for who may not."""
    raise NotImplementedError
