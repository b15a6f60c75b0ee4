"""The klantprofiel of a person: who may see it, filling it in, taking it in, opening it to employers or not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import Bsn
from banenafspraak.bemiddeling.models import Klantprofiel
from banenafspraak.bemiddeling.profielrecord import ProfielRecord, Stap
from banenafspraak.bemiddeling.profielwoorden import NietOpenbaarReden


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
    """What a delivery of profiles did. `behouden` are (bronnummer, step) where the person's own newer answer stayed.

    With `fouten`, and without `goede_regels`, nothing was stored, and the numbers say what would have been.
    """

    nieuw: int
    gewijzigd: int
    gelijk: int
    fouten: tuple[Profielfout, ...] = ()
    behouden: tuple[tuple[str, Stap], ...] = ()


def visible_to(actor: Actor, *, peildatum: date, known_at: datetime) -> QuerySet[Klantprofiel]:
    """The profiles this actor may see; lists and single ones both start here. Raises `TypeError` for `actor=None`."""
    raise NotImplementedError


def record_of(profiel: Klantprofiel) -> ProfielRecord:
    """Everything a profile holds, opened. Raises `SealError`."""
    raise NotImplementedError


def save_stap(
    *, actor: Actor, persoon_id: UUID, stap: Stap, antwoorden: Mapping[str, Any], versie: int, now: datetime
) -> Klantprofiel:
    """Save the answers of one step; `versie` is the one that was read, 0 where there was no profile yet."""
    raise NotImplementedError


def take_in(
    leveringen: Iterable[tuple[Bsn, str, ProfielRecord, bool | None]],
    *,
    organisatie_id: int,
    actor: Actor,
    now: datetime,
    proef: bool = False,
    goede_regels: bool = False,
) -> Inlezing:
    """Take in the profiles of an organisation, all or nothing: (BSN, own number, record, consent to be found)."""
    raise NotImplementedError


def publish(*, actor: Actor, profiel_id: UUID, now: datetime) -> None:
    """Let employers find it."""
    raise NotImplementedError


def withdraw(*, actor: Actor, profiel_id: UUID, now: datetime) -> None:
    """The person takes the profile back from employers, at once."""
    raise NotImplementedError


def hide(*, actor: Actor, profiel_id: UUID, reden: NietOpenbaarReden, now: datetime) -> None:
    """Note that employers cannot find it, and why."""
    raise NotImplementedError
