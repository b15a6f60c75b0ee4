"""The file of a population: asked for in a window, decided by UWV, fetched once, and written down person by person."""

import csv
import dataclasses
import hashlib
import io
import json
from datetime import date, timedelta
from itertools import product
from uuid import uuid4

import psycopg
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.utils import IntegrityError
from odfdo import Document

from banenafspraak.access import bsn as bsns
from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel, Verwerking
from banenafspraak.access.permissions import Rol
from banenafspraak.register import moment, populatieverzoeken
from banenafspraak.register.models import Populatielevering, Populatieverzoek
from banenafspraak.register.overgangen import Overtaken
from banenafspraak.register.populatie import Populatieregel, RegisterBezig
from banenafspraak.register.populatiebestand import guarded, render
from banenafspraak.register.populatieverzoeken import LEVENSLOOP
from banenafspraak.register.populatieverzoeken import Populatiehandeling as Handeling
from banenafspraak.register.populatiewoorden import AKKOORD_VERSIE, Bestandsvorm, Gemeentedoel, Verzoekstatus
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.grondlabel import Grondlabel
from tests.factories import (
    NOW,
    bsn,
    make_actor,
    make_college,
    make_gebruiker,
    make_persoon,
    make_registratie,
    make_woonplaats,
)

pytestmark = pytest.mark.django_db
OPEN_DAY = date(2017, 11, 1)
PEILDATUM = date(2026, 4, 1)


@pytest.fixture
def uwv() -> Actor:
    return make_actor(Rol.BEOORDELAAR)


@pytest.fixture
def gemeente() -> Actor:
    return make_college("GM0402")


@pytest.fixture
def window(uwv: Actor) -> int:
    return populatieverzoeken.offer(actor=uwv, vanaf=date(2017, 10, 1), tot_en_met=date(2018, 1, 31), now=NOW)


def ask(actor: Actor, *, doel: Gemeentedoel = Gemeentedoel.EIGEN_DOELGROEP, peildatum: date = OPEN_DAY, versie=None):
    return populatieverzoeken.submit(
        actor=actor, doel=doel, akkoord_versie=versie or AKKOORD_VERSIE, peildatum=peildatum, now=NOW
    )


def colleague_of(actor: Actor) -> Actor:
    return dataclasses.replace(actor, gebruiker_id=make_gebruiker(naam="collega").pk)


def granted(gemeente: Actor, uwv: Actor):
    verzoek_id = ask(gemeente)
    populatieverzoeken.grant(actor=uwv, verzoek_id=verzoek_id, reden="akkoord", now=NOW)
    return verzoek_id, right(verzoek_id)


def right(verzoek_id):
    return Populatielevering.objects.get(verzoek=verzoek_id, gebruikt_at=None).pk


def fetch(actor: Actor, levering_id, *, vorm: Bestandsvorm = Bestandsvorm.CSV, peildatum: date = PEILDATUM, now=NOW):
    return populatieverzoeken.deliver(actor=actor, levering_id=levering_id, vorm=vorm, peildatum=peildatum, now=now)


def populate() -> None:
    for nummer, gemeente in ((0, "GM0402"), (1, "GM0402"), (2, "GM0406")):
        persoon = make_persoon(nummer)
        make_woonplaats(persoon, gemeente=gemeente)
        make_registratie(persoon, vanaf=date(2016 + nummer, 1, 1))


@pytest.mark.parametrize("day", [date(2017, 9, 30), date(2018, 2, 1)])
def test_outside_the_window_nothing_is_asked(day: date, window: int, gemeente: Actor) -> None:
    with pytest.raises(ValidationError, match="geen periode open"):
        ask(gemeente, peildatum=day)


@pytest.mark.parametrize("day", [date(2017, 10, 1), date(2018, 1, 31)])
def test_the_first_and_the_last_day_belong_to_the_window(day: date, window: int, gemeente: Actor) -> None:
    assert ask(gemeente, peildatum=day)


def test_windows_do_not_overlap(window: int, uwv: Actor) -> None:
    with pytest.raises(ValidationError, match="al een venster"):
        populatieverzoeken.offer(actor=uwv, vanaf=date(2018, 1, 31), tot_en_met=date(2018, 3, 1), now=NOW)


def test_a_window_ends_after_it_begins(uwv: Actor) -> None:
    with pytest.raises(ValidationError, match="laatste dag"):
        populatieverzoeken.offer(actor=uwv, vanaf=date(2018, 2, 1), tot_en_met=date(2018, 1, 31), now=NOW)


@pytest.mark.parametrize("doel", [Gemeentedoel.LOONKOSTENSUBSIDIE, Gemeentedoel.BESCHUT_WERK])
def test_a_purpose_about_one_person_asks_for_no_file(doel: Gemeentedoel, window: int, gemeente: Actor) -> None:
    with pytest.raises(ValidationError):
        ask(gemeente, doel=doel)


def test_who_agreed_to_another_text_reads_the_new_one_first(window: int, gemeente: Actor) -> None:
    with pytest.raises(ValidationError, match="tekst is veranderd"):
        ask(gemeente, versie=AKKOORD_VERSIE + 1)


def test_a_gemeente_asks_once_in_a_window(window: int, gemeente: Actor) -> None:
    ask(gemeente)

    with pytest.raises(ValidationError, match="al een verzoek"):
        ask(gemeente)
    assert Populatieverzoek.objects.count() == 1


def test_a_colleague_of_the_same_gemeente_does_not_ask_a_second_time(window: int, gemeente: Actor) -> None:
    ask(gemeente)

    with pytest.raises(ValidationError, match="al een verzoek"):
        ask(colleague_of(gemeente))


def test_after_a_refusal_a_gemeente_may_ask_again(window: int, gemeente: Actor, uwv: Actor) -> None:
    populatieverzoeken.refuse(actor=uwv, verzoek_id=ask(gemeente), reden="Het doel is niet duidelijk.", now=NOW)

    assert ask(gemeente)


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol not in (Rol.ANONIEM, Rol.SYSTEEM)])
def test_only_a_gemeente_asks(rol: Rol, window: int) -> None:
    with pytest.raises(PermissionDenied):
        ask(make_actor(rol, regio="AM12", gemeente="GM0402"))


@pytest.mark.parametrize("action", ["grant", "refuse"])
def test_a_decision_has_a_reason(action: str, window: int, gemeente: Actor, uwv: Actor) -> None:
    verzoek_id = ask(gemeente)

    with pytest.raises(ValidationError, match="waarom"):
        getattr(populatieverzoeken, action)(actor=uwv, verzoek_id=verzoek_id, reden="  ", now=NOW)


@pytest.mark.parametrize("action", ["grant", "refuse"])
def test_a_reason_holds_no_bsn(action: str, window: int, gemeente: Actor, uwv: Actor) -> None:
    verzoek_id = ask(gemeente)

    with pytest.raises(ValidationError, match="BSN"):
        getattr(populatieverzoeken, action)(actor=uwv, verzoek_id=verzoek_id, reden="Om 9999.90.019", now=NOW)


def test_a_gemeente_does_not_decide(window: int, gemeente: Actor) -> None:
    verzoek_id = ask(gemeente)

    with pytest.raises(PermissionDenied):
        populatieverzoeken.grant(actor=gemeente, verzoek_id=verzoek_id, reden="ja", now=NOW)


def test_uwv_does_not_fetch(window: int, gemeente: Actor, uwv: Actor) -> None:
    _, levering = granted(gemeente, uwv)

    with pytest.raises(PermissionDenied):
        fetch(uwv, levering)


def test_another_gemeente_sees_and_fetches_nothing(window: int, gemeente: Actor, uwv: Actor) -> None:
    verzoek_id, levering = granted(gemeente, uwv)
    neighbour = make_college("GM0406")

    assert not populatieverzoeken.visible_to(neighbour).exists()
    with pytest.raises(Overtaken):
        fetch(neighbour, levering)
    with pytest.raises(Overtaken):
        populatieverzoeken.report_failure(actor=neighbour, verzoek_id=verzoek_id, now=NOW)


def test_forgetting_the_actor_is_a_fault() -> None:
    with pytest.raises(TypeError):
        populatieverzoeken.visible_to(None)


def test_the_file_holds_the_inhabitants_with_the_four_data_of_the_decree(window, gemeente, uwv) -> None:
    populate()
    _, levering = granted(gemeente, uwv)

    bestand = fetch(gemeente, levering)

    rows = list(csv.reader(io.StringIO(bestand.inhoud.decode("utf-8-sig")), delimiter=";"))
    assert rows == [
        ["bsn", "grond", "vanaf", "tot"],
        [bsn(0).reveal(), "c", "2016-01-01", ""],
        [bsn(1).reveal(), "c", "2017-01-01", ""],
    ]
    assert (bestand.naam, bestand.aantal) == ("doelgroep-GM0402-2026-04-01.csv", 2)


def test_a_delivery_keeps_the_count_and_the_sha256_and_not_the_file(window, gemeente, uwv) -> None:
    populate()
    _, levering = granted(gemeente, uwv)

    bestand = fetch(gemeente, levering)

    row = Populatielevering.objects.get()
    assert row.sha256 == hashlib.sha256(bestand.inhoud).hexdigest()
    assert (row.aantal, row.vorm, row.peildatum, row.gebruiker_id) == (2, "csv", PEILDATUM, gemeente.gebruiker_id)
    assert bsn(0).reveal() not in str(row.__dict__)


def test_each_person_in_the_file_has_a_row_in_the_logboek_with_the_purpose(window, gemeente, uwv) -> None:
    populate()
    make_registratie(make_persoon(3), grond=Grond.WSW, route=Route.WSW_DETACHERING)
    _, levering = granted(gemeente, uwv)

    fetch(gemeente, levering)

    rows = Logregel.objects.filter(handeling=populatieverzoeken.POPULATIE_GELEVERD)
    persons = Verwerking.objects.filter(naam=populatieverzoeken.POPULATIE_GELEVERD)
    assert {bytes(row.betrokkene_index) for row in persons} == {bsns.index(bsn(n), doel="audit") for n in (0, 1)}
    assert {row.doel for row in rows} == {
        "de eigen doelgroep in beeld brengen (Participatiewet art. 7; Wfsv art. 38d lid 4)"
    }


def test_a_second_fetch_is_refused(window, gemeente, uwv) -> None:
    populate()
    _, levering = granted(gemeente, uwv)
    fetch(gemeente, levering)
    logged = Logregel.objects.count()

    with pytest.raises(Overtaken):
        fetch(gemeente, levering)
    assert Logregel.objects.count() == logged


def test_a_right_that_does_not_exist_gives_nothing(window, gemeente, uwv) -> None:
    granted(gemeente, uwv)

    with pytest.raises(Overtaken):
        fetch(gemeente, uuid4())


def test_when_the_transfer_failed_a_new_right_gives_the_same_file(window, gemeente, uwv) -> None:
    populate()
    verzoek_id, levering = granted(gemeente, uwv)
    first = fetch(gemeente, levering)
    populatieverzoeken.report_failure(actor=gemeente, verzoek_id=verzoek_id, now=NOW)
    populatieverzoeken.grant_again(actor=uwv, verzoek_id=verzoek_id, reden="verbinding brak af", now=NOW)
    # Somebody who came in the meantime belongs to a later question.
    persoon = make_persoon(5)
    make_woonplaats(persoon, known_from=NOW + timedelta(days=1))
    make_registratie(persoon, known_from=NOW + timedelta(days=1))

    second = fetch(gemeente, right(verzoek_id), peildatum=date(2026, 6, 1), now=NOW + timedelta(days=60))

    assert (second.inhoud, second.sha256) == (first.inhoud, first.sha256)
    assert Populatielevering.objects.count() == 2


def test_who_did_not_fetch_has_no_failure_to_report(window, gemeente, uwv) -> None:
    verzoek_id, _ = granted(gemeente, uwv)

    with pytest.raises(Overtaken):
        populatieverzoeken.report_failure(actor=gemeente, verzoek_id=verzoek_id, now=NOW)


def test_while_a_delivery_comes_in_no_file_is_made_and_the_right_stays(window, gemeente, uwv) -> None:
    _, levering = granted(gemeente, uwv)
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("SELECT pg_advisory_xact_lock_shared(%s)", [moment.WRITERS])
        with pytest.raises(RegisterBezig), transaction.atomic():
            fetch(gemeente, levering)

    assert Populatieverzoek.objects.get().status == Verzoekstatus.TOEGEWEZEN


def test_a_gemeente_without_anybody_gets_an_empty_file_and_that_is_logged(window, gemeente, uwv) -> None:
    _, levering = granted(gemeente, uwv)

    assert fetch(gemeente, levering).aantal == 0
    assert Logregel.objects.filter(handeling="populatiebestand opgehaald").count() == 1
    assert not Verwerking.objects.exists()


def test_the_database_holds_one_open_right_for_a_request(window, gemeente, uwv) -> None:
    verzoek_id, _ = granted(gemeente, uwv)

    with pytest.raises(IntegrityError, match="er_staat_hoogstens_een_levering_klaar"), transaction.atomic():
        Populatielevering.objects.create(verzoek_id=verzoek_id, volgnummer=2, uitgegeven_at=NOW)


def perform(handeling: Handeling, verzoek_id, gemeente: Actor, uwv: Actor) -> None:
    if handeling is Handeling.LEVEREN:
        levering = Populatielevering.objects.filter(verzoek=verzoek_id).order_by("-volgnummer").first()
        fetch(gemeente, levering.pk if levering else uuid4())
        return
    decisions = {
        Handeling.TOEWIJZEN: populatieverzoeken.grant,
        Handeling.AFWIJZEN: populatieverzoeken.refuse,
        Handeling.OPNIEUW_TOEWIJZEN: populatieverzoeken.grant_again,
    }
    others = {
        Handeling.INTREKKEN: populatieverzoeken.withdraw,
        Handeling.MISLUKT_MELDEN: populatieverzoeken.report_failure,
    }
    if handeling in decisions:
        decisions[handeling](actor=uwv, verzoek_id=verzoek_id, reden="daarom", now=NOW)
    else:
        others[handeling](actor=gemeente, verzoek_id=verzoek_id, now=NOW)


PATHS = {
    Verzoekstatus.INGEDIEND: (),
    Verzoekstatus.TOEGEWEZEN: (Handeling.TOEWIJZEN,),
    Verzoekstatus.AFGEWEZEN: (Handeling.AFWIJZEN,),
    Verzoekstatus.INGETROKKEN: (Handeling.INTREKKEN,),
    Verzoekstatus.GELEVERD: (Handeling.TOEWIJZEN, Handeling.LEVEREN),
    Verzoekstatus.MISLUKT: (Handeling.TOEWIJZEN, Handeling.LEVEREN, Handeling.MISLUKT_MELDEN),
}
ACTIONS = [handeling for handeling in Handeling if handeling is not Handeling.INDIENEN]


@pytest.mark.parametrize(("status", "handeling"), list(product(Verzoekstatus, ACTIONS)))
def test_an_action_works_from_the_states_of_the_table_and_from_no_other(
    status, handeling, window, gemeente, uwv
) -> None:
    verzoek_id = ask(gemeente)
    for step in PATHS[status]:
        perform(step, verzoek_id, gemeente, uwv)
    assert Populatieverzoek.objects.get().status == status

    if status in LEVENSLOOP.overgangen[handeling].van:
        perform(handeling, verzoek_id, gemeente, uwv)
        assert Populatieverzoek.objects.get().status == LEVENSLOOP.overgangen[handeling].naar
    else:
        with pytest.raises(Overtaken), transaction.atomic():
            perform(handeling, verzoek_id, gemeente, uwv)
        assert Populatieverzoek.objects.get().status == status


REGELS = (
    Populatieregel(bsn(0), Grondlabel.A, date(2020, 1, 1), None),
    Populatieregel(bsn(1), Grondlabel.LID_2, date(2020, 1, 1), date(2030, 1, 1)),
)
FILE = [
    ["bsn", "grond", "vanaf", "tot"],
    [bsn(0).reveal(), "a", "2020-01-01", ""],
    [bsn(1).reveal(), "lid 2", "2020-01-01", "2030-01-01"],
]


def test_an_ods_opens_with_every_cell_as_text() -> None:
    inhoud = render(Bestandsvorm.ODS, REGELS, gemeente="GM0402", peildatum=PEILDATUM)

    table = Document(io.BytesIO(inhoud)).body.tables[0]
    assert [["" if cell is None else cell for cell in row] for row in table.get_values()] == FILE
    assert {cell.type for row in table.get_cells() for cell in row} == {"string"}


def test_a_json_says_whose_file_it_is_and_on_which_ground() -> None:
    inhoud = json.loads(render(Bestandsvorm.JSON, REGELS, gemeente="GM0402", peildatum=PEILDATUM))

    assert {key: inhoud[key] for key in ("gemeente", "peildatum", "grondslag")} == {
        "gemeente": "GM0402",
        "peildatum": "2026-04-01",
        "grondslag": "Wfsv art. 38d lid 4; Besluit SUWI art. 3.2 lid 1",
    }
    assert inhoud["registraties"][0] == {"bsn": bsn(0).reveal(), "grond": "a", "vanaf": "2020-01-01", "tot": None}


@pytest.mark.parametrize("vorm", Bestandsvorm)
def test_the_same_rows_are_the_same_bytes(vorm: Bestandsvorm) -> None:
    first, second = (render(vorm, REGELS, gemeente="GM0402", peildatum=PEILDATUM) for _ in range(2))

    assert first == second


@pytest.mark.parametrize("text", ["=1+1", "+31", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_what_looks_like_a_formula_is_shown_and_never_run(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a", "2020-01-01", "lid 2", "1=1"])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text
