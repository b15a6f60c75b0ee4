"""What the queue does for this room: the weekly publication of cards and what follows, who is still available, and who expired."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from banenafspraak.access.actor import Actor
from banenafspraak.bemiddeling import bevestigingen, bewaard, klassen

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

_KAARTEN = "kaarten van kandidaten bijhouden"


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
