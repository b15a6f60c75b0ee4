"""A second, obvious way to count a delivery: plain Python, no room of the program, no database.

It knows only the formats of the deliveries and the definitions of the published factsheet.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

GOOI_EN_VECHTSTREEK = {"GM0376", "GM0317", "GM1942", "GM0402", "GM0406", "GM0417", "GM0457", "GM1696"}
UREN_PER_BAAN = Decimal("110.92")
LOON = {"11", "13", "15"}
INLEEN = {"11", "22", "82"}
BESCHUT = {"21", "24"}
WAJONG = {"owajong", "nwajong_studieregeling", "nwajong_werkregeling", "wajong_2015"}


@dataclass(frozen=True)
class Periode:
    vanaf: date
    tot: date
    wat: str
    """Route of a registration, or gemeente of a residence."""
    reden: str = ""

    def covers(self, day: date) -> bool:
        return self.vanaf <= day < self.tot


@dataclass
class Mens:
    registraties: list[Periode] = field(default_factory=list)
    woonplaatsen: list[Periode] = field(default_factory=list)

    def routes(self, day: date) -> set[str]:
        """Routes of the registrations that hold on a day; those of a single day do not count."""
        longer = (r for r in self.registraties if r.tot - r.vanaf > timedelta(days=1))
        return {r.wat for r in longer if r.covers(day)}

    def gemeente(self, day: date) -> str | None:
        return next((w.wat for w in self.woonplaatsen if w.covers(day)), None)

    def categorie(self, day: date) -> str | None:
        routes = self.routes(day)
        if not routes:
            return None
        if "wsw_detachering" in routes:
            return "wsw"
        if routes & WAJONG:
            return "wajong"
        if routes & {"wsw_begeleid_werken", "wiw_id"}:
            return "wsw"
        return "participatiewet"


@dataclass(frozen=True)
class Stand:
    """Residents of the region in the register at one peildatum."""

    categorie: dict[str, str]
    """BSN -> category."""
    werkt: set[str]
    banen_per_kolom: dict[str, Decimal]

    def personen(self, *categorieen: str) -> int:
        return sum(c in categorieen or not categorieen for c in self.categorie.values())

    def werkzaam(self, *categorieen: str) -> int:
        return sum(b in self.werkt for b, c in self.categorie.items() if c in categorieen or not categorieen)

    @property
    def banen(self) -> int:
        return half_up(sum(self.banen_per_kolom.values(), Decimal(0)))


@dataclass(frozen=True)
class Verloop:
    instroom: Counter[bool]
    """Whether they work at the end -> persons."""
    uitstroom: Counter[bool]
    """Whether they worked at the beginning -> persons."""
    baanvinders: int
    baanverliezers: int
    redenen: Counter[str]


class Tellijst:
    """A register delivery and wage deliveries, read into memory."""

    def __init__(self, register: Iterable[Path], lonen: Iterable[Path], gemeenten: set[str]) -> None:
        self.gemeenten = gemeenten
        self.mensen: defaultdict[str, Mens] = defaultdict(Mens)
        for pad in register:
            self._read_register(pad)
        self.lonen: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
        for pad in lonen:
            for rij in _rijen(pad):
                self.lonen[rij["peilmaand"]].append(rij)

    def _read_register(self, pad: Path) -> None:
        for rij in _rijen(pad):
            mens = self.mensen[rij["bsn"]]
            if rij["recordsoort"] == "persoon":
                continue
            tot = date.fromisoformat(rij["geldig_tot"]) if rij["geldig_tot"] else date.max
            vanaf = date.fromisoformat(rij["geldig_vanaf"])
            if rij["recordsoort"] == "registratie":
                mens.registraties.append(Periode(vanaf, tot, rij["route"], rij["einde_reden"]))
            else:
                mens.woonplaatsen.append(Periode(vanaf, tot, rij["gemeente"]))

    def stand(self, peildatum: date) -> Stand:
        """Stocks and exact jobs on the last day of a quarter."""
        maand = f"{peildatum:%Y-%m}"
        here = {
            bsn: categorie
            for bsn, mens in self.mensen.items()
            if (categorie := mens.categorie(peildatum)) and mens.gemeente(peildatum) in self.gemeenten
        }
        werkt = {
            r["bsn"]
            for r in self.lonen[maand]
            if r["bsn"] in here and r["srtiv"] in LOON and Decimal(r["lnsv_mnd"]) > 0
        }
        overheid = self._overheidswerkgevers(peildatum.year)
        uren: defaultdict[str, Decimal] = defaultdict(Decimal)
        for rij in self.lonen[maand]:
            if rij["bsn"] in here and rij["srtiv"] in LOON and rij["cdaard"] not in BESCHUT:
                regulier = "overheid" if rij["lhnr"] in overheid else "markt"
                kolom = "uitzend_detachering" if rij["cdaard"] in INLEEN else regulier
                uren[kolom] += Decimal(rij["aantverlu_mnd"])
        return Stand(here, werkt, {kolom: n / UREN_PER_BAAN for kolom, n in uren.items()})

    def _overheidswerkgevers(self, jaar: int) -> set[str]:
        """Employers with more than half of the hours under Ufo in the December before (or the first month we have)."""
        december = f"{jaar - 1}-12"
        maand = december if december in self.lonen else min(m for m in self.lonen if m.startswith(str(jaar)))
        ufo: defaultdict[str, Decimal] = defaultdict(Decimal)
        overig: defaultdict[str, Decimal] = defaultdict(Decimal)
        for rij in self.lonen[maand]:
            (ufo if Decimal(rij["prlnufo_mnd"]) > 0 else overig)[rij["lhnr"]] += Decimal(rij["aantverlu_mnd"])
        return {lhnr for lhnr, uren in ufo.items() if uren > overig[lhnr]}

    def verloop(self, vorige: date, peildatum: date) -> Verloop:
        """Who came, went, found and lost work between two peildata."""
        toen, nu = self.stand(vorige), self.stand(peildatum)
        blijvers = toen.categorie.keys() & nu.categorie.keys()
        weg = toen.categorie.keys() - nu.categorie.keys()
        return Verloop(
            instroom=Counter(bsn in nu.werkt for bsn in nu.categorie.keys() - toen.categorie.keys()),
            uitstroom=Counter(bsn in toen.werkt for bsn in weg),
            baanvinders=sum(bsn in nu.werkt and bsn not in toen.werkt for bsn in blijvers),
            baanverliezers=sum(bsn in toen.werkt and bsn not in nu.werkt for bsn in blijvers),
            redenen=Counter(self._reden(bsn, peildatum) for bsn in weg),
        )

    def _reden(self, bsn: str, peildatum: date) -> str:
        mens = self.mensen[bsn]
        if mens.routes(peildatum):
            return "vertrek_uit_regio"
        return max((r for r in mens.registraties if r.tot <= peildatum), key=lambda r: r.tot).reden

    def praktijkroute(self, vanaf: date, peildatum: date) -> int:
        """Registrations through the Praktijkroute that began in a period, of residents of the region on that day."""
        return sum(
            r.wat == "praktijkroute" and vanaf <= r.vanaf <= peildatum and mens.gemeente(r.vanaf) in self.gemeenten
            for mens in self.mensen.values()
            for r in mens.registraties
        )


def half_up(number: Decimal) -> int:
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))


def percentage(deel: int, geheel: int) -> int:
    return half_up(Decimal(100 * deel) / geheel)


def _rijen(pad: Path) -> Iterable[dict[str, str]]:
    with pad.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream, delimiter=";")
