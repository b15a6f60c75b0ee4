"""Getting a name without consent, or after it, by doing everything at the same moment over real connections.

Each race takes one person, one employer and one purpose, and lets several actors loose on it at once, each on a
connection of its own and under the role of the database that the website gives it: requests that think of the same
person, a yes beside a no, a withdrawal, an outcome or a stop while employers read, reads of a consent that is not
released yet, that was over yesterday, or that is somebody else's.

- `disclosures`: reads that gave an answer. `without`: to an employer, or at a moment, for which there was no consent:
  that ended before the yes began, before the fixed moment, after the last day, or of another employer; also a consent
  that stands in the list of another employer. `beyond`: that began after the end of the consent had been confirmed to
  who ended it. `unlogged`: answers without their row in the logboek.
- `doubles`: people who were asked twice by one employer for one purpose, or who answered twice.

There are two mutants: the function that gives the data without the check that the consent lives, and the table without
the constraint that nobody is asked twice.
"""

import argparse
import json
import random
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from attacks import empty, ready
from attacks._mutant import heal, mutated

ZAAD = 20261125
EMPLOYERS, THREADS = 20, 6
MUTANT_RACES = 60
LEEFT = "bemiddeling_leeft"
UNIQUE = "niemand_wordt_twee_keer_gevraagd_voor_een_doel"
TABLES = (
    "bemiddeling_bericht", "bemiddeling_voorstelstap", "bemiddeling_toestemming", "bemiddeling_voorstel",
    "bemiddeling_contactverzoek", "bemiddeling_klantprofiel",
)  # fmt: skip


def main(argv: list[str]) -> dict[str, Any]:
    """`--races` races, and some with each mutant."""
    parser = argparse.ArgumentParser(prog="attacks.consent")
    parser.add_argument("--races", type=int, default=10_000)
    parser.add_argument("--snel", action="store_true", help="some hundreds of races")
    options = parser.parse_args(argv)
    races = 200 if options.snel else options.races
    with ready():
        from banenafspraak.bemiddeling import contact

        # How many requests may run at a time is not what is attacked here.
        contact.MAX_OPEN = sys.maxsize
        heal(LEEFT)
        _constraint(True)
        real = _World(races).run(races)
        with mutated((r"RETURN .*", "RETURN p_status IS NOT NULL"), function=LEEFT):
            unguarded = _World(MUTANT_RACES).run(MUTANT_RACES)
        _constraint(False)
        twice = _World(MUTANT_RACES).run(MUTANT_RACES)
        empty(*TABLES)
        _constraint(True)
    return {
        "passed": real.without == real.beyond == real.doubles == real.unlogged == 0
        and real.disclosures > races / 10
        and real.errors == 0,
        "mutant_caught": unguarded.without > 0 and unguarded.beyond > 0 and twice.doubles > 0,
        "races": races,
        "actions": real.actions,
        "disclosures": real.disclosures,
        "without": real.without,
        "beyond": real.beyond,
        "unlogged": real.unlogged,
        "doubles": real.doubles,
        "errors": real.errors,
        "mutant_without": unguarded.without,
        "mutant_beyond": unguarded.beyond,
        "mutant_doubles": twice.doubles,
    }


def _constraint(wanted: bool) -> None:
    """The constraint that nobody is asked twice, there or taken away."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_constraint WHERE conname = %s)", [UNIQUE])
        there = cursor.fetchone()[0]
        if wanted and not there:
            empty(*TABLES)
            cursor.execute(
                f"ALTER TABLE bemiddeling_voorstel ADD CONSTRAINT {UNIQUE} UNIQUE (werkgever_id, doel, persoon_id)"
            )
        elif there and not wanted:
            cursor.execute(f"ALTER TABLE bemiddeling_voorstel DROP CONSTRAINT {UNIQUE}")


@dataclass
class Score:
    """What came of the races."""

    actions: int = 0
    disclosures: int = 0
    without: int = 0
    beyond: int = 0
    unlogged: int = 0
    doubles: int = 0
    errors: int = 0


@dataclass
class Race:
    """One person, one employer, one purpose; what each action gave, and when it began and ended."""

    people: int
    werkgever: int
    doel: str
    consent: UUID | None = None
    allowed: bool = True
    said: float = 0.0
    reads: list[tuple[int, float, float, Any]] = field(default_factory=list)
    listed_elsewhere: int = 0
    ends: list[float] = field(default_factory=list)


class _World:
    """Made-up people who can be found in Hilversum, their bemiddelaar, and employers."""

    def __init__(self, races: int) -> None:
        from django.utils import timezone

        self._rng = random.Random(ZAAD)
        self.now: datetime = timezone.now()
        self.then = self.now - timedelta(days=7)
        self.score = Score()
        self._lock = threading.Lock()
        per_person = EMPLOYERS * 4
        self._make(races // per_person + 1)
        self._turns = [(p, w, d) for p in range(len(self.burgers)) for w in range(EMPLOYERS) for d in self.doelen]
        self._rng.shuffle(self._turns)

    def _make(self, people: int) -> None:
        from banenafspraak.access import bsn as bsns
        from banenafspraak.access.actor import Actor
        from banenafspraak.access.demo import ensure_demo_roles
        from banenafspraak.access.models import Gebruiker, Lidmaatschap, Organisatie
        from banenafspraak.access.permissions import Rol
        from banenafspraak.bemiddeling.contactwoorden import Contactdoel
        from banenafspraak.bemiddeling.models import Klantprofiel
        from banenafspraak.register import persoonsindex
        from banenafspraak.register.models import Registratie, Woonplaats

        empty(*TABLES)
        ensure_demo_roles()
        self.doelen = list(Contactdoel)
        self.systeem = Actor.system(doel="een aanval")
        numbers = (str(n) for n in range(999_900_000, 1_000_000_000))
        numbers = (n for n in numbers if bsns.is_valid(n))
        person = Gebruiker.objects.get(email="burger@demo.invalid")
        self.burgers, self.profielen = [], []
        known = self.now - timedelta(days=90)
        for _ in range(people):
            bsn = bsns.Bsn.parse(next(numbers))
            persoon = persoonsindex.new(bsn, geboortedatum=date(1990, 1, 1))
            persoon.save(force_insert=True)
            Registratie.objects.create(
                persoon=persoon, grond="wajong", route="wajong_2015", geldig=("2015-01-01", None),
                bekend=(known, None),
            )  # fmt: skip
            Woonplaats.objects.create(
                persoon=persoon, gemeente_id="GM0402", geldig=("2010-01-01", None), bekend=(known, None)
            )
            self.profielen.append(
                Klantprofiel.objects.create(
                    persoon=persoon, status="openbaar", beschikbaar=True, gemaakt_at=self.then, gewijzigd_at=self.then
                )
            )
            self.burgers.append(Actor(person.pk, None, Rol.BURGER, None, "een aanval", bsn=bsn))
        helper = Lidmaatschap.objects.get(gebruiker__email="bemiddelaar-gemeente@demo.invalid")
        self.college = Actor(
            helper.gebruiker_id, helper.organisatie_id, Rol.BEMIDDELAAR, None, "een aanval", gemeente="GM0402"
        )
        boss = Gebruiker.objects.get(email="werkgever@demo.invalid")
        self.employers = []
        for n in range(EMPLOYERS):
            firm, _ = Organisatie.objects.get_or_create(
                kvk=f"9900{n:04d}", defaults={"naam": f"Aanval {n}", "soort": "werkgever"}
            )
            self.employers.append(Actor(boss.pk, firm.pk, Rol.WERKGEVER, None, "een aanval"))

    def run(self, races: int) -> Score:
        """So many races, one after the other; in each everybody starts at the same moment."""
        kinds: list[Callable[[Race], list[Callable[[], Any]]]] = [
            self._asked_twice, self._answered_twice, self._withdrawn, self._finished, self._stopped, self._run_out,
            self._too_soon, self._yes_and_read,
        ]  # fmt: skip
        with ThreadPoolExecutor(THREADS) as pool:
            for n in range(races):
                person, werkgever, doel = self._turns[n]
                race = Race(person, werkgever, doel)
                jobs = kinds[n % len(kinds)](race)
                start = threading.Barrier(len(jobs))
                list(pool.map(lambda job, start=start: self._at_once(job, start), jobs))
                self._judge(race)
            list(pool.map(lambda _: _close(), range(THREADS * 4)))
        self._count_doubles()
        return self.score

    def _at_once(self, job: Callable[[], Any], start: threading.Barrier) -> None:
        from django.core.exceptions import PermissionDenied

        from banenafspraak.register.overgangen import NietMogelijk

        start.wait(timeout=60)
        try:
            job()
        except (NietMogelijk, PermissionDenied):
            pass  # somebody else was first: that is what a race is
        except Exception as error:
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
            with self._lock:
                self.score.errors += 1
        with self._lock:
            self.score.actions += 1

    # --- the races ------------------------------------------------------------------------------------------------

    def _asked_twice(self, race: Race) -> list[Callable[[], Any]]:
        from banenafspraak.bemiddeling import contact

        requests = [self._request(race) for _ in range(3)]
        profiel = self.profielen[race.people].pk
        return [
            lambda v=v: contact.propose(actor=self.systeem, verzoek_id=v, profielen=[profiel], now=self.then)
            for v in requests
        ]

    def _answered_twice(self, race: Race) -> list[Callable[[], Any]]:
        voorstel = self._question(race)
        yes = lambda: self._say_yes(race, voorstel, self.burgers[race.people])  # noqa: E731
        passed_on = lambda: self._say_yes(race, voorstel, self.college)  # noqa: E731
        return [yes, yes, passed_on, lambda: self._say_no(race, voorstel), lambda: self._tick(60)]

    def _yes_and_read(self, race: Race) -> list[Callable[[], Any]]:
        voorstel = self._question(race)
        return [
            lambda: self._say_yes(race, voorstel, self.burgers[race.people]),
            *[lambda: self._read_all(race, race.werkgever)] * 2,
            lambda: self._read_all(race, (race.werkgever + 1) % EMPLOYERS),
        ]

    def _withdrawn(self, race: Race) -> list[Callable[[], Any]]:
        self._consent(race)
        return [lambda: self._withdraw(race), *self._readers(race)]

    def _finished(self, race: Race) -> list[Callable[[], Any]]:
        self._consent(race)
        return [lambda: self._finish(race), lambda: self._withdraw(race), *self._readers(race)]

    def _stopped(self, race: Race) -> list[Callable[[], Any]]:
        verzoek = self._consent(race)
        return [lambda: self._stop(race, verzoek), self._tick, *self._readers(race)]

    def _run_out(self, race: Race) -> list[Callable[[], Any]]:
        # Said long ago and for two weeks: over, whether the job that clears up came by or not.
        self._consent(race, then=self.now - timedelta(days=60), weken=2)
        race.allowed = False
        return [self._tick, *self._readers(race)]

    def _too_soon(self, race: Race) -> list[Callable[[], Any]]:
        # Just now: the employer sees it tomorrow morning at the earliest.
        self._consent(race, then=self.now)
        race.allowed = False
        return [lambda: self._withdraw(race), *self._readers(race)]

    # --- what they do ---------------------------------------------------------------------------------------------

    def _readers(self, race: Race) -> list[Callable[[], Any]]:
        other = (race.werkgever + 1) % EMPLOYERS
        own = lambda: [self._read(race, race.werkgever) for _ in range(3)]  # noqa: E731
        return [own, own, lambda: self._read(race, other)]

    def _as(self, actor: Any, act: Callable[[], Any]) -> Any:
        """As the website does it: one transaction under the role of the actor."""
        from django.db import transaction

        from banenafspraak.access import database

        with transaction.atomic(), database.acting(actor):
            return act()

    def _request(self, race: Race, then: datetime | None = None) -> UUID:
        from banenafspraak.bemiddeling import contact

        employer = self.employers[race.werkgever]
        return self._as(
            employer,
            lambda: contact.ask(
                actor=employer, kaart_id="aanval", aantal=1, vacature_tekst="werk", aanbod="loon", doel=race.doel,
                now=then or self.then,
            ),
        )  # fmt: skip

    def _question(self, race: Race, then: datetime | None = None) -> UUID:
        from banenafspraak.bemiddeling import contact
        from banenafspraak.bemiddeling.models import Voorstel

        moment = then or self.then
        verzoek = self._request(race, moment)
        profiel = self.profielen[race.people].pk
        contact.propose(actor=self.systeem, verzoek_id=verzoek, profielen=[profiel], now=moment)
        voorstel = Voorstel.objects.values_list("pk", flat=True).get(verzoek=verzoek)
        self._as(self.college, lambda: contact.approve(actor=self.college, voorstel_id=voorstel, now=moment))
        return voorstel

    def _consent(self, race: Race, *, then: datetime | None = None, weken: int = 4) -> UUID:
        from banenafspraak.bemiddeling.models import Voorstel

        voorstel = self._question(race, then)
        self._say_yes(race, voorstel, self.burgers[race.people], then=then, weken=weken)
        return Voorstel.objects.values_list("verzoek", flat=True).get(pk=voorstel)

    def _say_yes(self, race: Race, voorstel: UUID, actor: Any, *, then: datetime | None = None, weken: int = 4) -> None:
        from banenafspraak.bemiddeling import toestemmingen
        from banenafspraak.bemiddeling.profielrecord import Contact, ProfielRecord

        race.said = race.said or time.perf_counter()
        race.consent = self._as(
            actor,
            lambda: toestemmingen.give(
                actor=actor, voorstel_id=voorstel, record=ProfielRecord(), gegevens=[],
                bereikbaar=Contact("Iemand", "", "0612345678"), weken=weken, now=then or self.then,
            ),
        )  # fmt: skip

    def _say_no(self, race: Race, voorstel: UUID) -> None:
        from banenafspraak.bemiddeling import contact

        burger = self.burgers[race.people]
        self._as(burger, lambda: contact.decline(actor=burger, voorstel_id=voorstel, now=self.then))

    def _withdraw(self, race: Race) -> None:
        from banenafspraak.bemiddeling import toestemmingen

        burger = self.burgers[race.people]
        if self._as(burger, lambda: toestemmingen.withdraw(actor=burger, toestemming_id=race.consent, now=self.now)):
            race.ends.append(time.perf_counter())

    def _finish(self, race: Race) -> None:
        from banenafspraak.bemiddeling import toestemmingen
        from banenafspraak.bemiddeling.contactwoorden import Contactuitkomst

        employer = self.employers[race.werkgever]
        if self._as(
            employer,
            lambda: toestemmingen.finish(
                actor=employer, toestemming_id=race.consent, uitkomst=Contactuitkomst.AANGENOMEN, now=self.now
            ),
        ):
            race.ends.append(time.perf_counter())

    def _stop(self, race: Race, verzoek: UUID) -> None:
        from banenafspraak.bemiddeling import contact

        employer = self.employers[race.werkgever]
        if self._as(employer, lambda: contact.stop(actor=employer, verzoek_id=verzoek, now=self.now)):
            race.ends.append(time.perf_counter())

    def _tick(self, days: int = 0) -> None:
        """The clock of so many days later: questions run out while they are answered."""
        from banenafspraak.bemiddeling import contactklok

        contactklok.tick(actor=self.systeem, now=self.then + timedelta(days=days, minutes=1))

    def _read(self, race: Race, werkgever: int, consent: UUID | None = None) -> None:
        from banenafspraak.bemiddeling import toestemmingen

        employer, consent = self.employers[werkgever], consent or race.consent
        if consent is None:
            return
        began = time.perf_counter()
        try:
            seen = self._as(
                employer, lambda: toestemmingen.look_at(actor=employer, toestemming_id=consent, now=self.now)
            )
        except TypeError:
            # The database answered about a consent whose data are gone already: also that is an answer.
            seen = "nothing left"
        race.reads.append((werkgever, began, time.perf_counter(), seen))

    def _read_all(self, race: Race, werkgever: int) -> None:
        """Look again and again which consents there are, and read what is new: so a yes is met while it is written."""
        from banenafspraak.bemiddeling import toestemmingen

        employer, known = self.employers[werkgever], set()
        for turn in range(6):
            found = {
                v.toestemming_id
                for v in self._as(employer, lambda: toestemmingen.released_to(actor=employer, now=self.now))
            }
            if turn == 0:
                # What earlier races left behind; of just this one nothing can be told before its yes.
                known = found - {race.consent}
            for consent in found - known:
                race.listed_elsewhere += werkgever != race.werkgever
                self._read(race, werkgever, consent)

    # --- the judgement --------------------------------------------------------------------------------------------

    def _judge(self, race: Race) -> None:
        from django.db import connection

        given = [read for read in race.reads if read[3] is not None]
        self.score.disclosures += len(given)
        self.score.without += race.listed_elsewhere
        for werkgever, began, ended, _seen in given:
            self.score.without += werkgever != race.werkgever or not race.allowed or ended < race.said
            self.score.beyond += bool(race.ends) and began > min(race.ends)
        if race.consent is not None:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(*) FROM access_logregel AS r JOIN access_verwerking AS v"
                    " ON v.parent_operation_id = r.operation_id"
                    " WHERE r.onderwerp = %s AND r.handeling = 'gegevens bekeken door werkgever'",
                    [f"toestemming {race.consent}"],
                )
                self.score.unlogged += max(0, len(given) - cursor.fetchone()[0])

    def _count_doubles(self) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            for statement in (
                "SELECT count(*) - count(DISTINCT (werkgever_id, doel, persoon_id)) FROM bemiddeling_voorstel",
                "SELECT count(*) - count(DISTINCT (werkgever_id, doel, persoon_id)) FROM bemiddeling_toestemming",
                "SELECT count(*) - count(DISTINCT voorstel_id) FROM bemiddeling_voorstelstap WHERE van = 'gevraagd'",
                "SELECT count(*) - count(DISTINCT voorstel_id) FROM bemiddeling_voorstelstap WHERE van = 'ja'",
            ):
                cursor.execute(statement)
                self.score.doubles += cursor.fetchone()[0]


def _close() -> None:
    from django.db import connection

    connection.close()


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
