"""A core as its operator's commands find it, and what ``doctor`` says of it."""

from dataclasses import replace
from datetime import datetime, timedelta

import httpx

from core.clients.running import Running
from core.commands.doctor import examine
from core.commands.findings import Examined
from core.settings import Settings
from core.variables import Secret
from tests.core.harness import Harness
from tests.core.vendors import Network

NEW_KEY = "bmV3LWtleS1uZXcta2V5LW5ldy1rZXktbmV3LWtleSE="
LONG = Secret("a-token-that-nobody-guesses")


class Way(httpx.AsyncBaseTransport):
    """The way to a core that may run and to the small vendors, whose answers say what o'clock it is."""

    def __init__(self, harness: Harness, now: datetime, *, runs: bool) -> None:
        self._core = httpx.ASGITransport(harness.core.app) if runs else None
        self._host = httpx.URL(harness.settings.public_url).host
        vendors = {"api.hubspot.test": harness.hubspot, "smsmode.test": harness.smsmode}
        self._vendors = Network(vendors)
        self._date = now.strftime("%a, %d %b %Y %H:%M:%S GMT")

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self._core is not None and request.url.host == self._host:
            return await self._core.handle_async_request(request)
        answer = await self._vendors.handle_async_request(request)
        answer.headers["date"] = self._date
        return answer


async def examined(
    harness: Harness,
    settings: Settings | None = None,
    *,
    runs: bool = True,
    vendors_late: timedelta = timedelta(),
) -> Examined:
    settings = settings or replace(harness.settings, operator_token=LONG)
    if harness.settings.operator_token != settings.operator_token:
        harness.restart(operator_token=settings.operator_token)
    way = Way(harness, harness.clock.now() - vendors_late, runs=runs)
    async with httpx.AsyncClient(transport=way) as http:
        return await examine(settings, http, harness.clock)


def about(found: Examined, what: str) -> tuple[str, str, str]:
    """Return the verdict, the words and what to do of the one finding about ``what``."""
    (one,) = [finding for finding in found.findings if finding.what == what]
    return one.verdict, one.said, one.todo


def core_of(harness: Harness) -> Running:
    http = httpx.AsyncClient(transport=httpx.ASGITransport(harness.core.app))
    return Running(http, harness.settings.public_url, harness.settings.operator_token)
