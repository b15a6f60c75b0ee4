"""Taking a protection out of the check function, and putting it back: what a harness must notice."""

import re
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def mutated(*changes: tuple[str, str], function: str = "register_raadpleeg") -> Iterator[None]:
    """The function of the database with each pattern replaced, for the time of the block. Every pattern must occur."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname = %s", [function])
        [(original,)] = cursor.fetchall()
        changed = original
        for pattern, replacement in changes:
            changed, count = re.subn(pattern, replacement, changed, flags=re.DOTALL)
            if not count:
                raise RuntimeError(f"the mutant finds nothing to change: {pattern}")
        cursor.execute(changed)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(original)
