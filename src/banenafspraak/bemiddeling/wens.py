"""What somebody looks for: the wish behind a search, as the words of an address and as values.

A wish is a filter that ranks. What is known not to fit drops out; what nobody asked yet stays, lower, with the reason
'nog onbekend'.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, urlencode

from banenafspraak.bemiddeling import beroepen, postcodes, werksoorten
from banenafspraak.bemiddeling.kenmerken import KENMERKEN, LANDSDELEN
from banenafspraak.bemiddeling.postcodes import REGIOS, Plek

WEEKEND = 32 | 64
_MOST_KINDS = 4


@dataclass(frozen=True)
class Wens:
    """A search for people.

    `plek` is where the work is, `straal` the furthest somebody may live from it (km). `werk` is what was typed,
    `werksoorten` the kinds of work it stands for, `werkveld` a whole field of work. `uren` a week, `dagen` bits of
    which all must fit, `niveau` at least (1-6), `gemotoriseerd` whether the work cannot be reached without an engine.
    `keuzes` are values of a kenmerk chosen from the facets.
    """

    waar: str = ""
    plek: Plek | None = None
    straal: int | None = None
    werk: str = ""
    werksoorten: tuple[str, ...] = ()
    werkveld: str = ""
    uren: int | None = None
    dagen: int = 0
    niveau: int | None = None
    gemotoriseerd: bool = False
    keuzes: Mapping[str, str] = field(default_factory=dict)

    @property
    def werkvelden(self) -> frozenset[str]:
        """The fields of work that were asked for, in either way."""
        found = {werksoorten.WERKSOORTEN[code].werkveld for code in self.werksoorten}
        return frozenset(found | ({self.werkveld} if self.werkveld else set()))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked."""
        return self == Wens()

    @property
    def is_unknown_place(self) -> bool:
        """Whether a place was typed that nobody knows."""
        return bool(self.waar) and self.plek is None

    @property
    def is_unknown_work(self) -> bool:
        """Whether work was typed that is not on the list."""
        return bool(self.werk) and not self.werksoorten

    def query(self) -> str:
        """The wish as the query of an address; the same wish gives the same text."""
        words = {
            "waar": self.waar,
            "straal": self.straal,
            "werk": self.werk,
            "werkveld": self.werkveld,
            "uren": self.uren,
            "dagen": self.dagen,
            "niveau": self.niveau,
            "vervoer": "eigen" if self.gemotoriseerd else "",
            **{f"k_{kenmerk}": value for kenmerk, value in sorted(self.keuzes.items())},
        }
        return urlencode({name: value for name, value in words.items() if value})

    def without(self, part: str) -> "Wens":
        """The same wish with one part left open."""
        if part == "plek":
            return replace(self, waar="", plek=None, straal=None)
        if part == "werk":
            return replace(self, werk="", werksoorten=(), werkveld="")
        if part.startswith("k_"):
            return replace(self, keuzes={name: value for name, value in self.keuzes.items() if f"k_{name}" != part})
        return replace(self, **{part: getattr(Wens(), part)})

    def parts(self) -> tuple[str, ...]:
        """The parts that were asked for, as `without` knows them; what was chosen from a facet begins with `k_`."""
        asked = {
            "plek": self.plek is not None,
            "straal": self.straal is not None,
            "werk": bool(self.werksoorten or self.werkveld),
            "uren": self.uren is not None,
            "dagen": bool(self.dagen),
            "niveau": self.niveau is not None,
            "gemotoriseerd": self.gemotoriseerd,
        }
        return (*(part for part, is_asked in asked.items() if is_asked), *(f"k_{kenmerk}" for kenmerk in self.keuzes))


def of_query(query: str | Mapping[str, str]) -> Wens:
    """The wish in an address. Whatever it holds gives a wish: what is no answer to a question is left out."""
    given = dict(parse_qsl(query)) if isinstance(query, str) else dict(query.items())
    waar, werk = given.get("waar", "").strip()[:60], given.get("werk", "").strip()[:100]
    werkveld = given.get("werkveld", "")
    keuzes = {
        kenmerk: value[:40] for kenmerk in KENMERKEN if (value := given.get(f"k_{kenmerk}", "")) and value.isprintable()
    }
    return Wens(
        waar=waar,
        plek=_place(waar),
        straal=_number(given.get("straal"), 1, 200),
        werk=werk,
        werksoorten=_kinds(werk),
        werkveld=werkveld if werkveld in werksoorten.WERKVELDEN else "",
        uren=_number(given.get("uren"), 1, 60),
        dagen=_number(given.get("dagen"), 1, 127) or 0,
        niveau=_number(given.get("niveau"), 1, 6),
        gemotoriseerd=given.get("vervoer") == "eigen",
        keuzes=keuzes,
    )


def _place(text: str) -> Plek | None:
    return (postcodes.table().find(text) or postcodes.find_place(text)) if text else None


def _kinds(text: str) -> tuple[str, ...]:
    """The kinds of work that what was typed stands for: the one it names, else the few that fit best."""
    if not text:
        return ()
    exact = werksoorten.of_text(text) or beroepen.of_text(text)
    return (exact.code,) if exact else tuple(one.code for one in werksoorten.search(text, limit=_MOST_KINDS))


def _number(text: str | None, least: int, most: int) -> int | None:
    if text is None or not (text.isascii() and text.isdigit() and len(text) < 5):
        return None
    return int(text) if least <= int(text) <= most else None


def regios_of(value: str) -> tuple[str, ...]:
    """The arbeidsmarktregio's that a value of the kenmerk regio stands for; all of them for 'op aanvraag'."""
    if value in REGIOS:
        return (value,)
    return LANDSDELEN.get(value, REGIOS)
