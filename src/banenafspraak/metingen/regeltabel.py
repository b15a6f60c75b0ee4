"""LKV and LKS over whole tables of person-months at once: the same answers as the single call, in exact whole cents.

`wet` is plain Python, so the columns live here, where wage data is counted. A column holds whole numbers only: a date
as days since 1970, hours and percentages in hundredths, amounts in cents, yes and no as 1 and 0, a choice as its place
in the enumeration; what is absent is NIETS. What the law says of a day is asked from `wet` itself, once per day, and
kept.

A row that this form cannot answer (a fact that is missing, contradictory or finer than a hundredth, a year of which the
amount is not known) is marked in ``zeker`` as False; the caller asks the single call for it, which has the words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache

import numpy as np
import numpy.typing as npt

from banenafspraak.wet.aow import aow_datum
from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.instrumenten.loonkostensubsidie import Onderwijs
from banenafspraak.wet.instrumenten.loonkostenvoordeel import Dienst, Tegemoetkoming
from banenafspraak.wet.instrumenten.minimumloon import UURLOON_VANAF, month_amount, youth_percentage
from banenafspraak.wet.parameters import Parameter, ParameterFout, parameter
from banenafspraak.wet.redenering import to_cents
from banenafspraak.wet.termijnen import first_werkdag, months_later

Column = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Columns = Mapping[str, Column]

NIETS = np.int64(-(2**62))
"""What a column holds where there is no value."""
NOOIT = np.int64(2**61)
"""A day that never comes."""
CHUNK = 32_768
"""Rows at a time: so that the columns of one chunk stay in the processor's cache."""

EPOCH = date(1970, 1, 1)
_FIRST, _LAST = date(1900, 1, 1), date(2100, 12, 31)
_OFFSET = (_FIRST - EPOCH).days
_SIZE = (_LAST - _FIRST).days + 1
GRONDEN, DIENSTEN, ONDERWIJS = list(Grond), list(Dienst), list(Onderwijs)
TEGEMOETKOMINGEN = list(Tegemoetkoming)
_OUDSTE, _JONGSTE = 23, 15


@dataclass(frozen=True)
class Tabelantwoord:
    """One answer per row: due or not, the amount in cents, which tegemoetkoming (-1: none), and whether it is sure."""

    recht: Mask
    bedrag: Column
    toegekend: Column
    zeker: Mask


def cell(value: object) -> int | None:
    """A fact as it stands in a column; None for a number that is finer than a hundredth."""
    if value is None:
        return int(NIETS)
    if isinstance(value, bool | int):
        return int(value)
    if isinstance(value, date):
        return day_number(value)
    if isinstance(value, Enum):
        return list(type(value)).index(value)
    if isinstance(value, Decimal) and value * 100 == (value * 100).to_integral_value():
        return _hundredths(value)
    return None


def day_number(day: date) -> int:
    """Days since 1970."""
    return (day - EPOCH).days


# --- What the law says of each day, asked once ------------------------------------------------------------------


@cache
def _days() -> tuple[date, ...]:
    return tuple(_FIRST + timedelta(days=n) for n in range(_SIZE))


def _table(rule: Callable[[date], int]) -> Column:
    return np.fromiter((rule(day) for day in _days()), np.int64, _SIZE)


@cache
def _later(months: int) -> Column:
    """Per day the day so many months later."""
    return _table(lambda day: day_number(months_later(day, months)))


@cache
def _declaration() -> Column:
    """Per start the last day to ask for a declaration; NIETS where the holidays are not known."""
    months = int(parameter("loonkostenvoordeel", "verklaring_maanden").constant())

    def last(day: date) -> int:
        try:
            return day_number(first_werkdag(months_later(day, months)))
        except ParameterFout:
            return int(NIETS)

    return _table(last)


@cache
def _aow() -> Column:
    """Per day of birth the day of the AOW; NOOIT beyond the years that are set, none of which has amounts yet."""
    return _table(lambda day: day_number(found) if (found := aow_datum(day)) else int(NOOIT))


@cache
def _calendar() -> tuple[Column, Column, Column, Column]:
    """Per day: its year, its month and day as one number, the first and the last day of its month."""
    return (
        _table(lambda day: day.year),
        _table(lambda day: day.month * 100 + day.day),
        _table(lambda day: day_number(day.replace(day=1))),
        _table(lambda day: day_number(months_later(day.replace(day=1), 1)) - 1),
    )


def _place(days: Column) -> Column:
    """The place of each day in the tables; an absent day gets the first place, which the caller masks."""
    return np.minimum(np.maximum(days - _OFFSET, 0), _SIZE - 1)


def _at(table: Column, days: Column) -> Column:
    """The table's value of each day."""
    found: Column = table.take(_place(days))
    return found


def _steps(found: Parameter, value: Callable[[date], int]) -> Column:
    """Per day a value that changes only where the parameter does; NIETS where the parameter has none."""
    result = np.full(_SIZE, NIETS)
    ends = [stand.vanaf for stand in found.standen[1:]] + [found.bekend_tot or _LAST + timedelta(days=1)]
    for stand, end in zip(found.standen, ends, strict=True):
        first = day_number(max(stand.vanaf, _FIRST)) - _OFFSET
        result[first : day_number(end) - _OFFSET] = value(stand.vanaf)
    return result


def _hundredths(number: Decimal) -> int:
    return int(number * 100)


# --- Loonkostenvoordeel -----------------------------------------------------------------------------------------

LKV_FEITEN = (
    "peildatum", "begin_dienstbetrekking", "verloonde_uren", "eerder_verloonde_uren", "einde_dienstbetrekking",
    "tijdvak_begin", "tijdvak_einde", "geregistreerd", "geregistreerd_vanaf", "geregistreerd_tot", "grond",
    "scholingsbelemmerd", "quotum_geactiveerd", "eerder_in_dienst_tot", "doelgroepverklaring",
    "doelgroepverklaring_aangevraagd_op", "wia_bij_begin", "herplaatst_op", "verklaring_arbeidsgehandicapt",
    "verklaring_arbeidsgehandicapt_aangevraagd_op", "geboortedatum", "dienstbetrekking", "verzoek_in_loonaangifte",
    "liv_bedrag",
)  # fmt: skip
"""The columns of a table for the LKV: a peildatum, and the facts of `LkvFeiten`."""


@dataclass(frozen=True)
class _LkvLaw:
    """The law of the LKV per day, in whole numbers. ``rates`` is (cents per hour, cents per year) by tegemoetkoming."""

    rates: tuple[tuple[Column, Column], ...]
    new: Column
    law: Column
    month_before: Column
    allowed: npt.NDArray[np.bool_]
    begins: Column
    activated: npt.NDArray[np.bool_]
    last_old: np.int64
    last_law: np.int64


def _rate(found: Parameter, what: str) -> Column:
    """Cents per day of one figure of a tegemoetkoming."""
    return _steps(found, lambda day: _hundredths(found.op(day)[0][what]))


@cache
def _lkv_law() -> _LkvLaw:
    named = (
        parameter("loonkostenvoordeel", "arbeidsgehandicapte"),
        parameter("loonkostenvoordeel", "banenafspraak"),
        parameter("loonkostenvoordeel", "herplaatsen"),
    )
    rates = tuple((_rate(p, "per_uur"), _rate(p, "maximum")) for p in named)
    stelsel, gronden = parameter("loonkostenvoordeel", "stelsel"), parameter("loonkostenvoordeel", "gronden")
    moment = parameter("loonkostenvoordeel", "peilmoment")
    index = {stand.vanaf: number for number, stand in enumerate(gronden.standen)}
    shape = (len(gronden.standen), len(GRONDEN) + 1)
    allowed, activated = np.zeros(shape, bool), np.zeros(shape, bool)
    begins = np.full(shape, NIETS)
    for number, stand in enumerate(gronden.standen):
        for row in stand.waarde:
            column = GRONDEN.index(Grond(row["grond"]))
            allowed[number, column] = True
            activated[number, column] = bool(row.get("quotum"))
            begins[number, column] = day_number(row["begin_vanaf"]) if "begin_vanaf" in row else NIETS
    last_old = next(stand.vanaf for stand in stelsel.standen if stand.waarde == "registratie") - timedelta(days=1)
    law = _steps(gronden, lambda day: index[day])
    return _LkvLaw(
        rates=rates,
        new=_steps(stelsel, lambda day: int(stelsel.op(day) == "registratie")),
        law=law,
        month_before=_steps(moment, lambda day: int(moment.op(day) == "kalendermaand_ervoor")),
        allowed=allowed,
        begins=begins,
        activated=activated,
        last_old=np.int64(day_number(last_old)),
        last_law=law[day_number(last_old) - _OFFSET],
    )


Amount = Callable[[Column, Column, Column, Column], Column]


def exact_amount(hours: Column, before: Column, rate: Column, most: Column) -> Column:
    """Cents for these hours (in hundredths) after those before, at most so much a year; half a cent goes up."""
    paid: Column = np.minimum((before * rate + 50) // 100, most)
    upto: Column = np.minimum(((before + hours) * rate + 50) // 100, most)
    return upto - paid


def lkv(columns: Columns, amount: Amount = exact_amount, *, threads: int = 1) -> Tabelantwoord:
    """The loonkostenvoordeel of every row; `columns` has LKV_FEITEN, all equally long."""
    return _chunked(columns, lambda part: _lkv(part, amount), threads)


def _lkv(c: Columns, amount: Amount) -> Tabelantwoord:
    law = _lkv_law()
    begin, einde, peildatum, birth = (
        c["begin_dienstbetrekking"], c["einde_dienstbetrekking"], c["peildatum"], c["geboortedatum"]
    )  # fmt: skip
    _, _, month_first, month_last = _calendar()
    given, at_day = c["tijdvak_begin"] != NIETS, _place(peildatum)
    first = np.where(given, c["tijdvak_begin"], month_first.take(at_day))
    last = np.where(given, c["tijdvak_einde"], month_last.take(at_day))
    at_begin, at_last = _place(begin), _place(last)
    hours, before = c["verloonde_uren"], np.maximum(c["eerder_verloonde_uren"], 0)
    sure = _lkv_sure(c, first, last) & (law.rates[1][0].take(at_last) != NIETS)
    claim = (begin <= last) & ((einde == NIETS) | (einde >= first)) & (c["verzoek_in_loonaangifte"] != 0)
    claim &= (birth == NIETS) | (_at(_aow(), birth) > first)

    dienst = c["dienstbetrekking"]
    inside = dienst == DIENSTEN.index(Dienst.WSW_ARTIKEL_2)
    beschut = dienst == DIENSTEN.index(Dienst.BESCHUT_WERK_PWET)
    wrong = inside | beschut | (dienst == DIENSTEN.index(Dienst.WSW_TER_BESCHIKKING))
    end = _at(_later(int(parameter("loonkostenvoordeel", "duur_jaren").constant()) * 12), begin)
    away = _at(_later(-int(parameter("loonkostenvoordeel", "eerder_in_dienst_maanden").constant())), begin)
    fresh = (c["eerder_in_dienst_tot"] == NIETS) | (c["eerder_in_dienst_tot"] < away)
    running = first < end

    asked, has = c["verklaring_arbeidsgehandicapt_aangevraagd_op"], c["verklaring_arbeidsgehandicapt"] == 1
    disabled, doubt = _declared(at_begin, asked, has, claim & (c["wia_bij_begin"] == 1) & running & ~wrong & fresh)
    sure &= ~doubt
    since = c["herplaatst_op"]
    year = _later(int(parameter("loonkostenvoordeel", "herplaatsen_jaren").constant()) * 12)
    back = claim & (since != NIETS) & (since <= last) & (first < _at(year, since)) & ~wrong
    returned, doubt = _declared(_place(since), asked, has, back)
    sure &= ~doubt

    registered, doubt = _registered(c, first, last, beschut)
    new = law.new.take(at_last) == 1
    sure &= ~(claim & new & ~inside & doubt)
    by_register = claim & new & ~inside & registered
    old = claim & (~new | (~inside & ~registered & (begin <= law.last_old))) & running & ~wrong
    by_ground, doubt = _old_ground(c, law, np.where(new, law.last_law, law.law.take(at_last)), at_begin, at_last, new)
    sure &= ~(old & doubt)
    old = old & by_ground & fresh
    asked, flag = c["doelgroepverklaring_aangevraagd_op"], c["doelgroepverklaring"]
    sure &= ~(old & (asked == NIETS) & (flag == NIETS))
    old, doubt = _declared(at_begin, asked, flag == 1, old)
    sure &= ~doubt

    best, paid = np.full(begin.shape, -1, np.int64), np.zeros(begin.shape, np.int64)
    for code, (due, rates) in enumerate(zip((disabled, by_register | old, returned), law.rates, strict=True)):
        cents = amount(hours, before, rates[0].take(at_last), rates[1].take(at_last))
        better = due & ((best < 0) | (cents > paid))
        best = np.where(better, code, best)
        paid = np.where(better, cents, paid)
    liv = c["liv_bedrag"]
    better = (liv > 0) & ((best < 0) | (liv > paid))
    best = np.where(better, TEGEMOETKOMINGEN.index(Tegemoetkoming.LIV), best)
    paid = np.where(better, liv, paid)
    return Tabelantwoord(best >= 0, paid, best, sure)


def _lkv_sure(c: Columns, first: Column, last: Column) -> Mask:
    """Rows whose facts are in range and do not contradict each other."""
    begin, einde, since, until = (
        c["begin_dienstbetrekking"], c["einde_dienstbetrekking"], c["geregistreerd_vanaf"], c["geregistreerd_tot"]
    )  # fmt: skip
    most, liv = 8784 * 100, c["liv_bedrag"]
    sure: Mask = (begin != NIETS) & (c["peildatum"] != NIETS) & (c["peildatum"] >= first) & (c["peildatum"] <= last)
    sure &= (c["tijdvak_begin"] == NIETS) == (c["tijdvak_einde"] == NIETS)
    sure &= (c["verloonde_uren"] >= 0) & (c["verloonde_uren"] <= most) & (c["eerder_verloonde_uren"] <= most)
    sure &= (c["eerder_verloonde_uren"] >= 0) | (c["eerder_verloonde_uren"] == NIETS)
    sure &= (einde == NIETS) | (einde >= begin)
    sure &= (since == NIETS) | (until == NIETS) | (until >= since)
    sure &= (c["geregistreerd"] != 0) | (since == NIETS)
    sure &= (c["eerder_in_dienst_tot"] < begin) & (c["geboortedatum"] < begin)
    for naam in ("doelgroepverklaring", "verklaring_arbeidsgehandicapt"):
        sure &= (c[naam] != 0) | (c[f"{naam}_aangevraagd_op"] == NIETS)
    abolished = parameter("lageinkomensvoordeel", "staffel").standen[-1].vanaf
    sure &= (liv == NIETS) | ((liv >= 0) & (liv <= 2000 * 100) & ((liv == 0) | (last < day_number(abolished))))
    return sure


def _declared(at_start: Column, asked: Column, has: Mask, wanted: Mask) -> tuple[Mask, Mask]:
    """Whether a wanted declaration is there and in time; and where the last day is not known."""
    limit = _declaration().take(at_start)
    there = np.where(asked == NIETS, has, asked <= limit)
    return wanted & there, wanted & (limit == NIETS)


def _registered(c: Columns, first: Column, last: Column, beschut: Mask) -> tuple[Mask, Mask]:
    """Whether the register holds the person on a day of the tijdvak; and where nothing says so."""
    grond, since, until, flag = c["grond"], c["geregistreerd_vanaf"], c["geregistreerd_tot"], c["geregistreerd"]
    holds = (flag != 0) & (grond != GRONDEN.index(Grond.GEEN)) & ((since == NIETS) | (since <= last))
    holds &= (until == NIETS) | (until > first)
    beside = (grond == GRONDEN.index(Grond.JONGGEHANDICAPT_UWV_OORDEEL)) | (grond == GRONDEN.index(Grond.WIW_ID))
    doubt = (flag == NIETS) & (since == NIETS) & (until == NIETS) & (grond == NIETS)
    return holds & ~(beschut & ~beside), doubt


def _old_ground(
    c: Columns, law: _LkvLaw, number: Column, at_begin: Column, at_last: Column, new: Mask
) -> tuple[Mask, Mask]:
    """Whether a ground of article 2.10 existed at the start, as the law was until 2026; and where none was given."""
    begin, grond, since, until = (
        c["begin_dienstbetrekking"], c["grond"], c["geregistreerd_vanaf"], c["geregistreerd_tot"]
    )  # fmt: skip
    column = np.where(grond == NIETS, len(GRONDEN), grond)
    place = np.maximum(number, 0) * (len(GRONDEN) + 1) + column
    holds = law.allowed.take(place) & (begin >= law.begins.take(place))
    holds &= ~law.activated.take(place) | (c["quotum_geactiveerd"] == 1)
    strict = (law.month_before.take(at_last) == 1) & ~new
    latest = np.where(strict, _calendar()[2].take(at_begin) - 1, begin)
    holds &= (since <= latest) & ((until == NIETS) | (until > _later(-1).take(at_begin)))
    hampered = c["scholingsbelemmerd"] == 1
    return hampered | holds, ~hampered & (grond == NIETS)


# --- Loonkostensubsidie -----------------------------------------------------------------------------------------

LKS_FEITEN = (
    "peildatum", "begin_dienstbetrekking", "uren_per_week", "einde_dienstbetrekking", "voltijd_uren", "leeftijd",
    "geboortedatum", "loonwaarde_percentage", "loonwaarde_vastgesteld_op", "forfaitair", "grond",
    "ondersteuning_pwet_7_1_a", "aanvraag_op", "onderwijs", "onderwijs_tot", "ondersteund_tot", "wsw_dienstbetrekking",
    "loondispensatie", "loon_per_uur",
)  # fmt: skip
"""The columns of a table for the LKS: a peildatum, and the facts of `LksFeiten`; `leeftijd` is in whole years."""


@dataclass(frozen=True)
class _LksLaw:
    """The law of the LKS per day; ``wage`` and ``hour`` are cents by (day's half year, age from 15 to 23)."""

    known: Column
    half: Column
    wage: Column
    hour: Column
    charges: Column
    norm: Column


@cache
def _lks_law() -> _LksLaw:
    month, young = parameter("minimumloon", "maandbedrag"), parameter("minimumloon", "jeugdpercentages")
    starts = sorted({stand.vanaf for p in (month, young) for stand in p.standen})
    half = np.full(_SIZE, NIETS)
    for number, start in enumerate(starts):
        half[day_number(start) - _OFFSET :] = number
    ages = range(_JONGSTE, _OUDSTE + 1)
    wage = np.array([[_hundredths(month_amount(age, start)) for age in ages] for start in starts])
    hour = np.array([[_hour_cents(age, start) for age in ages] for start in starts])
    charges, measure = parameter("loonkostensubsidie", "werkgeverslasten"), parameter("loonkostensubsidie", "maatstaf")
    norm = parameter("loonkostensubsidie", "norm_uren")
    text = parameter("loonkostensubsidie", "tekst")
    return _LksLaw(
        known=_steps(text, lambda day: 1),
        half=half,
        wage=wage,
        hour=hour,
        charges=_steps(charges, lambda day: int(charges.op(day) * 10)),
        norm=_steps(measure, lambda day: _hundredths(norm.op(day)) if measure.op(day) == "norm_uren" else 0),
    )


def _hour_cents(age: int, start: date) -> int:
    """The minimum wage by hour; NIETS before it existed."""
    if start < UURLOON_VANAF:
        return int(NIETS)
    return _hundredths(to_cents(parameter("minimumloon", "uurbedrag").op(start) * youth_percentage(age, start) / 100))


def _per_myriad(naam: Parameter) -> int:
    return int(naam.constant() * 10_000)


Subsidy = Callable[[Column, Column, Column, Column, Column], Column]


def exact_subsidy(wage: Column, part: Column, hours: Column, norm: Column, charges: Column) -> Column:
    """Cents by month: wage in cents, part in ten-thousandths, hours and norm in hundredths, charges in thousandths."""
    holiday = 100 + int(parameter("minimumloon", "vakantiebijslag").constant() * 100)
    above = wage * holiday * part * hours * (1000 + charges)
    below = 100 * 10_000 * 1000 * norm
    return (2 * above + below) // (2 * below)


def lks(columns: Columns, subsidy: Subsidy = exact_subsidy, *, threads: int = 1) -> Tabelantwoord:
    """The loonkostensubsidie by month of every row; `columns` has LKS_FEITEN, all equally long."""
    return _chunked(columns, lambda part: _lks(part, subsidy), threads)


def _lks(c: Columns, subsidy: Subsidy) -> Tabelantwoord:
    law, day, begin = _lks_law(), c["peildatum"], c["begin_dienstbetrekking"]
    at_day, at_begin = _place(day), _place(begin)
    age = _age(c, at_day)
    sure = _lks_sure(c, age) & (law.known.take(at_day) != NIETS)
    fixed = np.maximum(begin, _first_of_year().take(at_day))
    row = np.clip(age, _JONGSTE, _OUDSTE) - _JONGSTE
    full = np.where(c["voltijd_uren"] == NIETS, 3600, c["voltijd_uren"])
    sure &= _legal_wage(c, law, row, at_day)

    einde, birth = c["einde_dienstbetrekking"], c["geboortedatum"]
    due = (begin <= day) & ((einde == NIETS) | (day <= einde))
    due &= (c["wsw_dienstbetrekking"] != 1) & (c["loondispensatie"] != 1)
    due &= (birth == NIETS) | (_at(_aow(), birth) > day)
    in_group, doubt = _in_group(c, begin, at_begin)
    sure &= ~(due & doubt)
    due &= in_group

    value = np.where(c["loonwaarde_vastgesteld_op"] > day, NIETS, c["loonwaarde_percentage"])
    months = int(parameter("loonkostensubsidie", "forfaitair_maanden").constant())
    unmeasured = (value == NIETS) & (c["forfaitair"] == 1)
    most = _per_myriad(parameter("loonkostensubsidie", "hoogste_deel"))
    flat = _per_myriad(parameter("loonkostensubsidie", "forfaitair_deel"))
    part = np.where(unmeasured, flat, np.minimum(10_000 - np.maximum(value, 0), most))
    due &= np.where(unmeasured, day < _later(months).take(at_begin), (value != NIETS) & (value < 10_000))

    at_fixed = _place(fixed)
    norm = law.norm.take(at_fixed)
    hours, norm = np.minimum(c["uren_per_week"], full), np.where(norm > 0, norm, full)
    wage = law.wage.take(np.maximum(law.half.take(at_fixed), 0) * (_OUDSTE - _JONGSTE + 1) + row)
    amount = subsidy(wage, part, hours, norm, law.charges.take(at_fixed))
    return Tabelantwoord(due, np.where(due & sure, amount, 0), np.full(day.shape, -1, np.int64), sure)


@cache
def _first_of_year() -> Column:
    return _table(lambda day: day_number(day.replace(month=1, day=1)))


def _age(c: Columns, at_day: Column) -> Column:
    """Whole years of age on the day; NIETS when neither age nor birth is given."""
    years, dates, _, _ = _calendar()
    birth = c["geboortedatum"]
    at_birth = _place(birth)
    reached = years.take(at_day) - years.take(at_birth) - (dates.take(at_day) < dates.take(at_birth))
    return np.where(birth == NIETS, c["leeftijd"], reached)


def _lks_sure(c: Columns, age: Column) -> Mask:
    """Rows whose facts are in range and do not contradict each other."""
    begin, einde, value = c["begin_dienstbetrekking"], c["einde_dienstbetrekking"], c["loonwaarde_percentage"]
    full = c["voltijd_uren"]
    sure: Mask = (begin != NIETS) & (c["peildatum"] != NIETS) & (c["uren_per_week"] > 0) & (c["uren_per_week"] <= 6000)
    sure &= (full == NIETS) | ((full >= 100) & (full <= 6000))
    sure &= (c["leeftijd"] == NIETS) != (c["geboortedatum"] == NIETS)
    sure &= (age >= _JONGSTE) & (age <= 120) & (c["geboortedatum"] < begin)
    sure &= (value == NIETS) | ((value >= 100) & (value <= 10_000))
    sure &= (einde == NIETS) | (einde >= begin)
    sure &= (c["forfaitair"] != 1) | (value == NIETS) | (c["loonwaarde_vastgesteld_op"] != NIETS)
    sure &= (c["onderwijs_tot"] == NIETS) | (c["onderwijs"] != NIETS)
    return sure


def _legal_wage(c: Columns, law: _LksLaw, row: Column, at_day: Column) -> Mask:
    """Rows without a wage, or with one that is legal; before 2024 the single call must say."""
    wage = c["loon_per_uur"]
    lowest = law.hour.take(np.maximum(law.half.take(at_day), 0) * (_OUDSTE - _JONGSTE + 1) + row)
    legal: Mask = (wage == NIETS) | ((lowest != NIETS) & (wage >= lowest))
    return legal


def _in_group(c: Columns, begin: Column, at_begin: Column) -> tuple[Mask, Mask]:
    """Whether the person is in the doelgroep loonkostensubsidie; and where a fact about support is missing for it."""
    grond, asked, support = c["grond"], c["aanvraag_op"], c["ondersteuning_pwet_7_1_a"]
    wajong = grond == GRONDEN.index(Grond.WAJONG)
    helped = (grond == GRONDEN.index(Grond.PWET_LKS_UWV_LOONWAARDE)) | (
        grond == GRONDEN.index(Grond.PWET_UWV_WML_EIGEN_VERZOEK)
    )
    early = asked <= begin
    supported = np.where(support == NIETS, helped, support == 1)
    months = int(parameter("loonkostensubsidie", "aanvraag_maanden").constant())
    since = _later(-months).take(at_begin)
    school, left, college = c["onderwijs"], c["onderwijs_tot"], c["ondersteund_tot"]
    from_school = (school != NIETS) & (school != ONDERWIJS.index(Onderwijs.ANDER))
    from_school &= (left == NIETS) | (left >= since)
    from_college = (college != NIETS) & (college >= since)
    in_time = asked <= _later(months).take(at_begin)
    late = in_time & (from_school | from_college)
    silent = np.where(early, (support == NIETS) & ~helped, in_time & (school == NIETS) & (college == NIETS))
    return ~wajong & np.where(early, supported, late), ~wajong & silent


# --- Chunks -----------------------------------------------------------------------------------------------------


def _chunked(columns: Columns, rule: Callable[[Columns], Tabelantwoord], threads: int) -> Tabelantwoord:
    """Apply the rule chunk by chunk, on several threads when asked (numpy lets them run together)."""
    size = len(columns["peildatum"])
    result = Tabelantwoord(
        np.zeros(size, bool), np.zeros(size, np.int64), np.full(size, -1, np.int64), np.zeros(size, bool)
    )

    def work(starts: Iterable[int]) -> None:
        for start in starts:
            span = slice(start, start + CHUNK)
            part = rule({naam: column[span] for naam, column in columns.items()})
            result.recht[span], result.bedrag[span] = part.recht, part.bedrag
            result.toegekend[span], result.zeker[span] = part.toegekend, part.zeker

    starts = range(0, size, CHUNK)
    if threads == 1 or len(starts) < 2:
        work(starts)
        return result
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, [starts[number::threads] for number in range(threads)]))
    return result
