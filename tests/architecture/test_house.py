"""The house rules that a reader can check by looking, checked by looking."""

import ast
import importlib
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "banenafspraak"
ROOMS = ("access", "adapters", "bemiddeling", "config", "dienstverlening", "metingen", "register", "web", "wet")
DOORS = ("adapters", "config", "web")
CLOCKS = {
    "date.today",
    "datetime.today",
    "datetime.now",
    "datetime.utcnow",
    "timezone.now",
    "timezone.localdate",
    "time.time",
}


def sources(*rooms: str) -> Iterator[tuple[Path, ast.Module]]:
    for room in rooms:
        for path in sorted((PACKAGE / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, ast.parse(path.read_text(encoding="utf-8"))


def charters() -> dict[str, str]:
    """Room -> charter, as the table in ARCHITECTURE.md has them."""
    rows = re.findall(
        r"^\| `(\w+)` \| ([^|]+?) \|", (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    return dict(rows)


def test_architecture_names_every_room() -> None:
    assert set(charters()) == set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_opens_with_its_charter(room: str) -> None:
    doc = importlib.import_module(f"banenafspraak.{room}").__doc__ or ""
    assert doc.splitlines()[0] == charters()[room]


def test_only_the_doors_read_the_clock() -> None:
    """A room's `tasks.py` is a door too: the queue comes in there, and it has no clock to pass."""
    rooms = [room for room in ROOMS if room not in DOORS]
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno} {ast.unparse(node.func)}"
        for path, tree in sources(*rooms)
        if path.name != "tasks.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ".".join(ast.unparse(node.func).split(".")[-2:]) in CLOCKS
    ]
    assert found == []


def test_public_functions_say_what_they_mean() -> None:
    """Every public function and class of a room, outside nested scopes, has a docstring."""
    missing = []
    for path, tree in sources(*ROOMS):
        for node in tree.body:
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if public and ast.get_docstring(node) is None:
                missing.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert missing == []


def test_no_module_has_grown_past_six_hundred_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in [*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 600
    }
    assert long == {}


def test_no_module_is_called_after_nothing() -> None:
    names = {path.stem.lower() for path in PACKAGE.rglob("*.py")}
    assert names & {"utils", "util", "helpers", "helper", "services", "service", "managers", "common", "misc"} == set()


def test_nothing_catches_everything() -> None:
    broad = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in sources(*ROOMS)
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
    ]
    assert broad == []


def test_files_name_no_machine_and_no_package_address() -> None:
    """Nothing in the repository may know where it was built, or where packages come from."""
    suspects = re.compile(r"(/work/|/root/|/home/[a-z]+/|--(extra-)?index[-]url|--find[-]links|\"resolve[d]\":)")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / name for name in listed.split("\0") if name and name != "tests/architecture/test_house.py"]
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in paths
        if path.exists()
        and path.suffix in {".py", ".md", ".toml", ".txt", ".yml", ".html", ".css", ""}
        and "vendor" not in path.parts
        for number, text in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if suspects.search(text)
    ]
    assert found == []


def test_every_dependency_says_who_uses_it() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = text[text.index("\ndependencies = [") : text.index("[project.optional-dependencies]")]
    silent = [line for line in block.splitlines() if line.startswith('  "') and "#" not in line]
    assert silent == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "requirements-embedded.txt"])
def test_lock_files_have_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    blocks = re.split(r"\n(?=[a-zA-Z])", text)
    assert all("--hash=sha256:" in block for block in blocks if "==" in block)
