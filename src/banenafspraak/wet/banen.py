"""What counts as a baan: which work, how many hours, in which sector, against which nulmeting and doelstelling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, Literal

from banenafspraak.wet.feiten import FactReader, Feit
from banenafspraak.wet.parameters import Parameter, ParameterFout, parameter, parameters
from banenafspraak.wet.uitkomst import (
    Bron,
    Stap,
    Trail,
    Uitkomst,
    Zekerheid,
    show_date,
    show_number,
)

Per = Literal["maand", "week", "jaar"]
Sector = Literal["overheid", "markt"]


class Tijdvak(StrEnum):
    """De periode waarover de verloonde uren gelden."""

    MAAND = "maand"
    WEEK = "week"
    JAAR = "jaar"


class SoortWerk(StrEnum):
    """Soorten werk waarvoor de banenafspraak een regel heeft."""

    ARBEIDSOVEREENKOMST = "arbeidsovereenkomst"
    AMBTELIJKE_AANSTELLING = "ambtelijke_aanstelling"
    BBL = "bbl"
    STAGE = "stage"
    UITZENDWERK = "uitzendwerk"
    DETACHERING = "detachering"
    PAYROLLING = "payrolling"
    INGEKOCHTE_DIENST = "ingekochte_dienst"
    WSW_DETACHERING = "wsw_detachering"
    WSW_BEGELEID_WERKEN = "wsw_begeleid_werken"
    WSW_BESCHUT = "wsw_beschut"
    BESCHUT_WERK_PWET = "beschut_werk_pwet"
    PROEFPLAATSING = "proefplaatsing"
    WIW_ID = "wiw_id"


class Kolom(StrEnum):
    """Waar een baan in de cijfers terechtkomt."""

    OVERHEID = "overheid"
    MARKT = "markt"
    UITZEND_DETACHERING = "uitzend_detachering"


@dataclass(frozen=True, slots=True)
class Aard:
    """What the code of the aard van de arbeidsverhouding in a wage return means for counting."""

    naam: str
    telt: bool
    inleen: bool


@dataclass(frozen=True, slots=True)
class Nulmeting:
    """One version of one figure about December 2012: never the only one, so never without its name and source."""

    naam: str
    omschrijving: str
    eenheid: str
    waarde: Decimal
    bekend_vanaf: date
    bron: Bron
    zekerheid: Zekerheid


# --- Hours and jobs ----------------------------------------------------------------------------------------------


def uren_per_baan(per: Per) -> Parameter:
    """The verloonde uren that are one baan, per "maand" (110,92), "week" (25,5) or "jaar" (1.331)."""
    if per == "maand":
        return parameter("banenafspraak", "uren_per_maand")
    if per == "week":
        return parameter("banenafspraak", "uren_per_week")
    if per == "jaar":
        return parameter("banenafspraak", "uren_per_jaar")
    raise ValueError(f"Onbekende periode '{per}': kies maand, week of jaar.")


def count_banen(verloonde_uren: Decimal, *, peildatum: date, per: Per = "maand") -> Decimal:
    """Banen that these verloonde uren stand for, unrounded: a baan is not a contract, 36 hours a week is 1,41 baan.

    Sum the hours first and divide once: the sum of quotients need not equal the quotient of the sum. Negative hours
    (a difference) are allowed. Source: Regeling Wfsv 3.28, UWV factsheet. Raises ParameterFout before December 2012.
    """
    hours: Decimal = uren_per_baan(per).op(peildatum)
    return verloonde_uren / hours


def round_half_up(number: Decimal) -> int:
    """ "Rekenkundig afgerond": to the nearest whole number, a half away from zero."""
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))


# --- Decision tables on the codes of the wage return -------------------------------------------------------------


@cache
def aard_arbeidsverhouding(peildatum: date) -> Mapping[int, Aard]:
    """Per code of the aard van de arbeidsverhouding: does the work count, and is it inleen.

    Beschut werk (Wsw 21, Participatiewet 24) does not count: Wfsv 122n lid 4, 38b lid 1. A code that is not in the
    table is not a kind of work the law speaks of.
    """
    rows = parameter("banenafspraak", "aard_arbeidsverhouding").op(peildatum)
    return MappingProxyType({int(row["code"]): Aard(row["naam"], row["telt"], row["inleen"]) for row in rows})


@cache
def loonsoorten(peildatum: date) -> frozenset[int]:
    """The codes of the soort inkomstenverhouding that are wage from work; the others are benefits and pensions."""
    return frozenset(int(code) for code in parameter("banenafspraak", "loonsoort").op(peildatum))


# --- Sector ------------------------------------------------------------------------------------------------------


def sector_werkgever(uren_ufo: Decimal, uren_overig: Decimal) -> Sector:
    """The sector of an employer for a whole calendar year (Regeling Wfsv 3.27).

    The hours are those of the last aangiftetijdvak of the preceding calendar year: with Ufo premium, and without.
    No Ufo hours at all: markt. At least half of the hours outside the Ufo: markt. Otherwise: overheid.
    Raises ValueError for hours below zero.
    """
    if uren_ufo < 0 or uren_overig < 0:
        raise ValueError("Verloonde uren zijn nooit minder dan nul.")
    boundary: Decimal = parameter("banenafspraak", "deel_buiten_ufo").constant()
    if not uren_ufo or uren_overig >= boundary * (uren_ufo + uren_overig):
        return "markt"
    return "overheid"


# --- Doelstelling and nulmeting ----------------------------------------------------------------------------------


def doelstelling(jaar: int, sector: Sector | None = None) -> Uitkomst[Decimal]:
    """The agreed extra banen at the end of ``jaar`` compared with December 2012, of one sector or (None) of both.

    Stated in hours of the month December (Regeling Wfsv 3.29); banen are those hours divided by 110,92.
    Raises ParameterFout for a year without a target (2013 and before).
    """
    december = date(jaar, 12, 31)
    sectors: tuple[Sector, ...] = (sector,) if sector else ("overheid", "markt")
    trail, hours = Trail(), Decimal(0)
    for each in sectors:
        stand = _target_parameter(each).stand_op(december)
        hours += stand.waarde
        trail.add(
            Stap(
                vraag=f"Hoeveel extra verloonde uren zijn er in december {jaar} afgesproken voor de sector {each}?",
                feiten={"jaar": jaar, "sector": each},
                artikel=str(stand.bron),
                uitkomst=f"{show_number(stand.waarde)} uren.",
                zekerheid=stand.zekerheid,
                toelichting=stand.toelichting,
            ),
            stand.bron,
        )
    banen = _plain(count_banen(hours, peildatum=december))
    maand = uren_per_baan("maand").stand_op(december)
    trail.add(
        Stap(
            vraag="Hoeveel banen zijn dat?",
            feiten={"verloonde_uren": hours, "uren_per_baan": maand.waarde},
            artikel=str(maand.bron),
            uitkomst=f"{show_number(hours)} / {show_number(maand.waarde)} = {show_number(banen)} banen.",
            zekerheid=maand.zekerheid,
        ),
        maand.bron,
    )
    return trail.finish(banen)


def _plain(number: Decimal) -> Decimal:
    """A whole number without an exponent, so that it is printed as it is said."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


def _target_parameter(sector: Sector) -> Parameter:
    if sector == "overheid":
        return parameter("banenafspraak", "doelstelling_uren_overheid")
    return parameter("banenafspraak", "doelstelling_uren_markt")


def doelstelling_regio(regio_code: str, jaar: int) -> Uitkomst[Decimal] | None:
    """The Werkkamer's indication of extra banen for an arbeidsmarktregio ("AM12"), or None when none was found.

    Only an indication: nothing was agreed per region.
    """
    found = parameters("werkkamer").get(f"doelstelling_{regio_code.lower()}")
    try:
        stand = found.stand_op(date(jaar, 12, 31)) if found else None
    except ParameterFout:
        stand = None
    if stand is None:
        return None
    trail = Trail()
    trail.add(
        Stap(
            vraag=f"Welk aantal extra banen noemt de Werkkamer voor regio {regio_code} eind {jaar}?",
            feiten={"regio": regio_code, "jaar": jaar},
            artikel=str(stand.bron),
            uitkomst=f"{show_number(stand.waarde)} extra banen, als indicatie: per regio is niets afgesproken.",
            zekerheid=stand.zekerheid,
            toelichting=stand.toelichting,
        ),
        stand.bron,
    )
    return trail.finish(stand.waarde)


@cache
def nulmetingen() -> tuple[Nulmeting, ...]:
    """Every known nulmeting figure with its version: they differ in moment and definition and must not be mixed."""
    return tuple(
        Nulmeting(p.naam, p.omschrijving, p.eenheid, stand.waarde, stand.vanaf, stand.bron, stand.zekerheid)
        for p in parameters("nulmeting").values()
        for stand in p.standen
    )


def nulmeting(naam: str) -> Nulmeting:
    """The latest version of the nulmeting figure of that name. Raises ParameterFout for an unknown name."""
    known = [n for n in nulmetingen() if n.naam == naam]
    if not known:
        raise ParameterFout(f"Er is geen nulmeting '{naam}'; wel: {', '.join(n.naam for n in nulmetingen())}.")
    return known[-1]


def extra_banen(banen: Decimal, *, sinds: Nulmeting) -> Decimal:
    """Banen above those of December 2012, in the version ``sinds``; may be negative. Raises ValueError for a
    nulmeting that is not counted in banen."""
    if sinds.eenheid != "banen":
        raise ValueError(f"'{sinds.omschrijving}' is geteld in {sinds.eenheid}, niet in banen.")
    return banen - sinds.waarde


# --- One contract ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Werk:
    """Het werk van één persoon bij één werkgever, om te bepalen of en hoe het meetelt."""

    soort_werk: Annotated[SoortWerk, Feit("Het soort werk.")]
    verloonde_uren: Annotated[
        Decimal, Feit("Uren waarover loon is betaald, in de gekozen periode.", minimum=0, maximum=8784)
    ]
    per: Annotated[Tijdvak, Feit("De periode waarover de uren gelden: maand, week of jaar.")]
    in_doelgroepregister: Annotated[bool, Feit("Staat de persoon op de peildatum in het doelgroepregister?")]
    in_loonaangifte: Annotated[
        bool | None,
        Feit("Staan uren en loon in de loonaangifte en de polisadministratie? Verplicht bij een stage.", aanname=True),
    ] = None
    uren_met_ufo_premie: Annotated[
        Decimal | None,
        Feit("Uren van de werkgever met Ufo-premie in het laatste aangiftetijdvak van het vorige jaar.", minimum=0),
    ] = None
    uren_zonder_ufo_premie: Annotated[
        Decimal | None,
        Feit("Uren van de werkgever zonder Ufo-premie in datzelfde aangiftetijdvak.", minimum=0),
    ] = None
    sector_werkgever: Annotated[
        Kolom | None,
        Feit("De sector (overheid of markt) van de formele werkgever, als die al is vastgesteld en de uren ontbreken."),
    ] = None
    sector_inlener: Annotated[
        Kolom | None,
        Feit("Bij inleen: de sector (overheid of markt) van het bedrijf waar de persoon werkt, als die bekend is."),
    ] = None

    def contradictions(self) -> list[str]:
        """Faults between the facts."""
        fouten = []
        if self.soort_werk is SoortWerk.STAGE and self.in_loonaangifte is None:
            fouten.append("in_loonaangifte ontbreekt: bij een stage hangt het tellen daarvan af.")
        if (self.uren_met_ufo_premie is None) != (self.uren_zonder_ufo_premie is None):
            fouten.append(
                "uren_met_ufo_premie en uren_zonder_ufo_premie horen bij elkaar: geef beide of geen van beide."
            )
        for naam in ("sector_inlener", "sector_werkgever"):
            if getattr(self, naam) is Kolom.UITZEND_DETACHERING:
                fouten.append(f"{naam}: kies overheid of markt, of laat het feit weg.")
        if self.sector_werkgever is not None and self.uren_met_ufo_premie is not None:
            fouten.append("sector_werkgever volgt uit de uren met en zonder Ufo-premie: geef een van beide.")
        limit = {Tijdvak.WEEK: 168, Tijdvak.MAAND: 744, Tijdvak.JAAR: 8784}[self.per]
        if self.verloonde_uren > limit:
            fouten.append(f"verloonde_uren: een {self.per.value} heeft ten hoogste {limit} uren.")
        return fouten


@dataclass(frozen=True, slots=True)
class Telling:
    """Of het werk meetelt, voor hoeveel banen (niet afgerond), en in welke kolom van de cijfers."""

    telt: bool
    banen: Decimal
    kolom: Kolom | None


def tel(werk: Werk, *, peildatum: date) -> Uitkomst[Telling]:
    """Whether this work counts for the banenafspraak, as how many banen, and in which column.

    The column is None when the work does not count, or when the employer's sector is not known.
    Raises ParameterFout for a peildatum before December 2012, the month of the nulmeting.
    """
    trail, reader = Trail(), FactReader(werk)
    counts = all(
        [_registered(reader, trail, peildatum), _kind_counts(reader, trail, peildatum), _paid(reader, trail, peildatum)]
    )
    if not counts:
        return trail.finish(Telling(False, Decimal(0), None))
    banen = _banen(reader, trail, peildatum)
    return trail.finish(Telling(True, banen, _kolom(reader, trail, peildatum)))


def _registered(reader: FactReader[Werk], trail: Trail, peildatum: date) -> bool:
    registered: bool = reader["in_doelgroepregister"]
    _step(
        reader,
        trail,
        parameter("banenafspraak", "wie_telt").stand_op(peildatum).bron,
        vraag=f"Staat de persoon op {show_date(peildatum)} in het doelgroepregister?",
        artikel="38b en 122n Wfsv",
        uitkomst="Ja." if registered else "Nee: dan telt het werk niet, wat voor werk het ook is.",
    )
    return registered


def _kind_counts(reader: FactReader[Werk], trail: Trail, peildatum: date) -> bool:
    row, stand = _row(reader["soort_werk"], peildatum)
    _step(
        reader,
        trail,
        stand.bron,
        vraag="Telt dit soort werk?",
        artikel=row["artikel"],
        uitkomst=("Ja. " if row["telt"] else "Nee. ") + row["waarom"],
        zekerheid=stand.zekerheid,
    )
    return bool(row["telt"])


def _row(soort: SoortWerk, peildatum: date) -> tuple[dict[str, Any], Any]:
    stand = parameter("banenafspraak", "soort_werk").stand_op(peildatum)
    return next(row for row in stand.waarde if row["soort"] == soort.value), stand


def _paid(reader: FactReader[Werk], trail: Trail, peildatum: date) -> bool:
    paid: bool = reader["in_loonaangifte"]
    _step(
        reader,
        trail,
        parameter("banenafspraak", "verloond").stand_op(peildatum).bron,
        vraag="Staan de uren in de loonaangifte en de polisadministratie?",
        artikel="38b lid 4 Wfsv",
        uitkomst="Ja: het zijn verloonde uren." if paid else "Nee: dan zijn het geen verloonde uren en telt er niets.",
    )
    return paid


def _banen(reader: FactReader[Werk], trail: Trail, peildatum: date) -> Decimal:
    per: Per = reader["per"].value
    stand = uren_per_baan(per).stand_op(peildatum)
    banen = count_banen(reader["verloonde_uren"], peildatum=peildatum, per=per)
    _step(
        reader,
        trail,
        stand.bron,
        vraag=f"Hoeveel banen zijn deze uren per {per}?",
        artikel="3.28 Regeling Wfsv",
        uitkomst=f"{show_number(reader['verloonde_uren'])} / {show_number(stand.waarde)} = {show_number(banen)} baan.",
        zekerheid=stand.zekerheid,
    )
    return banen


def _kolom(reader: FactReader[Werk], trail: Trail, peildatum: date) -> Kolom | None:
    row, _ = _row(reader["soort_werk"], peildatum)
    kolom: Kolom | None
    if row["plaats"] == "inlener":
        kolom, uitkomst = _sector_inlener(reader)
    else:
        kolom, uitkomst = _own_sector(reader)
    _step(
        reader,
        trail,
        parameter("banenafspraak", "deel_buiten_ufo").stand_op(peildatum).bron,
        vraag="In welke kolom telt het werk?",
        artikel="3.27 en 3.30 Regeling Wfsv",
        uitkomst=uitkomst,
    )
    return kolom


def _sector_inlener(reader: FactReader[Werk]) -> tuple[Kolom, str]:
    sector: Kolom | None = reader["sector_inlener"]
    if sector is None:
        why = "de sector van het bedrijf waar hij werkt is niet opgegeven"
        return Kolom.UITZEND_DETACHERING, f"In de kolom uitzend en detachering: {why}."
    return sector, f"In de sector {sector.value} van het bedrijf waar de persoon werkt."


def _own_sector(reader: FactReader[Werk]) -> tuple[Kolom | None, str]:
    ufo, other = reader["uren_met_ufo_premie"], reader["uren_zonder_ufo_premie"]
    known: Kolom | None = reader["sector_werkgever"] if ufo is None else None
    if known is not None:
        return known, f"In de sector {known.value} van de formele werkgever, zoals die is opgegeven."
    if ufo is None:
        return None, "De uren met en zonder Ufo-premie van de werkgever zijn niet opgegeven: de sector is onbekend."
    sector = sector_werkgever(ufo, other)
    why = (
        "minder dan de helft van de uren valt buiten het Ufo"
        if sector == "overheid"
        else "er zijn geen uren met Ufo-premie"
        if not ufo
        else "de helft van de uren of meer valt buiten het Ufo"
    )
    return Kolom(sector), f"In de sector {sector} van de formele werkgever, voor het hele kalenderjaar: {why}."


def _step(
    reader: FactReader[Werk],
    trail: Trail,
    bron: Bron,
    *,
    vraag: str,
    artikel: str,
    uitkomst: str,
    zekerheid: Zekerheid = Zekerheid.BRON,
) -> None:
    feiten, aangenomen = reader.take()
    trail.add(
        Stap(
            vraag=vraag, uitkomst=uitkomst, artikel=artikel, feiten=feiten, aangenomen=aangenomen, zekerheid=zekerheid
        ),
        bron,
    )
