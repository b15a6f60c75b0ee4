"""The figures of a Werkgeversservicepunt: what is counted, for the own region; and what could point at somebody."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from banenafspraak.access import database
from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel
from banenafspraak.access.permissions import Rol
from banenafspraak.bemiddeling import plaatsingen, vacatures, wspcijfers
from banenafspraak.bemiddeling.models import Klantprofiel, Vacature
from banenafspraak.bemiddeling.plaatsingwoorden import Plaatsingsector, Plaatsingsoort
from banenafspraak.bemiddeling.vacaturerecord import Sluitreden
from banenafspraak.bemiddeling.wspcijfers import DREMPEL, Periode, Wspcijfers, shielded, told_averages
from banenafspraak.wet.grondlabel import Grondlabel
from banenafspraak.wet.instrumenten.proefplaatsing import Loket
from tests.bemiddeling.contactwereld import make_profiel, say_yes
from tests.bemiddeling.plaatsingwereld import CONTRACT, TODAY, running
from tests.bemiddeling.test_werkgeversservicepunt import put_forward
from tests.factories import NOW, make_actor, make_bemiddelaar, make_vacature, make_werkgever

db = pytest.mark.django_db
JAAR = Periode(NOW.year)


def figures(actor: Actor, periode: Periode = JAAR, *, regio: str = "AM12") -> Wspcijfers:
    with transaction.atomic(), database.acting(actor):
        return wspcijfers.look_at(actor=actor, regio=regio, periode=periode, now=NOW)


@pytest.fixture
def bemiddelaar() -> Actor:
    return make_bemiddelaar()


def fill(bemiddelaar: Actor, vacature: Vacature, profiel: Klantprofiel, **fields: object):
    """Somebody says yes and begins; the placement."""
    _verzoek, voorstel = put_forward(bemiddelaar, vacature, profiel)
    say_yes(bemiddelaar, voorstel)
    inhoud = replace(CONTRACT, begint_op=TODAY, eindigt_op=None, **fields)
    return running(bemiddelaar, profiel.persoon_id, inhoud, voorstel_id=voorstel.pk)


# --- What may be shown -------------------------------------------------------------------------------------------


def test_a_count_of_people_is_to_the_nearest_five_and_gone_below_five() -> None:
    assert [shielded(n) for n in (0, 1, 4, 5, 7, 8, 12, 13)] == [None, None, None, 5, 5, 10, 10, 15]


@given(st.integers(0, 500))
def test_no_shown_count_points_at_one_number(aantal: int) -> None:
    shown = shielded(aantal)
    assert len([n for n in range(520) if shielded(n) == shown]) >= 3


@given(st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_what_is_left_between_the_whole_and_the_quarters_is_nothing_or_at_least_five(answers: list[int]) -> None:
    counts = {f"2026Q{q}": (n, 3 * n if n >= DREMPEL else None) for q, n in enumerate(answers, 1)}
    total = sum(answers)
    told = told_averages(counts, (total, 3 * total if total >= DREMPEL else None))
    shown = sum(n for one, (n, _som) in counts.items() if told[one].gemiddelde is not None)
    assert total - shown == 0 or total - shown >= DREMPEL or shown == 0
    assert all(counts[one][0] >= DREMPEL for one in counts if told[one].gemiddelde is not None)


def test_a_quarter_is_hidden_when_it_would_betray_another() -> None:
    told = told_averages({"2026Q1": (5, 20), "2026Q2": (2, None)}, (7, 26))
    assert {one: t.gemiddelde for one, t in told.items()} == {"2026Q1": None, "2026Q2": None}
    assert told["2026Q1"].antwoorden is None


def test_an_average_has_one_decimal() -> None:
    assert told_averages({"2026Q1": (6, 25)}, (6, 25))["2026Q1"].gemiddelde == Decimal("4.2")


@pytest.mark.parametrize(
    ("periode", "vanaf", "tot"),
    [
        (Periode(2026), date(2026, 1, 1), date(2027, 1, 1)),
        (Periode(2026, 1), date(2026, 1, 1), date(2026, 4, 1)),
        (Periode(2026, 4), date(2026, 10, 1), date(2027, 1, 1)),
    ],
)
def test_a_period_has_its_days(periode: Periode, vanaf: date, tot: date) -> None:
    assert (periode.vanaf, periode.tot) == (vanaf, tot)


def test_what_can_be_asked_for_is_whole() -> None:
    assert [one.code for one in wspcijfers.periods(date(2026, 5, 1))] == [
        "2026", "2026Q2", "2026Q1", "2025", "2025Q4", "2025Q3", "2025Q2", "2025Q1",
    ]  # fmt: skip


# --- Counting ----------------------------------------------------------------------------------------------------


@db
def test_an_empty_region_is_all_zeros(bemiddelaar: Actor) -> None:
    found = figures(bemiddelaar)
    assert (found.totaal.wachttijd.geplaatst, found.totaal.wachttijd.mediaan) == (0, None)
    assert (found.totaal.vervuld.aan_het_werk, found.totaal.tevredenheid.antwoorden) == (0, 0)


@db
def test_the_days_to_the_first_voordracht(bemiddelaar: Actor) -> None:
    werkgever = make_werkgever()
    for place, days in enumerate((2, 4, 20)):
        vacature = make_vacature(werkgever, now=NOW - timedelta(days=days))
        put_forward(bemiddelaar, vacature, make_profiel(place))
    make_vacature(werkgever)
    waits = figures(bemiddelaar).totaal.wachttijd
    assert (waits.geplaatst, waits.voorgedragen, waits.mediaan, waits.negentig) == (4, 3, 4, 17)


@db
def test_only_the_first_voordracht_of_a_vacature_counts(bemiddelaar: Actor) -> None:
    vacature = make_vacature(make_werkgever(), now=NOW - timedelta(days=3))
    put_forward(bemiddelaar, vacature, make_profiel(0))
    put_forward(bemiddelaar, vacature, make_profiel(1), now=NOW + timedelta(days=6))
    assert figures(bemiddelaar).totaal.wachttijd.mediaan == 3


@db
def test_who_began_on_a_vacature_by_ground_and_sector(bemiddelaar: Actor) -> None:
    werkgever = make_werkgever()
    for place in range(5):
        fill(bemiddelaar, make_vacature(werkgever), make_profiel(place), sector=Plaatsingsector.MARKT)
    found = figures(bemiddelaar)
    assert found.totaal.vervuld.aan_het_werk == 5
    [(label, _sector)] = [cell for cell, aantal in found.kruis.items() if aantal]
    assert found.kruis[label, Plaatsingsector.MARKT] == found.per_sector[Plaatsingsector.MARKT] == 5
    assert found.per_grond[label] == 5
    assert label is not Grondlabel.NIET_VERMELD


@db
def test_four_of_them_are_counted_but_not_by_ground(bemiddelaar: Actor) -> None:
    werkgever = make_werkgever()
    for place in range(4):
        fill(bemiddelaar, make_vacature(werkgever), make_profiel(place))
    found = figures(bemiddelaar)
    assert found.totaal.vervuld.aan_het_werk == 4
    assert set(found.kruis.values()) == set(found.per_grond.values()) == set(found.per_sector.values()) == {None}


@db
def test_a_trial_is_apart_and_its_contract_counts_once(bemiddelaar: Actor) -> None:
    proef = {"soort": Plaatsingsoort.PROEFPLAATSING, "route": Loket.GEMEENTE}
    profiel, vacature = make_profiel(), make_vacature(make_werkgever())
    begin = TODAY - timedelta(days=20)
    _verzoek, voorstel = put_forward(bemiddelaar, vacature, profiel)
    say_yes(bemiddelaar, voorstel)
    trial = replace(CONTRACT, begint_op=begin, eindigt_op=begin + timedelta(days=40), **proef)  # type: ignore[arg-type]
    plaatsing = running(bemiddelaar, profiel.persoon_id, trial, voorstel_id=voorstel.pk)
    assert (figures(bemiddelaar).totaal.vervuld.aan_het_werk, figures(bemiddelaar).totaal.vervuld.op_proef) == (0, 1)
    contract = replace(CONTRACT, begint_op=TODAY - timedelta(days=2), eindigt_op=None)
    made = plaatsingen.follow_up(
        actor=bemiddelaar, plaatsing_id=plaatsing.pk, inhoud=contract, sleutel=uuid4(), now=NOW
    )
    assert figures(bemiddelaar).totaal.vervuld.aan_het_werk == 1
    more = replace(contract, begint_op=TODAY, uren_per_week=Decimal(30))
    plaatsingen.follow_up(actor=bemiddelaar, plaatsing_id=made, inhoud=more, sleutel=uuid4(), now=NOW)
    assert figures(bemiddelaar).totaal.vervuld.aan_het_werk == 1


@db
def test_a_placement_without_a_vacature_filled_none(bemiddelaar: Actor) -> None:
    running(bemiddelaar, make_profiel().persoon_id, replace(CONTRACT, begint_op=TODAY, eindigt_op=None))
    assert figures(bemiddelaar).totaal.vervuld.aan_het_werk == 0


@db
def test_vacatures_that_closed_stand_under_their_reason(bemiddelaar: Actor) -> None:
    werkgever = make_werkgever()
    vacature = make_vacature(werkgever)
    vacatures.close(actor=werkgever, vacature_id=vacature.pk, reden=Sluitreden.VERVULD_DOELGROEP, now=NOW)
    found = figures(bemiddelaar)
    assert (found.totaal.gesloten, found.redenen[Sluitreden.VERVULD_DOELGROEP]) == (1, 1)


@db
def test_a_year_is_its_quarters(bemiddelaar: Actor) -> None:
    make_vacature(make_werkgever())
    found = figures(bemiddelaar)
    assert sum(q.wachttijd.geplaatst for q in found.kwartalen.values()) == found.totaal.wachttijd.geplaatst == 1
    assert list(found.kwartalen) == sorted(found.kwartalen)
    assert len(found.kwartalen) == (NOW.month + 2) // 3


# --- Who may see it ----------------------------------------------------------------------------------------------


@db
def test_work_of_another_region_is_not_counted() -> None:
    make_vacature(make_werkgever())
    assert figures(make_bemiddelaar(regio="AM24"), regio="AM24").totaal.wachttijd.geplaatst == 0


@db
@pytest.mark.parametrize(("rol", "regio"), [(Rol.BEMIDDELAAR, "AM24"), (Rol.BELEID, "AM24"), (Rol.BEMIDDELAAR, None)])
def test_nobody_sees_the_figures_of_another_region(rol: Rol, regio: str | None) -> None:
    with pytest.raises(PermissionDenied):
        figures(make_actor(rol, regio=regio))
    assert not Logregel.objects.filter(handeling=wspcijfers.CIJFERS_BEKEKEN).exists()


@db
@pytest.mark.parametrize("regio", ["AM12", None])
def test_a_policy_adviser_sees_the_own_region_or_all_of_them(regio: str | None) -> None:
    make_vacature(make_werkgever())
    assert figures(make_actor(Rol.BELEID, regio=regio)).totaal.wachttijd.geplaatst == 1


@db
@pytest.mark.parametrize("rol", [Rol.WERKGEVER, Rol.BEOORDELAAR, Rol.TOEZICHT, Rol.BEHEER])
def test_nobody_else_has_figures(rol: Rol) -> None:
    with pytest.raises(PermissionDenied):
        figures(make_actor(rol, regio="AM12"))


@db
@pytest.mark.parametrize("name", ["eerste_voordracht", "vervuld", "gesloten", "tevredenheid", "toelichtingen"])
def test_the_database_answers_for_the_own_region_only(name: str, bemiddelaar: Actor) -> None:
    with (
        pytest.raises(ProgrammingError, match="hoort niet bij"),
        transaction.atomic(),
        database.acting(bemiddelaar),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SELECT * FROM bemiddeling_wsp_{name}('AM24', '2026-01-01', '2027-01-01')")


@db
def test_a_period_that_is_not_whole_is_refused(bemiddelaar: Actor) -> None:
    for periode in (Periode(NOW.year - 2), Periode(NOW.year + 1)):
        with pytest.raises(ValueError, match="period"):
            figures(bemiddelaar, periode)


@db
def test_each_look_is_logged(bemiddelaar: Actor) -> None:
    figures(bemiddelaar)
    [row] = Logregel.objects.filter(handeling=wspcijfers.CIJFERS_BEKEKEN)
    assert row.onderwerp == f"AM12 {NOW.year}"
