"""Getting an answer without a row in the logboek, by killing PostgreSQL or the web server while answers are given.

Clients ask without pause over HTTP, each request under an Idempotency-Key of its own; each answer that reached them
whole is remembered. At random moments every process of PostgreSQL, or in turn of the web server, gets a kill -9 and is
started again. After each recovery every answer must have its request in the logboek, in the history under its key, and
beside it the row of just the person who was asked about. A client that got no answer asks again under the same key: it
must not be counted twice. (A kill -9 is no power cut: what the operating system has been handed, it keeps.)

- `answers`: how many reached a client. `missing`: those without their rows. `double`: requests with more than one.
- `retried`: how many were asked again under the same key; `kills`: how many of each.

The database is set against us, in both runs: `synchronous_commit` is off for everybody, and the process that would
write in the background what nobody waits for is stopped. The mutant is the check that does not insist on waiting.
Always kills the attacks' own PostgreSQL, never that of DATABASE_URL.
"""

import argparse
import json
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from attacks import ready
from attacks._mutant import heal, mutated
from bench._raadpleging import Connection, Server, Werkgever, numbers, own_staff, request, seed, served

CLIENTS = 6
MUTANT_KILLS = 12
ZAAD = 20261124
NO_WAIT = ((r"PERFORM set_config\('synchronous_commit', 'on', true\);", ""),)


def main(argv: list[str]) -> dict[str, Any]:
    """`--kills` kills under load, and some of PostgreSQL with the mutant."""
    parser = argparse.ArgumentParser(prog="attacks.crash_audit")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--snel", action="store_true", help="three kills")
    options = parser.parse_args(argv)
    kills = 3 if options.snel else options.kills
    # These kills are for a PostgreSQL that is ours alone.
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("DATABASE_URL_WEB", None)
    with ready():
        from banenafspraak.config.cluster import Cluster
        from bench import bench_dir

        cluster = Cluster(bench_dir() / "omgeving")
        heal()
        every = numbers()
        employers = seed(people=2_000, employers=CLIENTS, registered=every[:2_000:2])
        with _set_against_us(cluster), served() as server:
            real = _Storm(cluster, server, employers)
            for n in range(kills):
                real.strike(postgres=n % 2 == 0)
            mutant = _Storm(cluster, server, employers)
            with mutated(*NO_WAIT):
                while not mutant.missing and mutant.kills["postgres"] < MUTANT_KILLS:
                    mutant.strike(postgres=True)
    return {
        "passed": real.missing == real.double == 0 and real.answers > 5 * kills,
        "mutant_caught": mutant.missing > 0,
        "kills": real.kills,
        "answers": real.answers,
        "missing": real.missing,
        "double": real.double,
        "retried": real.retried,
        "mutant_answers": mutant.answers,
        "mutant_missing": mutant.missing,
    }


@contextmanager
def _set_against_us(cluster: Any) -> Iterator[None]:
    """In the attacks' own database nobody waits for the disk, for the time of the block."""
    from banenafspraak.config.cluster import DATABASE, WEB

    with cluster.connect() as admin:
        admin.execute(f"ALTER DATABASE {DATABASE} SET synchronous_commit = off")
    try:
        with cluster.connect(role=WEB, dbname=DATABASE) as web:
            if web.execute("SHOW synchronous_commit").fetchone() != ("off",):
                raise RuntimeError("the database still waits for the disk: the attack would prove nothing")
        yield
    finally:
        with cluster.connect() as admin:
            admin.execute(f"ALTER DATABASE {DATABASE} RESET synchronous_commit")


class _Storm:
    """Clients that never stop asking, and somebody with a kill -9."""

    def __init__(self, cluster: Any, server: Server, employers: list[Werkgever]) -> None:
        self._cluster, self._server, self._employers = cluster, server, employers
        self._rng = random.Random(ZAAD)
        self._answered: list[tuple[str, str, str]] = []  # number of the request, key, who was asked about
        self._stop = threading.Event()
        self._number = 0
        self.kills = {"postgres": 0, "web": 0}
        self.answers = self.missing = self.double = self.retried = 0

    def strike(self, *, postgres: bool) -> None:
        """Ask under load, kill at a random moment, start again, go on for a moment, and lay answers beside rows."""
        self._answered, self._stop = [], threading.Event()
        writer = self._stop_writer()
        clients = [threading.Thread(target=self._ask, args=(one,)) for one in self._employers]
        for client in clients:
            client.start()
        try:
            time.sleep(self._rng.uniform(0.4, 1.6))
            if postgres:
                kill_cluster(self._cluster)
                self._start()
            else:
                self._server.kill()
                self._server.start()
            self._go_on()
        finally:
            self._stop.set()
            for client in clients:
                client.join()
            with suppress(ProcessLookupError):
                os.kill(writer, signal.SIGCONT)
        self.kills["postgres" if postgres else "web"] += 1
        self.answers += len(self._answered)
        self._compare()

    def _go_on(self) -> None:
        """Until the clients, who ask again what was not answered, are answered again."""
        enough, deadline = len(self._answered) + 2 * CLIENTS, time.monotonic() + 60
        while len(self._answered) < enough:
            if time.monotonic() > deadline:
                raise RuntimeError("after the kill nobody is answered any more")
            time.sleep(0.05)

    def _stop_writer(self) -> int:
        """Hold the process that writes in the background; returns its id."""
        with self._cluster.connect() as admin:
            [pid] = admin.execute("SELECT pid FROM pg_stat_activity WHERE backend_type = 'walwriter'").fetchone()
        if pid not in _children(_postmaster(self._cluster)):
            raise RuntimeError("this process is not of the attacks' own PostgreSQL")
        os.kill(pid, signal.SIGSTOP)
        return int(pid)

    def _start(self) -> None:
        from django.db import connection

        connection.close()
        deadline = time.monotonic() + 60
        while True:
            try:
                return self._cluster.start()
            except Exception:  # whatever a server that was just killed answers; what lasts is raised all the same
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def _ask(self, employer: Werkgever) -> None:
        """One client: an unanswered request is sent again as it was."""
        connection, sent, key, number, failed = None, b"", "", "", False
        while not self._stop.is_set():
            if not sent:
                key, number = self._next_key(), employer.staff[self._number % len(employer.staff)]
                sent = request(employer.sleutel, [own_staff(number)], idempotency_key=key)
            try:
                connection = connection or Connection(self._server.port)
                status, _, body = connection.ask(sent)
            except (OSError, ValueError):
                if connection:
                    connection.close()
                connection, failed = None, True
                time.sleep(0.02)
                continue
            if status != 200:
                failed = True
                time.sleep(0.02)
                continue
            self._answered.append((json.loads(body)["verzoek"], key, number))
            self.retried += failed
            sent, failed = b"", False

    def _next_key(self) -> str:
        self._number += 1
        return f"aanval-{self._number}-{self._rng.getrandbits(64):x}"

    def _compare(self) -> None:
        """Count answers whose request, key or person is not in the history and the logboek, exactly once."""
        from django.db import connection

        from banenafspraak.access import bsn as bsns

        audit = bsns.indexer(doel="audit")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT (SELECT count(*) FROM register_raadpleegverzoek AS z WHERE z.id = a.verzoek"
                "        AND z.sleutel = a.sleutel),"
                " (SELECT count(*) FROM access_logregel AS r JOIN access_verwerking AS v"
                "  ON v.parent_operation_id = r.operation_id AND v.betrokkene_index = a.persoon"
                "  WHERE r.onderwerp = 'verzoek ' || a.verzoek)"
                " FROM unnest(%s::uuid[], %s::bytea[], %s::bytea[]) AS a(verzoek, sleutel, persoon)",
                [
                    [verzoek for verzoek, _, _ in self._answered],
                    [bsns.keyed(key, tag="verzoek")[-1] for _, key, _ in self._answered],
                    [audit.indexes(bsns.Bsn.parse(number))[0] for _, _, number in self._answered],
                ],
            )
            for requests, people in cursor.fetchall():
                self.missing += min(requests, people) == 0
                self.double += max(requests, people) > 1


def kill_cluster(cluster: Any) -> None:
    """Every process of this cluster and no other, without a word and before it can clear up."""
    postmaster = _postmaster(cluster)
    os.kill(postmaster, signal.SIGSTOP)
    for pid in [*_children(postmaster), postmaster]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _postmaster(cluster: Any) -> int:
    pid = int((cluster.data / "postmaster.pid").read_text().split()[0])
    if Path(f"/proc/{pid}/cwd").resolve() != cluster.data.resolve():
        raise RuntimeError("the process in postmaster.pid is not the attacks' own PostgreSQL")
    return pid


def _children(parent: int) -> list[int]:
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(place.read_text().rsplit(")", 1)[1].split()[1]) == parent:
                found.append(int(place.parent.name))
    return found


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
