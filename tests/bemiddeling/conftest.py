"""What every test of the window needs: an index that remembers nothing of the test before."""

from collections.abc import Iterator

import pytest

from banenafspraak.bemiddeling import postcodes
from banenafspraak.bemiddeling.vensterindex import INDEX


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    INDEX.forget()
    postcodes.forget()
    yield
    INDEX.forget()
    postcodes.forget()
