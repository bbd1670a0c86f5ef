"""One scene: two fakes on real sockets, and an integration that dies and comes back."""

import asyncio
import multiprocessing
import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import timedelta
from multiprocessing.context import ForkServerContext, ForkServerProcess
from typing import Any

import httpx
import uvicorn
from starlette.types import ASGIApp

from core.settings import Settings
from fakes.hubspot.settings import Settings as HubSpotSettings
from fakes.kit.live import LiveClock
from fakes.kit.outbound import loopback_only
from fakes.kit.sockets import bind
from fakes.smsmode.settings import Settings as SmsmodeSettings
from sandbox.addresses import Addresses, on_ports
from sandbox.browser import Browser
from sandbox.furnishing import Furnisher
from sandbox.live import loopback
from sandbox.parties import Parties, assemble, integration_settings
from sandbox.tutorial import SOURCE, VISITOR
from tests.crash.integration import COUNT, Deathbed, serve
from tests.crash.watching import WatchedJournal

SOON = timedelta(seconds=0.1)
LIVES_ON = Deathbed(commit=0, before=False)
PRELOADED = [
    "tests.crash.integration",
    "anyio._backends._asyncio",
    "httpcore",
    "procrastinate.worker",
    "uvicorn.loops.auto",
    "uvicorn.protocols.http.auto",
    "uvicorn.protocols.websockets.auto",
]
"""What an integration imports, at once or on its way: each of many need not load it again."""
PATIENCE = 60.0
"""Seconds after which something that should have happened counts as lost."""


def fork_server() -> ForkServerContext:
    """Return where integrations are forked from: their imports are done once."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context


class Scene:
    """What a crash test plays in.

    Args:
        database: The integration's, a file or PostgreSQL's address.
        context: Where its processes come from.
        addresses: Where everybody lives.
        listener: The integration's socket; it outlives every process that serves it.
        journal: What happened.
        parties: The fakes; the core among them is not served.
    """

    def __init__(
        self,
        database: str,
        context: ForkServerContext,
        addresses: Addresses,
        listener: socket.socket,
        journal: WatchedJournal,
        parties: Parties,
    ) -> None:
        self.journal = journal
        self.parties = parties
        self.furnisher = Furnisher(parties.http, addresses, parties.identities)
        self.contact_id = ""
        self.deaths = 0
        self._addresses = addresses
        self._context = context
        self._listener = listener
        self._process: ForkServerProcess | None = None
        known = integration_settings(parties.identities, addresses, database=database)
        self._settings: Settings = replace(
            known,
            hours=None,
            batch_wait=timedelta(seconds=0.05),
            reporting_lag=timedelta(seconds=0.5),
            # Of a report that met nobody in any of its tries, only smsmode can tell.
            reconcile_after=timedelta(seconds=5),
            reconcile_reported_after=timedelta(seconds=5),
        )

    async def live(self, deathbed: Deathbed) -> None:
        """Start an integration; whatever ran before is killed."""
        await self.kill()
        # On SQLite who follows knows at once that nobody else is left; on PostgreSQL it waits.
        self._process = self.fork(deathbed, is_hurried="://" in self._settings.database)

    def fork(self, deathbed: Deathbed, *, is_hurried: bool = False) -> ForkServerProcess:
        """Start an integration beside those that run; they share the socket and the database."""
        process = self._context.Process(
            target=serve,
            args=(self._settings, self._listener, deathbed),
            kwargs={"is_hurried": is_hurried},
            daemon=True,
        )
        process.start()
        return process

    def count(self) -> None:
        """Have the integration count its commits from now on."""
        assert self._process is not None
        assert self._process.pid is not None
        os.kill(self._process.pid, COUNT)

    async def revive(self) -> None:
        """Wait for the integration to die, and start another that lives on."""
        assert self._process is not None
        dead, loop = asyncio.Event(), asyncio.get_running_loop()
        sentinel = self._process.sentinel
        loop.add_reader(sentinel, dead.set)
        try:
            await dead.wait()
        finally:
            loop.remove_reader(sentinel)
        self.deaths += 1
        await self.live(LIVES_ON)

    async def kill(self) -> None:
        """Kill -9 the integration, if there is one."""
        if self._process is not None:
            self._process.kill()
            await asyncio.to_thread(self._process.join)

    async def furnish(self) -> None:
        """Install the app, and have a contact, a workflow and the keys in place."""
        browser = Browser(loopback())
        furniture = await self.furnisher.furnish(browser, seed=1, contacts=1)
        await browser.close()
        self.contact_id = furniture.contact_ids[0]

    async def enrol(self) -> None:
        """Have the contact meet the trigger."""
        path = f"/crm/v3/objects/contacts/{self.contact_id}"
        body = {"properties": {SOURCE: VISITOR}}
        await self.furnisher.hubspot("PATCH", path, body)

    async def answer(self, text: str) -> None:
        """Have the phone that got the only SMS reply."""
        (sent,) = self.events("message.accepted", "smsmode")
        control = f"{self._addresses.smsmode_api}/_control/smsmode/phones"
        answer = await self.parties.http.post(f"{control}/{sent['to']}/reply", json={"text": text})
        answer.raise_for_status()

    def events(self, kind: str, party: str) -> list[Any]:
        """Return what happened to a party under a name, in order."""
        return self.journal.told[kind, party]


@asynccontextmanager
async def a_scene(database: str, context: ForkServerContext) -> AsyncIterator[Scene]:
    """Serve two fakes whose retries are quick, ready for an integration."""
    hubspot, smsmode, integration = bind(0), bind(0), bind(0)
    # While the integration is dead, who calls it waits for the next.
    integration.listen(128)
    ports = [listener.getsockname()[1] for listener in (hubspot, smsmode, integration)]
    addresses = on_ports(0, *ports)
    clock = LiveClock()
    journal = WatchedJournal(clock.now)
    http = httpx.AsyncClient(transport=loopback())
    parties = assemble(
        seed=1,
        scheduler=clock,
        journal=journal,
        addresses=addresses,
        http=http,
        allows=loopback_only,
        hubspot_settings=HubSpotSettings(
            action_retry_first=SOON, action_retry_cap=SOON * 5, limits_calls=False
        ),
        smsmode_settings=SmsmodeSettings(
            base_url=addresses.smsmode_api,
            enroute_after=timedelta(),
            delivered_after=SOON,
            jitter=timedelta(),
            retry_delays=(SOON, SOON * 5, SOON * 10, SOON * 20, SOON * 40),
        ),
    )
    scene = Scene(database, context, addresses, integration, journal, parties)
    servers = [_server(parties.hubspot_app), _server(parties.smsmode_app)]
    async with asyncio.TaskGroup() as group:
        keeping_time = group.create_task(clock.run())
        for server, listener in zip(servers, (hubspot, smsmode), strict=True):
            group.create_task(server.serve([listener]))
        try:
            yield scene
        finally:
            await scene.kill()
            keeping_time.cancel()
            for server in servers:
                server.should_exit = True
    await parties.close()
    for listener in (hubspot, smsmode, integration):
        listener.close()


class QuietServer(uvicorn.Server):
    """A server that leaves signals to the test runner."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _server(app: ASGIApp) -> QuietServer:
    config = uvicorn.Config(
        app,
        log_config=None,
        lifespan="off",
        timeout_graceful_shutdown=1,
        timeout_keep_alive=60,
    )
    return QuietServer(config)
