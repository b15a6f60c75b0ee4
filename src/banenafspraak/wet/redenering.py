"""Working an answer out step by step: facts in, and every step with the facts, article and certainty it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Generic, TypeVar

from banenafspraak.wet.feiten import FactReader, FeitOntbreekt, explanation
from banenafspraak.wet.parameters import Stand, parameter
from banenafspraak.wet.uitkomst import Stap, Trail, Uitkomst, Zekerheid, least_certain

F = TypeVar("F")
T = TypeVar("T")

_CENT = Decimal("0.01")


class Redenering(Generic[F]):
    """Reads facts for the next step and writes it down with the parameters it used."""

    def __init__(self, feiten: F) -> None:
        self.feiten = feiten
        self.reader = FactReader(feiten)
        self._trail = Trail()

    def __getitem__(self, naam: str) -> Any:
        """The fact, or its stated assumption; the next step names it."""
        return self.reader[naam]

    def need(self, naam: str, artikel: str) -> Any:
        """The fact that may not be assumed. Raises FeitOntbreekt when it was not given."""
        value = self.reader[naam]
        if value is None:
            raise FeitOntbreekt(naam, explanation(type(self.feiten), naam), artikel)
        return value

    def step(
        self, vraag: str, uitkomst: str, *standen: Stand, artikel: str = "", toelichting: str = "",
        zekerheid: Zekerheid = Zekerheid.BRON,
    ) -> None:  # fmt: skip
        """Write a step down: as sure as the least sure of its parameters and of ``zekerheid``."""
        used, assumed = self.reader.take()
        said = " ".join(dict.fromkeys(text for text in (toelichting, *(s.toelichting for s in standen)) if text))
        sure = least_certain((zekerheid, *(stand.zekerheid for stand in standen)))
        self._trail.add(
            Stap(vraag, uitkomst, artikel or str(standen[0].bron), used, assumed, sure, said),
            *(stand.bron for stand in standen),
        )

    def test(self, vraag: str, holds: bool, because: str, *standen: Stand, **more: Any) -> bool:
        """A step that is answered with yes or no; whether it is yes."""
        self.step(vraag, f"{'Ja' if holds else 'Nee'}: {because}", *standen, **more)
        return holds

    def finish(self, waarde: T) -> Uitkomst[T]:
        """The answer with everything that was written down."""
        return self._trail.finish(waarde)


@dataclass(frozen=True, slots=True)
class Aanvraagwijze:
    """Who asks for an instrument, where and when, and what it does not go together with."""

    wie: str
    waar: str
    wanneer: str
    niet_samen_met: tuple[str, ...]


def aanvraagwijze(redenering: Redenering[Any], instrument: str, peildatum: date) -> Aanvraagwijze:
    """How this instrument is asked for, as a last step of the answer."""
    stand = parameter("instrumenten", "aanvragen").stand_op(peildatum)
    row = next(row for row in stand.waarde if row["instrument"] == instrument)
    redenering.step(
        "Wie vraagt het aan, waar en wanneer?",
        f"{row['wie']}, bij {row['waar']}, {row['wanneer']}.",
        stand,
        artikel=row["artikel"],
        zekerheid=Zekerheid(row["zekerheid"]),
    )
    return Aanvraagwijze(row["wie"], row["waar"], row["wanneer"], tuple(row["niet_samen_met"]))


def to_cents(amount: Decimal) -> Decimal:
    """An amount of euros in whole cents; half a cent goes up."""
    return amount.quantize(_CENT, ROUND_HALF_UP)


def show_euro(amount: Decimal) -> str:
    """An amount as it is written in a Dutch sentence: € 1.680,64."""
    text = f"{to_cents(amount):,}"
    return "€ " + text.replace(",", " ").replace(".", ",").replace(" ", ".")
