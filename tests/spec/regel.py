"""A rule as a readable table: what it says, worked cases with their source, and the function that must agree.

The tables are the tests, and `tools/build_docs.py` writes the rule manual (docs/regels) from the same tables.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from banenafspraak.wet import feiten
from banenafspraak.wet.regels import RULES
from banenafspraak.wet.uitkomst import to_plain

Antwoord = Callable[[Mapping[str, Any], date], Any]


@dataclass(frozen=True)
class Geval:
    """A worked case: the facts as they would be typed, the day, and what must come out.

    ``verwacht`` holds the part of the answer the case is about; the rest may be anything.
    """

    titel: str
    feiten: Mapping[str, Any]
    peildatum: date
    verwacht: Any
    bron: str
    toelichting: str = ""


@dataclass(frozen=True)
class Regel:
    """A rule of the manual: its page (slug), what it says in plain Dutch, its cases and the parameters it rests on."""

    slug: str
    titel: str
    uitleg: tuple[str, ...]
    artikelen: tuple[str, ...]
    antwoord: Antwoord
    gevallen: tuple[Geval, ...]
    parameters: tuple[tuple[str, str], ...] = ()
    vraag: str = ""
    let_op: tuple[str, ...] = field(default=())

    def cases(self) -> pytest.MarkDecorator:
        """One test per case, named after it."""
        return pytest.mark.parametrize("geval", self.gevallen, ids=[geval.titel for geval in self.gevallen])

    def check(self, geval: Geval) -> None:
        """The rule answers this case as the table says."""
        actual = to_plain(self.antwoord(geval.feiten, geval.peildatum))
        assert narrowed(actual, geval.verwacht) == geval.verwacht


def wet(naam: str) -> Antwoord:
    """The question of that name as the command line asks it: from JSON, so the facts are read strictly."""

    def answer(facts: Mapping[str, Any], peildatum: date) -> Any:
        rule = RULES[naam]
        uitkomst = rule.answer(feiten.read(rule.facts, json.dumps(facts)), peildatum=peildatum)
        return json.loads(json.dumps(uitkomst.to_json()["waarde"]), parse_float=Decimal)

    return answer


def narrowed(actual: Any, expected: Any) -> Any:
    """The part of ``actual`` that ``expected`` speaks about."""
    if isinstance(actual, dict) and isinstance(expected, dict):
        return {key: narrowed(actual.get(key, "(ontbreekt)"), value) for key, value in expected.items()}
    return actual


def all_regels() -> list[Regel]:
    """The rules of every spec module, in the order of their pages."""
    modules = sorted(path.stem for path in Path(__file__).parent.glob("test_*.py"))
    found = [getattr(importlib.import_module(f"tests.spec.{name}"), "REGEL", None) for name in modules]
    return sorted((regel for regel in found if regel is not None), key=lambda regel: regel.slug)
