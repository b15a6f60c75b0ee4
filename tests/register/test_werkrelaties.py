"""Who works where, as deliveries and corrections tell it: a set of facts, and the tables must agree with it."""

from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from banenafspraak.access import bsn as bsns
from banenafspraak.access import mandaten
from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import Bsn
from banenafspraak.access.mandaten import lhnr_indexes
from banenafspraak.register import raadpleging
from banenafspraak.register.models_raadpleging import Werkgeversomvang, Werkrelatie
from banenafspraak.register.raadpleging import Uitkomst, Vraag, raadpleging_indexes, werkrelatie_context
from banenafspraak.register.werkrelaties import Relatie, Vervanging, take_in_werkrelaties
from banenafspraak.wet.raadpleging import Raadpleegsoort
from tests import factories
from tests.factories import NOW, bsn, lhnr, make_registered, make_werkgever

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system(doel="test")
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
PEOPLE, EMPLOYERS = range(3), [lhnr(9_000), lhnr(9_001)]
MONTHS = [date(2025, 12, 1), MARCH, APRIL]

Fact = tuple[date, str, int, int]
"""That a person had a wage from an employer in a month, in one inkomstenverhouding."""

words = st.one_of(
    st.builds(
        lambda maand, employer, who, bestaat, numiv: Relatie(maand, employer, bsn(who), bestaat, numiv),
        st.sampled_from(MONTHS),
        st.sampled_from(EMPLOYERS),
        st.sampled_from(PEOPLE),
        st.booleans(),
        st.integers(0, 2),
    ),
    st.builds(Vervanging, st.sampled_from(MONTHS), st.sampled_from([None, *EMPLOYERS])),
)


def told(facts: set[Fact], record: Relatie | Vervanging) -> set[Fact]:
    """What is known after one thing more was said: the plain way, one by one."""
    if isinstance(record, Vervanging):
        return {f for f in facts if not (f[0] == record.maand and record.lhnr in (None, f[1]))}
    number = next(n for n in PEOPLE if bsn(n) == record.bsn)
    fact = (record.maand, record.lhnr, number, record.numiv)
    return facts | {fact} if record.bestaat else facts - {fact}


def in_tables() -> set[Fact]:
    employers = {lhnr_indexes(number)[-1]: number for number in EMPLOYERS}
    people = {raadpleging_indexes(bsn(n))[-1]: n for n in PEOPLE}
    return {
        (date(row.jaar, month, 1), employers[bytes(row.lhnr_index)], people[bytes(row.bsn_index)], row.numiv)
        for row in Werkrelatie.objects.all()
        for month in range(1, 13)
        if row.maanden & (1 << (month - 1))
    }


def sizes(facts: set[Fact]) -> dict[str, tuple[date, int]]:
    """Of each employer the newest month, and how many people it paid then."""
    newest = {employer: max(f[0] for f in facts if f[1] == employer) for employer in {f[1] for f in facts}}
    return {e: (month, len({f[2] for f in facts if f[:2] == (month, e)})) for e, month in newest.items()}


def take_in(*records: Relatie | Vervanging) -> None:
    take_in_werkrelaties(records, actor=SYSTEM, now=NOW)


@settings(
    max_examples=60,
    deadline=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.lists(words, max_size=8), max_size=5))
@example([[Relatie(MARCH, EMPLOYERS[0], bsn(0), True, 1), Relatie(MARCH, EMPLOYERS[0], bsn(0), True, 2)],
          [Relatie(MARCH, EMPLOYERS[0], bsn(0), False, 2)]])  # fmt: skip
def test_whatever_deliveries_say_the_tables_hold_what_was_told(deliveries: list[list[Relatie | Vervanging]]) -> None:
    with factories.undone():
        facts: set[Fact] = set()
        for delivery in deliveries:
            for record in delivery:
                facts = told(facts, record)
            take_in(*delivery)
            employers = {lhnr_indexes(number)[-1]: number for number in EMPLOYERS}
            assert in_tables() == facts
            assert {
                employers[bytes(o.lhnr_index)]: (o.maand, o.werknemers) for o in Werkgeversomvang.objects.all()
            } == sizes(facts)


def two_jobs() -> None:
    take_in(Relatie(MARCH, lhnr(), bsn(0), numiv=1), Relatie(MARCH, lhnr(), bsn(0), numiv=2))


def is_staff(werkgever: Actor) -> bool:
    vraag = Vraag(bsn(0), Raadpleegsoort.WERKNEMER, date(2026, 3, 15))
    answers = raadpleging.ask(actor=werkgever, vragen=[vraag], now=NOW)
    return answers.antwoorden[0].uitkomst is Uitkomst.BEANTWOORD


@pytest.mark.parametrize("withdrawn", [1, 2])
def test_who_has_two_jobs_and_loses_one_may_still_be_asked_about(withdrawn: int) -> None:
    werkgever = make_werkgever(lhnr=lhnr())
    two_jobs()

    take_in(Relatie(MARCH, lhnr(), bsn(0), bestaat=False, numiv=withdrawn))

    assert is_staff(werkgever)


def test_who_loses_both_may_not() -> None:
    werkgever = make_werkgever(lhnr=lhnr())
    two_jobs()

    take_in(*(Relatie(MARCH, lhnr(), bsn(0), bestaat=False, numiv=numiv) for numiv in (1, 2)))

    assert not is_staff(werkgever)
    assert not Werkgeversomvang.objects.exists()


def test_two_jobs_in_other_months_are_found_whichever_row_comes_first() -> None:
    werkgever = make_werkgever(lhnr=lhnr())
    take_in(Relatie(date(2026, 1, 1), lhnr(), bsn(0), numiv=1), Relatie(MARCH, lhnr(), bsn(0), numiv=2))

    assert is_staff(werkgever)


def test_who_has_two_jobs_is_counted_listed_and_logged_once() -> None:
    werkgever = make_werkgever(lhnr=lhnr())
    make_registered(0)
    two_jobs()
    [nummer] = mandaten.loonheffingennummers(werkgever.organisatie_id)

    lijst = raadpleging.ask_lijst(actor=werkgever, nummer_id=nummer.id, dag=date(2026, 3, 15), now=NOW)

    assert (lijst.aantal, [w.bsn for w in lijst.geregistreerd]) == (1, [bsn(0)])
    assert Werkgeversomvang.objects.get().werknemers == 1


def kept_before(who: Bsn, months: int) -> None:
    """A row of before the number of the inkomstenverhouding was kept."""
    index = raadpleging_indexes(who)[-1]
    Werkrelatie.objects.create(
        lhnr_index=lhnr_indexes(lhnr())[-1],
        bsn_index=index,
        bsn_verzegeld=bsns.seal(who, context=werkrelatie_context(index)),
        jaar=2026,
        maanden=months,
    )


def test_what_was_kept_before_without_a_number_ends_with_any_correction() -> None:
    kept_before(bsn(0), 0b111)

    take_in(Relatie(MARCH, lhnr(), bsn(0), bestaat=False, numiv=2))

    assert Werkrelatie.objects.get().maanden == 0b011


def test_what_was_kept_before_counts_once_beside_what_is_told_now() -> None:
    kept_before(bsn(0), 0b100)

    take_in(Relatie(MARCH, lhnr(), bsn(0), numiv=1))

    assert Werkrelatie.objects.count() == 2
    assert Werkgeversomvang.objects.get().werknemers == 1


def test_a_whole_month_replaces_what_was_kept_before() -> None:
    kept_before(bsn(0), 0b100)

    take_in(Vervanging(MARCH, lhnr()), Relatie(MARCH, lhnr(), bsn(1)))

    assert [bytes(row.bsn_index) for row in Werkrelatie.objects.all()] == [raadpleging_indexes(bsn(1))[-1]]
