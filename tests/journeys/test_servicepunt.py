"""The Werkgeversservicepunt says how to reach it, an employer finds it and says how it went, and the figures follow.

Once without scripts, once with axe on every page, narrow and wide.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_contact import look_at_nothing, look_with_axe

Visit = Callable[..., Page]
Look = Callable[[Page], None]


def keep_contact_point(page: Page, hours: str, look: Look) -> None:
    """The adviser changes how employers reach the office; a wrong number is said with a link to its field."""
    page.fill("#id_telefoonnummer", "12")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_role("alert")).to_contain_text("Vul een Nederlands telefoonnummer in")
    look(page)
    page.fill("#id_telefoonnummer", "088 000 00 11")
    page.fill("#id_openingstijden", hours)
    page.get_by_role("button", name="Bewaren").click()
    expect(page.locator("main")).to_contain_text("Het contactpunt is bewaard")
    look(page)


def find_contact_point(page: Page, hours: str, look: Look) -> None:
    """A visitor finds it from the start page by the name of a town."""
    page.get_by_role("link", name="Uw contactpunt").click()
    page.fill("#id_waar", "Hilversum")
    page.get_by_role("button", name="Zoek").click()
    expect(page.locator("main")).to_contain_text(hours)
    look(page)


def answer(page: Page, cijfer: str, look: Look) -> None:
    """An employer meets its contact point, and answers the question that stands; it can be changed later."""
    expect(page.locator("main")).to_contain_text("Werkgeversservicepunt Gooi en Vechtstreek")
    look(page)
    page.goto("/werkgever/mening/")
    waiting = page.get_by_role("link", name=re.compile("^Geef uw mening"))
    (waiting if waiting.count() else page.get_by_role("link", name=re.compile("^Wijzigen"))).first.click()
    look(page)
    page.get_by_label(cijfer).check()
    page.get_by_label(re.compile("^Wat ging goed")).fill("De bemiddelaar dacht goed mee.")
    page.get_by_role("button", name="Versturen").click()
    expect(page.locator("main")).to_contain_text("Bedankt")
    expect(page.locator("main")).to_contain_text(cijfer)
    look(page)


def work(page: Page, look: Look) -> None:
    """The adviser goes from what waits to who fits, and from who waits to the jobs for that person."""
    expect(page.locator("main")).to_contain_text("Open vacatures zonder match")
    look(page)
    page.get_by_role("link", name=re.compile("^Bekijk wie past")).first.click()
    expect(page.locator("h1")).to_be_visible()
    page.goto("/bemiddelaar/wsp/?volgorde=naam&pagina=2")
    expect(page.locator("#id_volgorde")).to_have_value("naam")
    page.get_by_role("link", name="Mensen zonder voordracht").first.click()
    look(page)
    page.get_by_role("link", name=re.compile("^Banen voor deze mens")).first.click()
    expect(page.locator("h1")).to_be_visible()


def count(page: Page, look: Look) -> None:
    """The figures, the report of the year and what employers wrote."""
    expect(page.locator("main")).to_contain_text("Wat werkgevers vinden")
    look(page)
    page.get_by_role("link", name=re.compile("^Jaarverslag")).click()
    expect(page.locator("h1")).to_contain_text("Jaarverslag")
    look(page)
    page.goto("/bemiddelaar/wsp/toelichtingen/")
    expect(page.locator("main")).to_contain_text("De bemiddelaar dacht goed mee.")
    look(page)


@pytest.mark.parametrize(
    ("scripts", "look", "cijfer"),
    [(False, look_at_nothing, "4: tevreden"), (True, look_with_axe, "5: heel tevreden")],
    ids=["without scripts", "with axe"],
)
def test_the_werkgeversservicepunt(visit: Visit, scripts: bool, look: Look, cijfer: str) -> None:
    hours = f"Van 9 tot {16 + scripts} uur"
    options = {"java_script_enabled": scripts}
    keep_contact_point(visit("/contactpunt/AM12/wijzigen/", role="bemiddelaar", **options), hours, look)
    find_contact_point(visit("/", **options), hours, look)
    answer(visit("/werkgever/", role="werkgever", **options), cijfer, look)
    work(visit("/bemiddelaar/wsp/", role="bemiddelaar", **options), look)
    count(visit("/bemiddelaar/wsp/cijfers/", role="bemiddelaar", **options), look)
