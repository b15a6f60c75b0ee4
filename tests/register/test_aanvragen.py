from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import Bsn, BsnError
from banenafspraak.access.models import Logregel
from banenafspraak.access.permissions import Rol
from banenafspraak.register import aanvragen
from banenafspraak.register.aanvragen import (
    LEVENSLOOP,
    Aanvraaghandeling,
    Aanvraagsoort,
    Aanvraagstatus,
    NietMogelijk,
    Overtaken,
)
from banenafspraak.register.models import Aanvraag, Aanvraagstap, Persoon
from tests.factories import NOW, bsn, make_aanvraag, make_actor, make_burger, make_college, make_persoon

BORN = date(1990, 5, 1)
LATER = NOW + timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def burger():
    return make_burger()


@pytest.fixture
def beoordelaar():
    return make_actor(Rol.BEOORDELAAR)


def status(aanvraag_id) -> str:
    return Aanvraag.objects.get(pk=aanvraag_id).status


def look(actor, aanvraag_id):
    return aanvragen.look_at(actor=actor, aanvraag_id=aanvraag_id, now=LATER)


# --- The form -----------------------------------------------------------------------------------------------------


def test_a_burger_begins_and_comes_back_to_the_same_draft(burger) -> None:
    made = aanvragen.start(actor=burger, geboortedatum=BORN, now=NOW)
    assert aanvragen.start(actor=burger, geboortedatum=BORN, now=LATER) == made
    assert status(made) == Aanvraagstatus.CONCEPT


def test_each_step_of_the_form_is_kept_and_can_be_changed(burger) -> None:
    made = aanvragen.start(actor=burger, geboortedatum=BORN, now=NOW)
    for stap, velden in (("a", {"x": "1"}), ("b", {"y": "2"}), ("a", {"x": "3"})):
        aanvragen.save_step(actor=burger, aanvraag_id=made, stap=stap, velden=velden, now=NOW)
    assert look(burger, made).velden == {"a": {"x": "3"}, "b": {"y": "2"}}


def test_what_is_filled_in_lies_sealed(burger) -> None:
    made = aanvragen.start(actor=burger, geboortedatum=BORN, now=NOW)
    aanvragen.save_step(actor=burger, aanvraag_id=made, stap="a", velden={"x": "epilepsie"}, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT inhoud_verzegeld FROM register_aanvraag")
        (blob,) = cursor.fetchone()
    assert b"epilepsie" not in bytes(blob)


def test_who_does_not_know_what_to_ask_need_not_choose(burger) -> None:
    made = make_aanvraag(burger, soort=Aanvraagsoort.WEET_NIET)
    assert status(made) == Aanvraagstatus.INGEDIEND


def test_sending_says_everything_that_is_missing(burger) -> None:
    made = aanvragen.start(actor=burger, geboortedatum=BORN, now=NOW)
    with pytest.raises(ValidationError) as refused:
        aanvragen.submit(actor=burger, aanvraag_id=made, now=NOW)
    assert set(refused.value.message_dict) == {"soort", "woongemeente"}
    assert status(made) == Aanvraagstatus.CONCEPT


def test_a_school_application_names_the_school(burger) -> None:
    with pytest.raises(ValidationError, match="vso, praktijkonderwijs of entree"):
        make_aanvraag(burger, soort=Aanvraagsoort.SCHOOL)


def test_sending_twice_gives_the_same_application(burger) -> None:
    made = make_aanvraag(burger)
    assert aanvragen.submit(actor=burger, aanvraag_id=made, now=LATER) == made
    assert Aanvraag.objects.get().ontvangen_op == NOW.date()
    assert Aanvraagstap.objects.filter(handeling="indienen").count() == 1


def test_a_sent_application_cannot_be_changed(burger) -> None:
    made = make_aanvraag(burger)
    with pytest.raises(NietMogelijk, match="ingediend"):
        aanvragen.save_step(actor=burger, aanvraag_id=made, stap="a", velden={"x": "1"}, now=NOW)


def test_who_lives_abroad_needs_no_gemeente_here(burger) -> None:
    made = aanvragen.start(actor=burger, geboortedatum=BORN, now=NOW)
    aanvragen.save_step(
        actor=burger,
        aanvraag_id=made,
        stap="a",
        velden={},
        soort=Aanvraagsoort.WAJONG,
        woont_in_buitenland=True,
        now=NOW,
    )
    aanvragen.submit(actor=burger, aanvraag_id=made, now=NOW)
    assert Aanvraag.objects.get().laatste_dag == date(2027, 1, 8)


@pytest.mark.parametrize("born", [date(2026, 4, 2), date(1899, 1, 1)])
def test_nobody_has_such_a_date_of_birth(burger, born) -> None:
    with pytest.raises(ValidationError, match="kan niet kloppen"):
        aanvragen.start(actor=burger, geboortedatum=born, now=NOW)


def test_a_malformed_bsn_never_gets_here() -> None:
    with pytest.raises(BsnError) as refused:
        Bsn.parse("123456789")
    assert "123456789" not in str(refused.value)


def test_a_bsn_of_a_real_person_is_refused_outside_productie() -> None:
    with pytest.raises(ValidationError, match="testnummers"):
        aanvragen.start(actor=make_college(), geboortedatum=BORN, bsn=Bsn.parse("111222333"), now=NOW)


# --- A gemeente ---------------------------------------------------------------------------------------------------


def test_a_gemeente_asks_for_an_inhabitant(beoordelaar) -> None:
    made = make_aanvraag(make_college())
    seen = look(beoordelaar, made)
    assert (seen.aanvrager, seen.gemeente, seen.woongemeente) == ("college", "GM0402", "GM0402")


@pytest.mark.parametrize("soort", [Aanvraagsoort.WAJONG, Aanvraagsoort.SCHOOL, Aanvraagsoort.WEET_NIET])
def test_a_gemeente_cannot_ask_what_only_the_person_can(soort) -> None:
    with pytest.raises(ValidationError, match="alleen de persoon zelf"):
        make_aanvraag(make_college(), soort=soort)


def test_a_gemeente_asks_only_for_its_own_inhabitants() -> None:
    with pytest.raises(ValidationError, match="eigen inwoner"):
        make_aanvraag(make_college(), woongemeente="GM0363")


def test_a_service_point_of_a_region_does_not_act_for_a_college() -> None:
    wsp = make_actor(Rol.BEMIDDELAAR, regio="AM12")
    with pytest.raises(PermissionDenied):
        aanvragen.start(actor=wsp, geboortedatum=BORN, bsn=bsn(), now=NOW)


def test_the_person_and_the_gemeente_can_each_have_one_running(burger) -> None:
    assert make_aanvraag(burger) != make_aanvraag(make_college())


def test_a_gemeente_does_not_learn_the_date_of_birth_the_register_holds(beoordelaar) -> None:
    make_persoon(0, geboortedatum=BORN)
    made = make_aanvraag(make_college(), geboortedatum=date(1991, 1, 1), beoordelaar=beoordelaar)
    assert look(beoordelaar, made).geboortedatum_wijkt_af
    aanvragen.correct_geboortedatum(actor=beoordelaar, aanvraag_id=made, geboortedatum=BORN, now=LATER)
    assert not look(beoordelaar, made).geboortedatum_wijkt_af


# --- Who sees what ------------------------------------------------------------------------------------------------


def test_each_sees_the_own_and_nothing_else(burger, beoordelaar) -> None:
    own, of_gemeente = make_aanvraag(burger), make_aanvraag(make_college(), nummer=1)
    draft = aanvragen.start(actor=make_burger(2), geboortedatum=BORN, now=NOW)

    def seen(actor) -> set:
        return set(aanvragen.visible_to(actor).values_list("pk", flat=True))

    assert seen(burger) == {own}
    assert seen(make_burger(2)) == {draft}
    assert seen(make_burger(1)) == {of_gemeente}
    assert seen(make_college("GM0363")) == set()
    assert seen(beoordelaar) == {own, of_gemeente}
    assert seen(make_actor(Rol.BEMIDDELAAR, regio="AM12", gemeente="GM0402")) == set()
    for rol in (Rol.WERKGEVER, Rol.BELEID, Rol.BEHEER, Rol.TOEZICHT):
        assert seen(make_actor(rol)) == set()


def test_forgetting_the_actor_is_a_fault() -> None:
    with pytest.raises(TypeError):
        aanvragen.visible_to(None)  # type: ignore[arg-type]


def test_the_person_can_see_but_not_withdraw_what_the_gemeente_asked(burger) -> None:
    made = make_aanvraag(make_college())
    assert look(burger, made).mag == frozenset()
    with pytest.raises(PermissionDenied):
        aanvragen.withdraw(actor=burger, aanvraag_id=made, now=LATER)


def test_another_burger_finds_nothing(burger) -> None:
    made = make_aanvraag(burger)
    with pytest.raises(Aanvraag.DoesNotExist):
        look(make_burger(1), made)


def test_every_look_is_logged_without_the_bsn(burger, beoordelaar) -> None:
    made = make_aanvraag(burger)
    look(beoordelaar, made)
    row = Logregel.objects.get(handeling="aanvraag ingezien")
    assert row.gebruiker_id == beoordelaar.gebruiker_id
    assert bsn().reveal() not in str([*Logregel.objects.values_list("onderwerp", "details", "handeling")])


# --- Working on it ------------------------------------------------------------------------------------------------


def test_the_work_list_is_ordered_by_last_day(beoordelaar) -> None:
    wajong = make_aanvraag(make_burger(0), soort=Aanvraagsoort.WAJONG)
    late = make_aanvraag(make_burger(1), now=NOW + timedelta(days=7))
    early = make_aanvraag(make_burger(2))
    waits = make_aanvraag(make_burger(3), beoordelaar=beoordelaar)
    aanvragen.ask_aanvulling(actor=beoordelaar, aanvraag_id=waits, vraag="Stuur de brief.", now=NOW)
    assert list(aanvragen.worklist(beoordelaar).values_list("pk", flat=True)) == [early, late, wajong, waits]


def test_only_a_beoordelaar_has_a_work_list(burger) -> None:
    make_aanvraag(burger)
    assert not aanvragen.worklist(burger).exists()


def test_the_second_beoordelaar_is_told(burger, beoordelaar) -> None:
    made = make_aanvraag(burger, beoordelaar=beoordelaar)
    second = make_actor(Rol.BEOORDELAAR)
    with pytest.raises(Overtaken, match="collega"):
        aanvragen.claim(actor=second, aanvraag_id=made, now=LATER)
    with pytest.raises(Overtaken):
        aanvragen.ask_aanvulling(actor=second, aanvraag_id=made, vraag="Wat?", now=LATER)
    aanvragen.claim(actor=beoordelaar, aanvraag_id=made, now=LATER)
    assert Aanvraagstap.objects.filter(handeling="oppakken").count() == 1


def test_a_colleague_takes_over_once(burger, beoordelaar) -> None:
    made = make_aanvraag(burger, beoordelaar=beoordelaar)
    second, third = make_actor(Rol.BEOORDELAAR), make_actor(Rol.BEOORDELAAR)
    aanvragen.take_over(actor=second, aanvraag_id=made, van=beoordelaar.gebruiker_id, now=LATER)
    with pytest.raises(Overtaken):
        aanvragen.take_over(actor=third, aanvraag_id=made, van=beoordelaar.gebruiker_id, now=LATER)
    assert look(second, made).beoordelaar_id == second.gebruiker_id


def test_what_is_put_back_can_be_taken_up_by_another(burger, beoordelaar) -> None:
    made = make_aanvraag(burger, beoordelaar=beoordelaar)
    aanvragen.release(actor=beoordelaar, aanvraag_id=made, now=LATER)
    aanvragen.claim(actor=make_actor(Rol.BEOORDELAAR), aanvraag_id=made, now=LATER)
    assert status(made) == Aanvraagstatus.IN_BEHANDELING


def test_what_is_not_confirmed_is_not_taken_up(burger, beoordelaar) -> None:
    made = make_aanvraag(burger)
    with pytest.raises(NietMogelijk):
        aanvragen.claim(actor=beoordelaar, aanvraag_id=made, now=LATER)


def test_the_system_confirms_and_sees_nothing_else(burger) -> None:
    made = make_aanvraag(burger)
    system = Actor.system(doel="ontvangst bevestigen")
    aanvragen.confirm_receipt(actor=system, aanvraag_id=made, now=LATER)
    assert status(made) == Aanvraagstatus.ONTVANGST_BEVESTIGD
    assert not aanvragen.visible_to(system).exists()


def test_every_night_the_system_confirms_what_nobody_did(burger, beoordelaar) -> None:
    waiting, confirmed = make_aanvraag(burger), make_aanvraag(make_burger(1), beoordelaar=beoordelaar)
    system = Actor.system(doel="ontvangst bevestigen")
    assert (
        aanvragen.confirm_receipts(actor=system, now=LATER),
        aanvragen.confirm_receipts(actor=system, now=LATER),
    ) == (1, 0)
    assert status(waiting) == Aanvraagstatus.ONTVANGST_BEVESTIGD
    assert status(confirmed) == Aanvraagstatus.IN_BEHANDELING


def test_withdrawing_wipes_a_draft_and_keeps_what_was_sent(burger) -> None:
    draft = aanvragen.start(actor=burger, geboortedatum=BORN, now=NOW)
    aanvragen.save_step(actor=burger, aanvraag_id=draft, stap="a", velden={"x": "1"}, now=NOW)
    aanvragen.withdraw(actor=burger, aanvraag_id=draft, now=NOW)
    sent = make_aanvraag(burger)
    aanvragen.withdraw(actor=burger, aanvraag_id=sent, reden="Ik heb werk gevonden.", now=LATER)
    aanvragen.withdraw(actor=burger, aanvraag_id=sent, now=LATER)
    assert (look(burger, draft).velden, bool(look(burger, sent).velden)) == ({}, True)
    assert look(burger, sent).stappen[-1].toelichting == "Ik heb werk gevonden."


def test_what_was_withdrawn_cannot_be_sent(burger) -> None:
    made = aanvragen.start(actor=burger, geboortedatum=BORN, now=NOW)
    aanvragen.withdraw(actor=burger, aanvraag_id=made, now=NOW)
    with pytest.raises(NietMogelijk, match="ingetrokken"):
        aanvragen.submit(actor=burger, aanvraag_id=made, now=NOW)


def test_the_history_only_grows(burger) -> None:
    make_aanvraag(burger)
    with pytest.raises(IntegrityError, match="blijft staan"), transaction.atomic():
        Aanvraagstap.objects.update(rol="beheer")
    with pytest.raises(IntegrityError, match="blijft staan"), transaction.atomic():
        Aanvraagstap.objects.all().delete()


def test_an_application_that_does_not_exist_is_not_found(beoordelaar) -> None:
    with pytest.raises(Aanvraag.DoesNotExist):
        aanvragen.claim(actor=beoordelaar, aanvraag_id=uuid4(), now=NOW)


# --- The clock ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("soort", "sent", "last", "confirm"),
    [
        (Aanvraagsoort.BANENAFSPRAAK, datetime(2026, 4, 1, 9, tzinfo=UTC), date(2026, 5, 27), date(2026, 4, 6)),
        (Aanvraagsoort.WAJONG, datetime(2026, 4, 1, 9, tzinfo=UTC), date(2026, 7, 8), date(2026, 4, 6)),
        # A leap day on the way, and as the day itself.
        (Aanvraagsoort.BESCHUT_WERK, datetime(2024, 2, 26, 9, tzinfo=UTC), date(2024, 4, 22), date(2024, 3, 2)),
        (Aanvraagsoort.BANENAFSPRAAK, datetime(2024, 2, 29, 12, tzinfo=UTC), date(2024, 4, 25), date(2024, 3, 5)),
        # 23:30 UTC is the next day here, in winter by one hour and in summer by two.
        (Aanvraagsoort.BANENAFSPRAAK, datetime(2026, 3, 28, 23, 30, tzinfo=UTC), date(2026, 5, 26), date(2026, 4, 3)),
        (Aanvraagsoort.BANENAFSPRAAK, datetime(2026, 3, 29, 22, 30, tzinfo=UTC), date(2026, 5, 26), date(2026, 4, 4)),
        # The night on which the clock goes back: 00:30 UTC is half past two for the second time.
        (
            Aanvraagsoort.BANENAFSPRAAK,
            datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
            date(2026, 12, 21),
            date(2026, 10, 30),
        ),
    ],
)
def test_the_term_counts_days_of_the_calendar_here(burger, soort, sent, last, confirm) -> None:
    make_aanvraag(burger, soort=soort, now=sent)
    aanvraag = Aanvraag.objects.get()
    assert (aanvraag.laatste_dag, aanvraag.bevestigen_uiterlijk_op) == (last, confirm)


def test_the_term_stands_still_while_the_applicant_completes(burger, beoordelaar) -> None:
    made = make_aanvraag(burger, beoordelaar=beoordelaar)
    before = look(beoordelaar, made).laatste_dag
    aanvragen.ask_aanvulling(actor=beoordelaar, aanvraag_id=made, vraag="Stuur de brief van uw arts.", now=LATER)
    waits = look(burger, made)
    assert (waits.laatste_dag, waits.staat_stil, waits.aanvulling) == (None, True, "Stuur de brief van uw arts.")
    aanvragen.complete(actor=burger, aanvraag_id=made, toelichting="Toegevoegd.", now=LATER + timedelta(days=8))
    after = look(beoordelaar, made)
    assert (after.laatste_dag - before, after.staat_stil, after.aanvulling) == (timedelta(days=7), False, "")


def test_several_requests_to_complete_add_up(burger, beoordelaar) -> None:
    made = make_aanvraag(burger, beoordelaar=beoordelaar)
    before = Aanvraag.objects.get().laatste_dag
    for start in (1, 10):
        asked, done = NOW + timedelta(days=start), NOW + timedelta(days=start + 8)
        aanvragen.ask_aanvulling(actor=beoordelaar, aanvraag_id=made, vraag="Wat nog?", now=asked)
        assert Aanvraag.objects.get().laatste_dag is None
        aanvragen.complete(actor=burger, aanvraag_id=made, now=done)
    assert Aanvraag.objects.get().laatste_dag - before == timedelta(days=14)


def test_a_request_after_the_last_day_stops_nothing(burger, beoordelaar) -> None:
    made = make_aanvraag(burger, beoordelaar=beoordelaar)
    before = Aanvraag.objects.get().laatste_dag
    late = datetime(2026, 5, 28, 9, tzinfo=UTC)
    aanvragen.ask_aanvulling(actor=beoordelaar, aanvraag_id=made, vraag="Wat nog?", now=late)
    aanvragen.complete(actor=beoordelaar, aanvraag_id=made, now=late + timedelta(days=30))
    assert Aanvraag.objects.get().laatste_dag == before


def test_the_term_is_lengthened_in_writing_and_with_a_reason(burger, beoordelaar) -> None:
    made = make_aanvraag(burger, beoordelaar=beoordelaar)
    until = date(2026, 6, 30)
    with pytest.raises(ValidationError, match="waarom"):
        aanvragen.extend(actor=beoordelaar, aanvraag_id=made, tot_en_met=until, reden=" ", now=LATER)
    aanvragen.extend(actor=beoordelaar, aanvraag_id=made, tot_en_met=until, reden="De arts is ziek.", now=LATER)
    assert look(burger, made).laatste_dag == until


@pytest.mark.parametrize("until", [date(2026, 4, 2), date(2026, 5, 20)])
def test_a_day_that_is_not_later_lengthens_nothing(burger, beoordelaar, until) -> None:
    made = make_aanvraag(burger, beoordelaar=beoordelaar)
    with pytest.raises(ValidationError):
        aanvragen.extend(actor=beoordelaar, aanvraag_id=made, tot_en_met=until, reden="Druk.", now=LATER)
    assert Aanvraag.objects.get().verlengd_tot_en_met is None


# --- The table ----------------------------------------------------------------------------------------------------


def test_every_action_has_a_row_and_every_state_is_reached() -> None:
    assert set(LEVENSLOOP.overgangen) == set(Aanvraaghandeling)
    assert {o.naar for o in LEVENSLOOP.overgangen.values()} - {None} == set(Aanvraagstatus)


def test_a_person_who_never_came_in_is_no_registration(burger) -> None:
    make_aanvraag(burger)
    assert not Persoon.objects.get().registraties.exists()
