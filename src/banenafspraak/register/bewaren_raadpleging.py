"""Erasing what the employer's check kept, two years after the question: the logboek keeps that it was asked.

A question longer ago is a first question again. Who works where goes with its calendar year, a code with its end, a
block two years after it was lifted; a block that still holds stays, with its objections.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Model, QuerySet

from banenafspraak.access.actor import Actor
from banenafspraak.access.bewaren import Wisser
from banenafspraak.access.permissions import Permission, require
from banenafspraak.register.models_raadpleging import (
    Bezwaar,
    Blokkade,
    Kandidaatcode,
    Raadpleegverzoek,
    Raadpleging,
    Werkrelatie,
)

_BATCH = 5_000


def _past(tot_en_met: date) -> list[QuerySet[Model]]:
    """What may go, in the order in which it can."""
    lifted = {"opgeheven_at__date__lte": tot_en_met}
    found = [
        Raadpleging.objects.filter(asked_at__date__lte=tot_en_met),
        # Of a request the questions go first, and all at once: they were asked at one moment.
        Raadpleegverzoek.objects.filter(asked_at__date__lte=tot_en_met),
        Kandidaatcode.objects.filter(geldig_tot__date__lte=tot_en_met),
        Bezwaar.objects.filter(blokkade__in=Blokkade.objects.filter(**lifted)),
        Blokkade.objects.filter(**lifted),
        Werkrelatie.objects.filter(jaar__lt=tot_en_met.year),
    ]
    return [rows.order_by("pk") for rows in found]


def _due(tot_en_met: date, peildatum: date) -> Mapping[str, int]:
    counts = {rows.model._meta.db_table: rows.count() for rows in _past(tot_en_met)}
    return {table: count for table, count in counts.items() if count}


def _erase(*, actor: Actor, tot_en_met: date, now: datetime) -> Mapping[str, int]:
    """Erase a batch of the first table that has any; nothing left gives nothing."""
    require(actor, Permission.GEGEVENS_ERASE)
    for rows in _past(tot_en_met):
        with transaction.atomic():
            keys = list(rows.values_list("pk", flat=True)[:_BATCH])
            if keys:
                rows.model._base_manager.filter(pk__in=keys).delete()
                return {rows.model._meta.db_table: len(keys)}
    return {}


RAADPLEGINGEN = Wisser("Raadpleging door een werkgever", _due, _erase)
