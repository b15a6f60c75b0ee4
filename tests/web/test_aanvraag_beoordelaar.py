"""The assessor's pages: the work list, the questions, the decision and its letter."""

import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from banenafspraak.access import demo
from banenafspraak.access.models import Gebruiker, Logregel
from banenafspraak.register.aanvragen import Aanvraagsoort
from banenafspraak.register.models import Aanvraag, Besluit, Registratie, Uitschrijfverzoek
from banenafspraak.wet.doelgroep import Grond, Route
from tests.factories import (
    CAN_EARN_WML,
    CANNOT_EARN_WML,
    bsn,
    make_aanvraag,
    make_burger,
    make_persoon,
    make_registratie,
    make_woonplaats,
)
from tests.web.aanvraag import fill_in, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def beoordelaar(sign_in: Callable[[str], Client]) -> Client:
    return sign_in("beoordelaar")


@pytest.fixture
def colleague(sign_in: Callable[[str], Client]) -> Client:
    return sign_in("beoordelaar-2")


@pytest.fixture
def burger(sign_in: Callable[[str], Client]) -> Client:
    demo.ensure_demo_roles()
    demo.give_bsn("burger-nieuw", bsn(1))
    return sign_in("burger-nieuw")


@pytest.fixture
def case(burger: Client) -> str:
    """The address of a case that was just sent in."""
    return f"/beoordelaar/aanvragen/{send(burger)}/"


def do(client: Client, case: str, *handelingen: str) -> None:
    for handeling in handelingen:
        assert client.post(f"{case}actie/", {"handeling": handeling}).status_code == 302


def answer_everything(client: Client, case: str, answers: dict[str, object]) -> str:
    """Answer each question that comes, as a browser does; the address where it ends."""
    while True:
        page = client.get(f"{case}vraag/")
        if page.status_code == 302:
            return page["Location"]
        value = answers[page.context["vraag"].naam]
        text = {True: "ja", False: "nee"}.get(value, value) if isinstance(value, bool) else value
        assert client.post(f"{case}vraag/", {"antwoord": text}).status_code == 302


def pdf_text(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_an_empty_list_says_so(beoordelaar: Client) -> None:
    assert "Er wachten geen aanvragen" in beoordelaar.get("/beoordelaar/").content.decode()


def test_the_list_begins_with_what_must_be_decided_first(beoordelaar: Client) -> None:
    now = timezone.now()
    late = make_aanvraag(make_burger(1), now=now - timedelta(days=80))
    soon = make_aanvraag(make_burger(2), now=now - timedelta(days=30))

    page = beoordelaar.get("/beoordelaar/")

    assert [row["id"] for row in page.context["rows"]] == [late, soon]
    assert "dagen te laat" in page.content.decode()


def test_the_list_names_nobody(beoordelaar: Client, burger: Client) -> None:
    send(burger)

    assert "Nieke" not in beoordelaar.get("/beoordelaar/").content.decode()


@pytest.mark.parametrize(
    ("query", "count"), [("", 2), ("soort=wajong", 1), ("van=niemand", 2), ("van=mij", 0), ("tijd=te-laat", 1)]
)
def test_a_filter_stands_in_the_address(query: str, count: int, beoordelaar: Client) -> None:
    now = timezone.now()
    make_aanvraag(make_burger(1), now=now - timedelta(days=80))
    make_aanvraag(make_burger(2), soort=Aanvraagsoort.WAJONG, now=now)

    assert len(beoordelaar.get(f"/beoordelaar/?{query}").context["rows"]) == count


def test_from_the_list_to_the_letter(beoordelaar: Client, case: str, burger: Client) -> None:
    do(beoordelaar, case, "ontvangst_bevestigen", "oppakken")

    assert answer_everything(beoordelaar, case, CANNOT_EARN_WML) == f"{case}beslissen/"
    shown = beoordelaar.get(f"{case}beslissen/").content.decode()
    assert "Doelgroep banenafspraak" in shown
    assert "3.5 lid 6 Besluit SUWI" in shown
    for _ in range(2):
        assert beoordelaar.post(f"{case}beslissen/")["Location"] == f"{case}uitkomst/"

    assert "ingeschreven in het doelgroepregister" in beoordelaar.get(f"{case}uitkomst/").content.decode()
    assert Registratie.objects.count() == Besluit.objects.count() == 1
    made = case.split("/")[3]
    letter = pdf_text(burger.get(f"/burger/aanvraag/{made}/brief/besluit.pdf").content)
    assert "U hoort bij de doelgroep van de banenafspraak" in letter
    assert "Nieke Nieuw" in letter
    assert bsn(1).reveal() not in letter


def test_a_refusal_says_why_and_what_else_there_is(beoordelaar: Client, case: str, burger: Client) -> None:
    do(beoordelaar, case, "ontvangst_bevestigen", "oppakken")
    answer_everything(beoordelaar, case, CAN_EARN_WML)
    beoordelaar.post(f"{case}beslissen/")

    letter = pdf_text(burger.get(f"/burger/aanvraag/{case.split('/')[3]}/brief/besluit.pdf").content)

    assert "Wat kan nog meer?" in letter
    assert "Bent u het niet eens met ons?" in letter
    assert not Registratie.objects.exists()


def test_the_letter_can_be_read_before_the_decision(beoordelaar: Client, case: str) -> None:
    do(beoordelaar, case, "ontvangst_bevestigen", "oppakken")
    answer_everything(beoordelaar, case, CANNOT_EARN_WML)

    assert "U hoort bij de doelgroep" in pdf_text(beoordelaar.get(f"{case}brief/concept.pdf").content)
    assert not Besluit.objects.exists()


def test_deciding_with_an_open_question_leads_to_the_question(beoordelaar: Client, case: str) -> None:
    do(beoordelaar, case, "ontvangst_bevestigen", "oppakken")

    assert beoordelaar.post(f"{case}beslissen/")["Location"] == f"{case}vraag/"
    assert beoordelaar.get(f"{case}brief/concept.pdf")["Location"] == f"{case}vraag/"


def test_an_answer_can_be_changed(beoordelaar: Client, case: str) -> None:
    do(beoordelaar, case, "ontvangst_bevestigen", "oppakken")
    answer_everything(beoordelaar, case, CANNOT_EARN_WML)

    beoordelaar.post(f"{case}vraag/drempelfunctie/", {"antwoord": "zelfstandig"})

    assert "Negatief" in beoordelaar.get(f"{case}beslissen/").content.decode()
    assert 'value="zelfstandig" ' in beoordelaar.get(f"{case}vraag/drempelfunctie/").content.decode()


def test_a_question_needs_an_answer(beoordelaar: Client, case: str) -> None:
    do(beoordelaar, case, "ontvangst_bevestigen", "oppakken")

    page = beoordelaar.post(f"{case}vraag/", {}).content.decode()

    assert 'href="#id_antwoord_0"' in page
    assert "Geef een antwoord." in page


def test_a_question_that_does_not_exist_is_not_found(beoordelaar: Client, case: str) -> None:
    do(beoordelaar, case, "ontvangst_bevestigen", "oppakken")

    assert beoordelaar.get(f"{case}vraag/bestaat-niet/").status_code == 404


def test_two_assessors_cannot_work_on_one_case(beoordelaar: Client, colleague: Client, case: str) -> None:
    do(beoordelaar, case, "ontvangst_bevestigen", "oppakken")

    said = colleague.post(f"{case}actie/", {"handeling": "oppakken"}, follow=True).content.decode()
    refused = colleague.post(f"{case}beslissen/")

    assert "utrecht-alert--warning" in said
    assert refused["Location"] == case
    assert Aanvraag.objects.get().beoordelaar == Gebruiker.objects.get(email="beoordelaar@demo.invalid")


def test_a_colleague_can_take_over(beoordelaar: Client, colleague: Client, case: str) -> None:
    do(beoordelaar, case, "ontvangst_bevestigen", "oppakken")
    do(colleague, case, "overnemen")

    assert Aanvraag.objects.get().beoordelaar == Gebruiker.objects.get(email="beoordelaar-2@demo.invalid")


def test_a_decision_on_a_withdrawn_application_is_refused(beoordelaar: Client, case: str, burger: Client) -> None:
    do(beoordelaar, case, "ontvangst_bevestigen", "oppakken")
    answer_everything(beoordelaar, case, CANNOT_EARN_WML)
    burger.post(f"/burger/aanvraag/{case.split('/')[3]}/intrekken/")

    said = beoordelaar.post(f"{case}beslissen/", follow=True).content.decode()

    assert "U kunt over deze zaak nu niet beslissen" in said
    assert not Besluit.objects.exists()


def test_asking_for_more_stops_the_clock_and_makes_a_letter(beoordelaar: Client, case: str, burger: Client) -> None:
    do(beoordelaar, case, "ontvangst_bevestigen", "oppakken")
    beoordelaar.post(f"{case}aanvulling/", {"vraag": "Stuur het verslag van uw stage."})

    assert "Termijn staat stil" in beoordelaar.get(case).content.decode()
    letter = pdf_text(burger.get(f"/burger/aanvraag/{case.split('/')[3]}/brief/aanvulling.pdf").content)
    assert "verslag van uw stage" in letter


def test_putting_off_beyond_what_the_law_allows_says_so_in_the_form(beoordelaar: Client, case: str) -> None:
    do(beoordelaar, case, "ontvangst_bevestigen", "oppakken")

    page = beoordelaar.post(f"{case}verlengen/", {"tot_en_met": "01-01-2020", "reden": "Ziekte"})

    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()


def test_putting_off_makes_a_letter_with_the_day_and_the_reason(beoordelaar: Client, case: str) -> None:
    do(beoordelaar, case, "ontvangst_bevestigen", "oppakken")
    day: date = Aanvraag.objects.get().laatste_dag + timedelta(weeks=2)
    beoordelaar.post(f"{case}verlengen/", {"tot_en_met": f"{day:%d-%m-%Y}", "reden": "De arts is ziek."})

    letter = pdf_text(beoordelaar.get(f"{case}brief/verlenging.pdf").content)

    assert "De arts is ziek" in letter
    assert f"{day.day} " in letter


def test_a_school_application_asks_nothing_medical(beoordelaar: Client, burger: Client) -> None:
    made = fill_in(burger, until="persoon")
    burger.post(f"/burger/aanvraag/{made}/stap/vraag/", {"soort": "school"})
    burger.post(f"/burger/aanvraag/{made}/stap/school/", {"onderwijs": "vso"})
    burger.post(f"/burger/aanvraag/{made}/controleren/")
    case = f"/beoordelaar/aanvragen/{made}/"
    do(beoordelaar, case, "ontvangst_bevestigen", "oppakken")

    end = answer_everything(
        beoordelaar, case, {"duurzaam_geen_vastgesteld": False, "schoolgegevens_kloppen": True, "onderwijs": "vso"}
    )

    assert end == f"{case}beslissen/"
    assert "Doelgroep banenafspraak" in beoordelaar.get(end).content.decode()


def test_each_look_at_a_case_is_logged(beoordelaar: Client, case: str) -> None:
    before = Logregel.objects.filter(handeling="aanvraag ingezien").count()

    beoordelaar.get(case)
    beoordelaar.get(case)

    assert Logregel.objects.filter(handeling="aanvraag ingezien").count() == before + 2


def test_a_draft_is_not_shown_to_an_assessor(beoordelaar: Client, burger: Client) -> None:
    made = fill_in(burger)

    assert beoordelaar.get(f"/beoordelaar/aanvragen/{made}/").status_code == 404


def test_an_assessor_may_not_read_the_citizens_own_pages(beoordelaar: Client, case: str) -> None:
    assert beoordelaar.get(f"/burger/aanvraag/{case.split('/')[3]}/").status_code == 403


# --- Leaving the register ----------------------------------------------------------------------------------------


@pytest.fixture
def leaving(burger: Client) -> UUID:
    persoon = make_persoon(1)
    make_registratie(persoon, grond=Grond.AMVB_38B_1_D, route=Route.VSO)
    make_woonplaats(persoon)
    burger.post("/burger/uitschrijven/")
    return Uitschrijfverzoek.objects.get().pk


NOTHING_AGAINST = dict.fromkeys(
    (
        "krijgt_ondersteuning",
        "werkgever_krijgt_financiele_steun",
        "heeft_jobcoach",
        "heeft_uwv_uitkering",
        "heeft_wsw_indicatie",
        "inkomen_onder_minimumloon",
        "is_werkloos",
    ),
    "nee",
)


def test_leaving_from_the_request_to_the_letter(beoordelaar: Client, burger: Client, leaving: UUID) -> None:
    where = f"/beoordelaar/uitschrijvingen/{leaving}/"
    beoordelaar.post(f"{where}actie/", {"handeling": "oppakken"})
    answers = NOTHING_AGAINST | {"heeft_werkgever": "ja"}
    while (page := beoordelaar.get(f"{where}vraag/")).status_code == 200:
        beoordelaar.post(f"{where}vraag/", {"antwoord": answers[page.context["vraag"].naam]})
    assert page["Location"] == f"{where}werkgever/"
    today = f"{timezone.localdate():%d-%m-%Y}"
    beoordelaar.post(f"{where}werkgever/", {"gehoord_op": today, "heeft_bezwaar": "ja", "mening": "Jammer."})

    shown = beoordelaar.get(where).content.decode()
    assert "Beslis: uitschrijven" in shown
    assert "Jammer." in shown
    for _ in range(2):
        beoordelaar.post(f"{where}actie/", {"handeling": "beslissen"})

    letter = pdf_text(burger.get(f"/burger/uitschrijven/{leaving}/besluit.pdf").content)
    assert "Wij schrijven u uit" in letter
    assert "Jammer" not in letter


def test_a_refusal_to_leave_gives_the_reasons(beoordelaar: Client, burger: Client, leaving: UUID) -> None:
    where = f"/beoordelaar/uitschrijvingen/{leaving}/"
    beoordelaar.post(f"{where}actie/", {"handeling": "oppakken"})
    answers = NOTHING_AGAINST | {"heeft_jobcoach": "ja", "heeft_werkgever": "nee"}
    while (page := beoordelaar.get(f"{where}vraag/")).status_code == 200:
        beoordelaar.post(f"{where}vraag/", {"antwoord": answers[page.context["vraag"].naam]})
    beoordelaar.post(f"{where}actie/", {"handeling": "beslissen"})

    assert "U hebt een jobcoach" in pdf_text(burger.get(f"/burger/uitschrijven/{leaving}/besluit.pdf").content)


def test_asking_twice_to_leave_is_one_request(burger: Client, leaving: UUID) -> None:
    burger.post("/burger/uitschrijven/")

    assert Uitschrijfverzoek.objects.count() == 1


def test_who_is_not_registered_is_told_so(burger: Client) -> None:
    page = burger.post("/burger/uitschrijven/").content.decode()

    assert 'role="alert"' in page


def test_another_citizen_does_not_see_the_request(leaving: UUID, sign_in: Callable[[str], Client]) -> None:
    demo.give_bsn("burger", bsn(2))
    other = sign_in("burger")

    assert other.get(f"/burger/uitschrijven/{leaving}/").status_code == 404
    assert other.get(f"/burger/uitschrijven/{leaving}/besluit.pdf").status_code == 404


@pytest.mark.parametrize(("tail", "queries"), [("", 22), ("vraag/", 22)])
def test_a_case_asks_the_database_few_things(
    tail: str, queries: int, beoordelaar: Client, case: str, django_assert_max_num_queries: Callable[..., object]
) -> None:
    do(beoordelaar, case, "ontvangst_bevestigen", "oppakken")

    with django_assert_max_num_queries(queries):
        beoordelaar.get(f"{case}{tail}")


def test_the_list_asks_as_much_for_one_as_for_many(
    beoordelaar: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for nummer in range(1, 6):
        make_aanvraag(make_burger(nummer), now=timezone.now())

    with django_assert_max_num_queries(10):
        page = beoordelaar.get("/beoordelaar/")

    assert len(re.findall(r"beoordelaar/aanvragen/", page.content.decode())) == 5
