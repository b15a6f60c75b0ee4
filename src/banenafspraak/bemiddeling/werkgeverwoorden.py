"""The words for a contact with an employer: how it went, and what it was about."""

from enum import StrEnum


class Contactwijze(StrEnum):
    """How somebody spoke with an employer."""

    TELEFOON = "telefoon"
    EMAIL = "email"
    BEZOEK = "bezoek"
    BIJEENKOMST = "bijeenkomst"


class Contactaanleiding(StrEnum):
    """About what."""

    KENNISMAKEN = "kennismaken"
    VACATURE = "vacature"
    VOORDRACHT = "voordracht"
    PLAATSING = "plaatsing"
    NAZORG = "nazorg"
    REGELING = "regeling"
    KLACHT = "klacht"
    ANDERS = "anders"
