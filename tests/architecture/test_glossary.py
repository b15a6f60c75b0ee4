"""Every Dutch noun in a public name is explained in GLOSSARY.md, and nothing else is."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "banenafspraak"
GLOSSARY = ROOT / "GLOSSARY.md"
PLAIN_WORDS = ROOT / "tests" / "architecture" / "plain_words.txt"

_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")

Parts = tuple[str, ...]


def parts(name: str) -> Parts:
    """`WSW_BEGELEID` and `WswBegeleid` are both ("wsw", "begeleid")."""
    return tuple(part.lower() for part in _PART.findall(name))


def names_in(statements: list[ast.stmt]) -> Iterator[str]:
    """Names that code outside can use: of functions, classes, and what is assigned in a module or a public class."""
    for node in statements:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.ClassDef):
            yield node.name
            if not node.name.startswith("_"):
                yield from names_in(node.body)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name))
        elif isinstance(node, ast.If):
            yield from names_in(node.body + node.orelse)


def python_names() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        relative = path.relative_to(PACKAGE)
        # The names in settings are Django's.
        if "migrations" in relative.parts or relative.parts == ("config", "settings.py"):
            continue
        yield from ((name, relative) for name in relative.with_suffix("").parts)
        yield from ((name, relative) for name in names_in(ast.parse(path.read_text(encoding="utf-8")).body))


def parameter_names() -> Iterator[tuple[str, Path]]:
    """Keys of the parameters of the law; what a file calls its sources is its own business."""
    for path in sorted((PACKAGE / "wet" / "parameters").glob("*.toml")):
        for key, value in tomllib.loads(path.read_text(encoding="utf-8")).items():
            yield key, path.relative_to(PACKAGE)
            inside = list(value.values()) if key == "bronnen" else value
            yield from ((name, path.relative_to(PACKAGE)) for name in keys_in(inside))


def keys_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    if isinstance(value, dict | list):
        for inside in value.values() if isinstance(value, dict) else value:
            yield from keys_in(inside)


def public_names() -> dict[str, Path]:
    """Every public name, with the first file that has it."""
    names: dict[str, Path] = {}
    for name, path in [*python_names(), *parameter_names()]:
        if not name.startswith("_"):
            names.setdefault(name, path)
    return names


def rows() -> list[list[str]]:
    """The cells of the glossary's table, without its heading."""
    lines = [line for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@cache
def forms() -> list[Parts]:
    """Every form in the first column: one word, or words that belong together, such as `t plus 2`."""
    return [tuple(form.split()) for row in rows() for form in row[0].split(", ")]


def plain_words() -> list[str]:
    return PLAIN_WORDS.read_text(encoding="utf-8").splitlines()


def occurs(form: Parts, name: Parts) -> list[int]:
    """The places in a name at which the form begins."""
    return [i for i in range(len(name) - len(form) + 1) if name[i : i + len(form)] == form]


def words_on_their_own(name: Parts) -> set[str]:
    """Words of a name that no form of several words takes up. A letter or a number is no word."""
    taken = {i + n for form in forms() if len(form) > 1 for i in occurs(form, name) for n in range(len(form))}
    return {part for i, part in enumerate(name) if i not in taken and len(part) > 1 and part.isalpha()}


@pytest.fixture(scope="module")
def names() -> dict[str, Path]:
    return public_names()


@pytest.fixture(scope="module")
def loose_words(names: dict[str, Path]) -> dict[str, str]:
    """Each word that needs an explanation of its own, with a name it stands in."""
    return {word: f"{name} in {path}" for name, path in names.items() for word in words_on_their_own(parts(name))}


def test_every_word_of_a_public_name_is_explained_or_plain(loose_words: dict[str, str]) -> None:
    known = {form[0] for form in forms() if len(form) == 1} | set(plain_words())
    unknown = [f"{word}: {where}" for word, where in sorted(loose_words.items()) if word not in known]
    assert unknown == [], (
        "Explain a noun of the field in GLOSSARY.md; put an English or everyday Dutch word in "
        "tests/architecture/plain_words.txt"
    )


def test_every_noun_of_the_glossary_is_used(names: dict[str, Path]) -> None:
    split = [parts(name) for name in names]
    unused = [" ".join(form) for form in forms() if not any(occurs(form, name) for name in split)]
    assert unused == [], "No public name has these any more: take them out of GLOSSARY.md"


def test_every_plain_word_is_used(loose_words: dict[str, str]) -> None:
    unused = [word for word in plain_words() if word not in loose_words]
    assert unused == [], "No public name has these any more: take them out of tests/architecture/plain_words.txt"


def test_no_word_is_both_explained_and_plain() -> None:
    both = {form[0] for form in forms() if len(form) == 1} & set(plain_words())
    assert both == set(), "Take these out of tests/architecture/plain_words.txt: the glossary explains them"


def test_plain_words_are_sorted_and_unique() -> None:
    assert plain_words() == sorted(set(plain_words())), "Sort tests/architecture/plain_words.txt, one word per line"


def test_the_glossary_is_alphabetical() -> None:
    nouns = [row[0] for row in rows()]
    first = [noun.split(", ")[0] for noun in nouns]
    assert first == sorted(first), "Sort the rows of GLOSSARY.md by their first noun"


def test_no_noun_stands_in_the_glossary_twice() -> None:
    assert sorted(forms()) == sorted(set(forms())), "Put all forms of a noun in one row of GLOSSARY.md"


def test_every_row_of_the_glossary_has_a_noun_a_meaning_and_a_source() -> None:
    incomplete = [row for row in rows() if len(row) != 3 or not all(row)]
    assert incomplete == [], "A row of GLOSSARY.md is | noun | meaning | source |, with no cell empty"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("count_banen", ("count", "banen")),
        ("GemeenteIndeling", ("gemeente", "indeling")),
        ("AMVB_38B_1_D", ("amvb", "38", "b", "1", "d")),
        ("first_bad_utf8", ("first", "bad", "utf", "8")),
        ("XMLReader", ("xml", "reader")),
    ],
)
def test_a_name_falls_apart_into_its_words(name: str, expected: Parts) -> None:
    assert parts(name) == expected


def test_private_names_need_no_explanation() -> None:
    source = "_geheim = 1\nclass _Verborgen:\n    veld = 2\nclass Open:\n    veld = 3\n    def doe(self): ...\n"
    found = [name for name in names_in(ast.parse(source).body) if not name.startswith("_")]
    assert found == ["Open", "veld", "doe"]
