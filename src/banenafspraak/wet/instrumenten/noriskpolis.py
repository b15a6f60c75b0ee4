"""No-riskpolis: UWV pays when somebody of the group falls ill, so that the employer does not (Ziektewet 29b).

For some grounds it hangs on the ground alone, for others on the registration too; the steps name the lid.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated

from banenafspraak.wet.feiten import Feit, FeitenFout
from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.instrumenten.loonkostenvoordeel import Dienst
from banenafspraak.wet.parameters import parameter
from banenafspraak.wet.redenering import Aanvraagwijze, Redenering, aanvraagwijze, show_euro, to_cents
from banenafspraak.wet.termijnen import months_later
from banenafspraak.wet.uitkomst import Uitkomst, Zekerheid, show_date, show_number


@dataclass(frozen=True, slots=True, kw_only=True)
class NoRiskFeiten:
    """Feiten over één werknemer die ziek is, waaruit het ziekengeld van UWV volgt."""

    begin_dienstbetrekking: Annotated[date, Feit("Eerste dag van de dienstbetrekking.")]
    ziek_vanaf: Annotated[date, Feit("Eerste dag van de ziekte.")]
    dagloon: Annotated[Decimal, Feit("Dagloon in euro's.", minimum=0)]
    grond: Annotated[Grond | None, Feit("Grond waarop de persoon in het doelgroepregister staat, als dat zo is.")] = (
        None
    )
    geregistreerd_vanaf: Annotated[date | None, Feit("Eerste dag van de registratie of van de grond.")] = None
    geregistreerd_tot: Annotated[date | None, Feit("Eerste dag zonder registratie; leeg als zij loopt.")] = None
    begonnen_voor_18: Annotated[
        bool | None, Feit("Begon dit werk voor de 18e verjaardag, en ontstond de Wajong daarna?", aanname=False)
    ] = None
    wia_bij_begin: Annotated[
        bool | None,
        Feit("Had de werknemer meteen voor dit werk recht op WIA (of onder 35% na de wachttijd)?", aanname=False),
    ] = None
    wia_toegekend_op: Annotated[date | None, Feit("Dag van de WIA, als die tijdens dit werk is toegekend.")] = None
    scholingsbelemmerd: Annotated[
        bool | None,
        Feit("Begon de werknemer binnen vijf jaar na onderwijs dat door ziekte werd belemmerd?", aanname=False),
    ] = None
    dienstbetrekking: Annotated[Dienst | None, Feit("Soort dienstbetrekking.", aanname=Dienst.GEWOON)] = None
    werkgever_vraagt_volledig: Annotated[
        bool | None, Feit("Vraagt de werkgever om het hele dagloon (eerste 52 weken)?", aanname=False)
    ] = None
    loon_per_dag: Annotated[
        Decimal | None, Feit("Loon per dag dat de werkgever bij ziekte verschuldigd is.", minimum=0)
    ] = None
    loonkostensubsidie: Annotated[
        bool | None, Feit("Betaalt de gemeente loonkostensubsidie voor dit werk?", aanname=False)
    ] = None
    loonwaarde_percentage: Annotated[
        Decimal | None, Feit("Vastgestelde loonwaarde, bij loonkostensubsidie.", minimum=1, maximum=100)
    ] = None
    forfaitair: Annotated[bool | None, Feit("Is de subsidie nog zonder gemeten loonwaarde?", aanname=False)] = None
    wsw_subsidie_per_dag: Annotated[
        Decimal | None, Feit("Subsidie per werkdag bij begeleid werken (artikel 7 Wsw).", minimum=0)
    ] = None

    def contradictions(self) -> list[str]:
        """Dates in an impossible order."""
        fouten = []
        if self.ziek_vanaf < self.begin_dienstbetrekking:
            fouten.append("ziek_vanaf ligt voor begin_dienstbetrekking: controleer beide.")
        if self.geregistreerd_vanaf and self.geregistreerd_tot and self.geregistreerd_tot < self.geregistreerd_vanaf:
            fouten.append("geregistreerd_tot ligt voor geregistreerd_vanaf: draai de datums om.")
        return fouten


@dataclass(frozen=True, slots=True)
class NoRisk:
    """Whether UWV pays on the day, how much by day, and for which sickness the right lasts.

    ``vanaf`` is the day from which the right exists; sickness that begins on or after ``ziekte_tot`` is not covered
    (None: it is, as long as the job lasts). ``volledig_tot`` is the first day after the 52 weeks.
    """

    recht: bool
    waarom: str
    artikel: str
    vanaf: date | None
    ziekte_tot: date | None
    procent: Decimal | None
    bedrag_per_dag: Decimal | None
    volledig_tot: date | None
    aanvragen: Aanvraagwijze


@dataclass(frozen=True, slots=True)
class _Groep:
    """The lid that covers somebody: from which day, and until which start of sickness. Without ``vanaf``: not."""

    waarom: str
    artikel: str
    vanaf: date | None = None
    ziekte_tot: date | None = None


R = Redenering[NoRiskFeiten]


def noriskpolis(feiten: NoRiskFeiten, *, peildatum: date) -> Uitkomst[NoRisk]:
    """The ziekengeld of UWV on ``peildatum``, a day of the sickness.

    Raises FeitenFout when the peildatum lies before the sickness or facts contradict each other, and ParameterFout
    before 2015.
    """
    if fouten := feiten.contradictions():
        raise FeitenFout(fouten)
    if peildatum < feiten.ziek_vanaf:
        raise FeitenFout([f"ziek_vanaf ligt na {show_date(peildatum)}: kies een peildatum tijdens de ziekte."])
    r = Redenering(feiten)
    groep = _groep(r, peildatum)
    weeks = parameter("noriskpolis", "volledig_weken").stand_op(peildatum)
    wijze = aanvraagwijze(r, "no-riskpolis", peildatum)
    if groep.vanaf is None:
        return r.finish(NoRisk(False, groep.waarom, groep.artikel, None, groep.ziekte_tot, None, None, None, wijze))
    full_until = feiten.ziek_vanaf + timedelta(weeks=int(weeks.waarde))
    percentage, amount = _amount(r, full_until, peildatum)
    return r.finish(
        NoRisk(True, groep.waarom, groep.artikel, groep.vanaf, groep.ziekte_tot, percentage, amount, full_until, wijze)
    )


# --- Who --------------------------------------------------------------------------------------------------------


def _groep(r: R, peildatum: date) -> _Groep:
    table = parameter("noriskpolis", "gronden").stand_op(peildatum)
    begin, dienst = r["begin_dienstbetrekking"], r["dienstbetrekking"]
    inside = dienst in (Dienst.WSW_ARTIKEL_2, Dienst.WSW_TER_BESCHIKKING)
    if r.test(
        "Is het een dienstbetrekking van artikel 2 Wsw?",
        inside,
        "daarvoor geldt artikel 29b niet.",
        table,
        artikel="29b lid 8 ZW",
    ):
        return _Groep("Voor een dienstbetrekking van artikel 2 Wsw is er geen no-riskpolis.", "29b lid 8 ZW")
    if r.test(
        "Is het beschut werk (Participatiewet 10b)?",
        dienst is Dienst.BESCHUT_WERK_PWET,
        "dat is een eigen groep.",
        table,
        artikel="29b lid 2 onderdeel f ZW",
    ):
        return _Groep("De werknemer werkt in beschut werk.", "29b lid 2 onderdeel f ZW", begin)
    if dienst is Dienst.WSW_BEGELEID_WERKEN:
        r.test(
            "Is het begeleid werken (artikel 7 Wsw)?",
            True,
            "dat is een eigen groep.",
            table,
            artikel="29b lid 2 onderdeel b ZW",
        )
        return _Groep("De werknemer werkt begeleid in de zin van de Wsw.", "29b lid 2 onderdeel b ZW", begin)
    grond = r["grond"]
    row = next((row for row in table.waarde if grond is not None and row["grond"] == grond.value), None)
    if row is not None:
        found = _by_ground(r, row, begin, peildatum)
        if found.vanaf is not None:
            return found
        return _by_years(r, begin, peildatum) or found
    by_years = _by_years(r, begin, peildatum)
    if by_years is not None:
        return by_years
    r.test("Hoort de werknemer bij een andere groep?", False, "er is geen grond van artikel 29b opgegeven.", table)
    return _Groep("De werknemer hoort bij geen groep van artikel 29b.", "29b ZW")


def _by_ground(r: R, row: dict[str, object], begin: date, peildatum: date) -> _Groep:
    """Covered by the ground, and for lid 11 and 12 by the registration as well."""
    table = parameter("noriskpolis", "gronden").stand_op(peildatum)
    artikel, sick = str(row["artikel"]), r["ziek_vanaf"]
    since, until = r["geregistreerd_vanaf"], r["geregistreerd_tot"]
    earliest = row.get("begin_vanaf")
    if isinstance(earliest, date) and not r.test(
        "Begon het werk op of na 1-1-2015?",
        begin >= earliest,
        f"het begon op {show_date(begin)}.",
        table,
        artikel=artikel,
    ):
        return _Groep("Het werk begon voor 2015.", artikel)
    if r["grond"] is Grond.WAJONG and since is not None and since > begin:
        before_18 = r["begonnen_voor_18"]
        artikel = "29b lid 2 onderdeel c ZW" if before_18 else artikel
        said = "wie voor de 18e verjaardag begon, is gedekt zodra de Wajong ontstaat; een ander niet."
        if not r.test(
            "Ontstond de Wajong pas na het begin van het werk?", bool(before_18), said, table, artikel=artikel
        ):
            return _Groep("De Wajong ontstond pas na het begin van het werk.", artikel)
    start = max(begin, since or begin)
    late = start > begin
    covered = sick >= start and (not row["registratie"] or until is None or sick < until)
    said = f"de ziekte begon op {show_date(sick)}; het recht bestaat vanaf {show_date(start)}"
    if row["registratie"]:
        said += f", tot {show_date(until)}" if until else ", zolang de registratie loopt"
    r.test(
        "Dekt de grond deze ziekte?",
        covered,
        f"{said}.",
        table,
        artikel=artikel,
        zekerheid=Zekerheid.INDICATIE if late else Zekerheid.BRON,
        toelichting="De wet zegt 'voorafgaand aan zijn dienstbetrekking'; of een latere registratie meteen dekt, is "
        "niet "
        "zeker."
        if late
        else "",
    )
    ends = until if row["registratie"] else None
    if not covered:
        return _Groep("De ziekte valt buiten de tijd waarin het recht bestaat.", artikel, None, ends)
    return _Groep("De grond geeft recht op de no-riskpolis.", artikel, start, ends)


def _by_years(r: R, begin: date, peildatum: date) -> _Groep | None:
    """Covered for five years: WIA at the start, WIA during the job, or education hampered; None when none applies."""
    years = parameter("noriskpolis", "jaren").stand_op(peildatum)
    sick, months = r["ziek_vanaf"], int(years.waarde) * 12
    wia = r["wia_bij_begin"] or r["grond"] is Grond.WIA_IVA_EXPERIMENT
    if wia or r["scholingsbelemmerd"]:
        start, artikel = begin, "29b lid 1 onderdeel a en b ZW" if wia else "29b lid 1 onderdeel c en d ZW"
    elif r["wia_toegekend_op"] is not None:
        start, artikel = r["wia_toegekend_op"], "29b lid 4 ZW"
    else:
        return None
    end = months_later(start, months)
    said = f"de ziekte moet beginnen van {show_date(start)} tot {show_date(end)}."
    if r.test(
        "Begon de ziekte binnen vijf jaar?",
        start <= sick < end,
        said,
        years,
        artikel=artikel,
        zekerheid=Zekerheid.BRON if artikel == "29b lid 4 ZW" else Zekerheid.UIT_GEHEUGEN,
    ):
        return _Groep("De ziekte begon binnen de vijf jaar.", artikel, start, end)
    return _Groep("De ziekte begon niet binnen de vijf jaar.", artikel, None, end)


# --- How much ---------------------------------------------------------------------------------------------------


def _amount(r: R, full_until: date, peildatum: date) -> tuple[Decimal, Decimal]:
    """The percentage of the dagloon, and the amount by day after the subsidies that are settled."""
    part = parameter("noriskpolis", "procent").stand_op(peildatum)
    weeks = parameter("noriskpolis", "volledig_weken").stand_op(peildatum)
    dagloon = _reduced(r, peildatum)
    asked = r["werkgever_vraagt_volledig"]
    full = bool(asked) and peildatum < full_until
    said = f"de eerste 52 weken lopen tot {show_date(full_until)}."
    if not asked:
        said = "de werkgever vraagt er niet om; dat kan in de eerste 52 weken."
    r.test("Is het ziekengeld het hele dagloon?", full, said, weeks, artikel="29b lid 6 ZW")
    percentage: Decimal = Decimal(100) if full else part.waarde
    amount = dagloon * percentage / 100
    wage = r["loon_per_dag"]
    if full and wage is not None and wage < amount:
        r.step("Is dat meer dan het loon?", f"Ja: het wordt {show_euro(wage)}.", weeks, artikel="29b lid 6 ZW")
        amount = wage
    left = _subsidised(r, peildatum)
    paid = to_cents(amount * left)
    settled = "" if left == 1 else f", en daarvan {show_number(left * 100)}%"
    r.step(
        "Hoeveel betaalt UWV per dag?",
        f"{show_number(percentage)}% van {show_euro(dagloon)}{settled}: {show_euro(paid)}.",
        part,
        weeks,
        artikel="29b lid 5 en 6 ZW",
    )
    return percentage, paid


def _reduced(r: R, peildatum: date) -> Decimal:
    """The dagloon, less the subsidy of begeleid werken (29b lid 7)."""
    part = parameter("noriskpolis", "procent").stand_op(peildatum)
    dagloon: Decimal = r["dagloon"]
    if r["dienstbetrekking"] is not Dienst.WSW_BEGELEID_WERKEN:
        return dagloon
    subsidy = r.need("wsw_subsidie_per_dag", "29b lid 7 ZW")
    left: Decimal = max(Decimal(0), dagloon - subsidy)
    said = f"{show_euro(dagloon)} - {show_euro(subsidy)} subsidie = {show_euro(left)}."
    r.step("Welk dagloon telt bij begeleid werken?", said, part, artikel="29b lid 7 ZW")
    return left


def _subsidised(r: R, peildatum: date) -> Decimal:
    """The part that is left when the gemeente keeps paying loonkostensubsidie: the loonwaarde, with a floor."""
    if not r["loonkostensubsidie"]:
        return Decimal(1)
    stand = parameter("noriskpolis", "lks_bodem").stand_op(peildatum)
    row = stand.waarde[0]
    if r["forfaitair"]:
        value = row["forfaitair"]
    else:
        value = max(r.need("loonwaarde_percentage", "Kamerstukken II 35 897, nr. 5"), row["laagste"])
    said = f"De gemeente betaalt door; UWV betaalt {show_number(value)}%, ten minste {show_number(row['laagste'])}%."
    r.step("Welk deel blijft over naast loonkostensubsidie?", said, stand)
    left: Decimal = value / 100
    return left
