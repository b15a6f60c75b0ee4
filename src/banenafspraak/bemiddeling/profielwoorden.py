"""The words for where a klantprofiel stands, and for why employers cannot find it."""

from enum import StrEnum


class Profielstatus(StrEnum):
    """Whether employers can find the profile."""

    CONCEPT = "concept"
    OPENBAAR = "openbaar"
    NIET_OPENBAAR = "niet_openbaar"


class NietOpenbaarReden(StrEnum):
    """Why somebody cannot be found; the first four are the reasons of the report on Gooi en Vechtstreek of 2018.

    In 2018 the consulenten spoke 220 people: 100 profiles became public and 120 did not.
    """

    WERKT_AL = "werkt_al"
    KAN_NOG_NIET_WERKEN = "kan_nog_niet_werken"
    WIL_NIET = "wil_niet"
    REAGEERT_NIET = "reageert_niet"
    GAAT_NAAR_SCHOOL = "gaat_naar_school"
    VOLGT_TRAJECT = "volgt_traject"
    VERHUISD = "verhuisd"
    NIET_IN_REGISTER = "niet_in_register"
    TOESTEMMING_INGETROKKEN = "toestemming_ingetrokken"
    ANDERS = "anders"
