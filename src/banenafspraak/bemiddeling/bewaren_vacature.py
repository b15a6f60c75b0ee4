"""Erasing who is called at an employer, and who kept and judged a vacature, two years after it was closed.

The vacature itself stays for the figures: it is about work. A draft that nobody touched for two years loses them too.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.bewaren import Wisser, after
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling.models import Vacature
from banenafspraak.bemiddeling.vacaturerecord import Vacaturestatus

_BATCH = 500


def _past(tot_en_met: date) -> QuerySet[Vacature]:
    over = Q(gesloten_at__lt=after(tot_en_met))
    forgotten = Q(status=Vacaturestatus.CONCEPT, gewijzigd_at__lt=after(tot_en_met))
    told = Q(contact_verzegeld__isnull=False) | Q(gemaakt_door__isnull=False) | Q(geschikt_door__isnull=False)
    return Vacature.objects.filter((over | forgotten) & told).order_by("pk")


def _due(tot_en_met: date, peildatum: date) -> Mapping[str, int]:
    found = _past(tot_en_met).count()
    return {"bemiddeling_vacature": found} if found else {}


@transaction.atomic
def _erase(*, actor: Actor, tot_en_met: date, now: datetime) -> Mapping[str, int]:
    """Empty some rows; one row in the logboek says how many."""
    require(actor, Permission.GEGEVENS_ERASE)
    rows = list(_past(tot_en_met).values_list("pk", flat=True)[:_BATCH])
    erased = Vacature.objects.filter(pk__in=rows).update(
        contact_verzegeld=None, gemaakt_door=None, geschikt_door=None, geschikt_toelichting=""
    )
    if not erased:
        return {}
    logboek.record(
        actor=actor,
        handeling="contact bij vacatures gewist na bewaartermijn",
        details={"aantal": erased},
        activiteit=Activiteit.BEMIDDELING,
        now=now,
    )
    return {"bemiddeling_vacature": erased}


VACATURES = Wisser("Vacatures van werkgevers", _due, _erase)
