"""The parts that pages are made of, one by one."""

from dataclasses import replace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from banenafspraak.metingen.grootheden import AantalPersonen
from banenafspraak.metingen.rapportage import Abakwartaal, Beschutwerk
from banenafspraak.web.components import factsheet, parts
from banenafspraak.web.figures import Publication
from banenafspraak.web.openbaar.forms import FiguresForm
from banenafspraak.wet.uitkomst import Bron, Zekerheid
from tests.web import factsheets


def render(text: str, **context: object) -> str:
    return Template("{% load components %}" + text).render(Context(context))


class Vraag(forms.Form):
    naam = forms.CharField(label="Naam", help_text="Zoals in uw paspoort.", error_messages={"required": "Vul in."})


def test_a_field_ties_label_hint_and_error_to_its_control() -> None:
    html = render("{% form_field form.naam %}", form=Vraag({}))

    assert '<label class="utrecht-form-label" for="id_naam">Naam</label>' in html
    assert 'aria-describedby="id_naam-hint id_naam-fout"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_naam-fout"' in html
    assert "Vul in." in html


def test_a_field_without_a_fault_mentions_none() -> None:
    html = render("{% form_field form.naam %}", form=Vraag())

    assert "aria-invalid" not in html
    assert "id_naam-fout" not in html


def test_what_a_visitor_typed_is_never_markup() -> None:
    form = FiguresForm({"regio": '"><script>alert(1)</script>'}, published=[])

    assert "<script>" not in render("{% form_field form.regio %}", form=form)


def test_a_table_names_its_columns_and_rows() -> None:
    table = parts.table(id="t", caption="Bijschrift", columns=("Rij", "Een"), rows=[("a", ["1"]), ("b", ["2"])])

    html = render("{% table table %}", table=table)

    assert '<caption class="utrecht-table__caption" id="t-bijschrift">Bijschrift</caption>' in html
    assert html.count('scope="col"') == 2
    assert html.count('scope="row"') == 2
    assert 'aria-labelledby="t-bijschrift" tabindex="0"' in html


def test_a_table_refuses_a_row_of_another_length() -> None:
    with pytest.raises(ValueError, match="zip"):
        parts.table(id="t", caption="", columns=("Rij", "Een"), rows=[("a", ["1", "2"])])


def test_a_long_word_above_a_column_may_break() -> None:
    table = parts.table(id="t", caption="", columns=("Rij", "Participatiewet"), rows=[])

    assert table.columns[1] == "Participatie\N{SOFT HYPHEN}wet"


def test_pages_keep_the_search_in_the_address() -> None:
    page = Paginator(range(30), 10).page(2)

    html = render("{% pagination page 'regio=zee' %}", page=page)

    assert 'href="?regio=zee&amp;pagina=1" rel="prev"' in html
    assert 'href="?regio=zee&amp;pagina=3" rel="next"' in html
    assert "Pagina 2 van 3" in html


def test_one_page_needs_no_way_to_the_next() -> None:
    assert render("{% pagination page %}", page=Paginator([], 10).page(1)).strip() == ""


def test_an_alert_of_an_unknown_kind_is_a_mistake_of_ours() -> None:
    with pytest.raises(TemplateSyntaxError):
        render("{% alert 'paars' 'tekst' %}")


@pytest.mark.parametrize("zekerheid", Zekerheid)
def test_a_figure_read_in_its_source_has_no_mark_and_every_other_has(zekerheid: Zekerheid) -> None:
    assert bool(render("{% certainty z %}", z=zekerheid.value)) == (zekerheid is not Zekerheid.BRON)


def test_a_source_is_a_link_when_it_has_an_address() -> None:
    law = Bron("Regeling Wfsv", artikel="3.28", bwb="BWBR0018131", url="https://wetten.overheid.nl/x")

    assert 'href="https://wetten.overheid.nl/x"' in render("{% source b %}", b=law)
    assert "<a " not in render("{% source b %}", b=Bron("Factsheet", vindplaats="UWV, 2018"))


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [(0, "0", "0"), (1679, "1.679", "1,679"), (-1234567, "−1.234.567", "−1,234,567"), (None, "–", "–")],
)
def test_numbers_are_written_as_the_language_does(value: int | None, dutch: str, english: str) -> None:
    assert parts.number(value) == dutch
    with translation.override("en"):
        assert parts.number(value) == english


@pytest.mark.parametrize(
    ("now", "then", "shown"), [(864, 515, "+349"), (5, 5, "0"), (1679, 2299, "−620"), (1, None, "–"), (None, 1, "–")]
)
def test_a_difference_carries_its_sign(now: int | None, then: int | None, shown: str) -> None:
    assert parts.difference(now, then) == shown


def test_a_search_finds_a_region_by_any_part_of_its_name_or_code() -> None:
    published = [Publication("AM12", "Gooi en Vechtstreek", "2018Q1"), Publication("AM24", "Zeeland", "2018Q1")]

    def found(text: str) -> list[str]:
        return [p.regio for p in FiguresForm({"regio": text}, published=published).matching()]

    assert found("vecht gooi") == ["AM12"]
    assert found("am24") == ["AM24"]
    assert found("") == ["AM12", "AM24"]
    assert found("gooi zeeland") == []


def test_a_factsheet_shows_assessments_and_beschut_werk_when_the_register_knows_of_them() -> None:
    aba = Abakwartaal("2018Q1", *(AantalPersonen(n) for n in (70, 6, 32, 0, 4, 28, 11)))
    beschut = Beschutwerk(AantalPersonen(25), AantalPersonen(5), AantalPersonen(8), AantalPersonen(20), 40)
    page = factsheet.build(replace(factsheets.gooi(), aba=(aba,), beschut_werk=beschut))

    html = render('{% include "components/factsheet.html" %}', page=page, sheet=factsheets.gooi())

    assert page.aba is not None
    assert [cell.text for cell in page.aba.rows[0].cells] == ["70", "6", "32", "0", "4", "28", "11"]
    assert "Van elke 100 mensen" in page.beschut_werk_text
    assert 'id="beoordelingen-sectie"' in html


def test_a_factsheet_without_assessments_has_no_empty_tables() -> None:
    page = factsheet.build(factsheets.gooi())

    html = render('{% include "components/factsheet.html" %}', page=page, sheet=factsheets.gooi())

    assert "beoordelingen-sectie" not in html
