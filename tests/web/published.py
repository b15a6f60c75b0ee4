"""Sealed metingen of a made-up population in two regions, made by the counting room itself, without wage files.

The people are drawn by a fixed seed and followed through six quarters; the cube is laid out, rounded and sealed by the
code under `banenafspraak.metingen`, so a page in a test reads what a page in use reads.
"""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

from banenafspraak.metingen import disclosure, kubus, store
from banenafspraak.metingen.grootheden import Kwartaal
from banenafspraak.metingen.kubus import Overgang, Telling
from banenafspraak.metingen.models import Meting
from banenafspraak.wet import banen

QUARTERS = ("2012Q4", "2017Q1", "2017Q2", "2017Q3", "2017Q4", "2018Q1")
REGIONS = ("AM12", "AM24")
CATEGORIES = ("wsw", "wajong", "participatiewet")
COLUMNS = ("markt", "overheid", "uitzend_detachering")
BUILT_AT = datetime(2018, 7, 2, 3, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Plek:
    """Where somebody is on one peildatum: in which region and category, and whether with work."""

    regio: str
    categorie: str
    werkend: bool


def _walk(rng: random.Random, plek: Plek | None) -> Plek | None:
    """A quarter later: some find work, some lose it, a few move to the other region, leave or come in."""
    if plek is None:
        return Plek(rng.choice(REGIONS), rng.choice(CATEGORIES), rng.random() < 0.3) if rng.random() < 0.04 else None
    chance = rng.random()
    if chance < 0.02:
        return None
    if chance < 0.04:
        return Plek(REGIONS[1 - REGIONS.index(plek.regio)], plek.categorie, plek.werkend)
    if chance < 0.12:
        return Plek(plek.regio, plek.categorie, not plek.werkend)
    return plek


def _count(before: list[Plek | None] | None, now: list[Plek | None], rng: random.Random) -> Telling:
    here = [plek for plek in now if plek is not None]
    hours: Counter[tuple[str, str, str]] = Counter()
    for plek in here:
        if plek.werkend:
            hours[plek.regio, plek.categorie, rng.choices(COLUMNS, (80, 7, 13))[0]] += rng.randint(40, 160)
    flows = None
    if before is not None:
        pairs = Counter(
            (
                *((was.regio, was.categorie, was.werkend) if was else (None, None, False)),
                *((is_.regio, is_.categorie, is_.werkend) if is_ else (None, None, False)),
            )
            for was, is_ in zip(before, now, strict=True)
            if was or is_
        )
        flows = [Overgang(*pair, "overlijden", number) for pair, number in sorted(pairs.items(), key=repr)]
    return Telling(
        personen=Counter((p.regio, p.categorie) for p in here),
        werkzamen=Counter((p.regio, p.categorie) for p in here if p.werkend),
        uren={key: Decimal(value) for key, value in hours.items()},
        overgangen=flows,
        praktijkroute={regio: rng.randint(1, 30) for regio in REGIONS},
    )


def seal_all(folder: Path) -> list[Meting]:
    """Sealed files of six quarters in `folder`, and the rows (not saved) that publish them."""
    rng = random.Random(20180331)
    people: list[Plek | None] = [
        Plek(rng.choice(REGIONS), rng.choice(CATEGORIES), rng.random() < 0.4) if rng.random() < 0.6 else None
        for _ in range(4000)
    ]
    rows: list[Meting] = []
    before, sealed_before = None, None
    for name in QUARTERS:
        kwartaal = Kwartaal.parse(name)
        adjacent = rows and rows[-1].kwartaal == str(kwartaal.earlier())
        exact = kubus.lay_out(_count(before if adjacent else None, people, rng))
        rounded = disclosure.round_cube(
            {
                cel: banen.count_banen(value, peildatum=kwartaal.peildatum) if cel.grootheid == "banen" else value
                for cel, value in exact.items()
            },
            list(kubus.relations(REGIONS, verloop=bool(adjacent), eerder=bool(adjacent))),
            fixed=kubus.stock(sealed_before) if adjacent and sealed_before else None,
        )
        place = folder / name
        place.mkdir()
        draft, zegel = store.write_sealed(
            place,
            exact=exact,
            afgerond=rounded.cellen,
            versoepeld=rounded.versoepeld,
            kenmerken={"kwartaal": name, "invoer.vorige": rows[-1].zegel if adjacent else ""},
        )
        draft.rename(folder / f"{name}.duckdb")
        rows.append(
            Meting(
                kwartaal=name,
                versie=1,
                zegel=zegel,
                bestand=f"{name}.duckdb",
                known_at=BUILT_AT,
                built_at=BUILT_AT,
                engine="duckdb",
                invoer={},
                vorige=rows[-1].zegel if adjacent else "",
                versoepeld=len(rounded.versoepeld),
            )
        )
        before, sealed_before = people, rounded.cellen
        people = [_walk(rng, plek) for plek in people]
    return rows


@cache
def sealed(root: Path) -> tuple[Path, list[Meting]]:
    """The same, once a process."""
    folder = root / "metingen"
    folder.mkdir(parents=True)
    return root, seal_all(folder)
