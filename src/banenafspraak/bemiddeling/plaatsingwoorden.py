"""The words for a plaatsing: which kind of work, how far it is, why it ended, and in which sector it is done."""

from enum import StrEnum


class Plaatsingsoort(StrEnum):
    """Under what agreement somebody works."""

    PROEFPLAATSING = "proefplaatsing"
    DIENSTVERBAND = "dienstverband"
    UITZEND = "uitzend"
    DETACHERING = "detachering"
    WERKERVARINGSPLAATS = "werkervaringsplaats"
    BBL = "bbl"
    BESCHUT = "beschut"


class Plaatsingstatus(StrEnum):
    """How far it is. That the last day is past changes nothing by itself: somebody says what came of it."""

    VOORGENOMEN = "voorgenomen"
    LOPEND = "lopend"
    BEEINDIGD = "beeindigd"
    INGETROKKEN = "ingetrokken"


class Eindreden(StrEnum):
    """Why it ended; on purpose none of these says anything about somebody's health."""

    OVERGEGAAN = "overgegaan"
    TIJD_OM = "tijd_om"
    WERKGEVER_STOPTE = "werkgever_stopte"
    PERSOON_STOPTE = "persoon_stopte"
    ANDER_WERK = "ander_werk"
    OPLEIDING = "opleiding"
    VERHUISD = "verhuisd"
    ANDERS = "anders"


class Plaatsingsector(StrEnum):
    """The sector in which the work counts, as far as somebody looked it up."""

    MARKT = "markt"
    OVERHEID = "overheid"
    ONBEKEND = "onbekend"


BIJ_EEN_ANDER = (Plaatsingsoort.UITZEND, Plaatsingsoort.DETACHERING)
"""Work that is always done at another organisation than the formal employer's."""

MAG_BIJ_EEN_ANDER = (*BIJ_EEN_ANDER, Plaatsingsoort.BESCHUT)
"""Work that may be done at another organisation."""

ZONDER_LOON = (Plaatsingsoort.PROEFPLAATSING, Plaatsingsoort.WERKERVARINGSPLAATS)
"""Work without a contract of employment."""

DOORGAAND = (Plaatsingstatus.VOORGENOMEN, Plaatsingstatus.LOPEND)
"""What is not over yet."""
