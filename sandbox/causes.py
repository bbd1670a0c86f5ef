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

_ID = re.compile(
    rb"ap-\d+-\d+-\d+-\d+|[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"
)
"""What business ids look like: HubSpot's callback ids, and UUIDs."""

ORIGINS = frozenset({"contact.enrolled", "message.accepted", "message.replied"})
"""The events that begin something when nothing before them did."""


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
    """Return each entry with its causes, in order.

    Only what began with an origin is traced: ids of other entries are shared by chance at most,
    as a key or a channel is by all SMS.
    """
    known: dict[bytes, int] = {}
    for entry in entries:
        ids = dict.fromkeys(_ID.findall(_text(entry)))
        causes = sorted({known[found] for found in ids if found in known})
        if not causes and entry.kind in ORIGINS:
            causes = [entry.seq]
        if len(causes) == 1 and not isinstance(entry.data, Exchange):
            for found in ids:
                known.setdefault(found, causes[0])
        yield Traced(entry, tuple(causes))


def _text(entry: Entry) -> bytes:
    data = entry.data
    if isinstance(data, Exchange):
        return b"\n".join((data.url.encode(), data.request_body, data.answer_body))
    return orjson.dumps(data)
