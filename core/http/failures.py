"""The operator's routes for what was given up: list it, have it done again, or have it forgotten."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core.domain.errors import MalformedRequestError
from core.http.bodies import read_json
from core.http.guards import Guards
from core.ports import Thing
from core.services.replaying import Replaying

MOST = 1000
"""How many things are named in one request at most."""

_NEEDED = {"kind", "item"}


class FailureRoutes:
    """What the operator may do about what was given up.

    Args:
        guards: Who may knock.
        replaying: Does it.
    """

    def __init__(self, guards: Guards, replaying: Replaying) -> None:
        self._guards = guards
        self._replaying = replaying

    def table(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/operator/failures", self.index, methods=["GET"]),
            Route("/operator/failures/requeue", self.requeue, methods=["POST"]),
            Route("/operator/failures/dismiss", self.dismiss, methods=["POST"]),
        ]

    async def index(self, request: Request) -> Response:
        """List the work that was given up, and what HubSpot refused for good."""
        await self._guards.operator(request)
        found = await self._replaying.given_up()
        tasks = [
            {**asdict(gone.task), "reason": gone.reason, "failed_at": gone.at.isoformat()}
            for gone in found.tasks
        ]
        refused = [{"key": key, "reason": reason} for key, reason in found.refused]
        return JSONResponse({"tasks": tasks, "refused_by_hubspot": refused})

    async def requeue(self, request: Request) -> Response:
        """Have done again, now, what was given up: ``{"failures": [{"kind": …, "item": …}]}``.

        Of what HubSpot refused for good the kind is ``hubspot``, and the item its key. The answer
        says how many of them were given up.
        """
        return await self._treat(request, self._replaying.again)

    async def dismiss(self, request: Request) -> Response:
        """Forget what was given up, named as for ``requeue``: it is not worth doing again."""
        return await self._treat(request, self._replaying.dismiss)

    async def _treat(
        self, request: Request, treat: Callable[[Collection[Thing]], Awaitable[int]]
    ) -> Response:
        things = _read_things(await self._guards.operator(request))
        return JSONResponse({"count": await treat(things)})


def _read_things(raw: bytes) -> set[Thing]:
    """Return what a body names.

    Raises:
        MalformedRequestError: It names nothing as it should, or too much at once.
    """
    value = read_json(raw)
    named = value.get("failures")
    if set(value) != {"failures"} or not isinstance(named, list) or len(named) > MOST:
        msg = f'the body must be {{"failures": […]}}, of {MOST} at most'
        raise MalformedRequestError(msg)
    for one in named:
        if not isinstance(one, dict) or set(one) != _NEEDED or not all(map(_is_word, one.values())):
            msg = 'each failure must be {"kind": …, "item": …}, two texts that are not empty'
            raise MalformedRequestError(msg)
    return {(one["kind"], one["item"]) for one in named}


def _is_word(value: object) -> bool:
    return isinstance(value, str) and bool(value)
