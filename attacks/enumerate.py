"""Finding out who is in the register by asking about many numbers, through the real HTTP door.

The attacker holds the key of an employer with 900 people, and asks about people he wants to take on.

- `random`: numbers drawn blindly, of which 0.55% are registered, as half a million among 91 million. He has all the
  patience in the world: the bucket is full again before each question.
- `sequential`: one number after the other, as patient.
- `colluding`: four employers walk through the numbers in turn, each every fourth in a random order, as patient.
- `leaked`: a list of people who exist, of whom 2.8% are registered, in one go: he goes on until he is blocked.

`probes` is how many questions it took until the block, `learned` how many registered people were found by one employer.
`leaked_patient` is the same list by somebody who waits for months; it is told, and no promise is made about it beyond
the quota. In the mutant the detector is off.
"""

import argparse
import json
import random
import statistics
import sys
from collections.abc import Sequence
from typing import Any

from attacks import ready
from attacks._mutant import mutated
from bench._raadpleging import Connection, Werkgever, answers, expected, numbers, request, seed, served

HITS, LEAKED, LEAKED_HITS = 0.0055, 500, 0.028
COLLUDING = 4
LIMIT = 120
ZAAD = 20261124

# No evidence is ever enough, and nobody is a neighbour.
DETECTOR_OFF = (
    (r"cusum >= 7\.0", "cusum >= 7e9"),
    (r"\) >= 2\s", ") >= 2000 "),
    (r"fouten >= 10", "fouten >= 1000000"),
)


def main(argv: list[str]) -> dict[str, Any]:
    """All strategies, and the random one with the detector off."""
    parser = argparse.ArgumentParser(prog="attacks.enumerate")
    parser.add_argument("--n", type=int, default=100, help="how many times each strategy is tried")
    parser.add_argument("--snel", action="store_true", help="a dozen times")
    options = parser.parse_args(argv)
    tries = 12 if options.snel else options.n
    rng = random.Random(ZAAD)
    with ready():
        every = numbers()
        registered = set(rng.sample(every, round(len(every) * HITS)))
        listed = rng.sample(sorted(registered), round(LEAKED * LEAKED_HITS))
        leaked = listed + rng.sample(sorted(set(every) - registered), LEAKED - len(listed))
        employers = seed(people=20_000, employers=COLLUDING, registered=sorted(registered), staff=900)
        with served() as server:
            attacker = _Attacker(server.port, employers, set(every) - {n for one in employers for n in one.staff}, rng)
            outcomes = {
                "random": [attacker.random() for _ in range(tries)],
                "sequential": [attacker.sequential() for _ in range(tries)],
                "colluding": [one for _ in range(tries // 4) for one in attacker.colluding()],
                "leaked": [attacker.listed(leaked, patient=False) for _ in range(tries)],
            }
            patient = [attacker.listed(leaked, patient=True) for _ in range(tries // 4)]
            with mutated(*DETECTOR_OFF):
                mutant = [attacker.random() for _ in range(3)]
    every_run = [run for runs in outcomes.values() for run in runs]
    found = {name: _summary(runs) for name, runs in outcomes.items()}
    learned = round(statistics.mean(one for _, one in every_run), 3)
    return {
        "passed": max(s["median_probes"] for s in found.values()) <= 40 and learned <= 0.3,
        "mutant_caught": min(probes for probes, _ in mutant) >= LIMIT,
        "median_probes": statistics.median(probes for probes, _ in every_run),
        "persons_learned": learned,
        "strategies": found,
        "leaked_patient": _summary(patient),
        "mutant_probes": [probes for probes, _ in mutant],
        "runs": len(every_run),
    }


def _summary(runs: Sequence[tuple[int, int]]) -> dict[str, float]:
    probes = sorted(p for p, _ in runs)
    return {
        "median_probes": statistics.median(probes),
        "p99_probes": probes[min(len(probes) - 1, round(len(probes) * 0.99))],
        "persons_learned": round(statistics.mean(found for _, found in runs), 3),
    }


class _Attacker:
    """Asks until blocked, and forgets afterwards: each try is a new year of a new employer."""

    def __init__(self, port: int, employers: Sequence[Werkgever], strangers: set[str], rng: random.Random) -> None:
        self._connection = Connection(port)
        self._employers, self._strangers, self._rng = employers, sorted(strangers) or numbers(), rng

    def random(self) -> tuple[int, int]:
        self._forget()
        return self._ask(self._employers[0], self._rng.sample(self._strangers, LIMIT), patient=True)

    def sequential(self) -> tuple[int, int]:
        self._forget()
        start = self._rng.randrange(len(self._strangers) - LIMIT)
        return self._ask(self._employers[0], self._strangers[start : start + LIMIT], patient=True)

    def colluding(self) -> list[tuple[int, int]]:
        self._forget()
        shared = self._rng.sample(self._strangers, LIMIT * COLLUDING)
        return [self._ask(one, shared[n::COLLUDING], patient=True) for n, one in enumerate(self._employers)]

    def listed(self, leaked: Sequence[str], *, patient: bool) -> tuple[int, int]:
        self._forget()
        return self._ask(self._employers[0], self._rng.sample(list(leaked), LIMIT), patient=patient)

    def _ask(self, employer: Werkgever, asked: Sequence[str], *, patient: bool) -> tuple[int, int]:
        learned = 0
        for probes, number in enumerate(asked, 1):
            if patient:
                self._sql("UPDATE register_raadpleegstand SET tegoed = 10, fouten = 0")
            status, _, body = self._connection.ask(request(employer.sleutel, [expected(number)]))
            if status != 200:
                raise RuntimeError(f"the door answers {status}")
            [answer] = answers(body)
            learned += answer["geregistreerd"] is True
            if self._blocked(employer):
                return probes, learned
        return len(asked), learned

    def _blocked(self, employer: Werkgever) -> bool:
        return bool(
            self._sql("SELECT geblokkeerd FROM register_raadpleegstand WHERE organisatie_id = %s", employer.id)[0][0]
        )

    def _forget(self) -> None:
        self._sql(
            "TRUNCATE register_bezwaar, register_blokkade, register_raadpleging, register_raadpleegverzoek, "
            "register_raadpleegstand"
        )

    @staticmethod
    def _sql(statement: str, *values: object) -> list[tuple[Any, ...]]:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
