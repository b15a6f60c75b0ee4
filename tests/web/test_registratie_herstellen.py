"""The pages on which an assessor puts the register right after a melding."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from banenafspraak.access import demo
from banenafspraak.access.models import Logregel
from banenafspraak.register.models import Herstel, Melding, Registratie
from banenafspraak.web.components.registerwoorden import EINDENAMEN, GRONDNAMEN, ROUTES
from banenafspraak.wet.doelgroep import Route
from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.registratie import EindeReden
from tests.factories import bsn, make_persoon, make_registratie
from tests.web.test_pages import queries

SignIn = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("demo_on")
WHY = "De school stuurde een bewijs uit 2016."


@pytest.fixture
def burger(sign_in: SignIn) -> Client:
    client = sign_in("burger")
    demo.give_bsn("burger", bsn(0))
    return client


@pytest.fixture
def uwv(sign_in: SignIn) -> Client:
    return sign_in("beoordelaar")


@pytest.fixture
def registratie(db: None) -> Registratie:
    known = timezone.now() - timedelta(days=1)
    return make_registratie(make_persoon(0), vanaf=date(2020, 1, 1), known_from=known)


@pytest.fixture
def address(burger: Client, uwv: Client) -> str:
    """Of the registrations of a melding that this assessor has."""
    burger.post("/burger/klopt-niet/", {"soort": "begin_klopt_niet", "toelichting": "Het was 2016."})
    detail = f"/beoordelaar/meldingen/{Melding.objects.get().pk}/"
    uwv.post(detail, {"actie": "oppakken"})
    return f"{detail}registraties/"


def fields(registratie: Registratie, **more: str) -> dict[str, str]:
    return {
        "actie": "vastleggen",
        "stand": str(registratie.pk),
        "grond": "wajong",
        "route": "wajong_2015",
        "vanaf": "01-09-2016",
        "laatste_dag": "",
        "einde_reden": "",
        "reden": WHY,
    } | more


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_the_melding_leads_to_the_registrations(uwv: Client, address: str, registratie: Registratie) -> None:
    assert f'href="{address}"' in text(uwv, address.removesuffix("registraties/"))

    page = text(uwv, address)

    assert "Wajong met arbeidsvermogen" in page
    assert "vanaf 1-1-2020" in page
    assert Logregel.objects.filter(handeling="registraties bekeken").count() == 1


def test_before_anything_changes_both_sides_are_shown(uwv: Client, address: str, registratie: Registratie) -> None:
    page = uwv.post(f"{address}{registratie.pk}/", fields(registratie, actie="bekijken")).content.decode()

    assert page.index("1-1-2020") < page.index("1-9-2016")
    assert "Er is nog niets veranderd." in page
    assert "Ja. Dat blijft zo." in page
    assert not Herstel.objects.exists()


def test_an_end_today_is_told_on_the_page_before(uwv: Client, address: str, registratie: Registratie) -> None:
    last = timezone.localdate() - timedelta(days=1)
    asked = fields(registratie, actie="bekijken", laatste_dag=f"{last:%d-%m-%Y}", einde_reden="overig")

    assert "Nu wel. Straks niet." in uwv.post(f"{address}{registratie.pk}/", asked).content.decode()


def test_going_back_from_the_preview_keeps_what_was_typed(uwv: Client, address: str, registratie: Registratie) -> None:
    page = uwv.post(f"{address}{registratie.pk}/", fields(registratie, actie="aanpassen")).content.decode()

    assert WHY in page
    assert 'value="01-09-2016"' in page


def test_the_story_from_correction_to_the_citizen(
    uwv: Client, burger: Client, address: str, registratie: Registratie
) -> None:
    page = uwv.post(f"{address}{registratie.pk}/", fields(registratie), follow=True).content.decode()

    assert "De registratie is veranderd." in page
    assert "Hersteld na deze melding" in page
    own = text(burger, "/burger/")
    assert "sinds 1-9-2016" in own
    assert own.count(WHY) == 2  # beside what stands there now, and beside what stood there
    page = text(burger, f"/burger/meldingen/{Melding.objects.get().pk}/")
    assert WHY in page
    assert "Eerste dag" in page
    assert "Laatste dag" not in page  # it stayed as it was
    looks = text(burger, "/burger/wie-keek/")
    assert "Herstelde uw registratie" in looks
    assert "beoordelen wie in het doelgroepregister hoort" in looks


def test_a_registration_that_was_taken_away_is_told_to_the_citizen(
    uwv: Client, burger: Client, address: str, registratie: Registratie
) -> None:
    asked = {"actie": "vastleggen", "stand": str(registratie.pk), "reden": WHY}
    assert "nooit had mogen staan" in text(uwv, f"{address}{registratie.pk}/vervallen/")
    assert "nooit had mogen staan" not in text(uwv, f"{address}{registratie.pk}/")
    uwv.post(f"{address}{registratie.pk}/vervallen/", asked)

    own = text(burger, "/burger/")
    assert "niet in het doelgroepregister" in own
    assert "is weggehaald" in own
    assert WHY in own


def test_a_registration_is_added_for_who_the_register_did_not_know(uwv: Client, burger: Client, address: str) -> None:
    assert "Deze persoon staat niet in het register." in text(uwv, address)
    asked = {"actie": "vastleggen", "grond": "wajong", "route": "wajong_2015", "vanaf": "01-09-2016", "reden": WHY}

    refused = uwv.post(f"{address}nieuw/", asked)
    assert refused.status_code == 400
    assert 'href="#id_geboortedatum"' in refused.content.decode()
    uwv.post(f"{address}nieuw/", asked | {"geboortedatum": "01-05-1990"})

    assert "sinds 1-9-2016" in text(burger, "/burger/")


@pytest.mark.parametrize(
    ("wrong", "anchor"),
    [
        ({"vanaf": "gisteren"}, "id_vanaf"),
        ({"vanaf": ""}, "id_vanaf"),
        ({"grond": "geen"}, "id_grond"),
        ({"laatste_dag": "31-12-2020"}, "id_einde_reden"),
        ({"einde_reden": "overig"}, "id_laatste_dag"),
        ({"laatste_dag": "01-01-2016", "einde_reden": "overig"}, "id_laatste_dag"),
        ({"vanaf": "01-01-1980"}, "id_vanaf"),
        ({"reden": " "}, "id_reden"),
        ({"reden": f"Zie {bsn(3).reveal()}"}, "id_reden"),
    ],
)
@pytest.mark.parametrize("step", ["bekijken", "vastleggen"])
def test_what_is_wrong_comes_back_with_a_link_to_it(
    step: str, wrong: dict[str, str], anchor: str, uwv: Client, address: str, registratie: Registratie
) -> None:
    response = uwv.post(f"{address}{registratie.pk}/", fields(registratie, actie=step, **wrong))

    assert response.status_code == 400
    assert f'href="#{anchor}"' in response.content.decode()
    assert not Herstel.objects.exists()


def test_sending_twice_changes_once_and_says_so(uwv: Client, address: str, registratie: Registratie) -> None:
    uwv.post(f"{address}{registratie.pk}/", fields(registratie))

    page = uwv.post(f"{address}{registratie.pk}/", fields(registratie), follow=True).content.decode()

    assert "intussen veranderd" in page
    assert Herstel.objects.count() == 1


def test_a_change_on_top_of_what_another_changed_is_refused(
    uwv: Client, address: str, registratie: Registratie
) -> None:
    school = make_registratie(
        registratie.persoon, grond=Grond.AMVB_38B_1_D, route=Route.PRO, known_from=timezone.now() - timedelta(hours=1)
    )

    page = uwv.post(f"{address}{school.pk}/", fields(registratie), follow=True).content.decode()

    assert "intussen veranderd" in page
    assert not Herstel.objects.exists()


def test_a_colleague_is_sent_back_to_the_melding(sign_in: SignIn, address: str, registratie: Registratie) -> None:
    for path in ("", "nieuw/", f"{registratie.pk}/", f"{registratie.pk}/vervallen/"):
        response = sign_in("beoordelaar-2").get(address + path, follow=True)

        assert response.redirect_chain[-1][0] == address.removesuffix("registraties/")
        assert "U behandelt deze melding niet" in response.content.decode()
    assert not Logregel.objects.filter(handeling="registraties bekeken").exists()


def test_the_registration_of_another_is_not_to_be_found(uwv: Client, address: str, registratie: Registratie) -> None:
    other = make_registratie(make_persoon(1))

    for path in (f"{other.pk}/", f"{other.pk}/vervallen/", f"{10**18}/"):
        assert uwv.get(address + path).status_code == 404
        assert uwv.post(address + path, fields(registratie)).status_code == 404
    assert uwv.get(f"/beoordelaar/meldingen/{uuid4()}/registraties/").status_code == 404


def test_a_step_that_does_not_exist_is_refused(uwv: Client, address: str, registratie: Registratie) -> None:
    assert uwv.post(f"{address}{registratie.pk}/", fields(registratie, actie="x")).status_code == 400


def test_a_long_history_costs_no_more_queries(uwv: Client, address: str, registratie: Registratie) -> None:
    uwv.get(address)
    few = len(queries(lambda: uwv.get(address)))
    for year in range(2000, 2010):
        make_registratie(
            registratie.persoon,
            vanaf=date(year, 1, 1),
            tot=date(year, 2, 1),
            known_from=timezone.now() - timedelta(days=1),
        )

    assert len(queries(lambda: uwv.get(address))) == few
    assert few <= 16


def test_every_word_of_the_law_has_words_for_the_assessor() -> None:
    assert set(GRONDNAMEN) == set(Grond) - {Grond.GEEN}
    assert set(ROUTES) == set(Route)
    assert set(EINDENAMEN) == set(EindeReden)
