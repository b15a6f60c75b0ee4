"""What every test of VUM needs: a bron with profiles that came in as they do in practice, and parties that ask."""

from collections.abc import Iterator

import pytest

from banenafspraak.access.models import Organisatie
from banenafspraak.bemiddeling import postcodes
from banenafspraak.bemiddeling.vumindex import PROFIELEN, VACATURES
from tests.adapters.vum import wereld


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    for index in (PROFIELEN, VACATURES, postcodes):
        index.forget()
    yield
    for index in (PROFIELEN, VACATURES, postcodes):
        index.forget()


@pytest.fixture
def bron(db: None) -> Organisatie:
    """Gemeente Hilversum, which has job seekers, and a gemeente and a bureau that ask."""
    return wereld.make_world()
