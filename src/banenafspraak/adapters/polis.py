"""Wage deliveries in the form of the polisadministratie: CSV or Parquet, one row for each inkomstenverhouding a month.

Twelve million rows are judged and pseudonymised by columns, block by block, on all cores, in bounded memory: a block is
parsed by Arrow and judged by numpy. Only a block in which something is wrong is read again, row by row, by
`regels.judge`, which says what and where. The two must agree, and a test holds them to it; when a block fails and no
row does, the block itself is the fault, so that nothing doubtful comes in.

The number of a person or an employer leaves this module only as a keyed pseudonym.
"""

import hashlib
import os
import tempfile
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv
import pyarrow.parquet as pq

from banenafspraak.access import bsn
from banenafspraak.adapters import polisregels as regels
from banenafspraak.adapters.bestand import MAX_FOUTEN, Bestand, Fout, blocks
from banenafspraak.adapters.werkrelaties import Werkrelaties
from banenafspraak.metingen.leveringen import LOONREGEL, werkgever_pseudoniemen
from banenafspraak.wet import banen

Deliver = Callable[[str, pa.RecordBatch], None]
Progress = Callable[[int], None]

BLOCK_BYTES = 8 << 20
BATCH_ROWS = 130_000
_WORKERS = max(1, min(4, os.cpu_count() or 1))
_KEYS_AT_ONCE = 8_000_000

_ELFPROEF = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_TYPES = {
    "peilmaand": pa.binary(7),
    "bsn": pa.binary(9),
    "lhnr": pa.binary(12),
    "numiv": pa.int32(),
    "srtiv": pa.int16(),
    "cdaard": pa.int16(),
    "aantverlu_mnd": pa.float64(),
    "lnsv_mnd": pa.float64(),
    "prlnufo_mnd": pa.float64(),
}


@dataclass
class Uitkomst:
    """What reading a delivery came to."""

    sha256: str
    rijen: Counter[str] = field(default_factory=Counter)
    """Good rows by peilmaand."""
    cdaard: Counter[int] = field(default_factory=Counter)
    """Rows by code of the aard van de arbeidsverhouding; which codes are known is for the law to say."""
    fouten: list[Fout] = field(default_factory=list)


@dataclass
class _Block:
    """A judged block: rows by peilmaand as Loonregel batches and keys, or `good` False."""

    good: bool
    rows: int = 0
    batches: dict[str, pa.RecordBatch] = field(default_factory=dict)
    keys: dict[str, np.ndarray] = field(default_factory=dict)
    cdaard: Counter[int] = field(default_factory=Counter)
    werk: dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]] = field(default_factory=dict)
    """People, employers and numiv of the wages from work, in plain: only until they are handed to the register."""


class _BadBlock(Exception):
    """Something in the block is wrong; which row, the slow reader will say."""


def read(
    bestand: Bestand,
    *,
    now: datetime,
    alleen_test: bool,
    deliver: Deliver,
    spool: Path,
    progress: Progress = lambda _: None,
    werkrelaties: Werkrelaties | None = None,
) -> Uitkomst:
    """Read a CSV or Parquet delivery and hand its rows to `deliver` as (peilmaand, batch of `LOONREGEL`).

    Rows keep the order of the file. `now` tells which months lie in the future; `alleen_test` refuses every BSN outside
    the range of made-up people; `spool` is a private folder for the keys by which doubles are found (eight bytes a
    row); `werkrelaties` collects who works where. Faults are in the outcome, at most about `MAX_FOUTEN`; with a fault
    the rows handed over must not be used. Raises `Onbruikbaar` when there are no rows to judge.
    """
    rules = regels.Regels(maximum=f"{now:%Y-%m}", alleen_test=alleen_test)
    source = _Parquet(bestand, rules) if bestand.formaat == "parquet" else _Csv(bestand, rules)
    outcome = Uitkomst("")
    with tempfile.TemporaryDirectory(dir=spool) as folder, _Doubles(Path(folder)) as doubles:
        seen = 0
        for raw, block in _judge_all(source, rules):
            if not block.good:
                rows = len(outcome.fouten)
                outcome.fouten += source.explain(raw, seen)
                if len(outcome.fouten) == rows:
                    outcome.fouten.append(source.fault(seen + 1, "In het blok dat hier begint klopt iets niet."))
            if len(outcome.fouten) >= MAX_FOUTEN:
                break
            seen += block.rows if block.good else source.count(raw)
            if not outcome.fouten:
                for maand, batch in block.batches.items():
                    if werkrelaties is not None:
                        if maand not in outcome.rijen:
                            werkrelaties.replace(maand, None)
                        werkrelaties.add(maand, *block.werk[maand])
                    deliver(maand, batch)
                    doubles.add(maand, block.keys[maand])
                    outcome.rijen[maand] += batch.num_rows
                outcome.cdaard.update(block.cdaard)
            progress(source.size(raw))
        outcome.fouten += source.finish(seen)
        if not seen and not outcome.fouten:
            raise bestand.onbruikbaar("Er staan geen rijen in dit bestand.", "Lever de maand volledig aan.")
        if not outcome.fouten:
            outcome.fouten += _explain_doubles(bestand, rules, doubles.find())
    outcome.sha256 = source.sha256()
    return outcome


def _judge_all(source: "_Csv | _Parquet", rules: regels.Regels) -> Iterator[tuple[bytes | pa.RecordBatch, _Block]]:
    """Judge blocks on all cores; they come back in the order of the file, with a few at a time in memory."""
    waiting: deque[tuple[bytes | pa.RecordBatch, Future[_Block]]] = deque()
    with ThreadPoolExecutor(_WORKERS, thread_name_prefix="polis") as pool:
        try:
            for raw in source.blocks():
                waiting.append((raw, pool.submit(_judge_block, source, raw, rules)))
                if len(waiting) > _WORKERS:
                    first, future = waiting.popleft()
                    yield first, future.result()
            while waiting:
                first, future = waiting.popleft()
                yield first, future.result()
        finally:
            for _, future in waiting:
                future.cancel()


def _judge_block(source: "_Csv | _Parquet", raw: bytes | pa.RecordBatch, rules: regels.Regels) -> _Block:
    try:
        columns = source.columns(raw)
        return _canonical(columns, rules)
    except (_BadBlock, pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return _Block(good=False)


def _canonical(columns: Mapping[str, pa.Array], rules: regels.Regels) -> _Block:
    """Judge the columns of a block and turn them into Loonregels; `_BadBlock` when any row is wrong."""
    for name, column in columns.items():
        _require(column.null_count == 0 or name == "cdaard")
    rows = len(columns["bsn"])
    if not rows:
        return _Block(good=True)
    months, which = _months(_bytes(columns["peilmaand"], 7), rules)
    bsns = _numbers(_bytes(columns["bsn"], 9))
    _require(bool((bsns > 0).all()))
    _require(not rules.alleen_test or bool((bsns // 100_000 == 9999).all()))
    lhnrs = _employers(_bytes(columns["lhnr"], 12))
    numiv = _within(columns["numiv"], 0, 9999)
    srtiv = _within(columns["srtiv"], 1, 99)
    cdaard = _within(pc.fill_null(columns["cdaard"], 0), 0, 99)
    uren = _hundredths(columns["aantverlu_mnd"])
    loon, ufo = _money(columns["lnsv_mnd"]), _money(columns["prlnufo_mnd"])
    persons = bsn.meting_pseudoniemen(bsns)
    employers = werkgever_pseudoniemen(lhnrs)
    # A person's pseudonym is noise, and an odd factor loses nothing: equal sums are equal rows but for one in 10^19.
    odd = np.uint64(0x9E3779B97F4A7C15)
    keys = persons.view(np.uint64) + (employers.view(np.uint64) * np.uint64(10_007) + numiv.astype(np.uint64)) * odd
    decimals = np.zeros((rows, 2), np.int64)
    decimals[:, 0] = uren
    whole = pa.RecordBatch.from_arrays(
        [
            pa.array(persons),
            pa.array(employers),
            pa.array(numiv.astype(np.int32)),
            pa.array(srtiv.astype(np.int16)),
            pa.array(cdaard.astype(np.int16)),
            pa.Array.from_buffers(pa.decimal128(9, 2), rows, [None, pa.py_buffer(decimals)]),
            pa.array(loon > 0),
            pa.array(ufo > 0),
        ],
        schema=LOONREGEL,
    )
    block = _Block(good=True, rows=rows)
    counts = np.bincount(cdaard, minlength=100)
    block.cdaard.update({int(code): int(counts[code]) for code in np.flatnonzero(counts)})
    work = np.isin(srtiv, sorted(banen.loonsoorten(date(2018, 1, 1))))
    if which is None:
        block.batches[months[0]], block.keys[months[0]] = whole, keys
        block.werk[months[0]] = (bsns[work], lhnrs[work], numiv[work])
        return block
    for number, maand in enumerate(months):
        mask = which == number
        block.batches[maand], block.keys[maand] = whole.filter(pa.array(mask)), keys[mask]
        block.werk[maand] = (bsns[mask & work], lhnrs[mask & work], numiv[mask & work])
    return block


def _require(good: bool) -> None:
    if not good:
        raise _BadBlock


def _bytes(column: pa.Array, width: int) -> np.ndarray:
    """A fixed-size binary column as a matrix of bytes, without copying."""
    start = column.offset * width
    everything = np.frombuffer(column.buffers()[1], np.uint8)
    matrix: np.ndarray = everything[start : start + len(column) * width].reshape(-1, width)
    return matrix


def _months(text: np.ndarray, rules: regels.Regels) -> tuple[list[str], np.ndarray | None]:
    """The distinct months, and for each row which one it is (None when there is only one)."""
    if (text == text[0]).all():
        maand = text[0].tobytes().decode("latin-1")
        _require(rules.month_fault(maand) is None)
        return [maand], None
    _require(bool((text[:, 4] == ord("-")).all()) and bool((np.delete(text, 4, axis=1) - 48 < 10).all()))
    weights = np.array([100_000, 10_000, 1_000, 100, 0, 10, 1], np.int32)
    values, which = np.unique((text.astype(np.int32) - 48) @ weights, return_inverse=True)
    months = [f"{value // 100:04d}-{value % 100:02d}" for value in values.tolist()]
    _require(all(rules.month_fault(maand) is None for maand in months))
    return months, which


def _numbers(text: np.ndarray) -> np.ndarray:
    """Nine digits that pass the elfproef, as whole numbers. Column by column: a matrix product would start threads."""
    total = np.zeros(len(text), np.int32)
    checksum = np.zeros(len(text), np.int16)
    for digit, weight in zip(np.ascontiguousarray(text.T) - 48, _ELFPROEF, strict=True):
        _require(bool((digit < 10).all()))
        total = total * 10 + digit
        checksum += digit.astype(np.int16) * np.int16(weight)
    _require(not (checksum % 11).any())
    return total.astype(np.int64)


def _employers(text: np.ndarray) -> np.ndarray:
    """Loonheffingennummers as whole numbers of eleven digits. Files by employer repeat them: judge each run once."""
    words = text.view([("a", "<u8"), ("b", "<u4")]).reshape(-1)
    first = np.empty(len(words), bool)
    first[0] = True
    np.not_equal(words["a"][1:], words["a"][:-1], out=first[1:])
    first[1:] |= words["b"][1:] != words["b"][:-1]
    runs = np.flatnonzero(first)
    unique = text[runs]
    tail = unique[:, 10:] - 48
    _require(bool((unique[:, 9] == ord("L")).all()) and bool((tail < 10).all()))
    numbers = _numbers(unique[:, :9])
    _require(bool((numbers > 0).all()))
    numbers = numbers * 100 + tail[:, 0] * np.int64(10) + tail[:, 1]
    return np.repeat(numbers, np.diff(runs, append=len(words)))


def _within(column: pa.Array, low: int, high: int) -> np.ndarray:
    values: np.ndarray = column.to_numpy(zero_copy_only=False)
    _require(bool((values >= low).all() and (values <= high).all()))
    return values


def _hundredths(column: pa.Array) -> np.ndarray:
    """Hours of at most two decimals, from 0 to 744, as hundredths."""
    scaled: np.ndarray = column.to_numpy(zero_copy_only=False) * 100
    whole = np.rint(scaled)
    # Written so that "not a number" fails too.
    _require(bool(((whole >= 0) & (whole <= regels.MAX_UREN * 100) & (np.abs(scaled - whole) < 1e-9)).all()))
    hundredths: np.ndarray = whole.astype(np.int64)
    return hundredths


def _money(column: pa.Array) -> np.ndarray:
    values: np.ndarray = column.to_numpy(zero_copy_only=False)
    _require(bool((np.abs(values) < regels.MAX_BEDRAG).all()))
    return values


class _Csv:
    """Blocks of whole lines."""

    def __init__(self, bestand: Bestand, rules: regels.Regels) -> None:
        self._bestand = bestand
        self._rules = rules
        self._hash = hashlib.sha256()
        self._names: list[str] = []
        self._tail = b""

    def blocks(self) -> Iterator[bytes]:
        tail = b""
        for block in blocks(self._bestand, BLOCK_BYTES):
            self._hash.update(block)
            data = tail + block
            if not self._names:
                self._names, data = self._header(data)
            cut = data.rfind(b"\n") + 1
            tail = data[cut:]
            if len(tail) > regels.MAX_LINE:
                raise self._bestand.onbruikbaar("Een regel is onmogelijk lang.", "Begin elke rij op een nieuwe regel.")
            if cut:
                yield data[:cut]
        self._tail = tail

    def _header(self, data: bytes) -> tuple[list[str], bytes]:
        line, newline, rest = data.removeprefix(b"\xef\xbb\xbf").partition(b"\n")
        try:
            names = line.decode("utf-8").rstrip("\r").split(";")
        except UnicodeDecodeError:
            reden, oplossing = "De tekst is geen UTF-8.", "Sla het bestand op als UTF-8."
            raise self._bestand.onbruikbaar(reden, oplossing, regel=1) from None
        names = [name.strip().strip('"') for name in names]
        regels.check_columns(self._bestand, names)
        if not newline:
            reden = "Het bestand houdt op in de kopregel."
            raise self._bestand.onbruikbaar(reden, "Lever het bestand opnieuw en volledig aan.", regel=1)
        return names, rest

    def columns(self, raw: bytes) -> dict[str, pa.Array]:
        if not raw.isascii():
            _require(regels.first_bad_utf8(raw) is None)
        table = csv.read_csv(
            pa.BufferReader(raw),
            read_options=csv.ReadOptions(use_threads=False, block_size=len(raw) + 1, column_names=self._names),
            parse_options=csv.ParseOptions(delimiter=";", ignore_empty_lines=False),
            convert_options=csv.ConvertOptions(
                include_columns=list(_TYPES), column_types=_TYPES, null_values=[""], strings_can_be_null=False
            ),
        )
        # A quote that stays open, or a bare CR, would let one line swallow others or be several, without a word.
        _require((b'"' not in raw and b"\r" not in raw) or table.num_rows == self.count(raw))
        columns = {name: table.column(name).combine_chunks() for name in _TYPES}
        _require((b"x" not in raw and b"X" not in raw) or not self._has_hexadecimal(raw))
        return columns

    def _has_hexadecimal(self, raw: bytes) -> bool:
        """Arrow reads 0x10 as 16; a delivery does not mean that. Other columns may hold an x, so look at these only."""
        names = [name for name, wanted in _TYPES.items() if pa.types.is_integer(wanted)]
        table = csv.read_csv(
            pa.BufferReader(raw),
            read_options=csv.ReadOptions(use_threads=False, block_size=len(raw) + 1, column_names=self._names),
            parse_options=csv.ParseOptions(delimiter=";", ignore_empty_lines=False),
            convert_options=csv.ConvertOptions(include_columns=names, column_types={n: pa.string() for n in names}),
        )
        return any(pc.any(pc.match_substring(table.column(n), "x", ignore_case=True)).as_py() for n in names)

    def explain(self, raw: bytes, seen: int) -> list[Fout]:
        return regels.explain_csv(self._bestand, self._rules, self._names, raw, seen + 2)

    def fault(self, row: int, reden: str) -> Fout:
        return self._bestand.fout(row + 1, reden, "Lever het bestand opnieuw aan, als CSV met UTF-8.")

    def finish(self, seen: int) -> list[Fout]:
        if not self._tail:
            return []
        reden = "Het bestand houdt midden in een regel op: de laatste regel heeft geen regeleinde."
        return [self._bestand.fout(seen + 2, reden, "Lever het bestand opnieuw en volledig aan.")]

    @staticmethod
    def count(raw: bytes) -> int:
        return raw.count(b"\n")

    @staticmethod
    def size(raw: bytes) -> int:
        return len(raw)

    def sha256(self) -> str:
        return self._hash.hexdigest()


class _Parquet:
    """Batches of rows; `size` is in bytes of the file, spread evenly over its rows."""

    def __init__(self, bestand: Bestand, rules: regels.Regels) -> None:
        self._bestand = bestand
        self._rules = rules
        try:
            self._file = pq.ParquetFile(bestand.pad)
        except (pa.ArrowException, OSError):
            reden = "Dit Parquet-bestand is beschadigd of niet compleet: de afsluiting klopt niet."
            raise bestand.onbruikbaar(reden, "Lever het bestand opnieuw aan.") from None
        regels.check_columns(bestand, self._file.schema_arrow.names)
        for name, wanted in _TYPES.items():
            found = self._file.schema_arrow.field(name).type
            if pa.types.is_dictionary(found):
                found = found.value_type
            if not _fits(found, wanted):
                # A nested type names its parts, and those may be anything.
                kind = "samengesteld" if pa.types.is_nested(found) else found
                reden = f"Kolom {name} is van het verkeerde soort ({kind})."
                wanted_text = "tekst" if pa.types.is_fixed_size_binary(wanted) else "een getal"
                raise bestand.onbruikbaar(reden, f"Lever {name} als {wanted_text}.")
        metadata = self._file.metadata
        if any(metadata.row_group(i).total_byte_size > regels.MAX_ROW_GROUP for i in range(metadata.num_row_groups)):
            reden = "Een blok (row group) van dit Parquet-bestand is uitgepakt te groot."
            raise bestand.onbruikbaar(reden, "Schrijf het met kleinere blokken, bijvoorbeeld 1.000.000 rijen.")
        self._per_row = bestand.grootte / max(metadata.num_rows, 1)

    def blocks(self) -> Iterator[pa.RecordBatch]:
        try:
            yield from self._file.iter_batches(BATCH_ROWS, columns=list(_TYPES), use_threads=True)
        except (pa.ArrowException, OSError):
            reden = "Dit Parquet-bestand is beschadigd: een blok is niet te lezen."
            raise self._bestand.onbruikbaar(reden, "Lever het bestand opnieuw aan.") from None

    def columns(self, raw: pa.RecordBatch) -> dict[str, pa.Array]:
        return {name: _cast(raw.column(raw.schema.get_field_index(name)), wanted) for name, wanted in _TYPES.items()}

    def explain(self, raw: pa.RecordBatch, seen: int) -> list[Fout]:
        return regels.explain_rows(self._bestand, self._rules, raw.to_pylist(), seen + 1)

    def fault(self, row: int, reden: str) -> Fout:
        return self._bestand.fout(row, reden, "Lever het bestand opnieuw aan.", plaats="rij")

    def finish(self, seen: int) -> list[Fout]:
        return []

    @staticmethod
    def count(raw: pa.RecordBatch) -> int:
        return int(raw.num_rows)

    def size(self, raw: pa.RecordBatch) -> int:
        return int(self.count(raw) * self._per_row)

    def sha256(self) -> str:
        return self._bestand.sha256()


def _fits(found: pa.DataType, wanted: pa.DataType) -> bool:
    text = pa.types.is_string(found) or pa.types.is_large_string(found) or pa.types.is_string_view(found)
    whole = pa.types.is_integer(found)
    if pa.types.is_fixed_size_binary(wanted):
        return bool(text or (whole and wanted == _TYPES["bsn"]))
    if pa.types.is_floating(wanted):
        return bool(whole or pa.types.is_decimal(found) or pa.types.is_floating(found))
    return bool(whole)


def _cast(column: pa.Array, wanted: pa.DataType) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if not pa.types.is_fixed_size_binary(wanted):
        return pc.cast(column, wanted, safe=pa.types.is_integer(wanted))
    text = pc.cast(column, pa.string())
    if pa.types.is_integer(column.type):
        text = pc.utf8_lpad(text, wanted.byte_width, "0")
    _require(bool(pc.all(pc.equal(pc.binary_length(text), wanted.byte_width)).as_py() is not False))
    return pc.cast(pc.cast(text, pa.binary()), wanted)


class _Doubles:
    """Keys of all rows by month, on disk, to find the ones that occur twice with a bounded amount of memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, BinaryIO] = {}

    def __enter__(self) -> "_Doubles":
        return self

    def __exit__(self, *_: object) -> None:
        for stream in self._files.values():
            stream.close()

    def add(self, maand: str, keys: np.ndarray) -> None:
        """Keep the keys of these rows."""
        if maand not in self._files:
            self._files[maand] = self._path(maand).open("wb")
        self._files[maand].write(keys.data)

    def find(self) -> dict[str, set[int]]:
        """By month, the keys that occur more than once."""
        found: dict[str, set[int]] = {}
        for maand, stream in self._files.items():
            stream.flush()
            path = self._path(maand)
            rounds = max(1, -(-path.stat().st_size // (8 * _KEYS_AT_ONCE)))
            for turn in range(rounds):
                keys = _slice(path, rounds, turn)
                keys.sort()
                doubles = keys[1:][keys[1:] == keys[:-1]]
                if len(doubles):
                    found.setdefault(maand, set()).update(np.unique(doubles)[:MAX_FOUTEN].tolist())
        return found

    def _path(self, maand: str) -> Path:
        return self._folder / f"{maand}.sleutels"


def _slice(path: Path, rounds: int, turn: int) -> np.ndarray:
    """Every key whose remainder is `turn`: equal keys meet in the same turn."""
    if rounds == 1:
        return np.fromfile(path, np.uint64)
    parts = []
    with path.open("rb") as stream:
        while len(keys := np.fromfile(stream, np.uint64, 1_000_000)):
            parts.append(keys[keys % np.uint64(rounds) == turn])
    return np.concatenate(parts)


def _explain_doubles(bestand: Bestand, rules: regels.Regels, doubles: Mapping[str, Iterable[int]]) -> list[Fout]:
    """Read the file again to say which rows state the same inkomstenverhouding in the same month."""
    if not doubles:
        return []
    source = _Parquet(bestand, rules) if bestand.formaat == "parquet" else _Csv(bestand, rules)
    wanted = {maand: np.fromiter(keys, np.uint64) for maand, keys in doubles.items()}
    first: dict[tuple[str, int], int] = {}
    fouten: list[Fout] = []
    shift = 1 if bestand.formaat == "parquet" else 2
    plaats = "rij" if bestand.formaat == "parquet" else "regel"
    seen = 0
    for raw in source.blocks():
        columns = source.columns(raw)
        months = [text.decode("ascii") for text in columns["peilmaand"].to_pylist()] if len(columns["bsn"]) else []
        block = _canonical(columns, rules)
        order = np.array(months)
        for maand, keys in block.keys.items():
            hits = np.flatnonzero(np.isin(keys, wanted.get(maand, np.empty(0, np.uint64))))
            rows = np.flatnonzero(order == maand)[hits].tolist() if len(hits) else []
            for row, key in zip(rows, keys[hits].tolist(), strict=True):
                line = seen + row + shift
                if (maand, key) in first:
                    reden = f"Deze inkomstenverhouding (lhnr, bsn, numiv) staat ook op {plaats} {first[maand, key]}."
                    fouten.append(bestand.fout(line, reden, "Laat er voor deze maand een staan.", plaats=plaats))
                else:
                    first[maand, key] = line
        seen += block.rows
        if len(fouten) >= MAX_FOUTEN:
            break
    return fouten
