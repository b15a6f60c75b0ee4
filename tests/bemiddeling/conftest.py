"""What every test of the window needs: an index that remembers nothing of the test before."""

from collections.abc import Iterator

import pytest

from banenafspraak.bemiddeling import beroepen, matchindex, postcodes
from banenafspraak.bemiddeling.vensterindex import INDEX


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    _forget()
    yield
    _forget()


def _forget() -> None:
    INDEX.forget()
    matchindex.INDEX.forget()
    postcodes.forget()
    beroepen.forget()
