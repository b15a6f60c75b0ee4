import pytest
from django.core.exceptions import PermissionDenied

from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import ROLLEN, Permission, Rol, may, require
from tests.factories import make_actor

FROM_OUTSIDE = {Rol.ANONIEM, Rol.BURGER, Rol.WERKGEVER}


def test_permissions_stand_in_alphabetical_order() -> None:
    names = [permission.name for permission in Permission]
    assert names == sorted(names)


def test_every_role_is_explained_in_a_sentence() -> None:
    assert set(ROLLEN) == set(Rol)
    assert all(rol.uitleg.endswith(".") and len(rol.uitleg.split()) > 5 for rol in ROLLEN.values())


def test_every_permission_belongs_to_a_role() -> None:
    assert set().union(*(rol.permissions for rol in ROLLEN.values())) == set(Permission)


@pytest.mark.parametrize("rol", Rol)
def test_everybody_sees_the_rounded_figures(rol: Rol) -> None:
    assert Permission.CIJFERS_AFGEROND_VIEW in ROLLEN[rol].permissions


def test_a_visitor_sees_nothing_more() -> None:
    assert ROLLEN[Rol.ANONIEM].permissions == {Permission.CIJFERS_AFGEROND_VIEW}


def test_an_employer_asks_and_looks_after_the_own_organisation_and_nothing_more() -> None:
    assert ROLLEN[Rol.WERKGEVER].permissions == {
        Permission.CIJFERS_AFGEROND_VIEW,
        Permission.CONTACT_ASK,
        Permission.KANDIDATEN_SEARCH,
        Permission.PLAATSING_VIEW,
        Permission.RAADPLEGING_ASK,
        Permission.VACATURE_IMPORT,
        Permission.VACATURE_PLACE,
        Permission.WERKGEVER_MANAGE,
    }


def test_a_burger_can_ask_for_themself_and_nothing_more() -> None:
    assert ROLLEN[Rol.BURGER].permissions == {
        Permission.AANVRAAG_INDIENEN,
        Permission.AANVRAAG_VIEW,
        Permission.CIJFERS_AFGEROND_VIEW,
        Permission.CONTACT_ANSWER,
        Permission.KANDIDAATCODE_MAKE,
        Permission.MATCH_VIEW,
        Permission.OWN_VIEW,
        Permission.PLAATSING_SHARE,
        Permission.PLAATSING_VIEW,
        Permission.PROFIEL_CHANGE,
        Permission.PROFIEL_VIEW,
        Permission.UITSCHRIJVING_VERZOEKEN,
    }


@pytest.mark.parametrize(
    ("permission", "roles"),
    [
        (Permission.AANVRAAG_BEOORDELEN, {Rol.BEOORDELAAR}),
        (Permission.AANVRAAG_BEVESTIGEN, {Rol.BEOORDELAAR, Rol.SYSTEEM}),
        (Permission.AANVRAAG_INDIENEN, {Rol.BEMIDDELAAR, Rol.BURGER}),
        (Permission.AANVRAAG_VIEW, {Rol.BEMIDDELAAR, Rol.BEOORDELAAR, Rol.BURGER}),
        (Permission.BESCHUT_WERK_BESLISSEN, {Rol.BEMIDDELAAR}),
        (Permission.CONTACT_ANSWER, {Rol.BURGER}),
        (Permission.CONTACT_ASK, {Rol.WERKGEVER}),
        (Permission.CONTACT_HANDLE, {Rol.BEMIDDELAAR}),
        (Permission.KANDIDATEN_SEARCH, {Rol.WERKGEVER}),
        (Permission.LOONWAARDE_VASTLEGGEN, {Rol.BEMIDDELAAR}),
        (Permission.MATCH_VIEW, {Rol.BEMIDDELAAR, Rol.BURGER}),
        (Permission.PROFIEL_CHANGE, {Rol.BEMIDDELAAR, Rol.BURGER, Rol.SYSTEEM}),
        (Permission.PROFIEL_IMPORT, {Rol.BEMIDDELAAR, Rol.SYSTEEM, Rol.VUM}),
        (Permission.PROFIEL_VIEW, {Rol.BEMIDDELAAR, Rol.BURGER}),
        (Permission.UITSCHRIJVING_BEOORDELEN, {Rol.BEOORDELAAR}),
        (Permission.VUM_ANSWER, {Rol.VUM}),
        (Permission.VUM_MANAGE, {Rol.SYSTEEM}),
        (Permission.UITSCHRIJVING_VERZOEKEN, {Rol.BURGER}),
        (Permission.CIJFERS_ONAFGEROND_VIEW, {Rol.BELEID, Rol.SYSTEEM, Rol.TOEZICHT}),
        (Permission.LOGBOEK_VIEW, {Rol.TOEZICHT}),
        (Permission.REGISTER_CHANGE, {Rol.BEOORDELAAR}),
        (Permission.REGISTER_IMPORT, {Rol.BEHEER, Rol.SYSTEEM}),
        (Permission.REGISTER_VIEW, {Rol.BEMIDDELAAR, Rol.BEOORDELAAR}),
    ],
)
def test_a_permission_belongs_to_these_roles_and_no_other(permission: Permission, roles: set[Rol]) -> None:
    assert {rol for rol in Rol if permission in ROLLEN[rol].permissions} == roles


def test_a_refusal_names_the_role_and_the_permission() -> None:
    with pytest.raises(PermissionDenied, match=r"Werkgever.*register_view"):
        require(make_actor(Rol.WERKGEVER, saved=False), Permission.REGISTER_VIEW)


def test_what_is_allowed_is_not_refused() -> None:
    require(make_actor(Rol.BELEID, saved=False), Permission.CIJFERS_ONAFGEROND_VIEW)


def test_forgetting_the_actor_is_a_fault_and_not_a_refusal() -> None:
    with pytest.raises(TypeError):
        require(None, Permission.CIJFERS_AFGEROND_VIEW)  # type: ignore[arg-type]


def test_the_anonymous_actor_may_not_see_unrounded_figures() -> None:
    assert not may(Actor.anonymous(), Permission.CIJFERS_ONAFGEROND_VIEW)
