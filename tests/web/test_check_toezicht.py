"""What others see of the employer's check: the supervisor who asks strangely, and an office what it asked for whom."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from banenafspraak.access import mandaten
from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Gebruiker, Organisatie
from banenafspraak.access.permissions import Rol
from banenafspraak.register import bezwaren, raadpleging
from banenafspraak.register.raadpleging import Vraag
from banenafspraak.wet.raadpleging import Raadpleegsoort
from tests.factories import bsn, make_actor
from tests.web.test_pages import queries, text

SignIn = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("demo_on")
BAKERY, PRINTER, OFFICE = "00000001", "00000003", "00000004"
EMAIL = {BAKERY: "werkgever", PRINTER: "werkgever-2", OFFICE: "administratiekantoor"}
HISTORY = "/werkgever/vragen/"


def actor(kvk: str) -> Actor:
    gebruiker = Gebruiker.objects.get(email=f"{EMAIL[kvk]}@demo.invalid")
    return Actor(gebruiker.pk, Organisatie.objects.get(kvk=kvk).pk, Rol.WERKGEVER, None, "test")


def ask(by: str, *, whom: str | None = None, nummer: int = 0) -> None:
    now = timezone.now()
    raadpleging.ask(
        actor=actor(by),
        vragen=[Vraag(bsn(nummer), Raadpleegsoort.VERWACHT, timezone.localtime(now).date())],
        werkgever_id=Organisatie.objects.get(kvk=whom).pk if whom else None,
        now=now,
    )


def mandate(giver: str = BAKERY) -> int:
    """The office may ask for this employer."""
    now = timezone.now()
    mandaten.give(actor=actor(giver), kvk=OFFICE, vanaf=timezone.localtime(now).date(), tot=None, now=now)
    found = mandaten.visible_to(actor(OFFICE)).get(werkgever__kvk=giver)
    mandaten.step(actor=actor(OFFICE), mandaat_id=found.pk, action="accept", now=now)
    return int(found.pk)


def test_an_office_sees_what_it_asked_for_which_employer(sign_in: SignIn) -> None:
    office = sign_in("administratiekantoor")
    for giver in (BAKERY, PRINTER):
        mandate(giver)
        ask(OFFICE, whom=giver)
    ask(OFFICE, nummer=1)

    page = text(office, HISTORY)

    assert page.count("Bakkerij De Korenaar") == 1
    assert page.count("Drukkerij De Letter") == 1
    assert page.count("uzelf") == 1


def test_an_office_sees_nothing_of_what_its_employers_or_others_asked(sign_in: SignIn) -> None:
    office = sign_in("administratiekantoor")
    mandate()
    ask(BAKERY)
    ask(PRINTER)

    assert "U hebt nog niets gevraagd" in text(office, HISTORY)
    assert not raadpleging.visible_to(actor(OFFICE)).exists()


def test_an_employer_sees_who_asked_for_it_and_no_other_employer_does(sign_in: SignIn) -> None:
    bakery, printer = sign_in("werkgever"), sign_in("werkgever-2")
    mandate()
    ask(OFFICE, whom=BAKERY)

    assert "gevraagd door Administratiekantoor" in text(bakery, HISTORY)
    assert "U hebt nog niets gevraagd" in text(printer, HISTORY)


def test_what_an_office_asked_stays_in_its_history_after_the_mandate(sign_in: SignIn) -> None:
    office, found = sign_in("administratiekantoor"), mandate()
    ask(OFFICE, whom=BAKERY)
    mandaten.step(actor=actor(BAKERY), mandaat_id=found, action="withdraw", now=timezone.now() + timedelta(seconds=1))

    assert "Bakkerij De Korenaar" in text(office, HISTORY)


def test_a_long_history_costs_no_more_queries(sign_in: SignIn) -> None:
    office = sign_in("administratiekantoor")
    mandate()
    ask(OFFICE, whom=BAKERY)
    office.get(HISTORY)
    few = len(queries(lambda: office.get(HISTORY)))
    for _ in range(4):
        ask(OFFICE, whom=BAKERY)

    assert len(queries(lambda: office.get(HISTORY))) == few


def wrong_numbers(kvk: str, aantal: int) -> None:
    raadpleging.count_elfproef_fouten(actor=actor(kvk), aantal=aantal, now=timezone.now())


def test_the_supervisor_sees_who_gave_numbers_that_do_not_exist(sign_in: SignIn) -> None:
    supervisor = sign_in("toezicht")
    assert "Geen organisatie gaf een nummer dat niet bestaat." in text(supervisor, "/toezicht/blokkades/")
    wrong_numbers(PRINTER, 3)
    wrong_numbers(BAKERY, 41)

    page = text(supervisor, "/toezicht/blokkades/")

    assert page.index("Bakkerij De Korenaar") < page.index("Drukkerij De Letter")
    assert 'data-label="Nummers die niet bestaan">41<' in page
    assert "tien van de elf fout" in page


def test_a_block_shows_how_many_of_the_numbers_did_not_exist(sign_in: SignIn) -> None:
    supervisor = sign_in("toezicht")
    wrong_numbers(BAKERY, 41)
    for nummer in range(600, 603):
        ask(BAKERY, nummer=nummer)
    [blokkade] = bezwaren.visible_to(make_actor(Rol.TOEZICHT))

    assert blokkade.elfproef_fouten == 41
    assert "41. Een paar zijn typefouten." in text(supervisor, f"/toezicht/blokkades/{blokkade.pk}/")


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol not in (Rol.TOEZICHT, Rol.ANONIEM, Rol.SYSTEEM)])
def test_nobody_else_sees_who_gave_them(rol: Rol) -> None:
    with pytest.raises(PermissionDenied):
        bezwaren.elfproef_fouten(make_actor(rol, saved=False))
