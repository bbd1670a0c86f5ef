"""The ASGI face of a fake: table, handler, and refusals in the vendor's shape."""

from collections.abc import Callable
from typing import Generic, TypeVar

import orjson
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from fakes.kit.answers import JSON
from fakes.kit.call import Call
from fakes.kit.errors import BodyTooLargeError, MalformedBodyError, ServiceError
from fakes.kit.routing import Match, RouteTable

P = TypeVar("P")


class Service(Generic[P]):
    """Answers requests to ``party`` by ``table``.

    Args:
        party: The fake: its state and its settings.
        table: Its routes.
        missing: Answers a path or method that the table does not know.
        malformed: Makes the vendor's refusal of a body that cannot be read.
        oversized: Makes the vendor's refusal of a body that is too large.
    """

    def __init__(
        self,
        party: P,
        table: RouteTable[P],
        *,
        missing: Callable[[Call[P], Match[P]], Response],
        malformed: Callable[[Call[P], MalformedBodyError], ServiceError],
        oversized: Callable[[Call[P], BodyTooLargeError], ServiceError],
    ) -> None:
        self._party = party
        self._table = table
        self._missing = missing
        self._malformed = malformed
        self._oversized = oversized

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request; lifespan events are accepted and ignored."""
        if scope["type"] == "lifespan":
            await _no_lifespan(receive, send)
            return
        match = self._table.match(scope["method"], scope["path"])
        call = Call(self._party, scope, receive, match.params)
        try:
            route = match.route
            answer = await route.handler(call) if route else self._missing(call, match)
        except ServiceError as refusal:
            answer = _refusal(refusal)
        except MalformedBodyError as exc:
            answer = _refusal(self._malformed(call, exc))
        except BodyTooLargeError as exc:
            answer = _refusal(self._oversized(call, exc))
        except ClientDisconnect:
            # Whoever asked is gone: there is nobody to answer.
            return
        await answer(scope, receive, send)


def _refusal(refusal: ServiceError) -> Response:
    body = b"" if refusal.body is None else orjson.dumps(refusal.body)
    media = None if refusal.body is None else JSON
    return Response(body, refusal.status, refusal.headers, media_type=media)


async def _no_lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
