"""Placements: what is written down, what cannot be, who sees it, and what it counts for."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel
from banenafspraak.access.permissions import Rol
from banenafspraak.bemiddeling import contact, plaatsingen, toestemmingen
from banenafspraak.bemiddeling.bewaren_contact import CONTACTEN
from banenafspraak.bemiddeling.bewaren_plaatsing import PLAATSINGEN
from banenafspraak.bemiddeling.contactwoorden import Contactuitkomst
from banenafspraak.bemiddeling.meetelling import Werkfeiten, instrumenten_bij, meetelling
from banenafspraak.bemiddeling.models import Klantprofiel, Plaatsing, Plaatsingstap, Voorstel
from banenafspraak.bemiddeling.plaatsingwoorden import Eindreden, Plaatsingsector, Plaatsingsoort
from banenafspraak.register.overgangen import NietMogelijk, Overtaken
from banenafspraak.wet.banen import Kolom
from banenafspraak.wet.gevolgen import Gevolg
from banenafspraak.wet.gronden import Grond
from tests.bemiddeling.contactwereld import acts, asked, make_profiel, released, say_yes
from tests.bemiddeling.plaatsingwereld import (
    BAKKERIJ,
    CONTRACT,
    PROEF,
    TODAY,
    UITZEND,
    UITZENDBUREAU,
    planned,
    running,
)
from tests.factories import NOW, make_actor, make_burger, make_college, make_werkgever

pytestmark = pytest.mark.django_db


@pytest.fixture
def college() -> Actor:
    return make_college()


@pytest.fixture
def profiel() -> Klantprofiel:
    return make_profiel()


@pytest.fixture
def persoon_id(profiel: Klantprofiel) -> UUID:
    return profiel.persoon_id


def errors_of(raised: pytest.ExceptionInfo[ValidationError]) -> set[str]:
    return set(raised.value.message_dict)


# --- The life of a placement -------------------------------------------------------------------------------------


def test_a_placement_is_planned_begins_and_ends_with_a_reason(college: Actor, persoon_id: UUID) -> None:
    plaatsing = running(college, persoon_id)
    plaatsingen.end(
        actor=college, plaatsing_id=plaatsing.pk, laatste_dag=TODAY, reden=Eindreden.WERKGEVER_STOPTE, now=NOW
    )
    plaatsing.refresh_from_db()
    assert (plaatsing.status, plaatsing.eindreden, plaatsing.eindigt_op) == ("beeindigd", "werkgever_stopte", TODAY)
    assert [s.handeling for s in plaatsingen.steps_of(plaatsing)] == ["vastleggen", "beginnen", "beeindigen"]


def test_each_step_is_in_the_logboek_with_the_person(college: Actor, persoon_id: UUID) -> None:
    running(college, persoon_id)
    rows = Logregel.objects.filter(handeling__startswith="plaatsing").values_list("handeling", flat=True)
    assert sorted(rows) == ["plaatsing begonnen", "plaatsing vastgelegd"]


def test_pressing_twice_makes_one(college: Actor, persoon_id: UUID) -> None:
    sleutel = uuid4()
    assert planned(college, persoon_id, sleutel=sleutel) == planned(college, persoon_id, sleutel=sleutel)
    assert Plaatsing.objects.count() == Plaatsingstap.objects.count() == 1


def test_nobody_begins_before_the_first_day(college: Actor, persoon_id: UUID) -> None:
    plaatsing = planned(college, persoon_id, replace(CONTRACT, begint_op=TODAY + timedelta(days=1)))
    with pytest.raises(NietMogelijk, match="eerste dag"):
        plaatsingen.begin(actor=college, plaatsing_id=plaatsing.pk, now=NOW)


def test_what_begins_twice_began_once(college: Actor, persoon_id: UUID) -> None:
    plaatsing = running(college, persoon_id)
    with pytest.raises(Overtaken):
        plaatsingen.begin(actor=college, plaatsing_id=plaatsing.pk, now=NOW)
    assert plaatsing.stappen.filter(handeling="beginnen").count() == 1


def test_a_contract_goes_on_without_an_end(college: Actor, persoon_id: UUID) -> None:
    plaatsing = running(college, persoon_id)
    plaatsingen.extend(actor=college, plaatsing_id=plaatsing.pk, eindigt_op=None, now=NOW)
    plaatsing.refresh_from_db()
    assert plaatsing.eindigt_op is None


def test_a_longer_last_day_comes_later(college: Actor, persoon_id: UUID) -> None:
    plaatsing = running(college, persoon_id)
    with pytest.raises(ValidationError, match="Kies een dag na 31-8-2026"):
        plaatsingen.extend(actor=college, plaatsing_id=plaatsing.pk, eindigt_op=date(2026, 8, 31), now=NOW)


def test_what_has_begun_stays_the_same_work_at_the_same_employer(college: Actor, persoon_id: UUID) -> None:
    plaatsing = running(college, persoon_id)
    other = replace(PROEF, werkgever=UITZENDBUREAU, uren_per_week=Decimal(12))
    plaatsingen.change(
        actor=college, plaatsing_id=plaatsing.pk, inhoud=replace(other, verlengd=False, route=None), now=NOW
    )
    plaatsing.refresh_from_db()
    assert (plaatsing.soort, plaatsing.werkgever_kvk, plaatsing.uren_per_week) == ("dienstverband", "00000011", 12)


def test_a_plan_may_still_become_something_else(college: Actor, persoon_id: UUID) -> None:
    plaatsing = planned(college, persoon_id)
    plaatsingen.change(actor=college, plaatsing_id=plaatsing.pk, inhoud=UITZEND, now=NOW)
    plaatsing.refresh_from_db()
    assert (plaatsing.soort, plaatsing.inlener_kvk) == ("uitzend", BAKKERIJ.kvk)


def test_a_trial_becomes_a_contract_in_one_step(college: Actor, persoon_id: UUID) -> None:
    proef = running(college, persoon_id, PROEF)
    made = plaatsingen.follow_up(
        actor=college, plaatsing_id=proef.pk, inhoud=replace(CONTRACT, begint_op=TODAY), now=NOW
    )
    proef.refresh_from_db()
    contract = Plaatsing.objects.get(pk=made)
    assert (proef.status, proef.eindreden, proef.eindigt_op) == ("beeindigd", "overgegaan", TODAY - timedelta(days=1))
    assert (contract.status, contract.vorige_id) == ("lopend", proef.pk)


def test_a_contract_that_cannot_be_leaves_the_trial_running(college: Actor, persoon_id: UUID) -> None:
    proef = running(college, persoon_id, PROEF)
    with pytest.raises(ValidationError):
        plaatsingen.follow_up(
            actor=college,
            plaatsing_id=proef.pk,
            inhoud=replace(CONTRACT, begint_op=TODAY, uren_per_week=Decimal(61)),
            now=NOW,
        )
    proef.refresh_from_db()
    assert (proef.status, proef.eindigt_op) == ("lopend", PROEF.eindigt_op)


# --- What cannot be ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"eindigt_op": date(2026, 2, 28)}, "eindigt_op"),
        ({"uren_per_week": Decimal(0)}, "uren_per_week"),
        ({"uren_per_week": Decimal("60.5")}, "uren_per_week"),
        ({"begint_op": date(2014, 12, 31)}, "begint_op"),
        ({"begint_op": date(2028, 1, 1), "eindigt_op": None}, "begint_op"),
        ({"werkgever": replace(BAKKERIJ, kvk="123")}, "werkgever_kvk"),
        ({"werkgever": replace(BAKKERIJ, naam=" ")}, "werkgever_naam"),
        ({"inlener": UITZENDBUREAU}, "inlener_kvk"),
        ({"soort": Plaatsingsoort.UITZEND}, "inlener_kvk"),
        ({"soort": Plaatsingsoort.UITZEND, "inlener": BAKKERIJ}, "inlener_kvk"),
        ({"soort": Plaatsingsoort.PROEFPLAATSING}, "route"),
        ({"verlengd": True}, "route"),
        ({"met_loonheffing": True}, "met_loonheffing"),
    ],
)
def test_what_cannot_be_says_which_field(college: Actor, persoon_id: UUID, fields: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as raised:
        planned(college, persoon_id, replace(CONTRACT, **fields))
    assert errors_of(raised) == {field}
    assert not Plaatsing.objects.exists()


def test_a_trial_says_how_long_it_can_be(college: Actor, persoon_id: UUID) -> None:
    with pytest.raises(
        ValidationError, match=r"tot en met 14-5-2026\. Met een verlenging kan het tot en met 14-9-2026"
    ):
        planned(college, persoon_id, replace(PROEF, eindigt_op=date(2026, 5, 15)))


def test_a_trial_that_is_extended_is_so_in_the_sense_of_the_law(college: Actor, persoon_id: UUID) -> None:
    proef = running(college, persoon_id, PROEF)
    plaatsingen.extend(actor=college, plaatsing_id=proef.pk, eindigt_op=date(2026, 9, 14), now=NOW)
    proef.refresh_from_db()
    assert proef.verlengd
    with pytest.raises(ValidationError, match="tot en met 14-9-2026"):
        plaatsingen.extend(actor=college, plaatsing_id=proef.pk, eindigt_op=date(2026, 9, 15), now=NOW)


def test_days_that_do_not_count_make_a_trial_longer(college: Actor, persoon_id: UUID) -> None:
    longer = replace(PROEF, eindigt_op=date(2026, 5, 24), onderbroken_dagen=10)
    assert planned(college, persoon_id, longer).eindigt_op == date(2026, 5, 24)


def test_two_jobs_together_are_at_most_sixty_hours(college: Actor, persoon_id: UUID) -> None:
    planned(college, persoon_id, replace(CONTRACT, uren_per_week=Decimal(36)))
    with pytest.raises(ValidationError, match="meer dan 60 uur"):
        planned(college, persoon_id, replace(UITZEND, uren_per_week=Decimal("24.5")))
    assert planned(college, persoon_id, replace(UITZEND, uren_per_week=Decimal(24))).uren_per_week == 24


def test_hours_of_work_that_follows_are_not_added(college: Actor, persoon_id: UUID) -> None:
    planned(college, persoon_id, replace(CONTRACT, uren_per_week=Decimal(40)))
    after = replace(CONTRACT, uren_per_week=Decimal(40), begint_op=date(2026, 9, 1), eindigt_op=None)
    assert planned(college, persoon_id, after).begint_op == date(2026, 9, 1)


def test_an_extension_may_not_run_into_other_work(college: Actor, persoon_id: UUID) -> None:
    first = running(college, persoon_id, replace(CONTRACT, uren_per_week=Decimal(40)))
    planned(
        college, persoon_id, replace(CONTRACT, uren_per_week=Decimal(40), begint_op=date(2026, 9, 1), eindigt_op=None)
    )
    with pytest.raises(ValidationError, match="meer dan 60 uur"):
        plaatsingen.extend(actor=college, plaatsing_id=first.pk, eindigt_op=date(2026, 9, 1), now=NOW)
    first.refresh_from_db()
    assert first.eindigt_op == date(2026, 8, 31)


def test_what_was_withdrawn_leaves_its_hours_free(college: Actor, persoon_id: UUID) -> None:
    first = planned(college, persoon_id, replace(CONTRACT, uren_per_week=Decimal(40)))
    plaatsingen.withdraw(actor=college, plaatsing_id=first.pk, now=NOW)
    assert planned(college, persoon_id, replace(CONTRACT, uren_per_week=Decimal(40)))


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"eindigt_op": date(2026, 2, 1)}, "plaatsing_eindigt_niet_voor_het_begin"),
        ({"uren_per_week": 61}, "plaatsing_is_meer_dan_nul_en_hoogstens_60_uur"),
        ({"gedeeld_met": ["00000099"], "naam_verzegeld": b"x"}, "plaatsing_wordt_alleen_gedeeld_met_wie_erbij_hoort"),
        ({"gedeeld_met": ["00000011"]}, "naam_staat_alleen_bij_een_plaatsing_die_wordt_gedeeld"),
        ({"inlener_kvk": "00000022"}, "kvk_nummers_van_plaatsing_zijn_acht_cijfers"),
        ({"eindreden": "anders"}, "plaatsing_die_voorbij_is_heeft_een_reden_en_een_laatste_dag"),
        ({"route": "uwv"}, "alleen_een_proefplaatsing_heeft_een_route_en_altijd_een_einde"),
        (
            {"soort": "proefplaatsing", "route": "uwv", "eindigt_op": date(2026, 5, 1)},
            "proefplaatsing_duurt_niet_langer_dan_de_wet_toestaat",
        ),
        (
            {"soort": "proefplaatsing", "route": "uwv", "verlengd": True, "eindigt_op": date(2026, 9, 1)},
            "proefplaatsing_duurt_niet_langer_dan_de_wet_toestaat",
        ),
        ({"uren_per_week": 60}, "iemand werkt samen hoogstens 60 uur per week"),
    ],
)
def test_the_database_refuses_it_too(college: Actor, persoon_id: UUID, changes: dict[str, Any], name: str) -> None:
    planned(college, persoon_id, replace(CONTRACT, uren_per_week=Decimal(1)))
    plaatsing = planned(college, persoon_id)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Plaatsing.objects.filter(pk=plaatsing.pk).update(**changes)


@pytest.mark.parametrize("status", ["beeindigd", "voorgenomen"])
def test_the_database_holds_the_life_cycle(college: Actor, persoon_id: UUID, status: str) -> None:
    plaatsing = planned(college, persoon_id)
    plaatsingen.withdraw(actor=college, plaatsing_id=plaatsing.pk, now=NOW)
    with pytest.raises(IntegrityError, match="kan niet"), transaction.atomic():
        Plaatsing.objects.filter(pk=plaatsing.pk).update(
            status=status, eindreden="anders" if status == "beeindigd" else ""
        )


def test_a_step_stays_as_it_was(college: Actor, persoon_id: UUID) -> None:
    planned(college, persoon_id)
    with pytest.raises(IntegrityError, match="blijft staan"), transaction.atomic():
        Plaatsingstap.objects.update(handeling="beginnen")


# --- Out of a yes ------------------------------------------------------------------------------------------------


@pytest.fixture
def werkgever() -> Actor:
    return make_werkgever()


@pytest.fixture
def ja(college: Actor, profiel: Klantprofiel, werkgever: Actor) -> Voorstel:
    voorstel = asked(werkgever, profiel, college)
    say_yes(make_burger(), voorstel)
    voorstel.refresh_from_db()
    return voorstel


def test_a_yes_becomes_a_placement_and_is_used_up(college: Actor, persoon_id: UUID, ja: Voorstel) -> None:
    plaatsing = planned(college, persoon_id, voorstel_id=ja.pk)
    ja.refresh_from_db()
    assert (ja.status, ja.uitkomst) == ("afgerond", "aangenomen")
    assert toestemmingen.Toestemming.objects.get().gegevens_verzegeld is None
    assert (plaatsing.gedeeld_met, plaatsingen.name_of(plaatsing)) == (["00000011"], "Noor de Vries")


def test_who_took_the_yes_back_is_not_placed_with_it(college: Actor, persoon_id: UUID, ja: Voorstel) -> None:
    toestemmingen.withdraw(actor=make_burger(), toestemming_id=ja.toestemming.pk, now=NOW)
    with pytest.raises(ValidationError, match="trok het ja in"):
        planned(college, persoon_id, voorstel_id=ja.pk)
    assert not Plaatsing.objects.exists()


def test_a_consent_that_ran_out_leads_to_nothing(college: Actor, persoon_id: UUID, ja: Voorstel) -> None:
    over = NOW + timedelta(weeks=6)
    with pytest.raises(ValidationError, match="toestemming is voorbij"):
        planned(college, persoon_id, now=over, voorstel_id=ja.pk)


def test_an_employer_that_said_hired_first_changes_nothing(
    college: Actor, persoon_id: UUID, werkgever: Actor, ja: Voorstel
) -> None:
    later = released(NOW)
    toestemmingen.finish(
        actor=werkgever, toestemming_id=ja.toestemming.pk, uitkomst=Contactuitkomst.AANGENOMEN, now=later
    )
    assert planned(college, persoon_id, now=later, voorstel_id=ja.pk).voorstel_id == ja.pk


def test_an_employer_that_did_not_hire_leads_to_nothing(
    college: Actor, persoon_id: UUID, werkgever: Actor, ja: Voorstel
) -> None:
    later = released(NOW)
    toestemmingen.finish(
        actor=werkgever, toestemming_id=ja.toestemming.pk, uitkomst=Contactuitkomst.GEEN_PLEK_MEER, now=later
    )
    with pytest.raises(ValidationError, match="Vraag het eerst opnieuw"):
        planned(college, persoon_id, now=later, voorstel_id=ja.pk)


def test_a_yes_to_one_employer_places_nobody_at_another(college: Actor, persoon_id: UUID, ja: Voorstel) -> None:
    with pytest.raises(ValidationError) as raised:
        planned(college, persoon_id, replace(CONTRACT, werkgever=UITZENDBUREAU), voorstel_id=ja.pk)
    assert errors_of(raised) == {"werkgever_kvk"}


def test_the_yes_of_one_person_places_nobody_else(college: Actor, ja: Voorstel) -> None:
    other = make_profiel(1)
    with pytest.raises(PermissionDenied):
        planned(college, other.persoon_id, voorstel_id=ja.pk)


def test_the_database_wants_the_yes_of_the_same_person(college: Actor, persoon_id: UUID, ja: Voorstel) -> None:
    other = make_profiel(1)
    made = planned(college, other.persoon_id)
    made.pk, made.sleutel, made.voorstel, made._state.adding = uuid4(), uuid4(), ja, True
    with pytest.raises(IntegrityError, match="toestemming die leeft"), transaction.atomic():
        made.save(force_insert=True)


def test_a_withdrawal_after_the_placement_is_too_late_but_sharing_can_stop(
    college: Actor, persoon_id: UUID, ja: Voorstel, werkgever: Actor
) -> None:
    plaatsing = planned(college, persoon_id, voorstel_id=ja.pk)
    assert plaatsingen.stop_sharing(actor=make_burger(), plaatsing_id=plaatsing.pk, kvk="00000011", now=NOW)
    plaatsing.refresh_from_db()
    assert (plaatsing.gedeeld_met, plaatsing.naam_verzegeld) == ([], None)


# --- Who sees it -------------------------------------------------------------------------------------------------


def seen(actor: Actor) -> list[UUID]:
    found = acts(actor, lambda *, actor: list(plaatsingen.visible_to(actor, now=NOW).values_list("pk", flat=True)))
    return list(found)


def test_the_person_and_the_own_bemiddelaar_see_it_under_their_own_role(college: Actor, persoon_id: UUID) -> None:
    plaatsing = planned(college, persoon_id)
    assert seen(college) == seen(make_burger()) == [plaatsing.pk]


@pytest.mark.parametrize("who", ["other_gemeente", "other_person", "werkgever", "beoordelaar"])
def test_nobody_else_sees_it(college: Actor, persoon_id: UUID, who: str) -> None:
    planned(college, persoon_id)
    make_profiel(1)
    actor = {
        "other_gemeente": lambda: make_college("GM0687"),
        "other_person": lambda: make_burger(1),
        "werkgever": make_werkgever,
        "beoordelaar": lambda: make_actor(Rol.BEOORDELAAR),
    }[who]()
    assert list(plaatsingen.visible_to(actor, now=NOW)) == []


def test_a_bemiddelaar_elsewhere_changes_nothing(college: Actor, persoon_id: UUID) -> None:
    plaatsing = planned(college, persoon_id)
    elsewhere = make_college("GM0687")
    with pytest.raises(PermissionDenied):
        plaatsingen.withdraw(actor=elsewhere, plaatsing_id=plaatsing.pk, now=NOW)
    with pytest.raises(PermissionDenied):
        planned(elsewhere, persoon_id)


def test_everything_works_under_the_role_of_the_bemiddelaar(college: Actor, persoon_id: UUID) -> None:
    made = acts(college, plaatsingen.plan, persoon_id=persoon_id, inhoud=PROEF, now=NOW)
    acts(college, plaatsingen.begin, plaatsing_id=made, now=NOW)
    acts(college, plaatsingen.extend, plaatsing_id=made, eindigt_op=date(2026, 6, 1), now=NOW)
    acts(college, plaatsingen.change, plaatsing_id=made, inhoud=replace(PROEF, verlengd=True), now=NOW)
    after = acts(college, plaatsingen.follow_up, plaatsing_id=made, inhoud=replace(CONTRACT, begint_op=TODAY), now=NOW)
    acts(college, plaatsingen.end, plaatsing_id=after, laatste_dag=TODAY, reden=Eindreden.ANDERS, now=NOW)
    assert Plaatsing.objects.get(pk=after).status == "beeindigd"


def test_a_yes_becomes_a_placement_under_the_role_of_the_bemiddelaar(
    college: Actor, persoon_id: UUID, ja: Voorstel
) -> None:
    assert acts(college, plaatsingen.plan, persoon_id=persoon_id, inhoud=CONTRACT, voorstel_id=ja.pk, now=NOW)


def test_the_person_shares_under_the_own_role_and_stops(college: Actor, persoon_id: UUID) -> None:
    plaatsing, burger = planned(college, persoon_id), make_burger()
    acts(burger, plaatsingen.share, plaatsing_id=plaatsing.pk, kvk="00000011", naam="Noor de Vries", now=NOW)
    assert Plaatsing.objects.get().gedeeld_met == ["00000011"]
    assert acts(burger, plaatsingen.stop_sharing, plaatsing_id=plaatsing.pk, kvk="00000011", now=NOW)


# --- What it counts for ------------------------------------------------------------------------------------------


def counted(soort: Plaatsingsoort, **fields: Any) -> tuple[bool, Decimal, Kolom | None]:
    values: dict[str, Any] = {"uren_per_week": Decimal("25.5"), "sector": Plaatsingsector.MARKT}
    told = meetelling(Werkfeiten(soort=soort, **(values | fields)), in_register=True, peildatum=TODAY).waarde
    return told.telt, told.banen, told.kolom


@pytest.mark.parametrize(
    ("soort", "expected"),
    [
        (Plaatsingsoort.PROEFPLAATSING, (False, 0, None)),
        (Plaatsingsoort.DIENSTVERBAND, (True, 1, Kolom.MARKT)),
        (Plaatsingsoort.UITZEND, (True, 1, Kolom.MARKT)),
        (Plaatsingsoort.DETACHERING, (True, 1, Kolom.MARKT)),
        (Plaatsingsoort.WERKERVARINGSPLAATS, (False, 0, None)),
        (Plaatsingsoort.BBL, (True, 1, Kolom.MARKT)),
        (Plaatsingsoort.BESCHUT, (False, 0, None)),
    ],
)
def test_each_kind_of_work_counts_as_the_law_says(soort: Plaatsingsoort, expected: tuple[Any, ...]) -> None:
    assert counted(soort) == expected


def test_a_work_experience_place_with_wage_tax_counts() -> None:
    assert counted(Plaatsingsoort.WERKERVARINGSPLAATS, met_loonheffing=True)[0]


def test_without_a_known_sector_it_counts_but_nobody_knows_where() -> None:
    unknown = Plaatsingsector.ONBEKEND
    assert counted(Plaatsingsoort.DIENSTVERBAND, sector=unknown) == (True, 1, None)
    assert counted(Plaatsingsoort.UITZEND, sector=unknown) == (True, 1, Kolom.UITZEND_DETACHERING)


def test_who_is_not_registered_does_not_count() -> None:
    feiten = Werkfeiten(Plaatsingsoort.DIENSTVERBAND, Decimal(24), Plaatsingsector.MARKT)
    assert not meetelling(feiten, in_register=False, peildatum=TODAY).waarde.telt


@pytest.mark.parametrize(
    ("soort", "has", "has_not"),
    [
        (Plaatsingsoort.DIENSTVERBAND, Gevolg.LOONKOSTENSUBSIDIE, Gevolg.PROEFPLAATS_GEMEENTE),
        (Plaatsingsoort.PROEFPLAATSING, Gevolg.PROEFPLAATS_GEMEENTE, Gevolg.LOONKOSTENSUBSIDIE),
        (Plaatsingsoort.WERKERVARINGSPLAATS, Gevolg.BEGELEIDING_GEMEENTE, Gevolg.LKV),
        (Plaatsingsoort.BESCHUT, Gevolg.LOONKOSTENSUBSIDIE, Gevolg.LKV),
    ],
)
def test_instruments_follow_from_the_ground_and_the_kind_of_work(
    soort: Plaatsingsoort, has: Gevolg, has_not: Gevolg
) -> None:
    found = instrumenten_bij(soort, (Grond.PWET_LKS_UWV_LOONWAARDE,), peildatum=TODAY)
    assert has in found
    assert has_not not in found


def test_a_contact_that_was_never_answered_places_nobody(
    college: Actor, persoon_id: UUID, profiel: Klantprofiel, werkgever: Actor
) -> None:
    voorstel = asked(werkgever, profiel, college)
    with pytest.raises(ValidationError, match="Vraag het eerst opnieuw"):
        planned(college, persoon_id, voorstel_id=voorstel.pk)
    contact.decline(actor=make_burger(), voorstel_id=voorstel.pk, now=NOW)
    with pytest.raises(ValidationError, match="Vraag het eerst opnieuw"):
        planned(college, persoon_id, voorstel_id=voorstel.pk)


# --- How long it is kept -----------------------------------------------------------------------------------------


def test_two_years_after_its_last_day_a_placement_goes_and_what_follows_stays(college: Actor, persoon_id: UUID) -> None:
    system = Actor.system(doel="gegevens wissen na de bewaartermijn")
    first = running(college, persoon_id, PROEF)
    second = plaatsingen.follow_up(
        actor=college, plaatsing_id=first.pk, inhoud=replace(CONTRACT, begint_op=TODAY, eindigt_op=None), now=NOW
    )
    last = TODAY - timedelta(days=1)
    assert PLAATSINGEN.due(last - timedelta(days=1), TODAY) == {}
    assert PLAATSINGEN.erase(actor=system, tot_en_met=last, now=NOW)["bemiddeling_plaatsing"] == 1
    assert list(Plaatsing.objects.values_list("pk", "vorige")) == [(second, None)]


def test_a_request_that_is_erased_leaves_the_placement_without_it(
    college: Actor, persoon_id: UUID, ja: Voorstel
) -> None:
    planned(college, persoon_id, voorstel_id=ja.pk)
    system = Actor.system(doel="gegevens wissen na de bewaartermijn")
    CONTACTEN.erase(actor=system, tot_en_met=TODAY + timedelta(days=60), now=NOW)
    assert Plaatsing.objects.get().voorstel_id is None
