"""The database of the tests: a real PostgreSQL, started when none is given, and left as it was found."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings
from django.db.backends.postgresql.operations import DatabaseOperations

os.environ.setdefault("BANENAFSPRAAK_ENV", "test")
# How long an example takes says something about the machine, and nothing about the code.
hypothesis.settings.register_profile("project", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("project")
_cluster = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """Before Django reads its settings: the controller starts the cluster, the xdist workers use it."""
    if os.environ.get("DATABASE_URL") or hasattr(config, "workerinput"):
        return
    from banenafspraak.config import cli, cluster

    private = cluster.Cluster(cli.var_dir())
    _cluster.enter_context(private.serving())
    # pytest-django read the settings before this cluster had a password.
    settings.DATABASES["default"]["PASSWORD"] = private.password(cluster.OWNER)


def pytest_unconfigure() -> None:
    _cluster.close()


@pytest.fixture(autouse=True, scope="session")
def _emptied_between_journeys() -> Iterator[None]:
    """Tests with a live server empty the tables between them; some tables refuse that: their triggers are set aside.

    The product has no such way. The map of gemeenten, which a migration put there, is put back.
    """
    empty = DatabaseOperations.execute_sql_flush

    def execute_sql_flush(self: DatabaseOperations, sql_list: list[str]) -> None:
        from banenafspraak.access.gebieden import load_gebieden

        with self.connection.cursor() as cursor:
            # Whatever only grows: the logboek, the metingen, and what comes later.
            cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
            guarded = [name for (name,) in cursor.fetchall() if not name.startswith("procrastinate_")]
            for table in guarded:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            empty(self, sql_list)
            for table in guarded:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        load_gebieden(apps)

    DatabaseOperations.execute_sql_flush = execute_sql_flush  # type: ignore[method-assign]
    yield
    DatabaseOperations.execute_sql_flush = empty  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _own_files(tmp_path_factory: pytest.TempPathFactory, settings) -> Path:
    """Every test writes its deliveries and metingen to a place of its own, never into the developer's ``var``."""
    place = tmp_path_factory.mktemp("data")
    settings.DATA_DIR = place
    settings.STATIC_ROOT = tmp_path_factory.mktemp("static")
    settings.SLEUTELBESTAND = place / "sleutels.json"
    settings.ZEGELSLEUTEL = place / "zegelsleutel.pem"
    settings.LOGBOEK_KOPIE = place / "logboek"
    # The clocks of tests are made up, and lie far apart.
    settings.ZEGEL_UITERLIJK = timedelta(days=36_500)
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    return place
