"""Made-up placements: who works where, as a bemiddelaar writes it down."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from banenafspraak.access.actor import Actor
from banenafspraak.bemiddeling import plaatsingen
from banenafspraak.bemiddeling.models import Plaatsing, Vacature
from banenafspraak.bemiddeling.plaatsingen import Bedrijf, Inhoud
from banenafspraak.bemiddeling.plaatsingwoorden import Plaatsingsector, Plaatsingsoort
from banenafspraak.wet.instrumenten.proefplaatsing import Loket
from tests.factories import NOW

TODAY = NOW.date()
BAKKERIJ = Bedrijf("00000011", "Bakkerij")
UITZENDBUREAU = Bedrijf("00000022", "Uitzendbureau")
CONTRACT = Inhoud(
    soort=Plaatsingsoort.DIENSTVERBAND,
    uren_per_week=Decimal(24),
    begint_op=date(2026, 3, 1),
    eindigt_op=date(2026, 8, 31),
    werkgever=BAKKERIJ,
    sector=Plaatsingsector.MARKT,
)
PROEF = replace(
    CONTRACT,
    soort=Plaatsingsoort.PROEFPLAATSING,
    begint_op=date(2026, 3, 15),
    eindigt_op=date(2026, 5, 14),
    route=Loket.GEMEENTE,
)
UITZEND = replace(CONTRACT, soort=Plaatsingsoort.UITZEND, werkgever=UITZENDBUREAU, inlener=BAKKERIJ)


def planned(
    actor: Actor, persoon_id: UUID, inhoud: Inhoud = CONTRACT, *, now: datetime = NOW, **fields: Any
) -> Plaatsing:
    """A placement that has not begun."""
    made = plaatsingen.plan(actor=actor, persoon_id=persoon_id, inhoud=inhoud, now=now, **fields)
    return Plaatsing.objects.get(pk=made)


def running(
    actor: Actor, persoon_id: UUID, inhoud: Inhoud = CONTRACT, *, now: datetime = NOW, **fields: Any
) -> Plaatsing:
    """A placement that runs."""
    plaatsing = planned(actor, persoon_id, inhoud, now=now, **fields)
    plaatsingen.begin(actor=actor, plaatsing_id=plaatsing.pk, now=now)
    plaatsing.refresh_from_db()
    return plaatsing


def make_vacature(college: Actor, *, werkgever_id: int | None = None, now: datetime = NOW, **fields: Any) -> Vacature:
    """An open vacature for a baker, 24 hours in Hilversum."""
    values: dict[str, Any] = {
        "naam_vacature": "Bakker",
        "omschrijving_vacature": "Brood bakken in de nacht.",
        "handelsnaam_organisatie": "Bakkerij",
        "kvk": "00000011",
        "postcode": "1211AB",
        "plaatsnaam": "Hilversum",
        "regio": "AM12",
        "werksoort": "bakker",
        "aantal_werkuren_per_week_maximaal": 24,
    }
    return Vacature.objects.create(
        status="open",
        bron="bemiddelaar",
        werkgever_id=werkgever_id,
        geplaatst_door_id=college.organisatie_id,
        geopend_op=now.date(),
        gemaakt_at=now,
        gewijzigd_at=now,
        **(values | fields),
    )
