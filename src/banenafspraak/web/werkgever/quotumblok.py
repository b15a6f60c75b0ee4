"""The picture of a year in the words of a page: months, banen, LKV, what is missing, and the lines behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from banenafspraak.register.quotumbeeld import (
    Maandbeeld,
    Quotumbeeld,
    Regel,
    Regelsoort,
    explain_lkv,
    explain_month,
    quotum_of,
)
from banenafspraak.web import quotumpagina
from banenafspraak.web.components.getallen import decimal_text, euro
from banenafspraak.web.components.parts import KeyFigure, Table, number, table
from banenafspraak.web.quotumpagina import Quotumblok
from banenafspraak.wet.parameters import ParameterFout
from banenafspraak.wet.uitkomst import Uitkomst

MAX_SHOWN = 100
"""Lines of one kind on a page; all of them are in the file."""

GROEPEN: dict[Regelsoort, tuple[Promise, Promise]] = {
    Regelsoort.GEMIST: (
        lazy("Loonkostenvoordeel dat u kunt krijgen"),
        lazy("U heeft er recht op en vroeg het niet aan. Corrigeer de aangifte: zet de indicatie op J."),
    ),
    Regelsoort.ONTERECHT: (
        lazy("Loonkostenvoordeel waar geen recht op is"),
        lazy("U vroeg het aan, maar er is geen recht op. Corrigeer de aangifte: zet de indicatie op N."),
    ),
    Regelsoort.OVERGANG: (
        lazy("Loonkostenvoordeel om zelf na te kijken"),
        lazy("Alleen met een doelgroepverklaring van voor 2026 loopt het recht nog door. Kijk dat na."),
    ),
    Regelsoort.NIET_NAGEKEKEN: (
        lazy("Loonkostenvoordeel dat wij niet konden nakijken"),
        lazy("UWV kent deze mensen nog niet als uw werknemer. Probeer het over een maand opnieuw."),
    ),
    Regelsoort.ZONDER_OPGAVE: (
        lazy("In het register, en niet in uw aangiften"),
        lazy("Volgens de loongegevens van UWV werken zij bij u. Mist u een aangifte of een werknemer?"),
    ),
    Regelsoort.TELT: (lazy("Wie meetelt voor de banenafspraak"), lazy("De uren van deze mensen zijn uw banen.")),
}


@dataclass(frozen=True)
class Lijn:
    """One line about one employee."""

    kenmerk: str
    maanden: str
    uren: str
    bedrag: str
    uitkomst: Uitkomst[Any] | None


@dataclass(frozen=True)
class Groep:
    """Lines of one kind; `more` are not shown."""

    soort: str
    titel: str
    uitleg: str
    lijnen: tuple[Lijn, ...]
    more: int


@dataclass(frozen=True)
class Beeldblok:
    """Everything a page says about a picture."""

    beeld: Quotumbeeld
    figures: tuple[KeyFigure, ...]
    warnings: tuple[str, ...]
    months: Table
    months_why: tuple[tuple[str, Uitkomst[Any]], ...]
    lkv: tuple[KeyFigure, ...]
    lkv_why: Uitkomst[Any] | None
    quotum: Quotumblok | None
    quotum_unknown: str
    calculator: str


def show(beeld: Quotumbeeld) -> Beeldblok:
    """The picture as a page shows it."""
    quotum, unknown = None, ""
    try:
        answer = quotum_of(beeld)
        quotum = quotumpagina.show(answer) if answer is not None else None
    except ParameterFout as error:
        unknown = str(error)
    lkv = beeld.lkv
    return Beeldblok(
        beeld=beeld,
        figures=(
            KeyFigure(
                _("Banen in %(jaar)s") % {"jaar": beeld.jaar},
                decimal_text(beeld.banen),
                _("%(uren)s uren van %(mensen)s mensen in het register")
                % {"uren": decimal_text(beeld.uren_arbeidsbeperkten), "mensen": number(beeld.arbeidsbeperkten)},
            ),
            KeyFigure(
                _("Werknemers"), number(beeld.mensen), _("%(uren)s verloonde uren") % {"uren": decimal_text(beeld.uren)}
            ),
            KeyFigure(_("Gemist loonkostenvoordeel"), euro(lkv.gemist), _people(lkv.gemist_mensen)),
        ),
        warnings=tuple(_warnings(beeld)),
        months=_months(beeld),
        months_why=tuple((month_name(m.maand), explain_month(m, beeld.jaar)) for m in beeld.maanden if m.mensen),
        lkv=(
            KeyFigure(_("Gemist"), euro(lkv.gemist), _people(lkv.gemist_mensen)),
            KeyFigure(_("Terecht gevraagd"), euro(lkv.juist), _("krijgt u al")),
            KeyFigure(_("Zonder recht gevraagd"), euro(lkv.onterecht), _people(lkv.onterecht_mensen)),
            KeyFigure(_("Zelf nakijken"), euro(lkv.overgang), _people(lkv.overgang_mensen)),
        ),
        lkv_why=None if lkv.onbekend else explain_lkv(beeld),
        quotum=quotum,
        quotum_unknown=unknown,
        calculator=_calculator(beeld),
    )


def month_name(maand: int) -> str:
    """The name of a month in the language of the page."""
    return str(MONTHS[maand])


def groups(regels: Iterable[Regel]) -> tuple[Groep, ...]:
    """The lines by kind, money first."""
    found: dict[Regelsoort, list[Regel]] = {soort: [] for soort in GROEPEN}
    for regel in regels:
        found[regel.soort].append(regel)
    return tuple(
        Groep(
            soort.value,
            str(GROEPEN[soort][0]),
            str(GROEPEN[soort][1]),
            tuple(_line(regel) for regel in lines[:MAX_SHOWN]),
            max(0, len(lines) - MAX_SHOWN),
        )
        for soort, lines in found.items()
        if lines
    )


def _line(regel: Regel) -> Lijn:
    return Lijn(
        kenmerk=regel.kenmerk,
        maanden=in_months(regel.maanden),
        uren=decimal_text(regel.uren) if regel.maanden else "",
        bedrag=euro(regel.bedrag) if regel.bedrag is not None else "",
        uitkomst=regel.uitkomst,
    )


def in_months(maanden: Iterable[int]) -> str:
    """Months as people say them: januari tot en met maart, mei."""
    runs: list[list[int]] = []
    for maand in maanden:
        if runs and runs[-1][-1] == maand - 1:
            runs[-1].append(maand)
        else:
            runs.append([maand])
    return ", ".join(
        _("%(van)s tot en met %(tot)s") % {"van": month_name(run[0]), "tot": month_name(run[-1])}
        if len(run) > 2
        else ", ".join(month_name(maand) for maand in run)
        for run in runs
    )


def _people(count: int) -> str:
    return ngettext("%(aantal)s persoon", "%(aantal)s mensen", count) % {"aantal": number(count)}


def _warnings(beeld: Quotumbeeld) -> Iterable[str]:
    if beeld.ontbreekt:
        yield _("Er ontbreken aangiften over: %(maanden)s. Was u toen nog geen werkgever? Dan klopt het.") % {
            "maanden": in_months(beeld.ontbreekt)
        }
    if beeld.dubbel:
        yield _("Over %(maanden)s zijn er meer volledige aangiften. Wij rekenden met de nieuwste.") % {
            "maanden": in_months(beeld.dubbel)
        }
    if not beeld.volledig:
        yield _("Het jaar is nog niet compleet. Alle cijfers zijn de stand tot nu toe.")
    if beeld.niet_nagekeken:
        yield ngettext(
            "%(aantal)s persoon konden wij niet nakijken: UWV kent die nog niet als uw werknemer.",
            "%(aantal)s mensen konden wij niet nakijken: UWV kent hen nog niet als uw werknemers.",
            beeld.niet_nagekeken,
        ) % {"aantal": number(beeld.niet_nagekeken)}
    if beeld.zonder_opgave:
        yield ngettext(
            "%(aantal)s persoon staat in de loongegevens van UWV en niet in uw aangiften.",
            "%(aantal)s mensen staan in de loongegevens van UWV en niet in uw aangiften.",
            beeld.zonder_opgave,
        ) % {"aantal": number(beeld.zonder_opgave)}
    if beeld.zonder_bsn:
        yield _("Inkomstenverhoudingen zonder BSN: %(aantal)s. Die tellen niet mee.") % {
            "aantal": number(beeld.zonder_bsn)
        }
    if beeld.lkv.onbekend:
        yield beeld.lkv.onbekend


def _months(beeld: Quotumbeeld) -> Table:
    names = [
        month_name(m.maand)
        if m.aangeleverd
        else _("%(maand)s (geen volledige aangifte)") % {"maand": month_name(m.maand)}
        for m in beeld.maanden
    ]
    total = [
        number(beeld.mensen),
        decimal_text(beeld.uren),
        number(beeld.arbeidsbeperkten),
        decimal_text(beeld.uren_arbeidsbeperkten),
        decimal_text(beeld.banen),
    ]
    rows = [(name, _cells(month)) for name, month in zip(names, beeld.maanden, strict=True)]
    return table(
        id="maanden",
        caption=_("Uren en banen per maand in %(jaar)s") % {"jaar": beeld.jaar},
        columns=(_("Maand"), _("Werknemers"), _("Uren"), _("In het register"), _("Hun uren"), _("Banen")),
        rows=[*rows, (_("Heel het jaar"), total)],
        totals=frozenset({12}),
        stack=True,
    )


def _cells(month: Maandbeeld) -> list[str]:
    return [
        number(month.mensen),
        decimal_text(month.uren),
        number(month.arbeidsbeperkten),
        decimal_text(month.uren_arbeidsbeperkten),
        decimal_text(month.banen),
    ]


def _calculator(beeld: Quotumbeeld) -> str:
    """The calculator with the figures of this picture filled in."""
    known: dict[str, Any] = {
        "jaar": beeld.jaar,
        "uren": beeld.uren,
        "arbeidsbeperkt": beeld.uren_arbeidsbeperkten,
        "vorig": beeld.uren_vorig_jaar,
        "sector": beeld.sector or "ufo",
        "ufo": None if beeld.sector else beeld.uren_ufo,
        "overig": None if beeld.sector else beeld.uren_zonder_ufo,
        "percentage": beeld.percentage,
        "uitzend": beeld.uren_uitzendpersoneel or None,
        "ingeschreven": "on" if beeld.uitzendonderneming else None,
        "wsw": beeld.uren_wsw or None,
    }
    texts = {
        name: f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else str(value)
        for name, value in known.items()
        if value is not None
    }
    return f"{reverse('quotum')}?{urlencode(texts)}"


def compare(now: Quotumbeeld, then: Quotumbeeld, *, day: str) -> Table:
    """What changed since an earlier picture."""
    pairs: list[tuple[str, Decimal, Decimal, bool]] = [
        (_("Verloonde uren"), then.uren, now.uren, False),
        (_("Uren van mensen in het register"), then.uren_arbeidsbeperkten, now.uren_arbeidsbeperkten, False),
        (_("Banen"), then.banen, now.banen, False),
        (_("Gemist loonkostenvoordeel"), then.lkv.gemist, now.lkv.gemist, True),
        (_("Zonder recht gevraagd"), then.lkv.onterecht, now.lkv.onterecht, True),
    ]
    return table(
        id="vergelijking",
        caption=_("Vergeleken met %(jaar)s, bewaard na de controle van %(dag)s") % {"jaar": then.jaar, "dag": day},
        columns=(_("Cijfer"), _("Toen"), _("Nu"), _("Verschil")),
        rows=[(name, [_said(a, money), _said(b, money), _said(b - a, money)]) for name, a, b, money in pairs],
        stack=True,
    )


def _said(value: Decimal, money: bool) -> str:
    return euro(value) if money else decimal_text(value)
