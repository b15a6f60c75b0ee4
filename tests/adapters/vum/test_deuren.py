"""Who may call, in which form, and that nothing that is sent brings out more than the codes of the standard."""

import json
import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern
from django.utils import timezone
from pytest_django import Settings

from banenafspraak.access import logboek
from banenafspraak.access.models import Organisatie
from banenafspraak.adapters.vum_api import beschrijving, urls, views
from banenafspraak.adapters.vum_api.middleware import VumMiddleware
from banenafspraak.bemiddeling import vumpartijen
from tests.adapters.vum import standaard
from tests.adapters.vum.wereld import (
    BRON,
    BUREAU,
    GEMEENTE,
    HILVERSUM,
    PROFIELEN,
    STRANGER,
    SYSTEEM,
    VACATURES,
    ask,
    deliver,
    headers,
    inhabitant,
    item,
    search,
)
from tests.factories import NOW

pytestmark = pytest.mark.django_db
MATCHES = [f"{PROFIELEN}/matches", f"{VACATURES}/matches"]
GOOD = {"vraagObject": {"selectiegebied": HILVERSUM}}


def code(response: Any, status: int = 400) -> str:
    """The code of a refusal, which has the form of the standard, is kept by no cache, and shows nothing of us."""
    assert response.status_code == status, response.content
    found = json.loads(response.content)
    standaard.check(found, "Error")
    assert response.headers["Cache-Control"] == "no-store"
    assert "Traceback" not in json.dumps(found)
    return str(found["code"])


@pytest.mark.parametrize("address", MATCHES)
@pytest.mark.parametrize("name", ["API_Version", "X_VUM_berichtVersie", "X_VUM_fromParty", "X_VUM_toParty",
                                  "X_VUM_viaParty", "X_VUM_SUWIparty"])  # fmt: skip
def test_a_call_without_one_of_the_headers_is_incomplete(bron: Organisatie, address: str, name: str) -> None:
    assert code(ask(address, GOOD, **{name: None})) == "400.02"
    assert code(ask(address, GOOD, **{name: ""})) == "400.02"


@pytest.mark.parametrize(
    "other",
    [
        {"API_Version": "2.0.0"}, {"API_Version": "3"}, {"X_VUM_berichtVersie": "3.1.0"}, {"X_VUM_SUWIparty": "ja"},
        {"X_VUM_fromParty": "402"}, {"X_VUM_toParty": "0000000000000000040²"}, {"X_VUM_viaParty": "x" * 20},
        {"X_VUM_toParty": STRANGER}, {"X_VUM_toParty": "9" * 20},
    ],
)  # fmt: skip
def test_a_header_in_another_form_is_refused(bron: Organisatie, other: dict[str, str]) -> None:
    assert code(ask(body=GOOD, **other)) == "400.01"


def test_a_party_that_was_not_let_in_or_was_sent_away_is_refused(bron: Organisatie) -> None:
    assert code(ask(body=GOOD, X_VUM_fromParty=STRANGER), 401) == "401"
    vumpartijen.dismiss(actor=SYSTEEM, oin=GEMEENTE, now=NOW)
    assert code(ask(body=GOOD), 401) == "401"


def test_a_party_that_is_not_of_suwi_cannot_say_it_is(bron: Organisatie) -> None:
    assert code(ask(body=GOOD, X_VUM_fromParty=BUREAU), 401) == "401"


@pytest.mark.parametrize("name", ["{}", "CN=vum.voorbeeld.nl,serialNumber={},O=Gemeente", "O=Gemeente/2.5.4.5={}"])
def test_the_certificate_and_the_header_name_the_same_party(bron: Organisatie, name: str) -> None:
    assert ask(body=GOOD, X_Client_Cert_OIN=name.format(GEMEENTE)).status_code == 200
    assert code(ask(body=GOOD, X_Client_Cert_OIN=name.format(BUREAU)), 401) == "401"


@pytest.mark.parametrize("text", ["onzin", "CN=00000000000000000803", GEMEENTE + "0", f"{BUREAU},{GEMEENTE}"])
def test_a_certificate_that_names_no_party_opens_nothing(bron: Organisatie, text: str) -> None:
    assert code(ask(body=GOOD, X_Client_Cert_OIN=text), 401) == "401"


def test_a_party_may_connect_through_the_processor_it_named_and_no_other(bron: Organisatie) -> None:
    vumpartijen.admit(actor=SYSTEEM, oin=GEMEENTE, suwi=True, verwerker_oin=STRANGER, now=NOW)

    assert ask(body=GOOD, X_Client_Cert_OIN=STRANGER).status_code == 200
    assert code(ask(body=GOOD, X_Client_Cert_OIN=BUREAU), 401) == "401"


def test_in_productie_nobody_comes_in_without_a_certificate(bron: Organisatie, settings: Settings) -> None:
    settings.OMGEVING = "productie"

    assert code(ask(body=GOOD), 401) == "401"
    assert ask(body=GOOD, X_Client_Cert_OIN=GEMEENTE).status_code == 200


def test_an_answer_carries_the_headers_of_the_standard_and_no_cookie(bron: Organisatie) -> None:
    response = ask(body=GOOD)

    assert {name: response.headers.get(name) for name in ("API-Version", "X-VUM-berichtVersie", "X-VUM-fromParty",
            "X-VUM-toParty", "X-VUM-viaParty", "Cache-Control", "Content-Type")} == {
        "API-Version": "3.0.0", "X-VUM-berichtVersie": "3.0.0", "X-VUM-fromParty": BRON, "X-VUM-toParty": GEMEENTE,
        "X-VUM-viaParty": BRON, "Cache-Control": "no-store", "Content-Type": "application/json",
    }  # fmt: skip
    assert not response.cookies


# --- What is sent --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", MATCHES)
@pytest.mark.parametrize(
    "body",
    [
        {}, {"vraagObject": {}}, {"vraagObject": None}, {"vraagObject": {"selectiegebied": {}}},
        {"vraagObject": {"selectiegebied": {"postcode": "1211AB"}}},
        {"vraagObject": {"selectiegebied": {"afstand": 5}}},
        {"vraagObject": {"selectiegebied": {"postcode": "", "afstand": 5}}},
    ],
)  # fmt: skip
def test_a_question_without_an_area_is_incomplete(bron: Organisatie, address: str, body: Any) -> None:
    assert code(ask(address, body)) == "400.02"


@pytest.mark.parametrize("raw", [b"", b"   "])
def test_no_question_at_all_is_incomplete(bron: Organisatie, raw: bytes) -> None:
    assert code(ask(raw=raw)) == "400.02"


HOURS, DAY = "werktijden.aantalWerkurenPerWeekMaximaal", "datumAanvangBeschikbaarVoorWerk"
OCCUPATION, LANGUAGE = "bemiddelingsberoep", "arbeidsmarktkwalificatie.taalbeheersing"
DRIVING = "arbeidsmarktkwalificatie.rijbewijs"


@pytest.mark.parametrize(
    "vraag",
    [
        {"selectiegebied": {"postcode": "1211", "afstand": 5}},
        {"selectiegebied": {"postcode": 1211, "afstand": 5}},
        {"selectiegebied": {"postcode": "１２１１AB", "afstand": 5}},
        *(
            {"selectiegebied": {"postcode": "1211AB", "afstand": far}}
            for far in (-1, 1000, "5", 2.5, True, 10**400, [5])
        ),
        {"selectiegebied": [1, 2]},
        *({HOURS: {"$gte": hours}} for hours in ("16", 1e30, -1, 100, True, {"a": 1}, [16], 10**100)),
        *({DAY: {"$lte": day}} for day in ("01-01-2026", "2026-02-30", 20260101, "2026-01-01T00:00:00Z")),
        {HOURS: [16]},
        {HOURS: {"$in": 16}},
        {OCCUPATION: "x"},
        {OCCUPATION: {"$elemMatch": [1]}},
        {OCCUPATION: {"$elemMatch": {"$or": {"codeBeroepsnaam": {"$eq": "x"}}}}},
        {OCCUPATION: {"$elemMatch": {"$or": ["x"]}}},
        {OCCUPATION: {"$elemMatch": {"codeBeroepsnaam": {"$eq": "x" * 201}}}},
        {DRIVING: {"$all": {"$elemMatch": {}}}},
        {DRIVING: {"$all": ["B"]}},
        {DRIVING: {"$all": [{"$elemMatch": {"codeSoortRijbewijs": {"$eq": "Z"}}}]}},
        {LANGUAGE: {"$all": [{"$elemMatch": {"codeTaal": {"$eq": "NLD"}}}]}},
        {"$or": {"a": 1}},
        {"$and": [1]},
    ],
)
def test_a_value_of_another_kind_is_refused(bron: Organisatie, vraag: dict[str, Any]) -> None:
    assert code(ask(body={"vraagObject": {"selectiegebied": HILVERSUM} | vraag})) == "400.01"


def test_a_level_of_a_language_that_is_not_named_is_incomplete(bron: Organisatie) -> None:
    some = {"$elemMatch": {"codeNiveauTaalbeheersingMondeling": {"$gte": 2}}}

    assert code(ask(body={"vraagObject": {"selectiegebied": HILVERSUM, LANGUAGE: {"$all": [some]}}})) == "400.02"


DEEP = b'{"vraagObject":' * 100_000
CLAUSES = {"$or": [{HOURS: {"$gte": n % 99}} for n in range(10_000)]}


@pytest.mark.parametrize(
    "raw",
    [
        b"geen json", b"[]", b'"tekst"', b"{", b'{"vraagObject": NaN}', b"\xff\xfe", b"null", DEEP, b"[" * 900_000,
        json.dumps({"vraagObject": {"selectiegebied": HILVERSUM} | CLAUSES}).encode(),
        json.dumps({"vraagObject": {"selectiegebied": HILVERSUM, "onbekend": [0] * 10_000}}).encode(),
        json.dumps({"vraagObject": {"selectiegebied": HILVERSUM, HOURS: {"$in": [7] * 2_000}}}).encode(),
        b'{"vraagObject": {"selectiegebied": {"postcode": "1211AB", "afstand": ' + b"9" * 5_000 + b"}}}",
        b'{"vraagObject": {"selectiegebied": {"postcode": "1211AB", "afstand": 1e999}}}',
        b'{"vraagObject": "' + b"x" * 1_100_000 + b'"}',
    ],
    ids=range(15),
)  # fmt: skip
def test_a_hostile_question_is_refused_at_once(bron: Organisatie, raw: bytes) -> None:
    began = time.perf_counter()

    assert code(ask(raw=raw)) == "400.01"
    # Not a measurement: a refusal costs milliseconds, and this catches a walk over what was sent.
    assert time.perf_counter() - began < 1


def test_a_question_of_four_hundred_occupations_is_answered(bron: Organisatie) -> None:
    wide = {OCCUPATION: {"$elemMatch": {"$or": [{"codeBeroepsnaam": {"$eq": f"u:{n}"}} for n in range(400)]}}}

    assert search(wide)["matches"] == []


def test_a_broken_text_breaks_nothing(bron: Organisatie) -> None:
    raw = b'{"vraagObject": {"selectiegebied": {"postcode": "1211AB", "afstand": 5}, '
    raw += b'"bemiddelingsberoep": {"$elemMatch": {"codeBeroepsnaam": {"$eq": "\\ud800\\u0000"}}}}}'

    assert json.loads(ask(raw=raw).content)["matches"] == []


# --- Everything else -----------------------------------------------------------------------------------------------

ADDRESSES = {f"{PROFIELEN}/matches": "POST", f"{PROFIELEN}/k-0": "GET", f"{VACATURES}/matches": "POST",
             f"{VACATURES}/v-0": "GET", "/vum/v3/werkzoekende/lijst/" + BRON: "GET",
             "/vum/v3/vacature/lijst/" + BRON: "GET"}  # fmt: skip


def test_every_door_of_the_package_is_in_these_tests() -> None:
    public = (views.nowhere, beschrijving.openapi)
    doors = [entry for entry in urls.urlpatterns if isinstance(entry, URLPattern) and entry.callback not in public]

    assert len(doors) == len(ADDRESSES)


def test_the_description_names_every_door_and_refers_to_nothing_that_is_not_there() -> None:
    found = json.loads(Client().get("/vum/v3/openapi.json").content)
    text = json.dumps(found)

    assert len(found["paths"]) == len(ADDRESSES)
    assert set(re.findall(r"#/components/schemas/(\w+)", text)) <= set(found["components"]["schemas"])
    operations = [one["operationId"] for path in found["paths"].values() for one in path.values()]
    assert len(operations) == len(set(operations)) == 8


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_door_opens_for_a_stranger_or_for_who_signs_in_as_a_person(bron: Organisatie, address: str) -> None:
    method = ADDRESSES[address].lower()
    sent = {"data": b"{}", "content_type": "application/json"} if method == "post" else {}

    assert code(getattr(Client(), method)(address, **sent), 400) == "400.02"
    assert code(getattr(Client(), method)(address, headers=headers(X_VUM_fromParty=STRANGER), **sent), 401) == "401"


@pytest.mark.parametrize(
    "address", ["/vum/", "/vum/v3/", "/vum/v2/vacatures/matches", f"{PROFIELEN}/a b", f"{PROFIELEN}/"]
)
def test_an_address_that_does_not_exist_is_refused_in_the_words_of_the_standard(
    bron: Organisatie, address: str
) -> None:
    assert code(Client().get(address, headers=headers())) == "400.01"


@pytest.mark.parametrize("method", ["get", "put", "delete", "head", "options", "patch"])
def test_another_method_is_refused(bron: Organisatie, method: str) -> None:
    assert getattr(Client(), method)(f"{PROFIELEN}/matches", headers=headers()).status_code == 400


@pytest.mark.parametrize(
    ("error", "status", "expected"), [(RuntimeError, 500, "500.1"), (OperationalError, 503, "503.3")]
)
def test_our_own_fault_shows_nothing_of_what_was_asked(
    error: type[Exception], status: int, expected: str, caplog: pytest.LogCaptureFixture
) -> None:
    request = RequestFactory().get("/vum/v3/vacatures/v-0")
    response = VumMiddleware(lambda _: HttpResponse()).process_exception(request, error("geheim 999990019"))

    assert code(response, status) == expected
    assert "geheim" not in response.content.decode() + caplog.text


def test_the_faults_of_other_pages_are_left_to_them() -> None:
    request = RequestFactory().get("/werkgever/")

    assert VumMiddleware(lambda _: HttpResponse()).process_exception(request, RuntimeError()) is None


def test_while_nothing_can_be_written_down_nothing_is_answered(bron: Organisatie, settings: Settings) -> None:
    logboek.record(actor=SYSTEEM, handeling="iets", now=timezone.now() - timedelta(hours=5))
    settings.ZEGEL_UITERLIJK = timedelta(hours=4)

    assert code(ask(body=GOOD), 503) == "503.3"


def test_what_a_party_asks_stands_in_no_log(bron: Organisatie, caplog: pytest.LogCaptureFixture) -> None:
    inhabitant(0)
    deliver(item(0))
    search()

    assert "1211AB" not in caplog.text
    assert "k-0" not in caplog.text
