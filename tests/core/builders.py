"""The settings and identities of the tests' core, and what the vendors send it."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

from core.bootstrap import IN_MEMORY
from core.ports import Clock
from core.settings import Settings
from core.variables import Secret
from tests.core.small_hubspot import DEVELOPER_KEY

PUBLIC = "https://sms.example"
PORTAL, OTHER_PORTAL = 62515, 62516
CLIENT_SECRET = "yyyyyyyy-yyyy"  # noqa: S105 - of an app that does not exist
OPERATOR = "operator-token"
MARKETING, NOTIFICATION = "key-marketing", "key-notification"
VAULT_KEY, OLD_VAULT_KEY = (base64.urlsafe_b64encode(c * 32).decode() for c in (b"n", b"o"))
PHONE = "+33611111111"
MIB = 1024 * 1024

SETTINGS = Settings(
    public_url=PUBLIC,
    app_id=4242,
    client_id="client-id",
    client_secrets=(Secret(CLIENT_SECRET),),
    developer_key=Secret(DEVELOPER_KEY),
    operator_token=Secret(OPERATOR),
    vault_keys=(Secret(VAULT_KEY),),
    database=IN_MEMORY,
    hubspot_api="https://api.hubspot.test",
    hubspot_app="https://app.hubspot.test",
    smsmode_api="https://smsmode.test",
    reconcile_after=timedelta(days=30),  # only where a test is about it
    reconcile_reported_after=timedelta(days=30),
)


def execution(
    callback_id: object = "ap-1",
    *,
    portal_id: object = PORTAL,
    contact_id: object = 512,
    properties: dict[str, Any] | None = None,
    **fields: Any,
) -> bytes:
    """Return an execution of the action: a promotional SMS unless ``fields`` say otherwise."""
    filled = {"type": "promotional", "text": "Bonjour $prenom", **fields}
    known = {"phone": "06 11 11 11 11", "firstname": "Zoé", "hs_marketable_status": "true"}
    called = {
        "callbackId": callback_id,
        "origin": {"portalId": portal_id, "actionDefinitionId": 1, "actionDefinitionVersion": 1},
        "context": {"source": "WORKFLOWS", "workflowId": 9},
        "object": {
            "objectId": contact_id,
            "objectType": "CONTACT",
            "properties": known | (properties or {}),
        },
        "inputFields": filled,
    }
    return json.dumps(called).encode()


def sign(
    body: bytes,
    clock: Clock,
    *,
    age: float = 0,
    secret: str = CLIENT_SECRET,
    path: str = "/hubspot/action",
) -> dict[str, str]:
    """Return the headers of a POST that HubSpot signed ``age`` seconds ago: an execution's."""
    return sign_for("POST", f"{PUBLIC}{path}", body, clock, age=age, secret=secret)


def sign_for(
    method: str,
    url: str,
    body: bytes,
    clock: Clock,
    *,
    age: float = 0,
    secret: str = CLIENT_SECRET,
) -> dict[str, str]:
    """Return the headers of a request that HubSpot signed ``age`` seconds ago."""
    stamp = str(int((clock.now() - timedelta(seconds=age)).timestamp() * 1000))
    source = f"{method}{url}".encode() + body + stamp.encode()
    digest = hmac.new(secret.encode(), source, hashlib.sha256).digest()
    return {
        "x-hubspot-signature-v3": base64.b64encode(digest).decode(),
        "x-hubspot-request-timestamp": stamp,
    }


def report(value: str = "DELIVERED", *, message_id: str = "sms-1", **more: Any) -> dict[str, Any]:
    """Return a delivery report; ``detail`` and ``deliveryDate`` go into its status."""
    status = {name: more.pop(name) for name in ("detail", "deliveryDate") if name in more}
    return {"messageId": message_id, "status": {"value": value, **status}, **more}


def reply(text: str = "Merci", *, reply_id: str = "mo-1", **more: Any) -> dict[str, Any]:
    """Return a reply from ``PHONE`` to the short code."""
    body: dict[str, Any] = {"text": text, **more.pop("body", {})}
    route = {"from": PHONE.removeprefix("+"), "recipient": {"to": "36034"}}
    return {"messageId": reply_id, "direction": "MO", **route, "body": body, **more}
