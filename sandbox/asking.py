"""Asking the parties for what people ask them for, as who may."""

from typing import Any

import httpx

from sandbox.addresses import Addresses
from sandbox.browser import Browser
from sandbox.identities import Identities


class FurnishingError(Exception):
    """A step of the furnishing was refused.

    Args:
        step: What was being done.
        answer: What was answered.
    """

    def __init__(self, step: str, answer: str) -> None:
        super().__init__(f"{step}: {answer}")
        self.step = step
        self.answer = answer


class NoActionError(FurnishingError):
    """No app that the account has installed has published a workflow action yet."""


class Asking:
    """Asks HubSpot as its account's developer, and the integration as its operator.

    Args:
        http: The way to the parties.
        addresses: Where they live.
        identities: Who may do what.
    """

    def __init__(
        self, http: httpx.AsyncClient, addresses: Addresses, identities: Identities
    ) -> None:
        self._http = http
        self._addresses = addresses
        self.identities = identities

    async def hubspot(self, method: str, path: str, body: object | None = None) -> Any:
        """Return HubSpot's answer to a call made with the account's private token.

        Raises:
            FurnishingError: HubSpot refuses.
        """
        return await self._call(
            method, self._addresses.hubspot_api + path, self.identities.access_token, body
        )

    async def operate(self, method: str, path: str, body: object | None = None) -> Any:
        """Return the integration's answer to its operator.

        Raises:
            FurnishingError: The integration refuses.
        """
        return await self._call(
            method, self._addresses.integration + path, self.identities.operator_token, body
        )

    async def _call(self, method: str, url: str, token: str, body: object | None) -> Any:
        answer = await self._http.request(
            method, url, json=body, headers={"authorization": f"Bearer {token}"}
        )
        if answer.is_error:
            raise FurnishingError(f"{method} {url}", answer.text)
        return answer.json() if answer.content else None


async def choose_account(browser: Browser, portal_id: int) -> None:
    """Choose a HubSpot account on the page that lists them.

    Raises:
        FurnishingError: The page does not list it.
    """
    link = next((words for words in browser.page.links if str(portal_id) in words), None)
    if link is None:
        step = "choosing the HubSpot account"
        raise FurnishingError(step, browser.page.text)
    await browser.follow(link)
