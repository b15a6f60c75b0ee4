"""`wet lkv --tabel` and `wet lks --tabel`: files in, answers out, faults in words that repeat nothing of the file."""

import csv
import io
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest
from django.core.management import call_command

LKV = """sleutel,peildatum,begin_dienstbetrekking,verloonde_uren,geregistreerd,grond,geregistreerd_vanaf
koen,2026-07-01,2025-11-03,1664,true,pwet_lks_uwv_loonwaarde,2025-11-03
halve cent,2026-07-01,2026-01-01,0.5,true,,
fijner dan een honderdste,2026-07-01,2026-01-01,100.005,true,,
onbekend jaar,2027-01-01,2026-01-01,100,true,,
geen dag,1-7-2026,2026-01-01,100,true,,
geen grond,2026-07-01,2026-01-01,100,,,
vreemd,2026-07-01,2026-01-01,veel,true,,
"""
LKS = """peildatum;begin_dienstbetrekking;uren_per_week;leeftijd;loonwaarde_percentage;ondersteuning_pwet_7_1_a
2026-08-01;2026-07-01;36;30;50;true
2026-08-01;2026-07-01;36;30;101;true
2026-08-01;2026-07-01;36;30;50;false
"""


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(naam: str, text: str, *options: str, name: str = "rijen.csv") -> tuple[int, list[dict[str, str]], str]:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return _call(capsys, naam, path, *options)

    return run


def _call(capsys: Any, naam: str, path: Path, *options: str) -> tuple[int, list[dict[str, str]], str]:
    code = 0
    try:
        call_command("wet", naam, "--tabel", str(path), *options)
    except SystemExit as stop:
        code = int(stop.code or 0)
    out = capsys.readouterr()
    return code, list(csv.DictReader(io.StringIO(out.out))), out.err


def test_every_row_has_its_answer_or_its_fault(ask: Any) -> None:
    code, rows, err = ask("lkv", LKV)
    assert code == 1
    assert [(row["sleutel"], row["recht"], row["bedrag"]) for row in rows] == [
        ("koen", "true", "1680.64"),
        ("halve cent", "true", "0.51"),
        ("fijner dan een honderdste", "true", "101.01"),
        ("onbekend jaar", "", ""),
        ("geen dag", "", ""),
        ("geen grond", "", ""),
        ("vreemd", "", ""),
    ]
    faults = {row["sleutel"]: row["fout"] for row in rows if row["fout"]}
    assert "bekend tot en met 31-12-2026" in faults["onbekend jaar"]
    assert "schrijf JJJJ-MM-DD" in faults["geen dag"]
    assert "geregistreerd ontbreekt" in faults["geen grond"]
    assert "verloonde_uren: geef een getal" in faults["vreemd"]
    assert "4 van 7 rijen hebben een fout" in err


def test_a_semicolon_separates_too_and_lks_gives_the_month(ask: Any) -> None:
    code, rows, _ = ask("lks", LKS)
    assert code == 1
    assert [(row["recht"], row["bedrag"]) for row in rows] == [("true", "1558.55"), ("", ""), ("false", "0.00")]
    assert "van 1 tot en met 100" in rows[1]["fout"]


def test_a_parquet_file_with_types_of_its_own_gives_the_same(
    ask: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "\n".join(LKV.splitlines()[:3]) + "\n"
    _, expected, _ = ask("lkv", text)
    table = pa_csv.read_csv(io.BytesIO(text.encode()))
    assert pa.types.is_date(table.schema.field("peildatum").type)
    path = tmp_path / "rijen.parquet"
    pq.write_table(table, path)
    assert _call(capsys, "lkv", path) == (0, expected, "")


def test_the_answers_go_to_a_file_when_asked(ask: Any, tmp_path: Path) -> None:
    out = tmp_path / "antwoord.csv"
    code, rows, _ = ask("lkv", "\n".join(LKV.splitlines()[:2]) + "\n", "--uit", str(out))
    assert (code, rows) == (0, [])
    assert out.read_text(encoding="utf-8").splitlines()[1] == "koen,true,1680.64,banenafspraak,"


@pytest.mark.parametrize(
    ("naam", "text", "message"),
    [
        ("lkv", "peildatum,verloonde_uren\n2026-07-01,1\n", "De kolom 'begin_dienstbetrekking' ontbreekt"),
        ("lkv", LKV.replace("geregistreerd_vanaf", "bsn", 1), "1 kolommen zijn geen feit van deze vraag"),
        ("lkv", LKV.replace("geregistreerd_vanaf", "grond", 1), "Een kolom staat er twee keer"),
        ("lkv", "", "Het bestand is niet te lezen"),
        ("doelgroep", LKV, "--tabel kan bij lks en lkv, niet bij doelgroep"),
    ],
    ids=["missing", "strange", "twice", "empty", "other question"],
)
def test_an_unusable_file_ends_in_2_with_the_cure(ask: Any, naam: str, text: str, message: str) -> None:
    code, rows, err = ask(naam, text)
    assert (code, rows) == (2, [])
    assert message in err


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = _call(capsys, "lkv", tmp_path / "weg.csv")
    assert (code, "niet te lezen" in err) == (2, True)


def test_no_message_holds_what_stood_in_the_file(ask: Any) -> None:
    text = LKV.replace("veel", "999990019").replace("1-7-2026", "999990019")
    _, rows, err = ask("lkv", text)
    assert "999990019" not in err + "".join(row["fout"] for row in rows)
