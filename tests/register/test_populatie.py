"""What a gemeente sees of its own inhabitants, and of nobody else."""

from datetime import date, datetime, timedelta

import psycopg
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from banenafspraak.access import bsn as bsns
from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel, Verwerking
from banenafspraak.access.permissions import Rol
from banenafspraak.register import moment, populatie
from banenafspraak.register.populatie import Populatiefilter, Stand, Volgorde, Wijziging
from banenafspraak.register.populatiewoorden import Gemeentedoel
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.grondlabel import Grondlabel
from banenafspraak.wet.registratie import EindeReden
from tests.factories import (
    NOW,
    SINCE,
    bsn,
    make_actor,
    make_college,
    make_persoon,
    make_registratie,
    make_woonplaats,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 1)
LATER = NOW + timedelta(days=30)
LATER_DAY = date(2026, 5, 1)


def hilversum() -> Actor:
    return make_college("GM0402")


def inhabitant(nummer: int, *, gemeente: str = "GM0402", **fields):
    persoon = make_persoon(nummer)
    make_woonplaats(persoon, gemeente=gemeente)
    make_registratie(persoon, **fields)
    return persoon


def look_up(actor: Actor, nummer: int, *, peildatum: date = TODAY, now: datetime = NOW):
    return populatie.look_up(
        actor=actor, bsn=bsn(nummer), doel=Gemeentedoel.ONDERSTEUNING, peildatum=peildatum, now=now
    )


def look(actor: Actor, *, nummer: int = 1, **filters):
    return populatie.look_at_page(
        actor=actor, filters=Populatiefilter(**filters), nummer=nummer, peildatum=TODAY, now=NOW
    )


def test_a_gemeente_sees_label_first_day_and_end_of_an_inhabitant() -> None:
    persoon = inhabitant(0, vanaf=date(2016, 3, 1), tot=date(2020, 1, 1), einde_reden=EindeReden.OVERIG)
    make_registratie(persoon, grond=Grond.PWET_LKS_UWV_LOONWAARDE, route=Route.PRAKTIJKROUTE, vanaf=date(2021, 2, 1))

    regels = look_up(hilversum(), 0)

    assert [(r.label, r.vanaf, r.tot) for r in regels] == [
        (Grondlabel.A, date(2021, 2, 1), None),
        (Grondlabel.C, date(2016, 3, 1), date(2020, 1, 1)),
    ]


@pytest.mark.parametrize("who", ["elsewhere", "moved away", "not registered", "nobody"])
def test_who_is_no_registered_inhabitant_gives_the_same_empty_answer(who: str) -> None:
    if who == "elsewhere":
        inhabitant(0, gemeente="GM0406")
    elif who == "moved away":
        persoon = make_persoon(0)
        make_registratie(persoon)
        make_woonplaats(persoon, tot=TODAY)
    elif who == "not registered":
        make_woonplaats(make_persoon(0))

    assert look_up(hilversum(), 0) == ()


def test_a_miss_costs_the_same_statements_as_a_hit(django_assert_num_queries) -> None:
    inhabitant(0)
    actor = hilversum()

    for nummer in (0, 1):
        with django_assert_num_queries(5):  # savepoint, whose college, the question, the log rows, release
            look_up(actor, nummer)


@pytest.mark.parametrize("nummer", [0, 1])
def test_each_look_up_is_logged_on_the_person_with_its_purpose_and_article(nummer: int) -> None:
    inhabitant(0)
    actor = hilversum()

    look_up(actor, nummer)

    row = Logregel.objects.get()
    assert bytes(Verwerking.objects.get().betrokkene_index) == bsns.index(bsn(nummer), doel="audit")
    assert row.doel == "een inwoner helpen aan werk (Participatiewet art. 7; Wfsv art. 38d lid 4)"
    assert (row.handeling, row.onderwerp, row.organisatie_id) == (
        "inwoner opgezocht",
        "gemeente GM0402",
        actor.organisatie_id,
    )
    assert bsn(nummer).reveal() not in str(row.__dict__)


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol not in (Rol.ANONIEM, Rol.SYSTEEM)])
def test_only_a_bemiddelaar_of_a_gemeente_looks_at_inhabitants(rol: Rol) -> None:
    actor = make_actor(rol, regio="AM12", gemeente="GM0402")  # of UWV, also the bemiddelaar

    with pytest.raises(PermissionDenied):
        look_up(actor, 0)
    with pytest.raises(PermissionDenied):
        look(actor)
    with pytest.raises(PermissionDenied):
        populatie.look_at_changes(actor=actor, nummer=1, peildatum=TODAY, now=NOW)
    assert not Logregel.objects.exists()


def test_forgetting_the_actor_is_a_fault() -> None:
    with pytest.raises(TypeError):
        look(None)


def test_the_overview_holds_the_own_inhabitants_and_nobody_else() -> None:
    inhabitant(0)
    inhabitant(1, gemeente="GM0406")
    make_registratie(make_persoon(2))

    page = look(hilversum())

    assert [r.bsn for r in page.regels] == [bsn(0)]
    assert (page.personen, page.registraties) == (1, 1)


def test_somebody_on_two_grounds_is_one_person_with_two_registrations() -> None:
    make_registratie(inhabitant(0), grond=Grond.WSW, route=Route.WSW_DETACHERING)

    page = look(hilversum())

    assert (page.personen, page.registraties) == (1, 2)
    assert Verwerking.objects.count() == 1


def test_each_person_on_a_page_is_logged_and_nobody_of_another_page() -> None:
    for nummer in range(populatie.PER_PAGE + 3):
        inhabitant(nummer, vanaf=SINCE + timedelta(days=nummer))

    page = look(hilversum(), nummer=2)

    assert (page.nummer, page.paginas, len(page.regels)) == (2, 2, 3)
    shown = {bsns.index(r.bsn, doel="audit") for r in page.regels}
    assert {bytes(row.betrokkene_index) for row in Verwerking.objects.all()} == shown


@pytest.mark.parametrize(("asked", "given"), [(0, 1), (99, 1), (-4, 1)])
def test_a_page_that_does_not_exist_gives_the_nearest(asked: int, given: int) -> None:
    inhabitant(0)

    assert look(hilversum(), nummer=asked).nummer == given


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {0, 1}),
        ({"stand": Stand.GEEINDIGD}, {2}),
        ({"stand": Stand.ALLE}, {0, 1, 2}),
        ({"label": Grondlabel.B}, {1}),
        ({"sinds": date(2020, 1, 1)}, {1}),
        ({"sinds": date(2020, 1, 2)}, set()),
        ({"stand": Stand.GEEINDIGD, "sinds": date(2022, 1, 1)}, {2}),
        ({"stand": Stand.GEEINDIGD, "sinds": date(2022, 1, 2)}, set()),
        ({"stand": Stand.ALLE, "sinds": date(2021, 1, 1)}, {2}),
    ],
)
def test_filters_narrow_the_overview(filters: dict, expected: set[int]) -> None:
    inhabitant(0)
    inhabitant(1, grond=Grond.WSW, route=Route.WSW_DETACHERING, vanaf=date(2020, 1, 1))
    inhabitant(2, tot=date(2022, 1, 1))

    found = {r.bsn for r in look(hilversum(), **filters).regels}

    assert found == {bsn(n) for n in expected}


@pytest.mark.parametrize(
    ("grond", "route", "label"),
    [
        (Grond.OVERGANGSRECHT_38B_1_F, Route.WSW_WACHTLIJST, Grondlabel.NIET_VERMELD),
        (Grond.BLIJFGROND_38B_6, Route.WAJONG_2015, Grondlabel.NIET_VERMELD),
        (Grond.WIW_ID, Route.WIW_ID, Grondlabel.GELIJKGESTELD),
    ],
)
def test_a_ground_without_a_label_in_the_decree_is_filtered_as_such(grond, route, label) -> None:
    inhabitant(0, grond=grond, route=route)
    inhabitant(1)

    page = look(hilversum(), label=label)

    assert [(r.bsn, r.label) for r in page.regels] == [(bsn(0), label)]


@pytest.mark.parametrize("volgorde", Volgorde)
def test_every_order_shows_everybody_once(volgorde: Volgorde) -> None:
    for nummer in range(3):
        inhabitant(nummer, tot=date(2030, 1, 1 + nummer))

    assert len({r.bsn for r in look(hilversum(), volgorde=volgorde).regels}) == 3


def changes(actor: Actor, *, nummer: int = 1):
    return populatie.look_at_changes(actor=actor, nummer=nummer, peildatum=LATER_DAY, now=LATER)


def closed(actor: Actor) -> None:
    populatie.close_overview(actor=actor, peildatum=TODAY, now=NOW)


def test_without_a_closed_overview_there_is_nothing_to_compare_with() -> None:
    assert changes(hilversum()) is None


def test_who_is_registered_since_then_is_instroom() -> None:
    actor = hilversum()
    make_woonplaats(persoon := make_persoon(0))
    closed(actor)
    make_registratie(persoon, vanaf=date(2026, 4, 15), known_from=NOW + timedelta(days=15))

    (change,) = changes(actor).gewijzigd

    assert (change.bsn, change.wijziging, change.op, change.label) == (
        bsn(0),
        Wijziging.INSTROOM,
        date(2026, 4, 15),
        Grondlabel.C,
    )


def test_what_became_known_later_about_an_earlier_day_is_a_change_too() -> None:
    actor = hilversum()
    closed(actor)
    persoon = make_persoon(0)
    make_woonplaats(persoon, known_from=NOW + timedelta(days=1))
    make_registratie(persoon, vanaf=date(2018, 1, 1), known_from=NOW + timedelta(days=1))

    assert [g.wijziging for g in changes(actor).gewijzigd] == [Wijziging.INSTROOM]


def test_whose_registration_ended_is_uitstroom_with_the_day() -> None:
    actor = hilversum()
    persoon = make_persoon(0)
    make_woonplaats(persoon)
    make_registratie(persoon, known_until=NOW + timedelta(days=1))
    closed(actor)
    make_registratie(persoon, tot=date(2026, 4, 10), known_from=NOW + timedelta(days=1))

    (change,) = changes(actor).gewijzigd

    assert (change.wijziging, change.op) == (Wijziging.UITSTROOM, date(2026, 4, 10))


def test_a_registration_that_was_a_mistake_is_uitstroom_without_a_day() -> None:
    actor = hilversum()
    persoon = make_persoon(0)
    make_woonplaats(persoon)
    make_registratie(persoon, known_until=NOW + timedelta(days=1))
    closed(actor)

    (change,) = changes(actor).gewijzigd

    assert (change.wijziging, change.op) == (Wijziging.UITSTROOM, None)


def moved(nummer: int, uit: str, naar: str):
    persoon = make_persoon(nummer)
    make_registratie(persoon)
    make_woonplaats(persoon, gemeente=uit, known_until=NOW + timedelta(days=1))
    return persoon, lambda: (
        make_woonplaats(persoon, gemeente=uit, tot=date(2026, 4, 20), known_from=NOW + timedelta(days=1)),
        make_woonplaats(persoon, gemeente=naar, vanaf=date(2026, 4, 20), known_from=NOW + timedelta(days=1)),
    )


def test_a_registered_person_who_came_to_live_here_moved_in() -> None:
    actor = hilversum()
    _, move = moved(0, "GM0406", "GM0402")
    closed(actor)
    move()

    (change,) = changes(actor).gewijzigd

    assert (change.wijziging, change.op, change.label) == (Wijziging.VERHUISD_NAAR, date(2026, 4, 20), Grondlabel.C)


def test_of_who_moved_away_only_that_is_told() -> None:
    actor = hilversum()
    _, move = moved(0, "GM0402", "GM0406")
    closed(actor)
    move()

    (change,) = changes(actor).gewijzigd

    assert (change.wijziging, change.op, change.label) == (Wijziging.VERHUISD_UIT, date(2026, 4, 20), None)


def test_who_moved_away_and_was_deregistered_there_is_only_moved() -> None:
    actor = hilversum()
    persoon = make_persoon(0)
    make_registratie(persoon, known_until=NOW + timedelta(days=1))
    make_woonplaats(persoon, known_until=NOW + timedelta(days=1))
    closed(actor)
    make_registratie(persoon, tot=date(2026, 4, 25), known_from=NOW + timedelta(days=1))
    make_woonplaats(persoon, tot=date(2026, 4, 20), known_from=NOW + timedelta(days=1))

    (change,) = changes(actor).gewijzigd

    assert (change.wijziging, change.op) == (Wijziging.VERHUISD_UIT, date(2026, 4, 20))


def test_changes_are_counted_over_all_pages_and_logged_for_the_page_shown() -> None:
    actor = hilversum()
    closed(actor)
    for nummer in range(populatie.PER_PAGE + 1):
        persoon = make_persoon(nummer)
        make_woonplaats(persoon, known_from=NOW + timedelta(days=1))
        make_registratie(persoon, known_from=NOW + timedelta(days=1))
    before = Verwerking.objects.count()

    found = changes(actor, nummer=2)

    assert (found.aantallen[Wijziging.INSTROOM], found.paginas, len(found.gewijzigd)) == (populatie.PER_PAGE + 1, 2, 1)
    assert Verwerking.objects.count() == before + 1


def test_the_overview_of_another_gemeente_is_its_own() -> None:
    closed(hilversum())

    assert changes(make_college("GM0406")) is None


def test_closing_again_starts_counting_anew() -> None:
    actor = hilversum()
    closed(actor)
    inhabitant(0)
    populatie.close_overview(actor=actor, peildatum=LATER_DAY, now=LATER - timedelta(days=1))

    assert changes(actor).gewijzigd == ()


def test_an_overview_is_not_closed_while_somebody_is_writing() -> None:
    actor = hilversum()
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("SELECT pg_advisory_xact_lock_shared(%s)", [moment.WRITERS])
        with pytest.raises(populatie.RegisterBezig):
            closed(actor)
    assert populatie.last_closed(actor=actor) is None
