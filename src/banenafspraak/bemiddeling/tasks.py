"""What the queue does for this room: who is still available, the cards, and contact between employer and candidate."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from banenafspraak.access.actor import Actor
from banenafspraak.bemiddeling import (
    berichten,
    bevestigingen,
    bewaard,
    contact,
    contactklok,
    klassen,
    matchtelling,
    mensen,
    profieluploads,
    vacatures,
    vumdeling,
)
from banenafspraak.bemiddeling.wens import of_query

_CONTACT = "contact tussen werkgever en kandidaat"
_KAARTEN = "kaarten van kandidaten bijhouden"


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


@app.periodic(cron="20 0 * * *")
@app.task(queue="bemiddeling", queueing_lock="vacatures-verlopen", pass_context=False)
def expire_vacatures(timestamp: int) -> None:
    """Just after midnight: close what is past its last day."""
    vacatures.expire(actor=Actor.system(doel="vacatures bijhouden"), now=timezone.now())


@app.periodic(cron="40 * * * *")
@app.task(queue="bemiddeling", queueing_lock="matches-tellen", pass_context=False)
def count_matches(timestamp: int) -> None:
    """Every hour: count who fits the open vacatures that are new, changed, or were counted a day ago."""
    matchtelling.count_matches(actor=Actor.system(doel="tellen wie bij vacatures past"), now=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(queue="opruimen", queueing_lock="profieluploads-wissen", pass_context=False)
def erase_expired_uploads(timestamp: int) -> None:
    """Every ten minutes: erase files with profiles that nobody took in within their hour."""
    profieluploads.erase_expired(actor=Actor.system(doel="gegevens wissen na de bewaartermijn"), now=timezone.now())


@app.periodic(cron="20 * * * *")
@app.task(queue="opruimen", queueing_lock="vum-vragen-wissen", pass_context=False)
def erase_vum_questions(timestamp: int) -> None:
    """Every hour: erase what was answered through VUM more than a day ago."""
    vumdeling.erase_questions(actor=Actor.system(doel="gegevens wissen na de bewaartermijn"), now=timezone.now())


@app.periodic(cron="15 * * * *")
@app.task(queue="bemiddeling", queueing_lock="kaarten-verlopen", pass_context=False)
def expire_cards(timestamp: int) -> None:
    """Every hour: take out who expired."""
    klassen.expire(actor=Actor.system(doel=_KAARTEN), now=timezone.now())


@app.periodic(cron="30 4 * * 1")
@app.task(queue="bemiddeling", queueing_lock="kaarten-publiceren", pass_context=False)
def publish_cards(timestamp: int) -> None:
    """Early on Monday: publish, and leave a message to be sent for each search of which one is wanted."""
    klassen.publish(actor=Actor.system(doel=_KAARTEN), now=timezone.now())
    for zoekopdracht_id in bewaard.alerts_wanted():
        alert_search.defer(zoekopdracht_id=str(zoekopdracht_id))


@app.task(queue="bemiddeling", pass_context=False)
def alert_search(zoekopdracht_id: str) -> None:
    """The weekly message of one search."""
    bewaard.alert(UUID(zoekopdracht_id), actor=Actor.system(doel=_KAARTEN), now=timezone.now())


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
        contact.propose(actor=Actor.system(doel=_CONTACT), verzoek_id=asked.pk, profielen=members, now=now)


@app.periodic(cron="*/10 * * * *")
@app.task(queue="contact", queueing_lock="contact-klok", pass_context=False)
def tick(timestamp: int) -> None:
    """Every ten minutes: what is too late, over or stopped."""
    contactklok.tick(actor=Actor.system(doel=_CONTACT), now=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queue="contact", queueing_lock="contact-berichten", pass_context=False)
def send_mails(timestamp: int) -> None:
    """Every five minutes: tell who has a message waiting."""
    berichten.send_mails(actor=Actor.system(doel=_CONTACT), address_of=mensen.mail_address_of, now=timezone.now())
