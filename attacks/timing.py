"""Telling whether somebody is registered by how long an answer takes, how long it is, or what its headers say.

Through the real HTTP door, over one kept-alive connection to one worker. Groups of four questions, each group in a
random order and each about new people, so that whatever else the machine does falls on all four: a hit and a miss that
are answered, and a hit and a miss of an employer that is blocked, who must not learn by the clock what he is refused.

- `ks`, `ks_refused`: the Kolmogorov-Smirnov distance between the times of hits and misses, answered and refused;
  `ks_refusal` between answered and refused misses. All stay under `critical`, which equal distributions exceed once in
  twenty. A distance over it is therefore measured twice more, and the lower two of three count: the middle one.
- `lengths`: every length of a body. `headers_equal`: same status, names and values, but for the clock and the number
  of the request.

The mutant writes the history and the logboek for hits only, and so waits for the disk for hits only.
"""

import argparse
import json
import math
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from attacks import ready
from attacks._mutant import heal, mutated
from bench._raadpleging import Connection, Werkgever, answers, expected, numbers, request, seed, served

EMPLOYERS = 8
WARM_UP, MUTANT = 60, 300
ZAAD = 20261124
KINDS = ("hit", "miss", "refused hit", "refused miss")
PAIRS = {"ks": ("hit", "miss"), "ks_refused": ("refused hit", "refused miss"), "ks_refusal": ("miss", "refused miss")}

ON_HITS = (
    (
        r"(INSERT INTO public\.register_raadpleegverzoek .*?)(UPDATE public\.register_kandidaatcode)",
        r"IF treffer[1] THEN \1 ELSE PERFORM set_config('synchronous_commit', 'off', true); END IF; \2",
    ),
)


def main(argv: list[str]) -> dict[str, Any]:
    """One round, two more when it shows a difference, and one with the mutant."""
    parser = argparse.ArgumentParser(prog="attacks.timing")
    parser.add_argument("--n", type=int, default=3000, help="of each of the four kinds")
    parser.add_argument("--snel", action="store_true", help="some hundreds in all")
    options = parser.parse_args(argv)
    number = 150 if options.snel else options.n
    with ready():
        heal()
        every = numbers()
        registered = every[::2]
        employers = seed(people=2 * len(registered), employers=EMPLOYERS, registered=registered, staff=1)
        prepare = _prepare(employers)
        questions = _questions(employers, set(registered))
        with served(workers=1, threads=1) as server:
            _round(server.port, questions, WARM_UP, prepare)
            rounds = [_round(server.port, questions, number, prepare)]
            if any(distance >= _critical(number) for distance in rounds[0].distances().values()):
                rounds += [_round(server.port, questions, number, prepare) for _ in range(2)]
            with mutated(*ON_HITS):
                mutant = _round(server.port, questions, MUTANT, prepare, PAIRS["ks"])
    distances = {name: statistics.median(one.distances()[name] for one in rounds) for name in PAIRS}
    lengths = sorted({length for one in rounds for length in one.lengths})
    shapes = {shape for one in rounds for shape in one.shapes}
    critical = _critical(number)
    mutant_ks = mutant.distances()["ks"]
    return {
        "passed": max(distances.values()) < critical and len(lengths) == len(shapes) == 1,
        "mutant_caught": mutant_ks > _critical(MUTANT),
        **{name: round(distance, 4) for name, distance in distances.items()},
        "critical": round(critical, 4),
        "lengths": lengths,
        "headers_equal": len(shapes) == 1,
        "number": number,
        "rounds": [{name: round(d, 4) for name, d in one.distances().items()} for one in rounds],
        "median_ms": {kind: round(statistics.median(rounds[0].times[kind]) * 1000, 2) for kind in KINDS},
        "mutant_ks": round(mutant_ks, 4),
    }


def _critical(number: int) -> float:
    """What the distance of two samples of this size exceeds once in twenty when there is no difference."""
    return math.sqrt(-math.log(0.05 / 2) / number)


class _Measured:
    """The times by kind, the lengths of the bodies, and every shape of an answer: its status and headers."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = {kind: [] for kind in KINDS}
        self.lengths: set[int] = set()
        self.shapes: set[str] = set()

    def distances(self) -> dict[str, float]:
        from scipy.stats import ks_2samp

        return {
            name: float(ks_2samp(self.times[one], self.times[other], method="asymp").statistic)
            for name, (one, other) in PAIRS.items()
            if self.times[one] and self.times[other]
        }


def _round(
    port: int,
    questions: Iterator[dict[str, bytes]],
    number: int,
    prepare: Callable[[], None],
    kinds: Sequence[str] = KINDS,
) -> _Measured:
    rng = random.Random(ZAAD + number)
    found = _Measured()
    connection = Connection(port)
    for _ in range(number):
        prepare()
        group = next(questions)
        for kind in rng.sample(kinds, len(kinds)):
            begin = time.perf_counter()
            status, head, body = connection.ask(group[kind])
            found.times[kind].append(time.perf_counter() - begin)
            [answer] = answers(body)
            expected_answer = {"hit": True, "miss": False}.get(kind)
            if answer["geregistreerd"] is not expected_answer:
                raise RuntimeError(f"a {kind} is answered with {answer}")
            found.lengths.add(len(body))
            plain = re.sub(rb"(?im)^(x-request-id|date): .*?\r?$", rb"\1:", head)
            found.shapes.add(f"{status} {sorted(plain.splitlines())}")
    connection.close()
    return found


def _questions(employers: list[Werkgever], registered: set[str]) -> Iterator[dict[str, bytes]]:
    """Groups of four questions, each about somebody this employer never asked about."""
    rng = random.Random(ZAAD)
    *asking, blocked = employers
    for employer in asking:
        mine = [number for number in numbers() if number not in employer.staff]
        other = [number for number in numbers() if number not in blocked.staff]
        yes, no = _split(rng, mine, registered)
        never, nobody = _split(rng, other, registered)
        for hit, miss, refused_hit, refused_miss in zip(yes, no, never, nobody, strict=False):
            yield {
                "hit": request(employer.sleutel, [expected(hit)]),
                "miss": request(employer.sleutel, [expected(miss)]),
                "refused hit": request(blocked.sleutel, [expected(refused_hit)]),
                "refused miss": request(blocked.sleutel, [expected(refused_miss)]),
            }


def _split(rng: random.Random, people: list[str], registered: set[str]) -> tuple[list[str], list[str]]:
    yes, no = [p for p in people if p in registered], [p for p in people if p not in registered]
    rng.shuffle(yes)
    rng.shuffle(no)
    return yes, no


def _prepare(employers: list[Werkgever]) -> Callable[[], None]:
    """What makes every group begin alike: all may ask, but the last, who is blocked."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO register_raadpleegstand (organisatie_id, tegoed, tegoed_at, jaar, gebruikt, cusum, gevraagd,"
            " treffers, buurten, fouten, elfproef_fouten, geblokkeerd)"
            " SELECT id, 10, now(), extract(year FROM now()), 0, 0, 0, 0, '{}', 0, 0, id = %s FROM unnest(%s) AS o(id)",
            [employers[-1].id, [one.id for one in employers]],
        )
        cursor.execute("UPDATE register_werkgeversomvang SET werknemers = 1000")

    def prepare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE register_raadpleegstand SET tegoed = 10, gebruikt = 0, cusum = 0, buurten = '{}', fouten = 0"
            )

    return prepare


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
