"""The pages of voordrachten and of employers in the region, and what an employer sees of a voordracht."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from banenafspraak.access import bsn as bsns
from banenafspraak.access import demo
from banenafspraak.access.models import Verwerking
from banenafspraak.bemiddeling import voordrachten
from banenafspraak.bemiddeling.models import Contactverzoek, Klantprofiel, Vacature, Voorstel, Werkgevercontact
from banenafspraak.bemiddeling.plaatsingen import Bedrijf
from tests.bemiddeling.contactwereld import make_profiel, say_yes
from tests.bemiddeling.plaatsingwereld import CONTRACT, make_vacature, planned
from tests.factories import bsn, make_burger
from tests.web.test_contact_pages import member, text
from tests.web.test_pages import queries

SignIn = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("demo_on")
KVK = "00000001"


@pytest.fixture
def hilversum(sign_in: SignIn) -> Client:
    return sign_in("bemiddelaar-gemeente")


@pytest.fixture
def werkgever(sign_in: SignIn) -> Client:
    return sign_in("werkgever")


@pytest.fixture
def burger(sign_in: SignIn) -> Client:
    demo.give_bsn("burger", bsn(0))
    return sign_in("burger")


@pytest.fixture
def profiel(sign_in: SignIn) -> Klantprofiel:
    return make_profiel()


@pytest.fixture
def vacature(sign_in: SignIn) -> Vacature:
    college, employer = member("bemiddelaar-gemeente"), member("werkgever")
    return make_vacature(college, werkgever_id=employer.organisatie_id, kvk=KVK, now=timezone.now())


@pytest.fixture
def then() -> datetime:
    return timezone.now() - timedelta(days=7)


def forward(vacature: Vacature, profiel: Klantprofiel, now: datetime) -> Voorstel:
    college = member("bemiddelaar-gemeente")
    made = voordrachten.put_forward(actor=college, vacature_id=vacature.pk, persoon_ids=[profiel.persoon_id], now=now)
    return Voorstel.objects.get(verzoek=made)


def questioned(vacature: Vacature, profiel: Klantprofiel, now: datetime) -> Voorstel:
    voorstel = forward(vacature, profiel, now)
    college = member("bemiddelaar-gemeente")
    voordrachten.ask(actor=college, verzoek_id=voorstel.verzoek_id, voorstel_ids=[voorstel.pk], now=now)
    voorstel.refresh_from_db()
    return voorstel


def test_from_a_vacature_to_a_list_and_a_question(
    hilversum: Client, burger: Client, vacature: Vacature, profiel: Klantprofiel
) -> None:
    assert "Bakker" in text(hilversum, "/bemiddelaar/voordrachten/")
    address = f"/bemiddelaar/voordrachten/nieuw/{vacature.pk}/"
    sleutel = re.search(r'name="sleutel" value="([^"]+)"', text(hilversum, address))
    assert sleutel
    form = {"doel": "baan", "persoon": [str(profiel.persoon_id)], "sleutel": sleutel[1]}
    for _ in range(2):
        response = hilversum.post(address, form)
        assert response.status_code == 302, response.content.decode()
    verzoek = Contactverzoek.objects.get()
    assert "nog niet gevraagd" in text(hilversum, f"/bemiddelaar/voordrachten/{verzoek.pk}/")
    voorstel = Voorstel.objects.get()
    hilversum.post(
        f"/bemiddelaar/voordrachten/{verzoek.pk}/actie/", {"handeling": "vragen", "voorstel": str(voorstel.pk)}
    )
    assert "Wacht op antwoord van de persoon" in text(hilversum, f"/bemiddelaar/voordrachten/{verzoek.pk}/")
    page = text(burger, f"/burger/contact/{voorstel.pk}/")
    assert "Brood bakken" in page


def test_nobody_chosen_is_said_on_top(hilversum: Client, vacature: Vacature, profiel: Klantprofiel) -> None:
    response = hilversum.post(
        f"/bemiddelaar/voordrachten/nieuw/{vacature.pk}/", {"doel": "baan", "sleutel": str(uuid4())}
    )
    assert response.status_code == 400
    assert "Kies 1 tot en met 10 mensen." in response.content.decode()


def test_everybody_to_choose_from_is_logged(hilversum: Client, vacature: Vacature, profiel: Klantprofiel) -> None:
    text(hilversum, f"/bemiddelaar/voordrachten/nieuw/{vacature.pk}/")
    found = Verwerking.objects.filter(naam="lijst van eigen kandidaten bekeken")
    assert [bytes(v.betrokkene_index or b"") for v in found] == [bsns.index(bsn(0), doel="audit")]


def test_the_employer_sees_who_said_yes_and_nothing_of_who_did_not(
    werkgever: Client, vacature: Vacature, profiel: Klantprofiel, then: datetime
) -> None:
    voorstel = questioned(vacature, profiel, then)
    questioned(vacature, make_profiel(1), then)
    assert "Er is nog niemand voorgedragen" in text(werkgever, "/werkgever/voordrachten/")
    consent = say_yes(make_burger(), voorstel, now=then)
    page = text(werkgever, "/werkgever/voordrachten/")
    assert page.count("Voorgedragen door") == 1
    assert "Noor" not in page
    assert "Noor de Vries" in text(werkgever, f"/werkgever/voordrachten/{consent}/")
    assert Verwerking.objects.filter(naam="gegevens bekeken door werkgever").count() == 1


def test_another_employer_finds_no_candidate(
    sign_in: SignIn, vacature: Vacature, profiel: Klantprofiel, then: datetime
) -> None:
    consent = say_yes(make_burger(), questioned(vacature, profiel, then), now=then)
    other = sign_in("werkgever-2")
    assert other.get(f"/werkgever/voordrachten/{consent}/").status_code == 404
    assert "Er is nog niemand voorgedragen" in text(other, "/werkgever/voordrachten/")


def test_a_voordracht_is_no_request_of_the_employer(
    werkgever: Client, vacature: Vacature, profiel: Klantprofiel, then: datetime
) -> None:
    voorstel = questioned(vacature, profiel, then)
    assert werkgever.get(f"/werkgever/verzoeken/{voorstel.verzoek_id}/").status_code == 404
    assert str(voorstel.verzoek_id) not in text(werkgever, "/werkgever/verzoeken/")


def test_the_employer_says_what_came_of_it_and_the_name_goes(
    werkgever: Client, vacature: Vacature, profiel: Klantprofiel, then: datetime
) -> None:
    consent = say_yes(make_burger(), questioned(vacature, profiel, then), now=then)
    address = f"/werkgever/voordrachten/{consent}/"
    assert werkgever.post(address, {}).status_code == 400
    for _ in range(2):
        assert werkgever.post(address, {"uitkomst": "aangenomen"}).status_code == 302
    assert "Aangenomen" in text(werkgever, "/werkgever/voordrachten/")
    assert werkgever.get(address).status_code == 302


def test_the_bemiddelaar_writes_down_the_outcome(
    hilversum: Client, vacature: Vacature, profiel: Klantprofiel, then: datetime
) -> None:
    voorstel = questioned(vacature, profiel, then)
    say_yes(make_burger(), voorstel, now=then)
    address = f"/bemiddelaar/voordrachten/{voorstel.verzoek_id}/"
    assert "Voorgedragen: de werkgever ziet deze persoon." in text(hilversum, address)
    hilversum.post(
        f"{address}actie/", {"handeling": "uitkomst", "voorstel": str(voorstel.pk), "uitkomst": "geen_plek_meer"}
    )
    assert "De plek is al gevuld" in text(hilversum, address)


def test_a_bemiddelaar_of_another_region_finds_no_voordracht(
    sign_in: SignIn, vacature: Vacature, profiel: Klantprofiel, then: datetime
) -> None:
    voorstel = forward(vacature, profiel, then)
    zeeland = sign_in("bemiddelaar-zeeland")
    assert zeeland.get(f"/bemiddelaar/voordrachten/{voorstel.verzoek_id}/").status_code == 404
    response = zeeland.post(f"/bemiddelaar/voordrachten/{voorstel.verzoek_id}/actie/", {"handeling": "stoppen"})
    assert response.status_code == 404


@pytest.mark.parametrize(
    ("address", "expected"), [("/bemiddelaar/voordrachten/", 11), ("/bemiddelaar/voordrachten/{verzoek}/", 11)]
)
def test_a_page_of_a_bemiddelaar_costs_a_known_number_of_queries(
    hilversum: Client, vacature: Vacature, profiel: Klantprofiel, then: datetime, address: str, expected: int
) -> None:
    voorstel = questioned(vacature, profiel, then)
    assert len(queries(lambda: text(hilversum, address.format(verzoek=voorstel.verzoek_id)))) == expected


# --- Employers ---------------------------------------------------------------------------------------------------


def call(client: Client, **fields: Any) -> Any:
    form = {
        "naam": "Bakkerij De Korenaar",
        "contact_op": f"{timezone.localdate():%d-%m-%Y}",
        "wijze": "telefoon",
        "aanleiding": "vacature",
        "notitie": "Zoekt een bakker.",
        "sleutel": str(uuid4()),
    }
    return client.post(f"/bemiddelaar/werkgevers/{KVK}/", form | fields)


def test_who_called_is_seen_by_a_colleague_before_calling(hilversum: Client, sign_in: SignIn) -> None:
    sleutel = str(uuid4())
    for _ in range(2):
        assert call(hilversum, sleutel=sleutel).status_code == 302
    assert Werkgevercontact.objects.count() == 1
    page = text(sign_in("bemiddelaar"), f"/bemiddelaar/werkgevers/{KVK}/")
    assert "Gemeente Hilversum sprak deze werkgever" in page
    assert "Gijs Gooi" in page
    assert "Zoekt een bakker." in page


def test_a_bemiddelaar_of_another_region_reads_nothing(hilversum: Client, sign_in: SignIn) -> None:
    call(hilversum)
    page = text(sign_in("bemiddelaar-zeeland"), f"/bemiddelaar/werkgevers/{KVK}/")
    assert "Zoekt een bakker." not in page
    assert "Nog niemand in de regio." in page


def test_the_list_finds_by_name_and_leads_to_a_number(hilversum: Client) -> None:
    call(hilversum)
    assert "1 werkgever" in text(hilversum, "/bemiddelaar/werkgevers/?zoek=koren")
    assert "/bemiddelaar/werkgevers/00000099/" in text(hilversum, "/bemiddelaar/werkgevers/?zoek=00000099")


def test_an_employer_that_wants_rest_is_shown_as_such(hilversum: Client, werkgever: Client) -> None:
    until = timezone.localdate() + timedelta(days=30)
    assert werkgever.post("/werkgever/rust/", {"tot_en_met": f"{until:%d-%m-%Y}"}).status_code == 302
    assert "niet gebeld wilt worden" in text(werkgever, "/werkgever/rust/")
    page = text(hilversum, f"/bemiddelaar/werkgevers/{KVK}/")
    assert "wil met rust worden gelaten" in page
    assert "Alleen de werkgever kan het veranderen" in page
    call(hilversum)
    assert "De werkgever had om rust gevraagd." in text(hilversum, f"/bemiddelaar/werkgevers/{KVK}/")
    assert werkgever.post("/werkgever/rust/", {"handeling": "opheffen"}).status_code == 302
    assert "wil met rust" not in text(hilversum, f"/bemiddelaar/werkgevers/{KVK}/")


def test_a_bemiddelaar_writes_a_wish_down_and_takes_it_back(hilversum: Client) -> None:
    address = f"/bemiddelaar/werkgevers/{KVK}/rust/"
    assert hilversum.post(address, {"tot_en_met": "1-1-2020"}).status_code == 400
    until = timezone.localdate() + timedelta(days=30)
    assert hilversum.post(address, {"tot_en_met": f"{until:%d-%m-%Y}"}).status_code == 302
    assert "wil met rust" in text(hilversum, f"/bemiddelaar/werkgevers/{KVK}/")
    assert hilversum.post(address, {"handeling": "opheffen"}).status_code == 302
    assert "wil met rust" not in text(hilversum, f"/bemiddelaar/werkgevers/{KVK}/")


@pytest.mark.parametrize(
    ("address", "expected"), [("/bemiddelaar/werkgevers/", 8), (f"/bemiddelaar/werkgevers/{KVK}/", 8)]
)
def test_a_page_of_employers_costs_a_known_number_of_queries(hilversum: Client, address: str, expected: int) -> None:
    call(hilversum)
    assert len(queries(lambda: text(hilversum, address))) == expected


# --- From the vacature, and back to it -----------------------------------------------------------------------------


def contract(vacature: Vacature, profiel: Klantprofiel, then: datetime) -> None:
    """Somebody got a contract by this vacature."""
    voorstel = questioned(vacature, profiel, then)
    say_yes(make_burger(), voorstel, now=then)
    inhoud = replace(CONTRACT, werkgever=Bedrijf(KVK, "Bakkerij"), begint_op=timezone.localdate(), eindigt_op=None)
    planned(member("bemiddelaar-gemeente"), profiel.persoon_id, inhoud, now=timezone.now(), voorstel_id=voorstel.pk)


def test_the_page_of_a_vacature_says_how_far_it_is_and_leads_on(
    hilversum: Client, vacature: Vacature, profiel: Klantprofiel, then: datetime
) -> None:
    questioned(vacature, profiel, then)
    address = f"/bemiddelaar/vacatures/{vacature.pk}/"
    page = text(hilversum, address)
    assert "<dt>Plaatsen vervuld</dt><dd>0 van 1</dd>" in page
    assert "<dt>Van uw mensen gevraagd</dt><dd>1</dd>" in page
    assert "Sluiten: vervuld" not in page
    assert f"/bemiddelaar/voordrachten/nieuw/{vacature.pk}/" in hilversum.get(address).content.decode()


def test_a_vacature_whose_last_place_is_taken_is_closed_with_one_button(
    hilversum: Client, vacature: Vacature, profiel: Klantprofiel, then: datetime
) -> None:
    contract(vacature, profiel, then)
    address = f"/bemiddelaar/vacatures/{vacature.pk}/"
    assert "Alle plaatsen lijken vervuld" in text(hilversum, address)
    for _ in range(2):
        assert hilversum.post(f"{address}actie/", {"handeling": "vervuld"}).status_code == 302
    vacature.refresh_from_db()
    assert (vacature.status, vacature.sluitreden) == ("gesloten", "vervuld_doelgroep")


def test_a_bemiddelaar_of_another_region_does_not_close_it(
    sign_in: SignIn, vacature: Vacature, profiel: Klantprofiel, then: datetime
) -> None:
    contract(vacature, profiel, then)
    elsewhere = sign_in("bemiddelaar-zeeland")
    address = f"/bemiddelaar/vacatures/{vacature.pk}/"
    assert "Sluiten: vervuld" not in text(elsewhere, address)
    assert elsewhere.post(f"{address}actie/", {"handeling": "vervuld"}).status_code == 404
    vacature.refresh_from_db()
    assert vacature.status == "open"


def test_who_was_ticked_in_the_matches_is_ticked_and_on_top(
    hilversum: Client, vacature: Vacature, profiel: Klantprofiel
) -> None:
    make_profiel(1)
    page = hilversum.get(f"/bemiddelaar/voordrachten/nieuw/{vacature.pk}/?persoon={profiel.persoon_id}")
    ticked = re.findall(r'name="persoon" value="([^"]+)"[^>]*?( checked)?>', page.content.decode())
    assert ticked[0] == (str(profiel.persoon_id), " checked")
    assert ticked[1][1] == ""
