"""The words of a population request and of what changed, shared by the pages of gemeente and UWV."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from banenafspraak.register.populatie import Wijziging
from banenafspraak.register.populatiewoorden import Verzoekstatus

STATUSSEN: Mapping[Verzoekstatus, Promise] = {
    Verzoekstatus.INGEDIEND: _("UWV moet nog beslissen"),
    Verzoekstatus.TOEGEWEZEN: _("Het bestand staat klaar"),
    Verzoekstatus.AFGEWEZEN: _("UWV geeft het bestand niet"),
    Verzoekstatus.INGETROKKEN: _("Ingetrokken door de gemeente"),
    Verzoekstatus.GELEVERD: _("Het bestand is opgehaald"),
    Verzoekstatus.MISLUKT: _("Het bestand kwam niet goed aan"),
}

# The text a gemeente agrees to stands in the register, in Dutch; here it gets its English.
AKKOORDTEKSTEN: Mapping[str, Promise] = {
    "Wij gebruiken het bestand alleen voor het doel dat hier staat.": _(
        "Wij gebruiken het bestand alleen voor het doel dat hier staat."
    ),
    "Alleen medewerkers die het voor dat doel nodig hebben, kunnen erbij.": _(
        "Alleen medewerkers die het voor dat doel nodig hebben, kunnen erbij."
    ),
    "Wij geven het bestand niet aan anderen.": _("Wij geven het bestand niet aan anderen."),
    "Wij verwijderen het bestand zodra wij het niet meer nodig hebben.": _(
        "Wij verwijderen het bestand zodra wij het niet meer nodig hebben."
    ),
    "Wij weten dat elke inwoner in het bestand kan zien dat wij zijn gegevens hebben gekregen.": _(
        "Wij weten dat elke inwoner in het bestand kan zien dat wij zijn gegevens hebben gekregen."
    ),
}


@dataclass(frozen=True)
class Wijzigingswoorden:
    """A change in one word for a row, and in a few for the count."""

    short: Promise
    long: Promise


WIJZIGINGEN: Mapping[Wijziging, Wijzigingswoorden] = {
    Wijziging.INSTROOM: Wijzigingswoorden(_("Nieuw in het register"), _("Nieuw in het register")),
    Wijziging.UITSTROOM: Wijzigingswoorden(_("Uit het register"), _("Uit het register, woont hier nog")),
    Wijziging.VERHUISD_NAAR: Wijzigingswoorden(_("Hier komen wonen"), _("Hier komen wonen, stond al in het register")),
    Wijziging.VERHUISD_UIT: Wijzigingswoorden(_("Hier weggegaan"), _("Hier weggegaan")),
}
