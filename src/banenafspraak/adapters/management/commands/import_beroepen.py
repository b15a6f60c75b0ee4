"""`import_beroepen`: take in a published list of occupations, all or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from banenafspraak.access.actor import Actor
from banenafspraak.adapters.beroepen import MAX_BYTES, read
from banenafspraak.bemiddeling import beroepen


class Command(BaseCommand):
    """Exit codes: 0 taken in (or nothing to do), 1 line errors, 2 a file that cannot be read."""

    help = (
        "Leest een lijst van beroepen in: ESCO (CSV), CompetentNL (CSV of N-Triples) of groepen van de BRC (CSV). "
        "Alles of niets; hetzelfde twee keer doet niets."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, what it is, and whether it is only tried."""
        parser.add_argument("bestand", type=Path, help="UTF-8; N-Triples als de naam op .nt eindigt, anders CSV")
        parser.add_argument("--formaat", required=True, choices=[*beroepen.LIJSTEN, beroepen.BRC])
        parser.add_argument("--proef", action="store_true", help="kijkt het bestand na; verandert niets")

    def handle(self, *args: Any, **options: Any) -> None:
        """Judge the lines and take the list in."""
        path: Path = options["bestand"]
        formaat: str = options["formaat"]
        try:
            if path.stat().st_size > MAX_BYTES:
                raise CommandError(f"{path.name}: dit bestand is te groot voor een lijst van beroepen.", returncode=2)
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            raise CommandError(f"{path.name}: dit bestand is niet te lezen als UTF-8.", returncode=2) from None
        triples = path.suffix.lower() == ".nt"
        if triples and formaat != "competentnl":
            raise CommandError(f"{path.name}: N-Triples horen bij --formaat competentnl.", returncode=2)
        found = read(text, formaat, triples=triples)
        for fout in found.fouten:
            self.stderr.write(f"{path.name}:{fout.regel}: {fout.tekst}")
        if found.fouten:
            raise CommandError(f"{path.name}: er is niets ingelezen.", returncode=1)
        number = len(found.groepen) if formaat == beroepen.BRC else len(found.regels)
        what = "groepen" if formaat == beroepen.BRC else "beroepen"
        if options["proef"]:
            self.stdout.write(f"{path.name}: {number} {what}. Dit is een proef. Er is niets veranderd.")
            return
        actor, now = Actor.system(doel="lijst van beroepen inlezen"), timezone.now()
        if formaat == beroepen.BRC:
            changed = beroepen.take_in_groups(found.groepen, actor=actor, now=now)
        else:
            changed = beroepen.take_in(found.regels, formaat=formaat, actor=actor, now=now)
        self.stdout.write(
            f"{path.name}: {number} {what} ingelezen."
            if changed
            else f"{path.name}: al ingelezen. Er is niets veranderd."
        )
