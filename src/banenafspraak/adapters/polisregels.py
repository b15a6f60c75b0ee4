"""The rules of a wage delivery, one row at a time: slow, plain, and the one place that words what is wrong.

`polis` judges the same rules by columns and comes here only for a block in which something is wrong.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from banenafspraak.access import bsn
from banenafspraak.adapters.bestand import MAX_FOUTEN, Bestand, Fout

KOLOMMEN = (
    "peilmaand",
    "bsn",
    "lhnr",
    "numiv",
    "srtiv",
    "cdaard",
    "aantverlu_mnd",
    "lnsv_mnd",
    "prlnufo_mnd",
)
MAX_UREN = 744
"""Hours in a month of 31 days."""
MAX_BEDRAG = 100_000_000
"""Euro; amounts have at most eight digits before the point."""
MAX_LINE = 1 << 20
MAX_ROW_GROUP = 4 << 30
EERSTE_MAAND = "2006-01"
"""The polisadministratie starts here."""

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_LHNR = re.compile(r"[0-9]{9}L[0-9]{2}")
_WHOLE = re.compile(r"-?[0-9]+")
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,2})?")


@dataclass(frozen=True)
class Regels:
    """What a row is judged by."""

    maximum: str
    """The last month that can have been paid ("2026-11")."""
    alleen_test: bool
    """Only BSNs of made-up people (9999xxxxx)."""

    def month_fault(self, maand: str) -> tuple[str, str] | None:
        """What is wrong with a peilmaand and the cure, or None."""
        if not _MONTH.fullmatch(maand):
            return "De peilmaand is geen jaar en maand.", "Schrijf jjjj-mm, zoals 2018-03."
        if maand > self.maximum:
            return "De peilmaand ligt in de toekomst.", "Kijk de peilmaand na."
        if maand < EERSTE_MAAND:
            return f"De peilmaand ligt voor {EERSTE_MAAND}.", "Kijk de peilmaand na."
        return None

    def judge(self, row: Mapping[str, str]) -> tuple[str, str] | None:
        """The first thing wrong with a row (texts by column) and its cure, or None."""
        return (
            self.month_fault(row["peilmaand"])
            or self._bsn_fault(row["bsn"])
            or _lhnr_fault(row["lhnr"])
            or _whole_fault("numiv", row["numiv"], 0, 9999)
            or _whole_fault("srtiv", row["srtiv"], 1, 99)
            or _whole_fault("cdaard", row["cdaard"] or "0", 0, 99)
            or _uren_fault(row["aantverlu_mnd"])
            or _money_fault("lnsv_mnd", row["lnsv_mnd"])
            or _money_fault("prlnufo_mnd", row["prlnufo_mnd"])
        )

    def _bsn_fault(self, text: str) -> tuple[str, str] | None:
        if not bsn.is_valid(text):
            return "Het BSN heeft geen negen cijfers of voldoet niet aan de elfproef.", "Kijk het BSN na."
        if self.alleen_test and not bsn.Bsn.parse(text).is_test:
            return (
                "Het BSN is niet van een verzonnen persoon.",
                "Gebruik buiten productie alleen nummers die met 9999 beginnen.",
            )
        return None


def _lhnr_fault(text: str) -> tuple[str, str] | None:
    if _LHNR.fullmatch(text) and bsn.is_valid(text[:9]):
        return None
    return "Het loonheffingennummer (lhnr) klopt niet.", "Schrijf negen cijfers (elfproef), L en twee cijfers."


def _whole_fault(name: str, text: str, low: int, high: int) -> tuple[str, str] | None:
    text = text.strip(" \t")
    if _WHOLE.fullmatch(text) and len(text) < 10 and low <= int(text) <= high:
        return None
    return f"{name} is geen geheel getal van {low} tot en met {high}.", f"Kijk {name} na."


def _number_fault(name: str, text: str) -> tuple[str, str] | None:
    if not text.strip(" \t"):
        return f"{name} is leeg.", "Vul een getal in, eventueel 0.00."
    if "," in text:
        return f"{name} heeft een komma.", "Schrijf een decimale punt: 12.50."
    if not _NUMBER.fullmatch(text.strip(" \t")):
        return f"{name} is geen getal.", "Schrijf cijfers met een decimale punt: 12.50."
    return None


def _uren_fault(text: str) -> tuple[str, str] | None:
    if fault := _number_fault("aantverlu_mnd", text):
        return fault
    hours = Decimal(text)
    if hours < 0:
        return "Het aantal verloonde uren is lager dan 0.", "Lever de uren na correctie, niet het verschil."
    if hours > MAX_UREN:
        return f"Het aantal verloonde uren is hoger dan {MAX_UREN}, meer dan er in een maand zijn.", "Kijk het na."
    if hours * 100 % 1:
        return "Het aantal verloonde uren heeft meer dan twee decimalen.", "Rond af op twee decimalen."
    return None


def _money_fault(name: str, text: str) -> tuple[str, str] | None:
    if fault := _number_fault(name, text):
        return fault
    if abs(Decimal(text)) >= MAX_BEDRAG:
        return f"{name} is een onmogelijk bedrag.", "Kijk het bedrag na."
    return None


def check_columns(bestand: Bestand, names: Sequence[str]) -> None:
    """Raise `Onbruikbaar` unless every column is there, once."""
    if len(names) == 1 and "," in names[0]:
        reden = "De kolommen zijn gescheiden door komma's."
        raise bestand.onbruikbaar(reden, "Gebruik een puntkomma (;) tussen de kolommen.", regel=1)
    missing = [name for name in KOLOMMEN if name not in names]
    if missing:
        reden = f"Deze kolommen ontbreken: {', '.join(missing)}."
        raise bestand.onbruikbaar(reden, f"Zet in de kopregel: {';'.join(KOLOMMEN)}.", regel=1)
    double = [name for name in KOLOMMEN if list(names).count(name) > 1]
    if double:
        reden = f"Deze kolommen staan er twee keer in: {', '.join(double)}."
        raise bestand.onbruikbaar(reden, "Laat van elke kolom een staan.", regel=1)


def first_bad_utf8(data: bytes) -> int | None:
    """Index of the first byte that is not UTF-8, or None."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return None


def explain_csv(bestand: Bestand, rules: Regels, names: Sequence[str], data: bytes, first_line: int) -> list[Fout]:
    """What is wrong with which lines of a block of whole lines, at most `MAX_FOUTEN` of them."""
    fouten: list[Fout] = []
    for line, raw in enumerate(data.split(b"\n")[:-1], start=first_line):
        if fault := _line_fault(rules, names, raw.removesuffix(b"\r")):
            fouten.append(bestand.fout(line, *fault))
            if len(fouten) >= MAX_FOUTEN:
                break
    return fouten


def _line_fault(rules: Regels, names: Sequence[str], raw: bytes) -> tuple[str, str] | None:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return "De tekst is geen UTF-8.", "Sla het bestand op als UTF-8."
    if not text:
        return "Deze regel is leeg.", "Haal de lege regel weg."
    if "\r" in text:
        return (
            "Hier staat een regeleinde midden in een regel.",
            "Sla het bestand op met gewone regeleinden (LF of CRLF).",
        )
    if text.count('"') % 2:
        return "Een aanhalingsteken wordt niet gesloten.", "Zet een waarde helemaal tussen aanhalingstekens, of niet."
    if len(text) > csv.field_size_limit():
        return "Een regel is onmogelijk lang.", "Begin elke rij op een nieuwe regel."
    values = next(csv.reader(io.StringIO(text), delimiter=";"), [])
    if len(values) != len(names):
        reden = f"Deze regel heeft {len(values)} kolommen; de kopregel heeft er {len(names)}."
        return reden, "Lever het bestand opnieuw en volledig aan; een decimale komma kan ook de oorzaak zijn."
    return rules.judge(dict(zip(names, values, strict=True)))


def explain_rows(bestand: Bestand, rules: Regels, rows: Iterable[Mapping[str, Any]], first: int) -> list[Fout]:
    """What is wrong with which rows of a Parquet batch, at most `MAX_FOUTEN` of them."""
    fouten: list[Fout] = []
    for number, row in enumerate(rows, start=first):
        texts = {name: _text(name, row[name]) for name in KOLOMMEN}
        if fault := rules.judge(texts):
            fouten.append(bestand.fout(number, *fault, plaats="rij"))
            if len(fouten) >= MAX_FOUTEN:
                break
    return fouten


def _text(name: str, value: Any) -> str:
    """A value of Parquet as it would stand in CSV."""
    if value is None:
        return ""
    return f"{value:09d}" if name == "bsn" and isinstance(value, int) else str(value)
