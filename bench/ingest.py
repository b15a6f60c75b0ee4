"""How fast a national month of wages comes in: read, judged, pseudonymised and written, by the real import in trial.

The trial (``--proef``) does everything but keep the result. Prints rows a second for CSV and Parquet, the best of a few
rounds (the machine is shared), and the peak memory of the process.
"""

import argparse
import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from bench import national, peak_mb, ready


def ingest_rows_per_s(*, snel: bool = False, rounds: int = 3) -> Mapping[str, int]:
    """Rows a second by kind of file ("csv", "parquet"). Call it inside `bench.ready()`."""
    schaal = national.KLEIN if snel else national.LAND
    maand = national.MAANDEN[-1]
    files = {"csv": national.levering_csv(schaal, maand), "parquet": national.levering_parquet(schaal, maand)}
    best: dict[str, float] = {}
    for _ in range(rounds):
        for kind, path in files.items():
            best[kind] = min(best.get(kind, float("inf")), _take_in(path, schaal.rijen))
    return {kind: round(schaal.rijen / seconds) for kind, seconds in best.items()}


def _take_in(path: Path, rows: int) -> float:
    """Seconds that one trial import takes."""
    from django.utils import timezone

    from banenafspraak.access.actor import Actor
    from banenafspraak.adapters.lonen import take_in

    begin = time.perf_counter()
    verslag = take_in(
        [path],
        actor=Actor.system(doel="snelheid van de import meten"),
        now=timezone.now(),
        proef=True,
        alleen_test=True,
    )
    seconds = time.perf_counter() - begin
    if verslag.fouten or sum(verslag.bestanden[0].rijen.values()) != rows:
        raise RuntimeError(f"the delivery did not come in: {verslag.fouten[:3]}")
    return seconds


def main(argv: list[str]) -> dict[str, object]:
    """Measure; `--snel` with the small nation."""
    parser = argparse.ArgumentParser(prog="bench.ingest")
    parser.add_argument("--snel", action="store_true", help="the small nation")
    snel = parser.parse_args(argv).snel
    with ready():
        speeds = ingest_rows_per_s(snel=snel)
    rows = (national.KLEIN if snel else national.LAND).rijen
    return {"rows": rows, "ingest_rows_per_s": speeds, "peak_mb": peak_mb()}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
