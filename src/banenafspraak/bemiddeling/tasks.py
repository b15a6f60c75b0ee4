"""What the queue does for this room: the weekly publication of cards and what follows, and who expired."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from banenafspraak.access.actor import Actor
from banenafspraak.bemiddeling import bewaard, klassen

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
