"""The figures of a Werkgeversservicepunt as the parts of a page, and as rows of a file."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.cache import cache
from django.utils import translation
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from banenafspraak.access import gebieden
from banenafspraak.bemiddeling.plaatsingwoorden import Plaatsingsector
from banenafspraak.bemiddeling.wspcijfers import (
    DREMPEL,
    LABELS,
    Kwartaalregel,
    Periode,
    Tevredenheid,
    Wspcijfers,
    shielded,
)
from banenafspraak.web.components import charts
from banenafspraak.web.components.charts import Bar
from banenafspraak.web.components.parts import (
    UNKNOWN,
    Figure,
    KeyFigure,
    Table,
    number,
    quarter_name,
    quarter_short,
    table,
)
from banenafspraak.web.components.registerwoorden import LABELS as GRONDEN
from banenafspraak.web.plaatsingwoorden import SECTOREN
from banenafspraak.web.vacaturewoorden import SLUITREDENEN
from banenafspraak.wet.grondlabel import Grondlabel

COLOURS = (charts.SECTOR_COLOURS[0], charts.SECTOR_COLOURS[1])


@dataclass(frozen=True)
class WspPage:
    """Everything the templates of the figures and of the yearly report print, in its order."""

    heading: str
    period: str
    op: str
    key_figures: tuple[KeyFigure, ...]
    wachttijd: Table
    vervuld: Figure
    kruis: Table
    gesloten: Table
    tevredenheid: Table


def period_name(periode: Periode) -> str:
    """The period as a choice on a page."""
    return str(periode.jaar) if periode.kwartaal is None else quarter_short(periode.code)


def build(found: Wspcijfers) -> WspPage:
    """The parts, in the language of the request."""
    name = str(found.periode.jaar) if found.periode.kwartaal is None else quarter_name(found.periode.code)
    return WspPage(
        heading=gebieden.regio(found.regio).naam,
        period=name,
        op=date_format(found.op, "j F Y"),
        key_figures=_key_figures(found.totaal),
        wachttijd=_wachttijd(found),
        vervuld=_vervuld(found),
        kruis=_kruis(found),
        gesloten=_gesloten(found),
        tevredenheid=_tevredenheid(found),
    )


def _key_figures(one: Kwartaalregel) -> tuple[KeyFigure, ...]:
    answers = one.tevredenheid
    return (
        KeyFigure(_("Vacatures geplaatst"), number(one.wachttijd.geplaatst), _("gingen in deze tijd open")),
        KeyFigure(
            _("Dagen tot de eerste voordracht"), number(one.wachttijd.mediaan), _("bij de helft duurde het niet langer")
        ),
        KeyFigure(_("Aan het werk"), number(one.vervuld.aan_het_werk), _("mensen begonnen op een vacature")),
        KeyFigure(_("Tevredenheid"), _mean(answers), _("van 1 tot en met 5, gemiddeld")),
    )


def _mean(one: Tevredenheid) -> str:
    if one.gemiddelde is None:
        return UNKNOWN
    return _decimal(one.gemiddelde)


def _decimal(value: Decimal) -> str:
    return str(value) if translation.get_language() == "en" else str(value).replace(".", ",")


def _answers(one: Tevredenheid) -> str:
    return _("niet getoond") if one.antwoorden is None else number(one.antwoorden)


def _lines(found: Wspcijfers) -> Iterator[tuple[str, Kwartaalregel]]:
    """The quarters when there are more of them, and the whole."""
    if len(found.kwartalen) > 1:
        yield from ((quarter_short(code), one) for code, one in found.kwartalen.items())
    yield (period_name(found.periode), found.totaal)


def _total(found: Wspcijfers) -> frozenset[int]:
    return frozenset({len(found.kwartalen)}) if len(found.kwartalen) > 1 else frozenset()


def _wachttijd(found: Wspcijfers) -> Table:
    return table(
        id="wachttijd",
        caption=_("Van een open vacature tot de eerste voordracht"),
        columns=(
            _("Periode"),
            _("Geplaatst"),
            _("Met een voordracht"),
            _("Dagen: bij de helft hoogstens"),
            _("Dagen: bij 9 van de 10 hoogstens"),
        ),
        rows=[
            (
                name,
                [
                    number(one.wachttijd.geplaatst),
                    number(one.wachttijd.voorgedragen),
                    number(one.wachttijd.mediaan),
                    number(one.wachttijd.negentig),
                ],
            )
            for name, one in _lines(found)
        ],
        totals=_total(found),
        stack=True,
    )


def _vervuld(found: Wspcijfers) -> Figure:
    lines = list(_lines(found))
    bars = [Bar(name, (one.vervuld.aan_het_werk, one.vervuld.op_proef)) for name, one in lines]
    shown = bars[:-1] if len(bars) > 1 else bars
    title = _("Mensen die begonnen op een vacature")
    nobody = not any(sum(bar.values) for bar in shown)
    return Figure(
        id="vervuld",
        title=title,
        texts=(
            _(
                "Iemand telt een keer: op de dag dat het werk begon. Wie op proef begon en mocht blijven, telt als aan "
                "het werk in de periode waarin het contract begon."
            ),
            *((_("In deze tijd begon nog niemand op een vacature uit de regio."),) if nobody else ()),
        ),
        svg=SafeString("") if nobody else _drawn(shown, title),
        tables=(
            table(
                id="vervuld-tabel",
                caption=title,
                columns=(_("Periode"), _("Aan het werk"), _("Op proef")),
                rows=[(name, [number(one.vervuld.aan_het_werk), number(one.vervuld.op_proef)]) for name, one in lines],
                totals=_total(found),
            ),
        ),
    )


def _drawn(bars: list[Bar], title: str) -> SafeString:
    """The drawing, made once for the same figures and language."""
    text = "; ".join(f"{bar.label}: {number(sum(bar.values))}" for bar in bars) + "."
    key = hashlib.sha256(f"{bars}:{translation.get_language()}:{charts.version()}".encode()).hexdigest()
    svg: str | None = cache.get(f"wsp-chart:{key}")
    if svg is None:
        svg = str(
            charts.stacked_bars(
                bars,
                names=(_("aan het werk"), _("op proef")),
                colours=COLOURS,
                title=title,
                description=text,
                id="grafiek-vervuld",
            )
        )
        cache.set(f"wsp-chart:{key}", svg, timeout=None)
    return mark_safe(svg)  # noqa: S308  drawn by us from numbers and our own words


def ground_name(label: Grondlabel) -> str:
    """The ground as a row of the table."""
    return _("andere of geen bekende grond") if label is Grondlabel.NIET_VERMELD else str(GRONDEN[label])


def sector_name(sector: Plaatsingsector) -> str:
    """The sector as a column of the table."""
    return _("Onbekend") if sector is Plaatsingsector.ONBEKEND else str(SECTOREN[sector])


def _few(aantal: int | None) -> str:
    return f"< {DREMPEL}" if aantal is None else number(aantal)


def _kruis(found: Wspcijfers) -> Table:
    sectors = tuple(Plaatsingsector)
    rows = [
        (ground_name(one), [*(_few(found.kruis[one, place]) for place in sectors), _few(found.per_grond[one])])
        for one in LABELS
    ]
    total = shielded(found.totaal.vervuld.aan_het_werk)
    rows.append((_("Samen"), [*(_few(found.per_sector[place]) for place in sectors), _few(total)]))
    return table(
        id="grond-en-sector",
        caption=_("Aan het werk op een vacature, per grond en sector"),
        columns=(_("Grond"), *(sector_name(place) for place in sectors), _("Samen")),
        rows=rows,
        totals=frozenset({len(rows) - 1}),
        stack=True,
    )


def _gesloten(found: Wspcijfers) -> Table:
    return table(
        id="gesloten",
        caption=_("Vacatures die zijn gesloten"),
        columns=(_("Waarom"), _("Aantal")),
        rows=[
            *((str(SLUITREDENEN[reden]), [number(aantal)]) for reden, aantal in found.redenen.items()),
            (_("Samen"), [number(found.totaal.gesloten)]),
        ],
        totals=frozenset({len(found.redenen)}),
    )


def _tevredenheid(found: Wspcijfers) -> Table:
    return table(
        id="tevredenheid",
        caption=_("Hoe tevreden werkgevers zijn, van 1 tot en met 5"),
        columns=(_("Periode"), _("Antwoorden"), _("Gemiddeld")),
        rows=[(name, [_answers(one.tevredenheid), _mean(one.tevredenheid)]) for name, one in _lines(found)],
        totals=_total(found),
    )


# --- Files -------------------------------------------------------------------------------------------------------


def to_json(found: Wspcijfers) -> dict[str, Any]:
    """The figures for a program; null where a number is not shown or not there."""

    def line(one: Kwartaalregel) -> dict[str, Any]:
        waits, mean = one.wachttijd, one.tevredenheid.gemiddelde
        return {
            "eerste_voordracht": {
                "geplaatst": waits.geplaatst,
                "voorgedragen": waits.voorgedragen,
                "dagen_mediaan": waits.mediaan,
                "dagen_p90": waits.negentig,
            },
            "vervuld": {"aan_het_werk": one.vervuld.aan_het_werk, "op_proef": one.vervuld.op_proef},
            "gesloten": one.gesloten,
            "tevredenheid": {
                "antwoorden": one.tevredenheid.antwoorden,
                "gemiddelde": None if mean is None else float(mean),
            },
        }

    return {
        "regio": {"code": found.regio, "naam": gebieden.regio(found.regio).naam},
        "periode": found.periode.code,
        "geteld_op": found.op.isoformat(),
        "drempel": DREMPEL,
        "totaal": line(found.totaal),
        "kwartalen": {code: line(one) for code, one in found.kwartalen.items()},
        "vervuld_per_grond_en_sector": [
            {"grond": str(label), "sector": str(place), "aantal_in_vijftallen": found.kruis[label, place]}
            for label in LABELS
            for place in Plaatsingsector
        ],
        "vervuld_per_grond": {str(label): found.per_grond[label] for label in LABELS},
        "vervuld_per_sector": {str(place): found.per_sector[place] for place in Plaatsingsector},
        "gesloten_per_reden": {str(reden): aantal for reden, aantal in found.redenen.items()},
    }


def to_rows(found: Wspcijfers) -> Iterator[tuple[str, str, str]]:
    """The same as rows (which figure, which period or part, value); empty where a number is not shown or not there."""
    data = to_json(found)
    for code, one in ((found.periode.code, data["totaal"]), *data["kwartalen"].items()):
        if code == found.periode.code and one is not data["totaal"]:
            continue
        for group, values in one.items():
            for name, value in values.items() if isinstance(values, dict) else (("aantal", values),):
                yield (f"{group}.{name}", code, _cell(value))
    for cell in data["vervuld_per_grond_en_sector"]:
        yield ("vervuld_in_vijftallen", f"{cell['grond']} / {cell['sector']}", _cell(cell["aantal_in_vijftallen"]))
    for group in ("vervuld_per_grond", "vervuld_per_sector", "gesloten_per_reden"):
        yield from ((group, name, _cell(value)) for name, value in data[group].items())


def _cell(value: float | None) -> str:
    return "" if value is None else str(value).replace(".", ",")
