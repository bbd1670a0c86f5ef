"""What waits, and what was given up: counted for those who keep the core running."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, func, select

from core.stores.job_tables import jobs
from core.stores.schema import installs, outgoing


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What is in the tables at a moment.

    Args:
        due: Tasks that could be begun now.
        later: Tasks that wait for their hour.
        doing: Tasks that workers have begun.
        given_up: Tasks that only an operator has done again.
        oldest_due: Since when the longest waiting task could have been begun.
        waiting: What HubSpot is still to be told, by kind.
        refused: What HubSpot refused for good, by kind.
        accounts: Installations, by state.
    """

    due: int
    later: int
    doing: int
    given_up: int
    oldest_due: datetime | None
    waiting: Mapping[str, int]
    refused: Mapping[str, int]
    accounts: Mapping[str, int]


def count(tx: Connection, *, now: datetime) -> Backlog:
    """Return what waits as of ``now``."""
    is_todo = jobs.c.status == "todo"
    states = dict(_pairs(tx, select(jobs.c.status, func.count()).group_by(jobs.c.status)))
    ripe = select(func.count(), func.min(jobs.c.scheduled_at)).where(
        is_todo, jobs.c.scheduled_at <= now
    )
    due, oldest = tx.execute(ripe).one()
    by_kind = select(outgoing.c.kind, func.count()).group_by(outgoing.c.kind)
    return Backlog(
        due=due,
        later=states.get("todo", 0) - due,
        doing=states.get("doing", 0),
        given_up=states.get("failed", 0),
        oldest_due=oldest,
        waiting=dict(_pairs(tx, by_kind.where(outgoing.c.dead.is_(None)))),
        refused=dict(_pairs(tx, by_kind.where(outgoing.c.dead.is_not(None)))),
        accounts=dict(
            _pairs(tx, select(installs.c.state, func.count()).group_by(installs.c.state))
        ),
    )


def _pairs(tx: Connection, query: Select[str, int]) -> list[tuple[str, int]]:
    return [(name, number) for name, number in tx.execute(query)]
