"""A message waits, a mail says that it does and nothing more, and each is left and sent once."""

from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage

from banenafspraak.bemiddeling import berichten
from banenafspraak.bemiddeling.contactwoorden import Berichtsoort
from banenafspraak.bemiddeling.models import Bericht
from tests.bemiddeling.contactwereld import SYSTEEM, acts, asked, make_profiel
from tests.factories import NOW, make_burger, make_college, make_werkgever

pytestmark = pytest.mark.django_db


def send(address: str = "noor@test.invalid") -> int:
    return berichten.send_mails(actor=SYSTEEM, address_of=lambda persoon_id: address, now=NOW)


def test_the_mail_says_nothing_about_who_or_what(mailoutbox: list[EmailMessage]) -> None:
    asked(make_werkgever(naam="Bakkerij"), make_profiel(), make_college())

    assert send() == 1

    [mail] = mailoutbox
    assert mail.to == ["noor@test.invalid"]
    text = f"{mail.subject} {mail.body}".lower()
    assert not [word for word in ("bakkerij", "noor", "werkgever", "profiel", "http", "brood") if word in text]


def test_a_message_is_mailed_once(mailoutbox: list[EmailMessage]) -> None:
    asked(make_werkgever(), make_profiel(), make_college())

    assert [send(), send()] == [1, 0]
    assert len(mailoutbox) == 1


def test_who_has_no_address_finds_the_message_on_the_own_page(mailoutbox: list[EmailMessage]) -> None:
    asked(make_werkgever(), make_profiel(), make_college())

    assert send(address="") == 0

    assert not mailoutbox
    burger = make_burger()
    assert [b.soort for b in acts(burger, lambda actor: list(berichten.visible_to(actor)))] == ["vraag_om_contact"]


def test_about_one_thing_there_is_one_message() -> None:
    persoon = make_profiel().persoon_id
    for _ in range(2):
        berichten.leave(persoon_id=persoon, soort=Berichtsoort.VRAAG_OM_CONTACT, over=UUID(int=1), now=NOW)

    assert Bericht.objects.count() == 1


def test_another_person_and_another_organisation_see_no_message() -> None:
    college = make_college()
    asked(make_werkgever(), make_profiel(), college)
    berichten.leave_for_organisatie(
        organisatie_id=college.organisatie_id, soort=Berichtsoort.VERZOEK_TE_LAAT, over=UUID(int=1), now=NOW
    )

    for stranger in (make_burger(1), make_college("GM0363"), make_werkgever(kvk="00000012")):
        assert not berichten.visible_to(stranger).exists()
    assert acts(college, lambda actor: berichten.visible_to(actor).count()) == 1


def test_only_the_queue_mails() -> None:
    with pytest.raises(PermissionDenied):
        berichten.send_mails(actor=make_college(), address_of=lambda persoon_id: "", now=NOW)
    with pytest.raises(TypeError):
        berichten.visible_to(None)
