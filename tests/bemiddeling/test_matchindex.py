"""The columns give the points of the pure function, whatever is asked of whomever, and draw the same lots."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banenafspraak.bemiddeling import matching, postcodes
from banenafspraak.bemiddeling.kenmerken import Zoekregel
from banenafspraak.bemiddeling.matchindex import Matchindex, _lots, mens_of
from banenafspraak.bemiddeling.matching import Richting, Vacaturevraag, judge
from banenafspraak.bemiddeling.models import Klantprofiel
from banenafspraak.bemiddeling.wens import of_query
from banenafspraak.bemiddeling.zoekindex import Zoekindex
from tests.bemiddeling.kaartmensen import CLEANER, TODAY, make_people
from tests.bemiddeling.match_strategies import regels, vragen

pytestmark = pytest.mark.django_db
PC4 = st.sampled_from(["1011", "1012", "1217", "1381", "9712"])


def place(pc4: str) -> tuple[float, float]:
    found = postcodes.table().find(pc4)
    assert found is not None
    return found.x, found.y


def filled(people: list[Zoekregel]) -> Matchindex:
    index = Matchindex()
    index._tabel = postcodes.table()
    index.fill(people)
    index.settle()
    return index


@settings(deadline=None, max_examples=200)
@given(people=st.lists(regels(), max_size=40, unique_by=lambda one: one.profiel_id), vraag=vragen(PC4.map(place)))
def test_the_columns_give_the_points_of_the_pure_function(people, vraag) -> None:
    tabel = postcodes.table()
    points = filled(people).points_for(vraag, [one.profiel_id for one in people])

    assert points == {one.profiel_id: judge(mens_of(one, tabel), vraag, Richting.MENSEN).telling for one in people}


@settings(deadline=None, max_examples=60)
@given(
    people=st.lists(regels(), max_size=40, unique_by=lambda one: one.profiel_id),
    vraag=vragen(PC4.map(place)),
    limit=st.integers(1, 12),
    zaad=st.integers(0, 2**32 - 1),
)
def test_the_best_are_the_best_and_equals_are_drawn_by_lot(people, vraag, limit, zaad) -> None:
    found = filled(people).rank(vraag, peildatum=TODAY, limit=limit, zaad=zaad)

    tabel = postcodes.table()
    all_points = {one.profiel_id: judge(mens_of(one, tabel), vraag, Richting.MENSEN).telling for one in people}
    shown = [pk for one in people if one.is_visible_on(TODAY) and all_points[pk := one.profiel_id] >= 0]
    shown.sort(key=lambda pk: (-all_points[pk], matching.lot(zaad, int.from_bytes(pk.bytes[:4], "big")), pk.bytes))
    assert found.aantal == len(shown)
    assert found.beste == tuple((pk, all_points[pk]) for pk in shown[:limit])


@settings(deadline=None, max_examples=40)
@given(
    before=st.lists(regels(), min_size=1, max_size=12, unique_by=lambda one: one.profiel_id),
    changed=st.lists(regels(), min_size=1, max_size=12),
    vraag=vragen(PC4.map(place)),
)
def test_an_index_that_was_changed_is_as_good_as_a_new_one(before, changed, vraag) -> None:
    index = filled(before)
    replaced = [replace(new, profiel_id=old.profiel_id) for old, new in zip(before, changed, strict=False)]
    index.fill(replaced)
    people = [*replaced, *before[len(replaced) :]]
    ids = [one.profiel_id for one in people]

    assert index.points_for(vraag, ids) == filled(people).points_for(vraag, ids)


def test_it_is_searched_as_the_index_it_is_made_of() -> None:
    make_people([CLEANER, {**CLEANER, "werksoorten": ["tuinman"]}])
    whole, plain = Matchindex(), Zoekindex()
    for index in (whole, plain):
        index.refresh(TODAY)
    wens = of_query("waar=1211&werk=schoonmaker kantoor&uren=24&dagen=31&niveau=3&vervoer=eigen")

    assert whole.search(wens, peildatum=TODAY) == plain.search(wens, peildatum=TODAY)
    assert whole.search(wens, peildatum=TODAY).aantal == 0
    assert whole.search(of_query("waar=1211"), peildatum=TODAY).aantal == 2


@given(zaad=st.integers(0, 2**32 - 1), numbers=st.lists(st.integers(0, 2**32 - 1), max_size=20))
def test_the_lots_are_those_of_the_pure_function(zaad, numbers) -> None:
    assert _lots(zaad, np.array(numbers, np.uint32)).tolist() == [matching.lot(zaad, one) for one in numbers]


def test_every_answer_that_matching_takes_comes_out_of_the_database() -> None:
    [profiel] = make_people(
        [
            {
                **CLEANER,
                "rijbewijzen": ["BE"],
                "indicatie_onregelmatig_werk_of_ploegendienst": False,
                "indicatie_kantoortijden": True,
                "taalbeheersing": [{"code_taal": "nld", "mondeling": 3}, {"code_taal": "ara", "mondeling": 4}],
                "typen_arbeidscontract": ["O"],
                "typen_overeenkomst": ["01", "02"],
                "werkervaringen": [{"werksoort": "tuinman"}, {"werksoort": "", "naam_beroep": "Hovenier"}],
            }
        ]
    )
    index = Matchindex()
    index.refresh(TODAY)
    vraag = Vacaturevraag(
        peildatum=TODAY,
        werksoorten=("tuinman",),
        plek=place("1211"),
        uren_min=20,
        uren_max=20,
        dagen=31,
        onregelmatig=False,
        niveau=3,
        rijbewijzen=frozenset({"B"}),
        taal=3,
        contracten=frozenset({"O"}),
        overeenkomsten=frozenset({"02"}),
    )

    # Everything fits but the work itself, which she did before and does not look for.
    assert index.points_for(vraag, [profiel.pk]) == {profiel.pk: 100 - matching.WEGING[Richting.MENSEN]["werk"]}
    assert index.points_for(replace(vraag, onregelmatig=True), [profiel.pk]) == {profiel.pk: -1}
    assert index.points_for(replace(vraag, taal=4), [profiel.pk])[profiel.pk] < 100 - 26


def test_what_is_saved_counts_at_the_next_refresh() -> None:
    [profiel] = make_people([CLEANER])
    index = Matchindex()
    index.refresh(TODAY)
    vraag = Vacaturevraag(peildatum=TODAY, rijbewijzen=frozenset({"B"}))
    unknown = index.points_for(vraag, [profiel.pk])[profiel.pk]

    Klantprofiel.objects.filter(pk=profiel.pk).update(rijbewijzen=[])
    index.refresh(TODAY)

    assert unknown > 0
    assert index.points_for(vraag, [profiel.pk])[profiel.pk] == -1
