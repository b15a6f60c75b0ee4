"""How well a person and a vacature fit, with points and a reason for every criterion. Plain Python: no ORM, no clock.

Both ways: `Richting.MENSEN` puts people in order for a vacature, `Richting.BANEN` vacatures for a person. Every
criterion gives the same judgement both ways; what it weighs differs, because an employer's needs come first in the one
and a person's wishes in the other. The weights of a direction add up to a hundred, so points can be compared.

- `PAST`: it fits, by degrees. Of what a vacature does not ask it is said that it is not asked.
- `ONBEKEND`: nobody knows, of the person or of the vacature. It costs less than any no, and keeps nobody out.
- `NIET`: it does not fit, but people could agree on it: an hour too few, a day, a level, other work than wished.
- `KAN_NIET`: what cannot be agreed away: too far for the person, no licence, far too few hours. The two do not match.

What somebody needs at work, free text, age, sex and ground are not among the facts: they weigh nothing and are in no
reason. Equal points are put in order by lot, another lot for each vacature, so that nobody is first for ever.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum, StrEnum
from types import MappingProxyType

from banenafspraak.bemiddeling.nabijheid import GEEN_GROEPEN, Nabijheid, nearest
from banenafspraak.bemiddeling.profielrecord import Contracttype, Overeenkomst, Vervoer


class Richting(Enum):
    """For whom the order is made."""

    MENSEN = "mensen"
    BANEN = "banen"


class Criterium(StrEnum):
    """What is compared."""

    WERK = "werk"
    ERVARING = "ervaring"
    AFSTAND = "afstand"
    UREN = "uren"
    DAGEN = "dagen"
    WERKTIJDEN = "werktijden"
    NIVEAU = "niveau"
    RIJBEWIJS = "rijbewijs"
    VERVOER = "vervoer"
    TAAL = "taal"
    CONTRACT = "contract"
    BESCHIKBAAR = "beschikbaar"


class Oordeel(StrEnum):
    """What comes out of one criterion."""

    PAST = "past"
    ONBEKEND = "onbekend"
    NIET = "niet"
    KAN_NIET = "kan_niet"


WEGING: Mapping[Richting, Mapping[Criterium, int]] = MappingProxyType(
    {
        Richting.MENSEN: MappingProxyType(
            dict(zip(Criterium, (26, 12, 14, 12, 6, 6, 8, 5, 3, 4, 2, 2), strict=True)),
        ),
        Richting.BANEN: MappingProxyType(
            dict(zip(Criterium, (30, 6, 16, 14, 8, 8, 4, 3, 3, 3, 3, 2), strict=True)),
        ),
    }
)
"""The most points of each criterion, in each direction; a hundred together."""

AANDEEL_ONBEKEND = 50
"""Of what is unknown, the share of the points in percent; every PAST gives more and every NIET less."""
AANDEEL_WERK_ONBEKEND = 35
"""The same for the kind of work: most work is not what somebody wants."""
AANDEEL_WERK: Mapping[Nabijheid, int] = MappingProxyType(
    {
        Nabijheid.ZELFDE: 100,
        Nabijheid.VERWANT: 85,
        Nabijheid.GROEP: 70,
        Nabijheid.WERKVELD: 60,
        Nabijheid.NIET: 0,
    }
)
AANDEEL_ERVARING: Mapping[Nabijheid, int] = MappingProxyType(
    {
        Nabijheid.ZELFDE: 100,
        Nabijheid.VERWANT: 90,
        Nabijheid.GROEP: 80,
        Nabijheid.WERKVELD: 70,
        Nabijheid.NIET: 60,
    }
)
"""For experience with other work (NIET) where experience is not asked; where it is, `AANDEEL_ANDERE_ERVARING`."""
AANDEEL_ANDERE_ERVARING, AANDEEL_GEEN_ERVARING, AANDEEL_NIET_NODIG = 25, 10, 55
AANDEEL_BIJNA = 25
"""What is one step short of what was asked, and could be agreed on."""
AANDEEL_ONDER_NIVEAU, AANDEEL_ANDER_CONTRACT, AANDEEL_LATER, AANDEEL_VEEL_LATER = 80, 20, 30, 5
DICHTBIJ, VERST, MEESTE_KM = 10, 60, 254
"""Kilometres: where an unknown reisafstand begins to cost more, where it costs most, and the most told apart."""
FIETSAFSTAND = 7
"""Kilometres within which a bicycle is enough for a place that public transport does not reach."""
UREN_TE_WEINIG = 4
"""Hours a week that people may be short of what is asked and still agree."""
RUIM = timedelta(days=31)
LATER = timedelta(days=92)

GEMOTORISEERD = frozenset({int(Vervoer.AUTO), int(Vervoer.BROMFIETS), int(Vervoer.MOTOR)})

Plaats = tuple[float, float]
"""Kilometres east and north on the Dutch grid."""

# A licence that holds others, as the Wegenverkeerswet lets somebody drive with it.
_HOLDS = {
    "A1": ("AM",), "A2": ("A1", "AM"), "A": ("A2", "A1", "AM"), "B": ("AM",), "B+": ("B", "AM"),
    "BE": ("B+", "B", "AM"), "C1": ("B", "AM"), "C": ("C1", "B", "AM"), "C1E": ("C1", "BE", "B+", "B", "AM"),
    "CE": ("C1E", "C", "C1", "BE", "B+", "B", "AM"), "D1": ("B", "AM"), "D": ("D1", "B", "AM"),
    "D1E": ("D1", "BE", "B+", "B", "AM"), "DE": ("D1E", "D", "D1", "BE", "B+", "B", "AM"), "T": ("AM",),
}  # fmt: skip


def held(rijbewijzen: Iterable[str]) -> frozenset[str]:
    """These licences with the ones that they hold."""
    return frozenset(one for code in rijbewijzen for one in (code, *_HOLDS.get(code, ())))


@dataclass(frozen=True, slots=True)
class Werkzoekende:
    """What is known of a person that matters here. None, or empty, is unknown; an empty `ervaring` is none at all.

    `werksoorten` and `ervaring` are codes of our list, `reisafstand` kilometres, hours a week, `dagen` bits of
    `profielrecord.Dag`, `niveau` 1 to 6, `rijbewijzen` with those they hold (`held`), `taal` how well somebody speaks
    Dutch (`Taalniveau`). An unknown `beschikbaar_vanaf` is now: who is not available is not asked.
    """

    werksoorten: tuple[str, ...] = ()
    ervaring: tuple[str, ...] | None = None
    plek: Plaats | None = None
    reisafstand: int | None = None
    uren_min: int | None = None
    uren_max: int | None = None
    dagen: int | None = None
    onregelmatig: bool | None = None
    kantoortijden: bool | None = None
    niveau: int | None = None
    rijbewijzen: frozenset[str] | None = None
    vervoermiddelen: frozenset[int] = frozenset()
    taal: int | None = None
    contracten: frozenset[str] = frozenset()
    overeenkomsten: frozenset[str] = frozenset()
    beschikbaar_vanaf: date | None = None


@dataclass(frozen=True, slots=True)
class Vacaturevraag:
    """What a vacature asks and is, in the same units. For `niveau`, `rijbewijzen`, `vervoermiddelen`, `taal` and
    `ervaring_gevraagd` empty is: not asked. For work, place, hours, days, times and contract None or empty is unknown.

    `vervoermiddelen`: one of these is enough. `straal` is the furthest from the work (km) that people are looked for;
    None is no limit. `begint_op` is the first day of work, `peildatum` today.
    """

    peildatum: date
    werksoorten: tuple[str, ...] = ()
    ervaring_gevraagd: bool = False
    plek: Plaats | None = None
    straal: int | None = None
    uren_min: int | None = None
    uren_max: int | None = None
    dagen: int | None = None
    onregelmatig: bool | None = None
    niveau: int | None = None
    rijbewijzen: frozenset[str] = frozenset()
    vervoermiddelen: frozenset[int] = frozenset()
    taal: int | None = None
    contracten: frozenset[str] = frozenset()
    overeenkomsten: frozenset[str] = frozenset()
    begint_op: date | None = None

    @property
    def uren(self) -> tuple[int, int] | None:
        """The least and most hours; one that is missing is the other. None when nobody said."""
        known = [one for one in (self.uren_min, self.uren_max) if one is not None]
        return (known[0], known[-1]) if known else None

    @property
    def start(self) -> date:
        """The first day of work, or today when that is past or not said."""
        return max(self.begint_op or self.peildatum, self.peildatum)


@dataclass(frozen=True, slots=True)
class Reden:
    """One criterion: the judgement, the points out of the most there are, and the code of its sentence with values.

    `matchzinnen.tekst` makes the sentence. `aandeel` is the share of the points, in percent.
    """

    criterium: Criterium
    oordeel: Oordeel
    aandeel: int
    punten: int
    maximum: int
    zin: str
    waarden: Mapping[str, str | int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Uitslag:
    """The points out of a hundred, whether the two can match at all, and why."""

    punten: int
    uitgesloten: bool
    redenen: tuple[Reden, ...]

    @property
    def telling(self) -> int:
        """The points, or -1 for who cannot match: what the order is made by."""
        return -1 if self.uitgesloten else self.punten


Beoordeling = tuple[Oordeel, int, str, dict[str, str | int]]
"""A judgement, its share in percent, the code of its sentence, and the values in it."""


def judge(
    mens: Werkzoekende,
    vraag: Vacaturevraag,
    richting: Richting,
    *,
    groepen: Mapping[str, str] = GEEN_GROEPEN,
    criteria: Iterable[Criterium] = Criterium,
) -> Uitslag:
    """How well these two fit, for that direction. `groepen` are the groups of the BRC by ISCO-08 unit group, if any."""
    weights = WEGING[richting]
    redenen = []
    for criterium in criteria:
        if criterium is Criterium.WERK:
            oordeel, aandeel, zin, waarden = _werk(mens, vraag, groepen)
        elif criterium is Criterium.ERVARING:
            oordeel, aandeel, zin, waarden = _ervaring(mens, vraag, groepen)
        else:
            oordeel, aandeel, zin, waarden = _JUDGES[criterium](mens, vraag)
        most = weights[criterium]
        redenen.append(Reden(criterium, oordeel, aandeel, most * aandeel // 100, most, zin, waarden))
    return Uitslag(
        punten=sum(one.punten for one in redenen),
        uitgesloten=any(one.oordeel is Oordeel.KAN_NIET for one in redenen),
        redenen=tuple(redenen),
    )


def lot(zaad: int, nummer: int) -> int:
    """The place of somebody among equals, for the vacature with this seed; both are 32 bits, and so is the answer."""
    mixed = (nummer ^ zaad) * 0x9E3779B1 & 0xFFFFFFFF
    return (mixed ^ mixed >> 15) * 0x85EBCA77 & 0xFFFFFFFF


def kilometres(een: Plaats, ander: Plaats) -> float:
    """The distance in a straight line."""
    return math.sqrt((een[0] - ander[0]) ** 2 + (een[1] - ander[1]) ** 2)


def whole_kilometres(distance: float) -> int:
    """As whole kilometres, upwards; beyond `MEESTE_KM` nothing is told apart."""
    return min(math.ceil(distance), MEESTE_KM)


def aandeel_of_distance(km: int, reisafstand: int | None) -> int:
    """The share for a distance that is not too far; with an unknown reisafstand it falls from half to a twentieth."""
    if reisafstand is not None:
        return 100 - 40 * km // max(min(reisafstand, MEESTE_KM), 1)
    beyond = min(max(km - DICHTBIJ, 0), VERST - DICHTBIJ)
    return AANDEEL_ONBEKEND - 45 * beyond // (VERST - DICHTBIJ)


def _werk(mens: Werkzoekende, vraag: Vacaturevraag, groepen: Mapping[str, str]) -> Beoordeling:
    if not vraag.werksoorten:
        return Oordeel.ONBEKEND, AANDEEL_WERK_ONBEKEND, "werk_vacature_onbekend", {}
    if not mens.werksoorten:
        return Oordeel.ONBEKEND, AANDEEL_WERK_ONBEKEND, "werk_onbekend", {}
    near = nearest(mens.werksoorten, vraag.werksoorten, groepen)
    oordeel = Oordeel.NIET if near is Nabijheid.NIET else Oordeel.PAST
    return oordeel, AANDEEL_WERK[near], f"werk_{near.name.lower()}", {"werk": vraag.werksoorten[0]}


def _ervaring(mens: Werkzoekende, vraag: Vacaturevraag, groepen: Mapping[str, str]) -> Beoordeling:
    if mens.ervaring is None:
        return Oordeel.ONBEKEND, AANDEEL_ONBEKEND, "ervaring_onbekend", {}
    near = nearest(mens.ervaring, vraag.werksoorten, groepen)
    if near is not Nabijheid.NIET:
        return Oordeel.PAST, AANDEEL_ERVARING[near], f"ervaring_{near.name.lower()}", {}
    if vraag.ervaring_gevraagd:
        if mens.ervaring:
            return Oordeel.NIET, AANDEEL_ANDERE_ERVARING, "ervaring_ander_gevraagd", {}
        return Oordeel.NIET, AANDEEL_GEEN_ERVARING, "ervaring_geen_gevraagd", {}
    if mens.ervaring:
        return Oordeel.PAST, AANDEEL_ERVARING[near], "ervaring_ander", {}
    return Oordeel.PAST, AANDEEL_NIET_NODIG, "ervaring_niet_nodig", {}


def _afstand(mens: Werkzoekende, vraag: Vacaturevraag) -> Beoordeling:
    if vraag.plek is None:
        return Oordeel.ONBEKEND, AANDEEL_ONBEKEND, "afstand_vacature_onbekend", {}
    if mens.plek is None:
        return Oordeel.ONBEKEND, AANDEEL_ONBEKEND, "afstand_plek_onbekend", {}
    distance = kilometres(mens.plek, vraag.plek)
    km = whole_kilometres(distance)
    told = max(km, 1)
    if vraag.straal is not None and distance > vraag.straal:
        return Oordeel.KAN_NIET, 0, "afstand_buiten_straal", {"km": told, "straal": vraag.straal}
    aandeel = aandeel_of_distance(km, mens.reisafstand)
    if mens.reisafstand is None:
        return Oordeel.ONBEKEND, aandeel, "afstand_onbekend", {"km": told}
    values: dict[str, str | int] = {"km": told, "meest": mens.reisafstand}
    if km > min(mens.reisafstand, MEESTE_KM):
        return Oordeel.KAN_NIET, 0, "afstand_te_ver", values
    return Oordeel.PAST, aandeel, "afstand_past", values


def _uren(mens: Werkzoekende, vraag: Vacaturevraag) -> Beoordeling:
    if vraag.uren is None:
        return Oordeel.ONBEKEND, AANDEEL_ONBEKEND, "uren_vacature_onbekend", {}
    least, most = vraag.uren
    values: dict[str, str | int] = {"van": least, "tot": most}
    exact = "_vast" if least == most else ""
    if mens.uren_min is not None and mens.uren_min > most:
        return Oordeel.NIET, AANDEEL_BIJNA, "uren_te_weinig_werk", {**values, "wens": mens.uren_min}
    if mens.uren_max is None:
        return Oordeel.ONBEKEND, AANDEEL_ONBEKEND, f"uren_onbekend{exact}", values
    values["wens"] = mens.uren_max
    if mens.uren_max >= least:
        return Oordeel.PAST, 100, f"uren_past{exact}", values
    if least - mens.uren_max <= UREN_TE_WEINIG:
        return Oordeel.NIET, AANDEEL_BIJNA, "uren_bijna", values
    return Oordeel.KAN_NIET, 0, "uren_te_veel_werk", values


def _dagen(mens: Werkzoekende, vraag: Vacaturevraag) -> Beoordeling:
    if not vraag.dagen:
        return Oordeel.ONBEKEND, AANDEEL_ONBEKEND, "dagen_vacature_onbekend", {}
    asked = vraag.dagen.bit_count()
    if not mens.dagen:
        return Oordeel.ONBEKEND, AANDEEL_ONBEKEND, "dagen_onbekend", {"gevraagd": asked}
    can = (vraag.dagen & mens.dagen).bit_count()
    values: dict[str, str | int] = {"dagen": can, "gevraagd": asked}
    if can == asked:
        return Oordeel.PAST, 100, "dagen_past", values
    if not can:
        return Oordeel.KAN_NIET, 0, "dagen_geen", values
    return Oordeel.NIET, 30 * can // asked, "dagen_deels", values


def _werktijden(mens: Werkzoekende, vraag: Vacaturevraag) -> Beoordeling:
    if mens.onregelmatig:
        return Oordeel.PAST, 100, "werktijden_alles", {}
    if vraag.onregelmatig is None:
        return Oordeel.ONBEKEND, AANDEEL_ONBEKEND, "werktijden_vacature_onbekend", {}
    if not vraag.onregelmatig:
        return Oordeel.PAST, 100, "werktijden_overdag", {}
    if mens.onregelmatig is False:
        return Oordeel.KAN_NIET, 0, "werktijden_kan_niet", {}
    if mens.kantoortijden:
        return Oordeel.NIET, AANDEEL_BIJNA, "werktijden_liever_niet", {}
    return Oordeel.ONBEKEND, AANDEEL_ONBEKEND, "werktijden_onbekend", {}


def _niveau(mens: Werkzoekende, vraag: Vacaturevraag) -> Beoordeling:
    if vraag.niveau is None:
        return Oordeel.PAST, 100, "niveau_niet_gevraagd", {}
    if mens.niveau is None:
        return Oordeel.ONBEKEND, AANDEEL_ONBEKEND, "niveau_onbekend", {}
    steps = mens.niveau - vraag.niveau
    if steps >= 2:
        return Oordeel.PAST, AANDEEL_ONDER_NIVEAU, "niveau_hoger", {}
    if steps >= 0:
        return Oordeel.PAST, 100, "niveau_past", {}
    if steps == -1:
        return Oordeel.NIET, AANDEEL_BIJNA, "niveau_bijna", {}
    return Oordeel.KAN_NIET, 0, "niveau_te_hoog", {}


def _rijbewijs(mens: Werkzoekende, vraag: Vacaturevraag) -> Beoordeling:
    if not vraag.rijbewijzen:
        return Oordeel.PAST, 100, "rijbewijs_niet_gevraagd", {}
    values: dict[str, str | int] = {"rijbewijs": ", ".join(sorted(vraag.rijbewijzen))}
    if mens.rijbewijzen is None:
        return Oordeel.ONBEKEND, AANDEEL_ONBEKEND, "rijbewijs_onbekend", values
    if vraag.rijbewijzen <= mens.rijbewijzen:
        return Oordeel.PAST, 100, "rijbewijs_past", values
    return Oordeel.KAN_NIET, 0, "rijbewijs_ontbreekt", values


def _vervoer(mens: Werkzoekende, vraag: Vacaturevraag) -> Beoordeling:
    if not vraag.vervoermiddelen:
        return Oordeel.PAST, 100, "vervoer_niet_gevraagd", {}
    if not mens.vervoermiddelen:
        return Oordeel.ONBEKEND, AANDEEL_ONBEKEND, "vervoer_onbekend", {}
    if vraag.vervoermiddelen & mens.vervoermiddelen:
        return Oordeel.PAST, 100, "vervoer_past", {}
    near = (
        vraag.plek is not None
        and mens.plek is not None
        and whole_kilometres(kilometres(mens.plek, vraag.plek)) <= FIETSAFSTAND
    )
    if near and Vervoer.FIETS in mens.vervoermiddelen:
        return Oordeel.PAST, 100, "vervoer_fiets", {}
    return Oordeel.NIET, 0, "vervoer_ontbreekt", {}


def _taal(mens: Werkzoekende, vraag: Vacaturevraag) -> Beoordeling:
    if vraag.taal is None:
        return Oordeel.PAST, 100, "taal_niet_gevraagd", {}
    if mens.taal is None:
        return Oordeel.ONBEKEND, AANDEEL_ONBEKEND, "taal_onbekend", {}
    if mens.taal >= vraag.taal:
        return Oordeel.PAST, 100, "taal_past", {}
    if mens.taal == vraag.taal - 1:
        return Oordeel.NIET, AANDEEL_BIJNA, "taal_bijna", {}
    return Oordeel.KAN_NIET, 0, "taal_te_weinig", {}


def _contract(mens: Werkzoekende, vraag: Vacaturevraag) -> Beoordeling:
    pairs = [
        (asked, wanted)
        for asked, wanted in (
            (vraag.contracten, mens.contracten),
            (vraag.overeenkomsten, mens.overeenkomsten),
        )
        if asked and wanted
    ]
    if not pairs:
        return Oordeel.ONBEKEND, AANDEEL_ONBEKEND, "contract_onbekend", {}
    if all(asked & wanted for asked, wanted in pairs):
        return Oordeel.PAST, 100, "contract_past", {}
    return Oordeel.NIET, AANDEEL_ANDER_CONTRACT, "contract_ander", {}


def _beschikbaar(mens: Werkzoekende, vraag: Vacaturevraag) -> Beoordeling:
    late = (mens.beschikbaar_vanaf or vraag.start) - vraag.start
    if late <= RUIM:
        return Oordeel.PAST, 100, "beschikbaar_past", {}
    if late <= LATER:
        return Oordeel.NIET, AANDEEL_LATER, "beschikbaar_later", {}
    return Oordeel.NIET, AANDEEL_VEEL_LATER, "beschikbaar_veel_later", {}


_JUDGES: Mapping[Criterium, Callable[[Werkzoekende, Vacaturevraag], Beoordeling]] = {
    Criterium.AFSTAND: _afstand,
    Criterium.UREN: _uren,
    Criterium.DAGEN: _dagen,
    Criterium.WERKTIJDEN: _werktijden,
    Criterium.NIVEAU: _niveau,
    Criterium.RIJBEWIJS: _rijbewijs,
    Criterium.VERVOER: _vervoer,
    Criterium.TAAL: _taal,
    Criterium.CONTRACT: _contract,
    Criterium.BESCHIKBAAR: _beschikbaar,
}
CONTRACTCODES: tuple[str, ...] = (*(one.value for one in Contracttype), *(one.value for one in Overeenkomst))
"""Every code of a kind of contract, in a fixed order."""
