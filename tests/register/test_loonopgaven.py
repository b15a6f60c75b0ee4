"""Returns that say something about the same month: the newest wins, in whatever order somebody chose the files."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banenafspraak.register.loonopgaven import Onbruikbaar, Tijdvakopgave, combine
from tests.factories import bsn
from tests.register.quotum import opgave, tijdvak


def hours(*said: Tijdvakopgave) -> dict[str, Decimal]:
    [state] = combine(said)
    return {key[0]: one.uren for key, one in state.opgaven.items()}


def key(nummer: int) -> str:
    return bsn(nummer).reveal()


def test_a_later_full_return_replaces_everything() -> None:
    found = hours(tijdvak(3, opgave(0), opgave(1), gemaakt=90), tijdvak(3, opgave(0, uren="80"), gemaakt=91))

    assert found == {key(0): 80}


def test_a_supplement_replaces_only_whom_it_names() -> None:
    first = tijdvak(3, opgave(0), opgave(1), gemaakt=90)
    later = tijdvak(3, opgave(1, uren="20"), gemaakt=91, volledig=False)

    assert hours(first, later) == {key(0): 100, key(1): 20}


def test_a_withdrawal_takes_away() -> None:
    first = tijdvak(3, opgave(0), opgave(1), gemaakt=90)
    gone = tijdvak(3, gemaakt=91, volledig=False, intrekkingen=frozenset({(key(1), 1)}))

    assert hours(first, gone) == {key(0): 100}


def test_a_full_return_after_the_correction_has_the_last_word() -> None:
    first = tijdvak(3, opgave(0), gemaakt=90)
    correction = tijdvak(3, opgave(0, uren="20"), gemaakt=91, volledig=False)
    again = tijdvak(3, opgave(0, uren="60"), gemaakt=92)

    assert hours(again, correction, first) == {key(0): 60}


def test_the_same_message_twice_says_it_once() -> None:
    said = tijdvak(3, opgave(0))

    [state] = combine([said, replace(said, bestand="kopie.xml", regel=9)])

    assert state.volledige == 1


def test_two_inkomstenverhoudingen_of_one_person_stand_beside_each_other() -> None:
    [state] = combine([tijdvak(3, opgave(0, numiv=1), opgave(0, numiv=2))])

    assert len(state.opgaven) == 2


def test_two_full_returns_are_counted() -> None:
    [state] = combine([tijdvak(3, opgave(0), gemaakt=90), tijdvak(3, opgave(0), gemaakt=95)])

    assert state.volledige == 2


def test_who_is_without_bsn_is_counted_once() -> None:
    [state] = combine([tijdvak(3, gemaakt=90, zonder_bsn=2), tijdvak(3, gemaakt=91, zonder_bsn=3)])

    assert state.zonder_bsn == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (tijdvak(3, opgave(0), gemaakt_at=None), tijdvak(3, opgave(0, uren="1"), gemaakt_at=None)),
        (tijdvak(3, opgave(0)), tijdvak(3, opgave(0, uren="1"), gemaakt_at=None)),
        (tijdvak(3, opgave(0)), tijdvak(3, opgave(0, uren="1"))),
        (tijdvak(3, opgave(0), volledig=False), tijdvak(3, opgave(0, uren="1"), volledig=False)),
    ],
)
def test_two_that_do_not_say_which_came_last_are_refused(one: Tijdvakopgave, other: Tijdvakopgave) -> None:
    with pytest.raises(Onbruikbaar) as refused:
        combine([one, other])

    [fout] = refused.value.fouten
    assert "er staat niet in welke de nieuwste is" in fout.reden
    assert fout.oplossing


def test_supplements_about_different_people_need_no_order() -> None:
    one = tijdvak(3, opgave(0), volledig=False, gemaakt_at=None)
    other = tijdvak(3, opgave(1), volledig=False, gemaakt_at=None)

    assert hours(one, other) == hours(other, one) == {key(0): 100, key(1): 100}


def test_tijdvakken_that_overlap_are_refused() -> None:
    month = tijdvak(3, opgave(0))
    weeks = replace(month, begin=date(2026, 2, 23), einde=date(2026, 3, 22))

    with pytest.raises(Onbruikbaar, match="door een ander tijdvak heen"):
        combine([month, weeks])


@given(st.permutations(range(6)), st.data())
def test_the_order_of_the_files_does_not_matter(order: list[int], data: st.DataObject) -> None:
    said = [
        tijdvak(
            3,
            *(opgave(n, uren=str(data.draw(st.integers(0, 160)))) for n in data.draw(st.sets(st.integers(0, 3)))),
            gemaakt=90 + place,
            volledig=data.draw(st.booleans()),
        )
        for place in range(6)
    ]

    assert combine(said) == combine([said[place] for place in order])


@given(st.lists(st.tuples(st.booleans(), st.dictionaries(st.integers(0, 3), st.integers(0, 160))), min_size=1))
def test_the_state_is_what_replacing_one_by_one_gives(messages: list[tuple[bool, dict[int, int]]]) -> None:
    expected: dict[str, int] = {}
    said = []
    for place, (full, people) in enumerate(messages):
        expected = {} if full else expected
        expected |= {key(nummer): uren for nummer, uren in people.items()}
        said.append(
            tijdvak(3, *(opgave(n, uren=str(uren)) for n, uren in people.items()), gemaakt=place, volledig=full)
        )

    assert hours(*said) == expected
