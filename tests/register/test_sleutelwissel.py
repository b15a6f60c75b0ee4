"""Replacing keys while others write and look up: nobody is doubled, nobody is lost."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from banenafspraak.access import bsn as bsns
from banenafspraak.access import demo, sleutelbestand, sleutelwissel, verzegeld
from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import SealError
from banenafspraak.access.models import Gebruiker, Logregel, Verwerking
from banenafspraak.access.models import bsn_context as gebruiker_context
from banenafspraak.access.permissions import Rol
from banenafspraak.access.sleutelwissel import NietKlaar, WisselBezet
from banenafspraak.register import beoordeling, kandidaatcodes, persoonsindex
from banenafspraak.register.models import Persoon, Registratie, bsn_context
from banenafspraak.register.personen import find_or_add
from banenafspraak.register.registraties import take_in
from tests.factories import (
    CANNOT_EARN_WML,
    NOW,
    answer_all,
    bsn,
    make_aanvraag,
    make_actor,
    make_burger,
    make_persoon,
    moments,
    persoon_record,
    registratie_record,
    sha256,
    undone,
    woonplaats_record,
)  # fmt: skip

SYSTEM = Actor.system(doel="sleutels vervangen")
LATER = NOW + timedelta(days=1)


def begin(*doelen: str) -> None:
    sleutelwissel.begin(actor=SYSTEM, doelen=doelen or ("audit", "kek", "register"), now=NOW)


def wissel() -> int:
    return sleutelwissel.wissel(actor=SYSTEM, now=NOW)


def ruim_op() -> object:
    return sleutelwissel.ruim_op(actor=SYSTEM, now=NOW)


def deliver(*nummers: int, now=LATER, name: str = "a"):
    records = [
        record
        for place, nummer in enumerate(nummers)
        for record in (
            persoon_record(nummer, regel=3 * place + 2),
            registratie_record(nummer, regel=3 * place + 3),
            woonplaats_record(nummer, regel=3 * place + 4),
        )
    ]
    return take_in(records, actor=SYSTEM, levering=sha256(name), now=now)


def found(nummer: int) -> list[Persoon]:
    return list(persoonsindex.with_bsn(bsn(nummer)))


def opened(persoon: Persoon) -> str:
    return bsns.unseal(persoon.bsn_verzegeld, context=bsn_context(persoon.pk))


@pytest.mark.django_db
def test_everybody_ends_up_under_the_newest_keys_and_opens_as_before() -> None:
    ids = [make_persoon(nummer).pk for nummer in range(40)]
    begin()
    assert wissel() == 40
    for nummer, pk in enumerate(ids):
        persoon = Persoon.objects.get(pk=pk)
        assert bytes(persoon.bsn_index) == bsns.index(bsn(nummer), doel="register", versie=2)
        assert bytes(persoon.bsn_verzegeld)[1:3] == b"\0\2"
        assert (opened(persoon), persoon.index_versie) == (bsn(nummer).reveal(), 2)


@pytest.mark.django_db
def test_every_sealed_column_of_every_table_gets_the_new_wrapping() -> None:
    demo.ensure_demo_roles()
    demo.give_bsn("burger", bsn(3))
    make_persoon(1)
    begin("kek")
    wissel()
    ruim_op()
    gebruiker = Gebruiker.objects.get(bsn_verzegeld__isnull=False)
    context = f"access.gebruiker.bsn_verzegeld:{gebruiker.pk}"
    assert bsns.unseal(gebruiker.bsn_verzegeld, context=context) == bsn(3).reveal()
    assert opened(Persoon.objects.get()) == bsn(1).reveal()


@pytest.mark.django_db
def test_what_stays_as_it_was_gets_another_envelope_and_opens_as_before(monkeypatch) -> None:
    monkeypatch.setattr(sleutelwissel, "_ROWS", 2)
    beoordelaar = make_actor(Rol.BEOORDELAAR)
    aanvraag = make_aanvraag(make_burger(0), beoordelaar=beoordelaar)
    answer_all(beoordelaar, aanvraag, CANNOT_EARN_WML)
    beoordeling.decide(actor=beoordelaar, aanvraag_id=aanvraag, now=NOW)
    before = beoordeling.answers(actor=beoordelaar, aanvraag_id=aanvraag)
    begin("kek")
    assert wissel() > 10
    ruim_op()
    assert beoordeling.answers(actor=beoordelaar, aanvraag_id=aanvraag) == before
    assert not any(sleutelwissel.stand().te_doen.values())


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["set_byte(waarde_verzegeld, 70, 7)", "waarde_verzegeld || '\\x00'", "NULL"])
def test_what_stays_as_it_was_takes_no_other_content(change: str) -> None:
    beoordelaar = make_actor(Rol.BEOORDELAAR)
    answer_all(beoordelaar, make_aanvraag(make_burger(0), beoordelaar=beoordelaar), CANNOT_EARN_WML)
    with pytest.raises(IntegrityError, match="blijft staan"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE register_aanvraagantwoord SET waarde_verzegeld = {change}")


@pytest.mark.django_db
def test_a_candidate_still_finds_the_own_codes_also_without_being_in_the_register() -> None:
    burger = make_burger(5)
    sealed = bsns.seal(bsn(5), context=gebruiker_context(burger.gebruiker_id))
    Gebruiker.objects.filter(pk=burger.gebruiker_id).update(bsn_verzegeld=sealed)
    made = kandidaatcodes.make_kandidaatcode(actor=burger, now=NOW)
    begin()
    wissel()
    ruim_op()
    assert [code.pk for code in kandidaatcodes.visible_to(burger)] == [made.id]


@pytest.mark.django_db
def test_a_second_time_there_is_nothing_to_do() -> None:
    make_persoon(1)
    begin()
    assert (wissel(), wissel()) == (1, 0)


@pytest.mark.django_db
def test_somebody_is_found_before_halfway_and_after(monkeypatch) -> None:
    monkeypatch.setattr(sleutelwissel, "_ROWS", 3)
    ids = [make_persoon(nummer).pk for nummer in range(10)]
    tabel = next(t for t in verzegeld.tabellen() if t.naam == "register_persoon")
    begin()
    steps = sleutelwissel._batches(tabel, lambda naam, rijen: None)
    # The first pages hold what earlier tests left behind.
    while Persoon.objects.filter(index_versie=2).count() < 6:
        assert [[p.pk for p in found(nummer)] for nummer in range(10)] == [[pk] for pk in ids]
        next(steps)
    assert 0 < Persoon.objects.filter(index_versie=2).count() < 10
    wissel()
    ruim_op()
    assert [[p.pk for p in found(nummer)] for nummer in range(10)] == [[pk] for pk in ids]
    assert not Persoon.objects.filter(bsn_index_eerder__isnull=False).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("done", [False, True])
def test_a_delivery_that_arrives_in_the_middle_doubles_nobody(done: bool) -> None:
    deliver(0, 1, now=NOW)
    ids = {p.pk for p in Persoon.objects.all()}
    begin()
    if done:
        wissel()
    inlezing = deliver(0, 1, 2, name="b")
    assert inlezing.aantallen["personen_nieuw"] == 1
    assert ids < {p.pk for p in Persoon.objects.all()}
    assert (Persoon.objects.count(), Registratie.objects.count()) == (3, 3)


@pytest.mark.django_db
def test_a_process_with_the_key_file_of_before_cannot_double_anybody(settings) -> None:
    make_persoon(0)
    old = settings.SLEUTELBESTAND.read_bytes()
    begin("register")
    wissel()
    settings.SLEUTELBESTAND.write_bytes(old)
    assert len(found(0)) == 1
    assert find_or_add(bsn(0), NOW.date()) == found(0)[0].pk
    assert deliver(0).aantallen["personen_nieuw"] == 0


@pytest.mark.django_db
def test_after_the_old_key_went_a_process_that_still_has_it_is_refused(settings) -> None:
    make_persoon(0)
    old = settings.SLEUTELBESTAND.read_bytes()
    begin("register")
    wissel()
    ruim_op()
    settings.SLEUTELBESTAND.write_bytes(old)
    with pytest.raises(IntegrityError, match="sleutelbestand"), transaction.atomic():
        make_persoon(0)
    with pytest.raises(IntegrityError, match="sleutelbestand"), transaction.atomic():
        deliver(1)
    assert Persoon.objects.count() == 1


@pytest.mark.django_db
def test_the_database_refuses_a_newcomer_without_the_index_that_others_still_have(settings) -> None:
    make_persoon(0)
    begin("register")
    double = persoonsindex.new(bsn(0), geboortedatum=make_persoon(1).geboortedatum)
    double.bsn_index_eerder = None
    with pytest.raises(IntegrityError, match="sleutel"), transaction.atomic():
        double.save(force_insert=True)


@pytest.mark.django_db
def test_three_changes_in_a_row_keep_everybody_one() -> None:
    pk = make_persoon(0).pk
    for _ in range(3):
        begin()
        wissel()
        assert [p.pk for p in found(0)] == [pk]
        ruim_op()
    assert sleutelbestand.versies() == {"audit": (4, 3, 2, 1), "kek": (4,), "register": (4,)}
    assert [p.pk for p in found(0)] == [pk]


@pytest.mark.django_db
def test_rows_of_the_logboek_keep_their_index_and_are_found_under_every_version() -> None:
    deliver(0, now=NOW)
    begin()
    wissel()
    deliver(0, 1, name="b")
    ruim_op()
    deliver(1, now=LATER + timedelta(days=1), name="c")
    indexes = bsns.indexes(bsn(0), doel="audit")
    assert len(indexes) == 2
    assert Verwerking.objects.filter(betrokkene_index=indexes[1]).exists()
    assert not Verwerking.objects.filter(betrokkene_index=indexes[0]).exists()


@pytest.mark.django_db
def test_an_old_key_does_not_go_while_a_row_needs_it() -> None:
    make_persoon(0)
    begin()
    with pytest.raises(NietKlaar):
        ruim_op()
    assert sleutelbestand.versies()["kek"] == (2, 1)
    assert opened(Persoon.objects.get()) == bsn(0).reveal()


@pytest.mark.django_db
def test_after_the_old_key_went_an_old_copy_of_the_row_opens_no_more() -> None:
    persoon = make_persoon(0)
    copy, old_index = bytes(persoon.bsn_verzegeld), bytes(persoon.bsn_index)
    begin()
    wissel()
    ruim_op()
    with pytest.raises(SealError, match="key file"):
        bsns.unseal(copy, context=bsn_context(persoon.pk))
    assert old_index not in bsns.indexes(bsn(0), doel="register")


@pytest.mark.django_db
def test_a_value_that_does_not_open_stops_the_change_and_loses_nothing() -> None:
    make_persoon(0)
    Persoon.objects.update(bsn_verzegeld=bsns.seal(bsn(0), context="elders"))
    begin()
    with pytest.raises(SealError):
        wissel()
    with pytest.raises(NietKlaar):
        ruim_op()


@pytest.mark.django_db
def test_only_the_system_changes_keys() -> None:
    with pytest.raises(PermissionDenied):
        sleutelwissel.begin(actor=make_actor(Rol.BEHEER), doelen=("kek",), now=NOW)
    assert sleutelbestand.versies()["kek"] == (1,)


@pytest.mark.django_db
def test_the_change_stands_in_the_logboek_without_a_person() -> None:
    make_persoon(0)
    begin()
    wissel()
    rows = list(Logregel.objects.order_by("pk"))
    assert [row.handeling for row in rows] == ["sleutels toegevoegd", "sleutels gewisseld"]
    assert not Verwerking.objects.exists()


@pytest.mark.django_db
def test_the_command_changes_shows_and_clears_up(capsys) -> None:
    make_persoon(0)
    call_command("rotate_keys")
    call_command("rotate_keys", ruim_op=True)
    assert sleutelbestand.versies() == {"audit": (2, 1), "kek": (2,), "register": (2,)}
    shown = capsys.readouterr().out
    assert "Een eerdere wissel is niet af" in shown
    assert "sleutels weggehaald: kek 1; register 1" in shown


@pytest.mark.django_db
def test_in_productie_the_command_uses_only_what_the_keeper_brought(settings, tmp_path, capsys) -> None:
    make_persoon(0)
    settings.OMGEVING, settings.PRODUCTIE = "productie", True
    call_command("rotate_keys")
    assert "De sleutelbeheerder brengt die" in capsys.readouterr().out
    call_command("rotate_keys", schrijf=tmp_path / "volgende.json")
    (tmp_path / "volgende.json").replace(settings.SLEUTELBESTAND)
    with pytest.raises(CommandError, match="uit het sleutelbestand halen"):
        call_command("rotate_keys", ruim_op=True)
    keys = json.loads(settings.SLEUTELBESTAND.read_text(encoding="utf-8"))
    for doel in ("kek", "register"):
        del keys["sleutels"][doel]["1"]
    settings.SLEUTELBESTAND.write_text(json.dumps(keys), encoding="utf-8")
    call_command("rotate_keys", ruim_op=True)
    assert not sleutelwissel.stand().loopt
    assert len(found(0)) == 1


OPERATIONS = st.lists(
    st.one_of(
        st.tuples(st.just("begin"), st.just(0)),
        st.tuples(st.just("step"), st.integers(1, 3)),
        st.tuples(st.just("wissel"), st.just(0)),
        st.tuples(st.just("ruim_op"), st.just(0)),
        st.tuples(st.just("ensure"), st.integers(0, 7)),
        st.tuples(st.just("deliver"), st.integers(0, 7)),
    ),
    max_size=14,
)


@pytest.mark.django_db
@given(operations=OPERATIONS)
@examples(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_in_whatever_order_it_happens_nobody_is_doubled_or_lost(settings, tmp_path, operations) -> None:
    settings.SLEUTELBESTAND = tmp_path / f"{time.monotonic_ns()}.json"
    before, sleutelwissel._ROWS = sleutelwissel._ROWS, 1
    tabel = next(t for t in verzegeld.tabellen() if t.naam == "register_persoon")
    known: dict[int, object] = {}
    clock = moments()
    try:
        with undone():
            for number, (what, value) in enumerate(operations):
                match what:
                    case "begin" if not sleutelwissel.stand().loopt:
                        begin()
                    case "step":
                        steps = sleutelwissel._batches(tabel, lambda naam, rijen: None)
                        for _, _changed in zip(range(value), steps, strict=False):
                            pass
                    case "wissel":
                        wissel()
                    case "ruim_op" if not any(sleutelwissel.stand().te_doen.values()):
                        ruim_op()
                    case "ensure":
                        known.setdefault(value, find_or_add(bsn(value), NOW.date()))
                    case "deliver":
                        deliver(value, now=next(clock), name=str(number))
                        known.setdefault(value, found(value)[0].pk)
                assert {n: [p.pk for p in found(n)] for n in range(8)} == {
                    n: [known[n]] if n in known else [] for n in range(8)
                }
                assert Persoon.objects.count() == len(known)
    finally:
        sleutelwissel._ROWS = before


ROTATE = """
import os, sys, time
import django
django.setup()
from django.conf import settings
from django.utils import timezone
from pathlib import Path
settings.SLEUTELBESTAND = Path(sys.argv[1])
from banenafspraak.access import sleutelwissel
from banenafspraak.access.actor import Actor
sleutelwissel._ROWS = 20
def progress(tabel, rijen):
    if rijen:
        print(rijen, flush=True)
        time.sleep(0.02)
with sleutelwissel.alone():
    sleutelwissel.wissel(actor=Actor.system(doel="test"), now=timezone.now(), progress=progress)
"""


def start_rotation(key_file) -> subprocess.Popen:
    database = connection.settings_dict
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "banenafspraak.config.settings",
        "DATABASE_URL": "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(
            **{key: str(value).replace("/", "%2F") for key, value in database.items()}
        ),
    }
    return subprocess.Popen(
        [sys.executable, "-c", ROTATE, str(key_file)], env=environ, stdout=subprocess.PIPE, text=True
    )


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_it_goes_on_where_it_was(settings) -> None:
    ids = [make_persoon(nummer).pk for nummer in range(200)]
    begin()
    process = start_rotation(settings.SLEUTELBESTAND)
    for _ in range(3):
        assert process.stdout.readline().strip() == "20"
    with pytest.raises(WisselBezet), sleutelwissel.alone():
        pass
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    done = Persoon.objects.filter(index_versie=2).count()
    assert 60 <= done < 200
    assert [[p.pk for p in found(nummer)] for nummer in range(200)] == [[pk] for pk in ids]
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:  # the server notices that the process is gone
        try:
            with sleutelwissel.alone():
                assert wissel() == 200 - done
                ruim_op()
            break
        except WisselBezet:
            continue
    assert [[p.pk for p in found(nummer)] for nummer in range(200)] == [[pk] for pk in ids]
    assert not sleutelwissel.stand().loopt
