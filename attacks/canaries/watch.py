"""Every answer is held against the rule that no message, address or header holds a BSN; findings are kept by place."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from attacks.canaries.browser import Answer, Page
from attacks.canaries.numbers import Flock, Net


def route_of(path: str) -> str:
    """The address as the URLconf writes it: it holds no value. '(geen)' where nothing stands."""
    from django.urls import Resolver404, resolve

    try:
        return resolve(path.split("?", 1)[0]).route or "/"
    except Resolver404:
        return "(no such address)"


def name_of(path: str) -> str:
    """The name of the address, or ''."""
    from django.urls import Resolver404, resolve

    try:
        return resolve(path.split("?", 1)[0]).url_name or ""
    except Resolver404:
        return ""


@dataclass
class Watch:
    """What was seen so far. `hits` break the rule; the others are told apart for who reads the report.

    - `echoed`: a field shows again what this very person typed in it a moment ago, on a page that nobody may keep.
    - `shown`: a page shows later what somebody typed in a field that is not for numbers, on a page nobody may keep.
    - `by_design`: the pages whose purpose it is to show the number of a person, to who needs it.
    """

    flock: Flock
    net: Net
    purpose: dict[str, str]
    hits: dict[str, set[str]] = field(default_factory=dict)
    echoed: set[str] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)
    by_design: set[str] = field(default_factory=set)
    answers: int = 0
    refused: dict[int, int] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    broken_in_outage: int = 0

    def found(self, place: str, data: bytes | str, *, layers: int = 4) -> bool:
        """Search data that may hold no canary at all. Whether there was one."""
        return self._report(place, self.net.find(data.encode() if isinstance(data, str) else data, layers=layers))

    def _report(self, place: str, numbers: dict[str, str]) -> bool:
        loose = set(self.flock.people) | set(self.flock.typed)
        details = {f"{form}; from {self.flock.came_from(n)}" for n, form in numbers.items() if n in loose}
        if details:
            self.hits.setdefault(place, set()).update(details)
        return bool(details)

    def inspect(self, answer: Answer, *, role: str, sent: Iterable[str], outage: bool = False) -> Page | None:
        """Judge one answer; returns the page that is on it."""
        self.answers += 1
        self.refused[answer.status] = self.refused.get(answer.status, 0) + 1
        route, mine = route_of(answer.path), set(sent)
        if answer.status >= 500 and outage:
            self.broken_in_outage += 1
        elif answer.status >= 500:
            self.broken.add(f"{answer.method} {route}")
        for name, value in answer.headers:
            self.found(f"header {name} of {route} ({answer.status})", value)
        page = None
        if answer.is_page:
            page = Page(answer.path, answer.body.decode("utf-8", "replace"))
            self.found(f"address on the page of {route} ({answer.status})", "\n".join(page.urls))
            for name, value in page.typed_back:
                self._typed_back(answer, route, name, self.net.find(value.encode(), layers=0), mine)
            seen = self.net.find(page.text.encode(), layers=0)
        else:
            seen = self.net.find(answer.body)
        self._body(answer, route, role, seen, mine)
        return page

    def _typed_back(self, answer: Answer, route: str, name: str, seen: dict[str, str], mine: set[str]) -> None:
        for number, form in seen.items():
            if "no-store" not in answer.header("Cache-Control"):
                self._report(f"field {name} on {route}, on a page that may be kept", {number: form})
            else:
                (self.echoed if number in mine else self.shown).add(f"{route} {name}")

    def _body(self, answer: Answer, route: str, role: str, seen: dict[str, str], mine: set[str]) -> None:
        kept = "no-store" not in answer.header("Cache-Control")
        for number, form in seen.items():
            if number not in self.flock.typed and number not in self.flock.people:
                continue
            if number in mine and name_of(answer.path) not in self.purpose:
                self._report(f"answer of {route} ({answer.status}) repeats what was sent", {number: form})
            elif kept:
                self._report(f"answer of {route} ({answer.status}), which may be kept", {number: form})
            elif number in self.flock.typed:
                self.shown.add(f"{route} for {role}")
            elif name_of(answer.path) in self.purpose:
                self.by_design.add(f"{route} for {role}")
            else:
                self._report(f"answer of {route} ({answer.status}) for {role}", {number: form})
