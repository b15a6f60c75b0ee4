from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from banenafspraak.access.models import Logregel
from banenafspraak.access.permissions import Rol
from banenafspraak.register import uitschrijving
from banenafspraak.register.models import Gemeentebericht, Registratie, Uitschrijfverzoek
from banenafspraak.register.uitschrijving import (
    LEVENSLOOP,
    NietMogelijk,
    Overtaken,
    Uitschrijfhandeling,
    Uitschrijfstatus,
)
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.feiten import FeitenFout, FeitOntbreekt
from banenafspraak.wet.uitschrijving import Weigering
from tests.factories import NOW, make_actor, make_burger, make_persoon, make_registratie, make_woonplaats

DAY = timedelta(days=1)
LATER = NOW + 5 * DAY
NOTHING_AGAINST: dict[str, bool] = {
    "krijgt_ondersteuning": False,
    "werkgever_krijgt_financiele_steun": False,
    "heeft_jobcoach": False,
    "heeft_uwv_uitkering": False,
    "heeft_wsw_indicatie": False,
    "inkomen_onder_minimumloon": False,
    "is_werkloos": False,
    "heeft_werkgever": False,
}
pytestmark = pytest.mark.django_db


@pytest.fixture
def burger():
    return make_burger()


@pytest.fixture
def beoordelaar():
    return make_actor(Rol.BEOORDELAAR)


def registered(*, grond: Grond = Grond.AMVB_38B_1_D, route: Route = Route.VSO) -> None:
    persoon = make_persoon(0)
    make_registratie(persoon, grond=grond, route=route)
    make_woonplaats(persoon)


def asked(burger, beoordelaar, **answers: bool):
    """A request that was taken up, with these answers."""
    made = uitschrijving.request(actor=burger, now=NOW + DAY)
    uitschrijving.claim(actor=beoordelaar, verzoek_id=made, now=NOW + DAY)
    for feit, waarde in answers.items():
        uitschrijving.answer(actor=beoordelaar, verzoek_id=made, feit=feit, waarde=waarde, now=NOW + DAY)
    return made


def known() -> Registratie:
    return Registratie.objects.get(bekend__endswith__isnull=True)


@pytest.mark.parametrize(
    ("grond", "route"),
    [
        (Grond.AMVB_38B_1_D, Route.VSO),
        (Grond.AMVB_38B_1_D, Route.PRO),
        (Grond.BLIJFGROND_38B_6, Route.INDICATIE_BANENAFSPRAAK),
        (Grond.OVERGANGSRECHT_38B_1_F, Route.WSW_DETACHERING),
    ],
)
def test_a_ground_that_allows_it_ends_on_the_day_of_the_decision(burger, beoordelaar, grond, route) -> None:
    registered(grond=grond, route=route)
    made = asked(burger, beoordelaar, **NOTHING_AGAINST)
    assert uitschrijving.decide(actor=beoordelaar, verzoek_id=made, now=LATER) is Uitschrijfstatus.TOEGEWEZEN
    assert (known().geldig.upper, known().einde_reden) == (LATER.date(), "vrijwillige_uitschrijving")
    assert Gemeentebericht.objects.get().gemeente_id == "GM0402"


def test_another_ground_is_refused_without_a_single_question(burger, beoordelaar) -> None:
    registered(grond=Grond.WAJONG, route=Route.WAJONG_2015)
    made = asked(burger, beoordelaar)
    assert uitschrijving.next_question(actor=beoordelaar, verzoek_id=made, peildatum=LATER.date()) is None
    assert uitschrijving.decide(actor=beoordelaar, verzoek_id=made, now=LATER) is Uitschrijfstatus.AFGEWEZEN
    seen = uitschrijving.look_at(actor=burger, verzoek_id=made, now=LATER)
    assert (seen.weigeringen, known().geldig.upper) == ((Weigering.GROND,), None)
    assert seen.stappen


def test_all_circumstances_against_it_are_heard_at_once(burger, beoordelaar) -> None:
    registered()
    made = asked(burger, beoordelaar, **NOTHING_AGAINST | {"heeft_jobcoach": True, "heeft_uwv_uitkering": True})
    uitschrijving.decide(actor=beoordelaar, verzoek_id=made, now=LATER)
    seen = uitschrijving.look_at(actor=burger, verzoek_id=made, now=LATER)
    assert set(seen.weigeringen) == {Weigering.HEEFT_JOBCOACH, Weigering.HEEFT_UWV_UITKERING}


def test_the_employer_is_heard_first_and_an_objection_does_not_stop_it(burger, beoordelaar) -> None:
    registered()
    made = asked(burger, beoordelaar, **NOTHING_AGAINST | {"heeft_werkgever": True})
    uitschrijving.answer(actor=beoordelaar, verzoek_id=made, feit="werkgever_gehoord", waarde=False, now=LATER)
    with pytest.raises(NietMogelijk, match="werkgever"):
        uitschrijving.decide(actor=beoordelaar, verzoek_id=made, now=LATER)
    uitschrijving.answer(actor=beoordelaar, verzoek_id=made, feit="werkgever_gehoord", waarde=None, now=LATER)
    uitschrijving.hear_employer(
        actor=beoordelaar,
        verzoek_id=made,
        gehoord_op=LATER.date(),
        heeft_bezwaar=True,
        mening="Dan telt zij niet meer mee.",
        now=LATER,
    )
    assert uitschrijving.look_at(actor=beoordelaar, verzoek_id=made, now=LATER).mening == "Dan telt zij niet meer mee."
    assert uitschrijving.look_at(actor=burger, verzoek_id=made, now=LATER).mening == ""
    assert uitschrijving.decide(actor=beoordelaar, verzoek_id=made, now=LATER) is Uitschrijfstatus.TOEGEWEZEN


def test_the_term_is_eight_weeks_to_a_working_day(burger) -> None:
    registered()
    uitschrijving.request(actor=burger, now=NOW)
    assert Uitschrijfverzoek.objects.get().uiterlijk_op == date(2026, 5, 27)


def test_asking_twice_gives_the_same_request(burger) -> None:
    registered()
    assert uitschrijving.request(actor=burger, now=NOW) == uitschrijving.request(actor=burger, now=LATER)


def test_who_is_not_registered_has_nothing_to_leave(burger) -> None:
    with pytest.raises(ValidationError, match="niet in het doelgroepregister"):
        uitschrijving.request(actor=burger, now=NOW)


def test_deciding_twice_gives_the_same_answer(burger, beoordelaar) -> None:
    registered()
    made = asked(burger, beoordelaar, **NOTHING_AGAINST)
    for _ in range(2):
        assert uitschrijving.decide(actor=beoordelaar, verzoek_id=made, now=LATER) is Uitschrijfstatus.TOEGEWEZEN
    assert Registratie.objects.count() == 2  # what was known, and its end


def test_an_open_question_stops_the_decision(burger, beoordelaar) -> None:
    registered()
    with pytest.raises(FeitOntbreekt):
        uitschrijving.decide(actor=beoordelaar, verzoek_id=asked(burger, beoordelaar), now=LATER)


def test_the_second_beoordelaar_is_told(burger, beoordelaar) -> None:
    registered()
    made = asked(burger, beoordelaar, **NOTHING_AGAINST)
    second = make_actor(Rol.BEOORDELAAR)
    for act in (uitschrijving.claim, uitschrijving.decide):
        with pytest.raises(Overtaken):
            act(actor=second, verzoek_id=made, now=LATER)


def test_what_was_withdrawn_is_not_decided(burger, beoordelaar) -> None:
    registered()
    made = asked(burger, beoordelaar, **NOTHING_AGAINST)
    for _ in range(2):
        uitschrijving.withdraw(actor=burger, verzoek_id=made, now=LATER)
    with pytest.raises(NietMogelijk, match="ingetrokken"):
        uitschrijving.decide(actor=beoordelaar, verzoek_id=made, now=LATER)


def test_what_was_decided_is_not_withdrawn(burger, beoordelaar) -> None:
    registered()
    made = asked(burger, beoordelaar, **NOTHING_AGAINST)
    uitschrijving.decide(actor=beoordelaar, verzoek_id=made, now=LATER)
    with pytest.raises(NietMogelijk):
        uitschrijving.withdraw(actor=burger, verzoek_id=made, now=LATER)


@pytest.mark.parametrize(("feit", "waarde"), [("gronden", True), ("onzin", True), ("heeft_jobcoach", "ja")])
def test_an_answer_that_cannot_be_is_refused(burger, beoordelaar, feit, waarde) -> None:
    registered()
    made = asked(burger, beoordelaar)
    with pytest.raises(FeitenFout):
        uitschrijving.answer(actor=beoordelaar, verzoek_id=made, feit=feit, waarde=waarde, now=LATER)


def test_only_the_person_asks_and_others_see_nothing(burger, beoordelaar) -> None:
    registered()
    with pytest.raises(PermissionDenied):
        uitschrijving.request(actor=make_actor(Rol.BEMIDDELAAR, gemeente="GM0402"), now=NOW)
    made = asked(burger, beoordelaar)
    for stranger in (make_burger(1), make_actor(Rol.BEMIDDELAAR), make_actor(Rol.WERKGEVER)):
        assert not uitschrijving.visible_to(stranger).exists()
    assert list(uitschrijving.worklist(beoordelaar).values_list("pk", flat=True)) == [made]
    assert not uitschrijving.worklist(burger).exists()


def test_every_look_is_logged(burger, beoordelaar) -> None:
    registered()
    uitschrijving.look_at(actor=beoordelaar, verzoek_id=asked(burger, beoordelaar), now=LATER)
    assert Logregel.objects.filter(handeling="verzoek om uitschrijving ingezien").count() == 1


def test_every_action_has_a_row_and_every_state_is_reached() -> None:
    assert set(LEVENSLOOP.overgangen) == set(Uitschrijfhandeling)
    assert {o.naar for o in LEVENSLOOP.overgangen.values()} - {None} == set(Uitschrijfstatus)
