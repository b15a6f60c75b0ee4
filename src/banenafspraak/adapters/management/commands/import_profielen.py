"""`import_profielen`: take in the profiles of an organisation, all or nothing."""

import io
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from banenafspraak.access import mandaten
from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import SleutelbestandError, check_sleutels
from banenafspraak.adapters import profielen
from banenafspraak.adapters.bestand import Borrowed, safe_name
from banenafspraak.adapters.voortgang import Voortgang
from banenafspraak.bemiddeling import profielimport, profieluploads
from banenafspraak.bemiddeling.profielimport import Importverslag
from banenafspraak.bemiddeling.profiellevering import Onleesbaar, Profielformaat

_PLACES = {
    Profielformaat.VUM: "profiel",
    Profielformaat.UM: "profiel",
    Profielformaat.SONAR: "rij",
    Profielformaat.CSV: "regel",
}


class Command(BaseCommand):
    """Exit codes: 0 taken in (or nothing to do), 1 row errors, 2 a file or an organisation that cannot be used."""

    help = "Leest klantprofielen van een organisatie in. Alles of niets; twee keer hetzelfde doet niets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, what it is, whose it is, and whether it is only tried."""
        parser.add_argument("bestand", type=Path, help="de levering")
        parser.add_argument("--formaat", required=True, choices=[formaat.value for formaat in Profielformaat])
        parser.add_argument("--organisatie", required=True, metavar="OIN", help="van wie de levering is")
        parser.add_argument("--proef", action="store_true", help="laat zien wat er zou veranderen; verandert niets")
        parser.add_argument(
            "--goede-regels", action="store_true", help="lees de goede regels in, ook als er foute bij zijn"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Judge the rows, show what changes, and take the delivery in."""
        pad, formaat = options["bestand"], Profielformaat(options["formaat"])
        naam = safe_name(pad)
        try:
            check_sleutels()
            organisatie_id = self._organisatie(options["organisatie"])
            verslag = self._take_in(pad, naam, formaat, organisatie_id, options)
        except Onleesbaar as error:
            where = naam if error.regel is None else f"{naam}, {_PLACES[formaat]} {error.regel}"
            raise CommandError(f"{where}: {error}", returncode=2) from None
        except SleutelbestandError as error:
            raise CommandError(str(error), returncode=2) from None
        except PermissionDenied:
            reden = "Deze organisatie levert geen profielen: dat doen gemeenten, werkgeversservicepunten en UWV."
            raise CommandError(reden, returncode=2) from None
        except OSError:
            raise CommandError(
                f"{naam}: Dit bestand is niet te lezen. Kijk de naam en de rechten na.", returncode=2
            ) from None
        self._show(naam, formaat, verslag, proef=options["proef"])

    def _organisatie(self, oin: str) -> int:
        organisatie_id = (
            mandaten.organisatie_with_oin(oin) if len(oin) == 20 and oin.isascii() and oin.isdigit() else None
        )
        if organisatie_id is None:
            reden = "Er is geen organisatie met dit OIN. Een OIN heeft twintig cijfers."
            raise CommandError(reden, returncode=2)
        return organisatie_id

    def _take_in(
        self, pad: Path, naam: str, formaat: Profielformaat, organisatie_id: int, options: dict[str, Any]
    ) -> Importverslag:
        size = pad.stat().st_size
        if not pad.is_file():
            raise CommandError(f"{naam}: Dit is geen bestand.", returncode=2)
        if size > settings.MAX_LEVERING_BYTES:
            grens = settings.MAX_LEVERING_BYTES // 1_000_000
            raise CommandError(
                f"{naam}: Dit bestand is {size // 1_000_000} MB; de grens is {grens} MB. Splits de levering.",
                returncode=2,
            )
        kolommen = profieluploads.saved_columns(organisatie_id) if formaat is Profielformaat.CSV else None
        with Voortgang(naam, size) as voortgang, pad.open("rb") as stream:
            voortgang.step("profielen inlezen")
            counted = io.BufferedReader(_Counted(stream, voortgang), 1 << 16)
            return profielimport.take_in(
                profielen.read(counted, formaat, organisatie_id=organisatie_id, kolommen=kolommen),
                organisatie_id=organisatie_id,
                actor=Actor.system(doel="levering van klantprofielen inlezen"),
                now=timezone.now(),
                proef=options["proef"],
                goede_regels=options["goede_regels"],
            )

    def _show(self, naam: str, formaat: Profielformaat, verslag: Importverslag, *, proef: bool) -> None:
        for fout in verslag.fouten:
            self.stderr.write(f"{naam}, {_PLACES[formaat]} {fout.regel}: {fout.melding} {fout.herstel}")
        if verslag.fouten_totaal > len(verslag.fouten):
            self.stderr.write(f"... en nog {verslag.fouten_totaal - len(verslag.fouten)} andere fouten.")
        self.stdout.write(
            f"  nieuw {verslag.nieuw:>9}   gewijzigd {verslag.gewijzigd:>9}   gelijk {verslag.gelijk:>9}   "
            f"fout {verslag.fouten_totaal:>9}"
        )
        if verslag.eigen_antwoord:
            self.stdout.write(f"  eigen, nieuwere antwoorden van kandidaten die bleven: {verslag.eigen_antwoord}")
        if verslag.ontbreekt_totaal:
            self.stdout.write(f"  niet meer geleverd (er is niets verwijderd): {verslag.ontbreekt_totaal}")
            for nummer in verslag.ontbreekt:
                self.stdout.write(f"    {nummer}")
        if proef:
            outcome = "dit is een proef. Er is niets veranderd."
        elif not verslag.ingelezen:
            outcome = "er is niets ingelezen. Herstel de fouten, of gebruik --goede-regels."
        else:
            outcome = (
                "ingelezen." if verslag.nieuw or verslag.gewijzigd else "alles was al bekend. Er is niets veranderd."
            )
        self.stdout.write(f"{naam}: {outcome}")
        if verslag.fouten_totaal:
            found = "1 fout" if verslag.fouten_totaal == 1 else f"{verslag.fouten_totaal} fouten"
            raise CommandError(f"{naam}: {found}.", returncode=1)


class _Counted(Borrowed):
    """A file that says how far it was read; going back (a CSV is looked at twice) is not counted twice."""

    def __init__(self, stream: BinaryIO, voortgang: Voortgang) -> None:
        super().__init__(stream)
        self._voortgang = voortgang
        self._furthest = 0

    def readinto(self, buffer: Any, /) -> int:
        """As the base class, and say how far."""
        read = super().readinto(buffer)
        place = self.tell()
        self._voortgang.advance(max(0, place - self._furthest))
        self._furthest = max(self._furthest, place)
        return read
