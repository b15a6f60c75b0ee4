"""Erasing requests for contact two years after they closed; what was given with a yes went long before that.

With them goes that somebody was asked: an employer may ask the same person for the same purpose anew.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.bewaren import Wisser, after
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling.models import Bericht, Contactverzoek, Toestemming, Voorstel, Voorstelstap

_BATCH = 500


def _past(tot_en_met: date) -> QuerySet[Contactverzoek]:
    return Contactverzoek.objects.filter(sluit_at__lt=after(tot_en_met)).order_by("pk")


def _due(tot_en_met: date, peildatum: date) -> Mapping[str, int]:
    past = _past(tot_en_met)
    counts = {
        "bemiddeling_contactverzoek": past.count(),
        "bemiddeling_voorstel": Voorstel.objects.filter(verzoek__in=past).count(),
        "bemiddeling_bericht": Bericht.objects.filter(gemaakt_at__lt=after(tot_en_met)).count(),
    }
    return {table: count for table, count in counts.items() if count}


@transaction.atomic
def _erase(*, actor: Actor, tot_en_met: date, now: datetime) -> Mapping[str, int]:
    """Erase some requests with everything that belongs to them, a row in the logboek for each person."""
    require(actor, Permission.GEGEVENS_ERASE)
    requests = list(_past(tot_en_met).values_list("pk", flat=True)[:_BATCH])
    people = Voorstel.objects.filter(verzoek__in=requests)
    indexes = {bytes(index) for index in people.values_list("betrokkene_index", flat=True)}
    old = Bericht.objects.filter(gemaakt_at__lt=after(tot_en_met))
    erased = {
        "bemiddeling_bericht": old.delete()[0],
        "bemiddeling_toestemming": Toestemming.objects.filter(voorstel__in=people).delete()[0],
        "bemiddeling_voorstelstap": Voorstelstap.objects.filter(voorstel__in=people).delete()[0],
        "bemiddeling_voorstel": people.delete()[0],
        "bemiddeling_contactverzoek": Contactverzoek.objects.filter(pk__in=requests).delete()[0],
    }
    if indexes:
        logboek.record_many(
            actor=actor,
            handeling="vraag om contact gewist na bewaartermijn",
            persoon_bsn_indexes=sorted(indexes),
            activiteit=Activiteit.CONTACT,
            now=now,
        )
    return {table: count for table, count in erased.items() if count}


CONTACTEN = Wisser("Contact tussen werkgever en kandidaat", _due, _erase)
