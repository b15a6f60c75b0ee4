"""Profiles in a table with a row for each person: the fields a column may hold, and how their words are read.

The Sonar export and a free CSV share these; they differ in how the columns are called.
"""

import re
import unicodedata
from collections.abc import Mapping

from banenafspraak.adapters.profielen import vum
from banenafspraak.adapters.profielen.lezer import NO, UNKNOWN, YES, Lezer, values
from banenafspraak.bemiddeling import werksoorten
from banenafspraak.bemiddeling.profiellevering import Bronnummers, Profielregel, Profielveld
from banenafspraak.bemiddeling.profielrecord import (
    RIJBEWIJZEN,
    Contact,
    Contracttype,
    Dag,
    EisAanWerk,
    Opleiding,
    ProfielRecord,
    Taalbeheersing,
    Werkervaring,
)
from banenafspraak.register.records import Regelfout

MAX_CELL = 2000

# What a level of education is called -> codeNiveauOpleiding, codeWerkEnDenkniveauWerkzoekende.
_NIVEAUS: Mapping[str, tuple[int | None, int]] = {
    "geen": (None, 1), "geen basisonderwijs": (None, 1), "basis": (1, 2), "basisonderwijs": (1, 2),
    "speciaal onderwijs": (9, 2), "praktijkonderwijs": (9, 3), "pro": (9, 3), "vso": (9, 3), "lbo": (2, 3),
    "mavo": (2, 3), "vbo": (2, 3), "vmbo": (2, 3), "mbo 1": (4, 3), "mbo1": (4, 3), "entree": (4, 3), "havo": (3, 4),
    "vwo": (3, 4), "havo/vwo": (3, 4), "mbo": (4, 4), "mbo 2": (4, 4), "mbo 3": (4, 4), "mbo 4": (4, 4),
    "mbo2": (4, 4), "mbo3": (4, 4), "mbo4": (4, 4), "hbo": (5, 5), "bachelor": (5, 5), "wo": (6, 6), "master": (6, 6),
}  # fmt: skip
_VERVOER: Mapping[str, int] = {
    "auto": 1, "eigen auto": 1, "bromfiets": 2, "brommer": 2, "scooter": 2, "snorfiets": 2, "fiets": 3, "e-bike": 3,
    "elektrische fiets": 3, "motor": 4, "motorfiets": 4, "ov": 5, "openbaar vervoer": 5, "trein": 5, "bus": 5,
    "anders": 9, "overig": 9,
}  # fmt: skip
_TAAL: Mapping[str, int] = {
    "geen": 1, "slecht": 1, "1": 1, "matig": 2, "redelijk": 2, "voldoende": 2, "basis": 2, "2": 2, "goed": 3, "3": 3,
    "uitstekend": 4, "zeer goed": 4, "moedertaal": 4, "4": 4,
}  # fmt: skip
_DAGEN: Mapping[str, Dag] = {name: dag for dag in Dag if dag.name for name in (dag.name.lower(), dag.name.lower()[:2])}
_NONE = frozenset({"geen", "nee", "n", "none"})
_SEPARATORS = re.compile(r"[,;/|+\n]|\ben\b")
_HOURS = re.compile(
    r"([0-9]{1,2})(?:[.,][0-9]+)?(?:\s*(?:-|–|tot|t/m)\s*([0-9]{1,2})(?:[.,][0-9]+)?)?\s*(?:u|uur|uren)?"
)


def plain(text: str) -> str:
    """The text in small letters, without accents and double blanks, to compare words with."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in bare if not unicodedata.combining(sign)).split())


def read_row(
    regel: int, cells: Mapping[Profielveld, str], bronnummers: Bronnummers, *, prefer_own_number: bool = True
) -> Profielregel | Regelfout:
    """One row, as one person or as what is wrong with it; `cells` has only the fields that have a column."""
    lezer = Lezer()
    reader = _Row(lezer, cells)
    record = reader.record()
    lezer.check(record)
    bsn = lezer.bsn("BSN", cells.get(Profielveld.BSN))
    toestemming = lezer.yes_no("toestemming", cells.get(Profielveld.TOESTEMMING))
    bronnummer = ""
    try:
        own = reader.text(Profielveld.BRONNUMMER, 200) if prefer_own_number else ""
        bronnummer = bronnummers.of(own, bsn)
    except ValueError:
        lezer.complain("nummer", "In dit nummer staan tekens die niet mogen.", "Gebruik letters, cijfers en . _ -")
    if not bronnummer and not lezer.klachten:
        lezer.complain("BSN", "Op deze rij staat geen BSN en geen nummer.", "Vul het BSN in.")
    return lezer.fault(regel) if lezer.klachten else Profielregel(regel, bsn, bronnummer, record, toestemming)


class _Row:
    """The answers of one row."""

    def __init__(self, lezer: Lezer, cells: Mapping[Profielveld, str]) -> None:
        self._lezer = lezer
        self._cells = cells

    def text(self, veld: Profielveld, most: int = MAX_CELL, *, sealed: bool = True) -> str:
        """The text of a field; what people write for not knowing is nothing."""
        text = self._lezer.text(veld.naam, self._cells.get(veld, ""), most, sealed=sealed)
        return "" if plain(text) in UNKNOWN - {"0", "7", "8", "9"} else text

    def record(self) -> ProfielRecord:
        """What the row says somebody can and wants."""
        lezer = self._lezer
        low, high = self._hours()
        niveau, denkniveau = self._level()
        kinds, wishes = self._work()
        licences = self._licences()
        return ProfielRecord(
            bemiddelingspostcode=lezer.postcode("postcode", self.text(Profielveld.POSTCODE)),
            maximale_reisafstand=self._number(Profielveld.REISAFSTAND, 999),
            maximale_reistijd=self._number(Profielveld.REISTIJD, 999),
            vervoermiddelen=self._vehicles(),
            rijbewijzen=licences,
            aantal_werkuren_per_week_minimaal=low,
            aantal_werkuren_per_week_maximaal=high,
            werkdagen=self._days(),
            beschikbaar=lezer.yes_no("beschikbaar", self.text(Profielveld.BESCHIKBAAR)),
            datum_aanvang_beschikbaar_voor_werk=lezer.day(
                "beschikbaar vanaf", self.text(Profielveld.BESCHIKBAAR_VANAF)
            ),
            typen_arbeidscontract=lezer.words(
                "contract", self._parts(Profielveld.CONTRACT, first_letter=True), values(Contracttype)
            ),
            sectoren=self._sectors(),
            werksoorten=kinds,
            interesses=wishes,
            code_werk_en_denkniveau=denkniveau,
            opleidingen=self._education(niveau),
            werkervaringen=self._experience(),
            taalbeheersing=self._dutch(),
            eis_aan_werk=EisAanWerk(
                indicatie_begeleiding=lezer.yes_no("begeleiding", self.text(Profielveld.BEGELEIDING)),
                indicatie_aanpassing_werkomgeving=lezer.yes_no("aanpassing", self.text(Profielveld.AANPASSING)),
            ),
            persoonlijke_presentatie=self.text(Profielveld.PRESENTATIE),
            contact=Contact(
                naam=self.text(Profielveld.NAAM, 200),
                emailadres=self.text(Profielveld.EMAIL, 320),
                telefoonnummer=self._telephone(),
            ),
        )

    def _number(self, veld: Profielveld, high: int) -> int | None:
        text = re.sub(r"\s*(km|minuten|min)\.?$", "", self.text(veld).casefold())
        return self._lezer.number(veld.naam, text, 0, high)

    def _hours(self) -> tuple[int | None, int | None]:
        """The least and the most hours; one number ("24", "24,5 uur") is the most, a range ("16-24") is both."""
        low = self._number(Profielveld.UREN_MINIMAAL, 99)
        text = self.text(Profielveld.UREN).casefold()
        if not text or text in ("0", "0.0"):  # nobody offers no hours: it was not asked
            return low, None
        match = _HOURS.fullmatch(text)
        if match is None:
            self._lezer.complain("uren", "Dit is geen aantal uren.", "Vul een getal in, zoals 24 of 16-24.")
            return low, None
        first, second = match.groups()
        return (int(first), int(second)) if second else (low, int(first))

    def _parts(self, veld: Profielveld, *, first_letter: bool = False) -> list[str]:
        parts = [part.strip() for part in _SEPARATORS.split(self.text(veld)) if part.strip()]
        return [part[:1] for part in parts] if first_letter else parts

    def _named(self, veld: Profielveld, known: Mapping[str, int]) -> set[int]:
        """The codes of the words in a list."""
        found = set()
        for part in self._parts(veld):
            word = plain(part)
            if word in known:
                found.add(known[word])
            elif word not in UNKNOWN | _NONE:
                self._lezer.complain(
                    veld.naam, "Een woord hier kennen wij niet.", f"Kies uit: {', '.join(dict.fromkeys(known))}."
                )
        return found

    def _vehicles(self) -> tuple[int, ...]:
        return tuple(sorted(self._named(Profielveld.VERVOER, _VERVOER)))

    def _days(self) -> Dag | None:
        total = Dag(0)
        for code in self._named(Profielveld.DAGEN, _DAGEN):
            total |= Dag(code)
        return total or None

    def _licences(self) -> tuple[str, ...] | None:
        """None when nobody said; empty when it says that there is none."""
        text = plain(self.text(Profielveld.RIJBEWIJS))
        if not text:
            return None
        if text in NO | _NONE:
            return ()
        if text in YES - {"1"}:
            return ("B",)
        parts = [part.strip() for part in re.split(r"[,;/|\s]+|\ben\b", text) if part.strip() and part != "en"]
        return self._lezer.words("rijbewijs", parts, RIJBEWIJZEN)

    def _level(self) -> tuple[int | None, int | None]:
        text = plain(self.text(Profielveld.OPLEIDINGSNIVEAU))
        if not text:
            return None, None
        if text not in _NIVEAUS:
            self._lezer.complain(
                "opleidingsniveau",
                "Dit niveau kennen wij niet.",
                "Kies uit basisonderwijs, vmbo, havo, vwo, mbo, hbo, wo.",
            )
            return None, None
        return _NIVEAUS[text]

    def _education(self, niveau: int | None) -> tuple[Opleiding, ...] | None:
        naam = self.text(Profielveld.OPLEIDING, 120, sealed=False)
        if not naam and niveau is None:
            return None
        return (Opleiding(code_niveau_opleiding=niveau, naam_opleiding=naam),)

    def _work(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Kinds of work of our list, and what the list has no name for, as interests."""
        kinds, wishes = [], []
        for veld in (Profielveld.BEROEP, Profielveld.WERKVELD):
            whole = self.text(veld, 240, sealed=False)
            parts = [whole] if whole and werksoorten.of_text(whole) else re.split(r"[,;|\n]", whole)
            for part in filter(None, (part.strip() for part in parts)):
                # A sector is no choice of one kind of work.
                kind = werksoorten.of_text(part) if veld is Profielveld.BEROEP else None
                if kind is not None:
                    kinds.append(kind.code)
                elif not part.isdigit():
                    wishes.append(part[:120])
        return vum.unique(kinds), vum.unique(wishes)

    def _sectors(self) -> tuple[int, ...]:
        codes = [part for part in self._parts(Profielveld.WERKVELD) if part.isascii() and part.isdigit()]
        found = [self._lezer.number("sector", code, 0, 99_999) for code in codes]
        return tuple(dict.fromkeys(code for code in found if code))

    def _experience(self) -> tuple[Werkervaring, ...] | None:
        text = self.text(Profielveld.WERKERVARING, 600, sealed=False)
        if plain(text) in NO | _NONE:
            return ()
        parts = [part.strip()[:120] for part in re.split(r"[,;|\n]", text) if part.strip()]
        if not parts:
            return None
        found = [(werksoorten.of_text(part), part) for part in parts[:20]]
        return tuple(Werkervaring(werksoort=kind.code if kind else "", naam_beroep=part) for kind, part in found)

    def _dutch(self) -> tuple[Taalbeheersing, ...]:
        levels = []
        for veld in (Profielveld.NEDERLANDS_MONDELING, Profielveld.NEDERLANDS_SCHRIFTELIJK):
            text = plain(self.text(veld))
            if text and text not in _TAAL and text not in UNKNOWN:
                self._lezer.complain(
                    veld.naam, "Dit niveau kennen wij niet.", "Kies uit geen, redelijk, goed, uitstekend."
                )
            levels.append(_TAAL.get(text))
        if levels == [None, None]:
            return ()
        return (Taalbeheersing("nld", mondeling=levels[0], schriftelijk=levels[1]),)

    def _telephone(self) -> str:
        text = self.text(Profielveld.TELEFOON, 40)
        bare = re.sub(r"[\s().-]", "", text)
        # A spreadsheet takes the zero off a number.
        if bare.isascii() and bare.isdigit() and len(bare) == 9:
            bare = f"0{bare}"
        if len(bare) > 20:
            self._lezer.complain("telefoon", "Dit telefoonnummer is te lang.", "Vul één telefoonnummer in.")
            return ""
        return bare
