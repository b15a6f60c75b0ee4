"""A made-up nation: months of wage rows and a register, seeded, made once and kept under ``var/bench``.

Twelve million rows a month at 400,000 employers (most small, a few huge, in employer order), half a million people in
the register over 600,284 registrations, one row in forty theirs. Distributions are invented; sizes are the nation's.

Only 9,091 numbers are valid as the BSN of a made-up person. So the canonical files carry pseudonyms drawn directly, one
for each of 9.5 million people, and the raw deliveries repeat the 9,091 over all employers, which costs the reader
exactly as much. The two do not describe the same people.

``python -m bench.national`` makes everything; ``--snel`` the small nation.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as pq

from bench import bench_dir, ready

SEED = 20260701
MAANDEN = ("2017-10", "2017-11", "2017-12", "2018-01", "2018-02", "2018-03")
"""Two quarters."""
_CHUNK = 1_000_000
_VERSION = 3


@dataclass(frozen=True)
class Schaal:
    """How big the nation is."""

    naam: str
    rijen: int
    """Wage rows a month."""
    mensen: int
    """People who earn or could earn."""
    werkgevers: int
    geregistreerd: int
    registraties: int


LAND = Schaal("land", 12_000_000, 9_500_000, 400_000, 500_000, 600_284)
KLEIN = Schaal("klein", 200_000, 160_000, 7_000, 8_000, 9_605)


@dataclass(frozen=True)
class _Maand:
    """A chunk of the rows of a month: who, where, which codes, how many hours. `persoon` below `geregistreerd` is known
    to the register."""

    werkgever: np.ndarray
    plek: np.ndarray
    """Which row of its employer this is."""
    persoon: np.ndarray
    numiv: np.ndarray
    srtiv: np.ndarray
    cdaard: np.ndarray
    uren: np.ndarray
    """Hundredths."""
    loon: np.ndarray
    """Cents."""
    ufo: np.ndarray


def pseudoniemen(numbers: np.ndarray) -> np.ndarray:
    """Something like keyed pseudonyms: the numbers mixed to 64 bits (splitmix64), which never collide."""
    mixed = numbers.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return (mixed ^ (mixed >> np.uint64(31))).view(np.int64)


def _sizes(schaal: Schaal) -> np.ndarray:
    """Rows of each employer: log-normal, at least one, exactly `rijen` together."""
    rng = np.random.default_rng([SEED, 1])
    weights = rng.lognormal(0, 1.7, schaal.werkgevers)
    sizes = 1 + np.floor(weights / weights.sum() * (schaal.rijen - schaal.werkgevers)).astype(np.int64)
    sizes[: schaal.rijen - int(sizes.sum())] += 1
    return sizes


def _rows(schaal: Schaal, maand: str) -> Iterator[_Maand]:
    """The rows of a month. Most people stay where they are from month to month; one row in seventy changes hands."""
    sizes = _sizes(schaal)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    government = np.random.default_rng([SEED, 2]).random(schaal.werkgevers) < 0.03
    number = int(maand[:4]) * 12 + int(maand[5:])
    for chunk, begin in enumerate(range(0, schaal.rijen, _CHUNK)):
        count = min(_CHUNK, schaal.rijen - begin)
        row = np.arange(begin, begin + count)
        werkgever = np.searchsorted(starts, row, side="right") - 1
        stays = np.random.default_rng([SEED, 3, chunk])
        moves = np.random.default_rng([SEED, 4, chunk, number])
        known = stays.random(count) < 0.025
        persoon = np.where(
            known,
            stays.integers(0, schaal.geregistreerd, count),
            stays.integers(schaal.geregistreerd, schaal.mensen, count),
        )
        changed = moves.random(count) < 1 / 70
        persoon = np.where(changed, moves.integers(0, schaal.mensen, count), persoon)
        usual = stays.choice(np.array([1, 11, 18, 82, 83, 7], np.int16), count, p=[0.78, 0.06, 0.07, 0.04, 0.04, 0.01])
        special = stays.choice(np.array([1, 11, 22, 23, 24, 21], np.int16), count, p=[0.6, 0.12, 0.1, 0.06, 0.06, 0.06])
        hours = np.clip(moves.gamma(4.2, 27, count), 0, 744)
        uren = np.where(moves.random(count) < 0.6, np.rint(hours) * 100, np.rint(hours * 100)).astype(np.int64)
        uren[moves.random(count) < 0.08] = 0
        loon = (uren * stays.gamma(6, 3.2, count)).astype(np.int64)
        yield _Maand(
            werkgever=werkgever,
            plek=row - starts[werkgever],
            persoon=persoon,
            numiv=1 + (stays.random(count) < 0.05).astype(np.int32),
            srtiv=stays.choice(np.array([15, 11, 13, 31, 35], np.int16), count, p=[0.79, 0.06, 0.01, 0.09, 0.05]),
            cdaard=np.where(known, special, usual),
            uren=uren,
            loon=loon,
            ufo=np.where(government[werkgever], loon, 0),
        )


def _decimals(values: np.ndarray, digits: int) -> pa.Array:
    """Whole hundredths as a decimal column."""
    words = np.zeros((len(values), 2), np.int64)
    words[:, 0] = values
    return pa.Array.from_buffers(pa.decimal128(digits, 2), len(values), [None, pa.py_buffer(words)])


def canoniek(schaal: Schaal, maand: str) -> Path:
    """All rows of a month as they are kept after an import (`LOONREGEL`)."""
    from banenafspraak.metingen.leveringen import LOONREGEL, parquet_writer

    def write(path: Path) -> None:
        with parquet_writer(path) as writer:
            for rows in _rows(schaal, maand):
                columns = [*_keys(rows), _decimals(rows.uren, 9), pa.array(rows.loon > 0), pa.array(rows.ufo > 0)]
                whole = pa.Table.from_batches([pa.RecordBatch.from_arrays(columns, schema=LOONREGEL)])
                for batch in whole.to_batches(250_000):
                    writer.write_batch(batch)

    return _kept(schaal, f"canoniek-{maand}.parquet", write)


def telvorm(schaal: Schaal, maand: str) -> Path:
    """All rows of a month in the columns of a slim copy (`lonen.SLANK`): what is counted when nothing was left out."""

    def write(path: Path) -> None:
        schema = pa.schema(
            [
                ("pseudoniem", pa.int64()),
                ("lhnr", pa.int64()),
                ("numiv", pa.int32()),
                ("srtiv", pa.int16()),
                ("cdaard", pa.int16()),
                ("uren", pa.decimal128(9, 2)),
                ("met_loon", pa.bool_()),
                ("sector", pa.string()),
            ]
        )
        with pq.ParquetWriter(
            path,
            schema,
            compression={name: "NONE" if name in ("pseudoniem", "uren") else "ZSTD" for name in schema.names},
            use_dictionary=["lhnr", "numiv", "srtiv", "cdaard", "uren", "sector"],
            store_decimal_as_integer=True,
            store_schema=False,
        ) as writer:
            for rows in _rows(schaal, maand):
                sector = pa.DictionaryArray.from_arrays((rows.ufo > 0).astype(np.int8), ["markt", "overheid"])
                columns = [*_keys(rows), _decimals(rows.uren, 9), pa.array(rows.loon > 0), sector.cast(pa.string())]
                writer.write_table(pa.Table.from_arrays(columns, schema=schema), row_group_size=250_000)

    return _kept(schaal, f"telvorm-{maand}.parquet", write)


def _keys(rows: _Maand) -> list[pa.Array]:
    return [
        pa.array(pseudoniemen(rows.persoon)),
        pa.array(pseudoniemen(rows.werkgever + (1 << 40))),
        pa.array(rows.numiv),
        pa.array(rows.srtiv),
        pa.array(rows.cdaard),
    ]


def levering_csv(schaal: Schaal, maand: str) -> Path:
    """A wage delivery of a month as CSV, ready for `import_lonen`."""

    def write(path: Path) -> None:
        options = csv.WriteOptions(delimiter=";", quoting_style="none", include_header=False)
        with path.open("wb") as stream:
            for number, table in enumerate(_deliveries(schaal, maand)):
                if not number:
                    stream.write((";".join(table.column_names) + "\n").encode())
                csv.write_csv(table, stream, options)

    return _kept(schaal, f"levering-{maand}.csv", write)


def levering_parquet(schaal: Schaal, maand: str) -> Path:
    """The same delivery as Parquet."""

    def write(path: Path) -> None:
        writer: pq.ParquetWriter | None = None
        for table in _deliveries(schaal, maand):
            writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
            writer.write_table(table)
        if writer is not None:
            writer.close()

    return _kept(schaal, f"levering-{maand}.parquet", write)


def _deliveries(schaal: Schaal, maand: str) -> Iterator[pa.Table]:
    bsns = _valid(range(999_900_000, 1_000_000_000))
    lhnrs = np.array(
        [f"{number:09d}L01" for number in _valid(range(100_000_000, 100_000_000 + 12 * schaal.werkgevers))]
    )
    texts = np.array([str(number) for number in bsns])
    for rows in _rows(schaal, maand):
        # (employer, person, numiv) must be unique: walk through the numbers, and through numiv when they run out.
        turn = rows.plek + rows.werkgever % len(bsns)
        yield pa.table(
            {
                "peilmaand": pa.array([maand]).take(pa.array(np.zeros(len(turn), np.int32))),
                "bsn": pa.array(texts).take(pa.array(turn % len(bsns))),
                "lhnr": pa.array(lhnrs).take(pa.array(rows.werkgever)),
                "numiv": pa.array((turn // len(bsns)).astype(np.int32)),
                "srtiv": pa.array(rows.srtiv),
                "cdaard": pa.array(rows.cdaard),
                "aantverlu_mnd": _decimals(rows.uren, 9),
                "lnsv_mnd": _decimals(rows.loon, 12),
                "prlnufo_mnd": _decimals(rows.ufo, 12),
            }
        )


def _valid(numbers: range) -> np.ndarray:
    """The numbers of nine digits that pass the elfproef."""
    values = np.arange(numbers.start, numbers.stop)
    checksum = sum((values // 10 ** (8 - i) % 10 * w for i, w in enumerate((9, 8, 7, 6, 5, 4, 3, 2, -1))), values * 0)
    return values[checksum % 11 == 0]


_GRONDEN = (
    ("wajong", "nwajong_werkregeling", 0.32),
    ("wajong", "owajong", 0.22),
    ("pwet_lks_uwv_loonwaarde", "indicatie_banenafspraak", 0.16),
    ("pwet_lks_uwv_loonwaarde", "praktijkroute", 0.08),
    ("pwet_lks_uwv_loonwaarde", "vso", 0.06),
    ("wsw", "wsw_detachering", 0.08),
    ("wsw", "wsw_begeleid_werken", 0.04),
    ("wiw_id", "wiw_id", 0.04),
)
_REDENEN = ("duurzaam_geen_arbeidsvermogen", "wsw_beschut_werk", "aow", "overlijden", "vrijwillige_uitschrijving")


def register(schaal: Schaal) -> tuple[Path, Path]:
    """The registrations and residences of the register, in the columns of `register.queries.Meetpopulatie`."""
    from banenafspraak.access import gebieden

    rng = np.random.default_rng([SEED, 5])
    gemeenten = [gemeente.code for gemeente in gebieden.gemeenten_op(date(2018, 3, 31))]

    def days(numbers: np.ndarray) -> pa.Array:
        return pa.array(numbers.astype(np.int32)).cast(pa.date32())

    def write_registraties(path: Path) -> None:
        count = schaal.registraties
        again = rng.integers(0, schaal.geregistreerd, count - schaal.geregistreerd)
        persoon = np.concatenate([np.arange(schaal.geregistreerd), again])
        which = rng.choice(len(_GRONDEN), count, p=[share for _, _, share in _GRONDEN])
        start = rng.integers(_day(2012, 1), _day(2018, 3), count)
        ended = rng.random(count) < 0.2
        stop = start + rng.integers(2, 1_500, count)
        reden = pa.array(_REDENEN).take(pa.array(rng.integers(0, len(_REDENEN), count)))
        table = pa.table(
            {
                "pseudoniem": pa.array(pseudoniemen(persoon)),
                "grond": pa.array([g for g, _, _ in _GRONDEN]).take(pa.array(which)),
                "route": pa.array([r for _, r, _ in _GRONDEN]).take(pa.array(which)),
                "vanaf": days(start),
                "tot": pa.array(np.where(ended, stop, 0).astype(np.int32), mask=~ended).cast(pa.date32()),
                "einde_reden": pa.array(reden.to_pylist(), pa.string(), mask=~ended),
            }
        )
        _write_sorted(table, path)

    def write_woonplaatsen(path: Path) -> None:
        count = schaal.geregistreerd
        moved = rng.random(count) < 0.15
        first, second = (rng.zipf(1.3, count) % len(gemeenten) for _ in range(2))
        day = rng.integers(_day(2013, 1), _day(2018, 3), count)
        persoon = np.arange(count)
        table = pa.table(
            {
                "pseudoniem": pa.array(pseudoniemen(np.concatenate([persoon, persoon[moved]]))),
                "gemeente": pa.array(gemeenten).take(pa.array(np.concatenate([first, second[moved]]))),
                "vanaf": days(np.concatenate([np.full(count, _day(2010, 1)), day[moved]])),
                "tot": pa.array(
                    np.concatenate([day, day[moved] * 0]).astype(np.int32),
                    mask=np.concatenate([~moved, np.ones(int(moved.sum()), bool)]),
                ).cast(pa.date32()),
            }
        )
        _write_sorted(table, path)

    return (
        _kept(schaal, "registraties.parquet", write_registraties),
        _kept(schaal, "woonplaatsen.parquet", write_woonplaatsen),
    )


def _write_sorted(table: pa.Table, path: Path) -> None:
    ordered = table.sort_by([("pseudoniem", "ascending"), ("vanaf", "ascending")])
    # Row groups of DuckDB's own size, so that a file of half a million people is read by more than one thread.
    pq.write_table(ordered, path, compression="zstd", row_group_size=122_880)


def _day(year: int, month: int) -> int:
    return (date(year, month, 1) - date(1970, 1, 1)).days


def _kept(schaal: Schaal, name: str, write: Callable[[Path], None]) -> Path:
    """The file, made when it is not there; half a file never carries its name."""
    place = bench_dir() / f"{schaal.naam}-{_VERSION}"
    place.mkdir(exist_ok=True)
    path = place / name
    if not path.exists():
        print(f"maken: {path.name}", file=sys.stderr, flush=True)
        draft = path.with_name(f".{name}")
        write(draft)
        draft.replace(path)
    return path


def main(argv: list[str]) -> dict[str, object]:
    """Make everything the benches need; answers where it is and how big."""
    parser = argparse.ArgumentParser(prog="bench.national")
    parser.add_argument("--snel", action="store_true", help="the small nation")
    schaal = KLEIN if parser.parse_args(argv).snel else LAND
    with ready():
        paths = [*register(schaal), levering_csv(schaal, MAANDEN[-1]), levering_parquet(schaal, MAANDEN[-1])]
        for maand in MAANDEN:
            paths += [canoniek(schaal, maand), telvorm(schaal, maand)]
    size = sum(path.stat().st_size for path in paths)
    return {"rijen": schaal.rijen, "bestanden": len(paths), "mb": str(Decimal(size) / 10**6)}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
