"""The employer's window: searching among cards, which are classes of ten or more people, and keeping them.

Everything here is a function of what cards say (`kenmerken`) and of how many tens they fit: filters, order, facets,
counts and pages. So an answer, and what two answers differ by, is nobody or at least ten people.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import numpy as np
from django.db import connection
from django.utils import timezone

from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import kaartnummers, postcodes, vensterindex
from banenafspraak.bemiddeling.kenmerken import KENMERKEN, ONBEKEND, OP_AANVRAAG, REISAFSTANDEN, coarser
from banenafspraak.bemiddeling.models import Bewaardekaart
from banenafspraak.bemiddeling.postcodes import REGIOS
from banenafspraak.bemiddeling.vensterindex import INDEX, WERKVELD_BITS, Kaart, Vensterindex
from banenafspraak.bemiddeling.wens import WEEKEND, Wens, regios_of

PER_PAGE = 25
"""Short cards, many on a page: with fewer, some cards stay out of sight of every search (`bench.findability`)."""
FACETS = ("regio", "opleiding", "werkveld", "uren", "reisafstand", "ervaring")
_KNOWN_PER_OPEN = 4
"""In the order of a list, how many cards of which all is known stand before one with something unknown: who did not
answer yet ranks lower and is never out of sight."""

# How much each part of a wish weighs in the order.
_WEIGHT = {"plek": 30, "werk": 40, "uren": 15, "dagen": 10, "niveau": 15, "gemotoriseerd": 10, "keuze": 20}
_UNKNOWN = 0.35
_ASSUMED = 25  # kilometres, for the order only, where nobody said how far

_LEVELS = {
    "basis": (1, 2), "vmbo": (3, 3), "mbo_havo_vwo": (4, 4), "hbo": (5, 5), "wo": (6, 6), "laag": (1, 3),
    "hoog": (5, 6),
}  # fmt: skip
_HOURS = {"tot_16": (0, 15), "16_tot_24": (16, 23), "24_tot_32": (24, 31), "32_en_meer": (32, 60)}


class Past(StrEnum):
    """How well a card fits one part of a wish."""

    JA = "ja"
    DEELS = "deels"
    ONBEKEND = "onbekend"


@dataclass(frozen=True)
class Reden:
    """Why a card stands where it stands: which part of the wish, and how well it fits."""

    deel: str
    past: Past


@dataclass(frozen=True)
class Gevonden:
    """A card in a list, under its number of this week, with its reasons."""

    nummer: str
    kaart: Kaart
    redenen: tuple[Reden, ...]


@dataclass(frozen=True)
class Versoepeling:
    """A part of the wish that can be left open, and how many people that would bring at least."""

    deel: str
    wens: Wens
    tientallen: int


@dataclass(frozen=True)
class Zoekresultaat:
    """One page of cards. `tientallen` and the facets count people, in tens; `personen` are cards of one."""

    wens: Wens
    gevonden: tuple[Gevonden, ...]
    tientallen: int
    kaarten: int
    personen: int
    facetten: dict[str, dict[str, int]]
    versoepelingen: tuple[Versoepeling, ...]
    pagina: int
    exact: bool


def search(wens: Wens, *, actor: Actor, now: datetime, pagina: int = 1) -> Zoekresultaat:
    """The cards that fit, best first, for the employer of this actor. Two queries, and two more when cards changed."""
    require(actor, Permission.KANDIDATEN_SEARCH)
    assert actor.organisatie_id is not None
    today = timezone.localtime(now).date()
    hidden = vensterindex.hidden_from(today)
    order = kaartnummers.order_key(organisatie_id=actor.organisatie_id, now=now)
    with INDEX.fresh(today):
        tens, alive = _for_me(INDEX, hidden)
        rows = _ranked(INDEX, wens, alive, order)
        total = int(tens[rows].sum())
        shown = rows[(pagina - 1) * PER_PAGE : pagina * PER_PAGE]
        kaarten = [_of(INDEX, int(row), int(tens[row])) for row in shown]
        redenen = _redenen(INDEX, wens, shown)
        relaxed = _relax(INDEX, wens, alive, tens) if total < 10 * PER_PAGE else ()
        facetten = {kenmerk: _facet(INDEX, kenmerk, rows, tens) for kenmerk in FACETS}
        personen = int((INDEX.numbers[rows] < 0).sum())
    gevonden = tuple(
        Gevonden(kaartnummers.make(kaart.nummer, organisatie_id=actor.organisatie_id, now=now), kaart, reasons)
        for kaart, reasons in zip(kaarten, redenen, strict=True)
    )
    return Zoekresultaat(wens, gevonden, total, len(rows), personen, facetten, relaxed, pagina, postcodes.table().exact)


def count_for(wens: Wens, *, organisatie_id: int, now: datetime) -> int:
    """How many people a wish fits for an employer, in tens and at least: for a message of the queue, which acts as the
    owner of the tables. Who hides from that employer is left out as on its pages.
    """
    today = timezone.localtime(now).date()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.organisatie', %s, true)", [str(organisatie_id)])
    hidden = vensterindex.hidden_from(today)
    with INDEX.fresh(today):
        tens, alive = _for_me(INDEX, hidden)
        return int(tens[_ranked(INDEX, wens, alive, 0)].sum())


def card(nummer: str, *, actor: Actor, now: datetime) -> Kaart | None:
    """The card behind a number of this week or the last one, or behind the id of a card this employer saved.

    None when it is hidden by now, or never was one.
    """
    require(actor, Permission.KANDIDATEN_SEARCH)
    assert actor.organisatie_id is not None
    if (saved := _uuid(nummer)) is not None:
        return _saved(saved, actor=actor, now=now)
    found = kaartnummers.read(nummer, organisatie_id=actor.organisatie_id, now=now)
    return None if found is None else shown(found, actor=actor, now=now)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _saved(kaart_id: UUID, *, actor: Actor, now: datetime) -> Kaart | None:
    """A card this employer saved, as long as those who were in its class then are still there (G3)."""
    saved = Bewaardekaart.objects.filter(pk=kaart_id, organisatie=actor.organisatie_id).first()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tientallen FROM bemiddeling_bewaarde_stand(%s, %s) WHERE kaart_id = %s",
            [timezone.localtime(now).date(), now, kaart_id],
        )
        row = cursor.fetchone()
    if saved is None or row is None or not row[0]:
        return None
    nummer = saved.klasse_id if saved.klasse_id is not None else -(saved.vindbaarheid_id or 0)
    return shown(nummer, actor=actor, now=now)


def shown(nummer: int, *, actor: Actor, now: datetime) -> Kaart | None:
    """A card by its own number, as this employer may see it now; None when it may not."""
    require(actor, Permission.KANDIDATEN_SEARCH)
    today = timezone.localtime(now).date()
    hidden = vensterindex.hidden_from(today)
    with INDEX.fresh(today):
        row = INDEX.place_of(nummer)
        if row is None:
            return None
        tens, alive = _for_me(INDEX, hidden)
        return _of(INDEX, row, int(tens[row])) if alive[row] else None


def _of(index: Vensterindex, row: int, tens: int) -> Kaart:
    kaart = index.kaarten[row]
    assert kaart is not None
    return kaart if kaart.tientallen == tens else Kaart(kaart.nummer, kaart.waarden, tens, kaart.zelf)


def _for_me(index: Vensterindex, hidden: dict[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """The tens of each card and whether it is there, for an employer from whom these hide."""
    if not hidden:
        return index.tens, index.alive
    tens, alive = index.tens.copy(), index.alive.copy()
    for nummer, left in hidden.items():
        row = index.place_of(nummer)
        if row is not None:
            # Whatever the index read a moment earlier or later: the fewer.
            tens[row] = min(tens[row], left)
            alive[row] = left >= 10 and nummer > 0
    return tens, alive


# --- The order ----------------------------------------------------------------------------------------------------


def _ranked(index: Vensterindex, wens: Wens, alive: np.ndarray, order: int, *, strict: bool = False) -> np.ndarray:
    """The rows of the cards that fit, in their order. `strict` leaves out what is unknown: for comparison only."""
    rows = np.flatnonzero(alive)
    score = np.zeros(len(rows))
    known = np.ones(len(rows), dtype=bool)
    fitting = np.ones(len(rows), dtype=bool)
    for weight, fit, open_ in _parts(index, wens, rows):
        score += weight * fit
        fitting &= (fit > 0) & ~open_ if strict else fit > 0
        known &= ~open_
    if wens.werksoorten and index.personal:
        score += _exact_work(index, wens)[rows]
    rows, score, known = rows[fitting], score[fitting], known[fitting]
    tie = _mixed(index.numbers[rows], order)
    by_score = np.lexsort((tie, -score))
    rows, known = rows[by_score], known[by_score]
    return _merged(rows, known)


def _exact_work(index: Vensterindex, wens: Wens) -> np.ndarray:
    """A bonus for who shows, on a card of their own, the very kind of work that was asked for."""
    bonus, wanted = np.zeros(len(index.kaarten)), set(wens.werksoorten)
    for row in index.personal:
        kaart = index.kaarten[row]
        if kaart is not None and not wanted.isdisjoint(kaart.zelf.get("werksoorten", ())):
            bonus[row] = _WEIGHT["werk"] / 2
    return bonus


def _merged(rows: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Every fifth place is for the best card with something unknown, as long as there are both."""
    sure, unsure = np.flatnonzero(known), np.flatnonzero(~known)
    place = np.empty(len(rows))
    place[sure] = np.arange(len(sure)) * (_KNOWN_PER_OPEN + 1) / _KNOWN_PER_OPEN
    place[unsure] = np.arange(len(unsure)) * (_KNOWN_PER_OPEN + 1) + _KNOWN_PER_OPEN - 0.5
    merged = np.argsort(place, kind="stable")
    return rows[merged]


def _mixed(numbers: np.ndarray, key: int) -> np.ndarray:
    """A number for each card that follows from its own and the key, and shows neither (splitmix64)."""
    mixed = numbers.astype(np.uint64) ^ np.uint64(key)
    with np.errstate(over="ignore"):
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


Part = tuple[int, np.ndarray, np.ndarray]
"""How much a part weighs; how well each card fits it, 0 (not) to 1; and where that is not known."""


def _parts(index: Vensterindex, wens: Wens, rows: np.ndarray) -> Iterable[Part]:
    if wens.plek is not None:
        yield _where(index, wens, rows)
    if wens.werkvelden:
        yield _work(index, wens, rows)
    if wens.uren is not None:
        yield _listed(index, "uren", rows, {word: _hours_fit(word, wens.uren) for word in _HOURS})
    if wens.dagen & WEEKEND:
        yield _listed(index, "dagen", rows, {"doordeweeks": 0.0, "ook_weekend": 1.0})
    if wens.niveau is not None:
        yield _listed(index, "niveau", rows, {word: _level_fit(word, wens.niveau) for word in _LEVELS})
    if wens.gemotoriseerd:
        yield _listed(index, "gemotoriseerd", rows, {"gemotoriseerd": 1.0, "fiets_of_ov": 0.0})
    for kenmerk, value in wens.keuzes.items():
        yield _listed(index, kenmerk, rows, _choice(index, kenmerk, value), weight=_WEIGHT["keuze"])


_KENMERK_OF = {"niveau": "opleiding", "gemotoriseerd": "vervoer"}


def _listed(
    index: Vensterindex, part: str, rows: np.ndarray, fits: dict[str, float], *, weight: int | None = None
) -> Part:
    """A part that one kenmerk answers: a fit for each of its values, and unknown for all others."""
    column = KENMERKEN.index(_KENMERK_OF.get(part, part))
    words = index.vocabulary[column]
    table, open_ = np.zeros(len(words)), np.zeros(len(words), dtype=bool)
    for word, place in words.items():
        table[place] = fits.get(word, _UNKNOWN)
        open_[place] = word not in fits
    places = index.values[rows, column]
    return weight or _WEIGHT[part], table[places], open_[places]


def _hours_fit(word: str, hours: int) -> float:
    least, most = _HOURS[word]
    return 1.0 if hours <= least else 0.7 if hours <= most else 0.0


def _level_fit(word: str, level: int) -> float:
    least, most = _LEVELS[word]
    return 1.0 if level <= least else 0.6 if level <= most else 0.0


def _choice(index: Vensterindex, kenmerk: str, value: str) -> dict[str, float]:
    """A chosen value fits itself, and in part what it is a part of or has as a part; other known values do not."""
    fits = {}
    for word in index.vocabulary[KENMERKEN.index(kenmerk)]:
        if word in (OP_AANVRAAG, ONBEKEND) and word != value:
            continue
        related = coarser(kenmerk, word, 1) == value or coarser(kenmerk, value, 1) == word
        fits[word] = 1.0 if word == value else 0.6 if related and OP_AANVRAAG not in (word, value) else 0.0
    return fits


def _work(index: Vensterindex, wens: Wens, rows: np.ndarray) -> Part:
    wanted = np.uint32(sum(WERKVELD_BITS[code] for code in wens.werkvelden))
    have = index.fields[rows]
    open_ = have == 0
    fit = np.where(have & wanted, 1.0, np.where(open_, _UNKNOWN, 0.0))
    return _WEIGHT["werk"], fit, open_


def _where(index: Vensterindex, wens: Wens, rows: np.ndarray) -> Part:
    """Which share of the postcodes of a card's region lies within the distance that the card says, and the straal."""
    regio, afstand = KENMERKEN.index("regio"), KENMERKEN.index("reisafstand")
    shares, opens = reach_table(index, wens)
    places = (index.values[rows, regio], index.values[rows, afstand])
    return _WEIGHT["plek"], shares[places], opens[places]


def reach_table(index: Vensterindex, wens: Wens) -> tuple[np.ndarray, np.ndarray]:
    """By value of regio and of reisafstand: how well it fits the place of the work, and whether that is unknown."""
    regio_words, afstand_words = (index.vocabulary[KENMERKEN.index(kenmerk)] for kenmerk in ("regio", "reisafstand"))
    shares = np.zeros((len(regio_words), len(afstand_words)))
    opens = np.zeros(shares.shape, dtype=bool)
    for afstand, column in afstand_words.items():
        unknown = afstand not in REISAFSTANDEN
        most = REISAFSTANDEN.get(afstand, _ASSUMED)
        per_regio = _shares(wens, most)
        for regio, row in regio_words.items():
            among = [per_regio[REGIOS.index(code)] for code in regios_of(regio)]
            share = sum(among) / len(among)
            # Nobody is left out for a distance or a region that is not on the card.
            if unknown or regio == OP_AANVRAAG:
                shares[row, column] = 0.05 + (_UNKNOWN - 0.05) * share
                opens[row, column] = True
            elif share > 0:
                shares[row, column] = 0.3 + 0.7 * share
        if wens.straal is not None and unknown:
            _outside(shares[:, column], regio_words, _shares(wens, wens.straal))
    return shares, opens


def _outside(fit: np.ndarray, words: dict[str, int], within: np.ndarray) -> None:
    """Who lives in a region of which nothing lies within the straal does not fit, whatever they would travel."""
    for regio, row in words.items():
        if regio != OP_AANVRAAG and not any(within[REGIOS.index(code)] for code in regios_of(regio)):
            fit[row] = 0.0


def _shares(wens: Wens, kilometres: int) -> np.ndarray:
    """By region, the share of its postcodes within so many kilometres of the place, and within the straal."""
    assert wens.plek is not None
    tabel = postcodes.table()
    most = kilometres if wens.straal is None else min(kilometres, wens.straal)
    near = np.hypot(tabel.x - wens.plek.x, tabel.y - wens.plek.y) <= most
    known = tabel.regio >= 0
    every = np.bincount(tabel.regio[known], minlength=len(REGIOS))
    return np.bincount(tabel.regio[known & near], minlength=len(REGIOS)) / np.maximum(every, 1)


# --- Facets, reasons, and what to leave open ----------------------------------------------------------------------


def _facet(index: Vensterindex, kenmerk: str, rows: np.ndarray, tens: np.ndarray) -> dict[str, int]:
    """How many people at least, by value; what is unknown or not shown counts as one value each."""
    column = KENMERKEN.index(kenmerk)
    words = index.vocabulary[column]
    counts = np.bincount(index.values[rows, column], weights=tens[rows], minlength=len(words))
    return {word: int(counts[place]) for word, place in words.items() if counts[place] >= 10}


def _relax(index: Vensterindex, wens: Wens, alive: np.ndarray, tens: np.ndarray) -> tuple[Versoepeling, ...]:
    """Each part that could be left open, with how many people that would give; those that help most first."""
    found = []
    now = int(tens[_ranked(index, wens, alive, 0)].sum())
    for part in wens.parts():
        looser = wens.without(part)
        people = int(tens[_ranked(index, looser, alive, 0)].sum())
        if people > now:
            found.append(Versoepeling(part, looser, people))
    return tuple(sorted(found, key=lambda one: -one.tientallen))


def _redenen(index: Vensterindex, wens: Wens, rows: np.ndarray) -> list[tuple[Reden, ...]]:
    """Why each of these cards is where it is, part by part, in the order of the wish."""
    names = [part for part in wens.parts() if part != "straal" and (part != "dagen" or wens.dagen & WEEKEND)]
    found: list[list[Reden]] = [[] for _ in rows]
    for name, (_, fit, open_) in zip(names, _parts(index, wens, rows), strict=True):
        for place, reasons in enumerate(found):
            past = Past.ONBEKEND if open_[place] else Past.JA if fit[place] >= 0.65 else Past.DEELS
            reasons.append(Reden(name, past))
    return [tuple(reasons) for reasons in found]
