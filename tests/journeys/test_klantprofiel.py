"""Somebody fills in the own profile in ten steps and switches it on; the bemiddelaar of the gemeente finds it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_aanvraag import look_at_nothing, look_with_axe

Visit = Callable[..., Page]
SHOTS = Path(__file__).resolve().parents[2] / "var" / "schermen"


def step(page: Page, number: int, look: Callable[[Page], None]) -> None:
    """At this step, and nothing wrong with how it looks."""
    expect(page.locator(".bna-progress")).to_have_text(f"Stap {number} van 10")
    look(page)


def on(page: Page) -> None:
    page.get_by_role("button", name="Opslaan en verder").click()


def fill_in(page: Page, look: Callable[[Page], None]) -> None:
    page.goto("/burger/profiel/werk/")
    step(page, 1, look)
    page.get_by_label("Zoek werk").fill("shoonmaak")
    page.get_by_role("button", name="Zoeken").click()
    page.get_by_label("Schoonmaker kantoor", exact=True).check()
    look(page)
    on(page)
    step(page, 2, look)
    page.get_by_label("Ja", exact=True).check()
    on(page)
    step(page, 3, look)
    page.get_by_label("hoogstens werken").fill("veel")
    on(page)
    expect(page.get_by_role("alert")).to_contain_text("Vul een getal in")
    look(page)
    page.get_by_label("hoogstens werken").fill("24")
    page.get_by_label("maandag").check()
    on(page)
    step(page, 4, look)
    page.get_by_label("Wat is uw postcode?").fill("1211 ab")
    page.get_by_label("kilometer").fill("15")
    page.get_by_label("Fiets", exact=True).check()
    on(page)
    step(page, 5, look)
    page.get_by_label("Vmbo, praktijk").check()
    on(page)
    step(page, 6, look)
    page.get_by_label("Nee", exact=True).check()
    on(page)
    step(page, 7, look)
    page.get_by_role("group", name="Hoe goed spreekt u Nederlands?").get_by_label("Goed", exact=True).check()
    on(page)
    step(page, 8, look)
    page.get_by_label("Nee", exact=True).check()
    on(page)
    step(page, 9, look)
    page.get_by_role("link", name="Weet ik niet, sla over").click()
    step(page, 10, look)
    page.go_back()
    step(page, 9, look_at_nothing)
    page.go_forward()
    page.get_by_label("Uw naam").fill("Bo Burger")
    page.get_by_label("Uw e-mailadres").fill("bo@voorbeeld.nl")
    on(page)


@pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "with axe"])
def test_somebody_fills_in_ten_steps_and_is_found(scripts: bool, visit: Visit) -> None:
    look = look_with_axe if scripts else look_at_nothing
    burger = visit("/burger/profiel/", role="burger", java_script_enabled=scripts)
    look(burger)

    fill_in(burger, look)

    expect(burger.locator("main")).to_contain_text("100 van de 100 punten")
    off = burger.get_by_role("button", name="Zet mijn profiel uit")
    if off.is_visible():
        off.click()
        expect(burger.locator("main")).to_contain_text("Werkgevers kunnen uw profiel nu niet vinden.")
    burger.get_by_role("button", name="Zet mijn profiel aan voor werkgevers").click()
    expect(burger.locator("main")).to_contain_text("Werkgevers kunnen uw profiel vinden.")
    look(burger)

    consulent = visit("/bemiddelaar/profielen/", role="bemiddelaar", java_script_enabled=scripts)
    look(consulent)
    consulent.locator("main table a").first.click()
    look(consulent)
    expect(consulent.locator("main")).to_contain_text("van de 100 punten")
    if scripts:
        SHOTS.mkdir(parents=True, exist_ok=True)
        for name, page in (("profiel", burger), ("kandidaat", consulent)):
            for width in (320, 1440):
                page.set_viewport_size({"width": width, "height": 900})
                page.screenshot(path=SHOTS / f"{name}-{width}.png", full_page=True)
        for width in (320, 1440):
            burger.set_viewport_size({"width": width, "height": 900})
            for address in ("/burger/profiel/werk/", "/burger/profiel/uren/"):
                burger.goto(address)
                burger.screenshot(path=SHOTS / f"{address.split('/')[3]}-{width}.png", full_page=True)
            consulent.set_viewport_size({"width": width, "height": 900})
            consulent.goto("/bemiddelaar/profielen/")
            consulent.screenshot(path=SHOTS / f"lijst-{width}.png", full_page=True)
