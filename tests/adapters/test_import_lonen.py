"""The command `import_lonen`: every kind of file together, all or nothing, whatever happens to it."""

import os
import signal
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from banenafspraak.access.bsn import Bsn
from banenafspraak.access.mandaten import lhnr_indexes
from banenafspraak.access.models import Logregel
from banenafspraak.metingen import lonen
from banenafspraak.metingen.leveringen import lonen_dir
from banenafspraak.metingen.models import Levering
from banenafspraak.register.models_raadpleging import Werkrelatie
from banenafspraak.register.raadpleging import raadpleging_indexes
from tests.adapters.loonaangifte_builder import (
    BSN_A,
    BSN_B,
    LHNR,
    OTHER_LHNR,
    Iv,
    Weg,
    aanvullend,
    bericht,
    correctie,
    volledig,
)


def slim(*pseudoniemen: int, maand: str) -> list[dict]:
    people = pa.table({"pseudoniem": pa.array(pseudoniemen, pa.int64())})
    return pq.read_table(lonen.slank(maand, people)).to_pylist()


def files() -> set[str]:
    return {str(path.relative_to(lonen_dir())) for path in lonen_dir().glob("????-??/*.parquet")}


HEADER = "peilmaand;bsn;lhnr;numiv;srtiv;cdaard;aantverlu_mnd;lnsv_mnd;prlnufo_mnd\n"


def csv_file(place: Path, *rows: str, name: str = "lonen.csv") -> Path:
    path = place / name
    path.write_text(HEADER + "".join(row + "\n" for row in rows))
    return path


def xml_file(place: Path, *tijdvakken: str, name: str = "aangifte.xml", lhnr: str = LHNR) -> Path:
    path = place / name
    path.write_bytes(bericht(*tijdvakken, lhnr=lhnr))
    return path


def run(*args: object) -> None:
    call_command("import_lonen", *[str(arg) for arg in args])


def everybody(maand: str) -> list[Decimal]:
    """Hours in force of everybody in the files."""
    paths = [lonen_dir() / pad for pad in Levering.objects.exclude(pad="").values_list("pad", flat=True)]
    numbers = {number for path in paths for number in pq.read_table(path)["pseudoniem"].to_pylist()}
    return sorted(row["uren"] for row in slim(*sorted(numbers), maand=maand))


def test_command_takes_in_all_kinds_of_files_together(db, tmp_path, capsys):
    run(
        csv_file(tmp_path, f"2026-01;{BSN_A};{OTHER_LHNR};1;15;1;100.50;1000;0"),
        xml_file(tmp_path, volledig("2026-01-01", "2026-01-31", Iv(bsn=BSN_B, uren="80"))),
    )
    assert everybody("2026-01") == [Decimal(80), Decimal("100.50")]
    out = capsys.readouterr().out
    assert "lonen.csv: polis" in out
    assert "aangifte.xml: loonaangifte" in out


def test_command_corrects(db, tmp_path):
    run(xml_file(tmp_path, volledig("2026-01-01", "2026-01-31", Iv(uren="80"), Iv(bsn=BSN_B, uren="60"))))
    run(
        xml_file(
            tmp_path,
            volledig("2026-02-01", "2026-02-28", Iv(uren="20")),
            correctie("2026-01-01", "2026-01-31", Iv(uren="81"), Weg(bsn=BSN_B)),
        )
    )
    assert everybody("2026-01") == [Decimal(81)]
    assert everybody("2026-02") == [Decimal(20)]


def test_command_takes_four_weeks_apart_and_adds_them_up(db, tmp_path):
    run(xml_file(tmp_path, volledig("2026-01-26", "2026-02-22", Iv(uren="140"))))
    run(xml_file(tmp_path, volledig("2026-02-23", "2026-03-22", Iv(uren="28"))))
    assert everybody("2026-02") == [Decimal(6), Decimal(110)]


def test_command_replaces_by_an_additional_return(db, tmp_path):
    run(xml_file(tmp_path, volledig("2026-01-01", "2026-01-31", Iv(uren="80"), Iv(bsn=BSN_B, uren="60"))))
    run(xml_file(tmp_path, aanvullend("2026-01-01", "2026-01-31", Iv(bsn=BSN_B, uren="61"))))
    assert everybody("2026-01") == [Decimal(61), Decimal(80)]


def test_command_says_that_a_file_came_in_before(db, tmp_path, capsys):
    file = csv_file(tmp_path, f"2018-03;{BSN_A};{LHNR};1;15;1;100;1000;0")
    run(file)
    run(file)
    assert "lonen.csv: al ingelezen. Er is niets veranderd." in capsys.readouterr().out
    assert Levering.objects.count() == 1


def test_command_in_trial_changes_nothing(db, tmp_path, capsys):
    run(csv_file(tmp_path, f"2018-03;{BSN_A};{LHNR};1;15;1;100;1000;0"), "--proef")
    assert "Dit is een proef" in capsys.readouterr().out
    assert (Levering.objects.count(), files()) == (0, set())


def refused(*args: object) -> CommandError:
    with pytest.raises(CommandError) as error:
        run(*args)
    assert (Levering.objects.count(), files()) == (0, set())
    return error.value


def test_command_stores_nothing_when_one_row_of_one_file_is_wrong(db, tmp_path, capsys):
    good = csv_file(tmp_path, f"2018-03;{BSN_A};{LHNR};1;15;1;100;1000;0")
    wrong = csv_file(
        tmp_path, f"2018-02;{BSN_A};{LHNR};1;15;1;100;1000;0", f"2018-02;{BSN_B};{LHNR};1;15;1;-1;0;0", name="b.csv"
    )
    assert refused(good, wrong).returncode == 1
    assert "b.csv, regel 3: Het aantal verloonde uren is lager dan 0." in capsys.readouterr().err


def test_command_refuses_a_file_it_cannot_read(db, tmp_path):
    good = csv_file(tmp_path, f"2018-03;{BSN_A};{LHNR};1;15;1;100;1000;0")
    (tmp_path / "x.csv").write_bytes(b"PK\x03\x04rest")
    error = refused(good, tmp_path / "x.csv")
    assert error.returncode == 2
    assert "zip" in str(error)


def test_command_refuses_overlapping_periods_with_a_cure(db, tmp_path, capsys):
    month = xml_file(tmp_path, volledig("2026-02-01", "2026-02-28", Iv()), name="maand.xml")
    weeks = xml_file(tmp_path, volledig("2026-01-26", "2026-02-22", Iv()), name="weken.xml")
    assert refused(month, weeks).returncode == 1
    assert "weken.xml: Van deze werkgever is over 2026-02 al een ander tijdvak bekend" in capsys.readouterr().err


def test_command_refuses_a_return_about_the_future(db, tmp_path, capsys):
    assert refused(xml_file(tmp_path, volledig("2026-12-01", "2026-12-31", Iv()))).returncode == 1
    assert "toekomst" in capsys.readouterr().err


def test_command_tells_of_unknown_codes_and_people_without_bsn(db, tmp_path, capsys):
    run(csv_file(tmp_path, f"2018-03;{BSN_A};{LHNR};1;15;97;100;1000;0"))
    run(xml_file(tmp_path, volledig("2026-01-01", "2026-01-31", Iv(bsn=None))))
    out = capsys.readouterr().out
    assert "cdaard 97 is niet bekend en telt niet als baan; bewaard: 1 rij." in out
    assert "zonder BSN, die niet meetellen: 1." in out


def test_nothing_of_a_delivery_holds_a_bsn(db, tmp_path, capsys, caplog):
    file = csv_file(tmp_path, f"2018-03;{BSN_A};{BSN_B}L01;1;15;1;100;1000;0", name=f"lonen{BSN_A}.csv")
    run(file)
    slim(1, maand="2018-03")
    seen = capsys.readouterr()
    texts = [seen.out, seen.err, caplog.text, *[str(path) for path in lonen_dir().rglob("*")]]
    texts += [str(list(Levering.objects.values())), str(list(Logregel.objects.values()))]
    assert not any(number in text for text in texts for number in (BSN_A, BSN_B))
    rows = pq.read_table(lonen_dir() / Levering.objects.get().pad).to_pylist()
    assert not any(number in str(rows) for number in (BSN_A, BSN_B))


# --- Killed at any point -----------------------------------------------------------------------------------------

CHILD = """
import os, signal, sys
calls = int(sys.argv[1])

def deadly(real):
    def call(*args, **kwargs):
        global calls
        if calls == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        calls -= 1
        return real(*args, **kwargs)
    return call

# The operating system is pulled away at a chosen call, before the call does its work.
os.fsync, os.rename = deadly(os.fsync), deadly(os.rename)
import django
django.setup()
from django.db.backends.base.base import BaseDatabaseWrapper
BaseDatabaseWrapper.commit = deadly(BaseDatabaseWrapper.commit)
BaseDatabaseWrapper._commit = deadly(BaseDatabaseWrapper._commit)
from django.conf import settings
from pathlib import Path
settings.DATA_DIR = Path(sys.argv[2])
settings.SLEUTELBESTAND = Path(sys.argv[2]) / "sleutels.json"
from django.core.management import call_command
call_command("import_lonen", *sys.argv[3:])
"""


@pytest.fixture
def own_database(django_db_setup, django_db_blocker):
    """A copy of the test database in which commits are real. Its append-only tables cannot be emptied afterwards."""
    name = connection.settings_dict["NAME"]
    copy = f"{name}_kopie"

    def server(statement: str) -> None:
        connection.close()
        parameters = connection.get_connection_params() | {"dbname": "postgres"}
        with psycopg.connect(**parameters, autocommit=True) as admin:
            admin.execute(statement)

    with django_db_blocker.unblock():
        server(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
        server(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
        connection.settings_dict["NAME"] = copy
        try:
            yield copy
        finally:
            connection.settings_dict["NAME"] = name
            server(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')


def test_kill_at_any_moment_leaves_the_old_or_the_new_state(own_database, tmp_path, settings):
    old = csv_file(tmp_path, f"2018-03;{BSN_A};{LHNR};1;15;1;100;1000;0", name="oud.csv")
    new = csv_file(
        tmp_path,
        f"2018-02;{BSN_A};{LHNR};1;15;1;20;1000;0",
        f"2018-03;{BSN_A};{LHNR};1;15;1;30;1000;0",
        name="nieuw.csv",
    )
    run(old)
    parameters = connection.settings_dict
    environment = os.environ | {"DATABASE_URL": database_url(parameters)}
    outcomes = []
    for calls in range(60):
        done = subprocess.run(
            [sys.executable, "-c", CHILD, str(calls), str(settings.DATA_DIR), str(new)],
            env=environment,
            capture_output=True,
            check=False,
        )
        months = set(Levering.objects.values_list("peilmaand", flat=True))
        outcomes.append((done.returncode, months == {"2018-02", "2018-03"}))
        if outcomes[-1][1]:
            assert everybody("2018-03") == [Decimal(30)]
            assert everybody("2018-02") == [Decimal(20)]
        else:
            assert months == {"2018-03"}
            assert everybody("2018-03") == [Decimal(100)]
        if outcomes[-1][1]:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert outcomes[-1][1]
    assert len([1 for code, _ in outcomes if code == -signal.SIGKILL]) >= 5
    # Whatever the killed ones left behind is gone with the next import.
    run(old)
    assert files() == set(Levering.objects.exclude(pad="").values_list("pad", flat=True))


def database_url(parameters: dict) -> str:
    host, port = parameters["HOST"], parameters["PORT"]
    user, password = quote(parameters["USER"]), quote(parameters["PASSWORD"] or "")
    if str(host).startswith("/"):
        return f"postgresql://{user}:{password}@/{parameters['NAME']}?host={quote(host, safe='')}&port={port}"
    return f"postgresql://{user}:{password}@{host}:{port}/{parameters['NAME']}"


def staff(lhnr: str = LHNR) -> set[tuple[bytes, int, int]]:
    """Who works for an employer: index, year, months."""
    rows = Werkrelatie.objects.filter(lhnr_index=lhnr_indexes(lhnr)[-1])
    return {(bytes(row.bsn_index), row.jaar, row.maanden) for row in rows}


def index_of(number: str) -> bytes:
    return raadpleging_indexes(Bsn.parse(number))[0]


def this_year() -> int:
    return timezone.localtime(timezone.now()).year


def test_a_delivery_of_a_recent_month_says_who_works_where(db, tmp_path):
    year = this_year()
    row = f"{year}-01;{{}};{LHNR};1;{{}};1;80;1000;0"
    call_command("import_lonen", str(csv_file(tmp_path, row.format(BSN_A, 15), row.format(BSN_B, 31))))

    # Code 31 is a benefit: who pays it is no employer.
    assert staff() == {(index_of(BSN_A), year, 1)}


def test_a_later_delivery_of_the_month_replaces_who_works_there(db, tmp_path):
    year = this_year()
    row = f"{year}-01;{{}};{LHNR};1;15;1;80;1000;0"
    call_command("import_lonen", str(csv_file(tmp_path, row.format(BSN_A))))
    call_command("import_lonen", str(csv_file(tmp_path, row.format(BSN_B), name="later.csv")))

    assert staff() == {(index_of(BSN_B), year, 1)}


def test_a_month_of_long_ago_is_not_kept_for_the_check(db, tmp_path):
    call_command("import_lonen", str(csv_file(tmp_path, f"2018-03;{BSN_A};{LHNR};1;15;1;80;1000;0")))

    assert staff() == set()


def test_a_trial_says_nothing_to_the_register(db, tmp_path):
    row = f"{this_year()}-01;{BSN_A};{LHNR};1;15;1;80;1000;0"
    call_command("import_lonen", str(csv_file(tmp_path, row)), proef=True)

    assert staff() == set()


def state(place: Path, kind, *inhoud: Iv | Weg, name: str = "aangifte.xml") -> None:
    """Take in a return about January of this year."""
    year = this_year()
    path = place / name
    path.write_bytes(bericht(kind(f"{year}-01-01", f"{year}-01-31", *inhoud), jaar=year))
    call_command("import_lonen", str(path))


def work(numiv: str = "1", srtiv: str = "15") -> Iv:
    begin = f"{this_year()}-01-01"
    return Iv(BSN_A, numiv=numiv, aanvang=begin, perioden=((begin, srtiv, "1"),))


def test_taking_back_one_of_two_inkomstenverhoudingen_leaves_the_other(db, tmp_path):
    state(tmp_path, volledig, work("1"), work("2"))
    state(tmp_path, aanvullend, Weg(BSN_A, numiv="1"), name="terug.xml")

    assert staff() == {(index_of(BSN_A), this_year(), 1)}


def test_taking_back_the_only_inkomstenverhouding_ends_the_work(db, tmp_path):
    state(tmp_path, volledig, work("1"))
    state(tmp_path, aanvullend, Weg(BSN_A, numiv="1"), name="terug.xml")

    assert staff() == set()


def test_a_wage_that_turns_out_to_be_a_benefit_ends_the_work(db, tmp_path):
    state(tmp_path, volledig, work("1"))
    state(tmp_path, aanvullend, work("1", srtiv="31"), name="anders.xml")

    assert staff() == set()


def test_a_delivery_keeps_two_inkomstenverhoudingen_apart(db, tmp_path):
    row = f"{this_year()}-01;{BSN_A};{LHNR};{{}};15;1;80;1000;0"
    call_command("import_lonen", str(csv_file(tmp_path, row.format(1), row.format(2))))

    assert sorted(Werkrelatie.objects.values_list("numiv", flat=True)) == [1, 2]
