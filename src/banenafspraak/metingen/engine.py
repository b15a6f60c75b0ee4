"""Where the counting expressions run: DuckDB on this machine, or Spark on a cluster. The expressions are the same."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import duckdb
import ibis
import pyarrow as pa
import pyarrow.parquet as pq


class EngineAbsent(Exception):
    """The engine that was asked for is not installed; the message (Dutch) says how to get it."""


class Engine(Protocol):
    """What a count needs of an engine."""

    def parquet(self, name: str, paths: Sequence[Path]) -> ibis.Table:
        """The rows of Parquet files with the same columns, read when a query asks for them."""

    def load(self, name: str, table: pa.Table) -> ibis.Table:
        """A small table from memory."""

    def hold(self, name: str, expression: ibis.Table) -> ibis.Table:
        """Compute the expression now and keep the rows for the queries that follow; the same name replaces it."""

    def fetch(self, expression: ibis.Table) -> pa.Table:
        """Compute the expression and bring its rows here."""


class DuckDBEngine:
    """DuckDB in this process. Memory is bounded: what does not fit goes to a temporary folder."""

    def __init__(self, *, threads: int, memory: str, spill: Path) -> None:
        self.connection = duckdb.connect(
            ":memory:",
            config={
                "threads": threads,
                "memory_limit": memory,
                "temp_directory": str(spill),
                "preserve_insertion_order": "false",
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
            },
        )

    def parquet(self, name: str, paths: Sequence[Path]) -> ibis.Table:
        self.connection.read_parquet([str(path) for path in paths]).create_view(name, replace=True)
        # Asked of the file itself: the engine would plan a query for it.
        return _table(name, pq.read_schema(paths[0]))

    def load(self, name: str, table: pa.Table) -> ibis.Table:
        self.connection.execute(f"DROP TABLE IF EXISTS {name}")
        self.connection.from_arrow(table).create(name)
        return _table(name, table.schema)

    def hold(self, name: str, expression: ibis.Table) -> ibis.Table:
        self.connection.execute(f"CREATE OR REPLACE TABLE {name} AS {_sql(expression, 'duckdb')}")
        return ibis.table(expression.schema(), name=name)

    def fetch(self, expression: ibis.Table) -> pa.Table:
        return self.connection.sql(_sql(expression, "duckdb")).to_arrow_table()


class SparkEngine:
    """A Spark session; pyspark is an optional extra (`pip install 'banenafspraak[spark]'`) and imported only here."""

    def __init__(self, session: Any, spill: Path) -> None:
        self._session = session
        self._spill = spill

    def parquet(self, name: str, paths: Sequence[Path]) -> ibis.Table:
        self._session.read.parquet(*[str(path) for path in paths]).createOrReplaceTempView(name)
        return self._table(name)

    def load(self, name: str, table: pa.Table) -> ibis.Table:
        path = self._spill / f"{name}.parquet"
        pq.write_table(table, path)
        return self.parquet(name, [path])

    def hold(self, name: str, expression: ibis.Table) -> ibis.Table:
        self._session.sql(_sql(expression, "pyspark")).cache().createOrReplaceTempView(name)
        return self._table(name)

    def fetch(self, expression: ibis.Table) -> pa.Table:
        return self._session.sql(_sql(expression, "pyspark")).toArrow()

    def _table(self, name: str) -> ibis.Table:
        return _table(name, self._session.table(name).limit(0).toArrow().schema)


def _table(name: str, schema: pa.Schema) -> ibis.Table:
    """The table by name and columns only, tied to no engine: so an expression on it is text for any engine."""
    return ibis.table(ibis.Schema.from_pyarrow(schema), name=name)


def _sql(expression: ibis.Table, dialect: str) -> str:
    return str(ibis.to_sql(expression, dialect=dialect))


def check_engine(soort: str) -> None:
    """Raise `EngineAbsent` when the engine is not installed, before any work is done."""
    if soort == "spark" and find_spec("pyspark") is None:
        raise EngineAbsent(
            "Spark is niet geinstalleerd. Installeer het met: pip install 'banenafspraak[spark]', "
            "of kies --engine duckdb."
        )


@contextmanager
def open_engine(soort: str, *, threads: int = 2, memory: str = "400MB") -> Iterator[Engine]:
    """An engine ("duckdb" or "spark") for the duration of one count; `EngineAbsent` when it is not installed."""
    with tempfile.TemporaryDirectory(prefix="telling-") as folder:
        spill = Path(folder)
        if soort == "duckdb":
            engine = DuckDBEngine(threads=threads, memory=memory, spill=spill)
            try:
                yield engine
            finally:
                engine.connection.close()
            return
        check_engine(soort)
        from pyspark.sql import SparkSession

        session = SparkSession.builder.appName("banenafspraak-telling").getOrCreate()
        try:
            yield SparkEngine(session, spill)
        finally:
            session.stop()
