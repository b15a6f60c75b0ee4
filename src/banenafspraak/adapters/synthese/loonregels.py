"""Wage rows: one inkomstenverhouding of one person in one month."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from banenafspraak.metingen.grootheden import Kwartaal

# Codes of the loonaangifte. SrtIV: kind of income. CdAard: nature of the employment.
SRTIV_AMBTENAAR: Final = 11
SRTIV_DIRECTEUR: Final = 13
SRTIV_LOON: Final = 15
SRTIV_DGA_NIET_VERZEKERD: Final = 17
SRTIV_WAJONG: Final = 36
SRTIV_BIJSTAND: Final = 42

CDAARD_ARBEIDSOVEREENKOMST: Final = 1
CDAARD_STAGIAIR: Final = 7
CDAARD_UITZENDKRACHT: Final = 11
CDAARD_AANSTELLING: Final = 18
CDAARD_WSW_BESCHUT: Final = 21
CDAARD_WSW_DETACHERING: Final = 22
CDAARD_WSW_BEGELEID: Final = 23
CDAARD_PWET_BESCHUT: Final = 24
CDAARD_OVERIG_FICTIEF: Final = 81
CDAARD_PAYROLL: Final = 82
CDAARD_BBL: Final = 83


@dataclass(frozen=True)
class Loonregel:
    """One row of a wage delivery; the month is the last one of the quarter."""

    kwartaal: Kwartaal
    bsn: str
    lhnr: str
    numiv: int
    srtiv: int
    cdaard: int
    uren: int
    """Verloonde uren in the month, whole hours."""
    loon: Decimal
    """Loon voor de werknemersverzekeringen in the month, euro."""
    ufo: bool = False
    """Whether Ufo premium is owed over the whole wage."""

    @property
    def loon_ufo(self) -> Decimal:
        """The part of the wage over which Ufo premium is owed, euro."""
        return self.loon if self.ufo else Decimal("0.00")


def wage(uren: int, cent_per_uur: int) -> Decimal:
    """Wage over whole hours, euro."""
    return Decimal(uren * cent_per_uur).scaleb(-2)
