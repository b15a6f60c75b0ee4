"""What is asked for a Financieel CV, and the shape of what comes out: lines, periods, years, what to do.

Amounts are whole cents. Nothing that was not given becomes a fact: an open question makes a line conditional.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from banenafspraak.wet.aow import aow_datum
from banenafspraak.wet.feiten import FactReader, Feit, FeitenFout
from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.instrumenten.minimumloon import MinimumloonFeiten, age_faults, age_on, minimumloon
from banenafspraak.wet.parameters import ParameterFout, parameter
from banenafspraak.wet.redenering import show_euro
from banenafspraak.wet.termijnen import months_later
from banenafspraak.wet.uitkomst import Bron, Stap, Zekerheid, show_date

EERSTE_DAG = date(2013, 1, 1)
"""The banenafspraak began here; an earlier job has no Financieel CV."""
EERSTE_BEDRAG = date(2015, 1, 1)
"""The first day with a minimum wage; a job of 2013 or 2014 is reckoned from here."""
JONGSTE = 16
_WEKEN, _MAANDEN = Decimal(52), Decimal(12)


class Instrument(StrEnum):
    """De instrumenten op een Financieel CV, in de volgorde van het blad."""

    LKV_BANENAFSPRAAK = "lkv_banenafspraak"
    LKV_ARBEIDSGEHANDICAPTE = "lkv_arbeidsgehandicapte"
    LIV = "liv"
    LOONKOSTENSUBSIDIE = "loonkostensubsidie"
    LOONDISPENSATIE = "loondispensatie"
    NORISKPOLIS = "no_riskpolis"
    JOBCOACH = "jobcoach"
    PROEFPLAATSING = "proefplaatsing"
    WERKVOORZIENING = "werkvoorziening"


class Vastheid(StrEnum):
    """Volgt het uit de antwoorden, hangt het nog ergens van af, of geldt het niet."""

    ZEKER = "zeker"
    VOORWAARDE = "voorwaarde"
    NIET = "niet"


class Uitkering(StrEnum):
    """Wie nu de uitkering van de persoon betaalt."""

    UWV = "uwv"
    GEMEENTE = "gemeente"
    GEEN = "geen"


@dataclass(frozen=True, slots=True, kw_only=True)
class FinancieelCvFeiten:
    """Feiten over één persoon en één baan waaruit volgt wat een werkgever krijgt, tot wanneer, en wat hij moet doen."""

    begin_dienstbetrekking: Annotated[date, Feit("Eerste dag van het werk.")]
    uren_per_week: Annotated[Decimal, Feit("Afgesproken uren per week.", minimum=1, maximum=60)]
    leeftijd: Annotated[int | None, Feit("Leeftijd in jaren op de eerste werkdag.", minimum=15, maximum=120)] = None
    geboortedatum: Annotated[date | None, Feit("Geboortedatum, in plaats van de leeftijd.")] = None
    grond: Annotated[
        Grond | None, Feit("Grond waarop de persoon in het doelgroepregister staat; leeg is: weet ik niet.")
    ] = None
    in_register: Annotated[bool | None, Feit("Staat de persoon in het doelgroepregister? Leeg is: weet ik niet.")] = (
        None
    )
    wia_bij_begin: Annotated[
        bool | None, Feit("Heeft de persoon bij het begin recht op WIA? Leeg is: weet ik niet.")
    ] = None
    loon_per_uur: Annotated[
        Decimal | None, Feit("Bruto loon per uur, zonder vakantiebijslag; leeg is: het minimumloon.", minimum=0)
    ] = None
    loonwaarde_percentage: Annotated[
        Decimal | None, Feit("Loonwaarde in procenten; leeg is: weet ik niet.", minimum=1, maximum=100)
    ] = None
    loonwaarde_vastgesteld: Annotated[
        bool | None, Feit("Is de loonwaarde op deze werkplek vastgesteld?", aanname=False)
    ] = None
    einde_dienstbetrekking: Annotated[date | None, Feit("Laatste dag van het werk, als die is afgesproken.")] = None
    uitkering: Annotated[Uitkering | None, Feit("Wie nu de uitkering betaalt; leeg is: weet ik niet.")] = None
    doelgroepverklaring: Annotated[
        bool | None, Feit("Is er een doelgroepverklaring? Alleen van belang voor een begin voor 2026, en bij WIA.")
    ] = None
    voltijd_uren: Annotated[
        Decimal | None, Feit("Uren per week van een volledige baan in dit werk.", aanname=36, minimum=1, maximum=60)
    ] = None

    def contradictions(self) -> list[str]:
        """Facts that exclude each other or that no job can have."""
        fouten = age_faults(self)
        begin, einde = self.begin_dienstbetrekking, self.einde_dienstbetrekking
        if begin < EERSTE_DAG:
            fouten.append(
                f"begin_dienstbetrekking ligt voor {show_date(EERSTE_DAG)}: de banenafspraak bestond nog niet."
            )
        if einde and einde < begin:
            fouten.append("einde_dienstbetrekking ligt voor begin_dienstbetrekking: draai de datums om.")
        if self.grond not in (None, Grond.GEEN) and self.in_register is False:
            fouten.append("grond is ingevuld maar in_register is onwaar: laat een van beide weg.")
        if self.grond is Grond.GEEN and self.in_register:
            fouten.append("grond is geen maar in_register is waar: laat een van beide weg.")
        if self.loonwaarde_vastgesteld and self.loonwaarde_percentage is None:
            fouten.append("loonwaarde_percentage ontbreekt: loonwaarde_vastgesteld is wel ingevuld.")
        if self.geboortedatum and self.geboortedatum >= begin:
            fouten.append("geboortedatum ligt niet voor begin_dienstbetrekking: controleer beide.")
        return fouten


@dataclass(frozen=True, slots=True)
class CvPeriode:
    """From ``vanaf`` until ``tot`` (the first day after it; None: as long as the work lasts).

    ``per_maand`` is the amount of a whole month, None where there is none to give. ``bekend`` is False for the time
    after the last amount that is known: the right goes on, its amount does not.
    """

    vanaf: date
    tot: date | None
    per_maand: int | None
    vastheid: Vastheid
    bekend: bool = True


@dataclass(frozen=True, slots=True)
class CvJaar:
    """What one line brings in a calendar year: what is certain, and what at most."""

    jaar: int
    zeker: int
    hoogstens: int


@dataclass(frozen=True, slots=True)
class Voorbeeld:
    """What it would be by month at this loonwaarde."""

    loonwaarde: int
    per_maand: int


@dataclass(frozen=True, slots=True)
class CvRegel:
    """One instrument: whether, why, from when until when, how much, and how to find out what is still open.

    ``vol_jaar`` holds twelve months at the last known amounts; None where the instrument has no amount.
    """

    instrument: Instrument
    vastheid: Vastheid
    waarom: str
    periodes: tuple[CvPeriode, ...]
    jaren: tuple[CvJaar, ...]
    vol_jaar: CvJaar | None
    hangt_af_van: tuple[str, ...]
    voorbeelden: tuple[Voorbeeld, ...]
    niet_samen_met: tuple[str, ...]
    zekerheid: Zekerheid
    stappen: tuple[Stap, ...]
    bronnen: tuple[Bron, ...]


@dataclass(frozen=True, slots=True)
class Jaartotaal:
    """A calendar year, or twelve whole months: the wage costs, what certainly comes off, and what at most.

    ``loon`` is gross wage with holiday allowance; ``lasten`` the charges, reckoned with the percentage of the LKS.
    """

    jaar: int
    vanaf: date
    tot_en_met: date
    loon: int
    lasten: int
    zeker: int
    hoogstens: int


@dataclass(frozen=True, slots=True)
class Actie:
    """Something to do. ``uiterlijk`` None: whenever it is needed. ``te_laat``: the day lies before the peildatum."""

    instrument: Instrument | None
    wat: str
    wie: str
    waar: str
    uiterlijk: date | None
    te_laat: bool
    artikel: str


@dataclass(frozen=True, slots=True)
class Mogelijkheid:
    """What it would bring in twelve whole months if the open question were answered with this ground."""

    grond: Grond
    wia: bool
    zeker: int
    hoogstens: int


@dataclass(frozen=True, slots=True)
class FinancieelCv:
    """The whole page: lines, totals, what to do, and what would change it."""

    bekend_tot_en_met: date
    aow_op: date | None
    regels: tuple[CvRegel, ...]
    jaren: tuple[Jaartotaal, ...]
    vol_jaar: Jaartotaal
    acties: tuple[Actie, ...]
    mogelijkheden: tuple[Mogelijkheid, ...]


# --- One job, worked out --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Maand:
    """The days of one calendar month on which there is work, and which part of that month they are."""

    eerste: date
    laatste: date
    deel: Decimal


@dataclass(frozen=True, slots=True)
class Baan:
    """A job with nothing left open but what makes lines conditional: the days, the months and the wage by hour.

    ``einde`` is the first day without it, by contract or AOW; None when there is none. ``geboren`` is derived from an
    age that was given instead: then the birthday is taken to be the first day of work.
    """

    feiten: FinancieelCvFeiten
    geboren: date
    einde: date | None
    aow_op: date | None
    bekend_tot: date
    maanden: tuple[Maand, ...]

    @property
    def begin(self) -> date:
        """The first day of work."""
        return self.feiten.begin_dienstbetrekking

    @property
    def voltijd(self) -> Decimal:
        """The hours of full time in this work."""
        return Decimal(FactReader(self.feiten)["voltijd_uren"])

    def met(self, **anders: object) -> Baan:
        """The same job with other facts about the person."""
        return replace(self, feiten=replace(self.feiten, **anders))  # type: ignore[arg-type]

    def runs_until(self, tot: date | None) -> date | None:
        """The end of a right that ends with the job at the latest."""
        ends = [day for day in (tot, self.einde) if day]
        return min(ends, default=None)

    def uren(self, maand: Maand) -> Decimal:
        """The paid hours of a month: the agreed week, 52 weeks over twelve months, by days where it is not whole."""
        return self.feiten.uren_per_week * _WEKEN / _MAANDEN * maand.deel

    @property
    def uren_per_jaar(self) -> Decimal:
        """The paid hours of twelve whole months."""
        return self.feiten.uren_per_week * _WEKEN

    def minimum(self, day: date) -> Decimal:
        """The minimum wage by hour on this day. Raises ParameterFout where it is not known."""
        wage = minimumloon(
            MinimumloonFeiten(leeftijd=age_on(self.geboren, day), voltijd_uren=self.voltijd), peildatum=day
        ).waarde.per_uur
        assert wage is not None  # the full-time week is given
        return wage

    def uurloon(self, day: date) -> Decimal:
        """The gross wage by hour on this day: the given one, raised where the minimum wage overtook it."""
        return max(self.feiten.loon_per_uur or Decimal(0), self.minimum(day))

    def loon(self, maand: Maand) -> Decimal:
        """The gross wage of a month, without holiday allowance; not rounded."""
        return self.uurloon(maand.eerste) * self.uren(maand)

    def jaarloon(self, maanden: list[Maand]) -> Decimal:
        """The gross wage of these months with holiday allowance; not rounded."""
        return sum((self.loon(maand) * met_vakantiebijslag(maand.eerste) for maand in maanden), Decimal(0))

    @property
    def laatste_bekende_dag(self) -> date:
        """The last day of work of which the amounts are known."""
        return self.maanden[-1].laatste


def read_job(feiten: FinancieelCvFeiten) -> Baan:
    """The job behind the facts.

    Raises FeitenFout for facts that contradict each other, an age under 16 or over the AOW age, or a wage under the
    minimum wage; ParameterFout, naming the last known day, for a job that begins after it.
    """
    if fouten := feiten.contradictions():
        raise FeitenFout(fouten)
    begin, first_unknown = feiten.begin_dienstbetrekking, known_until()
    if begin >= first_unknown:
        last = show_date(first_unknown - timedelta(days=1))
        raise ParameterFout(f"De bedragen zijn bekend tot en met {last}. Kies een begin op of voor die dag.")
    born = feiten.geboortedatum or months_later(begin, -12 * (feiten.leeftijd or 0))
    if age_on(born, begin) < JONGSTE:
        raise FeitenFout([f"leeftijd: jonger dan {JONGSTE} jaar op {show_date(begin)}; daarvoor is dit niet gemaakt."])
    aow = _aow(born)
    if aow and aow <= begin:
        raise FeitenFout(
            [f"leeftijd: op {show_date(begin)} is de AOW-leeftijd al bereikt; dan gelden deze instrumenten niet meer."]
        )
    ends = [day for day in (feiten.einde_dienstbetrekking and _next(feiten.einde_dienstbetrekking), aow) if day]
    until = min([*ends, first_unknown])
    first = max(begin, EERSTE_BEDRAG)
    if until <= first:
        raise ParameterFout(f"Voor {show_date(EERSTE_BEDRAG)} zijn geen bedragen bekend. Kies een later einde.")
    job = Baan(feiten, born, min(ends, default=None), aow, first_unknown, _months(first, until))
    _legal_wage(job, first)
    return job


def met_vakantiebijslag(day: date) -> Decimal:
    """By how much a wage is multiplied to include the holiday allowance (WML 15)."""
    share: Decimal = parameter("minimumloon", "vakantiebijslag").op(day)
    return 1 + share


def known_until() -> date:
    """The first day of which some amount is not known."""
    names = (("loonkostenvoordeel", "banenafspraak"), ("minimumloon", "uurbedrag"), ("loonkostensubsidie", "tekst"))
    return min(day for name in names if (day := parameter(*name).bekend_tot))


def _aow(born: date) -> date | None:
    return aow_datum(born)


def _next(day: date) -> date:
    return day + timedelta(days=1)


def _legal_wage(job: Baan, day: date) -> None:
    wage, lowest = job.feiten.loon_per_uur, job.minimum(day)
    if wage is not None and wage < lowest:
        raise FeitenFout(
            [
                f"loon_per_uur: minder dan het minimumloon van {show_euro(lowest)} op {show_date(day)}. Vul ten minste "
                "dat in, of laat het leeg; loondispensatie rekenen wij zelf uit."
            ]
        )


def _months(first: date, until: date) -> tuple[Maand, ...]:
    """The calendar months from ``first`` until ``until``, each with the days that lie between."""
    found = []
    start = first.replace(day=1)
    while start < until:
        after = months_later(start, 1)
        eerste, laatste = max(first, start), min(until, after) - timedelta(days=1)
        found.append(Maand(eerste, laatste, Decimal((laatste - eerste).days + 1) / (after - start).days))
        start = after
    return tuple(found)


def in_periods(job: Baan, months: list[tuple[Maand, int | None, Vastheid]], tot: date | None) -> tuple[CvPeriode, ...]:
    """Months with the same amount joined to periods; the last goes on until ``tot`` when the right does."""
    found: list[CvPeriode] = []
    for maand, amount, sure in months:
        after = _next(maand.laatste)
        if found and (found[-1].tot, found[-1].per_maand, found[-1].vastheid) == (maand.eerste, amount, sure):
            found[-1] = replace(found[-1], tot=after)
        else:
            found.append(CvPeriode(maand.eerste, after, amount, sure))
    end = job.runs_until(tot)
    if not found or found[-1].tot != job.bekend_tot:
        return tuple(found)
    if end is None or end > job.bekend_tot:
        found.append(replace(found[-1], vanaf=job.bekend_tot, tot=end, per_maand=None, bekend=False))
    return tuple(found)


def per_year(months: list[tuple[Maand, int, Vastheid]]) -> tuple[CvJaar, ...]:
    """The amounts of months added up by calendar year."""
    years = sorted({maand.eerste.year for maand, _, _ in months})

    def total(year: int, which: Callable[[Vastheid], bool]) -> int:
        return sum(cents for maand, cents, sure in months if maand.eerste.year == year and which(sure))

    return tuple(
        CvJaar(year, total(year, lambda sure: sure is Vastheid.ZEKER), total(year, lambda _: True)) for year in years
    )
