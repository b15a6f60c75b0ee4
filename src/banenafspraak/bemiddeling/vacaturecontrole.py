"""What is wrong with a vacature, and what is still missing before it can be open: by field, in Dutch (B1).

Pure: everything follows from the record, what it was before, and the day. A message never repeats what was typed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from banenafspraak.access import bsn as bsns
from banenafspraak.bemiddeling.profielrecord import RIJBEWIJZEN, Niveau, NiveauOpleiding
from banenafspraak.bemiddeling.vacaturerecord import (
    MAX_HANDELSNAAM,
    MAX_KORT,
    MAX_LIJST,
    MAX_NAAM,
    MAX_PLAATSEN,
    MAX_SALARIS,
    MAX_TAAK,
    MAX_TAKEN,
    MAX_TEKST,
    MAX_UREN,
    Taak,
    VacatureRecord,
    hours_of,
)
from banenafspraak.bemiddeling.werksoorten import WERKSOORTEN

_TEXTS = {
    "naam_vacature": MAX_NAAM,
    "omschrijving_vacature": MAX_TEKST,
    "handelsnaam_organisatie": MAX_HANDELSNAAM,
    "webadres": 200,
    "webadres_sollicitatie": 200,
    "plaatsnaam": 80,
    "code_beroepsnaam": 200,
    "naam_beroep": MAX_KORT,
    "salaris_indicatie": MAX_SALARIS,
    "omschrijving_arbeidsvoorwaarden": MAX_TEKST,
    "nummer_vacature": 200,
}
_POSTCODE = re.compile(r"[1-9][0-9]{3}([A-Z]{2})?")
_KVK = re.compile(r"[0-9]{8}")
_WEB = re.compile(r"https?://[^\s/.]+(\.[^\s/.]+)+(/\S*)?", re.IGNORECASE)
_TELEPHONE = re.compile(r"\+?[0-9][0-9 ()-]{7,18}")
# What PostgreSQL or a page cannot hold, and what turns the order of text around.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_LAST_YEAR = 2199

Fout = tuple[str, str]


def check(record: VacatureRecord, *, today: date, before: VacatureRecord | None = None) -> None:
    """Raise `ValidationError` with a message per field for what cannot be so.

    A date in the past is wrong for what is new or changed; what stood there already may stay (`before`).
    """
    errors: dict[str, list[str]] = {}
    for veld, melding in _faults(record, today, before):
        errors.setdefault(veld, []).append(melding)
    if errors:
        raise ValidationError(errors)


def missing(record: VacatureRecord) -> list[Fout]:
    """What must be filled in before the vacature can be open; empty when nothing is missing."""
    asked: list[tuple[str, bool, str]] = [
        ("naam_vacature", bool(record.naam_vacature), "Vul in hoe het werk heet."),
        ("omschrijving_vacature", bool(record.omschrijving_vacature), "Vertel wat het werk is."),
        ("werksoort", bool(record.werksoort or record.naam_beroep), "Kies welk soort werk het is."),
        ("postcode", bool(record.postcode), "Vul de postcode in van de plek waar het werk is."),
        (
            "aantal_werkuren_per_week_maximaal",
            record.aantal_werkuren_per_week_maximaal is not None,
            "Vul in hoeveel uur per week het werk is.",
        ),
        ("handelsnaam_organisatie", bool(record.handelsnaam_organisatie), "Vul de naam van de werkgever in."),
    ]
    return [(veld, melding) for veld, is_there, melding in asked if not is_there]


def _faults(record: VacatureRecord, today: date, before: VacatureRecord | None) -> Iterator[Fout]:
    for veld, most in _TEXTS.items():
        yield from _text(veld, getattr(record, veld), most)
    for veld in ("cursussen", "competenties"):
        yield from _texts(veld, getattr(record, veld))
    yield from _employer(record)
    yield from _place_and_work(record)
    yield from _hours(record)
    yield from _dates(record, today, before)
    if len(record.taken) > MAX_TAKEN:
        yield "taken", f"Gebruik hoogstens {MAX_TAKEN} taken."
    for taak in record.taken:
        yield from _task(taak)
    yield from _contact(record)


def _text(veld: str, text: str, most: int) -> Iterator[Fout]:
    if len(text) > most:
        yield veld, f"Deze tekst heeft {len(text)} tekens. Gebruik er hoogstens {most}."
    elif _UNPRINTABLE.search(text):
        yield veld, "In deze tekst staan tekens die geen tekst zijn. Haal ze weg."
    elif bsns.occurs_in(text):
        yield veld, "Haal het nummer weg dat een burgerservicenummer kan zijn. Dat mag hier niet staan."


def _texts(veld: str, texts: Iterable[str]) -> Iterator[Fout]:
    texts = list(texts)
    if len(texts) > MAX_LIJST:
        yield veld, f"Noem er hoogstens {MAX_LIJST}."
    for text in texts[:MAX_LIJST]:
        yield from _text(veld, text, MAX_KORT)


def _employer(record: VacatureRecord) -> Iterator[Fout]:
    if record.kvk and not _KVK.fullmatch(record.kvk):
        yield "kvk", "Een KvK-nummer heeft acht cijfers."
    for veld in ("webadres", "webadres_sollicitatie"):
        address = getattr(record, veld)
        if address and not _WEB.fullmatch(address):
            yield veld, "Dit is geen webadres. Begin met https://."
    if not 1 <= record.aantal_plaatsen <= MAX_PLAATSEN:
        yield "aantal_plaatsen", f"Vul een getal in van 1 tot en met {MAX_PLAATSEN}."


def _place_and_work(record: VacatureRecord) -> Iterator[Fout]:
    if record.postcode and not _POSTCODE.fullmatch(record.postcode):
        yield "postcode", "Vul een postcode in, zoals 1211 AB."
    if record.werksoort and record.werksoort not in WERKSOORTEN:
        yield "werksoort", "Dit soort werk kennen wij niet. Kies het uit de lijst."
    yield from _level("code_werk_en_denkniveau_minimaal", record.code_werk_en_denkniveau_minimaal)
    if not set(record.rijbewijzen or ()) <= set(RIJBEWIJZEN):
        yield "rijbewijzen", "Dit rijbewijs bestaat niet."
    years = record.aantal_jaren_werkzaam_in_beroep
    if years is not None and not 0 <= years <= 99:
        yield "aantal_jaren_werkzaam_in_beroep", "Vul een getal in van 0 tot en met 99."
    if len(record.opleidingen) > MAX_LIJST:
        yield "opleidingen", f"Noem er hoogstens {MAX_LIJST}."
    for opleiding in record.opleidingen[:MAX_LIJST]:
        if opleiding.code_niveau_opleiding not in {None, *NiveauOpleiding}:
            yield "opleidingen", "Dit niveau bestaat niet."
        yield from _text("opleidingen", opleiding.naam_opleiding, MAX_KORT)


def _hours(record: VacatureRecord) -> Iterator[Fout]:
    low, high = record.aantal_werkuren_per_week_minimaal, record.aantal_werkuren_per_week_maximaal
    for veld, hours in (("aantal_werkuren_per_week_minimaal", low), ("aantal_werkuren_per_week_maximaal", high)):
        if hours is not None and not 1 <= hours <= MAX_UREN:
            yield veld, f"Vul uren per week in van 1 tot en met {MAX_UREN}. Meer mag niet van de wet."
    if low is not None and high is not None and low > high:
        yield "aantal_werkuren_per_week_minimaal", "Het minste aantal uren is meer dan het meeste. Kijk de uren na."
    known = hours_of(taak for taak in record.taken if taak.uren_per_week is not None)
    if known is not None and high is not None and known > high:
        yield "taken", f"De taken zijn samen meer uren dan het werk: hoogstens {high} uur per week."


def _dates(record: VacatureRecord, today: date, before: VacatureRecord | None) -> Iterator[Fout]:
    for veld in ("sluitingsdatum_vacature", "datum_aanvang_werkzaamheden", "datum_einde_werkzaamheden"):
        day: date | None = getattr(record, veld)
        if day is None or (before is not None and day == getattr(before, veld)):
            continue
        if day < today:
            yield veld, "Deze datum is al voorbij. Kies vandaag of een dag daarna."
        elif day.year > _LAST_YEAR:
            yield veld, "Dit jaar kan niet."
    begin, end = record.datum_aanvang_werkzaamheden, record.datum_einde_werkzaamheden
    if begin is not None and end is not None and end < begin:
        yield "datum_einde_werkzaamheden", "De laatste werkdag ligt voor de eerste werkdag."


def _task(taak: Taak) -> Iterator[Fout]:
    if not taak.omschrijving:
        yield "taken", "Vul bij elke taak in wat er gebeurt."
    yield from _text("taken", taak.omschrijving, MAX_TAAK)
    if taak.werksoort and taak.werksoort not in WERKSOORTEN:
        yield "taken", "Dit soort werk kennen wij niet. Kies het uit de lijst."
    if taak.uren_per_week is not None and not 0 < taak.uren_per_week <= MAX_UREN:
        yield "taken", f"Vul bij een taak uren per week in: meer dan 0 en hoogstens {MAX_UREN}."
    yield from _level("taken", taak.code_werk_en_denkniveau_minimaal)
    if not set(taak.rijbewijzen) <= set(RIJBEWIJZEN):
        yield "taken", "Dit rijbewijs bestaat niet."


def _level(veld: str, niveau: int | None) -> Iterator[Fout]:
    if niveau not in {None, *Niveau}:
        yield veld, "Dit niveau bestaat niet."


def _contact(record: VacatureRecord) -> Iterator[Fout]:
    for one in fields(record.contact):
        for _, melding in _text(one.name, getattr(record.contact, one.name), 320):
            yield f"contact_{one.name}", melding
    if record.contact.emailadres:
        try:
            validate_email(record.contact.emailadres)
        except ValidationError:
            yield "contact_emailadres", "Vul een e-mailadres in, zoals naam@bedrijf.nl."
    if record.contact.telefoonnummer and not _TELEPHONE.fullmatch(record.contact.telefoonnummer):
        yield "contact_telefoonnummer", "Vul een telefoonnummer in, zoals 035 123 45 67."
