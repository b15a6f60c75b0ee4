from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction

from banenafspraak.access import bsn as bsns
from banenafspraak.access import sleutelwissel
from banenafspraak.access.actor import Actor
from banenafspraak.access.bewaren import latest_due
from banenafspraak.access.models import Logregel, Verwerking
from banenafspraak.access.permissions import Rol
from banenafspraak.adapters import opruimen, tasks
from banenafspraak.register import bewaren
from banenafspraak.register.meldingwoorden import SOORTEN, Meldingonderwerp
from banenafspraak.register.models import (
    Aanvraag,
    Aanvraagantwoord,
    Besluit,
    Melding,
    Persoon,
    Registratie,
    Uitschrijfverzoek,
    Woonplaats,
    bsn_context,
    melding_context,
)
from banenafspraak.wet.arbeidsvermogen import AbaUitkomst
from tests.factories import (
    NOW,
    bsn,
    make_actor,
    make_besluit,
    make_burger,
    make_persoon,
    make_registratie,
    make_woonplaats,
)

SYSTEM = Actor.system(doel="gegevens wissen na de bewaartermijn")
DIED = date(2020, 2, 29)
LAST_DAY = date(2025, 2, 28)
DAY_AFTER = date(2025, 3, 1)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def make_dead(nummer: int = 0, *, died: date = DIED, registratie_tot: date | None = DIED) -> Persoon:
    persoon = make_persoon(nummer, overleden_op=died)
    make_registratie(persoon, tot=registratie_tot)
    make_woonplaats(persoon)
    return persoon


def erase(day: date) -> dict:
    return dict(bewaren.PERSONEN.erase(actor=SYSTEM, tot_en_met=latest_due(day, "P5Y"), now=noon(day)))


@pytest.mark.django_db
def test_five_years_after_a_death_everything_about_the_person_goes() -> None:
    make_dead()
    assert erase(DAY_AFTER) == {"register_registratie": 1, "register_woonplaats": 1, "register_persoon": 1}
    assert [model.objects.count() for model in (Persoon, Registratie, Woonplaats)] == [0, 0, 0]


@pytest.mark.django_db
def test_on_the_last_day_of_the_term_everything_is_still_there() -> None:
    make_dead()
    assert erase(LAST_DAY) == {}
    assert Persoon.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("tot", [None, date(2099, 1, 1)])
def test_somebody_with_a_running_registration_stays_whatever_the_register_heard(tot: date | None) -> None:
    make_dead(registratie_tot=tot)
    assert erase(date(2050, 1, 1)) == {}
    assert bewaren.held_back(latest_due(date(2050, 1, 1), "P5Y"), date(2050, 1, 1)) == 1


@pytest.mark.django_db
def test_a_running_registration_that_was_corrected_away_holds_nobody_back() -> None:
    persoon = make_dead(registratie_tot=date(2019, 1, 1))
    make_registratie(persoon, vanaf=date(2019, 6, 1), known_until=NOW.replace(year=2027))
    assert erase(DAY_AFTER)["register_registratie"] == 2


@pytest.mark.django_db
def test_the_living_stay() -> None:
    make_registratie(make_persoon(0), tot=date(2000, 1, 1), vanaf=date(1999, 1, 1))
    make_dead(1)
    erase(date(2099, 1, 1))
    assert Persoon.objects.get().overleden_op is None


@pytest.mark.django_db
def test_somebody_about_whom_another_table_keeps_something_stays(monkeypatch) -> None:
    persoon = make_dead()
    monkeypatch.setattr(bewaren, "_GOES_ALONG", ((Registratie, "persoon"),))
    # Woonplaats now stands for a table that nobody named as going along.
    assert erase(date(2099, 1, 1)) == {}
    Woonplaats.objects.filter(persoon=persoon).delete()
    assert erase(date(2099, 1, 1))["register_persoon"] == 1


@pytest.mark.django_db
def test_the_logboek_says_that_somebody_was_erased_and_who_by_index_only() -> None:
    persoon = make_dead()
    erase(DAY_AFTER)
    row = Logregel.objects.get()
    assert (row.handeling, row.onderwerp) == ("persoon gewist na bewaartermijn", f"persoon {persoon.pk}")
    assert bytes(Verwerking.objects.get().betrokkene_index) == bsns.index(bsn(0), doel="audit")


@pytest.mark.django_db
def test_a_sealed_number_that_does_not_open_is_no_reason_to_keep_the_rest() -> None:
    make_dead()
    Persoon.objects.update(bsn_verzegeld=bsns.seal(bsn(0), context="elders"))
    assert erase(DAY_AFTER)["register_persoon"] == 1


@pytest.mark.django_db
def test_more_than_one_batch_goes_batch_by_batch(monkeypatch) -> None:
    monkeypatch.setattr(bewaren, "_BATCH", 2)
    for nummer in range(5):
        make_dead(nummer)
    assert [erase(DAY_AFTER).get("register_persoon", 0) for _ in range(4)] == [2, 2, 1, 0]


@pytest.mark.django_db
def test_only_the_system_erases() -> None:
    with pytest.raises(PermissionDenied):
        bewaren.PERSONEN.erase(actor=make_actor(Rol.BEOORDELAAR), tot_en_met=DIED, now=NOW)


@pytest.mark.django_db
def test_a_proef_counts_and_erases_nothing(capsys) -> None:
    make_dead(died=date(2018, 1, 1), registratie_tot=date(2018, 1, 1))
    call_command("ruim_op", proef=True)
    shown = capsys.readouterr().out
    assert "register_persoon                     1" in shown
    assert "Er is niets gewist" in shown
    assert Persoon.objects.count() == 1


@pytest.mark.django_db
def test_the_command_erases_and_says_what_stays_and_what_is_left_to_do(capsys) -> None:
    make_dead(0, died=date(2018, 1, 1), registratie_tot=date(2018, 1, 1))
    make_dead(1, died=date(2018, 1, 1), registratie_tot=None)
    call_command("ruim_op")
    shown = capsys.readouterr().out
    assert "1 personen blijven staan" in shown
    assert "rotate_keys --ruim-op" in shown
    assert "met de hand" in shown
    assert Persoon.objects.count() == 1


@pytest.mark.django_db
def test_the_queue_erases_every_night_but_not_in_the_demo(settings) -> None:
    make_dead(0, died=date(2018, 1, 1), registratie_tot=date(2018, 1, 1))
    settings.DEMO = True
    tasks.erase_past_term(timestamp=0)
    assert Persoon.objects.count() == 1
    settings.DEMO = False
    tasks.erase_past_term(timestamp=0)
    assert not Persoon.objects.exists()


@pytest.mark.django_db
def test_after_erasing_and_a_change_of_keys_an_old_copy_says_nothing() -> None:
    persoon, other = make_dead(0), make_persoon(1)
    copy, copy_index = bytes(persoon.bsn_verzegeld), bytes(persoon.bsn_index)
    opruimen.ruim_op(now=noon(DAY_AFTER))
    # A copy from before, the key file of now: the number still opens.
    assert bsns.unseal(copy, context=bsn_context(persoon.pk)) == bsn(0).reveal()
    sleutelwissel.begin(actor=SYSTEM, doelen=("kek", "register"), now=NOW)
    sleutelwissel.wissel(actor=SYSTEM, now=NOW)
    sleutelwissel.ruim_op(actor=SYSTEM, now=NOW)
    with pytest.raises(bsns.SealError, match="key file"):
        bsns.unseal(copy, context=bsn_context(persoon.pk))
    assert copy_index not in bsns.indexes(bsn(0), doel="register")
    other.refresh_from_db()
    assert bsns.unseal(other.bsn_verzegeld, context=bsn_context(other.pk)) == bsn(1).reveal()


# --- cases --------------------------------------------------------------------------------------------------------

DECIDED = datetime(2019, 5, 1, 12, tzinfo=UTC)


def decide(persoon: Persoon, *, uitkomst: AbaUitkomst = AbaUitkomst.DOELGROEP_BANENAFSPRAAK) -> None:
    make_besluit(persoon, beoordelaar=make_actor(Rol.BEOORDELAAR), uitkomst=uitkomst, op=DECIDED)


def tell(aanvraag: Aanvraag) -> None:
    """An answer, a document and what the applicant wrote, as they lie in the register."""
    Aanvraag.objects.filter(pk=aanvraag.pk).update(inhoud_verzegeld=b"x" * 100)
    Aanvraagantwoord.objects.create(
        aanvraag=aanvraag, feit="onderwijs", waarde_verzegeld=b"x" * 100, gegeven_at=DECIDED,
        beoordelaar_id=aanvraag.beoordelaar_id,
    )  # fmt: skip


@pytest.mark.django_db
def test_a_person_goes_with_every_case_that_was_decided_long_ago() -> None:
    persoon = make_dead()
    decide(persoon, uitkomst=AbaUitkomst.ADVIES_BESCHUT_WERK)
    tell(Aanvraag.objects.get())
    counts = erase(DAY_AFTER)
    assert (counts["register_besluit"], counts["register_aanvraagstap"], counts["register_aanvraag"]) == (1, 1, 1)
    assert (counts["register_beschutwerkadvies"], counts["register_persoon"]) == (1, 1)


@pytest.mark.django_db
def test_somebody_with_an_open_case_stays() -> None:
    persoon = make_dead()
    Aanvraag.objects.create(
        persoon=persoon, geboortedatum=persoon.geboortedatum, aanvrager="persoon", begonnen_at=DECIDED
    )
    assert erase(date(2050, 1, 1)) == {}


@pytest.mark.django_db
def test_somebody_whose_objection_may_still_run_stays() -> None:
    decide(make_dead())
    Besluit.objects.update(bezwaar_op=date(2019, 6, 1))
    assert erase(date(2050, 1, 1)) == {}


@pytest.mark.django_db
@pytest.mark.parametrize(("status", "stays"), [("ingediend", True), ("ingetrokken", False)])
def test_a_request_to_leave_keeps_somebody_while_it_runs(status: str, stays: bool) -> None:
    persoon = make_dead()
    Uitschrijfverzoek.objects.create(
        persoon=persoon, status=status, verzocht_op=DECIDED.date(), verzocht_at=DECIDED, uiterlijk_op=DECIDED.date()
    )
    assert (erase(DAY_AFTER) == {}) is stays


@pytest.mark.django_db
def test_answers_and_documents_go_five_years_after_the_decision_and_the_decision_stays() -> None:
    persoon = make_persoon()
    decide(persoon)
    tell(Aanvraag.objects.get())
    wisser = bewaren.AANVRAGEN
    for day, gone in (
        (date(2024, 5, 1), {}),
        (date(2024, 5, 2), {"register_aanvraagantwoord": 1, "register_aanvraag": 1}),
    ):
        assert dict(wisser.erase(actor=SYSTEM, tot_en_met=latest_due(day, "P5Y"), now=noon(day))) == gone
    assert Aanvraag.objects.get().inhoud_verzegeld is None
    assert Besluit.objects.count() == 1
    assert Logregel.objects.get().handeling == "antwoorden en documenten gewist na bewaartermijn"


@pytest.mark.django_db
def test_the_database_refuses_to_lose_an_answer_of_less_than_five_years_ago() -> None:
    persoon = make_persoon()
    decide(persoon)
    tell(Aanvraag.objects.get())
    Aanvraagantwoord.objects.create(
        aanvraag=Aanvraag.objects.get(), feit="onderwijs", gegeven_at=NOW,
        beoordelaar_id=Aanvraag.objects.get().beoordelaar_id,
    )  # fmt: skip
    day = date(2030, 1, 1)
    with pytest.raises(IntegrityError, match="blijft staan"), transaction.atomic():
        bewaren.AANVRAGEN.erase(actor=SYSTEM, tot_en_met=latest_due(day, "P5Y"), now=noon(day))
    assert Aanvraagantwoord.objects.count() == 2


# --- what people reported -----------------------------------------------------------------------------------------


def report(registratie: Registratie | None = None, *, answered: datetime | None = None) -> Melding:
    """A melding as it lies in the register, answered or not."""
    melding = Melding(
        melder_id=make_burger(0).gebruiker_id,
        onderwerp="registratie",
        registratie=registratie,
        soort=min(soort.value for soort in SOORTEN[Meldingonderwerp.REGISTRATIE]),
        toelichting_verzegeld=b"x" * 100,
        status="gegrond" if answered else "ingediend",
        ingediend_at=DECIDED,
        ontvangen_op=DECIDED.date(),
        uiterlijk_op=date(2019, 6, 1),
        behandelaar_id=make_actor(Rol.BEOORDELAAR).gebruiker_id if answered else None,
        antwoord_verzegeld=b"x" * 100 if answered else None,
        beantwoord_at=answered,
    )
    melding.bsn_verzegeld = bsns.seal(bsn(0), context=melding_context("bsn", melding.pk))
    melding.save(force_insert=True)
    return melding


@pytest.mark.django_db
def test_a_report_about_a_registration_keeps_the_person_until_it_goes_itself() -> None:
    persoon = make_dead()
    report(Registratie.objects.get(persoon=persoon), answered=noon(date(2020, 6, 1)))
    assert erase(DAY_AFTER) == {}
    assert erase(date(2025, 6, 2)) == {}
    opruimen.ruim_op(now=noon(date(2025, 6, 2)))
    assert [model.objects.count() for model in (Melding, Registratie, Persoon)] == [0, 0, 0]


@pytest.mark.django_db
def test_what_was_told_in_an_application_that_was_withdrawn_goes_too() -> None:
    persoon = make_persoon()
    Aanvraag.objects.create(
        persoon=persoon, geboortedatum=persoon.geboortedatum, aanvrager="persoon", begonnen_at=DECIDED,
        status="ingetrokken", inhoud_verzegeld=b"x" * 100,
    )  # fmt: skip
    opruimen.ruim_op(now=noon(date(2024, 5, 1)))
    assert Aanvraag.objects.get().inhoud_verzegeld is not None
    opruimen.ruim_op(now=noon(date(2024, 5, 2)))
    assert Aanvraag.objects.get().inhoud_verzegeld is None


@pytest.mark.django_db
def test_a_report_without_an_answer_stays() -> None:
    report()
    assert dict(bewaren.MELDINGEN.erase(actor=SYSTEM, tot_en_met=date(2050, 1, 1), now=NOW)) == {}
