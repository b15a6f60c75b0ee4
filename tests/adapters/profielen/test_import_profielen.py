"""The command `import_profielen`: all or nothing, whatever happens to it, and never a BSN where it does not belong."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from banenafspraak.access.models import Logregel, Organisatie, Verwerking
from banenafspraak.bemiddeling.models import Klantprofiel
from banenafspraak.register.models import Persoon
from tests import factories
from tests.adapters.test_import_lonen import database_url, own_database  # noqa: F401

OIN = "00000000000000000402"
NOW = timezone.now()


@pytest.fixture
def hilversum(db: None) -> Organisatie:
    return factories.make_organisatie(soort="gemeente", naam="Gemeente Hilversum", gemeente_id="GM0402", oin=OIN)


def inhabitant(nummer: int, gemeente: str = "GM0402") -> Persoon:
    persoon = factories.make_persoon(nummer)
    factories.make_woonplaats(persoon, gemeente=gemeente)
    factories.make_registratie(persoon)
    return persoon


def bsn(nummer: int) -> str:
    return factories.bsn(nummer).reveal()


def item(nummer: int, **fields: object) -> dict[str, object]:
    return {"idWerkzoekende": f"k-{nummer}", "bsn": bsn(nummer)} | fields


def vum(place: Path, *items: object, name: str = "levering.json") -> Path:
    pad = place / name
    pad.write_text(json.dumps(items))
    return pad


def run(pad: Path, *options: str, formaat: str = "vum", oin: str = OIN) -> None:
    call_command("import_profielen", str(pad), "--formaat", formaat, "--organisatie", oin, *options)


def refused(pad: Path, *options: str, **kwargs: str) -> CommandError:
    with pytest.raises(CommandError) as error:
        run(pad, *options, **kwargs)
    return error.value


def test_profiles_are_taken_in_and_a_second_time_changes_nothing(hilversum, tmp_path, capsys):
    inhabitant(0), inhabitant(1)
    pad = vum(tmp_path, item(0, mobiliteit={"bemiddelingspostcode": "1211AB"}), item(1))
    run(pad)
    before = list(Klantprofiel.objects.order_by("bronnummer").values())
    run(pad)

    assert [row["bronnummer"] for row in before] == ["k-0", "k-1"]
    assert list(Klantprofiel.objects.order_by("bronnummer").values()) == before
    assert "alles was al bekend" in capsys.readouterr().out


def test_a_trial_changes_nothing_and_counts(hilversum, tmp_path, capsys):
    inhabitant(0)
    run(vum(tmp_path, item(0)), "--proef")

    assert not Klantprofiel.objects.exists()
    out = capsys.readouterr().out
    assert "dit is een proef" in out
    assert "nieuw         1" in out


def test_one_wrong_row_and_nothing_is_stored_unless_asked(hilversum, tmp_path, capsys):
    inhabitant(0)
    pad = vum(tmp_path, item(0), item(1), item(2, werktijden={"indicatieKantoortijden": 5}))
    assert refused(pad).returncode == 1
    assert not Klantprofiel.objects.exists()
    err = capsys.readouterr().err
    assert "levering.json, profiel 2: Deze persoon staat niet in het doelgroepregister" in err
    assert "levering.json, profiel 3: indicatieKantoortijden" in err

    assert refused(pad, "--goede-regels").returncode == 1
    assert Klantprofiel.objects.get().bronnummer == "k-0"


def test_who_lives_elsewhere_and_who_is_not_registered_get_the_same_message(hilversum, tmp_path, capsys):
    inhabitant(0, "GM0687")
    refused(vum(tmp_path, item(0), item(1)))

    first, second = (line.split(": ", 1)[1] for line in capsys.readouterr().err.splitlines()[:2])
    assert first == second


def test_without_a_bsn_a_known_number_finds_the_person_and_a_new_one_does_not(hilversum, tmp_path, capsys):
    persoon = inhabitant(0)
    run(vum(tmp_path, item(0)))
    later = {"idWerkzoekende": "k-0", "mobiliteit": {"bemiddelingspostcode": "1216AB"}}
    run(vum(tmp_path, later))
    assert Klantprofiel.objects.get(persoon=persoon).bemiddelingspostcode == "1216AB"

    error = refused(vum(tmp_path, later, {"idWerkzoekende": "k-9"}))
    assert error.returncode == 1
    assert "Lever de eerste keer het BSN mee" in capsys.readouterr().err


def test_another_organisation_does_not_find_the_person_by_that_number(hilversum, tmp_path):
    inhabitant(0)
    run(vum(tmp_path, item(0)))
    other = "0" * 16 + "9999"
    factories.make_organisatie(soort="uwv", naam="UWV", oin=other)

    assert refused(vum(tmp_path, {"idWerkzoekende": "k-0"}), oin=other).returncode == 1


def test_two_rows_of_one_number_or_one_person_are_a_fault(hilversum, tmp_path, capsys):
    inhabitant(0), inhabitant(1)
    refused(vum(tmp_path, item(0), item(1, idWerkzoekende="k-0"), item(0, idWerkzoekende="k-5")))

    err = capsys.readouterr().err
    assert "profiel 2: Dit nummer stond eerder al" in err
    assert "profiel 3: Deze persoon staat twee keer" in err
    assert not Klantprofiel.objects.exists()


def test_who_is_not_delivered_any_more_is_told_and_stays(hilversum, tmp_path, capsys):
    inhabitant(0), inhabitant(1)
    run(vum(tmp_path, item(0), item(1)))
    run(vum(tmp_path, item(0)))

    assert "niet meer geleverd (er is niets verwijderd): 1\n    k-1" in capsys.readouterr().out
    assert Klantprofiel.objects.count() == 2


def test_consent_no_hides_the_profile(hilversum, tmp_path):
    inhabitant(0), inhabitant(1)
    run(vum(tmp_path, item(0, toestemming="Nee"), item(1, toestemming="Ja")))

    assert list(Klantprofiel.objects.order_by("bronnummer").values_list("status", "niet_openbaar_reden")) == [
        ("niet_openbaar", "toestemming_ingetrokken"),
        ("openbaar", ""),
    ]


def test_a_bsn_is_nowhere_but_in_the_envelope(hilversum, tmp_path, capsys, caplog):
    inhabitant(0)
    number = bsn(0)
    run(vum(tmp_path, item(0, idWerkzoekende=number), name=f"levering{number}.json"))
    refused(vum(tmp_path, item(0, idWerkzoekende="x y"), {"bsn": number, "idWerkzoekende": f"a{number}b"}))

    seen = capsys.readouterr()
    texts = [
        seen.out,
        seen.err,
        caplog.text,
        str(list(Logregel.objects.values())),
        str(list(Verwerking.objects.values())),
    ]
    texts.append(str(list(Klantprofiel.objects.values())))
    assert not any(number in text for text in texts)


def test_each_person_taken_in_has_a_row_in_the_logboek(hilversum, tmp_path):
    inhabitant(0), inhabitant(1)
    run(vum(tmp_path, item(0), item(1)))

    regel = Logregel.objects.get(handeling="klantprofielen ingelezen")
    assert Verwerking.objects.filter(parent_operation_id=regel.operation_id).count() == 2


@pytest.mark.parametrize(
    ("content", "formaat"),
    [(b"", "vum"), (b"[{", "vum"), (b"bsn", "vum"), (b"naam\nx\n", "csv"), (b"PK\x03\x04", "sonar"), (b"\x00", "csv")],
)
def test_a_file_that_cannot_be_read_is_code_2_and_says_why(hilversum, tmp_path, content, formaat):
    pad = tmp_path / "x"
    pad.write_bytes(content)
    error = refused(pad, formaat=formaat)
    assert error.returncode == 2
    assert str(error).startswith("x")


def test_a_file_that_breaks_off_halfway_leaves_nothing(hilversum, tmp_path):
    inhabitant(0)
    pad = vum(tmp_path, item(0), item(1))
    pad.write_bytes(pad.read_bytes()[:-20])

    assert refused(pad).returncode == 2
    assert not Klantprofiel.objects.exists()


@pytest.mark.parametrize("oin", ["", "123", "0" * 20, "x" * 20])
def test_an_unknown_organisation_is_code_2(hilversum, tmp_path, oin):
    assert refused(vum(tmp_path), oin=oin).returncode == 2


def test_an_organisation_that_delivers_no_profiles_is_code_2(db, tmp_path):
    factories.make_organisatie(soort="werkgever", naam="Bakker", kvk="00000009", oin=OIN)
    assert refused(vum(tmp_path)).returncode == 2


def test_a_file_that_is_not_there_or_too_large_is_code_2(hilversum, tmp_path, settings):
    assert refused(tmp_path / "nergens.json").returncode == 2
    assert refused(tmp_path).returncode == 2
    settings.MAX_LEVERING_BYTES = 10
    assert "grens" in str(refused(vum(tmp_path, item(0))))


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

import django
django.setup()
from psycopg import Copy
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
# The process is pulled away at a chosen statement or commit, before it reaches the database.
CursorWrapper.execute = deadly(CursorWrapper.execute)
Copy.write_row = deadly(Copy.write_row)
BaseDatabaseWrapper.commit = deadly(BaseDatabaseWrapper.commit)
BaseDatabaseWrapper._commit = deadly(BaseDatabaseWrapper._commit)
from django.conf import settings
from pathlib import Path
settings.DATA_DIR = Path(sys.argv[2])
settings.SLEUTELBESTAND = Path(sys.argv[3])
from django.core.management import call_command
call_command("import_profielen", sys.argv[4], "--formaat", "vum", "--organisatie", sys.argv[5])
"""


def test_killed_at_any_moment_it_took_in_nothing_or_everything_and_can_be_run_again(
    own_database,  # noqa: F811
    tmp_path,
    settings,
):
    from django.db import connection

    factories.make_organisatie(soort="gemeente", naam="Gemeente Hilversum", gemeente_id="GM0402", oin=OIN)
    for nummer in range(4):
        inhabitant(nummer)
    run(vum(tmp_path, item(0), item(1)))
    new = vum(tmp_path, *(item(n, mobiliteit={"bemiddelingspostcode": "1216AB"}) for n in range(4)), name="nieuw.json")
    environment = os.environ | {"DATABASE_URL": database_url(connection.settings_dict)}
    codes = []
    for calls in range(200):
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                CHILD,
                str(calls),
                str(settings.DATA_DIR),
                str(settings.SLEUTELBESTAND),
                str(new),
                OIN,
            ],
            env=environment,
            capture_output=True,
            check=False,
        )
        codes.append(done.returncode)
        found = set(Klantprofiel.objects.values_list("bronnummer", "bemiddelingspostcode"))
        if done.returncode == 0:
            assert found == {(f"k-{n}", "1216AB") for n in range(4)}
            break
        assert done.returncode == -signal.SIGKILL, done.stderr.decode()
        assert found in ({("k-0", ""), ("k-1", "")}, {(f"k-{n}", "1216AB") for n in range(4)})
    assert codes[-1] == 0
    assert codes.count(-signal.SIGKILL) >= 8
