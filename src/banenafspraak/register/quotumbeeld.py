"""The picture of a year of an employer: what its own wage returns come to, in figures that name nobody.

It is all that may be kept (`quotumbeelden`). The lines behind it (`Regel`) name people by the employer's own number
for them, are shown once, and are kept nowhere. `quotumtelling` makes both.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from banenafspraak.register.loonopgaven import last_day
from banenafspraak.register.raadpleging import Periode
from banenafspraak.wet.parameters import parameter
from banenafspraak.wet.quotum import Quotum, QuotumFeiten, Quotumsector, quotum
from banenafspraak.wet.redenering import show_euro
from banenafspraak.wet.uitkomst import Bron, Stap, Uitkomst, show_number

_NUL = Decimal(0)


class Regelsoort(StrEnum):
    """Why somebody has a line."""

    TELT = "telt"
    GEMIST = "gemist"
    ONTERECHT = "onterecht"
    OVERGANG = "overgang"
    NIET_NAGEKEKEN = "niet_nagekeken"
    ZONDER_OPGAVE = "zonder_opgave"


@dataclass(frozen=True, slots=True)
class Registerantwoord:
    """What the register said of somebody. `nagekeken` is False when the wage data does not know them as own staff."""

    nagekeken: bool
    perioden: tuple[Periode, ...] = ()

    def within(self, begin: date, einde: date) -> Periode | None:
        """The first period that has a day in common with these days, both included."""
        for periode in self.perioden:
            if periode.vanaf <= einde and (periode.tot is None or periode.tot > begin):
                return periode
        return None


@dataclass(frozen=True, slots=True)
class Loonlijst:
    """Who has a wage under one number in one month by the wage data of UWV, which came by another way."""

    lhnr: str = field(repr=False)
    maand: date
    bsns: frozenset[str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Maandbeeld:
    """One calendar month: what the returns say of it, and how much of that is of arbeidsbeperkten.

    `aangeleverd`: a full return covers it, under every number that is in the files.
    """

    maand: int
    aangeleverd: bool
    inkomstenverhoudingen: int
    mensen: int
    arbeidsbeperkten: int
    uren: Decimal
    uren_arbeidsbeperkten: Decimal
    banen: Decimal


@dataclass(frozen=True, slots=True)
class Lkvbeeld:
    """The LKV doelgroep banenafspraak of the year, in euros and in people.

    `juist` is due and asked, `gemist` due and not asked, `onterecht` asked and not due, `overgang` asked by who is not
    registered and may have it by transitional law only. `onbekend` says why nothing is reckoned; empty otherwise.
    """

    juist: Decimal = _NUL
    gemist: Decimal = _NUL
    onterecht: Decimal = _NUL
    overgang: Decimal = _NUL
    gemist_mensen: int = 0
    onterecht_mensen: int = 0
    overgang_mensen: int = 0
    onbekend: str = ""


@dataclass(frozen=True, slots=True)
class Quotumbeeld:
    """A year of an employer in figures; nobody is named. Hours are verloonde uren of wage from work.

    `uren_vorig_jaar` is None unless the files cover the whole year before. The hours with and without Ufo premium are
    of the newest tijdvak; `sector`, `uitzendonderneming` and `percentage` are what the employer said of itself, if
    anything. `ontbreekt` are the months of which a return was due and is not there, `dubbel` those of
    which there were several full ones. `zonder_opgave` counts who is in the wage data of UWV and not in the returns.
    """

    jaar: int
    maanden: tuple[Maandbeeld, ...]
    mensen: int
    arbeidsbeperkten: int
    uren: Decimal
    uren_arbeidsbeperkten: Decimal
    banen: Decimal
    uren_uitzendpersoneel: Decimal
    uren_wsw: Decimal
    uren_ufo: Decimal
    uren_zonder_ufo: Decimal
    uren_vorig_jaar: Decimal | None
    ontbreekt: tuple[int, ...]
    dubbel: tuple[int, ...]
    niet_nagekeken: int
    zonder_bsn: int
    zonder_opgave: int
    lkv: Lkvbeeld
    sector: str = ""
    uitzendonderneming: bool = False
    percentage: Decimal | None = None

    @property
    def volledig(self) -> bool:
        """Whether every month of the year is there."""
        return all(maand.aangeleverd for maand in self.maanden)


@dataclass(frozen=True, slots=True)
class Regel:
    """One line about one employee: which months, how many hours, what amount, and why.

    `kenmerk` is the personnel number of the returns; without one the BSN, which the employer gave.
    """

    soort: Regelsoort
    kenmerk: str = field(repr=False)
    maanden: tuple[int, ...]
    uren: Decimal
    bedrag: Decimal | None
    uitkomst: Uitkomst[Any] | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Resultaat:
    """The picture of the year, and the lines behind it."""

    beeld: Quotumbeeld
    regels: tuple[Regel, ...] = field(repr=False)


def quotum_of(beeld: Quotumbeeld) -> Uitkomst[Quotum] | None:
    """What the law asks of this employer; None while the hours of the year before are not known.

    Of a year that is not whole it is the position up to now, and the threshold is taken in proportion. Raises
    `ParameterFout` after the last year of which the rules are known.
    """
    if beeld.uren_vorig_jaar is None:
        return None
    known = beeld.sector or None
    covered = sum(maand.aangeleverd for maand in beeld.maanden)
    feiten = QuotumFeiten(
        verloonde_uren=beeld.uren,
        verloonde_uren_vorig_jaar=beeld.uren_vorig_jaar,
        uren_arbeidsbeperkten=beeld.uren_arbeidsbeperkten,
        sector=Quotumsector(known) if known else None,
        uren_met_ufo_premie=None if known else beeld.uren_ufo,
        uren_zonder_ufo_premie=None if known else beeld.uren_zonder_ufo,
        uren_uitzendpersoneel=beeld.uren_uitzendpersoneel or None,
        uitzendonderneming_ingeschreven=beeld.uitzendonderneming or None,
        uren_wsw=beeld.uren_wsw or None,
        maanden_werkgever=covered if 0 < covered < 12 else None,
        quotumpercentage=beeld.percentage,
    )
    return quotum(feiten, peildatum=last_day(beeld.jaar, 12))


# --- Why: the sums of the year as steps ----------------------------------------------------------------------------


def explain_month(beeld: Maandbeeld, jaar: int) -> Uitkomst[Decimal]:
    """How the banen of a month were reckoned."""
    stand = parameter("banenafspraak", "uren_per_maand").stand_op(last_day(jaar, beeld.maand))
    whole = parameter("quotum", "heel_tijdvak").stand_op(last_day(jaar, beeld.maand))
    uren, banen = show_number(beeld.uren_arbeidsbeperkten), show_number(beeld.banen)
    return _sums(
        beeld.banen,
        (
            "Hoeveel uren zijn van arbeidsbeperkten?",
            f"{uren} uren van {beeld.arbeidsbeperkten} werknemer(s), van {show_number(beeld.uren)} uren van iedereen.",
            "38g lid 3 en 8 Wfsv",
            whole.bron,
        ),
        (
            "Hoeveel banen zijn dat?",
            f"{uren} / {show_number(stand.waarde)} = {banen} banen.",
            str(stand.bron),
            stand.bron,
        ),
    )


def explain_lkv(beeld: Quotumbeeld) -> Uitkomst[Decimal]:
    """How the missed LKV was reckoned."""
    peildatum = last_day(beeld.jaar, 12)
    stand = parameter("loonkostenvoordeel", "banenafspraak").stand_op(peildatum)
    row = stand.waarde[0]
    lkv = beeld.lkv
    stelsel = parameter("loonkostenvoordeel", "stelsel").stand_op(peildatum)
    return _sums(
        lkv.gemist,
        (
            "Voor wie is er recht op het loonkostenvoordeel doelgroep banenafspraak?",
            "Wie op een dag van het aangiftetijdvak in het register staat, nog geen AOW heeft en geen werk van artikel "
            "2 Wsw zonder terbeschikkingstelling doet.",
            str(stelsel.bron),
            stelsel.bron,
        ),
        (
            "Hoeveel is het?",
            f"{show_euro(row['per_uur'])} per verloond uur, ten hoogste {show_euro(row['maximum'])} per werknemer per "
            "kalenderjaar. Per werknemer: eerst wat u met en zonder verzoek kreeg, dan het verschil.",
            str(stand.bron),
            stand.bron,
        ),
        (
            "Wat is niet gevraagd?",
            f"{show_euro(lkv.gemist)} van {lkv.gemist_mensen} werknemer(s). "
            f"Wel gevraagd en terecht: {show_euro(lkv.juist)}.",
            "2.1 en 4.1 Wtl",
            stand.bron,
        ),
    )


def _sums(waarde: Decimal, *steps: tuple[str, str, str, Bron]) -> Uitkomst[Decimal]:
    stappen = tuple(Stap(vraag, said, artikel) for vraag, said, artikel, _ in steps)
    return Uitkomst(waarde, stappen, tuple(dict.fromkeys(bron for *_, bron in steps)))


# --- Kept and sent: plain values and back --------------------------------------------------------------------------


def to_record(beeld: Quotumbeeld) -> dict[str, Any]:
    """Plain JSON types; amounts and hours as exact texts."""
    record: dict[str, Any] = _plain(beeld)
    return record


def from_record(data: Mapping[str, Any]) -> Quotumbeeld:
    """What `to_record` made. Raises `KeyError`, `TypeError`, `ValueError` for anything else."""
    maanden = tuple(Maandbeeld(**_typed(Maandbeeld, row)) for row in data["maanden"])
    lkv = Lkvbeeld(**_typed(Lkvbeeld, data["lkv"]))
    rest = {name: value for name, value in data.items() if name not in ("maanden", "lkv")}
    return Quotumbeeld(**_typed(Quotumbeeld, rest), maanden=maanden, lkv=lkv)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Quotumbeeld | Maandbeeld | Lkvbeeld):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value


def _typed(cls: type[Any], row: Mapping[str, Any]) -> dict[str, Any]:
    kinds = cls.__dataclass_fields__
    done: dict[str, Any] = {}
    for name, value in row.items():
        if "Decimal" in str(kinds[name].type) and value is not None:
            value = Decimal(value)
        done[name] = tuple(value) if isinstance(value, list) else value
    return done
