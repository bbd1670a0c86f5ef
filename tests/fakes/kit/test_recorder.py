"""The journal has the whole of an exchange, whatever the app did with it."""

from datetime import UTC, datetime

import httpx
import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fakes.kit.inprocess import InProcessTransport
from fakes.kit.journal import Journal
from fakes.kit.recorder import LARGEST_BODY_KEPT, Recorder

START: Message = {"type": "http.response.start", "status": 429, "headers": []}
END: Message = {"type": "http.response.body", "body": b"no"}


async def refuse(_: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - it is not read
    await send(START)
    await send(END)


async def read_late(_: Scope, receive: Receive, send: Send) -> None:
    await send(START)
    message = await receive()
    await send({"type": "http.response.body", "body": message["body"]})


def recorded(app: ASGIApp) -> tuple[Journal, ASGIApp]:
    journal = Journal(lambda: datetime(2026, 11, 23, 9, tzinfo=UTC))
    return journal, Recorder(app, journal, "hubspot")


@pytest.mark.parametrize(("app", "answer"), [(refuse, "no"), (read_late, '{"a":1}')])
async def test_what_an_app_does_not_read_before_it_answers_stands_there(
    app: ASGIApp, answer: str
) -> None:
    journal, ours = recorded(app)
    async with httpx.AsyncClient(transport=InProcessTransport(ours)) as http:
        answered = await http.post("https://api.hubapi.com/x", content=b'{"a":1}')
    assert (answered.status_code, answered.text) == (429, answer)
    [entry] = [entry.as_json() for entry in journal.entries()]
    assert entry["request"]["body"] == '{"a":1}'
    assert entry["answer"]["body"] == answer


async def test_a_long_body_is_not_waited_for_to_its_end() -> None:
    journal, ours = recorded(refuse)
    sent: list[Message] = []
    pieces = 0

    async def endless() -> Message:
        nonlocal pieces
        pieces += 1
        return {"type": "http.request", "body": bytes(LARGEST_BODY_KEPT // 4), "more_body": True}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "scheme": "https", "path": "/x", "query_string": b"",
        "headers": [],
    }  # fmt: skip
    await ours(scope, endless, send)
    assert (pieces, sent) == (4, [START, END])
    assert len(journal) == 1
