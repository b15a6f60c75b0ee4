"""Telling a hit from a miss, or from a refusal, by how long the answer takes, how long it is, or its headers.

Hits, misses and refusals are asked in a random order over one connection, through the real HTTP door, and their times
compared by the two-sample Kolmogorov-Smirnov statistic; below the 5% critical value they cannot be told apart. That
goes wrong by chance in one of twenty, so the median of three rounds counts. The mutant writes down hits only.
"""

import argparse
import json
import math
import random
import re
import statistics
import sys
import time
from typing import Any

from attacks import ready
from attacks._mutant import mutated
from bench._raadpleging import Connection, numbers, own_staff, request, seed, served

ROUNDS = 3
ZAAD = 20261124
# Nothing is written for a miss, and so nothing is locked either: as one would build it without a second thought.
AUDIT_ON_HITS = (
    (
        r"(INSERT INTO public\.register_raadpleegverzoek .*?WHERE s\.organisatie_id = p_werkgever;)",
        r"IF treffer[1] THEN \1 END IF;",
    ),
)
NO_LOCK = ((r" FOR UPDATE", ""),)


def main(argv: list[str]) -> dict[str, Any]:
    """Three rounds, and one with the mutant."""
    parser = argparse.ArgumentParser(prog="attacks.timing")
    parser.add_argument("--n", type=int, default=3000, help="hits in a round, and as many misses and refusals")
    parser.add_argument("--snel", action="store_true", help="some hundreds")
    options = parser.parse_args(argv)
    number = 400 if options.snel else options.n
    critical = 1.358 * math.sqrt(2 / number)
    with ready():
        every = numbers()
        [employer] = seed(people=20_000, employers=1, registered=every[::2], staff=1000)
        staff, strangers = set(employer.staff), [n for n in every if n not in set(employer.staff)]
        registered = set(every[::2])
        kinds = {
            "hit": [request(employer.sleutel, [own_staff(n)]) for n in every if n in staff and n in registered],
            "miss": [request(employer.sleutel, [own_staff(n)]) for n in every if n in staff and n not in registered],
            "refusal": [request(employer.sleutel, [own_staff(n)]) for n in strangers],
        }
        with served(workers=1, threads=1) as server:
            _round(server.port, kinds, 100)  # everything has been read once
            rounds = [_round(server.port, kinds, number) for _ in range(ROUNDS)]
            with mutated(*AUDIT_ON_HITS), mutated(*NO_LOCK, function="register_raadpleegstand_slot"):
                mutant, _ = _round(server.port, kinds, number)
    miss = statistics.median(_ks(times["hit"], times["miss"]) for times, _ in rounds)
    refusal = statistics.median(_ks(times["hit"], times["refusal"]) for times, _ in rounds)
    mutant_ks = _ks(mutant["hit"], mutant["miss"])
    shapes = set().union(*(shapes for _, shapes in rounds))
    return {
        "passed": max(miss, refusal) < critical and len(shapes) == 1,
        "mutant_caught": mutant_ks > critical,
        "ks_hit_miss": round(miss, 4),
        "ks_hit_refusal": round(refusal, 4),
        "critical": round(critical, 4),
        "mutant_ks": round(mutant_ks, 4),
        "shapes": len(shapes),
        "number": number,
        "median_ms": {k: round(statistics.median(v) * 1000, 2) for k, v in rounds[0][0].items()},
    }


def _round(port: int, kinds: dict[str, list[bytes]], number: int) -> tuple[dict[str, list[float]], set[str]]:
    """The times by kind, and every shape of an answer: its status, length and headers."""
    rng = random.Random(ZAAD + number)
    order = [kind for kind in kinds for _ in range(number)]
    rng.shuffle(order)
    times: dict[str, list[float]] = {kind: [] for kind in kinds}
    shapes: set[str] = set()
    connection = Connection(port)
    for kind in order:
        asked = rng.choice(kinds[kind])
        begin = time.perf_counter()
        status, head, body = connection.ask(asked)
        times[kind].append(time.perf_counter() - begin)
        # The number of the request and the clock are different each time, whatever the answer.
        plain = re.sub(rb"(?im)^(x-request-id|date):.*?$", rb"", head)
        shapes.add(f"{status} {len(body)} {plain!r}")
    connection.close()
    return times, shapes


def _ks(one: list[float], other: list[float]) -> float:
    """The largest distance between the two empirical distributions."""
    merged = sorted([(t, 0) for t in one] + [(t, 1) for t in other])
    here = [0, 0]
    largest = 0.0
    for _, which in merged:
        here[which] += 1
        largest = max(largest, abs(here[0] / len(one) - here[1] / len(other)))
    return largest


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
