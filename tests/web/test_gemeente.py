"""The pages of a gemeente about its own inhabitants, and of UWV about the population file."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from banenafspraak.access import bsn as bsns
from banenafspraak.access.models import Logregel, Verwerking
from banenafspraak.register.models import Populatielevering, Populatieverzoek
from tests.factories import bsn, make_persoon, make_registratie, make_woonplaats
from tests.web.test_pages import queries

SignIn = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("demo_on")


@pytest.fixture
def hilversum(sign_in: SignIn) -> Client:
    return sign_in("bemiddelaar-gemeente")


@pytest.fixture
def middelburg(sign_in: SignIn) -> Client:
    return sign_in("bemiddelaar-zeeland")


@pytest.fixture
def uwv(sign_in: SignIn) -> Client:
    return sign_in("beoordelaar")


def inhabitant(nummer: int = 0, gemeente: str = "GM0402"):
    persoon = make_persoon(nummer)
    make_woonplaats(persoon, gemeente=gemeente)
    make_registratie(persoon)
    return persoon


def ask(client: Client, number: str, doel: str = "ondersteuning") -> str:
    return client.post("/bemiddelaar/inwoner/", {"bsn": number, "doel": doel}).content.decode()


def opened(uwv: Client) -> None:
    today = timezone.localdate()
    uwv.post("/beoordelaar/populatie/", {"vanaf": f"{today:%d-%m-%Y}", "tot_en_met": f"{today:%d-%m-%Y}"})


def requested(client: Client) -> Populatieverzoek:
    client.post("/bemiddelaar/populatiebestand/", {"doel": "eigen_doelgroep", "akkoord": "on", "versie": "1"})
    return Populatieverzoek.objects.get()


def decided(uwv: Client, verzoek: Populatieverzoek, besluit: str = "ja") -> None:
    uwv.post(f"/beoordelaar/populatie/{verzoek.pk}/", {"besluit": besluit, "reden": "Het doel is duidelijk."})


def test_an_inhabitant_is_found_with_label_and_days(hilversum: Client) -> None:
    inhabitant()

    page = ask(hilversum, bsn(0).reveal())

    assert "c: Wajong met arbeidsvermogen" in page
    assert "1-1-2015" in page
    assert "loopt nog" in page


def test_blanks_and_dots_in_a_bsn_are_no_fault(hilversum: Client) -> None:
    inhabitant()
    text = bsn(0).reveal()

    assert "c: Wajong" in ask(hilversum, f" {text[:4]}.{text[4:6]} {text[6:]}")


def test_who_lives_elsewhere_and_who_does_not_exist_look_the_same(hilversum: Client) -> None:
    inhabitant(0, "GM0687")

    elsewhere, nobody = (
        hilversum.post("/bemiddelaar/inwoner/", {"bsn": bsn(n).reveal(), "doel": "ondersteuning"}) for n in (0, 1)
    )

    def page(response) -> str:
        import re

        return re.sub(r'(csrfmiddlewaretoken" value|name="bsn" value)="[^"]*"', "", response.content.decode())

    assert "Niet gevonden, of geen inwoner van uw gemeente." in page(elsewhere)
    assert page(elsewhere) == page(nobody)
    assert len(elsewhere.content) == len(nobody.content)


def test_another_gemeente_finds_somebody_of_hilversum_not(middelburg: Client) -> None:
    inhabitant()

    assert "Niet gevonden" in ask(middelburg, bsn(0).reveal())


@pytest.mark.parametrize("text", ["", "12345678", "123456789", "99999", "abcdefghi", "１２３４５６７８２"])
def test_a_number_that_is_no_bsn_is_said_kindly_and_looks_up_nothing(text: str, hilversum: Client) -> None:
    page = ask(hilversum, text)

    assert "utrecht-form-field-error-message" in page
    assert not Logregel.objects.filter(handeling="inwoner opgezocht").exists()


def test_without_a_purpose_nothing_is_looked_up(hilversum: Client) -> None:
    inhabitant()

    page = ask(hilversum, bsn(0).reveal(), doel="nieuwsgierig")

    assert "c: Wajong" not in page
    assert not Logregel.objects.filter(handeling="inwoner opgezocht").exists()


def test_a_bsn_in_the_address_does_nothing(hilversum: Client) -> None:
    inhabitant()

    page = hilversum.get("/bemiddelaar/inwoner/", {"bsn": bsn(0).reveal(), "doel": "ondersteuning"})

    assert "c: Wajong" not in page.content.decode()
    assert not Logregel.objects.filter(handeling="inwoner opgezocht").exists()


def test_no_page_about_an_inhabitant_stays_in_a_cache(hilversum: Client) -> None:
    for address in ("/bemiddelaar/inwoner/", "/bemiddelaar/populatie/", "/bemiddelaar/populatie/wijzigingen/"):
        assert "no-store" in hilversum.get(address).headers["Cache-Control"]


def test_a_service_point_is_told_why_it_sees_no_inhabitants(sign_in: SignIn) -> None:
    client = sign_in("bemiddelaar")

    assert "Alleen een gemeente" in client.get("/bemiddelaar/").content.decode()
    assert client.get("/bemiddelaar/populatie/").status_code == 403


def test_the_overview_shows_own_inhabitants_only(hilversum: Client, middelburg: Client) -> None:
    inhabitant(0)
    inhabitant(1, "GM0687")

    here, there = (c.get("/bemiddelaar/populatie/").content.decode() for c in (hilversum, middelburg))

    assert bsn(0).reveal() in here
    assert bsn(1).reveal() not in here
    assert bsn(1).reveal() in there
    assert bsn(0).reveal() not in there


def test_an_empty_overview_says_so(hilversum: Client) -> None:
    assert "geen inwoners van uw gemeente" in hilversum.get("/bemiddelaar/populatie/").content.decode()


def test_a_filter_that_fits_nobody_says_what_to_do(hilversum: Client) -> None:
    inhabitant()

    page = hilversum.get("/bemiddelaar/populatie/", {"grond": "b"}).content.decode()

    assert "Kies iets anders" in page


@pytest.mark.parametrize(
    "query", ["?pagina=x", "?pagina=-1", "?pagina=99999999", "?sinds=gisteren", "?grond=q&stand=z"]
)
def test_a_strange_address_gives_the_overview_all_the_same(query: str, hilversum: Client) -> None:
    inhabitant()

    assert hilversum.get(f"/bemiddelaar/populatie/{query}").status_code == 200


def test_filters_stay_in_the_address_of_the_next_page(hilversum: Client) -> None:
    for nummer in range(26):
        inhabitant(nummer)

    page = hilversum.get("/bemiddelaar/populatie/?grond=c").content.decode()

    assert "?grond=c&amp;pagina=2" in page


def test_the_overview_costs_the_same_for_one_and_for_a_page(hilversum: Client) -> None:
    inhabitant(0)
    hilversum.get("/bemiddelaar/populatie/")
    few = len(queries(lambda: hilversum.get("/bemiddelaar/populatie/")))
    for nummer in range(1, 25):
        inhabitant(nummer)

    assert len(queries(lambda: hilversum.get("/bemiddelaar/populatie/"))) == few


def test_after_closing_the_overview_a_newcomer_is_a_change(hilversum: Client) -> None:
    hilversum.post("/bemiddelaar/populatie/afsluiten/")
    persoon = make_persoon(0)
    now = timezone.now()
    make_woonplaats(persoon, known_from=now)
    make_registratie(persoon, known_from=now)

    page = hilversum.get("/bemiddelaar/populatie/wijzigingen/").content.decode()

    assert "Nieuw in het register: <strong>1</strong>" in page
    assert bsn(0).reveal() in page


def test_a_gemeente_that_never_closed_its_overview_is_told_how(hilversum: Client) -> None:
    assert "nog nooit afgesloten" in hilversum.get("/bemiddelaar/populatie/wijzigingen/").content.decode()


def test_the_story_of_a_population_file(hilversum: Client, uwv: Client) -> None:
    inhabitant()
    opened(uwv)
    verzoek = requested(hilversum)
    decided(uwv, verzoek)
    levering = Populatielevering.objects.get()

    bestand = hilversum.post(f"/bemiddelaar/populatielevering/{levering.pk}/", {"vorm": "csv"})

    assert bestand.content.decode("utf-8-sig").splitlines() == [
        "bsn;grond;vanaf;tot",
        f"{bsn(0).reveal()};c;2015-01-01;",
    ]
    assert bestand.headers["Content-Disposition"].startswith('attachment; filename="doelgroep-GM0402-')
    assert "no-store" in bestand.headers["Cache-Control"]
    again = hilversum.post(f"/bemiddelaar/populatielevering/{levering.pk}/", {"vorm": "csv"}, follow=True)
    assert "al opgehaald" in again.content.decode()
    index = bsns.index(bsn(0), doel="audit")
    assert Verwerking.objects.filter(naam="populatiebestand geleverd", betrokkene_index=index).count() == 1


def test_a_file_that_did_not_arrive_is_fetched_again_after_uwv_said_so(hilversum: Client, uwv: Client) -> None:
    opened(uwv)
    verzoek = requested(hilversum)
    decided(uwv, verzoek)
    hilversum.post(f"/bemiddelaar/populatielevering/{Populatielevering.objects.get().pk}/", {"vorm": "json"})
    hilversum.post(f"/bemiddelaar/populatiebestand/{verzoek.pk}/actie/", {"actie": "mislukt"})
    uwv.post(f"/beoordelaar/populatie/{verzoek.pk}/", {"reden": "De verbinding brak."})
    new = Populatielevering.objects.get(gebruikt_at=None)

    assert hilversum.post(f"/bemiddelaar/populatielevering/{new.pk}/", {"vorm": "json"}).status_code == 200


def test_a_refusal_is_read_with_its_reason(hilversum: Client, uwv: Client) -> None:
    opened(uwv)
    verzoek = requested(hilversum)
    decided(uwv, verzoek, "nee")

    page = hilversum.get(f"/bemiddelaar/populatiebestand/{verzoek.pk}/").content.decode()

    assert "UWV geeft het bestand niet" in page
    assert "Het doel is duidelijk." in page


def test_another_gemeente_gets_404_and_no_file(hilversum: Client, middelburg: Client, uwv: Client) -> None:
    opened(uwv)
    verzoek = requested(hilversum)
    decided(uwv, verzoek)
    levering = Populatielevering.objects.get()

    assert middelburg.get(f"/bemiddelaar/populatiebestand/{verzoek.pk}/").status_code == 404
    assert (
        middelburg.post(f"/bemiddelaar/populatiebestand/{verzoek.pk}/actie/", {"actie": "mislukt"}).status_code == 404
    )
    response = middelburg.post(f"/bemiddelaar/populatielevering/{levering.pk}/", {"vorm": "csv"})
    assert response.status_code == 302
    assert Populatielevering.objects.get().gebruikt_at is None


def test_without_agreeing_nothing_is_asked(hilversum: Client, uwv: Client) -> None:
    opened(uwv)

    page = hilversum.post("/bemiddelaar/populatiebestand/", {"doel": "eigen_doelgroep", "versie": "1"})

    assert "Zonder deze afspraken" in page.content.decode()
    assert not Populatieverzoek.objects.exists()


def test_pressing_twice_asks_once(hilversum: Client, uwv: Client) -> None:
    opened(uwv)
    requested(hilversum)

    page = hilversum.post("/bemiddelaar/populatiebestand/", {"doel": "eigen_doelgroep", "akkoord": "on", "versie": "1"})

    assert "al een verzoek" in page.content.decode()
    assert Populatieverzoek.objects.count() == 1


def test_outside_a_window_there_is_no_form(hilversum: Client) -> None:
    page = hilversum.get("/bemiddelaar/populatiebestand/").content.decode()

    assert "U kunt nu geen verzoek doen" in page
    assert '<form class="bna-form"' not in page


def test_a_window_that_ends_before_it_begins_comes_back_with_the_fault(uwv: Client) -> None:
    today = timezone.localdate()
    yesterday = today - timedelta(days=1)

    page = uwv.post("/beoordelaar/populatie/", {"vanaf": f"{today}", "tot_en_met": f"{yesterday}"}).content.decode()

    assert "De laatste dag moet op of na de eerste dag liggen." in page


def test_a_decision_needs_a_reason(hilversum: Client, uwv: Client) -> None:
    opened(uwv)
    verzoek = requested(hilversum)

    page = uwv.post(f"/beoordelaar/populatie/{verzoek.pk}/", {"besluit": "ja", "reden": " "})

    assert "Schrijf op waarom" in page.content.decode()


@pytest.mark.parametrize(
    "address", ["/bemiddelaar/populatiebestand/{}/", "/beoordelaar/populatie/{}/", "/bemiddelaar/populatielevering/{}/"]
)
def test_an_id_that_does_not_exist_is_no_error(address: str, hilversum: Client, uwv: Client) -> None:
    client = uwv if "beoordelaar" in address else hilversum

    assert client.get(address.format(uuid4())).status_code in (404, 405)
