"""The database of the tests: a real PostgreSQL, started when none is given, and left as it was found."""

import os
from contextlib import ExitStack
from pathlib import Path

import pytest

os.environ.setdefault("BANENAFSPRAAK_ENV", "test")
_cluster = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """Before Django reads its settings: the controller starts the cluster, the xdist workers use it."""
    if os.environ.get("DATABASE_URL") or hasattr(config, "workerinput"):
        return
    from banenafspraak.config import cli, cluster

    _cluster.enter_context(cluster.Cluster(cli.var_dir()).serving())


def pytest_unconfigure() -> None:
    _cluster.close()


@pytest.fixture(autouse=True)
def _own_files(tmp_path_factory: pytest.TempPathFactory, settings) -> Path:
    """Every test writes its deliveries and metingen to a place of its own, never into the developer's ``var``."""
    place = tmp_path_factory.mktemp("data")
    settings.DATA_DIR = place
    settings.SLEUTELBESTAND = place / "sleutels.json"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    return place
