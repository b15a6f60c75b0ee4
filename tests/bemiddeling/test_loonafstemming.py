"""Placements beside wages: who has the one and not the other, and nothing more than that."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied

from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel, Verwerking
from banenafspraak.bemiddeling import loonafstemming
from banenafspraak.bemiddeling.loonafstemming import Afstemming, Verschil
from tests.bemiddeling.contactwereld import acts, make_profiel
from tests.bemiddeling.plaatsingwereld import CONTRACT, PROEF, UITZENDBUREAU, planned, running
from tests.factories import NOW, lhnr, make_college, make_staff, make_werkgever

pytestmark = pytest.mark.django_db
MAART = date(2026, 3, 1)


@pytest.fixture
def college() -> Actor:
    return make_college()


@pytest.fixture
def bakkerij() -> Actor:
    """An employer of which the number is known, that paid somebody else in March."""
    werkgever = make_werkgever(lhnr=lhnr())
    make_staff(lhnr(), [50])
    return werkgever


def seen(college: Actor, verschil: Verschil) -> Afstemming:
    found = acts(college, loonafstemming.look_at, verschil=verschil, now=NOW)
    assert isinstance(found, Afstemming)
    return found


def people(afstemming: Afstemming) -> list[UUID]:
    return [regel.persoon_id for regel in afstemming.regels]


def test_without_any_wages_nothing_is_different(college: Actor) -> None:
    running(college, make_profiel().persoon_id)
    assert seen(college, Verschil.GEEN_LOON) == Afstemming(None, (), False)


def test_who_works_but_was_not_paid_is_on_the_list(college: Actor, bakkerij: Actor) -> None:
    plaatsing = running(college, make_profiel().persoon_id)
    found = seen(college, Verschil.GEEN_LOON)
    assert found.maand == MAART
    assert [(r.verschil, r.plaatsing) for r in found.regels] == [(Verschil.GEEN_LOON, plaatsing)]


def test_who_was_paid_is_not(college: Actor, bakkerij: Actor) -> None:
    running(college, make_profiel().persoon_id)
    make_staff(lhnr(), [0])
    assert people(seen(college, Verschil.GEEN_LOON)) == []


def test_wage_from_another_employer_is_not_from_this_one(college: Actor, bakkerij: Actor) -> None:
    persoon = make_profiel().persoon_id
    running(college, persoon)
    make_staff(lhnr(9_001), [0])
    assert people(seen(college, Verschil.GEEN_LOON)) == [persoon]


def test_an_employer_without_a_known_number_may_have_paid(college: Actor, bakkerij: Actor) -> None:
    persoon = make_profiel().persoon_id
    running(college, persoon, replace(CONTRACT, werkgever=UITZENDBUREAU))
    make_staff(lhnr(9_001), [0])
    assert people(seen(college, Verschil.GEEN_LOON)) == []
    assert people(seen(college, Verschil.NUMMER_ONBEKEND)) == [persoon]


def test_a_trial_is_without_wage(college: Actor, bakkerij: Actor) -> None:
    running(college, make_profiel().persoon_id, PROEF)
    assert people(seen(college, Verschil.GEEN_LOON)) == []


def test_a_month_before_the_first_day_says_nothing(college: Actor, bakkerij: Actor) -> None:
    running(college, make_profiel().persoon_id, replace(CONTRACT, begint_op=date(2026, 4, 1)))
    assert people(seen(college, Verschil.GEEN_LOON)) == []


def test_who_is_paid_without_a_placement_is_on_the_other_list(college: Actor, bakkerij: Actor) -> None:
    persoon = make_profiel().persoon_id
    make_profiel(1)
    make_staff(lhnr(), [0])
    assert people(seen(college, Verschil.GEEN_PLAATSING)) == [persoon]


def test_a_placement_then_is_enough(college: Actor, bakkerij: Actor) -> None:
    planned(college, make_profiel().persoon_id)
    make_staff(lhnr(), [0])
    assert people(seen(college, Verschil.GEEN_PLAATSING)) == []


def test_people_who_live_elsewhere_are_not_compared(college: Actor, bakkerij: Actor) -> None:
    make_profiel(gemeente="GM0687")
    make_staff(lhnr(), [0])
    assert people(seen(college, Verschil.GEEN_PLAATSING)) == []


def test_everybody_shown_is_logged_and_nobody_else(college: Actor, bakkerij: Actor) -> None:
    make_profiel()
    make_profiel(1)
    make_staff(lhnr(), [0])
    before = Verwerking.objects.count()
    seen(college, Verschil.GEEN_PLAATSING)
    assert Verwerking.objects.count() == before + 1
    assert Logregel.objects.filter(handeling=loonafstemming.BEKEKEN).count() == 1


def test_an_employer_cannot_compare(bakkerij: Actor) -> None:
    with pytest.raises(PermissionDenied):
        loonafstemming.look_at(actor=bakkerij, verschil=Verschil.GEEN_LOON, now=NOW)
