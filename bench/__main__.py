"""Runs every bench in a process of its own, one after another, and prints one JSON object with all answers last."""

import json
import pkgutil
import subprocess
import sys

import bench


def main(argv: list[str]) -> int:
    """Returns 1 when a bench failed; the others run all the same."""
    answers: dict[str, object] = {}
    failed = False
    for module in sorted(found.name for found in pkgutil.iter_modules(bench.__path__)):
        if module in ("__main__", "national") or module.startswith("_"):
            continue
        print(f"bench.{module}", file=sys.stderr, flush=True)
        done = subprocess.run(
            [sys.executable, "-m", f"bench.{module}", *argv], stdout=subprocess.PIPE, text=True, check=False
        )
        lines = done.stdout.strip().splitlines()
        if done.returncode or not lines:
            failed = True
            answers[module] = {"error": done.returncode}
            continue
        answers[module] = json.loads(lines[-1])
    print(json.dumps(answers))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
