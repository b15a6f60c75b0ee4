"""Taking a protection out of the check function, and putting it back: what a harness must notice."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

Change = tuple[str, str]
FUNCTION = "register_raadpleeg"


def _kept() -> Path:
    from bench import bench_dir

    return bench_dir() / f"{FUNCTION}.sql"


def heal() -> None:
    """Put the function back that a harness left changed because it was killed half-way."""
    if _kept().exists():
        _replace(_kept().read_text())
        _kept().unlink()


def _replace(function: str) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        # Also where an attack has told the database to wait for nothing.
        cursor.execute("SET LOCAL synchronous_commit = on")
        cursor.execute(function)


@contextmanager
def mutated(*changes: Change) -> Iterator[None]:
    """The check with each pattern replaced, in the attacks' own database, for the time of the block.

    Raises `RuntimeError` when a pattern does not occur: then the mutant would be the product itself.
    """
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname = %s", [FUNCTION])
        [(original,)] = cursor.fetchall()
        changed = original
        for pattern, replacement in changes:
            changed, count = re.subn(pattern, replacement, changed, flags=re.DOTALL)
            if not count:
                raise RuntimeError(f"the mutant finds nothing to change: {pattern}")
    _kept().write_text(original)
    _replace(changed)
    try:
        yield
    finally:
        heal()
