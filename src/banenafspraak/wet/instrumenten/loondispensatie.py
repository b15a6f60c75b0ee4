"""Loondispensatie: UWV lets an employer pay less than the minimum wage, as performance goes (Wajong 2:20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from banenafspraak.wet.aow import add_months, aow_datum, aow_reached
from banenafspraak.wet.feiten import Feit, FeitenFout
from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.instrumenten.minimumloon import MinimumloonFeiten, age_on, minimumloon
from banenafspraak.wet.parameters import parameter
from banenafspraak.wet.redenering import Aanvraagwijze, Redenering, aanvraagwijze, show_euro, to_cents
from banenafspraak.wet.termijnen import months_later
from banenafspraak.wet.uitkomst import Uitkomst, Zekerheid, show_date, show_number


@dataclass(frozen=True, slots=True, kw_only=True)
class LoondispensatieFeiten:
    """Feiten over één baan waaruit volgt of UWV loondispensatie kan geven."""

    grond: Annotated[Grond, Feit("Grond waarop de persoon in het doelgroepregister staat.")]
    aanvraag_op: Annotated[date, Feit("Dag van de aanvraag.")]
    geboortedatum: Annotated[date, Feit("Geboortedatum.")]
    prestatie_percentage: Annotated[
        Decimal, Feit("Prestatie in procenten van wat in deze functie gewoon is.", minimum=1, maximum=100)
    ]
    verwachte_maanden: Annotated[
        int | None, Feit("Hoeveel maanden de lagere prestatie nog wordt verwacht.", aanname=6, minimum=0, maximum=600)
    ] = None
    verlengd_tot: Annotated[date | None, Feit("Eerste dag na een verlenging door UWV.")] = None
    wsw_dienstbetrekking: Annotated[bool | None, Feit("Is het een dienstbetrekking van de Wsw?", aanname=False)] = None
    loonkostensubsidie: Annotated[
        bool | None, Feit("Betaalt de gemeente loonkostensubsidie voor dit werk?", aanname=False)
    ] = None
    voltijd_uren: Annotated[
        Decimal | None, Feit("Uren per week van een volledige baan in dit werk.", aanname=36, minimum=1, maximum=60)
    ] = None

    def contradictions(self) -> list[str]:
        """Dates in an impossible order."""
        fouten = []
        if self.geboortedatum >= self.aanvraag_op:
            fouten.append("geboortedatum ligt niet voor aanvraag_op: controleer beide.")
        if self.verlengd_tot and self.verlengd_tot <= self.aanvraag_op:
            fouten.append("verlengd_tot ligt niet na aanvraag_op: controleer beide.")
        return fouten


@dataclass(frozen=True, slots=True)
class Loondispensatie:
    """Whether it holds on the day, from when until when, and the least wage by hour that goes with it."""

    recht: bool
    waarom: str
    vanaf: date | None
    tot: date | None
    loon_percentage: Decimal | None
    loon_per_uur: Decimal | None
    aanvragen: Aanvraagwijze


def loondispensatie(feiten: LoondispensatieFeiten, *, peildatum: date) -> Uitkomst[Loondispensatie]:
    """Whether a lower wage may be paid on ``peildatum``.

    Raises FeitenFout for dates that contradict each other, ParameterFout before 2015 and after the last known wage.
    """
    if fouten := feiten.contradictions():
        raise FeitenFout(fouten)
    r = Redenering(feiten)
    why = _refused(r, peildatum)
    wijze = aanvraagwijze(r, "loondispensatie", peildatum)
    if why:
        return r.finish(Loondispensatie(False, why, None, None, None, None, wijze))
    start, end = _period(r, peildatum)
    years = parameter("loondispensatie", "duur_jaren").stand_op(peildatum)
    holds = start <= peildatum < end
    said = f"van {show_date(start)} tot {show_date(end)}."
    r.test(f"Geldt zij op {show_date(peildatum)}?", holds, said, years)
    if not holds:
        why = "De loondispensatie geldt niet op deze dag."
        return r.finish(Loondispensatie(False, why, start, end, None, None, wijze))
    percentage: Decimal = r["prestatie_percentage"]
    age = age_on(feiten.geboortedatum, peildatum)
    wages = minimumloon(
        MinimumloonFeiten(leeftijd=age, voltijd_uren=Decimal(r["voltijd_uren"])), peildatum=peildatum
    ).waarde
    assert wages.per_uur is not None  # the full-time week is given
    lowest = to_cents(wages.per_uur * percentage / 100)
    r.step(
        "Wat moet de werkgever ten minste betalen?",
        f"{show_number(percentage)}% van {show_euro(wages.per_uur)} = {show_euro(lowest)} per uur.",
        years,
        artikel="2:20 lid 1 Wajong",
        zekerheid=Zekerheid.AFGELEID,
        toelichting="Een lager loon dan dit is nietig. UWV stelt het percentage vast; dat kan anders zijn afgerond.",
    )
    return r.finish(Loondispensatie(True, "Aan de voorwaarden is voldaan.", start, end, percentage, lowest, wijze))


def _refused(r: Redenering[LoondispensatieFeiten], peildatum: date) -> str:
    """Why UWV cannot give it; empty when it can."""
    table = parameter("loondispensatie", "gronden").stand_op(peildatum)
    grond: Grond = r["grond"]
    holds = grond.value in {row["grond"] for row in table.waarde}
    said = "het recht hangt aan de Wajong of de proef met IVA, niet aan het register."
    if not r.test("Kan het bij deze grond?", holds, said, table, artikel=_artikel(grond)):
        return "Loondispensatie kan alleen bij de Wajong (en sinds 2026 bij de proef met IVA)."
    lower = parameter("loondispensatie", "lager_loon_procent").stand_op(peildatum)
    performance = r["prestatie_percentage"]
    said = f"de prestatie is {show_number(performance)}%; ten hoogste {show_number(100 - lower.waarde)}%."
    if not r.test("Is de prestatie laag genoeg?", 100 - performance >= lower.waarde, said, lower):
        return "De prestatie is niet ten minste 25% lager."
    least = parameter("loondispensatie", "verwachte_maanden").stand_op(peildatum)
    months = r["verwachte_maanden"]
    said = f"{months} van ten minste {show_number(least.waarde)} maanden."
    if not r.test("Duurt het naar verwachting lang genoeg?", months >= least.waarde, said, least):
        return "De lagere prestatie duurt naar verwachting korter dan zes maanden."
    said = "in een dienstbetrekking van de Wsw kan het niet."
    if r.test("Is het een dienstbetrekking van de Wsw?", r["wsw_dienstbetrekking"], said, artikel=_artikel(grond)):
        return "Bij een dienstbetrekking van de Wsw kan geen loondispensatie."
    said = "loondispensatie en loonkostensubsidie gaan niet samen."
    if r.test("Is er loonkostensubsidie?", r["loonkostensubsidie"], said, artikel=_artikel(grond),
              zekerheid=Zekerheid.AFGELEID):  # fmt: skip
        return "Met loonkostensubsidie kan geen loondispensatie."
    if r.test("Is de AOW-leeftijd bereikt?", aow_reached(r["geboortedatum"], peildatum),
              "met AOW is er geen Wajong en geen IVA meer.", artikel=_artikel(grond),
              zekerheid=Zekerheid.AFGELEID):  # fmt: skip
        return "De persoon heeft de AOW-leeftijd bereikt."
    return ""


def _artikel(grond: Grond) -> str:
    """By which law UWV gives it: the Wajong, or the trial for the IVA."""
    return "82a Wet SUWI" if grond is Grond.WIA_IVA_EXPERIMENT else "2:20 en 3:63 Wajong"


def _period(r: Redenering[LoondispensatieFeiten], peildatum: date) -> tuple[date, date]:
    """From the first day of the month of the request: five years, a lengthening, never past 18 for a minor or AOW."""
    years = parameter("loondispensatie", "duur_jaren").stand_op(peildatum)
    adult = parameter("loondispensatie", "leeftijd_einde").stand_op(peildatum)
    start = r["aanvraag_op"].replace(day=1)
    end = max(months_later(start, int(years.waarde) * 12), r["verlengd_tot"] or start)
    birthday = add_months(r["geboortedatum"], int(adult.waarde) * 12)
    if start < birthday:
        end = min(end, birthday)
    if aow := aow_datum(r["geboortedatum"]):
        end = min(end, aow)
    said = f"Vanaf {show_date(start)}, de eerste dag van de maand van de aanvraag, tot {show_date(end)}."
    r.step("Van wanneer tot wanneer?", said, years, adult)
    return start, end
