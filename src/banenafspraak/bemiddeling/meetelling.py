"""What a placement means for the banenafspraak: does it count, for how much of a baan, in which sector, and what helps.

Pure: the facts of one placement and a day go in. The rules are those of `wet.banen`; which instruments may belong to it
comes from one place, `instrumenten_bij`.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from banenafspraak.bemiddeling.plaatsingwoorden import (
    MAG_BIJ_EEN_ANDER,
    ZONDER_LOON,
    Plaatsingsector,
    Plaatsingsoort,
)
from banenafspraak.wet import banen
from banenafspraak.wet.banen import Kolom, SoortWerk, Telling, Tijdvak, Werk
from banenafspraak.wet.gevolgen import Gevolg
from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.instrumenten.bij_werk import SoortBaan, gevolgen_bij_werk
from banenafspraak.wet.instrumenten.loonkostenvoordeel import Dienst
from banenafspraak.wet.uitkomst import Uitkomst

_WERK = {
    Plaatsingsoort.PROEFPLAATSING: SoortWerk.PROEFPLAATSING,
    Plaatsingsoort.DIENSTVERBAND: SoortWerk.ARBEIDSOVEREENKOMST,
    Plaatsingsoort.UITZEND: SoortWerk.UITZENDWERK,
    Plaatsingsoort.DETACHERING: SoortWerk.DETACHERING,
    Plaatsingsoort.WERKERVARINGSPLAATS: SoortWerk.STAGE,
    Plaatsingsoort.BBL: SoortWerk.BBL,
    Plaatsingsoort.BESCHUT: SoortWerk.BESCHUT_WERK_PWET,
}


@dataclass(frozen=True)
class Werkfeiten:
    """What must be known of a placement to say whether it counts."""

    soort: Plaatsingsoort
    uren_per_week: Decimal
    sector: Plaatsingsector
    met_loonheffing: bool = False


def meetelling(feiten: Werkfeiten, *, in_register: bool, peildatum: date) -> Uitkomst[Telling]:
    """Whether this work counts on that day if the agreed hours are all paid, with the steps of the law.

    What really counts are the verloonde uren of the wage return. Raises `ParameterFout` before December 2012.
    """
    sector = None if feiten.sector is Plaatsingsector.ONBEKEND else Kolom(feiten.sector.value)
    elsewhere = feiten.soort in MAG_BIJ_EEN_ANDER
    paid = feiten.met_loonheffing if feiten.soort is Plaatsingsoort.WERKERVARINGSPLAATS else None
    if feiten.soort is Plaatsingsoort.PROEFPLAATSING:
        paid = False
    return banen.tel(
        Werk(
            soort_werk=_WERK[feiten.soort],
            verloonde_uren=feiten.uren_per_week,
            per=Tijdvak.WEEK,
            in_doelgroepregister=in_register,
            in_loonaangifte=paid,
            sector_inlener=sector if elsewhere else None,
            sector_werkgever=None if elsewhere else sector,
        ),
        peildatum=peildatum,
    )


def instrumenten_bij(soort: Plaatsingsoort, gronden: tuple[Grond, ...], *, peildatum: date) -> tuple[Gevolg, ...]:
    """Which instruments may belong to this kind of work, for somebody registered on these grounds on that day.

    May: each has conditions of its own. The rules are those of `wet.instrumenten`.
    """
    baan = SoortBaan(
        dienst=Dienst.BESCHUT_WERK_PWET if soort is Plaatsingsoort.BESCHUT else Dienst.GEWOON,
        met_loon=soort not in ZONDER_LOON,
        op_proef=soort is Plaatsingsoort.PROEFPLAATSING,
    )
    found = [
        gevolg
        for grond in gronden
        if grond is not Grond.GEEN
        for gevolg in gevolgen_bij_werk(grond, baan, peildatum=peildatum)
    ]
    return tuple(dict.fromkeys(found))
