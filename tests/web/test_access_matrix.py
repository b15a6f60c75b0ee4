"""Every address by every role: the file beside this test says what each may open, and no address is left out."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from banenafspraak.access import demo
from banenafspraak.access.demo import DEMO_ROLLEN
from banenafspraak.access.models import Logregel
from tests.factories import bsn

MATRIX = Path(__file__).with_name("access_matrix.csv")
ROWS = list(csv.DictReader(MATRIX.read_text(encoding="utf-8").splitlines(), delimiter=";"))
ROLES = [name for name in ROWS[0] if name not in ("method", "pattern", "address")]


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern)
        else:
            yield from patterns(entry, prefix + str(entry.pattern))


def test_every_address_has_a_row() -> None:
    named = {row["pattern"] for row in ROWS}

    # The room's own addresses; those of the identity provider come with its settings.
    assert set(patterns(get_resolver("banenafspraak.web.urls"))) == named


def test_every_kind_of_demo_role_has_a_column() -> None:
    shown = {rol.rol for rol in DEMO_ROLLEN if rol.sleutel in ROLES}

    assert {rol.rol for rol in DEMO_ROLLEN} == shown


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_matrix_says(
    role: str, published: None, demo_on: None, sign_in: Callable[[str], Client]
) -> None:
    answers = {}
    if role == "burger":
        demo.ensure_demo_roles()
        demo.give_bsn("burger", bsn(1))
    for row in ROWS:
        # Some addresses end a session, so each gets a fresh one.
        client = Client() if role == "anoniem" else sign_in(role)
        address = row["address"]
        response = client.get(address) if row["method"] == "GET" else client.post(address)
        answers[f"{row['method']} {address}"] = str(response.status_code)

    assert answers == {f"{row['method']} {row['address']}": row[role] for row in ROWS}


def test_a_refused_look_is_not_logged_as_a_look(published: None, sign_in: Callable[[str], Client]) -> None:
    sign_in("beleid-zeeland").get("/beleid/cijfers/AM12/2018Q1/")

    assert not Logregel.objects.filter(handeling="onafgeronde cijfers bekeken").exists()


def test_each_look_at_unrounded_figures_is_logged(published: None, sign_in: Callable[[str], Client]) -> None:
    client = sign_in("beleid")

    client.get("/beleid/cijfers/AM12/2018Q1/")
    client.get("/beleid/cijfers/AM12/2018Q1/")

    rows = Logregel.objects.filter(handeling="onafgeronde cijfers bekeken")
    assert [(row.rol, row.onderwerp, row.doel) for row in rows] == [
        ("beleid", "AM12 2018Q1", "beleid en verantwoording over de banenafspraak")
    ] * 2


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_page_for_reading_refuses_other_methods(method: str, published: None) -> None:
    with_form = {row["pattern"] for row in ROWS if row["method"] == "POST"} | {"inloggen/", "api/v1/"}
    for row in ROWS:
        if row["method"] == "GET" and row["pattern"] not in with_form:
            response = getattr(Client(), method)(row["address"])
            assert response.status_code == 405, row["address"]
