"""Placements whatever happens, in any order: the life cycle, the hours together, and the term of a trial."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from banenafspraak.bemiddeling import plaatsingen
from banenafspraak.bemiddeling.models import Plaatsing
from banenafspraak.bemiddeling.plaatsingen import LEVENSLOOP, Inhoud, Plaatsinghandeling
from banenafspraak.bemiddeling.plaatsingwoorden import Eindreden, Plaatsingstatus
from banenafspraak.register.overgangen import NietMogelijk
from banenafspraak.wet.instrumenten.proefplaatsing import Loket
from tests.bemiddeling.contactwereld import make_profiel
from tests.bemiddeling.plaatsingwereld import CONTRACT, PROEF, TODAY, planned
from tests.factories import NOW, make_college, undone

pytestmark = pytest.mark.django_db
SOME = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
BEGIN = date(2026, 1, 1)

periods = st.builds(
    lambda begin, length, hours: replace(
        CONTRACT,
        begint_op=BEGIN + timedelta(days=begin),
        eindigt_op=None if length is None else BEGIN + timedelta(days=begin + length),
        uren_per_week=Decimal(hours) / 2,
    ),
    st.integers(0, 20),
    st.none() | st.integers(0, 10),
    st.integers(1, 90),
)


def busiest(work: list[Inhoud]) -> Decimal:
    """The most hours a week on any day, counted day by day."""
    days = [BEGIN + timedelta(days=n) for n in range(60)]
    return max(
        sum((w.uren_per_week for w in work if w.begint_op <= day and (w.eindigt_op or date.max) >= day), Decimal(0))
        for day in days
    )


@SOME
@given(work=st.lists(periods, min_size=1, max_size=6))
def test_work_fits_exactly_when_no_day_has_more_than_sixty_hours(work: list[Inhoud]) -> None:
    with undone():
        college, persoon = make_college(), make_profiel().persoon_id
        accepted: list[Inhoud] = []
        for inhoud in work:
            if busiest([*accepted, inhoud]) <= 60:
                planned(college, persoon, inhoud)
                accepted.append(inhoud)
            else:
                with pytest.raises(ValidationError, match="meer dan 60 uur"):
                    planned(college, persoon, inhoud)
        assert Plaatsing.objects.count() == len(accepted)


ACTIONS = {
    Plaatsinghandeling.WIJZIGEN: lambda c, p: plaatsingen.change(actor=c, plaatsing_id=p, inhoud=CONTRACT, now=NOW),
    Plaatsinghandeling.BEGINNEN: lambda c, p: plaatsingen.begin(actor=c, plaatsing_id=p, now=NOW),
    Plaatsinghandeling.VERLENGEN: lambda c, p: plaatsingen.extend(
        actor=c, plaatsing_id=p, eindigt_op=Plaatsing.objects.get(pk=p).eindigt_op + timedelta(days=1), now=NOW
    ),
    Plaatsinghandeling.BEEINDIGEN: lambda c, p: plaatsingen.end(
        actor=c, plaatsing_id=p, laatste_dag=TODAY, reden=Eindreden.TIJD_OM, now=NOW
    ),
    Plaatsinghandeling.INTREKKEN: lambda c, p: plaatsingen.withdraw(actor=c, plaatsing_id=p, now=NOW),
    Plaatsinghandeling.DELEN: lambda c, p: plaatsingen.share(
        actor=c, plaatsing_id=p, kvk="00000011", naam="Noor de Vries", now=NOW
    ),
    Plaatsinghandeling.NIET_MEER_DELEN: lambda c, p: plaatsingen.stop_sharing(
        actor=c, plaatsing_id=p, kvk="00000011", now=NOW
    ),
}


@SOME
@given(order=st.lists(st.sampled_from(sorted(ACTIONS)), max_size=8))
def test_any_order_of_actions_goes_as_the_table_says(order: list[Plaatsinghandeling]) -> None:
    with undone():
        college = make_college()
        plaatsing_id = planned(college, make_profiel().persoon_id).pk
        status = Plaatsingstatus.VOORGENOMEN.value
        for handeling in order:
            overgang = LEVENSLOOP.overgangen[handeling]
            if status in overgang.van:
                ACTIONS[handeling](college, plaatsing_id)
                status = overgang.naar or status
            else:
                with pytest.raises(NietMogelijk):
                    ACTIONS[handeling](college, plaatsing_id)
            assert Plaatsing.objects.get(pk=plaatsing_id).status == status


def test_the_database_knows_the_same_transitions() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'bemiddeling_plaatsing_overgang'")
        source = cursor.fetchone()[0]
    table = {(van, o.naar) for o in LEVENSLOOP.overgangen.values() for van in o.van if o.naar is not None}
    assert all(f"('{van}', '{naar}')" in source for van, naar in table)
    assert source.count("', '") - source.count("IN ('beeindigd', '") == len(table)


@SOME
@given(
    begin=st.dates(date(2023, 7, 1), date(2026, 12, 1)),
    route=st.sampled_from(Loket),
    verlengd=st.booleans(),
    onderbroken=st.integers(0, 60),
)
def test_the_database_and_the_law_agree_on_the_last_day_of_a_trial(
    begin: date, route: Loket, verlengd: bool, onderbroken: int
) -> None:
    trial = replace(PROEF, begint_op=begin, route=route, verlengd=verlengd, onderbroken_dagen=onderbroken)
    last = plaatsingen.last_day_allowed(trial, verlengd=verlengd)
    assert last is not None
    with undone():
        made = planned(make_college(), make_profiel().persoon_id, replace(trial, eindigt_op=last))
        with pytest.raises(IntegrityError, match="niet_langer_dan_de_wet"), transaction.atomic():
            Plaatsing.objects.filter(pk=made.pk).update(eindigt_op=last + timedelta(days=1))
