"""A vacature is filled by who got a job through it: counted for everybody who follows it, without a name."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db.utils import ProgrammingError

from banenafspraak.access.actor import Actor
from banenafspraak.bemiddeling import plaatsingen, voordrachten
from banenafspraak.bemiddeling.models import Klantprofiel, Plaatsing, Vacature, Voorstel
from tests.bemiddeling.contactwereld import acts, make_profiel, released, say_yes
from tests.bemiddeling.plaatsingwereld import CONTRACT, PROEF, make_vacature, planned, running
from tests.factories import NOW, make_bemiddelaar, make_burger, make_college, make_werkgever

pytestmark = pytest.mark.django_db


@pytest.fixture
def college() -> Actor:
    return make_college()


@pytest.fixture
def vacature(college: Actor) -> Vacature:
    werkgever = make_werkgever(kvk="00000011")
    return make_vacature(college, werkgever_id=werkgever.organisatie_id, aantal_plaatsen=2)


@pytest.fixture
def profiel() -> Klantprofiel:
    return make_profiel()


def said_yes(college: Actor, vacature: Vacature, profiel: Klantprofiel) -> Voorstel:
    made = voordrachten.put_forward(actor=college, vacature_id=vacature.pk, persoon_ids=[profiel.persoon_id], now=NOW)
    voorstel = Voorstel.objects.get(verzoek=made)
    voordrachten.ask(actor=college, verzoek_id=made, voorstel_ids=[voorstel.pk], now=NOW)
    voorstel.refresh_from_db()
    say_yes(make_burger(), voorstel)
    return voorstel


def yes(college: Actor, vacature: Vacature, profiel: Klantprofiel) -> dict[str, UUID]:
    return {"voorstel_id": said_yes(college, vacature, profiel).pk}


def filled(actor: Actor, vacature: Vacature) -> int:
    return acts(actor, voordrachten.filled, vacature_ids=[vacature.pk]).get(vacature.pk, 0)


def test_a_contract_fills_a_place_and_a_trial_does_not(
    college: Actor, vacature: Vacature, profiel: Klantprofiel
) -> None:
    then = released(NOW)
    begint = then.date()
    proef = replace(PROEF, begint_op=begint, eindigt_op=begint)
    voorstel = said_yes(college, vacature, profiel)
    trial = running(college, profiel.persoon_id, proef, now=then, voorstel_id=voorstel.pk)
    assert trial.vacature_id == vacature.pk
    assert filled(college, vacature) == 0
    later = then.replace(day=then.day + 1)
    plaatsingen.follow_up(
        actor=college,
        plaatsing_id=trial.pk,
        inhoud=replace(CONTRACT, begint_op=later.date(), eindigt_op=None, uren_per_week=Decimal(23)),
        now=later,
    )
    assert filled(college, vacature) == 1


def test_a_contract_after_a_contract_fills_no_second_place(
    college: Actor, vacature: Vacature, profiel: Klantprofiel
) -> None:
    then = released(NOW)
    first = replace(CONTRACT, begint_op=then.date(), eindigt_op=None)
    plaatsing = running(college, profiel.persoon_id, first, now=then, **yes(college, vacature, profiel))
    later = then.replace(day=then.day + 1)
    more = replace(first, begint_op=later.date(), uren_per_week=Decimal(30))
    plaatsingen.follow_up(actor=college, plaatsing_id=plaatsing.pk, inhoud=more, now=later)
    assert Plaatsing.objects.filter(vacature=vacature).count() == 2
    assert filled(college, vacature) == 1


def test_what_was_withdrawn_fills_nothing(college: Actor, vacature: Vacature, profiel: Klantprofiel) -> None:
    then = released(NOW)
    plaatsing = planned(college, profiel.persoon_id, now=then, **yes(college, vacature, profiel))
    assert filled(college, vacature) == 1
    plaatsingen.withdraw(actor=college, plaatsing_id=plaatsing.pk, now=then)
    assert filled(college, vacature) == 0


def test_a_bemiddelaar_of_elsewhere_hears_the_number_and_sees_nobody(
    college: Actor, vacature: Vacature, profiel: Klantprofiel
) -> None:
    planned(college, profiel.persoon_id, now=released(NOW), **yes(college, vacature, profiel))
    elsewhere = make_college("GM0687")
    assert filled(elsewhere, vacature) == 1
    assert acts(elsewhere, lambda *, actor: list(plaatsingen.visible_to(actor, now=NOW))) == []


def test_only_a_bemiddelaar_asks_how_many(vacature: Vacature) -> None:
    with pytest.raises(PermissionDenied):
        filled(make_werkgever(kvk="00000022"), vacature)


def test_how_far_it_is_counts_the_own_people(college: Actor, vacature: Vacature, profiel: Klantprofiel) -> None:
    said_yes(college, vacature, profiel)
    other = make_profiel(1)
    voordrachten.put_forward(actor=college, vacature_id=vacature.pk, persoon_ids=[other.persoon_id], now=NOW)
    assert voordrachten.stand_of(college, vacature.pk, now=NOW) == voordrachten.Stand(1, 1, 1, 0)


@pytest.mark.parametrize(
    "fields",
    [{"aantal_werkuren_per_week_maximaal": 12}, {"kvk": "00000022"}, {"status": "gesloten", "sluitreden": "dubbel"}],
)
def test_the_database_lets_a_bemiddelaar_only_judge_or_fill_what_another_placed(
    vacature: Vacature, fields: dict[str, object]
) -> None:
    def change(*, actor: Actor) -> None:
        Vacature.objects.filter(pk=vacature.pk).update(**fields, gesloten_at=NOW if "status" in fields else None)

    with pytest.raises(ProgrammingError, match="van een andere organisatie"):
        acts(make_bemiddelaar(regio="AM12"), change)
