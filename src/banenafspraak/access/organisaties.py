"""Finding an organisation: by what somebody knows of it, or because it helps the people of a place."""

import re
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q

from banenafspraak.access import bsn, gebieden
from banenafspraak.access.models import Organisatie

PUBLIEK = frozenset({Organisatie.Soort.GEMEENTE, Organisatie.Soort.UWV, Organisatie.Soort.WSP})
"""The kinds that handle people who look for work."""
_LEAST = 3
_KVK = re.compile(r"[0-9]{8}")
MOST_FOUND = 20


@dataclass(frozen=True)
class Werkgever:
    """An employer as people know it: its name and KvK number, which a public body may not have."""

    id: int
    naam: str
    kvk: str


def find_werkgevers(text: str) -> list[Werkgever]:
    """Employers by a part of their name or by their KvK number, at most twenty; none for two letters or a BSN."""
    text = " ".join(text.split())[:80]
    if len(text) < _LEAST or bsn.occurs_in(text):
        return []
    found = Organisatie.objects.filter(Q(naam__icontains=text) | Q(kvk=text), soort=Organisatie.Soort.WERKGEVER)
    return [_werkgever(one) for one in found.order_by("naam", "pk")[:MOST_FOUND]]


def werkgever(organisatie_id: int) -> Werkgever:
    """The employer with this id. Raises `ObjectDoesNotExist` for what is no employer."""
    found = Organisatie.objects.filter(pk=organisatie_id, soort=Organisatie.Soort.WERKGEVER).first()
    if found is None:
        raise ObjectDoesNotExist
    return _werkgever(found)


def of_id(organisatie_id: int) -> Werkgever:
    """An organisation that acts as an employer, of whatever kind: a gemeente has jobs too. Raises as `werkgever`."""
    return _werkgever(Organisatie.objects.get(pk=organisatie_id))


def is_werkgever(organisatie_id: int) -> bool:
    """Whether this organisation is an employer and nothing else here."""
    return Organisatie.objects.filter(pk=organisatie_id, soort=Organisatie.Soort.WERKGEVER).exists()


def with_kvk(kvk: str) -> Werkgever | None:
    """The organisation with this KvK number, or None when it is not known here."""
    found = Organisatie.objects.filter(kvk=kvk).first() if _KVK.fullmatch(kvk) else None
    return None if found is None else _werkgever(found)


def _werkgever(organisatie: Organisatie) -> Werkgever:
    return Werkgever(organisatie.pk, organisatie.naam, organisatie.kvk or "")


def helpers_of(gemeente: str, *, peildatum: date) -> list[int]:
    """The ids of the gemeente itself and of the service points of the region it lies in on that day. One query."""
    soort = Organisatie.Soort
    own = Q(soort=soort.GEMEENTE, gemeente=gemeente)
    region = Q(soort=soort.WSP, regio=gebieden.regio_op(gemeente, peildatum))
    return list(Organisatie.objects.filter(own | region).order_by("pk").values_list("pk", flat=True))


def publiek_with_oin(oin: str) -> int | None:
    """The id of the gemeente, service point or UWV with this OIN; None when there is no such here."""
    return Organisatie.objects.filter(oin=oin, soort__in=PUBLIEK).values_list("pk", flat=True).first()


def uwv() -> int | None:
    """The id of UWV itself; None where it is not here."""
    return Organisatie.objects.filter(soort=Organisatie.Soort.UWV).order_by("pk").values_list("pk", flat=True).first()
