"""Jobcoach: guidance on the job, paid by UWV in a regime of hours, or by the gemeente under its own rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from banenafspraak.wet.feiten import Feit, FeitenFout
from banenafspraak.wet.instrumenten.minimumloon import age_on
from banenafspraak.wet.instrumenten.proefplaatsing import Loket
from banenafspraak.wet.parameters import ParameterFout, parameter
from banenafspraak.wet.redenering import Aanvraagwijze, Redenering, aanvraagwijze, show_euro, to_cents
from banenafspraak.wet.uitkomst import Uitkomst, Zekerheid, show_date, show_number


class Coachsoort(StrEnum):
    """Van buiten ingehuurd, of een eigen medewerker van de werkgever."""

    EXTERN = "extern"
    INTERN = "intern"


class Regime(StrEnum):
    """Hoeveel begeleiding; gewoonlijk midden."""

    ZEER_LICHT = "zeer_licht"
    LICHT = "licht"
    MIDDEN = "midden"
    INTENSIEF = "intensief"


@dataclass(frozen=True, slots=True, kw_only=True)
class JobcoachFeiten:
    """Feiten over één baan waaruit volgt of en hoeveel een jobcoach wordt vergoed."""

    loket: Annotated[Loket, Feit("Wie betaalt: UWV bij Wajong en WIA, de gemeente bij de Participatiewet.")]
    begin_dienstbetrekking: Annotated[date, Feit("Eerste dag van het werk, of van de proefplaatsing.")]
    uren_per_week: Annotated[Decimal, Feit("Gewerkte uren per week.", minimum=1, maximum=60)]
    soort: Annotated[Coachsoort | None, Feit("Interne of externe jobcoach.", aanname=Coachsoort.EXTERN)] = None
    regime: Annotated[Regime | None, Feit("Het regime.", aanname=Regime.MIDDEN)] = None
    contract_maanden: Annotated[
        int | None, Feit("Duur van het contract in maanden.", aanname=6, minimum=0, maximum=999)
    ] = None
    groeit_naar_12_uur: Annotated[
        bool | None, Feit("Groeit het werk binnen een jaar naar 12 uur per week?", aanname=False)
    ] = None
    loonwaarde_percentage: Annotated[
        Decimal | None, Feit("Loonwaarde in procenten van het minimumloon.", minimum=1, maximum=100)
    ] = None
    uitzondering_loonwaarde: Annotated[
        bool | None, Feit("Maakt UWV een uitzondering voor een loonwaarde onder 35%?", aanname=False)
    ] = None
    uitzendbeding: Annotated[bool | None, Feit("Heeft het contract een uitzendbeding?", aanname=False)] = None
    aanvraag_op: Annotated[date | None, Feit("Dag van de aanvraag.")] = None
    in_proefplaatsing: Annotated[bool | None, Feit("Is het nog een proefplaatsing?", aanname=False)] = None
    doelgroep_loonkostensubsidie: Annotated[
        bool | None, Feit("Hoort de persoon tot de doelgroep loonkostensubsidie (gemeente)?")
    ] = None

    def contradictions(self) -> list[str]:
        """Facts that exclude each other."""
        if self.soort is Coachsoort.INTERN and self.regime is Regime.ZEER_LICHT:
            return ["regime: zeer_licht bestaat alleen voor een externe jobcoach."]
        return []


@dataclass(frozen=True, slots=True)
class Jobcoach:
    """Whether it is paid, in which year of the job, the part of the hours, and the amount where it is known.

    ``uren_per_jaar`` is the guidance over 52 weeks. ``bedrag_per_jaar`` is None where no amount of the day is known.
    """

    recht: bool
    waarom: str
    jaar: int
    percentage: Decimal | None
    uren_per_jaar: Decimal | None
    bedrag_per_jaar: Decimal | None
    aanvragen_tot_en_met: date | None
    besluit_uiterlijk: date | None
    aanvragen: Aanvraagwijze


R = Redenering[JobcoachFeiten]
_WEKEN = 52


def jobcoach(feiten: JobcoachFeiten, *, peildatum: date) -> Uitkomst[Jobcoach]:
    """Whether a jobcoach is paid on ``peildatum``.

    Raises FeitenFout when the work begins after the peildatum or facts contradict each other, and ParameterFout before
    2014 (gemeente: July 2023).
    """
    if fouten := feiten.contradictions():
        raise FeitenFout(fouten)
    if peildatum < feiten.begin_dienstbetrekking:
        raise FeitenFout([f"begin_dienstbetrekking ligt na {show_date(peildatum)}: kies een latere peildatum."])
    r = Redenering(feiten)
    year = age_on(feiten.begin_dienstbetrekking, peildatum) + 1
    if feiten.loket is Loket.GEMEENTE:
        return _gemeente(r, year, peildatum)
    rules = parameter("jobcoach", "voorwaarden").stand_op(peildatum)
    row = rules.waarde[0]
    last = feiten.begin_dienstbetrekking + timedelta(weeks=int(row["aanvraag_weken"]))
    why = _refused(r, row, year, last, peildatum)
    decided = feiten.aanvraag_op and feiten.aanvraag_op + timedelta(weeks=int(row["besluit_weken"]))
    wijze = aanvraagwijze(r, "jobcoach", peildatum)
    if why:
        return r.finish(Jobcoach(False, why, year, None, None, None, last, decided, wijze))
    percentage = _percentage(r, year, peildatum)
    hours = r["uren_per_week"] * _WEKEN * percentage / 100
    amount = _amount(r, year, hours, peildatum)
    why = "Aan de voorwaarden is voldaan."
    return r.finish(Jobcoach(True, why, year, percentage, hours, amount, last, decided, wijze))


def _gemeente(r: R, year: int, peildatum: date) -> Uitkomst[Jobcoach]:
    stand = parameter("jobcoach", "gemeente").stand_op(peildatum)
    holds = bool(r["loket"]) and r.need("doelgroep_loonkostensubsidie", "10da Participatiewet")
    said = "wie daartoe hoort heeft recht op begeleiding; hoeveel staat in de verordening van de gemeente."
    r.test("Hoort de persoon tot de doelgroep loonkostensubsidie?", holds, said, stand)
    wijze = aanvraagwijze(r, "jobcoach", peildatum)
    why = "De gemeente geeft begeleiding." if holds else "De persoon hoort niet tot de doelgroep loonkostensubsidie."
    return r.finish(Jobcoach(holds, why, year, None, None, None, None, None, wijze))


def _refused(r: R, row: dict[str, Decimal], year: int, last: date, peildatum: date) -> str:
    """The first condition of the protocol that is not met; empty when all are."""
    rules = parameter("jobcoach", "voorwaarden").stand_op(peildatum)
    trial, value, asked = r["in_proefplaatsing"], r["loonwaarde_percentage"], r["aanvraag_op"]
    hours = row["uren_bij_groei"] if r["groeit_naar_12_uur"] else row["uren"]
    lowest = row["loonwaarde_uitzondering"] if r["uitzondering_loonwaarde"] else row["loonwaarde"]
    extern = r["soort"] is Coachsoort.EXTERN
    conditions = [
        (trial or r["contract_maanden"] >= row["contract_maanden"], "Het contract is korter dan zes maanden."),
        (r["uren_per_week"] >= hours, f"Het werk is minder dan {show_number(hours)} uur per week."),
        (value is None or value >= lowest, f"De loonwaarde is lager dan {show_number(lowest)}%."),
        (not r["uitzendbeding"], "Het contract heeft een uitzendbeding."),
        (asked is None or asked <= last, f"De aanvraag kwam na {show_date(last)}."),
        (not extern or year <= row["jaren_extern"], "Een externe jobcoach wordt ten hoogste drie jaar vergoed."),
    ]
    why = next((text for holds, text in conditions if not holds), "")
    sure = Zekerheid.BRON if value is not None else Zekerheid.AFGELEID
    r.test(
        "Is aan de voorwaarden van het protocol voldaan?",
        not why,
        why or "alle zijn nagelopen.",
        rules,
        zekerheid=sure,
        toelichting="" if value is not None else "Zonder loonwaarde is aangenomen dat zij hoog genoeg is.",
    )
    return why


def _cell(rows: list[dict[str, Any]], regime: Regime, year: int, trial: bool) -> Decimal:
    row = next(row for row in rows if row["regime"] == regime.value)
    found: Decimal = row["proefplaatsing"] if trial else row["jaren"][min(year, 3) - 1]
    return found


def _percentage(r: R, year: int, peildatum: date) -> Decimal:
    table = parameter("jobcoach", "regimes").stand_op(peildatum)
    regime: Regime = r["regime"]
    percentage = _cell(table.waarde, regime, year, r["in_proefplaatsing"])
    said = f"Regime {regime.value.replace('_', ' ')}, jaar {year}: {show_number(percentage)}% van de gewerkte uren."
    r.step("Hoeveel begeleiding hoort daarbij?", said, table)
    return percentage


def _amount(r: R, year: int, hours: Decimal, peildatum: date) -> Decimal | None:
    """The amount over a year, or None when the amounts of the day are not known."""
    vraag = "Hoeveel wordt er per jaar vergoed?"
    rules = parameter("jobcoach", "voorwaarden").stand_op(peildatum)
    extern = r["soort"] is Coachsoort.EXTERN
    found = parameter("jobcoach", "extern_per_uur") if extern else parameter("jobcoach", "intern_per_jaar")
    try:
        stand = found.stand_op(peildatum)
    except ParameterFout:
        last = found.bekend_tot and show_date(found.bekend_tot - timedelta(days=1))
        said = f"Geen bedrag: bekend van {show_date(found.standen[0].vanaf)} tot en met {last}."
        r.step(vraag, said, rules, zekerheid=Zekerheid.INDICATIE)
        return None
    if extern:
        amount = to_cents(hours * stand.waarde)
        said = f"{show_number(hours)} uur x {show_euro(stand.waarde)} = {show_euro(amount)}."
    else:
        whole = _cell(stand.waarde, r["regime"], year, r["in_proefplaatsing"])
        full = parameter("jobcoach", "intern_uren").op(peildatum)
        amount = to_cents(whole * min(r["uren_per_week"], full) / full)
        said = f"{show_euro(whole)}, bij {show_number(r['uren_per_week'])} uur per week: {show_euro(amount)}."
    r.step(vraag, said, stand)
    return amount
