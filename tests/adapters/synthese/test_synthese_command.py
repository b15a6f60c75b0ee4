"""The command `synthese`: what it writes, and what it refuses."""

import csv
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.core.management import CommandError, call_command

from banenafspraak.adapters import profielen
from banenafspraak.bemiddeling.profiellevering import Profielformaat, Profielregel

REGISTER = "recordsoort;bsn;geboortedatum;overleden_op;grond;route;geldig_vanaf;geldig_tot;einde_reden;gemeente"
LONEN = "peilmaand;bsn;lhnr;numiv;srtiv;cdaard;aantverlu_mnd;lnsv_mnd;prlnufo_mnd"


def synthese(uit: Path, *args: str) -> list[str]:
    call_command("synthese", "--uit", str(uit), *args)
    return sorted(pad.name for pad in uit.iterdir())


def test_it_writes_a_register_and_the_wages_of_the_quarters_asked_for(tmp_path: Path) -> None:
    names = synthese(tmp_path, "--regio", "AM35", "--schaal", "0.05", "--kwartalen", "2018Q1")
    assert names == [
        "doelgroepregister_2018-03-31.csv",
        "lonen_2017-12.csv",
        "lonen_2018-03.csv",
        "profielen_AM35.json",
        "profielen_AM35_sonar.xlsx",
        "profielen_uwv.json",
        "vacatures.json",
    ]


def test_its_profiles_are_read_without_a_fault_and_have_the_gaps_of_real_ones(tmp_path: Path) -> None:
    synthese(tmp_path, "--regio", "AM35", "--schaal", "0.2", "--kwartalen", "2018Q1")
    found = {}
    for name, formaat in (
        ("profielen_uwv.json", "vum"),
        ("profielen_AM35.json", "vum"),
        ("profielen_AM35_sonar.xlsx", "sonar"),
    ):
        with (tmp_path / name).open("rb") as stream:
            found[name] = list(profielen.read(stream, Profielformaat(formaat), organisatie_id=1))
    everybody = [row for rows in found.values() for row in rows]
    assert all(isinstance(row, Profielregel) and row.bsn is not None and row.bsn.is_test for row in everybody)

    known = [row.record for row in found["profielen_uwv.json"] if isinstance(row, Profielregel)]
    without = sum(record.code_werk_en_denkniveau is None for record in known)
    available = sum(record.beschikbaar is True for record in known)
    assert 0.34 < without / len(known) < 0.50
    assert 0 < available / len(known) < 0.10

    vum, sonar = (
        {row.bronnummer: row.record for row in found[name] if isinstance(row, Profielregel)}
        for name in ("profielen_AM35.json", "profielen_AM35_sonar.xlsx")
    )
    assert {nummer: record.werksoorten for nummer, record in sonar.items()} == {
        nummer: record.werksoorten for nummer, record in vum.items()
    }


def test_the_files_have_the_columns_of_our_own_formats(tmp_path: Path) -> None:
    synthese(tmp_path, "--regio", "AM35", "--schaal", "0.05", "--kwartalen", "2018Q1")
    assert (tmp_path / "doelgroepregister_2018-03-31.csv").read_text("utf-8").splitlines()[0] == REGISTER
    assert (tmp_path / "lonen_2018-03.csv").read_text("utf-8").splitlines()[0] == LONEN


def test_parquet_says_the_same_as_csv(tmp_path: Path) -> None:
    args = ("--regio", "AM35", "--schaal", "0.05", "--kwartalen", "2018Q1")
    synthese(tmp_path / "a", *args)
    synthese(tmp_path / "b", *args, "--formaat", "parquet")
    with (tmp_path / "a" / "lonen_2018-03.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    parquet = pq.read_table(tmp_path / "b" / "lonen_2018-03.parquet").to_pylist()
    assert [{name: str(value) for name, value in row.items()} for row in parquet] == rows


def test_the_whole_country_fits_at_a_small_scale(tmp_path: Path) -> None:
    names = synthese(tmp_path, "--regio", "alle", "--schaal", "0.01")
    assert len([name for name in names if not name.startswith("profielen_")]) == 9
    assert {"profielen_uwv.json", "vacatures.json"} <= set(names)


@pytest.mark.parametrize(
    ("args", "melding"),
    [
        (("--regio", "AM99"), "bestaat niet"),
        (("--regio", "alle", "--schaal", "1"), "testnummers"),
        (("--regio", "AM12", "--schaal", "0.5", "--marges", "AM12"), "ware grootte"),
        (("--regio", "AM35", "--marges", "AM35"), "geen marges bekend"),
        (("--regio", "AM35", "--schaal", "0.05", "--kwartalen", "2019Q1"), "geen bevolking"),
        (("--regio", "AM35", "--schaal", "2"), "0.01 tot en met 1"),
        (("--regio", "AM35", "--schaal", "0,5"), "0.01 tot en met 1"),
        (("--regio", "AM35", "--zaad", "-1"), "geheel getal"),
        (("--regio", "AM35", "--kwartalen", "2018-1"), "geen kwartaal"),
    ],
)
def test_what_cannot_be_made_is_refused_before_anything_is_written(
    tmp_path: Path, args: tuple[str, ...], melding: str
) -> None:
    with pytest.raises(CommandError, match=melding) as caught:
        synthese(tmp_path / "uit", *args)
    assert caught.value.returncode in (1, 2)
    assert not (tmp_path / "uit").exists()


def test_a_folder_that_cannot_be_made_is_named_as_the_cause(tmp_path: Path) -> None:
    blocked = tmp_path / "bestand"
    blocked.write_text("")
    with pytest.raises(CommandError, match="lukt niet") as caught:
        call_command("synthese", "--uit", str(blocked / "map"), "--regio", "AM35", "--schaal", "0.01")
    assert caught.value.returncode == 2
