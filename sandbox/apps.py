"""The apps of a HubSpot: which there are, which an account has installed, what actions they offer."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

Ask = Callable[[str, str], Awaitable[Any]]
"""Asks HubSpot with a method and a path, and returns what it answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """One app.

    Args:
        id: Its number.
        name: What HubSpot's pages call it.
        developer_key: The key with which its actions are read.
    """

    id: int
    name: str
    developer_key: str


async def known_apps(ask: Ask) -> list[App]:
    """Return every app that HubSpot knows, oldest first."""
    answer = await ask("GET", "/_control/hubspot/apps")
    return [
        App(id=app["appId"], name=app["name"], developer_key=app["developerKey"])
        for app in answer["results"]
    ]


async def installed_apps(ask: Ask, portal_id: int) -> list[App]:
    """Return the apps that an account has installed, oldest first."""
    answer = await ask("GET", f"/_control/hubspot/portals/{portal_id}/connected-apps")
    installed = {app["appId"] for app in answer["results"]}
    return [app for app in await known_apps(ask) if app.id in installed]


async def actions_of(ask: Ask, app: App) -> list[dict[str, Any]]:
    """Return the workflow actions of an app, published or not, oldest first."""
    answer = await ask("GET", f"/automation/v4/actions/{app.id}?hapikey={app.developer_key}")
    return list(answer["results"])
