"""The Sonar dashboard as Excel: 35 columns, A to AI, a row for each person.

Sex, age, address and the staff around a person are not read: nothing here needs them. The number of a profile is
ID_WZ, never the BSN of column C. Columns are found by their names, so that an export with a column more or less, or in
another order, is read as well.
"""

from collections.abc import Iterator
from typing import BinaryIO, Final

from banenafspraak.adapters.profielen import xlsx
from banenafspraak.adapters.profielen.tabel import plain, read_row
from banenafspraak.bemiddeling.profiellevering import Bronnummers, Onleesbaar, Profielregel, Profielveld
from banenafspraak.register.records import Regelfout

KOLOMMEN: Final = (
    "Datum melding", "1e uitk dag (niet WW)", "BSN", "ID_WZ", "Beschikbare uren/wk", "Opleidingsniveau",
    "Beroepssector", "Bemiddelingsberoep", "Mondeling Nederlands", "Schriftelijk Nederlands", "Rijbewijs",
    "Inschrijfdatum", "Geslacht", "Telefoonnummer", "Volledige Naam", "Leeftijd", "E-mailadres", "Vervoer", "Gemeente",
    "Postcode", "Plaats", "Straatnaam", "Huisnummer", "Huisnummer Toevoeging", "Banenafspraak", "Klantprofiel",
    "Arbeidsmarktregio", "Cases (aantal)", "Sonar", "Medewerker Naam", "Organisatie Naam", "GSD Kantoor",
    "Participatieladder", "Aantal", "Toestemming",
)  # fmt: skip

_FIELDS: Final = {
    "BSN": Profielveld.BSN,
    "ID_WZ": Profielveld.BRONNUMMER,
    "Beschikbare uren/wk": Profielveld.UREN,
    "Opleidingsniveau": Profielveld.OPLEIDINGSNIVEAU,
    "Beroepssector": Profielveld.WERKVELD,
    "Bemiddelingsberoep": Profielveld.BEROEP,
    "Mondeling Nederlands": Profielveld.NEDERLANDS_MONDELING,
    "Schriftelijk Nederlands": Profielveld.NEDERLANDS_SCHRIFTELIJK,
    "Rijbewijs": Profielveld.RIJBEWIJS,
    "Telefoonnummer": Profielveld.TELEFOON,
    "Volledige Naam": Profielveld.NAAM,
    "E-mailadres": Profielveld.EMAIL,
    "Vervoer": Profielveld.VERVOER,
    "Postcode": Profielveld.POSTCODE,
    "Toestemming": Profielveld.TOESTEMMING,
}
_ENOUGH = 20
"""So many of the 35 names on one row make it the header."""
_HEADER_WITHIN = 20
"""Rows in which the header must stand: a dashboard may put a title above it."""
_BY_NAME = {plain(kolom): kolom for kolom in KOLOMMEN}


def read(stream: BinaryIO, *, organisatie_id: int) -> Iterator[Profielregel | Regelfout]:
    """The rows below the header, each as a person or as what is wrong with it. Raises `Onleesbaar`."""
    bronnummers = Bronnummers(organisatie_id)
    places: dict[Profielveld, int] | None = None
    for looked, (nummer, cells) in enumerate(xlsx.rows(stream), start=1):
        if places is None:
            places = _header(cells)
            if places is None and looked >= _HEADER_WITHIN:
                break
            continue
        found = {veld: cells[place].strip() for veld, place in places.items() if place < len(cells)}
        if any(found.values()):
            yield read_row(nummer, found, bronnummers)
    if places is None:
        raise Onleesbaar(
            "Dit is niet het Excel-bestand van het Sonar-dashboard: de kolomnamen staan er niet in.",
            "Lever het dashboard met zijn 35 kolommen, of lever CSV en kies zelf de kolommen.",
        )


def _header(cells: list[str]) -> dict[Profielveld, int] | None:
    names = {name: place for place in range(len(cells) - 1, -1, -1) if (name := _name(cells[place]))}
    if len(names) < _ENOUGH or "BSN" not in names:
        return None
    return {veld: names[kolom] for kolom, veld in _FIELDS.items() if kolom in names}


def _name(cell: str) -> str:
    """The column with this name; the dashboard adds the values between brackets to some."""
    bare = plain(cell)
    return _BY_NAME.get(bare) or _BY_NAME.get(bare.split(" (")[0], "")
