"""A canary sings where it should not be: numbers are typed in everywhere, and then looked for everywhere.

People's numbers, and a number of its own for each field, go through every form of every role, every address, every
operation of the API, every delivery on the command line, and every way in which these go wrong; the website, the queue
and PostgreSQL log all they can. Then the database, its statistics and log, all other logs, files, sessions, cookies,
mails, headers, addresses and answers are searched, in any disguise (`canaries.numbers.Net`).

- `hits`: the places where a number was found, each with the field it was typed in; never the number.
- `echoed_in_form`: fields that show again what this very person typed a moment ago, on pages that nobody may keep.
- `typed_shown`: pages (no-store) on which a text shows that somebody typed in a field that is not for numbers.
- `shown_by_design`: pages (no-store) whose purpose it is to show the number of a person; see `PURPOSE`.
- `not_searched`: what could not be reached here, such as the log of a PostgreSQL that is not ours.
- The mutant is a wrapper around the real application that leaks in four ways; all four must be found.
"""

import argparse
import json
import random
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

ZAAD = 20260701
PEOPLE = 30
COMMON_FORMS = 3  # the language, signing in and signing out
LEAKS = ("log web.log", "file lek.bin", "table lek", "header link")

# The pages that show the number of a person, and to whom.
PURPOSE = {
    "burger-gegevens-json": "the person's own file (AVG article 15)",
    "burger-gegevens-pdf": "the person's own file (AVG article 15)",
    "employer-check": "who asks has to know about whom the answer is (the answer of a POST, kept nowhere)",
    "employer-staff": "the employer's own staff, as the employer declared them",
    "check-list": "the employer's own staff, as the employer declared them",
    "gemeente-advies": "the college has to know whom the advice is about",
    "gemeente-bericht": "the college has to know whom the message is about",
    "populatie": "the gemeente's own population (Besluit SUWI 3.2)",
    "populatie-changes": "the gemeente's own population (Besluit SUWI 3.2)",
    "populatielevering": "the gemeente's own population (Besluit SUWI 3.2)",
    "beoordelaar-melding": "the assessor has to find the person the report is about",
}
QUICK_ROLES = ("burger-nieuw", "beoordelaar", "bemiddelaar-gemeente", "werkgever")


def main(argv: list[str]) -> dict[str, Any]:
    """Attack the house, search it, and do it once more in small with the mutant."""
    parser = argparse.ArgumentParser(prog="attacks.canary")
    parser.add_argument("--snel", action="store_true", help="a few roles and the first forms; every place")
    parser.add_argument("--vertel", action="store_true", help="say on stderr how far it is")
    options = parser.parse_args(argv)
    from attacks.canaries.house import built

    begun = time.monotonic()
    with built() as house:
        attack = _Attack(house, quick=options.snel, talk=options.vertel)
        with house.open("banenafspraak.config.wsgi:application"):
            attack.run()
        searched, missed = attack.search()
        answer = attack.report(searched, missed)
        caught = attack.mutant()
    return answer | {
        "mutant_caught": all(caught.values()),
        "mutant": caught,
        "seconds": round(time.monotonic() - begun),
    }


class _Attack:
    """One attack on one house."""

    def __init__(self, house: Any, *, quick: bool, talk: bool) -> None:
        import django
        from django.core.management import call_command

        django.setup()
        from attacks.canaries.numbers import Flock, Net
        from attacks.canaries.watch import Watch
        from banenafspraak.access import demo
        from banenafspraak.access.bsn import Bsn
        from banenafspraak.adapters.synthese.nummers import lawful_numbers

        self.house, self.quick, self.talk = house, quick, talk
        self.flock = Flock.hatch(list(lawful_numbers()), ZAAD, people=PEOPLE)
        self.lhnr = f"{self.flock.spare()}L01"
        self.watch = Watch(self.flock, Net(self.flock.people + self.flock.stock), PURPOSE)
        self.visitors: list[Any] = []
        self.imports: dict[str, int] = {}
        self.commands = 0
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        demo.ensure_demo_roles()
        demo.give_bsn("burger", Bsn.parse(self.flock.residents[0]))
        demo.give_bsn("burger-nieuw", Bsn.parse(self.flock.strangers[0]))
        self._employ()

    def _was_real(self, searched: list[str]) -> bool:
        """Whether there was something to find: people came in, pages answered and broke, places were searched."""
        return (
            set(self.imports.values()) == {0}
            and self.watch.refused.get(200, 0) > 100
            and self.watch.broken_in_outage > 0
            and len(searched) > 20
        )

    def _employ(self) -> None:
        """The employer of the demo declares the wages of the deliveries, where the product knows who declares what."""
        with suppress(ImportError):
            from django.utils import timezone

            from banenafspraak.access import mandaten
            from banenafspraak.access.actor import Actor
            from banenafspraak.access.models import Organisatie

            employer = Organisatie.objects.get(naam="Bakkerij De Korenaar")
            mandaten.link_loonheffingennummer(
                actor=Actor.system(doel="een aanval"), organisatie_id=employer.pk, lhnr=self.lhnr, now=timezone.now()
            )

    def report(self, searched: list[str], missed: list[str]) -> dict[str, Any]:
        """What was done, and what was found."""
        watch, visitors = self.watch, self.visitors
        real = {place: sorted(details) for place, details in sorted(watch.hits.items())}
        return {
            "passed": not real and self._was_real(searched),
            "mutant_caught": False,
            "canaries": len(self.flock.loose),
            "roles": len({v.role for v in visitors}),
            "routes": len({key for v in visitors for key in v.visited if key.startswith("route ")}),
            "forms": len({key for v in visitors for key in v.forms_done}),
            "submitted": sum(v.submitted for v in visitors),
            "answers": watch.answers,
            "by_status": dict(sorted(watch.refused.items())),
            "commands": self.commands,
            "imports": self.imports,
            "places_searched": len(searched),
            "not_searched": missed,
            "hits": [f"{place}: {'; '.join(details[:4])}" for place, details in real.items()],
            "echoed_in_form": sorted(watch.echoed),
            "typed_shown": sorted(watch.shown),
            "shown_by_design": sorted(watch.by_design),
            "server_errors": sorted(watch.broken),
            "errors_in_outage": watch.broken_in_outage,
        }

    def run(self) -> None:
        """Deliveries first, so that there are people; then each role; then what is wrong everywhere; then an outage."""
        from attacks.canaries import deliveries

        self.imports = deliveries.settle(self.house, self.flock, self.lhnr)
        self._say("deliveries", self.imports)
        self.commands = len(self.imports) + deliveries.mislead(self.house, self.flock, self.lhnr, quick=self.quick)
        self._say("wrong deliveries", self.commands)
        for turn in range(1 if self.quick else 2):
            for role in self._roles():
                if turn and len(self._visitor(role, 0).forms_done) <= COMMON_FORMS:
                    continue  # nothing of its own: what others decided meanwhile does not show there
                visitor = self._visitor(role, turn)
                visitor.walk(_addresses(self.flock))
                self._say(role or "a visitor", turn, visitor.submitted, len(visitor.forms_done))
        outside = self._visitor("", 0)
        outside.stray(sorted(set(_addresses(self.flock))))
        inside = self._visitor(self._roles()[1], 0)
        inside.stray([path for path in _addresses(self.flock) if inside.visited.get(path)][:40])
        for visitor in list(self.visitors):
            if not visitor.role or visitor.keys or visitor.role in ("werkgever", "administratiekantoor"):
                self._api(visitor)
        self._say("stray addresses and the API", self.watch.answers)
        with self._outage():
            for visitor in list(self.visitors):
                for path, form in visitor.known[-3 if self.quick else -40 :]:
                    visitor.go("GET", path)
                    fields, uploads, sent, how = visitor._valid(form, 0)
                    visitor.submit(form, fields, sent, uploads=uploads, how=how)
        self._say("outage", self.watch.answers)

    def search(self) -> tuple[list[str], list[str]]:
        """Look everywhere."""
        from attacks.canaries import places

        return places.search(self.house, self.watch, self.visitors)

    def mutant(self) -> dict[str, bool]:
        """The same forms with the leaking application: which leaks were found."""
        from attacks.canaries.watch import Watch

        with self.house.connect() as connection:
            connection.execute("CREATE TABLE lek (wat bytea)")
        real, self.visitors = self.watch, []
        self.watch = Watch(self.flock, real.net, PURPOSE)
        with self.house.open("attacks.canaries.wsgi:application", KANARIE_LEK=self.house.owner_url):
            visitor = self._visitor("", 0)
            number = self.flock.type_in("the mutant")
            visitor.go("POST", "/taal/", sent=[number], body=f"taal=nl&next=/&bsn={number}".encode())
            visitor.walk(["/"])
        self.search()
        return {leak: any(place.startswith(leak) for place in self.watch.hits) for leak in LEAKS}

    def _roles(self) -> list[str]:
        from banenafspraak.access import demo

        every = [rol.sleutel for rol in demo.DEMO_ROLLEN]
        # First who asks, then who decides.
        order = sorted(every, key=lambda r: (not r.startswith("burger"), not r.startswith("bemiddelaar"), r))
        return ["", *(role for role in order if role in QUICK_ROLES or not self.quick)]

    def _visitor(self, role: str, turn: int) -> Any:
        from attacks.canaries.browser import Session
        from attacks.canaries.visitor import Visitor

        for known in self.visitors:
            if (known.role, known.turn) == (role, turn):
                return known
        rng = random.Random(f"{ZAAD} {role} {turn}")
        own = {"burger": (self.flock.residents[0],), "burger-nieuw": (self.flock.strangers[0],)}.get(role, ())
        visitor = Visitor(
            role, Session(self.house.port), self.watch, self.flock, rng, self.quick,
            4 if self.quick else 8, self.lhnr, own, turn,
        )  # fmt: skip
        self.visitors.append(visitor)
        visitor.sign_in()
        return visitor

    def _api(self, visitor: Any) -> None:
        """Every operation that the API says it has, with bodies that are right in form and bodies that are not."""
        from attacks.canaries.api import operations

        answer, _ = visitor.go("GET", "/api/v1/openapi.json")
        for method, path, body, kind, sent in operations(json.loads(answer.body), self.flock, self.lhnr):
            signed = {"X-CSRFToken": visitor.session.cookies.get("csrftoken", "")} if visitor.role else {}
            visitor.go(method, path, sent=sent, body=body, headers=signed | {"Content-Type": kind})
            for key in [*visitor.keys[-1:], sent[0] if sent else "x"]:
                headers = {"Authorization": f"Bearer {key}", "X-Api-Key": key, "Content-Type": kind, "Cookie": "a=b"}
                visitor.go(method, path, sent=sent, body=body, headers=headers)

    @contextmanager
    def _outage(self) -> Iterator[None]:
        """The tables of persons are gone for a while, so that every page that needs them breaks half-way."""
        with self.house.connect() as connection:
            names = [
                name
                for (name,) in connection.execute(
                    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '^(register|access_verwerking)'"
                )
            ]
            for name in names:
                connection.execute(f"ALTER TABLE {name} RENAME TO {name}_weg")
            for visitor in self.visitors:
                visitor.outage = True
            try:
                yield
            finally:
                for name in names:
                    connection.execute(f"ALTER TABLE {name}_weg RENAME TO {name}")
                for visitor in self.visitors:
                    visitor.outage = False

    def _say(self, *what: object) -> None:
        if self.talk:
            print(*what, file=sys.stderr, flush=True)


_SAMPLES = {
    "regio": "AM12", "kwartaal": "2018Q1", "int": "1", "slug": "persoon", "path": "a",
    "uuid": "00000000-0000-4000-8000-000000000000",
}  # fmt: skip


def _addresses(flock: Any) -> list[str]:
    """Every address of the URLconf; a parameter gets a value that could be, and where a text may stand, a canary."""
    from django.urls import get_resolver

    def sample(match: re.Match[str]) -> str:
        kind, _, name = match.group(1).rpartition(":")
        return _SAMPLES.get(kind) or _SAMPLES.get(name) or flock.type_in("a text in an address")

    return list(dict.fromkeys("/" + re.sub(r"<([^>]+)>", sample, route) for route in _routes(get_resolver())))


def _routes(resolver: Any, before: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        part = str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _routes(pattern, before + part)
        elif not part.startswith("^"):
            yield before + part


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:]), ensure_ascii=False))
