"""What the core's processes log: one line an event, with its ids, on standard error."""

import json
import logging
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TextIO

QUIET = ("alembic.runtime.plugins", "httpx", "httpcore", "procrastinate", "uvicorn")
"""Libraries of which only warnings are told: they name addresses, keys and all, or themselves."""

_USUAL = frozenset(
    {*vars(logging.makeLogRecord({})), "message", "asctime", "taskName", "color_message"}
)


class LogForm(StrEnum):
    """How a line is written."""

    JSON = "json"
    """An object, for machines that gather them."""
    TEXT = "text"
    """For people who read along."""


class LogLevel(StrEnum):
    """From which importance on an event is told."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


def configure(form: LogForm, level: LogLevel, stream: TextIO | None = None) -> logging.Handler:
    """Have everything of this process logged in one form, and return what writes it.

    Args:
        form: How.
        level: From which importance on; of libraries that call others, only warnings.
        stream: Where to; standard error when ``None``.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Json() if form is LogForm.JSON else _Text())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    return handler


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": _moment(record),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            "logger": record.name,
            **dict(_fields(record)),
        }
        if trace := _trace(self, record):
            line["trace"] = trace
        return json.dumps(line, ensure_ascii=False, default=str)


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields = "".join(f" {name}={value}" for name, value in _fields(record))
        trace = _trace(self, record)
        line = f"{_moment(record)} {record.levelname.lower():7} {record.getMessage()}{fields}"
        return f"{line}\n{trace}" if trace else line


def _fields(record: logging.LogRecord) -> Iterator[tuple[str, Any]]:
    """Yield the ids and facts that were given beside the event's name."""
    return ((name, value) for name, value in vars(record).items() if name not in _USUAL)


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _trace(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    return formatter.formatException(record.exc_info) if record.exc_info else ""
