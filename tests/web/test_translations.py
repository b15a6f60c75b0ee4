"""Every text on a page has English, and the file with it holds what the sources say, no more and no less.

To bring the file up to date (needs the gettext tools), in src/banenafspraak/web:

    django-admin makemessages -l en --no-location --no-wrap --ignore=static

then write what is missing, and take out what is marked fuzzy or obsolete.
"""

import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from banenafspraak.bemiddeling import matchzinnen

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "src" / "banenafspraak" / "web"
PO = WEB / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = ("_", "lazy", "gettext", "gettext_lazy", "ngettext", "pgettext", "gettext_noop", "npgettext")
# Words that are the same in both languages.
SAME = {"Banenafspraak", "Code", "Participatiewet", "Praktijkroute", "Status", "Tigrinya", "UWV", "Wajong", "Wsw"}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def used() -> set[str]:
    """Every msgid in the room: from Python, from templates as Django itself reads them, and the reasons of matching."""
    found: set[str] = {text for both in matchzinnen.ZINNEN.values() for text in both}
    for path in [*WEB.rglob("*.py"), *WEB.rglob("*.html")]:
        text = path.read_text(encoding="utf-8")
        source = templatize(text, origin=str(path)) if path.suffix == ".html" else text
        for _line, function, messages, _comments in extract_python(
            io.BytesIO(source.encode()), KEYWORDS, (), {"encoding": "utf-8"}
        ):
            texts = [m for m in (messages if isinstance(messages, tuple) else (messages,)) if isinstance(m, str)]
            found.add(texts[-1] if function == "pgettext" else texts[0])
    return found


def first(msgid: str | tuple[str, ...] | list[str]) -> str:
    return msgid if isinstance(msgid, str) else msgid[0]


def test_the_file_holds_exactly_the_texts_of_the_sources(catalog: Catalog) -> None:
    assert {first(message.id) for message in catalog if message.id} == used()


def test_every_text_has_english(catalog: Catalog) -> None:
    missing = [m.id for m in catalog if m.id and not all([m.string] if isinstance(m.string, str) else m.string)]

    assert not missing
    assert not catalog.obsolete
    assert not [m.id for m in catalog if m.id and m.fuzzy]


def test_no_translation_is_the_dutch_text(catalog: Catalog) -> None:
    assert {m.id for m in catalog if m.id and m.id == m.string} == SAME


def test_a_translation_uses_the_same_values_as_the_text(catalog: Catalog) -> None:
    def values(text: str | tuple[str, ...] | list[str]) -> list[set[str]]:
        return [set(re.findall(r"%\(\w+\)[sd]|</?\w+>", t)) for t in ([text] if isinstance(text, str) else text)]

    assert not [m.id for m in catalog if m.id and values(m.id) != values(m.string)]


def test_no_text_hides_in_an_f_string() -> None:
    hidden = [
        (path.name, line)
        for path in WEB.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"f\"[^\"]*\{_\(|f'[^']*\{_\(", line)
    ]

    assert not hidden
