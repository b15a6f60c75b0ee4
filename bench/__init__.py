"""The performance claims, as commands that print JSON: ``python -m bench.NAME``, or all of them: ``python -m bench``.

Each module has ``main(argv) -> dict``; its ``--snel`` is small enough for CI. What a bench needs is made once, from a
seed, under ``var/bench``, with a database and keys of its own: nobody's data is touched.
"""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def bench_dir() -> Path:
    """Where the made data is kept: BANENAFSPRAAK_BENCH, else ``var/bench``."""
    place = Path(os.environ.get("BANENAFSPRAAK_BENCH", ROOT / "var" / "bench"))
    place.mkdir(parents=True, exist_ok=True)
    return place


@contextmanager
def ready() -> Iterator[None]:
    """Django with an up-to-date database of the benches' own, or the one in DATABASE_URL, for the time of the block."""
    from banenafspraak.config import cluster

    os.environ["BANENAFSPRAAK_VAR"] = str(bench_dir() / "omgeving")
    os.environ.setdefault("BANENAFSPRAAK_ENV", "test")
    os.environ["DJANGO_SETTINGS_MODULE"] = "banenafspraak.config.settings"
    server = None if os.environ.get("DATABASE_URL") else cluster.Cluster(bench_dir() / "omgeving")
    if server is None:
        yield from _django()
        return
    with server.serving():
        yield from _django()


def _django() -> Iterator[None]:
    import django
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    try:
        yield
    finally:
        connections.close_all()


def peak_mb() -> int:
    """The most memory this process has held, in MB (resident set)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
