"""The kinds of work somebody can choose, in plain words, and finding one by what somebody types.

The list (`werksoorten.toml`) is ours: CompetentNL and ISCO name occupations as professionals do, and nobody looks for
work in their words. Each kind carries its ISCO-08 group and SBI section, so that it can be exchanged and counted, and
belongs to one *werkveld*: the coarse word that a card may show.
"""

import math
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

from banenafspraak.bemiddeling.profielrecord import ProfielRecord


@dataclass(frozen=True)
class Werksoort:
    """One kind of work. `isco08` has four digits, `sbi` is a section's letter, `werkveld` a key of `WERKVELDEN`."""

    code: str
    naam: str
    synoniemen: tuple[str, ...]
    isco08: str
    sbi: str
    werkveld: str


def _load() -> tuple[dict[str, str], dict[str, Werksoort]]:
    groups = tomllib.loads(files(__package__).joinpath("werksoorten.toml").read_text(encoding="utf-8"))
    kinds = [
        Werksoort(**{**one, "synoniemen": tuple(one["synoniemen"]), "werkveld": werkveld})
        for werkveld, group in groups.items()
        for one in group["werksoorten"]
    ]
    return {werkveld: group["naam"] for werkveld, group in groups.items()}, {one.code: one for one in kinds}


_velden, _soorten = _load()

WERKVELDEN: Mapping[str, str] = MappingProxyType(_velden)
"""The code of each werkveld with its Dutch name, in the order of the list."""

WERKSOORTEN: Mapping[str, Werksoort] = MappingProxyType(_soorten)
"""Every kind of work by its code."""


def werksoort(code: str) -> Werksoort:
    """The kind of work with this code. Raises `KeyError`."""
    return WERKSOORTEN[code]


def of_text(text: str) -> Werksoort | None:
    """The kind of work that is called exactly this, by its name or a synonym; accents and capitals do not matter."""
    return _by_name().get(plain(text))


def werkvelden_of(record: ProfielRecord) -> tuple[str, ...]:
    """The werkvelden somebody wants to work in, the most chosen first and else as chosen; empty when unknown.

    What an import could only name in words (`bemiddelingsberoepen`, `interesses`) counts when the list has that word.
    """
    named = (of_text(text) for text in (*record.bemiddelingsberoepen, *record.interesses))
    chosen = [WERKSOORTEN[code].werkveld for code in record.werksoorten if code in WERKSOORTEN]
    chosen += [one.werkveld for one in named if one is not None]
    return tuple(werkveld for werkveld, _ in Counter(chosen).most_common())


def werkveld_of(record: ProfielRecord) -> str | None:
    """The one werkveld somebody wants most (`werkvelden_of`), or None: unknown, which is not a no."""
    return next(iter(werkvelden_of(record)), None)


def search(text: str, limit: int = 10) -> list[Werksoort]:
    """The kinds of work that fit what somebody typed, the best first; empty for nothing recognisable.

    Accents, capitals, plurals, parts of a compound and small typing errors are forgiven. A rare word weighs more than
    one that half of the list has ('medewerker').
    """
    words = [word for word in plain(text[:_TYPED]).split() if word not in _EMPTY and len(word) <= _WORD][:_WORDS]
    scores: Counter[str] = Counter()
    for word in words:
        scores.update(_fitting(word))
    if words and (exact := of_text(text) or _by_joined_name().get(_stem("".join(words)))):
        scores[exact.code] += 100
    order = {code: place for place, code in enumerate(WERKSOORTEN)}
    ranked = sorted(scores, key=lambda code: (-scores[code], len(WERKSOORTEN[code].naam), order[code]))
    return [WERKSOORTEN[code] for code in ranked[:limit]]


# Nobody types a longer wish in a search box; what is longer costs time and finds nothing better.
_TYPED, _WORDS, _WORD = 100, 8, 40
_EMPTY = frozenset(
    (
        *("aan", "als", "bij", "de", "een", "en", "graag", "het", "iets", "ik", "in", "met", "mijn", "naar", "of"),
        *("ook", "op", "te", "van", "voor", "wat", "werk", "werken", "wil"),
    )
)
_IN_NAME, _IN_SYNONIEM = 1.0, 0.95


def plain(text: str) -> str:
    """Small letters without accents, apostrophes and signs, one space between words."""
    bare = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode().replace("'", "")
    return " ".join(re.findall(r"[a-z0-9]+", bare))


@cache
def _by_name() -> dict[str, Werksoort]:
    """By synonym and by name; a name goes before another's synonym."""
    found: dict[str, Werksoort] = {}
    for one in WERKSOORTEN.values():
        for synoniem in one.synoniemen:
            found.setdefault(plain(synoniem), one)
    return found | {plain(one.naam): one for one in WERKSOORTEN.values()}


@cache
def _vocabulary() -> dict[str, dict[str, float]]:
    """Each word of the list with the kinds that have it, and how much it says there."""
    words: dict[str, dict[str, float]] = {}

    def note(texts: Iterable[str], code: str, weight: float) -> None:
        for text in texts:
            for word in plain(text).split():
                if word not in _EMPTY:
                    owners = words.setdefault(word, {})
                    owners[code] = max(owners.get(code, 0.0), weight)

    for one in WERKSOORTEN.values():
        note([one.naam], one.code, _IN_NAME)
        note(one.synoniemen, one.code, _IN_SYNONIEM)
    return words


@cache
def _by_joined_name() -> dict[str, Werksoort]:
    return {_stem(plain(one.naam).replace(" ", "")): one for one in WERKSOORTEN.values()}


@lru_cache(maxsize=2048)
def _fitting(word: str) -> Mapping[str, float]:
    """How well one typed word fits each kind of work: how alike, how much the word says there, and how rare it is."""
    known, stems = _vocabulary(), _stems()
    found = {other: _likeness(word, other, _stem(word), stems[other]) for other in known}
    if not any(quality >= _SURE for quality in found.values()):
        found |= {other: _TYPO for other in known if _is_typo(word, other)}
    best: dict[str, float] = {}
    for other, quality in found.items():
        if quality:
            rarity = math.log(len(WERKSOORTEN) / len(known[other])) + 0.1
            for code, weight in known[other].items():
                best[code] = max(best.get(code, 0.0), quality * weight * rarity)
    return best


@cache
def _stems() -> dict[str, str]:
    return {word: _stem(word) for word in _vocabulary()}


# Likeness: what is as good as the word itself is not looked for with typing errors as well.
_SURE, _TYPO = 0.8, 0.45


def _likeness(typed: str, known: str, typed_stem: str, known_stem: str) -> float:
    """How well a typed word fits a word of the list, 0 to 1, when it was typed without errors."""
    if typed == known:
        return 1.0
    if len(typed) < 3:
        return 0.0
    if typed_stem == known_stem:
        return 0.9
    if known.startswith(typed) or (len(typed_stem) >= 5 and known.startswith(typed_stem)):
        return 0.8
    if len(typed) >= 4 and typed in known:
        return 0.6
    return 0.5 if len(known) >= 5 and known in typed else 0.0


def _is_typo(typed: str, known: str) -> bool:
    """Whether the typed word is the beginning of the known one, but for one error, or two in a long word."""
    allowed = 2 if len(typed) >= 9 else 1 if len(typed) >= 5 else 0
    if not allowed or len(known) < len(typed) - allowed:
        return False
    begin = known[: len(typed) + allowed]
    if sum((Counter(typed) - Counter(begin)).values()) > allowed:
        return False
    return _edits_of_a_beginning(typed, begin) <= allowed


def _stem(word: str) -> str:
    """A word without its Dutch plural, its ending of a verb or a double letter that comes with those."""
    for ending in ("en", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    word = re.sub(r"([aeou])\1", r"\1", re.sub(r"([bcdfgklmnprst])\1$", r"\1", word))
    return word[:-1] + word[-1:].replace("v", "f").replace("z", "s")


def _edits_of_a_beginning(typed: str, known: str) -> int:
    """How many letters changed, added, left out or swapped make of the typed word some beginning of the known one."""
    before: list[int] = []
    row = list(range(len(known) + 1))
    for i, letter in enumerate(typed, start=1):
        last, before, row = before, row, [i]
        for j, wanted in enumerate(known, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == known[j - 2] and typed[i - 2] == wanted:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return min(row)
