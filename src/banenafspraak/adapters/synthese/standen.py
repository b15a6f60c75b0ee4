"""Stocks: how many people of each category are in the register of a region at each peildatum, and how many work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from banenafspraak.adapters.synthese.marges import CATEGORIEEN, Kwartaalmarge, Marges

PARTICIPATIEWET_VANAF: Final = date(2015, 1, 1)
"""From here on people can be registered on grounds of the Participatiewet; before, that category is empty."""

_WSW_VERSCHIL: Final = 6
"""At most this much the small group with a WSW-indicatie changes from one quarter to the next."""
_POGINGEN: Final = 400
_REEKSEN: Final = 400


class OnmogelijkeMarge(ValueError):
    """No population exists, or none was found, that gives these margins; the text says where it got stuck."""


@dataclass(frozen=True)
class Stand:
    """People in the register at one peildatum, and how many of them work."""

    personen: int
    werkzaam: int

    def __post_init__(self) -> None:
        if not 0 <= self.werkzaam <= self.personen:
            raise OnmogelijkeMarge(f"{self.werkzaam} werkenden op {self.personen} personen kan niet")

    @property
    def niet_werkzaam(self) -> int:
        """How many of them do not work."""
        return self.personen - self.werkzaam


Standen = Mapping[str, Stand]
"""Category -> Stand at one peildatum."""


def draw_standen(marges: Marges, rng: np.random.Generator) -> tuple[Standen, ...]:
    """Draw the stocks of every quarter of the margins, oldest first, so that all published stocks hold.

    Works back from the newest quarter, which is published in full: an unpublished figure stays near the one after it.
    OnmogelijkeMarge when the published figures leave no room.
    """
    stuck = marges.kwartalen[-1].kwartaal
    for _ in range(_REEKSEN):
        newest_first: list[Standen] = []
        for marge in reversed(marges.kwartalen):
            standen = _draw_kwartaal(marge, newest_first[-1] if newest_first else None, rng)
            if standen is None:
                stuck = marge.kwartaal
                break
            newest_first.append(standen)
        else:
            return tuple(reversed(newest_first))
    raise OnmogelijkeMarge(f"De gepubliceerde standen tot en met {stuck} laten geen ruimte.")


def scale_standen(standen: tuple[Standen, ...], factor: float, rng: np.random.Generator) -> tuple[Standen, ...]:
    """The same course of a register, `factor` times as large, with a region's own mix and chances of work."""
    mix = {categorie: factor * rng.uniform(0.85, 1.15) for categorie in CATEGORIEEN}
    kans = {categorie: rng.uniform(0.88, 1.1) for categorie in CATEGORIEEN}
    return tuple(
        {categorie: _scale(stand, mix[categorie], kans[categorie], rng) for categorie, stand in kwartaal.items()}
        for kwartaal in standen
    )


def _scale(stand: Stand, factor: float, kans: float, rng: np.random.Generator) -> Stand:
    personen = round(stand.personen * factor * rng.uniform(0.995, 1.005))
    share = stand.werkzaam / stand.personen if stand.personen else 0.0
    return Stand(personen, min(personen, round(personen * share * kans)))


def _draw_kwartaal(marge: Kwartaalmarge, later: Standen | None, rng: np.random.Generator) -> Standen | None:
    """One quarter that agrees with its margin and with the quarter after it; None when the latter leaves no room."""
    for _ in range(_POGINGEN):
        standen = _propose(marge, later, rng)
        if standen is not None and _fits(marge, standen):
            return standen
    return None


def _propose(marge: Kwartaalmarge, later: Standen | None, rng: np.random.Generator) -> Standen | None:
    """One draw of the three stocks; None when the published total leaves a category below zero."""
    if marge.kwartaal.peildatum < PARTICIPATIEWET_VANAF:
        return _propose_nulmeting(marge, rng)
    participatiewet = _draw_personen(marge, "participatiewet", later, rng)
    wajong = _draw_personen(marge, "wajong", later, rng)
    if later is not None and wajong < later["wajong"].personen:
        return None  # the Wajong part only shrinks: no new people since 2015, and reassessments
    if marge.personen is not None:
        wsw = marge.personen - wajong - participatiewet
    elif later is not None:
        wsw = later["wsw"].personen + int(rng.integers(-2, 3))
    else:
        wsw = marge.categorie("wsw").bereik()[0]
    personen = {"wsw": wsw, "wajong": wajong, "participatiewet": participatiewet}
    werkzaam = {categorie: _draw_werkzaam(marge, categorie, personen[categorie], later, rng) for categorie in personen}
    if marge.werkzaam is not None:
        werkzaam["wsw"] = marge.werkzaam - werkzaam["wajong"] - werkzaam["participatiewet"]
    if any(not 0 <= werkzaam[categorie] <= personen[categorie] for categorie in CATEGORIEEN):
        return None
    if later is not None and abs(wsw - later["wsw"].personen) > _WSW_VERSCHIL:
        return None
    return {categorie: Stand(personen[categorie], werkzaam[categorie]) for categorie in CATEGORIEEN}


def _propose_nulmeting(marge: Kwartaalmarge, rng: np.random.Generator) -> Standen:
    """December 2012: hardly anything but Wajong, and a small group with a WSW-indicatie who nearly all work."""
    if marge.personen is None or marge.werkzaam is None:
        raise OnmogelijkeMarge(f"Zonder personen en werkzame personen is {marge.kwartaal} niet te trekken.")
    wsw = round(marge.personen * rng.uniform(0.042, 0.055))
    wsw_werkzaam = round(wsw * rng.uniform(0.8, 0.92))
    return {
        "wsw": Stand(wsw, wsw_werkzaam),
        "wajong": Stand(marge.personen - wsw, marge.werkzaam - wsw_werkzaam),
        "participatiewet": Stand(0, 0),
    }


def _draw_personen(marge: Kwartaalmarge, categorie: str, later: Standen | None, rng: np.random.Generator) -> int:
    published = marge.categorie(categorie)
    if published.personen is not None or published.percentage is not None:
        bereik = published.bereik()
        return int(rng.integers(bereik[0], bereik[-1] + 1))
    if later is None:
        raise OnmogelijkeMarge(f"Van {marge.kwartaal} is het aantal personen {categorie} niet bekend.")
    return round(later[categorie].personen * rng.uniform(1.02, 1.06))


def _draw_werkzaam(
    marge: Kwartaalmarge, categorie: str, personen: int, later: Standen | None, rng: np.random.Generator
) -> int:
    published = marge.categorie(categorie).werkzaam
    if published is not None:
        return published
    if later is None:
        return 0  # the rest of the published total
    share = later[categorie].werkzaam / later[categorie].personen
    return round(personen * share * rng.uniform(0.97, 1.0))


def _fits(marge: Kwartaalmarge, standen: Standen) -> bool:
    """Whether stocks agree with everything that is published of the quarter."""
    samen = Stand(
        standen["wajong"].personen + standen["participatiewet"].personen,
        standen["wajong"].werkzaam + standen["participatiewet"].werkzaam,
    )
    for naam, stand in [*standen.items(), ("wajong_en_participatiewet", samen)]:
        published = marge.categorie(naam)
        if stand.personen not in published.bereik() or published.werkzaam not in (None, stand.werkzaam):
            return False
    totals = (sum(stand.personen for stand in standen.values()), sum(stand.werkzaam for stand in standen.values()))
    return marge.personen in (None, totals[0]) and marge.werkzaam in (None, totals[1])
