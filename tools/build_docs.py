"""Write the rule manual: docs/regels (Markdown, committed) and docs/site (HTML), from the tables in tests/spec.

.venv/bin/python tools/build_docs.py            writes both
.venv/bin/python tools/build_docs.py --controle only says whether docs/regels is up to date (exit 1 when not)
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
REGELS, SITE = ROOT / "docs" / "regels", ROOT / "docs" / "site"
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

if TYPE_CHECKING:
    from banenafspraak.wet.parameters import Parameter
    from tests.spec.regel import Geval, Regel


# --- What a page says, apart from how it is written -----------------------------------------------------------------


@dataclass(frozen=True)
class Link:
    """Text that points to another page (a slug) or to an address."""

    text: str
    target: str


Cell = str | Link


@dataclass(frozen=True)
class Heading:
    """A heading of level 2."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of plain text."""

    text: str


@dataclass(frozen=True)
class Items:
    """A list."""

    items: tuple[Cell, ...]


@dataclass(frozen=True)
class Code:
    """A command or a piece of JSON."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table with a head; every row is as long as the head."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


Block = Heading | Paragraph | Items | Code | Table


@dataclass(frozen=True)
class Page:
    """A page of the manual; ``slug`` is its file name without extension."""

    slug: str
    title: str
    blocks: tuple[Block, ...]


def pages() -> list[Page]:
    """The whole manual: the start page, a page per rule and a page per regeling with every parameter."""
    from banenafspraak.wet.parameters import regelingen
    from tests.spec.regel import all_regels

    regels = all_regels()
    rules = [_rule_page(regel) for regel in regels]
    figures = [_parameter_page(naam) for naam in regelingen()]
    return [_start_page(regels, figures), *rules, *figures]


def _start_page(regels: Iterable[Regel], figures: Iterable[Page]) -> Page:
    return Page(
        "README",
        "De regels van de banenafspraak",
        (
            Paragraph(
                "Dit handboek zegt in gewone taal welke regels dit programma toepast, met uitgewerkte gevallen en hun "
                "bron. De gevallen zijn zelf de test: wijkt het programma af, dan faalt de test."
            ),
            Heading("Regels"),
            Items(tuple(Link(f"{regel.titel} ({len(regel.gevallen)} gevallen)", regel.slug) for regel in regels)),
            Heading("Cijfers en keuzes per regeling"),
            Items(tuple(Link(page.title, page.slug) for page in figures)),
            Heading("Hoe zeker is het"),
            Table(
                "Betekenis van de woorden voor zekerheid",
                ("zekerheid", "betekenis"),
                (
                    ("bron", "Gelezen in de genoemde bron."),
                    ("afgeleid", "Afgeleid uit gelezen bronnen; de toelichting zegt hoe."),
                    ("indicatie", "Door de bron zelf als indicatie gegeven."),
                    ("uit geheugen", "Niet nagelezen. Controleer het voor u erop vertrouwt."),
                ),
            ),
            Heading("Zelf vragen"),
            Paragraph("Elke regel is ook op de opdrachtregel te vragen. Het antwoord is JSON met stappen en bronnen."),
            Code("echo '{\"heeft_wsw_indicatie\": true}' | banenafspraak wet doelgroep --peildatum 2026-07-01"),
        ),
    )


def _rule_page(regel: Regel) -> Page:
    blocks: list[Block] = [Paragraph(text) for text in regel.uitleg]
    blocks += [Paragraph(f"Artikelen: {'; '.join(regel.artikelen)}.")]
    if regel.let_op:
        blocks += [Heading("Let op"), Items(regel.let_op)]
    blocks += [Heading("Uitgewerkte gevallen"), _cases(regel.gevallen)]
    if regel.parameters:
        blocks += [Heading("Cijfers en keuzes waarop de regel rust"), _resting_on(regel.parameters)]
    if regel.vraag:
        blocks += [
            Heading("Zelf vragen"),
            Paragraph(f"De feiten die u kunt geven staan in: banenafspraak wet {regel.vraag} --schema."),
            Code(_command(regel.vraag, regel.gevallen[0])),
        ]
    return Page(regel.slug, regel.titel, tuple(blocks))


def _command(vraag: str, geval: Geval) -> str:
    facts = json.dumps(geval.feiten, ensure_ascii=False)
    return f"echo '{facts}' | banenafspraak wet {vraag} --peildatum {geval.peildatum.isoformat()}"


def _cases(gevallen: Iterable[Geval]) -> Table:
    rows = tuple(
        (
            geval.titel,
            geval.peildatum.strftime("%d-%m-%Y"),
            _said(geval.feiten),
            _said(geval.verwacht),
            f"{geval.bron}. {geval.toelichting}".removesuffix(". "),
        )
        for geval in gevallen
    )
    return Table("Gevallen, met de bron van elk geval", ("geval", "peildatum", "feiten", "uitkomst", "bron"), rows)


def _resting_on(names: Iterable[tuple[str, str]]) -> Table:
    from banenafspraak.wet.parameters import parameter

    rows = []
    for regeling, naam in names:
        p = parameter(regeling, naam)
        sure = ", ".join(dict.fromkeys(stand.zekerheid.value for stand in p.standen))
        rows.append((Link(p.omschrijving, f"parameters-{regeling}"), sure, ", ".join(_sources(p))))
    return Table("Parameters van deze regel", ("parameter", "zekerheid", "bron"), tuple(rows))


def _sources(p: Parameter) -> list[str]:
    return list(dict.fromkeys(str(stand.bron) for stand in p.standen))


def _parameter_page(regeling: str) -> Page:
    from banenafspraak.wet.parameters import parameters

    found = parameters(regeling)
    checked = next(iter(found.values())).gecontroleerd_op
    blocks: list[Block] = [
        Paragraph(
            f"Voor het laatst nagelopen op {checked.strftime('%d-%m-%Y')}. "
            "Wat niet in de bron zelf is gelezen, heeft een andere zekerheid dan 'bron'."
        )
    ]
    for p in found.values():
        rows = tuple(
            (
                stand.vanaf.strftime("%d-%m-%Y"),
                "vervallen" if stand.waarde is None else _said(stand.waarde),
                stand.zekerheid.value,
                Link(str(stand.bron), stand.bron.url) if stand.bron.url else str(stand.bron),
                stand.toelichting,
            )
            for stand in p.standen
        )
        head = ("vanaf", "waarde", "zekerheid", "bron", "toelichting")
        blocks += [Heading(p.omschrijving), Table(f"{p.naam}, in: {p.eenheid}", head, rows)]
    return Page(f"parameters-{regeling}", f"Cijfers en keuzes: {regeling}", tuple(blocks))


def _said(value: Any) -> str:
    """A fact, an outcome or a parameter the way a reader writes it."""
    from datetime import date
    from decimal import Decimal

    from banenafspraak.wet.uitkomst import show_date, show_number

    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_said(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return " / ".join(_said(item) for item in value) or "geen"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if value is None:
        return "geen"
    if isinstance(value, date):
        return show_date(value)
    if isinstance(value, int | float | Decimal):
        return show_number(Decimal(str(value)))
    return str(value)


# --- Markdown ------------------------------------------------------------------------------------------------------


def markdown(page: Page) -> str:
    """The page as Markdown."""
    made = "<!-- Gemaakt uit tests/spec met `make docs`: verander de regel daar, niet hier. -->"
    parts = [made, f"# {page.title}", *(_md_block(block) for block in page.blocks)]
    return "\n\n".join(parts) + "\n"


def _md_block(block: Block) -> str:
    match block:
        case Heading(text):
            return f"## {text}"
        case Paragraph(text):
            return text
        case Items(items):
            return "\n".join(f"- {_md_cell(item)}" for item in items)
        case Code(text):
            return f"```sh\n{text}\n```"
        case Table(caption, head, rows):
            lines = [head, tuple("---" for _ in head), *rows]
            table = "\n".join(
                "| " + " | ".join(_md_cell(cell).replace("|", "\\|") for cell in row) + " |" for row in lines
            )
            return f"{caption}:\n\n{table}"


def _md_cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    target = cell.target if "://" in cell.target else f"{cell.target}.md"
    return f"[{cell.text}]({target})"


# --- HTML ----------------------------------------------------------------------------------------------------------

STYLE = """
body { font: 1.0625rem/1.6 system-ui, sans-serif; max-width: 70rem; margin: 0 auto; padding: 1rem; color: #1a1a1a; }
nav ul { columns: 18rem; }
.table { overflow-x: auto; }
table { border-collapse: collapse; margin: 1rem 0; }
caption { text-align: left; font-weight: 600; padding: .5rem 0; }
th, td { border: 1px solid #767676; padding: .35rem .6rem; text-align: left; vertical-align: top; }
th { background: #f0f0f0; }
pre { background: #f0f0f0; padding: 1rem; overflow-x: auto; }
a { color: #01487a; }
a:focus-visible { outline: 3px solid #01487a; outline-offset: 2px; }
"""


def html(page: Page, all_pages: Iterable[Page]) -> str:
    """The page as an HTML document that needs no script, no font and no other file."""
    here = ' aria-current="page"'
    links = "".join(
        f'<li><a href="{_html_name(p)}"{here if p.slug == page.slug else ""}>{escape(p.title)}</a></li>'
        for p in all_pages
    )
    body = "\n".join(_html_block(block) for block in page.blocks)
    return (
        f'<!doctype html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(page.title)}</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{escape(page.title)}</h1>\n{body}\n</main>\n"
        f"<nav aria-label=\"Alle pagina's\">\n<h2>Alle pagina's</h2>\n<ul>{links}</ul>\n</nav>\n</body>\n</html>\n"
    )


def _html_name(page: Page) -> str:
    return "index.html" if page.slug == "README" else f"{page.slug}.html"


def _html_block(block: Block) -> str:
    match block:
        case Heading(text):
            return f"<h2>{escape(text)}</h2>"
        case Paragraph(text):
            return f"<p>{escape(text)}</p>"
        case Items(items):
            return "<ul>" + "".join(f"<li>{_html_cell(item)}</li>" for item in items) + "</ul>"
        case Code(text):
            return f'<pre tabindex="0"><code>{escape(text)}</code></pre>'
        case Table(caption, head, rows):
            top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
            body = "".join(
                "<tr>"
                + f'<th scope="row">{_html_cell(row[0])}</th>'
                + "".join(f"<td>{_html_cell(cell)}</td>" for cell in row[1:])
                + "</tr>"
                for row in rows
            )
            table = (
                f"<table><caption>{escape(caption)}</caption><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
            )
            label = escape(caption, quote=True)
            return f'<div class="table" role="region" tabindex="0" aria-label="{label}">{table}</div>'


def _html_cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return escape(cell)
    target = cell.target if "://" in cell.target else f"{cell.target}.html"
    return f'<a href="{escape(target, quote=True)}">{escape(cell.text)}</a>'


# --- Writing -------------------------------------------------------------------------------------------------------


def outdated() -> list[str]:
    """The files of docs/regels that are not what the tables in tests/spec say, by name."""
    expected = {f"{page.slug}.md": markdown(page) for page in pages()}
    present = {path.name: path.read_text(encoding="utf-8") for path in REGELS.glob("*.md")}
    return sorted(name for name in expected.keys() | present.keys() if expected.get(name) != present.get(name))


def write() -> int:
    """Write docs/regels and docs/site; the number of pages."""
    made = pages()
    for folder in (REGELS, SITE):
        folder.mkdir(parents=True, exist_ok=True)
        for old in [*folder.glob("*.md"), *folder.glob("*.html")]:
            old.unlink()
    for page in made:
        (REGELS / f"{page.slug}.md").write_text(markdown(page), encoding="utf-8")
        (SITE / _html_name(page)).write_text(html(page, made), encoding="utf-8")
    return len(made)


def main() -> int:
    """0 when written or up to date, 1 when ``--controle`` finds something outdated."""
    parser = argparse.ArgumentParser(description="Maakt het handboek van de regels.")
    parser.add_argument("--controle", action="store_true", help="zeg alleen of docs/regels bij is")
    if parser.parse_args().controle:
        names = outdated()
        print("docs/regels is bij." if not names else f"Niet bij: {', '.join(names)}. Draai: make docs")
        return 1 if names else 0
    print(f"{write()} pagina's in docs/regels en docs/site.")
    return 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "banenafspraak.config.settings")
    sys.exit(main())
