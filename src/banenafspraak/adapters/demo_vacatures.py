"""The demo's vacatures: some dozens that the service point of the region delivers, and a few of the bakery itself.

The bakery's are there to carve a job out of: an open one that asks much, and a functie. Everything goes through the
actions that the pages and the command use.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from banenafspraak.access import demo as rollen
from banenafspraak.access import mandaten
from banenafspraak.access.actor import Actor
from banenafspraak.adapters import vacatures as leveringen
from banenafspraak.adapters.synthese.vacatures import write_vacatures
from banenafspraak.bemiddeling import vacatureimport, vacatures
from banenafspraak.bemiddeling.vacaturelevering import Vacatureformaat
from banenafspraak.bemiddeling.vacaturerecord import Geschiktreden, Taak, VacatureRecord, Vacaturesoort

AANTAL = 48
WEKEN = 8
_DOEL = "demo vullen"
_REGIO = "AM12"

_BAKKERIJ = VacatureRecord(
    naam_vacature="Allround medewerker bakkerij",
    omschrijving_vacature="U helpt in de bakkerij, in de winkel en bij het bezorgen. Geen dag is hetzelfde.",
    werksoort="bakkershulp",
    postcode="1211AB",
    plaatsnaam="Hilversum",
    code_werk_en_denkniveau_minimaal=4,
    aantal_werkuren_per_week_minimaal=32,
    aantal_werkuren_per_week_maximaal=36,
    rijbewijzen=("B",),
    biedt_begeleiding=True,
    typen_arbeidscontract=("B",),
    salaris_indicatie="€ 15,50 per uur",
    taken=(
        Taak("Deeg afwegen en vormen", "bakkershulp", Decimal(8), 3),
        Taak("Brood en koek inpakken", "inpakker", Decimal(10), 1),
        Taak("De bakkerij schoonmaken", "schoonmaker_fabriek", Decimal(6), 1),
        Taak("Bestellingen bezorgen", "broodbezorger_winkel", Decimal(5), 3, ("B",)),
        Taak("De kassa opmaken", "kassamedewerker", Decimal(3), 4),
    ),
)
_WINKEL = VacatureRecord(
    naam_vacature="Verkoopmedewerker",
    omschrijving_vacature="Het werk in onze winkel, zoals het nu is verdeeld.",
    werksoort="verkoper_bakkerij",
    postcode="1211AB",
    plaatsnaam="Hilversum",
    aantal_werkuren_per_week_minimaal=24,
    aantal_werkuren_per_week_maximaal=24,
    taken=(
        Taak("Klanten helpen", "verkoper_bakkerij", Decimal(14), 3),
        Taak("Schappen vullen", "vakkenvuller", Decimal(6), 1),
        Taak("De winkel vegen en dweilen", "schoonmaker_kantoor", Decimal(4), 1),
    ),
)


def load(uit: Path, zaad: int, *, now: datetime) -> None:
    """Deliver the vacatures of the region, and let the bakery place its own; the same day again changes nothing."""
    today = timezone.localtime(now).date()
    oin = rollen.oin_of(_REGIO)
    if oin is not None:
        _deliver(write_vacatures(uit, AANTAL, zaad, op=today, regios=[_REGIO]), oin, now=now)
    werkgever = rollen.actor_of("werkgever", peildatum=today, doel=_DOEL)
    if not vacatures.visible_to(werkgever).exists():
        _bakery(werkgever, rollen.actor_of("bemiddelaar", peildatum=today, doel=_DOEL), now=now)


def _deliver(pad: Path, oin: str, *, now: datetime) -> None:
    """A part of the file each week, as a service point does: what opened long ago stands beside what is new."""
    organisatie_id = mandaten.organisatie_with_oin(oin)
    if organisatie_id is None:
        raise ValueError(f"no organisation of the demo has OIN {oin}")
    with pad.open("rb") as stream:
        rows = list(leveringen.read(stream, Vacatureformaat.VUM))
    for weeks in range(WEKEN):
        vacatureimport.take_in(
            rows[weeks::WEKEN],
            organisatie_id=organisatie_id,
            actor=Actor.system(doel=_DOEL),
            now=now - timedelta(weeks=weeks),
        )


@transaction.atomic
def _bakery(werkgever: Actor, bemiddelaar: Actor, *, now: datetime) -> None:
    """One open vacature that was judged, one functie, one draft."""
    placed = vacatures.draft(actor=werkgever, record=_BAKKERIJ, now=now)
    vacatures.place(actor=werkgever, vacature_id=placed, now=now)
    vacatures.judge(actor=bemiddelaar, vacature_id=placed, geschikt=False, reden=Geschiktreden.EISEN_TE_HOOG, now=now)
    functie = vacatures.Toestand(Vacaturesoort.FUNCTIE)
    vacatures.draft(actor=werkgever, record=_WINKEL, toestand=functie, now=now)
    begun = VacatureRecord(naam_vacature="Hulp op zaterdag", werksoort="afwasser")
    vacatures.draft(actor=werkgever, record=begun, now=now)
