"""What every test of a page needs: published figures, people signed in, and templates that refuse an unknown name."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.template import engines
from django.test import Client
from pytest_django import Settings

from banenafspraak.access import actor as actors
from banenafspraak.access import demo
from banenafspraak.metingen.models import Meting
from tests.web import published as factory

ROOT = Path(__file__).resolve().parents[2]


class UnknownVariable(str):
    """Takes the place of a template variable that does not exist, and says so instead of printing nothing."""

    def __contains__(self, key: object) -> bool:
        return key == "%s"

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"a template asks for a variable that is not there: {name}")


@pytest.fixture(scope="session", autouse=True)
def _translations() -> None:
    """The English texts are read once a process, so they must be compiled before the first page."""
    subprocess.run([sys.executable, ROOT / "tools" / "compile_messages.py"], check=True)


@pytest.fixture(autouse=True)
def _empty_static_root(settings: Settings, tmp_path: Path) -> None:
    """The middleware of static files wants its folder to be there; tests read the files where they stand."""
    settings.STATIC_ROOT = tmp_path


@pytest.fixture(autouse=True)
def _strict_templates() -> Iterator[None]:
    engine = engines["django"].engine
    engine.string_if_invalid = UnknownVariable()
    yield
    engine.string_if_invalid = ""


@pytest.fixture(scope="session")
def _sealed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Meting]]:
    return factory.sealed(tmp_path_factory.mktemp("web"))


@pytest.fixture
def published(db: None, settings: Settings, _sealed: tuple[Path, list[Meting]]) -> None:
    """Six quarters of two regions are published."""
    settings.DATA_DIR, rows = _sealed
    for row in rows:
        row.pk, row._state.adding = None, True
        row.save()


@pytest.fixture
def demo_on(settings: Settings) -> None:
    """The demo's sign-in exists."""
    settings.DEMO = True


@pytest.fixture
def sign_in(db: None, demo_on: None) -> Callable[[str], Client]:
    """A browser signed in with one button of the demo."""
    demo.ensure_demo_roles()

    def with_button(sleutel: str) -> Client:
        gebruiker, lidmaatschap_id = demo.demo_sign_in(sleutel)
        client = Client()
        client.force_login(gebruiker)
        session = client.session
        session[actors.SESSION_LIDMAATSCHAP] = lidmaatschap_id
        session.save()
        return client

    return with_button
