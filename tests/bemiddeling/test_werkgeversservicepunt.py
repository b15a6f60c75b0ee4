"""The work sheet of a region: what waits for somebody, who waits for something, and nobody of another region."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction

from banenafspraak.access import bsn as bsns
from banenafspraak.access import database
from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Verwerking
from banenafspraak.access.permissions import Rol
from banenafspraak.bemiddeling import (
    contact,
    matchtelling,
    plaatsingen,
    toestemmingen,
    voordrachten,
    werkgeversservicepunt,
)
from banenafspraak.bemiddeling.contactwoorden import Contactuitkomst
from banenafspraak.bemiddeling.models import Klantprofiel, Vacature, Vacaturetelling, Verberging
from banenafspraak.bemiddeling.werkgeversservicepunt import Mensfilter, Vacaturefilter
from banenafspraak.bemiddeling.wspwoorden import Mensvolgorde, Passend, Vacaturevolgorde, Voorgeschiedenis
from tests.bemiddeling.contactwereld import SYSTEEM, make_profiel, released, say_yes
from tests.bemiddeling.plaatsingwereld import CONTRACT, planned, running
from tests.factories import (
    NOW,
    bsn,
    make_actor,
    make_bemiddelaar,
    make_kandidaat,
    make_klantprofiel,
    make_vacature,
    make_werkgever,
)

pytestmark = pytest.mark.django_db
ALLE_VACATURES, ALLE_MENSEN = Vacaturefilter(), Mensfilter()


@pytest.fixture
def bemiddelaar() -> Actor:
    return make_bemiddelaar()


@pytest.fixture
def werkgever() -> Actor:
    return make_werkgever()


@pytest.fixture
def vacature(werkgever: Actor) -> Vacature:
    return make_vacature(werkgever)


def put_forward(actor: Actor, vacature: Vacature, *profielen: Klantprofiel, now: datetime = NOW):
    """A voordracht in which each of these is asked."""
    verzoek = voordrachten.put_forward(
        actor=actor, vacature_id=vacature.pk, persoon_ids=[p.persoon_id for p in profielen], now=now
    )
    found = list(contact.visible_to(actor, now=now).filter(verzoek=verzoek))
    voordrachten.ask(actor=actor, verzoek_id=verzoek, voorstel_ids=[one.pk for one in found], now=now)
    return verzoek, contact.visible_to(actor, now=now).get(verzoek=verzoek)


def sheet(actor: Actor, keuze: Vacaturefilter = ALLE_VACATURES, *, now: datetime = NOW, **fields: Any):
    with transaction.atomic(), database.acting(actor):
        return werkgeversservicepunt.vacatures_without_match(actor=actor, keuze=keuze, now=now, **fields)


def waiting(actor: Actor, keuze: Mensfilter = ALLE_MENSEN, *, now: datetime = NOW, **fields: Any):
    with transaction.atomic(), database.acting(actor):
        return werkgeversservicepunt.people_without_proposal(actor=actor, keuze=keuze, now=now, **fields)


# --- Vacatures ---------------------------------------------------------------------------------------------------


def test_an_open_vacature_stands_there_with_the_days_it_is_open(bemiddelaar: Actor, vacature: Vacature) -> None:
    [row] = sheet(bemiddelaar, now=NOW + timedelta(days=9)).regels
    assert (row.vacature_id, row.dagen_open, row.passend, row.eerder_op) == (vacature.pk, 9, None, None)


def test_not_in_the_list_of_another_region(vacature: Vacature) -> None:
    assert sheet(make_bemiddelaar(regio="AM24", naam="WSP Zeeland")).aantal == 0


def test_it_leaves_the_list_while_somebody_is_put_forward_by_whomever(bemiddelaar: Actor, vacature: Vacature) -> None:
    put_forward(make_bemiddelaar(naam="Een ander"), vacature, make_profiel())
    assert sheet(bemiddelaar).aantal == 0


def test_it_is_back_when_all_said_no(bemiddelaar: Actor, vacature: Vacature) -> None:
    _verzoek, voorstel = put_forward(bemiddelaar, vacature, make_profiel())
    contact.decline(actor=bemiddelaar, voorstel_id=voorstel.pk, now=NOW)
    [row] = sheet(bemiddelaar).regels
    assert row.eerder_op == NOW.date()


def test_it_is_back_when_the_voordracht_was_stopped(bemiddelaar: Actor, vacature: Vacature) -> None:
    verzoek, _voorstel = put_forward(bemiddelaar, vacature, make_profiel())
    voordrachten.stop(actor=bemiddelaar, verzoek_id=verzoek, now=NOW)
    assert sheet(bemiddelaar).aantal == 1


@pytest.mark.parametrize(("uitkomst", "there"), [(Contactuitkomst.AANGENOMEN, 0), (Contactuitkomst.GEEN_PLEK_MEER, 1)])
def test_what_the_employer_said_came_of_it_decides(
    uitkomst: Contactuitkomst, there: int, bemiddelaar: Actor, werkgever: Actor, vacature: Vacature
) -> None:
    _verzoek, voorstel = put_forward(bemiddelaar, vacature, make_profiel())
    toestemming = say_yes(bemiddelaar, voorstel)
    later = released(NOW)
    assert toestemmingen.finish(actor=werkgever, toestemming_id=toestemming, uitkomst=uitkomst, now=later)
    assert sheet(bemiddelaar, now=later).aantal == there


@pytest.mark.parametrize(("plaatsen", "there"), [(1, 0), (2, 1)])
def test_a_place_that_is_left_waits_for_somebody_else(
    plaatsen: int, there: int, bemiddelaar: Actor, werkgever: Actor
) -> None:
    vacature, profiel = make_vacature(werkgever, aantal_plaatsen=plaatsen), make_profiel()
    _verzoek, voorstel = put_forward(bemiddelaar, vacature, profiel)
    say_yes(bemiddelaar, voorstel)
    work = replace(CONTRACT, begint_op=NOW.date(), eindigt_op=None)
    made = planned(bemiddelaar, profiel.persoon_id, work, voorstel_id=voorstel.pk)
    assert sheet(bemiddelaar).aantal == 0
    plaatsingen.begin(actor=bemiddelaar, plaatsing_id=made.pk, now=NOW)
    assert [row.plaatsen for row in sheet(bemiddelaar).regels] == [1] * there


def test_closed_and_past_its_last_day_is_not_open(bemiddelaar: Actor, werkgever: Actor) -> None:
    last = NOW.date() + timedelta(days=3)
    make_vacature(werkgever, sluitingsdatum_vacature=last)
    assert sheet(bemiddelaar, now=NOW + timedelta(days=3)).aantal == 1
    assert sheet(bemiddelaar, now=NOW + timedelta(days=4)).aantal == 0


def test_filters_and_order(bemiddelaar: Actor, werkgever: Actor) -> None:
    old = make_vacature(werkgever, naam_vacature="Inpakker", now=NOW - timedelta(days=20))
    new = make_vacature(werkgever, naam_vacature="Bakker")
    werkgeversservicepunt.keep_counts([(old.pk, 7), (new.pk, 0)], now=NOW)

    def ids(**fields: Any) -> list[Any]:
        return [row.vacature_id for row in sheet(bemiddelaar, Vacaturefilter(**fields)).regels]

    assert ids() == [old.pk, new.pk]
    assert ids(volgorde=Vacaturevolgorde.NAAM) == [new.pk, old.pk]
    assert ids(volgorde=Vacaturevolgorde.MINST_PASSEND) == [new.pk, old.pk]
    assert ids(passend=Passend.NIEMAND) == [new.pk]
    assert ids(passend=Passend.MINSTENS_EEN) == [old.pk]
    assert ids(passend=Passend.ONGETELD) == []
    assert ids(zoek="inpak") == [old.pk]
    assert ids(geschikt=True) == []
    assert ids(voorgeschiedenis=Voorgeschiedenis.EERDER) == []
    assert ids(voorgeschiedenis=Voorgeschiedenis.NOOIT) == [old.pk, new.pk]


def test_a_page_past_the_end_is_the_last(bemiddelaar: Actor, vacature: Vacature) -> None:
    found = sheet(bemiddelaar, nummer=9)
    assert (found.nummer, len(found.regels)) == (1, 1)


def test_nobody_else_has_a_work_sheet(werkgever: Actor) -> None:
    for actor in (werkgever, make_actor(Rol.BELEID, regio="AM12"), make_actor(Rol.BEMIDDELAAR)):
        with pytest.raises(PermissionDenied):
            sheet(actor)


def test_the_database_does_not_tell_about_another_region(bemiddelaar: Actor) -> None:
    with (
        pytest.raises(ProgrammingError, match="hoort niet bij"),
        transaction.atomic(),
        database.acting(bemiddelaar),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT * FROM bemiddeling_wsp_voorgedragen('AM24')")


# --- People ------------------------------------------------------------------------------------------------------


def test_who_can_be_found_and_has_nothing_waits(bemiddelaar: Actor) -> None:
    profiel = make_klantprofiel(make_kandidaat())
    [row] = waiting(bemiddelaar).regels
    assert (row.persoon_id, row.naam, row.gemeente, row.eerder_op) == (
        profiel.persoon_id, "Alice Jansen", "GM0402", None,
    )  # fmt: skip


def test_each_person_on_the_page_is_logged(bemiddelaar: Actor) -> None:
    make_klantprofiel(make_kandidaat())
    waiting(bemiddelaar)
    [row] = Verwerking.objects.filter(naam=werkgeversservicepunt.ZONDER_VOORDRACHT_BEKEKEN)
    assert bytes(row.betrokkene_index or b"") == bsns.index(bsn(0), doel="audit")


def test_a_file_has_no_names_and_is_logged_for_each_person(bemiddelaar: Actor) -> None:
    make_klantprofiel(make_kandidaat())
    [row] = waiting(bemiddelaar, nummer=None).regels
    assert row.naam == ""
    assert Verwerking.objects.filter(naam=werkgeversservicepunt.ZONDER_VOORDRACHT_OPGEHAALD).count() == 1


def test_who_is_put_forward_does_not_wait_until_it_is_over(bemiddelaar: Actor, vacature: Vacature) -> None:
    _verzoek, voorstel = put_forward(bemiddelaar, vacature, make_profiel())
    assert waiting(bemiddelaar).aantal == 0
    contact.decline(actor=bemiddelaar, voorstel_id=voorstel.pk, now=NOW)
    [row] = waiting(bemiddelaar).regels
    assert row.eerder_op == NOW.date()
    assert waiting(bemiddelaar, Mensfilter(voorgeschiedenis=Voorgeschiedenis.NOOIT)).aantal == 0
    assert waiting(bemiddelaar, Mensfilter(voorgeschiedenis=Voorgeschiedenis.EERDER)).aantal == 1


@pytest.mark.parametrize("make", [planned, running])
def test_who_works_or_is_going_to_does_not_wait(make: Any, bemiddelaar: Actor) -> None:
    profiel = make_profiel()
    make(bemiddelaar, profiel.persoon_id, CONTRACT)
    assert waiting(bemiddelaar).aantal == 0


def test_who_employers_cannot_find_is_not_put_forward(bemiddelaar: Actor) -> None:
    make_klantprofiel(make_kandidaat(), status="concept")
    assert waiting(bemiddelaar).aantal == 0


def test_people_of_another_region_are_not_there(bemiddelaar: Actor) -> None:
    make_klantprofiel(make_kandidaat(gemeente="GM0687"))
    assert waiting(bemiddelaar).aantal == 0
    assert waiting(bemiddelaar, Mensfilter(gemeente="GM0687")).aantal == 0


def test_by_gemeente_and_by_who_was_confirmed_longest_ago(bemiddelaar: Actor) -> None:
    first = make_klantprofiel(make_kandidaat(0, gemeente="GM0402"), op=NOW)
    second = make_klantprofiel(make_kandidaat(1, gemeente="GM0406"), op=NOW - timedelta(days=9))
    assert [r.persoon_id for r in waiting(bemiddelaar, Mensfilter(volgorde=Mensvolgorde.BEVESTIGD)).regels] == [
        second.persoon_id, first.persoon_id,
    ]  # fmt: skip
    assert [r.persoon_id for r in waiting(bemiddelaar, Mensfilter(gemeente="GM0402")).regels] == [first.persoon_id]


# --- How much there is to do, and counting -----------------------------------------------------------------------


def test_the_numbers_are_those_of_the_lists(bemiddelaar: Actor, werkgever: Actor, vacature: Vacature) -> None:
    make_klantprofiel(make_kandidaat(1))
    put_forward(bemiddelaar, vacature, make_profiel())
    other = make_vacature(werkgever)
    werkgeversservicepunt.keep_counts([(other.pk, 0)], now=NOW)
    with transaction.atomic(), database.acting(bemiddelaar):
        stand = werkgeversservicepunt.stand(bemiddelaar, now=NOW)
    assert (stand.open, stand.zonder_match, stand.niemand_past, stand.mensen) == (2, 1, 1, 1)


def passend(vacature: Vacature) -> int:
    return Vacaturetelling.objects.get(vacature=vacature).passend


def test_the_people_of_the_region_who_fit_are_counted(vacature: Vacature) -> None:
    make_klantprofiel(make_kandidaat(0))
    make_klantprofiel(make_kandidaat(1, gemeente="GM0687"))
    assert matchtelling.count_matches(actor=SYSTEEM, now=NOW) == 1
    assert passend(vacature) == 1


def test_who_hides_from_the_employer_is_not_counted(vacature: Vacature) -> None:
    profiel = make_klantprofiel(make_kandidaat(0))
    Verberging.objects.create(profiel=profiel, organisatie_id=vacature.werkgever_id, sinds_at=NOW)
    matchtelling.count_matches(actor=SYSTEEM, now=NOW)
    assert passend(vacature) == 0


def test_counted_again_when_it_changed_or_a_day_went_by(vacature: Vacature) -> None:
    matchtelling.count_matches(actor=SYSTEEM, now=NOW)
    soon = NOW + timedelta(hours=1)
    assert matchtelling.count_matches(actor=SYSTEEM, now=soon) == 0
    Vacature.objects.filter(pk=vacature.pk).update(gewijzigd_at=soon)
    assert matchtelling.count_matches(actor=SYSTEEM, now=soon + timedelta(hours=1)) == 1
    assert matchtelling.count_matches(actor=SYSTEEM, now=NOW + timedelta(days=1)) == 1


def test_a_run_counts_no_more_than_its_limit_and_the_next_goes_on(werkgever: Actor) -> None:
    for _ in range(3):
        make_vacature(werkgever)
    assert [matchtelling.count_matches(actor=SYSTEEM, now=NOW, limit=2) for _ in range(3)] == [2, 1, 0]


def test_only_the_system_counts(bemiddelaar: Actor) -> None:
    with pytest.raises(PermissionDenied):
        matchtelling.count_matches(actor=bemiddelaar, now=NOW)
