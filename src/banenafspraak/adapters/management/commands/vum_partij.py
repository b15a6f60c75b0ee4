"""`vum_partij`: let an organisation ask through VUM, change what it may, or send it away."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from banenafspraak.access.actor import Actor
from banenafspraak.bemiddeling import vumpartijen


class Command(BaseCommand):
    """Exit codes: 0 done (or nothing to do), 2 an organisation or a value that cannot be used."""

    help = "Laat een organisatie toe tot VUM (/vum/v3/), of weigert haar voortaan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which organisation, and what it may."""
        parser.add_argument("oin", metavar="OIN", help="twintig cijfers; de organisatie staat al in dit systeem")
        parser.add_argument("--suwi", action="store_true", help="voert de Wet SUWI uit: een gemeente of UWV")
        parser.add_argument(
            "--verwerker", default="", metavar="OIN", help="van wie het certificaat is, als dat een ander is"
        )
        parser.add_argument("--per-minuut", type=int, default=vumpartijen.MAX_PER_MINUUT, metavar="N")
        parser.add_argument("--weg", action="store_true", help="weiger deze organisatie voortaan")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do one of the two, and say what came of it."""
        actor, now, oin = Actor.system(doel="partijen van VUM bijhouden"), timezone.now(), options["oin"]
        if options["weg"]:
            done = vumpartijen.dismiss(actor=actor, oin=oin, now=now)
            self.stdout.write(
                "Deze partij krijgt geen antwoord meer." if done else "Deze partij was al niet toegelaten."
            )
            return
        try:
            done = vumpartijen.admit(
                actor=actor,
                oin=oin,
                suwi=options["suwi"],
                verwerker_oin=options["verwerker"],
                per_minuut=options["per_minuut"],
                now=now,
            )
        except ObjectDoesNotExist:
            raise CommandError(
                "Er is geen organisatie met dit OIN. Een OIN heeft twintig cijfers.", returncode=2
            ) from None
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=2) from None
        self.stdout.write("Toegelaten." if done else "Dit was al zo. Er is niets veranderd.")
