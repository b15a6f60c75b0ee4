"""The promise about cards under any order of events, and when they happen at the same time."""

import re
import threading
from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from banenafspraak.access import database
from banenafspraak.access.permissions import Rol
from banenafspraak.bemiddeling import klassen, vensterindex, verkenner
from banenafspraak.bemiddeling.kenmerken import KENMERKEN, finest, fits, level_of
from banenafspraak.bemiddeling.models import Klantprofiel, Klasse, Klasselid, Verberging, Vindbaarheid
from banenafspraak.bemiddeling.wens import Wens
from banenafspraak.bemiddeling.zoekregels import read
from banenafspraak.register.models import Registratie
from tests.bemiddeling.kaartmensen import CLEANER, SYSTEEM, make_people, publish
from tests.factories import NOW, SINCE, make_actor, undone

ANSWERS = (
    {},
    {"code_werk_en_denkniveau": None},
    {"code_werk_en_denkniveau": 5},
    {"bemiddelingspostcode": "1381"},
    {"werksoorten": ["tuinman"]},
    {"aantal_werkuren_per_week_minimaal": 8, "aantal_werkuren_per_week_maximaal": 10},
)
some = st.lists(st.integers(0, 41), min_size=1, max_size=18, unique=True)


def make_machine(people: list[Klantprofiel], employer) -> type[RuleBasedStateMachine]:
    class Belofte(RuleBasedStateMachine):
        """Forty-two people to whom anything may happen, and one employer who looks after every event."""

        @initialize(few=st.booleans())
        def begin(self, few: bool) -> None:
            self.undo = undone()
            self.undo.__enter__()
            self.now = NOW
            self.shown: dict = {}
            vensterindex.INDEX.forget()
            # Too few of each kind at first for a class of their own.
            self.of(list(range(24, 42)) if few else []).update(status="concept")

        def teardown(self) -> None:
            if hasattr(self, "undo"):
                self.undo.__exit__(None, None, None)

        def of(self, places: list[int]):
            return Klantprofiel.objects.filter(pk__in=[people[place].pk for place in places])

        @rule(places=some)
        def withdraw(self, places: list[int]) -> None:
            self.of(places).update(status="concept")

        @rule(kind=st.integers(0, 1))
        def withdraw_a_kind(self, kind: int) -> None:
            self.of(list(range(kind, 42, 2))).update(status="concept")

        @rule(kind=st.integers(0, 1))
        def return_a_kind(self, kind: int) -> None:
            self.of(list(range(kind, 42, 2))).update(status="openbaar", beschikbaar_bevestigd_op=self.now.date())

        @rule(places=some)
        def return_(self, places: list[int]) -> None:
            self.of(places).update(status="openbaar", beschikbaar_bevestigd_op=self.now.date())

        @rule(places=some, answers=st.sampled_from(ANSWERS))
        def change(self, places: list[int], answers: dict) -> None:
            self.of(places).update(**{**CLEANER, **answers})

        @rule(place=st.integers(0, 41))
        def show_more(self, place: int) -> None:
            if self.of([place]).filter(status="openbaar").exists():
                kaart = {"waarden": ["AM12", *[""] * (len(KENMERKEN) - 1)]}
                Vindbaarheid.objects.get_or_create(
                    profiel=people[place], defaults={"kaart": kaart, "sinds_at": self.now}
                )

        @rule(place=st.integers(0, 41))
        def take_back(self, place: int) -> None:
            Vindbaarheid.objects.filter(profiel=people[place]).delete()

        @rule(place=st.integers(0, 41))
        def hide(self, place: int) -> None:
            Verberging.objects.get_or_create(
                profiel=people[place], organisatie_id=employer.organisatie_id, defaults={"sinds_at": self.now}
            )

        @rule(place=st.integers(0, 41))
        def end_registration(self, place: int) -> None:
            rows = Registratie.objects.filter(
                persoon_id=people[place].persoon_id, bekend__endswith=None, geldig__endswith=None
            )
            if rows.update(bekend=(NOW - timedelta(days=1), self.now)):
                Registratie.objects.create(
                    persoon_id=people[place].persoon_id, grond="wajong", route="wajong_2015",
                    geldig=(SINCE, self.now.date() + timedelta(days=3)), bekend=(self.now, None),
                )  # fmt: skip

        @rule(days=st.integers(1, 25))
        def wait(self, days: int) -> None:
            self.now += timedelta(days=days)

        @rule()
        def job(self) -> None:
            klassen.expire(actor=SYSTEEM, now=self.now)

        @rule(days=st.integers(0, 7))
        def publish(self, days: int) -> None:
            self.now += timedelta(days=days, minutes=1)
            publish(self.now)
            best = {one.profiel_id: finest(one, self.now.date()) for one in read(None, peildatum=self.now.date())}
            cards = {klasse.pk: klassen.values_of(klasse) for klasse in Klasse.objects.all()}
            for pk, klasse_id in Klasselid.objects.values_list("profiel_id", "klasse_id"):
                assert fits(best[pk], cards[klasse_id]), "a card says only what is so"
                before, last = self.shown.get(pk, (None, None))
                if before is not None and self.now - last < timedelta(days=30) and fits(best[pk], before):
                    finer = [k for k, a, b in zip(KENMERKEN, before, cards[klasse_id], strict=True)
                             if level_of(k, b) < level_of(k, a)]  # fmt: skip
                    assert not finer, "nobody is shown finer than before"

        @invariant()
        def every_card_is_of_nobody_or_of_ten(self) -> None:
            if not hasattr(self, "now"):
                return
            today = self.now.date()
            with transaction.atomic(), database.acting(employer):
                found = verkenner.search(Wens(), actor=employer, now=self.now)
            hidden = set(Verberging.objects.values_list("profiel_id", flat=True))
            alone = set(Vindbaarheid.objects.values_list("profiel_id", flat=True))
            visible = {one.profiel_id for one in read(None, peildatum=today) if one.is_visible_on(today)}
            for one in found.gevonden:
                if one.kaart.is_persoon:
                    continue
                members = set(
                    Klasselid.objects.filter(klasse=one.kaart.nummer).values_list("profiel_id", flat=True)
                ) & (visible - hidden - alone)
                assert 10 <= one.kaart.tientallen <= len(members)
            shown_alone = sum(one.kaart.is_persoon for one in found.gevonden)
            assert shown_alone == len(alone & visible - hidden)
            assert found.tientallen == sum(one.kaart.tientallen for one in found.gevonden)
            members_now = Klasselid.objects.select_related("klasse")
            self.shown |= {one.profiel_id: (klassen.values_of(one.klasse), self.now) for one in members_now}
            for klasse in Klasse.objects.all():
                assert klasse.aantal == Klasselid.objects.filter(klasse=klasse).count()
                assert klasse.aantal >= 10 or not klasse.open

    return Belofte


@pytest.mark.django_db
def test_the_promise_holds_under_any_order_of_events() -> None:
    people = make_people([{**CLEANER, **ANSWERS[place % 2]} for place in range(42)])
    employer = make_actor(Rol.WERKGEVER)
    run_state_machine_as_test(
        make_machine(people, employer), settings=settings(max_examples=30, stateful_step_count=25, deadline=None)
    )


KIND = list(range(0, 42, 2))
MUTANTS = {
    "a class closes late": (
        "bemiddeling_klassen_hertel", "k.aantal \\+ d.n >= 10", "k.aantal + d.n >= 6",
        lambda one: (one.begin(few=False), one.publish(0), one.withdraw(KIND[:12])),
    ),
    "expired members count": (
        "bemiddeling_klassen_sinds", "l.zichtbaar_tot >= dag", "true",
        lambda one: (one.begin(few=False), one.publish(0), one.wait(25), one.wait(25), one.wait(25)),
    ),
    "who hides is counted": (
        "bemiddeling_verborgen_voor_mij", "- count\\(\\*\\)", "- 0",
        lambda one: (one.begin(few=False), one.publish(0), *(one.hide(place) for place in KIND[:12])),
    ),
    "a newcomer may be shown finer": (
        "bemiddeling_klasselid_gewijzigd", "IF TG_OP = 'DELETE' THEN\\s+INSERT", "IF false THEN INSERT",
        lambda one: (
            one.begin(few=True), one.publish(0), one.every_card_is_of_nobody_or_of_ten(), one.withdraw_a_kind(0),
            one.return_a_kind(0), one.publish(7),
        ),
    ),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("mutated", [False, True], ids=["product", "mutant"])
@pytest.mark.parametrize("name", MUTANTS)
def test_the_same_events_find_a_protection_that_was_taken_out(name: str, mutated: bool) -> None:
    function, old, new, events = MUTANTS[name]
    people = make_people([{**CLEANER, **ANSWERS[place % 2]} for place in range(42)])
    machine = make_machine(people, make_actor(Rol.WERKGEVER))()
    if mutated:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname = %s", [function])
            changed, count = re.subn(old, new, cursor.fetchone()[0])
            assert count
            cursor.execute(
                "ALTER TABLE bemiddeling_klasse DROP CONSTRAINT klasse_die_open_is_past_bij_minstens_tien_mensen"
            )
            cursor.execute(changed)

    with pytest.raises(AssertionError) if mutated else nullcontext():
        events(machine)
        machine.every_card_is_of_nobody_or_of_ten()
    machine.teardown()


# --- At the same time ---------------------------------------------------------------------------------------------


def at_once(*actions) -> list[BaseException]:
    """Run each in a thread and a connection of its own, all from the same moment; gives what went wrong."""
    gate, wrong = threading.Barrier(len(actions)), []

    def run(action) -> None:
        try:
            gate.wait()
            action()
        except BaseException as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def withdraw(profiel: Klantprofiel):
    return lambda: Klantprofiel.objects.filter(pk=profiel.pk).update(status="concept")


@pytest.mark.django_db(transaction=True)
def test_many_who_leave_at_once_are_all_counted() -> None:
    people = make_people([CLEANER] * 16)
    publish()

    assert at_once(*[withdraw(one) for one in people[:7]]) == []

    klasse = Klasse.objects.get()
    assert (klasse.aantal, klasse.open) == (9, False)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(4))
def test_whoever_leaves_while_cards_are_published_is_on_none(attempt: int) -> None:
    people = make_people([CLEANER] * 30)

    assert at_once(publish, *[withdraw(one) for one in people[:6]]) == []

    assert not Klasselid.objects.exclude(profiel__status="openbaar").exists()
    assert Klasse.objects.get().aantal == Klasselid.objects.count()


@pytest.mark.django_db(transaction=True)
def test_two_publications_at_once_place_everybody_once() -> None:
    make_people([CLEANER] * 20)

    assert at_once(publish, publish) == []

    assert Klasselid.objects.count() == Klasse.objects.get(open=True).aantal == 20


@pytest.mark.django_db(transaction=True)
def test_a_registration_that_ends_while_cards_are_published_ends_the_card() -> None:
    people = make_people([CLEANER] * 20)

    def end() -> None:
        Registratie.objects.filter(persoon_id=people[0].persoon_id).update(bekend=(NOW - timedelta(days=1), NOW))

    assert at_once(publish, end) == []

    assert not Klasselid.objects.filter(profiel=people[0]).exists()


@pytest.mark.django_db(transaction=True)
def test_an_index_misses_no_change_that_was_committed_after_a_later_one() -> None:
    """The change that began first is committed last; a reader that saw the other one in between still finds it."""
    people = make_people([CLEANER] * 30)
    publish()
    employer = make_actor(Rol.WERKGEVER)
    began, may_end = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            Klantprofiel.objects.filter(pk=people[0].pk).update(status="concept")
            began.set()
            may_end.wait(20)

    def tens() -> int:
        with transaction.atomic(), database.acting(employer):
            return verkenner.search(Wens(), actor=employer, now=NOW).tientallen

    thread = threading.Thread(target=lambda: (slow(), connection.close()))
    thread.start()
    began.wait(20)
    make_people([{**CLEANER, "werksoorten": ["tuinman"]}], first=200)
    assert tens() == 30
    may_end.set()
    thread.join()

    assert tens() == 20
