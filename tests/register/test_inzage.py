"""What somebody sees of themself, and nobody of another."""

import dataclasses
import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from banenafspraak.access import bsn as bsns
from banenafspraak.access import logboek
from banenafspraak.access.logboek import Keuze
from banenafspraak.access.models import Logregel
from banenafspraak.access.permissions import Rol
from banenafspraak.register import inzage, kandidaatcodes, meldingen
from banenafspraak.register.meldingwoorden import Meldingsoort
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.gevolgen import Gevolg
from banenafspraak.wet.registratie import EindeReden
from tests.factories import (
    NOW,
    bsn,
    make_aanvraag,
    make_actor,
    make_burger,
    make_persoon,
    make_registratie,
    make_woonplaats,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 1)


def overview(nummer: int = 0):
    return inzage.own_overview(actor=make_burger(nummer), peildatum=TODAY, now=NOW)


def test_somebody_sees_the_own_registration_with_ground_article_and_day() -> None:
    make_registratie(make_persoon(0), vanaf=date(2018, 3, 1))

    (r,) = overview().lopend

    assert (r.grond, r.artikel, r.vanaf, r.tot) == (
        Grond.WAJONG,
        "Wfsv art. 38b lid 1 onderdeel c",
        date(2018, 3, 1),
        None,
    )


def test_the_registration_of_another_is_not_shown() -> None:
    make_registratie(make_persoon(1))

    assert not overview(0).geregistreerd


def test_who_was_never_registered_sees_that() -> None:
    found = overview()

    assert (found.geregistreerd, found.sinds, found.geboortedatum, found.lopend) == (False, None, None, ())


def test_who_applied_and_is_not_registered_sees_that() -> None:
    make_persoon(0)

    assert not overview().geregistreerd


@pytest.mark.parametrize(("tot", "runs"), [(TODAY, False), (TODAY + timedelta(days=1), True)])
def test_a_registration_runs_until_the_day_before_its_end(tot: date, runs: bool) -> None:
    make_registratie(make_persoon(0), tot=tot, einde_reden=EindeReden.OVERIG)

    found = overview()

    assert (found.geregistreerd, len(found.overig)) == (runs, 0 if runs else 1)


def test_since_goes_back_over_grounds_that_follow_each_other() -> None:
    persoon = make_persoon(0)
    make_registratie(persoon, vanaf=date(2015, 1, 1), tot=date(2019, 1, 1))
    make_registratie(persoon, grond=Grond.PWET_LKS_UWV_LOONWAARDE, route=Route.PRAKTIJKROUTE, vanaf=date(2019, 1, 1))

    assert overview().sinds == date(2015, 1, 1)


def test_since_stops_at_a_gap() -> None:
    persoon = make_persoon(0)
    make_registratie(persoon, vanaf=date(2015, 1, 1), tot=date(2018, 12, 31))
    make_registratie(persoon, vanaf=date(2019, 1, 1))

    assert overview().sinds == date(2019, 1, 1)


def test_what_was_known_before_stays_to_be_seen() -> None:
    persoon = make_persoon(0)
    make_registratie(persoon, vanaf=date(2017, 1, 1), known_from=NOW - timedelta(days=9), known_until=NOW)
    make_registratie(persoon, vanaf=date(2016, 1, 1))

    found = overview()

    assert [(r.vanaf, r.vervangen_at) for r in found.eerder] == [(date(2017, 1, 1), NOW)]
    assert [r.vanaf for r in found.lopend] == [date(2016, 1, 1)]


def test_somebody_sees_where_we_think_they_live() -> None:
    persoon = make_persoon(0)
    make_registratie(persoon)
    make_woonplaats(persoon, vanaf=date(2020, 1, 1))

    assert overview().woonplaats.gemeente == "Hilversum"


def test_what_follows_hangs_on_each_ground() -> None:
    make_registratie(make_persoon(0))

    ((_, found),) = overview().gevolgen()

    assert Gevolg.LOONDISPENSATIE in found.op_grond


def test_the_own_look_is_logged_and_is_not_shown_as_a_look_by_others() -> None:
    overview()

    assert Logregel.objects.get().handeling == "eigen gegevens bekeken"
    assert logboek.looks_at(make_burger(0)) == []


def test_the_overview_costs_four_statements(django_assert_num_queries) -> None:
    make_registratie(make_persoon(0))
    actor = make_burger(0)

    with django_assert_num_queries(6):  # savepoint, corrections, registrations, residence, the log row, release
        inzage.own_overview(actor=actor, peildatum=TODAY, now=NOW)


@pytest.mark.parametrize("ask", [inzage.own_overview, inzage.everything])
def test_only_a_burger_with_a_bsn_sees_own_data(ask) -> None:
    with pytest.raises(PermissionDenied):
        ask(actor=dataclasses.replace(make_burger(0), bsn=None), peildatum=TODAY, now=NOW)
    for rol in (Rol.BEOORDELAAR, Rol.BEMIDDELAAR, Rol.WERKGEVER, Rol.TOEZICHT):
        with pytest.raises(PermissionDenied):
            ask(actor=make_actor(rol), peildatum=TODAY, now=NOW)


def look(nummer: int = 0, *, minutes: int = 0, organisatie: str = "", handeling: str = "raadpleging") -> None:
    from banenafspraak.access.models import Organisatie

    actor = make_actor(Rol.BEOORDELAAR)
    if organisatie:
        row, _ = Organisatie.objects.get_or_create(naam=organisatie, soort="uwv")
        actor = dataclasses.replace(actor, organisatie_id=row.pk)
    logboek.record(
        actor=actor,
        handeling=handeling,
        persoon_bsn_index=bsns.index(bsn(nummer), doel="audit"),
        now=NOW + timedelta(minutes=minutes),
    )


def test_looks_come_newest_first_with_the_organisation_and_without_the_user() -> None:
    look(minutes=1, organisatie="Bakkerij")
    look(minutes=2, organisatie="Drukkerij")

    looks = logboek.looks_at(make_burger(0))

    assert [b.organisatie for b in looks] == ["Drukkerij", "Bakkerij"]
    assert not {f.name for f in dataclasses.fields(looks[0])} & {"gebruiker", "gebruiker_id", "naam"}


def test_looks_at_another_are_not_shown() -> None:
    look(1)

    assert logboek.looks_at(make_burger(0)) == []
    assert logboek.count_looks(make_burger(0)) == 0


@pytest.mark.parametrize(
    ("keuze", "expected"),
    [
        (Keuze(), 3),
        (Keuze(organisatie="A"), 2),
        (Keuze(organisatie="C"), 0),
        (Keuze(vanaf=NOW + timedelta(minutes=2)), 2),
        (Keuze(tot=NOW + timedelta(minutes=2)), 1),
        (Keuze(organisatie="A", vanaf=NOW + timedelta(minutes=2), tot=NOW + timedelta(minutes=3)), 0),
    ],
)
def test_looks_are_narrowed_by_organisation_and_period(keuze: Keuze, expected: int) -> None:
    look(minutes=1, organisatie="A")
    look(minutes=2, organisatie="B")
    look(minutes=3, organisatie="A")
    actor = make_burger(0)

    assert len(logboek.looks_at(actor, keuze=keuze)) == logboek.count_looks(actor, keuze=keuze) == expected
    assert logboek.lookers(actor) == ["A", "B"]


@pytest.mark.parametrize("rol", [Rol.BEOORDELAAR, Rol.TOEZICHT, Rol.WERKGEVER])
def test_nobody_but_a_burger_has_looks(rol: Rol) -> None:
    assert logboek.looks_at(make_actor(rol)) == []


def test_everything_is_one_download_with_what_was_written_and_who_looked() -> None:
    persoon = make_persoon(0)
    make_registratie(persoon)
    make_woonplaats(persoon)
    look(organisatie="Bakkerij")
    actor = make_burger(0)
    meldingen.report(
        actor=actor, soort=Meldingsoort.GROND_KLOPT_NIET, toelichting="Ik heb Wajong.", peildatum=TODAY, now=NOW
    )

    found = inzage.everything(actor=actor, peildatum=TODAY, now=NOW)

    assert found["persoon"] == {"bsn": bsn(0).reveal(), "geboortedatum": "1990-05-01", "overleden_op": None}
    assert found["registraties"][0]["grond"] == "wajong"
    assert found["woonplaatsen"][0]["gemeente"] == "GM0402"
    assert found["meldingen"][0]["toelichting"] == "Ik heb Wajong."
    assert found["wie_keek"][0]["organisatie"] == "Bakkerij"
    assert json.loads(json.dumps(found)) == found
    assert Logregel.objects.filter(handeling="eigen gegevens opgehaald").count() == 1


def test_the_download_of_somebody_unknown_is_empty_and_no_error() -> None:
    found = inzage.everything(actor=make_burger(0), peildatum=TODAY, now=NOW)

    assert (found["registraties"], found["wie_keek"], found["persoon"]["geboortedatum"]) == ([], [], None)


def test_the_download_holds_what_somebody_asked_in_their_own_words_and_no_employee() -> None:
    actor, beoordelaar = make_burger(0), make_actor(Rol.BEOORDELAAR)
    make_aanvraag(actor, beoordelaar=beoordelaar)
    kandidaatcodes.make_kandidaatcode(actor=actor, now=NOW)

    found = inzage.everything(actor=actor, peildatum=TODAY, now=NOW)

    assert "Ik word snel moe." in json.dumps(found["aanvragen"])
    assert str(beoordelaar.gebruiker_id) not in json.dumps(found)
    assert [set(row) >= {"made_at", "geldig_tot"} for row in found["codes_voor_werkgevers"]] == [True]


def test_the_download_holds_nothing_another_asked() -> None:
    make_aanvraag(make_burger(1), nummer=1)

    assert inzage.everything(actor=make_burger(0), peildatum=TODAY, now=NOW)["aanvragen"] == []
