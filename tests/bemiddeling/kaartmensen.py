"""Made-up people with a public klantprofiel, many at once."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from banenafspraak.access.actor import Actor
from banenafspraak.bemiddeling import klassen
from banenafspraak.bemiddeling.models import Klantprofiel, Klasse
from banenafspraak.register import persoonsindex
from banenafspraak.register.models import Persoon, Registratie, Woonplaats
from tests.factories import NOW, SINCE, bsn

TODAY = NOW.date()
SYSTEEM = Actor.system(doel="een test")

CLEANER: dict[str, Any] = {
    "bemiddelingspostcode": "1211AB",
    "werksoorten": ["schoonmaker_kantoor"],
    "code_werk_en_denkniveau": 3,
    "aantal_werkuren_per_week_minimaal": 20,
    "aantal_werkuren_per_week_maximaal": 28,
    "werkdagen": 31,
    "maximale_reisafstand": 15,
    "vervoermiddelen": [3, 5],
    "werkervaringen": [],
}
"""Somebody in Hilversum who wants to clean offices, all answers given."""


def profiel(persoon: Persoon, *, now: datetime = NOW, **answers: Any) -> Klantprofiel:
    """A public profile of somebody who is available, not saved yet."""
    values = {
        "status": "openbaar",
        "beschikbaar": True,
        "beschikbaar_bevestigd_op": now.date(),
        "gemaakt_at": now,
        "gewijzigd_at": now,
    }
    return Klantprofiel(persoon=persoon, **(values | answers))


def make_people(answers: Iterable[dict[str, Any]], *, first: int = 0, gemeente: str = "GM0402") -> list[Klantprofiel]:
    """People in the register who live in the gemeente, each with a public profile with these answers."""
    wanted = list(answers)
    people = [
        persoonsindex.new(bsn(number), geboortedatum=date(1990, 5, 1), overleden_op=None)
        for number, _ in zip(count(first), wanted, strict=False)
    ]
    Persoon.objects.bulk_create(people)
    known = NOW - timedelta(days=1)
    Registratie.objects.bulk_create(
        Registratie(persoon=one, grond="wajong", route="wajong_2015", geldig=(SINCE, None), bekend=(known, None))
        for one in people
    )
    Woonplaats.objects.bulk_create(
        Woonplaats(persoon=one, gemeente_id=gemeente, geldig=(SINCE, None), bekend=(known, None)) for one in people
    )
    return Klantprofiel.objects.bulk_create(profiel(one, **some) for one, some in zip(people, wanted, strict=True))


def publish(now: datetime = NOW) -> klassen.Publicatie:
    """The weekly publication."""
    return klassen.publish(actor=SYSTEEM, now=now)


def open_klassen() -> list[Klasse]:
    return list(Klasse.objects.filter(open=True).order_by("pk"))
