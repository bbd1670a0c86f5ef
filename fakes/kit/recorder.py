"""An ASGI wrapper that writes each exchange of an app into the journal."""

from collections.abc import Awaitable

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fakes.kit.journal import Exchange, Headers, Journal

LARGEST_BODY_KEPT = 64 * 1024
"""How many bytes of a body are written down."""
_BODILESS = frozenset(("GET", "HEAD", "OPTIONS"))
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
        tape = _Tape(receive, send, reads_all=scope["method"] not in _BODILESS)
        try:
            await self._app(scope, tape.receive, tape.send)
        finally:
            self._journal.exchange(self._party, tape.exchange(scope))


class _Tape:
    """Keeps references to what goes in and out; 500 stands where the app broke before answering.

    What an app refuses without reading it is read before its answer leaves: afterwards it is gone.
    """

    __slots__ = (
        "_answered", "_asked", "_headers", "_is_wanted", "_receive", "_send", "_status", "_unread",
    )  # fmt: skip

    def __init__(self, receive: Receive, send: Send, *, reads_all: bool) -> None:
        self._receive = receive
        self._send = send
        self._is_wanted = reads_all
        self._unread: list[Message] = []
        self._asked = b""
        self._answered = b""
        self._status = 500
        self._headers: Headers = []

    async def receive(self) -> Message:
        return self._unread.pop(0) if self._unread else await self._hear()

    def send(self, message: Message) -> Awaitable[None]:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            self._headers = message["headers"]
            if self._is_wanted:
                return self._send_after_all(message)
        elif body := message.get("body"):
            self._answered += body
        return self._send(message)

    async def _hear(self) -> Message:
        message = await self._receive()
        if body := message.get("body"):
            self._asked += body
        if not message.get("more_body", False):
            self._is_wanted = False
        return message

    async def _send_after_all(self, message: Message) -> None:
        while self._is_wanted and len(self._asked) < LARGEST_BODY_KEPT:
            self._unread.append(await self._hear())
        await self._send(message)

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
