"""The operator's routes: invite, link keys, look; each asks for the operator's token."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from core.domain.compose import Draft, preview, read_encoding, read_type
from core.domain.errors import MalformedRequestError
from core.domain.ids import PortalId
from core.http.bodies import read_json
from core.http.guards import Guards, portal_in_path
from core.ports import Database
from core.services.installing import Installing
from core.services.linking import Linking
from core.stores import messages
from core.stores.installs import Install, Installs


class OperatorRoutes:
    """What the people who run the core may ask of it.

    Args:
        guards: Who may knock.
        installing: Makes install links.
        linking: Links keys.
        database: What is looked at.
        installs: Who installed.
    """

    def __init__(
        self,
        guards: Guards,
        installing: Installing,
        linking: Linking,
        database: Database,
        installs: Installs,
    ) -> None:
        self._guards = guards
        self._installing = installing
        self._linking = linking
        self._database = database
        self._installs = installs

    async def invite(self, request: Request) -> Response:
        """Answer ``{"account": …}`` with that smsmode account's own install link."""
        fields = _read(await self._guards.operator(request), required=("account",))
        link = await self._installing.invite(fields["account"])
        return JSONResponse({"install_url": link}, 201)

    async def link_keys(self, request: Request) -> Response:
        """Link ``{"marketing": key, "notification": key}`` to an account.

        The answer warns of a key whose channel is not for what it is to send.
        """
        raw = await self._guards.operator(request)
        fields = _read(raw, required=("marketing", "notification"))
        install, warnings = await self._linking.link(PortalId(portal_in_path(request)), **fields)
        return JSONResponse({**_install_json(install), "warnings": warnings})

    async def keys(self, request: Request) -> Response:
        """Say what smsmode says now of an account's two keys, which are not shown."""
        await self._guards.operator(request)
        found = await self._linking.examine(PortalId(portal_in_path(request)))
        if found is None:
            return JSONResponse({"linked": False, "swapped": False, "warnings": []})
        told = {"swapped": found.are_swapped, "warnings": found.warnings()}
        return JSONResponse({"linked": True, **told, **asdict(found)})

    async def accounts(self, request: Request) -> Response:
        """List the accounts that installed, without their secrets."""
        await self._guards.operator(request)
        found = await self._database.run(self._installs.all)
        return JSONResponse({"results": [_install_json(install) for install in found]})

    async def sent(self, request: Request) -> Response:
        """List an account's last messages, without their texts and numbers."""
        await self._guards.operator(request)
        portal_id = PortalId(portal_in_path(request))
        found = await self._database.run(lambda tx: messages.latest(tx, portal_id))
        shown = ("id", "contact_id", "callback_id", "smsmode_id", "kind", "status", "detail")
        return JSONResponse(
            {"results": [{name: getattr(message, name) for name in shown} for message in found]}
        )

    async def preview(self, request: Request) -> Response:
        """Count a draft as its editor shows it: characters, SMS, and what would refuse it."""
        raw = await self._guards.operator(request)
        fields = _read(raw, required=("type", "text"), optional=("sender", "stop", "encoding"))
        draft = Draft(
            type=read_type(fields["type"]),
            text=fields["text"],
            sender=fields.get("sender"),
            stop=fields.get("stop") == "true",
            encoding=read_encoding(fields.get("encoding", "")),
        )
        shown = preview(draft)
        body = {
            "characters": shown.characters,
            "parts": shown.parts,
            "refusals": list(shown.refusals),
        }
        return JSONResponse(body)


def _install_json(install: Install) -> Mapping[str, Any]:
    return {
        "portal_id": install.portal_id,
        "state": install.state,
        "account": install.account,
        "country": install.country,
        "installed_at": install.installed_at.isoformat(),
        "installed_by": install.installed_by,
        "linked": install.linked,
    }


def _read(raw: bytes, *, required: Sequence[str], optional: Sequence[str] = ()) -> dict[str, str]:
    """Return the texts of a JSON object that holds the named fields and no others.

    Raises:
        MalformedRequestError: It is no such object; the fields at fault are named.
    """
    value = read_json(raw)
    if unknown := sorted(set(value) - {*required, *optional}):
        msg = f"unknown field: {', '.join(unknown)}"
        raise MalformedRequestError(msg)
    wrong = [
        name
        for name in (*required, *optional)
        if not isinstance(value.get(name, "" if name in optional else None), str)
        or (name in required and not value[name])
    ]
    if wrong:
        msg = f"missing, empty or not a text: {', '.join(wrong)}"
        raise MalformedRequestError(msg)
    return value
