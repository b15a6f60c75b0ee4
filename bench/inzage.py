"""How fast somebody sees who looked at them, when the logboek is long: the pages of own insight.

Makes a logboek of 10,000,000 rows of persons in a database of its own, once: half a million people in turn, so that
the rows of one lie far apart, and a few hundred citizens who can sign in, one of whom was looked at thousands of times.
Then asks for the pages as different citizens, under the role that a citizen has in PostgreSQL. Times are those of the
whole request inside one process: session, role, queries, own look written, page made.
"""

import argparse
import json
import statistics
import sys
import time
from typing import Any

from bench import ready, sample

PEOPLE = 500_000
CITIZENS = 300
PER_OPERATION = 5
BUSY = 5_000  # looks at the citizen who was looked at most
PAGES = ("/burger/", "/burger/wie-keek/", "/burger/wie-keek/?pagina=2", "/burger/wie-keek/?organisatie=Werkgever+3")
BAR_MS = 300

_OPERATIONS = """
INSERT INTO access_logregel
    (recorded_at, organisatie_id, rol, doel, handeling, onderwerp, details, operation_id, trace_id)
SELECT timestamptz '2021-12-01 00:00+00' + n * interval '1 minute', (%(organisaties)s::bigint[])[1 + n %% 40],
       'werkgever', 'een eigen werknemer controleren', 'registratie bekeken', '', '{}', lpad(to_hex(n), 16, '0'), ''
FROM generate_series(%(first)s, %(last)s) AS n
ON CONFLICT (operation_id) DO NOTHING
"""
_PERSONS = """
INSERT INTO access_verwerking
    (parent_operation_id, trace_id, naam, activiteit, status_code, start_time, end_time, betrokkene_index)
SELECT lpad(to_hex(n / %(per)s), 16, '0'), '', 'registratie bekeken', 'raadpleging-werkgever', 1, t, t,
       coalesce((%(citizens)s::bytea[])[1 + (n %% %(people)s)::int], sha256(int8send(n %% %(people)s)))
FROM generate_series(%(first)s, %(last)s) AS n,
     LATERAL (SELECT timestamptz '2021-12-01 00:00+00' + (n / %(per)s) * interval '1 minute' AS t) AS moment
"""
_BUSY_ONE = """
INSERT INTO access_verwerking
    (parent_operation_id, trace_id, naam, activiteit, status_code, start_time, end_time, betrokkene_index)
SELECT operation_id, '', handeling, 'raadpleging-werkgever', 1, recorded_at, recorded_at, %(busy)s
FROM access_logregel WHERE rol = 'werkgever' ORDER BY id LIMIT %(count)s
"""
_CHUNK = 500_000


def _fill(rows: int) -> list[str]:
    """The logboek and its citizens, when they are not there yet; gives the keys of the sessions."""
    from django.db import connection

    from banenafspraak.access import bsn as bsns
    from banenafspraak.adapters.synthese.nummers import lawful_numbers

    numbers = [text for text, _ in zip(lawful_numbers(), range(CITIZENS), strict=False)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_verwerking")
        there = cursor.fetchone()[0]
        if there < rows:
            indexes = [bsns.index(text, doel="audit") for text in numbers]
            _write(cursor, there, rows, _organisations(), indexes)
    return [_session(text, number) for number, text in enumerate(numbers)]


def _organisations() -> list[int]:
    from banenafspraak.access.models import Organisatie

    return [
        Organisatie.objects.get_or_create(naam=f"Werkgever {n}", soort="werkgever", kvk=f"{90_000_000 + n}")[0].pk
        for n in range(40)
    ]


def _write(cursor: Any, there: int, rows: int, organisaties: list[int], indexes: list[bytes]) -> None:
    values = {"organisaties": organisaties, "citizens": indexes, "people": PEOPLE, "per": PER_OPERATION}
    cursor.execute("SET synchronous_commit = off")
    for first in range(0, rows // PER_OPERATION + 1, _CHUNK):
        last = min(first + _CHUNK - 1, rows // PER_OPERATION)
        cursor.execute(_OPERATIONS, values | {"first": first, "last": last})
    for first in range(there, rows, _CHUNK):
        print(f"bench.inzage: {first:,} rows", file=sys.stderr, flush=True)
        cursor.execute(_PERSONS, values | {"first": first, "last": min(first + _CHUNK, rows) - 1})
    cursor.execute(_BUSY_ONE, {"busy": indexes[0], "count": min(BUSY, rows // PER_OPERATION)})
    cursor.execute("ANALYZE access_logregel; ANALYZE access_verwerking")


def _session(text: str, number: int) -> str:
    """A citizen of the demo kind with this made-up BSN, signed in; gives the key of the session."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.utils import timezone

    from banenafspraak.access import actor as actors
    from banenafspraak.access import bsn as bsns
    from banenafspraak.access.models import Gebruiker, Lidmaatschap, bsn_context

    gebruiker, _ = Gebruiker.objects.get_or_create(
        email=f"bench-{number}@demo.invalid", defaults={"naam": f"Burger {number}", "created_at": timezone.now()}
    )
    gebruiker.bsn_verzegeld = bsns.seal(text, context=bsn_context(gebruiker.pk))
    gebruiker.save(update_fields=["bsn_verzegeld"])
    lidmaatschap, _ = Lidmaatschap.objects.get_or_create(
        gebruiker=gebruiker, organisatie=None, rol="burger", defaults={"geldig": (gebruiker.created_at.date(), None)}
    )
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(gebruiker.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = gebruiker.get_session_auth_hash()
    session[actors.SESSION_LIDMAATSCHAP] = lidmaatschap.pk
    session.save()
    return str(session.session_key)


def _ask(key: str, address: str) -> tuple[float, int]:
    from django.conf import settings
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    begin = time.perf_counter()
    response = client.get(address)
    return (time.perf_counter() - begin) * 1000, response.status_code


def _p95(times: list[float]) -> float:
    return round(statistics.quantiles(times, n=20)[18], 1)


def main(argv: list[str]) -> dict[str, object]:
    """Measure; `--snel` makes a hundredth of the logboek."""
    parser = argparse.ArgumentParser(prog="bench.inzage")
    parser.add_argument("--snel", action="store_true", help="100,000 rows")
    rows = 100_000 if parser.parse_args(argv).snel else 10_000_000
    with ready():
        from django.core.management import call_command

        call_command("collectstatic", interactive=False, verbosity=0)
        keys = _fill(rows)
        for address in PAGES:  # templates and translations are read once
            _ask(keys[1], address)
        with sample() as machine:
            taken = {address: [_ask(key, address) for key in keys[1:]] for address in PAGES}
            busiest = {address: _ask(keys[0], address)[0] for address in PAGES}
    times = [ms for answers in taken.values() for ms, _ in answers]
    return {
        "rows": rows,
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": _p95(times),
        "bar_ms": BAR_MS,
        "passed": _p95(times) <= BAR_MS,
        "busiest_citizen_ms": {address: round(ms, 1) for address, ms in busiest.items()},
        "per_page_p95_ms": {address: _p95([ms for ms, _ in answers]) for address, answers in taken.items()},
        "requests": len(times),
        "errors": sum(status != 200 for answers in taken.values() for _, status in answers),
        "foreign": round(machine.foreign, 2),
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
