"""How often a vendor may be called: one row for each account or key, shared by all workers.

The generic cell rate algorithm: a row holds the moment at which all calls made so far would
have been made at an even pace (its theoretical arrival time). A call may run ahead of it by the
burst, and is made or refused by one statement, so that two workers never take the same turn.

Many that wait for the same turn would all come back for it, and all but one in vain. Each of them
may book a turn of its own instead.

Where a vendor does not tell its limit, its refusals do: after each, calls are spaced further apart,
as if those since the last refusal had been spread over the time until it takes calls again. What was
learnt is forgotten little by little, so that the pace is always looked for anew.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Connection, bindparam, case, select, update
from sqlalchemy.dialects import postgresql, sqlite

from core.stores.schema import limits

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

_FORGOTTEN = timedelta(minutes=3) // _MICROSECOND
"""How long calls are spaced for a refusal, less and less."""
_NEAREST, _FARTHEST = (
    timedelta(milliseconds=2) // _MICROSECOND,
    timedelta(minutes=1) // _MICROSECOND,
)
"""How far apart calls are at least after a refusal, and at most after any number of them."""
_STEEPEST = 4
"""How many times as far apart one refusal sets calls at most."""


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
    asked = {
        "limit": name,
        "now": _number(now),
        "turn": _number(now + wait),
        "interval": pace.interval // _MICROSECOND,
    }
    booked: int = tx.execute(_BOOK, asked).scalar_one()
    return (booked - _number(now)) * _MICROSECOND


def hold(tx: Connection, name: str, pace: Pace, *, until: datetime) -> None:
    """Let no call be made before ``until``: the vendor has asked for it."""
    asked = {"name": name, "first": _number(until + pace.ahead)}
    tx.execute(_hold(tx.dialect.name), asked)


def slow_down(tx: Connection, name: str, pace: Pace, *, now: datetime, until: datetime) -> None:
    """Let no call be made before ``until``, and fewer after it: the vendor has refused one.

    Others that were under way with the first refused one teach nothing more.
    """
    hold(tx, name, pace, until=until)
    known = tx.execute(_LEARNT, {"limit": name}).one()
    since = known.spaced_until - _FORGOTTEN
    if since > _number(now):
        return
    paced_for, wait = min(_number(now) - since, _FORGOTTEN), (until - now) // _MICROSECOND
    learnt = known.spacing * (_FORGOTTEN - paced_for) // _FORGOTTEN
    spacing = max(learnt, pace.interval // _MICROSECOND)
    spread = spacing * min((paced_for + wait) / max(paced_for, 1), _STEEPEST)
    asked = {
        "limit": name,
        "spacing": min(max(int(spread), _NEAREST), _FARTHEST),
        "spaced_until": _number(until) + _FORGOTTEN,
    }
    tx.execute(_LEARN, asked)


def _larger(one: Any, other: Any) -> Any:
    return case((one > other, one), else_=other)


_now, _interval, _turn = (bindparam(name, type_=BigInteger) for name in ("now", "interval", "turn"))
# Forgetting begins at the end of a hold, however long that is.
_left = limits.c.spaced_until - _now
_learnt = limits.c.spacing * case((_left < _FORGOTTEN, _left), else_=_FORGOTTEN) // _FORGOTTEN
_is_learnt = limits.c.spaced_until > _now

_spacing = case((_is_learnt, _larger(_learnt, _interval)), else_=_interval)
"""How far apart calls are by now."""

_booked_apart = case((_is_learnt, _larger(_learnt * 3 // 4, _interval)), else_=_interval)
"""By its turn a call may follow sooner than now; where it may not, who comes early books again."""

_BOOK = (
    update(limits)
    .where(limits.c.name == bindparam("limit"))
    .values(booked=_larger(limits.c.booked + _booked_apart, _turn))
    .returning(limits.c.booked)
)
_LEARNT = (
    select(limits.c.spacing, limits.c.spaced_until)
    .where(limits.c.name == bindparam("limit"))
    .with_for_update()
)
_LEARN = (
    update(limits)
    .where(limits.c.name == bindparam("limit"))
    .values(spacing=bindparam("spacing"), spaced_until=bindparam("spaced_until"))
)


@cache
def _take(dialect: str) -> Any:
    later = _larger(limits.c.tat, _now) + _spacing
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
