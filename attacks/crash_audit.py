"""Getting an answer without a row in the logboek, by killing PostgreSQL or the web server while answers are given.

Clients ask without pause; each answer that reached them whole is remembered. Now and then everything of PostgreSQL, or
of the web server, gets a kill -9 and is started again. In the end every answer must have its request in the logboek and
its person beside it. The mutant does not wait for the disk (`synchronous_commit=off`).

Needs a PostgreSQL of its own to kill: with DATABASE_URL it says so and does not pass.
"""

import argparse
import json
import os
import random
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

from attacks import ready
from attacks._mutant import mutated
from bench._raadpleging import Connection, Server, Werkgever, numbers, own_staff, request, seed, served

CLIENTS = 8
ZAAD = 20261124
NO_WAIT = ((r"set_config\('synchronous_commit', 'on', true\)", "set_config('synchronous_commit', 'off', true)"),)


def main(argv: list[str]) -> dict[str, Any]:
    """`--kills` kills under load, and some more with the mutant."""
    parser = argparse.ArgumentParser(prog="attacks.crash_audit")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--snel", action="store_true", help="four kills")
    options = parser.parse_args(argv)
    kills = 4 if options.snel else options.kills
    if os.environ.get("DATABASE_URL"):
        return {"passed": False, "mutant_caught": False, "reden": "zonder DATABASE_URL: er wordt PostgreSQL gedood"}
    with ready():
        every = numbers()
        employers = seed(people=5_000, employers=CLIENTS, registered=every[::2])
        with served() as server:
            storm = _Storm(server, employers)
            answered, missing = storm.run(kills, both=True)
            mutant_answered = mutant_missing = mutant_kills = 0
            with mutated(*NO_WAIT):
                while not mutant_missing and mutant_kills < 12:
                    more, lost = storm.run(2, both=False)
                    mutant_answered, mutant_missing, mutant_kills = mutant_answered + more, lost, mutant_kills + 2
    return {
        "passed": missing == 0 and answered > 5 * kills,
        "mutant_caught": mutant_missing > 0,
        "kills": kills,
        "answers": answered,
        "without_audit_row": missing,
        "mutant_answers": mutant_answered,
        "mutant_without_audit_row": mutant_missing,
    }


class _Storm:
    """Clients that never stop asking, and somebody with a kill -9."""

    def __init__(self, server: Server, employers: list[Werkgever]) -> None:
        from banenafspraak.config import cluster
        from bench import bench_dir

        self._server, self._employers = server, employers
        self._cluster = cluster.Cluster(bench_dir() / "omgeving")
        self._rng = random.Random(ZAAD)
        self._answered: list[str] = []
        self._stop = threading.Event()

    def run(self, kills: int, *, both: bool) -> tuple[int, int]:
        """So many kills; returns how many answers there were, and how many without a row."""
        self._answered, self._stop = [], threading.Event()
        clients = [threading.Thread(target=self._ask, args=(one,)) for one in self._employers]
        for client in clients:
            client.start()
        try:
            for n in range(kills):
                time.sleep(self._rng.uniform(0.4, 1.0))
                if both and n % 4 == 3:
                    self._server.kill()
                    self._server.start()
                else:
                    self._kill_postgres()
        finally:
            self._stop.set()
            for client in clients:
                client.join()
        return len(self._answered), self._missing()

    def _ask(self, employer: Werkgever) -> None:
        connection, n = None, 0
        while not self._stop.is_set():
            try:
                connection = connection or Connection(self._server.port)
                n += 1
                status, _, body = connection.ask(
                    request(employer.sleutel, [own_staff(employer.staff[n % len(employer.staff)])])
                )
            except (OSError, ValueError):
                connection = None
                time.sleep(0.02)
                continue
            if status == 200:
                self._answered.append(json.loads(body)["verzoek"])
            else:
                time.sleep(0.02)

    def _kill_postgres(self) -> None:
        """Every process of this cluster, at once and without a word; then the supervisor starts it anew."""
        from django.db import connection

        connection.close()
        postmaster = int((self._cluster.data / "postmaster.pid").read_text().split()[0])
        os.kill(postmaster, signal.SIGSTOP)  # so that it does not begin to clear up between the kills
        for pid in [*_children(postmaster), postmaster]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        deadline = time.monotonic() + 60
        while True:
            time.sleep(0.1)
            try:
                self._cluster.start()
                break
            except Exception:
                if time.monotonic() > deadline:
                    raise

    def _missing(self) -> int:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM unnest(%s::text[]) AS a(verzoek) WHERE NOT EXISTS ("
                "SELECT FROM access_logregel AS r "
                "JOIN access_verwerking AS v ON v.parent_operation_id = r.operation_id "
                "WHERE r.onderwerp = 'verzoek ' || a.verzoek)",
                [self._answered],
            )
            return int(cursor.fetchone()[0])


def _children(parent: int) -> list[int]:
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(place.parent.name))
    return found


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
