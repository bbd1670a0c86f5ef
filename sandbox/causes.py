"""Cause and effect: which entries of the journal follow from which first event.

Vendors pass ids on: the execution's callback id becomes the SMS' reference, the reference comes
back in reports, the SMS' id names the timeline events. An entry that holds an id seen before has
the cause of the entry in which the id was first seen. It works alike for any integration that
passes ids on, without it having to know of the sandbox.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import orjson

from fakes.kit.journal import Entry, Exchange

LINKS = ("enrollmentId", "callbackId", "messageId", "refClient")
"""The fields of events whose values name one SMS, or what led to it; others are shared."""

ORIGINS = frozenset({"contact.enrolled", "message.accepted", "message.replied"})
"""The events that begin something when nothing before them did."""

_ID = re.compile(
    r"ap-\d+-\d+-\d+-\d+"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"
    r'|(?<="enrollmentId":)\d+'
)
"""What such values look like: callback ids, UUIDs, enrolments' numbers."""


@dataclass(frozen=True, slots=True)
class Traced:
    """An entry and what it follows from.

    Args:
        entry: The entry.
        causes: The ``seq`` of the first events that led to it, oldest first; several where one
            call carries news of several SMS, none for what follows from nothing.
    """

    entry: Entry
    causes: tuple[int, ...]


def trace(entries: Iterable[Entry]) -> Iterator[Traced]:
    """Return each entry with its causes, in order."""
    known: dict[str, int] = {}
    for entry in entries:
        causes = sorted({known[found] for found in _mentioned(entry) if found in known})
        if not causes and entry.kind in ORIGINS:
            causes = [entry.seq]
        if len(causes) == 1:
            for link in _links(entry):
                known.setdefault(link, causes[0])
        yield Traced(entry, tuple(causes))


def _mentioned(entry: Entry) -> Iterator[str]:
    """Return the ids that an entry holds, wherever they stand."""
    data = entry.data
    if isinstance(data, Exchange):
        parts = (data.url.encode(), data.request_body, data.answer_body)
        text = b"\n".join(parts).decode("utf-8", "replace")
    else:
        text = orjson.dumps(data).decode()
    return (match.group() for match in _ID.finditer(text))


def _links(entry: Entry) -> Iterator[str]:
    """Return the ids that an event introduces."""
    if not isinstance(entry.data, Exchange):
        for name in LINKS:
            if value := entry.data.get(name):
                yield str(value)
