"""The house under attack: the real web server and queue, with a database and a folder of its own, and every log kept.

PostgreSQL writes down each statement with its parameters while the attack lasts.
"""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import bench

DATABASE = "kanarie"
LOGIN = "kanarie_web"
PATIENCE = 90  # seconds for the web server to answer on a busy machine

# What an operator might ask of PostgreSQL when looking for a fault, and more than is wise.
TALKATIVE = {
    "log_statement": "all",
    "log_min_duration_statement": "0",
    "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "-1",
    "log_min_error_statement": "error",
    "log_min_messages": "info",
    "log_error_verbosity": "verbose",
}


@dataclass
class House:
    """Where everything stands. `server_log` is None when PostgreSQL is somebody else's and cannot be overheard."""

    folder: Path
    owner_url: str
    web_url: str
    super_url: str | None
    server_log: Path | None
    port: int = 0
    _running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def var(self) -> Path:
        """What the product calls its own."""
        return self.folder / "var"

    @property
    def logs(self) -> Path:
        """Everything that programs said."""
        return self.folder / "logs"

    @property
    def inputs(self) -> Path:
        """What the attack itself made: full of canaries, and not searched."""
        return self.folder / "invoer"

    def environ(self, **extra: str) -> dict[str, str]:
        """The environment of the programs of the product."""
        mine = {key: value for key, value in os.environ.items() if not key.startswith(("BANENAFSPRAAK", "PYTEST"))}
        return mine | {
            "BANENAFSPRAAK_VAR": str(self.var),
            "BANENAFSPRAAK_DEMO": "1",
            "BANENAFSPRAAK_ENV": "test",
            "BANENAFSPRAAK_LOG": "DEBUG",
            "BANENAFSPRAAK_METRICS_TOKEN": secrets.token_urlsafe(8),
            "DATABASE_URL": self.owner_url,
            "DATABASE_URL_WEB": self.web_url,
            "DJANGO_SETTINGS_MODULE": "attacks.canaries.settings",
            "PYTHONPATH": os.pathsep.join((str(bench.ROOT), str(bench.ROOT / "src"))),
            "PYTHONUNBUFFERED": "1",
            "TMPDIR": str(self.var / "tmp"),
            "COLUMNS": "200",
            **extra,
        }

    @contextmanager
    def open(self, application: str, **extra: str) -> Iterator[None]:
        """The website and the queue run inside this block, as `demo` runs them."""
        self.port = _free_port()
        web = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port),
            "--workers", "1", "--blocking-threads", "2", "--no-ws", "--log-level", "debug", application,
        ]  # fmt: skip
        queue = [sys.executable, "-m", "django", "procrastinate", "-v", "2", "worker", "--concurrency", "1"]
        children = [
            self._start("web", web, extra | {"BANENAFSPRAAK_PROCES": "web"}),
            self._start("worker", queue, extra),
        ]
        try:
            self._wait(children[0])
            yield
            if children[1].poll() is not None:
                raise RuntimeError(f"the queue stopped; see {self.logs}")
        finally:
            for child in children:
                with suppress(ProcessLookupError):
                    child.terminate()
            for child in children:
                try:
                    child.wait(timeout=20)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()

    def _start(self, name: str, command: list[str], extra: Mapping[str, str]) -> subprocess.Popen[bytes]:
        with (self.logs / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                command, env=self.environ(**extra), cwd=bench.ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def _wait(self, web: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            with socket.socket() as probe:
                probe.settimeout(1)
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            if time.monotonic() > deadline or web.poll() is not None:
                raise RuntimeError(f"the website does not start; see {self.logs}")
            time.sleep(0.2)

    def command(self, *arguments: str) -> int:
        """Run a command of the product; what it says is kept among the logs. Returns its exit code."""
        with (self.logs / "commands.log").open("ab") as log:
            return subprocess.run(
                [sys.executable, "-m", "banenafspraak.config.cli", *arguments],
                env=self.environ(), cwd=bench.ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False,
            ).returncode  # fmt: skip

    def connect(self, *, everything: bool = False) -> Any:
        """An autocommit connection as the owner of the tables, or as who may see everything when there is one."""
        import psycopg

        return psycopg.connect((everything and self.super_url) or self.owner_url, autocommit=True)


@contextmanager
def built() -> Iterator[House]:
    """An empty house, with tables, roles and keys; PostgreSQL is talkative until the block ends."""
    place = Path(os.environ.get("BANENAFSPRAAK_ATTACKS", bench.ROOT / "var" / "attacks"))
    place.mkdir(parents=True, exist_ok=True)
    folder = place / "kanarie"
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("var/tmp", "logs", "invoer"):
        (folder / name).mkdir(parents=True)
    with _server(place) as (admin_url, super_url, server_log):
        house = _with_database(folder, admin_url, super_url, server_log)
        os.environ.update(house.environ(BANENAFSPRAAK_LOG="ERROR"))
        try:
            with _talkative(house):
                yield house
        finally:
            _drop(admin_url)


@contextmanager
def _server(place: Path) -> Iterator[tuple[str, str | None, Path | None]]:
    """The attacks' own PostgreSQL, or that of DATABASE_URL: addresses of the owner and the superuser, and the log."""
    if url := os.environ.get("DATABASE_URL"):
        yield url, None, None
        return
    from banenafspraak.config import cluster

    server = cluster.Cluster(place / "omgeving")
    with server.serving():
        at = f"?host={quote(str(server.socket_dir), safe='')}&port={cluster.PORT}"
        urls = [
            f"postgresql://{role}:{server.password(role)}@/{cluster.DATABASE}{at}"
            for role in (cluster.OWNER, cluster.SUPERUSER)
        ]
        yield urls[0], urls[1], server.log


def _with_database(folder: Path, admin_url: str, super_url: str | None, server_log: Path | None) -> House:
    import psycopg

    from banenafspraak.access.rechten import ENSURE_ROLES, WEB

    _drop(admin_url)
    word = secrets.token_urlsafe(24)
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {DATABASE}")
        admin.execute(ENSURE_ROLES)
        verb = "ALTER" if admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [LOGIN]).fetchone() else "CREATE"
        admin.execute(f"{verb} ROLE {LOGIN} LOGIN PASSWORD '{word}'")
        admin.execute(f"GRANT {WEB} TO {LOGIN}")
    owner = urlsplit(admin_url)._replace(path=f"/{DATABASE}")
    web = owner._replace(netloc=f"{LOGIN}:{word}@{owner.netloc.rpartition('@')[2]}")
    everything = urlunsplit(urlsplit(super_url)._replace(path=f"/{DATABASE}")) if super_url else None
    return House(folder, urlunsplit(owner), urlunsplit(web), everything, server_log)


def _drop(admin_url: str) -> None:
    import psycopg

    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


@contextmanager
def _talkative(house: House) -> Iterator[None]:
    """PostgreSQL logs every statement, as far as we may ask that; afterwards it is as silent as before."""
    import psycopg

    if house.super_url is None or house.server_log is None:
        yield
        return
    os.truncate(house.server_log, 0)  # of the attacks alone; an attack at full size writes a hundred megabytes
    with psycopg.connect(house.super_url, autocommit=True) as postgres:
        for name, value in TALKATIVE.items():
            postgres.execute(f"ALTER SYSTEM SET {name} = '{value}'")
        postgres.execute("SELECT pg_reload_conf()")
    try:
        yield
    finally:
        with psycopg.connect(house.super_url, autocommit=True) as postgres:
            for name in TALKATIVE:
                postgres.execute(f"ALTER SYSTEM RESET {name}")
            postgres.execute("SELECT pg_reload_conf()")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
