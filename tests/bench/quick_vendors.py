"""HubSpot and smsmode that answer at once and remember nothing."""

import itertools
import json
import os
from collections.abc import Callable

import httpx

_GRANT = {"access_token": "access", "refresh_token": "refresh", "expires_in": 1800}


class QuickVendors(httpx.AsyncBaseTransport):
    """A network with two vendors in it.

    Args:
        on_sent: Called with every SMS that smsmode takes.
    """

    def __init__(self, on_sent: Callable[[], object]) -> None:
        self._on_sent = on_sent
        self._numbers = itertools.count()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.host != "smsmode.test":
            is_token = request.url.path.endswith("/token")
            return httpx.Response(200, json=_GRANT if is_token else {})
        asked = json.loads(request.content)
        text = asked["body"]["text"]
        self._on_sent()
        taken = {
            **asked,
            "messageId": f"sms-{os.getpid()}-{id(self)}-{next(self._numbers)}",
            "from": "36034",
            "body": {**asked["body"], "length": len(text), "messagePartCount": 1},
            "status": {"value": "ENROUTE"},
        }
        return httpx.Response(201, json=taken)
