"""A gemeente learns for whom it must act; each time that is logged, and another gemeente learns nothing."""

from datetime import date

import pytest
from django.core.exceptions import ObjectDoesNotExist

from banenafspraak.access.models import Logregel
from banenafspraak.access.permissions import Rol
from banenafspraak.register import beoordeling, beschutwerk, gemeenteberichten
from banenafspraak.register.aanvragen import Aanvraagsoort
from banenafspraak.register.models import Beschutwerkadvies, Gemeentebericht
from tests.factories import NOW, SHELTERED, answer_all, bsn, make_aanvraag, make_actor, make_burger, make_college

pytestmark = pytest.mark.django_db


@pytest.fixture
def advies() -> Beschutwerkadvies:
    beoordelaar = make_actor(Rol.BEOORDELAAR)
    made = make_aanvraag(make_burger(3), soort=Aanvraagsoort.BESCHUT_WERK, beoordelaar=beoordelaar)
    answer_all(beoordelaar, made, SHELTERED)
    beoordeling.decide(actor=beoordelaar, aanvraag_id=made, now=NOW)
    return Beschutwerkadvies.objects.get()


def test_the_college_that_must_decide_learns_for_whom(advies: Beschutwerkadvies) -> None:
    found = beschutwerk.reveal_bsn(actor=make_college(), advies_id=advies.pk, now=NOW)

    assert found == bsn(3)
    assert Logregel.objects.filter(handeling="advies beschut werk ingezien").count() == 1


def test_another_college_does_not(advies: Beschutwerkadvies) -> None:
    with pytest.raises(ObjectDoesNotExist):
        beschutwerk.reveal_bsn(actor=make_college("GM0687"), advies_id=advies.pk, now=NOW)

    assert not Logregel.objects.filter(handeling="advies beschut werk ingezien").exists()


def test_a_message_names_the_person_to_its_own_gemeente_only(advies: Beschutwerkadvies) -> None:
    gemeenteberichten.tell("GM0402", advies.persoon, Gemeentebericht.Soort.BESLUIT, datum=date(2026, 4, 1), now=NOW)
    bericht = Gemeentebericht.objects.filter(soort="besluit").first()
    assert bericht is not None

    assert gemeenteberichten.reveal_bsn(actor=make_college(), bericht_id=bericht.pk, now=NOW) == bsn(3)
    with pytest.raises(ObjectDoesNotExist):
        gemeenteberichten.reveal_bsn(actor=make_college("GM0687"), bericht_id=bericht.pk, now=NOW)
    assert Logregel.objects.filter(handeling="bericht aan gemeente ingezien").count() == 1
