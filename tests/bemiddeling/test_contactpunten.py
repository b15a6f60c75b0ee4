"""The contact point of a region: kept by its own people, read by everybody, and refused when it cannot be reached."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, ProgrammingError, connection, transaction

from banenafspraak.access import database
from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel
from banenafspraak.access.permissions import Rol
from banenafspraak.access.rechten import WEB
from banenafspraak.bemiddeling import contactpunten
from banenafspraak.bemiddeling.contactpunten import Bereikbaarheid, Contactpunt
from banenafspraak.register.overgangen import Overtaken
from tests.factories import NOW, make_actor, make_bemiddelaar, make_vacature, make_werkgever

pytestmark = pytest.mark.django_db
PUNT = Bereikbaarheid(
    naam="WSP Gooi en Vechtstreek",
    telefoonnummer="+31 (0)35 000 00 00",
    emailadres="wsp@voorbeeld.invalid",
    openingstijden="Maandag tot en met vrijdag, 9 tot 17 uur",
    straat_en_huisnummer="Marktplein 1",
    postcode="1211 ab",
    plaatsnaam="Hilversum",
    webadres="https://voorbeeld.invalid/",
)


def keep(actor: Actor, *, punt: Bereikbaarheid = PUNT, versie: int = 0, regio: str = "AM12") -> bool:
    with transaction.atomic(), database.acting(actor):
        return contactpunten.change(actor=actor, regio=regio, bereikbaarheid=punt, versie=versie, now=NOW)


def test_what_people_type_is_kept_in_one_form() -> None:
    assert keep(make_bemiddelaar())
    kept = contactpunten.of_region("AM12")
    assert kept is not None
    assert (kept.telefoonnummer, kept.postcode, kept.versie) == ("0350000000", "1211AB", 1)


def test_the_log_says_which_fields_and_never_what_is_in_them() -> None:
    bemiddelaar = make_bemiddelaar()
    keep(bemiddelaar)
    keep(bemiddelaar, punt=replace(PUNT, naam="WSP Gooi"), versie=1)
    last = Logregel.objects.filter(handeling="contactpunt gewijzigd").latest("pk")
    assert (last.onderwerp, last.details) == ("AM12", {"velden": ["naam"]})


def test_the_same_again_changes_nothing() -> None:
    bemiddelaar = make_bemiddelaar()
    keep(bemiddelaar)
    assert keep(bemiddelaar, versie=0) is False
    assert Logregel.objects.filter(handeling="contactpunt gewijzigd").count() == 1


def test_who_read_an_older_version_is_told_so() -> None:
    bemiddelaar = make_bemiddelaar()
    keep(bemiddelaar)
    with pytest.raises(Overtaken):
        keep(bemiddelaar, punt=replace(PUNT, naam="WSP"), versie=0)


@pytest.mark.parametrize("rol", [Rol.BEMIDDELAAR, Rol.BEHEER])
def test_nobody_changes_that_of_another_region(rol: Rol) -> None:
    with pytest.raises(PermissionDenied):
        keep(make_actor(rol, regio="AM24"))


def test_a_beheerder_of_the_country_keeps_every_one() -> None:
    assert keep(make_actor(Rol.BEHEER), regio="AM24")


def test_a_bemiddelaar_without_a_region_keeps_none() -> None:
    with pytest.raises(PermissionDenied):
        keep(make_actor(Rol.BEMIDDELAAR))


def test_the_database_refuses_another_region_too() -> None:
    actor = make_bemiddelaar()
    other = Contactpunt(regio_id="AM24", naam="x", telefoonnummer="0350000000", gewijzigd_at=NOW)
    other.gewijzigd_door_id = actor.gebruiker_id
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic(), database.acting(actor):
        other.save(force_insert=True)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("naam", " "),
        ("telefoonnummer", "12"),
        ("emailadres", "geen adres"),
        ("webadres", "http://voorbeeld.invalid/"),
        ("webadres", "javascript:alert(1)"),
        ("postcode", "0000 AA"),
        ("plaatsnaam", ""),
        ("openingstijden", "bel 999900006"),
        ("naam", "x" * 200),
    ],
)
def test_what_cannot_be_is_said_at_its_field(field: str, value: str) -> None:
    with pytest.raises(ValidationError) as refused:
        keep(make_bemiddelaar(), punt=replace(PUNT, **{field: value}))
    assert set(refused.value.message_dict) == {field}


def test_without_telephone_and_mail_nobody_can_reach_it() -> None:
    with pytest.raises(ValidationError) as refused:
        keep(make_bemiddelaar(), punt=replace(PUNT, telefoonnummer="", emailadres=""))
    assert "telefoonnummer" in refused.value.message_dict
    with pytest.raises(IntegrityError, match="te_bellen_of_te_mailen"), transaction.atomic():
        Contactpunt.objects.create(regio_id="AM12", naam="WSP", gewijzigd_at=NOW)


def test_a_visitor_reads_it_but_not_who_changed_it() -> None:
    keep(make_bemiddelaar())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', %s, true)", [WEB])
        found = contactpunten.of_region("AM12")
        assert found is not None
        assert found.naam == PUNT.naam
        cursor.execute("SELECT set_config('role', 'none', true)")
    werkgever = make_werkgever()
    denied = pytest.raises(ProgrammingError, match="permission denied")
    with denied, transaction.atomic(), database.acting(werkgever):
        list(Contactpunt.objects.values_list("gewijzigd_door_id"))


def test_an_employer_gets_those_of_the_regions_in_which_it_has_work() -> None:
    werkgever = make_werkgever()
    keep(make_bemiddelaar())
    keep(make_bemiddelaar(regio="AM24", naam="WSP Zeeland"), regio="AM24")
    with transaction.atomic(), database.acting(werkgever):
        assert contactpunten.for_employer(werkgever) == []
    make_vacature(werkgever)
    with transaction.atomic(), database.acting(werkgever):
        assert [punt.regio_id for punt in contactpunten.for_employer(werkgever)] == ["AM12"]
