"""How long replacing every key takes with a nation's register, while others look people up and sign people in.

A second process asks for somebody by BSN, over and over, and now and then signs in somebody who may be there already.
An answer counts as an error when it is not exactly the right person. Prints the people, the seconds of the change and
of the clearing up after it, and what the other process did meanwhile.

The numbers of these people do not pass the elfproef, so that they can be nobody's BSN.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from bench import bench_dir, peak_mb, ready, sample

_OMGEVING = "omgeving-sleutels"
_BORN = date(1990, 5, 1)


def numbers(count: int) -> Iterator[str]:
    """So many numbers of nine digits that are no BSN."""
    from banenafspraak.access.bsn import is_valid

    found, number = 0, 100_000_000
    while found < count:
        number += 1
        if not is_valid(text := str(number)):
            found += 1
            yield text


def _fill(people: int) -> None:
    from django.db import connection, transaction

    from banenafspraak.access.bsn import Bsn
    from banenafspraak.register import persoonsindex

    columns = ("id", "bsn_index", "bsn_index_eerder", "index_versie", "bsn_verzegeld", "geboortedatum")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE register_persoon CASCADE")
        # PostgreSQL does not copy into a table that is protected row by row.
        cursor.execute(f"CREATE TEMPORARY TABLE nieuw AS SELECT {', '.join(columns)} FROM register_persoon LIMIT 0")
        with cursor.copy(f"COPY nieuw ({', '.join(columns)}) FROM STDIN") as copy:
            for text in numbers(people):
                persoon = persoonsindex.new(Bsn(text), geboortedatum=_BORN)
                copy.write_row([getattr(persoon, column) for column in columns])
        cursor.execute(f"INSERT INTO register_persoon ({', '.join(columns)}) SELECT * FROM nieuw; DROP TABLE nieuw")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE register_persoon")


def _visitor(people: int, stop: Path) -> dict[str, Any]:
    """What the other process does until the file `stop` is there."""
    import django

    django.setup()
    from banenafspraak.access import bsn as bsns
    from banenafspraak.access.bsn import Bsn, is_valid
    from banenafspraak.register import persoonsindex
    from banenafspraak.register.models import bsn_context
    from banenafspraak.register.personen import find_or_add

    known = list(numbers(people))
    made_up = [Bsn.parse(text) for n in range(999_900_000, 999_990_000) if is_valid(text := str(n))]
    signed_in: dict[str, UUID] = {}
    choice = random.Random(1)
    reads = writes = errors = 0
    slowest = 0.0
    print("klaar", flush=True)
    while not stop.exists():
        text = choice.choice(known)
        begin = time.perf_counter()
        found = list(persoonsindex.with_bsn(Bsn(text)))
        slowest = max(slowest, time.perf_counter() - begin)
        reads += 1
        opened = [bsns.unseal(p.bsn_verzegeld, context=bsn_context(p.pk)) for p in found]
        errors += opened != [text]
        if reads % 50 == 0:
            bsn = choice.choice(made_up[:40])
            persoon = find_or_add(bsn, _BORN)
            errors += signed_in.setdefault(bsn.reveal(), persoon) != persoon
            writes += 1
        time.sleep(0.002)
    return {"reads": reads, "writes": writes, "errors": errors, "slowest_read_ms": round(slowest * 1000)}


@contextmanager
def _processor() -> Iterator[list[float]]:
    """Processor time of this process and of PostgreSQL on its behalf: what the work costs, however busy the machine."""
    from django.db import connection

    def taken() -> float:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (pid,) = cursor.fetchone()
        stat = Path(f"/proc/{pid}/stat")
        ticks = sum(map(int, stat.read_text(encoding="ascii").rsplit(")", 1)[1].split()[11:13])) if stat.exists() else 0
        return sum(os.times()[:2]) + ticks / os.sysconf("SC_CLK_TCK")

    used, begin = [0.0], taken()
    yield used
    used[0] = taken() - begin


def measure(people: int) -> dict[str, Any]:
    """Fill the register, change all keys with the other process running, and clear up. Call it inside `ready`."""
    from django.utils import timezone

    from banenafspraak.access import sleutelwissel
    from banenafspraak.access.actor import Actor
    from banenafspraak.access.sleutelbestand import SLEUTELDOELEN

    actor = Actor.system(doel="snelheid van het vervangen van sleutels meten")
    while sleutelwissel.stand().loopt:
        sleutelwissel.wissel(actor=actor, now=timezone.now())
        sleutelwissel.ruim_op(actor=actor, now=timezone.now())
    _fill(people)
    stop = bench_dir() / f".stop-{os.getpid()}"
    visitor = subprocess.Popen(
        [sys.executable, "-m", "bench.sleutels", "--bezoeker", str(stop), "--mensen", str(people)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert visitor.stdout is not None
    try:
        visitor.stdout.readline()
        with sample() as rotating, _processor() as used:
            sleutelwissel.begin(actor=actor, doelen=SLEUTELDOELEN, now=timezone.now())
            changed = sleutelwissel.wissel(actor=actor, now=timezone.now())
        with sample() as clearing:
            sleutelwissel.ruim_op(actor=actor, now=timezone.now())
    finally:
        stop.touch()
        answer, _ = visitor.communicate(timeout=60)
        stop.unlink()
    during = json.loads(answer.strip().splitlines()[-1])
    return {
        "people": people,
        "changed": changed,
        "seconds": round(rotating.seconds, 1),
        "clearing_seconds": round(clearing.seconds, 1),
        "reads_during": during["reads"],
        "writes_during": during["writes"],
        "errors_during": during["errors"],
        "slowest_read_ms": during["slowest_read_ms"],
        "cpu_seconds": round(used[0], 1),
        "foreign": round(rotating.foreign, 2),
        "peak_mb": peak_mb(),
    }


def main(argv: list[str]) -> dict[str, Any]:
    """Measure; `--snel` with few people."""
    parser = argparse.ArgumentParser(prog="bench.sleutels")
    parser.add_argument("--snel", action="store_true", help="few people")
    parser.add_argument("--bezoeker", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--mensen", type=int, default=500_000, help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.bezoeker:
        return _visitor(options.mensen, options.bezoeker)
    with ready(_OMGEVING):
        return measure(8_000 if options.snel else options.mensen)


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
