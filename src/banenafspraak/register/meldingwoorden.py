"""The words of a melding: what it is about, what is said to be wrong, and how far it has come."""

from enum import StrEnum


class Meldingonderwerp(StrEnum):
    """What somebody says is not right: what stands in the register, or that somebody looked."""

    REGISTRATIE = "registratie"
    BLIK = "blik"


class Meldingsoort(StrEnum):
    """What is said to be wrong."""

    HOORT_ER_NIET_IN = "hoort_er_niet_in"
    ONTBREEKT = "ontbreekt"
    BEGIN_KLOPT_NIET = "begin_klopt_niet"
    EINDE_KLOPT_NIET = "einde_klopt_niet"
    GROND_KLOPT_NIET = "grond_klopt_niet"
    WOONPLAATS_KLOPT_NIET = "woonplaats_klopt_niet"
    ORGANISATIE_ONBEKEND = "organisatie_onbekend"
    DOEL_KLOPT_NIET = "doel_klopt_niet"
    IETS_ANDERS = "iets_anders"


SOORTEN = {
    Meldingonderwerp.REGISTRATIE: (
        Meldingsoort.HOORT_ER_NIET_IN,
        Meldingsoort.ONTBREEKT,
        Meldingsoort.BEGIN_KLOPT_NIET,
        Meldingsoort.EINDE_KLOPT_NIET,
        Meldingsoort.GROND_KLOPT_NIET,
        Meldingsoort.WOONPLAATS_KLOPT_NIET,
        Meldingsoort.IETS_ANDERS,
    ),
    Meldingonderwerp.BLIK: (
        Meldingsoort.ORGANISATIE_ONBEKEND,
        Meldingsoort.DOEL_KLOPT_NIET,
        Meldingsoort.IETS_ANDERS,
    ),
}


class Meldingstatus(StrEnum):
    """How far a melding has come."""

    INGEDIEND = "ingediend"
    IN_BEHANDELING = "in_behandeling"
    GEGROND = "gegrond"
    ONGEGROND = "ongegrond"
    INGETROKKEN = "ingetrokken"


BEANTWOORD = (Meldingstatus.GEGROND, Meldingstatus.ONGEGROND)
LOPEND = (Meldingstatus.INGEDIEND, Meldingstatus.IN_BEHANDELING)
