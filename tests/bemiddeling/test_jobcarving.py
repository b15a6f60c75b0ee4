"""Carving a job out of others: what it asks, who may, and how many people fit before and after."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from banenafspraak.bemiddeling import jobcarving, klassen, vacatures, zoekindex
from banenafspraak.bemiddeling.models import Vacature, Vacaturetaak
from banenafspraak.bemiddeling.vacaturerecord import Taak, Vacaturesoort, highest_niveau
from banenafspraak.bemiddeling.vensterindex import INDEX as VENSTER
from tests.bemiddeling.contactwereld import acts
from tests.bemiddeling.kaartmensen import CLEANER, SYSTEEM, make_people
from tests.factories import NOW, make_bemiddelaar, make_vacature, make_werkgever, vacaturerecord

CLEAN = Taak("De kantine schoonhouden", "schoonmaker_kantoor", Decimal("10"), code_werk_en_denkniveau_minimaal=2)
SWEEP = Taak("De werkplaats vegen", "schoonmaker_fabriek", Decimal("6.5"))
ORDER = Taak("Bestellingen uitzoeken", "orderpicker", Decimal("12"), code_werk_en_denkniveau_minimaal=4)
DRIVE = Taak("Bestellingen wegbrengen", "orderpicker", Decimal("8"), rijbewijzen=("B",))


@pytest.fixture(autouse=True)
def _fresh():
    zoekindex.INDEX.forget()
    VENSTER.forget()
    yield
    zoekindex.INDEX.forget()
    VENSTER.forget()


def job(actor, *taken: Taak, **fields) -> Vacature:
    values = {
        "taken": taken,
        "werksoort": "orderpicker",
        "code_werk_en_denkniveau_minimaal": 4,
        "aantal_werkuren_per_week_minimaal": 32,
        "aantal_werkuren_per_week_maximaal": 40,
    }
    return make_vacature(actor, record=vacaturerecord(**(values | fields)))


def ids(*omschrijvingen: str) -> list:
    return list(Vacaturetaak.objects.filter(omschrijving__in=omschrijvingen).values_list("pk", flat=True))


@pytest.mark.django_db
def test_a_carved_job_asks_what_its_tasks_ask_and_no_more() -> None:
    werkgever = make_werkgever()
    job(werkgever, CLEAN, ORDER)
    job(werkgever, SWEEP, DRIVE)
    made = jobcarving.carve(
        actor=werkgever, taak_ids=ids(CLEAN.omschrijving, SWEEP.omschrijving), naam="Hulp in huis", now=NOW
    )
    record = vacatures.record_of(Vacature.objects.get(pk=made))
    assert set(record.taken) == {CLEAN, SWEEP}
    assert (record.aantal_werkuren_per_week_minimaal, record.aantal_werkuren_per_week_maximaal) == (17, 17)
    assert (highest_niveau(record), record.rijbewijzen, record.werksoort) == (2, (), "schoonmaker_kantoor")


@pytest.mark.django_db
def test_the_sources_stay_and_the_tasks_say_where_they_came_from() -> None:
    werkgever = make_werkgever()
    source = job(werkgever, CLEAN, ORDER)
    made = jobcarving.carve(actor=werkgever, taak_ids=ids(CLEAN.omschrijving), naam="Hulp", now=NOW)
    assert source.taken.count() == 2
    assert Vacaturetaak.objects.get(vacature=made).komt_uit.vacature_id == source.pk


@pytest.mark.django_db
def test_tasks_come_from_existing_work_too() -> None:
    werkgever = make_werkgever()
    functie = vacatures.Toestand(Vacaturesoort.FUNCTIE)
    vacatures.draft(actor=werkgever, record=vacaturerecord(taken=(CLEAN,)), toestand=functie, now=NOW)
    made = jobcarving.carve(actor=werkgever, taak_ids=ids(CLEAN.omschrijving), naam="Hulp", now=NOW)
    assert vacatures.place(actor=werkgever, vacature_id=made, now=NOW) is True


@pytest.mark.django_db
def test_an_adviser_sees_that_more_people_fit_after_than_before() -> None:
    werkgever, adviser = make_werkgever(), make_bemiddelaar(regio="AM12")
    make_people([CLEANER] * 4 + [CLEANER | {"code_werk_en_denkniveau": 1}] * 2)
    make_people([CLEANER], first=20, gemeente="GM0363")  # of another region
    cleaning = replace(CLEAN, uren_per_week=Decimal(20))
    job(werkgever, cleaning, ORDER)
    seen = acts(adviser, jobcarving.look, taak_ids=ids(CLEAN.omschrijving), naam="Hulp", now=NOW)
    assert [bron.voor for bron in seen.bronnen] == [jobcarving.Bereik(0, in_tientallen=False)]
    assert seen.na == jobcarving.Bereik(4, in_tientallen=False)


@pytest.mark.django_db
def test_hours_that_meet_are_enough() -> None:
    adviser = make_bemiddelaar(regio="AM12")
    make_people([CLEANER])  # 20 to 28 hours
    reach = {}
    for low, high in ((8, 19), (16, 20), (21, 27), (28, 40), (29, 40)):
        record = vacaturerecord(
            werksoort="schoonmaker_kantoor",
            aantal_werkuren_per_week_minimaal=low,
            aantal_werkuren_per_week_maximaal=high,
        )
        reach[low, high] = jobcarving.reach(record, actor=adviser, now=NOW).aantal
    assert reach == {(8, 19): 0, (16, 20): 1, (21, 27): 1, (28, 40): 1, (29, 40): 0}


@pytest.mark.django_db
def test_a_licence_that_a_task_asks_leaves_out_who_said_to_have_none() -> None:
    adviser = make_bemiddelaar(regio="AM12")
    make_people([CLEANER | {"rijbewijzen": licences} for licences in (None, [], ["AM"], ["AM", "B"])])
    plain = vacaturerecord(werksoort="schoonmaker_kantoor", aantal_werkuren_per_week_minimaal=24)
    driving = replace(plain, taken=(DRIVE,))
    counts = [jobcarving.reach(one, actor=adviser, now=NOW).aantal for one in (plain, driving)]
    assert counts == [4, 2]


@pytest.mark.django_db
@pytest.mark.parametrize(("people", "tens"), [(14, 0), (17, 10), (23, 20)])
def test_an_employer_gets_tens_and_only_of_those_on_cards(people: int, tens: int) -> None:
    werkgever = make_werkgever()
    make_people([CLEANER] * people)
    klassen.publish(actor=SYSTEEM, now=NOW)
    record = vacaturerecord(werksoort="schoonmaker_kantoor", aantal_werkuren_per_week_minimaal=24)
    found = acts(werkgever, jobcarving.reach, record=record, now=NOW)
    assert (found.aantal, found.in_tientallen) == (tens, True)


@pytest.mark.django_db
def test_an_adviser_without_a_place_counts_nobody() -> None:
    make_people([CLEANER])
    nowhere = make_bemiddelaar(regio="AM01")
    record = vacaturerecord(werksoort="schoonmaker_kantoor")
    assert jobcarving.reach(record, actor=nowhere, now=NOW).aantal == 0


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["nobody", "another employer", "a stranger"])
def test_only_tasks_that_somebody_sees_of_one_employer(who: str) -> None:
    alice, bob = make_werkgever(kvk="00000011"), make_werkgever(kvk="00000022", naam="Ander")
    job(alice, CLEAN)
    job(bob, SWEEP)
    adviser = make_bemiddelaar(regio="AM12")
    actor, tasks = {
        "nobody": (adviser, []),
        "another employer": (adviser, ids(CLEAN.omschrijving, SWEEP.omschrijving)),
        "a stranger": (bob, ids(CLEAN.omschrijving)),
    }[who]
    with pytest.raises(ValidationError) as caught:
        jobcarving.look(actor=actor, taak_ids=tasks, now=NOW)
    assert list(caught.value.message_dict) == ["taken"]


@pytest.mark.django_db
def test_more_hours_than_a_week_are_refused() -> None:
    werkgever = make_werkgever()
    long = Taak("Alles", uren_per_week=Decimal("35"))
    job(werkgever, long)
    job(werkgever, long)
    with pytest.raises(ValidationError, match="70"):
        jobcarving.look(actor=werkgever, taak_ids=ids("Alles"), now=NOW)


@pytest.mark.django_db
def test_an_adviser_carves_out_of_an_employers_vacature_in_the_region() -> None:
    werkgever, adviser = make_werkgever(kvk="00000011"), make_bemiddelaar(regio="AM12")
    job(werkgever, CLEAN, ORDER)
    made = acts(adviser, jobcarving.carve, taak_ids=ids(CLEAN.omschrijving), naam="Hulp in de kantine", now=NOW)
    vacature = Vacature.objects.get(pk=made)
    assert (vacature.werkgever_id, vacature.geplaatst_door_id) == (werkgever.organisatie_id, adviser.organisatie_id)


TASKS = st.builds(
    Taak,
    omschrijving=st.just("Iets doen"),
    werksoort=st.sampled_from(["", "bakker", "orderpicker"]),
    uren_per_week=st.none() | st.integers(1, 120).map(lambda n: Decimal(n) / 10),
    code_werk_en_denkniveau_minimaal=st.none() | st.integers(1, 6),
    rijbewijzen=st.sampled_from([(), ("B",)]),
)


@given(taken=st.lists(TASKS, min_size=2, max_size=5), picked=st.data())
def test_fewer_tasks_never_ask_more(taken: list[Taak], picked) -> None:
    source = vacaturerecord(taken=tuple(taken))
    some = picked.draw(st.lists(st.sampled_from(taken), min_size=1, max_size=len(taken)))
    whole, part = (jobcarving.carved("Hulp", tasks, [source]) for tasks in (taken, some))
    assert (highest_niveau(part) or 0) <= (highest_niveau(whole) or 0)
    assert {one for t in part.taken for one in t.rijbewijzen} <= {one for t in whole.taken for one in t.rijbewijzen}
