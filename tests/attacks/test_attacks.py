"""Every attack at its small size: it fails on the product, and succeeds on the mutant that lacks the protection."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from attacks.__main__ import NAMES

ROOT = Path(__file__).resolve().parents[2]


# One after the other: they share a database of their own.
@pytest.mark.xdist_group("attacks")
@pytest.mark.parametrize("name", NAMES)
def test_an_attack_fails_here_and_succeeds_on_its_mutant(name: str, request: pytest.FixtureRequest) -> None:
    # One of them kills the PostgreSQL of all.
    assert "PYTEST_XDIST_WORKER" not in os.environ or request.node.nodeid.endswith("@attacks")
    environ = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "BANENAFSPRAAK_VAR"))}
    done = subprocess.run(
        [sys.executable, "-m", f"attacks.{name}", "--snel"],
        cwd=ROOT,
        env=environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    answer = json.loads(done.stdout.strip().splitlines()[-1])
    assert answer["passed"], answer
    assert answer["mutant_caught"], answer
