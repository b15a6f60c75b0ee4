"""What the queue does for this room by itself."""

from django.utils import timezone
from procrastinate.contrib.django import app

from banenafspraak.access import zegels


@app.periodic(cron="* * * * *")
@app.task(queue="logboek", queueing_lock="logboek-verzegelen", pass_context=False)
def seal_logboek(timestamp: int) -> None:
    """Every minute: seal what was written down."""
    zegels.seal(now=timezone.now())
