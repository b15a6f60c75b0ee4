"""A synthetic Netherlands with a planted truth: who suits which vacature, known because it was made up first.

**The truth is not our score.** Each person has hidden traits that no system sees: a taste (a direction in a space of
twelve dimensions in which every kind of work lies as well), what earlier work taught, theory and language as real
numbers, the minutes somebody will travel and by what, the hours and days they could do, how they bear irregular hours,
and a drive that nobody writes down. A vacature has hidden needs of the same kind. The suitability of a pair is the
chance that the two would still be together after half a year: a logistic function of *margins* between those hidden
numbers, with soft edges instead of classes, with travel in minutes by road and vehicle instead of kilometres, with an
interaction (who likes the work travels further), and with a part by chance that no record could ever tell.

**The record is a noisy and partly missing view of it.** People name a few kinds of work that they like and that come to
mind; levels, hours, kilometres and days are rounded, a little wrong, and often missing (42% of the levels, as in 2019;
a fifth to a half of the rest), more often so for some grounds than for others. Employers leave out answers too, and
three in ten ask a level more than the work needs. Every ranking sees the record only.

**What is shared with the score, and what is not.** Both know that work in one werkveld or ISCO group is alike: the
place of a kind of work in the hidden space is drawn around its werkveld and its groups, so that nearness means
something. But the distances are drawn, and neither the steps nor the weights of `matching` are used here; no weight of
`matching` was set by this bench. The level of the truth was set so that the ten best of 50,000 would stay in nine of
ten cases, and somebody drawn at random in less than one of a hundred.

`ndcg10_traits` (in `bench.matching`) orders by the hidden traits without the parts by chance: what a perfect adviser
who knows everybody could reach.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np

ZAAD = 20261126
DIMENSIONS = 12
GRONDEN = ("participatiewet", "wajong", "wsw", "wia")
_GROND_SHARE = (0.52, 0.30, 0.15, 0.03)
_MORE_MISSING = {"participatiewet": 1.15, "wajong": 0.9, "wsw": 0.75, "wia": 1.0}
_MISSING = {
    "niveau": 0.42, "uren": 0.25, "dagen": 0.30, "reisafstand": 0.20, "vervoer": 0.25, "taal": 0.35,
    "rijbewijs": 0.30, "tijden": 0.40, "contract": 0.50, "ervaring": 0.30, "werk": 0.12,
}  # fmt: skip
_KM = np.array([5, 10, 15, 20, 25, 30, 40, 50, 60, 80])
_SPEED = {"auto": 52.0, "bromfiets": 32.0, "fiets": 15.0, "ov": 27.0}
_OVERHEAD = {"auto": 6.0, "bromfiets": 3.0, "fiets": 1.0, "ov": 14.0}
_CHANCE = 0.6
_CENTRE = 2.2
"""The log-odds of somebody who likes the work well and whom nothing stands in the way: nine in ten would stay."""
_WORST = 5.0
"""What one thing can take away at most: then it is hopeless already."""


@dataclass
class Wereld:
    """The people: hidden traits, and the record of them, a row a person; -1 in a record is no answer."""

    pc4: np.ndarray
    regio: np.ndarray
    grond: np.ndarray
    vrouw: np.ndarray
    x: np.ndarray
    y: np.ndarray
    taste: np.ndarray
    learned: np.ndarray
    theory: np.ndarray
    language: np.ndarray
    minutes: np.ndarray
    modes: dict[str, np.ndarray]
    hours_most: np.ndarray
    hours_least: np.ndarray
    days: np.ndarray
    bears: np.ndarray
    licence: np.ndarray
    fixed: np.ndarray
    drive: np.ndarray
    starts: np.ndarray
    # The record.
    kinds: list[tuple[str, ...]] = field(default_factory=list)
    past: list[tuple[str, ...] | None] = field(default_factory=list)
    niveau: np.ndarray = field(default_factory=lambda: np.empty(0))
    uren: np.ndarray = field(default_factory=lambda: np.empty(0))
    dagen: np.ndarray = field(default_factory=lambda: np.empty(0))
    reisafstand: np.ndarray = field(default_factory=lambda: np.empty(0))
    vervoer: list[tuple[int, ...]] = field(default_factory=list)
    taal: np.ndarray = field(default_factory=lambda: np.empty(0))
    rijbewijs: np.ndarray = field(default_factory=lambda: np.empty(0))
    tijden: np.ndarray = field(default_factory=lambda: np.empty(0))
    contract: np.ndarray = field(default_factory=lambda: np.empty(0))


@dataclass(frozen=True)
class Baan:
    """A vacature: its hidden needs, and what its employer wrote down (`vraag`, a `Vacaturevraag`, and a title)."""

    kind: int
    x: float
    y: float
    regio: int
    theory: float
    language: float
    hours: tuple[int, int]
    days: int
    irregular: float
    licence: bool
    by_public_transport: bool
    fixed: bool
    experience: float
    starts: int
    zaad: int
    vraag: Any
    titel: str
    pc4: int


@cache
def kinds() -> tuple[tuple[str, ...], np.ndarray, np.ndarray]:
    """The codes of our list, the place of each in the hidden space, and how much each is thought of."""
    from banenafspraak.bemiddeling.werksoorten import WERKSOORTEN

    rng = np.random.default_rng(ZAAD)
    around: dict[str, np.ndarray] = {}

    def near(name: str) -> np.ndarray:
        return around.setdefault(name, rng.normal(size=DIMENSIONS) / DIMENSIONS**0.5)

    codes = tuple(WERKSOORTEN)
    place = np.empty((len(codes), DIMENSIONS))
    for at, one in enumerate(WERKSOORTEN.values()):
        place[at] = (
            near(one.werkveld) + 0.6 * near(one.isco08[:2]) + 0.5 * near(one.isco08[:3]) + 0.5 * near(one.isco08)
        )
        place[at] += 0.6 * rng.normal(size=DIMENSIONS) / DIMENSIONS**0.5
    place /= np.linalg.norm(place, axis=1, keepdims=True)
    order = rng.permutation(len(codes))
    known = np.empty(len(codes))
    known[order] = 1 / np.arange(1, len(codes) + 1) ** 0.8
    return codes, place, known / known.sum()


def people(count: int, *, zaad: int = ZAAD) -> Wereld:
    """So many people, hidden and recorded."""
    from banenafspraak.bemiddeling import postcodes
    from bench._kandidaten import _places

    rng = np.random.default_rng(zaad)
    _, place, known = kinds()
    tabel = postcodes.table()
    pc4s, weight = _places()
    pc4 = rng.choice(pc4s, size=count, p=weight)
    row = np.array([tabel.place_of(int(one)) or 0 for one in pc4])
    grond = rng.choice(len(GRONDEN), size=count, p=_GROND_SHARE)
    vrouw = rng.random(count) < 0.42
    heart = rng.choice(len(place), size=(count, 2), p=_flat(known))
    taste = place[heart[:, 0]] + 0.7 * place[heart[:, 1]] + 0.5 * rng.normal(size=(count, DIMENSIONS)) / DIMENSIONS**0.5
    taste /= np.linalg.norm(taste, axis=1, keepdims=True)
    car = rng.random(count) < np.where(vrouw, 0.28, 0.36)
    theory = rng.normal(np.array([3.2, 3.4, 2.6, 3.8])[grond], 0.9)
    most = np.clip(rng.normal(np.array([30, 26, 28, 24])[grond] - 3.0 * vrouw, 8), 6, 40)
    wereld = Wereld(
        pc4=pc4, regio=tabel.regio[row], grond=grond, vrouw=vrouw,
        x=tabel.x[row].astype(float), y=tabel.y[row].astype(float),
        taste=taste, learned=np.empty((0,)), theory=theory,
        language=rng.normal(np.array([3.0, 3.5, 3.2, 3.2])[grond], 0.7),
        minutes=np.clip(rng.lognormal(3.5, 0.4, count), 10, 120),
        modes={
            "auto": car,
            "bromfiets": rng.random(count) < 0.09,
            "fiets": rng.random(count) < 0.8,
            "ov": rng.random(count) < 0.65,
        },
        hours_most=most, hours_least=np.clip(most - rng.uniform(0, 18, count), 0, 40),
        days=_mask(rng, np.where(rng.random((count, 7)) < [0.9, 0.9, 0.82, 0.9, 0.88, 0.3, 0.14], 1, 0)),
        bears=rng.normal(0.0, 1.0, count), licence=car | (rng.random(count) < 0.15), fixed=rng.random(count) < 0.6,
        drive=rng.normal(size=count), starts=np.where(rng.random(count) < 0.85, 0, rng.integers(10, 150, count)),
    )  # fmt: skip
    _write_down(wereld, rng, place, known)
    return wereld


def _flat(known: np.ndarray) -> np.ndarray:
    """What people love is spread wider than what they can name."""
    wide = known**0.6
    return wide / wide.sum()


def _mask(rng: np.random.Generator, bits: np.ndarray) -> np.ndarray:
    mask = bits @ (1 << np.arange(7))
    return np.where(mask == 0, 1 << rng.integers(0, 5, len(mask)), mask)


def _write_down(w: Wereld, rng: np.random.Generator, place: np.ndarray, known: np.ndarray) -> None:
    """The record: rounded, a little wrong, and partly missing."""
    count = len(w.pc4)
    codes = kinds()[0]
    more = np.array([_MORE_MISSING[one] for one in GRONDEN])[w.grond]

    def asked(name: str) -> np.ndarray:
        return rng.random(count) >= _MISSING[name] * more

    comes_to_mind = 0.25 * np.log(known)
    number = rng.integers(1, 5, count)
    jobs = rng.integers(0, 4, count)
    named, worked = asked("werk"), asked("ervaring")
    learned = np.zeros((count, 3), dtype=np.int64) - 1
    for begin in range(0, count, 20_000):
        part = slice(begin, begin + 20_000)
        alike = w.taste[part] @ place.T
        wish = 4.0 * alike + comes_to_mind + 0.5 * rng.gumbel(size=alike.shape)
        best = np.argpartition(-wish, 4, axis=1)[:, :4]
        best = np.take_along_axis(best, np.argsort(-np.take_along_axis(wish, best, 1), axis=1), 1)
        did = np.argpartition(-(2.0 * alike + comes_to_mind + 1.2 * rng.gumbel(size=alike.shape)), 3, axis=1)[:, :3]
        for row, (wanted, past) in enumerate(zip(best.tolist(), did.tolist(), strict=True)):
            at = begin + row
            w.kinds.append(tuple(codes[one] for one in wanted[: number[at]]) if named[at] else ())
            learned[at, : jobs[at]] = past[: jobs[at]]
            w.past.append(tuple(codes[one] for one in past[: jobs[at]]) if worked[at] else None)
    w.learned = learned
    w.niveau = np.where(asked("niveau"), np.clip(np.rint(w.theory + rng.normal(0, 0.45, count)), 1, 6), -1).astype(int)
    hours = np.clip(np.rint((w.hours_most + rng.normal(0, 2.5, count)) / 4) * 4, 4, 40)
    w.uren = np.where(asked("uren"), hours, -1).astype(int)
    wrong = (1 << rng.integers(0, 7, count)) * (rng.random(count) < 0.15)
    days = w.days ^ wrong
    w.dagen = np.where(asked("dagen") & (days > 0), days, -1).astype(int)
    speed = np.max([np.where(has, _SPEED[name], 8.0) for name, has in w.modes.items()], axis=0)
    reach = w.minutes / 60 * speed / 1.3 * rng.lognormal(0, 0.25, count)
    w.reisafstand = np.where(asked("reisafstand"), _KM[np.argmin(np.abs(reach[:, None] - _KM), axis=1)], -1).astype(int)
    told = asked("vervoer")
    number_of = {"auto": 1, "bromfiets": 2, "fiets": 3, "ov": 5}
    has = {name: column & told & (rng.random(count) < 0.95) for name, column in w.modes.items()}
    w.vervoer = [tuple(code for name, code in number_of.items() if has[name][at]) for at in range(count)]
    w.taal = np.where(asked("taal"), np.clip(np.rint(w.language + rng.normal(0, 0.4, count)), 1, 4), -1).astype(int)
    w.rijbewijs = np.where(asked("rijbewijs"), w.licence.astype(int), -1)
    felt = w.bears + rng.normal(0, 0.5, count)
    w.tijden = np.where(asked("tijden"), np.where(felt > 0.2, 1, np.where(felt < -0.6, 2, 3)), 0)
    w.contract = np.where(asked("contract"), w.fixed.astype(int), -1)


def regels(w: Wereld, ids: list[Any], today: date) -> Any:
    """The record of each person as the index reads it."""
    from banenafspraak.bemiddeling import postcodes
    from banenafspraak.bemiddeling.kenmerken import Zoekregel
    from banenafspraak.bemiddeling.postcodes import REGIOS
    from banenafspraak.bemiddeling.zoekregels import _werkvelden

    tabel = postcodes.table()
    for at, pk in enumerate(ids):
        plek = tabel.place_of(int(w.pc4[at])) or 0
        past, most, times = w.past[at], _none(w.uren[at]), int(w.tijden[at])
        yield Zoekregel(
            profiel_id=pk, versie=1, vanaf=today - timedelta(days=30), tot=today + timedelta(days=30), plek=plek,
            regio=REGIOS[tabel.regio[plek]], reisafstand=_none(w.reisafstand[at]), vervoermiddelen=w.vervoer[at],
            rijbewijzen=(None, (), ("B",))[w.rijbewijs[at] + 1], uren_min=None if most is None else max(0, most - 8),
            uren_max=most, dagen=_none(w.dagen[at]), werksoorten=w.kinds[at], werkvelden=_werkvelden(w.kinds[at]),
            beschikbaar_vanaf=today + timedelta(days=int(w.starts[at])) if w.starts[at] else None,
            niveau=_none(w.niveau[at]), ervaring=None if past is None else _werkvelden(past), ervaren_in=past or (),
            onregelmatig=(None, True, False, None)[times], kantoortijden=True if times == 3 else None,
            taal=_none(w.taal[at]), contracten=((), ("B",), ("O",))[w.contract[at] + 1],
        )  # fmt: skip


def _none(value: Any) -> int | None:
    return None if value < 0 else int(value)


def vacatures(count: int, today: date, *, zaad: int = ZAAD + 1) -> list[Baan]:
    """So many vacatures: where people live, of the kinds of work that there is most of."""
    import random

    from banenafspraak.bemiddeling import postcodes
    from banenafspraak.bemiddeling.matching import GEMOTORISEERD, Vacaturevraag
    from banenafspraak.bemiddeling.werksoorten import WERKSOORTEN
    from bench._kandidaten import _places

    rng, chance = np.random.default_rng(zaad), random.Random(zaad)
    codes, _, known = kinds()
    tabel = postcodes.table()
    pc4s, weight = _places()
    made = []
    for number in range(count):
        pc4 = int(rng.choice(pc4s, p=weight))
        row = tabel.place_of(pc4) or 0
        kind = int(rng.choice(len(codes), p=_flat(known)))
        theory = float(np.clip(rng.normal(2.9, 0.9), 1, 5.5))
        low = int(chance.choice([8, 12, 16, 20, 24, 28, 32, 36]))
        hours = (low, min(40, low + chance.choice([0, 4, 8, 8])))
        irregular = float(rng.normal(-0.3, 1.0))
        weekend = irregular > 0.8
        days = sum(1 << day for day in chance.sample(range(5), min(5, max(1, round(low / 8)))))
        days |= (32 if weekend else 0) | (64 if irregular > 1.6 else 0)
        licence, ov = chance.random() < 0.12, chance.random() < 0.85
        language = float(np.clip(rng.normal(2.3, 0.6), 1, 4))
        fixed, starts = chance.random() < 0.4, chance.choice([0, 0, 14, 30, 60])
        experience = chance.choice([0.0, 0.0, 0.0, 0.5, 1.0])
        level = int(np.clip(round(theory) + (chance.random() < 0.3), 1, 6))
        work = WERKSOORTEN[codes[kind]]

        def said(value: Any, missing: float, nothing: Any = None) -> Any:
            return nothing if chance.random() < missing else value

        hours_said = said(hours, 0.05, (None, None))
        vraag = Vacaturevraag(
            peildatum=today, werksoorten=(codes[kind],), ervaring_gevraagd=experience > 0.4,
            plek=(float(tabel.x[row]), float(tabel.y[row])), uren_min=hours_said[0], uren_max=hours_said[1],
            dagen=said(days, 0.3), onregelmatig=said(irregular > 0.3, 0.3), niveau=said(level, 0.25),
            rijbewijzen=frozenset({"B"} if licence else ()), vervoermiddelen=frozenset() if ov else GEMOTORISEERD,
            taal=said(int(np.clip(round(language), 1, 4)), 0.5),
            contracten=frozenset(said({"O" if fixed else "B"}, 0.3, ())),
            begint_op=today + timedelta(days=starts),
        )  # fmt: skip
        made.append(
            Baan(
                kind=kind, x=float(tabel.x[row]), y=float(tabel.y[row]), regio=int(tabel.regio[row]), theory=theory,
                language=language, hours=hours, days=days, irregular=irregular, licence=licence,
                by_public_transport=ov, fixed=fixed, experience=experience, starts=starts, zaad=zaad * 1000 + number,
                vraag=vraag, titel=chance.choice([work.naam, *work.synoniemen]), pc4=pc4,
            )
        )  # fmt: skip
    return made


def _soft(margin: np.ndarray) -> np.ndarray:
    """Nothing well below zero, the margin itself above it up to the worst, and no edge between."""
    return np.minimum(np.logaddexp(0, 2 * margin) / 2, _WORST)


def suitability(w: Wereld, baan: Baan) -> tuple[np.ndarray, np.ndarray]:
    """The truth of this vacature for everybody, 0 to 1; and the same without what nobody could know, as a log-odds."""
    place = kinds()[1]
    rng = np.random.default_rng(baan.zaad)
    count = len(w.pc4)
    liking = w.taste @ place[baan.kind]
    taught = np.where(w.learned >= 0, (place @ place[baan.kind])[np.maximum(w.learned, 0)], 0.0).max(axis=1)
    odds = _CENTRE + 4.0 * (liking - 0.55) + (1.2 + baan.experience) * (taught - 0.4)
    road = np.hypot(w.x - baan.x, w.y - baan.y) * 1.3 + 1.0
    minutes = np.full(count, 999.0)
    for name, has in w.modes.items():
        usable = has & (baan.by_public_transport or name != "ov")
        minutes = np.where(usable, np.minimum(minutes, road / _SPEED[name] * 60 + _OVERHEAD[name]), minutes)
    minutes = np.minimum(minutes, road / 5.0 * 60) * rng.lognormal(0, 0.15, count)
    # Who likes the work goes further for it.
    bearable = w.minutes * (0.7 + 0.6 / (1 + np.exp(-6 * (liking - 0.5))))
    odds -= _soft((minutes - bearable) / 8)
    odds -= _soft((baan.hours[0] - w.hours_most) / 3) + 0.5 * _soft((w.hours_least - baan.hours[1]) / 6)
    missing = np.array([int(n).bit_count() for n in range(128)])[baan.days & ~w.days & 127]
    odds -= 0.7 * missing
    odds -= _soft((baan.theory - w.theory) / 0.5) + 0.25 * np.maximum(w.theory - baan.theory - 1.5, 0)
    odds -= 0.7 * _soft((baan.language - w.language) / 0.4)
    odds -= _WORST * (baan.licence & ~w.licence)
    odds -= 0.6 * _soft((baan.irregular - w.bears) * 2) * (baan.irregular > 0)
    odds -= 0.02 * np.maximum(w.starts - baan.starts - 30, 0)
    odds -= 0.4 * (w.fixed & (not baan.fixed))
    real = odds + 0.5 * w.drive + rng.normal(0, _CHANCE, count)
    return 1 / (1 + np.exp(-real)), odds
