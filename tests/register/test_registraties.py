from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from banenafspraak.access import bsn as bsns
from banenafspraak.access.models import Logregel, Verwerking
from banenafspraak.access.permissions import ROLLEN, Permission, Rol
from banenafspraak.register import registraties
from banenafspraak.register.models import Persoon, Registratie
from banenafspraak.register.registraties import Inhoud, Overtaken, registered_on
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.registratie import EindeReden
from tests.factories import NOW, SINCE, bsn, make_actor, make_persoon, make_registratie, moments

BORN = date(1990, 5, 1)
LATER = NOW + timedelta(minutes=1)
WAJONG = Inhoud(Grond.WAJONG, Route.WAJONG_2015, SINCE)
pytestmark = pytest.mark.django_db


@pytest.fixture
def beoordelaar():
    return make_actor(Rol.BEOORDELAAR)


def register(actor, *, inhoud: Inhoud = WAJONG, nummer: int = 0, born: date = BORN, now: datetime = NOW) -> int:
    return registraties.register(actor=actor, bsn=bsn(nummer), geboortedatum=born, inhoud=inhoud, now=now)


def said(registratie_id: int) -> tuple:
    row = Registratie.objects.get(pk=registratie_id)
    return row.grond, row.route, row.geldig.lower, row.geldig.upper, row.einde_reden


def test_somebody_new_is_registered(beoordelaar) -> None:
    made = register(beoordelaar)
    assert said(made) == ("wajong", "wajong_2015", SINCE, None, "")
    persoon = Registratie.objects.get(pk=made).persoon
    context = f"register.persoon.bsn_verzegeld:{persoon.pk}"
    assert bsns.unseal(persoon.bsn_verzegeld, context=context) == bsn(0).reveal()


def test_a_second_ground_is_of_the_same_person(beoordelaar) -> None:
    register(beoordelaar)
    register(beoordelaar, inhoud=Inhoud(Grond.WSW, Route.WSW_DETACHERING, SINCE))
    assert (Persoon.objects.count(), Registratie.objects.count()) == (1, 2)


def test_the_date_of_birth_must_be_the_one_we_hold(beoordelaar) -> None:
    register(beoordelaar)
    with pytest.raises(ValidationError, match="andere geboortedatum"):
        register(beoordelaar, inhoud=Inhoud(Grond.WSW, Route.WSW_DETACHERING, SINCE), born=date(1990, 5, 2))


@pytest.mark.parametrize(
    ("inhoud", "message"),
    [
        (Inhoud(Grond.WAJONG, Route.PRO, date(2020, 1, 1)), "al op deze grond ingeschreven"),
        (Inhoud(Grond.WSW, Route.PRO, SINCE, SINCE), "na de begindatum"),
        (Inhoud(Grond.WSW, Route.PRO, date(1990, 4, 30)), "voor de geboortedatum"),
        (Inhoud(Grond.WSW, Route.PRO, SINCE, None, EindeReden.AOW), "reden van einde"),
        (Inhoud(Grond.GEEN, Route.PRO, SINCE), "geen geldige keuze|valid choice"),
    ],
)
def test_what_cannot_be_is_refused_in_words_for_a_form(beoordelaar, inhoud: Inhoud, message: str) -> None:
    register(beoordelaar)
    with pytest.raises(ValidationError, match=message):
        register(beoordelaar, inhoud=inhoud, now=LATER)
    assert Registratie.objects.count() == 1


def test_nobody_is_registered_after_death(beoordelaar) -> None:
    make_persoon(geboortedatum=BORN, overleden_op=date(2020, 1, 1))
    register(beoordelaar, inhoud=Inhoud(Grond.WAJONG, Route.PRO, date(2020, 1, 1)))
    with pytest.raises(ValidationError, match="na de overlijdensdatum"):
        register(beoordelaar, inhoud=Inhoud(Grond.WSW, Route.PRO, date(2020, 1, 2)))


def test_a_correction_replaces_from_now_on_and_keeps_what_was_known(beoordelaar) -> None:
    made = register(beoordelaar)
    corrected = registraties.correct(
        actor=beoordelaar,
        registratie_id=made,
        inhoud=Inhoud(Grond.WAJONG, Route.OWAJONG, date(2016, 1, 1)),
        now=LATER,
    )
    day = date(2015, 6, 1)
    assert [r.pk for r in registered_on(day, known_at=NOW)] == [made]
    assert not registered_on(day, known_at=LATER).exists()
    assert [r.pk for r in registered_on(date(2016, 1, 1), known_at=LATER)] == [corrected]


def test_an_end_is_known_from_now_on(beoordelaar) -> None:
    made = register(beoordelaar)
    ended = registraties.end(
        actor=beoordelaar, registratie_id=made, tot=date(2020, 1, 1), einde_reden=EindeReden.OVERIG, now=LATER
    )
    assert said(ended) == ("wajong", "wajong_2015", SINCE, date(2020, 1, 1), "overig")
    assert registered_on(date(2020, 1, 1), known_at=NOW).exists()
    assert not registered_on(date(2020, 1, 1), known_at=LATER).exists()
    assert registered_on(date(2019, 12, 31), known_at=LATER).exists()


def test_who_comes_second_is_told(beoordelaar) -> None:
    made = register(beoordelaar)
    clock = moments()
    next(clock)
    registraties.correct(actor=beoordelaar, registratie_id=made, inhoud=WAJONG, now=next(clock))
    with pytest.raises(Overtaken):
        registraties.correct(actor=beoordelaar, registratie_id=made, inhoud=WAJONG, now=next(clock))
    with pytest.raises(Overtaken):
        registraties.end(
            actor=beoordelaar, registratie_id=made, tot=NOW.date(), einde_reden=EindeReden.AOW, now=next(clock)
        )


def test_a_registration_ends_once(beoordelaar) -> None:
    made = make_registratie(make_persoon(), tot=date(2020, 1, 1))
    with pytest.raises(Overtaken, match="already has an end"):
        registraties.end(
            actor=beoordelaar, registratie_id=made.pk, tot=date(2021, 1, 1), einde_reden=EindeReden.AOW, now=LATER
        )
    assert Registratie.objects.get().bekend.upper is None


def test_a_registration_that_does_not_exist_cannot_be_corrected(beoordelaar) -> None:
    with pytest.raises(Overtaken):
        registraties.correct(actor=beoordelaar, registratie_id=10**9, inhoud=WAJONG, now=NOW)


@pytest.mark.parametrize("now", [NOW, NOW - timedelta(seconds=1)])
def test_history_is_not_rewritten(beoordelaar, now: datetime) -> None:
    made = register(beoordelaar)
    with pytest.raises(ValueError, match="later"):
        registraties.correct(actor=beoordelaar, registratie_id=made, inhoud=WAJONG, now=now)


def test_a_failed_correction_leaves_the_old_row_known(beoordelaar) -> None:
    made = register(beoordelaar)
    with pytest.raises(ValidationError):
        registraties.correct(
            actor=beoordelaar, registratie_id=made, inhoud=Inhoud(Grond.WAJONG, Route.PRO, SINCE, SINCE), now=LATER
        )
    assert Registratie.objects.get().bekend.upper is None
    assert Logregel.objects.count() == 1


def test_every_action_leaves_one_row_that_names_the_person_under_the_audit_key(beoordelaar) -> None:
    clock = moments()
    made = register(beoordelaar, now=next(clock))
    made = registraties.correct(actor=beoordelaar, registratie_id=made, inhoud=WAJONG, now=next(clock))
    registraties.end(
        actor=beoordelaar, registratie_id=made, tot=date(2020, 1, 1), einde_reden=EindeReden.AOW, now=next(clock)
    )
    rows = Logregel.objects.order_by("pk")
    assert [row.handeling for row in rows] == [
        "registratie ingeschreven",
        "registratie hersteld",
        "registratie beëindigd",
    ]
    people = Verwerking.objects.values_list("betrokkene_index", flat=True)
    assert [bytes(index) for index in people] == [bsns.index(bsn(0), doel="audit")] * 3
    assert {row.gebruiker_id for row in rows} == {beoordelaar.gebruiker_id}
    assert not any(bsn(0).reveal() in str(row.__dict__) for row in rows)


@pytest.mark.parametrize("rol", [r for r in Rol if Permission.REGISTER_CHANGE not in ROLLEN[r].permissions])
def test_only_a_beoordelaar_changes_the_register(rol: Rol) -> None:
    actor = make_actor(rol, saved=False)
    made = make_registratie(make_persoon())
    with pytest.raises(PermissionDenied):
        register(actor, nummer=1)
    with pytest.raises(PermissionDenied):
        registraties.correct(actor=actor, registratie_id=made.pk, inhoud=WAJONG, now=LATER)
    with pytest.raises(PermissionDenied):
        registraties.end(
            actor=actor, registratie_id=made.pk, tot=date(2020, 1, 1), einde_reden=EindeReden.AOW, now=LATER
        )
    assert Registratie.objects.get().pk == made.pk


def test_a_moment_without_time_zone_is_refused(beoordelaar) -> None:
    with pytest.raises(ValueError, match="time zone"):
        register(beoordelaar, now=datetime(2026, 4, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("peildatum", "found"),
    [(date(2014, 12, 31), False), (SINCE, True), (date(2019, 12, 31), True), (date(2020, 1, 1), False)],
)
def test_the_first_day_counts_and_the_end_does_not(peildatum: date, found: bool) -> None:
    make_registratie(make_persoon(), tot=date(2020, 1, 1))
    assert registered_on(peildatum, known_at=NOW).exists() is found


@pytest.mark.parametrize(
    ("known_at", "found"),
    [(NOW - timedelta(microseconds=1), False), (NOW, True), (LATER - timedelta(microseconds=1), True), (LATER, False)],
)
def test_a_row_is_known_from_its_moment_until_it_is_replaced(known_at: datetime, found: bool) -> None:
    make_registratie(make_persoon(), known_until=LATER)
    assert registered_on(SINCE, known_at=known_at).exists() is found
