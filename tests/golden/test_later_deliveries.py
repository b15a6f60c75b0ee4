"""What comes in later changes the figures as it should, and nothing else: corrections and late registrations."""

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.test import TestCase, override_settings

from banenafspraak.adapters.synthese.bevolking import draw_regios
from banenafspraak.adapters.synthese.leveringen import LOONKOLOMMEN, REGISTERKOLOMMEN, write_leveringen
from banenafspraak.metingen.grootheden import Kwartaal
from tests.golden import commands
from tests.golden.plain_count import GOOI_EN_VECHTSTREEK, Stand, Tellijst, half_up

Rij = dict[str, str]

PEILDATA = {"2016Q4": date(2016, 12, 31), "2017Q4": date(2017, 12, 31), "2018Q1": date(2018, 3, 31)}


def read(pad: Path) -> list[Rij]:
    """The rows of a delivery."""
    with pad.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def write(pad: Path, kolommen: list[str], rijen: list[Rij]) -> Path:
    """A delivery with these rows."""
    with pad.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, kolommen, delimiter=";", restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rijen)
    return pad


def stands_in(sheet: commands.Factsheet, stand: Stand) -> bool:
    """Whether a factsheet says what an obvious count found."""
    kolommen = {kolom: half_up(banen) for kolom, banen in stand.banen_per_kolom.items()}
    counted = (stand.personen(), stand.werkzaam(), stand.banen, kolommen)
    banen = sheet["banen"]
    return counted == (sheet["personen"]["aantal"], sheet["werkzaam"]["aantal"], banen["aantal"], banen["verdeling"])


@pytest.mark.xdist_group("golden_later")
class TestLaterDeliveries(TestCase):
    """Gooi en Vechtstreek, two quarters and the December before; each test starts from there."""

    place: Path
    register: list[Path]
    lonen: dict[str, Path]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.place = Path(cls.enterClassContext(TemporaryDirectory()))
        cls.enterClassContext(cls.own_files())
        bevolking = draw_regios(["AM12"], 1, 77, marges="AM12")
        leveringen = write_leveringen(bevolking, cls.place / "uit", [Kwartaal(2017, 4), Kwartaal(2018, 1)])
        cls.register = leveringen.register
        cls.lonen = {pad.stem.removeprefix("lonen_"): pad for pad in leveringen.lonen}
        commands.import_leveringen(leveringen)
        commands.build_meting("2017Q4")  # and the year before it
        commands.build_meting("2018Q1")

    @classmethod
    def own_files(cls) -> override_settings:
        """The files of the class, also where a fixture has given the test a place of its own."""
        return override_settings(DATA_DIR=cls.place, SLEUTELBESTAND=cls.place / "sleutels.json")

    def setUp(self) -> None:
        self.enterContext(self.own_files())

    def count(self, *, lonen: dict[str, Path] | None = None, register: list[Path] | None = None) -> dict[str, Stand]:
        """The obvious count of the deliveries, some of them replaced."""
        paden = self.lonen | (lonen or {})
        lijst = Tellijst([*self.register, *(register or [])], paden.values(), GOOI_EN_VECHTSTREEK)
        return {kwartaal: lijst.stand(day) for kwartaal, day in PEILDATA.items()}

    def corrected(self, maand: str, correct: Callable[[list[Rij]], list[Rij]]) -> Path:
        """A new full delivery of a month."""
        rijen = correct(read(self.lonen[maand]))
        return write(self.place / f"correctie_{maand}.csv", LOONKOLOMMEN.names, rijen)

    def worker_with_one_row(self, maand: str, kwartaal: str) -> str:
        """Somebody in the register here who works through a single row."""
        rows: dict[str, int] = {}
        for rij in read(self.lonen[maand]):
            rows[rij["bsn"]] = rows.get(rij["bsn"], 0) + 1
        return next(bsn for bsn in sorted(self.count()[kwartaal].werkt) if rows[bsn] == 1)

    def test_the_same_deliveries_again_change_nothing(self) -> None:
        commands.import_register(self.register)
        commands.import_lonen(self.lonen.values())
        assert {state for _, state in commands.build_meting("2018Q1").values()} == {"onveranderd"}

    def test_a_row_that_a_correction_leaves_out_is_a_job_lost(self) -> None:
        bsn = self.worker_with_one_row("2018-03", "2018Q1")
        pad = self.corrected("2018-03", lambda rijen: [rij for rij in rijen if rij["bsn"] != bsn])
        commands.import_lonen([pad])
        built = commands.build_meting("2018Q1")
        assert built["2018Q1"] == (2, "gemaakt")
        assert built["2017Q4"] == (1, "onveranderd")
        sheet = commands.factsheet("AM12", "2018Q1")
        assert sheet["werkzaam"]["aantal"] == 797
        assert stands_in(sheet, self.count(lonen={"2018-03": pad})["2018Q1"])

    def test_hours_that_a_correction_raises_are_counted_instead_of_added(self) -> None:
        bsn = self.worker_with_one_row("2018-03", "2018Q1")

        def raise_hours(rijen: list[Rij]) -> list[Rij]:
            return [rij | {"aantverlu_mnd": "700.00"} if rij["bsn"] == bsn else rij for rij in rijen]

        pad = self.corrected("2018-03", raise_hours)
        commands.import_lonen([pad])
        commands.build_meting("2018Q1")
        sheet = commands.factsheet("AM12", "2018Q1")
        assert (sheet["werkzaam"]["aantal"], sheet["personen"]["aantal"]) == (798, 1679)
        assert sheet["banen"]["aantal"] > 864
        assert stands_in(sheet, self.count(lonen={"2018-03": pad})["2018Q1"])

    def test_a_december_corrected_afterwards_changes_the_sector_of_the_next_year(self) -> None:
        before = commands.factsheet("AM12", "2018Q1")["banen"]["verdeling"]
        pad = self.corrected("2017-12", lambda rijen: [rij | {"prlnufo_mnd": "0.00"} for rij in rijen])
        commands.import_lonen([pad])
        commands.build_meting("2018Q1")
        sheet = commands.factsheet("AM12", "2018Q1")
        assert before["overheid"] > 0
        assert sheet["banen"]["verdeling"]["overheid"] == 0
        assert sheet["banen"]["aantal"] == 864
        assert sheet["banen"]["verdeling"]["uitzend_detachering"] == before["uitzend_detachering"]

    def test_who_is_registered_late_counts_in_the_quarters_that_are_past(self) -> None:
        bsn = self.colleague()
        registratie = {"grond": "wajong", "route": "owajong", "geldig_vanaf": "2017-02-03"}
        pad = self.register_delivery("laat.csv", bsn, registratie, {"gemeente": "GM0402", "geldig_vanaf": "1991-07-03"})
        commands.import_register([pad])
        built = commands.build_meting("2017Q4") | {"2018Q1": commands.build_meting("2018Q1")["2018Q1"]}
        assert built == {"2016Q4": (1, "onveranderd"), "2017Q4": (2, "gemaakt"), "2018Q1": (2, "gemaakt")}
        counted = self.count(register=[pad])
        for kwartaal, personen, werkzaam in (("2016Q4", None, None), ("2017Q4", 1642, 782), ("2018Q1", 1680, 799)):
            sheet = commands.factsheet("AM12", kwartaal)
            assert stands_in(sheet, counted[kwartaal])
            assert personen in (None, sheet["personen"]["aantal"])
            assert werkzaam in (None, sheet["werkzaam"]["aantal"])

    def test_a_move_that_becomes_known_late_takes_the_person_to_the_other_region(self) -> None:
        stand = self.count()
        bsn = next(b for b in sorted(stand["2018Q1"].werkt & stand["2017Q4"].werkt) if self.never_moved(b))
        moved = [rij | {"geldig_tot": "2018-02-01"} if rij["gemeente"] else rij for rij in self.lines_of(bsn)]
        moved.append({"recordsoort": "woonplaats", "bsn": bsn, "gemeente": "GM0363", "geldig_vanaf": "2018-02-01"})
        commands.import_register([write(self.place / "verhuisd.csv", list(REGISTERKOLOMMEN), moved)])
        built = commands.build_meting("2018Q1")
        assert built["2017Q4"] == (1, "onveranderd")
        sheet = commands.factsheet("AM12", "2018Q1")
        assert (sheet["personen"]["aantal"], sheet["werkzaam"]["aantal"]) == (1678, 797)
        assert sheet["verloop"]["uitstroomredenen"]["vertrek_uit_regio"] == 23

    def colleague(self) -> str:
        """Somebody with ordinary paid work in every month who is not in the register."""
        known = {rij["bsn"] for rij in read(self.register[0])}
        months = [
            {rij["bsn"] for rij in read(pad) if rij["cdaard"] == "1" and Decimal(rij["lnsv_mnd"]) > 0}
            for pad in self.lonen.values()
        ]
        return min(set.intersection(*months) - known)

    def register_delivery(self, naam: str, bsn: str, registratie: Rij, woonplaats: Rij) -> Path:
        """A delivery about one person."""
        rijen = [
            {"recordsoort": "persoon", "bsn": bsn, "geboortedatum": "1988-05-05"},
            {"recordsoort": "registratie", "bsn": bsn} | registratie,
            {"recordsoort": "woonplaats", "bsn": bsn} | woonplaats,
        ]
        return write(self.place / naam, list(REGISTERKOLOMMEN), rijen)

    def lines_of(self, bsn: str) -> list[Rij]:
        """What the register delivery says of one person."""
        return [rij for rij in read(self.register[0]) if rij["bsn"] == bsn]

    def never_moved(self, bsn: str) -> bool:
        """Whether somebody has one residence, and still has it."""
        woonplaatsen = [rij for rij in self.lines_of(bsn) if rij["recordsoort"] == "woonplaats"]
        return len(woonplaatsen) == 1 and not woonplaatsen[0]["geldig_tot"]
