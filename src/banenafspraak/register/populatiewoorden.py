"""The words of what a gemeente asks: purposes with their articles, states of a request, and the text it agrees to."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Gemeentedoel(StrEnum):
    """What a gemeente needs data of its own inhabitants for. Each is a task of the college."""

    ONDERSTEUNING = "ondersteuning"
    LOONKOSTENSUBSIDIE = "loonkostensubsidie"
    BESCHUT_WERK = "beschut_werk"
    MELDING_AAN_UWV = "melding_aan_uwv"
    EIGEN_DOELGROEP = "eigen_doelgroep"


@dataclass(frozen=True)
class Doelomschrijving:
    """A purpose as the logboek and the person concerned read it (Dutch), and the article of the task."""

    naam: str
    artikel: str

    def __str__(self) -> str:
        return f"{self.naam} ({self.artikel}; {GRONDSLAG})"


# UWV gives the college, on request and free of charge, what it needs for its task.
GRONDSLAG = "Wfsv art. 38d lid 4"

DOELEN: Mapping[Gemeentedoel, Doelomschrijving] = MappingProxyType(
    {
        Gemeentedoel.ONDERSTEUNING: Doelomschrijving("een inwoner helpen aan werk", "Participatiewet art. 7"),
        Gemeentedoel.LOONKOSTENSUBSIDIE: Doelomschrijving(
            "loonkostensubsidie beoordelen", "Participatiewet art. 10c en 10d"
        ),
        Gemeentedoel.BESCHUT_WERK: Doelomschrijving("beschut werk beoordelen", "Participatiewet art. 10b"),
        Gemeentedoel.MELDING_AAN_UWV: Doelomschrijving("een melding aan UWV voorbereiden", "Wfsv art. 38d lid 3"),
        Gemeentedoel.EIGEN_DOELGROEP: Doelomschrijving("de eigen doelgroep in beeld brengen", "Participatiewet art. 7"),
    }
)

# A look-up is about one inhabitant and a file about all of them, so each has purposes of its own.
DOELEN_INWONER = (
    Gemeentedoel.ONDERSTEUNING,
    Gemeentedoel.LOONKOSTENSUBSIDIE,
    Gemeentedoel.BESCHUT_WERK,
    Gemeentedoel.MELDING_AAN_UWV,
)
DOELEN_BESTAND = (Gemeentedoel.EIGEN_DOELGROEP, Gemeentedoel.ONDERSTEUNING)


class Verzoekstatus(StrEnum):
    """How far a request for the population file has come."""

    INGEDIEND = "ingediend"
    TOEGEWEZEN = "toegewezen"
    AFGEWEZEN = "afgewezen"
    INGETROKKEN = "ingetrokken"
    GELEVERD = "geleverd"
    MISLUKT = "mislukt"


class Bestandsvorm(StrEnum):
    """In which form a file is fetched."""

    CSV = "csv"
    ODS = "ods"
    JSON = "json"


# What a gemeente agrees to, by version. A text that was agreed to is never changed: a new one gets a new number.
AKKOORD: Mapping[int, tuple[str, ...]] = MappingProxyType(
    {
        1: (
            "Wij gebruiken het bestand alleen voor het doel dat hier staat.",
            "Alleen medewerkers die het voor dat doel nodig hebben, kunnen erbij.",
            "Wij geven het bestand niet aan anderen.",
            "Wij verwijderen het bestand zodra wij het niet meer nodig hebben.",
            "Wij weten dat elke inwoner in het bestand kan zien dat wij zijn gegevens hebben gekregen.",
        ),
    }
)
AKKOORD_VERSIE = max(AKKOORD)
