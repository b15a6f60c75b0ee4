import json
import logging
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.test import RequestFactory
from django.urls import path
from django.utils import timezone

from banenafspraak.access.actor import SESSION_LIDMAATSCHAP, SESSION_ORGANISATIE, of_user
from banenafspraak.access.bsn import Bsn
from banenafspraak.access.models import Gebruiker
from banenafspraak.access.oidc import OidcBackend, subject
from banenafspraak.access.permissions import Rol
from tests.factories import bsn, make_gebruiker, make_lidmaatschap, make_organisatie

ISSUER, CLIENT = "https://inloggen.test.invalid", "banenafspraak"
KVK, OIN = "00000002", "0" * 19 + "1"
YEAR_3000 = 32_503_680_000
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PUBLIC = (
    KEY.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()
)

urlpatterns = [path("oidc/callback/", lambda request: None, name="oidc_authentication_callback")]
pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.access.test_oidc")]


class Provider(BaseHTTPRequestHandler):
    """A provider on this machine: answers what the test told it to, at both of its addresses."""

    answers: dict[str, tuple[int, dict[str, Any]]] = {}

    def answer(self) -> None:
        status, body = self.answers[self.path]
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    do_GET = do_POST = answer

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Provider) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def _wired(settings, address: str) -> None:
    settings.OIDC_RP_CLIENT_ID = CLIENT
    settings.OIDC_RP_CLIENT_SECRET = "geheim"
    settings.OIDC_RP_SIGN_ALGO = "RS256"
    settings.OIDC_RP_IDP_SIGN_KEY = PUBLIC
    settings.OIDC_OP_TOKEN_ENDPOINT = f"{address}/token"
    settings.OIDC_OP_USER_ENDPOINT = ""
    settings.OIDC_OP_ISSUER = ISSUER
    settings.OIDC_ACR_VALUES_ACCEPTED = ("substantieel", "hoog")
    settings.OIDC_CLAIM_ORGANISATIE = "organisatie"
    settings.OIDC_CLAIM_ROL = "rol"
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"


def claims(**changes: Any) -> dict[str, Any]:
    good = {"iss": ISSUER, "aud": CLIENT, "sub": "alice", "exp": YEAR_3000, "nonce": "n", "acr": "substantieel"}
    return {name: value for name, value in (good | {"organisatie": KVK} | changes).items() if value is not None}


def sign_in(
    address: str, token_claims: dict[str, Any], *, session: Any = None, key: Any = KEY, status: int = 200
) -> Any:
    """The whole of it: code for token, checks, user; returns (user, session)."""
    token = jwt.encode(token_claims, key, algorithm="RS256")
    Provider.answers["/token"] = (status, {"id_token": token, "access_token": "toegang"})
    request = RequestFactory().get("/oidc/callback/", {"code": "c", "state": "s"})
    request.session = SessionStore() if session is None else session
    return OidcBackend().authenticate(request, nonce="n"), request.session


def member(*, rol: Rol = Rol.BELEID, sub: str = "alice", **fields: Any):
    gebruiker = Gebruiker.objects.filter(naam=sub).first() or make_gebruiker(naam=sub, sub=subject(ISSUER, sub))
    if "organisatie" not in fields and rol is not Rol.BURGER:
        fields["organisatie"] = make_organisatie(soort="werkgever", naam="Werkgever", kvk=KVK)
    return make_lidmaatschap(gebruiker=gebruiker, rol=rol, **fields)


def test_a_known_subject_of_a_known_organisation_is_signed_in(address: str) -> None:
    lidmaatschap = member()
    gebruiker, session = sign_in(address, claims())
    assert gebruiker == lidmaatschap.gebruiker
    assert session[SESSION_LIDMAATSCHAP] == lidmaatschap.pk
    assert session[SESSION_ORGANISATIE] == lidmaatschap.organisatie_id


def test_an_organisation_is_also_found_by_its_oin(address: str) -> None:
    lidmaatschap = member(organisatie=make_organisatie(oin=OIN))
    assert sign_in(address, claims(organisatie=OIN))[0] == lidmaatschap.gebruiker


def test_without_an_organisation_somebody_acts_as_a_burger(address: str) -> None:
    member()
    burger = member(rol=Rol.BURGER)
    gebruiker, session = sign_in(address, claims(organisatie=None))
    assert (gebruiker, session[SESSION_LIDMAATSCHAP]) == (burger.gebruiker, burger.pk)


@pytest.fixture
def with_bsn(settings) -> None:
    settings.OIDC_CLAIM_BSN = "bsn"


def own_bsn(gebruiker: Gebruiker, session: Any) -> Bsn | None:
    return of_user(
        gebruiker, lidmaatschap_id=session[SESSION_LIDMAATSCHAP], peildatum=timezone.localdate(), doel="een test"
    ).bsn


def test_whoever_digid_vouches_for_gets_an_account_for_the_own_data(address: str, with_bsn: None) -> None:
    gebruiker, session = sign_in(address, claims(organisatie=None, bsn=bsn(0).reveal()))
    assert own_bsn(gebruiker, session) == bsn(0)
    assert bsn(0).reveal() not in str(gebruiker.__dict__)


def test_the_second_time_it_is_the_same_account(address: str, with_bsn: None) -> None:
    first, _ = sign_in(address, claims(organisatie=None, bsn=bsn(0).reveal()))
    second, session = sign_in(address, claims(organisatie=None, bsn=bsn(0).reveal()))
    assert (first, own_bsn(second, session)) == (second, bsn(0))
    assert Gebruiker.objects.count() == 1


@pytest.mark.parametrize("number", ["999900000", "", "12345678", None])
def test_what_is_no_bsn_gives_no_account(address: str, with_bsn: None, number: str | None) -> None:
    assert sign_in(address, claims(organisatie=None, bsn=number))[0] is None
    assert not Gebruiker.objects.exists()


def test_another_bsn_under_the_same_subject_is_refused(address: str, with_bsn: None) -> None:
    sign_in(address, claims(organisatie=None, bsn=bsn(0).reveal()))
    assert sign_in(address, claims(organisatie=None, bsn=bsn(1).reveal()))[0] is None


def test_a_bsn_beside_an_organisation_makes_no_burger(address: str, with_bsn: None) -> None:
    assert sign_in(address, claims(bsn=bsn(0).reveal()))[0] is None
    assert not Gebruiker.objects.exists()


def test_a_low_level_of_assurance_makes_no_account(address: str, with_bsn: None) -> None:
    assert sign_in(address, claims(organisatie=None, bsn=bsn(0).reveal(), acr="laag"))[0] is None
    assert not Gebruiker.objects.exists()


def test_a_burger_does_not_act_for_an_organisation(address: str) -> None:
    member(rol=Rol.BURGER)
    assert sign_in(address, claims())[0] is None


@pytest.mark.parametrize(
    "changes",
    [
        {"acr": "laag"},
        {"acr": None},
        {"iss": "https://elders.test.invalid"},
        {"iss": None},
        {"aud": "een-ander"},
        {"aud": None},
        {"aud": [CLIENT, "een-ander"]},
        {"aud": [CLIENT, "een-ander"], "azp": "een-ander"},
        {"exp": 1},
        {"exp": None},
        {"sub": "mallory"},
        {"sub": ""},
        {"sub": None},
        {"nonce": "andere"},
        {"nonce": None},
        {"organisatie": "00000003"},
        {"organisatie": "0000000x"},
        {"organisatie": ""},
        {"organisatie": {"kvk": KVK}},
        {"rol": "beheer"},
    ],
    ids=str,
)
def test_one_claim_that_is_not_right_refuses(address: str, changes: dict[str, Any]) -> None:
    member()
    gebruiker, session = sign_in(address, claims(**changes))
    assert gebruiker is None
    assert SESSION_LIDMAATSCHAP not in session


def test_a_second_audience_is_fine_when_we_are_the_one_it_was_given_to(address: str) -> None:
    member()
    assert sign_in(address, claims(aud=[CLIENT, "een-ander"], azp=CLIENT))[0] is not None


def test_a_token_signed_by_somebody_else_is_refused(address: str) -> None:
    member()
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert sign_in(address, claims(), key=other)[0] is None


def test_without_accepted_levels_nobody_signs_in(address: str, settings) -> None:
    member()
    settings.OIDC_ACR_VALUES_ACCEPTED = ()
    assert sign_in(address, claims())[0] is None


def test_without_an_issuer_nobody_signs_in(address: str, settings) -> None:
    member()
    settings.OIDC_OP_ISSUER = ""
    assert sign_in(address, claims(iss=""))[0] is None


@pytest.mark.parametrize("fields", [{"tot": date(2020, 1, 1)}, {"vanaf": date(2999, 1, 1)}])
def test_a_membership_of_another_time_is_refused(address: str, fields: dict[str, date]) -> None:
    member(**fields)
    assert sign_in(address, claims())[0] is None


def test_a_user_who_was_switched_off_is_refused_and_loses_the_session(address: str) -> None:
    gebruiker = member().gebruiker
    Gebruiker.objects.update(is_active=False)
    assert sign_in(address, claims())[0] is None
    assert OidcBackend().get_user(gebruiker.pk) is None


def test_the_session_of_an_active_user_is_kept(address: str) -> None:
    gebruiker = member().gebruiker
    assert OidcBackend().get_user(gebruiker.pk) == gebruiker


def test_the_same_subject_of_another_provider_is_somebody_else(address: str) -> None:
    make_lidmaatschap(
        gebruiker=make_gebruiker(sub=subject("https://elders.test.invalid", "alice")),
        organisatie=make_organisatie(soort="werkgever", naam="Werkgever", kvk=KVK),
    )
    assert sign_in(address, claims())[0] is None


def test_with_several_roles_the_choice_is_left_open(address: str) -> None:
    first = member()
    member(rol=Rol.BEMIDDELAAR, organisatie=first.organisatie)
    gebruiker, session = sign_in(address, claims())
    assert gebruiker == first.gebruiker
    assert (session[SESSION_ORGANISATIE], SESSION_LIDMAATSCHAP in session) == (first.organisatie_id, False)


def test_the_provider_may_pick_the_role(address: str) -> None:
    first = member()
    member(rol=Rol.BEMIDDELAAR, organisatie=first.organisatie)
    assert sign_in(address, claims(rol="beleid"))[1][SESSION_LIDMAATSCHAP] == first.pk


def test_userinfo_adds_to_the_token(address: str, settings) -> None:
    member()
    settings.OIDC_OP_USER_ENDPOINT = f"{address}/userinfo"
    Provider.answers["/userinfo"] = (200, {"sub": "alice", "organisatie": KVK, "acr": "geen"})
    assert sign_in(address, claims(organisatie=None))[0] is not None


def test_userinfo_about_somebody_else_is_refused(address: str, settings) -> None:
    member()
    settings.OIDC_OP_USER_ENDPOINT = f"{address}/userinfo"
    Provider.answers["/userinfo"] = (200, {"sub": "bob", "organisatie": KVK})
    assert sign_in(address, claims())[0] is None


def test_a_provider_that_fails_refuses_and_its_answer_is_not_logged(address: str, caplog) -> None:
    member()
    with caplog.at_level(logging.DEBUG):
        assert sign_in(address, claims(), status=500)[0] is None
    assert "HTTPError" in caplog.text
    assert "toegang" not in caplog.text


def test_a_provider_that_is_not_there_refuses(address: str, settings) -> None:
    member()
    settings.OIDC_OP_TOKEN_ENDPOINT = "http://127.0.0.1:9/token"
    assert sign_in(address, claims())[0] is None


def test_what_the_previous_user_left_in_the_session_is_gone(address: str) -> None:
    member()
    session = SessionStore()
    session[SESSION_KEY] = str(make_gebruiker(naam="bob").pk)
    session["winkelmand"] = "van bob"
    _, session = sign_in(address, claims(), session=session)
    assert "winkelmand" not in session


def test_an_earlier_choice_does_not_outlive_a_new_sign_in(address: str) -> None:
    first = member()
    member(rol=Rol.BEMIDDELAAR, organisatie=first.organisatie)
    session = SessionStore()
    session[SESSION_KEY], session[SESSION_LIDMAATSCHAP] = str(first.gebruiker_id), 10**9
    assert SESSION_LIDMAATSCHAP not in sign_in(address, claims(), session=session)[1]


def test_a_visit_without_a_code_is_nobody(address: str) -> None:
    request = RequestFactory().get("/oidc/callback/")
    assert OidcBackend().authenticate(request, nonce="n") is None
    assert OidcBackend().authenticate(None) is None


def test_a_token_is_accepted_until_it_ends(address: str) -> None:
    member()
    from django.utils import timezone

    soon = int((timezone.now() + timedelta(minutes=5)).timestamp())
    assert sign_in(address, claims(exp=soon))[0] is not None
