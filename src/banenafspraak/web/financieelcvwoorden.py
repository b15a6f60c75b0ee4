"""The Financieel CV in the words of a screen: its instruments, how sure a line is, and the grounds to choose from."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.instrumenten.cv_feiten import Instrument, Vastheid

INSTRUMENTEN: Mapping[Instrument, Promise] = {
    Instrument.LKV_BANENAFSPRAAK: _("Loonkostenvoordeel banenafspraak"),
    Instrument.LKV_ARBEIDSGEHANDICAPTE: _("Loonkostenvoordeel bij WIA"),
    Instrument.LIV: _("Lage-inkomensvoordeel"),
    Instrument.LOONKOSTENSUBSIDIE: _("Loonkostensubsidie"),
    Instrument.LOONDISPENSATIE: _("Loondispensatie"),
    Instrument.NORISKPOLIS: _("No-riskpolis"),
    Instrument.JOBCOACH: _("Jobcoach"),
    Instrument.PROEFPLAATSING: _("Proefplaatsing"),
    Instrument.WERKVOORZIENING: _("Aanpassing of hulpmiddel"),
}

VASTHEDEN: Mapping[Vastheid, Promise] = {
    Vastheid.ZEKER: _("Zeker"),
    Vastheid.VOORWAARDE: _("Onder voorwaarde"),
    Vastheid.NIET: _("Geldt niet"),
}


@dataclass(frozen=True)
class Keuze:
    """One answer to the question why somebody is in the register, as the facts it stands for."""

    tekst: Promise
    grond: Grond | None
    in_register: bool | None = None
    wia: bool | None = None


# "Weet ik niet" is an answer like any other: it comes first, because most employers do not know.
KEUZES: Mapping[str, Keuze] = {
    "onbekend": Keuze(_("Weet ik niet"), None),
    "register": Keuze(_("Wel in het register, maar ik weet niet waarom"), None, True),
    "wajong": Keuze(_("Wajong (uitkering van UWV vanaf jonge leeftijd)"), Grond.WAJONG),
    "gemeente": Keuze(_("Participatiewet (de gemeente helpt)"), Grond.PWET_LKS_UWV_LOONWAARDE),
    "eigen_verzoek": Keuze(_("Eigen aanvraag bij UWV"), Grond.PWET_UWV_WML_EIGEN_VERZOEK),
    "school": Keuze(_("Van school: vso of praktijkonderwijs"), Grond.AMVB_38B_1_D),
    "voorziening": Keuze(_("Kan werken met een voorziening, oordeel van UWV"), Grond.JONGGEHANDICAPT_UWV_OORDEEL),
    "wsw": Keuze(_("Wsw-indicatie"), Grond.WSW),
    "wia": Keuze(_("Niet in het register, wel WIA"), Grond.GEEN, None, True),
    "niet": Keuze(_("Niet in het register, en geen WIA"), Grond.GEEN, None, False),
}

GRONDNAMEN: Mapping[Grond, Promise] = {
    Grond.PWET_LKS_UWV_LOONWAARDE: _("Participatiewet"),
    Grond.WSW: _("Wsw"),
    Grond.WAJONG: _("Wajong"),
    Grond.AMVB_38B_1_D: _("School (vso of praktijkonderwijs)"),
    Grond.PWET_UWV_WML_EIGEN_VERZOEK: _("Eigen aanvraag bij UWV"),
    Grond.OVERGANGSRECHT_38B_1_F: _("Overgangsrecht"),
    Grond.WIA_IVA_EXPERIMENT: _("Proef met IVA"),
    Grond.JONGGEHANDICAPT_UWV_OORDEEL: _("Werken met een voorziening"),
    Grond.BLIJFGROND_38B_6: _("Eerdere registratie"),
    Grond.WIW_ID: _("WIW-baan of ID-baan"),
    Grond.GEEN: _("Niet in het register"),
}
