"""The words of a melding, shared by the pages of the person and of who answers."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from banenafspraak.register.meldingwoorden import SOORTEN, Meldingonderwerp, Meldingsoort, Meldingstatus

SOORTNAMEN: Mapping[Meldingsoort, Promise] = {
    Meldingsoort.HOORT_ER_NIET_IN: _("Ik hoor niet in het register"),
    Meldingsoort.ONTBREEKT: _("Ik hoor wel in het register, maar sta er niet in"),
    Meldingsoort.BEGIN_KLOPT_NIET: _("De eerste dag klopt niet"),
    Meldingsoort.EINDE_KLOPT_NIET: _("De laatste dag klopt niet"),
    Meldingsoort.GROND_KLOPT_NIET: _("De reden waarom ik in het register sta, klopt niet"),
    Meldingsoort.WOONPLAATS_KLOPT_NIET: _("De gemeente waar ik woon, klopt niet"),
    Meldingsoort.ORGANISATIE_ONBEKEND: _("Ik ken deze organisatie niet"),
    Meldingsoort.DOEL_KLOPT_NIET: _("Ik ken de organisatie, maar de reden om te kijken klopt niet"),
    Meldingsoort.IETS_ANDERS: _("Iets anders"),
}
STATUSNAMEN: Mapping[Meldingstatus, Promise] = {
    Meldingstatus.INGEDIEND: _("Ontvangen"),
    Meldingstatus.IN_BEHANDELING: _("Iemand bekijkt uw melding"),
    Meldingstatus.GEGROND: _("U kreeg gelijk"),
    Meldingstatus.ONGEGROND: _("Wij vinden dat het wel klopt"),
    Meldingstatus.INGETROKKEN: _("Door u ingetrokken"),
}
# The same states for who answers.
STANDEN: Mapping[Meldingstatus, Promise] = {
    Meldingstatus.INGEDIEND: _("Nieuw"),
    Meldingstatus.IN_BEHANDELING: _("In behandeling"),
    Meldingstatus.GEGROND: _("Gegrond"),
    Meldingstatus.ONGEGROND: _("Ongegrond"),
    Meldingstatus.INGETROKKEN: _("Ingetrokken"),
}


def choices(onderwerp: Meldingonderwerp) -> list[tuple[str, str]]:
    """What somebody can say is wrong with a registration, or with a look."""
    return [(soort.value, str(SOORTNAMEN[soort])) for soort in SOORTEN[onderwerp]]
