"""The lines of a Financieel CV that have an amount: each rule asked month by month, so that a change has its day.

Every function takes a `Baan` with a ground; what is still open makes its line conditional, never certain.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.instrumenten.cv_feiten import (
    Baan,
    CvJaar,
    CvPeriode,
    CvRegel,
    Instrument,
    Maand,
    Uitkering,
    Vastheid,
    Voorbeeld,
    in_periods,
    met_vakantiebijslag,
    per_year,
)
from banenafspraak.wet.instrumenten.lageinkomensvoordeel import LivFeiten, lageinkomensvoordeel
from banenafspraak.wet.instrumenten.loondispensatie import LoondispensatieFeiten, loondispensatie
from banenafspraak.wet.instrumenten.loonkostensubsidie import LksFeiten, Loonkostensubsidie, loonkostensubsidie
from banenafspraak.wet.instrumenten.loonkostenvoordeel import (
    LkvFeiten,
    Loonkostenvoordeel,
    Tegemoetkoming,
    Voordeel,
    loonkostenvoordeel,
)
from banenafspraak.wet.parameters import parameter
from banenafspraak.wet.redenering import show_euro, to_cents
from banenafspraak.wet.termijnen import months_later
from banenafspraak.wet.uitkomst import Bron, Stap, Uitkomst, Zekerheid, least_certain, show_number

_EERSTE_LKV, _EERSTE_LIV, _NA_LIV = date(2018, 1, 1), date(2017, 1, 1), date(2025, 1, 1)
_REGISTRATIE_BEWIJST = date(2026, 1, 1)
_PROEF_MAANDEN = 2
# The cap of the subsidy: at this loonwaarde or any lower one it is the highest there is (10d lid 4).
_LAAGSTE_LOONWAARDE = Decimal(30)
_VOORBEELDEN = (30, 50, 70, 90)
_LASTIGSTE_PRESTATIE = Decimal(75)
# Grounds of who may be helped by the gemeente without the ground saying so.
_MISSCHIEN_GEMEENTE = frozenset(
    {Grond.AMVB_38B_1_D, Grond.OVERGANGSRECHT_38B_1_F, Grond.BLIJFGROND_38B_6, Grond.WIW_ID, Grond.GEEN}
)
_GEMEENTE = frozenset({Grond.PWET_LKS_UWV_LOONWAARDE, Grond.PWET_UWV_WML_EIGEN_VERZOEK})

Bedragen = list[tuple[Maand, int, Vastheid]]


def cents(amount: Decimal) -> int:
    """An amount of euros as whole cents; half a cent goes up."""
    return int(to_cents(amount) * 100)


def build_line(
    instrument: Instrument,
    vastheid: Vastheid,
    waarom: str,
    uitkomst: Uitkomst[Any],
    *,
    periodes: tuple[CvPeriode, ...] = (),
    jaren: tuple[CvJaar, ...] = (),
    vol_jaar: CvJaar | None = None,
    hangt_af_van: tuple[str, ...] = (),
    voorbeelden: tuple[Voorbeeld, ...] = (),
    extra: tuple[Stap, ...] = (),
    extra_bronnen: tuple[Bron, ...] = (),
) -> CvRegel:
    """One line with the steps of its rule and of how it was reckoned here; ``hangt_af_van`` only when it is open."""
    stappen = (*uitkomst.stappen, *extra)
    return CvRegel(
        instrument,
        vastheid,
        waarom,
        periodes,
        jaren,
        vol_jaar,
        hangt_af_van if vastheid is Vastheid.VOORWAARDE else (),
        voorbeelden,
        uitkomst.waarde.aanvragen.niet_samen_met,
        least_certain(stap.zekerheid for stap in stappen),
        stappen,
        tuple(dict.fromkeys((*uitkomst.bronnen, *extra_bronnen))),
    )


def _zero(vol_jaar: int) -> CvJaar:
    return CvJaar(vol_jaar, 0, 0)


def _hours_step(baan: Baan) -> Stap:
    uren = baan.feiten.uren_per_week
    return Stap(
        "Hoeveel verloonde uren?",
        f"{show_number(uren)} uur per week x 52 weken = {show_number(baan.uren_per_jaar)} uur per jaar.",
        "2.1 Wtl",
        {"uren_per_week": uren},
        zekerheid=Zekerheid.AFGELEID,
        toelichting="Wat telt zijn de uren in de loonaangifte: verlof met loon telt mee, onbetaald verlof niet.",
    )


# --- Wage tax advantages --------------------------------------------------------------------------------------------


def lkv(baan: Baan, soort: Tegemoetkoming, instrument: Instrument) -> CvRegel | None:
    """The LKV of this kind: by calendar month, with the maximum of the calendar year."""
    agreed = baan.feiten.doelgroepverklaring
    amounts: Bedragen = []
    months: list[tuple[Maand, int | None, Vastheid]] = []
    shown: Uitkomst[Loonkostenvoordeel] | None = None
    before: dict[int, Decimal] = {}
    may = soort is Tegemoetkoming.BANENAFSPRAAK or bool(baan.feiten.wia_bij_begin)
    for maand in baan.maanden if may else baan.maanden[-1:]:
        if maand.laatste < _EERSTE_LKV:
            continue
        year = maand.eerste.year
        uitkomst = _ask_lkv(baan, maand, baan.uren(maand), before.get(year, Decimal(0)))
        part = _of(uitkomst.waarde, soort)
        if not part.recht:
            shown = shown or uitkomst
            continue
        shown = uitkomst
        before[year] = before.get(year, Decimal(0)) + baan.uren(maand)
        declared = agreed or (soort is Tegemoetkoming.BANENAFSPRAAK and maand.laatste >= _REGISTRATIE_BEWIJST)
        sure = Vastheid.ZEKER if declared else Vastheid.VOORWAARDE
        amounts.append((maand, cents(part.bedrag), sure))
        months.append((maand, None, sure))
    if shown is None:
        return None
    part = _of(shown.waarde, soort)
    last = baan.maanden[-1]
    if not amounts or amounts[-1][0] is not last:  # it has ended, or never was
        year_amount = _zero(last.laatste.year)
    else:
        whole = cents(_of(_ask_lkv(baan, last, baan.uren_per_jaar, Decimal(0)).waarde, soort).bedrag)
        year_amount = CvJaar(last.laatste.year, whole if amounts[-1][2] is Vastheid.ZEKER else 0, whole)
    sure = _overall(amounts)
    waits = ("Er is een doelgroepverklaring; die vraagt de werknemer binnen drie maanden na het begin bij UWV aan.",)
    return build_line(
        instrument,
        sure,
        _lkv_why(soort, last.laatste) if amounts else part.waarom,
        shown,
        periodes=in_periods(baan, months, part.tot),
        jaren=per_year(amounts),
        vol_jaar=year_amount,
        hangt_af_van=waits,
        extra=(_hours_step(baan),) if amounts else (),
    )


def _lkv_why(soort: Tegemoetkoming, day: date) -> str:
    row = parameter("loonkostenvoordeel", soort.value).op(day)[0]
    said = f"{show_euro(row['per_uur'])} per verloond uur, ten hoogste {show_euro(row['maximum'])} per kalenderjaar"
    if soort is Tegemoetkoming.ARBEIDSGEHANDICAPTE:
        years = parameter("loonkostenvoordeel", "duur_jaren").op(day)
        return f"{said}, {show_number(years)} jaar lang."
    if day < _REGISTRATIE_BEWIJST:
        return f"{said}."
    return f"{said}, zolang de werknemer bij u werkt en in het doelgroepregister staat. Sinds 2026 zonder einddatum."


def _ask_lkv(baan: Baan, maand: Maand, uren: Decimal, eerder: Decimal) -> Uitkomst[Loonkostenvoordeel]:
    feiten = baan.feiten
    registered = feiten.grond is not Grond.GEEN
    first = maand.eerste.replace(day=1)
    declared = feiten.doelgroepverklaring is not False
    return loonkostenvoordeel(
        LkvFeiten(
            begin_dienstbetrekking=baan.begin,
            einde_dienstbetrekking=feiten.einde_dienstbetrekking,
            verloonde_uren=uren,
            eerder_verloonde_uren=eerder,
            tijdvak_begin=first,
            tijdvak_einde=months_later(first, 1) - timedelta(days=1),
            geregistreerd=registered,
            grond=feiten.grond,
            wia_bij_begin=bool(feiten.wia_bij_begin),
            doelgroepverklaring=declared,
            verklaring_arbeidsgehandicapt=declared,
            geboortedatum=baan.geboren,
        ),
        peildatum=maand.laatste,
    )


def _of(found: Loonkostenvoordeel, soort: Tegemoetkoming) -> Voordeel:
    return next(part for part in found.voordelen if part.soort is soort)


def _overall(amounts: Bedragen) -> Vastheid:
    """Certain when every month is, conditional when one is not, none without months."""
    if not amounts:
        return Vastheid.NIET
    return Vastheid.ZEKER if all(sure is Vastheid.ZEKER for _, _, sure in amounts) else Vastheid.VOORWAARDE


def liv(baan: Baan) -> CvRegel | None:
    """The LIV of the years in which it existed: over the hours of the calendar year, and the wage of it as it is taxed.

    That wage has the holiday allowance in it, as have the bounds of 3.1 Wtl: € 14,33 in 2024 is € 13,27 with 8%.
    """
    found: list[tuple[int, Decimal, Uitkomst[Any], list[Maand]]] = []
    for year in sorted({maand.eerste.year for maand in baan.maanden}):
        if not _EERSTE_LIV.year <= year < _NA_LIV.year:
            continue
        months = [maand for maand in baan.maanden if maand.eerste.year == year]
        uitkomst = lageinkomensvoordeel(
            LivFeiten(
                jaarloon=baan.jaarloon(months),
                verloonde_uren=sum((baan.uren(maand) for maand in months), Decimal(0)),
                geboortedatum=baan.geboren,
            ),
            peildatum=date(year, 12, 31),
        )
        found.append((year, uitkomst.waarde.bedrag, uitkomst, months))
    if not found:
        return None
    paid = [row for row in found if row[2].waarde.recht]
    shown = (paid or found)[-1][2]
    periods: list[tuple[Maand, int | None, Vastheid]] = [
        (maand, None, Vastheid.ZEKER) for _, _, _, months in paid for maand in months
    ]
    return build_line(
        Instrument.LIV,
        Vastheid.ZEKER if paid else Vastheid.NIET,
        shown.waarde.waarom,
        shown,
        periodes=in_periods(baan, periods, None),
        jaren=tuple(CvJaar(year, cents(amount), cents(amount)) for year, amount, _, _ in paid),
        vol_jaar=_zero(baan.laatste_bekende_dag.year),
        extra=(_hours_step(baan),),
    )


# --- Wage: subsidy or dispensation ----------------------------------------------------------------------------------


def supported(baan: Baan) -> tuple[bool, bool]:
    """Whether the gemeente helps the person to work, and whether that follows from the answers."""
    grond, paid_by = baan.feiten.grond, baan.feiten.uitkering
    if grond in _GEMEENTE:
        return True, True
    if grond not in _MISSCHIEN_GEMEENTE or baan.feiten.wia_bij_begin or paid_by is Uitkering.UWV:
        return False, True
    return True, paid_by is Uitkering.GEMEENTE


def lks(baan: Baan) -> CvRegel:
    """The loonkostensubsidie: fixed when it starts and on each 1 January; the highest there is when not measured."""
    feiten = baan.feiten
    helped, sure_helped = supported(baan)
    known = feiten.loonwaarde_percentage
    sure = Vastheid.ZEKER if known and feiten.loonwaarde_vastgesteld and sure_helped else Vastheid.VOORWAARDE
    percentage = known or _LAAGSTE_LOONWAARDE
    amounts: Bedragen = []
    months: list[tuple[Maand, int | None, Vastheid]] = []
    for maand in baan.maanden if helped else baan.maanden[-1:]:
        uitkomst = _ask_lks(baan, helped, percentage, maand.eerste)
        amount = uitkomst.waarde.bedrag_per_maand
        if amount is not None:
            amounts.append((maand, cents(amount * maand.deel), sure))
            months.append((maand, cents(amount), sure))
    last = uitkomst.waarde.bedrag_per_maand
    whole = cents(last * 12) if last is not None else 0
    waits = []
    if not sure_helped:
        waits.append("De gemeente ondersteunt de persoon naar werk. Vraag het aan de persoon of aan de gemeente.")
    if known is None:
        waits.append(
            "De gemeente laat de loonwaarde op de werkplek vaststellen. Die is nog niet bekend: wij tonen het hoogste "
            "bedrag, dat bij een loonwaarde van 30% of minder."
        )
    elif not feiten.loonwaarde_vastgesteld:
        waits.append(
            "De gemeente stelt de loonwaarde op deze werkplek vast. Komt er iets anders uit, dan verandert het bedrag."
        )
    return build_line(
        Instrument.LOONKOSTENSUBSIDIE,
        sure if amounts else Vastheid.NIET,
        "De gemeente betaalt het deel van het minimumloon dat de werknemer nog niet verdient, met werkgeverslasten. "
        "U betaalt de werknemer het gewone loon."
        if amounts
        else uitkomst.waarde.waarom,
        uitkomst,
        periodes=in_periods(baan, months, None),
        jaren=per_year(amounts),
        vol_jaar=CvJaar(baan.laatste_bekende_dag.year, whole if sure is Vastheid.ZEKER else 0, whole),
        hangt_af_van=tuple(waits),
        voorbeelden=_lks_examples(baan, helped) if known is None and amounts else (),
        extra=(_bound_step(),) if known is None and amounts else (),
    )


def _bound_step() -> Stap:
    return Stap(
        "Met welke loonwaarde is gerekend?",
        "De loonwaarde is niet bekend: met 30%. Een lagere geeft geen hoger bedrag, een hogere een lager bedrag.",
        "10d lid 4 Participatiewet",
        aangenomen=("loonwaarde_percentage",),
        zekerheid=Zekerheid.INDICATIE,
    )


def _ask_lks(baan: Baan, helped: bool, percentage: Decimal, day: date) -> Uitkomst[Loonkostensubsidie]:
    return loonkostensubsidie(
        LksFeiten(
            begin_dienstbetrekking=baan.begin,
            einde_dienstbetrekking=baan.feiten.einde_dienstbetrekking,
            uren_per_week=baan.feiten.uren_per_week,
            voltijd_uren=baan.feiten.voltijd_uren,
            geboortedatum=baan.geboren,
            loonwaarde_percentage=percentage,
            grond=baan.feiten.grond,
            ondersteuning_pwet_7_1_a=helped,
        ),
        peildatum=day,
    )


def _lks_examples(baan: Baan, helped: bool) -> tuple[Voorbeeld, ...]:
    last = baan.laatste_bekende_dag
    found = [(value, _ask_lks(baan, helped, Decimal(value), last).waarde.bedrag_per_maand) for value in _VOORBEELDEN]
    return tuple(Voorbeeld(value, cents(amount)) for value, amount in found if amount is not None)


def dispensation(baan: Baan) -> CvRegel:
    """What loondispensatie saves on wages. It always waits for UWV; without a loonwaarde it has no amount."""
    known = baan.feiten.loonwaarde_percentage
    amounts: Bedragen = []
    months: list[tuple[Maand, int | None, Vastheid]] = []
    end: date | None = None
    grounds = {row["grond"] for row in parameter("loondispensatie", "gronden").op(baan.laatste_bekende_dag)}
    for maand in baan.maanden if baan.feiten.grond in grounds else baan.maanden[-1:]:
        uitkomst, saved = _ask_dispensation(baan, known or _LASTIGSTE_PRESTATIE, maand.eerste)
        if saved is None:
            continue
        end = uitkomst.waarde.tot
        if known is not None:
            amounts.append((maand, cents(saved * maand.deel), Vastheid.VOORWAARDE))
        months.append((maand, cents(saved) if known is not None else None, Vastheid.VOORWAARDE))
    whole = cents(saved * 12) if saved is not None and known is not None else 0
    waits = ["UWV beoordeelt of de prestatie in deze functie ten minste 25% lager is, en stelt het loon vast."]
    if known is None:
        waits.append("Hoeveel het scheelt, hangt af van de prestatie; die is nog niet bekend. Zie de voorbeelden.")
    due = bool(months)
    return build_line(
        Instrument.LOONDISPENSATIE,
        Vastheid.VOORWAARDE if due else Vastheid.NIET,
        "U betaalt minder dan het minimumloon; UWV vult het inkomen van de werknemer aan."
        if due
        else uitkomst.waarde.waarom,
        uitkomst,
        periodes=in_periods(baan, months, end),
        jaren=per_year(amounts),
        vol_jaar=CvJaar(baan.laatste_bekende_dag.year, 0, whole),
        hangt_af_van=tuple(waits),
        voorbeelden=_dispensation_examples(baan) if known is None and due else (),
        extra=(_performance_step(),) if known is None and due else (),
    )


def _performance_step() -> Stap:
    return Stap(
        "Met welke prestatie is gerekend?",
        "De prestatie is niet bekend: met 75%, de hoogste waarbij loondispensatie kan. Het bedrag telt niet mee.",
        "Besluit loondispensatie Wajong",
        aangenomen=("loonwaarde_percentage",),
        zekerheid=Zekerheid.INDICATIE,
    )


def _ask_dispensation(baan: Baan, percentage: Decimal, day: date) -> tuple[Uitkomst[Any], Decimal | None]:
    """The answer of the rule, and what a whole month then costs less: wage with holiday allowance, without charges."""
    uitkomst = loondispensatie(
        LoondispensatieFeiten(
            grond=baan.feiten.grond or Grond.GEEN,
            aanvraag_op=baan.begin,
            geboortedatum=baan.geboren,
            prestatie_percentage=percentage,
            voltijd_uren=baan.feiten.voltijd_uren,
        ),
        peildatum=day,
    )
    lowest = uitkomst.waarde.loon_per_uur
    if lowest is None:
        return uitkomst, None
    hours = baan.feiten.uren_per_week * 52 / 12
    return uitkomst, (baan.minimum(day) - lowest) * hours * met_vakantiebijslag(day)


def _dispensation_examples(baan: Baan) -> tuple[Voorbeeld, ...]:
    last = baan.maanden[-1].eerste
    found = [(value, _ask_dispensation(baan, Decimal(value), last)[1]) for value in _VOORBEELDEN]
    return tuple(Voorbeeld(value, cents(saved)) for value, saved in found if saved is not None)
