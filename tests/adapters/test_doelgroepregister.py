import gzip
import io
import logging
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from banenafspraak.access.bsn import Bsn, is_valid
from banenafspraak.access.models import Logregel
from banenafspraak.adapters.bestand import Onbruikbaar
from banenafspraak.adapters.doelgroepregister import KOLOMMEN, MAX_LINE, read_levering, recognise_levering
from banenafspraak.register.models import Persoon, Registerlevering, Registratie, Woonplaats
from banenafspraak.register.queries import meetpopulatie
from banenafspraak.register.records import PersoonRecord, Regelfout, RegistratieRecord, WoonplaatsRecord
from banenafspraak.register.registraties import registered_on
from tests.factories import bsn, delivery_line, delivery_lines, numbers, undone, write_delivery

HEADER = ";".join(KOLOMMEN)
LIMIT = 10_000_000


@pytest.fixture
def pad(tmp_path: Path) -> Path:
    return tmp_path / "levering.csv"


def read(pad: Path) -> list:
    bestand = recognise_levering(pad, max_bytes=LIMIT)
    return list(read_levering(bestand, sha256=bestand.sha256()))


def unusable(pad: Path) -> str:
    with pytest.raises(Onbruikbaar) as caught:
        read(pad)
    return str(caught.value)


def faults(pad: Path, *lines: str) -> list[tuple[int, str]]:
    return [(r.regel, r.melding) for r in read(write_delivery(pad, [HEADER, *lines])) if isinstance(r, Regelfout)]


def state() -> list:
    return [
        list(table.objects.order_by("pk").values())
        for table in (Persoon, Registratie, Woonplaats, Registerlevering, Logregel)
    ]


def run(pad: Path, *options: str) -> tuple[int, str]:
    """Exit code and everything that was said."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_register", str(pad), *options, stdout=out, stderr=err)
    except CommandError as error:
        return error.returncode, out.getvalue() + err.getvalue() + str(error)
    return 0, out.getvalue() + err.getvalue()


# --- reading --------------------------------------------------------------------------------------------------


def test_a_good_file_gives_records_with_their_lines(pad: Path) -> None:
    persoon, registratie, woonplaats = read(write_delivery(pad, delivery_lines(1)))
    assert isinstance(persoon, PersoonRecord)
    assert isinstance(registratie, RegistratieRecord)
    assert isinstance(woonplaats, WoonplaatsRecord)
    assert [r.regel for r in (persoon, registratie, woonplaats)] == [2, 3, 4]
    assert {r.bsn for r in (persoon, registratie, woonplaats)} == {bsn(0)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_bom_and_either_line_ending_are_fine(pad: Path, encoding: str, newline: str) -> None:
    plain = read(write_delivery(pad, delivery_lines()))
    assert read(write_delivery(pad, delivery_lines(), encoding=encoding, newline=newline)) == plain


def test_quotes_around_fields_are_fine(pad: Path) -> None:
    plain = read(write_delivery(pad, delivery_lines()))
    quoted = [";".join(f'"{field}"' for field in line.split(";")) for line in delivery_lines()]
    assert read(write_delivery(pad, quoted)) == plain


def test_empty_lines_count_but_say_nothing(pad: Path) -> None:
    lines = delivery_lines(1)
    assert [r.regel for r in read(write_delivery(pad, [lines[0], "", *lines[1:], ""]))] == [3, 4, 5]


def test_the_last_line_may_lack_its_line_ending(pad: Path) -> None:
    pad.write_text("\n".join(delivery_lines(1)), encoding="utf-8")
    assert not any(isinstance(r, Regelfout) for r in read(pad))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "leeg"),
        (b"  \n ", "leeg"),
        ("\n".join(delivery_lines()).encode("utf-16"), "UTF-16"),
        ("\n".join(delivery_lines()).encode("utf-16-le"), "nul-bytes"),
        (gzip.compress(b"x" * 100), "gzip"),
        (b"PAR1" + b"x" * 100, "CSV"),
        (b"<?xml version='1.0'?><a/>", "CSV"),
        (b"%PDF-1.7", "pdf"),
        (HEADER.replace(";", ",").encode() + b"\n", "puntkomma"),
        (HEADER.replace(";", "\t").encode() + b"\n", "puntkomma"),
        (HEADER.upper().encode() + b"\n", "eerste regel"),
        (HEADER.replace("bsn;geboortedatum", "geboortedatum;bsn").encode() + b"\n", "eerste regel"),
        (("\n".join(delivery_lines()[1:])).encode(), "eerste regel"),
        (HEADER.encode() + b"\n" + b"x" * (MAX_LINE + 1), "regel 2: Deze regel is onmogelijk lang"),
        (HEADER.encode() + b"\npersoon;\0\n", "nul-bytes"),
        (HEADER.encode() + b"\r" + delivery_line("persoon").encode(), "regeleinde"),
        (
            f"{HEADER}\n{delivery_line('woonplaats', gemeente='Súdwest')}\n".encode("latin-1"),
            "regel 2: Dit is geen UTF-8",
        ),
    ],
    ids=range(17),
)
def test_what_is_no_delivery_is_refused_with_file_line_and_cure(pad: Path, content: bytes, message: str) -> None:
    pad.write_bytes(content)
    told = unusable(pad)
    assert told.startswith("levering.csv")
    assert message in told
    assert len(told.split(". ")) >= 2


def test_a_zip_that_is_called_csv_is_refused(pad: Path) -> None:
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("levering.csv", "x" * 10_000_000)
    assert "zip" in unusable(pad)


def test_a_file_over_the_limit_is_not_read(pad: Path) -> None:
    write_delivery(pad, delivery_lines())
    with pytest.raises(Onbruikbaar, match="de grens is 0 MB"):
        recognise_levering(pad, max_bytes=pad.stat().st_size - 1)
    recognise_levering(pad, max_bytes=pad.stat().st_size)


def test_a_file_that_changes_while_it_is_read_is_refused_at_the_end(pad: Path) -> None:
    bestand = recognise_levering(write_delivery(pad, delivery_lines(1)), max_bytes=LIMIT)
    sha256 = bestand.sha256()
    write_delivery(pad, delivery_lines(2))
    with pytest.raises(Onbruikbaar, match="veranderde tijdens het lezen"):
        list(read_levering(bestand, sha256=sha256))


def test_progress_adds_up_to_the_size(pad: Path) -> None:
    bestand = recognise_levering(write_delivery(pad, delivery_lines()), max_bytes=LIMIT)
    seen: list[int] = []
    list(read_levering(bestand, sha256=bestand.sha256(), advance=seen.append))
    assert sum(seen) == bestand.grootte


GOOD_PERSON = {"geboortedatum": "1990-05-01"}
GOOD_REGISTRATIE = {"grond": "wajong", "route": "wajong_2015", "geldig_vanaf": "2015-01-01"}
GOOD_WOONPLAATS = {"gemeente": "GM0402", "geldig_vanaf": "2015-01-01"}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (delivery_line("persoon", **GOOD_PERSON) + ";", "11 velden; het moeten er 10"),
        (delivery_line("persoon", **GOOD_PERSON)[:-1], "9 velden; het moeten er 10"),
        ("zomaar wat", "1 velden; het moeten er 10"),
        (delivery_line("mens", **GOOD_PERSON), "recordsoort bestaat niet"),
        (delivery_line("Persoon", **GOOD_PERSON), "recordsoort bestaat niet"),
        (delivery_line("persoon", **GOOD_PERSON, grond="wajong"), "grond hoort leeg te zijn"),
        (delivery_line("registratie", **GOOD_REGISTRATIE, gemeente="GM0402"), "gemeente hoort leeg te zijn"),
        (delivery_line("woonplaats", **GOOD_WOONPLAATS, einde_reden="aow"), "einde_reden hoort leeg te zijn"),
        (delivery_line("persoon"), "geboortedatum is leeg"),
        (delivery_line("persoon", geboortedatum="01-05-1990"), "geboortedatum staat geen datum"),
        (delivery_line("persoon", geboortedatum="19900501"), "geboortedatum staat geen datum"),
        (delivery_line("persoon", geboortedatum="1990-W18-2"), "geboortedatum staat geen datum"),
        (delivery_line("persoon", geboortedatum="1990-02-29"), "geboortedatum staat geen datum"),
        (delivery_line("persoon", geboortedatum="1990-5-1"), "geboortedatum staat geen datum"),
        (delivery_line("persoon", geboortedatum="1890-05-01"), "jaar in het veld geboortedatum kan niet"),
        (delivery_line("registratie", **GOOD_REGISTRATIE, geldig_tot="9999-12-31"), "jaar in het veld geldig_tot"),
        (delivery_line("registratie", **GOOD_REGISTRATIE | {"grond": "zomaar"}), "waarde van grond bestaat niet"),
        (delivery_line("registratie", **GOOD_REGISTRATIE | {"grond": ""}), "waarde van grond bestaat niet"),
        (delivery_line("registratie", **GOOD_REGISTRATIE | {"route": "omweg"}), "waarde van route bestaat niet"),
        (delivery_line("registratie", **GOOD_REGISTRATIE, einde_reden="zin"), "waarde van einde_reden bestaat niet"),
        (delivery_line("registratie", **GOOD_REGISTRATIE | {"geldig_vanaf": ""}), "geldig_vanaf is leeg"),
        (delivery_line("woonplaats", **GOOD_WOONPLAATS | {"gemeente": ""}), "gemeente is leeg"),
        (delivery_line("persoon", **GOOD_PERSON, bsn=bsn(0).reveal()[:-1]), "BSN klopt niet"),
        (delivery_line("persoon", **GOOD_PERSON, bsn=" " + bsn(0).reveal()), "BSN klopt niet"),
        (delivery_line("persoon", **GOOD_PERSON, bsn=""), "BSN klopt niet"),
        (delivery_line("persoon", **GOOD_PERSON).replace("persoon", '"persoon'), "aanhalingstekens"),
    ],
)
def test_a_wrong_line_names_what_is_wrong(pad: Path, line: str, message: str) -> None:
    (fault,) = faults(pad, delivery_line("persoon", 1, **GOOD_PERSON), line)
    assert fault[0] == 3
    assert message in fault[1]


def test_half_a_line_at_the_end_is_called_that(pad: Path) -> None:
    whole = "\n".join(delivery_lines(1))
    pad.write_text(whole[: whole.rindex(";") - 3], encoding="utf-8")
    (fault,) = [r for r in read(pad) if isinstance(r, Regelfout)]
    assert "breekt hier af" in fault.melding


@pytest.mark.parametrize("place", range(9))
def test_every_single_wrong_digit_of_a_bsn_is_refused_and_not_repeated(pad: Path, place: int) -> None:
    good = bsn(7).reveal()
    wrong = good[:place] + str((int(good[place]) + 1) % 10) + good[place + 1 :]
    records = read(write_delivery(pad, [HEADER, delivery_line("persoon", **GOOD_PERSON, bsn=wrong)]))
    assert "BSN klopt niet" in records[0].melding
    assert wrong not in repr(records)


# --- the command ------------------------------------------------------------------------------------------------

pytestmark = pytest.mark.django_db


def test_a_delivery_is_taken_in(pad: Path) -> None:
    code, said = run(write_delivery(pad, delivery_lines(3)))
    assert code == 0
    assert "levering.csv: ingelezen." in said
    assert (Persoon.objects.count(), Registratie.objects.count(), Woonplaats.objects.count()) == (3, 3, 3)
    later = datetime(2100, 1, 1, tzinfo=UTC)
    assert registered_on(later.date(), known_at=later).count() == 3


def test_a_try_shows_the_same_counts_and_changes_nothing(pad: Path) -> None:
    write_delivery(pad, delivery_lines(3))
    before = state()
    tried = run(pad, "--proef")
    assert state() == before
    done = run(pad)
    assert tried[0] == done[0] == 0
    assert tried[1].splitlines()[:3] == done[1].splitlines()[:3]
    assert "proef" in tried[1]


def test_the_same_file_twice_says_so_and_changes_nothing(pad: Path) -> None:
    run(write_delivery(pad, delivery_lines(3)))
    before = state()
    assert run(pad) == (0, "levering.csv: al ingelezen. Er is niets veranderd.\n")
    assert state() == before


def test_the_same_content_written_otherwise_changes_no_person(pad: Path) -> None:
    run(write_delivery(pad, delivery_lines(3)))
    before = state()[:3]
    code, said = run(write_delivery(pad, delivery_lines(3), encoding="utf-8-sig", newline="\r\n"))
    assert (code, "alles was al bekend" in said) == (0, True)
    assert state()[:3] == before


def test_one_wrong_line_gives_exit_1_and_takes_in_nothing(pad: Path) -> None:
    before = state()
    code, said = run(write_delivery(pad, [*delivery_lines(3), delivery_line("woonplaats", 0, gemeente="GM0402")]))
    assert code == 1
    assert "levering.csv, regel 11: Het veld geldig_vanaf is leeg." in said
    assert "1 fout. Er is niets ingelezen." in said
    assert state() == before


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", "ë".encode("latin-1"), HEADER.encode() + b"\n\xff\n"])
def test_a_file_that_cannot_be_read_gives_exit_2(pad: Path, content: bytes) -> None:
    before = state()
    pad.write_bytes(content)
    code, said = run(pad)
    assert code == 2
    assert said.startswith("levering.csv")
    assert state() == before


def test_a_file_that_turns_unreadable_half_way_takes_in_nothing(pad: Path) -> None:
    before = state()
    write_delivery(pad, delivery_lines(3))
    pad.write_bytes(pad.read_bytes() + b"persoon;\xff\n")
    assert run(pad)[0] == 2
    assert state() == before


def test_a_file_that_is_not_there_gives_exit_2(pad: Path) -> None:
    assert run(pad)[0] == 2


def test_a_file_over_the_limit_gives_exit_2(pad: Path, settings) -> None:
    settings.MAX_LEVERING_BYTES = 10
    assert run(write_delivery(pad, delivery_lines(1)))[0] == 2


def test_a_key_file_that_others_can_read_gives_exit_2(pad: Path, settings) -> None:
    write_delivery(pad, delivery_lines(1))
    run(pad, "--proef")
    settings.SLEUTELBESTAND.chmod(0o644)
    code, said = run(pad)
    assert (code, "chmod 600" in said) == (2, True)


def test_a_header_alone_is_half_a_file(pad: Path) -> None:
    before = state()
    code, said = run(write_delivery(pad, [HEADER]))
    assert (code, "staat niets" in said) == (2, True)
    assert state() == before


def test_more_than_a_hundred_errors_are_counted(pad: Path) -> None:
    code, said = run(write_delivery(pad, [HEADER, *["zomaar"] * 250]))
    assert code == 1
    assert said.count("levering.csv, regel") == 100
    assert "en nog 150 andere fouten" in said
    assert "250 fouten" in said


def test_columns_in_the_wrong_place_never_show_a_bsn(pad: Path) -> None:
    hidden = bsn(0).reveal()
    lines = [delivery_line("woonplaats", 0, gemeente=hidden, geldig_vanaf="2015-01-01")]
    lines += [delivery_line("registratie", 0, **GOOD_REGISTRATIE | {column: hidden}) for column in GOOD_REGISTRATIE]
    lines += [f"{hidden};persoon;1990-05-01;;;;;;;", hidden, f"persoon;{hidden}"]
    code, said = run(write_delivery(pad, [HEADER, *lines]))
    assert (code, hidden in said) == (1, False)


def test_a_file_without_a_header_never_shows_a_bsn(pad: Path) -> None:
    code, said = run(write_delivery(pad, delivery_lines(2)[1:]))
    assert (code, bsn(0).reveal() in said) == (2, False)


def test_a_file_called_after_a_person_never_shows_a_bsn(tmp_path: Path) -> None:
    hidden = bsn(0).reveal()
    code, said = run(write_delivery(tmp_path / f"{hidden}.csv", delivery_lines(1)))
    assert (code, hidden in said) == (0, False)
    assert hidden not in Registerlevering.objects.get().bestandsnaam


# --- whatever happens to a file on its way, it comes in whole or not at all ----------------------------------------

GOOD = ("\n".join(delivery_lines(4)) + "\n").encode()


@st.composite
def damage(draw) -> bytes:
    data = bytearray(GOOD)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, max(len(data) - 1, 0)))
        match draw(st.sampled_from(["flip", "cut", "insert", "drop", "repeat", "swap", "end"])):
            case "flip" if data:
                data[place] ^= draw(st.integers(1, 255))
            case "cut":
                del data[place:]
            case "insert":
                data[place:place] = draw(st.binary(min_size=1, max_size=12))
            case "drop":
                del data[place : place + draw(st.integers(1, 60))]
            case "repeat":
                lines = bytes(data).split(b"\n")
                data = bytearray(b"\n".join([*lines, draw(st.sampled_from(lines)), b""]))
            case "swap":
                lines = bytes(data).split(b"\n")
                data = bytearray(b"\n".join([lines[0], *draw(st.permutations(lines[1:]))]))
            case "end":
                data += draw(st.sampled_from([b"\n", b"\r\n", b"\0", b";", b"persoon", b"\xef\xbb\xbf"]))
    return bytes(data)


@given(content=damage())
@settings(max_examples=150, deadline=None)
def test_a_damaged_file_never_comes_in_by_half(tmp_path_factory, content: bytes) -> None:
    with undone():
        pad = tmp_path_factory.mktemp("fuzz") / "levering.csv"
        pad.write_bytes(content)
        code, said = run(pad)
        assert not any(is_valid(digits) for digits in re.findall(r"(?=(\d{9}))", said))
        if code == 0:
            levering = Registerlevering.objects.get()
            for soort, table in (("persoon", Persoon), ("registratie", Registratie), ("woonplaats", Woonplaats)):
                # `;` cannot stand inside a field of ours, so the lines of a kind can be counted by their beginning.
                lines = len(re.findall(rf'^"?{soort}"?;'.encode(), content, re.MULTILINE))
                assert table.objects.count() == lines
                assert levering.aantallen[table._meta.verbose_name_plural] == lines
        else:
            assert state() == [[]] * 5


def test_records_do_not_show_a_bsn(pad: Path) -> None:
    records = read(write_delivery(pad, delivery_lines(3)))
    assert not any(number in repr(records) for number in numbers(3))
    assert all(isinstance(r.bsn, Bsn) for r in records)


def test_no_table_no_query_and_no_log_line_holds_a_bsn(pad: Path, caplog) -> None:
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as queries:
        run(write_delivery(pad, delivery_lines(3)))
        run(write_delivery(pad, delivery_lines(2)[:-1]))
        run(write_delivery(pad, [*delivery_lines(3), "zomaar"]))
        meetpopulatie(known_at=timezone.now())
    dump = [caplog.text, *(query["sql"] for query in queries.captured_queries)]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" AS t')
            dump += [row for (row,) in cursor.fetchall()]
    everywhere = "\n".join(dump)
    assert "register_persoon" in everywhere
    for number in numbers(3):
        assert number not in everywhere
        assert number.encode().hex() not in everywhere
