"""From deliveries, through the doors, to a sealed meting: what is built, refused, kept, and built again."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel, Verwerking
from banenafspraak.access.permissions import Rol
from banenafspraak.metingen import lonen, pipeline, store
from banenafspraak.metingen.grootheden import Kwartaal
from banenafspraak.metingen.kubus import NL, TOTAAL, Cel, Grootheid
from banenafspraak.metingen.models import Meting
from tests.factories import make_actor
from tests.metingen import wereld

SYSTEM = Actor.system(doel="een test")
KWARTAAL = Kwartaal(2018, 1)
pytestmark = pytest.mark.django_db


def build(kwartaal: Kwartaal = KWARTAAL, **options) -> list[pipeline.Gebouwd]:
    return pipeline.build(kwartaal, **({"actor": SYSTEM, "now": timezone.now()} | options))


@pytest.fixture
def taken_in(tmp_path: Path) -> list[wereld.Mens]:
    people = wereld.people()
    wereld.take_in(tmp_path / "leveringen", people)
    return people


def personen(regio: str, kenmerk: str = TOTAAL, kwartaal: str = "2018Q1") -> int:
    return int(store.read(kwartaal).exact.get(Cel(regio, Grootheid.PERSONEN, TOTAAL, kenmerk), 0))


def test_it_measures_the_quarters_it_is_compared_with_first(taken_in) -> None:
    assert [each.kwartaal for each in build()] == ["2012Q4", "2017Q4", "2018Q1"]


def test_the_small_world_is_counted_as_by_hand(taken_in) -> None:
    build()
    exact = store.read("2018Q1").exact
    # 12 steady, 15 idle, 4 found, 3 lost, 6 hired, 5 new; 2 died in the quarter; 13 live in Utrecht.
    assert (personen("AM12"), personen("AM12", "werkend")) == (45, 12 + 4 + 6 + 5)
    assert (personen("AM19") + personen("AM12"), personen(NL)) == (58, 58) or personen(NL) == 58
    assert exact[Cel("AM12", Grootheid.BANEN, TOTAAL, "markt")] == 12 * Decimal("110.92") + 4 * Decimal("55.46") + 500
    assert exact[Cel("AM12", Grootheid.BANEN, TOTAAL, "uitzend_detachering")] == 6 * 120
    assert exact[Cel("AM12", Grootheid.BLIJVER, TOTAAL, "baanvinders")] == 4
    assert exact[Cel("AM12", Grootheid.BLIJVER, TOTAAL, "baanverliezers")] == 3
    assert exact[Cel("AM12", Grootheid.INSTROOM, TOTAAL, "werkend")] == 5
    assert exact[Cel("AM12", Grootheid.UITSTROOMREDEN, TOTAAL, "overlijden")] == 2
    assert exact[Cel("AM12", Grootheid.PRAKTIJKROUTE)] == 5


def test_building_again_without_news_changes_nothing(taken_in) -> None:
    first = build()
    again = build()
    assert [(each.zegel, each.nieuw) for each in again] == [(each.zegel, False) for each in first]
    assert Meting.objects.count() == 3


def test_the_same_inputs_give_the_same_bytes_in_another_place(taken_in, settings, tmp_path: Path) -> None:
    known_at = timezone.now()
    here = {each.kwartaal: each.zegel for each in build(known_at=known_at)}
    with transaction.atomic():
        connection.cursor().execute("ALTER TABLE metingen_meting DISABLE TRIGGER USER; DELETE FROM metingen_meting")
    elsewhere = tmp_path / "heel" / "ergens" / "anders"
    elsewhere.mkdir(parents=True)
    (elsewhere / "lonen").symlink_to(settings.DATA_DIR / "lonen")
    settings.DATA_DIR = elsewhere
    there = {each.kwartaal: each.zegel for each in build(known_at=known_at)}
    assert here == there
    for kwartaal, zegel in there.items():
        content = (elsewhere / "metingen" / f"{kwartaal}-{zegel[:16]}.duckdb").read_bytes()
        assert hashlib.sha256(content).hexdigest() == zegel


def test_a_published_meting_can_be_made_again_bit_by_bit(taken_in, tmp_path: Path) -> None:
    for each in build():
        folder = tmp_path / each.kwartaal
        folder.mkdir()
        assert pipeline.rebuild(each.zegel, folder) == each.zegel


def test_a_rebuild_says_what_changed_since(taken_in, tmp_path: Path) -> None:
    last = build()[-1]
    changed = [replace(mens, uren=mens.uren | {"2018-03": "99"}) for mens in taken_in]
    file = tmp_path / "correctie.csv"
    file.write_text(wereld.lonen_csv(changed, ("2018-03",)), encoding="utf-8")
    call_command("import_lonen", str(file))
    with pytest.raises(pipeline.MetingAfgekeurd, match=r"lonen\.2018-03"):
        pipeline.rebuild(last.zegel, tmp_path)


def test_a_correction_of_wages_gives_a_new_version_of_the_quarters_it_touches(taken_in, tmp_path: Path) -> None:
    build()
    changed = [replace(mens, uren={"2018-03": "110.92"}) for mens in taken_in]
    file = tmp_path / "correctie.csv"
    file.write_text(wereld.lonen_csv(changed, ("2018-03",)), encoding="utf-8")
    call_command("import_lonen", str(file))
    assert [(each.kwartaal, each.versie, each.nieuw) for each in build()] == [
        ("2012Q4", 1, False),
        ("2017Q4", 1, False),
        ("2018Q1", 2, True),
    ]
    assert personen("AM12", "werkend") == 45


def test_somebody_registered_later_with_retroactive_effect_counts_in_every_quarter(taken_in, tmp_path: Path) -> None:
    build()
    late = wereld.Mens(route="pro", grond="amvb_38b_1_d", vanaf="2017-10-01")
    file = tmp_path / "later.csv"
    # The number of somebody who was in the wage data all along, and not in the register.
    file.write_text(wereld.register_csv([late], first=500), encoding="utf-8")
    call_command("import_register", str(file))
    built = build()
    assert [(each.kwartaal, each.nieuw) for each in built] == [("2012Q4", False), ("2017Q4", True), ("2018Q1", True)]
    assert (personen("AM12"), personen("AM12", "werkend")) == (46, 28)
    assert store.read("2018Q1").exact[Cel("AM12", Grootheid.BANEN, "participatiewet", "markt")] == 660


def test_a_new_version_repeats_the_rounding_of_what_did_not_change(taken_in, tmp_path: Path) -> None:
    build()
    before = store.read("2018Q1")
    late = wereld.Mens(vanaf="2018-03-01", gemeente="GM0344")
    file = tmp_path / "later.csv"
    file.write_text(wereld.register_csv([late], first=600), encoding="utf-8")
    call_command("import_register", str(file))
    build()
    after = store.read("2018Q1")
    unchanged = [cel for cel, value in before.exact.items() if after.exact.get(cel) == value]
    assert unchanged
    assert [cel for cel in unchanged if before.afgerond.get(cel, 0) != after.afgerond.get(cel, 0)] == []


def test_knowledge_of_a_moment_leaves_out_what_was_delivered_later(taken_in, tmp_path: Path) -> None:
    then = timezone.now()
    file = tmp_path / "later.csv"
    file.write_text(wereld.register_csv([wereld.Mens()], first=600), encoding="utf-8")
    call_command("import_register", str(file))
    build(known_at=then)
    assert personen("AM12") == 45
    assert Meting.objects.order_by("pk").last().known_at == then
    build(now=then + timedelta(days=1))
    assert personen("AM12") == 46


def test_a_flow_starts_from_the_rounded_stock_of_the_quarter_before(taken_in) -> None:
    build()
    before, now = store.read("2017Q4").afgerond, store.read("2018Q1").afgerond

    def figure(cells, grootheid: str) -> int:
        return cells.get(Cel("AM12", grootheid), 0)

    assert figure(now, "personen") - figure(before, "personen") == figure(now, "instroom") - figure(now, "uitstroom")


def test_a_quarter_without_wages_is_refused_with_what_there_is(taken_in) -> None:
    with pytest.raises(pipeline.GeenLoongegevens, match=r"2019-06.*2012-12, 2017-12, 2018-03.*import_lonen"):
        build(Kwartaal(2019, 2))
    assert not Meting.objects.exists()


def test_an_empty_register_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "lonen.csv"
    file.write_text(wereld.lonen_csv(wereld.people(), ("2018-03",)), encoding="utf-8")
    call_command("import_lonen", str(file))
    with pytest.raises(pipeline.MetingAfgekeurd, match="import_register"):
        build()


def test_only_who_may_build_builds(taken_in) -> None:
    with pytest.raises(PermissionDenied):
        build(actor=make_actor(Rol.BELEID))


def test_a_meting_is_never_changed_or_removed(taken_in) -> None:
    build()
    for statement in (
        "UPDATE metingen_meting SET versie = 9",
        "DELETE FROM metingen_meting",
        "TRUNCATE metingen_meting",
    ):
        with pytest.raises(DatabaseError, match="een meting blijft"), transaction.atomic():
            connection.cursor().execute(statement)


def test_building_is_in_the_logboek_without_anything_about_people(taken_in) -> None:
    built = build()
    rows = Logregel.objects.filter(handeling="meting gemaakt").order_by("pk")
    assert [row.details for row in rows] == [{"kwartaal": each.kwartaal, "versie": 1} for each in built]
    operations = [row.operation_id for row in rows]
    assert not Verwerking.objects.filter(parent_operation_id__in=operations).exists()


def test_the_file_holds_sums_only(taken_in, settings) -> None:
    last = build()[-1]
    file = settings.DATA_DIR / "metingen" / f"2018Q1-{last.zegel[:16]}.duckdb"
    opened = duckdb.connect(str(file), read_only=True)
    columns = opened.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal").fetchall()
    opened.close()
    assert {name for _, name in columns} == {"regio", "grootheid", "categorie", "kenmerk", "waarde", "naam"}
    assert {name for name, _ in columns} == {"exact", "afgerond", "versoepeld", "herkomst"}


def test_the_file_says_what_it_was_made_from(taken_in) -> None:
    built = {each.kwartaal: each.zegel for each in build()}
    origin = store.read("2018Q1").kenmerken
    assert origin["invoer.vorige"] == built["2017Q4"]
    assert len(origin["invoer.lonen.2018-03"]) == len(origin["invoer.register.registraties"]) == 64
    assert {"invoer.code", "invoer.parameters", "invoer.versie", "bekend_op", "peildatum"} <= set(origin)


def test_a_build_that_was_cut_off_leaves_nothing_in_force(taken_in, settings, monkeypatch) -> None:
    def power_cut(draft: Path, path: Path) -> None:
        raise OSError("no power")

    monkeypatch.setattr(pipeline, "_swap_in", power_cut)
    with pytest.raises(OSError, match="no power"):
        build()
    assert store.in_force() == {}
    assert list((settings.DATA_DIR / "metingen").glob("*.duckdb")) == []
    monkeypatch.undo()
    assert len(build()) == 3


def test_two_builds_at_once_are_refused(taken_in) -> None:
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [pipeline._LOCK])
    try:
        with pytest.raises(pipeline.BouwBezet):
            build()
    finally:
        other.close()


@pytest.mark.parametrize(
    ("maanden", "expected"),
    [
        ({"2018-03"}, ["2018Q1"]),
        ({"2018-03", "2017-12", "2017-03"}, ["2017Q1", "2017Q4", "2018Q1"]),
        ({"2018-03", "2017-03", "2016-12", "2016-09", "2016-03"}, ["2016Q3", "2016Q4", "2017Q1", "2018Q1"]),
        ({"2018-03", "2018-06", "2012-12"}, ["2012Q4", "2018Q1"]),
        ({"2018-03", "2018-02", "2018-01"}, ["2018Q1"]),
    ],
)
def test_what_is_measured_depends_only_on_the_wage_data(maanden: set[str], expected: list[str]) -> None:
    assert [str(each) for each in pipeline.needed(KWARTAAL, maanden)] == expected


def test_wages_of_a_month_that_ends_no_quarter_are_not_counted(tmp_path: Path) -> None:
    people = [replace(mens, uren=mens.uren | {"2018-02": "500"}) for mens in wereld.people()]
    wereld.take_in(tmp_path / "leveringen", people, (*wereld.MAANDEN, "2018-02"))
    build()
    assert "2018-02" in lonen.maanden()
    assert personen("AM12", "werkend") == 27
