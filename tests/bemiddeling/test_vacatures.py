"""A vacature from draft to closed: who may do what, what is refused, and what the database refuses by itself."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from hypothesis import given
from hypothesis import strategies as st

from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel
from banenafspraak.access.permissions import Rol
from banenafspraak.bemiddeling import vacatures
from banenafspraak.bemiddeling.models import OpenbareVacature, Vacature, Vacaturetaak
from banenafspraak.bemiddeling.profielrecord import Contact, Dag, Taalbeheersing
from banenafspraak.bemiddeling.vacaturerecord import (
    Geschiktreden,
    OpleidingEis,
    Sluitreden,
    Taak,
    VacatureRecord,
    Vacaturesoort,
)
from banenafspraak.register.overgangen import NietMogelijk, Overtaken
from tests.bemiddeling.contactwereld import acts
from tests.factories import (
    NOW,
    make_bemiddelaar,
    make_burger,
    make_vacature,
    make_werkgever,
    undone,
    vacaturerecord,
)

TODAY = NOW.date()
PACK = Taak("Brood inpakken", werksoort="inpakker", uren_per_week=Decimal("8.5"))
DRIVE = Taak("Bestellingen rondbrengen", uren_per_week=Decimal(8), rijbewijzen=("B",))
FULL = vacaturerecord(
    taken=(PACK, DRIVE),
    opleidingen=(OpleidingEis(2, "Bakkerij", indicatie_diploma=False),),
    taalbeheersing=(Taalbeheersing("nld", mondeling=2),),
    werkdagen=Dag.MAANDAG | Dag.DINSDAG,
    rijbewijzen=("B",),
    sluitingsdatum_vacature=TODAY + timedelta(days=30),
    contact=Contact(naam="Noor", emailadres="noor@bakkerij.example", telefoonnummer="035 123 45 67"),
)


def shown(vacature_id) -> VacatureRecord:
    return vacatures.as_shown(Vacature.objects.get(pk=vacature_id), with_contact=True)


# --- The record comes back as it went in ---------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_draft_comes_back_as_it_was_written() -> None:
    werkgever = make_werkgever(kvk="00000011")
    vacature_id = vacatures.draft(actor=werkgever, record=FULL, now=NOW)
    assert shown(vacature_id) == replace(FULL, kvk="00000011")


@pytest.mark.django_db
def test_the_region_follows_from_the_postcode() -> None:
    assert make_vacature(make_werkgever(), postcode="1211AB").regio == "AM12"


@pytest.mark.django_db
def test_the_contact_at_the_employer_is_not_in_the_row_in_plain() -> None:
    werkgever = make_werkgever()
    vacature_id = vacatures.draft(actor=werkgever, record=FULL, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT bemiddeling_vacature::text FROM bemiddeling_vacature WHERE id = %s", [vacature_id])
        (row,) = cursor.fetchone()
    assert "Noor" not in row
    assert "noor@" not in row


@pytest.mark.django_db
def test_the_same_key_again_makes_one_vacature() -> None:
    werkgever, key = make_werkgever(), uuid4()
    made = {vacatures.draft(actor=werkgever, record=FULL, sleutel=key, now=NOW) for _ in range(2)}
    assert len(made) == Vacature.objects.count() == 1


# --- What is refused -----------------------------------------------------------------------------------------------

WRONG = [
    ("aantal_werkuren_per_week_maximaal", {"aantal_werkuren_per_week_maximaal": 61}),
    ("aantal_werkuren_per_week_maximaal", {"aantal_werkuren_per_week_maximaal": 0}),
    ("aantal_werkuren_per_week_minimaal", {"aantal_werkuren_per_week_minimaal": 30}),
    ("sluitingsdatum_vacature", {"sluitingsdatum_vacature": TODAY - timedelta(days=1)}),
    ("datum_aanvang_werkzaamheden", {"datum_aanvang_werkzaamheden": date(2020, 1, 1)}),
    (
        "datum_einde_werkzaamheden",
        {
            "datum_aanvang_werkzaamheden": TODAY + timedelta(days=9),
            "datum_einde_werkzaamheden": TODAY + timedelta(days=8),
        },
    ),
    ("omschrijving_vacature", {"omschrijving_vacature": "x" * 2001}),
    ("naam_vacature", {"naam_vacature": "Bel 999900006"}),
    ("naam_vacature", {"naam_vacature": "a\u202eb"}),
    ("postcode", {"postcode": "0000"}),
    ("werksoort", {"werksoort": "tovenaar"}),
    ("webadres", {"webadres": "javascript:alert(1)"}),
    ("kvk", {"kvk": "1234"}),
    ("taken", {"taken": (Taak("Inpakken", uren_per_week=Decimal(25)),)}),
    ("taken", {"taken": (Taak(""),)}),
    ("taken", {"taken": (PACK,) * 31}),
    ("contact_emailadres", {"contact": Contact(emailadres="geen adres")}),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("veld", "fields"), WRONG)
def test_what_cannot_be_so_is_said_at_its_field(veld: str, fields: dict) -> None:
    bemiddelaar = make_bemiddelaar()
    with pytest.raises(ValidationError) as caught:
        vacatures.draft(actor=bemiddelaar, record=vacaturerecord(**fields), now=NOW)
    assert veld in caught.value.message_dict
    assert not Vacature.objects.exists()


@pytest.mark.django_db
def test_a_message_does_not_repeat_what_was_typed() -> None:
    with pytest.raises(ValidationError) as caught:
        vacatures.draft(actor=make_werkgever(), record=vacaturerecord(naam_vacature="Bel 999900006"), now=NOW)
    assert "999900006" not in str(caught.value)


@pytest.mark.django_db
def test_an_employer_cannot_place_under_the_number_of_another() -> None:
    make_werkgever(kvk="00000022", naam="Ander")
    werkgever = make_werkgever(kvk="00000011")
    with pytest.raises(ValidationError) as caught:
        vacatures.draft(actor=werkgever, record=vacaturerecord(kvk="00000022"), now=NOW)
    assert list(caught.value.message_dict) == ["kvk"]


@pytest.mark.django_db
def test_an_adviser_opens_nothing_without_an_employer() -> None:
    bemiddelaar = make_bemiddelaar()
    vacature_id = vacatures.draft(actor=bemiddelaar, record=vacaturerecord(), now=NOW)
    with pytest.raises(ValidationError) as caught:
        vacatures.place(actor=bemiddelaar, vacature_id=vacature_id, now=NOW)
    assert list(caught.value.message_dict) == ["kvk"]
    assert Vacature.objects.get().status == "concept"


@pytest.mark.django_db
def test_a_draft_may_be_empty_and_says_what_is_missing_when_it_is_opened() -> None:
    werkgever = make_werkgever()
    vacature_id = vacatures.draft(actor=werkgever, record=VacatureRecord(), now=NOW)
    with pytest.raises(ValidationError) as caught:
        vacatures.place(actor=werkgever, vacature_id=vacature_id, now=NOW)
    assert set(caught.value.message_dict) == {
        "naam_vacature", "omschrijving_vacature", "werksoort", "postcode", "aantal_werkuren_per_week_maximaal",
    }  # fmt: skip


@pytest.mark.django_db
def test_a_date_that_passed_since_may_stay_when_something_else_changes() -> None:
    werkgever = make_werkgever()
    begin = TODAY + timedelta(days=3)
    vacature = make_vacature(werkgever, datum_aanvang_werkzaamheden=begin)
    later = NOW + timedelta(days=10)
    record = vacaturerecord(datum_aanvang_werkzaamheden=begin, naam_vacature="Bakkershulp")
    vacatures.change(actor=werkgever, vacature_id=vacature.pk, versie=vacature.versie, record=record, now=later)
    assert Vacature.objects.get().naam_vacature == "Bakkershulp"


# --- Changing, copying, closing ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_who_saves_over_somebody_else_is_told_and_nothing_is_lost() -> None:
    werkgever = make_werkgever()
    vacature = make_vacature(werkgever)
    first, second = vacaturerecord(naam_vacature="Een"), vacaturerecord(naam_vacature="Twee")
    vacatures.change(actor=werkgever, vacature_id=vacature.pk, versie=vacature.versie, record=first, now=NOW)
    with pytest.raises(Overtaken):
        vacatures.change(actor=werkgever, vacature_id=vacature.pk, versie=vacature.versie, record=second, now=NOW)
    assert Vacature.objects.get().naam_vacature == "Een"


@pytest.mark.django_db
def test_saving_the_same_changes_nothing() -> None:
    werkgever = make_werkgever()
    vacature = make_vacature(werkgever)
    same = vacatures.as_shown(vacature, with_contact=True)
    assert vacatures.change(actor=werkgever, vacature_id=vacature.pk, versie=vacature.versie, record=same, now=NOW) == (
        vacature.versie
    )


@pytest.mark.django_db
def test_a_copy_is_a_draft_without_the_days_that_passed() -> None:
    werkgever = make_werkgever()
    vacature = make_vacature(werkgever, record=FULL)
    made = vacatures.copy(actor=werkgever, vacature_id=vacature.pk, now=NOW + timedelta(days=60))
    assert shown(made) == replace(shown(vacature.pk), sluitingsdatum_vacature=None)
    assert Vacature.objects.get(pk=made).status == "concept"


@pytest.mark.django_db
def test_closing_needs_a_reason_that_a_person_can_have() -> None:
    werkgever = make_werkgever()
    vacature = make_vacature(werkgever)
    with pytest.raises(ValidationError):
        vacatures.close(actor=werkgever, vacature_id=vacature.pk, reden=Sluitreden.VERLOPEN, now=NOW)
    closing = {"actor": werkgever, "vacature_id": vacature.pk, "reden": Sluitreden.VERVULD_ANDERS, "now": NOW}
    assert [vacatures.close(**closing), vacatures.close(**closing)] == [True, False]


@pytest.mark.django_db
def test_the_clock_closes_what_is_past_its_last_day() -> None:
    werkgever = make_werkgever()
    last = TODAY + timedelta(days=5)
    make_vacature(werkgever, sluitingsdatum_vacature=last)
    make_vacature(werkgever)
    systeem = Actor.system(doel="een test")
    assert vacatures.expire(actor=systeem, now=NOW + timedelta(days=5)) == 0
    assert vacatures.expire(actor=systeem, now=NOW + timedelta(days=6)) == 1
    assert Vacature.objects.get(status="gesloten").sluitreden == "verlopen"


@pytest.mark.django_db
def test_existing_work_is_never_opened() -> None:
    werkgever = make_werkgever()
    functie = vacatures.Toestand(Vacaturesoort.FUNCTIE)
    vacature_id = vacatures.draft(actor=werkgever, record=vacaturerecord(), toestand=functie, now=NOW)
    with pytest.raises(NietMogelijk):
        vacatures.place(actor=werkgever, vacature_id=vacature_id, now=NOW)


@pytest.mark.django_db
def test_what_was_done_stands_in_the_logboek_without_any_of_the_text() -> None:
    werkgever = make_werkgever()
    vacature = make_vacature(werkgever, record=FULL)
    vacatures.close(actor=werkgever, vacature_id=vacature.pk, reden=Sluitreden.DUBBEL, now=NOW)
    rows = Logregel.objects.filter(onderwerp=f"vacature {vacature.pk}")
    assert list(rows.order_by("pk").values_list("handeling", flat=True)) == [
        "vacature gemaakt", "vacature geplaatst", "vacature gesloten",
    ]  # fmt: skip
    assert "Brood" not in str(list(rows.values()))


# --- Judging -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_adviser_says_why_a_vacature_suits() -> None:
    vacature = make_vacature(make_werkgever())
    bemiddelaar = make_bemiddelaar(regio="AM12")
    vacatures.judge(
        actor=bemiddelaar, vacature_id=vacature.pk, geschikt=True, reden=Geschiktreden.BEGELEIDING_IS_ER, now=NOW
    )
    vacature.refresh_from_db()
    assert (vacature.geschikt, vacature.geschikt_door_id) == (True, bemiddelaar.gebruiker_id)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("geschikt", "reden"), [(True, Geschiktreden.EISEN_TE_HOOG), (False, Geschiktreden.BEGELEIDING_IS_ER)]
)
def test_a_reason_must_be_one_for_the_answer(geschikt: bool, reden: Geschiktreden) -> None:
    vacature = make_vacature(make_werkgever())
    with pytest.raises(ValidationError):
        vacatures.judge(actor=make_bemiddelaar(), vacature_id=vacature.pk, geschikt=geschikt, reden=reden, now=NOW)


@pytest.mark.django_db
def test_an_adviser_of_another_region_does_not_judge() -> None:
    vacature = make_vacature(make_werkgever())
    with pytest.raises(Vacature.DoesNotExist):
        vacatures.judge(
            actor=make_bemiddelaar(regio="AM01"),
            vacature_id=vacature.pk,
            geschikt=True,
            reden=Geschiktreden.BEGELEIDING_IS_ER,
            now=NOW,
        )


@pytest.mark.django_db
def test_an_employer_judges_nothing() -> None:
    werkgever = make_werkgever()
    vacature = make_vacature(werkgever)
    with pytest.raises(PermissionDenied):
        vacatures.judge(
            actor=werkgever, vacature_id=vacature.pk, geschikt=True, reden=Geschiktreden.BEGELEIDING_IS_ER, now=NOW
        )


# --- Who sees which, by the code and by the database ----------------------------------------------------------------


def _world() -> tuple[dict[str, Actor], dict[str, Vacature]]:
    actors = {
        "alice": make_werkgever(kvk="00000011"),
        "bob": make_werkgever(kvk="00000022", naam="Ander"),
        "here": make_bemiddelaar(regio="AM12"),
        "there": make_bemiddelaar(regio="AM01", naam="WSP elders"),
    }
    hidden = vacatures.draft(
        actor=actors["alice"], record=vacaturerecord(), toestand=vacatures.Toestand(openbaar=False), now=NOW
    )
    vacatures.place(actor=actors["alice"], vacature_id=hidden, now=NOW)
    return actors, {
        "draft": make_vacature(actors["alice"], is_open=False),
        "open": make_vacature(actors["alice"]),
        "hidden": Vacature.objects.get(pk=hidden),
        "of adviser": make_vacature(actors["there"], kvk="00000011", is_open=False),
        "of bob": make_vacature(actors["bob"], is_open=False),
    }


SEES = {
    "alice": {"draft", "open", "hidden", "of adviser"},
    "bob": {"of bob"},
    "here": {"open", "hidden"},
    "there": {"open", "of adviser"},
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", SEES)
def test_everybody_sees_the_own_and_no_more(name: str) -> None:
    actors, made = _world()
    by_id = {vacature.pk: word for word, vacature in made.items()}
    by_code = acts(actors[name], lambda *, actor: [v.pk for v in vacatures.visible_to(actor)])
    by_database = acts(actors[name], lambda *, actor: [v.pk for v in Vacature.objects.all()])
    assert {by_id[pk] for pk in by_code} == {by_id[pk] for pk in by_database} == SEES[name]


@pytest.mark.django_db
def test_the_tasks_go_with_the_vacature() -> None:
    actors, _ = _world()
    make_vacature(actors["alice"], record=FULL, is_open=False)
    count = {name: acts(actor, lambda *, actor: Vacaturetaak.objects.count()) for name, actor in actors.items()}
    assert count == {"alice": 2, "bob": 0, "here": 0, "there": 0}


@pytest.mark.django_db
def test_everybody_reads_what_is_public_and_nothing_of_who_keeps_it() -> None:
    actors, made = _world()
    for actor in (actors["bob"], make_burger()):
        assert acts(actor, lambda *, actor: [v.pk for v in vacatures.public(TODAY)]) == [made["open"].pk]
    columns = {field.name for field in OpenbareVacature._meta.get_fields()}
    assert not columns & {"kvk", "contact_verzegeld", "geschikt_door", "gemaakt_door", "bronnummer"}


@pytest.mark.django_db
def test_after_the_last_day_it_is_not_public() -> None:
    make_vacature(make_werkgever(), sluitingsdatum_vacature=TODAY)
    assert [vacatures.public(day).count() for day in (TODAY, TODAY + timedelta(days=1))] == [1, 0]


@pytest.mark.django_db
def test_a_burger_cannot_even_ask_for_the_table() -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        acts(make_burger(), lambda *, actor: Vacature.objects.count())


@pytest.mark.django_db
def test_the_database_lets_no_employer_judge_or_write_for_another() -> None:
    alice = make_werkgever(kvk="00000011")
    vacature = make_vacature(alice)

    def judge(*, actor: Actor) -> None:
        Vacature.objects.filter(pk=vacature.pk).update(geschikt=True, geschikt_reden="uitgesneden", geschikt_at=NOW)

    def steal(*, actor: Actor) -> None:
        Vacature.objects.filter(pk=vacature.pk).update(kvk="00000022")

    for what in (judge, steal):
        with pytest.raises(ProgrammingError, match=r"permission denied|row-level security"):
            acts(alice, what)


@pytest.mark.django_db
def test_every_action_of_an_employer_and_an_adviser_works_under_their_own_role() -> None:
    alice, adviser = make_werkgever(kvk="00000011"), make_bemiddelaar(regio="AM12")
    vacature_id = acts(alice, vacatures.draft, record=FULL, now=NOW)
    acts(alice, vacatures.change, vacature_id=vacature_id, versie=1, record=replace(FULL, taken=(DRIVE,)), now=NOW)
    acts(alice, vacatures.place, vacature_id=vacature_id, now=NOW)
    reden = Geschiktreden.TAKEN_ZIJN_TE_LEREN
    acts(adviser, vacatures.judge, vacature_id=vacature_id, geschikt=True, reden=reden, now=NOW)
    copied = acts(alice, vacatures.copy, vacature_id=vacature_id, now=NOW)
    acts(alice, vacatures.discard, vacature_id=copied, now=NOW)
    acts(adviser, vacatures.close, vacature_id=vacature_id, reden=Sluitreden.VERVULD_DOELGROEP, now=NOW)
    theirs = acts(adviser, vacatures.draft, record=replace(FULL, kvk="00000011"), now=NOW)
    acts(adviser, vacatures.place, vacature_id=theirs, now=NOW)
    assert acts(alice, vacatures.close, vacature_id=theirs, reden=Sluitreden.INGETROKKEN, now=NOW)


@pytest.mark.django_db
def test_an_adviser_does_not_close_an_employers_vacature_for_another_reason() -> None:
    vacature = make_vacature(make_werkgever())
    with pytest.raises(Vacature.DoesNotExist):
        vacatures.close(actor=make_bemiddelaar(), vacature_id=vacature.pk, reden=Sluitreden.INGETROKKEN, now=NOW)


@pytest.mark.django_db
def test_nobody_is_forgotten_as_an_actor() -> None:
    with pytest.raises(TypeError):
        vacatures.visible_to(None)  # type: ignore[arg-type]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"status": "gesloten"},
        {"status": "open", "naam_vacature": ""},
        {"status": "open", "werkgever": None, "kvk": "", "geopend_op": TODAY},
        {"geschikt": True},
        {"aantal_werkuren_per_week_maximaal": 61},
        {"soort": "functie", "status": "open", "geopend_op": TODAY},
        {"rijbewijzen": ["Z"]},
    ],
)
def test_the_database_refuses_what_cannot_be(fields: dict) -> None:
    vacature = make_vacature(make_werkgever(), is_open=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Vacature.objects.filter(pk=vacature.pk).update(**fields)


# --- The life, against a model that is nothing but the table --------------------------------------------------------

STEPS = st.lists(st.sampled_from(["place", "close", "discard", "change", "judge"]), max_size=8)


@pytest.mark.django_db
@given(steps=STEPS)
def test_no_order_of_steps_leads_to_another_state_than_the_table_says(steps: list[str]) -> None:
    with undone():
        werkgever, adviser = make_werkgever(), make_bemiddelaar()
        vacature_id = vacatures.draft(actor=werkgever, record=FULL, now=NOW)
        expected: str | None = "concept"
        for number, step in enumerate(steps):
            before = expected
            may = {
                "place": before in ("concept", "open"),
                "close": before in ("open", "gesloten"),
                "discard": before in ("concept", None),
                "change": before in ("concept", "open"),
                "judge": before == "open",
            }[step]
            if may:
                expected = {"place": "open", "close": "gesloten", "discard": None}.get(step, before)
            try:
                _do(step, werkgever, adviser, vacature_id, number)
            except (NietMogelijk, Vacature.DoesNotExist):
                assert not may
            else:
                assert may
            assert Vacature.objects.filter(pk=vacature_id).values_list("status", flat=True).first() == expected


def _do(step: str, werkgever: Actor, adviser: Actor, vacature_id, number: int) -> None:
    if step == "change":
        versie = Vacature.objects.get(pk=vacature_id).versie
        record = replace(FULL, naam_vacature=f"Bakker {number}")
        vacatures.change(actor=werkgever, vacature_id=vacature_id, versie=versie, record=record, now=NOW)
    elif step == "close":
        vacatures.close(actor=werkgever, vacature_id=vacature_id, reden=Sluitreden.DUBBEL, now=NOW)
    elif step == "judge":
        reden = Geschiktreden.UITGESNEDEN
        vacatures.judge(actor=adviser, vacature_id=vacature_id, geschikt=True, reden=reden, now=NOW)
    else:
        getattr(vacatures, step)(actor=werkgever, vacature_id=vacature_id, now=NOW)


def test_an_employer_is_the_only_role_with_own_vacatures_besides_an_adviser() -> None:
    others = [rol for rol in Rol if rol not in (Rol.WERKGEVER, Rol.BEMIDDELAAR, Rol.SYSTEEM)]
    for rol in others:
        user = None if rol in (Rol.ANONIEM, Rol.VUM) else uuid4()
        actor = Actor(user, 1, rol, None, "een test")
        assert vacatures.visible_to(actor).query.is_empty()
