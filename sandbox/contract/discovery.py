"""Finding the app that is installed in a running sandbox, and a contact to examine it with."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import httpx

from sandbox.apps import App, actions_of, installed_apps
from sandbox.contract.bench import Sms, Subject
from sandbox.tutorial import tutorial_form

_MISSING = 404


class NothingToExamineError(Exception):
    """No app can be examined; the message says why, and what to do."""


class Sandbox:
    """A sandbox that runs, over HTTP.

    Args:
        http: The way to it.
        console: The address of its console, without a trailing slash.
    """

    def __init__(self, http: httpx.AsyncClient, console: str) -> None:
        self._http = http
        self._console = console
        self._known: dict[str, Any] = {}

    async def now(self) -> datetime:
        """Return what o'clock it is in that world.

        Raises:
            NothingToExamineError: No sandbox runs there.
        """
        clock = await self._get(f"{self._console}/_sandbox/clock", {})
        return datetime.fromisoformat(clock["now"])

    async def find(self, run: str, *, app_id: int | None = None) -> Subject:
        """Return the installed app whose action is to be examined, and a new contact for it.

        An app that somebody put in the place of the sandbox's own comes first.

        Args:
            run: A number that no other examination has: the contact is made of it.
            app_id: The app, where there are many.

        Raises:
            NothingToExamineError: No sandbox runs, or no installed app has published an action.
        """
        self._known = await self._get(f"{self._console}/_sandbox/identities", {})
        app, action = await self._choose(app_id)
        phone = f"+336{int(run) % 10**8:08d}"
        contact = await self._create_contact(run, phone)
        asked = (action.get("objectRequestOptions") or {}).get("properties")
        return Subject(
            action=action["actionUrl"],
            secret=await self._secret_of(app),
            fields=_filled(action, phone),
            properties=None if asked is None else await self._properties(contact, asked),
            phone=phone,
            contact_id=int(contact),
            portal_id=self._hubspot["portal_id"],
            definition_id=int(action["id"]),
            version=int(action.get("revisionId") or 1),
            run=run,
            keys={"developer key": app.developer_key},
        )

    async def sent_to(self, phone: str) -> Sequence[Sms]:
        """Return the SMS that were sent to a number so far, newest first."""
        smsmode, found = self._known["smsmode"], []
        for name in ("marketing", "notification"):
            url = f"{smsmode['api']}/sms/v1/messages?pageSize=100"
            page = await self._get(url, {"x-api-key": smsmode["api_keys"][name]})
            found += [each for each in page["items"] if each.get("direction") != "MO"]
        return [
            Sms(
                id=each["messageId"],
                ref_client=each.get("refClient"),
                status_url=each.get("callbackUrlStatus"),
                reply_url=each.get("callbackUrlMo"),
            )
            for each in found
            if each["recipient"]["to"] == phone.removeprefix("+")
        ]

    @property
    def _hubspot(self) -> dict[str, Any]:
        hubspot: dict[str, Any] = self._known["hubspot"]
        return hubspot

    async def _choose(self, app_id: int | None) -> tuple[App, dict[str, Any]]:
        apps = await installed_apps(self._ask, self._hubspot["portal_id"])
        own = self._hubspot["app_id"]
        for app in sorted(apps, key=lambda app: app.id == own):
            for action in await actions_of(self._ask, app):
                if action["published"] and app_id in {None, app.id}:
                    return app, action
        names = ", ".join(f"{app.name} ({app.id})" for app in apps) or "none is"
        msg = (
            f"no installed app has published a workflow action (installed: {names}): "
            "install yours and publish its action, or give --action and --secret"
        )
        raise NothingToExamineError(msg)

    async def _secret_of(self, app: App) -> str:
        known = await self._ask("GET", "/_control/hubspot/apps")
        return str(
            next(each for each in known["results"] if each["appId"] == app.id)["clientSecret"]
        )

    async def _create_contact(self, run: str, phone: str) -> str:
        properties = {
            "email": f"contract-{run}@example.com",
            "firstname": "Zoé",
            "lastname": "Contrat",
            "phone": phone,
        }
        made = await self._ask("POST", "/crm/v3/objects/contacts", {"properties": properties})
        portal = self._hubspot["portal_id"]
        marketing = f"/_control/hubspot/portals/{portal}/contacts/{made['id']}/marketing"
        await self._ask("POST", marketing, {"value": True})
        return str(made["id"])

    async def _properties(self, contact: str, names: Sequence[str]) -> dict[str, str | None]:
        path = f"/crm/v3/objects/contacts/{contact}?properties={','.join(names)}"
        properties: dict[str, str | None] = (await self._ask("GET", path))["properties"]
        return {name: properties.get(name) for name in names}

    async def _ask(self, method: str, path: str, body: object = None) -> Any:
        url, token = self._hubspot["api"] + path, self._hubspot["access_token"]
        headers = {"authorization": f"Bearer {token}"}
        answer = await self._http.request(method, url, json=body, headers=headers)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    async def _get(self, url: str, headers: dict[str, str]) -> Any:
        try:
            answer = await self._http.get(url, headers=headers)
            answer.raise_for_status()
            return answer.json()
        except (httpx.HTTPError, ValueError) as exc:
            msg = (
                f"no sandbox answers at {self._console}: start one with `make sandbox`, say where "
                "it is with --sandbox, or give --action and --secret"
            )
            raise NothingToExamineError(msg) from exc


def _filled(action: dict[str, Any], phone: str) -> dict[str, str]:
    """Return what an author puts in an action's form, as HubSpot sends it."""
    return {
        name: phone if isinstance(value, dict) else str(value)
        for name, value in tutorial_form(action).items()
    }
