"""Headers, languages, signing in and out, and the pages for when something goes wrong."""

import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import structlog
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.demo import DEMO_ROLLEN
from banenafspraak.access.models import Logzegel
from banenafspraak.access.permissions import Rol
from banenafspraak.web import fouten, roles
from banenafspraak.web.middleware import SECURITY_HEADERS, HeadersMiddleware
from banenafspraak.web.requests import without_bsn

EVERYWHERE = ["/", "/cijfers/", "/bestaat-niet/", "/beleid/cijfers/", "/healthz", "/api/v1/bestaat-niet"]


@pytest.mark.parametrize("address", EVERYWHERE)
def test_every_answer_carries_the_security_headers(address: str, db: None) -> None:
    headers = Client().get(address).headers
    own = SECURITY_HEADERS | (
        {"Cross-Origin-Resource-Policy": "cross-origin"} if address.startswith("/api/v1/") else {}
    )

    assert {name: headers[name] for name in own} == own


@pytest.mark.parametrize("address", EVERYWHERE)
def test_the_content_security_policy_allows_nothing_inline(address: str, db: None) -> None:
    policy = Client().get(address).headers["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert re.search(r"default-src '(none|self)'", policy)
    assert "frame-ancestors 'none'" in policy


def test_every_request_has_a_number_that_came_from_us(db: None) -> None:
    given = "een-nummer-van-buiten"
    first, second = (Client().get("/over/", headers={"X-Request-ID": given}).headers["X-Request-ID"] for _ in "ab")

    assert len({first, second, given}) == 3
    assert re.fullmatch(r"[0-9a-f]{32}", first)


def test_the_log_line_names_the_route_and_not_what_was_asked_for(published: None) -> None:
    with structlog.testing.capture_logs() as lines:
        Client().get("/cijfers/?regio=999911120")

    (line,) = [one for one in lines if one["event"] == "request"]
    assert line["route"] == "cijfers/"
    assert line["status"] == 200
    assert "999911120" not in json.dumps(lines)


def test_a_visitor_gets_no_cookie(published: None) -> None:
    client = Client()

    for address in ("/", "/cijfers/", "/cijfers/AM12/2018Q1/", "/over/"):
        client.get(address)

    assert not client.cookies


def test_the_language_is_a_choice_and_the_page_stays(published: None) -> None:
    client = Client()

    response = client.post("/taal/", {"taal": "en", "next": "/cijfers/AM12/2018Q1/?x=1"})

    assert response.status_code == 302
    assert response.headers["Location"] == "/cijfers/AM12/2018Q1/?x=1"
    page = client.get("/cijfers/AM12/2018Q1/").content.decode()
    assert 'lang="en"' in page
    assert "the first quarter of 2018" in page


def test_a_cache_keeps_the_languages_of_a_page_apart(published: None) -> None:
    assert "Cookie" in Client().get("/cijfers/AM12/2018Q1/").headers["Vary"]
    assert "Cookie" not in Client().get("/cijfers/AM12/2018Q1.csv").headers.get("Vary", "")


@pytest.mark.parametrize("target", ["https://elders.example/", "//elders.example/", "javascript:alert(1)"])
def test_the_language_switch_never_leads_to_another_site(target: str, db: None) -> None:
    assert Client().post("/taal/", {"taal": "en", "next": target}).headers["Location"] == "/"


def test_another_site_cannot_change_the_language(db: None) -> None:
    response = Client().post("/taal/", {"taal": "en"}, headers={"Sec-Fetch-Site": "cross-site"})

    assert response.status_code == 400


def test_numbers_follow_the_language(published: None) -> None:
    english = Client()
    english.cookies["django_language"] = "en"

    dutch_page = Client().get("/cijfers/NL/2018Q1/").content.decode()
    english_page = english.get("/cijfers/NL/2018Q1/").content.decode()

    dutch = re.findall(r'bna-figures__number">(\d\.\d{3})<', dutch_page)
    assert dutch
    assert all(f">{number.replace('.', ',')}<" in english_page for number in dutch)


@pytest.mark.parametrize("sleutel", [rol.sleutel for rol in DEMO_ROLLEN])
def test_a_demo_button_signs_in_and_the_header_says_as_whom(sleutel: str, db: None, demo_on: None) -> None:
    client = Client()
    rol = next(r.rol for r in DEMO_ROLLEN if r.sleutel == sleutel)

    page = client.post("/inloggen/", {"rol": sleutel}, follow=True).content.decode()

    assert f"<strong>{roles.role_name(rol)}</strong>" in page
    assert "U bent ingelogd als" in page


def test_signing_out_ends_the_session(published: None, sign_in: Callable[[str], Client]) -> None:
    client = sign_in("beleid")

    client.post("/uitloggen/")

    assert client.get("/beleid/cijfers/").status_code == 403


def test_signing_in_changes_the_session_so_that_an_old_one_is_worth_nothing(db: None, demo_on: None) -> None:
    client = Client()
    client.post("/inloggen/", {"rol": "burger"})
    before = client.cookies["sessionid"].value

    client.post("/inloggen/", {"rol": "beleid"})

    assert client.cookies["sessionid"].value != before


def test_without_the_demo_nobody_signs_in_with_a_button(db: None, settings: Settings) -> None:
    settings.DEMO = False

    assert Client().post("/inloggen/", {"rol": "beleid"}).status_code == 404
    assert Client().get("/inloggen/").status_code == 404
    assert "nog geen inlogdienst" in Client().get("/inloggen/").content.decode()


def test_a_button_that_does_not_exist_is_refused(db: None, demo_on: None) -> None:
    assert Client().post("/inloggen/", {"rol": "koning"}).status_code == 400


def test_signing_in_needs_the_token_of_the_form(db: None, demo_on: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/inloggen/", {"rol": "beleid"})

    assert response.status_code == 403


def test_every_role_and_demo_button_has_words_of_its_own() -> None:
    assert all(roles.role_name(rol) for rol in Rol)
    assert all(roles.demo_label(rol.sleutel) for rol in DEMO_ROLLEN)


def test_a_missing_page_helps_on(db: None) -> None:
    response = Client().get("/bestaat-niet/")

    assert response.status_code == 404
    assert "Deze pagina is er niet" in response.content.decode()
    assert 'href="/cijfers/"' in response.content.decode()


def test_a_refused_page_says_why_and_does_not_name_the_rule(db: None) -> None:
    response = Client().get("/beleid/cijfers/")

    assert response.status_code == 403
    assert "Dit mag u niet zien" in response.content.decode()
    assert "cijfers_onafgerond_view" not in response.content.decode()


def test_our_own_fault_gives_a_number_to_report_and_asks_nothing_of_the_database(rf: object) -> None:
    request = HttpRequest()
    request.request_id = "abc123"  # type: ignore[attr-defined]

    response = fouten.handler500(request)

    assert response.status_code == 500
    assert "nummer abc123" in response.content.decode()


def test_an_expired_form_is_explained(rf: object) -> None:
    request = HttpRequest()
    request.method = "GET"

    response = fouten.csrf_failure(request, reason="CSRF cookie not set.")

    assert response.status_code == 403
    assert "Dit formulier is verlopen" in response.content.decode()
    assert "cookie not set" not in response.content.decode()


def test_an_unknown_host_is_refused(db: None) -> None:
    assert Client().get("/", headers={"Host": "elders.example"}).status_code == 400


BSN = "999990019"


def test_a_bsn_in_the_address_is_not_repeated_on_the_page(db: None) -> None:
    assert BSN not in Client().get(f"/over/?bsn={BSN}").content.decode()
    assert BSN not in Client().get(f"/over/{BSN}/").content.decode()
    assert BSN not in Client().get(f"/over/%00{BSN}/").content.decode()


def test_a_bsn_in_the_address_is_not_repeated_by_a_redirect(db: None) -> None:
    slash = Client().get(f"/over?bsn={BSN}")
    language = Client().post("/taal/", {"taal": "nl", "next": f"/over/?bsn={BSN}"})

    assert slash.headers["Location"] == "/over/"
    assert language.headers["Location"] == "/over/"


@pytest.mark.parametrize(("given", "kept"), [("4bf92f3577b34da6a3ce929d0e0e4736", True), (f"{BSN:0>32}", False)])
def test_a_trace_of_digits_only_is_not_written_in_the_logboek(given: str, kept: bool) -> None:
    traces = []

    def answer(request: HttpRequest) -> HttpResponse:
        traces.append(logboek.trace_id.get())
        request.resolver_match = None
        return HttpResponse()

    HeadersMiddleware(answer)(RequestFactory().get("/", headers={"traceparent": f"00-{given}-00f067aa0ba902b7-01"}))

    assert (traces == [given]) is kept


def test_a_cookie_that_is_no_session_of_ours_is_not_looked_up(db: None) -> None:
    client = Client()
    client.cookies["sessionid"] = BSN

    with CaptureQueriesContext(connection) as asked:
        client.get("/over/")

    assert not [one for one in asked.captured_queries if "django_session" in one["sql"]]


def test_while_the_logboek_is_not_sealed_people_can_look_and_change_nothing(
    sign_in: Callable[[str], Client], settings: Settings
) -> None:
    client = sign_in("werkgever")
    before = timezone.now() - timedelta(hours=4, minutes=1)
    logboek.record(actor=Actor.system(doel="een toets"), handeling="iets", onderwerp="niets", now=before)
    settings.ZEGEL_UITERLIJK = timedelta(hours=4)

    answer = client.post("/werkgever/check/", {"bsn": "999990019"})

    assert client.get("/werkgever/check/").status_code == 200
    assert answer.status_code == 503
    assert "alleen kijken" in answer.content.decode()


def test_a_row_that_waits_less_than_four_hours_locks_nothing(
    sign_in: Callable[[str], Client], settings: Settings
) -> None:
    client = sign_in("werkgever")
    before = timezone.now() - timedelta(hours=3, minutes=59)
    logboek.record(actor=Actor.system(doel="een toets"), handeling="iets", onderwerp="niets", now=before)
    settings.ZEGEL_UITERLIJK = timedelta(hours=4)

    assert client.post("/werkgever/check/", {"bsn": "999990019"}).status_code != 503


def test_what_is_sealed_locks_nothing(sign_in: Callable[[str], Client], settings: Settings) -> None:
    client = sign_in("werkgever")
    before = timezone.now() - timedelta(days=1)
    logboek.record(actor=Actor.system(doel="een toets"), handeling="iets", onderwerp="niets", now=before)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint + 1")
        (after,) = cursor.fetchone()
    Logzegel.objects.create(
        nummer=1, van_xid=0, tot_xid=after, aantal=1, wortel=b"", vorige=b"", handtekening=b"", verzegeld_at=before
    )
    settings.ZEGEL_UITERLIJK = timedelta(hours=4)

    assert client.post("/werkgever/check/", {"bsn": "999990019"}).status_code != 503


@pytest.mark.parametrize("query", ["werk=999990019", "waar=9999%2090%20019&werk=glas"])
def test_a_bsn_in_an_address_is_taken_out_and_repeated_nowhere(sign_in: Callable[[str], Client], query: str) -> None:
    answer = sign_in("werkgever").get(f"/werkgever/kandidaten/?{query}", follow=True)

    assert answer.redirect_chain == [("/werkgever/kandidaten/", 302)]
    assert "Zoek niet op een BSN" in answer.content.decode()
    assert "019" not in answer.content.decode()


def test_the_number_of_one_of_our_own_things_is_no_bsn() -> None:
    """Of one in eight hundred such numbers some nine digits pass the elfproef; their pages must open all the same."""
    address = "/bemiddelaar/plaatsingen/460a7c58-dace-4f99-8794-479201018a5a/"
    assert without_bsn(address) == address
    assert without_bsn(f"{address}?q=999990019") == address
    assert without_bsn("/bemiddelaar/plaatsingen/999990019/") == "/"
