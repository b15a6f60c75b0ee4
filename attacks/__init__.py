"""Harnesses that try to break the promises, as commands that print JSON: ``python -m attacks.NAME``, or all of them.

Each module has ``main(argv) -> dict`` with at least `passed` and `mutant_caught`: the same attack is run once more
against a version in which the protection is taken out, and must then succeed. A harness that cannot see a failure
proves nothing. Its ``--snel`` is small enough for CI; without it the attack has the size that the promise names.

What an attack needs is made under ``var/attacks``, with a database and keys of its own: nobody's data is touched.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import bench


@contextmanager
def ready() -> Iterator[None]:
    """Django with an up-to-date database of the attacks' own, or the one in DATABASE_URL, for the time of the block."""
    os.environ["BANENAFSPRAAK_BENCH"] = os.environ.get("BANENAFSPRAAK_ATTACKS", str(bench.ROOT / "var" / "attacks"))
    with bench.ready():
        yield


def empty(*extra: str) -> None:
    """Remove all people and the whole logboek from the attacks' own database; `extra` names more tables."""
    from django.db import connection, transaction

    tables = [
        "access_logregel", "access_verwerking", "access_logzegel", "register_registratie", "register_woonplaats",
        "register_persoon", *extra,
    ]  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        guarded = [name for (name,) in cursor.fetchall() if not name.startswith("procrastinate_")]
        for table in guarded:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
        for table in guarded:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
