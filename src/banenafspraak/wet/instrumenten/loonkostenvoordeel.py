"""Loonkostenvoordeel: what an employer gets per paid hour (Wet tegemoetkomingen loondomein 2.6 to 2.17, 4.1 and 6.2).

The LKV doelgroep banenafspraak hung on a ground at the start of the job and a doelgroepverklaring until 2026, for three
years; since 2026 it hangs on the registration itself, without end. Of several advantages only the highest is paid.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, TypeVar

from banenafspraak.wet.aow import aow_reached
from banenafspraak.wet.feiten import Feit, FeitenFout
from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.parameters import parameter
from banenafspraak.wet.redenering import Aanvraagwijze, Redenering, aanvraagwijze, show_euro, to_cents
from banenafspraak.wet.termijnen import first_werkdag, months_later
from banenafspraak.wet.uitkomst import Uitkomst, Zekerheid, show_date, show_number

_LAATSTE_OUDE_DAG = date(2025, 12, 31)
_EERSTE_LKV_DAG = date(2018, 1, 1)


class Tegemoetkoming(StrEnum):
    """De tegemoetkomingen in de volgorde van de wet."""

    ARBEIDSGEHANDICAPTE = "arbeidsgehandicapte"
    BANENAFSPRAAK = "banenafspraak"
    HERPLAATSEN = "herplaatsen"
    LIV = "liv"


class Dienst(StrEnum):
    """Soort dienstbetrekking, voor zover het uitmaakt."""

    GEWOON = "gewoon"
    WSW_ARTIKEL_2 = "wsw_artikel_2"
    WSW_TER_BESCHIKKING = "wsw_ter_beschikking"
    WSW_BEGELEID_WERKEN = "wsw_begeleid_werken"
    BESCHUT_WERK_PWET = "beschut_werk_pwet"


@dataclass(frozen=True, slots=True, kw_only=True)
class LkvFeiten:
    """Feiten over één werknemer en één aangiftetijdvak (of jaar) waaruit het loonkostenvoordeel volgt."""

    begin_dienstbetrekking: Annotated[date, Feit("Eerste dag van de eerste dienstbetrekking bij deze werkgever.")]
    verloonde_uren: Annotated[
        Decimal, Feit("Verloonde uren waarover het loonkostenvoordeel wordt berekend.", minimum=0, maximum=8784)
    ]
    eerder_verloonde_uren: Annotated[
        Decimal | None,
        Feit("Verloonde uren eerder in dit kalenderjaar waarvoor het al gold.", aanname=0, minimum=0, maximum=8784),
    ] = None
    einde_dienstbetrekking: Annotated[date | None, Feit("Laatste dag van de dienstbetrekking, als die er is.")] = None
    tijdvak_begin: Annotated[
        date | None, Feit("Eerste dag van het aangiftetijdvak; leeg is de maand van de peildatum.")
    ] = None
    tijdvak_einde: Annotated[date | None, Feit("Laatste dag van het aangiftetijdvak.")] = None
    geregistreerd: Annotated[bool | None, Feit("Staat de werknemer in het doelgroepregister?")] = None
    geregistreerd_vanaf: Annotated[date | None, Feit("Eerste dag van de registratie.")] = None
    geregistreerd_tot: Annotated[date | None, Feit("Eerste dag zonder registratie; leeg als zij loopt.")] = None
    grond: Annotated[Grond | None, Feit("Grond van de registratie; tot 2026 hing het recht daarvan af.")] = None
    scholingsbelemmerd: Annotated[
        bool | None,
        Feit("Begon de werknemer binnen vijf jaar na onderwijs dat door ziekte werd belemmerd?", aanname=False),
    ] = None
    quotum_geactiveerd: Annotated[
        bool | None,
        Feit(
            "Was de quotumheffing voor de sector geactiveerd voor het begin van het werk (38b lid 2, tot 2020)?",
            aanname=False,
        ),
    ] = None
    eerder_in_dienst_tot: Annotated[
        date | None, Feit("Laatste dag van een eerdere dienstbetrekking bij deze werkgever.")
    ] = None
    doelgroepverklaring: Annotated[
        bool | None, Feit("Heeft de werkgever een geldige doelgroepverklaring (nodig tot 2026)?")
    ] = None
    doelgroepverklaring_aangevraagd_op: Annotated[
        date | None, Feit("Dag waarop de werknemer die verklaring aanvroeg.")
    ] = None
    wia_bij_begin: Annotated[
        bool | None,
        Feit(
            "Was de werknemer bij het begin arbeidsgehandicapt: WIA, of onder 35% en niet terug bij de oude werkgever?",
            aanname=False,
        ),
    ] = None
    herplaatst_op: Annotated[
        date | None, Feit("Bij herplaatsen met WIA: dag waarop de aanvraagtermijn van de verklaring begon.")
    ] = None
    verklaring_arbeidsgehandicapt: Annotated[
        bool | None, Feit("Is er een geldige doelgroepverklaring als arbeidsgehandicapte?", aanname=False)
    ] = None
    verklaring_arbeidsgehandicapt_aangevraagd_op: Annotated[
        date | None, Feit("Dag waarop die verklaring is aangevraagd.")
    ] = None
    geboortedatum: Annotated[date | None, Feit("Geboortedatum; leeg: aangenomen dat er geen AOW is.")] = None
    dienstbetrekking: Annotated[Dienst | None, Feit("Soort dienstbetrekking.", aanname=Dienst.GEWOON)] = None
    verzoek_in_loonaangifte: Annotated[
        bool | None, Feit("Doet de werkgever het verzoek in de loonaangifte?", aanname=True)
    ] = None
    liv_bedrag: Annotated[
        Decimal | None, Feit("Lage-inkomensvoordeel over hetzelfde jaar, tot 2025.", minimum=0, maximum=2000)
    ] = None

    def contradictions(self) -> list[str]:
        """Facts that exclude each other."""
        fouten = [
            f"{tot} ligt voor {vanaf}: draai de datums om."
            for vanaf, tot in (
                ("begin_dienstbetrekking", "einde_dienstbetrekking"),
                ("tijdvak_begin", "tijdvak_einde"),
                ("geregistreerd_vanaf", "geregistreerd_tot"),
            )
            if getattr(self, vanaf) and getattr(self, tot) and getattr(self, tot) < getattr(self, vanaf)
        ]
        if (self.tijdvak_begin is None) != (self.tijdvak_einde is None):
            fouten.append("tijdvak_begin en tijdvak_einde horen bij elkaar: geef beide of geen.")
        if self.geregistreerd is False and self.geregistreerd_vanaf:
            fouten.append("geregistreerd is onwaar maar geregistreerd_vanaf is ingevuld: laat een van beide weg.")
        if self.eerder_in_dienst_tot and self.eerder_in_dienst_tot >= self.begin_dienstbetrekking:
            fouten.append("eerder_in_dienst_tot ligt niet voor begin_dienstbetrekking: controleer beide.")
        if self.geboortedatum and self.geboortedatum >= self.begin_dienstbetrekking:
            fouten.append("geboortedatum ligt niet voor begin_dienstbetrekking: controleer beide.")
        for naam in ("doelgroepverklaring", "verklaring_arbeidsgehandicapt"):
            if getattr(self, naam) is False and getattr(self, f"{naam}_aangevraagd_op"):
                fouten.append(f"{naam} is onwaar maar {naam}_aangevraagd_op is ingevuld: laat een van beide weg.")
        return fouten


@dataclass(frozen=True, slots=True)
class Voordeel:
    """One tegemoetkoming: whether it is due, its amount, and from when until when (None: as long as it lasts)."""

    soort: Tegemoetkoming
    recht: bool
    waarom: str
    bedrag: Decimal
    vanaf: date | None
    tot: date | None


@dataclass(frozen=True, slots=True)
class Loonkostenvoordeel:
    """What is paid: the highest of the tegemoetkomingen. ``bedrag`` is in euros for the hours that were given.

    ``correctie_tot_en_met`` is the last day of a request by correction, ``overzicht_voor`` and ``besluit_voor`` are the
    days before which the employer sees the provisional calculation and gets the decision.
    """

    recht: bool
    toegekend: Tegemoetkoming | None
    bedrag: Decimal
    tot: date | None
    voordelen: tuple[Voordeel, ...]
    verzoek_voor_overzicht: date
    overzicht_voor: date
    correctie_tot_en_met: date
    besluit_voor: date
    aanvragen: Aanvraagwijze


R = Redenering[LkvFeiten]
T = TypeVar("T", int, Decimal)


@dataclass(frozen=True, slots=True)
class _Tijdvak:
    """The aangiftetijdvak: the law of its last day holds, and its calendar year is the year of that day."""

    begin: date
    einde: date


def loonkostenvoordeel(feiten: LkvFeiten, *, peildatum: date) -> Uitkomst[Loonkostenvoordeel]:
    """The loonkostenvoordeel over the aangiftetijdvak of ``peildatum``, in whole cents.

    Raises FeitenFout for facts that contradict each other, FeitOntbreekt for what may not be assumed, and ParameterFout
    before 2018 and after the last known amount.
    """
    if fouten := feiten.contradictions():
        raise FeitenFout(fouten)
    tijdvak = _tijdvak(feiten, peildatum)
    parameter("loonkostenvoordeel", "banenafspraak").op(tijdvak.einde)
    r = Redenering(feiten)
    nothing = _no_claim(r, tijdvak)
    parts = [
        _voordeel(r, soort, tijdvak, nothing, rule)
        for soort, rule in (
            (Tegemoetkoming.ARBEIDSGEHANDICAPTE, _arbeidsgehandicapte),
            (Tegemoetkoming.BANENAFSPRAAK, _banenafspraak),
            (Tegemoetkoming.HERPLAATSEN, _herplaatsen),
        )
    ]
    liv = r["liv_bedrag"]
    if liv:
        parts.append(_liv(liv, tijdvak))
    return r.finish(_highest(r, tuple(parts), tijdvak))


def tegemoetkoming_van_het_jaar(bedragen: Sequence[T]) -> T:
    """What is paid of several tegemoetkomingen for one employee: the highest over the calendar year (4.1 lid 3)."""
    return max(bedragen)


def banenafspraak_bedrag(verloonde_uren: Decimal, *, peildatum: date) -> Decimal:
    """The LKV doelgroep banenafspraak of one employee over these hours of one calendar year, in whole cents (Wtl 2.13).

    Raises ParameterFout before 2018 and after the last known amount.
    """
    row = parameter("loonkostenvoordeel", "banenafspraak").op(peildatum)[0]
    return to_cents(min(verloonde_uren * row["per_uur"], row["maximum"]))


def _tijdvak(feiten: LkvFeiten, peildatum: date) -> _Tijdvak:
    if feiten.tijdvak_begin is not None and feiten.tijdvak_einde is not None:
        if not feiten.tijdvak_begin <= peildatum <= feiten.tijdvak_einde:
            raise FeitenFout(["tijdvak_begin en tijdvak_einde: de peildatum ligt niet in dit tijdvak."])
        return _Tijdvak(feiten.tijdvak_begin, feiten.tijdvak_einde)
    first = peildatum.replace(day=1)
    return _Tijdvak(first, months_later(first, 1) - timedelta(days=1))


def _no_claim(r: R, tijdvak: _Tijdvak) -> str:
    """Why no loonkostenvoordeel at all is due over this tijdvak; empty when one may be."""
    stand = parameter("loonkostenvoordeel", "stelsel").stand_op(tijdvak.einde)
    begin, einde = r["begin_dienstbetrekking"], r["einde_dienstbetrekking"]
    span = f"{show_date(tijdvak.begin)} tot en met {show_date(tijdvak.einde)}"
    works = begin <= tijdvak.einde and (einde is None or einde >= tijdvak.begin)
    if not r.test("Is er een dienstbetrekking in het tijdvak?", works, f"het tijdvak is {span}.", stand):
        return "Er is geen dienstbetrekking in dit tijdvak."
    asked = r["verzoek_in_loonaangifte"]
    if not r.test(
        "Is er een verzoek in de loonaangifte?", asked, "zonder verzoek is er geen recht.", stand, artikel="2.1 Wtl"
    ):
        return "De werkgever doet geen verzoek in de loonaangifte."
    birth = r["geboortedatum"]
    old = birth is not None and aow_reached(birth, tijdvak.begin)
    said = "het tijdvak waarin de AOW-leeftijd wordt bereikt, telt nog helemaal mee."
    sure = Zekerheid.BRON if birth is not None else Zekerheid.AFGELEID
    if r.test(
        "Had de werknemer de AOW-leeftijd al op de eerste dag van het tijdvak?",
        old,
        said if birth is not None else "zonder geboortedatum is aangenomen dat de werknemer geen AOW heeft.",
        stand,
        artikel="2.6, 2.10 en 2.14 Wtl",
        zekerheid=sure,
    ):
        return "De werknemer heeft de AOW-leeftijd bereikt."
    return ""


@dataclass(frozen=True, slots=True)
class _Recht:
    """Whether one advantage is due, why (not), and its period."""

    ja: bool
    waarom: str
    vanaf: date | None = None
    tot: date | None = None


def _voordeel(
    r: R, soort: Tegemoetkoming, tijdvak: _Tijdvak, nothing: str, rule: Callable[[R, _Tijdvak], _Recht]
) -> Voordeel:
    recht = _Recht(False, nothing) if nothing else rule(r, tijdvak)
    if not recht.ja:
        return Voordeel(soort, False, recht.waarom, Decimal(0), None, None)
    if soort is Tegemoetkoming.BANENAFSPRAAK:
        stand = parameter("loonkostenvoordeel", "banenafspraak").stand_op(tijdvak.einde)
    elif soort is Tegemoetkoming.ARBEIDSGEHANDICAPTE:
        stand = parameter("loonkostenvoordeel", "arbeidsgehandicapte").stand_op(tijdvak.einde)
    else:
        stand = parameter("loonkostenvoordeel", "herplaatsen").stand_op(tijdvak.einde)
    rate, most = stand.waarde[0]["per_uur"], stand.waarde[0]["maximum"]
    hours, before = r["verloonde_uren"], Decimal(r["eerder_verloonde_uren"])
    amount = to_cents(min((before + hours) * rate, most)) - to_cents(min(before * rate, most))
    said = f"{show_number(hours)} uur x {show_euro(rate)}, ten hoogste {show_euro(most)} per kalenderjaar"
    if before:
        said += f", waarvan {show_euro(min(before * rate, most))} al gold"
    r.step(f"Hoe hoog is het loonkostenvoordeel {soort.value}?", f"{said}: {show_euro(amount)}.", stand)
    return Voordeel(soort, True, recht.waarom, amount, recht.vanaf, recht.tot)


# --- Doelgroep banenafspraak ------------------------------------------------------------------------------------


def _banenafspraak(r: R, tijdvak: _Tijdvak) -> _Recht:
    stelsel = parameter("loonkostenvoordeel", "stelsel").stand_op(tijdvak.einde)
    if stelsel.waarde == "verklaring_en_drie_jaar":
        return _old_right(r, tijdvak, tijdvak.einde)
    dienst = r["dienstbetrekking"]
    inside = dienst is Dienst.WSW_ARTIKEL_2
    if r.test(
        "Is het een dienstbetrekking van artikel 2 Wsw zonder terbeschikkingstelling?",
        inside,
        "wie ter beschikking is gesteld aan een andere werkgever telt wel mee.",
        stelsel,
        artikel="2.10 lid 2 onderdeel b Wtl",
    ):
        return _Recht(False, "Werk van artikel 2 Wsw binnen de eigen organisatie telt niet.")
    if _arbeidsbeperkt(r, tijdvak, dienst):
        known = (r.feiten.begin_dienstbetrekking, r.feiten.geregistreerd_vanaf, _LAATSTE_OUDE_DAG + timedelta(days=1))
        start = max(day for day in known if day)
        return _Recht(True, "De werknemer is arbeidsbeperkte in dit tijdvak.", start, r.feiten.geregistreerd_tot)
    if r.feiten.begin_dienstbetrekking > _LAATSTE_OUDE_DAG:
        return _Recht(False, "De werknemer is geen arbeidsbeperkte in dit tijdvak.")
    r.step(
        "Geldt het overgangsrecht?",
        "De dienstbetrekking begon voor 2026: liep het recht toen al, dan loopt de rest van de drie jaar door.",
        stelsel,
        artikel="6.2 lid 1 onderdeel a en lid 4 Wtl",
    )
    return _old_right(r, tijdvak, _LAATSTE_OUDE_DAG)


def _arbeidsbeperkt(r: R, tijdvak: _Tijdvak, dienst: Dienst) -> bool:
    """Whether the register holds the person on any day of the tijdvak (Wfsv 38b and 38f lid 5)."""
    stelsel = parameter("loonkostenvoordeel", "stelsel").stand_op(tijdvak.einde)
    grond, since, until = r["grond"], r["geregistreerd_vanaf"], r["geregistreerd_tot"]
    registered = r["geregistreerd"]
    if registered is None and since is None and until is None and grond is None:
        registered = r.need("geregistreerd", "2.10 lid 1 Wtl")
    holds = registered is not False and grond is not Grond.GEEN
    holds = holds and (since is None or since <= tijdvak.einde) and (until is None or until > tijdvak.begin)
    beschut = dienst is Dienst.BESCHUT_WERK_PWET and grond not in (Grond.JONGGEHANDICAPT_UWV_OORDEEL, Grond.WIW_ID)
    said = (
        "beschut werk sluit de doelgroep uit."
        if beschut
        else "de registratie bewijst het; er is geen verklaring nodig."
    )
    return r.test(
        "Is de werknemer arbeidsbeperkte op een dag van het tijdvak?",
        holds and not beschut,
        said,
        stelsel,
        artikel="2.10 lid 1 en 2.12 lid 2 Wtl; 38b en 38f lid 5 Wfsv",
        zekerheid=Zekerheid.BRON if registered is not None or since is not None else Zekerheid.AFGELEID,
    )


def _old_right(r: R, tijdvak: _Tijdvak, law_of: date) -> _Recht:
    """The right as it was until 2026: a ground at the start, a new employee, a declaration, three years."""
    begin = r["begin_dienstbetrekking"]
    years = parameter("loonkostenvoordeel", "duur_jaren").stand_op(law_of)
    end = months_later(begin, int(years.waarde) * 12)
    running = tijdvak.begin < end
    said = f"van {show_date(begin)} tot {show_date(end)}; een tijdvak waarin de periode eindigt telt helemaal mee."
    if not r.test("Lopen de drie jaar nog?", running, said, years):
        return _Recht(False, _VERSTREKEN)
    wrong = r["dienstbetrekking"] in (Dienst.WSW_ARTIKEL_2, Dienst.WSW_TER_BESCHIKKING, Dienst.BESCHUT_WERK_PWET)
    said = "een dienstbetrekking van artikel 2 Wsw of van beschut werk gaf geen recht."
    artikel = "2.10 lid 2 onderdeel b Wtl"
    if r.test("Sluit de soort dienstbetrekking uit?", wrong, said, years, artikel=artikel):
        return _Recht(False, "Deze soort dienstbetrekking gaf tot 2026 geen recht.")
    if not _ground_at_start(r, begin, law_of):
        return _Recht(False, "Bij het begin bestond geen grond van artikel 2.10.")
    if not _new_employee(r, begin, law_of):
        return _Recht(False, "De werknemer was kort ervoor al bij deze werkgever in dienst.")
    if not _declared(r, begin, "doelgroepverklaring", law_of):
        return _Recht(False, "Er is geen geldige doelgroepverklaring.")
    return _Recht(True, "Aan de voorwaarden bij het begin is voldaan.", max(begin, _EERSTE_LKV_DAG), end)


_VERSTREKEN = "De periode van drie jaar is verstreken."


def _ground_at_start(r: R, begin: date, law_of: date) -> bool:
    """Whether a ground of the article existed in the month before the start (since 2020 also on the first day)."""
    table = parameter("loonkostenvoordeel", "gronden").stand_op(law_of)
    moment = parameter("loonkostenvoordeel", "peilmoment").stand_op(law_of)
    if r["scholingsbelemmerd"]:
        said = "wie bij het onderwijs is belemmerd en binnen vijf jaar daarna begon, hoorde tot 2026 bij de doelgroep."
        return r.test("Bestond bij het begin een grond van artikel 2.10?", True, said, table)
    grond = r.need("grond", "2.10 lid 1 onderdeel a Wtl")
    row = next((row for row in table.waarde if row["grond"] == grond.value), None)
    holds = row is not None and begin >= row.get("begin_vanaf", begin)
    holds = holds and (row is None or not row.get("quotum") or bool(r["quotum_geactiveerd"]))
    since, until = r["geregistreerd_vanaf"], r["geregistreerd_tot"]
    latest = begin if moment.waarde == "maand_ervoor_of_eerste_dag" else begin.replace(day=1) - timedelta(days=1)
    holds = holds and (since is None or since <= latest)
    holds = holds and (until is None or until > months_later(begin, -1))
    said = f"de grond {grond.value} moest er uiterlijk op {show_date(latest)} zijn."
    return r.test("Bestond bij het begin een grond van artikel 2.10?", holds, said, table, moment)


def _new_employee(r: R, begin: date, law_of: date) -> bool:
    stand = parameter("loonkostenvoordeel", "eerder_in_dienst_maanden").stand_op(law_of)
    before, since = r["eerder_in_dienst_tot"], months_later(begin, -int(stand.waarde))
    said = f"niet in dienst bij deze werkgever van {show_date(since)} tot {show_date(begin)}."
    return r.test("Was de werknemer zes maanden niet in dienst?", before is None or before < since, said, stand)


def _declared(r: R, start: date, naam: str, law_of: date) -> bool:
    """Whether the declaration was asked for in time: within three months, moved to a working day."""
    stand = parameter("loonkostenvoordeel", "verklaring_maanden").stand_op(law_of)
    last = first_werkdag(months_later(start, int(stand.waarde)))
    asked = r[f"{naam}_aangevraagd_op"]
    has = r[naam] if asked is None else True
    if has is None:
        has = r.need(naam, "2.10 lid 1 onderdeel c en 2.11 Wtl")
    said = f"aangevraagd uiterlijk op {show_date(last)}."
    vraag = f"Is er een geldige verklaring ({naam.replace('_', ' ')})?"
    return r.test(vraag, bool(has) and (asked is None or asked <= last), said, stand)


# --- Arbeidsgehandicapte and herplaatsen --------------------------------------------------------------------------


def _arbeidsgehandicapte(r: R, tijdvak: _Tijdvak) -> _Recht:
    begin, law_of = r["begin_dienstbetrekking"], tijdvak.einde
    stand = parameter("loonkostenvoordeel", "arbeidsgehandicapte").stand_op(law_of)
    said = "dat is wie WIA kreeg, of na de wachttijd minder dan 35% arbeidsongeschikt was. Een Wajonger hoort bij de "
    said += "banenafspraak."
    if not r.test(
        "Was de werknemer arbeidsgehandicapt bij het begin?",
        r["wia_bij_begin"],
        said,
        stand,
        artikel="2.6 lid 1 en 2 Wtl",
    ):
        return _Recht(False, "De werknemer was bij het begin niet arbeidsgehandicapt in de zin van de WIA.")
    if _wsw_or_beschut(r, law_of):
        return _Recht(False, "Voor een dienstbetrekking van artikel 2 Wsw of beschut werk is er geen voordeel.")
    years = parameter("loonkostenvoordeel", "duur_jaren").stand_op(law_of)
    end = months_later(begin, int(years.waarde) * 12)
    if not r.test("Lopen de drie jaar nog?", tijdvak.begin < end, f"tot {show_date(end)}.", years, artikel="2.8 Wtl"):
        return _Recht(False, _VERSTREKEN)
    if not _new_employee(r, begin, law_of):
        return _Recht(False, "De werknemer was kort ervoor al bij deze werkgever in dienst.")
    if not _declared(r, begin, "verklaring_arbeidsgehandicapt", law_of):
        return _Recht(False, "Er is geen geldige doelgroepverklaring.")
    return _Recht(True, "Aan de voorwaarden is voldaan.", max(begin, _EERSTE_LKV_DAG), end)


def _herplaatsen(r: R, tijdvak: _Tijdvak) -> _Recht:
    law_of = tijdvak.einde
    years = parameter("loonkostenvoordeel", "herplaatsen_jaren").stand_op(law_of)
    start = r["herplaatst_op"]
    if start is None:
        r.step(
            "Is de werknemer herplaatst?", "Nee: er is geen dag van herplaatsen opgegeven.", years, artikel="2.14 Wtl"
        )
        return _Recht(False, "De werknemer is niet herplaatst.")
    end = months_later(start, int(years.waarde) * 12)
    said = f"van {show_date(start)} tot {show_date(end)}."
    if not r.test("Loopt het jaar van herplaatsen?", start <= tijdvak.einde and tijdvak.begin < end, said, years):
        return _Recht(False, "Het jaar van herplaatsen loopt niet in dit tijdvak.")
    if _wsw_or_beschut(r, law_of):
        return _Recht(False, "Voor een dienstbetrekking van artikel 2 Wsw of beschut werk is er geen voordeel.")
    if not _declared(r, start, "verklaring_arbeidsgehandicapt", law_of):
        return _Recht(False, "Er is geen geldige doelgroepverklaring.")
    return _Recht(True, "Aan de voorwaarden is voldaan.", start, end)


def _wsw_or_beschut(r: R, law_of: date) -> bool:
    stand = parameter("loonkostenvoordeel", "arbeidsgehandicapte").stand_op(law_of)
    wrong = r["dienstbetrekking"] in (Dienst.WSW_ARTIKEL_2, Dienst.WSW_TER_BESCHIKKING, Dienst.BESCHUT_WERK_PWET)
    said = "artikel 2 Wsw en beschut werk geven geen recht."
    return r.test("Sluit de soort dienstbetrekking uit?", wrong, said, stand, artikel="2.6 lid 3 en 2.14 lid 2 Wtl")


# --- Only the highest -------------------------------------------------------------------------------------------


def _liv(amount: Decimal, tijdvak: _Tijdvak) -> Voordeel:
    if tijdvak.einde >= date(2025, 1, 1):
        raise FeitenFout(["liv_bedrag: het lage-inkomensvoordeel bestaat sinds 2025 niet meer; laat het weg."])
    return Voordeel(Tegemoetkoming.LIV, True, "Opgegeven.", to_cents(amount), None, None)


def _highest(r: R, parts: tuple[Voordeel, ...], tijdvak: _Tijdvak) -> Loonkostenvoordeel:
    stand = parameter("loonkostenvoordeel", "kalender").stand_op(tijdvak.einde)
    due = [part for part in parts if part.recht]
    best = max(due, key=lambda part: part.bedrag, default=None)  # the first in the order of the law, when equal
    said = "Er is geen recht op een loonkostenvoordeel."
    if best is not None:
        said = f"Het hoogste is {best.soort.value}: {show_euro(best.bedrag)}."
    r.step(
        "Welke tegemoetkoming wordt verstrekt?",
        said,
        stand,
        artikel="4.1 lid 3 Wtl",
        toelichting="De wet vergelijkt de bedragen van het hele kalenderjaar.",
    )
    days = {row["naam"]: date(tijdvak.einde.year + 1, int(row["maand"]), int(row["dag"])) for row in stand.waarde}
    said = (
        f"Verzoek in de aangifte of met een correctie tot en met {show_date(days['correctie'])}; wie uiterlijk "
        f"{show_date(days['verzoek_voor_overzicht'])} vraagt, ziet voor {show_date(days['overzicht_voor'])} de "
        f"voorlopige berekening; het besluit komt voor {show_date(days['besluit_voor'])}."
    )
    r.step("Wanneer moet wat gebeuren?", said, stand, artikel="4.1 en 4.2 Wtl")
    return Loonkostenvoordeel(
        recht=best is not None,
        toegekend=best.soort if best else None,
        bedrag=best.bedrag if best else Decimal(0),
        tot=best.tot if best else None,
        voordelen=parts,
        verzoek_voor_overzicht=days["verzoek_voor_overzicht"],
        overzicht_voor=days["overzicht_voor"],
        correctie_tot_en_met=days["correctie"],
        besluit_voor=days["besluit_voor"],
        aanvragen=aanvraagwijze(r, "lkv", tijdvak.einde),
    )
