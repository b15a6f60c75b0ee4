"""Logging: one event a line, to standard error, JSON for machines and plain text for a developer's terminal.

Our own events hold nothing personal. What the libraries underneath say can: the address that somebody typed, or the
value that PostgreSQL did not understand. So the addresses are left out, and no line leaves with a BSN in it.
"""

import logging
import sys
from typing import Any

import structlog

from banenafspraak.access.bsn import hide


def configure(level: str, *, human: bool) -> None:
    """Send structlog and the standard library through one formatter; ``level`` is a standard level name."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty()) if human else structlog.processors.JSONRenderer()
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_without_address)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                renderer,
                _without_bsn,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def _without_address(record: logging.LogRecord) -> bool:
    """Django words a refused request as a fixed text with the address (and a header) filled in: keep the fixed text."""
    if record.name.startswith("django.") and hasattr(record, "request") and record.args:
        record.msg = str(record.msg).replace("%s", "-")
        record.args = ()
    return True


def _without_bsn(logger: Any, method: str, line: Any) -> Any:
    """The last step: the line as it is written, after the renderer made text of it."""
    return hide(line) if isinstance(line, str) else line
