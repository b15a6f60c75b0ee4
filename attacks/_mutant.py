"""Taking a protection out of a function of the database, and putting it back: what a harness must notice."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

Change = tuple[str, str]
FUNCTION = "register_raadpleeg"


def _kept(function: str) -> Path:
    from bench import bench_dir

    return bench_dir() / f"{function}.sql"


def heal(function: str = FUNCTION) -> None:
    """Put the function back that a harness left changed because it was killed half-way."""
    kept = _kept(function)
    if kept.exists():
        _replace(kept.read_text())
        kept.unlink()


def _replace(function: str) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        # Also where an attack has told the database to wait for nothing.
        cursor.execute("SET LOCAL synchronous_commit = on")
        cursor.execute(function)


@contextmanager
def mutated(*changes: Change, function: str = FUNCTION) -> Iterator[None]:
    """A function (the check) with each pattern replaced, in the attacks' own database, for the time of the block.

    Raises `RuntimeError` when a pattern does not occur: then the mutant would be the product itself.
    """
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname = %s", [function])
        [(original,)] = cursor.fetchall()
        changed = original
        for pattern, replacement in changes:
            changed, count = re.subn(pattern, replacement, changed, flags=re.DOTALL)
            if not count:
                raise RuntimeError(f"the mutant finds nothing to change: {pattern}")
    _kept(function).write_text(original)
    _replace(changed)
    try:
        yield
    finally:
        heal(function)
