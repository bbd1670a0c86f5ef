"""HubSpot and smsmode that answer at once and remember nothing, and a network that reports."""

import asyncio
import itertools
import json
import os
from collections.abc import Callable
from typing import Any

import httpx

from core.ports import Clock
from tests.core.builders import execution, sign

_GRANT = {"access_token": "access", "refresh_token": "refresh", "expires_in": 1800}
_LAST_EVENT = "-received"
_AT_ONCE = 16


class QuickVendors(httpx.AsyncBaseTransport):
    """A network with two vendors in it, which play their parts of the loop.

    Args:
        on_told: Called with how many SMS HubSpot has now been told the last status of.

    Attributes:
        taken: The SMS that smsmode has taken and not reported on yet.
    """

    def __init__(self, on_told: Callable[[int], object]) -> None:
        self._on_told = on_told
        self._numbers = itertools.count()
        self.taken: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.host != "smsmode.test":
            return self._hubspot(request)
        asked = json.loads(request.content)
        text = asked["body"]["text"]
        taken = {
            **asked,
            "messageId": f"sms-{os.getpid()}-{id(self)}-{next(self._numbers)}",
            "from": "36034",
            "body": {**asked["body"], "length": len(text), "messagePartCount": 1},
            "status": {"value": "ENROUTE"},
        }
        self.taken.put_nowait(taken)
        return httpx.Response(201, json=taken)

    def _hubspot(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/token"):
            return httpx.Response(200, json=_GRANT)
        if "/events/batch" in request.url.path:
            ids = [one["id"] for one in json.loads(request.content)["inputs"]]
            self._on_told(sum(one.endswith(_LAST_EVENT) for one in ids))
        return httpx.Response(200, json={})

    async def execute(self, core: httpx.AsyncClient, clock: Clock, callback_ids: list[str]) -> None:
        """Have HubSpot execute the action for each of ``callback_ids``, some at once."""
        left = iter(callback_ids)

        async def go_on() -> None:
            for callback_id in left:
                body = execution(callback_id, type="notification", text="Votre badge vous attend.")
                answer = await core.post("/hubspot/action", content=body, headers=sign(body, clock))
                answer.raise_for_status()

        async with asyncio.TaskGroup() as group:
            for _ in range(_AT_ONCE):
                group.create_task(go_on())

    async def report(self, core: httpx.AsyncClient) -> None:
        """Report each SMS delivered, one after the other, until cancelled."""
        while True:
            sms = await self.taken.get()
            status = {"value": "DELIVERED"}
            told = {"messageId": sms["messageId"], "status": status, "refClient": sms["refClient"]}
            (await core.post(sms["callbackUrlStatus"], json=told)).raise_for_status()
