"""Placements in the words of a screen: the kinds of work, how far it is, what it counts for, and which help fits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from banenafspraak.bemiddeling.meetelling import Werkfeiten, meetelling
from banenafspraak.bemiddeling.plaatsingen import SOON, Inhoud, Plaatsinghandeling
from banenafspraak.bemiddeling.plaatsingwoorden import (
    Eindreden,
    Plaatsingsector,
    Plaatsingsoort,
    Plaatsingstatus,
)
from banenafspraak.web.components.formulier import in_words
from banenafspraak.web.components.parts import Clock, clock
from banenafspraak.wet.banen import Kolom, Telling
from banenafspraak.wet.gevolgen import Gevolg
from banenafspraak.wet.instrumenten.proefplaatsing import Loket
from banenafspraak.wet.uitkomst import Uitkomst

SOORTEN: Mapping[Plaatsingsoort, Promise] = {
    Plaatsingsoort.PROEFPLAATSING: _("Proefplaatsing"),
    Plaatsingsoort.DIENSTVERBAND: _("Contract bij de werkgever"),
    Plaatsingsoort.UITZEND: _("Uitzendwerk"),
    Plaatsingsoort.DETACHERING: _("Detachering"),
    Plaatsingsoort.WERKERVARINGSPLAATS: _("Werkervaringsplaats"),
    Plaatsingsoort.BBL: _("Leren en werken (BBL)"),
    Plaatsingsoort.BESCHUT: _("Beschut werk"),
}

STATUSSEN: Mapping[Plaatsingstatus, Promise] = {
    Plaatsingstatus.VOORGENOMEN: _("Afgesproken"),
    Plaatsingstatus.LOPEND: _("Loopt"),
    Plaatsingstatus.BEEINDIGD: _("Gestopt"),
    Plaatsingstatus.INGETROKKEN: _("Niet doorgegaan"),
}

EINDREDENEN: Mapping[Eindreden, Promise] = {
    Eindreden.OVERGEGAAN: _("Gaat verder in ander werk"),
    Eindreden.TIJD_OM: _("De afgesproken tijd was om"),
    Eindreden.WERKGEVER_STOPTE: _("De werkgever stopte"),
    Eindreden.PERSOON_STOPTE: _("De persoon stopte"),
    Eindreden.ANDER_WERK: _("De persoon vond ander werk"),
    Eindreden.OPLEIDING: _("De persoon gaat naar school"),
    Eindreden.VERHUISD: _("De persoon is verhuisd"),
    Eindreden.ANDERS: _("Iets anders"),
}

SECTOREN: Mapping[Plaatsingsector, Promise] = {
    Plaatsingsector.MARKT: _("Markt"),
    Plaatsingsector.OVERHEID: _("Overheid"),
    Plaatsingsector.ONBEKEND: _("Weet ik niet"),
}

ROUTES: Mapping[Loket, Promise | str] = {
    Loket.GEMEENTE: _("De gemeente"),
    Loket.UWV: "UWV",
}

STAPPEN: Mapping[Plaatsinghandeling, Promise] = {
    Plaatsinghandeling.VASTLEGGEN: _("Afgesproken"),
    Plaatsinghandeling.WIJZIGEN: _("Gewijzigd"),
    Plaatsinghandeling.BEGINNEN: _("Begonnen"),
    Plaatsinghandeling.VERLENGEN: _("Verlengd"),
    Plaatsinghandeling.BEEINDIGEN: _("Gestopt"),
    Plaatsinghandeling.INTREKKEN: _("Niet doorgegaan"),
    Plaatsinghandeling.DELEN: _("De werkgever kijkt mee"),
    Plaatsinghandeling.NIET_MEER_DELEN: _("Een werkgever kijkt niet meer mee"),
}

INSTRUMENTEN: Mapping[Gevolg, Promise] = {
    Gevolg.LKV: _("Loonkostenvoordeel, zolang het werk duurt"),
    Gevolg.LKV_DRIE_JAAR: _("Loonkostenvoordeel, drie jaar"),
    Gevolg.NO_RISK_REGISTRATIE: _("No-riskpolis"),
    Gevolg.NO_RISK_VOOR_HET_EINDE: _("No-riskpolis, voor ziekte van voor het einde van de registratie"),
    Gevolg.NO_RISK_GROND: _("No-riskpolis"),
    Gevolg.LOONKOSTENSUBSIDIE: _("Loonkostensubsidie van de gemeente"),
    Gevolg.LOONDISPENSATIE: _("Loondispensatie van UWV"),
    Gevolg.BEGELEIDING_GEMEENTE: _("Begeleiding op het werk via de gemeente"),
    Gevolg.PROEFPLAATS_GEMEENTE: _("Proefplaatsing via de gemeente"),
    Gevolg.PROEFPLAATS_UWV: _("Proefplaatsing via UWV"),
    Gevolg.VOORZIENING: _("Een aanpassing of jobcoach"),
}

_KOLOMMEN: Mapping[Kolom, Promise] = {
    Kolom.MARKT: _("sector markt"),
    Kolom.OVERHEID: _("sector overheid"),
    Kolom.UITZEND_DETACHERING: _("uitzend en detachering, sector onbekend"),
}


def decimal(number: Decimal, places: int = 1) -> str:
    """A number with at most so many decimals, as the language writes it: 0,9."""
    text = f"{number:.{places}f}".rstrip("0").rstrip(".")
    return text if get_language() == "en" else text.replace(".", ",")


@dataclass(frozen=True)
class Telzin:
    """Whether it counts, in one sentence, with the steps of the law behind it."""

    telt: bool
    zin: str
    uitkomst: Uitkomst[Telling]


def telzin(
    feiten: Werkfeiten, status: Plaatsingstatus, eindigt_op: date | None, *, in_register: bool, peildatum: date
) -> Telzin:
    """'Telt mee: 0,9 baan, sector markt'; what is over, or has not begun, says so."""
    uitkomst = meetelling(feiten, in_register=in_register, peildatum=peildatum)
    found = uitkomst.waarde
    if status is Plaatsingstatus.BEEINDIGD:
        return Telzin(False, gettext("Telt niet meer mee: dit werk is gestopt"), uitkomst)
    if status is not Plaatsingstatus.INGETROKKEN and eindigt_op is not None and eindigt_op < peildatum:
        return Telzin(False, gettext("Telt niet meer mee: de laatste dag is geweest"), uitkomst)
    if status is Plaatsingstatus.INGETROKKEN:
        return Telzin(False, gettext("Telt niet mee: dit is niet doorgegaan"), uitkomst)
    if not found.telt:
        why = gettext("Telt niet mee") if in_register else gettext("Telt niet mee: niet in het doelgroepregister")
        return Telzin(False, why, uitkomst)
    words = {
        "banen": decimal(found.banen),
        "sector": str(_KOLOMMEN[found.kolom]) if found.kolom else gettext("sector onbekend"),
    }
    if status is Plaatsingstatus.VOORGENOMEN:
        return Telzin(True, gettext("Gaat meetellen: %(banen)s baan, %(sector)s") % words, uitkomst)
    return Telzin(True, gettext("Telt mee: %(banen)s baan, %(sector)s") % words, uitkomst)


def feiten_of(inhoud: Inhoud) -> Werkfeiten:
    """What the count needs of what was agreed."""
    return Werkfeiten(inhoud.soort, inhoud.uren_per_week, inhoud.sector, inhoud.met_loonheffing)


def period(begint_op: date, eindigt_op: date | None) -> str:
    """From when until when, in words."""
    words = {"vanaf": in_words(begint_op), "tot": in_words(eindigt_op) if eindigt_op else ""}
    if eindigt_op is None:
        return gettext("Vanaf %(vanaf)s, zonder einddatum") % words
    return gettext("%(vanaf)s tot en met %(tot)s") % words


def stand_of(status: Plaatsingstatus, eindigt_op: date | None, today: date) -> str:
    """How a placement stands for who did not write it down: after its last day work does not run, closed or not."""
    if status is Plaatsingstatus.LOPEND and eindigt_op is not None and eindigt_op < today:
        return gettext("Voorbij")
    return str(STATUSSEN[status])


def watch(status: Plaatsingstatus, begint_op: date, eindigt_op: date | None, today: date) -> tuple[str, Clock | None]:
    """What asks for attention now, and the time left: a last day that is near or past, a first day that is past."""
    if status is Plaatsingstatus.VOORGENOMEN and begint_op <= today:
        return gettext("Is de persoon begonnen?"), None
    if status is Plaatsingstatus.LOPEND and eindigt_op is not None:
        if eindigt_op < today:
            return gettext("De laatste dag is geweest. Hoe ging het verder?"), None
        if (eindigt_op - today).days <= SOON:
            return gettext("Dit werk stopt binnenkort. Wat komt erna?"), clock(eindigt_op, today)
    return "", None
