"""The journal: every exchange and event of a world, in order, never changed afterwards."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import orjson

Headers = list[tuple[bytes, bytes]]


class Exchange(NamedTuple):
    """One HTTP request and its answer, as the answering party saw them.

    A tuple, since one is made for every exchange, and a tuple is made fastest.
    The bytes are references to what was received and sent; they are rendered on reading.
    """

    method: str
    scheme: str
    path: bytes
    query: bytes
    request_headers: Headers
    request_body: bytes
    status: int
    answer_headers: Headers
    answer_body: bytes

    @property
    def url(self) -> str:
        """The address that was called, as it was written."""
        named = (value for name, value in self.request_headers if name == b"host")
        query = b"?" + self.query if self.query else b""
        return f"{self.scheme}://" + (next(named, b"") + self.path + query).decode("latin-1")


class Entry(NamedTuple):
    """One line of the journal; a tuple, since it is made fastest.

    Args:
        seq: Its place, from 1, without gaps.
        at: When, on the world's clock.
        party: Who wrote it: ``hubspot``, ``smsmode``, ``integration``, ``sandbox``.
        kind: ``exchange``, or the event's name in the past tense, as ``contact.enrolled``.
        data: The exchange, or the event's fields, JSON-ready.
    """

    seq: int
    at: datetime
    party: str
    kind: str
    data: Exchange | Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """Return the entry as JSON-ready values; bodies as text, times in ISO 8601."""
        data = _exchange_json(self.data) if isinstance(self.data, Exchange) else dict(self.data)
        head = {"seq": self.seq, "at": self.at.isoformat(), "party": self.party, "kind": self.kind}
        return {**head, **data}


class Journal:
    """An append-only list of entries that many may read.

    Args:
        now: What o'clock it is on the world's clock.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._entries: list[Entry] = []

    def event(self, party: str, kind: str, **data: Any) -> None:
        """Write down that something happened to ``party``; ``data`` must be JSON-ready."""
        self.write(party, kind, data)

    def write(self, party: str, kind: str, data: Exchange | Mapping[str, Any]) -> None:
        """Write down an event, as ``event`` does; ``data`` is kept as it is, and must not change."""
        entries = self._entries
        entries.append(Entry(len(entries) + 1, self._now(), party, kind, data))

    def exchange(self, party: str, exchange: Exchange) -> None:
        """Write down an exchange that ``party`` answered; ``witness`` has those that it began."""
        self.write(party, "exchange", exchange)

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """Return the entries whose ``seq`` is above ``after``, oldest first."""
        return iter(self._entries[after:])

    def __len__(self) -> int:
        return len(self._entries)

    def render(self) -> bytes:
        """Return the whole journal as JSON lines; two runs of one seed give the same bytes."""
        return b"".join(orjson.dumps(e.as_json()) + b"\n" for e in self._entries)

    def digest(self) -> str:
        """Return the SHA-256 of ``render()`` in hexadecimal."""
        return hashlib.sha256(self.render()).hexdigest()


def _exchange_json(exchange: Exchange) -> dict[str, Any]:
    return {
        "method": exchange.method,
        "url": exchange.url,
        "status": exchange.status,
        "request": {
            "headers": headers_json(exchange.request_headers),
            "body": exchange.request_body.decode("utf-8", "replace"),
        },
        "answer": {
            "headers": headers_json(exchange.answer_headers),
            "body": exchange.answer_body.decode("utf-8", "replace"),
        },
    }


def headers_json(headers: Headers) -> dict[str, str]:
    """Return headers as JSON-ready values, their names in lower case."""
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}
