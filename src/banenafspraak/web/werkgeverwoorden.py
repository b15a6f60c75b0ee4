"""Contacts with employers in the words of a screen."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from banenafspraak.bemiddeling.werkgeverwoorden import Contactaanleiding, Contactwijze

WIJZEN: Mapping[Contactwijze, Promise] = {
    Contactwijze.TELEFOON: _("Telefoon"),
    Contactwijze.EMAIL: _("E-mail"),
    Contactwijze.BEZOEK: _("Bezoek"),
    Contactwijze.BIJEENKOMST: _("Bijeenkomst"),
}

AANLEIDINGEN: Mapping[Contactaanleiding, Promise] = {
    Contactaanleiding.KENNISMAKEN: _("Kennismaken"),
    Contactaanleiding.VACATURE: _("Een vacature"),
    Contactaanleiding.VOORDRACHT: _("Mensen voordragen"),
    Contactaanleiding.PLAATSING: _("Een plaatsing"),
    Contactaanleiding.NAZORG: _("Hoe het gaat op het werk"),
    Contactaanleiding.REGELING: _("Een regeling of subsidie"),
    Contactaanleiding.KLACHT: _("Een klacht"),
    Contactaanleiding.ANDERS: _("Iets anders"),
}
