"""Profiles in a CSV of any make: which column holds what is chosen once for each organisation, or guessed.

UTF-8 with or without mark, or Windows-1252; fields separated by the sign that the header shows. Quoted fields may hold
line ends. Never more than a row in memory.
"""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from banenafspraak.adapters.bestand import Borrowed
from banenafspraak.adapters.profielen.tabel import plain, read_row
from banenafspraak.bemiddeling.profiellevering import Bronnummers, Onleesbaar, Profielregel, Profielveld
from banenafspraak.register.records import Regelfout

MAX_COLUMNS = 200
MAX_FIELD = 100_000
"""Signs of one field; longer ones make the file unreadable, as a quote that is never closed does."""
_SEPARATORS = ";,\t|"
_HEAD = 64_000
_BLOCK = 1 << 20
_CURE = "Sla het bestand op als CSV (UTF-8)."

# What columns are called elsewhere, beside the name of the field itself.
_NAMES: Mapping[Profielveld, tuple[str, ...]] = {
    Profielveld.BSN: ("burgerservicenummer", "sofinummer", "bsn-nummer", "bsn nummer"),
    Profielveld.BRONNUMMER: ("id_wz", "idwerkzoekende", "klantnummer", "clientnummer", "cliëntnummer", "dossiernummer",
                             "id", "kandidaatnummer", "bron id"),
    Profielveld.TOESTEMMING: ("akkoord", "consent", "toestemming delen", "toestemming kandidaat"),
    Profielveld.POSTCODE: ("bemiddelingspostcode", "pc", "postcode woonadres", "pc6"),
    Profielveld.REISAFSTAND: ("maximale reisafstand", "maximalereisafstand", "afstand", "km", "max reisafstand"),
    Profielveld.REISTIJD: ("maximale reistijd", "maximalereistijd", "max reistijd"),
    Profielveld.VERVOER: ("vervoermiddel", "vervoermiddelen", "eigen vervoer"),
    Profielveld.RIJBEWIJS: ("rijbewijzen", "soort rijbewijs"),
    Profielveld.UREN: ("uren per week", "beschikbare uren/wk", "beschikbare uren", "aantal uren", "uren p/w",
                       "aantalwerkurenperweekmaximaal", "maximaal uren"),
    Profielveld.UREN_MINIMAAL: ("minimaal aantal uren", "aantalwerkurenperweekminimaal", "minimum uren"),
    Profielveld.DAGEN: ("werkdagen", "beschikbare dagen"),
    Profielveld.BESCHIKBAAR: ("beschikbaar voor werk", "direct beschikbaar", "beschikbaar j/n"),
    Profielveld.BESCHIKBAAR_VANAF: ("datumaanvangbeschikbaarvoorwerk", "startdatum", "per wanneer beschikbaar"),
    Profielveld.CONTRACT: ("contractvorm", "soort contract"),
    Profielveld.OPLEIDINGSNIVEAU: ("niveau", "opleidingsniveau hoogst", "hoogste opleiding", "opleiding niveau"),
    Profielveld.OPLEIDING: ("naam opleiding", "opleidingsnaam", "richting"),
    Profielveld.BEROEP: ("bemiddelingsberoep", "gewenst beroep", "functie", "gewenst werk", "beroep/functie",
                         "wensberoep"),
    Profielveld.WERKVELD: ("beroepssector", "sector", "branche", "sbi"),
    Profielveld.WERKERVARING: ("ervaring", "werkervaringen", "arbeidsverleden"),
    Profielveld.NEDERLANDS_MONDELING: ("mondeling nederlands", "nederlands spreken", "taal mondeling"),
    Profielveld.NEDERLANDS_SCHRIFTELIJK: ("schriftelijk nederlands", "nederlands schrijven", "taal schriftelijk"),
    Profielveld.BEGELEIDING: ("jobcoach", "begeleiding nodig", "indicatiebegeleiding"),
    Profielveld.AANPASSING: ("aanpassing nodig", "werkplekaanpassing", "indicatieaanpassingwerkomgeving"),
    Profielveld.PRESENTATIE: ("persoonlijkepresentatie", "over mij", "omschrijving", "toelichting", "profieltekst"),
    Profielveld.NAAM: ("volledige naam", "naam kandidaat", "kandidaat"),
    Profielveld.EMAIL: ("e-mailadres", "emailadres", "mail", "e-mail"),
    Profielveld.TELEFOON: ("telefoonnummer", "tel", "mobiel", "mobiele nummer"),
}  # fmt: skip


def headers(stream: BinaryIO) -> list[str]:
    """The names on the first row. Raises `Onleesbaar`, also when that row is about a person."""
    return Opened(stream).headers


def guess(koppen: Sequence[str]) -> dict[str, str]:
    """Field -> the column that is probably meant, for as many fields as can be guessed."""
    by_name = {_bare(kop): kop for kop in reversed(koppen)}
    found: dict[str, str] = {}
    for veld in Profielveld:
        for name in (veld.naam, veld.value, *_NAMES.get(veld, ())):
            kop = by_name.get(_bare(name))
            if kop is not None and kop not in found.values():
                found[veld.value] = kop
                break
    return found


def read(
    stream: BinaryIO, *, organisatie_id: int, kolommen: Mapping[str, str] | None = None
) -> Iterator[Profielregel | Regelfout]:
    """The rows below the header, each as a person or as what is wrong with it.

    `kolommen` maps fields (`Profielveld`) to column names; without it they are guessed. Raises `Onleesbaar`.
    """
    opened = Opened(stream)
    chosen = guess(opened.headers) if kolommen is None else kolommen
    places = {Profielveld(veld): opened.headers.index(kop) for veld, kop in chosen.items() if kop in opened.headers}
    if Profielveld.BSN not in places and Profielveld.BRONNUMMER not in places:
        raise Onleesbaar(
            "Wij weten niet in welke kolom het BSN staat.",
            "Noem die kolom 'bsn', of kies eenmalig de kolommen op de pagina Profielen inlezen.",
            regel=1,
        )
    bronnummers = Bronnummers(organisatie_id)
    width = len(opened.headers)
    for regel, cells in opened.rows():
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            yield Regelfout(
                regel,
                f"Deze regel heeft {len(cells)} velden; de eerste regel heeft er {width}.",
                "Zet een tekst waar het scheidingsteken in staat tussen aanhalingstekens.",
            )
            continue
        yield read_row(
            regel, {veld: unguarded(cells[place]) for veld, place in places.items() if place < len(cells)}, bronnummers
        )


def unguarded(cell: str) -> str:
    """The text of a cell, without the apostrophe that keeps a spreadsheet from running it."""
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text


def _bare(name: str) -> str:
    return "".join(sign for sign in plain(name) if sign.isalnum())


class Opened:
    """A CSV with its encoding and separator found out, and its header read."""

    def __init__(self, stream: BinaryIO) -> None:
        encoding = _encoding(stream)
        borrowed = io.BufferedReader(Borrowed(stream), _HEAD)
        self._text = io.TextIOWrapper(borrowed, encoding=encoding, newline="", errors="strict")
        try:
            head = self._text.read(_HEAD)
            self._text.seek(0)
            first = head.split("\n", 1)[0]
            separator = max(_SEPARATORS, key=first.count)
            self._reader = csv.reader(self._limited(), delimiter=separator, strict=False)
            row = next(self._reader, [])
        except (csv.Error, UnicodeDecodeError):
            raise Onleesbaar("Dit is geen leesbare CSV.", _CURE, regel=1) from None
        self.headers = self._checked([cell.strip() for cell in row])

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The rows below the header, with the line on which each begins."""
        while True:
            regel = self._reader.line_num + 1
            try:
                row = next(self._reader, None)
            except (csv.Error, UnicodeDecodeError):
                raise Onleesbaar(
                    "Vanaf deze regel is het bestand niet te lezen.", "Kijk de aanhalingstekens na.", regel=regel
                ) from None
            if row is None:
                return
            if any(len(cell) > MAX_FIELD for cell in row):
                raise Onleesbaar(
                    "Op deze regel staat een onmogelijk lange tekst.", "Kijk de aanhalingstekens na.", regel=regel
                )
            yield regel, row

    def _limited(self) -> Iterator[str]:
        """Lines; one without an end is cut, so that it cannot fill the memory."""
        while line := self._text.readline(MAX_FIELD * 4):
            yield line

    def _checked(self, row: list[str]) -> list[str]:
        named = [cell for cell in row if cell]
        if not named:
            raise Onleesbaar(
                "De eerste regel noemt geen kolommen.", "Zet de namen van de kolommen op de eerste regel.", regel=1
            )
        if len(row) > MAX_COLUMNS or any(len(cell) > 100 for cell in row):
            raise Onleesbaar(
                "De eerste regel is onmogelijk lang.", "Zet de namen van de kolommen op de eerste regel.", regel=1
            )
        if len({cell.casefold() for cell in named}) != len(named):
            raise Onleesbaar("Twee kolommen hebben dezelfde naam.", "Geef elke kolom een eigen naam.", regel=1)
        if any(cell.replace(".", "").isdigit() or "@" in cell for cell in named):
            raise Onleesbaar(
                "De eerste regel lijkt al over iemand te gaan.",
                "Zet de namen van de kolommen op de eerste regel.",
                regel=1,
            )
        return row


def _encoding(stream: BinaryIO) -> str:
    """UTF-8 when all of it is, else Windows-1252. Raises `Onleesbaar` for what is no text."""
    head = stream.read(4)
    stream.seek(0)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Onleesbaar("De tekst staat in UTF-16.", _CURE)
    if head[:2] == b"PK":
        raise Onleesbaar("Dit is een zip-bestand of een Excel-bestand.", _CURE)
    decoder = codecs.getincrementaldecoder("utf-8")()
    utf8, empty = True, True
    while block := stream.read(_BLOCK):
        if b"\x00" in block:
            raise Onleesbaar("Dit is geen tekst: er staan nul-bytes in.", _CURE)
        empty = False
        if utf8:
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                utf8 = False
    if empty:
        raise Onleesbaar("Dit bestand is leeg.", "Lever het bestand opnieuw aan.")
    if utf8:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            utf8 = False
    stream.seek(0)
    return "utf-8-sig" if utf8 else "cp1252"
