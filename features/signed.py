"""Requests that HubSpot signs, made as it makes them: for the card, and for a UI extension."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import httpx

from features.stage import Stage
from sandbox.parties import EMAIL


def signed(stage: Stage, url: str, body: bytes = b"", **how: Any) -> dict[str, str]:
    """Return the headers of HubSpot's request; ``age`` in seconds, ``secret``, ``method``."""
    moment = stage.world.clock.now().timestamp() - how.get("age", 0)
    stamp = str(int(moment * 1000))
    source = f"{how.get('method', 'GET')}{url}".encode() + body + stamp.encode()
    secret = how.get("secret", stage.identities.client_secret)
    digest = hmac.new(secret.encode(), source, hashlib.sha256).digest()
    return {
        "x-hubspot-signature-v3": base64.b64encode(digest).decode(),
        "x-hubspot-request-timestamp": stamp,
    }


def integration(stage: Stage, path: str, query: Mapping[str, object]) -> str:
    return f"{stage.world.addresses.integration}{path}?{urlencode(query)}"


def fetch(stage: Stage, url: str, headers: Mapping[str, str]) -> httpx.Response:
    stage.answer = stage.run(stage.world.http.get(url, headers=headers))
    return stage.answer


def extension(
    stage: Stage,
    method: str,
    path: str,
    body: object = None,
    *,
    query: Mapping[str, object] | None = None,
    more: str = "",
) -> httpx.Response:
    """Make a request as HubSpot's proxy does for the card of a UI extension."""
    identity = {
        "contactId": stage.contact_id,
        "userId": 1,
        "portalId": stage.identities.portal_id,
        "userEmail": EMAIL,
        "appId": stage.identities.app_id,
    }
    url = integration(stage, f"/hubspot/card/{path}", {**identity, **(query or {})}) + more
    content = b"" if body is None else json.dumps(body).encode()
    headers = signed(stage, url, content, method=method)
    stage.answer = stage.run(
        stage.world.http.request(method, url, content=content, headers=headers)
    )
    return stage.answer
