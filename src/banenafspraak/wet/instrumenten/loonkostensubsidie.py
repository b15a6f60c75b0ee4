"""Loonkostensubsidie: what the gemeente pays for who cannot earn the minimum wage (Participatiewet 10d)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from banenafspraak.wet.aow import aow_reached
from banenafspraak.wet.feiten import Feit, FeitenFout
from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.instrumenten.minimumloon import (
    MinimumloonFeiten,
    age_faults,
    age_on,
    minimumloon,
    month_amount,
)
from banenafspraak.wet.parameters import parameter
from banenafspraak.wet.redenering import Aanvraagwijze, Redenering, aanvraagwijze, show_euro, to_cents
from banenafspraak.wet.termijnen import months_later
from banenafspraak.wet.uitkomst import Uitkomst, Zekerheid, show_date, show_number

_HONDERD = Decimal(100)
_BIRTHDAY = "De leeftijd is die op de peildatum; of een verjaardag het bedrag verandert, zegt artikel 10d niet. "
_SECOND_HALF = (
    "Lid 7 spreekt van de ontwikkeling van 1 januari tot 1 januari; voor wie sinds 1 juli begon is het bedrag van "
    "1 januari zelf genomen."
)
_ARTIKEL = "10d Participatiewet"


class Onderwijs(StrEnum):
    """Onderwijs van waaruit iemand met loonkostensubsidie kan gaan werken (Participatiewet 10d lid 2)."""

    PRAKTIJKONDERWIJS = "praktijkonderwijs"
    VOORTGEZET_SPECIAAL_ONDERWIJS = "voortgezet_speciaal_onderwijs"
    ENTREE = "entree"
    ANDER = "ander"


@dataclass(frozen=True, slots=True, kw_only=True)
class LksFeiten:
    """Feiten over één baan waaruit volgt of en hoeveel loonkostensubsidie de werkgever krijgt."""

    begin_dienstbetrekking: Annotated[date, Feit("Eerste dag van de dienstbetrekking.")]
    uren_per_week: Annotated[Decimal, Feit("Afgesproken arbeidsduur in uren per week.", minimum=0, maximum=60)]
    einde_dienstbetrekking: Annotated[date | None, Feit("Laatste dag van de dienstbetrekking, als die bekend is.")] = (
        None
    )
    voltijd_uren: Annotated[
        Decimal | None,
        Feit("Uren per week van een volledige baan in dit werk.", aanname=36, minimum=1, maximum=60),
    ] = None
    leeftijd: Annotated[int | None, Feit("Leeftijd in jaren op de peildatum.", minimum=15, maximum=120)] = None
    geboortedatum: Annotated[date | None, Feit("Geboortedatum, in plaats van de leeftijd.")] = None
    loonwaarde_percentage: Annotated[
        Decimal | None,
        Feit("Vastgestelde loonwaarde in procenten van het minimumloon.", minimum=1, maximum=100),
    ] = None
    loonwaarde_vastgesteld_op: Annotated[date | None, Feit("Dag waarop de loonwaarde is vastgesteld.")] = None
    forfaitair: Annotated[
        bool | None,
        Feit("Is afgesproken dat de loonwaarde eerst niet wordt gemeten (10d lid 1 onderdeel b)?", aanname=False),
    ] = None
    grond: Annotated[Grond | None, Feit("Grond waarop de persoon in het doelgroepregister staat, als dat zo is.")] = (
        None
    )
    ondersteuning_pwet_7_1_a: Annotated[
        bool | None, Feit("Ondersteunt het college de persoon naar werk (Participatiewet 7 lid 1 onderdeel a)?")
    ] = None
    aanvraag_op: Annotated[date | None, Feit("Dag van de aanvraag; leeg is voor het begin van het werk.")] = None
    onderwijs: Annotated[Onderwijs | None, Feit("Onderwijs dat de persoon volgde voor dit werk.")] = None
    onderwijs_tot: Annotated[date | None, Feit("Laatste dag van dat onderwijs.")] = None
    ondersteund_tot: Annotated[
        date | None, Feit("Laatste dag voor het werk waarop het college de persoon ondersteunde.")
    ] = None
    wsw_dienstbetrekking: Annotated[
        bool | None, Feit("Is het een dienstbetrekking van artikel 2 of 7 van de Wsw?", aanname=False)
    ] = None
    loondispensatie: Annotated[bool | None, Feit("Geldt voor dit werk loondispensatie?", aanname=False)] = None
    loon_per_uur: Annotated[Decimal | None, Feit("Bruto loon per uur, zonder vakantiebijslag.", minimum=0)] = None

    def contradictions(self) -> list[str]:
        """Facts that exclude each other."""
        fouten = age_faults(self)
        if self.uren_per_week <= 0:
            fouten.append("uren_per_week: geef meer dan 0 uur.")
        if self.forfaitair and self.loonwaarde_percentage is not None and self.loonwaarde_vastgesteld_op is None:
            fouten.append("loonwaarde_vastgesteld_op ontbreekt: bij forfaitair hangt het bedrag van die dag af.")
        if self.einde_dienstbetrekking and self.einde_dienstbetrekking < self.begin_dienstbetrekking:
            fouten.append("einde_dienstbetrekking ligt voor begin_dienstbetrekking: draai de datums om.")
        if self.geboortedatum and self.geboortedatum >= self.begin_dienstbetrekking:
            fouten.append("geboortedatum ligt niet voor begin_dienstbetrekking: controleer beide.")
        if self.onderwijs_tot and self.onderwijs is None:
            fouten.append("onderwijs ontbreekt: onderwijs_tot is wel ingevuld.")
        return fouten


@dataclass(frozen=True, slots=True)
class Loonkostensubsidie:
    """Whether there is a subsidy on the day, and how much by month; the amounts are None when there is none.

    ``maatstaf_op`` is the day whose minimum wage counts. ``opnieuw_vastgesteld_op`` is the day on which the amount is
    set anew. ``aanvragen_tot_en_met`` is the last day for a job that has begun. ``loonwaarde_voor`` is the day by which
    a subsidy without measurement needs one.
    """

    recht: bool
    waarom: str
    bedrag_per_maand: Decimal | None
    zonder_werkgeverslasten: Decimal | None
    forfaitair: bool
    maatstaf_op: date | None
    opnieuw_vastgesteld_op: date | None
    loonwaarde_voor: date | None
    aanvragen_tot_en_met: date
    beslissing_uiterlijk: date | None
    aanvragen: Aanvraagwijze


def loonkostensubsidie(feiten: LksFeiten, *, peildatum: date) -> Uitkomst[Loonkostensubsidie]:
    """What the gemeente pays by month on ``peildatum``, in whole cents.

    Raises FeitenFout for facts that contradict each other, an age below 15 or a wage below the minimum, and
    ParameterFout before 2015 and after the last known amount.
    """
    if fouten := feiten.contradictions():
        raise FeitenFout(fouten)
    parameter("loonkostensubsidie", "tekst").op(peildatum)
    leeftijd = feiten.leeftijd if feiten.leeftijd is not None else age_on(_birth(feiten), peildatum)
    r = Redenering(feiten)
    _legal_wage(r, leeftijd, peildatum)
    why = _excluded(r, peildatum) or _not_in_group(r, peildatum)
    months = int(parameter("loonkostensubsidie", "aanvraag_maanden").op(peildatum))
    wijze = aanvraagwijze(r, "lks", peildatum)
    last_day = months_later(feiten.begin_dienstbetrekking, months)
    if not why:
        deel, forfaitair = _share(r, peildatum)
        if deel is not None:
            return _amount(r, deel, forfaitair, leeftijd, last_day, wijze, peildatum)
        why = "Er is geen loonwaarde onder 100% vastgesteld."
    return r.finish(Loonkostensubsidie(False, why, None, None, False, None, None, None, last_day, None, wijze))


def _birth(feiten: LksFeiten) -> date:
    assert feiten.geboortedatum is not None  # `contradictions` asks for one of the two
    return feiten.geboortedatum


# --- Whether ----------------------------------------------------------------------------------------------------


def _legal_wage(r: Redenering[LksFeiten], leeftijd: int, peildatum: date) -> None:
    """A wage below the minimum wage is not legal, whatever the loonwaarde: the subsidy pays the difference."""
    wage = r["loon_per_uur"]
    if wage is None:
        return
    week = r["voltijd_uren"]
    lowest = minimumloon(
        MinimumloonFeiten(leeftijd=leeftijd, voltijd_uren=Decimal(week)), peildatum=peildatum
    ).waarde.per_uur
    assert lowest is not None  # the full-time week is given
    if wage < lowest:
        said = f"loon_per_uur: minder dan het minimumloon van {show_euro(lowest)} op {show_date(peildatum)}. "
        raise FeitenFout([said + "Met loonkostensubsidie betaalt de werkgever ten minste het minimumloon."])
    stand = parameter("minimumloon", "maandbedrag").stand_op(peildatum)
    r.test("Is het loon ten minste het minimumloon?", True, f"dat is {show_euro(lowest)} per uur.", stand)


def _excluded(r: Redenering[LksFeiten], peildatum: date) -> str:
    """Why this job has no subsidy whoever the person is; empty when it may have one."""
    text = parameter("loonkostensubsidie", "tekst").stand_op(peildatum)
    begin, einde = r["begin_dienstbetrekking"], r["einde_dienstbetrekking"]
    runs = begin <= peildatum and (einde is None or peildatum <= einde)
    said = f"het werk begint op {show_date(begin)}" + (f" en eindigt op {show_date(einde)}." if einde else ".")
    if not r.test(f"Loopt de dienstbetrekking op {show_date(peildatum)}?", runs, said, text):
        return "De dienstbetrekking loopt niet op deze dag."
    if r.test(
        "Is het een dienstbetrekking van de Wsw?",
        r["wsw_dienstbetrekking"],
        "artikel 2 en 7 Wsw hebben eigen subsidie.",
        text,
        artikel="10d lid 3 Participatiewet",
    ):
        return "Voor een dienstbetrekking van de Wsw is er geen loonkostensubsidie."
    if r.test(
        "Geldt loondispensatie?",
        r["loondispensatie"],
        "loondispensatie en loonkostensubsidie gaan niet samen.",
        text,
        artikel="10d lid 9 Participatiewet; 2:20 Wajong",
        zekerheid=Zekerheid.AFGELEID,
    ):
        return "Met loondispensatie is er geen loonkostensubsidie."
    birth = r["geboortedatum"]
    if birth is not None and r.test(
        "Is de AOW-leeftijd bereikt?",
        aow_reached(birth, peildatum),
        "wie AOW heeft, wordt niet meer naar werk ondersteund.",
        text,
        artikel="7 lid 1 Participatiewet",
        zekerheid=Zekerheid.AFGELEID,
    ):
        return "De persoon heeft de AOW-leeftijd bereikt."
    return ""


# Grounds that themselves say that the college supports the person (Wfsv 38b lid 1 a and e).
_ONDERSTEUND = frozenset({Grond.PWET_LKS_UWV_LOONWAARDE, Grond.PWET_UWV_WML_EIGEN_VERZOEK})


def _not_in_group(r: Redenering[LksFeiten], peildatum: date) -> str:
    """Why this person is not in the doelgroep loonkostensubsidie; empty when the person is."""
    text = parameter("loonkostensubsidie", "tekst").stand_op(peildatum)
    grond, begin, asked = r["grond"], r["begin_dienstbetrekking"], r["aanvraag_op"]
    if grond is Grond.WAJONG:
        r.test(
            "Is de persoon in de doelgroep loonkostensubsidie?",
            False,
            "bij de Wajong hoort loondispensatie.",
            text,
            artikel="6 lid 1 en 7 lid 1 Participatiewet; 2:20 Wajong",
        )
        return "Bij de Wajong hoort loondispensatie, geen loonkostensubsidie."
    if asked is None or asked <= begin:
        supported = r["ondersteuning_pwet_7_1_a"]
        if supported is None:
            supported = grond in _ONDERSTEUND or r.need("ondersteuning_pwet_7_1_a", _ARTIKEL)
        said = "de gemeente verleent de subsidie aan wie zij naar werk ondersteunt."
        if r.test(
            "Ondersteunt het college de persoon naar werk?",
            supported,
            said,
            text,
            artikel="7 lid 1 en 10d lid 1 Participatiewet",
        ):
            return ""
        return "De gemeente ondersteunt de persoon niet naar werk."
    return _running_job(r, begin, asked, peildatum)


def _running_job(r: Redenering[LksFeiten], begin: date, asked: date, peildatum: date) -> str:
    """Why a job that had begun before the request has no subsidy (10d lid 2); empty when it has."""
    stand = parameter("loonkostensubsidie", "aanvraag_maanden").stand_op(peildatum)
    months, artikel = int(stand.waarde), "10d lid 2 Participatiewet"
    last = months_later(begin, months)
    if not r.test("Is de aanvraag op tijd?", asked <= last, f"uiterlijk {show_date(last)}.", stand, artikel=artikel):
        return "De aanvraag kwam meer dan zes maanden na het begin."
    since = months_later(begin, -months)
    school, left, helped = r["onderwijs"], r["onderwijs_tot"], r["ondersteund_tot"]
    from_school = school not in (None, Onderwijs.ANDER) and (left is None or left >= since)
    if school is None and helped is None:
        helped = r.need("ondersteund_tot", artikel)
    from_college = helped is not None and helped >= since
    said = f"praktijkonderwijs, vso, entree of ondersteuning van het college na {show_date(since - timedelta(days=1))}."
    if not r.test(
        "Kwam de persoon van school of uit de ondersteuning?", from_school or from_college, said, stand, artikel=artikel
    ):
        return "De persoon kwam niet in de zes maanden voor het begin van school of uit ondersteuning."
    return ""


# --- How much ---------------------------------------------------------------------------------------------------


def _share(r: Redenering[LksFeiten], peildatum: date) -> tuple[Decimal | None, bool]:
    """The part of the minimum wage that is paid (None when there is nothing to pay), and whether it is unmeasured."""
    measured, begin = _measured(r, peildatum), r["begin_dienstbetrekking"]
    if measured is None and r["forfaitair"]:
        part = parameter("loonkostensubsidie", "forfaitair_deel").stand_op(peildatum)
        months = parameter("loonkostensubsidie", "forfaitair_maanden").stand_op(peildatum)
        end = months_later(begin, int(months.waarde))
        said = (
            f"de eerste {show_number(months.waarde)} maanden, tot {show_date(end)}: {show_number(part.waarde * 100)}%."
        )
        running = peildatum < end
        if r.test(
            "Geldt de subsidie zonder gemeten loonwaarde?",
            running,
            said,
            part,
            months,
            artikel="10d lid 5 Participatiewet",
        ):
            return part.waarde, True
        return None, False
    highest = parameter("loonkostensubsidie", "hoogste_deel").stand_op(peildatum)
    if not r.test(
        "Is er een loonwaarde onder 100% vastgesteld?",
        measured is not None and measured < _HONDERD,
        "nee of 100%: dan is er niets te betalen."
        if measured in (None, _HONDERD)
        else f"{show_number(measured or 0)}%.",
        highest,
        artikel="10d lid 1 Participatiewet",
    ):
        return None, False
    assert measured is not None
    part_paid = min(1 - measured / _HONDERD, highest.waarde)
    r.step(
        "Welk deel van het minimumloon betaalt de gemeente?",
        f"100% - {show_number(measured)}% = {show_number(100 - measured)}%, ten hoogste "
        f"{show_number(highest.waarde * 100)}%: {show_number(part_paid * 100)}%.",
        highest,
        artikel="10d lid 4 Participatiewet",
    )
    return part_paid, False


def _measured(r: Redenering[LksFeiten], peildatum: date) -> Decimal | None:
    """The loonwaarde that counts on the day, or None when none has been established yet."""
    percentage: Decimal | None = r["loonwaarde_percentage"]
    day = r["loonwaarde_vastgesteld_op"]
    return None if day is not None and day > peildatum else percentage


def _amount(
    r: Redenering[LksFeiten],
    deel: Decimal,
    forfaitair: bool,
    leeftijd: int,
    last_day: date,
    wijze: Aanvraagwijze,
    peildatum: date,
) -> Uitkomst[Loonkostensubsidie]:
    """The amount by month, with every factor in a step of its own."""
    begin = r.feiten.begin_dienstbetrekking
    fixed = max(begin, date(peildatum.year, 1, 1))
    base = _base(r, fixed, leeftijd)
    hours, norm = _hours(r, fixed)
    lasten = parameter("loonkostensubsidie", "werkgeverslasten").stand_op(fixed)
    share = base * deel * hours / norm
    total = to_cents(base * deel * hours * (_HONDERD + lasten.waarde) / (norm * _HONDERD))
    r.step(
        "Hoeveel betaalt de gemeente per maand?",
        f"{show_euro(base)} x {show_number(deel * 100)}% x {show_number(hours)} / {show_number(norm)} uur = "
        f"{show_euro(share)}; met {show_number(lasten.waarde)}% voor werkgeverslasten {show_euro(total)}.",
        lasten,
        artikel="10d lid 4 en 5 Participatiewet",
        toelichting="Aan het eind één keer afgerond op centen; de wet zegt niet hoe.",
    )
    months = int(parameter("loonkostensubsidie", "forfaitair_maanden").op(peildatum))
    weeks = parameter("loonkostensubsidie", "beslisweken").stand_op(peildatum)
    measured_on = r["loonwaarde_vastgesteld_op"]
    decide_by = measured_on + timedelta(weeks=int(weeks.waarde)) if measured_on and not forfaitair else None
    again = date(peildatum.year + 1, 1, 1)
    said = f"Op {show_date(again)}; het minimumloon van juli verandert een lopende subsidie niet."
    r.step("Wanneer verandert het bedrag?", said, weeks, artikel="10d lid 7 en 12 Participatiewet")
    return r.finish(
        Loonkostensubsidie(
            recht=True,
            waarom="Aan alle voorwaarden is voldaan.",
            bedrag_per_maand=total,
            zonder_werkgeverslasten=to_cents(share),
            forfaitair=forfaitair,
            maatstaf_op=fixed,
            opnieuw_vastgesteld_op=again,
            loonwaarde_voor=months_later(begin, months) if forfaitair else None,
            aanvragen_tot_en_met=last_day,
            beslissing_uiterlijk=decide_by,
            aanvragen=wijze,
        )
    )


def _base(r: Redenering[LksFeiten], fixed: date, leeftijd: int) -> Decimal:
    """The minimum wage with holiday allowance by month, of the day on which the amount was fixed."""
    month = parameter("minimumloon", "maandbedrag").stand_op(fixed)
    table = parameter("minimumloon", "jeugdpercentages").stand_op(fixed)
    holiday = parameter("minimumloon", "vakantiebijslag").stand_op(fixed)
    wage = month_amount(leeftijd, fixed)
    base: Decimal = wage * (1 + holiday.waarde)
    r["leeftijd" if r.feiten.leeftijd is not None else "geboortedatum"]
    why = "" if wage == month.waarde else _BIRTHDAY
    if months_later(fixed, -6) <= r.feiten.begin_dienstbetrekking < fixed:
        why += _SECOND_HALF
    r.step(
        "Welk minimumloon telt?",
        f"Dat van {show_date(fixed)} bij {leeftijd} jaar: {show_euro(wage)}, met {show_number(holiday.waarde * 100)}% "
        f"vakantiebijslag {show_euro(base)}.",
        month,
        table,
        holiday,
        artikel="10d lid 4 en 7 Participatiewet; 8 en 15 WML",
        zekerheid=Zekerheid.INDICATIE if why else Zekerheid.BRON,
        toelichting=why,
    )
    return base


def _hours(r: Redenering[LksFeiten], fixed: date) -> tuple[Decimal, Decimal]:
    """The hours that count, at most full time in this work, and the hours for which the whole amount is meant."""
    measure = parameter("loonkostensubsidie", "maatstaf").stand_op(fixed)
    week = Decimal(r["voltijd_uren"])
    hours = min(r["uren_per_week"], week)
    norm = week
    said = f"{show_number(hours)} uur per week; een volledige baan in dit werk is {show_number(week)} uur."
    if measure.waarde == "norm_uren":
        norm = parameter("loonkostensubsidie", "norm_uren").op(fixed)
        said += f" Het volle bedrag geldt voor {show_number(norm)} uur."
    r.step("Hoeveel uren tellen?", said, measure, artikel="10d lid 4 Participatiewet")
    return hours, norm
