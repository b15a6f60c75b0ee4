"""An employer unpacks twelve wage returns, uploads them, sees jobs, quotum and missed LKV, and opens a line's article.

Then keeps the figures, finds them back, and calculates on without signing in. Once without scripts, once with axe.
"""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_contact import look_at_nothing, look_with_axe

Visit = Callable[..., Page]
OPEN = "document.querySelectorAll('details').forEach(one => one.open = true)"


@pytest.mark.parametrize("scripts", [False, True])
def test_twelve_returns_become_jobs_quotum_and_missed_lkv(scripts: bool, visit: Visit, tmp_path: Path) -> None:
    look = look_with_axe if scripts else look_at_nothing
    page = visit("/werkgever/quotum/", role="werkgever", java_script_enabled=scripts)
    look(page)
    page.set_input_files("#id_bestanden", returns(page, tmp_path))
    page.get_by_label("Verloonde uren in het jaar ervoor").fill("45.000")
    page.get_by_label("Quotumpercentage").fill("2,5")
    page.get_by_role("button", name="Controleer de aangiften").click()

    main = page.locator("main")
    expect(main.locator("h1")).to_contain_text("opleveren")
    for words in ("Gemist loonkostenvoordeel", "Quotumtekort", "Er wordt geen heffing opgelegd.", "Heel het jaar"):
        expect(main).to_contain_text(words)
    if scripts:
        page.evaluate(OPEN)
        look(page)
    first = page.locator("#groep-gemist ~ ul li").first
    if not scripts:
        first.locator("summary").click()
    expect(first.locator("details")).to_contain_text("2.10 lid 1 en 2.12 lid 2 Wtl")
    expect(first.locator("details a[href*='wetten.overheid.nl']").first).to_be_visible()

    page.get_by_role("button", name="Bewaar dit resultaat").click()
    expect(main).to_contain_text("Bewaard.")
    expect(main).not_to_contain_text("P100")
    look(page)

    page.get_by_role("link", name="Verder rekenen met deze cijfers").click()
    page.get_by_role("button", name="Reken uit").click()
    expect(main).to_contain_text("De uitkomst")
    look(page)

    page.goto("/werkgever/quotum/")
    page.locator("#bewaard ~ ul button").first.click()
    expect(main).to_contain_text("Weggegooid.")


def test_somebody_without_an_account_finds_out_what_one_person_more_changes(visit: Visit) -> None:
    page = visit("/quotum/", java_script_enabled=False)
    page.get_by_label("Over welk jaar?").select_option("2024")
    page.get_by_label("Verloonde uren in dat jaar").fill("500.000")
    page.get_by_label("Verloonde uren in het jaar ervoor").first.fill("500.000")
    page.get_by_label("Uren van werknemers in het doelgroepregister").fill("5.000")
    page.get_by_label("Overheid").check()
    page.get_by_role("button", name="Reken uit").click()

    expect(page.locator("main")).to_contain_text("haalt u het quotum")
    expect(page.locator("main svg")).to_have_count(1)
    address = page.get_by_role("link", name="Vaste link").get_attribute("href")
    page.goto(address or "")
    expect(page.locator("main")).to_contain_text("haalt u het quotum")


def test_what_is_wrong_with_a_file_is_told(visit: Visit, tmp_path: Path) -> None:
    bad = tmp_path / "salaris.xml"
    bad.write_bytes(b"<Loonaangifte>")
    page = visit("/werkgever/quotum/", role="werkgever")
    page.set_input_files("#id_bestanden", bad)
    page.get_by_role("button", name="Controleer de aangiften").click()

    expect(page.locator("main")).to_contain_text("salaris.xml")
    expect(page.locator("main")).to_contain_text("Lever een loonaangifte aan.")
    look_with_axe(page)


def returns(page: Page, map: Path) -> list[Path]:
    """The made-up returns that the page offers, unpacked."""
    with page.expect_download() as found:
        page.get_by_role("link", name=re.compile("als zip")).click()
    with zipfile.ZipFile(found.value.path()) as packed:
        packed.extractall(map)
    paden = sorted(map.glob("*.xml"))
    assert len(paden) >= 12
    return paden
