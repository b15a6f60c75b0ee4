"""Where somebody says whether other organisations may find them, and reads that they did."""

from collections.abc import Callable

import pytest
from django.test import Client

from banenafspraak.access import demo
from banenafspraak.bemiddeling.models import Klantprofiel
from tests.adapters.vum.wereld import WHOLE, deliver, ids, inhabitant, item, make_world, search
from tests.factories import bsn

pytestmark = pytest.mark.django_db
PAGE = "/burger/profiel/vindbaar/"


@pytest.fixture
def person(sign_in: Callable[[str], Client]) -> Client:
    """Somebody whose gemeente delivered the profile and said that sharing is all right."""
    make_world()
    inhabitant(0), inhabitant(1)
    deliver(item(0, **WHOLE), item(1, **WHOLE))
    demo.give_bsn("burger", bsn(0))
    return sign_in("burger")


def test_the_page_says_that_the_profile_is_shared_and_who_said_so(person: Client) -> None:
    text = person.get(PAGE).content.decode()

    assert "Uw profiel wordt nu gedeeld." in text
    assert "Gemeente Hilversum leverde uw profiel" in text


@pytest.mark.parametrize(
    ("keuze", "found"), [("niet", {"k-1"}), ("profiel", {"k-0", "k-1"}), ("volledig", {"k-0", "k-1"})]
)
def test_what_somebody_chooses_holds_at_once_and_for_nobody_else(person: Client, keuze: str, found: set[str]) -> None:
    answer = person.post(f"{PAGE}delen/", {"delen": keuze}, follow=True)

    assert "Uw keuze is bewaard" in answer.content.decode()
    assert f'value="{keuze}" checked' in answer.content.decode()
    assert ids() == found


def test_the_same_choice_twice_changes_nothing_twice(person: Client) -> None:
    person.post(f"{PAGE}delen/", {"delen": "niet"})
    before = Klantprofiel.objects.get(bronnummer="k-0").gewijzigd_at
    person.post(f"{PAGE}delen/", {"delen": "niet"})

    assert Klantprofiel.objects.get(bronnummer="k-0").gewijzigd_at == before


@pytest.mark.parametrize("sent", [{}, {"delen": "geleverd"}, {"delen": "onzin"}])
def test_what_is_no_choice_changes_nothing_and_is_told(person: Client, sent: dict[str, str]) -> None:
    answer = person.post(f"{PAGE}delen/", sent, follow=True)

    assert "Kies of u uw profiel wilt delen" in answer.content.decode()
    assert Klantprofiel.objects.get(bronnummer="k-0").delen_vum == ""


def test_somebody_reads_which_organisation_found_them(person: Client) -> None:
    search()
    text = person.get("/burger/wie-keek/").content.decode()

    assert "Gemeente Amersfoort" in text
    assert "Vond u bij een zoekvraag" in text
