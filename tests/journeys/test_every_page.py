"""Every page in a real browser, narrow and wide: sound for axe, within the window, readable when enlarged."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

Visit = Callable[..., Page]

# Address and the demo role that opens it; an empty role is a visitor.
PAGES = [
    ("/", ""),
    ("/cijfers/", ""),
    ("/cijfers/?regio=bestaat-niet", ""),
    ("/cijfers/?kwartaal=2018Q9", ""),
    ("/cijfers/AM12/2018Q1/", ""),
    ("/cijfers/AM12/2012Q4/", ""),
    ("/cijfers/AM12/2018Q1/uitleg/", ""),
    ("/financieel-cv/", ""),
    ("/burger/financieel-cv/", "burger"),
    ("/quotum/", ""),
    ("/quotum/?reken=1", ""),
    ("/inloggen/", ""),
    ("/over/", ""),
    ("/toegankelijkheid/", ""),
    ("/kwetsbaarheid-melden/", ""),
    ("/api/docs/", ""),
    ("/bestaat-niet/", ""),
    ("/beleid/cijfers/", ""),
    ("/", "beleid"),
    ("/beleid/cijfers/", "beleid"),
    ("/beleid/cijfers/AM12/2018Q1/", "beleid"),
    ("/beleid/cijfers/AM24/2018Q1/", "beleid"),
    ("/burger/aanvraag/", "burger-nieuw"),
    ("/burger/aanvraag/begin/", "burger-nieuw"),
    ("/burger/uitschrijven/", "burger"),
    ("/bemiddelaar/aanvragen/", "bemiddelaar-gemeente"),
    ("/bemiddelaar/aanvragen/nieuw/", "bemiddelaar-gemeente"),
    ("/bemiddelaar/beschut-werk/", "bemiddelaar-gemeente"),
    ("/bemiddelaar/loonwaarde/", "bemiddelaar-gemeente"),
    ("/bemiddelaar/loonwaarde/nieuw/", "bemiddelaar-gemeente"),
    ("/bemiddelaar/berichten/", "bemiddelaar-gemeente"),
    ("/beoordelaar/", "beoordelaar"),
    ("/beoordelaar/uitschrijvingen/", "beoordelaar"),
    ("/burger/", "burger"),
    ("/burger/wie-keek/", "burger"),
    ("/burger/banen/", "burger"),
    ("/burger/klopt-niet/", "burger"),
    ("/burger/meldingen/", "burger"),
    ("/burger/codes/", "burger"),
    ("/burger/gegevens/", "burger"),
    ("/burger/", "burger-nieuw"),
    ("/bemiddelaar/", "bemiddelaar"),
    ("/bemiddelaar/", "bemiddelaar-gemeente"),
    ("/bemiddelaar/inwoner/", "bemiddelaar-gemeente"),
    ("/bemiddelaar/populatie/", "bemiddelaar-gemeente"),
    ("/bemiddelaar/populatie/wijzigingen/", "bemiddelaar-gemeente"),
    ("/bemiddelaar/populatiebestand/", "bemiddelaar-gemeente"),
    ("/beoordelaar/meldingen/", "beoordelaar"),
    ("/beoordelaar/populatie/", "beoordelaar"),
    ("/toezicht/meldingen/", "toezicht"),
    ("/werkgever/verzoeken/", "werkgever"),
    ("/werkgever/kandidaten/weg/vraag/", "werkgever"),
    ("/bemiddelaar/mensen/", "bemiddelaar-gemeente"),
    ("/bemiddelaar/verzoeken/", "bemiddelaar-gemeente"),
    ("/burger/contact/", "burger"),
    ("/burger/contact/", "burger-gevraagd"),
    ("/burger/profiel/", "burger-gevraagd"),
    ("/burger/profiel/vindbaar/", "burger-gevraagd"),
    ("/werkgever/kandidaten/", "werkgever"),
    ("/werkgever/kandidaten/?waar=Hilversum&werk=inpakken&uren=24", "werkgever"),
    ("/werkgever/kandidaten/?waar=Nergenshuizen&werk=raketgeleerde", "werkgever"),
    ("/werkgever/kandidaten/bewaard/", "werkgever"),
    ("/bemiddelaar/profielen/", "bemiddelaar-gemeente"),
    ("/bemiddelaar/profielen/import/", "bemiddelaar-gemeente"),
    ("/bemiddelaar/profielen/export/", "bemiddelaar-gemeente"),
    ("/bemiddelaar/profielen/cijfers/", "bemiddelaar-gemeente"),
    ("/contactpunt/", ""),
    ("/contactpunt/?waar=Hilversum", ""),
    ("/contactpunt/AM12/", ""),
    ("/contactpunt/AM12/wijzigen/", "bemiddelaar"),
    ("/bemiddelaar/wsp/", "bemiddelaar"),
    ("/bemiddelaar/wsp/?passend=niemand", "bemiddelaar"),
    ("/bemiddelaar/wsp/mensen/", "bemiddelaar"),
    ("/bemiddelaar/wsp/cijfers/", "bemiddelaar"),
    ("/bemiddelaar/wsp/jaarverslag/", "bemiddelaar"),
    ("/bemiddelaar/wsp/toelichtingen/", "bemiddelaar"),
    ("/beleid/wsp/", "beleid-ministerie"),
    ("/beleid/wsp/AM12/", "beleid"),
    ("/werkgever/", "werkgever"),
    ("/werkgever/mening/", "werkgever"),
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
ids = [f"{role or 'visitor'}:{address}" for address, role in PAGES]


@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize(("address", "role"), PAGES, ids=ids)
def test_axe_finds_nothing(address: str, role: str, width: int, visit: Visit) -> None:
    page = visit(address, width=width, role=role)

    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response

    assert results["passes"]
    assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in results["violations"]] == []


@pytest.mark.parametrize("language", ["en"])
def test_axe_finds_nothing_in_the_other_language(language: str, visit: Visit) -> None:
    page = visit("/cijfers/AM12/2018Q1/")
    page.locator(f'button[value="{language}"]').click()

    assert page.locator("html").get_attribute("lang") == language
    assert page.url.endswith("/cijfers/AM12/2018Q1/")
    assert Axe().run(page).response["violations"] == []


@pytest.mark.parametrize("width", [320, 768, 1440])
@pytest.mark.parametrize(("address", "role"), PAGES, ids=ids)
def test_a_page_never_scrolls_sideways(address: str, role: str, width: int, visit: Visit) -> None:
    page = visit(address, width=width, role=role)

    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("address", ["/", "/cijfers/AM12/2018Q1/", "/inloggen/"])
def test_at_four_times_the_size_everything_still_fits(address: str, visit: Visit) -> None:
    # WCAG 1.4.10: a window of 1280 pixels at 400% is a window of 320 by 256.
    page = visit(address, width=320, height=256, device_scale_factor=4)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("h1").is_visible()


@pytest.mark.parametrize("address", ["/", "/cijfers/AM12/2018Q1/", "/cijfers/"])
def test_wider_spacing_of_the_letters_cuts_nothing_off(address: str, visit: Visit) -> None:
    page = visit(address, width=320, bypass_csp=True)
    # WCAG 1.4.12, at the amounts it names.
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
        "p { margin-block-end: 2em !important }"
    )

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    clipped = page.evaluate(
        """[...document.querySelectorAll("a, button, h1, h2, h3, p, dd, dt, caption, label")]
           .filter(e => e.checkVisibility() && getComputedStyle(e).overflow === "hidden")
           .filter(e => e.scrollHeight > e.clientHeight + 1 && !e.closest(".bna-hidden")).map(e => e.outerHTML)"""
    )
    assert clipped == []


def test_a_chart_is_readable_on_the_smallest_screen(visit: Visit) -> None:
    page = visit("/cijfers/AM12/2018Q1/", width=320)

    sizes = page.evaluate(
        """[...document.querySelectorAll("svg text")].map(t => {
             const scale = t.ownerSVGElement.getBoundingClientRect().width / t.ownerSVGElement.viewBox.baseVal.width;
             return parseFloat(getComputedStyle(t).fontSize) * scale })"""
    )
    assert len(sizes) > 50
    assert min(sizes) >= 10


def test_no_letter_of_a_chart_falls_outside_it_or_on_another(visit: Visit) -> None:
    page = visit("/cijfers/AM12/2018Q1/", width=320)

    faults = page.evaluate(
        """[...document.querySelectorAll("svg")].flatMap(svg => {
             const frame = svg.getBoundingClientRect();
             const texts = [...svg.querySelectorAll("text")].filter(t => t.textContent.trim())
               .map(t => [t.textContent, t.getBoundingClientRect()]);
             const outside = texts.filter(([, b]) => b.left < frame.left - 1 || b.right > frame.right + 1)
               .map(([text]) => `outside: ${text}`);
             // The same text twice is a letter and the white edge under it.
             const over = texts.flatMap(([one, a], i) => texts.slice(i + 1)
               .filter(([two, b]) => one !== two && a.left < b.right - 1 && b.left < a.right - 1
                                   && a.top < b.bottom - 3 && b.top < a.bottom - 3)
               .map(([two]) => `${one} over ${two}`));
             return [...outside, ...over] })"""
    )
    assert faults == []


def test_who_wants_no_motion_gets_none(visit: Visit) -> None:
    page = visit("/cijfers/", reduced_motion="reduce")

    moving = page.evaluate(
        """[...document.querySelectorAll("*")].filter(e => {
             const s = getComputedStyle(e);
             return parseFloat(s.transitionDuration) > 0.01 && s.transitionProperty !== "none"
                 || s.animationName !== "none" }).map(e => e.outerHTML.slice(0, 100))"""
    )
    assert moving == []


def test_targets_are_large_enough_for_a_thumb(visit: Visit) -> None:
    page = visit("/cijfers/AM12/2018Q1/", width=320)

    # WCAG 2.5.8: 24 pixels, except for a link inside a sentence.
    small = page.evaluate(
        """[...document.querySelectorAll("a, button, input, select, summary")].filter(e => e.checkVisibility())
           .filter(e => !e.closest("p, dd, td") && !e.classList.contains("utrecht-skip-link"))
           .filter(e => { const b = e.getBoundingClientRect(); return b.height < 24 || b.width < 24 })
           .map(e => e.outerHTML)"""
    )
    assert small == []


def test_a_high_contrast_screen_keeps_the_current_page_recognisable(visit: Visit) -> None:
    page = visit("/cijfers/", forced_colors="active")

    current = page.locator(".bna-menu a[aria-current]")
    assert current.evaluate("e => getComputedStyle(e).textDecorationLine") == "underline"
    assert Axe().run(page).response["violations"] == []


def test_on_paper_there_is_no_menu_and_every_figure(visit: Visit) -> None:
    page = visit("/cijfers/AM12/2018Q1/")

    page.emulate_media(media="print")

    assert not page.locator(".bna-menu").is_visible()
    assert page.locator("table").count() == page.locator("table:visible").count() >= 8
    assert page.locator("svg:visible").count() == 4
