"""Assessing an aanvraag: the questions of the law one by one, and the decision with its reasons.

What is asked, and what follows, is decided in `wet.arbeidsvermogen`; here stands who answered what and when, and what
the decision does to the register.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from banenafspraak.access.actor import Actor
from banenafspraak.wet.arbeidsvermogen import AbaOordeel, AbaUitkomst, ArbeidsvermogenFeiten
from banenafspraak.wet.doelgroep import Route
from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.uitkomst import Uitkomst
from banenafspraak.wet.vragen import Vraag


class Alternatief(StrEnum):
    """Another way for somebody who did not get what was asked."""

    BEZWAAR = "bezwaar"
    PRAKTIJKROUTE = "praktijkroute"
    ADVIES_BESCHUT_WERK = "advies_beschut_werk"
    BEOORDELING_BANENAFSPRAAK = "beoordeling_banenafspraak"
    HULP_VAN_DE_GEMEENTE = "hulp_van_de_gemeente"
    HULP_VAN_UWV = "hulp_van_uwv"
    OPNIEUW_AANVRAGEN = "opnieuw_aanvragen"


@dataclass(frozen=True)
class AnderePad:
    """Another way, and why it may fit (Dutch, B1)."""

    soort: Alternatief
    reden: str


@dataclass(frozen=True)
class Besluitstap:
    """One reason of the decision: the question, what came out, and the article."""

    vraag: str
    uitkomst: str
    artikel: str
    toelichting: str


@dataclass(frozen=True)
class Beslissing:
    """The decision as this reader may see it; a gemeente gets no `stappen`, since those are medical."""

    aanvraag_id: UUID
    uitkomst: AbaUitkomst
    gewisseld: bool
    grond: Grond | None
    route: Route | None
    genomen_op: date
    ingeschreven: bool
    was_al_geregistreerd: bool
    stappen: tuple[Besluitstap, ...]
    alternatieven: tuple[AnderePad, ...]
    bezwaar_uiterlijk_op: date
    bezwaar_op: date | None
    beschutwerkadvies_id: UUID | None


@dataclass(frozen=True)
class GegevenAntwoord:
    """An answer that counts: the fact, its question, its value, when and by whom."""

    feit: str
    tekst: str
    waarde: Any
    gegeven_at: datetime
    beoordelaar_id: UUID


def answer(*, actor: Actor, aanvraag_id: UUID, feit: str, waarde: Any, now: datetime) -> None:
    """Keep the answer to one question, by the beoordelaar who has the aanvraag; None takes it back.

    `waarde` is as in JSON: true/false, a number, "JJJJ-MM-DD", or a choice. Raises `FeitenFout` for a value that does
    not fit or contradicts another answer, `Overtaken` for who does not have the aanvraag, `NietMogelijk` otherwise.
    """
    raise NotImplementedError


def answers(*, actor: Actor, aanvraag_id: UUID) -> list[GegevenAntwoord]:
    """The answers that count, in the order in which they were first given. For a beoordelaar only."""
    raise NotImplementedError


def facts(*, actor: Actor, aanvraag_id: UUID) -> ArbeidsvermogenFeiten:
    """What is known so far: the aanvraag itself and the answers. For a beoordelaar only."""
    raise NotImplementedError


def next_question(*, actor: Actor, aanvraag_id: UUID, peildatum: date) -> Vraag | None:
    """The next question for the beoordelaar, or None when the decision can be taken. Raises `FeitenFout`."""
    raise NotImplementedError


def preview(*, actor: Actor, aanvraag_id: UUID, peildatum: date) -> Uitkomst[AbaOordeel]:
    """What the decision would be today. Raises `FeitOntbreekt` while a question is open."""
    raise NotImplementedError


def decide(*, actor: Actor, aanvraag_id: UUID, now: datetime) -> Beslissing:
    """Decide, keep the reasons, and register who belongs to the doelgroep, all in one transaction.

    The beoordelaar who decided gets the same decision again. Raises `Overtaken` for who does not have the aanvraag,
    `NietMogelijk` for an aanvraag that was withdrawn or waits, `FeitOntbreekt` while a question is open,
    `ValidationError` when the date of birth is not the one of the register.
    """
    raise NotImplementedError


def read_besluit(*, actor: Actor, aanvraag_id: UUID, now: datetime) -> Beslissing:
    """The decision on an aanvraag; the look is logged. Raises `Besluit.DoesNotExist` for who may not, or without one."""
    raise NotImplementedError
