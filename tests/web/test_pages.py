"""What stands on the pages, and what it costs to make them."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from banenafspraak.metingen import rapportage
from banenafspraak.web import figures
from banenafspraak.web.openbaar import views

FACTSHEET = "/cijfers/AM12/2018Q1/"
# Address, and how many queries it may cost a visitor.
PAGES = {
    "/": 2,
    "/cijfers/": 1,
    FACTSHEET: 1,
    "/cijfers/AM12/2018Q1/uitleg/": 1,
    "/cijfers/AM12/2018Q1.csv": 1,
    "/cijfers/AM12/2018Q1.json": 1,
    "/inloggen/": 0,
    "/over/": 0,
    "/toegankelijkheid/": 0,
    "/kwetsbaarheid-melden/": 0,
    "/api/docs/": 0,
    "/api/v1/openapi.json": 0,
    "/api/v1/arbeidsmarktregios": 1,
    "/api/v1/factsheets/AM12/2018Q1": 1,
    "/healthz": 0,
    "/.well-known/security.txt": 0,
}
HTML = [address for address in PAGES if address.endswith("/")]


class Outline(HTMLParser):
    """Headings, ids, and whether every tag that was opened was closed."""

    VOID = frozenset({"meta", "link", "input", "br", "img", "hr"})

    def __init__(self) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes something else"


def queries(ask: Callable[[], object]) -> list[str]:
    """The statements that a request costs, without the transaction around it."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    return [q["sql"] for q in captured if "SAVEPOINT" not in q["sql"]]


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_costs_a_known_number_of_queries(address: str, published: None, demo_on: None) -> None:
    Client().get(address)

    assert len(queries(lambda: Client().get(address))) == PAGES[address]


def test_a_signed_in_page_costs_four_queries_more(published: None, sign_in: Callable[[str], Client]) -> None:
    client = sign_in("beleid-ministerie")

    # Session, user, membership with its organisation, the role in the database; the page itself one. A sixth leaves
    # the role again: only here, where the transaction of the test goes on after that of the request.
    assert len(queries(lambda: client.get(FACTSHEET))) == 6


@pytest.mark.parametrize("address", HTML)
def test_headings_step_down_one_at_a_time(address: str, published: None, demo_on: None) -> None:
    outline = Outline()
    outline.feed(text(Client(), address))

    assert outline.headings.count(1) == 1
    assert outline.headings[0] == 1
    assert all(below - above <= 1 for above, below in zip(outline.headings, outline.headings[1:], strict=False))
    assert not outline.open


@pytest.mark.parametrize("address", HTML)
def test_no_id_is_used_twice(address: str, published: None, demo_on: None) -> None:
    outline = Outline()
    outline.feed(text(Client(), address))

    assert len(outline.ids) == len(set(outline.ids))


@pytest.mark.parametrize("address", HTML)
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(address: str, published: None, demo_on: None) -> None:
    page = text(Client(), address)

    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=\"/static/)|\son[a-z]+=", page)
    assert not re.search(r"<(?:script|link|img)[^>]+(?:src|href)=\"(?:https?:)?//", page)


@pytest.mark.parametrize("address", HTML)
def test_every_page_offers_the_way_past_the_menu_and_the_other_language(address: str, published: None) -> None:
    page = Client().get(address).content.decode()

    assert '<html class="voorbeeld-theme" lang="nl">' in page
    assert page.index('href="#inhoud"') < page.index("<header") < page.index('<main id="inhoud"')
    assert 'name="taal" value="en" lang="en"' in page


def test_the_factsheet_shows_every_public_figure(published: None) -> None:
    page = text(Client(), FACTSHEET)
    sheet = rapportage.factsheet("AM12", "2018Q1", afgerond=True)

    def shown(value: int) -> bool:
        return f">{value:,}<".replace(",", ".") in page

    for part in (sheet.banen, sheet.personen, sheet.werkzaam):
        assert shown(part.aantal)
        assert part.nulmeting is not None
        assert shown(part.nulmeting)
    for kwartaal in sheet.werkenden:
        assert shown(kwartaal.totaal.aantal)
        assert f">{kwartaal.totaal.percentage}%<" in page
    assert sheet.verloop is not None
    assert shown(sheet.verloop.baanvinders)
    assert shown(sheet.verloop.uitstroom.totaal)
    assert page.count("<svg ") == 4


def test_the_public_page_has_no_unrounded_figure(published: None) -> None:
    exact = rapportage.factsheet("AM12", "2018Q1", afgerond=False)
    page = text(Client(), FACTSHEET)

    assert exact.personen.aantal % 10
    assert f">{exact.personen.aantal:,}<".replace(",", ".") not in page
    assert "Deze cijfers zijn afgerond" in page


def test_the_internal_page_shows_the_figures_as_counted_and_says_so(
    published: None, sign_in: Callable[[str], Client]
) -> None:
    exact = rapportage.factsheet("AM12", "2018Q1", afgerond=False)

    page = text(sign_in("beleid"), "/beleid/cijfers/AM12/2018Q1/")

    assert f">{exact.personen.aantal:,}<".replace(",", ".") in page
    assert "Onafgerond, alleen intern" in page


def test_the_internal_page_is_kept_by_no_cache(published: None, sign_in: Callable[[str], Client]) -> None:
    response = sign_in("beleid").get("/beleid/cijfers/AM12/2018Q1/")

    assert "no-store" in response.headers["Cache-Control"]
    assert "private" in response.headers["Cache-Control"]


def test_a_regional_adviser_is_offered_the_own_region_only(published: None, sign_in: Callable[[str], Client]) -> None:
    page = text(sign_in("beleid"), "/beleid/cijfers/")

    assert "/beleid/cijfers/AM12/2018Q1/" in page
    assert "/beleid/cijfers/AM24/2018Q1/" not in page


def test_the_first_quarter_of_all_has_no_flow_and_says_why(published: None) -> None:
    page = text(Client(), "/cijfers/AM12/2012Q4/")

    assert "Er zijn geen cijfers van het kwartaal ervoor" in page
    assert page.count("<svg ") == 3


def test_a_quarter_without_a_target_says_so(published: None) -> None:
    assert "kennen wij geen richtgetal" in text(Client(), "/cijfers/AM24/2018Q1/")


def test_the_explanation_shows_the_rule_with_its_article(published: None) -> None:
    page = text(Client(), "/cijfers/AM12/2018Q1/uitleg/")

    assert "110,92" in page
    assert "Regeling Wfsv, artikel 3.28" in page


def test_a_target_that_is_only_an_indication_is_marked(published: None) -> None:
    page = text(Client(), "/cijfers/AM12/2018Q1/uitleg/")

    assert '<span class="utrecht-status-badge utrecht-status-badge--warning">richtgetal</span>' in page


def test_a_search_stands_in_the_address_and_survives_a_reload(published: None) -> None:
    page = text(Client(), "/cijfers/?regio=zee&kwartaal=2018Q1")

    assert 'value="zee"' in page
    assert '<option value="2018Q1" selected>' in page
    assert "Zeeland, 2018" in page
    assert "Gooi en Vechtstreek, " not in page
    assert "1 factsheet gevonden" in page


def test_a_search_without_a_result_says_what_to_do(published: None) -> None:
    assert "Maak het zoekwoord korter" in text(Client(), "/cijfers/?regio=atlantis")


def test_a_quarter_that_does_not_exist_is_named_as_a_mistake(published: None) -> None:
    page = text(Client(), "/cijfers/?kwartaal=2018Q9")

    assert 'aria-invalid="true"' in page
    assert 'id="id_kwartaal-fout"' in page


def test_before_the_first_meting_the_page_says_that_there_is_nothing_yet(db: None) -> None:
    assert "Er is nog geen meting gemaakt" in text(Client(), "/cijfers/")


def test_a_region_nobody_lives_in_is_not_offered(published: None) -> None:
    assert "AM01" not in text(Client(), "/cijfers/")
    assert Client().get("/cijfers/AM01/2018Q1/").status_code == 404


def test_the_start_page_leads_to_the_newest_figures(published: None) -> None:
    newest = figures.newest()

    assert newest is not None
    assert newest.kwartaal == "2018Q1"
    assert f'href="/cijfers/{newest.regio}/2018Q1/"' in text(Client(), "/")


def test_a_platform_for_one_region_leads_to_that_region(published: None) -> None:
    persons = {
        regio: rapportage.factsheet(regio, "2018Q1", afgerond=True).personen.aantal for regio in ("AM12", "AM24", "NL")
    }
    largest = max(("AM12", "AM24"), key=lambda regio: persons[regio])
    newest = figures.newest()

    assert newest is not None
    assert newest.regio == largest


def test_many_figures_come_in_pages_that_keep_the_search(published: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "PER_PAGE", 5)

    page = text(Client(), "/cijfers/?regio=zee&pagina=2")

    assert 'href="?regio=zee&amp;pagina=1" rel="prev"' in page
    assert "6 factsheets gevonden" in page


def test_the_newest_quarter_stands_first_and_in_it_the_country(published: None) -> None:
    links = re.findall(r'href="(/cijfers/[^/"]+/[^/"]+/)"', text(Client(), "/cijfers/"))

    assert links[:3] == ["/cijfers/NL/2018Q1/", "/cijfers/AM12/2018Q1/", "/cijfers/AM24/2018Q1/"]
