"""`rotate_keys`: replace the keys of the register while everybody goes on working."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from banenafspraak.access import sleutelbestand, sleutelwissel
from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import SealError, SleutelbestandError
from banenafspraak.access.sleutelbestand import SLEUTELDOELEN, Sleuteldoel
from banenafspraak.adapters.voortgang import Voortgang


class Command(BaseCommand):
    """Exit codes: 0 done, 1 there is still work (a row that does not open, a version in use), 2 cannot begin."""

    help = "Vervangt sleutels terwijl het werk doorgaat. Gaat verder waar een eerdere keer stopte."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which keys, and whether the old ones go."""
        parser.add_argument("--doel", choices=[*SLEUTELDOELEN, "alles"], default="alles", help="welke sleutels")
        parser.add_argument("--ruim-op", action="store_true", help="haal daarna de oude sleutels weg, voorgoed")
        parser.add_argument("--stand", action="store_true", help="laat alleen zien hoe het staat")
        parser.add_argument(
            "--schrijf", type=Path, metavar="BESTAND", help="schrijf alleen het volgende sleutelbestand, voor de kluis"
        )

    def handle(self, *args: Any, doel: str, **options: Any) -> None:
        """Begin, or go on with, a change of keys."""
        doelen: tuple[Sleuteldoel, ...] = SLEUTELDOELEN if doel == "alles" else (doel,)  # type: ignore[assignment]
        try:
            if options["schrijf"]:
                sleutelbestand.write_next(options["schrijf"], doelen)
                self.stdout.write(f"{options['schrijf']}: geschreven. Er is verder niets veranderd.")
            elif options["stand"]:
                self._show(sleutelwissel.stand())
            else:
                with sleutelwissel.alone():
                    self._rotate(doelen, ruim_op=options["ruim_op"])
        except SleutelbestandError as error:
            raise CommandError(str(error), returncode=2) from None
        except sleutelwissel.WisselBezet:
            raise CommandError("Er is al een wissel van sleutels bezig.", returncode=2) from None
        except SealError as error:
            raise CommandError(
                f"Een verzegeld gegeven gaat niet open ({error}). Zet de ontbrekende sleutel terug en begin opnieuw.",
                returncode=1,
            ) from None

    def _rotate(self, doelen: tuple[Sleuteldoel, ...], *, ruim_op: bool) -> None:
        actor = Actor.system(doel="sleutels vervangen")
        begin = sleutelwissel.stand()
        if begin.loopt:
            self.stdout.write("Een eerdere wissel is niet af; die gaat verder. Er komt geen nieuwe sleutel bij.")
        elif settings.PRODUCTIE:
            self.stdout.write("Het sleutelbestand heeft geen nieuwere sleutel. De sleutelbeheerder brengt die.")
            return
        else:
            sleutelwissel.begin(actor=actor, doelen=doelen, now=timezone.now())
        with Voortgang("sleutels", sum(sleutelwissel.stand().te_doen.values())) as voortgang:

            def progress(tabel: str, rijen: int) -> None:
                voortgang.step(tabel)
                voortgang.advance(rijen)

            changed = sleutelwissel.wissel(actor=actor, now=timezone.now(), progress=progress)
        self.stdout.write(f"  rijen onder de nieuwste sleutel gebracht: {changed}")
        if ruim_op:
            self._ruim_op(actor)
        self._show(sleutelwissel.stand())

    def _ruim_op(self, actor: Actor) -> None:
        oud = {doel: nummers[1:] for doel, nummers in sleutelbestand.versies().items() if doel != "audit"}
        if settings.PRODUCTIE and any(oud.values()):
            raise CommandError(
                "Geen rij gebruikt de oude sleutels meer. Laat de sleutelbeheerder ze uit het sleutelbestand halen "
                f"({self._named(oud)}), en draai dit daarna nog een keer.",
                returncode=1,
            )
        try:
            weg = sleutelwissel.ruim_op(actor=actor, now=timezone.now())
        except sleutelwissel.NietKlaar:
            raise CommandError(
                "Er zijn nog rijen onder een oude sleutel. Draai dit nog een keer.", returncode=1
            ) from None
        self.stdout.write(f"  sleutels weggehaald: {self._named(weg) or 'geen'}")

    def _show(self, stand: sleutelwissel.Stand) -> None:
        self.stdout.write(f"  in het sleutelbestand: {self._named(stand.versies)}")
        for tabel, rijen in stand.te_doen.items():
            self.stdout.write(f"  {tabel:<28} nog niet onder de nieuwste sleutel: {rijen:>9}")
        for tabel, rijen in stand.achter.items():
            self.stdout.write(f"  {tabel:<28} met de index van de oude sleutel:   {rijen:>9}")

    @staticmethod
    def _named(versies: Any) -> str:
        return "; ".join(f"{doel} {', '.join(map(str, nummers))}" for doel, nummers in versies.items() if nummers)
