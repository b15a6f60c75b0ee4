"""Writing a population as deliveries in our own formats, the same that an outside supplier sends."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from banenafspraak.adapters.synthese.bevolking import Bevolking
from banenafspraak.adapters.synthese.loonregels import Loonregel
from banenafspraak.adapters.synthese.personen import Persoon
from banenafspraak.adapters.synthese.profielen import Klant, Profiellevering
from banenafspraak.metingen.grootheden import Kwartaal

Formaat = Literal["csv", "parquet"]

REGISTERKOLOMMEN: Final = (
    "recordsoort",
    "bsn",
    "geboortedatum",
    "overleden_op",
    "grond",
    "route",
    "geldig_vanaf",
    "geldig_tot",
    "einde_reden",
    "gemeente",
)
LOONKOLOMMEN: Final = pa.schema(
    [
        ("peilmaand", pa.string()),
        ("bsn", pa.string()),
        ("lhnr", pa.string()),
        ("numiv", pa.int32()),
        ("srtiv", pa.int16()),
        ("cdaard", pa.int16()),
        ("aantverlu_mnd", pa.decimal128(9, 2)),
        ("lnsv_mnd", pa.decimal128(11, 2)),
        ("prlnufo_mnd", pa.decimal128(11, 2)),
    ]
)


@dataclass(frozen=True)
class Leveringen:
    """The files of a population, in the order in which they can be taken in."""

    register: list[Path]
    lonen: list[Path]
    profielen: list[Profiellevering] = field(default_factory=list)
    klanten: list[Klant] = field(default_factory=list)
    """The people in the profile deliveries."""


def write_leveringen(
    bevolking: Bevolking, uit: Path, kwartalen: Sequence[Kwartaal], formaat: Formaat = "csv"
) -> Leveringen:
    """Write one register delivery and one wage delivery per peilmaand; the folder is made when it is not there.

    Wages are written for the last month of each of the quarters, and for December of the year before it as far as the
    population has that month: that one decides on the sector of an employer.
    """
    uit.mkdir(parents=True, exist_ok=True)
    last = max(regel.kwartaal for regel in bevolking.loonregels).peildatum
    register = uit / f"doelgroepregister_{last.isoformat()}.csv"
    _write_csv(register, REGISTERKOLOMMEN, register_rows(bevolking.personen))
    lonen = []
    for kwartaal in with_decembers(kwartalen, {regel.kwartaal for regel in bevolking.loonregels}):
        regels = sorted(
            (regel for regel in bevolking.loonregels if regel.kwartaal == kwartaal),
            key=lambda regel: (regel.lhnr, regel.bsn, regel.numiv),
        )
        pad = uit / f"lonen_{kwartaal.peilmaand}.{formaat}"
        if formaat == "csv":
            _write_csv(pad, LOONKOLOMMEN.names, loon_rows(regels))
        else:
            _write_parquet(pad, regels)
        lonen.append(pad)
    return Leveringen([register], lonen)


def with_decembers(kwartalen: Iterable[Kwartaal], present: Iterable[Kwartaal]) -> tuple[Kwartaal, ...]:
    """The quarters and the fourth quarter of the year before each, as far as they are present; oldest first."""
    wanted = {k for kwartaal in kwartalen for k in (kwartaal, Kwartaal(kwartaal.jaar - 1, 4))}
    return tuple(sorted(wanted & set(present)))


def register_rows(personen: Iterable[Persoon]) -> Iterator[tuple[str, ...]]:
    """The lines of a register delivery: each person, then all registrations and residences of that person."""
    for persoon in sorted(personen, key=lambda p: p.bsn):
        bsn = persoon.bsn
        yield "persoon", bsn, persoon.geboortedatum.isoformat(), _iso(persoon.overleden_op), "", "", "", "", "", ""
        for r in persoon.registraties:
            periode = (r.geldig_vanaf.isoformat(), _iso(r.geldig_tot), r.einde_reden or "")
            yield "registratie", bsn, "", "", r.grond, r.route, *periode, ""
        for w in persoon.woonplaatsen:
            yield "woonplaats", bsn, "", "", "", "", w.geldig_vanaf.isoformat(), _iso(w.geldig_tot), "", w.gemeente


def loon_rows(regels: Iterable[Loonregel]) -> Iterator[tuple[str, ...]]:
    """The lines of a wage delivery."""
    for r in regels:
        codes = (str(r.numiv), str(r.srtiv), str(r.cdaard))
        yield r.kwartaal.peilmaand, r.bsn, r.lhnr, *codes, f"{r.uren}.00", f"{r.loon:.2f}", f"{r.loon_ufo:.2f}"


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _write_csv(pad: Path, header: Sequence[str], rows: Iterable[tuple[str, ...]]) -> None:
    """Write beside and rename: nobody ever finds half a file under the name."""
    half = pad.with_name(pad.name + ".half")
    with half.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";", lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    os.replace(half, pad)


def _write_parquet(pad: Path, regels: Sequence[Loonregel]) -> None:
    columns = [
        [r.kwartaal.peilmaand for r in regels],
        [r.bsn for r in regels],
        [r.lhnr for r in regels],
        [r.numiv for r in regels],
        [r.srtiv for r in regels],
        [r.cdaard for r in regels],
        [r.uren for r in regels],
        [r.loon for r in regels],
        [r.loon_ufo for r in regels],
    ]
    table = pa.table([pa.array(c, t) for c, t in zip(columns, LOONKOLOMMEN.types, strict=True)], schema=LOONKOLOMMEN)
    half = pad.with_name(pad.name + ".half")
    pq.write_table(table, half)
    os.replace(half, pad)
