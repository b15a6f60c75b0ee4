"""Whatever people do in whatever order: no state is lost or doubled, and there is one decision at most."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from banenafspraak.access.permissions import Rol
from banenafspraak.register import aanvragen, beoordeling
from banenafspraak.register.aanvragen import LEVENSLOOP, Aanvraaghandeling, Aanvraagsoort, Aanvraagstatus
from banenafspraak.register.models import Aanvraag, Aanvraagstap, Besluit, Registratie
from banenafspraak.register.overgangen import NietMogelijk, Overtaken
from banenafspraak.wet.feiten import FeitOntbreekt
from tests.factories import CANNOT_EARN_WML, NOW, answer_all, make_actor, make_burger

_H = Aanvraaghandeling
_BEOORDELAARS = (_H.ONTVANGST_BEVESTIGEN, _H.OPPAKKEN, _H.TERUGLEGGEN, _H.AANVULLING_VRAGEN, _H.BESLISSEN)


class Machine(RuleBasedStateMachine):
    """One burger and two beoordelaars around one aanvraag; `state` and `owner` are what we expect."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.burger = make_burger()
        self.people = [make_actor(Rol.BEOORDELAAR), make_actor(Rol.BEOORDELAAR)]
        self.now = NOW
        self.made = aanvragen.start(actor=self.burger, geboortedatum=date(1990, 5, 1), now=self.now)
        aanvragen.save_step(
            actor=self.burger,
            aanvraag_id=self.made,
            stap="a",
            velden={"x": "1"},
            soort=Aanvraagsoort.BANENAFSPRAAK,
            woongemeente="GM0402",
            now=self.now,
        )
        self.state = Aanvraagstatus.CONCEPT
        self.owner: int | None = None
        self.answered = False
        self.moves = 1

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    def expect(self, handeling: Aanvraaghandeling, act, *, allowed: bool = True) -> bool:
        """Do it; it must succeed exactly when the table and the ownership allow it. Whether it did."""
        possible = self.state in LEVENSLOOP.overgangen[handeling].van
        try:
            with transaction.atomic():
                act()
        except Overtaken:
            assert not allowed
            return False
        except NietMogelijk:
            assert not possible
            return False
        assert possible
        assert allowed
        self.state = Aanvraagstatus(LEVENSLOOP.overgangen[handeling].naar or self.state)
        self.moves += 1
        return True

    @rule(days=st.integers(0, 40))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days, minutes=1)

    @precondition(lambda self: self.state is Aanvraagstatus.CONCEPT)
    @rule()
    def send(self) -> None:
        self.expect(_H.INDIENEN, lambda: aanvragen.submit(actor=self.burger, aanvraag_id=self.made, now=self.now))

    @precondition(lambda self: self.state not in (Aanvraagstatus.CONCEPT, Aanvraagstatus.INGETROKKEN))
    @rule()
    def send_again(self) -> None:
        assert aanvragen.submit(actor=self.burger, aanvraag_id=self.made, now=self.now) == self.made

    @precondition(lambda self: self.state is not Aanvraagstatus.INGETROKKEN)
    @rule()
    def withdraw(self) -> None:
        self.expect(_H.INTREKKEN, lambda: aanvragen.withdraw(actor=self.burger, aanvraag_id=self.made, now=self.now))

    @precondition(lambda self: self.sent)
    @rule()
    def complete(self) -> None:
        self.expect(_H.AANVULLEN, lambda: aanvragen.complete(actor=self.burger, aanvraag_id=self.made, now=self.now))

    @precondition(lambda self: self.state is Aanvraagstatus.INGEDIEND)
    @rule()
    def confirm(self) -> None:
        self.expect(
            _H.ONTVANGST_BEVESTIGEN,
            lambda: aanvragen.confirm_receipt(actor=self.people[0], aanvraag_id=self.made, now=self.now),
        )

    @precondition(lambda self: self.sent and self.owner is None)
    @rule(who=st.integers(0, 1))
    def claim(self, who: int) -> None:
        if self.expect(
            _H.OPPAKKEN, lambda: aanvragen.claim(actor=self.people[who], aanvraag_id=self.made, now=self.now)
        ):
            self.owner = who

    @precondition(lambda self: self.sent)
    @rule(who=st.integers(0, 1))
    def release(self, who: int) -> None:
        if self.expect(
            _H.TERUGLEGGEN,
            lambda: aanvragen.release(actor=self.people[who], aanvraag_id=self.made, now=self.now),
            allowed=self.owner in (None, who),
        ):
            self.owner = None

    @precondition(lambda self: self.sent)
    @rule(who=st.integers(0, 1))
    def ask(self, who: int) -> None:
        self.expect(
            _H.AANVULLING_VRAGEN,
            lambda: aanvragen.ask_aanvulling(
                actor=self.people[who], aanvraag_id=self.made, vraag="Wat nog?", now=self.now
            ),
            allowed=self.owner in (None, who),
        )

    @precondition(lambda self: self.state is Aanvraagstatus.IN_BEHANDELING and not self.answered)
    @rule()
    def answer(self) -> None:
        assert self.owner is not None
        answer_all(self.people[self.owner], self.made, CANNOT_EARN_WML, now=self.now)
        self.answered = True

    @precondition(lambda self: self.sent and self.state is not Aanvraagstatus.BESLIST)
    @rule(who=st.integers(0, 1))
    def decide(self, who: int) -> None:
        try:
            self.expect(
                _H.BESLISSEN,
                lambda: beoordeling.decide(actor=self.people[who], aanvraag_id=self.made, now=self.now),
                allowed=self.owner in (None, who),
            )
        except FeitOntbreekt:
            assert not self.answered
        except ValidationError:
            raise AssertionError("a decision that the law can take is taken") from None

    @property
    def sent(self) -> bool:
        """Whether a beoordelaar can see it."""
        return Aanvraag.objects.filter(pk=self.made, ontvangen_op__isnull=False).exists()

    @invariant()
    def the_state_is_the_one_expected_and_the_history_leads_to_it(self) -> None:
        aanvraag = Aanvraag.objects.get(pk=self.made)
        assert aanvraag.status == self.state
        stappen = list(Aanvraagstap.objects.filter(aanvraag=aanvraag).values_list("van", "naar"))
        assert len(stappen) == self.moves
        assert all(before[1] == after[0] for before, after in pairwise(stappen))
        assert stappen[-1][1] == self.state

    @invariant()
    def there_is_one_decision_exactly_when_it_is_decided(self) -> None:
        decided = self.state is Aanvraagstatus.BESLIST
        assert Besluit.objects.filter(aanvraag=self.made).count() == int(decided)
        assert Registratie.objects.count() == int(decided)

    @invariant()
    def the_clock_runs_or_stands_still_for_a_reason(self) -> None:
        aanvraag = Aanvraag.objects.get(pk=self.made)
        if aanvraag.laatste_dag is None:
            assert self.state in (
                Aanvraagstatus.CONCEPT, Aanvraagstatus.INGETROKKEN, Aanvraagstatus.WACHT_OP_AANVULLING
            )  # fmt: skip
        else:
            assert aanvraag.laatste_dag > aanvraag.ontvangen_op


@pytest.mark.django_db
def test_no_state_is_lost_or_doubled() -> None:
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
