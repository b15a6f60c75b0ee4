"""The column index gives what PostgreSQL gives, whatever is asked of whomever, and misses no change."""

import uuid
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banenafspraak.bemiddeling import postcodes, werksoorten, zoekindex, zoekreferentie
from banenafspraak.bemiddeling.kenmerken import Zoekregel
from banenafspraak.bemiddeling.models import Klantprofiel
from banenafspraak.bemiddeling.postcodes import REGIOS
from banenafspraak.bemiddeling.wens import Wens, of_query
from banenafspraak.bemiddeling.zoekindex import Zoekindex
from tests.bemiddeling.kaartmensen import CLEANER, TODAY, make_people

pytestmark = pytest.mark.django_db
KINDS = list(werksoorten.WERKSOORTEN)[::17]


def maybe(strategy):
    return st.none() | strategy


@st.composite
def regels(draw) -> Zoekregel:
    kinds = tuple(draw(st.lists(st.sampled_from(KINDS), max_size=3, unique=True)))
    fields = tuple(dict.fromkeys(werksoorten.WERKSOORTEN[code].werkveld for code in kinds))
    shown = draw(st.booleans())
    return Zoekregel(
        profiel_id=draw(st.uuids()),
        versie=1,
        vanaf=TODAY if shown else None,
        tot=TODAY + timedelta(days=draw(st.integers(-1, 1))) if shown else None,
        plek=draw(st.integers(-1, 60)),
        gemeente=draw(st.sampled_from(["", "GM0402", "GM0363"])),
        regio=draw(st.sampled_from(["", *REGIOS[:4]])),
        reisafstand=draw(maybe(st.integers(0, 999))),
        vervoermiddelen=tuple(draw(st.sets(st.sampled_from([1, 2, 3, 4, 5, 9]), max_size=2))),
        uren_min=(hours := draw(maybe(st.integers(0, 40)))),
        uren_max=draw(maybe(st.integers(hours or 0, 99))),
        dagen=draw(maybe(st.integers(1, 127))),
        werksoorten=kinds,
        werkvelden=fields,
        niveau=draw(maybe(st.integers(1, 6))),
        ervaring=draw(maybe(st.lists(st.sampled_from(list(werksoorten.WERKVELDEN)), max_size=2).map(tuple))),
    )


@st.composite
def wensen(draw) -> Wens:
    kinds = tuple(draw(st.lists(st.sampled_from(KINDS), max_size=2, unique=True)))
    place = draw(maybe(st.sampled_from(["1011", "1217", "1381", "9712"])))
    return Wens(
        plek=postcodes.table().find(place) if place else None,
        straal=draw(maybe(st.integers(1, 60))) if place else None,
        werksoorten=kinds,
        werkveld=draw(st.sampled_from(["", "groen", "schoonmaak"])),
        uren=draw(maybe(st.integers(1, 40))),
        dagen=draw(st.sampled_from([0, 31, 96, 1])),
        niveau=draw(maybe(st.integers(1, 6))),
        gemotoriseerd=draw(st.booleans()),
    )


@settings(deadline=None, max_examples=120)
@given(
    people=st.lists(regels(), max_size=60, unique_by=lambda one: one.profiel_id),
    wens=wensen(),
    gemeenten=maybe(st.just(frozenset({"GM0402"}))),
    everybody=st.booleans(),
)
def test_the_index_answers_as_postgresql_does(people, wens, gemeenten, everybody) -> None:
    index = filled(people)
    zoekreferentie.load(people)

    asked = {"peildatum": TODAY, "gemeenten": gemeenten, "everybody": everybody}
    assert index.search(wens, **asked) == zoekreferentie.search(wens, **asked)


@settings(deadline=None, max_examples=40)
@given(
    before=st.lists(regels(), min_size=1, max_size=20, unique_by=lambda one: one.profiel_id),
    changed=st.lists(regels(), min_size=1, max_size=20),
    wens=wensen(),
)
def test_an_index_that_was_changed_is_as_good_as_a_new_one(before, changed, wens) -> None:
    index = filled(before)
    now = dict(zip((one.profiel_id for one in before), changed, strict=False))
    replaced = [Zoekregel(**{name: getattr(new, name) for name in Zoekregel.__slots__} | {"profiel_id": pk})
                for pk, new in now.items()]  # fmt: skip
    index.fill(replaced)
    people = [*replaced, *(one for one in before if one.profiel_id not in now)]

    assert index.search(wens, peildatum=TODAY) == filled(people).search(wens, peildatum=TODAY)


def test_an_id_that_ends_in_zeros_is_known_again_when_it_changes() -> None:
    pk = uuid.UUID("22abf48c-884d-4fcd-b08b-558e7b070000")
    shown = Zoekregel(profiel_id=pk, versie=1, vanaf=TODAY, tot=TODAY)
    index = filled([shown])

    index.fill([Zoekregel(profiel_id=pk)])

    assert index.search(Wens(), peildatum=TODAY, everybody=True).aantal == 0


def filled(people: list[Zoekregel]) -> Zoekindex:
    index = Zoekindex()
    index._tabel = postcodes.table()
    index.fill(people)
    index.settle()
    return index


def test_what_is_saved_is_found_at_the_next_search() -> None:
    index = Zoekindex()
    people = make_people([CLEANER] * 3)
    index.refresh(TODAY)
    wens = of_query("werk=tuinman")
    assert index.search(wens, peildatum=TODAY).aantal == 0

    Klantprofiel.objects.filter(pk=people[0].pk).update(werksoorten=["tuinman"])
    index.refresh(TODAY)

    assert [one.profiel_id for one in index.search(wens, peildatum=TODAY).beste] == [people[0].pk]


def test_what_is_withdrawn_is_gone_at_the_next_search() -> None:
    index = Zoekindex()
    people = make_people([CLEANER] * 3)
    index.refresh(TODAY)

    Klantprofiel.objects.filter(pk=people[0].pk).update(status="concept")
    Klantprofiel.objects.filter(pk=people[1].pk).delete()
    index.refresh(TODAY)

    assert index.search(Wens(), peildatum=TODAY).aantal == 1
    assert index.search(Wens(), peildatum=TODAY, everybody=True).aantal == 2


def test_an_answer_in_words_counts_as_the_kind_of_work_it_names() -> None:
    make_people([{**CLEANER, "werksoorten": [], "bemiddelingsberoepen": ["Hovenier"]}])
    index = Zoekindex()
    index.refresh(TODAY)

    assert index.search(of_query("werk=tuinman"), peildatum=TODAY).aantal == 1


def test_points_tell_who_of_some_people_fits_best() -> None:
    near, far, other = make_people([
        {**CLEANER, "bemiddelingspostcode": "1211"},
        {**CLEANER, "bemiddelingspostcode": "1381", "maximale_reisafstand": 30},
        {**CLEANER, "werksoorten": ["tuinman"]},
    ])  # fmt: skip
    index = Zoekindex()
    index.refresh(TODAY)

    points = index.points_of(of_query("waar=1211&werk=schoonmaker kantoor"), [near.pk, far.pk, other.pk, uuid.uuid4()])

    assert points[near.pk] > points[far.pk] > points[other.pk] == -1
    assert len(points) == 3


def test_the_index_of_the_process_is_small() -> None:
    assert zoekindex.INDEX.size < 1_000_000
