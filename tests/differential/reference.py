"""The count of a quarter the slow and obvious way: loops over people and rows, and `wet`.

Nothing here is shared with `banenafspraak.metingen`: names of figures are spelled out, so that both must agree.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from banenafspraak.access.gebieden import regio_op
from banenafspraak.wet import banen, doelgroep

Name = tuple[str, str, str, str]
"""Region, quantity, category, feature."""


@dataclass(frozen=True)
class Registratie:
    pseudoniem: int
    grond: str
    route: str
    vanaf: date
    tot: date | None
    einde_reden: str | None


@dataclass(frozen=True)
class Woonplaats:
    pseudoniem: int
    gemeente: str
    vanaf: date
    tot: date | None


@dataclass(frozen=True)
class Loonregel:
    pseudoniem: int
    srtiv: int
    cdaard: int
    uren: Decimal
    met_loon: bool
    sector: str


@dataclass(frozen=True)
class Wereld:
    """Everything there is to count with."""

    registraties: list[Registratie]
    woonplaatsen: list[Woonplaats]

    def people(self) -> list[int]:
        return sorted({r.pseudoniem for r in self.registraties})

    def valid(self, person: int, day: date) -> list[Registratie]:
        """The registrations of a person on a day, without those that lasted one day."""
        found = []
        for r in self.registraties:
            if r.pseudoniem != person:
                continue
            if r.vanaf > day:
                continue
            if r.tot is not None and r.tot <= day:
                continue
            if r.tot is not None and r.tot - r.vanaf <= timedelta(days=1):
                continue
            found.append(r)
        return found

    def category(self, person: int, day: date) -> str:
        pairs = frozenset((doelgroep.Grond(r.grond), doelgroep.Route(r.route)) for r in self.valid(person, day))
        return doelgroep.categorie(pairs, peildatum=day).waarde.value

    def region(self, person: int, day: date, map_of: date) -> str:
        """Where the person lives on the day, by the map of regions of `map_of`."""
        for w in self.woonplaatsen:
            if w.pseudoniem == person and w.vanaf <= day and (w.tot is None or day < w.tot):
                return regio_op(w.gemeente, map_of) or "onbekend"
        return "onbekend"

    def last_reason(self, person: int, after: date, until: date) -> str:
        ended = [
            r
            for r in self.registraties
            if r.pseudoniem == person
            and r.tot is not None
            and after < r.tot <= until
            and r.tot - r.vanaf > timedelta(days=1)
        ]
        last = max(r.tot for r in ended if r.tot is not None)
        reasons = sorted(r.einde_reden for r in ended if r.tot == last and r.einde_reden)
        return reasons[0] if reasons else "overig"


def works(person: int, day: date, rows: Iterable[Loonregel]) -> str:
    for row in rows:
        if row.pseudoniem == person and row.srtiv in banen.loonsoorten(day) and row.met_loon:
            return "werkend"
    return "niet_werkend"


def count(
    wereld: Wereld, *, begin: date, day: date, rows: list[Loonregel], before: date | None, rows_before: list[Loonregel]
) -> dict[Name, Decimal]:
    """Every figure of the quarter from `begin` to `day` that is not zero; `before` None: no flow."""
    figures: Counter[Name] = Counter()

    def add(region: str, quantity: str, category: str, feature: str, value: int | Decimal = 1) -> None:
        for c in (category, "totaal"):
            for f in (feature, "totaal"):
                figures[region, quantity, c, f] += Decimal(value)

    for person in wereld.people():
        if not wereld.valid(person, day):
            continue
        for region in (wereld.region(person, day, day), "NL"):
            add(region, "personen", wereld.category(person, day), works(person, day, rows))
        for row in rows:
            aard = banen.aard_arbeidsverhouding(day).get(row.cdaard)
            if row.pseudoniem == person and row.srtiv in banen.loonsoorten(day) and aard and aard.telt:
                column = "uitzend_detachering" if aard.inleen else row.sector
                for region in (wereld.region(person, day, day), "NL"):
                    add(region, "banen", wereld.category(person, day), column, row.uren)

    for r in wereld.registraties:
        lasted = r.tot is None or r.tot - r.vanaf > timedelta(days=1)
        if r.route == "praktijkroute" and begin <= r.vanaf <= day and lasted:
            for region in (wereld.region(r.pseudoniem, r.vanaf, day), "NL"):
                figures[region, "praktijkroute", "totaal", "totaal"] += 1

    if before is not None:
        for person in wereld.people():
            _flow(wereld, person, before, day, rows_before, rows, figures, add)
    return {name: Decimal(value) for name, value in figures.items() if value}


def _flow(wereld, person, before, day, rows_before, rows, figures, add) -> None:
    was = bool(wereld.valid(person, before))
    is_ = bool(wereld.valid(person, day))
    if is_ and not was:
        for region in (wereld.region(person, day, day), "NL"):
            add(region, "instroom", wereld.category(person, day), works(person, day, rows))
    if was and not is_:
        for region in (wereld.region(person, before, before), "NL"):
            add(region, "uitstroom", wereld.category(person, before), works(person, before, rows_before))
            figures[region, "uitstroomreden", "totaal", wereld.last_reason(person, before, day)] += 1
    if was and is_:
        old, new = wereld.region(person, before, before), wereld.region(person, day, day)
        old_category, new_category = wereld.category(person, before), wereld.category(person, day)
        worked, working = works(person, before, rows_before), works(person, day, rows)
        kind = {
            ("niet_werkend", "werkend"): "baanvinders",
            ("werkend", "niet_werkend"): "baanverliezers",
            ("werkend", "werkend"): "baanbehouders",
            ("niet_werkend", "niet_werkend"): "niet_werkend_gebleven",
        }[worked, working]
        home = new if old == new else "verhuisd"
        for region in (home, "NL"):
            add(region, "blijver", new_category, kind)
            if old_category != new_category:
                figures[region, "wisseling", old_category, f"{new_category}/{worked}"] += 1
        if old != new:
            for region in (new, "verhuisd"):
                add(region, "instroom", new_category, working)
            for region in (old, "verhuisd"):
                add(region, "uitstroom", old_category, worked)
            figures[old, "uitstroomreden", "totaal", "vertrek_uit_regio"] += 1
