"""The performance claims, as commands that print JSON: ``python -m bench.NAME``, or all of them: ``python -m bench``.

Each module has ``main(argv) -> dict``; its ``--snel`` is small enough for CI. What a bench needs is made once, from a
seed, under ``var/bench``, with a database and keys of its own: nobody's data is touched.
"""

import os
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def bench_dir() -> Path:
    """Where the made data is kept: BANENAFSPRAAK_BENCH, else ``var/bench``."""
    place = Path(os.environ.get("BANENAFSPRAAK_BENCH", ROOT / "var" / "bench"))
    place.mkdir(parents=True, exist_ok=True)
    return place


@contextmanager
def ready(omgeving: str = "omgeving") -> Iterator[None]:
    """Django with an up-to-date database of the benches' own, or the one in DATABASE_URL, for the time of the block.

    Another `omgeving` is another cluster with keys of its own, for a bench that changes what the others read.
    """
    from banenafspraak.config import cluster

    os.environ["BANENAFSPRAAK_VAR"] = str(bench_dir() / omgeving)
    os.environ.setdefault("BANENAFSPRAAK_ENV", "test")
    os.environ["DJANGO_SETTINGS_MODULE"] = "banenafspraak.config.settings"
    server = None if os.environ.get("DATABASE_URL") else cluster.Cluster(bench_dir() / omgeving)
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


@dataclass
class Sample:
    """One measured run: its wall time, and how much of the machine others used meanwhile (0..1; 0 if unknown)."""

    seconds: float = 0.0
    foreign: float = 0.0

    @property
    def clean(self) -> bool:
        """Whether the machine was ours, nearly."""
        return self.foreign < 0.08


def nobody() -> float:
    """The processor time of no other program."""
    return 0.0


@contextmanager
def sample(servant: Callable[[], float] = nobody) -> Iterator[Sample]:
    """Measure the block; the sample is filled in when it ends. On a shared machine only clean ones say much.

    `servant` gives the processor time of another program that does the work of the block: it is no foreigner then.
    """
    taken = Sample()
    busy, own, begin = _busy_seconds(), sum(os.times()[:4]) + servant(), time.perf_counter()
    yield taken
    taken.seconds = time.perf_counter() - begin
    if busy is not None and (later := _busy_seconds()) is not None:
        others = later - busy - (sum(os.times()[:4]) + servant() - own)
        taken.foreign = max(0.0, others / taken.seconds / (os.cpu_count() or 1))


def _busy_seconds() -> float | None:
    """Processor time all programs of this machine have used; None where the system does not say."""
    try:
        fields = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:9]
    except OSError:
        return None
    user, nice, system, _idle, _iowait, irq, softirq, steal = (int(field) for field in fields)
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def family_seconds(parent: int) -> float:
    """Processor time of a program with all children it has or had; 0 where the system does not say."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile, and its parent has its time now
        if parent in (int(path.parent.name), int(fields[1])):
            ticks += sum(int(field) for field in fields[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")
