import uuid
from dataclasses import FrozenInstanceError
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from banenafspraak.access import actor as actors
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Rol
from tests.factories import make_gebruiker, make_lidmaatschap, make_organisatie

TODAY = date(2026, 4, 1)
pytestmark = pytest.mark.django_db


def of(lidmaatschap, *, gebruiker=None, peildatum: date = TODAY, doel: str = "cijfers bekijken") -> Actor:
    return actors.of_user(
        gebruiker or lidmaatschap.gebruiker, lidmaatschap_id=lidmaatschap.pk, peildatum=peildatum, doel=doel
    )


def test_an_actor_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Actor.anonymous().rol = Rol.BEHEER  # type: ignore[misc]


def test_the_system_acts_for_a_purpose() -> None:
    with pytest.raises(ValueError, match="purpose"):
        Actor.system(doel=" ")


def test_a_role_of_people_needs_a_user() -> None:
    with pytest.raises(ValueError, match="signed-in"):
        Actor(gebruiker_id=None, organisatie_id=None, rol=Rol.BEHEER, regio=None, doel="beheer")


def test_a_membership_of_a_regional_organisation_gives_its_region() -> None:
    wsp = make_organisatie(soort="wsp", naam="WSP", regio_id="AM12")
    actor = of(make_lidmaatschap(organisatie=wsp, rol=Rol.BELEID))
    assert (actor.rol, actor.regio, actor.gemeente, actor.doel) == (Rol.BELEID, "AM12", None, "cijfers bekijken")


def test_a_membership_of_a_gemeente_gives_the_region_of_that_day() -> None:
    weesp = make_organisatie(soort="gemeente", naam="Gemeente Weesp", gemeente_id="GM0457")
    lidmaatschap = make_lidmaatschap(organisatie=weesp, rol=Rol.BEMIDDELAAR)
    assert of(lidmaatschap, peildatum=date(2022, 3, 23)).regio == "AM12"
    assert of(lidmaatschap, peildatum=date(2022, 3, 24)).regio is None


def test_a_burger_acts_for_nobody_else_and_to_see_the_own_data() -> None:
    actor = of(make_lidmaatschap(rol=Rol.BURGER), doel="iets anders")
    assert (actor.organisatie_id, actor.doel) == (None, actors.OWN_INSIGHT)


def test_a_membership_stops_on_its_last_day() -> None:
    lidmaatschap = make_lidmaatschap(tot=TODAY)
    assert of(lidmaatschap, peildatum=date(2026, 3, 31)).rol is Rol.BEOORDELAAR
    assert of(lidmaatschap).rol is Rol.ANONIEM


def test_somebody_elses_membership_gives_nothing() -> None:
    mine, yours = make_lidmaatschap(), make_lidmaatschap(gebruiker=make_gebruiker(naam="bob"))
    assert of(yours, gebruiker=mine.gebruiker) == Actor.anonymous()


def test_a_user_who_was_switched_off_is_nobody() -> None:
    lidmaatschap = make_lidmaatschap(gebruiker=make_gebruiker(is_active=False))
    assert of(lidmaatschap) == Actor.anonymous()


@pytest.mark.parametrize("gebruiker", [None, AnonymousUser()])
def test_without_a_user_the_actor_is_anonymous(gebruiker: AnonymousUser | None) -> None:
    assert actors.of_user(gebruiker, lidmaatschap_id=1, peildatum=TODAY, doel="x") == Actor.anonymous()


def test_a_user_without_a_choice_is_anonymous() -> None:
    gebruiker = make_lidmaatschap().gebruiker
    assert actors.of_user(gebruiker, lidmaatschap_id=None, peildatum=TODAY, doel="x") == Actor.anonymous()


def test_the_actor_of_a_session_costs_one_query(django_assert_num_queries) -> None:
    lidmaatschap = make_lidmaatschap()
    gebruiker = lidmaatschap.gebruiker
    with django_assert_num_queries(1):
        actors.of_user(gebruiker, lidmaatschap_id=lidmaatschap.pk, peildatum=TODAY, doel="x")


def test_choices_are_the_roles_that_are_valid_that_day() -> None:
    alice, uwv = make_gebruiker(), make_organisatie()
    make_lidmaatschap(gebruiker=alice, organisatie=uwv, rol=Rol.BEHEER, tot=TODAY)
    kept = make_lidmaatschap(gebruiker=alice, organisatie=uwv, rol=Rol.BEOORDELAAR)
    (choice,) = actors.choices_of(alice, peildatum=TODAY)
    assert (choice.lidmaatschap_id, choice.rolnaam, choice.organisatie) == (kept.pk, "Beoordelaar", "UWV")


def test_choices_stay_within_the_organisation_that_was_vouched_for() -> None:
    alice, uwv = make_gebruiker(), make_organisatie()
    make_lidmaatschap(gebruiker=alice, organisatie=uwv)
    other = make_organisatie(soort="ministerie", naam="Ministerie")
    make_lidmaatschap(gebruiker=alice, organisatie=other, rol=Rol.BELEID)
    choices = actors.choices_of(alice, peildatum=TODAY, organisatie_id=other.pk)
    assert [choice.rol for choice in choices] == [Rol.BELEID]


@pytest.mark.parametrize("rol", [Rol.BEHEER, Rol.BURGER])
def test_the_database_refuses_the_same_membership_twice_on_a_day(rol: Rol) -> None:
    first = make_lidmaatschap(rol=rol, tot=TODAY)
    make_lidmaatschap(gebruiker=first.gebruiker, organisatie=first.organisatie, rol=rol, vanaf=TODAY)
    with pytest.raises(IntegrityError, match="lidmaatschap_staat_er_op_elke_dag_hoogstens_een_keer"):
        make_lidmaatschap(gebruiker=first.gebruiker, organisatie=first.organisatie, rol=rol, vanaf=date(2026, 3, 31))


@pytest.mark.parametrize(("rol", "organisatie"), [("beheer", False), ("burger", True)])
def test_only_a_burger_acts_without_an_organisation(rol: str, organisatie: bool) -> None:
    gebruiker = make_gebruiker()
    with pytest.raises(IntegrityError, match="alleen_een_burger_handelt_zonder_organisatie"):
        gebruiker.lidmaatschappen.create(
            organisatie=make_organisatie() if organisatie else None, rol=rol, geldig=(TODAY, None)
        )


@pytest.mark.parametrize("rol", ["systeem", "anoniem", "baas"])
def test_nobody_is_a_member_as_a_role_that_is_not_for_people(rol: str) -> None:
    with pytest.raises(IntegrityError, match="lidmaatschap_heeft_een_bekende_rol"):
        make_gebruiker().lidmaatschappen.create(organisatie=make_organisatie(), rol=rol, geldig=(TODAY, None))


def test_the_database_refuses_a_password() -> None:
    gebruiker = make_gebruiker()
    gebruiker.set_password(uuid.uuid4().hex)
    with pytest.raises(IntegrityError, match="gebruiker_heeft_nooit_een_wachtwoord"), transaction.atomic():
        gebruiker.save()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"soort": "gemeente"}, "organisatie_van_soort_gemeente_noemt_haar_gemeente"),
        ({"soort": "wsp"}, "werkgeversservicepunt_noemt_zijn_regio"),
        ({"soort": "werkgever"}, "werkgever_is_te_herkennen_aan_kvk_of_oin"),
        ({"soort": "uwv", "oin": "0" * 19}, "oin_is_twintig_cijfers"),
        ({"soort": "uwv", "kvk": "1234567a"}, "kvk_nummer_is_acht_cijfers"),
    ],
)
def test_an_organisation_is_recognisable(fields: dict[str, str], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        make_organisatie(naam="X", **fields)
