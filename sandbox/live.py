"""A world on real sockets and a live clock: the same parties, for people and other programs."""

from functools import partial

import httpx
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp

from core.clients.http import Client
from core.clients.system import pause
from core.domain.language import Language
from fakes.kit.journal import Journal
from fakes.kit.live import LiveClock
from fakes.kit.outbound import loopback_only
from fakes.kit.witness import witness
from sandbox.addresses import Addresses
from sandbox.browser import Browser
from sandbox.console.app import Console
from sandbox.controls import Controls, hung_up, refuse
from sandbox.feed import Feed
from sandbox.furnishing import Furnisher, Furniture
from sandbox.parties import assemble

CONCURRENCY = 10
"""How many of the integration's tasks are done at a time."""


class LiveWorld:
    """HubSpot, smsmode, the integration and the console, as they are served.

    Args:
        seed: Decides every id, name and key.
        rate: Seconds that pass in it for each real one; 0 is paused.
        addresses: The loopback addresses on which the parties are served.
        quiet_hours: Whether promotional SMS wait at night and on Sundays.
        language: What the integration's card speaks.
    """

    def __init__(
        self,
        *,
        seed: int,
        rate: float,
        addresses: Addresses,
        quiet_hours: bool = False,
        language: Language = "fr",
    ) -> None:
        self.seed = seed
        self.addresses = addresses
        self.clock = LiveClock(rate=rate)
        self.journal = Journal(self.clock.now)
        self.is_ready = False
        self.furniture: Furniture | None = None
        self._network = loopback()
        recorded = (addresses.hubspot_api, addresses.smsmode_api, addresses.integration)
        self.parties = assemble(
            seed=seed,
            scheduler=self.clock,
            journal=self.journal,
            addresses=addresses,
            http=Client(transport=self._network),
            allows=loopback_only,
            # Whoever tries the sandbox at night still sees an SMS arrive.
            changes={"card_language": language, **({} if quiet_hours else {"hours": None})},
            pause=pause,
            skip=self.clock.skip,
            # Somebody's own app writes nothing down here: who calls it does.
            witness=partial(witness, self.journal, recorded=recorded),
        )
        self.feed = Feed(self.journal)

    def apps(self) -> tuple[ASGIApp, ...]:
        """Return the apps to serve, in the order of ``sockets.PARTIES``."""
        return (
            self._face(),
            self.parties.hubspot_app,
            self.parties.smsmode_app,
            self.parties.integration_app,
        )

    async def keep_time(self) -> None:
        """Do what falls due, until cancelled."""
        await self.clock.run()

    async def work(self) -> None:
        """Do the integration's later work, until cancelled."""
        core = self.parties.core
        await core.queue.run(core.handle, concurrency=CONCURRENCY)

    async def furnish(self) -> Furniture:
        """Install the app and make contacts and a workflow, over the served addresses.

        Raises:
            FurnishingError: A party refused something.
        """
        browser = Browser(self._network, language="fr")
        self.furniture = await self._furnisher().furnish(browser, seed=self.seed)
        return self.furniture

    async def populate(self) -> Furniture:
        """Make contacts and a workflow, where the app is installed already.

        Raises:
            FurnishingError: HubSpot refused something.
        """
        self.furniture = await self._furnisher().populate(seed=self.seed)
        return self.furniture

    async def close(self) -> None:
        """Free the connections and the database."""
        await self.parties.close()

    def _furnisher(self) -> Furnisher:
        return Furnisher(self.parties.http, self.addresses, self.parties.identities)

    def _face(self) -> ASGIApp:
        """Return the app of the console's port: its pages, and the sandbox's own routes."""
        identities = self.parties.identities.all(self.addresses)
        controls = Controls(self.feed, self.clock, lambda: self.is_ready, identities)
        console = Console(
            http=self._unrecorded(),
            addresses=self.addresses,
            identities=self.parties.identities,
            feed=self.feed,
            time=self.clock,
            furnish=self.furnish,
            populate=self.populate,
        )
        return Starlette(
            routes=[*controls.routes(), *console.routes()],
            exception_handlers={HTTPException: refuse, ClientDisconnect: hung_up},
        )

    def _unrecorded(self) -> httpx.AsyncClient:
        """Return a client for the console: what it looks at is no part of the story."""
        parties = self.parties
        apps: dict[str, ASGIApp] = {
            self.addresses.hubspot_api: parties.hubspot.app,
            self.addresses.smsmode_api: parties.smsmode.app,
            self.addresses.integration: parties.core.app,
        }
        return httpx.AsyncClient(
            transport=self._network,
            mounts={address: httpx.ASGITransport(app) for address, app in apps.items()},
        )


def loopback() -> httpx.AsyncHTTPTransport:
    """Return a way to this machine's own addresses, whatever proxy its environment names."""
    # Nobody stands between this machine and itself, and loading authorities costs 50 ms.
    return httpx.AsyncHTTPTransport(verify=False, trust_env=False)
