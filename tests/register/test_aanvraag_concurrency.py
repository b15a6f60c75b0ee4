"""Two people at the same moment, over two connections: one wins, the other hears it, and nothing is done twice."""

from datetime import date, timedelta
from typing import Any

import pytest

from banenafspraak.access.permissions import Rol
from banenafspraak.register import aanvragen, beoordeling, praktijkroute
from banenafspraak.register.models import Aanvraag, Aanvraagstap, Besluit, Loonwaarde, Persoon, Registratie
from banenafspraak.register.overgangen import NietMogelijk, Overtaken
from banenafspraak.wet.loonwaarde import LoonwaardeFeiten
from tests.factories import (
    CANNOT_EARN_WML,
    NOW,
    answer_all,
    bsn,
    make_aanvraag,
    make_actor,
    make_burger,
    make_college,
)
from tests.together import together

BORN = date(1990, 5, 1)
LATER = NOW + timedelta(days=1)
pytestmark = pytest.mark.django_db(transaction=True)


def test_two_beoordelaars_pick_up_one_application() -> None:
    made = make_aanvraag(make_burger())
    first, second = make_actor(Rol.BEOORDELAAR), make_actor(Rol.BEOORDELAAR)
    aanvragen.confirm_receipt(actor=first, aanvraag_id=made, now=LATER)
    found = together(*(lambda a=a: aanvragen.claim(actor=a, aanvraag_id=made, now=LATER) for a in (first, second)))
    assert sorted(type(f).__name__ for f in found) == ["NoneType", "Overtaken"]
    assert Aanvraagstap.objects.filter(handeling="oppakken").count() == 1


def test_a_double_click_decides_once() -> None:
    beoordelaar = make_actor(Rol.BEOORDELAAR)
    made = make_aanvraag(make_burger(), beoordelaar=beoordelaar)
    answer_all(beoordelaar, made, CANNOT_EARN_WML)
    found = together(*[lambda: beoordeling.decide(actor=beoordelaar, aanvraag_id=made, now=LATER)] * 3)
    assert found[0] == found[1] == found[2]
    assert (Besluit.objects.count(), Registratie.objects.count()) == (1, 1)


def test_a_decision_and_a_withdrawal_never_both_happen() -> None:
    beoordelaar, burger = make_actor(Rol.BEOORDELAAR), make_burger()
    made = make_aanvraag(burger, beoordelaar=beoordelaar)
    answer_all(beoordelaar, made, CANNOT_EARN_WML)
    found = together(
        lambda: beoordeling.decide(actor=beoordelaar, aanvraag_id=made, now=LATER),
        lambda: aanvragen.withdraw(actor=burger, aanvraag_id=made, now=LATER),
    )
    refused = [f for f in found if isinstance(f, NietMogelijk)]
    assert len(refused) == 1
    assert not isinstance(refused[0], Overtaken)
    decided = Aanvraag.objects.get().status == "beslist"
    assert Besluit.objects.count() == Registratie.objects.count() == int(decided)


def test_beginning_and_sending_at_the_same_moment_gives_one_application() -> None:
    burger = make_burger()
    found = together(*[lambda: aanvragen.start(actor=burger, geboortedatum=BORN, now=NOW)] * 4)
    assert len(set(found)) == Persoon.objects.count() == Aanvraag.objects.count() == 1


def test_one_loonwaarde_reported_twice_at_the_same_moment_is_one() -> None:
    college = make_college()
    feiten = LoonwaardeFeiten(vastgesteld_op=date(2026, 3, 2), vastgesteld_percentage=50, ondersteuning_pwet_7_1_a=True)

    def report() -> Any:
        return praktijkroute.record(
            actor=college, bsn=bsn(), geboortedatum=BORN, kenmerk="LW-1", feiten=feiten, now=NOW
        ).loonwaarde_id

    assert len(set(together(*[report] * 3))) == 1
    assert (Loonwaarde.objects.count(), Registratie.objects.count()) == (1, 1)
