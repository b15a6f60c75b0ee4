"""By which day somebody must have an answer about the own data: inzage, rectification, objection (AVG 12 lid 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from banenafspraak.wet.feiten import Feit, FeitenFout
from banenafspraak.wet.parameters import parameter
from banenafspraak.wet.termijnen import first_werkdag, months_later
from banenafspraak.wet.uitkomst import Stap, Trail, Uitkomst, show_date


@dataclass(frozen=True, slots=True, kw_only=True)
class InzageFeiten:
    """Feiten over één verzoek of melding van iemand over de eigen gegevens."""

    ontvangen_op: Annotated[date, Feit("Dag waarop het verzoek is ontvangen.")]
    verlenging_meegedeeld_op: Annotated[
        date | None, Feit("Dag waarop is meegedeeld dat het antwoord later komt, met de reden.")
    ] = None


@dataclass(frozen=True, slots=True)
class Antwoordtermijn:
    """The last day on which an answer is in time, whether it was lengthened, and whether it has passed."""

    laatste_dag: date
    verlengd: bool
    verstreken: bool


def antwoordtermijn(feiten: InzageFeiten, *, peildatum: date) -> Uitkomst[Antwoordtermijn]:
    """By which day the answer must be there, seen from the peildatum.

    Raises FeitenFout for a peildatum or a notice before the receipt, ParameterFout for a receipt before 25-5-2018.
    """
    received, told = feiten.ontvangen_op, feiten.verlenging_meegedeeld_op
    if peildatum < received:
        raise FeitenFout([f"ontvangen_op: het verzoek is op {show_date(peildatum)} nog niet ontvangen."])
    if told is not None and told < received:
        raise FeitenFout(["verlenging_meegedeeld_op ligt voor ontvangen_op: controleer beide."])
    trail = Trail()
    stand = parameter("avg", "antwoordtermijn").stand_op(received)
    last = first_werkdag(months_later(received, int(stand.waarde)))
    trail.add(
        Stap(
            vraag="Op welke dag eindigt de termijn?",
            uitkomst=f"{stand.waarde} maand na de ontvangst op {show_date(received)}: {show_date(last)}.",
            artikel="12 lid 3 AVG",
            feiten={"ontvangen_op": received},
            zekerheid=stand.zekerheid,
            toelichting=stand.toelichting,
        ),
        stand.bron,
    )
    longer = told is not None and told <= last and told <= peildatum
    if told is not None:
        extra = parameter("avg", "verlenging").stand_op(received)
        if longer:
            last = first_werkdag(months_later(received, int(stand.waarde) + int(extra.waarde)))
            said = f"Ja, met {extra.waarde} maanden: tot en met {show_date(last)}."
        else:
            said = f"Nee: de mededeling van {show_date(told)} kwam na {show_date(last)}, of komt nog."
        trail.add(
            Stap(
                vraag="Is de termijn verlengd?",
                uitkomst=said,
                artikel="12 lid 3 AVG",
                feiten={"verlenging_meegedeeld_op": told},
                zekerheid=extra.zekerheid,
                toelichting=extra.toelichting,
            ),
            extra.bron,
        )
    return trail.finish(Antwoordtermijn(last, longer, peildatum > last))
