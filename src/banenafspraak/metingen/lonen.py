"""Wage data as it is counted: of a month in force, only the rows of people who were ever in the register.

That is a few rows in a hundred, so that a correction, or somebody registered with retroactive effect, recounts in a
fraction of the time. The whole deliveries stay (`leveringen`), and every slim copy can be made again from them.
"""

import fcntl
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from banenafspraak.metingen.leveringen import (
    connect,
    create_loonregel,
    digest,
    fsync,
    in_force,
    lonen_dir,
    maanden,
    private_dir,
    quote,
    vingerafdruk,
)
from banenafspraak.wet import banen

__all__ = ["SLANK", "maanden", "slank", "vingerafdruk"]

_VERSION = 1
"""Goes up when the same inputs would give another file."""

SLANK = ("pseudoniem", "lhnr", "numiv", "srtiv", "cdaard", "uren", "met_loon", "sector")


def slank(maand: str, pseudoniemen: pa.Table) -> Path:
    """The wage rows in force in a month of these people only, as one sorted Parquet file; made when it is not there.

    `pseudoniemen` has a column `pseudoniem` (int64; doubles do no harm). Columns of the file: `SLANK`, where sector is
    "overheid" or "markt". The key (lhnr, pseudoniem, numiv) occurs more than once where two tijdvakken of four weeks
    meet in the month: hours add up.

    The sector of an employer is decided for a calendar year (Regeling Wfsv 3.27): on December of the year before; for
    an employer not in it, on the first month of the year that has the employer. The file `<maand>.json` beside it says
    from which inputs it was made and how many rows took their sector from which month. New deliveries and new people
    make a new file only for the months they touch. Raises `LookupError` for a month without wage data.
    """
    leveringen = in_force(maand)
    if not leveringen:
        raise LookupError(f"er zijn geen loongegevens van {maand}")
    people = np.unique(pseudoniemen.column("pseudoniem").to_numpy())
    place = private_dir(lonen_dir() / "slank")
    months = _sector_months(maand)
    inputs: dict[str, str] = {
        "versie": str(_VERSION),
        "leveringen": vingerafdruk(maand),
        "sector": digest([month, vingerafdruk(month)] for month in months),
        "personen": sha256(people.astype("<i8").tobytes()).hexdigest(),
    }
    with _locked(place / f".{maand}.slot"):
        manifest_path = place / f"{maand}.json"
        manifest = _read_json(manifest_path)
        known = place / str(manifest.get("bestand", "-"))
        if manifest.get("invoer") == inputs and known.exists():
            return known
        with connect() as con:
            if known.exists() and _same_but_people(manifest.get("invoer", {}), inputs):
                before = place / f"personen-{manifest['invoer']['personen'][:16]}.parquet"
                if before.exists() and not _touched(con, maand, known, before, people):
                    _write_people(place, people, inputs["personen"])
                    _write_json(manifest_path, manifest | {"invoer": inputs})
                    return known
            manifest = _build(con, maand, months, people, place, inputs)
        _write_people(place, people, inputs["personen"])
        _write_json(manifest_path, manifest)
        _tidy(place, maand, keep={known.name, manifest["bestand"]})
        return place / str(manifest["bestand"])


def _build(
    con: duckdb.DuckDBPyConnection,
    maand: str,
    months: Sequence[str],
    people: np.ndarray,
    place: Path,
    inputs: dict[str, str],
) -> dict[str, Any]:
    """Write the slim file of a month; returns its manifest."""
    con.register("persoon", pa.table({"pseudoniem": people}))
    create_loonregel(con, in_force(maand), only="pseudoniem IN (SELECT pseudoniem FROM persoon)")
    con.execute("CREATE TEMP TABLE regel AS SELECT * FROM loonregel")
    _create_sector(con, maand, months)
    name = f"{maand}-{digest(sorted(inputs.items()))[:16]}.parquet"
    with _beside(place / name) as draft:
        con.execute(
            "COPY (SELECT pseudoniem, lhnr, numiv, srtiv, cdaard, uren, met_loon, sector FROM regel JOIN sector "  # noqa: S608
            f"USING (lhnr) ORDER BY pseudoniem, lhnr, numiv, tijdvak_vanaf) TO {quote(draft)} "
            "(FORMAT parquet, COMPRESSION zstd)"
        )
    by_month = con.execute(
        "SELECT rang, count(*) FROM regel JOIN sector USING (lhnr) GROUP BY rang ORDER BY rang"
    ).fetchall()
    return {
        "maand": maand,
        "bestand": name,
        "rijen": sum(count for _, count in by_month),
        "sector_uit": {months[rank]: count for rank, count in by_month},
        "invoer": inputs,
    }


def _sector_months(maand: str) -> list[str]:
    """Where the sector of an employer is looked up, in order; the last is the month itself."""
    year, known = int(maand[:4]), set(maanden())
    december = f"{year - 1}-12"
    return [m for m in [december, *(f"{year}-{n:02d}" for n in range(1, 13))] if m in known and m <= maand]


def _create_sector(con: duckdb.DuckDBPyConnection, maand: str, months: Sequence[str]) -> None:
    """Make the table sector (lhnr, sector, rang) of the employers in the table regel; `rang` counts in `months`."""
    con.execute("CREATE TEMP TABLE sector (lhnr BIGINT, sector VARCHAR, rang INTEGER)")
    december = f"{int(maand[:4]) - 1}-12"
    for rank, month in enumerate(months):
        con.execute(
            "CREATE OR REPLACE TEMP TABLE zonder_sector AS SELECT DISTINCT lhnr FROM regel "
            "WHERE lhnr NOT IN (SELECT lhnr FROM sector)"
        )
        if not con.execute("SELECT 1 FROM zonder_sector LIMIT 1").fetchall():
            return
        if month == december:
            source = f"read_parquet({quote(_werkgevers(month))})"
        else:
            # Only the few employers that were not there in December: not worth a file.
            _judge_sector(con, month, only="lhnr IN (SELECT lhnr FROM zonder_sector)")
            source = "oordeel"
        con.execute(
            f"INSERT INTO sector SELECT lhnr, sector, {rank} FROM {source} "  # noqa: S608
            "WHERE lhnr IN (SELECT lhnr FROM zonder_sector)"
        )


def _werkgevers(maand: str) -> Path:
    """The sector of every employer by its hours in one month, as a Parquet file (lhnr, sector)."""
    place = private_dir(lonen_dir() / "werkgevers")
    path = place / f"{maand}-{digest([_VERSION, vingerafdruk(maand)])[:16]}.parquet"
    if not path.exists():
        with connect() as con, _beside(path) as draft:
            _judge_sector(con, maand)
            con.execute(f"COPY (FROM oordeel ORDER BY lhnr) TO {quote(draft)} (FORMAT parquet, COMPRESSION zstd)")
        _tidy(place, maand, keep={path.name})
    return path


def _judge_sector(con: duckdb.DuckDBPyConnection, maand: str, only: str = "") -> None:
    """Make the table oordeel (lhnr, sector): the law's answer on the hours of everybody an employer paid in a month."""
    create_loonregel(con, in_force(maand), only=only, name="werkgeversregel")
    con.execute(
        "CREATE OR REPLACE TEMP TABLE werkgever AS SELECT lhnr, coalesce(sum(uren) FILTER (ufo), 0) AS met_ufo, "
        "coalesce(sum(uren) FILTER (NOT ufo), 0) AS zonder_ufo FROM werkgeversregel GROUP BY lhnr"
    )
    pairs = con.execute("SELECT DISTINCT met_ufo, zonder_ufo FROM werkgever").fetchall()
    answers = pa.table(
        {
            "met_ufo": pa.array([met for met, _ in pairs], pa.decimal128(38, 2)),
            "zonder_ufo": pa.array([zonder for _, zonder in pairs], pa.decimal128(38, 2)),
            "sector": pa.array([str(banen.sector_werkgever(*pair)) for pair in pairs], pa.string()),
        }
    )
    con.register("antwoord", answers)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE oordeel AS "
        "SELECT lhnr, sector FROM werkgever JOIN antwoord USING (met_ufo, zonder_ufo)"
    )
    con.unregister("antwoord")


def _same_but_people(before: dict[str, Any], inputs: dict[str, str]) -> bool:
    return {**before, "personen": ""} == {**inputs, "personen": ""}


def _touched(con: duckdb.DuckDBPyConnection, maand: str, known: Path, before: Path, people: np.ndarray) -> bool:
    """Whether people who came or went since the file was made have, or had, rows in this month."""
    earlier = pq.read_table(before).column("pseudoniem").to_numpy()
    con.register("gegaan", pa.table({"pseudoniem": np.setdiff1d(earlier, people, assume_unique=True)}))
    con.register("gekomen", pa.table({"pseudoniem": np.setdiff1d(people, earlier, assume_unique=True)}))
    create_loonregel(con, in_force(maand), only="pseudoniem IN (SELECT pseudoniem FROM gekomen)", name="erbij")
    rows = con.execute(
        "SELECT (SELECT count(*) FROM erbij) "  # noqa: S608
        f"+ (SELECT count(*) FROM read_parquet({quote(known)}) WHERE pseudoniem IN (SELECT pseudoniem FROM gegaan))"
    ).fetchall()
    return bool(rows[0][0])


def _write_people(place: Path, people: np.ndarray, name: str) -> None:
    path = place / f"personen-{name[:16]}.parquet"
    if not path.exists():
        with _beside(path) as draft:
            pq.write_table(pa.table({"pseudoniem": people}), draft, compression="NONE")


def _read_json(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _write_json(path: Path, content: dict[str, Any]) -> None:
    with _beside(path) as draft:
        draft.write_text(json.dumps(content, indent=1, sort_keys=True), encoding="utf-8")


def _tidy(place: Path, maand: str, *, keep: set[str]) -> None:
    """Remove older files of this month, and lists of people that no month's manifest speaks of any more."""
    for file in place.glob(f"{maand}-*.parquet"):
        if file.name not in keep:
            file.unlink()
    if place.name == "slank":
        manifests = [_read_json(file) for file in place.glob("*.json")]
        used = {f"personen-{manifest['invoer']['personen'][:16]}.parquet" for manifest in manifests}
        for file in place.glob("personen-*.parquet"):
            if file.name not in used:
                file.unlink(missing_ok=True)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A draft to write in a private folder, put in its place, private itself, when it is whole."""
    draft = path.with_name(f".{path.name}.nieuw")
    try:
        yield draft
        draft.chmod(0o600)
        fsync(draft)
        draft.replace(path)
        fsync(path.parent)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """One process at a time makes the files of a month."""
    path.touch(mode=0o600)
    with path.open("rb") as slot:
        fcntl.flock(slot, fcntl.LOCK_EX)
        yield
