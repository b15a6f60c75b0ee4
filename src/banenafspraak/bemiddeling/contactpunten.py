"""The contact point of each region: where an employer turns to, kept by who works in that region, read by everybody."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import IntegrityError, transaction
from django.db.models import CharField, QuerySet

from banenafspraak.access import bsn as bsns
from banenafspraak.access import gebieden, logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.permissions import Permission, Rol, may, require
from banenafspraak.bemiddeling.models import Contactpunt as Contactpunt
from banenafspraak.bemiddeling.models import Vacature
from banenafspraak.bemiddeling.vacaturerecord import Vacaturestatus
from banenafspraak.register.overgangen import Overtaken

_TELEFOON = re.compile(r"^(0[0-9]{9}|14[0-9]{2,4}|0[89]00[0-9]{4,7})$")
_POSTCODE = re.compile(r"^[1-9][0-9]{3}[A-Z]{2}$")
_WEB = URLValidator(schemes=["https"])
MOST_SHOWN = 3
"""So many contact points stand on the page of an employer that has vacatures in many regions."""


@dataclass(frozen=True)
class Bereikbaarheid:
    """How to reach a contact point; empty where there is none. An address is whole or empty."""

    naam: str
    telefoonnummer: str = ""
    emailadres: str = ""
    openingstijden: str = ""
    straat_en_huisnummer: str = ""
    postcode: str = ""
    plaatsnaam: str = ""
    webadres: str = ""


def of_region(regio: str) -> Contactpunt | None:
    """The contact point of a region, for anybody; None while nobody filled it in. One query."""
    return _public().filter(regio=regio).first()


def of_regions(regios: Iterable[str]) -> list[Contactpunt]:
    """The contact points of these regions that are filled in, by the name of the region. One query."""
    return list(_public().filter(regio__in=list(regios)).order_by("regio__naam"))


def for_employer(actor: Actor, *, first: str = "") -> list[Contactpunt]:
    """Those of the regions in which this employer has work, the latest first, at most `MOST_SHOWN`. Two queries.

    `first` is a region that comes before these, such as the one it is looking in. Raises `PermissionDenied` for who is
    no employer.
    """
    require(actor, Permission.CONTACT_ASK)
    own = Vacature.objects.filter(werkgever=actor.organisatie_id).exclude(regio="")
    latest = own.exclude(status=Vacaturestatus.CONCEPT).order_by("-gewijzigd_at").values_list("regio", flat=True)
    regios = [one for one in dict.fromkeys([first, *latest[:100]]) if one][:MOST_SHOWN]
    found = {punt.regio_id: punt for punt in _public().filter(regio__in=regios)} if regios else {}
    return [found[regio] for regio in regios if regio in found]


def may_change(actor: Actor, regio: str) -> bool:
    """Whether this actor keeps the contact point of this region.

    A bemiddelaar that of the own region, a beheerder that of the own region, or every one when bound to none.
    """
    if not may(actor, Permission.CONTACTPUNT_CHANGE):
        return False
    return actor.regio == regio or (actor.rol is Rol.BEHEER and actor.regio is None)


@transaction.atomic
def change(*, actor: Actor, regio: str, bereikbaarheid: Bereikbaarheid, versie: int, now: datetime) -> bool:
    """Put this in the place of what was there; false when it was the same. `versie` is the one read, 0 for none.

    Raises `PermissionDenied` for another region, `Overtaken` when somebody else saved since, `ValidationError` (Dutch,
    by field).
    """
    require(actor, Permission.CONTACTPUNT_CHANGE)
    if not may_change(actor, regio) or regio not in dict(gebieden.regios()):
        raise PermissionDenied("this is the contact point of another region")
    bereikbaarheid = _checked(bereikbaarheid)
    values = {one.name: getattr(bereikbaarheid, one.name) for one in fields(bereikbaarheid)}
    known = Contactpunt.objects.select_for_update(of=("self",)).defer("gewijzigd_door").filter(pk=regio).first()
    changed = [name for name, value in values.items() if getattr(known, name, "") != value]
    if known is not None and not changed:
        return False
    if (known.versie if known else 0) != versie:
        raise Overtaken("Iemand anders heeft dit net gewijzigd. Kijk wat er nu staat, en wijzig het opnieuw.")
    values |= {"versie": versie + 1, "gewijzigd_at": now, "gewijzigd_door_id": actor.gebruiker_id}
    if known is None:
        try:
            with transaction.atomic():
                Contactpunt(regio_id=regio, **values).save(force_insert=True)
        except IntegrityError:
            raise Overtaken("Iemand anders heeft dit net ingevuld. Kijk wat er nu staat.") from None
    else:
        Contactpunt.objects.filter(pk=regio).update(**values)
    logboek.record(
        actor=actor,
        handeling="contactpunt gewijzigd",
        onderwerp=regio,
        details={"velden": sorted(changed)},
        activiteit=Activiteit.WERKGEVERS,
        now=now,
    )
    return True


def _public() -> QuerySet[Contactpunt]:
    # Who changed it is nobody's business but ours: the roles of the website cannot read that column.
    return Contactpunt.objects.select_related("regio").defer("gewijzigd_door")


def _checked(given: Bereikbaarheid) -> Bereikbaarheid:
    """The same, as it is kept. Raises `ValidationError` by field."""
    plain = {one.name: " ".join(getattr(given, one.name).replace("\x00", "").split()) for one in fields(given)}
    plain["telefoonnummer"] = _number(plain["telefoonnummer"])
    plain["postcode"] = plain["postcode"].replace(" ", "").upper()
    errors: dict[str, str] = {}
    if not plain["naam"]:
        errors["naam"] = "Vul de naam van het Werkgeversservicepunt in."
    if not plain["telefoonnummer"] and not plain["emailadres"]:
        errors["telefoonnummer"] = "Vul een telefoonnummer of een e-mailadres in."
    elif plain["telefoonnummer"] and not _TELEFOON.match(plain["telefoonnummer"]):
        errors["telefoonnummer"] = "Vul een Nederlands telefoonnummer in, zoals 035 000 00 00."
    if plain["emailadres"] and not _is(validate_email, plain["emailadres"]):
        errors["emailadres"] = "Vul een e-mailadres in, zoals info@voorbeeld.nl."
    if plain["webadres"] and not _is(_WEB, plain["webadres"]):
        errors["webadres"] = "Vul een webadres in dat begint met https://."
    address = ("straat_en_huisnummer", "postcode", "plaatsnaam")
    if any(plain[name] for name in address):
        missing = next((name for name in address if not plain[name]), None)
        if missing is not None:
            errors[missing] = "Vul het hele adres in: straat, postcode en plaats. Of laat het leeg."
        elif not _POSTCODE.match(plain["postcode"]):
            errors["postcode"] = "Vul een postcode in, zoals 1211 AB."
    for name, value in plain.items():
        field = Contactpunt._meta.get_field(name)
        most = field.max_length if isinstance(field, CharField) else None
        if len(value) > (most or 0):
            errors.setdefault(name, f"Gebruik hoogstens {most} tekens.")
        elif name != "telefoonnummer" and bsns.occurs_in(value):
            errors.setdefault(name, "Haal het burgerservicenummer weg.")
    if errors:
        raise ValidationError(errors)
    return Bereikbaarheid(**plain)


def _number(text: str) -> str:
    """A telephone number as people write it, as digits: +31 (0)35-000 00 00 is 0350000000."""
    digits = re.sub(r"[\s().\-]", "", text)
    for before in ("+310", "+31", "00310", "0031"):
        if digits.startswith(before):
            return "0" + digits[len(before) :]
    return digits


def _is(check: Callable[[str], None], value: str) -> bool:
    try:
        check(value)
    except ValidationError:
        return False
    return True
