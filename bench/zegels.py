"""Sealing and checking the logboek: rows a second, on rows of the size that a raadpleging writes.

- `seal_rows_per_s`: reading the rows, hashing them, writing the leaves and the seal outside and inside the database.
- `verify_rows_per_s`: the same rows read and hashed again, and held against the seal.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench import ready, sample

ROWS = 1_000_000
SNEL = 20_000


def main(argv: list[str]) -> dict[str, Any]:
    """Write the rows in transactions of ten thousand, seal, check."""
    parser = argparse.ArgumentParser(prog="bench.zegels")
    parser.add_argument("--snel", action="store_true", help="few rows")
    rows = SNEL if parser.parse_args(argv).snel else ROWS
    with ready(), tempfile.TemporaryDirectory(prefix="kopie-") as folder:
        from django.conf import settings
        from django.utils import timezone

        from banenafspraak.access import logboek, zegels
        from banenafspraak.access.actor import Actor

        settings.LOGBOEK_KOPIE = Path(folder) / "logboek"
        settings.ZEGELSLEUTEL = Path(folder) / "zegelsleutel.pem"
        _empty()
        actor = Actor.system(doel="meten hoe snel het logboek verzegeld wordt")
        for first in range(0, rows, 10_000):
            logboek.record_many(
                actor=actor,
                handeling="bekeken",
                persoon_bsn_indexes=(n.to_bytes(32) for n in range(first, first + 10_000)),
                now=timezone.now(),
            )
        with sample() as sealing:
            sealed = zegels.seal(now=timezone.now())
        with sample() as checking:
            controle = zegels.verify()
        if not controle.heel or controle.regels != sealed:
            raise RuntimeError("the seals do not hold")
        _empty()
    return {
        "rows": sealed,
        "zegels": controle.zegels,
        "seal_rows_per_s": round(sealed / sealing.seconds),
        "verify_rows_per_s": round(sealed / checking.seconds),
        "foreign": round(max(sealing.foreign, checking.foreign), 2),
    }


def _empty() -> None:
    """The bench's own database starts without a logboek; nobody else's is touched."""
    from django.db import connection, transaction

    tables = ("access_logregel", "access_verwerking", "access_logzegel")
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"TRUNCATE {', '.join(tables)}")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
