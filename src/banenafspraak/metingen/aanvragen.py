"""Applications and beschut werk of a quarter, as the register counts them, by arbeidsmarktregio."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from banenafspraak.access import gebieden
from banenafspraak.metingen.grootheden import Kwartaal
from banenafspraak.metingen.kubus import ONBEKEND, Advies
from banenafspraak.register.aanvraagcijfers import beschut_werk, decided


@dataclass(frozen=True)
class Aanvragen:
    """`aba` by (regio, who applied, outcome) in the quarter; `beschut_werk` by (regio, who applied, advice) up to its
    last day; `beschut_geplaatst` by regio on that day."""

    aba: Mapping[tuple[str, str, str], int]
    beschut_werk: Mapping[tuple[str, str, str], int]
    beschut_geplaatst: Mapping[str, int]

    def digest(self) -> str:
        """The same for equal counts."""
        parts = [sorted(self.aba.items()), sorted(self.beschut_werk.items()), sorted(self.beschut_geplaatst.items())]
        return hashlib.sha256(repr(parts).encode()).hexdigest()


def count_aanvragen(kwartaal: Kwartaal, *, known_at: datetime) -> Aanvragen:
    """The counts of a quarter as known at that moment; people abroad count in `onbekend`."""
    last = kwartaal.peildatum
    aba: Counter[tuple[str, str, str]] = Counter()
    for row in decided(vanaf=kwartaal.earlier().peildatum + timedelta(days=1), tot=_after(last), known_at=known_at):
        aba[_regio(row.gemeente, last), str(row.aanvrager), str(row.uitkomst)] += row.aantal
    adviezen: Counter[tuple[str, str, str]] = Counter()
    placed: Counter[str] = Counter()
    for (gemeente, aanvrager, what), count in beschut_werk(peildatum=last, known_at=known_at).items():
        regio = _regio(gemeente, last)
        if what in list(Advies):
            adviezen[regio, aanvrager, what] += count
        else:
            placed[regio] += count
    return Aanvragen(dict(aba), dict(adviezen), dict(placed))


def _after(day: date) -> date:
    return day + timedelta(days=1)


def _regio(gemeente: str, day: date) -> str:
    """The region of a gemeente on that day; of one that was no more, the region it last lay in."""
    known = gebieden.gemeente(gemeente)
    if known is None:
        return ONBEKEND
    if known.tot is not None and known.tot <= day:
        day = known.tot - timedelta(days=1)
    return gebieden.regio_op(gemeente, day) or ONBEKEND
