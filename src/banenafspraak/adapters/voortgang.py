"""How long work shows that it goes on: a bar on a terminal, one log line a minute anywhere else."""

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self, TextIO

import structlog
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

log = structlog.get_logger("banenafspraak.voortgang")

MINUTE = 60.0


class Voortgang:
    """Progress through `total` units (bytes, rows), with a name for the step that is being done. A context manager.

    `naam` says what is worked on and must be safe to print. The log line is a warning, because that is the level at
    which a scheduled job is heard; it holds the name, the step and a percentage.
    """

    def __init__(
        self,
        naam: str,
        total: int,
        *,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._naam = naam
        self._total = max(total, 1)
        self._done = 0
        self._stap = ""
        self._clock = clock
        self._logged_at = clock()
        self._bar: Progress | None = None
        stream = stream or sys.stderr  # not as the default: that would bind what it was at import
        if stream.isatty():
            self._bar = Progress(
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                TaskProgressColumn(),
                TimeElapsedColumn(),
                console=Console(file=stream),
                transient=True,
            )
            self._task = self._bar.add_task(naam, total=self._total)

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def step(self, stap: str) -> None:
        """Name what is being done now (Dutch)."""
        self._stap = stap
        if self._bar is not None:
            self._bar.update(self._task, description=f"{self._naam}: {stap}")
        self._log_each_minute()

    def advance(self, units: int) -> None:
        """Add finished units."""
        self._done += units
        if self._bar is not None:
            self._bar.update(self._task, completed=min(self._done, self._total))
        else:
            self._log_each_minute()

    def _log_each_minute(self) -> None:
        if self._bar is None and self._clock() - self._logged_at >= MINUTE:
            self._logged_at = self._clock()
            percentage = min(100 * self._done // self._total, 100)
            log.warning("voortgang", naam=self._naam, stap=self._stap, percentage=percentage)
