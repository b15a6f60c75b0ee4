"""Whatever employer, bemiddelaar, person and clock do in whatever order: a name is seen with a living consent only."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from banenafspraak.access.models import Logregel
from banenafspraak.bemiddeling import contact, contactklok, toestemmingen
from banenafspraak.bemiddeling.contact import LEVENSLOOP, Voorstelhandeling
from banenafspraak.bemiddeling.contactwoorden import LOPEND, Contactuitkomst, Ongeschiktreden, Voorstelstatus
from banenafspraak.bemiddeling.models import Contactverzoek, Toestemming, Voorstel, Voorstelstap
from banenafspraak.register.moment import day_of
from banenafspraak.register.overgangen import NietMogelijk
from tests.bemiddeling.contactwereld import SYSTEEM, make_profiel, proposed, say_yes
from tests.factories import NOW, make_burger, make_college, make_werkgever

_S, _H = Voorstelstatus, Voorstelhandeling


class Machine(RuleBasedStateMachine):
    """One employer, one person and their bemiddelaar around one proposal; `state` is what we expect."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.werkgever, self.other = make_werkgever(), make_werkgever(kvk="00000012")
        self.college, self.burger = make_college(), make_burger()
        self.now = NOW
        self.voorstel = proposed(self.werkgever, make_profiel(), now=self.now)
        self.state, self.open = _S.VOORGESTELD, True
        self.consent = None
        self.looks = 0
        self.moves = 1

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    def move(self, handeling: Voorstelhandeling, act, *, in_time: bool = True) -> None:
        """It happens exactly when the table and the clock allow it."""
        possible = self.state in LEVENSLOOP.overgangen[handeling].van and in_time
        try:
            with transaction.atomic():
                act()
        except NietMogelijk:
            assert not possible
            return
        assert possible
        self.state = Voorstelstatus(LEVENSLOOP.overgangen[handeling].naar or self.state)
        self.moves += 1

    @property
    def running(self) -> bool:
        """Whether the employer still asks."""
        return self.open and self.now < self.voorstel.verzoek.sluit_at

    @rule(hours=st.integers(1, 24 * 12))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def approve(self) -> None:
        pk = self.voorstel.pk
        self.move(
            _H.VRAGEN,
            lambda: contact.approve(actor=self.college, voorstel_id=pk, now=self.now),
            in_time=self.running,
        )

    @rule()
    def reject(self) -> None:
        pk, reden = self.voorstel.pk, Ongeschiktreden.TE_VER
        self.move(_H.AFWIJZEN, lambda: contact.reject(actor=self.college, voorstel_id=pk, reden=reden, now=self.now))

    @rule(passed_on=st.booleans(), weken=st.sampled_from(toestemmingen.DUUR))
    def say_yes(self, passed_on: bool, weken: int) -> None:
        who, handeling = (self.college, _H.JA_DOORGEVEN) if passed_on else (self.burger, _H.JA_ZEGGEN)

        def act() -> None:
            self.consent = say_yes(who, self.voorstel, now=self.now, weken=weken)

        self.move(handeling, act, in_time=self.running and day_of(self.now) <= self.voorstel.antwoord_op)

    @rule(passed_on=st.booleans())
    def say_no(self, passed_on: bool) -> None:
        who, handeling = (self.college, _H.NEE_DOORGEVEN) if passed_on else (self.burger, _H.NEE_ZEGGEN)
        self.move(handeling, lambda: contact.decline(actor=who, voorstel_id=self.voorstel.pk, now=self.now))

    @precondition(lambda self: self.consent is not None)
    @rule(passed_on=st.booleans())
    def withdraw(self, passed_on: bool) -> None:
        who, handeling = (self.college, _H.INTREKKING_DOORGEVEN) if passed_on else (self.burger, _H.INTREKKEN)
        done = toestemmingen.withdraw(actor=who, toestemming_id=self.consent, now=self.now)
        assert done == (self.state is _S.JA)
        if done:
            self.state = Voorstelstatus(str(LEVENSLOOP.overgangen[handeling].naar))
            self.moves += 1

    @rule()
    def the_employer_stops(self) -> None:
        assert contact.stop(actor=self.werkgever, verzoek_id=self.voorstel.verzoek_id, now=self.now) == self.open
        self.open = False

    @precondition(lambda self: self.consent is not None)
    @rule()
    def the_employer_finishes(self) -> None:
        alive = self.alive()
        done = toestemmingen.finish(
            actor=self.werkgever, toestemming_id=self.consent, uitkomst=Contactuitkomst.AANGENOMEN, now=self.now
        )
        assert done == alive
        if done:
            self.state = _S.AFGEROND
            self.moves += 1

    @rule()
    def the_clock_comes_by(self) -> None:
        contactklok.tick(actor=SYSTEEM, now=self.now)
        today, before = day_of(self.now), self.state
        if self.state in LOPEND and not self.open:
            self.state = _S.GESTOPT
        elif self.state in LOPEND and (
            not self.running or (self.state is _S.GEVRAAGD and self.voorstel.antwoord_op < today)
        ):
            self.state = _S.VERLOPEN
        elif self.state is _S.JA and (not self.open or Toestemming.objects.get().geldig_tot <= today):
            self.state = _S.BEEINDIGD
        self.moves += self.state is not before

    def alive(self) -> bool:
        """Whether the employer may see the data now, told anew from what happened."""
        if self.consent is None or self.state is not _S.JA or not self.open:
            return False
        toestemming = Toestemming.objects.get(pk=self.consent)
        return toestemming.vrij_at <= self.now and day_of(self.now) < toestemming.geldig_tot

    @precondition(lambda self: self.consent is not None)
    @invariant()
    def the_name_is_seen_exactly_while_the_consent_lives_and_each_look_is_logged(self) -> None:
        seen = toestemmingen.look_at(actor=self.werkgever, toestemming_id=self.consent, now=self.now)
        assert (seen is not None) == self.alive()
        self.looks += seen is not None
        assert Logregel.objects.filter(handeling="gegevens bekeken door werkgever").count() == self.looks
        assert toestemmingen.look_at(actor=self.other, toestemming_id=self.consent, now=self.now) is None

    @invariant()
    def the_state_is_the_one_expected_and_what_is_over_holds_no_data(self) -> None:
        voorstel = Voorstel.objects.get()
        assert voorstel.status == self.state
        assert Voorstelstap.objects.count() == self.moves
        kept = Toestemming.objects.filter(gegevens_verzegeld__isnull=False).count()
        assert kept == int(self.state is _S.JA)

    @invariant()
    def what_the_employer_asked_stands_as_it_was(self) -> None:
        verzoek = Contactverzoek.objects.get()
        assert (verzoek.status == "open") == self.open
        assert verzoek.sluit_at == self.voorstel.verzoek.sluit_at


@pytest.mark.django_db
def test_a_proposal_lives_by_its_table() -> None:
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=40, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
