"""The routes by which things end: HubSpot's webhooks, and the operator's deletion of an account."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core.domain.ids import PortalId
from core.http.guards import Guards, portal_in_path
from core.services.heeding import Heeding
from core.services.lifecycle import Lifecycle
from core.wire import hubspot_webhooks


class LifecycleRoutes:
    """What HubSpot tells the app of, and what the operator ends or counts.

    Args:
        guards: Who may knock.
        lifecycle: Ends and counts.
        heeding: Does what HubSpot's webhooks ask for.
        key_mark: Tells with which of the vault's keys secrets are encrypted.
    """

    def __init__(
        self, guards: Guards, lifecycle: Lifecycle, heeding: Heeding, key_mark: str
    ) -> None:
        self._guards = guards
        self._lifecycle = lifecycle
        self._heeding = heeding
        self._key_mark = key_mark

    def table(self) -> list[Route]:
        """Return the routes."""
        account = "/operator/accounts/{portal}"
        return [
            Route("/hubspot/webhooks", self.webhooks, methods=["POST"]),
            Route(account, self.delete, methods=["DELETE"]),
            Route(f"{account}/figures", self.figures, methods=["GET"]),
            Route("/operator/vault/reseal", self.reseal, methods=["POST"]),
        ]

    async def webhooks(self, request: Request) -> Response:
        """Take a delivery of HubSpot's; what it tells that is not for us is passed over."""
        raw = await self._guards.hubspot(request, accepts_v1=True)
        await self._heeding.heed(hubspot_webhooks.parse(raw))
        return Response(status_code=204)

    async def delete(self, request: Request) -> Response:
        """Take the app out of an account and forget the account."""
        await self._guards.operator(request)
        await self._lifecycle.delete_account(PortalId(portal_in_path(request)))
        return Response(status_code=204)

    async def reseal(self, request: Request) -> Response:
        """Encrypt every stored secret with the vault's current key, and say by its mark which."""
        await self._guards.operator(request)
        accounts = await self._lifecycle.reseal()
        return JSONResponse({"accounts": accounts, "key_mark": self._key_mark})

    async def figures(self, request: Request) -> Response:
        """Count an account's SMS by day, status and parts."""
        await self._guards.operator(request)
        found = await self._lifecycle.figures(PortalId(portal_in_path(request)))
        results = [
            {
                "day": figure.day.date().isoformat(),
                "status": figure.status,
                "parts": figure.parts,
                "count": figure.count,
            }
            for figure in found
        ]
        return JSONResponse({"results": results})
