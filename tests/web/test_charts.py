"""The charts: readable without colour, without a script and under a strict policy, and true to the figures."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from itertools import combinations

import pytest
from django.core.cache import cache
from django.utils import translation

from banenafspraak.metingen.grootheden import AantalPersonen
from banenafspraak.metingen.rapportage import Factsheet, Stroom
from banenafspraak.web.components import charts
from banenafspraak.web.components.factsheet import build
from tests.web.factsheets import first_ever, gooi

DRAWINGS = {"banen": charts.banen, "personen": charts.personen, "werkzaam": charts.werkzaam, "verloop": charts.verloop}


@pytest.fixture(autouse=True)
def _nothing_is_left_in_the_cache() -> Iterator[None]:
    """What these tests put there is not what a page looks like."""
    yield
    cache.clear()


def texts(svg: str) -> list[str]:
    return [unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_chart_scales_and_has_one_name_and_one_description(name: str) -> None:
    svg = DRAWINGS[name](gooi())
    head = svg[: svg.index(">")]

    assert re.search(r'viewBox="0 0 320 \d+"', head)
    assert not re.search(r"\s(width|height)=", head)
    assert 'role="img"' in head
    labelled = re.search(r'aria-labelledby="(\S+) (\S+)"', head)
    assert labelled is not None
    assert f'<title id="{labelled[1]}">' in svg
    assert f'<desc id="{labelled[2]}">' in svg
    assert svg.count("aria-") == 1


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_chart_holds_nothing_that_the_policy_blocks(name: str) -> None:
    svg = DRAWINGS[name](gooi())

    assert not re.search(r"<style|\sstyle=|<script|\son\w+=|href=|url\((?!#)", svg)


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_chart_is_small(name: str) -> None:
    assert len(DRAWINGS[name](gooi())) < 11_000


def test_every_bar_has_its_total_beside_it() -> None:
    shown = texts(charts.banen(gooi()))

    assert {"515", "675", "859", "864", "doel 2018", "1.007", "markt", "overheid"} <= set(shown)


def test_the_description_says_what_the_bars_say() -> None:
    assert "2018\N{NO-BREAK SPACE}Q1: 864 banen" in charts.banen(gooi())


def test_the_flow_names_every_group_and_every_stream() -> None:
    shown = set(texts(charts.verloop(gooi())))

    assert {"Met werk: 781", "Met werk: 798", "Zonder werk: 860", "Zonder werk: 881"} <= shown
    assert {"Nieuw erbij: 81", "Eruit: 43", "vonden werk: 55", "verloren werk: 62", "hielden werk: 711"} <= shown


def test_a_chart_speaks_the_language_of_the_page() -> None:
    with translation.override("en"):
        svg = charts.banen(gooi())

    assert "1,007" in texts(svg)
    assert "target 2018" in texts(svg)


@pytest.mark.parametrize("name", ["banen", "personen", "werkzaam"])
def test_a_first_quarter_without_any_job_still_has_a_chart(name: str) -> None:
    assert "2018\N{NO-BREAK SPACE}Q1" in texts(DRAWINGS[name](first_ever()))


def test_a_flow_of_nobody_still_has_a_chart() -> None:
    sheet = gooi()
    assert sheet.verloop is not None
    nobody, none = AantalPersonen(0), Stroom(AantalPersonen(0), AantalPersonen(0))
    empty = replace(
        sheet.verloop,
        instroom=none,
        uitstroom=none,
        baanvinders=nobody,
        baanverliezers=nobody,
        baanbehouders=nobody,
        niet_werkend_gebleven=nobody,
    )

    assert "Met werk: 0" in texts(charts.flow_diagram(empty, kwartaal="2018Q1"))


def test_a_flow_needs_a_quarter_before() -> None:
    with pytest.raises(ValueError, match="no flow"):
        charts.verloop(first_ever())


def test_a_chart_is_drawn_once_for_the_same_figures() -> None:
    cache.clear()
    first = charts.banen(gooi())
    (key,) = [key for key in cache._cache if ":banen" in key]  # type: ignore[attr-defined]
    cache.set(key.split(":", 2)[2], "kept", timeout=None)

    assert charts.banen(gooi()) == "kept" != first


def test_other_figures_are_another_chart() -> None:
    sheet = gooi()
    other = replace(sheet, reeks=sheet.reeks[1:])

    assert charts.banen(sheet) != charts.banen(other)


@pytest.mark.parametrize("colours", [charts.SECTOR_COLOURS, charts.CATEGORY_COLOURS])
def test_white_numbers_can_be_read_in_every_colour_and_pattern(colours: tuple[str, ...]) -> None:
    for colour in colours:
        assert contrast(colour, "#ffffff") >= 4.5
        for darker in re.findall(r"#[0-9a-f]{6}", charts.PATTERNS.get(colour, "")):
            assert contrast(darker, "#ffffff") >= contrast(colour, "#ffffff")


@pytest.mark.parametrize("colours", [charts.SECTOR_COLOURS, charts.CATEGORY_COLOURS])
def test_of_two_colours_in_one_bar_they_differ_in_pattern_too(colours: tuple[str, ...]) -> None:
    kinds = [re.sub(r"#[0-9a-f]{6}", "", charts.PATTERNS.get(colour, "plain")) for colour in colours]

    assert all(one != other for one, other in combinations(kinds, 2))


@pytest.mark.parametrize("colour", charts.FLOW_COLOURS.values())
def test_every_stream_stands_out_from_the_page(colour: str) -> None:
    assert contrast(colour, "#ffffff") >= 3


@pytest.mark.parametrize("sheet", [gooi(), gooi(afgerond=True), first_ever()], ids=["exact", "rounded", "first"])
def test_beside_every_chart_stands_a_table_with_its_figures(sheet: Factsheet) -> None:
    page = build(sheet)

    for figure in (page.banen, page.personen, page.werkzaam):
        in_table = {cell.text for table in figure.tables for row in table.rows for cell in row.cells}
        numbers = {text for text in texts(figure.svg) if re.fullmatch(r"[\d.]+", text)}
        goal = charts.target_in_banen(sheet)
        assert numbers - in_table <= ({f"{goal:,}".replace(",", ".")} if goal else set())


def test_published_figures_stand_in_the_summary() -> None:
    page = build(gooi())

    assert any("349" in line and "71%" in line for line in page.summary)
    assert page.short.rows[0].cells[2].text == "+349"
    assert page.short.rows[1].cells[2].text == "−620"


def test_what_is_not_known_is_a_dash() -> None:
    page = build(first_ever())

    assert {cell.text for cell in page.short.rows[0].cells[1:]} == {"–"}
    assert page.verloop is None
    assert page.uitstroom is None
