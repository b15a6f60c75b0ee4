from datetime import date

import pytest

from banenafspraak.access import actor as actors
from banenafspraak.access import demo
from banenafspraak.access.bsn import Bsn
from banenafspraak.access.demo import DEMO_ROLLEN, DemoForbidden
from banenafspraak.access.models import Gebruiker, GemeenteIndeling, Lidmaatschap, Organisatie
from banenafspraak.access.permissions import NOT_A_USER, Rol
from tests.factories import bsn

TODAY = date(2026, 4, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demo(settings) -> None:
    settings.DEMO = True


def test_there_is_somebody_for_every_role_of_people() -> None:
    assert {rol.rol for rol in DEMO_ROLLEN} == set(Rol) - NOT_A_USER
    assert len({rol.sleutel for rol in DEMO_ROLLEN}) == len(DEMO_ROLLEN)


def test_making_the_roles_again_changes_nothing() -> None:
    demo.ensure_demo_roles()
    before = list(Gebruiker.objects.order_by("pk").values()), list(Lidmaatschap.objects.order_by("pk").values())
    demo.ensure_demo_roles()
    assert before == (
        list(Gebruiker.objects.order_by("pk").values()),
        list(Lidmaatschap.objects.order_by("pk").values()),
    )


def test_the_map_is_put_back_when_it_is_gone() -> None:
    from banenafspraak.access.models import Arbeidsmarktregio, Gemeente

    for model in (GemeenteIndeling, Gemeente, Arbeidsmarktregio):
        model.objects.all().delete()
    demo.ensure_demo_roles()
    assert GemeenteIndeling.objects.exists()


@pytest.mark.parametrize(
    ("sleutel", "rol", "regio", "gemeente"),
    [
        ("beleid", Rol.BELEID, "AM12", None),
        ("beleid-zeeland", Rol.BELEID, "AM24", None),
        ("beleid-ministerie", Rol.BELEID, None, None),
        ("bemiddelaar-gemeente", Rol.BEMIDDELAAR, "AM12", "GM0402"),
        ("burger", Rol.BURGER, None, None),
        ("werkgever", Rol.WERKGEVER, None, None),
    ],
)
def test_a_button_signs_in_as_the_role_it_names(
    sleutel: str, rol: Rol, regio: str | None, gemeente: str | None
) -> None:
    demo.ensure_demo_roles()
    gebruiker, lidmaatschap_id = demo.demo_sign_in(sleutel)
    actor = actors.of_user(gebruiker, lidmaatschap_id=lidmaatschap_id, peildatum=TODAY, doel="demo")
    assert (actor.rol, actor.regio, actor.gemeente) == (rol, regio, gemeente)


def test_the_employer_of_the_demo_does_not_exist() -> None:
    demo.ensure_demo_roles()
    numbers = Organisatie.objects.filter(soort="werkgever").values_list("kvk", flat=True)
    assert sorted(numbers) == ["00000001", "00000003", "00000004"]


def test_a_burger_of_the_demo_acts_under_a_made_up_bsn() -> None:
    demo.ensure_demo_roles()
    demo.give_bsn("burger", bsn(7))
    gebruiker, lidmaatschap_id = demo.demo_sign_in("burger")
    actor = actors.of_user(gebruiker, lidmaatschap_id=lidmaatschap_id, peildatum=TODAY, doel="demo")
    assert actor.bsn == bsn(7)
    assert bsn(7).reveal() not in repr(actor)


def test_the_demo_takes_no_number_of_a_real_person() -> None:
    demo.ensure_demo_roles()
    with pytest.raises(ValueError, match="made-up"):
        demo.give_bsn("burger", Bsn.parse("123456782"))


def test_productie_has_no_demo(settings) -> None:
    demo.ensure_demo_roles()
    settings.OMGEVING = "productie"
    with pytest.raises(DemoForbidden):
        demo.ensure_demo_roles()
    with pytest.raises(DemoForbidden):
        demo.demo_sign_in("beleid")


def test_nobody_signs_in_where_the_demo_is_off(settings) -> None:
    demo.ensure_demo_roles()
    settings.DEMO = False
    with pytest.raises(DemoForbidden):
        demo.demo_sign_in("beleid")


def test_a_button_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        demo.demo_sign_in("baas")


def test_a_real_user_with_the_same_address_is_not_signed_in() -> None:
    demo.ensure_demo_roles()
    Gebruiker.objects.filter(email="beleid@demo.invalid").update(is_demo=False)
    with pytest.raises(Lidmaatschap.DoesNotExist):
        demo.demo_sign_in("beleid")
