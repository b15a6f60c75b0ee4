"""Lage-inkomensvoordeel: an allowance per paid hour for low wages, from 2017 until 2025 (Wtl 3.1 and 3.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from banenafspraak.wet.aow import aow_reached
from banenafspraak.wet.feiten import Feit, FeitenFout
from banenafspraak.wet.parameters import Stand, parameter
from banenafspraak.wet.redenering import Aanvraagwijze, Redenering, aanvraagwijze, show_euro, to_cents
from banenafspraak.wet.uitkomst import Uitkomst, show_number


@dataclass(frozen=True, slots=True, kw_only=True)
class LivFeiten:
    """Feiten over één werknemer en één kalenderjaar waaruit het lage-inkomensvoordeel volgt."""

    jaarloon: Annotated[
        Decimal,
        Feit("Loon uit tegenwoordige dienstbetrekking in het kalenderjaar, met vakantiebijslag.", minimum=0),
    ]
    verloonde_uren: Annotated[Decimal, Feit("Verloonde uren in het kalenderjaar.", minimum=0, maximum=8784)]
    geboortedatum: Annotated[date | None, Feit("Geboortedatum; leeg: aangenomen dat er geen AOW is.")] = None

    def contradictions(self) -> list[str]:
        """Hours that cannot give an average."""
        return [] if self.verloonde_uren else ["verloonde_uren: geef meer dan 0 uur."]


@dataclass(frozen=True, slots=True)
class Lageinkomensvoordeel:
    """Whether there was a right, the amount over the year in euros, and the average hourly wage, not rounded."""

    recht: bool
    waarom: str
    bedrag: Decimal
    gemiddeld_uurloon: Decimal
    aanvragen: Aanvraagwijze


def lageinkomensvoordeel(feiten: LivFeiten, *, peildatum: date) -> Uitkomst[Lageinkomensvoordeel]:
    """The lage-inkomensvoordeel over the calendar year of ``peildatum``.

    Raises FeitenFout without hours, ParameterFout before 2017. Since 2025 the answer is that it no longer exists.
    """
    if fouten := feiten.contradictions():
        raise FeitenFout(fouten)
    r = Redenering(feiten)
    wage, hours = r["jaarloon"], r["verloonde_uren"]
    average = wage / hours
    scale = parameter("lageinkomensvoordeel", "staffel").stand_op(peildatum)
    why, amount = _judge(r, average, scale, peildatum)
    wijze = aanvraagwijze(r, "liv", peildatum)
    return r.finish(Lageinkomensvoordeel(not why, why or "Aan de voorwaarden is voldaan.", amount, average, wijze))


def _judge(r: Redenering[LivFeiten], average: Decimal, scale: Stand, peildatum: date) -> tuple[str, Decimal]:
    """Why there is nothing (empty when there is something), and the amount."""
    nothing = Decimal(0)
    if not r.test("Bestaat het lage-inkomensvoordeel in dit jaar?", bool(scale.waarde), f"{peildatum.year}.", scale):
        return "Het lage-inkomensvoordeel is per 1-1-2025 afgeschaft.", nothing
    least = parameter("lageinkomensvoordeel", "minimum_uren").stand_op(peildatum)
    hours = r["verloonde_uren"]
    said = f"{show_number(hours)} van ten minste {show_number(least.waarde)} uur."
    if not r.test("Zijn er genoeg verloonde uren?", hours >= least.waarde, said, least):
        return "Er zijn minder dan 1.248 verloonde uren.", nothing
    birth = r["geboortedatum"]
    old = birth is not None and aow_reached(birth, date(peildatum.year, 1, 1))
    said = "wie in het jaar AOW krijgt, telt mee tot en met dat tijdvak: geef de uren en het loon tot dan."
    if r.test("Had de werknemer het hele jaar AOW?", old, said, least):
        return "De werknemer heeft de AOW-leeftijd bereikt.", nothing
    row = next((row for row in scale.waarde if _within(average, row)), None)
    bounds = " of ".join(_bounds(row) for row in scale.waarde)
    said = f"{show_euro(r['jaarloon'])} / {show_number(hours)} uur = {show_number(average)}; de grenzen zijn {bounds}."
    r.test(
        "Valt het gemiddelde uurloon binnen de grenzen?",
        row is not None,
        said,
        scale,
        toelichting="Het gemiddelde is niet afgerond; de wet noemt geen afronding.",
    )
    if row is None:
        return "Het gemiddelde uurloon valt buiten de grenzen.", nothing
    amount = to_cents(min(hours * row["per_uur"], row["maximum"]))
    said = f"{show_number(hours)} x {show_euro(row['per_uur'])}, ten hoogste {show_euro(row['maximum'])}: "
    said += f"{show_euro(amount)}."
    r.step("Hoe hoog is het?", said, scale, artikel="3.2 Wtl")
    return "", amount


def _bounds(row: dict[str, Decimal]) -> str:
    lowest = f"boven {show_euro(row['boven'])}" if "boven" in row else f"vanaf {show_euro(row['vanaf'])}"
    return f"{lowest} tot en met {show_euro(row['tot_en_met'])}"


def _within(average: Decimal, row: dict[str, Decimal]) -> bool:
    above = average > row["boven"] if "boven" in row else average >= row["vanaf"]
    return above and average <= row["tot_en_met"]
