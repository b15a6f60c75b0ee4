"""`import_postcodes`: take in where each postcode of four digits lies, all or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from banenafspraak.access.actor import Actor
from banenafspraak.bemiddeling import postcodes

_MOST_BYTES = 20_000_000


class Command(BaseCommand):
    """Exit codes: 0 taken in (or nothing to do), 1 line errors, 2 a file that cannot be read."""

    help = "Leest een tabel van postcodes in (CSV met pc4, lat en lon). Alles of niets; hetzelfde twee keer doet niets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and whether it is only tried."""
        parser.add_argument("bestand", type=Path, help="CSV, UTF-8, met de kolommen pc4, lat en lon")
        parser.add_argument("--proef", action="store_true", help="kijkt het bestand na; verandert niets")

    def handle(self, *args: Any, **options: Any) -> None:
        """Judge the lines and take the table in."""
        path: Path = options["bestand"]
        try:
            if path.stat().st_size > _MOST_BYTES:
                raise CommandError(f"{path.name}: dit bestand is te groot voor een tabel van postcodes.", returncode=2)
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            raise CommandError(f"{path.name}: dit bestand is niet te lezen als UTF-8.", returncode=2) from None
        regels, fouten = postcodes.read(text)
        for fout in fouten:
            self.stderr.write(f"{path.name}:{fout.regel}: {fout.tekst}")
        if fouten:
            raise CommandError(f"{path.name}: er is niets ingelezen.", returncode=1)
        if options["proef"]:
            self.stdout.write(f"{path.name}: {len(regels)} postcodes. Dit is een proef. Er is niets veranderd.")
            return
        actor = Actor.system(doel="tabel van postcodes inlezen")
        changed = postcodes.take_in(regels, actor=actor, now=timezone.now())
        outcome = f"{len(regels)} postcodes ingelezen." if changed else "al ingelezen. Er is niets veranderd."
        self.stdout.write(f"{path.name}: {outcome}")
