"""A population: the people of regions with their work, exact where margins are published, drawn elsewhere."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from banenafspraak.access.gebieden import gemeenten_op, regio_op, regios
from banenafspraak.adapters.synthese import ruis
from banenafspraak.adapters.synthese.loonregels import Loonregel
from banenafspraak.adapters.synthese.marges import (
    KOLOMMEN,
    Kwartaalmarge,
    Marges,
    beschikbare_marges,
    inwoners_per_regio,
    load_marges,
)
from banenafspraak.adapters.synthese.nummers import NummersOp, Nummervoorraad, lawful_numbers
from banenafspraak.adapters.synthese.paden import draw_paden
from banenafspraak.adapters.synthese.personen import Persoon, Woongebied, draw_persoon
from banenafspraak.adapters.synthese.standen import Standen, draw_standen, scale_standen
from banenafspraak.adapters.synthese.stromen import Overgang, Stroom, draw_stroom
from banenafspraak.adapters.synthese.werk import draw_loonregels
from banenafspraak.adapters.synthese.werkgevers import assign_ufo, draw_arbeidsmarkt
from banenafspraak.metingen.grootheden import Kwartaal

VOORBEELD: Final = "AM12"
"""The region whose published course is the pattern for every other region."""

_PERSONEN_LANDELIJK: Final = (Kwartaal(2017, 1), 204_074)
"""People in the register of the whole country at a peildatum (UWV trendrapportage): what scale 1 stands for."""

_NUMMERS_PER_PERSOON: Final = 2.12
"""Test numbers needed for each person in the register at that peildatum: who left and came, colleagues, employers."""

_NUMMERS_PER_REGIO: Final = 12
"""Test numbers a region needs however small it is."""

_OP: Final = date(2018, 3, 31)


class TeGroot(ValueError):
    """A population that cannot be written with lawful test numbers; the text names the scale that can."""


@dataclass(frozen=True)
class Bevolking:
    """People who were ever in the register, and all wage rows: theirs and of people outside it."""

    personen: tuple[Persoon, ...]
    loonregels: tuple[Loonregel, ...]

    def __add__(self, other: Bevolking) -> Bevolking:
        return Bevolking(self.personen + other.personen, self.loonregels + other.loonregels)


def draw_exact(regio: str, nummers: Nummervoorraad, zaad: int) -> Bevolking:
    """A population of which the published figures of the region come out exactly; KeyError when none are known."""
    marges = load_marges(regio)
    rng = _rng(zaad, regio)
    standen = draw_standen(marges, rng)
    stromen = [draw_stroom(overgang, rng) for overgang in _overgangen(marges, standen)]
    verdelingen = [
        _draw_verdeling(marge, sum(stand.werkzaam for stand in kwartaal.values()), rng)
        for marge, kwartaal in zip(marges.kwartalen, standen, strict=True)
    ]
    gebied = Woongebied(marges.regio, marges.gemeenten, marges.buurgemeenten)
    return _people(gebied, marges.reeks, standen, stromen, verdelingen, nummers, rng)


def draw_scaled(regio: str, schaal: float, nummers: Nummervoorraad, zaad: int) -> Bevolking:
    """A population of a region that follows the pattern, `schaal` times the real size; no figure of it is meant."""
    pattern = load_marges(VOORBEELD)
    rng = _rng(zaad, regio)
    standen = scale_standen(draw_standen(pattern, rng), _factor(regio, schaal), rng)
    stromen = [
        draw_stroom(Overgang(van, naar, begin, eind), rng)
        for van, naar, begin, eind in zip(pattern.reeks, pattern.reeks[1:], standen, standen[1:], strict=False)
    ]
    verdelingen = [None] * len(standen)
    return _people(_gebied(regio), pattern.reeks, standen, stromen, verdelingen, nummers, rng)


def largest_schaal(regio_codes: Sequence[str]) -> float:
    """The largest scale, in hundredths, at which an average draw of these regions together can be numbered."""
    room = len(lawful_numbers()) - _NUMMERS_PER_REGIO * len(regio_codes)
    needed = sum(_factor(code, 1.0) for code in regio_codes) * _personen_voorbeeld() * _NUMMERS_PER_PERSOON
    return min(1.0, int(100 * room / needed) / 100)


def draw_regios(regio_codes: Sequence[str], schaal: float, zaad: int, *, marges: str | None = None) -> Bevolking:
    """A population of these regions: the one named by `marges` exact, the others at the scale.

    TeGroot when there are not enough test numbers; its text names a scale that fits.
    """
    nummers = Nummervoorraad(zaad)
    fitting = largest_schaal(regio_codes)
    bevolking = Bevolking((), ())
    try:
        if schaal > 1.2 * fitting + 0.01:
            raise NummersOp  # hopeless: no need to draw for minutes first
        for code in regio_codes:
            exact = code == marges
            bevolking += draw_exact(code, nummers, zaad) if exact else draw_scaled(code, schaal, nummers, zaad)
    except NummersOp:
        kleiner = min(fitting, round(schaal - 0.01, 2))
        cure = f"schaal {kleiner:g} of kleiner, of minder regio's" if kleiner >= 0.01 else "minder regio's"
        raise TeGroot(
            f"Schaal {schaal:g} vraagt meer mensen dan er wettige testnummers zijn: er zijn {len(lawful_numbers())} "
            f"BSN's 9999xxxxx die de elfproef doorstaan, en elk nummer wordt één keer gebruikt. "
            f"Kies {cure}."
        ) from None
    return bevolking


def draw_largest(regio_codes: Sequence[str], zaad: int, *, marges: str | None = None) -> tuple[float, Bevolking]:
    """The largest population (with its scale) of these regions for which there are test numbers."""
    schaal = largest_schaal(regio_codes)
    while True:
        try:
            return schaal, draw_regios(regio_codes, schaal, zaad, marges=marges)
        except TeGroot:
            # The estimate is of an average draw; a region can come out larger.
            if schaal <= 0.01:
                raise
            schaal = round(schaal - 0.01, 2)


def all_regios() -> tuple[str, ...]:
    """The codes of all regions."""
    return tuple(code for code, _ in regios())


def _rng(zaad: int, regio: str) -> np.random.Generator:
    """A generator of its own for each region, so that one region does not depend on which others are drawn."""
    return np.random.default_rng([zaad, zlib.crc32(regio.encode())])


def _personen_voorbeeld() -> int:
    op = _PERSONEN_LANDELIJK[0]
    personen = next(marge.personen for marge in load_marges(VOORBEELD).kwartalen if marge.kwartaal == op)
    assert personen is not None
    return personen


def _factor(regio: str, schaal: float) -> float:
    """Size of a region at a scale, as a multiple of the pattern; a region with published figures has its own size."""
    if regio in beschikbare_marges():
        return schaal
    inwoners = inwoners_per_regio()
    personen = _PERSONEN_LANDELIJK[1] * inwoners[regio] / sum(inwoners.values())
    return schaal * personen / _personen_voorbeeld()


def _gebied(regio: str) -> Woongebied:
    """Where people of a region live, and where they come from: anywhere but a region whose figures are exact."""
    if regio in beschikbare_marges():
        marges = load_marges(regio)
        return Woongebied(regio, marges.gemeenten, marges.buurgemeenten)
    exact = {code for name in beschikbare_marges() for code in load_marges(name).gemeenten}
    indeling = {gebied.code: regio_op(gebied.code, _OP) for gebied in gemeenten_op(_OP)}
    own = {code: 1 for code, r in indeling.items() if r == regio}
    other = {code: 1 for code, r in indeling.items() if r not in (regio, None) and code not in exact}
    return Woongebied(regio, own, other)


def _overgangen(marges: Marges, standen: Sequence[Standen]) -> list[Overgang]:
    """The flows to be drawn, each with what is published about it."""
    hoogste = [v.baanverliezers for v in marges.verloop.values() if v.baanverliezers_is_hoogste]
    result = []
    for i, marge in enumerate(marges.kwartalen[1:], start=1):
        before = marges.kwartalen[i - 1].kwartaal
        overgang = Overgang(
            van=before,
            naar=marge.kwartaal,
            begin=standen[i - 1],
            eind=standen[i],
            verloop=marges.verloop.get(marge.kwartaal),
            praktijkroute=marge.praktijkroute,
            verliezers_onder=min(hoogste) if hoogste and before == marge.kwartaal.earlier() else None,
        )
        result.append(overgang)
    return result


def _draw_verdeling(marge: Kwartaalmarge, werkzaam: int, rng: np.random.Generator) -> Mapping[str, int]:
    """Jobs per column: as published, or else a plausible division of the published (or a plausible) number."""
    if marge.verdeling is not None:
        return marge.verdeling
    banen = marge.banen if marge.banen is not None else round(werkzaam * rng.uniform(1.065, 1.08))
    overheid = round(banen * rng.uniform(0.052, 0.07))
    inleen = round(banen * rng.uniform(0.12, 0.15))
    return dict(zip(KOLOMMEN, (banen - overheid - inleen, overheid, inleen), strict=True))


def _people(
    gebied: Woongebied,
    reeks: tuple[Kwartaal, ...],
    standen: Sequence[Standen],
    stromen: Sequence[Stroom],
    verdelingen: Sequence[Mapping[str, int] | None],
    nummers: Nummervoorraad,
    rng: np.random.Generator,
) -> Bevolking:
    """Persons with their work out of numbers, and the noise around them."""
    paden = draw_paden(standen[0], stromen, rng)
    personen = [draw_persoon(nummers.next_bsn(), pad, reeks, gebied, rng) for pad in paden]
    werkenden = max(sum(stand.werkzaam for stand in kwartaal.values()) for kwartaal in standen)
    markt = draw_arbeidsmarkt(werkenden, nummers, rng)
    regels = draw_loonregels(personen, reeks, verdelingen, markt, rng)
    regels += ruis.draw_uitkeringen(personen, reeks, markt, rng)
    regels += ruis.draw_beschut_beside(personen, reeks, markt, rng)
    few = 1 + len(personen) // 300
    personen += ruis.draw_eendagsregistraties(reeks, few, gebied, nummers, rng)
    personen += ruis.draw_passanten(reeks, few, gebied, nummers, rng)
    regels += ruis.draw_buiten_register(personen, reeks, markt, rng)
    regels += ruis.draw_collegas(reeks, werkenden, markt, nummers, rng)
    return Bevolking(tuple(personen), tuple(assign_ufo(regels, markt.werkgevers, rng)))
