"""The factsheet of an arbeidsmarktregio, as one frozen dataclass.

Every figure is a whole number. A comparison that does not exist (no wage data for that quarter, no target for that
region) is None, and null in JSON.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal

from banenafspraak.access import gebieden, logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, require
from banenafspraak.metingen import store
from banenafspraak.metingen.grootheden import NULMETING, AantalBanen, AantalPersonen, Kwartaal
from banenafspraak.metingen.kubus import NL, REDENEN, TOTAAL, Advies, Blijver, Cel, Grootheid, Werk
from banenafspraak.wet import banen
from banenafspraak.wet.arbeidsvermogen import AbaUitkomst
from banenafspraak.wet.banen import Kolom
from banenafspraak.wet.doelgroep import Categorie
from banenafspraak.wet.gronden import Aanvrager
from banenafspraak.wet.parameters import ParameterFout


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
class Abakwartaal:
    """Decisions of UWV on applications for a beoordeling arbeidsvermogen (ABA) during one quarter."""

    kwartaal: str
    """The quarter ("2018Q1")."""
    beoordelingen: AantalPersonen
    """All decisions, whatever came out."""
    wajong_2015: AantalPersonen
    """Wajong 2015."""
    doelgroep_banenafspraak: AantalPersonen
    """Indicatie banenafspraak."""
    werken_met_voorziening: AantalPersonen
    """Able to work only with a provision (Wfsv 38b lid 2)."""
    advies_beschut_werk: AantalPersonen
    """Positive advice about beschut werk."""
    geen: AantalPersonen
    """None of these."""
    van_gemeente: AantalPersonen
    """Of all decisions: asked by a gemeente."""


@dataclass(frozen=True)
class Beschutwerk:
    """Beschut werk at the end of the quarter."""

    positief: AantalPersonen
    """Positive advices of UWV up to the peildatum."""
    negatief: AantalPersonen
    """Negative advices up to the peildatum."""
    geplaatst: AantalPersonen
    """People in a sheltered job on the peildatum."""
    positief_kwartaal_eerder: AantalPersonen | None
    """Positive advices up to the end of the quarter before."""
    plaatsingspercentage: int | None
    """`geplaatst` as percentage of `positief_kwartaal_eerder`, rounded half up; None without any."""


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
    """True: the public figures, controlled-rounded (persons to 10, jobs to 5), with percentages of the rounded ones."""
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
    aba: tuple[Abakwartaal, ...] = ()
    """Decisions on applications, oldest first, at most five quarters; empty when the register knows of none."""
    beschut_werk: Beschutwerk | None = None
    """Beschut werk; None when the register knows of no advice."""

    def to_json(self) -> dict[str, object]:
        """The factsheet as plain dicts, lists, strings, integers and None, ready for json.dumps."""
        plain = _plain(self)
        assert isinstance(plain, dict)
        return plain | {"klantprofielen": {}, "beschut_werk": plain["beschut_werk"] or {}}


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


# --- Making a factsheet out of sealed metingen --------------------------------------------------------------------


class OnbekendeRegio(LookupError):
    """There is no such arbeidsmarktregio; the message (Dutch) says where to look."""


def factsheet(regio: str, kwartaal: str, *, afgerond: bool) -> Factsheet:
    """The factsheet of a region ("AM12", or "NL") and quarter ("2018Q1"), from the metingen in force.

    `afgerond=False` gives unrounded figures: only for those who may see them, through `unrounded_factsheet`. Raises
    `ValueError` for a text that is no quarter, `OnbekendeRegio`, `store.CijfersOntbreken`, `store.ZegelGebroken`.
    """
    moment = Kwartaal.parse(kwartaal)
    about = _regio(regio)
    sealed = store.in_force()
    if kwartaal not in sealed:
        raise store.missing(kwartaal)
    wanted = {NULMETING, *(moment.earlier(n) for n in range(5))}
    sheets = {
        each: _Blad(each, regio, sealed[str(each)].read(), afgerond=afgerond)
        for each in sorted(wanted)
        if each <= moment and str(each) in sealed
    }
    recent = [sheet for each, sheet in sheets.items() if each >= moment.earlier(4)]
    blad = sheets[moment]
    return Factsheet(
        regio=about,
        kwartaal=kwartaal,
        peildatum=moment.peildatum,
        afgerond=afgerond,
        banen=_banencijfers(blad, sheets),
        personen=_personencijfers(blad, sheets, TOTAAL),
        werkzaam=_personencijfers(blad, sheets, Werk.WERKEND),
        werkenden=tuple(_werkenden(sheet) for sheet in recent),
        verloop=blad.verloop(),
        praktijkroute=tuple(
            Praktijkroutekwartaal(str(sheet.kwartaal), sheet.personen(Grootheid.PRAKTIJKROUTE)) for sheet in recent
        ),
        reeks=tuple(_reeks(sheet) for sheet in sheets.values()),
        zegel=blad.zegel,
        versoepeld=blad.versoepeld,
        aba=_aba(recent),
        beschut_werk=_beschutwerk(blad, sheets),
    )


def unrounded_factsheet(regio: str, kwartaal: str, *, actor: Actor, now: datetime) -> Factsheet:
    """The factsheet with unrounded figures, for internal use; who looked is in the logboek. Raises as `factsheet`,
    and `PermissionDenied`."""
    require(actor, Permission.CIJFERS_ONAFGEROND_VIEW)
    sheet = factsheet(regio, kwartaal, afgerond=False)
    logboek.record(
        actor=actor,
        handeling="onafgeronde cijfers bekeken",
        onderwerp=f"{regio} {kwartaal}",
        details={"regio": regio, "kwartaal": kwartaal},
        now=now,
    )
    return sheet


def to_csv(sheet: Factsheet) -> str:
    """The factsheet as one figure a line: semicolons, and a byte order mark so that a spreadsheet opens it right."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(["regio", "regionaam", "kwartaal", "peildatum", "afgerond", "cijfer", "waarde"])
    about = (sheet.regio.code, sheet.regio.naam, sheet.kwartaal, sheet.peildatum.isoformat())
    figures = {name: value for name, value in sheet.to_json().items() if isinstance(value, dict | list)}
    for name, value in _lines(figures, ""):
        if not name.startswith("regio."):
            writer.writerow([*about, "ja" if sheet.afgerond else "nee", name, value])
    return "\ufeff" + out.getvalue()


def _lines(value: object, name: str) -> Iterator[tuple[str, int]]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key != "kwartaal":
                yield from _lines(item, f"{name}.{key}" if name else key)
    elif isinstance(value, list):
        for item in value:
            yield from _lines(item, f"{name}.{item['kwartaal']}")
    elif isinstance(value, int):
        yield name, value


def _regio(code: str) -> Regio:
    if code == NL:
        return Regio(NL, "Nederland")
    try:
        return Regio(code, gebieden.regio(code).naam)
    except KeyError:
        known = gebieden.regios()
        shown = f"'{code}'" if len(code) < 9 else "Dit"  # nine characters may be a BSN
        raise OnbekendeRegio(
            f"{shown} is geen arbeidsmarktregio. Kies een code van {known[0][0]} ({known[0][1]}) tot en met "
            f"{known[-1][0]} ({known[-1][1]}), of {NL} voor het hele land."
        ) from None


@dataclass(frozen=True)
class _Blad:
    """The figures of one region in one sealed quarter."""

    kwartaal: Kwartaal
    regio: str
    inhoud: store.Inhoud
    afgerond: bool

    @property
    def zegel(self) -> str:
        return self.inhoud.zegel

    @property
    def versoepeld(self) -> int:
        return len(self.inhoud.versoepeld) if self.afgerond else 0

    def personen(self, grootheid: str, categorie: str = TOTAAL, kenmerk: str = TOTAAL) -> AantalPersonen:
        cel = Cel(self.regio, str(grootheid), str(categorie), str(kenmerk))
        return AantalPersonen(self.inhoud.afgerond.get(cel, 0) if self.afgerond else self.inhoud.exact.get(cel, 0))

    def banen(self, kolom: str = TOTAAL) -> AantalBanen:
        """Jobs: rounded together with everything else, or the exact hours divided once and rounded half up."""
        cel = Cel(self.regio, Grootheid.BANEN, TOTAAL, str(kolom))
        if self.afgerond:
            return AantalBanen(self.inhoud.afgerond.get(cel, 0))
        uren = self.inhoud.exact.get(cel, Decimal(0))
        return AantalBanen(banen.round_half_up(banen.count_banen(uren, peildatum=self.kwartaal.peildatum)))

    def verdeling(self) -> Verdeling:
        return Verdeling(*(self.banen(kolom) for kolom in (Kolom.MARKT, Kolom.OVERHEID, Kolom.UITZEND_DETACHERING)))

    def per_categorie(self, kenmerk: str) -> PerCategorie:
        return PerCategorie(
            **{str(c): self.personen(Grootheid.PERSONEN, c, kenmerk) for c in Categorie},
        )

    def _stroom(self, grootheid: str, categorie: str) -> Stroom:
        return Stroom(*(self.personen(grootheid, categorie, werk) for werk in (Werk.WERKEND, Werk.NIET_WERKEND)))

    def _deel(self, categorie: str) -> Verloopdeel:
        return Verloopdeel(
            instroom=self._stroom(Grootheid.INSTROOM, categorie),
            uitstroom=self._stroom(Grootheid.UITSTROOM, categorie),
            **{str(kind): self.personen(Grootheid.BLIJVER, categorie, kind) for kind in Blijver},
        )

    def verloop(self) -> Verloopcijfers | None:
        if not self.inhoud.kenmerken["invoer.vorige"]:
            return None
        total = self._deel(TOTAAL)
        redenen = {reden: self.personen(Grootheid.UITSTROOMREDEN, TOTAAL, reden) for reden in REDENEN}
        gone = total.uitstroom.totaal
        return Verloopcijfers(
            instroom=total.instroom,
            uitstroom=total.uitstroom,
            **{str(kind): getattr(total, kind) for kind in Blijver},
            uitstroomredenen=redenen,
            uitstroomredenen_percentage=(
                {reden: _percentage(count, gone) for reden, count in redenen.items()} if gone else {}
            ),
            per_categorie={str(c): self._deel(c) for c in Categorie},
        )


def _percentage(part: int, whole: int) -> int:
    return banen.round_half_up(Decimal(int(part)) * 100 / Decimal(int(whole)))


def _share(part: AantalPersonen, whole: AantalPersonen) -> Aandeel:
    return Aandeel(part, _percentage(part, whole) if whole else None)


def _banencijfers(blad: _Blad, sheets: Mapping[Kwartaal, _Blad]) -> Banencijfers:
    def at(kwartaal: Kwartaal) -> AantalBanen | None:
        return sheets[kwartaal].banen() if kwartaal in sheets else None

    count, nulmeting, verdeling = blad.banen(), at(NULMETING), blad.verdeling()
    extra = count - nulmeting if nulmeting is not None else None
    doelstelling = _doelstelling(blad.regio, blad.kwartaal.jaar)
    return Banencijfers(
        aantal=count,
        nulmeting=nulmeting,
        extra=extra,
        kwartaal_eerder=at(blad.kwartaal.earlier()),
        jaar_eerder=at(blad.kwartaal.earlier(4)),
        doelstelling=doelstelling,
        percentage_doelstelling=_percentage(extra, doelstelling) if extra is not None and doelstelling else None,
        verdeling=verdeling,
        verdeling_percentage=(
            Verdeling(*(_percentage(getattr(verdeling, field.name), count) for field in fields(Verdeling)))
            if count
            else None
        ),
    )


def _doelstelling(regio: str, jaar: int) -> AantalBanen | None:
    """The target for the end of the year; for a region only the Werkkamer's indication, where one was found."""
    try:
        found = banen.doelstelling(jaar, None) if regio == NL else banen.doelstelling_regio(regio, jaar)
    except ParameterFout:
        return None
    return AantalBanen(banen.round_half_up(found.waarde)) if found else None


def _personencijfers(blad: _Blad, sheets: Mapping[Kwartaal, _Blad], kenmerk: str) -> Personencijfers:
    def at(kwartaal: Kwartaal) -> AantalPersonen | None:
        return sheets[kwartaal].personen(Grootheid.PERSONEN, TOTAAL, kenmerk) if kwartaal in sheets else None

    return Personencijfers(
        aantal=blad.personen(Grootheid.PERSONEN, TOTAAL, kenmerk),
        nulmeting=at(NULMETING),
        kwartaal_eerder=at(blad.kwartaal.earlier()),
        jaar_eerder=at(blad.kwartaal.earlier(4)),
        per_categorie=blad.per_categorie(kenmerk),
    )


def _aba(recent: Sequence[_Blad]) -> tuple[Abakwartaal, ...]:
    found = tuple(
        Abakwartaal(
            kwartaal=str(blad.kwartaal),
            beoordelingen=blad.personen(Grootheid.ABA),
            **{str(uitkomst): blad.personen(Grootheid.ABA, TOTAAL, uitkomst) for uitkomst in AbaUitkomst},
            van_gemeente=blad.personen(Grootheid.ABA, Aanvrager.COLLEGE),
        )
        for blad in recent
    )
    return found if any(each.beoordelingen for each in found) else ()


def _beschutwerk(blad: _Blad, sheets: Mapping[Kwartaal, _Blad]) -> Beschutwerk | None:
    if not blad.personen(Grootheid.BESCHUT_WERK):
        return None
    vorige = sheets.get(blad.kwartaal.earlier())
    before = vorige.personen(Grootheid.BESCHUT_WERK, TOTAAL, Advies.POSITIEF) if vorige else None
    placed = blad.personen(Grootheid.BESCHUT_GEPLAATST)
    return Beschutwerk(
        positief=blad.personen(Grootheid.BESCHUT_WERK, TOTAAL, Advies.POSITIEF),
        negatief=blad.personen(Grootheid.BESCHUT_WERK, TOTAAL, Advies.NEGATIEF),
        geplaatst=placed,
        positief_kwartaal_eerder=before,
        plaatsingspercentage=_percentage(placed, before) if before else None,
    )


def _werkenden(blad: _Blad) -> Werkendenkwartaal:
    def count(kenmerk: str, categorieen: Sequence[Categorie]) -> AantalPersonen:
        return sum((blad.personen(Grootheid.PERSONEN, c, kenmerk) for c in categorieen), AantalPersonen(0))

    def share(*categorieen: Categorie) -> Aandeel:
        return _share(count(Werk.WERKEND, categorieen), count(TOTAAL, categorieen))

    return Werkendenkwartaal(
        kwartaal=str(blad.kwartaal),
        wajong=share(Categorie.WAJONG),
        participatiewet=share(Categorie.PARTICIPATIEWET),
        totaal=share(Categorie.WAJONG, Categorie.PARTICIPATIEWET),
    )


def _reeks(blad: _Blad) -> Reekskwartaal:
    return Reekskwartaal(
        kwartaal=str(blad.kwartaal),
        banen=blad.verdeling(),
        banen_totaal=blad.banen(),
        personen=blad.per_categorie(TOTAAL),
        werkzaam=blad.per_categorie(Werk.WERKEND),
    )
