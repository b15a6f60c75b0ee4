"""Where a number could have stayed behind: the whole database, its logs and statistics, every file, every cookie."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from attacks.canaries.house import House
from attacks.canaries.visitor import Visitor
from attacks.canaries.watch import Watch

# Secrets of the installation, random and not data; and what PostgreSQL itself keeps is searched as a dump.
KEYS = frozenset({"sleutels.json", "zegelsleutel.pem", "django-sleutel"})
_BYTEA = re.compile(rb"\\\\x((?:[0-9a-f]{2})+)")
_STATISTICS = {
    "statistics of columns (pg_stats)": "SELECT s::text FROM pg_stats AS s WHERE schemaname NOT IN ('pg_catalog')",
    "running statements (pg_stat_activity)": "SELECT a::text FROM pg_stat_activity AS a WHERE pid <> pg_backend_pid()",
    "prepared statements": "SELECT s::text FROM pg_prepared_statements AS s",
    "comments": "SELECT description FROM pg_description",
    "settings": "SELECT setconfig::text FROM pg_db_role_setting",
    "functions": "SELECT prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "large objects": "SELECT encode(data, 'escape') FROM pg_largeobject",
}


def search(house: House, watch: Watch, visitors: Iterable[Visitor]) -> tuple[list[str], list[str]]:
    """Look everywhere; hits are kept by the watch. Returns the places, and those out of reach."""
    searched, missed = [], []
    with house.connect(everything=True) as connection:
        searched += _dump(connection, watch)
        for place, reached in _statistics(connection, watch):
            (searched if reached else missed).append(place)
    if house.server_log is None:
        missed.append("log of PostgreSQL")
    else:
        watch.found("log of PostgreSQL", house.server_log.read_bytes(), layers=0)
        searched.append("log of PostgreSQL")
    searched += _sessions(watch, visitors)
    searched += _files(house, watch)
    return searched, missed


def _dump(connection: Any, watch: Watch) -> list[str]:
    tables = connection.execute(
        "SELECT format('%I.%I', n.nspname, c.relname), c.relname FROM pg_class AS c"
        " JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'm', 'S')"
        " AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') ORDER BY 1"
    ).fetchall()
    sealed: list[bytes] = []
    for qualified, name in tables:
        columns = [
            column
            for (column,) in connection.execute(
                "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
                " ORDER BY attnum",
                [qualified],
            )
        ]
        with connection.cursor() as cursor, cursor.copy(f"COPY (SELECT * FROM {qualified}) TO STDOUT") as copy:
            whole = b"".join(copy)
        values = [bytes.fromhex(match.group(1).decode()) for match in _BYTEA.finditer(whole)]
        sealed += values
        if watch.net.find(whole, layers=1):  # which column it is, is asked only when there is something
            for line in whole.splitlines():
                for column, value in zip(columns, line.split(b"\t"), strict=False):
                    watch.found(f"table {name}, column {column}", value)
        for value in values:
            watch.found(f"table {name}, a column of bytes", value)
    if watch.net.too_many_int32(sealed, watch.flock.people):
        watch.hits.setdefault("bytes of the database", set()).add("int32")
    return [f"table {name}" for _, name in tables]


def _statistics(connection: Any, watch: Watch) -> Iterator[tuple[str, bool]]:
    import psycopg

    connection.execute("ANALYZE")
    queries = dict(_STATISTICS)
    if connection.execute("SELECT to_regclass('pg_stat_statements')").fetchone()[0]:
        queries["statements (pg_stat_statements)"] = "SELECT query FROM pg_stat_statements"
    for place, query in queries.items():
        try:
            rows = connection.execute(query).fetchall()
        except psycopg.errors.InsufficientPrivilege:
            yield place, False
            continue
        watch.found(place, "\n".join(str(row[0]) for row in rows), layers=0)
        yield place, True


def _sessions(watch: Watch, visitors: Iterable[Visitor]) -> list[str]:
    """What the server keeps of each visitor, unpacked, and every cookie they ever got."""
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session

    for session in Session.objects.all():
        watch.found("session of a visitor", str(SessionStore().decode(session.session_data)))
    for visitor in visitors:
        for cookie in visitor.session.set_cookies:
            watch.found(f"cookie {cookie.partition('=')[0]}", cookie)
    return ["sessions", "cookies"]


def _files(house: House, watch: Watch) -> list[str]:
    searched = []
    raw: list[bytes] = []
    for root, what in ((house.logs, "log"), (house.var, "file")):
        for path in sorted(p for p in root.rglob("*") if p.is_file() and p.name not in KEYS):
            place = f"{what} {_safe(path.relative_to(root), watch)}"
            watch.found(f"name of {place}", str(path.relative_to(root)), layers=0)
            if path.is_relative_to(house.var / "static"):
                continue
            data = path.read_bytes()
            watch.found(place, data, layers=0 if what == "log" else 3)
            if what == "log":
                watch.found(place, b"\n".join(re.findall(rb"[A-Za-z0-9+/_=-]{24,}", data)))
            elif path.suffix in (".parquet", ".duckdb"):
                watch.found(place, _values(path), layers=0)
            else:
                raw.append(data)
            searched.append(place)
    if watch.net.too_many_int32(raw, watch.flock.people):
        watch.hits.setdefault("bytes of the files", set()).add("int32")
    kinds = {re.sub(r"/[^/]*$", "/...", place) for place in searched}
    return [*sorted(kinds), "names of files"]


def _safe(path: Path, watch: Watch) -> str:
    """The name of a file for the report, from which a number would be taken out."""
    return re.sub(r"9999\d{5}", "*********", str(path))


def _values(path: Path) -> bytes:
    """Every value of a file of columns, as text."""
    import duckdb

    with duckdb.connect() as connection:
        if path.suffix == ".parquet":
            rows = connection.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
            return "\n".join(map(str, rows)).encode()
        connection.execute(f"ATTACH '{path}' AS bestand (READ_ONLY)")
        tables = connection.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'bestand'"
        ).fetchall()
        found = []
        for schema, table in tables:
            found += connection.execute(f'SELECT * FROM bestand."{schema}"."{table}"').fetchall()
    return "\n".join(map(str, found)).encode()
