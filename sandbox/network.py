"""The network of an in-process world: hosts lead to apps, and nowhere else."""

from collections.abc import Mapping

import httpx
from starlette.types import ASGIApp

from fakes.kit.inprocess import InProcessTransport
from fakes.kit.journal import Journal


class HostRouter(httpx.AsyncBaseTransport):
    """Routes each request to the app of its host; an unknown host is a connection error.

    Args:
        apps: Host name to app.
        journal: Where attempts to leave the world are written down.
    """

    def __init__(self, apps: Mapping[str, ASGIApp], journal: Journal) -> None:
        self._journal = journal
        self._routes: dict[str, InProcessTransport] = {}
        self._cuts: set[tuple[str, str]] = set()
        self.connect(apps)

    def connect(self, apps: Mapping[str, ASGIApp]) -> None:
        """Have more hosts lead to apps."""
        self._routes.update((host, InProcessTransport(app)) for host, app in apps.items())

    def cut(self, host: str, path: str = "/") -> None:
        """Have calls to a host fail to connect, all or those whose path starts with ``path``."""
        self._cuts.add((host, path))

    def mend(self, host: str, path: str = "/") -> None:
        """Undo a cut."""
        self._cuts.discard((host, path))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer of the app that lives at the request's host.

        Raises:
            httpx.ConnectError: Nobody lives there, or the way is cut.
        """
        route = self._routes.get(request.url.host)
        if route is None:
            self._journal.event("sandbox", "network.refused", url=str(request.url))
            msg = f"{request.url.host} is not in this world, and nothing leaves it"
            raise httpx.ConnectError(msg, request=request)
        if self._is_cut(request.url):
            msg = f"the way to {request.url.host} is cut"
            raise httpx.ConnectError(msg, request=request)
        return await route.handle_async_request(request)

    def _is_cut(self, url: httpx.URL) -> bool:
        return any(url.host == host and url.path.startswith(path) for host, path in self._cuts)
