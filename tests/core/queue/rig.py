"""A queue to test, whatever storage is behind it, and hands to do its tasks."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from core.ports import Done, Outcome, Task, Urgency
from core.queue.connector import StorageConnector
from core.queue.dispatch import ProcrastinateQueue
from core.queue.postgres import PostgresConnector
from core.queue.sqlite import SqliteConnector
from core.stores.creating import create_tables
from core.stores.database import SqliteDatabase
from core.stores.postgres import PostgresDatabase
from fakes.kit.clock import VirtualClock


class Rig:
    """A queue on a virtual clock.

    Args:
        place: The database: a file, or PostgreSQL's address; in memory when ``None``.
        inline: Whether the database works in the loop's thread.
    """

    def __init__(self, place: Path | str | None = None, *, inline: bool = True) -> None:
        self.clock = VirtualClock()
        self.place = place
        self.inline = inline
        self.start()

    def start(self) -> None:
        """Open the storage, as a process does when it starts."""
        self.database: SqliteDatabase | PostgresDatabase
        connector: StorageConnector
        if isinstance(self.place, str):
            self.database = PostgresDatabase(self.place, inline=self.inline)
            connector = PostgresConnector(self.database, self.clock)
        else:
            self.database = SqliteDatabase(self.place, inline=self.inline)
            self.database.run_now(create_tables)
            connector = SqliteConnector(self.database, self.clock)
        self.queue = ProcrastinateQueue(connector, self.clock)

    def stop(self) -> None:
        """Let go of the storage, whatever is being done, as a process does when it dies."""
        self.database.close()

    async def put(
        self,
        kind: str,
        item: str = "1",
        *,
        after: float | None = None,
        lane: str | None = None,
        once: str | None = None,
        account: int | None = None,
        urgency: Urgency = Urgency.USUAL,
    ) -> bool:
        """Enqueue a task in a transaction of its own, due ``after`` seconds."""
        at = None if after is None else self.later(after)
        return await self.database.run(
            lambda tx: self.queue.enqueue(
                tx, kind, item, at=at, lane=lane, once=once, account=account, urgency=urgency
            )
        )

    async def given_up(self) -> list[Task]:
        """Return the tasks that were given up."""
        return [failure.task for failure in await self.queue.failed()]

    def later(self, seconds: float) -> datetime:
        """Return the moment ``seconds`` from now."""
        return self.clock.now() + timedelta(seconds=seconds)

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.clock.jump(self.later(seconds))

    async def drain_all(self, hands: "Hands") -> int:
        """Do all there is to do, however late it is due."""
        done = await self.queue.drain(hands)
        while (due := await self.queue.next_due()) is not None:
            self.clock.jump(due)
            done += await self.queue.drain(hands)
        return done


@dataclass
class Hands:
    """A handler that notes what it is given, and answers from a list, then ``Done``."""

    outcomes: list[Outcome | BaseException] = field(default_factory=list)
    seen: list[Task] = field(default_factory=list)

    async def __call__(self, task: Task) -> Outcome:
        self.seen.append(task)
        outcome = self.outcomes.pop(0) if self.outcomes else Done()
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    @property
    def items(self) -> list[str]:
        """What was worked on, in order."""
        return [task.item for task in self.seen]

    @property
    def attempts(self) -> list[int]:
        """How many tries had failed before each, in order."""
        return [task.attempt for task in self.seen]
