"""Visits at the card: HubSpot's fetches, and the pages that they lead to."""

import re
from html import unescape

import httpx

from tests.core.builders import PORTAL, PUBLIC, sign_for
from tests.core.harness import Harness


async def fetch(harness: Harness, method: str, path: str, body: bytes = b"") -> httpx.Response:
    query = f"userId=1&portalId={PORTAL}&userEmail=a%40b.example&appId=4242&contactId=512"
    target = f"/hubspot/card/{path}?{query}"
    headers = sign_for(method, f"{PUBLIC}{target}", body, harness.clock)
    return await harness.request(method, target, content=body, headers=headers)


async def links(harness: Harness) -> dict[str, str]:
    target = f"/hubspot/card?portalId={PORTAL}&associatedObjectId=512&userId=1"
    headers = sign_for("GET", f"{PUBLIC}{target}", b"", harness.clock)
    card = (await harness.request("GET", target, headers=headers)).json()
    actions = [card["primaryAction"], *card["secondaryActions"]]
    return {each["label"]: each["uri"].removeprefix(PUBLIC) for each in actions}


async def page(harness: Harness, label: str) -> httpx.Response:
    return await harness.request("GET", (await links(harness))[label])


def hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found is not None
    return unescape(found[1])
