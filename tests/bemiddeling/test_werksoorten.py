"""The list of kinds of work, and finding one by what somebody types."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banenafspraak.bemiddeling import werksoorten
from banenafspraak.bemiddeling.profielrecord import ProfielRecord
from banenafspraak.bemiddeling.werksoorten import WERKSOORTEN, WERKVELDEN


def test_there_are_at_least_three_hundred_kinds_in_sixteen_fields() -> None:
    assert len(WERKSOORTEN) >= 300
    assert len(WERKVELDEN) == 16
    assert {one.werkveld for one in WERKSOORTEN.values()} == set(WERKVELDEN)


def test_every_code_fits_its_column_and_is_plain() -> None:
    wrong = [code for code in WERKSOORTEN if not re.fullmatch(r"[a-z0-9_]{2,40}", code)]
    assert wrong == []


def test_every_kind_has_a_group_of_isco_and_a_section_of_sbi() -> None:
    wrong = [
        one.code
        for one in WERKSOORTEN.values()
        if not re.fullmatch(r"[1-9][0-9]{3}", one.isco08) or not re.fullmatch("[A-S]", one.sbi) or not one.synoniemen
    ]
    assert wrong == []


def test_no_two_kinds_have_one_name() -> None:
    names = [one.naam.lower() for one in WERKSOORTEN.values()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("one", WERKSOORTEN.values(), ids=lambda one: one.code)
def test_every_kind_is_the_first_that_its_own_name_finds(one: werksoorten.Werksoort) -> None:
    assert werksoorten.search(one.naam, 1) == [one]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("tuinman", "tuinman"),
        ("TUINMANNEN", "tuinman"),
        ("crèche", "medewerker_kinderopvang"),
        ("creche", "medewerker_kinderopvang"),
        ("shoonmaak", "schoonmaker_kantoor"),
        ("heftruk", "heftruckchauffeur"),
        ("vakkenvulen", "vakkenvuller"),
        ("inpaken", "inpakker"),
        ("timmerman", "timmerman"),
        ("timmermna", "timmerman"),
        ("caissiere", "kassamedewerker"),
        ("magazijn medewerkers", "magazijnmedewerker"),
        ("honden uitlaten", "hondenuitlater"),
        ("ik wil graag koken", "kok"),
        ("archieven", "archiefmedewerker"),
    ],
)
def test_people_find_work_in_their_own_words(typed: str, found: str) -> None:
    assert found in [one.code for one in werksoorten.search(typed, 3)]


@pytest.mark.parametrize(
    "typed", ["", "   ", "?!", "xyzzy", "ik wil werk", pytest.param("a" * 100_000, id="long"), "\x00"]
)
def test_nothing_recognisable_finds_nothing(typed: str) -> None:
    assert werksoorten.search(typed) == []


@given(st.text(max_size=200), st.integers(0, 20))
def test_any_text_gives_a_list_no_longer_than_asked(text: str, limit: int) -> None:
    assert len(werksoorten.search(text, limit)) <= limit


def test_the_werkveld_that_was_chosen_most_comes_first() -> None:
    record = ProfielRecord(werksoorten=("tuinman", "kok", "keukenhulp"))

    assert werksoorten.werkvelden_of(record) == ("horeca", "groen")
    assert werksoorten.werkveld_of(record) == "horeca"


def test_a_word_of_an_import_counts_when_the_list_has_it() -> None:
    assert werksoorten.werkveld_of(ProfielRecord(interesses=("Tuinieren", "iets anders"))) == "groen"


def test_a_profile_without_wishes_has_no_werkveld() -> None:
    assert werksoorten.werkveld_of(ProfielRecord()) is None


def test_an_unknown_code_is_no_kind_of_work() -> None:
    with pytest.raises(KeyError):
        werksoorten.werksoort("astronaut")
