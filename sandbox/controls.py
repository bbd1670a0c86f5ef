"""The sandbox's own routes, under ``/_sandbox``: is it ready, who is who, what happened, when."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import islice
from math import isfinite
from typing import Any

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.console.window import Time
from sandbox.feed import Feed

NDJSON = "application/x-ndjson"
"""The media type that asks for one entry a line."""
_SEQ = re.compile(r"[0-9]{1,18}")
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
MOST_ENTRIES = 10_000
"""The most entries that ``?limit=`` may ask for; without it, all there are."""
ROUTES: Mapping[str, str] = {
    "GET /_sandbox/ready": "nothing: 200 once everything is in place, 503 before",
    "GET /_sandbox/identities": "nothing",
    "GET /_sandbox/journal": (
        "?after=SEQ&limit=N: the entries above SEQ, oldest first, all of them without a limit; "
        '"last" is where to go on; one entry a line for Accept: application/x-ndjson'
    ),
    "GET /_sandbox/clock": "nothing",
    "POST /_sandbox/clock": '{"rate": N}, {"advance_seconds": N} or both: paused by 0',
}
"""Each route, with what it takes."""
LONGEST_SKIP = 366 * 24 * 3600
"""The furthest that the clock is moved at once, in seconds."""


class Controls:
    """What a script may ask of the sandbox itself.

    Args:
        feed: What happened.
        time: The world's clock.
        is_ready: Whether the world is.
        identities: Where everybody is, and who may do what.
    """

    def __init__(
        self,
        feed: Feed,
        time: Time,
        is_ready: Callable[[], bool],
        identities: Mapping[str, Any],
    ) -> None:
        self._feed = feed
        self._time = time
        self._is_ready = is_ready
        self._identities = identities

    def routes(self) -> list[Route]:
        """Return the routes, each with its whole path."""
        return [
            Route("/_sandbox", self.index, methods=["GET"]),
            Route("/_sandbox/ready", self.ready, methods=["GET"]),
            Route("/_sandbox/identities", self.identities, methods=["GET"]),
            Route("/_sandbox/journal", self.journal, methods=["GET"]),
            Route("/_sandbox/clock", self.clock, methods=["GET"]),
            Route("/_sandbox/clock", self.move_clock, methods=["POST"]),
            Route("/_sandbox/{path:path}", self.missing, methods=_METHODS),
        ]

    async def index(self, _: Request) -> Response:
        """List the routes, each with what it takes."""
        return _json({"results": [{"route": name, "takes": said} for name, said in ROUTES.items()]})

    async def missing(self, request: Request) -> Response:
        """Say where the routes are listed, to whoever asks for another."""
        asked = f"{request.method} {request.url.path}"
        raise HTTPException(404, f"there is no {asked}: GET /_sandbox lists what there is")

    async def ready(self, _: Request) -> Response:
        """Say whether everything is in place: 200 once it is, 503 before."""
        if self._is_ready():
            return _json({"status": "ready"})
        return _json({"status": "starting"}, 503)

    async def identities(self, _: Request) -> Response:
        """Say where everybody is, and who may do what: the ready line and more."""
        return _json(self._identities)

    async def journal(self, request: Request) -> Response:
        """List the entries above ``?after=`` with their causes, as JSON or one a line."""
        if unknown := set(request.query_params) - {"after", "limit"}:
            raise HTTPException(400, f"the journal takes after and limit, not {min(unknown)!r}")
        after, limit = _number(request, "after"), _number(request, "limit", most=MOST_ENTRIES)
        entries = list(islice(self._feed.after(after or 0), limit))
        if NDJSON in request.headers.get("accept", ""):
            lines = b"".join(orjson.dumps(entry) + b"\n" for entry in entries)
            return Response(lines, media_type=NDJSON)
        last = entries[-1]["seq"] if entries else len(self._feed)
        return _json({"entries": entries, "last": last})

    async def clock(self, _: Request) -> Response:
        """Say what o'clock it is, how fast it goes, and what is to come."""
        return _json(self._clock_json())

    async def move_clock(self, request: Request) -> Response:
        """Take ``{"rate": …}``, ``{"advance_seconds": …}`` or both, in this order."""
        asked = _read_move(await request.body())
        if "rate" in asked:
            self._time.set_rate(asked["rate"])
        if "advance_seconds" in asked:
            self._time.skip(timedelta(seconds=asked["advance_seconds"]))
        return _json(self._clock_json())

    def _clock_json(self) -> Mapping[str, Any]:
        return {
            "now": self._time.now().isoformat(),
            "rate": self._time.rate,
            "promised": [
                {"due": due.isoformat(), "label": label} for due, label in self._time.promised()
            ],
        }


async def refuse(_: Request, exc: Exception) -> Response:
    """Return a refusal of ours as JSON: ``{"error", "message"}``."""
    status = exc.status_code if isinstance(exc, HTTPException) else 500
    detail = exc.detail if isinstance(exc, HTTPException) else str(exc)
    return _json({"error": "refused", "message": detail}, status)


async def hung_up(_: Request, __: Exception) -> Response:
    """Return an answer to whoever closed the connection before the end of a body: nobody reads it."""
    return Response(status_code=400)


def _number(request: Request, name: str, most: int | None = None) -> int | None:
    given = request.query_params.get(name)
    if given is None:
        return None
    if not _SEQ.fullmatch(given):
        raise HTTPException(400, f"{name} must be a whole number, not {given!r}")
    if most is not None and not 0 < int(given) <= most:
        raise HTTPException(400, f"{name} is a number from 1 to {most}, not {given!r}")
    return int(given)


def _read_move(body: bytes) -> dict[str, float]:
    try:
        asked = orjson.loads(body)
    except orjson.JSONDecodeError as exc:
        raise HTTPException(400, f"the body is not JSON: {exc}") from exc
    if not isinstance(asked, dict) or not asked or set(asked) - {"rate", "advance_seconds"}:
        raise HTTPException(400, 'the body is {"rate": number} or {"advance_seconds": number}')
    for name, value in asked.items():
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not isfinite(value) or not 0 <= value <= LONGEST_SKIP:
            raise HTTPException(400, f"{name} is a number from 0 to {LONGEST_SKIP}")
    return asked


def _json(body: object, status: int = 200) -> Response:
    return Response(orjson.dumps(body), status, media_type="application/json")
