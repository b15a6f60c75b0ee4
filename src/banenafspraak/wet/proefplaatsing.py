"""How long somebody may work on trial without wage, by who allows it: the gemeente or UWV."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated

from banenafspraak.wet.feiten import Feit
from banenafspraak.wet.parameters import Parameter, parameter
from banenafspraak.wet.termijnen import months_later
from banenafspraak.wet.uitkomst import Stap, Trail, Uitkomst, show_date


class Proefplaatsingroute(StrEnum):
    """Wie de proefplaatsing toestaat."""

    GEMEENTE = "gemeente"
    UWV = "uwv"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProefplaatsingFeiten:
    """Feiten over één proefplaatsing, waaruit volgt tot en met welke dag zij mag duren."""

    route: Annotated[Proefplaatsingroute, Feit("Wie de proefplaatsing toestaat: de gemeente of UWV.")]
    begint_op: Annotated[date, Feit("Eerste dag van de proefplaatsing.")]
    verlengd: Annotated[bool, Feit("Is de proefplaatsing verlengd, of vond UWV een langere duur nodig?")]
    onderbroken_dagen: Annotated[
        int | None,
        Feit("Dagen die niet meetellen, omdat de persoon ziek was.", aanname=0, minimum=0, maximum=366),
    ] = None


@dataclass(frozen=True, slots=True)
class Proefplaatsingduur:
    """Hoeveel maanden de proefplaatsing mag duren, en wat de laatste dag kan zijn."""

    maanden: int
    laatste_dag: date


def duur_parameter(route: Proefplaatsingroute, *, verlengd: bool) -> Parameter:
    """The parameter that holds the months of this route."""
    if route is Proefplaatsingroute.GEMEENTE:
        if verlengd:
            return parameter("proefplaatsing", "gemeente_verlengd")
        return parameter("proefplaatsing", "gemeente_gewoon")
    if verlengd:
        return parameter("proefplaatsing", "uwv_verlengd")
    return parameter("proefplaatsing", "uwv_gewoon")


def proefplaatsingduur(feiten: ProefplaatsingFeiten, *, peildatum: date) -> Uitkomst[Proefplaatsingduur]:
    """The last day that this proefplaatsing may have, by the rule on its first day; the peildatum changes nothing.

    So many months end the day before the same day of the month, or before the last day of a shorter month.
    Raises ParameterFout for a first day before 2015.
    """
    del peildatum
    trail = Trail()
    stand = duur_parameter(feiten.route, verlengd=feiten.verlengd).stand_op(feiten.begint_op)
    months, paused = int(stand.waarde), feiten.onderbroken_dagen or 0
    last = months_later(feiten.begint_op, months) + timedelta(days=paused - 1)
    trail.add(
        Stap(
            vraag="Tot en met welke dag mag de proefplaatsing duren?",
            uitkomst=f"{months} maanden vanaf {show_date(feiten.begint_op)}"
            + (f", en {paused} dagen die niet meetellen" if paused else "")
            + f": tot en met {show_date(last)}.",
            artikel=str(stand.bron),
            feiten={
                "route": feiten.route,
                "begint_op": feiten.begint_op,
                "verlengd": feiten.verlengd,
                "onderbroken_dagen": paused,
            },
            aangenomen=("onderbroken_dagen",) if feiten.onderbroken_dagen is None else (),
            zekerheid=stand.zekerheid,
            toelichting=stand.toelichting,
        ),
        stand.bron,
    )
    return trail.finish(Proefplaatsingduur(months, last))
