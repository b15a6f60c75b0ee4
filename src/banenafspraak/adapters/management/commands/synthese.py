"""`synthese`: people who do not exist, as deliveries in the formats in which real ones arrive."""

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from banenafspraak.adapters.synthese.bevolking import (
    VOORBEELD,
    TeGroot,
    all_regios,
    draw_largest,
    draw_regios,
    largest_schaal,
)
from banenafspraak.adapters.synthese.leveringen import write_leveringen
from banenafspraak.adapters.synthese.marges import beschikbare_marges, load_marges
from banenafspraak.adapters.synthese.profielen import draw_klanten, write_profielen
from banenafspraak.adapters.synthese.vacatures import write_vacatures
from banenafspraak.metingen.grootheden import Kwartaal

_GEEN = "geen"


class Command(BaseCommand):
    """Write a synthetic population of one region, or of all, as register, wage and profile deliveries."""

    help = (
        "Maakt een synthetische bevolking en schrijft die als leveringen: het register als CSV, de lonen als CSV of "
        "Parquet per maand, de klantprofielen als VUM JSON en als Excel van Sonar, vacatures als VUM JSON. "
        "Alle nummers zijn testnummers (9999xxxxx)."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to make, how large, and where to write it."""
        parser.add_argument("--regio", required=True, metavar="CODE", help="een regio (AM12) of 'alle'")
        parser.add_argument(
            "--schaal",
            type=_schaal,
            metavar="0.01..1",
            help="deel van de werkelijke omvang; gewoonlijk zo groot als kan",
        )
        parser.add_argument("--zaad", type=_zaad, default=1, metavar="N", help="zelfde zaad, zelfde leveringen")
        parser.add_argument("--uit", type=Path, required=True, metavar="MAP", help="map voor de bestanden")
        parser.add_argument(
            "--marges",
            metavar="CODE",
            help=f"laat de gepubliceerde cijfers van deze regio precies uitkomen ({', '.join(beschikbare_marges())}), "
            f"of '{_GEEN}'; gewoonlijk die van de regio zelf, op schaal 1",
        )
        parser.add_argument(
            "--kwartalen",
            nargs="+",
            type=_kwartaal,
            metavar="KWARTAAL",
            help="kwartalen waarvan de lonen worden geschreven; gewoonlijk alle. December van het jaar ervoor komt "
            "erbij: die maand bepaalt de sector van een werkgever",
        )
        parser.add_argument(
            "--vacatures", type=_zaad, default=50, metavar="N", help="zoveel vacatures per regio; gewoonlijk 50"
        )
        parser.add_argument("--formaat", choices=("csv", "parquet"), default="csv", help="formaat van de lonen")

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw, write, and say what was written; exit code 2 for arguments that cannot be met."""
        codes = _regios(options["regio"])
        schaal: float | None = options["schaal"]
        marges = _marges(options["marges"], codes, schaal if schaal is not None else largest_schaal(codes))
        try:
            if schaal is None:
                schaal, bevolking = draw_largest(codes, options["zaad"], marges=marges)
            else:
                bevolking = draw_regios(codes, schaal, options["zaad"], marges=marges)
        except TeGroot as error:
            raise CommandError(str(error), returncode=2) from None
        reeks = load_marges(VOORBEELD).reeks
        kwartalen = options["kwartalen"] or reeks
        if unknown := [str(kwartaal) for kwartaal in kwartalen if kwartaal not in reeks]:
            mogelijk = ", ".join(map(str, reeks))
            raise CommandError(f"Van {', '.join(unknown)} is er geen bevolking. Kies uit: {mogelijk}.", returncode=2)
        try:
            leveringen = write_leveringen(bevolking, options["uit"], kwartalen, options["formaat"])
            klanten = [
                klant
                for code in codes
                for klant in draw_klanten(bevolking.personen, code, options["zaad"], op=timezone.localdate())
            ]
            profielen = write_profielen(klanten, options["uit"], sonar=codes)
            vacatures = write_vacatures(
                options["uit"], options["vacatures"], options["zaad"], op=timezone.localdate(), regios=codes
            )
        except OSError as error:
            raise CommandError(f"Schrijven in deze map lukt niet: {error.strerror}.", returncode=2) from None
        self.stdout.write(
            f"{len(bevolking.personen)} personen, {len(bevolking.loonregels)} loonregels, {len(klanten)} profielen, "
            f"{len(codes) * options['vacatures']} vacatures, schaal {schaal:g}."
        )
        for pad in (*leveringen.register, *leveringen.lonen, *(levering.pad for levering in profielen), vacatures):
            self.stdout.write(str(pad))


def _schaal(text: str) -> float:
    try:
        schaal = float(text)
    except ValueError:
        schaal = 0.0
    if not 0.01 <= schaal <= 1:
        raise ArgumentTypeError("een getal van 0.01 tot en met 1, met een punt")
    return schaal


def _zaad(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise ArgumentTypeError("een geheel getal vanaf 0")
    return int(text)


def _kwartaal(text: str) -> Kwartaal:
    try:
        return Kwartaal.parse(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None


def _regios(code: str) -> tuple[str, ...]:
    if code == "alle":
        return all_regios()
    if code not in all_regios():
        raise CommandError("Deze regio bestaat niet. Geef een code als AM12, of 'alle'.", returncode=2)
    return (code,)


def _marges(wish: str | None, codes: tuple[str, ...], schaal: float) -> str | None:
    """The region whose published figures must come out exactly; none when the population is not of real size."""
    if wish == _GEEN:
        return None
    if wish is None:
        return codes[0] if len(codes) == 1 and schaal == 1 and codes[0] in beschikbare_marges() else None
    if wish not in beschikbare_marges():
        keuze = ", ".join((*beschikbare_marges(), _GEEN))
        raise CommandError(f"Van die regio zijn geen marges bekend. Kies uit: {keuze}.", returncode=2)
    if wish not in codes or (len(codes) == 1 and schaal != 1):
        raise CommandError(
            f"De cijfers van {wish} komen alleen uit op ware grootte: --regio {wish} --schaal 1.", returncode=2
        )
    return wish
