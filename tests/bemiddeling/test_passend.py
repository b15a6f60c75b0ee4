"""Matches out of the database: who is shown for a vacature, what fits a person, and that each look is logged."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel, Verwerking
from banenafspraak.bemiddeling import passend, postcodes, vacatures
from banenafspraak.bemiddeling.matchindex import INDEX
from banenafspraak.bemiddeling.matching import GEMOTORISEERD, Criterium, Oordeel
from banenafspraak.bemiddeling.models import Klantprofiel, Verberging
from banenafspraak.bemiddeling.profielrecord import Dag, Taalbeheersing
from banenafspraak.bemiddeling.vacaturerecord import Geschiktreden, Sluitreden, Taak, VacatureRecord
from tests.bemiddeling.contactwereld import acts
from tests.bemiddeling.kaartmensen import CLEANER, TODAY, make_people
from tests.factories import NOW, make_bemiddelaar, make_burger, make_college, make_vacature, make_werkgever

pytestmark = pytest.mark.django_db
CLEANING = {"werksoort": "schoonmaker_kantoor", "naam_vacature": "Schoonmaker", "werkdagen": Dag.MAANDAG}
GARDENER = {**CLEANER, "werksoorten": ["tuinman"]}


@pytest.fixture
def hilversum() -> Actor:
    return make_college("GM0402")


@pytest.fixture
def bakery() -> Actor:
    return make_werkgever()


def people_for(actor: Actor, vacature, **fields) -> passend.Matchpagina:
    return acts(actor, passend.look_at_people, vacature_id=vacature.pk, now=NOW, **fields)


def test_the_best_stand_first_with_every_reason(hilversum, bakery) -> None:
    gardener, cleaner = make_people([GARDENER, CLEANER])
    vacature = make_vacature(bakery, **CLEANING)

    page = people_for(hilversum, vacature)

    assert [one.persoon_id for one in page.matches] == [cleaner.persoon_id, gardener.persoon_id]
    assert [one.criterium for one in page.matches[0].uitslag.redenen] == list(Criterium)
    assert page.matches[0].uitslag.punten > page.matches[1].uitslag.punten
    assert page.aantal == 2


def test_each_person_on_the_page_is_logged_and_nobody_else(hilversum, bakery) -> None:
    make_people([CLEANER, {**CLEANER, "maximale_reisafstand": 1, "bemiddelingspostcode": "1381"}])
    vacature = make_vacature(bakery, **CLEANING)

    page = people_for(hilversum, vacature)

    assert len(page.matches) == 1
    [regel] = Logregel.objects.filter(handeling=passend.MATCHES_BEKEKEN)
    assert regel.onderwerp == str(vacature.pk)
    assert Verwerking.objects.filter(naam=passend.MATCHES_BEKEKEN).count() == 1


@pytest.mark.parametrize(
    "answers",
    [
        {"status": "concept"},
        {"status": "niet_openbaar", "niet_openbaar_reden": "eigen_keuze"},
        {"beschikbaar": False},
        {"beschikbaar_bevestigd_op": TODAY - timedelta(days=90)},
    ],
)
def test_who_cannot_be_found_today_is_in_no_list(hilversum, bakery, answers) -> None:
    known = {choice[0] for choice in Klantprofiel._meta.get_field("niet_openbaar_reden").choices}
    if "niet_openbaar_reden" in answers and answers["niet_openbaar_reden"] not in known:
        answers = {**answers, "niet_openbaar_reden": sorted(known)[0]}
    make_people([{**CLEANER, **answers}])

    assert people_for(hilversum, make_vacature(bakery, **CLEANING)).matches == ()


def test_who_hides_from_this_employer_is_not_proposed_to_it(hilversum, bakery) -> None:
    [hiding] = make_people([CLEANER])
    vacature, elsewhere = (
        make_vacature(actor, **CLEANING) for actor in (bakery, make_werkgever(naam="Bloemist", kvk="00000022"))
    )
    Verberging.objects.create(profiel=hiding, organisatie_id=bakery.organisatie_id, sinds_at=NOW)

    assert people_for(hilversum, vacature).matches == ()
    assert len(people_for(hilversum, elsewhere).matches) == 1


def test_a_bemiddelaar_sees_the_own_people_only(bakery) -> None:
    make_people([CLEANER], first=0, gemeente="GM0402")
    make_people([CLEANER], first=1, gemeente="GM0363")
    vacature = make_vacature(bakery, **CLEANING)

    assert [len(people_for(make_college(code), vacature).matches) for code in ("GM0402", "GM0363", "GM0406")] == [
        1,
        1,
        0,
    ]
    assert len(people_for(make_bemiddelaar(regio="AM12"), vacature).matches) == 1


def test_a_vacature_that_the_bemiddelaar_does_not_see_is_not_there(hilversum, bakery) -> None:
    with pytest.raises(ObjectDoesNotExist):
        people_for(hilversum, make_vacature(bakery, is_open=False, **CLEANING))
    with pytest.raises(ObjectDoesNotExist):
        acts(hilversum, passend.look_at_people, vacature_id=uuid4(), now=NOW)


def test_nobody_else_sees_people_for_a_vacature(bakery) -> None:
    vacature = make_vacature(bakery, **CLEANING)

    for actor in (bakery, make_burger()):
        with pytest.raises(PermissionDenied):
            acts(actor, passend.look_at_people, vacature_id=vacature.pk, now=NOW)


def test_pages_go_on_where_the_one_before_ended_and_cost_the_same(hilversum, bakery) -> None:
    make_people([CLEANER] * 45)
    vacature = make_vacature(bakery, **CLEANING)
    pages, counts = [], []
    for number in (1, 2, 3, 99):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            pages.append([one.persoon_id for one in people_for(hilversum, vacature, nummer=number).matches])
        counts.append(len(queries))

    assert [len(page) for page in pages] == [20, 20, 5, 5]
    assert len({pk for page in pages[:3] for pk in page}) == 45
    assert pages[2] == pages[3]
    assert len(set(counts[1:])) == 1


def test_many_people_come_out_of_the_index_of_the_process(hilversum, bakery, monkeypatch) -> None:
    make_people([CLEANER, GARDENER])
    vacature = make_vacature(bakery, **CLEANING)
    few = people_for(hilversum, vacature)
    monkeypatch.setattr(passend, "_FEW", 0)
    INDEX.forget()

    assert people_for(hilversum, vacature).matches == few.matches
    INDEX.forget()


def test_another_vacature_has_another_order_among_equals(hilversum, bakery) -> None:
    make_people([CLEANER] * 12)
    orders = [
        tuple(one.persoon_id for one in people_for(hilversum, make_vacature(bakery, **CLEANING)).matches)
        for _ in range(3)
    ]

    assert len(set(orders)) > 1


# --- Vacatures for a person ----------------------------------------------------------------------------------------


def test_the_best_vacatures_stand_first_for_a_person(hilversum, bakery) -> None:
    [cleaner] = make_people([CLEANER])
    baking = make_vacature(bakery)
    cleaning = make_vacature(bakery, **CLEANING)

    found = acts(hilversum, passend.look_at_banen, persoon_id=cleaner.persoon_id, now=NOW)

    assert [one.vacature.pk for one in found.matches] == [cleaning.pk, baking.pk]
    assert found.aantal == 2
    assert Verwerking.objects.filter(naam=passend.BANEN_BEKEKEN).count() == 1


def test_a_person_sees_what_everybody_may_read_and_why(bakery) -> None:
    make_people([CLEANER])
    cleaning = make_vacature(bakery, **CLEANING)

    found = acts(make_burger(0), passend.own_banen, now=NOW)

    [match] = found.matches
    assert match.vacature.pk == cleaning.pk
    assert match.uitslag.redenen[0].zin == "werk_zelfde"
    assert found.bekend
    assert Logregel.objects.filter(handeling=passend.EIGEN_BANEN_BEKEKEN).count() == 1


def test_somebody_without_a_profile_is_told_so(bakery) -> None:
    make_vacature(bakery, **CLEANING)
    make_people([CLEANER], first=1)

    assert not acts(make_burger(0), passend.own_banen, now=NOW).bekend


def test_a_bemiddelaar_of_elsewhere_sees_no_vacatures_for_a_person(bakery) -> None:
    [cleaner] = make_people([CLEANER])
    make_vacature(bakery, **CLEANING)

    with pytest.raises(ObjectDoesNotExist):
        acts(make_college("GM0363"), passend.look_at_banen, persoon_id=cleaner.persoon_id, now=NOW)


@pytest.mark.parametrize("why", ["closed", "past", "unsuited", "far"])
def test_what_is_closed_past_unsuited_or_too_far_is_not_shown(hilversum, bakery, why) -> None:
    [cleaner] = make_people([CLEANER])
    vacature = make_vacature(
        bakery,
        **CLEANING,
        postcode="9712AB" if why == "far" else "1211AB",
        sluitingsdatum_vacature=TODAY if why == "past" else None,
    )
    now = NOW + timedelta(days=1) if why == "past" else NOW
    if why == "closed":
        vacatures.close(actor=bakery, vacature_id=vacature.pk, reden=Sluitreden.INGETROKKEN, now=NOW)
    if why == "unsuited":
        vacatures.judge(
            actor=make_bemiddelaar(),
            vacature_id=vacature.pk,
            geschikt=False,
            reden=Geschiktreden.EISEN_TE_HOOG,
            now=NOW,
        )

    assert acts(make_burger(0), passend.own_banen, now=now).matches == ()
    assert acts(hilversum, passend.look_at_banen, persoon_id=cleaner.persoon_id, now=now).matches == ()


def test_both_sides_hear_the_same_judgements(hilversum, bakery) -> None:
    make_people([CLEANER])
    vacature = make_vacature(bakery, **CLEANING)

    [for_bemiddelaar] = people_for(hilversum, vacature).matches
    [for_person] = acts(make_burger(0), passend.own_banen, now=NOW).matches

    assert [(one.criterium, one.oordeel, one.zin) for one in for_bemiddelaar.uitslag.redenen] == [
        (one.criterium, one.oordeel, one.zin) for one in for_person.uitslag.redenen
    ]


# --- What a vacature asks ------------------------------------------------------------------------------------------


def test_what_a_vacature_asks_comes_out_of_its_record() -> None:
    record = VacatureRecord(
        werksoort="tuinman",
        postcode="1211AB",
        bereikbaar_met_ov=False,
        taken=(Taak("Rijden", rijbewijzen=("B",), code_werk_en_denkniveau_minimaal=3),),
        taalbeheersing=(Taalbeheersing("nld", mondeling=2), Taalbeheersing("eng", mondeling=4)),
        aantal_werkuren_per_week_maximaal=24,
        werkdagen=Dag.MAANDAG,
        indicatie_kantoortijden=True,
        aantal_jaren_werkzaam_in_beroep=1,
        typen_arbeidscontract=("B",),
        datum_aanvang_werkzaamheden=date(2026, 6, 1),
    )
    vraag = passend.vraag_of(record, peildatum=TODAY)

    assert vraag.werksoorten == ("tuinman",)
    assert (vraag.niveau, vraag.rijbewijzen, vraag.taal) == (3, frozenset({"B"}), 2)
    assert (vraag.uren, vraag.dagen, vraag.onregelmatig) == ((24, 24), 1, False)
    assert vraag.vervoermiddelen == GEMOTORISEERD
    assert vraag.ervaring_gevraagd
    assert vraag.begint_op == date(2026, 6, 1)
    plek = postcodes.table().find("1211")
    assert plek is not None
    assert vraag.plek == (plek.x, plek.y)


@pytest.mark.parametrize(
    ("fields", "kinds"),
    [
        ({"naam_beroep": "Hovenier"}, ("tuinman",)),
        ({"naam_vacature": "Afwashulp"}, ("afwasser",)),
        ({"taken": (Taak("a", werksoort="tuinman"), Taak("b", werksoort="afwasser"))}, ("tuinman", "afwasser")),
        ({}, ()),
    ],
)
def test_a_vacature_without_a_kind_of_work_is_known_by_its_words_or_its_tasks(fields, kinds) -> None:
    assert passend.vraag_of(VacatureRecord(**fields), peildatum=TODAY).werksoorten == kinds


def test_what_nobody_said_of_a_vacature_leaves_nobody_out(hilversum, bakery) -> None:
    [cleaner] = make_people([CLEANER])
    told = passend.reasons_of([cleaner.pk], passend.vraag_of(VacatureRecord(), peildatum=TODAY))

    assert Oordeel.KAN_NIET not in {one.oordeel for one in told[cleaner.pk].redenen}
    assert passend.reasons_of([uuid4()], passend.vraag_of(VacatureRecord(), peildatum=TODAY)) == {}
