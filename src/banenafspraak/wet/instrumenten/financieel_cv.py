"""Financieel CV: what hiring one person brings an employer, until when, on which article, and what to do by which date.

An open question about the person is answered for every ground there is: the total that is certain is the lowest of
those answers, the total that is possible the highest. So not knowing something can never make a line more certain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.instrumenten.cv_bedragen import cents, dispensation, liv, lks, lkv
from banenafspraak.wet.instrumenten.cv_begeleiding import coach, loket_of, no_risk, provision, trial
from banenafspraak.wet.instrumenten.cv_feiten import (
    Actie,
    Baan,
    CvJaar,
    CvRegel,
    FinancieelCv,
    FinancieelCvFeiten,
    Instrument,
    Jaartotaal,
    Mogelijkheid,
    Uitkering,
    Vastheid,
    met_vakantiebijslag,
    read_job,
)
from banenafspraak.wet.instrumenten.loonkostenvoordeel import Tegemoetkoming, tegemoetkoming_van_het_jaar
from banenafspraak.wet.instrumenten.proefplaatsing import Loket
from banenafspraak.wet.parameters import parameter
from banenafspraak.wet.redenering import Redenering, show_euro
from banenafspraak.wet.termijnen import first_werkdag, months_later
from banenafspraak.wet.uitkomst import Uitkomst, Zekerheid, show_date, show_number

# Of each of these only one counts: Wtl 4.1 lid 3 (over the calendar year), and Participatiewet 10d with Wajong 2:20.
_TEGEMOETKOMINGEN = (Instrument.LKV_BANENAFSPRAAK, Instrument.LKV_ARBEIDSGEHANDICAPTE, Instrument.LIV)
_LOON = (Instrument.LOONKOSTENSUBSIDIE, Instrument.LOONDISPENSATIE)

NAMEN: Mapping[Grond, str] = MappingProxyType(
    {
        Grond.PWET_LKS_UWV_LOONWAARDE: "de Participatiewet",
        Grond.WSW: "de Wsw",
        Grond.WAJONG: "de Wajong",
        Grond.AMVB_38B_1_D: "school (vso of praktijkonderwijs)",
        Grond.PWET_UWV_WML_EIGEN_VERZOEK: "een eigen aanvraag bij UWV",
        Grond.OVERGANGSRECHT_38B_1_F: "overgangsrecht",
        Grond.WIA_IVA_EXPERIMENT: "de proef met IVA",
        Grond.JONGGEHANDICAPT_UWV_OORDEEL: "werken met een voorziening",
        Grond.BLIJFGROND_38B_6: "een eerdere registratie",
        Grond.WIW_ID: "een WIW-baan of ID-baan",
        Grond.GEEN: "geen: niet in het register",
    }
)
"""What a ground is called in an answer in Dutch."""
_WIA_NODIG = "De persoon had meteen voor dit werk recht op WIA."
# What stands on a line of which another ground gives another office.
_OPEN_LOKET: Mapping[Instrument, str] = MappingProxyType(
    {
        Instrument.JOBCOACH: "UWV vergoedt een jobcoach, of de gemeente geeft begeleiding: de grond zegt wie.",
        Instrument.WERKVOORZIENING: "Is een aanpassing, een hulpmiddel, een tolk of vervoer nodig om te werken, dan "
        "kan UWV of de gemeente dat betalen: de grond zegt wie.",
    }
)
_GETOOND = (Grond.WAJONG, Grond.PWET_LKS_UWV_LOONWAARDE, Grond.JONGGEHANDICAPT_UWV_OORDEEL, Grond.GEEN)


def financieel_cv(feiten: FinancieelCvFeiten, *, peildatum: date) -> Uitkomst[FinancieelCv]:
    """What this job brings, as it is looked at on ``peildatum``: before that day nothing can be asked for any more.

    Raises FeitenFout for facts that contradict each other, an age under 16 or over the AOW age or a wage under the
    minimum wage, and ParameterFout for a job before or after the amounts that are known.
    """
    baan = read_job(feiten)
    r = Redenering(feiten)
    _explain_job(r, baan)
    scenarios = _scenarios(feiten)
    worked_out = [(grond, wia, _lines(baan.met(grond=grond, wia_bij_begin=wia), peildatum=peildatum))
                  for grond, wia in scenarios]  # fmt: skip
    _explain_ground(r, feiten, len(scenarios))
    found = [regels for _, _, regels in worked_out]
    regels = found[0] if len(found) == 1 else _merged([(g, w, x) for g, w, x in worked_out])
    jaren = tuple(_year(baan, found, year) for year in sorted({maand.eerste.year for maand in baan.maanden}))
    vol_jaar = _whole_year(baan, found)
    _explain_total(r, vol_jaar, baan)
    options = tuple(
        Mogelijkheid(grond, wia, *_together(regels, None))
        for grond, wia, regels in worked_out
        if grond in _GETOOND and len(worked_out) > 1
    )
    last_known = baan.bekend_tot - timedelta(days=1)
    return r.finish(
        FinancieelCv(last_known, baan.aow_op, regels, jaren, vol_jaar, _actions(baan, regels, peildatum), options)
    )


# --- Lines ---------------------------------------------------------------------------------------------------------


def _lines(baan: Baan, *, peildatum: date) -> tuple[CvRegel, ...]:
    """Every instrument for this job, in the order of the page; what existed in none of its years is left out."""
    found = [
        lkv(baan, Tegemoetkoming.BANENAFSPRAAK, Instrument.LKV_BANENAFSPRAAK),
        lkv(baan, Tegemoetkoming.ARBEIDSGEHANDICAPTE, Instrument.LKV_ARBEIDSGEHANDICAPTE),
        liv(baan),
        lks(baan),
        dispensation(baan),
        no_risk(baan),
        coach(baan),
        trial(baan, peildatum),
        provision(baan),
    ]
    return tuple(regel for regel in found if regel is not None)


def _lowered(regel: CvRegel) -> CvRegel:
    """The same line as something that only may be: no month of it is certain any more."""
    return replace(
        regel,
        vastheid=Vastheid.VOORWAARDE,
        periodes=tuple(replace(p, vastheid=Vastheid.VOORWAARDE) for p in regel.periodes),
        jaren=tuple(replace(j, zeker=0) for j in regel.jaren),
        vol_jaar=replace(regel.vol_jaar, zeker=0) if regel.vol_jaar else None,
    )


# --- What is open ---------------------------------------------------------------------------------------------------


def _scenarios(feiten: FinancieelCvFeiten) -> list[tuple[Grond, bool]]:
    """Every ground the person may have by the answers, with or without WIA; one when nothing is open."""
    known_wia = feiten.wia_bij_begin
    if known_wia is None and feiten.uitkering in (Uitkering.GEMEENTE, Uitkering.GEEN):
        known_wia = False  # UWV pays the WIA
    if feiten.grond is not None:
        return _inside(feiten.grond, known_wia) if feiten.grond is not Grond.GEEN else _outside(known_wia)
    inside = [one for grond in Grond if grond is not Grond.GEEN for one in _inside(grond, known_wia)]
    if feiten.in_register:
        return inside
    return [*([] if feiten.in_register is False else inside), *_outside(known_wia)]


# Who has the WIA is helped by UWV, so it is no open question for the Wajong and for whom the gemeente supports by law.
_GEEN_WIA = frozenset({Grond.WAJONG, Grond.PWET_LKS_UWV_LOONWAARDE, Grond.PWET_UWV_WML_EIGEN_VERZOEK})


def _inside(grond: Grond, known_wia: bool | None) -> list[tuple[Grond, bool]]:
    """A ground with every answer about the WIA that is still possible; the IVA is itself WIA (38b lid 1 g)."""
    if known_wia is not None:
        return [(grond, known_wia)]
    if grond is Grond.WIA_IVA_EXPERIMENT:
        return [(grond, True)]
    return [(grond, False)] if grond in _GEEN_WIA else [(grond, False), (grond, True)]


def _outside(known_wia: bool | None) -> list[tuple[Grond, bool]]:
    return [(Grond.GEEN, wia) for wia in (False, True) if known_wia in (None, wia)]


def _merged(worked_out: list[tuple[Grond, bool, tuple[CvRegel, ...]]]) -> tuple[CvRegel, ...]:
    """One line per instrument: certain only where every possible ground gives the same, otherwise conditional."""
    result = []
    for instrument in Instrument:
        rows = [
            (grond, wia, regel)
            for grond, wia, regels in worked_out
            for regel in regels
            if regel.instrument is instrument
        ]
        due = [row for row in rows if row[2].vastheid is not Vastheid.NIET]
        if not rows:
            continue
        if not due:
            result.append(rows[0][2])
            continue
        best = max(due, key=lambda row: row[2].vol_jaar.hoogstens if row[2].vol_jaar else 0)[2]
        same = len(due) == len(rows) and all(
            (regel.vastheid, regel.jaren, regel.periodes) == (Vastheid.ZEKER, best.jaren, best.periodes)
            for _, _, regel in due
        )
        if not same:
            best = _depends(best, [row[:2] for row in due], [row[:2] for row in rows])
        if len({regel.waarom for _, _, regel in due}) > 1:
            best = replace(best, waarom=_OPEN_LOKET.get(instrument, best.waarom))
        result.append(best)
    return tuple(result)


def _depends(best: CvRegel, when: list[tuple[Grond, bool]], possible: list[tuple[Grond, bool]]) -> CvRegel:
    """The line as it is at best, with the grounds on which it hangs, or the WIA."""
    regel = _lowered(best)
    grounds = {grond for grond, _ in when}
    wia = {answer for _, answer in when}
    if len(when) < len(possible) and len(wia) == 1 and grounds == {grond for grond, _ in possible}:
        said = _WIA_NODIG if when[0][1] else "De persoon had meteen voor dit werk geen recht op WIA."
    elif best.instrument is Instrument.LKV_ARBEIDSGEHANDICAPTE:
        said = _WIA_NODIG
    elif len(when) == len(possible):
        what = "de grond van de registratie" if len(grounds) > 1 else "een recht op WIA bij het begin"
        said = f"Hoeveel het is en hoe lang het duurt, hangt af van {what}."
    elif grounds >= {grond for grond in Grond if grond is not Grond.GEEN}:
        said = "De persoon staat in het doelgroepregister. Controleer dat met een BSN, of vraag het aan de persoon."
    else:
        names = [NAMEN[grond] for grond in dict.fromkeys(grond for grond, _ in when) if grond is not Grond.GEEN]
        said = f"De grond van de registratie is: {', '.join(names)}"
        said += ", of er is nog geen." if Grond.GEEN in grounds else "."
    return replace(regel, hangt_af_van=(said, *regel.hangt_af_van))


# --- Totals ---------------------------------------------------------------------------------------------------------


def _together(regels: Iterable[CvRegel], jaar: int | None) -> tuple[int, int]:
    """What is certain and what is possible in a year (None: twelve whole months), with only one of each group."""
    parts: dict[Instrument, CvJaar] = {}
    for regel in regels:
        found = regel.vol_jaar if jaar is None else next((j for j in regel.jaren if j.jaar == jaar), None)
        if found is not None:
            parts[regel.instrument] = found
    wage_tax = [parts[instrument] for instrument in _TEGEMOETKOMINGEN if instrument in parts]
    wages = [parts[instrument] for instrument in _LOON if instrument in parts]
    return (
        tegemoetkoming_van_het_jaar([0, *(j.zeker for j in wage_tax)]) + max([0, *(j.zeker for j in wages)]),
        tegemoetkoming_van_het_jaar([0, *(j.hoogstens for j in wage_tax)]) + max([0, *(j.hoogstens for j in wages)]),
    )


def _bounds(found: Sequence[tuple[CvRegel, ...]], jaar: int | None) -> tuple[int, int]:
    """The least that is certain over every possible ground, and the most that is possible."""
    totals = [_together(regels, jaar) for regels in found]
    return min(zeker for zeker, _ in totals), max(hoogstens for _, hoogstens in totals)


def _year(baan: Baan, found: Sequence[tuple[CvRegel, ...]], year: int) -> Jaartotaal:
    months = [maand for maand in baan.maanden if maand.eerste.year == year]
    wage = baan.jaarloon(months)
    charges = wage * parameter("loonkostensubsidie", "werkgeverslasten").op(months[-1].laatste) / 100
    return Jaartotaal(year, months[0].eerste, months[-1].laatste, cents(wage), cents(charges), *_bounds(found, year))


def _whole_year(baan: Baan, found: Sequence[tuple[CvRegel, ...]]) -> Jaartotaal:
    day = baan.laatste_bekende_dag
    wage = baan.uurloon(day) * baan.uren_per_jaar * met_vakantiebijslag(day)
    charges = wage * parameter("loonkostensubsidie", "werkgeverslasten").op(day) / 100
    start = max(baan.begin, months_later(day, -12) + timedelta(days=1))
    return Jaartotaal(day.year, start, day, cents(wage), cents(charges), *_bounds(found, None))


# --- Why ------------------------------------------------------------------------------------------------------------


def _explain_job(r: Redenering[FinancieelCvFeiten], baan: Baan) -> None:
    day = baan.laatste_bekende_dag
    wages = parameter("minimumloon", "uurbedrag" if day.year >= 2024 else "maandbedrag").stand_op(day)
    given, begin = r["leeftijd"], r["begin_dienstbetrekking"]
    if given is not None:
        r.step(
            "Hoe oud is de persoon?",
            f"{given} jaar op {show_date(begin)}. De verjaardag is niet bekend: gerekend is met deze dag.",
            wages,
            artikel="7 en 8 WML",
            zekerheid=Zekerheid.AFGELEID,
        )
    wage, hours = r["loon_per_uur"], r["uren_per_week"]
    said = (
        "Het minimumloon" if wage is None else f"Het opgegeven loon van {show_euro(wage)}, ten minste het minimumloon"
    )
    r["voltijd_uren"]
    r.step(
        "Met welk loon is gerekend?",
        f"{said}: op {show_date(day)} {show_euro(baan.uurloon(day))} per uur, {show_number(hours)} uur per week.",
        wages,
    )
    lasten = parameter("loonkostensubsidie", "werkgeverslasten").stand_op(day)
    r.step(
        "Met welke werkgeverslasten?",
        f"{show_number(lasten.waarde)}% van het loon met vakantiebijslag: het percentage waarmee de wet bij "
        "loonkostensubsidie rekent. Uw eigen premies kunnen anders zijn.",
        lasten,
        zekerheid=Zekerheid.INDICATIE,
    )


def _explain_ground(r: Redenering[FinancieelCvFeiten], feiten: FinancieelCvFeiten, count: int) -> None:
    table = parameter("instrumenten", "aanvragen").stand_op(feiten.begin_dienstbetrekking)
    r["grond"], r["in_register"], r["wia_bij_begin"]
    said = (
        f"Bekend: {NAMEN[feiten.grond]}."
        if feiten.grond is not None and count == 1
        else f"Nog open: gerekend is met elke grond die kan ({count}). Zeker is alleen wat bij elke grond geldt."
    )
    r.step(
        "Op welke grond staat de persoon in het register?",
        said,
        table,
        artikel="38b Wfsv",
        zekerheid=Zekerheid.BRON if count == 1 else Zekerheid.INDICATIE,
    )


def _explain_total(r: Redenering[FinancieelCvFeiten], total: Jaartotaal, baan: Baan) -> None:
    calendar = parameter("loonkostenvoordeel", "kalender").standen[-1]
    r.step(
        "Wat telt samen?",
        "Van loonkostenvoordelen en lage-inkomensvoordeel telt over een kalenderjaar alleen het hoogste. "
        "Loonkostensubsidie en loondispensatie gaan niet samen. Een vol jaar met de bedragen van "
        f"{show_date(baan.laatste_bekende_dag)}: zeker {_euros(total.zeker)}, hoogstens {_euros(total.hoogstens)}.",
        calendar,
        artikel="4.1 lid 3 Wtl; 10d lid 9 Participatiewet; 2:20 Wajong",
    )


def _euros(amount: int) -> str:
    return show_euro(Decimal(amount) / 100)


# --- What to do -----------------------------------------------------------------------------------------------------


def _actions(baan: Baan, regels: Sequence[CvRegel], peildatum: date) -> tuple[Actie, ...]:
    """What to do, the earliest day first and what has no day last."""
    due = {regel.instrument for regel in regels if regel.vastheid is not Vastheid.NIET}
    found = [*_before_the_start(baan, due), *_after_the_start(baan, due, peildatum)]
    dated = [replace(a, te_laat=a.uiterlijk is not None and a.uiterlijk < peildatum) for a in found]
    return tuple(sorted(dated, key=lambda a: (a.uiterlijk or date.max, a.instrument or "")))


def _before_the_start(baan: Baan, due: set[Instrument]) -> list[Actie]:
    eve = baan.begin - timedelta(days=1)
    found = []
    if baan.feiten.grond is None:
        found.append(
            _do(None, "Zoek uit of de persoon in het doelgroepregister staat, met een BSN.", "U", "UWV", eve,
                "38d lid 7 Wfsv")
        )  # fmt: skip
    if Instrument.PROEFPLAATSING in due:
        found.append(_ask(Instrument.PROEFPLAATSING, "Vraag de proefplaatsing aan, voordat zij begint.", eve, baan))
    if Instrument.LOONKOSTENSUBSIDIE in due:
        last = months_later(
            baan.begin, int(parameter("loonkostensubsidie", "aanvraag_maanden").op(baan.laatste_bekende_dag))
        )
        found.append(_ask(Instrument.LOONKOSTENSUBSIDIE, "Vraag loonkostensubsidie aan voordat het werk begint. "
                          f"Komt iemand van school of uit ondersteuning, dan kan het tot en met {show_date(last)}.",
                          eve, baan))  # fmt: skip
    return found


def _after_the_start(baan: Baan, due: set[Instrument], peildatum: date) -> list[Actie]:
    begin, found = baan.begin, []
    if Instrument.LOONDISPENSATIE in due:
        month_end = months_later(begin.replace(day=1), 1) - timedelta(days=1)
        found.append(_ask(Instrument.LOONDISPENSATIE, "Vraag loondispensatie aan in de eerste maand: zij begint op de "
                          "eerste dag van de maand van de aanvraag.", month_end, baan))  # fmt: skip
    if Instrument.JOBCOACH in due and loket_of(baan) is Loket.GEMEENTE:
        found.append(_ask(Instrument.JOBCOACH, "Vraag de gemeente om begeleiding. Hoe en wanneer staat in haar "
                          "verordening.", None, baan))  # fmt: skip
    elif Instrument.JOBCOACH in due:
        weeks = int(parameter("jobcoach", "voorwaarden").op(max(begin, date(2014, 1, 1)))[0]["aanvraag_weken"])
        found.append(_ask(Instrument.JOBCOACH, "Vraag de jobcoach aan.", begin + timedelta(weeks=weeks), baan))
    registered = Instrument.LKV_BANENAFSPRAAK in due and date(2018, 1, 1) <= begin < date(2026, 1, 1)
    if registered or Instrument.LKV_ARBEIDSGEHANDICAPTE in due:
        months = int(parameter("loonkostenvoordeel", "verklaring_maanden").op(max(begin, date(2018, 1, 1))))
        instrument = Instrument.LKV_BANENAFSPRAAK if registered else Instrument.LKV_ARBEIDSGEHANDICAPTE
        if baan.feiten.doelgroepverklaring:
            found.append(_do(instrument, "Bewaar de doelgroepverklaring bij de loonadministratie.", "U",
                             "uw loonadministratie", None, "2.7 en 2.11 Wtl"))  # fmt: skip
        else:
            found.append(
                _do(instrument,
                    "Laat de werknemer de doelgroepverklaring aanvragen en bewaar haar bij de loonadministratie.",
                    "De werknemer", "UWV", first_werkdag(months_later(begin, months)), "2.7 en 2.11 Wtl")
            )  # fmt: skip
    for instrument in (Instrument.LKV_BANENAFSPRAAK, Instrument.LKV_ARBEIDSGEHANDICAPTE):
        if instrument in due:
            last = _last_correction(max(begin.year, 2018), peildatum)
            wat = (
                "Vraag het loonkostenvoordeel aan in elke loonaangifte. Vergeten? Een correctie over "
                f"{last.year - 1} kan tot en met deze dag."
            )
            found.append(_ask(instrument, wat, last, baan))
    if Instrument.NORISKPOLIS in due:
        found.append(_ask(Instrument.NORISKPOLIS, "Meld ziekte bij UWV en vraag om het hele dagloon.", None, baan))
    found.append(_ask(Instrument.WERKVOORZIENING, "Vraag een voorziening aan als die nodig is.", None, baan))
    return found


def _last_correction(first_year: int, peildatum: date) -> date:
    """The next day until which a return can be corrected: over the first year of the job, or a later one."""
    rows = parameter("loonkostenvoordeel", "kalender").op(date(first_year, 12, 31))
    row = next(row for row in rows if row["naam"] == "correctie")
    last = date(first_year + 1, int(row["maand"]), int(row["dag"]))
    return last if last >= peildatum else _last_correction(first_year + 1, peildatum)


_AANVRAAG: Mapping[Instrument, str] = MappingProxyType(
    {
        Instrument.LKV_BANENAFSPRAAK: "lkv",
        Instrument.LKV_ARBEIDSGEHANDICAPTE: "lkv",
        Instrument.LOONKOSTENSUBSIDIE: "lks",
        Instrument.LOONDISPENSATIE: "loondispensatie",
        Instrument.NORISKPOLIS: "no-riskpolis",
        Instrument.JOBCOACH: "jobcoach",
        Instrument.PROEFPLAATSING: "proefplaatsing",
        Instrument.WERKVOORZIENING: "werkvoorziening",
    }
)


def _ask(instrument: Instrument, wat: str, uiterlijk: date | None, baan: Baan) -> Actie:
    rows = parameter("instrumenten", "aanvragen").op(baan.begin)
    row = next(row for row in rows if row["instrument"] == _AANVRAAG[instrument])
    return _do(instrument, wat, row["wie"], row["waar"], uiterlijk, row["artikel"])


def _do(instrument: Instrument | None, wat: str, wie: str, waar: str, uiterlijk: date | None, artikel: str) -> Actie:
    return Actie(instrument, wat, wie, waar, uiterlijk, False, artikel)
