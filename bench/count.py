"""Counting a national quarter, against merely reading it, against PostgreSQL, and again after a correction.

The real expressions of `metingen.telling` over all wage rows (not the slim copy, which leaves out who was never
registered): three months of 12,000,000 rows and a register of half a million people over 600,284 registrations. The
register is read, the stand on the peildatum made, and jobs (exact hours by region, category and column), persons and
working persons come out, with the decisions of `wet`.

- `ratio_to_read` = `quarter_s` / `read_s`. Reading is DuckDB, in the same process with the same settings, decoding the
  columns that are needed, of the same files, with the cheapest aggregate of each.
- `flow_ratio_to_read` = `flow_s` / `flow_read_s`: the whole of a quarter as it is published (`count_kwartaal`: stocks,
  jobs, Praktijkroute and the flow since the quarter before), over both quarters' rows, against reading what that needs:
  six columns of this quarter and three of the one before.
- Reading and counting take turns, each waiting a while for a quiet moment; medians are given, of the runs in which
  others used less than 8 per cent of the machine when there are three of those, else of all. `foreign` is their share.
- `peak_mb`: resident memory of a fresh process that does nothing but count the quarter, without and with the flow.
- `ratio_to_postgres`: the quarter, on PostgreSQL divided by on DuckDB (`postgres_s`, `postgres_duckdb_s`). The same
  expressions, compiled for PostgreSQL, from unlogged, analysed tables loaded before (`postgres_load_s`, which is not in
  the ratio), with two parallel workers and 256 MB for each sort or hash. The answers are compared. Both are warm and
  take turns, so that one is idle while the other counts; each round gives a ratio of two runs that follow one another,
  and the median is given of the rounds (`postgres_rounds`) in which both runs were clean, by the same rule as above, or
  of all. The server's own work is not foreign to its own run, but it is to DuckDB's.
- `recount_ratio`: counting a year (the six months there are, twice) from slim copies, as after a correction, against
  counting it from all rows. `slim_month_s` is what making one slim copy costs.
- `ingest_rows_per_s`: CSV; `ingest_parquet_rows_per_s`: Parquet. See `bench.ingest`.
- With `--snel` the nation is so small that fixed costs rule the ratios: it shows that the bench runs, no more.
- with `--jaar` also `ratio_to_read_year`, and `year_factor`, a year's time divided by a quarter's.
"""

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as pq

from bench import Sample, family_seconds, ingest, national, nobody, peak_mb, ready, sample

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

    from banenafspraak.metingen.engine import DuckDBEngine, Engine
    from banenafspraak.metingen.kubus import Telling

THREADS = 2
MEMORY = "400MB"
ROUNDS = 7
CLEAN = 3
PATIENCE = 40.0
"""Seconds that one set of measurements may spend on waiting for a quiet moment."""

_READ = {
    "pseudoniem": "bit_xor(pseudoniem)",
    "srtiv": "bit_xor(srtiv)",
    "cdaard": "bit_xor(cdaard)",
    "uren": "sum(uren)",
    "met_loon": "count(*) FILTER (met_loon)",
    "sector": "count(*) FILTER (sector = 'overheid')",
}
COUNT_COLUMNS = tuple(_READ)
FLOW_COLUMNS = ("pseudoniem", "srtiv", "met_loon")


@dataclass(frozen=True)
class Land:
    """The files of the nation, or of the small one."""

    schaal: national.Schaal
    register: tuple[Path, Path]
    eerder: tuple[Path, ...]
    nu: tuple[Path, ...]

    @classmethod
    def make(cls, *, snel: bool) -> "Land":
        schaal = national.KLEIN if snel else national.LAND
        months = [national.telvorm(schaal, maand) for maand in national.MAANDEN]
        return cls(schaal, national.register(schaal), tuple(months[:3]), tuple(months[3:]))


@dataclass
class Times:
    """The samples of one thing that was measured."""

    samples: list[Sample] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """The median of the clean samples when there are enough, else of all."""
        clean = [taken.seconds for taken in self.samples if taken.clean]
        return median(clean if len(clean) >= CLEAN else [taken.seconds for taken in self.samples])

    @property
    def foreign(self) -> float:
        """The median share of the machine that others used."""
        return median(taken.foreign for taken in self.samples)


@contextmanager
def engine() -> Iterator["DuckDBEngine"]:
    """The engine as the pipeline opens it."""
    from banenafspraak.metingen.engine import DuckDBEngine, open_engine

    with open_engine("duckdb", threads=THREADS, memory=MEMORY) as opened:
        assert isinstance(opened, DuckDBEngine)
        yield opened


def read(on: "DuckDBEngine", files: Sequence[Path], columns: Sequence[str]) -> None:
    """Decode the columns and do next to nothing with them."""
    listed = ", ".join(f"'{path}'" for path in files)
    on.connection.execute(
        f"SELECT {', '.join(_READ[column] for column in columns)} FROM read_parquet([{listed}])"
    ).fetchall()


def count(on: "Engine", land: Land, files: Sequence[Path]) -> tuple[Any, Any, Any]:
    """Uren, persons and working persons on the last day of the quarter."""
    from banenafspraak.metingen import kwartaal as k
    from banenafspraak.metingen.grootheden import Kwartaal

    bevolking = _bevolking(on, land)
    categorieen = k.Categorieen(bevolking)
    lonen = on.parquet("loonregel_nu", files).select(*COUNT_COLUMNS)
    moment = k.load_moment(on, "nu", bevolking, lonen, peildatum=Kwartaal(2018, 1).peildatum)
    return (
        k.count_uren(on, bevolking, moment, categorieen),
        *k.count_personen(on, bevolking, moment, categorieen),
    )


def flow(on: "Engine", land: Land) -> "Telling":
    """The whole quarter as it is published, with the flow since the quarter before."""
    from banenafspraak.metingen.grootheden import Kwartaal
    from banenafspraak.metingen.kwartaal import count_kwartaal

    registraties, woonplaatsen = (on.parquet(path.stem, [path]) for path in land.register)
    return count_kwartaal(
        on,
        Kwartaal(2018, 1),
        registraties=registraties,
        woonplaatsen=woonplaatsen,
        lonen=on.parquet("loonregel_nu", land.nu).select(*COUNT_COLUMNS),
        lonen_eerder=on.parquet("loonregel_eerder", land.eerder),
    )


def _bevolking(on: "Engine", land: Land) -> Any:
    from banenafspraak.metingen import kwartaal as k

    registraties, woonplaatsen = (on.parquet(path.stem, [path]) for path in land.register)
    return k.load_bevolking(on, registraties, woonplaatsen)


def in_turn(
    actions: Mapping[str, Callable[[], object]],
    rounds: int = ROUNDS,
    servants: Mapping[str, Callable[[], float]] | None = None,
) -> dict[str, Times]:
    """Run all of them once unmeasured, then by turns. `servants`: for `sample`, where another program does the work."""
    for action in actions.values():
        action()
    taken = {name: Times() for name in actions}
    patience = PATIENCE
    for _ in range(rounds):
        for name, action in actions.items():
            patience -= _wait_for_quiet(patience)
            with sample((servants or {}).get(name, nobody)) as one:
                action()
            taken[name].samples.append(one)
    return taken


def _wait_for_quiet(patience: float) -> float:
    """Wait until others leave the machine alone, at most so many seconds; gives the seconds that were waited."""
    waited = 0.0
    while waited < patience:
        with sample() as idle:
            time.sleep(0.1)
        waited += idle.seconds
        if idle.clean:
            break
    return waited


def _peak(*, snel: bool) -> int:
    """MB of a fresh process that only counts."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.count", "--alleen-tellen", *(["--snel"] if snel else [])],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return int(json.loads(done.stdout.strip().splitlines()[-1])["peak_mb"])


def slim(on: "DuckDBEngine", land: Land, path: Path, into: Path) -> Path:
    """The slim copy of a month as `lonen.slank` makes it: the rows of everybody who was ever registered, in order."""
    on.connection.execute(
        f"COPY (SELECT * FROM read_parquet('{path}') WHERE pseudoniem IN "
        f"(SELECT pseudoniem FROM read_parquet('{land.register[0]}')) ORDER BY pseudoniem, lhnr, numiv) "
        f"TO '{into / path.name}' (FORMAT parquet, COMPRESSION zstd)"
    )
    return into / path.name


class PostgresEngine:
    """The same expressions on PostgreSQL: tables that were loaded before, and stages as unlogged tables."""

    def __init__(self, cursor: "CursorWrapper") -> None:
        self._cursor = cursor
        self._schemas: dict[str, pa.Schema] = {}
        for setting in (
            "max_parallel_workers_per_gather = 2",
            # With the usual costs the sample that ANALYZE happens to take decides whether the workers are used at all.
            "parallel_setup_cost = 0",
            "parallel_tuple_cost = 0",
            # Compiling takes longer here than it saves.
            "jit = off",
            "work_mem = '256MB'",
            "synchronous_commit = off",
        ):
            cursor.execute(f"SET {setting}")
        cursor.execute("SELECT pg_backend_pid()")
        self._server = _parent(cursor.fetchone()[0])

    def parquet(self, name: str, paths: Sequence[Path]) -> Any:
        """The table of that name; loaded by the first question for it."""
        if name not in self._schemas:
            self._load(name, [pq.ParquetFile(path) for path in paths])
        return self._table(name)

    def processor_seconds(self) -> float:
        """What the server and its workers have used; 0 when it is not a PostgreSQL on this machine."""
        return family_seconds(self._server) if self._server else 0.0

    def load(self, name: str, table: pa.Table) -> Any:
        """Copy a small table in, and let the planner know how small."""
        self._create(name, table.schema)
        self._copy(name, table.to_batches())
        self._cursor.execute(f"ANALYZE {name}")
        return self._table(name)

    def _load(self, name: str, files: Sequence[pq.ParquetFile]) -> None:
        self._create(name, files[0].schema_arrow)
        for file in files:
            self._copy(name, file.iter_batches(batch_size=250_000))
        # Now, so that the server does not start to do it by itself while it is measured.
        self._cursor.execute(f"VACUUM ANALYZE {name}")

    def _create(self, name: str, schema: pa.Schema) -> None:
        columns = ", ".join(f"{field.name} {_postgres_type(field.type)}" for field in schema)
        self._cursor.execute(f"DROP TABLE IF EXISTS {name}; CREATE UNLOGGED TABLE {name} ({columns})")
        self._schemas[name] = schema

    def _copy(self, name: str, batches: Iterable[pa.RecordBatch]) -> None:
        with self._cursor.copy(f"COPY {name} FROM STDIN (FORMAT csv)") as copy:
            for batch in batches:
                text = io.BytesIO()
                csv.write_csv(batch, text, csv.WriteOptions(include_header=False))
                copy.write(text.getvalue())

    def hold(self, name: str, expression: Any) -> Any:
        """Make the stage a table, and let the planner know it."""
        self._cursor.execute(f"DROP TABLE IF EXISTS {name}; CREATE UNLOGGED TABLE {name} AS {self._sql(expression)}")
        self._cursor.execute(f"ANALYZE {name}")
        self._schemas[name] = expression.schema().to_pyarrow()
        return self._table(name)

    def fetch(self, expression: Any) -> pa.Table:
        """Run the query and bring its rows here."""
        self._cursor.execute(self._sql(expression))
        names = [column.name for column in self._cursor.description]
        return pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in self._cursor.fetchall()])

    def drop(self) -> None:
        """Leave nothing behind."""
        for name in self._schemas:
            self._cursor.execute(f"DROP TABLE IF EXISTS {name}")

    def _table(self, name: str) -> Any:
        import ibis

        return ibis.table(ibis.Schema.from_pyarrow(self._schemas[name]), name=name)

    def _sql(self, expression: Any) -> str:
        import ibis

        return str(ibis.to_sql(expression, dialect="postgres"))


def _postgres_type(kind: pa.DataType) -> str:
    known = {pa.int64(): "bigint", pa.int32(): "integer", pa.int16(): "smallint", pa.bool_(): "boolean"}
    known |= {pa.string(): "text", pa.date32(): "date", pa.decimal128(9, 2): "numeric(9, 2)"}
    return known[kind]


def _parent(backend: int) -> int | None:
    """The process that started the backend; None when no process of that number here is a PostgreSQL."""
    try:
        name, _, rest = Path(f"/proc/{backend}/stat").read_text(encoding="ascii").rpartition(")")
    except OSError:
        return None
    return int(rest.split()[1]) if "postgres" in name else None


def _ratios(above: Times, below: Times) -> list[float]:
    """The ratio of each round in which both were clean when there are enough, else of each round."""
    rounds = list(zip(above.samples, below.samples, strict=True))
    clean = [pair for pair in rounds if all(taken.clean for taken in pair)]
    return [a.seconds / b.seconds for a, b in (clean if len(clean) >= CLEAN else rounds)]


def against_postgres(land: Land, on: "DuckDBEngine") -> dict[str, Any]:
    """Count the quarter on both, by turns."""
    from django.db import connection

    with ready(), connection.cursor() as cursor:
        postgres = PostgresEngine(cursor)
        try:
            with sample() as load:
                postgres.parquet("loonregel_nu", land.nu)
            if count(postgres, land, land.nu) != count(on, land, land.nu):
                raise RuntimeError("PostgreSQL gives other figures")
            # What was loaded goes to the disk now, not while something is measured.
            os.sync()
            taken = in_turn(
                {"postgres": lambda: count(postgres, land, land.nu), "duckdb": lambda: count(on, land, land.nu)},
                servants={"postgres": postgres.processor_seconds},
            )
        finally:
            postgres.drop()
    ratios = _ratios(taken["postgres"], taken["duckdb"])
    return {
        "postgres_s": round(taken["postgres"].seconds, 2),
        "postgres_duckdb_s": round(taken["duckdb"].seconds, 3),
        "postgres_load_s": round(load.seconds, 1),
        "ratio_to_postgres": round(median(ratios), 1),
        "postgres_rounds": [round(ratio, 1) for ratio in ratios],
        "postgres_foreign": round(max(times.foreign for times in taken.values()), 2),
    }


def main(argv: list[str]) -> dict[str, Any]:
    """Measure."""
    parser = argparse.ArgumentParser(prog="bench.count")
    parser.add_argument("--snel", action="store_true", help="the small nation")
    parser.add_argument("--jaar", action="store_true", help="a year against reading it as well")
    parser.add_argument("--alleen-tellen", action="store_true", help="only count, and print the peak memory")
    options = parser.parse_args(argv)
    land = Land.make(snel=options.snel)
    if options.alleen_tellen:
        with engine() as on:
            count(on, land, land.nu)
            flow(on, land)
        return {"peak_mb": peak_mb()}
    peak = _peak(snel=options.snel)
    months = [*land.eerder, *land.nu]
    with engine() as on, tempfile.TemporaryDirectory(prefix="slank-") as folder:
        with sample() as slimming:
            slims = [slim(on, land, path, Path(folder)) for path in months]
        if count(on, land, slims * 2) != count(on, land, months * 2):
            raise RuntimeError("the slim copies give other figures")
        taken = in_turn(
            {
                "read": lambda: read(on, land.nu, COUNT_COLUMNS),
                "quarter": lambda: count(on, land, land.nu),
                "flow_read": lambda: (read(on, land.nu, COUNT_COLUMNS), read(on, land.eerder, FLOW_COLUMNS)),
                "flow": lambda: flow(on, land),
            }
        )
        a_year: dict[str, Callable[[], object]] = {
            "year": lambda: count(on, land, months * 2),
            "recount": lambda: count(on, land, slims * 2),
        }
        if options.jaar:
            a_year["read_year"] = lambda: read(on, months * 2, COUNT_COLUMNS)
        taken |= in_turn(a_year, rounds=3)
        postgres = against_postgres(land, on)
    s = {name: times.seconds for name, times in taken.items()}
    answer: dict[str, Any] = {
        "rows": 3 * land.schaal.rijen,
        "quarter_s": round(s["quarter"], 3),
        "read_s": round(s["read"], 3),
        "ratio_to_read": round(s["quarter"] / s["read"], 2),
        "flow_s": round(s["flow"], 3),
        "flow_read_s": round(s["flow_read"], 3),
        "flow_ratio_to_read": round(s["flow"] / s["flow_read"], 2),
        "recount_ratio": round(s["recount"] / s["year"], 2),
        "slim_month_s": round(slimming.seconds / len(months), 3),
        "peak_mb": peak,
        **postgres,
        "foreign": round(max(times.foreign for times in taken.values()), 2),
    }
    if options.jaar:
        answer["ratio_to_read_year"] = round(s["year"] / s["read_year"], 2)
        answer["year_factor"] = round(s["year"] / s["quarter"], 2)
    with ready():
        ingested = ingest.ingest_rows_per_s(snel=options.snel)
    return answer | {"ingest_rows_per_s": ingested["csv"], "ingest_parquet_rows_per_s": ingested["parquet"]}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
