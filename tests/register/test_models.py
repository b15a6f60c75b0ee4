import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from banenafspraak.register.models import Persoon, Registratie, Woonplaats
from tests.factories import NOW, make_persoon, make_registratie, make_woonplaats, undone

pytestmark = pytest.mark.django_db

INSERT_REGISTRATIE = """
INSERT INTO register_registratie (persoon_id, grond, route, geldig, bekend, einde_reden, levering)
VALUES (%s, %s, 'wajong_2015', daterange(%s, %s), tstzrange(%s, %s), '', '')
"""
INSERT_WOONPLAATS = """
INSERT INTO register_woonplaats (persoon_id, gemeente_code, geldig, bekend, levering)
VALUES (%s, %s, daterange(%s, %s), tstzrange(%s, %s), '')
"""
FIRST_DAY, FIRST_HOUR = date(2015, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)
# A start and, perhaps, a length: close together, so that half of them overlap.
PERIODS = st.tuples(st.integers(0, 8), st.none() | st.integers(1, 5))


def days(period: tuple[int, int | None]) -> tuple[date, date | None]:
    start, length = period
    return FIRST_DAY + timedelta(start), None if length is None else FIRST_DAY + timedelta(start + length)


def hours(period: tuple[int, int | None]) -> tuple[datetime, datetime | None]:
    start, length = period
    end = None if length is None else FIRST_HOUR + timedelta(hours=start + length)
    return FIRST_HOUR + timedelta(hours=start), end


def overlap(a, b) -> bool:
    return (b[1] is None or a[0] < b[1]) and (a[1] is None or b[0] < a[1])


ROWS = st.lists(
    st.tuples(st.sampled_from(["wajong", "wsw"]), st.sampled_from([0, 1]), PERIODS.map(days), PERIODS.map(hours)),
    min_size=2,
    max_size=6,
)


def execute(statement: str, params: Sequence[object] = ()) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, params)


def refusal(statement: str, params: Sequence[object] = ()) -> str:
    """What the database says against the statement; empty when it was carried out."""
    try:
        execute(statement, params)
    except IntegrityError as error:
        return str(error)
    return ""


@given(rows=ROWS)
@settings(max_examples=60, deadline=None)
def test_the_database_takes_a_registration_exactly_when_no_other_overlaps_it(rows) -> None:
    with undone():
        people = [make_persoon(nummer) for nummer in (0, 1)]
        taken: list[tuple] = []
        for row in rows:
            grond, nummer, geldig, bekend = row
            clash = any(
                grond == g and nummer == n and overlap(geldig, gg) and overlap(bekend, bb) for g, n, gg, bb in taken
            )
            refused = refusal(INSERT_REGISTRATIE, [people[nummer].pk, grond, *geldig, *bekend])
            assert ("persoon_staat_op_elke_dag_hoogstens_een_keer_op_een_grond" in refused) is clash
            assert bool(refused) is clash
            if not clash:
                taken.append(row)


@given(rows=ROWS)
@settings(max_examples=60, deadline=None)
def test_the_database_takes_a_residence_exactly_when_no_other_overlaps_it(rows) -> None:
    with undone():
        people = [make_persoon(nummer) for nummer in (0, 1)]
        taken: list[tuple] = []
        for row in rows:
            grond, nummer, geldig, bekend = row
            clash = any(nummer == n and overlap(geldig, gg) and overlap(bekend, bb) for _, n, gg, bb in taken)
            gemeente = "GM0402" if grond == "wsw" else "GM0363"
            refused = refusal(INSERT_WOONPLAATS, [people[nummer].pk, gemeente, *geldig, *bekend])
            assert ("persoon_woont_op_elke_dag_in_hoogstens_een_gemeente" in refused) is clash
            assert bool(refused) is clash
            if not clash:
                taken.append(row)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"geldig": (date(2015, 1, 1), date(2015, 1, 1))}, "registratie_geldt_minstens_een_dag"),
        ({"geldig": (None, date(2015, 1, 1))}, "registratie_geldt_minstens_een_dag"),
        ({"bekend": (NOW, NOW)}, "registratie_is_bekend_vanaf_een_moment"),
        ({"bekend": (None, NOW)}, "registratie_is_bekend_vanaf_een_moment"),
        ({"grond": "geen"}, "registratie_heeft_een_grond_uit_de_wet"),
        ({"grond": "zomaar"}, "registratie_heeft_een_grond_uit_de_wet"),
        ({"route": "omweg"}, "registratie_heeft_een_bekende_route"),
        ({"einde_reden": "aow"}, "registratie_noemt_een_bekende_reden_alleen_bij_een_einde"),
        (
            {"einde_reden": "zin", "geldig": (date(2015, 1, 1), date(2016, 1, 1))},
            "registratie_noemt_een_bekende_reden_alleen_bij_een_einde",
        ),
    ],
)
def test_the_database_refuses_a_registration_that_cannot_be(changes: dict, constraint: str) -> None:
    good = {
        "grond": "wajong",
        "route": "wajong_2015",
        "geldig": (date(2015, 1, 1), None),
        "bekend": (NOW, None),
        "einde_reden": "",
    }
    with pytest.raises(IntegrityError, match=constraint):
        Registratie.objects.create(persoon=make_persoon(), **good | changes)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"overleden_op": date(1990, 4, 30)}, "persoon_overlijdt_niet_voor_zijn_geboorte"),
        ({"bsn_index": b"kort"}, "bsn_index_van_persoon_is_een_hele_hmac"),
        ({"bsn_verzegeld": b""}, "bsn_van_persoon_is_verzegeld"),
        ({"bsn_verzegeld": b"999900006"}, "bsn_van_persoon_is_verzegeld"),
    ],
)
def test_the_database_refuses_a_person_that_cannot_be(changes: dict, constraint: str) -> None:
    persoon = make_persoon()
    with pytest.raises(IntegrityError, match=constraint):
        Persoon.objects.filter(pk=persoon.pk).update(**changes)


def test_somebody_may_die_on_the_day_of_birth() -> None:
    make_persoon(overleden_op=date(1990, 5, 1))


def test_a_person_stands_in_the_register_once() -> None:
    make_persoon(1)
    with pytest.raises(IntegrityError, match="bsn_index"):
        make_persoon(1)


def test_a_residence_lies_in_a_gemeente_that_we_know() -> None:
    with undone():
        make_woonplaats(make_persoon(), gemeente="GM9999")
        assert "gemeente_code" in refusal("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_refusal_of_an_overlap_is_a_sentence_for_people() -> None:
    persoon = make_persoon()
    make_registratie(persoon)
    with pytest.raises(ValidationError, match="al op deze grond ingeschreven"):
        Registratie(
            persoon=persoon, grond="wajong", route="pro", geldig=(date(2020, 1, 1), None), bekend=(NOW, None)
        ).full_clean()


@pytest.mark.parametrize(
    "change",
    [
        "grond = 'wsw'",
        "geldig = daterange('2015-01-01', '2016-01-01')",
        "bekend = tstzrange('2020-01-01', NULL)",
        "bekend = tstzrange('2020-01-01', '2027-01-01')",
        "bekend = tstzrange(lower(bekend), '2027-01-01'), route = 'pro'",
        "levering = 'x'",
    ],
)
def test_what_was_known_cannot_be_changed(change: str) -> None:
    make_registratie(make_persoon())
    with pytest.raises(DatabaseError, match="wat bekend was blijft zoals het was"):
        execute(f"UPDATE register_registratie SET {change}")


def test_what_is_known_can_be_closed_once() -> None:
    make_registratie(make_persoon())
    execute("UPDATE register_registratie SET bekend = tstzrange(lower(bekend), '2027-01-01')")
    for end in ("'2026-12-01'", "'2028-01-01'", "NULL"):
        with pytest.raises(DatabaseError, match="wat bekend was blijft zoals het was"):
            execute(f"UPDATE register_registratie SET bekend = tstzrange(lower(bekend), {end})")


def test_what_was_known_about_a_residence_cannot_be_changed_either() -> None:
    make_woonplaats(make_persoon())
    with pytest.raises(DatabaseError, match="wat bekend was blijft zoals het was"):
        execute("UPDATE register_woonplaats SET gemeente_code = 'GM0363'")


def test_a_person_with_a_history_cannot_be_removed() -> None:
    persoon = make_persoon()
    make_woonplaats(persoon)
    with undone():
        execute("DELETE FROM register_persoon")
        assert "register_woonplaats" in refusal("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_id_of_a_person_says_nothing_about_the_person() -> None:
    assert uuid.UUID(str(make_persoon().pk)).version == 4


@pytest.mark.parametrize("label", ["access", "register"])
def test_every_constraint_is_a_sentence_with_a_message_and_fits_postgresql(label: str) -> None:
    constraints = [c for model in apps.get_app_config(label).get_models() for c in model._meta.constraints]
    assert constraints
    assert all(len(c.name) <= 63 and c.name.count("_") >= 3 for c in constraints)
    assert all(
        str(c.violation_error_message).endswith(".") and "“" not in c.violation_error_message for c in constraints
    )


def test_the_history_tables_have_the_same_invariants() -> None:
    names = {
        model: {c.name.removeprefix(model._meta.model_name) for c in model._meta.constraints}
        for model in (Registratie, Woonplaats)
    }
    shared = names[Registratie] & names[Woonplaats]
    assert len(shared) == 2
