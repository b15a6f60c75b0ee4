"""Which organisations help the people of a place: its own gemeente, and the service point of its region."""

from datetime import date

from django.db.models import Q

from banenafspraak.access import gebieden
from banenafspraak.access.models import Organisatie


def helpers_of(gemeente: str, *, peildatum: date) -> list[int]:
    """The ids of the gemeente itself and of the service points of the region it lies in on that day. One query."""
    soort = Organisatie.Soort
    own = Q(soort=soort.GEMEENTE, gemeente=gemeente)
    region = Q(soort=soort.WSP, regio=gebieden.regio_op(gemeente, peildatum))
    return list(Organisatie.objects.filter(own | region).order_by("pk").values_list("pk", flat=True))


def name_of(organisatie_id: int) -> str:
    """The name of an organisation. Raises `Organisatie.DoesNotExist`."""
    return Organisatie.objects.values_list("naam", flat=True).get(pk=organisatie_id)
