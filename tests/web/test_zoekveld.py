"""Words to search with stand in an address and reach the database: no BSN among them."""

import pytest

from banenafspraak.web.openbaar.vacatures import ZoekForm


@pytest.mark.parametrize("text", ["999993653", "bakker 999993653", "9999.93.653"])
def test_a_bsn_is_no_word_to_search_with(text: str) -> None:
    form = ZoekForm({"werk": text})
    assert form.errors == {"werk": ["Zoek niet met een burgerservicenummer."]}


def test_other_numbers_are_words_like_any() -> None:
    assert not ZoekForm({"werk": "heftruck 2026", "waar": "1211 AB"}).errors
