"""Paths: every person's way through the register of one region, quarter by quarter, made out of stocks and flows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np

from banenafspraak.adapters.synthese.marges import CATEGORIEEN
from banenafspraak.adapters.synthese.standen import Standen
from banenafspraak.adapters.synthese.stromen import VERHUIZING, VERTREK, Categoriestroom, Stroom

_TERUGKEER: Final = 0.08
"""Chance that somebody who moves in is a person who moved out in an earlier quarter."""


class Toestand(NamedTuple):
    """Where a person stands at a peildatum, as one of the residents in the register."""

    categorie: str
    werkt: bool


@dataclass(frozen=True)
class Pad:
    """One person's way: the state at each peildatum, None when not in the register of the region."""

    toestanden: tuple[Toestand | None, ...]
    instroom: Mapping[int, str]
    """Index of the quarter in which the person came in -> way in; nothing for who was there at the first peildatum."""
    uitstroom: Mapping[int, str]
    """Index of the quarter in which the person left -> reason."""

    @property
    def categorieen(self) -> frozenset[str]:
        """All categories the person was in."""
        return frozenset(toestand.categorie for toestand in self.toestanden if toestand)


@dataclass(eq=False)
class _Wording:
    """A path in the making."""

    toestanden: list[Toestand | None]
    instroom: dict[int, str] = field(default_factory=dict)
    uitstroom: dict[int, str] = field(default_factory=dict)


def draw_paden(begin: Standen, stromen: Iterable[Stroom], rng: np.random.Generator) -> tuple[Pad, ...]:
    """Draw persons whose stocks and flows are exactly those given; the first stock, then one flow per next quarter."""
    people = [
        _Wording([Toestand(categorie, werkt)])
        for categorie in CATEGORIEEN
        for werkt, aantal in ((True, begin[categorie].werkzaam), (False, begin[categorie].niet_werkzaam))
        for _ in range(aantal)
    ]
    for index, stroom in enumerate(stromen, start=1):
        _advance(people, index, stroom, rng)
    return tuple(Pad(tuple(w.toestanden), w.instroom, w.uitstroom) for w in people)


def _advance(people: list[_Wording], index: int, stroom: Stroom, rng: np.random.Generator) -> None:
    """Give everybody a state at the next peildatum, and add the newcomers."""
    groups = _shuffled_groups(people, rng)
    departed = [w for w in people if VERTREK in w.uitstroom.values() and w.toestanden[-1] is None]
    for person in people:
        person.toestanden.append(None)
    for (van, naar), aantal in stroom.wissels.items():
        for person in _take(groups[van, True], aantal):
            person.toestanden[index] = Toestand(naar, True)
    for categorie, deel in stroom.categorieen.items():
        _let_leave(groups, categorie, deel, index)
        _let_stay(groups, categorie, deel, index)
        _let_enter(people, departed, categorie, deel, index, rng)


def _shuffled_groups(people: list[_Wording], rng: np.random.Generator) -> defaultdict[tuple[str, bool], list[_Wording]]:
    groups: defaultdict[tuple[str, bool], list[_Wording]] = defaultdict(list)
    for i in rng.permutation(len(people)):
        toestand = people[i].toestanden[-1]
        if toestand is not None:
            groups[toestand].append(people[i])
    return groups


def _take(group: list[_Wording], aantal: int, liever: Callable[[_Wording], bool] = lambda _: True) -> list[_Wording]:
    """Remove that many people from a group, those who meet `liever` first; ValueError when there are not so many."""
    if aantal > len(group):
        raise ValueError(f"{aantal} people out of a group of {len(group)}")
    group.sort(key=liever)  # stable: the drawn order stays within both halves
    taken = group[len(group) - aantal :]
    del group[len(group) - aantal :]
    return taken


def _let_leave(
    groups: Mapping[tuple[str, bool], list[_Wording]], categorie: str, deel: Categoriestroom, index: int
) -> None:
    for (reden, werkt), aantal in deel.uitstroom.items():
        for person in _take(groups[categorie, werkt], aantal, _always_in_one_category):
            person.uitstroom[index] = reden


def _always_in_one_category(person: _Wording) -> bool:
    return len({t.categorie for t in person.toestanden if t}) == 1


def _let_stay(
    groups: Mapping[tuple[str, bool], list[_Wording]], categorie: str, deel: Categoriestroom, index: int
) -> None:
    for werkt, wisselt in ((True, deel.verliezers), (False, deel.vinders)):
        group = groups[categorie, werkt]
        for person in _take(group, wisselt):
            person.toestanden[index] = Toestand(categorie, not werkt)
        for person in _take(group, len(group)):
            person.toestanden[index] = Toestand(categorie, werkt)


def _let_enter(
    people: list[_Wording],
    departed: list[_Wording],
    categorie: str,
    deel: Categoriestroom,
    index: int,
    rng: np.random.Generator,
) -> None:
    for (wijze, werkt), aantal in deel.instroom.items():
        for _ in range(aantal):
            terug = wijze == VERHUIZING and rng.random() < _TERUGKEER
            person = _returning(departed, categorie) if terug else None
            if person is None:
                person = _Wording([None] * (index + 1))
                people.append(person)
            person.toestanden[index] = Toestand(categorie, werkt)
            person.instroom[index] = wijze


def _returning(departed: list[_Wording], categorie: str) -> _Wording | None:
    """Somebody who moved out, in the category they left with; not twice."""
    for person in departed:
        last = next(t for t in reversed(person.toestanden) if t is not None)
        if last.categorie == categorie and len(person.uitstroom) == 1:
            departed.remove(person)
            return person
    return None
