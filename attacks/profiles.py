"""Finding one person behind the cards of the Kandidatenverkenner, as employers through the real HTTP door.

The attacker knows every true answer of the target. Each day of `--epochs` two employers read all cards, page by page,
and a sample of other searches: total, facets and cards of each must be what the cards alone predict (`mispredicted`),
or an answer says more than classes do. With that, every further answer of the day can be computed by the attacker, and
is. In between people come, leave, return, change their answers, hide, and show more of themselves; on every seventh day
cards are published.

Ten attacks, each giving sets of people that an attacker can tell apart; the score is the smallest that is not empty:
`conjunction` all answers of the target at once; `tracker` what remains of an answer after taking away every other value
of every other answer; `facets` what two facets differ by; `order` each card by its place, over pages and two employers;
`triangulation` each part into which three workplaces with three distances divide an answer; `snapshots` a saved card
as long as it is shown, among those who were in it; `entry` what a day adds; `collusion` what one employer sees and the
other does not; `withdrawal` what a day takes away; `errors` what an address answers that is hidden, of another, or
none.

The mutant is the same search over the answers themselves, which hides every answer of fewer than ten people
(`raw_isolated`: the share of targets of whom the same tracker leaves fewer than ten).
"""

import argparse
import http.client
import json
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from attacks import ready
from bench._kandidaten import ZAAD, employer, people, seed

K = 10
WEEK = 7
CHURN = 0.01
SAVED = 100


def main(argv: list[str]) -> dict[str, Any]:
    """The days, the ten attacks, and the raw search."""
    parser = argparse.ArgumentParser(prog="attacks.profiles")
    parser.add_argument("--targets", type=int, default=10_000)
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--snel", action="store_true", help="some hundreds of targets, three days")
    options = parser.parse_args(argv)
    targets, epochs = (200, 3) if options.snel else (options.targets, options.epochs)
    begin = time.perf_counter()
    with ready():
        answer = _Attack(targets, epochs, week=2 if options.snel else WEEK).run()
    return answer | {"targets": targets, "epochs": epochs, "seconds": round(time.perf_counter() - begin)}


@dataclass
class Scores:
    """The smallest set of people that each attack told apart; absent when it told nobody apart."""

    smallest: dict[str, int] = field(default_factory=dict)
    below: Counter[str] = field(default_factory=Counter)

    def note(self, attack: str, size: int) -> None:
        """A set of so many people was told apart."""
        if size:
            self.smallest[attack] = min(size, self.smallest.get(attack, size))
            self.below[attack] += size < K


Card = tuple[str, ...]


class _Door:
    """One employer at the real door."""

    def __init__(self, port: int, cookie: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._cookie, self._token = cookie, ""
        self.requests = 0

    def get(self, address: str) -> tuple[int, str]:
        """Status and text."""
        self.requests += 1
        try:
            response = self._read(address)
        except http.client.RemoteDisconnected:  # the server closes a connection that was silent for a while
            self._connection.close()
            response = self._read(address)
        for value in response.headers.get_all("Set-Cookie") or ():
            if value.startswith("csrftoken="):
                self._token = value.partition(";")[0].partition("=")[2]
        return response.status, response.read().decode()

    def _read(self, address: str) -> http.client.HTTPResponse:
        self._connection.request("GET", address, headers={"Cookie": self._cookies()})
        return self._connection.getresponse()

    def post(self, address: str) -> tuple[int, str]:
        """Status and text of an empty form."""
        self.requests += 1
        headers = {
            "Cookie": self._cookies(), "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": self._token,
        }  # fmt: skip
        self._connection.request("POST", address, b"", headers)
        response = self._connection.getresponse()
        return response.status, response.read().decode()

    def _cookies(self) -> str:
        return f"{self._cookie}; csrftoken={self._token}" if self._token else self._cookie

    def search(self, query: str, pages: int = 10_000) -> "Seen":
        """Everything an answer shows, over all its pages."""
        seen = Seen()
        for page in range(1, pages + 1):
            status, text = self.get(f"/werkgever/kandidaten/?{query}&pagina={page}")
            if status != 200:
                raise RuntimeError(f"the door answers {status}")
            seen.read(text, first=page == 1)
            if 'rel="next"' not in text:
                break
        return seen


@dataclass
class Seen:
    """What a search showed: the cards in order with their addresses, how many people, and the numbers of its facets."""

    cards: list[tuple[Card, int]] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    personal: list[str] = field(default_factory=list)
    total: int = 0
    numbers: Counter[tuple[str, str, int]] = field(default_factory=Counter)

    def read(self, text: str, *, first: bool) -> None:
        """Take in one page."""
        if first:
            found = re.search(r"Minstens ([0-9.]+) mensen passen", text)
            self.total = int(found[1].replace(".", "")) if found else 0
            for section in re.findall(r'<section aria-labelledby="keuze-\d+">.*?</section>', text, re.DOTALL):
                heading = re.search(r"<h4[^>]*>(.*?)</h4>", section, re.DOTALL)
                assert heading is not None, "the page has facets that this attack does not read"
                name = _bare(heading[1])
                for one in re.findall(r"<li>(.*?)</li>", section, re.DOTALL):
                    number = re.search(r"([0-9.]+)\+", one)
                    label = _bare(re.sub(r"<span.*?</span>|loslaten", "", one[: number.start()] if number else one))
                    self.numbers[name, label, int(number[1].replace(".", "")) if number else -1] += 1
        for block in re.findall(r'<li class="bna-card">(.*?)\n    </li>', text, re.DOTALL):
            address = re.search(r'href="([^"]+)"', block)
            assert address is not None
            fits = re.search(r"Past bij ([0-9.]+)\+ mensen", block)
            if fits is None:
                self.personal.append(address[1])
                continue
            values = _values_of(block)
            self.cards.append((values, int(fits[1].replace(".", ""))))
            self.addresses.append(address[1])


def _values_of(block: str) -> Card:
    """What a card says, in the order of `kaartwoorden.facts`; on a short card the names of the rest stand in a line."""
    from banenafspraak.web.components import kaartwoorden

    said = dict(
        zip(
            (_bare(name) for name in re.findall(r"<dt>(.*?)</dt>", block, re.DOTALL)),
            (_bare(value) for value in re.findall(r"<dd>(.*?)</dd>", block, re.DOTALL)),
            strict=True,
        )
    )
    return tuple(said.get(str(kaartwoorden.NAMES[kenmerk]), "op aanvraag") for kenmerk in kaartwoorden.ORDER)


def _bare(text: str) -> str:
    import html

    return html.unescape(re.sub(r"<[^>]+>", "", text)).strip()


class _Attack:
    def __init__(self, targets: int, epochs: int, *, week: int) -> None:
        self._targets, self._epochs, self._week = targets, epochs, week
        self._rng = random.Random(ZAAD)
        self._scores = Scores()
        self._wrong: list[str] = []
        self._predicted = 0

    def run(self) -> dict[str, Any]:
        """All of it."""
        from django.utils import timezone

        from bench._raadpleging import served

        # As many people again as targets, of whom the attacker knows nothing.
        self._profiles = seed(people(2 * self._targets + 1500, zaad=ZAAD), timezone.now())
        self._aimed = self._profiles[: self._targets]
        self._publish()
        (self._one, cookie), (self._two, other) = employer(1), employer(2)
        with served(workers=2, threads=2) as server:
            doors = _Door(server.port, cookie), _Door(server.port, other)
            before: dict[Card, tuple[int, frozenset[Any]]] = {}
            for epoch in range(self._epochs):
                if epoch:
                    self._live()
                    if epoch % self._week == 0:
                        self._publish()
                self._seal()
                before = self._day(epoch, doors, before)
            self._errors(doors)
            requests = sum(door.requests for door in doors)
        raw = self._raw()
        scores = self._scores
        return {
            "passed": not self._wrong and not any(scores.below.values()) and self._predicted > 0
            and len(scores.smallest) >= 7,
            "mutant_caught": raw > 0.8,
            "smallest": dict(sorted(scores.smallest.items())),
            "below_ten": {name: count for name, count in scores.below.items() if count},
            "mispredicted": self._wrong[:5],
            "predicted": self._predicted,
            "raw_isolated": round(raw, 3),
            "requests": requests,
            "people": len(self._profiles),
        }  # fmt: skip

    # --- The world ------------------------------------------------------------------------------------------------

    @staticmethod
    def _seal() -> None:
        """What the queue does every minute: without it the pages would refuse whatever is posted."""
        from django.utils import timezone

        from banenafspraak.access import zegels

        zegels.seal(now=timezone.now())

    @staticmethod
    def _publish() -> None:
        from django.utils import timezone

        from banenafspraak.access.actor import Actor
        from banenafspraak.bemiddeling import klassen

        klassen.publish(actor=Actor.system(doel="aanval"), now=timezone.now())

    def _live(self) -> None:
        """A day: one in a hundred leaves, comes back, changes an answer; a few hide or show more."""
        from django.utils import timezone

        from banenafspraak.bemiddeling.models import Klantprofiel, Verberging, Vindbaarheid

        now = timezone.now()
        some = max(3, round(CHURN * len(self._profiles)))
        leaving, back, changed = (self._rng.sample(self._profiles, some) for _ in range(3))
        Klantprofiel.objects.filter(pk__in=back).update(status="openbaar", beschikbaar_bevestigd_op=now.date())
        Klantprofiel.objects.filter(pk__in=leaving).update(status="concept")
        Klantprofiel.objects.filter(pk__in=changed).update(
            code_werk_en_denkniveau=self._rng.randint(1, 6), versie=now.microsecond + 2
        )
        for pk in self._rng.sample(self._profiles, 3):
            Verberging.objects.get_or_create(
                profiel_id=pk, organisatie_id=self._two.organisatie_id, defaults={"sinds_at": now}
            )
        shown = Klantprofiel.objects.filter(pk__in=self._rng.sample(self._profiles, 2), status="openbaar")
        for one in shown:
            kaart = {"waarden": ["AM12", *["onbekend"] * 8], "werksoorten": [], "werkvelden": []}
            Vindbaarheid.objects.get_or_create(profiel=one, defaults={"kaart": kaart, "sinds_at": now})
        for one in Vindbaarheid.objects.order_by("?")[:1]:
            one.delete()

    def _truth(self) -> tuple[dict[Card, frozenset[Any]], dict[Any, Card]]:
        """Who is in each open class, by what its card says in words; and the finest a card could say of each target."""
        from django.utils import timezone

        from banenafspraak.bemiddeling import kenmerken, klassen, zoekregels
        from banenafspraak.bemiddeling.models import Klasselid
        from banenafspraak.web.components import kaartwoorden

        today = timezone.localdate()
        members: dict[Card, set[Any]] = defaultdict(set)
        rows = Klasselid.objects.filter(klasse__open=True, zichtbaar_tot__gte=today).select_related("klasse")
        self._values = {}
        for row in rows:
            values = klassen.values_of(row.klasse)
            words = tuple(fact.tekst for fact in kaartwoorden.facts(values))
            self._values[words] = values
            members[words].add(row.profiel_id)
        from django.db import transaction

        with transaction.atomic():
            finest = {
                one.profiel_id: kenmerken.finest(one, today)
                for one in zoekregels.read(None, peildatum=today, alleen=self._aimed)
                if one.is_visible_on(today)
            }
        return {words: frozenset(some) for words, some in members.items()}, finest

    # --- A day ----------------------------------------------------------------------------------------------------

    def _day(
        self, epoch: int, doors: tuple[_Door, _Door], before: dict[Card, tuple[int, frozenset[Any]]]
    ) -> dict[Card, tuple[int, frozenset[Any]]]:
        members, finest = self._truth()
        seen = [door.search("") for door in doors]
        note = self._scores.note
        for one in seen:
            for place, (card, tens) in enumerate(one.cards):
                note("order", len(members.get(card, ())))
                if tens > len(members.get(card, ())):
                    self._wrong.append(f"day {epoch}, place {place}: {tens}+ for {len(members.get(card, ()))}")
        shown = [dict(one.cards) for one in seen]
        for card in set(shown[0]) ^ set(shown[1]):
            note("collusion", len(members.get(card, ())))
        for card in set(shown[0]) & set(shown[1]):
            if shown[0][card] != shown[1][card]:
                note("collusion", len(members[card]))
        today = {card: (tens, members.get(card, frozenset())) for card, tens in shown[0].items()}
        for card in set(before) | set(today):
            was, is_ = before.get(card, (0, frozenset())), today.get(card, (0, frozenset()))
            if was[0] > is_[0]:
                note("withdrawal", len(was[1]))
            if before and is_[0] > was[0]:
                note("entry", len(is_[1]))
        self._saved(epoch, doors[0], seen[0], members)
        model = _Model(today, self._values)
        for query in self._sample(finest):
            self._check(doors[0].search(query), model, query)
        if epoch % self._week == 0:
            _aim(model, finest, self._scores, self._rng)
        else:
            for card in finest.values():
                note("conjunction", len(model.people(_conjunction(card), fitting=card)))
        return today

    def _saved(self, epoch: int, door: _Door, seen: Seen, members: dict[Card, frozenset[Any]]) -> None:
        """Keep cards on the first day, and count on every day who of those in it then can still be meant."""
        from django.utils import timezone

        if epoch == 0:
            chosen = self._rng.sample(range(len(seen.cards)), min(SAVED, len(seen.cards)))
            for place in chosen:
                door.post(f"{seen.addresses[place]}bewaren/")
            self._kept = {seen.cards[place][0]: members[seen.cards[place][0]] for place in chosen}
            self._kept_at = timezone.now()
            return
        _, text = door.get("/werkgever/kandidaten/bewaard/")
        for block in re.findall(r'<li class="bna-card">(.*?)\n    </li>', text, re.DOTALL):
            if "Past bij" in block:
                card = _values_of(block)
                self._scores.note("snapshots", len(self._kept[card] & members.get(card, frozenset())))

    def _sample(self, finest: dict[Any, Card]) -> Iterable[str]:
        """Searches of the day that go over the wire: about targets, and from workplaces."""
        from bench._kandidaten import queries

        cards = self._rng.sample(list(finest.values()), min(6, len(finest)))
        for card in cards:
            yield _conjunction(card[: self._rng.randint(1, len(card))])
        for wens in queries(4, zaad=self._rng.randrange(1 << 30)):
            yield wens.query()

    def _check(self, seen: Seen, model: "_Model", query: str) -> None:
        expected = model.answer(query)
        if Counter(seen.cards) != expected.cards or seen.total != expected.total or seen.numbers != expected.numbers:
            self._wrong.append(query)
        self._predicted += 1

    def _errors(self, doors: tuple[_Door, _Door]) -> None:
        """An address that is hidden by now, one of another employer, and one that never was must look the same."""
        from banenafspraak.bemiddeling.models import Klantprofiel, Klasselid

        own, other = doors[0].search("", pages=1), doors[1].search("", pages=1)
        word = own.cards[0][0]
        klasse_id = next(
            row.klasse_id for row in Klasselid.objects.select_related("klasse")
            if tuple(row.klasse and self._words(row.klasse)) == word
        )  # fmt: skip
        gone = list(Klasselid.objects.filter(klasse=klasse_id).values_list("profiel_id", flat=True))
        Klantprofiel.objects.filter(pk__in=gone).update(status="concept")
        never = "/werkgever/kandidaten/" + "a" * 26 + "/"
        for verb in (lambda address: doors[0].get(address), lambda address: doors[0].post(f"{address}bewaren/")):
            answers = {
                (status, re.sub(r'value="[^"]{20,}"|href="[^"]*"', "", text))
                for status, text in map(verb, (own.addresses[0], other.addresses[0], never))
            }
            if len(answers) != 1:
                self._wrong.append("errors")
        self._scores.note("errors", len(gone))
        if set(own.addresses) & set(other.addresses):
            self._wrong.append("two employers share an address")

    @staticmethod
    def _words(klasse: Any) -> Card:
        from banenafspraak.bemiddeling import klassen
        from banenafspraak.web.components import kaartwoorden

        return tuple(fact.tekst for fact in kaartwoorden.facts(klassen.values_of(klasse)))

    def _raw(self) -> float:
        """The share of targets whom the tracker isolates in a search over the answers themselves."""
        made = people(2 * self._targets + 1500, zaad=ZAAD)
        answers = [
            tuple(map(str, (made.pc4[at], made.niveau[at], made.kinds[at][:1], made.most[at], made.dagen[at],
                            made.reisafstand[at], made.vervoer[at], made.ervaring[at])))
            for at in range(len(made.pc4))
        ]  # fmt: skip
        raw = _Raw(answers)
        return sum(raw.tracker(answers[at]) < K for at in range(self._targets)) / self._targets


# --- What the attacker computes -------------------------------------------------------------------------------------


def _conjunction(card: Card) -> str:
    """A search for every one of these values."""
    from urllib.parse import urlencode

    from banenafspraak.bemiddeling.kenmerken import KENMERKEN

    return urlencode({f"k_{kenmerk}": value for kenmerk, value in zip(KENMERKEN, card, strict=False) if value})


@dataclass
class _Answer:
    cards: Counter[tuple[Card, int]]
    total: int
    numbers: Counter[tuple[str, str, int]]


class _Model:
    """The cards of a day as the attacker has them, asked in his own machine; and, to keep the score, who is in each."""

    def __init__(self, cards: dict[Card, tuple[int, frozenset[Any]]], values: dict[Card, Card]) -> None:
        from banenafspraak.bemiddeling.vensterindex import Kaart, Vensterindex

        self.index = Vensterindex()
        self._words: dict[int, Card] = {}
        self.members: dict[int, frozenset[Any]] = {}
        for number, (words, (tens, some)) in enumerate(sorted(cards.items()), start=1):
            self.index.put(Kaart(number, values[words], tens))
            row = self.index.place_of(number)
            assert row is not None
            self._words[row], self.members[row] = words, some
        self._known: dict[str, frozenset[int]] = {}

    def rows(self, query: str) -> frozenset[int]:
        """The cards of an answer."""
        if query not in self._known:
            from banenafspraak.bemiddeling import verkenner
            from banenafspraak.bemiddeling.wens import of_query

            found = verkenner._ranked(self.index, of_query(query), self.index.alive, 0)
            self._known[query] = frozenset(found.tolist())
        return self._known[query]

    def size(self, rows: Iterable[int]) -> int:
        """How many people are in these cards."""
        return sum(len(self.members[row]) for row in rows)

    def people(self, query: str, *, fitting: Card) -> set[Any]:
        """Who can be meant: everybody in a card of the answer that fits the target."""
        from banenafspraak.bemiddeling.kenmerken import fits

        found: set[Any] = set()
        for row in self.rows(query):
            kaart = self.index.kaarten[row]
            assert kaart is not None
            if fits(fitting, kaart.waarden):
                found |= self.members[row]
        return found

    def answer(self, query: str) -> _Answer:
        """What the door must say if it says nothing but classes."""
        import numpy as np

        from banenafspraak.bemiddeling import verkenner
        from banenafspraak.web.components import kaartwoorden

        rows = np.array(sorted(self.rows(query)), dtype=np.int64)
        numbers: Counter[tuple[str, str, int]] = Counter()
        for kenmerk in verkenner.FACETS:
            if kenmerk != "regio":
                for value, count in verkenner._facet(self.index, kenmerk, rows, self.index.tens).items():
                    numbers[str(kaartwoorden.NAMES[kenmerk]), kaartwoorden.word(kenmerk, value), count] += 1
        cards = Counter((self._words[row], int(self.index.tens[row])) for row in rows.tolist())
        return _Answer(cards, int(self.index.tens[rows].sum()), numbers)


def _aim(model: _Model, finest: dict[Any, Card], scores: Scores, rng: random.Random) -> None:
    """Every attack that starts from one target."""
    from banenafspraak.bemiddeling.kenmerken import KENMERKEN

    words = [[word for word in model.index.vocabulary[place] if word] for place in range(len(KENMERKEN))]
    done: set[Card] = set()
    for card in finest.values():
        if card in done:
            continue
        done.add(card)
        scores.note("conjunction", len(model.people(_conjunction(card), fitting=card)))
        for known in (2, 3, 5):
            _tracker(model, card, known, words, scores)
        _facets(model, card, scores)
        _triangulate(model, card, scores, rng)


def _tracker(model: _Model, card: Card, known: int, words: list[list[str]], scores: Scores) -> None:
    """An answer to some of the target's values, less the answers to each other value of each of the rest."""
    order = (0, 2, 1, 3, 4, 5, 6, 7, 8)
    first = {place: card[place] for place in order[:known]}
    left = model.rows(_query(first))
    for place in order[known:]:
        for other in words[place]:
            if other != card[place]:
                taken = model.rows(_query(first | {place: other}))
                scores.note("tracker", model.size(left & taken))
                scores.note("tracker", model.size(left - taken))
        exact = model.rows(_query(first | {place: card[place]}))
        for other in words[place]:
            if other != card[place]:
                exact = exact - model.rows(_query(first | {place: other}))
        scores.note("tracker", model.size(exact))
        left = left & model.rows(_query(first | {place: card[place]}))
        scores.note("tracker", model.size(left))


def _query(values: dict[int, str]) -> str:
    from urllib.parse import urlencode

    from banenafspraak.bemiddeling.kenmerken import KENMERKEN

    return urlencode({f"k_{KENMERKEN[place]}": value for place, value in sorted(values.items()) if value})


def _facets(model: _Model, card: Card, scores: Scores) -> None:
    """Every number of a facet with, and without, one more value of the target."""
    wide = model.answer(_query({0: card[0]}))
    narrow = model.answer(_query({0: card[0], 2: card[2]}))
    before = {(name, label): count for name, label, count in wide.numbers}
    for name, label, count in narrow.numbers:
        scores.note("facets", count)
        scores.note("facets", abs(before.get((name, label), 0) - count))
    scores.note("facets", abs(wide.total - narrow.total))


def _triangulate(model: _Model, card: Card, scores: Scores, rng: random.Random) -> None:
    """Three workplaces and three distances: every part into which they divide the answers."""
    from banenafspraak.bemiddeling import postcodes
    from banenafspraak.bemiddeling.postcodes import REGIOS

    if not card[0]:
        return
    tabel = postcodes.table()
    here = [int(one) for one in tabel.pc4[tabel.regio == REGIOS.index(card[0])]]
    places = sorted(here)[:: max(1, len(here) // 3)][:3]
    parts: dict[tuple[bool, ...], set[int]] = defaultdict(set)
    circles = [
        model.rows(f"waar={place}&straal={straal}&k_werkveld={card[2]}") for place in places for straal in (5, 10, 30)
    ]
    for row in set().union(*circles):
        parts[tuple(row in circle for circle in circles)].add(row)
    for rows in parts.values():
        scores.note("triangulation", model.size(rows))


class _Raw:
    """A search over what people answered, which hides every answer of fewer than ten people: the mutant."""

    def __init__(self, answers: list[Card]) -> None:
        self._answers = answers
        self._with: list[dict[str, set[int]]] = [defaultdict(set) for _ in answers[0]]
        for at, one in enumerate(answers):
            for place, value in enumerate(one):
                self._with[place][value].add(at)

    def ask(self, some: set[int]) -> set[int] | None:
        """An answer; None when it is hidden."""
        return some if len(some) >= K else None

    def tracker(self, card: Card) -> int:
        """How many are left of an answer that is shown, after taking away another that is shown."""
        best = len(self._answers)
        for known in range(1, len(card)):
            first = set.intersection(*(self._with[place][card[place]] for place in range(known)))
            rest = set.intersection(*(self._with[place][card[place]] for place in range(known, len(card))))
            whole, without = self.ask(first), self.ask(first - rest)
            if whole is not None and without is not None:
                best = min(best, len(whole - without))
        # The same from the other end: an answer to one wide question is enough.
        for place in range(len(card)):
            first = self._with[place][card[place]]
            rest = set.intersection(*(self._with[p][card[p]] for p in range(len(card)) if p != place))
            whole, without = self.ask(first), self.ask(first - rest)
            if whole is not None and without is not None:
                best = min(best, len(whole - without))
        return best


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
