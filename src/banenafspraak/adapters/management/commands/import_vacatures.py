"""`import_vacatures`: take in the vacatures of an organisation, all or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from banenafspraak.access import mandaten, organisaties
from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import SleutelbestandError, check_sleutels
from banenafspraak.adapters import vacatures
from banenafspraak.adapters.bestand import safe_name
from banenafspraak.bemiddeling import vacatureimport
from banenafspraak.bemiddeling.vacatureimport import Importverslag
from banenafspraak.bemiddeling.vacaturelevering import Onleesbaar, Vacatureformaat


class Command(BaseCommand):
    """Exit codes: 0 taken in (or nothing to do), 1 row errors, 2 a file or an organisation that cannot be used."""

    help = "Leest vacatures van een organisatie in. Alles of niets; twee keer hetzelfde doet niets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, what it is, whose it is, and whether it is only tried."""
        parser.add_argument("bestand", type=Path, help="de levering")
        parser.add_argument("--formaat", required=True, choices=[formaat.value for formaat in Vacatureformaat])
        parser.add_argument(
            "--organisatie", required=True, metavar="OIN|KVK", help="van wie de levering is (OIN of KvK-nummer)"
        )
        parser.add_argument("--proef", action="store_true", help="laat zien wat er zou veranderen; verandert niets")
        parser.add_argument(
            "--goede-regels", action="store_true", help="lees de goede regels in, ook als er foute bij zijn"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Judge the rows, show what changes, and take the delivery in."""
        pad, formaat = options["bestand"], Vacatureformaat(options["formaat"])
        naam = safe_name(pad)
        try:
            check_sleutels()
            if not pad.is_file() or pad.stat().st_size > settings.MAX_LEVERING_BYTES:
                raise CommandError(f"{naam}: Dit is geen bestand, of het is te groot.", returncode=2)
            with pad.open("rb") as stream:
                verslag = vacatureimport.take_in(
                    vacatures.read(stream, formaat),
                    organisatie_id=self._organisatie(options["organisatie"]),
                    actor=Actor.system(doel="levering van vacatures inlezen"),
                    now=timezone.now(),
                    proef=options["proef"],
                    goede_regels=options["goede_regels"],
                )
        except Onleesbaar as error:
            where = naam if error.regel is None else f"{naam}, regel {error.regel}"
            raise CommandError(f"{where}: {error}", returncode=2) from None
        except SleutelbestandError as error:
            raise CommandError(str(error), returncode=2) from None
        except PermissionDenied:
            raise CommandError("Deze organisatie levert geen vacatures.", returncode=2) from None
        except OSError:
            raise CommandError(f"{naam}: Dit bestand is niet te lezen.", returncode=2) from None
        self._show(naam, verslag, proef=options["proef"])

    def _organisatie(self, nummer: str) -> int:
        digits = nummer.isascii() and nummer.isdigit()
        found = mandaten.organisatie_with_oin(nummer) if digits and len(nummer) == 20 else None
        if found is None and digits and len(nummer) == 8:
            werkgever = organisaties.with_kvk(nummer)
            found = werkgever.id if werkgever else None
        if found is None:
            reden = "Er is geen organisatie met dit OIN (twintig cijfers) of KvK-nummer (acht cijfers)."
            raise CommandError(reden, returncode=2)
        return found

    def _show(self, naam: str, verslag: Importverslag, *, proef: bool) -> None:
        for fout in verslag.fouten:
            self.stderr.write(f"{naam}, regel {fout.regel}: {fout.melding} {fout.herstel}")
        if verslag.fouten_totaal > len(verslag.fouten):
            self.stderr.write(f"... en nog {verslag.fouten_totaal - len(verslag.fouten)} andere fouten.")
        self.stdout.write(
            f"  nieuw {verslag.nieuw:>9}   gewijzigd {verslag.gewijzigd:>9}   gelijk {verslag.gelijk:>9}   "
            f"fout {verslag.fouten_totaal:>9}"
        )
        if verslag.concept:
            self.stdout.write(f"  nog niet af, als concept bewaard: {verslag.concept}")
        if verslag.ontbreekt_totaal:
            self.stdout.write(f"  open en niet meer geleverd (er is niets gesloten): {verslag.ontbreekt_totaal}")
        if proef:
            outcome = "dit is een proef. Er is niets veranderd."
        elif not verslag.ingelezen:
            outcome = "er is niets ingelezen. Herstel de fouten, of gebruik --goede-regels."
        else:
            outcome = "ingelezen." if verslag.nieuw or verslag.gewijzigd else "alles was al bekend."
        self.stdout.write(f"{naam}: {outcome}")
        if verslag.fouten_totaal:
            found = "1 fout" if verslag.fouten_totaal == 1 else f"{verslag.fouten_totaal} fouten"
            raise CommandError(f"{naam}: {found}.", returncode=1)
