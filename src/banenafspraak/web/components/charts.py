"""The charts of the factsheet: Vega-Lite drawn to SVG on the server, so a page needs no script to show a figure.

Every chart is drawn 320 units wide. On the smallest screen its letters are as large as the small print of the page,
and it may grow to one and a half times that. Colours differ in lightness and carry a pattern, every bar has its number
beside it, and the table next to the chart holds the same figures.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert
from django.core.cache import cache
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from banenafspraak.metingen.grootheden import Kwartaal
from banenafspraak.metingen.rapportage import Factsheet, PerCategorie, Verdeling, Verloopcijfers
from banenafspraak.web.components import parts

WIDTH = 320
FONT = "Source Sans 3, Segoe UI, Roboto, Arial, sans-serif"
INK = "#14273d"
GAP = "#5d6d7e"

LABEL_WIDTH = 64
TOTAL_WIDTH = 48
BAR_STEP = 34
LEGEND_HEIGHT = 26

# Each colour reaches 4.5 : 1 against white, so that white numbers can stand in it; its pattern is darker still.
SECTOR_COLOURS = ("#0b5c9e", "#a34a00", "#00694a")
CATEGORY_COLOURS = ("#5b3a8e", "#006a80", "#9c2f5f")
PATTERNS = {
    "#a34a00": '<path d="M0 6L6 0" stroke="#6e3200" stroke-width="1.5"/>',
    "#00694a": '<circle cx="3" cy="3" r="1" fill="#003d2b"/>',
    "#006a80": '<path d="M0 6L6 0" stroke="#003f4d" stroke-width="1.5"/>',
    "#9c2f5f": '<circle cx="3" cy="3" r="1" fill="#5e1438"/>',
}
FLOW_COLOURS = {
    "baanbehouders": "#0b5c9e",
    "niet_werkend_gebleven": "#8793a0",
    "baanvinders": "#00694a",
    "baanverliezers": "#a34a00",
    "instroom": "#5b3a8e",
    "uitstroom": "#9c2f5f",
}
# A drawing made by another version of this file is another drawing.
_VERSION = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]


@dataclass(frozen=True)
class Bar:
    """One stacked bar: its label and the parts in the order of the legend."""

    label: str
    values: tuple[int, ...]


def banen(factsheet: Factsheet) -> SafeString:
    """Graph 1: jobs by markt, overheid and uitzend/detachering per quarter, and the target of the year."""
    bars = [Bar(_axis_label(k.kwartaal), _sectors(k.banen)) for k in factsheet.reeks]
    goal = target_in_banen(factsheet)
    if goal is not None:
        bars.append(Bar(_("doel %(jaar)d") % {"jaar": factsheet.peildatum.year}, (goal,)))
    return _cached(
        "banen",
        factsheet,
        lambda: stacked_bars(
            bars,
            names=(_("markt"), _("overheid"), _("uitzenden en detacheren")),
            colours=SECTOR_COLOURS,
            title=_("Banen per kwartaal"),
            description=_series_text(bars, _("banen")),
            id="grafiek-banen",
        ),
    )


def personen(factsheet: Factsheet) -> SafeString:
    """Graph 2: persons in the register by category, per quarter."""
    bars = [Bar(_axis_label(k.kwartaal), _categories(k.personen)) for k in factsheet.reeks]
    return _cached(
        "personen",
        factsheet,
        lambda: _persons(bars, title=_("Mensen in het doelgroepregister per kwartaal"), id="grafiek-personen"),
    )


def werkzaam(factsheet: Factsheet) -> SafeString:
    """Graph 3: working persons by category, per quarter."""
    bars = [Bar(_axis_label(k.kwartaal), _categories(k.werkzaam)) for k in factsheet.reeks]
    return _cached(
        "werkzaam",
        factsheet,
        lambda: _persons(bars, title=_("Mensen met werk per kwartaal"), id="grafiek-werkzaam"),
    )


def verloop(factsheet: Factsheet) -> SafeString:
    """Graph 4: where the people of the previous quarter are now, and who is new. Needs `factsheet.verloop`."""
    flow = factsheet.verloop
    if flow is None:
        raise ValueError("no flow: there is no previous quarter")
    return _cached("verloop", factsheet, lambda: flow_diagram(flow, kwartaal=factsheet.kwartaal))


def target_in_banen(factsheet: Factsheet) -> int | None:
    """The regional target as a number of jobs (nulmeting + extra jobs); None where one of the two is not known."""
    nulmeting, doelstelling = factsheet.banen.nulmeting, factsheet.banen.doelstelling
    return None if nulmeting is None or doelstelling is None else int(nulmeting) + int(doelstelling)


def _persons(bars: list[Bar], *, title: str, id: str) -> SafeString:
    return stacked_bars(
        bars,
        names=(_("Wsw"), _("Wajong"), _("Participatiewet")),
        colours=CATEGORY_COLOURS,
        title=title,
        description=_series_text(bars, _("mensen")),
        id=id,
    )


def _sectors(banen: Verdeling) -> tuple[int, ...]:
    return (int(banen.markt), int(banen.overheid), int(banen.uitzend_detachering))


def _categories(personen: PerCategorie) -> tuple[int, ...]:
    return (int(personen.wsw), int(personen.wajong), int(personen.participatiewet))


def _axis_label(kwartaal: str) -> str:
    return _("eind 2012") if kwartaal == parts.NULMETING else parts.quarter_short(kwartaal)


def _series_text(bars: Iterable[Bar], unit: str) -> str:
    """The totals as one sentence, for who cannot see the chart; the details are in the table."""
    return "; ".join(f"{bar.label}: {parts.number(sum(bar.values))} {unit}" for bar in bars) + "."


def version() -> str:
    """The version of the drawings, for who keeps one made with this file."""
    return _VERSION


def _cached(name: str, factsheet: Factsheet, draw: Callable[[], SafeString]) -> SafeString:
    """The drawing, made once for each set of figures and language."""
    figures = hashlib.sha256(json.dumps(factsheet.to_json()).encode()).hexdigest()
    key = f"chart:{_VERSION}:{figures}:{translation.get_language()}:{name}"
    svg: str | None = cache.get(key)
    if svg is None:
        svg = str(draw())
        cache.set(key, svg, timeout=None)
    return mark_safe(svg)  # noqa: S308  drawn by us from numbers and our own words, cleaned by _finish


def stacked_bars(
    bars: list[Bar],
    *,
    names: tuple[str, ...],
    colours: tuple[str, ...],
    title: str,
    description: str,
    id: str,
) -> SafeString:
    """Lying stacked bars with the total behind each. A bar of one value is a target: an empty, dashed box."""
    plot_width = WIDTH - LABEL_WIDTH - TOTAL_WIDTH
    highest = max([sum(bar.values) for bar in bars] + [1])
    segments: list[dict[str, Any]] = []
    targets: list[dict[str, Any]] = []
    totals: list[dict[str, Any]] = []
    for row, bar in enumerate(bars):
        at = 0
        if len(bar.values) == 1:
            targets.append({"row": row, "van": 0, "tot": bar.values[0]})
            totals.append({"row": row, "label": bar.label, "van": bar.values[0], "text": parts.number(bar.values[0])})
            continue
        for name, value in zip(names, bar.values, strict=True):
            if value > 0:
                text = parts.number(value)
                fits = value / highest * plot_width > 8 * len(text) + 6
                segments.append({"row": row, "name": name, "van": at, "tot": at + value, "text": text if fits else ""})
            at += value
        totals.append({"row": row, "label": bar.label, "van": at, "text": parts.number(at)})
    height = BAR_STEP * len(bars)
    x_scale = alt.Scale(domain=[0, highest], range=[0, plot_width], nice=False, zero=True)
    y_scale = alt.Scale(domain=list(range(len(bars))), range=[0, height])
    y = alt.Y("row:O", axis=None, scale=y_scale)
    x = alt.X("van:Q", axis=None, scale=x_scale)
    layers: list[alt.Chart] = [
        alt.Chart(_rows(segments))
        .mark_bar(stroke="#fff", strokeWidth=1.5, height=BAR_STEP - 10)
        .encode(
            x=x,
            x2="tot:Q",
            y=y,
            color=alt.Color("name:N", legend=None, scale=alt.Scale(domain=list(names), range=list(colours))),
        ),
        alt.Chart(_rows(segments))
        .transform_calculate(middle="(datum.van + datum.tot) / 2")
        .mark_text(color="#fff", fontSize=12, baseline="middle")
        .encode(x=alt.X("middle:Q", axis=None, scale=x_scale), y=y, text="text:N"),
        alt.Chart(_rows(totals))
        .mark_text(align="right", x=-8, fontSize=12, color=INK, baseline="middle")
        .encode(y=y, text="label:N"),
    ]
    if targets:
        layers.append(
            alt.Chart(_rows(targets))
            .mark_bar(fill="#fff", stroke=GAP, strokeWidth=1.5, strokeDash=[3, 2], height=BAR_STEP - 12)
            .encode(x=x, x2="tot:Q", y=y)
        )
    layers.append(
        alt.Chart(_rows(totals))
        .mark_text(align="left", dx=5, fontSize=12, fontWeight="bold", color=INK, baseline="middle")
        .encode(x=x, y=y, text="text:N")
    )
    legend_layers, rows = _legend(list(zip(names, colours, strict=True)), indent=LABEL_WIDTH)
    chart = alt.layer(*layers, *legend_layers).properties(
        width=plot_width,
        height=height,
        padding={"left": LABEL_WIDTH, "right": TOTAL_WIDTH, "top": 4, "bottom": rows * LEGEND_HEIGHT + 6},
        autosize=alt.AutoSizeParams(type="none"),
    )
    return _finish(chart, title=title, description=description, id=id)


def _legend(entries: list[tuple[str, str]], *, indent: int = 0) -> tuple[list[alt.Chart], int]:
    """The names under the chart, in as many rows as they need: boxes and texts as marks, so that nothing is clipped."""
    layers: list[alt.Chart] = []
    x, row = 0.0, 0
    for name, colour in entries:
        needed = 20 + 6.6 * len(name) + 14
        if x and x + needed > WIDTH:
            x, row = 0.0, row + 1
        left = x - indent + 4
        top = alt.expr(f"height + {row * LEGEND_HEIGHT + 16}")
        one = alt.Chart(_rows([{}]))
        layers.append(one.mark_square(size=160, x=left + 7, y=top, fill=colour, opacity=1))
        layers.append(
            one.mark_text(text=name, align="left", baseline="middle", x=left + 18, y=top, fontSize=12, color=INK)
        )
        x += needed
    return layers, row + 1


def flow_diagram(flow: Verloopcijfers, *, kwartaal: str) -> SafeString:
    """People of the previous quarter at the left, of this quarter at the right, and the streams between them."""
    height, top, space = 350, 44, 34
    before = str(Kwartaal.parse(kwartaal).earlier())
    left = [
        (_("Met werk"), ["baanbehouders", "baanverliezers", "uitstroom_werkend"]),
        (_("Zonder werk"), ["baanvinders", "niet_werkend_gebleven", "uitstroom_niet_werkend"]),
        (_("Nieuw erbij"), ["instroom_werkend", "instroom_niet_werkend"]),
    ]
    right = [
        (_("Met werk"), ["baanbehouders", "baanvinders", "instroom_werkend"]),
        (_("Zonder werk"), ["baanverliezers", "niet_werkend_gebleven", "instroom_niet_werkend"]),
        (_("Eruit"), ["uitstroom_werkend", "uitstroom_niet_werkend"]),
    ]
    amounts = {
        "baanbehouders": int(flow.baanbehouders),
        "baanverliezers": int(flow.baanverliezers),
        "baanvinders": int(flow.baanvinders),
        "niet_werkend_gebleven": int(flow.niet_werkend_gebleven),
        "uitstroom_werkend": int(flow.uitstroom.werkend),
        "uitstroom_niet_werkend": int(flow.uitstroom.niet_werkend),
        "instroom_werkend": int(flow.instroom.werkend),
        "instroom_niet_werkend": int(flow.instroom.niet_werkend),
    }
    # Every stream keeps a visible width; the numbers beside it are what count.
    room = height - top - 2 * space
    thickest = max(sum(amounts.values()), 1)
    width_of = {name: max(amount / thickest * room, 1.5) if amount else 0.0 for name, amount in amounts.items()}
    starts, left_labels = _columns(left, amounts, width_of, top=top, space=space)
    ends, right_labels = _columns(right, amounts, width_of, top=top, space=space)
    points = [
        {"stream": name, "x": step / 20, "boven": upper, "onder": upper + width_of[name]}
        for name in amounts
        if amounts[name]
        for step in range(21)
        for upper in [starts[name] + (ends[name] - starts[name]) * _ease(step / 20)]
    ]
    x_scale, y_scale = alt.Scale(domain=[0, 1], range=[0, WIDTH]), alt.Scale(domain=[0, height], range=[0, height])
    colours = {name: FLOW_COLOURS.get(name, FLOW_COLOURS.get(name.split("_")[0], GAP)) for name in amounts}
    streams = (
        alt.Chart(_rows(points))
        .mark_area(opacity=0.85, interpolate="linear")
        .encode(
            x=alt.X("x:Q", axis=None, scale=x_scale),
            y=alt.Y("boven:Q", axis=None, scale=y_scale),
            y2="onder:Q",
            color=alt.Color(
                "stream:N", legend=None, scale=alt.Scale(domain=list(colours), range=list(colours.values()))
            ),
            detail="stream:N",
        )
    )
    labels = [
        {"x": 0, "y": 10, "text": parts.quarter_short(before), "align": "left"},
        {"x": 1, "y": 10, "text": parts.quarter_short(kwartaal), "align": "right"},
        *({"x": 0, "y": y - 8, "text": text, "align": "left"} for y, text in left_labels),
        *({"x": 1, "y": y - 8, "text": text, "align": "right"} for y, text in right_labels),
    ]
    layers: list[alt.Chart] = [streams]
    for align in ("left", "right"):
        # A white edge under the letters, because a stream may pass behind them.
        halos: tuple[dict[str, Any], ...] = ({"stroke": "#fff", "strokeWidth": 4, "strokeJoin": "round"}, {})
        for halo in halos:
            layers.append(
                alt.Chart(_rows([label for label in labels if label["align"] == align]))
                .mark_text(align=align, baseline="middle", fontSize=12, color=INK, fontWeight="bold", **halo)
                .encode(
                    x=alt.X("x:Q", axis=None, scale=x_scale), y=alt.Y("y:Q", axis=None, scale=y_scale), text="text:N"
                )
            )
    entries: list[tuple[str, int, str]] = [
        (_("hielden werk: %(aantal)s"), flow.baanbehouders, "baanbehouders"),
        (_("bleven zonder: %(aantal)s"), flow.niet_werkend_gebleven, "niet_werkend_gebleven"),
        (_("vonden werk: %(aantal)s"), flow.baanvinders, "baanvinders"),
        (_("verloren werk: %(aantal)s"), flow.baanverliezers, "baanverliezers"),
        (_("nieuw erbij: %(aantal)s"), flow.instroom.totaal, "instroom"),
        (_("eruit: %(aantal)s"), flow.uitstroom.totaal, "uitstroom"),
    ]
    legend, rows = _legend([(text % {"aantal": parts.number(n)}, FLOW_COLOURS[kind]) for text, n, kind in entries])
    chart = alt.layer(*layers, *legend).properties(
        width=WIDTH,
        height=height,
        padding={"left": 0, "right": 0, "top": 0, "bottom": rows * LEGEND_HEIGHT + 6},
        autosize=alt.AutoSizeParams(type="none"),
    )
    description = _(
        "%(behouders)s mensen hielden werk, %(vinders)s vonden werk, %(verliezers)s verloren werk en %(gebleven)s "
        "bleven zonder werk. %(nieuw)s mensen kwamen erbij en %(weg)s mensen gingen eruit."
    ) % {
        "behouders": parts.number(flow.baanbehouders),
        "vinders": parts.number(flow.baanvinders),
        "verliezers": parts.number(flow.baanverliezers),
        "gebleven": parts.number(flow.niet_werkend_gebleven),
        "nieuw": parts.number(flow.instroom.totaal),
        "weg": parts.number(flow.uitstroom.totaal),
    }
    return _finish(chart, title=_("Verloop in dit kwartaal"), description=description, id="grafiek-verloop")


def _columns(
    nodes: list[tuple[str, list[str]]], amounts: dict[str, int], width_of: dict[str, float], *, top: float, space: float
) -> tuple[dict[str, float], list[tuple[float, str]]]:
    """Upper edge of each stream in one column, and the label of each group of streams with its height."""
    at, edges, labels = float(top), {}, []
    for name, streams in nodes:
        labels.append((at, f"{name}: {parts.number(sum(amounts[s] for s in streams))}"))
        for stream in streams:
            edges[stream] = at
            at += width_of[stream]
        at += space
    return edges, labels


def _rows(rows: list[dict[str, Any]]) -> alt.InlineData:
    """Rows that go into the drawing itself."""
    return alt.InlineData(values=rows)


def _ease(t: float) -> float:
    return t * t * (3 - 2 * t)


def _finish(chart: alt.LayerChart | alt.FacetChart, *, title: str, description: str, id: str) -> SafeString:
    """The SVG as it stands in the page: scaling, one name and one description, patterns, nothing a CSP would block."""
    # Checking the specification takes as long as drawing it; the tests draw every kind of chart.
    spec = chart.configure(font=FONT, background="transparent").configure_view(stroke=None).to_dict(validate=False)
    svg = vl_convert.vegalite_to_svg(spec, format_locale="nl-NL")
    svg = svg.replace(f' font-family="{FONT}"', "").replace(' font-size="12px"', "")
    svg = re.sub(r' (?:role|aria-[a-z]+|class|pointer-events|opacity="1)(?:="[^"]*"|")', "", svg)
    svg = re.sub(r'<path[^>]* d=""[^>]*/>|<path[^>]*d="M0,0h0v0h0Z"[^>]*/>|<g>\s*</g>', "", svg)
    svg = re.sub(r"<[^>]+>", lambda tag: re.sub(r"(\d+\.\d{2})\d+", r"\1", tag[0]), svg)
    view_box = re.search(r'viewBox="([^"]*)"', svg)
    assert view_box is not None
    inside = svg[svg.index(">") + 1 : svg.rindex("</svg>")]
    definitions = ""
    for colour, drawing in PATTERNS.items():
        if f'"{colour}"' in inside:
            name = f"{id}-{colour[1:]}"
            inside = inside.replace(f'fill="{colour}"', f'fill="url(#{name})"')
            definitions += (
                f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse">'
                f'<rect width="6" height="6" fill="{colour}"/>{drawing}</pattern>'
            )
    return mark_safe(  # noqa: S308  the words are escaped here; the drawing holds numbers and our own words
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view_box[1]}" font-family="{FONT}" font-size="12" '
        f'role="img" aria-labelledby="{id}-naam {id}-uitleg"><title id="{id}-naam">{escape(title)}</title>'
        f'<desc id="{id}-uitleg">{escape(description)}</desc>'
        f"{f'<defs>{definitions}</defs>' if definitions else ''}{inside}</svg>"
    )
