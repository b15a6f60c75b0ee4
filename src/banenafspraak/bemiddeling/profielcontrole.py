"""What may stand in a ProfielRecord: the lengths and codes of the gegevensstandaard VUM, with a message for each fault.

A message says in Dutch (B1) what to do and never repeats the value: a text of somebody may tell of an illness.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from banenafspraak.access import bsn as bsns
from banenafspraak.bemiddeling.profielrecord import (
    RIJBEWIJZEN,
    Contact,
    Contracttype,
    Cursus,
    EisAanWerk,
    Niveau,
    NiveauOpleiding,
    Opleiding,
    Overeenkomst,
    ProfielRecord,
    StatusOpleiding,
    Taalbeheersing,
    Taalniveau,
    Vervoer,
    Werkervaring,
)
from banenafspraak.bemiddeling.werksoorten import WERKSOORTEN

MAX_TEKST = 2000
"""The longest free text, in characters: `String2000` of the VUM."""

MAX_RIJEN = 50
"""The longest list in a profile: more is a mistake of a supplier, and would slow every search."""

MAX_WERKSOORTEN = 10
"""How many kinds of work somebody may choose: whoever wants everything is found for nothing."""

_LENGTHS = {"bemiddelingsberoepen": 200, "interesses": 120, "competenties": 200}
_POSTCODE = re.compile(r"[1-9][0-9]{3}([A-Z]{2})?")
_EMAIL = re.compile(r"[^@\s<>\"',;:]{1,64}@[^@\s<>\"',;:]+\.[^@\s<>\"',;:.]{2,}")
_TELEFOON = re.compile(r"\+?[0-9]{6,13}")
_EARLIEST, _LATEST = date(1900, 1, 1), date(2100, 1, 1)

Fouten = dict[str, str]


def fouten_in(record: ProfielRecord) -> Fouten:
    """For each field that cannot be kept what is wrong with it; empty for a record that can."""
    found: Fouten = {}
    for check in (_mobiliteit, _werk, _tijden, _lists, _texts, _contact):
        check(record, found)
    return found


def postcode(text: str) -> str:
    """A postcode as it is kept, from how people write it ('1211 ab'); anything else comes back as it was."""
    bare = re.sub(r"[\s\u00a0]", "", text).upper()
    return bare if _POSTCODE.fullmatch(bare) else text.strip()


def telefoonnummer(text: str) -> str:
    """A telephone number without the blanks, dashes and brackets that people put in it."""
    return re.sub(r"[\s\u00a0().\-/]", "", text)


def _mobiliteit(record: ProfielRecord, found: Fouten) -> None:
    if record.bemiddelingspostcode and not _POSTCODE.fullmatch(record.bemiddelingspostcode):
        found["bemiddelingspostcode"] = "Vul een postcode in, zoals 1211 AB."
    for name in ("maximale_reisafstand", "maximale_reistijd"):
        _between(found, name, getattr(record, name), 0, 999)
    _known(found, "vervoermiddelen", record.vervoermiddelen, set(Vervoer), "Dit vervoermiddel bestaat niet.")
    _known(found, "rijbewijzen", record.rijbewijzen or (), set(RIJBEWIJZEN), "Dit rijbewijs bestaat niet.")


def _werk(record: ProfielRecord, found: Fouten) -> None:
    _known(found, "werksoorten", record.werksoorten, set(WERKSOORTEN), "Dit soort werk staat niet in de lijst.")
    if len(record.werksoorten) > MAX_WERKSOORTEN:
        found["werksoorten"] = f"Kies hoogstens {MAX_WERKSOORTEN} soorten werk."
    if any(not 0 <= code <= 99_999 for code in record.sectoren):
        found["sectoren"] = "Deze sector bestaat niet."
    _known(
        found, "typen_arbeidscontract", record.typen_arbeidscontract, set(Contracttype), "Dit contract bestaat niet."
    )
    _known(found, "typen_overeenkomst", record.typen_overeenkomst, set(Overeenkomst), "Deze overeenkomst bestaat niet.")
    niveau = record.code_werk_en_denkniveau
    if niveau is not None and niveau not in set(Niveau):
        found["code_werk_en_denkniveau"] = "Dit niveau bestaat niet."


def _tijden(record: ProfielRecord, found: Fouten) -> None:
    least, most = record.aantal_werkuren_per_week_minimaal, record.aantal_werkuren_per_week_maximaal
    _between(found, "aantal_werkuren_per_week_minimaal", least, 0, 99)
    _between(found, "aantal_werkuren_per_week_maximaal", most, 0, 99)
    if least is not None and most is not None and least > most:
        found.setdefault("aantal_werkuren_per_week_maximaal", "Het minste aantal uren is niet meer dan het meeste.")
    if record.werkdagen is not None and not 1 <= record.werkdagen <= 127:
        found["werkdagen"] = "Kies minstens één dag."
    begin, end = record.datum_aanvang_beschikbaar_voor_werk, record.datum_einde_beschikbaar_voor_werk
    _dates(found, "datum_aanvang_beschikbaar_voor_werk", [begin])
    _dates(found, "datum_einde_beschikbaar_voor_werk", [end])
    if begin is not None and end is not None and end < begin:
        found.setdefault("datum_einde_beschikbaar_voor_werk", "De laatste dag ligt voor de eerste dag.")


def _lists(record: ProfielRecord, found: Fouten) -> None:
    checks: Mapping[str, Callable[[Sequence[object]], str]] = {
        "opleidingen": _opleidingen,
        "cursussen": _cursussen,
        "werkervaringen": _werkervaringen,
        "taalbeheersing": _talen,
    }
    for name in (*_LENGTHS, *checks, "sectoren", "vervoermiddelen"):
        values: Sequence[object] = getattr(record, name) or ()
        if len(values) > MAX_RIJEN:
            found[name] = f"Noem er hoogstens {MAX_RIJEN}."
        elif name in checks and (fault := checks[name](values)):
            found[name] = fault
    for name, longest in _LENGTHS.items():
        for text in getattr(record, name)[:MAX_RIJEN]:
            if not text.strip() or len(text) > longest:
                found[name] = f"Gebruik hoogstens {longest} tekens."
            elif bsns.occurs_in(text):
                found[name] = _GEEN_BSN


def _opleidingen(values: Sequence[object]) -> str:
    for one in values:
        assert isinstance(one, Opleiding)
        if one.code_niveau_opleiding not in (None, *NiveauOpleiding):
            return "Dit niveau van opleiding bestaat niet."
        if one.code_status_opleiding not in (None, *StatusOpleiding):
            return "Kies of de opleiding af is, afgebroken is of nog loopt."
        if one.code_opleidingsnaam and not re.fullmatch(r"[0-9]{1,10}", one.code_opleidingsnaam):
            return "De code van een opleiding heeft hoogstens 10 cijfers."
        lengths = ((one.naam_opleiding, 120), (one.naam_opleidingsinstituut, 500), (one.toelichting, MAX_TEKST))
        fault = _too_long(lengths) or _open_text(one.naam_opleiding)
        fault = fault or _period(one.datum_aanvang, one.datum_einde) or _day(one.datum_diploma)
        if fault:
            return fault
    return ""


def _cursussen(values: Sequence[object]) -> str:
    for one in values:
        assert isinstance(one, Cursus)
        if not one.naam_cursus.strip():
            return "Vul de naam van de cursus in."
        lengths = ((one.naam_cursus, 120), (one.naam_opleidingsinstituut, 500), (one.toelichting, MAX_TEKST))
        if fault := _too_long(lengths) or _open_text(one.naam_cursus) or _day(one.datum_certificaat):
            return fault
    return ""


def _werkervaringen(values: Sequence[object]) -> str:
    for one in values:
        assert isinstance(one, Werkervaring)
        if one.werksoort and one.werksoort not in WERKSOORTEN:
            return "Dit soort werk staat niet in de lijst."
        lengths = (
            *((one.code_beroepsnaam, 200), (one.naam_beroep, 120)),
            *((one.naam_organisatie, 70), (one.toelichting, MAX_TEKST)),
        )
        fault = _too_long(lengths) or _open_text(one.naam_beroep) or _period(one.datum_aanvang, one.datum_einde)
        if fault:
            return fault
    return ""


def _talen(values: Sequence[object]) -> str:
    for one in values:
        assert isinstance(one, Taalbeheersing)
        if not re.fullmatch(r"[a-z]{3}", one.code_taal):
            return "Deze taal bestaat niet."
        if {one.mondeling, one.schriftelijk, one.lezen, one.luisteren} - {None, *Taalniveau}:
            return "Kies hoe goed het gaat met de taal."
    codes = [one.code_taal for one in values if isinstance(one, Taalbeheersing)]
    return "Noem elke taal één keer." if len(codes) != len(set(codes)) else ""


def _texts(record: ProfielRecord, found: Fouten) -> None:
    if fault := _too_long([(record.persoonlijke_presentatie, MAX_TEKST)]):
        found["persoonlijke_presentatie"] = fault
    eis: EisAanWerk = record.eis_aan_werk
    if fault := _too_long([(eis.toelichting, MAX_TEKST)]):
        found["eis_aan_werk"] = fault


def _contact(record: ProfielRecord, found: Fouten) -> None:
    contact: Contact = record.contact
    if fault := _too_long([(contact.naam, 120)]):
        found["contact"] = f"Naam: {fault}"
    elif contact.emailadres and not (len(contact.emailadres) <= 320 and _EMAIL.fullmatch(contact.emailadres)):
        found["contact"] = "Vul een e-mailadres in, zoals naam@voorbeeld.nl."
    elif contact.telefoonnummer and not _TELEFOON.fullmatch(contact.telefoonnummer):
        found["contact"] = "Vul een telefoonnummer in met alleen cijfers, zoals 0612345678."


_GEEN_BSN = "Schrijf hier geen BSN."


def _open_text(text: str) -> str:
    """What lies unsealed holds no BSN."""
    return _GEEN_BSN if bsns.occurs_in(text) else ""


def _too_long(texts: Iterable[tuple[str, int]]) -> str:
    for text, longest in texts:
        if len(text) > longest:
            return f"De tekst is te lang. Gebruik hoogstens {longest} tekens."
        if "\x00" in text:
            return "In de tekst staat een teken dat wij niet kunnen bewaren."
    return ""


def _day(day: date | None) -> str:
    return "" if day is None or _EARLIEST <= day <= _LATEST else "Vul een datum in die kan, zoals 31-12-2026."


def _period(begin: date | None, end: date | None) -> str:
    if begin is not None and end is not None and end < begin:
        return "De laatste dag ligt voor de eerste dag."
    return _day(begin) or _day(end)


def _dates(found: Fouten, name: str, days: Iterable[date | None]) -> None:
    for day in days:
        if fault := _day(day):
            found[name] = fault


def _between(found: Fouten, name: str, value: int | None, least: int, most: int) -> None:
    if value is not None and not least <= value <= most:
        found[name] = f"Vul een getal in van {least} tot en met {most}."


def _known(found: Fouten, name: str, values: Iterable[object], known: set[object], message: str) -> None:
    if not set(values) <= known:
        found[name] = message
