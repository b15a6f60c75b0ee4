"""The pages of placements, for the bemiddelaar, the person and the employer."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from banenafspraak.access import bsn as bsns
from banenafspraak.access import demo
from banenafspraak.access.models import Verwerking
from banenafspraak.bemiddeling import plaatsingen
from banenafspraak.bemiddeling.models import Klantprofiel, Plaatsing
from banenafspraak.bemiddeling.plaatsingen import Bedrijf
from banenafspraak.bemiddeling.plaatsingwoorden import Eindreden, Plaatsingsoort
from tests.bemiddeling.contactwereld import asked, make_profiel, say_yes
from tests.bemiddeling.plaatsingwereld import CONTRACT, PROEF, planned, running
from tests.factories import bsn, lhnr, make_burger, make_staff, make_werkgever
from tests.web.test_contact_pages import member, text
from tests.web.test_pages import queries

SignIn = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("demo_on")
KORENAAR = Bedrijf("00000001", "Bakkerij De Korenaar")
FORM = {
    "soort": "dienstverband",
    "werkgever_kvk": KORENAAR.kvk,
    "werkgever_naam": KORENAAR.naam,
    "sector": "markt",
    "uren_per_week": "24",
    "begint_op": "1-3-2026",
    "eindigt_op": "",
    "route": "",
}


@pytest.fixture
def hilversum(sign_in: SignIn) -> Client:
    return sign_in("bemiddelaar-gemeente")


@pytest.fixture
def burger(sign_in: SignIn) -> Client:
    demo.give_bsn("burger", bsn(0))
    return sign_in("burger")


@pytest.fixture
def werkgever(sign_in: SignIn) -> Client:
    return sign_in("werkgever")


@pytest.fixture
def profiel(sign_in: SignIn) -> Klantprofiel:
    return make_profiel()


@pytest.fixture
def then() -> datetime:
    return timezone.now() - timedelta(days=7)


def today() -> date:
    return timezone.localdate()


def at_the_bakery(**fields: Any) -> Any:
    return replace(CONTRACT, werkgever=KORENAAR, begint_op=today() - timedelta(days=20), eindigt_op=None, **fields)


def working(profiel: Klantprofiel, **fields: Any) -> Plaatsing:
    return running(member("bemiddelaar-gemeente"), profiel.persoon_id, at_the_bakery(**fields), now=timezone.now())


def looks(naam: str) -> list[bytes]:
    return [bytes(v.betrokkene_index or b"") for v in Verwerking.objects.filter(naam=naam)]


# --- The bemiddelaar ---------------------------------------------------------------------------------------------


def test_a_placement_is_written_down_once_however_often_it_is_pressed(hilversum: Client, profiel: Klantprofiel) -> None:
    address = f"/bemiddelaar/plaatsingen/nieuw/{profiel.persoon_id}/"
    sleutel = re.search(r'name="sleutel" value="([^"]+)"', text(hilversum, address))
    assert sleutel
    for _ in range(2):
        response = hilversum.post(address, FORM | {"sleutel": sleutel[1]})
        assert response.status_code == 302, response.content.decode()
    plaatsing = Plaatsing.objects.get()
    assert response.headers["Location"] == f"/bemiddelaar/plaatsingen/{plaatsing.pk}/"


def test_the_page_says_for_how_much_of_a_job_it_counts(hilversum: Client, profiel: Klantprofiel) -> None:
    page = text(hilversum, f"/bemiddelaar/plaatsingen/{working(profiel).pk}/")
    assert "Telt mee: 0,9 baan, sector markt" in page
    assert "24 / 25,5" in page
    assert "Loonkostenvoordeel" in page


def test_a_trial_does_not_count_and_says_until_when_it_can_last(hilversum: Client, profiel: Klantprofiel) -> None:
    begin = today() - timedelta(days=3)
    proef = replace(PROEF, werkgever=KORENAAR, begint_op=begin, eindigt_op=begin + timedelta(days=40))
    plaatsing = running(member("bemiddelaar-gemeente"), profiel.persoon_id, proef, now=timezone.now())
    page = text(hilversum, f"/bemiddelaar/plaatsingen/{plaatsing.pk}/")
    assert "Telt niet mee" in page
    assert "Zij kan duren tot en met" in page
    assert "Dit werk stopt binnenkort" in page


def test_the_list_shows_first_what_asks_for_attention(hilversum: Client, profiel: Klantprofiel) -> None:
    working(profiel)
    assert "Noor" not in text(hilversum, "/bemiddelaar/plaatsingen/")
    ends = at_the_bakery(uren_per_week=Decimal(4))
    running(
        member("bemiddelaar-gemeente"),
        profiel.persoon_id,
        replace(ends, eindigt_op=today() + timedelta(days=5)),
        now=timezone.now(),
    )
    page = text(hilversum, "/bemiddelaar/plaatsingen/")
    assert "Wat komt erna?" in page
    assert "1 plaatsing" in page
    assert "2 plaatsingen" in text(hilversum, "/bemiddelaar/plaatsingen/?stand=alle")


def test_each_person_on_a_page_is_logged(hilversum: Client, profiel: Klantprofiel) -> None:
    plaatsing = working(profiel)
    text(hilversum, "/bemiddelaar/plaatsingen/?stand=lopend")
    text(hilversum, f"/bemiddelaar/plaatsingen/{plaatsing.pk}/")
    assert looks("plaatsing bekeken") == [bsns.index(bsn(0), doel="audit")] * 2


def test_a_trial_becomes_a_contract_on_one_page(hilversum: Client, profiel: Klantprofiel) -> None:
    begin = today() - timedelta(days=30)
    proef = replace(PROEF, werkgever=KORENAAR, begint_op=begin, eindigt_op=begin + timedelta(days=50))
    plaatsing = running(member("bemiddelaar-gemeente"), profiel.persoon_id, proef, now=timezone.now())
    address = f"/bemiddelaar/plaatsingen/{plaatsing.pk}/vervolg/"
    assert "Bakkerij De Korenaar" in text(hilversum, address)
    form = FORM | {"begint_op": f"{today():%d-%m-%Y}", "sleutel": str(uuid4())}
    for _ in range(2):
        response = hilversum.post(address, form, follow=True)
        assert "Telt mee: 0,9 baan, sector markt" in response.content.decode()
    assert Plaatsing.objects.count() == 2
    plaatsing.refresh_from_db()
    assert (plaatsing.status, plaatsing.eindreden) == ("beeindigd", "overgegaan")


def test_what_cannot_be_is_said_on_top_with_a_link(hilversum: Client, profiel: Klantprofiel) -> None:
    address = f"/bemiddelaar/plaatsingen/nieuw/{profiel.persoon_id}/"
    response = hilversum.post(address, FORM | {"eindigt_op": "1-2-2026", "sleutel": str(uuid4())})
    page = response.content.decode()
    assert response.status_code == 400
    assert '<a class="utrecht-link utrecht-link--html-a" href="#id_eindigt_op">' in page
    assert "De laatste dag ligt voor de eerste dag" in page


def test_more_than_sixty_hours_together_is_said_at_the_hours(hilversum: Client, profiel: Klantprofiel) -> None:
    working(profiel, uren_per_week=Decimal(40))
    address = f"/bemiddelaar/plaatsingen/nieuw/{profiel.persoon_id}/"
    response = hilversum.post(address, FORM | {"sleutel": str(uuid4())})
    assert response.status_code == 400
    assert 'href="#id_uren_per_week"' in response.content.decode()


def test_the_end_is_written_down_with_a_reason(hilversum: Client, profiel: Klantprofiel) -> None:
    plaatsing = working(profiel)
    address = f"/bemiddelaar/plaatsingen/{plaatsing.pk}/actie/"
    missing = hilversum.post(address, {"handeling": "beeindigen"})
    assert missing.status_code == 400
    assert "Vul de laatste dag in." in missing.content.decode()
    form = {"handeling": "beeindigen", "laatste_dag": f"{today():%d-%m-%Y}", "reden": "tijd_om"}
    for _ in range(2):
        assert hilversum.post(address, form).status_code == 302
    plaatsing.refresh_from_db()
    assert (plaatsing.eindreden, plaatsing.stappen.filter(handeling="beeindigen").count()) == ("tijd_om", 1)


def test_longer_than_the_law_allows_stays_on_the_page(hilversum: Client, profiel: Klantprofiel) -> None:
    begin = today() - timedelta(days=3)
    proef = replace(PROEF, werkgever=KORENAAR, begint_op=begin, eindigt_op=begin + timedelta(days=40))
    plaatsing = running(member("bemiddelaar-gemeente"), profiel.persoon_id, proef, now=timezone.now())
    late = begin + timedelta(days=300)
    response = hilversum.post(
        f"/bemiddelaar/plaatsingen/{plaatsing.pk}/actie/",
        {"handeling": "verlengen", "eindigt_op": f"{late:%d-%m-%Y}"},
    )
    assert response.status_code == 400
    assert "Deze proefplaatsing kan duren tot en met" in response.content.decode()


def test_a_yes_fills_in_the_employer_and_becomes_a_placement(
    hilversum: Client, werkgever: Client, profiel: Klantprofiel, then: datetime
) -> None:
    voorstel = asked(member("werkgever"), profiel, member("bemiddelaar-gemeente"), now=then)
    say_yes(make_burger(), voorstel, now=then)
    address = f"/bemiddelaar/plaatsingen/nieuw/{profiel.persoon_id}/?voorstel={voorstel.pk}"
    assert "Bakkerij De Korenaar" in text(hilversum, address)
    response = hilversum.post(address, FORM | {"sleutel": str(uuid4())})
    assert response.status_code == 302, response.content.decode()
    assert "Noor de Vries" in text(werkgever, "/werkgever/plaatsingen/")


def test_a_yes_that_was_taken_back_has_no_page(hilversum: Client, profiel: Klantprofiel, then: datetime) -> None:
    voorstel = asked(member("werkgever"), profiel, member("bemiddelaar-gemeente"), now=then)
    address = f"/bemiddelaar/plaatsingen/nieuw/{profiel.persoon_id}/?voorstel={voorstel.pk}"
    assert hilversum.get(address).status_code == 404


@pytest.mark.parametrize("path", ["", "wijzigen/", "vervolg/"])
def test_a_bemiddelaar_of_another_gemeente_finds_no_placement(
    sign_in: SignIn, profiel: Klantprofiel, path: str
) -> None:
    plaatsing = working(profiel)
    zeeland = sign_in("bemiddelaar-zeeland")
    assert zeeland.get(f"/bemiddelaar/plaatsingen/{plaatsing.pk}/{path}").status_code == 404
    assert (
        zeeland.post(f"/bemiddelaar/plaatsingen/{plaatsing.pk}/actie/", {"handeling": "intrekken"}).status_code == 404
    )
    assert zeeland.get(f"/bemiddelaar/plaatsingen/nieuw/{profiel.persoon_id}/").status_code == 404


def test_the_page_of_a_person_shows_where_they_work(hilversum: Client, profiel: Klantprofiel) -> None:
    plaatsing = working(profiel)
    page = text(hilversum, f"/bemiddelaar/mensen/{profiel.persoon_id}/")
    assert f"/bemiddelaar/plaatsingen/{plaatsing.pk}/" in page
    assert "Telt mee: 0,9 baan" in page


def test_wages_and_placements_are_compared(hilversum: Client, profiel: Klantprofiel) -> None:
    employer = make_werkgever(lhnr=lhnr())
    make_staff(lhnr(), [50])
    at = replace(CONTRACT, werkgever=Bedrijf("00000011", "Bakkerij"))
    running(member("bemiddelaar-gemeente"), profiel.persoon_id, at, now=timezone.now())
    assert employer.organisatie_id
    page = text(hilversum, "/bemiddelaar/plaatsingen/loon/")
    assert "1 persoon in 03-2026" in page
    make_staff(lhnr(), [0])
    assert "is hier geen verschil" in text(hilversum, "/bemiddelaar/plaatsingen/loon/")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/bemiddelaar/plaatsingen/?stand=alle", 10),
        ("/bemiddelaar/plaatsingen/{plaatsing}/", 11),
        ("/bemiddelaar/plaatsingen/loon/", 7),
    ],
)
def test_a_page_costs_a_known_number_of_queries(
    hilversum: Client, profiel: Klantprofiel, address: str, expected: int
) -> None:
    plaatsing = working(profiel)
    for nummer in (1, 2):
        other = make_profiel(nummer)
        working(other)
    make_staff(lhnr(), [0, 1])
    address = address.format(plaatsing=plaatsing.pk)
    assert len(queries(lambda: text(hilversum, address))) == expected


# --- The person --------------------------------------------------------------------------------------------------


def test_the_person_sees_the_own_work_and_nobody_elses(burger: Client, profiel: Klantprofiel) -> None:
    working(profiel)
    working(make_profiel(1), uren_per_week=Decimal(9))
    page = text(burger, "/burger/werk/")
    assert "Bakkerij De Korenaar" in page
    assert "24 uur per week" in page
    assert "9 uur per week" not in page


def test_the_person_lets_an_employer_look_along_and_stops_it(
    burger: Client, werkgever: Client, profiel: Klantprofiel
) -> None:
    plaatsing = working(profiel)
    assert "Er is geen plaatsing" in text(werkgever, "/werkgever/plaatsingen/")
    address = f"/burger/werk/{plaatsing.pk}/delen/"
    assert burger.post(address, {"kvk": KORENAAR.kvk, "naam": "Noor de Vries"}).status_code == 302
    assert "Telt mee: 0,9 baan" in text(werkgever, "/werkgever/plaatsingen/")
    assert burger.post(address, {"kvk": KORENAAR.kvk, "handeling": "stoppen"}).status_code == 302
    assert "Noor" not in text(werkgever, "/werkgever/plaatsingen/")


def test_somebody_else_shares_nothing_of_mine(burger: Client, profiel: Klantprofiel) -> None:
    other = working(make_profiel(1))
    response = burger.post(f"/burger/werk/{other.pk}/delen/", {"kvk": KORENAAR.kvk, "naam": "Noor"})
    assert response.status_code == 404
    other.refresh_from_db()
    assert other.gedeeld_met == []


# --- The employer ------------------------------------------------------------------------------------------------


def test_an_employer_sees_no_placement_of_another_employer(sign_in: SignIn, profiel: Klantprofiel) -> None:
    plaatsing = working(profiel)
    plaatsingen.share(
        actor=make_burger(), plaatsing_id=plaatsing.pk, kvk=KORENAAR.kvk, naam="Noor de Vries", now=timezone.now()
    )
    assert "Noor" not in text(sign_in("werkgever-2"), "/werkgever/plaatsingen/")
    assert "Noor" in text(sign_in("werkgever"), "/werkgever/plaatsingen/")
    assert looks("plaatsing bekeken door werkgever") == [bsns.index(bsn(0), doel="audit")]


def test_the_employers_page_costs_a_known_number_of_queries(werkgever: Client, profiel: Klantprofiel) -> None:
    assert len(queries(lambda: text(werkgever, "/werkgever/plaatsingen/"))) == 8


def test_an_employer_never_reads_the_ground_or_why_it_ended(werkgever: Client, profiel: Klantprofiel) -> None:
    plaatsing = working(profiel, soort=Plaatsingsoort.DIENSTVERBAND)
    now = timezone.now()
    plaatsingen.share(actor=make_burger(), plaatsing_id=plaatsing.pk, kvk=KORENAAR.kvk, naam="Noor", now=now)
    page = text(werkgever, "/werkgever/plaatsingen/")
    assert "Wajong" not in page
    assert "Loonkosten" not in page


def test_a_plan_says_what_it_will_count_for(hilversum: Client, profiel: Klantprofiel) -> None:
    plan = replace(at_the_bakery(), begint_op=today() + timedelta(days=9))
    plaatsing = planned(member("bemiddelaar-gemeente"), profiel.persoon_id, plan, now=timezone.now())
    assert "Gaat meetellen: 0,9 baan" in text(hilversum, f"/bemiddelaar/plaatsingen/{plaatsing.pk}/")


@pytest.mark.parametrize("path", ["wijzigen/", "vervolg/"])
def test_what_is_over_cannot_be_changed(hilversum: Client, profiel: Klantprofiel, path: str) -> None:
    plaatsing = working(profiel)
    plaatsingen.end(
        actor=member("bemiddelaar-gemeente"),
        plaatsing_id=plaatsing.pk,
        laatste_dag=today(),
        reden=Eindreden.TIJD_OM,
        now=timezone.now(),
    )
    response = hilversum.get(f"/bemiddelaar/plaatsingen/{plaatsing.pk}/{path}", follow=True)
    assert "Dit kan nu niet met deze plaatsing." in response.content.decode()


def test_after_the_last_day_it_does_not_count_though_nobody_said_it_stopped(
    hilversum: Client, profiel: Klantprofiel
) -> None:
    ended = replace(at_the_bakery(), eindigt_op=today() - timedelta(days=1))
    plaatsing = running(member("bemiddelaar-gemeente"), profiel.persoon_id, ended, now=timezone.now())
    page = text(hilversum, f"/bemiddelaar/plaatsingen/{plaatsing.pk}/")
    assert "Telt niet meer mee: de laatste dag is geweest" in page
    assert "Hoe ging het verder?" in page


@pytest.mark.parametrize(("last", "said"), [(0, "Loopt."), (-1, "Voorbij.")])
def test_work_runs_until_its_last_day_whether_it_was_closed_or_not(
    burger: Client, werkgever: Client, profiel: Klantprofiel, last: int, said: str
) -> None:
    ends = replace(at_the_bakery(), eindigt_op=today() + timedelta(days=last))
    plaatsing = running(member("bemiddelaar-gemeente"), profiel.persoon_id, ends, now=timezone.now())
    plaatsingen.share(actor=make_burger(), plaatsing_id=plaatsing.pk, kvk=KORENAAR.kvk, naam="Noor", now=timezone.now())

    assert said in text(werkgever, "/werkgever/plaatsingen/")
    assert said.rstrip(".") in text(burger, "/burger/werk/")
