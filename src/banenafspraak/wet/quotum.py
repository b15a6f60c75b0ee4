"""Quotum: how many jobs are asked of an employer, how many there are, and what one person more would change.

The levy stands in the law (Wfsv 34 and 38b-38j) and is suspended. The Wet banenafspraak replaces it by a surcharge and
a bonus; that part is not in force, so what it would bring is an expectation and is marked as one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_DOWN, Decimal
from enum import StrEnum
from typing import Annotated

from banenafspraak.wet.banen import sector_werkgever
from banenafspraak.wet.feiten import Feit, FeitenFout
from banenafspraak.wet.parameters import Parameter, ParameterFout, Stand, parameter
from banenafspraak.wet.redenering import Redenering, show_euro, to_cents
from banenafspraak.wet.uitkomst import Uitkomst, Zekerheid, show_date, show_number

_NUL, _HONDERD = Decimal(0), Decimal(100)


class Quotumsector(StrEnum):
    """De twee sectoren van de quotumregeling."""

    OVERHEID = "overheid"
    MARKT = "markt"


class Richting(StrEnum):
    """Of de werkgever een arbeidsbeperkte inleent of uitleent."""

    IN = "in"
    UIT = "uit"


class Quotumstand(StrEnum):
    """Of de heffing geldt."""

    NIET_GEACTIVEERD = "niet_geactiveerd"
    OPGESCHORT = "opgeschort"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inleenverband:
    """Eén arbeidsbeperkte die wordt in- of uitgeleend."""

    richting: Annotated[Richting, Feit("in: u leent in; uit: u leent uit.")]
    uren: Annotated[Decimal, Feit("Verloonde uren in het jaar die worden toegerekend.", minimum=0, maximum=8784)]
    uren_persoon: Annotated[
        Decimal | None, Feit("Alle verloonde uren van die persoon in de polisadministratie.", minimum=0, maximum=8784)
    ] = None
    akkoord_uitlener_op: Annotated[date | None, Feit("Dag waarop de uitlener het verband opgaf; leeg is: niet.")] = None
    akkoord_inlener_op: Annotated[date | None, Feit("Dag waarop de inlener het fiatteerde; leeg is: niet.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotumFeiten:
    """Feiten over één werkgever (op het niveau van het fiscale nummer) in het kalenderjaar van de peildatum."""

    verloonde_uren: Annotated[Decimal, Feit("Alle verloonde uren in het jaar.", minimum=0, maximum=10**9)]
    verloonde_uren_vorig_jaar: Annotated[
        Decimal, Feit("Alle verloonde uren in het jaar ervoor.", minimum=0, maximum=10**9)
    ]
    uren_arbeidsbeperkten: Annotated[
        Decimal,
        Feit(
            "Verloonde uren van eigen werknemers die in het register staan; een aangiftetijdvak telt helemaal.",
            minimum=0,
            maximum=10**9,
        ),
    ]
    sector: Annotated[Quotumsector | None, Feit("De sector, als die vaststaat.")] = None
    uren_met_ufo_premie: Annotated[
        Decimal | None, Feit("Uren met Ufo-premie in het laatste aangiftetijdvak van het jaar ervoor.", minimum=0)
    ] = None
    uren_zonder_ufo_premie: Annotated[
        Decimal | None, Feit("Uren zonder Ufo-premie in datzelfde aangiftetijdvak.", minimum=0)
    ] = None
    uren_uitzendpersoneel: Annotated[
        Decimal | None, Feit("Uren van uitzendpersoneel, als u uitlener bent.", aanname=0, minimum=0, maximum=10**9)
    ] = None
    uren_uitzendpersoneel_vorig_jaar: Annotated[
        Decimal | None, Feit("Diezelfde uren in het jaar ervoor.", aanname=0, minimum=0, maximum=10**9)
    ] = None
    uitzendonderneming_ingeschreven: Annotated[
        bool | None,
        Feit(
            "Stond u op 31 december van het jaar ervoor als uitzendonderneming in het handelsregister?", aanname=False
        ),
    ] = None
    uren_wsw: Annotated[
        Decimal | None,
        Feit(
            "Uren van werknemers van artikel 2 Wsw, als u hen ter beschikking stelt.",
            aanname=0,
            minimum=0,
            maximum=10**9,
        ),
    ] = None
    uren_wsw_vorig_jaar: Annotated[
        Decimal | None, Feit("Diezelfde uren in het jaar ervoor.", aanname=0, minimum=0, maximum=10**9)
    ] = None
    maanden_werkgever: Annotated[
        int | None, Feit("Hoeveel maanden van het jaar u werkgever was.", aanname=12, minimum=1, maximum=12)
    ] = None
    inleen: Annotated[tuple[Inleenverband, ...] | None, Feit("In- en uitgeleende arbeidsbeperkten.")] = None
    quotumpercentage: Annotated[
        Decimal | None, Feit("Een percentage om mee te rekenen, in plaats van het bekende.", minimum=0, maximum=100)
    ] = None
    extra_uren_per_week: Annotated[
        Decimal | None, Feit("Uren per week van één persoon erbij.", aanname=Decimal("25.5"), minimum=1, maximum=60)
    ] = None
    loonsom_aof_hoog: Annotated[
        Decimal | None, Feit("Loonsom waarover u de hoge Aof-premie betaalt (Wet banenafspraak).", minimum=0)
    ] = None
    opslag_percentage: Annotated[
        Decimal | None, Feit("Verwachte inclusiviteitsopslag in procenten van die loonsom.", minimum=0, maximum=100)
    ] = None
    bonus_per_baan: Annotated[
        Decimal | None,
        Feit("Verwachte bonus per baan per jaar, in plaats van het aangekondigde.", minimum=0, maximum=100000),
    ] = None
    kleine_werkgever: Annotated[
        bool | None, Feit("Bent u een kleine werkgever voor de Aof-premie (Wfsv 36)?", aanname=False)
    ] = None
    activering_op: Annotated[date | None, Feit("Verwachte dag van activering van de Wet banenafspraak.")] = None

    def contradictions(self) -> list[str]:
        """Hours that cannot be, and facts that belong together."""
        fouten = []
        if (self.uren_met_ufo_premie is None) != (self.uren_zonder_ufo_premie is None):
            fouten.append("uren_met_ufo_premie en uren_zonder_ufo_premie horen bij elkaar: geef beide of geen.")
        if self.sector is None and self.uren_met_ufo_premie is None:
            fouten.append("sector ontbreekt: geef de sector, of de uren met en zonder Ufo-premie.")
        if self.sector is None and self.uren_met_ufo_premie == 0 == self.uren_zonder_ufo_premie:
            fouten.append("uren_met_ufo_premie en uren_zonder_ufo_premie zijn allebei 0: geef de sector.")
        for year in ("", "_vorig_jaar"):
            parts = [getattr(self, f"{naam}{year}") or _NUL for naam in ("uren_uitzendpersoneel", "uren_wsw")]
            if sum(parts, _NUL) > getattr(self, f"verloonde_uren{year}"):
                fouten.append(f"verloonde_uren{year}: er worden meer uren afgetrokken dan er zijn.")
        if self.uren_arbeidsbeperkten > self.verloonde_uren:
            fouten.append("uren_arbeidsbeperkten: dat zijn meer uren dan alle verloonde uren.")
        return fouten


@dataclass(frozen=True, slots=True)
class Erbij:
    """What one person of so many hours a week would change, and how many such people close the gap."""

    uren_per_week: Decimal
    banen: Decimal
    tekort: Decimal
    minder_heffing: Decimal
    personen_tot_quotum: int


@dataclass(frozen=True, slots=True)
class Padjaar:
    """A later year of which a percentage is known: what would be asked with the same hours."""

    jaar: int
    percentage: Decimal
    zekerheid: Zekerheid
    gevraagde_banen: Decimal
    tekort: Decimal


@dataclass(frozen=True, slots=True)
class Padstap:
    """Where the employer stands with so many people more of ``Erbij.uren_per_week``."""

    personen: int
    gevraagde_banen: Decimal
    banen: Decimal
    tekort: Decimal
    heffing: Decimal


@dataclass(frozen=True, slots=True)
class Verwachting:
    """What the Wet banenafspraak might bring: an expectation. Amounts that nobody knows yet are None."""

    bonus: Decimal
    opslag: Decimal | None
    saldo: Decimal | None
    opslag_vanaf: date | None


@dataclass(frozen=True, slots=True)
class Quotum:
    """The position of an employer in a year, as the decision lays it out (Wfsv 38h lid 2).

    Without a percentage ``gevraagde_banen``, ``tekort``, ``heffing`` and ``erbij`` are None. ``wordt_opgelegd`` says
    whether anybody has to pay. ``naar_quotum`` is the way there with one person more at a time, at most a dozen steps.
    """

    jaar: int
    sector: Quotumsector
    onder_de_regeling: bool
    percentage: Decimal | None
    totaal_uren: Decimal
    uren_arbeidsbeperkten: Decimal
    banen: Decimal
    gevraagde_banen: Decimal | None
    tekort: Decimal | None
    heffing: Decimal | None
    stand: Quotumstand
    wordt_opgelegd: bool
    erbij: Erbij | None
    naar_quotum: tuple[Padstap, ...]
    pad: tuple[Padjaar, ...]
    verwachting: Verwachting | None
    gegevens_tot_en_met: date
    inleen_eens_voor: date
    besluit_voor: date


R = Redenering[QuotumFeiten]


def quotum(feiten: QuotumFeiten, *, peildatum: date) -> Uitkomst[Quotum]:
    """The quotum of this employer in the calendar year of ``peildatum``.

    Raises FeitenFout for hours that cannot be, ParameterFout before May 2015 and after the last known year.
    """
    if fouten := feiten.contradictions():
        raise FeitenFout(fouten)
    parameter("quotum", "drempel").op(peildatum)
    r = Redenering(feiten)
    sector = _sector(r, peildatum)
    counted = _deducted(r, "", peildatum)
    liable = _liable(r, counted, peildatum)
    total = _down(counted, "variabelen", peildatum)
    disabled = _down(_disabled(r, peildatum), "variabelen", peildatum)
    hours = parameter("banenafspraak", "uren_per_jaar").stand_op(peildatum)
    banen = disabled / hours.waarde
    said = f"{show_number(disabled)} / {show_number(hours.waarde)} = {show_number(banen)} banen."
    r.step("Hoeveel banen zijn er?", said, hours)
    status = _status(sector).stand_op(peildatum)
    known = _percentage(r, sector, peildatum)
    asked = gap = levy = extra = None
    if known is not None and liable:
        asked, gap, levy = _gap(r, total, known, disabled, peildatum)
        extra = _extra(r, total, known, disabled, levy, peildatum)
    stand = Quotumstand(status.waarde)
    said = "zij is voor deze sector nooit ingegaan." if stand is Quotumstand.NIET_GEACTIVEERD else "zij is opgeschort."
    if not liable:
        said = "de werkgever valt niet onder de quotumregeling."
    r.test("Wordt de heffing opgelegd?", False, said, status)
    days = _days(r, peildatum)
    return r.finish(
        Quotum(
            jaar=peildatum.year,
            sector=sector,
            onder_de_regeling=liable,
            percentage=known,
            totaal_uren=total,
            uren_arbeidsbeperkten=disabled,
            banen=banen,
            gevraagde_banen=asked,
            tekort=gap,
            heffing=levy,
            stand=stand,
            wordt_opgelegd=False,
            erbij=extra,
            naar_quotum=_way(r, total, known, disabled, extra, peildatum) if known is not None and extra else (),
            pad=_path(r, total, disabled, peildatum) if liable and sector is Quotumsector.OVERHEID else (),
            verwachting=_expected(r, disabled, peildatum),
            gegevens_tot_en_met=days["gegevens"],
            inleen_eens_voor=days["inleen"],
            besluit_voor=days["besluit"],
        )
    )


# --- Sector, threshold and hours ----------------------------------------------------------------------------------


def _sector(r: R, peildatum: date) -> Quotumsector:
    """The sector that holds for the whole year: decided on the last tijdvak of the year before."""
    share = parameter("banenafspraak", "deel_buiten_ufo").stand_op(peildatum)
    given = r["sector"]
    if given is not None:
        r.step("Welke sector?", f"{given.value}, zoals opgegeven; zij geldt het hele kalenderjaar.", share)
        return Quotumsector(given)
    ufo, other = r["uren_met_ufo_premie"], r["uren_zonder_ufo_premie"]
    sector = Quotumsector(sector_werkgever(ufo, other))
    r.step("Welke sector?", f"{sector.value}, naar het laatste aangiftetijdvak van {peildatum.year - 1}.", share)
    return sector


def _deducted(r: R, year: str, peildatum: date) -> Decimal:
    """The hours that count for the threshold and the total: without uitzendpersoneel and Wsw artikel 2."""
    rule = parameter("quotum", "aftrek").stand_op(peildatum)
    whole = r[f"verloonde_uren{year}"]
    lent, wsw = Decimal(r[f"uren_uitzendpersoneel{year}"]), Decimal(r[f"uren_wsw{year}"])
    if lent and not r["uitzendonderneming_ingeschreven"]:
        said = "Het uitzendpersoneel telt mee: de onderneming stond niet als uitzendonderneming ingeschreven."
        r.step("Mogen uren van uitzendpersoneel eraf?", said, rule)
        lent = _NUL
    counted: Decimal = whole - lent - wsw
    said = f"{show_number(whole)} - {show_number(lent)} - {show_number(wsw)} = {show_number(counted)} uren."
    r.step(f"Hoeveel uren tellen {'in het jaar ervoor' if year else 'in het jaar'}?", said, rule)
    return counted


def _liable(r: R, now: Decimal, peildatum: date) -> bool:
    """Whether the threshold is reached in the year before and in the year itself (Wfsv 34 lid 4 and 6)."""
    least = parameter("quotum", "drempel").stand_op(peildatum)
    part = parameter("quotum", "deel_van_het_jaar").stand_op(peildatum)
    before = _deducted(r, "_vorig_jaar", peildatum)
    months = r["maanden_werkgever"]
    if months < 12:
        now = now * 12 / months
        r.step("Hoeveel uren is dat in een heel jaar?", f"x 12 / {months} = {show_number(now)} uren.", part)
    said = f"{show_number(before)} en {show_number(now)} uren; de drempel is {show_number(least.waarde)}."
    holds = before >= least.waarde and now >= least.waarde
    return r.test("Is in beide jaren de drempel bereikt?", holds, said, least)


def _disabled(r: R, peildatum: date) -> Decimal:
    """Own hours of arbeidsbeperkten, plus what is lent in and minus what is lent out with both sides' agreement."""
    rule = parameter("quotum", "inleen").stand_op(peildatum)
    own: Decimal = r["uren_arbeidsbeperkten"]
    limit = _calendar_day(parameter("quotum", "kalender").stand_op(peildatum), "inleen", peildatum.year + 1)
    inn = out = _NUL
    for verband in r["inleen"] or ():
        agreed = verband.akkoord_uitlener_op, verband.akkoord_inlener_op
        if any(day is None or day >= limit for day in agreed):
            said = f"{show_number(verband.uren)} uren ({verband.richting.value}) tellen niet mee: niet beide eens voor "
            r.step("Telt dit inleenverband?", f"{said}{show_date(limit)}.", rule)
            continue
        hours = min(verband.uren, verband.uren_persoon if verband.uren_persoon is not None else verband.uren)
        r.step("Telt dit inleenverband?", f"{show_number(hours)} uren ({verband.richting.value}).", rule)
        inn += hours if verband.richting is Richting.IN else _NUL
        out += hours if verband.richting is Richting.UIT else _NUL
    total = max(_NUL, own + inn - out)
    said = f"{show_number(own)} + {show_number(inn)} - {show_number(out)} = {show_number(total)} uren."
    r.step("Hoeveel uren zijn van arbeidsbeperkten?", said, rule, artikel="38g lid 3 Wfsv")
    return total


def _down(number: Decimal, what: str, peildatum: date) -> Decimal:
    """Cut off (never up) after the decimals that the decree names for this."""
    row = parameter("quotum", "afronding").op(peildatum)[0]
    return number.quantize(Decimal(1).scaleb(-int(row[what])), ROUND_DOWN)


# --- Percentage, gap and levy -----------------------------------------------------------------------------------


def _status(sector: Quotumsector) -> Parameter:
    if sector is Quotumsector.OVERHEID:
        return parameter("quotum", "stand_overheid")
    return parameter("quotum", "stand_markt")


def _percentage(r: R, sector: Quotumsector, peildatum: date) -> Decimal | None:
    """The percentage of the year, the one that was given to reckon with, or None when none is known."""
    vraag, given = "Welk quotumpercentage geldt?", r["quotumpercentage"]
    formula = parameter("quotum", "percentageformule")
    if given is not None:
        said = f"{show_number(given)}%, zoals opgegeven."
        r.step(vraag, said, _status(sector).stand_op(peildatum), zekerheid=Zekerheid.INDICATIE)
        return _down(given, "percentage", peildatum)
    if sector is Quotumsector.MARKT:
        said = "Voor de markt is geen percentage gevonden; de quotumheffing is daar nooit geactiveerd."
        r.step(vraag, said, _status(sector).stand_op(peildatum), zekerheid=Zekerheid.INDICATIE)
        return None
    try:
        stand = parameter("quotum", "percentage_overheid").stand_op(peildatum)
    except ParameterFout:
        said = f"Over {peildatum.year} is geen percentage gevonden."
        r.step(vraag, said, formula.standen[0], zekerheid=Zekerheid.INDICATIE)
        return None
    percentage: Decimal = stand.waarde
    r.step(vraag, f"{show_number(percentage)}%.", stand)
    return percentage


def _hours_short(total: Decimal, percentage: Decimal, disabled: Decimal) -> Decimal:
    return total * percentage / _HONDERD - disabled


def _gap(
    r: R, total: Decimal, percentage: Decimal, disabled: Decimal, peildatum: date
) -> tuple[Decimal, Decimal, Decimal]:
    """The jobs asked, the shortage (down to one decimal, never below zero), and the levy that goes with it."""
    formula = parameter("quotum", "tekortformule").stand_op(peildatum)
    rounding = parameter("quotum", "afronding").stand_op(peildatum)
    per_job: Decimal = parameter("banenafspraak", "uren_per_jaar").op(peildatum)
    asked = total * percentage / _HONDERD / per_job
    said = f"{show_number(total)} x {show_number(percentage)}% / {show_number(per_job)} = {show_number(asked)} banen."
    r.step("Hoeveel banen worden gevraagd?", said, formula)
    gap = _shortage(total, percentage, disabled, peildatum)
    said = (
        f"({show_number(total)} x {show_number(percentage)}% - {show_number(disabled)}) / {show_number(per_job)} = "
        f"{show_number(gap)}, naar beneden afgerond op één cijfer achter de komma."
    )
    r.step("Hoe groot is het quotumtekort?", said, formula, rounding)
    rate = parameter("quotum", "heffing").stand_op(peildatum)
    levy = to_cents(gap * rate.waarde)
    r.step("Welke heffing hoort daarbij?", f"{show_number(gap)} x {show_euro(rate.waarde)} = {show_euro(levy)}.", rate)
    return asked, gap, levy


def _shortage(total: Decimal, percentage: Decimal, disabled: Decimal, peildatum: date) -> Decimal:
    per_job: Decimal = parameter("banenafspraak", "uren_per_jaar").op(peildatum)
    return _down(max(_NUL, _hours_short(total, percentage, disabled) / per_job), "tekort", peildatum)


def _extra(r: R, total: Decimal, percentage: Decimal, disabled: Decimal, levy: Decimal, peildatum: date) -> Erbij:
    """One person more: the own hours grow too, so a little more is asked."""
    week, per_job = (
        r["extra_uren_per_week"],
        parameter("banenafspraak", "uren_per_jaar").stand_op(peildatum),
    )
    job_week: Decimal = parameter("banenafspraak", "uren_per_week").op(peildatum)
    hours = week * per_job.waarde / job_week
    gap = _shortage(total + hours, percentage, disabled + hours, peildatum)
    rate: Decimal = parameter("quotum", "heffing").op(peildatum)
    less = levy - to_cents(gap * rate)
    people = _people_needed(hours, total, percentage, disabled, peildatum)
    said = (
        f"{show_number(week)} uur per week is {show_number(hours)} uren per jaar: het tekort wordt "
        f"{show_number(gap)}, de "
        f"heffing {show_euro(less)} lager. "
    )
    said += f"Met {people} van zulke mensen is er geen tekort meer." if people else "Niemand erbij sluit het tekort."
    r.step("Wat verandert één persoon erbij?", said, per_job, zekerheid=Zekerheid.AFGELEID)
    return Erbij(week, week / job_week, gap, less, people)


def _people_needed(hours: Decimal, total: Decimal, percentage: Decimal, disabled: Decimal, peildatum: date) -> int:
    """The least number of people of so many hours a year with whom no shortage is left, as it is rounded down."""
    net = hours * (1 - percentage / _HONDERD)
    short = max(_NUL, _hours_short(total, percentage, disabled))
    people = int((short / net).to_integral_value(ROUND_CEILING)) if net > 0 else 0
    while people and not _shortage(
        total + (people - 1) * hours, percentage, disabled + (people - 1) * hours, peildatum
    ):
        people -= 1
    return people


_MOST_STEPS = 12


def _way(
    r: R, total: Decimal, percentage: Decimal, disabled: Decimal, extra: Erbij, peildatum: date
) -> tuple[Padstap, ...]:
    """From now to the quotum, in equal strides of whole people; only now when there is no shortage."""
    per_job = parameter("banenafspraak", "uren_per_jaar").stand_op(peildatum)
    formula = parameter("quotum", "tekortformule").stand_op(peildatum)
    rate: Decimal = parameter("quotum", "heffing").op(peildatum)
    job_week: Decimal = parameter("banenafspraak", "uren_per_week").op(peildatum)
    hours = extra.uren_per_week * per_job.waarde / job_week
    people = extra.personen_tot_quotum
    stride = max(1, -(-people // _MOST_STEPS))
    steps = []
    for count in sorted({*range(0, people, stride), people}):
        asked = (total + count * hours) * percentage / _HONDERD / per_job.waarde
        gap = _shortage(total + count * hours, percentage, disabled + count * hours, peildatum)
        have = (disabled + count * hours) / per_job.waarde
        steps.append(Padstap(count, asked, have, gap, to_cents(gap * rate)))
    said = "; ".join(f"{step.personen}: tekort {show_number(step.tekort)}" for step in steps)
    vraag = f"Hoe komt u bij het quotum, met mensen van {show_number(extra.uren_per_week)} uur per week?"
    r.step(vraag, f"{said}.", formula, zekerheid=Zekerheid.AFGELEID)
    return tuple(steps)


def _path(r: R, total: Decimal, disabled: Decimal, peildatum: date) -> tuple[Padjaar, ...]:
    """The later years of which a percentage is known, with the same hours."""
    found, years = parameter("quotum", "percentage_overheid"), []
    per_job: Decimal = parameter("banenafspraak", "uren_per_jaar").op(peildatum)
    for stand in found.standen:
        if stand.vanaf.year > peildatum.year and stand.waarde is not None:
            asked = total * stand.waarde / _HONDERD / per_job
            gap = _shortage(total, stand.waarde, disabled, stand.vanaf)
            years.append(Padjaar(stand.vanaf.year, stand.waarde, stand.zekerheid, asked, gap))
    said = "; ".join(f"{p.jaar}: {show_number(p.gevraagde_banen)} banen, tekort {show_number(p.tekort)}" for p in years)
    r.step(
        "Hoe loopt het verder, met dezelfde uren?",
        said or "Van een later jaar is geen percentage bekend.",
        found.standen[0],
        zekerheid=Zekerheid.INDICATIE,
    )
    return tuple(years)


# --- The Wet banenafspraak, as an expectation ---------------------------------------------------------------------


def _expected(r: R, disabled: Decimal, peildatum: date) -> Verwachting | None:
    """What surcharge and bonus might bring; None before the Wet banenafspraak, which nobody reckons with then."""
    try:
        bonus = parameter("quotum", "bonus").stand_op(peildatum)
    except ParameterFout:
        return None
    wait = parameter("quotum", "opslag_vanaf").stand_op(peildatum)
    per_job: Decimal = parameter("banenafspraak", "uren_per_jaar").op(peildatum)
    given = r["bonus_per_baan"]
    each: Decimal = bonus.waarde if given is None else given
    amount = to_cents(disabled * each / per_job)
    said = f"Verwachting: {show_number(disabled)} uren x {show_euro(each)} / {show_number(per_job)} = "
    r.step("Welke bonus brengt de Wet banenafspraak?", f"{said}{show_euro(amount)} per jaar.", bonus)
    wage, rate, small = r["loonsom_aof_hoog"], r["opslag_percentage"], r["kleine_werkgever"]
    surcharge: Decimal | None = None
    if small:
        surcharge, said = _NUL, "Geen: een kleine werkgever betaalt de lage Aof-premie."
    elif wage is None or rate is None:
        said = "Niet bekend: het percentage is nog niet vastgesteld. Geef loonsom_aof_hoog en opslag_percentage."
    else:
        surcharge = to_cents(wage * rate / _HONDERD)
        said = f"Verwachting: {show_euro(wage)} x {show_number(rate)}% = {show_euro(surcharge)} per jaar."
    r.step("Welke opslag brengt de Wet banenafspraak?", said, wait, zekerheid=Zekerheid.INDICATIE)
    start = r["activering_op"]
    since = date(start.year + int(wait.waarde), 1, 1) if start else None
    if since:
        r.step("Wanneer begint de opslag?", f"Op {show_date(since)}.", wait, zekerheid=Zekerheid.INDICATIE)
    return Verwachting(amount, surcharge, None if surcharge is None else amount - surcharge, since)


# --- Days -------------------------------------------------------------------------------------------------------


def _calendar_day(stand: Stand, naam: str, year: int) -> date:
    row = next(row for row in stand.waarde if row["naam"] == naam)
    return date(year, int(row["maand"]), int(row["dag"]))


def _days(r: R, peildatum: date) -> dict[str, date]:
    stand = parameter("quotum", "kalender").stand_op(peildatum)
    weeks = parameter("quotum", "betaalweken").stand_op(peildatum)
    days = {naam: _calendar_day(stand, naam, peildatum.year + 1) for naam in ("gegevens", "inleen", "besluit")}
    said = (
        f"Loonaangiften en correcties tot en met {show_date(days['gegevens'])}; over inleen zijn beide partijen het "
        f"eens voor "
        f"{show_date(days['inleen'])}; het besluit komt voor {show_date(days['besluit'])}; betalen binnen "
        f"{show_number(weeks.waarde)} weken."
    )
    r.step("Wanneer moet wat gebeuren?", said, stand, weeks)
    return days


# --- The percentage itself --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotumpercentageFeiten:
    """Feiten waaruit het quotumpercentage van een sector in het jaar van de peildatum volgt."""

    sector: Annotated[Quotumsector, Feit("De sector.")]
    werknemers: Annotated[
        Decimal, Feit("Variabele D: werknemers bij werkgevers boven de drempel.", minimum=1, maximum=10**8)
    ]
    variabele_h: Annotated[Decimal | None, Feit("Variabele H, in banen.", aanname=0, minimum=0, maximum=10**6)] = None


@dataclass(frozen=True, slots=True)
class Quotumpercentage:
    """The percentage, cut off after two decimals."""

    percentage: Decimal


def quotumpercentage(feiten: QuotumpercentageFeiten, *, peildatum: date) -> Uitkomst[Quotumpercentage]:
    """The quotum percentage by the formula of Wfsv 38f lid 2. Raises ParameterFout before 2017."""
    r = Redenering(feiten)
    sector = r["sector"].value
    a, b, f = (
        parameter("quotum", "variabele_a").stand_op(peildatum),
        parameter("quotum", "variabele_b").stand_op(peildatum),
        parameter("quotum", "variabele_f").stand_op(peildatum),
    )
    formula = parameter("quotum", "percentageformule").stand_op(peildatum)
    c = parameter("banenafspraak", "uren_per_jaar").stand_op(peildatum)
    e = parameter("quotum", "uren_per_werknemer").stand_op(peildatum)
    values = [stand.waarde[0][sector] for stand in (a, b, f)]
    d, h = r["werknemers"], Decimal(r["variabele_h"])
    hours = (values[0] + values[1] - h) * c.waarde + values[2] * c.waarde
    percentage = _down(_HONDERD * hours / (d * e.waarde), "percentage", peildatum)
    said = (
        f"100 x (({show_number(values[0])} + {show_number(values[1])} - {show_number(h)}) x {show_number(c.waarde)} + "
        f"{show_number(values[2])} x {show_number(c.waarde)}) / ({show_number(d)} x {show_number(e.waarde)}) = "
        f"{show_number(percentage)}%."
    )
    r.step("Wat is het quotumpercentage?", said, formula, a, b, f, c, e)
    return r.finish(Quotumpercentage(percentage))
