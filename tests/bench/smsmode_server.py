"""Serves a bare Starlette route and a fake smsmode, side by side in one process."""

from decimal import Decimal

import httpx
import orjson
import uvloop
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from fakes.kit.clock import VirtualClock
from fakes.kit.ids import SeededIds
from fakes.kit.journal import Journal
from fakes.kit.outbound import Outbound
from fakes.kit.recorder import Recorder
from fakes.smsmode.acceptance import accept
from fakes.smsmode.app import Smsmode
from fakes.smsmode.codes import Flow
from fakes.smsmode.orders import read_order
from fakes.smsmode.resources import message_resource
from tests.bench.side_by_side import serve

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


async def main() -> None:
    """Serve until standard input ends."""
    clock = VirtualClock()
    journal = Journal(clock.now)
    async with httpx.AsyncClient() as http:
        smsmode, key = furnished(http, clock, journal)
        ours = Recorder(smsmode.app, journal, "smsmode")
        await serve(bare_app(smsmode), ours, {"key": key})


if __name__ == "__main__":
    uvloop.run(main())
