"""What somebody gives with a yes: chosen by kind, shown beforehand, kept as it was, and never more than that."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from banenafspraak.access import verzegeling
from banenafspraak.bemiddeling.contactwoorden import Gegeven
from banenafspraak.bemiddeling.models_contact import toestemming_context
from banenafspraak.bemiddeling.profielrecord import Contact, ProfielRecord

VELDEN: Mapping[Gegeven, tuple[str, ...]] = MappingProxyType(
    {
        Gegeven.WERK: ("werksoorten", "bemiddelingsberoepen", "interesses", "competenties"),
        Gegeven.OPLEIDING: ("code_werk_en_denkniveau", "opleidingen", "cursussen"),
        Gegeven.ERVARING: ("werkervaringen",),
        Gegeven.PRAKTISCH: (
            "aantal_werkuren_per_week_minimaal",
            "aantal_werkuren_per_week_maximaal",
            "werkdagen",
            "datum_aanvang_beschikbaar_voor_werk",
            "maximale_reisafstand",
            "vervoermiddelen",
            "rijbewijzen",
            "taalbeheersing",
        ),
        Gegeven.NODIG: ("eis_aan_werk",),
        Gegeven.OVER_U: ("persoonlijke_presentatie",),
    }
)
"""Which fields of a profile belong to which choice; where somebody lives belongs to none."""

MAX_VELD = 200


@dataclass(frozen=True)
class Gegevens:
    """What was given: how to reach somebody, and the chosen fields of the profile, by their names."""

    contact: Contact
    profiel: Mapping[str, Any]


def gather(record: ProfielRecord, gekozen: Iterable[Gegeven], contact: Contact) -> Gegevens:
    """What would be given with these choices; fields without an answer are left out."""
    names = [name for gegeven in sorted(set(gekozen)) for name in VELDEN.get(gegeven, ())]
    whole = asdict(record)
    found = {name: _plain(whole[name]) for name in names if _answered(whole[name])}
    return Gegevens(contact=contact, profiel=found)


def check_contact(contact: Contact) -> Contact:
    """How to reach somebody, tidied. Raises `ValidationError` (Dutch) without a name, or with no way to reach them."""
    tidy = Contact(*(" ".join(text.split()) for text in (contact.naam, contact.emailadres, contact.telefoonnummer)))
    errors = {}
    if not tidy.naam:
        errors["naam"] = "Vul uw naam in."
    if not tidy.emailadres and not tidy.telefoonnummer:
        errors["telefoonnummer"] = "Vul een telefoonnummer of een e-mailadres in."
    if tidy.emailadres:
        try:
            validate_email(tidy.emailadres)
        except ValidationError:
            errors["emailadres"] = "Dit is geen e-mailadres. Vul iets in als naam@voorbeeld.nl."
    for name in ("naam", "emailadres", "telefoonnummer"):
        if len(getattr(tidy, name)) > MAX_VELD:
            errors[name] = f"Gebruik hoogstens {MAX_VELD} tekens."
    if errors:
        raise ValidationError(errors)
    return tidy


def seal(gegevens: Gegevens, toestemming_id: UUID) -> bytes:
    """What was given, sealed for just this consent."""
    text = json.dumps({"contact": asdict(gegevens.contact), "profiel": dict(gegevens.profiel)}, ensure_ascii=False)
    return verzegeling.seal_text(text, context=toestemming_context(toestemming_id))


def unseal(blob: bytes | memoryview, toestemming_id: UUID) -> Gegevens:
    """What was given with this consent. Raises `SealError`."""
    found = json.loads(verzegeling.unseal_text(blob, context=toestemming_context(toestemming_id)))
    return Gegevens(Contact(**found["contact"]), found["profiel"])


def _answered(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_answered(inside) for inside in value.values())
    return value not in (None, "", (), [])


def _plain(value: Any) -> Any:
    """As JSON keeps it, so that what is shown before and what is shown after are the same."""
    if isinstance(value, dict):
        return {name: _plain(inside) for name, inside in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inside) for inside in value]
    return value.isoformat() if isinstance(value, date) else value
