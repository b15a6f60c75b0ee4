"""Each role sees what its policies let through, for one transaction, and nobody sees anything without a role."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from banenafspraak.access import bsn as bsns
from banenafspraak.access import database
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import NOT_A_USER, Rol
from banenafspraak.access.rechten import ROLES, SIGNED_IN, WEB
from banenafspraak.register.models import Persoon, Registratie, Woonplaats
from tests.factories import bsn, make_actor, make_persoon, make_registratie, make_woonplaats

pytestmark = pytest.mark.django_db
# What is everybody's to read: places, published figures, and what a delivery was.
OPEN = {
    "access_arbeidsmarktregio",
    "access_gemeente",
    "access_gemeenteindeling",
    "access_logzegel",
    "access_organisatie",
    "bemiddeling_beroep",
    "bemiddeling_beroepenlevering",
    "bemiddeling_beroepsgroep",
    "bemiddeling_postcode",
    "bemiddeling_postcodelevering",
    "bemiddeling_vumpartij",
    "metingen_levering",
    "metingen_meting",
    "register_populatievenster",
    "register_registerlevering",
}


@contextmanager
def as_website() -> Iterator[None]:
    """As the website before it knows who asks."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', %s, true)", [WEB])
        yield
        cursor.execute("SELECT set_config('role', 'none', true)")


@pytest.fixture
def people(db: None) -> list[Persoon]:
    """Somebody in Hilversum and somebody in Middelburg."""
    found = [make_persoon(0), make_persoon(1)]
    for persoon, gemeente in zip(found, ("GM0402", "GM0687"), strict=True):
        make_registratie(persoon)
        make_woonplaats(persoon, gemeente=gemeente)
    return found


def seen(actor: Actor) -> set[object]:
    with transaction.atomic(), database.acting(actor):
        return set(Persoon.objects.values_list("pk", flat=True))


def test_every_table_of_ours_is_protected_or_known_to_be_open() -> None:
    models = [m for m in apps.get_models() if m.__module__.startswith("banenafspraak.")]
    ours = {m._meta.db_table for m in models if m._meta.managed}
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        protected = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT viewname FROM pg_views WHERE schemaname = 'public' AND viewowner = 'ba_functies'")
        views = {name for (name,) in cursor.fetchall()}
    assert ours - protected == OPEN
    # A view shows what its owner may see: it needs no rights of its own, and names the columns that everybody may.
    assert {m._meta.db_table for m in models if not m._meta.managed} == views


def test_a_beoordelaar_sees_everybody(people: list[Persoon]) -> None:
    assert seen(make_actor(Rol.BEOORDELAAR)) == {p.pk for p in people}


@pytest.mark.parametrize(("gemeente", "regio"), [("GM0402", "AM12"), (None, "AM12")])
def test_a_bemiddelaar_sees_who_lives_in_the_own_part(gemeente: str | None, regio: str, people: list[Persoon]) -> None:
    actor = make_actor(Rol.BEMIDDELAAR, gemeente=gemeente, regio=regio)
    assert seen(actor) == {people[0].pk}
    with transaction.atomic(), database.acting(actor):
        assert Woonplaats.objects.count() == Registratie.objects.count() == 1


def test_a_bemiddelaar_without_a_place_sees_nobody(people: list[Persoon]) -> None:
    assert seen(make_actor(Rol.BEMIDDELAAR)) == set()


def test_a_burger_sees_the_own_row_and_no_other(people: list[Persoon]) -> None:
    actor = make_actor(Rol.BURGER, bsn=bsn(0))
    assert seen(actor) == {people[0].pk}
    with transaction.atomic(), database.acting(actor):
        assert {r.persoon_id for r in Registratie.objects.all()} == {people[0].pk}


def test_a_burger_without_a_bsn_sees_nobody(people: list[Persoon]) -> None:
    assert seen(make_actor(Rol.BURGER)) == set()


@pytest.mark.parametrize("rol", [Rol.WERKGEVER, Rol.BELEID, Rol.TOEZICHT, Rol.BEHEER])
def test_who_has_no_business_with_the_register_may_not_even_ask(rol: Rol, people: list[Persoon]) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        seen(make_actor(rol))


@pytest.mark.parametrize("model", [Persoon, Registratie, Woonplaats])
def test_the_website_reads_no_person_without_an_actor(model: type, people: list[Persoon]) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), as_website():
        model.objects.count()


def test_a_role_without_its_context_sees_nothing(people: list[Persoon]) -> None:
    for role in ("ba_burger", "ba_bemiddelaar"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('role', %s, true)", [role])
            assert not Persoon.objects.exists()
            cursor.execute("SELECT set_config('role', 'none', true)")


def test_after_the_block_nothing_of_the_actor_is_left(people: list[Persoon]) -> None:
    seen(make_actor(Rol.BURGER, bsn=bsn(0)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT app_gebruiker(), app_burger(), app_rol(), current_setting('role')")
        assert cursor.fetchone() == (None, [], None, "none")


def test_an_actor_inside_an_actor_gives_the_role_back(people: list[Persoon]) -> None:
    with transaction.atomic(), database.acting(make_actor(Rol.BEOORDELAAR)):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT app_rol()")
            assert cursor.fetchone() == ("beoordelaar",)
        assert Persoon.objects.count() == 2


def test_after_an_error_the_role_is_gone_with_the_transaction(people: list[Persoon]) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic(), database.acting(make_actor(Rol.BEOORDELAAR)):
        raise ZeroDivisionError
    with connection.cursor() as cursor:
        cursor.execute("SELECT app_rol()")
        assert cursor.fetchone() == (None,)


@pytest.mark.django_db(transaction=True)
def test_an_actor_needs_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="transaction"), database.acting(make_actor(Rol.BEOORDELAAR)):
        pass


def test_a_role_writes_in_the_logboek_under_its_own_name_only() -> None:
    one, other = make_actor(Rol.BEOORDELAAR), make_actor(Rol.BEOORDELAAR)
    from banenafspraak.access import logboek
    from tests.factories import NOW

    with transaction.atomic(), database.acting(one):
        logboek.record(actor=one, handeling="x", now=NOW)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            logboek.record(actor=other, handeling="x", now=NOW)


def test_a_burger_sees_who_looked_but_not_which_user(people: list[Persoon]) -> None:
    from banenafspraak.access import logboek
    from tests.factories import NOW

    beoordelaar, burger = make_actor(Rol.BEOORDELAAR), make_actor(Rol.BURGER, bsn=bsn(0))
    for number in (0, 1):
        index = bsns.index(bsn(number), doel="audit")
        logboek.record(actor=beoordelaar, handeling=f"bekeken {number}", persoon_bsn_index=index, now=NOW)
    with transaction.atomic(), database.acting(burger):
        assert [look.handeling for look in logboek.looks_at(burger)] == ["bekeken 0"]
        with connection.cursor() as cursor:
            cursor.execute("SELECT handeling FROM access_logregel")
            assert cursor.fetchall() == [("bekeken 0",)]
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                cursor.execute("SELECT gebruiker_id FROM access_logregel")


def test_nobody_logs_in_as_a_role_of_ours() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname FROM pg_roles WHERE rolname = ANY (%s) AND (rolcanlogin OR rolsuper OR rolbypassrls)",
            [list(ROLES)],
        )
        assert cursor.fetchall() == []
    assert set(SIGNED_IN) == {f"ba_{rol.value}" for rol in Rol if rol not in NOT_A_USER}
