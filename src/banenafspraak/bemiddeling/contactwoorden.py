"""The words for a request for contact: what it is for, how far it is with each person, and why it ended."""

from enum import StrEnum


class Contactdoel(StrEnum):
    """What an employer asks for; with the employer it is the purpose of a consent, and nobody is asked twice for it."""

    BAAN = "baan"
    PROEFPLAATSING = "proefplaatsing"
    LEERPLEK = "leerplek"
    KENNISMAKING = "kennismaking"


class Contactstatus(StrEnum):
    """Whether the employer still asks. That it is over follows from the clock: nothing here betrays an answer."""

    OPEN = "open"
    INGETROKKEN = "ingetrokken"


class Tekstcontrole(StrEnum):
    """Whether a person may read the text of an employer at once, or only after a bemiddelaar put the question."""

    VRIJ = "vrij"
    VASTGEHOUDEN = "vastgehouden"


class Voorstelstatus(StrEnum):
    """How far it is with one person."""

    VOORGESTELD = "voorgesteld"
    GEVRAAGD = "gevraagd"
    NIET_GESCHIKT = "niet_geschikt"
    JA = "ja"
    NEE = "nee"
    VERLOPEN = "verlopen"
    GESTOPT = "gestopt"
    INGETROKKEN = "ingetrokken"
    BEEINDIGD = "beeindigd"
    AFGEROND = "afgerond"


class Ongeschiktreden(StrEnum):
    """Why a bemiddelaar does not put the question to the person; never shown to the employer."""

    WERK_PAST_NIET = "werk_past_niet"
    TE_VER = "te_ver"
    UREN_PASSEN_NIET = "uren_passen_niet"
    NIET_BESCHIKBAAR = "niet_beschikbaar"
    EERST_BEGELEIDING = "eerst_begeleiding"
    IEMAND_ANDERS = "iemand_anders"
    TEKST_NIET_GOED = "tekst_niet_goed"
    WERKGEVER_NIET_GESCHIKT = "werkgever_niet_geschikt"


class Contactuitkomst(StrEnum):
    """What came of a contact, as the employer says it; with it the purpose of the consent is over."""

    AANGENOMEN = "aangenomen"
    PROEFPLAATS = "proefplaats"
    WERK_PAST_NIET = "werk_past_niet"
    GEEN_PLEK_MEER = "geen_plek_meer"
    KANDIDAAT_ZAG_AF = "kandidaat_zag_af"
    NIET_BEREIKT = "niet_bereikt"


class Gegeven(StrEnum):
    """What somebody may choose to give to an employer. How to reach somebody always belongs to a yes."""

    CONTACT = "contact"
    WERK = "werk"
    OPLEIDING = "opleiding"
    ERVARING = "ervaring"
    PRAKTISCH = "praktisch"
    NODIG = "nodig"
    OVER_U = "over_u"


class Berichtsoort(StrEnum):
    """Which message waits; the mail about it says no more than that something does."""

    VRAAG_OM_CONTACT = "vraag_om_contact"
    TOESTEMMING_DOORGEGEVEN = "toestemming_doorgegeven"
    PROFIEL_BIJWERKEN = "profiel_bijwerken"
    VERZOEK_TE_LAAT = "verzoek_te_laat"


BEANTWOORD = (
    Voorstelstatus.JA,
    Voorstelstatus.NEE,
    Voorstelstatus.INGETROKKEN,
    Voorstelstatus.BEEINDIGD,
    Voorstelstatus.AFGEROND,
)
"""What comes after an answer of the person."""

TOEGESTEMD = (Voorstelstatus.JA, Voorstelstatus.INGETROKKEN, Voorstelstatus.BEEINDIGD, Voorstelstatus.AFGEROND)
"""What comes after a yes."""

LOPEND = (Voorstelstatus.VOORGESTELD, Voorstelstatus.GEVRAAGD)
"""What still waits for somebody."""
