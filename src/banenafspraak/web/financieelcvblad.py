"""The page of a Financieel CV and the same page as PDF/UA: what it brings, until when, what to do, and why."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from banenafspraak.web.components import brief
from banenafspraak.web.components.brief import Blok, Brief, written_date
from banenafspraak.web.components.parts import KeyFigure, Table, number, table
from banenafspraak.web.components.tijdlijn import Span, draw
from banenafspraak.web.financieelcvwoorden import GRONDNAMEN, INSTRUMENTEN, VASTHEDEN
from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.instrumenten.cv_feiten import (
    Actie,
    CvRegel,
    FinancieelCv,
    Jaartotaal,
    Mogelijkheid,
    Vastheid,
)
from banenafspraak.wet.uitkomst import Uitkomst

_BADGES = {Vastheid.ZEKER: "neutral", Vastheid.VOORWAARDE: "warning", Vastheid.NIET: "neutral"}


@dataclass(frozen=True)
class Line:
    """One instrument on the page. `amount` is what it brings in a whole year, in words; empty without an amount."""

    id: str
    name: str
    certain: bool
    badge: str
    badge_kind: str
    amount: str
    periods: tuple[str, ...]
    regel: CvRegel
    examples: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Task:
    """One thing to do, with the last day in words."""

    actie: Actie
    day: str
    name: str


@dataclass(frozen=True)
class Page:
    """Everything the page shows."""

    uitkomst: Uitkomst[FinancieelCv]
    certain: str
    possible: str
    more_possible: bool
    sure_names: str
    open_names: str
    figures: tuple[KeyFigure, ...]
    svg: SafeString
    spans: Table
    due: tuple[Line, ...]
    not_due: tuple[Line, ...]
    years: Table
    tasks: tuple[Task, ...]
    late: bool
    options: Table | None
    known_until: str
    aow: str


def build(uitkomst: Uitkomst[FinancieelCv], *, today: date) -> Page:
    """The page, in the language that is on."""
    cv = uitkomst.waarde
    lines = [_line(regel) for regel in cv.regels]
    due = tuple(line for line in lines if line.regel.vastheid is not Vastheid.NIET)
    year = cv.vol_jaar
    tasks = tuple(_task(actie) for actie in cv.acties)
    return Page(
        uitkomst=uitkomst,
        certain=euros(year.zeker),
        possible=euros(year.hoogstens),
        more_possible=year.hoogstens > year.zeker,
        sure_names=_names(due, certain=True),
        open_names=_names(due, certain=False),
        figures=_figures(year),
        svg=_drawing(cv, today),
        spans=_spans(cv),
        due=due,
        not_due=tuple(line for line in lines if line.regel.vastheid is Vastheid.NIET),
        years=_years(cv),
        tasks=tasks,
        late=any(task.actie.te_laat for task in tasks),
        options=_options(cv.mogelijkheden),
        known_until=written(cv.bekend_tot_en_met),
        aow=written(cv.aow_op) if cv.aow_op else "",
    )


def _names(due: tuple[Line, ...], *, certain: bool) -> str:
    return ", ".join(line.name[:1].lower() + line.name[1:] for line in due if line.certain is certain)


def euros(cents: int) -> str:
    """Cents as an amount in the language of the page: € 1.470,56."""
    whole, rest = divmod(abs(cents), 100)
    separator = "." if translation.get_language() == "en" else ","
    return f"{'−' if cents < 0 else ''}€\N{NO-BREAK SPACE}{number(whole)}{separator}{rest:02}"


def whole_euros(cents: int) -> str:
    """Cents as whole euros, half up: for large figures."""
    return f"€\N{NO-BREAK SPACE}{number((cents + 50) // 100)}"


def written(day: date) -> str:
    """A day in words in the language of the page: 3 maart 2026."""
    return date_format(day, "j F Y")


def _figures(year: Jaartotaal) -> tuple[KeyFigure, ...]:
    costs = year.loon + year.lasten
    found = [KeyFigure(_("Zeker per jaar"), whole_euros(year.zeker), _("volgt uit uw antwoorden en de wet"))]
    if year.hoogstens > year.zeker:
        found.append(
            KeyFigure(_("Hoogstens per jaar"), whole_euros(year.hoogstens), _("als aan elke voorwaarde is voldaan"))
        )
    found.append(
        KeyFigure(
            _("Loonkosten per jaar"),
            whole_euros(costs),
            _("%(netto)s als u aftrekt wat zeker is") % {"netto": whole_euros(costs - year.zeker)},
        )
    )
    return tuple(found)


def _line(regel: CvRegel) -> Line:
    name = str(INSTRUMENTEN[regel.instrument])
    return Line(
        id=regel.instrument.value,
        name=name,
        certain=regel.vastheid is Vastheid.ZEKER,
        badge=str(VASTHEDEN[regel.vastheid]),
        badge_kind=_BADGES[regel.vastheid],
        amount=_amount(regel),
        periods=_periods(regel),
        regel=regel,
        examples=tuple((f"{v.loonwaarde}%", euros(v.per_maand)) for v in regel.voorbeelden),
    )


def _amount(regel: CvRegel) -> str:
    if regel.vastheid is Vastheid.NIET or regel.vol_jaar is None or not regel.vol_jaar.hoogstens:
        return ""
    amount = euros(regel.vol_jaar.hoogstens)
    if regel.vastheid is Vastheid.ZEKER or regel.vol_jaar.zeker:
        return _("%(bedrag)s per jaar") % {"bedrag": amount}
    return _("hoogstens %(bedrag)s per jaar") % {"bedrag": amount}


def _periods(regel: CvRegel) -> tuple[str, ...]:
    """From when until when, what it is by month where there is such an amount, and from when that is not known."""
    found = []
    for start, end, _certain in _joined(regel):
        if end is None:
            found.append(_("Vanaf %(begin)s, zolang het werk duurt.") % {"begin": written(start)})
        else:
            last = written(end - timedelta(days=1))
            found.append(_("Van %(begin)s tot en met %(einde)s.") % {"begin": written(start), "einde": last})
    amounts = [p for p in regel.periodes if p.per_maand is not None and p.tot is not None]
    for period in amounts:
        assert period.tot is not None
        assert period.per_maand is not None
        last = written(period.tot - timedelta(days=1))
        found.append(
            _("%(bedrag)s per maand, tot en met %(einde)s.") % {"bedrag": euros(period.per_maand), "einde": last}
        )
    unknown = [p for p in regel.periodes if not p.bekend]
    if unknown and regel.vol_jaar and regel.vol_jaar.hoogstens:
        found.append(_("Het bedrag vanaf %(begin)s is nog niet vastgesteld.") % {"begin": written(unknown[0].vanaf)})
    return tuple(found)


def _joined(regel: CvRegel) -> list[tuple[date, date | None, bool]]:
    """The periods, joined where only the amount changes: what goes on is one stretch of time."""
    found: list[tuple[date, date | None, bool]] = []
    for period in regel.periodes:
        certain = period.vastheid is Vastheid.ZEKER
        if found and found[-1][1:] == (period.vanaf, certain):
            found[-1] = (found[-1][0], period.tot, certain)
        else:
            found.append((period.vanaf, period.tot, certain))
    return found


def _drawing(cv: FinancieelCv, today: date) -> SafeString:
    spans = [
        Span(str(INSTRUMENTEN[regel.instrument]), start, end, certain)
        for regel in cv.regels
        for start, end, certain in _joined(regel)
    ]
    names = {True: _("zeker"), False: _("onder voorwaarde")}
    described = "; ".join(f"{row.name}: {row.cells[0].text}, {row.cells[1].text}" for row in _spans(cv).rows)
    return draw(spans, today=today, names=names, title=_("Wat wanneer geldt"), description=f"{described}.")


def _spans(cv: FinancieelCv) -> Table:
    rows = []
    for regel in cv.regels:
        if not regel.periodes:
            continue
        first, last = regel.periodes[0], regel.periodes[-1]
        end = written(last.tot - timedelta(days=1)) if last.tot else _("zolang het werk duurt")
        rows.append((str(INSTRUMENTEN[regel.instrument]), [written(first.vanaf), end, str(VASTHEDEN[regel.vastheid])]))
    return table(
        id="tabel-tijdlijn",
        caption=_("Van wanneer tot wanneer"),
        columns=(_("Wat"), _("Vanaf"), _("Tot en met"), _("Hoe zeker")),
        rows=rows,
        stack=True,
        words=True,
    )


def _years(cv: FinancieelCv) -> Table:
    rows = [(_year_name(year), _year_cells(year)) for year in cv.jaren]
    rows.append((_("Een vol jaar"), _year_cells(cv.vol_jaar)))
    return table(
        id="tabel-jaren",
        caption=_("Bedragen per kalenderjaar"),
        columns=(_("Jaar"), _("Loonkosten"), _("Zeker"), _("Hoogstens"), _("U betaalt, na wat zeker is")),
        rows=rows,
        totals=frozenset({len(rows) - 1}),
        stack=True,
    )


def _year_name(year: Jaartotaal) -> str:
    whole = (year.vanaf.month, year.vanaf.day, year.tot_en_met.month, year.tot_en_met.day) == (1, 1, 12, 31)
    if whole:
        return str(year.jaar)
    months = f"{date_format(year.vanaf, 'j b')} – {date_format(year.tot_en_met, 'j b')}"
    return f"{year.jaar} ({months})"


def _year_cells(year: Jaartotaal) -> list[str]:
    costs = year.loon + year.lasten
    return [euros(costs), euros(year.zeker), euros(year.hoogstens), euros(costs - year.zeker)]


def _task(actie: Actie) -> Task:
    day = written(actie.uiterlijk) if actie.uiterlijk else _("Zodra het nodig is")
    name = str(INSTRUMENTEN[actie.instrument]) if actie.instrument else _("Doelgroepregister")
    return Task(actie, day, name)


def _option_name(option: Mogelijkheid) -> str:
    name = str(GRONDNAMEN[option.grond])
    if not option.wia:
        return name
    return (
        _("Niet in het register, wel WIA") if option.grond is Grond.GEEN else _("%(grond)s, met WIA") % {"grond": name}
    )


def _options(found: tuple[Mogelijkheid, ...]) -> Table | None:
    if not found:
        return None
    rows = [
        (
            _option_name(option),
            [euros(option.zeker), euros(option.hoogstens)],
        )
        for option in found
    ]
    return table(
        id="tabel-grond",
        caption=_("Wat de reden van de registratie uitmaakt, in een vol jaar"),
        columns=(_("Reden"), _("Zeker"), _("Hoogstens")),
        rows=rows,
    )


# --- The same page to take along: Dutch, because the law and its steps are, and PDF/UA -------------------------------


def to_pdf(uitkomst: Uitkomst[FinancieelCv], *, summary: list[str], made_at: datetime) -> bytes:
    """The page as accessible PDF, with every step behind every line."""
    with translation.override("nl"):
        local = timezone.localtime(made_at)
        page = build(uitkomst, today=local.date())
        document = Brief(
            titel="Financieel CV",
            omschrijving="Wat het aannemen van één persoon een werkgever brengt, tot wanneer en waarom",
            afzender="Banenafspraak",
            geadresseerde=(f"{', '.join(summary)}.",),
            datum_regel=f"Gemaakt op {written_date(local.date())}",
            kenmerk=f"Financieel CV {local:%Y%m%d}",
            aanhef="Wij hebben niets van dit blad bewaard. De bedragen zijn bekend tot en met "
            f"{written_date(uitkomst.waarde.bekend_tot_en_met)}.",
            blokken=tuple(_blocks(page)),
            ondertekening=(),
        )
        return brief.to_pdf(document, made_at=made_at.replace(microsecond=0))


def _blocks(page: Page) -> list[Blok]:
    short = f"Zeker: {page.certain} per vol jaar."
    if page.more_possible:
        short += f" Hoogstens: {page.possible} per vol jaar."
    found = [brief.kader(short), brief.kop("Van wanneer tot wanneer"), _rows(page.spans, [5, 4, 4, 3])]
    found += [brief.kop("Bedragen per kalenderjaar"), _rows(page.years, [4, 4, 4, 4, 4])]
    found += [brief.kop("Wat u moet doen"), _todo(page)]
    if page.options:
        found += [brief.kop("Wat de reden van de registratie uitmaakt"), _rows(page.options, [5, 3, 3])]
    for line in page.due:
        found += _line_blocks(line)
    if page.not_due:
        found.append(brief.kop("Wat niet geldt"))
        found.append(brief.lijst(f"{line.name}: {line.regel.waarom}" for line in page.not_due))
    found += [brief.kop("Hoe wij rekenden"), brief.redenen(page.uitkomst.stappen)]
    return found


def _line_blocks(line: Line) -> list[Blok]:
    head = f"{line.name}: {line.badge.lower()}" + (f", {line.amount}" if line.amount else "")
    found = [brief.kop(head), brief.tekst(line.regel.waarom), brief.lijst(line.periods)]
    if line.regel.hangt_af_van:
        found += [brief.tekst("Dit hangt nog af van:"), brief.lijst(line.regel.hangt_af_van)]
    if line.examples:
        rows = [list(example) for example in line.examples]
        found.append(
            {"soort": "tabel", "kolommen": ["Bij een loonwaarde van", "Per maand"], "breedtes": [1, 1], "rijen": rows}
        )
    return [*found, brief.redenen(line.regel.stappen)]


def _rows(found: Table, widths: list[int]) -> Blok:
    return _grid(list(found.columns), widths, [[row.name, *(cell.text for cell in row.cells)] for row in found.rows])


def _todo(page: Page) -> Blok:
    rows = [
        [
            task.day + (" (voorbij)" if task.actie.te_laat else ""),
            f"{task.name}: {task.actie.wat}",
            task.actie.waar,
            task.actie.artikel,
        ]
        for task in page.tasks
    ]
    return _grid(["Uiterlijk", "Wat", "Waar", "Artikel"], [3, 6, 3, 4], rows)


def _grid(columns: list[str], widths: list[int], rows: list[list[str]]) -> Blok:
    return {"soort": "tabel", "kolommen": columns, "breedtes": widths, "rijen": rows}
