"""What is written in the log, by the real formatter."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.http import HttpRequest
from django.utils.log import log_response

from banenafspraak.config import logs

BSN = "999990019"


@pytest.fixture(params=[True, False], ids=["plain text", "JSON"])
def written(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """The log of a process of its own; afterwards the tests' handlers are back."""
    root = logging.getLogger()
    handlers, level, stream = root.handlers[:], root.level, io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    logs.configure("DEBUG", human=request.param)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)


def test_a_refused_request_is_logged_without_its_address(written: io.StringIO) -> None:
    request = HttpRequest()
    request.path = "/burger/jan-de-vries/"

    log_response("Not Found: %s", request.path, response=_answer(404), request=request)

    assert "Not Found: -" in written.getvalue()
    assert "jan-de-vries" not in written.getvalue()


def test_no_line_holds_a_bsn_whoever_writes_it(written: io.StringIO) -> None:
    logging.getLogger("een.bibliotheek").warning("onbekende waarde %s", BSN)

    assert "onbekende waarde *********" in written.getvalue()


def test_no_traceback_holds_a_bsn(written: io.StringIO) -> None:
    try:
        raise ValueError(f"invalid input syntax: {BSN}")
    except ValueError:
        logging.getLogger("een.bibliotheek").exception("mislukt")

    assert "invalid input syntax: *********" in written.getvalue()
    assert BSN not in written.getvalue()


def _answer(status: int):  # type: ignore[no-untyped-def]
    from django.http import HttpResponse

    return HttpResponse(status=status)
