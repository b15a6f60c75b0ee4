"""The console script ``banenafspraak``: Django's commands, with the private PostgreSQL around the ones that need it."""

import os
import re
import sys
from contextlib import nullcontext
from pathlib import Path

from banenafspraak.config import cluster

# These answer without a database: the law needs none, and a service needs no help text.
WITHOUT_DATABASE = frozenset({"wet", "help", "version", "makemessages", "compilemessages", "collectstatic", "synthese"})


def main() -> None:
    """Run one command; exit codes: 0 done, 1 the work found errors, 2 unusable input or arguments."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "banenafspraak.config.settings")
    if any(re.fullmatch(r"\d{8,9}", argument) for argument in sys.argv[1:]):
        sys.exit(_say("Zet nooit een BSN op de opdrachtregel: het blijft in de geschiedenis staan. Geef een bestand."))
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    plain = command in WITHOUT_DATABASE or command.startswith("-") or {"-h", "--help"} & set(sys.argv)
    try:
        private = None if plain or os.environ.get("DATABASE_URL") else cluster.Cluster(var_dir())
        with private.serving() if private else nullcontext():
            from django.core.management import execute_from_command_line

            if private and command not in ("migrate", "makemigrations"):
                _migrate()
            execute_from_command_line(sys.argv)
    except cluster.ClusterError as error:
        sys.exit(_say(str(error)))


def var_dir() -> Path:
    """Where everything is kept that the programs make; BANENAFSPRAAK_VAR, else ``var`` in the project's root."""
    return Path(os.environ.get("BANENAFSPRAAK_VAR", Path(__file__).resolve().parents[3] / "var"))


def _migrate() -> None:
    """The private database follows the code by itself: who brings no database should not have to tend one."""
    import django
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    django.setup()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def _say(message: str) -> int:
    print(message, file=sys.stderr)
    return 2
