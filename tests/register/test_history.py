"""What was known stays known: the answer for a fixed day and moment never changes afterwards."""

from collections.abc import Iterator
from datetime import date, timedelta

import psycopg
import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Rol
from banenafspraak.register import registraties
from banenafspraak.register.models import Registratie
from banenafspraak.register.moment import WRITERS, await_writers, begin_writing
from banenafspraak.register.registraties import Inhoud, Overtaken, registered_on, take_in
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.registratie import EindeReden
from tests.factories import NOW, bsn, make_actor, moments, persoon_record, registratie_record, sha256, undone

SYSTEM = Actor.system(doel="een test")
FIRST = date(2020, 1, 1)
DAYS = [FIRST + timedelta(days=n) for n in range(8)]
DAY = st.sampled_from(DAYS)
GROND = st.sampled_from([Grond.WAJONG, Grond.WSW])
STEPS = st.lists(
    st.tuples(st.sampled_from(["register", "correct", "end", "deliver"]), st.integers(0, 5), GROND, DAY, DAY),
    min_size=1,
    max_size=7,
)


def act(actor: Actor, step: tuple, now) -> None:
    kind, number, grond, one, other = step
    vanaf, tot = min(one, other), max(one, other) + timedelta(days=1)
    inhoud = Inhoud(grond, Route.PRO, vanaf, tot if number % 2 else None)
    rows = list(Registratie.objects.order_by("pk"))
    target = rows[number % len(rows)].pk if rows else 0
    match kind:
        case "register":
            registraties.register(
                actor=actor, bsn=bsn(number % 2), geboortedatum=date(1990, 5, 1), inhoud=inhoud, now=now
            )
        case "correct":
            registraties.correct(actor=actor, registratie_id=target, inhoud=inhoud, now=now)
        case "end":
            registraties.end(actor=actor, registratie_id=target, tot=tot, einde_reden=EindeReden.OVERIG, now=now)
        case "deliver":
            records = [persoon_record(number % 2), registratie_record(number % 2, grond=grond, vanaf=vanaf, tot=tot)]
            take_in(records, actor=SYSTEM, levering=sha256(str(now)), now=now)


def answers(known_at) -> list:
    return [
        sorted(registered_on(day, known_at=known_at).values_list("persoon", "grond", "route", "geldig")) for day in DAYS
    ]


@pytest.mark.django_db
@given(steps=STEPS)
@settings(max_examples=25, deadline=None)
def test_valid_on_a_day_as_known_at_a_moment_never_changes(steps) -> None:
    with undone():
        actor, clock = make_actor(Rol.BEOORDELAAR), moments()
        seen: dict = {next(clock): answers(NOW)}
        for step in steps:
            try:
                with transaction.atomic():
                    act(actor, step, next(clock))
            except (ValidationError, Overtaken):
                pass  # refused: then nothing may have changed, which the comparison below shows as well
            known_at = next(clock)
            seen[known_at] = answers(known_at)
            assert {moment: answers(moment) for moment in seen} == seen


@pytest.fixture
def second(db) -> Iterator[psycopg.Connection]:
    """A second connection to the same database, for what only two can show; takes no data."""
    with connection.get_new_connection(connection.get_connection_params()) as second:
        second.autocommit = False
        yield second
        second.rollback()


def test_who_needs_a_final_answer_waits_for_who_is_still_writing(second: psycopg.Connection) -> None:
    second.execute("SELECT pg_advisory_xact_lock_shared(%s)", [WRITERS])
    connection.cursor().execute("SET LOCAL lock_timeout = '50ms'")
    with pytest.raises(OperationalError, match="lock timeout"), transaction.atomic():
        await_writers(NOW)
    second.rollback()
    await_writers(NOW)


def test_writers_do_not_wait_for_each_other_and_keep_the_reader_out(second: psycopg.Connection) -> None:
    begin_writing(NOW)
    assert second.execute("SELECT pg_try_advisory_xact_lock_shared(%s)", [WRITERS]).fetchone() == (True,)
    second.rollback()
    assert second.execute("SELECT pg_try_advisory_xact_lock(%s)", [WRITERS]).fetchone() == (False,)


def test_a_delivery_keeps_other_writers_out_until_it_is_in_and_lets_readers_pass(second: psycopg.Connection) -> None:
    take_in([persoon_record()], actor=SYSTEM, levering=sha256("a"), now=NOW)
    second.execute("SELECT count(*) FROM register_persoon")
    second.execute("SET LOCAL lock_timeout = '50ms'")
    with pytest.raises(psycopg.errors.LockNotAvailable):
        second.execute("LOCK TABLE register_persoon IN ROW EXCLUSIVE MODE")
