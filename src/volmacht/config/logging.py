"""Structured logs without personal data: one JSON object a line on standard error.

The last processor refuses what looks like a BSN or an authorisation code, whoever wrote it (DM-05, DM-21).
"""

import logging
import re
from collections.abc import MutableMapping
from typing import Any

import structlog

LOOKS_PERSONAL = re.compile(
    r"(?<![0-9A-Za-z-])(?:\d{9}|[BCDFGHJKLMNPQRSTVWXZ2-9]{4}-?[BCDFGHJKLMNPQRSTVWXZ2-9]{4}-?[BCDFGHJKLMNPQRSTVWXZ2-9]{4})(?![0-9A-Za-z-])"
)
HIDDEN = "[hidden]"


def hide_personal(_logger: object, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace anything in the shape of a BSN or code, also inside text and tracebacks."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = LOOKS_PERSONAL.sub(HIDDEN, value)
    return event


def configure_logging() -> None:
    """Send both structlog's and the standard library's records through the same processors."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        hide_personal,
    ]
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for noisy in ("httpx", "httpcore", "fontTools"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
