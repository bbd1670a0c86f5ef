"""One request to a party: who is asked, what for, and with which body."""

from collections.abc import Mapping
from typing import Any, Generic, TypeVar
from urllib.parse import parse_qs

import orjson
from starlette.datastructures import QueryParams
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive, Scope

from fakes.kit.errors import BodyTooLargeError, MalformedBodyError

P = TypeVar("P")

LARGEST_BODY = 10 * 1024 * 1024
"""The largest request body that a fake reads, in bytes."""


class Call(Generic[P]):
    """A request bound to the party that answers it.

    Args:
        party: The fake: its state and its settings.
        scope: The HTTP request, as the server gives it.
        receive: Gives its body.
        params: What the path gave to the route's names.
    """

    __slots__ = ("_headers", "_query", "params", "party", "receive", "scope")

    def __init__(self, party: P, scope: Scope, receive: Receive, params: Mapping[str, str]) -> None:
        self.party = party
        self.scope = scope
        self.receive = receive
        self.params = params
        # The first of a name counts.
        self._headers = dict(reversed(scope["headers"]))
        self._query: QueryParams | None = None

    @property
    def request(self) -> Request:
        """The HTTP request, for what is rarely asked of it: its URL, its query, its cookies."""
        return Request(self.scope, self.receive)

    def header(self, name: str) -> str | None:
        """Return a header's value, or ``None``."""
        value: bytes | None = self._headers.get(name.lower().encode("latin-1"))
        return None if value is None else value.decode("latin-1")

    def query(self, name: str) -> str | None:
        """Return the last value of a query parameter, or ``None``."""
        if not self.has_query:
            return None
        if self._query is None:
            self._query = QueryParams(self.scope["query_string"])
        value: str | None = self._query.get(name)
        return value

    @property
    def has_query(self) -> bool:
        """Whether there are query parameters at all; most calls have none, and none to read."""
        return bool(self.scope["query_string"])

    async def raw(self) -> bytes:
        """Return the body's bytes.

        Raises:
            BodyTooLargeError: It is larger than ``LARGEST_BODY``.
        """
        body: bytes = b""
        while True:
            message = await self.receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            body += message.get("body", b"")
            if len(body) > LARGEST_BODY:
                raise BodyTooLargeError(LARGEST_BODY)
            if not message.get("more_body", False):
                return body

    async def glance(self) -> bytes:
        """Return the body's bytes, and leave them to be read once more.

        Raises:
            BodyTooLargeError: It is larger than ``LARGEST_BODY``.
        """
        body, ask = await self.raw(), self.receive
        messages = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def again() -> Message:
            return next(messages, None) or await ask()

        self.receive = again
        return body

    async def json(self) -> Any:
        """Return the body read as JSON.

        Raises:
            BodyTooLargeError: It is larger than ``LARGEST_BODY``.
            MalformedBodyError: It is not JSON.
        """
        return parse_json(await self.raw())

    async def form(self) -> dict[str, str]:
        """Return the body read as a URL-encoded form, the last value of each field.

        Raises:
            BodyTooLargeError: It is larger than ``LARGEST_BODY``.
            MalformedBodyError: It is not UTF-8.
        """
        try:
            text = (await self.raw()).decode("utf-8")
        except UnicodeDecodeError as exc:
            raise MalformedBodyError(str(exc)) from exc
        return {name: values[-1] for name, values in parse_qs(text, keep_blank_values=True).items()}


def parse_json(body: bytes) -> Any:
    """Return ``body`` read as JSON.

    Raises:
        MalformedBodyError: It is not JSON.
    """
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as exc:
        raise MalformedBodyError(str(exc)) from exc
