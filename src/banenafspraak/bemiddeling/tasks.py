"""What the queue does for this room by itself."""

from django.utils import timezone
from procrastinate.contrib.django import app

from banenafspraak.access.actor import Actor
from banenafspraak.bemiddeling import bevestigingen, profieluploads


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


@app.periodic(cron="*/10 * * * *")
@app.task(queue="opruimen", queueing_lock="profieluploads-wissen", pass_context=False)
def erase_expired_uploads(timestamp: int) -> None:
    """Every ten minutes: erase files with profiles that nobody took in within their hour."""
    profieluploads.erase_expired(actor=Actor.system(doel="gegevens wissen na de bewaartermijn"), now=timezone.now())
