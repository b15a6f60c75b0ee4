"""A drawing of what lasts from when until when, as an SVG made on the server, with a table beside it on the page.

As wide as the other charts, so that its letters are as large. A full bar is certain, a bar with a dashed edge hangs on
something; the difference is also in the shape, not in the colour alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from banenafspraak.web.components.charts import FONT, GAP, INK, WIDTH

ROW, TOP, BAR, FOOT = 40, 26, 14, 44
CERTAIN, OPEN = "#0b5c9e", "#a34a00"
MOST_YEARS = 5
_TICKS = 6


@dataclass(frozen=True)
class Span:
    """One bar: from a day until a day (the first without it; None: no end in sight), certain or not."""

    name: str
    start: date
    end: date | None
    certain: bool


def draw(spans: Sequence[Span], *, today: date, names: Mapping[bool, str], title: str, description: str) -> SafeString:
    """The bars in rows by name, in the order in which they come; `names` are what full and dashed bars mean."""
    rows = list(dict.fromkeys(span.name for span in spans))
    first = min((span.start for span in spans), default=today)
    last = _horizon(spans, first)
    height = TOP + ROW * len(rows) + FOOT
    body = [_grid(first, last, height - FOOT), *(_name(row, name) for row, name in enumerate(rows))]
    body += [_bar(span, rows.index(span.name), first, last) for span in spans if span.start < last]
    if first <= today < last:
        body.append(_today(_x(today, first, last), height - FOOT))
    body.append(_legend(names, height - 12))
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" font-family="{}" font-size="12" role="img" '
        'aria-labelledby="tijdlijn-naam tijdlijn-uitleg"><title id="tijdlijn-naam">{}</title>'
        '<desc id="tijdlijn-uitleg">{}</desc>{}</svg>',
        WIDTH, height, FONT, title, description, format_html_join("", "{}", ((part,) for part in body)),
    )  # fmt: skip


def _horizon(spans: Sequence[Span], first: date) -> date:
    """Where the drawing ends: at the last end, or some time after the last start of what has no end."""
    far = date(first.year + MOST_YEARS, first.month, 1)
    ends = [span.end for span in spans if span.end]
    starts = [span.start for span in spans]
    if spans and all(span.end for span in spans):
        return max([*ends, first + timedelta(days=60)])
    late = max(starts, default=first)
    return max(min(max([*ends, late + timedelta(days=365)]) + timedelta(days=120), far), late + timedelta(days=365))


def _x(day: date, first: date, last: date) -> float:
    share = (day - first).days / max((last - first).days, 1)
    return round(min(max(share, 0), 1) * (WIDTH - 16), 1)


def _grid(first: date, last: date, bottom: int) -> SafeString:
    """A line on each 1 January with its year; a year that would not fit is left out."""
    years = range(first.year + 1, last.year + 1)
    step = max(1, -(-len(years) // _TICKS))
    lines = []
    for year in years[::step]:
        x = _x(date(year, 1, 1), first, last)
        lines.append((x, x, 18, bottom, GAP, x, INK, year))
    return format_html_join(
        "",
        '<line x1="{}" x2="{}" y1="{}" y2="{}" stroke="{}" stroke-width="0.5"/>'
        '<text x="{}" y="12" text-anchor="middle" fill="{}">{}</text>',
        [row for row in lines if 14 < row[0] < WIDTH - 28],
    )


def _name(row: int, name: str) -> SafeString:
    return format_html(
        '<text x="0" y="{}" fill="{}" font-weight="bold" stroke="#fff" stroke-width="4" paint-order="stroke">{}</text>',
        TOP + row * ROW + 12, INK, name,
    )  # fmt: skip


def _bar(span: Span, row: int, first: date, last: date) -> SafeString:
    left = _x(span.start, first, last)
    goes_on = span.end is None or span.end > last
    right = max(_x(span.end or last, first, last), left + 4)
    top = TOP + row * ROW + 18
    bottom, middle = top + BAR, top + BAR / 2
    tip = f"L{right + 8} {middle} " if goes_on else ""
    path = f"M{left} {top} L{right} {top} {tip}L{right} {bottom} L{left} {bottom} Z"
    if span.certain:
        return format_html('<path d="{}" fill="{}"/>', path, CERTAIN)
    return format_html(
        '<path d="{}" fill="#fdf3ea" stroke="{}" stroke-width="1.5" stroke-dasharray="4 2"/>', path, OPEN
    )


def _today(x: float, bottom: int) -> SafeString:
    anchor, at = ("start", x + 3) if x < WIDTH / 2 else ("end", x - 3)
    return format_html(
        '<line x1="{}" x2="{}" y1="14" y2="{}" stroke="{}" stroke-width="1.5"/>'
        '<text x="{}" y="{}" text-anchor="{}" fill="{}" stroke="#fff" stroke-width="4" paint-order="stroke">{}</text>',
        x, x, bottom, INK, at, bottom + 10, anchor, INK, _("vandaag"),
    )  # fmt: skip


def _legend(names: Mapping[bool, str], y: int) -> SafeString:
    return format_html(
        '<rect x="0" y="{}" width="14" height="10" fill="{}"/><text x="20" y="{}" fill="{}">{}</text>'
        '<rect x="110" y="{}" width="14" height="10" fill="#fdf3ea" stroke="{}" stroke-width="1.5" '
        'stroke-dasharray="4 2"/><text x="130" y="{}" fill="{}">{}</text>',
        y - 2, CERTAIN, y + 8, INK, names[True], y - 2, OPEN, y + 8, INK, names[False],
    )  # fmt: skip
