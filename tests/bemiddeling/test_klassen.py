"""Classes: when they open and hide, what they say, and that nobody is ever shown finer than before."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from banenafspraak.bemiddeling import kaartnummers, klassen
from banenafspraak.bemiddeling.models import Klantprofiel, Klasse, Klasselid, Verberging, Vindbaarheid
from banenafspraak.bemiddeling.wens import of_query
from banenafspraak.register.models import Registratie
from tests.bemiddeling.kaartmensen import CLEANER, SYSTEEM, TODAY, make_people, open_klassen, publish
from tests.factories import NOW, SINCE, make_organisatie

pytestmark = pytest.mark.django_db


def test_fifteen_people_open_the_finest_class_they_share() -> None:
    make_people([CLEANER] * 15)

    assert publish() == klassen.Publicatie(toegevoegd=15, verplaatst=0, geopend=1, wachtend=0)

    [klasse] = open_klassen()
    assert klassen.values_of(klasse) == (
        "AM12", "vmbo", "schoonmaak", "24_tot_32", "doordeweeks", "nu", "tot_25", "fiets_of_ov", "geen",
    )  # fmt: skip


def test_fourteen_people_wait() -> None:
    make_people([CLEANER] * 14)

    assert publish().wachtend == 14
    assert open_klassen() == []


def test_what_is_not_shared_is_not_said() -> None:
    hours = [
        {**CLEANER, "aantal_werkuren_per_week_minimaal": 8, "aantal_werkuren_per_week_maximaal": 12 + 8 * n % 30}
        for n in range(3)
    ]
    make_people([hours[n % 3] for n in range(15)])
    publish()

    [klasse] = open_klassen()
    assert (klasse.uren, klasse.opleiding, klasse.regio) == ("", "vmbo", "AM12")


def test_a_newcomer_joins_an_open_class() -> None:
    make_people([CLEANER] * 15)
    publish()
    make_people([CLEANER], first=15)

    assert publish(NOW + timedelta(days=7)).toegevoegd == 1
    assert Klasse.objects.get(open=True).aantal == 16


def test_the_tenth_who_leaves_hides_the_class_in_the_same_statement() -> None:
    people = make_people([CLEANER] * 15)
    publish()
    Klantprofiel.objects.filter(pk__in=[one.pk for one in people[:5]]).update(status="concept")
    assert Klasse.objects.get().open

    Klantprofiel.objects.filter(pk=people[5].pk).update(status="concept")

    klasse = Klasse.objects.get()
    assert (klasse.open, klasse.aantal) == (False, 9)


@pytest.mark.parametrize(
    "change",
    [
        {"status": "concept"},
        {"status": "niet_openbaar", "niet_openbaar_reden": "wil_niet"},
        {"beschikbaar": False},
        {"beschikbaar": None, "beschikbaar_bevestigd_op": None},
    ],
)
def test_whoever_becomes_invisible_leaves_at_once(change: dict) -> None:
    people = make_people([CLEANER] * 16)
    publish()

    Klantprofiel.objects.filter(pk=people[0].pk).update(**change)

    assert not Klasselid.objects.filter(profiel=people[0]).exists()
    assert Klasse.objects.get().aantal == 15


def test_the_end_of_a_registration_ends_the_card_at_once() -> None:
    people = make_people([CLEANER] * 15)
    publish()

    Registratie.objects.filter(persoon_id=people[0].persoon_id).update(bekend=(NOW - timedelta(days=1), NOW))

    assert not Klasselid.objects.filter(profiel=people[0]).exists()


def test_a_registration_that_will_end_ends_the_card_on_that_day() -> None:
    people = make_people([CLEANER] * 15)
    publish()
    before = Registratie.objects.filter(persoon_id=people[0].persoon_id)
    before.update(bekend=(NOW - timedelta(days=1), NOW))
    Registratie.objects.create(
        persoon_id=people[0].persoon_id, grond="wajong", route="wajong_2015",
        geldig=(SINCE, TODAY + timedelta(days=5)), bekend=(NOW, None),
    )  # fmt: skip
    publish(NOW + timedelta(minutes=1))

    assert Klasselid.objects.get(profiel=people[0]).zichtbaar_tot == TODAY + timedelta(days=4)


def test_a_person_without_registration_is_never_shown() -> None:
    people = make_people([CLEANER] * 15)
    Registratie.objects.filter(persoon_id=people[0].persoon_id).update(bekend=(NOW - timedelta(days=1), NOW))

    assert publish().toegevoegd == 0


def test_available_wears_out_after_sixty_days_without_any_job() -> None:
    make_people([CLEANER] * 15)
    publish()

    assert _tens(TODAY + timedelta(days=60)) == [10]
    assert _tens(TODAY + timedelta(days=61)) == [0]


def test_the_hourly_job_takes_out_who_expired() -> None:
    make_people([CLEANER] * 15)
    publish()

    assert klassen.expire(actor=SYSTEEM, now=NOW + timedelta(days=61)) == 15
    assert not Klasse.objects.get().open


def test_members_of_a_closed_class_move_to_a_coarser_one_only() -> None:
    people = make_people([CLEANER] * 15)
    publish()
    Klantprofiel.objects.filter(pk__in=[one.pk for one in people[:6]]).update(status="concept")
    other = {**CLEANER, "code_werk_en_denkniveau": 4, "maximale_reisafstand": 40}
    make_people([other] * 15, first=100)

    publish(NOW + timedelta(days=7))

    fine = Klasse.objects.get(opleiding="vmbo")
    assert not fine.open
    moved = Klasselid.objects.filter(profiel__in=people).values_list("klasse", flat=True).distinct()
    assert [klassen.values_of(Klasse.objects.get(pk=pk)) for pk in moved] == [klassen.values_of(fine)]


def test_nobody_is_shown_finer_than_in_the_last_thirty_days() -> None:
    mixed = [CLEANER] * 8 + [{**CLEANER, "code_werk_en_denkniveau": 5}] * 8
    people = make_people(mixed)
    publish()
    assert Klasse.objects.get(open=True).opleiding == ""
    away = [one.pk for one in people[:8]]
    Klantprofiel.objects.filter(pk__in=away).update(status="concept")
    Klantprofiel.objects.filter(pk__in=away).update(status="openbaar")
    make_people([CLEANER] * 15, first=50)

    publish(NOW + timedelta(days=7))

    for one in people[:8]:
        assert Klasselid.objects.get(profiel=one).klasse.opleiding == ""
    assert Klasselid.objects.filter(klasse__opleiding="vmbo").count() == 15


def test_a_card_that_no_longer_fits_is_left_at_the_next_publication() -> None:
    people = make_people([CLEANER] * 16)
    publish()
    Klantprofiel.objects.filter(pk=people[0].pk).update(code_werk_en_denkniveau=5, versie=2)
    assert Klasselid.objects.filter(profiel=people[0]).exists()

    publish(NOW + timedelta(days=7))

    assert not Klasselid.objects.filter(profiel=people[0], klasse__opleiding="vmbo").exists()


def test_who_shows_more_counts_in_no_class() -> None:
    people = make_people([CLEANER] * 15)
    publish()

    Vindbaarheid.objects.create(profiel=people[0], kaart={}, sinds_at=NOW)

    assert Klasse.objects.get().aantal == 14
    assert publish(NOW + timedelta(days=7)).toegevoegd == 0


def test_the_database_opens_no_class_below_fifteen() -> None:
    make_people([CLEANER] * 14)
    publish()
    klasse = Klasse.objects.create(aantal=14)

    with pytest.raises(IntegrityError, match="vijftien"), transaction.atomic():
        Klasse.objects.filter(pk=klasse.pk).update(open=True)


def test_the_database_shows_no_class_below_ten() -> None:
    with pytest.raises(IntegrityError, match="klasse_die_open_is"), transaction.atomic():
        Klasse.objects.create(aantal=9, open=True)


def test_a_class_never_says_something_else() -> None:
    klasse = Klasse.objects.create(regio="AM12")

    with pytest.raises(IntegrityError, match="nooit"), transaction.atomic():
        Klasse.objects.filter(pk=klasse.pk).update(regio="AM13")


def _tens(day: object) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tientallen FROM bemiddeling_klassen_sinds(NULL, %s)", [day])
        return [tens for (tens,) in cursor.fetchall()]


def test_who_fits_the_wish_best_is_asked_first() -> None:
    far = {**CLEANER, "bemiddelingspostcode": "1231"}
    people = make_people([far] * 10 + [CLEANER] * 5)
    publish()
    nummer = kaartnummers.make(open_klassen()[0].pk, organisatie_id=1, now=NOW)

    asked = klassen.members_for_contact(nummer, organisatie_id=1, wens=of_query("waar=1211"), now=NOW)

    assert set(asked[:5]) == {one.pk for one in people[10:]}
    assert len(asked) == 15


def test_who_was_asked_or_hides_is_not_asked() -> None:
    people = make_people([CLEANER] * 15)
    publish()
    werkgever = make_organisatie(soort="werkgever", naam="B", kvk="12345678").pk
    Verberging.objects.create(profiel=people[0], organisatie_id=werkgever, sinds_at=NOW)
    nummer = kaartnummers.make(open_klassen()[0].pk, organisatie_id=werkgever, now=NOW)

    asked = klassen.members_for_contact(nummer, organisatie_id=werkgever, now=NOW, al_gevraagd=[people[1].pk])

    assert set(asked) == {one.pk for one in people[2:]}


def test_nobody_is_behind_a_card_that_is_hidden_or_of_another() -> None:
    people = make_people([CLEANER] * 15)
    publish()
    nummer = kaartnummers.make(open_klassen()[0].pk, organisatie_id=1, now=NOW)
    assert klassen.members_for_contact(nummer, organisatie_id=2, now=NOW) == []

    Klantprofiel.objects.filter(pk__in=[one.pk for one in people[:6]]).update(status="concept")

    assert klassen.members_for_contact(nummer, organisatie_id=1, now=NOW) == []
