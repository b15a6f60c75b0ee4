"""Several actions at the same moment, as several people do them: for the tests of what may happen only once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from banenafspraak.register.overgangen import NietMogelijk


def together(*jobs: Callable[[], Any]) -> list[Any]:
    """Run each in a thread with a connection of its own, begun at the same moment; what each gave or raised."""
    start = Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        start.wait(timeout=30)
        try:
            return job()
        except NietMogelijk as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))
