"""A core between two small vendors, on a clock that stands still, and what people do with it."""

import json
import pickle
from dataclasses import replace
from datetime import timedelta
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import httpx
from sqlalchemy import Connection

from core.bootstrap import build, open_database
from core.ground import Storage
from core.settings import Settings
from core.stores.installs import Install, Installs
from core.stores.job_tables import workers
from core.stores.messages import Message, latest
from core.stores.schema import metadata
from core.stores.vault import Vault
from fakes.kit.clock import VirtualClock
from fakes.kit.ids import SeededIds
from tests.core.builders import (
    MARKETING,
    NOTIFICATION,
    OPERATOR,
    PORTAL,
    PUBLIC,
    SETTINGS,
    execution,
    sign,
)
from tests.core.contract import own_contract
from tests.core.small_hubspot import SmallHubSpot
from tests.core.stages import Stage, read_rows, write_rows
from tests.core.vendors import Network, SmallSmsmode


class Harness:
    """A core and its surroundings; an asynchronous context manager.

    Args:
        changes: Settings that differ from ``SETTINGS``.
    """

    def __init__(self, **changes: Any) -> None:
        self.clock = VirtualClock()
        self.hubspot, self.smsmode = SmallHubSpot(self.clock), SmallSmsmode(self.clock)
        self.smsmode.keys |= {MARKETING, NOTIFICATION}
        vendors = {"api.hubspot.test": self.hubspot, "smsmode.test": self.smsmode}
        self.http = httpx.AsyncClient(transport=Network(vendors))
        self.settings = replace(SETTINGS, **changes)
        self.ids = SeededIds(7, "core")
        self.database = _open(self.settings)
        self._is_new, self.waited = False, timedelta()
        self.restart()

    def restart(self, **changes: Any) -> None:
        """Start the core anew on what the database holds, as after a crash or with new settings.

        Whoever worked before is dead, and long enough for the others to have noticed.
        """
        self._is_new = True
        self.database.run_now(lambda tx: tx.execute(workers.delete()))
        self.settings = replace(self.settings, **changes)
        self.core = build(
            self.settings,
            clock=self.clock,
            ids=self.ids,
            http=self.http,
            database=self.database,
            pause=self.pause,
        )
        self.installs = Installs(Vault(self.settings.vault_keys))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.http.aclose()
        self.database.close()

    # Stages

    async def stage(self) -> Stage:
        """Return all that has been reached so far, for others to begin with."""
        return Stage(
            rows=await self.database.run(read_rows),
            at=self.clock.now(),
            ids=pickle.dumps(self.ids),
            hubspot=self.hubspot.state(),
            smsmode=self.smsmode.state(),
        )

    def resume(self, stage: Stage) -> None:
        """Begin where others have got to."""
        self.database.run_now(lambda tx: write_rows(tx, stage.rows))
        self.clock.jump(stage.at)
        self.ids = pickle.loads(stage.ids)  # noqa: S301 - written by ``stage``
        self.hubspot.resume(stage.hubspot)
        self.smsmode.resume(stage.smsmode)
        self.restart()

    # Time

    async def settle(self) -> int:
        """Do all the work that is due by now, and return how many tasks that were."""
        if self._is_new:
            await self.core.queue.sweep()
            self._is_new = False
        return await self.core.queue.drain(self.core.handle)

    async def pause(self, wait: timedelta) -> None:
        """Let time pass for whoever waits, and remember for how long."""
        self.waited += wait
        self.clock.jump(self.clock.now() + wait)

    async def advance(self, seconds: float) -> int:
        """Let time pass, each task being done when it falls due; return how many that were."""
        until = self.clock.now() + timedelta(seconds=seconds)
        done = await self.settle()
        while (due := await self.core.queue.next_due()) is not None and due <= until:
            self.clock.jump(due)
            done += await self.settle()
        self.clock.jump(until)
        return done

    # HTTP

    def browser(self) -> httpx.AsyncClient:
        """Return a client with a cookie jar of its own; what the core raises comes out.

        Whatever is answered is held against the core's own description.
        """
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.core.app),
            base_url=PUBLIC,
            event_hooks={"response": [own_contract().check]},
        )

    async def request(self, method: str, path: str, **given: Any) -> httpx.Response:
        """Make one request to the core."""
        async with self.browser() as client:
            return await client.request(method, path, **given)

    async def operate(self, method: str, path: str, body: object = None) -> httpx.Response:
        """Make one request as the operator."""
        headers = {"authorization": f"Bearer {OPERATOR}"}
        content = None if body is None else json.dumps(body)
        return await self.request(method, f"/operator{path}", content=content, headers=headers)

    async def signed(self, body: bytes, **headers: str) -> httpx.Response:
        """Make one request to the action, signed by HubSpot now."""
        given = {**sign(body, self.clock), **headers}
        return await self.request("POST", "/hubspot/action", content=body, headers=given)

    async def execute(self, callback_id: str = "ap-1", **changes: Any) -> dict[str, Any]:
        """Have HubSpot execute the action, and return the output fields of the answer."""
        answer = await self.signed(execution(callback_id, **changes))
        assert answer.status_code == 200, answer.text
        return dict(answer.json()["outputFields"])

    async def call_back(self, kind: str, body: object, portal_id: int = PORTAL) -> httpx.Response:
        """Have smsmode call an account's address; bytes go as they are."""
        key = (await self.install_of(portal_id)).callback_key
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return await self.request("POST", f"/smsmode/{key}/{kind}", content=content)

    # Installing

    async def invite(self, account: str = "Salon") -> str:
        """Return the path of a new install link."""
        answer = await self.operate("POST", "/installs", {"account": account})
        return urlsplit(str(answer.json()["install_url"])).path

    async def depart(self, browser: httpx.AsyncClient, path: str | None = None) -> str:
        """Open an install link, and return the state that HubSpot is given."""
        answer = await browser.get(path or await self.invite())
        assert answer.status_code == 302, answer.text
        return parse_qs(urlsplit(answer.headers["location"]).query)["state"][0]

    async def install(self, portal_id: int = PORTAL, *, account: str = "Salon") -> httpx.Response:
        """Install from a new link to the end, and return the last page."""
        async with self.browser() as browser:
            state = await self.depart(browser, await self.invite(account))
            code = self.hubspot.grant_code(portal_id)
            return await browser.get("/oauth/callback", params={"code": code, "state": state})

    async def link(
        self,
        portal_id: int = PORTAL,
        *,
        marketing: str = MARKETING,
        notification: str = NOTIFICATION,
    ) -> httpx.Response:
        """Link both keys."""
        keys = {"marketing": marketing, "notification": notification}
        return await self.operate("PUT", f"/accounts/{portal_id}/keys", keys)

    # Looking

    async def install_of(self, portal_id: int = PORTAL) -> Install:
        """Return the installation of an account."""
        found = await self.database.run(self.installs.all)
        return next(install for install in found if install.portal_id == portal_id)

    async def message(self, callback_id: str = "ap-1", portal_id: int = PORTAL) -> Message:
        """Return the message of an execution."""
        install = await self.install_of(portal_id)
        found = await self.database.run(lambda tx: latest(tx, install.portal_id))
        return next(message for message in found if message.callback_id == callback_id)

    async def count(self, *names: str) -> int:
        """Return how many rows the named tables hold, or all our tables."""
        tables = [metadata.tables[name] for name in names] or metadata.sorted_tables

        def count(tx: Connection) -> int:
            return sum(len(tx.execute(table.select()).all()) for table in tables)

        return await self.database.run(count)

    def labels(self) -> list[str]:
        """Return the labels that the timeline shows, in order."""
        return [event["tokens"].get("statut", "") for event in self.hubspot.events.values()]


def _open(settings: Settings) -> Storage:
    """Open the database that the settings name.

    PostgreSQL's goes on where it was closed: what was once compiled for it need not be again.
    """
    if "://" not in settings.database:
        return open_database(settings, inline=True)
    if settings.database not in _known:
        _known[settings.database] = open_database(settings, inline=True)
    return _known[settings.database]


_known: dict[str, Storage] = {}
