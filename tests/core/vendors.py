"""Two vendors as small as they can be: what they took is kept, and they fail when told to."""

import json
import pickle
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import anyio.lowlevel
import httpx

from fakes.kit.clock import VirtualClock


class PowerCutError(BaseException):
    """The process dies in the middle of a call; nothing of the core may catch it."""


@dataclass(slots=True, kw_only=True)
class Trouble:
    """What goes wrong with calls of one kind."""

    where: str
    what: int | type[BaseException]
    done: bool
    times: int
    body: object
    headers: Mapping[str, str]


@dataclass
class Vendor:
    """A vendor that answers from its state, unless there is trouble."""

    clock: VirtualClock
    calls: list[httpx.Request] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    meanwhile: Callable[[], Awaitable[object]] | None = None
    """What happens once while the next call is under way."""

    def trouble(
        self,
        where: str,
        what: int | type[BaseException],
        *,
        done: bool = False,
        times: int = 1,
        body: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Fail the next ``times`` calls whose ``METHOD /path`` contains ``where``.

        Args:
            where: Which calls.
            what: The status that is answered, or what is raised in place of an answer.
            done: Whether the vendor did what was asked before it failed.
            times: How many calls fail.
            body: What is answered beside the status.
            headers: Likewise.
        """
        self.troubles.append(
            Trouble(
                where=where, what=what, done=done, times=times, body=body, headers=headers or {}
            )
        )

    def calls_to(self, where: str) -> list[httpx.Request]:
        """Return the calls whose ``METHOD /path`` contains ``where``."""
        return [call for call in self.calls if where in _name(call)]

    def handle(self, request: httpx.Request) -> httpx.Response:
        """Answer, or fail as told."""
        self.calls.append(request)
        due = (t for t in self.troubles if t.times > 0 and t.where in _name(request))
        trouble = next(due, None)
        if trouble is None:
            return self.answer(request)
        trouble.times -= 1
        if trouble.done:
            self.answer(request)
        if isinstance(trouble.what, int):
            return httpx.Response(trouble.what, json=trouble.body, headers=dict(trouble.headers))
        raise trouble.what("told to fail")

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Do what is asked and answer it."""
        raise NotImplementedError

    def state(self) -> "State":
        """Return what it knows, for another to begin with."""
        known = {
            name: value for name, value in vars(self).items() if name not in {"clock", "calls"}
        }
        return State(known=pickle.dumps(known), calls=(*self.calls,))

    def resume(self, state: "State") -> None:
        """Know what another knew."""
        vars(self).update(pickle.loads(state.known))  # noqa: S301 - written by ``state``
        self.calls = [*state.calls]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a vendor knew; pickled, since every test begins with a copy of it."""

    known: bytes
    calls: tuple[httpx.Request, ...]


class Network(httpx.AsyncBaseTransport):
    """The way to the vendors, by host; there is nothing else out there."""

    def __init__(self, vendors: Mapping[str, Vendor]) -> None:
        self._vendors = vendors

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        vendor = self._vendors.get(request.url.host)
        if vendor is None:
            msg = f"{request.url.host} is nobody"
            raise httpx.ConnectError(msg)
        # Others get their turn while a call is under way, as on a real network.
        await anyio.lowlevel.checkpoint()
        if (meanwhile := vendor.meanwhile) is not None:
            vendor.meanwhile = None
            await meanwhile()
        return vendor.handle(request)


@dataclass
class SmallSmsmode(Vendor):
    """Takes SMS for the keys it knows, and lists them by reference once it has got round to it."""

    keys: set[str] = field(default_factory=set)
    flows: dict[str, str] = field(default_factory=dict)
    sent: list[dict[str, Any]] = field(default_factory=list)
    lists_after: float = 0.0
    status: str = "ENROUTE"
    refuses: set[str] = field(default_factory=set)
    campaigns: list[int] = field(default_factory=list)
    forgets: bool = False  # as if nothing had been sent before: every SMS is the first

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("x-api-key") not in self.keys:
            return httpx.Response(401, json={"errorCode": "401.001", "message": "Unknown key"})
        asked = json.loads(request.content) if request.method == "POST" else {}
        if request.method == "POST" and request.url.path.endswith("/campaigns"):
            return self._launch(asked)
        if request.method == "POST":
            return self._take(asked)
        if request.url.path.endswith("/messages"):
            return self._list(request.url.params)
        if "/organisations" in request.url.path:
            return self._look_around(request)
        return self._read(request.url.path.rsplit("/", 1)[1])

    def _look_around(self, request: httpx.Request) -> httpx.Response:
        """Tell a key's organisation and its channel, when it is known what that is for."""
        flow = self.flows.get(request.headers["x-api-key"])
        if flow is None:
            told = {"errorCode": "403.001", "message": "Its role does not allow it"}
            return httpx.Response(403, json=told)
        if request.url.path.endswith("/channels"):
            return httpx.Response(200, json={"items": [{"channelId": "c-1", "flow": flow}]})
        return httpx.Response(200, json={"items": [{"organisationId": "o-1"}]})

    def _launch(self, asked: dict[str, Any]) -> httpx.Response:
        recipients = asked.pop("recipients")
        if bad := [one["to"] for one in recipients if one["to"] in self.refuses]:
            return httpx.Response(400, json={"errorCode": "400.029", "message": f"{bad} is bad"})
        self.campaigns.append(len(recipients))
        for one in recipients:
            self._take({**asked, "recipient": one, "refClient": one["refClient"]})
        told = {"campaignId": f"campaign-{len(self.campaigns)}", "body": self.sent[-1]["body"]}
        return httpx.Response(201, json=told)

    def _read(self, message_id: str) -> httpx.Response:
        for message in self.sent:
            if message["messageId"] == message_id:
                shown = {**message, "status": {"value": self.status}}
                return httpx.Response(200, json={k: v for k, v in shown.items() if k != "at"})
        return httpx.Response(404, json={"errorCode": "404.001", "message": "No such message"})

    def _take(self, asked: dict[str, Any]) -> httpx.Response:
        if asked["recipient"]["to"] in self.refuses:
            return httpx.Response(400, json={"errorCode": "400.029", "message": "bad number"})
        text = asked["body"]["text"] + (" STOP 36034" if asked["body"]["stop"] else "")
        message = {
            "messageId": f"sms-{1 if self.forgets else len(self.sent) + 1}",
            "recipient": asked["recipient"],
            "from": asked.get("from", "36034"),
            "body": {**asked["body"], "text": text, "length": len(text), "messagePartCount": 1},
            "status": {"value": self.status},
            "refClient": asked["refClient"],
            "callbackUrlStatus": asked["callbackUrlStatus"],
            "callbackUrlMo": asked["callbackUrlMo"],
        }
        self.sent.append({**message, "at": self.clock.now()})
        return httpx.Response(201, json=message)

    def _list(self, query: httpx.QueryParams) -> httpx.Response:
        ref = query.get("searchBy[refClient]")
        found = [
            {name: value for name, value in message.items() if name != "at"}
            for message in self.sent
            if message["refClient"] == ref
            and (self.clock.now() - message["at"]).total_seconds() >= self.lists_after
        ]
        return httpx.Response(200, json={"items": found[: int(query["pageSize"])]})


def _name(request: httpx.Request) -> str:
    return f"{request.method} {request.url.path}"
