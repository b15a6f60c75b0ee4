"""Whoever changes the logboek afterwards is found out, and the place is named."""

import hashlib
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from banenafspraak.access import logboek, zegels
from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel, Logzegel, Verwerking
from banenafspraak.access.zegels import Kopie, Merkleboom
from tests.factories import NOW

SYSTEM = Actor.system(doel="een test")
ours = pytest.mark.django_db(transaction=True)


def write(people: int = 5) -> None:
    for n in range(people):
        logboek.record(actor=SYSTEM, handeling="bekeken", persoon_bsn_index=bytes([n]) * 32, details={"n": n}, now=NOW)


def seal() -> int:
    """Seal once the horizon has passed what was written: it waits for every older transaction of the server, and the
    other workers of this test run have theirs, in databases of their own."""
    for _ in range(2_400):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint > greatest("
                "(SELECT max(xid) FROM access_logregel), (SELECT max(xid) FROM access_verwerking), 0), pg_sleep(0.05)"
            )
            if cursor.fetchone()[0]:
                return zegels.seal(now=NOW)
    raise AssertionError("a transaction of another worker never ended")


def by_superuser(statement: str) -> None:
    """As somebody whom no trigger stops."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in ("access_logregel", "access_verwerking", "access_logzegel"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)
        for table in ("access_logregel", "access_verwerking", "access_logzegel"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def rfc6962(bladen: list[bytes]) -> bytes:
    """The definition of RFC 6962, section 2.1, word for word."""
    if not bladen:
        return hashlib.sha256(b"").digest()
    if len(bladen) == 1:
        return bladen[0]
    k = 1
    while k * 2 < len(bladen):
        k *= 2
    return hashlib.sha256(b"\x01" + rfc6962(bladen[:k]) + rfc6962(bladen[k:])).digest()


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=70))
def test_the_root_is_that_of_the_standard(bladen: list[bytes]) -> None:
    boom = Merkleboom()
    for blad in bladen:
        boom.add(blad)
    assert (boom.aantal, boom.root()) == (len(bladen), rfc6962(bladen))


@ours
def test_what_was_sealed_and_left_alone_is_whole() -> None:
    write()
    assert seal() == 10
    write(2)
    assert seal() == 4
    controle = zegels.verify()
    assert (controle.heel, controle.zegels, controle.regels, controle.wachtend) == (True, 2, 14, 0)


@ours
def test_nothing_new_makes_no_seal() -> None:
    write(1)
    seal()
    assert seal() == 0
    assert Logzegel.objects.count() == 1


@ours
def test_rows_that_are_not_sealed_yet_are_counted() -> None:
    write(1)
    seal()
    write(3)
    assert zegels.verify().wachtend == 6


@ours
@pytest.mark.parametrize(
    ("statement", "melding"),
    [
        ("UPDATE access_logregel SET doel = 'iets anders' WHERE id = {r}", "logregel {r} is gewijzigd of toegevoegd"),
        ("UPDATE access_logregel SET details = '{{}}' WHERE id = {r}", "logregel {r} is gewijzigd of toegevoegd"),
        ("UPDATE access_logregel SET recorded_at = recorded_at + interval '1 us' WHERE id = {r}", "logregel {r} is"),
        ("UPDATE access_verwerking SET betrokkene_index = sha256('x') WHERE id = {v}", "verwerking {v} is gewijzigd"),
        ("UPDATE access_verwerking SET salt = sha256('x') WHERE id = {v}", "verwerking {v} is gewijzigd"),
        ("UPDATE access_verwerking SET blad = sha256('x') WHERE id = {v}", "verwerking {v} is gewijzigd"),
        ("DELETE FROM access_verwerking WHERE id = {v}", "1 regels ontbreken"),
        ("DELETE FROM access_verwerking", "5 regels ontbreken"),
        ("UPDATE access_verwerking SET xid = xid + 1000000 WHERE id = {v}", "1 regels ontbreken"),
        (
            "INSERT INTO access_verwerking (parent_operation_id, trace_id, naam, activiteit, status_code, start_time,"
            " end_time, betrokkene_index, xid) SELECT parent_operation_id, trace_id, naam, activiteit, status_code,"
            " start_time, end_time, betrokkene_index, xid FROM access_verwerking WHERE id = {v}",
            "is gewijzigd of toegevoegd",
        ),
        ("UPDATE access_logzegel SET wortel = sha256('x')", "het zegel in de database is anders dan in de kopie"),
        ("DELETE FROM access_logzegel", "het zegel staat in de kopie, maar niet in de database"),
    ],
)
def test_what_a_superuser_does_is_found_and_its_place_named(statement: str, melding: str) -> None:
    write()
    seal()
    regel, verwerking = Logregel.objects.order_by("pk")[2], Verwerking.objects.order_by("pk")[2]
    names = {"r": regel.pk, "v": verwerking.pk}

    by_superuser(statement.format(**names))

    found = [breuk.melding for breuk in zegels.verify().breuken]
    assert any(melding.format(**names) in text for text in found), found


@ours
def test_two_rows_that_change_places_are_found() -> None:
    write()
    seal()
    one, other = Verwerking.objects.order_by("pk")[1:3]
    by_superuser(
        f"UPDATE access_verwerking SET id = -1 WHERE id = {one.pk};"
        f"UPDATE access_verwerking SET id = {one.pk} WHERE id = {other.pk};"
        f"UPDATE access_verwerking SET id = {other.pk} WHERE id = -1"
    )
    assert len(zegels.verify().breuken) == 2


@ours
def test_removing_the_last_seal_everywhere_but_outside_is_found() -> None:
    write(1)
    seal()
    by_superuser("DELETE FROM access_verwerking; DELETE FROM access_logregel; DELETE FROM access_logzegel")
    assert not zegels.verify().heel


@ours
@pytest.mark.parametrize("how", ["line gone", "line changed", "leaves gone", "not json"])
def test_a_copy_that_was_touched_is_found(how: str) -> None:
    write(2)
    seal()
    file = Kopie.open().map / "zegels.jsonl"
    plain = json.loads(file.read_text())
    if how == "line gone":
        file.write_text("")
    elif how == "line changed":
        file.write_text(json.dumps(plain | {"aantal": 1}) + "\n")
    elif how == "not json":
        file.write_text("x\n")
    else:
        (Kopie.open().map / "bladen" / "1.bin").unlink()
        by_superuser("UPDATE access_logregel SET doel = 'x'")
    assert not zegels.verify().heel


@ours
def test_a_seal_that_was_written_outside_but_not_inside_is_taken_over() -> None:
    write(2)
    seal()
    by_superuser("DELETE FROM access_logzegel")
    assert seal() == 4
    assert zegels.verify().heel


@ours
def test_half_a_line_after_a_crash_is_written_over() -> None:
    write(1)
    seal()
    with (Kopie.open().map / "zegels.jsonl").open("a") as file:
        file.write('{"nummer": 2, "van')
    write(1)
    seal()
    assert zegels.verify().zegels == 2
    assert zegels.verify().heel


@ours
def test_a_row_whose_term_is_over_can_be_erased_and_the_seal_holds() -> None:
    old = NOW.replace(year=NOW.year - 6)
    logboek.record(actor=SYSTEM, handeling="bekeken", persoon_bsn_index=b"i" * 32, now=old)
    seal()
    (_, _), ((_, pk), blad) = list(zegels._leaves(0, 1 << 62))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE access_verwerking SET blad = %s, salt = '', betrokkene_index = NULL, naam = '' WHERE id = %s",
            [blad, pk],
        )
    assert zegels.verify().heel


@ours
def test_a_key_that_others_can_read_is_refused(settings) -> None:
    write(1)
    seal()
    Path(settings.ZEGELSLEUTEL).chmod(0o644)
    with pytest.raises(zegels.ZegelsleutelError, match="chmod 600"):
        zegels.verify()


@ours
def test_productie_never_makes_a_key(settings) -> None:
    settings.OMGEVING = "productie"
    with pytest.raises(zegels.ZegelsleutelError, match="nooit vanzelf"):
        zegels.public_key()


@ours
def test_the_command_says_where_it_breaks_and_exits_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    write(1)
    seal()
    call_command("verify_logboek", "--verzegel")
    assert "1 zegels, 2 regels gecontroleerd: alles klopt." in capsys.readouterr().out
    by_superuser("UPDATE access_logregel SET doel = 'x'")
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_logboek")
    assert stopped.value.code == 1
    assert "is gewijzigd of toegevoegd" in capsys.readouterr().out
