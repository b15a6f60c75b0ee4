"""What hangs on a registration, and what on the ground beneath it.

Two things hang on the registration itself: the loonkostenvoordeel banenafspraak, and for some grounds the no-riskpolis.
Everything else (loonkostensubsidie, loondispensatie, guidance, proefplaatsing, and the no-riskpolis of the other
grounds) hangs on the law behind the ground. A registration alone gives none of those, and its end takes none away.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.parameters import parameter


class Gevolg(StrEnum):
    """Something that follows from a registration or from its ground."""

    LKV = "lkv"
    LKV_DRIE_JAAR = "lkv_drie_jaar"
    NO_RISK_REGISTRATIE = "no_risk_registratie"
    NO_RISK_VOOR_HET_EINDE = "no_risk_voor_het_einde"
    NO_RISK_GROND = "no_risk_grond"
    LOONKOSTENSUBSIDIE = "loonkostensubsidie"
    LOONDISPENSATIE = "loondispensatie"
    BEGELEIDING_GEMEENTE = "begeleiding_gemeente"
    PROEFPLAATS_GEMEENTE = "proefplaats_gemeente"
    PROEFPLAATS_UWV = "proefplaats_uwv"
    VOORZIENING = "voorziening"


ARTIKELEN: Mapping[Gevolg, str] = MappingProxyType(
    {
        Gevolg.LKV: "Wet tegemoetkomingen loondomein, hoofdstuk 2",
        Gevolg.LKV_DRIE_JAAR: "Wet tegemoetkomingen loondomein, hoofdstuk 2",
        Gevolg.NO_RISK_REGISTRATIE: "Ziektewet art. 29b lid 11",
        Gevolg.NO_RISK_VOOR_HET_EINDE: "Ziektewet art. 29b lid 12",
        Gevolg.NO_RISK_GROND: "Ziektewet art. 29b lid 2",
        Gevolg.LOONKOSTENSUBSIDIE: "Participatiewet art. 10d",
        Gevolg.LOONDISPENSATIE: "Wajong art. 2:20 en 3:63",
        Gevolg.BEGELEIDING_GEMEENTE: "Participatiewet art. 10da",
        Gevolg.PROEFPLAATS_GEMEENTE: "Participatiewet art. 8a lid 2 onderdeel d",
        Gevolg.PROEFPLAATS_UWV: "Wajong art. 2:24",
        Gevolg.VOORZIENING: "Participatiewet art. 10 of Wet WIA art. 35",
    }
)


@dataclass(frozen=True)
class Gevolgen:
    """What follows: from being registered, and from the ground."""

    op_registratie: tuple[Gevolg, ...]
    op_grond: tuple[Gevolg, ...]


# Ziektewet 29b lid 11 names the registration of 38b lid 1 d, e and f, and of lid 2; lid 12 who stays on lid 6, for an
# illness that began before the registration ended; lid 2 the Wajong, the Wsw and the Participatiewet themselves.
_NO_RISK: Mapping[Grond, Gevolg] = MappingProxyType(
    {
        Grond.AMVB_38B_1_D: Gevolg.NO_RISK_REGISTRATIE,
        Grond.PWET_UWV_WML_EIGEN_VERZOEK: Gevolg.NO_RISK_REGISTRATIE,
        Grond.OVERGANGSRECHT_38B_1_F: Gevolg.NO_RISK_REGISTRATIE,
        Grond.JONGGEHANDICAPT_UWV_OORDEEL: Gevolg.NO_RISK_REGISTRATIE,
        Grond.BLIJFGROND_38B_6: Gevolg.NO_RISK_VOOR_HET_EINDE,
    }
)
_OP_GROND: Mapping[Grond, tuple[Gevolg, ...]] = MappingProxyType(
    {
        Grond.PWET_LKS_UWV_LOONWAARDE: (
            Gevolg.NO_RISK_GROND,
            Gevolg.LOONKOSTENSUBSIDIE,
            Gevolg.BEGELEIDING_GEMEENTE,
            Gevolg.PROEFPLAATS_GEMEENTE,
        ),
        Grond.WSW: (Gevolg.NO_RISK_GROND,),
        Grond.WAJONG: (Gevolg.NO_RISK_GROND, Gevolg.LOONDISPENSATIE, Gevolg.PROEFPLAATS_UWV),
        Grond.WIA_IVA_EXPERIMENT: (Gevolg.LOONDISPENSATIE,),
        Grond.JONGGEHANDICAPT_UWV_OORDEEL: (Gevolg.VOORZIENING,),
    }
)


def gevolgen(grond: Grond, *, peildatum: date) -> Gevolgen:
    """What follows from a registration on this ground, running on the peildatum. Raises ValueError for `Grond.GEEN`.

    What may follow: each right has conditions of its own that the register does not know.
    """
    if grond is Grond.GEEN:
        raise ValueError("nobody is registered on the ground 'geen'")
    no_risk = (_NO_RISK[grond],) if grond in _NO_RISK else ()
    return Gevolgen((*_lkv(peildatum), *no_risk), _OP_GROND.get(grond, ()))


def _lkv(peildatum: date) -> tuple[Gevolg, ...]:
    """By which rule there is a loonkostenvoordeel on this day: three years with a declaration, or the registration."""
    stelsel = parameter("loonkostenvoordeel", "stelsel")
    if peildatum < stelsel.standen[0].vanaf:
        return ()  # the premiekorting of before 2018 is no loonkostenvoordeel
    return (Gevolg.LKV if stelsel.op(peildatum) == "registratie" else Gevolg.LKV_DRIE_JAAR,)
