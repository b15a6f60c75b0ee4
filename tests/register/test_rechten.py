"""The whole life of an aanvraag under the roles of PostgreSQL, and what those roles refuse."""

import io
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import ProgrammingError, transaction
from django.db.utils import InternalError

from banenafspraak.access import bsn as bsns
from banenafspraak.access import database
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Rol
from banenafspraak.register import (
    aanvraagdocumenten,
    aanvragen,
    beoordeling,
    beschutwerk,
    gemeenteberichten,
    praktijkroute,
    uitschrijving,
)
from banenafspraak.register.aanvragen import Aanvraagsoort
from banenafspraak.register.models import (
    Aanvraag,
    Aanvraagantwoord,
    Aanvraagdocument,
    Aanvraagstap,
    Beschutwerkadvies,
    Besluit,
    Gemeentebericht,
    Loonwaarde,
    Persoon,
    Registratie,
    Uitschrijfverzoek,
    Woonplaats,
)
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.loonwaarde import LoonwaardeFeiten
from tests.factories import (
    CANNOT_EARN_WML,
    NOW,
    SHELTERED,
    answer_all,
    bsn,
    make_aanvraag,
    make_actor,
    make_burger,
    make_college,
    make_persoon,
    make_registratie,
    make_woonplaats,
)

BORN = date(1990, 5, 1)
DAY = timedelta(days=1)
PDF = b"%PDF-1.7\n"
pytestmark = pytest.mark.django_db


def acts(actor: Actor, what, **fields):
    """Do it as the website does: in a transaction, under the role of the actor."""
    with transaction.atomic(), database.acting(actor):
        return what(actor=actor, **fields)


def send(applicant: Actor, *, number=None, soort=Aanvraagsoort.BANENAFSPRAAK) -> UUID:
    made = acts(applicant, aanvragen.start, geboortedatum=BORN, bsn=number, now=NOW)
    acts(
        applicant,
        aanvragen.save_step,
        aanvraag_id=made,
        stap="a",
        velden={"x": "1"},
        soort=soort,
        woongemeente="GM0402",
        now=NOW,
    )
    acts(applicant, aanvraagdocumenten.add, aanvraag_id=made, bestandsnaam="x.pdf", stream=io.BytesIO(PDF), now=NOW)
    acts(applicant, aanvragen.submit, aanvraag_id=made, now=NOW)
    return made


def assess(beoordelaar: Actor, made: UUID, answers: dict) -> beoordeling.Beslissing:
    acts(beoordelaar, aanvragen.confirm_receipt, aanvraag_id=made, now=NOW)
    acts(beoordelaar, aanvragen.claim, aanvraag_id=made, now=NOW)
    with transaction.atomic(), database.acting(beoordelaar):
        answer_all(beoordelaar, made, answers)
    return acts(beoordelaar, beoordeling.decide, aanvraag_id=made, now=NOW + DAY)


def test_from_application_to_registration(db) -> None:
    burger, beoordelaar = make_burger(), make_actor(Rol.BEOORDELAAR)
    made = send(burger)
    assert assess(beoordelaar, made, CANNOT_EARN_WML).ingeschreven
    assert acts(burger, beoordeling.read_besluit, aanvraag_id=made, now=NOW + DAY).stappen
    assert acts(burger, aanvragen.look_at, aanvraag_id=made, now=NOW + DAY).velden
    (document,) = Aanvraagdocument.objects.values_list("pk", flat=True)
    assert acts(beoordelaar, aanvraagdocumenten.read, document_id=document, now=NOW).inhoud == PDF


def test_completing_and_withdrawing(db) -> None:
    burger, beoordelaar = make_burger(), make_actor(Rol.BEOORDELAAR)
    made = send(burger)
    acts(beoordelaar, aanvragen.confirm_receipt, aanvraag_id=made, now=NOW)
    acts(beoordelaar, aanvragen.claim, aanvraag_id=made, now=NOW)
    acts(beoordelaar, aanvragen.ask_aanvulling, aanvraag_id=made, vraag="Wat?", now=NOW)
    acts(burger, aanvragen.complete, aanvraag_id=made, now=NOW + DAY)
    acts(burger, aanvragen.withdraw, aanvraag_id=made, now=NOW + DAY)
    assert Aanvraag.objects.get().status == "ingetrokken"


def test_a_draft_with_its_documents_can_be_thrown_away(db) -> None:
    burger = make_burger()
    made = acts(burger, aanvragen.start, geboortedatum=BORN, now=NOW)
    acts(burger, aanvraagdocumenten.add, aanvraag_id=made, bestandsnaam="x.pdf", stream=io.BytesIO(PDF), now=NOW)
    acts(burger, aanvragen.withdraw, aanvraag_id=made, now=NOW)
    assert not Aanvraagdocument.objects.exists()


@pytest.mark.parametrize("known", [True, False])
def test_a_gemeente_asks_for_somebody_the_register_does_not_show_it(known) -> None:
    if known:
        make_persoon(0, geboortedatum=BORN)
    college, beoordelaar = make_college(), make_actor(Rol.BEOORDELAAR)
    made = send(college, number=bsn())
    assert assess(beoordelaar, made, CANNOT_EARN_WML).ingeschreven
    assert acts(college, beoordeling.read_besluit, aanvraag_id=made, now=NOW + DAY).ingeschreven
    with transaction.atomic(), database.acting(college):
        bericht = gemeenteberichten.visible_to(college).get()
    acts(college, gemeenteberichten.mark_read, bericht_id=bericht.pk, now=NOW + DAY)
    assert Persoon.objects.count() == 1


def test_beschut_werk_from_advice_to_place(db) -> None:
    persoon = make_persoon(0, geboortedatum=BORN)
    make_registratie(persoon)
    college, beoordelaar = make_college(), make_actor(Rol.BEOORDELAAR)
    advies = assess(beoordelaar, send(make_burger(), soort=Aanvraagsoort.BESCHUT_WERK), SHELTERED).beschutwerkadvies_id
    day = NOW.date() + 2 * DAY
    ended = acts(college, beschutwerk.decide, advies_id=advies, vastgesteld=True, besloten_op=day, now=NOW + 3 * DAY)
    assert ended == day + DAY
    acts(college, beschutwerk.place, advies_id=advies, vanaf=day, now=NOW + 3 * DAY)
    assert Registratie.objects.get(bekend__endswith__isnull=True).geldig.upper == day + DAY


@pytest.mark.parametrize("elsewhere", [True, False])
def test_the_praktijkroute_opens_the_register_for_the_college(elsewhere) -> None:
    if elsewhere:
        make_woonplaats(make_persoon(0, geboortedatum=BORN), gemeente="GM0363")
    college = make_college()
    feiten = LoonwaardeFeiten(vastgesteld_op=date(2026, 3, 2), vastgesteld_percentage=50, ondersteuning_pwet_7_1_a=True)
    for _ in range(2):
        made = acts(
            college, praktijkroute.record, bsn=bsn(), geboortedatum=BORN, kenmerk="LW-1", feiten=feiten, now=NOW
        )
    assert made.ingeschreven_vanaf == date(2026, 3, 2)
    assert Woonplaats.objects.get().gemeente_id == ("GM0363" if elsewhere else "GM0402")


def test_leaving_the_register(db) -> None:
    persoon = make_persoon(0)
    make_registratie(persoon, grond=Grond.AMVB_38B_1_D, route=Route.VSO)
    make_woonplaats(persoon)
    burger, beoordelaar = make_burger(), make_actor(Rol.BEOORDELAAR)
    made = acts(burger, uitschrijving.request, now=NOW + DAY)
    acts(beoordelaar, uitschrijving.claim, verzoek_id=made, now=NOW + DAY)
    names = [name for name in uitschrijving._ASKED if not name.startswith("werkgever_")]
    for feit in [*names, "werkgever_krijgt_financiele_steun"]:
        acts(beoordelaar, uitschrijving.answer, verzoek_id=made, feit=feit, waarde=False, now=NOW + DAY)
    assert acts(beoordelaar, uitschrijving.decide, verzoek_id=made, now=NOW + 2 * DAY) == "toegewezen"
    assert acts(burger, uitschrijving.look_at, verzoek_id=made, now=NOW + 2 * DAY).eindigt_op


# --- What the roles refuse ----------------------------------------------------------------------------------------

_TABLES = (Aanvraag, Aanvraagstap, Aanvraagdocument, Besluit, Loonwaarde, Beschutwerkadvies, Uitschrijfverzoek)


@pytest.fixture
def decided(db) -> UUID:
    made = make_aanvraag(make_burger(), beoordelaar=(beoordelaar := make_actor(Rol.BEOORDELAAR)))
    answer_all(beoordelaar, made, CANNOT_EARN_WML)
    beoordeling.decide(actor=beoordelaar, aanvraag_id=made, now=NOW + DAY)
    return made


@pytest.mark.parametrize("model", _TABLES)
def test_a_stranger_sees_no_row(decided, model) -> None:
    for stranger in (make_burger(1), make_college("GM0363")):
        with transaction.atomic(), database.acting(stranger):
            if not (model is Uitschrijfverzoek and stranger.rol is Rol.BEMIDDELAAR):
                assert not model._default_manager.exists()


@pytest.mark.parametrize("model", [*_TABLES, Aanvraagantwoord, Gemeentebericht])
@pytest.mark.parametrize("rol", [Rol.WERKGEVER, Rol.BELEID, Rol.TOEZICHT, Rol.BEHEER])
def test_who_has_no_business_with_it_may_not_even_ask(rol, model) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        database.acting(make_actor(rol)),
    ):
        model._default_manager.exists()


def test_the_person_reads_no_answers_in_the_database_either(decided) -> None:
    for actor in (make_burger(), make_college()):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            database.acting(actor),
        ):
            Aanvraagantwoord.objects.exists()


def test_nobody_decides_on_their_own_application(db) -> None:
    burger = make_burger()
    make_aanvraag(burger, beoordelaar=make_actor(Rol.BEOORDELAAR))
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
        database.acting(burger),
    ):
        Aanvraag.objects.update(status="beslist")


def test_a_college_registers_nobody_on_another_ground(db) -> None:
    persoon = make_persoon(0)
    college = make_college()
    make_aanvraag(college)
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
        database.acting(college),
    ):
        make_registratie(persoon)


def test_a_burger_finds_and_makes_nobody_else(db) -> None:
    values = [UUID(int=1), [bsns.index(bsn(1), doel="register")], b"x", BORN]
    with (
        pytest.raises((ProgrammingError, InternalError), match="voor zichzelf"),
        transaction.atomic(),
        database.acting(make_burger()),
        database.connection.cursor() as cursor,
    ):
        cursor.execute("SELECT register_vind_of_maak_persoon(%s, %s, 1, %s, %s)", values)


def test_a_college_learns_the_id_and_sees_the_person_only_after_it_asked(db) -> None:
    make_persoon(0)
    college = make_college()
    with transaction.atomic(), database.acting(college):
        assert not Persoon.objects.exists()
    send(college, number=bsn())
    with transaction.atomic(), database.acting(college):
        assert Persoon.objects.count() == 1
