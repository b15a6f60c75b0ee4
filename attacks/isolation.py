"""Every role tries every verb on every table, and thousands of transactions of different actors share four connections.

- The matrix: each role of the database, as the website's login takes it on, without a context and with that of a
  stranger, tries SELECT, INSERT, UPDATE, DELETE and TRUNCATE on each protected table. What a role may do with other
  people's rows by design is written down in `BY_DESIGN`; anything else that succeeds is a finding.
- The pool: `transactions` of random actors through a pool of four connections that is never reset, some of them broken
  off half-way, some without any context. Each asks who it can see; `foreign_rows` counts people it should not. Then
  once more through a real PgBouncer in transaction mode with four connections, where there is one on this machine
  (`pgbouncer`: its version, or that it is not installed).
- The mutant sets the context for the session instead of the transaction.
"""

import argparse
import json
import os
import pwd
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from attacks import empty, ready
from banenafspraak.access.rechten import SIGNED_IN, WEB

POOL, THREADS = 4, 8
PEOPLE = 40
ZAAD = 20260701
VERBS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")

# The beoordelaar keeps the register, the toezichthouder reads the logboek, everybody adds to it, and the website has
# to find who signs in before there is an actor.
BY_DESIGN = {
    ("ba_web", "access_gebruiker"): {"SELECT", "INSERT", "UPDATE"},
    ("ba_web", "access_lidmaatschap"): {"SELECT", "INSERT"},
    ("ba_toezicht", "access_logregel"): {"SELECT"},
    ("ba_toezicht", "access_verwerking"): {"SELECT"},
    ("ba_beoordelaar", "register_persoon"): {"SELECT", "INSERT", "UPDATE"},
    ("ba_beoordelaar", "register_registratie"): {"SELECT", "INSERT", "UPDATE"},
    ("ba_beoordelaar", "register_woonplaats"): {"SELECT", "INSERT", "UPDATE"},
    # UWV handles what anybody in the country asks: advice, loonwaarde, leaving, and the one-off file of a gemeente.
    ("ba_beoordelaar", "register_beschutwerkadvies"): {"SELECT", "INSERT"},
    ("ba_beoordelaar", "register_gemeentebericht"): {"INSERT"},
    # The register is put right by whoever keeps it.
    ("ba_beoordelaar", "register_herstel"): {"SELECT", "INSERT"},
    ("ba_beoordelaar", "register_loonwaarde"): {"SELECT"},
    ("ba_beoordelaar", "register_populatielevering"): {"SELECT", "INSERT"},
    ("ba_beoordelaar", "register_populatieverzoek"): {"SELECT"},
    ("ba_beoordelaar", "register_uitschrijfverzoek"): {"SELECT", "UPDATE"},
    # Whoever keeps the system links an employer to its number; it stands there as a keyed index.
    ("ba_beheer", "access_loonheffingennummer"): {"SELECT", "INSERT"},
    # What is open to everybody on the internet a bemiddelaar of another region reads too, with its tasks.
    ("ba_bemiddelaar", "bemiddeling_vacature"): {"SELECT"},
    ("ba_bemiddelaar", "bemiddeling_vacaturetaak"): {"SELECT"},
    # Who asked not to be called is not called, from whichever region: a KvK number and two days.
    ("ba_bemiddelaar", "bemiddeling_werkgeverrust"): {"SELECT"},
    # Where employers turn to in each region is public: an office and nobody's name; who changed it is another column.
    **{(role, "bemiddeling_contactpunt"): {"SELECT"} for role in (WEB, *SIGNED_IN)},
    # The supervisor decides on objections of every employer, and lifts a block.
    ("ba_toezicht", "register_bezwaar"): {"SELECT", "UPDATE"},
    ("ba_toezicht", "register_blokkade"): {"SELECT", "UPDATE"},
    ("ba_toezicht", "register_raadpleegstand"): {"SELECT", "UPDATE"},
}
ADDS_TO_LOGBOEK = ("access_logregel", "access_verwerking")


def main(argv: list[str]) -> dict[str, Any]:
    """The matrix, the pool, and the pool with the mutant."""
    parser = argparse.ArgumentParser(prog="attacks.isolation")
    parser.add_argument("--n", type=int, default=10_000, help="how many transactions")
    parser.add_argument("--snel", action="store_true", help="some hundreds of transactions")
    options = parser.parse_args(argv)
    number = 400 if options.snel else options.n
    with ready():
        from banenafspraak.access import database

        people = _people()
        tried, findings = _matrix()
        foreign = _pool(people, number, _as_website)
        bouncer = _pgbouncer()
        if bouncer:
            foreign += _pool(people, number, lambda: _behind_pgbouncer(bouncer))
        enter = database._ENTER
        database._ENTER = enter.replace(", true)", ", false)")
        mutants = [_pool(people, 400, _as_website)]
        if bouncer:
            mutants.append(_pool(people, 400, lambda: _behind_pgbouncer(bouncer)))
        database._ENTER = enter
        empty()
    return {
        "passed": not findings and foreign == 0 and tried > 0,
        "mutant_caught": all(mutants),
        "tried": tried,
        "findings": findings,
        "transactions": number,
        "pool": POOL,
        "pgbouncer": _version(bouncer) if bouncer else "not installed",
        "foreign_rows": foreign,
        "mutant_foreign_rows": sum(mutants),
    }


def _people() -> dict[str, set[str]]:
    """Half of them live in Hilversum and half in Middelburg; returns who lives where, by id."""
    from django.utils import timezone

    from banenafspraak.access import bsn as bsns
    from banenafspraak.access.demo import ensure_demo_roles
    from banenafspraak.register.models import Persoon, Registratie, Woonplaats, bsn_context

    empty()
    ensure_demo_roles()
    now = timezone.now()
    numbers = (str(n) for n in range(999_900_000, 1_000_000_000))
    found: dict[str, set[str]] = {"GM0402": set(), "GM0687": set()}
    for place, number in enumerate(_take((n for n in numbers if bsns.is_valid(n)), PEOPLE)):
        gemeente = ("GM0402", "GM0687")[place % 2]
        persoon = Persoon(geboortedatum="1990-01-01", bsn_index=bsns.index(number, doel="register"))
        persoon.bsn_verzegeld = bsns.seal(number, context=bsn_context(persoon.pk))
        persoon.save(force_insert=True)
        Registratie.objects.create(
            persoon=persoon, grond="wajong", route="wajong_2015", geldig=("2015-01-01", None), bekend=(now, None)
        )
        Woonplaats.objects.create(
            persoon=persoon, gemeente_id=gemeente, geldig=("2010-01-01", None), bekend=(now, None)
        )
        found[gemeente].add(str(persoon.pk))
    return found


def _take(numbers: Iterator[str], count: int) -> list[str]:
    return [next(numbers) for _ in range(count)]


# --- Every role, every table, every verb -------------------------------------------------------------------------


def _matrix() -> tuple[int, list[str]]:
    """How many were tried, and which succeeded on rows that are somebody else's."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r' ORDER BY relname")
        tables = [name for (name,) in cursor.fetchall()]
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " ORDER BY table_name, ordinal_position"
        )
        columns: dict[str, list[str]] = {}
        for table, column in cursor.fetchall():
            columns.setdefault(table, []).append(column)
    tried, findings = 0, []
    for role in (WEB, *SIGNED_IN):
        for table in tables:
            allowed = set(BY_DESIGN.get((role, table), ()))
            allowed |= {"INSERT"} if table in ADDS_TO_LOGBOEK else set()
            for verb in VERBS:
                tried += 1
                if _succeeds(role, table, verb, columns[table]) and verb not in allowed:
                    findings.append(f"{role} {verb} {table}")
    return tried, findings


def _succeeds(role: str, table: str, verb: str, columns: list[str]) -> bool:
    """Whether the verb reaches a row, in the role of a stranger to everybody in the tables."""
    from django.db import Error, connection, transaction

    statement = {
        "SELECT": f"SELECT 1 FROM {table} LIMIT 1",
        # A row as it stands there, so that no constraint but the protection itself can be what refuses it.
        "INSERT": f"INSERT INTO {table} ({', '.join(columns)}) OVERRIDING SYSTEM VALUE SELECT * FROM voorbeeld",
        "UPDATE": f"UPDATE {table} SET {columns[-1]} = {columns[-1]}",
        "DELETE": f"DELETE FROM {table}",
        "TRUNCATE": f"TRUNCATE {table} CASCADE",
    }[verb]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            _fill(cursor, table)
            cursor.execute(f"CREATE TEMP TABLE voorbeeld ON COMMIT DROP AS SELECT * FROM {table} LIMIT 1")
            cursor.execute(f"GRANT SELECT ON voorbeeld TO {role}")
            cursor.execute(
                "SELECT set_config('app.gebruiker', gen_random_uuid()::text, true),"
                " set_config('app.organisatie', '0', true), set_config('app.gemeente', 'GM0363', true),"
                " set_config('app.regio', 'AM05', true),"
                " set_config('app.burger', encode(sha256('vreemd'), 'hex'), true),"
                " set_config('app.burger_audit', encode(sha256('vreemd'), 'hex'), true), set_config('role', %s, true)",
                [role],
            )
            cursor.execute(statement)
            reached = cursor.rowcount > 0 or verb == "TRUNCATE"
            transaction.set_rollback(True)
            return reached
    except Error as error:
        state = getattr(error.__cause__, "sqlstate", None) or ""
        if state == "42501":  # not allowed, or refused by the protection of rows
            return False
        # Breaking a constraint or a trigger comes after the protection let the row through.
        return state.startswith(("23", "P0")) or _unexpected(error)


def _unexpected(error: Exception) -> bool:
    raise RuntimeError("the attack itself went wrong") from error


_VALUES = {
    "ARRAY": "'{}'",
    "boolean": "false",
    "bytea": "sha256('x')",
    "date": "'2026-01-01'",
    "daterange": "'[2026-01-01,)'",
    "jsonb": "'{}'",
    "timestamp with time zone": "now()",
    "tstzrange": "tstzrange(now(), NULL)",
    "uuid": "gen_random_uuid()",
}


def _fill(cursor: Any, table: str) -> None:
    """Put a row in an empty table, whatever its rules say: a protection over no rows would prove nothing."""
    cursor.execute(f"SELECT EXISTS (SELECT FROM {table})")
    if cursor.fetchone()[0]:
        return
    cursor.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'f', 'x')", [table]
    )
    for (name,) in cursor.fetchall():
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    cursor.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s"
        " AND table_schema = 'public' AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'",
        [table],
    )
    needed = {name: _VALUES.get(kind, "'1'") for name, kind in cursor.fetchall()}
    what = f"({', '.join(needed)}) VALUES ({', '.join(needed.values())})" if needed else "DEFAULT VALUES"
    cursor.execute(f"INSERT INTO {table} {what}")


# --- Many actors, four connections -------------------------------------------------------------------------------


@contextmanager
def _as_website() -> Iterator[None]:
    """Django as the website's own login, through a pool of four that hands connections on as they are."""
    from django.db import connections

    owner = dict(connections["default"].settings_dict)
    pool = {"pool": {"min_size": POOL, "max_size": POOL, "timeout": 60}}
    with _database(_login(owner, WEB) | {"CONN_MAX_AGE": 0, "OPTIONS": pool}):
        yield


@contextmanager
def _database(chosen: dict[str, Any]) -> Iterator[None]:
    """Django's own database by another way, for the time of the block."""
    from django.conf import settings
    from django.db import connections

    default = connections["default"]
    owner = dict(default.settings_dict)
    default.close()
    default.settings_dict.update(chosen)
    settings.DATABASES["default"] = default.settings_dict
    try:
        yield
    finally:
        default.close()
        default.close_pool()  # type: ignore[attr-defined]
        default.settings_dict.clear()
        default.settings_dict.update(owner)
        settings.DATABASES["default"] = owner


def _pgbouncer() -> str | None:
    """The program; Debian keeps it where only root looks."""
    return shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin:/usr/local/sbin")


def _version(program: str) -> str:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    return said.splitlines()[0].removeprefix("PgBouncer ")


@contextmanager
def _behind_pgbouncer(program: str) -> Iterator[None]:
    """Django as the website's own login, behind a PgBouncer of this attack's own that gives out four connections."""
    from django.db import connections

    owner = dict(connections["default"].settings_dict)
    login = _login(owner, WEB)
    account = pwd.getpwuid(os.stat(login["HOST"]).st_uid) if login["HOST"].startswith("/") else None
    with tempfile.TemporaryDirectory(prefix="bouncer-") as folder:
        place = Path(folder)
        settings = place / "pgbouncer.ini"
        port = f"port={login['PORT']} " if login["PORT"] else ""
        settings.write_text(
            f"[databases]\n{login['NAME']} = host={login['HOST']} {port}user={login['USER']}"
            f" password={login['PASSWORD']}\n"
            f"[pgbouncer]\npool_mode = transaction\ndefault_pool_size = {POOL}\nauth_type = any\n"
            f"listen_addr =\nunix_socket_dir = {place}\nunix_socket_mode = 0777\nlogfile = {place}/log\n",
            encoding="utf-8",
        )
        as_whom: dict[str, Any] = {}
        if os.geteuid() == 0 and account:
            # It refuses to run as root, like the server itself.
            for path in (place, settings):
                os.chown(path, account.pw_uid, account.pw_gid)
            as_whom = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        running = subprocess.Popen([program, "-q", str(settings)], **as_whom)
        try:
            _wait_for(place / ".s.PGSQL.6432")
            with _database(login | {"HOST": str(place), "PORT": "6432", "CONN_MAX_AGE": 0, "OPTIONS": {}}):
                yield
        finally:
            running.terminate()
            running.wait(timeout=20)


def _wait_for(path: Path) -> None:
    deadline = time.monotonic() + 20
    while not path.exists():
        if time.monotonic() > deadline:
            raise RuntimeError("PgBouncer does not start; its own message stands above")
        time.sleep(0.05)


def _login(owner: dict[str, Any], web: str) -> dict[str, Any]:
    """A login of this attack's own that is a member of the website's role and of nothing else."""
    import secrets

    from django.db import connection

    word = secrets.token_urlsafe(24)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'aanval_web'")
        verb = "ALTER" if cursor.fetchone() else "CREATE"
        cursor.execute(f"{verb} ROLE aanval_web LOGIN PASSWORD '{word}'")
        cursor.execute(f"GRANT {web} TO aanval_web")
    connection.close()
    return owner | {"USER": "aanval_web", "PASSWORD": word}


def _pool(people: dict[str, set[str]], number: int, way: Callable[[], AbstractContextManager[None]]) -> int:
    """How many people were seen by somebody who should not, when everybody reaches the database in this way."""
    from banenafspraak.access import bsn as bsns
    from banenafspraak.access.models import Lidmaatschap
    from banenafspraak.register.models import Persoon, bsn_context

    members = {m.gebruiker.email.split("@")[0]: m for m in Lidmaatschap.objects.select_related("gebruiker")}
    numbers = {
        str(p.pk): bsns.Bsn.parse(bsns.unseal(p.bsn_verzegeld, context=bsn_context(p.pk)))
        for p in Persoon.objects.all()
    }
    rng, lock, foreign = random.Random(ZAAD), threading.Lock(), [0]
    jobs = [(rng.choice(_KINDS), rng.choice(sorted(numbers)), rng.random()) for _ in range(number)]

    def one(job: tuple[str, str, float]) -> None:
        kind, who, luck = job
        seen, expected = _transaction(kind, who, luck, people, numbers, members)
        if extra := seen - expected:
            with lock:
                foreign[0] += len(extra)

    with way(), ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(one, jobs))
    return foreign[0]


_KINDS = ("burger", "bemiddelaar-gemeente", "bemiddelaar-zeeland", "beoordelaar", "werkgever", "niemand")


class _BrokenOff(Exception):
    """Half-way: the transaction never ends well."""


def _transaction(
    kind: str, who: str, luck: float, people: dict[str, set[str]], numbers: dict[str, Any], members: dict[str, Any]
) -> tuple[set[str], set[str]]:
    """Who this actor saw, and who it may see at most."""
    from django.db import ProgrammingError, connection, transaction

    from banenafspraak.access import database
    from banenafspraak.access.actor import Actor
    from banenafspraak.access.permissions import Rol

    everybody = people["GM0402"] | people["GM0687"]
    expected, gemeente, bsn = {
        "burger": ({who}, None, numbers[who]),
        "bemiddelaar-gemeente": (people["GM0402"], "GM0402", None),
        "bemiddelaar-zeeland": (people["GM0687"], "GM0687", None),
        "beoordelaar": (everybody, None, None),
        "werkgever": (set(), None, None),
        "niemand": (set(), None, None),
    }[kind]
    seen: set[str] = set()
    try:
        with transaction.atomic():
            if kind == "niemand":
                seen = _ask()
            else:
                member = members[kind]
                actor = Actor(
                    gebruiker_id=member.gebruiker_id, organisatie_id=member.organisatie_id, rol=Rol(member.rol),
                    regio=None, doel="een aanval", gemeente=gemeente, bsn=bsn,
                )  # fmt: skip
                with database.acting(actor):
                    seen = _ask()
                    if luck < 0.2:
                        raise _BrokenOff
    except (_BrokenOff, ProgrammingError):
        pass
    finally:
        connection.close()
    return seen, expected


def _ask() -> set[str]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM register_persoon")
        return {str(pk) for (pk,) in cursor.fetchall()}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
