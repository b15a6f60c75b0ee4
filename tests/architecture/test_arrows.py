"""The arrows of ARCHITECTURE.md hold, and the check that says so can see a violation."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = Path(sys.executable).with_name("lint-imports")


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    environ = os.environ | {"PYTHONPATH": str(root / "src"), "NO_COLOR": "1"}
    return subprocess.run(
        [LINT, "--no-cache", "--config", str(root / "pyproject.toml")],
        cwd=root, env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def house(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "static", "locale"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_is_kept(house: Path) -> None:
    result = lint(house)
    assert result.returncode == 0, result.stdout
    assert re.search(r"\d+ kept, 0 broken", result.stdout)


@pytest.mark.parametrize(
    ("place", "line", "contract"),
    [
        ("register/geplant.py", "import banenafspraak.bemiddeling", "Rooms are stacked"),
        ("web/geplant.py", "import banenafspraak.adapters", "Rooms are stacked"),
        ("access/geplant.py", "import banenafspraak.wet", "Rooms are stacked"),
        ("utils/__init__.py", "", "Rooms are stacked"),
        ("wet/geplant.py", "import django", "The law is plain Python"),
        ("register/geplant.py", "import duckdb", "Only metingen counts"),
        ("web/geplant.py", "import ibis", "Only metingen counts"),
        ("web/geplant.py", "from banenafspraak.register.models import Persoon", "The tables of register"),
        ("bemiddeling/geplant.py", "from banenafspraak.access.models import Gebruiker", "The tables of access"),
        ("adapters/geplant.py", "from banenafspraak.metingen.models import Levering", "The tables of metingen"),
    ],
)
def test_a_planted_violation_breaks_its_contract(house: Path, place: str, line: str, contract: str) -> None:
    planted = house / "src" / "banenafspraak" / place
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(line + "\n")

    result = lint(house)

    assert result.returncode != 0
    broken = re.findall(r"^(.*) BROKEN", result.stdout, flags=re.MULTILINE)
    # A room that is not in the layers makes the contract itself unusable; both say its name.
    assert any(contract in name for name in broken) or contract in result.stdout.split("Broken contracts")[-1]
