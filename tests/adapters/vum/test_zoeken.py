"""Searching through the door: who is found, under which conditions, and what the answer holds."""

import json

import pytest

from banenafspraak.access.models import Organisatie
from tests.adapters.vum.wereld import HILVERSUM, KLOKKEN, WHOLE, deliver, ids, inhabitant, item, search

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(bron: Organisatie) -> None:
    """0 has answered everything, 1 nothing but where they live, 2 lives in Amsterdam, 3 wants to travel 1 km."""
    for nummer in range(4):
        inhabitant(nummer)
    deliver(
        item(0, **WHOLE),
        item(1),
        item(2, mobiliteit={"bemiddelingspostcode": "1012AB", "maximaleReisafstand": 60}),
        item(3, mobiliteit={"bemiddelingspostcode": "1403AA", "maximaleReisafstand": 1}),
    )


def test_the_area_is_looked_at_from_both_sides(people: None) -> None:
    # Hilversum to Amsterdam is some 25 km as the crow flies; Bussum is nearer, but 3 does not want to leave it.
    assert ids({"selectiegebied": {"postcode": "1211AB", "afstand": 10}}) == {"k-0", "k-1"}
    assert ids({"selectiegebied": {"postcode": "1211ab", "afstand": 40}}) == {"k-0", "k-1", "k-2"}
    assert ids({"selectiegebied": {"postcode": "1403XX", "afstand": 0}}) == {"k-3"}


@pytest.mark.parametrize(
    "vraag",
    [
        {"bemiddelingsberoep": {"$elemMatch": {"$or": [{"beroep.codeBeroepsnaam": {"$eq": KLOKKEN}}]}}},
        {"bemiddelingsberoep": {"$elemMatch": {"$or": [{"codeBeroepsnaam": {"$eq": KLOKKEN}}]}}},
        {"contractvorm": {"$elemMatch": {"$or": [{"codeTypeArbeidscontract": {"$eq": c}} for c in "OB"]}}},
        {"flexibiliteit.indicatieOnregelmatigWerkOfPloegendienst": {"$eq": 1}},
        {"arbeidsmarktkwalificatie.rijbewijs": {"$all": [{"$elemMatch": {"codeSoortRijbewijs": {"$eq": "B"}}}]}},
        {
            "arbeidsmarktkwalificatie.taalbeheersing": {
                "$all": [{"$elemMatch": {"codeTaal": {"$eq": "nld"}, "codeNiveauTaalbeheersingMondeling": {"$gte": 2}}}]
            }
        },
        {"datumAanvangBeschikbaarVoorWerk": {"$lte": "2026-12-01"}},
        {"flexibiliteit.datumAanvangBeschikbaarVoorWerk": {"$lte": "2026-12-01"}},
        {"werktijden.indicatieKantoortijden": {"$eq": 1}},
        {
            "werktijden.aantalWerkurenPerWeekMaximaal": {"$gte": 24},
            "werktijden.aantalWerkurenPerWeekMinimaal": {"$lte": 32},
        },
    ],
)
def test_who_meets_a_condition_is_found_and_who_never_answered_is_not(people: None, vraag: dict) -> None:
    assert ids(vraag) == {"k-0"}


@pytest.mark.parametrize(
    "vraag",
    [
        {"bemiddelingsberoep": {"$elemMatch": {"$or": [{"codeBeroepsnaam": {"$eq": KLOKKEN + "9"}}]}}},
        {"contractvorm": {"$elemMatch": {"$or": [{"codeTypeArbeidscontract": {"$eq": "O"}}]}}},
        {"flexibiliteit.indicatieOnregelmatigWerkOfPloegendienst": {"$eq": 2}},
        {
            "arbeidsmarktkwalificatie.rijbewijs": {
                "$all": [{"$elemMatch": {"codeSoortRijbewijs": {"$eq": c}}} for c in "BC"]
            }
        },
        # Somebody speaks good Dutch and little English; nobody speaks good English.
        {
            "arbeidsmarktkwalificatie.taalbeheersing": {
                "$all": [{"$elemMatch": {"codeTaal": {"$eq": "eng"}, "codeNiveauTaalbeheersingMondeling": {"$gte": 2}}}]
            }
        },
        {"datumAanvangBeschikbaarVoorWerk": {"$lte": "2025-12-31"}},
        {
            "werktijden.aantalWerkurenPerWeekMaximaal": {"$gte": 25},
            "werktijden.aantalWerkurenPerWeekMinimaal": {"$lte": 32},
        },
        {"werktijden.aantalWerkurenPerWeekMinimaal": {"$lte": 15}},
    ],
)
def test_who_does_not_meet_a_condition_is_not_found(people: None, vraag: dict) -> None:
    assert ids(vraag) == set()


def test_the_hours_asked_and_the_hours_wished_only_have_to_meet(people: None) -> None:
    def found(least: int, most: int) -> bool:
        return bool(
            ids(
                {
                    "werktijden.aantalWerkurenPerWeekMaximaal": {"$gte": least},
                    "werktijden.aantalWerkurenPerWeekMinimaal": {"$lte": most},
                }
            )
        )

    # The wish is 16 to 24 hours.
    assert [found(*hours) for hours in ((1, 15), (1, 16), (18, 20), (24, 40), (25, 40), (1, 99))] == [
        False, True, True, True, False, True,
    ]  # fmt: skip


def test_not_equal_finds_who_never_answered_as_it_does_in_mongodb(people: None) -> None:
    # "This includes documents that do not contain the field", says its manual; other comparisons leave them out.
    assert ids({"werktijden.indicatieKantoortijden": {"$ne": 2}}) == {"k-0", "k-1"}
    assert ids({"werktijden.indicatieKantoortijden": {"$ne": 1}}) == {"k-1"}


@pytest.mark.parametrize(
    "vraag",
    [
        {
            "onbekendVeld": {"$eq": 1},
            "eisAanWerk.indicatieBegeleiding": {"$eq": 2},
            "indicatieLdrRegistratie": {"$eq": 2},
        },
        {"werktijden.indicatieKantoortijden": {"$exists": True, "$regex": ".*"}},
        {"$nor": [{"werktijden.indicatieKantoortijden": {"$eq": 1}}], "$where": "sleep(1000)"},
        {"bemiddelingsberoep": {"$elemMatch": {}}, "arbeidsmarktkwalificatie.rijbewijs": {"$all": []}},
        {"bemiddelingsberoep": {"$elemMatch": {"$or": [{"onbekend": {"$eq": "x"}}]}}},
        {"werktijden.indicatieKantoortijden": {"$eq": ""}, "datumAanvangBeschikbaarVoorWerk": {}, "contractvorm": None},
        {"$or": [], "$and": []},
    ],
)
def test_what_the_standard_does_not_know_and_what_is_empty_changes_nothing(people: None, vraag: dict) -> None:
    assert ids(vraag) == {"k-0", "k-1"}


def test_an_ignored_part_of_an_or_is_left_out_of_it(people: None) -> None:
    known = {"codeBeroepsnaam": {"$eq": "https://example.org/iets"}}
    vraag = {"bemiddelingsberoep": {"$elemMatch": {"$or": [{"onbekend": {"$eq": 1}}, known]}}}

    assert ids(vraag) == set()


def test_a_match_says_what_was_asked_and_nothing_that_is_private(people: None) -> None:
    (match,) = [one for one in search()["matches"] if one["idWerkzoekende"] == "k-0"]
    text = json.dumps(match)

    assert match["mobiliteit"] == WHOLE["mobiliteit"]
    assert match["bemiddelingsberoep"] == WHOLE["bemiddelingsberoep"]
    for private in ("indicatieLdrRegistratie", "eisAanWerk", "persoonlijkePresentatie", "emailadres", "telefoonnummer",
                    "iemand@", "0612345678", "Bakker", "De Brug", "plezier", "handen"):  # fmt: skip
        assert private not in text


def test_at_most_a_hundred_come_back_and_the_answer_says_that_there_are_more(bron: Organisatie) -> None:
    for nummer in range(101):
        inhabitant(nummer)
    deliver(*(item(nummer) for nummer in range(100)))
    assert (len(search()["matches"]), search()["maximumAantalResultatenBereikt"]) == (100, False)

    deliver(*(item(nummer) for nummer in range(101)))
    found = search({"selectiegebied": HILVERSUM})
    assert (len(found["matches"]), found["maximumAantalResultatenBereikt"]) == (100, True)
