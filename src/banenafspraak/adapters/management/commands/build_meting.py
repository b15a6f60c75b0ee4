"""`build_meting`: measure a quarter and publish it, sealed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import SleutelbestandError, check_sleutels
from banenafspraak.adapters.voortgang import Voortgang
from banenafspraak.metingen import lonen, pipeline, store
from banenafspraak.metingen.engine import EngineAbsent
from banenafspraak.metingen.grootheden import Kwartaal


class Command(BaseCommand):
    """Exit codes: 0 measured (or nothing changed), 1 the figures do not hold, 2 it cannot be measured."""

    help = "Maakt de meting van een kwartaal, en eerst die van de kwartalen waarmee het wordt vergeleken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which quarter, and where to count."""
        parser.add_argument("--kwartaal", required=True, metavar="2018Q1", help="jaar, Q en het kwartaal")
        parser.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb", help="waar wordt geteld")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, and say what is in force now."""
        try:
            check_sleutels()
            kwartaal = Kwartaal.parse(options["kwartaal"])
            with Voortgang("meting maken", len(pipeline.needed(kwartaal, lonen.maanden()))) as voortgang:

                def progress(naam: str) -> None:
                    voortgang.step(naam)
                    voortgang.advance(1)

                built = pipeline.build(
                    kwartaal,
                    actor=Actor.system(doel="meting maken"),
                    now=timezone.now(),
                    engine=options["engine"],
                    progress=progress,
                )
        except (
            ValueError,
            EngineAbsent,
            SleutelbestandError,
            pipeline.GeenLoongegevens,
            pipeline.BouwBezet,
        ) as error:
            raise CommandError(str(error), returncode=2) from None
        except (pipeline.MetingAfgekeurd, store.ZegelGebroken) as error:
            raise CommandError(str(error), returncode=1) from None
        for each in built:
            state = "gemaakt" if each.nieuw else "onveranderd"
            self.stdout.write(f"{each.kwartaal} versie {each.versie}: {state}, zegel {each.zegel}")
            if each.nieuw and each.versoepeld:
                self.stdout.write(f"  Iets ruimer afgerond, omdat anders niet alles optelt: {each.versoepeld}")
