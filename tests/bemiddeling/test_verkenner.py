"""The employer's window: what is found, in which order and why, and that nothing but classes decides it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from banenafspraak.access import database
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Rol
from banenafspraak.bemiddeling import kaartnummers, verkenner
from banenafspraak.bemiddeling.models import Klantprofiel, Verberging, Vindbaarheid
from banenafspraak.bemiddeling.verkenner import Past, Reden, Zoekresultaat
from banenafspraak.bemiddeling.wens import of_query
from tests.bemiddeling.kaartmensen import CLEANER, make_people, publish
from tests.factories import NOW, make_actor, make_organisatie

pytestmark = pytest.mark.django_db
GARDENER = {**CLEANER, "werksoorten": ["tuinman"], "bemiddelingspostcode": "9712"}
UNKNOWN = {**CLEANER, "code_werk_en_denkniveau": None, "opleidingen": None}


@pytest.fixture
def employer() -> Actor:
    return make_actor(Rol.WERKGEVER)


def search(actor: Actor, query: str = "", **kwargs: int) -> Zoekresultaat:
    with transaction.atomic(), database.acting(actor):
        return verkenner.search(of_query(query), actor=actor, now=NOW, **kwargs)


def test_only_an_employer_searches() -> None:
    with pytest.raises(PermissionDenied):
        verkenner.search(of_query(""), actor=make_actor(Rol.BEMIDDELAAR), now=NOW)


def test_a_card_says_what_it_shares_and_how_many_tens_it_fits(employer: Actor) -> None:
    make_people([CLEANER] * 19)
    publish()

    [found] = search(employer).gevonden

    assert (found.kaart.waarde("werkveld"), found.kaart.tientallen) == ("schoonmaak", 10)


def test_work_that_somebody_does_not_want_is_left_out(employer: Actor) -> None:
    make_people([CLEANER] * 15 + [GARDENER] * 15)
    publish()

    assert [one.kaart.waarde("werkveld") for one in search(employer, "werk=tuinieren").gevonden] == ["groen"]


def test_a_missing_answer_never_leaves_somebody_out(employer: Actor) -> None:
    make_people([CLEANER] * 15 + [UNKNOWN] * 15)
    publish()

    result = search(employer, "niveau=3")

    assert [one.kaart.waarde("opleiding") for one in result.gevonden] == ["vmbo", "onbekend"]
    assert [one.redenen for one in result.gevonden] == [
        (Reden("niveau", Past.JA),),
        (Reden("niveau", Past.ONBEKEND),),
    ]


def test_distance_works_from_both_sides(employer: Actor) -> None:
    make_people([CLEANER] * 15)
    publish()

    assert search(employer, "waar=1211").kaarten == 1
    assert search(employer, "waar=9712").kaarten == 0
    assert search(employer, "waar=1381&straal=30").kaarten == 1
    assert search(employer, "waar=Hilversum").kaarten == 1


def test_every_facet_counts_tens(employer: Actor) -> None:
    make_people([CLEANER] * 19 + [GARDENER] * 15)
    publish()

    result = search(employer)

    assert result.facetten["werkveld"] == {"schoonmaak": 10, "groen": 10}
    assert set(result.facetten) == set(verkenner.FACETS)
    assert result.tientallen == 20


def test_a_facet_narrows_and_keeps_the_unknown(employer: Actor) -> None:
    make_people([CLEANER] * 15 + [{**CLEANER, "code_werk_en_denkniveau": 5}] * 15 + [UNKNOWN] * 15)
    publish()

    found = search(employer, "k_opleiding=hbo").gevonden

    assert {one.kaart.waarde("opleiding") for one in found} == {"hbo", "onbekend"}


def test_nothing_found_says_what_to_leave_open(employer: Actor) -> None:
    make_people([CLEANER] * 15)
    publish()

    result = search(employer, "waar=9712&werk=schoonmaken")

    assert result.gevonden == ()
    assert [(one.deel, one.tientallen) for one in result.versoepelingen] == [("plek", 10)]


def test_who_leaves_is_gone_from_the_next_answer(employer: Actor) -> None:
    people = make_people([CLEANER] * 15)
    publish()
    assert search(employer).kaarten == 1

    Klantprofiel.objects.filter(pk__in=[one.pk for one in people[:6]]).update(status="concept")

    assert search(employer).kaarten == 0


def test_who_expired_does_not_count_before_any_job_ran(employer: Actor) -> None:
    make_people([CLEANER] * 15)
    publish()

    with transaction.atomic(), database.acting(employer):
        later = verkenner.search(of_query(""), actor=employer, now=NOW + timedelta(days=61))
    assert later.kaarten == 0


def test_somebody_hidden_from_this_employer_does_not_count_for_it(employer: Actor) -> None:
    people = make_people([CLEANER] * 15)
    publish()
    for one in people[:6]:
        Verberging.objects.create(profiel=one, organisatie_id=employer.organisatie_id, sinds_at=NOW)
    other = make_actor(Rol.WERKGEVER)

    assert search(employer).kaarten == 0
    assert (
        search(replace(other, organisatie_id=make_organisatie(soort="werkgever", naam="B", kvk="12345678").pk)).kaarten
        == 1
    )


def test_the_number_of_a_card_differs_by_employer_and_week() -> None:
    numbers = {
        kaartnummers.make(7, organisatie_id=employer, now=NOW + timedelta(days=7 * week))
        for employer in (1, 2)
        for week in (0, 1)
    }

    assert len(numbers) == 4


def test_a_number_opens_for_its_own_employer_this_week_and_the_next() -> None:
    made = kaartnummers.make(-7, organisatie_id=1, now=NOW)

    assert kaartnummers.read(made, organisatie_id=1, now=NOW + timedelta(days=7)) == -7
    assert kaartnummers.read(made, organisatie_id=1, now=NOW + timedelta(days=14)) is None
    assert kaartnummers.read(made, organisatie_id=2, now=NOW) is None


@pytest.mark.parametrize("text", ["", "a", "x" * 26, "é" * 26, "7", "a" * 4000])
def test_any_other_text_is_no_number(text: str) -> None:
    assert kaartnummers.read(text, organisatie_id=1, now=NOW) is None


def test_the_employers_role_reads_no_member_and_no_profile(employer: Actor) -> None:
    make_people([CLEANER] * 15)
    publish()
    refused = [
        "SELECT * FROM bemiddeling_klasselid",
        "SELECT * FROM bemiddeling_klasse",
        "SELECT * FROM bemiddeling_klantprofiel",
        "SELECT * FROM bemiddeling_klassevloer",
        "SELECT * FROM bemiddeling_vindbaarheid",
        "SELECT * FROM bemiddeling_zoekregels(NULL, '2026-04-01', NULL)",
        "SELECT * FROM bemiddeling_klasseleden(1, NULL, NULL, '2026-04-01', NULL)",
        "SELECT * FROM bemiddeling_zicht('{}')",
    ]

    for statement in refused:
        with (
            pytest.raises(Exception, match="permission denied"),
            transaction.atomic(),
            database.acting(employer),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_a_card_of_one_person_is_found_and_counts_for_nobody(employer: Actor) -> None:
    people = make_people([CLEANER] * 16)
    publish()
    values = ["AM12", "vmbo", "schoonmaak", "24_tot_32", "doordeweeks", "nu", "tot_25", "fiets_of_ov", "geen"]
    Vindbaarheid.objects.create(
        profiel=people[0], kaart={"waarden": values, "werksoorten": ["schoonmaker_kantoor"]}, sinds_at=NOW
    )

    result = search(employer, "werk=schoonmaker kantoor")

    assert (result.kaarten, result.personen, result.tientallen) == (2, 1, 10)
    assert result.gevonden[0].kaart.is_persoon
    Vindbaarheid.objects.all().delete()
    assert search(employer).personen == 0
