"""What a delivery of the register says, line by line, freed from the format it came in."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from banenafspraak.access.bsn import Bsn
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.registratie import EindeReden


@dataclass(frozen=True, slots=True)
class PersoonRecord:
    """Somebody the delivery is about; `regel` is the line it stood on, counted from 1."""

    regel: int
    bsn: Bsn
    geboortedatum: date
    overleden_op: date | None


@dataclass(frozen=True, slots=True)
class RegistratieRecord:
    """One registration: valid from `vanaf` until, not including, `tot` (None: still valid)."""

    regel: int
    bsn: Bsn
    grond: Grond
    route: Route
    vanaf: date
    tot: date | None
    einde_reden: EindeReden | None


@dataclass(frozen=True, slots=True)
class WoonplaatsRecord:
    """One residence: in the gemeente (CBS code) from `vanaf` until, not including, `tot` (None: still there)."""

    regel: int
    bsn: Bsn
    gemeente: str
    vanaf: date
    tot: date | None


@dataclass(frozen=True, slots=True)
class Regelfout:
    """Why a line cannot be taken in, and what cures it. Dutch, B1; never a BSN or another value of a person."""

    regel: int
    melding: str
    herstel: str


Record = PersoonRecord | RegistratieRecord | WoonplaatsRecord


class Telling(StrEnum):
    """What an Inlezing counts. `vervallen` rows stay in the table, as what was known until now."""

    PERSONEN = "personen"
    PERSONEN_NIEUW = "personen_nieuw"
    PERSONEN_GEWIJZIGD = "personen_gewijzigd"
    REGISTRATIES = "registraties"
    REGISTRATIES_NIEUW = "registraties_nieuw"
    REGISTRATIES_VERVALLEN = "registraties_vervallen"
    WOONPLAATSEN = "woonplaatsen"
    WOONPLAATSEN_NIEUW = "woonplaatsen_nieuw"
    WOONPLAATSEN_VERVALLEN = "woonplaatsen_vervallen"


@dataclass(frozen=True)
class Inlezing:
    """What came of a delivery: counts, or the line errors because of which nothing was taken in.

    `fouten` holds the first errors in the order of the lines, `fouten_totaal` says how many there are in all.
    With `proef` the counts say what would change. With `al_ingelezen` the same file was taken in before.
    """

    aantallen: dict[Telling, int]
    fouten: tuple[Regelfout, ...] = ()
    fouten_totaal: int = 0
    proef: bool = False
    al_ingelezen: bool = False

    @property
    def changed(self) -> bool:
        """Whether anything changed (or, in a proef, would change)."""
        return any(self.aantallen.get(telling, 0) for telling in Telling if telling.endswith(_CHANGES))


_CHANGES = ("_nieuw", "_gewijzigd", "_vervallen")
