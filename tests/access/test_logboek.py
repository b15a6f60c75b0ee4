from datetime import datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel, Verwerking
from banenafspraak.access.permissions import Rol
from tests.factories import NOW, make_actor

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system(doel="een test")


def test_a_row_says_who_did_what_for_whom_and_why() -> None:
    actor = make_actor(Rol.TOEZICHT)
    logboek.record(
        actor=actor,
        handeling="logboek bekeken",
        onderwerp="dag 1",
        persoon_bsn_index=b"i" * 32,
        details={"n": 2},
        now=NOW,
    )
    row = Logregel.objects.get()
    assert (row.gebruiker_id, row.organisatie_id, row.rol) == (actor.gebruiker_id, actor.organisatie_id, "toezicht")
    assert (row.doel, row.handeling, row.onderwerp) == ("een test", "logboek bekeken", "dag 1")
    assert (row.details, row.recorded_at) == ({"n": 2}, NOW)
    person = Verwerking.objects.get()
    assert (person.parent_operation_id, bytes(person.betrokkene_index)) == (row.operation_id, b"i" * 32)
    assert (person.naam, person.status_code, person.start_time) == ("logboek bekeken", 1, NOW)


@pytest.mark.parametrize("people", [0, 1, 5, 45_000])
def test_a_look_at_many_people_is_one_action_with_a_row_for_each(people: int) -> None:
    indexes = [n.to_bytes(32) for n in range(people)]
    count = logboek.record_many(
        actor=SYSTEM, handeling="ingelezen", persoon_bsn_indexes=iter(indexes), details={"a": 1}, now=NOW
    )
    action = Logregel.objects.get()
    rows = Verwerking.objects.order_by("pk").values_list("parent_operation_id", "naam", "betrokkene_index")
    assert count == people
    assert action.details == {"a": 1}
    assert [(*row[:2], bytes(row[2])) for row in rows] == [(action.operation_id, "ingelezen", i) for i in indexes]


def test_no_row_about_a_person_names_a_user() -> None:
    assert not {"gebruiker", "rol", "doel"} & {field.name for field in Verwerking._meta.get_fields()}


def test_a_failed_action_is_written_down_as_failed() -> None:
    logboek.record(actor=SYSTEM, handeling="x", persoon_bsn_index=b"i" * 32, gelukt=False, now=NOW)
    assert Verwerking.objects.get().status_code == 2


def test_rows_carry_the_trace_of_the_request() -> None:
    token = logboek.trace_id.set("ab" * 16)
    logboek.record(actor=SYSTEM, handeling="x", persoon_bsn_index=b"i" * 32, now=NOW)
    logboek.trace_id.reset(token)
    assert (Logregel.objects.get().trace_id, Verwerking.objects.get().trace_id) == ("ab" * 16, "ab" * 16)


def test_text_with_tabs_and_backslashes_survives_in_bulk() -> None:
    odd = "a\tb\\n\nc"
    logboek.record_many(
        actor=SYSTEM, handeling=odd, persoon_bsn_indexes=[b"\\x\t" + b"\n" * 29], details={"t": odd}, now=NOW
    )
    row = Logregel.objects.get()
    assert (row.handeling, row.details["t"]) == (odd, odd)
    assert bytes(Verwerking.objects.get().betrokkene_index) == b"\\x\t" + b"\n" * 29


def test_the_row_disappears_with_the_action_that_failed() -> None:
    @transaction.atomic
    def look_and_fail() -> None:
        logboek.record(actor=SYSTEM, handeling="x", now=NOW)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        look_and_fail()
    assert not Logregel.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_logregel SET handeling = 'niets'",
        "UPDATE access_logregel SET id = id",
        "DELETE FROM access_logregel",
        "TRUNCATE access_logregel",
        "TRUNCATE access_gebruiker CASCADE",
        "INSERT INTO access_logregel OVERRIDING SYSTEM VALUE SELECT * FROM access_logregel"
        " ON CONFLICT (id) DO UPDATE SET doel = 'x'",
    ],
)
def test_the_database_refuses_to_change_or_remove_a_row(statement: str) -> None:
    logboek.record(actor=SYSTEM, handeling="x", now=NOW)
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="logregels blijven staan"), transaction.atomic():
        connection.cursor().execute(statement)
    assert Logregel.objects.filter(handeling="x", doel="een test").count() == 1


def test_a_user_who_did_something_cannot_be_removed() -> None:
    actor = make_actor(Rol.TOEZICHT)
    logboek.record(actor=actor, handeling="x", now=NOW)
    connection.cursor().execute("DELETE FROM access_lidmaatschap")
    connection.cursor().execute("DELETE FROM access_gebruiker")
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    transaction.set_rollback(True)


@pytest.mark.parametrize("field", ["handeling", "doel"])
def test_a_row_always_says_what_and_why(field: str) -> None:
    with pytest.raises(IntegrityError, match="logregel_noemt_handeling_en_doel"):
        Logregel.objects.create(recorded_at=NOW, rol="systeem", **{"handeling": "x", "doel": "y", field: ""})


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        logboek.record(actor=SYSTEM, handeling="x", now=datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(ValueError, match="time zone"):
        logboek.record_many(actor=SYSTEM, handeling="x", persoon_bsn_indexes=[], now=datetime(2026, 1, 1))  # noqa: DTZ001
