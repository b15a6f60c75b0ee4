"""`import_register`: take in a delivery of the doelgroepregister, all or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import SleutelbestandError, check_sleutels
from banenafspraak.adapters.bestand import Bestand, Onbruikbaar
from banenafspraak.adapters.doelgroepregister import read_levering, recognise_levering
from banenafspraak.adapters.voortgang import Voortgang
from banenafspraak.register.records import Inlezing, Telling
from banenafspraak.register.registraties import take_in

_SHOWN = (
    ("personen", Telling.PERSONEN, Telling.PERSONEN_NIEUW, Telling.PERSONEN_GEWIJZIGD, "gewijzigd"),
    ("registraties", Telling.REGISTRATIES, Telling.REGISTRATIES_NIEUW, Telling.REGISTRATIES_VERVALLEN, "vervallen"),
    ("woonplaatsen", Telling.WOONPLAATSEN, Telling.WOONPLAATSEN_NIEUW, Telling.WOONPLAATSEN_VERVALLEN, "vervallen"),
)


class Command(BaseCommand):
    """Exit codes: 0 taken in (or nothing to do), 1 line errors, 2 a file that cannot be read."""

    help = "Leest een levering van het doelgroepregister in (CSV). Alles of niets; twee keer hetzelfde doet niets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and whether it is only tried."""
        parser.add_argument("bestand", type=Path, help="de levering: CSV, UTF-8, velden gescheiden door ;")
        parser.add_argument("--proef", action="store_true", help="laat zien wat er zou veranderen; verandert niets")

    def handle(self, *args: Any, **options: Any) -> None:
        """Judge the lines, show what changes, and take the delivery in."""
        proef = options["proef"]
        try:
            check_sleutels()
            bestand = recognise_levering(options["bestand"], max_bytes=settings.MAX_LEVERING_BYTES)
            inlezing = self._take_in(bestand, proef=proef)
        except (Onbruikbaar, SleutelbestandError) as error:
            raise CommandError(str(error), returncode=2) from None
        if inlezing.fouten_totaal:
            self._refuse(bestand, inlezing)
        if inlezing.al_ingelezen:
            self.stdout.write(f"{bestand.naam}: al ingelezen. Er is niets veranderd.")
            return
        for naam, totaal, nieuw, anders, woord in _SHOWN:
            aantal = inlezing.aantallen
            self.stdout.write(
                f"  {naam:<13} {aantal[totaal]:>9}   nieuw {aantal[nieuw]:>9}   {woord} {aantal[anders]:>9}"
            )
        self.stdout.write(f"{bestand.naam}: {self._outcome(inlezing)}")

    def _take_in(self, bestand: Bestand, *, proef: bool) -> Inlezing:
        with Voortgang(bestand.naam, bestand.grootte) as voortgang:
            voortgang.step("bestand nakijken")
            sha256 = bestand.sha256()
            return take_in(
                read_levering(bestand, sha256=sha256, advance=voortgang.advance),
                actor=Actor.system(doel="levering van het doelgroepregister inlezen"),
                levering=sha256,
                bestandsnaam=bestand.naam,
                now=timezone.now(),
                proef=proef,
                progress=voortgang.step,
            )

    def _refuse(self, bestand: Bestand, inlezing: Inlezing) -> None:
        for fout in inlezing.fouten:
            self.stderr.write(str(bestand.fout(fout.regel, fout.melding, fout.herstel)))
        meer = inlezing.fouten_totaal - len(inlezing.fouten)
        if meer:
            self.stderr.write(f"... en nog {meer} andere fouten.")
        totaal = "1 fout" if inlezing.fouten_totaal == 1 else f"{inlezing.fouten_totaal} fouten"
        raise CommandError(f"{bestand.naam}: {totaal}. Er is niets ingelezen.", returncode=1)

    @staticmethod
    def _outcome(inlezing: Inlezing) -> str:
        if not inlezing.changed:
            return "alles was al bekend. Er is niets veranderd."
        return "dit is een proef. Er is niets veranderd." if inlezing.proef else "ingelezen."
