"""The quotumcalculator: for everybody, in the address, with every figure open to its article."""

import html
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.test import Client

from banenafspraak.web import quotumpagina
from banenafspraak.web.components.getallen import as_typed, decimal_text, euro
from banenafspraak.web.openbaar.quotum_forms import latest_year
from banenafspraak.wet.quotum import QuotumFeiten, Quotumsector, quotum

pytestmark = pytest.mark.django_db
ASKED = {
    "jaar": "2018",
    "uren": "100.000",
    "vorig": "100000",
    "arbeidsbeperkt": "0",
    "sector": "overheid",
    "reken": "1",
}


def page(status: int = 200, **more: str | None) -> str:
    query = {name: text for name, text in (ASKED | more).items() if text is not None}
    response = Client().get(f"/quotum/?{urlencode(query)}")
    assert response.status_code == status
    return response.content.decode()


def test_everybody_gets_the_questions_and_nothing_is_wrong_yet() -> None:
    response = Client().get("/quotum/")

    assert response.status_code == 200
    assert "Vul dit in." not in response.content.decode()


def test_the_answer_stands_on_the_page_with_its_articles() -> None:
    text = page()

    assert '<dd class="bna-figures__number">1,4</dd>' in text
    assert "€\N{NO-BREAK SPACE}7.000,00" in text
    assert "Er wordt geen heffing opgelegd." in text
    for article in ("38g", "2.23", "38h", "34", "2.27"):
        assert article in text


def test_every_step_of_the_answer_is_on_the_page() -> None:
    feiten = QuotumFeiten(
        verloonde_uren=Decimal(100_000),
        verloonde_uren_vorig_jaar=Decimal(100_000),
        uren_arbeidsbeperkten=Decimal(0),
        sector=Quotumsector.OVERHEID,
    )
    uitkomst = quotum(feiten, peildatum=date(2026, 12, 31))

    blok = quotumpagina.show(uitkomst)

    shown = [stap for part in blok.why.values() for stap in part.stappen]
    assert sorted(stap.vraag for stap in shown) == sorted(stap.vraag for stap in uitkomst.stappen)


def test_an_answer_can_be_shared_and_survives_a_reload() -> None:
    text = page(extra="onzin", percentage="2")

    [address] = re.findall('href="(/quotum/[^"]+reken=1)"', text)
    assert "jaar=2018&amp;uren=100.000" in address
    assert "percentage=2" in address
    assert "onzin" not in address
    assert Client().get(html.unescape(address)).context["blok"].percentage == "2%"


def test_an_address_without_the_button_only_fills_the_questions_in() -> None:
    text = Client().get("/quotum/?uren=1234&jaar=2024").content.decode()

    assert 'value="1234"' in text
    assert "Vul dit in." not in text
    assert '<option value="2024" selected>' in text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"uren": ""}, "Vul dit in. Weet u het niet precies? Schat het."),
        ({"uren": "veel"}, "Vul een getal in, zoals 40575 of 40.575,50."),
        ({"uren": "-1"}, "Dit getal is te laag."),
        ({"sector": ""}, "Kies een sector."),
        ({"sector": "ufo"}, "Vul de uren in, of kies hierboven de sector."),
        ({"arbeidsbeperkt": "100001"}, "Dit zijn meer uren dan alle verloonde uren."),
        ({"uitzend": "60000", "wsw": "50000"}, "samen meer uren dan alle verloonde uren"),
        ({"jaar": "2012"}, "Kies een jaar uit de lijst."),
        ({"maanden": "13"}, "Vul een getal van 1 tot en met 12 in."),
        ({"uren1": "10"}, "Kies of u deze persoon inleent of uitleent."),
        ({"richting2": "in"}, "Vul de uren in."),
        ({"activering": "31-02-2027"}, "Vul een datum in die bestaat"),
    ],
)
def test_what_is_wrong_is_told_with_its_cure(asked: dict[str, str], told: str) -> None:
    assert told in page(400, **asked)


def test_the_threshold_is_told_in_words() -> None:
    text = page(vorig="40574,99")

    assert "U haalt de drempel niet" in text or "u haalt de drempel niet" in text
    assert "Quotumtekort" not in text


def test_the_market_needs_a_percentage_of_your_own() -> None:
    assert "geen quotumpercentage" in page(sector="markt", jaar="2026")
    assert "Quotumtekort" in page(sector="markt", jaar="2026", percentage="2,5")


def test_the_sector_follows_from_the_ufo_hours() -> None:
    assert "in de sector markt" in page(sector="ufo", ufo="50", overig="50")
    assert "in de sector overheid" in page(sector="ufo", ufo="51", overig="50")


def test_an_uncertain_percentage_is_marked() -> None:
    assert "richtgetal" in page(jaar="2024")


def test_inleen_counts_when_both_agreed_in_time() -> None:
    lent = {"richting1": "in", "uren1": "500", "uitlener1": "31-07-2019", "inlener1": "31-07-2019"}

    assert '<dd class="bna-figures__number">1</dd>' in page(**lent)
    assert '<dd class="bna-figures__number">1,4</dd>' in page(**lent | {"inlener1": "1-8-2019"})


def test_the_way_to_the_quotum_is_drawn_and_is_a_table_too() -> None:
    text = page()

    assert "Met 2 mensen van 25,5 uur haalt u het quotum." in text
    assert "<svg" in text
    assert 'id="weg-bijschrift"' in text


def test_one_person_of_fewer_hours_changes_less() -> None:
    assert "Met 3 mensen van 12,75 uur" in page(erbij="12,75")


def test_without_a_shortage_nobody_is_needed() -> None:
    text = page(arbeidsbeperkt="1930")

    assert "U heeft geen tekort." in text
    assert "weg-bijschrift" not in text


def test_with_everybody_asked_for_nobody_helps() -> None:
    assert "helpt niemand erbij" in page(percentage="100")


def test_the_coming_law_is_an_expectation_with_its_own_figures() -> None:
    text = page(
        jaar="2026", arbeidsbeperkt="1331", bonus="4000", loonsom="1000000", opslag="0,5", activering="1-7-2027"
    )

    assert "verwachting" in text
    assert "€\N{NO-BREAK SPACE}4.000,00" in text
    assert "\N{MINUS SIGN}€\N{NO-BREAK SPACE}1.000,00" in text
    assert "1-1-2029" in text


def test_later_years_are_shown_where_they_are_known() -> None:
    assert 'id="later-bijschrift"' in page(jaar="2023")
    assert 'id="later-bijschrift"' not in page(jaar="2026")


def test_what_was_filled_in_stands_open() -> None:
    assert page(wsw="10").count("<details open>") == 1


def test_one_page_asks_the_database_nothing(django_assert_num_queries: Callable) -> None:
    with django_assert_num_queries(2):  # the transaction and its role
        page()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("40575", "40575"),
        ("40.575", "40575"),
        ("40.575,50", "40575.50"),
        ("40,575.50", "40575.50"),
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("€ 5 000", "5000"),
        ("2,5%", "2.5"),
        ("veel", "veel"),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, number: str) -> None:
    assert as_typed(text) == number


def test_numbers_are_written_in_the_language_of_the_page() -> None:
    assert (decimal_text(Decimal("1234.50")), decimal_text(None), decimal_text(Decimal("-0.5"))) == (
        "1.234,5",
        "–",
        "\N{MINUS SIGN}0,5",
    )
    assert (euro(Decimal("1234.5")), euro(None)) == ("€\N{NO-BREAK SPACE}1.234,50", "–")


@pytest.mark.parametrize(("vandaag", "jaar"), [(2015, 2016), (2024, 2024), (2030, 2026)])
def test_the_first_year_in_the_list_is_one_that_is_known(vandaag: int, jaar: int) -> None:
    assert latest_year(date(vandaag, 5, 1)) == jaar
