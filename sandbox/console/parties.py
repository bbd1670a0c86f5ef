"""The parties over HTTP: what the console reads of them, and what it has them do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from sandbox.addresses import Addresses
from sandbox.apps import actions_of, installed_apps, known_apps
from sandbox.console.people import SHOWN, Contact
from sandbox.identities import Identities
from sandbox.tutorial import SOURCE, VISITOR

CONTACTS_SHOWN = 50
"""How many contacts are listed."""
FIRST_ERROR, NOT_FOUND = 400, 404


class RefusedError(Exception):
    """A party refused what the console asked of it.

    Args:
        asked: The request.
        status: The HTTP status.
        answer: What was answered.
    """

    def __init__(self, asked: str, status: int, answer: str) -> None:
        super().__init__(f"{asked}: {status} {answer}")
        self.asked = asked
        self.status = status
        self.answer = answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """Which apps the account has installed.

    Args:
        has_own: Whether the sandbox's own is one.
        other: The name of the first of the others, which somebody may have put in its place.
    """

    has_own: bool
    other: str | None

    @property
    def replacement(self) -> str | None:
        """The name of the app that stands in our own one's place; ``None`` when none does."""
        return None if self.has_own else self.other


class Parties:
    """HubSpot, smsmode and the integration, as somebody who holds all their keys.

    Args:
        http: The way to them.
        addresses: Where they live.
        identities: The keys.
    """

    def __init__(
        self, http: httpx.AsyncClient, addresses: Addresses, identities: Identities
    ) -> None:
        self._http = http
        self._addresses = addresses
        self._identities = identities
        self._portal = f"/_control/hubspot/portals/{identities.portal_id}"

    async def contacts(self) -> list[Contact]:
        """Return the account's first contacts, in order."""
        answer = await self._hubspot(
            "GET",
            "/crm/v3/objects/contacts",
            query={"limit": str(CONTACTS_SHOWN), "properties": ",".join(SHOWN)},
        )
        return [Contact.read(found) for found in answer["results"]]

    async def contact(self, contact_id: str) -> Contact | None:
        """Return a contact, or ``None`` when there is none."""
        return Contact.read(answer) if (answer := await self._find_contact(contact_id)) else None

    def card_page(self, contact_id: str) -> str:
        """Return the address of the page on which HubSpot shows the apps' cards of a contact."""
        return f"{self._addresses.hubspot_api}{self._portal}/contacts/{contact_id}/cards/page"

    async def timeline(self, contact_id: str) -> list[dict[str, Any]]:
        """Return a contact's timeline as people see it, newest first."""
        answer = await self._hubspot("GET", f"{self._portal}/contacts/{contact_id}/timeline")
        return list(answer["results"])

    async def enrolments(self, contact_id: str) -> list[dict[str, Any]]:
        """Return what workflows did with a contact, newest first, each with its steps.

        ``flow`` holds the workflow's name, or its number once it is gone.
        """
        flows = await self._hubspot("GET", "/automation/v4/flows")
        names = {flow["id"]: flow.get("name") for flow in flows["results"]}
        query = {"contactId": contact_id}
        answer = await self._hubspot("GET", f"{self._portal}/enrollments", query=query)
        return [
            {**found, "flow": names.get(found["flowId"]) or found["flowId"]}
            for found in reversed(answer["results"])
        ]

    async def action_names(self, language: str) -> dict[str, str]:
        """Return what the apps call their workflow actions, by their ``actionTypeId``."""
        return {
            f"1-{action['id']}": (action["labels"].get(language) or action["labels"]["en"])[
                "actionName"
            ]
            for app in await known_apps(self._hubspot)
            for action in await actions_of(self._hubspot, app)
        }

    async def has_workflow(self) -> bool:
        """Return whether the account has a workflow, whatever it does."""
        flows = await self._hubspot("GET", "/automation/v4/flows", query={"limit": "1"})
        return bool(flows["results"])

    async def installed(self) -> Installed:
        """Return what stands under the account's connected apps."""
        apps = await installed_apps(self._hubspot, self._identities.portal_id)
        others = (app.name for app in apps if app.id != self._identities.app_id)
        return Installed(
            has_own=any(app.id == self._identities.app_id for app in apps),
            other=next(others, None),
        )

    async def phones(self) -> list[dict[str, Any]]:
        """Return every phone that got or wrote something, each with its thread."""
        answer = await self._smsmode("GET", "/phones")
        return [await self.phone(phone["msisdn"]) for phone in answer["phones"]]

    async def phone(self, number: str) -> dict[str, Any]:
        """Return a phone with its thread, oldest first."""
        answer: dict[str, Any] = await self._smsmode("GET", f"/phones/{number}")
        return answer

    async def come_to_fair(self, contact_id: str) -> None:
        """Have somebody note on the record that the contact came to the fair, which enrols it.

        Raises:
            RefusedError: HubSpot refuses, as when the property is not there.
        """
        path = f"{self._portal}/contacts/{contact_id}"
        # A property that is written with the value that it has changes nothing and enrols nobody.
        for value in ("", VISITOR):
            await self._hubspot("PATCH", path, body={"properties": {SOURCE: value}})

    async def reply(self, number: str, text: str) -> None:
        """Have the phone's owner write ``text``.

        Raises:
            RefusedError: It cannot, as when it has received nothing yet.
        """
        await self._smsmode("POST", f"/phones/{number}/reply", body={"text": text})

    async def invite(self) -> str:
        """Return the smsmode account's install link.

        Raises:
            RefusedError: The integration refuses.
        """
        body = {"account": self._identities.smsmode_account}
        answer = await self._operator("POST", "/operator/installs", body)
        return str(answer["install_url"])

    async def is_linked(self) -> bool:
        """Return whether the account's API keys are linked."""
        answer = await self._operator("GET", "/operator/accounts")
        return any(
            found["linked"] and found["portal_id"] == self._identities.portal_id
            for found in answer["results"]
        )

    async def link_keys(self) -> None:
        """Link the account's API keys, as the operator does.

        Raises:
            RefusedError: The integration refuses, as before the installation.
        """
        keys = self._identities.api_keys
        path = f"/operator/accounts/{self._identities.portal_id}/keys"
        body = {"marketing": keys["marketing"], "notification": keys["notification"]}
        await self._operator("PUT", path, body)

    async def _find_contact(self, contact_id: str) -> dict[str, Any] | None:
        path = f"/crm/v3/objects/contacts/{contact_id}"
        try:
            found: dict[str, Any] = await self._hubspot(
                "GET", path, query={"properties": ",".join(SHOWN)}
            )
        except RefusedError as exc:
            if exc.status == NOT_FOUND:
                return None
            raise
        return found

    async def _hubspot(
        self,
        method: str,
        path: str,
        *,
        body: object | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Any:
        url = self._addresses.hubspot_api + path
        return await self._call(method, url, self._identities.access_token, body, query)

    async def _smsmode(self, method: str, path: str, *, body: object | None = None) -> Any:
        url = f"{self._addresses.smsmode_api}/_control/smsmode{path}"
        return await self._call(method, url, None, body)

    async def _operator(self, method: str, path: str, body: object | None = None) -> Any:
        url = self._addresses.integration + path
        return await self._call(method, url, self._identities.operator_token, body)

    async def _call(
        self,
        method: str,
        url: str,
        token: str | None,
        body: object | None,
        query: Mapping[str, str] | None = None,
    ) -> Any:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        answer = await self._http.request(method, url, json=body, headers=headers, params=query)
        if answer.status_code >= FIRST_ERROR:
            raise RefusedError(f"{method} {url}", answer.status_code, answer.text)
        return answer.json() if answer.content else None
