"""`banenafspraak wet NAAM --peildatum DATUM < feiten.json`: ask the law a question, with steps and sources."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.core.management.base import BaseCommand

from banenafspraak.wet import (
    arbeidsvermogen,
    banen,
    beschutwerk,
    doelgroep,
    feiten,
    inzagetermijn,
    loonwaarde,
    proefplaatsing,
    raadpleging,
    registratie,
    termijnen,
    uitschrijving,
)
from banenafspraak.wet.parameters import ParameterFout
from banenafspraak.wet.uitkomst import Uitkomst

# A person's facts fit in a few kilobytes; more is a mistake, or somebody trying something.
MAX_INPUT_BYTES = 1_000_000


@dataclass(frozen=True)
class Rule:
    """A question the law can answer: the facts it needs, and the function that answers."""

    facts: type[Any]
    answer: Callable[..., Uitkomst[Any]]


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "antwoordtermijn": Rule(inzagetermijn.InzageFeiten, inzagetermijn.antwoordtermijn),
        "arbeidsvermogen": Rule(arbeidsvermogen.ArbeidsvermogenFeiten, arbeidsvermogen.beoordeel),
        "banen": Rule(banen.Werk, banen.tel),
        "beschutwerk": Rule(beschutwerk.BeschutWerkFeiten, beschutwerk.beschut_werk),
        "categorie": Rule(doelgroep.CategorieFeiten, doelgroep.categorie_van),
        "doelgroep": Rule(doelgroep.DoelgroepFeiten, doelgroep.beoordeel),
        "loonwaarde": Rule(loonwaarde.LoonwaardeFeiten, loonwaarde.loonwaarde),
        "proefplaatsing": Rule(proefplaatsing.ProefplaatsingFeiten, proefplaatsing.proefplaatsingduur),
        "raadpleging": Rule(raadpleging.RaadplegingFeiten, raadpleging.mededeling),
        "registratie": Rule(registratie.RegistratieFeiten, registratie.registratie),
        "termijn": Rule(termijnen.TermijnFeiten, termijnen.beslistermijn),
        "uitschrijving": Rule(uitschrijving.UitschrijvingFeiten, uitschrijving.uitschrijving),
    }
)


class Command(BaseCommand):
    """Reads facts as JSON from standard input and prints an Uitkomst as JSON; exit 2 for unusable input."""

    help = "Stelt de wet een vraag: feiten als JSON op de standaardinvoer, antwoord met stappen en bronnen als JSON."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("naam", choices=sorted(RULES), help="Welke vraag.")
        parser.add_argument("--peildatum", help="De dag waarvoor het antwoord geldt, als JJJJ-MM-DD.")
        parser.add_argument("--schema", action="store_true", help="Toon het JSON Schema van de feiten en stop.")

    def handle(self, *args: Any, **options: Any) -> None:
        rule = RULES[options["naam"]]
        if options["schema"]:
            self._print(feiten.schema(rule.facts))
            return
        try:
            peildatum = _peildatum(options["peildatum"])
            uitkomst = rule.answer(feiten.read(rule.facts, _standard_input()), peildatum=peildatum)
        except (feiten.FeitenFout, ParameterFout) as error:
            for line in getattr(error, "fouten", error.args):
                self.stderr.write(line)
            sys.exit(2)
        self._print(uitkomst.to_json())

    def _print(self, data: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))


def _peildatum(text: str | None) -> date:
    day = feiten.as_date(text)
    if day is None:
        raise _unusable("De peildatum ontbreekt of is geen bestaande datum: geef --peildatum JJJJ-MM-DD.")
    return day


def _standard_input() -> str:
    data = sys.stdin.buffer.read(MAX_INPUT_BYTES + 1)
    if len(data) > MAX_INPUT_BYTES:
        raise _unusable("De invoer is groter dan 1 MB. Geef de feiten van één persoon.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unusable("De invoer is geen UTF-8. Sla het bestand op als UTF-8.") from None


def _unusable(message: str) -> feiten.FeitenFout:
    return feiten.FeitenFout([message])
