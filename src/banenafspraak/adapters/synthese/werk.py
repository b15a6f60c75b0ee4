"""Work: who works for whom, and hours such that the jobs of every published column come out exactly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

import numpy as np

from banenafspraak.adapters.synthese import loonregels as codes
from banenafspraak.adapters.synthese.loonregels import Loonregel, wage
from banenafspraak.adapters.synthese.marges import KOLOMMEN
from banenafspraak.adapters.synthese.personen import Persoon, Soort
from banenafspraak.adapters.synthese.standen import OnmogelijkeMarge
from banenafspraak.adapters.synthese.trekking import choose
from banenafspraak.adapters.synthese.werkgevers import Arbeidsmarkt, Werkgever, Werkgeversoort
from banenafspraak.metingen.grootheden import Kwartaal
from banenafspraak.wet.banen import uren_per_baan

MINSTE_UREN: Final = 8
MEESTE_UREN: Final = 180
"""Bounds of the verloonde uren in a month of one inkomstenverhouding."""

_WEKEN_PER_MAAND: Final = 52.18 / 12
_WEEKUREN: Final = {8: 0.05, 12: 0.08, 16: 0.12, 20: 0.17, 24: 0.17, 28: 0.08, 32: 0.16, 36: 0.1, 40: 0.07}
_TWEEDE_BAAN: Final = 0.07
_DERDE_BAAN: Final = 0.008
_BAAN_ERBIJ: Final = 0.01
_ZELFDE_WERKGEVER: Final = 0.15
_WISSELKANS: Final = 0.07
_GEWONE_VERDELING: Final = {"markt": 80, "overheid": 7, "uitzend_detachering": 13}
"""Parts in which work is divided over the columns where no figure is fixed."""
_AFWIJKING: Final = 0.15
"""How far the exact jobs of a column may lie from the published whole number; three of them stay below a half."""


@dataclass(frozen=True)
class Dienstverband:
    """An inkomstenverhouding: a person at an employer, with the hours of the contract."""

    bsn: str
    werkgever: Werkgever
    numiv: int
    srtiv: int
    cdaard: int
    uren: int
    """Hours a month by the contract; what is paid differs a little from month to month."""
    cent_per_uur: int


@dataclass
class _Bezetting:
    """All employment of the residents in the register in one quarter."""

    kwartaal: Kwartaal
    per_persoon: dict[str, list[Dienstverband]] = field(default_factory=dict)

    def all(self) -> list[Dienstverband]:
        return [dienstverband for group in self.per_persoon.values() for dienstverband in group]

    def per_kolom(self) -> Counter[str]:
        return Counter(dienstverband.werkgever.kolom(self.kwartaal) for dienstverband in self.all())


def draw_loonregels(
    personen: Sequence[Persoon],
    reeks: Sequence[Kwartaal],
    verdelingen: Sequence[Mapping[str, int] | None],
    markt: Arbeidsmarkt,
    rng: np.random.Generator,
) -> list[Loonregel]:
    """Wage rows of everybody who works according to their path, for every quarter.

    `verdelingen` holds the jobs per column of every quarter; None leaves the hours as the contracts say.
    OnmogelijkeMarge when no hours give those jobs.
    """
    regels: list[Loonregel] = []
    before = _Bezetting(reeks[0].earlier())
    for index, (kwartaal, verdeling) in enumerate(zip(reeks, verdelingen, strict=True)):
        werkenden = [p for p in personen if (t := p.pad.toestanden[index]) is not None and t.werkt]
        bezetting = _Bezetting(kwartaal)
        for persoon in werkenden:
            bezetting.per_persoon[persoon.bsn] = _kept(persoon, index, before, kwartaal, rng)
        if verdeling is None:
            _fill(bezetting, werkenden, index, _GEWONE_VERDELING, markt, rng)
            regels += [_row(d, kwartaal, _paid(d, rng)) for d in bezetting.all()]
        else:
            uren = {kolom: _target_uren(verdeling[kolom], kwartaal.peildatum, rng) for kolom in KOLOMMEN}
            _fill(bezetting, werkenden, index, uren, markt, rng)
            _rebalance(bezetting, werkenden, index, uren, markt, rng)
            regels += _rows_adding_up(bezetting, uren, rng)
        before = bezetting
    return regels


def fit_uren(contract: Sequence[int], totaal: int, rng: np.random.Generator) -> list[int]:
    """Whole hours near the contracts' hours, each within the bounds, that add up to `totaal` exactly.

    OnmogelijkeMarge when the bounds leave no room for it.
    """
    if not len(contract) * MINSTE_UREN <= totaal <= len(contract) * MEESTE_UREN:
        raise OnmogelijkeMarge(f"{totaal} uren passen niet bij {len(contract)} inkomstenverhoudingen.")
    base = np.asarray(contract, dtype=float) * rng.uniform(0.93, 1.07, len(contract))

    def scaled(factor: float) -> np.ndarray:
        return np.clip(np.floor(base * factor), MINSTE_UREN, MEESTE_UREN).astype(int)

    low, high = 0.0, 100.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if scaled(middle).sum() > totaal else (middle, high)
    uren = scaled(low)
    while (tekort := totaal - int(uren.sum())) > 0:
        room = rng.permutation(np.flatnonzero(uren < MEESTE_UREN))[:tekort]
        uren[room] += 1
    return [int(n) for n in uren]


def _target_uren(banen: int, peildatum: date, rng: np.random.Generator) -> int:
    """Whole hours that are this many jobs, a little more or a little less."""
    per_baan: Decimal = uren_per_baan("maand").op(peildatum)
    afwijking = rng.uniform(-_AFWIJKING, _AFWIJKING) if banen else 0.0
    return round(float(per_baan) * (banen + afwijking))


def _kept(
    persoon: Persoon, index: int, before: _Bezetting, kwartaal: Kwartaal, rng: np.random.Generator
) -> list[Dienstverband]:
    """The employment a person still has: nobody keeps a job for which the WSW-indicatie has changed."""
    vorige = persoon.pad.toestanden[index - 1] if index else None
    if vorige is None or vorige.categorie != _categorie(persoon, index):
        return []
    kwartalen = (kwartaal.jaar - before.kwartaal.jaar) * 4 + kwartaal.nummer - before.kwartaal.nummer
    blijft = (1 - _WISSELKANS) ** kwartalen
    return [d for d in before.per_persoon.get(persoon.bsn, []) if rng.random() < blijft]


def _categorie(persoon: Persoon, index: int) -> str:
    toestand = persoon.pad.toestanden[index]
    assert toestand is not None
    return toestand.categorie


def _fill(
    bezetting: _Bezetting,
    werkenden: Sequence[Persoon],
    index: int,
    uren: Mapping[str, int],
    markt: Arbeidsmarkt,
    rng: np.random.Generator,
) -> None:
    """Give everybody without employment a first one, and some a second or third."""
    wished = _wished_per_kolom(len(werkenden), uren)
    have = bezetting.per_kolom()
    for i in rng.permutation(len(werkenden)):
        persoon = werkenden[i]
        group = bezetting.per_persoon[persoon.bsn]
        draw = rng.random()
        erbij = int(draw < _BAAN_ERBIJ) if group else 1 + (draw < _TWEEDE_BAAN) + (draw < _DERDE_BAAN)
        for _ in range(erbij):
            kolom = _draw_kolom(persoon, index, wished, have, rng)
            group.append(_hire(persoon, index, kolom, bezetting.kwartaal, markt, group, rng))
            have[kolom] += 1


def _wished_per_kolom(werkenden: int, uren: Mapping[str, int]) -> dict[str, float]:
    total = sum(uren.values()) or 1
    return {kolom: werkenden * (1 + _TWEEDE_BAAN) * uren[kolom] / total for kolom in KOLOMMEN}


def _draw_kolom(
    persoon: Persoon, index: int, wished: Mapping[str, float], have: Mapping[str, int], rng: np.random.Generator
) -> str:
    """A column in which people are still missing, of those in which this person can work."""
    allowed = _allowed_kolommen(persoon, index)
    return choose(
        {kolom: max(0.01 * wished[kolom] + 1e-9, wished[kolom] - have.get(kolom, 0)) for kolom in allowed}, rng
    )


def _allowed_kolommen(persoon: Persoon, index: int) -> tuple[str, ...]:
    """Detachering is by definition inleen; begeleid werken and WIW/ID are employment at a regular employer."""
    if _detached(persoon, index):
        return ("uitzend_detachering",)
    if persoon.soort in (Soort.WSW_BEGELEID, Soort.WAJONG_MET_WSW, Soort.WIW_ID):
        return ("markt", "overheid")
    return KOLOMMEN


def _detached(persoon: Persoon, index: int) -> bool:
    in_wsw = _categorie(persoon, index) == "wsw"
    return in_wsw and persoon.soort in (Soort.WSW_DETACHERING, Soort.WAJONG_MET_WSW)


def _hire(
    persoon: Persoon,
    index: int,
    kolom: str,
    kwartaal: Kwartaal,
    markt: Arbeidsmarkt,
    present: Sequence[Dienstverband],
    rng: np.random.Generator,
) -> Dienstverband:
    """New employment in a column; now and then a second inkomstenverhouding at the employer the person already has."""
    if _detached(persoon, index):
        werkgever = markt.of(Werkgeversoort.SW_BEDRIJF)[0]
    else:
        here = [d.werkgever for d in present if d.werkgever.kolom(kwartaal) == kolom]
        candidates = markt.in_kolom(kolom, kwartaal)
        again = bool(here) and rng.random() < _ZELFDE_WERKGEVER
        werkgever = here[0] if again else choose({w: w.gewicht for w in candidates}, rng)
    numiv = 1 + max((d.numiv for d in present if d.werkgever == werkgever), default=0)
    srtiv, cdaard = _draw_codes(persoon, index, werkgever, kwartaal, rng)
    uren = round(choose(_WEEKUREN, rng) * _WEKEN_PER_MAAND)
    return Dienstverband(persoon.bsn, werkgever, numiv, srtiv, cdaard, uren, int(rng.integers(905, 1450)))


def _draw_codes(
    persoon: Persoon, index: int, werkgever: Werkgever, kwartaal: Kwartaal, rng: np.random.Generator
) -> tuple[int, int]:
    """SrtIV and CdAard of new employment."""
    if werkgever.soort == Werkgeversoort.UITZENDBUREAU:
        return codes.SRTIV_LOON, choose({codes.CDAARD_UITZENDKRACHT: 0.72, codes.CDAARD_PAYROLL: 0.28}, rng)
    if _detached(persoon, index):
        return codes.SRTIV_LOON, codes.CDAARD_WSW_DETACHERING
    if persoon.soort in (Soort.WSW_BEGELEID, Soort.WAJONG_MET_WSW):
        return codes.SRTIV_LOON, codes.CDAARD_WSW_BEGELEID
    if werkgever.soort in (Werkgeversoort.OVERHEID, Werkgeversoort.OVERHEID_GEMENGD):
        ambtenaar = rng.random() < 0.7
        return (
            (codes.SRTIV_AMBTENAAR, codes.CDAARD_AANSTELLING)
            if ambtenaar
            else (codes.SRTIV_LOON, codes.CDAARD_ARBEIDSOVEREENKOMST)
        )
    draw = rng.random()
    if kwartaal.peildatum.year - persoon.geboortedatum.year < 27 and draw < 0.15:
        return codes.SRTIV_LOON, codes.CDAARD_BBL if draw < 0.12 else codes.CDAARD_STAGIAIR
    return codes.SRTIV_DIRECTEUR if draw > 0.998 else codes.SRTIV_LOON, codes.CDAARD_ARBEIDSOVEREENKOMST


def _rebalance(
    bezetting: _Bezetting,
    werkenden: Sequence[Persoon],
    index: int,
    uren: Mapping[str, int],
    markt: Arbeidsmarkt,
    rng: np.random.Generator,
) -> None:
    """Let people change from a column with too many of them to one with too few, until hours can be found for all."""
    flexible = [p for p in werkenden if _allowed_kolommen(p, index) == KOLOMMEN]
    order = iter([flexible[i] for i in rng.permutation(len(flexible))])
    while (move := _worst(bezetting, uren)) is not None:
        van, naar = move
        for persoon in order:
            group = bezetting.per_persoon[persoon.bsn]
            if len(group) == 1 and group[0].werkgever.kolom(bezetting.kwartaal) == van:
                bezetting.per_persoon[persoon.bsn] = [_hire(persoon, index, naar, bezetting.kwartaal, markt, [], rng)]
                break
        else:
            return  # nobody left to change: fit_uren judges whether it is enough


def _worst(bezetting: _Bezetting, uren: Mapping[str, int]) -> tuple[str, str] | None:
    """The columns (from, to) between which people must change; None when the hours per person are even enough."""
    have = bezetting.per_kolom()
    totaal = sum(have.values())
    gemiddeld = sum(uren.values()) / totaal if totaal else 0.0
    teveel = {kolom: have[kolom] - uren[kolom] / gemiddeld if gemiddeld else 0.0 for kolom in KOLOMMEN}
    van, naar = max(KOLOMMEN, key=lambda k: teveel[k]), min(KOLOMMEN, key=lambda k: teveel[k])
    room = max(1.0, 0.06 * uren[naar] / gemiddeld) if gemiddeld else 0.0
    return (van, naar) if teveel[naar] < -room and teveel[van] > 0 else None


def _rows_adding_up(bezetting: _Bezetting, uren: Mapping[str, int], rng: np.random.Generator) -> list[Loonregel]:
    """One row per employment, with hours that add up to the target of each column."""
    result = []
    dienstverbanden = bezetting.all()
    for kolom in KOLOMMEN:
        group = [d for d in dienstverbanden if d.werkgever.kolom(bezetting.kwartaal) == kolom]
        paid = fit_uren([d.uren for d in group], uren[kolom], rng)
        result += [_row(d, bezetting.kwartaal, n) for d, n in zip(group, paid, strict=True)]
    return result


def _paid(dienstverband: Dienstverband, rng: np.random.Generator) -> int:
    return min(MEESTE_UREN, max(MINSTE_UREN, round(dienstverband.uren * rng.uniform(0.95, 1.1))))


def _row(d: Dienstverband, kwartaal: Kwartaal, uren: int) -> Loonregel:
    return Loonregel(kwartaal, d.bsn, d.werkgever.lhnr, d.numiv, d.srtiv, d.cdaard, uren, wage(uren, d.cent_per_uur))
