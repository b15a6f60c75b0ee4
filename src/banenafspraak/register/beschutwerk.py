"""Beschut werk: UWV's advice, the college's decision, the sheltered place, and how many advices led to one."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from banenafspraak.access.actor import Actor
from banenafspraak.register.models import Beschutwerkadvies


@dataclass(frozen=True)
class Beschutwerkcijfers:
    """Figures of one area on a day: advices up to that day, who works, and the placement percentage.

    `plaatsingspercentage` is `geplaatst` by the positive advices up to a quarter earlier, rounded half up; None
    without any.
    """

    positief: int
    negatief: int
    op_verzoek_van_burger: int
    geplaatst: int
    positief_kwartaal_eerder: int
    plaatsingspercentage: int | None


def decide(*, actor: Actor, advies_id: UUID, vastgesteld: bool, besloten_op: date, now: datetime) -> date | None:
    """Record the college's decision (Pwet 10b); the same once more changes nothing.

    With `vastgesteld` every running registration ends; the answer is its first day without, the day after the decision,
    or None when nothing ended. Raises `PermissionDenied`, `Beschutwerkadvies.DoesNotExist` for another gemeente's,
    `Overtaken` when the college decided otherwise before, `ValidationError` for a day that cannot be.
    """
    raise NotImplementedError


def place(*, actor: Actor, advies_id: UUID, vanaf: date, now: datetime) -> int:
    """Record that somebody works in a sheltered place from that day on; the id of the placement.

    Raises as `decide`; `NietMogelijk` unless the college established beschut werk.
    """
    raise NotImplementedError


def end_placement(*, actor: Actor, plaatsing_id: int, tot: date, now: datetime) -> None:
    """End a placement: `tot` is the first day without. Raises as `place`; `Overtaken` when it had ended otherwise."""
    raise NotImplementedError


def visible_to(actor: Actor) -> QuerySet[Beschutwerkadvies]:
    """The advices this actor may see: a beoordelaar all, a gemeente those of its inhabitants, a burger the own ones."""
    raise NotImplementedError


def cijfers(*, peildatum: date, gemeenten: frozenset[str] | None = None) -> Beschutwerkcijfers:
    """The figures on that day, of these gemeenten (CBS codes) or of the country. Counts only, so no actor."""
    raise NotImplementedError
