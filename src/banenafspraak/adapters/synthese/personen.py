"""Persons: a path through the register turned into birth, registrations and residences with dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

import numpy as np

from banenafspraak.adapters.synthese.paden import Pad
from banenafspraak.adapters.synthese.standen import PARTICIPATIEWET_VANAF
from banenafspraak.adapters.synthese.stromen import PRAKTIJKROUTE, VERHUIZING, VERTREK
from banenafspraak.adapters.synthese.trekking import aow_between, choose, day_between
from banenafspraak.metingen.grootheden import Kwartaal
from banenafspraak.wet.aow import add_months
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.registratie import EindeReden

_WAJONG_EN_WSW: Final = date(1998, 1, 1)
"""The day on which both the Wajong and the present Wsw came into force: no registration goes back further."""
_NIEUWE_WAJONG: Final = date(2010, 1, 1)
_WAJONG_2015: Final = date(2015, 1, 1)
_PRAKTIJKROUTE_VANAF: Final = date(2017, 1, 1)
_TIJDELIJK_TOT: Final = date(2015, 7, 1)
"""Applications up to 30 June 2015 were registered as long as they were not yet judged (Besluit Wfsv art. 2.25)."""
_OUDSTE: Final = date(1953, 6, 1)
"""Who is born later has not reached AOW age by the end of March 2018."""

# Chances: free choices, of a plausible order.
_VERHUIST_BINNEN: Final = 0.04
_NAAR_BUITENLAND: Final = 0.04
_STUDIE_DAN_WERK: Final = 0.06
_WAJONG_BEGELEID: Final = 0.05
_TWEE_GRONDEN: Final = 0.04


class Soort(StrEnum):
    """How a person is in the register: on which ground or combination of grounds."""

    WSW_BEGELEID = "wsw_begeleid"
    WSW_DETACHERING = "wsw_detachering"
    WIW_ID = "wiw_id"
    WAJONG = "wajong"
    WAJONG_MET_WSW = "wajong_met_wsw"
    PARTICIPATIEWET = "participatiewet"


@dataclass(frozen=True)
class Woongebied:
    """Where people of a region live, and where they come from and go to: gemeente code -> weight."""

    regio: str
    gemeenten: Mapping[str, int]
    buurgemeenten: Mapping[str, int]


@dataclass(frozen=True)
class Registratie:
    """A registration in the doelgroepregister; `geldig_tot` is the first day it no longer holds."""

    grond: Grond
    route: Route
    geldig_vanaf: date
    geldig_tot: date | None = None
    einde_reden: EindeReden | None = None


@dataclass(frozen=True)
class Woonplaats:
    """Living in a gemeente; `geldig_tot` is the first day no longer."""

    gemeente: str
    geldig_vanaf: date
    geldig_tot: date | None = None


@dataclass(frozen=True)
class Persoon:
    """A synthetic person, as the register delivery tells about them."""

    bsn: str
    geboortedatum: date
    overleden_op: date | None
    registraties: tuple[Registratie, ...]
    woonplaatsen: tuple[Woonplaats, ...]
    soort: Soort
    pad: Pad


# Route of the Participatiewet -> chance, and the ages (in years) at which people are registered along it.
_ROUTES: Final[Mapping[Route, tuple[float, int, int]]] = {
    Route.INDICATIE_BANENAFSPRAAK: (0.52, 18, 55),
    Route.PRO: (0.22, 17, 20),
    Route.VSO: (0.12, 17, 20),
    Route.AFGEWEZEN_WAJONG: (0.09, 18, 26),
    Route.ENTREE: (0.05, 17, 24),
}
_GROND: Final[Mapping[Route, tuple[Grond, ...]]] = {
    Route.INDICATIE_BANENAFSPRAAK: (Grond.PWET_LKS_UWV_LOONWAARDE, Grond.PWET_UWV_WML_EIGEN_VERZOEK),
    Route.PRAKTIJKROUTE: (Grond.PWET_LKS_UWV_LOONWAARDE,),
    Route.PRO: (Grond.AMVB_38B_1_D,),
    Route.VSO: (Grond.AMVB_38B_1_D,),
    Route.AFGEWEZEN_WAJONG: (Grond.AMVB_38B_1_D,),
    Route.ENTREE: (Grond.AMVB_38B_1_D,),
    Route.TIJDELIJKE_REGISTRATIE: (Grond.AMVB_38B_1_D,),
}


@dataclass(frozen=True)
class _Loop:
    """A path with days: one for each way in and way out, inside the quarter in which it was first seen."""

    pad: Pad
    reeks: tuple[Kwartaal, ...]
    dagen: Mapping[int, date]
    """Index of a quarter -> day on which the person came in or went out in it."""
    geboren: date | None
    """Birth date when that follows from the path: of who left on reaching AOW age."""

    @property
    def eerste(self) -> int:
        """Index of the first quarter in which the person is in the register of the region."""
        return next(i for i, toestand in enumerate(self.pad.toestanden) if toestand)

    @property
    def wijze(self) -> str | None:
        """Way in, the first time; None for who was there at the first peildatum."""
        return self.pad.instroom.get(self.eerste)

    @property
    def vanaf(self) -> date | None:
        """Day of registration, when the path says so: for who was registered as a resident during the series."""
        return None if self.wijze in (None, VERHUIZING) else self.dagen[self.eerste]

    @property
    def registered_before(self) -> date:
        """Who was not registered during the series was before this day: the first peildatum, or the move."""
        return self.dagen[self.eerste] if self.wijze else self.reeks[self.eerste].peildatum

    @property
    def einde(self) -> tuple[date, EindeReden] | None:
        """First day without registration and the reason; None while it goes on, be it elsewhere."""
        for index, reden in self.pad.uitstroom.items():
            if reden != VERTREK:
                return self.dagen[index], EindeReden(reden)
        return None


def draw_persoon(
    bsn: str, pad: Pad, reeks: tuple[Kwartaal, ...], gebied: Woongebied, rng: np.random.Generator
) -> Persoon:
    """Draw a person who goes exactly this way through the register of the region."""
    loop = _draw_loop(pad, reeks, rng)
    soort = _draw_soort(loop, rng)
    if soort == Soort.PARTICIPATIEWET:
        geboren, registraties = _participatiewet(loop, rng)
    else:
        geboren, vanaf = _wajong_of_wsw(loop, soort, rng)
        registraties = _registraties_wajong_wsw(loop, soort, geboren, vanaf, rng)
    einde = loop.einde
    overleden = einde[0] if einde and einde[1] == EindeReden.OVERLIJDEN else None
    woont_vanaf = day_between(rng, geboren, min(r.geldig_vanaf for r in registraties))
    woonplaatsen = _woonplaatsen(loop, gebied, woont_vanaf, overleden, rng)
    return Persoon(bsn, geboren, overleden, registraties, woonplaatsen, soort, pad)


def _draw_loop(pad: Pad, reeks: tuple[Kwartaal, ...], rng: np.random.Generator) -> _Loop:
    """Days inside each quarter. Who comes in does so before the peildatum, so that no period is one day long."""
    dagen: dict[int, date] = {}
    geboren = None
    for index in sorted({*pad.instroom, *pad.uitstroom}):
        vanaf, peildatum = reeks[index - 1].peildatum + timedelta(days=1), reeks[index].peildatum
        toestand = pad.toestanden[index]
        if toestand is not None:
            if toestand.categorie == "participatiewet":
                vanaf = max(vanaf, PARTICIPATIEWET_VANAF + timedelta(days=1))
            dagen[index] = day_between(rng, vanaf, peildatum)
        elif pad.uitstroom[index] == EindeReden.AOW:
            geboren, dagen[index] = aow_between(rng, vanaf, peildatum + timedelta(days=1))
        elif pad.uitstroom[index] == EindeReden.T_PLUS_2:
            dagen[index] = date(peildatum.year, 1, 1)  # the last day was 31 December (Besluit SUWI art. 3.2 of 2015)
        else:
            dagen[index] = day_between(rng, vanaf, peildatum + timedelta(days=1))
    return _Loop(pad, reeks, dagen, geboren)


def _draw_soort(loop: _Loop, rng: np.random.Generator) -> Soort:
    categorieen = loop.pad.categorieen
    if categorieen == {"participatiewet"}:
        return Soort.PARTICIPATIEWET
    if categorieen == {"wajong", "wsw"}:
        return Soort.WAJONG_MET_WSW
    if categorieen == {"wajong"}:
        return Soort.WAJONG_MET_WSW if rng.random() < _WAJONG_BEGELEID else Soort.WAJONG
    kansen = {Soort.WSW_BEGELEID: 0.46, Soort.WSW_DETACHERING: 0.38}
    if EindeReden.WSW_BESCHUT_WERK not in loop.pad.uitstroom.values():
        kansen[Soort.WAJONG_MET_WSW] = 0.06
        if loop.vanaf is None:  # nobody has come to a WIW or ID job since 2004
            kansen[Soort.WIW_ID] = 0.1
    return choose(kansen, rng)


def _wajong_of_wsw(loop: _Loop, soort: Soort, rng: np.random.Generator) -> tuple[date, date]:
    """Birth date and first day of registration."""
    jongst = 18 if soort in (Soort.WAJONG, Soort.WAJONG_MET_WSW) else 20
    voor = loop.vanaf or loop.registered_before
    geboren = loop.geboren or _draw_geboren(voor, jongst, 54, rng)
    if loop.vanaf:
        return geboren, loop.vanaf
    volwassen = add_months(geboren, 12 * jongst)
    earliest = max(_WAJONG_EN_WSW, volwassen)
    # A Wajong begins at or soon after the eighteenth birthday; a WSW-indicatie at any age.
    latest = min(voor, add_months(earliest, 18)) if jongst == 18 else voor
    return geboren, min(day_between(rng, earliest, latest), voor - timedelta(days=1))


def _registraties_wajong_wsw(
    loop: _Loop, soort: Soort, geboren: date, vanaf: date, rng: np.random.Generator
) -> tuple[Registratie, ...]:
    tot, reden = loop.einde or (None, None)
    if soort == Soort.WIW_ID:
        return (Registratie(Grond.WIW_ID, Route.WIW_ID, vanaf, tot, reden),)
    if soort == Soort.WSW_BEGELEID:
        return (Registratie(Grond.WSW, Route.WSW_BEGELEID_WERKEN, vanaf, tot, reden),)
    if soort == Soort.WSW_DETACHERING:
        return (Registratie(Grond.WSW, Route.WSW_DETACHERING, vanaf, tot, reden),)
    route = _wajongroute(geboren)
    wajong = (Registratie(Grond.WAJONG, route, vanaf, tot, reden),)
    if soort == Soort.WAJONG_MET_WSW:
        return wajong + _wsw_beside_wajong(loop, vanaf, rng)
    einde = tot or loop.reeks[-1].peildatum
    if route == Route.NWAJONG_WERKREGELING and (einde - vanaf).days > 400 and rng.random() < _STUDIE_DAN_WERK:
        klaar = day_between(rng, vanaf + timedelta(days=90), einde - timedelta(days=90))
        return (
            Registratie(Grond.WAJONG, Route.NWAJONG_STUDIEREGELING, vanaf, klaar, EindeReden.OVERIG),
            Registratie(Grond.WAJONG, Route.NWAJONG_WERKREGELING, klaar, tot, reden),
        )
    return wajong


def _wajongroute(geboren: date) -> Route:
    """Which Wajong: that of the day on which the person turned eighteen."""
    volwassen = add_months(geboren, 12 * 18)
    if volwassen < _NIEUWE_WAJONG:
        return Route.OWAJONG
    return Route.NWAJONG_WERKREGELING if volwassen < _WAJONG_2015 else Route.WAJONG_2015


def _wsw_beside_wajong(loop: _Loop, vanaf: date, rng: np.random.Generator) -> tuple[Registratie, ...]:
    """The WSW-indicatie of a Wajonger: with begeleid werken the category is Wajong, with detachering it is WSW."""
    route = {"wsw": Route.WSW_DETACHERING, "wajong": Route.WSW_BEGELEID_WERKEN}
    tot, reden = loop.einde or (None, None)
    present = [(i, t.categorie) for i, t in enumerate(loop.pad.toestanden) if t]
    result = []
    for (_, categorie), (index, next_categorie) in pairwise(present):
        if categorie != next_categorie:
            begin = loop.reeks[index - 1].peildatum + timedelta(days=1)
            wissel = day_between(rng, begin, loop.reeks[index].peildatum)
            result.append(Registratie(Grond.WSW, route[categorie], vanaf, wissel, EindeReden.OVERIG))
            vanaf = wissel
    result.append(Registratie(Grond.WSW, route[present[-1][1]], vanaf, tot, reden))
    return tuple(result)


def _participatiewet(loop: _Loop, rng: np.random.Generator) -> tuple[date, tuple[Registratie, ...]]:
    """Birth date and registrations on grounds of the Participatiewet."""
    vanaf = loop.vanaf or day_between(rng, PARTICIPATIEWET_VANAF, loop.registered_before)
    route = Route.PRAKTIJKROUTE if loop.wijze == PRAKTIJKROUTE else _draw_route(loop, vanaf, rng)
    _, jongst, oudst = _ROUTES.get(route, (0.0, 18, 45))
    geboren = _draw_geboren(vanaf, jongst, oudst, rng)
    tot, reden = loop.einde or (None, None)
    grond = _GROND[route][int(rng.integers(len(_GROND[route])))]
    first = Registratie(grond, route, vanaf, tot, reden)
    einde = tot or loop.reeks[-1].peildatum
    if grond == Grond.AMVB_38B_1_D and (einde - vanaf).days > 200 and rng.random() < _TWEE_GRONDEN:
        later = day_between(rng, vanaf + timedelta(days=30), einde - timedelta(days=30))
        indicatie = Registratie(Grond.PWET_UWV_WML_EIGEN_VERZOEK, Route.INDICATIE_BANENAFSPRAAK, later, tot, reden)
        return geboren, (first, indicatie)
    return geboren, (first,)


def _draw_route(loop: _Loop, vanaf: date, rng: np.random.Generator) -> Route:
    """Any route but the Praktijkroute here; who moved in may have been registered along that one elsewhere."""
    if vanaf < _TIJDELIJK_TOT and rng.random() < 0.4:
        return Route.TIJDELIJKE_REGISTRATIE
    if loop.wijze == VERHUIZING and vanaf >= _PRAKTIJKROUTE_VANAF and rng.random() < 0.5:
        return Route.PRAKTIJKROUTE
    return choose({route: kans for route, (kans, _, _) in _ROUTES.items()}, rng)


def _draw_geboren(op: date, jongst: int, oudst: int, rng: np.random.Generator) -> date:
    """A birth date with an age between two bounds (in years) on a day, more young than old, and below AOW age."""
    maanden = 12 * jongst + int((12 * (oudst - jongst) + 11) * rng.beta(1.1, 2.0))
    geboren = add_months(op, -maanden) - timedelta(days=int(rng.integers(4, 32)))
    return geboren if geboren >= _OUDSTE else day_between(rng, _OUDSTE, add_months(op, -12 * jongst))


def _woonplaatsen(
    loop: _Loop, gebied: Woongebied, vanaf: date, overleden: date | None, rng: np.random.Generator
) -> tuple[Woonplaats, ...]:
    """Residences: in the region at every peildatum on which the path says so, elsewhere or abroad at the others."""
    moves: list[tuple[date, str | None]] = []
    begin_elders = loop.wijze == VERHUIZING
    moves.append((vanaf, choose(gebied.buurgemeenten if begin_elders else gebied.gemeenten, rng)))
    for index in sorted({*loop.pad.instroom, *loop.pad.uitstroom}):
        if loop.pad.instroom.get(index) == VERHUIZING:
            moves.append((loop.dagen[index], choose(gebied.gemeenten, rng)))
        elif loop.pad.uitstroom.get(index) == VERTREK:
            abroad = rng.random() < _NAAR_BUITENLAND
            moves.append((loop.dagen[index], None if abroad else choose(gebied.buurgemeenten, rng)))
    moves = _with_move_inside(moves, loop, gebied, overleden, rng)
    ends = [day for day, _ in moves[1:]] + [overleden]
    return tuple(
        Woonplaats(gemeente, day, einde) for (day, gemeente), einde in zip(moves, ends, strict=True) if gemeente
    )


def _with_move_inside(
    moves: list[tuple[date, str | None]],
    loop: _Loop,
    gebied: Woongebied,
    overleden: date | None,
    rng: np.random.Generator,
) -> list[tuple[date, str | None]]:
    """Let some people move within the region: it changes their gemeente and nothing else."""
    day, gemeente = moves[-1]
    einde = overleden or loop.reeks[-1].peildatum
    if gemeente not in gebied.gemeenten or (einde - day).days < 3 or rng.random() >= _VERHUIST_BINNEN:
        return moves
    return [*moves, (day_between(rng, day + timedelta(days=1), einde), choose(gebied.gemeenten, rng))]
