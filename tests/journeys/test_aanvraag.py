"""A citizen applies, an assessor decides, an employer asks, and the citizen sees all of it.

Once without scripts, once with axe beside.
"""

import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pypdf import PdfReader

Visit = Callable[..., Page]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
ANSWERS = {"drempelfunctie": "Niet", "vso": "Geen van deze", "Wsw-indicatie": "Er is geen advies"}


def look_at_nothing(page: Page) -> None:
    """For the walk without scripts, in which axe cannot run."""


def look_with_axe(page: Page) -> None:
    """Nothing for axe to find, narrow and wide, and nothing outside the window."""
    for width in (320, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
        results = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
        assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in results["violations"]] == [], page.url


def apply(page: Page, tmp_path: Path, look: Callable[[Page], None]) -> str:
    """Fill everything in and send it; the address of the aanvraag."""
    look(page)
    page.get_by_role("link", name="Aanvraag beginnen").click()
    page.get_by_role("button", name="Volgende").click()
    expect(page.get_by_role("alert")).to_contain_text("Uw naam: Vul dit in.")
    look(page)
    for veld, text in (
        ("naam", "Nieke Nieuw"),
        ("geboortedatum", "1-5-1990"),
        ("adres", "Kerkstraat 1"),
        ("postcode", "1211 AB"),
        ("plaats", "Hilversum"),
    ):
        page.fill(f"#id_{veld}", text)
    page.select_option("#id_woongemeente", "GM0402")
    page.get_by_role("button", name="Volgende").click()
    look(page)
    page.get_by_label("Dat weet ik niet").check()
    page.get_by_role("button", name="Bewaren en later verder").click()
    look(page)
    page.get_by_role("link", name="Verder met invullen").click()
    look(page)
    page.get_by_role("link", name='Vul "School" verder in').click()
    page.get_by_label("Nee, geen van deze").check()
    page.get_by_role("button", name="Volgende").click()
    for naam in ("Werk", "Wat lukt wel en niet"):
        page.get_by_role("link", name=f'Vul "{naam}" verder in').click()
        look(page)
        if naam == "Werk":
            page.get_by_label("Nee", exact=True).check()
        else:
            page.fill("#id_wat_is_moeilijk", "Ik word snel moe.")
        page.get_by_role("button", name="Volgende").click()
    page.get_by_role("link", name="Documenten toevoegen of weghalen").click()
    paper = tmp_path / "verslag.pdf"
    paper.write_bytes(PDF)
    page.set_input_files("#id_bestand", paper)
    page.get_by_role("button", name="Toevoegen").click()
    expect(page.get_by_role("link", name="verslag.pdf")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Naar controleren").click()
    page.get_by_role("button", name="Aanvraag versturen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw aanvraag is verstuurd")
    expect(page.locator("main")).to_contain_text("U hoort uiterlijk")
    look(page)
    page.get_by_role("link", name="Bekijk uw aanvraag").click()
    look(page)
    return page.url


def decide(page: Page, look: Callable[[Page], None]) -> None:
    """Take up the first case of the list, answer the questions of the law, and decide."""
    look(page)
    page.locator("main table a").first.click()
    look(page)
    page.get_by_role("button", name="Ontvangst bevestigen").click()
    page.get_by_role("button", name="Zaak oppakken").click()
    page.get_by_role("link", name="Vragen beantwoorden").click()
    while "/vraag/" in page.url:
        look(page)
        question = page.get_by_role("heading", level=1).inner_text()
        label = next((answer for part, answer in ANSWERS.items() if part in question), "Ja")
        page.get_by_label(label, exact=True).check()
        page.get_by_role("button", name="Volgende").click()
    look(page)
    page.get_by_role("button", name=re.compile("^Beslis:")).click()
    expect(page.locator("main")).to_contain_text("ingeschreven in het doelgroepregister")
    look(page)


def ask(page: Page, number: str, look: Callable[[Page], None]) -> None:
    """The employer wants to take this person on, and hears yes."""
    look(page)
    page.fill("#id_bsn", number)
    page.select_option("#id_soort", "verwacht")
    page.get_by_label("Ik verklaar").check()
    page.get_by_role("button", name="Vraag het register").click()
    expect(page.locator("main")).to_contain_text("Ja")
    assert number not in page.url
    look(page)


@pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "with axe"])
def test_from_application_to_the_check_of_an_employer(scripts: bool, visit: Visit, tmp_path: Path) -> None:
    look = look_with_axe if scripts else look_at_nothing
    burger = visit("/burger/aanvraag/", role="burger-nieuw", java_script_enabled=scripts)
    address = apply(burger, tmp_path, look)

    decide(visit("/beoordelaar/", role="beoordelaar", java_script_enabled=scripts), look)

    burger.goto(address)
    look(burger)
    with burger.expect_download() as download:
        burger.get_by_role("link", name="Brief met de beslissing").click()
    letter = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(download.value.path().read_bytes())).pages)
    assert "U hoort bij de doelgroep van de banenafspraak" in letter
    assert "Nieke Nieuw" in letter

    burger.goto("/burger/gegevens/")
    look(burger)
    with burger.expect_download() as download:
        burger.locator('form[action="/burger/gegevens/json/"] button').click()
    number = json.loads(download.value.path().read_bytes())["persoon"]["bsn"]
    ask(visit("/werkgever/check/", role="werkgever", java_script_enabled=scripts), number, look)

    burger.goto("/burger/wie-keek/")
    expect(burger.locator("main")).to_contain_text("Bakkerij De Korenaar")
    look(burger)
