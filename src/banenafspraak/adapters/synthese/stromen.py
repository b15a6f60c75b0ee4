"""Flows: who came, who left and why, who found and who lost work between two peildata, per category, in numbers only.

Two identities hold for every flow by construction (law: the publication's own definitions of the verloop):
persons now - persons before = instroom - uitstroom, and
working now - working before = baanvinders - baanverliezers + working instroom - working uitstroom.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from banenafspraak.adapters.synthese.marges import CATEGORIEEN, Verloopmarge
from banenafspraak.adapters.synthese.standen import OnmogelijkeMarge, Stand, Standen
from banenafspraak.metingen.grootheden import Kwartaal

VERTREK: Final = "vertrek_uit_regio"
"""Uitstroom by moving house: the registration itself goes on elsewhere."""

PRAKTIJKROUTE: Final = "praktijkroute"
INSCHRIJVING: Final = "inschrijving"
VERHUIZING: Final = "verhuizing"
"""The three ways in: registered through the Praktijkroute, registered otherwise, or moved in while registered."""

_PRAKTIJKROUTE_VANAF: Final = Kwartaal(2017, 1)
_T_PLUS_2: Final = (Kwartaal(2016, 4), Kwartaal(2017, 1))
"""Flows in which a registration could still end by the old rule: on 31 December of the second year after."""

# Chances per quarter that somebody leaves the register of a region, by reason. Free choices, of a plausible order.
_UITSTROOMKANS: Final[Mapping[str, Mapping[str, float]]] = {
    "wsw": {VERTREK: 0.010, "overlijden": 0.003, "aow": 0.003, "wsw_beschut_werk": 0.03, "overig": 0.001},
    "wajong": {
        VERTREK: 0.012,
        "overlijden": 0.002,
        "aow": 0.001,
        "duurzaam_geen_arbeidsvermogen": 0.004,
        "overig": 0.001,
    },
    "participatiewet": {VERTREK: 0.013, "overlijden": 0.001, "beschikking_beschut_werk": 0.003, "overig": 0.001},
}
# Who has to leave on top of those chances leaves for this reason: reassessment of the Wajong, or sheltered work.
_HOOFDREDEN: Final = {"wsw": "wsw_beschut_werk", "wajong": "duurzaam_geen_arbeidsvermogen", "participatiewet": "overig"}
# How likely somebody who leaves for a reason works just before, as a multiple of the chance in the category.
_WERKT_BIJ_UITSTROOM: Final = {"duurzaam_geen_arbeidsvermogen": 0.05, "overlijden": 0.5, "aow": 0.7, VERTREK: 0.9}
_INSTROOMKANS: Final = {"wsw": 0.03, "wajong": 0.010, "participatiewet": 0.07}
_INSTROOM_WERKT: Final = {"wsw": 0.75, "wajong": 0.35, "participatiewet": 0.45}
_VERLIESKANS: Final = {"wsw": 0.03, "wajong": 0.04, "participatiewet": 0.07}
_VERHUIST_AANDEEL: Final = {"wsw": 0.2, "wajong": 0.65, "participatiewet": 0.15}
_POGINGEN: Final = 20_000


@dataclass(frozen=True)
class Categoriestroom:
    """The flow of one category: numbers by reason or way, and by whether the person works."""

    vinders: int
    verliezers: int
    uitstroom: Mapping[tuple[str, bool], int]
    """(reason, works at the beginning) -> persons."""
    instroom: Mapping[tuple[str, bool], int]
    """(way in, works at the end) -> persons."""


@dataclass(frozen=True)
class Stroom:
    """The flow between two peildata."""

    categorieen: Mapping[str, Categoriestroom]
    wissels: Mapping[tuple[str, str], int]
    """(from, to) -> working people who stay and change category: begeleid werken <-> detachering of a Wajonger."""


@dataclass(frozen=True)
class Overgang:
    """What is known of a flow before it is drawn."""

    van: Kwartaal
    naar: Kwartaal
    begin: Standen
    eind: Standen
    verloop: Verloopmarge | None = None
    """The published flow, when there is one."""
    praktijkroute: int | None = None
    """Published inflow through the Praktijkroute; None: drawn."""
    verliezers_onder: int | None = None
    """Fewer people than this lose their work; None: no bound."""

    @property
    def kwartalen(self) -> int:
        """How many quarters lie between the two peildata."""
        return (self.naar.jaar - self.van.jaar) * 4 + self.naar.nummer - self.van.nummer


def draw_stroom(overgang: Overgang, rng: np.random.Generator) -> Stroom:
    """Draw a flow that leads exactly from the first stocks to the last, and gives the published flow if there is one.

    OnmogelijkeMarge when none is found.
    """
    for _ in range(_POGINGEN):
        stroom = _propose(overgang, rng)
        if stroom is not None:
            return stroom
    raise OnmogelijkeMarge(f"Er is geen verloop gevonden van {overgang.van} naar {overgang.naar}.")


def _propose(overgang: Overgang, rng: np.random.Generator) -> Stroom | None:
    wissels = _draw_wissels(overgang, rng)
    # Who changes category stays and keeps working: out of the first stock, and not to be filled in the last.
    begin = _without(overgang.begin, {c: sum(n for (van, _), n in wissels.items() if van == c) for c in CATEGORIEEN})
    eind = _without(overgang.eind, {c: sum(n for (_, naar), n in wissels.items() if naar == c) for c in CATEGORIEEN})
    overgang = replace(overgang, begin=begin, eind=eind)
    uit = _draw_uitstroom(overgang, rng)
    instroom = {c: eind[c].personen - begin[c].personen + sum(uit[c].values()) for c in CATEGORIEEN}
    if min(instroom.values()) < 0 or any(sum(uit[c].values()) > begin[c].personen for c in CATEGORIEEN):
        return None
    uitstroom = {c: _split_uitstroom(uit[c], begin[c], rng) for c in CATEGORIEEN}
    werkende_uitstroom = {c: sum(n for (_, werkt), n in uitstroom[c].items() if werkt) for c in CATEGORIEEN}
    blijvers = {
        c: Stand(begin[c].personen - sum(uit[c].values()), begin[c].werkzaam - werkende_uitstroom[c])
        for c in CATEGORIEEN
    }
    verliezers = _draw_verliezers(overgang, blijvers, rng)
    praktijkroute = _known_praktijkroute(overgang)
    werkende_instroom = _draw_werkende_instroom(overgang, blijvers, verliezers, instroom, praktijkroute or 0, rng)
    if werkende_instroom is None:
        return None
    vinders = {c: eind[c].werkzaam - blijvers[c].werkzaam + verliezers[c] - werkende_instroom[c] for c in CATEGORIEEN}
    if any(not 0 <= vinders[c] <= blijvers[c].niet_werkzaam for c in CATEGORIEEN):
        return None
    if overgang.verloop is not None and sum(vinders.values()) != overgang.verloop.baanvinders:
        return None
    if praktijkroute is None:
        praktijkroute = int(rng.binomial(werkende_instroom["participatiewet"], 0.35))
    via = {"wsw": 0, "wajong": 0, "participatiewet": praktijkroute}
    return Stroom(
        {
            c: Categoriestroom(
                vinders[c],
                verliezers[c],
                uitstroom[c],
                _split_instroom(c, Stand(instroom[c], werkende_instroom[c]), via[c], rng),
            )
            for c in CATEGORIEEN
        },
        wissels,
    )


def _draw_wissels(overgang: Overgang, rng: np.random.Generator) -> Mapping[tuple[str, str], int]:
    room = min(overgang.begin[c].werkzaam for c in ("wsw", "wajong")) // 30
    pairs = (("wsw", "wajong"), ("wajong", "wsw"))
    return {pair: min(room, int(rng.poisson(0.7))) for pair in pairs}


def _without(standen: Standen, werkenden: Mapping[str, int]) -> Standen:
    return {c: Stand(s.personen - werkenden[c], s.werkzaam - werkenden[c]) for c, s in standen.items()}


def _draw_uitstroom(overgang: Overgang, rng: np.random.Generator) -> dict[str, dict[str, int]]:
    """Category -> reason -> persons."""
    begin = overgang.begin
    if overgang.verloop is not None:
        return _divide_uitstroom(overgang.verloop.uitstroomredenen, begin, rng)
    result = {}
    for c in CATEGORIEEN:
        personen, groei = begin[c].personen, overgang.eind[c].personen - begin[c].personen
        tijd = overgang.kwartalen**0.8  # over years the same people cannot leave twice
        redenen = {
            reden: int(rng.poisson(kans * personen * tijd))
            for reden, kans in _UITSTROOMKANS[c].items()
            if reden != "aow" or _reaches_aow(overgang)
        }
        instroom = int(rng.poisson(_INSTROOMKANS[c] * personen * tijd))
        over = instroom - groei - sum(redenen.values())
        if over > 0:
            t_plus_2 = round(over * rng.uniform(0.05, 0.15)) if overgang.naar in _T_PLUS_2 else 0
            redenen["t_plus_2"] = t_plus_2
            redenen[_HOOFDREDEN[c]] = redenen.get(_HOOFDREDEN[c], 0) + over - t_plus_2
        result[c] = redenen
    return result


def _reaches_aow(overgang: Overgang) -> bool:
    """Each of these years the AOW age rose by three months: nobody reached it in the first quarter (AOW art. 7a)."""
    return overgang.kwartalen > 1 or overgang.naar.nummer != 1


def _divide_uitstroom(
    redenen: Mapping[str, int], begin: Standen, rng: np.random.Generator
) -> dict[str, dict[str, int]]:
    """Divide published numbers per reason over the categories in which that reason exists."""
    result: dict[str, dict[str, int]] = {c: {} for c in CATEGORIEEN}
    for reden, aantal in redenen.items():
        weights = np.array([_UITSTROOMKANS[c].get(reden, 0.0) * begin[c].personen for c in CATEGORIEEN])
        for c, n in zip(CATEGORIEEN, rng.multinomial(aantal, weights / weights.sum()), strict=True):
            result[c][reden] = int(n)
    return result


def _split_uitstroom(redenen: Mapping[str, int], begin: Stand, rng: np.random.Generator) -> dict[tuple[str, bool], int]:
    """Split leavers by whether they work, within the people there are."""
    werkend_over, niet_over = begin.werkzaam, begin.niet_werkzaam
    kans = begin.werkzaam / begin.personen if begin.personen else 0.0
    result = {}
    for reden, aantal in redenen.items():
        werkend = int(rng.binomial(aantal, kans * _WERKT_BIJ_UITSTROOM.get(reden, 1.0)))
        werkend = min(max(werkend, aantal - niet_over), werkend_over)
        result[reden, True], result[reden, False] = werkend, aantal - werkend
        werkend_over, niet_over = werkend_over - werkend, niet_over - (aantal - werkend)
    return result


def _draw_verliezers(overgang: Overgang, blijvers: Standen, rng: np.random.Generator) -> dict[str, int]:
    if overgang.verloop is not None:
        weights = np.array([blijvers[c].werkzaam * _VERLIESKANS[c] for c in CATEGORIEEN])
        draws = rng.multinomial(overgang.verloop.baanverliezers, weights / weights.sum())
        return {c: min(int(n), blijvers[c].werkzaam) for c, n in zip(CATEGORIEEN, draws, strict=True)}
    kans = {c: 1 - (1 - _VERLIESKANS[c]) ** overgang.kwartalen for c in CATEGORIEEN}
    # Who loses work stays, and so is among those without work at the end.
    verliezers = {
        c: min(int(rng.binomial(blijvers[c].werkzaam, kans[c])), overgang.eind[c].niet_werkzaam) for c in CATEGORIEEN
    }
    if overgang.verliezers_onder is not None:
        teveel = max(0, sum(verliezers.values()) - overgang.verliezers_onder + 1)
        verliezers["wajong"] = max(0, verliezers["wajong"] - teveel)
    return verliezers


def _known_praktijkroute(overgang: Overgang) -> int | None:
    return 0 if overgang.naar < _PRAKTIJKROUTE_VANAF else overgang.praktijkroute


def _draw_werkende_instroom(
    overgang: Overgang,
    blijvers: Standen,
    verliezers: dict[str, int],
    instroom: Mapping[str, int],
    praktijkroute: int,
    rng: np.random.Generator,
) -> dict[str, int] | None:
    """Working instroom per category, such that the rest of the growth can be found by people who were already there.

    Everybody who comes through the Praktijkroute works: the loonwaarde is measured on the job.
    """
    result = {}
    for c in CATEGORIEEN:
        gat = overgang.eind[c].werkzaam - blijvers[c].werkzaam + verliezers[c]  # to be filled by vinders and instroom
        if gat < 0 and overgang.verloop is None:
            return None
        via = praktijkroute if c == "participatiewet" else 0
        laagst, hoogst = max(via, gat - blijvers[c].niet_werkzaam), min(instroom[c], gat)
        if laagst > hoogst:
            return None
        werkend = via + int(rng.binomial(max(0, instroom[c] - via), _INSTROOM_WERKT[c]))
        result[c] = min(max(werkend, laagst), hoogst)
    return result


def _split_instroom(
    categorie: str, instroom: Stand, praktijkroute: int, rng: np.random.Generator
) -> dict[tuple[str, bool], int]:
    """Split newcomers by the way they came and by whether they work."""
    rest = instroom.personen - praktijkroute
    verhuisd = int(rng.binomial(rest, _VERHUIST_AANDEEL[categorie]))
    rest_werkend = instroom.werkzaam - praktijkroute
    verhuisd_werkend = int(rng.hypergeometric(rest_werkend, rest - rest_werkend, verhuisd)) if rest else 0
    return {
        (PRAKTIJKROUTE, True): praktijkroute,
        (VERHUIZING, True): verhuisd_werkend,
        (VERHUIZING, False): verhuisd - verhuisd_werkend,
        (INSCHRIJVING, True): rest_werkend - verhuisd_werkend,
        (INSCHRIJVING, False): rest - rest_werkend - (verhuisd - verhuisd_werkend),
    }
