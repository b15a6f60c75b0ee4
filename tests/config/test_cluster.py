"""The private PostgreSQL: closed to others, and it comes back."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from banenafspraak.config import cluster

pytestmark = pytest.mark.xdist_group("cluster")


@pytest.fixture
def private(tmp_path: Path) -> Iterator[cluster.Cluster]:
    tmp_path.chmod(0o755)
    for parent in list(tmp_path.parents)[:2]:
        parent.chmod(0o755)  # pytest's own folders are 0700; the account that runs the server must pass through them
    made = cluster.Cluster(tmp_path / "var")
    with made.serving():
        yield made


def test_a_new_cluster_answers_with_checksums_and_without_a_network(private: cluster.Cluster) -> None:
    with private.connect() as connection:
        shown = {
            name: connection.execute(f"SHOW {name}").fetchone()[0]
            for name in ("data_checksums", "listen_addresses", "password_encryption", "unix_socket_permissions")
        }
    assert shown == {
        "data_checksums": "on",
        "listen_addresses": "",
        "password_encryption": "scram-sha-256",
        "unix_socket_permissions": "0700",
    }


def test_data_and_passwords_are_closed_to_other_accounts(private: cluster.Cluster) -> None:
    for path in (private.home, private.data, private.socket_dir, *private.home.glob("wachtwoord-*")):
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_wrong_password_is_refused(private: cluster.Cluster) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(
            host=str(private.socket_dir), port=cluster.PORT, user="postgres", password="x", dbname="postgres"
        )


def test_the_owner_of_the_tables_is_no_superuser(private: cluster.Cluster) -> None:
    with private.connect() as connection:
        row = connection.execute(
            "SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = 'banenafspraak'"
        ).fetchone()
    assert row == (False, True)


def test_every_committed_row_survives_kill_9_of_the_whole_tree(private: cluster.Cluster) -> None:
    with private.connect() as connection:
        connection.execute("CREATE TABLE proef AS SELECT generate_series(1, 50000) AS nummer")
    busy = private.connect()
    busy.autocommit = False
    busy.execute("INSERT INTO proef SELECT generate_series(1, 50000)")  # never committed

    pid = int((private.data / "postmaster.pid").read_text().split()[0])
    subprocess.run(["pkill", "-9", "-P", str(pid)], check=True)
    os.kill(pid, signal.SIGKILL)
    private.start()
    busy.close()

    with private.connect() as connection:
        assert connection.execute("SELECT count(*) FROM proef").fetchone() == (50000,)


def test_a_pid_file_of_another_program_does_not_stop_the_start(private: cluster.Cluster) -> None:
    private.stop()
    (private.data / "postmaster.pid").write_text(f"{os.getpid()}\n{private.data}\n")
    private.start()
    assert private.alive()


def test_the_last_user_stops_it_and_an_earlier_one_does_not(tmp_path: Path) -> None:
    for parent in (tmp_path, *list(tmp_path.parents)[:2]):
        parent.chmod(0o755)
    first, second = cluster.Cluster(tmp_path / "var"), cluster.Cluster(tmp_path / "var")
    with first.serving():
        with second.serving():
            assert second.alive()
        assert first.alive()
    assert not first.alive()


def test_an_interrupted_initdb_leaves_no_half_cluster(tmp_path: Path) -> None:
    for parent in (tmp_path, *list(tmp_path.parents)[:2]):
        parent.chmod(0o755)
    half = tmp_path / "var" / "postgres" / "data.nieuw"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("15")
    made = cluster.Cluster(tmp_path / "var")
    with made.serving():
        assert made.alive()


def test_data_of_another_version_is_refused_with_the_cure(tmp_path: Path) -> None:
    for parent in (tmp_path, *list(tmp_path.parents)[:2]):
        parent.chmod(0o755)
    made = cluster.Cluster(tmp_path / "var")
    made.data.mkdir(parents=True)
    (made.data / "PG_VERSION").write_text("12\n")
    with pytest.raises(cluster.ClusterError, match=r"PostgreSQL 12.*pg_upgrade"):
        made.start()


def test_a_long_path_gets_a_short_socket(tmp_path: Path) -> None:
    deep = tmp_path / ("diep" * 20) / "var"
    for parent in (tmp_path, *list(tmp_path.parents)[:2]):
        parent.chmod(0o755)
    made = cluster.Cluster(deep)
    assert len(str(made.socket_dir)) <= cluster.SOCKET_PATH_LIMIT
    with made.serving():
        assert made.socket_dir.stat().st_mode & 0o077 == 0


def test_only_postgresql_is_accepted_as_database_url() -> None:
    with pytest.raises(cluster.ClusterError, match="postgresql://"):
        cluster.database_settings({"DATABASE_URL": "sqlite:///x"}, Path("var"))


def test_database_url_is_read_whole() -> None:
    got = cluster.database_settings(
        {"DATABASE_URL": "postgresql://u%40x:p%2Fw@db:6543/naam?sslmode=require"}, Path("var")
    )
    assert (got["USER"], got["PASSWORD"], got["HOST"], got["PORT"], got["NAME"]) == ("u@x", "p/w", "db", "6543", "naam")
    assert got["OPTIONS"] == {"sslmode": "require"}


def test_the_website_logs_in_as_itself_and_the_commands_as_the_owner() -> None:
    environ = {"DATABASE_URL": "postgresql://eigenaar@db/naam", "DATABASE_URL_WEB": "postgresql://website@db/naam"}
    assert cluster.database_settings(environ, Path("var"))["USER"] == "eigenaar"
    assert cluster.database_settings(environ | {"BANENAFSPRAAK_PROCES": "web"}, Path("var"))["USER"] == "website"


def test_in_production_the_website_is_never_the_owner_of_the_tables() -> None:
    environ = {"DATABASE_URL": "postgresql://eigenaar@db/naam", "BANENAFSPRAAK_ENV": "productie"}
    assert cluster.database_settings(environ, Path("var"))["USER"] == "eigenaar"
    with pytest.raises(cluster.ClusterError, match="DATABASE_URL_WEB"):
        cluster.database_settings(environ | {"BANENAFSPRAAK_PROCES": "web"}, Path("var"))


def test_settings_refuse_the_demo_in_production() -> None:
    environ = os.environ | {
        "BANENAFSPRAAK_ENV": "productie",
        "BANENAFSPRAAK_DEMO": "1",
        "BANENAFSPRAAK_SECRET_KEY": "x" * 50,
    }
    shown = subprocess.run(
        [sys.executable, "-c", "import banenafspraak.config.settings"],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert shown.returncode != 0
    assert "kan niet aan staan in productie" in shown.stderr
