"""A service over HTTP: HEAD is answered without a body, and who has gone is not answered."""

import httpx
from starlette.types import Message

from fakes.kit.inprocess import InProcessTransport
from tests.fakes.hubspot.world import World


async def test_head_is_answered_as_get_without_the_body() -> None:
    async with World() as world:
        transport = InProcessTransport(world.hubspot.app)
        async with httpx.AsyncClient(transport=transport, base_url="https://any.test") as http:
            whole = await http.get("/_control/hubspot/settings")
            head = await http.head("/_control/hubspot/settings")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(whole.content))


async def test_a_caller_who_is_gone_before_its_body_is_not_answered() -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "scheme": "https",
        "path": "/oauth/v1/token",
        "query_string": b"",
        "headers": [],
    }
    async with World() as world:
        await world.hubspot.app(scope, receive, send)
    assert sent == []
