"""Asking by mail whether somebody is still available: when, whom, and what a link can and cannot do."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError

from banenafspraak.access import database, logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel
from banenafspraak.bemiddeling import bevestigingen
from banenafspraak.bemiddeling.bevestigingen import Bevestigingsantwoord as Antwoord
from banenafspraak.bemiddeling.models import Bevestigingslink, Klantprofiel
from banenafspraak.bemiddeling.profielrecord import Contact
from tests.factories import NOW, make_burger, make_kandidaat, make_klantprofiel, make_werkgever, profiel_record

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system(doel="test")
NOBODY = Actor.anonymous()


def after(days: int):
    return NOW + timedelta(days=days)


def remind(days: int, **options):
    return bevestigingen.remind(actor=SYSTEM, now=after(days), **options)


def secret(message: int = -1) -> str:
    found = re.search(r"/bevestigen/([^/]+)/", mail.outbox[message].body)
    assert found
    return found[1]


def answer(text: str, antwoord: Antwoord = Antwoord.JA, days: int = 46) -> bool:
    return bevestigingen.confirm(actor=NOBODY, secret=text, antwoord=antwoord, now=after(days))


@pytest.fixture
def asked() -> str:
    """The secret of somebody who was asked on day 45."""
    make_klantprofiel(make_kandidaat(0))
    remind(45)
    return secret()


# --- who is asked, and when --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "mails"), [(0, 0), (44, 0), (45, 1), (57, 1), (58, 1), (60, 1), (61, 0)])
def test_people_are_asked_from_the_forty_fifth_day_until_it_wore_out(days: int, mails: int) -> None:
    make_klantprofiel(make_kandidaat(0))

    assert remind(days).verzonden == mails == len(mail.outbox)


def test_who_does_not_answer_is_asked_twice_and_not_three_times() -> None:
    make_klantprofiel(make_kandidaat(0))

    sent = [remind(days).verzonden for days in range(40, 70)]

    assert [days for days, count in zip(range(40, 70), sent, strict=True) if count] == [45, 58]


def test_within_a_week_of_a_mail_nobody_gets_another() -> None:
    make_klantprofiel(make_kandidaat(0))

    assert [remind(days).verzonden for days in (57, 58, 60)] == [1, 0, 0]


@pytest.mark.parametrize(
    "profile",
    [
        {"status": "concept"},
        {"status": "niet_openbaar", "reden": "werkt_al"},
        {"record": profiel_record(beschikbaar=False)},
        {"record": profiel_record(beschikbaar=None)},
    ],
    ids=["concept", "hidden", "not available", "unknown"],
)
def test_who_is_not_to_be_found_anyway_is_left_alone(profile: dict) -> None:
    make_klantprofiel(make_kandidaat(0), **profile)

    assert remind(45).verzonden == 0


def test_without_an_address_somebody_is_counted_and_not_asked() -> None:
    make_klantprofiel(make_kandidaat(0), profiel_record(contact=Contact(telefoonnummer="0612345678")))

    assert remind(45) == bevestigingen.Ronde(verzonden=0, zonder_adres=1, mislukt=0)


def test_one_round_sends_no_more_than_its_limit_and_the_next_goes_on() -> None:
    for nummer in range(3):
        make_klantprofiel(make_kandidaat(nummer))

    assert [remind(45, limit=2).verzonden for _ in range(3)] == [2, 1, 0]


def test_a_mail_server_that_fails_costs_nobody_the_question(settings) -> None:
    make_klantprofiel(make_kandidaat(0))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert remind(45).mislukt == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert remind(46).verzonden == 1


def test_without_a_mail_server_nobody_is_asked(settings) -> None:
    make_klantprofiel(make_kandidaat(0))
    settings.MAIL_ENABLED = False

    assert remind(45).verzonden == 0
    assert not Bevestigingslink.objects.exists()


def test_the_mail_says_nothing_about_who_or_why(asked: str) -> None:
    (message,) = mail.outbox
    text = f"{message.subject} {message.body}".lower()

    assert [word for word in ("doelgroep", "beperking", "ziek", "register", "alice", "uwv") if word in text] == []
    assert message.to == ["alice@test.invalid"]


def test_only_the_digest_of_the_secret_is_kept(asked: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT l::text FROM bemiddeling_bevestigingslink AS l")
        row = cursor.fetchone()[0]
        cursor.execute("SELECT args::text FROM procrastinate_jobs")
        jobs = str(cursor.fetchall())
    for text in (asked, asked.encode().hex()):
        assert text not in row
        assert text not in jobs
        assert text not in str(list(Logregel.objects.values()))


def test_the_person_can_see_that_we_asked(asked: str) -> None:
    assert [blik.handeling for blik in logboek.looks_at(make_burger(0))] == ["gevraagd naar beschikbaarheid"]


# --- what a link can do ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("antwoord", "available", "again"),
    [(Antwoord.JA, True, None), (Antwoord.NEE, False, None), (Antwoord.PAUZE, False, date(2026, 8, 15))],
)
def test_an_answer_is_dated_on_the_day_it_is_given(asked: str, antwoord: Antwoord, available: bool, again) -> None:
    assert answer(asked, antwoord)

    profiel = Klantprofiel.objects.get()
    assert (profiel.beschikbaar, profiel.vraag_weer_op) == (available, again)
    assert profiel.beschikbaar_bevestigd_op == date(2026, 5, 17)
    assert (profiel.beantwoord["beschikbaar"], profiel.beantwoord_door["beschikbaar"]) == ("2026-05-17", "burger")
    assert profiel.versie == 2


def test_looking_whether_a_link_works_changes_nothing(asked: str) -> None:
    for _ in range(3):
        assert bevestigingen.link_works(asked, now=after(46))

    assert Klantprofiel.objects.get().beschikbaar_bevestigd_op == date(2026, 4, 1)


def test_a_link_works_once(asked: str) -> None:
    assert answer(asked)

    assert not bevestigingen.link_works(asked, now=after(46))
    assert not answer(asked, Antwoord.NEE)
    assert Klantprofiel.objects.get().beschikbaar is True


def test_a_link_stops_on_its_day(asked: str) -> None:
    assert bevestigingen.link_works(asked, now=after(45 + 20))
    assert not bevestigingen.link_works(asked, now=after(45 + 21))
    assert not answer(asked, days=45 + 21)


@pytest.mark.parametrize("text", ["", "x", "a" * 43, "../" * 20, "a" * 100_000, "\x00" * 43], ids=range(6))
def test_a_link_that_never_was_does_not_work(text: str, asked: str) -> None:
    assert not bevestigingen.link_works(text, now=after(46))
    assert not answer(text)


def test_a_late_yes_brings_somebody_back(asked: str) -> None:
    bevestigingen.expire(actor=SYSTEM, now=after(61))

    answer(asked, days=62)

    assert Klantprofiel.objects.get().verlopen_op is None


def test_after_a_pause_somebody_is_asked_again(asked: str) -> None:
    answer(asked, Antwoord.PAUZE)

    assert [remind(days).verzonden for days in (135, 136, 150)] == [0, 1, 0]


def test_an_answer_is_in_the_logboek_of_the_person_and_no_look_of_another(asked: str) -> None:
    answer(asked)

    regel = Logregel.objects.get(handeling="beschikbaarheid bevestigd")
    assert (regel.rol, regel.gebruiker_id) == ("anoniem", None)
    assert len(logboek.looks_at(make_burger(0))) == 1


def test_a_visitor_can_answer_and_read_nothing(asked: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE ba_web")
        assert answer(asked)
        for table in ("bemiddeling_bevestigingslink", "bemiddeling_klantprofiel"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                cursor.execute(f"SELECT count(*) FROM {table}")


def test_an_employer_sees_no_links(asked: str) -> None:
    employer = make_werkgever()
    denied = pytest.raises(DatabaseError, match="permission denied")
    with denied, transaction.atomic(), database.acting(employer):
        Bevestigingslink.objects.count()


def test_only_the_system_sends_mail() -> None:
    with pytest.raises(PermissionDenied):
        bevestigingen.remind(actor=make_werkgever(), now=NOW)


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_counts() -> None:
    make_klantprofiel(make_kandidaat(0))
    remind(45)
    text = secret()

    def one(antwoord: Antwoord) -> bool:
        try:
            return answer(text, antwoord)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(one, [Antwoord.JA, Antwoord.NEE] * 2))
    assert sorted(done) == [False, False, False, True]


# --- wearing out -------------------------------------------------------------------------------------------------


def test_what_wore_out_is_marked_once_and_told_to_the_person() -> None:
    make_klantprofiel(make_kandidaat(0))

    assert [bevestigingen.expire(actor=SYSTEM, now=after(days)) for days in (60, 61, 62)] == [0, 1, 0]
    assert Klantprofiel.objects.get().verlopen_op == date(2026, 6, 1)
    assert [blik.handeling for blik in logboek.looks_at(make_burger(0))] == ["beschikbaarheid verlopen"]


def test_old_links_are_forgotten(asked: str) -> None:
    bevestigingen.expire(actor=SYSTEM, now=after(45 + 21 + 181))

    assert not Bevestigingslink.objects.exists()
