"""Erasing placements two years after their last day, and contacts with employers two years after they were.

What continues a placement stays when that one goes; it only forgets what came before it.
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
from banenafspraak.bemiddeling.models import Plaatsing, Plaatsingstap, Werkgevercontact, Werkgeverrust
from banenafspraak.bemiddeling.plaatsingwoorden import Plaatsingstatus

_BATCH = 500


def _past(tot_en_met: date) -> QuerySet[Plaatsing]:
    """What ended by that day, whether or not somebody said so; what never began, since it was withdrawn."""
    withdrawn = Q(status=Plaatsingstatus.INGETROKKEN, gewijzigd_at__lt=after(tot_en_met))
    return Plaatsing.objects.filter(Q(eindigt_op__lte=tot_en_met) | withdrawn).order_by("pk")


def _due(tot_en_met: date, peildatum: date) -> Mapping[str, int]:
    count = _past(tot_en_met).count()
    return {"bemiddeling_plaatsing": count} if count else {}


@transaction.atomic
def _erase(*, actor: Actor, tot_en_met: date, now: datetime) -> Mapping[str, int]:
    """Erase some placements with their steps, a row in the logboek for each person."""
    require(actor, Permission.GEGEVENS_ERASE)
    found = dict(_past(tot_en_met).values_list("pk", "betrokkene_index")[:_BATCH])
    steps = Plaatsingstap.objects.filter(plaatsing__in=list(found)).delete()[0]
    erased = Plaatsing.objects.filter(pk__in=list(found)).delete()[0]
    if found:
        logboek.record_many(
            actor=actor,
            handeling="plaatsing gewist na bewaartermijn",
            persoon_bsn_indexes=sorted({bytes(index) for index in found.values()}),
            activiteit=Activiteit.PLAATSING,
            now=now,
        )
    counts = {"bemiddeling_plaatsingstap": steps, "bemiddeling_plaatsing": erased}
    return {table: count for table, count in counts.items() if count}


def _past_contacts(tot_en_met: date) -> tuple[QuerySet[Werkgevercontact], QuerySet[Werkgeverrust]]:
    return (
        Werkgevercontact.objects.filter(contact_op__lte=tot_en_met),
        Werkgeverrust.objects.filter(tot_en_met__lte=tot_en_met),
    )


def _due_contacts(tot_en_met: date, peildatum: date) -> Mapping[str, int]:
    contacts, rests = _past_contacts(tot_en_met)
    counts = {"bemiddeling_werkgevercontact": contacts.count(), "bemiddeling_werkgeverrust": rests.count()}
    return {table: count for table, count in counts.items() if count}


@transaction.atomic
def _erase_contacts(*, actor: Actor, tot_en_met: date, now: datetime) -> Mapping[str, int]:
    require(actor, Permission.GEGEVENS_ERASE)
    contacts, rests = _past_contacts(tot_en_met)
    counts = {
        "bemiddeling_werkgevercontact": contacts.delete()[0],
        "bemiddeling_werkgeverrust": rests.delete()[0],
    }
    return {table: count for table, count in counts.items() if count}


PLAATSINGEN = Wisser("Plaatsing bij een werkgever", _due, _erase)
WERKGEVERS = Wisser("Contact van bemiddelaars met werkgevers", _due_contacts, _erase_contacts)
