"""Cards in the words of a screen: what a card says, why it is in a list, and how many people it fits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from banenafspraak.access import gebieden
from banenafspraak.bemiddeling.kenmerken import KENMERKEN, ONBEKEND, OP_AANVRAAG, Kaartwaarden
from banenafspraak.bemiddeling.verkenner import Past, Reden
from banenafspraak.bemiddeling.werksoorten import WERKSOORTEN, WERKVELDEN
from banenafspraak.web.components.parts import number

NAMES: Mapping[str, Promise] = {
    "regio": _("Regio"),
    "opleiding": _("Opleidingsniveau"),
    "werkveld": _("Wil werken in"),
    "uren": _("Uren per week"),
    "dagen": _("Dagen"),
    "beschikbaar": _("Beschikbaar"),
    "reisafstand": _("Reisafstand"),
    "vervoer": _("Vervoer"),
    "ervaring": _("Werkervaring"),
}
"""The kenmerken of a card."""

_WORDS: Mapping[str, Mapping[str, Promise]] = {
    "regio": {
        "noord": _("Noord-Nederland"),
        "oost": _("Oost-Nederland"),
        "west": _("West-Nederland"),
        "zuid": _("Zuid-Nederland"),
    },
    "opleiding": {
        "basis": _("Basisonderwijs"),
        "vmbo": _("Vmbo"),
        "mbo_havo_vwo": _("Mbo, havo of vwo"),
        "hbo": _("Hbo"),
        "wo": _("Universiteit"),
        "laag": _("Vmbo of lager"),
        "hoog": _("Hbo of universiteit"),
    },
    "uren": {
        "tot_16": _("Minder dan 16"),
        "16_tot_24": _("16 tot 24"),
        "24_tot_32": _("24 tot 32"),
        "32_en_meer": _("32 of meer"),
    },
    "dagen": {"doordeweeks": _("Doordeweeks"), "ook_weekend": _("Ook in het weekend")},
    "beschikbaar": {"nu": _("Nu"), "later": _("Binnen een jaar")},
    "reisafstand": {
        "tot_10": _("Tot 10 kilometer"),
        "tot_25": _("Tot 25 kilometer"),
        "tot_50": _("Tot 50 kilometer"),
        "verder": _("Meer dan 50 kilometer"),
    },
    "vervoer": {"gemotoriseerd": _("Auto, motor of bromfiets"), "fiets_of_ov": _("Fiets of openbaar vervoer")},
    "ervaring": {
        "in_dit_werk": _("Heeft dit werk eerder gedaan"),
        "in_ander_werk": _("Heeft ander werk gedaan"),
        "geen": _("Nog geen werkervaring"),
    },
}


def word(kenmerk: str, value: str) -> str:
    """What stands on a card for a value: the value in words, 'onbekend', or 'op aanvraag'."""
    if value == OP_AANVRAAG:
        return gettext("op aanvraag")
    if value == ONBEKEND:
        return gettext("onbekend")
    if kenmerk == "werkveld":
        return WERKVELDEN.get(value, value)
    if kenmerk == "regio" and value in _REGIOS:
        return _REGIOS[value]
    return str(_WORDS.get(kenmerk, {}).get(value, value))


_REGIOS = dict(gebieden.regios())


ORDER = ("regio", "werkveld", "opleiding", "ervaring", "uren", "dagen", "beschikbaar", "reisafstand", "vervoer")
"""In which order a card says them."""


@dataclass(frozen=True)
class Feit:
    """One fact of a card; `open` when it is not known or not shown."""

    naam: str
    tekst: str
    open: bool


def facts(waarden: Kaartwaarden) -> tuple[Feit, ...]:
    """Everything a card says, in a fixed order."""
    found = dict(zip(KENMERKEN, waarden, strict=True))
    return tuple(
        Feit(str(NAMES[kenmerk]), word(kenmerk, found[kenmerk]), found[kenmerk] in (OP_AANVRAAG, ONBEKEND))
        for kenmerk in ORDER
    )


def hidden_names(feiten: tuple[Feit, ...]) -> str:
    """The names of what a card does not show, for a short card: one line instead of a row of the same words."""
    on_request = gettext("op aanvraag")
    return ", ".join(feit.naam.lower() for feit in feiten if feit.open and feit.tekst == on_request)


def title(waarden: Kaartwaarden) -> str:
    """The heading of a card: the work, else that it is not said, or not known."""
    werkveld = waarden[KENMERKEN.index("werkveld")]
    if werkveld == OP_AANVRAAG:
        return gettext("Kandidaten voor verschillend werk")
    if werkveld == ONBEKEND:
        return gettext("Kandidaten met nog onbekende wensen")
    return WERKVELDEN.get(werkveld, werkveld)


def kinds_of_work(zelf: Mapping[str, Any]) -> list[str]:
    """The kinds of work on a card of one person."""
    return [WERKSOORTEN[code].naam for code in zelf.get("werksoorten", ()) if code in WERKSOORTEN]


def fits(tientallen: int) -> str:
    """How many people a card fits."""
    return gettext("Past bij %(aantal)s+ mensen") % {"aantal": number(tientallen)}


_PARTS: Mapping[str, tuple[str, Promise, Promise, Promise]] = {
    "plek": (
        "reisafstand", _("woont binnen de reisafstand"), _("woont misschien binnen de reisafstand"), _("reisafstand"),
    ),
    "werk": ("werkveld", _("wil dit werk"), _("wil werk dat hierop lijkt"), _("welk werk")),
    "uren": ("uren", _("wil deze uren werken"), _("uren passen misschien"), _("uren")),
    "dagen": ("dagen", _("kan op deze dagen"), _("dagen passen misschien"), _("dagen")),
    "niveau": ("opleiding", _("opleiding past"), _("opleiding past misschien"), _("opleiding")),
    "gemotoriseerd": ("vervoer", _("heeft eigen vervoer"), _("vervoer past misschien"), _("vervoer")),
}  # fmt: skip


def reason(reden: Reden, waarden: Kaartwaarden) -> str:
    """Why a card is in the list, or what is not known about it."""
    if reden.deel in _PARTS:
        kenmerk, yes, partly, what = _PARTS[reden.deel]
    else:
        kenmerk, yes, partly = reden.deel.removeprefix("k_"), _("past bij uw keuze"), _("past misschien bij uw keuze")
        what = NAMES[kenmerk]
    if reden.past is Past.JA:
        return str(yes)
    if reden.past is Past.DEELS:
        return str(partly)
    shown = waarden[KENMERKEN.index(kenmerk)]
    values = {"wat": str(what).lower()}
    if shown == OP_AANVRAAG:
        return gettext("op aanvraag: %(wat)s") % values
    return gettext("nog onbekend: %(wat)s") % values


def part(deel: str) -> str:
    """A part of a wish, as in 'without ...'."""
    names = {
        "plek": gettext("de plek van het werk"),
        "straal": gettext("de grootste afstand"),
        "werk": gettext("het werk"),
        "uren": gettext("de uren"),
        "dagen": gettext("de dagen"),
        "niveau": gettext("de opleiding"),
        "gemotoriseerd": gettext("het vervoer"),
    }
    if deel in names:
        return names[deel]
    return gettext("uw keuze bij %(kenmerk)s") % {"kenmerk": str(NAMES[deel.removeprefix("k_")]).lower()}
