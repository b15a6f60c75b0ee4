"""What an employer sees of placements: what the person shares with just this employer, each look written down."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction

from banenafspraak.access import database
from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel, Verwerking
from banenafspraak.bemiddeling import plaatsingen, plaatsinginzage
from banenafspraak.bemiddeling.models import Plaatsing
from banenafspraak.bemiddeling.plaatsinginzage import GedeeldePlaatsing
from banenafspraak.register import personen
from tests.bemiddeling.contactwereld import acts, make_profiel
from tests.bemiddeling.plaatsingwereld import CONTRACT, TODAY, UITZEND, UITZENDBUREAU, planned, running
from tests.factories import NOW, make_burger, make_college, make_persoon, make_werkgever, make_woonplaats

pytestmark = pytest.mark.django_db


@pytest.fixture
def college() -> Actor:
    return make_college()


@pytest.fixture
def werkgever() -> Actor:
    return make_werkgever()


@pytest.fixture
def plaatsing(college: Actor) -> Plaatsing:
    return running(college, make_profiel().persoon_id)


def share(plaatsing: Plaatsing, kvk: str = "00000011") -> None:
    plaatsingen.share(actor=make_burger(), plaatsing_id=plaatsing.pk, kvk=kvk, naam="Noor de Vries", now=NOW)


def seen(werkgever: Actor) -> list[GedeeldePlaatsing]:
    found = acts(werkgever, plaatsinginzage.shared_with, now=NOW)
    assert isinstance(found, list)
    return found


def test_an_employer_sees_nothing_that_is_not_shared(plaatsing: Plaatsing, werkgever: Actor) -> None:
    assert seen(werkgever) == []


def test_an_employer_sees_what_the_person_shares(plaatsing: Plaatsing, werkgever: Actor) -> None:
    share(plaatsing)
    [one] = seen(werkgever)
    assert (one.plaatsing_id, one.naam, one.uren_per_week) == (plaatsing.pk, "Noor de Vries", 24)


def test_from_the_moment_it_is_taken_back_nothing_is_seen(plaatsing: Plaatsing, werkgever: Actor) -> None:
    share(plaatsing)
    plaatsingen.stop_sharing(actor=make_burger(), plaatsing_id=plaatsing.pk, kvk="00000011", now=NOW)
    assert seen(werkgever) == []


def test_another_employer_sees_nothing(plaatsing: Plaatsing) -> None:
    share(plaatsing)
    assert seen(make_werkgever(naam="Drukkerij", kvk="00000033")) == []


def test_one_of_two_employers_is_enough_for_that_one_only(college: Actor, werkgever: Actor) -> None:
    share(running(college, make_profiel().persoon_id, UITZEND))
    assert len(seen(werkgever)) == 1
    assert seen(make_werkgever(naam="Uitzendbureau", kvk=UITZENDBUREAU.kvk)) == []


def test_what_did_not_happen_is_not_seen_any_more(college: Actor, werkgever: Actor) -> None:
    plaatsing = planned(college, make_profiel().persoon_id)
    share(plaatsing)
    plaatsingen.withdraw(actor=college, plaatsing_id=plaatsing.pk, now=NOW)
    assert seen(werkgever) == []


def test_what_continues_is_shared_with_the_same_employer(
    college: Actor, plaatsing: Plaatsing, werkgever: Actor
) -> None:
    share(plaatsing)
    made = plaatsingen.follow_up(
        actor=college, plaatsing_id=plaatsing.pk, inhoud=replace(CONTRACT, begint_op=TODAY), now=NOW
    )
    assert {one.plaatsing_id for one in seen(werkgever)} == {plaatsing.pk, made}


def test_each_person_seen_is_in_the_logboek(plaatsing: Plaatsing, werkgever: Actor) -> None:
    share(plaatsing)
    seen(werkgever)
    regel = Logregel.objects.get(handeling="plaatsing bekeken door werkgever")
    verwerking = Verwerking.objects.get(parent_operation_id=regel.operation_id)
    assert bytes(verwerking.betrokkene_index or b"") == personen.audit_index_of(plaatsing.persoon_id)
    assert regel.organisatie_id == werkgever.organisatie_id


def test_an_employer_that_sees_nobody_looked_at_nobody(plaatsing: Plaatsing, werkgever: Actor) -> None:
    seen(werkgever)
    assert not Logregel.objects.filter(handeling="plaatsing bekeken door werkgever").exists()


@pytest.mark.parametrize("table", ["plaatsing", "plaatsingstap", "voorstel", "werkgevercontact"])
def test_there_is_no_other_way_for_an_employer(plaatsing: Plaatsing, werkgever: Actor, table: str) -> None:
    share(plaatsing)
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        database.acting(werkgever),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SELECT * FROM bemiddeling_{table}")


def test_an_employer_asks_for_no_other_employer(plaatsing: Plaatsing, werkgever: Actor) -> None:
    share(plaatsing)
    other = make_werkgever(naam="Drukkerij", kvk="00000033")
    refused = pytest.raises(DatabaseError, match="hoort niet bij wie is ingelogd")
    with refused, transaction.atomic(), database.acting(other):
        plaatsinginzage.shared_with(actor=werkgever, now=NOW)


def test_a_bemiddelaar_does_not_look_through_the_employers_door(college: Actor) -> None:
    with pytest.raises(PermissionDenied):
        plaatsinginzage.shared_with(actor=college, now=NOW)


def test_nobody_else_shares_what_is_mine(plaatsing: Plaatsing) -> None:
    make_woonplaats(make_persoon(1))
    with pytest.raises(PermissionDenied):
        plaatsingen.share(actor=make_burger(1), plaatsing_id=plaatsing.pk, kvk="00000011", naam="Alice", now=NOW)


@pytest.mark.parametrize(("kvk", "naam"), [("00000033", "Noor"), ("", "Noor"), ("00000011", " ")])
def test_what_is_shared_has_a_name_and_one_of_its_employers(plaatsing: Plaatsing, kvk: str, naam: str) -> None:
    with pytest.raises(ValidationError):
        plaatsingen.share(actor=make_burger(), plaatsing_id=plaatsing.pk, kvk=kvk, naam=naam, now=NOW)


def test_the_name_is_sealed_for_this_placement_only(college: Actor, plaatsing: Plaatsing) -> None:
    from banenafspraak.access.verzegeling import SealError

    share(plaatsing)
    plaatsing.refresh_from_db()
    blob: bytes = bytes(plaatsing.naam_verzegeld or b"")
    assert b"Noor" not in blob
    with pytest.raises(SealError):
        plaatsingen.open_name(blob, UUID(int=1))
