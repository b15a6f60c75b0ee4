"""The label under which a ground stands in the doelgroepregister, and in what is handed on from it.

Besluit SUWI 3.2 lid 1 lists exhaustively what the register holds of somebody: the BSN, the label of the ground, the
day of registration and the day it ends. Its labels are the onderdelen a to e of Wfsv 38b lid 1, lid 2, and who is
gelijkgesteld (38f lid 5). Onderdelen f and g and lid 6 are grounds of the law without a label in that list: of such a
registration no label is handed on, and the reader is told so instead of being given one we made up.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from banenafspraak.wet.gronden import Grond


class Grondlabel(StrEnum):
    """The labels of Besluit SUWI 3.2 lid 1, and one that says the list has none for this ground."""

    A = "a"
    B = "b"
    C = "c"
    D = "d"
    E = "e"
    LID_2 = "lid 2"
    GELIJKGESTELD = "38f lid 5"
    NIET_VERMELD = "niet vermeld"


_LABELS: Mapping[Grond, Grondlabel] = MappingProxyType(
    {
        Grond.PWET_LKS_UWV_LOONWAARDE: Grondlabel.A,
        Grond.WSW: Grondlabel.B,
        Grond.WAJONG: Grondlabel.C,
        Grond.AMVB_38B_1_D: Grondlabel.D,
        Grond.PWET_UWV_WML_EIGEN_VERZOEK: Grondlabel.E,
        Grond.JONGGEHANDICAPT_UWV_OORDEEL: Grondlabel.LID_2,
        Grond.WIW_ID: Grondlabel.GELIJKGESTELD,
    }
)

_ARTICLES: Mapping[Grond, str] = MappingProxyType(
    {
        Grond.PWET_LKS_UWV_LOONWAARDE: "Wfsv art. 38b lid 1 onderdeel a",
        Grond.WSW: "Wfsv art. 38b lid 1 onderdeel b",
        Grond.WAJONG: "Wfsv art. 38b lid 1 onderdeel c",
        Grond.AMVB_38B_1_D: "Wfsv art. 38b lid 1 onderdeel d",
        Grond.PWET_UWV_WML_EIGEN_VERZOEK: "Wfsv art. 38b lid 1 onderdeel e",
        Grond.OVERGANGSRECHT_38B_1_F: "Wfsv art. 38b lid 1 onderdeel f",
        Grond.WIA_IVA_EXPERIMENT: "Wfsv art. 38b lid 1 onderdeel g",
        Grond.JONGGEHANDICAPT_UWV_OORDEEL: "Wfsv art. 38b lid 2",
        Grond.BLIJFGROND_38B_6: "Wfsv art. 38b lid 6",
        Grond.WIW_ID: "Wfsv art. 38f lid 5",
    }
)


def label_of(grond: Grond) -> Grondlabel:
    """The label of Besluit SUWI 3.2 lid 1 for this ground. Raises ValueError for `Grond.GEEN`: nobody stands on it."""
    _refuse_geen(grond)
    return _LABELS.get(grond, Grondlabel.NIET_VERMELD)


def grounds_of(label: Grondlabel) -> frozenset[Grond]:
    """Every ground that is handed on under this label."""
    return frozenset(grond for grond in _ARTICLES if label_of(grond) is label)


def article_of(grond: Grond) -> str:
    """The article a ground stands in, as a citizen can look it up. Raises as `label_of` does."""
    _refuse_geen(grond)
    return _ARTICLES[grond]


def _refuse_geen(grond: Grond) -> None:
    if grond is Grond.GEEN:
        raise ValueError("nobody is registered on the ground 'geen'")
