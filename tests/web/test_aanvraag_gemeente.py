"""The gemeente's pages: asking for an inhabitant, deciding on beschut werk, establishing a loonwaarde."""

import io
from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from banenafspraak.access.models import Logregel
from banenafspraak.access.permissions import Rol
from banenafspraak.register import aanvragen, beoordeling
from banenafspraak.register.aanvragen import Aanvraagsoort
from banenafspraak.register.models import (
    Aanvraag,
    Aanvraagdocument,
    Beschutplaatsing,
    Beschutwerkadvies,
    Gemeentebericht,
    Loonwaarde,
    Registratie,
)
from tests.factories import (
    CANNOT_EARN_WML,
    SHELTERED,
    answer_all,
    bsn,
    make_aanvraag,
    make_actor,
    make_burger,
    make_persoon,
    make_registratie,
    make_woonplaats,
)
from tests.web.aanvraag import PDF

pytestmark = pytest.mark.django_db
NEW = {
    "bsn": bsn(4).reveal(),
    "geboortedatum": "01-05-1990",
    "naam": "Ida Inwoner",
    "adres": "Dorpsstraat 2",
    "postcode": "1211 AB",
    "plaats": "Hilversum",
    "soort": "banenafspraak",
    "reden": "Zoekt werk.",
}
VALUE = {
    "bsn": bsn(5).reveal(),
    "geboortedatum": "01-05-1990",
    "kenmerk": "LW-2026-1",
    "vastgesteld_op": "02-02-2026",
    "ondersteuning": "ja",
    "lks": "nee",
    "soort": "taken",
    "uren_per_week": "24",
    "werkdagen_per_week": "3",
    "taak1_tijdaandeel": "60",
    "taak1_tempo": "80",
    "taak1_kwaliteit": "90",
    "taak1_netto_werktijd": "100",
    "taak2_tijdaandeel": "40",
    "taak2_tempo": "50",
    "taak2_kwaliteit": "100",
    "taak2_netto_werktijd": "87,5",
}


@pytest.fixture
def gemeente(sign_in: Callable[[str], Client]) -> Client:
    return sign_in("bemiddelaar-gemeente")


@pytest.fixture
def elsewhere(sign_in: Callable[[str], Client]) -> Client:
    return sign_in("bemiddelaar-zeeland")


def begin(client: Client) -> UUID:
    answer = client.post("/bemiddelaar/aanvragen/nieuw/", NEW)
    assert answer.status_code == 302, answer.content.decode()
    return UUID(answer["Location"].split("/")[3])


def advice(nummer: int = 6) -> UUID:
    """A positive advice that an inhabitant of Hilversum asked for without the gemeente."""
    now, beoordelaar = timezone.now(), make_actor(Rol.BEOORDELAAR)
    made = make_aanvraag(make_burger(nummer), soort=Aanvraagsoort.BESCHUT_WERK, beoordelaar=beoordelaar, now=now)
    answer_all(beoordelaar, made, SHELTERED, now=now)
    beoordeling.decide(actor=beoordelaar, aanvraag_id=made, now=now)
    return Beschutwerkadvies.objects.get().pk


# --- Asking ------------------------------------------------------------------------------------------------------


def test_from_the_form_to_sending(gemeente: Client) -> None:
    made = begin(gemeente)
    gemeente.post(f"/bemiddelaar/aanvragen/{made}/", {"bestand": io.BytesIO(PDF)})
    for _ in range(2):
        gemeente.post(f"/bemiddelaar/aanvragen/{made}/actie/", {"handeling": "versturen"})

    page = gemeente.get(f"/bemiddelaar/aanvragen/{made}/").content.decode()
    assert "UWV beslist uiterlijk" in page
    assert Aanvraag.objects.get().stappen.filter(handeling="indienen").count() == 1
    assert Aanvraagdocument.objects.count() == 1


def test_the_bsn_stands_in_no_address_and_on_no_page(gemeente: Client) -> None:
    answer = gemeente.post("/bemiddelaar/aanvragen/nieuw/", NEW)

    assert NEW["bsn"] not in answer["Location"]
    assert NEW["bsn"] not in gemeente.get(answer["Location"]).content.decode()
    assert NEW["bsn"] not in gemeente.get("/bemiddelaar/aanvragen/").content.decode()


def test_a_bsn_with_a_slip_is_explained_and_not_repeated_in_the_message(gemeente: Client) -> None:
    page = gemeente.post("/bemiddelaar/aanvragen/nieuw/", NEW | {"bsn": "123456780"})

    errors = str(page.context["form"].errors)
    assert "Kijk de 9 cijfers na" in errors
    assert "123456780" not in errors
    assert not Aanvraag.objects.exists()


def test_a_bsn_may_be_typed_with_spaces(gemeente: Client) -> None:
    spaced = f"{NEW['bsn'][:4]} {NEW['bsn'][4:6]} {NEW['bsn'][6:]}"

    assert gemeente.post("/bemiddelaar/aanvragen/nieuw/", NEW | {"bsn": spaced}).status_code == 302


def test_asking_tells_a_gemeente_nothing_about_who_lives_elsewhere(elsewhere: Client) -> None:
    persoon = make_persoon(4)
    make_registratie(persoon)
    make_woonplaats(persoon, gemeente="GM0402")

    known = elsewhere.post("/bemiddelaar/aanvragen/nieuw/", NEW)
    unknown = elsewhere.post("/bemiddelaar/aanvragen/nieuw/", NEW | {"bsn": bsn(8).reveal()})

    # The same answer for both: a form that says who is in the register would be a way to search it.
    assert known.status_code == unknown.status_code == 302


def test_a_gemeente_is_not_offered_wajong(gemeente: Client) -> None:
    assert gemeente.post("/bemiddelaar/aanvragen/nieuw/", NEW | {"soort": "wajong"}).status_code == 200
    assert not Aanvraag.objects.exists()


@pytest.mark.parametrize("tail", ["", "intrekken/"])
def test_another_gemeente_finds_nothing(tail: str, gemeente: Client, elsewhere: Client) -> None:
    made = begin(gemeente)

    assert elsewhere.get(f"/bemiddelaar/aanvragen/{made}/{tail}").status_code == 404
    assert elsewhere.post(f"/bemiddelaar/aanvragen/{made}/actie/", {"handeling": "versturen"}).status_code == 404
    assert Aanvraag.objects.get().status == "concept"


def test_a_service_point_of_a_region_asks_nothing(sign_in: Callable[[str], Client]) -> None:
    client = sign_in("bemiddelaar")

    assert client.get("/bemiddelaar/aanvragen/").status_code == 403
    assert client.get("/bemiddelaar/loonwaarde/nieuw/").status_code == 403


def test_a_gemeente_sees_the_outcome_and_nothing_medical(gemeente: Client) -> None:
    made = begin(gemeente)
    gemeente.post(f"/bemiddelaar/aanvragen/{made}/actie/", {"handeling": "versturen"})
    beoordelaar, now = make_actor(Rol.BEOORDELAAR), timezone.now()
    aanvragen.confirm_receipt(actor=beoordelaar, aanvraag_id=made, now=now)
    aanvragen.claim(actor=beoordelaar, aanvraag_id=made, now=now)
    answer_all(beoordelaar, made, CANNOT_EARN_WML, now=now)
    beoordeling.decide(actor=beoordelaar, aanvraag_id=made, now=now)

    page = gemeente.get(f"/bemiddelaar/aanvragen/{made}/").content.decode()
    assert "Doelgroep banenafspraak" in page
    assert "drempelfunctie" not in page


def test_an_application_of_a_citizen_is_not_the_gemeentes(gemeente: Client) -> None:
    made = make_aanvraag(make_burger(7), now=timezone.now())

    assert gemeente.get(f"/bemiddelaar/aanvragen/{made}/").status_code == 404


@pytest.mark.parametrize(("query", "count"), [("", 1), ("status=concept", 1), ("status=beslist", 0)])
def test_the_list_is_filtered_by_its_address(query: str, count: int, gemeente: Client) -> None:
    begin(gemeente)

    assert len(gemeente.get(f"/bemiddelaar/aanvragen/?{query}").context["rows"]) == count


# --- Beschut werk ------------------------------------------------------------------------------------------------


def test_the_college_decides_and_then_places(gemeente: Client) -> None:
    where = f"/bemiddelaar/beschut-werk/{advice()}/"
    today = f"{timezone.localdate():%d-%m-%Y}"

    for _ in range(2):
        gemeente.post(where, {"vastgesteld": "ja", "besloten_op": today})
        gemeente.post(where, {"vanaf": today})

    assert Beschutwerkadvies.objects.get().vastgesteld is True
    assert Beschutplaatsing.objects.count() == 1


def test_the_college_learns_for_whom_and_that_is_logged(gemeente: Client) -> None:
    page = gemeente.get(f"/bemiddelaar/beschut-werk/{advice()}/").content.decode()

    assert bsn(6).reveal() in page
    assert Logregel.objects.filter(handeling="advies beschut werk ingezien").count() == 1


def test_an_advice_of_another_gemeente_is_not_found(elsewhere: Client) -> None:
    made = advice()

    assert elsewhere.get(f"/bemiddelaar/beschut-werk/{made}/").status_code == 404
    assert not elsewhere.get("/bemiddelaar/beschut-werk/").context["rows"]


# --- Loonwaarde --------------------------------------------------------------------------------------------------


def test_a_loonwaarde_is_calculated_first_and_then_kept(gemeente: Client) -> None:
    shown = gemeente.post("/bemiddelaar/loonwaarde/nieuw/", VALUE | {"handeling": "rekenen"})
    assert "60% x 80% x 90% x 100%" in shown.content.decode()
    assert not Loonwaarde.objects.exists()

    for _ in range(2):
        kept = gemeente.post("/bemiddelaar/loonwaarde/nieuw/", VALUE | {"handeling": "vastleggen"}, follow=True)

    assert "Ingeschreven in het register" in kept.content.decode()
    assert Loonwaarde.objects.get().percentage == 61
    assert Registratie.objects.get().route == "praktijkroute"


def test_only_a_forfait_registers_nobody(gemeente: Client) -> None:
    data = {k: v for k, v in VALUE.items() if not k.startswith("taak")} | {"soort": "forfaitair"}

    gemeente.post("/bemiddelaar/loonwaarde/nieuw/", data | {"handeling": "vastleggen"})

    assert Loonwaarde.objects.get().percentage is None
    assert not Registratie.objects.exists()


def test_shares_that_are_not_the_whole_are_explained(gemeente: Client) -> None:
    data = VALUE | {"taak2_tijdaandeel": "30", "handeling": "rekenen"}

    assert "samen geen 100%" in gemeente.post("/bemiddelaar/loonwaarde/nieuw/", data).content.decode()


def test_half_a_task_names_the_field_that_is_missing(gemeente: Client) -> None:
    data = {k: v for k, v in VALUE.items() if k != "taak2_tempo"}

    page = gemeente.post("/bemiddelaar/loonwaarde/nieuw/", data | {"handeling": "rekenen"}).content.decode()

    assert 'href="#id_taak2_tempo"' in page


# --- Messages ----------------------------------------------------------------------------------------------------


def test_a_message_is_read_by_its_own_gemeente_only(gemeente: Client, elsewhere: Client) -> None:
    advice()
    bericht = Gemeentebericht.objects.first()
    assert bericht is not None
    where = f"/bemiddelaar/berichten/{bericht.pk}/"

    assert elsewhere.get(where).status_code == 404
    assert bsn(6).reveal() in gemeente.get(where).content.decode()
    gemeente.post(where)
    bericht.refresh_from_db()
    assert bericht.gelezen_at is not None


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/bemiddelaar/aanvragen/", 14),
        ("/bemiddelaar/beschut-werk/", 12),
        ("/bemiddelaar/loonwaarde/", 12),
        ("/bemiddelaar/berichten/", 12),
    ],
)
def test_a_list_asks_the_database_few_things(
    address: str, queries: int, gemeente: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    begin(gemeente)
    advice()

    with django_assert_max_num_queries(queries):
        gemeente.get(address)
