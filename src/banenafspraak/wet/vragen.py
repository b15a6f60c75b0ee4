"""Asking for facts one by one: a decision about somebody assumes nothing, and a form asks only what the rule needs.

The rule itself is the questionnaire. It runs until it meets a fact that was not given; that fact is the next question.
So a guided form can never ask too much or too little.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from banenafspraak.wet.feiten import FactReader, FeitOntbreekt, explanation, field_schema
from banenafspraak.wet.parameters import Stand
from banenafspraak.wet.uitkomst import Stap, Trail, Uitkomst, show_date


@dataclass(frozen=True, slots=True)
class Vraag:
    """The next question of a guided form: the fact it fills, its text, its article, and what may be answered.

    ``soort`` is ja_nee, keuze, datum or getal; ``keuzes`` is empty unless it is a keuze.
    """

    naam: str
    tekst: str
    artikel: str
    soort: str
    keuzes: tuple[str, ...] = ()


class Asker:
    """Puts questions to the facts: every answer becomes a step, and nothing is assumed."""

    def __init__(self, feiten: Any, trail: Trail) -> None:
        self.feiten, self._trail = feiten, trail
        self._reader: FactReader[Any] = FactReader(feiten)
        self._asked: set[str] = set()

    def ask(self, naam: str, artikel: str, stand: Stand) -> Any:
        """The fact, after writing its question and answer down; asked again, it is not written again.

        Raises FeitOntbreekt when it was not given.
        """
        uitleg = explanation(type(self.feiten), naam)
        value = self._reader[naam]
        used, _ = self._reader.take()
        if value is None:
            raise FeitOntbreekt(naam, uitleg, artikel)
        if naam not in self._asked:
            self._asked.add(naam)
            stap = Stap(uitleg, _said(value), artikel, used, (), stand.zekerheid, stand.toelichting)
            self._trail.add(stap, stand.bron)
        return value


def next_question(rule: Callable[..., Uitkomst[Any]], feiten: Any, *, peildatum: date) -> Vraag | None:
    """What ``rule`` must know next to answer for these facts, or None when it can answer.

    Raises FeitenFout for facts that contradict each other.
    """
    try:
        rule(feiten, peildatum=peildatum)
    except FeitOntbreekt as missing:
        return question_of(type(feiten), missing.naam, artikel=missing.artikel)
    return None


def question_of(cls: type[Any], naam: str, *, artikel: str = "") -> Vraag:
    """The question that fills this fact, also when it was answered before. Raises KeyError for an unknown fact."""
    if naam not in {field.name for field in fields(cls)}:
        raise KeyError(naam)
    shape = field_schema(cls, naam)
    keuzes = tuple(keuze for keuze in shape.get("enum", ()) if keuze is not None)
    kind = "datum" if shape.get("format") == "date" else _SOORTEN[shape["type"][0]]
    return Vraag(naam, explanation(cls, naam), artikel, "keuze" if keuzes else kind, keuzes)


_SOORTEN = {"boolean": "ja_nee", "integer": "getal", "number": "getal", "string": "keuze"}


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "Ja." if value else "Nee."
    if isinstance(value, date):
        return f"{show_date(value)}."
    return f"{value}."
