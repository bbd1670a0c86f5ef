"""A service whose caller goes away: nobody is answered, and nothing breaks."""

from starlette.types import Message

from tests.fakes.hubspot.world import World


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
