"""Somebody with every right in the database edits, removes, adds or reorders rows of the sealed logboek.

Every edit is one of a kind drawn at random, on a row drawn at random, checked by `zegels.verify` and then undone. The
mutant seals a row without its purpose, so that changing the purpose stays unseen.

- `edits`, `detected`: how many were made, and how many were found.
- `verify_ms`: the median time of a check of the seal that was hit, with the whole chain.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from attacks import empty, ready

ZEGELS, PER_ZEGEL = 100, 40
ZAAD = 20260701

Edit = Callable[[random.Random, list[int]], str]


def _set(table: str, change: str) -> Edit:
    return lambda rng, ids: f"UPDATE {table} SET {change} WHERE id = {rng.choice(ids)}"


def _swap(table: str) -> Edit:
    def statement(rng: random.Random, ids: list[int]) -> str:
        one, other = rng.sample(ids, 2)
        return (
            f"UPDATE {table} SET id = -1 WHERE id = {one}; UPDATE {table} SET id = {one} WHERE id = {other};"
            f" UPDATE {table} SET id = {other} WHERE id = -1"
        )

    return statement


_COLUMNS = """parent_operation_id, trace_id, naam, activiteit, status_code, start_time, end_time, betrokkene_index,
    xid, salt"""


def _copy(rng: random.Random, ids: list[int]) -> str:
    chosen = f"SELECT {_COLUMNS} FROM access_verwerking WHERE id = {rng.choice(ids)}"
    return f"INSERT INTO access_verwerking ({_COLUMNS}) {chosen}"


REGEL, PERSOON = "access_logregel", "access_verwerking"
EDITS: dict[str, tuple[str, Edit]] = {
    "doel": (REGEL, _set(REGEL, "doel = doel || '.'")),
    "handeling": (REGEL, _set(REGEL, "handeling = 'iets anders'")),
    "wie": (REGEL, _set(REGEL, "rol = 'burger'")),
    "moment": (REGEL, _set(REGEL, "recorded_at = recorded_at - interval '1 microsecond'")),
    "details": (REGEL, _set(REGEL, "details = details || '{\"n\": -1}'")),
    "operatie": (REGEL, _set(REGEL, "operation_id = 'ffffffffffffffff'")),
    "verwijderd": (REGEL, lambda rng, ids: f"DELETE FROM {REGEL} WHERE id = {rng.choice(ids)}"),
    "omgewisseld": (REGEL, _swap(REGEL)),
    "persoon": (PERSOON, _set(PERSOON, "betrokkene_index = sha256(betrokkene_index)")),
    "persoon verwijderd": (PERSOON, lambda rng, ids: f"DELETE FROM {PERSOON} WHERE id = {rng.choice(ids)}"),
    "persoon omgewisseld": (PERSOON, _swap(PERSOON)),
    "bij een ander": (PERSOON, _set(PERSOON, "parent_operation_id = '0000000000000000'")),
    "mislukt": (PERSOON, _set(PERSOON, "status_code = 2")),
    "later": (PERSOON, _set(PERSOON, "end_time = end_time + interval '1 microsecond'")),
    "zout": (PERSOON, _set(PERSOON, "salt = sha256(salt)")),
    "gewist": (PERSOON, _set(PERSOON, "blad = sha256(salt), salt = '', betrokkene_index = NULL, naam = ''")),
    "andere transactie": (PERSOON, _set(PERSOON, "xid = xid + 1000000000")),
    "toegevoegd": (PERSOON, _copy),
}


def main(argv: list[str]) -> dict[str, Any]:
    """Attack the real seals, then the mutant's."""
    parser = argparse.ArgumentParser(prog="attacks.tamper")
    parser.add_argument("--n", type=int, default=10_000, help="how many edits")
    parser.add_argument("--snel", action="store_true", help="some tens of edits")
    options = parser.parse_args(argv)
    edits = 3 * len(EDITS) if options.snel else options.n
    with ready():
        from banenafspraak.access import zegels

        real = _attack(edits)
        rows = zegels._ROWS["logregel"]
        zegels._ROWS["logregel"] = rows.replace(" rol, doel,", " rol,")
        mutant = _attack(3 * len(EDITS))
        zegels._ROWS["logregel"] = rows
    return {
        "passed": real["detected"] == real["edits"] > 0,
        "mutant_caught": mutant["detected"] < mutant["edits"],
        **real,
        "mutant_missed": mutant["missed"],
    }


def _attack(edits: int) -> dict[str, Any]:
    from django.conf import settings
    from django.db import connection, transaction

    from banenafspraak.access import zegels

    rng = random.Random(ZAAD)
    missed: dict[str, int] = {}
    times = []
    with tempfile.TemporaryDirectory(prefix="kopie-") as folder:
        settings.LOGBOEK_KOPIE = Path(folder) / "logboek"
        settings.ZEGELSLEUTEL = Path(folder) / "zegelsleutel.pem"
        empty()
        _write()
        if not zegels.verify().heel:
            raise RuntimeError("the seals do not hold before anything was touched")
        ids = _ids()
        with transaction.atomic(), connection.cursor() as cursor:
            for table in (REGEL, PERSOON):
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        kinds = list(EDITS)
        for number in range(edits):
            kind, zegel = kinds[number % len(kinds)], rng.randint(1, ZEGELS)
            table, edit = EDITS[kind]
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute(edit(rng, ids[table, zegel]))
                begin = time.perf_counter()
                found = zegels.verify(nummers=[zegel])
                times.append(time.perf_counter() - begin)
                if found.heel:
                    missed[kind] = missed.get(kind, 0) + 1
                transaction.set_rollback(True)
        empty()
    return {
        "edits": edits,
        "detected": edits - sum(missed.values()),
        "missed": missed,
        "verify_ms": round(median(times) * 1000, 1),
    }


def _write() -> None:
    """Some tens of actions about people for each of a hundred seals."""
    from django.utils import timezone

    from banenafspraak.access import logboek, zegels
    from banenafspraak.access.actor import Actor

    actor = Actor.system(doel="nagaan of een wijziging opvalt")
    for zegel in range(ZEGELS):
        for number in range(PER_ZEGEL):
            logboek.record(
                actor=actor,
                handeling="bekeken",
                persoon_bsn_index=(zegel * PER_ZEGEL + number).to_bytes(32),
                details={"n": number},
                now=timezone.now(),
            )
        zegels.seal(now=timezone.now())


def _ids() -> dict[tuple[str, int], list[int]]:
    from django.db import connection

    found: dict[tuple[str, int], list[int]] = {}
    with connection.cursor() as cursor:
        for table in (REGEL, PERSOON):
            cursor.execute(
                f"SELECT z.nummer, array_agg(r.id) FROM {table} AS r"
                " JOIN access_logzegel AS z ON r.xid >= z.van_xid AND r.xid < z.tot_xid GROUP BY z.nummer"
            )
            found |= {(table, nummer): ids for nummer, ids in cursor.fetchall()}
    return found


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
