"""The demo's klantprofielen: delivered as gemeenten, the region and UWV deliver them, through the same command.

Afterwards the bemiddelaars write down why somebody they spoke to cannot be found, as in Gooi en Vechtstreek in 2018.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from django.core.management import call_command
from django.utils import timezone

from banenafspraak.access import demo as rollen
from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import Bsn
from banenafspraak.adapters.synthese.leveringen import Leveringen
from banenafspraak.adapters.synthese.profielen import Klant
from banenafspraak.bemiddeling import profielen
from banenafspraak.register import personen

_CHUNK = 500


def load(leveringen: Leveringen, *, now: datetime) -> None:
    """Take in the profile deliveries, and note why some are not public. A second time changes nothing."""
    for levering in leveringen.profielen:
        oin = rollen.oin_of(levering.leverancier)
        if oin is not None:
            call_command("import_profielen", str(levering.pad), formaat=levering.formaat.value, organisatie=oin)
    _hide([klant for klant in leveringen.klanten if klant.reden and rollen.oin_of(klant.leverancier)], now=now)


def _hide(klanten: Iterable[Klant], *, now: datetime) -> None:
    """As the bemiddelaar of the region, who spoke to them."""
    today, rows = timezone.localtime(now).date(), iter(klanten)
    actor: Actor = rollen.actor_of("bemiddelaar", peildatum=today, doel="demo vullen")
    while chunk := list(islice(rows, _CHUNK)):
        places = personen.locate([Bsn.parse(klant.bsn) for klant in chunk], peildatum=today, known_at=now)
        for klant, place in zip(chunk, places, strict=True):
            if place is not None and klant.reden is not None:
                profielen.hide(actor=actor, persoon_id=place.persoon_id, reden=klant.reden, now=now)
