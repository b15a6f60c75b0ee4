"""The console script itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(sys.executable).with_name("banenafspraak")


@pytest.mark.parametrize("arguments", [["import_register", "x.csv", "999900018"], ["wet", "999900018"]])
def test_a_bsn_on_the_command_line_is_refused_and_not_repeated(arguments: list[str]) -> None:
    shown = subprocess.run([SCRIPT, *arguments], capture_output=True, text=True, check=False)
    assert shown.returncode == 2
    assert "opdrachtregel" in shown.stderr
    assert "999900018" not in shown.stderr + shown.stdout


def test_the_law_needs_no_database() -> None:
    environ = os.environ | {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    shown = subprocess.run(
        [SCRIPT, "wet", "doelgroep", "--schema"], env=environ, capture_output=True, text=True, check=False
    )
    assert shown.returncode == 0
    assert "$schema" in shown.stdout
