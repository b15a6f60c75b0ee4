"""Wage data as it is kept: what is in force after any row of deliveries, and after any accident."""

import json
import stat
from datetime import UTC, date, datetime
from decimal import Decimal

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel
from banenafspraak.metingen import leveringen, lonen
from banenafspraak.metingen.leveringen import LOONREGEL, Deel, InnameBezet, TijdvakConflict, intake, lonen_dir
from banenafspraak.metingen.models import Levering
from banenafspraak.wet import banen

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SYSTEM = Actor.system(doel="test")
MAAND = "2018-03"


def regel(pseudoniem=1, lhnr=10, numiv=1, uren="100", srtiv=15, cdaard=1, met_loon=True, ufo=False) -> dict:
    return {
        "pseudoniem": pseudoniem, "lhnr": lhnr, "numiv": numiv, "srtiv": srtiv, "cdaard": cdaard,
        "uren": Decimal(uren).quantize(Decimal("0.01")), "met_loon": met_loon, "ufo": ufo,
    }  # fmt: skip


def batch(rows: list[dict]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(rows, schema=LOONREGEL)


_digest = iter(f"{number:064x}" for number in range(1, 10**9))


def deliver(deel: Deel, *rows: dict, sha256: str | None = None, **options) -> None:
    with intake(actor=SYSTEM) as inname:
        aanlevering = inname.begin("polis" if deel.dekking == "maand" else "loonaangifte", "bestand")
        aanlevering.add(deel, batch(list(rows)))
        aanlevering.finish(sha256 or next(_digest))
        inname.commit(now=NOW, **options)


def employer(lhnr: int, *, maand: str = MAAND, dekking: leveringen.Dekking = "werkgever") -> Deel:
    whole = Deel.hele_maand(maand)
    return Deel(maand, dekking, whole.tijdvak_vanaf, whole.tijdvak_tot, lhnr)


def people(*pseudoniemen: int) -> pa.Table:
    return pa.table({"pseudoniem": pa.array(pseudoniemen, pa.int64())})


def slim(*pseudoniemen: int, maand: str = MAAND) -> list[dict]:
    return pq.read_table(lonen.slank(maand, people(*pseudoniemen))).to_pylist()


def hours(*pseudoniemen: int, maand: str = MAAND) -> dict[tuple[int, int, int], Decimal]:
    return {(row["pseudoniem"], row["lhnr"], row["numiv"]): row["uren"] for row in slim(*pseudoniemen, maand=maand)}


def manifest(maand: str = MAAND) -> dict:
    return json.loads((lonen_dir() / "slank" / f"{maand}.json").read_text())


def files() -> set[str]:
    return {str(path.relative_to(lonen_dir())) for path in lonen_dir().glob("????-??/*.parquet")}


# --- What is in force --------------------------------------------------------------------------------------------


def test_slim_copy_holds_only_these_people_sorted(db):
    deliver(Deel.hele_maand(MAAND), regel(3), regel(2), regel(1), regel(1, lhnr=9), regel(1, numiv=0))
    rows = slim(1, 3, 4)
    assert [(r["pseudoniem"], r["lhnr"], r["numiv"]) for r in rows] == [(1, 9, 1), (1, 10, 0), (1, 10, 1), (3, 10, 1)]
    assert tuple(rows[0]) == lonen.SLANK


def test_later_full_month_replaces_everything_before(db):
    deliver(Deel.hele_maand(MAAND), regel(1, uren="100"), regel(2))
    deliver(employer(10), regel(1, uren="90"))
    deliver(Deel.hele_maand(MAAND), regel(1, uren="80"))
    assert hours(1, 2) == {(1, 10, 1): Decimal(80)}


def test_full_return_replaces_all_rows_of_the_employer(db):
    deliver(Deel.hele_maand(MAAND), regel(1), regel(2), regel(2, lhnr=11))
    deliver(employer(10), regel(1, uren="90"))
    assert hours(1, 2) == {(1, 10, 1): Decimal(90), (2, 11, 1): Decimal(100)}


def test_return_about_nobody_replaces_all_rows_of_the_employer(db):
    deliver(Deel.hele_maand(MAAND), regel(1), regel(1, lhnr=11))
    deliver(employer(10))
    assert hours(1) == {(1, 11, 1): Decimal(100)}


def test_correction_replaces_only_the_named_row_and_a_withdrawal_removes_it(db):
    deliver(Deel.hele_maand(MAAND), regel(1), regel(1, numiv=2), regel(2))
    deliver(employer(10, dekking="rij"), regel(1, uren="1"), regel(2, srtiv=0, uren="0", met_loon=False))
    assert hours(1, 2) == {(1, 10, 1): Decimal(1), (1, 10, 2): Decimal(100)}


def test_rows_come_back_after_a_withdrawal(db):
    deliver(employer(10, dekking="rij"), regel(1))
    deliver(employer(10, dekking="rij"), regel(1, srtiv=0, uren="0", met_loon=False))
    deliver(employer(10, dekking="rij"), regel(1, uren="5"))
    assert hours(1) == {(1, 10, 1): Decimal(5)}


KEYS = st.tuples(st.integers(1, 3), st.integers(10, 11), st.integers(1, 2))
AMOUNT = st.integers(0, 74_400).map(lambda n: Decimal(n) / 100)


@st.composite
def delivery(draw) -> tuple[Deel, list[dict]]:
    dekking = draw(st.sampled_from(["maand", "werkgever", "rij"]))
    if dekking == "maand":
        deel, keys = Deel.hele_maand(MAAND), draw(st.lists(KEYS, unique=True, max_size=8))
    else:
        lhnr = draw(st.integers(10, 11))
        # Half a month twice is enough to see that tijdvakken of one employer stand beside each other.
        first, second = (date(2018, 3, 1), date(2018, 3, 16)), (date(2018, 3, 16), date(2018, 4, 1))
        deel = Deel(MAAND, dekking, *draw(st.sampled_from([first, second])), lhnr)
        keys = [(p, lhnr, n) for p, _, n in draw(st.lists(KEYS, unique_by=lambda k: (k[0], k[2]), max_size=4))]
    rows = []
    for p, w, n in keys:
        gone = dekking == "rij" and draw(st.booleans())
        rows.append(regel(p, w, n, uren=str(Decimal(0) if gone else draw(AMOUNT)), srtiv=0 if gone else 15))
    return deel, rows


def reference(deliveries: list[tuple[Deel, list[dict]]]) -> list[tuple]:
    """The obvious way: one dictionary, one delivery after another."""
    state: dict[tuple, dict] = {}
    for deel, rows in deliveries:
        tijdvak = (deel.tijdvak_vanaf, deel.tijdvak_tot)
        if deel.dekking == "maand":
            state = {}
        if deel.dekking == "werkgever":
            state = {k: r for k, r in state.items() if not (k[1] == deel.lhnr and k[3:] == tijdvak)}
        for row in rows:
            state[(row["pseudoniem"], row["lhnr"], row["numiv"], *tijdvak)] = row
    return sorted((k[0], k[1], k[2], r["uren"]) for k, r in state.items() if r["srtiv"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deliveries=st.lists(delivery(), min_size=1, max_size=6))
def test_any_order_of_deliveries_gives_what_the_obvious_reference_gives(db, deliveries):
    Levering.objects.all().delete()
    taken = []
    for deel, rows in deliveries:
        try:
            deliver(deel, *rows)
        except TijdvakConflict:
            # Only where the employer is in force about the whole month may a part of it be refused.
            assert deel.dekking != "maand"
            whole = [t for t in taken if t[0].dekking == "maand"]
            assert any(row["lhnr"] == deel.lhnr for _, rows_ in whole for row in rows_)
            continue
        taken.append((deel, rows))
    got = [(r["pseudoniem"], r["lhnr"], r["numiv"], r["uren"]) for r in slim(1, 2, 3)]
    assert sorted(got) == reference(taken)


def test_two_periods_in_one_month_add_up(db):
    january, february = date(2026, 1, 26), date(2026, 2, 23)
    deliver(Deel("2026-02", "werkgever", january, february, 10), regel(1, uren="110"))
    deliver(Deel("2026-02", "werkgever", february, date(2026, 3, 23), 10), regel(1, uren="30"))
    assert [row["uren"] for row in slim(1, maand="2026-02")] == [Decimal(110), Decimal(30)]


def test_overlapping_periods_of_one_employer_are_refused(db):
    deliver(Deel.hele_maand(MAAND), regel(1))
    with pytest.raises(TijdvakConflict):
        deliver(Deel(MAAND, "werkgever", date(2018, 3, 5), date(2018, 4, 2), 10), regel(1))
    assert Levering.objects.count() == 1
    assert hours(1) == {(1, 10, 1): Decimal(100)}


def test_overlapping_periods_of_different_employers_are_fine(db):
    deliver(Deel.hele_maand(MAAND), regel(1))
    deliver(Deel(MAAND, "werkgever", date(2018, 3, 5), date(2018, 4, 2), 11), regel(1, lhnr=11, uren="5"))
    assert hours(1) == {(1, 10, 1): Decimal(100), (1, 11, 1): Decimal(5)}


def test_month_without_wage_data_is_an_error(db):
    with pytest.raises(LookupError, match="2018-03"):
        lonen.slank(MAAND, people(1))


def test_months_with_wage_data(db):
    deliver(Deel.hele_maand("2018-03"), regel())
    deliver(Deel.hele_maand("2017-12"), regel())
    assert lonen.maanden() == ["2017-12", "2018-03"]


# --- Sector of the employer --------------------------------------------------------------------------------------


def test_sector_is_that_of_december_before_whatever_came_later(db):
    deliver(Deel.hele_maand("2017-12"), regel(5, ufo=True))
    deliver(Deel.hele_maand(MAAND), regel(1, ufo=False))
    assert slim(1)[0]["sector"] == "overheid"
    assert manifest()["sector_uit"] == {"2017-12": 1}


def test_sector_weighs_the_hours_of_everybody(db):
    deliver(Deel.hele_maand("2017-12"), regel(5, ufo=True, uren="100"), regel(6, uren="99.99"), regel(1, lhnr=11))
    deliver(Deel.hele_maand(MAAND), regel(1), regel(1, lhnr=11, ufo=True))
    assert {row["lhnr"]: row["sector"] for row in slim(1)} == {10: "overheid", 11: "markt"}
    assert banen.sector_werkgever(Decimal("100"), Decimal("99.99")) == "overheid"


def test_new_employer_takes_its_first_month_of_the_year(db):
    deliver(Deel.hele_maand("2017-12"), regel(5, lhnr=99))
    deliver(Deel.hele_maand("2018-02"), regel(5, ufo=True))
    deliver(Deel.hele_maand(MAAND), regel(1), regel(2, lhnr=11, ufo=True), regel(2, lhnr=99))
    assert {row["lhnr"]: row["sector"] for row in slim(1, 2)} == {10: "overheid", 11: "overheid", 99: "markt"}
    assert manifest()["sector_uit"] == {"2017-12": 1, "2018-02": 1, "2018-03": 1}


def test_month_after_does_not_decide(db):
    deliver(Deel.hele_maand(MAAND), regel(1))
    before = lonen.slank(MAAND, people(1)).read_bytes()
    deliver(Deel.hele_maand("2018-04"), regel(1, ufo=True))
    assert lonen.slank(MAAND, people(1)).read_bytes() == before


# --- Only the months touched are made again ----------------------------------------------------------------------


def test_nothing_new_gives_the_same_file_untouched(db):
    deliver(Deel.hele_maand(MAAND), regel(1))
    first = lonen.slank(MAAND, people(1))
    made = first.stat().st_mtime_ns
    assert lonen.slank(MAAND, people(1, 1)) == first
    assert first.stat().st_mtime_ns == made


def test_correction_makes_only_its_month_again(db):
    deliver(Deel.hele_maand("2018-02"), regel(1))
    deliver(Deel.hele_maand(MAAND), regel(1))
    before = {maand: lonen.slank(maand, people(1)) for maand in ("2018-02", MAAND)}
    deliver(employer(10, dekking="rij"), regel(1, uren="3"))
    after = {maand: lonen.slank(maand, people(1)) for maand in before}
    assert after["2018-02"] == before["2018-02"]
    assert after[MAAND] != before[MAAND]


def test_somebody_new_makes_only_the_months_with_their_wage_again(db):
    deliver(Deel.hele_maand("2018-02"), regel(1))
    deliver(Deel.hele_maand(MAAND), regel(1), regel(2))
    before = {maand: lonen.slank(maand, people(1)) for maand in ("2018-02", MAAND)}
    after = {maand: lonen.slank(maand, people(1, 2)) for maand in before}
    assert after["2018-02"] == before["2018-02"]
    assert hours(1, 2).keys() == {(1, 10, 1), (2, 10, 1)}
    assert slim(1) == [row for row in slim(1, 2) if row["pseudoniem"] == 1]


def test_same_inputs_give_the_same_bytes(db):
    deliver(Deel.hele_maand(MAAND), *[regel(n, numiv=n % 7, uren=str(n % 300)) for n in range(5_000)])
    wanted = people(*range(0, 5_000, 3))
    first = lonen.slank(MAAND, wanted)
    content = first.read_bytes()
    first.unlink()
    assert lonen.slank(MAAND, wanted).read_bytes() == content


def test_old_copies_do_not_pile_up(db):
    deliver(Deel.hele_maand(MAAND), *[regel(n) for n in range(10)])
    for last in range(1, 10):
        lonen.slank(MAAND, people(*range(last)))
    names = sorted(path.name for path in (lonen_dir() / "slank").iterdir() if not path.name.startswith("."))
    assert len([name for name in names if name.startswith(MAAND)]) <= 3
    assert len([name for name in names if name.startswith("personen")]) == 1


# --- Whole or not at all -----------------------------------------------------------------------------------------


def test_files_are_for_this_user_only(db):
    deliver(Deel.hele_maand(MAAND), regel(1))
    slim(1)
    for path in [lonen_dir(), *lonen_dir().rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_same_file_twice_changes_nothing(db):
    deliver(Deel.hele_maand(MAAND), regel(1), sha256="a" * 64)
    deliver(Deel.hele_maand(MAAND), regel(1, uren="7"), sha256="a" * 64)
    assert Levering.objects.count() == 1
    assert hours(1) == {(1, 10, 1): Decimal(100)}


def test_trial_changes_nothing(db):
    deliver(Deel.hele_maand(MAAND), regel(1), proef=True)
    assert (Levering.objects.count(), files(), Logregel.objects.count()) == (0, set(), 0)


def test_trial_sees_what_would_be_refused(db):
    with intake(actor=SYSTEM) as inname:
        for deel in (Deel.hele_maand(MAAND), Deel(MAAND, "werkgever", date(2018, 3, 5), date(2018, 4, 2), 10)):
            aanlevering = inname.begin("polis", "x")
            aanlevering.add(deel, batch([regel(1)]))
            aanlevering.finish(next(_digest))
        with pytest.raises(TijdvakConflict):
            inname.commit(now=NOW, proef=True)


def test_intake_without_commit_leaves_nothing(db):
    with intake(actor=SYSTEM) as inname:
        aanlevering = inname.begin("polis", "x")
        aanlevering.add(Deel.hele_maand(MAAND), batch([regel(1)]))
        aanlevering.finish("b" * 64)
    assert [path for path in lonen_dir().rglob("*") if path.is_file()] == []


def test_leavings_are_swept_and_known_files_stay(db):
    deliver(Deel.hele_maand(MAAND), regel(1))
    (lonen_dir() / MAAND / "000000009-ffffffffffff.parquet").write_bytes(b"wees")
    (lonen_dir() / ".nieuw" / "oud").mkdir(parents=True)
    (lonen_dir() / ".nieuw" / "oud" / "half.parquet").write_bytes(b"PAR1")
    deliver(Deel.hele_maand("2018-02"), regel(1))
    assert files() == set(Levering.objects.values_list("pad", flat=True))
    assert list((lonen_dir() / ".nieuw").iterdir()) == []


def test_intake_is_for_who_may(db):
    with pytest.raises(PermissionDenied), intake(actor=Actor.anonymous()):
        pass


def test_intake_is_logged(db):
    deliver(Deel.hele_maand(MAAND), regel(1), sha256="c" * 64)
    row = Logregel.objects.get()
    assert (row.handeling, row.onderwerp, row.details["rijen"]) == ("lonen ingelezen", "c" * 64, {MAAND: 1})


def test_one_intake_at_a_time(db):
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:

        def try_lock() -> bool:
            return other.execute(f"SELECT pg_try_advisory_lock({leveringen._LOCK})").fetchone()[0]

        with intake(actor=SYSTEM):
            assert not try_lock()
        assert try_lock()
        with pytest.raises(InnameBezet), intake(actor=SYSTEM):
            pass
