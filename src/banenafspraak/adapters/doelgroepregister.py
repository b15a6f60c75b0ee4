"""Reads a delivery of the doelgroepregister: CSV, UTF-8 with or without BOM, fields separated by semicolons.

Line by line and never more than a line in memory. What a single line says wrong becomes a `Regelfout`; what makes the
whole file unreadable raises `Onbruikbaar`. No message repeats anything out of the file, not even the header: in a file
with shifted or missing columns any field may hold a BSN.
"""

import csv
import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, TypeVar

from banenafspraak.access.bsn import Bsn, BsnError
from banenafspraak.adapters.bestand import Bestand, Formaat, recognise
from banenafspraak.register.records import PersoonRecord, Record, Regelfout, RegistratieRecord, WoonplaatsRecord
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.registratie import EindeReden

KOLOMMEN = (
    "recordsoort", "bsn", "geboortedatum", "overleden_op", "grond", "route", "geldig_vanaf", "geldig_tot",
    "einde_reden", "gemeente",
)  # fmt: skip
MAX_LINE = 1_000
"""Bytes. The longest line that says something is about 150."""

_FIELDS_OF = {
    "persoon": frozenset({"geboortedatum", "overleden_op"}),
    "registratie": frozenset({"grond", "route", "geldig_vanaf", "geldig_tot", "einde_reden"}),
    "woonplaats": frozenset({"geldig_vanaf", "geldig_tot", "gemeente"}),
}
# For each kind of line, the places of the fields that must be empty on it.
_EMPTY = {
    soort: tuple(i for i, kolom in enumerate(KOLOMMEN) if i > 1 and kolom not in fields)
    for soort, fields in _FIELDS_OF.items()
}
_FIRST_YEAR, _LAST_YEAR = 1900, 2199

_Code = TypeVar("_Code", bound=StrEnum)


class _Regelwoord(Exception):
    """What is wrong with the line at hand, and the cure."""

    def __init__(self, melding: str, herstel: str) -> None:
        super().__init__(melding)
        self.melding = melding
        self.herstel = herstel


def recognise_levering(pad: Path, *, max_bytes: int) -> Bestand:
    """Look at a file from outside; raises `Onbruikbaar` for what cannot be a delivery of the register."""
    bestand = recognise(pad)
    if bestand.formaat is not Formaat.CSV:
        raise bestand.onbruikbaar(
            "Dit is geen levering van het doelgroepregister: die is een CSV-bestand.",
            "Lever een CSV-bestand aan (UTF-8, velden gescheiden door puntkomma's).",
        )
    if bestand.grootte > max_bytes:
        raise bestand.onbruikbaar(
            f"Dit bestand is {bestand.grootte // 1_000_000} MB; de grens is {max_bytes // 1_000_000} MB.",
            "Splits de levering. Houd alle regels van een persoon bij elkaar in hetzelfde bestand.",
        )
    return bestand


def read_levering(
    bestand: Bestand, *, sha256: str, advance: Callable[[int], None] = lambda count: None
) -> Iterator[Record | Regelfout]:
    """The lines of the delivery, in order, each as a record or as what is wrong with it.

    `advance` hears how many bytes were read. Raises `Onbruikbaar` at the first line that shows that the file cannot be
    read (encoding, NUL bytes, a line of impossible length, another header), and at the end when there was nothing below
    the header, or when the content is not the content with this `sha256`: then the file changed while it was read.
    """
    digest = hashlib.sha256()
    empty = True
    try:
        with bestand.pad.open("rb") as stream:
            for regel, raw in enumerate(_lines(bestand, stream), start=1):
                digest.update(raw)
                advance(len(raw))
                text = _decode(bestand, regel, raw)
                if regel == 1:
                    _check_header(bestand, text)
                elif text:
                    empty = False
                    yield _read_line(regel, text, whole=raw.endswith(b"\n"))
    except OSError:
        raise bestand.onbruikbaar("Het lezen van dit bestand brak af.", "Probeer het opnieuw.") from None
    if digest.hexdigest() != sha256:
        raise bestand.onbruikbaar("Dit bestand veranderde tijdens het lezen.", "Wacht tot het er helemaal staat.")
    if empty:
        raise bestand.onbruikbaar("Onder de kopregel staat niets.", "Vraag de hele levering opnieuw op.")


def _lines(bestand: Bestand, stream: BinaryIO) -> Iterator[bytes]:
    regel = 0
    while raw := stream.readline(MAX_LINE + 1):
        regel += 1
        if len(raw) > MAX_LINE:
            raise bestand.onbruikbaar(
                "Deze regel is onmogelijk lang.",
                "Kijk of het bestand regeleinden heeft, en of het een levering van het doelgroepregister is.",
                regel=regel,
            )
        yield raw


def _decode(bestand: Bestand, regel: int, raw: bytes) -> str:
    if b"\0" in raw:
        raise bestand.onbruikbaar(
            "Hier staan nul-bytes: dit is geen tekst, of geen UTF-8.", "Sla het bestand op als UTF-8.", regel=regel
        )
    try:
        text = raw.decode("utf-8-sig" if regel == 1 else "utf-8")
    except UnicodeDecodeError:
        raise bestand.onbruikbaar(
            "Dit is geen UTF-8.", "Sla het bestand op als UTF-8 (in Excel: 'CSV UTF-8').", regel=regel
        ) from None
    text = text.removesuffix("\n").removesuffix("\r")
    if "\r" in text:
        raise bestand.onbruikbaar(
            "Hier staat een regeleinde midden in een regel.",
            "Sla het bestand op met gewone regeleinden (LF of CRLF).",
            regel=regel,
        )
    return text


def _check_header(bestand: Bestand, text: str) -> None:
    if text.replace('"', "") == ";".join(KOLOMMEN):
        return
    if text.replace('"', "") in (separator.join(KOLOMMEN) for separator in (",", "\t", "|")):
        raise bestand.onbruikbaar(
            "De velden zijn niet gescheiden door een puntkomma.", "Sla het bestand op met ; tussen de velden.", regel=1
        )
    raise bestand.onbruikbaar(
        "De eerste regel noemt niet de kolommen van een levering van het doelgroepregister.",
        f"Zet bovenaan precies: {';'.join(KOLOMMEN)}",
        regel=1,
    )


def _read_line(regel: int, text: str, *, whole: bool) -> Record | Regelfout:
    try:
        return _record(regel, _fields(text, whole=whole))
    except _Regelwoord as fout:
        return Regelfout(regel, fout.melding, fout.herstel)


def _fields(text: str, *, whole: bool) -> list[str]:
    if '"' in text:
        try:
            fields = next(csv.reader([text], delimiter=";", strict=True))
        except csv.Error:
            raise _Regelwoord("De aanhalingstekens op deze regel kloppen niet.", "Haal ze weg.") from None
    else:
        fields = text.split(";")
    if len(fields) != len(KOLOMMEN):
        if not whole and len(fields) < len(KOLOMMEN):
            raise _Regelwoord(
                "Het bestand breekt hier af: dit is een halve regel.",
                "Vraag de hele levering opnieuw op.",
            )
        raise _Regelwoord(
            f"Deze regel heeft {len(fields)} velden; het moeten er {len(KOLOMMEN)} zijn.",
            "Zet elk veld op zijn plaats, ook de lege.",
        )
    return fields


def _record(regel: int, fields: list[str]) -> Record:
    soort, bsn_text, geboortedatum, overleden_op, grond, route, vanaf, tot, einde_reden, gemeente = fields
    empty = _EMPTY.get(soort)
    if empty is None:
        raise _Regelwoord("Deze recordsoort bestaat niet.", "Kies persoon, registratie of woonplaats.")
    for place in empty:
        if fields[place]:
            raise _Regelwoord(
                f"Het veld {KOLOMMEN[place]} hoort leeg te zijn op een regel van de soort {soort}.",
                "Haal het weg, of kijk of de velden verschoven zijn.",
            )
    try:
        bsn = Bsn.parse(bsn_text)
    except BsnError:
        raise _Regelwoord(
            "Dit BSN klopt niet: het heeft geen negen cijfers, of het voldoet niet aan de elfproef.",
            "Kijk het BSN na, ook de nullen vooraan.",
        ) from None
    if soort == "persoon":
        return PersoonRecord(
            regel, bsn, _date("geboortedatum", geboortedatum), _optional_date("overleden_op", overleden_op)
        )
    if soort == "registratie":
        return RegistratieRecord(
            regel,
            bsn,
            _code("grond", Grond, grond),
            _code("route", Route, route),
            _date("geldig_vanaf", vanaf),
            _optional_date("geldig_tot", tot),
            _code("einde_reden", EindeReden, einde_reden) if einde_reden else None,
        )
    if not gemeente:
        raise _Regelwoord("Het veld gemeente is leeg.", "Vul de code van het CBS in: GM met vier cijfers.")
    return WoonplaatsRecord(regel, bsn, gemeente, _date("geldig_vanaf", vanaf), _optional_date("geldig_tot", tot))


def _optional_date(kolom: str, text: str) -> date | None:
    return _date(kolom, text) if text else None


def _date(kolom: str, text: str) -> date:
    if not text:
        raise _Regelwoord(f"Het veld {kolom} is leeg.", "Vul een datum in, zoals 2018-03-31.")
    parsed = _parse_date(text)
    if parsed is None:
        raise _Regelwoord(f"In het veld {kolom} staat geen datum.", "Schrijf een datum als 2018-03-31.")
    if parsed.year < _FIRST_YEAR or parsed.year > _LAST_YEAR:
        raise _Regelwoord(
            f"Het jaar in het veld {kolom} kan niet.",
            "Herstel het. Is er nog geen einde? Laat het veld dan leeg.",
        )
    return parsed


@lru_cache(maxsize=1 << 16)
def _parse_date(text: str) -> date | None:
    # Python also reads other notations of ISO 8601; the delivery has one.
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _code(kolom: str, codes: type[_Code], text: str) -> _Code:
    try:
        return codes(text)
    except ValueError:
        raise _Regelwoord(
            f"Deze waarde van {kolom} bestaat niet.", f"Kies een van: {', '.join(code.value for code in codes)}."
        ) from None
