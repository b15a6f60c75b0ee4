"""`ruim_op`: erase what is past the term that docs/verwerkingsregister.toml gives it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from banenafspraak.access.bewaren import bewaarregels, latest_due
from banenafspraak.adapters import opruimen
from banenafspraak.register.bewaren import PERSONEN, held_back


class Command(BaseCommand):
    """Exit code 0, also when there was nothing to erase. Stopped halfway, it goes on the next time."""

    help = "Wist gegevens waarvan de bewaartermijn voorbij is. De wachtrij doet dit elke nacht."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether it is only tried."""
        parser.add_argument("--proef", action="store_true", help="laat zien wat er weg zou gaan; wist niets")

    def handle(self, *args: Any, proef: bool, **options: Any) -> None:
        """Erase, and say what went, what stays and why, and what is left to people."""
        now = timezone.now()
        done = opruimen.ruim_op(now=now, proef=proef)
        for opruiming in done:
            regel = opruiming.regel
            self.stdout.write(f"{regel.verwerking} ({regel.na} vanaf {regel.vanaf})")
            for tabel, aantal in opruiming.aantallen.items():
                self.stdout.write(f"  {tabel:<28} {aantal:>9}")
        peildatum = timezone.localtime(now).date()
        if blijft := held_back(latest_due(peildatum, bewaarregels()[PERSONEN.verwerking].na), peildatum):
            self.stdout.write(f"  {blijft} personen blijven staan: er loopt nog een registratie of een zaak.")
        for regel in bewaarregels().values():
            if regel.handmatig:
                self.stdout.write(f"{regel.verwerking}: met de hand. {regel.handmatig}")
        if proef:
            self.stdout.write("Dit is een proef. Er is niets gewist.")
            return
        call_command("clearsessions")
        if any(opruiming.aantallen for opruiming in done):
            self.stdout.write(
                "In oude kopieën van de database blijven deze gegevens leesbaar tot de sleutels van toen weg zijn: "
                "banenafspraak rotate_keys --ruim-op"
            )
