"""`import_reintegratieberichten`: take in a file of re-integratieberichten (Praktijkroute), all or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import SleutelbestandError, check_sleutels
from banenafspraak.adapters.bestand import Bestand, Onbruikbaar
from banenafspraak.adapters.reintegratiebericht import read_berichten, recognise_berichten
from banenafspraak.register.praktijkroute import Berichtinlezing, take_in


class Command(BaseCommand):
    """Exit codes: 0 taken in (or nothing to do), 1 errors in messages, 2 a file that cannot be read."""

    help = "Leest re-integratieberichten over de Praktijkroute in (XML). Alles of niets; twee keer doet niets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and whether it is only tried."""
        parser.add_argument("bestand", type=Path, help="het bestand: XML, zie docs/reintegratieberichten.md")
        parser.add_argument("--proef", action="store_true", help="laat zien wat er zou veranderen; verandert niets")

    def handle(self, *args: Any, **options: Any) -> None:
        """Judge the messages, show what changes, and take the file in."""
        proef = options["proef"]
        try:
            check_sleutels()
            bestand = recognise_berichten(options["bestand"])
            inlezing = take_in(
                actor=Actor.system(doel="re-integratieberichten inlezen"),
                records=lambda: read_berichten(bestand),
                sha256=bestand.sha256(),
                bestandsnaam=bestand.naam,
                proef=proef,
                now=timezone.now(),
            )
        except (Onbruikbaar, SleutelbestandError) as error:
            raise CommandError(str(error), returncode=2) from None
        if inlezing.fouten_totaal:
            self._refuse(bestand, inlezing)
        if inlezing.al_ingelezen:
            self.stdout.write(f"{bestand.naam}: al ingelezen. Er is niets veranderd.")
            return
        for naam, aantal in inlezing.aantallen.items():
            self.stdout.write(f"  {naam:<13} {aantal:>9}")
        outcome = "dit is een proef. Er is niets veranderd." if proef else "ingelezen."
        self.stdout.write(f"{bestand.naam}: {outcome}")

    def _refuse(self, bestand: Bestand, inlezing: Berichtinlezing) -> None:
        for fout in inlezing.fouten:
            self.stderr.write(str(bestand.fout(fout.regel, fout.melding, fout.herstel)))
        meer = inlezing.fouten_totaal - len(inlezing.fouten)
        if meer:
            self.stderr.write(f"... en nog {meer} andere fouten.")
        totaal = "1 fout" if inlezing.fouten_totaal == 1 else f"{inlezing.fouten_totaal} fouten"
        raise CommandError(f"{bestand.naam}: {totaal}. Er is niets ingelezen.", returncode=1)
