"""What the queue does for this room: who of a card is thought of, what time does, the mails, and who is available."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from banenafspraak.access.actor import Actor
from banenafspraak.bemiddeling import berichten, bevestigingen, contact, contactklok, klassen, mensen
from banenafspraak.bemiddeling.wens import of_query

_DOEL = "contact tussen werkgever en kandidaat"


@app.task(queue="contact", pass_context=False)
def propose(verzoek_id: str) -> None:
    """Who of the card is thought of for one request; a second time only fills up."""
    now = timezone.now()
    with transaction.atomic():
        asked = contact.asked_for(UUID(verzoek_id))
        members = klassen.members_for_contact(
            asked.kaart,
            organisatie_id=asked.werkgever_id,
            wens=of_query(asked.wens) if asked.wens else None,
            now=now,
            al_gevraagd=contact.already_asked(asked),
        )
        contact.propose(actor=Actor.system(doel=_DOEL), verzoek_id=asked.pk, profielen=members, now=now)


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


@app.periodic(cron="*/30 8-18 * * *")
@app.task(queue="bemiddeling", queueing_lock="beschikbaarheid-vragen", pass_context=False)
def ask_availability(timestamp: int) -> None:
    """By day, every half hour: mail a part of those who are due. Nobody is woken by us."""
    bevestigingen.remind(actor=Actor.system(doel="vragen of iemand nog beschikbaar is"), now=timezone.now())


@app.periodic(cron="10 0 * * *")
@app.task(queue="bemiddeling", queueing_lock="beschikbaarheid-verlopen", pass_context=False)
def expire_availability(timestamp: int) -> None:
    """Just after midnight: mark whose answer wore out."""
    bevestigingen.expire(actor=Actor.system(doel="bijhouden wie beschikbaar is"), now=timezone.now())
