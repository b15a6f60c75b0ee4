"""What the queue does for this room by itself."""

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from banenafspraak.adapters import opruimen


@app.periodic(cron="15 3 * * *")
@app.task(queue="opruimen", queueing_lock="opruimen", pass_context=False)
def erase_past_term(timestamp: int) -> None:
    """Every night: erase what is past its term. Not in the demo, whose made-up people died long ago."""
    if not settings.DEMO:
        opruimen.ruim_op(now=timezone.now())
