"""How a life cycle is written down: an action, the states it may start from, the state it leads to, who may do it.

A noun with a life cycle opens its module with such a table. The actions obey it, and the documents are made from it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from banenafspraak.access.permissions import Permission

A = TypeVar("A", bound=StrEnum)


class NietMogelijk(Exception):
    """The action does not fit the state this is in; `melding` says so in Dutch, for a page."""

    def __init__(self, melding: str) -> None:
        super().__init__(melding)
        self.melding = melding


class Overtaken(NietMogelijk):
    """Somebody else was first: another person took this up or changed it in the meantime."""


@dataclass(frozen=True)
class Overgang:
    """From which states an action may start (none: it makes something new), where it leads, and the permission.

    `naar` None: the state stays what it was. `uitleg` says in Dutch (B1) what happens.
    """

    van: tuple[str, ...]
    naar: str | None
    permission: Permission
    uitleg: str


@dataclass(frozen=True)
class Levensloop(Generic[A]):
    """The table of one noun: `naam` as it is called in a message, and the transition of each action."""

    naam: str
    overgangen: Mapping[A, Overgang]

    def require(self, handeling: A, status: str) -> str:
        """The state the action leads to from here. Raises `NietMogelijk` when it may not start from this state."""
        overgang = self.overgangen[handeling]
        if status not in overgang.van:
            raise NietMogelijk(
                f"Dit kan nu niet ({handeling.value.replace('_', ' ')}): {self.naam} is '{status.replace('_', ' ')}'."
            )
        return overgang.naar or status

    def possible(self, status: str) -> tuple[A, ...]:
        """The actions that may start from this state."""
        return tuple(handeling for handeling, overgang in self.overgangen.items() if status in overgang.van)


def as_markdown(levensloop: Levensloop[A]) -> str:
    """The table and its diagram (Mermaid), for the documents."""
    rows = ["| handeling | van | naar | recht | wat gebeurt er |", "|---|---|---|---|---|"]
    for handeling, overgang in levensloop.overgangen.items():
        van = ", ".join(overgang.van) or "-"
        rows.append(
            f"| {handeling.value} | {van} | {overgang.naar or 'blijft'} | {overgang.permission.value}"
            f" | {overgang.uitleg} |"
        )
    return "\n".join([*rows, "", "```mermaid", "stateDiagram-v2", *_arrows(levensloop), "```", ""])


def _arrows(levensloop: Levensloop[A]) -> Iterable[str]:
    for handeling, overgang in levensloop.overgangen.items():
        for van in overgang.van or ("[*]",):
            yield f"    {van} --> {overgang.naar or van}: {handeling.value}"
