"""The words and limits of the exchange through VUM (standard 3.0.0)."""

from datetime import timedelta
from enum import StrEnum

MAX_MATCHES = 100
"""A bron gives no more in one answer."""
MAX_DETAILS = 10
"""Of the matches in one answer no more are asked for in detail."""
BEWAARD = timedelta(days=1)
"""How long an answer is known: a detail is of somebody who was found in that time."""


class Vumsoort(StrEnum):
    """What a question is about."""

    WERKZOEKENDE = "profiel"
    VACATURE = "vacature"


class DelenVum(StrEnum):
    """What somebody said about sharing the profile through VUM; an empty text is nothing said.

    `GELEVERD` is said by who delivered the profile: with consent, and with the contact data.
    """

    NIET = "niet"
    PROFIEL = "profiel"
    VOLLEDIG = "volledig"
    GELEVERD = "geleverd"


DEELT_CONTACT = frozenset({DelenVum.VOLLEDIG, DelenVum.GELEVERD})
"""Contact data go along only with these."""
