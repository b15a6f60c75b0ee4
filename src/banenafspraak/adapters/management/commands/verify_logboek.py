"""`verify_logboek`: is the logboek still what was sealed?"""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from banenafspraak.access import zegels


class Command(BaseCommand):
    """Recompute the seals; exit code 1 and the place when something is broken."""

    help = "Controleert of het logboek nog is wat er verzegeld is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Sealing first is for who has no queue running."""
        parser.add_argument("--verzegel", action="store_true", help="verzegel eerst wat nog wacht")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, and say what was found."""
        try:
            if options["verzegel"]:
                zegels.seal(now=timezone.now())
            controle = zegels.verify()
        except zegels.ZegelsleutelError as error:
            raise CommandError(str(error), returncode=2) from None
        for breuk in controle.breuken:
            self.stdout.write(f"zegel {breuk.nummer}: {breuk.melding}")
        outcome = "alles klopt." if controle.heel else f"{len(controle.breuken)} breuken."
        self.stdout.write(f"{controle.zegels} zegels, {controle.regels} regels gecontroleerd: {outcome}")
        if controle.wachtend:
            self.stdout.write(f"{controle.wachtend} regels wachten nog op een zegel.")
        if not controle.heel:
            sys.exit(1)
