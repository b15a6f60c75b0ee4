"""What docs/leveringen.md says about deliveries is what happens: its examples are run, its lists compared."""

import ast
import io
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from banenafspraak.access.bsn import is_valid
from banenafspraak.adapters import doelgroepregister, polisregels
from banenafspraak.metingen.leveringen import create_loonregel, in_force, maanden
from banenafspraak.register.registraties import registered_on
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.registratie import EindeReden

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "leveringen.md").read_text(encoding="utf-8")
SOURCES = (
    "adapters/bestand.py",
    "adapters/doelgroepregister.py",
    "adapters/lonen.py",
    "adapters/loonaangifte.py",
    "adapters/polis.py",
    "adapters/polisregels.py",
    "register/inlezing.py",
)

_BLOCK = re.compile(
    r"(?:<!-- (?:bestand: (?P<file>\S+)|uitvoeren) -->\n)?```(?P<kind>\w+)\n(?P<body>.*?)```\n", re.DOTALL
)
_COMMAND = "$ .venv/bin/banenafspraak "
_EXIT_CODE = "$ echo $?"


def run(line: str) -> str:
    """What a terminal shows after a command, its exit code too when that is not zero."""
    shown = io.StringIO()
    try:
        call_command(*shlex.split(line), stdout=shown, stderr=shown)
    except CommandError as error:
        return f"{shown.getvalue()}CommandError: {error}\n{_EXIT_CODE}\n{error.returncode}\n"
    return shown.getvalue()


def follow(folder: Path) -> Iterator[tuple[str, str]]:
    """Do what the document does, in its order; gives what each terminal block shows and what it should show."""
    for block in _BLOCK.finditer(TEXT):
        if block["file"]:
            (folder / block["file"]).write_text(block["body"], encoding="utf-8")
        elif block["kind"] == "python":
            subprocess.run([sys.executable, "-c", block["body"]], cwd=folder, check=True)
        elif block["kind"] == "console":
            lines = [line for line in block["body"].splitlines() if line.startswith(_COMMAND)]
            yield "".join(f"{line}\n{run(line.removeprefix(_COMMAND))}" for line in lines), block["body"]


@pytest.fixture
def followed(db, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    monkeypatch.chdir(tmp_path)
    return list(follow(tmp_path))


def hours(maand: str) -> list[str]:
    """The verloonde uren in force in a month, sorted."""
    with duckdb.connect() as con:
        create_loonregel(con, in_force(maand))
        return [str(uren) for (uren,) in con.execute("SELECT uren FROM loonregel ORDER BY uren").fetchall()]


def table(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading, without the head of the table."""
    lines = TEXT.split(f"\n{heading}\n")[1].split("\n#")[0].splitlines()
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if line.startswith("|")][2:]


def codes(heading: str) -> list[str]:
    return [row[0].strip("`") for row in table(heading)]


def texts_in_code() -> set[str]:
    """Every text in the readers that is no docstring, with … for what differs from time to time."""
    found = set()
    for source in SOURCES:
        tree = ast.parse((ROOT / "src" / "banenafspraak" / source).read_text(encoding="utf-8"))
        inside = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                inside |= {id(value) for value in node.values}
                found.add("".join(str(v.value) if isinstance(v, ast.Constant) else "…" for v in node.values))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
                found.add(re.sub(r"\{\w+\}", "…", node.value))
    return found


def sentences_in_document() -> set[str]:
    headings = re.findall(r"^### .*$", TEXT.split("\n## Alle meldingen\n")[1], re.MULTILINE)
    return {cell for heading in headings for row in table(heading) for cell in row}


def test_every_example_shows_what_the_document_says(followed: list[tuple[str, str]]) -> None:
    assert [shown for shown, _ in followed] == [written for _, written in followed]
    assert len(followed) == TEXT.count("```console")


def test_after_the_examples_the_register_knows_the_corrected_day(followed: list[tuple[str, str]]) -> None:
    now = timezone.now()
    before, after = (registered_on(day, known_at=now).count() for day in (date(2013, 6, 1), date(2014, 6, 1)))
    assert (before, after) == (1, 2)


def test_after_the_examples_the_corrections_are_in_force(followed: list[tuple[str, str]]) -> None:
    assert sorted(set(maanden())) == ["2018-03", "2026-01", "2026-02"]
    assert hours("2018-03") == ["110.92", "130.00"]
    assert hours("2026-01") == ["116.00"]


def test_every_person_of_the_examples_is_made_up() -> None:
    numbers = set(re.findall(r"(?<!\d)\d{9}(?!\d|L)", TEXT))
    assert numbers
    assert {number for number in numbers if not number.startswith("9999")} == set()
    # Two examples show what becomes of a wrong number.
    assert {number for number in numbers if not is_valid(number)} == {"999910013", "999910037"}


@pytest.mark.parametrize(
    ("heading", "known"),
    [
        ("### Gronden", set(Grond) - {Grond.GEEN}),
        ("### Routes", set(Route)),
        ("### Redenen van einde", set(EindeReden)),
    ],
)
def test_the_document_lists_every_code(heading: str, known: set[str]) -> None:
    assert sorted(codes(heading)) == sorted(known)


def test_the_document_lists_every_column() -> None:
    assert codes("## Doelgroepregister") == list(doelgroepregister.KOLOMMEN)
    assert codes("## Loongegevens van een maand") == list(polisregels.KOLOMMEN)


def test_the_document_lists_every_message_and_cure() -> None:
    sentences = {text for text in texts_in_code() if text.endswith(".") and " " in text and "\n" not in text}
    missing = sentences - sentences_in_document()
    assert missing == set(), "Add these to docs/leveringen.md, Alle meldingen"


def test_the_document_lists_no_message_that_is_gone() -> None:
    assert sentences_in_document() - texts_in_code() == set(), "Take these out of docs/leveringen.md"
