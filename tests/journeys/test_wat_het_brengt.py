"""A newcomer finds out in two minutes what hiring a Wajonger of 24 for 28 hours brings, until when and why."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.test_every_page import TAGS

Visit = Callable[..., Page]


def fill_in(page: Page) -> None:
    page.get_by_role("link", name="Naar het Financieel CV").first.click()
    page.get_by_label("Wajong (uitkering van UWV vanaf jonge leeftijd)").check()
    page.get_by_label("Leeftijd op de eerste werkdag").fill("24")
    page.get_by_label("Uren per week").fill("28")
    page.get_by_label("Eerste werkdag", exact=True).fill("1-7-2026")
    page.get_by_role("button", name="Bekijk wat het brengt").click()


def test_a_newcomer_finds_out_in_two_minutes(visit: Visit) -> None:
    page = visit("/")

    fill_in(page)

    expect(page.get_by_text("Zeker: € 1.470,56 per jaar.")).to_be_visible()
    expect(page.get_by_role("img", name="Wat wanneer geldt")).to_be_visible()
    card = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Loonkostenvoordeel banenafspraak"))
    expect(card.get_by_text("Vanaf 1 juli 2026, zolang het werk duurt.")).to_be_visible()
    card.get_by_text("Waarom?").click()
    expect(card.get_by_role("link", name="Wet tegemoetkomingen loondomein").first).to_be_visible()
    assert "wajong" not in page.url.lower()


def test_an_answer_is_changed_and_the_pdf_is_taken_along(visit: Visit) -> None:
    page = visit("/")
    fill_in(page)

    page.get_by_role("button", name="Antwoorden veranderen").click()
    expect(page.get_by_label("Uren per week")).to_have_value("28")
    page.get_by_label("Uren per week").fill("32")
    page.get_by_role("button", name="Bekijk wat het brengt").click()
    expect(page.get_by_text("Zeker: € 1.680,64 per jaar.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Als PDF ophalen").click()
    assert download.value.suggested_filename == "financieel-cv.pdf"


def test_it_works_without_a_script(visit: Visit) -> None:
    page = visit("/", java_script_enabled=False)

    fill_in(page)

    expect(page.get_by_text("Zeker: € 1.470,56 per jaar.")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1440])
def test_the_page_is_sound_for_axe_and_fits(visit: Visit, width: int) -> None:
    page = visit("/financieel-cv/")
    page.set_viewport_size({"width": width, "height": 900})
    page.get_by_label("Leeftijd op de eerste werkdag").fill("24")
    page.get_by_label("Uren per week").fill("28")
    page.get_by_role("button", name="Bekijk wat het brengt").click()
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")

    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})

    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
