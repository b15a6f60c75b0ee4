from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from banenafspraak.access.permissions import Rol
from banenafspraak.register import beoordeling, beschutwerk
from banenafspraak.register.aanvragen import Aanvraagsoort, NietMogelijk, Overtaken
from banenafspraak.register.models import Beschutplaatsing, Beschutwerkadvies, Registratie
from banenafspraak.wet.doelgroep import Grond, Route
from tests.factories import (
    CAN_EARN_WML,
    NOW,
    SHELTERED,
    answer_all,
    make_aanvraag,
    make_actor,
    make_burger,
    make_college,
    make_persoon,
    make_registratie,
)

DAY = timedelta(days=1)
LATER, TODAY = NOW + 10 * DAY, NOW.date() + 10 * DAY
pytestmark = pytest.mark.django_db


def advise(nummer: int = 0, *, positive: bool = True, applicant=None, now: datetime = NOW):
    """An advice given on that day."""
    beoordelaar = make_actor(Rol.BEOORDELAAR)
    made = make_aanvraag(
        applicant or make_burger(nummer),
        nummer=nummer,
        soort=Aanvraagsoort.BESCHUT_WERK,
        beoordelaar=beoordelaar,
        now=now,
    )
    answers = SHELTERED if positive else CAN_EARN_WML | {"woont_in_nederland": True}
    answer_all(beoordelaar, made, answers, now=now)
    return beoordeling.decide(actor=beoordelaar, aanvraag_id=made, now=now).beschutwerkadvies_id


@pytest.fixture
def college():
    return make_college()


def decide(college, advies, *, vastgesteld: bool = True, op: date = TODAY, now: datetime = LATER):
    return beschutwerk.decide(actor=college, advies_id=advies, vastgesteld=vastgesteld, besloten_op=op, now=now)


def known() -> list[Registratie]:
    return list(Registratie.objects.filter(bekend__endswith__isnull=True).order_by("grond"))


def test_the_decision_ends_every_registration_on_the_next_day(college) -> None:
    persoon = make_persoon(0)
    make_registratie(persoon)
    make_registratie(persoon, grond=Grond.WSW, route=Route.WSW_DETACHERING)
    assert decide(college, advise()) == TODAY + DAY
    assert {(r.geldig.upper, r.einde_reden) for r in known()} == {(TODAY + DAY, "beschikking_beschut_werk")}


def test_an_end_that_was_planned_later_comes_forward_and_an_earlier_end_stays(college) -> None:
    persoon = make_persoon(0)
    make_registratie(persoon, tot=date(2030, 1, 1))
    make_registratie(persoon, grond=Grond.WSW, route=Route.WSW_DETACHERING, tot=date(2020, 1, 1))
    decide(college, advise())
    assert [r.geldig.upper for r in known()] == [TODAY + DAY, date(2020, 1, 1)]


def test_a_college_that_decides_otherwise_ends_nothing(college) -> None:
    make_registratie(make_persoon(0))
    assert decide(college, advise(), vastgesteld=False) is None
    assert known()[0].geldig.upper is None


def test_nothing_ends_where_nothing_runs(college) -> None:
    assert decide(college, advise()) is None


def test_the_same_decision_twice_is_one_and_another_is_refused(college) -> None:
    make_registratie(make_persoon(0))
    advies = advise()
    decide(college, advies)
    assert decide(college, advies, now=LATER + DAY) == TODAY + DAY
    with pytest.raises(Overtaken):
        decide(college, advies, vastgesteld=False)


@pytest.mark.parametrize("op", [NOW.date() - DAY, TODAY + DAY])
def test_the_day_of_the_decision_lies_between_the_advice_and_today(college, op) -> None:
    with pytest.raises(ValidationError):
        decide(college, advise(), op=op)


def test_only_the_college_of_the_own_gemeente_decides() -> None:
    advies = advise()
    with pytest.raises(Beschutwerkadvies.DoesNotExist):
        decide(make_college("GM0363"), advies)
    for actor in (make_actor(Rol.BEMIDDELAAR, gemeente="GM0402"), make_burger(), make_actor(Rol.BEOORDELAAR)):
        with pytest.raises(PermissionDenied):
            decide(actor, advies)


def test_each_sees_the_own_advices(college) -> None:
    advies = advise()

    def seen(actor) -> list:
        return list(beschutwerk.visible_to(actor).values_list("pk", flat=True))

    assert seen(college) == seen(make_burger()) == seen(make_actor(Rol.BEOORDELAAR)) == [advies]
    assert seen(make_burger(1)) == seen(make_college("GM0363")) == seen(make_actor(Rol.WERKGEVER)) == []


def test_a_place_follows_the_decision(college) -> None:
    advies = advise()
    with pytest.raises(NietMogelijk):
        beschutwerk.place(actor=college, advies_id=advies, vanaf=TODAY, now=LATER)
    decide(college, advies)
    first = beschutwerk.place(actor=college, advies_id=advies, vanaf=TODAY, now=LATER)
    assert beschutwerk.place(actor=college, advies_id=advies, vanaf=TODAY, now=LATER) == first
    with pytest.raises(ValidationError, match="al beschut"):
        beschutwerk.place(actor=college, advies_id=advies, vanaf=TODAY + DAY, now=LATER)
    with pytest.raises(ValidationError, match="op of na"):
        beschutwerk.place(actor=college, advies_id=advies, vanaf=TODAY - DAY, now=LATER)


def test_a_place_ends_once(college) -> None:
    advies = advise()
    decide(college, advies)
    plaats = beschutwerk.place(actor=college, advies_id=advies, vanaf=TODAY, now=LATER)
    for _ in range(2):
        beschutwerk.end_placement(actor=college, plaatsing_id=plaats, tot=TODAY + DAY, now=LATER)
    assert Beschutplaatsing.objects.get().geldig.upper == TODAY + DAY
    with pytest.raises(Overtaken):
        beschutwerk.end_placement(actor=college, plaatsing_id=plaats, tot=TODAY + 2 * DAY, now=LATER)


def test_the_percentage_compares_with_the_advices_of_a_quarter_earlier(college) -> None:
    december, march = datetime(2025, 12, 31, 12, tzinfo=UTC), datetime(2026, 3, 31, 12, tzinfo=UTC)
    january = datetime(2026, 1, 1, 12, tzinfo=UTC)
    early = [advise(n, now=december) for n in range(3)]
    advise(3, now=january)
    advise(4, positive=False, now=january)
    beschutwerk.decide(actor=college, advies_id=early[0], vastgesteld=True, besloten_op=january.date(), now=january)
    beschutwerk.place(actor=college, advies_id=early[0], vanaf=march.date(), now=march)
    found = beschutwerk.cijfers(peildatum=march.date(), gemeenten=frozenset({"GM0402"}))
    assert (found.positief, found.negatief, found.op_verzoek_van_burger, found.geplaatst) == (4, 1, 5, 1)
    assert (found.positief_kwartaal_eerder, found.plaatsingspercentage) == (3, 33)


def test_another_gemeente_counts_nothing_and_has_no_percentage(college) -> None:
    advise()
    found = beschutwerk.cijfers(peildatum=TODAY, gemeenten=frozenset({"GM0363"}))
    assert (found.positief, found.plaatsingspercentage) == (0, None)
