"""How often a vendor may be called: one row for each account or key, shared by all workers.

The generic cell rate algorithm: a row holds the moment at which all calls made so far would
have been made at an even pace (its theoretical arrival time). A call may run ahead of it by the
burst, and is made or refused by one statement, so that two workers never take the same turn.

Many that wait for the same turn would all come back for it, and all but one in vain. Each of them
may book a turn of its own instead.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, case, select, update
from sqlalchemy.dialects import postgresql, sqlite

from core.stores.schema import limits

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

_last = case((limits.c.booked > bindparam("before"), limits.c.booked), else_=bindparam("before"))
_BOOK = (
    update(limits)
    .where(limits.c.name == bindparam("limit"))
    .values(booked=_last + bindparam("interval"))
    .returning(limits.c.booked)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How many calls are made at most in any span of a given length.

    A twentieth of them may be made at once; the others follow evenly. The more at once, the slower the
    pace that keeps every span within the limit.

    Args:
        calls: How many, from 1.
        per: The length of the span.
    """

    calls: int
    per: timedelta

    @property
    def interval(self) -> timedelta:
        """The time from one call to the next at an even pace."""
        return self.per / max(self.calls - self._burst, 1)

    @property
    def ahead(self) -> timedelta:
        """How far calls may run ahead of the even pace."""
        return self.interval * (self._burst - 1)

    @property
    def _burst(self) -> int:
        return max(self.calls // 20, 1)


def take_turn(tx: Connection, name: str, pace: Pace, *, now: datetime) -> timedelta:
    """Return nothing (zero) when a call may be made now, which is counted, else how long to wait."""
    latest = _number(now + pace.ahead)
    asked = {
        "name": name,
        "now": _number(now),
        "latest": latest,
        "interval": pace.interval // _MICROSECOND,
        "first": _number(now + pace.interval),
    }
    if tx.execute(_take(tx.dialect.name), asked).one_or_none() is not None:
        return timedelta()
    tat: int = tx.execute(select(limits.c.tat).where(limits.c.name == name)).scalar_one()
    return max(tat - latest, 1) * _MICROSECOND


def book_turn(tx: Connection, name: str, pace: Pace, *, now: datetime) -> timedelta:
    """Return what ``take_turn`` does; who has to wait is told of a turn that no other waits for.

    A booking promises nothing: who comes first takes the turn, and the late one books again.
    """
    wait = take_turn(tx, name, pace, now=now)
    if not wait:
        return wait
    interval = pace.interval // _MICROSECOND
    before = _number(now + wait) - interval
    asked = {"limit": name, "before": before, "interval": interval}
    booked: int = tx.execute(_BOOK, asked).scalar_one()
    return (booked - _number(now)) * _MICROSECOND


def hold(tx: Connection, name: str, pace: Pace, *, until: datetime) -> None:
    """Let no call be made before ``until``: the vendor has asked for it."""
    asked = {"name": name, "first": _number(until + pace.ahead)}
    tx.execute(_hold(tx.dialect.name), asked)


@cache
def _take(dialect: str) -> Any:
    now: Any = bindparam("now")
    later = case((limits.c.tat > now, limits.c.tat), else_=now) + bindparam("interval")
    return (
        _first(dialect)
        .on_conflict_do_update(
            index_elements=["name"],
            set_={"tat": later},
            where=limits.c.tat <= bindparam("latest"),
        )
        .returning(limits.c.tat)
    )


@cache
def _hold(dialect: str) -> Any:
    first = _first(dialect)
    return first.on_conflict_do_update(
        index_elements=["name"],
        set_={"tat": first.excluded.tat},
        where=limits.c.tat < first.excluded.tat,
    )


def _first(dialect: str) -> Any:
    module = postgresql if dialect == "postgresql" else sqlite
    return module.insert(limits).values(name=bindparam("name"), tat=bindparam("first"))


def _number(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND
