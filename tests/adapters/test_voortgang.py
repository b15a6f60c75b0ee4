import io
from collections.abc import Iterator

from structlog.testing import capture_logs

from banenafspraak.adapters.voortgang import Voortgang


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def ticking(*seconds: float) -> Iterator[float]:
    yield from seconds
    while True:
        yield seconds[-1]


def worked(clock: Iterator[float], parts: int) -> list[dict]:
    with capture_logs() as logs, Voortgang("x.csv", 100, stream=io.StringIO(), clock=lambda: next(clock)) as voortgang:
        voortgang.step("lezen")
        for _ in range(parts):
            voortgang.advance(10)
    return logs


def test_work_of_less_than_a_minute_is_silent() -> None:
    assert worked(ticking(0, 59.9), 5) == []


def test_away_from_a_terminal_there_is_one_line_a_minute() -> None:
    # The clock is read at the start, at each of the eleven calls, and once more for each line.
    logs = worked(iter([0.0, 0.0, 59.0, 60.0, 60.0, *[119.0] * 6, 120.0, 120.0, 121.0]), 10)
    assert [(line["naam"], line["stap"], line["percentage"]) for line in logs] == [
        ("x.csv", "lezen", percentage) for percentage in (20, 90)
    ]


def test_the_percentage_never_passes_a_hundred() -> None:
    assert {line["percentage"] for line in worked(ticking(0, 61, 61, 200), 30)} <= set(range(101))


def test_an_empty_job_does_not_divide_by_nothing() -> None:
    with Voortgang("x.csv", 0, stream=io.StringIO(), clock=iter([0.0, 61.0, 61.0]).__next__) as voortgang:
        voortgang.step("lezen")


def test_a_terminal_gets_a_bar_with_the_step() -> None:
    terminal = Terminal()
    with capture_logs() as logs, Voortgang("x.csv", 100, stream=terminal) as voortgang:
        voortgang.step("lezen")
        voortgang.advance(50)
    assert "x.csv" in terminal.getvalue()
    assert logs == []
