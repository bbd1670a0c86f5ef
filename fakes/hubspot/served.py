"""Serving one HubSpot by itself: an account, a person, an app and a private token, live time."""

import socket
from dataclasses import asdict, dataclass

import httpx
import orjson

from fakes.hubspot.app import HubSpot
from fakes.hubspot.cli import Options
from fakes.hubspot.settings import Settings
from fakes.kit.ids import SeededIds
from fakes.kit.journal import Journal
from fakes.kit.live import LiveClock
from fakes.kit.outbound import Outbound, loopback_only
from fakes.kit.recorder import Recorder
from fakes.kit.serving import new_runner, serve
from fakes.kit.sockets import address_of
from fakes.kit.witness import witness

_EMAIL, _PASSWORD = "camille@salon-demo.example", "Sandbox-2026-Salon"


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """What a developer needs to begin.

    Args:
        address: Where all of HubSpot's hosts answer.
        portal_id: The account.
        email: Who may install apps in it.
        password: Their password.
        app_id: The app.
        client_id: Its OAuth name.
        client_secret: Its OAuth password.
        developer_key: Its developer's key (``?hapikey=``).
        private_token: A private app's token for the account.
        install_url: Where a browser goes to install the app.
    """

    address: str
    portal_id: int
    email: str
    password: str
    app_id: int
    client_id: str
    client_secret: str
    developer_key: str
    private_token: str
    install_url: str


def run(options: Options, settings: Settings, bound: socket.socket) -> None:
    """Serve a HubSpot on a bound socket until SIGINT or SIGTERM."""
    with new_runner() as runner:
        runner.run(_serve(options, settings, bound))


async def _serve(options: Options, settings: Settings, bound: socket.socket) -> None:
    clock = LiveClock()
    journal = Journal(clock.now)
    heard = witness(journal, "hubspot", [address_of(bound)])
    async with httpx.AsyncClient() as http:
        hubspot = HubSpot(
            scheduler=clock,
            ids=SeededIds(options.seed, "hubspot"),
            journal=journal,
            outbound=Outbound(http, loopback_only, heard),
            settings=settings,
            skip=clock.skip,
        )
        furniture = furnish(hubspot, options, address_of(bound))
        app = Recorder(hubspot.app, journal, "hubspot")
        await serve(app, clock, bound, greet=lambda: greeting(options, furniture))


def furnish(hubspot: HubSpot, options: Options, address: str) -> Furniture:
    """Put an account, a person and an app into ``hubspot``, and return their keys."""
    portal = hubspot.add_portal(name="Salon Démo", domain="salon-demo.example")
    hubspot.add_user(email=_EMAIL, password=_PASSWORD, name="Camille", portals=[portal.id])
    app = hubspot.add_app(
        name="Demo app", redirect_urls=options.redirect_urls, scopes=options.scopes
    )
    query = httpx.QueryParams(
        client_id=app.client_id,
        redirect_uri=options.redirect_urls[0],
        scope=" ".join(options.scopes),
    )
    return Furniture(
        address=address,
        portal_id=portal.id,
        email=_EMAIL,
        password=_PASSWORD,
        app_id=app.id,
        client_id=app.client_id,
        client_secret=app.client_secret,
        developer_key=app.developer_key,
        private_token=hubspot.add_private_token(portal.id),
        install_url=f"{address}/oauth/authorize?{query}",
    )


def greeting(options: Options, furniture: Furniture) -> str:
    """Return what is said once the server listens: for people, or one line of JSON."""
    known = asdict(furniture)
    if options.as_json:
        return orjson.dumps({**known, "seed": options.seed}).decode() + "\n"
    lines = "\n".join(f"  {name.replace('_', ' '):15} {value}" for name, value in known.items())
    return (
        f"HubSpot answers at {furniture.address} (Ctrl-C stops it), for api.hubapi.com and\n"
        f"app.hubspot.com alike.\n\n{lines}\n\n"
        f"What else can be done:  {furniture.address}/_control/hubspot\n"
        f"How sure all this is:   {furniture.address}/_control/hubspot/ledger/page\n"
    )
