"""An ASGI wrapper that writes each exchange of an app into the journal."""

from collections.abc import Awaitable

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fakes.kit.journal import Exchange, Headers, Journal

LARGEST_BODY_KEPT = 64 * 1024
"""How many bytes of a body are written down."""
_BROWSERS_OWN = "/favicon.ico"
"""What a browser asks for by itself: nobody's doing, and so no part of the story."""


class Recorder:
    """Wraps ``app`` so that every HTTP exchange stands in the journal once it is answered.

    Args:
        app: The party's app.
        journal: Where to write.
        party: Whose app it is.
        quiet: Path prefixes that are not written down, as the sandbox's own control routes.
    """

    def __init__(
        self, app: ASGIApp, journal: Journal, party: str, *, quiet: tuple[str, ...] = ("/_",)
    ) -> None:
        self._app = app
        self._journal = journal
        self._party = party
        self._quiet = quiet

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the wrapped app does."""
        if scope["type"] == "http" and scope["path"] == _BROWSERS_OWN:
            await Response(status_code=204)(scope, receive, send)
            return
        if scope["type"] != "http" or scope["path"].startswith(self._quiet):
            await self._app(scope, receive, send)
            return
        tape = _Tape(receive, send)
        try:
            await self._app(scope, tape.receive, tape.send)
        finally:
            self._journal.exchange(self._party, tape.exchange(scope))


class _Tape:
    """Keeps references to what goes in and out; 500 stands where the app broke before answering."""

    __slots__ = ("_answered", "_asked", "_headers", "_receive", "_send", "_status")

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        self._asked = b""
        self._answered = b""
        self._status = 500
        self._headers: Headers = []

    async def receive(self) -> Message:
        message = await self._receive()
        if body := message.get("body"):
            self._asked += body
        return message

    def send(self, message: Message) -> Awaitable[None]:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            self._headers = message["headers"]
        elif body := message.get("body"):
            self._answered += body
        return self._send(message)

    def exchange(self, scope: Scope) -> Exchange:
        return Exchange(
            scope["method"],
            scope["scheme"],
            scope.get("raw_path") or scope["path"].encode(),
            scope["query_string"],
            scope["headers"],
            self._asked[:LARGEST_BODY_KEPT],
            self._status,
            self._headers,
            self._answered[:LARGEST_BODY_KEPT],
        )
