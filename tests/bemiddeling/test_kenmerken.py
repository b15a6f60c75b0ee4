"""What a card can say: words that only become coarser, of places where many people live, and nothing of health."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banenafspraak.bemiddeling import kenmerken, postcodes
from banenafspraak.bemiddeling.kenmerken import KENMERKEN, LANDSDELEN, coarser, fits, level_of
from banenafspraak.bemiddeling.postcodes import REGIOS

VALUES = {
    "regio": [*REGIOS, ""],
    "opleiding": [*kenmerken.OPLEIDINGEN, "onbekend"],
    "werkveld": ["groen", "onbekend"],
    "uren": [*kenmerken.UREN, "onbekend"],
    "dagen": [*kenmerken.DAGEN, "onbekend"],
    "beschikbaar": list(kenmerken.BESCHIKBAAR),
    "reisafstand": [*kenmerken.REISAFSTANDEN, "onbekend"],
    "vervoer": [*kenmerken.VERVOER, "onbekend"],
    "ervaring": [*kenmerken.ERVARING, "onbekend"],
}
finest = st.tuples(*(st.sampled_from(VALUES[kenmerk]) for kenmerk in KENMERKEN))
combinations = st.sampled_from(kenmerken.levels())


@given(card=finest, combination=combinations)
def test_every_coarser_card_fits_whom_the_finest_fits(card, combination) -> None:
    up = tuple(coarser(k, value, level) for k, value, level in zip(KENMERKEN, card, combination, strict=True))

    assert fits(card, up)
    assert all(level_of(k, b) >= level_of(k, a) for k, a, b in zip(KENMERKEN, card, up, strict=True))


@given(people=st.lists(finest, min_size=1, max_size=30), combination=combinations)
def test_counting_in_numbers_is_counting_in_words(people, combination) -> None:
    cijfers = kenmerken.Cijfers(people)
    keys = cijfers.keys(combination, kenmerken.np.arange(len(people)))

    for person, key in zip(people, keys, strict=True):
        card = tuple(coarser(k, value, level) for k, value, level in zip(KENMERKEN, person, combination, strict=True))
        assert cijfers.card(int(key)) == card
        assert cijfers.key_of(card) == key


def test_every_region_lies_in_one_part_of_the_country() -> None:
    assert sorted(code for some in LANDSDELEN.values() for code in some) == sorted(REGIOS)


@pytest.mark.django_db
def test_every_region_is_large_enough_that_being_there_says_little() -> None:
    """G6: 100,000 inhabitants at least, by those of the places that the package of places knows."""
    found = postcodes._coordinates()
    inhabitants = dict.fromkeys(REGIOS, 0)
    tabel, seen = postcodes.places().table, set()
    for places in found.values():
        for (_, people), point in places:
            if point not in seen:
                seen.add(point)
                x, y = postcodes.rd(*point)
                nearest = int(kenmerken.np.argmin((tabel.x - float(x)) ** 2 + (tabel.y - float(y)) ** 2))
                inhabitants[REGIOS[tabel.regio[nearest]]] += people

    assert min(inhabitants.values()) >= 100_000, sorted(inhabitants.items(), key=lambda one: one[1])[:5]


def test_nothing_on_a_card_tells_what_somebody_needs() -> None:
    words = " ".join(KENMERKEN)

    for word in ("eis_aan", "aanpassing", "begeleiding", "leeftijd", "geboorte", "gemeente", "naam"):
        assert word not in words
