"""The quotum of an employer as a page shows it: what the law answered, in parts that each open to their articles.

Shown by the calculator for everybody and by the page about an employer's own wage returns.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from banenafspraak.web.components.formulier import in_words
from banenafspraak.web.components.getallen import decimal_text, euro
from banenafspraak.web.components.parts import Figure, KeyFigure, Table, number, table
from banenafspraak.wet.quotum import Padstap, Quotum, Quotumsector, Verwachting
from banenafspraak.wet.uitkomst import Uitkomst, Zekerheid

# How the question of a step begins, and the part of the page that shows it; what is not named is in "quotum".
_PARTS = {
    "Welke sector?": "regeling",
    "Mogen uren van uitzendpersoneel eraf?": "regeling",
    "Hoeveel uren tellen in": "regeling",
    "Hoeveel uren is dat in een heel jaar?": "regeling",
    "Is in beide jaren": "regeling",
    "Wat verandert één persoon erbij?": "erbij",
    "Hoe komt u bij het quotum": "erbij",
    "Hoe loopt het verder": "pad",
    "Welke bonus": "verwachting",
    "Welke opslag": "verwachting",
    "Wanneer begint de opslag?": "verwachting",
    "Wanneer moet wat gebeuren?": "dagen",
}
PERCENTAGE = "Welk quotumpercentage geldt?"


@dataclass(frozen=True)
class Quotumblok:
    """Everything a page says about one answer. `why` holds by part the steps behind it."""

    quotum: Quotum
    sector: str
    figures: tuple[KeyFigure, ...]
    percentage: str
    percentage_zekerheid: str
    why: dict[str, Uitkomst[Any]]
    extra: tuple[str, ...]
    way: Figure | None
    later: Table | None
    expected: tuple[tuple[str, str], ...]
    days: tuple[tuple[str, str], ...]


def show(uitkomst: Uitkomst[Quotum]) -> Quotumblok:
    """The answer in the parts of a page."""
    quotum = uitkomst.waarde
    sure = next((stap.zekerheid for stap in uitkomst.stappen if stap.vraag == PERCENTAGE), Zekerheid.BRON)
    return Quotumblok(
        quotum=quotum,
        sector=_("overheid") if quotum.sector is Quotumsector.OVERHEID else _("markt"),
        figures=_figures(quotum),
        percentage=f"{decimal_text(quotum.percentage)}%" if quotum.percentage is not None else "",
        percentage_zekerheid=sure.value,
        why=_why(uitkomst),
        extra=_extra(quotum),
        way=_way(quotum),
        later=_later(quotum),
        expected=_expected(quotum.verwachting) if quotum.verwachting else (),
        days=(
            (_("Loonaangiften en correcties"), _("tot en met %s") % in_words(quotum.gegevens_tot_en_met)),
            (_("Beide partijen eens over inleen"), _("voor %s") % in_words(quotum.inleen_eens_voor)),
            (_("Besluit van de Belastingdienst"), _("voor %s") % in_words(quotum.besluit_voor)),
        ),
    )


def _why(uitkomst: Uitkomst[Quotum]) -> dict[str, Uitkomst[Any]]:
    found: dict[str, list[Any]] = {"regeling": [], "quotum": [], "erbij": [], "pad": [], "verwachting": [], "dagen": []}
    for stap in uitkomst.stappen:
        part = next((part for begin, part in _PARTS.items() if stap.vraag.startswith(begin)), "quotum")
        found[part].append(stap)
    return {
        part: Uitkomst(None, tuple(steps), _sources(uitkomst, steps, part)) if steps else uitkomst
        for part, steps in found.items()
    }


def _sources(uitkomst: Uitkomst[Quotum], steps: Iterable[Any], part: str) -> tuple[Any, ...]:
    """The sources that the steps of a part name by their article; all of them where steps rest on several."""
    if part == "quotum":
        return uitkomst.bronnen
    named = tuple(bron for bron in uitkomst.bronnen if any(str(bron) == stap.artikel for stap in steps))
    return named or uitkomst.bronnen


def _figures(quotum: Quotum) -> tuple[KeyFigure, ...]:
    have = KeyFigure(
        _("Banen die er zijn"),
        decimal_text(quotum.banen),
        _("%(uren)s uren van mensen in het register") % {"uren": decimal_text(quotum.uren_arbeidsbeperkten)},
    )
    if quotum.tekort is None:
        return (have,)
    return (
        have,
        KeyFigure(
            _("Banen die worden gevraagd"),
            decimal_text(quotum.gevraagde_banen),
            _("%(percentage)s%% van %(uren)s uren")
            % {"percentage": decimal_text(quotum.percentage), "uren": decimal_text(quotum.totaal_uren)},
        ),
        KeyFigure(_("Quotumtekort"), decimal_text(quotum.tekort, 1), _("banen, naar beneden afgerond")),
        KeyFigure(_("Heffing die daarbij hoort"), euro(quotum.heffing), _("wordt niet opgelegd")),
    )


def _extra(quotum: Quotum) -> tuple[str, ...]:
    extra = quotum.erbij
    if extra is None:
        return ()
    hours = decimal_text(extra.uren_per_week)
    if not quotum.tekort:
        return (_("U heeft geen tekort. Niemand erbij is nodig voor het quotum."),)
    first = _(
        "Neemt u één persoon van %(uren)s uur per week aan, dan is dat %(banen)s baan. Uw tekort wordt %(tekort)s en "
        "de heffing die daarbij hoort %(bedrag)s lager."
    ) % {
        "uren": hours,
        "banen": decimal_text(extra.banen),
        "tekort": decimal_text(extra.tekort, 1),
        "bedrag": euro(extra.minder_heffing),
    }
    if not extra.personen_tot_quotum:
        return (first, _("Met dit percentage helpt niemand erbij: met elk mens groeit ook wat wordt gevraagd."))
    people = ngettext(
        "Met %(aantal)s persoon van %(uren)s uur haalt u het quotum.",
        "Met %(aantal)s mensen van %(uren)s uur haalt u het quotum.",
        extra.personen_tot_quotum,
    ) % {"aantal": number(extra.personen_tot_quotum), "uren": hours}
    return (first, people)


def _way(quotum: Quotum) -> Figure | None:
    if len(quotum.naar_quotum) < 2:
        return None
    rows = [
        (
            number(step.personen),
            [
                decimal_text(step.banen),
                decimal_text(step.gevraagde_banen),
                decimal_text(step.tekort, 1),
                euro(step.heffing),
            ],
        )
        for step in quotum.naar_quotum
    ]
    shown = table(
        id="weg",
        caption=_("Zo daalt het tekort met elke persoon erbij"),
        columns=(_("Mensen erbij"), _("Banen"), _("Gevraagd"), _("Tekort"), _("Heffing (niet opgelegd)")),
        rows=rows,
    )
    title = _("De weg naar het quotum")
    return Figure(
        id="weg-naar-quotum", title=title, texts=(), svg=_bars(quotum.naar_quotum, title=title), tables=(shown,)
    )


def _bars(steps: tuple[Padstap, ...], *, title: str) -> SafeString:
    """A bar of the shortage for each step, drawn by hand: a chart engine is too slow for what differs each time."""
    width, height, top, bottom = 448, 220, 24, 40
    most = max(step.tekort for step in steps) or Decimal(1)
    place = Decimal(width) / len(steps)
    bars = []
    for index, step in enumerate(steps):
        tall = (step.tekort / most * (height - top - bottom)).quantize(Decimal("0.1"))
        left = (place * index + place * Decimal("0.15")).quantize(Decimal("0.1"))
        middle = (place * index + place / 2).quantize(Decimal("0.1"))
        wide = (place * Decimal("0.7")).quantize(Decimal("0.1"))
        base = height - bottom
        bars.append((left, base - tall, wide, tall, middle, base - tall - 6, decimal_text(step.tekort, 1),
                     middle, base + 16, number(step.personen)))  # fmt: skip
    drawn = format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}" fill="#0b5c9e"/>'
        '<text x="{}" y="{}" text-anchor="middle" font-weight="bold" fill="#14273d">{}</text>'
        '<text x="{}" y="{}" text-anchor="middle" fill="#14273d">{}</text>',
        bars,
    )
    said = _("Zonder iemand erbij is het tekort %(nu)s banen; met %(mensen)s mensen erbij is het %(dan)s.") % {
        "nu": decimal_text(steps[0].tekort, 1),
        "mensen": number(steps[-1].personen),
        "dan": decimal_text(steps[-1].tekort, 1),
    }
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" font-family="Source Sans 3, sans-serif" '
        'font-size="12" role="img" aria-labelledby="weg-naam weg-uitleg"><title id="weg-naam">{title}</title>'
        '<desc id="weg-uitleg">{said}</desc><line x1="0" x2="{w}" y1="{y}" y2="{y}" stroke="#14273d"/>{bars}'
        '<text x="{half}" y="{under}" text-anchor="middle" fill="#14273d">{axis}</text></svg>',
        w=width,
        h=height,
        title=title,
        said=said,
        y=height - bottom,
        bars=drawn,
        half=width // 2,
        under=height - 6,
        axis=_("mensen erbij; de balk is het tekort in banen"),
    )


def _later(quotum: Quotum) -> Table | None:
    if not quotum.pad:
        return None
    return table(
        id="later",
        caption=_("Latere jaren, met dezelfde uren"),
        columns=(_("Jaar"), _("Percentage"), _("Gevraagd"), _("Tekort")),
        rows=[
            (
                str(year.jaar),
                [
                    f"{decimal_text(year.percentage)}%",
                    decimal_text(year.gevraagde_banen),
                    decimal_text(year.tekort, 1),
                ],
            )
            for year in quotum.pad
        ],
    )


def _expected(verwachting: Verwachting) -> tuple[tuple[str, str], ...]:
    unknown = _("nog niet bekend")
    return (
        (_("Bonus per jaar"), euro(verwachting.bonus)),
        (_("Opslag per jaar"), unknown if verwachting.opslag is None else euro(verwachting.opslag)),
        (_("Bonus min opslag"), unknown if verwachting.saldo is None else euro(verwachting.saldo)),
        (_("Opslag vanaf"), in_words(verwachting.opslag_vanaf) if verwachting.opslag_vanaf else unknown),
    )
