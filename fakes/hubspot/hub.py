"""The fake apart from HTTP: its state, its settings, its clock and its ways out."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from fakes.hubspot.automation.records import Occurrence
from fakes.hubspot.crm.records import Change
from fakes.hubspot.errors import not_found
from fakes.hubspot.settings import Settings
from fakes.hubspot.shapes import number_of
from fakes.hubspot.state import App, Portal, State
from fakes.kit.ids import SeededIds
from fakes.kit.journal import Entry, Journal
from fakes.kit.outbound import Outbound
from fakes.kit.scheduler import Handle, Job, Scheduler

PARTY = "hubspot"
"""The name under which the fake writes in the journal."""

Observer = Callable[["Hub", Change], None]
"""Told of every change to a contact, at once; what it does about it, it must schedule."""

Witness = Callable[["Hub", Occurrence], None]
"""Told of what contacts do and of events on their timelines, at once."""


class Hub:
    """One HubSpot.

    Args:
        scheduler: Its clock and what it does later.
        ids: Where its numbers and tokens come from.
        journal: Where it writes what happened.
        outbound: How it calls apps.
        settings: Its choices.
        observers: Who is told of changes to contacts.
        witnesses: Who is told of what happens to contacts.
        skip: Moves its clock ahead; ``None`` when the clock is not its own.
    """

    def __init__(
        self,
        *,
        scheduler: Scheduler,
        ids: SeededIds,
        journal: Journal,
        outbound: Outbound,
        settings: Settings,
        observers: tuple[Observer, ...] = (),
        witnesses: tuple[Witness, ...] = (),
        skip: Callable[[timedelta], None] | None = None,
    ) -> None:
        self.ids = ids
        self.outbound = outbound
        self.settings = settings
        self.skip = skip
        self.state = State()
        self._initial = settings
        self._scheduler = scheduler
        self._journal = journal
        self._observers = observers
        self._witnesses = witnesses

    def now(self) -> datetime:
        """Return the present moment, in UTC, to the millisecond as HubSpot keeps it."""
        moment = self._scheduler.now()
        beyond = moment.microsecond % 1000
        return moment.replace(microsecond=moment.microsecond - beyond) if beyond else moment

    def later(self, delay: timedelta, job: Job, *, label: str) -> Handle:
        """Promise ``job``; a reset before its time drops it."""
        state = self.state

        async def run() -> None:
            if self.state is state:
                await job()

        return self._scheduler.after(delay, run, label=f"{PARTY}: {label}")

    def event(self, kind: str, **data: Any) -> None:
        """Write down that something happened; ``data`` must be JSON-ready."""
        self._journal.write(PARTY, kind, data)

    def written(self, after: int = 0) -> Iterator[Entry]:
        """Return what this fake has written down since the entry ``after``, oldest first."""
        return (entry for entry in self._journal.entries(after) if entry.party == PARTY)

    def changed(self, change: Change) -> None:
        """Tell those who watch that a contact has changed."""
        for observe in self._observers:
            observe(self, change)

    def occurred(self, occurrence: Occurrence) -> None:
        """Tell those who watch that something has happened to a contact."""
        for witness in self._witnesses:
            witness(self, occurrence)

    def portal(self, portal_id: int | str) -> Portal:
        """Return an account.

        Raises:
            RefusedError: There is none with that number.
        """
        found = self.state.portals.get(number_of(str(portal_id)) or 0)
        if found is None:
            raise not_found(f"No account has the id {portal_id}")
        return found

    def app(self, app_id: int | str) -> App:
        """Return an app.

        Raises:
            RefusedError: There is none with that number.
        """
        found = self.state.apps.get(number_of(str(app_id)) or 0)
        if found is None:
            raise not_found(f"No app has the id {app_id}")
        return found

    def reset(self) -> None:
        """Forget what has passed, not who is who, and return to the settings it began with."""
        self.state = self.state.emptied()
        self.settings = self._initial
