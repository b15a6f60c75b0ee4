"""Deliveries in, published factsheet out: Gooi en Vechtstreek, first quarter of 2018.

Two populations: the region by itself, and the demonstration, in which other regions, other kinds of income and other
people's wages stand around it and may change nothing.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.test import TestCase, override_settings

from banenafspraak.adapters.synthese import write_demo
from banenafspraak.adapters.synthese.bevolking import draw_regios
from banenafspraak.adapters.synthese.leveringen import Leveringen, write_leveringen
from banenafspraak.adapters.synthese.marges import load_marges
from banenafspraak.register.models import Persoon
from tests.golden import commands
from tests.golden.aba import fill_register
from tests.golden.plain_count import GOOI_EN_VECHTSTREEK, Tellijst, half_up, percentage
from tests.golden.published import GEPUBLICEERD, check_sources_agree, differences

KWARTALEN = ("2012Q4", "2016Q4", "2017Q1", "2017Q2", "2017Q3", "2017Q4", "2018Q1")
CATEGORIEEN = ("wsw", "wajong", "participatiewet")


def peildatum(kwartaal: str) -> date:
    """The last day of a quarter."""
    jaar, nummer = int(kwartaal[:4]), int(kwartaal[5])
    return date(jaar + nummer // 4, nummer * 3 % 12 + 1, 1) - timedelta(days=1)


def the_region_alone(uit: Path) -> Leveringen:
    """Only people of the region and their work, for another seed than the demonstration."""
    return write_leveringen(draw_regios(["AM12"], 1, 41, marges="AM12"), uit, load_marges("AM12").reeks)


def the_demonstration(uit: Path) -> Leveringen:
    """The region among others, as `make demo` loads it."""
    return write_demo(uit, 2018, op=date(2026, 4, 1))


def test_the_figures_typed_over_agree_with_one_another() -> None:
    check_sources_agree()


class PublishedFigures:
    """What must hold for every population; the commands run once per class, and the database forgets it afterwards."""

    write: Callable[[Path], Leveringen]
    ruw: dict[str, commands.Factsheet]
    """Quarter -> unrounded factsheet."""
    openbaar: commands.Factsheet
    lijst: Tellijst
    """The same deliveries for the obvious count."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()  # type: ignore[misc]  # of TestCase: from here on everything is in a transaction
        with TemporaryDirectory() as folder:
            place = Path(folder)
            with override_settings(DATA_DIR=place, SLEUTELBESTAND=place / "sleutels.json"):
                leveringen = cls.write(place / "leveringen")
                commands.import_leveringen(leveringen)
                fill_register(Persoon.objects.order_by("bsn_index").iterator())
                commands.build_meting("2018Q1")
                cls.ruw = {kwartaal: commands.factsheet("AM12", kwartaal) for kwartaal in KWARTALEN}
                cls.openbaar = commands.factsheet("AM12", "2018Q1", ruw=False)
            cls.lijst = Tellijst(leveringen.register, leveringen.lonen, GOOI_EN_VECHTSTREEK)

    def test_every_published_figure_comes_out_to_the_number(self) -> None:
        assert differences(self.ruw["2018Q1"]) == []

    def test_the_published_results_of_applications_come_out_of_the_meting(self) -> None:
        sheet = self.ruw["2018Q1"]
        columns = ("beoordelingen", "wajong_2015", "doelgroep_banenafspraak", "advies_beschut_werk")
        by_quarter = {each["kwartaal"]: tuple(each[column] for column in columns) for each in sheet["aba"]}
        assert by_quarter.pop("2018Q1") == (70, 6, 32, 4)
        assert tuple(map(sum, zip(*by_quarter.values(), strict=True))) == (261, 22, 109, 16)

    def test_beschut_werk_comes_out_of_the_meting(self) -> None:
        found = self.ruw["2018Q1"]["beschut_werk"]
        assert (found["positief"], found["negatief"], found["geplaatst"]) == (21, 5, 8)
        assert (found["positief_kwartaal_eerder"], found["plaatsingspercentage"]) == (17, 47)

    def test_the_factsheet_says_what_it_is_about(self) -> None:
        sheet = self.ruw["2018Q1"]
        assert sheet["regio"] == {"code": "AM12", "naam": "Gooi en Vechtstreek"}
        assert (sheet["kwartaal"], sheet["peildatum"], sheet["afgerond"]) == ("2018Q1", "2018-03-31", False)

    def test_the_flow_closes(self) -> None:
        sheet, afgeleid = self.ruw["2018Q1"], GEPUBLICEERD["afgeleid"]
        verloop = sheet["verloop"]
        assert sum(verloop["instroom"].values()) == afgeleid["instroom"]
        assert sum(verloop["uitstroom"].values()) == GEPUBLICEERD["uitstroom"]["aantal"]
        saldo = verloop["instroom"]["werkend"] - verloop["uitstroom"]["werkend"]
        assert saldo == afgeleid["werkende_instroom_min_uitstroom"]

    def test_an_obvious_count_finds_the_same_stocks_in_every_quarter(self) -> None:
        for kwartaal, sheet in self.ruw.items():
            stand = self.lijst.stand(peildatum(kwartaal))
            assert sheet["banen"]["aantal"] == stand.banen
            assert sheet["banen"]["verdeling"] == {k: half_up(n) for k, n in stand.banen_per_kolom.items()}
            for categorie in CATEGORIEEN:
                assert sheet["personen"]["per_categorie"][categorie] == stand.personen(categorie)
                assert sheet["werkzaam"]["per_categorie"][categorie] == stand.werkzaam(categorie)

    def test_an_obvious_count_finds_the_same_flow_in_every_quarter(self) -> None:
        for vorige, kwartaal in pairwise(KWARTALEN[1:]):
            verwacht = self.lijst.verloop(peildatum(vorige), peildatum(kwartaal))
            verloop = self.ruw[kwartaal]["verloop"]
            for richting, telling in (("instroom", verwacht.instroom), ("uitstroom", verwacht.uitstroom)):
                assert verloop[richting] == {"werkend": telling[True], "niet_werkend": telling[False]}
            assert verloop["baanvinders"] == verwacht.baanvinders
            assert verloop["baanverliezers"] == verwacht.baanverliezers
            assert {reden: n for reden, n in verloop["uitstroomredenen"].items() if n} == dict(verwacht.redenen)

    def test_a_quarter_without_the_quarter_before_has_no_flow(self) -> None:
        assert self.ruw["2012Q4"]["verloop"] is None
        assert self.ruw["2016Q4"]["verloop"] is None

    def test_public_figures_are_rounded_and_add_up(self) -> None:
        sheet = self.openbaar
        banen, personen = sheet["banen"], sheet["personen"]
        assert sheet["afgerond"] is True
        assert sum(banen["verdeling"].values()) == banen["aantal"]
        assert all(n % 5 == 0 for n in (banen["aantal"], banen["nulmeting"], *banen["verdeling"].values()))
        assert sum(personen["per_categorie"].values()) == personen["aantal"]
        assert all(n % 10 == 0 for n in (personen["aantal"], *personen["per_categorie"].values()))
        assert banen["percentage_doelstelling"] == percentage(banen["extra"], banen["doelstelling"])

    def test_public_figures_lie_near_the_published_ones(self) -> None:
        exact, public = self.ruw["2018Q1"], self.openbaar
        for soort, basis in (("banen", 5), ("personen", 10), ("werkzaam", 10)):
            for punt in ("aantal", "nulmeting", "kwartaal_eerder", "jaar_eerder"):
                assert abs(exact[soort][punt] - public[soort][punt]) < 2 * basis


@pytest.mark.xdist_group("golden_alone")
class TestTheRegionAlone(PublishedFigures, TestCase):
    """Only people of the region and their work, for another seed than the demonstration."""

    write = staticmethod(the_region_alone)


@pytest.mark.xdist_group("golden_demonstration")
class TestTheDemonstration(PublishedFigures, TestCase):
    """The region among others, as `make demo` loads it."""

    write = staticmethod(the_demonstration)


@pytest.mark.xdist_group("golden_subprocess")
def test_the_commands_as_a_user_gives_them(tmp_path: Path) -> None:
    """In processes of their own, with a database of their own, from nothing to the printed factsheet."""
    environ = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    environ |= {"BANENAFSPRAAK_VAR": str(tmp_path / "var"), "BANENAFSPRAAK_ENV": "test"}

    def banenafspraak(*args: str) -> str:
        program = Path(sys.executable).with_name("banenafspraak")
        done = subprocess.run([program, *args], env=environ, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    banenafspraak("synthese", "--regio", "AM12", "--schaal", "1", "--zaad", "8", "--uit", "uit")
    banenafspraak("import_register", "uit/doelgroepregister_2018-03-31.csv")
    banenafspraak("import_lonen", *(str(pad) for pad in sorted((tmp_path / "uit").glob("lonen_*.csv"))))
    banenafspraak("build_meting", "--kwartaal", "2018Q1")
    args = ("factsheet", "--regio", "AM12", "--kwartaal", "2018Q1", "--formaat", "json", "--ruw")
    assert differences(json.loads(banenafspraak("rapportage", *args))) == []
