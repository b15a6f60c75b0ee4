"""What the queue does for this room: who of a card is thought of, what time does, and the mails."""

from importlib import import_module
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from banenafspraak.access.actor import Actor
from banenafspraak.bemiddeling import berichten, contact, contactklok, mensen

_DOEL = "contact tussen werkgever en kandidaat"


@app.task(queue="contact", pass_context=False)
def propose(verzoek_id: str) -> None:
    """Who of the card is thought of for one request; a second time only fills up."""
    klassen = import_module("banenafspraak.bemiddeling.klassen")
    now = timezone.now()
    asked = contact.asked_for(UUID(verzoek_id))
    members = klassen.members_for_contact(asked.kaart, organisatie_id=asked.werkgever_id, wens=asked.doel, now=now)
    actor = Actor.system(doel=_DOEL)
    contact.propose(actor=actor, verzoek_id=UUID(verzoek_id), profielen=members, now=now)


@app.periodic(cron="*/10 * * * *")
@app.task(queue="contact", queueing_lock="contact-klok", pass_context=False)
def tick(timestamp: int) -> None:
    """Every ten minutes: what is too late, over or stopped."""
    contactklok.tick(actor=Actor.system(doel=_DOEL), now=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queue="contact", queueing_lock="contact-berichten", pass_context=False)
def send_mails(timestamp: int) -> None:
    """Every five minutes: tell who has a message waiting."""
    berichten.send_mails(actor=Actor.system(doel=_DOEL), address_of=mensen.mail_address_of, now=timezone.now())
