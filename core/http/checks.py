"""*SMS non reçu* for the operator: a contact's five checks, and a refusal that is lifted."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from core.domain.check_report import tell
from core.domain.ids import PortalId
from core.http.guards import Guards, contact_in_path, portal_in_path
from core.http.pages import read_language
from core.services.checking import Checking
from core.services.opting_in import OptingIn


class CheckRoutes:
    """What the operator may ask of a contact.

    Args:
        guards: Who may knock.
        checking: Finds out.
        opting_in: Lifts refusals.
    """

    def __init__(self, guards: Guards, checking: Checking, opting_in: OptingIn) -> None:
        self._guards = guards
        self._checking = checking
        self._opting_in = opting_in

    async def show(self, request: Request) -> Response:
        """Answer with the five checks of a contact, in the language asked for."""
        await self._guards.operator(request)
        portal_id, contact_id = PortalId(portal_in_path(request)), contact_in_path(request)
        findings = await self._checking.check(portal_id, contact_id)
        language = read_language(request.headers.get("accept-language"))
        return JSONResponse(
            {"portal_id": portal_id, "contact_id": contact_id, "checks": tell(findings, language)}
        )

    async def lift(self, request: Request) -> Response:
        """Lift the refusal of a contact who has asked for promotional SMS again."""
        await self._guards.operator(request)
        portal_id, contact_id = PortalId(portal_in_path(request)), contact_in_path(request)
        return JSONResponse({"lifted": await self._opting_in.lift(portal_id, contact_id)})
