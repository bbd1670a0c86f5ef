"""The console: its routes as one table, and what stands before every one of them."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox.addresses import Addresses
from sandbox.asking import FurnishingError
from sandbox.console.actions import Actions, Furnish, MistakeError
from sandbox.console.guard import is_own, own_hosts
from sandbox.console.parties import Parties, RefusedError
from sandbox.console.rendering import Pages
from sandbox.console.views import Views
from sandbox.console.window import Feed, Time
from sandbox.identities import Identities

STATIC = Path(__file__).parent / "static"

Handler = Callable[[Request], Awaitable[Response]]


class _Number(IntegerConvertor):
    """A number that somebody may have been given: Python reads none of thousands of digits."""

    regex = "[0-9]{1,18}"


class Console:
    """The pages that show a world and let a person act in it.

    Args:
        http: The way to the parties; what goes through it need not be part of the story.
        addresses: Where they live.
        identities: Who may do what.
        feed: What happened.
        time: The world's clock.
        furnish: Installs, links and makes contacts and a workflow, all at once.
        populate: Makes the contacts and the workflow alone.
    """

    def __init__(
        self,
        *,
        http: httpx.AsyncClient,
        addresses: Addresses,
        identities: Identities,
        feed: Feed,
        time: Time,
        furnish: Furnish,
        populate: Furnish,
    ) -> None:
        self._pages = Pages((addresses.integration, addresses.hubspot_app))
        self._hosts = own_hosts(addresses.console)
        parties = Parties(http, addresses, identities)
        self._views = Views(self._pages, parties, feed, time, addresses, identities)
        self._actions = Actions(parties, time, furnish, populate)

    def routes(self) -> list[BaseRoute]:
        """Return the routes, each with its whole path."""
        register_url_convertor("number", _Number())
        views, actions = self._views, self._actions
        shown: dict[str, Handler] = {
            "/": views.home,
            "/contacts/{contact_id:number}": views.contact,
            "/phones/{number:number}": views.phone,
            "/journal": views.journal,
            "/journal/{seq:number}": views.entry,
        }
        done: dict[str, Handler] = {
            "/contacts/{contact_id:number}/visit": actions.visit,
            "/phones/{number:number}/reply": actions.reply,
            "/install": actions.install,
            "/link": actions.link,
            "/populate": actions.populate,
            "/prepare": actions.prepare,
            "/clock": actions.clock,
        }
        return [
            *(Route(path, self._guarded(view), methods=["GET"]) for path, view in shown.items()),
            *(Route(path, self._guarded(act), methods=["POST"]) for path, act in done.items()),
            Mount("/static", StaticFiles(directory=STATIC)),
            Route("/{path:path}", self._guarded(views.missing), methods=["GET"]),
        ]

    def _guarded(self, handler: Handler) -> Handler:
        """Return ``handler`` behind the guard, with refusals as pages."""

        async def handle(request: Request) -> Response:
            if not is_own(request, self._hosts):
                return self._refuse(request, 403, reason="foreign")
            if (same := self._views.unchanged(request)) is not None:
                return same
            try:
                return await handler(request)
            except RefusedError as exc:
                asked = f"{exc.asked} {exc.status}"
                return self._refuse(request, 502, asked=asked, answer=exc.answer)
            except FurnishingError as exc:
                return self._refuse(request, 502, asked=exc.step, answer=exc.answer)
            except MistakeError as exc:
                return self._refuse(request, exc.status, reason=exc.reason)

        return handle

    def _refuse(self, request: Request, status: int, **why: str) -> Response:
        return self._pages.render(request, "refused.html", status, **why)
