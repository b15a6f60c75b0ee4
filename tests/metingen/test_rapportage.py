"""The factsheet out of sealed metingen, by function and by command."""

import csv
import io
import json
import sys
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel, Verwerking
from banenafspraak.access.permissions import Rol
from banenafspraak.metingen import rapportage, store
from banenafspraak.metingen.grootheden import AantalBanen, AantalPersonen
from tests.factories import make_actor
from tests.metingen import wereld

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(tmp_path: Path) -> None:
    wereld.take_in(tmp_path / "leveringen", wereld.people())
    call_command("build_meting", kwartaal="2018Q1")


def report(*arguments: str) -> str:
    out = io.StringIO()
    call_command("rapportage", *arguments, stdout=out)
    return out.getvalue()


def raw(regio: str = "AM12", kwartaal: str = "2018Q1") -> rapportage.Factsheet:
    return rapportage.factsheet(regio, kwartaal, afgerond=False)


def test_the_unrounded_factsheet_of_the_small_world(published) -> None:
    sheet = raw()
    assert (sheet.regio.naam, sheet.peildatum, sheet.afgerond) == ("Gooi en Vechtstreek", date(2018, 3, 31), False)
    # (12 x 110,92 + 4 x 55,46 + 5 x 100) / 110,92 = 18,51 and 6 x 120 / 110,92 = 6,49.
    assert sheet.banen.verdeling == rapportage.Verdeling(19, 0, 6)
    assert (sheet.banen.aantal, sheet.banen.nulmeting, sheet.banen.kwartaal_eerder) == (25, 21, 23)
    assert (sheet.banen.extra, sheet.banen.jaar_eerder) == (4, None)
    assert (sheet.banen.doelstelling, sheet.banen.percentage_doelstelling) == (492, 1)
    assert (sheet.personen.aantal, sheet.personen.kwartaal_eerder, sheet.personen.nulmeting) == (45, 42, 27)
    assert sheet.personen.per_categorie == rapportage.PerCategorie(6, 19, 20)
    assert (sheet.werkzaam.aantal, sheet.werkzaam.per_categorie) == (27, rapportage.PerCategorie(6, 16, 5))
    assert sheet.verloop is not None
    assert (sheet.verloop.baanvinders, sheet.verloop.baanverliezers) == (4, 3)
    assert sheet.verloop.uitstroomredenen_percentage["overlijden"] == 100
    assert sheet.praktijkroute[-1] == rapportage.Praktijkroutekwartaal("2018Q1", AantalPersonen(5))


def test_shares_are_of_the_people_in_the_same_category(published) -> None:
    last = raw().werkenden[-1]
    assert last.wajong == rapportage.Aandeel(AantalPersonen(16), 84)
    assert last.participatiewet == rapportage.Aandeel(AantalPersonen(5), 25)
    assert last.totaal == rapportage.Aandeel(AantalPersonen(21), 54)


def test_public_figures_are_multiples_and_add_up(published) -> None:
    sheet = rapportage.factsheet("AM12", "2018Q1", afgerond=True)
    per_sector = sheet.banen.verdeling
    assert per_sector.markt + per_sector.overheid + per_sector.uitzend_detachering == sheet.banen.aantal
    categories = sheet.personen.per_categorie
    assert categories.wsw + categories.wajong + categories.participatiewet == sheet.personen.aantal
    assert sheet.verloop is not None
    assert sum(sheet.verloop.uitstroomredenen.values()) == sheet.verloop.uitstroom.totaal
    for figure in (sheet.personen.aantal, sheet.werkzaam.aantal, sheet.verloop.baanvinders):
        assert figure % 10 == 0
    assert sheet.banen.aantal % 5 == 0


def test_persons_and_jobs_stay_apart_in_the_factsheet(published) -> None:
    sheet = raw()
    with pytest.raises(TypeError):
        sheet.banen.aantal - sheet.personen.aantal
    assert type(sheet.banen.extra) is AantalBanen


def test_the_json_has_the_promised_shape(published) -> None:
    answer = json.loads(report("factsheet", "--regio", "AM12", "--kwartaal", "2018Q1", "--formaat", "json", "--ruw"))
    assert {
        "regio", "kwartaal", "peildatum", "afgerond", "banen", "personen", "werkzaam", "werkenden", "verloop",
        "praktijkroute", "aba", "klantprofielen", "beschut_werk",
    } <= set(answer)  # fmt: skip
    assert answer["regio"] == {"code": "AM12", "naam": "Gooi en Vechtstreek"}
    assert answer["peildatum"] == "2018-03-31"
    assert (answer["banen"]["jaar_eerder"], answer["aba"], answer["beschut_werk"]) == (None, [], {})
    assert set(answer["werkenden"][0]) == {"kwartaal", "wajong", "participatiewet", "totaal"}
    assert {"instroom", "uitstroom", "baanvinders", "uitstroomredenen"} <= set(answer["verloop"])


def test_the_csv_has_one_figure_a_line(published) -> None:
    text = report("factsheet", "--regio", "AM12", "--kwartaal", "2018Q1", "--formaat", "csv", "--ruw")
    assert text.startswith("\ufeff")
    rows = {row["cijfer"]: row for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=";")}
    assert rows["banen.aantal"]["waarde"] == "25"
    assert rows["werkenden.2018Q1.wajong.percentage"]["waarde"] == "84"
    assert (rows["banen.aantal"]["regio"], rows["banen.aantal"]["afgerond"]) == ("AM12", "nee")


def test_it_can_be_written_to_a_file(published, tmp_path: Path) -> None:
    file = tmp_path / "factsheet.json"
    assert report("factsheet", "--regio", "NL", "--kwartaal", "2018Q1", "--uit", str(file)) == ""
    assert json.loads(file.read_text(encoding="utf-8"))["regio"]["naam"] == "Nederland"


def test_unrounded_figures_are_logged_with_region_and_quarter_only(published) -> None:
    report("factsheet", "--regio", "AM12", "--kwartaal", "2018Q1", "--ruw")
    row = Logregel.objects.get(handeling="onafgeronde cijfers bekeken")
    assert row.details == {"regio": "AM12", "kwartaal": "2018Q1"}
    assert not Verwerking.objects.filter(parent_operation_id=row.operation_id).exists()


def test_rounded_figures_are_not_logged(published) -> None:
    before = Logregel.objects.count()
    report("factsheet", "--regio", "AM12", "--kwartaal", "2018Q1")
    assert Logregel.objects.count() == before


@pytest.mark.parametrize("actor", [Actor.anonymous(), Rol.WERKGEVER, Rol.BEMIDDELAAR])
def test_unrounded_figures_are_for_those_who_may_see_them(published, actor) -> None:
    who = actor if isinstance(actor, Actor) else make_actor(actor)
    with pytest.raises(PermissionDenied):
        rapportage.unrounded_factsheet("AM12", "2018Q1", actor=who, now=timezone.now())
    assert not Logregel.objects.filter(handeling="onafgeronde cijfers bekeken").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["factsheet", "--regio", "AM99", "--kwartaal", "2018Q1"], r"'AM99' is geen arbeidsmarktregio.*AM01"),
        (["factsheet", "--regio", "AM12", "--kwartaal", "2018-1"], r"is geen kwartaal.*2018Q1"),
        (["factsheet", "--regio", "AM12", "--kwartaal", "2019Q2"], r"build_meting --kwartaal 2019Q2"),
        (["trend", "--regio", "AM12", "--kwartaal", "2018Q1"], r"'trend' is er nog niet.*factsheet"),
        (["factsheet", "--regio", "AM12", "--kwartaal", "2018Q1", "--formaat", "pdf"], r"'pdf' is er nog niet.*json"),
    ],
)
def test_what_is_not_there_is_refused_with_the_cure(published, arguments, message) -> None:
    with pytest.raises(CommandError, match=message) as refused:
        report(*arguments)
    assert refused.value.returncode == 2


def test_a_broken_seal_is_an_error_and_not_a_figure(published, settings) -> None:
    file = next((settings.DATA_DIR / "metingen").glob("2018Q1-*.duckdb"))
    file.unlink()
    store.open_sealed.cache_clear()
    with pytest.raises(CommandError, match="is weg") as refused:
        report("factsheet", "--regio", "AM12", "--kwartaal", "2018Q1")
    assert refused.value.returncode == 1


@pytest.mark.parametrize(
    ("arguments", "message", "code"),
    [
        (["--kwartaal", "voorjaar"], "is geen kwartaal", 2),
        (["--kwartaal", "2019Q2"], "zijn geen loongegevens", 2),
    ],
)
def test_a_meting_that_cannot_be_made_is_refused_with_the_cure(published, arguments, message, code) -> None:
    with pytest.raises(CommandError, match=message) as refused:
        call_command("build_meting", *arguments)
    assert refused.value.returncode == code


def test_a_region_without_anybody_has_a_factsheet_of_zeros(published) -> None:
    sheet = raw("AM01")
    assert (sheet.banen.aantal, sheet.personen.aantal) == (0, 0)
    assert sheet.banen.verdeling_percentage is None
    assert sheet.werkenden[-1].totaal == rapportage.Aandeel(AantalPersonen(0), None)


def test_the_country_is_the_sum_of_its_regions_when_every_home_is_known(published) -> None:
    regions = [code for code, kwartaal in store.available() if kwartaal == "2018Q1" and code != "NL"]
    assert sum(raw(code).personen.aantal for code in regions) == raw("NL").personen.aantal == 58


def test_a_factsheet_takes_one_question_to_the_database(published) -> None:
    rapportage.factsheet("AM12", "2018Q1", afgerond=True)
    with CaptureQueriesContext(connection) as asked:
        rapportage.factsheet("AM12", "2018Q1", afgerond=True)
    assert len(asked) == 1


def test_spark_that_is_not_there_is_named_with_how_to_get_it(published, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(CommandError, match=r"banenafspraak\[spark\].*--engine duckdb") as refused:
        call_command("build_meting", kwartaal="2018Q1", engine="spark")
    assert refused.value.returncode == 2
