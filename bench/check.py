"""The employer's check under load: the real web server and PostgreSQL, asked over kept-alive connections.

Each answer includes the key, the role, quota, detector, logboek and a commit on disk. `ratio_to_database` is the rate
over HTTP against the rate of the same statements driven straight at PostgreSQL, in the same run. The load comes from a
process of its own, on the same machine. The figures hold whatever else the machine does.
"""

import argparse
import json
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from bench import ready
from bench._raadpleging import Connection, Werkgever, expected, numbers, own_staff, request, seed, served

CONNECTIONS = 8
BATCH = 100


def main(argv: list[str]) -> dict[str, object]:
    """Seed, serve, ask one by one, ask by the hundred, and ask PostgreSQL itself."""
    parser = argparse.ArgumentParser(prog="bench.check")
    parser.add_argument("--snel", action="store_true", help="a small register and a few seconds")
    parser.add_argument("--generator", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.generator:
        return _generate(json.load(sys.stdin))
    people, seconds = (10_000, 2.0) if options.snel else (500_000, 20.0)
    with ready():
        every = numbers()
        employers = seed(people=people, employers=20, registered=every[::2])
        with served() as server:
            _run(server.port, employers, seconds=1.5, batch=1)  # every worker has read its modules and its keys
            single = _run(server.port, employers, seconds=seconds, batch=1)
            batch = _run(server.port, employers, seconds=seconds / 2, batch=BATCH)
        direct = _direct(employers, seconds / 2)
        cpu = _layers(employers[0])
    return {
        "checks_per_s": single["checks_per_s"],
        "p50_ms": single["p50_ms"],
        "p99_ms": single["p99_ms"],
        "ratio_to_database": round(single["checks_per_s"] / direct, 3),
        "database_checks_per_s": round(direct, 1),
        "batch100_checks_per_s": batch["checks_per_s"],
        "batch_factor": round(batch["checks_per_s"] / single["checks_per_s"], 1),
        "batch100_p99_ms": batch["p99_ms"],
        "errors": single["errors"] + batch["errors"],
        "people": people,
        "connections": CONNECTIONS,
        **cpu,
    }


def _run(port: int, employers: list[Werkgever], *, seconds: float, batch: int) -> dict[str, Any]:
    """Ask for so long from a process of its own."""
    order = {
        "port": port,
        "seconds": seconds,
        "batch": batch,
        "employers": [[one.sleutel, list(one.staff)] for one in employers],
    }
    done = subprocess.run(
        [sys.executable, "-m", "bench.check", "--generator"], input=json.dumps(order), stdout=subprocess.PIPE,
        text=True, check=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _generate(order: dict[str, Any]) -> dict[str, object]:
    taken: list[float] = []
    errors = 0
    lock = threading.Lock()
    begin = time.perf_counter()
    until = begin + order["seconds"]

    def ask_many(place: int) -> None:
        nonlocal errors
        employers = order["employers"][place::CONNECTIONS] or order["employers"][:1]
        requests = [
            request(key, [own_staff(number) for number in staff[start : start + order["batch"]]])
            for key, staff in employers
            for start in range(0, len(staff) - order["batch"] + 1, order["batch"])
        ]
        # One in five is about somebody the employer wants to take on, asked before or with what is left.
        if order["batch"] == 1:
            requests += [request(key, [expected(staff[n])]) for key, staff in employers for n in range(len(staff) // 4)]
        connection, mine, wrong, n = Connection(order["port"]), [], 0, place
        while (now := time.perf_counter()) < until:
            status, _, _ = connection.ask(requests[n % len(requests)])
            n += 7
            mine.append(time.perf_counter() - now)
            wrong += status != 200
        connection.close()
        with lock:
            taken.extend(mine)
            errors += wrong

    threads = [threading.Thread(target=ask_many, args=(place,)) for place in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - begin
    times = statistics.quantiles([one * 1000 for one in taken], n=100)
    return {
        "checks_per_s": round(len(taken) * order["batch"] / elapsed, 1),
        "p50_ms": round(times[49], 1),
        "p99_ms": round(times[98], 1),
        "errors": errors,
    }


def _statements(employer: Werkgever) -> Callable[[Any, int], None]:
    """What one check sends to PostgreSQL: the key, the role, the question, the end."""
    import hashlib

    from django.utils import timezone

    from banenafspraak.access import database
    from banenafspraak.access.actor import Actor
    from banenafspraak.access.bsn import Bsn
    from banenafspraak.access.permissions import Rol
    from banenafspraak.register import raadpleging
    from banenafspraak.wet.raadpleging import Raadpleegsoort

    actor = Actor(employer.gebruiker, employer.id, Rol.WERKGEVER, None, "bench")
    today: date = timezone.localtime(timezone.now()).date()
    digest = hashlib.sha256(employer.sleutel.encode()).digest()
    settings = [str(actor.gebruiker_id), str(actor.organisatie_id), "", "", "", "", "ba_werkgever"]

    def run(connection: Any, n: int) -> None:
        now = timezone.now()
        vraag = raadpleging.Vraag(Bsn.parse(employer.staff[n % len(employer.staff)]), Raadpleegsoort.WERKNEMER, today)
        parameters = raadpleging._parameters(actor, [vraag], None, "", now)
        connection.execute("SELECT gebruiker_id FROM access_apisleutel_actor(%s, %s)", [digest, now])
        with connection.transaction():
            connection.execute(database._ENTER, settings)
            connection.execute(raadpleging._ASK, parameters).fetchall()

    return run


def _direct(employers: list[Werkgever], seconds: float) -> float:
    """Checks a second straight at PostgreSQL, over as many connections, logged in as the website is."""
    import psycopg
    from django.db import connection as django
    from django.utils.module_loading import import_string

    connect = import_string("banenafspraak.config.cluster.Cluster")
    from bench import bench_dir

    cluster = connect(bench_dir() / "omgeving")
    counts: list[int] = []
    until = time.perf_counter() + seconds

    def ask_many(place: int) -> None:
        options = django.get_connection_params()
        with psycopg.connect(
            host=options.get("host"), port=options.get("port"), dbname=options["dbname"],
            user="banenafspraak_web" if cluster.password("banenafspraak_web") else options["user"],
            password=cluster.password("banenafspraak_web") or options.get("password"), autocommit=True,
            cursor_factory=psycopg.ClientCursor,
        ) as connection:  # fmt: skip
            run = _statements(employers[place % len(employers)])
            n = place
            while time.perf_counter() < until:
                run(connection, n)
                n += 7
            counts.append((n - place) // 7)

    threads = [threading.Thread(target=ask_many, args=(place,)) for place in range(CONNECTIONS)]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - begin)


def _layers(employer: Werkgever) -> dict[str, float]:
    """Milliseconds of one check, alone: in PostgreSQL, and through Django without a network."""
    from django.db import connection
    from django.test import Client

    run, times = _statements(employer), []
    connection.ensure_connection()
    for n in range(60):
        begin = time.perf_counter()
        run(connection.connection, n)
        times.append(time.perf_counter() - begin)
    client, pages = Client(SERVER_NAME="127.0.0.1"), []
    body = json.dumps({"vragen": [own_staff(employer.staff[0])]})
    for _ in range(60):
        begin = time.perf_counter()
        response = client.post(
            "/api/v1/raadplegingen", body, content_type="application/json",
            headers={"Authorization": f"Bearer {employer.sleutel}"},
        )  # fmt: skip
        assert response.status_code == 200, response.content
        pages.append(time.perf_counter() - begin)
    return {
        "database_ms": round(statistics.median(times) * 1000, 2),
        "django_ms": round(statistics.median(pages) * 1000, 2),
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
