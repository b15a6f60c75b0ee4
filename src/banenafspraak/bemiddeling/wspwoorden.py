"""The words of the Werkgeversservicepunt: what an employer is asked about, and how lists are narrowed and ordered."""

from enum import StrEnum


class Uitkomstsoort(StrEnum):
    """What came to an end for an employer."""

    VOORDRACHT = "voordracht"
    PLAATSING = "plaatsing"
    VACATURE = "vacature"


class Passend(StrEnum):
    """Whether somebody of the region could do a vacature."""

    NIEMAND = "niemand"
    MINSTENS_EEN = "minstens_een"
    ONGETELD = "ongeteld"


class Vacaturevolgorde(StrEnum):
    """By what the vacatures without a match are ordered."""

    LANGST_OPEN = "langst_open"
    SLUIT = "sluit"
    MINST_PASSEND = "minst_passend"
    NAAM = "naam"


class Voorgeschiedenis(StrEnum):
    """Whether somebody was ever put forward for a vacature, or a vacature ever had somebody put forward."""

    NOOIT = "nooit"
    EERDER = "eerder"


class Mensvolgorde(StrEnum):
    """By what the people without a voordracht are ordered."""

    LANGST_WACHTEND = "langst_wachtend"
    BEVESTIGD = "bevestigd"
