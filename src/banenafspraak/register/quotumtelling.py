"""Reckons the picture of a year from an employer's own wage returns and what the register answered.

Plain sums; every rule is asked of `wet`. Of one employee the LKV has a yearly maximum, so what was missed is what was
due less what is due and was asked; what was asked wrongly likewise.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from banenafspraak.register.loonopgaven import Loonopgave, Tijdvakstand, last_day
from banenafspraak.register.quotumbeeld import (
    Lkvbeeld,
    Loonlijst,
    Maandbeeld,
    Quotumbeeld,
    Regel,
    Regelsoort,
    Registerantwoord,
    Resultaat,
)
from banenafspraak.wet.banen import loonsoorten
from banenafspraak.wet.feiten import FeitOntbreekt
from banenafspraak.wet.instrumenten.loonkostenvoordeel import (
    Dienst,
    LkvFeiten,
    Tegemoetkoming,
    banenafspraak_bedrag,
    loonkostenvoordeel,
)
from banenafspraak.wet.parameters import ParameterFout, parameter
from banenafspraak.wet.quotumuren import QuotumurenFeiten, quotumuren
from banenafspraak.wet.uitkomst import Stap, Uitkomst, Zekerheid

_NUL = Decimal(0)
UITZENDKRACHT = frozenset({11})
WSW_ARTIKEL_2 = frozenset({21, 22})
"""Codes of the aard van de arbeidsverhouding (inferred, as in `wet.banen`): uitzendkracht; Wsw beschut, detachering."""
_DIENST = {
    21: Dienst.WSW_ARTIKEL_2,
    22: Dienst.WSW_TER_BESCHIKKING,
    23: Dienst.WSW_BEGELEID_WERKEN,
    24: Dienst.BESCHUT_WERK_PWET,
}
_MOST_HOURS = Decimal(8784)


@dataclass
class _Mens:
    """One employee while the year is added up."""

    bsn: str
    persnr: str = ""
    tellend: dict[int, Decimal] = field(default_factory=dict)
    tellend_uitkomst: Uitkomst[Any] | None = None
    uren: dict[str, Decimal] = field(default_factory=dict)
    maanden: dict[str, set[int]] = field(default_factory=dict)
    uitkomsten: dict[str, Uitkomst[Any] | None] = field(default_factory=dict)

    @property
    def kenmerk(self) -> str:
        return self.persnr or self.bsn

    def add(self, soort: str, uren: Decimal, maanden: Iterable[int], uitkomst: Uitkomst[Any] | None) -> None:
        self.uren[soort] = self.uren.get(soort, _NUL) + uren
        self.maanden.setdefault(soort, set()).update(maanden)
        self.uitkomsten[soort] = uitkomst


def is_wage(opgave: Loonopgave, peildatum: date) -> bool:
    """Whether it is wage from work; the rest of a return is benefits and pensions."""
    return opgave.loonsoort in loonsoorten(peildatum)


def reckon(
    stand: Iterable[Tijdvakstand],
    antwoorden: Mapping[str, Registerantwoord],
    *,
    jaar: int,
    loonlijsten: Iterable[Loonlijst] = (),
    vandaag: date,
) -> Resultaat:
    """The year of these returns. `antwoorden` has an answer by BSN of everybody with a wage in it."""
    everything = sorted(stand, key=lambda tijdvak: tijdvak.einde)
    year = [tijdvak for tijdvak in everything if tijdvak.einde.year == jaar]
    mensen: dict[str, _Mens] = {}
    totals = _Totals()
    for tijdvak in year:
        for opgave in tijdvak.opgaven.values():
            if not is_wage(opgave, tijdvak.einde):
                continue
            mens = mensen.setdefault(opgave.bsn.reveal(), _Mens(opgave.bsn.reveal()))
            mens.persnr = opgave.persnr or mens.persnr
            totals.add(opgave)
            answer = antwoorden[mens.bsn]
            _count(mens, tijdvak, opgave, answer)
            _judge_lkv(mens, tijdvak, opgave, answer)
    lkv, regels = _lkv(mensen.values(), last_day(jaar, 12))
    missing = [bsn for lijst in loonlijsten for bsn in sorted(_not_returned(lijst, year, antwoorden))]
    regels += [Regel(Regelsoort.ZONDER_OPGAVE, bsn, (), _NUL, None, None) for bsn in missing if _in(antwoorden, bsn)]
    covered = _covered(year, jaar)
    maanden = tuple(_month(maand, year, covered, mensen, jaar) for maand in range(1, 13))
    counted = sum((maand.uren_arbeidsbeperkten for maand in maanden), _NUL)
    per_job: Decimal = parameter("banenafspraak", "uren_per_jaar").op(last_day(jaar, 12))
    ufo, other = _ufo(year)
    beeld = Quotumbeeld(
        jaar=jaar,
        maanden=maanden,
        mensen=len(mensen),
        arbeidsbeperkten=sum(bool(mens.tellend) for mens in mensen.values()),
        uren=totals.uren,
        uren_arbeidsbeperkten=counted,
        banen=counted / per_job,
        uren_uitzendpersoneel=totals.uitzend,
        uren_wsw=totals.wsw,
        uren_ufo=ufo,
        uren_zonder_ufo=other,
        uren_vorig_jaar=_year_before(everything, jaar - 1),
        ontbreekt=tuple(m.maand for m in maanden if not m.aangeleverd and _is_due(jaar, m.maand, vandaag)),
        dubbel=tuple(sorted({m for t in year if t.volledige > 1 for m in t.maanden or (t.einde.month,)})),
        niet_nagekeken=sum(not antwoorden[bsn].nagekeken for bsn in mensen),
        zonder_bsn=sum(tijdvak.zonder_bsn for tijdvak in year),
        zonder_opgave=len(missing),
        lkv=lkv,
    )
    return Resultaat(beeld, tuple(sorted(regels, key=lambda r: (list(Regelsoort).index(r.soort), r.kenmerk))))


@dataclass
class _Totals:
    uren: Decimal = _NUL
    uitzend: Decimal = _NUL
    wsw: Decimal = _NUL

    def add(self, opgave: Loonopgave) -> None:
        self.uren += opgave.uren
        self.uitzend += opgave.uren if opgave.aard in UITZENDKRACHT else _NUL
        self.wsw += opgave.uren if opgave.aard in WSW_ARTIKEL_2 else _NUL


def _in(antwoorden: Mapping[str, Registerantwoord], bsn: str) -> bool:
    return bsn in antwoorden and bool(antwoorden[bsn].perioden)


# --- Hours that count ---------------------------------------------------------------------------------------------


def _count(mens: _Mens, tijdvak: Tijdvakstand, opgave: Loonopgave, answer: Registerantwoord) -> None:
    if not answer.perioden:
        return
    periode = answer.within(tijdvak.begin, tijdvak.einde)
    feiten = QuotumurenFeiten(
        tijdvak_begin=tijdvak.begin,
        tijdvak_einde=tijdvak.einde,
        verloonde_uren=opgave.uren,
        loonsoort=opgave.loonsoort,
        aard=opgave.aard,
        geregistreerd_vanaf=periode.vanaf if periode else None,
        geregistreerd_tot=periode.tot if periode else None,
    )
    uitkomst = quotumuren(feiten, peildatum=tijdvak.einde)
    if not uitkomst.waarde.telt:
        return
    for maand, uren in opgave.uren_per_maand:
        mens.tellend[maand] = mens.tellend.get(maand, _NUL) + uren
    mens.tellend_uitkomst = uitkomst


def _month(
    maand: int, year: list[Tijdvakstand], covered: Mapping[str, set[int]], mensen: Mapping[str, _Mens], jaar: int
) -> Maandbeeld:
    here = [
        (opgave.bsn.reveal(), uren)
        for tijdvak in year
        for opgave in tijdvak.opgaven.values()
        if is_wage(opgave, tijdvak.einde)
        for month, uren in opgave.uren_per_maand
        if month == maand
    ]
    counted = sum((mens.tellend.get(maand, _NUL) for mens in mensen.values()), _NUL)
    per_job: Decimal = parameter("banenafspraak", "uren_per_maand").op(last_day(jaar, maand))
    return Maandbeeld(
        maand=maand,
        aangeleverd=bool(covered) and all(maand in months for months in covered.values()),
        inkomstenverhoudingen=len(here),
        mensen=len({bsn for bsn, _ in here}),
        arbeidsbeperkten=sum(maand in mens.tellend for mens in mensen.values()),
        uren=sum((uren for _, uren in here), _NUL),
        uren_arbeidsbeperkten=counted,
        banen=counted / per_job,
    )


def _covered(year: list[Tijdvakstand], jaar: int) -> dict[str, set[int]]:
    """By number the months of which every day lies in a full return."""
    return {lhnr: _whole_months([t for t in year if t.lhnr == lhnr], jaar) for lhnr in {t.lhnr for t in year}}


def _whole_months(year: list[Tijdvakstand], jaar: int) -> set[int]:
    days: set[date] = set()
    for tijdvak in year:
        if tijdvak.volledig:
            days |= {tijdvak.begin + timedelta(days=n) for n in range((tijdvak.einde - tijdvak.begin).days + 1)}
    if days and any(not tijdvak.maanden for tijdvak in year):
        # Four weeks: a few days at the ends of a year belong to the year beside it.
        for edge, ends in ((date(jaar, 1, 1), min(days)), (date(jaar, 12, 31), max(days))):
            first, last = sorted((edge, ends))
            if (last - first).days < 7:
                days |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    months = range(1, 13)
    return {
        maand
        for maand in months
        if all(date(jaar, maand, day) in days for day in range(1, last_day(jaar, maand).day + 1))
    }


def _is_due(jaar: int, maand: int, vandaag: date) -> bool:
    """Whether the return of a month had to be there: it may be sent until the end of the month after."""
    after = last_day(jaar + maand // 12, maand % 12 + 1)
    return vandaag > after


def _ufo(year: list[Tijdvakstand]) -> tuple[Decimal, Decimal]:
    """Hours with and without Ufo premium in the newest tijdvak."""
    if not year:
        return _NUL, _NUL
    newest = [t for t in year if t.einde == max(tijdvak.einde for tijdvak in year)]
    said = [o for t in newest for o in t.opgaven.values() if is_wage(o, t.einde)]
    return sum((o.uren for o in said if o.ufo), _NUL), sum((o.uren for o in said if not o.ufo), _NUL)


def _year_before(everything: list[Tijdvakstand], jaar: int) -> Decimal | None:
    year = [tijdvak for tijdvak in everything if tijdvak.einde.year == jaar]
    if not year or any(len(months) < 12 for months in _covered(year, jaar).values()):
        return None
    return sum((o.uren for t in year for o in t.opgaven.values() if is_wage(o, t.einde)), _NUL)


def _not_returned(
    lijst: Loonlijst, year: list[Tijdvakstand], antwoorden: Mapping[str, Registerantwoord]
) -> frozenset[str]:
    """Who has a wage in the wage data and not in the full return of that number and month."""
    same = [t for t in year if t.lhnr == lijst.lhnr and t.volledig and t.begin <= lijst.maand <= t.einde]
    if not same or (lijst.maand.year, lijst.maand.month) not in {(t.einde.year, m) for t in same for m in t.maanden}:
        return frozenset()
    return lijst.bsns - {bsn for t in same for bsn, _ in t.opgaven}


# --- LKV ----------------------------------------------------------------------------------------------------------


def _judge_lkv(mens: _Mens, tijdvak: Tijdvakstand, opgave: Loonopgave, answer: Registerantwoord) -> None:
    """Add the hours of a tijdvak to what is due and asked, due and not asked, and so on."""
    if not opgave.lkv and (opgave.lkv_anders or not answer.perioden):
        return
    months = [maand for maand, _ in opgave.uren_per_maand]
    uren = min(opgave.uren, _MOST_HOURS)
    if not answer.nagekeken:
        mens.add("niet_nagekeken", uren, months, None)
        return
    try:
        uitkomst = _lkv_of(tijdvak, opgave, answer, uren)
    except ParameterFout:
        return
    except FeitOntbreekt as missing:
        mens.add("overgang", uren, months, _transition(missing, tijdvak.einde))
        return
    due = any(v.soort is Tegemoetkoming.BANENAFSPRAAK and v.recht for v in uitkomst.waarde.voordelen)
    if due or opgave.lkv:
        soort = "juist" if due and opgave.lkv else "gemist" if due else "onterecht"
        mens.add(soort, uren, months, uitkomst)


def _lkv_of(tijdvak: Tijdvakstand, opgave: Loonopgave, answer: Registerantwoord, uren: Decimal) -> Uitkomst[Any]:
    periode = answer.within(tijdvak.begin, tijdvak.einde)
    begin = opgave.aanvang or tijdvak.begin
    birth = opgave.geboortedatum
    feiten = LkvFeiten(
        begin_dienstbetrekking=begin,
        einde_dienstbetrekking=opgave.einde if opgave.einde and opgave.einde >= begin else None,
        verloonde_uren=uren,
        tijdvak_begin=tijdvak.begin,
        tijdvak_einde=tijdvak.einde,
        geregistreerd=periode is not None,
        geregistreerd_vanaf=periode.vanaf if periode else None,
        geregistreerd_tot=periode.tot if periode else None,
        geboortedatum=birth if birth is not None and birth < begin else None,
        dienstbetrekking=_DIENST.get(opgave.aard, Dienst.GEWOON),
        verzoek_in_loonaangifte=True,
    )
    return loonkostenvoordeel(feiten, peildatum=tijdvak.einde)


def _transition(missing: FeitOntbreekt, peildatum: date) -> Uitkomst[Any]:
    """Who is not registered may still have the rest of three years, on facts that only the employer has."""
    stelsel = parameter("loonkostenvoordeel", "stelsel").stand_op(peildatum)
    stap = Stap(
        "Geldt het overgangsrecht?",
        "Alleen als het werk voor 2026 begon, u een geldige doelgroepverklaring heeft en de drie jaar nog lopen. "
        "Deze persoon staat niet in het register, dus wij kunnen dat niet nagaan. Kijk het zelf na.",
        f"6.2 lid 1 onderdeel a en lid 4 Wtl; {missing.artikel}",
        zekerheid=Zekerheid.INDICATIE,
    )
    return Uitkomst(None, (stap,), (stelsel.bron,))


def _lkv(mensen: Iterable[_Mens], peildatum: date) -> tuple[Lkvbeeld, list[Regel]]:
    try:
        banenafspraak_bedrag(_NUL, peildatum=peildatum)
    except ParameterFout as unknown:
        lines = [line for mens in mensen for line in _lines(mens, {})]
        return Lkvbeeld(onbekend=str(unknown)), lines
    sums = {"juist": _NUL, "gemist": _NUL, "onterecht": _NUL, "overgang": _NUL}
    people = dict.fromkeys(sums, 0)
    regels: list[Regel] = []
    for mens in mensen:
        uren = {soort: mens.uren.get(soort, _NUL) for soort in sums}
        own = banenafspraak_bedrag(uren["juist"], peildatum=peildatum)
        amounts = {"juist": own}
        for soort in ("gemist", "onterecht", "overgang"):
            amounts[soort] = banenafspraak_bedrag(uren["juist"] + uren[soort], peildatum=peildatum) - own
        for soort, amount in amounts.items():
            sums[soort] += amount
            people[soort] += soort in mens.uren
        regels += _lines(mens, amounts)
    beeld = Lkvbeeld(
        juist=sums["juist"],
        gemist=sums["gemist"],
        onterecht=sums["onterecht"],
        overgang=sums["overgang"],
        gemist_mensen=people["gemist"],
        onterecht_mensen=people["onterecht"],
        overgang_mensen=people["overgang"],
    )
    return beeld, regels


def _lines(mens: _Mens, amounts: Mapping[str, Decimal]) -> list[Regel]:
    found = []
    if mens.tellend:
        uren = sum(mens.tellend.values(), _NUL)
        months = tuple(sorted(mens.tellend))
        found.append(Regel(Regelsoort.TELT, mens.kenmerk, months, uren, None, mens.tellend_uitkomst))
    for soort in (Regelsoort.GEMIST, Regelsoort.ONTERECHT, Regelsoort.OVERGANG, Regelsoort.NIET_NAGEKEKEN):
        if soort.value in mens.uren:
            months = tuple(sorted(mens.maanden[soort.value]))
            amount, why = amounts.get(soort.value), mens.uitkomsten[soort.value]
            found.append(Regel(soort, mens.kenmerk, months, mens.uren[soort.value], amount, why))
    return found
