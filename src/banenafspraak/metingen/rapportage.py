"""The factsheet of an arbeidsmarktregio, as one frozen dataclass.

Every figure is a whole number. A comparison that does not exist (no wage data for that quarter, no target for that
region) is None, and null in JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date

from banenafspraak.metingen.grootheden import AantalBanen, AantalPersonen


@dataclass(frozen=True)
class Regio:
    """An arbeidsmarktregio, or the whole country."""

    code: str
    """Code of the region ("AM12"), or "NL" for the whole country."""
    naam: str
    """Name as published ("Gooi en Vechtstreek")."""


@dataclass(frozen=True)
class Verdeling:
    """Jobs (or percentages of them) by the sector of the formal employer; hired work is a column of its own."""

    markt: int
    """Regular jobs with market employers."""
    overheid: int
    """Regular jobs with government employers."""
    uitzend_detachering: int
    """Jobs through temporary agencies, secondment and payroll (inleen)."""


@dataclass(frozen=True)
class PerCategorie:
    """Persons by category; everybody is in exactly one."""

    wsw: AantalPersonen
    """Wsw (waiting list, secondment, begeleid werken) and WIW/ID."""
    wajong: AantalPersonen
    """Wajong, old and new."""
    participatiewet: AantalPersonen
    """Participatiewet, Praktijkroute, VSO/PrO and the like."""


@dataclass(frozen=True)
class Banencijfers:
    """Jobs of the residents of the region (25,5 verloonde uren a week each)."""

    aantal: AantalBanen
    """Jobs in the last month of the quarter."""
    nulmeting: AantalBanen | None
    """Jobs in December 2012."""
    extra: AantalBanen | None
    """`aantal` minus `nulmeting`: what counts for the banenafspraak. May be negative."""
    kwartaal_eerder: AantalBanen | None
    """Jobs one quarter before (the value, not the difference)."""
    jaar_eerder: AantalBanen | None
    """Jobs one year before (the value, not the difference)."""
    doelstelling: AantalBanen | None
    """Indicative regional target of the Werkkamer for the end of this year, in extra jobs; None where none is known."""
    percentage_doelstelling: int | None
    """`extra` as percentage of `doelstelling`, rounded half up."""
    verdeling: Verdeling
    """`aantal` by sector; in the rounded factsheet it adds up to `aantal`."""
    verdeling_percentage: Verdeling | None
    """`verdeling` as percentages of `aantal`, each rounded half up; None without any job."""


@dataclass(frozen=True)
class Personencijfers:
    """Persons in the register, or those of them who work."""

    aantal: AantalPersonen
    """Persons on the last day of the quarter."""
    nulmeting: AantalPersonen | None
    """Persons at the end of 2012."""
    kwartaal_eerder: AantalPersonen | None
    """Persons one quarter before (the value)."""
    jaar_eerder: AantalPersonen | None
    """Persons one year before (the value)."""
    per_categorie: PerCategorie
    """`aantal` by category; adds up to `aantal`."""


@dataclass(frozen=True)
class Aandeel:
    """Working persons and their share."""

    aantal: AantalPersonen
    """Working persons."""
    percentage: int | None
    """Of the persons in the register in the same category, rounded half up; None when there are none."""


@dataclass(frozen=True)
class Werkendenkwartaal:
    """Working persons with Wajong or Participatiewet at the end of one quarter (Wsw is left out: nearly all work)."""

    kwartaal: str
    """The quarter ("2017Q1")."""
    wajong: Aandeel
    """Category Wajong."""
    participatiewet: Aandeel
    """Category Participatiewet."""
    totaal: Aandeel
    """Both categories together."""


@dataclass(frozen=True)
class Stroom:
    """Persons coming in or going out."""

    werkend: AantalPersonen
    """With work: instroom at the end, uitstroom at the beginning of the quarter."""
    niet_werkend: AantalPersonen
    """Without work, on the same moment."""

    @property
    def totaal(self) -> AantalPersonen:
        """All persons of this flow."""
        return self.werkend + self.niet_werkend


@dataclass(frozen=True)
class Verloopdeel:
    """The flow between two quarters for one category (of the end of the quarter; uitstroom: of its beginning)."""

    instroom: Stroom
    """In the region's register at the end, not at the beginning."""
    uitstroom: Stroom
    """In the region's register at the beginning, not at the end."""
    baanvinders: AantalPersonen
    """Stayed in the register; without work at the beginning, working at the end."""
    baanverliezers: AantalPersonen
    """Stayed; working at the beginning, not at the end."""
    baanbehouders: AantalPersonen
    """Stayed; working at both moments."""
    niet_werkend_gebleven: AantalPersonen
    """Stayed; working at neither moment."""


@dataclass(frozen=True)
class Verloopcijfers(Verloopdeel):
    """The flow between the previous quarter and this one.

    Persons: now - before = instroom - uitstroom. Working: now - before = baanvinders - baanverliezers + working
    instroom - working uitstroom. Both hold exactly, also after rounding.
    """

    uitstroomredenen: Mapping[str, AantalPersonen]
    """Uitstroom by reason: the EindeReden values and vertrek_uit_regio, every reason present; adds up to uitstroom."""
    uitstroomredenen_percentage: Mapping[str, int]
    """The same as percentages of uitstroom, each rounded half up; empty when nobody left."""
    per_categorie: Mapping[str, Verloopdeel]
    """The flow by category (wsw, wajong, participatiewet)."""


@dataclass(frozen=True)
class Praktijkroutekwartaal:
    """Persons who came into the register through the Praktijkroute during one quarter."""

    kwartaal: str
    """The quarter ("2017Q1")."""
    instroom: AantalPersonen
    """Registrations that begin in the quarter, of residents of the region on that day."""


@dataclass(frozen=True)
class Reekskwartaal:
    """The stocks of one quarter, for the charts."""

    kwartaal: str
    """The quarter; the first of the series is the nulmeting "2012Q4" when there is one."""
    banen: Verdeling
    """Jobs by sector."""
    banen_totaal: AantalBanen
    """All jobs."""
    personen: PerCategorie
    """Persons in the register by category."""
    werkzaam: PerCategorie
    """Working persons by category."""


@dataclass(frozen=True)
class Factsheet:
    """All figures of one region and quarter."""

    regio: Regio
    """Which region."""
    kwartaal: str
    """Which quarter ("2018Q1")."""
    peildatum: date
    """Last day of the quarter."""
    afgerond: bool
    """True: the public figures, controlled-rounded (persons to 10, jobs to 5), percentages made from the rounded ones."""
    banen: Banencijfers
    """Jobs."""
    personen: Personencijfers
    """Persons in the register."""
    werkzaam: Personencijfers
    """Working persons: wage from at least one inkomstenverhouding in the last month of the quarter."""
    werkenden: tuple[Werkendenkwartaal, ...]
    """Working Wajong and Participatiewet, oldest first, at most five quarters."""
    verloop: Verloopcijfers | None
    """Flow since the previous quarter; None when that quarter has no wage data."""
    praktijkroute: tuple[Praktijkroutekwartaal, ...]
    """Inflow through the Praktijkroute, oldest first, at most five quarters."""
    reeks: tuple[Reekskwartaal, ...]
    """Stocks of the nulmeting and of the last five quarters, oldest first, as far as they were measured."""
    zegel: str
    """SHA-256 (hex) of the sealed Meting the figures of this quarter come from."""
    versoepeld: int
    """How many published cells of the quarter had to be rounded further than one base unit to let everything add up."""

    def to_json(self) -> dict[str, object]:
        """The factsheet as plain dicts, lists, strings, integers and None, ready for json.dumps."""
        plain = _plain(self)
        assert isinstance(plain, dict)
        return plain | {"aba": [], "klantprofielen": {}, "beschut_werk": {}}


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int):
        return int(value)
    raise TypeError(f"no JSON for {type(value).__name__}")
