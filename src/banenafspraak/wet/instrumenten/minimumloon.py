"""The statutory minimum wage of somebody of this age on this day, by hour and by month (WML 7 and 8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from banenafspraak.wet.feiten import Feit, FeitenFout
from banenafspraak.wet.parameters import parameter
from banenafspraak.wet.redenering import Redenering, show_euro, to_cents
from banenafspraak.wet.uitkomst import Uitkomst, Zekerheid, show_date, show_number

JONGSTE = 15
"""No percentage exists below this age."""

UURLOON_VANAF = date(2024, 1, 1)
"""Since then the law sets an amount by hour, equal for every length of the week; before, only a month of full time."""

_WEKEN, _MAANDEN = Decimal(52), Decimal(12)


@dataclass(frozen=True, slots=True, kw_only=True)
class MinimumloonFeiten:
    """Feiten waaruit volgt welk minimumloon op de peildatum geldt."""

    leeftijd: Annotated[int | None, Feit("Leeftijd in jaren op de peildatum.", minimum=15, maximum=120)] = None
    geboortedatum: Annotated[date | None, Feit("Geboortedatum, in plaats van de leeftijd.")] = None
    voltijd_uren: Annotated[
        Decimal | None,
        Feit(
            "Uren per week van een volledige baan in dit werk; telt voor het uurloon tot 2024.", minimum=1, maximum=60
        ),
    ] = None

    def contradictions(self) -> list[str]:
        """An age that is missing, or that is given twice."""
        return age_faults(self)


@dataclass(frozen=True, slots=True)
class Minimumloon:
    """The gross minimum wage without holiday allowance.

    ``per_maand`` is for a full-time week until 2024, and since then the amount of reference of 36 hours. ``per_uur`` is
    None before 2024 when the full-time week was not given.
    """

    leeftijd: int
    percentage: Decimal
    per_maand: Decimal
    per_uur: Decimal | None


def age_faults(feiten: Any) -> list[str]:
    """Exactly one of the facts ``leeftijd`` and ``geboortedatum`` must be given."""
    if feiten.leeftijd is None and feiten.geboortedatum is None:
        return ["leeftijd ontbreekt: geef leeftijd of geboortedatum."]
    if feiten.leeftijd is not None and feiten.geboortedatum is not None:
        return ["leeftijd en geboortedatum zijn beide ingevuld: laat een van beide weg."]
    return []


def age_on(geboortedatum: date, day: date) -> int:
    """Whole years of age on this day; who is born on 29 February has the birthday on 1 March in other years."""
    return day.year - geboortedatum.year - ((day.month, day.day) < (geboortedatum.month, geboortedatum.day))


def youth_percentage(leeftijd: int, day: date) -> Decimal:
    """The percentage of the adult minimum wage at this age. Raises FeitenFout below 15, ParameterFout before 2015."""
    rows = parameter("minimumloon", "jeugdpercentages").op(day)
    if leeftijd < JONGSTE:
        raise FeitenFout([f"leeftijd: op {show_date(day)} jonger dan {JONGSTE} jaar; daarvoor is er geen minimumloon."])
    percentage: Decimal = next(row["procent"] for row in rows if leeftijd >= row["leeftijd"])
    return percentage


def month_amount(leeftijd: int, day: date) -> Decimal:
    """The minimum wage by month at this age, in whole cents."""
    adult: Decimal = parameter("minimumloon", "maandbedrag").op(day)
    return to_cents(adult * youth_percentage(leeftijd, day) / 100)


def minimumloon(feiten: MinimumloonFeiten, *, peildatum: date) -> Uitkomst[Minimumloon]:
    """The minimum wage on ``peildatum``.

    Raises FeitenFout for facts that contradict each other or an age below 15, and ParameterFout before 2015 and after
    the last half year of which the amount is known.
    """
    if fouten := feiten.contradictions():
        raise FeitenFout(fouten)
    r = Redenering(feiten)
    given = r["leeftijd"]
    leeftijd = given if given is not None else age_on(r["geboortedatum"], peildatum)
    table = parameter("minimumloon", "jeugdpercentages").stand_op(peildatum)
    percentage = youth_percentage(leeftijd, peildatum)
    r.step("Welk deel van het minimumloon geldt?", f"Bij {leeftijd} jaar: {show_number(percentage)}%.", table)
    month = parameter("minimumloon", "maandbedrag").stand_op(peildatum)
    per_maand = month_amount(leeftijd, peildatum)
    r.step(
        "Wat is het minimumloon per maand?",
        f"{show_number(percentage)}% van {show_euro(month.waarde)} = {show_euro(per_maand)}.",
        month,
        zekerheid=Zekerheid.BRON if percentage == 100 else Zekerheid.AFGELEID,
        toelichting=""
        if percentage == 100
        else "Afgerond op centen; hoe het maandbedrag van jongeren wordt afgerond is niet nagelezen.",
    )
    return r.finish(Minimumloon(leeftijd, percentage, per_maand, _hour(r, percentage, per_maand, peildatum)))


def _hour(r: Redenering[MinimumloonFeiten], percentage: Decimal, per_maand: Decimal, peildatum: date) -> Decimal | None:
    """The amount by hour: set by law since 2024; before, the month divided by the hours of full time in this work."""
    vraag = "Wat is het minimumloon per uur?"
    if peildatum >= UURLOON_VANAF:
        stand = parameter("minimumloon", "uurbedrag").stand_op(peildatum)
        amount = to_cents(stand.waarde * percentage / 100)
        r.step(vraag, f"{show_number(percentage)}% van {show_euro(stand.waarde)} = {show_euro(amount)}.", stand)
        return amount
    month = parameter("minimumloon", "maandbedrag").stand_op(peildatum)
    week = r["voltijd_uren"]
    if week is None:
        r.step(vraag, "Niet te zeggen: tot 2024 hing dat af van de uren van een volledige baan (voltijd_uren).", month)
        return None
    amount = to_cents(per_maand * _MAANDEN / _WEKEN / week)
    said = f"{show_euro(per_maand)} x 12 / 52 / {show_number(week)} uur = {show_euro(amount)}."
    r.step(vraag, said, month, zekerheid=Zekerheid.AFGELEID, toelichting="De wet kende tot 2024 geen uurloon.")
    return amount
