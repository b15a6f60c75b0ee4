"""`link_loonheffingennummers`: say which employer declares wages under which loonheffingennummer."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import SleutelbestandError, check_sleutels
from banenafspraak.adapters import loonheffingennummers
from banenafspraak.adapters.bestand import Onbruikbaar, recognise


class Command(BaseCommand):
    """Exit codes: 0 linked (or nothing to do), 1 errors in rows, 2 a file that cannot be read."""

    help = "Koppelt loonheffingennummers aan werkgevers (CSV: kvk;lhnr). Alles of niets; twee keer doet niets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and whether it is only tried."""
        parser.add_argument("bestand", type=Path, help="CSV met de kolommen kvk en lhnr, gescheiden door een ;")
        parser.add_argument("--proef", action="store_true", help="laat zien wat er zou veranderen; verandert niets")

    def handle(self, *args: Any, bestand: Path, proef: bool, **options: Any) -> None:
        """Link the numbers, or say what is wrong with which row."""
        try:
            check_sleutels()
            file = recognise(bestand)
            done = loonheffingennummers.link(
                file, actor=Actor.system(doel="loonheffingennummers koppelen"), proef=proef, now=timezone.now()
            )
        except (Onbruikbaar, SleutelbestandError) as error:
            raise CommandError(str(error), returncode=2) from None
        for fout in done.fouten:
            self.stderr.write(str(fout))
        if done.fouten:
            raise CommandError(f"{file.naam}: {len(done.fouten)} fouten. Er is niets gekoppeld.", returncode=1)
        outcome = "dit is een proef. Er is niets veranderd." if proef else "gekoppeld."
        self.stdout.write(f"{file.naam}: {done.nummers} nummers, {done.nieuw} nieuw; {outcome}")
