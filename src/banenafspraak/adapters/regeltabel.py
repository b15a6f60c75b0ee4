"""`wet lkv --tabel` and `wet lks --tabel`: a CSV or Parquet file of facts, a row per person-month, answered row by row.

A column is a fact of the question, or `peildatum`, or `sleutel`: the sender's own mark, given back untouched. Each
different text is read once, by the strict reader of the facts. What the table form cannot answer is asked one by one,
so that an error has the same words as a single question; no message repeats what stood in the file.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from banenafspraak.metingen import regeltabel
from banenafspraak.metingen.regeltabel import NIETS, TEGEMOETKOMINGEN, Tabelantwoord
from banenafspraak.wet import feiten
from banenafspraak.wet.feiten import FeitenFout
from banenafspraak.wet.parameters import ParameterFout
from banenafspraak.wet.regels import RULES

SLEUTEL = "sleutel"
THREADS = 2
_ONLEESBAAR = int(NIETS) + 1


@dataclass(frozen=True)
class Tabelregel:
    """The answer of one row: its own mark, due or not, the amount in euros, which tegemoetkoming, or what is wrong."""

    sleutel: str
    recht: bool | None
    bedrag: Decimal | None
    toegekend: str
    fout: str


@dataclass(frozen=True)
class _Tabelvraag:
    names: tuple[str, ...]
    answer: Callable[..., Tabelantwoord]


_VRAGEN: Mapping[str, _Tabelvraag] = {
    "lkv": _Tabelvraag(regeltabel.LKV_FEITEN, regeltabel.lkv),
    "lks": _Tabelvraag(regeltabel.LKS_FEITEN, regeltabel.lks),
}
TABELVRAGEN = tuple(sorted(_VRAGEN))
"""The questions that can be asked of a table."""


def answer_table(naam: str, path: Path) -> Iterator[Tabelregel]:
    """The answers of all rows, in order. Raises FeitenFout for a file that cannot be read or has other columns."""
    question = _VRAGEN[naam]
    table = _read(path)
    _check_names(naam, table, question.names)
    texts = {name: _texts(table.column(name)) for name in table.column_names}
    columns = {name: _column(naam, name, texts.get(name), len(table)) for name in question.names}
    answers = question.answer(columns, threads=THREADS)
    unread = np.zeros(len(table), bool)
    for column in columns.values():
        unread |= column == _ONLEESBAAR
    marks = texts.get(SLEUTEL)
    for row in range(len(table)):
        mark = marks.text(row) if marks else ""
        if unread[row] or not answers.zeker[row]:
            yield _single(naam, {name: column.text(row) for name, column in texts.items()}, mark)
            continue
        code = int(answers.toegekend[row])
        yield Tabelregel(
            mark,
            bool(answers.recht[row]),
            Decimal(int(answers.bedrag[row])).scaleb(-2),
            TEGEMOETKOMINGEN[code].value if code >= 0 else "",
            "",
        )


@dataclass(frozen=True)
class _Texts:
    """A column as texts: each different one once, and which one every row has (-1: nothing)."""

    different: tuple[str, ...]
    which: np.ndarray[Any, np.dtype[np.int64]]

    def text(self, row: int) -> str:
        number = int(self.which[row])
        return self.different[number] if number >= 0 else ""


def _read(path: Path) -> pa.Table:
    try:
        if path.suffix == ".parquet":
            return pq.read_table(path)
        with path.open(encoding="utf-8-sig") as file:
            head = file.readline()
        separator = ";" if head.count(";") > head.count(",") else ","
        names = [name.strip().strip('"') for name in head.strip().split(separator)]
        return pa_csv.read_csv(
            path,
            parse_options=pa_csv.ParseOptions(delimiter=separator),
            convert_options=pa_csv.ConvertOptions(
                column_types={name: pa.string() for name in names}, strings_can_be_null=True, null_values=[""]
            ),
        )
    except (OSError, UnicodeDecodeError, pa.ArrowInvalid):
        raise FeitenFout(["Het bestand is niet te lezen: geef een CSV (UTF-8, met kopregel) of Parquet."]) from None


def _check_names(naam: str, table: pa.Table, names: tuple[str, ...]) -> None:
    strange = [name for name in table.column_names if name not in (*names, SLEUTEL)]
    required = [f.name for f in dataclasses.fields(RULES[naam].facts) if f.default is dataclasses.MISSING]
    missing = [name for name in ("peildatum", *required) if name not in table.column_names]
    fouten = [f"De kolom '{name}' ontbreekt." for name in missing]
    if strange:
        fouten.append(
            f"{len(strange)} kolommen zijn geen feit van deze vraag; bekend zijn: {', '.join(names)}, sleutel."
        )
    if len(set(table.column_names)) != len(table.column_names):
        fouten.append("Een kolom staat er twee keer; laat er één staan.")
    if fouten:
        raise FeitenFout(fouten)


def _texts(column: pa.ChunkedArray) -> _Texts:
    """The column with each different text once; what Parquet holds as numbers and dates is written as text first."""
    if not pa.types.is_string(column.type):
        column = pc.cast(column, pa.string())
    coded = column.combine_chunks().dictionary_encode()
    which = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return _Texts(tuple(text.as_py().strip() for text in coded.dictionary), which)


def _column(naam: str, name: str, texts: _Texts | None, size: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    if texts is None:
        return np.full(size, NIETS)
    codes = np.array([*(_code(naam, name, text) for text in texts.different), int(NIETS)], np.int64)
    column: np.ndarray[Any, np.dtype[np.int64]] = codes[texts.which]
    return column


def _code(naam: str, name: str, text: str) -> int:
    """The whole number of one text, or the mark that the single question must be asked."""
    if not text:
        return int(NIETS)
    try:
        value = (
            feiten.as_date(text) if name == "peildatum" else feiten.parse_field(RULES[naam].facts, name, _plain(text))
        )
    except FeitenFout:
        return _ONLEESBAAR
    code = None if value is None else regeltabel.cell(value)
    return _ONLEESBAAR if code is None else code


def _plain(text: str) -> object:
    """A text of a table as the JSON value it stands for: true, false, a number, or the text itself."""
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    try:
        number = Decimal(text)
    except ArithmeticError:
        return text
    return int(number) if number.is_finite() and number == number.to_integral_value() else number


def _single(naam: str, row: Mapping[str, str], mark: str) -> Tabelregel:
    """Ask one row by itself: its answer, or what is wrong with it in words."""
    facts = {name: _plain(text) for name, text in row.items() if text and name not in ("peildatum", SLEUTEL)}
    rule = RULES[naam]
    try:
        peildatum = feiten.as_date(row.get("peildatum"))
        if peildatum is None:
            raise FeitenFout(["De peildatum ontbreekt of is geen bestaande datum: schrijf JJJJ-MM-DD."])
        waarde = rule.answer(feiten.parse(rule.facts, facts), peildatum=peildatum).waarde
    except (FeitenFout, ParameterFout) as error:
        return Tabelregel(mark, None, None, "", "; ".join(getattr(error, "fouten", error.args)))
    amount = waarde.bedrag if naam == "lkv" else waarde.bedrag_per_maand or Decimal(0)
    granted = getattr(waarde, "toegekend", None)
    return Tabelregel(mark, waarde.recht, amount, granted.value if granted else "", "")
