"""The tables of later work; their rows are asked in ``core/queue``."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Index,
    Integer,
    Table,
    Text,
    TextClause,
    text,
)

from core.stores.columns import Moment, Number, metadata

_WAITS, _RUNS = text("status = 'todo'"), text("status = 'doing'")

jobs = Table(
    "procrastinate_jobs",  # in Procrastinate's words as far as they go; asked in core/queue
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("queue_name", Text, nullable=False),  # the account that it is done for
    Column("task_name", Text, nullable=False),
    Column("priority", Integer, nullable=False),  # the higher, the sooner
    Column("turn", BigInteger, nullable=False),  # its round among those of its priority
    Column("lock", Text),  # the lane
    Column("queueing_lock", Text),  # at most one with this key waits
    Column("args", Text, nullable=False),
    Column("status", Text, nullable=False),  # todo, doing or failed; what is done is deleted
    Column("scheduled_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("worker_id", BigInteger),
    Column("reason", Text),  # why it was given up
    Column("failed_at", Moment),
    sqlite_autoincrement=True,
)


def _index(name: str, *columns: ColumnElement[Any], when: TextClause, unique: bool = False) -> None:
    """Add an index of the jobs in one state: it stays small, however many were given up."""
    Index(name, *columns, unique=unique, sqlite_where=when, postgresql_where=when)


_index(
    "procrastinate_jobs_next",
    jobs.c.priority.desc(),
    jobs.c.turn,
    jobs.c.scheduled_at,
    jobs.c.id,
    when=_WAITS,
)
_index("procrastinate_jobs_turns", jobs.c.queue_name, jobs.c.priority, jobs.c.turn, when=_WAITS)
_index("procrastinate_jobs_due", jobs.c.scheduled_at, when=_WAITS)
_index("procrastinate_jobs_lane", jobs.c.lock, jobs.c.id, when=_WAITS)
_index("procrastinate_jobs_lane_taken", jobs.c.lock, when=_RUNS, unique=True)
_index("procrastinate_jobs_once", jobs.c.queueing_lock, when=_WAITS, unique=True)

workers = Table(
    "procrastinate_workers",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("last_heartbeat", Moment, nullable=False),  # by the database's clock
)
