"""How vacatures come in and go out: the formats, the columns of a table, and one row on its way.

The formats themselves are read by adapters; `lezer` finds the reader that `settings.VACATURELEZER` names, so that a
page reads through it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import BinaryIO, Protocol, cast

from django.conf import settings

from banenafspraak.bemiddeling.profiellevering import Onleesbaar as Onleesbaar
from banenafspraak.bemiddeling.vacaturerecord import VacatureRecord
from banenafspraak.register.records import Regelfout


class Vacatureformaat(StrEnum):
    """What is read: JSON of VUM 3.0 (with or without our supplement, also UM 0.8), or a CSV."""

    VUM = "vum"
    CSV = "csv"


class Vacatureveld(StrEnum):
    """The columns of a table of vacatures, by the name they have in ours; `nummer` must be there."""

    NUMMER = "nummer"
    NAAM = "naam"
    OMSCHRIJVING = "omschrijving"
    WERKGEVER = "werkgever"
    KVK = "kvk"
    WERK = "soort_werk"
    TAKEN = "taken"
    POSTCODE = "postcode"
    PLAATS = "plaats"
    OV = "bereikbaar_met_ov"
    UREN_MINIMAAL = "uren_minimaal"
    UREN = "uren_maximaal"
    DAGEN = "dagen"
    KANTOORTIJDEN = "alleen_overdag"
    ONREGELMATIG = "wisselende_tijden"
    PLAATSEN = "aantal_plaatsen"
    AANVANG = "eerste_werkdag"
    EINDE = "laatste_werkdag"
    SLUIT = "sluitingsdatum"
    NIVEAU = "niveau"
    OPLEIDING = "opleiding"
    JAREN = "jaren_ervaring"
    RIJBEWIJS = "rijbewijs"
    SPREKEN = "nederlands_spreken"
    SCHRIJVEN = "nederlands_schrijven"
    CONTRACT = "contract"
    OVEREENKOMST = "overeenkomst"
    LOON = "loon"
    VOORWAARDEN = "voorwaarden"
    BEGELEIDING = "begeleiding"
    AANPASSING = "aanpassing"
    VARIATIE = "werkvariatie"
    DOELGROEP = "geschikt_voor_doelgroep"
    REAGEREN = "reageren"
    FORMULIER = "formulier"
    WEBSITE = "website"
    SBI = "sbi"
    CONTACT = "contactpersoon"
    EMAIL = "emailadres"
    TELEFOON = "telefoonnummer"


@dataclass(frozen=True)
class Vacatureregel:
    """One vacature of a delivery, on this row; `record.nummer_vacature` is the number of the supplier."""

    regel: int
    record: VacatureRecord


class Vacaturelezer(Protocol):
    """What `settings.VACATURELEZER` names."""

    def read(self, stream: BinaryIO, formaat: Vacatureformaat) -> Iterator[Vacatureregel | Regelfout]:
        """The rows of a delivery, in order. Raises `Onleesbaar` for a file that is not in this format."""


def lezer() -> Vacaturelezer:
    """The reader that the settings name."""
    return cast(Vacaturelezer, import_module(settings.VACATURELEZER))
