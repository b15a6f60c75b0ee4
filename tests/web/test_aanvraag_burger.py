"""The citizen's pages: from the first question to the letter, and nothing of anybody else's."""

import io
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from banenafspraak.access import demo
from banenafspraak.access.models import Logregel
from banenafspraak.access.permissions import Rol
from banenafspraak.register import aanvragen
from banenafspraak.register.models import Aanvraag, Aanvraagdocument
from tests.factories import bsn, make_actor
from tests.web.aanvraag import PDF, STEPS, fill_in, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def burger(sign_in: Callable[[str], Client]) -> Client:
    demo.ensure_demo_roles()
    demo.give_bsn("burger-nieuw", bsn(1))
    return sign_in("burger-nieuw")


@pytest.fixture
def other_burger(sign_in: Callable[[str], Client]) -> Client:
    demo.ensure_demo_roles()
    demo.give_bsn("burger", bsn(2))
    return sign_in("burger")


def test_the_explanation_needs_no_choice(burger: Client) -> None:
    page = burger.get("/burger/aanvraag/").content.decode()

    assert "U hoeft niet zelf te kiezen" in page


def test_from_the_first_question_to_the_confirmation(burger: Client) -> None:
    made = fill_in(burger)

    sent = burger.post(f"/burger/aanvraag/{made}/controleren/", follow=True)

    assert sent.redirect_chain[-1][0] == f"/burger/aanvraag/{made}/verstuurd/"
    assert "U hoort uiterlijk" in sent.content.decode()
    assert Aanvraag.objects.get(pk=made).status == "ingediend"


def test_sending_twice_sends_once(burger: Client) -> None:
    made = fill_in(burger)

    for _ in range(2):
        assert burger.post(f"/burger/aanvraag/{made}/controleren/", follow=True).status_code == 200

    assert Aanvraag.objects.get(pk=made).stappen.filter(handeling="indienen").count() == 1


def test_beginning_twice_goes_on_with_the_same(burger: Client) -> None:
    first = burger.post("/burger/aanvraag/begin/", STEPS["persoon"])
    second = burger.post("/burger/aanvraag/begin/", STEPS["persoon"])

    assert first["Location"] == second["Location"]


def test_a_draft_survives_leaving(burger: Client) -> None:
    made = fill_in(burger, until="school")

    kept = burger.post(f"/burger/aanvraag/{made}/stap/gezondheid/", {"wat_lukt": "Tekenen", "later": "1"}, follow=True)
    again = burger.get(f"/burger/aanvraag/{made}/stap/gezondheid/").content.decode()

    assert "later verder" in kept.content.decode()
    assert "Tekenen" in again


def test_an_unfinished_form_says_what_is_missing_and_is_not_sent(burger: Client) -> None:
    made = fill_in(burger, until="vraag")

    page = burger.get(f"/burger/aanvraag/{made}/controleren/").content.decode()
    burger.post(f"/burger/aanvraag/{made}/controleren/")

    assert "Nog niet klaar" in page
    assert Aanvraag.objects.get(pk=made).status == "concept"


def test_errors_stand_at_the_top_with_a_link_to_the_field(burger: Client) -> None:
    page = burger.post("/burger/aanvraag/begin/", STEPS["persoon"] | {"geboortedatum": "31-02-1990"}).content.decode()

    assert 'href="#id_geboortedatum"' in page
    assert "Vul een datum in die bestaat" in page


def test_who_comes_with_a_school_is_asked_nothing_about_health(burger: Client) -> None:
    made = fill_in(burger, until="persoon")
    burger.post(f"/burger/aanvraag/{made}/stap/vraag/", {"soort": "school"})

    answer = burger.post(f"/burger/aanvraag/{made}/stap/school/", {"onderwijs": "pro"})

    assert answer["Location"] == f"/burger/aanvraag/{made}/documenten/"
    assert "Wat lukt wel" not in burger.get(f"/burger/aanvraag/{made}/controleren/").content.decode()


def test_documents_are_added_downloaded_as_a_file_and_taken_away(burger: Client) -> None:
    made = fill_in(burger)
    where = f"/burger/aanvraag/{made}/documenten/"
    burger.post(where, {"bestand": io.BytesIO(PDF)})
    document = Aanvraagdocument.objects.get()

    file = burger.get(f"{where}{document.pk}/")
    assert (file.content, file["X-Content-Type-Options"]) == (PDF, "nosniff")
    assert file["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in file["Content-Security-Policy"]
    assert burger.post(f"{where}{document.pk}/weg/").status_code == 302
    assert burger.post(f"{where}{document.pk}/weg/").status_code == 302
    assert not Aanvraagdocument.objects.exists()


def test_a_programme_is_not_taken_as_a_document(burger: Client) -> None:
    made = fill_in(burger)
    program = io.BytesIO(b"MZ" + b"\0" * 100)
    program.name = "brief.pdf"

    page = burger.post(f"/burger/aanvraag/{made}/documenten/", {"bestand": program})

    assert 'role="alert"' in page.content.decode()
    assert not Aanvraagdocument.objects.exists()


def test_a_document_that_is_too_large_is_refused_unread_with_the_reason(burger: Client) -> None:
    made = fill_in(burger)

    page = burger.post(f"/burger/aanvraag/{made}/documenten/", {"bestand": io.BytesIO(PDF + bytes(11_000_000))})

    assert "10 MB" in str(page.context["form"].errors)
    assert "Kies eerst" not in str(page.context["form"].errors)
    assert not page.wsgi_request.FILES
    assert not Aanvraagdocument.objects.exists()


def test_the_receipt_is_a_pdf_with_the_reference(burger: Client) -> None:
    made = send(burger)

    file = burger.get(f"/burger/aanvraag/{made}/brief/ontvangst.pdf")

    text = PdfReader(io.BytesIO(file.content)).pages[0].extract_text()
    assert "Wij hebben uw aanvraag ontvangen" in text
    assert bsn(1).reveal() not in text


def test_a_letter_that_is_not_there_is_not_found(burger: Client) -> None:
    made = send(burger)

    assert burger.get(f"/burger/aanvraag/{made}/brief/besluit.pdf").status_code == 404


def test_stopping_asks_first_and_twice_is_no_fault(burger: Client) -> None:
    made = send(burger)

    asked = burger.get(f"/burger/aanvraag/{made}/intrekken/")
    for _ in range(2):
        burger.post(f"/burger/aanvraag/{made}/intrekken/")

    assert "Wilt u uw aanvraag stoppen" in asked.content.decode()
    assert Aanvraag.objects.get(pk=made).status == "ingetrokken"


def test_what_is_asked_can_be_sent(burger: Client) -> None:
    made = send(burger)
    _ask(made, "Stuur ons het verslag van uw stage.")

    page = burger.get(f"/burger/aanvraag/{made}/").content.decode()
    burger.post(f"/burger/aanvraag/{made}/aanvullen/", {"toelichting": "Zie het document."})

    assert "verslag van uw stage" in page
    assert Aanvraag.objects.get(pk=made).status == "in_behandeling"


@pytest.mark.parametrize(
    "tail",
    ["", "stap/werk/", "documenten/", "controleren/", "verstuurd/", "aanvullen/", "intrekken/", "brief/ontvangst.pdf"],
)
def test_another_citizen_finds_nothing(tail: str, burger: Client, other_burger: Client) -> None:
    made = send(burger)

    assert other_burger.get(f"/burger/aanvraag/{made}/{tail}").status_code == 404


def test_another_citizen_cannot_open_or_remove_a_document(burger: Client, other_burger: Client) -> None:
    made = fill_in(burger)
    where = f"/burger/aanvraag/{made}/documenten/"
    burger.post(where, {"bestand": io.BytesIO(PDF)})
    document = Aanvraagdocument.objects.get()

    assert other_burger.get(f"{where}{document.pk}/").status_code == 404
    other_burger.post(f"{where}{document.pk}/weg/")
    assert Aanvraagdocument.objects.exists()


def test_an_aanvraag_that_never_was_is_not_found(burger: Client) -> None:
    assert burger.get(f"/burger/aanvraag/{uuid4()}/").status_code == 404


def test_a_citizen_without_digid_is_refused(sign_in: Callable[[str], Client]) -> None:
    assert sign_in("burger").get("/burger/aanvraag/").status_code == 403


def test_a_look_is_logged(burger: Client) -> None:
    made = send(burger)
    before = Logregel.objects.filter(handeling="aanvraag ingezien").count()

    burger.get(f"/burger/aanvraag/{made}/")

    assert Logregel.objects.filter(handeling="aanvraag ingezien").count() == before + 1


@pytest.mark.parametrize(
    ("tail", "queries"),
    [("", 18), ("stap/werk/", 14), ("documenten/", 16), ("controleren/", 16)],
)
def test_a_page_asks_the_database_few_things(
    tail: str, queries: int, burger: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    made = fill_in(burger)

    with django_assert_max_num_queries(queries):
        burger.get(f"/burger/aanvraag/{made}/{tail}")


def _ask(made: UUID, vraag: str) -> None:
    beoordelaar, now = make_actor(Rol.BEOORDELAAR), timezone.now() + timedelta(seconds=1)
    aanvragen.confirm_receipt(actor=beoordelaar, aanvraag_id=made, now=now)
    aanvragen.claim(actor=beoordelaar, aanvraag_id=made, now=now)
    aanvragen.ask_aanvulling(actor=beoordelaar, aanvraag_id=made, vraag=vraag, now=now)
