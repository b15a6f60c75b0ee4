"""What the queue does for this room by itself."""

from django.utils import timezone
from procrastinate.contrib.django import app

from banenafspraak.access.actor import Actor
from banenafspraak.register import aanvragen


@app.periodic(cron="30 4 * * *")
@app.task(queue="aanvragen", queueing_lock="ontvangst-bevestigen", pass_context=False)
def confirm_receipts(timestamp: int) -> None:
    """Every night: confirm each aanvraag that nobody confirmed yet, so that the term of five days is always kept."""
    aanvragen.confirm_receipts(actor=Actor.system(doel="de ontvangst van aanvragen bevestigen"), now=timezone.now())
