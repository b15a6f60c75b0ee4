"""What somebody says is not right about the own data, and the answer to it."""

import dataclasses
from datetime import date, timedelta
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction

from banenafspraak.access import bsn as bsns
from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel
from banenafspraak.access.permissions import Rol
from banenafspraak.register import meldingen
from banenafspraak.register.meldingen import LEVENSLOPEN
from banenafspraak.register.meldingen import Meldinghandeling as Handeling
from banenafspraak.register.meldingwoorden import Meldingonderwerp, Meldingsoort, Meldingstatus
from banenafspraak.register.models import Melding
from banenafspraak.register.overgangen import NietMogelijk, Overtaken
from tests.factories import NOW, bsn, make_actor, make_burger, make_persoon, make_registratie

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 1)
TEXT = "Ik sta er al sinds mijn school in, niet sinds 2020."


@pytest.fixture
def burger() -> Actor:
    return make_burger(0)


@pytest.fixture
def uwv() -> Actor:
    return make_actor(Rol.BEOORDELAAR)


@pytest.fixture
def toezicht() -> Actor:
    return make_actor(Rol.TOEZICHT)


def report(actor: Actor, *, soort: Meldingsoort = Meldingsoort.BEGIN_KLOPT_NIET, toelichting: str = TEXT, **about):
    return meldingen.report(actor=actor, soort=soort, toelichting=toelichting, peildatum=TODAY, now=NOW, **about)


def look_of_employer(nummer: int = 0) -> str:
    logboek.record(
        actor=make_actor(Rol.WERKGEVER),
        handeling="raadpleging",
        persoon_bsn_index=bsns.index(bsn(nummer), doel="audit"),
        now=NOW,
    )
    return logboek.looks_at(make_burger(nummer))[0].operation_id


def test_a_melding_about_the_own_registration_has_a_month(burger: Actor) -> None:
    registratie = make_registratie(make_persoon(0))

    melding_id = report(burger, registratie_id=registratie.pk)

    melding = Melding.objects.get(pk=melding_id)
    assert (melding.onderwerp, melding.status, melding.uiterlijk_op) == ("registratie", "ingediend", date(2026, 5, 1))


def test_what_was_written_lies_sealed_and_in_no_log(burger: Actor) -> None:
    melding_id = report(burger)

    with connection.cursor() as cursor:
        cursor.execute("SELECT m::text FROM register_melding AS m")
        row = cursor.fetchone()[0]
    assert TEXT.encode().hex() not in row
    assert bsn(0).reveal() not in row
    assert TEXT not in str(list(Logregel.objects.values()))
    assert meldingen.look_at(actor=burger, melding_id=melding_id, now=NOW).toelichting == TEXT


def test_who_is_not_in_the_register_may_say_that_this_is_wrong(burger: Actor) -> None:
    assert report(burger, soort=Meldingsoort.ONTBREEKT)


def test_saying_the_same_twice_is_one_melding(burger: Actor) -> None:
    assert report(burger) == report(burger)
    assert Melding.objects.count() == 1


def test_after_the_answer_the_same_can_be_said_again(burger: Actor, uwv: Actor) -> None:
    first = report(burger)
    meldingen.claim(actor=uwv, melding_id=first, now=NOW)
    meldingen.answer(actor=uwv, melding_id=first, gegrond=False, antwoord="Het klopt.", now=NOW)

    assert report(burger) != first


def test_the_registration_of_somebody_else_cannot_be_named(burger: Actor) -> None:
    registratie = make_registratie(make_persoon(1))

    with pytest.raises(ValidationError, match="niet van u"):
        report(burger, registratie_id=registratie.pk)


def test_a_look_at_somebody_else_cannot_be_named(burger: Actor) -> None:
    with pytest.raises(ValidationError, match="niet in uw overzicht"):
        report(burger, soort=Meldingsoort.ORGANISATIE_ONBEKEND, blik=look_of_employer(1))


@pytest.mark.parametrize("blik", ["0", "x", "-1", "9" * 40, "١"])
def test_a_look_that_does_not_exist_cannot_be_named(blik: str, burger: Actor) -> None:
    with pytest.raises(ValidationError, match="niet in uw overzicht"):
        report(burger, soort=Meldingsoort.ORGANISATIE_ONBEKEND, blik=blik)


def test_a_kind_about_looks_does_not_fit_a_registration(burger: Actor) -> None:
    with pytest.raises(ValidationError):
        report(burger, soort=Meldingsoort.ORGANISATIE_ONBEKEND)


def test_something_else_needs_words(burger: Actor) -> None:
    with pytest.raises(ValidationError, match="Schrijf op"):
        report(burger, soort=Meldingsoort.IETS_ANDERS, toelichting="  ")


def test_a_text_has_an_end(burger: Actor) -> None:
    with pytest.raises(ValidationError, match="te lang"):
        report(burger, toelichting="a" * (meldingen.MAX_TEKST + 1))


def test_a_burger_without_bsn_reports_nothing(burger: Actor) -> None:
    with pytest.raises(PermissionDenied):
        report(dataclasses.replace(burger, bsn=None))


@pytest.mark.parametrize("rol", [Rol.WERKGEVER, Rol.BEMIDDELAAR, Rol.BEOORDELAAR, Rol.TOEZICHT, Rol.BELEID, Rol.BEHEER])
def test_nobody_reports_for_another(rol: Rol) -> None:
    with pytest.raises(PermissionDenied):
        report(make_actor(rol))


def test_another_citizen_sees_nothing_of_it(burger: Actor) -> None:
    melding_id = report(burger)
    other = make_burger(1)

    assert not meldingen.visible_to(other).exists()
    with pytest.raises(Melding.DoesNotExist):
        meldingen.look_at(actor=other, melding_id=melding_id, now=NOW)
    with pytest.raises(PermissionDenied):
        meldingen.withdraw(actor=other, melding_id=melding_id, now=NOW)


def test_uwv_answers_about_the_register_and_the_supervisor_about_looks(burger, uwv, toezicht) -> None:
    about_register = report(burger)
    about_look = report(burger, soort=Meldingsoort.ORGANISATIE_ONBEKEND, blik=look_of_employer())

    assert [m.pk for m in meldingen.worklist(uwv)] == [about_register]
    assert [m.pk for m in meldingen.worklist(toezicht)] == [about_look]
    with pytest.raises(PermissionDenied):
        meldingen.claim(actor=uwv, melding_id=about_look, now=NOW)
    with pytest.raises(PermissionDenied):
        meldingen.claim(actor=toezicht, melding_id=about_register, now=NOW)


@pytest.mark.parametrize("rol", [Rol.WERKGEVER, Rol.BEMIDDELAAR, Rol.BELEID, Rol.BEHEER, Rol.BURGER])
def test_everybody_else_has_no_worklist(rol: Rol) -> None:
    with pytest.raises(PermissionDenied):
        meldingen.worklist(make_actor(rol))


def test_forgetting_the_actor_is_a_fault() -> None:
    with pytest.raises(TypeError):
        meldingen.visible_to(None)


def test_the_supervisor_sees_no_bsn_and_uwv_does(burger, uwv, toezicht) -> None:
    about_register = report(burger)
    about_look = report(burger, soort=Meldingsoort.ORGANISATIE_ONBEKEND, blik=look_of_employer())

    assert meldingen.look_at(actor=uwv, melding_id=about_register, now=NOW).bsn == bsn(0)
    assert meldingen.look_at(actor=toezicht, melding_id=about_look, now=NOW).bsn is None


def test_the_list_is_ordered_by_last_day(uwv: Actor) -> None:
    late = report(make_burger(0))
    meldingen.report(
        actor=make_burger(1),
        soort=Meldingsoort.ONTBREEKT,
        toelichting="",
        peildatum=TODAY - timedelta(days=20),
        now=NOW - timedelta(days=20),
    )

    assert [m.pk for m in meldingen.worklist(uwv)][1] == late


def test_a_colleague_does_not_answer_what_another_took_up(burger, uwv) -> None:
    melding_id = report(burger)
    meldingen.claim(actor=uwv, melding_id=melding_id, now=NOW)
    colleague = make_actor(Rol.BEOORDELAAR)

    with pytest.raises(Overtaken, match="collega"):
        meldingen.answer(actor=colleague, melding_id=melding_id, gegrond=True, antwoord="Ja.", now=NOW)
    assert meldingen.look_at(actor=colleague, melding_id=melding_id, now=NOW).mag == frozenset()


def test_the_person_reads_the_answer(burger, uwv) -> None:
    melding_id = report(burger)
    meldingen.claim(actor=uwv, melding_id=melding_id, now=NOW)
    meldingen.answer(actor=uwv, melding_id=melding_id, gegrond=True, antwoord="U hebt gelijk.", now=NOW)

    seen = meldingen.look_at(actor=burger, melding_id=melding_id, now=NOW)

    assert (seen.status, seen.antwoord, seen.bsn) == (Meldingstatus.GEGROND, "U hebt gelijk.", None)


@pytest.mark.parametrize("antwoord", ["", " \n"])
def test_an_answer_has_words(antwoord: str, burger, uwv) -> None:
    melding_id = report(burger)
    meldingen.claim(actor=uwv, melding_id=melding_id, now=NOW)

    with pytest.raises(ValidationError, match="antwoord"):
        meldingen.answer(actor=uwv, melding_id=melding_id, gegrond=True, antwoord=antwoord, now=NOW)


def extend(actor: Actor, melding_id, day: date, reden: str = "Wij wachten op de gemeente."):
    return meldingen.extend(actor=actor, melding_id=melding_id, reden=reden, peildatum=day, now=NOW)


def test_within_the_first_month_the_answer_may_be_put_off_by_two_months_with_a_reason(burger, uwv) -> None:
    melding_id = report(burger)
    meldingen.claim(actor=uwv, melding_id=melding_id, now=NOW)

    assert extend(uwv, melding_id, date(2026, 5, 1)) == date(2026, 7, 1)
    assert meldingen.look_at(actor=burger, melding_id=melding_id, now=NOW).verlenging == "Wij wachten op de gemeente."


def test_after_the_first_month_putting_off_is_too_late(burger, uwv) -> None:
    melding_id = report(burger)
    meldingen.claim(actor=uwv, melding_id=melding_id, now=NOW)

    with pytest.raises(NietMogelijk, match="eerste maand"):
        extend(uwv, melding_id, date(2026, 5, 2))


def test_an_answer_is_put_off_once(burger, uwv) -> None:
    melding_id = report(burger)
    meldingen.claim(actor=uwv, melding_id=melding_id, now=NOW)
    extend(uwv, melding_id, TODAY)

    with pytest.raises(NietMogelijk, match="al een keer"):
        extend(uwv, melding_id, TODAY)


def perform(handeling: Handeling, melding_id, burger: Actor, handler: Actor) -> None:
    match handeling:
        case Handeling.OPPAKKEN:
            meldingen.claim(actor=handler, melding_id=melding_id, now=NOW)
        case Handeling.TERUGLEGGEN:
            meldingen.release(actor=handler, melding_id=melding_id, now=NOW)
        case Handeling.VERLENGEN:
            extend(handler, melding_id, TODAY)
        case Handeling.GEGROND_VERKLAREN | Handeling.ONGEGROND_VERKLAREN:
            gegrond = handeling is Handeling.GEGROND_VERKLAREN
            meldingen.answer(actor=handler, melding_id=melding_id, gegrond=gegrond, antwoord="Zo zit het.", now=NOW)
        case Handeling.INTREKKEN:
            meldingen.withdraw(actor=burger, melding_id=melding_id, now=NOW)


PATHS = {
    Meldingstatus.INGEDIEND: (),
    Meldingstatus.IN_BEHANDELING: (Handeling.OPPAKKEN,),
    Meldingstatus.GEGROND: (Handeling.OPPAKKEN, Handeling.GEGROND_VERKLAREN),
    Meldingstatus.ONGEGROND: (Handeling.OPPAKKEN, Handeling.ONGEGROND_VERKLAREN),
    Meldingstatus.INGETROKKEN: (Handeling.INTREKKEN,),
}
ACTIONS = [handeling for handeling in Handeling if handeling is not Handeling.MELDEN]


@pytest.mark.parametrize(("status", "handeling"), list(product(Meldingstatus, ACTIONS)))
def test_an_action_works_from_the_states_of_the_table_and_from_no_other(status, handeling, burger, uwv) -> None:
    melding_id = report(burger)
    for step in PATHS[status]:
        perform(step, melding_id, burger, uwv)
    overgang = LEVENSLOPEN[Meldingonderwerp.REGISTRATIE].overgangen[handeling]

    if status in overgang.van:
        perform(handeling, melding_id, burger, uwv)
        assert Melding.objects.get().status == (overgang.naar or status)
    else:
        with pytest.raises(Overtaken), transaction.atomic():
            perform(handeling, melding_id, burger, uwv)
        assert Melding.objects.get().status == status


def test_what_happens_with_a_melding_is_logged_on_the_person(burger, uwv) -> None:
    melding_id = report(burger)
    meldingen.claim(actor=uwv, melding_id=melding_id, now=NOW)
    meldingen.look_at(actor=uwv, melding_id=melding_id, now=NOW)

    assert [b.handeling for b in logboek.looks_at(burger)] == ["melding bekeken", "melding opgepakt"]
