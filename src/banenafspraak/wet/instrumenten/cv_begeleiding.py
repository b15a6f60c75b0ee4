"""The lines of a Financieel CV without an amount in its totals: sickness, guidance, work on trial, provisions."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.instrumenten.cv_bedragen import build_line, supported
from banenafspraak.wet.instrumenten.cv_feiten import (
    Baan,
    CvPeriode,
    CvRegel,
    Instrument,
    Uitkering,
    Vastheid,
)
from banenafspraak.wet.instrumenten.jobcoach import Jobcoach, JobcoachFeiten, jobcoach
from banenafspraak.wet.instrumenten.noriskpolis import NoRisk, NoRiskFeiten, noriskpolis
from banenafspraak.wet.instrumenten.proefplaatsing import Loket, ProefplaatsingFeiten, proefplaatsing
from banenafspraak.wet.instrumenten.werkvoorziening import Voorzieningsoort, WerkvoorzieningFeiten, werkvoorziening
from banenafspraak.wet.parameters import ParameterFout, parameter
from banenafspraak.wet.redenering import show_euro, to_cents
from banenafspraak.wet.termijnen import months_later
from banenafspraak.wet.uitkomst import Stap, Uitkomst, Zekerheid, show_number

_PROEF_MAANDEN = 2


def unknown_line(instrument: Instrument, error: ParameterFout, naam: str) -> CvRegel:
    """A line of which the law of that day is not known: it does not count, and says so."""
    bron = parameter("instrumenten", "aanvragen").standen[0].bron
    stap = Stap("Is de regel van deze dag bekend?", f"Nee. {error}", naam, zekerheid=Zekerheid.INDICATIE)
    return CvRegel(
        instrument, Vastheid.NIET, str(error), (), (), None, (), (), (), Zekerheid.INDICATIE, (stap,), (bron,)
    )


def no_risk(baan: Baan) -> CvRegel:
    """What UWV pays by day of sickness; it is an insurance, so it stands in no total."""
    feiten, day = baan.feiten, baan.maanden[0].eerste
    days = parameter("noriskpolis", "dagloondagen").stand_op(day)
    holiday: Decimal = parameter("minimumloon", "vakantiebijslag").op(day)
    year_wage = baan.uurloon(day) * baan.uren_per_jaar * (1 + holiday)
    dagloon = to_cents(year_wage / days.waarde)
    uitkomst: Uitkomst[NoRisk] = noriskpolis(
        NoRiskFeiten(
            begin_dienstbetrekking=baan.begin,
            ziek_vanaf=day,
            dagloon=dagloon,
            grond=None if feiten.grond is Grond.GEEN else feiten.grond,
            wia_bij_begin=bool(feiten.wia_bij_begin),
        ),
        peildatum=day,
    )
    found = uitkomst.waarde
    why = found.waarom
    periods: tuple[CvPeriode, ...] = ()
    if found.recht and found.bedrag_per_dag is not None and found.vanaf is not None:
        why = (
            f"Wordt de werknemer ziek, dan betaalt UWV ongeveer {show_euro(found.bedrag_per_dag)} per werkdag "
            f"({show_number(found.procent or 0)}% van het dagloon). Op uw verzoek is het de eerste 52 weken ongeveer "
            f"{show_euro(dagloon)} (100%)."
        )
        periods = (CvPeriode(found.vanaf, baan.runs_until(found.ziekte_tot), None, Vastheid.ZEKER),)
    step = Stap(
        "Wat is het dagloon ongeveer?",
        f"{show_euro(year_wage)} loon met vakantiebijslag per jaar / {show_number(days.waarde)} dagen: "
        f"{show_euro(dagloon)}.",
        str(days.bron),
        zekerheid=days.zekerheid,
        toelichting="UWV stelt het dagloon vast. Betaalt de gemeente loonkostensubsidie door, dan vergoedt UWV alleen "
        "het deel dat overblijft.",
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


def _loket(baan: Baan) -> Loket:
    """Who helps on the job: UWV for the WIA, otherwise as the ground says."""
    if baan.feiten.wia_bij_begin:
        return Loket.UWV
    if baan.feiten.grond is Grond.GEEN and baan.feiten.uitkering is Uitkering.GEMEENTE:
        return Loket.GEMEENTE
    table = parameter("werkvoorziening", "loket").op(baan.maanden[0].eerste)
    grond = baan.feiten.grond or Grond.GEEN
    return Loket(next(row["loket"] for row in table if row["grond"] == grond.value))


def coach(baan: Baan) -> CvRegel:
    """Guidance by UWV in the usual regime, or by the gemeente under its own rules."""
    loket, day = _loket(baan), baan.maanden[0].eerste
    helped, _ = supported(baan)
    extern_years = int(parameter("jobcoach", "voorwaarden").standen[-1].waarde[0]["jaren_extern"])
    try:
        uitkomst: Uitkomst[Jobcoach] = jobcoach(
            JobcoachFeiten(
                loket=loket,
                begin_dienstbetrekking=baan.begin,
                uren_per_week=baan.feiten.uren_per_week,
                contract_maanden=_contract_months(baan),
                loonwaarde_percentage=baan.feiten.loonwaarde_percentage,
                doelgroep_loonkostensubsidie=helped if loket is Loket.GEMEENTE else None,
            ),
            peildatum=day,
        )
    except ParameterFout as unknown:
        return unknown_line(Instrument.JOBCOACH, unknown, "10da Participatiewet")
    found = uitkomst.waarde
    why = found.waarom
    if found.recht and found.uren_per_jaar is not None:
        why = (
            f"UWV vergoedt een jobcoach: in het eerste jaar ongeveer {show_number(found.uren_per_jaar)} uur "
            f"begeleiding ({show_number(found.percentage or 0)}% van de gewerkte uren)."
        )
    until = months_later(baan.begin, 12 * extern_years) if loket is Loket.UWV else None
    return build_line(
        Instrument.JOBCOACH,
        Vastheid.VOORWAARDE if found.recht else Vastheid.NIET,
        why,
        uitkomst,
        periodes=(CvPeriode(baan.begin, baan.runs_until(until), None, Vastheid.VOORWAARDE),) if found.recht else (),
        hangt_af_van=(
            "UWV vindt begeleiding nodig. Vraag binnen vier weken na het begin."
            if loket is Loket.UWV
            else "De gemeente ondersteunt de persoon; hoeveel begeleiding staat in haar verordening.",
        ),
    )


def _contract_months(baan: Baan) -> int | None:
    """The whole months of the contract; None for one without end."""
    if baan.feiten.einde_dienstbetrekking is None:
        return None
    after = baan.feiten.einde_dienstbetrekking + timedelta(days=1)
    whole = (after.year - baan.begin.year) * 12 + after.month - baan.begin.month
    return whole - (months_later(baan.begin, whole) > after)


def trial(baan: Baan, peildatum: date) -> CvRegel:
    """Two months of work on trial before the first day of the contract, when that still can."""
    loket = (
        Loket(baan.feiten.uitkering.value)
        if baan.feiten.uitkering in (Uitkering.UWV, Uitkering.GEMEENTE)
        else _loket(baan)
    )
    start = max(months_later(baan.begin, -_PROEF_MAANDEN), min(peildatum, baan.begin))
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
        return unknown_line(Instrument.PROEFPLAATSING, unknown, "8a lid 2 Participatiewet")
    begun = baan.begin <= peildatum
    may = uitkomst.waarde.mag and not begun
    why = "Het werk is al begonnen." if begun else uitkomst.waarde.waarom
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
    """A changed workplace or another provision, paid by whom the ground says."""
    grond = baan.feiten.grond or Grond.GEEN
    uitkomst = werkvoorziening(
        WerkvoorzieningFeiten(grond=grond, soort=Voorzieningsoort.WERKPLEK), peildatum=baan.maanden[0].eerste
    )
    by = "UWV" if _loket(baan) is Loket.UWV else "de gemeente"
    return build_line(
        Instrument.WERKVOORZIENING,
        Vastheid.VOORWAARDE if uitkomst.waarde.mogelijk else Vastheid.NIET,
        f"Is een aanpassing, een hulpmiddel, een tolk of vervoer nodig om te werken, dan kan {by} dat betalen.",
        uitkomst,
        periodes=(CvPeriode(baan.begin, baan.runs_until(None), None, Vastheid.VOORWAARDE),),
        hangt_af_van=("De voorziening is nodig om te kunnen werken.",),
    )
