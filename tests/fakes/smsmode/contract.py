"""Holds every JSON answer and callback of the fake against its schema, whichever test asked."""

import httpx
import orjson

from fakes.kit.schemas import Schemas
from fakes.smsmode.control import PREFIX
from fakes.smsmode.table import TABLE

SCHEMAS = Schemas("fakes.smsmode")
"""Compiled once for the whole suite."""
NO_JSON = "an answer without JSON"


class Checked(httpx.AsyncBaseTransport):
    """Passes requests on to an app, and refuses an answer that is not what the table promises."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await self._inner.handle_async_request(request)
        await answer.aread()
        name = schema_of(request.method, request.url, answer)
        if name is not None:
            SCHEMAS.check(name, orjson.loads(answer.content))
        return answer


def schema_of(method: str, url: httpx.URL, answer: httpx.Response) -> str | None:
    """Return the schema of an answer, or ``None`` when it is a page or empty."""
    is_json = answer.headers.get("content-type", "").startswith("application/json")
    if not is_json or url.host == "no-sms.eu":
        return None
    route = TABLE.match(method, url.path).route
    if answer.is_error:
        return "control#refusal" if route and url.path.startswith(PREFIX) else "error"
    return route.answers if route and route.answers else NO_JSON


def check_callback(raw: bytes) -> None:
    """Let a callback's body pass that is a report or a reply, as it says."""
    body = orjson.loads(raw)
    SCHEMAS.check("report" if "status" in body else "reply", body)
