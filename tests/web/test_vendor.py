"""The files of others: what VENDOR.md says, complete for our templates, and small enough for an old telephone."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from django.test import Client

WEB = Path(__file__).resolve().parents[2] / "src" / "banenafspraak" / "web"
VENDOR = WEB / "static" / "vendor"
LISTED = re.findall(r"^\| (\S+) \| (\d+) \| `([0-9a-f]{64})` \|$", (VENDOR / "VENDOR.md").read_text(), re.MULTILINE)
OWN = (WEB / "static" / "banenafspraak.css").read_text(encoding="utf-8")


def classes(pattern: str) -> set[str]:
    """Classes of our templates and code that look like this."""
    return {
        name
        for path in [*WEB.rglob("*.html"), *WEB.rglob("*.py")]
        for name in re.findall(rf"(?<![\w-]){pattern}[\w-]*", path.read_text(encoding="utf-8"))
    }


def test_every_file_is_listed() -> None:
    there = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()}

    assert {name for name, _, _ in LISTED} == there - {"VENDOR.md"}


@pytest.mark.parametrize(("name", "size", "digest"), LISTED)
def test_a_file_is_what_it_was_when_it_came_in(name: str, size: str, digest: str) -> None:
    content = (VENDOR / name).read_bytes()

    assert (len(content), hashlib.sha256(content).hexdigest()) == (int(size), digest)


def test_every_package_brought_its_licence() -> None:
    for folder in (path for path in VENDOR.iterdir() if path.is_dir()):
        assert [path for path in folder.iterdir() if "LICENSE" in path.name], folder.name


def test_the_trimmed_style_sheet_has_every_class_we_use() -> None:
    """When this fails: run tools/vendor_frontend, and if it still does, the class does not exist."""
    style = (VENDOR / "nlds" / "utrecht.css").read_text(encoding="utf-8")

    assert not {name for name in classes("utrecht-") if f".{name}" not in style}


def test_the_trimmed_theme_has_every_variable_that_the_theme_can_fill() -> None:
    theme = (VENDOR / "nlds" / "voorbeeld.css").read_text(encoding="utf-8")
    filled = set(re.findall(r"^(--[\w-]+):", theme, re.MULTILINE))

    # What a value of the theme refers to must be in it too, or the fallback of the browser shows.
    assert not {name for name in re.findall(r"var\((--[\w-]+)\)", theme) if name not in filled}


def test_every_class_of_our_own_has_a_style_and_every_style_is_used() -> None:
    styled = set(re.findall(r"\.(bna-[\w-]+)", OWN))

    assert classes("bna-") == styled


def test_no_style_is_inline_or_from_elsewhere() -> None:
    for path in [*VENDOR.rglob("*.css"), WEB / "static" / "banenafspraak.css"]:
        assert not re.search(r"@import|url\(\"?(?:https?:)?//|expression\(", path.read_text(encoding="utf-8")), path


def test_the_factsheet_weighs_less_than_a_photo(published: None) -> None:
    page = Client().get("/cijfers/AM12/2018Q1/").content
    styles = [*VENDOR.glob("nlds/*.css"), WEB / "static" / "banenafspraak.css"]
    fonts = list(VENDOR.glob("source-sans-3/*.woff2"))

    html = len(gzip.compress(page))
    css = sum(len(gzip.compress(path.read_bytes())) for path in styles)
    letters = sum(path.stat().st_size for path in fonts)
    assert html < 20_000
    assert css < 16_000
    assert html + css + letters < 70_000
    # No page of figures needs a script.
    assert b"<script" not in page


def test_only_the_search_page_has_a_script(published: None) -> None:
    with_script = [
        address
        for address in ("/", "/cijfers/", "/cijfers/AM12/2018Q1/", "/over/", "/inloggen/", "/api/docs/")
        if b"<script" in Client().get(address).content
    ]

    assert with_script == ["/cijfers/"]
