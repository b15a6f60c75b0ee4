"""Where postcodes lie: out of the box by their place, exactly after an import, and never without an answer."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from banenafspraak.bemiddeling import postcodes
from banenafspraak.bemiddeling.models import Postcode, Postcodelevering

pytestmark = pytest.mark.django_db
GOOD = "pc4,lat,lon\n1211,52.2243,5.1731\n1381,52.3061,5.0376\n"


def run(tmp_path: Path, text: str, *options: str) -> str:
    path = tmp_path / "pc4.csv"
    path.write_bytes(text.encode())
    out = io.StringIO()
    call_command("import_postcodes", str(path), *options, stdout=out, stderr=out)
    return out.getvalue()


def test_out_of_the_box_a_postcode_lies_at_its_place() -> None:
    found = postcodes.table().find("1211 AB")

    assert found is not None
    assert (found.regio, found.pc4, postcodes.table().exact) == ("AM12", 1211, False)
    assert (found.x, found.y) == pytest.approx((140.6, 470.3), abs=3)


def test_every_postcode_has_a_region() -> None:
    assert (postcodes.table().regio >= 0).all()


def test_a_postcode_that_does_not_exist_is_the_nearest_lower_one() -> None:
    found = postcodes.table().find("1210")

    assert found is not None
    assert found.is_vervangen
    assert found.pc4 < 1210 == found.gevraagd


@pytest.mark.parametrize("text", ["", "abc", "12", "0999", "12１1", "  "])
def test_what_is_no_postcode_is_nowhere(text: str) -> None:
    assert postcodes.table().find(text) is None


@pytest.mark.parametrize(("name", "regio"), [("Hilversum", "AM12"), ("den haag", "AM21"), ("'s-Hertogenbosch", "AM27")])
def test_a_place_is_found_by_its_name(name: str, regio: str) -> None:
    found = postcodes.find_place(name)

    assert found is not None
    assert found.regio == regio


def test_a_table_that_was_taken_in_is_exact(tmp_path: Path) -> None:
    assert "2 postcodes ingelezen" in run(tmp_path, GOOD)

    tabel = postcodes.table()
    assert tabel.exact
    found = tabel.find("1381")
    assert found is not None
    assert found.regio == "AM12"


def test_the_same_table_twice_changes_nothing(tmp_path: Path) -> None:
    run(tmp_path, GOOD)

    assert "Er is niets veranderd" in run(tmp_path, GOOD)
    assert Postcodelevering.objects.count() == 1


def test_trying_changes_nothing(tmp_path: Path) -> None:
    run(tmp_path, GOOD, "--proef")

    assert not Postcode.objects.exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("pc4;lat\n1211;52\n", "De kolom lon ontbreekt"),
        ("pc4,lat,lon\n1211,5.17,52.22\n", "niet in Nederland"),
        ("pc4,lat,lon\nabc,52.2,5.1\n", "vier cijfers"),
        ("pc4,lat,lon\n1211,52.2,5.1\n1211,52.2,5.1\n", "twee keer"),
        ("pc4,lat,lon\n", "geen postcodes"),
    ],
)
def test_a_line_that_is_wrong_says_why_and_nothing_is_taken_in(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "pc4.csv"
    path.write_text(text)
    err = io.StringIO()

    with pytest.raises(CommandError) as refused:
        call_command("import_postcodes", str(path), stderr=err)

    assert refused.value.returncode == 1
    assert message in err.getvalue()
    assert not Postcode.objects.exists()


def test_a_file_that_is_no_text_is_unusable(tmp_path: Path) -> None:
    path = tmp_path / "pc4.csv"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(CommandError) as refused:
        call_command("import_postcodes", str(path))
    assert refused.value.returncode == 2


@pytest.mark.parametrize(
    ("postcode", "name"),
    [("1211AB", "Hilversum"), ("1211 ab", "Hilversum"), ("3011", "Rotterdam"), ("0000", ""), ("", "")],
)
def test_a_postcode_lies_in_a_place(postcode: str, name: str) -> None:
    assert postcodes.name_of_place(postcode) == name
