"""Matching explains itself, costs what nobody asked less than a no, and knows nothing of an illness."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banenafspraak.bemiddeling import matching, matchzinnen, werksoorten
from banenafspraak.bemiddeling.matching import (
    WEGING,
    Criterium,
    Oordeel,
    Richting,
    Vacaturevraag,
    Werkzoekende,
    judge,
)
from banenafspraak.bemiddeling.nabijheid import Nabijheid, nearness
from tests.bemiddeling.kaartmensen import TODAY
from tests.bemiddeling.match_strategies import KINDS, mensen, vragen

RICHTINGEN = st.sampled_from(Richting)
UNKNOWN = Werkzoekende()
ANSWERS = [one.name for one in fields(Werkzoekende)]
ZINNEN = set(matchzinnen.ZINNEN)


def reden(mens: Werkzoekende, vraag: Vacaturevraag, criterium: Criterium, richting: Richting = Richting.MENSEN):
    [one] = judge(mens, vraag, richting, criteria=(criterium,)).redenen
    return one


@pytest.mark.parametrize("richting", Richting)
def test_the_weights_of_a_direction_are_a_hundred_together(richting) -> None:
    assert set(WEGING[richting]) == set(Criterium)
    assert sum(WEGING[richting].values()) == 100


@given(mens=mensen(), vraag=vragen(), richting=RICHTINGEN)
def test_every_criterion_gives_points_and_one_sentence(mens, vraag, richting) -> None:
    uitslag = judge(mens, vraag, richting)

    assert [one.criterium for one in uitslag.redenen] == list(Criterium)
    assert uitslag.punten == sum(one.punten for one in uitslag.redenen) <= 100
    assert all(0 <= one.punten <= one.maximum for one in uitslag.redenen)
    for one in uitslag.redenen:
        for to_the_person in (True, False):
            text = matchzinnen.tekst(one, aan_de_persoon=to_the_person)
            assert text.endswith(".")
            assert "%(" not in text


@given(mens=mensen(), vraag=vragen(), answer=st.sampled_from(ANSWERS), richting=RICHTINGEN)
def test_an_answer_that_fits_never_takes_points_and_one_that_does_not_never_gives_them(
    mens, vraag, answer, richting
) -> None:
    unknown = replace(mens, **{answer: getattr(UNKNOWN, answer)})
    before, after = judge(unknown, vraag, richting), judge(mens, vraag, richting)

    for was, now in zip(before.redenen, after.redenen, strict=True):
        if was.oordeel is Oordeel.ONBEKEND and now.oordeel is Oordeel.PAST:
            assert now.aandeel >= was.aandeel
            assert now.punten >= was.punten
        if was.oordeel is Oordeel.ONBEKEND and now.oordeel in (Oordeel.NIET, Oordeel.KAN_NIET):
            assert now.aandeel < was.aandeel
            assert now.punten <= was.punten


@given(mens=mensen(), vraag=vragen())
def test_an_unknown_answer_keeps_nobody_out(mens, vraag) -> None:
    for one in judge(UNKNOWN, vraag, Richting.MENSEN).redenen:
        assert one.oordeel is not Oordeel.KAN_NIET
    for one in judge(mens, Vacaturevraag(peildatum=TODAY), Richting.BANEN).redenen:
        assert one.oordeel is not Oordeel.KAN_NIET


@given(mens=mensen(), vraag=vragen(), richting=RICHTINGEN)
def test_past_gives_more_than_unknown_and_unknown_more_than_no(mens, vraag, richting) -> None:
    for one in judge(mens, vraag, richting).redenen:
        match one.oordeel:
            case Oordeel.PAST:
                assert one.aandeel > matching.AANDEEL_ONBEKEND
            case Oordeel.ONBEKEND:
                assert 0 < one.aandeel <= matching.AANDEEL_ONBEKEND
            case Oordeel.NIET:
                assert one.aandeel <= 30
            case Oordeel.KAN_NIET:
                assert one.punten == 0


@given(mens=mensen(), vraag=vragen(), richting=RICHTINGEN, order=st.permutations(list(Criterium)))
def test_the_order_of_the_criteria_does_not_matter(mens, vraag, richting, order) -> None:
    straight, shuffled = judge(mens, vraag, richting), judge(mens, vraag, richting, criteria=order)

    assert shuffled.telling == straight.telling
    assert {one.criterium: one for one in shuffled.redenen} == {one.criterium: one for one in straight.redenen}


@given(mens=mensen(), vraag=vragen())
def test_both_ways_the_judgements_and_the_sentences_are_the_same(mens, vraag) -> None:
    def told(richting):
        return [
            (one.criterium, one.oordeel, one.aandeel, one.zin, one.waarden)
            for one in judge(mens, vraag, richting).redenen
        ]

    assert told(Richting.MENSEN) == told(Richting.BANEN)
    assert judge(mens, vraag, Richting.MENSEN).uitgesloten == judge(mens, vraag, Richting.BANEN).uitgesloten


def test_what_an_employer_needs_weighs_more_for_a_vacature_and_a_wish_more_for_a_person() -> None:
    people, jobs = WEGING[Richting.MENSEN], WEGING[Richting.BANEN]

    assert all(people[one] > jobs[one] for one in (Criterium.NIVEAU, Criterium.RIJBEWIJS, Criterium.ERVARING))
    assert all(jobs[one] > people[one] for one in (Criterium.WERK, Criterium.AFSTAND, Criterium.UREN, Criterium.DAGEN))


@given(vraag=vragen(), mens=mensen(), hours=st.integers(0, 99))
def test_more_hours_than_before_never_take_points_where_hours_were_too_few(vraag, mens, hours) -> None:
    fewer = replace(mens, uren_min=None, uren_max=hours)
    more = replace(fewer, uren_max=hours + 1)

    assert reden(more, vraag, Criterium.UREN).punten >= reden(fewer, vraag, Criterium.UREN).punten


@given(mens=mensen(), vraag=vragen(), km=st.integers(0, 250))
def test_nearer_is_never_worse(mens, vraag, km) -> None:
    work = (100.0, 450.0)
    vraag = replace(vraag, plek=work, straal=None)
    near, far = (replace(mens, plek=(work[0] + away, work[1])) for away in (float(km), float(km + 5)))

    assert reden(near, vraag, Criterium.AFSTAND).aandeel >= reden(far, vraag, Criterium.AFSTAND).aandeel


HOME, AT_WORK = (140.0, 470.0), (150.0, 470.0)  # ten kilometres apart


@pytest.mark.parametrize(
    ("reisafstand", "straal", "oordeel"),
    [
        (10, 10, Oordeel.PAST),
        (9, 10, Oordeel.KAN_NIET),
        (10, 9, Oordeel.KAN_NIET),
        (None, 10, Oordeel.ONBEKEND),
        (None, 9, Oordeel.KAN_NIET),
        (10, None, Oordeel.PAST),
    ],
)
def test_distance_counts_from_both_sides(reisafstand, straal, oordeel) -> None:
    mens = Werkzoekende(plek=HOME, reisafstand=reisafstand)
    vraag = Vacaturevraag(peildatum=TODAY, plek=AT_WORK, straal=straal)

    assert reden(mens, vraag, Criterium.AFSTAND).oordeel is oordeel


@pytest.mark.parametrize(
    ("uren_min", "uren_max", "oordeel"),
    [
        (None, 24, Oordeel.PAST),
        (32, 40, Oordeel.PAST),
        (None, 23, Oordeel.NIET),
        (None, 20, Oordeel.NIET),
        (None, 19, Oordeel.KAN_NIET),
        (33, 40, Oordeel.NIET),
        (33, None, Oordeel.NIET),
        (20, None, Oordeel.ONBEKEND),
    ],
)
def test_somebody_who_wants_more_hours_is_kept_and_somebody_who_can_far_fewer_is_not(
    uren_min, uren_max, oordeel
) -> None:
    vraag = Vacaturevraag(peildatum=TODAY, uren_min=24, uren_max=32)

    assert reden(Werkzoekende(uren_min=uren_min, uren_max=uren_max), vraag, Criterium.UREN).oordeel is oordeel


@pytest.mark.parametrize(
    ("has", "oordeel"),
    [
        (frozenset({"B"}), Oordeel.PAST),
        (matching.held(["CE"]), Oordeel.PAST),
        (frozenset({"AM"}), Oordeel.KAN_NIET),
        (frozenset(), Oordeel.KAN_NIET),
        (None, Oordeel.ONBEKEND),
    ],
)
def test_a_licence_holds_the_smaller_ones(has, oordeel) -> None:
    vraag = Vacaturevraag(peildatum=TODAY, rijbewijzen=frozenset({"B"}))

    assert reden(Werkzoekende(rijbewijzen=has), vraag, Criterium.RIJBEWIJS).oordeel is oordeel


@pytest.mark.parametrize(
    ("een", "ander", "near"),
    [
        ("tuinman", "tuinman", Nabijheid.ZELFDE),
        ("schoonmaker_kantoor", "schoonmaker_school", Nabijheid.VERWANT),
        ("schoonmaker_kantoor", "hulp_in_het_huishouden", Nabijheid.GROEP),
        ("schoonmaker_kantoor", "strijker", Nabijheid.WERKVELD),
        ("schoonmaker_kantoor", "tuinman", Nabijheid.NIET),
    ],
)
def test_work_is_near_through_isco_and_our_own_fields(een, ander, near) -> None:
    assert nearness(een, ander) is near


def test_a_group_of_the_brc_makes_work_near() -> None:
    assert nearness("schoonmaker_kantoor", "afwasser", {"9112": "1121", "9412": "1121"}) is Nabijheid.GROEP


@given(een=st.sampled_from(KINDS), ander=st.sampled_from(KINDS))
def test_nearness_is_the_same_from_either_side(een, ander) -> None:
    assert nearness(een, ander) is nearness(ander, een)


@settings(max_examples=30)
@given(seeds=st.lists(st.integers(0, 2**32 - 1), min_size=2, max_size=2, unique=True))
def test_each_vacature_draws_another_lot_among_equals(seeds) -> None:
    people = [number * 65_537 for number in range(200)]
    orders = [sorted(people, key=lambda one: matching.lot(seed, one)) for seed in seeds]

    assert orders[0] != orders[1]


def test_no_fact_of_health_ground_sex_or_age_can_weigh() -> None:
    known = {one.name for one in (*fields(Werkzoekende), *fields(Vacaturevraag))}

    assert known == {
        "peildatum", "werksoorten", "ervaring", "ervaring_gevraagd", "plek", "straal", "reisafstand", "uren_min",
        "uren_max", "dagen", "onregelmatig", "kantoortijden", "niveau", "rijbewijzen", "vervoermiddelen", "taal",
        "contracten", "overeenkomsten", "beschikbaar_vanaf", "begint_op",
    }  # fmt: skip


@given(mens=mensen(), vraag=vragen())
def test_a_sentence_says_nothing_but_kilometres_hours_days_work_and_licences(mens, vraag) -> None:
    names = {one.naam for one in werksoorten.WERKSOORTEN.values()}
    for one in judge(mens, vraag, Richting.MENSEN).redenen:
        for key, value in matchzinnen.values_of(one).items():
            assert value in names if key == "werk" else isinstance(value, int) or key == "rijbewijs"


def test_there_is_a_sentence_for_every_judgement_and_no_other() -> None:
    source = (matching.__file__ or "").replace(".pyc", ".py")
    with open(source, encoding="utf-8") as file:
        text = file.read()
    near = {f"{part}_{level.name.lower()}" for part in ("werk", "ervaring") for level in Nabijheid} - {"ervaring_niet"}
    near |= {"uren_past", "uren_past_vast", "uren_onbekend", "uren_onbekend_vast"}

    assert {code for code in ZINNEN if f'"{code}"' in text} | near == ZINNEN


def test_the_reasons_are_in_plain_words() -> None:
    mens = Werkzoekende(
        werksoorten=("tuinman",), plek=HOME, reisafstand=15, uren_max=20, dagen=31, taal=3, beschikbaar_vanaf=TODAY
    )
    vraag = Vacaturevraag(
        peildatum=TODAY, werksoorten=("hulphovenier",), plek=AT_WORK, uren_min=24, uren_max=32, dagen=31,
        begint_op=TODAY + timedelta(days=10),
    )  # fmt: skip
    told = {
        one.criterium: matchzinnen.tekst(one, aan_de_persoon=True) for one in judge(mens, vraag, Richting.BANEN).redenen
    }

    assert told[Criterium.WERK] == "Hulphovenier is werk in het werkveld dat u zoekt."
    assert told[Criterium.UREN] == "Het werk is minstens 24 uur per week, en u wilt iets minder: tot 20 uur."
    assert told[Criterium.AFSTAND] == (
        "Het werk is ongeveer 10 kilometer van uw huis, en u wilt tot 15 kilometer reizen."
    )
    assert told[Criterium.DAGEN] == "U wilt werken op alle dagen van deze baan."
    assert told[Criterium.RIJBEWIJS] == "Voor deze baan is geen rijbewijs nodig."
