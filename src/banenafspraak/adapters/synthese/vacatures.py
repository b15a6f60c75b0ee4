"""Vacatures that do not exist, of employers that do not exist: for the demo, and as many as a bench asks for.

Drawn by a seed from the kinds of work of our list and the tasks of their werkveld (`vacaturetaken.toml`). KvK numbers
begin with four zeros: no employer has one of those.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import numpy as np

from banenafspraak.bemiddeling import postcodes
from banenafspraak.bemiddeling.profielrecord import Contact, Dag, Taalbeheersing
from banenafspraak.bemiddeling.vacaturebestand import Exportvorm, render
from banenafspraak.bemiddeling.vacaturerecord import OpleidingEis, Taak, VacatureRecord
from banenafspraak.bemiddeling.werksoorten import WERKSOORTEN, Werksoort

_NAMEN: Final = ("De Brug", "Van Dijk", "Het Gooi", "De Linde", "Jansen", "De Toekomst", "Zonnehoek", "De Ketting",
                 "Bakker en Zoon", "De Waterlelie", "Noordzij", "Het Anker", "De Meent", "Visser", "De Korenaar",
                 "Samen Sterk")  # fmt: skip
_MOST_EMPLOYERS: Final = 4_000
_HOURS: Final = ((8, 16), (12, 20), (16, 24), (16, 32), (20, 24), (24, 32), (32, 36), (32, 40))
_WEEK: Final = Dag.MAANDAG | Dag.DINSDAG | Dag.WOENSDAG | Dag.DONDERDAG | Dag.VRIJDAG
_JA_NEE_ONBEKEND: Final = (True, True, None, False)


def draw_vacatures(aantal: int, zaad: int, *, op: date, regio: str | None = None) -> list[VacatureRecord]:
    """So many complete vacatures as on the day `op`, in one region or in the whole country; the same seed, the same.

    All have a number, an employer with a KvK number, tasks with their hours, and a postcode of four digits and two
    letters. Dates lie on or after `op`.
    """
    rng = np.random.default_rng([zaad, 5_000, int(regio[2:]) if regio else 0])
    tabel = postcodes.places().table
    rows = np.flatnonzero(tabel.regio == postcodes.REGIOS.index(regio)) if regio else np.arange(len(tabel.pc4))
    kinds = list(WERKSOORTEN.values())
    return [
        _draw(
            f"S{zaad}-{regio or 'NL'}-{number:05d}",
            kinds[int(rng.integers(len(kinds)))],
            int(tabel.pc4[rng.choice(rows)]),
            rng,
            op,
        )
        for number in range(1, aantal + 1)
    ]


def write_vacatures(uit: Path, aantal: int, zaad: int, *, op: date, regios: Iterable[str]) -> Path:
    """Write so many vacatures of each region, as VUM with our supplement. Returns the file."""
    pad = uit / "vacatures.json"
    records = [record for regio in regios for record in draw_vacatures(aantal, zaad, op=op, regio=regio)]
    pad.write_bytes(render(Exportvorm.AANVULLING, [(record.nummer_vacature, record) for record in records]))
    return pad


def _draw(nummer: str, kind: Werksoort, pc4: int, rng: np.random.Generator, op: date) -> VacatureRecord:
    field = _taken()[kind.werkveld]
    low, high = _HOURS[int(rng.integers(len(_HOURS)))]
    taken = _tasks(kind, field["taken"], low, rng)
    suffix, sbi = field["werkgevers"][int(rng.integers(len(field["werkgevers"])))]
    employer = int(rng.integers(_MOST_EMPLOYERS))
    naam = f"{suffix} {_NAMEN[employer % len(_NAMEN)]}"
    levels = [taak.code_werk_en_denkniveau_minimaal or 1 for taak in taken]
    weekend = rng.random() < 0.15
    starts = op + timedelta(days=int(rng.integers(0, 60))) if rng.random() < 0.5 else None
    letters = "".join(chr(65 + int(one)) for one in rng.choice([0, 1, 2, 4, 6, 7, 9, 10, 11, 12], 2))
    dutch = int(rng.integers(2, 4)) if rng.random() < 0.4 else None
    schooled = max(levels) >= 4 and rng.random() < 0.5
    return VacatureRecord(
        nummer_vacature=nummer,
        naam_vacature=kind.naam,
        omschrijving_vacature=f"Bij {naam} werkt u in een klein team. U doet vooral dit: {_listed(taken)}.",
        sluitingsdatum_vacature=op + timedelta(days=int(rng.integers(14, 120))) if rng.random() < 0.7 else None,
        indicatie_ldr_registratie=True if rng.random() < 0.5 else None,
        aantal_plaatsen=int(rng.choice([1, 1, 1, 2, 3])),
        kvk=f"0000{1_000 + employer:04d}",
        handelsnaam_organisatie=naam,
        sollicitatiewijzen=("3",) if rng.random() < 0.5 else (),
        code_sbi=int(sbi),
        postcode=f"{pc4}{letters}",
        bereikbaar_met_ov=_JA_NEE_ONBEKEND[int(rng.integers(4))],
        werksoort=kind.code,
        taken=tuple(taken),
        code_werk_en_denkniveau_minimaal=max(levels) if rng.random() < 0.8 else None,
        aantal_jaren_werkzaam_in_beroep=1 if rng.random() < 0.15 else None,
        opleidingen=(OpleidingEis(code_niveau_opleiding=4, naam_opleiding=f"Opleiding {kind.naam.lower()}"),)
        if schooled
        else (),
        rijbewijzen=tuple(dict.fromkeys(one for taak in taken for one in taak.rijbewijzen)),
        taalbeheersing=(Taalbeheersing("nld", mondeling=dutch),) if dutch else (),
        aantal_werkuren_per_week_minimaal=low,
        aantal_werkuren_per_week_maximaal=high,
        werkdagen=_WEEK | Dag.ZATERDAG if weekend else _WEEK if rng.random() < 0.3 else None,
        indicatie_kantoortijden=None if weekend else bool(rng.random() < 0.7),
        indicatie_onregelmatig_werk_of_ploegendienst=weekend or None,
        typen_arbeidscontract=("B",) if rng.random() < 0.7 else ("B", "O"),
        typen_overeenkomst=("01",) if rng.random() < 0.85 else ("02",),
        datum_aanvang_werkzaamheden=starts,
        salaris_indicatie="Minimumloon of iets meer",
        biedt_aanpassing_werkomgeving=_JA_NEE_ONBEKEND[int(rng.integers(4))],
        biedt_begeleiding=_JA_NEE_ONBEKEND[int(rng.integers(4))],
        biedt_werkvariatie=_JA_NEE_ONBEKEND[int(rng.integers(4))],
        contact=Contact(naam="Afdeling personeel", emailadres=f"werk{employer}@voorbeeld.invalid"),
    )


def _tasks(kind: Werksoort, known: list[list[Any]], hours: int, rng: np.random.Generator) -> list[Taak]:
    """Three to five tasks that together take the least hours of the job, in halves of an hour."""
    count = int(rng.integers(3, 6))
    chosen = sorted(int(one) for one in rng.choice(len(known), min(count, len(known)), replace=False))
    shares = rng.dirichlet(np.full(len(chosen), 3.0))
    halves = [max(1, round(2 * hours * float(share))) for share in shares]
    while sum(halves) > 2 * hours:
        halves[halves.index(max(halves))] -= 1
    return [
        Taak(
            omschrijving=known[at][0],
            werksoort=kind.code,
            uren_per_week=Decimal(half) / 2,
            code_werk_en_denkniveau_minimaal=int(known[at][1]),
            rijbewijzen=(known[at][2],) if known[at][2] else (),
        )
        for at, half in zip(chosen, halves, strict=True)
    ]


def _listed(taken: list[Taak]) -> str:
    return ", ".join(taak.omschrijving[0].lower() + taak.omschrijving[1:] for taak in taken)


@cache
def _taken() -> dict[str, Any]:
    text = files(__package__).joinpath("vacaturetaken.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
