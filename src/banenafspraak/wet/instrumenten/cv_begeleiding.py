"""The lines of a Financieel CV without an amount in its totals: sickness, guidance, work on trial, provisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.instrumenten.cv_bedragen import build_line, supported
from banenafspraak.wet.instrumenten.cv_feiten import (
    Baan,
    CvPeriode,
    CvRegel,
    Instrument,
    Uitkering,
    Vastheid,
    met_vakantiebijslag,
)
from banenafspraak.wet.instrumenten.jobcoach import Jobcoach, JobcoachFeiten, jobcoach
from banenafspraak.wet.instrumenten.noriskpolis import NoRisk, NoRiskFeiten, noriskpolis
from banenafspraak.wet.instrumenten.proefplaatsing import Loket, ProefplaatsingFeiten, proefplaatsing
from banenafspraak.wet.instrumenten.werkvoorziening import (
    Voorzieningsoort,
    Werkvoorziening,
    WerkvoorzieningFeiten,
    werkvoorziening,
)
from banenafspraak.wet.parameters import ParameterFout, parameter
from banenafspraak.wet.redenering import show_euro, to_cents
from banenafspraak.wet.termijnen import months_later
from banenafspraak.wet.uitkomst import Stap, Uitkomst, Zekerheid, show_date, show_number

_PROEF_MAANDEN = 2


def _no_line(instrument: Instrument, why: str, stap: Stap) -> CvRegel:
    """A line that does not apply for a reason of before its rule is asked."""
    bron = parameter("instrumenten", "aanvragen").standen[0].bron
    return CvRegel(instrument, Vastheid.NIET, why, (), (), None, (), (), (), stap.zekerheid, (stap,), (bron,))


def _of_the_verordening(instrument: Instrument, error: ParameterFout, artikel: str) -> CvRegel:
    """A line of days before the law knew it: what the gemeente did then stands in her verordening of those days."""
    stap = Stap("Is de regel van deze dag bekend?", f"Nee. {error}", artikel, zekerheid=Zekerheid.INDICATIE)
    return _no_line(
        instrument, "Wat de gemeente toen deed, stond in haar verordening. Vraag het aan de gemeente.", stap
    )


def no_risk(baan: Baan) -> CvRegel:
    """What UWV pays by day of sickness; it is an insurance, so it stands in no total."""
    feiten, day = baan.feiten, baan.maanden[0].eerste
    days = parameter("noriskpolis", "dagloondagen").stand_op(day)
    year_wage = baan.uurloon(day) * baan.uren_per_jaar * met_vakantiebijslag(day)
    dagloon = to_cents(year_wage / days.waarde)
    helped, sure_helped = supported(baan)
    paid_on = bool(sure_helped and helped and feiten.loonwaarde_vastgesteld and feiten.loonwaarde_percentage)
    facts = NoRiskFeiten(
        begin_dienstbetrekking=baan.begin,
        ziek_vanaf=day,
        dagloon=dagloon,
        grond=None if feiten.grond is Grond.GEEN else feiten.grond,
        wia_bij_begin=bool(feiten.wia_bij_begin),
        loonkostensubsidie=paid_on,
        loonwaarde_percentage=feiten.loonwaarde_percentage if paid_on else None,
    )
    uitkomst: Uitkomst[NoRisk] = noriskpolis(facts, peildatum=day)
    whole = noriskpolis(replace(facts, werkgever_vraagt_volledig=True), peildatum=day).waarde.bedrag_per_dag
    found = uitkomst.waarde
    why = found.waarom
    periods: tuple[CvPeriode, ...] = ()
    if found.bedrag_per_dag is not None and whole is not None and found.vanaf is not None:
        why = (
            f"Wordt de werknemer ziek, dan betaalt UWV ongeveer {show_euro(found.bedrag_per_dag)} per werkdag "
            f"({show_number(found.procent or 0)}% van het dagloon). Op uw verzoek is het de eerste 52 weken ongeveer "
            f"{show_euro(whole)} (100%)."
        )
        if paid_on:
            why += " De loonkostensubsidie loopt door; dit is het deel dat overblijft."
        elif helped:
            why += " Loopt er loonkostensubsidie door, dan is het minder."
        periods = (CvPeriode(found.vanaf, baan.runs_until(found.ziekte_tot), None, Vastheid.ZEKER),)
    step = Stap(
        "Wat is het dagloon ongeveer?",
        f"{show_euro(year_wage)} loon met vakantiebijslag per jaar / {show_number(days.waarde)} dagen: "
        f"{show_euro(dagloon)}.",
        str(days.bron),
        zekerheid=days.zekerheid,
        toelichting="UWV stelt het dagloon vast.",
    )
    return build_line(
        Instrument.NORISKPOLIS,
        Vastheid.ZEKER if found.recht else Vastheid.NIET,
        why,
        uitkomst,
        periodes=periods,
        extra=(step,) if found.recht else (),
        extra_bronnen=(days.bron,) if found.recht else (),
    )


def _workplace(baan: Baan) -> Uitkomst[Werkvoorziening]:
    """Who pays for a changed workplace: UWV for who comes with the WIA, whatever the ground."""
    wia, grond, paid_by = baan.feiten.wia_bij_begin, baan.feiten.grond, baan.feiten.uitkering
    facts = WerkvoorzieningFeiten(
        grond=Grond.GEEN if wia or grond is None else grond,
        soort=Voorzieningsoort.WERKPLEK,
        ondersteuning_pwet_7_1_a=None if wia or paid_by is None else paid_by is Uitkering.GEMEENTE,
    )
    return werkvoorziening(facts, peildatum=baan.maanden[0].eerste)


def loket_of(baan: Baan) -> Loket:
    """Who helps on the job: who also pays what is needed to work there."""
    loket = _workplace(baan).waarde.loket
    assert loket is not None  # it is needed
    return loket


def coach(baan: Baan) -> CvRegel:
    """Guidance by UWV in the usual regime, or by the gemeente under its own rules.

    The right to guidance by the gemeente began in July 2023, also in a job that ran already: it is asked on the first
    day of the job on which it is known.
    """
    loket, first = loket_of(baan), baan.maanden[0].eerste
    known = parameter("jobcoach", "gemeente").standen[0].vanaf
    day = min(max(first, known), baan.laatste_bekende_dag) if loket is Loket.GEMEENTE else first
    helped, _ = supported(baan)
    extern_years = int(parameter("jobcoach", "voorwaarden").standen[-1].waarde[0]["jaren_extern"])
    facts = JobcoachFeiten(
        loket=loket,
        begin_dienstbetrekking=baan.begin,
        uren_per_week=baan.feiten.uren_per_week,
        contract_maanden=_contract_months(baan),
        loonwaarde_percentage=baan.feiten.loonwaarde_percentage,
        doelgroep_loonkostensubsidie=helped if loket is Loket.GEMEENTE else None,
    )
    waits: tuple[str, ...] = ()
    try:
        uitkomst: Uitkomst[Jobcoach] = jobcoach(facts, peildatum=day)
        if not uitkomst.waarde.recht:
            facts, waits = _as_exception(facts, day)
            uitkomst = jobcoach(facts, peildatum=day)
    except ParameterFout as unknown:
        return _of_the_verordening(Instrument.JOBCOACH, unknown, "10da Participatiewet")
    found = uitkomst.waarde
    why = found.waarom
    if found.recht and found.uren_per_jaar is not None:
        why = (
            f"UWV vergoedt een jobcoach: in het eerste jaar ongeveer {show_number(found.uren_per_jaar)} uur "
            f"begeleiding ({show_number(found.percentage or 0)}% van de gewerkte uren)."
        )
    elif not found.recht and loket is Loket.GEMEENTE:
        why = f"{why} De gemeente kan wel begeleiding geven als voorziening."
    until = months_later(baan.begin, 12 * extern_years) if loket is Loket.UWV else None
    return build_line(
        Instrument.JOBCOACH,
        Vastheid.VOORWAARDE if found.recht else Vastheid.NIET,
        why,
        uitkomst,
        periodes=(CvPeriode(max(baan.begin, day), baan.runs_until(until), None, Vastheid.VOORWAARDE),)
        if found.recht
        else (),
        hangt_af_van=(
            "UWV vindt begeleiding nodig. Vraag binnen vier weken na het begin."
            if loket is Loket.UWV
            else "De gemeente ondersteunt de persoon; hoeveel begeleiding staat in haar verordening.",
            *waits,
        ),
    )


def _as_exception(facts: JobcoachFeiten, day: date) -> tuple[JobcoachFeiten, tuple[str, ...]]:
    """The facts with the exceptions of the protocol that could still give a right, and on what they hang.

    The same facts when no exception helps: what is then refused is refused for its own reason.
    """
    row = parameter("jobcoach", "voorwaarden").stand_op(day).waarde[0]
    value = facts.loonwaarde_percentage
    grows = facts.uren_per_week < row["uren"]
    low = value is not None and value < row["loonwaarde"]
    tried = replace(facts, groeit_naar_12_uur=grows or None, uitzondering_loonwaarde=low or None)
    if not jobcoach(tried, peildatum=day).waarde.recht:
        return facts, ()
    waits = []
    if grows:
        waits.append(f"Het werk groeit binnen een jaar naar {show_number(row['uren'])} uur per week.")
    if low:
        waits.append(f"UWV maakt een uitzondering: de loonwaarde is lager dan {show_number(row['loonwaarde'])}%.")
    return tried, tuple(waits)


def _contract_months(baan: Baan) -> int | None:
    """The whole months of the contract; None for one without end."""
    if baan.feiten.einde_dienstbetrekking is None:
        return None
    after = baan.feiten.einde_dienstbetrekking + timedelta(days=1)
    whole = (after.year - baan.begin.year) * 12 + after.month - baan.begin.month
    return whole - (months_later(baan.begin, whole) > after)


def trial(baan: Baan, peildatum: date) -> CvRegel:
    """Two months of work on trial before the first day of the contract, when that still can."""
    if baan.begin <= peildatum:
        stap = Stap(
            "Kan een proefplaatsing nog?",
            f"Nee. Zij gaat aan het contract vooraf, en het werk begon op {show_date(baan.begin)}.",
            "2:24 Wajong; 37 Wet WIA; 8a lid 2 Participatiewet",
        )
        return _no_line(Instrument.PROEFPLAATSING, "Het werk is al begonnen.", stap)
    loket = (
        Loket(baan.feiten.uitkering.value)
        if baan.feiten.uitkering in (Uitkering.UWV, Uitkering.GEMEENTE)
        else loket_of(baan)
    )
    start = max(months_later(baan.begin, -_PROEF_MAANDEN), peildatum)
    try:
        uitkomst = proefplaatsing(
            ProefplaatsingFeiten(
                loket=loket,
                begin=start,
                duur_maanden=_PROEF_MAANDEN,
                ontvangt_uitkering=baan.feiten.uitkering is not Uitkering.GEEN,
                contract_maanden=_contract_months(baan),
            ),
            peildatum=baan.begin,
        )
    except ParameterFout as unknown:
        return _of_the_verordening(Instrument.PROEFPLAATSING, unknown, "8a lid 2 Participatiewet")
    may, why = uitkomst.waarde.mag, uitkomst.waarde.waarom
    if may:
        why = (
            "De persoon kan eerst op proef werken, ten hoogste "
            f"{_PROEF_MAANDEN} maanden (soms langer), zonder loon en met behoud van uitkering."
        )
    waits = ["UWV of de gemeente geeft toestemming, en u wilt daarna een contract van ten minste zes maanden geven."]
    if baan.feiten.uitkering is None:
        waits.insert(0, "De persoon heeft nu een uitkering van UWV of de gemeente.")
    return build_line(
        Instrument.PROEFPLAATSING,
        Vastheid.VOORWAARDE if may else Vastheid.NIET,
        why,
        uitkomst,
        periodes=(CvPeriode(start, baan.begin, None, Vastheid.VOORWAARDE),) if may else (),
        hangt_af_van=tuple(waits),
    )


def provision(baan: Baan) -> CvRegel:
    """A changed workplace or another provision, paid by whom the ground says; anybody may need one."""
    uitkomst = _workplace(baan)
    by = "UWV" if uitkomst.waarde.loket is Loket.UWV else "de gemeente"
    return build_line(
        Instrument.WERKVOORZIENING,
        Vastheid.VOORWAARDE,
        f"Is een aanpassing, een hulpmiddel, een tolk of vervoer nodig om te werken, dan kan {by} dat betalen.",
        uitkomst,
        periodes=(CvPeriode(baan.begin, baan.runs_until(None), None, Vastheid.VOORWAARDE),),
        hangt_af_van=("De voorziening is nodig om te kunnen werken.",),
    )
