"""What somebody's looking for work left behind is in the download of own data, and nobody else's is."""

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Rol
from banenafspraak.bemiddeling import eigeninzage, plaatsingen
from banenafspraak.bemiddeling.models import Klantprofiel
from tests.bemiddeling.contactwereld import acts, asked, make_profiel, say_yes
from tests.bemiddeling.plaatsingwereld import running
from tests.factories import NOW, bsn, make_actor, make_burger, make_college, make_werkgever

pytestmark = pytest.mark.django_db


@pytest.fixture
def profiel() -> Klantprofiel:
    return make_profiel()


def fetched(burger: Actor) -> dict[str, Any]:
    found = acts(burger, eigeninzage.dossier, now=NOW)
    return json.loads(json.dumps(found))


def test_the_profile_the_questions_the_consents_and_the_work_are_there(profiel: Klantprofiel) -> None:
    college, burger = make_college(), make_burger()
    say_yes(burger, asked(make_werkgever(), profiel, college))
    plaatsing = running(college, profiel.persoon_id)
    plaatsingen.share(actor=burger, plaatsing_id=plaatsing.pk, kvk=plaatsing.werkgever_kvk, naam="Noor", now=NOW)

    found = fetched(burger)

    assert found["klantprofiel"]["status"] == "openbaar"
    [question], [consent], [work] = found["vragen_van_werkgevers"], found["toestemmingen"], found["plaatsingen"]
    assert question["vacature"]
    assert question["status"] == "ja"
    assert consent["gegeven"]["contact"]["naam"]
    assert (work["werkgever_naam"], work["naam_voor_de_werkgever"]) == ("Bakkerij", "Noor")


def test_nothing_of_anybody_else_is_there(profiel: Klantprofiel) -> None:
    other = make_profiel(1)
    college = make_college()
    asked(make_werkgever(), other, college)
    running(college, other.persoon_id)
    found = fetched(make_burger())
    assert found["vragen_van_werkgevers"] == found["toestemmingen"] == found["plaatsingen"] == []


def test_who_is_not_in_the_register_fetches_an_empty_one() -> None:
    found = fetched(make_burger(5))
    assert found == {"klantprofiel": None, "vragen_van_werkgevers": [], "toestemmingen": [], "plaatsingen": []}


def test_no_key_no_bsn_and_nothing_sealed_is_in_it(profiel: Klantprofiel) -> None:
    college = make_college()
    say_yes(make_burger(), asked(make_werkgever(), profiel, college))
    text = json.dumps(fetched(make_burger()))
    assert bsn(0).reveal() not in text
    assert str(profiel.persoon_id) not in text
    assert "verzegeld" not in text


@pytest.mark.parametrize("rol", [Rol.BEMIDDELAAR, Rol.WERKGEVER, Rol.TOEZICHT])
def test_only_for_who_acts_for_themself(rol: Rol) -> None:
    with pytest.raises(PermissionDenied):
        eigeninzage.dossier(actor=make_actor(rol), now=NOW)
