"""Who goes round the fake, and calls each route as who may call it does."""

from typing import Any

import httpx

from fakes.hubspot.answering import NO_JSON
from fakes.hubspot.app import TABLE
from tests.fakes.hubspot.world import World


def before(method: str, end: str) -> list[str]:
    """Return what stands before ``end`` in the paths of ``method`` that end so: each edition."""
    return [
        route.path.removesuffix(end)
        for route in TABLE.routes
        if route.is_built and route.method == method and route.path.endswith(end)
    ]


class Traveller:
    """Who goes round, and where they have been.

    Args:
        world: An installed app, without limits; its client holds each answer to its schema.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.seen: set[tuple[str, str]] = set()
        self.answers: dict[str, Any] = {}
        self.developer = {"hapikey": world.app.developer_key}
        self._private = world.private()
        self.portal = f"/_control/hubspot/portals/{world.portal.id}"

    async def go(self, method: str, path: str, body: Any = None, **how: Any) -> httpx.Response:
        """Call a route, which must not refuse, and remember it."""
        sent = {} if body is None else {"json": body}
        client: httpx.AsyncClient = how.pop("client", self.world.api)
        answer = await client.request(method, path, **sent, **how)
        assert answer.status_code < 400, f"{method} {path}: {answer.status_code} {answer.text}"
        route = TABLE.match(method, answer.request.url.path).route
        assert route is not None
        is_json = "json" in answer.headers.get("content-type", "")
        assert is_json is (route.answers != NO_JSON), f"{method} {path} answers {answer.headers}"
        if is_json:
            self.answers[route.answers] = answer.json()
        self.seen.add((route.method, route.path))
        return answer

    async def develop(self, method: str, path: str, body: Any = None, **how: Any) -> Any:
        """Call a route as the app's developer, and return its JSON, if any."""
        answer = await self.go(method, path, body, params=self.developer, **how)
        return answer.json() if answer.content else None

    async def whole(self, method: str, path: str, body: Any = None, **how: Any) -> httpx.Response:
        """Call a route with the token of a private app, which may do everything."""
        return await self.go(method, path, body, headers=self._private, **how)
