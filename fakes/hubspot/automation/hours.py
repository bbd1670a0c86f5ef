"""When a workflow may act: its time windows and blocked dates, in the account's zone."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from fakes.hubspot.automation.timepoints import DAYS, month_number
from fakes.hubspot.errors import invalid

Window = tuple[int, time, time]
"""A day of the week, from 0 for Monday, its first moment and the one after its last."""

_MIDNIGHT = time(0)
_ALWAYS: list[Window] = [(day, _MIDNIGHT, _MIDNIGHT) for day in range(7)]
_SEARCHED = 800
"""How many days ahead an opening is looked for: more than two years."""


def next_opening(
    moment: datetime,
    windows: Sequence[Mapping[str, Any]],
    blocked: Iterable[Mapping[str, Any]],
    zone: tzinfo,
) -> datetime | None:
    """Return the first moment, from ``moment`` on, at which a flow may act; ``None`` for never.

    Source: HubSpot developer docs, Workflows v4 (spec). Assumed: a window ends before its end
    time, one that ends at midnight or before it starts lasts until the day's end, and actions
    wait for the next opening.

    Args:
        moment: The present moment.
        windows: When actions may run; at any time when there are none.
        blocked: The days on which none runs.
        zone: The account's time zone.
    """
    local = moment.astimezone(zone)
    read = [_window(window) for window in windows] or _ALWAYS
    closed = {
        (one.get("year"), month_number(one.get("month")), one.get("dayOfMonth")) for one in blocked
    }
    for ahead in range(_SEARCHED):
        day = local.date() + timedelta(days=ahead)
        if not closed.isdisjoint((year, day.month, day.day) for year in (None, day.year)):
            continue
        today = [window for window in read if window[0] == day.weekday()]
        openings = [_opening(day, window, local, zone) for window in today]
        if found := [opening.astimezone(UTC) for opening in openings if opening is not None]:
            return min(found)
    return None


def refuse_hours(body: Mapping[str, Any]) -> None:
    """Let a flow pass whose windows and blocked dates are ones.

    Raises:
        RefusedError: A day, a time or a date does not exist.
    """
    try:
        for window in body.get("timeWindows") or ():
            _window(window)
        for one in body.get("blockedDates") or ():
            year = one.get("year") or 2024
            date(year, month_number(one.get("month")) or 0, one.get("dayOfMonth") or 0)
    except (KeyError, TypeError, ValueError, OverflowError) as exc:
        raise invalid(f"A time window or a blocked date does not exist: {exc}") from exc


def _window(window: Mapping[str, Any]) -> Window:
    return (
        DAYS.index(str(window["day"]).upper()),
        _time(window["startTime"]),
        _time(window["endTime"]),
    )


def _time(clock: Mapping[str, Any]) -> time:
    hour, minute = clock.get("hour") or 0, clock.get("minute") or 0
    return _MIDNIGHT if (hour, minute) == (24, 0) else time(hour, minute)


def _opening(day: date, window: Window, local: datetime, zone: tzinfo) -> datetime | None:
    _, start, end = window
    opens = datetime.combine(day, start, zone)
    last = day if end > start else day + timedelta(days=1)
    closes = datetime.combine(last, end if end > start else _MIDNIGHT, zone)
    first = max(opens, local, key=datetime.timestamp)
    return first if first.timestamp() < closes.timestamp() else None
