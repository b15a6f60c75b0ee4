"""A stolen copy of the database, without the key file, names nobody."""

import os
import re
import shutil
import subprocess

import pytest
from django.db import connection

from banenafspraak.access import bsn as bsns
from banenafspraak.access import demo
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Rol
from banenafspraak.config import cluster
from banenafspraak.register import registraties
from banenafspraak.register.registraties import Inhoud, take_in
from banenafspraak.wet.doelgroep import Grond, Route
from tests.factories import (
    NOW,
    SINCE,
    bsn,
    make_actor,
    persoon_record,
    registratie_record,
    sha256,
    woonplaats_record,
)

PEOPLE = 30


def dump() -> str:
    """Everything in the database: as pg_dump writes it, or each table copied out where there is no pg_dump."""
    binaries = cluster.find_binaries()
    found = shutil.which("pg_dump") or (binaries and shutil.which("pg_dump", path=str(binaries.folder)))
    if found:
        database = connection.settings_dict
        environ = os.environ | {"PGPASSWORD": str(database["PASSWORD"])}
        where = ["-h", str(database["HOST"]), "-p", str(database["PORT"]), "-U", str(database["USER"])]
        made = subprocess.run(
            [found, *where, "--enable-row-security", "--inserts", str(database["NAME"])],
            env=environ, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if made.returncode == 0:
            return made.stdout
        assert "version mismatch" in made.stderr, made.stderr
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        text = []
        for (table,) in cursor.fetchall():
            with cursor.copy(f"COPY (SELECT * FROM {table}) TO STDOUT") as copy:
                text.append("".join(bytes(block).decode() for block in copy))
    return "\n".join(text)


@pytest.mark.django_db(transaction=True)
def test_a_dump_holds_no_bsn(settings) -> None:
    demo.ensure_demo_roles()
    demo.give_bsn("burger", bsn(0))
    take_in(
        [
            record
            for nummer in range(PEOPLE)
            for record in (
                persoon_record(nummer, regel=3 * nummer + 2),
                registratie_record(nummer, regel=3 * nummer + 3),
                woonplaats_record(nummer, regel=3 * nummer + 4),
            )
        ],
        actor=Actor.system(doel="een test"),
        levering=sha256("a"),
        now=NOW,
    )
    registraties.register(
        actor=make_actor(Rol.BEOORDELAAR),
        bsn=bsn(PEOPLE),
        geboortedatum=SINCE,
        inhoud=Inhoud(Grond.WAJONG, Route.WAJONG_2015, SINCE),
        now=NOW,
    )
    text = dump()
    assert text.count(sha256("a")) > PEOPLE, "this is not the whole database"
    # Digits inside hexadecimal and inside longer numbers are not a BSN that somebody wrote down.
    numbers = {n for n in re.findall(r"(?<![0-9a-zA-Z.])\d{9}(?![0-9a-zA-Z.])", text) if bsns.is_valid(n)}
    assert numbers == set()
    for nummer in range(PEOPLE + 1):
        plain = bsn(nummer).reveal()
        assert plain not in text
        assert plain.encode().hex() not in text
    keys = re.findall(r'"\d+": "([^"]{44})"', settings.SLEUTELBESTAND.read_text(encoding="utf-8"))
    assert len(keys) == 4
    assert not any(key in text for key in keys)
