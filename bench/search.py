"""How fast people are found: 1,000 seeded queries on 200,000 profiles in full detail, with six facets and the top 20.

- `p50_ms` and `p95_ms`: queries arrive by chance, 100 a second (Poisson), at the search function of one process; each
  first reads from PostgreSQL what changed, as a request does. Waiting for the one before counts. Nothing else runs.
- `closed_*`: the same queries one after another. `ratio_to_postgres`: their p95 divided by that of the reference query
  in PostgreSQL (`zoekreferentie`, with its indexes) on the same rows and the first queries of the same list.
- `http_p95_ms`: the same wishes as an employer's pages, over HTTP from the server as `make demo` runs it, two
  connections one request after another; those search the published classes of the same 200,000 people.
- Each of these is measured up to three times; the run in which other programs used least of the machine counts, and
  `foreign` and `http_foreign` say how much that was. PostgreSQL and the web server are no others.
- `index_mb`: what the columns and bitmaps take.
- `large`: the same at 2,000,000, with rows that were never in a database: the closed loop, and 10 a second by chance.

`--profielen N` and `--groot N` change the sizes (`--groot 0`: no large run); `--snel` is 20,000 and no large run.
"""

import argparse
import gc
import http.client
import json
import random
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import family_seconds, nobody, ready, sample
from bench._kandidaten import employer, people, queries, regels, seed

QUERIES = 1000
TO_POSTGRES = 200
ROUNDS = 3
RATE, LARGE_RATE = 100.0, 10.0


def main(argv: list[str]) -> dict[str, Any]:
    """Measure."""
    parser = argparse.ArgumentParser(prog="bench.search")
    parser.add_argument("--profielen", type=int, default=200_000)
    parser.add_argument("--groot", type=int, default=2_000_000, help="profiles of the large run; 0 for none")
    parser.add_argument("--snel", action="store_true", help="20,000 profiles, and no large run")
    options = parser.parse_args(argv)
    number, large = (20_000, 0) if options.snel else (options.profielen, options.groot)
    with ready("zoeken"):
        answer = _measure(number)
        if large:
            answer["large"] = _large(large, answer["closed_p95_ms"])
    return answer


def _measure(number: int) -> dict[str, Any]:
    from django.utils import timezone

    from banenafspraak.access.actor import Actor
    from banenafspraak.bemiddeling import klassen
    from banenafspraak.bemiddeling.zoekindex import INDEX

    now = timezone.now()
    today = timezone.localtime(now).date()
    begin = time.perf_counter()
    seed(people(number), now)
    seeded = time.perf_counter() - begin
    begin = time.perf_counter()
    done = klassen.publish(actor=Actor.system(doel="bench"), now=now)
    published = time.perf_counter() - begin
    asked = queries(QUERIES)
    begin = time.perf_counter()
    INDEX.refresh(today)
    built = time.perf_counter() - begin

    def search(wens: Any) -> None:
        INDEX.refresh(today)
        INDEX.search(wens, peildatum=today)

    for wens in asked[:50]:
        search(wens)
    gc.collect()
    gc.freeze()
    server = _postgres_seconds()
    closed, _ = _cleanest(lambda: _one_by_one(lambda wens: INDEX.search(wens, peildatum=today), asked), server)
    poisson, foreign = _cleanest(lambda: _by_chance(search, asked, RATE), server)
    postgres, agree = _postgres(INDEX, asked[:TO_POSTGRES], today)
    return {
        "profiles": number,
        "queries": len(asked),
        "p50_ms": _percentile(poisson, 50),
        "p95_ms": _percentile(poisson, 95),
        "p99_ms": _percentile(poisson, 99),
        **_http(asked),
        "ratio_to_postgres": round(_percentile(closed[:TO_POSTGRES], 95) / _percentile(postgres, 95), 4),
        "index_mb": round(INDEX.size / 1e6, 1),
        "closed_p50_ms": _percentile(closed, 50),
        "closed_p95_ms": _percentile(closed, 95),
        "postgres_p50_ms": _percentile(postgres, 50),
        "postgres_p95_ms": _percentile(postgres, 95),
        "answers_agree": agree,
        "build_s": round(built, 1),
        "seed_s": round(seeded, 1),
        "publish_s": round(published, 1),
        "published": done.toegevoegd,
        "classes": done.geopend,
        "foreign": foreign,
    }


def _cleanest(run: Callable[[], list[float]], servant: Callable[[], float]) -> tuple[list[float], float]:
    """The times of the run, out of three, in which others used least of the machine, and how much that was."""
    best: tuple[list[float], float] = ([], 2.0)
    for _ in range(ROUNDS):
        with sample(servant) as machine:
            taken = run()
        if machine.foreign < best[1]:
            best = (taken, machine.foreign)
        if machine.clean:
            break
    return best[0], round(best[1], 2)


def _postgres_seconds() -> Callable[[], float]:
    """The processor time of the PostgreSQL that answers us: it is no foreigner."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [backend] = cursor.fetchone()
    try:
        parent = int(Path(f"/proc/{backend}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[1])
    except OSError:  # on another machine
        return nobody
    return lambda: family_seconds(parent)


def _one_by_one(search: Callable[[Any], object], asked: list[Any]) -> list[float]:
    taken = []
    for wens in asked:
        begin = time.perf_counter()
        search(wens)
        taken.append((time.perf_counter() - begin) * 1000)
    return taken


def _by_chance(search: Callable[[Any], object], asked: list[Any], rate: float) -> list[float]:
    """Arrivals at random moments, answered in order; the time runs from the arrival."""
    rng, arrival, taken = random.Random(1), time.perf_counter(), []
    for wens in asked:
        arrival += rng.expovariate(rate)
        while (wait := arrival - time.perf_counter()) > 0:
            time.sleep(wait)
        search(wens)
        taken.append((time.perf_counter() - arrival) * 1000)
    return taken


def _postgres(index: Any, asked: list[Any], today: Any) -> tuple[list[float], bool]:
    """The times of the reference, and whether it gave the same answers."""
    from django.db import transaction

    from banenafspraak.bemiddeling import zoekreferentie, zoekregels

    with transaction.atomic():
        zoekreferentie.load(list(zoekregels.read(None, peildatum=today)))
        zoekreferentie.index()
        for wens in asked[:20]:
            zoekreferentie.search(wens, peildatum=today)
        taken = _one_by_one(lambda wens: zoekreferentie.search(wens, peildatum=today), asked)
        agree = all(
            zoekreferentie.search(wens, peildatum=today) == index.search(wens, peildatum=today) for wens in asked[:60]
        )
    return taken, agree


def _http(asked: list[Any]) -> dict[str, Any]:
    from bench._raadpleging import served

    _, cookie = employer()
    with served(workers=2, threads=1) as server:
        headers = {"Cookie": cookie, "Accept-Encoding": "gzip"}
        taken: list[float] = []
        wrong: list[int] = []

        def ask(some: list[Any]) -> None:
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
            for wens in some:
                begin = time.perf_counter()
                connection.request("GET", f"/werkgever/kandidaten/?{wens.query()}", headers=headers)
                response = connection.getresponse()
                response.read()
                taken.append((time.perf_counter() - begin) * 1000)
                wrong.extend([response.status] if response.status != 200 else [])
            connection.close()

        for _ in range(2):
            _together(ask, asked[:20])

        def run() -> list[float]:
            taken.clear()
            _together(ask, asked[:400])
            return list(taken)

        postgres = _postgres_seconds()
        best, foreign = _cleanest(run, lambda: postgres() + family_seconds(server.pid))
    return {
        "http_p50_ms": _percentile(best, 50),
        "http_p95_ms": _percentile(best, 95),
        "http_errors": len(wrong),
        "http_foreign": foreign,
    }


def _together(ask: Callable[[list[Any]], None], asked: list[Any]) -> None:
    threads = [threading.Thread(target=ask, args=(asked[at::2],)) for at in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _large(number: int, small_p95: float) -> dict[str, Any]:
    from django.utils import timezone

    from banenafspraak.bemiddeling import postcodes
    from banenafspraak.bemiddeling.zoekindex import Zoekindex

    today = timezone.localdate()
    index = Zoekindex()
    index._tabel = postcodes.table()
    begin = time.perf_counter()
    index.fill(regels(people(number, zaad=7), today))
    index.settle()
    built = time.perf_counter() - begin
    asked = queries(QUERIES)
    closed = _one_by_one(lambda wens: index.search(wens, peildatum=today), asked)
    poisson = _by_chance(lambda wens: index.search(wens, peildatum=today), asked[:300], LARGE_RATE)
    return {
        "profiles": number,
        "closed_p50_ms": _percentile(closed, 50),
        "closed_p95_ms": _percentile(closed, 95),
        "ratio_to_small": round(_percentile(closed, 95) / small_p95, 1),
        "p95_ms": _percentile(poisson, 95),
        "index_mb": round(index.size / 1e6, 1),
        "build_s": round(built, 1),
    }


def _percentile(taken: list[float], part: int) -> float:
    ordered = sorted(taken)
    return round(ordered[min(len(ordered) - 1, len(ordered) * part // 100)], 2)


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
