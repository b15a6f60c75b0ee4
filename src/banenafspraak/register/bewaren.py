"""Erasing people from the register when their term is over, and never before.

The term runs from somebody's death. Who still has a registration that runs (the register may have heard of the death
and not yet ended it) stays, and so does everybody about whom another table still keeps something: a case that is open,
or a table whose own rule nobody has written yet. Nothing is erased because we did not think of it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from banenafspraak.access import bsn as bsns
from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.bewaren import Wisser
from banenafspraak.access.bsn import SealError
from banenafspraak.access.permissions import Permission, require
from banenafspraak.register.models import Persoon, Registratie, Woonplaats, bsn_context
from banenafspraak.register.moment import begin_writing

_BATCH = 200
_GOES_ALONG: tuple[type[Model], ...] = (Registratie, Woonplaats)
"""The tables whose rows about a person are erased with the person; every other one keeps the person in place."""


def _due(tot_en_met: date, peildatum: date) -> Mapping[str, int]:
    personen = _personen(tot_en_met, peildatum)
    counts = {model._meta.db_table: model._base_manager.filter(persoon__in=personen).count() for model in _GOES_ALONG}
    return {"register_persoon": personen.count()} | counts


def held_back(tot_en_met: date, peildatum: date) -> int:
    """How many people stay although they died on or before that day: something about them still runs."""
    return Persoon.objects.filter(overleden_op__lte=tot_en_met).count() - _personen(tot_en_met, peildatum).count()


def _personen(tot_en_met: date, peildatum: date) -> QuerySet[Persoon]:
    runs = Registratie.objects.filter(
        Q(geldig__endswith__isnull=True) | Q(geldig__endswith__gt=peildatum),
        persoon=OuterRef("pk"),
        bekend__endswith__isnull=True,
    )
    personen = Persoon.objects.filter(~Exists(runs), overleden_op__lte=tot_en_met)
    for model, field in _kept_elsewhere():
        personen = personen.exclude(Exists(model._base_manager.filter(**{field: OuterRef("pk")})))
    return personen.order_by("pk")


def _kept_elsewhere() -> list[tuple[type[Model], str]]:
    """Every other table that points at a person, also without a way back from the person."""
    return [
        (model, field.name)
        for model in apps.get_models(include_auto_created=True)
        if model not in _GOES_ALONG
        for field in model._meta.local_fields
        if field.related_model is Persoon
    ]


@transaction.atomic
def _erase(*, actor: Actor, tot_en_met: date, now: datetime) -> Mapping[str, int]:
    require(actor, Permission.GEGEVENS_ERASE)
    begin_writing(now)
    peildatum = timezone.localtime(now).date()
    ids = list(_personen(tot_en_met, peildatum).values_list("pk", flat=True)[:_BATCH])
    # Locked against whoever is about to add something, and then asked again: it may have been added just before.
    list(Persoon.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    personen = list(_personen(tot_en_met, peildatum).filter(pk__in=ids))
    if not personen:
        return {}
    # Rows, not objects: what points at them was looked at above, and the database refuses what was missed.
    erased: list[QuerySet[Any]] = [
        *(model._base_manager.filter(persoon__in=personen) for model in _GOES_ALONG),
        Persoon.objects.filter(pk__in=[persoon.pk for persoon in personen]),
    ]
    counts = {rows.model._meta.db_table: rows._raw_delete(rows.db) for rows in erased}
    for persoon in personen:
        logboek.record(
            actor=actor,
            handeling="persoon gewist na bewaartermijn",
            onderwerp=f"persoon {persoon.pk}",
            persoon_bsn_index=_audit_index(persoon),
            now=now,
        )
    return counts


def _audit_index(persoon: Persoon) -> bytes | None:
    """None for a BSN that does not open any more: that is no reason to keep the rest."""
    try:
        bsn = bsns.unseal(persoon.bsn_verzegeld, context=bsn_context(persoon.pk))
    except SealError:
        return None
    return bsns.index(bsn, doel="audit")


PERSONEN = Wisser("Registratie in het doelgroepregister", _due, _erase)
