"""The employer's check: who may ask what, what it costs, and what is written down."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from banenafspraak.access import bsn as bsns
from banenafspraak.access import mandaten
from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel, Verwerking
from banenafspraak.access.permissions import Rol
from banenafspraak.register import bezwaren, kandidaatcodes, raadpleging, speurder
from banenafspraak.register.models_raadpleging import Bezwaar, Blokkade, Raadpleegstand, Raadpleging
from banenafspraak.register.raadpleging import Antwoord, Periode, Uitkomst, Vraag
from banenafspraak.wet.raadpleging import Raadpleegsoort
from tests import factories
from tests.factories import NOW, bsn, lhnr, make_registered, make_staff, make_werkgever

pytestmark = pytest.mark.django_db

TODAY = date(2026, 4, 1)
WERKNEMER, VERWACHT, INGELEEND = Raadpleegsoort.WERKNEMER, Raadpleegsoort.VERWACHT, Raadpleegsoort.INGELEEND
# Far enough apart not to be neighbours.
STEP = 40


def vraag(nummer: int = 0, *, soort: Raadpleegsoort = VERWACHT, dag: date = TODAY, **fields: str) -> Vraag:
    return Vraag(bsn(nummer), soort, dag, **fields)


def ask_one(actor: Actor, nummer: int = 0, *, now=NOW, sleutel: str = "", **fields) -> Antwoord:
    answers = raadpleging.ask(actor=actor, vragen=[vraag(nummer, **fields)], now=now, sleutel=sleutel)
    return answers.antwoorden[0]


def outcomes(antwoorden: Sequence[Antwoord]) -> list[str]:
    return [antwoord.uitkomst.value for antwoord in antwoorden]


@pytest.fixture
def werkgever() -> Actor:
    return make_werkgever(lhnr=lhnr())


def test_who_is_registered_gets_yes_and_the_period(werkgever: Actor) -> None:
    make_registered(0, vanaf=date(2015, 1, 1))

    answer = ask_one(werkgever)

    assert answer == Antwoord(Uitkomst.BEANTWOORD, True, (Periode(date(2025, 1, 1), None),), True)


def test_who_is_not_registered_gets_no_and_no_period(werkgever: Actor) -> None:
    make_registered(1)

    assert ask_one(werkgever) == Antwoord(Uitkomst.BEANTWOORD, False, (), True)


def test_a_period_is_clipped_to_this_year_and_the_last(werkgever: Actor) -> None:
    make_registered(0, vanaf=date(2019, 6, 1), tot=date(2025, 7, 1))
    make_registered(0, vanaf=date(2026, 2, 1), tot=date(2028, 1, 1))

    answer = ask_one(werkgever)

    assert answer.perioden == (Periode(date(2025, 1, 1), date(2025, 7, 1)), Periode(date(2026, 2, 1), None))


def test_who_left_before_the_window_shows_nothing(werkgever: Actor) -> None:
    make_registered(0, vanaf=date(2019, 6, 1), tot=date(2025, 1, 1))

    assert ask_one(werkgever) == Antwoord(Uitkomst.BEANTWOORD, False, (), True)


def test_a_registration_that_begins_tomorrow_is_not_told(werkgever: Actor) -> None:
    make_registered(0, vanaf=TODAY + timedelta(days=1))

    assert ask_one(werkgever).perioden == ()


def test_the_answer_is_about_the_day_asked(werkgever: Actor) -> None:
    make_registered(0, vanaf=date(2026, 2, 1))

    assert ask_one(werkgever, dag=date(2026, 1, 31)).geregistreerd is False
    assert ask_one(werkgever, dag=date(2026, 2, 1)).geregistreerd is True


@pytest.mark.parametrize("dag", [date(2024, 12, 31), TODAY + timedelta(days=1)])
def test_a_day_outside_the_law_is_refused_at_the_door(werkgever: Actor, dag: date) -> None:
    with pytest.raises(raadpleging.DagNietToegestaan):
        ask_one(werkgever, dag=dag)


def test_before_2026_there_is_no_period(werkgever: Actor) -> None:
    before = NOW.replace(year=2025, month=12, day=30)
    make_registered(0, known_at=before - timedelta(days=1))

    answer = ask_one(werkgever, now=before, dag=date(2025, 12, 30))

    assert (answer.geregistreerd, answer.perioden) == (True, ())


def test_own_staff_is_free(werkgever: Actor) -> None:
    make_registered(0)
    make_staff(lhnr(), range(3))

    answer = ask_one(werkgever, soort=WERKNEMER)

    assert (answer.geregistreerd, answer.kost_quotum) == (True, False)


def test_who_is_no_staff_is_not_answered_as_staff(werkgever: Actor) -> None:
    make_registered(0)
    make_staff(lhnr(9_001), [0])

    assert ask_one(werkgever, soort=WERKNEMER) == Antwoord(Uitkomst.GEEN_WERKNEMER, None, (), False)


def test_wage_data_may_be_three_months_late_and_not_four(werkgever: Actor) -> None:
    make_registered(0)
    make_staff(lhnr(), [0], maanden=[date(2026, 1, 1)])
    assert ask_one(werkgever, soort=WERKNEMER).uitkomst is Uitkomst.BEANTWOORD

    later = NOW + timedelta(days=31)
    assert ask_one(werkgever, soort=WERKNEMER, dag=date(2026, 5, 1), now=later).uitkomst is Uitkomst.GEEN_WERKNEMER


def test_the_first_question_costs_and_a_repeat_is_free(werkgever: Actor) -> None:
    assert [ask_one(werkgever).kost_quotum for _ in range(3)] == [True, False, False]


def test_the_same_person_twice_in_one_request_costs_once(werkgever: Actor) -> None:
    answers = raadpleging.ask(actor=werkgever, vragen=[vraag(0), vraag(0)], now=NOW)

    assert [a.kost_quotum for a in answers.antwoorden] == [True, False]


def test_a_small_employer_gets_five_new_people_a_year(werkgever: Actor) -> None:
    found = [ask_one(werkgever, n * STEP).uitkomst for n in range(6)]

    assert found == [Uitkomst.BEANTWOORD] * 5 + [Uitkomst.QUOTUM_OP]


def test_a_quarter_of_the_staff_comes_on_top(werkgever: Actor) -> None:
    make_staff(lhnr(), range(1000, 1011))

    assert raadpleging.ruimte(actor=werkgever, now=NOW) == raadpleging.Ruimte(7, 0, 7)


def test_the_bucket_fills_steadily_and_the_year_has_an_end(werkgever: Actor) -> None:
    make_staff(lhnr(), range(1000, 1040))
    asked = iter(range(2000, 9000, STEP))
    now = NOW
    costs = 0
    for _week in range(38):
        while ask_one(werkgever, next(asked), now=now, dag=now.date()).kost_quotum:
            costs += 1
            Raadpleegstand.objects.update(cusum=0)
        now += timedelta(days=7)
        make_staff_again = now.date().replace(day=1)
        make_staff(lhnr(), range(1000, 1040), maanden=[make_staff_again])

    assert costs == 15
    assert raadpleging.ruimte(actor=werkgever, now=NOW.replace(month=12, day=31)).over == 0
    assert raadpleging.ruimte(actor=werkgever, now=NOW.replace(year=2027, month=1, day=2)).gebruikt == 0


def test_every_question_leaves_a_row_about_the_person(werkgever: Actor) -> None:
    make_registered(0)

    raadpleging.ask(actor=werkgever, vragen=[vraag(0), vraag(STEP), vraag(2 * STEP, soort=WERKNEMER)], now=NOW)

    rows = Verwerking.objects.filter(activiteit="raadpleging-werkgever").order_by("pk")
    assert [(row.naam, row.status_code) for row in rows] == [("doelgroepregister geraadpleegd", 1)] * 2 + [
        ("raadpleging geweigerd", 2)
    ]
    assert [bytes(row.betrokkene_index) for row in rows] == [
        bsns.index(bsn(n), doel="audit") for n in (0, STEP, 2 * STEP)
    ]
    [regel] = Logregel.objects.filter(operation_id__in=[row.parent_operation_id for row in rows])
    assert (regel.organisatie_id, regel.gebruiker_id) == (werkgever.organisatie_id, werkgever.gebruiker_id)


def test_the_logboek_does_not_say_what_the_register_said(werkgever: Actor) -> None:
    make_registered(0)
    ask_one(werkgever, 0)
    ask_one(werkgever, STEP)

    hit, miss = Verwerking.objects.filter(activiteit="raadpleging-werkgever").values("naam", "status_code")
    assert hit == miss


def test_a_retry_with_the_same_key_gets_the_same_answer_for_free(werkgever: Actor) -> None:
    first = raadpleging.ask(actor=werkgever, vragen=[vraag(0)], sleutel="een", now=NOW)
    make_registered(0, known_at=NOW + timedelta(seconds=5))
    before = Verwerking.objects.count()

    again = raadpleging.ask(actor=werkgever, vragen=[vraag(0)], sleutel="een", now=NOW + timedelta(seconds=9))

    assert again.antwoorden == first.antwoorden
    assert again.verzoek == first.verzoek
    assert Raadpleging.objects.count() == 1
    assert Verwerking.objects.count() == before


def test_a_key_that_was_used_for_another_question_is_refused(werkgever: Actor) -> None:
    raadpleging.ask(actor=werkgever, vragen=[vraag(0)], sleutel="een", now=NOW)

    with pytest.raises(raadpleging.AnderVerzoek):
        raadpleging.ask(actor=werkgever, vragen=[vraag(STEP)], sleutel="een", now=NOW)


def test_a_candidates_code_is_free_and_works_once(werkgever: Actor) -> None:
    burger = Actor(factories.make_gebruiker(naam="bo").pk, None, Rol.BURGER, None, "eigen", bsn=bsn(0))
    code = kandidaatcodes.make_kandidaatcode(actor=burger, kvk="00000011", now=NOW).code
    ander = make_werkgever(naam="Ander", kvk="00000012")

    assert ask_one(ander, code=code).uitkomst is Uitkomst.CODE_ONJUIST
    assert ask_one(werkgever, STEP, code=code).uitkomst is Uitkomst.CODE_ONJUIST
    answer = ask_one(werkgever, code=code.lower())

    assert (answer.uitkomst, answer.kost_quotum) == (Uitkomst.BEANTWOORD, False)


def test_an_open_code_is_for_the_first_employer_who_uses_it(werkgever: Actor) -> None:
    burger = Actor(factories.make_gebruiker(naam="bo").pk, None, Rol.BURGER, None, "eigen", bsn=bsn(0))
    code = kandidaatcodes.make_kandidaatcode(actor=burger, now=NOW).code
    ander = make_werkgever(naam="Ander", kvk="00000012")

    assert ask_one(ander, code=code).uitkomst is Uitkomst.BEANTWOORD
    assert ask_one(werkgever, code=code).uitkomst is Uitkomst.CODE_ONJUIST


def test_a_code_ends_after_thirty_days(werkgever: Actor) -> None:
    burger = Actor(factories.make_gebruiker(naam="bo").pk, None, Rol.BURGER, None, "eigen", bsn=bsn(0))
    code = kandidaatcodes.make_kandidaatcode(actor=burger, now=NOW - timedelta(days=30)).code

    assert ask_one(werkgever, code=code).uitkomst is Uitkomst.CODE_ONJUIST


def test_a_hired_in_worker_needs_the_lender(werkgever: Actor) -> None:
    assert ask_one(werkgever, soort=INGELEEND, uitlener="00000099").uitkomst is Uitkomst.BEANTWOORD


def guess(actor: Actor, numbers: Sequence[int]) -> list[str]:
    """Ask with a bucket that is always full, as if time passed."""
    found = []
    for n in numbers:
        Raadpleegstand.objects.update(tegoed=10, gebruikt=0)
        found.append(ask_one(actor, n).uitkomst.value)
    return found


def test_guessing_is_blocked_after_thirty_three_misses(werkgever: Actor) -> None:
    found = guess(werkgever, range(0, 35 * STEP, STEP))

    assert found == ["beantwoord"] * 33 + ["geblokkeerd"] * 2
    assert list(Blokkade.objects.values_list("reden", "gevraagd", "treffers")) == [("weinig_treffers", 33, 0)]


def test_walking_along_the_numbers_is_blocked_at_the_third(werkgever: Actor) -> None:
    assert guess(werkgever, range(4)) == ["beantwoord", "beantwoord", "geblokkeerd", "geblokkeerd"]


def test_going_on_after_the_quota_is_blocked(werkgever: Actor) -> None:
    found = [ask_one(werkgever, n * STEP).uitkomst.value for n in range(16)]

    assert found == ["beantwoord"] * 5 + ["quotum_op"] * 10 + ["geblokkeerd"]


def test_a_blocked_employer_may_still_ask_about_own_staff_and_with_a_code(werkgever: Actor) -> None:
    guess(werkgever, range(3))
    make_staff(lhnr(), [500])
    burger = Actor(factories.make_gebruiker(naam="bo").pk, None, Rol.BURGER, None, "eigen", bsn=bsn(700))
    code = kandidaatcodes.make_kandidaatcode(actor=burger, now=NOW).code

    assert ask_one(werkgever, 500, soort=WERKNEMER).uitkomst is Uitkomst.BEANTWOORD
    assert ask_one(werkgever, 700, code=code).uitkomst is Uitkomst.BEANTWOORD


def test_a_granted_objection_lifts_the_block_and_a_rejected_one_does_not(werkgever: Actor) -> None:
    guess(werkgever, range(3))
    toezicht = Actor(factories.make_gebruiker(naam="toos").pk, None, Rol.TOEZICHT, None, "toezicht")
    [blokkade] = bezwaren.visible_to(werkgever)
    first = bezwaren.file(actor=werkgever, blokkade_id=blokkade.pk, toelichting="Drie broers.", now=NOW)
    with pytest.raises(bezwaren.BezwaarGewijzigd):
        bezwaren.file(actor=werkgever, blokkade_id=blokkade.pk, toelichting="Nog eens.", now=NOW)
    bezwaren.decide(actor=toezicht, bezwaar_id=first, action="reject", motivering="Leg meer uit.", now=NOW)
    assert ask_one(werkgever, 50 * STEP).uitkomst is Uitkomst.GEBLOKKEERD

    second = bezwaren.file(actor=werkgever, blokkade_id=blokkade.pk, toelichting="Zij solliciteren.", now=NOW)
    bezwaren.decide(actor=toezicht, bezwaar_id=second, action="grant", motivering="Duidelijk.", now=NOW)

    assert ask_one(werkgever, 50 * STEP).uitkomst is Uitkomst.BEANTWOORD
    assert list(Bezwaar.objects.values_list("volgnummer", "stand")) == [(1, "afgewezen"), (2, "toegewezen")]


def test_nobody_decides_twice(werkgever: Actor) -> None:
    guess(werkgever, range(3))
    toezicht = Actor(factories.make_gebruiker(naam="toos").pk, None, Rol.TOEZICHT, None, "toezicht")
    number = bezwaren.file(actor=werkgever, blokkade_id=Blokkade.objects.get().pk, toelichting="Drie broers.", now=NOW)
    bezwaren.decide(actor=toezicht, bezwaar_id=number, action="reject", motivering="Nee.", now=NOW)

    with pytest.raises(bezwaren.BezwaarGewijzigd):
        bezwaren.decide(actor=toezicht, bezwaar_id=number, action="grant", motivering="Ja.", now=NOW)


def test_an_office_needs_an_accepted_mandate(werkgever: Actor) -> None:
    kantoor = make_werkgever(naam="Kantoor", kvk="00000013")
    make_registered(0)
    make_staff(lhnr(), [0])
    asked = [vraag(0, soort=WERKNEMER)]

    with pytest.raises(PermissionDenied):
        raadpleging.ask(actor=kantoor, werkgever_id=werkgever.organisatie_id, vragen=asked, now=NOW)


def test_an_office_with_a_mandate_asks_for_the_employer(werkgever: Actor) -> None:
    kantoor = make_werkgever(naam="Kantoor", kvk="00000013")
    make_registered(0)
    make_staff(lhnr(), [0])
    number = mandaten.give(actor=werkgever, kvk="00000013", vanaf=TODAY, tot=None, now=NOW)
    mandaten.step(actor=kantoor, mandaat_id=number, action="accept", now=NOW)

    answers = raadpleging.ask(
        actor=kantoor, werkgever_id=werkgever.organisatie_id, vragen=[vraag(0, soort=WERKNEMER)], now=NOW
    )

    assert answers.antwoorden[0].geregistreerd is True
    row = Logregel.objects.get(handeling="doelgroepregister geraadpleegd")
    assert (row.organisatie_id, row.details["door"]) == (werkgever.organisatie_id, kantoor.organisatie_id)


def test_the_list_names_the_registered_staff_and_logs_everybody(werkgever: Actor) -> None:
    make_registered(1)
    make_registered(7)
    make_staff(lhnr(), range(5))
    [nummer] = mandaten.loonheffingennummers(werkgever.organisatie_id)

    lijst = raadpleging.ask_lijst(actor=werkgever, nummer_id=nummer.id, dag=TODAY, now=NOW)

    assert (lijst.maand, lijst.aantal) == (date(2026, 3, 1), 5)
    assert [w.bsn for w in lijst.geregistreerd] == [bsn(1)]
    assert Verwerking.objects.filter(naam="doelgroepregister geraadpleegd").count() == 5


def test_the_list_of_another_employers_number_is_empty(werkgever: Actor) -> None:
    ander = make_werkgever(naam="Ander", kvk="00000012")
    make_staff(lhnr(), range(5))
    [nummer] = mandaten.loonheffingennummers(werkgever.organisatie_id)

    assert raadpleging.ask_lijst(actor=ander, nummer_id=nummer.id, dag=TODAY, now=NOW).aantal == 0


@pytest.mark.parametrize("rol", [Rol.BURGER, Rol.BEMIDDELAAR, Rol.TOEZICHT, Rol.BEHEER])
def test_other_roles_do_not_ask(rol: Rol) -> None:
    actor = Actor(factories.make_gebruiker().pk, None, rol, None, "test")

    with pytest.raises(PermissionDenied):
        ask_one(actor)


def test_commit_waits_for_the_disk_whatever_the_session_says(werkgever: Actor) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        ask_one(werkgever)
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() == ("on",)


@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.booleans(), st.sampled_from([0.0, 3600.0, 86400.0, 20 * 86400.0, -60.0])),
        max_size=45,
    ),
    st.integers(0, 80),
)
def test_the_database_counts_as_the_plain_functions_do(
    werkgever: Actor, steps: list[tuple[int, bool, float]], headcount: int
) -> None:
    with factories.undone():
        if headcount:
            make_staff(lhnr(), range(5000, 5000 + headcount), maanden=[date(2026, 3, 1)])
        for n in range(0, 61, 4):
            make_registered(n * 7)
        cap = speurder.quotum(headcount)
        tegoed, gebruikt, cusum = float(min(speurder.DIEPTE, cap)), 0, 0.0
        buurten: list[int] = []
        seen: set[int] = set()
        blocked, errors, now = False, 0, NOW
        last: datetime | None = None
        for place, _flag, seconds in steps:
            number = place * 7
            before, now = now, min(now + timedelta(seconds=seconds), NOW + timedelta(days=80))
            if now.date() != before.date():
                errors = 0
            tegoed = speurder.refilled(tegoed, (now - last).total_seconds() if last else 0, cap)
            last = max(last or now, now)
            own, below, above = raadpleging.buurten(bsn(number))
            expected = "beantwoord"
            if number not in seen:
                if blocked:
                    expected = "geblokkeerd"
                elif not speurder.may_ask(tegoed, gebruikt, cap):
                    expected, errors = "quotum_op", errors + 1
                elif speurder.is_walking(own, below, above, buurten):
                    expected, blocked = "geblokkeerd", True
                else:
                    tegoed, gebruikt = tegoed - 1, gebruikt + 1
                    cusum = speurder.cusum_after(cusum, place % 4 == 0)
                    buurten = [own, *buurten]
                    seen.add(number)
                    blocked = speurder.is_guessing(cusum)
                blocked = blocked or errors >= speurder.AANDRINGEN
            got = ask_one(werkgever, number, now=now, dag=TODAY)
            assert got.uitkomst.value == expected
            stand = Raadpleegstand.objects.get(organisatie=werkgever.organisatie_id)
            assert (stand.gebruikt, stand.geblokkeerd) == (gebruikt, blocked)
            assert stand.cusum == pytest.approx(cusum, abs=1e-6)
            assert stand.tegoed == pytest.approx(max(0, tegoed), abs=1e-6)
