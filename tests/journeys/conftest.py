"""The demo as `make demo` serves it, and a real browser in front of it."""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright
from psycopg import sql

from banenafspraak.config import cluster

HERE = Path(__file__).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
PATIENCE = 300  # seconds for a database, a meting and a web server


def find_browser() -> str | None:
    """BANENAFSPRAAK_BROWSER, else a Chromium on the path."""
    named = os.environ.get("BANENAFSPRAAK_BROWSER", "")
    return named or next((path for name in BROWSERS if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker drives the browser and starts the site once; without a browser each test says so."""
    browser = find_browser()
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
            if browser is None:
                item.add_marker(pytest.mark.skip(reason="no browser"))


@pytest.fixture(scope="session")
def site_environ(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of the demo, for a programme that does something in its database."""
    return os.environ | {
        "BANENAFSPRAAK_VAR": str(tmp_path_factory.mktemp("site", numbered=True)),
        "BANENAFSPRAAK_ENV": "ontwikkeling",
        "DJANGO_SETTINGS_MODULE": "banenafspraak.config.settings",
    }


@pytest.fixture(scope="session")
def site(site_environ: dict[str, str]) -> Iterator[str]:
    """The address of a demo with a database and files of its own."""
    with _database(site_environ), _serving(site_environ) as address:
        yield address


@contextmanager
def _database(environ: dict[str, str]) -> Iterator[None]:
    """A private cluster where there are binaries; else a database of its own in the server of DATABASE_URL."""
    if cluster.find_binaries() is not None:
        environ.pop("DATABASE_URL", None)
        yield
        return
    server, name = environ["DATABASE_URL"], sql.Identifier(f"journeys_{os.getpid()}")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
        try:
            environ["DATABASE_URL"] = urlunsplit(urlsplit(server)._replace(path=f"/journeys_{os.getpid()}"))
            subprocess.run([_command(), "migrate", "--verbosity=0"], env=environ, check=True)
            yield
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


@contextmanager
def _serving(environ: dict[str, str]) -> Iterator[str]:
    """The command `demo` on a free port, until the end of the tests; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([_command(), "demo", "--poort", str(port)], env=environ, stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + PATIENCE
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the demo does not start; its own message stands above")
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=60)


def _command() -> str:
    return str(Path(sys.executable).with_name("banenafspraak"))


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


@pytest.fixture(scope="session")
def _playwright(site: str) -> Iterator[Playwright]:
    """After the site, which must not inherit this: Playwright leaves an event loop in the thread of the worker.

    Without it Django would refuse every later test of this worker, none of which is asynchronous.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=30_000)  # as long as every other wait: the machine does other work as well
    with sync_playwright() as playwright:
        yield playwright
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def browser(_playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for all journeys."""
    chromium = _playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
    yield chromium
    chromium.close()


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """A page in a fresh browser window: `visit("/cijfers/", width=320, role="beleid")`.

    Anything the browser complains about (a script error, something the policy blocked) fails the test.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(address: str, *, width: int = 1440, height: int = 900, role: str = "", **options: object) -> Page:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": height},
            locale="nl-NL",
            **options,  # type: ignore[arg-type]
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        if role:
            page.goto("/inloggen/")
            page.locator(f'button[value="{role}"]').click()
            page.wait_for_url(f"{site}/")
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    # The status of a page that is meant to be refused or missing is reported as an error too.
    assert not [text for text in complaints if "Failed to load resource" not in text]
