"""A world in one process, on a virtual clock: nothing sleeps, and a seed repeats it to the byte."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from types import TracebackType
from typing import Any, Self

from core.bootstrap import IN_MEMORY
from core.clients.http import Client
from core.settings import Edition
from fakes.kit.clock import EPOCH, VirtualClock
from fakes.kit.journal import Journal
from sandbox.addresses import IN_PROCESS, OPT_OUT_HOST, host_of
from sandbox.browser import Browser
from sandbox.faults import Weather
from sandbox.network import HostRouter
from sandbox.parties import Parties, assemble


class World:
    """HubSpot, smsmode and the integration, and the time that passes for all three.

    Use it as an asynchronous context manager. Nothing is installed at first.

    Args:
        seed: Decides every id, name and chance of it.
        start: Its first moment, aware.
        edition: Which of HubSpot's editions the integration speaks; HubSpot speaks all.
        database: Where the integration keeps its memory; see ``core.settings.Settings``.
        changes: Others of those settings that differ, by their names.

    Attributes:
        network: Who lives where.
        weather: What goes wrong on the way there; fair at first.
    """

    def __init__(
        self,
        seed: int = 0,
        *,
        start: datetime = EPOCH,
        edition: Edition = Edition.LEGACY,
        database: str = IN_MEMORY,
        changes: Mapping[str, Any] | None = None,
    ) -> None:
        self.seed = seed
        self.clock = VirtualClock(start)
        self.journal = Journal(self.clock.now)
        self.addresses = IN_PROCESS
        self.network = HostRouter({}, self.journal)
        self.weather = Weather(self.network, self.clock, self.journal, Random(f"weather {seed}"))
        self.http = Client(transport=self.weather)
        self.parties: Parties = assemble(
            seed=seed,
            scheduler=self.clock,
            journal=self.journal,
            addresses=self.addresses,
            http=self.http,
            allows=lambda _: True,
            edition=edition,
            database=database,
            changes=changes,
        )
        self._work_due: datetime | None = None
        self._commits, self._asked_at = 0, -1
        self.parties.core.database.observe(after=self._count_commit)
        self.network.connect(
            {
                host_of(self.addresses.hubspot_api): self.parties.hubspot_app,
                host_of(self.addresses.hubspot_app): self.parties.hubspot_app,
                host_of(self.addresses.smsmode_api): self.parties.smsmode_app,
                host_of(self.addresses.smsmode_ui): self.parties.smsmode_app,
                OPT_OUT_HOST: self.parties.smsmode_app,
                host_of(self.addresses.integration): self.parties.integration_app,
            }
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.parties.close()

    def browser(self, *, language: str = "fr") -> Browser:
        """Return a new browser in this world."""
        return Browser(self.network, language=language)

    async def settle(self) -> None:
        """Do all that is due by now, and what follows from it, without moving the clock."""
        while await self.clock.run_due() or await self._work():
            pass

    async def advance(self, by: timedelta) -> None:
        """Let ``by`` pass: each thing is done at its own moment, and what follows from it too.

        Raises:
            ValueError: ``by`` is negative.
        """
        if by < timedelta():
            msg = f"time does not go back: {by}"
            raise ValueError(msg)
        until = self.clock.now() + by
        await self.settle()
        while (due := await self.next_due()) is not None and due <= until:
            self.clock.jump(due)
            await self.settle()
        self.clock.jump(until)

    async def next_due(self) -> datetime | None:
        """Return when something is next due in this world, or ``None`` when nothing is."""
        dues = (self.clock.next_due(), await self._next_work())
        return min((due for due in dues if due is not None), default=None)

    async def _work(self) -> int:
        """Do the integration's work that is due by now, and return how much there was."""
        due = await self._next_work()
        if due is None or due > self.clock.now():
            return 0
        core = self.parties.core
        return await core.queue.drain(core.handle)

    async def _next_work(self) -> datetime | None:
        """Return when the integration has work; it is asked again only after a commit."""
        if self._commits != self._asked_at:
            self._work_due = await self.parties.core.queue.next_due()
            self._asked_at = self._commits
        return self._work_due

    def _count_commit(self) -> None:
        self._commits += 1
