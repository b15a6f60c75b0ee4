"""Vacatures through VUM: found by what they ask, given in the words of the standard, and delivered as a list."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from banenafspraak.access.models import Organisatie
from banenafspraak.bemiddeling import vumpartijen
from banenafspraak.bemiddeling.models import Vacature
from tests.adapters.vum import standaard
from tests.adapters.vum.wereld import BRON, BY_BUREAU, GEMEENTE, KLOKKEN, SYSTEEM, VACATURES, detail, headers, search
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LIST = "/vum/v3/vacature/lijst/"

JOB: dict[str, Any] = {
    "idVacature": "v-0",
    "naamVacature": "Medewerker magazijn",
    "omschrijvingVacature": "U pakt bestellingen in.",
    "codeWerkEnDenkniveauMinimaal": "2",
    "adres": {"postcode": "1211AB"},
    "werkgever": {
        "handelsnaamOrganisatie": "Doos en Zoon",
        "contactpersoon": [{"naamContactpersoonAfdeling": "Afdeling P", "emailadres": ["p@test.invalid"]}],
    },
    "arbeidsVoorwaarden": {"datumAanvangWerkzaamheden": "2098-01-01"},
    "beroep": {"codeBeroepsnaam": KLOKKEN},
    "rijbewijs": [{"codeSoortRijbewijs": "B"}],
    "flexibiliteit": {"indicatieOnregelmatigWerkOfPloegendienst": 2},
    "werktijden": {"aantalWerkurenPerWeekMinimaal": 16, "aantalWerkurenPerWeekMaximaal": 32},
    "taalbeheersing": [{"codeTaal": "nld", "codeNiveauTaalbeheersingMondeling": 2}],
    "contractvorm": [{"codeTypeArbeidscontract": "B"}],
}


def send(*items: Any, sender: str = BRON) -> HttpResponse:
    sent = headers(X_VUM_fromParty=sender, X_VUM_toParty=BRON)
    return Client().post(LIST + BRON, json.dumps(items), content_type="application/json", headers=sent)


@pytest.fixture
def jobs(bron: Organisatie) -> None:
    """One that says everything, one that says nothing but what and where."""
    vumpartijen.admit(actor=SYSTEEM, oin=BRON, suwi=True, now=NOW)
    plain = {"idVacature": "v-1", "naamVacature": "Iets", "adres": {"postcode": "1211AB"}}
    response = send(JOB, plain)
    assert response.status_code == 200, response.content


def found(vraag: dict[str, Any] | None = None, **other: Any) -> set[str]:
    answer = search(vraag, f"{VACATURES}/matches", **other)
    standaard.check_matches(answer, "vacature")
    return {match["idVacature"] for match in answer["matches"]}


@pytest.mark.parametrize(
    ("vraag", "expected"),
    [
        ({}, {"v-0", "v-1"}),
        ({"beroep.codeBeroepsnaam": {"$eq": KLOKKEN}}, {"v-0"}),
        ({"beroep": {"codeBeroepsnaam": {"$eq": KLOKKEN}}}, {"v-0"}),
        ({"codeWerkEnDenkniveauMinimaal": {"$gte": "2", "$lt": "7"}}, {"v-0"}),
        ({"codeWerkEnDenkniveauMinimaal": {"$gte": "3", "$lt": "7"}}, set()),
        ({"codeWerkEnDenkniveauMinimaal": {"$eq": "7"}}, {"v-1"}),
        ({"datumAanvangWerkzaamheden": {"$gte": "2098-01-01"}}, {"v-0"}),
        ({"datumAanvangWerkzaamheden": {"$gte": "2098-01-02"}}, set()),
        ({"flexibiliteit.indicatieOnregelmatigWerkOfPloegendienst": {"$eq": 2}}, {"v-0"}),
        ({"rijbewijs": {"$all": [{"$elemMatch": {"codeSoortRijbewijs": {"$eq": "B"}}}]}}, {"v-0"}),
        ({"taalbeheersing": {"$all": [{"$elemMatch": {"codeTaal": {"$eq": "eng"}}}]}}, set()),
        ({"werktijden.aantalWerkurenPerWeekMaximaal": {"$gte": 32}}, {"v-0"}),
        ({"selectiegebied": {"postcode": "9711AB", "afstand": 20}}, set()),
    ],
)
def test_a_vacature_is_found_by_what_it_says(jobs: None, vraag: dict[str, Any], expected: set[str]) -> None:
    assert found(vraag) == expected


def test_the_detail_says_whom_to_call_to_a_party_of_suwi_only(jobs: None) -> None:
    search(address=f"{VACATURES}/matches")
    search(address=f"{VACATURES}/matches", **BY_BUREAU)
    mine, theirs = (json.loads(detail("v-0", VACATURES, **other).content) for other in ({}, BY_BUREAU))

    standaard.check(mine, "Vacature", "vacature")
    assert mine["werkgever"]["contactpersoon"] == JOB["werkgever"]["contactpersoon"]
    assert "contactpersoon" not in theirs["werkgever"]
    assert {name: mine[name] for name in ("beroep", "werktijden", "adres", "naamVacature")} == {
        name: JOB[name] for name in ("beroep", "werktijden", "adres", "naamVacature")
    }


def test_a_match_does_not_say_whom_to_call(jobs: None) -> None:
    assert "p@test.invalid" not in json.dumps(search(address=f"{VACATURES}/matches"))


def test_ten_details_and_then_it_is_too_much(jobs: None) -> None:
    search(address=f"{VACATURES}/matches")

    assert [detail("v-0", VACATURES).status_code for _ in range(11)] == [200] * 10 + [429]


def test_one_that_was_not_found_or_is_closed_is_not_given(jobs: None) -> None:
    assert detail("v-0", VACATURES).status_code == 400
    search(address=f"{VACATURES}/matches")
    Vacature.objects.filter(bronnummer="v-0").update(status="gesloten", sluitreden="ingetrokken", gesloten_at=NOW)

    assert detail("v-0", VACATURES).status_code == 400
    assert found() == {"v-1"}


def test_a_changed_vacature_is_found_as_it_is_now(jobs: None) -> None:
    assert found({"codeWerkEnDenkniveauMinimaal": {"$eq": "7"}}) == {"v-1"}
    send(
        JOB | {"codeWerkEnDenkniveauMinimaal": "4"},
        {"idVacature": "v-1", "naamVacature": "Iets", "adres": {"postcode": "1211AB"}},
    )

    assert found({"codeWerkEnDenkniveauMinimaal": {"$gte": "4", "$lt": "7"}}) == {"v-0"}


def test_who_is_not_delivered_any_more_is_told_and_stays(jobs: None) -> None:
    send(JOB)

    assert found() == {"v-0", "v-1"}


def test_another_party_delivers_no_vacatures_here(jobs: None) -> None:
    assert send(JOB, sender=GEMEENTE).status_code == 401
    assert Client().get(LIST + BRON, headers=headers()).status_code == 401


def test_the_own_list_comes_back_in_the_standard(jobs: None) -> None:
    items = json.loads(Client().get(LIST + BRON, headers=headers(X_VUM_fromParty=BRON)).content)

    assert [one["idVacature"] for one in items] == ["v-0", "v-1"]
    for one in items:
        standaard.check(one, "Vacature", "vacature")


def test_a_vacature_without_the_letters_of_its_postcode_is_not_shared(jobs: None) -> None:
    Vacature.objects.filter(bronnummer="v-1").update(postcode="1211")

    assert found() == {"v-0"}
