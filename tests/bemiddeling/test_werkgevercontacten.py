"""Who spoke with which employer: seen across a region before calling, and an employer that wants rest gets it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel
from banenafspraak.bemiddeling import werkgevercontacten
from banenafspraak.bemiddeling.models import Werkgevercontact, Werkgeverrust
from banenafspraak.bemiddeling.werkgevercontacten import KORT_GELEDEN
from banenafspraak.bemiddeling.werkgeverwoorden import Contactaanleiding, Contactwijze
from tests.bemiddeling.contactwereld import acts
from tests.factories import NOW, make_college, make_werkgever

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
KVK = "00000011"


@pytest.fixture
def hilversum() -> Actor:
    return replace(make_college(), regio="AM12")


@pytest.fixture
def huizen() -> Actor:
    """A colleague of another gemeente in the same region."""
    return replace(make_college("GM0406"), regio="AM12")


@pytest.fixture
def zeeland() -> Actor:
    return replace(make_college("GM0687"), regio="AM24")


def called(actor: Actor, *, op: date = TODAY, **fields: Any) -> Werkgevercontact:
    values: dict[str, Any] = {
        "kvk": KVK,
        "naam": "Bakkerij",
        "wijze": Contactwijze.TELEFOON,
        "aanleiding": Contactaanleiding.VACATURE,
        "notitie": "Zoekt een bakker.",
    }
    made = acts(actor, werkgevercontacten.record, contact_op=op, now=NOW, **(values | fields))
    return Werkgevercontact.objects.get(pk=made)


def look(actor: Actor) -> werkgevercontacten.Werkgeverbeeld:
    found = acts(actor, werkgevercontacten.before_calling, kvk=KVK, now=NOW)
    assert isinstance(found, werkgevercontacten.Werkgeverbeeld)
    return found


def test_an_employer_nobody_called_may_be_called(hilversum: Actor) -> None:
    assert look(hilversum).may_call


def test_a_colleague_in_the_region_reads_who_called_about_what(hilversum: Actor, huizen: Actor) -> None:
    contact = called(hilversum)
    beeld = look(huizen)
    assert beeld.kort_geleden == beeld.contacten == (contact,)
    assert not beeld.may_call
    assert werkgevercontacten.note_of(beeld.contacten[0]) == "Zoekt een bakker."


def test_the_own_call_warns_nobody_of_the_own_organisation(hilversum: Actor) -> None:
    called(hilversum)
    assert look(hilversum).may_call


@pytest.mark.parametrize(("days", "may_call"), [(KORT_GELEDEN - 1, False), (KORT_GELEDEN, True)])
def test_a_call_is_a_short_while_ago_for_fourteen_days(
    hilversum: Actor, huizen: Actor, days: int, may_call: bool
) -> None:
    called(hilversum, op=TODAY - timedelta(days=days))
    assert look(huizen).may_call is may_call


def test_who_was_called_by_the_employer_disturbed_nobody(hilversum: Actor, huizen: Actor) -> None:
    called(hilversum, werkgever_belde=True)
    assert look(huizen).may_call


def test_another_region_sees_nothing(hilversum: Actor, zeeland: Actor) -> None:
    called(hilversum)
    assert look(zeeland).contacten == ()


def test_an_employer_does_not_read_what_is_written_about_it(hilversum: Actor) -> None:
    called(hilversum)
    assert list(werkgevercontacten.visible_to(make_werkgever())) == []


def test_who_works_in_no_region_writes_nothing_down() -> None:
    with pytest.raises(PermissionDenied):
        called(make_college())


def test_the_last_word_of_an_organisation_is_its_appointment(hilversum: Actor, huizen: Actor) -> None:
    called(hilversum, op=TODAY - timedelta(days=3), vervolg_op=TODAY + timedelta(days=9))
    assert len(look(huizen).afspraken) == 1
    called(hilversum)
    assert look(huizen).afspraken == ()


def test_the_list_shows_each_employer_once_and_what_is_due(hilversum: Actor, huizen: Actor) -> None:
    called(hilversum, op=TODAY - timedelta(days=9), vervolg_op=TODAY)
    called(huizen, kvk="00000022", naam="Drukkerij")
    names = [one.naam for one in werkgevercontacten.employers(hilversum, now=NOW)]
    assert names == ["Bakkerij", "Drukkerij"]
    assert [one.naam for one in werkgevercontacten.employers(hilversum, due=True, now=NOW)] == ["Bakkerij"]
    assert [one.naam for one in werkgevercontacten.employers(hilversum, text="druk", now=NOW)] == ["Drukkerij"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kvk": "123"}, "kvk"),
        ({"naam": " "}, "naam"),
        ({"op": TODAY + timedelta(days=1)}, "contact_op"),
        ({"op": TODAY - timedelta(days=367)}, "contact_op"),
        ({"vervolg_op": TODAY - timedelta(days=1)}, "vervolg_op"),
        ({"notitie": "x" * 1001}, "notitie"),
        ({"notitie": "Over 999990019."}, "notitie"),
    ],
)
def test_what_cannot_be_says_which_field(hilversum: Actor, fields: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as raised:
        called(hilversum, **fields)
    assert set(raised.value.message_dict) == {field}


def test_pressing_twice_writes_one_line(hilversum: Actor) -> None:
    sleutel = uuid4()
    assert called(hilversum, sleutel=sleutel) == called(hilversum, sleutel=sleutel)
    assert Logregel.objects.filter(handeling="contact met werkgever vastgelegd").count() == 1


def test_what_was_written_down_stays(hilversum: Actor) -> None:
    called(hilversum)
    with pytest.raises(IntegrityError, match="blijft staan"), transaction.atomic():
        Werkgevercontact.objects.update(naam="Anders")


# --- The right to be left alone ----------------------------------------------------------------------------------


def rest(actor: Actor, days: int = 90) -> None:
    acts(actor, werkgevercontacten.ask_rest, kvk=KVK, tot_en_met=TODAY + timedelta(days=days), now=NOW)


def test_an_employer_that_wants_rest_is_left_alone_in_every_region(hilversum: Actor, zeeland: Actor) -> None:
    rest(hilversum)
    assert not look(zeeland).may_call


def test_rest_ends_by_itself(hilversum: Actor) -> None:
    rest(hilversum, days=10)
    assert werkgevercontacten.rest_of(KVK, today=TODAY + timedelta(days=10)) is not None
    assert werkgevercontacten.rest_of(KVK, today=TODAY + timedelta(days=11)) is None


def test_a_call_against_it_is_written_down_as_such(hilversum: Actor, huizen: Actor) -> None:
    rest(hilversum)
    assert called(huizen).tegen_rust
    assert not called(huizen, werkgever_belde=True).tegen_rust


def test_the_employer_says_it_itself_and_only_it_takes_that_back(hilversum: Actor) -> None:
    werkgever = make_werkgever()
    rest(werkgever)
    assert not acts(hilversum, werkgevercontacten.lift_rest, kvk=KVK, now=NOW)
    with pytest.raises(ValidationError, match="vroeg zelf al"):
        rest(hilversum, days=5)
    assert acts(werkgever, werkgevercontacten.lift_rest, kvk=KVK, now=NOW)
    assert look(hilversum).may_call


def test_a_bemiddelaar_takes_back_what_a_bemiddelaar_wrote(hilversum: Actor, huizen: Actor) -> None:
    rest(hilversum)
    assert acts(huizen, werkgevercontacten.lift_rest, kvk=KVK, now=NOW)
    assert look(hilversum).may_call


def test_a_new_wish_takes_the_place_of_the_old_one(hilversum: Actor) -> None:
    rest(hilversum, days=5)
    rest(hilversum, days=50)
    assert Werkgeverrust.objects.filter(opgeheven_at=None).count() == 1


def test_a_wish_that_ran_out_makes_room_for_a_bemiddelaar(hilversum: Actor) -> None:
    werkgever = make_werkgever()
    later = NOW + timedelta(days=9)
    werkgevercontacten.ask_rest(actor=werkgever, kvk=KVK, tot_en_met=TODAY + timedelta(days=5), now=NOW)
    werkgevercontacten.ask_rest(actor=hilversum, kvk=KVK, tot_en_met=TODAY + timedelta(days=50), now=later)
    assert Werkgeverrust.objects.get(opgeheven_at=None).door_werkgever is False


@pytest.mark.parametrize("days", [-1, 367])
def test_rest_is_for_at_most_a_year(hilversum: Actor, days: int) -> None:
    with pytest.raises(ValidationError, match="hoogstens een jaar"):
        rest(hilversum, days=days)


def test_an_employer_asks_for_nobody_else(hilversum: Actor) -> None:
    with pytest.raises(PermissionDenied):
        rest(make_werkgever(kvk="00000099"))
    assert not Werkgeverrust.objects.exists()
