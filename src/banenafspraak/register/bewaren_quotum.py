"""Erasing what employers kept of their own quotum, five years later: so long a decision about a year can be revised."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from banenafspraak.access.actor import Actor
from banenafspraak.access.bewaren import Wisser
from banenafspraak.access.permissions import Permission, require
from banenafspraak.register.models_quotum import Bewaardquotum

_BATCH = 5_000
_TABLE = Bewaardquotum._meta.db_table


def _due(tot_en_met: date, peildatum: date) -> Mapping[str, int]:
    count = Bewaardquotum.objects.filter(bewaard_at__date__lte=tot_en_met).count()
    return {_TABLE: count} if count else {}


@transaction.atomic
def _erase(*, actor: Actor, tot_en_met: date, now: datetime) -> Mapping[str, int]:
    """Erase a batch; nothing left gives nothing. A row about no person: the logboek needs no line of each."""
    require(actor, Permission.GEGEVENS_ERASE)
    keys = list(
        Bewaardquotum.objects.filter(bewaard_at__date__lte=tot_en_met)
        .order_by("pk")
        .values_list("pk", flat=True)[:_BATCH]
    )
    if not keys:
        return {}
    Bewaardquotum.objects.filter(pk__in=keys).delete()
    return {_TABLE: len(keys)}


QUOTA = Wisser("Quotum van een werkgever", _due, _erase)
