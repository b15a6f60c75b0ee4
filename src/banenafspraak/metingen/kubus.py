"""The cube of one quarter: which figures there are, and which must add up to which.

A cell is a region, a quantity, a category and a feature. `relations` says every sum that must hold between cells; the
exact cube is checked against it, and the rounded one is made to satisfy it.

Quantities, with the feature by which each is split:

- personen: on the peildatum, by werkend / niet_werkend
- banen: verloonde uren in the exact cube, jobs in the rounded one, by column (markt, overheid, uitzend_detachering)
- instroom, uitstroom: since the quarter before, by werkend / niet_werkend (instroom now, uitstroom then)
- blijver: in the region's register on both days, by baanvinders / baanverliezers / baanbehouders /
  niet_werkend_gebleven
- wisseling: stayers whose category changed; by the earlier category, the feature is the new one and whether they worked
- uitstroomreden: uitstroom by reason
- praktijkroute: registrations through the Praktijkroute that began in the quarter
- aba: decisions on applications in the quarter, by outcome; the category is who applied (college, persoon)
- beschut_werk: advices up to the peildatum, by positief / negatief; the category is who applied
- beschut_geplaatst: people in a sheltered job on the peildatum

Regions: the arbeidsmarktregio's, `onbekend` (no known residence), `NL`, and for the flows `verhuisd`: people who stayed
in the register but not in one region. They left one region and came into another, and stayed in NL.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, TypeVar

from banenafspraak.wet.arbeidsvermogen import AbaUitkomst
from banenafspraak.wet.banen import Kolom
from banenafspraak.wet.doelgroep import Categorie
from banenafspraak.wet.gronden import Aanvrager
from banenafspraak.wet.registratie import EindeReden

_Number = TypeVar("_Number", int, Decimal)

NL = "NL"
ONBEKEND = "onbekend"
VERHUISD = "verhuisd"
TOTAAL = "totaal"
VERTREK_UIT_REGIO = "vertrek_uit_regio"


class Grootheid(StrEnum):
    """What a cell counts."""

    PERSONEN = "personen"
    BANEN = "banen"
    INSTROOM = "instroom"
    UITSTROOM = "uitstroom"
    BLIJVER = "blijver"
    WISSELING = "wisseling"
    UITSTROOMREDEN = "uitstroomreden"
    PRAKTIJKROUTE = "praktijkroute"
    ABA = "aba"
    BESCHUT_WERK = "beschut_werk"
    BESCHUT_GEPLAATST = "beschut_geplaatst"


class Werk(StrEnum):
    """Whether somebody works."""

    WERKEND = "werkend"
    NIET_WERKEND = "niet_werkend"

    @classmethod
    def of(cls, works: bool) -> Werk:
        """The member for a yes or no."""
        return cls.WERKEND if works else cls.NIET_WERKEND


class Blijver(StrEnum):
    """What became of the work of somebody who stayed in the register."""

    BAANVINDERS = "baanvinders"
    BAANVERLIEZERS = "baanverliezers"
    BAANBEHOUDERS = "baanbehouders"
    NIET_WERKEND_GEBLEVEN = "niet_werkend_gebleven"

    @classmethod
    def of(cls, worked: bool, works: bool) -> Blijver:
        """The member for work on the earlier and on the later day."""
        if works:
            return cls.BAANBEHOUDERS if worked else cls.BAANVINDERS
        return cls.BAANVERLIEZERS if worked else cls.NIET_WERKEND_GEBLEVEN

    @property
    def worked(self) -> bool:
        """Worked on the earlier day."""
        return self in (Blijver.BAANVERLIEZERS, Blijver.BAANBEHOUDERS)

    @property
    def works(self) -> bool:
        """Works on the later day."""
        return self in (Blijver.BAANVINDERS, Blijver.BAANBEHOUDERS)


class Advies(StrEnum):
    """What UWV advised about beschut werk."""

    POSITIEF = "positief"
    NEGATIEF = "negatief"


class Cel(NamedTuple):
    """The name of one figure."""

    regio: str
    grootheid: str
    categorie: str = TOTAAL
    kenmerk: str = TOTAAL


REDENEN: tuple[str, ...] = (*(str(reden) for reden in EindeReden), VERTREK_UIT_REGIO)
"""Every reason of uitstroom, in the order of publication."""

_KENMERKEN: Mapping[str, type[StrEnum]] = {
    Grootheid.PERSONEN: Werk,
    Grootheid.BANEN: Kolom,
    Grootheid.INSTROOM: Werk,
    Grootheid.UITSTROOM: Werk,
    Grootheid.BLIJVER: Blijver,
    Grootheid.ABA: AbaUitkomst,
    Grootheid.BESCHUT_WERK: Advies,
}
_CATEGORIEEN: Mapping[str, type[StrEnum]] = {Grootheid.ABA: Aanvrager, Grootheid.BESCHUT_WERK: Aanvrager}


def _categorieen(grootheid: str) -> type[StrEnum]:
    return _CATEGORIEEN.get(grootheid, Categorie)


class Relation(NamedTuple):
    """That a cell is the sum of others, each with its sign; a constant is added to the sum."""

    totaal: Cel
    delen: tuple[tuple[int, Cel], ...]
    reden: str


class Overgang(NamedTuple):
    """Persons with the same place on both days; region None means not in the register on that day."""

    regio_0: str | None
    categorie_0: str | None
    werkend_0: bool
    regio_1: str | None
    categorie_1: str | None
    werkend_1: bool
    einde_reden: str | None
    personen: int


@dataclass(frozen=True)
class Telling:
    """What was counted for one quarter, before it is laid out in cells.

    `personen` and `werkzamen` by (regio, categorie); `uren` by (regio, categorie, column); `overgangen` None when there
    is no quarter before; `praktijkroute` and `beschut_geplaatst` by regio; `aba` and `beschut_werk` by (regio, who
    applied, outcome or advice).
    """

    personen: Mapping[tuple[str, str], int]
    werkzamen: Mapping[tuple[str, str], int]
    uren: Mapping[tuple[str, str, str], Decimal]
    overgangen: Sequence[Overgang] | None
    praktijkroute: Mapping[str, int]
    aba: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    beschut_werk: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    beschut_geplaatst: Mapping[str, int] = field(default_factory=dict)


def lay_out(telling: Telling) -> dict[Cel, Decimal]:
    """The exact cube: every cell that is not zero, with its totals; persons as whole numbers, jobs as hours."""
    cells: dict[Cel, Decimal] = defaultdict(Decimal)
    for (regio, categorie), personen in telling.personen.items():
        working = telling.werkzamen.get((regio, categorie), 0)
        for where in (regio, NL):
            _add(cells, Grootheid.PERSONEN, where, categorie, Werk.WERKEND, Decimal(working))
            _add(cells, Grootheid.PERSONEN, where, categorie, Werk.NIET_WERKEND, Decimal(personen - working))
    for (regio, categorie, kolom), uren in telling.uren.items():
        for where in (regio, NL):
            _add(cells, Grootheid.BANEN, where, categorie, kolom, uren)
    for regio, instroom in telling.praktijkroute.items():
        for where in (regio, NL):
            cells[Cel(where, Grootheid.PRAKTIJKROUTE)] += instroom
    for grootheid, counts in ((Grootheid.ABA, telling.aba), (Grootheid.BESCHUT_WERK, telling.beschut_werk)):
        for (regio, aanvrager, kenmerk), count in counts.items():
            for where in (regio, NL):
                _add(cells, grootheid, where, aanvrager, kenmerk, Decimal(count))
    for regio, placed in telling.beschut_geplaatst.items():
        for where in (regio, NL):
            cells[Cel(where, Grootheid.BESCHUT_GEPLAATST)] += placed
    for overgang in telling.overgangen or ():
        _add_overgang(cells, overgang)
    return {cel: value for cel, value in sorted(cells.items()) if value}


def _add(cells: dict[Cel, Decimal], grootheid: str, regio: str, categorie: str, kenmerk: str, value: Decimal) -> None:
    for c in (categorie, TOTAAL):
        for k in (str(kenmerk), TOTAAL):
            cells[Cel(regio, str(grootheid), str(c), k)] += value


def _add_overgang(cells: dict[Cel, Decimal], o: Overgang) -> None:
    n = Decimal(o.personen)
    if o.regio_0 is None and o.categorie_1 is not None:
        for where in (o.regio_1, NL):
            assert where is not None
            _add(cells, Grootheid.INSTROOM, where, o.categorie_1, Werk.of(o.werkend_1), n)
    elif o.regio_1 is None and o.categorie_0 is not None:
        reden = o.einde_reden if o.einde_reden in REDENEN else str(EindeReden.OVERIG)
        for where in (o.regio_0, NL):
            assert where is not None
            _add(cells, Grootheid.UITSTROOM, where, o.categorie_0, Werk.of(o.werkend_0), n)
            cells[Cel(where, Grootheid.UITSTROOMREDEN, TOTAAL, reden)] += n
    elif o.regio_0 is not None and o.regio_1 is not None:
        assert o.categorie_0 is not None
        assert o.categorie_1 is not None
        stayed = o.regio_0 == o.regio_1
        for where in (o.regio_1 if stayed else VERHUISD, NL):
            _add(cells, Grootheid.BLIJVER, where, o.categorie_1, Blijver.of(o.werkend_0, o.werkend_1), n)
            if o.categorie_0 != o.categorie_1:
                cells[_wisseling(where, o.categorie_0, o.categorie_1, Werk.of(o.werkend_0))] += n
        if not stayed:
            for where in (o.regio_1, VERHUISD):
                _add(cells, Grootheid.INSTROOM, where, o.categorie_1, Werk.of(o.werkend_1), n)
            for where in (o.regio_0, VERHUISD):
                _add(cells, Grootheid.UITSTROOM, where, o.categorie_0, Werk.of(o.werkend_0), n)
            cells[Cel(o.regio_0, Grootheid.UITSTROOMREDEN, TOTAAL, VERTREK_UIT_REGIO)] += n


def _wisseling(regio: str, van: str, naar: str, werk: Werk) -> Cel:
    return Cel(regio, str(Grootheid.WISSELING), str(van), f"{naar}/{werk}")


def relations(regios: Iterable[str], *, verloop: bool, eerder: bool) -> Iterator[Relation]:
    """Every sum that holds between the cells of a quarter, for these regions and `onbekend`, `verhuisd` and `NL`.

    `verloop`: there is a quarter before. `eerder`: the cells include that quarter's stock, as the quantity
    `eerder_personen`, so that the flow must fit it too.
    """
    places = [*sorted(set(regios)), ONBEKEND]
    for regio in (*places, NL):
        yield from _margins(Grootheid.PERSONEN, regio)
        yield from _margins(Grootheid.BANEN, regio)
        yield from _margins(Grootheid.ABA, regio)
        yield from _margins(Grootheid.BESCHUT_WERK, regio)
    for grootheid in (Grootheid.PERSONEN, Grootheid.BANEN, Grootheid.ABA, Grootheid.BESCHUT_WERK):
        yield from _national(grootheid, places)
    for grootheid in (Grootheid.PRAKTIJKROUTE, Grootheid.BESCHUT_GEPLAATST):
        yield Relation(
            Cel(NL, grootheid),
            tuple((1, Cel(regio, grootheid)) for regio in places),
            f"{grootheid}: the country is the sum of its regions",
        )
    if verloop:
        yield from _verloop(places, eerder=eerder)


EERDER_PERSONEN = "eerder_personen"
"""The stock of the quarter before, as it was sealed; only a name in relations, never a cell of a stored cube."""


def _margins(grootheid: str, regio: str) -> Iterator[Relation]:
    why = f"{grootheid}: adds up"
    kenmerken = [*_KENMERKEN[grootheid], TOTAAL]
    for categorie in _categorieen(grootheid):
        parts = tuple((1, Cel(regio, grootheid, categorie, k)) for k in _KENMERKEN[grootheid])
        yield Relation(Cel(regio, grootheid, categorie, TOTAAL), parts, why)
    for kenmerk in kenmerken:
        parts = tuple((1, Cel(regio, grootheid, c, kenmerk)) for c in _categorieen(grootheid))
        yield Relation(Cel(regio, grootheid, TOTAAL, kenmerk), parts, why)


def _national(grootheid: str, places: Sequence[str], moved: int = 0) -> Iterator[Relation]:
    why = f"{grootheid}: the country is the sum of its regions"
    for c in _categorieen(grootheid):
        for k in _KENMERKEN[grootheid]:
            parts = [(1, Cel(regio, grootheid, c, k)) for regio in places]
            if moved:
                parts.append((moved, Cel(VERHUISD, grootheid, c, k)))
            yield Relation(Cel(NL, grootheid, c, k), tuple(parts), why)


def _wisselingen() -> Iterator[tuple[Categorie, Categorie, Werk]]:
    for van in Categorie:
        for naar in Categorie:
            if van is not naar:
                for werk in Werk:
                    yield van, naar, werk


def _verloop(places: Sequence[str], *, eerder: bool) -> Iterator[Relation]:
    for regio in (*places, VERHUISD, NL):
        for grootheid in (Grootheid.INSTROOM, Grootheid.UITSTROOM, Grootheid.BLIJVER):
            yield from _margins(grootheid, regio)
        for c in Categorie:
            for werk in Werk:
                yield from _fits_stocks(regio, c, werk, eerder=eerder)
    yield from _national(Grootheid.INSTROOM, places, moved=-1)
    yield from _national(Grootheid.UITSTROOM, places, moved=-1)
    yield from _national(Grootheid.BLIJVER, places, moved=1)
    for van, naar, werk in _wisselingen():
        parts = tuple((1, _wisseling(regio, van, naar, werk)) for regio in (*places, VERHUISD))
        yield Relation(_wisseling(NL, van, naar, werk), parts, "wisseling: the country is the sum of its regions")
    for regio in (*places, NL):
        parts = tuple((1, Cel(regio, Grootheid.UITSTROOMREDEN, TOTAAL, reden)) for reden in REDENEN)
        yield Relation(Cel(regio, Grootheid.UITSTROOM), parts, "uitstroom: the reasons add up")
    for reden in EindeReden:
        parts = tuple((1, Cel(regio, Grootheid.UITSTROOMREDEN, TOTAAL, reden)) for regio in places)
        yield Relation(Cel(NL, Grootheid.UITSTROOMREDEN, TOTAAL, reden), parts, "uitstroom: the country by reason")
    parts = tuple((1, Cel(regio, Grootheid.UITSTROOMREDEN, TOTAAL, VERTREK_UIT_REGIO)) for regio in places)
    yield Relation(
        Cel(VERHUISD, Grootheid.UITSTROOM), parts, "uitstroom: who left a region and stayed in the register moved"
    )


def _fits_stocks(regio: str, categorie: Categorie, werk: Werk, *, eerder: bool) -> Iterator[Relation]:
    """Now: who came in and who stayed. Then: who left and who stayed, stayers in their earlier category."""
    works = werk is Werk.WERKEND
    stayed_now = tuple((1, Cel(regio, Grootheid.BLIJVER, categorie, k)) for k in Blijver if k.works is works)
    stayed_then = tuple((1, Cel(regio, Grootheid.BLIJVER, categorie, k)) for k in Blijver if k.worked is works)
    switched = tuple(
        (-1 if naar is categorie else 1, _wisseling(regio, van, naar, werk_toen))
        for van, naar, werk_toen in _wisselingen()
        if werk_toen is werk and categorie in (van, naar)
    )
    if regio == VERHUISD:
        yield Relation(
            Cel(regio, Grootheid.INSTROOM, categorie, werk), stayed_now, "verhuisd: in for one region is out of another"
        )
        yield Relation(
            Cel(regio, Grootheid.UITSTROOM, categorie, werk),
            (*stayed_then, *switched),
            "verhuisd: out of one region is in for another",
        )
        return
    yield Relation(
        Cel(regio, Grootheid.PERSONEN, categorie, werk),
        ((1, Cel(regio, Grootheid.INSTROOM, categorie, werk)), *stayed_now),
        "personen: instroom and stayers",
    )
    if eerder:
        yield Relation(
            Cel(regio, EERDER_PERSONEN, categorie, werk),
            ((1, Cel(regio, Grootheid.UITSTROOM, categorie, werk)), *stayed_then, *switched),
            "personen a quarter before: uitstroom and stayers",
        )


def stock(cells: Mapping[Cel, _Number]) -> dict[Cel, _Number]:
    """The persons of a cube by category and work, under the name they have in the relations of the next quarter."""
    return {
        Cel(cel.regio, EERDER_PERSONEN, cel.categorie, cel.kenmerk): value
        for cel, value in cells.items()
        if cel.grootheid == Grootheid.PERSONEN and TOTAAL not in (cel.categorie, cel.kenmerk)
    }


def broken(cells: Mapping[Cel, Decimal], checks: Iterable[Relation]) -> list[str]:
    """The relations that do not hold, each as one line without any figure of a person; empty when all hold."""
    zero = Decimal(0)
    return [
        f"{check.reden} ({check.totaal.regio}, {check.totaal.categorie}, {check.totaal.kenmerk})"
        for check in checks
        if cells.get(check.totaal, zero) != sum((sign * cells.get(cel, zero) for sign, cel in check.delen), zero)
    ]
