"""Several people at the same moment, over connections of their own: nobody is asked or answers twice."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from banenafspraak.bemiddeling import contact, contactklok, toestemmingen
from banenafspraak.bemiddeling.models import Contactverzoek, Toestemming, Voorstel
from banenafspraak.register.overgangen import NietMogelijk
from tests.bemiddeling.contactwereld import SYSTEEM, acts, ask, asked, make_profiel, say_yes
from tests.factories import NOW, make_burger, make_college, make_werkgever
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_requests_think_of_one_person_at_the_same_moment() -> None:
    werkgever, profiel = make_werkgever(), make_profiel()
    requests = [ask(werkgever) for _ in range(4)]

    made = together(
        *(lambda v=v: contact.propose(actor=SYSTEEM, verzoek_id=v, profielen=[profiel.pk], now=NOW) for v in requests)
    )

    assert sum(made) == Voorstel.objects.count() == 1


def test_pressing_the_button_many_times_at_once_asks_once() -> None:
    werkgever, sleutel = make_werkgever(), UUID(int=1)

    made = together(*[lambda: acts(werkgever, lambda actor: ask(actor, sleutel=sleutel))] * 4)

    assert len(set(made)) == Contactverzoek.objects.count() == 1


def test_a_yes_and_a_no_are_never_both_heard() -> None:
    burger, college = make_burger(), make_college()
    voorstel = asked(make_werkgever(), make_profiel(), college)

    found = together(
        lambda: acts(burger, lambda actor: say_yes(actor, voorstel)),
        lambda: acts(college, lambda actor: say_yes(actor, voorstel)),
        lambda: acts(burger, contact.decline, voorstel_id=voorstel.pk, now=NOW),
        lambda: contactklok.tick(actor=SYSTEEM, now=NOW + timedelta(days=40)),
    )

    assert sum(isinstance(one, NietMogelijk) for one in found) in (2, 3)
    voorstel.refresh_from_db()
    assert Toestemming.objects.count() == int(voorstel.status == "ja")


def test_a_withdrawal_and_many_looks_end_with_nothing_to_see(then: datetime) -> None:
    werkgever, burger = make_werkgever(), make_burger()
    toestemming = say_yes(burger, asked(werkgever, make_profiel(now=then), make_college(), now=then), now=then)

    def look() -> Any:
        return acts(werkgever, toestemmingen.look_at, toestemming_id=toestemming, now=then)

    together(look, look, lambda: acts(burger, toestemmingen.withdraw, toestemming_id=toestemming, now=then), look)

    assert look() is None


@pytest.fixture
def then() -> datetime:
    """A week ago by the clock of the database, so that what was said then has been released."""
    from django.utils import timezone

    return timezone.now() - timedelta(days=7)
