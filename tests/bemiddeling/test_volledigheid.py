"""When a profile is complete and fresh, as a table to read."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banenafspraak.bemiddeling.profielrecord import (
    Contact,
    EisAanWerk,
    ProfielRecord,
    Stap,
    Taalbeheersing,
    Werkervaring,
)
from banenafspraak.bemiddeling.volledigheid import (
    DAGEN_HERINNERING,
    DAGEN_VERS,
    REGELS,
    Onderdeel,
    completeness,
    fresh_since,
    freshness,
)

DAY = date(2026, 4, 1)
FIVE_FACTS = ProfielRecord(
    werksoorten=("tuinman",),
    beschikbaar=True,
    aantal_werkuren_per_week_maximaal=24,
    bemiddelingspostcode="1211AB",
    maximale_reisafstand=10,
    code_werk_en_denkniveau=3,
    werkervaringen=(),
)
EVERYTHING = replace(
    FIVE_FACTS,
    werkdagen=31,
    vervoermiddelen=(3,),
    taalbeheersing=(Taalbeheersing("nld", 3),),
    rijbewijzen=(),
    contact=Contact(emailadres="a@voorbeeld.nl"),
)


def found(record: ProfielRecord, beantwoord: dict[str, date] | None = None):
    return completeness(record, beantwoord or {}, DAY)


def test_the_parts_are_together_a_hundred_points() -> None:
    assert sum(regel.punten for regel in REGELS.values()) == 100


def test_nothing_known_is_nothing_complete() -> None:
    empty = found(ProfielRecord())

    assert (empty.score, empty.volledig, empty.volgende) == (0, False, Stap.WERK)
    assert set(empty.ontbreekt) == set(Onderdeel)


def test_the_five_facts_make_a_profile_complete() -> None:
    assert found(FIVE_FACTS).volledig
    assert found(FIVE_FACTS).score == 80


def test_everything_known_is_a_hundred_and_asks_nothing() -> None:
    all_ = found(EVERYTHING)

    assert (all_.score, all_.volledig, dict(all_.ontbreekt), all_.volgende) == (100, True, {}, None)


@pytest.mark.parametrize(
    ("without", "missing", "step"),
    [
        ({"werksoorten": ()}, Onderdeel.WERK, Stap.WERK),
        ({"beschikbaar": None}, Onderdeel.BESCHIKBAAR, Stap.BESCHIKBAAR),
        ({"aantal_werkuren_per_week_maximaal": None}, Onderdeel.UREN, Stap.UREN),
        ({"bemiddelingspostcode": ""}, Onderdeel.POSTCODE, Stap.REIZEN),
        ({"maximale_reisafstand": None}, Onderdeel.REISAFSTAND, Stap.REIZEN),
        ({"code_werk_en_denkniveau": None}, Onderdeel.NIVEAU, Stap.OPLEIDING),
        ({"werkervaringen": None}, Onderdeel.ERVARING, Stap.ERVARING),
    ],
)
def test_without_one_of_them_it_is_not_complete_and_that_is_asked_next(without, missing, step) -> None:
    lacking = found(replace(EVERYTHING, **without))

    assert not lacking.volledig
    assert list(lacking.ontbreekt) == [missing]
    assert lacking.ontbreekt[missing] == REGELS[missing].reden
    assert lacking.volgende is step
    assert lacking.score == 100 - REGELS[missing].punten


def test_no_is_an_answer_as_well() -> None:
    no = replace(FIVE_FACTS, beschikbaar=False, werkervaringen=(), rijbewijzen=())

    assert found(no).volledig
    assert Onderdeel.RIJBEWIJS not in found(no).ontbreekt


def test_what_somebody_needs_at_work_never_counts() -> None:
    told = replace(FIVE_FACTS, eis_aan_werk=EisAanWerk(True, True, True, "rust"))

    assert found(told) == found(FIVE_FACTS)


def test_what_an_employer_needs_goes_before_what_is_handy() -> None:
    assert found(replace(EVERYTHING, contact=Contact(), werkervaringen=None)).volgende is Stap.ERVARING


def test_an_old_answer_is_asked_again_before_what_is_handy() -> None:
    old = {Stap.OPLEIDING.value: DAY - timedelta(days=400), Stap.WERK.value: DAY - timedelta(days=366)}

    asked = found(replace(EVERYTHING, contact=Contact()), old)

    assert asked.verouderd == (Stap.OPLEIDING, Stap.WERK)
    assert asked.volgende is Stap.OPLEIDING
    assert asked.volledig


def test_an_answer_of_a_year_ago_is_not_old_yet() -> None:
    assert found(EVERYTHING, {Stap.WERK.value: DAY - timedelta(days=365)}).verouderd == ()


@pytest.mark.parametrize(("days", "vers", "over"), [(0, True, 61), (59, True, 2), (60, True, 1), (61, False, 0)])
def test_available_holds_sixty_days(days: int, vers: bool, over: int) -> None:
    said = DAY - timedelta(days=days)

    holds = freshness(said, DAY)

    assert (holds.vers, holds.dagen_over) == (vers, over)
    assert (said >= fresh_since(DAY)) is vers


def test_available_that_was_never_said_does_not_hold() -> None:
    assert not freshness(None, DAY).vers


def test_people_are_asked_before_it_ends() -> None:
    assert all(days < DAGEN_VERS for days in DAGEN_HERINNERING)


@given(st.dates(), st.dates())
def test_fresh_is_the_same_by_the_day_it_ends_and_by_the_day_it_may_begin(said: date, day: date) -> None:
    if date.min + timedelta(days=DAGEN_VERS) < day and said < date.max - timedelta(days=DAGEN_VERS + 1):
        assert freshness(said, day).vers is (said >= fresh_since(day))


@given(st.sets(st.sampled_from(sorted(vars(EVERYTHING)))))
def test_knowing_less_never_makes_it_more_complete(forgotten: set[str]) -> None:
    unknown = ProfielRecord()
    less = replace(EVERYTHING, **{name: getattr(unknown, name) for name in forgotten})

    assert found(less).score <= found(EVERYTHING).score
    assert set(found(EVERYTHING).ontbreekt) <= set(found(less).ontbreekt)


def test_work_somebody_did_counts_however_little_is_told_of_it() -> None:
    assert Onderdeel.ERVARING not in found(ProfielRecord(werkervaringen=(Werkervaring(),))).ontbreekt
