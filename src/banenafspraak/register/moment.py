"""Keeps "as known at that moment" true while others are writing.

A writer stamps its rows with a moment from before its transaction ends. Whoever asks "as known at T" while a writer
with an earlier stamp is still busy would get an answer that changes when that writer finishes. So writers hold a lock
together, and who needs a final answer waits until those who were already busy are done. Readers of pages do not wait.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction

# Any number will do, as long as nothing else in this database takes an advisory lock on it.
WRITERS = 0x7265_6769_7374_6572  # "register"


def begin_writing(now: datetime) -> None:
    """Start writing history stamped `now`; call it first in the writing transaction, it holds until that ends.

    Raises `ValueError` for a moment without time zone: it would mean another moment on another machine.
    """
    check_moment(now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [WRITERS])


def await_writers(known_at: datetime) -> None:
    """Return when nobody who was writing is still busy, so that what was known at `known_at` is final.

    Call it outside a transaction: inside one it keeps new writers waiting until that ends. Raises as `begin_writing`.
    """
    check_moment(known_at)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITERS])


def writers_done(known_at: datetime) -> bool:
    """Whether nobody is writing, so that what was known at `known_at` is final; asks once and does not wait.

    For a page: while a delivery of minutes comes in, it says so instead of hanging. Holds new writers off until the
    caller's transaction ends. Raises as `begin_writing`.
    """
    check_moment(known_at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [WRITERS])
        return bool(cursor.fetchone()[0])


def check_moment(moment: datetime) -> None:
    """Raise `ValueError` for a moment without time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment must carry a time zone")


def day_of(moment: datetime) -> date:
    """The day on the calendar in the Netherlands; summer time and winter time both. Raises as `check_moment`."""
    check_moment(moment)
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
