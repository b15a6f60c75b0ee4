"""`rapportage`: the report of a region and quarter, as a file or on the screen."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from banenafspraak.access.actor import Actor
from banenafspraak.metingen import rapportage, store

LATER_SOORT = ("trend", "kwartaal", "jaar")
LATER_FORMAAT = ("html", "pdf", "ods")


class Command(BaseCommand):
    """Exit codes: 0 done, 1 a broken seal, 2 a region, quarter or form that is not there."""

    help = "Geeft de factsheet van een arbeidsmarktregio. Zonder --ruw zijn de cijfers afgerond, zoals op de website."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which report, of where and when, in which form, and where to."""
        parser.add_argument("soort", choices=("factsheet", *LATER_SOORT), help="welk rapport")
        parser.add_argument("--regio", required=True, metavar="AM12", help="code van de regio, of NL")
        parser.add_argument("--kwartaal", required=True, metavar="2018Q1", help="jaar, Q en het kwartaal")
        parser.add_argument("--formaat", choices=("json", "csv", *LATER_FORMAAT), default="json", help="de vorm")
        parser.add_argument(
            "--ruw", action="store_true", help="cijfers die niet zijn afgerond; alleen intern, en het wordt vastgelegd"
        )
        parser.add_argument("--uit", type=Path, metavar="BESTAND", help="schrijf naar dit bestand")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the report and give it."""
        if options["soort"] in LATER_SOORT:
            raise CommandError(
                f"Het rapport '{options['soort']}' is er nog niet. Kies: rapportage factsheet.", returncode=2
            )
        if options["formaat"] in LATER_FORMAAT:
            raise CommandError(
                f"Het formaat '{options['formaat']}' is er nog niet. Kies json of csv; de webpagina is html.",
                returncode=2,
            )
        text = self._text(options["regio"], options["kwartaal"], options["formaat"], ruw=options["ruw"])
        uit: Path | None = options["uit"]
        if uit is None:
            self.stdout.write(text, ending="")
            return
        try:
            uit.write_text(text, encoding="utf-8", newline="")
        except OSError as error:
            raise CommandError(
                f"Schrijven naar {uit} lukt niet ({error.strerror}). Kies een ander bestand.", returncode=2
            ) from None

    def _text(self, regio: str, kwartaal: str, formaat: str, *, ruw: bool) -> str:
        try:
            if ruw:
                actor = Actor.system(doel="onafgeronde cijfers voor intern gebruik")
                sheet = rapportage.unrounded_factsheet(regio, kwartaal, actor=actor, now=timezone.now())
            else:
                sheet = rapportage.factsheet(regio, kwartaal, afgerond=True)
        except store.ZegelGebroken as error:
            raise CommandError(str(error), returncode=1) from None
        except (ValueError, rapportage.OnbekendeRegio, store.CijfersOntbreken) as error:
            raise CommandError(str(error), returncode=2) from None
        if formaat == "csv":
            return rapportage.to_csv(sheet)
        return json.dumps(sheet.to_json(), ensure_ascii=False, indent=1) + "\n"
