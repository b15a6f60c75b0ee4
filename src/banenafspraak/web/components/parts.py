"""The parts a page is made of, as frozen dataclasses: what the templates in templates/components print."""

from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from banenafspraak.metingen.grootheden import Kwartaal

MINUS = "−"
UNKNOWN = "–"
# The longest words above columns may break, or five columns would not fit on a telephone.
BREAKS = {"Participatiewet": "Participatie\N{SOFT HYPHEN}wet", "detacheren": "deta\N{SOFT HYPHEN}cheren"}


@dataclass(frozen=True)
class Cell:
    """One figure of a table, with the name of its column for the narrow layout."""

    label: str
    text: str


@dataclass(frozen=True)
class Row:
    """One row of a table; a total is set apart by a line."""

    name: str
    cells: tuple[Cell, ...]
    total: bool = False


@dataclass(frozen=True)
class Table:
    """A table of figures. The first column names the rows. `stack`: becomes a list on a narrow screen.

    `words`: the cells hold words, which start at the left and may break.
    """

    id: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    stack: bool = False
    words: bool = False


def table(
    *,
    id: str,
    caption: str,
    columns: tuple[str, ...],
    rows: list[tuple[str, list[str]]],
    totals: frozenset[int] = frozenset(),
    stack: bool = False,
    words: bool = False,
) -> Table:
    """A Table from plain texts; `totals` are the indices of the rows that are a total."""
    for word, broken in BREAKS.items():
        columns = tuple(column.replace(word, broken) for column in columns)
    return Table(
        id=id,
        caption=caption,
        columns=columns,
        rows=tuple(
            Row(name, tuple(Cell(label, text) for label, text in zip(columns[1:], texts, strict=True)), index in totals)
            for index, (name, texts) in enumerate(rows)
        ),
        stack=stack,
        words=words,
    )


@dataclass(frozen=True)
class Figure:
    """A chart with its heading, what it shows in words, and the same figures as tables."""

    id: str
    title: str
    texts: tuple[str, ...]
    svg: SafeString
    tables: tuple[Table, ...]
    note: str = ""


@dataclass(frozen=True)
class KeyFigure:
    """One large number with what it counts and one line of explanation."""

    name: str
    number: str
    text: str


@dataclass(frozen=True)
class Crumb:
    """One step of the breadcrumb; the last has no address."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Answer:
    """One question with what was answered (empty: nothing); `url` leads to where it can be changed."""

    question: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Moment:
    """One moment of a case: what happened, on which day in words, and what was said with it."""

    title: str
    day: str = ""
    text: str = ""
    current: bool = False


@dataclass(frozen=True)
class Clock:
    """How much time is left until a last day, in words; `kind` is neutral, warning or late."""

    text: str
    kind: str


def clock(last_day: date | None, today: date, *, still: bool = False) -> Clock:
    """The time left on this day; `still`: the term does not run, because something is waited for."""
    if still or last_day is None:
        return Clock(_("Termijn staat stil"), "neutral")
    left = (last_day - today).days
    if left < 0:
        late = ngettext("%(dagen)d dag te laat", "%(dagen)d dagen te laat", -left) % {"dagen": -left}
        return Clock(late, "late")
    if left == 0:
        return Clock(_("Vandaag is de laatste dag"), "warning")
    text = ngettext("Nog %(dagen)d dag", "Nog %(dagen)d dagen", left) % {"dagen": left}
    return Clock(text, "warning" if left <= SOON else "neutral")


# A last day this near asks for attention.
SOON = 7


def number(value: int | None) -> str:
    """A whole number with the thousands separator of the language; a dash where there is no figure."""
    if value is None:
        return UNKNOWN
    separator = "," if translation.get_language() == "en" else "."
    text = f"{abs(int(value)):,}".replace(",", separator)
    return f"{MINUS}{text}" if value < 0 else text


def difference(now: int | None, then: int | None) -> str:
    """`now - then` with its sign; a dash where one of the two is not known."""
    if now is None or then is None:
        return UNKNOWN
    change = int(now - then)
    return f"+{number(change)}" if change > 0 else number(change)


def percentage(value: int | None) -> str:
    """A whole percentage; a dash where there is nothing to take a share of."""
    return UNKNOWN if value is None else f"{number(value)}%"


def quarter_name(kwartaal: str) -> str:
    """The quarter in words, as used inside a sentence: "het eerste kwartaal van 2018"."""
    parsed = Kwartaal.parse(kwartaal)
    names = {
        1: _("het eerste kwartaal van %(jaar)d"),
        2: _("het tweede kwartaal van %(jaar)d"),
        3: _("het derde kwartaal van %(jaar)d"),
        4: _("het vierde kwartaal van %(jaar)d"),
    }
    return names[parsed.nummer] % {"jaar": parsed.jaar}


def quarter_short(kwartaal: str) -> str:
    """The quarter as a column heading: "2018 Q1"; the nulmeting by its own name."""
    if kwartaal == NULMETING:
        return _("eind 2012")
    parsed = Kwartaal.parse(kwartaal)
    return f"{parsed.jaar}\N{NO-BREAK SPACE}Q{parsed.nummer}"


NULMETING = "2012Q4"
