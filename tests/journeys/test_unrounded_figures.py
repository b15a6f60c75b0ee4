"""Policy advisers open the figures as counted: of their own region, marked as internal, and never without a trace."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

Visit = Callable[..., Page]


def test_the_adviser_of_a_region_sees_the_published_figures_of_the_seed(visit: Visit) -> None:
    page = visit("/", role="beleid")

    page.get_by_role("link", name="Naar de onafgeronde cijfers").first.click()
    page.get_by_role("link", name="Gooi en Vechtstreek, 2018").click()

    expect(page.get_by_text("Onafgerond, alleen intern.")).to_be_visible()
    numbers = page.locator(".bna-figures__number")
    expect(numbers).to_have_text(["864", "1.679", "798"])
    row = page.get_by_role("row", name="Banen volgens de banenafspraak")
    expect(row.get_by_role("cell")).to_have_text(["864", "515", "+349", "675", "+189", "859", "+5"])


def test_the_adviser_of_another_region_does_not(visit: Visit) -> None:
    page = visit("/beleid/cijfers/AM12/2018Q1/", role="beleid-zeeland")

    expect(page.get_by_role("heading", level=1)).to_have_text("Dit mag u niet zien")


def test_the_ministry_sees_every_region(visit: Visit) -> None:
    page = visit("/beleid/cijfers/", role="beleid-ministerie")

    page.get_by_role("link", name="Nederland, 2018").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Nederland")


def test_signing_out_leaves_nothing_behind(visit: Visit) -> None:
    page = visit("/beleid/cijfers/AM12/2018Q1/", role="beleid")

    page.get_by_role("button", name="Uitloggen").click()

    expect(page.get_by_text("U bent uitgelogd.")).to_be_visible()
    page.go_back()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit mag u niet zien")


def test_an_employer_is_told_that_this_is_not_for_them(visit: Visit) -> None:
    page = visit("/beleid/cijfers/", role="werkgever")

    expect(page.get_by_text("Deze pagina hoort bij een andere rol")).to_be_visible()
    expect(page.get_by_role("navigation", name="Hoofdmenu")).not_to_contain_text("Onafgeronde cijfers")
