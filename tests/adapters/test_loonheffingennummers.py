from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from banenafspraak.access import mandaten
from tests.factories import make_werkgever

LHNR = "999990019L01"
OTHER = "999990032L01"
pytestmark = pytest.mark.django_db


def run(tmp_path: Path, content: str | bytes, *options: str) -> str:
    file = tmp_path / "nummers.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    out = StringIO()
    call_command("link_loonheffingennummers", str(file), *options, stdout=out, stderr=out)
    return out.getvalue()


def linked(werkgever) -> list[str]:
    return [nummer.staart for nummer in mandaten.loonheffingennummers(werkgever.organisatie_id)]


@pytest.fixture
def werkgever():
    return make_werkgever(kvk="00000011")


def test_a_number_is_linked_to_the_employer_with_that_kvk(tmp_path: Path, werkgever) -> None:
    assert "1 nummers, 1 nieuw; gekoppeld" in run(tmp_path, f"kvk;lhnr\n00000011;{LHNR}\n")
    assert linked(werkgever) == [LHNR[7:]]


def test_the_same_file_twice_changes_nothing(tmp_path: Path, werkgever) -> None:
    run(tmp_path, f"kvk;lhnr\n00000011;{LHNR}\n")
    assert "1 nummers, 0 nieuw" in run(tmp_path, f"kvk;lhnr\n00000011;{LHNR}\n")


def test_a_try_changes_nothing(tmp_path: Path, werkgever) -> None:
    assert "dit is een proef" in run(tmp_path, f"kvk;lhnr\n00000011;{LHNR}\n", "--proef")
    assert linked(werkgever) == []


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (f"00000099;{OTHER}", "geen werkgever met dit KvK-nummer"),
        ("00000011;12", "geen loonheffingennummer"),
        ("00000011;", "geen loonheffingennummer"),
        (f"00000012;{LHNR}", "andere organisatie"),
    ],
)
def test_one_bad_row_links_nothing_and_repeats_no_number(tmp_path: Path, werkgever, row: str, reason: str) -> None:
    other = make_werkgever(naam="Drukkerij", kvk="00000012")
    file = tmp_path / "nummers.csv"
    file.write_text(f"kvk;lhnr\n00000011;{LHNR}\n{row}\n")
    err = StringIO()

    with pytest.raises(CommandError, match="1 fouten") as refusal:
        call_command("link_loonheffingennummers", str(file), stderr=err)

    assert refusal.value.returncode == 1
    assert "regel 3" in err.getvalue()
    assert reason in err.getvalue()
    assert OTHER not in err.getvalue() + str(refusal.value)
    assert linked(werkgever) == linked(other) == []


@pytest.mark.parametrize("content", [b"naam;x\n", b"\xff\xfea\x00", b"PK\x03\x04", b"<x/>", b"", b'kvk;lhnr\n"a;b\n'])
def test_what_is_no_list_of_numbers_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(CommandError) as refusal:
        run(tmp_path, content)
    assert refusal.value.returncode == 2
