"""A contact who has got SMS and answered them, and what is known of them."""

import json
from typing import Any

import httpx

from core.stores.schema import metadata
from tests.core.builders import PORTAL, reply, report, sign
from tests.core.harness import Harness

CONTACT = 512
PERSONAL = ("11111111", "Zoé", "Merci", "STOP")
"""What the tables hold of the contact, once they have lived a little."""
IDS = (f"'{CONTACT}'", f'"{CONTACT}"')
"""How the tables name the contact, in columns and in what waits to be told."""


async def live_a_little(harness: Harness) -> None:
    """Have an SMS delivered and answered, with a STOP, and another one wait."""
    await harness.execute("ap-1")
    await harness.settle()
    await harness.call_back("status", report())
    await harness.call_back("inbound", reply("Merci", reply_id="mo-1"))
    await harness.call_back("inbound", reply("STOP", reply_id="mo-2"))
    await harness.execute("ap-2", properties={"phone": ""}, text="Bonjour")


def deletion(portal_id: int = PORTAL, contact_id: int = CONTACT, **more: Any) -> dict[str, Any]:
    return {
        "eventId": 1,
        "subscriptionId": 2,
        "portalId": portal_id,
        "appId": 4242,
        "occurredAt": 1769000000000,
        "subscriptionType": "contact.privacyDeletion",
        "attemptNumber": 0,
        "objectId": contact_id,
        **more,
    }


async def deliver(harness: Harness, *notices: dict[str, Any]) -> httpx.Response:
    body = json.dumps(list(notices)).encode()
    headers = sign(body, harness.clock, path="/hubspot/webhooks")
    return await harness.request("POST", "/hubspot/webhooks", content=body, headers=headers)


async def dump(harness: Harness) -> str:
    """Return all that the tables hold, as text."""

    def read(tx: Any) -> str:
        rows = [row for t in metadata.sorted_tables for row in tx.execute(t.select()).all()]
        return "\n".join(map(str, rows))

    return await harness.database.run(read)


async def left_of(harness: Harness) -> list[str]:
    """Return what the tables still hold of the contact."""
    text = await dump(harness)
    return [word for word in (*PERSONAL, *IDS) if word in text]
