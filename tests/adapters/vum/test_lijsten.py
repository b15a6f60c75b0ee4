"""The list of the pilot: who delivers replaces the own list, is told who is missing, and touches nobody else's."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from banenafspraak.access import logboek
from banenafspraak.access.models import Organisatie
from banenafspraak.bemiddeling import profielen, vumpartijen
from banenafspraak.bemiddeling.models import Klantprofiel
from banenafspraak.bemiddeling.profielrecord import Stap
from tests import factories
from tests.adapters.vum import standaard
from tests.adapters.vum.wereld import (
    BRON,
    BUREAU,
    GEMEENTE,
    SYSTEEM,
    WHOLE,
    deliver,
    headers,
    ids,
    inhabitant,
    item,
)
from tests.factories import NOW, make_burger

pytestmark = pytest.mark.django_db
LIST = "/vum/v3/werkzoekende/lijst/"


@pytest.fixture
def supplier(bron: Organisatie) -> Organisatie:
    vumpartijen.admit(actor=SYSTEEM, oin=BRON, suwi=True, now=NOW)
    return bron


def send(
    *items: Any, oin: str = BRON, sender: str = BRON, raw: bytes | None = None, suwi: str = "true"
) -> HttpResponse:
    content = json.dumps(items).encode() if raw is None else raw
    sent = headers(X_VUM_fromParty=sender, X_VUM_toParty=BRON, X_VUM_SUWIparty=suwi)
    return Client().post(LIST + oin, content, content_type="application/json", headers=sent)


def report(response: HttpResponse) -> dict[str, Any]:
    assert response.status_code == 200, response.content
    found: dict[str, Any] = json.loads(response.content)
    return found


def test_a_list_is_taken_in_and_found_and_the_same_list_changes_nothing(supplier: Organisatie) -> None:
    inhabitant(0), inhabitant(1)
    first, second = (report(send(item(0, **WHOLE), item(1))) for _ in "ab")

    assert (first["nieuw"], second["nieuw"], second["gelijk"]) == (2, 0, 2)
    assert ids() == {"k-0", "k-1"}


def test_who_is_not_in_the_list_any_more_is_told_and_not_removed(supplier: Organisatie) -> None:
    inhabitant(0), inhabitant(1)
    send(item(0), item(1))
    found = report(send(item(0)))

    assert (found["nietMeerGeleverd"], found["nietMeerGeleverdeIds"]) == (1, ["k-1"])
    assert Klantprofiel.objects.count() == 2


def test_one_fault_and_nothing_is_taken_in(supplier: Organisatie) -> None:
    inhabitant(0)
    response = send(item(0), item(1), item(0, werktijden={"indicatieKantoortijden": 5}))
    found = json.loads(response.content)

    assert (response.status_code, found["code"], Klantprofiel.objects.count()) == (400, "400.01", 0)
    assert "Profiel 2" in found["details"]
    assert factories.bsn(1).reveal() not in found["details"]
    standaard.check(found, "Error")


def test_the_predecessor_of_the_standard_is_read_too(supplier: Organisatie) -> None:
    inhabitant(0)
    report(send(item(0, flexibiliteit={"codeRegiostraal": 4}, bemiddelingsberoep=[{"naamBeroepOngecodeerd": "Imker"}])))

    assert Klantprofiel.objects.get().maximale_reisafstand == 25


@pytest.mark.parametrize(("oin", "sender", "suwi"), [(BRON, GEMEENTE, "true"), (BUREAU, BUREAU, "false")])
def test_nobody_delivers_or_reads_the_list_of_another_and_a_bureau_has_none(
    supplier: Organisatie, oin: str, sender: str, suwi: str
) -> None:
    inhabitant(0)
    deliver(item(0))
    asked = Client().get(LIST + oin, headers=headers(X_VUM_fromParty=sender, X_VUM_SUWIparty=suwi))

    assert send(item(0), oin=oin, sender=sender, suwi=suwi).status_code == 401
    assert asked.status_code == 401


def test_somebody_who_lives_elsewhere_cannot_be_delivered(supplier: Organisatie) -> None:
    inhabitant(0, "GM0307")

    assert send(item(0)).status_code == 400


def test_the_profile_of_another_supplier_stays(supplier: Organisatie) -> None:
    uwv = "00000000000000000777"
    factories.make_organisatie(soort="uwv", naam="UWV", oin=uwv)
    vumpartijen.admit(actor=SYSTEEM, oin=uwv, suwi=True, now=NOW)
    inhabitant(0)
    report(send(item(0), oin=uwv, sender=uwv))
    response = send(item(0))

    assert "andere organisatie" in json.loads(response.content)["details"]
    assert Klantprofiel.objects.get().bron.naam == "UWV"


def test_uwv_delivers_for_the_whole_country(supplier: Organisatie) -> None:
    uwv = "00000000000000000777"
    factories.make_organisatie(soort="uwv", naam="UWV", oin=uwv)
    vumpartijen.admit(actor=SYSTEEM, oin=uwv, suwi=True, now=NOW)
    inhabitant(0), inhabitant(1, "GM0307")

    assert report(send(item(0), item(1), oin=uwv, sender=uwv))["nieuw"] == 2


def test_the_own_list_comes_back_in_the_standard_and_each_look_is_written_down(supplier: Organisatie) -> None:
    inhabitant(0), inhabitant(1)
    deliver(item(0, **WHOLE), item(1) | {"toestemming": False})
    response = Client().get(LIST + BRON, headers=headers(X_VUM_fromParty=BRON))
    (found,) = json.loads(response.content)

    standaard.check(found, "Werkzoekende")
    assert found["emailadres"] == WHOLE["emailadres"]
    assert logboek.looks_at(make_burger(0))[0].handeling == "klantprofielen opgehaald via VUM"


@pytest.mark.parametrize("raw", [b"geen json", b"{", b"[" * 100_000, b"\xff"])
def test_what_cannot_be_read_is_refused(supplier: Organisatie, raw: bytes) -> None:
    assert json.loads(send(raw=raw).content)["code"] == "400.01"


def test_no_list_at_all_is_incomplete(supplier: Organisatie) -> None:
    assert json.loads(send(raw=b" ").content)["code"] == "400.02"


def test_an_answer_of_the_person_stays(supplier: Organisatie) -> None:
    inhabitant(0)
    send(item(0, werktijden={"aantalWerkurenPerWeekMinimaal": 10}))
    row = Klantprofiel.objects.get()
    answers = {"aantal_werkuren_per_week_minimaal": 30}
    profielen.save_stap(
        actor=make_burger(0), persoon_id=row.persoon_id, stap=Stap.UREN, antwoorden=answers, versie=row.versie, now=NOW
    )
    send(item(0, werktijden={"aantalWerkurenPerWeekMinimaal": 12}))

    assert Klantprofiel.objects.get().aantal_werkuren_per_week_minimaal == 30
