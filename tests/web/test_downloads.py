"""The factsheet as a file: the same figures as the page, kept by caches for exactly as long as they hold."""

import csv
import json
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from banenafspraak.metingen import rapportage

CSV, JSON, PAGE = "/cijfers/AM12/2018Q1.csv", "/cijfers/AM12/2018Q1.json", "/cijfers/AM12/2018Q1/"


@pytest.fixture(autouse=True)
def _nothing_is_left_in_the_cache() -> Iterator[None]:
    """What these tests put there is not what a page looks like."""
    yield
    cache.clear()


def test_the_json_is_the_rounded_factsheet(published: None) -> None:
    response = Client().get(JSON)

    assert response.headers["Content-Type"] == "application/json"
    assert json.loads(response.content) == rapportage.factsheet("AM12", "2018Q1", afgerond=True).to_json()


def test_the_csv_opens_in_a_spreadsheet_and_holds_every_figure(published: None) -> None:
    response = Client().get(CSV)
    sheet = rapportage.factsheet("AM12", "2018Q1", afgerond=True)

    assert response.content.startswith("\ufeff".encode())
    rows = list(csv.DictReader(response.content.decode("utf-8-sig").splitlines(), delimiter=";"))
    figures = {row["cijfer"]: int(row["waarde"]) for row in rows}
    assert figures["banen.aantal"] == sheet.banen.aantal
    assert figures["personen.per_categorie.wajong"] == sheet.personen.per_categorie.wajong
    assert figures["werkenden.2018Q1.totaal.aantal"] == sheet.werkenden[-1].totaal.aantal
    assert {row["afgerond"] for row in rows} == {"ja"}


@pytest.mark.parametrize(("address", "name"), [(CSV, "AM12-2018Q1.csv"), (JSON, "AM12-2018Q1.json")])
def test_a_download_is_saved_under_a_name_that_says_what_it_is(address: str, name: str, published: None) -> None:
    assert Client().get(address).headers["Content-Disposition"] == f'attachment; filename="banenafspraak-{name}"'


@pytest.mark.parametrize("address", [CSV, JSON, PAGE])
def test_an_unchanged_answer_is_not_sent_again(address: str, published: None) -> None:
    first = Client().get(address)

    second = Client().get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert second.status_code == 304
    assert second.content == b""
    assert second.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize("address", [CSV, JSON])
def test_a_download_may_be_kept_by_every_cache(address: str, published: None) -> None:
    assert Client().get(address).headers["Cache-Control"] == "public, max-age=3600"


def test_the_page_is_asked_for_again_each_time(published: None) -> None:
    assert Client().get(PAGE).headers["Cache-Control"] == "no-cache"


def test_every_kind_of_answer_has_its_own_etag(published: None) -> None:
    addresses = (CSV, JSON, PAGE, "/api/v1/factsheets/AM12/2018Q1", "/cijfers/AM24/2018Q1/", "/cijfers/AM12/2017Q4/")

    assert len({Client().get(address).headers["ETag"] for address in addresses}) == len(addresses)


def test_another_language_is_another_page(published: None) -> None:
    english = Client()
    english.cookies["django_language"] = "en"

    assert english.get(PAGE).headers["ETag"] != Client().get(PAGE).headers["ETag"]


@pytest.mark.parametrize("address", ["/cijfers/AM12/2018Q2.csv", "/cijfers/AM99/2018Q1.json", "/cijfers/AM12/2018Q5/"])
def test_figures_that_are_not_there_are_a_404_with_a_way_on(address: str, published: None) -> None:
    response = Client().get(address)

    assert response.status_code == 404
    assert "Kies een regio en een kwartaal" in response.content.decode()


def test_the_page_for_visitors_is_made_once(published: None) -> None:
    first = Client().get(PAGE)
    cache.set(f"page:{first.headers['ETag']}", b"kept", timeout=None)

    assert Client().get(PAGE).content == b"kept"


def test_who_carries_a_cookie_gets_a_page_of_their_own(published: None) -> None:
    cache.set(f"page:{Client().get(PAGE).headers['ETag']}", b"kept", timeout=None)
    client = Client()
    client.cookies["sessionid"] = "verlopen" * 4

    response = client.get(PAGE)

    assert b"Gooi en Vechtstreek" in response.content
    assert response.headers["Cache-Control"] == "private, no-cache"
