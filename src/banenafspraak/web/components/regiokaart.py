"""A map of the 35 arbeidsmarktregio's as tiles: each the same size, about where it lies, with its number in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from banenafspraak.access import gebieden
from banenafspraak.web.components.parts import number

TILES: Mapping[str, tuple[int, int, str]] = {
    "AM02": (4, 0, "Frl"), "AM01": (5, 0, "Gro"),
    "AM15": (2, 1, "NHN"), "AM03": (5, 1, "Dre"),
    "AM37": (1, 2, "ZKIJ"), "AM17": (2, 2, "Zaan"), "AM11": (3, 2, "Flevo"), "AM36": (4, 2, "Zwol"),
    "AM05": (6, 2, "Twen"),
    "AM19": (1, 3, "HRijn"), "AM18": (2, 3, "Ams"), "AM12": (3, 3, "Gooi"), "AM14": (4, 3, "Amf"),
    "AM06": (5, 3, "Velu"), "AM09": (6, 3, "Achth"),
    "AM21": (0, 4, "Haag"), "AM34": (1, 4, "ZHC"), "AM20": (2, 4, "MHol"), "AM13": (3, 4, "Utr"),
    "AM38": (4, 4, "Food"), "AM07": (5, 4, "MGel"),
    "AM22": (1, 5, "Rijnm"), "AM23": (2, 5, "Drech"), "AM35": (3, 5, "Gor"), "AM10": (4, 5, "Rivier"),
    "AM08": (5, 5, "Nijm"),
    "AM24": (0, 6, "Zeel"), "AM25": (1, 6, "WBra"), "AM26": (2, 6, "MBra"), "AM27": (3, 6, "NOBra"),
    "AM28": (4, 6, "ZOBra"), "AM32": (5, 6, "Helm"), "AM29": (6, 6, "NLim"),
    "AM33": (6, 7, "MLim"),
    "AM30": (6, 8, "ZLim"),
}  # fmt: skip
"""Column, row and a short name of each region."""

_SIDE, _GAP = 44, 2
# Each step is told apart by the number in it; the letters reach 4.5 : 1 on every one.
_STEPS = (("#f2f4f6", "#14273d"), ("#cfe0f0", "#14273d"), ("#7fb0da", "#14273d"), ("#0b4f8a", "#ffffff"))


@dataclass(frozen=True)
class Tegel:
    """One region with how many people at least."""

    code: str
    naam: str
    aantal: int


def tiles(counts: Mapping[str, int]) -> list[Tegel]:
    """Every region with its number, the largest first."""
    every = [Tegel(code, naam, counts.get(code, 0)) for code, naam in gebieden.regios()]
    return sorted(every, key=lambda one: (-one.aantal, one.naam))


def draw(counts: Mapping[str, int]) -> SafeString:
    """The map as SVG; the table beside it says the same."""
    most = max((counts.get(code, 0) for code in TILES), default=0)
    pitch = _SIDE + _GAP
    shapes = format_html_join("", _TILE, (_tile(code, counts.get(code, 0), most, pitch) for code in TILES))
    return format_html(
        '<svg class="bna-tiles" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        7 * pitch, 9 * pitch, _("Kaart van de arbeidsmarktregio's; de tabel hiernaast zegt hetzelfde"), shapes,
    )  # fmt: skip


_TILE = (
    '<g transform="translate({} {})"><title>{}</title><rect width="{}" height="{}" rx="3" fill="{}" stroke="#5d6d7e"/>'
    '<text x="22" y="17" text-anchor="middle" font-size="12" fill="{}">{}</text>'
    '<text x="22" y="34" text-anchor="middle" font-size="13" font-weight="700" fill="{}">{}</text></g>'
)


def _tile(code: str, count: int, most: int, pitch: int) -> tuple[object, ...]:
    column, row, short = TILES[code]
    step = 0 if not count else 1 + min(2, 3 * (count - 1) // most)
    fill, ink = _STEPS[step]
    text = f"{_short(count)}+" if count else "–"
    name = dict(gebieden.regios())[code]
    return column * pitch, row * pitch, f"{name}: {text}", _SIDE, _SIDE, fill, ink, short, ink, text


def _short(count: int) -> str:
    return number(count) if count < 10_000 else f"{count // 1000}k"
