"""Wage data comes in: every file of one command together, or nothing at all."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from itertools import chain
from pathlib import Path

import numpy as np
import pyarrow as pa
from django.db import transaction

from banenafspraak.access import bsn
from banenafspraak.access.actor import Actor
from banenafspraak.adapters import loonaangifte, polis
from banenafspraak.adapters.bestand import MAX_FOUTEN, Bestand, Formaat, Fout, recognise
from banenafspraak.adapters.loonaangifte import Aangifte, Inkomstenverhouding, Maanddeel, ZonderBsn
from banenafspraak.adapters.werkrelaties import Werkrelaties
from banenafspraak.metingen import leveringen
from banenafspraak.metingen.leveringen import LOONREGEL, Aanlevering, Deel, TijdvakConflict
from banenafspraak.register.werkrelaties import first_month, take_in_werkrelaties
from banenafspraak.wet import banen

_FLUSH = 20_000
"""Rows of a return kept in memory before they are written."""


@dataclass(frozen=True)
class Ingelezen:
    """What one file came to."""

    bestand: str
    soort: str
    rijen: dict[str, int]
    """Rows by peilmaand."""
    al_ingelezen: bool
    """The very same file came in before; it changed nothing now."""
    meldingen: tuple[str, ...] = ()
    """Things to know that stop nothing (Dutch)."""


@dataclass
class Verslag:
    """What a set of files came to. With any fault nothing was stored."""

    bestanden: list[Ingelezen] = field(default_factory=list)
    fouten: list[Fout] = field(default_factory=list)


def take_in(
    paden: Sequence[Path],
    *,
    actor: Actor,
    now: datetime,
    proef: bool,
    alleen_test: bool,
    max_xml_bytes: int = loonaangifte.MAX_BYTES,
    progress: Callable[[str, int], None] = lambda _naam, _bytes: None,
) -> Verslag:
    """Read wage returns (XML) and wage deliveries (CSV, Parquet), in this order, and put them into force together.

    `alleen_test` refuses every BSN outside 9999xxxxx; `proef` changes nothing. `progress` hears the name of the file
    and how many bytes of it were read. Raises `Onbruikbaar` for a file that cannot be read, `InnameBezet` while
    another intake runs, `PermissionDenied`. Row errors are in the answer; then nothing was stored.
    """
    verslag = Verslag()
    bestanden = [recognise(pad) for pad in paden]
    with leveringen.intake(actor=actor) as inname:
        aanleveringen: list[tuple[Aanlevering, tuple[str, ...]]] = []
        relaties: list[tuple[Aanlevering, Werkrelaties]] = []
        for bestand in bestanden:
            soort: leveringen.Soort = "loonaangifte" if bestand.formaat is Formaat.XML else "polis"
            aanlevering = inname.begin(soort, bestand.naam)
            werk = Werkrelaties(first_month(now))
            relaties.append((aanlevering, werk))
            advance = partial(progress, bestand.naam)
            if bestand.formaat is Formaat.XML:
                reader = _Aangiftelezer(bestand, aanlevering, werk, now=now)
                for part in loonaangifte.read(
                    bestand, alleen_test=alleen_test, max_bytes=max_xml_bytes, progress=advance
                ):
                    reader.take(part)
                reader.flush()
                fouten, sha256, meldingen = reader.fouten, bestand.sha256(), reader.meldingen()
            else:
                uitkomst = polis.read(
                    bestand,
                    now=now,
                    alleen_test=alleen_test,
                    deliver=partial(_add_month, aanlevering),
                    spool=inname.map,
                    progress=advance,
                    werkrelaties=werk,
                )
                fouten, sha256 = uitkomst.fouten, uitkomst.sha256
                meldingen = _unknown_codes(uitkomst.cdaard, now.date())
            verslag.fouten += fouten
            if not fouten:
                aanlevering.finish(sha256)
            aanleveringen.append((aanlevering, meldingen))
        if not verslag.fouten:
            try:
                with transaction.atomic():
                    if not proef:
                        _relate(relaties, actor=actor, now=now)
                    inname.commit(now=now, proef=proef)
            except TijdvakConflict as conflict:
                verslag.fouten.append(_conflict(aanleveringen, conflict))
        verslag.bestanden = [
            Ingelezen(a.bestandsnaam, a.soort, a.rijen, a.al_ingelezen, meldingen) for a, meldingen in aanleveringen
        ]
    return verslag


def _relate(relaties: Sequence[tuple[Aanlevering, Werkrelaties]], *, actor: Actor, now: datetime) -> None:
    """The register hears who works where, of files that are new; what came in before has been said."""
    new = [werk.records() for aanlevering, werk in relaties if not aanlevering.al_ingelezen]
    take_in_werkrelaties(chain.from_iterable(new), actor=actor, now=now)


def _add_month(aanlevering: Aanlevering, maand: str, batch: pa.RecordBatch) -> None:
    aanlevering.add(Deel.hele_maand(maand), batch)


def _conflict(aanleveringen: Sequence[tuple[Aanlevering, tuple[str, ...]]], conflict: TijdvakConflict) -> Fout:
    deel = conflict.deel
    naam = next(a.bestandsnaam for a, _ in aanleveringen if any(d is deel for d, _, _ in a.delen()))
    return Fout(
        naam,
        None,
        f"Van deze werkgever is over {deel.maand} al een ander tijdvak bekend, dat deels dezelfde dagen heeft.",
        "Gebruik voor een werkgever in een maand een bron: of per maand, of per vier weken.",
    )


def _unknown_codes(cdaard: Counter[int], peildatum: date) -> tuple[str, ...]:
    """Codes the law has no row for are kept as delivered, never count as a baan, and are told here."""
    known = banen.aard_arbeidsverhouding(peildatum)
    return tuple(
        f"cdaard {code} is niet bekend en telt niet als baan; bewaard: {rows} {'rij' if rows == 1 else 'rijen'}."
        for code, rows in sorted(cdaard.items())
        if code not in known and code != loonaangifte.GEEN_AARD
    )


class _Aangiftelezer:
    """Turns the parts of a return into Loonregels by tijdvak and calendar month."""

    def __init__(
        self, bestand: Bestand, aanlevering: Aanlevering, werkrelaties: Werkrelaties, *, now: datetime
    ) -> None:
        self.fouten: list[Fout] = []
        self._bestand = bestand
        self._aanlevering = aanlevering
        self._werkrelaties = werkrelaties
        self._today = now.date()
        self._aangifte: Aangifte | None = None
        self._werkgever = 0
        self._lhnr = 0
        self._rows: list[tuple[int, int, Maanddeel]] = []
        self._without_bsn = 0
        self._cdaard: Counter[int] = Counter()

    def take(self, part: loonaangifte.Onderdeel) -> None:
        """One thing the return says."""
        if isinstance(part, Fout):
            if len(self.fouten) < MAX_FOUTEN:
                self.fouten.append(part)
        elif isinstance(part, Aangifte):
            self._begin(part)
        elif isinstance(part, ZonderBsn):
            self._without_bsn += 1
        elif self._aangifte is not None and not self.fouten:
            maanddelen = (
                loonaangifte.maanddelen(self._aangifte, part)
                if isinstance(part, Inkomstenverhouding)
                else [_withdrawn(maand) for maand, _, _ in self._aangifte.tijdvak.maanden()]
            )
            self._rows += [(int(part.bsn), part.numiv, deel) for deel in maanddelen]
            if isinstance(part, Inkomstenverhouding):
                self._cdaard[maanddelen[-1].cdaard] += 1
            if len(self._rows) >= _FLUSH:
                self.flush()

    def _begin(self, aangifte: Aangifte) -> None:
        self.flush()
        self._aangifte = aangifte
        if aangifte.tijdvak.aanvang > self._today:
            reden = "Het tijdvak ligt in de toekomst."
            self.fouten.append(self._bestand.fout(aangifte.regel, reden, "Kijk de data van het tijdvak na."))
        if self.fouten:
            return
        number = int(aangifte.lhnr[:9] + aangifte.lhnr[10:])
        self._lhnr = number
        self._werkgever = int(leveringen.werkgever_pseudoniemen(np.array([number]))[0])
        if aangifte.volledig:
            for maand, vanaf, tot in aangifte.tijdvak.maanden():
                self._aanlevering.add(self._deel(aangifte, maand))
                # Of a part of a month it does not say who worked there in the rest.
                if vanaf.day == 1 and tot.day == 1:
                    self._werkrelaties.replace(maand, aangifte.lhnr)

    def flush(self) -> None:
        """Hand over the rows collected so far."""
        rows, self._rows = self._rows, []
        if not rows or self._aangifte is None or self.fouten:
            return
        persons = bsn.meting_pseudoniemen(np.array([number for number, _, _ in rows]))
        by_month: dict[str, list[int]] = {}
        for place, (_, _, deel) in enumerate(rows):
            by_month.setdefault(deel.maand, []).append(place)
        for maand, places in by_month.items():
            delen = [rows[place][2] for place in places]
            hundredths = np.zeros((len(places), 2), np.int64)
            hundredths[:, 0] = [deel.uren for deel in delen]
            batch = pa.RecordBatch.from_arrays(
                [
                    pa.array(persons[places]),
                    pa.array(np.full(len(places), self._werkgever, np.int64)),
                    pa.array([rows[place][1] for place in places], pa.int32()),
                    pa.array([deel.srtiv for deel in delen], pa.int16()),
                    pa.array([deel.cdaard for deel in delen], pa.int16()),
                    pa.Array.from_buffers(pa.decimal128(9, 2), len(places), [None, pa.py_buffer(hundredths)]),
                    pa.array([deel.met_loon for deel in delen], pa.bool_()),
                    pa.array([deel.ufo for deel in delen], pa.bool_()),
                ],
                schema=LOONREGEL,
            )
            self._aanlevering.add(self._deel(self._aangifte, maand), batch)
            self._relate(maand, [rows[place] for place in places])

    def _relate(self, maand: str, rows: list[tuple[int, int, Maanddeel]]) -> None:
        # What is taken back, or turns out to be no wage from work, is no work in that inkomstenverhouding.
        loonsoorten = banen.loonsoorten(self._today)
        for bestaat in (False, True):
            found = [(number, numiv) for number, numiv, deel in rows if (deel.srtiv in loonsoorten) is bestaat]
            numbers, numivs = np.array(found, np.int64).reshape(-1, 2).T
            self._werkrelaties.add(maand, numbers, np.full(len(found), self._lhnr), numivs, bestaat=bestaat)

    def _deel(self, aangifte: Aangifte, maand: str) -> Deel:
        dekking: leveringen.Dekking = "werkgever" if aangifte.volledig else "rij"
        return Deel(maand, dekking, aangifte.tijdvak.aanvang, aangifte.tijdvak.tot, self._werkgever)

    def meldingen(self) -> tuple[str, ...]:
        """What to know about the return that stops nothing."""
        known = _unknown_codes(self._cdaard, self._today)
        if not self._without_bsn:
            return known
        return (*known, f"Inkomstenverhoudingen zonder BSN, die niet meetellen: {self._without_bsn}.")


def _withdrawn(maand: str) -> Maanddeel:
    return Maanddeel(maand, loonaangifte.INGETROKKEN, loonaangifte.GEEN_AARD, 0, met_loon=False, ufo=False)
