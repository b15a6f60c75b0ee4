"""The door to finished metingen: sealed, read-only, and the same bytes every time."""

import os
import stat
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from banenafspraak.metingen import store
from banenafspraak.metingen.kubus import Cel

CEL = Cel("AM12", "personen", "wajong", "werkend")
KENMERKEN = {"kwartaal": "2018Q1", "invoer.vorige": ""}


def write(folder: Path, exact=None, afgerond=None, versoepeld=(), kenmerken=KENMERKEN) -> tuple[Path, str]:
    folder.mkdir(exist_ok=True)
    return store.write_sealed(
        folder,
        exact=exact if exact is not None else {CEL: Decimal("17.25")},
        afgerond=afgerond if afgerond is not None else {CEL: 20},
        versoepeld=versoepeld,
        kenmerken=kenmerken,
    )


cells = st.builds(
    Cel, st.sampled_from(["AM01", "AM12", "NL"]), st.sampled_from(["personen", "banen"]), st.text("abc", max_size=9)
)


@given(
    exact=st.dictionaries(cells, st.decimals(0, 10**9, places=2), max_size=40),
    afgerond=st.dictionaries(cells, st.integers(0, 10**9), max_size=40),
    kenmerken=st.dictionaries(st.text("klm", min_size=1), st.text(max_size=900), max_size=9),
)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_what_is_read(tmp_path_factory, exact, afgerond, kenmerken) -> None:
    path, zegel = write(tmp_path_factory.mktemp("meting"), exact, afgerond, list(exact)[:3], kenmerken)
    inhoud = store.open_sealed(path, zegel)
    assert inhoud.exact == exact
    assert inhoud.afgerond == afgerond
    assert inhoud.versoepeld == set(list(exact)[:3])
    assert inhoud.kenmerken == kenmerken


def test_equal_contents_give_equal_bytes_whatever_the_memory_held_before(tmp_path: Path) -> None:
    exact = {Cel(f"AM{i:02d}", "personen", "wajong", k): Decimal(i) for i in range(35) for k in ("x", "y" * (i + 1))}
    kenmerken = {f"naam{i}": "z" * i * 30 for i in range(30)}
    clutter, seals = [], set()
    for n in range(25):
        clutter.append(os.urandom(300_000 + 41_717 * n))
        if n % 3:
            clutter.pop(0)
        seals.add(write(tmp_path / str(n), dict(reversed(exact.items())) if n % 2 else exact, {}, (), kenmerken)[1])
    assert len(seals) == 1


def test_a_text_that_could_leave_traces_of_memory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="1000"):
        write(tmp_path, kenmerken={"naam": "x" * 1001})


def test_another_origin_is_another_seal(tmp_path: Path) -> None:
    one, other = (write(tmp_path / q, kenmerken={"kwartaal": q})[1] for q in ("2018Q1", "2018Q2"))
    assert one != other


def test_the_file_is_still_a_whole_database_for_anybody_with_duckdb(tmp_path: Path) -> None:
    path, _ = write(tmp_path)
    opened = duckdb.connect(str(path))
    opened.execute("INSERT INTO afgerond VALUES ('NL', 'personen', 'wsw', 'werkend', 10)")
    opened.execute("CHECKPOINT")
    opened.close()
    again = duckdb.connect(str(path), read_only=True)
    assert again.execute("SELECT count(*), sum(waarde) FROM afgerond").fetchone() == (2, 30)
    again.close()


def test_a_changed_file_is_not_read(tmp_path: Path) -> None:
    path, zegel = write(tmp_path)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(store.ZegelGebroken, match=path.name):
        store.open_sealed(path, zegel)


def test_a_lost_file_is_named_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(store.ZegelGebroken, match=r"weg\.duckdb is weg.*Zet het terug"):
        store.open_sealed(tmp_path / "weg.duckdb", "0" * 64)


def test_reading_does_not_change_the_file(tmp_path: Path) -> None:
    path, zegel = write(tmp_path)
    path.chmod(0o400)
    before = path.stat().st_mtime_ns
    store.open_sealed(path, zegel)
    assert (path.stat().st_mtime_ns, stat.S_IMODE(path.stat().st_mode)) == (before, 0o400)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


@pytest.mark.django_db
def test_without_metingen_there_is_nothing_available_and_the_message_says_what_to_do() -> None:
    assert store.available() == []
    with pytest.raises(store.CijfersOntbreken, match="build_meting --kwartaal 2018Q1"):
        store.read("2018Q1")
