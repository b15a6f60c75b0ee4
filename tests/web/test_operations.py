"""Addresses for operations: what they say when all is well, when something is broken, and to whom."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from banenafspraak.metingen import store
from banenafspraak.web.operations import _expires


@contextmanager
def no_database() -> Iterator[None]:
    """Every statement fails, as when the server is gone."""

    def refuse(*args: object) -> None:
        raise DatabaseError("server closed the connection unexpectedly")

    with connection.execute_wrapper(refuse):
        yield


def test_health_does_not_ask_the_database(db: None) -> None:
    with no_database():
        assert Client().get("/healthz").content == b"ok\n"


def test_ready_when_the_database_answers_and_the_figures_can_be_read(published: None) -> None:
    response = Client().get("/readyz")

    assert response.status_code == 200
    assert response.json() == {"ready": True, "checks": {"database": True, "meting": "readable"}}


def test_ready_before_the_first_meting(db: None) -> None:
    response = Client().get("/readyz")

    assert response.status_code == 200
    assert response.json()["checks"]["meting"] == "none"


def test_not_ready_without_a_database(db: None) -> None:
    with no_database():
        response = Client().get("/readyz")

    assert response.status_code == 503
    assert response.json() == {"ready": False, "checks": {"database": False, "meting": "unreadable"}}


def test_not_ready_when_a_sealed_file_is_gone(published: None, settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path

    response = Client().get("/readyz")

    assert response.status_code == 503
    assert response.json()["checks"] == {"database": True, "meting": "unreadable"}


def test_metrics_are_text_that_prometheus_reads(published: None) -> None:
    Client().get("/cijfers/AM12/2018Q1/")

    response = Client().get("/metrics")

    assert response.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    lines = response.content.decode().splitlines()
    assert f"banenafspraak_factsheets {3 * len(store.in_force())}" in lines
    assert "banenafspraak_database_up 1" in lines
    assert any(
        line.startswith("banenafspraak_http_requests_total{") and 'route="cijfers/<regio:regio>' in line
        for line in lines
    )


def test_metrics_hold_no_address_that_was_asked_for(published: None) -> None:
    Client().get("/zoek/999911120/")

    assert "999911120" not in Client().get("/metrics").content.decode()


@pytest.mark.parametrize(
    ("remote", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("192.0.2.7", {}, 403),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}, 403),
        ("127.0.0.1", {"Forwarded": "for=192.0.2.7"}, 403),
        ("192.0.2.7", {"Authorization": "Bearer geheim"}, 200),
        ("192.0.2.7", {"Authorization": "Bearer geraden"}, 403),
        ("192.0.2.7", {"Authorization": "Bearer "}, 403),
        ("192.0.2.7", {"Authorization": "Basic geheim"}, 403),
    ],
)
def test_metrics_are_for_this_machine_or_for_who_has_the_token(
    remote: str, headers: dict[str, str], status: int, db: None, settings: Settings
) -> None:
    settings.METRICS_TOKEN = "geheim"

    assert Client(REMOTE_ADDR=remote).get("/metrics", headers=headers).status_code == status


def test_without_a_token_in_the_settings_an_empty_one_opens_nothing(db: None, settings: Settings) -> None:
    settings.METRICS_TOKEN = ""

    response = Client(REMOTE_ADDR="192.0.2.7").get("/metrics", headers={"Authorization": "Bearer "})

    assert response.status_code == 403


def test_security_txt_has_its_fields_and_has_not_expired(db: None) -> None:
    response = Client().get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert set(fields) == {"Contact", "Expires", "Preferred-Languages", "Canonical", "Policy"}
    expires = datetime.strptime(fields["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(days=30) < expires - timezone.now() < timedelta(days=365)


@pytest.mark.parametrize("day", [datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 12, 31, 23, 59, tzinfo=UTC)])
def test_security_txt_says_the_same_all_month(day: datetime) -> None:
    assert _expires(day) == _expires(day.replace(day=15))
    assert timedelta(days=180) < _expires(day) - day < timedelta(days=220)


def test_the_contact_of_the_organisation_is_used_when_there_is_one(db: None, settings: Settings) -> None:
    settings.SECURITY_CONTACT = "mailto:cert@gemeente.example"

    assert "Contact: mailto:cert@gemeente.example\n" in Client().get("/.well-known/security.txt").content.decode()
