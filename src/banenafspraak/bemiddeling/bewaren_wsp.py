"""Erasing what employers thought of the help, two years after the outcome: as far as the figures go back."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.bewaren import Wisser
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling.models import Werkgeversoordeel

_BATCH = 500


def _due(tot_en_met: date, peildatum: date) -> Mapping[str, int]:
    count = Werkgeversoordeel.objects.filter(afgelopen_op__lte=tot_en_met).count()
    return {"bemiddeling_werkgeversoordeel": count} if count else {}


@transaction.atomic
def _erase(*, actor: Actor, tot_en_met: date, now: datetime) -> Mapping[str, int]:
    """Erase some answers; one row in the logboek says how many."""
    require(actor, Permission.GEGEVENS_ERASE)
    rows = Werkgeversoordeel.objects.filter(afgelopen_op__lte=tot_en_met).order_by("pk")[:_BATCH]
    erased = Werkgeversoordeel.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()[0]
    if not erased:
        return {}
    logboek.record(
        actor=actor,
        handeling="oordelen van werkgevers gewist na bewaartermijn",
        details={"aantal": erased},
        activiteit=Activiteit.WERKGEVERS,
        now=now,
    )
    return {"bemiddeling_werkgeversoordeel": erased}


OORDELEN = Wisser("Oordeel van werkgevers over de hulp", _due, _erase)
