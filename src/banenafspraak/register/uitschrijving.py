"""Leaving the register on one's own request: asked, the employer heard first, decided within eight weeks.

Only the person asks; no article lets a gemeente or an employer ask it. `wet.uitschrijving` decides.
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
from banenafspraak.access.permissions import Permission
from banenafspraak.register.models import Uitschrijfstatus, Uitschrijfverzoek
from banenafspraak.register.overgangen import Levensloop, Overgang
from banenafspraak.wet.uitkomst import Uitkomst
from banenafspraak.wet.uitschrijving import Uitschrijving, Weigering
from banenafspraak.wet.vragen import Vraag


class Uitschrijfhandeling(StrEnum):
    """What can be done with a request to leave."""

    VERZOEKEN = "verzoeken"
    OPPAKKEN = "oppakken"
    WERKGEVER_HOREN = "werkgever_horen"
    TOEWIJZEN = "toewijzen"
    AFWIJZEN = "afwijzen"
    INTREKKEN = "intrekken"


_S = Uitschrijfstatus

LEVENSLOOP: Levensloop[Uitschrijfhandeling] = Levensloop(
    "het verzoek om uitschrijving",
    MappingProxyType(
        {
            Uitschrijfhandeling.VERZOEKEN: Overgang(
                (), _S.INGEDIEND, Permission.UITSCHRIJVING_VERZOEKEN, "De persoon vraagt om uitschrijving."
            ),
            Uitschrijfhandeling.OPPAKKEN: Overgang(
                (_S.INGEDIEND,),
                _S.IN_BEHANDELING,
                Permission.UITSCHRIJVING_BEOORDELEN,
                "Een beoordelaar pakt het verzoek op.",
            ),
            Uitschrijfhandeling.WERKGEVER_HOREN: Overgang(
                (_S.IN_BEHANDELING,),
                None,
                Permission.UITSCHRIJVING_BEOORDELEN,
                "UWV vraagt de werkgever om zijn mening, en schrijft die op.",
            ),
            Uitschrijfhandeling.TOEWIJZEN: Overgang(
                (_S.IN_BEHANDELING,),
                _S.TOEGEWEZEN,
                Permission.UITSCHRIJVING_BEOORDELEN,
                "De registratie eindigt; de gemeente krijgt bericht.",
            ),
            Uitschrijfhandeling.AFWIJZEN: Overgang(
                (_S.IN_BEHANDELING,),
                _S.AFGEWEZEN,
                Permission.UITSCHRIJVING_BEOORDELEN,
                "De registratie blijft; de persoon krijgt de redenen.",
            ),
            Uitschrijfhandeling.INTREKKEN: Overgang(
                (_S.INGEDIEND, _S.IN_BEHANDELING),
                _S.INGETROKKEN,
                Permission.UITSCHRIJVING_VERZOEKEN,
                "De persoon trekt het verzoek in.",
            ),
        }
    ),
)
"""The life of a request to leave; docs/levenslopen.md is made from it."""


@dataclass(frozen=True)
class Uitschrijfinzage:
    """One request as this reader may see it. `stappen` are (question, outcome, article) of the decision.

    `mening` of the employer is for a beoordelaar only.
    """

    id: UUID
    persoon_id: UUID
    status: Uitschrijfstatus
    verzocht_op: date
    uiterlijk_op: date
    beoordelaar_id: UUID | None
    werkgever_gehoord_op: date | None
    werkgever_heeft_bezwaar: bool | None
    mening: str
    besloten_op: date | None
    eindigt_op: date | None
    weigeringen: tuple[Weigering, ...]
    stappen: tuple[tuple[str, str, str], ...]
    antwoorden: Mapping[str, Any]
    mag: frozenset[Uitschrijfhandeling]


def request(*, actor: Actor, now: datetime) -> UUID:
    """Ask to leave the register; asking twice gives the same id.

    Raises `PermissionDenied`, `ValidationError` when the person is not registered today.
    """
    raise NotImplementedError


def claim(*, actor: Actor, verzoek_id: UUID, now: datetime) -> None:
    """Take the request up. Raises `Overtaken` when another beoordelaar has it."""
    raise NotImplementedError


def answer(*, actor: Actor, verzoek_id: UUID, feit: str, waarde: bool | None, now: datetime) -> None:
    """Keep the answer to one question; None takes it back. Raises as `beoordeling.answer`."""
    raise NotImplementedError


def next_question(*, actor: Actor, verzoek_id: UUID, peildatum: date) -> Vraag | None:
    """The next question for the beoordelaar, or None when the law can answer."""
    raise NotImplementedError


def hear_employer(
    *, actor: Actor, verzoek_id: UUID, gehoord_op: date, heeft_bezwaar: bool, mening: str, now: datetime
) -> None:
    """Write down what the employer thinks of it; once more replaces it."""
    raise NotImplementedError


def preview(*, actor: Actor, verzoek_id: UUID, peildatum: date) -> Uitkomst[Uitschrijving]:
    """What the decision would be. Raises `FeitOntbreekt` while a question is open."""
    raise NotImplementedError


def decide(*, actor: Actor, verzoek_id: UUID, now: datetime) -> Uitschrijfstatus:
    """Decide on the request: end the registrations and tell the gemeente, or refuse with the reasons.

    Raises `Overtaken`, `FeitOntbreekt`, and `NietMogelijk` while the employer must still be heard.
    """
    raise NotImplementedError


def withdraw(*, actor: Actor, verzoek_id: UUID, now: datetime) -> None:
    """The person withdraws; once more changes nothing."""
    raise NotImplementedError


def visible_to(actor: Actor) -> QuerySet[Uitschrijfverzoek]:
    """The requests this actor may see: a beoordelaar all, a burger the own ones, everybody else none."""
    raise NotImplementedError


def worklist(actor: Actor) -> QuerySet[Uitschrijfverzoek]:
    """What a beoordelaar has to do, by last day."""
    raise NotImplementedError


def look_at(*, actor: Actor, verzoek_id: UUID, now: datetime) -> Uitschrijfinzage:
    """One request; the look is logged. Raises `Uitschrijfverzoek.DoesNotExist` for who may not."""
    raise NotImplementedError
