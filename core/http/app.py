"""The core's HTTP face: its routes as one table, each naming who may knock."""

from collections.abc import Mapping, Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from core.domain.errors import CoreError
from core.domain.installing import InstallRefusedError
from core.http.checks import CheckRoutes
from core.http.errors import (
    on_bug,
    on_core_error,
    on_database_down,
    on_no_route,
    on_stale_schema,
    status_of,
)
from core.http.guards import Guards
from core.http.measuring import Measuring
from core.http.openapi import OpenApiRoute
from core.http.operator import OperatorRoutes
from core.http.pages import installed_page, read_language, refused_page
from core.metrics import Metrics
from core.migrations.running import StaleSchemaError
from core.ports import DatabaseDownError
from core.services.accepting import Accepting
from core.services.installing import STATE_LIFETIME, Installing
from core.services.replying import Replying
from core.services.reporting import Reporting

BROWSER_COOKIE = "smsmode_install"
"""Ties an installation to the browser that began it."""

GUARDS: Mapping[str, str] = {
    "/hubspot/action": "hubspot",
    "/hubspot/webhooks": "hubspot",
    "/hubspot/card": "hubspot",
    "/hubspot/card/summary": "hubspot_fetch",
    "/hubspot/card/preview": "hubspot_fetch",
    "/hubspot/card/send": "hubspot_fetch",
    "/hubspot/card/templates": "hubspot_fetch",
    "/hubspot/card/checks": "hubspot_fetch",
    "/card/send": "link",
    "/card/templates": "link",
    "/card/checks": "link",
    "/card/preview": "link",
    "/smsmode/{key}/status": "smsmode",
    "/smsmode/{key}/inbound": "smsmode",
    "/operator/installs": "operator",
    "/operator/accounts": "operator",
    "/operator/accounts/{portal}": "operator",
    "/operator/accounts/{portal}/figures": "operator",
    "/operator/accounts/{portal}/keys": "operator",
    "/operator/accounts/{portal}/messages": "operator",
    "/operator/accounts/{portal}/contacts/{contact}/checks": "operator",
    "/operator/accounts/{portal}/contacts/{contact}/optout": "operator",
    "/operator/failures": "operator",
    "/operator/failures/requeue": "operator",
    "/operator/failures/dismiss": "operator",
    "/operator/preview": "operator",
    "/operator/vault/reseal": "operator",
    "/install/{ticket}": "ticket",
    "/oauth/callback": "state",
    "/health": "none",
    "/ready": "none",
    "/metrics": "operator",
    "/openapi.json": "none",
}
"""What each route asks for before it does anything."""


class VendorRoutes:
    """What the two vendors, and browsers that come from them, call.

    Args:
        guards: Who may knock.
        accepting: Takes executions of the action.
        reporting: Takes delivery reports.
        replying: Takes replies.
        installing: Takes browsers back from the consent.
    """

    def __init__(
        self,
        guards: Guards,
        accepting: Accepting,
        reporting: Reporting,
        replying: Replying,
        installing: Installing,
    ) -> None:
        self._guards = guards
        self._accepting = accepting
        self._reporting = reporting
        self._replying = replying
        self._installing = installing

    async def action(self, request: Request) -> Response:
        """Take an execution of the workflow action."""
        raw = await self._guards.hubspot(request)
        answer = await self._accepting.accept(raw)
        return Response(answer, media_type="application/json")

    async def status(self, request: Request) -> Response:
        """Take a delivery report."""
        install, raw = await self._guards.smsmode(request)
        await self._reporting.accept(install, raw)
        return Response(status_code=204)

    async def inbound(self, request: Request) -> Response:
        """Take a reply."""
        install, raw = await self._guards.smsmode(request)
        await self._replying.accept(install, raw)
        return Response(status_code=204)

    async def depart(self, request: Request) -> Response:
        """Send a browser from its install link to HubSpot's consent."""
        departure = await self._installing.depart(request.path_params["ticket"])
        answer = RedirectResponse(departure.url, 302)
        answer.set_cookie(
            BROWSER_COOKIE,
            departure.cookie,
            max_age=int(STATE_LIFETIME.total_seconds()),
            path="/oauth",
            secure=self._installing.redirect_uri.startswith("https:"),
            httponly=True,
            samesite="lax",
        )
        return answer

    async def arrive(self, request: Request) -> Response:
        """Take a browser back from the consent, and finish the installation."""
        query = request.query_params
        install = await self._installing.arrive(
            code=query.get("code"),
            state=query.get("state"),
            error=query.get("error"),
            cookie=request.cookies.get(BROWSER_COOKIE),
        )
        language = read_language(request.headers.get("accept-language"))
        hubspot_app = self._installing.settings.hubspot_app
        return HTMLResponse(installed_page(language, install, hubspot_app))


async def _on_refused_install(request: Request, exc: Exception) -> Response:
    """Show a person what stood in the way of the installation."""
    if not isinstance(exc, InstallRefusedError):
        return await on_core_error(request, exc)
    language = read_language(request.headers.get("accept-language"))
    return HTMLResponse(refused_page(language, exc.fault), status_of(exc))


def create_app(
    vendors: VendorRoutes,
    operator: OperatorRoutes,
    checks: CheckRoutes,
    others: Sequence[Route],
    public_url: str,
    metrics: Metrics,
) -> Starlette:
    """Return the core's app; ``others`` are the routes that have a table of their own."""
    routes = [
        Route("/hubspot/action", vendors.action, methods=["POST"]),
        Route("/smsmode/{key}/status", vendors.status, methods=["POST"]),
        Route("/smsmode/{key}/inbound", vendors.inbound, methods=["POST"]),
        Route("/install/{ticket}", vendors.depart, methods=["GET"]),
        Route("/oauth/callback", vendors.arrive, methods=["GET"]),
        Route("/operator/installs", operator.invite, methods=["POST"]),
        Route("/operator/accounts", operator.accounts, methods=["GET"]),
        Route("/operator/accounts/{portal}/keys", operator.link_keys, methods=["PUT"]),
        Route("/operator/accounts/{portal}/keys", operator.keys, methods=["GET"]),
        Route("/operator/accounts/{portal}/messages", operator.sent, methods=["GET"]),
        Route(
            "/operator/accounts/{portal}/contacts/{contact}/checks",
            checks.show,
            methods=["GET"],
        ),
        Route(
            "/operator/accounts/{portal}/contacts/{contact}/optout",
            checks.lift,
            methods=["DELETE"],
        ),
        Route("/operator/preview", operator.preview, methods=["POST"]),
        *others,
    ]
    described = OpenApiRoute(routes, GUARDS, public_url)
    return serve_routes([*routes, described.route], metrics)


def serve_routes(routes: Sequence[Route], metrics: Metrics) -> Starlette:
    """Return an app of these routes: requests are counted, and failures answered in our words."""
    templates: Mapping[object, str] = {route.endpoint: route.path for route in routes}
    return Starlette(
        routes=routes,
        middleware=[Middleware(Measuring, metrics=metrics, templates=templates)],
        exception_handlers={
            InstallRefusedError: _on_refused_install,
            CoreError: on_core_error,
            DatabaseDownError: on_database_down,
            StaleSchemaError: on_stale_schema,
            HTTPException: on_no_route,
            Exception: on_bug,
        },
    )
