"""A small world for contact: somebody who can be found, the own bemiddelaar, and an employer who asks."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from banenafspraak.access import database
from banenafspraak.access.actor import Actor
from banenafspraak.bemiddeling import contact, toestemmingen
from banenafspraak.bemiddeling.contactwoorden import Contactdoel, Gegeven
from banenafspraak.bemiddeling.models import Klantprofiel, Voorstel
from banenafspraak.bemiddeling.profielrecord import Contact, ProfielRecord
from tests.factories import NOW, make_persoon, make_registratie, make_woonplaats

SYSTEEM = Actor.system(doel="een test")
BEREIKBAAR = Contact(naam="Noor de Vries", telefoonnummer="0612345678")
RECORD = ProfielRecord(bemiddelingspostcode="1211AB", werksoorten=("bakker",), beschikbaar=True)


def make_profiel(nummer: int = 0, *, gemeente: str = "GM0402", now: datetime = NOW) -> Klantprofiel:
    """Somebody who is registered, lives there and can be found."""
    persoon = make_persoon(nummer)
    make_registratie(persoon)
    make_woonplaats(persoon, gemeente=gemeente)
    return Klantprofiel.objects.create(
        persoon=persoon,
        status="openbaar",
        gemaakt_at=now,
        gewijzigd_at=now,
        beschikbaar=True,
        beschikbaar_bevestigd_op=now.date(),
    )


def ask(werkgever: Actor, *, aantal: int = 1, doel: Contactdoel = Contactdoel.BAAN, now: datetime = NOW, **fields: Any):
    """A request that gets past every check."""
    values: dict[str, Any] = {"vacature_tekst": "Brood bakken in de nacht.", "aanbod": "Een baan van 24 uur."}
    return contact.ask(actor=werkgever, kaart_id=UUID(int=7), aantal=aantal, doel=doel, now=now, **(values | fields))


def proposed(werkgever: Actor, profiel: Klantprofiel, *, now: datetime = NOW, **fields: Any) -> Voorstel:
    """A proposal that waits for the bemiddelaar."""
    verzoek = ask(werkgever, now=now, **fields)
    contact.propose(actor=SYSTEEM, verzoek_id=verzoek, profielen=[profiel.pk], now=now)
    return Voorstel.objects.get(verzoek=verzoek, persoon=profiel.persoon)


def asked(werkgever: Actor, profiel: Klantprofiel, college: Actor, *, now: datetime = NOW, **fields: Any) -> Voorstel:
    """A question that waits for the person."""
    voorstel = proposed(werkgever, profiel, now=now, **fields)
    contact.approve(actor=college, voorstel_id=voorstel.pk, now=now)
    voorstel.refresh_from_db()
    return voorstel


def say_yes(actor: Actor, voorstel: Voorstel, *, now: datetime = NOW, weken: int = 4, **fields: Any) -> UUID:
    """The consent."""
    values: dict[str, Any] = {"record": RECORD, "gegevens": [Gegeven.WERK], "bereikbaar": BEREIKBAAR}
    return toestemmingen.give(actor=actor, voorstel_id=voorstel.pk, weken=weken, now=now, **(values | fields))


def acts(actor: Actor, what: Callable[..., Any], **fields: Any) -> Any:
    """Do it as the website does: in a transaction, under the role of the actor."""
    with transaction.atomic(), database.acting(actor):
        return what(actor=actor, **fields)


def released(now: datetime) -> datetime:
    """Just after the fixed moment at which an answer of now is seen."""
    return contact.next_release(now) + timedelta(minutes=1)


def day(text: str) -> date:
    return date.fromisoformat(text)
