"""Reading the values of one profile: each becomes an answer, nothing known, or something that is wrong with the row.

What is wrong is said with the name of the field (ours, or the standard's) and fixed words, never with the value: in a
file with shifted columns any value may be a BSN.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import IntEnum, StrEnum
from typing import Any, TypeVar

from banenafspraak.access import bsn as bsns
from banenafspraak.access.bsn import Bsn, BsnError
from banenafspraak.bemiddeling.profielrecord import ProfielRecord
from banenafspraak.register.records import Regelfout

MAX_ITEMS = 100
"""Of one list in one profile, such as jobs somebody had."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_POSTCODE = re.compile(r"[1-9][0-9]{3}([A-Z]{2})?")
_INTEGER = re.compile(r"-?[0-9]{1,9}([.,]0*)?")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DUTCH_DAY = re.compile(r"([0-9]{1,2})[-/]([0-9]{1,2})[-/]([0-9]{4})")
# C0 and C1 without tab and line ends, what PostgreSQL or a page cannot hold, and what turns the order of text around.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")

YES = frozenset({"ja", "j", "1", "true", "waar", "yes", "y", "x"})
NO = frozenset({"nee", "n", "2", "false", "onwaar", "no"})
UNKNOWN = frozenset(
    {"", "0", "7", "8", "9", "-", "?", "onbekend", "niet bekend", "n.v.t.", "nvt", "niet van toepassing"}
)

_IntCode = TypeVar("_IntCode", bound=IntEnum)


class Lezer:
    """Reads the values of one row, and notes what is wrong with them in `klachten` as (melding, herstel)."""

    def __init__(self) -> None:
        self.klachten: list[tuple[str, str]] = []

    def complain(self, veld: str, melding: str, herstel: str) -> None:
        """Note something wrong with a field."""
        self.klachten.append((f"{veld}: {melding}", herstel))

    def fault(self, regel: int) -> Regelfout:
        """Everything wrong with the row, as one fault."""
        meldingen = dict.fromkeys(melding for melding, _ in self.klachten)
        herstel = dict.fromkeys(cure for _, cure in self.klachten)
        return Regelfout(regel, " ".join(list(meldingen)[:5]), " ".join(list(herstel)[:5]))

    def text(self, veld: str, waarde: object, most: int, *, sealed: bool = True) -> str:
        """A text of at most so many signs. What is kept unsealed may not hold a BSN."""
        if waarde is None:
            return ""
        if isinstance(waarde, bool) or not isinstance(waarde, str | int):
            self.complain(veld, "Hier hoort tekst te staan.", "Kijk of de velden op hun plaats staan.")
            return ""
        if isinstance(waarde, int) and abs(waarde) >= 10**18:
            waarde = "9" * 19
        text = str(waarde).strip()
        if len(text) > most:
            self.complain(veld, f"Deze tekst heeft meer dan {most} tekens.", f"Maak hem niet langer dan {most} tekens.")
            return ""
        if _UNPRINTABLE.search(text):
            self.complain(veld, "In deze tekst staan tekens die geen tekst zijn.", "Haal die tekens weg.")
            return ""
        if not sealed and bsns.occurs_in(text):
            self.complain(veld, "In deze tekst staat iets dat een BSN kan zijn.", "Haal het nummer weg.")
            return ""
        return text

    def number(self, veld: str, waarde: object, low: int, high: int) -> int | None:
        """A whole number between two bounds."""
        found = self._integer(veld, waarde)
        if found is not None and not low <= found <= high:
            self.complain(
                veld, f"Dit getal ligt niet tussen {low} en {high}.", f"Vul een getal in van {low} tot en met {high}."
            )
            return None
        return found

    def code(self, veld: str, waarde: object, codes: type[_IntCode], unknown: Iterable[int] = ()) -> int | None:
        """One of the codes; those of `unknown` are no answer."""
        found = self._integer(veld, waarde)
        if found is None or found in unknown:
            return None
        if found not in codes._value2member_map_:
            self._unknown_code(veld, (str(code.value) for code in codes))
            return None
        return found

    def word(self, veld: str, waarde: object, codes: Iterable[str]) -> str:
        """One of the codes that are words; a number is one too, if it was written as such."""
        text = self.text(veld, waarde, 100).upper()
        known = list(codes)
        if not text or text in known:
            return text
        if text.zfill(2) in known:
            return text.zfill(2)
        self._unknown_code(veld, known)
        return ""

    def words(self, veld: str, waarden: Iterable[object], codes: Iterable[str]) -> tuple[str, ...]:
        """Several of the codes that are words, each once and in the order of the codes."""
        known = list(codes)
        found = {self.word(veld, waarde, known) for waarde in waarden}
        return tuple(code for code in known if code in found)

    def yes_no(self, veld: str, waarde: object) -> bool | None:
        """1 and yes, 2 and no; 0 and 8 are no answer."""
        if isinstance(waarde, bool):
            return waarde
        if isinstance(waarde, float) and waarde.is_integer():
            waarde = int(waarde)
        text = str(waarde).strip().casefold() if isinstance(waarde, str | int) else "" if waarde is None else "!"
        if text in YES:
            return True
        if text in NO:
            return False
        if text not in UNKNOWN:
            self.complain(veld, "Dit is geen ja of nee.", "Kies ja, nee, of laat het leeg.")
        return None

    def day(self, veld: str, waarde: object) -> date | None:
        """A day, as 2026-03-31 or 31-3-2026; a time behind it is left off."""
        text = self.text(veld, waarde, 40)
        if not text:
            return None
        text = re.split(r"[T ]", text, maxsplit=1)[0]
        if match := _ISO_DAY.fullmatch(text):
            year, month, day = map(int, match.groups())
        elif match := _DUTCH_DAY.fullmatch(text):
            day, month, year = map(int, match.groups())
        else:
            year, month, day = 0, 0, 0
        try:
            found = date(year, month, day)
        except ValueError:
            self.complain(veld, "Dit is geen datum.", "Schrijf een datum als 2026-03-31.")
            return None
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            self.complain(veld, "Dit jaar kan niet.", f"Vul een datum in van {_FIRST_YEAR} tot en met {_LAST_YEAR}.")
            return None
        return found

    def postcode(self, veld: str, waarde: object) -> str:
        """A postcode: four digits, with or without two letters."""
        text = self.text(veld, waarde, 40).upper().replace(" ", "")
        if text and not _POSTCODE.fullmatch(text):
            self.complain(veld, "Dit is geen postcode.", "Vul een postcode in als 1211 AB.")
            return ""
        return text

    def bsn(self, veld: str, waarde: object) -> Bsn | None:
        """A BSN; one that a spreadsheet read as a number gets its zeros back."""
        if isinstance(waarde, float) and waarde.is_integer():
            waarde = int(waarde)
        text = self.text(veld, waarde, 40).replace(" ", "").replace(".", "")
        if not text:
            return None
        try:
            return Bsn.parse(text.zfill(9) if text.isdigit() else text)
        except BsnError:
            self.complain(
                veld,
                "Dit BSN klopt niet: het heeft geen negen cijfers, of het voldoet niet aan de elfproef.",
                "Kijk het BSN na.",
            )
            return None

    def part(self, veld: str, waarde: object) -> Mapping[str, Any]:
        """An object of the JSON; empty is nothing."""
        if waarde is None or waarde == "" or waarde == []:
            return {}
        if not isinstance(waarde, dict):
            self.complain(veld, "Hier hoort een JSON-object te staan.", "Kijk het na met de beschrijving van VUM.")
            return {}
        return waarde

    def parts(self, veld: str, waarde: object) -> list[Mapping[str, Any]]:
        """A list of objects of the JSON; empty ones are left out, and one alone is a list of one."""
        found = [self.part(veld, item) for item in self.items(veld, waarde)]
        return [item for item in found if item]

    def items(self, veld: str, waarde: object) -> list[object]:
        """A list of the JSON; one thing alone is a list of one."""
        if waarde is None or waarde == "" or waarde == {}:
            return []
        found = waarde if isinstance(waarde, list) else [waarde]
        if len(found) > MAX_ITEMS:
            self.complain(veld, f"Deze lijst is langer dan {MAX_ITEMS}.", f"Lever er hoogstens {MAX_ITEMS}.")
            return []
        return list(found)

    def check(self, record: ProfielRecord) -> None:
        """What fields say together: the least hours are not more than the most, and no period ends before it begins."""
        low, high = record.aantal_werkuren_per_week_minimaal, record.aantal_werkuren_per_week_maximaal
        if low is not None and high is not None and low > high:
            self.complain("uren", "Het minste aantal uren is meer dan het meeste.", "Kijk de uren na.")
        periods = [(record.datum_aanvang_beschikbaar_voor_werk, record.datum_einde_beschikbaar_voor_werk)]
        periods += [(one.datum_aanvang, one.datum_einde) for one in record.opleidingen or ()]
        periods += [(one.datum_aanvang, one.datum_einde) for one in record.werkervaringen or ()]
        if any(begin is not None and end is not None and end < begin for begin, end in periods):
            self.complain("periode", "Een einddatum ligt voor de begindatum.", "Kijk de datums na.")

    def _integer(self, veld: str, waarde: object) -> int | None:
        if waarde is None or (isinstance(waarde, str) and not waarde.strip()):
            return None
        if isinstance(waarde, float) and waarde.is_integer() and abs(waarde) < 10**9:
            waarde = int(waarde)
        text = str(waarde).strip() if isinstance(waarde, str | int) and not isinstance(waarde, bool) else "!"
        if not text.isascii() or not _INTEGER.fullmatch(text):
            self.complain(veld, "Dit is geen heel getal.", "Vul een getal in zonder komma.")
            return None
        return int(re.split("[.,]", text)[0])

    def _unknown_code(self, veld: str, known: Iterable[str]) -> None:
        self.complain(veld, "Deze code bestaat niet.", f"Kies uit {', '.join(known)}, of laat het leeg.")


def values(codes: type[StrEnum]) -> tuple[str, ...]:
    """The values of an enumeration of words."""
    return tuple(code.value for code in codes)
