"""`banenafspraak wet NAAM --peildatum DATUM < feiten.json`: ask the law a question, with steps and sources.

`wet lkv --tabel FILE` and `wet lks --tabel FILE` answer a whole table of person-months in exact cents.
"""

import csv
import io
import json
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from banenafspraak.adapters.regeltabel import TABELVRAGEN, answer_table
from banenafspraak.wet import feiten
from banenafspraak.wet.parameters import ParameterFout
from banenafspraak.wet.regels import RULES

# A person's facts fit in a few kilobytes; more is a mistake, or somebody trying something.
MAX_INPUT_BYTES = 1_000_000


class Command(BaseCommand):
    """Reads facts as JSON from standard input and prints an Uitkomst as JSON; exit 2 for unusable input."""

    help = "Stelt de wet een vraag: feiten als JSON op de standaardinvoer, antwoord met stappen en bronnen als JSON."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("naam", choices=sorted(RULES), help="Welke vraag.")
        parser.add_argument("--peildatum", help="De dag waarvoor het antwoord geldt, als JJJJ-MM-DD.")
        parser.add_argument("--schema", action="store_true", help="Toon het JSON Schema van de feiten en stop.")
        parser.add_argument(
            "--tabel", type=Path, help="CSV of Parquet met een rij feiten per persoon en maand (lkv, lks)."
        )
        parser.add_argument("--uit", type=Path, help="Waar het antwoord op --tabel komt; zonder: op het scherm.")

    def handle(self, *args: Any, **options: Any) -> None:
        rule = RULES[options["naam"]]
        if options["schema"]:
            self._print(feiten.schema(rule.facts))
            return
        if options["tabel"]:
            self._table(options["naam"], options["tabel"], options["uit"])
            return
        try:
            peildatum = _peildatum(options["peildatum"])
            uitkomst = rule.answer(feiten.read(rule.facts, _standard_input()), peildatum=peildatum)
        except (feiten.FeitenFout, ParameterFout) as error:
            for line in getattr(error, "fouten", error.args):
                self.stderr.write(line)
            sys.exit(2)
        self._print(uitkomst.to_json())

    def _table(self, naam: str, path: Path, out: Path | None) -> None:
        """The answers as CSV, a line per row; exit 1 when a row has a fault."""
        if naam not in TABELVRAGEN:
            self.stderr.write(f"--tabel kan bij {' en '.join(TABELVRAGEN)}, niet bij {naam}.")
            sys.exit(2)
        try:
            rows = list(answer_table(naam, path))
        except feiten.FeitenFout as error:
            for line in error.fouten:
                self.stderr.write(line)
            sys.exit(2)
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(("sleutel", "recht", "bedrag", "toegekend", "fout"))
        for row in rows:
            due = "" if row.recht is None else str(row.recht).lower()
            amount = "" if row.bedrag is None else f"{row.bedrag:.2f}"
            writer.writerow((row.sleutel, due, amount, row.toegekend, row.fout))
        if out:
            out.write_text(text.getvalue(), encoding="utf-8")
        else:
            self.stdout.write(text.getvalue(), ending="")
        if faults := sum(1 for row in rows if row.fout):
            self.stderr.write(f"{faults} van {len(rows)} rijen hebben een fout; die staat in de kolom fout.")
            sys.exit(1)

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
