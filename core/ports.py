"""What the core asks of the outside: time, ids, a database, a queue."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Protocol, TypeVar

from sqlalchemy import Connection

T = TypeVar("T")

Thing = tuple[str, str]
"""What was to be done, named by its kind and its item."""

Pause = Callable[[timedelta], Awaitable[None]]
"""Lets a little time pass. Only what serves live time can: elsewhere nobody waits."""


class Clock(Protocol):
    """What o'clock it is."""

    def now(self) -> datetime:
        """Return the present moment, aware and in UTC."""
        ...


class IdSource(Protocol):
    """Where ids and unguessable words come from."""

    def uuid(self) -> str:
        """Return a new UUID in its usual form."""
        ...

    def token(self, length: int = 32) -> str:
        """Return ``length`` letters and digits that nobody can guess."""
        ...


class Database(Protocol):
    """Runs units of work, each in one transaction."""

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` in a transaction and return what it returned.

        The transaction commits when ``work`` returns and rolls back when it raises; what it
        raised comes out unchanged. Where transactions run side by side, one may be undone for
        another's sake; ``work`` is then done again, so that it must change nothing but the
        database.

        Raises:
            DatabaseDownError: The database cannot be reached.
        """
        ...

    async def scrub(self) -> None:
        """Leave no trace of what was deleted in the files of this machine, where there are any.

        Raises:
            DatabaseDownError: The files cannot be written; what was deleted is deleted.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One piece of later work.

    Args:
        kind: What is to be done: the name that the handler knows.
        item: On what: an id of ours; all else is read from our tables.
        attempt: How many tries that count have failed before this one, from 0.
    """

    kind: str
    item: str
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """The task is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """The task is to be tried again.

    Args:
        at: Not before.
        counted: Whether this try counts as a failure; waiting for one's turn does not.
    """

    at: datetime
    counted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Fail:
    """The task is given up, and stays among the failed ones until an operator requeues it.

    Args:
        reason: Why, in words for the operator.
    """

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A task that was given up.

    Args:
        task: The task.
        reason: Why.
        at: When.
    """

    task: Task
    reason: str
    at: datetime


class DatabaseDownError(Exception):
    """The database cannot be reached, or went away in the middle: try again later.

    What was under way may have been committed or not.
    """

    code = "database_down"


Outcome = Done | Retry | Fail
"""What became of a task."""

Handle = Callable[[Task], Awaitable[Outcome]]
"""Does one task."""


class Urgency(IntEnum):
    """Which tasks are begun before which, whoever's they are; the higher, the sooner."""

    BULK = -1
    """What may wait for all else: promotions, and looks at what was sent."""

    USUAL = 0

    TELLING = 1
    """One task an account that tells in batches: behind its account's sends, nobody would know
    of any of them before the last has gone out."""


class WorkQueue(Protocol):
    """Later work, which survives a crash.

    A task carries only an id: truth is in our tables, and a task may come late, twice, or
    after its work was done without harm.
    """

    def enqueue(
        self,
        tx: Connection,
        kind: str,
        item: str,
        *,
        at: datetime | None = None,
        lane: str | None = None,
        once: str | None = None,
        account: int | None = None,
        urgency: Urgency = Urgency.USUAL,
    ) -> bool:
        """Promise a task in the caller's transaction, and return whether it was added.

        Args:
            tx: The transaction; when it rolls back, the task was never there.
            kind: What is to be done.
            item: On what.
            at: Not before; as soon as possible when ``None``.
            lane: Tasks of one lane run one after the other, in order.
            once: While a task with this key waits to start, another with it is not added.
            account: Whose work it is: accounts that have work waiting take turns, one task each.
            urgency: What it gives way to, and what gives way to it.
        """
        ...

    async def run(self, handle: Handle, *, concurrency: int) -> None:
        """Do tasks as they fall due until cancelled; those that have begun are let finish."""
        ...

    async def drain(self, handle: Handle, *, limit: int = 10_000) -> int:
        """Do what is due by now, and what that adds, and return how many tasks were done."""
        ...

    async def next_due(self) -> datetime | None:
        """Return when the next waiting task is due, or ``None`` when none waits."""
        ...

    async def sweep(self) -> int:
        """Put back the tasks whose worker died, and return how many."""
        ...

    async def failed(self) -> list[Failure]:
        """Return the tasks that were given up, with their reasons, oldest first."""
        ...

    async def dismiss(self, things: Collection[Thing]) -> int:
        """Forget those of the tasks that were given up, and return how many that is."""
        ...

    async def requeue(self, things: Collection[Thing]) -> int:
        """Make those of the tasks that were given up due now; return how many that is.

        Their tries are counted afresh.
        """
        ...
