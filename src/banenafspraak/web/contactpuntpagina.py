"""Contact points of the Werkgeversservicepunten as a page prints them, the same wherever an employer meets one."""

import itertools
import re
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from banenafspraak.access.actor import Actor
from banenafspraak.bemiddeling import contactpunten
from banenafspraak.bemiddeling.contactpunten import Contactpunt
from banenafspraak.web.components.formulier import in_words


@dataclass(frozen=True)
class Contactkaart:
    """One contact point. `bellen` is the number for a telephone, `adres` its lines; empty where there is none."""

    regio: str
    naam: str
    telefoonnummer: str
    bellen: str
    emailadres: str
    openingstijden: str
    adres: tuple[str, ...]
    webadres: str
    url: str
    gewijzigd: str


def shown(punt: Contactpunt) -> Contactkaart:
    """A contact point in the words of a page."""
    postcode = f"{punt.postcode[:4]} {punt.postcode[4:]}" if punt.postcode else ""
    return Contactkaart(
        regio=punt.regio.naam,
        naam=punt.naam,
        telefoonnummer=readable(punt.telefoonnummer),
        bellen=_dialled(punt.telefoonnummer),
        emailadres=punt.emailadres,
        openingstijden=punt.openingstijden,
        adres=(punt.straat_en_huisnummer, f"{postcode} {punt.plaatsnaam}") if punt.postcode else (),
        webadres=punt.webadres,
        url=reverse("contactpunt", args=[punt.regio_id]),
        gewijzigd=in_words(timezone.localtime(punt.gewijzigd_at).date()),
    )


def for_employer(actor: Actor, *, first: str = "") -> tuple[Contactkaart, ...]:
    """Where this employer can turn to; none while it is not known where its work is. Two queries."""
    return tuple(shown(punt) for punt in contactpunten.for_employer(actor, first=first))


_AREAS_OF_TWO = re.compile(r"^0(10|13|15|20|23|24|26|30|33|35|36|38|40|43|45|46|50|53|55|58|7[0-9]|8[0-9]|9[0-9]|6)")


def readable(number: str) -> str:
    """A number with spaces where people expect them: 035 000 00 00, 0800 1234, 14 035."""
    if number.startswith("14"):
        return f"14 {number[2:]}"
    if re.match(r"^0[89]00", number):
        return f"{number[:4]} {number[4:]}"
    area = 2 if number.startswith("06") else 3 if _AREAS_OF_TWO.match(number) else 4
    rest = number[area:]
    cuts = {8: (2, 4, 6), 7: (3, 5), 6: (2, 4)}.get(len(rest), ())
    edges = [0, *cuts, len(rest)]
    return " ".join([number[:area], *(rest[a:b] for a, b in itertools.pairwise(edges))]).strip()


def _dialled(number: str) -> str:
    """As a telephone dials it: short numbers are not dialled from abroad."""
    return (
        f"+31{number[1:]}" if re.match(r"^0[1-9][0-9]{8}$", number) and number[:4] not in ("0800", "0900") else number
    )
