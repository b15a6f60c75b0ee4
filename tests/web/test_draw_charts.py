"""`draw_charts`: after it, no visitor waits for a drawing."""

import io

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from banenafspraak.web.components import charts


def draw(**options: str) -> str:
    out = io.StringIO()
    call_command("draw_charts", stdout=out, **options)
    return out.getvalue()


def test_one_quarter(published: None) -> None:
    assert draw(kwartaal="2018Q1") == "2018Q1: grafieken van 3 regio's getekend\n"


def test_one_region(published: None) -> None:
    assert draw(kwartaal="2018Q1", regio="AM12") == "2018Q1: grafieken van 1 regio getekend\n"


def test_every_quarter(published: None) -> None:
    assert len(draw().splitlines()) == 6


def test_afterwards_a_page_draws_nothing(published: None, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    draw(kwartaal="2018Q1")
    monkeypatch.delattr(charts, "stacked_bars")
    monkeypatch.delattr(charts, "flow_diagram")

    assert Client().get("/cijfers/AM12/2018Q1/").status_code == 200


@pytest.mark.parametrize(("kwartaal", "words"), [("2018-1", "zoals 2018Q1"), ("2030Q1", "build_meting")])
def test_a_quarter_that_cannot_be_drawn_says_what_to_do(kwartaal: str, words: str, published: None) -> None:
    with pytest.raises(CommandError, match=words) as raised:
        draw(kwartaal=kwartaal)

    assert raised.value.returncode == 2
