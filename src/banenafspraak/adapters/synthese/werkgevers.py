"""Employers: loonheffingennummers with a sector per year, and the share of hours for which Ufo premium is paid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np

from banenafspraak.adapters.synthese.loonregels import Loonregel
from banenafspraak.adapters.synthese.nummers import Nummervoorraad
from banenafspraak.metingen.grootheden import Kwartaal


class Werkgeversoort(StrEnum):
    """What an employer is, and so in which column its jobs are published."""

    MARKT = "markt"
    MARKT_MET_UFO = "markt_met_ufo"
    """Pays Ufo premium over less than half of the hours: counts as markt (Regeling Wfsv art. 3.27)."""
    OVERHEID = "overheid"
    OVERHEID_GEMENGD = "overheid_gemengd"
    """Pays Ufo premium over most, not all, of the hours: counts as overheid, rows without premium too."""
    GEPRIVATISEERD = "geprivatiseerd"
    """Paid Ufo premium until late 2017: overheid up to and including 2017, markt from 2018."""
    UITZENDBUREAU = "uitzendbureau"
    SW_BEDRIJF = "sw_bedrijf"
    UITKERINGSINSTANTIE = "uitkeringsinstantie"


PRIVATISERING: Final = Kwartaal(2017, 4)
"""From this quarter a privatised employer pays no Ufo premium; its sector follows in the next calendar year."""

_UFO_AANDEEL: Final = {
    Werkgeversoort.OVERHEID: 1.0,
    Werkgeversoort.GEPRIVATISEERD: 1.0,
    Werkgeversoort.OVERHEID_GEMENGD: 0.6,
    Werkgeversoort.MARKT_MET_UFO: 0.4,
}
_WERKNEMERS_PER: Final = {Werkgeversoort.MARKT: 5, Werkgeversoort.OVERHEID: 60, Werkgeversoort.UITZENDBUREAU: 80}
_BIJZONDER_VANAF: Final = 100
"""From so many working people a region also has the three employers with an unusual sector."""


@dataclass(frozen=True)
class Werkgever:
    """An employer with its loonheffingennummer; a heavier one employs more people."""

    lhnr: str
    soort: Werkgeversoort
    gewicht: float

    def kolom(self, kwartaal: Kwartaal) -> str:
        """The published column of its jobs in that quarter."""
        match self.soort:
            case Werkgeversoort.UITZENDBUREAU | Werkgeversoort.SW_BEDRIJF:
                return "uitzend_detachering"
            case Werkgeversoort.OVERHEID | Werkgeversoort.OVERHEID_GEMENGD:
                return "overheid"
            case Werkgeversoort.GEPRIVATISEERD if kwartaal.jaar <= PRIVATISERING.jaar:
                return "overheid"
            case _:
                return "markt"

    def ufo_aandeel(self, kwartaal: Kwartaal) -> float:
        """Bound of the share of hours with Ufo premium: at least this for an overheidswerkgever, at most otherwise."""
        if self.soort == Werkgeversoort.GEPRIVATISEERD and kwartaal >= PRIVATISERING:
            return 0.0
        return _UFO_AANDEEL.get(self.soort, 0.0)


@dataclass(frozen=True)
class Arbeidsmarkt:
    """The employers of a region."""

    werkgevers: tuple[Werkgever, ...]

    def of(self, *soorten: Werkgeversoort) -> tuple[Werkgever, ...]:
        """The employers of these kinds."""
        return tuple(werkgever for werkgever in self.werkgevers if werkgever.soort in soorten)

    def in_kolom(self, kolom: str, kwartaal: Kwartaal) -> tuple[Werkgever, ...]:
        """Employers and agencies whose jobs come in a column; without the SW-bedrijf and the benefits office."""
        outside = (Werkgeversoort.SW_BEDRIJF, Werkgeversoort.UITKERINGSINSTANTIE)
        return tuple(w for w in self.werkgevers if w.soort not in outside and w.kolom(kwartaal) == kolom)


def draw_arbeidsmarkt(werkenden: int, nummers: Nummervoorraad, rng: np.random.Generator) -> Arbeidsmarkt:
    """Draw the employers of a region in which at most that many people of the register work at once."""
    aantallen = {soort: 1 + werkenden // per for soort, per in _WERKNEMERS_PER.items()}
    aantallen |= {Werkgeversoort.SW_BEDRIJF: 1, Werkgeversoort.UITKERINGSINSTANTIE: 1}
    if werkenden >= _BIJZONDER_VANAF:
        bijzonder = (Werkgeversoort.MARKT_MET_UFO, Werkgeversoort.OVERHEID_GEMENGD, Werkgeversoort.GEPRIVATISEERD)
        aantallen |= dict.fromkeys(bijzonder, 1)
    return Arbeidsmarkt(
        tuple(
            Werkgever(nummers.next_lhnr(), soort, 0.5 + float(rng.pareto(1.5)))
            for soort, aantal in aantallen.items()
            for _ in range(aantal)
        )
    )


def assign_ufo(
    regels: Iterable[Loonregel], werkgevers: Sequence[Werkgever], rng: np.random.Generator
) -> list[Loonregel]:
    """Say of each row whether Ufo premium is paid over its wage, so that every employer gets its sector by the rule.

    The sector of a year follows from the hours in December of the year before (Regeling Wfsv art. 3.27): no Ufo hours,
    or at least half of the hours outside it, is markt.
    """
    by_lhnr = {werkgever.lhnr: werkgever for werkgever in werkgevers}
    groups: defaultdict[tuple[str, Kwartaal], list[Loonregel]] = defaultdict(list)
    for regel in regels:
        groups[regel.lhnr, regel.kwartaal].append(regel)
    result = []
    for (lhnr, kwartaal), group in groups.items():
        werkgever = by_lhnr[lhnr]
        result += _with_ufo(group, werkgever.ufo_aandeel(kwartaal), werkgever.kolom(kwartaal) == "overheid", rng)
    return result


def _with_ufo(group: list[Loonregel], aandeel: float, overheid: bool, rng: np.random.Generator) -> list[Loonregel]:
    """Mark rows at random, keeping the smaller part of the hours below its share: Ufo for markt, other for overheid."""
    if aandeel in (0.0, 1.0):
        return [replace(regel, ufo=aandeel == 1.0) for regel in group]
    room = (1 - aandeel if overheid else aandeel) * sum(regel.uren for regel in group)
    result = []
    for i in rng.permutation(len(group)):
        in_smaller_part = group[i].uren <= room
        room -= group[i].uren * in_smaller_part
        result.append(replace(group[i], ufo=in_smaller_part != overheid))
    return result
