"""Finding out who is in the register by asking about many numbers, through the real HTTP door with keys of employers.

The attacker says he wants to take these people on. He has all the patience in the world: his bucket of ten is full
again before each request, as after weeks of waiting, and he asks by the ten. Half a million people among 91 million
numbers is 0.55%; of the 9,091 made-up numbers as many in a hundred are registered. The neighbour rule (three of the
last twenty within a thousand of each other) works there with fifty instead of a thousand, for everybody would be near.

- `random`: numbers drawn blindly. `sequential`: one after the other. `steps`: along the numbers, each too far from the
  last for the neighbour rule.
- `colluding`: four employers share one list and ask in turn; counted for each of them.
- `office`: one administration office asks in turn for four employers that gave it a mandate; counted for the office.
- `leaked`: a list of people who exist, 2.8% registered; `insider`: a list of which one in four is registered, which
  hiring looks like. Here the year's quota is the limit: five, and a quarter of a headcount of a hundred.

`probes` is how many questions were answered until the block, or until the quota was used (`probes_to_stop`); `learned`
how many people were found registered by then, without anything taken off for luck. `median_probes` and
`persons_learned` (a mean) are of the worst strategy that must be blocked; with fewer than thirty tries the latter is
the mean of all of them but `sequential`.
`false_alarms` counts honest employers, of whose 200 people three in ten are registered, that were blocked all the same;
their people are chosen apart, for chance neighbours are a thousand times as common among so few numbers.

The mutants: no evidence is ever enough (`random` goes on), and the year's quota never ends (`insider` goes on).
"""

import argparse
import json
import random
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from attacks import ready
from attacks._mutant import heal, mutated
from bench._raadpleging import Connection, Werkgever, answers, expected, numbers, request, seed, served

HITS, LEAKED_HITS, INSIDER_HITS, HONEST_HITS = 0.0055, 0.028, 0.25, 0.30
LARGE, SMALL = 900, 100  # headcounts
TOGETHER = 4
LIMIT = 160
HONEST = 200
BUCKET = 10
ENOUGH = 30
ZAAD = 20261124

DETECTOR_OFF = (
    (r"cusum >= 7\.0", "cusum >= 7e9"),
    (r"\) >= 2\s", ") >= 2000 "),
    (r"fouten >= 10 ", "fouten >= 1000000 "),
)
QUOTA_OFF = ((r"OR stand\.gebruikt >= v_quotum", ""), *DETECTOR_OFF)


@dataclass(frozen=True)
class Run:
    """One try: questions answered, people learned, and what stopped it ('' when nothing did)."""

    probes: int
    learned: int
    reden: str


def main(argv: list[str]) -> dict[str, Any]:
    """All strategies, the honest employer, and both mutants."""
    parser = argparse.ArgumentParser(prog="attacks.enumerate")
    parser.add_argument("--n", type=int, default=100, help="how many times each strategy is tried")
    parser.add_argument("--snel", action="store_true", help="a few times")
    options = parser.parse_args(argv)
    tries = 8 if options.snel else options.n
    rng = random.Random(ZAAD)
    with ready():
        heal()
        every = numbers()
        registered = set(rng.sample(every, round(len(every) * HITS)))
        employers = seed(people=2_000, employers=TOGETHER + 2, registered=sorted(registered), staff=1)
        with served(workers=1, threads=1) as server:
            attacker = _Attacker(server.port, employers, registered, rng)
            runs = {
                name: [run for _ in range(tries) for run in attacker.strategy(name)]
                for name in ("random", "sequential", "steps", "office", "leaked", "insider")
            }
            runs["colluding"] = [run for _ in range(-(-tries // TOGETHER)) for run in attacker.strategy("colluding")]
            with mutated(*DETECTOR_OFF):
                blind = [run for _ in range(3) for run in attacker.strategy("random")]
            with mutated(*QUOTA_OFF):
                endless = [run for _ in range(3) for run in attacker.strategy("insider")]
            # Honest employers need a register of which more is known to be theirs.
            known = set(rng.sample(every, round(len(every) * HONEST_HITS)))
            employers = seed(people=3_000, employers=1, registered=sorted(known), staff=1)
            honest = [run for _ in range(max(2, tries // 2)) for run in _Attacker(
                server.port, employers, known, rng).strategy("honest")]  # fmt: skip
    found = {name: _summary(ones) for name, ones in runs.items()}
    watched = ("random", "sequential", "steps", "colluding", "office")
    each = {name: found[name]["learned"] for name in watched}
    blindly = [run.learned for name in watched if name != "sequential" for run in runs[name]]
    learned = max(each.values()) if tries >= ENOUGH else round(statistics.mean(blindly), 3)
    bound = _quotum(SMALL)
    false_alarms = sum(run.probes < HONEST for run in honest)
    return {
        "passed": all(found[name]["median_probes"] <= 40 for name in watched)
        and all(run.reden not in ("", "quotum_op") for name in watched for run in runs[name])
        and learned <= 0.3
        and all(run.probes <= bound and run.reden for name in ("leaked", "insider") for run in runs[name])
        and false_alarms <= max(0, len(honest) // 50),
        "mutant_caught": min(run.probes for run in blind) >= LIMIT and min(run.probes for run in endless) > bound,
        "median_probes": max(found[name]["median_probes"] for name in watched),
        "persons_learned": learned,
        "strategies": found,
        "quota_bound": bound,
        "probes_to_stop": found["insider"]["median_probes"],
        "learned_under_quota": found["insider"]["learned"],
        "false_alarms": false_alarms,
        "honest_employers": len(honest),
        "honest_hits": round(statistics.mean(run.learned for run in honest) / HONEST, 3),
        "mutant_probes": [run.probes for run in (*blind, *endless)],
    }  # fmt: skip


def _summary(runs: Sequence[Run]) -> dict[str, Any]:
    probes = sorted(run.probes for run in runs)
    reasons = [run.reden for run in runs]
    return {
        "runs": len(runs),
        "median_probes": statistics.median(probes),
        "p99_probes": probes[min(len(probes) - 1, round(len(probes) * 0.99))],
        "learned": round(statistics.mean(run.learned for run in runs), 3),
        "reasons": {reden: reasons.count(reden) for reden in sorted(set(reasons))},
    }


def _quotum(headcount: int) -> int:
    from banenafspraak.register.speurder import quotum

    return quotum(headcount)


class _Attacker:
    """Asks until he is stopped, and is forgotten afterwards: each try is the first year of a new employer."""

    def __init__(self, port: int, employers: Sequence[Werkgever], registered: set[str], rng: random.Random) -> None:
        self._connection = Connection(port)
        self._employers, self._rng = employers, rng
        own = {number for one in employers for number in one.staff}
        self._strangers = [number for number in numbers() if number not in own]
        self._registered = [number for number in self._strangers if number in registered]
        self._others = [number for number in self._strangers if number not in registered]
        self._sizes()

    def strategy(self, name: str) -> list[Run]:
        """One try of the strategy of that name; one run for each account that counts."""
        self._forget()
        return list(getattr(self, f"_{name}")())

    def _random(self) -> list[Run]:
        return [self._alone(self._rng.sample(self._strangers, LIMIT))]

    def _sequential(self) -> list[Run]:
        start = self._rng.randrange(len(self._strangers) - LIMIT)
        return [self._alone(self._strangers[start : start + LIMIT])]

    def _steps(self) -> list[Run]:
        step = 25  # about 275 further
        start = self._rng.randrange(len(self._strangers) - LIMIT * step)
        return [self._alone(self._strangers[start : start + LIMIT * step : step])]

    def _colluding(self) -> list[Run]:
        shared = self._rng.sample(self._strangers, LIMIT * TOGETHER)
        return self._in_turn([(one, "", shared[n::TOGETHER]) for n, one in enumerate(self._employers[:TOGETHER])])

    def _office(self) -> list[Run]:
        shared = self._rng.sample(self._strangers, LIMIT)
        office = self._employers[TOGETHER + 1]
        parts = [(office, f"{10_000_000 + n}", shared[n::TOGETHER]) for n in range(TOGETHER)]
        runs = self._in_turn(parts)
        return [Run(sum(r.probes for r in runs), sum(r.learned for r in runs), self._reason(office) or runs[0].reden)]

    def _leaked(self) -> list[Run]:
        return [self._alone(self._list(LEAKED_HITS), self._employers[TOGETHER])]

    def _insider(self) -> list[Run]:
        return [self._alone(self._list(INSIDER_HITS), self._employers[TOGETHER])]

    def _honest(self) -> list[Run]:
        chosen: list[str] = []
        for number in self._rng.sample(self._strangers, len(self._strangers)):
            if all(abs(int(number) - int(other)) > 150 for other in chosen[-20:]):
                chosen.append(number)
        return [self._alone(chosen[:HONEST])]

    def _list(self, hits: float) -> list[str]:
        among = round(LIMIT * hits)
        listed = self._rng.sample(self._registered, among) + self._rng.sample(self._others, LIMIT - among)
        self._rng.shuffle(listed)
        return listed

    def _alone(self, asked: Sequence[str], by: Werkgever | None = None) -> Run:
        [run] = self._in_turn([(by or self._employers[0], "", asked)])
        return run

    def _in_turn(self, parts: Sequence[tuple[Werkgever, str, Sequence[str]]]) -> list[Run]:
        """Each asks ten people in turn, until an answer is refused or the list is at its end."""
        probes, learned, reasons = [0] * len(parts), [0] * len(parts), [""] * len(parts)
        going, start = set(range(len(parts))), 0
        while going:
            for place in sorted(going):
                by, kvk, asked = parts[place]
                some = asked[start : start + BUCKET]
                given = self._ask(by, kvk, some)
                answered = [one for one in given if one["uitkomst"] == "beantwoord"]
                probes[place] += len(answered)
                learned[place] += sum(one["geregistreerd"] for one in answered)
                reasons[place] = self._reason(by)
                if len(answered) < len(some) and not reasons[place]:
                    reasons[place] = next(one["uitkomst"] for one in given if one["uitkomst"] != "beantwoord")
                if reasons[place] or start + BUCKET >= len(asked):
                    going.discard(place)
            start += BUCKET
        return [Run(*each) for each in zip(probes, learned, reasons, strict=True)]

    def _ask(self, by: Werkgever, kvk: str, some: Sequence[str]) -> list[dict[str, Any]]:
        self._sql("UPDATE register_raadpleegstand SET tegoed = 10, fouten = 0")
        status, _, body = self._connection.ask(
            request(by.sleutel, [expected(number) for number in some], werkgever=kvk)
        )
        if status != 200:
            raise RuntimeError(f"the door answers {status}: {body!r}")
        return answers(body)

    def _reason(self, by: Werkgever) -> str:
        rows = self._sql("SELECT reden FROM register_blokkade WHERE organisatie_id = %s", by.id)
        return str(rows[0][0]) if rows else ""

    def _sizes(self) -> None:
        """Headcounts, by employer, and the mandates of the office."""
        for place, one in enumerate(self._employers):
            self._sql(
                "UPDATE register_werkgeversomvang SET werknemers = %s WHERE lhnr_index IN"
                " (SELECT lhnr_index FROM access_loonheffingennummer WHERE organisatie_id = %s)",
                SMALL if place == TOGETHER else LARGE,
                one.id,
            )
        for one in self._employers[:TOGETHER] if len(self._employers) > TOGETHER else ():
            self._sql(
                "INSERT INTO access_mandaat (werkgever_id, kantoor_id, geldig, stand, gegeven_at, beslist_at)"
                " VALUES (%s, %s, '[2026-01-01,)', 'aanvaard', now(), now())",
                one.id,
                self._employers[TOGETHER + 1].id,
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
