"""By which day UWV must decide: the term of each kind of request, when it moves, and the public holidays it skips.

Only dates: a term has no hour, so summer time does not touch it. The day of receipt does not count; the last day does.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Any

from banenafspraak.wet.feiten import FactReader, Feit, FeitenFout
from banenafspraak.wet.parameters import Parameter, Stand, parameter
from banenafspraak.wet.uitkomst import Stap, Trail, Uitkomst, Zekerheid, least_certain, show_date


class Termijnsoort(StrEnum):
    """Waarop UWV moet beslissen, adviseren of antwoorden."""

    WAJONG = "wajong"
    BANENAFSPRAAK = "banenafspraak"
    WERKEN_MET_VOORZIENING = "werken_met_voorziening"
    BESCHUT_WERK = "beschut_werk"
    UITSCHRIJVING = "uitschrijving"
    ONTVANGSTBEVESTIGING = "ontvangstbevestiging"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermijnFeiten:
    """Feiten over één verzoek, waaruit volgt op welke dag UWV uiterlijk moet beslissen."""

    soort: Annotated[Termijnsoort, Feit("Waarop UWV moet beslissen of antwoorden.")]
    ontvangen_op: Annotated[date, Feit("Dag waarop het verzoek is ontvangen.")]
    woont_in_buitenland: Annotated[
        bool | None, Feit("Woont de aanvrager buiten Nederland? Alleen van belang bij Wajong.", aanname=False)
    ] = None
    aanvulling_gevraagd_op: Annotated[
        date | None, Feit("Dag waarop UWV vroeg om de aanvraag aan te vullen, als dat is gebeurd.")
    ] = None
    aangevuld_op: Annotated[
        date | None, Feit("Dag waarop de aanvraag is aangevuld, of waarop de tijd daarvoor om was.")
    ] = None
    verlengd_tot_en_met: Annotated[
        date | None, Feit("Laatste dag volgens de schriftelijke mededeling van UWV dat de beslissing later komt.")
    ] = None
    verlenging_meegedeeld_op: Annotated[date | None, Feit("Dag van die schriftelijke mededeling.")] = None

    def contradictions(self) -> list[str]:
        """Days that cannot follow each other, or that need another."""
        fouten = []
        asked, complete = self.aanvulling_gevraagd_op, self.aangevuld_op
        if asked and asked < self.ontvangen_op:
            fouten.append("aanvulling_gevraagd_op ligt voor ontvangen_op: controleer beide.")
        if complete and (asked is None or complete < asked):
            fouten.append("aangevuld_op hoort bij een eerder aanvulling_gevraagd_op.")
        if (self.verlengd_tot_en_met is None) != (self.verlenging_meegedeeld_op is None):
            fouten.append("verlengd_tot_en_met en verlenging_meegedeeld_op horen bij elkaar: geef beide of geen.")
        elif self.verlenging_meegedeeld_op and self.verlenging_meegedeeld_op < self.ontvangen_op:
            fouten.append("verlenging_meegedeeld_op ligt voor ontvangen_op: controleer beide.")
        return fouten


@dataclass(frozen=True, slots=True)
class Termijn:
    """The last day on which a decision is in time, seen from the peildatum.

    ``laatste_dag`` is None while UWV waits for what it asked the applicant: the term then stands still.
    ``resterende_dagen`` counts calendar days and is negative once the term has passed.
    """

    laatste_dag: date | None
    staat_stil: bool
    verlengd: bool
    verstreken: bool
    resterende_dagen: int | None


def beslistermijn(feiten: TermijnFeiten, *, peildatum: date) -> Uitkomst[Termijn]:
    """By which day UWV must decide on this request, and whether that day has passed on ``peildatum``.

    The term is the one that held on the day of receipt. It stands still while the applicant must complete the request
    (Awb 4:15), moves to a working day when the Algemene termijnenwet governs it, and can be lengthened in writing
    before it ends. Raises FeitenFout for a peildatum before the receipt, ParameterFout for a receipt before 2015.
    """
    if peildatum < feiten.ontvangen_op:
        raise FeitenFout([f"ontvangen_op: het verzoek is op {show_date(peildatum)} nog niet ontvangen."])
    trail, reader = Trail(), FactReader(feiten)
    last = _counted(reader, trail)
    statutory = feiten.soort is not Termijnsoort.ONTVANGSTBEVESTIGING
    waiting = False
    if statutory and (asked := feiten.aanvulling_gevraagd_op) is not None:
        last, waiting = _suspended(feiten, last, asked, trail, peildatum)
    if statutory:
        last = _working_day(feiten, last, trail)
    lengthened = False
    if feiten.verlengd_tot_en_met is not None and feiten.verlenging_meegedeeld_op is not None:
        until, told = feiten.verlengd_tot_en_met, feiten.verlenging_meegedeeld_op
        last, lengthened = _lengthened(feiten, last, waiting, until, told, trail)
        waiting = waiting and not lengthened
    return trail.finish(_conclude(feiten, None if waiting else last, lengthened, trail, peildatum))


def _counted(reader: FactReader[TermijnFeiten], trail: Trail) -> date:
    """The last day by counting alone: days or weeks from the receipt, and months on top for who lives abroad."""
    soort: Termijnsoort = reader["soort"]
    received: date = reader["ontvangen_op"]
    stand = _term(soort).stand_op(received)
    length = int(stand.waarde)
    if soort is Termijnsoort.ONTVANGSTBEVESTIGING:
        last, said = received + timedelta(days=length), f"{length} dagen"
    else:
        last, said = received + timedelta(weeks=length), f"{length} weken"
    sources = [stand]
    if soort is Termijnsoort.WAJONG and reader["woont_in_buitenland"]:
        abroad = parameter("termijnen", "wajong_buitenland").stand_op(received)
        last, said = months_later(last, int(abroad.waarde)), f"{said} en {abroad.waarde} maanden (buitenland)"
        sources.append(abroad)
    used, assumed = reader.take()
    trail.add(
        Stap(
            vraag="Hoe lang is de termijn, en op welke dag eindigt zij?",
            uitkomst=f"{said} na de ontvangst op {show_date(received)}: {_weekday(last)} {show_date(last)}.",
            artikel=str(stand.bron),
            feiten=used,
            aangenomen=assumed,
            zekerheid=least_certain(s.zekerheid for s in sources),
            toelichting=stand.toelichting,
        ),
        *(s.bron for s in sources),
    )
    return last


def _term(soort: Termijnsoort) -> Parameter:
    match soort:
        case Termijnsoort.WAJONG:
            return parameter("termijnen", "termijn_wajong")
        case Termijnsoort.BANENAFSPRAAK:
            return parameter("termijnen", "termijn_banenafspraak")
        case Termijnsoort.WERKEN_MET_VOORZIENING:
            return parameter("termijnen", "termijn_werken_met_voorziening")
        case Termijnsoort.BESCHUT_WERK:
            return parameter("termijnen", "termijn_beschut_werk")
        case Termijnsoort.UITSCHRIJVING:
            return parameter("termijnen", "termijn_uitschrijving")
    return parameter("termijnen", "termijn_ontvangstbevestiging")


def _suspended(feiten: TermijnFeiten, last: date, asked: date, trail: Trail, peildatum: date) -> tuple[date, bool]:
    """The last day moved by the days between the request to complete and the completion; and whether it still waits."""
    stand = parameter("termijnen", "opschorting").stand_op(feiten.ontvangen_op)
    complete = feiten.aangevuld_op
    waiting = False
    if asked > last:
        uitkomst = f"Nee: de vraag om aanvulling kwam na de laatste dag ({show_date(last)})."
    elif asked > peildatum:
        uitkomst = f"Nog niet: die vraag komt pas na {show_date(peildatum)}."
    elif complete is None or complete > peildatum:
        uitkomst, waiting = "Ja: UWV wacht nog op de aanvulling, dus de termijn staat stil.", True
    else:
        days = max((complete - asked).days - 1, 0)
        last += timedelta(days=days)
        uitkomst = f"{days} dagen tellen niet mee; de laatste dag wordt {_weekday(last)} {show_date(last)}."
    trail.add(
        Stap(
            vraag="Stond de termijn stil omdat UWV om een aanvulling vroeg?",
            uitkomst=uitkomst,
            artikel="4:15 lid 1 onderdeel a Awb",
            feiten={"aanvulling_gevraagd_op": asked, "aangevuld_op": complete},
            zekerheid=stand.zekerheid,
            toelichting=stand.toelichting,
        ),
        stand.bron,
    )
    return last, waiting


def _working_day(feiten: TermijnFeiten, last: date, trail: Trail) -> date:
    """The last day moved to a working day, where the Algemene termijnenwet governs the term."""
    limit = parameter("termijnen", "termijnenwet_grens").stand_op(last)
    vraag, sure = "Schuift de laatste dag op naar een werkdag?", limit.zekerheid
    toelichting = ""
    if _term(feiten.soort).op(feiten.ontvangen_op) > limit.waarde:
        uitkomst = (
            f"Nee: deze termijn is langer dan {limit.waarde} weken, en dan geldt de Algemene termijnenwet niet. "
            f"De laatste dag blijft {_weekday(last)} {show_date(last)}."
        )
        moved, artikel = last, "4 onderdeel a Algemene termijnenwet"
    else:
        moved, artikel = first_werkdag(last), "1 lid 1, 3 en 5 Algemene termijnenwet"
        stand = _equated(moved)
        if moved == last:
            uitkomst = f"Nee: {show_date(last)} is een {_weekday(last)} en geen feestdag."
            # A day between a holiday and the weekend may have been equated by a decree that was not found.
            if _may_be_equated(last):
                sure, toelichting = stand.zekerheid, stand.toelichting
        else:
            why = feestdagen(last.year).get(last) or _weekday(last)
            uitkomst = f"Ja, van {show_date(last)} ({why}) naar {_weekday(moved)} {show_date(moved)}."
            skipped = [last + timedelta(days=n) for n in range((moved - last).days)]
            if any(day.weekday() < _SATURDAY for day in skipped):
                sure = least_certain([sure, *(_holiday_certainty(day) for day in skipped)])
    trail.add(
        Stap(vraag=vraag, uitkomst=uitkomst, artikel=artikel, feiten={"laatste_dag": last}, zekerheid=sure,
             toelichting=toelichting),
        limit.bron,
    )  # fmt: skip
    return moved


def _lengthened(
    feiten: TermijnFeiten, last: date, waiting: bool, until: date, told: date, trail: Trail
) -> tuple[date, bool]:
    """The day UWV named in writing, when this kind of term can be lengthened and the notice came in time.

    While UWV waits for the applicant the term does not end, so the notice is in time.
    """
    stand = parameter("termijnen", "uitstel").stand_op(feiten.ontvangen_op)
    row = next((row for row in stand.waarde if row["soort"] == feiten.soort.value), None)
    sure = Zekerheid.BRON if feiten.soort is Termijnsoort.WAJONG else stand.zekerheid
    lengthened = False
    if row is None:
        uitkomst = "Nee: voor deze termijn is geen verlenging geregeld."
    elif told > last and not waiting:
        uitkomst = f"Nee: de mededeling van {show_date(told)} kwam na de laatste dag ({show_date(last)})."
    elif until <= last:
        uitkomst = f"Nee: {show_date(until)} is niet later dan de laatste dag ({show_date(last)})."
    else:
        uitkomst, lengthened = f"Ja, tot en met {show_date(until)}: de dag die UWV zelf noemde.", True
    trail.add(
        Stap(
            vraag="Heeft UWV de termijn schriftelijk verlengd?",
            uitkomst=uitkomst,
            artikel=row["artikel"] if row else str(stand.bron),
            feiten={"verlengd_tot_en_met": until, "verlenging_meegedeeld_op": told},
            zekerheid=sure,
            toelichting=stand.toelichting,
        ),
        stand.bron,
    )
    return (until if lengthened else last), lengthened


def _conclude(feiten: TermijnFeiten, last: date | None, lengthened: bool, trail: Trail, peildatum: date) -> Termijn:
    if last is None:
        uitkomst = "Dat is nog niet te zeggen: de termijn staat stil tot de aanvraag is aangevuld."
        result = Termijn(None, True, lengthened, False, None)
    else:
        left = (last - peildatum).days
        result = Termijn(last, False, lengthened, left < 0, left)
        if left < 0:
            uitkomst = f"Uiterlijk {show_date(last)}; dat is {-left} dagen geleden."
        else:
            uitkomst = f"Uiterlijk {_weekday(last)} {show_date(last)}; nog {left} dagen."
    trail.add(
        Stap(
            vraag=f"Wanneer moet UWV uiterlijk beslissen, gezien op {show_date(peildatum)}?",
            uitkomst=uitkomst,
            artikel=str(_term(feiten.soort).stand_op(feiten.ontvangen_op).bron),
            feiten={"soort": feiten.soort, "peildatum": peildatum},
        )
    )
    return result


def last_day_of_bezwaar(bekend_op: date) -> date:
    """The last day to object to a decision that was made known on that day (Awb 6:7 and 6:8), a working day."""
    return first_werkdag(bekend_op + timedelta(weeks=int(parameter("termijnen", "termijn_bezwaar").op(bekend_op))))


# --- Days --------------------------------------------------------------------------------------------------------

_SATURDAY = 5
_WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_EQUATED = "dag die met een feestdag is gelijkgesteld"


def feestdagen(jaar: int) -> dict[date, str]:
    """The public holidays of a year with their names, and the days equated with one (Algemene termijnenwet 3).

    Saturdays and Sundays are not in it unless a holiday falls on them. Raises ParameterFout before 2015.
    """
    day = date(jaar, 12, 31)
    found = {date(jaar, int(r["maand"]), int(r["dag"])): r["naam"] for r in _fixed("vaste_feestdagen", day)}
    (koning,) = _fixed("koningsdag", day)
    birthday = date(jaar, int(koning["maand"]), int(koning["dag"]))
    found[birthday - timedelta(days=birthday.weekday() == 6)] = koning["naam"]
    easter = _easter(jaar)
    for days, naam in (
        (-2, "Goede Vrijdag"),
        (1, "Tweede Paasdag"),
        (39, "Hemelvaartsdag"),
        (50, "Tweede Pinksterdag"),
    ):
        found[easter + timedelta(days=days)] = naam
    found.update({row["dag"]: _EQUATED for row in _equated(day).waarde if row["dag"].year == jaar})
    return dict(sorted(found.items()))


def first_werkdag(day: date) -> date:
    """This day, or the first after it, that is no Saturday, Sunday or public holiday."""
    while day.weekday() >= _SATURDAY or day in feestdagen(day.year):
        day += timedelta(days=1)
    return day


def werkdagen_later(day: date, count: int) -> date:
    """The day so many working days after this one: Saturdays, Sundays and public holidays do not count.

    Raises ParameterFout before 2015.
    """
    for _ in range(count):
        day = first_werkdag(day + timedelta(days=1))
    return day


def _fixed(naam: str, day: date) -> list[dict[str, Any]]:
    found = parameter("termijnen", "koningsdag") if naam == "koningsdag" else parameter("termijnen", "vaste_feestdagen")
    rows: list[dict[str, Any]] = found.op(day)
    return rows


def _equated(day: date) -> Stand:
    return parameter("termijnen", "gelijkgestelde_dagen").stand_op(day)


def _may_be_equated(day: date) -> bool:
    """Whether this day lies between a public holiday and a weekend: the days that are equated now and then."""
    before, after = day - timedelta(days=1), day + timedelta(days=1)
    return (day.weekday() == 4 and before in feestdagen(before.year)) or (
        day.weekday() == 0 and after in feestdagen(after.year)
    )


def _holiday_certainty(day: date) -> Zekerheid:
    """How sure it is that this day is skipped."""
    naam = feestdagen(day.year).get(day)
    if naam == _EQUATED:
        return _equated(day).zekerheid
    if naam == "Koningsdag":
        return parameter("termijnen", "koningsdag").stand_op(day).zekerheid
    return Zekerheid.BRON


def _easter(jaar: int) -> date:
    """Easter Sunday of the Gregorian calendar (the method of Meeus, Jones and Butcher)."""
    a, (b, c) = jaar % 19, divmod(jaar, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(jaar, month, day + 1)


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _weekday(day: date) -> str:
    return _WEEKDAYS[day.weekday()]
