"""One write an answer: uvicorn writes head and body apart, and a write costs more than most answers."""

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class JoinedWrites:
    """A transport that writes at once what is written to it in one turn of the event loop.

    Args:
        transport: Where it goes.
        loop: Whose turns.
    """

    __slots__ = ("_loop", "_pending", "_transport")

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._pending: list[bytes] = []

    def write(self, data: bytes) -> None:
        """Write ``data`` before the turn is over, with what else is written in it."""
        if not self._pending:
            self._loop.call_soon(self._flush)
        self._pending.append(data)

    def close(self) -> None:
        """Close once all is written."""
        self._flush()
        self._transport.close()

    def __getattr__(self, name: str) -> Any:
        """Return what the transport has of that name: the rest is its own affair."""
        return getattr(self._transport, name)

    def _flush(self) -> None:
        if self._pending and not self._transport.is_closing():
            self._transport.write(b"".join(self._pending))
        self._pending.clear()


class JoiningProtocol(HttpToolsProtocol):
    """uvicorn's protocol, over a transport that joins its writes."""

    # uvicorn narrows the base class' argument in the same way.
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection."""
        joined = JoinedWrites(transport, self.loop)
        super().connection_made(cast("asyncio.Transport", joined))
