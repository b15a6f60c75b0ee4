"""The reader of wage deliveries: what it understands, and that nothing wrong gets past it."""

import io
import random
import zipfile
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banenafspraak.access import bsn
from banenafspraak.adapters import polis
from banenafspraak.adapters.bestand import Fout, Onbruikbaar, recognise
from banenafspraak.adapters.polisregels import KOLOMMEN
from banenafspraak.metingen.leveringen import LOONREGEL, werkgever_pseudoniemen
from tests.adapters.loonaangifte_builder import BSN_A, BSN_B, BSN_C, LHNR, OTHER_LHNR

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
GOOD = {
    "peilmaand": "2018-03",
    "bsn": BSN_A,
    "lhnr": LHNR,
    "numiv": "1",
    "srtiv": "15",
    "cdaard": "1",
    "aantverlu_mnd": "110.92",
    "lnsv_mnd": "1650.25",
    "prlnufo_mnd": "0.00",
}


def row(**values: str) -> dict[str, str]:
    return GOOD | values


def csv_of(*rows: dict[str, str], end: str = "\n", names: tuple[str, ...] = KOLOMMEN) -> bytes:
    lines = [";".join(names), *(";".join(r[name] for name in names) for r in rows)]
    return "".join(line + end for line in lines).encode()


def parquet_of(*rows: dict[str, str], types: dict[str, pa.DataType] | None = None) -> bytes:
    standard = {name: pa.string() for name in ("peilmaand", "bsn", "lhnr")}
    standard |= {name: pa.int32() for name in ("numiv", "srtiv", "cdaard")}
    standard |= {"aantverlu_mnd": pa.decimal128(9, 2), "lnsv_mnd": pa.decimal128(12, 2), "prlnufo_mnd": pa.float64()}
    columns = {}
    for name, wanted in (standard | (types or {})).items():
        texts = [r[name] for r in rows]
        if pa.types.is_decimal(wanted):
            values = [Decimal(text) for text in texts]
        elif pa.types.is_integer(wanted):
            values = [int(text) if text else None for text in texts]
        elif pa.types.is_floating(wanted):
            values = [float(text) for text in texts]
        else:
            values = texts
        columns[name] = pa.array(values, wanted)
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()


def read(place: Path, content: bytes, *, alleen_test: bool = True) -> tuple[polis.Uitkomst, dict[str, pa.Table]]:
    file = place / "lonen.bin"
    file.write_bytes(content)
    got: dict[str, list[pa.RecordBatch]] = {}
    uitkomst = polis.read(
        recognise(file),
        now=NOW,
        alleen_test=alleen_test,
        deliver=lambda maand, batch: got.setdefault(maand, []).append(batch),
        spool=place,
    )
    return uitkomst, {maand: pa.Table.from_batches(batches) for maand, batches in got.items()}


def faults(place: Path, content: bytes, **options: bool) -> list[Fout]:
    return read(place, content, **options)[0].fouten


def refusal(place: Path, content: bytes) -> Fout:
    with pytest.raises(Onbruikbaar) as refused:
        read(place, content)
    assert refused.value.__cause__ is None
    return refused.value.fout


BOTH = pytest.mark.parametrize("write", [csv_of, parquet_of], ids=["csv", "parquet"])


@BOTH
def test_reads_a_row_exactly(tmp_path, write):
    uitkomst, tables = read(tmp_path, write(row(), row(bsn=BSN_B, aantverlu_mnd="0", lnsv_mnd="0", prlnufo_mnd="9.5")))
    assert uitkomst.fouten == []
    assert uitkomst.rijen == {"2018-03": 2}
    table = tables["2018-03"]
    assert table.schema == LOONREGEL
    persons = bsn.meting_pseudoniemen(np.array([int(BSN_A), int(BSN_B)])).tolist()
    employer = int(werkgever_pseudoniemen(np.array([12345678201]))[0])
    assert table.to_pylist() == [
        {
            "pseudoniem": persons[0], "lhnr": employer, "numiv": 1, "srtiv": 15, "cdaard": 1,
            "uren": Decimal("110.92"), "met_loon": True, "ufo": False,
        },
        {
            "pseudoniem": persons[1], "lhnr": employer, "numiv": 1, "srtiv": 15, "cdaard": 1,
            "uren": Decimal("0.00"), "met_loon": False, "ufo": True,
        },
    ]  # fmt: skip


@BOTH
def test_months_come_apart(tmp_path, write):
    rows = [row(peilmaand="2018-03"), row(peilmaand="2017-12", bsn=BSN_B), row(peilmaand="2018-03", bsn=BSN_C)]
    uitkomst, tables = read(tmp_path, write(*rows))
    assert uitkomst.rijen == {"2018-03": 2, "2017-12": 1}
    assert tables["2017-12"]["pseudoniem"].to_pylist() == bsn.meting_pseudoniemen(np.array([int(BSN_B)])).tolist()


@pytest.mark.parametrize(
    "content",
    [
        csv_of(row(), end="\r\n"),
        b"\xef\xbb\xbf" + csv_of(row()),
        csv_of(row() | {"naam": "Zoë"}, names=("naam", *reversed(KOLOMMEN))),
        csv_of({name: f'"{value}"' for name, value in row().items()}),
        csv_of(row(lnsv_mnd="-12.5", cdaard="", numiv="01")),
    ],
    ids=["crlf", "bom", "other columns, other order", "quotes", "odd but right"],
)
def test_reads_csv_as_people_write_it(tmp_path, content):
    uitkomst, _ = read(tmp_path, content)
    assert uitkomst.fouten == []
    assert uitkomst.rijen == {"2018-03": 1}


@pytest.mark.parametrize(
    "types",
    [
        {"bsn": pa.int64()},
        {"bsn": pa.large_string(), "lhnr": pa.large_string()},
        {"aantverlu_mnd": pa.float64(), "lnsv_mnd": pa.float64()},
        {"numiv": pa.int64(), "srtiv": pa.int8()},
    ],
)
def test_reads_parquet_as_people_write_it(tmp_path, types):
    uitkomst, tables = read(tmp_path, parquet_of(row(), types=types))
    assert uitkomst.fouten == []
    assert tables["2018-03"]["uren"].to_pylist() == [Decimal("110.92")]


def test_reads_parquet_with_dictionaries(tmp_path):
    table = pq.read_table(io.BytesIO(parquet_of(row(), row(bsn=BSN_B))))
    table = table.set_column(2, "lhnr", table["lhnr"].dictionary_encode())
    stream = io.BytesIO()
    pq.write_table(table, stream)
    assert read(tmp_path, stream.getvalue())[0].rijen == {"2018-03": 2}


@BOTH
def test_digest_is_that_of_the_file(tmp_path, write):
    uitkomst, _ = read(tmp_path, write(row()))
    assert uitkomst.sha256 == recognise(tmp_path / "lonen.bin").sha256()


@BOTH
def test_codes_are_counted_whatever_they_are(tmp_path, write):
    uitkomst, _ = read(tmp_path, write(row(cdaard="77"), row(bsn=BSN_B, cdaard="77"), row(bsn=BSN_C, cdaard="")))
    assert uitkomst.cdaard == {77: 2, 0: 1}


WRONG = [
    ({"bsn": "999990018"}, "elfproef"),
    ({"bsn": "99999019"}, "negen cijfers"),
    ({"bsn": "000000000"}, "elfproef"),
    ({"bsn": "123456782"}, "verzonnen persoon"),
    ({"lhnr": "123456783L01"}, "lhnr"),
    ({"lhnr": "123456782B01"}, "lhnr"),
    ({"lhnr": "000000000L01"}, "lhnr"),
    ({"lhnr": "123456782L1"}, "lhnr"),
    ({"numiv": "-1"}, "numiv"),
    ({"numiv": "10000"}, "numiv"),
    ({"srtiv": "0"}, "srtiv"),
    ({"srtiv": "100"}, "srtiv"),
    ({"cdaard": "100"}, "cdaard"),
    ({"aantverlu_mnd": "-0.01"}, "lager dan 0"),
    ({"aantverlu_mnd": "744.01"}, "hoger dan 744"),
    ({"lnsv_mnd": "100000000"}, "onmogelijk bedrag"),
    ({"peilmaand": "2018-13"}, "geen jaar en maand"),
    ({"peilmaand": "2018/03"}, "geen jaar en maand"),
    ({"peilmaand": "18-03"}, "geen jaar en maand"),
    ({"peilmaand": "2026-12"}, "toekomst"),
    ({"peilmaand": "2005-12"}, "voor 2006-01"),
]
WRONG_IN_CSV = [
    ({"aantverlu_mnd": "110,92"}, "komma"),
    ({"lnsv_mnd": "1,0"}, "komma"),
    ({"aantverlu_mnd": ""}, "leeg"),
    ({"prlnufo_mnd": ""}, "leeg"),
    ({"aantverlu_mnd": "nan"}, "geen getal"),
    ({"lnsv_mnd": "inf"}, "geen getal"),
    ({"aantverlu_mnd": "1.005"}, "twee decimalen"),
    ({"numiv": "1.0"}, "numiv"),
    ({"numiv": "0x10"}, "numiv"),
    ({"srtiv": ""}, "srtiv"),
    ({"lhnr": ""}, "lhnr"),
    ({"bsn": "ABCDEFGHI"}, "elfproef"),
    ({"bsn": "99999001é"}, "elfproef"),
    ({"peilmaand": ""}, "geen jaar en maand"),
]


@pytest.mark.parametrize(("values", "reden"), WRONG + WRONG_IN_CSV)
def test_wrong_value_in_csv_is_a_fault_with_its_line(tmp_path, values, reden):
    [fault] = faults(tmp_path, csv_of(row(bsn=BSN_B), row(**values), row(bsn=BSN_C)))
    assert reden in fault.reden
    assert fault.oplossing
    assert str(fault).startswith("lonen.bin, regel 3: ")


@pytest.mark.parametrize(("values", "reden"), WRONG)
def test_wrong_value_in_parquet_is_a_fault_with_its_row(tmp_path, values, reden):
    [fault] = faults(tmp_path, parquet_of(row(bsn=BSN_B), row(**values), row(bsn=BSN_C)))
    assert reden in fault.reden
    assert str(fault).startswith("lonen.bin, rij 2: ")


def test_empty_value_in_parquet_is_a_fault(tmp_path):
    assert "srtiv" in faults(tmp_path, parquet_of(row(srtiv="")))[0].reden


def test_real_bsn_is_read_where_real_people_are(tmp_path):
    assert faults(tmp_path, csv_of(row(bsn="123456782")), alleen_test=False) == []


@BOTH
def test_same_relationship_twice_in_a_month_names_both_rows(tmp_path, write):
    rows = [row(), row(bsn=BSN_B), row(aantverlu_mnd="7"), row(peilmaand="2018-02"), row(lhnr=OTHER_LHNR)]
    [fault] = faults(tmp_path, write(*rows))
    place, first, last = ("regel", 2, 4) if write is csv_of else ("rij", 1, 3)
    assert f"staat ook op {place} {first}." in fault.reden
    assert (fault.regel, fault.plaats) == (last, place)


def test_doubles_are_found_across_blocks_and_rounds(tmp_path, monkeypatch):
    monkeypatch.setattr(polis, "BLOCK_BYTES", 1_000)
    monkeypatch.setattr(polis, "_KEYS_AT_ONCE", 40)
    rows = [row(numiv=str(n)) for n in range(500)] + [row(numiv="7"), row(numiv="400")]
    found = faults(tmp_path, csv_of(*rows))
    assert [(fault.regel, fault.reden[-4:]) for fault in found] == [(502, "l 9."), (503, "402.")]


def test_many_blocks_keep_the_order_of_the_file(tmp_path, monkeypatch):
    monkeypatch.setattr(polis, "BLOCK_BYTES", 1_000)
    rows = [row(numiv=str(n)) for n in range(1_000)]
    _, tables = read(tmp_path, csv_of(*rows))
    assert tables["2018-03"]["numiv"].to_pylist() == list(range(1_000))


def test_line_numbers_hold_across_blocks(tmp_path, monkeypatch):
    monkeypatch.setattr(polis, "BLOCK_BYTES", 1_000)
    rows = [row(numiv=str(n)) for n in range(1_000)]
    for wrong in (3, 444, 999):
        rows[wrong] = row(numiv=str(wrong), aantverlu_mnd="-1")
    assert [fault.regel for fault in faults(tmp_path, csv_of(*rows))] == [5, 446, 1001]


def test_stops_after_a_hundred_faults(tmp_path):
    assert len(faults(tmp_path, csv_of(*[row(numiv=str(n), aantverlu_mnd="1,5") for n in range(1_000)]))) == 100


@pytest.mark.parametrize(
    ("line", "reden"),
    [
        (b"2018-03;999990019;123456782L01\n", "3 kolommen"),
        (b"\n", "leeg"),
        (b'2018-03;"999990019;123456782L01;1;15;1;1;1;1\n', "aanhalingsteken"),
        ("Zoë;x\n".encode("latin-1"), "geen UTF-8"),
        (b"2018-03;999990019;123456782L01\r;1;15;1;1;1;1\n", "regeleinde midden"),
        (b"9" * 1_000_000 + b"\n", "onmogelijk lang"),
    ],
)
def test_broken_line_is_a_fault(tmp_path, line, reden):
    [fault] = faults(tmp_path, csv_of(row()) + line + csv_of(row(bsn=BSN_B)).partition(b"\n")[2])
    assert reden in fault.reden
    assert fault.regel == 3


def test_quote_left_open_in_a_column_nobody_reads_swallows_no_row(tmp_path):
    names = (*KOLOMMEN, "naam")
    content = csv_of(*[row(numiv=str(n)) | {"naam": "Jan"} for n in range(4)], names=names)
    first, last = content.replace(b"Jan", b'"Jan', 1), b'Jan"\n'
    assert [fault.regel for fault in faults(tmp_path, first.removesuffix(b"Jan\n") + last)] == [2, 5]


def test_bare_carriage_return_makes_no_two_rows_of_one(tmp_path):
    content = csv_of(row(), row(bsn=BSN_B), row(numiv="2"))
    before, _, after = content.rpartition(b"\n")[0].rpartition(b"\n")
    [fault] = faults(tmp_path, before + b"\r" + after + b"\n")
    assert (fault.regel, "regeleinde midden" in fault.reden) == (3, True)


def test_wrong_encoding_in_a_column_nobody_reads_is_a_fault(tmp_path):
    names = ("naam", *KOLOMMEN)
    content = csv_of(row() | {"naam": "Jan"}, row(bsn=BSN_B) | {"naam": "Zoë"}, names=names)
    [fault] = faults(tmp_path, content.replace("Zoë".encode(), "Zoë".encode("latin-1")))
    assert "UTF-8" in fault.reden
    assert fault.regel == 3


@pytest.mark.parametrize("missing", [1, 5, 40])
def test_half_a_file_is_a_fault_with_its_line(tmp_path, missing):
    [fault] = faults(tmp_path, csv_of(row(), row(bsn=BSN_B))[:-missing])
    assert "houdt midden in een regel op" in fault.reden
    assert fault.regel == 3


@pytest.mark.parametrize(
    ("content", "reden"),
    [
        (b"", "leeg"),
        (b"   \n", "leeg"),
        (csv_of(), "geen rijen"),
        (b"peilmaand;bsn", "kolommen ontbreken"),
        (csv_of()[:-1], "kopregel"),
        (csv_of(row()).replace(b"lhnr", b"werkgever"), "kolommen ontbreken: lhnr"),
        (csv_of(row()).replace(b"numiv", b"bsn"), "kolommen ontbreken: numiv"),
        (csv_of(row(), names=(*KOLOMMEN, "bsn")), "twee keer"),
        (csv_of(row()).replace(b";", b","), "komma"),
        (csv_of(row()).decode().encode("utf-16"), "UTF-16"),
        (csv_of(row()).decode().encode("utf-16-le"), "UTF-16"),
        (csv_of(row()).replace(b"numiv", "nümiv".encode("latin-1")), "geen UTF-8"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"\xd0\xcf\x11\xe0", "Excel"),
        (parquet_of(row())[:-20], "beschadigd"),
        (parquet_of(row())[:-4], "beschadigd"),
        (parquet_of(row(), types={"aantverlu_mnd": pa.string()}), "aantverlu_mnd is van het verkeerde soort"),
        (parquet_of(row(), types={"numiv": pa.float64()}), "numiv is van het verkeerde soort"),
        (parquet_of(), "geen rijen"),
    ],
)
def test_unusable_file_is_refused(tmp_path, content, reden):
    fault = refusal(tmp_path, content)
    assert reden in fault.reden
    assert fault.oplossing


def test_parquet_with_a_missing_column_is_refused(tmp_path):
    stream = io.BytesIO()
    pq.write_table(pq.read_table(io.BytesIO(parquet_of(row()))).drop_columns(["bsn", "srtiv"]), stream)
    assert "bsn, srtiv" in refusal(tmp_path, stream.getvalue()).reden


def test_parquet_with_a_nested_column_named_after_a_person_shows_no_bsn(tmp_path):
    stream = io.BytesIO()
    table = pq.read_table(io.BytesIO(parquet_of(row())))
    pq.write_table(table.set_column(3, "numiv", pa.array([{BSN_B: 1}])), stream)
    assert BSN_B not in str(refusal(tmp_path, stream.getvalue()))


def test_parquet_with_a_damaged_block_is_refused(tmp_path):
    content = bytearray(parquet_of(*[row(numiv=str(n)) for n in range(100)]))
    content[4:40] = b"\xff" * 36
    fault = refusal(tmp_path, bytes(content))
    assert "beschadigd" in fault.reden


def test_zip_bomb_posing_as_csv_is_refused_unopened(tmp_path):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("lonen.csv", b"0" * 50_000_000)
    assert "zip-bestand" in refusal(tmp_path, stream.getvalue()).reden


def test_line_without_end_is_refused(tmp_path):
    assert "onmogelijk lang" in refusal(tmp_path, csv_of(row()) + b"1" * 3_000_000).reden


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(Onbruikbaar, match="bestaat niet"):
        recognise(tmp_path / "weg.csv")


def test_folder_is_refused(tmp_path):
    with pytest.raises(Onbruikbaar, match="een map"):
        recognise(tmp_path)


def test_name_of_the_file_hides_a_bsn(tmp_path):
    file = tmp_path / f"lonen_{BSN_A}_123456789.csv"
    file.write_bytes(csv_of(row()))
    assert recognise(file).naam == "lonen_*********_123456789.csv"


# --- The two readers agree; noise never gets in ------------------------------------------------------------------

TEXTS = {
    "peilmaand": ["2018-03", "2018-02", "2018-00", "2019-1", "2030-01", ""],
    "bsn": [BSN_A, BSN_B, "999990018", "123456782", "99999001", "0", "9999900190"],
    "lhnr": [LHNR, OTHER_LHNR, "123456782L00", "123456783L01", "123456782l01", "1"],
    "numiv": ["0", "1", "9999", "10000", "-1", " 2", "2 ", "+3", "0x1", "1_0", "1.0", "", "007"],
    "srtiv": ["11", "99", "0", "100", "-5", "a", ""],
    "cdaard": ["1", "", "0", "99", "100", "-1"],
    "aantverlu_mnd": ["0", "744", "744.00", "744.01", "-0.01", "-0", "1e2", "1.5E1", ".5", "5.", "1,5", "1.001", "nan"],
    "lnsv_mnd": ["0", "-5.25", "99999999.99", "100000000", "1.123456", "inf", "1,0", "", " 7 "],
    "prlnufo_mnd": ["0.00", "12.30", "-1", "x", "--1"],
}
ROWS = st.fixed_dictionaries(
    {name: st.one_of(st.just(GOOD[name]), st.just(GOOD[name]), st.sampled_from(texts)) for name, texts in TEXTS.items()}
)


@settings(max_examples=300)
@given(rows=st.lists(ROWS, min_size=1, max_size=4), quoted=st.booleans())
def test_reading_by_columns_agrees_with_reading_by_rows(tmp_path_factory, rows, quoted):
    place = tmp_path_factory.mktemp("x")
    texts = [{name: f'"{value}"' for name, value in r.items()} for r in rows] if quoted else rows
    rules = polis.regels.Regels(maximum=f"{NOW:%Y-%m}", alleen_test=True)
    wrong = [number for number, r in enumerate(rows, start=2) if rules.judge(r)]
    found = faults(place, csv_of(*texts))
    if wrong:
        assert [fault.regel for fault in found] == wrong
    else:
        keys = [(r["peilmaand"], r["bsn"], r["lhnr"], int(r["numiv"])) for r in rows]
        assert len(found) == len(keys) - len(set(keys))


@settings(max_examples=200)
@given(data=st.data())
def test_changed_bytes_are_told_or_change_nothing_unseen(tmp_path_factory, data):
    content = bytearray(csv_of(row(), row(bsn=BSN_B), row(bsn=BSN_C)))
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] = data.draw(st.integers(0, 255))
    content = content[: data.draw(st.integers(1, len(content)))]
    try:
        uitkomst, tables = read(tmp_path_factory.mktemp("x"), bytes(content))
    except Onbruikbaar:
        return
    if not uitkomst.fouten:
        # What was accepted is whole lines, each of them a row.
        assert content.endswith(b"\n")
        assert sum(table.num_rows for table in tables.values()) == bytes(content).count(b"\n") - 1


@given(content=st.binary(max_size=400), head=st.sampled_from([b"", b"PAR1", csv_of(), b"\xef\xbb\xbf"]))
def test_noise_never_crashes_and_never_gets_in(tmp_path_factory, content, head):
    try:
        uitkomst, _ = read(tmp_path_factory.mktemp("x"), head + content)
    except Onbruikbaar:
        return
    assert uitkomst.fouten


@given(seed=st.integers(0, 2**32))
def test_no_message_holds_a_bsn(tmp_path_factory, seed):
    rng = random.Random(seed)
    rows = [{name: rng.choice([*TEXTS[name], BSN_A, BSN_B]) for name in KOLOMMEN} for _ in range(3)]
    content = csv_of(*rows)
    content = content[: rng.randrange(1, len(content) + 1)]
    try:
        messages = [str(fault) for fault in faults(tmp_path_factory.mktemp("x"), content)]
    except Onbruikbaar as refused:
        messages = [str(refused), str(refused.__cause__ or "")]
    assert not any("99999" in text for text in messages)


def test_keys_of_employers_and_persons_never_meet():
    number = np.array([int(BSN_A)])
    assert werkgever_pseudoniemen(number)[0] != bsn.meting_pseudoniemen(number)[0]
