"""Serves a bare Starlette route and a fake smsmode, side by side in one process."""

import asyncio
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from socket import socket

import httpx
import orjson
import uvicorn
import uvloop
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from fakes.kit.clock import VirtualClock
from fakes.kit.ids import SeededIds
from fakes.kit.journal import Journal
from fakes.kit.outbound import Outbound
from fakes.kit.recorder import Recorder
from fakes.kit.serving import COLLECTED_AFTER, bind
from fakes.smsmode.acceptance import accept
from fakes.smsmode.app import Smsmode
from fakes.smsmode.codes import Flow
from fakes.smsmode.orders import read_order
from fakes.smsmode.resources import message_resource

BODY = orjson.dumps(
    {
        "recipient": {"to": "33611111111"},
        "body": {"text": "Bonjour, votre commande est prête", "stop": True},
        "refClient": "order-42",
    }
)


def furnished(
    http: httpx.AsyncClient, clock: VirtualClock, journal: Journal
) -> tuple[Smsmode, str]:
    """Return a smsmode with one rich account, and its key."""
    smsmode = Smsmode(
        scheduler=clock,
        ids=SeededIds(1, "smsmode"),
        journal=journal,
        outbound=Outbound(http, lambda _: True),
    )
    organisation = smsmode.add_organisation("Bench", balance=Decimal(10**9))
    channel = smsmode.add_channel(organisation.organisation_id, "Marketing", Flow.MARKETING)
    return smsmode, smsmode.add_key(channel.channel_id, "Bench").value


class _Quiet(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def bare_app(smsmode: Smsmode) -> Starlette:
    """Return a Starlette app with one route, which answers the same resource whatever it reads.

    What it answers has the size of a real one: both servers read, and write, as many bytes.
    """
    (channel,) = smsmode.state.channels.values()
    order = read_order(orjson.loads(BODY), smsmode.party.now(), smsmode.settings)
    message, _ = accept(smsmode.party, channel, order)
    resource = message_resource(message, channel, smsmode.settings)

    async def answer(request: Request) -> Response:
        asked = await request.json()
        return JSONResponse({**resource, "refClient": asked["refClient"]}, 201)

    return Starlette(routes=[Route("/sms/v1/messages", answer, methods=["POST"])])


async def _serve(app: ASGIApp, bound: socket) -> None:
    config = uvicorn.Config(
        app, http="httptools", ws="none", lifespan="off", log_config=None, access_log=False
    )
    await _Quiet(config).serve([bound])


async def main() -> None:
    """Serve until standard input ends."""
    clock = VirtualClock()
    journal = Journal(clock.now)
    async with httpx.AsyncClient() as http, asyncio.TaskGroup() as group:
        smsmode, key = furnished(http, clock, journal)
        sockets = (bind(0), bind(0))
        apps: tuple[ASGIApp, ASGIApp] = (
            bare_app(smsmode),
            Recorder(smsmode.app, journal, "smsmode"),
        )
        servers = [
            group.create_task(_serve(app, bound)) for app, bound in zip(apps, sockets, strict=True)
        ]
        # As every long-lived process of this project does once it has started.
        gc.freeze()
        gc.set_threshold(*COLLECTED_AFTER)
        for bound in sockets:
            bound.listen(128)
        ports = [bound.getsockname()[1] for bound in sockets]
        sys.stdout.write(orjson.dumps({"ports": ports, "key": key}).decode() + "\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)
        for server in servers:
            server.cancel()


if __name__ == "__main__":
    uvloop.run(main())
