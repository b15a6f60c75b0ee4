from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from banenafspraak.access.models import Logregel
from banenafspraak.access.permissions import Rol
from banenafspraak.register import aanvragen, beoordeling
from banenafspraak.register.aanvragen import Aanvraagsoort, Aanvraagstatus, NietMogelijk, Overtaken
from banenafspraak.register.beoordeling import Alternatief
from banenafspraak.register.models import (
    Aanvraag,
    Aanvraagantwoord,
    Beschutwerkadvies,
    Besluit,
    Gemeentebericht,
    Persoon,
    Registratie,
    Woonplaats,
)
from banenafspraak.register.registraties import registered_on
from banenafspraak.wet.arbeidsvermogen import AbaUitkomst
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.feiten import FeitenFout, FeitOntbreekt
from tests.factories import (
    CAN_EARN_WML,
    CANNOT_EARN_WML,
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

LATER = NOW + timedelta(days=1)
TODAY = NOW.date()
pytestmark = pytest.mark.django_db


@pytest.fixture
def burger():
    return make_burger()


@pytest.fixture
def beoordelaar():
    return make_actor(Rol.BEOORDELAAR)


def decided(beoordelaar, applicant, answers, *, now=LATER, **fields):
    made = make_aanvraag(applicant, beoordelaar=beoordelaar, **fields)
    answer_all(beoordelaar, made, answers)
    return beoordeling.decide(actor=beoordelaar, aanvraag_id=made, now=now)


# --- Questions ----------------------------------------------------------------------------------------------------


def test_the_questions_come_one_by_one_and_can_be_resumed(burger, beoordelaar) -> None:
    made = make_aanvraag(burger, beoordelaar=beoordelaar)
    first = beoordeling.next_question(actor=beoordelaar, aanvraag_id=made, peildatum=TODAY)
    beoordeling.answer(actor=beoordelaar, aanvraag_id=made, feit=first.naam, waarde="geen", now=NOW)
    second = beoordeling.next_question(actor=beoordelaar, aanvraag_id=made, peildatum=TODAY)
    assert (first.naam, second.naam) == ("onderwijs", "ondersteuning_pwet_7_1_a")
    (given,) = beoordeling.answers(actor=beoordelaar, aanvraag_id=made)
    assert (given.feit, given.waarde, given.beoordelaar_id) == ("onderwijs", "geen", beoordelaar.gebruiker_id)


def test_an_answer_can_be_changed_and_taken_back_and_all_stays_on_record(burger, beoordelaar) -> None:
    made = make_aanvraag(burger, beoordelaar=beoordelaar)
    for waarde in ("vso", "geen", None):
        beoordeling.answer(actor=beoordelaar, aanvraag_id=made, feit="onderwijs", waarde=waarde, now=NOW)
    assert beoordeling.answers(actor=beoordelaar, aanvraag_id=made) == []
    assert Aanvraagantwoord.objects.count() == 3


@pytest.mark.parametrize(
    ("feit", "waarde"),
    [
        ("onderwijs", "universiteit"),
        ("kan_taak_uitvoeren", "ja"),
        ("geen_feit", True),
        ("beperking_sinds", "2026-02-30"),
        ("geboortedatum", "1990-05-02"),
        ("gevraagd", "wajong"),
        ("maanden_studerend_bij_beperking", 13),
    ],
)
def test_an_answer_that_cannot_be_is_refused(burger, beoordelaar, feit, waarde) -> None:
    made = make_aanvraag(burger, beoordelaar=beoordelaar)
    with pytest.raises(FeitenFout):
        beoordeling.answer(actor=beoordelaar, aanvraag_id=made, feit=feit, waarde=waarde, now=NOW)
    assert not Aanvraagantwoord.objects.exists()


def test_answers_that_contradict_each_other_are_refused(burger, beoordelaar) -> None:
    made = make_aanvraag(burger, beoordelaar=beoordelaar)
    beoordeling.answer(actor=beoordelaar, aanvraag_id=made, feit="vier_uur_belastbaar", waarde=True, now=NOW)
    with pytest.raises(FeitenFout):
        beoordeling.answer(actor=beoordelaar, aanvraag_id=made, feit="twee_uur_belastbaar", waarde=False, now=NOW)


def test_only_the_beoordelaar_who_has_it_answers(burger, beoordelaar) -> None:
    made = make_aanvraag(burger, beoordelaar=beoordelaar)
    with pytest.raises(Overtaken):
        beoordeling.answer(
            actor=make_actor(Rol.BEOORDELAAR), aanvraag_id=made, feit="onderwijs", waarde="geen", now=NOW
        )
    with pytest.raises(PermissionDenied):
        beoordeling.answer(actor=burger, aanvraag_id=made, feit="onderwijs", waarde="geen", now=NOW)


def test_the_person_does_not_read_the_answers(burger, beoordelaar) -> None:
    made = make_aanvraag(burger, beoordelaar=beoordelaar)
    with pytest.raises(PermissionDenied):
        beoordeling.answers(actor=burger, aanvraag_id=made)


def test_an_answer_lies_sealed(burger, beoordelaar) -> None:
    made = make_aanvraag(burger, beoordelaar=beoordelaar)
    beoordeling.answer(actor=beoordelaar, aanvraag_id=made, feit="drempelfunctie", waarde="geen", now=NOW)
    assert b"geen" not in bytes(Aanvraagantwoord.objects.get().waarde_verzegeld)


# --- Outcomes -----------------------------------------------------------------------------------------------------


def test_who_cannot_earn_the_minimum_wage_is_registered_from_the_day_of_the_decision(burger, beoordelaar) -> None:
    besluit = decided(beoordelaar, burger, CANNOT_EARN_WML)
    assert besluit.uitkomst is AbaUitkomst.DOELGROEP_BANENAFSPRAAK
    registratie = Registratie.objects.get()
    assert (registratie.grond, registratie.route) == (Grond.PWET_UWV_WML_EIGEN_VERZOEK, Route.INDICATIE_BANENAFSPRAAK)
    assert (registratie.geldig.lower, registratie.geldig.upper) == (LATER.date(), None)
    assert Woonplaats.objects.get().gemeente_id == "GM0402"
    assert [a.soort for a in besluit.alternatieven] == [Alternatief.BEZWAAR]


def test_the_decision_keeps_its_questions_and_articles(burger, beoordelaar) -> None:
    besluit = decided(beoordelaar, burger, CANNOT_EARN_WML)
    said = {stap.vraag: stap for stap in besluit.stappen}
    assert said["Kan de persoon een drempelfunctie uitvoeren?"].artikel == "3.5 lid 6 en 7 Besluit SUWI"
    # Six weeks are on Ascension day; the Friday after it is equated with a holiday, and then it is weekend.
    assert besluit.bezwaar_uiterlijk_op == date(2026, 5, 18)


def test_a_gemeente_gets_the_ground_of_the_college(beoordelaar) -> None:
    decided(beoordelaar, make_college(), CANNOT_EARN_WML)
    assert Registratie.objects.get().grond == Grond.PWET_LKS_UWV_LOONWAARDE


def test_the_refused_hear_why_and_what_else_exists(burger, beoordelaar) -> None:
    besluit = decided(beoordelaar, burger, CAN_EARN_WML | {"woont_in_nederland": True, "gevolg_van_ziekte": True})
    assert (besluit.uitkomst, besluit.ingeschreven) == (AbaUitkomst.GEEN, False)
    assert besluit.stappen[-1].uitkomst.startswith("Geen Wajong")
    assert [a.soort for a in besluit.alternatieven] == [
        Alternatief.BEZWAAR,
        Alternatief.PRAKTIJKROUTE,
        Alternatief.HULP_VAN_DE_GEMEENTE,
        Alternatief.OPNIEUW_AANVRAGEN,
    ]
    assert not Registratie.objects.exists()


def test_a_refused_gemeente_hears_which_assessments_were_not_made(beoordelaar) -> None:
    besluit = decided(beoordelaar, make_college(), CAN_EARN_WML, soort=Aanvraagsoort.BESCHUT_WERK)
    assert besluit.uitkomst is AbaUitkomst.GEEN
    assert Alternatief.BEOORDELING_BANENAFSPRAAK in [a.soort for a in besluit.alternatieven]


def test_uwv_switches_for_a_citizen_and_says_so(burger, beoordelaar) -> None:
    besluit = decided(beoordelaar, burger, CANNOT_EARN_WML | CAN_EARN_WML | CANNOT_EARN_WML, soort=Aanvraagsoort.WAJONG)
    assert (besluit.uitkomst, besluit.gewisseld) == (AbaUitkomst.DOELGROEP_BANENAFSPRAAK, True)
    assert Registratie.objects.get().route == Route.AFGEWEZEN_WAJONG


def test_who_did_not_choose_was_not_switched(burger, beoordelaar) -> None:
    besluit = decided(beoordelaar, burger, CANNOT_EARN_WML, soort=Aanvraagsoort.WEET_NIET)
    assert (besluit.uitkomst, besluit.gewisseld) == (AbaUitkomst.DOELGROEP_BANENAFSPRAAK, False)
    assert not any("Gevraagd was" in stap.uitkomst for stap in besluit.stappen)


def test_uwv_never_switches_for_a_gemeente(beoordelaar) -> None:
    besluit = decided(beoordelaar, make_college(), SHELTERED)
    assert (besluit.uitkomst, besluit.gewisseld) == (AbaUitkomst.GEEN, False)


def test_a_school_is_checked_by_its_data_alone(burger, beoordelaar) -> None:
    answers = {"duurzaam_geen_vastgesteld": False, "schoolgegevens_kloppen": True}
    besluit = decided(beoordelaar, burger, answers, soort=Aanvraagsoort.SCHOOL, onderwijs="vso")
    registratie = Registratie.objects.get()
    assert (registratie.grond, registratie.route) == (Grond.AMVB_38B_1_D, Route.VSO)
    assert registratie.geldig.lower == NOW.date()  # from the notice, not from the decision
    assert besluit.ingeschreven


def test_a_school_that_does_not_confirm_asks_nothing_medical(burger, beoordelaar) -> None:
    answers = {"duurzaam_geen_vastgesteld": False, "schoolgegevens_kloppen": False}
    besluit = decided(beoordelaar, burger, answers, soort=Aanvraagsoort.SCHOOL, onderwijs="pro")
    assert besluit.uitkomst is AbaUitkomst.GEEN
    assert Alternatief.BEOORDELING_BANENAFSPRAAK in [a.soort for a in besluit.alternatieven]


def test_entree_is_assessed(burger, beoordelaar) -> None:
    decided(beoordelaar, burger, CANNOT_EARN_WML, soort=Aanvraagsoort.SCHOOL, onderwijs="entree")
    assert Registratie.objects.get().route == Route.ENTREE


def test_an_advice_registers_nobody_and_tells_the_gemeente(burger, beoordelaar) -> None:
    besluit = decided(beoordelaar, burger, SHELTERED, soort=Aanvraagsoort.BESCHUT_WERK)
    assert besluit.uitkomst is AbaUitkomst.ADVIES_BESCHUT_WERK
    advies = Beschutwerkadvies.objects.get()
    assert (advies.pk, advies.positief, advies.gemeente_id) == (besluit.beschutwerkadvies_id, True, "GM0402")
    assert Gemeentebericht.objects.get().soort == "advies_beschut_werk"
    assert not Registratie.objects.exists()


def test_a_negative_advice_is_an_advice_too(beoordelaar) -> None:
    decided(beoordelaar, make_college(), CAN_EARN_WML, soort=Aanvraagsoort.BESCHUT_WERK)
    assert not Beschutwerkadvies.objects.get().positief


def test_who_runs_on_the_ground_already_keeps_the_registration(burger, beoordelaar) -> None:
    known = make_registratie(
        make_persoon(0), grond=Grond.PWET_UWV_WML_EIGEN_VERZOEK, route=Route.INDICATIE_BANENAFSPRAAK
    )
    besluit = decided(beoordelaar, burger, CANNOT_EARN_WML)
    assert (besluit.ingeschreven, besluit.was_al_geregistreerd) == (True, True)
    assert [r.pk for r in Registratie.objects.all()] == [known.pk]


def test_who_was_on_the_ground_before_is_registered_anew(burger, beoordelaar) -> None:
    make_registratie(
        make_persoon(0),
        grond=Grond.PWET_UWV_WML_EIGEN_VERZOEK,
        route=Route.INDICATIE_BANENAFSPRAAK,
        tot=date(2020, 1, 1),
    )
    besluit = decided(beoordelaar, burger, CANNOT_EARN_WML)
    assert (besluit.was_al_geregistreerd, Registratie.objects.count()) == (False, 2)


def test_after_a_beschut_werk_decision_nobody_comes_in(burger, beoordelaar) -> None:
    advised = decided(beoordelaar, burger, SHELTERED, soort=Aanvraagsoort.BESCHUT_WERK)
    Beschutwerkadvies.objects.filter(pk=advised.beschutwerkadvies_id).update(
        vastgesteld=True, besloten_op=LATER.date(), besloten_at=LATER, besloten_door=beoordelaar.gebruiker_id
    )
    made = make_aanvraag(burger, now=LATER + timedelta(days=3), beoordelaar=beoordelaar)
    answer_all(beoordelaar, made, CANNOT_EARN_WML, now=LATER + timedelta(days=3))
    besluit = beoordeling.decide(actor=beoordelaar, aanvraag_id=made, now=LATER + timedelta(days=4))
    assert (besluit.uitkomst, besluit.ingeschreven) == (AbaUitkomst.DOELGROEP_BANENAFSPRAAK, False)
    assert any("beschut werk vastgesteld" in stap.vraag for stap in besluit.stappen)


# --- Deciding -----------------------------------------------------------------------------------------------------


def test_a_decision_is_taken_once(burger, beoordelaar) -> None:
    first = decided(beoordelaar, burger, CANNOT_EARN_WML)
    again = beoordeling.decide(actor=beoordelaar, aanvraag_id=first.aanvraag_id, now=LATER + timedelta(days=1))
    assert again == first
    assert (Besluit.objects.count(), Registratie.objects.count()) == (1, 1)


def test_an_open_question_stops_the_decision_and_changes_nothing(burger, beoordelaar) -> None:
    made = make_aanvraag(burger, beoordelaar=beoordelaar)
    with pytest.raises(FeitOntbreekt):
        beoordeling.decide(actor=beoordelaar, aanvraag_id=made, now=LATER)
    assert Aanvraag.objects.get().status == Aanvraagstatus.IN_BEHANDELING


def test_a_withdrawn_application_is_not_decided(burger, beoordelaar) -> None:
    made = make_aanvraag(burger, beoordelaar=beoordelaar)
    answer_all(beoordelaar, made, CANNOT_EARN_WML)
    aanvragen.withdraw(actor=burger, aanvraag_id=made, now=LATER)
    with pytest.raises(NietMogelijk, match="ingetrokken"):
        beoordeling.decide(actor=beoordelaar, aanvraag_id=made, now=LATER)
    assert not Registratie.objects.exists()


def test_a_decided_application_is_not_withdrawn(burger, beoordelaar) -> None:
    besluit = decided(beoordelaar, burger, CANNOT_EARN_WML)
    with pytest.raises(NietMogelijk, match="beslist"):
        aanvragen.withdraw(actor=burger, aanvraag_id=besluit.aanvraag_id, now=LATER)


def test_a_wrong_date_of_birth_stops_the_decision(beoordelaar) -> None:
    persoon = make_persoon(0)
    make_registratie(persoon)
    made = make_aanvraag(make_college(), geboortedatum=date(1991, 1, 1), beoordelaar=beoordelaar)
    answer_all(beoordelaar, made, CANNOT_EARN_WML)
    with pytest.raises(ValidationError, match="andere geboortedatum"):
        beoordeling.decide(actor=beoordelaar, aanvraag_id=made, now=LATER)
    aanvragen.correct_geboortedatum(actor=beoordelaar, aanvraag_id=made, geboortedatum=persoon.geboortedatum, now=LATER)
    assert beoordeling.decide(actor=beoordelaar, aanvraag_id=made, now=LATER).ingeschreven


def test_somebody_of_aow_age_is_not_registered_and_the_reasons_say_so(beoordelaar) -> None:
    burger = make_burger()
    made = make_aanvraag(burger, geboortedatum=date(1950, 1, 1), beoordelaar=beoordelaar)
    answer_all(beoordelaar, made, CANNOT_EARN_WML)
    besluit = beoordeling.decide(actor=beoordelaar, aanvraag_id=made, now=LATER)
    assert not besluit.ingeschreven
    assert any("AOW" in stap.vraag for stap in besluit.stappen)


def test_another_beoordelaar_does_not_decide(burger, beoordelaar) -> None:
    besluit = decided(beoordelaar, burger, CANNOT_EARN_WML)
    with pytest.raises(Overtaken):
        beoordeling.decide(actor=make_actor(Rol.BEOORDELAAR), aanvraag_id=besluit.aanvraag_id, now=LATER)


def test_a_decision_stays_as_it_was(burger, beoordelaar) -> None:
    decided(beoordelaar, burger, CANNOT_EARN_WML)
    with pytest.raises(IntegrityError, match="blijft"), transaction.atomic():
        Besluit.objects.update(gewisseld=True)
    with pytest.raises(IntegrityError, match="blijft"), transaction.atomic():
        Besluit.objects.all().delete()


def test_an_objection_is_noted_on_a_day_that_can_be(burger, beoordelaar) -> None:
    besluit = decided(beoordelaar, burger, CANNOT_EARN_WML)
    made = besluit.aanvraag_id
    with pytest.raises(ValidationError):
        aanvragen.note_bezwaar(actor=beoordelaar, aanvraag_id=made, op=NOW.date(), now=LATER)
    aanvragen.note_bezwaar(actor=beoordelaar, aanvraag_id=made, op=LATER.date(), now=LATER)
    assert beoordeling.read_besluit(actor=burger, aanvraag_id=made, now=LATER).bezwaar_op == LATER.date()


# --- Reading the decision -----------------------------------------------------------------------------------------


def test_the_gemeente_reads_the_outcome_and_nothing_medical(beoordelaar) -> None:
    college = make_college()
    besluit = decided(beoordelaar, college, CANNOT_EARN_WML)
    seen = beoordeling.read_besluit(actor=college, aanvraag_id=besluit.aanvraag_id, now=LATER)
    assert (seen.uitkomst, seen.stappen) == (AbaUitkomst.DOELGROEP_BANENAFSPRAAK, ())
    assert Gemeentebericht.objects.get().soort == "besluit"


def test_the_person_reads_everything_and_it_is_logged(burger, beoordelaar) -> None:
    besluit = decided(beoordelaar, burger, CANNOT_EARN_WML)
    assert beoordeling.read_besluit(actor=burger, aanvraag_id=besluit.aanvraag_id, now=LATER).stappen
    assert Logregel.objects.filter(handeling="besluit ingezien").count() == 1


def test_another_gemeente_and_another_person_find_no_decision(burger, beoordelaar) -> None:
    besluit = decided(beoordelaar, burger, CANNOT_EARN_WML)
    for stranger in (make_burger(1), make_college(), make_actor(Rol.WERKGEVER)):
        with pytest.raises(Besluit.DoesNotExist):
            beoordeling.read_besluit(actor=stranger, aanvraag_id=besluit.aanvraag_id, now=LATER)


def test_the_registration_is_known_from_the_decision_on(burger, beoordelaar) -> None:
    decided(beoordelaar, burger, CANNOT_EARN_WML)
    assert registered_on(LATER.date(), known_at=LATER).exists()
    assert not registered_on(LATER.date(), known_at=NOW).exists()
    assert Persoon.objects.count() == 1
