"""Reads published lists of occupations: ESCO (CSV), CompetentNL (CSV or N-Triples), and groups of the BRC (CSV).

- ESCO as the Commission publishes it (`occupations_nl.csv`: conceptUri, iscoGroup, preferredLabel, altLabels with one
  name a line), or with the short columns uri_id, isco08, label, alt_labels (names divided by `|`).
- CompetentNL as CSV with uri, label, and if known alt_labels and isco08; or as N-Triples (`.nt`) with skos:prefLabel or
  rdfs:label, skos:altLabel, and an object that ends in the ISCO-08 code, as `.../isco/C9112`.
- BRC as CSV with brc and isco08 (or isco08_hoofd); with the whole table of Statistics Netherlands every unit group of
  ISCO-08 has its group.

No table of these lists is part of this project: who runs it loads the official file. Other columns are left alone.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from banenafspraak.adapters.bestand import MAX_FOUTEN
from banenafspraak.bemiddeling.beroepen import Beroepsregel, Groepsregel

MAX_BYTES = 60_000_000
ESCO_URI = "http://data.europa.eu/esco/occupation/"
_MAX_URI, _MAX_NAAM = 200, 200
_ISCO = re.compile(r"^[0-9]{4}$")
_TRIPLE = re.compile(
    r'^<([^<>"\s]+)>\s+<([^<>"\s]+)>\s+(?:<([^<>"\s]+)>|"((?:[^"\\]|\\.)*)"(?:@([A-Za-z-]+)|\^\^<[^>]*>)?)\s*\.\s*$'
)
_ISCO_OBJECT = re.compile(r"/(?:isco|ISCO|isco-08|isco08)[/#]C?([0-9]{4})$")
_PREFERRED = ("http://www.w3.org/2004/02/skos/core#prefLabel", "http://www.w3.org/2000/01/rdf-schema#label")
_ALSO = "http://www.w3.org/2004/02/skos/core#altLabel"


@dataclass(frozen=True)
class Beroepfout:
    """What is wrong with a line, and how to cure it (Dutch)."""

    regel: int
    tekst: str


@dataclass
class Beroepenlijst:
    """What stands in a file, and what is wrong with it."""

    regels: list[Beroepsregel] = field(default_factory=list)
    groepen: list[Groepsregel] = field(default_factory=list)
    fouten: list[Beroepfout] = field(default_factory=list)


def read(text: str, formaat: str, *, triples: bool = False) -> Beroepenlijst:
    """The occupations of a file in this format (`esco`, `competentnl` or `brc`); `triples` for N-Triples."""
    found = Beroepenlijst()
    if triples:
        _read_triples(text, found)
    elif formaat == "brc":
        _read_groups(text, found)
    else:
        _read_csv(text, found, _ESCO if formaat == "esco" else _COMPETENTNL)
    if not (found.regels or found.groepen or found.fouten):
        found.fouten.append(Beroepfout(1, "Er staan geen beroepen in dit bestand."))
    return found


Headings = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""What a column of the URI, the name, the other names and ISCO-08 may be called."""
_ESCO: Headings = (
    ("conceptUri", "uri_id"),
    ("preferredLabel", "label"),
    ("altLabels", "alt_labels"),
    ("iscoGroup", "isco08"),
)
_COMPETENTNL: Headings = (("uri",), ("label", "prefLabel", "naam"), ("alt_labels", "altLabels"), ("isco08",))


def _read_csv(text: str, found: Beroepenlijst, headings: Headings) -> None:
    reader = _reader(text)
    columns = [next((name for name in names if name in (reader.fieldnames or ())), "") for names in headings]
    uri_column, name_column, others_column, isco_column = columns
    if missing := [names[0] for names, column in zip(headings[:2], columns, strict=False) if not column]:
        found.fouten.append(Beroepfout(1, f"De kolom {', '.join(missing)} ontbreekt."))
        return
    seen: set[str] = set()

    def one(row: dict[str, str]) -> str:
        uri = row[uri_column].strip()
        if uri and uri_column == "uri_id":
            uri = ESCO_URI + uri
        isco = row.get(isco_column, "").strip() if isco_column else ""
        names = [part.strip() for part in re.split(r"[|\n]", row.get(others_column, "") if others_column else "")]
        return _add(found, seen, uri, row[name_column].strip(), names, isco)

    _each(reader, found, one)


def _add(found: Beroepenlijst, seen: set[str], uri: str, naam: str, names: Iterable[str], isco: str) -> str:
    """Adds an occupation; returns what is wrong with it, or nothing."""
    if not uri or not naam:
        return "Vul de URI en de naam van het beroep in."
    if len(uri) > _MAX_URI or len(naam) > _MAX_NAAM:
        return f"De URI en de naam zijn hooguit {_MAX_URI} tekens."
    if uri in seen:
        return "Dit beroep staat er twee keer in. Laat er een weg."
    if isco and not _ISCO.match(isco):
        return "Een ISCO-08-code van een beroep heeft vier cijfers."
    seen.add(uri)
    others = tuple(dict.fromkeys(name for name in names if name and name != naam and len(name) <= _MAX_NAAM))
    found.regels.append(Beroepsregel(uri, naam, others, isco))
    return ""


def _read_groups(text: str, found: Beroepenlijst) -> None:
    reader = _reader(text)
    names = reader.fieldnames or ()
    isco_column = next((name for name in ("isco08", "isco08_hoofd") if name in names), "")
    if not isco_column or "brc" not in names:
        found.fouten.append(Beroepfout(1, "De kolommen brc en isco08 zijn nodig."))
        return
    seen: set[str] = set()

    def one(row: dict[str, str]) -> str:
        isco, brc = row[isco_column].strip(), row["brc"].strip()
        if not (_ISCO.match(isco) and _ISCO.match(brc)):
            return "Een ISCO-08-code en een BRC-code hebben vier cijfers."
        # Of a unit group that is in several groups, the first is the largest in the table of Statistics Netherlands.
        if isco not in seen:
            seen.add(isco)
            found.groepen.append(Groepsregel(isco, brc))
        return ""

    _each(reader, found, one)


def _reader(text: str) -> "csv.DictReader[str]":
    heading = text.partition("\n")[0]
    delimiter = ";" if heading.count(";") > heading.count(",") else ","
    return csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restval="", restkey="_meer")


def _each(reader: "csv.DictReader[str]", found: Beroepenlijst, one: Callable[[dict[str, str]], str]) -> None:
    try:
        for row in reader:
            wrong = "Deze regel heeft te veel kolommen." if "_meer" in row else one(row)
            if wrong:
                found.fouten.append(Beroepfout(reader.line_num, wrong))
            if len(found.fouten) >= MAX_FOUTEN:
                return
    except csv.Error:
        found.fouten.append(Beroepfout(reader.line_num, "Deze regel is niet te lezen als CSV."))


def _read_triples(text: str, found: Beroepenlijst) -> None:
    names: dict[str, str] = {}
    others: dict[str, list[str]] = defaultdict(list)
    groups: dict[str, str] = {}
    lines: dict[str, int] = {}
    for number, subject, predicate, target, words in _triples(text, found):
        if predicate in _PREFERRED and words:
            if predicate == _PREFERRED[0] or subject not in names:
                names[subject] = words
            lines.setdefault(subject, number)
        elif predicate == _ALSO and words:
            others[subject].append(words)
        elif isco := _ISCO_OBJECT.search(target):
            groups.setdefault(subject, isco[1])
    seen: set[str] = set()
    for subject, naam in names.items():
        if wrong := _add(found, seen, subject, naam, others[subject], groups.get(subject, "")):
            found.fouten.append(Beroepfout(lines[subject], wrong))


def _triples(text: str, found: Beroepenlijst) -> Iterator[tuple[int, str, str, str, str]]:
    """Line number, subject, predicate, and a URI or Dutch words; words in another language come as nothing."""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        parts = _TRIPLE.match(line)
        if parts is None:
            # Blank nodes are part of the format, and never an occupation.
            if not line.lstrip().startswith("_:") and " _:" not in line:
                found.fouten.append(Beroepfout(number, "Dit is geen N-Triple. Zet Turtle eerst om naar N-Triples."))
            if len(found.fouten) >= MAX_FOUTEN:
                return
            continue
        subject, predicate, target, words, language = parts.groups()
        dutch = words is not None and (language is None or language.lower().startswith("nl"))
        yield number, subject, predicate, target or "", _unescaped(words) if dutch else ""


def _unescaped(words: str) -> str:
    named = {"t": "\t", "n": "\n", "r": "\r"}

    def one(match: re.Match[str]) -> str:
        code = match[1]
        return chr(int(code[1:], 16)) if code[0] in "uU" else named.get(code, code)

    return re.sub(r"\\(u[0-9A-Fa-f]{4}|U0010[0-9A-Fa-f]{4}|U000[0-9A-Fa-f]{5}|.)", one, words).strip()
