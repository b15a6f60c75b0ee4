"""How fast a national month of wages comes in: read, judged, pseudonymised and written, by the real import in trial.

The trial (``--proef``) does everything but keep the result. Prints rows a second for CSV and Parquet, the share of the
machine that others used meanwhile, and the peak memory of the process. A round counts as clean when others used less
than 8 per cent; on a busy machine a few more rounds are tried, and the best one is given.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from bench import Sample, national, peak_mb, ready, sample


def measure(*, snel: bool = False, rounds: int = 3, patience: int = 8) -> Mapping[str, Sample]:
    """The best sample by kind of file ("csv", "parquet"). Call it inside `bench.ready()`.

    At least `rounds` rounds, and on a busy machine up to `patience`, until both kinds have had a clean one.
    """
    schaal = national.KLEIN if snel else national.LAND
    maand = national.MAANDEN[-1]
    files = {"csv": national.levering_csv(schaal, maand), "parquet": national.levering_parquet(schaal, maand)}
    best: dict[str, Sample] = {}
    for number in range(patience):
        if number >= rounds and all(taken.clean for taken in best.values()):
            break
        for kind, path in files.items():
            taken = _take_in(path, schaal.rijen)
            if kind not in best or taken.seconds < best[kind].seconds:
                best[kind] = taken
    return best


def ingest_rows_per_s(*, snel: bool = False) -> Mapping[str, int]:
    """Rows a second by kind of file ("csv", "parquet"). Call it inside `bench.ready()`."""
    rows = (national.KLEIN if snel else national.LAND).rijen
    return {kind: round(rows / taken.seconds) for kind, taken in measure(snel=snel).items()}


def _take_in(path: Path, rows: int) -> Sample:
    """Time one trial import."""
    from django.utils import timezone

    from banenafspraak.access.actor import Actor
    from banenafspraak.adapters.lonen import take_in

    actor = Actor.system(doel="snelheid van de import meten")
    with sample() as taken:
        verslag = take_in([path], actor=actor, now=timezone.now(), proef=True, alleen_test=True)
    if verslag.fouten or sum(verslag.bestanden[0].rijen.values()) != rows:
        raise RuntimeError(f"the delivery did not come in: {verslag.fouten[:3]}")
    return taken


def main(argv: list[str]) -> dict[str, object]:
    """Measure; `--snel` with the small nation."""
    parser = argparse.ArgumentParser(prog="bench.ingest")
    parser.add_argument("--snel", action="store_true", help="the small nation")
    snel = parser.parse_args(argv).snel
    rows = (national.KLEIN if snel else national.LAND).rijen
    with ready():
        best = measure(snel=snel)
    return {
        "rows": rows,
        "ingest_rows_per_s": {kind: round(rows / taken.seconds) for kind, taken in best.items()},
        "foreign": {kind: round(taken.foreign, 2) for kind, taken in best.items()},
        "peak_mb": peak_mb(),
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
