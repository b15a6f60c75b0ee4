"""The Kandidatenverkenner as an employer sees it, and how somebody sees what employers see."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from banenafspraak.access import demo
from banenafspraak.access.models import Lidmaatschap, Logregel, Organisatie
from banenafspraak.bemiddeling import klassen
from banenafspraak.bemiddeling.models import (
    Bewaardekaart,
    Klantprofiel,
    Klasselid,
    Verberging,
    Vindbaarheid,
    Zoekopdracht,
)
from banenafspraak.bemiddeling.vensterindex import INDEX
from banenafspraak.bemiddeling.zoekindex import INDEX as DETAIL
from tests.bemiddeling.kaartmensen import CLEANER, SYSTEEM, make_people
from tests.factories import bsn

pytestmark = pytest.mark.django_db
PAGE = "/werkgever/kandidaten/"


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    INDEX.forget()
    DETAIL.forget()


@pytest.fixture
def people() -> list[Klantprofiel]:
    today = timezone.localdate()
    made = make_people([{**CLEANER, "beschikbaar_bevestigd_op": today}] * 15)
    klassen.publish(actor=SYSTEEM, now=timezone.now())
    return made


@pytest.fixture
def employer(people: list[Klantprofiel], sign_in: Callable[[str], Client]) -> Client:
    return sign_in("werkgever")


def card_address(client: Client, query: str = "") -> str:
    return client.get(f"{PAGE}{query}").context["cards"][0].url


def test_a_card_shows_five_kinds_of_facts_and_its_reasons(employer: Client) -> None:
    text = employer.get(f"{PAGE}?waar=1211&werk=schoonmaken").content.decode()

    for fact in ("Opleidingsniveau", "Werkervaring", "Reisafstand", "Beschikbaar", "Wil werken in"):
        assert fact in text
    assert "Past bij 10+ mensen" in text
    assert "woont binnen de reisafstand" in text
    assert "wil dit werk" in text


def test_the_page_says_which_source_of_postcodes_it_used(employer: Client) -> None:
    assert "GeoNames" in employer.get(f"{PAGE}?waar=1211").content.decode()


def test_a_postcode_that_does_not_exist_is_replaced_with_a_message(employer: Client) -> None:
    assert "Postcode 1210 kennen wij niet" in employer.get(f"{PAGE}?waar=1210").content.decode()


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("?waar=Atlantis", "niet als postcode of plaats"),
        ("?werk=xqzw", "niet als werk"),
        ("?uren=abc&pagina=x", "Minstens"),
    ],
)
def test_what_nobody_knows_is_said_and_left_out(employer: Client, query: str, text: str) -> None:
    assert text in employer.get(f"{PAGE}{query}").content.decode()


def test_nothing_found_proposes_what_to_leave_open(employer: Client) -> None:
    text = employer.get(f"{PAGE}?waar=9712&werk=schoonmaken").content.decode()

    assert "Niets gevonden" in text
    assert "Zonder de plek van het werk: minstens 10 mensen" in text


def test_a_search_takes_the_same_number_of_queries_whatever_it_finds(
    employer: Client, django_assert_num_queries: Callable[[int], object]
) -> None:
    employer.get(PAGE)

    with django_assert_num_queries(11):
        employer.get(f"{PAGE}?waar=1211&werk=schoonmaken")
    with django_assert_num_queries(11):
        employer.get(f"{PAGE}?waar=9712&werk=tuinman")


def test_a_card_opens_and_is_gone_when_too_few_are_left(employer: Client, people: list[Klantprofiel]) -> None:
    address = card_address(employer)
    assert employer.get(address).status_code == 200

    Klantprofiel.objects.filter(pk__in=[one.pk for one in people[:6]]).update(status="concept")

    gone = employer.get(address)
    assert gone.status_code == 404
    assert "Deze kaart is er niet meer" in gone.content.decode()


def test_an_address_of_another_employer_opens_nothing(employer: Client) -> None:
    address = card_address(employer)
    member = Lidmaatschap.objects.get(gebruiker_id=employer.session["_auth_user_id"], rol="werkgever")
    other = Organisatie.objects.create(soort="werkgever", naam="Ander", kvk="87654321")
    Lidmaatschap.objects.filter(pk=member.pk).update(organisatie=other)

    assert employer.get(address).status_code == 404


def test_keeping_twice_keeps_one_card(employer: Client) -> None:
    address = card_address(employer)
    employer.post(f"{address}bewaren/")
    employer.post(f"{address}bewaren/")

    assert Bewaardekaart.objects.count() == 1
    kept = employer.get(f"{PAGE}bewaard/").content.decode()
    assert "Schoonmaak" in kept


def test_a_kept_card_says_when_it_is_gone(employer: Client, people: list[Klantprofiel]) -> None:
    employer.post(f"{card_address(employer)}bewaren/")
    saved = Bewaardekaart.objects.get()
    assert employer.get(f"{PAGE}{saved.pk}/").status_code == 200

    Klantprofiel.objects.filter(pk__in=[one.pk for one in people[:6]]).update(status="concept")

    assert "Deze kaart is er niet meer" in employer.get(f"{PAGE}bewaard/").content.decode()
    assert employer.get(f"{PAGE}{saved.pk}/").status_code == 404


def test_a_kept_card_goes_when_fewer_than_ten_of_its_people_are_left(
    employer: Client, people: list[Klantprofiel]
) -> None:
    """Others may have joined the class meanwhile: they were not in it when the card was kept."""
    employer.post(f"{card_address(employer)}bewaren/")
    make_people([{**CLEANER, "beschikbaar_bevestigd_op": timezone.localdate()}] * 12, first=100)
    klassen.publish(actor=SYSTEEM, now=timezone.now() + timedelta(minutes=1))
    Klantprofiel.objects.filter(pk__in=[one.pk for one in people[:6]]).update(status="concept")

    assert employer.get(PAGE).context["result"].tientallen == 20
    assert employer.get(f"{PAGE}{Bewaardekaart.objects.get().pk}/").status_code == 404


def test_another_employers_kept_card_is_not_there(employer: Client, sign_in: Callable[[str], Client]) -> None:
    employer.post(f"{card_address(employer)}bewaren/")
    saved = Bewaardekaart.objects.get()
    other = sign_in("werkgever-2")

    assert other.get(f"{PAGE}{saved.pk}/").status_code == 404
    assert other.post(f"{PAGE}bewaard/{saved.pk}/weg/").status_code == 404
    assert Bewaardekaart.objects.exists()


def test_a_search_is_kept_and_let_go(employer: Client) -> None:
    form = {"vraag": "werk=schoonmaken", "titel": "Schoonmaak", "attendering": "on"}
    employer.post(f"{PAGE}zoekopdracht/", form)
    employer.post(f"{PAGE}zoekopdracht/", form)
    [saved] = Zoekopdracht.objects.all()
    assert "?werk=schoonmaken" in employer.get(f"{PAGE}bewaard/").content.decode()

    employer.post(f"{PAGE}zoekopdracht/{saved.pk}/weg/")

    assert not Zoekopdracht.objects.exists()


def test_a_search_without_a_name_says_what_is_missing(employer: Client) -> None:
    response = employer.post(f"{PAGE}zoekopdracht/", {"vraag": "werk=schoonmaken", "titel": " "})

    assert response.status_code == 400
    assert 'href="#id_titel"' in response.content.decode()


def test_a_name_or_number_of_somebody_is_nowhere_on_the_page(employer: Client, people: list[Klantprofiel]) -> None:
    text = employer.get(PAGE).content.decode() + employer.get(card_address(employer)).content.decode()

    for one in people:
        assert str(one.pk) not in text
        assert str(one.persoon_id) not in text
    assert "Hilversum" not in text
    assert "1211AB" not in text


# --- The person's own page ----------------------------------------------------------------------------------------


@pytest.fixture
def citizen(people: list[Klantprofiel], sign_in: Callable[[str], Client]) -> Client:
    client = sign_in("burger")
    demo.give_bsn("burger", bsn(0))
    return client


OWN = "/burger/profiel/vindbaar/"


def test_somebody_sees_with_how_many_others_a_card_is_shared(citizen: Client) -> None:
    assert "U deelt deze kaart met 14 anderen" in citizen.get(OWN).content.decode()


def test_somebody_shows_exactly_what_was_seen_and_takes_it_back(
    citizen: Client, people: list[Klantprofiel], sign_in: Callable[[str], Client]
) -> None:
    seen = citizen.get(OWN).context["seen"]
    employer = sign_in("werkgever")

    citizen.post(f"{OWN}eigen-kaart/", {"gezien": seen})

    assert Vindbaarheid.objects.get().kaart == json.loads(seen)
    assert not Klasselid.objects.filter(profiel=people[0]).exists()
    assert employer.get(PAGE).context["result"].personen == 1

    citizen.post(f"{OWN}stoppen/")

    assert employer.get(PAGE).context["result"].personen == 0


def test_a_card_that_changed_since_it_was_seen_is_not_shown(citizen: Client, people: list[Klantprofiel]) -> None:
    seen = citizen.get(OWN).context["seen"]
    Klantprofiel.objects.filter(pk=people[0].pk).update(code_werk_en_denkniveau=5)

    citizen.post(f"{OWN}eigen-kaart/", {"gezien": seen})

    assert not Vindbaarheid.objects.exists()


@pytest.mark.parametrize("seen", ["", "[", '{"waarden": []}', "1", "[" * 100_000])
def test_a_card_that_nobody_saw_is_not_shown(citizen: Client, seen: str) -> None:
    citizen.post(f"{OWN}eigen-kaart/", {"gezien": seen})

    assert not Vindbaarheid.objects.exists()


def test_each_decision_about_being_found_is_logged(citizen: Client) -> None:
    citizen.post(f"{OWN}eigen-kaart/", {"gezien": citizen.get(OWN).context["seen"]})
    citizen.post(f"{OWN}stoppen/")

    done = Logregel.objects.filter(rol="burger").values_list("handeling", flat=True)
    assert {"laat meer van zich zien", "laat niet meer van zich zien"} <= set(done)


def test_opening_a_card_of_one_person_is_logged(citizen: Client, sign_in: Callable[[str], Client]) -> None:
    citizen.post(f"{OWN}eigen-kaart/", {"gezien": citizen.get(OWN).context["seen"]})
    employer = sign_in("werkgever")
    cards = employer.get(PAGE).context["cards"]

    employer.get(next(card.url for card in cards if card.is_persoon))

    assert Logregel.objects.filter(handeling="kaart van een persoon bekeken", rol="werkgever").exists()


def test_somebody_hides_from_an_employer_and_shows_again(citizen: Client, people: list[Klantprofiel]) -> None:
    werkgever = Organisatie.objects.create(soort="werkgever", naam="Bakkerij De Oude Baas", kvk="12345679")
    assert "Bakkerij De Oude Baas" in citizen.get(f"{OWN}?zoek=oude baas").content.decode()

    citizen.post(f"{OWN}verbergen/{werkgever.pk}/")
    citizen.post(f"{OWN}verbergen/{werkgever.pk}/")

    assert Verberging.objects.get().profiel_id == people[0].pk
    citizen.post(f"{OWN}weer-tonen/{werkgever.pk}/")
    assert not Verberging.objects.exists()


def test_what_is_no_employer_cannot_be_hidden_from(citizen: Client) -> None:
    uwv = Organisatie.objects.create(soort="uwv", naam="UWV")

    assert citizen.post(f"{OWN}verbergen/{uwv.pk}/").status_code == 404


def test_somebody_without_a_profile_is_told_so(sign_in: Callable[[str], Client]) -> None:
    client = sign_in("burger")
    demo.give_bsn("burger", bsn(1))

    assert "U hebt nog geen profiel" in client.get(OWN).content.decode()
