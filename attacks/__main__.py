"""All attacks, one after the other, each in a process of its own: ``python -m attacks [--snel]``."""

import json
import subprocess
import sys
from pathlib import Path

NAMES = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))


def main(argv: list[str]) -> int:
    """Run them; exit 1 when one did not pass or could not see its mutant."""
    failed = []
    for name in NAMES:
        done = subprocess.run([sys.executable, "-m", f"attacks.{name}", *argv], stdout=subprocess.PIPE, text=True)
        lines = done.stdout.strip().splitlines()
        print(f"{name}: {lines[-1] if lines else 'geen antwoord'}", flush=True)
        answer = json.loads(lines[-1]) if done.returncode == 0 and lines else {}
        if not (answer.get("passed") and answer.get("mutant_caught")):
            failed.append(name)
    print(json.dumps({"attacks": len(NAMES), "failed": failed}))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
