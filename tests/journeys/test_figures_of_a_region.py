"""An adviser looks up the figures of a region, shares, downloads or reads them, with or without mouse and script."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
FACTSHEET = "/cijfers/AM12/2018Q1/"


def test_from_the_start_page_to_the_figures_of_a_region(visit: Visit) -> None:
    page = visit("/")

    page.get_by_role("link", name="Naar de cijfers").click()
    page.get_by_label("Naam of code van de regio").fill("vechtstreek")
    page.get_by_label("Kwartaal").select_option("2018Q1")
    page.get_by_role("link", name="Gooi en Vechtstreek, 2018").click()

    expect(page).to_have_title("Gooi en Vechtstreek, 2018\N{NO-BREAK SPACE}Q1 - Banenafspraak")
    expect(page.get_by_role("heading", level=1)).to_have_text("Gooi en Vechtstreek")
    expect(page.get_by_text("Deze cijfers zijn afgerond.")).to_be_visible()


def test_a_link_that_is_pressed_survives_the_list_that_follows_the_typing(visit: Visit) -> None:
    page = visit("/cijfers/?regio=vechtstreek&kwartaal=2018Q1")
    page.get_by_label("Naam of code van de regio").press_sequentially(" ")  # typed in front
    link = page.get_by_role("link", name="Gooi en Vechtstreek, 2018")
    link.hover()

    page.mouse.down()
    page.wait_for_url("**/cijfers/?regio=+vechtstreek*")
    page.mouse.up()

    expect(page).to_have_title("Gooi en Vechtstreek, 2018\N{NO-BREAK SPACE}Q1 - Banenafspraak")


def test_the_results_follow_the_typing_and_the_address_can_be_shared(visit: Visit) -> None:
    page = visit("/cijfers/")

    page.get_by_label("Naam of code van de regio").press_sequentially("gooi", delay=20)
    page.get_by_label("Kwartaal").select_option("2018Q1")

    expect(page.get_by_role("heading", name="1 factsheet gevonden")).to_be_visible()
    page.wait_for_url(lambda url: "regio=gooi" in url and "kwartaal=2018Q1" in url)
    page.reload()
    expect(page.get_by_label("Naam of code van de regio")).to_have_value("gooi")
    expect(page.get_by_role("heading", name="1 factsheet gevonden")).to_be_visible()


def test_without_a_script_everything_works(visit: Visit) -> None:
    page = visit("/cijfers/", java_script_enabled=False)

    page.get_by_label("Naam of code van de regio").fill("gooi")
    page.get_by_label("Kwartaal").select_option("2018Q1")
    page.get_by_role("button", name="Zoeken").click()
    page.get_by_role("link", name="Gooi en Vechtstreek, 2018").click()

    assert page.url.endswith(FACTSHEET)
    assert page.locator("svg").count() == 4
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Figures in brief")).to_be_visible()
    page.get_by_role("button", name="Nederlands").click()
    expect(page.get_by_role("heading", name="Cijfers in het kort")).to_be_visible()


def test_the_downloads_hold_what_the_page_shows(visit: Visit, tmp_path: Path) -> None:
    page = visit(FACTSHEET)
    shown = page.locator(".bna-figures__number").first.inner_text()

    with page.expect_download() as download:
        page.get_by_role("link", name="Download als JSON").click()
    download.value.save_as(tmp_path / "f.json")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download als CSV").click()
    download.value.save_as(tmp_path / "f.csv")

    figures = json.loads((tmp_path / "f.json").read_text())
    with (tmp_path / "f.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = {row["cijfer"]: row["waarde"] for row in csv.DictReader(file, delimiter=";")}
    assert download.value.suggested_filename == "banenafspraak-AM12-2018Q1.csv"
    assert f"{figures['banen']['aantal']:,}".replace(",", ".") == shown
    assert int(lines["banen.aantal"]) == figures["banen"]["aantal"]


def test_with_the_keyboard_only(visit: Visit) -> None:
    page = visit(FACTSHEET)

    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Direct naar de inhoud")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()

    seen: list[str] = []
    for _ in range(40):
        page.keyboard.press("Tab")
        focus = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e), b = e.getBoundingClientRect();
                       return { tag: e.tagName, text: (e.textContent || "").trim().slice(0, 40), id: e.id,
                                outline: s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2,
                                inView: b.bottom > 0 && b.top < innerHeight, region: e.getAttribute("role") } }"""
        )
        if focus["tag"] == "BODY":
            break
        assert focus["outline"], f"no focus to be seen on {focus}"
        assert focus["inView"], f"focus outside the window on {focus}"
        seen.append(focus["region"] or focus["text"])
    assert "Download als CSV (voor Excel)" in seen
    # A wide table can be scrolled with the keyboard too.
    assert seen.count("region") >= 8
    assert any("Over dit platform" in text for text in seen)


def test_a_question_opens_with_the_keyboard(visit: Visit) -> None:
    page = visit(FACTSHEET)
    question = page.get_by_text("Wie hoort bij welke groep?")

    question.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Mensen met oude of nieuwe Wajong")).to_be_visible()


def test_a_chart_has_a_name_for_who_cannot_see_it(visit: Visit) -> None:
    page = visit(FACTSHEET)

    chart = page.get_by_role("img", name="Banen per kwartaal")
    expect(chart).to_be_visible()
    expect(chart).to_have_accessible_description("")
    assert "eind 2012" in (page.locator("#grafiek-banen-uitleg").text_content() or "")


@pytest.mark.parametrize("width", [320, 1440])
def test_the_rules_behind_the_figures_are_one_link_away(width: int, visit: Visit) -> None:
    page = visit(FACTSHEET, width=width)

    page.get_by_role("link", name="Hoe is er geteld?").click()

    expect(page.get_by_text("36 / 25,5 = 1,4118 baan.")).to_be_visible()
    expect(page.get_by_text("richtgetal", exact=True).first).to_be_visible()


def test_an_old_address_without_a_slash_still_works(visit: Visit) -> None:
    page = visit("/cijfers/AM12/2018Q1")

    assert page.url.endswith(FACTSHEET)
