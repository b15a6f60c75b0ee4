"""The detail of somebody who was found: what goes to whom, how often, and that the person can read who looked."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel, Organisatie, Verwerking
from banenafspraak.access.permissions import Rol
from banenafspraak.bemiddeling import profielen, vumdeling
from banenafspraak.bemiddeling.models import Klantprofiel, Verberging, Vumpartij, Vumvraag
from banenafspraak.bemiddeling.profielwoorden import NietOpenbaarReden
from banenafspraak.bemiddeling.vumwoorden import DelenVum
from tests.adapters.vum import standaard
from tests.adapters.vum.wereld import (
    BRON,
    BY_BUREAU,
    GEMEENTE,
    WHOLE,
    ask,
    deliver,
    detail,
    ids,
    inhabitant,
    item,
    search,
)
from tests.factories import bsn, make_burger, make_college, make_gebruiker, make_lidmaatschap

pytestmark = pytest.mark.django_db
WITH_CONTACT = WHOLE | {"indicatieBeschikbaarheidContactgegevens": 1}


@pytest.fixture
def person(bron: Organisatie) -> Klantprofiel:
    """Somebody who answered everything, and whose supplier has consent, also for the contact data."""
    inhabitant(0)
    deliver(item(0, **WITH_CONTACT))
    return Klantprofiel.objects.get()


def read(nummer: str = "k-0", **other: Any) -> dict[str, Any]:
    search(**other)
    response = detail(nummer, **other)
    assert response.status_code == 200, response.content
    found: dict[str, Any] = json.loads(response.content)
    standaard.check(found, "Werkzoekende")
    return found


def test_a_party_of_suwi_reads_the_whole_profile(person: Klantprofiel) -> None:
    found = read()

    assert found["eisAanWerk"] == WHOLE["eisAanWerk"]
    assert found["indicatieLdrRegistratie"] == 1
    assert found["indicatieBeschikbaarheidContactgegevens"] == 1
    assert (found["emailadres"], found["telefoonnummer"]) == (["iemand@test.invalid"], ["0612345678"])
    assert found["arbeidsmarktkwalificatie"]["werkervaring"][0]["naamOrganisatie"] == "Bakker de Groot"


def test_another_party_reads_no_need_and_not_that_somebody_is_in_the_register(person: Klantprofiel) -> None:
    found = read(**BY_BUREAU)

    assert "eisAanWerk" not in found
    assert "indicatieLdrRegistratie" not in found
    assert found["persoonlijkePresentatie"] == WHOLE["persoonlijkePresentatie"]


def test_a_party_of_suwi_that_asks_as_none_is_answered_as_none(person: Klantprofiel) -> None:
    assert "eisAanWerk" not in read(X_VUM_SUWIparty="false")


@pytest.mark.parametrize("fields", [{}, {"indicatieBeschikbaarheidContactgegevens": 2}])
def test_contact_data_stay_here_when_the_delivery_does_not_say_that_they_may_go(
    bron: Organisatie, fields: dict
) -> None:
    inhabitant(0)
    deliver(item(0, **WHOLE, **fields))
    found = read()

    assert found["indicatieBeschikbaarheidContactgegevens"] == 2
    assert not {"emailadres", "telefoonnummer", "contactpersoon"} & set(found)


def test_what_a_later_delivery_says_about_contact_data_holds_from_then_on(person: Klantprofiel) -> None:
    deliver(item(0, **WHOLE))

    assert "emailadres" not in read()


@pytest.mark.parametrize("toestemming", [None, False])
def test_without_consent_nobody_is_found(bron: Organisatie, toestemming: bool | None) -> None:
    inhabitant(0)
    deliver(item(0, **WITH_CONTACT) | {"toestemming": toestemming})

    assert ids() == set()


@pytest.mark.parametrize(
    ("keuze", "found", "contact"),
    [(DelenVum.NIET, False, False), (DelenVum.PROFIEL, True, False), (DelenVum.VOLLEDIG, True, True)],
)
def test_what_the_person_chose_goes_before_what_the_supplier_said(
    person: Klantprofiel, keuze: DelenVum, found: bool, contact: bool
) -> None:
    search()
    vumdeling.choose(actor=make_burger(0), persoon_id=person.persoon_id, keuze=keuze, now=timezone.now())
    deliver(item(0, **WITH_CONTACT))

    assert bool(ids()) is found
    response = detail("k-0")
    assert (response.status_code == 200) is found
    assert ("emailadres" in json.loads(response.content)) is contact
    assert ("eisAanWerk" in json.loads(response.content)) is contact


def test_a_profile_that_the_person_opened_here_is_shared_only_when_the_person_says_so(bron: Organisatie) -> None:
    persoon = inhabitant(0)
    deliver(item(0, **WITH_CONTACT) | {"toestemming": None})
    me, now = make_burger(0), timezone.now()
    profielen.publish(actor=me, persoon_id=persoon.pk, now=now)
    assert ids() == set()

    vumdeling.choose(actor=me, persoon_id=persoon.pk, keuze=DelenVum.PROFIEL, now=now)
    assert ids() == {"k-0"}


def test_who_takes_the_profile_back_is_gone_from_the_next_answer(person: Klantprofiel) -> None:
    assert ids() == {"k-0"}
    profielen.withdraw(actor=make_burger(0), persoon_id=person.persoon_id, now=timezone.now())

    assert ids() == set()
    assert detail("k-0").status_code == 400


def test_whose_registration_ended_is_not_found(person: Klantprofiel) -> None:
    assert ids() == {"k-0"}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE register_registratie SET bekend = tstzrange(lower(bekend), now())")
    assert ids() == set()


def test_who_hides_from_an_organisation_is_not_found_by_it(person: Klantprofiel) -> None:
    party = Organisatie.objects.get(oin=GEMEENTE)
    Verberging.objects.create(profiel=person, organisatie=party, sinds_at=timezone.now())

    assert ids() == set()
    assert ids(**BY_BUREAU) == {"k-0"}


def test_who_says_not_to_be_available_is_not_found(person: Klantprofiel) -> None:
    Klantprofiel.objects.update(beschikbaar=False)

    assert ids() == set()


# --- Limits --------------------------------------------------------------------------------------------------------


def test_ten_details_of_one_answer_and_then_it_is_too_much(person: Klantprofiel) -> None:
    search()
    answers = [detail("k-0").status_code for _ in range(11)]

    assert answers == [200] * 10 + [429]
    assert json.loads(detail("k-0").content)["code"] == "429.01"
    search()
    assert detail("k-0").status_code == 200


def test_a_detail_of_somebody_whom_this_party_did_not_find_is_refused_as_one_who_does_not_exist(
    person: Klantprofiel,
) -> None:
    search(**BY_BUREAU)
    not_found, unknown = detail("k-0"), detail("k-99")

    assert not_found.status_code == unknown.status_code == 400
    assert not_found.content == unknown.content
    standaard.check(json.loads(unknown.content), "Error")


def test_an_answer_of_more_than_a_day_ago_opens_nothing(person: Klantprofiel) -> None:
    search()
    Vumvraag.objects.update(gesteld_at=timezone.now() - timedelta(hours=25))

    assert detail("k-0").status_code == 400


def test_a_party_that_asks_more_than_it_may_in_a_minute_waits(person: Klantprofiel) -> None:
    Vumpartij.objects.update(vragen_per_minuut=2)
    search(), search()
    response = ask(body={"vraagObject": {"selectiegebied": {"postcode": "1211AB", "afstand": 5}}})

    assert (response.status_code, json.loads(response.content)["code"]) == (429, "429.01")
    assert search(**BY_BUREAU)["matches"]


# --- Numbers -------------------------------------------------------------------------------------------------------


def test_a_number_is_never_a_bsn_nor_a_key_of_ours(bron: Organisatie) -> None:
    inhabitant(0)
    deliver(item(0, **WHOLE) | {"idWerkzoekende": bsn(0).reveal()})
    (nummer,) = ids()
    profiel = Klantprofiel.objects.get()

    assert bsn(0).reveal() not in nummer
    assert nummer not in (str(profiel.pk), profiel.pk.hex, str(profiel.persoon_id))
    assert read(nummer)["idWerkzoekende"] == nummer


def test_who_came_from_no_supplier_has_a_number_that_says_nothing_and_opens_the_detail(person: Klantprofiel) -> None:
    Klantprofiel.objects.update(bron=None, bronnummer="", delen_vum="profiel")
    (nummer,) = ids()

    assert nummer.startswith("b-")
    assert person.pk.hex not in nummer
    assert read(nummer)["idWerkzoekende"] == nummer


def test_each_bron_answers_for_its_own_people(person: Klantprofiel) -> None:
    assert ids(X_VUM_toParty=GEMEENTE) == set()
    search()
    assert detail("k-0", X_VUM_toParty=GEMEENTE).status_code == 400
    assert detail("k-0", X_VUM_toParty=BRON).status_code == 200


# --- Who looked ----------------------------------------------------------------------------------------------------


def test_each_match_and_each_detail_is_written_down_for_the_person_and_names_the_party(person: Klantprofiel) -> None:
    read()
    looks = logboek.looks_at(make_burger(0))

    assert [(one.handeling, one.organisatie, one.rol) for one in looks][:2] == [
        ("profiel bekeken via VUM", "Gemeente Amersfoort", "vum"),
        ("gevonden via VUM", "Gemeente Amersfoort", "vum"),
    ]
    assert {one.activiteit for one in Verwerking.objects.filter(naam__contains="VUM")} == {"uitwisseling-vum"}


def test_a_refused_detail_is_not_written_down_as_a_look(person: Klantprofiel) -> None:
    detail("k-0")

    assert not Logregel.objects.filter(handeling="profiel bekeken via VUM").exists()


def test_the_number_of_queries_of_an_answer_does_not_grow_with_who_is_found(bron: Organisatie) -> None:
    def count() -> int:
        search()
        with CaptureQueriesContext(connection) as queries:
            search()
        return sum("SAVEPOINT" not in query["sql"] for query in queries)

    inhabitant(0)
    deliver(item(0, **WHOLE))
    one = count()
    for nummer in range(1, 20):
        inhabitant(nummer)
    deliver(*(item(nummer, **WHOLE) for nummer in range(20)))

    assert count() == one == 13


def test_nobody_else_chooses_for_the_person(person: Klantprofiel) -> None:
    for actor in (make_college("GM0307"), make_burger(1)):
        with pytest.raises(PermissionDenied):
            vumdeling.choose(actor=actor, persoon_id=person.persoon_id, keuze=DelenVum.NIET, now=timezone.now())
    assert Klantprofiel.objects.get().delen_vum == DelenVum.GELEVERD


def test_a_profile_that_was_hidden_by_a_bemiddelaar_is_not_found(person: Klantprofiel) -> None:
    own = make_lidmaatschap(
        gebruiker=make_gebruiker(naam="b"), organisatie=Organisatie.objects.get(oin=BRON), rol=Rol.BEMIDDELAAR
    )
    actor = Actor(own.gebruiker_id, own.organisatie_id, Rol.BEMIDDELAAR, None, "een test", gemeente="GM0402")
    profielen.hide(actor=actor, persoon_id=person.persoon_id, reden=NietOpenbaarReden.WERKT_AL, now=timezone.now())

    assert ids() == set()
