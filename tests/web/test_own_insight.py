"""The pages on which somebody sees the own data and says what is not right, and those on which that is answered."""

import io
import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from banenafspraak.access import bsn as bsns
from banenafspraak.access import demo, logboek
from banenafspraak.access.models import Logregel, Organisatie
from banenafspraak.access.permissions import Rol
from banenafspraak.register.meldingwoorden import Meldingsoort, Meldingstatus
from banenafspraak.register.models import Melding
from banenafspraak.web.components.registerwoorden import EINDEREDENEN, GEVOLGEN, GRONDEN, LABELS
from banenafspraak.web.meldingwoorden import SOORTNAMEN, STANDEN, STATUSNAMEN
from banenafspraak.wet.doelgroep import Grond
from banenafspraak.wet.gevolgen import Gevolg
from banenafspraak.wet.grondlabel import Grondlabel
from banenafspraak.wet.registratie import EindeReden
from tests.factories import bsn, make_actor, make_persoon, make_registratie, make_woonplaats
from tests.web.test_pages import queries

SignIn = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("demo_on")


@pytest.fixture
def burger(sign_in: SignIn) -> Client:
    client = sign_in("burger")
    demo.give_bsn("burger", bsn(0))
    return client


@pytest.fixture
def other(sign_in: SignIn) -> Client:
    client = sign_in("burger-nieuw")
    demo.give_bsn("burger-nieuw", bsn(1))
    return client


def registered(nummer: int = 0, **fields):
    persoon = make_persoon(nummer)
    make_woonplaats(persoon)
    return make_registratie(persoon, **fields)


def look(nummer: int = 0, *, organisatie: str = "Bakkerij De Korenaar", minutes: int = 0) -> str:
    actor = make_actor(Rol.WERKGEVER)
    Organisatie.objects.filter(pk=actor.organisatie_id).update(naam=organisatie)
    logboek.record(
        actor=actor,
        handeling="registratie bekeken",
        persoon_bsn_index=bsns.index(bsn(nummer), doel="audit"),
        now=timezone.now() - timedelta(minutes=minutes),
    )
    return logboek.looks_at(make_actor(Rol.BURGER, bsn=bsn(nummer)))[0].operation_id


def text(client: Client, address: str, **query: str) -> str:
    response = client.get(address, query)
    assert response.status_code == 200, address
    return response.content.decode()


def report(client: Client, address: str = "/burger/klopt-niet/", **fields: str) -> Melding:
    client.post(address, {"soort": "begin_klopt_niet", "toelichting": "Het was 2016."} | fields)
    return Melding.objects.latest("ingediend_at")


def test_somebody_sees_that_they_are_registered_since_when_and_why(burger: Client) -> None:
    registered(vanaf=date(2018, 3, 1))

    page = text(burger, "/burger/")

    assert "U staat in het doelgroepregister, sinds 1-3-2018." in page
    assert "U hebt Wajong" in page
    assert "Wfsv art. 38b lid 1 onderdeel c" in page


def test_what_hangs_on_the_register_and_what_on_the_ground_stand_apart(burger: Client) -> None:
    registered()

    page = text(burger, "/burger/")

    on_register, on_ground = page.index("Omdat u in het register staat"), page.index("Omdat deze reden voor u geldt")
    assert on_register < page.index("loonkostenvoordeel") < on_ground < page.index("loondispensatie")


def test_who_is_not_registered_is_told_so_and_what_to_do(other: Client) -> None:
    registered()

    page = text(other, "/burger/")

    assert "niet in het doelgroepregister" in page
    assert "Klopt dit niet? Meld het ons" in page
    assert "U hebt Wajong" not in page


def test_somebody_without_a_bsn_is_told_to_use_digid(sign_in: SignIn) -> None:
    assert "log in met DigiD" in text(sign_in("burger"), "/burger/")


def test_no_address_names_a_person(burger: Client) -> None:
    registered()

    assert bsn(0).reveal() not in text(burger, "/burger/")


def test_who_looked_is_named_with_moment_and_purpose_and_not_the_user(burger: Client) -> None:
    look()

    page = text(burger, "/burger/wie-keek/")

    assert "Bakkerij De Korenaar" in page
    assert "een test" in page
    assert "@test.invalid" not in page


def test_a_look_at_another_is_not_shown(burger: Client) -> None:
    look(1)

    assert "Niemand heeft uw gegevens bekeken." in text(burger, "/burger/wie-keek/")


def test_looks_are_narrowed_by_organisation_and_day(burger: Client) -> None:
    look(organisatie="Bakkerij")
    look(organisatie="Drukkerij", minutes=60 * 24 * 40)
    today = timezone.localdate()

    assert "Gevonden: <strong>2</strong>" in text(burger, "/burger/wie-keek/")
    assert "Gevonden: <strong>1</strong>" in text(burger, "/burger/wie-keek/", organisatie="Drukkerij")
    assert "Gevonden: <strong>1</strong>" in text(burger, "/burger/wie-keek/", vanaf=f"{today:%d-%m-%Y}")
    assert "past" in text(burger, "/burger/wie-keek/", tot_en_met="01-01-2016")


@pytest.mark.parametrize("query", ["?pagina=x", "?vanaf=gisteren", "?organisatie=niemand", "?pagina=9999"])
def test_a_strange_address_is_no_error(query: str, burger: Client) -> None:
    look()

    assert burger.get(f"/burger/wie-keek/{query}").status_code == 200


def test_a_filter_that_was_not_understood_is_not_sent_on(burger: Client) -> None:
    for minutes in range(60):
        look(minutes=minutes)

    page = text(burger, "/burger/wie-keek/", vanaf="eergisteren")

    links = re.findall(r'href="([^"]*pagina=2[^"]*)"', page)
    assert links
    assert not any("eergisteren" in link for link in links)


def test_many_looks_are_paged_and_cost_the_same(burger: Client) -> None:
    look()
    burger.get("/burger/wie-keek/")
    few = len(queries(lambda: burger.get("/burger/wie-keek/")))
    for minutes in range(1, 30):
        look(minutes=minutes)

    page = text(burger, "/burger/wie-keek/")

    assert "?pagina=2" in page
    assert len(queries(lambda: burger.get("/burger/wie-keek/"))) == few


def test_the_overview_costs_the_same_for_a_long_history(burger: Client) -> None:
    registered()
    burger.get("/burger/")
    few = len(queries(lambda: burger.get("/burger/")))
    for minutes in range(10):
        look(minutes=minutes)

    assert len(queries(lambda: burger.get("/burger/"))) == few


def test_something_wrong_in_the_register_becomes_a_melding_with_a_last_day(burger: Client) -> None:
    registratie = registered()

    melding = report(burger, f"/burger/klopt-niet/{registratie.pk}/")

    page = text(burger, f"/burger/meldingen/{melding.pk}/")
    assert melding.registratie_id == registratie.pk
    assert "Het was 2016." in page
    assert "Antwoord uiterlijk op" in page


def test_the_registration_of_another_cannot_be_reported(burger: Client) -> None:
    registratie = registered(1)

    page = burger.post(f"/burger/klopt-niet/{registratie.pk}/", {"soort": "begin_klopt_niet"})

    assert "niet van u" in page.content.decode()
    assert not Melding.objects.exists()


def test_a_look_that_should_not_have_been_goes_to_the_supervisor(burger: Client, sign_in: SignIn) -> None:
    address = f"/burger/wie-keek/{look()}/klopt-niet/"

    assert "Bakkerij De Korenaar" in text(burger, address)
    melding = report(burger, address, soort="organisatie_onbekend")

    assert "Ik ken deze organisatie niet" in text(sign_in("toezicht"), "/toezicht/meldingen/")
    assert sign_in("beoordelaar").get(f"/beoordelaar/meldingen/{melding.pk}/").status_code == 404


def test_a_look_at_another_is_not_to_be_found(burger: Client) -> None:
    assert burger.get(f"/burger/wie-keek/{look(1)}/klopt-niet/").status_code == 404
    assert burger.get("/burger/wie-keek/bestaat-niet/klopt-niet/").status_code == 404


def test_without_a_choice_the_form_comes_back_with_a_summary(burger: Client) -> None:
    page = burger.post("/burger/klopt-niet/", {"toelichting": "iets"}).content.decode()

    assert 'href="#id_soort_0"' in page
    assert "iets" in page


def test_pressing_twice_is_one_melding(burger: Client) -> None:
    report(burger)
    report(burger)

    assert Melding.objects.count() == 1


def test_a_melding_of_another_is_not_to_be_found(burger: Client, other: Client) -> None:
    melding = report(burger)

    assert other.get(f"/burger/meldingen/{melding.pk}/").status_code == 404
    assert other.post(f"/burger/meldingen/{melding.pk}/intrekken/").status_code == 404
    assert "nog niets gemeld" in text(other, "/burger/meldingen/")


def test_the_story_of_a_melding_from_report_to_answer(burger: Client, sign_in: SignIn) -> None:
    uwv = sign_in("beoordelaar")
    melding = report(burger)
    address = f"/beoordelaar/meldingen/{melding.pk}/"
    assert "Nieuw" in text(uwv, "/beoordelaar/meldingen/")
    uwv.post(address, {"actie": "oppakken"})
    assert bsn(0).reveal() in text(uwv, address)

    uwv.post(address, {"actie": "beantwoorden", "oordeel": "gegrond", "antwoord": "U hebt gelijk. Het is hersteld."})

    page = text(burger, f"/burger/meldingen/{melding.pk}/")
    assert "U hebt gelijk. Het is hersteld." in page
    assert "U kreeg gelijk" in page


def test_an_empty_answer_comes_back(burger: Client, sign_in: SignIn) -> None:
    uwv, melding = sign_in("beoordelaar"), report(burger)
    address = f"/beoordelaar/meldingen/{melding.pk}/"
    uwv.post(address, {"actie": "oppakken"})

    page = uwv.post(address, {"actie": "beantwoorden", "antwoord": "Zo zit het."}).content.decode()

    assert "Kies of de melding klopt." in page
    assert "Zo zit het." in page


def test_putting_off_needs_a_reason_and_moves_the_last_day(burger: Client, sign_in: SignIn) -> None:
    uwv, melding = sign_in("beoordelaar"), report(burger)
    address = f"/beoordelaar/meldingen/{melding.pk}/"
    uwv.post(address, {"actie": "oppakken"})
    assert "Schrijf op waarom" in uwv.post(address, {"actie": "uitstellen", "reden": ""}).content.decode()

    uwv.post(address, {"actie": "uitstellen", "reden": "Wij wachten op de gemeente."})

    assert Melding.objects.get().uiterlijk_op > melding.uiterlijk_op
    assert "Wij wachten op de gemeente." in text(burger, f"/burger/meldingen/{melding.pk}/")


def test_two_assessors_at_one_melding_the_second_is_told(burger: Client, sign_in: SignIn) -> None:
    melding = report(burger)
    address = f"/beoordelaar/meldingen/{melding.pk}/"
    sign_in("beoordelaar").post(address, {"actie": "oppakken"})

    page = sign_in("beoordelaar-2").post(address, {"actie": "oppakken"}, follow=True).content.decode()

    assert "intussen veranderd" in page


def test_an_answer_to_what_was_withdrawn_is_told_and_changes_nothing(burger: Client, sign_in: SignIn) -> None:
    uwv, melding = sign_in("beoordelaar"), report(burger)
    address = f"/beoordelaar/meldingen/{melding.pk}/"
    uwv.post(address, {"actie": "oppakken"})
    burger.post(f"/burger/meldingen/{melding.pk}/intrekken/")

    fields = {"actie": "beantwoorden", "oordeel": "gegrond", "antwoord": "Ja."}
    page = uwv.post(address, fields, follow=True).content.decode()

    assert "intussen veranderd" in page
    assert Melding.objects.get().status == "ingetrokken"


def test_an_action_that_does_not_exist_is_refused(burger: Client, sign_in: SignIn) -> None:
    melding = report(burger)

    assert sign_in("beoordelaar").post(f"/beoordelaar/meldingen/{melding.pk}/", {"actie": "x"}).status_code == 400
    assert sign_in("toezicht").get(f"/toezicht/meldingen/{uuid4()}/").status_code == 404


def test_everything_as_json(burger: Client) -> None:
    registered()
    look()

    response = burger.post("/burger/gegevens/json/")

    found = json.loads(response.content)
    assert found["persoon"]["bsn"] == bsn(0).reveal()
    assert found["wie_keek"][0]["organisatie"] == "Bakkerij De Korenaar"
    assert found["plaatsingen"] == []
    assert "attachment" in response.headers["Content-Disposition"]
    assert "no-store" in response.headers["Cache-Control"]


def test_everything_as_an_accessible_pdf(burger: Client) -> None:
    registered()
    look()
    report(burger)

    pdf = PdfReader(io.BytesIO(burger.post("/burger/gegevens/pdf/").content))

    # Words are broken at the end of a line; the letters follow each other all the same.
    words = re.sub(r"\W", "", "".join(page.extract_text() for page in pdf.pages))
    assert "BakkerijDeKorenaar" in words
    assert bsn(0).reveal() in words
    assert "Hetwas2016" in words
    assert "pdfuaid" in str(pdf.xmp_metadata.stream.get_data())


def test_a_download_is_not_fetched_by_a_link(burger: Client) -> None:
    assert burger.get("/burger/gegevens/json/").status_code == 405
    assert not Logregel.objects.filter(handeling="eigen gegevens opgehaald").exists()


def test_every_word_of_the_law_has_words_on_the_screen() -> None:
    assert set(GRONDEN) == set(Grond) - {Grond.GEEN}
    assert set(LABELS) == set(Grondlabel)
    assert set(GEVOLGEN) == set(Gevolg)
    assert set(EINDEREDENEN) == set(EindeReden)
    assert set(SOORTNAMEN) == set(Meldingsoort)
    assert set(STATUSNAMEN) == set(STANDEN) == set(Meldingstatus)


def newest(client: Client) -> str:
    found = re.search(r'name="nieuwste"(?: value="([^"]*)")?', text(client, "/burger/codes/"))
    assert found
    return found[1] or ""


def code_in(page: str) -> str:
    found = re.search(r'<strong class="bna-code">([A-Z2-9]{4}-[A-Z2-9]{4})</strong>', page)
    return found[1] if found else ""


def test_a_code_for_an_employer_is_shown_once(burger: Client) -> None:
    page = burger.post("/burger/codes/", {"kvk": "", "nieuwste": newest(burger)})

    assert code_in(page.content.decode())
    assert "no-store" in page.headers["Cache-Control"]
    assert not code_in(text(burger, "/burger/codes/"))
    assert "Te gebruiken" in text(burger, "/burger/codes/")


def test_the_same_page_sent_twice_makes_one_code(burger: Client) -> None:
    fields = {"kvk": "", "nieuwste": newest(burger)}
    burger.post("/burger/codes/", fields)

    page = burger.post("/burger/codes/", fields, follow=True).content.decode()

    assert "al gemaakt" in page
    assert page.count("Te gebruiken") == 1


@pytest.mark.parametrize("kvk", ["1234567", "123456789", "abcdefgh", "１２３４５６７８"])
def test_a_number_of_an_employer_that_cannot_be_comes_back(kvk: str, burger: Client) -> None:
    page = burger.post("/burger/codes/", {"kvk": kvk, "nieuwste": ""}).content.decode()

    assert "Een KvK-nummer heeft acht cijfers." in page
    assert "nog geen code gemaakt" in page


def test_a_code_is_withdrawn(burger: Client) -> None:
    burger.post("/burger/codes/", {"kvk": "00000001", "nieuwste": ""})
    address = re.search(r'action="(/burger/codes/[^"]+/intrekken/)"', text(burger, "/burger/codes/"))

    page = burger.post(address[1], follow=True).content.decode()

    assert "Deze code werkt niet meer." in page
    assert "Te gebruiken" not in page


def test_a_code_of_another_is_not_seen_and_not_withdrawn(burger: Client, other: Client) -> None:
    burger.post("/burger/codes/", {"kvk": "", "nieuwste": ""})
    address = re.search(r'action="(/burger/codes/[^"]+/intrekken/)"', text(burger, "/burger/codes/"))

    assert "nog geen code gemaakt" in text(other, "/burger/codes/")
    assert other.post(address[1]).status_code == 404


def test_a_look_that_was_refused_is_told_as_such(burger: Client) -> None:
    logboek.record(
        actor=make_actor(Rol.WERKGEVER),
        handeling="doelgroepregister geraadpleegd",
        persoon_bsn_index=bsns.index(bsn(0), doel="audit"),
        gelukt=False,
        now=timezone.now(),
    )

    page = text(burger, "/burger/wie-keek/")

    assert "Vroeg of u in het register staat" in page
    assert "de vraag kreeg geen antwoord" in page


def test_a_melding_about_one_registration_names_it(burger: Client) -> None:
    registratie = registered(vanaf=date(2018, 3, 1))
    other = registered(1)

    assert "U hebt Wajong, vanaf 1-3-2018" in text(burger, f"/burger/klopt-niet/{registratie.pk}/")
    assert "U hebt Wajong" not in text(burger, f"/burger/klopt-niet/{other.pk}/")


def test_who_is_not_registered_is_not_offered_to_leave(other: Client) -> None:
    page = text(other, "/burger/uitschrijven/")

    assert "U hoeft zich niet uit te schrijven." in page
    assert "Vraag om uitschrijving" not in page
