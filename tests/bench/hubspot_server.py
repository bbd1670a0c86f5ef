"""Serves a bare Starlette app and a fake HubSpot, side by side in one process."""

import httpx
import uvloop
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from fakes.hubspot.app import HubSpot
from fakes.hubspot.settings import Settings
from fakes.kit.clock import VirtualClock
from fakes.kit.ids import SeededIds
from fakes.kit.inprocess import InProcessTransport
from fakes.kit.journal import Journal
from fakes.kit.outbound import Outbound
from fakes.kit.recorder import Recorder
from tests.bench.side_by_side import serve

CONTACTS = "/crm/v3/objects/contacts"


def furnished(journal: Journal, clock: VirtualClock) -> tuple[HubSpot, int, str]:
    """Return a HubSpot with one account, the account's number, and a token for all of it."""
    hubspot = HubSpot(
        scheduler=clock,
        ids=SeededIds(1, "hubspot"),
        journal=journal,
        outbound=Outbound(httpx.AsyncClient(), lambda _: True),
        settings=Settings(limits_calls=False),  # limits let through 11 calls a second
    )
    portal = hubspot.add_portal(name="Bench")
    return hubspot, portal.id, hubspot.add_private_token(portal.id)


def person(number: int) -> dict[str, str]:
    """Return what one contact is made of."""
    return {
        "email": f"person{number}@client{number % 500}.example",
        "firstname": f"Prénom {number % 1000}",
        "lastname": f"Nom {number}",
        "phone": f"+336{number % 100_000_000:08}",
        "city": ("Lyon", "Nice", "Lille", "Nantes")[number % 4],
        "company": f"Client {number % 500}",
    }


def bare(read: object, made: object) -> Starlette:
    """Return an app that answers as the fake does, and does nothing else."""

    async def answer_read(_: Request) -> Response:
        return JSONResponse(read)

    async def answer_create(request: Request) -> Response:
        await request.json()
        return JSONResponse(made, 201)

    return Starlette(
        routes=[
            Route(CONTACTS, answer_create, methods=["POST"]),
            Route(f"{CONTACTS}/{{contact_id}}", answer_read),
        ]
    )


async def _answers(hubspot: HubSpot, token: str) -> tuple[object, object]:
    headers = {"Authorization": f"Bearer {token}"}
    transport = InProcessTransport(hubspot.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as http:
        made = await http.post(CONTACTS, json={"properties": person(0)}, headers=headers)
        read = await http.get(f"{CONTACTS}/{made.json()['id']}", headers=headers)
    return read.json(), made.json()


async def main() -> None:
    """Serve until standard input ends."""
    clock = VirtualClock()
    journal = Journal(clock.now)
    hubspot, _, token = furnished(journal, clock)
    read, made = await _answers(hubspot, token)
    ours = Recorder(hubspot.app, journal, "hubspot")
    await serve(bare(read, made), ours, {"token": token, "read": read})


if __name__ == "__main__":
    uvloop.run(main())
