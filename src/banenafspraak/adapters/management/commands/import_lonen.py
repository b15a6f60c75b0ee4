"""`import_lonen`: take in wage returns and wage deliveries, all or nothing."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import SleutelbestandError, check_sleutels
from banenafspraak.adapters.bestand import MAX_FOUTEN, Onbruikbaar
from banenafspraak.adapters.lonen import Ingelezen, Verslag, take_in
from banenafspraak.adapters.voortgang import Voortgang
from banenafspraak.metingen.leveringen import InnameBezet


class Command(BaseCommand):
    """Exit codes: 0 taken in (or nothing to do), 1 row errors, 2 a file that cannot be read."""

    help = "Leest loonaangiften (XML) en loonleveringen (CSV, Parquet) in. Alles of niets; een latere vervangt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The files, in the order in which they came in, and whether they are only tried."""
        parser.add_argument("bestanden", nargs="+", type=Path, metavar="BESTAND", help="XML, CSV of Parquet")
        parser.add_argument("--proef", action="store_true", help="laat zien wat er zou gebeuren; verandert niets")

    def handle(self, *args: Any, **options: Any) -> None:
        """Judge the rows, show what they come to, and take the files in."""
        paden, proef = options["bestanden"], options["proef"]
        try:
            check_sleutels()
            verslag = self._take_in(paden, proef=proef)
        except (Onbruikbaar, SleutelbestandError) as error:
            raise CommandError(str(error), returncode=2) from None
        except InnameBezet:
            reden = "Er loopt al een import van lonen. Wacht tot die klaar is en probeer het opnieuw."
            raise CommandError(reden, returncode=2) from None
        if verslag.fouten:
            for fout in verslag.fouten[:MAX_FOUTEN]:
                self.stderr.write(str(fout))
            more = " of meer" if len(verslag.fouten) >= MAX_FOUTEN else ""
            count = min(len(verslag.fouten), MAX_FOUTEN)
            found = "1 fout" if count == 1 else f"{count}{more} fouten"
            raise CommandError(f"{found}. Er is niets ingelezen.", returncode=1)
        for ingelezen in verslag.bestanden:
            self._show(ingelezen)
        if proef:
            self.stdout.write("Dit is een proef. Er is niets veranderd.")

    def _take_in(self, paden: list[Path], *, proef: bool) -> Verslag:
        total = sum(pad.stat().st_size for pad in paden if pad.is_file())
        with Voortgang("lonen inlezen", total, stream=sys.stderr) as voortgang:
            last = ""

            def progress(naam: str, size: int) -> None:
                nonlocal last
                if naam != last:
                    voortgang.step(naam)
                    last = naam
                voortgang.advance(size)

            return take_in(
                paden,
                actor=Actor.system(doel="levering van lonen inlezen"),
                now=timezone.now(),
                proef=proef,
                alleen_test=settings.OMGEVING != "productie",
                max_xml_bytes=settings.MAX_XML_BYTES,
                progress=progress,
            )

    def _show(self, ingelezen: Ingelezen) -> None:
        if ingelezen.al_ingelezen:
            self.stdout.write(f"{ingelezen.bestand}: al ingelezen. Er is niets veranderd.")
            return
        self.stdout.write(f"{ingelezen.bestand}: {ingelezen.soort}")
        for maand, rows in ingelezen.rijen.items():
            self.stdout.write(f"  {maand} {rows:>12} rijen")
        for melding in ingelezen.meldingen:
            self.stdout.write(f"  let op: {melding}")
