"""`draw_charts`: after a meting, so that no visitor waits for a drawing."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from banenafspraak.metingen import store
from banenafspraak.metingen.grootheden import Kwartaal
from banenafspraak.web import figures

REGIONS = "regio's"


class Command(BaseCommand):
    """Draw the charts of a quarter, or of every quarter there is, in every language. What is drawn already stays."""

    help = "Tekent de grafieken van een kwartaal vooraf, zodat geen bezoeker erop wacht."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Without a quarter or a region: all of them."""
        parser.add_argument("--kwartaal", default="", help="bijvoorbeeld 2018Q1; weggelaten: alle kwartalen")
        parser.add_argument("--regio", default="", help="bijvoorbeeld AM12, of NL; weggelaten: alle regio's")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each quarter."""
        known = store.in_force()
        if options["kwartaal"]:
            try:
                wanted = [str(Kwartaal.parse(options["kwartaal"]))]
            except ValueError as error:
                raise CommandError(str(error), returncode=2) from None
            if wanted[0] not in known:
                raise CommandError(str(store.missing(wanted[0])), returncode=2)
        else:
            wanted = list(known)
        for kwartaal in wanted:
            drawn = figures.warm(kwartaal, options["regio"])
            self.stdout.write(f"{kwartaal}: grafieken van {drawn} {'regio' if drawn == 1 else REGIONS} getekend")
