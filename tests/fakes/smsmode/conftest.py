"""One smsmode on a virtual clock, with an app that listens to its callbacks."""

from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import httpx
import orjson
import pytest

from fakes.kit.clock import EPOCH, VirtualClock
from fakes.kit.ids import SeededIds
from fakes.kit.journal import Journal
from fakes.kit.outbound import Outbound
from fakes.smsmode.accounts import Channel, Credential, Organisation
from fakes.smsmode.app import Smsmode
from fakes.smsmode.codes import Direction, Encoding, Flow, Role
from fakes.smsmode.message import Body, Message
from fakes.smsmode.settings_json import patched
from tests.fakes.smsmode.contract import Checked, check_callback

APP = "https://app.example"
PHONE = "33611111111"
BELGIAN = "32470123456"
FEW_SECONDS = timedelta(seconds=5)


class Listener:
    """An app's callback address: keeps what it hears and answers ``statuses`` in turn, then 200."""

    def __init__(self) -> None:
        self.heard: list[httpx.Request] = []
        self.statuses: list[int] = []

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        check_callback(request.content)
        self.heard.append(request)
        return httpx.Response(self.statuses.pop(0) if self.statuses else 200, text="seen")

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [orjson.loads(request.content) for request in self.heard]

    @property
    def values(self) -> list[str]:
        return [body["status"]["value"] for body in self.bodies if "status" in body]

    @property
    def replies(self) -> list[dict[str, Any]]:
        return [body for body in self.bodies if body["direction"] == "MO"]


class Desk:
    """One smsmode with a marketing and a notification channel, and the means to talk to it."""

    def __init__(self, http: httpx.AsyncClient, listener: Listener) -> None:
        self.clock = VirtualClock()
        self.journal = Journal(self.clock.now)
        self.listener = listener
        outbound = Outbound(http, lambda _: True)
        ids = SeededIds(7, "smsmode")
        self.smsmode = Smsmode(
            scheduler=self.clock,
            ids=ids,
            journal=self.journal,
            outbound=outbound,
            skip=lambda by: self.clock.jump(self.clock.now() + by),
        )
        self.organisation: Organisation = self.smsmode.add_organisation(
            "Salon", balance=Decimal(10)
        )
        self.marketing = self.channel("Hubspot Mkt", Flow.MARKETING)
        self.notification = self.channel("Hubspot Not", Flow.TRANSACTIONAL)
        self.key: Credential = self.smsmode.add_key(self.marketing.channel_id, "Hubspot Mkt")
        transport = Checked(httpx.ASGITransport(self.smsmode.app))
        self.http = httpx.AsyncClient(transport=transport, base_url="https://rest.smsmode.com")

    def channel(self, name: str, flow: Flow) -> Channel:
        return self.smsmode.add_channel(
            self.organisation.organisation_id,
            name,
            flow,
            default_callback_status=f"{APP}/status",
            default_callback_mo=f"{APP}/mo",
        )

    def new_key(self, channel: Channel, *roles: Role) -> str:
        return self.smsmode.add_key(channel.channel_id, "another", roles=roles).value

    def set(self, **changes: Any) -> None:
        self.smsmode.party.settings = patched(self.smsmode.party.settings, changes)

    async def call(
        self, method: str, path: str, body: object = None, *, key: str | None = None
    ) -> httpx.Response:
        headers = {"X-Api-Key": self.key.value if key is None else key}
        content = None if body is None else orjson.dumps(body)
        return await self.http.request(method, path, content=content, headers=headers)

    async def post(self, **changes: Any) -> httpx.Response:
        return await self.call("POST", "/sms/v1/messages", request(**changes))

    async def send(self, **changes: Any) -> dict[str, Any]:
        answer = await self.post(**changes)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def control(self, method: str, path: str, body: object = None) -> httpx.Response:
        content = None if body is None else orjson.dumps(body)
        return await self.http.request(method, f"/_control/smsmode{path}", content=content)

    async def reply(self, text: str, number: str = PHONE, **more: str) -> httpx.Response:
        return await self.control("POST", f"/phones/{number}/reply", {"text": text, **more})

    def events(self, kind: str) -> list[dict[str, Any]]:
        return [e.as_json() for e in self.journal.entries() if e.kind == kind]


def request(to: str = PHONE, text: str = "Bonjour", **changes: Any) -> dict[str, Any]:
    """Return a request to send; ``stop`` and ``encoding`` go into its body."""
    body: dict[str, Any] = {
        "text": text,
        **{k: changes.pop(k) for k in ("stop", "encoding") if k in changes},
    }
    sender: dict[str, Any] = {"from": changes.pop("sender")} if "sender" in changes else {}
    return {"recipient": {"to": to}, "body": body, **sender, **changes}


def accepted(
    to: str = PHONE, *, message_id: str = "message", parts: int = 1, mention: str = ""
) -> Message:
    """Return an accepted message."""
    body = Body(text="Bonjour", encoding=Encoding.GSM7, parts=parts, length=7, mention=mention)
    return Message(
        message_id=message_id,
        channel_id="channel",
        organisation_id="organisation",
        direction=Direction.MT,
        to=to,
        sender="36034",
        body=body,
        accepted_at=EPOCH,
        sent_date=EPOCH,
        ref_client=None,
    )


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
async def desk(listener: Listener) -> AsyncIterator[Desk]:
    async with httpx.AsyncClient(transport=httpx.MockTransport(listener)) as http:
        made = Desk(http, listener)
        async with made.http:
            yield made


@pytest.fixture
async def visitor(desk: Desk) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(desk.smsmode.app)
    address = "https://ui.smsmode.com"
    async with httpx.AsyncClient(transport=transport, base_url=address) as http:
        yield http


async def delivered(desk: Desk, **changes: object) -> str:
    message = await desk.send(**changes)
    await desk.clock.advance(FEW_SECONDS)
    return str(message["messageId"])


@pytest.fixture
def admin(desk: Desk) -> str:
    return desk.new_key(desk.marketing, Role.ADMIN)
